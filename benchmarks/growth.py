"""Time and memory on hostile pages: how they grow from n to 8n, and who survives at full size.

    python benchmarks/growth.py growth                            # scrapeclean.clean, every kind, n 2n 4n 8n
    python benchmarks/growth.py growth --call turbohtml:parse --kinds deep. adoption.
    python benchmarks/growth.py once --call scrapeclean:clean --limit 100 --stack 256
    python benchmarks/growth.py once --python peers/bin/python --call growth:trafilatura --html --out trafilatura.jsonl
    python benchmarks/growth.py once --part 8 --out eighth.jsonl  # every kind at an eighth of its size ...
    python benchmarks/growth.py exponents full.jsonl eighth.jsonl # ... and how time and memory grow from n to 8n
    python benchmarks/growth.py once --call growth:exports        # cleaned and written out in every way, and read again
    python benchmarks/growth.py table *.jsonl                     # one table of what `once` and `growth` wrote

Each page is cleaned in a fork of a warm process under limits of CPU seconds and of memory (data pages, so that what libraries
map does not count). Time is CPU time, memory the peak of resident pages over what the process held before. One process at a
time. A result is one of: ok, lost (the article did not come out), error, time-out, memory, crash.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import importlib
import json
import math
import os
import random
import resource
import select
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import hostile

OUTCOMES = ("ok", "lost", "error", "time-out", "memory", "crash")
STEEP = 1.2
MIN_SECONDS, MIN_MEGABYTES = 0.25, 64.0
"""Below these at the largest size an exponent says nothing: noise and fixed costs."""
Result = dict[str, Any]


# --- other tools, each called as its documentation says: bytes in, main text out ------------------------------------


def decoded(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(raw[:65536]).best()
        return raw.decode(best.encoding if best else "latin-1", "replace")


def trafilatura(raw: bytes) -> str:
    from trafilatura import extract

    return extract(raw, include_comments=False, include_tables=True) or ""


def readability_lxml(raw: bytes) -> str:
    import lxml.html
    from readability import Document

    return str(lxml.html.document_fromstring(Document(decoded(raw)).summary()).text_content())


def newspaper4k(raw: bytes) -> str:
    import newspaper

    article = newspaper.Article("http://localhost/", fetch_images=False)
    article.download(input_html=decoded(raw))
    article.parse()
    return str(article.text)


def resiliparse(raw: bytes) -> str:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(bytes_to_str(raw, detect_encoding(raw)))
    return str(extract_plain_text(tree, main_content=True, alt_texts=False, noscript=False))


def exports(raw: bytes) -> Any:
    """Not another tool, but all that can be done with an Article."""
    from scrapeclean import Article, clean

    article = clean(raw)
    for part in article.walk():
        part.to_markdown()
        part.to_html()
        part.chunks()
    if Article.from_dict(json.loads(article.to_json())) != article:
        raise ValueError("not the same after JSON")
    return article


# --- one page in one process ----------------------------------------------------------------------------------------


def status(field: str) -> int:
    """A field of /proc/self/status, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    return 0


def text_of(result: Any) -> str:
    if isinstance(result, str):
        return result
    text = getattr(result, "text", "")
    return text if isinstance(text, str) else ""


def inside(call: Callable[..., Any], raw: str | bytes, stack: int) -> tuple[Any, float]:
    """The call's result and CPU seconds, in a thread with a stack of `stack` KiB if that is not 0."""
    got: list[Any] = []

    def run() -> None:
        begin = time.process_time()
        try:
            got.append(call(raw))
        except BaseException as error:
            got.append(error)
        got.append(time.process_time() - begin)

    if stack:
        threading.stack_size(stack * 1024)
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    else:
        run()
    return got[0], got[1]


def child(call: Callable[..., Any], raw: str | bytes, options: argparse.Namespace) -> Result:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # else small pages live in what the process had to spare
    Path("/proc/self/clear_refs").write_text("5")
    before = status("VmRSS")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds = math.ceil(options.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    data = status("VmData") + options.megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (data, data))
    result, used = inside(call, raw, options.stack)
    report: Result = {"seconds": used, "peak": status("VmHWM") - before}
    if isinstance(result, MemoryError):
        return report | {"outcome": "memory"}
    if isinstance(result, BaseException):
        return report | {"outcome": "error", "error": f"{type(result).__name__}: {result}"[:300]}
    begin = time.process_time()
    good = hostile.found(text_of(result))
    del result  # trees can be deep: their end is part of the trial
    report["end"] = time.process_time() - begin
    return report | {"outcome": "time-out" if used > options.seconds else "ok" if good else "lost"}


