"""The words of ages and dates, read from data/ages.toml and indexed so that most texts are turned away at once.

Language-free tables (months, weekdays, prefixes) are shared by all languages: no word names two months. Only relative
ages need a pattern per language, since "год" is a year in Russian and an hour in Ukrainian; such a pattern is
compiled when a text first holds one of its cue words.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Any

import regex
from attrs import frozen

UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
Amount = tuple[int, str]


@frozen
class AgeWords:
    """All languages' words, indexed."""

    months: dict[str, int]
    weekdays: frozenset[str]
    alone: dict[str, Amount]
    """Words that are an age alone: "yesterday"."""
    alone_wide: tuple[str, ...]
    """Those of them that are several words, or stand in scripts without spaces: found as substrings."""
    wide_words: frozenset[str]
    """One word of each of those that are several words."""
    short: dict[str, str]
    """Units that need no "ago" between separators: "3h"."""
    cues: dict[str, tuple[str, ...]]
    """A word that a language's relative ages hold, and the languages."""
    spaceless: tuple[tuple[str, str], ...]
    """(substring, language) of scripts without spaces."""
    published: tuple[str, ...]
    modified: tuple[str, ...]
    on: tuple[str, ...]
    at: tuple[str, ...]
    wordy: frozenset[str]
    """Words one of which an age without digits must hold."""
    known: frozenset[str]
    """Words one of which an age with digits must hold, unless it is all numbers."""
    orders: dict[str, str]
    day_first: frozenset[str]
    """Regions that write English but the day first."""


def _forms(lists: list[str]) -> list[list[str]]:
    return [entry.split("|") for entry in lists]


def _quantities(table: dict[str, Any]) -> dict[str, Amount]:
    return {words: (amount, unit) for words, (amount, unit) in table.items()}


