"""When it was published and modified: from structured data, meta elements, `time`, visible text and the address.

A stamp is read as it is written: with a zone it gives an aware datetime, without one a naive one. Nothing is guessed
from the clock; relative ages need to be told when the page was fetched.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import regex
from attrs import frozen

from scrapeclean.ages import find_ages, resolve
from scrapeclean.metadata.candidate import Candidate, settle
from scrapeclean.model import Evidence

EARLIEST: Final = 1900
_ISO: Final = regex.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s{1,3}|_)\s?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9}+)?)?\s?"
    r"(Z|UTC|GMT|[+\-−]\s?\d{1,2}:?(?:\d{2})?)?)?", regex.IGNORECASE,
)  # fmt: skip
_COMPACT: Final = regex.compile(r"((?:19|20)\d{2})([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)([0-5]\d)?)?(Z|[+-]\d{2}:?\d{2})?$")
_EPOCH: Final = regex.compile(r"\d{10}(?:\d{3})?$")
_MAIL: Final = regex.compile(
    r"(?:\p{L}{2,9}\.?,?\s{1,3})?(\d{1,2})\s{1,3}(\p{L}{3})\p{L}{0,6}\s{1,3}(\d{4})\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?\s{0,3}([+-]\d{4}|GMT|UTC|Z)?"
)
_SCRIPT: Final = regex.compile(  # what Date.toString() writes: "Tue Jun 03 2025 10:15:00 GMT+0200"
    r"\p{L}{3},?\s{1,3}(\p{L}{3})\s{1,3}(\d{1,2})(?:\s{1,3}(\d{4}))?\s{1,3}(\d{1,2}):(\d{2}):(\d{2})\s{0,3}(?:(?:GMT|UTC)?([+-]\d{4})?|\p{L}{3,4})?\s{0,3}(\d{4})?"
)
_MONTHS: Final = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_PATH: Final = regex.compile(
    r"(?<![\d])((?:19[89]|20[0-4])\d)[/\-_.]?(?:([01]?\d)(?!\d{3})[/\-_.]?([0-3]?\d)|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6}[/-]([0-3]?\d))(?!\d)",
    regex.IGNORECASE,
)


@frozen
class Stamp:
    """A moment and the text it was read from."""

    when: datetime
    text: str
    modified: bool = False


def parse_stamp(text: str, language: str | None = None, fetched: datetime | None = None) -> Stamp | None:
    """The moment that a date field or a short visible text names.

    Args:
        text: what the page gives.
        language: the page's language, for "6/8/2025".
        fetched: when the page was fetched, for "3 hours ago".

    Example:
        >>> parse_stamp("2025-06-08T22:10:00+02:00").when.isoformat()
        '2025-06-08T22:10:00+02:00'
        >>> parse_stamp("Published: June 8, 2025").when.isoformat()
        '2025-06-08T00:00:00'
        >>> parse_stamp("0000-00-00") is None
        True
    """
    text = " ".join(text[:200].split())
    if not any(ch.isdigit() for ch in text) and fetched is None:
        return None
    if match := _ISO.match(text):
        return _stamp(text, match[1], match[2], match[3], *match.groups()[3:])
    if match := _EPOCH.match(text):
        return _epoch(text)
    if match := _COMPACT.match(text):
        return _stamp(text, *match.groups())
    if (match := _MAIL.match(text)) and (month := _MONTHS.get(match[2].lower())):
        return _stamp(text, match[3], str(month), match[1], *match.groups()[3:])
    if (match := _SCRIPT.match(text)) and (month := _MONTHS.get(match[1].lower())) and (year := match[3] or match[8]):
        return _stamp(text, year, str(month), match[2], match[4], match[5], match[6], match[7])
    return stamp_in(text, language, fetched)


def stamp_in(text: str, language: str | None, fetched: datetime | None, *, modified: bool = False) -> Stamp | None:
    """The first date in a short visible text that says when it was published (or, if asked, modified)."""
    for age in find_ages(text, language):
        if age.modified is modified and (when := resolve(age, fetched)) is not None and when.year >= EARLIEST:
            return Stamp(when, age.text, modified)
    return None


def _stamp(
    text: str, year: str | None, month: str | None, day: str | None, hour: str | None = None, minute: str | None = None,
    second: str | None = None, zone: str | None = None,
) -> Stamp | None:  # fmt: skip
    try:
        when = datetime(int(year or 0), int(month or 0), int(day or 0))
        if hour is not None and int(hour) < 24:
            when = when.replace(hour=int(hour), minute=int(minute or 0), second=int(second or 0), tzinfo=_zone(zone))
    except (ValueError, OverflowError):
        return None
    return Stamp(when, text) if when.year >= EARLIEST else None


def _zone(zone: str | None) -> timezone | None:
    if not zone:
        return None
    digits = zone.replace("−", "-").replace(":", "").replace(" ", "")
    if digits[0] not in "+-":
        return UTC
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5] or 0))
    if offset >= timedelta(hours=24):
        return None
    return timezone(-offset if digits[0] == "-" else offset) if offset else UTC


def _epoch(text: str) -> Stamp | None:
    seconds = int(text) // (1000 if len(text) == 13 else 1)
    if not 600_000_000 < seconds < 4_000_000_000:
        return None
    return Stamp(datetime.fromtimestamp(seconds, UTC), text)


def address_stamp(url: str | None) -> Stamp | None:
    """The day in an address such as /2025/06/08/rain.

    Example:
        >>> address_stamp("https://example.org/2025/06/08/rain").when.date().isoformat()
        '2025-06-08'
        >>> address_stamp("https://example.org/article/20250608123/") is None
        True
    """
    path = (url or "").partition("://")[2].partition("/")[2][:300]
    for match in _PATH.finditer(path):
        month = match[2] or str(_MONTHS[match[4].lower()])
        if stamp := _stamp(match[0], match[1], month, match[3] or match[5]):
            return stamp
    return None


def settle_stamps(
    candidates: Iterable[Candidate[Stamp]], fetched: datetime | None
) -> tuple[Stamp | None, Evidence | None]:
    """The best stamp: not after the fetch; among equals of one day the most precise; a day that others share counts."""
    usable = [c for c in candidates if not _after(c.value.when, fetched)]
    best, evidence = settle(usable, key=lambda stamp: stamp.when.date())
    if best is None:
        return None, None
    same = [c for c in usable if _one_day(c.value.when, best.value.when)]
    precise = max(same, key=lambda c: (_detail(c.value.when), c.trust)) if _detail(best.value.when) == 0 else best
    return precise.value, evidence


def _detail(when: datetime) -> int:
    """How much is known beyond the day."""
    return (when.time() != datetime.min.time()) + (when.tzinfo is not None)


def _one_day(one: datetime, other: datetime) -> bool:
    return one.date() == other.date()


def _after(when: datetime, fetched: datetime | None) -> bool:
    if fetched is None:
        return False
    return when.replace(tzinfo=None) > fetched.replace(tzinfo=None) + timedelta(days=2)
