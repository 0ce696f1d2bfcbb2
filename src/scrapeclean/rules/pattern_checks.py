"""Patterns that could take long, found by reading them: every pattern of a rule must run in linear time."""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import Final, NamedTuple

import regex

_TOKEN: Final = regex.compile(
    r"""(?P<quantifier>(?:[?*+]|\{\d*,?\d*\})[?+]?)
      | (?P<open>\((?:\?(?:[:=!>|]|<[=!]|P?<\w+>|-?i:))?)
      | (?P<close>\))
      | (?P<bar>\|)
      | (?P<zero>\^|\$|\\[bBAZmMG])
      | (?P<wide>\.|\\[WSDNXR]|\\P\{[^}]{1,40}\}|\[\^(?:\\.|\[:\w{1,20}:\]|[^\]\\])*+\])
      | (?P<atom>\\p\{[^}]{1,40}\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^0-9gkpPKLQxuUN\w]|\\[wsdtnrfv]|
        \[(?:\\.|\[:\w{1,20}:\]|[^\]\\])+\]|[^\\\[\](){}|*+?^$])
      | (?P<other>.)
    """,
    regex.VERBOSE | regex.DOTALL,
)
_SAMPLE: Final = "".join(map(chr, range(32, 127))) + "\t\n\xa0…–—“”’«»éÉßиЖ中。あ가اא"
_WIDEST: Final = 12_000
_DEEPEST: Final = 12
_LONGEST: Final = 8_000


class _Part(NamedTuple):
    """A piece of a pattern: which of the sample characters it can hold, and how often it can repeat."""

    signs: frozenset[str]
    optional: bool
    varies: bool
    """Whether its length varies without a word that says so: by a quantifier, in it or behind it."""
    ways: int
    """In how many lengths its wide places can match."""
    first: frozenset[str]
    """What it can begin with."""
    literal: str | None = None
    """Its text, where it is nothing but that."""
    twofold: bool = False
    """Whether alternatives in it can match the same text."""


class _RefusedError(Exception):
    """What a pattern does that no rule may do."""


