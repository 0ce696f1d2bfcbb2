"""A page with markup as rows of numbers: one row a block, one a box, and the words that the vocabulary is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.boxes import Boxes, page_boxes
from scrapeclean.features.leading import Floats, Indices, words_of
from scrapeclean.features.measure import Measures, floats, stacked
from scrapeclean.features.rows import NO_ROWS, Rows, place, repetition, told_once

if TYPE_CHECKING:
    from scrapeclean.document import Document
    from scrapeclean.model import Box, Head, PageBlock

KINDS: Final = ("heading", "paragraph", "item", "row", "code", "quote", "caption", "term", "definition")
_REGIONS: Final = tuple(1 << n for n in range(16) if 1 << n != 1 << 13)
_SHORT: Final = 10
"""Blocks of at most so many words are known by all of them, longer ones by their first."""
_LEADING: Final = 4
_HINTS: Final = {"og:type": "og=", "generator": "by="}
_LOUD: Final = frozenset(["strong", "emphasis"])
_TYPE: Final = re.compile(r'"@type"\s{0,9}:\s{0,9}"(\w{3,40})"')
_SOURCES: Final = 8
_SOURCE_CHARACTERS: Final = 20_000


def html_rows(document: Document) -> Rows:
    """The rows of a page with markup. Linear in the number of blocks and boxes."""
    blocks = told_once([block for block in document.blocks if block.text and block.kind != "title"])
    title = document.given_title or document.head.title
    return rows_of(blocks, document.boxes, title, page_hints(document.head))


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


def rows_of(blocks: list[PageBlock], boxes: tuple[Box, ...], title: str, hints: Sequence[str] = ()) -> Rows:
    """The rows of these blocks; see `html_rows`."""
    if not blocks:
        return NO_ROWS
    indices, texts = [block.index for block in blocks], [block.text for block in blocks]
    measures = Measures(texts)
    held = page_boxes(indices, [block.box.index for block in blocks], boxes)
    has, share = measures.leading.overlap(set(words_of(title.lower()[:200])))
    links = floats([block.link_chars for block in blocks]) / np.maximum(measures.chars, 1)
    kinds = np.array([_KIND.get(block.kind, -1) for block in blocks], np.intp)
    prose = np.where(measures.sentence & (links < 0.4), measures.words, 0).astype(np.float32)
    heads = kinds == 0
    levels = np.array([block.level for block in blocks])
    loud = _loud([block.marks for block in blocks])
    bits = np.array([block.regions for block in blocks], np.intp)
    dense = stacked(
        [
            *measures.columns, np.minimum(links, 1), links > 0.9, has, share,
            kinds == _EACH_KIND, heads & (levels == _EACH_LEVEL), (bits & _EACH_REGION) > 0,
            np.minimum(held.depth[held.own], 40) * 0.05, np.minimum(loud / measures.chars, 1),
            *repetition(texts, measures), *_paths(measures, held.own_signature),
            *place(measures, prose, heads, (share > 0.7) & heads),
        ], len(blocks),
    )  # fmt: skip
    words, word_rows = measures.leading.tokens(measures.words > _SHORT, _LEADING)
    held.name_page(hints)
    box_dense = held.dense(measures, links, prose, kinds, share)
    return Rows(
        indices, words, word_rows, dense, measures.words, _headings(np.flatnonzero(heads), held), held.own,
        held.names, held.which, held.parent, box_dense, held.first, held.last,
    )  # fmt: skip


_KIND: Final = {kind: i for i, kind in enumerate(KINDS)}
_EACH_KIND: Final = np.arange(len(KINDS))[:, None]
_EACH_LEVEL: Final = np.array((1, 2, 3))[:, None]
_EACH_REGION: Final = np.array(_REGIONS)[:, None]


def _headings(headings: Indices, held: Boxes) -> Indices:
    """For each row the last heading before it that its section is under, or -1.

    A heading speaks for what stands in the same box: that of a card in the middle of a story ends with the card.
    """
    size = len(held.own)
    if not len(headings):
        return np.full(size, -1)
    first, last, parent = held.first.tolist(), held.last.tolist(), held.parent.tolist()
    own = held.own[headings].tolist()
    places, over = [0], [-1]
    opened: list[tuple[int, int]] = []
    for row, box in zip([*headings.tolist(), size], [*own, 0], strict=True):
        while opened and opened[-1][0] <= row:
            end = opened.pop()[0]
            while opened and opened[-1][0] <= end:
                opened.pop()
            places.append(end)
            over.append(opened[-1][1] if opened else -1)
        while parent[box] != box and last[box] - first[box] == 1:
            box = parent[box]
        opened.append((last[box], row))
        places.append(row)
        over.append(row)
    return np.repeat(over[:-1], np.diff(places))


def _loud(marks: Sequence[Sequence[tuple[str, int, int, str]]]) -> Floats:
    """How many characters of each block are strong or emphasis."""
    marked = [0] * len(marks)
    for row, own in enumerate(marks):
        for mark in own:
            if mark[0] in _LOUD:
                marked[row] += mark[2] - mark[1]
    return floats(marked)


def _paths(measures: Measures, signature: Indices) -> list[NDArray[np.generic]]:
    """How much of the page stands in elements of the same path."""
    words = np.bincount(signature, measures.words)
    return [
        np.log1p(np.bincount(signature))[signature] * 0.3,
        np.log1p(words)[signature] * 0.15,
        words[signature] / measures.words.sum(),
    ]
