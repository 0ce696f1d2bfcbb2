"""Dict, JSON and HTML: nothing lost, nothing that runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scrapeclean.addresses import safe_address
from scrapeclean.errors import ArgumentError
from scrapeclean.export.html import to_html
from scrapeclean.export.structure import to_dict, to_json
from scrapeclean.model import Article, Block, Cell, Comment, Evidence, Item, Mark, Notice, Removed

TEXT = st.text(max_size=20)
COUNT = st.integers(0, 10_000)
SPAN = {"start": COUNT, "end": COUNT}
MARK = st.builds(Mark, TEXT, COUNT, COUNT, TEXT)
MARKS = st.lists(MARK, max_size=2).map(tuple)
CELL = st.builds(Cell, TEXT, st.booleans(), COUNT, COUNT, MARKS)
KIND = st.sampled_from(["heading", "paragraph", "list", "table", "code", "quote", "caption", "image", "embed", "math",
                        "footnote", "definition", "post"])  # fmt: skip


ROWS = st.lists(st.lists(CELL, max_size=2).map(tuple), max_size=2).map(tuple)


def _blocks(inner: st.SearchStrategy[tuple[Block, ...]]) -> st.SearchStrategy[tuple[Block, ...]]:
    item = st.builds(Item, TEXT, COUNT, st.none() | COUNT, MARKS, TEXT, inner)
    block = st.builds(
        Block, KIND, TEXT, level=COUNT, line=COUNT, rows=ROWS,
        items=st.lists(item, max_size=2).map(tuple), language=TEXT, address=TEXT, alt=TEXT, credit=TEXT, label=TEXT,
        quoted=COUNT, marks=MARKS, spans=st.lists(st.tuples(COUNT, COUNT), max_size=2).map(tuple), **SPAN,
    )  # fmt: skip
    return st.lists(block, max_size=2).map(tuple)


BLOCKS = st.recursive(st.just(()), _blocks, max_leaves=4)
ZONES = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DATE = st.none() | st.datetimes(timezones=ZONES)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
YEAR = st.none() | COUNT
NOTICE = st.builds(Notice, st.sampled_from(["copyright", "license"]), TEXT, MAYBE, YEAR, MAYBE, MAYBE, **SPAN)
COMMENT = st.builds(Comment, TEXT, MAYBE, DATE, MAYBE, COUNT, **SPAN)
REMOVED = st.builds(Removed, TEXT, TEXT, TEXT, TEXT, COUNT, COUNT, COUNT)
EVIDENCE = st.builds(Evidence, TEXT, st.floats(0, 1), st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple))


def _articles(related: st.SearchStrategy[tuple[Article, ...]]) -> st.SearchStrategy[Article]:
    return st.builds(
        Article, title=MAYBE, authors=TEXTS, published=DATE, modified=DATE, published_text=MAYBE, source=MAYBE,
        section=MAYBE, tags=TEXTS, language=MAYBE, url=MAYBE, description=MAYBE, image=MAYBE,
        paywalled=st.none() | st.booleans(),
        blocks=BLOCKS, captions=BLOCKS, notices=st.lists(NOTICE, max_size=2).map(tuple), related=related,
        comments=st.lists(COMMENT, max_size=2).map(tuple), removed=st.lists(REMOVED, max_size=2).map(tuple),
        evidence=st.dictionaries(TEXT, EVIDENCE, max_size=2), confidence=st.floats(0, 1),
    )  # fmt: skip


ALONE = _articles(st.just(()))
ARTICLE = st.recursive(ALONE, lambda inner: _articles(st.lists(inner, max_size=2).map(tuple)), max_leaves=3)


@settings(max_examples=150, deadline=None)
@given(ARTICLE)
def test_nothing_is_lost_through_json(article: Article) -> None:
    assert Article.from_dict(article.to_dict()) == article
    text = to_json(article)
    text.encode()
    assert Article.from_dict(json.loads(text)) == article
    assert Article.from_dict(json.loads(to_json(article, indent=2))) == article


def test_every_field_of_an_article_stands_in_the_dict() -> None:
    assert set(to_dict(Article())) == {"scrapeclean"} | {field.name for field in fields(Article)}


def test_dates_keep_their_zone() -> None:
    aware, naive = datetime(2026, 3, 1, 12, 30, tzinfo=UTC), datetime(2026, 3, 1)
    data = Article(published=aware, modified=naive).to_dict()
    assert (data["published"], data["modified"]) == ("2026-03-01T12:30:00+00:00", "2026-03-01T00:00:00")
    back = Article.from_dict(data)
    assert back.published == aware and back.modified is not None and back.modified.tzinfo is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "version None"),
        ({"scrapeclean": 2}, "reads version 1"),
        ({"scrapeclean": 1, "blocks": [{"kind": "paragraph"}]}, r"article.blocks\[0\]: the field 'text' is missing"),
        ({"scrapeclean": 1, "blocks": [{"kind": "list", "text": "", "items": [{"a": 1}]}]}, r"items\[0\]: no field 'a'"),
        ({"scrapeclean": 1, "blocks": "no"}, "article.blocks: a list is expected, not str"),
        ({"scrapeclean": 1, "published": "yesterday"}, "article.published: 'yesterday' is no ISO 8601 datetime"),
        ({"scrapeclean": 1, "title": {}}, "article.title: dict is not expected here"),
        ({"scrapeclean": 1, "evidence": []}, "article.evidence: a mapping is expected"),
        ({"scrapeclean": 1, "related": [7]}, r"article.related\[0\]: Article comes from a mapping, not from int"),
    ],
)
def test_bad_data_is_refused_with_its_place(data: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        Article.from_dict(data)


def test_a_list_is_no_article() -> None:
    with pytest.raises(ArgumentError, match="not from list"):
        Article.from_dict([])  # type: ignore[arg-type]


# --- addresses and HTML ---------------------------------------------------------------------------------------------

GOOD = [
    "https://example.org/", "http://example.org:8080/a?b=c&d=e#f", "HTTPS://EXAMPLE.ORG", "//cdn.example.org/a.png",
    "/a/b",
    "a/b.html", "../up", "?page=2", "#fn1", "mailto:ann@example.org", "tel:+49301234", "/wiki/Talk:Data", "a%3Ab",
    "/data:of/the:day", "?next=javascript:void(0)", "javascript.html", "/javascript:x",
]  # fmt: skip
BAD = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "  javascript:alert(1)", "\x00javascript:alert(1)",
    "\x01\x1fjavascript:a()",
    "java\tscript:alert(1)", "java\nscript:alert(1)", "java\r\nscript:alert(1)", "j\ta\nv\ra\tscript\n:alert(1)",
    "javascript\t:alert(1)", "javascript :alert(1)", "java\x00script:alert(1)", "java\u200bscript:alert(1)",
    "\ufeffjavascript:alert(1)", "\u2028javascript:alert(1)", "\u00a0javascript:alert(1)", "javascript&colon;alert(1)",
    "javascript&#58;alert(1)", "javascript&#x3A;alert(1)", "javascript&#x0003a;alert(1)", "&#106;avascript:alert(1)",
    "&#x6A;&#x61;vascript:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
    "java&#10;script:alert(1)",
    "&amp;#106;avascript:alert(1)", "&#0000106avascript:alert(1)", "javascript%3Aalert(1)", "%6Aavascript:alert(1)",
    "%256Aavascript:alert(1)", "java%0Ascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PA==",
    "data:image/svg+xml,<svg onload=alert(1)>", "da\nta:text/html,x", "vbscript:msgbox(1)", "VB\tSCRIPT:x",
    "vbscript&colon;x",
    "livescript:x", "blob:https://example.org/1", "file:///etc/passwd", "about:blank", "view-source:javascript:1",
    "feed:javascript:alert(1)", "jar:https://x!/", "intent://x", "ftp://example.org", "chrome://settings", "", "   ",
    "x" * 9000, "filesystem:https://example.org/", "ws://example.org",
]  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_addresses_that_open_a_page_stay(address: str) -> None:
    assert safe_address(address) == address


@pytest.mark.parametrize("address", BAD)
def test_addresses_that_run_or_are_unknown_go(address: str) -> None:
    assert safe_address(address) == ""
    assert safe_address(address, image=True) == ""


@pytest.mark.parametrize("address", ["mailto:a@b.example", "tel:112"])
def test_pictures_come_from_pages_only(address: str) -> None:
    assert safe_address(address) and not safe_address(address, image=True)


ALLOWED = {
    "article": {"lang"}, "p": {"class", "id"}, "h1": set(), "h2": set(), "h3": set(), "h4": set(), "h5": set(),
    "h6": set(),
    "ul": set(), "ol": {"start", "type"}, "li": {"value"}, "table": set(), "tr": set(), "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"}, "pre": set(), "code": {"class"}, "blockquote": set(), "a": {"href"}, "img": {"src",
    "alt"},
    "strong": set(), "em": set(), "s": set(), "del": set(), "ins": set(), "sub": set(), "sup": set(), "u": set(),
    "mark": set(), "kbd": set(), "q": set(), "br": set(), "dl": set(), "dt": set(), "dd": set(), "div": {"class"},
    "span": {"class"},
}  # fmt: skip


class _Checked(HTMLParser):
    """Reads HTML; notes text, and everything that is not on the list."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()):
                self.wrong.append(f"{tag} {name}")
            if name in ("href", "src") and not safe_address(value or ""):
                self.wrong.append(f"{tag} {name}={value}")
        if tag not in ALLOWED:
            self.wrong.append(tag)
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)", '" onfocus=alert(1) autofocus="', "</p><iframe src=javascript:alert(1)>",
    "<!--<script>-->",
    "]]><script>", "<body onload=alert(1)>", "<a href=javascript:alert(1)>", "</code></pre><script>1</script>",
    "<?xml x?>",
    "<math><mi xlink:href=javascript:1>", "\\)</span><script>", "<style>@import'x'</style>",
    "<base href=//evil.example>",
    "<object data=x>", "<form action=x><button>", "<meta http-equiv=refresh content=0>", "`onclick=alert(1)`",
    "\x00<script\x00>",
    "<scr\x00ipt>", "&lt;script&gt;", "--><script>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>", "javascript:alert(1)", "data:text/html,<script>", "\u2028<script>", "<x onclick=1>",
]  # fmt: skip
MARK_KINDS = ["link", "image", "math", "footnote", "code", "strong", "quotation", "<script>", "keyboard"]
HOSTILE = st.sampled_from(ATTACKS + BAD) | TEXT
HOSTILE_MARK = st.builds(Mark, st.sampled_from(MARK_KINDS), st.integers(-2, 30), st.integers(-2, 30), HOSTILE)
HOSTILE_MARKS = st.lists(HOSTILE_MARK, max_size=3).map(tuple)
HOSTILE_CELLS = st.lists(st.builds(Cell, HOSTILE, st.booleans(), COUNT, COUNT, HOSTILE_MARKS), max_size=2).map(tuple)
HOSTILE_ITEM = st.builds(Item, HOSTILE, st.integers(0, 3), st.none() | COUNT, HOSTILE_MARKS, HOSTILE)
HOSTILE_BLOCK = st.builds(
    Block, KIND, HOSTILE, level=st.integers(-1, 9), rows=st.lists(HOSTILE_CELLS, max_size=2).map(tuple),
    items=st.lists(HOSTILE_ITEM, max_size=3).map(tuple), language=HOSTILE, address=HOSTILE, alt=HOSTILE, credit=HOSTILE,
    label=HOSTILE, quoted=st.integers(0, 2), marks=HOSTILE_MARKS,
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(HOSTILE_BLOCK, max_size=4), HOSTILE, HOSTILE)
def test_no_attack_comes_through_html(blocks: list[Block], title: str, language: str) -> None:
    article = Article(title=title, language=language, blocks=tuple(blocks), captions=tuple(blocks[:1]))
    checked = _Checked(to_html(article, title=True))
    assert checked.wrong == []
    assert checked.open == []


