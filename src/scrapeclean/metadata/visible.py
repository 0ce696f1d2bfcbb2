"""What the visible page says: its headings, the lines near the title that name people and dates.

Only a window of blocks around the title is looked at, so that teasers, comments and boxes further down, which have
authors and dates of their own, do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import regex

from scrapeclean.lines import is_prose
from scrapeclean.metadata.names import STRONG, is_strong, may_begin, strip_before
from scrapeclean.metadata.vocabulary import vocabulary
from scrapeclean.model import ARTICLE, ASIDE, FOOTER, FORM, HIDDEN, NAV, Box, PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

BEFORE: Final = 10
AFTER: Final = 24
OPENING: Final = 12
"""Within so many blocks after the title stands the day that a page shows."""
HEADINGS: Final = 60
_AWAY: Final = HIDDEN | NAV | FOOTER | ASIDE | FORM
_PERSON_STEPS: Final = frozenset(
    "by author authors autor autoren autores autorin auteur auteurs autore autori people person profile profiles profil "  # noqa: E501
    "contributor contributors staff writer writers columnist columnists journalist journalists journaliste reporter reporters "  # noqa: E501
    "redaktion redakteur team user users member members u creator creators firma firmas bio bios expert experts forfatter "  # noqa: E501
    "skribent editors".split()
)
"""Steps of an address behind which a person's own page stands."""
_PERSON_SCRIPTS: Final = ("member.php?", "memberlist.php?mode=viewprofile", "profile.php?")
_NO_PERSON: Final = re.compile(r"log-?in|register|sign-?(?:in|up)|#", re.IGNORECASE)
_INSIDE: Final = regex.compile(
    r"(?:\d|(?i:posted|published|updated|created|started|written|submitted|asked|discussion|thread).{0,60})\s(?:by|By|BY|von)\s{1,2}([\p{L}\d@].{1,80})"
)
_DAY: Final = regex.compile(
    r"(?:\p{L}{3,9},?\s)?(?:\p{L}{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|"
    r"\d{1,2}(?:st|nd|rd|th)?\.?\s(?:de\s)?\p{L}{3,12}\.?,?\s(?:de\s)?(?:19|20)\d\d)"
)
_NAME: Final = regex.compile(
    r"^[\s|·•⋅,–-]{0,6}\p{Lu}[\p{L}\p{M}.'’-]{0,20}(?:\s(?:\p{Lu}[\p{L}\p{M}.'’-]{0,20}|de|van|von|der|la|del|da|di|al|bin)){1,4}(?:,\s\p{Lu}{2,5}){0,2}[\s|·•⋅,–-]{0,6}$"
)
_FAR: Final = regex.compile(r"\p{Lu}[\p{L}.'’-]{0,20}(?:\s[\p{L}.'’-]{1,20}){1,4}(?:,|$)|[\p{Han}\p{Hangul}、 ]{2,12}$")
_LABELLED: Final = re.compile(
    rf"[()（）\[\]— ]*+(?:.{{0,29}}:|.{{0,11}}：|(?:{'|'.join(STRONG)})\s)", re.IGNORECASE | re.DOTALL
)
"""What a by-line in the open begins with; a first look at many blocks."""
_FRONT: Final = re.compile(r"https?://[^/?#]+/?(?:#.*)?")
_STOP: Final = regex.compile(r"\p{Ll}{3}[.!?]\s+\p{Lu}")


