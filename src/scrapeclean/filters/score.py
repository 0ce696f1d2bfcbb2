"""What the learned scorer does not take for the body of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapeclean.document import Document
from scrapeclean.lines import folded, is_prose
from scrapeclean.model import Verdict, altered
from scrapeclean.score import score_blocks

THRESHOLDS = {"balanced": 0.5, "precision": 0.7, "recall": 0.3}
"""`favor` moves the threshold and nothing else."""
_SCANT = 200
"""A page of which fewer characters would be left is read more mildly. With 200 wcxb's lists went from 0.735 to 0.764,
as text from 0.671 to 0.691; as text it cost 0.003 of wcxb's collections and 0.008 of the Chinese pages, and 500 in its
place 0.001 of newspaper4k's (`benchmarks.accuracy`, cross-validated)."""
_DOUBTED = 0.04
"""A lead may be doubted so much more than another block."""
_LEAST = 40
"""A lead has so many characters at least."""
_SURE = 0.8
"""The first prose of such a score is the first paragraph."""
_DESCRIPTIONS = frozenset(("description", "og:description", "twitter:description"))


def score(document: Document) -> Iterator[Verdict]:
    """Blocks that the learned scorer does not take for part of the body.

    Example:
        >>> import scrapeclean
        >>> body = "<p>The old bridge was closed after the river rose in the night, the town council said.</p>"
        >>> article = scrapeclean.clean(body + "<ul><li><a href=/a>Weather</a><li><a href=/b>Traffic</a></ul>")
        >>> [removed.rule for removed in article.removed if removed.filter == "score"]
        ['below-threshold', 'below-threshold']
    """
    scores = _scores(document)
    threshold = _threshold(document, scores)
    leads = _leads(document, scores, threshold) if document.kind == "html" else ()
    for block in document.kept:
        if block.text and scores[block.index] < threshold and block.index not in leads:
            yield block.drop(f"reads like page furniture (score {scores[block.index]:.2f})", rule="below-threshold")


def _threshold(document: Document, scores: Sequence[float]) -> float:
    """What a block must reach. Milder where hardly any text would be left: lists of links, shelves of products."""
    threshold = THRESHOLDS[document.favor]
    if "blocks" in document.limits_hit:  # the scorer never saw such a page: only what it is sure of goes
        threshold = min(threshold, THRESHOLDS["recall"])
    for milder in (threshold, 0.4 * threshold, 0.1 * threshold):
        if sum(len(block.text) for block in document.kept if scores[block.index] >= milder) >= _SCANT:
            return milder
    return threshold


def _leads(document: Document, scores: Sequence[float], threshold: float) -> set[int]:
    """The lead between the title and the first paragraph, where the head of the page has it as its description.

    Many sites set it apart from the body, so that the scorer doubts it; readers do not.
    """
    said: list[str] | None = None
    found = set()
    for block in document.kept:
        score, text = scores[block.index], block.text
        if score < threshold * _DOUBTED or len(text) < _LEAST:
            continue
        if score >= _SURE and is_prose(text):
            break
        if score < threshold and 2 * block.link_chars < len(text):
            said = _descriptions(document) if said is None else said
            own = folded(text)
            if any(own.startswith(one[:_LEAST]) and (own in one or one in own) for one in said):
                found.add(block.index)
    return found


def _descriptions(document: Document) -> list[str]:
    """What the head calls the description, without the dots at its end where it was cut off."""
    values = {value for name, value in document.head.metas if name in _DESCRIPTIONS and len(value) >= _LEAST}
    return [folded(value) for value in sorted(values)]


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
    lines = tuple(altered(block, index=n) for n, block in enumerate(own))
    alone = Document(document.text, "text", lines, document.boxes, title=document.given_title)
    alone.weights = document.weights
    scores = [0.0] * len(document.blocks)
    for block, chance in zip(own, score_blocks(alone), strict=True):
        scores[block.index] = chance
    return scores
