"""Which words a pattern cannot match without, read from the pattern: what asks less than trying it.

Google's RE2 calls this a prefilter (Russ Cox, "Regular Expression Matching with a Trigram Index",
https://swtch.com/~rsc/regexp/regexp4.html): of parts that follow each other all are needed, of alternatives one. Here
the index is of whole words, so that one set of the words of a text answers for every pattern.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha1
from importlib import resources
from typing import Any, Final, NamedTuple

import regex

from scrapeclean.rules.words import FIGURE, STEM, UNSPACED, Need, Words, cost

_TOKEN: Final = regex.compile(
    r"""(?P<quantifier>[?*+][?+]?|\{\d*,?\d*\}[?+]?)
      | (?P<look>\(\?(?:<?[=!]))
      | (?P<open>\((?:\?(?:[:>|]|P?<\w+>|-?i:))?)
      | (?P<close>\))
      | (?P<bar>\|)
      | (?P<start>\^|\\A)
      | (?P<gap>\$|\\[bZmMWsnt])
      | (?P<nothing>\\[BG])
      | (?P<some>\.|\\[SDNXRwdrfv]|\\[pP]\{[^}]{1,40}\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}
                 |\[\^?\]?(?:\\.|\[:\w{1,20}:\]|[^\]\\])*+\])
      | \\?(?P<sign>.)
    """,
    regex.VERBOSE | regex.DOTALL,
)
_GAPS: Final = re.compile(
    r"\[(?:\^\\w(?:\\.|[^\w\\])*|-?(?:\\[sW]|\\[^\w]|[^\w\\^-]|_)(?:\\[sW]|\\[^\w]|[^\w\\-]|_)*-?)\]"
)
"""A set of signs none of which is part of a word. Ranges are not looked into."""
_LETTERS: Final = re.compile(r"\[([a-z0-9]{2,6})\]")
_FIGURES: Final = re.compile(r"\\d|\[\\d(?:\\[^\w]|[^\w\\-])*-?\]")
_LETTER: Final = re.compile(r"[^\W_]")
_JOINED: Final = re.compile(f"[{UNSPACED}]")
_FOLDED: Final = frozenset("ıſ")
"""Letters that ignoring case makes the same as others, but lower case does not."""
_MOST: Final = 600
"""More words than this tell nothing."""
_WIDEST: Final = 120
_CLAUSES: Final = 6
_BRANCHES: Final = 40
_FIRST: Final = "^"
"""What marks a word as the first one of the text."""
_LOST: Final = "?"
"""A word of which nobody knows how it begins."""


def needs(pattern: str, *, at_start: bool, to_end: bool = False) -> tuple[Need, ...]:
    """What a text must have so that a pattern can match: all that one of these asks for.

    Args:
        pattern: a regular expression of the `regex` package.
        at_start: whether it is matched at the beginning of a text only.
        to_end: whether it must match up to the end of the text.

    >>> for need in needs("^sign (?:up|in) (?:[a-z]+ ){0,4}for us|subscribe now!", at_start=False):
    ...     print(need.firsts and sorted(need.firsts), sorted(sorted(words) for words in need.clauses))
    ['sign'] [['for'], ['in', 'up'], ['sign']]
    None [['now']]
    """
    tokens = [(found.lastgroup or "", found["sign"] or found[0]) for found in _TOKEN.finditer(pattern)]
    found: list[Need] = []
    known: dict[tuple[int, Words, bool], _Read] = {}
    for branch in _ways(_alternatives(tokens, 0)[0]):
        begins = at_start or bool(branch and branch[0] is _START)
        reader = _Reader(known)
        end, clauses = reader.read(
            [*branch, _GAP] if to_end else branch, frozenset({_FIRST if begins else _LOST}), False
        )
        if to_end and _FIRST in end and reader.firsts is not None:
            reader.firsts.add("")  # signs alone can match it
        elif not to_end:
            reader.lost(end)
        best: list[Words] = []
        for clause in sorted(set(clauses), key=cost):
            if len(best) < _CLAUSES and len(clause) <= _WIDEST and not any(clause >= other for other in best):
                best.append(clause)
        firsts = frozenset(reader.firsts) if begins and reader.firsts is not None else None
        if firsts is not None and len(firsts) > _WIDEST:
            firsts = frozenset(_begun(word) for word in firsts)
        found.append(Need(firsts, tuple(best)))
    return tuple(found)


def _begun(word: str) -> str:
    """How a first word begins, whatever follows."""
    if word[:1].isdigit():
        return FIGURE
    return word if word in ("", FIGURE) else word[:STEM] + "*"


def fingerprint(pattern: str, scope: str) -> str:
    """What the needs of a pattern are kept under."""
    return sha1(f"{scope} {pattern}".encode(), usedforsecurity=False).hexdigest()[:12]


def packed(ways: Iterable[Need]) -> list[list[str | None]]:
    """Needs as they are kept in a file: for each way the first words, or None, and the clauses.

    >>> packed(needs("^sign (?:up|in) |subscribe ", at_start=False))
    [['sign', 'sign', 'in up'], [None]]
    """
    return [
        [None if firsts is None else " ".join(sorted(firsts)), *(" ".join(sorted(clause)) for clause in clauses)]
        for firsts, clauses in ways
    ]


def packaged_needs(pattern: str, scope: str) -> tuple[Need, ...] | None:
    """What the pattern of a rule of the package needs, without reading the pattern; of another rule None."""
    ways = _packaged().get(fingerprint(pattern, scope))
    if ways is None:
        return None
    return tuple(Need(None if firsts is None else _set(firsts), tuple(map(_set, clauses))) for firsts, *clauses in ways)


@cache
def _set(words: str) -> Words:
    """Words as a set, one for all that need the same."""
    return frozenset(words.split(" "))


@cache
def _packaged() -> dict[str, Any]:
    needs: dict[str, Any] = json.loads((resources.files("scrapeclean") / "data" / "needs.json").read_text("utf-8"))
    return needs


class _Node(NamedTuple):
    """A piece of a pattern: a sign, a gap between words, anything, alternatives, or a piece that is repeated."""

    kind: str
    sign: str = ""
    inner: tuple[tuple[_Node, ...], ...] = ()
    optional: bool = False
    many: bool = False


_GAP: Final = _Node("gap")
_START: Final = _Node("gap", "^")
_FIGURE: Final = _Node("figure")
_ANYTHING: Final = _Node("any")


def _alternatives(tokens: list[tuple[str, str]], at: int) -> tuple[tuple[tuple[_Node, ...], ...], int]:
    """The alternatives from a place in a pattern up to the end of their group, and where it ends."""
    branches: list[tuple[_Node, ...]] = []
    nodes: list[_Node] = []
    while at < len(tokens) and tokens[at][0] != "close":
        kind, source = tokens[at]
        at += 1
        if kind == "bar":
            branches.append(tuple(nodes))
            nodes = []
        elif kind == "quantifier":
            nodes[-1] = _repeated(nodes[-1], source)
        elif kind in ("open", "look"):
            inner, at = _alternatives(tokens, at)
            at += 1
            nodes.append(_Node("either", "", inner) if kind == "open" else _look(source, inner))
        elif kind != "nothing":
            nodes.append(_atom(kind, source))
    return (*branches, tuple(nodes)), at


def _look(source: str, inner: tuple[tuple[_Node, ...], ...]) -> _Node:
    """What is next, asked without taking it: that words stand there, or that no word goes on."""
    if source == "(?=":
        return _Node("ahead", "", inner)
    return _GAP if source == "(?!" and inner == ((_ANYTHING._replace(sign=r"\w"),),) else _Node("either", "", ((),))


def _atom(kind: str, source: str) -> _Node:
    if kind == "start":
        return _START
    if kind == "gap" or (kind == "some" and _GAPS.fullmatch(source)):
        return _GAP
    if kind == "some":
        letters = _LETTERS.fullmatch(source)
        if letters:
            return _Node("either", "", tuple((_Node("sign", sign),) for sign in letters[1]))
        if _FIGURES.fullmatch(source):
            return _FIGURE if source == r"\d" else _Node("either", "", ((_FIGURE,), (_GAP,)))
        return _Node("any", source)
    lower = source.lower()
    if len(lower) > 1 or lower in _FOLDED:
        return _ANYTHING
    return _Node("sign", lower) if _LETTER.match(lower) else _GAP


def _repeated(node: _Node, quantifier: str) -> _Node:
    low, _, high = quantifier.strip("{}?+").partition(",") if quantifier[0] == "{" else (quantifier[0], "", "")
    return _Node("again", "", ((node,),), low in ("?", "*", "0", ""), not (low == "?" or (low or "0", high) in _ONCE))


_ONCE: Final = (("0", "1"), ("1", "1"), ("1", ""))


def _ways(branches: tuple[tuple[_Node, ...], ...]) -> list[list[_Node]]:
    """The alternatives of a pattern, out of the groups that it begins with."""
    ways = [list(branch) for branch in branches]
    for _ in range(8):
        opened = [inner for way in ways for inner in _opened(way)]
        if len(opened) > _BRANCHES or opened == ways:
            break
        ways = opened
    return ways


def _head(way: list[_Node]) -> int:
    """Where a group stands that an alternative begins with, or -1."""
    for at, node in enumerate(way):
        if node.kind == "either" and node.inner != ((),):
            return at
        if node.kind != "gap" and not (node.kind == "again" and node.inner == ((_GAP,),)):
            break
    return -1


def _opened(way: list[_Node]) -> list[list[_Node]]:
    at = _head(way)
    if at < 0:
        return [way]
    inner = way[at].inner
    if len(inner) > 1 and sum(any(node.kind != "sign" for node in branch) for branch in inner) < 2:
        return [way]
    before = way[:at]
    return [
        [*branch, *way[at + 1 :]]
        if before == [_START] and branch[:1] == (_START,)
        else [*before, *branch, *way[at + 1 :]]
        for branch in inner
    ]


_Read = tuple[Words, tuple[Words, ...]]


class _Reader:
    """Reads pieces of a pattern one after the other, each with the words that can have begun before it.

    What has begun is a set of beginnings of words: "" behind a gap, `_LOST` where nobody knows.
    """

    def __init__(self, known: dict[tuple[int, Words, bool], _Read]) -> None:
        self.firsts: set[str] | None = set()
        self.known = known
        """What was read before of pieces that hold no first word; one object for each piece."""

    def read(self, nodes: Sequence[_Node], begun: Words, parted: bool) -> _Read:
        """What has begun behind these pieces, and the clauses that they ask for.

        Args:
            nodes: The pieces.
            begun: What has begun before them.
            parted: Whether a gap is behind them for sure.
        """
        clauses: list[Words] = []
        for at, node in enumerate(nodes):
            after = node.kind in ("either", "again") and _parted(nodes[at + 1 :], parted)
            if after and node.optional and _parted((node,), True):
                begun, asked = self._gap(begun)
                clauses += asked
            begun, asked = self._one(node, begun, after)
            clauses += asked
            if after and node.optional:
                begun, asked = self._gap(begun)
                clauses += asked
        return begun, tuple(clauses)

    def _one(self, node: _Node, begun: Words, parted: bool) -> _Read:
        if node.kind == "gap":
            return self._gap(begun)
        if node.kind == "sign":
            return self._sign(node.sign, begun)
        if node.kind in ("any", "figure"):
            return self.lost(begun, node.kind == "figure"), ()
        key = id(node), begun, parted
        if key not in self.known:
            if node.kind == "ahead":
                before = frozenset(word.removeprefix(_FIRST) for word in begun)
                read = begun, self._either(node, before, False)[1]
            else:
                read = (self._either if node.kind == "either" else self._again)(node, begun, parted)
            if any(word[:1] == _FIRST for word in begun):
                return read
            self.known[key] = read
        return self.known[key]

    def _gap(self, begun: Words) -> _Read:
        if self.firsts is not None:
            self.firsts.update(word[1:] for word in begun if word[:1] == _FIRST and len(word) > 1)
        words = frozenset(word.removeprefix(_FIRST) for word in begun)
        told = "" not in words and _LOST not in words and not any(map(_JOINED.search, words))
        return frozenset(_FIRST if word == _FIRST else "" for word in begun), (words,) if told else ()

    def _sign(self, sign: str, begun: Words) -> _Read:
        if not _JOINED.match(sign):
            if any(map(_JOINED.search, begun)):
                return self.lost(begun), ()
            return frozenset(word if word == _LOST else word + sign for word in begun), ()
        self.lost(begun)
        pairs = frozenset(word[-1:] + sign for word in begun)
        told = all(len(pair) == 2 and _JOINED.match(pair) for pair in pairs)
        return frozenset({sign}), (pairs,) if told else ()

    def lost(self, begun: Words, figure: bool = False) -> Words:
        """Behind something that nobody knows; of a first word it may be enough how it begins."""
        for word in begun:
            if word[:1] == _FIRST and self.firsts is not None:
                if len(word) > STEM or word[1:2].isdigit() or (figure and word == _FIRST):
                    self.firsts.add(_begun(word[1:] or FIGURE))
                else:
                    self.firsts = None
        return frozenset({_LOST})

    def _either(self, node: _Node, begun: Words, parted: bool) -> _Read:
        reads = []
        for branch in node.inner:
            out, clauses = self.read(branch, begun, parted)
            if parted:
                out, asked = self._gap(out)
                clauses += asked
            reads.append((out, clauses))
        if len(reads) == 1:
            return reads[0]
        best = [sorted(set(clauses), key=cost)[:_CLAUSES] for _, clauses in reads]
        words = [frozenset().union(*together) for together in zip(*best, strict=False)]
        return self._joined(out for out, _ in reads), tuple(clause for clause in words if len(clause) <= _MOST)

    def _again(self, node: _Node, begun: Words, parted: bool) -> _Read:
        parted = parted and not node.optional and (not node.many or _parted(node.inner[0], True))
        out, clauses = self.read(node.inner[0], begun, parted)
        if node.many:
            out = self._joined([out, self.read(node.inner[0], out, parted)[0]])
            if out != self._joined([out, self.read(node.inner[0], out, parted)[0]]):
                out = self.lost(out)
        return (self._joined([out, begun]), ()) if node.optional else (out, clauses)

    def _joined(self, outs: Iterable[Words]) -> Words:
        words = frozenset().union(*outs)
        return words if len(words) <= _MOST else self.lost(words)


def _parted(nodes: Sequence[_Node], after: bool) -> bool:
    """Whether what is next is a gap for sure, given whether it is behind these pieces."""
    for node in nodes:
        if node.kind == "gap":
            return True
        if node.kind == "either" and node.inner != ((),):
            return all(_parted(branch, after and _parted(nodes[1:], after)) for branch in node.inner)
        if node.kind in ("sign", "any", "figure") or (node.kind == "again" and not _parted(node.inner[0], True)):
            return False
        if node.kind == "again" and not node.optional:
            return True
    return after
