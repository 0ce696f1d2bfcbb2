"""Blocks of an HTML page to blocks of an article: the elements around them say what belongs together.

Each leaf has a path: the elements around it that make shape (items, quotes, terms, code, tables, headings, notes),
outermost first. Leaves that share an element of the path are gathered and shaped as one; what is inside is shaped the
same way, one step deeper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from scrapeclean.model import Block, Box, Item, Mark
from scrapeclean.segment.tags import HEADINGS
from scrapeclean.shape.leaves import Leaf, Links, joined, sources
from scrapeclean.shape.math import displayed, with_math
from scrapeclean.shape.media import embed, is_post, picture, post
from scrapeclean.shape.notes import resolve
from scrapeclean.shape.tables import data_tables, table

if TYPE_CHECKING:
    from scrapeclean.document import Document

Step = tuple[str, Box]
"""What an element is, and the element."""

_ROLES: Final = {
    "li": "item", "blockquote": "quote", "dt": "term", "dd": "term", "pre": "code", "listing": "code", "xmp": "code",
} | dict.fromkeys(HEADINGS, "heading")  # fmt: skip
_VERSE: Final = re.compile(r"\b(?:verse|poem|poetry|lyrics|stanza|line-block)", re.IGNORECASE)
_VERSE_LINE: Final = re.compile(r"(?:^|\s)(?:line|verse-line|poem-line|l)(?:\s|$)")
_LANGUAGE: Final = re.compile(
    r"(?:^|[\s;])(?:lang(?:uage)?[-_:]|highlight-(?:source-|text-)?|sourceCode |brush: ?|src-|hljs (?!lang))"
    r"([\w+#.-]{1,20})",
    re.IGNORECASE,
)
_LONE_LANGUAGE: Final = re.compile(
    r"(?:highlight|sourceCode|code|prettyprint|hljs)\s+([a-z+#]{1,12})(?:\s|$)|^\s*([a-z+#]{1,12}) (?:hljs|sourceCode)"
)
_NO_LANGUAGE: Final = frozenset(
    {"plaintext", "none", "nohighlight", "default", "ipython", "notranslate", "hljs", "highlight", "code", "wrap",
     "wrapper", "block"}
)  # fmt: skip
_DEEPEST: Final = 24
"""How many elements of a path are heeded."""


def shape_tree(document: Document, parts: list[Leaf], links: Links) -> list[Block]:
    """The blocks of an article, from what stays of an HTML page."""
    parts, notes = resolve(document, parts)
    builder = _Builder(document, parts, notes, links)
    return _whole(_once(builder.build(parts, 0)))


def _once(blocks: list[Block]) -> list[Block]:
    """Each picture once: pages give the same one again for readers without scripts."""
    kept: list[Block] = []
    last = ""
    for block in blocks:
        if block.kind in ("image", "embed") and not block.text:
            if block.address == last:
                continue
            last = block.address
        elif block.text:
            last = ""
        kept.append(block)
    return kept


def _whole(blocks: list[Block]) -> list[Block]:
    """A first letter that stands in an element of its own, to be drawn large, belongs to the paragraph after it."""
    for at in range(len(blocks) - 1, 0, -1):
        letter, rest = blocks[at - 1 : at + 1]
        if letter.kind != "paragraph" or rest.kind != "paragraph" or len(letter.text) != 1:
            continue
        if letter.text.isupper() and rest.text[:1].islower():
            marks = tuple(Mark(mark.kind, mark.start + 1, mark.end + 1, mark.value) for mark in rest.marks)
            spans = ((letter.start, letter.end), *(rest.spans or ((rest.start, rest.end),)))
            blocks[at - 1 : at + 1] = [
                evolve(rest, text=letter.text + rest.text, start=letter.start, marks=marks, spans=spans)
            ]
    return blocks


class _Builder:
    """Shapes the leaves of one article."""

    def __init__(self, document: Document, parts: Sequence[Leaf], notes: dict[int, str], links: Links) -> None:
        self.document = document
        self.links = links
        self.notes = notes
        self.tables = data_tables(parts)
        self.paths: dict[int, tuple[Step, ...]] = {-1: ()}

    def path(self, box: Box) -> tuple[Step, ...]:
        """The elements around that make shape, outermost first."""
        known = self.paths.get(box.index)
        if known is None:
            outer = self.path(box.parent) if box.parent is not None else ()
            role = self.role(box, outer)
            known = (*outer, (role, box)) if role and len(outer) < _DEEPEST else outer
            self.paths[box.index] = known
        return known

    def role(self, box: Box, outer: tuple[Step, ...]) -> str:
        """What an element makes of the text inside it, if anything."""
        if outer and outer[-1][0] in ("table", "heading", "code", "note", "verse"):
            return ""
        if box.index in self.notes:
            return "note"
        if box.tag == "table":
            return "table" if box.index in self.tables else ""
        if box.tag == "div" and _is_verse(box.names):
            return "verse"
        return _ROLES.get(box.tag, "heading" if isinstance(box.detail, int) and box.tag not in ("ol", "ul") else "")

    def build(self, parts: Sequence[Leaf], depth: int) -> list[Block]:
        """The blocks of these leaves; the first `depth` steps of their paths are done."""
        blocks: list[Block] = []
        for key, group in groupby(parts, key=lambda part: self.key(part, depth)):
            run = list(group)
            if key is None:
                blocks += [block for part in run for block in self.single(part)]
            else:
                role, box = self.path(run[0].block.box)[depth]
                blocks += _SHAPES[role](self, run, box, depth)
        return blocks

    def key(self, part: Leaf, depth: int) -> tuple[str, int] | None:
        """What leaves that belong together share: the element, or the list that items and terms stand in."""
        path = self.path(part.block.box)
        if depth >= len(path):
            return None
        role, box = path[depth]
        if role == "item" and box.parent is not None:
            return role, box.parent.index
        if role == "term":
            around = next((outer for outer in box.ancestors() if outer.tag == "dl"), box.parent)
            return role, around.index if around is not None else -1
        return role, box.index

    # --- one shape each -------------------------------------------------------------------------------------------

    def items(self, parts: list[Leaf], box: Box, depth: int) -> list[Block]:
        """A list. One whose items have headings, or no text at all, is a row of sections or pictures."""
        if any(self.is_heading(part) for part in parts) or not any(part.text for part in parts):
            return self.build(parts, depth + 1)
        style = box.parent.detail if box.parent is not None and isinstance(box.parent.detail, str) else ""
        items: list[Item] = []
        for _, group in groupby(parts, key=lambda part: self.path(part.block.box)[depth][1].index):
            run = list(group)
            number = self.path(run[0].block.box)[depth][1].detail
            items += _item(self.build(run, depth + 1), number if isinstance(number, int) else None, style)
        return [_list(items, parts)] if items else []

    def is_heading(self, part: Leaf) -> bool:
        return part.block.kind == "heading" or any(role == "heading" for role, _ in self.path(part.block.box))

    def quote(self, parts: list[Leaf], box: Box, depth: int) -> list[Block]:
        """A quote: what stands inside, one level deeper; or an embedded post."""
        inside = self.build(parts, depth + 1)
        if is_post(box.names):
            shown = post(inside, parts[0].start)
            return [shown] if shown is not None else []
        return [_quoted(block) for block in inside]

    def terms(self, parts: list[Leaf], box: Box, depth: int) -> list[Block]:
        """Terms and what is said of them."""
        blocks: list[Block] = []
        open_terms: list[Leaf] = []
        for _, group in groupby(parts, key=lambda part: self.path(part.block.box)[depth][1].index):
            run = list(group)
            if self.path(run[0].block.box)[depth][1].tag == "dt":
                open_terms += [part for part in run if part.text]
                continue
            said = self.build(run, depth + 1)
            if open_terms:
                said = _defined(open_terms, said)
                open_terms = []
            elif said and said[0].kind == "paragraph":
                said[0] = evolve(said[0], kind="definition")
            blocks += said
        return blocks + (_defined(open_terms, []) if open_terms else [])

    def code(self, parts: list[Leaf], box: Box, depth: int) -> list[Block]:
        """Preformatted text: code, or verse where the element is named so."""
        parts = [part for part in parts if part.text]
        if not parts:
            return []
        if _is_verse(box.names):
            return self.verse(parts, box, depth)
        text, marks, spans = joined(parts, "\n")
        only_math = displayed(text, marks)
        if only_math:
            return [_block("math", parts, only_math, marks, spans)]
        language = _language(box, parts[0].block.info.get("language", "").strip())
        return [_block("code", parts, text, (), spans, language=language)]

    def verse(self, parts: list[Leaf], box: Box, depth: int) -> list[Block]:
        """Lines that belong together are one paragraph with line breaks."""
        blocks: list[Block] = []
        lines: list[Leaf] = []
        stanza: int | None = None
        for part in parts:
            own = part.block.box
            if own is box or not _VERSE_LINE.search(own.names) or own.parent is None or own.parent.index != stanza:
                blocks += _lines(lines)
                lines = []
                stanza = own.parent.index if own.parent is not None else None
            if part.block.kind in ("image", "embed") or self.is_heading(part):
                blocks += self.single(part)
            elif part.text:
                lines.append(part)
        return blocks + _lines(lines)

    def table(self, parts: list[Leaf], box: Box, depth: int) -> list[Block]:
        return table(self.document, box, parts, self.links)

    def heading(self, parts: list[Leaf], box: Box, depth: int) -> list[Block]:
        """A heading, whatever elements its words stand in."""
        said = [part for part in parts if part.text]
        level = int(box.tag[1]) if box.tag in HEADINGS else box.detail
        blocks = [block for part in parts if not part.text for block in self.single(part)]
        if said:
            text, marks, spans = joined(said, " ")
            blocks.append(_block("heading", said, text, marks, spans, level=level))
        return blocks

    def note(self, parts: list[Leaf], box: Box, depth: int) -> list[Block]:
        """A footnote."""
        said = [part for part in parts if part.text]
        if not said:
            return []
        text, marks, spans = joined(said, "\n")
        return [_block("footnote", said, text, marks, spans, label=self.notes[box.index])]

    def single(self, part: Leaf) -> list[Block]:
        """A leaf that stands for itself."""
        kind = part.block.kind
        if kind in ("image", "embed"):
            found = (picture if kind == "image" else embed)(part, self.links)
            return [found] if found is not None else []
        source = part.block.info.get("source", "") if kind == "math" else displayed(part.text, part.marks)
        if source:
            return [_block("math", [part], source, part.marks, part.spans)]
        if not part.text and not part.marks:
            return []
        if kind == "row":
            return [_block("paragraph", [part], part.text.replace("\t", "\n\n"), (), part.spans)]
        text, marks = with_math(part.text, part.marks)
        return [_block("caption" if kind == "caption" else "paragraph", [part], text, marks, part.spans)]


_SHAPES: Final[dict[str, Callable[[_Builder, list[Leaf], Box, int], list[Block]]]] = {
    "item": _Builder.items, "quote": _Builder.quote, "term": _Builder.terms, "code": _Builder.code,
    "table": _Builder.table, "heading": _Builder.heading, "note": _Builder.note, "verse": _Builder.verse,
}  # fmt: skip
"""What shapes the leaves inside of an element, by its role. No builder holds its own methods: it would hold itself, and
the page with it, until the garbage collector comes."""


@lru_cache(maxsize=4096)
def _is_verse(names: str) -> bool:
    """Whether an element's class or id speaks of verse. The same few names are asked of on all pages of a site."""
    return _VERSE.search(names) is not None


