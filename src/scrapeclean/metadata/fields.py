"""The plain fields: source, section, tags, language, address, description, image, free or not.

Each is what the most trusted source says; the sources are meta elements, JSON-LD, microdata and RDFa, and the address.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from scrapeclean.metadata.addresses import bare, web_address
from scrapeclean.metadata.candidate import Candidate, settle
from scrapeclean.metadata.language import settle_language
from scrapeclean.metadata.names import squeeze
from scrapeclean.metadata.structured import Structured, digest
from scrapeclean.metadata.visible import headings, sample
from scrapeclean.model import Evidence

if TYPE_CHECKING:
    from scrapeclean.document import Document

TAGS: Final = 60
_SITE: Final = (
    "og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher", "dcterms.publisher",
    "citation_journal_title", "al:ios:app_name", "article:publisher_name",
)  # fmt: skip
_SOURCE: Final = {
    "og:site_name": 0.84, "publisher": 0.7, "dc.publisher": 0.7, "dcterms.publisher": 0.7, "application-name": 0.66,
}  # fmt: skip
_SECTION: Final = {
    "article:section": 0.84, "og:section": 0.8, "parsely-section": 0.76, "section": 0.66, "cxenseparse:section": 0.6,
    "dc.subject": 0.4,
}  # fmt: skip
_TAGS: Final = ("article:tag", "news_keywords", "og:article:tag", "parsely-tags", "sailthru.tags", "keywords")
_DESCRIPTION: Final = {
    "og:description": 0.8, "description": 0.82, "twitter:description": 0.7, "dc.description": 0.6,
    "dcterms.description": 0.6, "sailthru.description": 0.6,
}  # fmt: skip
_IMAGE: Final = {
    "og:image:secure_url": 0.86, "og:image": 0.86, "og:image:url": 0.84, "twitter:image": 0.8,
    "twitter:image:src": 0.78, "parsely-image-url": 0.7, "thumbnail": 0.5,
}  # fmt: skip
_LANGUAGE: Final = ("content-language", "og:locale", "dc.language", "dcterms.language", "language")
_TIERS: Final = ("article:content_tier", "og:content_tier", "content_tier", "content-tier")
_MARKED: Final = frozenset(
    ("publisher", "articlesection", "keywords", "description", "image", "inlanguage", "isaccessibleforfree")
)


class Fields:
    """What a page's head says, and the plain fields that come of it, each with its evidence."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.head = document.head
        self.metas = dict(reversed(document.head.metas))  # of several of one name the first
        self.base = web_address(self.head.base, document.url) or document.url
        self.evidence: dict[str, Evidence] = {}
        self.headings = headings(document)
        titles = (self.metas.get("og:title", ""), self.head.title, *(block.text for block in self.headings[:3]))
        canonical = next((href for rel, href in self.head.links if rel == "canonical"), "")
        addresses = tuple(bare(url) for url in (document.url, canonical, self.metas.get("og:url")) if url)
        self.said = (
            digest(self.head.json_ld, tuple(filter(None, map(squeeze, titles))), addresses)
            if self.head.json_ld
            else Structured()
        )

    @cached_property
    def marks(self) -> dict[str, tuple[str, str]]:
        """What microdata and RDFa say of plain fields, each first: the source and its text, or its value."""
        found: dict[str, tuple[str, str]] = {}
        for what, value, text, _, _ in self.head.marked:
            kind, _, name = what.partition(" ")
            name = name.removeprefix("schema:")
            if name in _MARKED and name not in found and kind in ("itemprop", "property"):
                string = (value or text) if name == "image" else (text or value)
                if string:
                    found[name] = (what, string[:1000])
        return found

    def stated(self, table: dict[str, float]) -> list[Candidate[str]]:
        """What the meta elements of a table say."""
        metas = self.metas
        return [Candidate(f"meta {key}", metas[key], trust) for key, trust in table.items() if key in metas]

    def marked(self, name: str, trust: float) -> list[Candidate[str]]:
        """What microdata or RDFa says."""
        return [Candidate(*self.marks[name], trust)] if name in self.marks else []

    def field(self, name: str, candidates: list[Candidate[str]]) -> str | None:
        best, evidence = settle([candidate for candidate in candidates if candidate.value])
        if evidence is not None:
            self.evidence[name] = evidence
        return best.value if best else None

    def site_names(self) -> list[str]:
        """What the site and its publisher are called."""
        named = [
            *self.said.publishers,
            *(self.metas[key] for key in _SITE if key in self.metas),
            *(candidate.value for candidate in self.marked("publisher", 0.7)),
            self.metas.get("twitter:site", "").lstrip("@"),
        ]
        return list(dict.fromkeys(name for name in named if 1 < len(name) <= 80 and "://" not in name))

    def language(self) -> str | None:
        said = [("html lang", self.head.language), ("json-ld", self.said.language)]
        said += [(f"meta {name}", self.metas[name]) for name in _LANGUAGE if name in self.metas]
        said += [(candidate.source, candidate.value) for candidate in self.marked("inlanguage", 0.5)]
        said = [(source, tag) for source, tag in said if tag]
        codes = {tag[:2].lower() for _, tag in said}
        code, evidence = settle_language(said, "" if len(codes) == 1 else sample(self.document))
        if evidence is not None:
            self.evidence["language"] = evidence
        return code

    def source(self, names: list[str], host: str) -> str | None:
        """The outlet: the publisher as the structured data names it, the site's name, else the host."""
        candidates = [Candidate("json-ld", self.said.publishers[0], 0.8)] if self.said.publishers else []
        candidates += [one for one in (*self.stated(_SOURCE), *self.marked("publisher", 0.72)) if one.value in names]
        candidates.append(Candidate("address", host, 0.3))
        return self.field("source", candidates)

    def section(self) -> str | None:
        candidates = [Candidate("json-ld", text, 0.8 - 0.05 * i) for i, text in enumerate(self.said.section[:3])]
        candidates += [*self.stated(_SECTION), *self.marked("articlesection", 0.7)]
        return self.field("section", [one._replace(value=one.value[:100]) for one in candidates])

    def tags(self) -> tuple[str, ...]:
        """Key words from all that names them, each once."""
        found: dict[str, list[str]] = {}
        if self.said.tags:
            found["json-ld"] = [tag for text in self.said.tags for tag in _listed(text)]
        for name in _TAGS:
            if name in self.metas:
                values = (value for key, value in self.head.metas if key == name)
                found[f"meta {name}"] = [tag for value in values for tag in _listed(value)]
        found |= {one.source: _listed(one.value) for one in self.marked("keywords", 0.7)}
        found["rel tag"] = [text for what, _, text, _, _ in self.head.marked if what == "rel tag" and text]
        every = (tag for tags in found.values() for tag in tags)
        tags: dict[str, str] = {}
        for tag in every:
            if 1 < len(tag) <= 80:
                tags.setdefault(tag.casefold(), tag)
        if tags:
            self.evidence["tags"] = Evidence(", ".join(source for source, listed in found.items() if listed), 0.7)
        return tuple(tags.values())[:TAGS]

    def url(self) -> str | None:
        """The canonical address. One that points to the front page, from a page that is not it, is a mistake."""
        given = web_address(self.document.url)
        said = [("link canonical", href, 0.9) for rel, href in self.head.links if rel == "canonical"]
        said += [("meta og:url", self.metas.get("og:url", ""), 0.8)]
        said += [("json-ld", address, 0.6) for address in self.said.urls[:2]]
        candidates = [
            Candidate(source, url, trust) for source, href, trust in said if (url := web_address(href, self.base))
        ]
        deep = given is not None and _depth(given) > 0
        candidates = [candidate for candidate in candidates if not (deep and _depth(candidate.value) == 0)]
        if given:
            candidates.append(Candidate("address", given, 0.5))
        return self.field("url", candidates)

    def description(self) -> str | None:
        candidates = [*self.stated(_DESCRIPTION), Candidate("json-ld", self.said.description, 0.78)]
        candidates += self.marked("description", 0.5)
        return self.field("description", [one._replace(value=" ".join(one.value.split())) for one in candidates])

    def image(self) -> str | None:
        candidates = self.stated(_IMAGE)
        candidates += [Candidate("json-ld", url, 0.75) for url in self.said.images[:1]]
        candidates += [Candidate("link image_src", href, 0.7) for rel, href in self.head.links if rel == "image_src"]
        candidates += self.marked("image", 0.5)
        absolute = ((one, web_address(one.value, self.base)) for one in candidates)
        return self.field("image", [one._replace(value=url) for one, url in absolute if url])

    def paywalled(self) -> bool | None:
        """Whether one has to pay, where the page says so."""
        if self.said.free is not None:
            self.evidence["paywalled"] = Evidence("json-ld isAccessibleForFree", 0.9)
            return not self.said.free
        for key in _TIERS:
            tier = self.metas.get(key, "").lower()
            if tier in ("free", "locked", "metered", "premium", "paid"):
                self.evidence["paywalled"] = Evidence(f"meta {key}", 0.75)
                return tier != "free"
        for one in self.marked("isaccessibleforfree", 0.85):
            if (word := one.value.lower().rsplit("/", 1)[-1]) in ("true", "false"):
                self.evidence["paywalled"] = Evidence(one.source, 0.85)
                return word == "false"
        return None


def _listed(text: str) -> list[str]:
    """A list of key words, parted by commas or semicolons."""
    return [part.strip() for part in text.replace(";", ",").replace("，", ",").split(",")[:TAGS] if part.strip()]


def _depth(url: str) -> int:
    """How many steps an address is away from the front page; an address with a query counts as one."""
    path = url.partition("://")[2].partition("/")[2]
    return len([step for step in path.split("?")[0].split("#")[0].split("/") if step]) + ("?" in path)
