"""Settled spans to Articles: each span of the page goes to exactly one place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache, partial
from itertools import accumulate, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import define, evolve, field

from scrapeclean.embedded import embedded_body
from scrapeclean.model import Article, Block, Box, Comment, Evidence, Notice, PageBlock, Removed, Verdict
from scrapeclean.rights import find_dateline
from scrapeclean.shape import Links, shape_blocks, shape_caption

if TYPE_CHECKING:
    from scrapeclean.document import Document

_PLACED = {
    "title": "stands in the title",
    "byline": "names the authors",
    "source": "names the source",
    "date": "says when",
}

_SUPERSEDED = Verdict(0, 0, "drop", "the body stands in the embedded data of the page", "superseded", None, "embedded")


_NEARLY_ALL = 0.8
_STAYS = frozenset(("keep", "caption"))
_bare, _new = object.__new__, tuple.__new__
"""Make a Removed and a Segment in less than half the time of their constructors: a page has hundreds of each."""


class Segment(NamedTuple):
    """A span of one page block, with the verdict on it; None: nobody spoke, so it stays."""

    block: PageBlock
    start: int
    end: int
    verdict: Verdict | None


class _Unfinished(Removed):
    """A Removed that is being made."""

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


@define
class _Parts:
    """The segments of one article, by where they go."""

    kept: list[Segment] = field(factory=list)
    captions: list[Segment] = field(factory=list)
    notices: dict[tuple[str, str], Notice] = field(factory=dict)
    """By kind and text: what a page says twice is told once."""
    comments: list[Comment] = field(factory=list)
    removed: list[Removed] = field(factory=list)
    titles: list[str] = field(factory=list)
    authors: list[str] = field(factory=list)
    sources: list[str] = field(factory=list)
    dates: list[tuple[str, datetime | None]] = field(factory=list)


def segments(document: Document) -> list[Segment]:
    """The whole page as spans in order, each once: what was claimed, and what is open.

    Joined they are the texts of all blocks. This is the first law.
    """
    ledger = document.ledger
    found: list[Segment] = []
    for block, claims in zip(document.blocks, ledger.claims, strict=True):
        if not claims:
            found.append(_new(Segment, (block, block.start, block.end, None)))
        elif len(claims) == 1 and block.index not in ledger.free:
            found.append(_new(Segment, (block, block.start, block.end, claims[0][2])))
        else:
            pieces = [Segment(block, start, end, verdict) for start, end, verdict in claims]
            pieces += [Segment(block, start, end, None) for start, end in ledger.free.get(block.index, [])]
            found += sorted(pieces, key=lambda piece: piece.start)
    return found


def assemble(document: Document) -> Article:
    """Make the Article of a page whose filters have spoken."""
    memberships = _disjoint(document.ledger.articles)
    groups: list[_Parts] = [_Parts() for _ in range(len(memberships) + 1)]
    at, main = 0, groups[0]
    for segment in _with_pictures(segments(document)):
        parts = main
        if memberships:
            while at < len(memberships) and memberships[at].end <= segment.start:
                at += 1
            if at < len(memberships) and memberships[at].start <= segment.start:
                parts = groups[at + 1]
        verdict = segment[3]
        if verdict is None:
            parts.kept.append(segment)
        elif verdict.role == "drop":
            remove(document, segment, verdict, parts.removed)
        else:
            _place(document, segment, verdict, parts)
    related = tuple(_related(document, parts, verdict) for parts, verdict in zip(groups[1:], memberships, strict=True))
    return _main(document, main, related)


def _disjoint(verdicts: list[Verdict]) -> list[Verdict]:
    """The extents of the articles below the main one, in order; of two that overlap the first stands."""
    found: list[Verdict] = []
    for verdict in sorted(verdicts, key=lambda one: (one.start, -one.end)):
        if not found or verdict.start >= found[-1].end:
            found.append(verdict)
    return found


def _with_pictures(found: list[Segment]) -> list[Segment]:
    """Pictures and embeds, which have no text to judge them by, stay where the text before and after them stays; inside
    the element that holds nearly all of the text, one of the two is enough: stories begin and end with pictures."""
    body = cache(partial(_body_box, found))
    result: list[Segment] = []
    waiting: list[Segment] = []
    before = False
    for segment in found:
        _, start, end, verdict = segment
        stays = verdict is None or verdict.role in _STAYS
        if start == end:
            if stays:
                waiting.append(segment)
        elif verdict is not None and verdict.filter == "hidden":
            (waiting or result).append(segment)
        else:
            if waiting:
                result += _between(waiting, before, stays, body)
                waiting = []
            before = stays
            result.append(segment)
    return result + _between(waiting, before, False, body)


def _between(waiting: list[Segment], before: bool, after: bool, body: Callable[[], Box | None]) -> list[Segment]:
    """What stays of pictures and hidden text, where the text before and after them stays or does not."""
    if before and after:
        return waiting
    box = body() if before or after else None
    return [
        segment
        for segment in waiting
        if segment.start < segment.end or (box and box.first <= segment.block.index < box.last)
    ]


def _body_box(found: list[Segment]) -> Box | None:
    """The smallest element that holds nearly all of the text that stays; None where only the page itself does."""
    kept = [segment for segment in found if segment.verdict is None or segment.verdict.role in _STAYS]
    indexes = [segment.block.index for segment in kept]
    sums = [0, *accumulate(segment.end - segment.start for segment in kept)]
    if not sums[-1]:
        return None
    middle = kept[bisect_left(sums, sums[-1] / 2) - 1].block.box
    for box in middle.ancestors():
        if box.tag in ("body", "html"):
            break
        if sums[bisect_left(indexes, box.last)] - sums[bisect_left(indexes, box.first)] >= _NEARLY_ALL * sums[-1]:
            return box
    return None


def _place(document: Document, segment: Segment, verdict: Verdict, parts: _Parts) -> None:
    """Put one span where its verdict says, which neither is silent nor drops it."""
    role, value = verdict.role, verdict.value
    if role == "keep":
        parts.kept.append(segment)
        if isinstance(value, Notice):
            parts.notices.setdefault((value.kind, value.text), value)
        return
    if role == "caption":
        parts.captions.append(segment)
        return
    if role == "notice" and isinstance(value, Notice):
        if parts.notices.setdefault((value.kind, value.text), value) is not value:
            remove(document, segment, verdict._replace(reason="says again what another notice says"), parts.removed)
        return
    if role == "comment" and isinstance(value, Comment):
        if not parts.comments or parts.comments[-1] is not value:  # the text of one may stand in several blocks
            parts.comments.append(value)
        return
    text = document.text[segment.start : segment.end]
    if role == "title":
        parts.titles.append(str(value or text.strip()))
    elif role == "byline":
        parts.authors += list(value or ())
    elif role == "source":
        parts.sources.append(str(value or text.strip()))
    elif role == "date":
        parts.dates.append((text.strip(), value))
    remove(document, segment, verdict, parts.removed)


def remove(document: Document, segment: Segment, verdict: Verdict, removed: list[Removed]) -> None:
    """Note a span that was left out, without the blanks at its edges."""
    block, start, end, _ = segment
    text = block.text if end - start == len(block.text) else document.text[start:end]
    stripped = text.strip()
    if not stripped:
        return
    if len(stripped) < len(text):
        start += len(text) - len(text.lstrip())
    line = block.line
    if document.kind == "text":
        line += bisect_left(document.line_breaks, start) - bisect_left(document.line_breaks, block.start)
    _, _, role, reason, rule, _, name, _ = verdict
    found: Any = _bare(_Unfinished)
    found.text, found.filter, found.rule, found.reason = stripped, name, rule, reason or _PLACED.get(role, "")
    found.start, found.end, found.line = start, start + len(stripped), line
    found.__class__ = Removed
    removed.append(found)


def _body(document: Document, parts: _Parts) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    links = Links(document)
    blocks = shape_blocks(document, [(s.block, s.start, s.end) for s in parts.kept], links)
    captions = [shape_caption(document, (s.block, s.start, s.end), s.verdict, links) for s in parts.captions]
    return tuple(blocks), tuple(captions)


def _datelines(blocks: tuple[Block, ...]) -> Iterator[Notice]:
    """The agency that a story's first paragraph names. Its words are part of the body, so it has no place of
    its own."""
    paragraphs = (block for block in blocks if block.kind == "paragraph")
    for block in islice(paragraphs, 1):
        if (notice := find_dateline(block.text)) is not None:
            yield evolve(notice, start=0, end=0)


def _related(document: Document, parts: _Parts, verdict: Verdict) -> Article:
    """An article below the main one: its fields come from its card."""
    blocks, captions = _body(document, parts)
    published_text, published = parts.dates[0] if parts.dates else (None, None)
    evidence = {
        name: Evidence("card", 0.9)
        for name, value in (("title", parts.titles), ("source", parts.sources), ("published", parts.dates),
                            ("authors", parts.authors))
        if value
    }  # fmt: skip
    return Article(
        title=parts.titles[0] if parts.titles else None,
        authors=tuple(dict.fromkeys(parts.authors)),
        published=published,
        published_text=published_text,
        source=parts.sources[0] if parts.sources else None,
        blocks=blocks,
        captions=captions,
        notices=(*parts.notices.values(), *_datelines(blocks)),
        comments=tuple(parts.comments),
        removed=tuple(parts.removed),
        evidence=evidence,
        confidence=0.8 if blocks else 0.0,
    )


def _page_evidence(document: Document) -> dict[str, Evidence]:
    """What is to be known of the page itself: its encoding and repairs, limits that it hit, what it is if no page."""
    found = {}
    if document.limits_hit:
        found["limits"] = Evidence(", ".join(document.limits_hit), 1.0)
    if (decoded := document.decoded) is not None:
        if decoded.content is not None:
            found["content"] = Evidence(decoded.content, 1.0)
        if decoded.encoding:
            notes = [("repaired", str(decoded.repaired))] if decoded.repaired else []
            notes += [("undecodable", str(decoded.undecodable))] if decoded.undecodable else []
            found["encoding"] = Evidence(f"{decoded.encoding} ({decoded.how})", 1.0, tuple(notes))
    return found


def _main(document: Document, parts: _Parts, related: tuple[Article, ...]) -> Article:
    from scrapeclean.score import confidence

    blocks, captions = _body(document, parts)
    meta = document.metadata
    evidence = dict(meta.evidence)
    if (embedded := embedded_body(document, blocks)) is not None:
        for segment in parts.kept:
            remove(document, segment, _SUPERSEDED, parts.removed)
        blocks = embedded[0]
        evidence["body"] = Evidence(embedded[1], 0.7)
    evidence |= _page_evidence(document)
    said = {text for _, text in parts.notices}
    told = (notice for notice in meta.notices if notice.text not in said)
    notices = (*parts.notices.values(), *_datelines(blocks), *told)
    return Article(
        title=meta.title, authors=meta.authors, published=meta.published, modified=meta.modified,
        published_text=meta.published_text, source=meta.source, section=meta.section, tags=meta.tags,
        language=meta.language, url=meta.url, description=meta.description, image=meta.image,
        paywalled=meta.paywalled, blocks=blocks, captions=captions, notices=notices, comments=tuple(parts.comments),
        related=related, removed=tuple(sorted(parts.removed, key=attrgetter("start"))), evidence=evidence,
        confidence=confidence(document, blocks),
    )  # fmt: skip