class _Unfinished(Block):
    """A Block that is being made: what a frozen one takes to make is a tenth of the time of `assemble`."""

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


_bare = object.__new__


def _block(
    kind: str, parts: Sequence[Leaf], text: str, marks: tuple[Mark, ...], spans: tuple[tuple[int, int], ...],
    **more: Any,
) -> Block:  # fmt: skip
    block: Any = _bare(_Unfinished)
    block.kind, block.text, block.marks, block.spans = kind, text, marks, spans
    block.start, block.end, block.line = parts[0].start, parts[-1].end, parts[0].block.line
    block.level = block.quoted = 0
    block.rows = block.items = ()
    block.language = block.address = block.alt = block.credit = block.label = ""
    for name, value in more.items():
        setattr(block, name, value)
    block.__class__ = Block
    return block  # type: ignore[no-any-return]


def _item(blocks: list[Block], number: int | None, style: str) -> list[Item]:
    """An item from what stands in it: its text, further blocks, and nested items after it."""
    if not blocks:
        return []
    below: list[Item] = []
    if blocks[-1].kind == "list":
        below = [evolve(item, depth=item.depth + 1) for item in blocks.pop().items]
    text = ""
    marks: tuple[Mark, ...] = ()
    if blocks and blocks[0].kind == "paragraph":
        first = blocks.pop(0)
        text, marks = first.text, first.marks
    return [Item(text, 0, number, marks, style, tuple(blocks)), *below]


