"""Prompts of a paywall: subscribe to read on, so many articles left."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def paywall(document: Document) -> Iterator[Verdict]:
    """Prompts of a paywall: subscribe to read on, so many articles left.

    They stand where the text was cut, and read like its last paragraph.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Subscribe to continue reading", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in paywall(page)][:1]
        ['paywall']
    """
    yield from told(document, "paywall")
