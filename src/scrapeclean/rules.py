"""Phrase rules: what a kind of text looks like, kept as data, found through an index of its words.

A rule names a few words (anchors) of which one stands in every text it can match. All anchors of all rules are one
dictionary, so a page is looked up in it word by word, once, and only the few rules whose anchor is there are tried.
Patterns are compiled when they are first tried.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import regex
from attrs import field, frozen

from scrapeclean.rule_patterns import Finder, Need, finder, hopeful, opening, plain
from scrapeclean.sentences import sentence_spans

if TYPE_CHECKING:
    from scrapeclean.model import PageBlock

KINDS: Final = (
    "navigation", "cookie", "share", "newsletter", "membership", "advert", "assistant", "comments", "related",
    "readmore", "author", "paywall", "separator", "copyright", "license", "origin", "agency", "credit", "reservation",
    "byline", "age",
)  # fmt: skip
"""What a rule can speak of."""

SCOPES: Final = ("block", "sentence", "lead", "section")
"""What a match claims: the whole block, one sentence, a block from its beginning, a heading and what it heads."""

SHORT: Final = 200
"""Labels, buttons and headings are not longer than this: scopes block and section are tried on no longer texts."""
LEAD: Final = 600
"""A lead claims a block up to this length, and only its first sentence in a longer one."""
LABEL: Final = 60
"""A text up to this length may be a label that many pages share."""
RIGHTS: Final = ("copyright", "license", "origin", "agency", "credit", "reservation")
LONG: Final = 500
"""No sentence is searched further than this."""
_TAIL: Final = 120
"""So near to the end of a text its tail begins."""
UNSPACED: Final = "\u0590-\u1cff\u2e80-\u2fff\u3005-\u3007\u3021-\ua63f\ua840-\ud7ff\uf900-\ufaff\ufb1d-\ufefc\uff66-\uffdc\U00020000-\U0003ffff"  # noqa: E501
"""Letters of scripts that write without spaces, or join small words to the next one: their anchors are substrings."""
_WORD: Final = re.compile(r"[^\W_]+")
_SPACED_WORD: Final = re.compile(rf"[^\W_{UNSPACED}]+")
_RUN: Final = re.compile(rf"[{UNSPACED}]{{2,}}")
_COMMON: Final = ".,:;-/()|"
_FIGURES: Final = 40
"""Common signs are anchors only in texts of signs alone, or shorter than this."""
_PARAGRAPH: Final = 1_500
"""In a longer text anchors are looked for sentence by sentence: it has nearly all of them somewhere."""
_BEFORE: Final = regex.compile(r"(?:(?![©℗$£€@#])[\W_]){0,8}+")


@frozen
class Rule:
    """One kind of text: how it is found, why it is found, and what shows that it is found rightly.

    `pattern` is a regular expression (of the `regex` package, upper and lower case alike). It is matched against the
    whole block (scopes block and section, with signs around it allowed), against the beginning of the block (lead), or
    searched in single sentences.
    """

    id: str
    """Language and name: `en/newsletter.sign-up`."""
    kind: str
    scope: str
    reason: str
    language: str
    anchors: tuple[str, ...]
    pattern: str
    examples: tuple[str, ...] = field(default=(), eq=False, repr=False)
    near_misses: tuple[str, ...] = field(default=(), eq=False, repr=False)
    file: str = field(default="", eq=False, repr=False)
    line: int = field(default=0, eq=False, repr=False)


class Match(NamedTuple):
    """A rule, and where in the text it claims something."""

    rule: Rule
    start: int
    end: int


def _any_of(signs: Collection[str]) -> re.Pattern[str] | None:
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]") if signs else None


class _Index:
    """Which rules have an anchor in a text: by word, by the first two letters in scripts without spaces, by sign."""

    def __init__(self, rules: Iterable[tuple[int, Rule]]) -> None:
        self.keys: dict[str, set[int]] = {}
        """The rules that a word, a pair of letters or a sign is the whole anchor of."""
        self.longer: dict[str, list[tuple[str, int]]] = {}
        """The rules that it is a part of an anchor of, each with the anchor."""
        signs = set()
        for number, rule in rules:
            for anchor in rule.anchors:
                lower = plain(anchor).lower()
                key = _key(lower) or lower[0]
                if len(lower) > len(key):
                    self.longer.setdefault(key, []).append((lower, number))
                else:
                    self.keys.setdefault(key, set()).add(number)
                if not _key(lower):
                    signs.add(key)
        self.known = frozenset(self.keys) | self.longer.keys()
        self.sign = _any_of(signs)
        self.rare_sign = _any_of(signs - set(_COMMON))

    def find(self, flat: str) -> set[int]:
        """The numbers of the rules with an anchor in a text in plain signs and lower case."""
        runs = [] if flat.isascii() else _RUN.findall(flat)
        words = (_SPACED_WORD if runs else _WORD).findall(flat)
        seen = self.known.intersection(words)
        if runs:
            seen |= self.known.intersection(map("".join, _pairs(runs)))
        signs = self.sign if not words or len(flat) < _FIGURES else self.rare_sign
        if signs is not None and (signed := signs.findall(flat)):
            seen = seen.union(signed)
        found: set[int] = set()
        for key in seen:
            if numbers := self.keys.get(key):
                found |= numbers
            if key in self.longer:
                found.update(number for anchor, number in self.longer[key] if anchor in flat)
        return found


def _key(anchor: str) -> str:
    """The pair of letters or the word that an anchor is looked up as, if it has one."""
    if run := _RUN.search(anchor):
        return run[0][:2]
    return max(_SPACED_WORD.findall(anchor), key=len, default="")


def _pairs(runs: list[str]) -> Iterator[tuple[str, str]]:
    for run in runs:
        yield from itertools.pairwise(run)


@frozen(eq=False)
class RuleBook:
    """Rules and their index. Immutable: loading makes a book, nothing changes one.

    Example:
        >>> book = default_rules()
        >>> [(match.rule.kind, match.start, match.end) for match in book.matches("Rain fell. * Sign up here.")]
        [('newsletter', 11, 26)]
    """

    rules: tuple[Rule, ...]

    @classmethod
    def load(cls, *paths: str | Path) -> RuleBook:
        """A book of rule files, each checked in full.

        Args:
            paths: TOML files; the name of a file, up to the first dot or hyphen, is the language of its rules.

        Raises:
            RuleError: a file cannot be read, or a rule in it is refused; names file, line and reason.
        """
        from scrapeclean.rule_checks import checked_rules

        return cls(checked_rules(paths))

    def of_kinds(self, *kinds: str) -> RuleBook:
        """A book of those rules only that are of one of these kinds.

        >>> {rule.kind for rule in default_rules().of_kinds("cookie").rules}
        {'cookie'}
        """
        return RuleBook(tuple(rule for rule in self.rules if rule.kind in kinds))

    def speaking(self, language: str | None) -> RuleBook:
        """A book of the rules of one language, of English and of no language; all rules where the language is unknown.

        Args:
            language: a code such as "de" or "de-AT".

        >>> sorted({rule.language for rule in default_rules().speaking("de-AT").rules})
        ['any', 'de', 'en']
        """
        code = (language or "").lower().replace("_", "-").split("-")[0]
        return self._by_language.get(code, self)

    @cached_property
    def _by_language(self) -> dict[str, RuleBook]:
        spoken = {rule.language for rule in self.rules}
        return {
            code: RuleBook(tuple(rule for rule in self.rules if rule.language in (code, "en", "any")))
            for code in spoken - {"any"}
        }

    @cached_property
    def _short(self) -> _Index:
        return _Index(enumerate(self.rules))

    @cached_property
    def _long(self) -> _Index:
        return _Index((n, rule) for n, rule in enumerate(self.rules) if rule.scope in ("sentence", "lead"))

    @cached_property
    def _sentences(self) -> _Index:
        return _Index((n, rule) for n, rule in enumerate(self.rules) if rule.scope == "sentence")

    def matches(self, text: str, *, kinds: Collection[str] | None = None) -> list[Match]:
        """What the rules find in the text of one block, in the order of the text.

        Args:
            text: The text of a block.
            kinds: Look for rules of these kinds only.

        Returns:
            Each rule that matches, with the offsets in `text` of what it claims; of a rule that matches several
            sentences one match for each.
        """
        start = len(text) - len(text.lstrip())
        end = len(text.rstrip())
        whole = plain(text)
        flat = whole.lower()
        long = len(flat) > _PARAGRAPH
        found = (self._short if end - start <= SHORT else self._long).find(flat[:_PARAGRAPH])
        if not found and not long:
            return []
        matches: list[Match] = []
        head = whole[start : min(end, start + LEAD)]
        begins = opening(head)
        for number in sorted(found - self._in_sentences):
            rule, find = self.rules[number], self._finders[number]
            if rule.scope == "lead":
                if find(head[:LONG], begins):
                    matches.append(Match(rule, start, end if end - start <= LEAD else sentence_spans(text)[0][1]))
            elif find(head, begins):
                matches.append(Match(rule, start, end))
        matches += self._sentence_matches(text, whole, None if long else self._hopes(found, flat))
        if kinds is not None:
            matches = [match for match in matches if match.rule.kind in kinds]
        matches.sort(key=lambda match: match.start)
        return matches

    @cached_property
    def _finders(self) -> tuple[Finder, ...]:
        return tuple(finder(rule.pattern, rule.scope) for rule in self.rules)

    @cached_property
    def _anchors(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(plain(anchor).lower() for anchor in rule.anchors) for rule in self.rules)

    @cached_property
    def _in_sentences(self) -> frozenset[int]:
        return frozenset(number for number, rule in enumerate(self.rules) if rule.scope == "sentence")

    def _hopes(self, found: Iterable[int], flat: str) -> dict[int, list[Need]]:
        """Of these rules those of sentences that can match something in a text, by number."""
        numbers = sorted(self._in_sentences.intersection(found))
        hopes = {number: needs for number in numbers if (needs := self._finders[number].hopes(flat))}
        for number, needs in hopes.items():
            if needs == [[]]:  # the pattern does not say what it needs, but its rule does
                hopes[number] = [[[anchor for anchor in self._anchors[number] if anchor in flat]]]
        return hopes

    def _sentence_matches(self, text: str, whole: str, hopes: dict[int, list[Need]] | None) -> Iterator[Match]:
        """Matches of sentence rules: of those with hopes for the text, or, in a long one (None), for the sentence."""
        for start, end in sentence_spans(text) if hopes is None or hopes else ():
            sentence = whole[start : min(end, start + LONG)]
            flat = sentence.lower()
            near = self._hopes(self._sentences.find(flat), flat) if hopes is None else hopes
            tried = [number for number, needs in near.items() if hopes is None or hopeful(needs, flat)]
            if not tried:
                continue
            before = _BEFORE.match(sentence)
            core = sentence[before.end() if before else 0 :]
            begins = opening(core)
            for number in tried:
                hit = self._finders[number](core, begins)
                if not hit or (hopes is not None and number not in self._sentences.find(flat)):
                    continue
                if not _quoted(whole, sentence, (start, end), len(sentence) - len(core) + hit.start()):
                    yield Match(self.rules[number], start, end)

    def explain(self, line: str) -> list[str]:
        """For each match in a line what it claims and why, in words.

        >>> default_rules().explain("Skip to main content")
        ['en/navigation.skip (navigation, block): a link that jumps over the head of the page: Skip to main content']
        """
        return [
            f"{rule.id} ({rule.kind}, {rule.scope}): {rule.reason}: {line[start:end]}"
            for rule, start, end in self.matches(line)
        ]

    def listing(self) -> list[tuple[str, str, str, str]]:
        """All rules as (id, kind, language, reason)."""
        return [(rule.id, rule.kind, rule.language, rule.reason) for rule in self.rules]


def _quoted(whole: str, sentence: str, span: tuple[int, int], at: int) -> bool:
    """Whether somebody says this in the text: the match stands between quotation marks that hold less than all of
    it."""
    if sentence.count('"', 0, at) % 2:
        return not (sentence.startswith('"') and sentence.endswith('"') and sentence.count('"') == 2)
    if sentence.count('"') % 2:
        return True
    return span[0] < 2000 and whole.count('"', 0, span[0]) % 2 == 1


@cache
def default_rules() -> RuleBook:
    """The rules that come with the package, in every language. They were checked when the package was tested."""
    from scrapeclean.rule_files import packaged_rules

    return RuleBook(packaged_rules())


def match_blocks(
    blocks: Iterable[PageBlock], book: RuleBook, others: RuleBook | None = None
) -> dict[str, list[tuple[PageBlock, Match]]]:
    """Everything the rules find on a page, by kind, in the order of the page: one search serves every filter.

    Args:
        blocks: The blocks of a document.
        book: The rules to look for.
        others: Rules of more languages, heard where they speak of a whole block or of rights: the labels and notices
            of an aggregator can be of another language than its stories.

    Returns:
        For each kind that was found the blocks with their matches; offsets are those in the block's text.
    """
    found: dict[str, list[tuple[PageBlock, Match]]] = {}
    own = set(book.rules) if others is not None else set()
    for block in blocks:
        text = block.text
        if len(text) <= LABEL:
            matches = _label_matches(others or book, text)
        elif others is not None:
            matches = tuple(match for match in others.matches(text) if match.rule in own or _is_plain(match, text))
        else:
            matches = tuple(book.matches(text))
        claimed: set[tuple[str, int, int]] = set()
        for match in matches:
            claim = (match.rule.kind, match.start, match.end)
            if claim not in claimed:
                claimed.add(claim)
                found.setdefault(match.rule.kind, []).append((block, match))
    return found


def _is_plain(match: Match, text: str) -> bool:
    """Whether a rule of a foreign language is heard: it speaks of rights, of the whole block, or of its tail, where a
    line that lost its breaks ends with what the aggregator put behind a story."""
    return match.rule.kind in RIGHTS or match.end - match.start >= len(text) - 2 or match.end >= len(text) - _TAIL


@lru_cache(maxsize=16_384)
def _label_matches(book: RuleBook, text: str) -> tuple[Match, ...]:
    """What the rules find in a short text. The pages of a site, and of the web, share most of their labels."""
    return tuple(book.matches(text))
