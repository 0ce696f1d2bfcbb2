"""Whole articles of others on the same page, below the main one, each with its card (source, age, title).

Aggregators and endless pages print further articles under the first, each under a card of a few short lines: where it
comes from, how old it is, what it is called, in any order. `layouts` finds what looks like a card; here it is weighed
whether it opens an article. A card without a body below is a teaser, and left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from scrapeclean.ages.find import find_age, resolve
from scrapeclean.cards.layouts import Card, Layout, find_cards
from scrapeclean.cards.lines import (
    bare_title,
    is_byline,
    numbered,
    outlet_before,
    outlet_behind,
    read_credit,
    surely_outlet,
)
from scrapeclean.cards.page import Anchor, Lines, size
from scrapeclean.cards.threads import are_stories, terms
from scrapeclean.cards.undated import undated
from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.lines import folded, title_likeness
from scrapeclean.model import PageBlock, Verdict

_STORY = 400
"""Characters of prose above the first of several further articles, or above one that is hours or days old, ..."""
_LONE_STORY, _LONE_SHARE = 2_400, 0.35
"""... above one that is alone and has a date, and the share of its body."""
_BELIEVED = 3
"""How much must speak for a card: a relative age, a title, a source, the source again, a heading above, a second card
of the same layout, each 1; a body about something else, more."""
_HOPELESS = 1.5
"""With less to speak for it, a line with a date is not even a teaser."""
_HEADING_REACH = 5
_ELSEWHERE = 1.5
"""What it says for a card that its body is about something else than the story above."""
_SHARED, _HALF_SHARED = 0.09, 0.14
"""So much of its terms a body shares at most with a story about something else; two halves of one story share 0.2. What
lies between counts half."""
_STORY_TERMS, _BODY_TERMS = 30, 15
"""Fewer terms prove nothing."""
_TOLD = 2
"""A title stands no more often on a page: with the card, and in a list of headlines."""
_COMPARED = 40
"""How many bodies are compared with the story above at most, ..."""
_STORY_READ, _BODY_READ = 8_000, 1_500
"""... and how many characters of both."""


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
    blocks = [block for block in document.kept if block.text]
    lines = Lines(blocks, _sections(document), document.ages, html=document.kind == "html")
    if anchors := lines.anchors():
        cards = _stories(document, lines, anchors)
        if more := undated(lines, cards):
            cards = _stories(document, lines, sorted(anchors + more, key=itemgetter(0)))
        whole = [card for card in cards if card.end > card.body]
        for card, named in zip(whole, _named(lines, whole), strict=True):
            yield from _article(document, lines, card, named)
        for card in cards:
            if card.end == card.body:
                yield from _teaser(lines, card)
    yield from told(document, "related")


def _stories(document: Document, lines: Lines, anchors: Sequence[Anchor]) -> list[Card]:
    """The cards that open stories of their own, and the teasers among them; none where they are something else."""
    cards = _leaving_a_story(document, lines, _believed(document, lines, find_cards(lines, anchors)))
    whole = [card for card in cards if card.end > card.body]
    headings, talk = _labels(document, "related"), _labels(document, "comments")
    return cards if are_stories(document, lines, whole, headings, talk) else []


def _sections(document: Document) -> set[int]:
    """Blocks that are, as a whole, headings or labels of related articles, comments and the like."""
    return set().union(*(_labels(document, kind) for kind in ("related", "comments", "newsletter", "share")))


def _labels(document: Document, kind: str) -> set[int]:
    """Blocks that a rule of a kind takes for a label as a whole."""
    matches = document.rule_matches.get(kind, ())
    return {block.index for block, match in matches if match.end - match.start >= len(block.text) - 2}


def _believed(document: Document, lines: Lines, cards: Sequence[Card]) -> list[Card]:
    """The cards that can be trusted to open an article of their own, and the teasers among them."""
    headings, talk = _labels(document, "related"), _labels(document, "comments")
    shapes = Counter(card.layout for card in cards if card.end > card.body)
    repeats = Counter(block.text for block in lines.blocks) if cards else Counter()
    found: list[Card] = []
    compared = 0
    for card in cards:
        if repeats[lines.text(card.anchor.at + card.layout.title)] > _TOLD:
            continue
        belief = _belief(lines, card.anchor, card.layout)
        if card.end == card.body:
            if found and belief >= _HOPELESS:
                found.append(card)
            continue
        above = lines.blocks[max(0, card.first - _HEADING_REACH) : card.first]
        headed = (bool(found) and found[-1].end >= card.first - 1) or any(line.index in headings for line in above)
        belief += headed + (shapes[card.layout] > 1)
        belief -= 2 * any(line.index in talk for line in lines.blocks[card.first : min(card.end, card.body + 3)])
        unsaid = card.layout.source is None and not headed
        if compared < _COMPARED and (belief < _BELIEVED or (unsaid and belief < _BELIEVED + 1)):
            compared += 1
            belief += _set_apart(document, lines, card, found)
        if belief >= _BELIEVED and (document.kind == "text" or _stands_apart(document, lines, card, headed)):
            found.append(card)
    return found


def _set_apart(document: Document, lines: Lines, card: Card, found: Sequence[Card]) -> float:
    """What the text around a card says for it: that the body is about something else than the story above, and that
    this one has ended. Against it: that the story goes on below what may be a teaser in its middle."""
    own = {i for other in found for i in range(other.body, other.end)}
    above, room = [], _STORY_READ
    for i in range(card.first - 1, -1, -1):
        if lines.prose[i] and i not in own:
            above.append(lines.text(i)[:room])
            room -= len(above[-1])
            if room <= 0:
                break
    story = terms(" ".join(above))
    body = terms(" ".join(lines.text(i) for i in range(card.body, min(card.end, card.body + 20)))[:_BODY_READ])
    shared = len(story & body) / max(1, len(body))
    if len(story) < _STORY_TERMS or len(body) < _BODY_TERMS:
        return 0.0
    if shared > _SHARED and card.layout.source is None:
        return -1.0
    if shared > _HALF_SHARED:
        return 0.0
    labelled = bool(card.anchor.age.labelled) * (1 if card.layout.source is not None else 2)
    return _ELSEWHERE * (1.0 if shared <= _SHARED else 0.5) + labelled + _ended(document, lines, card)


def _ended(document: Document, lines: Lines, card: Card) -> float:
    """Whether something between the prose above and a card closes the story: a notice, or furniture of any kind."""
    last = card.first - 1
    while last > 0 and not lines.prose[last]:
        last -= 1
    claims = document.ledger.claims[lines.blocks[last].index : lines.blocks[card.first].index]
    roles = {claim[2].role for block in claims for claim in block}
    return 1.0 if "notice" in roles else 0.5 * bool(roles or card.first - last > 1)


def _leaving_a_story(document: Document, lines: Lines, cards: list[Card]) -> list[Card]:
    """The cards but for those that would leave no main article: a by-line and a date between lead and body look like a
    card, and the body below them is the main one. In HTML, where menus can be prose, only what the scorer takes for
    the body can be left."""
    bodied = [card for card in cards if card.end > card.body]
    above = _story_above(document, lines) if bodied else ()
    refused = -1
    for number, card in enumerate(bodied, 1):
        body = sum(size(lines.text(i)) for i in range(card.body, card.end))
        sure = number < len(bodied) or card.anchor.age.relative
        if above[card.first] >= (_STORY if sure else min(_LONE_STORY, _LONE_SHARE * body)):
            return [other for other in cards if other.first > refused]
        refused = card.first
    return []


def _story_above(document: Document, lines: Lines) -> Sequence[float]:
    """For each line how much of a story stands above it."""
    if document.kind == "text":
        return lines.above
    told = (
        size(block.text) * (prose and document.scores[block.index] >= 0.5)
        for block, prose in zip(lines.blocks, lines.prose, strict=True)
    )
    return list(accumulate(told, initial=0))


def _belief(lines: Lines, anchor: Anchor, layout: Layout) -> float:
    """What speaks for a card, by itself: how it says its age and its source."""
    title = bare_title(lines.text(anchor.at + layout.title))
    dated = find_age(title)
    belief = 1.0 if anchor.age.relative else 0.5 * (layout.source == 0)
    belief += title_likeness(title) >= 0.7
    belief -= (1 if layout.source is not None else 2) * bool(anchor.age.labelled) + 2 * (
        dated is not None and 2 * (dated.end - dated.start) > len(title)
    )
    if layout.source is not None:
        source = anchor.credit.source if layout.source == 0 else lines.source(anchor.at + layout.source)
        belief += 1 if anchor.age.relative else 1.5 * (layout.source == 0) or 1
        same = folded(source)
        low, high = min(0, layout.title, layout.source), max(0, layout.title, layout.source) + 1
        around = range(anchor.at + low, min(len(lines), anchor.at + high + 1))
        belief += sum(folded(read_credit(lines.text(i)).source) == same for i in around) > (layout.source != 0)
    return belief


def _stands_apart(document: Document, lines: Lines, card: Card, headed: bool) -> bool:
    """Whether card and body stand in an element of their own, and are no part of what the scorer takes for the body."""
    first, last = lines.blocks[card.first], lines.blocks[card.end - 1]
    around = next((box for box in first.box.ancestors() if box.last > last.index), None)
    if around is None or around.parent is None or around.first < lines.blocks[max(0, card.first - 2)].index:
        return False
    body = [document.scores[line.index] for line in lines.blocks[card.body : card.end]]
    return headed or 2 * sum(score >= 0.5 for score in body) <= len(body)


class _Named(NamedTuple):
    """What the title line of a card says."""

    title: str
    source: str


def _named(lines: Lines, cards: Sequence[Card]) -> list[_Named]:
    """Title of each card, and the outlet that stands in the same line, where all cards of the page say theirs so."""
    titles = [bare_title(lines.text(card.anchor.at + card.layout.title)) for card in cards]
    counts = [numbered(title) for title in titles]
    numbers = [count[0] for count in counts if count]
    if len(numbers) == len(titles) > 1 and all(b == a + 1 for a, b in pairwise(numbers)):
        titles = [count[1] for count in counts if count]
    behind, before = [outlet_behind(title) for title in titles], [outlet_before(title) for title in titles]
    if any(_source_of(lines, card) for card in cards):
        said = [folded(_source_of(lines, card)) for card in cards]
        return [
            _Named(one[0] if one and folded(one[1]) == source else title, "")
            for title, one, source in zip(titles, behind, said, strict=True)
        ]
    if all(behind):
        return [_Named(*one) for one in behind if one]
    if all(before) and (len(cards) > 1 or ">" in titles[0] or any(surely_outlet(one[1]) for one in before if one)):
        return [_Named(*one) for one in before if one]
    return [_Named(title, "") for title in titles]


def _source_of(lines: Lines, card: Card) -> str:
    """The source that a card names beside its title."""
    if card.layout.source is None:
        return ""
    return lines.source(card.anchor.at + card.layout.source) if card.layout.source else card.anchor.credit.source


def _article(document: Document, lines: Lines, card: Card, named: _Named) -> Iterator[Verdict]:
    first, last = lines.blocks[card.first], lines.blocks[card.end - 1]
    yield Verdict(first.start, last.end, "article", "an article of its own", "card")
    yield from _fields(document, lines, card, named)
    for line in lines.blocks[card.body : card.end]:
        yield line.keep("body of a related article", rule="body")


def _fields(document: Document, lines: Lines, card: Card, named: _Named) -> Iterator[Verdict]:
    """The lines of a card, each as what it says."""
    anchor, layout = card.anchor, card.layout
    for i in range(card.first, card.body):
        line = lines.blocks[i]
        if i == anchor.at + layout.title:
            yield from _title(line, named)
        elif i == anchor.at:
            yield from _age(line, anchor, document.fetched, sourced=layout.source == 0)
        elif layout.source and i == anchor.at + layout.source:
            source = lines.source(i)
            yield line.verdict("source", "the source of a related article", rule="card-source", value=source)
        elif is_byline(line.text) and (author := read_credit(line.text).author):
            yield line.verdict("byline", "the author of a related article", rule="card-author", value=(author,))
        else:
            yield line.drop("part of the card of a related article", rule="card")


def _title(line: PageBlock, named: _Named) -> Iterator[Verdict]:
    if named.source and (at := line.text.rfind(named.source)) >= 0:
        end = at + len(named.source)
        yield line.verdict(
            "source", "the source of a related article", rule="card-source", start=at, end=end, value=named.source
        )
    yield line.verdict("title", "the title of a related article", rule="card-title", value=named.title)


def _age(line: PageBlock, anchor: Anchor, fetched: datetime | None, *, sourced: bool) -> Iterator[Verdict]:
    age = anchor.age
    when = resolve(age, fetched)
    yield line.verdict(
        "date", "the age of a related article", rule="card-age", start=age.start, end=age.end, value=when
    )
    if sourced:
        source = anchor.credit.source
        yield line.verdict("source", "the source of a related article", rule="card-source", value=source)
    elif anchor.credit.author:
        author = (anchor.credit.author,)
        yield line.verdict("byline", "the author of a related article", rule="card-author", value=author)
    yield line.drop("punctuation of a card", rule="card")


def _teaser(lines: Lines, card: Card) -> Iterator[Verdict]:
    for line in lines.blocks[card.first : card.body]:
        yield line.drop("teaser of another article", rule="teaser")
