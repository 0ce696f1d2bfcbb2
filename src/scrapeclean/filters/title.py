"""The title where it stands in the page: given as `article.title`, so it is no part of the body."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.lines import folded
from scrapeclean.model import Verdict


def title(document: Document) -> Iterator[Verdict]:
    """Lines and headings that repeat the title of the article."""
    wanted = folded(document.metadata.title or "")
    if not wanted:
        return
    least, most = len(wanted) // 2, 2 * len(wanted) + 20
    for block in document.kept:
        text = block.text
        if least < len(text) < most and _may_begin(text, wanted[0]) and folded(text) == wanted:
            yield block.verdict("title", "is the title", rule="title")


def _may_begin(text: str, first: str) -> bool:
    """Whether the first letter or digit of a text can be this one. Spares nearly all texts the folding."""
    own = text[0].casefold()[0]
    return own == first or not own.isalnum()
