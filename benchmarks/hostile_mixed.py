"""More hostile pages: odd combinations, whole pages of one habit of the Web, other people's file formats, broken bytes."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import random
import zlib
from collections.abc import Callable
from typing import Any

from hostile_base import HTML_ARTICLE, PARAGRAPHS, TEXT_ARTICLE, TITLE, add, full_for, numbered, page

SENTENCE = "Number # of the members spoke for an hour about the price of bread, of salt and of coal in the town."
OTHER = "<p>" + SENTENCE + "</p>"

AFTER = {
    "options": "<option value=#>word #</option>", "optgroups": "<optgroup label=#><option>a #<option>b", "svg-words": "<svg><title>t #</title><desc>d</desc><text>word #</text></svg>",
    "svg-script": "<svg><script>x</script><style>y</style><text>z #</text></svg>", "svg-foreign": "<svg><foreignObject><p>word #</p></foreignObject></svg>",
    "svg-use": '<svg><use xlink:href="#a#"/><path d="M0 0L1 1"/></svg>', "math-fraction": "<math><mfrac><mi>x</mi><mn>#</mn></mfrac></math>",
    "math-tex": '<math alttext="x_#"><semantics><mi>x</mi><annotation encoding="application/x-tex">x_#</annotation></semantics></math>',
    "math-html": "<math><annotation-xml encoding=text/html><p>x #</annotation-xml></math>", "math-text": "<math><mtext><p>x</p><table>#</table></mtext></math>",
    "math-display": "<math display=block><mi>x</mi><mo>=</mo><mn>#</mn></math>", "math-script": '<script type="math/tex">x_#</script>', "math-script-display": '<script type="math/tex; mode=display">x_#</script>',
    "latex": "<p>$x_# + y^2$ and \\(a_#\\) hold.</p>", "latex-display": "<p>$$\\int_0^# x\\,dx$$</p>", "latex-begin": "<p>\\begin{equation} x_# \\end{equation}</p>",
    "katex": '<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span><span class="katex-html" aria-hidden="true">x#</span></span>',
    "data-image": '<img alt="a #" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==">',
    "picture": '<picture><source srcset="a#.webp 1x, b#.webp 2x"><img src="#.jpg" alt="x"></picture>', "source": "<source srcset=#.jpg>", "audio": "<audio controls><source src=#.mp3>no sound</audio>",
    "figure": '<figure><img src="#.jpg"><figcaption>The harbour in the year #. Photo: Ann Example / Agency</figcaption></figure>', "figure-open": "<figure><figcaption>x #",
    "caption-p": '<img src="#.jpg"><p class="caption">A ship in the harbour of town #. (Photo by Ann Example)</p>', "caption-em": '<p><img src="#.jpg"><em>A ship in town #, photographed by Ann</em></p>',
    "credit": '<span class="credit">Photo: Ann Example# / Agency</span>', "copyright": "<p>© 20# Example Media Group. All rights reserved.</p>", "copyright-holder": "<p>Copyright 2020 by Example House #</p>",
    "reserved": "<p>All rights reserved by house #. No part of this may be reproduced.</p>", "cc": '<p>This work, number #, is licensed under a <a rel="license" href="https://creativecommons.org/licenses/by/4.0/#">Creative Commons Attribution 4.0 License</a>.</p>',
    "origin": "<p>This article first appeared in Example Daily # and is republished with permission.</p>", "agency": "<p>TOWN#, Jan. 2 (Reuters) - The price of bread rose.</p>",
    "byline": '<p class="byline">By Ann Example# and Bob Example#, Staff Writers</p>', "byline-rel": '<address>By <a rel="author" href="/a/#">Ann Example#</a></address>', "byline-bare": "<div>By Ann Example #</div>",
    "bio": '<div class="author-bio"><img src=#.jpg><p>Ann Example# is a reporter for Example News. Follow her on @ann#.</p></div>',
    "time": '<time datetime="2020-01-02T03:04:#Z">January 2, 2020, number #</time>', "time-nested": "<time>1 #<time>", "time-ago": "<span class=time># hours ago</span>", "time-de": "<p>vor # Stunden</p>",
    "updated": "<p>Updated # minutes ago | Published January #, 2020</p>", "card": '<div class="card"><span>Example #</span><span># hours ago</span><h3>A headline number # of many</h3></div>',
    "card-line": "<p>Example News · # h · 4 min read</p>", "card-link": '<a class="teaser" href="/#"><img src=#.jpg><span># min ago</span><b>A headline number # of many words</b></a>',
    "related-h2": "<h2>More stories from town #</h2><p>x</p>", "related-between": "<h3>You may also like</h3>" + OTHER, "related-list": "<h4>Related</h4><ul><li><a href=/#>A headline number #</a></ul>",
    "read-more": "<p><strong>Read more:</strong> <a href=/#>A headline number # of many words</a></p>" + OTHER, "advert-between": OTHER + "<div class=ad>Advertisement</div>",
    "continues": OTHER + "<p>Story continues below advertisement</p>", "newsletter": "<form><p>Sign up for newsletter # of Example News</p><input type=email><button>Sign up</button></form>",
    "cookie": '<div class="cookie-banner"><p>We use cookies, number #, to improve your experience.</p><button>Accept all</button></div>', "share": '<ul class="share"><li>Facebook<li>Share on X #</ul>',
    "nav": '<nav><a href="/#">Section #</a></nav>', "crumbs": '<a href="/#">Level #</a> &gt; ', "tags": '<a rel="tag" href="/t/#">tag #</a>, ', "pages": '<a href="?p=#">#</a> ',
    "separator": OTHER + "<p>* * *</p>", "heading": "<h2>Chapter #</h2>" + OTHER, "headings": "<h1>a #<h2>b #<h3>c #<h4>d #<h5>e #<h6>f #", "heading-empty": "<h2></h2>" + OTHER,
    "outline": "<h2>#</h2><h3>#</h3>", "title-again": f"<h2>{TITLE} #</h2>", "title-shuffled": "<h1>rust of years eleven after again opens drawbridge Quillmere #</h1>",
    "footnote": '<p>Word<sup><a href="#fn#" id="ref#">[#]</a></sup> and more of it.</p>', "footnote-list": '<ol class="footnotes"><li id="fn#">Note number #. <a href="#ref#">↩</a></li></ol>',
    "footnote-same": '<p>x<sup><a href="#fn1">1</a></sup></p><p id="fn1">note #</p>', "footnote-cite": '<sup id="cite_ref-#"><a href="#cite_note-#">[#]</a></sup>',
    "comment": '<div class="comment" id="c#"><a class="author" href="/u/#">Ann Example</a> <time>2 days ago</time><p>I agree, number #.</p></div>',
    "comment-nested": '<ul class="comments"><li class="comment"><b class="author">Ann</b> <span># hours ago</span><p>text #</p>', "reply": '<div class="reply"><a>Reply</a> <span>Ann # says:</span></div>',
    "quote": "<blockquote><p>Said number #.</p><cite>Ann #</cite></blockquote>", "tweet": '<blockquote class="twitter-tweet"><p>short #</p>&mdash; Ann (@ann#) <a href="https://twitter.example/#">May 1, 2020</a></blockquote><script src=x></script>',
    "iframe": '<iframe src="https://video.example/#" title="A film"></iframe>', "embed": '<object data="#.swf"><embed src="#.swf"></object>', "code": "<pre><code class=language-c>int x# = #;</code></pre>", "code-inline": "<p><code>`x#`</code> ``` | * _ </p>",
    "kbd": "<p><kbd>Ctrl</kbd>+<kbd>#</kbd></p>", "abbr": '<abbr title="the number #">n#</abbr> ', "ruby": "<ruby>漢<rp>(</rp><rt>kan#</rt><rp>)</rp></ruby>", "bdo": "<bdo dir=rtl>word #", "q": "<q>a #<q>b</q></q>",
    "ins-del": "<ins>a #</ins><del>b #</del>", "sub-sup": "x<sub>#<sup>#</sup></sub>", "mark": "<mark>a #</mark> ", "dl": "<dl><dt>term #<dd>its meaning</dl>", "dl-open": "<dl><dt>term #<dd>", "details": "<details><summary>q #</summary><p>a #</p></details>",
    "faq": '<div itemscope itemtype="https://schema.org/Question"><h3 itemprop="name">What is #?</h3><div itemprop="acceptedAnswer" itemscope><p itemprop="text">It is #.</p></div></div>',
    "itemref": '<div itemscope itemref="p# p1">x</div><p id="p#" itemprop="author">By Ann #</p>', "rdfa": '<div vocab="http://schema.org/" typeof="Article"><span property="author">Ann #</span></div>', "hentry": '<div class="hentry h-entry"><a class="p-author h-card fn">Ann #</a><div class="entry-content e-content"><p>short #</p></div></div>',
    "role": '<div role="navigation" aria-label="n #"><p>x #</p></div>', "data": '<p data-a="#" data-b="#" data-c="#" data-d="#" data-e="#">x</p>', "lang": '<p lang="l#">Wort #</p>', "hidden-div": '<div style="visibility:hidden; display : none !important"><p>Nobody sees number # of these.</p></div>',
    "hidden-alternating": '<p hidden>Hidden number #.</p><p>Shown number #.</p>', "noscript": f"<noscript>{OTHER}</noscript>", "noscript-img": '<img data-src="#.jpg"><noscript><img src="#.jpg"></noscript>', "template": f"<template>{OTHER}</template>", "slot": "<x-card><span slot=title>t #</span></x-card>",
    "href-long": '<a href="https://example.org/' + "a/../" * 40 + '#">x</a>', "href-odd": '<p><a href="http://[::#">x</a> <a href="java&#9;script:x#">y</a> <a href="//#">z</a> <a href="?#=%zz">q</a></p>', "href-many": '<p>' + '<a href="/#">w</a> ' * 20 + "</p>",
    "email": '<a class="__cf_email__" data-cfemail="5a3b#">[email&#160;protected]</a>', "table": "<table><caption>t #</caption><thead><tr><th>a<th>b</thead><tr><td>#<td>x</table>", "table-spans": "<table><tr><td rowspan=3>a #<td colspan=2>b<tr><td>c<td>d<tr><td>e</table>",
    "table-text": "<table><tr><td><p>" + SENTENCE + "</p><td>x</table>", "list-nested": "<ul><li>a #<ol><li>b #<ul><li>c #</ul></ol></ul>", "list-mixed": "<ul>x #<p>y</p><li>z<div>#</div></ul>", "li-values": "<ol start=-#><li value=#>x</ol>", "center-font": "<center><font size=#><b>x #</b></font></center><br>",
    "br-words": "a word #<br>\n<br>", "br-sentences": SENTENCE + "<br><br>", "div-span": "<div><span><span><span>x #</span></span></span></div>", "p-in-p": "<p><span><p>x #</span>", "entities": "<p>&#8220;x&#8221;&nbsp;&hellip;&#x2014; &AMP &copy#</p>",
    "comment-in": "<p>a<!-- # -->b<!--#-->c</p>", "style": "<style>.c# { display: none }</style>", "link-license": '<a rel="license" href="https://creativecommons.org/licenses/by/#.0/">l</a>', "classes-same": '<div class="article-body post-content entry-content main related sidebar comment"><p>x #</p></div>',
    "class-salad": '<p class="related-# ad_# shareBar# post#Content">x #</p>', "forms": "<form><label>l #<input><select><option>#</select><textarea>#</textarea></form>", "marquee": "<marquee><blink>x #", "bodies": "<body class=b#><p>x #", "html-inside": "<html><head><title>t #</title></head><body><p>x #</body></html>",
    "paragraph-marks": "<p>" + "a <b>b</b> <i>c</i> <a href=#>d</a> " * 10 + "</p>", "zero-width": "<p>w\u200bo\u200br\u200bd \u00ad#</p>", "scripts-mixed": "<p>Слово # 漢字 كلمة λέξη מילה शब्द</p>", "emoji": "<p>👩\u200d🚀👨\u200d👩\u200d👧 #</p>", "mojibake-each": "<p>Ã¼ber die BrÃ¼cke, number #, gingâ€™s</p>",
    "mojibake-half": "<p>über die BrÃ¼cke # ging — “so” â€œsoâ€\x9d</p>", "fractions": "<p>½ ⅓ ① # Ⅳ ﬁ</p>", "continued": "<p>Continued on page #</p>", "gallery": '<div class="gallery"><a href="#.jpg"><img src="t#.jpg" alt="Picture #"></a><p>Picture # of many</p></div>', "price": '<li class="product"><b>Lamp #</b> <span>€ #,99</span></li>',
    "recipe": "<li>200 g of flour, number #</li>", "poem": "<p>the river runs #<br>and runs away<br>from me<br></p>", "transcript": "<p><b>ANN:</b> I said #.</p><p><b>BOB:</b> You did.</p>", "paywall": '<div class="paywall"><p>Subscribe to read on, number #.</p></div>', "live": "<article><time># minutes ago</time><h2>Update #</h2>" + OTHER + "</article>",
}  # fmt: skip

LINES = {
    "sentence": SENTENCE, "dates": "2020-01-# 12:00", "dates-long": "Monday, January #, 2020", "bullets": "• point # of many", "bullets-deep": " " * 30 + "- point #", "pipes": "| a # | b # | c # | d # |", "link": "[a headline of words #](https://example.org/#)", "image": "![alt #](https://example.org/#.jpg)",
    "emphasis": "*a #* **b #** _c_ __d__ ***e*** ~~f~~ `g`", "setext": "Heading #\n=====", "reference": "[#]: https://example.org/# \"title\"", "footnote": "[^#]: a note that says #", "footnote-use": "A word[^#] and another[#] and one more #.", "latex": "$x_# = \\frac{a}{b}$ and $$y_#$$", "latex-block": "\\begin{align} x_# &= y \\\\ \\end{align}",
    "fence-lang": "```python\nx = #\n```", "fence-tilde": "~~~\nx #", "html": "<p>word #</p>", "quote-mail": "> > > Ann wrote on day #:\n> > said", "chat": "[12:#] <ann#> hello there", "subtitle": "#\n00:00:01,000 --> 00:00:0#,000\nwhat she said", "log": "2020-01-01 12:00:00,# INFO app.module - did thing #", "csv": "a#,b#,\"c, #\",d", "json": '{"id": #, "text": "word #"}',
    "yaml": "  - key#: value #", "sql": "INSERT INTO t VALUES (#, 'word', NULL);", "code": "    if (x == #) { return y[#]; }", "hex": "00000#: 4865 6c6c 6f20 776f 726c 6421 0a00 Hello world!", "base64": "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38G", "ansi": "\x1b[3#m word \x1b[0m", "card": "Example News #\n# hours ago\nA headline number # of many words\n",
    "card-age-first": "# hours ago\nExample News\nA headline number # of many words\n", "card-one-line": "Example News · # hours ago · A headline number # of words", "card-title-first": "A headline number # of many words\nExample News - # hours ago\n", "ages": "# hours ago", "ages-zh": "#小时前", "ages-ru": "# часов назад", "byline": "By Ann Example# and Bob Example, Staff Writers",
    "caption": "The harbour in the year #. (Photo: Ann Example / Agency)", "copyright": "© 20# Example Media Group. All rights reserved.", "cc": "Text # is licensed under CC BY-SA 4.0: https://creativecommons.org/licenses/by-sa/4.0/#", "origin": "This article first appeared in Example Daily # and is republished with permission.", "agency": "TOWN#, Jan. 2 (Reuters) - The price of bread rose.",
    "comments": "# Comments\n\nAnn Example\n# hours ago\nI agree with number #.", "says": "Ann# says:\nMay #, 2020 at 3:04 pm\nI agree.\nReply", "related": "More from town #:\nA headline number # of many words", "read-more": "Read more: A headline number # of many words\n\n" + SENTENCE, "continues": SENTENCE + "\nStory continues below advertisement", "nav": "Home | News | Sport # | Weather | More",
    "crumbs": "Home > News > Town #", "share": "Share on X #", "cookie": "We use cookies, number #, to improve your experience. Accept all", "newsletter": "Sign up for newsletter # of Example News", "prices": "Lamp # ....... $#.99", "toc": "# Chapter number # ........ #", "allcaps": "CHAPTER # OF THE LAW", "poem": "the river runs #,", "transcript": "ANN: I said # of them.", "url": "https://example.org/a/#?b=c#d",
    "title": f"{TITLE} #", "wrapped": "This is the line of a text that was cut at its width by number #\nand it goes on in the next one, in small letters, always the same", "wrapped-odd": SENTENCE[:61], "hyphen": "the word at the end of line # is hyphen-\nated", "columns": "left #          right #", "chinese": "第#章　他说：“今天的天气很好。”我们都同意。", "japanese": "これは#番目の文です。とても長い話になります。", "thai": "นี่คือประโยคที่#ซึ่งยาวมากและไม่มีช่องว่าง",
    "arabic": "هذه هي الجملة رقم # من النص الطويل.", "mixed-scripts": "Слово # 漢字 كلمة λέξη מילה शब्द", "mojibake": "Ã¼ber die BrÃ¼cke # gingâ€™s nach Hause", "form-feed": "page #\f", "cr": "line #\r", "u2028": "line #\u2028", "header": "X-Header-#: value; a=b", "numbers": "# # # # # # #", "quotes": "“She said # ‘of them’,” he said.", "abbreviations": "Dr. A. B. Smith, Ph.D., of the U.S. No. # e.g. said so.",
}  # fmt: skip


def html_habits() -> None:
    for name, form in AFTER.items():
        full = full_for(form.replace("#", "12345"), 4_000_000, 100_000)
        add(f"habit.{name}", lambda n, f=form: page(after=numbered(f, n)), full)
    for name in ("options", "card", "copyright", "related-between", "comment", "footnote", "table-text", "live", "caption-p", "byline-bare"):
        form = AFTER[name]
        add(f"habit.{name}.first", lambda n, f=form: page(f"<div>{numbered(f, n)}</div>"), full_for(form.replace("#", "12345"), 4_000_000, 50_000), lost=True)
    add("habit.select-huge", lambda n: page(f"<select>{numbered('<option>country #', n)}</select>"), 200_000)
    add("habit.paragraphs-apart", lambda n: page(article=spread(n)), 3_000)


def spread(n: int) -> str:
    """The article with n adverts and cards between two paragraphs each."""
    between = numbered('<div class="ad">Advertisement</div><aside><span># hours ago</span><a href=/#>A headline number #</a></aside>', n)
    return f"<article><h1>{TITLE}</h1>" + between.join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</article>"


def text_habits() -> None:
    for name, line in LINES.items():
        full = full_for(line.replace("#", "12345") + "\n", 4_000_000, 200_000)
        add(f"text.{name}", lambda n, t=line + "\n": f"{TEXT_ARTICLE}\n{numbered(t, n)}", full)
        if len(name) % 3 == 0:
            add(f"text.{name}.one-line", lambda n, t=line.replace("\n", " ") + " ": f"{TEXT_ARTICLE}\n{numbered(t, n)}\n", full)
            add(f"text.{name}.spaced", lambda n, t=line + "\n\n": f"{TEXT_ARTICLE}\n{numbered(t, n)}", full)
    add("text.million-lines", lambda n: TEXT_ARTICLE + "\n" + numbered("w#\n", n), 1_000_000)
    add("text.million-paragraphs", lambda n: TEXT_ARTICLE + "\n" + "x\n\n" * n, 1_000_000)
    add("text.growing-indent", lambda n: TEXT_ARTICLE + "\n" + "".join(" " * i + "- x\n" for i in range(int(n**0.5))), 9_000_000)
    add("text.growing-quote", lambda n: TEXT_ARTICLE + "\n" + "".join("> " * i + "x\n" for i in range(int(n**0.5))), 4_000_000)
    add("text.growing-lines", lambda n: TEXT_ARTICLE + "\n" + "".join("word " * i + "\n" for i in range(int(n**0.5))), 2_000_000)
    add("text.wide-table", lambda n: TEXT_ARTICLE + "\n" + ("| a " * 900 + "|\n") * n, 1_000)
    add("text.wide-row", lambda n: TEXT_ARTICLE + "\n|" + " a |" * n + "\n|" + "---|" * n + "\n", 600_000)
    add("text.first", lambda n: "".join(SENTENCE.replace("#", str(i)) + "\n\n" for i in range(n)) + TEXT_ARTICLE, 40_000)
    add("text.lines-of-65", lambda n: TEXT_ARTICLE + "\n" + "".join(f"{'word ' * 11}{i:08d}\n" for i in range(n)), 70_000)
    add("text.long-words", lambda n: TEXT_ARTICLE + "\n" + ("x" * 5_000 + " ") * n, 1_000)
    add("text.alternating", lambda n: TEXT_ARTICLE + "".join(f"\n{SENTENCE.replace('#', str(i))}\n\nBy Ann\n3 hours ago\n© 2020\n" for i in range(n)), 30_000)


def deep_habits() -> None:
    forms = {
        "table-text": "<table><tr><td>The cell of level # holds a sentence.", "table-two": "<table><tr><td>a #<td>b<tr><td>", "table-parts": "<table><tbody><tr><th>x<td>", "definition": "<dl><dt>t #<dd>d #", "details": "<details><summary>s #</summary><p>x", "ruby": "<ruby>a<rtc><rt>#",
        "foreign": "<svg><foreignObject><p>x #", "foreign-bare": "<svg><foreignObject>", "math-rows": "<math><mrow><mi>x</mi><mtext>", "math-fractions": "<mfrac><mi>#</mi>", "math-powers": "<math><msup><mi>x</mi>", "sections": "<section><h2>h #</h2><p>x", "articles": "<article><h2>h #</h2><p>By Ann #<p>x",
        "figures": "<figure><img src=#><figcaption>c #", "lists": "<ul><li>a #<ol><li>b", "comments": '<div class="comments"><div class="comment"><b class=author>Ann</b> <i># hours ago</i><p>x #', "quotes": "<blockquote><p>x #", "related": '<div class="related"><h2>Related</h2><p>x #', "spans": "<span class=s#>x ", "links": "<a href=/#><p>x ",
        "sups": "<sup>#<sub>", "scopes": '<div itemscope itemtype="https://schema.org/Article"><span itemprop="author">A #</span>', "hidden": "<div aria-hidden=false><div hidden=until-found>x", "fieldset": "<fieldset><legend>l #</legend>", "noscripts": "<noscript><p>x #", "custom": "<x-a><y-b>x #", "pre": "<pre><code>x #\n", "address": "<address>By Ann #<p>", "dialog": "<dialog open><p>x",
    }  # fmt: skip
    for name, form in forms.items():
        full = full_for(form.replace("#", "12345"), 2_000_000, 30_000)
        add(f"nested.{name}", lambda n, f=form: page(after=numbered(f, n)), full)
        add(f"nested.{name}.around", lambda n, f=form: page(numbered(f, n)), full, lost=True)
    math = {"mfrac": "<mfrac><mn>1</mn>", "msqrt": "<msqrt>", "msub": "<msub><mi>x</mi>", "mtable": "<mtable><mtr><mtd>", "mover": "<mover>"}
    for name, form in math.items():
        tag = form[1:].split(">")[0]
        closing = "</mtd></mtr></mtable>" if tag == "mtable" else f"</{tag}>"
        add(f"nested.math-{name}", lambda n, f=form, c=closing: page(after=f"<p>x <math>{f * n}<mi>y</mi>{c * n}</math></p>"), 20_000)
    add("nested.math-wide", lambda n: page(after=f"<p><math><mrow>{'<mi>x</mi><mo>+</mo>' * n}</mrow></math></p>"), 150_000)
    add("nested.math-matrix", lambda n: page(after=f"<math><mtable>{'<mtr><mtd>1</mtd><mtd>2</mtd></mtr>' * n}</mtable></math>"), 80_000)


def long_habits() -> None:
    add("huge.class-article", lambda n: page().replace("<article>", f'<article class="{"main-body " * n}">'), 200_000)
    add("huge.class-distinct", lambda n: page().replace("<article>", f'<article class="{numbered("word-# ", n)}">'), 200_000)
    add("huge.class-each", lambda n: page(after=numbered('<p class="' + "long-name " * 100 + '#">x</p>', n)), 4_000)
    add("huge.class-one-word", lambda n: page().replace("<article>", f'<article class="{"related" * n}">'), 500_000)
    add("huge.id-dashes", lambda n: page().replace("<article>", f'<article id="{"a-" * n}">'), 1_500_000)
    add("huge.data-image", lambda n: page(f'<img alt="x" src="data:image/png;base64,{"iVBO" * n}">'), 1_200_000)
    add("huge.data-link", lambda n: page(after=f'<p>A <a href="data:text/html;base64,{"PHA+" * n}">link</a></p>'), 1_200_000)
    add("huge.data-style", lambda n: page(f'<div style="background:url(data:image/png;base64,{"iVBO" * n})">x</div>'), 1_200_000)
    add("huge.data-srcset", lambda n: page(after=f'<img src="a.jpg" srcset="{"data:image/png;base64,AAAA 1x, " * n}">'), 150_000)
    add("huge.data-css", lambda n: page(head=f"<style>{'a{background:url(data:image/png;base64,AAAA)}' * n}</style>"), 100_000)
    add("huge.href-dots", lambda n: page(after=f'<p><a href="{"../" * n}">x</a></p>'), 1_500_000)
    add("huge.href-question", lambda n: page(after=f'<p><a href="?{"a=b&amp;" * n}">x</a></p>'), 600_000)
    add("huge.base", lambda n: page(head=f'<base href="https://example.org/{"a/" * n}">', after='<a href="../b">x</a>' * 100), 1_000_000)
    add("huge.canonical", lambda n: page(head=f'<link rel="canonical" href="https://example.org/{"a-" * n}">'), 2_000_000)
    add("huge.og-image", lambda n: page(head=f'<meta property="og:image" content="https://example.org/{"a%20" * n}">'), 1_200_000)
    add("huge.svg-path", lambda n: page(f'<svg><path d="{"M0 0 L1 1 " * n}"/></svg>'), 400_000)
    add("huge.alt", lambda n: page(after=f'<figure><img src=a.jpg alt="{SENTENCE * n}"><figcaption>x</figcaption></figure>'), 40_000)
    add("huge.caption", lambda n: page(after=f"<figure><img src=a.jpg><figcaption>{'A ship (Photo: Ann) ' * n}</figcaption></figure>"), 200_000)
    add("huge.figcaption-credits", lambda n: page(after=f"<figure><img src=a.jpg><figcaption>{numbered('Photo by Ann#/Agency, ', n)}</figcaption></figure>"), 150_000)
    add("huge.heading", lambda n: page(after=f"<h2>{numbered('word# ', n)}</h2>"), 400_000)
    add("huge.h1", lambda n: page(f"<h1>{numbered('word# ', n)}</h1>"), 400_000)
    add("huge.byline", lambda n: page(after=f'<p class="byline">By {numbered("Ann Example#, ", n)} and Bob</p>'), 200_000)
    add("huge.byline-and", lambda n: page(after=f'<p class="byline">By {" and ".join(["Ann Example"] * n)}</p>'), 200_000)
    add("huge.time", lambda n: page(after=f'<time datetime="2020-01-01">{"January 1, 2020 at 3 p.m. " * n}</time>'), 150_000)
    add("huge.link-text", lambda n: page(after=f'<p><a href="/x">{SENTENCE * n}</a></p>'), 40_000)
    add("huge.table-cell", lambda n: page(after=f"<table><tr><th>a<th>b<tr><td>{'word | ' * n}<td>x</table>"), 600_000)
    add("huge.table-columns", lambda n: page(after=f"<table><tr>{'<th>h' * n}<tr>{'<td>x' * n}</table>"), 300_000)
    add("huge.table-ragged", lambda n: page(after="<table>" + "".join("<tr>" + "<td>x" * (i % 100) for i in range(n)) + "</table>"), 15_000)
    add("huge.table-spans", lambda n: page(after="<table>" + numbered('<tr><td colspan=100 rowspan=100>x #<td>y', n) + "</table>"), 80_000)
    add("huge.code-ticks", lambda n: page(after=f"<pre><code>{'```` ` ' * n}</code></pre>"), 600_000)
    add("huge.inline-ticks", lambda n: page(after="<p><code>" + "".join("`" * (i % 50) + " " for i in range(n)) + "</code></p>"), 150_000)
    add("huge.markdown-bait", lambda n: page(after=f"<p>{'*_[]()#+-.!`>|~<&$' * n}</p>"), 250_000)
    add("huge.sentences", lambda n: page(after=f"<p>{numbered(SENTENCE + ' ', n)}</p>"), 45_000)
    add("huge.sentences-notices", lambda n: page(after="<p>" + numbered("Words came first. © 20# Example Media. Photo by Ann#. Read more: here #. ", n) + "</p>"), 60_000)
    add("huge.marks", lambda n: page(after="<p>" + numbered('w <b>b#</b> <a href="/#">l#</a> <code>c</code> ', n) + "</p>"), 80_000)
    add("huge.marks-nested", lambda n: page(after="<p>" + "<b>a <i>b <u>c " * n + "</u></i></b>" * n + "</p>"), 100_000)
    add("huge.marks-long", lambda n: page(after="<p>" + "<b>" * 50 + "word " * n + "</b>" * 50 + "</p>"), 900_000)
    add("huge.footnotes-one", lambda n: page(after="<p>" + numbered('w<sup><a href="#fn#">#</a></sup> ', n) + "</p><ol>" + numbered('<li id="fn#">note #</li>', n) + "</ol>"), 40_000)
    add("huge.lists-one", lambda n: page(after="<ul>" + numbered("<li>" + SENTENCE, n) + "</ul>"), 40_000)
    add("huge.pre-words", lambda n: page(after="<pre>" + numbered("line # of it\n", n) + "</pre>"), 250_000)
    add("huge.text-spaces", lambda n: page(after="<p>x" + " \n\t" * n + "y</p>"), 1_500_000)
    add("huge.title-tag-html", lambda n: page(head="<title>" + "<b>x</b>" * n + "</title>"), 500_000)
    add("huge.comment-markup", lambda n: page(f"<!-- {HTML_ARTICLE * n} -->"), 2_500)
    add("huge.jpeg-inside", lambda n: page(f"<p>{random.Random(n).randbytes(n).decode('latin-1').replace('<', '')}</p>"), 1_500_000)
    for name in ("link rel=license href=", "link rel=alternate hreflang=x href=", "link rel=author href=", "link rel=stylesheet href=", "link rel=amphtml href=", "meta name=author content=", "meta property=article:author content=",
                 "meta name=citation_author content=", "meta name=dc.creator content=", "meta property=og:title content=", "meta property=article:tag content=", "meta itemprop=datePublished content=2020-01-", "meta name=copyright content=",
                 "meta name=license content=", "meta name=language content=", "meta http-equiv=content-language content=", "meta name=robots content=", "meta name=parsely-page content=", "meta name=sailthru.date content=", "meta name=x# content="):  # fmt: skip
        label = name.split("=", 1)[1].split()[0].replace("#", "any") if name.startswith("meta") else "link-" + name.split("=", 1)[1].split()[0]
        add(f"head.{label}", lambda n, f=f'<{name}"Example {"#"}">': page(head=numbered(f, n)), 100_000)


def data_habits() -> None:
    node: dict[str, Callable[[int], Any]] = {
        "news": lambda i: {"@type": "NewsArticle", "headline": f"story {i}", "datePublished": f"2020-01-{i}", "author": {"name": f"Ann B{i}"}}, "person": lambda i: {"@type": "Person", "name": f"Ann B{i}"}, "crumb": lambda i: {"@type": "BreadcrumbList", "itemListElement": [{"position": i, "name": f"x{i}"}]},
        "string": lambda i: f"word {i}", "null": lambda i: None, "list": lambda i: [i], "empty": lambda i: {}, "same": lambda i: {"@type": "NewsArticle", "headline": TITLE}, "types": lambda i: {"@type": ["Article", f"T{i}"], "@id": f"https://e.example/#{i}", "isPartOf": {"@id": f"https://e.example/#{i - 1}"}},
        "image": lambda i: {"@type": "ImageObject", "url": f"https://e.example/{i}.jpg", "caption": "x"}, "question": lambda i: {"@type": "Question", "name": f"q{i}", "acceptedAnswer": {"text": "a"}}, "comment": lambda i: {"@type": "Comment", "author": {"name": f"A{i}"}, "text": "x"},
    }  # fmt: skip
    for name, make in node.items():
        add(f"json.{name}", lambda n, m=make: script(json.dumps([m(i) for i in range(n)])), 100_000 if name not in ("news", "types", "question", "crumb", "image", "comment") else 40_000)
        if name in ("news", "person", "comment", "same"):
            add(f"json.{name}-graph", lambda n, m=make: script(json.dumps({"@context": "https://schema.org", "@graph": [m(i) for i in range(n)]})), 40_000)
            add(f"json.{name}-inside", lambda n, m=make: script(json.dumps({"@type": "NewsArticle", "headline": TITLE, "comment": [m(i) for i in range(n)], "author": [m(i) for i in range(n)]})), 20_000)
    add("json.replies", lambda n: script('{"@type":"Article","headline":"x","comment":' + '{"@type":"Comment","text":"x","comment":' * n + "1" + "}" * (n + 1)), 80_000)
    add("json.body", lambda n: script(json.dumps({"@type": "NewsArticle", "articleBody": " ".join(SENTENCE.replace("#", str(i)) for i in range(n))})), 40_000)
    add("json.body-alone", lambda n: page(article="", head=ld_tag(json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(PARAGRAPHS) + "\n\n" + "\n\n".join(SENTENCE.replace("#", str(i)) for i in range(n))}))), 40_000, lost=True)
    add("json.body-html", lambda n: script(json.dumps({"@type": "NewsArticle", "articleBody": "<div><p>x" * n})), 400_000)
    add("json.body-list", lambda n: script(json.dumps({"@type": "NewsArticle", "articleBody": ["word"] * n})), 400_000)
    add("json.body-entities", lambda n: script(json.dumps({"@type": "NewsArticle", "articleBody": "&amp;lt;" * n})), 500_000)
    add("json.unicode", lambda n: script('{"@type":"NewsArticle","headline":"' + "\\ud83d\\ude00\\ud800" * n + '"}'), 200_000)
    add("json.trailing", lambda n: script("[" + '{"@type":"NewsArticle"},' * n + "]"), 150_000)
    add("json.single-quotes", lambda n: script("{'@type':'NewsArticle','author':'" + "x','y':'" * n + "'}"), 400_000)
    add("json.concatenated", lambda n: script('{"@type":"NewsArticle","headline":"x"}' * n), 100_000)
    add("json.cdata", lambda n: script("//<![CDATA[\n" * n + "{}" + "//]]>" * n), 200_000)
    add("json.html-comment", lambda n: script("<!--" + '{"@type":"NewsArticle"}' * n + "-->"), 150_000)
    add("json.dates", lambda n: script(json.dumps({"@type": "NewsArticle", "datePublished": [f"2020-01-{i}T25:61" for i in range(n)]})), 120_000)
    add("json.state-article", lambda n: page(after='<script type="application/json">' + json.dumps({"articles": [{"title": f"t{i}", "body": SENTENCE, "html": f"<p>{SENTENCE}</p>"} for i in range(n)]}) + "</script>"), 15_000)
    add("json.page", lambda n: json.dumps({"items": [{"id": i, "content_html": f"<p>{SENTENCE}</p>"} for i in range(n)]}), 25_000, lost=True)
    add("json.lines", lambda n: "".join(json.dumps({"text": SENTENCE, "n": i}) + "\n" for i in range(n)), 30_000, lost=True)


def ld_tag(source: str) -> str:
    return f'<script type="application/ld+json">{source}</script>'


def script(source: str) -> str:
    return page(head=ld_tag(source))


def file_kinds() -> None:
    story = f"<![CDATA[{HTML_ARTICLE}]]>"
    files: dict[str, tuple[str, str, str]] = {
        "rss": ('<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title>', f"<item><title>t #</title><description>{SENTENCE}</description><content:encoded>{story}</content:encoded></item>", "</channel></rss>"),
        "rss-bare": ("<rss><channel>", "<item><link>https://e.example/#</link><pubDate>Mon, 01 Jan 2020</pubDate>", ""), "atom": ('<feed xmlns="http://www.w3.org/2005/Atom">', "<entry><title>t #</title><summary>x</summary></entry>", "</feed>"),
        "sitemap": ('<?xml version="1.0"?><urlset>', "<url><loc>https://e.example/#</loc></url>", "</urlset>"), "svg": ('<svg xmlns="http://www.w3.org/2000/svg">', "<text x=#>word #</text>", "</svg>"), "xhtml": ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>' + HTML_ARTICLE, "<p>x #<br/></p><![CDATA[#]]><?pi #?>", "</body></html>"),
        "tei": ('<?xml version="1.0"?><TEI><text><body>', f"<p n='#'>{SENTENCE}</p>", "</body></text></TEI>"), "opml": ("<opml><body>", "<outline text='#'/>", "</body></opml>"), "mhtml": ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n", "<p>word=20# =\nand more</p>\n--x\n", "--x--"),
        "warc": ("", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: #\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>x</p>\r\n\r\n", ""), "http": ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(), "1f#\r\n<p>word</p>\r\n", "0\r\n\r\n"), "mbox": ("", f"From ann@e.example Mon Jan # 2020\nSubject: s #\n\n> {SENTENCE}\n\n", ""), "diff": ("", "@@ -#,3 +#,3 @@\n-old\n+new\n", ""),
        "css": ("", ".c# > a:hover { color: red; }\n", ""), "js": ("(function(){", "var a#=function(b){return b<#&&c>d};", "})()"), "latex": ("\\documentclass{article}\\begin{document}\n", "\\section{S #} Words with $x_#$ and \\cite{k#}.\n\n", "\\end{document}"), "rst": ("", "Title #\n=======\n\n.. note:: x\n\n", ""), "ics": ("BEGIN:VCALENDAR\n", "BEGIN:VEVENT\nDTSTART:202001#\nEND:VEVENT\n", ""), "php": ("", "<?php echo '#'; ?>\n<p>x #</p>\n", ""),
        "jinja": ("", "{% for x in y# %}<p>{{ x.# }}</p>{% endfor %}", ""), "bbcode": ("", "[quote=ann#][b]word[/b] [url=http://e.example/#]x[/url][/quote]\n", ""), "wiki": ("", "== Heading # ==\n{{template|#}} '''bold''' [[link #|text]]\n* item\n", ""),
    }  # fmt: skip
    for name, (front, unit, back) in files.items():
        add(f"file.{name}", lambda n, f=front, u=unit, b=back: f + numbered(u, n) + b, full_for(unit.replace("#", "12345"), 4_000_000, 100_000), lost=True)
    plain = page().encode()
    add("file.gzip-bomb", lambda n: gzip.compress(b"<p>x</p>" * n, mtime=0), 10_000_000, lost=True)
    add("file.gzip-twice", lambda n: gzip.compress(gzip.compress(plain + b"x" * n, mtime=0), mtime=0), 5_000_000, lost=True)
    add("file.zlib", lambda n: zlib.compress(plain + random.Random(n).randbytes(n)), 4_000_000, lost=True)
    add("file.deflate", lambda n: zlib.compress(plain + random.Random(n).randbytes(n))[2:-4], 4_000_000, lost=True)
    add("file.bzip2", lambda n: bz2.compress(random.Random(n).randbytes(n)), 2_000_000, lost=True)
    add("file.xz", lambda n: lzma.compress(random.Random(n).randbytes(n), preset=0), 2_000_000, lost=True)
    brotlis = {"window": b"\x1b", "large": b"\x91", "stored": b"\x8b\x02\x80", "quality": b"\x5b\xff\xff\x0f", "meta": b"\x0d", "empty": b"\x06", "zero": b"\x21\x00\x00"}
    for name, start in brotlis.items():
        add(f"file.brotli-{name}", lambda n, s=start: s + random.Random(n).randbytes(n), 4_000_000, lost=True)
    add("file.brotli-ones", lambda n: b"\x1b\xff\xff" + b"\xff" * n, 4_000_000, lost=True)
    add("file.brotli-zeros", lambda n: b"\x1b\xff\xff" + b"\0" * n, 4_000_000, lost=True)
    for name, magic in {"png": b"\x89PNG\r\n\x1a\n", "zip": b"PK\x03\x04", "pdf-late": b"junk\n%PDF-1.4\n", "mp4": b"\0\0\0\x18ftypmp42", "tar": b"a" * 257 + b"ustar", "webp": b"RIFF\0\0\0\0WEBP"}.items():
        add(f"file.{name}", lambda n, m=magic: m + random.Random(n).randbytes(n), 4_000_000, lost=True)


def odd_bytes() -> None:
    text, plain = TEXT_ARTICLE.encode(), page().encode()
    bare = page().replace('<meta charset="utf-8">', "")

    def labelled(label: str) -> bytes:
        return plain.replace(b'charset="utf-8"', b'charset="' + label.encode() + b'"')

    def after(start: bytes, run: bytes) -> Callable[[int], bytes]:
        return lambda n: start.replace(b"</article>", b"</article><p>" + run * n + b"</p>")

    for label, run in {"iso-2022-jp": b"\x1b$B$\"\x1b(B", "iso-2022-jp-a": b"\x1b$B\x1b(J\x1b(I", "hz-gb-2312": b"~{<:~}", "iso-2022-kr": b"\x0e!!\x0f", "shift_jis": b"\x82\xa0\x80\xa0\xff", "euc-jp": b"\x8f\xa4\xa2\x8e", "gb18030": b"\x81\x30\x81\x30\xfe\x50", "big5": b"\xa4\xa4\x87\x40",
                       "utf-16": b"x\0", "utf-16be": b"\0x", "utf-7": b"+AGEAYg-", "x-user-defined": b"\x80\xff", "replacement": b"x", "windows-1252": b"\x81\x8d\x8f\x90\x9d", "koi8-u": b"\xa4\xd0", "macintosh": b"\x8e\xd2", "ibm866": b"\x8f\xe0"}.items():  # fmt: skip
        add(f"odd.label-{label}", after(labelled(label), run), 4_000_000 // len(run), lost=label in ("utf-7", "replacement"))
        if label.startswith("iso-2022-jp"):
            add(f"odd.unlabelled-{label}", after(bare.encode(), run), 4_000_000 // len(run))
    pieces = ["Der Müller ging über die Brücke und grüßte. ".encode(), "Żółw i jaźń śpią w łóżku. ".encode("cp1250"), "Мост открыт снова. ".encode("koi8-r"), "橋がまた開いた。".encode("shift_jis"), "다리가 다시 열렸다. ".encode("euc-kr"), "桥又开了。".encode("gb18030"), "Caf\xe9 \x93so\x94 ".encode("latin-1")]
    add("odd.mixed-html", lambda n: plain.replace(b"</article>", b"</article>" + b"".join(b"<p>" + pieces[i % 7] + b"</p>\n" for i in range(n))), 100_000)
    add("odd.mixed-text", lambda n: text + b"\n" + b"".join(pieces[i % 7] + b"\n" for i in range(n)), 120_000)
    add("odd.nul-between", lambda n: plain.replace(b"</article>", b"</article><p>" + b"w\0o\0r\0d\0 \0" * n + b"</p>"), 400_000)
    add("odd.utf16-inside", lambda n: plain.replace(b"</article>", b"</article>" + ("<p>word</p>" * n).encode("utf-16-le")), 150_000)
    add("odd.utf8-in-utf16", lambda n: bare.encode("utf-16-le") + plain * n, 2_000, lost=True)
    add("odd.bom-wrong", lambda n: b"\xff\xfe" + (bare + "<p>x</p>" * n).encode("utf-16-be"), 200_000, lost=True)
    add("odd.bom-ascii", lambda n: b"\xfe\xff" + plain + b"x" * n, 4_000_000, lost=True)
    add("odd.boms", lambda n: b"\xef\xbb\xbf" * n + plain, 1_000_000)
    add("odd.bom-pairs", lambda n: b"\xff\xfe" * n + bare.encode("utf-16-le"), 1_500_000, lost=True)
    add("odd.utf16-surrogates", lambda n: b"\xff\xfe" + (bare.replace("</article>", "</article><p>") + "\ud800" * n).encode("utf-16-le", "surrogatepass"), 1_500_000)
    add("odd.utf16-chinese", lambda n: ("<p>" + "桥又开了。" * n).encode("utf-16-le"), 400_000, lost=True)
    add("odd.utf16-text", lambda n: (TEXT_ARTICLE + "\n" + "word\n" * n).encode("utf-16"), 400_000)
    add("odd.utf32", lambda n: b"\xff\xfe\0\0" + (bare + "<p>x</p>" * n).encode("utf-32-le"), 100_000, lost=True)
    add("odd.truncated-each", lambda n: plain.replace(b"</article>", b"</article>" + b"<p>word \xe2\x82</p>\n" * n), 200_000)
    add("odd.truncated-lines", lambda n: text + b"\n" + b"word \xf0\x9f\x98\n" * n, 400_000)
    add("odd.continuations", lambda n: text + b"\n" + (b"word " * 20 + b"\x80\xbf ") * n, 40_000)
    add("odd.one-bad-byte", lambda n: text + "Größe ".encode() * n + b"\xff", 500_000)
    add("odd.one-good-char", lambda n: text + b"gr\xf6\xdfer " * n + "ß".encode(), 500_000)
    add("odd.all-bytes", lambda n: b"".join(b"<p>" + bytes(range(i % 256, 256)) + b"</p>" for i in range(n)) + plain, 30_000, lost=True)
    add("odd.controls", lambda n: text + bytes(range(1, 32)) * n, 130_000)
    add("odd.latin1-mojibake", lambda n: text + "Ã¼ â€œ ".encode("cp1252", "replace") * n, 400_000)
    add("odd.overlong-markup", lambda n: plain.replace(b"</article>", b"</article>" + b"\xc0\xbcscript\xc0\xbe" * n), 300_000)
    add("odd.utf8-labels", lambda n: b'<?xml version="1.0" encoding="koi8-r"?>' * n + plain, 100_000)
    add("odd.meta-each", lambda n: plain.replace(b"<title>", numbered('<meta charset="windows-125#">', n).encode() + b"<title>"), 120_000)
    add("odd.cp437-art", lambda n: text + bytes([0xB0, 0xB1, 0xB2, 0xDB, 0xC4, 0x0A]) * n, 600_000)
    add("odd.ebcdic", lambda n: (TEXT_ARTICLE * n).encode("cp500", "replace"), 3_000, lost=True)
    add("odd.crcrlf", lambda n: text + b"word\r\r\n" * n, 500_000)
    add("odd.esc", lambda n: text + b"\x1b\x1b$B\x1b" * n, 800_000)


def mixed_kinds() -> None:
    """Register them."""
    for fill in (html_habits, text_habits, deep_habits, long_habits, data_habits, file_kinds, odd_bytes):
        fill()