def measure(call: Callable[..., Any], raw: str | bytes, options: argparse.Namespace) -> Result:
    """What became of one page, in a fork of this process."""
    here, there = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(here)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            report = child(call, raw, options)
        except MemoryError:
            report = {"outcome": "memory"}
        except BaseException as error:
            report = {"outcome": "error", "error": repr(error)[:300]}
        os.write(there, json.dumps(report).encode())
        os._exit(0)
    os.close(there)
    patient = select.select([here], [], [], 20 * options.seconds + 60)[0]
    said = os.read(here, 65536) if patient else b""
    if not said and not patient:
        os.kill(pid, signal.SIGKILL)
    os.close(here)
    _, ended = os.waitpid(pid, 0)
    if said:
        result: Result = json.loads(said)
        return result
    sign = os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else 0
    if not patient or sign in (signal.SIGXCPU, signal.SIGKILL):
        return {"outcome": "time-out", "seconds": options.seconds}
    return {"outcome": "crash", "error": signal.Signals(sign).name if sign else f"exit {ended}"}


# --- all kinds ------------------------------------------------------------------------------------------------------


def chosen(options: argparse.Namespace) -> list[hostile.HostileKind]:
    """The kinds asked for, in an order that makes any first part of it a fair sample."""
    kinds = [kind for kind in hostile.KINDS.values() if not options.kinds or kind.name.startswith(tuple(options.kinds))]
    if options.html:
        kinds = [kind for kind in kinds if "<body" in str(kind.make(1))]
    random.Random(0).shuffle(kinds)
    return kinds[: options.limit or None]


