"""The lines of a page as those see them who look for cards: which tell an age, which are titles, sources, prose."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from scrapeclean.ages.find import LONGEST, Age
from scrapeclean.ages.page import Ages
from scrapeclean.cards.lines import (
    EDGES,
    Credit,
    bare_title,
    is_byline,
    is_capital,
    is_label,
    is_led,
    parts,
    read_credit,
)
from scrapeclean.cards.printed import alike, lead, without_figures
from scrapeclean.lines import is_dense, is_name, is_prose, title_likeness, word_count
from scrapeclean.model import PageBlock
from scrapeclean.rights.names import name_like

_REACH = 4
"""How many lines above and below the age belong to a card at most."""
_MAIN_PROSE = 300
"""Characters of prose that must stand above the first card: the main article."""
BODY_PROSE = 300
"""Characters of prose that make a body; of scripts without spaces half."""
_AHEAD = 60
"""In how many lines below a card its body must show."""
_LABELS = 12
"""How many words may stand beside an age."""
_ADDRESS = re.compile(r"\w\.\w{2,4}/\w|://|www\.")
"""Posts have links in their text, titles do not."""
_WORDY = 80
"""A line with more characters may be a long sentence rather than a title."""


class Anchor(NamedTuple):
    """A short line that says how old something is, and the lines around it."""

    at: int
    """Index in the list of lines."""
    age: Age
    credit: Credit
    """What the line names beside the age: often the source."""
    up: int
    """How many lines above may belong to the card."""
    down: int
    """How many lines stand between the age and the body."""


class Lines:
    """The lines of a page and what they look like, each asked once.

    Args:
        blocks: what is left of the page, without what has no text.
        sections: indices of blocks that are headings or labels of sections as a whole.
        ages: the ages of the page.
        html: whether the page had markup; then a body stands right below its card.
    """

    def __init__(self, blocks: Sequence[PageBlock], sections: set[int], ages: Ages, *, html: bool) -> None:
        self.blocks = blocks
        self.sections = sections
        self.ages = ages
        self.html = html
        self.prose = [is_prose(block.text) for block in blocks]
        sizes = (size(block.text) if prose else 0 for block, prose in zip(blocks, self.prose, strict=True))
        self.above = list(accumulate(sizes, initial=0))
        """How much prose stands above each line."""
        self._titles: dict[int, float] = {}
        self._sources: dict[int, str] = {}
        self._alike: set[str] = set()
        self._beside: set[str] = set()

    def __len__(self) -> int:
        return len(self.blocks)

    def text(self, at: int) -> str:
        """One line."""
        return self.blocks[at].text

    def title(self, at: int) -> float:
        """How much a line looks like a title."""
        if at not in self._titles:
            text = self.blocks[at].text
            named = (
                (self.is_alike(at) and not text[-1:].isdigit())
                or is_byline(text)
                or is_label(text)
                or self._is_age(at)
                or _ADDRESS.search(text) is not None
            )
            score = 0.0 if named else title_likeness(bare_title(text))
            self._titles[at] = score * (1.0 if len(text) < _WORDY or word_count(text) < 20 else 0.55)
        return self._titles[at]

    def _is_age(self, at: int) -> bool:
        """Whether a line says little more than how old something is; a title can have a date in it."""
        age = self.ages.get(self.blocks[at].index)
        if age is None:
            return False
        text = self.blocks[at].text
        edges = text[: age.start].rstrip()[-1:] + text[age.end :].lstrip()[:1]
        beside = age.relative is not None and any(ch in EDGES for ch in edges)
        return beside or 2 * (age.end - age.start) > len(text)

    def source(self, at: int) -> str:
        """The source that a line names, "" if it names none."""
        if at not in self._sources:
            text = self.blocks[at].text
            before = lead(text)
            source = read_credit(text[len(before) :] if before in self._alike else text).source
            self._sources[at] = source if is_name(source) else ""
        return self._sources[at]

    def anchors(self) -> list[Anchor]:
        """The lines that can be the age in a card, below the beginning of the main article. Nothing where no body
        stands below any of them: cards without bodies are teasers, which the scorer knows."""
        first = bisect_left(self.above, _MAIN_PROSE)
        if not any(self._bodied(i) for i in self._dated(first, near=self.html)):
            return []
        dated = self._dated(first, near=False)
        around = dict.fromkeys(j for i in dated for j in range(max(0, i - _REACH), min(len(self), i + _REACH + 2)))
        self._alike = alike((self.above[i], self.blocks[i].text) for i in around if not self.prose[i])
        self._beside = alike((self.above[i], part) for i in dated for part in parts(self._rest(i)))
        return [anchor for i in dated if (anchor := self._anchor(i)) is not None]

    def is_alike(self, at: int) -> bool:
        """Whether several cards print the same line."""
        return without_figures(self.blocks[at].text) in self._alike

    def _dated(self, first: int, *, near: bool) -> list[int]:
        """Short lines with an age; only those `near` above prose, or all."""
        found = []
        close = 0
        for i in range(len(self.blocks) - 1, first - 1, -1):
            block = self.blocks[i]
            if self.prose[i]:
                close = _REACH + 1
            else:
                if (close or not near) and len(block.text) <= LONGEST and block.index in self.ages:
                    found.append(i)
                close -= close > 0
        return found[::-1]

    def _bodied(self, i: int) -> bool:
        """Whether enough prose for a body stands below a line."""
        below = i + 1 + self._reach(range(i + 1, min(len(self), i + 2 + _REACH)))
        if self.html and not (below < len(self) and self.prose[below]):
            return False
        return self.above[min(len(self), below + _AHEAD)] - self.above[min(len(self), below)] >= BODY_PROSE

    def _rest(self, i: int) -> str:
        """What stands beside the age in a line."""
        text, age = self.blocks[i].text, self.ages[self.blocks[i].index]
        return text[: age.start].rstrip() + " | " + text[age.end :].lstrip()

    def _credit(self, i: int) -> Credit:
        """What a line names beside its age, without what other cards print there as well, if that is no outlet."""
        named = [part[len(lead(part)) :] if lead(part) in self._beside else part for part in parts(self._rest(i))]
        own = [part for part in named if without_figures(part) not in self._beside or is_capital(part)]
        return read_credit(" | ".join(own or named))

    def _anchor(self, i: int) -> Anchor | None:
        text, age = self.blocks[i].text, self.ages[self.blocks[i].index]
        credit = self._credit(i)
        named = credit.source or credit.author
        if word_count(named) > 7 or (named and not is_name(named)) or not _is_labelled(text, age):
            return None
        up = self._reach(range(i - 1, max(-1, i - 1 - _REACH), -1))
        down = self._reach(range(i + 1, min(len(self), i + 2 + _REACH)))
        return Anchor(i, age, credit, up, down)

    def _reach(self, candidates: range) -> int:
        """How many of these lines are short and no heading of a section."""
        count = 0
        for i in candidates:
            if self.prose[i] or self.blocks[i].index in self.sections:
                break
            count += 1
        return count


def _is_labelled(text: str, age: Age) -> bool:
    """Whether a line is made of labels: a title can have a date in it, but no bar or dot beside it."""
    before, after = text[: age.start].rstrip(), text[age.end :].lstrip()
    rest = before + after
    return word_count(rest) <= _LABELS and (
        age.relative is not None
        or word_count(rest.strip()) <= 2
        or (word_count(rest) <= 3 and not rest.strip()[:1].isalpha())
        or any(ch in EDGES or not ch.isalnum() for ch in before[-1:] + after[:1])
        or is_led(before or after)
        or (age.date is not None and not (before and after) and word_count(rest) <= 4 and name_like(rest.strip()))
    )


def size(text: str) -> int:
    """Characters, those of scripts that say more with each counted twice."""
    return len(text) * (2 if is_dense(text) else 1)