def pattern_fault(pattern: str) -> str:
    """What makes a pattern unfit for a rule, or an empty string.

    Refused are back references, recursion and fuzzy matching; repeats without an end of groups, dots and negated
    classes; and groups that are repeated and can match the same text in more than one way.

    >>> pattern_fault("sign up for (?:\\\\w+ ){0,4}newsletter")
    ''
    >>> pattern_fault("(?:a+)+")
    'repeats a group without an end: write {0,4} or the like'
    >>> pattern_fault("(?:a+ ?){0,9}b")
    'repeats a group that can match the same text in several ways: write (?>...) or let parts differ'
    """
    if len(pattern) > _LONGEST:
        return f"is longer than {_LONGEST} characters"
    tokens = [(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(pattern)]
    try:
        part, rest = _alternatives(tokens, 0, 0)
    except _RefusedError as refused:
        return str(refused)
    if rest < len(tokens):
        return "closes a group that is not open"
    if part.ways > _WIDEST:
        return f"has wide gaps that fit in {part.ways} ways; keep them narrower or fewer"
    return ""


def _alternatives(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[_Part, int]:
    """Read alternatives up to the end of a group; give what they can match, and where the group ends."""
    if depth > _DEEPEST:
        raise _RefusedError(f"nests groups more than {_DEEPEST} deep")
    sequences: list[list[_Part]] = [[]]
    while at < len(tokens) and tokens[at][0] != "close":
        kind, source = tokens[at]
        at += 1
        if kind == "bar":
            sequences.append([])
        elif kind == "open":
            at = _group(tokens, at, (source, depth), sequences[-1])
        elif kind in ("atom", "wide"):
            at = _single(tokens, at, (kind, source), sequences[-1])
        elif kind != "zero":
            raise _RefusedError(
                f"holds {source!r}, which no rule may use here (back references, recursion, fuzzy matching, a bare quantifier)"  # noqa: E501
            )
    parts = [_sequence(sequence) for sequence in sequences]
    return _Part(
        frozenset().union(*(part.signs for part in parts)),
        any(part.optional for part in parts),
        any(part.varies for part in parts),
        max(part.ways for part in parts),
        frozenset().union(*(part.first for part in parts)),
        parts[0].literal if len(parts) == 1 else None,
        any(part.twofold for part in parts) or _overlap(parts),
    ), at


def _sequence(parts: list[_Part]) -> _Part:
    """What parts one after the other can match."""
    first: frozenset[str] = frozenset()
    for part in parts:
        first |= part.first
        if not part.optional:
            break
    literals = [part.literal for part in parts]
    return _Part(
        frozenset().union(*(part.signs for part in parts)),
        all(part.optional for part in parts),
        any(part.varies for part in parts) and not _steady(parts),
        min(prod(part.ways for part in parts), 10**9),
        first,
        "".join(literal or "" for literal in literals) if None not in literals else None,
        any(part.twofold for part in parts),
    )


def _overlap(parts: list[_Part]) -> bool:
    """Whether two alternatives can match the same text: they begin alike, and are not two different plain words."""
    plain = [part.literal for part in parts if part.literal is not None]
    others = [part for part in parts if part.literal is None]
    if len(set(plain)) < len(plain):
        return True
    begun: set[str] = {literal[:1] for literal in plain}
    for part in others:
        if part.first & begun:
            return True
        begun |= part.first
    return False


def _group(tokens: list[tuple[str, str]], at: int, opened: tuple[str, int], out: list[_Part]) -> int:
    source, depth = opened
    part, at = _alternatives(tokens, at, depth + 1)
    if at >= len(tokens):
        raise _RefusedError("opens a group that is not closed")
    low, high, at = _quantifier(tokens, at + 1)
    if source == "(?>":
        part = part._replace(varies=False, twofold=False)  # Once matched it never tries another way.
    if source[:3] in ("(?=", "(?!") or source[:4] in ("(?<=", "(?<!"):
        return at
    if high is None:
        raise _RefusedError("repeats a group without an end: write {0,4} or the like")
    if high > 1 and part.varies:
        raise _RefusedError(
            "repeats a group that can match the same text in several ways: write (?>...) or let parts differ"
        )
    if high > 3 and part.twofold:
        raise _RefusedError("repeats alternatives that can match the same text: write (?>...) or let them differ")
    if high > 60:
        raise _RefusedError(f"repeats a group {high} times; at most 60")
    out.append(part._replace(
        optional=part.optional or low == 0, varies=part.varies or low != high,
        ways=part.ways if source == "(?>" else min(part.ways ** min(high, 4), 10**9), literal=part.literal if low == high == 1 else None,  # noqa: E501
    ))  # fmt: skip
    return at


def _single(tokens: list[tuple[str, str]], at: int, atom: tuple[str, str], out: list[_Part]) -> int:
    kind, source = atom
    low, high, at = _quantifier(tokens, at)
    if high is None and kind == "wide":
        raise _RefusedError(f"repeats {source!r} without an end: write {{0,40}} or the like")
    if high is not None and high > 200:
        raise _RefusedError(f"repeats {source!r} {high} times; at most 200")
    signs = _signs(source)
    ways = 1 if high is None or kind == "atom" else max(1, high - low + 1)
    literal = source.lower() if low == high == 1 and len(source) == 1 and source != "." else None
    out.append(_Part(signs, low == 0, low != high, ways, signs, literal))
    return at


@lru_cache(maxsize=4096)
def _signs(source: str) -> frozenset[str]:
    """Which of the sample characters one atom of a pattern holds, and the character it names."""
    atom = regex.compile(source, regex.IGNORECASE | regex.DOTALL)
    return frozenset(sign for sign in (*_SAMPLE, *source) if atom.fullmatch(sign))


def _quantifier(tokens: list[tuple[str, str]], at: int) -> tuple[int, int | None, int]:
    """The least and the most repeats that are asked for at this place, and where to go on."""
    if at >= len(tokens) or tokens[at][0] != "quantifier":
        return 1, 1, at
    source = tokens[at][1]
    simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
    if source[0] in simple:
        return *simple[source[0]], at + 1
    low, comma, high = source.strip("?+")[1:-1].partition(",")
    if (comma and not high) or (not low and not high):
        raise _RefusedError(f"repeats without an end ({source}): write an upper bound")
    return int(low or 0), int(high or low), at + 1


def _steady(sequence: list[_Part]) -> bool:
    """Whether a sequence, repeated, can match a text in one way only: behind each part of varying length comes, before
    anything it could hold itself, something it cannot hold."""
    for at, part in enumerate(sequence):
        if not part.varies:
            continue
        for follower in (*sequence[at + 1 :], *sequence[: at + 1]):
            if follower.signs & part.signs:
                return False
            if not follower.optional:
                break
    return True