def _list(items: list[Item], parts: Sequence[Leaf]) -> Block:
    said = [part for part in parts if part.text]
    lines = [line for item in items for line in (item.text, *(block.text for block in item.blocks)) if line]
    return _block("list", said, "\n".join(lines), (), sources(said), items=tuple(items))


def _quoted(block: Block) -> Block:
    if block.kind == "paragraph":
        return evolve(block, kind="quote", level=1)
    if block.kind == "quote":
        return evolve(block, level=block.level + 1)
    return evolve(block, quoted=block.quoted + 1)


def _defined(terms: list[Leaf], said: list[Block]) -> list[Block]:
    """The first paragraph that is said of a term begins with it."""
    name, term_marks, _ = joined(terms, ", ")
    marks = tuple(mark for mark in term_marks if mark.kind in ("link", "code"))
    first = _block("definition", terms, name, marks, ())
    if said and said[0].kind == "paragraph":
        body = said.pop(0)
        shift = len(name) + 1
        moved = (Mark(m.kind, m.start + shift, m.end + shift, m.value) for m in body.marks)
        spans = (*((part.start, part.end) for part in terms), *(body.spans or ((body.start, body.end),)))
        first = evolve(first, text=f"{name}\n{body.text}", marks=(*marks, *moved), end=body.end, spans=spans)
    return [evolve(first, label=name), *said]


def _lines(parts: list[Leaf]) -> list[Block]:
    if not parts:
        return []
    text, marks, spans = joined(parts, "\n")
    return [_block("paragraph", parts, text, marks, spans)]


def _language(box: Box, own: str) -> str:
    """The language that the code itself (`own`), its element or one close around it names.

    Example:
        >>> _language(Box(0, "pre", "brush: bash; title: ; ", None, 0), "")
        'bash'
    """
    if own.isalpha() and own.islower() and len(own) < 12:
        return own if own not in _NO_LANGUAGE else ""
    around = (outer for outer, _ in zip(box.ancestors(), range(8), strict=False) if outer.last - outer.first <= 3)
    for name in (own, *(outer.names for outer in around)):
        for pattern in (_LANGUAGE, _LONE_LANGUAGE):
            for found in pattern.finditer(name[:300]):
                language = (found[1] or found[2] or "").lower() if pattern is _LONE_LANGUAGE else found[1].lower()
                if language and language not in _NO_LANGUAGE:
                    return language
    return ""
