"""Widgets: AI assistants and summaries, translation, audio players."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def assistant(document: Document) -> Iterator[Verdict]:
    """Widgets: AI assistants and summaries, translation, audio players.

    They offer to do something with the article, and are no part of it.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Listen to this article", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in assistant(page)][:1]
        ['assistant']
    """
    yield from told(document, "assistant")
