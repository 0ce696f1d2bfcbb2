"""Ages and dates in short visible texts: "20 minutes ago", "The Hill · 3h", "Aktualisiert am 8. Juni 2025, 14:30 Uhr".

Made for lines, labels and cards, not for prose: a text longer than `LONGEST` is turned away, and a word such as
"yesterday" or a date without a year counts only where nothing but separators or a word like "Updated" is beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

import regex
from attrs import frozen

from scrapeclean.ages.clock import CJK, clock_after, clock_before, weekday_after, weekday_before, zone_of
from scrapeclean.ages.words import Amount, age_words, dates, exact, languages, numbers, relative, units

LONGEST = 120
_WORD = regex.compile(r"[\p{L}\p{M}]++")
_ASCII_WORD = re.compile(r"[a-z]++")
_SEPARATED = re.compile(r"\d[-/.]\s?\d\d?(?:[-/.]|\s\d)")
_DIGIT = re.compile(r"\d")
_PARTS = "·•∙●▪◦⋅★☆►▶»›⁃🕒🕓⏰📅🗓|/–—―‧・,;:()[]（）【】«»>-|｜，：*\u200e\u200f"

_ISO = re.compile(r"(?<![\d./:-])(?P<y>(?:19|20)\d\d)(?P<s>[-/.])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})(?!\d)\.?")
_NUMERIC = re.compile(
    r"(?<![\d./:-])(?P<a>\d{1,2})(?P<s>[-/.])\s?(?P<b>\d{1,2})(?P=s)\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\d|\s?[%€$£]|[./-]\d)"
)
_MONTH_DAY = re.compile(r"(?<![\d./:-])(?P<m>\d{2})[-/](?P<d>\d{2})(?=\s\d\d:\d\d)")
_DAY_MONTH = re.compile(r"(?<![\d./:-])(?P<d>\d{2})\.(?P<m>\d{2})\.(?=\s|$|\s?[,|·•])(?!\s\d{4})")
_DAY_BEFORE = regex.compile(
    r"(?<![\p{Nd}\p{L}.,:/–]|(?<!ב)-)(?P<d>\p{Nd}{1,2})(?:[.ºª°]|er|st|nd|rd|th|ste|de|e|-?[оеі]?г?о)?[\s\-./,]{0,2}"
    r"(?:(?:de|of|di|da|d['’]|ng)\s?)?$", regex.IGNORECASE,
)  # fmt: skip
_YEAR_BEFORE = regex.compile(r"(?<!\p{Nd})(?P<y>(?:19|20)\d\d)[.,]?\s?$")
_YEAR_AFTER = regex.compile(
    r"\.?,?(?:[\s\-./,]{1,2}(?:(?:de|del|di|of|năm)\s)?)(?P<y>\p{Nd}{4})(?!\p{Nd})"
    r"(?:\s?(?:года|року|г\.|р\.|г(?!\p{L})|р(?!\p{L})|m\.|\.(?=\s|$)))?|[-.](?P<yy>\d\d)(?![\d:])", regex.IGNORECASE,
)  # fmt: skip
_DAY_AFTER = regex.compile(
    r"\.?\s?(?P<d>\p{Nd}{1,2})(?:st|nd|rd|th|\.)?(?![\p{Nd}:.])(?:,?\s(?:de\s|del\s)?(?P<y>\p{Nd}{4})(?!\p{Nd}))?",
    regex.IGNORECASE,
)


@frozen
class Age:
    """An age or a date found in a text.

    `text[start:end]` of the text searched is all of it, with words such as "Updated on" and weekdays; `text` is the
    age itself. Exactly one of `relative` (amount and unit), `date` (a datetime where a time of day is given) and
    `month_day` (a date whose year is left out) is set. `clock` is the time of day that goes with a relative age or a
    date without a year. `modified` says that a word like "Updated" stands beside it, `labelled` that such a word or
    one like "Published" does.
    """

    start: int
    end: int
    text: str
    relative: Amount | None = None
    date: datetime | date | None = None
    month_day: tuple[int, int] | None = None
    clock: time | None = None
    modified: bool = False
    labelled: bool = False


def find_age(text: str, language: str | None = None) -> Age | None:
    """The age or date in a short text: the first that does not say when the text was modified, else the first.

    `language` (a code such as "en" or "en-GB") decides between day first and month first in "6/8/2025".

    >>> find_age("The Hill · 3h ago").relative
    (3, 'hour')
    >>> find_age("Aktualisiert am 8. Juni 2025").modified
    True
    >>> find_age("5 tips for a better garden") is None
    True
    """
    first = None
    for age in find_ages(text, language):
        if not age.modified:
            return age
        first = first or age
    return first


def find_ages(text: str, language: str | None = None) -> tuple[Age, ...]:
    """All ages and dates in a short text, in order.

    >>> [age.text for age in find_ages("Published June 8, 2025 | Updated 2 hours ago")]
    ['June 8, 2025', '2 hours ago']
    """
    return _find_ages(text, language) if len(text) <= LONGEST else ()


@lru_cache(maxsize=256)
def _find_ages(text: str, language: str | None) -> tuple[Age, ...]:
    """A line that has a date is asked for several times: by the metadata, by the filters."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower()[0] for char in text)
    if not _plausible(low):
        return ()
    found_words = _ASCII_WORD.finditer(low) if low.isascii() else _WORD.finditer(low)
    words = [(match[0], match.start(), match.end()) for match in found_words]
    has_digit = _DIGIT.search(low) is not None
    found: list[Age] = []
    if has_digit:
        found += _numeric(text, language)
        found += _named(low, words)
    found += _relative(text, low, words, has_digit)
    found += _alone(low, words, has_digit)
    taken: list[Age] = []
    for age in sorted(found, key=lambda one: (one.start, -one.end)):
        full = _surround(age, text, low)
        if full is not None and not any(full.start < other.end and other.start < full.end for other in taken):
            taken.append(full)
    return tuple(taken)


