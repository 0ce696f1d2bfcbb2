"""What stays of one page block: its text closed up, its marks in their new places, its links absolute."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from scrapeclean.addresses import safe_address
from scrapeclean.model import Mark, PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

Piece = tuple[PageBlock, int, int]
"""A page block and the span of it that stays."""
Span = tuple[int, int]
_SITE: Final = re.compile(r"https?://[^/?#\[\]\\\s]+(?=[/?#]|\Z)")
_WHOLE: Final = re.compile(r"https?://[^/?#\[\]\\\s]+/[^\s]*+\Z")
_FROM_ROOT: Final = re.compile(r"/(?!/)[^\s.;#]*+(?:\.(?!\.|/)[^\s.;#]++)*+\Z")
"""Addresses that need no joining: whole ones, and paths from the root without steps back. It is the costly part."""
RawMark = tuple[str, int, int, str]


_new = tuple.__new__
"""Makes a Leaf in half the time of its constructor."""


class Leaf(NamedTuple):
    """One page block as far as it stays."""

    block: PageBlock
    text: str
    marks: tuple[Mark, ...]
    start: int
    end: int
    spans: tuple[Span, ...]
    """Where several pieces are left, each of them."""


class Links:
    """Makes the addresses of one page absolute."""

    def __init__(self, document: Document) -> None:
        canonical = next((address for rel, address in document.head.links if rel == "canonical"), "")
        self.base = document.url or canonical
        if document.head.base:
            self.base = _joined(self.base, document.head.base)
        self.site = site[0] if (site := _SITE.match(self.base)) else ""
        self.known: dict[str, str] = {}

    def absolute(self, address: str) -> str:
        """The address, absolute where the page says where it stands; "" where it must not be followed.

        An address inside the page itself has no meaning outside of it.
        """
        found = self.known.get(address)
        if found is None:
            found = self.known[address] = self._absolute(safe_address(address))
        return found

    def _absolute(self, address: str) -> str:
        if address.startswith("#"):
            return ""
        if not self.base or _WHOLE.match(address):
            return address
        if self.site and _FROM_ROOT.match(address):
            return self.site + address
        return safe_address(_joined(self.base, address)) if address else ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def leaves(document: Document, pieces: Sequence[Piece], links: Links) -> list[Leaf]:
    """The pieces of each block as one leaf; those without text stay where they are."""
    by_block: list[tuple[PageBlock, list[Span]]] = []
    for block, start, end in pieces:
        if by_block and by_block[-1][0] is block:
            by_block[-1][1].append((start, end))
        else:
            by_block.append((block, [(start, end)]))
    return [_leaf(document, spans, block, links) for block, spans in by_block]


def _leaf(document: Document, spans: list[Span], block: PageBlock, links: Links) -> Leaf:
    marks = [mark for mark in block.marks if mark[0] != "hidden"] if block.marks else []
    if spans == [(block.start, block.end)]:
        whole = block.text
        text = whole.rstrip() if block.kind == "code" else whole.strip()
        start = block.start
        if len(text) < len(whole):
            start += len(whole) - len(whole.lstrip()) if block.kind != "code" else 0
            marks = _Places([(start, start + len(text))], [0]).moved(marks, block.start)
        return _new(Leaf, (block, text, _trimmed(marks, text, links), start, start + len(text), ()))
    text, places = _closed_up(document.text, spans, keep_indent=block.kind == "code")
    kept = tuple(places.spans)
    start, end = (kept[0][0], kept[-1][1]) if kept else (block.start, block.start)
    moved = _trimmed(places.moved(marks, block.start), text, links)
    return Leaf(block, text, moved, start, end, kept if len(kept) > 1 else ())


class _Places:
    """Where each span of the page begins in the closed-up text."""

    def __init__(self, spans: list[Span], starts: list[int]) -> None:
        self.spans = spans
        self.starts = starts
        self.begins = [start for start, _ in spans]

    def of(self, position: int) -> int:
        """A position of the page in the closed-up text; what was left out is where it was left out."""
        i = bisect_right(self.begins, position) - 1
        if i < 0:
            return 0
        start, end = self.spans[i]
        return self.starts[i] + min(position, end) - start

    def moved(self, marks: Sequence[RawMark], shift: int) -> list[RawMark]:
        """Marks of a block that begins at `shift` in their new places."""
        return [(kind, self.of(shift + start), self.of(shift + end), value) for kind, start, end, value in marks]


def _closed_up(text: str, spans: list[Span], *, keep_indent: bool) -> tuple[str, _Places]:
    """Spans joined as one reads them: one blank where some stood, none before punctuation."""
    pieces: list[str] = []
    kept: list[Span] = []
    starts: list[int] = []
    length = 0
    for begin, end in spans:
        piece = text[begin:end]
        if not keep_indent and (not pieces or pieces[-1][-1].isspace()):
            piece = piece.lstrip()
        elif piece and kept and _parted(text[kept[-1][1] : begin], pieces[-1], piece):
            pieces.append(" ")
            length += 1
        if piece:
            pieces.append(piece)
            kept.append((end - len(piece), end))
            starts.append(length)
            length += len(piece)
    if pieces:
        bare = pieces[-1].rstrip()
        start = kept[-1][0]
        pieces[-1] = bare
        kept[-1] = (start, start + len(bare))
        if not bare:
            del kept[-1], starts[-1]
    return "".join(pieces).rstrip(), _Places(kept, starts)


def _parted(gap: str, before: str, after: str) -> bool:
    """Whether a blank must stand where a gap was: it had one at an edge, and a word follows."""
    if not gap or before[-1].isspace() or after[0].isspace():
        return False
    return (gap[0].isspace() or gap[-1].isspace()) and after[0].isalnum()


def _trimmed(marks: Sequence[RawMark], text: str, links: Links) -> tuple[Mark, ...]:
    """Marks without blanks at their edges, their links absolute, and without those of which nothing is left."""
    found = []
    for kind, start, end, value in marks:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end and kind != "math":
            continue
        address = links.absolute(value) if kind == "link" and not value.startswith("#") else value
        if address or kind != "link":
            found.append(Mark(kind, start, end, address if kind != "code" else ""))
    return tuple(found)


def joined(parts: Sequence[Leaf], glue: str) -> tuple[str, tuple[Mark, ...], tuple[Span, ...]]:
    """Several leaves as one text: the text, its marks, and the spans of the page that it comes from."""
    if len(parts) == 1:
        return parts[0].text, parts[0].marks, sources(parts)
    pieces: list[str] = []
    length = 0
    marks: list[Mark] = []
    for part in parts:
        if length:
            pieces.append(glue)
            length += len(glue)
        marks += [Mark(mark.kind, mark.start + length, mark.end + length, mark.value) for mark in part.marks]
        pieces.append(part.text)
        length += len(part.text)
    return "".join(pieces), tuple(marks), sources(parts)


def sources(parts: Sequence[Leaf]) -> tuple[Span, ...]:
    """The spans of the page that leaves come from; nothing where they follow each other with only a line end between
    them."""
    spans = [span for part in parts for span in part.spans or ((part.start, part.end),)]
    return tuple(spans) if any(after[0] - before[1] > 1 for before, after in pairwise(spans)) else ()
