"""What each element means for the shape of a page: data for `segment.html`.

Which elements break a line follows the HTML Standard's rendering section (https://html.spec.whatwg.org/#rendering).
"""

from __future__ import annotations

from scrapeclean import model as m

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

BLOCK = HEADINGS | frozenset(
    "html head body title address article aside blockquote button caption center dd details dialog dir div dl dt fieldset "  # noqa: E501
    "figcaption figure footer form frameset header hgroup hr legend li main menu nav noscript ol optgroup p pre "
    "search section select summary table tbody td textarea tfoot th thead tr ul noframes marquee listing xmp "
    "foreignobject".split()
)
"""Elements that start and end a block. Of a button the text is never part of a sentence, of an svg neither."""

SKIPPED = frozenset({"script", "style", "template"})
"""Elements whose text is counted, not kept."""

EMBEDS = frozenset({"iframe", "video", "audio", "object", "embed", "canvas"})

KINDS = {
    "li": "item", "td": "paragraph", "th": "paragraph", "figcaption": "caption", "caption": "caption", "pre": "code",
    "listing": "code", "xmp": "code", "dt": "term", "dd": "definition", "summary": "paragraph",
}  # fmt: skip

TEXT_ELEMENTS = frozenset(KINDS) | HEADINGS | {"p"}
"""Elements that hold running text: an unknown element inside is inline there, elsewhere a block."""

SHAPING = frozenset({"ul", "ol", "menu", "dir", "li", "pre", "listing", "xmp", "blockquote"})

PLAIN = frozenset({
    "span", "font", "small", "big", "label", "time", "abbr", "acronym", "wbr", "bdi", "input", "meta", "link",
    "picture", "path", "g", "use", "rect", "circle", "polygon", "line", "defs", "stop", "mi", "mn", "mo",
    "mrow", "semantics",
})  # fmt: skip
"""Inline elements that leave the text as it is: the frequent ones, so that the walk passes over them quickly."""

MARKS = {
    "a": "link", "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis",
    "code": "code", "tt": "code", "samp": "code", "kbd": "keyboard", "s": "strike", "strike": "strike",
    "del": "deleted", "ins": "inserted", "sub": "subscript", "sup": "superscript", "mark": "highlight", "u": "underline",  # noqa: E501
    "q": "quotation", "var": "emphasis", "dfn": "emphasis", "annotation": "hidden", "annotation-xml": "hidden",
}  # fmt: skip

REGIONS = {
    "nav": m.NAV, "header": m.HEADER, "footer": m.FOOTER, "aside": m.ASIDE, "article": m.ARTICLE, "main": m.MAIN,
    "form": m.FORM, "select": m.FORM, "textarea": m.FORM, "fieldset": m.FORM, "figure": m.FIGURE, "table": m.TABLE,
    "ul": m.LIST, "ol": m.LIST, "dl": m.LIST, "menu": m.LIST, "blockquote": m.QUOTE, "noscript": m.NOSCRIPT,
    "svg": m.HIDDEN, "title": m.HIDDEN | m.HEAD, "button": m.BUTTON, "details": m.DETAILS, "noframes": m.NOSCRIPT,
}  # fmt: skip

ROLES = {
    "navigation": m.NAV, "menu": m.NAV, "menubar": m.NAV, "banner": m.HEADER, "contentinfo": m.FOOTER,
    "complementary": m.ASIDE, "article": m.ARTICLE, "main": m.MAIN, "search": m.FORM, "button": m.BUTTON,
}  # fmt: skip

PROSE = 80
"""Characters from which a block stands for itself even where `Limits.blocks` is passed."""

APART = frozenset("pre listing xmp title svg nav footer aside header form noscript noframes textarea select".split())
"""Block-level elements that keep a box of their own in pages of however many: what stands in them is not what it
seems."""
