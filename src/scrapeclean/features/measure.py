"""What can be counted in the text of one block, whatever its language: no word lists, every script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.leading import UNSPACED, Floats, Leading, has_unspaced

Columns = NDArray[np.generic]
"""One column, or a few with the same meaning, one a row."""

LONGEST: Final = 400
"""A block counts for no more words than this: one of a million would drown all that stands beside it."""
HEAD: Final = 60
"""How many characters at the start of a block are looked at closely."""

_LAST: Final = {
    **dict.fromkeys(".!?。！？।؟۔।", 1), **dict.fromkeys("\"”’»」』)）", 2), **dict.fromkeys(":：;；", 3),
    **dict.fromkeys(",，、،-–—", 4), **dict.fromkeys("…", 5), **dict.fromkeys("|»›>→▶•·/+", 6),
}  # fmt: skip
_SIGNS: Final = {
    **dict.fromkeys("\"“„«‘'「『", 4), **dict.fromkeys("-–—•·*>#|▶►→+✓", 5), **dict.fromkeys("([{（【", 6),
    **dict.fromkeys("©®™@", 7),
}  # fmt: skip
_ENDS: Final = frozenset(".…]")
_CUT_SHORT: Final = ("...", "[…]", "…]", "[...]")
_EACH_LAST: Final = np.arange(1, 7)[:, None]
_EACH_FIRST: Final = np.arange(1, 8)[:, None]


class _First(dict[str, int]):
    """What a block begins with, by its first character."""

    def __missing__(self, char: str) -> int:
        return 1 if char.isupper() else 2 if char.islower() else 3 if char.isdigit() else 0


_FIRST: Final = _First(_SIGNS)


class Measures:
    """One number a block for each thing measured, as arrays of the same length."""

    __slots__ = ("chars", "columns", "heads", "leading", "sentence", "words")

    def __init__(self, texts: Sequence[str]) -> None:
        self.heads = [text[:HEAD].lower() for text in texts]
        self.leading = Leading(self.heads)
        whole = "\n".join(texts)
        self.chars = floats(list(map(len, texts)))
        self.words = np.minimum(floats([text.count(" ") for text in texts]), LONGEST) + 1
        if whole.count("\n") >= len(texts):
            self.words += breaks_in(texts)
        if has_unspaced(whole):
            letters = floats([0 if text.isascii() else len(UNSPACED.findall(text)) for text in texts])
            self.words = np.minimum(self.words + 0.5 * letters, LONGEST)
        last = np.array([_LAST.get(text[-1], 0) for text in texts])
        first = np.array([_FIRST[text[0]] for text in texts])
        self.sentence = ((last == 1) | (last == 2)) & (self.words >= 8)
        chars = np.minimum(self.chars, 3_000)
        self.columns: list[Columns] = [
            np.log1p(chars) * 0.2,
            np.log1p(self.words) * 0.25,
            np.minimum(chars / self.words, 20) * 0.1,
            self.leading.digits(),
            self.sentence,
            last == _EACH_LAST,
            first == _EACH_FIRST,
        ]

    def punctuation(self, texts: Sequence[str]) -> list[Columns]:
        """What the signs of a text say of it. With markup they add nothing to the rest."""
        whole = "\n".join(texts)
        lengths = list(map(len, texts))
        commas = np.minimum(floats([text.count(",") for text in texts]), 60)
        stops = np.minimum(floats([text.count(". ") for text in texts]), 40)
        if has_unspaced(whole):
            commas += floats([text.count("，") + text.count("、") for text in texts])
            stops += floats([text.count("。") for text in texts])
        return [
            np.log1p(stops),
            np.log1p(commas) * 0.5,
            np.minimum(commas / self.words, 0.5) * 4,
            np.log1p(breaks_in(texts)),
            floats([text[-1] in _ENDS and text.endswith(_CUT_SHORT) for text in texts]),
            floats([text.isupper() for text in texts]),
            having(("|", " · ", " • "), whole, lengths),
            having(("@", "©", "://"), whole, lengths),
        ]


def breaks_in(texts: Sequence[str]) -> Floats:
    """How many line breaks each text has, of which no more than a page of them count."""
    return np.minimum(floats([text.count("\n") for text in texts]), 60)


def floats(values: Sequence[float]) -> Floats:
    """An array of single precision."""
    return np.array(values, np.float32)


def having(signs: Sequence[str], whole: str, lengths: Sequence[int]) -> NDArray[np.bool_]:
    """For each block whether it has one of these signs. Signs are rare: the page is searched, not every block.

    Args:
        signs: what to look for.
        whole: the texts of all blocks, a character between two.
        lengths: how long each block is.

    Example:
        >>> having(("|", "@"), "one | two;three;me@home", [9, 5, 7]).tolist()
        [True, False, True]
    """
    found = np.zeros(len(lengths), bool)
    starts: list[int] = []
    for sign in signs:
        at = whole.find(sign)
        while at >= 0:
            starts = starts or [0, *accumulate(length + 1 for length in lengths)]
            block = bisect_right(starts, at) - 1
            found[block] = True
            at = whole.find(sign, starts[block + 1] - 1)
    return found


def stacked(columns: Sequence[Columns | float], size: int) -> Floats:
    """All columns side by side, one row a block; a single number stands for a column of it."""
    heights = [len(column) if isinstance(column, np.ndarray) and column.ndim > 1 else 1 for column in columns]
    out = np.empty((sum(heights), size), np.float32)
    at = 0
    for height, column in zip(heights, columns, strict=True):
        out[at : at + height] = column
        at += height
    return out.T


def repeats(keys: Sequence[Hashable]) -> tuple[Floats, Floats]:
    """For each key how often it stood before, and how often in all."""
    counts: dict[Hashable, int] = {}
    before = []
    for key in keys:
        count = counts.get(key, 0)
        before.append(count)
        counts[key] = count + 1
    if len(counts) == len(keys):
        return np.zeros(len(keys), np.float32), np.ones(len(keys), np.float32)
    return floats(before), floats([counts[key] for key in keys])


class Since:
    """How much stood since the last marked block, itself included; -1 where none stood before."""

    __slots__ = ("none", "place")

    def __init__(self, marks: NDArray[np.bool_]) -> None:
        place = np.maximum.accumulate(np.where(marks, np.arange(len(marks)), -1))
        self.none = place < 0
        self.place = np.maximum(place, 0)

    def blocks(self) -> Floats:
        """How many blocks."""
        return self._open(np.arange(1.0, len(self.place) + 1) - self.place)

    def amount(self, amounts: NDArray[np.floating]) -> Floats:
        """How much of what each block has so much of."""
        total = running(amounts)
        return self._open(total[1:] - total[self.place])

    def _open(self, gap: Floats) -> Floats:
        gap[self.none] = -1.0
        return gap.astype(np.float32)


def running(amounts: NDArray[np.generic]) -> NDArray[np.float64]:
    """The sums of the first none, one, two ... of these; of several rows along each."""
    total = np.zeros((*amounts.shape[:-1], amounts.shape[-1] + 1))
    np.cumsum(amounts, -1, dtype=np.float64, out=total[..., 1:])
    return total
