"""The text of one block as it gathers: whitespace collapsed as a browser does, inline markup with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import turbohtml

from scrapeclean.segment.touching import are_two_words

RawMark = tuple[str, int, int, str]
"""(kind, start, end, value), as in `model.Mark`."""
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-hi-res-src", "data-full-src", "data-image")
"""Where pages put the address of a picture that is fetched when it comes into sight."""
_STAND_IN = ("blank", "placeholder", "spacer", "loading", "lazy", "transparent", "pixel", "1x1", "empty")
"""What stands in the address of a picture that only holds the place of another."""
_GAPS = ("\n", " ")
_MARKS = 16
"""How many elements, one inside the other, go on from one block to the next: a page may open 500 and never close
one."""


class InlineText:
    """A buffer for the text of the block that is being read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.space = False
        """Whether whitespace stood after the last piece."""
        self.after_link = False
        """Whether a link has just closed: two links side by side are two words, whatever the source says."""
        self.last: Any = None
        """The text node that was taken last."""
        self.preformatted = False
        self.links = 0
        self.link_chars = 0
        self.marks: list[RawMark] = []
        self.open_marks: list[tuple[str, str]] = []
        self.starts: list[int] = []
        self.images: list[dict[str, Any]] = []
        self.in_math = False
        self.sources: list[str] = []
        """The `srcset` of each `<source>` since the last picture."""
        self.language = ""
        """What names the language of the code that is being read."""

    def add(self, data: str, node: turbohtml.Node) -> None:
        """Take a text node."""
        if self.preformatted:
            piece = data
        else:
            words = data.split()
            if not words:
                self.space = True
                return
            piece = " ".join(words)
            if self.pieces and (last := self.pieces[-1]) not in _GAPS:
                if self.space or data[0].isspace() or (are_two_words(self.last, last, node, data) and not self.in_code):
                    piece = " " + piece
            self.space = data[-1].isspace()
            self.last = node
        self.after_link = False
        self.pieces.append(piece)
        self.length += len(piece)
        if self.links:
            self.link_chars += len(piece)

    @property
    def in_code(self) -> bool:
        """Whether code is being read, where every sign is as it is."""
        return any(kind == "code" for kind, _ in self.open_marks)

    def separate(self) -> None:
        """What comes next is another word."""
        self.space = True

    def line_break(self) -> bool:
        """Take a `<br>`; whether it is the second in a row, so that a new block begins."""
        if not self.pieces:
            return False
        if self.pieces[-1] == "\n" and not self.preformatted:
            return True
        self.pieces.append("\n")
        self.length += 1
        self.space = False
        return False

    def end_line(self) -> None:
        """End a line of code that is an element of its own."""
        self.pieces.append("\n")
        self.length += 1

    def open_mark(self, kind: str, node: turbohtml.Element) -> Callable[[], None]:
        """Open an inline element with a meaning."""
        value = ""
        if kind == "link":
            value = node.attr("href") or ""
            self.links += 1
            if self.after_link:
                self.space = True
        elif kind == "code" and self.preformatted:
            self.language = self.language or node.attr("data-lang") or node.attr("class") or ""
        self.open_marks.append((kind, value))
        self.starts.append(self.length)
        return self.close_mark

    def close_mark(self) -> None:
        """Close the innermost open inline element."""
        kind, value = self.open_marks.pop()
        start = self.starts.pop()
        if kind == "math":
            self.in_math = any(outer == "math" for outer, _ in self.open_marks)
        if kind == "link":
            self.links -= 1
            self.after_link = True
        if self.length > start:
            self.marks.append((kind, start, self.length, value))

    def open_math(self, source: str) -> Callable[[], None]:
        """Open MathML. `source` is the same formula as TeX."""
        self.in_math = True
        self.open_marks.append(("math", source))
        self.starts.append(self.length)
        return self.close_mark

    def formula(self, source: str) -> None:
        """Note a formula that has no text of its own."""
        if source:
            if self.space and self.pieces and self.pieces[-1] != "\n":
                self.pieces.append(" ")
                self.length += 1
            self.space = False
            self.marks.append(("math", self.length, self.length, source))

    def image(self, node: turbohtml.Element) -> None:
        """Note a picture, with all that says where it is: many pages give the true address only to their scripts."""
        alt = node.attr("alt") or ""
        if ("\\" in alt or "_" in alt or "^" in alt) and "math" in (node.attr("class") or ""):
            self.formula(alt)
            return
        self.space = True
        address = node.attr("src") or ""
        srcset = node.attr("srcset") or ""
        if _is_stand_in(address):
            address = next((found for name in _LAZY if (found := node.attr(name))), address)
            srcset = srcset or node.attr("data-srcset") or node.attr("data-lazy-srcset") or ""
        sources, self.sources = self.sources, []
        if address or srcset or sources:
            links = reversed(self.open_marks) if self.links else ()
            link = next((value for kind, value in links if kind == "link"), "")
            size = (node.attr("width") or "", node.attr("height") or "")
            self.images.append({"address": address, "alt": alt, "srcset": srcset, "sources": sources, "size": size,
                                "link": link, "after": bool(self.pieces)})  # fmt: skip

    def take(self) -> tuple[str, int, tuple[RawMark, ...]]:
        """End the block: its text, link characters and marks. Elements that stay open go on in the next block.

        A mark can have a blank at its edge; whoever shows marks trims them.
        """
        pieces, marks, link_chars = self.pieces, self.marks, self.link_chars
        text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if self.open_marks:
            for (kind, value), start in zip(self.open_marks[:_MARKS], self.starts, strict=False):
                if self.length > start:
                    marks.append((kind, start, self.length, value))
            self.starts = [0] * len(self.starts)
        shift = 0
        if self.preformatted:
            shift = len(text) - len(text.lstrip("\n"))
            text = text.strip("\n").rstrip()
        elif text[-1] == "\n":
            text = text.rstrip("\n")
        if marks and len(text) < self.length:  # none may end where there is no text any more
            cut = (shift, shift + len(text))
            marks = [
                (kind, _inside(start, cut) - shift, _inside(end, cut) - shift, value)
                for kind, start, end, value in marks
            ]
        self.pieces, self.length, self.link_chars, self.space = [], 0, 0, False
        if marks:
            self.marks = []
            return text, link_chars, tuple(marks)
        return text, link_chars, ()


def _inside(at: int, span: tuple[int, int]) -> int:
    return max(span[0], min(at, span[1]))


def _is_stand_in(address: str) -> bool:
    """Whether a picture's address only holds the place of another. Asked of every picture: no pattern is this fast."""
    if not address or address.startswith("data:"):
        return True
    tail = address[-60:].lower()
    return any(word in tail for word in _STAND_IN)
