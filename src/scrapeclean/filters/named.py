"""Elements by what their class and id call them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scrapeclean.document import Document
from scrapeclean.model import Box, PageBlock

_MAIN_SHARE = 0.5
"""An element with a larger share of what the scorer keeps is the body, whatever it is called."""
_KEPT = 0.5


def blocks_named(document: Document, stems: tuple[str, ...], is_named: Callable[[str], bool]) -> Iterator[PageBlock]:
    """The blocks in elements that are called so, but for elements that hold most of the body.

    Args:
        document: the page.
        stems: every such name contains one of these, in lower case: most pages have none, and are looked at no further.
        is_named: whether a class and id string is such a name.
    """
    boxes = boxes_named(document, stems, is_named)
    whole = _kept(document, document.blocks) if boxes else 0
    for box in boxes:
        own = document.blocks[box.first : box.last]
        if _kept(document, own) <= _MAIN_SHARE * whole:
            yield from own


def boxes_named(document: Document, stems: tuple[str, ...], is_named: Callable[[str], bool]) -> list[Box]:
    """The outermost elements that hold text and are called so; see `blocks_named`."""
    present = [stem for stem in stems if stem in document.names]
    if not present:
        return []
    different = {box.names for box in document.boxes}
    named = {names for names in different for stem in present if stem in names.lower() and is_named(names)}
    found: list[Box] = []
    after = 0
    for box in document.boxes:
        if box.names in named and box.last > box.first >= after and box.tag not in ("html", "body"):
            found.append(box)
            after = box.last
    return found


def _kept(document: Document, blocks: tuple[PageBlock, ...]) -> int:
    return sum(len(block.text) for block in blocks if document.scores[block.index] >= _KEPT)
