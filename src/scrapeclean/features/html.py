"""A page with markup as rows of numbers: one row a block, one a box, and the words that the vocabulary is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.boxes import page_boxes
from scrapeclean.features.measure import Measures, overlap, words_of
from scrapeclean.features.rows import NO_ROWS, Indices, Rows, phrase, place, repetition

if TYPE_CHECKING:
    from scrapeclean.document import Document
    from scrapeclean.model import Box, PageBlock

KINDS: Final = ("heading", "paragraph", "item", "row", "code", "quote", "caption", "term", "definition")
_REGIONS: Final = tuple(1 << n for n in range(16) if 1 << n != 1 << 13)
_SHORT: Final = 10
"""Blocks of at most so many words are known by all of them, longer ones by their first."""
_LEADING: Final = 4


def html_rows(document: Document) -> Rows:
    """The rows of a page with markup. Linear in the number of blocks and boxes."""
    blocks = [block for block in document.blocks if block.text and block.kind != "title"]
    title = document.given_title or document.head.title
    return rows_of(blocks, document.boxes, title, document.text)


def rows_of(blocks: list[PageBlock], boxes: tuple[Box, ...], title: str, whole: str) -> Rows:
    """The rows of these blocks; see `html_rows`."""
    if not blocks:
        return NO_ROWS
    texts = [block.text for block in blocks]
    measures = Measures(texts, whole)
    heads = [words_of(head) for head in measures.heads]
    held = page_boxes(blocks, boxes)
    has, share = overlap(heads, set(words_of(title.lower()[:200])))
    links = np.fromiter((block.link_chars for block in blocks), np.float32, len(blocks)) / np.maximum(measures.chars, 1)
    kinds = np.fromiter((_KIND.get(block.kind, -1) for block in blocks), np.intp, len(blocks))
    heading = np.maximum.accumulate(np.where(kinds == 0, np.arange(len(blocks)), -1))
    prose = np.where(measures.sentence & (links < 0.4), measures.words, 0).astype(np.float32)
    dense = np.stack(
        [
            *measures.columns, np.minimum(links, 1), links > 0.9, has, share,
            *_structure(blocks, kinds), *repetition(texts, measures), *_paths(measures, held.own_signature),
            *place(measures, prose, kinds == 0, (share > 0.7) & (kinds == 0)),
        ], axis=1, dtype=np.float32,
    )  # fmt: skip
    words = [
        own[:_LEADING] if count > _SHORT else phrase(own)
        for own, count in zip(heads, measures.words.tolist(), strict=True)
    ]
    box_dense = held.dense(measures, links, prose, kinds, share)
    return Rows([block.index for block in blocks], words, dense, measures.words, heading, held.own,
                held.names, box_dense, held.first, held.last)  # fmt: skip


_KIND: Final = {kind: i for i, kind in enumerate(KINDS)}


def _structure(blocks: list[PageBlock], kinds: Indices) -> list[NDArray[np.generic]]:
    """What the elements around say."""
    size = len(blocks)
    level = np.fromiter((block.level for block in blocks), np.float32, size)
    depth = np.fromiter((block.box.depth for block in blocks), np.float32, size)
    regions = np.fromiter((block.regions for block in blocks), np.intp, size)
    strong = np.fromiter((_marked(block) for block in blocks), np.float32, size)
    return [
        *(kinds == kind for kind in range(len(KINDS))),
        *((kinds == 0) & (level == rank) for rank in (1, 2, 3)),
        *((regions & bit) > 0 for bit in _REGIONS),
        np.minimum(depth, 40) * 0.05,
        strong,
    ]


def _marked(block: PageBlock) -> float:
    """How much of a block is in strong or emphasis."""
    if not block.marks:
        return 0.0
    return min(1.0, sum(mark[2] - mark[1] for mark in block.marks if mark[0] in ("strong", "emphasis")) / len(block.text))


def _paths(measures: Measures, signature: Indices) -> list[NDArray[np.generic]]:
    """How much of the page stands in elements of the same path."""
    words = np.bincount(signature, measures.words)
    return [
        np.log1p(np.bincount(signature))[signature] * 0.3,
        np.log1p(words)[signature] * 0.15,
        words[signature] / measures.words.sum(),
    ]
