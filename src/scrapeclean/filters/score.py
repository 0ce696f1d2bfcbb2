"""What the learned scorer does not take for the body of the article."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.model import Verdict

THRESHOLDS = {"balanced": 0.5, "precision": 0.7, "recall": 0.3}
"""`favor` moves the threshold and nothing else."""


def score(document: Document) -> Iterator[Verdict]:
    """Blocks that the learned scorer does not take for part of the body."""
    threshold = THRESHOLDS[document.favor]
    scores = document.scores
    for block in document.kept:
        if block.text and scores[block.index] < threshold:
            yield block.drop(f"reads like page furniture (score {scores[block.index]:.2f})", rule="below-threshold")
