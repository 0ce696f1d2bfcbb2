"""Reads the metadata of a document: asks each field's room, and gathers the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from scrapeclean.metadata.addresses import bare, host_words, web_address
from scrapeclean.metadata.candidate import Candidate, settle
from scrapeclean.metadata.language import settle_language
from scrapeclean.metadata.names import squeeze
from scrapeclean.metadata.notices import head_notices
from scrapeclean.metadata.people import settle_people
from scrapeclean.metadata.plain import title_line
from scrapeclean.metadata.structured import Structured, digest
from scrapeclean.metadata.times import settle_times
from scrapeclean.metadata.titles import Said, Site, choose_title
from scrapeclean.metadata.visible import Window, headings, sample
from scrapeclean.model import ARTICLE, ASIDE, FOOTER, HEADER, MAIN, NAV, Evidence, Notice, PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

TAGS: Final = 60
_FRAME: Final = NAV | HEADER | FOOTER | ASIDE
_TITLES: Final = {
    "og:title": 0.4, "twitter:title": 0.16, "citation_title": 0.45, "parsely-title": 0.2, "dc.title": 0.16, "dcterms.title": 0.16,  # noqa: E501
    "sailthru.title": 0.2, "headline": 0.2, "title": 0.08, "cxenseparse:title": 0.1, "hdl": 0.2,
}  # fmt: skip


@frozen
class Metadata:
    """What a page says about its article."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    published_text: str | None = None
    source: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    description: str | None = None
    image: str | None = None
    paywalled: bool | None = None
    notices: tuple[Notice, ...] = ()
    body: str | None = field(default=None, repr=False)
    """A body that the structured data holds, text or HTML."""
    evidence: Mapping[str, Evidence] = field(factory=dict)


def read(document: Document) -> Metadata:
    """Read the metadata of a page.

    Args:
        document: the page; of plain text there is no head, and all comes from the visible lines.

    Example:
        >>> from scrapeclean import read_page
        >>> page = read_page("<title>Rain in May | Valley Times</title><h1>Rain in May</h1><p>By Ann Lee, Reporter</p>")
        >>> read(page).title, read(page).authors
        ('Rain in May', ('Ann Lee',))
    """
    return _Reader(document).read()


