"""What the visible page says: its headings, the lines near the title that name people and dates.

Only a window of blocks around the title is looked at, so that teasers, comments and boxes further down, which have
authors and dates of their own, do not count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import regex

from scrapeclean.metadata.names import strip_before
from scrapeclean.metadata.vocabulary import vocabulary
from scrapeclean.model import ASIDE, FOOTER, FORM, HIDDEN, NAV, Box, PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

BEFORE: Final = 10
AFTER: Final = 24
HEADINGS: Final = 60
_AWAY: Final = HIDDEN | NAV | FOOTER | ASIDE | FORM
_PERSON_PAGE: Final = regex.compile(
    r"/(?:by|authors?|autor(?:es|en|in)?|auteurs?|autore|autori|people|person|profiles?|profil|contributors?|staff|writers?|columnists?|journalists?|journaliste|reporters?|redaktion|redakteur|team|users?|members?|u|creators?|firma|firmas|bio|bios|experts?|forfatter|skribent)/[^/?#]{2,100}/?(?:[?#].{0,200})?$",
    regex.IGNORECASE,
)
_COMMENT: Final = regex.compile(r"comment|related|recommend|teaser|sidebar|widget|disqus|newsletter|promo|trending|popular|read-?next|more-?from|card-list", regex.IGNORECASE)
_STOP: Final = regex.compile(r"[.!?]\s+\p{Lu}")


class Window:
    """The visible blocks around the title."""

    def __init__(self, document: Document, title: int) -> None:
        self.document = document
        self.blocks = document.blocks
        self.title = title
        self.start = max(0, title - BEFORE) if title >= 0 else 0
        self.end = min(len(self.blocks), (title if title >= 0 else 0) + AFTER)
        self._places: list[tuple[int, int]] | None = None

    def near(self) -> Iterator[PageBlock]:
        """Short visible blocks, those below the title first."""
        below = range(max(self.title, 0), self.end)
        above = range(max(self.title, 0) - 1, self.start - 1, -1)
        for index in (*below, *above):
            block = self.blocks[index]
            if 2 < len(block.text) <= 300 and not block.regions & _AWAY and block.kind != "code":
                yield block

    def distance(self, line: int, column: int) -> int:
        """How many blocks an element of the head's list stands below the title; negative: above."""
        if self._places is None:
            self._places, last = [], (0, 0)
            for block in self.blocks:
                last = max(last, (block.line, block.column))
                self._places.append(last)
        return bisect_right(self._places, (line, column)) - 1 - max(self.title, 0)

    def has(self, line: int, column: int) -> bool:
        """Whether an element stands near the title, in the open."""
        away = self.distance(line, column)
        if not -BEFORE <= away <= AFTER:
            return False
        index = min(max(away + max(self.title, 0), 0), len(self.blocks) - 1)
        return not (self.blocks and self.blocks[index].regions & (NAV | FOOTER | ASIDE))


def headings(document: Document) -> list[PageBlock]:
    """The visible first-level headings; in a page without any, the first of the second level."""
    first = [block for block in document.blocks if block.kind == "heading" and block.level == 1 and block.text]
    shown = [block for block in first if not block.regions & (HIDDEN | NAV | FOOTER)] or first
    if shown or document.kind == "text":
        return shown[:HEADINGS]
    second = [block for block in document.blocks if block.kind == "heading" and block.level == 2 and not block.regions & _AWAY]
    return second[:1]


def by_lines(window: Window) -> Iterator[tuple[str, str, float]]:
    """(source, text, trust) of lines near the title that name authors: "By ...", author links, boxes named so."""
    words = vocabulary()
    for block in window.near():
        if block.index == window.title or _COMMENT.search(block.box.names):
            continue
        for kind, start, end, value in block.marks:
            if kind == "link" and end - start <= 60 and _PERSON_PAGE.search(value):
                yield "author link", block.text[start:end], 0.68
        for line in block.text.split("\n")[:4]:
            if len(line) <= 200 and not _STOP.search(line):
                rest, cut = strip_before(line, words)
                if cut and rest[:1].isupper() or cut and rest[:1] >= "\u0590":
                    yield "by-line", line, 0.7
        if len(block.text) <= 120 and _named(block.box, "author"):
            yield "class author", block.text, 0.62


def _named(box: Box, what: str) -> bool:
    """Whether a box, or a small one around it, has a class or id word that names authors or dates."""
    for outer in box.ancestors():
        if outer.last - outer.first > 8 or outer.depth + 4 < box.depth:
            return False
        if outer.names and _class_kind(outer.names) == what:
            return True
    return False


_PEOPLE_CLASS: Final = regex.compile(r"author|by-?line|autor|auteur|vcard|writer|contributor", regex.IGNORECASE)
_OTHER_CLASS: Final = regex.compile(r"bio|avatar|image|photo|social|follow|share|desc|about|more|box", regex.IGNORECASE)
_DATE_CLASS: Final = regex.compile(r"date|time|publi|posted|datum|fecha|zeit|created|updated", regex.IGNORECASE)


def _class_kind(names: str) -> str:
    if _PEOPLE_CLASS.search(names) and not _OTHER_CLASS.search(names):
        return "author"
    return "date" if _DATE_CLASS.search(names) else ""


def date_lines(window: Window) -> Iterator[tuple[str, str, float]]:
    """(source, text, trust) of short lines near the title that hold a digit; those in boxes named for dates first."""
    rest = []
    for block in window.near():
        if len(block.text) > 160 or block.index == window.title or _COMMENT.search(block.box.names):
            continue
        for line in block.text.split("\n")[:4]:
            if any(map(str.isdigit, line)) or window.document.fetched is not None:
                if _named(block.box, "date"):
                    yield "class date", line, 0.6
                else:
                    rest.append(line)
    for line in rest:
        yield "visible text", line, 0.5


def sample(document: Document, size: int = 1500) -> str:
    """Some of the prose: the longest visible blocks."""
    blocks = sorted((block for block in document.blocks if not block.regions & HIDDEN), key=lambda block: -len(block.text))[:8]
    return " ".join(block.text[:size] for block in blocks)[:size]
