"""How likely each block is to belong to the body of the main article, and how sure the choice is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scrapeclean.features.html import html_rows
from scrapeclean.features.rows import Rows, told_again, told_once
from scrapeclean.features.text import rows_of, text_rows
from scrapeclean.model import HEAD, Block
from scrapeclean.network import Weights, packaged_weights, run

if TYPE_CHECKING:
    from scrapeclean.document import Document


_STRETCH = 1_500
"""Text of twice as many lines is judged in stretches of so many: no page that was learned from is longer."""


def score_blocks(document: Document, weights: Weights | None = None) -> tuple[float, ...]:
    """A probability for each block of a document; 0 for blocks without text and for the title of the head.

    Args:
        document: the page.
        weights: other weights than those that come with the package, as training and benchmarks need them.
    """
    scores = [0.0] * len(document.blocks)
    weights = weights or document.weights or packaged_weights(document.kind)
    judged = 0
    for rows in _pages(document):
        judged += len(rows.blocks)
        for index, chance in zip(rows.blocks, run(rows, weights).tolist(), strict=True):
            scores[index] = chance
    blocks = [block for block in document.blocks if block.text and block.kind != "title"]
    for index, first in told_again(blocks).items() if judged < len(blocks) else ():
        if document.blocks[index].text != document.blocks[first].text:  # what is the same to the letter is furniture
            scores[index] = scores[first]
    return tuple(scores)


def _pages(document: Document) -> Iterator[Rows]:
    """The rows of a page; of a text without end those of each stretch of it, as if it were a page of its own."""
    if document.kind == "html":
        yield html_rows(document)
    elif len(document.blocks) <= 2 * _STRETCH:
        yield text_rows(document)
    else:
        blocks = told_once([block for block in document.blocks if block.text])
        title = document.given_title or ""
        for start in range(0, len(blocks), _STRETCH):
            stretch = blocks[start : start + _STRETCH]
            yield rows_of(stretch, title)
            title = title or blocks[0].text


def page_facts(chances: NDArray[Any], sizes: NDArray[Any]) -> NDArray[np.float64]:
    """Facts of a page that tell how far its choice of blocks can be trusted.

    Args:
        chances: the probability of each block.
        sizes: how much text each block has.
    """
    size = np.asarray(sizes, np.float64)
    chance = np.asarray(chances, np.float64)
    kept = chance >= 0.5
    chosen, mass = float(size[kept].sum()), float((chance * size).sum())
    sure = float((chance * size)[kept].sum())
    doubtful = float(size[(chance > 0.2) & (chance < 0.8)].sum())
    return np.array(
        [
            1.0,
            sure / max(chosen, 1.0),
            sure / max(mass, 1.0),
            np.log1p(chosen) * 0.1,
            doubtful / max(chosen + doubtful, 1.0),
            chosen / max(float(size.sum()), 1.0),
            float(chosen < 200),
            float((kept[1:] != kept[:-1]).sum()) / max(1.0, float(kept.sum())),
        ]
    )


def confidence(document: Document, blocks: Sequence[Block]) -> float:
    """The word F1 that pages like this one reach, 0 to 1: how far the choice of these blocks can be trusted."""
    if not any(block.text for block in blocks):
        return 0.0
    curve = packaged_weights(document.kind).arrays.get("confidence")
    if curve is None:
        return 0.5
    seen = [block for block in document.blocks if block.text and not block.regions & HEAD]
    scores = document.scores
    chances = np.array([scores[block.index] for block in seen])
    value = float(page_facts(chances, np.array([len(block.text) for block in seen])) @ curve)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
