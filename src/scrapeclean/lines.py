"""What a line of text looks like by itself: prose, a title, a name, in any language."""

from __future__ import annotations

import re
from functools import lru_cache

_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Scripts that write words without spaces: Japanese, Chinese, Thai, Lao, Burmese, Khmer."""
_STOPS = frozenset(".!?…。！？।؟۔")
_CLOSERS = "\"'”’»)]』」）"
_STOP_END = re.compile(r"[.,;:。，；：।۔]$")
_INNER_END = re.compile(r"[.!?。！？।؟۔][\"'”’»)\]』」）]{0,2}(?:\s|(?<=[。！？])(?=\S))")
_LOOKED_AT = 2_000
_ENOUGH = 500
"""So many characters hold all the words that prose is asked for."""
_ALNUM = re.compile(r"[^\W_]+")
_BARS = re.compile(r"\s[|·•]\s")

PROSE_WORDS = 12
"""A line of so many words that ends like a sentence is prose; twice as many are prose without an end."""
LONGEST_TITLE = 250


def word_count(text: str) -> int:
    """Words of a line; of scripts without spaces two characters count as one word.

    Example:
        >>> word_count("Rain in the valley"), word_count("東京で雨が降る")
        (4, 3)
    """
    text = text[:_LOOKED_AT]
    words = text.count(" ") + text.count("\n") + 1
    if text.isascii():
        return words
    return words + max(0, len(_SPACELESS.findall(text)) // 2 - 1)


def is_dense(text: str) -> bool:
    """Whether a line is written in a script without spaces, which says more with each sign.

    Example:
        >>> is_dense("東京で雨が降る"), is_dense("Météo à Paris")
        (True, False)
    """
    return not text.isascii() and _SPACELESS.search(text[:80]) is not None


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    last = text[-1:]
    return last in _STOPS or (last in _CLOSERS and text[-8:].rstrip(_CLOSERS)[-1:] in _STOPS and len(text) > 1)


def is_prose(text: str) -> bool:
    """Whether a line is running text rather than a title, a label or a name.

    Example:
        >>> is_prose("The river rose by two metres in the night, and the bridge was closed before dawn.")
        True
        >>> is_prose("River rises by two metres in the night, bridge closed")
        False
    """
    if len(text) < (48 if text.isascii() else 20):
        return False  # most lines of most pages
    if text.count(" ", 0, _LOOKED_AT) >= 3 * PROSE_WORDS:
        return True
    words = word_count(text[:_ENOUGH])
    if words < PROSE_WORDS:
        return False
    if words >= 3 * PROSE_WORDS:
        return True
    if words < 2 * PROSE_WORDS and _BARS.search(text):
        return False  # "By Ann Lee | The Courier | June 8, 2025, 4 p.m."
    inner = len(_INNER_END.findall(text[:_LOOKED_AT]))
    if inner == 0 and text.rstrip("\"'”’»)")[-1:] in "?!":
        return words >= 2 * PROSE_WORDS  # many titles are a question
    return (ends_sentence(text) and len(text) > 60 - 40 * (not text.isascii())) or (
        inner >= 1 and words >= 2 * PROSE_WORDS
    )


def title_likeness(text: str) -> float:
    """How much a line looks like the title of an article, 0 to 1.

    Example:
        >>> title_likeness("River rises by two metres in the night, bridge closed")
        1.0
        >>> title_likeness("Reuters") < 0.3
        True
    """
    if not text or len(text) > LONGEST_TITLE:
        return 0.0
    words = word_count(text)
    if words > 40:
        return 0.0
    score = (0.0, 0.1, 0.4, 0.7, 0.9)[words] if words < 5 else 1.0
    if _STOP_END.search(text) and not text.endswith("..."):
        score *= 0.4
    if text[0].islower():
        score *= 0.6
    return score


def is_name(text: str) -> bool:
    """Whether a line can be the name of an outlet or a person: a few words and no sentence.

    Example:
        >>> is_name("The Daily Courier"), is_name("Why the river rose in the night and what comes next")
        (True, False)
    """
    return 0 < len(text) <= 45 and word_count(text) <= 6 and not text.endswith((".", "?", ":", ";"))


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Only letters and digits, without case: for comparing titles and names."""
    return "".join(_ALNUM.findall(text.casefold()))
