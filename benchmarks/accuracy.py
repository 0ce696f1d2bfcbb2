"""Accuracy of the whole of `clean` on corpora with gold, held against pinned floors.

    python -m benchmarks.accuracy ~/corpora                    # the weights that ship, on pages they were trained on
    python -m benchmarks.accuracy ~/corpora --folds out        # cross-validated: each page by weights of other sites
    python -m benchmarks.accuracy ~/corpora --folds out --text # the same pages as text without markup
    python -m benchmarks.accuracy ~/corpora --folds out --pin  # write what was measured as the new floors

Floors are pinned with a digest of the corpora, in `benchmarks/floors.json`. A figure below its floor ends with exit
code 1. `--pin` raises floors; to lower one takes `--lower` as well.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

from training import corpus, metrics
from training.evaluate import METRIC

from scrapeclean import DEFAULT, read_page
from scrapeclean.assemble import assemble
from scrapeclean.model import Article
from scrapeclean.network import Weights, load_weights
from scrapeclean.sentence_kinds import Weights as SentenceWeights
from scrapeclean.sentence_kinds import load_weights as load_sentence_weights

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.002
"""A figure may lie so much below its floor: libraries and machines round differently."""


@lru_cache(maxsize=10)
def fold_weights(folder: Path, kind: str, fold: int) -> Weights:
    """The weights that have seen no page of this fold."""
    return load_weights(folder / f"score-{kind}.fold{fold}.npz")


@lru_cache(maxsize=10)
def sentence_weights(folder: Path, fold: int) -> SentenceWeights | None:
    """The same for what sentences read like; None, so those that ship, where the folder has none."""
    path = folder / f"sentences.fold{fold}.npz"
    return load_sentence_weights(path) if path.exists() else None


def clean_unseen(page: corpus.Page, kind: str, folds: Path | None) -> Article:
    """`clean`, with the weights of other sites in the place of those that ship."""
    raw: bytes | str = page.raw
    if kind == "text":
        from training.prepare import flat  # html_text, which pages with markup do not need

        raw = flat(page.raw)
    document = read_page(raw, kind="html" if kind == "html" else "text")
    if folds is not None:
        document.weights = fold_weights(folds, kind, page.fold)
        document.sentence_weights = sentence_weights(folds, page.fold) if kind == "text" else None
    DEFAULT.run(document)
    return assemble(document)


def judge(job: tuple[corpus.Page, str, Path | None]) -> dict[str, object]:
    """What one page reaches."""
    page, kind, folds = job
    article = clean_unseen(page, kind, folds)
    found = article.text
    row: dict[str, object] = {"id": page.id, "url": page.url, "type": page.page_type, "language": article.language,
                              "confidence": article.confidence}  # fmt: skip
    if page.body:
        row["word"] = metrics.word_f1(page.body, found)
        row["shingle"] = metrics.shingle_page(page.body, found)
    if page.required or page.forbidden:
        row["snippet"] = metrics.snippet_page(page.required, page.forbidden, found)
    return row


def figure(name: str, rows: list[dict[str, object]]) -> float:
    """The figure of a corpus, by its own metric."""
    metric = METRIC.get(name, "shingle F1")
    if metric == "snippet F1":
        return metrics.snippet_f1([row["snippet"] for row in rows])  # type: ignore[misc]
    if metric == "word F1":
        found = [row["word"] for row in rows if "word" in row]
        return sum(found) / max(1, len(found))  # type: ignore[arg-type]
    return metrics.shingle_f1([row["shingle"] for row in rows if "shingle" in row])  # type: ignore[misc]


def measured(args: argparse.Namespace, kind: str) -> Iterator[tuple[str, float]]:
    """Every corpus, and of WCXB every page type, with its figure."""
    for name in args.corpus:
        if not (args.corpora / f"{name}.jsonl.xz").exists():
            print(f"{name}: not there, left out")
            continue
        pages = list(corpus.read(args.corpora, name))[: args.limit]
        with ProcessPoolExecutor(args.jobs) as pool:
            rows = list(pool.map(judge, [(page, kind, args.folds) for page in pages], chunksize=8))
        yield name, figure(name, rows)
        for page_type in sorted({str(row["type"]) for row in rows if row["type"]}):
            yield f"{name} {page_type}", figure(name, [row for row in rows if row["type"] == page_type])
        if args.rows:
            (args.rows / f"{name}-{kind}.json").write_text(json.dumps(rows))


def main() -> int:
    args = _arguments()
    kind = "text" if args.text else "html"
    key = f"{kind} {'cross-validated' if args.folds else 'shipped weights'}"
    digest = corpus.digest(args.corpora)
    stored = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    floors = stored.get(key, {}) if stored.get("corpora") == digest else {}
    if not floors:
        print("no floors for these corpora; figures only")
    below, figures = [], {}
    for name, value in measured(args, kind):
        figures[name] = round(value, 4)
        floor = floors.get(name)
        low = floor is not None and args.limit is None and value < floor - SLACK
        below += [name] * low
        pinned = "" if floor is None else f"  floor {floor:.4f}"
        print(f"{name:<28} {value:.4f}{pinned}{'  BELOW' if low else ''}", flush=True)
    if args.pin and args.limit is None:
        return pin(stored, digest, key, figures, args.lower)
    return 1 if below else 0


def pin(stored: dict[str, object], digest: str, key: str, figures: dict[str, float], lower: bool) -> int:
    """Write new floors. Lower ones only where that was asked for."""
    old: dict[str, float] = stored.get(key, {}) if stored.get("corpora") == digest else {}  # type: ignore[assignment]
    falling = [name for name, value in figures.items() if value < old.get(name, 0.0)]
    if falling and not lower:
        print(f"these floors would fall: {', '.join(falling)}; --lower lowers them")
        return 1
    kept = stored if stored.get("corpora") == digest else {}
    FLOORS.write_text(json.dumps({**kept, "corpora": digest, key: {**old, **figures}}, indent=1) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=(__doc__ or "").split("\n")[0])
    default = os.environ.get("SCRAPECLEAN_CORPORA")
    parser.add_argument("corpora", type=Path, nargs="?" if default else None, default=default and Path(default))
    parser.add_argument("--folds", type=Path, help="the folder with fold weights that `python -m training` wrote")
    parser.add_argument("--text", action="store_true", help="the visible text in place of the page")
    parser.add_argument("--corpus", nargs="+", default=list(corpus.CORPORA))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rows", type=Path, help="write every page's row into this folder")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