class Window:
    """The visible blocks around the title."""

    def __init__(self, document: Document, title: int) -> None:
        self.document = document
        self.blocks = document.blocks
        self.title = title
        self.start = max(0, title - BEFORE) if title >= 0 else 0
        self.end = min(len(self.blocks), (title if title >= 0 else 0) + AFTER)
        regions = self.blocks[title].regions if 0 <= title < len(self.blocks) else 0
        self.away = _AWAY & ~regions
        self._places: list[tuple[int, int]] | None = None

    def is_open(self, block: PageBlock) -> bool:
        """Whether a block is part of the page proper. What is around the title too does not count; the footer of an
        article is no footer of the page."""
        away = block.regions & self.away
        return not away or (away == FOOTER and bool(block.regions & ARTICLE))

    def near(self, after: int = AFTER) -> Iterator[PageBlock]:
        """Short visible blocks, those below the title first."""
        title, away = max(self.title, 0), self.away
        below = self.blocks[title : min(self.end, title + after)]
        for block in (*below, *reversed(self.blocks[self.start : title])):
            if (
                2 < len(block.text) <= 300
                and (not block.regions & away or self.is_open(block))
                and block.kind != "code"
            ):
                yield block

    def opening(self) -> Iterator[tuple[PageBlock, str]]:
        """Lines with a digit between the title and the body."""
        prose = 0
        for block in self.blocks[self.title + 1 : self.title + OPENING] if self.title >= 0 else ():
            text = block.text
            if (
                not self.is_open(block)
                or block.kind in ("code", "definition")
                or "comment" in class_kinds(block.box.names)
            ):
                continue
            if is_prose(text):
                prose += len(text)
                if prose > 500:
                    return
            elif block.index > self.title + 1 and block.kind == "heading" and block.level <= 2:
                return
            elif any(map(str.isdigit, text)):
                yield from ((block, line) for line in text.split("\n")[:4])

    def has(self, line: int, column: int) -> bool:
        """Whether an element that begins at this place in the source stands near the title, in the open."""
        blocks = self.blocks[self.start : self.end + 1]
        if not blocks:
            return True
        if self._places is None:
            self._places, last = [], (0, 0)
            for block in blocks:
                last = max(last, (block.line, block.column))
                self._places.append(last)
        index = bisect_right(self._places, (line, column)) - 1
        if index < 0 or (index == len(blocks) - 1 and self.end < len(self.blocks)):
            return index < 0 and self.start == 0
        block = blocks[index]
        return self.is_open(block) or block.regions & self.away == HIDDEN


def headings(document: Document) -> list[PageBlock]:
    """The visible first-level headings; in a page without any, the first of the second level."""
    first = [block for block in document.blocks if block.kind == "heading" and block.level == 1 and block.text]
    shown = [block for block in first if not block.regions & (HIDDEN | NAV | FOOTER)] or first
    if shown or document.kind == "text":
        return shown[:HEADINGS]
    second = [
        block for block in document.blocks if block.kind == "heading" and block.level == 2 and not block.regions & _AWAY
    ]
    return second[:1]


def by_lines(window: Window, after: int = AFTER) -> Iterator[tuple[str, str, float]]:
    """(source, text, trust) of lines near the title that name authors: "By ...", author links, boxes named so. A front
    page has none of its own."""
    words = vocabulary()
    if _FRONT.fullmatch(window.document.url or ""):
        return
    for block in window.near(after):
        if block.index == window.title:
            continue
        text = block.text
        near = max(0.0, 1 - abs(block.index - window.title) / AFTER)
        found: list[tuple[str, str, float]] = []
        if block.link_chars and (linked := _linked(block)):
            found.append(("author link", linked, 0.66 + 0.03 * near))
        for line in text.split("\n", 4)[:4] if "\n" in text else (text,):
            if len(line) <= 200 and (may_begin(line, words) or " by " in line or " By " in line or " von " in line):
                found += _by_line(line, near)
        if len(text) <= 120 and is_named(block, "author"):
            found.append(("class author", text, 0.6 + 0.02 * near))
        if found and "comment" not in class_kinds(block.box.names):
            yield from found


def _by_line(line: str, near: float) -> Iterator[tuple[str, str, float]]:
    """The by-line in a line of a block: at its beginning, or behind a date."""
    rest, cut = strip_before(line, vocabulary())
    if cut and (rest[:1].isupper() or rest[:1] >= "\u0590" or near > 0.8) and not _STOP.search(line):
        yield "by-line", line, 0.7 + 0.02 * near
    elif (match := _INSIDE.search(line)) and not _STOP.search(line):
        yield "by-line", match[1], 0.66 + 0.02 * near


def _linked(block: PageBlock) -> str:
    """The names in a block that are linked to a person's page, if the block is about little else."""
    names = [
        block.text[start:end] for kind, start, end, value in block.marks[:12]
        if kind == "link" and 2 < end - start <= 60 and _is_person_page(value)
    ]  # fmt: skip
    return "; ".join(names) if names and len(block.text) < 60 + 3 * sum(map(len, names)) else ""


def _is_person_page(address: str) -> bool:
    """Whether an address looks like a person's own page: /author/ann-lee, /staff/4395/ann-lee."""
    steps = address[:300].lower().partition("?")[0].rstrip("/").split("/")
    if not _PERSON_STEPS.isdisjoint(steps[-4:-1]):
        return _NO_PERSON.search(address) is None
    return any(script in address for script in _PERSON_SCRIPTS)


def name_lines(window: Window) -> Iterator[tuple[str, str, float]]:
    """Lines that are nothing but a name, beside a date, close to the title: asked when nothing else helps."""
    blocks = window.blocks[max(0, window.title - 3) : window.title + 9]
    lines = [
        (block, _DAY.sub(" | ", block.text)) for block in blocks
        if block.kind in ("paragraph", "item") and 3 < len(block.text) <= 90 and window.is_open(block)
    ]  # fmt: skip
    dated = [block.index for block, line in lines if line != block.text]
    for block, line in sorted(lines, key=lambda row: abs(row[0].index - window.title)):
        if _NAME.search(line) and any(abs(block.index - index) <= 3 for index in dated):
            yield "name line", line, 0.5


