"""Lines about the author: what she writes about, where to follow her."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def author(document: Document) -> Iterator[Verdict]:
    """Lines about the author: what she writes about, where to follow her.

    They stand below the text and are about the person, not the story.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Ann Lee is a reporter covering climate for The Courier.", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in author(page)][:1]
        ['author']
    """
    yield from told(document, "author")
