"""Where the cards of further articles stand among the lines of a page.

A card is found by its age; which line beside the age is the title and which the source is decided for all cards of the
page together, since one page prints them all alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from scrapeclean.ages.find import LONGEST, Age
from scrapeclean.ages.page import Ages
from scrapeclean.cards.lines import (
    EDGES,
    Credit,
    bare_title,
    is_byline,
    is_capital,
    is_given,
    is_label,
    is_led,
    is_person,
    is_section,
    parts,
    read_credit,
    surely_outlet,
)
from scrapeclean.cards.printed import alike, lead, without_figures
from scrapeclean.lines import folded, is_dense, is_name, is_prose, title_likeness, word_count
from scrapeclean.model import PageBlock
from scrapeclean.rights.names import name_like

_REACH = 4
"""How many lines above and below the age belong to a card at most."""
_MAIN_PROSE = 300
"""Characters of prose that must stand above the first card: the main article."""
BODY_PROSE = 300
"""Characters of prose that make a body; of scripts without spaces half."""
_GOOD = 0.8
"""How well a card must fit a layout by itself, ..."""
_SUPPORTED = 0.6
"""... and one that other cards of the page have."""
_ASKED = 40
"""How many ages are asked for the layout that explains most of them: pages print all their cards alike."""
_ODD = 40
"""How many cards may have a layout of their own."""
_AHEAD = 60
"""In how many lines below a card its body must show."""
_LABELS = 12
"""How many words may stand beside an age."""
_BEGINNING = 25
"""So many letters of a title say it again, though the rest is cut."""
_GAP = 25
"""So many lines without prose end a body."""


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


class Layout(NamedTuple):
    """Where title and source stand, counted in lines from the age. Source 0: in the same line; None: nowhere."""

    title: int
    source: int | None


_LAYOUTS = tuple(
    Layout(title, source)
    for title in (-3, -2, -1, 1, 2, 3, 4)
    for source in (0, None, -3, -2, -1, 1, 2, 3)
    if title != source
)


@cache
def _possible(up: int, down: int) -> tuple[Layout, ...]:
    """The layouts whose lines are there."""
    return tuple(one for one in _LAYOUTS if -up <= one.title <= down and -up <= (one.source or 0) <= down)


class Card(NamedTuple):
    """An article below the main one: the lines of its card and of its body, as indices in the list of lines."""

    anchor: Anchor
    layout: Layout
    first: int
    body: int
    end: int
    """One past the last line of the body; equal to `body` for a teaser."""


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


def find_cards(lines: Lines, anchors: Sequence[Anchor]) -> list[Card]:
    """The cards of the page, in order, with the layout that explains most of them."""
    votes = dict.fromkeys(_LAYOUTS, 0.0)
    for anchor in anchors[:_ASKED]:
        for layout in _possible(anchor.up, anchor.down):
            votes[layout] += _likely(lines, anchor, layout)
    common = max(_LAYOUTS, key=votes.__getitem__)
    fits = [_fit(lines, anchor, common) for anchor in anchors]
    least = _SUPPORTED if sum(fit >= _GOOD for fit in fits) >= 2 else _GOOD
    fitting = [anchor for anchor, fit in zip(anchors, fits, strict=True) if fit >= least]
    places = {anchor.at for anchor in fitting}
    cards: list[Card] = []
    odd = taken = 0
    for anchor in anchors:
        if anchor.at < taken:
            continue
        layout = common
        if anchor.at not in places:
            odd += 1
            possible = _possible(anchor.up, anchor.down) if odd <= _ODD else ()
            layout = max(possible, key=lambda one: _likely(lines, anchor, one), default=common)
            if not possible or _fit(lines, anchor, layout) < _GOOD:
                continue
        card = _card(lines, anchor, layout, taken)
        if not _is_nearer(lines, anchors, card):
            card = card._replace(end=_body_end(lines, card.body, _next_card(lines, fitting, card.body, common)))
        cards.append(card)
        taken = card.end if card.end > card.body or layout == common else anchor.at + 1
    return cards if any(card.end > card.body for card in cards) else []


def _card(lines: Lines, anchor: Anchor, layout: Layout, taken: int) -> Card:
    """The card around an age, still without its body."""
    first = max(taken, anchor.at + min(0, layout.title, layout.source or 0))
    body = anchor.at + max(0, layout.title, layout.source or 0) + 1
    while (
        body < len(lines)
        and body <= anchor.at + anchor.down
        and not lines.prose[body]
        and _repeats(lines, body, anchor, layout)
    ):
        body += 1
    return Card(anchor, layout, first, body, body)


def _is_nearer(lines: Lines, anchors: Sequence[Anchor], card: Card) -> bool:
    """Whether another age stands between a card and the prose below it, which then is the body of that one."""
    below = bisect_left(anchors, card.body, key=itemgetter(0))
    return below < len(anchors) and not any(lines.prose[card.body : anchors[below].at])


def _fit(lines: Lines, anchor: Anchor, layout: Layout) -> float:
    """How well a layout explains the lines around an age: `_GOOD` and more is a card."""
    if not -anchor.up <= layout.title <= anchor.down or not -anchor.up <= (layout.source or 0) <= anchor.down:
        return 0.0
    title = lines.title(anchor.at + layout.title)
    if title < 0.4:
        return 0.0
    score = title + 0.3 * (lines.blocks[anchor.at + layout.title].kind == "heading")
    beside = anchor.credit.source
    if layout.source is None:
        score += 0.1 if anchor.age.relative and not beside else -0.1 if not beside else -0.4
    elif layout.source == 0:
        score += (0.2 if is_section(beside) or is_given(beside) else 0.5) if beside else -0.6
    else:
        score += _source_fit(lines, anchor, layout, title)
    low, high = min(0, layout.title, layout.source or 0), max(0, layout.title, layout.source or 0)
    for offset in range(low, high + 1):
        if offset not in (0, layout.title, layout.source) and not _repeats(lines, anchor.at + offset, anchor, layout):
            score -= 0.1 if is_person(lines.text(anchor.at + offset)) or lines.is_alike(anchor.at + offset) else 0.5
    return score - 0.03 * abs(layout.title)


def _source_fit(lines: Lines, anchor: Anchor, layout: Layout, title: float) -> float:
    """How well a line of its own does for the source."""
    assert layout.source
    at = anchor.at + layout.source
    source, beside = lines.source(at), anchor.credit.source
    known = bool(source) and surely_outlet(source)
    likeness = title_likeness(source)
    good = source and (likeness < title or (known and likeness <= title)) and not is_label(source)
    score = (0.4 + 0.1 * known - 0.3 * is_given(source) - 0.2 * lines.is_alike(at)) if good else -0.6
    if beside and not is_section(beside) and not is_given(beside) and folded(beside) != folded(source):
        score -= 0.6
    return score - 0.02 * abs(layout.source)


def _likely(lines: Lines, anchor: Anchor, layout: Layout) -> float:
    """How likely a layout is: it fits, and leaves no short lines between the card and the body unexplained."""
    last = anchor.at + max(0, layout.title, layout.source or 0)
    below = sum(not lines.is_alike(at) for at in range(last + 1, anchor.at + anchor.down + 1))
    return _fit(lines, anchor, layout) - (0.35 if layout.title < 0 else 0.2) * min(2, max(0, below))


def _repeats(lines: Lines, at: int, anchor: Anchor, layout: Layout) -> bool:
    """Whether a line only says again what the card says ("- Yahoo" under "Yahoo"), who wrote it, or is a button."""
    if at >= len(lines):
        return False
    if is_byline(lines.text(at)) or is_label(lines.text(at)) or lines.is_alike(at):
        return True
    title, text = folded(lines.text(anchor.at + layout.title)), folded(lines.text(at))
    if len(text) >= _BEGINNING and title.startswith(text):
        return True
    text = folded(read_credit(lines.text(at)).source)
    named = [anchor.credit.source]
    if layout.source is not None and layout.source != 0:
        named.append(lines.source(anchor.at + layout.source))
    named.append(lines.text(anchor.at + layout.title))
    return not text or any(text == folded(name) for name in named if name)


def _next_card(lines: Lines, fitting: Sequence[Anchor], body: int, layout: Layout) -> int:
    """Where the next card of the common layout begins, which ends this body."""
    following = bisect_left(fitting, body, key=itemgetter(0))
    if following == len(fitting):
        return len(lines)
    return max(body, fitting[following].at + min(0, layout.title, layout.source or 0))


def _body_end(lines: Lines, body: int, limit: int) -> int:
    """One past the last line of prose before the next card or section; `body` where that is too little for a body."""
    end, prose, gap = body, 0, 0
    for i in range(body, limit):
        if lines.blocks[i].index in lines.sections and not _is_inner(lines, i):
            break
        if lines.prose[i]:
            prose += size(lines.text(i))
            end, gap = i + 1, 0
        else:
            gap += 1
            if gap > _GAP:
                break
    return end if prose >= BODY_PROSE else body


def _is_inner(lines: Lines, at: int) -> bool:
    """Whether a label heads nothing: in text that lost its markup a story goes on right below it."""
    return not lines.html and at + 1 < len(lines) and lines.prose[at + 1]
