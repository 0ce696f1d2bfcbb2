"""The words that the rules of this room go by, from data/words.toml, and the agencies from the package's own list."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import regex
from attrs import frozen


@frozen
class Vocabulary:
    """Word lists, lower case."""

    before: regex.Pattern[str]
    """Matches what stands before a name: "By", "Von", "作者:"."""
    first: frozenset[str]
    """The first words of what stands before a name."""
    between: frozenset[str]
    jobs: frozenset[str]
    outlets: frozenset[str]
    bodies: frozenset[str]
    agencies: frozenset[str]
    never: frozenset[str]
    alone: frozenset[str]
    pictures: frozenset[str]
    others: frozenset[str]
    after: frozenset[str]
    kept: frozenset[str]
    sections: frozenset[str]
    sites: tuple[str, ...]
    """What names of sites end in, in scripts without blanks."""
    not_sites: tuple[str, ...]


@cache
def meta_trusts(field: str) -> dict[str, float]:
    """The meta elements that give a field ("authors", "published", "modified"), and how far each is trusted.

    Example:
        >>> meta_trusts("published")["article:published_time"]
        0.86
    """
    text = files("scrapeclean.metadata").joinpath("data/metas.toml").read_text("utf-8")
    return dict(tomllib.loads(text)[field])


@cache
def vocabulary() -> Vocabulary:
    """The word lists, read once.

    Example:
        >>> "reuters" in vocabulary().agencies
        True
    """
    data = tomllib.loads(files("scrapeclean.metadata").joinpath("data/words.toml").read_text("utf-8"))
    agencies = tomllib.loads(files("scrapeclean").joinpath("data/agencies.toml").read_text("utf-8"))["names"]
    before = sorted({word for words in data["before"].values() for word in words}, key=len, reverse=True)
    spaced = "|".join(regex.escape(word) for word in before if word.isascii() or word[0] < "\u2e80")
    dense = "|".join(regex.escape(word) for word in before if word[0] >= "\u2e80")
    pattern = rf"(?:(?P<word>{spaced})(?:\s{{0,2}}[:：]\s{{0,3}}|\.{{3}}\s{{0,2}}|\s{{1,3}})|(?:{dense})\s{{0,2}}[:：／/丨|]\s{{0,3}}|(?:本[报報])?[记記]者\s{{0,2}})"  # noqa: E501
    return Vocabulary(
        before=regex.compile(pattern, regex.IGNORECASE),
        first=frozenset(word.split()[0] for word in before),
        between=frozenset(data["between"]["any"]),
        jobs=frozenset(data["jobs"]["any"]),
        outlets=frozenset(data["outlets"]["any"]),
        bodies=frozenset(data["bodies"]["any"]),
        agencies=frozenset(name.lower() for name in agencies),
        never=frozenset(data["never"]["any"]),
        alone=frozenset(data["alone"]["any"]),
        pictures=frozenset(data["pictures"]["any"]),
        others=frozenset(data["others"]["any"]),
        after=frozenset(data["after"]["any"]),
        kept=frozenset(data["after"]["kept"]),
        sections=frozenset(data["sections"]["any"]),
        sites=tuple(data["sites"]["dense"]),
        not_sites=tuple(data["sites"]["not"]),
    )