def far_by_lines(document: Document) -> Iterator[tuple[str, str, float]]:
    """By-lines anywhere in the open text: "By Ann Lee" alone, "Written by Ann Lee", "(Editor: Ann Lee)"."""
    words = vocabulary()
    for block in document.blocks:
        text = block.text
        if 5 < len(text) <= 70 and _LABELLED.match(text) and not block.regions & _AWAY:
            text = text.strip("()（）[]— ")
            if ":" in text[:30] or "：" in text[:12] or is_strong(text):
                rest, cut = strip_before(text, words)
                if cut and _FAR.match(rest) and "comment" not in class_kinds(block.box.names):
                    yield "by-line", text, 0.5


def is_named(block: PageBlock, what: str) -> bool:
    """Whether a block stands in a small box whose class or id names authors ("author") or dates ("date")."""
    box: Box | None = block.box
    for _ in range(4):
        if box is None or box.last - box.first > 8:
            return False
        if what in class_kinds(box.names):
            return True
        box = box.parent
    return False


_BODY_PROSE: Final = 600
"""Below so many characters of prose the age of the article is not looked for any more, nor in plain text its date."""
_CLASS_WORDS: Final = {
    "author": ("author", "byline", "by-line", "autor", "auteur", "vcard", "writer", "contributor", "attribution"),
    "other": ("bio", "avatar", "image", "photo", "social", "follow", "share", "desc", "about", "more", "box"),
    "date": ("date", "time", "publi", "posted", "datum", "fecha", "zeit", "created"),
    "comment": (
        "comment", "related", "recommend", "teaser", "sidebar", "widget", "disqus", "newsletter", "promo", "trending",
        "popular", "read-next", "readnext", "more-from", "morefrom", "card-list",
    ),
}  # fmt: skip
"""Parts of class and id words that name authors, dates, or what has authors and dates of its own. The frequent ones of
the first and third row name authors and dates in hand-written rules for some 2,000 sites (fivefilters/ftr-site-config,
public domain)."""
_KIND_OF: Final = {word: kind for kind, words in _CLASS_WORDS.items() for word in words}
_ANY_CLASS: Final = re.compile("|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True)))


@lru_cache(maxsize=4096)
def class_kinds(names: str) -> str:
    """What the words of a class and id name: "author", "date", "comment", or several of them.

    >>> class_kinds("article__byline"), class_kinds("author-bio"), class_kinds("hero")
    ('author', '', '')
    """
    if len(names) < 3:
        return ""
    kinds = {_KIND_OF[word] for word in _ANY_CLASS.findall(names.lower())}
    if "other" in kinds:
        kinds -= {"author", "other"}
    return " ".join(sorted(kinds))


def date_lines(window: Window) -> Iterator[tuple[str, str, float]]:
    """(source, text, trust) of short lines near the title that hold a digit; those in boxes named for dates first."""
    rest = []
    below = _below_body(window)
    for block in window.near():
        if len(block.text) > 160 or block.index == window.title or "comment" in class_kinds(block.box.names):
            continue
        if block.index >= below and (window.document.kind == "text" or _relative(window.document, block)):
            continue
        for line in block.text.split("\n")[:4]:
            if any(map(str.isdigit, line)) or window.document.fetched is not None:
                if is_named(block, "date"):
                    yield "class date", line, 0.6
                else:
                    rest.append(line)
    for line in rest:
        yield "visible text", line, 0.5


def _below_body(window: Window) -> int:
    """The first block below the beginning of the body, where the cards of further articles have dates of their own."""
    prose = 0
    for block in window.blocks[max(window.title, 0) : window.end]:
        prose += len(block.text) * is_prose(block.text)
        if prose >= _BODY_PROSE:
            return block.index + 1
    return len(window.blocks)


def _relative(document: Document, block: PageBlock) -> bool:
    """Whether a block says "20 minutes ago"; that of an article stands above its body, in HTML as well."""
    age = document.ages.get(block.index)
    return age is not None and bool(age.relative)


def sample(document: Document, size: int = 1500) -> str:
    """Some of the prose: the longest visible blocks."""
    blocks = sorted(
        (block for block in document.blocks if not block.regions & HIDDEN), key=lambda block: -len(block.text)
    )[:8]
    return " ".join(block.text[:size] for block in blocks)[:size]
