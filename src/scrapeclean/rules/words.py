"""Which rules a text can match, by its words: asked of every block, so that few patterns are tried on few texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Set
from itertools import chain, pairwise
from typing import Final, NamedTuple

UNSPACED: Final = "\u0590-\u1cff\u2e80-\u2fff\u3005-\u3007\u3021-\ua63f\ua840-\ud7ff\uf900-\ufaff\ufb1d-\ufefc\uff66-\uffdc\U00020000-\U0003ffff"  # noqa: E501
"""Letters of scripts that write without spaces, or join small words to the next one: looked up in pairs."""


_WORD: Final = re.compile(r"[^\W_]+")
_SPACED_WORD: Final = re.compile(rf"[^\W_{UNSPACED}]+")
_RUN: Final = re.compile(rf"[{UNSPACED}]{{2,}}")
_ASCII: Final = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
COMMON: Final = frozenset(
    """about all also an are as at be best by can content first from get has have he help here how i if is it like make
    more most need new next no not of on only or other our out people read s see than that their them there they think
    this time up us use was we what when which who will with you your à das de del den der des di die e el en et i il la
    las le les los mit och og que te und van von w y z в и на не""".split()
)
"""Words that say little of the text that they stand in, ..."""
_COMMONEST: Final = frozenset(("a", "and", "for", "in", "of", "the", "to"))
"""... and those that are in every one."""
STEM: Final = 3
"""So many letters of a first word are enough to go by."""
FIGURE: Final = "#"
"""What stands for a first word that begins with a figure."""
_SELDOM: Final = 5
"""So many times seldomer than in a text a word begins a sentence of it."""
_USUAL: Final = ".,:;-/()|"
_FIGURES: Final = 40
"""Common signs are anchors only in texts of signs alone, or shorter than this."""

Words = frozenset[str]


class Need(NamedTuple):
    """What one way to match a pattern needs of a text in plain signs and lower case."""

    firsts: Words | None
    """Words of which the text begins with one; None where it may begin with anything."""
    clauses: tuple[Words, ...]
    """Of each of these the text has a word."""


def words_of(flat: str) -> list[str]:
    """The words of a text in lower case; of scripts without spaces each pair of letters.

    >>> words_of("e-mail 新闻网")
    ['e', 'mail', '新闻', '闻网']
    """
    if flat.isascii():
        return flat.translate(_ASCII).split()
    runs = _RUN.findall(flat)
    if not runs:
        return _WORD.findall(flat)
    words = _SPACED_WORD.findall(flat)
    for run in runs:
        words += map("".join, pairwise(run))
    return words


def first_word(flat: str) -> str:
    """The first word of a text in lower case; "" where it has none."""
    found = _WORD.search(flat)
    return found[0] if found else ""


def key_of(anchor: str) -> str:
    """The pair of letters, the word or the sign that an anchor is looked up as."""
    if run := _RUN.search(anchor):
        return run[0][:2]
    words = _SPACED_WORD.findall(anchor)
    return min(words, key=lambda word: (_share(word), -len(word))) if words else anchor[0]


def cost(clause: Words) -> tuple[float, list[str]]:
    """Few words that are neither short nor among the commonest are seldom there."""
    return sum(map(_share, clause)), sorted(clause)


def _share(word: str) -> float:
    """A guess at the share of texts that have a word."""
    if word in _COMMONEST:
        return 0.6
    return 0.15 if word in COMMON else 0.01 + 4.0 ** -(len(word) + 1)


class Index:
    """Which rules a text can match: those of which it has all the words that one way to match them needs.

    Each way is looked up by the words of it that are seldom there, or by those that a text of it begins with.

    Args:
        needs: The numbers of rules, and what each way to match one needs: one clause at least, the seldomest first.
        whole: The numbers of those that must match from the beginning of the text; others match any sentence of it.
    """

    def __init__(self, needs: Iterable[tuple[int, Iterable[Need]]], whole: Set[int]) -> None:
        self._words: dict[str, list[_Way]] = {}
        self._firsts: dict[str, list[_Way]] = {}
        self._heads: dict[str, list[_Way]] = {}
        self._needs = {number: tuple(ways) for number, ways in needs}
        self._begins = {number: _union(need.firsts for need in ways) for number, ways in self._needs.items()}
        for number, ways in self._needs.items():
            for firsts, clauses in ways:
                if firsts is not None and cost(firsts)[0] < _SELDOM * cost(clauses[0])[0]:
                    table = self._heads if number in whole else self._firsts
                    for word in firsts:
                        table.setdefault(word, []).append((number, None, clauses))
                else:
                    for word in clauses[0]:
                        self._words.setdefault(word, []).append((number, firsts, clauses[1:]))
        self._known = frozenset(self._words)
        self.vocabulary = frozenset().union(
            *(clause for ways in self._needs.values() for way in ways for clause in way.clauses)
        )

    def find(self, head: Iterable[str], starts: Set[str], words: Set[str]) -> set[int]:
        """The numbers of the rules that a text can match.

        Args:
            head: `starts_of` the word that the text begins with.
            starts: `starts_of` the words that its sentences begin with.
            words: Those of `vocabulary` that the text has; others do not matter.
        """
        ways = [self._words[word] for word in self._known & words]
        ways += filter(None, map(self._firsts.get, starts))
        ways += filter(None, map(self._heads.get, head))
        found: set[int] = set()
        for number, begins, clauses in chain.from_iterable(ways):
            if begins is None or not begins.isdisjoint(starts):
                for clause in clauses:
                    if clause.isdisjoint(words):
                        break
                else:
                    found.add(number)
        return found

    def beginning(self, numbers: Iterable[int], first: str) -> list[int]:
        """Of these rules those that a sentence with this first word can match."""
        stem = FIGURE if first[:1].isdigit() else first[:STEM] + "*"
        return [
            number
            for number in numbers
            if (firsts := self._begins[number]) is None or first in firsts or stem in firsts
        ]

    def possible(self, number: int, starts: set[str], words: Set[str]) -> bool:
        """Whether a text with these words can match a rule: what `find` asks of all rules."""
        for firsts, clauses in self._needs[number]:
            if firsts is None or not firsts.isdisjoint(starts):
                for clause in clauses:
                    if clause.isdisjoint(words):
                        break
                else:
                    return True
        return False


def _union(sets: Iterable[Words | None]) -> Words | None:
    known = list(sets)
    return None if None in known else frozenset().union(*(words or () for words in known))


_Way = tuple[int, Words | None, tuple[Words, ...]]
"""The number of a rule, the words that a text begins with, and of what else it has one each."""


def starts_of(firsts: Collection[str]) -> set[str]:
    """First words, with how they begin: what `Need.firsts` names.

    >>> sorted(starts_of(["photos", "4th"]))
    ['#', '4th', 'pho*', 'photos']
    """
    found = set(firsts)
    for word in firsts:
        found.add(FIGURE if word[:1].isdigit() else word[:STEM] + "*")
    return found


class Anchors:
    """The anchors of one rule: words, pairs of letters, signs, or texts with one of these in them.

    Args:
        anchors: The anchors in plain signs and lower case.
    """

    def __init__(self, anchors: Iterable[str]) -> None:
        keys = {anchor: key_of(anchor) for anchor in anchors}
        self.keys = frozenset(keys.values())
        self.signs = frozenset(key for key in self.keys if not _SPACED_WORD.match(key) and not _RUN.match(key))
        self._words = frozenset(anchor for anchor, key in keys.items() if anchor == key)
        self._longer = [(key, anchor) for anchor, key in keys.items() if anchor != key]

    def stand_in(self, flat: str, words: Set[str]) -> bool:
        """Whether one of them stands in a text in plain signs and lower case that has these words and signs."""
        if not self._words.isdisjoint(words):
            return True
        return any(key in words and anchor in flat for key, anchor in self._longer)


class Signs:
    """Signs that texts are asked for beside words.

    Args:
        signs: What to look for.
    """

    def __init__(self, signs: Iterable[str]) -> None:
        known = set(signs)
        self._all = _any_of(known)
        self._rare = _any_of(known - set(_USUAL))

    def find(self, flat: str, words: Collection[str]) -> list[str]:
        """Those that stand in a text with these words; the usual ones only where there is little else."""
        pattern = self._all if not words or len(flat) < _FIGURES else self._rare
        return pattern.findall(flat) if pattern is not None else []


def _any_of(signs: Collection[str]) -> re.Pattern[str] | None:
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]") if signs else None
