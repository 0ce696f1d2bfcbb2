"""Plain text to blocks: one line a block, hard-wrapped lines joined again, Markdown's shapes recognised."""

from __future__ import annotations

import itertools
import re
from typing import Any, NamedTuple

from scrapeclean.model import Box, Limits, PageBlock, page_block
from scrapeclean.segment.tags import PROSE

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_ITEM = re.compile(r"([ \t]{0,40})(?:[-*+•‣▪●◦·–] |(\d{1,4})[.)] )(?=\S)")
_QUOTE = re.compile(r"((?:>[ \t]?){1,9})(?=\S)")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})[ \t]*([\w+#-]{0,30})")
_CELLS = 1_000
"""A line with more bars than this is no row of a table."""
_TABLE_ROW = re.compile(r"[ \t]{0,3}\|[^\n]*\|[ \t]*$")
_WIDTHS = 8
"""So many widths are tried, the longest lines first."""


class Line(NamedTuple):
    """A line that is not blank: its extents without the blanks at its edges, its number from 1, its indentation."""

    start: int
    end: int
    number: int
    indent: int


def segment_text(text: str, limits: Limits) -> tuple[tuple[PageBlock, ...], tuple[Box, ...], tuple[str, ...]]:
    """Take plain text apart.

    Args:
        text: the decoded input.
        limits: how many blocks are kept apart; after that, only long ones are, and the others stand together.

    Returns:
        blocks (`block.text` is `text[block.start:block.end]`), the one box of the page, and limits that were hit.
    """
    lines = _lines(text)
    joins = _wrapped(text, lines)
    page = Box(0, "text", "", None, 0)
    blocks: list[PageBlock] = []
    fence, i = "", 0
    crowded: tuple[str, ...] = ()
    told: set[str] = set()
    while i < len(lines):
        line, last = lines[i], i
        if len(blocks) >= limits.blocks:
            crowded = ("blocks",)
            after = _crowd(text, lines, i, told if 2 * len(blocks) < 3 * limits.blocks else None)
            if after > i:
                blocks.append(_block(len(blocks), "paragraph", text, line, lines[after - 1].end, page, {"crowd": True}))
                i = after
                continue
            told.add(text[line.start : line.end])
        while not fence and last in joins:
            last += 1
        content = text[line.start : line.end]
        kind, level, info, fence = _kind(content, line.indent, fence)
        if last > i:
            info = {**info, "wrapped": True}
        blocks.append(_block(len(blocks), kind, text, line, lines[last].end, page, info, level))
        i = last + 1
    page.last = len(blocks)
    return tuple(blocks), (page,), crowded


def _crowd(text: str, lines: list[Line], i: int, told: set[str] | None) -> int:
    """In a page of too many lines, where the run of lines ends that find no place of their own: those that are short or
    were there before, and all of them when there is no room left (`told` is None)."""
    if told is None:
        return len(lines)
    while i < len(lines):
        start, end, _, _ = lines[i]
        if end - start >= PROSE and text[start:end] not in told:
            break
        i += 1
    return i


def _lines(text: str) -> list[Line]:
    lines, number, at = [], 1, 0
    for match in _LINE.finditer(text):
        start, _end = match.span()
        number += _newlines(text, at, start)
        at = start
        stripped = match[0].strip()
        if stripped:
            indent = len(match[0]) - len(match[0].lstrip())
            lines.append(Line(start + indent, start + indent + len(stripped), number, indent))
    return lines


def _newlines(text: str, start: int, end: int) -> int:
    """How many lines end between two places: \\n, \\r\\n and a lone \\r each count once."""
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _wrapped(text: str, lines: list[Line]) -> set[int]:
    """The lines that were cut at a fixed width, so that the next one goes on with the same paragraph.

    A line was cut by a typewriter's rule where the first word of the next line would not have fitted any more. The
    text counts as hard-wrapped where nearly every longer line that another follows directly obeys that rule. A few
    lines may be longer than the rule: labels and notices around a text are often not wrapped with it.
    """
    lengths = [line.end - line.start + line.indent for line in lines]
    longest = max(lengths, default=0)
    for width in sorted({length for length in lengths if 40 <= length <= 100}, reverse=True)[:_WIDTHS]:
        long = sum(length > width * 0.6 for length in lengths)
        if 5 * sum(length > width for length in lengths) <= long:
            joints, joins = _joints(text, lines, width)
            if joints >= (4 if width == longest else 6) and joins:
                return joins
    return set()


def _joints(text: str, lines: list[Line], width: int) -> tuple[int, set[int]]:
    """How many lines could have been cut at this width, and those that were, unless too many were not."""
    joints = cut = 0
    joins = set()
    for i, (line, after) in enumerate(itertools.pairwise(lines)):
        if after.number != line.number + 1 or not width * 0.6 <= line.end - line.start <= width:
            continue
        joints += 1
        word = text.find(" ", after.start, after.end)
        first = (word if word > 0 else after.end) - after.start
        if line.indent + line.end - line.start + 1 + first > width:
            cut += 1
            head = text[after.start : after.start + 60]
            if not (_ITEM.match(head) or _HEADING.match(head) or _FENCE.match(head)):
                joins.add(i)
    starts = [text[lines[i + 1].start] for i in joins]
    lower, upper = sum(map(str.islower, starts)), sum(map(str.isupper, starts))
    # Titles of much the same length end where the next would not fit; but a paragraph goes on in small letters.
    return joints, joins if cut >= 0.8 * joints and 3 * lower >= upper else set()


def _kind(content: str, indent: int, fence: str) -> tuple[str, int, dict[str, Any], str]:
    """(kind, level, details, the code fence that is open after this line)."""
    if mark := _FENCE.match(content):
        if not fence:
            return "code", 0, {"fence": "open", "language": mark[2]}, mark[1]
        if content.strip().startswith(fence) and not mark[2]:
            return "code", 0, {"fence": "close"}, ""
    if fence:
        return "code", 0, {"indent": indent}, fence
    if mark := _HEADING.match(content):
        return "heading", len(mark[1]), {"lead": len(mark[1])}, ""
    if mark := _ITEM.match(content):
        number = int(mark[2]) if mark[2] else None
        details = {"lead": mark.end(), "number": number, "ordered": number is not None}
        return "item", min(6, indent // 2), details, ""
    if mark := _QUOTE.match(content):
        return "quote", mark[1].count(">"), {"lead": mark.end()}, ""
    if content.count("|") <= _CELLS and _TABLE_ROW.match(content):
        cells = tuple((cell.strip(), (), False, None) for cell in content.strip().strip("|").split("|"))
        return "row", 0, {"cells": cells}, ""
    return "paragraph", 0, {}, ""


def _block(
    index: int, kind: str, text: str, line: Line, end: int, page: Box, info: dict[str, Any], level: int = 0
) -> PageBlock:
    content = text[line.start : end]
    return page_block((index, kind, content, line.start, end, line.number, line.indent, level, page, 0, 0, (), info))
