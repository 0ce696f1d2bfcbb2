"""Text that nobody sees: the title element of the head, hidden elements, fallbacks for browsers without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from scrapeclean.document import Document
from scrapeclean.filters.named import blocks_named
from scrapeclean.model import HEAD, HIDDEN, NOSCRIPT, Verdict

_SURE = 0.5
_UNSEEN: Final = HIDDEN | NOSCRIPT
_HIDDEN: Final = re.compile(r"(?:^|\s)(?:is-|u-)?hidden(?:\s|$)")
_SHOWN: Final = re.compile(
    r"accordion|answer|collaps|expand|faq|more|panel|tab|toggle|(?:^|\s)\w{1,9}:(?:block|flex|grid|inline|table|contents)"
    r"|d-\w{1,3}-(?:block|flex|grid|inline|table)",
    re.IGNORECASE,
)
"""What is hidden until a reader asks for it, or on narrow screens only."""


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
        if block.regions & _UNSEEN and block.text:
            unseen.append(block)
        elif block.marks:
            for mark in block.marks:
                if mark[0] == "hidden":
                    yield block.drop("hidden from readers", rule="inline", start=mark[1], end=mark[2])
    scores = document.scores if unseen else ()
    for block in unseen:
        if block.regions & HEAD:
            yield block.drop("the title element of the head", rule="head")
        elif scores[block.index] < _SURE:
            if block.regions & NOSCRIPT:
                yield block.drop("for browsers without scripts", rule="noscript")
            else:
                yield block.drop("hidden from readers", rule="hidden")
    for block in blocks_named(document, ("hidden",), _is_hidden):
        if block.text:
            yield block.drop("hidden from readers by its class", rule="class")


@lru_cache(maxsize=4096)
def _is_hidden(names: str) -> bool:
    return _HIDDEN.search(names) is not None and _SHOWN.search(names) is None
