"""When it was published and modified: from structured data, meta elements, `time`, visible text and the address.

A stamp is read as it is written: with a zone it gives an aware datetime, without one a naive one. Nothing is guessed
from the clock; relative ages need to be told when the page was fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final, NamedTuple

import regex

from scrapeclean.ages.find import find_ages, resolve
from scrapeclean.metadata.candidate import SHOWN, Candidate, confidence
from scrapeclean.model import Evidence

EARLIEST: Final = 1900
_ISO: Final = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s{1,3}|_)\s?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9}+)?)?\s?"
    r"(Z|UTC|GMT|[+\-−]\s?\d{1,2}:?(?:\d{2})?)?)?", re.IGNORECASE,
)  # fmt: skip
_COMPACT: Final = re.compile(
    r"((?:19|20)\d{2})([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)([0-5]\d)?)?(Z|[+-]\d{2}:?\d{2})?$"
)
_EPOCH: Final = re.compile(r"\d{10}(?:\d{3})?$")
_MAIL: Final = regex.compile(
    r"(?:\p{L}{2,9}\.?,?\s{1,3})?(\d{1,2})\s{1,3}(\p{L}{3})\p{L}{0,6}\s{1,3}(\d{4})\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?\s{0,3}([+-]\d{4}|GMT|UTC|Z)?"
)
_SCRIPT: Final = regex.compile(  # what Date.toString() writes: "Tue Jun 03 2025 10:15:00 GMT+0200"
    r"\p{L}{3},?\s{1,3}(\p{L}{3})\s{1,3}(\d{1,2})(?:\s{1,3}(\d{4}))?\s{1,3}(\d{1,2}):(\d{2}):(\d{2})\s{0,3}(?:(?:GMT|UTC)?([+-]\d{4})?|\p{L}{3,4})?\s{0,3}(\d{4})?"
)
_MONTHS: Final = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_PATH: Final = regex.compile(
    r"(?<!\d)(?P<y>(?:19[89]|20[0-4])\d)(?:(?P<s>[/\-_.])(?P<m>[01]?\d)(?P=s)(?P<d>[0-3]\d|\d(?=[/.?#]|$))|(?P<m>[01]\d)(?P<d>[0-3]\d)|"
    r"[/-](?P<n>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6}[/-](?P<d>[0-3]?\d))(?![\p{L}\d])",
    regex.IGNORECASE,
)


class Stamp(NamedTuple):
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
    if text[10:11] == "T" and (stamp := _written_out(text)) is not None:
        return stamp
    if not any(ch.isdigit() for ch in text) and fetched is None:
        return None
    if match := _ISO.match(text):
        return _stamp(text, match[1], match[2], match[3], *match.groups()[3:])
    if match := _EPOCH.match(text):
        return _epoch(text)
    if match := _COMPACT.match(text):
        return _stamp(text, *match.groups())
    if (mail := _MAIL.match(text)) and (month := _MONTHS.get(mail[2].lower())):
        return _stamp(text, mail[3], str(month), mail[1], *mail.groups()[3:])
    if (said := _SCRIPT.match(text)) and (month := _MONTHS.get(said[1].lower())) and (year := said[3] or said[8]):
        return _stamp(text, year, str(month), said[2], said[4], said[5], said[6], said[7])
    return stamp_in(text, language, fetched)


def _written_out(text: str) -> Stamp | None:
    """The frequent form: "2025-06-08T22:10:00+02:00"."""
    if not 19 <= len(text) <= 35 or text[13:14] != ":" or text[4:5] != "-" or text.count(":") > 3:
        return None
    try:
        when = datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return None
    return Stamp(when, text) if when.year >= EARLIEST else None


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
        month = match["m"] or str(_MONTHS[match["n"].lower()])
        if stamp := _stamp(match[0], match["y"], month, match["d"]):
            return stamp
    return None


def settle_stamps(
    candidates: Iterable[Candidate[Stamp]], fetched: datetime | None, shown: date | None = None
) -> tuple[Stamp | None, Evidence | None]:
    """The day that the sources agree on most, none after the fetch, as precisely as any of them gives it.

    Args:
        candidates: what the sources say.
        fetched: when the page was fetched.
        shown: a day that decides, if one of the sources gives it.

    Example:
        >>> said = [Candidate("json-ld", parse_stamp("2023-12-22T18:30:00Z"), 0.9),
        ...         Candidate("time", parse_stamp("December 23, 2023 5:30am"), 0.7)]
        >>> settle_stamps(said, None)[0].when.isoformat()
        '2023-12-23T05:30:00+11:00'
    """
    usable = _localised([c for c in candidates if fetched is None or not _after(c.value.when, fetched)])
    if not usable:
        return None, None
    dated = [(c.value.when.date(), c) for c in sorted(usable, key=lambda c: -c.trust)]
    days: dict[date, dict[str, float]] = {}
    for when, one in dated:
        days.setdefault(when, {}).setdefault(_sort(one.source), one.trust)
    day = shown if shown in days else max(days, key=lambda day: (sum(days[day].values()), -day.toordinal()))
    same = [c for when, c in dated if when == day]
    rest = [(when, c) for when, c in dated if when != day]
    differing = len({when for when, c in rest if c.trust >= 0.6})
    evidence = Evidence(
        same[0].source, confidence(min(same[0].trust, 0.97), len(days[day]) - 1, differing),
        tuple((c.source, c.found or str(c.value.when)) for _, c in rest[:SHOWN]),
    )  # fmt: skip
    best = same[0].value
    precise = max(same, key=lambda c: (_detail(c.value.when), c.trust)).value
    return (precise if _detail(best.when) < _detail(precise.when) else best), evidence


def _sort(source: str) -> str:
    """Sources that come from the same hand count once."""
    if source.startswith("meta"):
        return "meta"
    if source in ("json-ld", "address"):
        return source
    return "visible" if source in ("visible text", "class date") else "marked"


def _localised(candidates: list[Candidate[Stamp]]) -> list[Candidate[Stamp]]:
    """Where one source gives the moment in UTC and another the same moment in local time, all are given in local time:
    readers of the page, and its date, live in that zone. A local time without a zone tells it by the difference."""
    zoned = [(when, when.utcoffset()) for c in candidates if (when := c.value.when).tzinfo is not None]
    utc = [when for when, offset in zoned if not offset]
    if not utc or len(utc) == len(candidates):
        return candidates
    local = (when.tzinfo for when, offset in zoned if offset and any(_near(when, other) for other in utc))
    zone = next(local, None)
    if zone is None:
        zone = next((found for c in candidates if c.trust >= 0.6 and (found := _told(c.value.when, utc))), None)
    if zone is None:
        return candidates
    return [c._replace(value=c.value._replace(when=_moved(c.value.when, zone))) for c in candidates]


def localise(stamp: Stamp, shown: Stamp) -> Stamp:
    """A moment in UTC in the zone in which the page shows it, if the two tell that zone."""
    if shown.when.utcoffset() and stamp.when.tzinfo is not None and _near(stamp.when, shown.when):
        return stamp._replace(when=_moved(stamp.when, shown.when.tzinfo or UTC))
    zone = _told(shown.when, [stamp.when]) if stamp.when.tzinfo is not None and not stamp.when.utcoffset() else None
    return stamp._replace(when=_moved(stamp.when, zone)) if zone is not None else stamp


def _near(one: datetime, other: datetime) -> bool:
    return abs(one - other) < timedelta(minutes=2)


def _told(local: datetime, utc: list[datetime]) -> tzinfo | None:
    """The zone in which a moment given in UTC has this local time; a zone is whole half hours from UTC."""
    if local.tzinfo is not None or local.time() == datetime.min.time():
        return None
    for when in utc:
        minutes = round((local - when.replace(tzinfo=None)).total_seconds() / 60)
        rounded = 30 * round(minutes / 30)
        if abs(minutes - rounded) <= 1 and -12 * 60 <= rounded <= 14 * 60:
            return timezone(timedelta(minutes=rounded)) if rounded else None
    return None


def _moved(when: datetime, zone: tzinfo) -> datetime:
    """A moment of UTC in local time, a time without a zone in its zone; a bare day stays one."""
    try:
        if when.tzinfo is None:
            return when if when.time() == datetime.min.time() else when.replace(tzinfo=zone)
        return when.astimezone(zone) if not when.utcoffset() else when
    except (OverflowError, ValueError):
        return when


def _detail(when: datetime) -> int:
    """How much is known beyond the day."""
    return (when.time() != datetime.min.time()) + (when.tzinfo is not None)


def _after(when: datetime, fetched: datetime) -> bool:
    return when.replace(tzinfo=None) > fetched.replace(tzinfo=None) + timedelta(days=2)