@cache
def _data() -> dict[str, dict[str, Any]]:
    source = files("scrapeclean").joinpath("data", "ages.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def languages() -> tuple[str, ...]:
    """The languages whose ages are known."""
    return tuple(language for language in _data() if language != "any")


def units(language: str) -> dict[str, str]:
    """Every word of a unit in a language, and the unit."""
    table = _data()[language]
    return {word: unit for unit in UNITS for word in table[unit]}


def numbers(language: str) -> dict[str, int]:
    """Every number word of a language, and the number."""
    return {
        word: number for number, forms in enumerate(_forms(_data()[language]["numbers"]), 1) for word in forms
    }  # fmt: skip


def exact(language: str) -> dict[str, Amount]:
    """The whole quantities of a language: "half an hour"."""
    return _quantities(_data()[language]["exact"])


def _literals(template: str) -> list[str]:
    return [word for word in regex.split(r"\{\w+\}|\s+", template) if word]


def _rarest(words: list[str]) -> str:
    """The word least likely to stand in other texts: the longest, of two the last."""
    return max(reversed(words), key=len)


def _cue_words(language: str) -> set[str]:
    """One word of every template that a text must hold to match it: the longest; without any, the units."""
    table = _data()[language]
    cues: set[str] = set()
    for template in table["ago"] + table.get("dates", []):
        if words := _literals(template):
            cues.add(_rarest(words))
        else:
            cues.update(units(language))
    return cues


@cache
def age_words() -> AgeWords:
    """The index over all languages."""
    data = _data()
    spoken = {language: data[language] for language in languages()}
    cues: defaultdict[str, list[str]] = defaultdict(list)
    spaceless: list[tuple[str, str]] = []
    alone: dict[str, Amount] = {}
    wide: set[str] = set()
    for language, table in spoken.items():
        for cue in sorted(_cue_words(language)):
            if table.get("spaceless"):
                spaceless.append((cue, language))
            else:
                cues[cue].append(language)
        for words, amount in _quantities(table["words"]).items():
            alone.setdefault(words, amount)
            if table.get("spaceless"):
                spaceless.append((words, language))
            if table.get("spaceless") or not regex.fullmatch(r"[\p{L}\p{M}]+", words):
                wide.add(words)

    months = {
        word: month
        for table in spoken.values()
        for month, forms in enumerate(_forms(table["months"]), 1)
        for word in forms
    }
    wordy = frozenset(cues) | {_rarest(regex.findall(r"[\p{L}\p{M}]+", words)) for words in alone}

    def gather(key: str) -> tuple[str, ...]:
        found = {word for table in spoken.values() for word in table.get(key, [])}
        return tuple(sorted(found, key=lambda word: (-len(word), word)))

    return AgeWords(
        months=months,
        weekdays=frozenset(word for t in spoken.values() for forms in _forms(t["weekdays"]) for word in forms),
        alone=alone,
        alone_wide=tuple(sorted(wide, key=lambda word: (-len(word), word))),
        wide_words=frozenset(_rarest(regex.findall(r"[\p{L}\p{M}]+", words)) for words in wide),
        short=data["any"]["short"],
        cues={cue: tuple(found) for cue, found in cues.items()},
        spaceless=tuple(spaceless),
        published=gather("published"),
        modified=gather("modified"),
        on=gather("on"),
        at=gather("at"),
        wordy=wordy,
        known=wordy | set(data["any"]["short"]) | {word for name in months for word in name.split()},
        orders={language: table["order"] for language, table in spoken.items()},
        day_first=frozenset(data["any"]["day_first"]),
    )


def _alternation(words: list[str]) -> str:
    escaped = (regex.escape(word, literal_spaces=True).replace(" ", r"\s{1,2}") for word in words)
    return "|".join(sorted(escaped, key=lambda word: (-len(word), word)))


def _age(language: str) -> str:
    """The pattern of `{age}`: a number and its unit, a smaller unit after it, or a whole quantity."""
    table = _data()[language]
    letter = "" if table.get("spaceless") else r"(?![\p{L}\p{M}])"
    unit = _alternation(list(units(language)))
    words = _alternation(list(numbers(language))) or "(?!)"
    about = _alternation(table["about"]) or "(?!)"
    gap = r"\s{0,2}" if table.get("spaceless") else r"\s{1,2}"
    return (
        rf"(?:(?:{about})\s{{0,2}})?(?:(?P<exact>{_alternation(list(table['exact'])) or '(?!)'}){letter}"
        rf"|(?:(?P<n>\p{{Nd}}{{1,3}})\+?[\s-]{{0,2}}|(?P<word>{words}){gap})(?P<unit>{unit}){letter}\.?"
        rf"(?:,?\s{{0,2}}(?:\p{{L}}{{1,3}}\s)?\p{{Nd}}{{1,2}}\s{{0,2}}(?:{unit}){letter}\.?)?)"
    )


@cache
def relative(language: str) -> regex.Pattern[str]:
    """The pattern of a language's relative ages, with groups `n` or `word` and `unit`, or `exact`."""
    table = _data()[language]
    spaceless = table.get("spaceless")
    age = _age(language)
    templates = []
    for template in sorted(table["ago"], key=lambda one: (-len(one), one)):
        before, _, after = template.partition("{age}")
        gap = r"\s{0,2}" if spaceless else r"\s{1,2}"
        left = _alternation([before.strip()]) + gap if before.strip() else ""
        right = gap + _alternation([after.strip()]) if after.strip() else ""
        templates.append(left + age + right)
    edge = (r"(?<!\p{Nd})", "") if spaceless else (r"(?<![\p{L}\p{M}\p{Nd}])", r"(?![\p{L}\p{M}\p{Nd}])")
    return regex.compile(rf"{edge[0]}(?:{'|'.join(templates)}){edge[1]}", regex.IGNORECASE)


@cache
def dates(language: str) -> regex.Pattern[str] | None:
    """The pattern of a language's dates without month names, with groups `y`, `m`, `d`."""
    templates = _data()[language].get("dates", [])
    if not templates:
        return None
    field = {"y": r"(?P<y>\p{Nd}{4})", "m": r"(?P<m>\p{Nd}{1,2})", "d": r"(?P<d>\p{Nd}{1,2})"}
    patterns = []
    for template in sorted(templates, key=lambda one: (-len(one), one)):
        pattern = r"\s{0,2}".join(regex.escape(piece) for piece in template.split(" "))
        pattern = regex.sub(r"\\?\{([ymd])\\?\}", lambda match: r"\s?" + field[match[1]] + r"\s?", pattern)
        patterns.append(pattern.removeprefix(r"\s?"))
    return regex.compile(rf"(?<!\p{{Nd}})(?:{'|'.join(patterns)})(?!\p{{Nd}})", regex.IGNORECASE)