class _Reader:
    """One reading: what has been found so far, and its evidence."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.head = document.head
        self.metas: dict[str, str] = {}
        for name, value in document.head.metas:
            self.metas.setdefault(name, value)
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

    def read(self) -> Metadata:
        document, said = self.document, self.said
        names = self.site_names()
        host, stem = host_words(document.url or self.metas.get("og:url"))
        owners = frozenset(map(squeeze, said.owners))
        outlets = frozenset(filter(None, (*map(squeeze, names), squeeze(stem))))
        title, block = self.title(Site(outlets | {squeeze(host)}, squeeze(stem), self.sections(), self.step()))
        window = Window(document, block)
        language = self.language()
        authors, self.evidence["authors"] = settle_people(document, said, window, outlets - owners)  # type: ignore[assignment]
        published, evidence, modified, changed, text = settle_times(document, said, window, language)
        self.evidence |= {"published": evidence, "modified": changed}  # type: ignore[dict-item]
        url = self.url()
        return Metadata(
            title=title, authors=authors, published=published.when if published else None,
            modified=modified.when if modified else None, published_text=text, source=self.source(names, host),
            section=self.section(), tags=self.tags(), language=language, url=url, description=self.description(),
            image=self.image(), paywalled=self.paywalled(), notices=head_notices(self.head, said, document.url, url),
            body=said.body or None, evidence={name: one for name, one in self.evidence.items() if one is not None},
        )  # fmt: skip

    def field(self, name: str, candidates: list[Candidate[str]]) -> str | None:
        best, evidence = settle([candidate for candidate in candidates if candidate.value])
        if evidence is not None:
            self.evidence[name] = evidence
        return best.value if best else None

    def site_names(self) -> list[str]:
        """What the site and its publisher are called."""
        keys = (
            "og:site_name",
            "application-name",
            "apple-mobile-web-app-title",
            "publisher",
            "dc.publisher",
            "dcterms.publisher",
            "citation_journal_title",
            "al:ios:app_name",
            "article:publisher_name",
        )
        named = [
            *self.said.publishers,
            *(self.metas.get(key, "") for key in keys),
            self.metas.get("twitter:site", "").lstrip("@"),
        ]
        return list(dict.fromkeys(name for name in named if 1 < len(name) <= 80 and "://" not in name))

    def title(self, site: Site) -> tuple[str | None, int]:
        """The title and the block where it stands."""
        document = self.document
        if document.given_title:
            self.evidence["title"] = Evidence("given", 1.0)
            key = squeeze(document.given_title)
            return document.given_title, next((b.index for b in document.blocks if squeeze(b.text[:600]) == key), -1)
        if document.kind == "text":
            block = title_line(document)
            if block is not None:
                self.evidence["title"] = Evidence("visible text", 0.6)
            return (block.text.lstrip("# ").strip() if block else None), (block.index if block else -1)
        title, evidence, index = choose_title(list(self.titles()), site)
        if evidence is not None:
            self.evidence["title"] = evidence
        return title, self.place(title, index)

    def place(self, title: str | None, index: int) -> int:
        """The block where the article begins: the title's, but not one in a menu if it stands elsewhere too."""
        blocks = self.document.blocks
        if title and (index < 0 or _is_framed(blocks[index])):
            key, size, first = squeeze(title), 2 * len(title) + 20, title[:1].casefold()
            places = [
                b for b in blocks
                if len(key) <= len(b.text) < size and b.text[:1].casefold() == first and b.kind != "title" and squeeze(b.text) == key  # noqa: E501
            ]  # fmt: skip
            index = next((b.index for b in places if not _is_framed(b)), index)
        return index if index >= 0 or not self.headings else self.headings[0].index

    def step(self) -> str:
        """The last step of the address, squeezed."""
        path = (self.document.url or self.metas.get("og:url", "")).partition("://")[2].partition("?")[0]
        return squeeze(path.partition("/")[2].rstrip("/").rpartition("/")[2])

    def sections(self) -> frozenset[str]:
        """Names of sections, as the structured data and the steps of the address give them."""
        steps = (self.document.url or "").partition("://")[2].partition("?")[0].split("/")[1:-1]
        return frozenset(
            filter(None, map(squeeze, (*self.said.section, self.metas.get("article:section", ""), *steps[:4])))
        )

    def titles(self) -> Iterator[Said]:
        ordered = sorted(self.headings, key=_is_framed)
        for i, block in enumerate(ordered):
            weight = (0.6 if block.level == 1 else 0.15) if i == 0 else 0.12
            text = _parted(_plain(block.text).rstrip("¶# "), self.said.headlines[:1])
            yield Said(f"h{block.level}", text, weight, block.index)
        for i, headline in enumerate(self.said.headlines[:3]):
            yield Said("json-ld", headline, 0.36 if i == 0 else 0.1)
        for name, weight in _TITLES.items():
            if name in self.metas:
                yield Said(f"meta {name}", _plain(self.metas[name]), weight)
        for what, value, text, _, _ in self.head.marked:
            if what in ("itemprop headline", "property headline", "property schema:headline"):
                yield Said(what, _plain(text or value), 0.2)
                break
        if self.head.title:
            yield Said("title", _plain(self.head.title), 0.24)

    def language(self) -> str | None:
        metas = ("content-language", "og:locale", "dc.language", "dcterms.language", "language")
        said = [("html lang", self.head.language), ("json-ld", self.said.language)]
        said += [(f"meta {name}", self.metas.get(name, "")) for name in metas]
        said = [(source, tag) for source, tag in said if tag]
        codes = {tag[:2].lower() for _, tag in said}
        code, evidence = settle_language(said, "" if len(codes) == 1 else sample(self.document))
        if evidence is not None:
            self.evidence["language"] = evidence
        return code

    def source(self, names: list[str], host: str) -> str | None:
        """The outlet: the publisher as the structured data names it, the site's name, else the host."""
        candidates = [Candidate("json-ld", self.said.publishers[0], 0.8)] if self.said.publishers else []
        named = (
            ("og:site_name", 0.84),
            ("publisher", 0.7),
            ("dc.publisher", 0.7),
            ("dcterms.publisher", 0.7),
            ("application-name", 0.66),
        )
        candidates += [
            Candidate(f"meta {key}", self.metas[key], trust) for key, trust in named if self.metas.get(key) in names
        ]
        candidates.append(Candidate("address", host, 0.3))
        return self.field("source", candidates)

    def section(self) -> str | None:
        candidates = [Candidate("json-ld", text, 0.8 - 0.05 * i) for i, text in enumerate(self.said.section[:3])]
        named = (
            ("article:section", 0.84),
            ("og:section", 0.8),
            ("parsely-section", 0.76),
            ("section", 0.66),
            ("cxenseparse:section", 0.6),
            ("dc.subject", 0.4),
        )
        candidates += [Candidate(f"meta {key}", self.metas.get(key, "")[:100], trust) for key, trust in named]
        return self.field("section", candidates)

    def tags(self) -> tuple[str, ...]:
        """Key words from all that names them, each once."""
        found: list[str] = []
        sources: list[str] = []

        def add(source: str, texts: list[str]) -> None:
            if texts:
                sources.append(source)
                found.extend(texts)

        add("json-ld", [tag for text in self.said.tags for tag in _listed(text)])
        for name in ("article:tag", "news_keywords", "og:article:tag", "parsely-tags", "sailthru.tags", "keywords"):
            add(f"meta {name}", [tag for key, value in self.head.metas if key == name for tag in _listed(value)])
        add("rel tag", [text for what, _, text, _, _ in self.head.marked if what == "rel tag" and text])
        tags = {tag.casefold(): tag for tag in reversed(found) if 1 < len(tag) <= 80}
        if tags:
            self.evidence["tags"] = Evidence(", ".join(dict.fromkeys(sources)), 0.7)
        return tuple(reversed(tags.values()))[:TAGS]

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
        named = (
            ("og:description", 0.8),
            ("description", 0.82),
            ("twitter:description", 0.7),
            ("dc.description", 0.6),
            ("dcterms.description", 0.6),
            ("sailthru.description", 0.6),
        )
        candidates = [
            Candidate(f"meta {key}", " ".join(self.metas.get(key, "").split()), trust) for key, trust in named
        ]
        candidates.append(Candidate("json-ld", self.said.description, 0.78))
        return self.field("description", candidates)

    def image(self) -> str | None:
        named = [
            ("meta " + key, self.metas.get(key, ""), trust)
            for key, trust in (
                ("og:image:secure_url", 0.86),
                ("og:image", 0.86),
                ("og:image:url", 0.84),
                ("twitter:image", 0.8),
                ("twitter:image:src", 0.78),
                ("parsely-image-url", 0.7),
                ("thumbnail", 0.5),
            )
        ]
        named += [("json-ld", url, 0.75) for url in self.said.images[:1]]
        named += [("link image_src", href, 0.7) for rel, href in self.head.links if rel == "image_src"]
        return self.field(
            "image", [Candidate(s, url, trust) for s, href, trust in named if (url := web_address(href, self.base))]
        )

    def paywalled(self) -> bool | None:
        """Whether one has to pay, where the page says so."""
        if self.said.free is not None:
            self.evidence["paywalled"] = Evidence("json-ld isAccessibleForFree", 0.9)
            return not self.said.free
        for key in ("article:content_tier", "og:content_tier", "content_tier", "content-tier"):
            tier = self.metas.get(key, "").lower()
            if tier in ("free", "locked", "metered", "premium", "paid"):
                self.evidence["paywalled"] = Evidence(f"meta {key}", 0.75)
                return tier != "free"
        for what, value, text, _, _ in self.head.marked:
            if what == "itemprop isaccessibleforfree" and (word := (value or text).lower().rsplit("/", 1)[-1]) in (
                "true",
                "false",
            ):
                self.evidence["paywalled"] = Evidence(what, 0.85)
                return word == "false"
        return None


