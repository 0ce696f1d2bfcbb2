"""Hostile pages, made the same way every time: for each kind a page of size `n` with one real article in it.

    python benchmarks/hostile.py                      # lists the kinds
    python benchmarks/hostile.py deep.div.inside 1000 # writes one page to standard output

`n` counts what the kind repeats; `full` is the `n` of the largest page that `growth.py` tries, about 5 MB of it or the number
that makes it notorious (100,000 levels, a million siblings). `found(text)` says whether the article came out.
Only the standard library is used, so that other extractors' environments can run it too.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from hostile_base import (
    HTML_ARTICLE,
    KINDS,
    MARKS,
    PARAGRAPHS,
    TEXT_ARTICLE,
    TITLE,
    HostileKind,
    add,
    found,
    full_for,
    numbered,
    page,
)
from hostile_mixed import mixed_kinds

__all__ = ["HTML_ARTICLE", "KINDS", "MARKS", "PARAGRAPHS", "TEXT_ARTICLE", "TITLE", "HostileKind", "found", "page", "pages"]

# --- nesting ------------------------------------------------------------------------------------------------------

DEEP = (
    "div span a b i em strong u font code nobr small label table tr td li ul ol dl dd svg math mrow template select form "
    "button p blockquote noscript object section article aside nav header footer main figure figcaption details "
    "fieldset ruby center h1 pre x-card iframe option optgroup caption tbody marquee"
).split()
SWALLOWS = {"select", "template", "iframe", "option", "optgroup", "noscript"}
"""Elements whose inside is not shown as text: the article stands after or before them only."""
CHROME = {"nav", "footer", "aside", "figcaption", "caption", "button", "label", "header", "svg", "math", "mrow", "h1"}
"""Elements inside which a sane extractor may refuse to see an article."""
DEEP_PAIRS = {
    "table-cell": "<table><tr><td>", "table-bare": "<table><td>", "list": "<ul><li>", "ordered": "<ol><li>x",
    "quote": "<blockquote><p>", "formatted": "<b><p>", "link-block": "<a href=#><div>", "font-attr": '<font color="#"><p>',
    "island": "<svg><foreignObject><math><annotation-xml encoding=text/html>", "object": "<object><param>",
    "mixed": "<div><span><b><ul><li><table><tr><td><font>", "hidden": "<div hidden><p>x", "comment": "<ol class=comments><li>x",
    "details": "<details><summary>x</summary>", "classes": '<div class="a# post-content# c-#">', "definition": "<dl><dd>x",
    "inline-text": "<b>x ", "block-text": "<div>x ", "link-text": "<div><a href=/#>x #</a>", "ruby": "<ruby>x<rt>",
}  # fmt: skip


def deep(form: str, n: int, where: str) -> str:
    opened = numbered(form, n) if "#" in form else form * n
    if where == "inside":
        return page(opened)
    tags = [part.split(">")[0].split()[0] for part in form.split("<")[1:]]
    closed = "".join(f"</{tag}>" for tag in reversed([t for t in tags if not t.startswith("/")])) * n
    return page(opened + "x" + closed) if where == "before" else page(after=opened + "x")


def deep_kinds() -> None:
    forms = {tag: f"<{tag}>" for tag in DEEP} | DEEP_PAIRS
    for name, form in forms.items():
        full = min(100_000, full_for(form))
        for where in ("inside", "before", "after"):
            unfair = where == "inside" and (name in SWALLOWS or name in CHROME or name in ("hidden", "comment", "island", "link-block", "link-text"))
            add(f"deep.{name}.{where}", lambda n, f=form, w=where: deep(f, n, w), full, lost=unfair)
    wide = "".join(f'<div class="outer-{i} wrap content-{i}">' for i in range(250))
    add("deep.wide", lambda n: page(after=wide + numbered("<p>word number # of many</p>", n)), 100_000)
    add("deep.wide-boxes", lambda n: page(after=wide + numbered('<div class="x-# card"><p>word #</p></div>', n)), 70_000)
    add("deep.wide-marks", lambda n: page(after="<b><i><u><em>" * 100 + "x <p>x</p>" * n), 200_000)
    add("deep.wide-rows", lambda n: page(after="<table><tr><td>" * 150 + "<p>x</p>" * n), 200_000)
    add("deep.pre-marks", lambda n: page(after="<pre>" + "<b><i><u><em>" * 100 + " " * n), 5_000_000)
    big = "c" * 100
    add("deep.long-classes", lambda n: page(numbered(f'<div class="{big}#">x', n)), 30_000)


# --- many of one thing --------------------------------------------------------------------------------------------

SIBLINGS = {
    "p-open": "<p>", "p-empty": "<p></p>", "p": "<p>x</p>", "p-number": "<p>word #</p>", "br": "<br>", "div": "<div></div>",
    "div-text": "<div>x</div>", "a": "<a href=#>x</a>", "a-open": "<a>x", "a-open-number": "<a href=/#>x", "b": "<b>x</b>",
    "img": "<img>", "img-src": '<img src="/#.jpg" alt="x">', "li": "<li>x", "li-loose": "<li>word # <br>",
    "ul": "<ul><li>x</ul>", "td": "<table><tr><td>x</table>", "tr": "<tr><td>x", "option": "<option>x", "input": "<input>",
    "hr": "<hr>", "wbr": "<wbr>", "span": "<span> </span>", "script": "<script></script>", "style": "<style></style>",
    "template": "<template>x</template>", "meta": "<meta>", "title": "<title>x</title>", "end-p": "</p>", "end-br": "</br>",
    "end-unknown": "</x>", "end-div": "</div>", "end-body": "</body>", "end-html": "</html>", "h2": "<h2>x</h2>",
    "h2-open": "<h2>x", "iframe": "<iframe></iframe>", "svg": "<svg/>", "math": "<math><mi>x</mi></math>", "form": "<form>",
    "html-attr": "<html a#=#>", "body-attr": "<body a#=#>", "head": "<head>", "frameset": "<frameset>", "pre": "<pre>x</pre>",
    "code": "<code>x</code>", "blockquote": "<blockquote>x</blockquote>", "dt": "<dt>x<dd>y", "video": "<video src=x></video>",
    "figure": "<figure><img src=x><figcaption>x</figcaption></figure>", "time": "<time datetime=2020-01-01>x</time>",
    "time-bad": '<time datetime="#-99-99T">1 #</time>', "itemprop": '<span itemprop="author">By x#</span>',
    "itemscope": "<div itemscope itemtype=http://schema.org/Article itemprop=x>x", "property": '<i property="author">x</i>',
    "ids": '<p id="p#">x', "classes": '<p class="c#">x', "class-words": '<p class="a#-b# d#_e#">x', "anchors": '<a href="#n#">x</a>',
    "hrefs": '<p><a href="https://example.org/a/#?q=1">story number #</a>', "hidden": "<p hidden>x",
    "display-none": '<p style="display:none">x', "aria": "<p aria-hidden=true>x", "noscript": "<noscript><p>x</noscript>",
    "sup": '<sup><a href="#fn#">#</a></sup>', "footnote": '<li id="fn#"><a href="#ref#">^</a> x</li>', "nav": "<nav>x</nav>",
    "article": "<article>x</article>", "article-open": "<article>", "section-open": "<section>x", "textarea": "<textarea>x</textarea>",
    "kbd": "<kbd>x</kbd> ", "nested-a-b": "<a><b>x</b></a>", "ruby": "<ruby>x<rt>y</ruby>", "center": "<center>x",
    "rel-author": '<a rel="author" href=/#>Name #</a>', "rel-license": '<a rel=license href="https://example.org/by/#">x</a>',
    "canonical": '<link rel=canonical href="/#">', "base": '<base href="https://e#.example/">', "cdata-bogus": "<![CDATA[x]]>",
    "processing": "<?x?>", "doctype": "<!doctype html>", "comment": "<!---->", "comment-text": "<!-- x # -->",
    "comment-conditional": "<!--[if IE]><p>x<![endif]-->", "shadow": "<div><template shadowrootmode=open>x</template></div>",
    "svg-title": "<svg><title>x</title></svg>", "cdata": "<svg><![CDATA[x]]></svg>", "lt": "<", "lt-x": "<x", "lt-q": '<x a="',
    "lt-bang": "<!", "lt-question": "<?", "lt-slash": "</", "gt": ">", "amp": "&", "amp-named": "&amp;", "amp-number": "&#x1F600;",
    "amp-bad": "&#", "amp-no-semicolon": "&notin", "amp-zero": "&#0;", "amp-surrogate": "&#xD800;", "amp-huge": "&#99999999999;",
    "amp-long": "&CounterClockwiseContourIntegral;", "nbsp": "&nbsp;", "newline": "\n", "cr": "\r", "nul": "\0",
    "p-style": '<p style="color:red;display:block;x:y">x', "onclick": '<p onclick="x()">x', "lang": '<p lang="x-#">x',
    "colspan": "<table><tr><td colspan=1000000000 rowspan=1000000000>x</table>", "button": "<button>Share</button>",
    "select": "<select><option>x</select>", "ol-start": "<ol start=99999999999999999999><li value=-99999999999999999999>x</ol>",
    "cell": "<tr><td colspan=9999 rowspan=65534>x", "email": '<a href="mailto:a#@b.example">a#@b.example</a>', "caption": "<caption>x",
}  # fmt: skip
TAIL_ONLY = {"frameset", "lt-q", "lt-x", "lt-bang", "lt-question", "option", "textarea", "template", "hidden", "end-html"}
"""What would swallow, hide or legally misplace an article that comes after it."""


def sibling_kinds() -> None:
    for name, form in SIBLINGS.items():
        def make(n: int, form: str = form, tail: bool = name in TAIL_ONLY) -> str:
            many = numbered(form, n) if "#" in form and not form.startswith("&#") else form * n
            return page(after=many) if tail else page(many)
        add(f"many.{name}", make, full_for(form + "##" * form.count("#")))  # fmt: skip
    rows = {"rows": "<tr><td>x<td>y", "cells": "<td>x", "headers": "<th>x", "spans": "<td colspan=1000 rowspan=1000>x"}
    for name, form in rows.items():
        add(f"table.{name}", lambda n, f=form: page(f"<table><tr>{f * n}</table>"), full_for(form))
    add("table.foster", lambda n: page(f"<table>{'x<b>' * n}</table>"), 300_000, lost=True)
    add("table.foster-text", lambda n: page(f"<table>{'<tr>x' * n}</table>"), 1_000_000)
    add("table.foster-p", lambda n: page(f"<table>{'<p>x' * n}</table>"), 1_000_000)
    add("table.foster-nested", lambda n: page(f"{'<table>x' * n}"), 100_000)
    add("table.foster-a", lambda n: page(f"<table>{'<a>x<tr>' * n}</table>"), 300_000, lost=True)
    add("table.square", lambda n: page("<table>" + ("<tr>" + "<td>x" * int(n**0.5)) * int(n**0.5) + "</table>"), 500_000)
    add("list.flat-in-deep", lambda n: page("<ul><li>" * 200 + "<li>x" * n + "</ul>" * 200), 500_000)


# --- attributes, names, long things -------------------------------------------------------------------------------


def long_kinds() -> None:
    values = {"class": "c", "class-words": "word ", "class-spaces": " ", "style": "display:", "style-words": "display:none;", "id": "i",
              "href": "/a", "href-data": "data:text/html,", "href-percent": "%", "alt": "alt ", "tooltip": "title ", "src": "a/",
              "srcset": "a.jpg 1x, ", "srcset-spaces": " ,", "datetime": "2020-", "itemprop": "author ", "rel": "author ",
              "lang": "en-", "colspan": "9", "content": "a, ", "aria-label": "x ", "onclick": "x();", "x": "&amp;", "quote": "'"}  # fmt: skip
    tags = {"src": "img", "srcset": "img", "srcset-spaces": "img", "alt": "img", "datetime": "time", "colspan": "td"}
    for name, word in values.items():
        attribute, tag = {"aria-label": name, "tooltip": "title"}.get(name, name.split("-")[0]), tags.get(name, "a")
        def make(n: int, attribute: str = attribute, tag: str = tag, word: str = word) -> str:
            return page(f'<div><{tag} {attribute}="{word * n}">x</{tag}></div>')
        add(f"long.{name}", make, full_for(word, 10_000_000, 10_000_000))  # fmt: skip
    add("long.body-class", lambda n: page().replace("<body>", f'<body class="{"c " * n}">'), 5_000_000)
    add("long.body-class-distinct", lambda n: page().replace("<body>", f'<body class="{numbered("c# ", n)}">'), 100_000)
    add("long.title", lambda n: page().replace(TITLE, f"{TITLE} {'title ' * n}", 1), 1_666_666)
    add("long.title-one-word", lambda n: page().replace(TITLE, f"{TITLE} {'t' * n}", 1), 10_000_000)
    add("long.title-bars", lambda n: page().replace(TITLE, f"{TITLE} {'| x ' * n}", 1), 2_500_000)
    add("long.tag", lambda n: page(after=f"<{'t' * n}>x"), 5_000_000)
    add("long.tag-distinct", lambda n: page(after=numbered("<t#>x</t#>", n)), 300_000)
    add("long.attribute-name", lambda n: page(f"<p {'a' * n}>x</p>"), 10_000_000)
    add("long.attributes", lambda n: page(f"<p {numbered('a#=# ', n)}>x</p>"), 1_000_000)
    add("long.attributes-html", lambda n: page().replace("<html ", f"<html {numbered('a#=# ', n)}"), 1_000_000)
    add("long.attributes-same", lambda n: page(f"<p {'a=1 ' * n}>x</p>"), 1_000_000)
    add("long.comment", lambda n: page(f"<!--{'- ' * n}-->"), 2_500_000)
    add("long.comment-open", lambda n: page(after="<!--" + "x " * n), 2_500_000)
    add("long.comment-nested", lambda n: page(after="<!--" * n), 1_000_000)
    add("long.comment-dashes", lambda n: page(f"<!--{'--!' * n}-->"), 1_000_000)
    add("long.script", lambda n: page(f"<script>{'var x; ' * n}</script>"), 1_000_000)
    add("long.script-escaped", lambda n: page(after=f"<script>{'<!--<script>' * n}"), 400_000)
    add("long.script-ends", lambda n: page(f"<script>{'</scrip' * n}</script>"), 700_000)
    for tag in ("script", "style", "textarea", "title", "xmp", "plaintext", "iframe", "noframes", "select", "template"):
        add(f"long.{tag}-open", lambda n, t=tag: page(after=f"<{t}>" + "x " * n), 2_500_000)
        add(f"long.{tag}-opens", lambda n, t=tag: page(after=f"<{t}>" * n), full_for(f"<{tag}>"))
    add("long.entity", lambda n: page("<p>&" + "a" * n), 5_000_000)
    add("long.entity-digits", lambda n: page("<p>&#" + "1" * n), 5_000_000)
    add("long.doctype", lambda n: f"<!DOCTYPE {'x ' * n}>" + page(), 2_500_000)
    add("long.doctype-entities", lambda n: "<!DOCTYPE x [" + numbered('<!ENTITY a# "&a0;&a0;">', n) + "]>" + page(), 200_000)
    add("long.xml", lambda n: '<?xml version="1.0"?>' + "<!-- x -->" * n + page(), 500_000)
    add("long.pre", lambda n: page(f"<pre>{'    x = 1' * n}</pre>"), 500_000)
    add("long.pre-lines", lambda n: page(f"<pre><code>{'    x = 1' + chr(10)}" * 1 + "  y\n" * n + "</code></pre>"), 1_000_000)
    add("long.brs", lambda n: page(f"<p>{'x<br>' * n}</p>"), 1_000_000)
    add("long.inline", lambda n: page(f"<p>{'<b>x</b><i>y</i>' * n}</p>"), 300_000)
    add("long.math", lambda n: page(f"<p>\\( {'x^2 + ' * n}\\)</p>"), 800_000)
    add("long.math-opens", lambda n: page("<p>" + r"\(" * n + "$$" * n + "</p>"), 1_000_000)
    add("long.newlines", lambda n: page("<p>x" + "\n" * n + "y</p>"), 5_000_000)


# --- formatting elements: what the adoption agency and the reconstruction of formatting make of them ----------------

ADOPTION = {
    "b-i": "<b><i></b>", "b-i-text": "<b><i>x</b>y", "a-b-p": "<a><b><p></a>", "a-div": "<a><div>x</a>", "b-p": "<b><p>x</b>y",
    "a-a": "<a href=#><p><a href=#>x", "font-table": "<font><table>x</font>", "nobr": "<nobr>x<nobr>", "five": "<b><i><u><s><em><p></b>x",
    "alternating": "<b>x<div></b><i>y<div></i>", "button": "<button><b><p></button>", "li-b": "<li><b>x", "p-b": "<p><b>x",
    "p-font": '<p><font size="#">x', "p-a": '<p><a href="/#">x', "p-b-class": '<p><b class="c#">x', "div-i-end": "<i><div></i>",
    "table-b": "<table><b>x<tr>", "td-b": "<table><td><b>x", "applet": "<applet><b>x</applet>", "end-b": "<b></b></b></b>",
}  # fmt: skip


def adoption_kinds() -> None:
    for name, form in ADOPTION.items():
        def make(n: int, form: str = form) -> str:
            return page(after=numbered(form, n) if "#" in form else form * n)
        add(f"adoption.{name}", make, min(300_000, full_for(form + "####")))  # fmt: skip
        before = min(100_000, full_for(form + "####"))
        add(f"adoption.{name}.first", lambda n, m=make: swap(m(n)), before, lost="table" in name or "button" in name)
    add("adoption.split", lambda n: page(after="<b>" * n + "<p>" * n + "</b>" * n), 300_000)
    add("adoption.split-a", lambda n: page(after="<a><div>" * n + "</a>" * n), 200_000)
    add("adoption.ark", lambda n: page(after="<p>" + numbered('<b class="#">', n) + "</p>" + "<p>x" * n), 200_000)
    add("adoption.ark-font", lambda n: page(after="<p>" + numbered("<font size=#>", n) + "<p>x" * n), 200_000)
    add("adoption.ark-first", lambda n: page("<p>" + numbered("<i id=#>", n) + "<p>x" * n), 200_000)
    add("adoption.markers", lambda n: page(after=("<b>" * 3 + "<td><applet>") * n), 200_000)
    add("adoption.ends", lambda n: page(after="<b>" + "<div>" * n + "</b>" * n), 200_000)
    add("adoption.unknown-ends", lambda n: page(after="<div>" * n + "</x>" * n), 300_000)
    add("adoption.p-ends", lambda n: page(after="<button>" + "<span>" * n + "</p>" * n), 300_000)
    add("adoption.heading-ends", lambda n: page(after="<span>" * n + "</h1>" * n), 300_000)
    add("adoption.li-scope", lambda n: page(after="<div>" * n + "<li>" * n), 300_000)
    add("adoption.form-ends", lambda n: page(after="<form>" + "<div>" * n + "</form>" * n), 300_000)
    add("adoption.svg-ends", lambda n: page(after="<svg>" + "<g>" * n + "</x>" * n), 300_000)
    add("adoption.dd-scope", lambda n: page(after="<dl>" + "<span>" * n + "<dd>" * n), 300_000)
    add("adoption.a-scope", lambda n: page(after="<div>" * n + "<a>x" * n), 200_000)
    add("adoption.table-scope", lambda n: page(after="<table>" + "<tr><td><span>" * n + "</table>" * n), 200_000)
    add("adoption.template-ends", lambda n: page(after="<template>" * n + "</template>" * n), 200_000)
    add("adoption.select-ends", lambda n: page(after="<div>" * n + "<select></select>" * n), 200_000)


def swap(made: str) -> str:
    """The same page with the hostile part before the article."""
    front, _, rest = made.partition(HTML_ARTICLE)
    return front + rest.replace("</body></html>\n", "") + HTML_ARTICLE + "</body></html>\n"


# --- structured data ----------------------------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (None, True, 0, -1, 1.5, 10**30, "", " ", "x", [], {}, [[]], [None], [{}], [["x"]], {"@value": "x"}, {"@id": "#a"},
                          {"name": None}, {"name": ["x", 1]}, {"name": {"name": "x"}}, {"@type": 1}, [1, "x", {"name": []}], "\ud800", "\0")  # fmt: skip
FIELDS = (
    "@type @id @graph @context headline name author creator publisher datePublished dateModified articleBody text image url description "
    "keywords articleSection inLanguage isAccessibleForFree license copyrightHolder copyrightYear mainEntity mainEntityOfPage comment isPartOf "
    "hasPart itemListElement sameAs thumbnailUrl"
).split()  # fmt: skip


def ld(source: str, scripts: int = 1) -> str:
    return page(head=f'<script type="application/ld+json">{source}</script>\n' * scripts)


def wrong_types(n: int) -> str:
    """n JSON-LD scripts, going through every field with every wrong value."""
    scripts = []
    for i in range(n):
        name, value = FIELDS[i // len(WRONG) % len(FIELDS)], WRONG[i % len(WRONG)]
        data: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, name: value}
        scripts.append(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    return page(head="\n".join(scripts))


def graph(n: int, link: Callable[[int], Any]) -> str:
    nodes = [{"@type": "Article", "@id": f"#n{i}", "headline": f"story {i}", "author": link(i), "mainEntity": link(i)} for i in range(n)]
    return ld(json.dumps({"@context": "https://schema.org", "@graph": nodes}))


def data_kinds() -> None:
    add("ld.wrong-types", wrong_types, len(FIELDS) * len(WRONG) * 8)
    add("ld.deep-list", lambda n: ld("[" * n + "]" * n), 500_000)
    add("ld.deep-object", lambda n: ld('{"author":' * n + "1" + "}" * n), 400_000)
    add("ld.deep-graph", lambda n: ld('{"@graph":[' * n + "1" + "]}" * n), 300_000)
    add("ld.deep-unclosed", lambda n: ld('[{"name":' * n), 500_000)
    add("ld.deep-50000", lambda n: ld('{"@type":"Article","author":' * 50_000 + "1" + "}" * 50_000, n), 8)
    add("ld.many", lambda n: ld('{"@type":"NewsArticle","headline":"x"}', n), 60_000)
    add("ld.many-broken", lambda n: ld('{"@type":"NewsArticle","headline":"x', n), 60_000)
    add("ld.self", lambda n: graph(n, lambda i: {"@id": f"#n{i}"}), 40_000)
    add("ld.cycle", lambda n: graph(n, lambda i: {"@id": f"#n{(i + 1) % n}"}), 40_000)
    add("ld.hub", lambda n: graph(n, lambda i: [{"@id": f"#n{(i * k) % n}"} for k in range(1, 9)]), 15_000)
    add("ld.same-id", lambda n: graph(n, lambda i: {"@id": "#n0", "author": {"@id": "#n1"}}), 30_000)
    for name in ("author", "keywords", "image", "publisher", "articleSection", "comment", "hasPart", "license", "@type"):
        def many(n: int, name: str = name) -> str:
            return ld(json.dumps({"@type": "NewsArticle", "headline": TITLE, name: [{"@type": "Person", "name": f"A B{i}"} for i in range(n)]}))
        def words(n: int, name: str = name) -> str:
            return ld(json.dumps({"@type": "NewsArticle", "headline": TITLE, name: "word, " * n}))
        add(f"ld.many-{name}", many, 120_000)  # fmt: skip
        add(f"ld.words-{name}", words, 800_000)
    for name in ("headline", "datePublished", "author", "articleBody", "description", "inLanguage", "url"):
        for label, word in {"digits": "1", "spaces": " ", "escapes": "\\u0041", "by": "By ", "html": "<p>x", "slash": "\\/"}.items():
            add(f"ld.{name}-{label}", lambda n, f=name, w=word: ld('{"@type":"NewsArticle","%s":"%s"}' % (f, w * n)), full_for(word, 5_000_000, 5_000_000))  # noqa: UP031
    add("ld.scopes", lambda n: page(after='<div itemscope itemprop="author">' * 400 + "<p>x</p>" * n), 400_000)
    add("ld.integer", lambda n: ld('{"@type":"NewsArticle","copyrightYear":%s}' % ("9" * n)), 5_000_000)
    add("ld.exponent", lambda n: ld('{"@type":"NewsArticle","copyrightYear":1e%s}' % ("9" * n)), 5_000_000)
    add("ld.float", lambda n: ld('{"@type":"NewsArticle","copyrightYear":1.%s}' % ("9" * n)), 5_000_000)
    add("ld.keys", lambda n: ld("{" + ",".join(f'"k{i}":{i}' for i in range(n)) + "}"), 300_000)
    add("ld.same-key", lambda n: ld("{" + ",".join('"author":"x"' for i in range(n)) + "}"), 350_000)
    add("ld.backslashes", lambda n: ld('{"headline":"' + "\\\\" * n + '"}'), 2_500_000)
    add("ld.control", lambda n: ld('{"@type":"Article","headline":"' + "a\n\t" * n + '"}'), 1_500_000)
    add("ld.comments", lambda n: ld("/* x */" * n + '{"@type":"Article"}' + ",}" * n), 500_000)
    add("ld.list-items", lambda n: ld(json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": i, "name": f"x{i}"} for i in range(n)]})), 90_000)
    body = json.dumps({"props": {"pageProps": {"article": {"body": "x"}}}})
    add("state.next-deep", lambda n: page(after=f'<script id="__NEXT_DATA__" type="application/json">{"[" * n}{"]" * n}</script>'), 500_000)
    add("state.next-many", lambda n: page(after=f'<script id="__NEXT_DATA__" type="application/json">{body}</script>' * n), 40_000)
    add("state.next-wide", lambda n: page(after=f'<script id="__NEXT_DATA__" type="application/json">{json.dumps([{"body": "word " * 20}] * n)}</script>'), 40_000)
    add("state.next-strings", lambda n: page(after=f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"body": "<p>" * n})}</script>'), 1_500_000)
    add("state.nuxt", lambda n: page(after="<script>window.__NUXT__=" + "{a:" * n + "</script>"), 1_500_000)
    add("state.apollo", lambda n: page(after="<script>window.__APOLLO_STATE__ = " + '{"a":' * n + "1" + "}" * n + ";</script>"), 500_000)
    add("state.assignments", lambda n: page(after="<script>" + "window.__STATE__ = {};" * n + "</script>"), 220_000)
    metas = {"author": "By A B#", "og:title": "Title #", "article:published_time": "2020-13-#", "keywords": "a, b, c", "article:tag": "t#",
             "og:image": "https://e.example/#.jpg", "description": "x " * 20, "citation_author": "B, A#", "dc.date": "1 1 1 #", "robots": "noai",
             "refresh": "0;url=/#", "og:url": "https://e.example/#"}  # fmt: skip
    for name, content in metas.items():
        form = f'<meta name="{name}" property="{name}" content="{content}">'
        add(f"meta.{name}", lambda n, f=form: page(head=numbered(f, n)), full_for(form))
        add(f"meta.{name}-long", lambda n, f=name, c=content: page(head=f'<meta property="{f}" name="{f}" content="{(c + " ") * n}">'), full_for(content + " "))


# --- text ---------------------------------------------------------------------------------------------------------

RUNS = {
    "space": " ", "tab": "\t", "nbsp": "\xa0", "dot": ".", "dots": "... ", "comma": ",", "open": "(", "close": ")", "parens": "()", "bracket": "[",
    "brackets": "[]", "link": "[x](", "digit": "1", "digits": "12 ", "dash": "-", "dashes": "- ", "underscore": "_", "star": "*", "stars": "** ",
    "hash": "# ", "gt": "> ", "bar": "|", "bars": " | ", "middots": " · ", "backtick": "`", "fence": "```\n", "tilde": "~", "equals": "=", "slash": "/",
    "backslash": "\\", "copyright": "Copyright ", "copyright-sign": "© ", "copyright-c": "(c) ", "copyright-years": "© 2020-", "rights": "All rights ",
    "by": "By ", "by-name": "By A B ", "by-and": "By A and ", "and": "and ", "comma-name": "A B, ", "initials": "A. ", "initial-run": "A.", "caps": "A",
    "caps-words": "WORD ", "lower": "a", "words": "word ", "minutes": "1 1 1 minutes ago ", "minutes-bare": "minutes ", "ago": "ago ", "number-minutes": "20 minutes ",
    "hours-age": "2 hours ago ", "january": "January ", "jan-1": "Jan 1 ", "jan-1-comma": "January 1, ", "iso": "2020-01-", "iso-dates": "2020-01-01 ",
    "slashes": "12/", "clock": "12:", "clocks": "12:00 ", "quote": '"', "quotes": '" ', "curly": "“", "curly-close": "” ", "apostrophe": "'", "bang": "! ",
    "question": "? ", "stops": "A. B! ", "abbreviation": "Mr. ", "eg": "e.g. ", "http": "http://", "url": "http://a.b/ ", "www": "www.", "at": "@",
    "email": "a@b.", "emails": "a@b.example ", "photo": "Photo by ", "photo-colon": "Photo: ", "read-more": "Read more: ", "related": "Related: ",
    "sign-up": "Sign up for ", "our": "our ", "newsletter": "newsletter ", "subscribe": "Subscribe to our ", "originally": "Originally published by ",
    "published": "published by ", "licensed": "licensed under ", "cc": "CC BY ", "cc-run": "CC-BY-", "reuters": "(Reuters) ", "dateline": "KYIV (AP) — ",
    "em-dash": "—", "en-dashes": " – ", "via": "via ", "click": "Click here to ", "cookies": "We use cookies ", "share": "Share this ", "story-continues": "Story continues ",
    "combining": "\u0301", "combining-mixed": "\u0301\u0316", "combining-base": "a\u0301", "jamo": "\u1100\u1161", "zwsp": "\u200b", "zwj": "\u200d",
    "rlo": "\u202e", "isolate": "\u2066", "bom": "\ufeff", "shy": "\u00ad", "surrogate": "\ud800", "surrogate-low": "\udc00", "nul": "\0", "vt": "\x0b",
    "nel": "\x85", "line-separator": "\u2028", "cr": "\r", "escape": "\x1b[31m", "c1": "\x9d", "mojibake": "Ã©", "mojibake-quote": "â€™", "mojibake-twice": "Ãƒâ€š",
    "mojibake-start": "Ã", "mojibake-bom": "ï»¿", "replacement": "\ufffd", "ligature": "ﷺ", "dotted": "İ", "sharp": "ß", "chinese": "中", "chinese-stop": "中。",
    "kana": "ア", "thai": "ก", "arabic": "ا", "hebrew-mixed": "אa", "emoji": "👨\u200d👩\u200d👧", "flags": "🇦", "private": "\ue000", "noncharacter": "\uffff", "astral": "𝕏",
    "fullwidth": "Ａ", "entities": "&amp;amp;", "less": "<", "closing": "</p>", "braces": "{{", "dollar": "$", "percent": "%s", "csv": "a,b;c\t", "pipe-table": "| a | b |\n|---|---|\n",
    "numbered": "1. ", "bullet": "• ", "ellipsis": "…", "copyright-word": "copyright 2020 by ", "credit": "contributed to this story ", "reporting": "Reporting by ",
    "editing": "; editing by ", "agency": "AP ", "comments": "Comments ", "reply": "Reply ", "percent-encoded": "%20", "hex": "0x", "plus": "+", "caret": "^", "roman": "IV ",
}  # fmt: skip
LINES = {
    "related": "Related Articles", "comments": "Comments", "share": "Share this article", "newsletter": "Sign up for our newsletter", "copyright": "© 2020 Example Media",
    "by": "By Ann Example", "ago": "20 minutes ago", "dash-source": "- Example News", "heading": "# Heading #", "bullet": "- item", "numbered": "1. item", "quote": "> quote",
    "nested-quote": "> > > > quote", "short": "x", "number": "#", "date": "January 1, 2020", "almost-date": "Januray 32, 20", "source": "Example News", "link": "https://example.org/#",
    "title": "A Headline Of Five Words #", "sentence": "This is sentence number # of a page that never ends.", "same": "This is the same sentence again and again.",
    "read-more": "Read more: A headline of seven words here", "separator": "* * *", "rule": "-----", "table": "| a | b |", "fence": "```", "indented": "    code #", "blank": " ",
    "caption": "Photo by Ann Example / Agency", "license": "Licensed under CC BY-NC-ND 4.0", "origin": "This article was originally published by Example News.", "tabs": "a\tb\tc",
    "footnote": "[#]: note", "age": "vor 3 Stunden", "email": "ann#@example.org", "hashtag": "#tag #tag", "reply": "Reply to Ann Example", "hyphen": "word-", "upper": "AN UPPER CASE LINE",
}  # fmt: skip
CARD = "Example News\n{age} minutes ago\n- Example News\nHeadline number {i} of a long page\n{body}\n\n"
BODY = "The council of town number {i} met on Monday, and its members spoke for an hour about the price of bread and of salt."


def cards(n: int) -> str:
    made = [CARD.format(i=i, age=i % 60, body=" ".join(BODY.format(i=i) for _ in range(3))) for i in range(n)]
    return TEXT_ARTICLE + "\n" + "".join(made)


def sections(n: int, related: str) -> str:
    return page(after="".join(related.replace("#", str(i)) for i in range(n)))


def text_kinds() -> None:
    for name, run in RUNS.items():
        full = full_for(run, 5_000_000, 5_000_000)
        add(f"run.{name}.text", lambda n, r=run: f"{TEXT_ARTICLE}\n{r * n}\n", full)
        add(f"run.{name}.html", lambda n, r=run: page(after=f"<p>{r * n}</p>"), full)
        add(f"run.{name}.link", lambda n, r=run: page(f"<div><a href='/x'>{r * n}</a></div>"), full_for(run))
    for name, line in LINES.items():
        for end, label in (("\n", "lines"), ("\n\n", "paragraphs")):
            add(f"line.{name}.{label}", lambda n, t=line + end: f"{TEXT_ARTICLE}\n{numbered(t, n) if '#' in t.strip('# ') else t * n}", full_for(line + end, 5_000_000, 200_000))
        form = f"<p>{line}</p>\n"
        add(f"line.{name}.html", lambda n, t=form: page(after=numbered(t, n)), full_for(form, 5_000_000, 100_000))
        add(f"line.{name}.h2", lambda n, t=f"<h2>{line}</h2>": page(after=numbered(t, n)), full_for(form, 5_000_000, 50_000))
    add("cards.text", cards, 5_000)
    add("cards.first", lambda n: cards(n).removeprefix(TEXT_ARTICLE) + "\n" + TEXT_ARTICLE, 5_000, lost=True)
    story = '<article><h2>Headline number #</h2><p class="byline">By Ann Example</p><time>2020-01-01</time>' + f"<p>{BODY.replace('{i}', '#')}</p>" * 3 + "</article>"
    card = '<div class="card"><span>Example News</span><span>20 minutes ago</span><h3><a href="/#">Headline number #</a></h3>' + f"<p>{BODY.replace('{i}', '#')}</p></div>"
    add("stories.article", lambda n: sections(n, story), 5_000)
    add("stories.nested", lambda n: sections(n, story.removesuffix("</article>")), 5_000)
    add("stories.div", lambda n: sections(n, card), 5_000)
    add("sections.related", lambda n: sections(n, "<section class=related><h2>Related Articles</h2><ul><li><a href=/#>Headline number #</a></ul></section>"), 10_000)
    add("sections.related-text", lambda n: TEXT_ARTICLE + numbered("\nRelated Articles\n\nHeadline number #\nAnother headline number #\n", n), 10_000)
    add("sections.comments", lambda n: sections(n, '<div class="comments"><h3>1 Comment</h3><div class="comment"><b>Ann#</b><p>I agree with all of it, number #.</p></div></div>'), 10_000)
    add("sections.empty", lambda n: sections(n, "<section><h2>Heading #</h2></section>"), 100_000)
    add("repeat.paragraph", lambda n: page(after=f"<p>{BODY}</p>" * n), 100_000)
    add("repeat.paragraph-text", lambda n: TEXT_ARTICLE + f"\n{BODY}\n" * n, 100_000)
    add("repeat.article", lambda n: page(after=HTML_ARTICLE * n), 3_000)
    add("repeat.article-text", lambda n: (TEXT_ARTICLE + "\n") * n, 3_000)
    add("repeat.own-paragraph", lambda n: page(after=f"<p>{PARAGRAPHS[0]}</p>" * n), 20_000)
    add("repeat.title", lambda n: page(after=f"<h1>{TITLE}</h1>" * n), 70_000)
    add("repeat.distinct", lambda n: page(after=numbered(f"<p>{BODY.replace('{i}', '#')}</p>", n)), 40_000)
    add("one-line", lambda n: " ".join(PARAGRAPHS) + " " + " ".join(BODY.format(i=i) for i in range(n)), 40_000)
    add("one-word", lambda n: TEXT_ARTICLE + "\n" + "x" * n, 10_000_000)
    add("hard-wrapped", lambda n: TEXT_ARTICLE + "\n" + "\n".join(BODY.format(i=i)[k : k + 60] for i in range(n) for k in (0, 60)), 40_000)


# --- bytes --------------------------------------------------------------------------------------------------------


def byte_kinds() -> None:
    plain, text = page().encode(), TEXT_ARTICLE.encode()
    runs: dict[str, bytes] = {
        "ff": b"\xff", "00": b"\0", "80": b"\x80", "e9": b"\xe9 ", "c3": b"\xc3", "overlong": b"\xc0\x80", "surrogate": b"\xed\xa0\x80", "f4": b"\xf4\x90\x80\x80",
        "sjis": b"\x82\xa0", "sjis-lead": b"\x81", "euc": b"\xa4\xa2", "gb4": b"\x810\x810", "iso2022": b"\x1b$B", "hz": b"~{", "escape": b"\x1b", "utf7": b"+AGE-",
        "1252": b"caf\xe9 \x93x\x94 ", "mojibake": "Ã© â€™ ".encode(), "mojibake-twice": "Ã©".encode().decode("latin-1").encode(), "bom": b"\xef\xbb\xbf", "utf16": "x ".encode("utf-16-le"),
        "truncated": b"\xe2\x82", "cyrillic": "Мост открыт ".encode("koi8-r"), "arabic": "جسر ".encode("cp1256"), "all": bytes(range(256)),
    }  # fmt: skip
    for name, run in runs.items():
        full = max(8, 5_000_000 // len(run))
        add(f"bytes.{name}.html", lambda n, r=run: plain.replace(b"</article>", b"</article><p>" + r * n + b"</p>"), full)
        add(f"bytes.{name}.text", lambda n, r=run: text + b"\n" + r * n, full)
        add(f"bytes.{name}.first", lambda n, r=run: r * n + plain, min(full, 2_000_000 // len(run)), lost=True)
    for codec in ("utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig", "cp1252", "gb18030", "euc-kr", "shift_jis", "koi8-r", "utf-7", "iso2022_jp", "cp037"):
        lost = codec in ("utf-32", "utf-7", "cp037")  # nobody's encodings on the Web
        def encoded(n: int, codec: str = codec) -> bytes:
            return page(after=f"<p>{BODY}</p>\n" * n).replace('<meta charset="utf-8">', "").encode(codec)
        add(f"bytes.codec-{codec}", encoded, 10_000, lost=lost)  # fmt: skip
        add(f"bytes.codec-{codec}-cut", lambda n, e=encoded: e(n)[:-1], 10_000, lost=lost)
    add("bytes.meta-flood", lambda n: plain.replace(b"<title>", b"<meta charset=koi8-r>" * n + b"<title>"), 200_000)
    add("bytes.meta-unclosed", lambda n: b"<meta charset=" * n + plain, 300_000, lost=True)
    add("bytes.meta-spaces", lambda n: b"<meta charset" + b" " * n + b"=utf-8>" + plain, 5_000_000)
    add("bytes.meta-label", lambda n: b"<meta charset='" + b"x" * n + b"'>" + plain, 5_000_000)
    add("bytes.meta-late", lambda n: b"<!--" + b"x" * n + b"-->" + plain, 5_000_000)
    add("bytes.xml-label", lambda n: b'<?xml version="1.0" encoding="' + b"x" * n + b'"?>' + plain, 5_000_000)
    add("bytes.content-type", lambda n: b'<meta http-equiv="content-type" content="' + b"charset " * n + b'">' + plain, 600_000)
    add("bytes.gzip", lambda n: gzip.compress(plain + b"x" * n, mtime=0), 5_000_000, lost=True)
    add("bytes.gzip-cut", lambda n: gzip.compress(random.Random(n).randbytes(n), mtime=0)[:-9], 5_000_000, lost=True)
    add("bytes.pdf", lambda n: b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * n, 250_000, lost=True)
    add("bytes.random", lambda n: random.Random(n).randbytes(n), 5_000_000, lost=True)
    add("bytes.random-after", lambda n: plain + random.Random(n).randbytes(n), 1_000_000)
    add("bytes.random-markup", random_markup, 300_000, lost=True)
    add("bytes.random-markup-after", lambda n: plain.replace(b"</body></html>", random_markup(n)), 300_000)
    add("bytes.json", lambda n: json.dumps([{"title": TITLE, "text": BODY}] * n).encode(), 25_000, lost=True)
    add("bytes.feed", lambda n: b"<?xml version='1.0'?><rss><channel>" + b"<item><title>x</title></item>" * n + b"</channel></rss>", 150_000, lost=True)


def random_markup(n: int) -> bytes:
    """n tokens drawn from what parsers find hardest."""
    draw = random.Random(n)
    pieces = [f"<{tag}>" for tag in DEEP] + [f"</{tag}>" for tag in DEEP] + ["x", " ", "\n", "&", "&amp;", "<!--", "-->", "<", "\0", "]]>", "<![CDATA["]
    return "".join(draw.choices(pieces, k=n)).encode()


for _fill in (deep_kinds, sibling_kinds, long_kinds, adoption_kinds, data_kinds, text_kinds, byte_kinds, mixed_kinds):
    _fill()


def pages(names: Iterable[str] | None = None, scale: float = 1.0) -> Iterator[tuple[HostileKind, int, str | bytes]]:
    """Every kind, or those whose names begin with one of `names`, at `scale` times its full size."""
    starts = tuple(names) if names else ("",)
    for kind in KINDS.values():
        if kind.name.startswith(starts):
            n = max(1, int(kind.full * scale))
            yield kind, n, kind.make(n)


def main(arguments: list[str]) -> None:
    if not arguments:
        for kind in KINDS.values():
            print(f"{kind.name:40} {kind.full:>10,}")
        print(len(KINDS), "kinds")
        return
    made = KINDS[arguments[0]].make(int(arguments[1]))
    sys.stdout.buffer.write(made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main(sys.argv[1:])
