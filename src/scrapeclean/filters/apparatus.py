"""What stands in a text for the sake of the page: permanent links, edit links, line numbers, links back from notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scrapeclean.document import Document
from scrapeclean.model import PageBlock, Verdict

_PERMALINK: Final = frozenset("¶#§🔗⚓∞☍📎")
_BACK: Final = frozenset("↩↑⏎⤴⮐^")
_INVISIBLE: Final = " \u00a0\u200b\ufe0e\ufe0f"
_EDIT: Final = re.compile(r"[?&](?:ve)?action=edit\b|/edit(?:/|$|[?#])", re.IGNORECASE)
_GUTTER: Final = re.compile(r"\b(?:gutter|linenos?|linenodiv|line-?num(?:ber)?s?|blob-num)\b", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"[\d\s]{1,4000}")


def apparatus(document: Document) -> Iterator[Verdict]:
    """Signs beside headings that link to themselves, "[edit]", the numbers of code lines, arrows back from footnotes.

    They are no words of the author, yet they stand inside of blocks that are. Told by what a link does, not by its
    class: a link to a place in the page whose text is a mere sign.

    Example:
        >>> import scrapeclean
        >>> document = scrapeclean.read_page("<h2 id=tides>Tides<a href='#tides'>¶</a></h2>")
        >>> [(document.text[v.start : v.end], v.rule) for v in apparatus(document)]
        [('¶', 'permalink')]
    """
    if document.kind != "html":
        return
    for block in document.kept:
        if block.kind == "code" and _NUMBERS.fullmatch(block.text) and _numbered(block):
            yield block.drop("numbers of code lines", rule="line-numbers")
        for kind, start, end, value in block.marks:
            if kind == "link" and end - start <= 40 and (found := _role(block, start, end, value)):
                begin, stop, rule, reason = found
                yield block.drop(reason, rule=rule, start=begin, end=stop)


def _numbered(block: PageBlock) -> bool:
    return any(_GUTTER.search(box.names) for box, _ in zip(block.box.ancestors(), range(4), strict=False))


def _role(block: PageBlock, start: int, end: int, value: str) -> tuple[int, int, str, str] | None:
    """The span to leave out, the rule and the reason, if this link is part of the apparatus."""
    text = block.text
    said = text[start:end].strip(_INVISIBLE)
    if "#" in value and len(said) <= 2 and said:
        if said in _PERMALINK and (value.startswith("#") or not text[end:].strip()):
            return start, end, "permalink", "a link of a heading to itself"
        if said[0] in _BACK and value.startswith("#") and (start == 0 or said != "^"):
            return start, end, "back-link", "a link from a note back to the text"
    if block.kind == "heading" and _EDIT.search(value):
        begin, stop = start, end
        if text[:begin].endswith("[") and text[stop : stop + 1] == "]":
            begin, stop = begin - 1, stop + 1
        return begin, stop, "edit", "a link that opens the section for editing"
    return None
