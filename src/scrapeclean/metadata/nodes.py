"""The objects of JSON-LD: all of them in a flat list, how likely each is the page's article, and plain strings.

Nothing here trusts any value. The walk is a loop with a bound, so that depth and self-reference cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from scrapeclean.metadata.loose_json import parse_json

Node = dict[str, Any]

NODES: Final = 4000
LISTED: Final = 60
LONGEST: Final = 4000

_RANKS: Final = {
    **dict.fromkeys(
        "Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle "
        "BackgroundNewsArticle AskPublicNewsArticle LiveBlogPosting TechArticle ScholarlyArticle Report "
        "MedicalScholarlyArticle SocialMediaPosting AdvertiserContentArticle SatiricalArticle CriticReview".split(),
        6,
    ),
    **dict.fromkeys("DiscussionForumPosting Recipe HowTo QAPage Question PodcastEpisode".split(), 5),
    **dict.fromkeys("Review Product Course Event Book Movie VideoObject AudioObject Dataset".split(), 3),
    **dict.fromkeys("WebPage ItemPage AboutPage CreativeWork MedicalWebPage".split(), 2),
}  # fmt: skip
_ASIDE: Final = frozenset(
    "itemListElement hasPart comment comments review reviews mentions relatedLink isBasedOn citation liveBlogUpdate "
    "about isPartOf publisher suggestedAnswer acceptedAnswer associatedMedia video image subjectOf workExample "
    "isRelatedTo isSimilarTo blogPost offers breadcrumb potentialAction worksFor knowsAbout".split()
)
_TAGS: Final = re.compile(r"<[a-zA-Z/!][^<>]{0,400}+>")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")


def collect(sources: tuple[str, ...]) -> tuple[list[tuple[Node, bool]], dict[str, Node]]:
    """All objects of all scripts in document order, whether they stand aside of the main thing, and by their @id."""
    nodes: list[tuple[Node, bool]] = []
    ids: dict[str, Node] = {}
    for source in sources:
        stack: list[tuple[Any, bool]] = [(value, False) for value in reversed(parse_json(source))]
        while stack and len(nodes) < NODES:
            value, aside = stack.pop()
            if isinstance(value, list):
                stack += [(item, aside) for item in reversed(value[:NODES])]
            elif isinstance(value, dict):
                nodes.append((value, aside))
                name = value.get("@id")
                if isinstance(name, str) and len(value) > 1 and len(value) > len(ids.get(name, ())):
                    ids[name] = value
                for key in reversed(value):
                    item = value[key]
                    if isinstance(item, (dict, list)):
                        stack.append((item, aside or key in _ASIDE))
    return nodes, ids


def kinds(node: Node) -> list[str]:
    """The types of an object, without their namespace."""
    value = node.get("@type") or node.get("type")
    if value is None:
        return []
    if isinstance(value, str) and value.isalpha():
        return [value]
    values = value if isinstance(value, list) else [value]
    return [item.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for item in values[:8] if isinstance(item, str)]


def base(node: Node) -> int:
    """How much the types of an object say that it is an article."""
    value = node.get("@type")
    if isinstance(value, str) and value.isalpha():
        return _RANKS.get(value, 0)
    return max((_RANKS.get(kind, 0) for kind in kinds(node)), default=0)


def rank(node: Node, aside: bool, ids: dict[str, Node], titles: tuple[str, ...], urls: tuple[str, ...]) -> int:
    """How likely an object is the page's article; 0: it is none."""
    kind = base(node)
    if not kind:
        return 0
    score = 10 * kind - (35 if aside else 0)
    headline = fold(text(node.get("headline")) or text(node.get("name")))
    if headline and any(headline in title or title in headline for title in titles if len(title) > 5):
        score += 18
    if urls and any(_same_page(url, urls) for url in addresses(node, ids)):
        score += 12
    if kind >= 5:
        score += sum(bool(node.get(key)) for key in ("headline", "datePublished", "author", "articleBody"))
    return score


def addresses(node: Node, ids: dict[str, Node]) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _same_page(url: str, urls: tuple[str, ...]) -> bool:
    bare = url.split("#")[0].split("?")[0].rstrip("/").removeprefix("https:").removeprefix("http:")
    return len(bare) > 12 and bare in urls


def fold(string: str) -> str:
    """Letters and digits alone, case folded."""
    return _NOT_LETTERS.sub("", string.casefold())


def text(value: Any, longest: int = LONGEST) -> str:
    """A string from whatever stands there: of a list the first, of an object its value or name; without markup."""
    for _ in range(6):
        if isinstance(value, str):
            break
        if isinstance(value, list):
            value = next((item for item in value[:LISTED] if item), None)
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("text")
        else:
            break
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return ""
        value = str(value)
    string = value[:longest]
    if "<" in string:
        string = _TAGS.sub(" ", string)
    if "&" in string:
        string = unescape(unescape(string))
    return " ".join(string.split())


def texts(value: Any) -> Iterator[str]:
    """All strings of a value: of lists each, of objects their names."""
    for item in value[:LISTED] if isinstance(value, list) else [value]:
        if string := text(item):
            yield string
