"""Which blocks of a page its gold body holds: a monotone alignment of blocks to the gold.

A short line or a repeated teaser occurs in the gold by chance, so that looking words up is not enough: a block is
labelled by where it stands. Every block gets places in the gold where it could stand; the chain of places, in the
order of the page, that covers most words wins, and neighbours in the page that are neighbours in the gold count extra.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import regex

_TOKEN = regex.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+")
_PROBES = 10
_PLACES = 12
_NEIGHBOUR = 2.0
_SHORT_PLACES = 40


class Place(NamedTuple):
    block: int
    start: int
    end: int
    weight: float
    share: float


def tokens(text: str) -> list[str]:
    """Lower-cased words; letters of scripts without spaces each on their own."""
    return _TOKEN.findall(text.lower())


def align(texts: Sequence[str], gold: str, faint: Sequence[bool] | None = None) -> np.ndarray:
    """For each block the share of its words that the gold holds at the place where the block stands, 0 to 1.

    Args:
        texts: the blocks of a page, in order.
        gold: the body of the article.
        faint: blocks that stand back where another block would do as well, such as hidden ones.
    """
    words = tokens(gold)
    edges = _line_edges(gold)
    index = _index(words)
    places: list[Place] = []
    for i, text in enumerate(texts):
        own = tokens(text)
        found = _long_places(i, own, words, index) if len(own) >= 3 else _short_places(i, own, words, index, edges)
        if faint is not None and faint[i]:
            found = [place._replace(weight=place.weight * 0.9) for place in found]
        places += found
    shares = np.zeros(len(texts))
    covered = np.zeros(len(words) + 1, bool)
    for place in _best_chain(places):
        shares[place.block] = place.share
        covered[place.start : place.end] = True
    for place in sorted(places, key=lambda p: -p.weight):
        free = covered[place.start : place.end].mean() < 0.3
        if shares[place.block] == 0 and place.end - place.start >= 6 and place.share >= 0.7 and free:
            shares[place.block] = place.share
            covered[place.start : place.end] = True
    return shares


def _line_edges(gold: str) -> set[tuple[int, int]]:
    """The words, from and to, of each line of the gold."""
    edges, at = set(), 0
    for line in gold.splitlines():
        size = len(tokens(line))
        if size:
            edges.add((at, at + size))
            at += size
    return edges


def _index(words: list[str]) -> dict[tuple[str, ...], list[int]]:
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(words)):
        for size in (1, 2, 3):
            index[tuple(words[i : i + size])].append(i)
    return index


def _long_places(
    block: int, own: list[str], words: list[str], index: dict[tuple[str, ...], list[int]]
) -> list[Place]:
    size = len(own)
    step = max(1, (size - 3) // (_PROBES - 1)) if size > 3 else 1
    votes: Counter[int] = Counter()
    for at in {*range(0, size - 2, step), size - 3}:
        for place in index.get(tuple(own[at : at + 3]), ())[:_SHORT_PLACES]:
            votes[place - at] += 1
    found = []
    for start, _ in votes.most_common(_PLACES):
        begin, end = max(0, start), min(len(words), start + size)
        overlap = sum((Counter(words[begin:end]) & Counter(own)).values())
        if overlap >= 0.3 * size:
            found.append(Place(block, begin, end, overlap - 0.2 * (size - overlap), overlap / size))
    return found


def _short_places(
    block: int, own: list[str], words: list[str], index: dict[tuple[str, ...], list[int]], edges: set[tuple[int, int]]
) -> list[Place]:
    size = len(own)
    if not size:
        return []
    found = []
    for start in index.get(tuple(own), ()):
        if tuple(words[start : start + size]) == tuple(own):
            whole = (start, start + size) in edges
            found.append(Place(block, start, start + size, size * (1.2 if whole else 0.2), 1.0))
    found.sort(key=lambda place: -place.weight)
    return found[:_SHORT_PLACES]


def _best_chain(places: list[Place]) -> list[Place]:
    """The heaviest chain of places that goes forward in the page and in the gold."""
    if not places:
        return []
    block = np.array([p.block for p in places])
    start = np.array([p.start for p in places])
    end = np.array([p.end for p in places])
    weight = np.array([p.weight for p in places])
    best = weight.copy()
    back = np.full(len(places), -1)
    first = np.searchsorted(block, block)
    for i in range(len(places)):
        n = first[i]
        if not n:
            continue
        gap = start[i] - end[:n]
        score = np.where(gap >= -2, best[:n], -1e9)
        score = score + _NEIGHBOUR * ((gap >= -2) & (gap <= 3) & (block[i] - block[:n] <= 2))
        j = int(score.argmax())
        if score[j] > 0:
            best[i] += score[j]
            back[i] = j
    chain, i = [], int(best.argmax())
    while i >= 0:
        chain.append(places[i])
        i = int(back[i])
    return chain[::-1]
