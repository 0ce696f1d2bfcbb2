"""The values: what a page is made of, what filters say of it, and the Article that comes out.

Everything here is frozen. The values of a result (`Article`, `Block`, `Notice`, ...) are attrs classes and stay
when the page is gone; the values of a page in work (`PageBlock`, `Box`, `Document`) live as long as the cleaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from attrs import field, frozen

if TYPE_CHECKING:
    from scrapeclean.chunks import Chunk

Kind = Literal[
    "heading", "paragraph", "list", "table", "code", "quote", "caption", "image", "embed", "math", "footnote",
    "definition", "post",
]  # fmt: skip
"""What an article's block can be."""

NoticeKind = Literal["copyright", "license", "origin", "agency", "credit", "reservation"]
Role = Literal["keep", "drop", "title", "byline", "source", "date", "notice", "caption", "comment", "article"]


@frozen
class Mark:
    """Inline markup over `text[start:end]` of a block: `kind` is link, strong, emphasis, code, image, math, strike,
    subscript, superscript, underline, highlight, deleted, inserted, keyboard, quotation or footnote; `value` is the
    address of a link or image, the source of math, the label of the footnote that is referred to."""

    kind: str
    start: int
    end: int
    value: str = ""


@frozen
class Item:
    """One item of a list: its text, how deep it is nested (0 = outermost), and its number where the list is ordered."""

    text: str
    depth: int = 0
    number: int | None = None
    marks: tuple[Mark, ...] = ()
    style: str = ""
    """How the number is written where not in digits: a, A, i or I, as in the `type` of an HTML list."""
    blocks: tuple[Block, ...] = ()
    """What stands in the item below its first paragraph: further paragraphs, code, pictures, tables."""


@frozen
class Cell:
    """One cell of a table row."""

    text: str
    header: bool = False
    colspan: int = 1
    rowspan: int = 1
    marks: tuple[Mark, ...] = ()


