"""What the head of a page and its structured data say, undigested: one search of the tree, strings out.

The search is done in C by the parser; Python looks only at the few elements that it finds. Everything is bounded, so
that a page with a million `meta` elements or a 50 MB script costs no more than a large honest page.
"""

from __future__ import annotations

from typing import Final

import regex
from turbohtml import Document as Tree
from turbohtml import Element, Namespace

from scrapeclean.model import Head

METAS: Final = 500
LINKS: Final = 200
SCRIPTS: Final = 50
MARKED: Final = 300
CLASSED: Final = 60
SCRIPT_CHARACTERS: Final = 4_000_000
TEXT_CHARACTERS: Final = 100_000
VALUE: Final = 4_000
"""How many characters of one attribute or text are kept."""

_LINKED: Final = frozenset(
    ("canonical", "license", "copyright", "author", "publisher", "image_src", "amphtml", "syndication-source")
)
_RELATIONS: Final = frozenset(("author", "license", "tag"))
_WANTED: Final = (
    "meta,link[rel],script:not([src]),title,base,time,[itemprop],[property],a[rel~=author],a[rel~=license],a[rel~=tag]"
)
_PEOPLE: Final = "span[class*=author],a[class*=author],span[class*=byline]"
_DAYS: Final = "span[class*=date],span[class*=time],span[class*=publish]"
_DATA_TYPES: Final = ("application/json", "text/json", "application/hal+json")
_STATE: Final = regex.compile(
    r"\s{0,200}+(?:/[*/][^\n]{0,200}+\s{0,50}+)?(?:(?:window|self|globalThis|var|let|const)[.\s\[]{1,4}+)?['\"]?"
    r"([\w$]{3,60}+)['\"]?\]?\s{0,9}+=\s{0,9}+(?=[\{\[]|JSON\.parse)"
)
_STATE_NAMES: Final = regex.compile(r"state|data|props|nuxt|apollo|redux|store|context|article|story|content", regex.I)
_ITEMS: Final = frozenset(
    "author creator editor contributor name headline alternativeheadline datepublished datemodified datecreated "
    "dateline publisher sourceorganization provider copyrightholder copyrightyear license keywords articlesection "
    "inlanguage isaccessibleforfree image thumbnailurl url description about".split()
)
_SCOPED: Final = frozenset(
    ("author", "creator", "datepublished", "datemodified", "datecreated", "headline", "publisher")
)
_ASIDES: Final = (
    "ImageObject",
    "VideoObject",
    "Comment",
    "UserComments",
    "Review",
    "Answer",
    "AudioObject",
    "Offer",
    "Rating",
)


def read_head(tree: Tree) -> Head:
    """What the head and the structured data of a parsed page say.

    Args:
        tree: the page as `turbohtml.parse` gives it.

    Example:
        >>> import turbohtml
        >>> head = read_head(turbohtml.parse("<html lang=en><title>A tale</title><meta name=Author content='Ann Lee'>"))
        >>> head.title, head.language, head.metas
        ('A tale', 'en', (('author', 'Ann Lee'),))
    """
    reader = _Reader()
    for element in tree.select(_WANTED):
        reader.take(element)
    if not reader.says(("author", "byl"), '"author"'):
        reader.take_classes(tree, _PEOPLE, "class author")
    if not reader.says(("datepublished", "published", "pubdate", "date"), '"datePublished"'):
        reader.take_classes(tree, _DAYS, "class date")
    root = tree.root
    language = (root.attr("lang") or root.attr("xml:lang") or "") if root is not None else ""
    return Head(
        title=reader.title,
        language=language.strip()[:40],
        base=reader.base,
        metas=tuple(reader.metas),
        links=tuple(reader.links),
        json_ld=tuple(reader.json_ld),
        states=tuple(reader.states),
        marked=tuple(reader.marked),
    )


