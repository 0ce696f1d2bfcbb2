"""Links in the middle of a text to another one: "Read more: ...", "RELATED: ...", "Story continues below"."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def readmore(document: Document) -> Iterator[Verdict]:
    """Links in the middle of a text to another one: "Read more: ...", "RELATED: ...", "Story continues below".

    They are written like a paragraph and belong to another article.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("READ MORE: Ten bridges that closed this year", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in readmore(page)][:1]
        ['readmore']
    """
    yield from told(document, "readmore")
