"""The title where it stands in the page: given as `article.title`, so it is no part of the body."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.model import Verdict


def title(document: Document) -> Iterator[Verdict]:
    """Lines and headings that repeat the title of the article."""
    wanted = _folded(document.metadata.title)
    if not wanted:
        return
    least, most = len(wanted) // 2, 2 * len(wanted) + 20
    for block in document.kept:
        if least < len(block.text) < most and _folded(block.text) == wanted:
            yield block.verdict("title", "is the title", rule="title")


def _folded(text: str | None) -> str:
    return "".join(ch for ch in (text or "").casefold() if ch.isalnum())