def _plausible(low: str) -> bool:
    """Turns away most texts for a microsecond or two: no digit, or no word and no separator that a date would have."""
    known = age_words()
    if low.isascii():
        words: list[str] = _ASCII_WORD.findall(low)
    else:
        words = _WORD.findall(low)
        if CJK.search(low) and any(cue in low for cue, _ in known.spaceless):
            return True
    if not _DIGIT.search(low):
        return not known.wordy.isdisjoint(words)
    return not known.known.isdisjoint(words) or _SEPARATED.search(low) is not None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year < 2100 else None
    except ValueError:
        return None


def _dated(span: tuple[int, int], year: str | None, month: int, day: int) -> Iterator[Age]:
    if year is None:
        if _date(2024, month, day) is not None:
            yield Age(*span, "", month_day=(month, day))
        return
    number = int(year)
    if number < 100:
        if 40 <= number < 90:
            return
        number += 2000 if number < 40 else 1900
    if (found := _date(number, month, day)) is not None:
        yield Age(*span, "", date=found)


def _month_first(language: str | None, separator: str) -> bool:
    if separator != "/":
        return False
    if language is None:
        return True
    code, _, region = language.lower().replace("_", "-").partition("-")
    return age_words().orders.get(code) == "mdy" and region not in age_words().day_first


def _numeric(text: str, language: str | None) -> Iterator[Age]:
    separated = "-" in text or "/" in text or "." in text
    for match in _ISO.finditer(text) if separated else ():
        yield from _dated(match.span(), match["y"], int(match["m"]), int(match["d"]))
    for match in _NUMERIC.finditer(text) if separated else ():
        first, second = int(match["a"]), int(match["b"])
        swap = second > 12 or (first <= 12 and _month_first(language, match["s"]))
        day, month = (second, first) if swap else (first, second)
        yield from _dated(match.span(), match["y"], month, day)
    for pattern in (_MONTH_DAY, _DAY_MONTH) if separated else ():
        for match in pattern.finditer(text):
            yield from _dated(match.span(), None, int(match["m"]), int(match["d"]))
    if text.isascii():
        return
    for spoken in dict.fromkeys(name for cue, name in age_words().spaceless if cue in text) | {"vi": None}:
        written = dates(spoken)
        for found in written.finditer(text) if written else ():
            yield from _dated(found.span(), found["y"], int(found["m"]), int(found["d"]))


