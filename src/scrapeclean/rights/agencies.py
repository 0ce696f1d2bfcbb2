"""News agencies: in the dateline that a story opens with, and in brackets where it ends."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

import regex

from scrapeclean.model import Notice

_PLACE: Final = (
    r"\p{Lu}[\p{L}\p{M}.'’\-–]{1,30}+(?:[,/]?[ ](?:\p{Lu}|de\b|la\b|el\b|of\b|the\b|am\b|der\b"
    r"|\d)[\p{L}\p{M}\d.'’\-–]{0,30}+){0,6}"
)
_DASH: Final = r"\s{0,2}(?:[—–―=]|--?)[\s\p{L}]"
_DATELINE: Final = regex.compile(
    rf"\s{{0,3}}(?P<whole>(?:{_PLACE},?\s{{0,2}})?[(\[](?P<agency>[^()\[\]\n]{{2,30}}+)[)\]])(?:{_DASH}"
    rf"|\s{{0,2}}[.:]\s?[-–—]|\s{{0,2}}[-–—:](?=\s))"
)
_EAST_ASIAN: Final = regex.compile(
    r"\s{0,3}[(（【\[]?(?P<whole>(?P<agency>新华社|中新社|中新网|中央社|美联社|路透社|法新社|共同社|人民网)[^，。\n]{0,24}?(?:电|電|讯|訊))"
    r"|\s{0,3}[（(【\[](?P<whole>[^，。\n（）()]{0,12}(?P<agency>共同|時事|聯合|연합뉴스|뉴시스|뉴스1))[）)】\]]"
)
_TAIL: Final = regex.compile(r"[(\[（]([^()\[\]（）\n]{2,50}+)[)\]）]\W{0,2}$")
_KNOWN_ALONE: Final = frozenset(("AFP", "Reuters", "dpa", "ANSA", "EFE", "PTI", "ANI", "IANS", "ТАСС", "新华社"))
"""One word alone on a line is taken for an agency only where it is nothing else."""
_CODES: Final = regex.compile(r"[a-z]{2,4}")
_SPLIT: Final = regex.compile(r"\s?(?:/|,|;|&|\+|\bund\b|\band\b|\bet\b|\by\b|\be\b)\s?")


def find_dateline(text: str) -> Notice | None:
    """The agency in the dateline that a story opens with. Its text is part of the story; no filter takes it out.

    >>> find_dateline("KYIV, Ukraine (AP) — Rain fell all day.").outlet
    'AP'
    >>> find_dateline("The company (formerly Acme) - a small one - closed.")
    """
    head = text[:140]
    for pattern in (_DATELINE, _EAST_ASIAN):
        match = pattern.match(head)
        if match is not None and (pattern is _EAST_ASIAN or _is_agency(match)):
            start, end = match.span("whole")
            return Notice("agency", text[start:end], outlet=match["agency"].strip(), start=start, end=end)
    return None


def find_sign_off(text: str) -> Notice | None:
    """The agencies in brackets behind the last sentence, or alone in a block.

    >>> find_sign_off("The bridge stays shut until May. (dpa/AFP)").outlet
    'dpa/AFP'
    >>> find_sign_off("The bridge stays shut (until May).")
    """
    tail = text[-3:]
    if ")" not in tail and "）" not in tail and "]" not in tail:
        if len(text) > 60:
            return None
        whole = text.strip(" \t\n—–-.")
        alone = 2 < len(whole) < 40 and whole in agency_names() and (" " in whole or whole in _KNOWN_ALONE)
        return _notice(text, text.find(whole), whole) if alone else None
    found = _TAIL.search(text, max(0, len(text) - 60))
    if found is None:
        return None
    before = text[: found.start()].rstrip()
    if before and before[-1] not in ".!?…\"”’'»“。":
        return None
    parts = [part for part in _SPLIT.split(found[1].strip()) if part]
    names = agency_names()
    known = sum(part in names for part in parts)
    if not known or any(part not in names and not _CODES.fullmatch(part) for part in parts):
        return None
    start, end = found.start(), len(text.rstrip())
    return Notice("agency", text[start:end], outlet=found[1].strip(), start=start, end=end)


def _notice(text: str, at: int, name: str) -> Notice:
    return Notice("agency", name, outlet=name, start=at, end=at + len(name))


def _is_agency(match: regex.Match[str]) -> bool:
    agency = match["agency"].strip()
    if any(part in agency_names() for part in _SPLIT.split(agency)):
        return True
    place = match["whole"][: match["whole"].find(match["agency"]) - 1]
    first = place.split(",")[0].strip()
    # An outlet nobody has listed: told by the town in capitals before it.
    return len(first) > 2 and first.isupper() and agency[:1].isupper() and len(agency.split()) <= 4


@cache
def agency_names() -> frozenset[str]:
    """The names of `data/agencies.toml`."""
    return frozenset(tomllib.loads((files("scrapeclean") / "data/agencies.toml").read_text("utf-8"))["names"])
