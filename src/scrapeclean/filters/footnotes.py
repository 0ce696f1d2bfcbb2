"""Footnotes that the body refers to belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scrapeclean.document import Document
from scrapeclean.filters.score import THRESHOLDS
from scrapeclean.model import FOOTER, HIDDEN, NAV, Verdict
from scrapeclean.shape.notes import sign_of

_ELSEWHERE: Final = NAV | FOOTER | HIDDEN
_MOST_BLOCKS: Final = 6
_LONGEST_SIGN: Final = 8


def footnotes(document: Document) -> Iterator[Verdict]:
    """Notes that a text of the body refers to by a sign ("*", "[2]").

    A note is short and says little of the story ("Ibid., p. 12"), so the scorer would drop most of them; but the sign
    in the text points to it.

    Example:
        >>> import scrapeclean
        >>> page = "<p>It was late in the year.<a href=#n1>1</a></p><p id=n1>1. By the old calendar.</p>"
        >>> document = scrapeclean.read_page(page)
        >>> vars(document)["scores"] = (0.9, 0.1)  # as if the scorer took the first for the story
        >>> [(document.text[v.start : v.end], v.role) for v in footnotes(document)]
        [('1. By the old calendar.', 'keep')]
    """
    if document.kind != "html":
        return
    wanted: dict[str, int] = {}
    for block in document.kept:
        for kind, start, end, value in block.marks:
            inner = kind == "link" and value.startswith("#") and end - start <= _LONGEST_SIGN
            if inner and sign_of(block.text[start:end]):
                wanted.setdefault(value[1:], block.index)
    if not wanted:
        return
    threshold = THRESHOLDS[document.favor]
    scores = document.scores
    for box in document.boxes:
        name = box.names.rpartition(" ")[2] if box.names else ""
        source = wanted.get(name, -1)
        if name and 0 <= source < box.first and box.last - box.first <= _MOST_BLOCKS and scores[source] >= threshold:
            for block in document.blocks[box.first : box.last]:
                if block.text and not block.regions & _ELSEWHERE:
                    yield block.keep("a footnote that the body refers to", rule="footnote")
