"""Bars for sharing and following: names of networks, "Share this article", "Copy link"."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def share(document: Document) -> Iterator[Verdict]:
    """Bars for sharing and following: names of networks, "Share this article", "Copy link".

    They stand above, beside and below the text, and in plain text each label is a line of its own.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Share this article", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in share(page)][:1]
        ['share']
    """
    yield from told(document, "share")
