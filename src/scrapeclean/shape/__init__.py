"""Page blocks to article blocks: what stays of a page gets its shape back.

A page in work is flat: one block for each piece of text. An article has lists with items in them, tables with rows and
cells, quotes around paragraphs, code as one block. For HTML the elements around each block say what belongs together
(`tree`), for plain text the lines themselves do (`lines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrapeclean.model import Block, Verdict
from scrapeclean.shape.leaves import Links, Piece, leaves
from scrapeclean.shape.lines import shape_lines
from scrapeclean.shape.media import picture_of
from scrapeclean.shape.tree import shape_tree

if TYPE_CHECKING:
    from scrapeclean.document import Document


__all__ = ["Links", "shape_blocks", "shape_caption"]


def shape_blocks(document: Document, pieces: Sequence[Piece], links: Links) -> list[Block]:
    """The blocks of an article.

    Args:
        document: the page.
        pieces: the spans of it that stay, in order, each with its block.
        links: what makes its addresses absolute.
    """
    if document.kind == "text":
        return shape_lines(document, pieces)
    return shape_tree(document, leaves(document, pieces, links), links)


def shape_caption(document: Document, piece: Piece, verdict: Verdict | None, links: Links) -> Block:
    """A caption, with its picture, and its credit where the verdict names one."""
    credit = verdict.value if verdict is not None and isinstance(verdict.value, str) else ""
    block = piece[0]
    (leaf,) = leaves(document, [piece], links)
    address, alt = picture_of(document, block, links)
    return Block("caption", leaf.text, start=leaf.start, end=leaf.end, line=block.line, credit=credit, address=address,
                 alt=alt, marks=leaf.marks, spans=leaf.spans)  # fmt: skip
