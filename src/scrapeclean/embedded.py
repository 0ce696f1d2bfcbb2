"""A body that is not in the text of the tree: where a page shows none, the one in its embedded data is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from scrapeclean.document import Document
from scrapeclean.metadata import find_body
from scrapeclean.model import HIDDEN, Block, Limits
from scrapeclean.segment.html import segment_html
from scrapeclean.segment.text import segment_text
from scrapeclean.shape import Links, shape_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

_VISIBLE, _OUTDONE = 300, 2
"""A page that shows so many characters of body at most has none, if its data hold as many times more; ..."""
_TEASER, _FAR_OUTDONE = 1_200, 3
"""... nor has one that shows some more than that: the lead, or what is left to read without a subscription."""
_LEAST = 400


def embedded_body(document: Document, shown: Sequence[Block]) -> tuple[tuple[Block, ...], str] | None:
    """The body in a page's embedded data, and where it was found; None where the page shows its body, or has none.

    Args:
        document: the page.
        shown: the body that the page shows.
    """
    visible = sum(len(block.text) for block in shown)
    if document.kind != "html" or visible > _TEASER:
        return None
    declared = document.metadata.body or ""
    source, body = "json-ld articleBody", declared
    if len(body) < _LEAST and (found := find_body(document.head)) is not None:
        source, body = found
    if len(body) < max(_LEAST, visible * (_OUTDONE if visible <= _VISIBLE else _FAR_OUTDONE)):
        return None
    return _blocks(body), source


def _blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a body that is HTML or text. They have no place in the text of the page."""
    if "<" in body and "</" in body:
        blocks, boxes, _, _, _ = segment_html(body, Limits())
        inner = Document("\n".join(block.text for block in blocks if block.text), "html", blocks, boxes)
    else:
        blocks, boxes, _ = segment_text(body, Limits())
        inner = Document(body, "text", blocks, boxes)
    pieces = [(block, block.start, block.end) for block in inner.blocks if not block.regions & HIDDEN]
    return tuple(evolve(block, start=0, end=0, line=0, spans=()) for block in shape_blocks(inner, pieces, Links(inner)))
