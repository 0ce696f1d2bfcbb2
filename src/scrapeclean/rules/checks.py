"""Checks of rule files: what is refused, where, and why. Loading a file from a stranger runs nothing of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import regex

from scrapeclean.errors import RuleError
from scrapeclean.rules.book import KINDS, SCOPES, Rule, RuleBook
from scrapeclean.rules.files import expand, make_rules, rule_lines
from scrapeclean.rules.pattern_checks import pattern_fault
from scrapeclean.rules.patterns import compiled, plain

_REQUIRED: Final = ("id", "kind", "scope", "reason", "anchors", "pattern", "examples")
_KEYS: Final = (*_REQUIRED, "near_misses")
_ID: Final = regex.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
_LARGEST: Final = 2_000_000
_LONGEST: Final = 3_000


def checked_rules(paths: Iterable[str | Path]) -> tuple[Rule, ...]:
    """The rules of some files, after every check.

    Args:
        paths: TOML files.

    Raises:
        RuleError: a file cannot be read, or something in it is refused.
    """
    rules: list[Rule] = []
    for path in map(Path, paths):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise RuleError(f"{path}: cannot be read: {error}") from error
        rules += checked_text(text, str(path), path.name)
    _no_twins(rules)
    return tuple(rules)


def checked_text(text: str, path: str, name: str) -> list[Rule]:
    """The rules of one file's text, after every check but that for ids in other files.

    Args:
        text: What stands in the file.
        path: What to call the file in errors.
        name: The file's name without folder.

    Raises:
        RuleError: something in the file is refused.
    """
    if len(text) > _LARGEST:
        raise RuleError(f"{path}: larger than {_LARGEST} characters")
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RuleError(f"{path}: not TOML: {error}") from error
    _check_content(content, path)
    for entry, line in zip(content.get("rule", ()), rule_lines(text), strict=False):
        if fault := _entry_fault(entry, content.get("words", {})):
            raise RuleError(f"{path}, line {line}: {_title(entry)}: {fault}")
    rules = list(make_rules(content, name, text))
    _no_twins(rules)
    for rule in rules:
        if fault := rule_fault(rule):
            raise RuleError(f"{path}, line {rule.line}: rule {rule.id!r}: {fault}")
    return rules


def rule_fault(rule: Rule) -> str:
    """What is wrong with the evidence of a rule: examples it does not find, near misses it does; empty if nothing."""
    book = RuleBook((rule,))
    for example in rule.examples:
        if not book.matches(example):
            flat = plain(example).lower()
            if not book._anchors[0].stand_in(flat, book._words(flat)):
                return f"the example {example!r} contains no anchor"
            return f"the example {example!r} is not matched"
    for near_miss in rule.near_misses:
        if book.matches(near_miss):
            return f"the near miss {near_miss!r} is matched"
    return ""


def _check_content(content: Mapping[str, Any], path: str) -> None:
    if unknown := sorted(content.keys() - {"rule", "words"}):
        raise RuleError(f"{path}: unknown table {unknown[0]!r}; there are [[rule]] and [words]")
    rules, words = content.get("rule", []), content.get("words", {})
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise RuleError(f"{path}: write every rule under [[rule]]")
    if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
        raise RuleError(f"{path}: [words] holds a pattern for each name")
    if long := [name for name, word in words.items() if len(word) > _LONGEST]:
        raise RuleError(f"{path}: the word class {long[0]!r} is longer than {_LONGEST} characters")


def _title(entry: Mapping[str, Any]) -> str:
    return f"rule {entry['id']!r}" if isinstance(entry.get("id"), str) else "a rule without id"


def _entry_fault(entry: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """What is wrong with one entry as written; empty if nothing."""
    if unknown := sorted(entry.keys() - set(_KEYS)):
        return f"unknown key {unknown[0]!r}; there are {', '.join(_KEYS)}"
    if missing := [key for key in _REQUIRED if key not in entry]:
        return f"{missing[0]!r} is missing"
    for key in ("id", "kind", "scope", "reason", "pattern"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            return f"{key!r} must be a text"
    for key in ("anchors", "examples", "near_misses"):
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            return f"{key!r} must be a list of texts"
    if not entry["anchors"] or not entry["examples"]:
        return f"{'anchors' if not entry['anchors'] else 'examples'!r} is empty"
    if not _ID.fullmatch(entry["id"]):
        return "an id is made of small letters, digits, dots and hyphens"
    if entry["kind"] not in KINDS:
        return f"unknown kind {entry['kind']!r}; there are {', '.join(KINDS)}"
    if entry["scope"] not in SCOPES:
        return f"unknown scope {entry['scope']!r}; there are {', '.join(SCOPES)}"
    if raised := [anchor for anchor in entry["anchors"] if anchor != anchor.lower()]:
        return f"the anchor {raised[0]!r} is not in lower case"
    return _pattern_fault(entry, words)


def _pattern_fault(entry: Mapping[str, Any], words: Mapping[str, str]) -> str:
    if len(entry["pattern"]) > _LONGEST:
        return f"the pattern is longer than {_LONGEST} characters"
    try:
        pattern = expand(entry["pattern"], words)
    except KeyError as error:
        return f"the pattern names the word class {error.args[0]!r}, which is not in [words]"
    if fault := pattern_fault(pattern):
        return f"the pattern {fault}"
    try:
        compiled(pattern, entry["scope"])
    except (regex.error, RecursionError, OverflowError) as error:
        return f"the pattern is no regular expression: {error}"
    return ""


def _no_twins(rules: Iterable[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        if first := seen.get(rule.id):
            raise RuleError(
                f"{rule.file}, line {rule.line}: rule {rule.id!r}: the id is taken by {first.file}, line {first.line}"
            )
        seen[rule.id] = rule
