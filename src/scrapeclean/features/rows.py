"""What the network sees of a page, with or without markup, and the facts that both kinds of page share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.measure import Floats, Measures, repeats, since

if TYPE_CHECKING:
    from scrapeclean.model import PageBlock

Indices = NDArray[np.intp]
_PHRASE: Final = 5
_ENDLESS: Final = 200
"""A text that a page says so often is furniture; the network sees the first of them only."""


class Rows(NamedTuple):
    """What the network sees of a page. Blocks without text have no row."""

    blocks: list[int]
    """The index of each row's block in the document."""
    words: list[list[str]]
    """For each row the words that the vocabulary may know."""
    dense: Floats
    sizes: Floats
    """How many words each row has."""
    heading: Indices
    """For each row the row of the last heading before it, or -1."""
    own: Indices
    """For each row the row of its box."""
    names: list[tuple[str, str]]
    """For each box its tag and its class and id words."""
    boxes: Floats
    first: Indices
    last: Indices
    """Each box holds the rows `first` up to but not including `last`."""


NO_ROWS = Rows(
    [], [], np.zeros((0, 0), np.float32), np.zeros(0, np.float32), np.zeros(0, np.intp), np.zeros(0, np.intp), [],
    np.zeros((0, 0), np.float32), np.zeros(0, np.intp), np.zeros(0, np.intp),
)  # fmt: skip
"""A page without text."""


def told_once(blocks: list[PageBlock]) -> list[PageBlock]:
    """The blocks without those whose text the page says over and over, hundreds of times, but for the first of each."""
    if len(blocks) <= 2 * _ENDLESS:
        return blocks
    counts = Counter(block.text for block in blocks)
    if counts.most_common(1)[0][1] < _ENDLESS:
        return blocks
    first: dict[str, int] = {}
    return [b for b in blocks if counts[b.text] < _ENDLESS or first.setdefault(b.text, b.index) == b.index]


def phrase(words: list[str]) -> list[str]:
    """The words, and what they say together if they are few.

    Example:
        >>> phrase(["read", "more"])
        ['read', 'more', '=read more']
    """
    return [*words, "=" + " ".join(words)] if 1 < len(words) <= _PHRASE else words


def repetition(texts: list[str], measures: Measures) -> list[NDArray[np.generic]]:
    """How often the page says this again."""
    before, total = repeats(measures.heads)
    whole_before, _ = repeats(texts)
    return [np.minimum(before, 3), np.minimum(total - 1, 3), whole_before > 0]


def place(
    measures: Measures, prose: Floats, headings: NDArray[np.bool_], titles: NDArray[np.bool_]
) -> list[NDArray[np.generic]]:
    """Where in the page a block stands."""
    size = len(prose)
    index = np.arange(size, dtype=np.float32)
    total = float(prose.sum()) or 1.0
    before = np.cumsum(prose) - prose
    title = since(titles, prose)
    return [
        index / size, np.log1p(index) * 0.2, np.log1p(size - index) * 0.2, np.full(size, np.log1p(size) * 0.2),
        before / total, np.full(size, np.log1p(total) * 0.15),
        np.log1p(np.maximum(since(headings, measures.words), 0)) * 0.2,
        np.log1p(np.maximum(since(headings, np.ones(size)), 0)) * 0.3,
        title < 0, np.log1p(np.maximum(title, 0)) * 0.2,
        np.log1p(np.maximum(since(titles, np.ones(size)), 0)) * 0.2,
        np.full(size, bool(titles.any())),
        np.full(size, prose.max(initial=0) / total),
    ]  # fmt: skip
