"""Navigation: menus, breadcrumbs, pagination, lists of tags, "Back to top", "Skip to content"."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict


def navigation(document: Document) -> Iterator[Verdict]:
    """Navigation: menus, breadcrumbs, pagination, lists of tags, "Back to top", "Skip to content".

    In plain text the menu is the first thing on every page, a line for each entry.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Skip to main content", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in navigation(page)][:1]
        ['navigation']
    """
    yield from told(document, "navigation")
