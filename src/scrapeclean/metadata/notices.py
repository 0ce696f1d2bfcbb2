"""Rights and provenance that the head states: licence, copyright, reservations, origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex

from scrapeclean.metadata.addresses import bare, host_words, web_address
from scrapeclean.metadata.structured import Structured
from scrapeclean.model import Head, Notice
from scrapeclean.rights.licenses import license_name

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PARTS: Final = re.compile(r"[\s,;]+")
_AROUND: Final = regex.compile(
    r"copyright|©|\(c\)|all rights reserved\.?|(?<!\d)(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?", regex.IGNORECASE
)
_NO_AI: Final = frozenset(("noai", "noimageai", "noml", "notrain"))
_COPYRIGHT: Final = frozenset(
    ("copyright", "dcterms.rightsholder", "dc.rightsholder", "dcterms.rights", "dc.rights", "rights", "rights-standard")
)
_LICENSE: Final = frozenset(
    ("license", "dcterms.license", "dc.rights.license", "og:license", "article:license", "cc:license")
)
_ORIGIN: Final = frozenset(
    ("original-source", "syndication-source", "article:original_source", "cxenseparse:recs:original-source")
)
_NAMED: Final = _COPYRIGHT | _LICENSE | _ORIGIN | {"tdm-reservation", "tdm-policy", "ai"}
LONGEST: Final = 500
Metas = list[tuple[str, str]]


def head_notices(head: Head, said: Structured, url: str | None, canonical: str | None) -> tuple[Notice, ...]:
    """Notices from the head, each once.

    Args:
        head: what the head says.
        said: what the structured data says.
        url: where the page came from.
        canonical: the address that the page calls its own; on another site it is the origin.

    Example:
        >>> head_notices(Head(metas=(("robots", "index, noai"),)), Structured(), None, None)[0].text
        'robots: noai'
    """
    metas = [(name, value) for name, value in head.metas if name in _NAMED or "bot" in name]
    found = [
        *_licenses(head, metas, said, url),
        *_rights(metas, said),
        *_reservations(metas),
        *_origins(head, metas, said, url, canonical),
    ]
    return tuple({(notice.kind, notice.text): notice for notice in found}.values())[:20]


def _licenses(head: Head, metas: Metas, said: Structured, url: str | None) -> Iterator[Notice]:
    stated = [href for rel, href in head.links if rel in ("license", "copyright")]
    stated += [value for what, value, *_ in head.marked if what == "rel license"]
    stated += [value for name, value in metas if name in _LICENSE]
    for value in [*stated, said.license]:
        value = value[:LONGEST].strip()
        name = license_name(value) if value else None
        address = web_address(value, url)
        if name or address:
            yield Notice(
                "license", address if address and (":" in value or value.startswith("/")) else value, license=name
            )


def _rights(metas: Metas, said: Structured) -> Iterator[Notice]:
    year = int(match[0]) if (match := _YEAR.search(said.year)) else None
    if said.notice:
        yield Notice("copyright", said.notice[:LONGEST], holder=said.holder or None, year=year or _year(said.notice))
    elif said.holder:
        text = " ".join(filter(None, ("©", str(year) if year else "", said.holder)))
        yield Notice("copyright", text, holder=said.holder, year=year)
    if said.credit:
        yield Notice("credit", said.credit[:LONGEST], holder=said.credit[:LONGEST])
    for name, value in metas:
        if name in _COPYRIGHT and len(value) > 2 and any(map(str.isalpha, value)):
            value = value[:LONGEST]
            yield Notice("copyright", value, holder=_holder(value), year=_year(value), license=license_name(value))


def _holder(text: str) -> str | None:
    """The holder in a statement such as "© 2025 The Valley Times. All rights reserved."."""
    rest = _AROUND.sub(" ", text)
    rest = " ".join(rest.split()).strip(" .,;:-–—|/")
    return rest if 1 < len(rest) <= 100 and "://" not in rest else None


def _year(text: str) -> int | None:
    years = _YEAR.findall(text)
    return int(years[-1]) if years else None


def _reservations(metas: Metas) -> Iterator[Notice]:
    for name, value in metas:
        if name == "tdm-reservation" and value.strip() == "1":
            yield Notice("reservation", "tdm-reservation: 1")
        elif name == "tdm-policy" and (address := web_address(value)):
            yield Notice("reservation", f"tdm-policy: {address}")
        elif "bot" in name or name == "ai":
            words = _PARTS.split(value.lower()[:LONGEST])[:20]
            if found := [word for word in words if word in _NO_AI]:
                yield Notice("reservation", f"{name}: {', '.join(found)}")


def _origins(head: Head, metas: Metas, said: Structured, url: str | None, canonical: str | None) -> Iterator[Notice]:
    stated = [value for name, value in metas if name in _ORIGIN]
    stated += [href for rel, href in head.links if rel == "syndication-source"]
    own = {bare(address) for address in (url, canonical) if address}
    site = host_words(url)[1]
    for value in [*stated, said.origin]:
        address = web_address(value, url)
        if address and bare(address) not in own and host_words(address)[1] != site:
            yield Notice("origin", address, outlet=host_words(address)[0])
    if canonical and site and host_words(canonical)[1] != site:
        yield Notice("origin", canonical, outlet=host_words(canonical)[0])
