"""The title of a page of plain text: the line above the prose that speaks of what the prose speaks of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import regex

from scrapeclean.model import PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

SEARCHED: Final = 400
BODY: Final = 16
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{Nd}]{2,}+")
_DENSE: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_END: Final = regex.compile(r"[.!?。！？…:;,]['\"”’»)]{0,2}$")


def title_line(document: Document) -> PageBlock | None:
    """The block that most likely holds the title; None if nothing looks like one.

    Headings count first. Else it is a line of some words, above the first run of prose, that shares words with it.
    """
    blocks = [block for block in document.blocks[:SEARCHED] if block.text]
    marked = next((block for block in blocks if block.kind == "heading" and block.level == 1), None)
    if marked is not None:
        return marked
    prose = [i for i, block in enumerate(blocks) if _is_prose(block.text)]
    if not prose:
        return blocks[0] if blocks and _is_titled(blocks[0].text) and len(blocks) > 1 else None
    start = _start(prose)
    counts = Counter(word for i in prose if i >= start for word in _words(blocks[i].text[:1500]))
    best, score = None, 0.0
    for i in range(max(0, start - 40), start):
        if not _is_titled(blocks[i].text):
            continue
        here = _score(blocks[i].text, counts, start - i)
        if here > score:
            best, score = blocks[i], here
    return best


def _start(prose: list[int]) -> int:
    """Where the first run of prose begins: a paragraph with another one close behind."""
    for this, following in zip(prose, prose[1:] + [10**9], strict=True):
        if following - this <= 4:
            return this
    return prose[0]


def _is_prose(text: str) -> bool:
    size = len(text) * (3 if _DENSE.search(text[:80]) else 1)
    return size >= 140 and _END.search(text[-4:]) is not None or size >= 400


def _is_titled(text: str) -> bool:
    if not 8 <= len(text) * (3 if _DENSE.search(text) else 1) <= 330 or len(text) > 250:
        return False
    return not (text.endswith((":", ";", ",", "…")) or (text.endswith(".") and not text.endswith("..")) and len(text) > 90) and any(map(str.isalpha, text))


def _words(text: str) -> list[str]:
    if _DENSE.search(text):
        letters = [ch for ch in text if ch.isalnum()]
        return [a + b for a, b in zip(letters, letters[1:], strict=False)]
    return [word.casefold() for word in _WORD.findall(text) if len(word) > 3 or word.isupper()]


def _score(text: str, counts: Counter[str], away: int) -> float:
    """Shared words, length and nearness."""
    words = set(_words(text))
    if not words:
        return 0.0
    shared = sum(1 for word in words if counts[word])
    length = min(len(words), 6) / 6
    return (0.15 + shared / len(words)) * length * (1.0 / (1 + 0.04 * away))
