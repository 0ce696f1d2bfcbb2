"""The learned network in numpy: rows of a page in, a probability for each row out.

It adds up the vectors of known words, mixes them with the dense features, looks at neighbours (convolutions over
blocks) and at containers (means over the rows of each box, handed back to the rows), and looks at neighbours again.
All of it is running sums, gathers and small products, so that time and memory grow linearly with the page.
`training/network.py` is the same in torch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from scrapeclean.arrays import read_arrays, words_in
from scrapeclean.features.boxes import name_tokens, names_of
from scrapeclean.features.leading import Floats, Indices
from scrapeclean.features.rows import Rows

VERSION: Final = 2
_REMEMBERED: Final = 20_000
_LOWEST_CUT: Final = 0.15
FEW: Final = 30
"""The mean over fewer words than about this is drawn towards nothing."""
_PIECE: Final = 32
_BELOW: Final = np.tri(_PIECE, k=-1, dtype=np.float32)
_CHUNK: Final = 260_000
"""Products larger than this many multiplications are cut: BLAS would wake threads that cost more than they give."""


@frozen
class Weights:
    """What was learned: named arrays, and where each known word stands in the tables."""

    arrays: Mapping[str, Floats]
    words: Mapping[str, int]
    box_ids: Callable[[tuple[str, str]], list[int]]
    """The tokens of the tag, classes and ids of a box, by their places in the table."""
    sums: dict[tuple[str, str], bytes] = field(factory=dict, eq=False, repr=False)
    """Sums of the vectors of boxes that were met before."""


def load_weights(path: Path) -> Weights:
    """Read a weights file.

    Raises:
        ArgumentError: the file is not one of this version.
    """
    stored = read_arrays(path, VERSION)
    texts = {key: words_in(stored[key]) for key in ("word_list", "name_list")}
    # Row by row in memory ("C"): a small product with a matrix that stands column by column takes twice as long.
    arrays = {key: array.astype(np.float32, "C") for key, array in stored.items() if key not in texts}
    around, pool = arrays["around.weight"], arrays["pool.weight"]
    width = len(around)
    arrays["context.weight"] = np.concatenate((pool[:width], pool[width : 2 * width], around), 1)
    names = {word: i for i, word in enumerate(texts["name_list"])}

    @lru_cache(_REMEMBERED)
    def name_ids(name: str) -> list[int]:
        return [names[token] for token in name_tokens(name) if token in names]

    def box_ids(box: tuple[str, str]) -> list[int]:
        ids = [names[token] for token in (f"<{part}>" for part in box[0].split()) if token in names]
        for name in names_of(box[1]):
            ids += name_ids(name)
        return ids

    return Weights(arrays, {word: i for i, word in enumerate(texts["word_list"])}, box_ids)


@lru_cache(maxsize=2)
def packaged_weights(kind: str) -> Weights:
    """The weights that come with the package, for pages of a kind, "html" or "text"."""
    path: Any = files("scrapeclean") / "data" / f"score-{kind}.npz"
    return load_weights(path)


def run(rows: Rows, weights: Weights) -> Floats:
    """For each row the probability that it belongs to the body."""
    w = weights.arrays
    if not rows.blocks:
        return np.zeros(0, np.float32)
    box = _layer(w, "box", _named(rows, weights), rows.boxes)
    parent, inner = _chain(rows)
    above = _down(_times(box, w["down.weight"]), parent).take(inner, 0)
    x = _layer(w, "enter", rows.dense, *_worded(rows, weights), box.take(rows.own, 0), above)
    x = _convolve(x, w, "conv1", 1)
    x = _convolve(x, w, "conv2", 2)
    x = _layer(w, "merge", x, *_context(x, box, rows, w))
    x = _convolve(x, w, "conv3", 1)
    x = _convolve(x, w, "conv4", 4)
    logits = np.einsum("ij,j->i", x, w["out.weight"][:, 0]) + w["out.bias"]
    return poise(1 / (1 + np.exp(-np.clip(logits, -30, 30))), rows.sizes)


def poise(chances: Floats, sizes: Floats) -> Floats:
    """Probabilities moved so that 0.5 is where to cut this page.

    The F1 of a page that is hard to judge is highest if more is kept than what is likelier in than out: the best
    place to cut is at half of the F1 that can be expected. On a page that is clear throughout, that is 0.5.

    Args:
        chances: the probability of each row.
        sizes: how many words each row has.

    Example:
        >>> sizes = np.float32([30, 30, 30])
        >>> [f"{chance:.2f}" for chance in poise(np.float32([0.99, 0.98, 0.01]), sizes)]
        ['0.99', '0.98', '0.01']
        >>> [f"{chance:.2f}" for chance in poise(np.float32([0.4, 0.3, 0.1]), sizes)]
        ['0.67', '0.56', '0.25']
    """
    if not len(chances):
        return chances
    order = np.argsort(-chances, kind="stable")
    mass = (chances * sizes)[order].cumsum(dtype=np.float64)
    kept = sizes[order].cumsum(dtype=np.float64)
    expected = float((2 * mass / (kept + mass[-1] + 1e-9)).max())
    cut = min(0.5, max(_LOWEST_CUT, expected / 2))
    return np.asarray(chances * (1 - cut) / (chances * (1 - cut) + (1 - chances) * cut), np.float32)


def _times(x: Floats, matrix: Floats) -> Floats:
    step = max(1, _CHUNK // matrix.size)
    whole = len(x) // step * step
    out = np.empty((len(x), matrix.shape[1]), np.float32)
    if whole:
        np.matmul(x[:whole].reshape(-1, step, x.shape[1]), matrix, out=out[:whole].reshape(-1, step, matrix.shape[1]))
    if whole < len(x):
        np.matmul(x[whole:], matrix, out=out[whole:])
    return out


def _layer(w: Mapping[str, Floats], name: str, *inputs: Floats) -> Floats:
    """What a layer makes of several inputs beside each other; below zero it says nothing."""
    out = _times(np.concatenate(inputs, 1), w[name + ".weight"])
    out += w[name + ".bias"]
    return np.maximum(out, 0, out=out)


def _convolve(x: Floats, w: Mapping[str, Floats], name: str, gap: int) -> Floats:
    """Each row with the rows `gap` before and after, added to what it was."""
    size, width = x.shape
    padded = np.zeros((size + 2 * gap, width), np.float32)
    padded[gap : gap + size] = x
    out = _layer(w, name, padded[:size], x, padded[2 * gap :])
    out += x
    return out


def _down(values: Floats, parent: Indices) -> Floats:
    """For each box the sum over itself and all boxes around it: pointers that jump twice as far each time, so that a
    page nested 40 deep takes six steps. The last row is that of no box."""
    count = len(parent)
    sums = np.zeros((count + 1, values.shape[1]), np.float32)
    np.multiply(values, np.float32(0.2), out=sums[:count])
    jump = np.append(parent, count)
    jump[0] = count
    while jump.min() < count:
        sums += sums.take(jump, 0)
        jump = jump.take(jump)
    return sums


def _chain(rows: Rows) -> tuple[Indices, Indices]:
    """For each box the next one that holds all that it holds, and for each row the innermost box that holds it. These
    are the parent and the box of the block, but in table rows that were made one block: there every cell holds it."""
    alike = (rows.first[1:] == rows.first[:-1]) & (rows.last[1:] == rows.last[:-1])
    count = len(rows.first)
    parent = rows.parent.copy()
    parent[1:][alike] = np.flatnonzero(alike)
    ends = np.append(np.flatnonzero(~alike), count - 1)
    return parent, ends.take(np.searchsorted(ends, rows.own))


def _context(x: Floats, box: Floats, rows: Rows, w: Mapping[str, Floats]) -> list[Floats]:
    """For each row the means over all rows before and after it, and what the boxes around it say of what they hold."""
    size, (width, inner) = len(x), w["down.weight"].shape
    sizes = rows.sizes[:, None]
    said = _times(x, w["context.weight"])
    seen = said[:, 2 * inner :]
    seen += w["around.bias"]
    np.maximum(seen, 0, out=seen)
    said[:, inner:] *= sizes
    total = _running(np.concatenate((np.ones((size, 1), np.float32), said, sizes), 1))
    mass = total[:, 2 * inner + 1 :]
    around = [
        (side[:, :-1] / (side[:, -1:] + FEW)).astype(np.float32)
        for side in (mass[:size], mass[size] - mass[1 : size + 1])
    ]
    span = rows.last - rows.first
    wide = np.flatnonzero(span > 1)
    if not len(wide):
        return [np.zeros((size, inner), np.float32), *around]
    held = total.take(rows.last.take(wide), 0) - total.take(rows.first.take(wide), 0)
    pooled = _times(box.take(wide, 0), w["pool.weight"][-width:]) + w["pool.bias"]
    pooled += held[:, 1 : inner + 1] / (held[:, :1] + 1e-3)
    pooled += held[:, inner + 1 : 2 * inner + 1] / (held[:, -1:] + 1e-3)
    nearest = np.where(span > 1, np.arange(len(span)), rows.parent)
    while span.take(nearest).min() < 2:
        nearest = nearest.take(nearest)
    place = np.cumsum(span > 1) - 1
    below = _down(np.maximum(pooled, 0), place.take(rows.parent.take(wide)))
    return [below.take(place.take(nearest.take(rows.own)), 0), *around]


def _running(x: Floats) -> Floats:
    """The sums of the first none, one, two ... rows: products with a triangle give those inside of pieces, and few
    sums are left between pieces."""
    size, width = x.shape
    pieces = size // _PIECE + 1
    total = np.zeros((pieces, _PIECE, width), np.float32)
    total.reshape(-1, width)[:size] = x
    inside = np.matmul(_BELOW, total)
    before = np.zeros((pieces, 1, width))
    np.cumsum(inside[:-1, -1:] + total[:-1, -1:], 0, dtype=np.float64, out=before[1:])
    return np.asarray(inside + before).reshape(-1, width)


def _named(rows: Rows, weights: Weights) -> Floats:
    """For each box the sum of the vectors of its tag, class and id words. Pages of a site share these, so sums are
    remembered."""
    table, seen = weights.arrays["names"], weights.sums
    found = list(map(seen.get, rows.names))
    new = [place for place, known in enumerate(found) if known is None]
    if new:
        ids = [weights.box_ids(rows.names[place]) for place in new]
        which = np.repeat(np.arange(len(new)), list(map(len, ids)))
        sums = _sums(np.array(list(chain.from_iterable(ids)), np.intp), which, table, len(new))
        if len(seen) > _REMEMBERED:
            seen.clear()
        for place, vector in zip(new, sums, strict=True):
            seen[rows.names[place]] = found[place] = vector.tobytes()
    vectors = np.frombuffer(b"".join(filter(None, found)), np.float32).reshape(-1, table.shape[1])
    return vectors.take(rows.which, 0)


def _worded(rows: Rows, weights: Weights) -> tuple[Floats, Floats]:
    """For each row the sum of the vectors of its words, and of those of the last heading before it."""
    table = weights.arrays["words"]
    ids = np.fromiter(map(weights.words.get, rows.words, repeat(-1)), np.intp, len(rows.words))
    known = np.flatnonzero(ids >= 0)
    of = rows.word_rows.take(known)
    order = np.argsort(of, kind="stable")
    own = _sums(ids.take(known.take(order)), of.take(order), table, len(rows.blocks) + 1)
    cut = table.shape[1] - weights.arrays["headings"].shape[1]
    return own[:-1, :cut], own.take(rows.heading, 0)[:, cut:]


def _sums(ids: NDArray[np.integer[Any]], which: Indices, table: Floats, count: int) -> Floats:
    """The sums of the vectors of tokens that belong together: those of the same `which`, which ascends."""
    sums = np.zeros((count, table.shape[1]), np.float32)
    if len(ids):
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        sums[which.take(starts)] = np.add.reduceat(table.take(ids, 0), starts, 0)
    return sums
