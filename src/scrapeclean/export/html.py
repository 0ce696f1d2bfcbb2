"""Articles as HTML: a fragment of plain elements, escaped, with nothing in it that runs.

Every text and attribute value is escaped; the elements and attributes are those written here and no others; every
address goes through `safe_address`. Embedded posts and videos stand as links, math as its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from scrapeclean.addresses import safe_address
from scrapeclean.export.flow import flow
from scrapeclean.export.groups import Entry, Quote, entries, quotes
from scrapeclean.export.nest import Marked, Node, nest
from scrapeclean.model import Article, Block, Cell, Mark

_ELEMENTS = {
    "strong": "strong", "emphasis": "em", "code": "code", "strike": "s", "deleted": "del", "inserted": "ins",
    "subscript": "sub", "superscript": "sup", "underline": "u", "highlight": "mark", "keyboard": "kbd",
    "quotation": "q",
}  # fmt: skip
_BREAK = re.compile(r"\n[ \t]*+\n\s*+")
_STYLES = frozenset({"a", "A", "i", "I"})
_MOST_SPANS = 1000


def to_html(article: Article, *, title: bool = False, captions: bool = True) -> str:
    """The body of an article as an HTML fragment.

    Args:
        article: the article.
        title: whether its title stands first, as a heading.
        captions: whether captions stand where they stood on the page.

    Example:
        >>> link = Mark("link", 0, 4, "javascript:alert(1)")
        >>> print(to_html(Article(blocks=(Block("paragraph", "here & there", marks=(link,)),))), end="")
        <article>
        <p>here &amp; there</p>
        </article>
    """
    blocks = flow(article) if captions else list(article.blocks)
    if title and article.title:
        blocks.insert(0, Block("heading", article.title, level=1))
    language = re.sub(r"[^A-Za-z0-9-]", "", article.language or "")[:35]
    opened = f'<article lang="{language}">' if language else "<article>"
    return "\n".join([opened, *_blocks(blocks), "</article>"]) + "\n"


def _blocks(blocks: Sequence[Block]) -> list[str]:
    parts: list[str] = []
    terms = False
    for group in quotes(blocks):
        defines = isinstance(group, Block) and group.kind == "definition"
        if defines != terms:
            parts.append("<dl>" if defines else "</dl>")
            terms = defines
        if isinstance(group, Quote):
            parts += ["<blockquote>", *_blocks(group.blocks), "</blockquote>"]
        else:
            part = _WRITERS.get(group.kind, _paragraph)(group)
            if part:
                parts.append(part)
    return [*parts, "</dl>"] if terms else parts


def _inline(text: str, marks: Sequence[Mark] = (), line_break: str = "<br>\n") -> str:
    """The inside of one block."""
    return _nodes(nest(text, marks), line_break)


def _nodes(nodes: Sequence[Node], line_break: str) -> str:
    return "".join(_text(n, line_break) if isinstance(n, str) else _marked(n, line_break) for n in nodes)


def _text(text: str, line_break: str = "\n") -> str:
    escaped = escape(re.sub(r"\r\n?", "\n", text.replace("\x00", "")))
    return escaped.replace("\n", line_break) if line_break != "\n" else escaped


def _marked(node: Marked, line_break: str) -> str:
    kind, value = node.mark.kind, node.mark.value
    inside = _nodes(node.inside, line_break)
    if kind == "link":
        return _link(value, inside)
    if kind == "image":
        plain = "".join(piece for piece in node.inside if isinstance(piece, str))
        return _image(value, plain) or _text(plain)
    if kind == "math":
        return f'<span class="math">\\({_text(value)}\\)</span>' if value else f'<span class="math">{inside}</span>'
    if kind == "footnote":
        return f'<sup><a href="#note-{_slug(value or inside)}">{inside or _text(value)}</a></sup>'
    element = _ELEMENTS.get(kind)
    return f"<{element}>{inside}</{element}>" if element else inside


def _link(address: str, inside: str) -> str:
    safe = safe_address(address)
    return f'<a href="{escape(safe)}">{inside}</a>' if safe and inside.strip() else inside


def _image(address: str, alt: str) -> str:
    safe = safe_address(address, image=True)
    return f'<img src="{escape(safe)}" alt="{escape(alt)}">' if safe else ""


def _slug(sign: str) -> str:
    """A footnote's sign as a part of an address; signs that are no letters by their code."""
    bare = re.sub(r"[\s\[\]().:^]", "", sign) or sign
    return "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}" for c in bare[:40])


def _paragraph(block: Block) -> str:
    return _paragraphs(block.text, block.marks)


def _paragraphs(text: str, marks: Sequence[Mark]) -> str:
    """One `<p>` for each paragraph: a blank line parts two."""
    if "\n" not in text:
        return f"<p>{_inline(text, marks)}</p>" if text.strip() else ""
    return "\n".join(f"<p>{_inline(part, inner)}</p>" for part, inner in _parts(text, marks))


