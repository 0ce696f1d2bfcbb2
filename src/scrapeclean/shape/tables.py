"""Tables: which hold data and which only lay out a page; rows and cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from attrs import define, field

from scrapeclean.model import TABLE, Block, Box, Cell, Mark
from scrapeclean.shape.leaves import Leaf, joined, sources

if TYPE_CHECKING:
    from scrapeclean.document import Document
    from scrapeclean.shape.leaves import Links

_LONGEST_CELL: Final = 500
"""Longer texts do not stand in the cells of a table without header cells, but in the columns of a page."""
_LONGEST_NAMED: Final = 2000


@define
class _Seen:
    """What stays of one table element."""

    rows: dict[int, dict[int, int]] = field(factory=dict)
    """For each row how many characters stand in each of its cells."""
    header: bool = False
    nested: bool = False
    heading: bool = False


def data_tables(parts: Iterable[Leaf]) -> set[int]:
    """The boxes of the tables that hold data.

    Others lay out the page: they have a table or headings inside, one cell only, or columns of running text.
    """
    seen: dict[int, _Seen] = {}
    for part in parts:
        if not part.block.regions & TABLE:
            continue
        cell = row = None
        for box in part.block.box.ancestors():
            if box.tag in ("td", "th") and cell is None:
                cell = box
            elif box.tag == "tr" and row is None:
                row = box
            elif box.tag == "table":
                table = seen.setdefault(box.index, _Seen())
                if row is not None:
                    _note(table, part, cell, row)
                for outer in box.ancestors():
                    if outer is not box and outer.tag == "table":
                        seen.setdefault(outer.index, _Seen()).nested = True
                break
    return {index for index, table in seen.items() if _is_data(table)}


def _note(table: _Seen, part: Leaf, cell: Box | None, row: Box) -> None:
    cells = table.rows.setdefault(row.index, {})
    if part.block.kind == "row":
        for i, (text, _, header, _) in enumerate(part.block.info["cells"]):
            cells[-i] = len(text)
            table.header |= header
    elif cell is not None:
        cells[cell.index] = cells.get(cell.index, 0) + len(part.text)
        table.header |= cell.tag == "th"
        table.heading |= part.block.kind == "heading"


def _is_data(table: _Seen) -> bool:
    if table.nested or table.heading:
        return False
    wide = sum(sum(size > 0 for size in cells.values()) > 1 for cells in table.rows.values())
    longest = max((size for cells in table.rows.values() for size in cells.values()), default=0)
    if table.header:
        return wide >= 1 and longest <= _LONGEST_NAMED
    return wide >= 2 and longest <= _LONGEST_CELL


def table(document: Document, box: Box, parts: Sequence[Leaf], links: Links) -> list[Block]:
    """The block of a data table, its caption before it."""
    rows: dict[int, tuple[Box, list[Leaf]]] = {}
    captions: list[Leaf] = []
    for part in parts:
        row = next((outer for outer in part.block.box.ancestors() if outer.tag == "tr" or outer is box), box)
        if row is box:
            captions.append(part)
        else:
            rows.setdefault(row.index, (row, []))[1].append(part)
    built = [_row(document, row, own, links) for row, own in rows.values()]
    inside = [part for _, own in rows.values() for part in own if part.text]
    blocks = [
        Block("caption", part.text, start=part.start, end=part.end, line=part.block.line, marks=part.marks)
        for part in captions
        if part.text
    ]
    if inside:
        text = "\n".join("\t".join(cell.text for cell in row) for row in built)
        start, end = min(part.start for part in inside), max(part.end for part in inside)
        spans = sources(inside)
        blocks.append(
            Block("table", text, start=start, end=end, line=inside[0].block.line, rows=tuple(built), spans=spans)
        )
    return blocks


def _row(document: Document, row: Box, parts: Sequence[Leaf], links: Links) -> tuple[Cell, ...]:
    if len(parts) == 1 and parts[0].block.kind == "row":
        return _whole_row(parts[0], links)
    cells: dict[int, list[Leaf]] = {}
    for part in parts:
        own = next((box.index for box in part.block.box.ancestors() if box.parent is row), row.index)
        cells.setdefault(own, []).append(part)
    found = []
    for box in _cells_of(document, row):
        text, marks, _ = joined([part for part in cells.get(box.index, ()) if part.text], "\n")
        across, down = box.detail or (1, 1)
        found.append(Cell(text, box.tag == "th", across, down, marks))
    return tuple(found)


def _cells_of(document: Document, row: Box) -> list[Box]:
    found = []
    for index in range(row.index + 1, len(document.boxes)):
        box = document.boxes[index]
        if box.depth <= row.depth:
            break
        if box.parent is row and box.tag in ("td", "th"):
            found.append(box)
    return found


def _whole_row(leaf: Leaf, links: Links) -> tuple[Cell, ...]:
    """A row that is one block of the page: its cells stand in its text one after the other."""
    cells = []
    spans = leaf.spans or ((leaf.start, leaf.end),)
    at = leaf.block.start
    for text, marks, header, detail in leaf.block.info["cells"]:
        across, down = detail or (1, 1)
        if not text or not any(start < at + len(text) and at < end for start, end in spans):
            cells.append(Cell("", header, across, down))
        else:
            cells.append(Cell(text, header, across, down, tuple(_linked(marks, links))))
        at += len(text) + 1 if text else 0
    return tuple(cells)


def _linked(marks: Iterable[tuple[str, int, int, str]], links: Links) -> Iterable[Mark]:
    for kind, start, end, value in marks:
        address = links.absolute(value) if kind == "link" else "" if kind == "code" else value
        if kind != "hidden" and (kind != "link" or address):
            yield Mark(kind, start, end, address)
