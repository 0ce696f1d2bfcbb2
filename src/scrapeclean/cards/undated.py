"""Cards whose age nobody can read: found by the cards of the page that have one, since a page prints them all alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scrapeclean.ages.find import LONGEST, Age
from scrapeclean.cards.layouts import Card, Layout
from scrapeclean.cards.lines import is_byline, is_label, parts, read_credit
from scrapeclean.cards.page import BODY_PROSE, Anchor, Lines
from scrapeclean.lines import ends_sentence, is_name, word_count
from scrapeclean.model import PageBlock

_ALIKE = 2
"""So many cards with a readable age show how the page prints them."""
_TITLE = 0.7
_AGE_WORDS = 6


def undated(lines: Lines, cards: Sequence[Card]) -> list[Anchor]:
    """Lines that stand where other cards of the page have their age, in text.

    Args:
        lines: the lines of the page.
        cards: the cards that were found by their ages.
    """
    bodied = [card for card in cards if card.end > card.body]
    shapes = Counter((card.layout, card.body - card.anchor.at) for card in bodied)
    if lines.html or not shapes:
        return []
    (layout, depth), count = shapes.most_common(1)[0]
    if count < _ALIKE or layout.source is None:
        return []
    taken = {at for card in cards for at in range(card.first, card.body)}
    first = [card.anchor for card in bodied if card.layout == layout and layout.source == 0]
    leading = bool(first) and 2 * sum(_source_leads(lines, anchor) for anchor in first) > len(first)
    found = (_anchor(lines, body - depth, layout, leading) for body in _bodies(lines) if body - depth not in taken)
    return [anchor for anchor in found if anchor is not None]


def _source_leads(lines: Lines, anchor: Anchor) -> bool:
    """Whether the source stands before the age."""
    return 0 <= lines.text(anchor.at).find(anchor.credit.source) < anchor.age.start


def _bodies(lines: Lines) -> Iterator[int]:
    """Where prose begins below short lines, with enough of it for a story above and for a body below."""
    for at in range(1, len(lines)):
        if (
            lines.prose[at]
            and not lines.prose[at - 1]
            and lines.above[at] >= BODY_PROSE <= lines.above[-1] - lines.above[at]
        ):
            yield at


def _anchor(lines: Lines, at: int, layout: Layout, leading: bool) -> Anchor | None:
    """The line at the place of an age, if title and source stand at theirs."""
    title, source = at + layout.title, at + (layout.source or 0)
    down = next((i for i in range(at + 1, len(lines)) if lines.prose[i]), len(lines)) - at - 1
    up = next((n for n, i in enumerate(range(at - 1, -1, -1)) if lines.prose[i]), at)
    if (
        min(at, title, source) < 0
        or max(title, source) > at + down
        or max(0, -layout.title, -(layout.source or 0)) > up
    ):
        return None
    above = min(0, layout.title, layout.source or 0)
    if any(not lines.is_alike(i) for i in range(at - up, at + above)):
        return None  # lists in a story end with such lines, too
    age = _age(lines.blocks[at], layout, leading)
    if age is None or lines.title(title) < _TITLE or (layout.source and not lines.source(source)):
        return None
    text = lines.text(at)
    return Anchor(at, age, read_credit(text[: age.start] + " | " + text[age.end :]), up, down)


def _age(block: PageBlock, layout: Layout, leading: bool) -> Age | None:
    """The part of a line that must be its age: all of it, or what stands beside the source."""
    text = block.text
    if len(text) > LONGEST or ends_sentence(text) or is_byline(text) or is_label(text):
        return None
    pieces = parts(text)
    if layout.source == 0:
        if len(pieces) < 2 or not is_name(pieces[0 if leading else -1]):
            return None
        piece = pieces[-1 if leading else 0]
    else:
        piece = text
    start = text.rfind(piece) if leading else text.find(piece)
    return Age(start, start + len(piece), piece) if start >= 0 and word_count(piece) <= _AGE_WORDS else None
