"""Boxes as intervals of rows: what each of them holds is two look-ups in a running sum."""

from __future__ import annotations

import re
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.measure import Floats, Measures
from scrapeclean.features.rows import Indices

if TYPE_CHECKING:
    from scrapeclean.model import Box, PageBlock

_LOWER: Final = re.compile(r"[a-z]{2,}")
_NAME: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAMES_CHARACTERS: Final = 200
_DEEPEST: Final = 40
"""How deep the boxes nest that the network is told of, but for the innermost."""
_FIRST: Final = attrgetter("first")
_LAST: Final = attrgetter("last")


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

    __slots__ = ("depth", "first", "last", "names", "own", "parent", "signature")

    def __init__(
        self, first: Indices, last: Indices, parent: Indices, own: Indices, names: list[tuple[str, str]],
        signature: Indices, depth: Indices,
    ) -> None:  # fmt: skip
        self.first = first
        self.last = last
        self.parent = parent
        self.own = own
        self.names = names
        self.signature = signature
        self.depth = depth

    @property
    def own_signature(self) -> Indices:
        """For each row a number that rows with the same path share."""
        return self.signature[self.own]

    def held(self, amounts: NDArray[np.generic]) -> NDArray[np.float64]:
        """How much each box holds."""
        total = np.concatenate(([0.0], np.cumsum(amounts, dtype=np.float64)))
        return total[self.last] - total[self.first]

    def dense(self, measures: Measures, links: Floats, prose: Floats, kinds: Indices, title: Floats) -> Floats:
        """What each box holds, in numbers."""
        size = len(prose)
        words, own = self.held(measures.words), self.held(prose)
        count = (self.last - self.first).astype(np.float64)
        total = float(prose.sum()) or 1.0
        above = np.maximum(own[self.parent], 1.0)
        alike = np.bincount(self.signature)[self.signature]
        headings = self.held(kinds == 0)
        columns = [
            np.log1p(words) * 0.15, np.log1p(own) * 0.15, own / total, np.minimum(own / above, 1.0),
            words / np.maximum(words[self.parent], 1.0),
            self.held(links * measures.words) / words, np.log1p(count) * 0.3, np.log1p(words / count) * 0.3,
            self.held(prose > 0) / count, headings / count, self.held(kinds == 2) / count,
            self.held((kinds == 0) & (title > 0.7)) > 0, self.held(title > 0.7) > 0,
            self.first / size, self.last / size, np.minimum(self.depth, 40) * 0.05,
            np.log1p(alike) * 0.3, count == 1, count == count[self.parent],
        ]  # fmt: skip
        return np.stack(columns, dtype=np.float32).T


def page_boxes(blocks: list[PageBlock], boxes: tuple[Box, ...]) -> Boxes:
    """The boxes of a page that hold some of these blocks."""
    size = max(blocks[-1].index + 1, boxes[0].last) + 1
    rows = np.zeros(size + 1, np.intp)
    rows[[block.index + 1 for block in blocks]] = 1
    at = np.cumsum(rows)
    first = at[list(map(_FIRST, boxes))]
    last = at[list(map(_LAST, boxes))]
    kept = last > first
    row = np.cumsum(kept) - 1
    seen: dict[tuple[int, tuple[str, str]], int] = {}
    codes = [-1] * (len(boxes) + 1)  # the last one is that of the parent of the page
    names, parents, signature, depth = [], [], [], []
    for box in compress(boxes, kept.tolist()):
        above = box.parent.index if box.parent is not None else -1
        name = (box.tag, box.names)
        codes[box.index] = code = seen.setdefault((codes[above], name), len(seen))
        names.append(name)
        parents.append(above)
        signature.append(code)
        depth.append(box.depth)
    own = row[[block.box.index for block in blocks]]
    parent = row[np.maximum(parents, 0)]
    held = Boxes(first[kept], last[kept], parent, own, names, np.array(signature, np.intp), np.array(depth))
    return _shallow(held) if max(depth) > _DEEPEST else held


def _shallow(held: Boxes) -> Boxes:
    """The same without the boxes between the outer ones and the innermost. No honest page nests so deep, and what was
    learned from honest pages says nothing sensible of a block in 200 boxes."""
    inner = np.ones(len(held.names), bool)
    inner[:-1] = held.first[1:] >= held.last[:-1]
    kept = (held.depth <= _DEEPEST) | inner
    nearest = np.arange(len(kept))
    for box in np.flatnonzero(~kept).tolist():
        nearest[box] = nearest[held.parent[box]]
    place = np.cumsum(kept) - 1
    return Boxes(
        held.first[kept], held.last[kept], place[nearest[held.parent[kept]]], place[nearest[held.own]],
        list(compress(held.names, kept.tolist())), held.signature[kept], held.depth[kept],
    )  # fmt: skip
