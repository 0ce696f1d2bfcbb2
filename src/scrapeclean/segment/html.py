"""HTML to blocks: one parse, one walk, strings out.

The walk goes over the tree's nodes in document order with a stack of what is open. Text gathers in a buffer; every
block-level element that opens or closes flushes the buffer as one block. Hidden text is kept as blocks flagged
HIDDEN; what stands in script, style and template elements is only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import turbohtml
from attrs import define

from scrapeclean.model import HEAD, HIDDEN, QUOTE, Box, Head, Limits, PageBlock
from scrapeclean.segment.head import read_head
from scrapeclean.segment.inline import InlineText
from scrapeclean.segment.tags import BLOCK, EMBEDS, HEADINGS, KINDS, MARKS, REGIONS, ROLES, SKIPPED

Parsed = tuple[tuple[PageBlock, ...], tuple[Box, ...], Head, dict[str, int], tuple[str, ...]]

HIDDEN_SELECTOR = '[hidden],[style*="display:none"],[style*="display: none"],[style*="visibility:hidden"]'
_NO_INFO: dict[str, Any] = {}


def segment_html(source: str, limits: Limits) -> Parsed:
    """Take a page apart.

    Args:
        source: the page's HTML, a document or a fragment.
        limits: how many blocks and how deep a nesting are kept apart.

    Returns:
        blocks, boxes, head, characters counted but not kept by element, and the names of limits that were hit.
    """
    tree = turbohtml.parse(source)
    walk = _Walk(limits, tree)
    walk.run(tree)
    return walk.blocks(), tuple(walk.boxes), read_head(tree), dict(walk.counted), walk.hit()


@define
class _Frame:
    """What holds for everything inside one open block-level element."""

    box: Box
    regions: int = 0
    list_depth: int = 0
    quotes: int = 0
    item: int = -1
    """Index of the box of the list item around, or -1."""
    number: int | None = None
    """Of an ordered list: the number of its next item. Of an item: its own."""
    ordered: bool = False
    preformatted: bool = False


class _Walk:
    """The state of one walk over a tree."""

    def __init__(self, limits: Limits, tree: turbohtml.Document) -> None:
        self.limits = limits
        self.boxes: list[Box] = [Box(0, "html", "", None, 0)]
        self.frame = _Frame(self.boxes[0])
        self.rows: list[tuple[Any, ...]] = []
        self.inline = InlineText()
        self.counted: Counter[str] = Counter()
        self.overflow: list[str] = []
        self.too_deep = False
        self.skipping = 0
        self.node: turbohtml.Node = tree
        self.hidden = set(tree.select(HIDDEN_SELECTOR))
        self.roles = {node: node.attr("role") for node in tree.select("[role]")}

    def run(self, tree: turbohtml.Document) -> None:
        """Walk the tree. The hot loop: one turn for each node."""
        text_type, element_type = turbohtml.Text, turbohtml.Element
        nodes: list[turbohtml.Node] = []
        closers: list[Callable[[], None] | None] = []
        current: turbohtml.Node = tree
        add = self.inline.add
        for node in tree.descendants:
            parent = node.parent
            while parent is not current and nodes:
                nodes.pop()
                close = closers.pop()
                if close is not None:
                    close()
                current = nodes[-1] if nodes else tree
            kind = type(node)
            if kind is text_type:
                if self.skipping:
                    self.counted[SKIPPED.get(getattr(current, "tag", "template"), "template")] += len(node.data)
                else:
                    add(node.data)
            elif kind is element_type or kind is turbohtml.DocumentFragment:
                closers.append(self.open(node) if kind is element_type else None)
                nodes.append(node)
                current = node
        while closers:
            close = closers.pop()
            if close is not None:
                close()
        self.flush()

    def open(self, node: turbohtml.Element) -> Callable[[], None] | None:
        """Open an element; what is to be done when it closes, if anything."""
        tag = node.tag
        if tag in BLOCK or ("-" in tag and not self.inline.in_text_element):
            return self.open_box(node, tag)
        if self.skipping:
            return None
        if tag in MARKS:
            return self.inline.open_mark(MARKS[tag], node)
        if tag == "br":
            if self.inline.line_break():
                self.flush()
        elif tag == "img":
            self.inline.image(node)
        elif tag in SKIPPED:
            return self.skip()
        elif tag in EMBEDS:
            return self.embed(node, tag)
        elif tag == "math":
            return self.inline.open_math(node)
        elif tag == "option":
            self.inline.separate()
        return None

    def skip(self) -> Callable[[], None]:
        """Only count the text of this element."""
        self.skipping += 1

        def close() -> None:
            self.skipping -= 1

        return close

    def embed(self, node: turbohtml.Element, tag: str) -> Callable[[], None]:
        """An iframe, video or object: a block without text, that refers to it; what stands inside is a fallback."""
        self.flush()
        address = node.attr("src") or node.attr("data") or node.attr("data-src") or ""
        self.rows.append(("embed", "", self.frame, node.position, 0, (), {"address": address, "embed": tag}))
        frame = self.frame
        self.frame = _Frame(frame.box, frame.regions | HIDDEN)

        def close() -> None:
            self.flush()
            self.frame = frame

        return close

    def open_box(self, node: turbohtml.Element, tag: str) -> Callable[[], None]:
        """Open a block-level element."""
        self.flush()
        outer, outer_node = self.frame, self.node
        names = f"{node.attr('class') or ''} {node.attr('id') or ''}"
        regions = outer.regions | REGIONS.get(tag, 0)
        if node in self.hidden:
            regions |= HIDDEN
        role = self.roles.get(node) if self.roles else None
        if role is not None:
            regions |= ROLES.get(role, 0)
        if outer.box.depth < self.limits.nesting:
            box = Box(len(self.boxes), tag, names, outer.box, len(self.rows))
            self.boxes.append(box)
        else:
            box, self.too_deep = outer.box, True
        frame = _Frame(box, regions, outer.list_depth, outer.quotes, outer.item, None, False, outer.preformatted)
        self.frame, self.node = frame, node
        if tag in ("ul", "ol", "menu", "dir"):
            frame.list_depth += 1
            frame.ordered = tag == "ol"
            frame.number = _number(node.attr("start"), 1)
        elif tag == "li":
            self.open_item(frame, outer, node)
        elif tag == "pre":
            frame.preformatted = self.inline.preformatted = True
        elif tag == "blockquote":
            frame.quotes += 1
        self.inline.in_text_element = tag in KINDS or tag == "p"

        def close() -> None:
            self.flush()
            if tag == "tr":
                self.merge_row(box)
            box.last = len(self.rows)
            self.frame, self.node = outer, outer_node
            self.inline.preformatted = outer.preformatted
            self.inline.in_text_element = outer.box.tag in KINDS or outer.box.tag == "p"

        return close

    def open_item(self, frame: _Frame, outer: _Frame, node: turbohtml.Element) -> None:
        """A list item: number it where its list is ordered."""
        frame.item = frame.box.index
        frame.ordered = outer.ordered
        if outer.ordered and outer.number is not None:
            frame.number = _number(node.attr("value"), outer.number)
            outer.number = frame.number + 1

    def flush(self) -> None:
        """Close the block that has gathered in the buffer."""
        inline = self.inline
        if not inline.pieces:
            if inline.images:
                self.images(inline.take_images())
            return
        text, link_chars, marks, images = inline.take()
        if text:
            if len(self.rows) >= self.limits.blocks:
                self.overflow.append(text)
                return
            frame = self.frame
            self.rows.append((None, text, frame, self.node.position, link_chars, marks, _NO_INFO))
        if images:
            self.images(images)

    def images(self, images: list[tuple[str, str]]) -> None:
        """Pictures stand as blocks without text."""
        for address, alt in images:
            if len(self.rows) < self.limits.blocks:
                info = {"address": address, "alt": alt}
                self.rows.append(("image", "", self.frame, self.node.position, 0, (), info))

    def merge_row(self, row: Box) -> None:
        """Make one block of a table row whose cells hold plain text, so that a data table reads row by row."""
        cells = self.rows[row.first :]
        boxes = self.boxes[row.index + 1 :]
        if len(cells) < 2 or len(boxes) > 2 * len(cells) + 8:
            return
        own = {box.index for box in boxes if box.parent is row and box.tag in ("td", "th")}
        if [cell[2].box.index for cell in cells] != sorted({cell[2].box.index for cell in cells} & own):
            return
        first = cells[0]
        info = {"cells": tuple((cell[1], cell[2].box.tag == "th", cell[5]) for cell in cells)}
        frame = _Frame(row, first[2].regions, first[2].list_depth, first[2].quotes)
        del self.rows[row.first :]
        text = "\t".join(cell[1] for cell in cells)
        self.rows.append(("row", text, frame, first[3], sum(cell[4] for cell in cells), (), info))
        for box in boxes:
            box.first, box.last = row.first, row.first + 1

    def hit(self) -> tuple[str, ...]:
        """The limits that this page ran into."""
        return tuple(name for name, bit in (("blocks", self.overflow), ("nesting", self.too_deep)) if bit)

    def blocks(self) -> tuple[PageBlock, ...]:
        """The rows as blocks, with their places in the text of the document."""
        if self.overflow:
            self.rows.append(("paragraph", "\n".join(self.overflow), _Frame(self.boxes[0]), None, 0, (), {"rest": True}))
        self.boxes[0].last = len(self.rows)
        at, blocks = 0, []
        for index, (kind, text, frame, position, link_chars, marks, info) in enumerate(self.rows):
            start = at if text else max(0, at - 1)
            end = start + len(text)
            at = end + 1 if text else at
            line, column = position or (0, 0)
            box = frame.box
            level = 0
            if kind is None:
                kind, level, info = _kind(frame, info)
            blocks.append(
                PageBlock(index, kind, text, start, end, line, column, level, box, link_chars, frame.regions, marks, info)
            )
        return tuple(blocks)


def _kind(frame: _Frame, info: dict[str, Any]) -> tuple[str, int, dict[str, Any]]:
    """Kind, level and details of a block of text, from the elements around it."""
    tag = frame.box.tag
    if tag in HEADINGS:
        return "heading", int(tag[1]), info
    if frame.preformatted:
        return "code", 0, info
    kind = KINDS.get(tag, "paragraph")
    if frame.item >= 0 and kind in ("item", "paragraph"):
        depth = max(0, frame.list_depth - 1)
        number = frame.number if kind == "item" else None
        return "item", depth, {"item": frame.item, "number": number, "ordered": frame.ordered, "quoted": frame.quotes}
    if frame.regions & QUOTE and kind == "paragraph":
        return "quote", max(1, frame.quotes), info
    if tag == "title" and frame.box.parent is not None and frame.box.parent.tag == "head":
        return "title", 0, info
    return kind, 0, info


def _number(value: str | None, otherwise: int) -> int:
    """An HTML integer attribute, bounded."""
    if value is None or len(value) > 9:
        return otherwise
    try:
        return int(value)
    except ValueError:
        return otherwise
