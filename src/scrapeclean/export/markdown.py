"""Articles as Markdown: CommonMark, with GitHub's tables, footnotes (`[^1]`) and math (`$x$`).

What CommonMark has no form for is written so that every parser still shows all of it: a definition is a paragraph
that begins with its term in bold, a picture's caption a paragraph in italics, an embedded post a quote with a link. A
table without header cells gets an empty header row, since GitHub's tables must have one; cells that others reach
over stay empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapeclean.export.flow import flow
from scrapeclean.export.groups import Entry, Quote, entries, quotes
from scrapeclean.export.inline import Place, image, inline, label, math, target
from scrapeclean.model import Article, Block, Cell, Mark

_FENCE = re.compile(r"`{3,}")
_LANGUAGE = re.compile(r"[^\w+#.-]+")
_BREAK = re.compile(r"(?:\r\n?|\n)[ \t]*+(?:\r\n?|\n)\s*+")
_DEFINITION = re.compile(r"(<[^<>\n]*+>|\S++)[ \t]*+(?=$|\n|[\"'(])")
_SPANS = 50
_CARRIED = 64


def to_markdown(article: Article, *, title: bool = False, captions: bool = True) -> str:
    """The body of an article as Markdown.

    Args:
        article: the article.
        title: whether its title stands first, as a heading.
        captions: whether captions stand where they stood on the page.

    Example:
        >>> rows = (Cell("tide", header=True), Cell("m", header=True)), (Cell("low|ebb"), Cell("1"))
        >>> print(to_markdown(Article(blocks=(Block("table", "", rows=rows),))), end="")
        | tide | m |
        | --- | --- |
        | low\\|ebb | 1 |
    """
    blocks = flow(article) if captions else list(article.blocks)
    if title and article.title:
        blocks.insert(0, Block("heading", article.title, level=1))
    text = _join(blocks)
    return text + "\n" if text else ""


def _join(blocks: Sequence[Block]) -> str:
    """Blocks with a blank line between two. Two lists in a row get different signs, or they would be one."""
    parts: list[str] = []
    odd = False
    last = ""
    for group in quotes(blocks):
        if isinstance(group, Quote):
            part, kind = _quoted(_join(group.blocks)), "quote"
        else:
            kind = group.kind
            odd = kind == last == "list" and not odd
            part = _block(group, odd)
        if part:
            parts.append(part)
            last = kind
    return "\n\n".join(parts)


def _quoted(text: str) -> str:
    return "\n".join(f"> {_spaced(line)}" if line else ">" for line in text.split("\n"))


def _spaced(line: str) -> str:
    """Tabs at the beginning of a line as blanks: inside quotes and lists a tab does not keep its width."""
    bare = line.lstrip(" \t")
    lead = line[: len(line) - len(bare)]
    return lead.expandtabs(4) + bare if "\t" in lead else line


def _block(block: Block, odd: bool) -> str:
    """One block. `odd`: a list just before it must not swallow this one."""
    kind = block.kind
    if kind == "paragraph":
        return "\n\n".join(_paragraphs(block.text, block.marks))
    if kind == "heading":
        text = inline(block.text, block.marks, Place(heading=True))
        return f"{'#' * min(6, max(1, block.level))} {text}" if text else ""
    if kind == "list" and block.items:
        return _list(entries(block.items), odd)
    if kind == "table" and block.rows:
        return _table(block.rows)
    if kind == "code":
        return _code(block)
    if kind == "math":
        source = next((mark.value for mark in block.marks if mark.kind == "math" and mark.value), block.text)
        return math(source, "$$")
    if kind == "image":
        address = target(block.address, image=True)
        picture = image(address, block.alt) if address else ""
        return "\n\n".join(part for part in (picture, *_paragraphs(block.text, block.marks)) if part)
    if kind == "embed":
        return _embed(block)
    if kind == "caption":
        return _caption(block)
    if kind == "footnote":
        return _footnote(block)
    if kind in ("definition", "post") and block.label:
        return _labelled(block)
    return "\n\n".join(_paragraphs(block.text, block.marks))


def _paragraphs(text: str, marks: tuple[Mark, ...]) -> list[str]:
    """The paragraphs of a text: blank lines part them, single line ends stay line breaks."""
    if "\n" not in text and "\r" not in text:
        written = inline(text, marks)
        return [written] if written else []
    parts, at = [], 0
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        inner = tuple(
            Mark(mark.kind, max(0, mark.start - at), min(end, mark.end) - at, mark.value)
            for mark in marks
            if mark.start <= end and mark.end >= at
        )
        parts.append(inline(text[at:end], inner))
        at = found.end() if found else end
    return [part for part in parts if part]


def _list(items: Sequence[Entry], odd: bool) -> str:
    """A list: tight where every item is one paragraph, with blank lines where some are more."""
    loose = any(_is_loose(entry) for entry in items)
    parts: list[str] = []
    previous: Entry | None = None
    for entry in items:
        changed = previous is not None and (previous.item.number is None) != (entry.item.number is None)
        number = entry.item.number
        if number is None:
            marker = "* " if odd else "- "
        else:
            marker = f"{min(999_999_999, max(0, number))}{')' if odd else '.'} "
        lines = "\n\n".join(_paragraphs(entry.item.text, entry.item.marks))
        below = _join(entry.item.blocks) if entry.item.blocks else ""
        nested = _list(entry.below, False) if entry.below else ""
        content = "\n\n".join(part for part in (lines, below) if part)
        if nested:
            first_number = entry.below[0].item.number
            tight = content and not loose and not below and (first_number is None or first_number == 1)
            content = content + ("\n" if tight else "\n\n" if content else "") + nested
        if not content:
            continue
        parts.append(("\n" if parts and (loose or changed) else "") + marker + _indented(content, len(marker)))
        previous = entry
    return "\n".join(parts)


def _is_loose(entry: Entry) -> bool:
    item = entry.item
    return bool(item.blocks) or (("\n" in item.text or "\r" in item.text) and bool(_BREAK.search(item.text.strip())))


def _indented(text: str, width: int) -> str:
    """All lines but the first moved right; blank ones stay blank."""
    if "\n" not in text:
        return text
    pad = " " * width
    return "\n".join(pad + _spaced(line) if line and at else line for at, line in enumerate(text.split("\n")))


def _table(rows: Sequence[Sequence[Cell]]) -> str:
    """A table. Only the first row can be a header in Markdown."""
    grid = _grid(rows)
    width = max(len(row) for row in grid)
    if not width:
        return ""
    first = rows[0]
    headed = any(cell.header for cell in first) and all(cell.header or not cell.text.strip() for cell in first)
    lines = [_table_row(grid[0] if headed else [], width), "|" + " --- |" * width]
    lines += [_table_row(row, 0) for row in grid[headed:]]
    return "\n".join(lines)


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts of a table's cells at their places, empty where a cell reaches over."""
    grid: list[list[str]] = []
    carried: dict[int, int] = {}
    for row in rows:
        line: list[str] = []
        for cell in row:
            while carried.get(len(line), 0):
                carried[len(line)] -= 1
                line.append("")
            at = len(line)
            span = min(max(1, cell.colspan), _SPANS)
            line += [inline(cell.text, cell.marks, Place(cell=True)), *[""] * (span - 1)]
            if cell.rowspan > 1:
                carried.update((column, cell.rowspan - 1) for column in range(at, min(at + span, _CARRIED)))
        for column in range(len(line), _CARRIED):
            if carried.get(column):
                carried[column] -= 1
        grid.append(line)
    return grid