def _named(low: str, words: list[tuple[str, int, int]]) -> Iterator[Age]:
    """Dates with the name of a month: from that name outward."""
    months = age_words().months
    if not low.isascii():
        words = words + [(low[start:end], start, end) for (_, start, _), (_, _, end) in pairwise(words)]
    for word, start, end in words:
        month = months.get(word)
        if month is None:
            continue
        before = _DAY_BEFORE.search(low[max(0, start - 16) : start])
        after = _DAY_AFTER.match(low, end)
        first = start - min(16, start)
        if before:
            year = _YEAR_AFTER.match(low, end)
            span = (first + before.start("d"), year.end() if year else end)
            yield from _dated(span, (year["y"] or year["yy"]) if year else None, month, int(before["d"]))
        elif after and (year := _YEAR_BEFORE.search(low[max(0, start - 16) : start])):
            yield from _dated((first + year.start(), after.end()), year["y"], month, int(after["d"]))
        elif after:
            yield from _dated((start, after.end()), after["y"], month, int(after["d"]))


def _relative(text: str, low: str, words: list[tuple[str, int, int]], has_digit: bool) -> Iterator[Age]:
    known = age_words()
    candidates: dict[str, None] = {}
    for word, _, _ in words:
        for language in known.cues.get(word, ()):
            candidates[language] = None
    if not text.isascii():
        candidates |= {name: None for cue, name in known.spaceless if cue in low}
    for language in candidates:
        for match in relative(language).finditer(text):
            yield Age(match.start(), match.end(), "", relative=_amount(language, match))
    if has_digit:
        yield from _short(text, words)


def _amount(language: str, match: regex.Match[str]) -> Amount:
    if match["exact"]:
        return exact(language)[" ".join(match["exact"].lower().split())]
    number = int(match["n"]) if match["n"] else numbers(language)[match["word"].lower()]
    return number, units(language)[match["unit"].lower()]


def _short(text: str, words: list[tuple[str, int, int]]) -> Iterator[Age]:
    """A number and a short unit alone between separators: "Reuters · 3h"."""
    short = age_words().short
    for word, start, end in words:
        unit = short.get(word)
        if unit is None or (text[start:end] != word):
            continue
        number = regex.search(r"(?<![\p{Nd}.,])\p{Nd}{1,2}\s?$", text[max(0, start - 4) : start])
        if number is None:
            continue
        begin = start - len(number[0])
        apart = bool(text[:begin].strip()) and not text[end:].strip(". ")  # "Reuters · 3 h", but not "3 h"
        if number[0][-1].isspace() and ((len(word) == 1 and not apart) or unit == "minute"):
            continue
        if begin and text[:begin].rstrip()[-1:].strip(_PARTS) != "":
            continue
        if unit in ("second", "minute", "month", "year") and not text[:begin].strip():
            continue  # alone these are lengths of videos, distances, ages of people
        if text[end:].lstrip(". ")[:1].strip(_PARTS) == "":
            yield Age(begin, end, "", relative=(int(number[0]), unit))


def _alone(low: str, words: list[tuple[str, int, int]], has_digit: bool) -> Iterator[Age]:
    known = age_words()
    spans = [(start, end) for word, start, end in words if word in known.alone]
    if not low.isascii() or any(word in known.wide_words for word, _, _ in words):
        for phrase in known.alone_wide:
            if phrase in low:
                start = low.index(phrase)
                spans.append((start, start + len(phrase)))
    for start, end in spans:
        yield Age(start, end, "", relative=known.alone[low[start:end]])


