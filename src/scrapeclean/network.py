"""The learned network in numpy: rows of a page in, a probability for each row out.

It adds up the vectors of known words, mixes them with the dense features, looks at neighbours (convolutions over
blocks) and at containers (means over the rows of each box, handed back to the rows), and looks at neighbours again.
All of it is running sums, gathers and small products, so that time and memory grow linearly with the page.
`training/network.py` is the same in torch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen

from scrapeclean.errors import ArgumentError
from scrapeclean.features.boxes import name_tokens, names_of
from scrapeclean.features.measure import Floats
from scrapeclean.features.rows import Indices, Rows

VERSION: Final = 1
_REMEMBERED: Final = 20_000
_LOWEST_CUT: Final = 0.15
_CHUNK: Final = 200_000
"""Products larger than this many multiplications are cut: BLAS would wake threads that cost more than they give."""


@frozen
class Weights:
    """What was learned: named arrays, and where each known word stands in the tables."""

    arrays: Mapping[str, Floats]
    words: Mapping[str, int]
    tag_ids: Callable[[str], list[int]]
    """The tokens of a tag, by their places in the table."""
    name_ids: Callable[[str], list[int]]
    """The tokens of a class or id. Sites share names, so what was looked up is remembered."""


def load_weights(path: Path) -> Weights:
    """Read a weights file.

    Raises:
        ArgumentError: the file is not one of this version.
    """
    with path.open("rb") as source, np.load(source, allow_pickle=False) as stored:
        if int(stored.get("version", 0)) != VERSION:
            raise ArgumentError(f"{path} is no weights file of version {VERSION}")
        texts = {key: bytes(stored[key]).decode().split("\n") for key in ("word_list", "name_list")}
        arrays = {key: stored[key].astype(np.float32) for key in stored.files if key not in (*texts, "version")}
    names = {word: i for i, word in enumerate(texts["name_list"])}

    def tag_ids(tag: str) -> list[int]:
        return [names[token] for token in (f"<{part}>" for part in tag.split()) if token in names]

    def name_ids(name: str) -> list[int]:
        return [names[token] for token in name_tokens(name) if token in names]

    words = {word: i for i, word in enumerate(texts["word_list"])}
    return Weights(arrays, words, lru_cache(_REMEMBERED)(tag_ids), lru_cache(_REMEMBERED)(name_ids))


@lru_cache(maxsize=2)
def packaged_weights(kind: str) -> Weights:
    """The weights that come with the package, for pages of a kind, "html" or "text"."""
    path: Any = files("scrapeclean") / "data" / f"score-{kind}.npz"
    return load_weights(path)


def run(rows: Rows, weights: Weights) -> Floats:
    """For each row the probability that it belongs to the body."""
    w = weights.arrays
    size = len(rows.blocks)
    if not size:
        return np.zeros(0, np.float32)
    box = _relu(_times(np.concatenate([_named(rows.names, weights), rows.boxes], 1), w["box.weight"]) + w["box.bias"])
    above = _spread(_times(box, w["down.weight"]), rows.first, rows.last, size)
    words, headings = _worded(rows, weights)
    x = np.concatenate([rows.dense, words, headings, box[rows.own], above], 1)
    x = _relu(_times(x, w["enter.weight"]) + w["enter.bias"])
    x = _convolve(x, w, "conv1", 1)
    x = _convolve(x, w, "conv2", 2)
    wide = np.flatnonzero(rows.last - rows.first > 1)
    first, last = rows.first[wide], rows.last[wide]
    means = _mean(x, np.ones(size, np.float32), first, last), _mean(x, rows.sizes, first, last)
    pooled = np.concatenate([*means, box[wide]], 1)
    below = _spread(_relu(_times(pooled, w["pool.weight"]) + w["pool.bias"]), first, last, size)
    x = _relu(_times(np.concatenate([x, below], 1), w["merge.weight"]) + w["merge.bias"])
    x = _convolve(x, w, "conv3", 1)
    x = _convolve(x, w, "conv4", 4)
    logits = _times(x, w["out.weight"])[:, 0] + w["out.bias"]
    return poise(np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32), rows.sizes)


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


def _relu(x: Floats) -> Floats:
    return np.maximum(x, 0, out=x)


def _times(x: Floats, matrix: Floats) -> Floats:
    step = max(1, _CHUNK // matrix.size)
    if len(x) <= step:
        return x @ matrix
    out = np.empty((len(x), matrix.shape[1]), np.float32)
    for at in range(0, len(x), step):
        np.matmul(x[at : at + step], matrix, out=out[at : at + step])
    return out


def _convolve(x: Floats, w: Mapping[str, Floats], name: str, gap: int) -> Floats:
    """Each row with the rows `gap` before and after, added to what it was."""
    size, width = x.shape
    near = np.zeros((size, 3 * width), np.float32)
    near[gap:, :width] = x[: max(0, size - gap)]
    near[:, width : 2 * width] = x
    near[: max(0, size - gap), 2 * width :] = x[gap:]
    return x + _relu(_times(near, w[name + ".weight"]) + w[name + ".bias"])


def _spread(values: Floats, first: Indices, last: Indices, size: int) -> Floats:
    """For each row the sum over the boxes that it stands in: all that have begun, less all that have ended."""
    index = np.arange(size)
    held = np.zeros((size, values.shape[1]))
    for edges, sign in ((first, 0.2), (last, -0.2)):
        order = np.argsort(edges, kind="stable")
        total = np.zeros((len(edges) + 1, values.shape[1]))
        np.cumsum(values[order], 0, out=total[1:])
        held += total[np.searchsorted(edges[order], index, side="right")] * sign
    return held.astype(np.float32)


def _mean(x: Floats, weight: Floats, first: Indices, last: Indices) -> Floats:
    """For each box the weighted mean over its rows."""
    total = np.zeros((len(x) + 1, x.shape[1] + 1))
    np.cumsum(np.concatenate([x * weight[:, None], weight[:, None]], 1), 0, out=total[1:])
    held = total[last] - total[first]
    return (held[:, :-1] / (held[:, -1:] + 1e-3)).astype(np.float32)


def _named(names: Sequence[tuple[str, str]], weights: Weights) -> Floats:
    """For each box the sum of the vectors of its tag, class and id words."""
    places: dict[tuple[str, str], int] = {}
    which = [places.setdefault(name, len(places)) for name in names]
    ids: list[int] = []
    ends = []
    for tag, words in places:
        ids += weights.tag_ids(tag)
        for name in names_of(words):
            ids += weights.name_ids(name)
        ends.append(len(ids))
    return _sums(ids, ends, weights.arrays["names"])[which]


def _worded(rows: Rows, weights: Weights) -> tuple[Floats, Floats]:
    """For each row the sum of the vectors of its words, and of those of the last heading before it."""
    table = weights.arrays["words"]
    own = _bags(rows.words, weights.words, table)
    width = weights.arrays["headings"].shape[1]
    cut = table.shape[1] - width
    headings = np.where(rows.heading[:, None] >= 0, own[rows.heading][:, cut:], np.float32(0))
    return own[:, :cut], headings


def _bags(tokens: Iterable[Sequence[str]], known: Mapping[str, int], table: Floats) -> Floats:
    """For each list of tokens the sum of the vectors of those that are known."""
    ids: list[int] = []
    ends = []
    for row in tokens:
        ids += [known[token] for token in row if token in known]
        ends.append(len(ids))
    return _sums(ids, ends, table)


def _sums(ids: Sequence[int], ends: Sequence[int], table: Floats) -> Floats:
    """The sums of the vectors of consecutive stretches of tokens, which end at `ends`."""
    ending = np.array(ends, np.intp)
    starting = np.concatenate((np.zeros(1, np.intp), ending[:-1]))
    sums = np.zeros((len(ends), table.shape[1]), np.float32)
    some = np.flatnonzero(ending > starting)
    if len(some):
        sums[some] = np.add.reduceat(table.take(ids, 0), starting[some], 0)
    return sums
