"""What is left when all have spoken and makes no sense by itself: headings without a body, repeated text,
separators."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.model import PageBlock, Verdict

_REPEATED = 60
"""From how many characters on a text that stood in the page before is left out; a shorter one may well be said
twice."""
_LONGEST = 120
"""A heading of more characters is a text, set large."""
_ENTRIES, _LIKELY = 4, 0.6
"""So many headings that look the same, with this score on average, are entries of a list."""
_PULLED = 40
"""A page of more quotes is made of them."""
_MARKS = "\"'“”„‟‘’‚«»‹›「」『』.,…–—- \n\u00a0"
"""What a quote begins or ends with beside its words."""


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
    begun: dict[tuple[str, ...], str] = {}
    """The first text that begins with these words. Only where another does are they compared, without their blanks."""
    pulled = _pulled(document) if document.kind == "html" else ()
    for block in document.kept:
        if block.index in pulled:
            yield block.drop("pulled out of a paragraph that says it, too", rule="pull-quote")
            continue
        if len(block.text) >= _REPEATED and block.kind not in ("code", "row"):
            words = tuple(block.text.split(None, 3)[:3])
            if words not in begun:
                begun[words] = block.text
                continue
            seen.add(" ".join(begun[words].split()))
            begun[words] = ""
            key = " ".join(block.text.split())
            if key in seen:
                yield block.drop("stood in the page already", rule="repeated")
            seen.add(key)


def _pulled(document: Document) -> set[int]:
    """The quotes that repeat what a longer paragraph says, to catch the eye."""
    kept = document.kept
    quotes = [block for block in kept if block.kind == "quote" and len(block.text) >= _REPEATED]
    if not 0 < len(quotes) <= _PULLED:
        return set()
    story = "\n".join(block.text for block in kept if block.kind == "paragraph")
    return {block.index for block in quotes if (said := block.text.strip(_MARKS)) and said in story}


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
    bare: list[PageBlock] = []
    below: int | None = None
    last = -1
    for block in reversed(kept):
        if block.kind != "heading" or len(block.text) > _LONGEST:
            last = max(last, block.index)
            below = 7
        elif below is None or below <= block.level:
            bare.append(block)
        else:
            below = block.level
    entries = _entries(document, bare, last)
    for block in bare:
        if (block.level, block.box.names) not in entries:
            yield block.drop("a heading with nothing below it", rule="bare-heading")


def _entries(document: Document, bare: list[PageBlock], last: int) -> set[tuple[int, str]]:
    """The headings that are the entries of a list rather than headings of something, by level and class: several that
    look the same, each said once, which the scorer takes for the body, and which stand in the middle of it."""
    alike: dict[tuple[int, str], list[PageBlock]] = {}
    for block in bare:
        alike.setdefault((block.level, block.box.names), []).append(block)
    return {
        look
        for look, blocks in alike.items()
        if len(blocks) >= _ENTRIES
        and blocks[-1].index < last
        and sum(document.scores[block.index] for block in blocks) >= _LIKELY * len(blocks)
        and 2 * len({block.text for block in blocks}) > len(blocks)
    }
