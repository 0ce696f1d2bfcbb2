"""Cookie and consent notices, and their buttons."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def cookie(document: Document) -> Iterator[Verdict]:
    """Cookie and consent notices, and their buttons.

    A banner that asks for consent is no part of an article, and stands in the text of nearly every page. An article
    about cookies says other things of them, and in longer sentences.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("We use cookies to improve your experience. Accept all cookies?", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in cookie(page)][:1]
        ['cookie']
    """
    yield from told(document, "cookie")
