"""Patterns of phrase rules as they are run: bounded, in plain signs, with what their scope adds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import Any, Final

import regex

from scrapeclean.rule_literals import Clause, required

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
_OPENING: Final = re.compile(r"[\W_]{0,8}[^\W_]{0,12}\W?")
Need = list[list[str]]
"""Clauses of words: one word of each is needed."""
_OPENINGS: Final = 2_000
"""How many openings a pattern remembers."""
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


class Finder:
    """The pattern of a rule, applied to texts in plain signs.

    Few texts begin as a rule asks. Whether a text that opens with a certain word can match at all is asked of the
    pattern once for each word, as a partial match, and remembered. The pattern is compiled when it is first tried.
    """

    def __init__(self, pattern: str, scope: str) -> None:
        self._pattern, self._scope = pattern, scope
        self._openings: dict[str, bool] = {}

    @cached_property
    def _at_start(self) -> bool:
        return self._scope != "sentence" or at_start(self._pattern)

    @cached_property
    def _apply(self) -> Callable[..., Any]:
        ready = compiled(self._pattern, self._scope)
        if self._scope in ("block", "section"):
            return ready.fullmatch
        return ready.match if self._at_start else ready.search

    @cached_property
    def _required(self) -> tuple[tuple[Clause, ...], ...]:
        return required(bounded(self._pattern))

    def hopes(self, text: str) -> list[Need]:
        """The alternatives of the pattern whose words a text, in plain signs and lower case, has; of each clause the
        words that are there. None: no need to try."""
        return [
            [[word for word in clause if word in text] for clause in clauses]
            for clauses in self._required
            if _hold(clauses, text)
        ]

    def __call__(self, text: str, opening: str) -> Any:
        """A match of the pattern in a text that has this opening, or None."""
        if self._at_start:
            possible = self._openings.get(opening)
            if possible is None:
                # What a pattern asks of the end of a text (`$`, `\b`) must not be asked of the end of the opening: one
                # of the two can go on.
                possible = any(self._apply(begun, partial=True) for begun in (opening, opening[:-1]))
                if len(self._openings) < _OPENINGS:
                    self._openings[opening] = possible
            if not possible:
                return None
        return self._apply(text)


def hopeful(needs: list[Need], text: str) -> bool:
    """Whether a part of a text can match, given the hopes for the whole."""
    return any(_hold(need, text) for need in needs)


def _hold(clauses: Iterable[Iterable[str]], text: str) -> bool:
    """Whether a text has a word of every clause. Asked some hundred times a page: no generators."""
    for clause in clauses:
        for word in clause:
            if word in text:
                break
        else:
            return False
    return True


@cache
def finder(pattern: str, scope: str) -> Finder:
    """The pattern of a rule, made ready when it is first asked for."""
    return Finder(pattern, scope)


def opening(text: str) -> str:
    """The first word of a text, with what stands before it and the one sign behind it.

    >>> opening("» Read more: this")
    '» Read '
    """
    return text[: _OPENING.match(text).end()]  # type: ignore[union-attr]


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
