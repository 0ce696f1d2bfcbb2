"""Boxes as intervals of rows: what each of them holds is two look-ups in a running sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING, Final

import numpy as np

from scrapeclean.features.leading import Floats, Indices
from scrapeclean.features.measure import Measures, running, stacked

if TYPE_CHECKING:
    from scrapeclean.model import Box

_LOWER: Final = re.compile(r"[a-z]{2,}")
_NAME: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAMES_CHARACTERS: Final = 200
_DEEPEST: Final = 40
"""How deep the boxes nest that the network is told of, but for the innermost."""


def name_tokens(name: str) -> list[str]:
    """The tokens of one class or id: the whole, and the words that it is made of.

    Example:
        >>> name_tokens("entry-content"), name_tokens("postBody")
        (['.entry-content', 'entry', 'content'], ['.postbody', 'post', 'body'])
    """
    folded = name.lower()
    words = _LOWER.findall(folded) if folded == name else [word.lower() for word in _NAME.findall(name)]
    return ["." + folded, *words]


def names_of(names: str) -> list[str]:
    """The single names of a class and id string, of which only the beginning counts."""
    return names[:_NAMES_CHARACTERS].split()


def box_tokens(name: tuple[str, str]) -> list[str]:
    """The tokens of a box: its tag (of the page what its head says of it, too), and those of its class and id.

    Example:
        >>> box_tokens(("p", "lead"))
        ['<p>', '.lead', 'lead']
    """
    tokens = [f"<{part}>" for part in name[0].split()]
    for single in names_of(name[1]):
        tokens += name_tokens(single)
    return tokens


class Boxes:
    """Intervals of rows that nest: the elements of a page, or the sections of a text."""

    __slots__ = ("depth", "first", "last", "names", "own", "parent", "signature", "which")

    def __init__(
        self, first: Indices, last: Indices, parent: Indices, own: Indices, names: list[tuple[str, str]],
        which: Indices, signature: Indices, depth: Indices,
    ) -> None:  # fmt: skip
        self.first = first
        self.last = last
        self.parent = parent
        self.own = own
        self.names = names
        self.which = which
        self.signature = signature
        self.depth = depth

    @property
    def own_signature(self) -> Indices:
        """For each row a number that rows with the same path share."""
        return self.signature[self.own]

    def name_page(self, hints: Sequence[str]) -> None:
        """Let what the head says of the page count as words of the box around all others."""
        tag, names = self.names[self.which[0]]
        self.which[0] = len(self.names)
        self.names.append((" ".join((tag, *hints)), names))

    def dense(self, measures: Measures, links: Floats, prose: Floats, kinds: Indices, title: Floats) -> Floats:
        """What each box holds, in numbers."""
        size, first, last, parent = len(prose), self.first, self.last, self.parent
        headings, titles = kinds == 0, title > 0.7
        total = running(np.array([
            measures.words, prose, links * measures.words, prose > 0, headings, kinds == 2, headings & titles, titles,
        ], np.float32))  # fmt: skip
        held = total.take(last, 1) - total.take(first, 1)
        words, own, linked, full, heading, items, named, titled = held
        count = (last - first).astype(np.float64)
        logs = np.log1p([words, own, count, words / count, np.bincount(self.signature)[self.signature]])
        return stacked([
            logs[0] * 0.15, logs[1] * 0.15, own / (total[1, -1] or 1.0),
            np.minimum(own / np.maximum(own[parent], 1.0), 1.0), words / np.maximum(words[parent], 1.0),
            linked / words, logs[2:4] * 0.3, full / count, heading / count, items / count, named > 0, titled > 0,
            first / size, last / size, np.minimum(self.depth, _DEEPEST) * 0.05,
            logs[4] * 0.3, count == 1, count == count[parent],
        ], len(first))  # fmt: skip


def page_boxes(blocks: Sequence[int], owners: Sequence[int], boxes: tuple[Box, ...]) -> Boxes:
    """The boxes of a page that hold some of these blocks.

    Args:
        blocks: the indices of the blocks.
        owners: the index of the box of each.
        boxes: all boxes of the page, each after the one around it.
    """
    rows = np.zeros(max(blocks[-1] + 1, boxes[0].last) + 2, np.intp)
    rows[np.array(blocks) + 1] = 1
    at = np.cumsum(rows)
    first = at[[box.first for box in boxes]]
    last = at[[box.last for box in boxes]]
    kept = last > first
    place = np.cumsum(kept) - 1
    some = boxes if kept.all() else list(compress(boxes, kept.tolist()))
    parent = place[[0 if box.parent is None else box.parent.index for box in some]]
    seen: dict[tuple[str, str], int] = {}
    which = [seen.setdefault((box.tag, box.names), len(seen)) for box in some]
    depth = np.array([box.depth for box in some])
    held = Boxes(
        first[kept], last[kept], parent, place[owners], list(seen), np.array(which, np.intp),
        _signatures(parent, which), depth,
    )  # fmt: skip
    return _shallow(held) if depth.max() > _DEEPEST else held


def _signatures(parent: Indices, which: Sequence[int]) -> Indices:
    """For each box a number that boxes with the same names on the path to them share."""
    seen: dict[int, int] = {which[0]: 0}
    codes = [0] * len(which)
    kinds = len(which) + 1
    for box, (above, name) in enumerate(zip(parent[1:].tolist(), which[1:], strict=True), 1):
        codes[box] = seen.setdefault((codes[above] + 1) * kinds + name, len(seen))
    return np.array(codes, np.intp)


def _shallow(held: Boxes) -> Boxes:
    """The same without the boxes between the outer ones and the innermost. No honest page nests so deep, and what was
    learned from honest pages says nothing sensible of a block in 200 boxes."""
    inner = np.ones(len(held.first), bool)
    inner[:-1] = held.first[1:] >= held.last[:-1]
    kept = (held.depth <= _DEEPEST) | inner
    nearest = np.arange(len(kept))
    for box in np.flatnonzero(~kept).tolist():
        nearest[box] = nearest[held.parent[box]]
    place = np.cumsum(kept) - 1
    return Boxes(
        held.first[kept], held.last[kept], place[nearest[held.parent[kept]]], place[nearest[held.own]],
        held.names, held.which[kept], held.signature[kept], held.depth[kept],
    )  # fmt: skip
