"""Elements by what their class and id call them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scrapeclean.document import Document
from scrapeclean.model import PageBlock

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
    if not any(stem in document.names for stem in stems):
        return
    after, whole = 0, -1.0
    for box in document.boxes:
        if box.last > box.first >= after and box.names and box.tag not in ("html", "body") and is_named(box.names):
            after = box.last
            own = document.blocks[box.first : box.last]
            whole = _kept(document, document.blocks) if whole < 0 else whole
            if _kept(document, own) <= _MAIN_SHARE * whole:
                yield from own


def _kept(document: Document, blocks: tuple[PageBlock, ...]) -> int:
    return sum(len(block.text) for block in blocks if document.scores[block.index] >= _KEPT)
