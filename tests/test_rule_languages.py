"""The rule files of languages other than English: which kinds they speak of, and that rules of a language keep off each
other's near misses. That each rule finds its own examples is tested with the rules themselves."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from scrapeclean.rules.book import RuleBook
from scrapeclean.rules.checks import checked_text

LANGUAGES = "ar da de es fr it ja ko nl no pl pt ru sv tr uk zh".split()

EVERYWHERE = {
    "copyright", "license", "origin", "agency", "credit", "byline", "navigation", "cookie", "share", "newsletter",
    "membership", "advert", "assistant", "comments", "related", "readmore", "author", "paywall",
}  # fmt: skip


def source(language: str) -> str:
    return (files("scrapeclean") / "data" / "rules" / f"{language}.toml").read_text(encoding="utf-8")


@cache
def entries(language: str) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = tomllib.loads(source(language))["rule"]
    return rules


@pytest.mark.parametrize("language", LANGUAGES)
def test_speaks_of_every_kind(language: str) -> None:
    found = {rule["kind"] for rule in entries(language)}
    assert found >= EVERYWHERE


@pytest.mark.parametrize("language", LANGUAGES)
def test_is_of_real_breadth(language: str) -> None:
    rules = entries(language)
    assert len(rules) >= 30
    assert all(len(rule["examples"]) >= 2 and len(rule["near_misses"]) >= 2 for rule in rules)
    assert all(rule["id"].startswith(rule["kind"] + ".") or rule["id"] == rule["kind"] for rule in rules)
    assert max(Counter(rule["id"] for rule in rules).values()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_takes_a_near_miss_of_another(language: str) -> None:
    book = RuleBook(tuple(checked_text(source(language), language, f"{language}.toml")))
    taken = [
        (rule["id"], match.rule.id, text)
        for rule in entries(language)
        for text in rule["near_misses"]
        for match in book.matches(text)
    ]
    assert not taken
