"""Phrase rules: what a kind of text looks like, kept as data, found through an index of its words.

A rule names a few words (anchors) of which one stands in every text it can match, and its pattern says what else it
needs. All these words are one dictionary, so a block is looked up in it word by word, once, and only the few rules are
tried whose words are all there. Patterns are compiled when they are first tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import regex
from attrs import field, frozen

from scrapeclean.rules.needs import needs, packaged_needs
from scrapeclean.rules.patterns import bounded, finder, plain
from scrapeclean.rules.words import Anchors, Index, Need, Signs, cost, first_word, starts_of, words_of
from scrapeclean.sentences import beginnings, breaks, sentence_spans

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
_KNOWN: Final = 20_000
"""So many short texts are remembered before all are forgotten."""
RIGHTS: Final = ("copyright", "license", "origin", "agency", "credit", "reservation")
LONG: Final = 500
"""No sentence is searched further than this."""
_TAIL: Final = 120
"""So near to the end of a text its tail begins."""
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
        from scrapeclean.rules.checks import checked_rules

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
    def of_rights(self) -> RuleBook:
        """A book of those rules only that speak of rights and provenance: they make notices."""
        return self.of_kinds(*RIGHTS)

    @cached_property
    def _by_language(self) -> dict[str, RuleBook]:
        spoken = {rule.language for rule in self.rules}
        return {
            code: RuleBook(tuple(rule for rule in self.rules if rule.language in (code, "en", "any")))
            for code in spoken - {"any"}
        }

    @cached_property
    def _index(self) -> Index:
        return Index(((number, self._needs(number)) for number in range(len(self.rules))), self._labels)

    @cached_property
    def _labels(self) -> frozenset[int]:
        """The numbers of the rules that speak of a block or of its beginning."""
        return frozenset(number for number, rule in enumerate(self.rules) if rule.scope != "sentence")

    def _needs(self, number: int) -> Iterator[Need]:
        """What each way to match a rule needs: the words of its pattern, and one of its anchors."""
        keys = self._anchors[number].keys
        for firsts, clauses in _pattern_needs(self.rules[number]):
            yield Need(firsts, tuple(sorted({*clauses, keys}, key=cost)))

    @cached_property
    def _anchors(self) -> tuple[Anchors, ...]:
        return tuple(Anchors(plain(anchor).lower() for anchor in rule.anchors) for rule in self.rules)

    @cached_property
    def _signs(self) -> Signs:
        return Signs(sign for anchors in self._anchors for sign in anchors.signs)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return self._index.vocabulary | breaks().keys()

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(rule.id for rule in self.rules)

    @cached_property
    def _known(self) -> dict[str, list[Match]]:
        """What was found in short texts: the pages of a site, and of the web, share most of their labels."""
        return {}

    def _words(self, flat: str) -> frozenset[str]:
        """The words of a text, and its signs, that rules ask for."""
        words = words_of(flat)
        signs = self._signs.find(flat, words)
        known = self._vocabulary.intersection(words)
        return known.union(signs) if signs else known

    def matches(self, text: str, *, kinds: Collection[str] | None = None) -> list[Match]:
        """What the rules find in the text of one block, in the order of the text.

        Args:
            text: The text of a block.
            kinds: Look for rules of these kinds only.

        Returns:
            Each rule that matches, with the offsets in `text` of what it claims; of a rule that matches several
            sentences one match for each.
        """
        (found,) = self.search([text])
        return found if kinds is None else [match for match in found if match.rule.kind in kinds]

    def search(self, texts: Sequence[str]) -> list[list[Match]]:
        """What the rules find in each of many texts: see `matches`. A page is searched step by step rather than block
        by block: it is the same few words that all blocks are asked for, so they need to be fetched once."""
        wholes = list(map(plain, texts))
        flats = [whole.lower() for whole in wholes]
        nears = [flat[:_PARAGRAPH] for flat in flats]
        words = list(map(self._words, nears))
        firsts = list(map(beginnings, texts, nears, words))
        starts = list(map(starts_of, firsts))
        heads = [starts_of(first[:1]) if len(first) > 1 else start for first, start in zip(firsts, starts, strict=True)]
        found = list(map(self._index.find, heads, starts, words))
        return [
            self._found(text, whole, flat, self._anchored(numbers, near, known))
            if numbers or len(text) > _PARAGRAPH
            else []
            for text, whole, flat, near, known, numbers in zip(texts, wholes, flats, nears, words, found, strict=True)
        ]

    def _found(self, text: str, whole: str, flat: str, numbers: list[int]) -> list[Match]:
        """The matches in a text of these rules, and of all that speak of sentences if it is long."""
        labels = [number for number in numbers if number in self._labels]
        matches = list(self._label_matches(text, whole, labels)) if labels else []
        if len(text) > _PARAGRAPH:
            matches += self._sentence_matches(text, whole, flat, None)
        elif len(numbers) > len(labels):
            hopes = [number for number in numbers if number not in self._labels]
            matches += self._sentence_matches(text, whole, flat, hopes)
        matches.sort(key=lambda match: match.start)
        return matches

    def _label_matches(self, text: str, whole: str, numbers: Iterable[int]) -> Iterator[Match]:
        """Matches of rules that speak of a block or of its beginning."""
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        head = whole[start : min(end, start + LEAD)]
        for number in numbers:
            rule = self.rules[number]
            if rule.scope == "lead":
                if finder(rule.pattern, rule.scope)(head[:LONG]):
                    yield Match(rule, start, end if end - start <= LEAD else sentence_spans(text)[0][1])
            elif end - start <= SHORT and finder(rule.pattern, rule.scope)(head):
                yield Match(rule, start, end)

    def _anchored(self, numbers: Iterable[int], flat: str, words: frozenset[str]) -> list[int]:
        """Of these rules those with an anchor in a text, in order."""
        anchors = self._anchors
        return sorted(number for number in numbers if anchors[number].stand_in(flat, words))

    def _sentence_matches(self, text: str, whole: str, flat: str, hopes: list[int] | None) -> Iterator[Match]:
        """Matches of sentence rules: of those with hopes for the text, or, in a long one (None), of all."""
        for start, end in sentence_spans(text):
            stop = min(end, start + LONG)
            tried = self._tried(flat[start:stop], hopes)
            if not tried:
                continue
            sentence = whole[start:stop]
            before = _BEFORE.match(sentence)
            core = sentence[before.end() if before else 0 :]
            for number in tried:
                rule = self.rules[number]
                hit = finder(rule.pattern, rule.scope)(core)
                if hit and not _quoted(whole, sentence, (start, end), len(sentence) - len(core) + hit.start()):
                    yield Match(rule, start, end)

    def _tried(self, flat: str, hopes: list[int] | None) -> list[int]:
        """The rules that a sentence, in plain signs and lower case, can match."""
        index, first = self._index, first_word(flat)
        if hopes is not None:
            hopes = index.beginning(hopes, first)
            if not hopes:
                return []
        words, starts = self._words(flat), starts_of((first,))
        if hopes is None:
            return self._anchored(index.find((), starts, words) - self._labels, flat, words)
        return self._anchored((number for number in hopes if index.possible(number, starts, words)), flat, words)

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


def _pattern_needs(rule: Rule) -> tuple[Need, ...]:
    """What the pattern of a rule needs of a text."""
    known = packaged_needs(rule.pattern, rule.scope)
    if known is not None:
        return known
    whole = rule.scope in ("block", "section")
    return needs(bounded(rule.pattern), at_start=rule.scope != "sentence", to_end=whole)


@cache
def default_rules() -> RuleBook:
    """The rules that come with the package, in every language. They were checked when the package was tested."""
    from scrapeclean.rules.files import packaged_rules

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
    blocks = [block for block in blocks if block.text]
    asked = others or book
    known = asked._known
    if len(known) > _KNOWN:
        known.clear()
    told = {text: matches for block in blocks if (matches := known.get(text := block.text)) is not None}
    fresh = list({block.text: None for block in blocks if block.text not in told})
    for text, matches in zip(fresh, asked.search(fresh), strict=True):
        told[text] = matches
        if len(text) <= LABEL:
            known[text] = matches
        elif others is not None:
            told[text] = [match for match in matches if match.rule.id in book._ids or _is_plain(match, text)]
    found: dict[str, list[tuple[PageBlock, Match]]] = {}
    for block in blocks:
        matches = told[block.text]
        if not matches:
            continue
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