def _is_framed(block: PageBlock) -> bool:
    """Whether a block stands around the page's content; the header of an article belongs to it."""
    regions = block.regions
    return bool(regions & _FRAME) and not (regions & _FRAME == HEADER and regions & (ARTICLE | MAIN))


def _plain(text: str) -> str:
    """A title on one line, as it is read: without soft hyphens, and without entities that were escaped twice."""
    if "&" in text and ";" in text:
        text = unescape(text)
    if "\xad" in text:
        text = text.replace("\xad", "")
    return " ".join(text.split())


def _parted(heading: str, headlines: tuple[str, ...]) -> str:
    """A heading whose kicker stands in a box of its own, which only the style sheet parts from the headline."""
    for headline in headlines:
        at = len(heading) - len(headline)
        if at > 2 and len(headline) > 12 and heading.endswith(headline) and not heading[at - 1].isspace():
            return f"{heading[:at]} {headline}"
    return heading


def _listed(text: str) -> list[str]:
    """A list of key words, parted by commas or semicolons."""
    return [part.strip() for part in text.replace(";", ",").replace("，", ",").split(",")[:TAGS] if part.strip()]


def _depth(url: str) -> int:
    """How many steps an address is away from the front page; an address with a query counts as one."""
    path = url.partition("://")[2].partition("/")[2]
    return len([step for step in path.split("?")[0].split("#")[0].split("/") if step]) + ("?" in path)