def _table_row(cells: Sequence[str], width: int) -> str:
    padded = [*cells, *[""] * (max(1, width) - len(cells))]
    return "|" + "".join(f" {cell} |" if cell else "  |" for cell in padded)


def _code(block: Block) -> str:
    text = re.sub(r"\r\n?", "\n", block.text).replace("\x00", "").strip("\n")
    if not text.strip():
        return ""
    fence = "`" * max(3, max((len(run) + 1 for run in _FENCE.findall(text)), default=3))
    return f"{fence}{_LANGUAGE.sub('', block.language)[:40]}\n{text}\n{fence}"


def _embed(block: Block) -> str:
    """An embedded post or video: what it says as a quote, and where it is."""
    address = target(block.address)
    link = ""
    if address and all(mark.value != block.address for mark in block.marks):
        name = block.alt if block.alt.strip() else block.address
        link = inline(name, (Mark("link", 0, len(name), block.address),))
    said = _paragraphs(block.text, block.marks)
    if not said:
        return link
    return _quoted("\n\n".join([*said, link] if link else said))


def _caption(block: Block) -> str:
    text, marks = block.text, block.marks
    if block.credit and block.credit not in text:
        text = f"{text} ({block.credit})" if text else block.credit
    inner = tuple(mark for mark in marks if mark.kind != "emphasis")
    return "\n\n".join(_paragraphs(text, (*inner, Mark("emphasis", 0, len(text)))))


def _footnote(block: Block) -> str:
    """A footnote. Parsers without footnotes show it as it is; it must not look like the definition of a link."""
    text = "\\\n".join(_paragraphs(block.text, block.marks))
    text = _DEFINITION.sub(r"\1 &#32;", text, count=1) if _DEFINITION.match(text) else text
    return f"[^{label(block.label or '?')}]: {text}" if text else ""


def _labelled(block: Block) -> str:
    """A term and its definition, or a post and who wrote it: one paragraph, the label in bold on its first line."""
    text, marks = block.text, block.marks
    if not text.startswith(block.label):
        shift = len(block.label) + 1
        text = f"{block.label}\n{text}"
        marks = tuple(Mark(mark.kind, mark.start + shift, mark.end + shift, mark.value) for mark in marks)
    return "\n\n".join(_paragraphs(text, (Mark("strong", 0, len(block.label)), *marks)))
