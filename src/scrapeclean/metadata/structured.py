"""JSON-LD, digested: whatever its types, depth and mistakes, a few plain strings come out.

Every value may be missing, of the wrong type, a list, a reference or nested; nothing here trusts any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import field, frozen

from scrapeclean.metadata.nodes import LISTED, LONGEST, Node, addresses, base, collect, fold, kinds, rank, text, texts

BODY: Final = 1_000_000
_SITES: Final = frozenset(("WebSite", "NewsMediaOrganization", "Organization"))


@frozen
class Agent:
    """An author or publisher: the name, and whether the page calls it a person or an organisation."""

    name: str
    kind: str = ""


@frozen
class Structured:
    """What the JSON-LD of a page says of its article. Text, cleaned of markup; nothing is judged yet."""

    kind: str = ""
    headlines: tuple[str, ...] = ()
    authors: tuple[Agent, ...] = ()
    publishers: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    """Publishers that the page calls persons: a person's own site."""
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    images: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    description: str = ""
    free: bool | None = None
    license: str = ""
    holder: str = ""
    year: str = ""
    notice: str = ""
    credit: str = ""
    origin: str = ""
    body: str = field(default="", repr=False)


def digest(sources: tuple[str, ...], titles: tuple[str, ...] = (), urls: tuple[str, ...] = ()) -> Structured:
    """What the scripts say of the article that the page is about.

    Args:
        sources: the scripts' texts.
        titles: other titles of the page; of several articles the one with such a headline is meant.
        urls: the page's own addresses; likewise.

    Example:
        >>> said = digest(('{"@type": ["Article"], "headline": "Rain &amp; wind", "author": {"name": ["Ann Lee"]},}',))
        >>> said.headlines, said.authors
        (('Rain & wind',), (Agent(name='Ann Lee', kind=''),))
    """
    nodes, ids = collect(sources)
    scores = [(rank(node, aside, ids, titles, urls), -i, node) for i, (node, aside) in enumerate(nodes) if base(node)]
    ranked = sorted((row for row in scores if row[0] > 0), key=lambda row: row[:2], reverse=True)[:12]
    if not ranked:
        return Structured(publishers=tuple(_sites(nodes)))
    return _Reading(ids, [row[2] for row in ranked], nodes).structured()


