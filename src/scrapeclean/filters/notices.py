"""Sentences about rights and provenance: given as `article.notices`, so they are never lost and no part of the body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from attrs import evolve

from scrapeclean.cards.lines import is_led
from scrapeclean.document import Document
from scrapeclean.learned import LEARNED
from scrapeclean.model import PageBlock, Verdict
from scrapeclean.rights.agencies import agency_names
from scrapeclean.rights.captions import may_credit
from scrapeclean.rights.notices import KINDS, Found, read_notices
from scrapeclean.rules.book import Match, default_rules
from scrapeclean.sentences import sentence_spans

_READ: Final = frozenset(("paragraph", "item", "quote", "footnote", "definition", "heading", "row", "term", "caption"))
_WHOLE: Final = frozenset(("item", "heading", "row", "term", "definition"))
"""Of blocks of these kinds a notice takes all or nothing: half a heading or table row is none."""
_SHORT: Final = 150
_CARD: Final = 45
"""A line of a card that names a source is not longer, ..."""
_LED: Final = 80
"""... and one that says "Published by ... on" with a date not than this."""
_SPACES: Final = 4
"""A sentence that says where a story comes from has more blanks than this."""
_LINE: Final = 500
"""A line of notices is not longer, ..."""
_SENTENCE: Final = 250
"""... nor a sentence of it, ..."""
_SHORTEST: Final = 15
"""... and nothing shorter than this is one."""
_STOPS: Final = frozenset(".。!！)")
_TALKATIVE: Final = frozenset(("copyright", "reservation", "license", "origin"))
"""Notices that go on for several sentences."""
_CLOSING: Final = frozenset(")）]")


def notices(document: Document) -> Iterator[Verdict]:
    """Copyright, licence, origin, credits, agencies, reservations.

    They stand on lines of their own, or as sentences at the head or tail of a paragraph, or in the middle of a line
    that lost its breaks. A sentence of a story that merely speaks of such things stays.

    Example:
        >>> import scrapeclean
        >>> document = scrapeclean.read_page("The bridge was closed. Copyright 2025 Harbour Mail, Inc.")
        >>> [(verdict.value.kind, verdict.value.holder) for verdict in notices(document)]
        [('copyright', 'Harbour Mail, Inc.')]
    """
    told = _told(document)
    others = _others(document) if document.kind == "text" and told else {}
    last = -2
    for block in document.kept:
        if block.kind not in _READ:
            continue
        matches = told.get(block.index)
        if matches is None and not _may_tell(block.text):
            continue
        read = list(_read(document, block, matches, behind=last >= block.index - 2))
        if read and document.kind == "text" and len(block.text) <= _LINE and document.scores[block.index] < 0.5:
            read = _with_the_rest(document, block, read, others.get(block.index, []))
        for found in read:
            notice = found.notice
            if notice.kind in ("agency", "origin") and not _is_sentence(found, block) and _in_card(document, block):
                continue
            if notice.kind == "credit" and _says_how_old(document, block):
                continue
            last = block.index if notice.end >= block.end - 2 else last
            yield Verdict(notice.start, notice.end, "notice", found.reason, found.rule, notice)


def _others(document: Document) -> dict[int, list[Match]]:
    """What the phrase rules of all else found, for each block."""
    others: dict[int, list[Match]] = {}
    for kind, matches in document.rule_matches.items():
        if kind not in KINDS:
            for block, match in matches:
                others.setdefault(block.index, []).append(match)
    return others


def _with_the_rest(document: Document, block: PageBlock, read: list[Found], others: list[Match]) -> list[Found]:
    """Notices of a line that is no story, with the sentences of it that nobody else speaks of: what follows "© ..."
    there says what else is reserved, in words that no rule knows."""
    grown = list(read)
    taken = [(match.start, match.end) for match in others]
    for start, end in sentence_spans(block.text):
        free = block.start + start, block.start + end
        if block.text[end - 1] not in _STOPS or end - start > _SENTENCE or end - start < _SHORTEST:
            continue
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        if any(one.notice.start < free[1] and free[0] < one.notice.end for one in grown):
            continue
        for n, one in enumerate(grown):
            begin, stop = one.notice.start, one.notice.end
            if one.notice.kind not in _TALKATIVE:
                continue
            if stop <= free[0] and not document.text[stop : free[0]].strip():
                stop = free[1]
            elif free[1] <= begin and not document.text[free[1] : begin].strip():
                begin = free[0]
            else:
                continue
            notice = evolve(one.notice, start=begin, end=stop, text=document.text[begin:stop])
            grown[n] = one._replace(notice=notice)
            break
    return grown


def _may_tell(text: str) -> bool:
    """Whether a block that no phrase rule speaks of could be a notice: it credits a picture or ends with an agency."""
    if text[-1:] in _CLOSING or text[-2:-1] in _CLOSING:
        return True
    return 1 < len(text) <= _SHORT and (may_credit(text) or (len(text) < 40 and text.strip(" —–-.") in agency_names()))


def _is_sentence(found: Found, block: PageBlock) -> bool:
    """Whether a notice is a whole sentence, with more words than the line of a card that names its source."""
    return ".full." in found.rule and block.text.endswith(".") and block.text.count(" ") >= _SPACES


def _in_card(document: Document, block: PageBlock) -> bool:
    """Whether an age stands right beside the name of an agency, or in the line that names a source: then it is the
    source in a card of another article."""
    if len(block.text) <= _LED and block.index in document.ages and is_led(block.text):
        return True
    return len(block.text) <= _CARD and any(block.index + away in document.ages for away in (-2, -1, 1, 2))


def _says_how_old(document: Document, block: PageBlock) -> bool:
    """Whether a line that credits somebody says "3 hours ago" too: credits have dates at most, cards have ages."""
    age = document.ages.get(block.index) if len(block.text) <= _LED and document.kind == "text" else None
    return age is not None and (age.relative is not None or age.clock is not None or isinstance(age.date, datetime))


def _told(document: Document) -> dict[int, list[Match]]:
    """What the phrase rules of notices found, for each block."""
    told: dict[int, list[Match]] = {}
    for kind in KINDS:
        for block, match in document.rule_matches.get(kind, ()):
            told.setdefault(block.index, []).append(match)
    return told


def _read(document: Document, block: PageBlock, matches: list[Match] | None, *, behind: bool) -> Iterator[Found]:
    """The notices of a block, with offsets in the page."""
    if block.index not in document.ledger.free:
        yield from _placed(block, block.start, block.text, matches or [], behind=behind)
        return
    # Somebody took a piece: what is left is read anew, since its head and tail are others now.
    for start, end in document.ledger.open_spans(block):
        text = document.text[start:end]
        if text.strip():
            again = default_rules().matches(text, kinds=KINDS) if matches is not None or start > block.start else []
            again += _learned(matches or [], start - block.start, end - block.start)
            yield from _placed(block, start, text, again, behind=behind)


def _learned(matches: list[Match], start: int, end: int) -> list[Match]:
    """What was learned of a piece of a block, with offsets in the piece: no rule finds it anew."""
    inside = [
        match for match in matches if match.rule.language == LEARNED and start <= match.start and match.end <= end
    ]
    return [match._replace(start=match.start - start, end=match.end - start) for match in inside]


def _placed(block: PageBlock, at: int, text: str, matches: list[Match], *, behind: bool) -> Iterator[Found]:
    for found in read_notices(text, matches, behind=behind):
        notice = found.notice
        if block.kind in _WHOLE and notice.end - notice.start < len(text.strip()) - 2:
            continue
        yield found._replace(notice=evolve(notice, start=notice.start + at, end=notice.end + at))
