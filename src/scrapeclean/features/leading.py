"""The words at the start of every block of a page, found in one pass over all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache
from itertools import compress, islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Indices = NDArray[np.intp]

_UNSPACED: Final = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF),
)  # fmt: skip
UNSPACED: Final = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED) + "]")
"""Scripts that write words without spaces between them; two letters count as one word."""
WORD: Final = re.compile(r"\w+")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_ASTRAL_WORD: Final = re.compile("[^\\W\x00-\uffff]")
_LETTER, _DIGIT, _UNSPACED_LETTER = 1, 2, 3
_PHRASE: Final = 5


def words_of(head: str) -> list[str]:
    """The words at the start of a block, numbers as `0`; of a script without spaces pairs of letters.

    Example:
        >>> words_of("on 12 may 雨天过后")
        ['on', '0', 'may', '雨天', '天过', '过后']
    """
    found = WORD.findall(head)
    if head.isascii():
        return ["0" if word[0].isdigit() else word for word in found]
    words: list[str] = []
    for word in found:
        if word[0].isdigit():
            words.append("0")
        elif len(word) > 2 and UNSPACED.match(word):
            words += [word[i : i + 2] for i in range(len(word) - 1)]
        else:
            words.append(word)
    return words


class Leading:
    """The words of the starts of blocks, `words_of` each: one list for all blocks, and how many each block has."""

    __slots__ = ("counts", "numbers", "rows", "words")

    def __init__(self, heads: Sequence[str]) -> None:
        self.words, self.counts, self.numbers = _split(heads)
        self.rows = np.repeat(np.arange(len(heads)), self.counts)
        """For each word the block that it stands in."""

    def digits(self) -> Floats:
        """For each block the share of its words that are numbers."""
        found = np.bincount(self.rows[self.numbers], minlength=len(self.counts))
        return (found / np.maximum(self.counts, 1)).astype(np.float32)

    def overlap(self, wanted: Set[str]) -> tuple[Floats, Floats]:
        """For each block the share of its words that are wanted, and of the wanted words the share that it has."""
        hits = [place for place, word in enumerate(self.words) if word in wanted]
        pairs = {(row, self.words[place]) for row, place in zip(self.rows[hits].tolist(), hits, strict=True)}
        each = np.bincount([row for row, _ in pairs], minlength=len(self.counts)).astype(np.float32)
        return each / np.maximum(self.counts, 1, dtype=np.float32), each / np.float32(max(1, len(wanted)))

    def tokens(self, cut: NDArray[np.bool_], most: int) -> tuple[list[str], Indices]:
        """The words that a vocabulary may know, and the block of each: of blocks to cut only the first few words; of
        others all words, and what they say together if they are few.

        Args:
            cut: which blocks are to be cut.
            most: to how many words.
        """
        ends = np.cumsum(self.counts)
        starts = ends - self.counts
        chosen, rows = self.words, self.rows
        if cut.any():
            kept = ~cut[rows] | (np.arange(len(rows)) - starts[rows] < most)
            chosen, rows = list(compress(chosen, kept.tolist())), rows[kept]
        few = np.flatnonzero((self.counts > 1) & (self.counts <= _PHRASE) & ~cut)
        words = self.words
        phrases = [
            "=" + " ".join(words[start:end])
            for start, end in zip(starts[few].tolist(), ends[few].tolist(), strict=True)
        ]
        return chosen + phrases, np.concatenate((rows, few))


def _split(heads: Sequence[str]) -> tuple[list[str], Indices, Indices]:
    """All words, how many each block has, and the places of the numbers."""
    joined = "\n".join(heads)
    if joined.isascii():
        code, kinds = "ascii", _kinds()[:128]
    else:
        code, kinds = "utf-16-le", _kinds()
    width: type[np.unsignedinteger[Any]] = np.uint8 if code == "ascii" else np.uint16
    units = np.frombuffer(joined.encode(code, "surrogatepass"), width)
    if len(units) > len(joined):
        if _ASTRAL_WORD.search(joined):
            return _one_by_one(heads)
        units = np.frombuffer(_ASTRAL.sub(" ", joined).encode(code, "surrogatepass"), width)
    kind = kinds.take(units)
    inside = kind > 0
    begins = np.flatnonzero(inside[1:] & ~inside[:-1]) + 1
    if inside[:1].any():
        begins = np.concatenate((np.zeros(1, np.intp), begins))
    first = kind.take(begins)
    if (first == _UNSPACED_LETTER).any():
        return _one_by_one(heads)
    words = np.where(inside, units, width(32)).tobytes().decode(code).split()
    bounds = np.cumsum(np.fromiter(map(len, heads), np.intp, len(heads)) + 1)
    counts = np.diff(np.searchsorted(begins, bounds), prepend=0)
    numbers = np.flatnonzero(first == _DIGIT)
    for place in numbers.tolist():
        words[place] = "0"
    return words, counts, numbers


def _one_by_one(heads: Sequence[str]) -> tuple[list[str], Indices, Indices]:
    """The same for every script, block by block."""
    each = list(map(words_of, heads))
    words = [word for own in each for word in own]
    numbers = [place for place, word in enumerate(words) if word == "0"]
    return words, np.fromiter(map(len, each), np.intp, len(each)), np.array(numbers, np.intp)


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character of the basic plane is to a word: no part of it, or one of the kinds above."""
    kinds = np.zeros(0x10000, np.uint8)
    every = "".join(map(chr, range(0x10000)))
    for found in WORD.finditer(every):
        kinds[found.start() : found.end()] = _LETTER
        for place, char in enumerate(islice(every, found.start(), found.end()), found.start()):
            if char.isdigit():
                kinds[place] = _DIGIT
    kinds[_unspaced() & (kinds == _LETTER)] = _UNSPACED_LETTER
    return kinds


@cache
def _unspaced() -> NDArray[np.bool_]:
    """Which characters of the basic plane are of scripts without spaces."""
    table = np.zeros(0x10000, bool)
    for first, last in _UNSPACED:
        table[first : last + 1] = True
    return table


def has_unspaced(text: str) -> bool:
    """Whether a text has letters of scripts without spaces.

    Example:
        >>> has_unspaced("naïve — “quoted”"), has_unspaced("雨")
        (False, True)
    """
    if text.isascii():
        return False
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    return bool(_unspaced().take(units).any())