def _parts(text: str, marks: Sequence[Mark]) -> list[tuple[str, list[Mark]]]:
    parts, at = [], 0
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        if text[at:end].strip():
            inner = [Mark(m.kind, max(m.start, at) - at, min(m.end, end) - at, m.value)
                     for m in marks if m.start <= end and m.end >= at]  # fmt: skip
            parts.append((text[at:end], inner))
        at = found.end() if found else end
    return parts


def _heading(block: Block) -> str:
    level = min(6, max(1, block.level))
    return f"<h{level}>{_inline(block.text, block.marks, ' ')}</h{level}>" if block.text.strip() else ""


def _list_block(block: Block) -> str:
    return _list(entries(block.items)) if block.items else _paragraph(block)


def _list(items: Sequence[Entry]) -> str:
    """Items that are numbered and items that are not make lists of their own."""
    parts: list[str] = []
    tag = ""
    expected: int | None = None
    for entry in items:
        number = entry.item.number
        wanted = "ul" if number is None else "ol"
        if wanted != tag:
            if tag:
                parts.append(f"</{tag}>")
            start = f' start="{number}"' if number not in (None, 1) else ""
            style = f' type="{entry.item.style}"' if wanted == "ol" and entry.item.style in _STYLES else ""
            parts.append(f"<{wanted}{style}{start}>")
            tag, expected = wanted, number
        value = f' value="{number}"' if number is not None and number != expected else ""
        expected = number + 1 if number is not None else None
        below = _blocks(entry.item.blocks)
        several = below or "\n\n" in entry.item.text
        inside = (_paragraphs if several else _inline)(entry.item.text, entry.item.marks)
        nested = [_list(entry.below)] if entry.below else []
        parts.append(f"<li{value}>" + "\n".join([inside, *below, *nested]) + "</li>")
    return "\n".join([*parts, f"</{tag}>"])


def _table(block: Block) -> str:
    if not block.rows:
        return _paragraph(block)
    rows = ["<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in block.rows]
    return "\n".join(["<table>", *rows, "</table>"])


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    across = f' colspan="{min(cell.colspan, _MOST_SPANS)}"' if cell.colspan > 1 else ""
    down = f' rowspan="{min(cell.rowspan, _MOST_SPANS)}"' if cell.rowspan > 1 else ""
    return f"<{tag}{across}{down}>{_inline(cell.text, cell.marks)}</{tag}>"


def _code(block: Block) -> str:
    language = re.sub(r"[^\w+#.-]", "", block.language)[:40]
    named = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{named}>{_text(block.text)}</code></pre>" if block.text.strip() else ""


def _math(block: Block) -> str:
    source = next((mark.value for mark in block.marks if mark.kind == "math" and mark.value), "")
    inside = f"\\[{_text(source)}\\]" if source else _text(block.text)
    return f'<div class="math">{inside}</div>' if inside else ""


def _picture(block: Block) -> str:
    picture = _image(block.address, block.alt)
    return "\n".join(part for part in (f"<p>{picture}</p>" if picture else "", _paragraph(block)) if part)


def _embed(block: Block) -> str:
    name = block.alt.strip() or block.address
    link = _link(block.address, _text(name)) if all(mark.value != block.address for mark in block.marks) else ""
    link = f"<p>{link}</p>" if link.startswith("<a") else ""
    said = _paragraph(block)
    if not said:
        return link
    return "\n".join(part for part in ("<blockquote>", said, link, "</blockquote>") if part)


def _caption(block: Block) -> str:
    credit = f" ({_text(block.credit)})" if block.credit and block.credit not in block.text else ""
    inside = _inline(block.text, block.marks)
    return f'<p class="caption">{inside}{credit}</p>' if inside or credit else ""


def _footnote(block: Block) -> str:
    sign = block.label or "?"
    parts = [f"<p>{_inline(part, inner)}</p>" for part, inner in _parts(block.text, block.marks)]
    if not parts:
        return ""
    first = f'<p id="note-{_slug(sign)}" class="footnote"><sup>{_text(sign)}</sup> {parts[0][3:]}'
    return "\n".join([first, *parts[1:]])


def _definition(block: Block) -> str:
    said = _said(block)
    term = f"<dt>{_text(block.label, ' ')}</dt>\n" if block.label else ""
    text = _paragraphs(*said) if "\n\n" in said[0] else _inline(*said)
    return f"{term}<dd>{text}</dd>" if text else term.rstrip("\n")


def _post(block: Block) -> str:
    author = f"<p><strong>{_text(block.label, ' ')}</strong></p>\n" if block.label else ""
    return author + _paragraphs(*_said(block))


def _said(block: Block) -> tuple[str, list[Mark]]:
    """What is said of a term, without the term that begins it."""
    text = block.text
    start = len(block.label) if block.label and text.startswith(block.label) else 0
    start += len(text[start:]) - len(text[start:].lstrip("\n")) if start else 0
    marks = [Mark(m.kind, max(0, m.start - start), m.end - start, m.value) for m in block.marks if m.end > start]
    return text[start:], marks


_WRITERS: dict[str, Callable[[Block], str]] = {
    "heading": _heading, "list": _list_block, "table": _table, "code": _code, "math": _math, "image": _picture,
    "embed": _embed, "caption": _caption, "footnote": _footnote, "definition": _definition, "post": _post,
}  # fmt: skip
