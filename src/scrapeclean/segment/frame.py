"""What the elements around a block make of it: lists, quotes, preformatted text; and what attributes say of
elements."""

from __future__ import annotations

from typing import Any

import turbohtml
from attrs import define

from scrapeclean.model import HIDDEN, Box
from scrapeclean.segment.tags import BLOCK, HEADINGS, KINDS, ROLES

SPECIAL = (
    '[hidden],[role],[style*="none" i],[style*="hidden" i],[colspan],[rowspan],'
    "span.katex-html,span.MathJax_Preview,span.sr-only,span.visually-hidden,span.screen-reader-text"
)
"""Elements of which an attribute says more than their tag does. One search finds them all, so that the walk reads the
attributes of no others."""
_UNSEEN = frozenset({"katex-html", "MathJax_Preview", "sr-only", "visually-hidden", "screen-reader-text"})
"""Classes of text that readers do not see: the second rendering of a formula, words for screen readers."""
_NO_INFO: dict[str, Any] = {}


@define
class Frame:
    """What holds for the lists, quotes and regions around: shared by all boxes that change nothing of it."""

    regions: int = 0
    list_depth: int = 0
    quotes: int = 0
    item: int = -1
    """Index of the box of the list item around, or -1."""
    number: int | None = None
    """Of an ordered list: the number of its next item. Of an item: its own."""
    ordered: bool = False
    preformatted: bool = False

    def inside(self, regions: int) -> Frame:
        """The same, one element further in."""
        return Frame(
            self.regions | regions, self.list_depth, self.quotes, self.item, None, self.ordered, self.preformatted
        )


def region_of(node: turbohtml.Element) -> int:
    """The region that an element's attributes make."""
    role = ROLES.get(node.attr("role") or "", 0)
    style = (node.attr("style") or "").replace(" ", "").lower()
    hides = node.attr("hidden") is not None or "display:none" in style or "visibility:hidden" in style
    if not hides and node.tag not in BLOCK:
        hides = not _UNSEEN.isdisjoint((node.attr("class") or "").split())
    return role | HIDDEN if hides else role


def detail_of(node: turbohtml.Element) -> Any:
    """What the attributes of a table cell or of an element in the role of a heading say."""
    if node.tag in ("td", "th"):
        across, down = number_of(node.attr("colspan"), 1), number_of(node.attr("rowspan"), 1)
        return (across, down) if (across, down) != (1, 1) else None
    if node.attr("role") == "heading":
        return max(1, min(6, number_of(node.attr("aria-level"), 2)))
    return None


def kind_of(box: Box, frame: Frame) -> tuple[str, int, dict[str, Any]]:
    """Kind, level and details of a block of text, from the elements around it."""
    tag = box.tag
    if tag in HEADINGS:
        return "heading", int(tag[1]), _NO_INFO
    if frame.preformatted:
        return "code", 0, _NO_INFO
    kind = KINDS.get(tag, "paragraph")
    if kind == "paragraph" and box.parent is not None and box.parent.tag == "figcaption":
        return "caption", 0, _NO_INFO
    if frame.item >= 0 and kind in ("item", "paragraph"):
        number = frame.number if kind == "item" else None
        info = {"item": frame.item, "number": number, "ordered": frame.ordered, "quoted": frame.quotes}
        return "item", max(0, frame.list_depth - 1), info
    if frame.quotes and kind == "paragraph":
        return "quote", frame.quotes, _NO_INFO
    if tag == "title" and box.parent is not None and box.parent.tag == "head":
        return "title", 0, _NO_INFO
    return kind, 0, _NO_INFO


def number_of(value: str | None, otherwise: int) -> int:
    """An HTML integer attribute, bounded."""
    if value is None or len(value) > 9:
        return otherwise
    try:
        return int(value)
    except ValueError:
        return otherwise