@frozen
class Block:
    """One block of an article.

    `start` and `end` are offsets in the text of the page (for plain text the decoded input), `line` the line in the
    source, counted from 1. Where pieces inside were removed, `spans` lists what is left, and is empty otherwise.
    """

    kind: Kind
    text: str
    level: int = 0
    """Of a heading: 1 to 6. Of a quote: how deep it is nested, from 1. Of a post: its depth in the thread."""
    start: int = 0
    end: int = 0
    line: int = 0
    rows: tuple[tuple[Cell, ...], ...] = ()
    items: tuple[Item, ...] = ()
    language: str = ""
    """Of code: the programming language, where the page names it."""
    address: str = ""
    """Of an image, an embed or a captioned figure: where the picture or the embedded thing is."""
    alt: str = ""
    credit: str = ""
    """Of a caption: who made the picture."""
    label: str = ""
    """Of a footnote: its number or sign. Of a definition: the term, with which its text begins; empty where it shares
    the term of the one before. Of a post: who wrote it."""
    quoted: int = 0
    """How many quotes a block that is not itself a quote stands in."""
    marks: tuple[Mark, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@frozen
class Notice:
    """A sentence about rights or provenance."""

    kind: NoticeKind
    text: str
    holder: str | None = None
    year: int | None = None
    license: str | None = None
    outlet: str | None = None
    start: int = 0
    end: int = 0


@frozen
class Removed:
    """A span of the page that was left out: who left it out, by which rule, and why, in words."""

    text: str
    filter: str
    rule: str
    reason: str
    start: int
    end: int
    line: int = 0


@frozen
class Comment:
    """A reader's comment."""

    text: str
    author: str | None = None
    published: datetime | None = None
    published_text: str | None = None
    depth: int = 0
    start: int = 0
    end: int = 0


@frozen
class Evidence:
    """Where a field of an article came from (`"json-ld"`, `"meta og:title"`, `"byline"`, `"visible text"`, ...), how
    sure that is (0 to 1), and what other sources said instead, as (source, value)."""

    source: str
    confidence: float
    others: tuple[tuple[str, str], ...] = ()


# --- a page in work -----------------------------------------------------------------------------------------------

HIDDEN, NAV, HEADER, FOOTER, ASIDE, ARTICLE, MAIN, FORM, FIGURE, TABLE, LIST, QUOTE, NOSCRIPT, HEAD, BUTTON, DETAILS = (
    1 << n for n in range(16)
)
"""Regions of a page: what kinds of elements a block stands in, as bits of `PageBlock.regions`."""


class Box:
    """A block-level element of the page: its tag, class and id words, parent, and the blocks inside it, `first` up to
    but not including `last`. `detail` is what few elements have: of a table cell (colspan, rowspan), of a list item its
    number, of an ordered list how numbers are written, of an element in the role of a heading its level. Do not change
    one."""

    __slots__ = ("depth", "detail", "first", "index", "last", "names", "page", "parent", "tag")

    def __init__(self, index: int, tag: str, names: str, parent: Box | None, first: int) -> None:
        self.index = index
        self.tag = tag
        self.names = names
        self.parent = parent
        self.first = first
        self.last = first
        self.detail: Any = None
        self.page: object
        """Tells the boxes of one page from those of another."""
        if parent is not None:
            self.depth: int = parent.depth + 1
            self.page = parent.page
        else:
            self.depth, self.page = 0, object()

    def ancestors(self) -> Iterator[Box]:
        """This box, its parent, and so on up to the page. Bounded by `Limits.nesting`."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


_new = tuple.__new__
"""Makes a Verdict in half the time of its constructor: a page has hundreds."""


class PageBlock:
    """The smallest piece of a page: the text under one block-level element, or one line of plain text.

    `kind` is heading, paragraph, item, row, code, quote, caption, term, definition, math, footnote, image, embed or
    title (the `<title>` of the head). `text` is `document.text[start:end]`. Nobody changes one.
    """

    # All filters read all blocks. A slot is read in a sixth of the time that a field of a NamedTuple takes, which makes
    # a twentieth of `clean`; a frozen attrs class would take four times as long to make.
    __slots__ = ("box", "column", "end", "index", "info", "kind", "level", "line", "link_chars", "marks", "regions",
                 "start", "text")  # fmt: skip
    index: int
    kind: str
    text: str
    start: int
    end: int
    line: int
    column: int
    level: int
    """Of a heading 1 to 6; of an item its depth, from 0; of a quote its depth, from 1."""
    box: Box
    link_chars: int
    """Characters inside links."""
    regions: int
    """Bits of HIDDEN, NAV, ..."""
    marks: tuple[tuple[str, int, int, str], ...]
    """(kind, start, end, value), as of a `Mark`, in this block's text; kind can also be "hidden": text that nobody
    sees."""
    info: Mapping[str, Any]
    """What only some kinds have: cells, number, language, address, alt, label, quoted."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a PageBlock does not change: {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return page_block, (_row(self),)

    def __repr__(self) -> str:
        return f"PageBlock(index={self.index}, kind={self.kind!r}, text={self.text!r})"

    def has_class(self, name: str) -> bool:
        """Whether the block or an element around it has this class or id."""
        return any(name in box.names.split() for box in self.box.ancestors() if name in box.names)

    def inside(self, *tags: str) -> bool:
        """Whether the block stands in an element with one of these tags."""
        return any(box.tag in tags for box in self.box.ancestors())

    def drop(self, reason: str, *, rule: str = "", start: int | None = None, end: int | None = None) -> Verdict:
        """A verdict that leaves out this block, or `text[start:end]` of it."""
        return self.verdict("drop", reason, rule=rule, start=start, end=end)

    def keep(self, reason: str, *, rule: str = "", start: int | None = None, end: int | None = None) -> Verdict:
        """A verdict that keeps this block, or `text[start:end]` of it, whatever later filters say."""
        return self.verdict("keep", reason, rule=rule, start=start, end=end)

    def verdict(
        self, role: Role, reason: str, *, rule: str = "", start: int | None = None, end: int | None = None,
        value: Any = None,
    ) -> Verdict:  # fmt: skip
        """A verdict on this block, or on `text[start:end]` of it."""
        begin = self.start + (start or 0)
        stop = self.end if end is None else self.start + end
        return _new(Verdict, (begin, stop, role, reason, rule, value, "", self.box.page))


class _Unfinished(PageBlock):
    """A block that is being made."""

    __slots__ = ()
    __setattr__ = object.__setattr__  # type: ignore[assignment]


_FIELDS = ("index", "kind", "text", "start", "end", "line", "column", "level", "box", "link_chars", "regions", "marks",
           "info")  # fmt: skip
_row = attrgetter(*_FIELDS)


def page_block(row: tuple[Any, ...]) -> PageBlock:
    """The block with these fields, in the order in which PageBlock names them."""
    block: Any = _Unfinished()
    (block.index, block.kind, block.text, block.start, block.end, block.line, block.column, block.level, block.box,
     block.link_chars, block.regions, block.marks, block.info) = row  # fmt: skip
    block.__class__ = PageBlock
    return block  # type: ignore[no-any-return]


def altered(block: PageBlock, **fields: Any) -> PageBlock:
    """A block like this one but for some fields."""
    return page_block(tuple(fields.get(name, value) for name, value in zip(_FIELDS, _row(block), strict=True)))


class Verdict(NamedTuple):
    """What one filter says of one span of `document.text`.

    The first verdict on a character stands. `role` says what the span is: keep, drop, or a part with a place of its
    own (title, byline, source, date, notice, caption, comment; `value` holds the Notice, the Comment, or the parsed
    datetime). The role "article" claims no text: it says that everything from `start` to `end` belongs to
    an article of its own, below the main one.
    """

    start: int
    end: int
    role: Role
    reason: str
    rule: str = ""
    value: Any = None
    filter: str = ""
    """Filled in by the pipeline."""
    page: object = None
    """The `Box.page` of the block it was made from, so that a verdict on another document is noticed."""


@frozen
class Head:
    """What the head of the page and its structured data say, undigested."""

    title: str = ""
    language: str = ""
    base: str = ""
    metas: tuple[tuple[str, str], ...] = ()
    """(name, property, itemprop or http-equiv in lower case; content), in document order."""
    links: tuple[tuple[str, str], ...] = ()
    """(rel in lower case, href)."""
    json_ld: tuple[str, ...] = ()
    """The source of each JSON-LD script."""
    states: tuple[tuple[str, str], ...] = ()
    """(id or variable, source) of other embedded JSON that can hold a body."""
    marked: tuple[tuple[str, str, str, int, int], ...] = ()
    """Elements that name metadata in the body: (what, value, text, line, column). `what` is `time` and its class words,
    `itemprop author`, `rel author`, `rel license`, `rel tag`, `property ...`, `class author`, `class date`; `value` the
    datetime, content or href attribute."""


@frozen
class Limits:
    """How much of a page is read. Where a limit bites, `article.evidence["limits"]` says so."""

    bytes: int = 20_000_000
    blocks: int = 15_000
    """In a page of more, blocks of 80 characters and more still stand for themselves, each once, up to half as many
    again; what is shorter is left out."""
    nesting: int = 256
    """An element deeper than this counts as standing beside the one around it; no text is lost by it."""


@frozen
class Article:
    """What a reader came for, and everything that was left out."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    published_text: str | None = None
    source: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    description: str | None = None
    image: str | None = None
    paywalled: bool | None = None
    blocks: tuple[Block, ...] = ()
    captions: tuple[Block, ...] = ()
    notices: tuple[Notice, ...] = ()
    comments: tuple[Comment, ...] = ()
    related: tuple[Article, ...] = ()
    removed: tuple[Removed, ...] = ()
    evidence: Mapping[str, Evidence] = field(factory=dict)
    confidence: float = 0.0

    @property
    def text(self) -> str:
        """The body alone: paragraphs, headings, list items, table cells, code, quotes, a blank line between blocks."""
        return "\n\n".join(block.text for block in self.blocks if block.text)

    def walk(self) -> Iterator[Article]:
        """The article itself, then its related ones, each with theirs."""
        yield self
        for article in self.related:
            yield from article.walk()

    def to_markdown(self, *, title: bool = False, captions: bool = True) -> str:
        """The body as CommonMark with GitHub's tables, footnotes and math; see `scrapeclean.export.markdown`.

        Args:
            title: whether the title stands first, as a heading.
            captions: whether captions stand where they stood on the page, in italics.

        Example:
            >>> Article(blocks=(Block("heading", "Low tide", level=2), Block("paragraph", "2 * 3 is 6."))).to_markdown()
            '## Low tide\\n\\n2 \\\\* 3 is 6.\\n'
        """
        from scrapeclean.export.markdown import to_markdown

        return to_markdown(self, title=title, captions=captions)

    def to_html(self, *, title: bool = False, captions: bool = True) -> str:
        """The body as an HTML fragment that is escaped and holds nothing that runs; see `scrapeclean.export.html`.

        Args:
            title: whether the title stands first, as a heading.
            captions: whether captions stand where they stood on the page.

        Example:
            >>> Article(blocks=(Block("paragraph", "1 < 2"),)).to_html()
            '<article>\\n<p>1 &lt; 2</p>\\n</article>\\n'
        """
        from scrapeclean.export.html import to_html

        return to_html(self, title=title, captions=captions)

    def to_dict(self) -> dict[str, Any]:
        """Everything, as values that JSON knows; see `scrapeclean.export.structure`.

        Example:
            >>> Article.from_dict(Article(title="Low tide").to_dict()).title
            'Low tide'
        """
        from scrapeclean.export.structure import to_dict

        return to_dict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """`to_dict` as JSON text, on one line unless `indent` is given."""
        from scrapeclean.export.structure import to_json

        return to_json(self, indent=indent)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Article:
        """The article again, equal to the one that `to_dict` was called on.

        Raises:
            ArgumentError: the data is not what `to_dict` gives; the message names the place.
        """
        from scrapeclean.export.structure import from_dict

        return from_dict(data)

    def chunks(self, size: int = 1500, overlap: int = 0) -> list[Chunk]:
        """The body in pieces for retrieval, cut along headings and paragraphs; see `scrapeclean.chunks`.

        Args:
            size: the longest a piece may be, in characters.
            overlap: how many characters of the piece before, at most, begin the next one again.

        Raises:
            ArgumentError: `size` is not positive, or `overlap` not between 0 and `size`.
        """
        from scrapeclean.chunks import chunks

        return chunks(self, size, overlap)
