"""Where the time of `clean` goes: CPU milliseconds a page for each stage, and beside resiliparse where it is installed.

    python -m benchmarks.stages ~/corpora --corpus news4k-dev wcxb-dev --pages 60

Each page goes through all stages in turn, in several rounds; of each stage the least round counts, since noise only
adds. A ratio is to resiliparse's extraction of the main content of the same pages in the same run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import turbohtml
from training import corpus

from scrapeclean import DEFAULT, Limits, clean, read_page
from scrapeclean.assemble import assemble
from scrapeclean.collector import CollectorWaits
from scrapeclean.decode import decode
from scrapeclean.features.html import html_rows
from scrapeclean.network import packaged_weights, run
from scrapeclean.pipeline import Pipeline, filter_name
from scrapeclean.score import score_blocks
from scrapeclean.segment.head import read_head
from scrapeclean.segment.html import segment_html

PARTS = ("parse", "head")
"""Stages that are part of another one."""


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def time(self, stage: str, function: Callable[..., Any], *args: Any) -> Any:
        start = time.process_time()
        value = function(*args)
        self.seconds[stage] += time.process_time() - start
        return value


def stages(raw: bytes, clock: Clock) -> None:
    """One page through every stage."""
    text = clock.time("decode", decode, raw).text
    tree = clock.time("parse", turbohtml.parse, text)
    clock.time("head", read_head, tree)
    del tree  # trees that are kept alive slow the next parse
    clock.time("segment", segment_html, text, Limits())
    document = read_page(raw, kind="html")
    rows = clock.time("features", html_rows, document)
    clock.time("network", run, rows, packaged_weights("html"))
    document.__dict__["scores"] = score_blocks(document)
    clock.time("metadata", getattr, document, "metadata")
    clock.time("rules", getattr, document, "rule_matches")
    for function in DEFAULT:
        clock.time(f"filter {filter_name(function)}", Pipeline((function,)).run, document)
    article = clock.time("assemble", assemble, document)
    clock.time("export text", lambda: article.text)
    clock.time("export markdown", article.to_markdown)
    clock.time("export dict", article.to_dict)


def peer() -> Callable[[bytes], Any] | None:
    """resiliparse's extraction of the main content, decoding included."""
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding
        from resiliparse.parse.html import HTMLTree
    except ImportError:
        return None

    def extract(raw: bytes) -> Any:
        tree = HTMLTree.parse(bytes_to_str(raw, detect_encoding(raw)))
        return extract_plain_text(tree, main_content=True, alt_texts=False, noscript=False)

    return extract


def measure(raws: list[bytes], rounds: int) -> dict[str, float]:
    """Milliseconds a page by stage, with `clean` as a whole and the peer."""
    extract, best = peer(), {}
    for _ in range(rounds + 1):  # the first one warms the caches
        clock = Clock()
        for raw in raws:
            if extract is not None:
                clock.time("resiliparse", extract, raw)
            clock.time("clean", clean, raw)
            with CollectorWaits():  # as it does in `clean`
                stages(raw, clock)
        best = {name: min(best.get(name, seconds), seconds) for name, seconds in clock.seconds.items()}
    return {name: 1000 * seconds / len(raws) for name, seconds in best.items()}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=(__doc__ or "").split("\n")[0])
    default = os.environ.get("SCRAPECLEAN_CORPORA")
    parser.add_argument("corpora", type=Path, nargs="?" if default else None, default=default and Path(default))
    parser.add_argument("--corpus", nargs="+", default=["news4k-dev", "wcxb-dev"])
    parser.add_argument("--pages", type=int, default=60, help="pages of each corpus")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    missing = [name for name in args.corpus if not (args.corpora / f"{name}.jsonl.xz").exists()]
    if missing:
        print(f"not there: {', '.join(missing)}")
        return 1
    raws = [page.raw for name in args.corpus for page in islice(corpus.read(args.corpora, name), args.pages)]
    found = measure(raws, args.rounds)
    base = found.pop("resiliparse", None)
    print(f"{len(raws)} pages; " + (f"resiliparse {base:.2f} ms a page" if base else "resiliparse is not installed"))
    for name, milliseconds in found.items():
        part = "  part of segment" if name in PARTS else ""
        print(f"{name:<22} {milliseconds:7.3f} ms" + (f"  {milliseconds / base:6.3f}" if base else "") + part)
    return 0


if __name__ == "__main__":
    sys.exit(main())
