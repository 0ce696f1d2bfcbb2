"""Many pages in one process: does memory stay flat?

    python benchmarks/soak.py                      # 20,000 pages, all hostile kinds made small
    python benchmarks/soak.py --folder pages/      # the files of a folder instead, over and over

Prints what is resident after each tenth. The first tenth fills caches that are bounded; from then on nothing may grow.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import itertools
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import hostile

import scrapeclean


def resident() -> float:
    """Megabytes in memory, after garbage has been collected and free pages handed back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--scale", type=float, default=0.002, help="size of the hostile pages, as a part of the full one")
    options = parser.parse_args()
    if options.folder:
        raws: list[bytes | str] = [path.read_bytes() for path in sorted(options.folder.iterdir()) if path.is_file()]
    else:
        raws = [made for _, _, made in hostile.pages(scale=options.scale)]
    print(f"{len(raws)} different pages, {sum(map(len, raws)) / len(raws) / 1000:.0f} kB on average")
    step, begin = max(1, options.pages // 10), time.process_time()
    for count, raw in enumerate(itertools.islice(itertools.cycle(raws), options.pages), 1):
        scrapeclean.clean(raw)
        if count % step == 0:
            print(f"{count:7,} pages  {resident():7.1f} MB  {(time.process_time() - begin) / count * 1000:6.2f} CPU ms a page", flush=True)


if __name__ == "__main__":
    main()
