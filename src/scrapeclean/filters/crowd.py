"""The scraps of a page that has more blocks than `Limits.blocks`."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.model import Verdict


def crowd(document: Document) -> Iterator[Verdict]:
    """What stands together because the page has too many blocks, mostly scraps: no block of an article.

    Example:
        >>> import scrapeclean
        >>> few = scrapeclean.Limits(blocks=2)
        >>> article = scrapeclean.clean("<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>", limits=few)
        >>> [removed.text for removed in article.removed if removed.filter == "crowd"]
        ['Three.\\nFour.']
        >>> article.evidence["limits"].source
        'blocks'
    """
    if "blocks" in document.limits_hit:
        for block in document.blocks:
            if block.info.get("crowd"):
                yield block.drop("the page has more blocks than Limits.blocks", rule="limit")
