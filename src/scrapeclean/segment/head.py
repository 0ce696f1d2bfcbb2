"""What the head of a page and its structured data say, undigested: a few searches of the tree, strings out.

The searches are done in C by the parser, which finds single names and attributes in no time, long lists of them not;
Python looks only at the few elements that it finds. Everything is bounded, so
that a page with a million `meta` elements or a 50 MB script costs no more than a large honest page.
"""

from __future__ import annotations

import re
from typing import Final

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
_RELATIONS: Final = ("author", "license", "tag")
_MARKED: Final = "time,[itemprop]:not(link,script,title,base),[property]:not(meta,link,script,title,base)"
_PEOPLE: Final = "span[class*=author],a[class*=author],span[class*=byline]"
_DAYS: Final = "span[class*=date],span[class*=time],span[class*=publish]"
_DATA_TYPES: Final = ("application/json", "text/json", "application/hal+json")
_STATE: Final = re.compile(
    r"\s{0,200}+(?:/[*/][^\n]{0,200}+\s{0,50}+)?(?:(?:window|self|globalThis|var|let|const)[.\s\[]{1,4}+)?['\"]?"
    r"([\w$]{3,60}+)['\"]?\]?\s{0,9}+=\s{0,9}+(?=[\{\[]|JSON\.parse)"
)
_STATE_NAMES: Final = re.compile(r"state|data|props|nuxt|apollo|redux|store|context|article|story|content", re.I)
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
    reader.read(tree)
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

    def read(self, tree: Tree) -> None:
        """Look at all elements that may say something."""
        for element in tree.select("meta"):
            if len(self.metas) < METAS:
                self.take_meta(element)
        for element in tree.select("link[rel]"):
            rel = (element.attr("rel") or "").lower().strip()
            if rel in _LINKED and len(self.links) < LINKS and (href := element.attr("href")):
                self.links.append((rel, href.strip()[:VALUE]))
        for element in tree.select("script:not([src])"):
            self.take_script(element)
        for element in tree.select("title"):
            if element.namespace is Namespace.HTML and (title := " ".join(element.text[:VALUE].split())):
                self.title = title
                break
        for element in tree.select("base"):
            self.base = self.base or (element.attr("href") or "").strip()[:VALUE]
        for element in tree.select(_MARKED)[: 2 * MARKED]:
            self.take_marked(element)
        for word in _RELATIONS:
            for element in tree.select(f"a[rel~={word}]")[:MARKED]:
                if element.attr("itemprop") is None and element.attr("property") is None:
                    self.mark("rel " + word, element.attr("href") or "", self.text(element), element)

    def take_meta(self, element: Element) -> None:
        content = element.attr("content")
        if not content or not (content := content[:VALUE].strip()):
            return
        name, other = element.attr("name"), element.attr("property")
        if not name and not other:
            name = element.attr("http-equiv")
        for key in (name, other) if other and other != name else (name,):
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

    def take_marked(self, element: Element) -> None:
        tag = element.tag
        if tag == "meta":
            content, prop = element.attr("content"), element.attr("itemprop")
            if content and prop:
                self.mark("itemprop " + prop.lower(), content, "", element)
            return
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
