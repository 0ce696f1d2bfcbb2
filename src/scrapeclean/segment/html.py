"""HTML to blocks: one parse, one walk, strings out.

The walk goes over the tree's nodes in document order with a stack of what is open. Text gathers in a buffer; every
block-level element that opens or closes flushes the buffer as one block. Hidden text is kept as blocks flagged
HIDDEN; what stands in script, style and template elements is only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import turbohtml

from scrapeclean.model import HIDDEN, Box, Head, Limits, PageBlock, altered, page_block
from scrapeclean.segment.frame import SPECIAL, Frame, detail_of, kind_of, number_of, region_of
from scrapeclean.segment.head import read_head
from scrapeclean.segment.inline import InlineText, RawMark
from scrapeclean.segment.mathml import mathml_source
from scrapeclean.segment.tags import (
    APART,
    BLOCK,
    EMBEDS,
    MARKS,
    PLAIN,
    PROSE,
    REGIONS,
    SHAPING,
    SKIPPED,
    TEXT_ELEMENTS,
)  # fmt: skip
from scrapeclean.segment.tame import parse

Parsed = tuple[tuple[PageBlock, ...], tuple[Box, ...], Head, dict[str, int], tuple[str, ...]]

_SOURCE, _NAMES = 10_000, 1_000
"""How many characters are read of a formula, and of a class or an id."""
_LENGTH: Final = turbohtml.XPath("string-length(.)")
"""Counts characters without making a string of them: scripts are half of what stands in pages."""
_Closer = Callable[[], None]
"""What is to be done when an element closes."""


def segment_html(source: str, limits: Limits) -> Parsed:
    """Take a page apart.

    Args:
        source: the page's HTML, a document or a fragment.
        limits: how many blocks and how deep a nesting are kept apart.

    Returns:
        blocks, boxes, head, characters counted but not kept by element, and the names of limits that were hit.
    """
    tree, tamed = parse(source)
    walk = _Walk(limits, tree)
    walk.run(tree)
    hit = (*walk.hit(), "formatting") if tamed else walk.hit()
    return tuple(walk.blocks), tuple(walk.boxes), read_head(tree), dict(walk.counted), hit


class _Walk:
    """The state of one walk over a tree."""

    def __init__(self, limits: Limits, tree: turbohtml.Node) -> None:
        self.limits = limits
        self.box = Box(0, "html", "", None, 0)
        self.boxes: list[Box] = [self.box]
        self.frame = Frame()
        self.blocks: list[PageBlock] = []
        self.at = 0
        """Where the next block begins in the text of the document."""
        self.saved: list[tuple[Box, Frame, turbohtml.Node]] = []
        """What was open around each open block-level element."""
        self.inline = InlineText()
        self.counted: Counter[str] = Counter()
        self.overflow: list[str] = []
        self.crowded = False
        self.told: set[str] = set()
        self.many_boxes = 4 * limits.blocks
        self.opened = 0
        """How many block-level elements have been opened."""
        self.too_deep = False
        self.skipping = 0
        self.node: turbohtml.Node = tree
        self.special: turbohtml.Element | None = None
        """The element that is being opened, if its attributes say something."""
        self.region = 0
        """The region that they make."""

    def run(self, tree: turbohtml.Document) -> None:
        """Walk the tree. The hot loop: one turn for each node."""
        text_type, comment_type, element_type = turbohtml.Text, turbohtml.Comment, turbohtml.Element
        nodes: list[turbohtml.Node] = [tree]
        closers: list[_Closer | None] = []
        current: turbohtml.Node = tree
        inline, openers, unknown = self.inline, _OPENERS, _Walk.open_unknown
        specials = iter(tree.select(SPECIAL))  # in the order of the page, as the nodes are
        special = next(specials, None)
        for node in tree.descendants:
            parent = node.parent
            while parent is not current:
                nodes.pop()
                if (close := closers.pop()) is not None:
                    close()
                current = nodes[-1]
            kind = type(node)
            if kind is text_type:
                if self.skipping:
                    continue
                data = node.data  # type: ignore[attr-defined]
                if data.isspace() and not inline.preformatted:
                    inline.space = True
                else:
                    inline.add(data, node)
            elif kind is not comment_type:
                tag = node.tag if kind is element_type else ""  # type: ignore[attr-defined]
                opener = openers.get(tag, unknown)
                if node is special:
                    special = next(specials, None)
                    opener = _Walk.open_special
                closers.append(None if opener is None or self.skipping else opener(self, node, tag))  # type: ignore[arg-type]
                nodes.append(node)
                current = node
        for close in reversed(closers):
            if close is not None:
                close()
        self.finish()

    def open_special(self, node: turbohtml.Element, tag: str) -> _Closer | None:
        """Open an element whose attributes say something."""
        self.special, self.region = node, region_of(node)
        opener = _OPENERS.get(tag, _Walk.open_unknown)
        if self.region & HIDDEN and (tag in MARKS or opener is None):
            closer: _Closer | None = self.inline.open_mark("hidden", node)
        else:
            closer = opener(self, node, tag) if opener is not None else None
        self.special, self.region = None, 0
        return closer

    def open_unknown(self, node: turbohtml.Element, tag: str) -> _Closer | None:
        """An element of the page's own makes a block, but not in running text."""
        return self.open_box(node, tag) if "-" in tag and self.box.tag not in TEXT_ELEMENTS else None

    def open_mark(self, node: turbohtml.Element, tag: str) -> _Closer:
        """Open an inline element with a meaning."""
        return self.inline.open_mark(MARKS[tag], node)

    def line_break(self, node: turbohtml.Element, tag: str) -> None:
        """Take a `<br>`."""
        if self.inline.line_break():
            self.flush()

    def image(self, node: turbohtml.Element, tag: str) -> None:
        """Take a picture."""
        self.inline.image(node)

    def skip(self, node: turbohtml.Element, tag: str) -> _Closer:
        """Open an element whose text is no text."""
        if tag == "script" and (node.attr("type") or "").startswith("math/tex"):
            self.formula(node)
        self.counted[tag] += int(_LENGTH(node))  # type: ignore[arg-type]
        self.skipping += 1
        return self.end_skip

    def math(self, node: turbohtml.Element, tag: str) -> _Closer:
        """Open a formula."""
        return self.inline.open_math("" if self.inline.in_math else mathml_source(node))

    def svg(self, node: turbohtml.Element, tag: str) -> _Closer:
        """Open a drawing, whose words are no part of a sentence."""
        return self.inline.open_mark("hidden", node) if self.inline.pieces else self.open_box(node, tag)

    def option(self, node: turbohtml.Element, tag: str) -> None:
        """Take one of several choices: another word."""
        self.inline.separate()

    def formula(self, node: turbohtml.Element) -> None:
        """Math that stands in a script, as TeX: a mark without text, or a block without text where it is displayed."""
        source = " ".join(node.text[:_SOURCE].split())
        if "display" in (node.attr("type") or ""):
            self.flush()
            self.add("math", "", self.node.position, 0, 0, (), {"source": source})
        else:
            self.inline.formula(source)

    def source(self, node: turbohtml.Element, tag: str) -> None:
        """One of several addresses of the same picture, video or recording."""
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.kind == "embed":
            if not last.info["address"]:
                self.blocks[-1] = altered(last, info={**last.info, "address": node.attr("src") or ""})
        else:
            self.inline.sources.append(node.attr("srcset") or node.attr("data-srcset") or "")

    def end_skip(self) -> None:
        """Text counts as text again."""
        self.skipping -= 1

    def embed(self, node: turbohtml.Element, tag: str) -> _Closer:
        """An iframe, video or object: a block without text, that refers to it; what stands inside is a fallback."""
        self.flush()
        address = node.attr("src") or node.attr("data") or node.attr("data-src") or ""
        info = {"address": address, "embed": tag, "alt": node.attr("title") or ""}
        self.add("embed", "", node.position, 0, 0, (), info)
        self.saved.append((self.box, self.frame, self.node))
        self.frame = self.frame.inside(HIDDEN)
        return self.close_box

    def pause(self) -> None:
        """Begin or end one of a million block-level elements: the text before and after is kept apart, and no more."""
        if self.inline.pieces or self.inline.images:
            self.flush()

    def open_box(self, node: turbohtml.Element, tag: str) -> _Closer:
        """Open a block-level element."""
        inline, outer, frame = self.inline, self.box, self.frame
        if inline.open_marks and tag == "div" and frame.preformatted:
            return inline.end_line
        if self.opened > self.many_boxes and tag not in APART and self.special is None:
            self.pause()
            return self.pause
        self.opened += 1
        if inline.pieces or inline.images:
            self.flush()
        self.saved.append((outer, frame, self.node))
        around = outer
        if outer.depth >= self.limits.nesting and outer.parent is not None:
            around, self.too_deep = outer.parent, True
        boxes, classes, name = self.boxes, node.attr("class") or "", node.attr("id") or ""
        if len(classes) > _NAMES or len(name) > _NAMES:
            classes, name = classes[:_NAMES], name[:_NAMES]
        self.box = box = Box(len(boxes), tag, f"{classes} {name}", around, len(self.blocks))
        boxes.append(box)
        self.node = node
        regions = REGIONS.get(tag, 0)
        if self.special is not None:
            regions |= self.region
            box.detail = detail_of(node)
        if tag in SHAPING:
            self.frame = self.shape(node, tag, frame.regions | regions)
        elif regions and regions | frame.regions != frame.regions:
            self.frame = frame.inside(regions)
        return self.close_box

    def shape(self, node: turbohtml.Element, tag: str, regions: int) -> Frame:
        """What holds inside an element that makes a list, an item, a quote, preformatted text or a region."""
        outer = self.frame
        frame = outer.inside(regions)
        if tag in ("ul", "ol", "menu", "dir"):
            frame.list_depth += 1
            frame.ordered = tag == "ol"
            frame.number = number_of(node.attr("start"), 1)
            self.box.detail = node.attr("type") if tag == "ol" else None
        elif tag == "li":
            frame.item = self.box.index
            if outer.ordered and outer.number is not None:
                frame.number = number_of(node.attr("value"), outer.number)
                outer.number = frame.number + 1
            self.box.detail = frame.number
        elif tag in ("pre", "listing", "xmp"):
            frame.preformatted = self.inline.preformatted = True
            self.inline.language = node.attr("data-lang") or node.attr("lang") or ""
        elif tag == "blockquote":
            frame.quotes += 1
        return frame

    def close_box(self) -> None:
        """Close the innermost block-level element and go back to the one around it."""
        inline, closed = self.inline, self.box
        if inline.pieces or inline.images:
            self.flush()
        box, frame, self.node = self.saved.pop()
        if closed is not box:
            if closed.tag == "tr":
                self.merge_row(closed)
            closed.last = len(self.blocks)
            if len(self.boxes) > self.many_boxes and closed is self.boxes[-1] and closed.first == closed.last:
                self.boxes.pop()  # a million empty elements are not worth a million boxes
        self.box, self.frame = box, frame
        inline.preformatted = frame.preformatted

    def flush(self) -> None:
        """Close the block that has gathered in the buffer."""
        inline = self.inline
        images = inline.images
        if images:
            inline.images = []
            self.pictures([image for image in images if not image["after"]])
        if inline.pieces:
            text, link_chars, marks = inline.take()
            if text:
                kind, level, info = kind_of(self.box, self.frame)
                if kind == "code" and inline.language:
                    info = {"language": inline.language}
                self.add(kind, text, self.node.position, level, link_chars, marks, info)
        if images:
            self.pictures([image for image in images if image["after"]])

    def pictures(self, images: list[dict[str, Any]]) -> None:
        """Pictures are blocks of their own, without text."""
        for image in images:
            self.add("image", "", self.node.position, 0, 0, (), image)

    def add(
        self, kind: str, text: str, position: tuple[int, int] | None, level: int, link_chars: int,
        marks: tuple[RawMark, ...], info: dict[str, Any],
    ) -> None:  # fmt: skip
        """Note one block, or only its text where the page has too many."""
        if len(self.blocks) >= self.limits.blocks and not self.worth_a_place(text):
            return
        start = self.at
        if text:
            end = start + len(text)
            self.at = end + 1
        else:
            start = end = max(0, start - 1)
        line, column = position or (0, 0)
        row = (len(self.blocks), kind, text, start, end, line, column, level, self.box, link_chars, self.frame.regions,
               marks, info)  # fmt: skip
        self.blocks.append(page_block(row))

    def worth_a_place(self, text: str) -> bool:
        """Whether a block stands for itself although the page has too many: long ones do, each once, up to half as
        many again, so that an article behind a million scraps is still found. The others gather in one block until
        such a one comes."""
        self.crowded = True
        if len(text) >= PROSE and 2 * len(self.blocks) < 3 * self.limits.blocks and text not in self.told:
            self.told.add(text)
            self.gather()
            return True
        if text:
            self.overflow.append(text)
        return False

    def gather(self) -> None:
        """Make one block of the text that found no place of its own."""
        if self.overflow:
            text, self.overflow = "\n".join(self.overflow), []
            end = self.at + len(text)
            page = self.boxes[0]
            row = (len(self.blocks), "paragraph", text, self.at, end, 0, 0, 0, page, 0, 0, (), {"crowd": True})
            self.blocks.append(page_block(row))
            self.at = end + 1

    def merge_row(self, row: Box) -> None:
        """Make one block of a table row whose cells hold plain text, so that a data table reads row by row."""
        count = len(self.blocks) - row.first
        if count < 2 or len(self.boxes) - row.index - 1 > 2 * count + 8:
            return
        cells = self.blocks[row.first :]
        boxes = self.boxes[row.index + 1 :]
        own = {box.index: box for box in boxes if box.parent is row and box.tag in ("td", "th")}
        if [cell.box.index for cell in cells] != sorted({cell.box.index for cell in cells} & own.keys()):
            return
        text = "\t".join(cell.text for cell in cells)
        if not text.strip():
            return
        del self.blocks[row.first :]
        self.at = next(cell.start for cell in cells if cell.text)
        said = {cell.box.index: (cell.text, cell.marks) for cell in cells}
        info = {"cells": tuple((*said.get(i, ("", ())), box.tag == "th", box.detail) for i, box in own.items())}
        links = sum(cell.link_chars for cell in cells)
        self.add("row", text, (cells[0].line, cells[0].column), 0, links, (), info)
        for box in boxes:
            box.first, box.last = row.first, row.first + 1

    def finish(self) -> None:
        """Close the page."""
        self.flush()
        self.gather()
        self.boxes[0].last = len(self.blocks)

    def hit(self) -> tuple[str, ...]:
        """The limits that this page ran into."""
        return tuple(name for name, bit in (("blocks", self.crowded), ("nesting", self.too_deep)) if bit)


_OPENERS: Final[dict[str, Callable[[_Walk, turbohtml.Element, str], _Closer | None] | None]] = {
    **dict.fromkeys(BLOCK, _Walk.open_box),
    **dict.fromkeys(MARKS, _Walk.open_mark),
    **dict.fromkeys(SKIPPED, _Walk.skip),
    **dict.fromkeys(EMBEDS, _Walk.embed),
    **dict.fromkeys((*PLAIN, ""), None),
    "br": _Walk.line_break, "img": _Walk.image, "math": _Walk.math, "svg": _Walk.svg, "source": _Walk.source,
    "option": _Walk.option,
}  # fmt: skip
"""What opens an element and gives what closes it, by its tag: one look-up for each of the thousands of elements."""
