"""Text that nobody sees: the title element of the head, hidden elements, fallbacks for browsers without scripts."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.model import HEAD, HIDDEN, NOSCRIPT, Verdict

_SURE = 0.5


def hidden(document: Document) -> Iterator[Verdict]:
    """Text that a reader of the page does not see.

    Some pages hide their body until a script shows it, so hidden text that the scorer takes for the body stays.

    Example:
        >>> import scrapeclean
        >>> article = scrapeclean.clean("<p hidden>Unseen.</p><p>Seen.</p>")
        >>> [(removed.text, removed.rule) for removed in article.removed if removed.filter == "hidden"]
        [('Unseen.', 'hidden')]
    """
    unseen = []
    for block in document.kept:
        if block.regions & (HIDDEN | NOSCRIPT) and block.text:
            unseen.append(block)
        elif block.marks:
            for mark in block.marks:
                if mark[0] == "hidden":
                    yield block.drop("hidden from readers", rule="inline", start=mark[1], end=mark[2])
    if not unseen:
        return
    scores = document.scores
    for block in unseen:
        if block.regions & HEAD:
            yield block.drop("the title element of the head", rule="head")
        elif scores[block.index] < _SURE:
            if block.regions & NOSCRIPT:
                yield block.drop("for browsers without scripts", rule="noscript")
            else:
                yield block.drop("hidden from readers", rule="hidden")
