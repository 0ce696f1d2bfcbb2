"""What the learned scorer does not take for the body of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapeclean.document import Document
from scrapeclean.model import Verdict
from scrapeclean.score import score_blocks

THRESHOLDS = {"balanced": 0.5, "precision": 0.7, "recall": 0.3}
"""`favor` moves the threshold and nothing else."""


def score(document: Document) -> Iterator[Verdict]:
    """Blocks that the learned scorer does not take for part of the body.

    Example:
        >>> import scrapeclean
        >>> body = "<p>The old bridge was closed after the river rose in the night, the town council said.</p>"
        >>> article = scrapeclean.clean(body + "<ul><li><a href=/a>Weather</a><li><a href=/b>Traffic</a></ul>")
        >>> [removed.rule for removed in article.removed if removed.filter == "score"]
        ['below-threshold', 'below-threshold']
    """
    threshold = THRESHOLDS[document.favor]
    scores = _scores(document)
    for block in document.kept:
        if block.text and scores[block.index] < threshold:
            yield block.drop(f"reads like page furniture (score {scores[block.index]:.2f})", rule="below-threshold")


def _scores(document: Document) -> Sequence[float]:
    """The scores of all blocks; in plain text those that they have on the page without its further articles.

    Lines are judged by the lines around them, and beside three long stories a short one looks like a teaser.
    """
    articles = sorted(document.ledger.articles)
    if document.kind == "html" or not articles:
        return document.scores
    own, at = [], 0
    for block in document.blocks:
        while at < len(articles) and articles[at].end <= block.start:
            at += 1
        if at == len(articles) or block.start < articles[at].start:
            own.append(block)
    lines = tuple(block._replace(index=n) for n, block in enumerate(own))
    alone = Document(document.text, "text", lines, document.boxes, title=document.given_title)
    alone.weights = document.weights
    scores = [0.0] * len(document.blocks)
    for block, chance in zip(own, score_blocks(alone), strict=True):
        scores[block.index] = chance
    return scores
