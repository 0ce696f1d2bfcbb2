"""Which words a pattern cannot match without, read from the pattern: what asks less than trying it.

Google's RE2 calls this a prefilter (Russ Cox, "Regular Expression Matching with a Trigram Index",
https://swtch.com/~rsc/regexp/regexp4.html): of parts that follow each other all are needed, of alternatives one.
"""

from __future__ import annotations

from itertools import product
from typing import Final, NamedTuple

import regex

_TOKEN: Final = regex.compile(
    r"""(?P<quantifier>[?*+][?+]?|\{\d*,?\d*\}[?+]?)
      | (?P<look>\(\?(?:<?[=!]))
      | (?P<open>\((?:\?(?:[:>|]|P?<\w+>|-?i:))?)
      | (?P<close>\))
      | (?P<bar>\|)
      | (?P<zero>\^|\$|\\[bBAZmMG])
      | (?P<some>\.|\\[WSDNXRwsdtnrfv]|\\[pP]\{[^}]{1,40}\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}
                 |\[\^?\]?(?:\\.|\[:\w{1,20}:\]|[^\]\\])*+\])
      | \\?(?P<sign>.)
    """,
    regex.VERBOSE | regex.DOTALL,
)
_MOST: Final = 24
"""More alternatives than this are not worth looking for one by one."""
_SHORTEST: Final = 2
_CLAUSES: Final = 3
_FOLDED: Final = frozenset("ıſ")
"""Letters that ignoring case makes the same as others, but lower case does not."""

Clause = frozenset[str]
"""Words of which one is needed."""


class _Part(NamedTuple):
    """What a piece of a pattern needs: either it is one of a few words, or all of its clauses hold."""

    words: Clause | None
    clauses: tuple[Clause, ...] = ()

    def needs(self) -> tuple[Clause, ...]:
        """The same as clauses alone."""
        if self.words is None:
            return self.clauses
        return (self.words,) if self.words and min(map(len, self.words)) >= _SHORTEST else ()


_EMPTY: Final = _Part(frozenset({""}))
_ANYTHING: Final = _Part(None)


def required(pattern: str) -> tuple[tuple[Clause, ...], ...]:
    """Alternatives, each of clauses that must all hold; a clause holds where one of its words, in lower case, stands in
    the text. What fits no alternative cannot be matched.

    Args:
        pattern: a regular expression of the `regex` package.

    >>> [[sorted(clause) for clause in need] for need in required("sign (?:up|in) (?:[a-z]+ ){0,4}for|subscribe")]
    [[['sign in ', 'sign up '], ['for']], [['subscribe']]]
    >>> required("a+|subscribe")
    ((),)
    """
    tokens = [(found.lastgroup or "", found["sign"] or found[0]) for found in _TOKEN.finditer(pattern)]
    found: list[tuple[Clause, ...]] = []
    for branch in _branches(tokens):
        need = sorted({_least(clause) for clause in _alternatives(branch, 0)[0].needs()}, key=_cost)[:_CLAUSES]
        if not need:
            return ((),)
        found.append(tuple(need))
    return tuple(found)


def _branches(tokens: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The alternatives of a pattern, out of the groups that are all of it."""
    depth, begun, branches = 0, 0, []
    for at, (kind, _) in enumerate(tokens):
        depth += (kind in ("open", "look")) - (kind == "close")
        if depth == 0 and kind == "bar":
            branches.append(tokens[begun:at])
            begun = at + 1
    branches.append(tokens[begun:])
    if len(branches) > 1:
        return [inner for branch in branches for inner in _branches(branch)]
    if tokens and tokens[0][0] == "open" and tokens[-1][0] == "close" and _first_group_ends(tokens) == len(tokens) - 1:
        return _branches(tokens[1:-1])
    return branches


def _first_group_ends(tokens: list[tuple[str, str]]) -> int:
    depth = 0
    for at, (kind, _) in enumerate(tokens):
        depth += (kind in ("open", "look")) - (kind == "close")
        if depth == 0:
            return at
    return len(tokens)


def _least(clause: Clause) -> Clause:
    """A clause without the words that hold a shorter one of it."""
    return frozenset(word for word in clause if not any(other in word for other in clause if other != word))


def _cost(clause: Clause) -> tuple[int, int, list[str]]:
    """Few and long words are found quickest, and seldom."""
    return len(clause) - 2 * min(map(len, clause)), len(clause), sorted(clause)


def _alternatives(tokens: list[tuple[str, str]], at: int) -> tuple[_Part, int]:
    """Read alternatives up to the end of a group; what they need, and where the group ends."""
    branches: list[_Part] = []
    parts: list[_Part] = []
    while at < len(tokens) and tokens[at][0] != "close":
        kind, source = tokens[at]
        at += 1
        if kind == "bar":
            branches.append(_sequence(parts))
            parts = []
        elif kind == "quantifier":
            parts[-1] = _repeated(parts[-1], source)
        elif kind in ("open", "look"):
            part, at = _alternatives(tokens, at)
            at += 1
            parts.append(part if kind == "open" else _EMPTY)
        elif kind == "zero":
            parts.append(_EMPTY)
        else:
            parts.append(_sign(source) if kind == "sign" else _ANYTHING)
    return _either([*branches, _sequence(parts)]), at


def _sign(source: str) -> _Part:
    lower = source.lower()
    return _Part(frozenset({lower})) if len(lower) == 1 and lower not in _FOLDED else _ANYTHING


def _repeated(part: _Part, quantifier: str) -> _Part:
    if quantifier[0] == "?":
        return _Part(part.words | {""}) if part.words is not None else _ANYTHING
    if quantifier[0] == "*" or quantifier.startswith(("{0", "{,")):
        return _ANYTHING
    return _Part(None, part.needs())


def _sequence(parts: list[_Part]) -> _Part:
    """What parts one after the other need."""
    clauses: list[Clause] = []
    words: Clause = frozenset({""})
    for part in parts:
        if part.words is not None and len(words) * len(part.words) <= _MOST:
            words = frozenset(map("".join, product(words, part.words)))
            continue
        clauses += _Part(words).needs()
        clauses += part.clauses
        words = part.words if part.words is not None else frozenset({""})
        if part.words is None:
            clauses.append(frozenset())  # something stood here: the whole is no longer a few words
    if not clauses:
        return _Part(words)
    return _Part(None, tuple(clause for clause in (*clauses, *_Part(words).needs()) if clause))


def _either(branches: list[_Part]) -> _Part:
    """What alternatives need: of each its best clause."""
    if len(branches) == 1:
        return branches[0]
    words = [branch.words for branch in branches if branch.words is not None]
    if len(words) == len(branches) and sum(map(len, words)) <= _MOST:
        return _Part(frozenset().union(*words))
    needs = [branch.needs() for branch in branches]
    if not all(needs):
        return _ANYTHING
    clause: Clause = frozenset().union(*(min(need, key=_cost) for need in needs))
    return _Part(None, (clause,) if len(clause) <= _MOST else ())
