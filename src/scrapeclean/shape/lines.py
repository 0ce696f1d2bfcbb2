"""Lines of plain text to blocks: items become lists, rows tables, the lines of a fence one block of code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scrapeclean.model import Block, Cell, Item, PageBlock
from scrapeclean.shape.leaves import Leaf, Links, Piece, leaves, sources

if TYPE_CHECKING:
    from scrapeclean.document import Document

_RULER = re.compile(r"[:\-\s]*-[:\-\s]*")


def shape_lines(document: Document, pieces: Sequence[Piece]) -> list[Block]:
    """The blocks of a plain text."""
    found = (_block(document, group) for group in _groups(leaves(document, pieces, Links(document))))
    return [block for block in found if block is not None]


def _groups(parts: Sequence[Leaf]) -> Iterable[list[Leaf]]:
    """Lines that make one block."""
    group: list[Leaf] = []
    for part in parts:
        if not part.text:
            continue
        if group and not _together(group[-1].block, part.block):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _together(a: PageBlock, b: PageBlock) -> bool:
    if a.kind != b.kind:
        return False
    if a.kind == "code":
        return a.info.get("fence") != "close" and b.info.get("fence") != "open"
    return (a.kind == "item" and b.index - a.index <= 2) or (a.kind == "row" and b.index - a.index == 1)


def _block(document: Document, group: list[Leaf]) -> Block | None:
    first, last = group[0], group[-1]
    spans = sources(group)
    place = {"start": first.start, "end": last.end, "line": first.block.line, "spans": spans}
    if first.block.kind == "item":
        items = tuple(Item(_bare(part), part.block.level, part.block.info.get("number")) for part in group)
        return Block("list", "\n".join(item.text for item in items), items=items, **place)  # type: ignore[arg-type]
    if first.block.kind == "row":
        rows = _rows(group)
        text = "\n".join("\t".join(cell.text for cell in row) for row in rows)
        return Block("table", text, rows=rows, **place)  # type: ignore[arg-type]
    if first.block.kind == "code":
        lines = [part for part in group if "fence" not in part.block.info]
        text = "\n".join(" " * part.block.info.get("indent", 0) + part.text for part in lines)
        return Block("code", text, language=first.block.info.get("language", ""), **place)  # type: ignore[arg-type]
    kind = first.block.kind if first.block.kind in ("heading", "quote") else "paragraph"
    text = _bare(first)
    if first.block.info.get("wrapped"):
        text = " ".join(text.split())
    return Block(kind, text, level=first.block.level, **place) if text else None  # type: ignore[arg-type]


def _bare(leaf: Leaf) -> str:
    """The text without the sign that says what it is: number signs, a bullet, a number."""
    lead: int = leaf.block.info.get("lead", 0) if leaf.start == leaf.block.start else 0
    return leaf.text[lead:].strip()


def _rows(group: list[Leaf]) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table; the row of rules below the first says that the first is a header."""
    rows = [tuple(Cell(cell.strip()) for cell in part.text.strip().strip("|").split("|")) for part in group]
    if len(rows) > 1 and all(_RULER.fullmatch(cell.text) for cell in rows[1]):
        rows[:2] = [tuple(Cell(cell.text, header=True) for cell in rows[0])]
    return tuple(rows)
