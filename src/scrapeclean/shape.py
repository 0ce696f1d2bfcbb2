"""Page blocks to article blocks: rows become tables, items lists, lines of code one block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scrapeclean.model import Block, Cell, Item, Mark, PageBlock, Verdict

if TYPE_CHECKING:
    from scrapeclean.document import Document

Piece = tuple[PageBlock, int, int]
"""A page block and the span of it that stays."""

_JOINED = {"item": "list", "row": "table"}
_AS_IS = frozenset({"heading", "paragraph", "code", "quote", "caption", "math", "footnote", "image", "embed"})


def shape_blocks(document: Document, pieces: Sequence[Piece]) -> list[Block]:
    """The blocks of an article, from the spans of the page that stay, in order."""
    blocks: list[Block] = []
    for group in _groups(pieces):
        block = _block(document, group)
        if block is not None:
            blocks.append(block)
    return blocks


def shape_caption(document: Document, block: PageBlock, start: int, end: int, verdict: Verdict | None) -> Block:
    """A caption, with its credit where the verdict names one."""
    text, begin, stop = _trimmed(document.text, start, end)
    credit = verdict.value if verdict is not None and isinstance(verdict.value, str) else ""
    return Block("caption", text, start=begin, end=stop, line=block.line, credit=credit,
                 address=block.info.get("address", ""), alt=block.info.get("alt", ""))  # fmt: skip


def _groups(pieces: Sequence[Piece]) -> Iterable[list[Piece]]:
    """Pieces that make one block: spans of the same page block, items of one list, rows of one table."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not _together(group[-1][0], piece[0]):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _together(a: PageBlock, b: PageBlock) -> bool:
    if a is b:
        return True
    if a.kind != b.kind or a.kind not in ("item", "row", "code"):
        return False
    if a.kind == "code":
        return "fence" in a.info and a.info["fence"] != "close" or "indent" in a.info
    if a.kind == "row":
        return a.box.parent is b.box.parent or a.box.depth == b.box.depth == 0
    return b.index - a.index <= 2


def _block(document: Document, group: list[Piece]) -> Block | None:
    first = group[0][0]
    spans = [(start, end) for _, start, end in group]
    start, end = spans[0][0], spans[-1][1]
    if first.kind == "item":
        items = tuple(_item(document, piece) for piece in group)
        items = tuple(item for item in items if item.text)
        text = "\n".join(item.text for item in items)
        return Block("list", text, start=start, end=end, line=first.line, items=items) if items else None
    if first.kind == "row":
        rows = tuple(_row(piece[0]) for piece in group)
        text = "\n".join("\t".join(cell.text for cell in row) for row in rows)
        return Block("table", text, start=start, end=end, line=first.line, rows=rows)
    if first.kind in ("image", "embed"):
        return Block(first.kind, "", start=start, end=end, line=first.line,
                     address=first.info.get("address", ""), alt=first.info.get("alt", ""))  # type: ignore[arg-type]  # fmt: skip
    parts = [_trimmed(document.text, *span) for span in spans]
    parts = [part for part in parts if part[0]]
    if not parts:
        return None
    text = " ".join(part[0] for part in parts)
    if first.info.get("wrapped"):
        text = " ".join(text.split())
    lead = first.info.get("lead", 0) if parts[0][1] == first.start else 0
    kind = first.kind if first.kind in _AS_IS else "paragraph"
    marks = tuple(Mark(*mark) for mark in first.marks) if len(parts) == 1 and text == first.text else ()
    holes = tuple(part[1:] for part in parts) if len(parts) > 1 else ()
    return Block(kind, text[lead:].strip(), level=first.level, start=parts[0][1], end=parts[-1][2], line=first.line,  # type: ignore[arg-type]
                 marks=marks, spans=holes, language=first.info.get("language", ""))  # fmt: skip


def _item(document: Document, piece: Piece) -> Item:
    block, start, end = piece
    lead = block.info.get("lead", 0) if start == block.start else 0
    text = _trimmed(document.text, start + lead, end)[0]
    marks = tuple(Mark(*mark) for mark in block.marks) if text == block.text else ()
    return Item(text, block.level, block.info.get("number"), marks)


def _row(block: PageBlock) -> tuple[Cell, ...]:
    return tuple(
        Cell(text, header, *(span or (1, 1)), marks=tuple(Mark(*mark) for mark in marks))
        for text, marks, header, span in block.info["cells"]
    )


def _trimmed(text: str, start: int, end: int) -> tuple[str, int, int]:
    piece = text[start:end]
    stripped = piece.strip()
    begin = start + len(piece) - len(piece.lstrip())
    return stripped, begin, begin + len(stripped)