@settings(max_examples=300, deadline=None)
@given(TEXT, HOSTILE_MARKS)
def test_html_keeps_the_text(text: str, marks: tuple[Mark, ...]) -> None:
    seen = tuple(mark for mark in marks if mark.kind not in ("image", "math", "footnote"))
    checked = _Checked(to_html(Article(blocks=(Block("paragraph", text, marks=seen),))))
    assert checked.text.split() == text.replace("\x00", "").split()


@pytest.mark.parametrize("address", BAD)
def test_no_attack_comes_through_markdown(address: str) -> None:
    """A parser must find no link, and no address that a decoder turns into one that runs."""
    blocks = (
        Block("paragraph", "press here", marks=(Mark("link", 6, 10, address), Mark("image", 0, 5, address))),
        Block("image", "", address=address, alt="x"),
    )
    html = MarkdownIt("commonmark").render(Article(blocks=blocks).to_markdown())
    assert "href" not in html and "src" not in html


ITEM_WITH_CODE = Item("c", 0, 4, blocks=(Block("code", "x"),))


def test_html_of_every_kind() -> None:
    blocks = (
        Block("heading", "Tides & tables", level=2),
        Block("paragraph", "See note 1\nhere.", marks=(Mark("footnote", 9, 10, "1"), Mark("strong", 0, 3))),
        Block("list", "", items=(Item("a", 0, 3, style="a"), Item("b", 1), ITEM_WITH_CODE)),
        Block("table", "", rows=((Cell("h", header=True, colspan=2),), (Cell("1"), Cell("2")))),
        Block("quote", "Said.", level=1),
        Block("quote", "Within.", level=2),
        Block("definition", "Water leaves.", label="Ebb"),
        Block("definition", "Low water.", label=""),
        Block("math", "x2", marks=(Mark("math", 0, 2, "x^2 < 3"),)),
        Block("image", "", address="/a.jpg", alt='"Mud"'),
        Block("embed", "Post.", address="https://posts.example/1"),
        Block("footnote", "Ibid.", label="1"),
    )
    assert Article(language="en", blocks=blocks).to_html() == """\
<article lang="en">
<h2>Tides &amp; tables</h2>
<p><strong>See</strong> note <sup><a href="#note-1">1</a></sup><br>
here.</p>
<ol type="a" start="3">
<li>a
<ul>
<li>b</li>
</ul></li>
<li><p>c</p>
<pre><code>x</code></pre></li>
</ol>
<table>
<tr><th colspan="2">h</th></tr>
<tr><td>1</td><td>2</td></tr>
</table>
<blockquote>
<p>Said.</p>
<blockquote>
<p>Within.</p>
</blockquote>
</blockquote>
<dl>
<dt>Ebb</dt>
<dd>Water leaves.</dd>
<dd>Low water.</dd>
</dl>
<div class="math">\\[x^2 &lt; 3\\]</div>
<p><img src="/a.jpg" alt="&quot;Mud&quot;"></p>
<blockquote>
<p>Post.</p>
<p><a href="https://posts.example/1">https://posts.example/1</a></p>
</blockquote>
<p id="note-1" class="footnote"><sup>1</sup> Ibid.</p>
</article>
"""


