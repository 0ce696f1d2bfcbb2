"""What is left when all have spoken and makes no sense by itself: headings without a body, repeated text,
separators."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.model import Verdict

_REPEATED = 60
"""From how many characters on a text that stood in the page before is left out; a shorter one may well be said
twice."""


def repeated(document: Document) -> Iterator[Verdict]:
    """Text that stands in the page already.

    Example:
        >>> import scrapeclean
        >>> line = "The old bridge was closed after the river rose in the night, the council of the town said."
        >>> other = "<p>More rain is on its way, and the school stays shut.</p>"
        >>> article = scrapeclean.clean(f"<p>{line}</p>{other}<p>{line}</p>")
        >>> [removed.filter for removed in article.removed if removed.text == line]
        ['repeated']
    """
    seen: set[str] = set()
    for block in document.kept:
        if len(block.text) >= _REPEATED and block.kind not in ("code", "row"):
            key = " ".join(block.text.split())
            if key in seen:
                yield block.drop("stood in the page already", rule="repeated")
            seen.add(key)


def bare_headings(document: Document) -> Iterator[Verdict]:
    """Headings with nothing below them that stays.

    Example:
        >>> import scrapeclean
        >>> page = "<p>The old bridge was closed after the river rose in the night, the council said.</p><h2>More</h2>"
        >>> [removed.text for removed in scrapeclean.clean(page).removed]
        ['More']
    """
    kept = [block for block in document.kept if block.text]
    headings = sum(len(block.text) for block in kept if block.kind == "heading")
    if 2 * headings > sum(len(block.text) for block in kept):
        return  # on such a page headings are the text
    below: int | None = None
    for block in reversed(kept):
        if block.kind != "heading":
            below = 7
        elif below is None or below <= block.level:
            yield block.drop("a heading with nothing below it", rule="bare-heading")
        else:
            below = block.level
