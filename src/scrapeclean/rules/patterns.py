"""Patterns of phrase rules as they are run: bounded, in plain signs, with what their scope adds."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import regex

REPEATS: Final = 40
"""What `+` and `*` mean in a rule: at most so many, so that every pattern is linear."""

SAME: Final = {
    "'": "‘’‚‛ʼ′´`＇",
    '"': "“”„‟«»″＂",
    "-": "‐‑‒–—―−﹘－",
    " ": "\n\t\r\f\v\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff",  # noqa: E501
    ":": "：﹕", "!": "！", "?": "？", "(": "（", ")": "）", ",": "，", "|": "｜￨", "i": "İ",
}  # fmt: skip
"""Signs that are read as one and the same."""
_PLAIN: Final = {ord(sign): plain for plain, signs in SAME.items() for sign in signs}
_ODD: Final = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")
_PLAIN_PATTERN: Final = {
    sign: "\\" + plain if plain in "?()|-" else plain for sign, plain in _PLAIN.items() if chr(sign) not in "\n\t\r`"
}

_MARGIN: Final = r"[\W_]{0,8}"
_PATTERN_TOKEN: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_ENDLESS: Final = regex.compile(r"(\\.|\[(?:\\.|\[:\w+:\]|[^\]\\])*+\])|(?<![}?])([+*])([+?]?)", regex.DOTALL)


def plain(text: str) -> str:
    """A text with curly quotes, dashes, wide punctuation and odd spaces as plain ones, as long as before.

    >>> plain("Don’t miss — «it»")
    'Don\\'t miss - "it"'
    """
    return _ODD.sub(_as_plain, text)


def _as_plain(found: re.Match[str]) -> str:
    return _PLAIN[ord(found[0])]


def bounded(pattern: str) -> str:
    """A pattern with an end to every repeat, in plain signs."""
    return _ENDLESS.sub(_bounded, pattern).translate(_PLAIN_PATTERN)


@cache
def compiled(pattern: str, scope: str) -> regex.Pattern[str]:
    """The pattern of a rule as it is run: bounded, in plain signs, with what its scope adds."""
    body = bounded(pattern)
    if scope == "lead":
        body = f"{_MARGIN}?(?:{body})"
    elif scope != "sentence":
        body = f"{_MARGIN}?(?:{body}){_MARGIN}"
    return regex.compile(body, regex.IGNORECASE)


@cache
def finder(pattern: str, scope: str) -> Callable[[str], Any]:
    """The pattern of a rule, as a function that finds a match in a text in plain signs, or None."""
    ready = compiled(pattern, scope)
    if scope in ("block", "section"):
        return ready.fullmatch
    return ready.match if scope == "lead" or at_start(pattern) else ready.search


def at_start(pattern: str) -> bool:
    """Whether a pattern can match at the start of a text only, so that nobody need look further.

    >>> at_start("^a|(?:^b|^(?:c|d))"), at_start("^a|b")
    (True, False)
    """
    branches, depth, begun = [], 0, 0
    for token in _PATTERN_TOKEN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if depth == 0 and token[0] == "|":
            branches.append(pattern[begun : token.start()])
            begun = token.end()
    branches.append(pattern[begun:])
    if len(branches) > 1:
        return all(map(at_start, branches))
    if pattern.startswith("(?:") and not pattern.startswith("^"):
        return _first_group_at_start(pattern)
    return pattern.startswith("^")


def _first_group_at_start(pattern: str) -> bool:
    depth = 0
    for token in _PATTERN_TOKEN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if depth == 0:
            return pattern[token.end() : token.end() + 1] not in ("?", "*", "{") and at_start(
                pattern[3 : token.start()]
            )
    return False


def _bounded(found: regex.Match[str]) -> str:
    return found[1] or f"{{{int(found[2] == '+')},{REPEATS}}}{found[3]}"
