"""A page in work: its blocks, what its head says, and what has been settled so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain, compress
from operator import itemgetter, not_
from typing import TYPE_CHECKING, Literal

from scrapeclean.model import Box, Head, PageBlock, Verdict

if TYPE_CHECKING:
    from scrapeclean.ages.page import Ages
    from scrapeclean.decode import Decoded
    from scrapeclean.metadata import Metadata
    from scrapeclean.network import Weights
    from scrapeclean.rules.book import Match
    from scrapeclean.sentence_kinds import Weights as SentenceWeights

_SAMPLE = 4_000

Favor = Literal["balanced", "precision", "recall"]

_SEARCHED = 300_000
"""A block of more characters is not searched for phrases: no honest paragraph is as long as a novel."""
_SEARCHED_BLOCKS = 15_000
"""Blocks after so many others are not searched for phrases either."""
CERTAIN = 0.97
"""From this score on a block of a page with markup stays though it reads like an appeal, if it has no link to where the
reader should go."""


class Document:
    """All blocks of a page in order, plus what its head and structured data say, undigested.

    Filters read it; they change nothing. `text` is the text of the page: for plain text the decoded input itself, for
    HTML the texts of all blocks, a line break between two.
    """

    def __init__(
        self, text: str, kind: Literal["html", "text"], blocks: tuple[PageBlock, ...], boxes: tuple[Box, ...],
        *, head: Head | None = None, url: str | None = None, fetched: datetime | None = None, favor: Favor = "balanced",
        title: str | None = None, decoded: Decoded | None = None, counted: dict[str, int] | None = None,
        limits_hit: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.text = text
        self.kind = kind
        self.blocks = blocks
        self.boxes = boxes
        self.head = head or Head()
        self.url = url
        self.fetched = fetched
        self.favor = favor
        self.given_title = title
        self.decoded = decoded
        self.counted = counted or {}
        endless = len(text) > _SEARCHED and any(len(b.text) > _SEARCHED and not b.info.get("crowd") for b in blocks)
        endless = endless or len(blocks) > _SEARCHED_BLOCKS
        self.limits_hit = (*limits_hit, "phrases") if endless else limits_hit
        self.weights: Weights | None = None
        """Other weights for the scorer than those that ship; for training and benchmarks."""
        self.sentence_weights: SentenceWeights | None = None
        """Other weights for what sentences of a text read like, likewise."""
        self.page = boxes[0].page
        """What the boxes of this page know it by."""
        self.ledger = Ledger(blocks)

    @property
    def kept(self) -> list[PageBlock]:
        """The blocks that no filter before has taken away, wholly or in part."""
        return self.ledger.kept()

    @cached_property
    def line_breaks(self) -> list[int]:
        """Where the lines of a plain text end."""
        return [match.start() for match in re.finditer("\n", self.text)]

    @cached_property
    def names(self) -> str:
        """The class and id words of all elements, in lower case: to see at once that a word is in none of them."""
        return "\n".join({box.names for box in self.boxes}).lower()

    @cached_property
    def scores(self) -> tuple[float, ...]:
        """For each block the learned probability that it belongs to the body of the main article."""
        from scrapeclean.score import score_blocks

        return score_blocks(self)

    @cached_property
    def metadata(self) -> Metadata:
        """Title, authors, dates and the rest, each with its evidence."""
        from scrapeclean.metadata import read

        return read(self)

    @cached_property
    def language(self) -> str | None:
        """The language that the page says it is in; of plain text the one it reads like. For choosing rules; what the
        page is found to be in at last stands in `metadata`."""
        if self.kind == "html":
            return self.head.language or None
        from scrapeclean.metadata.language import settle_language

        return settle_language([], " ".join(block.text for block in self.blocks[:200])[:_SAMPLE])[0]

    @cached_property
    def ages(self) -> Ages:
        """The age or date in each short block that has one, by the index of the block. In HTML, where most blocks are
        labels, only those with a digit are looked at."""
        from scrapeclean.ages.page import Ages

        return Ages(self.blocks, self.language, digits=self.kind == "html")

    @cached_property
    def rule_matches(self) -> dict[str, list[tuple[PageBlock, Match]]]:
        """For each kind of phrase rule what it found, from one search of the page. Where the page says in which
        language it is, only the rules of that one and of English are tried; on paragraphs that stay whatever appeals
        they make only those of notices."""
        from scrapeclean.learned import learned_matches
        from scrapeclean.rules.book import LABEL, default_rules, match_blocks

        blocks: Sequence[PageBlock] = self.blocks
        if self.limits_hit:
            some = blocks[:_SEARCHED_BLOCKS]
            blocks = [block for block in some if len(block.text) <= _SEARCHED and not block.info.get("crowd")]
        book = default_rules().speaking(self.language)
        if self.kind == "html":
            stays = [len(block.text) > LABEL and self.is_certain(block) for block in blocks]
            found = match_blocks(compress(blocks, map(not_, stays)), book)
            notices = match_blocks(compress(blocks, stays), book.of_rights)
            more: Iterable[tuple[PageBlock, Match]] = chain.from_iterable(notices.values())
        else:
            found = match_blocks(blocks, book, others=default_rules())
            undated = [block for block in blocks if block.index not in self.ages]  # the others are lines of cards
            more = learned_matches(undated, found, self.sentence_weights)
        for block, match in more:
            found.setdefault(match.rule.kind, []).append((block, match))
        return {kind: sorted(matches, key=_place) for kind, matches in found.items()}

    def is_certain(self, block: PageBlock) -> bool:
        """Whether a block of a page with markup is surely body: the scorer is certain of it, and it has no link to
        where an appeal would send the reader."""
        return self.scores[block.index] >= CERTAIN and not any(mark[0] == "link" for mark in block.marks)


def _place(found: tuple[PageBlock, Match]) -> tuple[int, int]:
    block, match = found
    return block.index, match.start


class Ledger:
    """Who has claimed what. The first verdict on a character stands."""

    def __init__(self, blocks: tuple[PageBlock, ...]) -> None:
        self.blocks = blocks
        self.starts = [block.start for block in blocks]
        self.claims: list[list[tuple[int, int, Verdict]]] = [[] for _ in blocks]
        """For each block what is claimed of it: (start, end, verdict), disjoint, unordered."""
        self.free: dict[int, list[tuple[int, int]]] = {}
        """What is still open of blocks that are claimed in part, in order; a block not named here is open or claimed
        whole."""
        self.places: set[int] = set()
        """Where something was said of pictures that have no text: once is enough for all that stand there."""
        self.articles: list[Verdict] = []
        self._by_start = {block.start: block for block in blocks if block.start < block.end}
        self._gone: set[int] = set()
        """Blocks of which nothing is open or kept any more."""
        self._kept, self._kept_without = list(blocks), 0
        """Blocks of which something was open or kept when so many were gone."""

    def kept(self) -> list[PageBlock]:
        """Blocks of which something is open or kept."""
        gone = self._gone
        if len(gone) > self._kept_without:
            self._kept = [block for block in self._kept if block.index not in gone]
            self._kept_without = len(gone)
        return self._kept

    def _stays(self, index: int) -> bool:
        if self.free.get(index):
            return True
        claims = self.claims[index]
        return not claims or any(claim[2].role == "keep" for claim in claims)

    def open_spans(self, block: PageBlock) -> list[tuple[int, int]]:
        """The spans of a block that nobody has claimed yet."""
        if block.index in self.free:
            return self.free[block.index]
        return [] if self.claims[block.index] else [(block.start, block.end)]

    def claim(self, verdict: Verdict) -> None:
        """Give a verdict all of its span that is still open."""
        if verdict.role == "article":
            self.articles.append(verdict)
            return
        block = self._by_start.get(verdict.start)
        if block is not None and block.end == verdict.end:  # by far the most verdicts speak of one whole block
            if self.claims[block.index]:
                self._claim_in(block, verdict)
            else:
                self.claims[block.index].append((block.start, block.end, verdict))
                if verdict.role != "keep":
                    self._gone.add(block.index)
            return
        if verdict.start == verdict.end:
            if verdict.start in self.places:
                return
            self.places.add(verdict.start)
        index = max(0, bisect_right(self.starts, verdict.start) - 1)
        while index > 0 and self.blocks[index - 1].start == verdict.start:
            index -= 1
        while index < len(self.blocks) and self.blocks[index].start <= verdict.end:
            self._claim_in(self.blocks[index], verdict)
            index += 1

    def _claim_in(self, block: PageBlock, verdict: Verdict) -> None:
        self._claim_open(block, verdict)
        if not self._stays(block.index):
            self._gone.add(block.index)

    def _claim_open(self, block: PageBlock, verdict: Verdict) -> None:
        claims = self.claims[block.index]
        if block.start == block.end:
            # A picture has no text of its own: it is meant by a verdict on just its place, or by one on a run around
            # it.
            here = verdict.start == block.start == verdict.end or verdict.start < block.start < verdict.end
            if here and not claims:
                claims.append((block.start, block.end, verdict))
            return
        if not claims and verdict.start <= block.start and block.end <= verdict.end:
            claims.append((block.start, block.end, verdict))
            return
        spans = self.open_spans(block)
        first = bisect_right(spans, verdict.start, key=itemgetter(1))
        last, left = first, []
        while last < len(spans) and spans[last][0] < verdict.end:
            start, end = spans[last]
            begin, stop = max(start, verdict.start), min(end, verdict.end)
            if begin < stop:
                claims.append((begin, stop, verdict))
                left += [span for span in ((start, begin), (stop, end)) if span[0] < span[1]]
            else:
                left.append((start, end))
            last += 1
        spans[first:last] = left
        if claims:
            self.free[block.index] = spans
