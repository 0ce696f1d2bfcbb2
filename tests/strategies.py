"""Hypothesis strategies: pages and filters of every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from scrapeclean import Document, Verdict

TAGS = (
    "p div span a b i em h1 h2 h3 ul ol li table tr td th blockquote pre code article section nav footer header aside figure "
    "figcaption img br hr form button select option script style template noscript svg math title iframe details summary dl dt "
    "dd sup time label textarea font center x-card"
).split()
ATTRIBUTES = (
    "", "", "", ' class="comments"', ' class="related card"', " hidden", ' style="display:none"', ' href="/a"', ' href="javascript:x"',
    ' src="i.jpg" alt="A boat"', ' itemprop="author"', ' rel="license"', " datetime=2020-01-02", ' id="x"', ' role="navigation"', " start=3",
    ' aria-hidden="true"', " colspan=2",
)  # fmt: skip
LINES = (
    "It rained all day in the valley, and the river rose by two metres before the bridge was closed.",
    "The council met on Monday. Nobody spoke of the bridge! Was that wise? The mayor thought so.",
    "By Ann Example", "20 minutes ago", "- The Courier", "Related Articles", "12 Comments", "© 2020 Example Media. All rights reserved.",
    "Photo: Jo Example / Agency", "Sign up for our newsletter to get more of this every day.", "Read more: A headline of seven words here",
    "This article was originally published by The Courier and is licensed under CC BY-NC-ND 4.0.", "KYIV, Ukraine (AP) — The river rose.",
    "# A heading", "- an item", "> a quote", "```", "| a | b |", "* * *", "Ä ö ü — “quotes” …", "今日は雨が降った。橋が閉まった。", "لقد أمطرت طوال اليوم في الوادي.",
    "Сегодня весь день шёл дождь, и река вышла из берегов.", "GrÃ¼ÃŸe aus MÃ¼nchen", "x", "1", "&amp; &lt;b&gt; &#0; &nosuch;", "<!-- c -->", "]]>", "\x00", "\u202e",
    "e\u0301\u0301", "\r", "\x0c", "\u2028", "Heading without a body", "A Title In Capitals", "https://example.org/a", "ann@example.org",
)  # fmt: skip

anything = st.text(alphabet=st.characters())
"""Any text, lone surrogates too."""

line = st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), anything)
plain_text = st.lists(line, max_size=25).map("\n".join) | st.lists(line, max_size=10).map("\n\n".join) | anything


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tag, attribute = st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)
    parts = st.lists(inner, max_size=4).map("".join)
    closed = st.builds(lambda t, a, x: f"<{t}{a}>{x}</{t}>", tag, attribute, parts)
    return st.one_of(closed, closed, st.builds(lambda t, a, x: f"<{t}{a}>{x}", tag, attribute, parts), st.builds(lambda t: f"</{t}>", tag), parts)


html = st.recursive(line, _element, max_leaves=25) | anything.map(lambda text: f"<p>{text}")
page_bytes = st.one_of(
    st.binary(max_size=400),
    html.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.builds(lambda text, codec: text.encode(codec, "replace"), html | plain_text, st.sampled_from(["utf-16", "cp1252", "gb18030", "shift_jis", "koi8-r"])),
    st.builds(lambda a, b: a.encode("utf-8", "replace") + b, html, st.binary(max_size=40)),
)
pages: st.SearchStrategy[Any] = st.one_of(html, plain_text, page_bytes)

_spans = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["drop", "keep", "title", "byline", "source", "date", "notice", "caption", "comment", "article"])),
    max_size=8,
)  # fmt: skip


def _filter(spans: list[tuple[float, float, Any]]) -> Callable[[Document], Iterator[Verdict]]:
    def arbitrary(document: Document) -> Iterator[Verdict]:
        """Verdicts on any spans."""
        size = len(document.text)
        for a, b, role in spans:
            start, end = sorted((int(a * size), int(b * size)))
            yield Verdict(start, end, role, "because", value=("Ann",) if role == "byline" else None)

    return arbitrary


filters = _spans.map(_filter)