def _surround(age: Age, text: str, low: str) -> Age | None:
    """The age with the time of day, the weekday and the words around it; None if it needs them and has none."""
    start, end = age.start, age.end
    end, clock, zone = clock_after(low, text, end)
    if clock is None and (after := weekday_after(low, end)) > end:
        end, clock, zone = clock_after(low, text, after)
    start = weekday_before(low, start)
    if clock is None:
        start, clock, zone = clock_before(text, start)
        start = weekday_before(low, start)
    inner = text[start:end].strip().strip(",")
    start, end, label = _label(low, start, end)
    modest = age.month_day is not None or (age.relative is not None and low[age.start : age.end] in age_words().alone)
    if modest and not label and not (clock and age.month_day) and not _bounded(text, start, end):
        return None
    changed, labelled = label == "modified", bool(label)
    if age.date is not None and clock is not None:
        moment = datetime.combine(age.date, clock, zone_of(zone, age.date))
        return Age(start, end, inner, age.relative, moment, age.month_day, None, changed, labelled)
    return Age(start, end, inner, age.relative, age.date, age.month_day, clock, changed, labelled)


def _bounded(text: str, start: int, end: int) -> bool:
    left, right = text[:start].rstrip(), text[end:].lstrip(" .")
    if text[start - 1 : start] == "-" or text[end : end + 1] == "-":
        return False  # part of a compound, or of a range
    return left[-1:].strip(_PARTS) == "" and right[:1] != "," and right[:1].strip(_PARTS) == ""


def _label(low: str, start: int, end: int) -> tuple[int, int, str]:
    """The word like "Published" or "Updated on" before or after a date, taken into its span."""
    known = age_words()
    begin = start
    for _ in range(2):
        head = low[:begin].rstrip(" :：-–—(.|·,،")
        for words, label in ((known.modified, "modified"), (known.published, "published"), (known.on, "")):
            if head.endswith(words):
                size = next(len(word) for word in words if head.endswith(word))
                at = len(head) - size
                if at and (low[at - 1].isalpha() and not CJK.match(low[at])):
                    continue
                if label:
                    return at, end, label
                begin = at
                break
    tail = low[end:]
    skip = len(tail) - len(tail.lstrip(" ,(（-–"))
    for words, label in ((known.modified, "modified"), (known.published, "published")):
        if tail[skip:].startswith(words):
            size = next(len(word) for word in words if tail[skip:].startswith(word))
            rest = tail[skip + size :]
            if not rest[:1].isalpha() and rest[:1] not in (":", "：") and not _DIGIT.search(rest[:24]):
                closing = 1 if rest[:1] in (")", "）") and tail[:skip].rstrip()[-1:] in ("(", "（") else 0
                return begin, end + skip + size + closing, label
    return begin, end, ""


def resolve(age: Age, fetched: datetime | None = None) -> datetime | None:
    """The moment an age stands for.

    A date is one without help; a relative age or a date without a year needs to know when the page was `fetched`,
    and is None without that. A date without a zone gives a naive datetime.

    >>> resolve(find_age("vor 3 Stunden"), datetime(2025, 6, 9, 12, 0)).isoformat()
    '2025-06-09T09:00:00'
    >>> resolve(find_age("3 hours ago")) is None
    True
    """
    if isinstance(age.date, datetime):
        return age.date
    if age.date is not None:
        return datetime.combine(age.date, time())
    if fetched is None:
        return None
    if age.month_day is not None:
        return _latest(age, fetched)
    assert age.relative is not None
    moment = _before(fetched, *age.relative)
    if moment is not None and age.clock is not None and age.relative[1] == "day":
        moment = datetime.combine(moment.date(), age.clock, moment.tzinfo)
    return moment


def _latest(age: Age, fetched: datetime) -> datetime | None:
    """The last such day that is not after the fetch, give or take a day for time zones."""
    assert age.month_day is not None
    for year in range(fetched.year + 1, fetched.year - 8, -1):
        day = _date(year, *age.month_day)
        if day is not None and day <= fetched.date() + timedelta(days=1):
            return datetime.combine(day, age.clock or time(), fetched.tzinfo)
    return None


def _before(moment: datetime, amount: int, unit: str) -> datetime | None:
    if unit in ("month", "year"):
        months = moment.year * 12 + moment.month - 1 - amount * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        if year < 1:
            return None
        for day in (moment.day, 30, 29, 28):
            try:
                return moment.replace(year=year, month=month + 1, day=day)
            except ValueError:
                continue
    try:
        return moment - timedelta(**{unit + "s": amount})
    except OverflowError:
        return None


__all__ = ["LONGEST", "Age", "find_age", "find_ages", "languages", "resolve"]