def load(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    made: Callable[..., Any] = getattr(sys.modules[__name__] if module == "growth" else importlib.import_module(module), function)
    made(hostile.page().encode())  # imports, models and caches are not the page's cost
    made(hostile.TEXT_ARTICLE.encode())
    return made


def exponent(points: list[tuple[int, float]], least: float) -> float | None:
    """The slope of log(cost) over log(n), or None where the cost is too small to say."""
    points = [(n, cost) for n, cost in points if cost > 0]
    if len(points) < 3 or points[-1][1] < least:
        return None
    xs, ys = [math.log(n) for n, _ in points], [math.log(cost) for _, cost in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def to_bytes(made: str | bytes, options: argparse.Namespace) -> str | bytes:
    if isinstance(made, bytes) or options.text:
        return made
    return made.encode("utf-8", "surrogatepass")


def trial(kind: hostile.HostileKind, call: Callable[..., Any], options: argparse.Namespace) -> Result:
    """Growth of one kind, or (`once`) its full size alone."""
    sizes = [max(1, kind.full // options.part)] if options.mode == "once" else [max(1, kind.full // part) for part in (8, 4, 2, 1)]
    runs: list[Result] = []
    for n in sizes:
        raw = to_bytes(kind.make(n), options)
        result = measure(call, raw, options)
        if options.mode == "growth" and result.get("seconds", 9) < 1:  # the better of two, against noise
            again = measure(call, raw, options)
            result["seconds"] = min(result.get("seconds", 9), again.get("seconds", 9))
        runs.append(result | {"n": n, "size": len(raw)})
        if result["outcome"] not in ("ok", "lost"):
            break
    last = runs[-1]
    outcome = "ok" if kind.lost and last["outcome"] == "lost" else last["outcome"]
    return {
        "kind": kind.name, "outcome": outcome, "seconds": last.get("seconds"), "end": last.get("end"), "peak": last.get("peak", 0) / 1e6,
        "size": last["size"], "error": last.get("error", ""), "runs": [(run["n"], run.get("seconds"), run.get("peak")) for run in runs],
        "time": exponent([(run["n"], run.get("seconds") or 0) for run in runs], MIN_SECONDS),
        "memory": exponent([(run["n"], (run.get("peak") or 0) / 1e6) for run in runs], MIN_MEGABYTES),
    }  # fmt: skip


def run(options: argparse.Namespace) -> list[Result]:
    os.nice(options.nice)
    done = {row["kind"] for row in rows(options.out)} if options.out and options.out.exists() else set()
    call, results = load(options.call), []
    for kind in chosen(options):
        if kind.name in done:
            continue
        result = trial(kind, call, options) | {"call": options.call}
        results.append(result)
        if options.out:
            with options.out.open("a") as file:
                file.write(json.dumps(result) + "\n")
        if notable(result):
            print(line(result), flush=True)
    return results


def rows(path: Path) -> Iterator[Result]:
    yield from (json.loads(text) for text in path.read_text().splitlines())


def notable(result: Result) -> bool:
    return result["outcome"] != "ok" or (result["time"] or 0) > STEEP or (result["memory"] or 0) > STEEP or result["peak"] > 1074


def number(value: float | None, form: str = "6.2f") -> str:
    return format(value, form) if value is not None else "-".rjust(int(form.split(".")[0]))


def line(result: Result) -> str:
    return (
        f"{result['kind']:36} {result['outcome']:9} {number(result['seconds'])} s {result['peak']:7.0f} MB  time ^{number(result['time'], '4.2f')}"
        f"  memory ^{number(result['memory'], '4.2f')}  {result['error'][:90]}"
    )


def family(name: str) -> str:
    return name.split(".")[0]


def summary(results: list[Result]) -> str:
    """One line a family of kinds: outcomes, the slowest, the largest, the steepest, over 1 GiB."""
    out = [f"| kinds | tried | {' | '.join(OUTCOMES)} | over 1 GiB | slowest s | largest MB | steepest time | steepest memory |", "|" + "---|" * (len(OUTCOMES) + 7)]
    families = sorted({family(row["kind"]) for row in results})
    for name in [*families, "all"]:
        mine = [row for row in results if name in ("all", family(row["kind"]))]
        count = Counter(row["outcome"] for row in mine)
        worst = [max((row[key] or 0 for row in mine), default=0) for key in ("seconds", "peak", "time", "memory")]
        big = sum(row["peak"] > 1074 for row in mine) + count["memory"]
        cells = [name, str(len(mine)), *(str(count[outcome]) for outcome in OUTCOMES), str(big), f"{worst[0]:.2f}", f"{worst[1]:.0f}", f"{worst[2]:.2f}", f"{worst[3]:.2f}"]
        out.append("| " + " | ".join(cells) + " |")
    return "\n".join(out)


def table(paths: list[Path]) -> str:
    """Tools side by side over the kinds that all of them tried."""
    tools = {path.stem: {row["kind"]: row for row in rows(path)} for path in paths}
    shared = set.intersection(*(set(found) for found in tools.values()))
    out = [f"{len(shared)} pages, tried by all", "", f"| tool | {' | '.join(OUTCOMES)} | over 1 GiB | CPU s, median | worst |", "|" + "---|" * (len(OUTCOMES) + 4)]
    for tool, found in tools.items():
        mine = [found[kind] for kind in shared]
        count, times = Counter(row["outcome"] for row in mine), sorted(row["seconds"] or 0 for row in mine)
        big = sum(row["peak"] > 1074 for row in mine) + count["memory"]
        out.append(f"| {tool} | {' | '.join(str(count[o]) for o in OUTCOMES)} | {big} | {times[len(times) // 2]:.2f} | {times[-1]:.2f} |")
    return "\n".join(out)


def exponents(full: Path, eighth: Path) -> str:
    """Exponents of time and memory from two runs, the steep ones by name."""
    small = {row["kind"]: row for row in rows(eighth)}
    out, slopes = [], {"seconds": [], "peak": []}  # type: ignore[var-annotated]
    for row in rows(full):
        before = small.get(row["kind"])
        if before is None or row["outcome"] not in ("ok", "lost"):
            continue
        for key, least in (("seconds", MIN_SECONDS), ("peak", MIN_MEGABYTES)):
            if row[key] >= least and before[key] > 0:
                slopes[key].append(math.log(row[key] / before[key]) / math.log(8))
                if slopes[key][-1] > STEEP:
                    out.append(f"{row['kind']:36} {key:8} {before[key]:8.2f} to {row[key]:8.2f}  ^{slopes[key][-1]:.2f}")
    for key, found in slopes.items():
        found.sort()
        if found:
            out.append(f"{key}: {len(found)} kinds large enough, median {found[len(found) // 2]:.2f}, {sum(one > STEEP for one in found)} above {STEEP}, most {found[-1]:.2f}")
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("growth", "once", "table", "summary", "exponents"))
    parser.add_argument("files", nargs="*", type=Path, help="of table and summary: what --out wrote")
    parser.add_argument("--call", default="scrapeclean:clean", help="MODULE:FUNCTION, given bytes; growth:trafilatura and the like for other tools")
    parser.add_argument("--python", help="another environment's interpreter to run in")
    parser.add_argument("--kinds", nargs="*", default=[], help="beginnings of names")
    parser.add_argument("--html", action="store_true", help="leave out plain text, which tools for HTML cannot be asked for")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--part", type=int, default=1, help="of once: at this part of the full size")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--stack", type=int, default=0, help="KiB of stack of the thread it runs in")
    parser.add_argument("--text", action="store_true", help="hand strings over as str")
    parser.add_argument("--nice", type=int, default=10)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.python:
        arguments = [argument for argument in sys.argv if not argument.startswith("--python") and argument != options.python]
        os.execv(options.python, [options.python, *arguments])
    if options.mode == "table":
        print(table(options.files))
    elif options.mode == "exponents":
        print(exponents(*options.files))
    elif options.mode == "summary":
        print(summary([row for path in options.files for row in rows(path)]))
    else:
        print(summary(run(options)))


if __name__ == "__main__":
    main()
