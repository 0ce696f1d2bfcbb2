"""A page with markup as rows of numbers: one row a block, one a box, and the words that the vocabulary is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.boxes import Boxes, page_boxes
from scrapeclean.features.measure import Measures, overlap, words_of
from scrapeclean.features.rows import NO_ROWS, Indices, Rows, phrase, place, repetition, told_once

if TYPE_CHECKING:
    from scrapeclean.document import Document
    from scrapeclean.model import Box, Head, PageBlock

KINDS: Final = ("heading", "paragraph", "item", "row", "code", "quote", "caption", "term", "definition")
_REGIONS: Final = tuple(1 << n for n in range(16) if 1 << n != 1 << 13)
_SHORT: Final = 10
"""Blocks of at most so many words are known by all of them, longer ones by their first."""
_LEADING: Final = 4
_HINTS: Final = {"og:type": "og=", "generator": "by="}
_TYPE: Final = re.compile(r'"@type"\s{0,9}:\s{0,9}"(\w{3,40})"')
_SOURCES: Final = 8
_SOURCE_CHARACTERS: Final = 20_000


def html_rows(document: Document) -> Rows:
    """The rows of a page with markup. Linear in the number of blocks and boxes."""
    blocks = told_once([block for block in document.blocks if block.text and block.kind != "title"])
    title = document.given_title or document.head.title
    return rows_of(blocks, document.boxes, title, document.text, page_hints(document.head))


def page_hints(head: Head) -> tuple[str, ...]:
    """What the head says about the kind of page: its type in OpenGraph and JSON-LD, and what generated it.

    Example:
        >>> from scrapeclean.model import Head
        >>> metas = ("og:type", "Article"), ("generator", "Discourse 3.2")
        >>> page_hints(Head(metas=metas, json_ld=('{"@type": "Product"}',)))
        ('og=article', 'by=discourse', 'ld=product')
    """
    hints = [_HINTS[name] + value.lower().split(None, 1)[0][:30] for name, value in head.metas if name in _HINTS]
    for source in head.json_ld[:_SOURCES]:
        hints += ["ld=" + kind.lower() for kind in _TYPE.findall(source, 0, _SOURCE_CHARACTERS)[:_SOURCES]]
    return tuple(dict.fromkeys(hints))


def rows_of(blocks: list[PageBlock], boxes: tuple[Box, ...], title: str, whole: str, hints: Sequence[str] = ()) -> Rows:
    """The rows of these blocks; see `html_rows`."""
    if not blocks:
        return NO_ROWS
    texts = [block.text for block in blocks]
    measures = Measures(texts, whole)
    held = page_boxes(blocks, boxes)
    has, share = overlap(measures.leading, set(words_of(title.lower()[:200])))
    links = np.array([block.link_chars for block in blocks], np.float32) / np.maximum(measures.chars, 1)
    kinds = np.array([_KIND.get(block.kind, -1) for block in blocks], np.intp)
    heading = _headings(kinds, held)
    prose = np.where(measures.sentence & (links < 0.4), measures.words, 0).astype(np.float32)
    dense = np.stack(
        [
            *measures.columns, np.minimum(links, 1), links > 0.9, has, share,
            *_structure(blocks, kinds), *repetition(texts, measures), *_paths(measures, held.own_signature),
            *place(measures, prose, kinds == 0, (share > 0.7) & (kinds == 0)),
        ], dtype=np.float32,
    ).T  # fmt: skip
    words = [
        own[:_LEADING] if count > _SHORT else phrase(own)
        for own, count in zip(measures.leading, measures.words.tolist(), strict=True)
    ]
    held.names[0] = (" ".join((held.names[0][0], *hints)), held.names[0][1])
    box_dense = held.dense(measures, links, prose, kinds, share)
    return Rows([block.index for block in blocks], words, dense, measures.words, heading, held.own,
                held.names, box_dense, held.first, held.last)  # fmt: skip


_KIND: Final = {kind: i for i, kind in enumerate(KINDS)}
_EACH_KIND: Final = np.arange(len(KINDS))[:, None]
_EACH_LEVEL: Final = np.array((1, 2, 3))[:, None]
_EACH_REGION: Final = np.array(_REGIONS)[:, None]


def _headings(kinds: Indices, held: Boxes) -> Indices:
    """For each row the last heading before it that its section is under, or -1.

    A heading speaks for what stands in the same box: that of a card in the middle of a story ends with the card.
    """
    first, last, parent, own = held.first.tolist(), held.last.tolist(), held.parent.tolist(), held.own.tolist()
    found: list[int] = []
    ends: list[int] = []
    over: list[int] = []
    for row, kind in enumerate(kinds.tolist()):
        while ends and ends[-1] <= row:
            ends.pop()
            over.pop()
        if kind == 0:
            box = own[row]
            while parent[box] != box and last[box] - first[box] == 1:
                box = parent[box]
            ends.append(last[box])
            over.append(row)
        found.append(over[-1] if over else -1)
    return np.array(found, np.intp)


def _structure(blocks: list[PageBlock], kinds: Indices) -> list[NDArray[np.generic]]:
    """What the elements around say."""
    level = np.array([block.level for block in blocks], np.float32)
    depth = np.array([block.box.depth for block in blocks], np.float32)
    regions = np.array([block.regions for block in blocks], np.intp)
    strong = np.array([_marked(block) if block.marks else 0.0 for block in blocks], np.float32)
    return [
        *(kinds == _EACH_KIND),
        *((kinds == 0) & (level == _EACH_LEVEL)),
        *((regions & _EACH_REGION) > 0),
        np.minimum(depth, 40) * 0.05,
        strong,
    ]


def _marked(block: PageBlock) -> float:
    """How much of a block is in strong or emphasis."""
    marked = sum(mark[2] - mark[1] for mark in block.marks if mark[0] in ("strong", "emphasis"))
    return min(1.0, marked / len(block.text))


def _paths(measures: Measures, signature: Indices) -> list[NDArray[np.generic]]:
    """How much of the page stands in elements of the same path."""
    words = np.bincount(signature, measures.words)
    return [
        np.log1p(np.bincount(signature))[signature] * 0.3,
        np.log1p(words)[signature] * 0.15,
        words[signature] / measures.words.sum(),
    ]
