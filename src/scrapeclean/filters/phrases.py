"""Filters made of phrase rules: the user's own, and the pattern of all those that come with the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import regex
from attrs import field, frozen

from scrapeclean.document import CERTAIN, Document
from scrapeclean.learned import LEARNED
from scrapeclean.model import PageBlock, Verdict
from scrapeclean.rules.book import Match, RuleBook, match_blocks

SURE = 0.85
"""From this score on a block stays though it reads like a label that can as well be a chapter: "Contact", "Share"."""
_AMBIGUOUS = frozenset({"navigation", "share", "related", "comments", "author"})
_STORY = 300
"""Characters from which on a block that the scorer is sure of is a story rather than a label."""
_ADDRESS = regex.compile(
    r"\b(?:you|your|yours|us|our|ours|we|we're|we've|please|here|click|subscribe|sign up|donate|follow|advertisement|"
    r"newsletter|cookies?|read more|(?:this|the) (?:story|article|site|website|page|content|newsletter|post|summary))\b",  # noqa: E501
    regex.IGNORECASE,
)
"""Words that speak to the reader, or of the page itself."""


def _kinds(kinds: Iterable[str]) -> frozenset[str]:
    return frozenset(kinds)


@frozen
class Phrases:
    """A filter that drops what phrase rules find. Made by `phrases`; `Phrases(kinds=...)` uses the package's rules."""

    name: str
    kinds: frozenset[str] = field(default=frozenset(), converter=_kinds)
    book: RuleBook | None = None

    def __call__(self, document: Document) -> Iterator[Verdict]:
        found = document.rule_matches if self.book is None else match_blocks(document.blocks, self.book)
        for kind, matches in found.items():
            if not self.kinds or kind in self.kinds:
                for block, match in matches:
                    yield from drop(block, match)


def phrases(*rules: str | Path | RuleBook, kinds: Iterable[str] = (), name: str = "phrases") -> Phrases:
    """A filter that drops what the user's phrase rules find.

    Args:
        rules: rule files in TOML (docs/filters.md shows one), or books of rules.
        kinds: only rules of these kinds; all if none is named.
        name: what the filter is called in the pipeline and in the audit.

    Raises:
        RuleError: a file cannot be read, or a rule in it is refused; names file, line and reason.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> rule = '''[[rule]]
        ... id = "weather"
        ... kind = "advert"
        ... scope = "sentence"
        ... reason = "sells umbrellas"
        ... anchors = ["umbrella", "umbrellas"]
        ... pattern = 'buy (?:a|an|our|your) (?:new )?umbrellas?'
        ... examples = ["Buy a new umbrella today!", "Rain? Buy our umbrellas."]
        ... near_misses = ["She lost her umbrella on the train.", "He wanted to buy bread under his umbrella."]
        ... '''
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "en.toml")
        ...     _ = path.write_text(rule)
        ...     mine = phrases(path, name="umbrellas")
        >>> import scrapeclean
        >>> pipeline = scrapeclean.DEFAULT.add(mine, before="score")
        >>> page = "It rained all day. The river rose by two metres. Buy a new umbrella today!"
        >>> [(gone.filter, gone.text) for gone in pipeline.clean(page).removed if gone.filter == "umbrellas"]
        [('umbrellas', 'Buy a new umbrella today!')]
    """
    books = [one if isinstance(one, RuleBook) else RuleBook.load(one) for one in rules]
    return Phrases(name, kinds, RuleBook(tuple(rule for book in books for rule in book.rules)))


def drop(block: PageBlock, match: Match) -> Iterator[Verdict]:
    """The verdict on one match: the whole block where next to nothing else is in it, else the piece."""
    size = match.end - match.start
    if size >= len(block.text.strip()) - 2:
        yield block.drop(match.rule.reason, rule=match.rule.id)
    elif block.kind not in ("code", "row", "heading"):
        yield block.drop(match.rule.reason, rule=match.rule.id, start=match.start, end=match.end)


def told(document: Document, *kinds: str) -> Iterator[Verdict]:
    """What the package's rules of these kinds find, but for labels that the scorer is sure are part of the body, and
    for sentences of a story that only look like what a rule describes."""
    html = document.kind == "html"
    for kind in kinds:
        certain = SURE if kind == "readmore" else CERTAIN
        for block, match in document.rule_matches.get(kind, ()):
            whole = match.end - match.start >= len(block.text.strip()) - 2
            score = document.scores[block.index]
            if html and score >= certain and not _is_linked(block, match):
                continue
            sure = score >= SURE
            if (whole and not (sure and kind in _AMBIGUOUS and match.rule.language != LEARNED)) or (
                not whole and _stands_out(block.text, match, sure=sure)
            ):
                yield from drop(block, match)


def _is_linked(block: PageBlock, match: Match) -> bool:
    """Whether a link stands in a piece of a block."""
    return any(kind == "link" and start < match.end and match.start < end for kind, start, end, _ in block.marks)


def _stands_out(text: str, match: Match, *, sure: bool) -> bool:
    """Whether a piece of a block is no part of the story around it.

    A piece at the head or the tail of a short block is. In the middle of a story, and at the ends of a block that the
    scorer is sure of, the sentence must speak to the reader by itself.
    """
    if match.rule.scope != "sentence" or match.rule.language not in ("en", "any"):
        return True
    before, after = text[: match.start].strip(), text[match.end :].strip()
    if (not before or not after) and not (sure and len(text) >= _STORY):
        return True
    return _ADDRESS.search(text, match.start, match.end) is not None
