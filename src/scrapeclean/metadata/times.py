"""Which of a page's dates is the publication and which the last change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from scrapeclean.ages.find import Age, find_ages, resolve
from scrapeclean.metadata.candidate import Candidate
from scrapeclean.metadata.dates import Stamp, address_stamp, localise, parse_stamp, settle_stamps
from scrapeclean.metadata.structured import Structured
from scrapeclean.metadata.visible import date_lines, is_named
from scrapeclean.metadata.vocabulary import meta_trusts
from scrapeclean.model import HIDDEN, Evidence

if TYPE_CHECKING:
    from scrapeclean.document import Document
    from scrapeclean.metadata.visible import Window

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PUBLISHED: Final = re.compile(r"^(?!.*(?:modif|updat|expir)).*(?:publi(?:sh|cation)|pub_?-?date)")
_CHANGED: Final = ("modif", "updat", "edited", "revised", "aktualisier")


def settle_times(
    document: Document, said: Structured, window: Window, language: str | None
) -> tuple[Stamp | None, Evidence | None, Stamp | None, Evidence | None, str | None]:
    """Published and modified with their evidence, and the text that the publication was read from."""
    tag = document.head.language or language
    published, modified = _structured(document, said, tag)
    sure = any(candidate.trust >= 0.85 for candidate in published)
    stated = {candidate.value.when.date() for candidate in published}
    local = sure and len(stated) == 1 and any(candidate.value.when.utcoffset() for candidate in published)
    for candidate in () if local else _timed(document, window, tag, 4 if sure else 12):
        (modified if candidate.value.modified else published).append(candidate)
    relative = None
    if max((candidate.trust for candidate in published), default=0.0) < 0.75:
        relative = _visible(document, window, tag, published, modified)
    if stamp := address_stamp(document.url):
        published.append(Candidate("address", stamp, 0.66, stamp.text))
    if not published:
        published = list(_far(document, tag))
    shown = _shown(window, tag, stated) if sure else None
    if shown is not None:
        published.append(shown)
    best, evidence = settle_stamps(published, document.fetched, shown.value.when.date() if shown else None)
    changed, changed_evidence = settle_stamps(modified, document.fetched)
    if best is not None and changed is not None and not _in_order(best, changed):
        changed, changed_evidence = None, None
    return best, evidence, changed, changed_evidence, best.text if best else relative


def _in_order(published: Stamp, modified: Stamp) -> bool:
    return modified.when.date() >= published.when.date()


def _structured(
    document: Document, said: Structured, tag: str | None
) -> tuple[list[Candidate[Stamp]], list[Candidate[Stamp]]]:
    fetched = document.fetched
    published = [
        Candidate("json-ld", s, 0.9, text) for text in said.published[:3] if (s := parse_stamp(text, tag, fetched))
    ]
    modified = [
        Candidate("json-ld", s, 0.9, text) for text in said.modified[:3] if (s := parse_stamp(text, tag, fetched))
    ]
    stated, changed = meta_trusts("published"), meta_trusts("modified")
    for name, value in document.head.metas:
        if name in stated or name in changed or "pub" in name:
            trusts = stated.get(name) or (0.72 if _PUBLISHED.search(name) else 0.0), changed.get(name, 0.0)
            for trust, found in zip(trusts, (published, modified), strict=True):
                if trust and (stamp := parse_stamp(value, tag, fetched)):
                    found.append(Candidate(f"meta {name}", stamp, trust, value))
    return published, modified


def _timed(document: Document, window: Window, tag: str | None, most: int) -> Iterator[Candidate[Stamp]]:
    """`time` elements and elements marked with a date, near the title."""
    count = 0
    for what, value, text, line, column in document.head.marked:
        kind, _, name = what.partition(" ")
        marked = kind in ("itemprop", "property") and ("date" in name or name.endswith(("published_time", "issued")))
        if not (kind == "time" or marked or what == "class date"):
            continue
        if not window.has(line, column) and not (kind == "itemprop" and line == 0):
            continue
        count += 1
        if count > most:
            return
        stamp = parse_stamp(value, tag, document.fetched) if value else None
        shown = (
            parse_stamp(text, tag, document.fetched)
            if text and (stamp is None or stamp.when.tzinfo is not None)
            else None
        )
        stamp = localise(stamp, shown) if stamp and shown else stamp or shown
        if stamp is None:
            continue
        changed = any(word in name for word in _CHANGED) and "publish" not in name
        labelled = _label(text, tag)
        trust = (
            0.8
            if "datepublished" in name
            else 0.72
            if "publish" in name or "pubdate" in name
            else {"time": 0.68, "class": 0.62}.get(kind, 0.66)
        )
        changed = changed if labelled is None else labelled
        yield Candidate(
            what[:60], Stamp(stamp.when, text or stamp.text, changed), trust - 0.01 * min(count, 5), text or value
        )


def _label(text: str, tag: str | None) -> bool | None:
    """Whether the text says that the date is of a change; None if it says nothing."""
    ages = find_ages(text, tag) if len(text) > 8 else ()
    return next((age.modified for age in ages if age.labelled), None)


def _visible(
    document: Document,
    window: Window,
    tag: str | None,
    published: list[Candidate[Stamp]],
    modified: list[Candidate[Stamp]],
) -> str | None:
    """Dates in the lines around the title; the text of a relative age that could not be resolved."""
    relative = None
    for source, text, trust in date_lines(window):
        for age in find_ages(text, tag):
            if source != "class date" and not age.labelled and not _stands_out(age, text):
                continue
            when = resolve(age, document.fetched)
            if when is None:
                relative = relative or (age.text if age.relative else None)
                continue
            bonus = (0.12 if age.labelled else 0.0) + (0.08 if len(age.text) > 0.6 * len(text) else 0.0)
            target = modified if age.modified else published
            target.append(
                Candidate(
                    source, Stamp(when, age.text, age.modified), trust + bonus - 0.005 * min(len(target), 8), text
                )
            )
    return relative


def _shown(window: Window, tag: str | None, stated: set[date]) -> Candidate[Stamp] | None:
    """The day that the page shows between its title and its body, if that is another one than its data gives.

    Readers go by it, and pages date an article by it: data often has the day on which a draft was begun, a moment in
    UTC, or a day of years ago. A day that is said to be that of a change, or one of several, decides nothing.
    """
    found: list[Candidate[Stamp]] = []
    for block, line in window.opening():
        if len(_YEAR.findall(line)) > 1:
            return None
        if not (ages := find_ages(line, tag)):
            continue
        source = "class date" if is_named(block, "date") else "visible text"
        for age in ages:
            when = None if age.relative else resolve(age, None)
            if when is None:
                continue
            known = when.date() in stated or _turned(when) in stated
            if age.modified or (known and len(stated) == 1):
                return None
            if source == "class date" or age.labelled or (_stands_out(age, line) and line[-1:] not in ".!?…"):
                found.append(Candidate(source, Stamp(when, age.text), 0.86 if known else 0.9, line))
    return found[0] if len({candidate.value.when.date() for candidate in found}) == 1 else None


def _turned(when: datetime) -> date | None:
    """The day with day and month the other way round."""
    return when.date().replace(month=when.day, day=when.month) if when.day <= 12 else None


def _stands_out(age: Age, text: str) -> bool:
    """Whether a date is what a line is about, or is parted from the rest: not the day that a caption or sentence
    names."""
    before = text[: age.start].rstrip()
    return len(age.text) >= 0.35 * len(text) or age.start == 0 or before[-1:] in "|·•●⋅∙—–/"


def _far(document: Document, tag: str | None) -> Iterator[Candidate[Stamp]]:
    """When nothing near the title has a date: the first `time` of the page, and lines that say what their date is."""
    for what, value, text, _, _ in document.head.marked:
        if (
            what.startswith(("time", "itemprop date"))
            and "modif" not in what
            and (stamp := parse_stamp(value or text, tag))
        ):
            yield Candidate(what[:60], stamp, 0.45, value or text)
            break
    count = 0
    for block in document.blocks:
        text = block.text
        if 8 < len(text) <= 80 and ("20" in text or "19" in text) and not block.regions & HIDDEN and _YEAR.search(text):
            count += 1
            if count > 40:
                return
            named = is_named(block, "date")
            for age in find_ages(text, tag):
                if (age.labelled or named) and not age.modified and (when := resolve(age, document.fetched)):
                    named = False
                    yield Candidate("visible text", Stamp(when, age.text), 0.5 - 0.002 * count, text)
