"""No address in any field of an Article or in any export is one that runs, wherever on the page it stood."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

import scrapeclean

STORY = "".join(
    f"<p>The ferry ran again on day {n} after weeks in the dock, and forty people waited for it in the rain. Nobody was hurt.</p>"
    for n in range(5)
)
ATTACKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
    "javascript\r\n:alert(1)", "\ufeffjavascript:alert(1)", "\u00a0javascript:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=alert(1)>", "DATA:application/xhtml+xml,x", "javascript&colon;alert(1)",
    "javascript&#58;alert(1)", "&#106;avascript:alert(1)", "view-source:javascript:alert(1)", "livescript:x", "blob:https://e.example/x", "filesystem:https://e.example/x",
    "javascript://example.org/%0aalert(1)", "feed:javascript:alert(1)", "jar:javascript:x!/",
)  # fmt: skip
PLACES = {
    "link": '<p>See <a href="{}">this</a> for more of it, said the man who had waited on the quay since dawn.</p>',
    "image": '<figure><img src="{}" alt="x"><figcaption>The ferry on Monday.</figcaption></figure>',
    "lazy image": '<p><img data-src="{}" srcset="{} 2x" alt="x"></p>',
    "frame": '<iframe src="{}"></iframe>',
    "object": '<object data="{}"></object><embed src="{}"><video src="{}" poster="{}"><source src="{}"></video>',
    "figure link": '<figure><a href="{}"><img src="{}"></a></figure>',
    "list": '<ul><li><a href="{}">one of the things that the council spoke of on that day</a></ul>',
    "table": '<table><tr><th>a<th>b<tr><td><a href="{}">x</a><td>y</table>',
    "quote": '<blockquote cite="{}">They said that it was <a href="{}">so</a>.</blockquote>',
    "svg": '<svg><a xlink:href="{}"><text>x</text></a><image href="{}"/></svg>',
    "math": '<math><mtext><a xlink:href="{}">x</a></mtext></math><math href="{}"><mi>x</mi></math>',
    "footnote": '<sup><a href="{}">1</a></sup><ol><li id="fn1">A note. <a href="{}">back</a></ol>',
    "by-line": '<p class="byline">By <a rel="author" href="{}">Ann Lee</a></p>',
    "form": '<form action="{}"><button formaction="{}">x</button></form>',
    "licence": '<a rel="license" href="{}">CC BY 4.0</a>',
}
HEADS = {
    "canonical": '<link rel="canonical" href="{}">', "base": '<base href="{}">', "og": '<meta property="og:image" content="{}"><meta property="og:url" content="{}">',
    "twitter": '<meta name="twitter:image" content="{}">', "amp": '<link rel="amphtml" href="{}"><link rel="image_src" href="{}"><link rel="license" href="{}">',
    "refresh": '<meta http-equiv="refresh" content="0;url={}">',
}  # fmt: skip
_RUNS = re.compile(r"(?:java|vb|live)script:|^(?:data|blob|filesystem|view-source|jar|feed):")


def runs(address: str) -> bool:
    """Whether a browser would run an address: it skips controls and blanks, and does not care about case."""
    bare = "".join(c for c in html.unescape(address) if c > " " and c not in "\ufeff\u00a0\x7f").lower()
    return _RUNS.search(bare) is not None


def addresses(value: Any, name: str = "") -> Iterator[str]:
    """The addresses among the values of an article's dict."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from addresses(inner, key)
        if value.get("kind") in ("link", "image") and isinstance(value.get("value"), str):
            yield value["value"]
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner, name)
    elif isinstance(value, str) and name in ("url", "image", "address", "href", "src", "license"):
        yield value


def check(page: str, **options: Any) -> None:
    article = scrapeclean.clean(page, kind="html", **options)
    for address in addresses(json.loads(article.to_json())):
        assert not runs(address), address
    markup = article.to_html(title=True)
    for address in re.findall(r"""(?:href|src|cite|action|data|poster)=["']([^"']*)""", markup):
        assert not runs(address), markup
    assert not re.search(r"<[^>]*\son\w+\s*=", markup, re.IGNORECASE)
    assert not re.search(r"<\s*(?:script|style|iframe|object|embed|form|base|meta|link|svg|math\s)", markup, re.IGNORECASE), markup
    for address in re.findall(r"\]\(<?([^)>]*)", article.to_markdown(title=True)):
        assert not runs(address), article.to_markdown()


@pytest.mark.parametrize("place", PLACES)
def test_in_the_body(place: str) -> None:
    for attack in ATTACKS:
        quoted = attack.replace('"', "&quot;")
        check(STORY + PLACES[place].replace("{}", quoted) + STORY)
        check(STORY + PLACES[place].replace("{}", quoted) + STORY, url="https://example.org/a")


@pytest.mark.parametrize("place", HEADS)
def test_in_the_head(place: str) -> None:
    for attack in ATTACKS:
        check(f"<html><head>{HEADS[place].replace('{}', html.escape(attack))}</head><body><p>See <a href='/b'>this</a> and that.</p>{STORY}")


def test_in_structured_data() -> None:
    for attack in ATTACKS:
        data = {"@type": "NewsArticle", "headline": "<img src=x onerror=alert(1)>", "url": attack, "image": {"url": attack}, "mainEntityOfPage": attack,
                "thumbnailUrl": attack, "license": attack, "author": {"name": "<script>alert(1)</script>", "url": attack}}  # fmt: skip
        source = json.dumps(data).replace("</", "<\\/")
        check(f'<script type="application/ld+json">{source}</script>{STORY}')


def test_as_the_address_of_the_page() -> None:
    for attack in ATTACKS:
        check(f'<p>See <a href="x">this</a> and <a href="#y">that</a>.</p><img src="i.jpg">{STORY}', url=attack)


def test_markup_in_text_is_escaped() -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    escaped = html.escape(nasty)
    page = (
        f"<title>{escaped}</title><h1>{escaped}</h1><h2>{escaped}</h2>{STORY}<ul><li>{escaped}</ul><pre><code class='language-\"><script>'>{escaped}</code></pre>"
        f"<table><tr><td>{escaped}<td>x</table><figure><img src=/a.png alt='{escaped}'><figcaption>{escaped}</figcaption></figure>{STORY}"
    )
    check(page)
    check(page, title=nasty)
    article = scrapeclean.Pipeline().clean(page)
    assert "<script" not in article.to_html(title=True).lower()
    assert "<img src=x" not in article.to_html(title=True)


@pytest.mark.parametrize("place", ["link", "image", "frame", "list", "table"])
def test_the_check_sees_what_it_checks(place: str) -> None:
    article = scrapeclean.Pipeline().clean(STORY + PLACES[place].replace("{}", "https://good.example/x") + STORY)
    assert "https://good.example/x" in set(addresses(json.loads(article.to_json())))
    assert all(runs(attack) for attack in ATTACKS)
