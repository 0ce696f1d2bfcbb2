"""A page without markup as rows of numbers: one row a line, and sections in the place of elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.boxes import Boxes
from scrapeclean.features.leading import Floats, Indices, words_of
from scrapeclean.features.measure import Measures, stacked
from scrapeclean.features.rows import NO_ROWS, Rows, place, repetition, told_once

if TYPE_CHECKING:
    from scrapeclean.document import Document
    from scrapeclean.model import PageBlock

KINDS: Final = ("heading", "item", "row", "code", "quote")
_WINDOWS: Final = (3, 8, 20, 50)
_GAPS: Final = (6, 2)
"""A section of prose ends where so many lines without prose follow each other."""
_LABEL: Final = 8
"""A line of at most so many words that ends without a full stop may be a heading."""


def text_rows(document: Document) -> Rows:
    """The rows of plain text. Linear in the number of lines."""
    blocks = told_once([block for block in document.blocks if block.text])
    return rows_of(blocks, document.given_title or "")


def rows_of(blocks: list[PageBlock], title: str) -> Rows:
    """The rows of these lines. Without a title the first line stands for it, as browsers and crawlers write it."""
    if not blocks:
        return NO_ROWS
    texts = [block.text for block in blocks]
    measures = Measures(texts)
    has, share = measures.leading.overlap(set(words_of((title or texts[0]).lower()[:200])))
    if not title:
        has[0] = share[0] = 0
    prose = np.where(measures.sentence, measures.words, 0).astype(np.float32)
    labels = (measures.words <= _LABEL) & (prose == 0)
    kinds = np.array([_KIND.get(block.kind, -1) for block in blocks], np.intp)
    lines = np.array([block.line for block in blocks], np.float32)
    titles = (share > 0.7) & (np.arange(len(blocks)) > 0)
    dense = stacked(
        [
            *measures.columns, *measures.punctuation(texts), has, share, kinds == _EACH_KIND,
            *_windows(measures, prose, has), *_runs(prose, lines), *repetition(texts, measures),
            *place(measures, prose, labels, titles),
        ], len(blocks),
    )  # fmt: skip
    heading = np.maximum.accumulate(np.where(labels, np.arange(len(blocks)), -1))
    words, word_rows = measures.leading.tokens(np.zeros(len(blocks), bool), 0)
    held = _sections(prose)
    box_dense = held.dense(measures, np.zeros(len(blocks), np.float32), prose, kinds, share)
    return Rows(
        [block.index for block in blocks], words, word_rows, dense, measures.words, heading, held.own,
        held.names, held.which, held.parent, box_dense, held.first, held.last,
    )  # fmt: skip


_KIND: Final = {kind: i for i, kind in enumerate(KINDS)}
_EACH_KIND: Final = np.arange(len(KINDS))[:, None]
_NAMES: Final = [("page", ""), ("short", ""), ("prose", "")]


def _windows(measures: Measures, prose: Floats, has: Floats) -> list[NDArray[np.generic]]:
    """What stands before and after, over windows of several sizes."""
    columns: list[NDArray[np.generic]] = []
    short = (measures.words <= 4).astype(np.float32)
    for values, scale in ((prose, 0.03), (short, 1.0), (has, 1.0)):
        total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        index = np.arange(len(values))
        for width in _WINDOWS:
            before = total[index] - total[np.maximum(index - width, 0)]
            after = total[np.minimum(index + 1 + width, len(values))] - total[index + 1]
            columns += [before / width * scale, after / width * scale]
    return columns


def _runs(prose: Floats, lines: Floats) -> list[NDArray[np.generic]]:
    """Blank lines around, and how many lines without prose stand before and after in a row."""
    gaps = np.diff(lines, prepend=lines[0], append=lines[-1])
    index = np.arange(len(prose))
    before = index - np.maximum.accumulate(np.where(prose > 0, index, -1))
    last = len(prose)
    after = np.minimum.accumulate(np.where(prose > 0, index, last)[::-1])[::-1] - index
    gaps = np.minimum(gaps, 4) * 0.4
    return [gaps[:-1], gaps[1:], np.log1p(before) * 0.4, np.log1p(after) * 0.4]


def _sections(prose: Floats) -> Boxes:
    """The page, and inside it the stretches of prose and of short lines, cut coarsely and finely."""
    size = len(prose)
    index = np.arange(size)
    cuts: list[Indices] = []
    marks = np.zeros(size, bool)
    for gap in _GAPS:
        places = np.flatnonzero(prose > 0)
        wide = np.diff(places, prepend=-gap - 1, append=size + gap) > gap
        starts, ends = places[wide[:-1]], places[wide[1:]] + 1
        marks = marks.copy()
        marks[starts] = True
        marks[ends[ends < size]] = True
        marks[0] = True
        cuts.append(np.flatnonzero(marks))
    return _nested(cuts, prose, index)


def _nested(cuts: list[Indices], prose: Floats, index: Indices) -> Boxes:
    size = len(prose)
    first, last, parent = [np.zeros(1, np.intp)], [np.full(1, size)], [np.zeros(1, np.intp)]
    which = [np.zeros(1, np.intp)]
    above, offset = np.zeros(size, np.intp), 1
    for starts in cuts:
        first.append(starts)
        last.append(np.append(starts[1:], size))
        parent.append(above[starts])
        which.append(1 + (prose[starts] > 0))
        above = np.searchsorted(starts, index, side="right") - 1 + offset
        offset += len(starts)
    depth = np.repeat(np.arange(len(cuts) + 1), [len(part) for part in first])
    firsts, lasts, parents, kinds = (np.concatenate(part) for part in (first, last, parent, which))
    return Boxes(firsts, lasts, parents, above, list(_NAMES), kinds, depth, depth)