class _Reader:
    """Sorts the elements found, and counts what has been read."""

    def __init__(self) -> None:
        self.title = ""
        self.base = ""
        self.metas: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.json_ld: list[str] = []
        self.states: list[tuple[str, str]] = []
        self.marked: list[tuple[str, str, str, int, int]] = []
        self.script_room = SCRIPT_CHARACTERS
        self.text_room = TEXT_CHARACTERS

    def take(self, element: Element) -> None:
        """Look at one element: the most frequent ones first."""
        tag = element.tag
        if tag == "meta":
            self.take_meta(element)
        elif tag == "link":
            rel = element.attr("rel")
            if rel and rel.lower().strip() in _LINKED and len(self.links) < LINKS and (href := element.attr("href")):
                self.links.append((rel.lower().strip(), href.strip()[:VALUE]))
        elif tag == "script":
            self.take_script(element)
        elif tag == "title":
            if not self.title and element.namespace is Namespace.HTML:
                self.title = " ".join(element.text[:VALUE].split())
        elif tag == "base":
            self.base = self.base or (element.attr("href") or "").strip()[:VALUE]
        elif len(self.marked) < MARKED:
            self.take_marked(element, tag)

    def take_meta(self, element: Element) -> None:
        content = element.attr("content")
        if not content:
            return
        content = content[:VALUE].strip()
        name, other, prop = element.attr("name"), element.attr("property"), element.attr("itemprop")
        if prop:
            self.mark("itemprop " + prop.lower(), content, "", element)
        if len(self.metas) >= METAS or not content:
            return
        if not name and not other:
            name = element.attr("http-equiv")
        for key in (name, other) if other != name else (name,):
            if key:
                key = key.strip().lower()[:100]
                self.metas.append((key.replace(":", ".", 1) if key.startswith("dc") else key, content))

    def take_script(self, element: Element) -> None:
        kind = (element.attr("type") or "").lower()
        if "ld+json" in kind:
            if len(self.json_ld) < SCRIPTS and self.script_room > 0:
                self.json_ld.append(self.script_text(element))
        elif len(self.states) < SCRIPTS and self.script_room > 0:
            name = element.attr("id") or ""
            if kind.startswith(_DATA_TYPES):
                self.states.append((name[:100], self.script_text(element)))
            elif not kind or "javascript" in kind:
                self.take_assignment(element)

    def take_assignment(self, element: Element) -> None:
        """`window.__STATE__ = {...}`: a script that begins by giving data to a name."""
        source = element.text
        if len(source) < 500:
            return
        found = _STATE.match(source)
        if found and _STATE_NAMES.search(found[1]) and len(source) <= self.script_room:
            self.script_room -= len(source)
            self.states.append((found[1], source[found.end() :]))

    def script_text(self, element: Element) -> str:
        """The source of a script; one that is too long is no use when cut, so it is left out."""
        source = element.text
        if len(source) > self.script_room:
            return ""
        self.script_room -= len(source)
        return source

    def take_marked(self, element: Element, tag: str) -> None:
        if tag == "time":
            names = f"{element.attr('itemprop') or ''} {element.attr('class') or ''}".lower()[:200].strip()
            value = element.attr("datetime") or element.attr("content") or element.attr("title") or ""
            self.mark(f"time {names}".strip(), value, self.text(element), element)
            return
        if prop := element.attr("itemprop"):
            words = [word for word in prop.lower().split()[:4] if word in _ITEMS]
            if words and not (words[0] in _SCOPED and self.is_aside(element)):
                self.mark("itemprop " + words[0], self.value(element), self.item_text(element, words[0]), element)
        elif prop := element.attr("property"):
            self.mark("property " + prop.lower()[:100], self.value(element), self.text(element), element)
        elif rel := element.attr("rel"):
            for word in rel.lower().split()[:6]:
                if word in _RELATIONS:
                    self.mark("rel " + word, element.attr("href") or "", self.text(element), element)
                    break

    def is_aside(self, element: Element) -> bool:
        """Whether a property belongs to something else than the article: a picture, a comment, a review."""
        parent = element.parent
        scope = parent.closest("[itemscope]") if isinstance(parent, Element) else None
        kind = (scope.attr("itemtype") or "") if scope is not None else ""
        return kind.endswith(_ASIDES)

    def value(self, element: Element) -> str:
        for name in ("content", "datetime", "href", "src"):
            if value := element.attr(name):
                return value
        return ""

    def item_text(self, element: Element, prop: str) -> str:
        """The text of an item; of a person or an outlet with its own scope, the name inside it."""
        if prop != "name" and element.attr("itemscope") is not None:
            name = element.select_one("[itemprop~=name]")
            if name is not None:
                return name.attr("content") or self.text(name)
        return self.text(element)

    def text(self, element: Element) -> str:
        """The text of a small element. What has been read counts, so that deep nesting is not read over and over."""
        if self.text_room <= 0:
            return ""
        text = element.text
        self.text_room -= len(text) + 20
        return " ".join(text[:VALUE].split())[:500]

    def mark(self, what: str, value: str, text: str, element: Element) -> None:
        if len(self.marked) < MARKED:
            line, column = element.position or (0, 0)
            self.marked.append((what, value[:VALUE].strip(), text, line, column))

    def says(self, words: tuple[str, ...], key: str) -> bool:
        """Whether meta elements or structured data name one of these; then the classes of spans need not be asked."""
        if any(key in source for source in self.json_ld):
            return True
        return any(word in name for name, _ in self.metas for word in words)

    def take_classes(self, tree: Tree, selector: str, what: str) -> None:
        """Inline elements whose class names an author or a date: they are no boxes, so nobody else sees their class."""
        for element in tree.select(selector)[:CLASSED]:
            if text := self.text(element):
                self.mark(what, element.attr("title") or element.attr("data-timestamp") or "", text, element)
