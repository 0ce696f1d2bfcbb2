"""Labels of adverts and sponsored blocks."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def advert(document: Document) -> Iterator[Verdict]:
    """Labels of adverts and sponsored blocks.

    What stands between such labels was the advert; in text only the labels are left.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Advertisement", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in advert(page)][:1]
        ['advert']
    """
    yield from told(document, "advert")
