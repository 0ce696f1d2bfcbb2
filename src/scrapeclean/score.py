"""How likely each block is to belong to the body of the main article. (Hand-made, until the learned scorer is in.)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrapeclean.model import FOOTER, FORM, HIDDEN, NAV, Block

if TYPE_CHECKING:
    from scrapeclean.document import Document


def score_blocks(document: Document) -> tuple[float, ...]:
    """A probability for each block of a document."""
    scores = []
    for block in document.blocks:
        size = len(block.text)
        score = min(1.0, size / 120) * (1 - block.link_chars / max(1, size))
        if block.regions & (NAV | FOOTER | FORM | HIDDEN):
            score = 0.0
        scores.append(score)
    return tuple(scores)


def confidence(document: Document, blocks: Sequence[Block]) -> float:
    """How sure it is that these blocks are the body, 0 to 1."""
    return 0.5 if blocks else 0.0
