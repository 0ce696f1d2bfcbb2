"""What a page must not make the parser do.

HTML lets an unclosed `<b class=1>` go on in every paragraph that follows, and parsers copy it there. Five hundred of
them, none closed, and a page of 500 kB becomes a tree of a gigabyte; browsers have the same weakness. No honest page
comes near, so the few that do are read without their inline formatting: the text is the same.
"""

from __future__ import annotations

import itertools
import re
from typing import Final

import turbohtml

_FORMATTING: Final = re.compile(r"<(/?)(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
"""The elements that HTML reopens. `a` is one too, but closes the one before."""
_PAGE: Final = re.compile(r"<(?:html|body)[\s/][^<>]{1,1000}>", re.IGNORECASE)
"""Tags that only add their attributes to the one element that the page has already."""
_PAGES: Final = 1_000
_HARMLESS_TAGS: Final = 6_000
"""Fewer tags than this cannot make more than about three million copies: the parser nests 512 deep at most."""
_COPIES: Final = 3_000_000
_DEEPEST: Final = 512
_FRAME: Final = re.compile(r"<iframe\b[^<>]{0,2000}+>(?=\s{0,20}+</noscript)", re.IGNORECASE)
"""A frame that the end of a noscript element should close. Browsers with scripts do not look into noscript; to a parser
without them all the rest of the page would stand in the frame."""
_SWALLOWED: Final = turbohtml.XPath("//iframe[contains(., '</noscript') or contains(., '</NOSCRIPT')]")
"""Such frames in a tree. To search the source of every page for them costs ten times as much."""


def parse(source: str) -> tuple[turbohtml.Document, bool]:
    """The tree of a page, and whether it had to be read without formatting.

    Args:
        source: the page's HTML.

    Example:
        >>> parse("<noscript><iframe src=/count></noscript><p>A page")[0].select_one("p").text
        'A page'
    """
    source, tamed = tame(source)
    tree = turbohtml.parse(source)
    if _SWALLOWED(tree) and (closed := _FRAME.sub(r"\g<0></iframe>", source)) != source:
        del tree  # one that is kept alive slows the next parse
        tree = turbohtml.parse(closed)
    return tree, tamed


def tame(source: str) -> tuple[str, bool]:
    """The source, and whether it had to be read without formatting.

    Args:
        source: a page's HTML.

    Example:
        >>> tame("<b>A page</b>")
        ('<b>A page</b>', False)
        >>> bomb = "".join(f"<b class={n}>" for n in range(1000)) + "<p>x" * 9000
        >>> tame(bomb)[0][:30], tame(bomb)[1]
        ('<span class=0><span class=1><s', True)
    """
    if len(source) < _HARMLESS_TAGS * 3:
        return source, False
    tags = source.count("<")
    if tags >= _HARMLESS_TAGS:
        source = _few_pages(source)
    if tags < _HARMLESS_TAGS or min(_DEEPEST, _most_open(source)) * tags < _COPIES:
        return source, False
    return _FORMATTING.sub(lambda match: "</span" if match[1] else "<span", source), True


def _few_pages(source: str) -> str:
    """The source without what goes over a thousand tags of `html` and `body` that have attributes."""
    seen = itertools.count()
    if next(itertools.islice(_PAGE.finditer(source), _PAGES, None), None) is None:
        return source
    return _PAGE.sub(lambda match: match[0] if next(seen) < _PAGES else "", source)


def _most_open(source: str) -> int:
    """How many formatting elements are open at once, at most: a count of tags by name, whatever they stand in."""
    open_now: dict[str, int] = {}
    total = most = 0
    for match in _FORMATTING.finditer(source):
        closing, name = match.groups()
        name = name.lower()
        count = open_now.get(name, 0)
        if not closing:
            open_now[name] = count + 1
            total += 1
            most = max(most, total)
        elif count:
            open_now[name] = count - 1
            total -= 1
    return most
