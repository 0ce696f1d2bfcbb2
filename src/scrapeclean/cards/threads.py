"""Whether what looks like further articles below the first are stories at all: posts of a thread, the events of a list
and the chapters of one long article have names and dates above them as well."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import regex

from scrapeclean.cards.layouts import Card
from scrapeclean.cards.lines import talk_share
from scrapeclean.cards.page import Lines, size
from scrapeclean.document import Document

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]{2,40}+")
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_POSTS, _SHORT_POST = 3, 700
"""From so many cards on, bodies of fewer characters (at the median) are posts of a thread."""
_HEADING_REACH = 5
_AGES = 3
"""So many dates more than two for each story: every post has one, and not every post looks like a card."""
_SHARED, _SAME = 0.08, 0.12
"""Stories about different things share fewer of their terms; more than the second are one story."""
_LIKELY, _UNLIKELY = 0.7, 0.4
"""How sure the scorer is of the story above the first card, where that is one."""
_LEAD = 0.15
"""What stands above is the lead of something if it is shorter than this share of what stands below a card."""
_COVERED = 0.6
"""Stories follow each other; much between them that is no part of any speaks against them."""
_READ = 4_000
_TALK, _TALK_OF_FEW, _MANY = 0.025, 0.05, 4
"""From such a share of "I" and "you" on (at the median) bodies are talk, if there are many; if there are two or three,
more is asked."""


def are_stories(document: Document, lines: Lines, cards: Sequence[Card], headings: set[int], talk: set[int]) -> bool:
    """Whether the cards of a page, taken together, open stories of their own.

    Args:
        document: the page.
        lines: its lines.
        cards: the cards with a body.
        headings: indices of blocks that are headings of related articles.
        talk: indices of blocks that are labels of comments: "Reply", "3 comments".
    """
    if not cards:
        return True
    sizes = [sum(size(lines.text(i)) for i in range(card.body, card.end)) for card in cards]
    if len(sizes) >= _POSTS and median(sizes) < _SHORT_POST:
        return False
    headed = any(
        block.index in headings
        for card in cards
        for block in lines.blocks[max(0, card.first - _HEADING_REACH) : card.first]
    )
    recent = 2 * sum(card.anchor.age.relative is not None for card in cards) >= len(cards)
    doubts = _posts(document, lines, cards, talk) + _one_story(lines, cards) + _no_story(document, lines, cards, sizes)
    return doubts + _is_talk(lines, cards) < 1 + headed + recent


def _posts(document: Document, lines: Lines, cards: Sequence[Card], talk: set[int]) -> int:
    """How much speaks for a thread: labels of comments, dates without a card, the same title again, and much that is
    no part of any story."""
    first, last = lines.blocks[cards[0].first].index, lines.blocks[cards[-1].end - 1].index
    labels = sum(first <= index <= last for index in talk)
    ages = document.ages
    dates = sum(index in ages for index in range(first, last + 1))
    titles = {lines.text(card.anchor.at + card.layout.title) for card in cards}
    covered = sum(card.end - card.first for card in cards)
    return (
        (labels >= max(2, len(cards)))
        + (dates >= 2 * len(cards) + _AGES)
        + (len(titles) < len(cards))
        + (covered < _COVERED * (cards[-1].end - cards[0].first))
    )


def _is_talk(lines: Lines, cards: Sequence[Card]) -> bool:
    """Whether the bodies are what people say to each other."""
    if len(cards) < 2:
        return False
    bodies = (" ".join(lines.text(i) for i in range(card.body, min(card.end, card.body + 40))) for card in cards)
    return median(talk_share(body[:_READ]) for body in bodies) >= (_TALK if len(cards) >= _MANY else _TALK_OF_FEW)


def _one_story(lines: Lines, cards: Sequence[Card]) -> int:
    """Whether the bodies are about what the prose above is about."""
    story = terms(" ".join(lines.text(i) for i in range(cards[0].first) if lines.prose[i])[:_READ])
    shares = []
    for card in cards:
        body = terms(" ".join(lines.text(i) for i in range(card.body, min(card.end, card.body + 40)))[:_READ])
        shares.append(len(story & body) / max(1, len(body)))
    shared = median(shares)
    return (shared > _SHARED) + (shared > _SAME)


def _no_story(document: Document, lines: Lines, cards: Sequence[Card], sizes: Sequence[int]) -> int:
    """Whether the prose above the first card is no story: the scorer does not take it for one, or it is a mere lead."""
    above = [block for block, prose in zip(lines.blocks[: cards[0].first], lines.prose, strict=False) if prose]
    whole = sum(size(block.text) for block in above)
    sure = sum(size(block.text) * document.scores[block.index] for block in above)
    return (sure < _LIKELY * whole) + (sure < max(_UNLIKELY * whole, _LEAD * sum(sizes) / len(sizes)))


def terms(text: str) -> set[str]:
    """The words that a text is about: long ones and names; of scripts without spaces pairs of signs.

    Example:
        >>> sorted(terms("In the evening the mayor of Pemberley opened a lighthouse."))
        ['lighthous', 'pemberley']
    """
    found: set[str] = set()
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii() or not _DENSE.search(word):
            inner = match.start() > 1 and text[match.start() - 2] not in ".!?\n"
            if len(word) >= 8 or (inner and len(word) >= 4 and word[0].isupper()):
                found.add(word[:9].lower())
        else:
            found.update(word[i : i + 2] for i in range(len(word) - 1))
    return found
