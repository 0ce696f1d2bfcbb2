"""What can be counted in the text of one block, whatever its language: no word lists, every script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts that write words without spaces between them; two letters count as one word."""
WORD: Final = re.compile(r"\w+")
LONGEST: Final = 400
"""A block counts for no more words than this: one of a million would drown all that stands beside it."""
HEAD: Final = 60
"""How many characters at the start of a block are looked at closely."""

_LAST: Final = {
    **dict.fromkeys(".!?。！？।؟۔।", 1), **dict.fromkeys("\"”’»」』)）", 2), **dict.fromkeys(":：;；", 3),
    **dict.fromkeys(",，、،-–—", 4), **dict.fromkeys("…", 5), **dict.fromkeys("|»›>→▶•·/+", 6),
}  # fmt: skip
_FIRST: Final = {
    **dict.fromkeys("\"“„«‘'「『", 4), **dict.fromkeys("-–—•·*>#|▶►→+✓", 5), **dict.fromkeys("([{（【", 6),
    **dict.fromkeys("©®™@", 7),
}  # fmt: skip
_EACH_LAST: Final = np.arange(1, 7)[:, None]
_EACH_FIRST: Final = np.arange(1, 8)[:, None]


class Measures:
    """One number a block for each thing measured, as arrays of the same length."""

    __slots__ = ("chars", "columns", "heads", "leading", "sentence", "unspaced", "words")

    def __init__(self, texts: Sequence[str], whole: str) -> None:
        self.heads = [text[:HEAD].lower() for text in texts]
        self.leading = [words_of(head) for head in self.heads]
        self.chars = _floats(list(map(len, texts)))
        spaces = _floats([text.count(" ") for text in texts])
        breaks = _floats([text.count("\n") for text in texts])
        commas = _floats([text.count(",") for text in texts])
        stops = _floats([text.count(". ") for text in texts])
        self.unspaced = not whole.isascii() and _has_unspaced(whole)
        chars = np.minimum(self.chars, 3_000)
        for counts, most in ((spaces, LONGEST), (breaks, 60), (commas, 60), (stops, 40)):
            np.minimum(counts, most, out=counts)
        self.words = spaces + breaks + 1
        if self.unspaced:
            letters = _floats([0 if text.isascii() else len(UNSPACED.findall(text)) for text in texts])
            self.words = np.minimum(self.words + 0.5 * letters, LONGEST)
            commas += _floats([text.count("，") + text.count("、") for text in texts])
            stops += _floats([text.count("。") for text in texts])
        last = np.array([_LAST.get(text[-1], 0) for text in texts], np.int8)
        first = np.array([_FIRST.get(text[0]) or _letter(text[0]) for text in texts], np.int8)
        dots = _floats([text.endswith(("...", "[…]", "…]", "[...]")) for text in texts])
        digits = _floats([words.count("0") / (len(words) or 1) for words in self.leading])
        upper = _floats([text.isupper() for text in texts])
        bars = _floats(["|" in text or " · " in text or " • " in text for text in texts])
        signs = _floats(["@" in text or "©" in text or "://" in text for text in texts])
        self.sentence = ((last == 1) | (last == 2)) & (self.words >= 8)
        per_word = chars / self.words
        self.columns = [
            np.log1p(chars) * 0.2,
            np.log1p(self.words) * 0.25,
            np.minimum(per_word, 20) * 0.1,
            np.log1p(stops),
            np.log1p(commas) * 0.5,
            np.minimum(commas / self.words, 0.5) * 4,
            np.log1p(breaks),
            digits, dots, upper, bars, signs,
            self.sentence,
            *(last == _EACH_LAST),
            *(first == _EACH_FIRST),
        ]  # fmt: skip


def _has_unspaced(text: str) -> bool:
    """Whether a text has letters of scripts without spaces, by a look that is fast on long texts that have none."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    return bool((units >= 0x0E00).any()) and UNSPACED.search(text) is not None


def _floats(values: Sequence[float]) -> Floats:
    return np.array(values, np.float32)


def _letter(char: str) -> int:
    if char.isupper():
        return 1
    if char.islower():
        return 2
    return 3 if char.isdigit() else 0


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


def overlap(heads: Sequence[Sequence[str]], wanted: set[str]) -> tuple[Floats, Floats]:
    """For each block the share of its words that are wanted, and of the wanted words the share that it has."""
    size = max(1, len(wanted))
    hits = _floats([len(wanted.intersection(words)) for words in heads])
    lengths = _floats(list(map(len, heads)))
    return hits / np.maximum(lengths, 1), hits / size


def repeats(keys: Sequence[object]) -> tuple[Floats, Floats]:
    """For each key how often it stood before, and how often in all."""
    counts = Counter(keys)
    total = _floats([counts[key] for key in keys])
    before = np.zeros(len(keys), np.float32)
    seen: dict[object, int] = {}
    for i in np.flatnonzero(total > 1).tolist():
        count = seen.get(keys[i], 0)
        before[i] = count
        seen[keys[i]] = count + 1
    return before, total


def since(marks: NDArray[np.bool_], amounts: NDArray[np.floating]) -> Floats:
    """For each block how much stood since the last marked one, itself included; -1 where none stood before."""
    total = np.concatenate(([0.0], np.cumsum(amounts, dtype=np.float64)))
    places = np.maximum.accumulate(np.where(marks, np.arange(len(marks)), -1))
    gap = total[1:] - total[np.maximum(places, 0)]
    return np.where(places >= 0, gap, -1.0).astype(np.float32)
