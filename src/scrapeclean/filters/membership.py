"""Appeals to subscribe, donate or become a member."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def membership(document: Document) -> Iterator[Verdict]:
    """Appeals to subscribe, donate or become a member.

    They speak to the reader and of the outlet, which a story does not.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Please consider supporting our journalism with a donation.", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in membership(page)][:1]
        ['membership']
    """
    yield from told(document, "membership")
