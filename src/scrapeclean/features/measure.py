"""What can be counted in the text of one block, whatever its language: no word lists, scripts without spaces included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

Floats = NDArray[np.float32]

UNSPACED: Final = regex.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts that write words without spaces between them; two letters count as one word."""
WORD: Final = regex.compile(r"[^\W\d_]{1,30}+|\d{1,30}+")
_DIGIT: Final = regex.compile(r"\d")
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
LAST_KINDS: Final = 7
FIRST_KINDS: Final = 8


class Measures:
    """One number a block for each thing measured, as arrays of the same length."""

    __slots__ = ("chars", "columns", "heads", "sentence", "unspaced", "words")

    def __init__(self, texts: Sequence[str], whole: str) -> None:
        self.heads = [text[:HEAD].lower() for text in texts]
        self.chars = _counts(map(len, texts), texts)
        spaces = _counts((text.count(" ") for text in texts), texts)
        breaks = _counts((text.count("\n") for text in texts), texts)
        commas = _counts((text.count(",") for text in texts), texts)
        stops = _counts((text.count(". ") for text in texts), texts)
        self.unspaced = not whole.isascii() and UNSPACED.search(whole) is not None
        self.words = spaces + breaks + 1
        if self.unspaced:
            letters = _counts((0 if text.isascii() else len(UNSPACED.findall(text)) for text in texts), texts)
            self.words += 0.5 * letters
            commas += _counts((text.count("，") + text.count("、") for text in texts), texts)
            stops += _counts((text.count("。") for text in texts), texts)
        last = np.fromiter((_LAST.get(text[-1], 0) for text in texts), np.intp, len(texts))
        first = np.fromiter((_FIRST.get(text[0]) or _letter(text[0]) for text in texts), np.intp, len(texts))
        dots = _counts((text.endswith(("...", "[…]", "…]", "[...]")) for text in texts), texts)
        digits = _counts((len(_DIGIT.findall(head)) for head in self.heads), texts)
        upper = _counts((text.isupper() for text in texts), texts)
        bars = _counts(("|" in text or " · " in text or " • " in text for text in texts), texts)
        signs = _counts(("@" in text or "©" in text or "://" in text for text in texts), texts)
        self.sentence = ((last == 1) | (last == 2)) & (self.words >= 8)
        per_word = self.chars / self.words
        self.columns = [
            np.log1p(self.chars) * 0.2,
            np.log1p(self.words) * 0.25,
            np.minimum(per_word, 20) * 0.1,
            np.log1p(stops),
            np.log1p(commas) * 0.5,
            np.minimum(commas / self.words, 0.5) * 4,
            np.log1p(breaks),
            digits / np.minimum(self.chars, HEAD),
            dots, upper, bars, signs,
            self.sentence,
            *(last == kind for kind in range(1, LAST_KINDS)),
            *(first == kind for kind in range(1, FIRST_KINDS)),
        ]  # fmt: skip


def _counts(values: object, texts: Sequence[str]) -> Floats:
    return np.fromiter(values, np.float32, len(texts))  # type: ignore[call-overload, no-any-return]


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
    found: list[str] = WORD.findall(head)
    if head.isascii():
        return ["0" if word.isdigit() else word for word in found]
    words: list[str] = []
    for word in found:
        if word.isdigit():
            words.append("0")
        elif len(word) > 2 and UNSPACED.match(word):
            words += [word[i : i + 2] for i in range(len(word) - 1)]
        else:
            words.append(word)
    return words


def overlap(heads: Sequence[Sequence[str]], wanted: set[str]) -> tuple[Floats, Floats]:
    """For each block the share of its words that are wanted, and of the wanted words the share that it has."""
    size = max(1, len(wanted))
    hits = np.fromiter((len(wanted.intersection(words)) for words in heads), np.float32, len(heads))
    lengths = np.fromiter(map(len, heads), np.float32, len(heads))
    return hits / np.maximum(lengths, 1), hits / size


def repeats(keys: Sequence[object]) -> tuple[Floats, Floats]:
    """For each key how often it stood before, and how often in all."""
    counts: dict[object, int] = {}
    before = np.empty(len(keys), np.float32)
    for i, key in enumerate(keys):
        seen = counts.get(key, 0)
        before[i] = seen
        counts[key] = seen + 1
    total = np.fromiter((counts[key] for key in keys), np.float32, len(keys))
    return before, total


def since(marks: NDArray[np.bool_], amounts: NDArray[np.floating]) -> Floats:
    """For each block how much stood since the last marked one, itself included; -1 where none stood before."""
    total = np.concatenate(([0.0], np.cumsum(amounts, dtype=np.float64)))
    places = np.maximum.accumulate(np.where(marks, np.arange(len(marks)), -1))
    gap = total[1:] - total[np.maximum(places, 0)]
    return np.where(places >= 0, gap, -1.0).astype(np.float32)
