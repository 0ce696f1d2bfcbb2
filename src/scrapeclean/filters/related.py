"""Whole articles of others on the same page, below the main one, each with its card (source, age, title).

Aggregators and endless pages print further articles under the first, each under a card of a few short lines: where it
comes from, how old it is, what it is called, in any order. A card is found by its age; which line beside the age is
the title and which the source is decided for all cards of the page together, since one page prints them all alike.
A card without a body below is a teaser, and left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from scrapeclean.ages import Age, find_age, resolve
from scrapeclean.cards import EDGES, Credit, is_byline, read_credit
from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.lines import folded, is_name, is_prose, title_likeness, word_count
from scrapeclean.model import PageBlock, Verdict

_REACH = 4
"""How many lines above and below the age belong to a card at most."""
_MAIN_PROSE = 300
"""Characters of prose that must stand above the first card: the main article."""
_BODY_PROSE = 300
"""Characters of prose that make a body; of scripts without spaces half."""
_STORY = 400
"""Characters of prose above the first of several further articles, or above one that is hours or days old, ..."""
_LONE_STORY, _LONE_SHARE = 900, 0.35
"""... above one that is alone and has a date, and the share of its body."""
_SUPPORTED = 0.6
"""How well a card must fit a layout that other cards of the page have; one by itself must fit by 1."""
_BELIEVED = 3
"""How much must speak for a card: a relative age, a title, a source, the source again, a heading above, a second card
of the same layout, each 1."""
_ASKED = 200
"""How many ages are asked for the layout that explains most of them: pages print all their cards alike."""
_ODD = 200
"""How many cards may have a layout of their own."""
_POSTS, _SHORT_POST = 3, 700
"""From so many cards on, bodies of fewer characters (at the median) are posts of a thread."""
_HOPELESS = 1.5
"""With less to speak for it, a line with a date is not even a teaser."""
_HEADING_REACH = 5
_AHEAD = 60
"""In how many lines below a card its body must show."""


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


class Card(NamedTuple):
    """An article below the main one: the lines of its card and of its body, as indices in the list of lines."""

    anchor: Anchor
    layout: Layout
    first: int
    body: int
    end: int
    """One past the last line of the body; equal to `body` for a teaser."""


def related(document: Document) -> Iterator[Verdict]:
    """Further articles on the page, each with the card above it.

    Example:
        >>> import scrapeclean
        >>> story = "The river rose in the night. The bridge was closed, and the school too. Nobody was hurt. " * 5
        >>> card = "\\nThe Courier\\n2 hours ago\\nSheep found on the roof of the town hall\\n"
        >>> page = "Floods close the bridge\\n" + story + card + story.replace("river", "sheep")
        >>> [(other.source, other.published_text, other.title) for other in scrapeclean.clean(page).related]
        [('The Courier', '2 hours ago', 'Sheep found on the roof of the town hall')]
    """
    lines = [block for block in document.kept if block.text]
    if anchors := _anchors(lines, document):
        cards = _cards(lines, anchors, _sections(document))
        for card in _leaving_a_story(lines, _believed(document, lines, cards)):
            if card.end > card.body:
                yield from _article(document, lines, card)
            else:
                yield from _teaser(lines, card)
    yield from told(document, "related")


def _anchors(lines: list[PageBlock], document: Document) -> list[Anchor]:
    """The lines that can be the age in a card, below the beginning of the main article."""
    ages = document.ages
    dated = [(i, ages[line.index]) for i, line in enumerate(lines) if line.index in ages]
    if not dated:
        return []
    prose = [is_prose(line.text) for line in lines]
    above = list(
        accumulate((_size(line.text) * is_prose for line, is_prose in zip(lines, prose, strict=True)), initial=0)
    )
    sections = _sections(document)
    found = []
    bodied = False
    for i, age in dated:
        line = lines[i]
        if prose[i] or above[i] < _MAIN_PROSE:
            continue
        rest = line.text[: age.start].rstrip() + " | " + line.text[age.end :].lstrip()
        credit = read_credit(rest)
        named = credit.source or credit.author
        if word_count(named) <= 7 and (not named or is_name(named)) and _is_labelled(line.text, age):
            up = _reach(lines, prose, sections, range(i - 1, max(-1, i - 1 - _REACH), -1))
            down = _reach(lines, prose, sections, range(i + 1, min(len(lines), i + 2 + _REACH)))
            found.append(Anchor(i, age, credit, up, down))
            below = min(len(lines), i + 1 + down)
            headless = document.kind == "html" and not (below < len(lines) and prose[below])
            bodied |= not headless and above[min(len(lines), below + _AHEAD)] - above[below] >= _BODY_PROSE
    return found if bodied else []  # cards with nothing below any of them are teasers, which the scorer knows


def _source(line: PageBlock) -> str:
    """The source that a line of a card names."""
    return read_credit(line.text).source


def _is_labelled(text: str, age: Age) -> bool:
    """Whether a line is made of labels: a title can have a date in it, but no bar or dot beside it."""
    rest = (text[: age.start] + text[age.end :]).strip()
    edges = text[: age.start].rstrip()[-1:] + text[age.end :].lstrip()[:1]
    return (
        age.relative is not None
        or (word_count(rest) <= 3 and not rest[:1].isalpha())
        or any(ch in EDGES for ch in edges)
        or word_count(rest) <= 2
    )


def _size(text: str) -> int:
    """Characters, those of scripts that say more with each counted twice."""
    return len(text) * (1 if text.isascii() else 2)


def _reach(lines: list[PageBlock], prose: list[bool], sections: set[int], candidates: range) -> int:
    """How many of these lines are short and no heading of a section."""
    count = 0
    for i in candidates:
        if prose[i] or lines[i].index in sections:
            break
        count += 1
    return count


def _sections(document: Document) -> set[int]:
    """Blocks that are, as a whole, headings or labels of related articles, comments and the like."""
    return set().union(*(_labels(document, kind) for kind in ("related", "comments", "newsletter", "share")))


def _labels(document: Document, kind: str) -> set[int]:
    """Blocks that a rule of a kind takes for a label as a whole."""
    matches = document.rule_matches.get(kind, ())
    return {block.index for block, match in matches if match.end - match.start >= len(block.text) - 2}


def _cards(lines: list[PageBlock], anchors: list[Anchor], sections: set[int]) -> list[Card]:
    """The cards of the page, in order, with the layout that explains most of them."""
    asked = anchors[:_ASKED]
    common = max(_LAYOUTS, key=lambda layout: sum(_likely(lines, anchor, layout) for anchor in asked))
    fits = [_fit(lines, anchor, common) for anchor in anchors]
    least = _SUPPORTED if sum(fit >= 1.0 for fit in fits) >= 2 else 1.0
    fitting = [anchor for anchor, fit in zip(anchors, fits, strict=True) if fit >= least]
    places = {anchor.at for anchor in fitting}
    odd = 0
    cards: list[Card] = []
    taken = 0
    for anchor in anchors:
        if anchor.at < taken:
            continue
        layout = common
        if anchor.at not in places:
            odd += 1
            if odd > _ODD:
                continue
            layout = max(_LAYOUTS, key=lambda one: _likely(lines, anchor, one))
            if _fit(lines, anchor, layout) < 1.0:
                continue
        if _belief(lines, anchor, layout) < _HOPELESS:
            continue
        first = max(taken, anchor.at + min(0, layout.title, layout.source or 0))
        body = anchor.at + max(0, layout.title, layout.source or 0) + 1
        while (
            body < len(lines)
            and body <= anchor.at + anchor.down
            and not is_prose(lines[body].text)
            and _repeats(lines, body, anchor, layout)
        ):
            body += 1
        limit = _next_card(lines, fitting, body, common)
        end = _body_end(lines, body, limit, sections)
        cards.append(Card(anchor, layout, first, body, end))
        taken = max(end, body)
    return cards if any(card.end > card.body for card in cards) else []


def _fit(lines: list[PageBlock], anchor: Anchor, layout: Layout) -> float:
    """How well a layout explains the lines around an age: 1 and more is a card."""
    if not -anchor.up <= layout.title <= anchor.down or not -anchor.up <= (layout.source or 0) <= anchor.down:
        return 0.0
    line = lines[anchor.at + layout.title].text
    title = 0.0 if is_byline(line) else title_likeness(line)
    if title < 0.4:
        return 0.0
    score = title
    if layout.source is None:
        score += 0.1 if anchor.age.relative and not anchor.credit.source else -0.4
    elif layout.source == 0:
        score += 0.5 if anchor.credit.source else -0.6
    else:
        source = _source(lines[anchor.at + layout.source])
        score += 0.4 if source and is_name(source) and title_likeness(source) < title else -0.6
        score -= 0.3 * bool(anchor.credit.source and folded(anchor.credit.source) != folded(source)) + 0.02 * abs(
            layout.source
        )
    low, high = min(0, layout.title, layout.source or 0), max(0, layout.title, layout.source or 0)
    for offset in range(low, high + 1):
        if offset not in (0, layout.title, layout.source) and not _repeats(lines, anchor.at + offset, anchor, layout):
            score -= 0.5
    return score - 0.03 * abs(layout.title)


def _likely(lines: list[PageBlock], anchor: Anchor, layout: Layout) -> float:
    """How likely a layout is: it fits, and leaves no short lines between the card and the body unexplained."""
    below = anchor.down - max(0, layout.title, layout.source or 0)
    return _fit(lines, anchor, layout) - (0.35 if layout.title < 0 else 0.2) * min(2, max(0, below))


def _repeats(lines: list[PageBlock], at: int, anchor: Anchor, layout: Layout) -> bool:
    """Whether a line only says again what the card says ("- Yahoo" under "Yahoo"), or who wrote it."""
    if at >= len(lines):
        return False
    if is_byline(lines[at].text):
        return True
    text = folded(_source(lines[at]))
    named = [anchor.credit.source]
    if layout.source is not None and layout.source != 0:
        named.append(_source(lines[anchor.at + layout.source]))
    named.append(lines[anchor.at + layout.title].text)
    return not text or any(text == folded(name) for name in named if name)


def _next_card(lines: list[PageBlock], fitting: list[Anchor], body: int, layout: Layout) -> int:
    """Where the next card of the common layout begins, which ends this body."""
    following = bisect_left(fitting, body, key=itemgetter(0))
    if following == len(fitting):
        return len(lines)
    return max(body, fitting[following].at + min(0, layout.title, layout.source or 0))


def _body_end(lines: list[PageBlock], body: int, limit: int, sections: set[int]) -> int:
    """One past the last line of prose before the next card or section; `body` where that is too little for a body."""
    end, prose, gap = body, 0, 0
    for i in range(body, limit):
        if lines[i].index in sections:
            break
        if is_prose(lines[i].text):
            prose += _size(lines[i].text)
            end, gap = i + 1, 0
        else:
            gap += 1
            if gap > 25:
                break
    return end if prose >= _BODY_PROSE else body


def _believed(document: Document, lines: list[PageBlock], cards: list[Card]) -> list[Card]:
    """The cards that can be trusted to open an article of their own, and the teasers among them."""
    headings, talk = _labels(document, "related"), _labels(document, "comments")
    shapes = Counter(card.layout for card in cards if card.end > card.body)
    found: list[Card] = []
    for card in cards:
        if card.end == card.body:
            if found:
                found.append(card)
            continue
        above = lines[max(0, card.first - _HEADING_REACH) : card.first]
        headed = (bool(found) and found[-1].end >= card.first - 1) or any(line.index in headings for line in above)
        belief = _belief(lines, card.anchor, card.layout) + headed
        belief += shapes[card.layout] > 1
        belief -= 2 * any(line.index in talk for line in lines[card.first : min(card.end, card.body + 3)])
        if belief >= _BELIEVED and (document.kind == "text" or _stands_apart(document, lines, card, headed)):
            found.append(card)
    return [] if _is_thread(lines, found) else found


def _is_thread(lines: list[PageBlock], cards: list[Card]) -> bool:
    """Whether these are posts of a thread rather than stories: several, and most of them short."""
    bodies = [lines[card.body : card.end] for card in cards if card.end > card.body]
    sizes = sorted(sum(_size(line.text) for line in body) for body in bodies)
    return len(sizes) >= _POSTS and sizes[len(sizes) // 2] < _SHORT_POST


def _leaving_a_story(lines: list[PageBlock], cards: list[Card]) -> list[Card]:
    """The cards but for those that would leave no main article: a by-line and a date between lead and body look like a
    card, and the body below them is the main one."""
    cards = list(cards)
    while bodied := [card for card in cards if card.end > card.body]:
        first = bodied[0]
        above = sum(_size(line.text) for line in lines[: first.first] if is_prose(line.text))
        body = sum(_size(line.text) for line in lines[first.body : first.end])
        sure = len(bodied) > 1 or first.anchor.age.relative
        if above >= (_STORY if sure else min(_LONE_STORY, _LONE_SHARE * body)):
            break
        cards = [card for card in cards if card.first > first.first]
    return cards if bodied else []


def _belief(lines: list[PageBlock], anchor: Anchor, layout: Layout) -> float:
    """What speaks for a card, by itself: how it says its age and its source."""
    title = lines[anchor.at + layout.title].text
    belief = 1.0 if anchor.age.relative else 0.5 * (layout.source == 0)
    belief += title_likeness(title) >= 0.7
    belief -= (1 if layout.source is not None else 2) * bool(anchor.age.labelled) + 2 * (
        find_age(title) is not None and word_count(title) < 8
    )
    if layout.source is not None:
        source = anchor.credit.source if layout.source == 0 else _source(lines[anchor.at + layout.source])
        belief += 1 if anchor.age.relative else 1.5 * (layout.source == 0) or 1
        same = folded(source)
        low, high = min(0, layout.title, layout.source), max(0, layout.title, layout.source) + 1
        said = sum(folded(_source(line)) == same for line in lines[anchor.at + low : anchor.at + high + 1])
        belief += said > (layout.source != 0)
    return belief


def _stands_apart(document: Document, lines: list[PageBlock], card: Card, headed: bool) -> bool:
    """Whether card and body stand in an element of their own, and are no part of what the scorer takes for the body."""
    first, last = lines[card.first], lines[card.end - 1]
    around = next((box for box in first.box.ancestors() if box.last > last.index), None)
    if around is None or around.parent is None or around.first < lines[max(0, card.first - 2)].index:
        return False
    body = [document.scores[line.index] for line in lines[card.body : card.end]]
    return headed or 2 * sum(score >= 0.5 for score in body) <= len(body)


def _article(document: Document, lines: list[PageBlock], card: Card) -> Iterator[Verdict]:
    yield Verdict(lines[card.first].start, lines[card.end - 1].end, "article", "an article of its own", "card")
    yield from _fields(document, lines, card)
    for line in lines[card.body : card.end]:
        yield line.keep("body of a related article", rule="body")


def _fields(document: Document, lines: list[PageBlock], card: Card) -> Iterator[Verdict]:
    """The lines of a card, each as what it says."""
    anchor, layout = card.anchor, card.layout
    for i in range(card.first, card.body):
        line = lines[i]
        if i == anchor.at + layout.title:
            yield line.verdict("title", "the title of a related article", rule="card-title")
        elif i == anchor.at:
            age = anchor.age
            when = resolve(age, document.fetched)
            yield line.verdict(
                "date", "the age of a related article", rule="card-age", start=age.start, end=age.end, value=when
            )
            if layout.source == 0:
                yield line.verdict(
                    "source", "the source of a related article", rule="card-source", value=anchor.credit.source
                )
            yield line.drop("punctuation of a card", rule="card")
        elif layout.source and i == anchor.at + layout.source:
            yield line.verdict("source", "the source of a related article", rule="card-source", value=_source(line))
        elif is_byline(line.text) and (author := read_credit(line.text).author):
            yield line.verdict("byline", "the author of a related article", rule="card-author", value=(author,))
        else:
            yield line.drop("part of the card of a related article", rule="card")


def _teaser(lines: list[PageBlock], card: Card) -> Iterator[Verdict]:
    for line in lines[card.first : card.body]:
        yield line.drop("teaser of another article", rule="teaser")
