"""Where the cards of further articles stand among the lines of a page.

A card is found by its age; which line beside the age is the title and which the source is decided for all cards of the
page together, since one page prints them all alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from scrapeclean.cards.lines import is_byline, is_given, is_label, is_person, is_section, read_credit, surely_outlet
from scrapeclean.cards.page import BODY_PROSE, Anchor, Lines, size
from scrapeclean.lines import folded, title_likeness

_GOOD = 0.8
"""How well a card must fit a layout by itself, ..."""
_SUPPORTED = 0.6
"""... and one that other cards of the page have."""
_ASKED = 40
"""How many ages are asked for the layout that explains most of them: pages print all their cards alike."""
_ODD = 40
"""How many cards may have a layout of their own."""
_BEGINNING = 25
"""So many letters of a title say it again, though the rest is cut."""
_GAP = 25
"""So many lines without prose end a body."""


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
