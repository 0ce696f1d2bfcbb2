"""Pleas to sign up for a newsletter, an alert, a briefing, and the forms for it."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def newsletter(document: Document) -> Iterator[Verdict]:
    """Pleas to sign up for a newsletter, an alert, a briefing, and the forms for it.

    They interrupt a text and end it; in text that lost its markup they are a sentence in a paragraph.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Sign up for our daily newsletter.", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in newsletter(page)][:1]
        ['newsletter']
    """
    yield from told(document, "newsletter")
