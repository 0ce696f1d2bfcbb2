"""The trained network as a weights file: plain arrays of half precision, the scaling of the features folded in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from attrs import frozen

from scrapeclean.network import VERSION
from training.examples import Vocabulary
from training.network import Network, Sample

_LEAST: Final = 0.05
"""No feature is stretched by more than 20, however seldom it differs."""


@frozen
class Scaling:
    """Mean and spread of the dense features, as the training pages have them."""

    dense_mean: np.ndarray
    dense_spread: np.ndarray
    box_mean: np.ndarray
    box_spread: np.ndarray


def arrays_of(network: Network, scaling: Scaling) -> dict[str, np.ndarray]:
    """The network's arrays in the form in which `scrapeclean.network` uses them."""
    state = {name: value.detach().numpy().astype(np.float64) for name, value in network.state_dict().items()}
    found: dict[str, np.ndarray] = {
        "names": state["names"],
        "words": np.concatenate([state["words"], state["headings"]], 1),
        "headings": np.zeros((1, state["headings"].shape[1])),
    }
    for name in ("box", "down", "enter", "pool", "around", "merge", "out"):
        found[name + ".weight"] = state[name + ".weight"].T
        if name + ".bias" in state:
            found[name + ".bias"] = state[name + ".bias"]
    for name in ("conv1", "conv2", "conv3", "conv4"):
        found[name + ".weight"] = np.concatenate(list(state[name + ".weight"].transpose(2, 1, 0)))
        found[name + ".bias"] = state[name + ".bias"]
    dense, width = len(scaling.dense_mean), state["names"].shape[1]
    _fold(found, "enter", slice(0, dense), scaling.dense_mean, scaling.dense_spread)
    _fold(found, "box", slice(width, None), scaling.box_mean, scaling.box_spread)
    return found


def _fold(arrays: dict[str, np.ndarray], name: str, rows: slice, mean: np.ndarray, spread: np.ndarray) -> None:
    matrix = arrays[name + ".weight"]
    matrix[rows] = matrix[rows] / spread[:, None]
    arrays[name + ".bias"] = arrays[name + ".bias"] - mean @ matrix[rows]


def scaling_of(samples: Sequence[Sample]) -> Scaling:
    """The scaling that gives the features of these pages mean 0 and spread 1."""
    dense = np.concatenate([sample.dense for sample in samples])
    boxes = np.concatenate([sample.boxes for sample in samples])
    return Scaling(dense.mean(0), dense.std(0) + _LEAST, boxes.mean(0), boxes.std(0) + _LEAST)


def write(
    path: Path, network: Network, scaling: Scaling, known: Vocabulary, curve: np.ndarray | None = None
) -> None:
    """Write the weights file; `curve` is that of the confidence."""
    stored = {name: value.astype(np.float16) for name, value in arrays_of(network, scaling).items()}
    if curve is not None:
        stored["confidence"] = curve.astype(np.float32)
    for key, words in (("word_list", known.words), ("name_list", known.names)):
        stored[key] = np.frombuffer("\n".join(sorted(words, key=words.__getitem__)).encode(), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        np.savez_compressed(out, version=np.int64(VERSION), **stored)