class _Reading:
    """Reads the fields off the objects that speak of the article, the best one first."""

    def __init__(self, ids: dict[str, Node], nodes: list[Node], everything: list[tuple[Node, bool]]) -> None:
        self.ids = ids
        self.main = nodes[0]
        self.nodes = nodes
        self.everything = everything
        own = base(self.main)
        headline = fold(text(self.main.get("headline")))
        self.allies = [node for node in nodes[1:] if self.is_ally(node, headline, own)]
        self.said: dict[str, list[Any]] = {}
        for node in (self.main, *self.allies):
            for key, value in node.items():
                if value:
                    self.said.setdefault(key, []).append(value)

    def is_ally(self, node: Node, headline: str, rank_of_main: int) -> bool:
        """Whether another object speaks of the same thing: the page around the article, or the article once more."""
        own = base(node)
        if own == 2 and rank_of_main > 2:
            return True
        return own >= 5 and bool(headline) and fold(text(node.get("headline"))) == headline

    def values(self, *keys: str) -> list[Any]:
        present = [key for key in keys if key in self.said]
        if len(present) < 2:
            return self.said[present[0]] if present else []
        return [value for node in (self.main, *self.allies) for key in keys if (value := node.get(key))]

    def first(self, *keys: str) -> str:
        return next((string for value in self.values(*keys) if (string := text(value))), "")

    def all(self, *keys: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(string for value in self.values(*keys) for string in texts(value)))[:LISTED]

    def resolve(self, value: Any) -> Any:
        """The object that a reference stands for."""
        if isinstance(value, dict) and "name" not in value and isinstance(name := value.get("@id"), str):
            return self.ids.get(name, value)
        return value

    def agents(self, value: Any) -> Iterator[Agent]:
        """The people and organisations in a value of any form."""
        stack, seen = [value], 0
        while stack and seen < LISTED:
            seen += 1
            item = self.resolve(stack.pop())
            if isinstance(item, list):
                stack += reversed(item[:LISTED])
            elif isinstance(item, dict):
                kind = next(iter(kinds(item)), "")
                named = list(texts(item.get("name")))
                if not named and (given := text(item.get("givenName")) or text(item.get("familyName"))):
                    named = [f"{text(item.get('givenName'))} {text(item.get('familyName'))}".strip() or given]
                yield from (Agent(string[:300], kind) for string in named)
                inner = item.get("author") or item.get("@list") or item.get("itemListElement")
                if not named and isinstance(inner, (dict, list)):
                    stack.append(inner)
            elif isinstance(item, str) and (string := text(item)):
                yield Agent(string[:300])

    def authors(self) -> tuple[Agent, ...]:
        for value in self.values("author", "creator", "authors"):
            if agents := tuple(dict.fromkeys(self.agents(value)))[:LISTED]:
                return agents
        return ()

    def publishers(self) -> tuple[Agent, ...]:
        values = self.values("publisher", "sourceOrganization", "provider")
        found = [agent for value in values for agent in self.agents(value)]
        return tuple(dict.fromkeys([*found, *map(Agent, _sites(self.everything))]))[:10]

    def images(self) -> tuple[str, ...]:
        found: list[str] = []
        for value in self.values("image", "thumbnailUrl"):
            for item in value[:5] if isinstance(value, list) else [value]:
                item = self.resolve(item)
                if isinstance(item, dict):
                    item = item.get("url") or item.get("contentUrl") or item.get("@id")
                if isinstance(item, list):
                    item = item[0] if item else None
                if isinstance(item, str):
                    found.append(item[:LONGEST])
        return tuple(found)[:10]

    def free(self) -> bool | None:
        """Whether the article can be read free of charge, where the page says so."""
        for value in self.values("isAccessibleForFree"):
            word = text(value).lower().rsplit("/", 1)[-1] if not isinstance(value, bool) else str(value).lower()
            if word in ("true", "false", "yes", "no"):
                return word in ("true", "yes")
        for node in (self.main, *self.allies):
            if node.get("isAccessibleForFree") is False:
                return False
        return None

    def body(self) -> str:
        for node in (self.main, *self.allies):
            for key in ("articleBody", "text"):
                value = node.get(key)
                if isinstance(value, list):
                    value = "\n\n".join(item for item in value[:1000] if isinstance(item, str))
                if isinstance(value, str) and len(value) > 100:
                    return value[:BODY]
        return ""

    def structured(self) -> Structured:
        parts = next((value for value in self.values("isBasedOn", "isBasedOnUrl")), None)
        publishers = self.publishers()
        return Structured(
            kind=next(iter(kinds(self.main)), ""),
            headlines=self.headlines(),
            authors=self.authors(),
            publishers=tuple(dict.fromkeys(agent.name for agent in publishers)),
            owners=tuple(agent.name for agent in publishers if agent.kind == "Person"),
            published=self.all("datePublished", "dateCreated", "uploadDate"),
            modified=self.all("dateModified"),
            section=self.all("articleSection"),
            tags=self.all("keywords"),
            language=self.first("inLanguage"),
            images=self.images(),
            urls=tuple(url for node in (self.main, *self.allies) for url in addresses(node, self.ids))[:10],
            description=self.first("description", "abstract"),
            free=self.free(),
            license=self.address("license"),
            holder=next((agent.name for value in self.values("copyrightHolder") for agent in self.agents(value)), ""),
            year=self.first("copyrightYear"),
            notice=self.first("copyrightNotice"),
            credit=self.first("creditText"),
            origin=self.address_of(parts),
            body=self.body(),
        )

    def headlines(self) -> tuple[str, ...]:
        """The headline; the name of an article or of another thing where it has none. Of a page around it neither."""
        own = [node for node in (self.main, *self.allies) if "WebPage" not in kinds(node)]
        found = [text(node.get("headline")) for node in own] or [text(self.main.get("headline"))]
        found += [text(node.get("name")) for node in own if not text(node.get("headline"))]
        found += [text(node.get("alternativeHeadline")) for node in own]
        return tuple(dict.fromkeys(filter(None, found)))

    def address(self, *keys: str) -> str:
        return next((string for value in self.values(*keys) if (string := self.address_of(value))), "")

    def address_of(self, value: Any) -> str:
        value = self.resolve(value[0] if isinstance(value, list) and value else value)
        if isinstance(value, dict):
            value = value.get("url") or value.get("@id") or value.get("name")
        return text(value)


def _sites(nodes: list[tuple[Node, bool]]) -> Iterator[str]:
    """The names that the page gives its site or the organisation behind it."""
    for node, _ in nodes[:200]:
        value = node.get("@type")
        found = value in _SITES if isinstance(value, str) and value.isalpha() else not _SITES.isdisjoint(kinds(node))
        if found and (name := text(node.get("name"), 200)):
            yield name