# --- chunks ---------------------------------------------------------------------------------------------------------


def _body(*texts: str) -> Article:
    blocks, at = [], 0
    for text in texts:
        bare = text.lstrip("#")
        level = len(text) - len(bare)
        blocks.append(Block("heading" if level else "paragraph", bare, level, at, at + len(bare)))
        at += len(bare) + 1
    return Article(title="T", blocks=tuple(blocks))


def test_chunks_follow_headings() -> None:
    article = _body("intro", "##A", "one", "###B", "two", "##C", "three")
    assert [(chunk.headings, chunk.text) for chunk in article.chunks(100)] == [
        (("T",), "intro"), (("T", "A"), "A\n\none"), (("T", "A", "B"), "B\n\ntwo"), (("T", "C"), "C\n\nthree"),
    ]  # fmt: skip


def test_chunks_overlap_in_whole_paragraphs() -> None:
    article = _body("a" * 30, "b" * 10, "c" * 30, "d" * 10)
    pieces = article.chunks(45, overlap=12)
    assert [chunk.text for chunk in pieces] == ["a" * 30 + "\n\n" + "b" * 10, "b" * 10 + "\n\n" + "c" * 30, "d" * 10]
    assert (pieces[1].start, pieces[1].end) == (31, 72)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("ab .!#\n。", max_size=60), max_size=8), st.integers(1, 50), st.integers(0, 49))
def test_chunks_hold_everything_once(texts: list[str], size: int, overlap: int) -> None:
    article = _body(*texts)
    pieces = article.chunks(size, 0)
    assert "".join("".join(chunk.text for chunk in pieces).split()) == "".join(article.text.split())
    for chunk in article.chunks(size, min(overlap, size - 1)):
        assert len(chunk.text) <= size
        assert chunk.start <= chunk.end


def test_chunks_of_a_long_paragraph_end_with_sentences() -> None:
    text = "The tide went out. The boats lay down. Nobody came to see it today."
    assert [chunk.text for chunk in _body(text).chunks(40)] == [
        "The tide went out. The boats lay down.", "Nobody came to see it today.",
    ]  # fmt: skip
    assert [(chunk.start, chunk.end) for chunk in _body(text).chunks(40)] == [(0, 38), (39, 67)]


@pytest.mark.parametrize(("size", "overlap"), [(0, 0), (-1, 0), (10, 10), (10, -1)])
def test_chunks_of_no_size_are_an_error(size: int, overlap: int) -> None:
    with pytest.raises(ArgumentError, match="size must be positive"):
        Article().chunks(size, overlap)
