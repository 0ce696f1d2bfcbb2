"""Which rules a text can match, by its words: asked of every block, so that few patterns are tried on few texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

UNSPACED: Final = "\u0590-\u1cff\u2e80-\u2fff\u3005-\u3007\u3021-\ua63f\ua840-\ud7ff\uf900-\ufaff\ufb1d-\ufefc\uff66-\uffdc\U00020000-\U0003ffff"  # noqa: E501
"""Letters of scripts that write without spaces, or join small words to the next one: looked up in pairs."""


_WORD: Final = re.compile(r"[^\W_]+")
_SPACED_WORD: Final = re.compile(rf"[^\W_{UNSPACED}]+")
_RUN: Final = re.compile(rf"[{UNSPACED}]{{2,}}")
_ASCII: Final = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
COMMON: Final = frozenset(
    """a all an and are as at be by can for from get have i in is it more new not of on or our s see that the this to us
    was we will with you your à das de del den der des di die e el en et i il in la las le les los mit och og que te und
    van von w y z в и на не""".split()
)
"""Words that say next to nothing of the text that they stand in."""
STEM: Final = 3
"""So many letters of a first word are enough to go by."""
FIGURE: Final = "#"
"""What stands for a first word that begins with a figure."""
_USUAL: Final = ".,:;-/()|"
_FIGURES: Final = 40
"""Common signs are anchors only in texts of signs alone, or shorter than this."""
_REMEMBERED: Final = 20_000
"""First words for which it is remembered what they lead to."""

Words = frozenset[str]


class Need(NamedTuple):
    """What one way to match a pattern needs of a text in plain signs and lower case."""

    firsts: Words | None
    """Words of which the text begins with one; None where it may begin with anything."""
    clauses: tuple[Words, ...]
    """Of each of these the text has a word."""


def words_of(flat: str) -> set[str]:
    """The words of a text in lower case; of scripts without spaces each pair of letters.

    >>> sorted(words_of("e-mail 新闻网"))
    ['e', 'mail', '新闻', '闻网']
    """
    if flat.isascii():
        return set(flat.translate(_ASCII).split())
    runs = _RUN.findall(flat)
    if not runs:
        return set(_WORD.findall(flat))
    words = set(_SPACED_WORD.findall(flat))
    for run in runs:
        words.update(map("".join, pairwise(run)))
    return words


def first_word(flat: str) -> tuple[str]:
    """The first word of a text in lower case; "" where it has none."""
    found = _WORD.search(flat)
    return (found[0] if found else "",)


def key_of(anchor: str) -> str:
    """The pair of letters or the word that an anchor is looked up as, if it has one."""
    if run := _RUN.search(anchor):
        return run[0][:2]
    return max(_SPACED_WORD.findall(anchor), key=lambda word: (word not in COMMON, len(word)), default="")


class Index:
    """Which rules have an anchor in a text: by word, by the first two letters in scripts without spaces, by sign.

    Args:
        anchors: The numbers of rules, and their anchors in plain signs and lower case.
    """

    def __init__(self, anchors: Iterable[tuple[int, Iterable[str]]]) -> None:
        self.keys: dict[str, tuple[set[int], dict[str, set[int]]]] = {}
        """The rules that a word, a pair of letters or a sign is the whole anchor of, and for each longer anchor that it
        is a part of the rules of that one."""
        signs = set()
        for number, of_rule in anchors:
            for lower in of_rule:
                key = key_of(lower) or lower[0]
                whole, longer = self.keys.setdefault(key, (set(), {}))
                (longer.setdefault(lower, set()) if len(lower) > len(key) else whole).add(number)
                if not key_of(lower):
                    signs.add(key)
        self.known = frozenset(self.keys)
        self.sign = _any_of(signs)
        self.rare_sign = _any_of(signs - set(_USUAL))

    def find(self, flat: str, words: set[str]) -> set[int]:
        """The numbers of the rules with an anchor in a text in plain signs and lower case that has these words."""
        seen = self.known & words
        signs = self.sign if not words or len(flat) < _FIGURES else self.rare_sign
        if signs is not None and (signed := signs.findall(flat)):
            seen = seen.union(signed)
        found: set[int] = set()
        for key in seen:
            whole, longer = self.keys[key]
            found |= whole
            for anchor, numbers in longer.items():
                if anchor in flat:
                    found |= numbers
        return found


class Ways:
    """Which rules a text can match, by the words it begins with and those it has.

    Few texts begin as a rule asks. What is left of a rule behind a first word is remembered for each word.
    """

    def __init__(self, needs_of: Callable[[int], tuple[Need, ...]]) -> None:
        self._needs = cache(needs_of)
        self._begun: dict[str, _Begun] = {}

    def possible(self, numbers: Iterable[int], firsts: Iterable[str], words: set[str]) -> list[int]:
        """Of the rules with these numbers those that some text with these words can match, in order.

        Args:
            numbers: What rules are called.
            firsts: Words that the text, or a sentence of it, begins with; "" where it has no words.
            words: The words of the text.
        """
        found = []
        begun = [self._begun.get(word) or self._begin(word) for word in firsts]
        for number in numbers:
            for ways in begun:
                for clauses in ways[number]:
                    for clause in clauses:
                        if clause.isdisjoint(words):
                            break
                    else:
                        found.append(number)
                        break
                else:
                    continue
                break
        return sorted(found)

    def _begin(self, word: str) -> _Begun:
        begun = _Begun(word, self._needs)
        if len(self._begun) < _REMEMBERED:
            self._begun[word] = begun
        return begun


class _Begun(dict[int, tuple[tuple[Words, ...], ...]]):
    """For each rule the clauses of its ways to match a text that begins with a word."""

    def __init__(self, word: str, needs_of: Callable[[int], tuple[Need, ...]]) -> None:
        self.starts = {word, word[:STEM] + "*", FIGURE} if word[:1].isdigit() else {word, word[:STEM] + "*"}
        self.needs = needs_of

    def __missing__(self, number: int) -> tuple[tuple[Words, ...], ...]:
        self[number] = tuple(
            clauses for firsts, clauses in self.needs(number) if firsts is None or not firsts.isdisjoint(self.starts)
        )
        return self[number]


def _any_of(signs: Collection[str]) -> re.Pattern[str] | None:
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]") if signs else None
