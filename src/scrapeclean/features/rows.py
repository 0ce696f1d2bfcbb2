"""What the network sees of a page, with or without markup, and the facts that both kinds of page share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.leading import Floats, Indices
from scrapeclean.features.measure import Columns, Measures, Since, repeats

if TYPE_CHECKING:
    from scrapeclean.model import PageBlock

_ENDLESS: Final = 100
"""What a page says so often the network sees only once: it never learned from a page that goes on like that."""
_LABEL: Final = 300
"""In longer texts numbers are not looked at."""
_NUMBER: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]{2}")
"""Bare numbers are the cells of a table, and each is a fact of its own."""


class Rows(NamedTuple):
    """What the network sees of a page. Blocks without text have no row."""

    blocks: list[int]
    """The index of each row's block in the document."""
    words: list[str]
    """The words that the vocabulary may know."""
    word_rows: Indices
    """The row of each word."""
    dense: Floats
    sizes: Floats
    """How many words each row has."""
    heading: Indices
    """For each row the row of the last heading before it, or -1."""
    own: Indices
    """For each row the row of its box."""
    names: list[tuple[str, str]]
    """The tags and class and id words that boxes have, each once."""
    which: Indices
    """For each box its place in `names`."""
    parent: Indices
    """For each box the one around it; of the page itself."""
    boxes: Floats
    first: Indices
    last: Indices
    """Each box holds the rows `first` up to but not including `last`."""


_NONE: Final = np.zeros(0, np.intp)
_EMPTY: Final = np.zeros((0, 0), np.float32)
NO_ROWS: Final = Rows(
    [], [], _NONE, _EMPTY, np.zeros(0, np.float32), _NONE, _NONE, [], _NONE, _NONE, _EMPTY, _NONE, _NONE
)
"""A page without text."""


def told_once(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """The blocks without those that say again what the page says over and over, hundreds of times."""
    again = told_again(blocks)
    return [block for block in blocks if block.index not in again] if again else list(blocks)


def told_again(blocks: Sequence[PageBlock]) -> dict[int, int]:
    """For each block that says what another said before, hundreds of times in all, the index of the first that did.

    Numbers do not tell two of them apart: "Photo 17 of 900" is what "Photo 16 of 900" was.
    """
    if len(blocks) <= 2 * _ENDLESS:
        return {}
    blocks = _ending_alike(blocks)
    if not blocks:
        return {}
    texts = [block.text for block in blocks]
    keys = [_NUMBER.sub("0", text) if len(text) <= _LABEL and _WORD.search(text) else text for text in texts]
    counts = Counter(keys)
    if counts.most_common(1)[0][1] < _ENDLESS:
        return {}
    first: dict[str, int] = {}
    again = {}
    for block, key in zip(blocks, keys, strict=True):
        if counts[key] >= _ENDLESS and first.setdefault(key, block.index) != block.index:
            again[block.index] = first[key]
    return again


def _ending_alike(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """The blocks that share their first and last character with a hundred others: on most pages none do, and to find
    that out takes a tenth of the time that it takes to look for numbers in all of them."""
    ends = [block.text[:1] + block.text[-1:] for block in blocks]
    often: Counter[str] = Counter()
    for end, count in Counter(ends).items():
        often[_NUMBER.sub("0", end)] += count
    if max(often.values()) < _ENDLESS:
        return []
    return [block for block, end in zip(blocks, ends, strict=True) if often[_NUMBER.sub("0", end)] >= _ENDLESS]


def repetition(texts: list[str], measures: Measures) -> list[Columns]:
    """How often the page says this again."""
    before, total = repeats(measures.heads)
    told = np.zeros(len(texts), bool)
    seen: set[str] = set()
    for row in np.flatnonzero(total > 1).tolist():
        told[row] = texts[row] in seen
        seen.add(texts[row])
    return [np.minimum(before, 3), np.minimum(total - 1, 3), told]


def place(
    measures: Measures, prose: Floats, headings: NDArray[np.bool_], titles: NDArray[np.bool_]
) -> list[Columns | float]:
    """Where in the page a block stands."""
    size = len(prose)
    index = np.arange(size, dtype=np.float32)
    total = float(prose.sum()) or 1.0
    since_heading, since_title = Since(headings), Since(titles)
    after_title = since_title.amount(prose)
    return [
        index / size, np.log1p(index) * 0.2, np.log1p(size - index) * 0.2, math.log1p(size) * 0.2,
        (np.cumsum(prose) - prose) / total, math.log1p(total) * 0.15,
        np.log1p(np.maximum(since_heading.amount(measures.words), 0)) * 0.2,
        np.log1p(np.maximum(since_heading.blocks(), 0)) * 0.3,
        since_title.none, np.log1p(np.maximum(after_title, 0)) * 0.2,
        np.log1p(np.maximum(since_title.blocks(), 0)) * 0.2,
        float(titles.any()),
        float(prose.max(initial=0)) / total,
    ]  # fmt: skip
