"""The time of day and the weekday beside a date: what stands around it, and the zone it is meant in."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta, timezone, tzinfo

import regex

from scrapeclean.ages.words import age_words

CJK = regex.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_HALF = r"(?P<half>[ap]\.?\s?m\.?|上午|下午|晚上|凌晨|早上|中午|午前|午後|오전|오후|صباحا|مساء|ص|م|SA|CH)"
_ZONE = (
    r"(?P<zone>Z|(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|[ECMP][SD]?T|CES?T|EES?T|WES?T|BST|"
    r"MES?Z|MSK|JST|KST|AES?T|AED?T|WIB|WITA|МСК)(?![\p{L}\p{Nd}])|(?P<zone>[+-]\d\d:?\d\d)"
)
_CLOCK = (
    rf"(?:{_HALF}\s?)?(?<!\p{{Nd}})(?P<h>\p{{Nd}}{{1,2}})(?:(?:[:.h：]|\s?h\s?|\s?[時点點时]\s?|시\s?)(?P<mi>\p{{Nd}}{{2}})"
    rf"(?!\p{{Nd}})(?::(?P<sec>\p{{Nd}}{{2}})(?:[.,]\d{{1,9}})?)?[分분]?|\s?(?:h(?!\p{{L}})|Uhr|uur|[時点點时시]|(?=\s?[ap]\.?\s?m)))"
    rf"(?:\s?{_HALF.replace('<half>', '<half2>')}(?![\p{{L}}]))?"
    rf"(?:\s?(?:Uhr|uur|hrs?|hs|h|น\.)\.?(?!\p{{L}}))?(?:\s?\(?(?:{_ZONE})\)?)?"
)
_CLOCK_AT = regex.compile(_CLOCK, regex.IGNORECASE)
_CLOCK_END = regex.compile(rf"(?<![\p{{Nd}}:.])(?:{_CLOCK})(?:\s?[,|·•-]|\son)?\s?$", regex.IGNORECASE)
_CJK_WEEKDAY = regex.compile(
    r"\s?[(（]?\s?(?:星期|周|週|礼拜)?[一二三四五六日天月火水木金土월화수목금토일](?:曜日?|요일)?\s?[)）]"
    r"|\s?(?:星期|周|週)[一二三四五六日天]|\s?[월화수목금토일]요일|\s?[月火水木金土日]曜日"
)
_WEEKDAY_BEFORE = regex.compile(r"(?<![\p{L}\p{M}'’-])(?:[\p{L}\p{M}]{1,12}+[\s\u200c])?([\p{L}\p{M}'’-]{1,20})$")
_WEEKDAY_AFTER = regex.compile(r",?\s\(?([\p{L}\p{M}'’-]{2,20})\)?")
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180, "WET": 0,
    "WEST": 60, "BST": 60, "MSK": 180, "МСК": 180, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "WIB": 420,
    "WITA": 480,
}  # fmt: skip
_AMERICAN = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}


def clock_after(low: str, text: str, end: int) -> tuple[int, time | None, str]:
    """Where the time of day after a date ends, that time, and its zone; `end` itself if there is none."""
    at = end
    while at < len(low) and (low[at].isspace() or low[at] in ",|·•–—-/t(،："):
        at += 1
    if at - end > 3:
        return end, None, ""
    for word in age_words().at if low.startswith(age_words().at, at) else ():
        if low.startswith(word, at) and not low[at + len(word) : at + len(word) + 1].isalpha():
            at += len(word)
            while at < len(low) and low[at] in " :":
                at += 1
            break
    if at == end and not low[end : end + 1].isdigit() and not CJK.match(low, end - 1):
        return end, None, ""
    match = _CLOCK_AT.match(text, at)
    found = _time(match) if match else None
    return (match.end(), found, match["zone"] or "") if match and found else (end, None, "")


def clock_before(text: str, start: int) -> tuple[int, time | None, str]:
    """Where the time of day before a date begins, that time, and its zone."""
    first = max(0, start - 24)
    match = _CLOCK_END.search(text[first:start])
    found = _time(match) if match else None
    return (first + match.start(), found, match["zone"] or "") if match and found else (start, None, "")


def _time(match: regex.Match[str]) -> time | None:
    hour, minute = int(match["h"]), int(match["mi"] or 0)
    half = (match["half"] or match["half2"] or "").lower()
    if half[:1] in ("p", "م") or half in ("下午", "晚上", "午後", "오후", "ch", "مساء"):
        hour = hour + 12 if hour < 12 else hour
    elif half and half != "中午" and hour == 12:
        hour = 0
    second = int(match["sec"] or 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def zone_of(name: str, day: date) -> tzinfo | None:
    """The zone of a name such as "CEST", "ET" or "+02:00"; None where it is unknown or none."""
    name = name.upper().replace(" ", "")
    if not name:
        return None
    if name in _AMERICAN:
        summer = _sunday(day.year, 3, 2) <= day < _sunday(day.year, 11, 1)
        return timezone(timedelta(minutes=_AMERICAN[name] + 60 * summer))
    if name in _ZONES:
        minutes = _ZONES[name]
    else:
        sign = name.find("+") if "+" in name else name.find("-")
        digits = name[sign + 1 :].replace(":", "").zfill(2)
        minutes = (int(digits[:-2] or 0) * 60 + int(digits[-2:])) if len(digits) > 2 else int(digits) * 60
        minutes *= -1 if name[sign] == "-" else 1
    if abs(minutes) >= 24 * 60:
        return None
    return UTC if minutes == 0 else timezone(timedelta(minutes=minutes))


def _sunday(year: int, month: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (count - 1))


def weekday_before(low: str, start: int) -> int:
    """Where a weekday before a date begins, else where the date does."""
    head = low[:start].rstrip(" ,.(")
    if len(head) == start or not head:
        return start
    match = _WEEKDAY_BEFORE.search(head[-24:])
    for name in (match[0], match[1]) if match else ():
        if name in age_words().weekdays and name not in age_words().on:
            return len(head) - len(name)
    return start


def weekday_after(low: str, end: int) -> int:
    """Where a weekday after a date ends, else where the date does."""
    if not low.isascii() and (match := _CJK_WEEKDAY.match(low, end)) and CJK.match(low, end - 1):
        return int(match.end())
    match = _WEEKDAY_AFTER.match(low, end)
    return int(match.end()) if match and match[1] in age_words().weekdays else end
