"""The published metrics of the corpora, over one page and over many.

- Shingles (article-extraction-benchmark): runs of four words; the shares of hits, false and missed ones are taken page
  by page, precision and recall are averaged over pages, and F1 is taken of the two averages.
- Words (WCXB): the bag of lower-cased words of a page; F1 page by page, averaged.
- Snippets (trafilatura's evaluation): pieces of text that must be there and pieces that must not, counted over all
  pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

_WORD = re.compile(r"\w+")
_RUN = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """All runs of four words of a text; of a shorter text the text itself."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def shingle_page(gold: str, found: str) -> tuple[float, float, float]:
    """Of one page the shares of hits, false and missed shingles, which add up to 1.

    Example:
        >>> shingle_page("one two three four five", "one two three four")
        (0.5, 0.0, 0.5)
    """
    wanted, given = shingles(gold), shingles(found)
    hits = (wanted & given).total()
    false, missed = given.total() - hits, wanted.total() - hits
    total = hits + false + missed
    return (hits / total, false / total, missed / total) if total else (0.0, 0.0, 0.0)


def shingle_f1(pages: Sequence[tuple[float, float, float]]) -> float:
    """F1 of mean precision and mean recall."""

    def rate(hits: float, wrong: float, other: float) -> float:
        if wrong == other == 0:
            return 1.0
        return hits / (hits + wrong) if hits else 0.0

    precision = [rate(hits, false, missed) for hits, false, missed in pages if hits + false]
    recall = [rate(hits, missed, false) for hits, false, missed in pages if hits + missed]
    return harmonic(fmean(precision or [0.0]), fmean(recall or [0.0]))


def word_f1(gold: str, found: str) -> float:
    """F1 over the bag of words of one page.

    Example:
        >>> word_f1("a b c d", "A B x y")
        0.5
    """
    wanted, given = Counter(_WORD.findall(gold.lower())), Counter(_WORD.findall(found.lower()))
    if not wanted or not given:
        return float(wanted == given)
    hits = (wanted & given).total()
    return 2 * hits / (wanted.total() + given.total())


def snippet_page(required: Iterable[str], forbidden: Iterable[str], found: str) -> tuple[int, int, int]:
    """Of one page how many snippets are rightly there, wrongly there, and missing."""
    text = " ".join(found.split())
    must = [" ".join(snippet.split()) in text for snippet in required]
    must_not = [" ".join(snippet.split()) in text for snippet in forbidden]
    return sum(must), sum(must_not), len(must) - sum(must)


def snippet_f1(pages: Iterable[tuple[int, int, int]]) -> float:
    """F1 over the snippets of all pages."""
    right, wrong, missing = (sum(column) for column in zip(*pages, strict=True))
    return harmonic(right / max(1, right + wrong), right / max(1, right + missing))


def harmonic(a: float, b: float) -> float:
    """The harmonic mean."""
    return 2 * a * b / (a + b) if a + b else 0.0
