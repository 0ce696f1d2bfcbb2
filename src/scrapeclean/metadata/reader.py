"""Reads the metadata of a document: asks each field's room, and gathers the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from scrapeclean.metadata.addresses import host_words
from scrapeclean.metadata.fields import Fields
from scrapeclean.metadata.headline import likely_title
from scrapeclean.metadata.names import squeeze
from scrapeclean.metadata.notices import head_notices
from scrapeclean.metadata.people import FORUMS, settle_people
from scrapeclean.metadata.plain import plain_title
from scrapeclean.metadata.times import settle_times
from scrapeclean.metadata.titles import Said, Site, choose_title, is_site_name
from scrapeclean.metadata.visible import Window
from scrapeclean.model import ARTICLE, ASIDE, FOOTER, HEADER, HIDDEN, MAIN, NAV, Evidence, Notice, PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

LABEL: Final = 6
_FRAME: Final = NAV | HEADER | FOOTER | ASIDE
_PLUGGED: Final = ("BlogPosting", "Product")
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


class _Reader(Fields):
    """One reading: what has been found so far, and its evidence."""

    def read(self) -> Metadata:
        document, said = self.document, self.said
        names = self.site_names()
        host, stem = host_words(document.url or self.metas.get("og:url"))
        owners = frozenset(map(squeeze, said.owners))
        outlets = frozenset(filter(None, (*map(squeeze, names), squeeze(stem))))
        known = outlets | {squeeze(host)} if host else outlets
        title, block = self.title(Site(known, squeeze(stem), self.sections(), self.step()))
        window = Window(document, block)
        language = self.language()
        section = self.section()
        authors, evidence = settle_people(document, said, window, outlets - owners, section or "")
        self.evidence["authors"] = evidence  # type: ignore[assignment]
        published, evidence, modified, changed, text = settle_times(document, said, window, language)
        self.evidence |= {"published": evidence, "modified": changed}  # type: ignore[dict-item]
        url = self.url()
        return Metadata(
            title=title, authors=authors, published=published.when if published else None,
            modified=modified.when if modified else None, published_text=text, source=self.source(names, host),
            section=section, tags=self.tags(), language=language, url=url, description=self.description(),
            image=self.image(), paywalled=self.paywalled(), notices=head_notices(self.head, said, document.url, url),
            body=said.body or None, evidence={name: one for name, one in self.evidence.items() if one is not None},
        )  # fmt: skip

    def title(self, site: Site) -> tuple[str | None, int]:
        """The title and the block where it stands."""
        document = self.document
        if document.given_title:
            self.evidence["title"] = Evidence("given", 1.0)
            key = squeeze(document.given_title)
            return document.given_title, next((b.index for b in document.blocks if squeeze(b.text[:600]) == key), -1)
        if document.kind == "text":
            headline = plain_title(document, site)
            if headline is None:
                return None, -1
            self.evidence["title"] = Evidence(headline.source, headline.trust)
            return headline.title, headline.block
        said = list(self.titles())
        title, evidence, index = choose_title(said, site)
        if (title is None or is_site_name(title) or self.is_label(title, said)) and (line := likely_title(document)):
            title, evidence, index = line.text.strip(" -–—|»·"), Evidence("visible text", 0.5), line.index
        if evidence is not None:
            self.evidence["title"] = evidence
        return title, self.place(title, index)

    def is_label(self, title: str, said: list[Said]) -> bool:
        """Whether all that says a title is a `title` of a few signs in a script without blanks, which no line repeats:
        the name of a section or of the page's task ("display")."""
        short = len(title) <= LABEL and title[:1] >= "\u2e80"
        return short and all(one.source == "title" for one in said) and not any(
            block.text == title and not block.regions & HIDDEN for block in self.document.blocks
        )  # fmt: skip

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

    def heading(self, text: str) -> str:
        """A heading without the kicker above it, which stands in a line of its own, and without the label that forums
        put before a title, where another source gives the headline; if a box parts the two, with a blank between."""
        whole = _plain(text).rstrip("¶# ")
        below = _plain(text.partition("\n")[2])
        forum = self.said.kind in FORUMS
        for headline in (*self.said.headlines[:1], _plain(self.metas.get("og:title", ""))):
            if len(headline) > 8 and (below == headline or (forum and whole.endswith(f" {headline}"))):
                return headline
        return _parted(whole, self.said.headlines[:1])

    def is_search_title(self) -> bool:
        """Whether the data of a blog or shop repeats the head's title: one plug-in writes both,
        from what is meant for search engines, so they are one voice against the heading of the page."""
        headline = squeeze(self.said.headlines[0]) if self.said.kind in _PLUGGED and self.said.headlines else ""
        return len(headline) > 8 and headline in squeeze(_plain(self.metas.get("og:title", "")))

    def titles(self) -> Iterator[Said]:
        ordered = sorted(self.headings, key=_is_framed)
        for i, block in enumerate(ordered):
            weight = ((1.0 if self.is_search_title() else 0.6) if block.level == 1 else 0.15) if i == 0 else 0.12
            text = self.heading(block.text)
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
