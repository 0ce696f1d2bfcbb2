"""Further whole stories below the first, in HTML: pages that scroll on, and blogs that print the next post in full."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from scrapeclean.ages.find import resolve
from scrapeclean.document import Document
from scrapeclean.lines import folded, is_prose
from scrapeclean.model import Box, PageBlock, Verdict

_place = attrgetter("index")
_LABELS = 5
"""How many lines below the title are searched for the date."""
_BODY_PROSE = 600
"""Characters of prose outside links that make a story; with less it is a teaser, and left to the scorer."""


def continued(document: Document) -> Iterator[Verdict]:
    """Further stories on the page, each in an element of its own under a heading of the same rank as the title.

    Example:
        >>> import scrapeclean
        >>> text = "<p>The river rose in the night, and the bridge was closed before dawn, the council said.</p>" * 8
        >>> stories = ["Floods close the bridge", "Sheep found on the town hall"]
        >>> page = "".join(f"<article><h1>{title}</h1>{text.replace('river', title)}</article>" for title in stories)
        >>> [story.title for story in scrapeclean.clean(page).related]
        ['Sheep found on the town hall']
    """
    if document.kind != "html":
        return
    heads = _heads(document)
    titles = [folded(head.text) for head in heads]
    wanted = folded(document.metadata.title or "")
    if len(heads) < 2 or wanted not in titles:
        return
    at = titles.index(wanted)
    open_blocks = {block.index for block in document.kept}
    if not _prose(document, heads[at], _own_box(heads[at], heads), open_blocks):
        return
    for head, title in zip(heads[at + 1 :], titles[at + 1 :], strict=True):
        box = _own_box(head, heads)
        if title == wanted or box is None or head.index not in open_blocks:
            continue
        prose = _prose(document, head, box, open_blocks)
        blocks = [block for block in document.blocks[head.index : box.last] if block.index in open_blocks]
        labels = [block for block in blocks[1 : 1 + _LABELS] if prose and block.index < prose[0].index]
        if prose and (box.tag == "article" or any(block.index in document.ages for block in labels)):
            yield from _story(document, head, blocks, prose)


def _heads(document: Document) -> list[PageBlock]:
    """The headings that can be titles of stories: all of first rank, or the first of each `article` element."""
    first_rank = [block for block in document.blocks if block.kind == "heading" and block.level == 1 and block.text]
    if len(first_rank) > 1:
        return first_rank
    heads: list[PageBlock] = []
    after = 0
    for box in document.boxes:
        if box.tag == "article" and box.first >= after and box.last > box.first:
            after = box.last
            head = next(
                (b for b in document.blocks[box.first : box.last] if b.kind == "heading" and b.level <= 2), None
            )
            if head is not None:
                heads.append(head)
    return heads


def _prose(document: Document, head: PageBlock, box: Box | None, open_blocks: set[int]) -> list[PageBlock]:
    """The prose below a heading in its element; nothing where it is too little for a story."""
    if box is None:
        return []
    prose = [
        block
        for block in document.blocks[head.index : box.last]
        if block.index in open_blocks and is_prose(block.text) and 2 * block.link_chars < len(block.text)
    ]
    return prose if sum(len(block.text) for block in prose) >= _BODY_PROSE else []


def _own_box(head: PageBlock, heads: list[PageBlock]) -> Box | None:
    """The largest element around a heading that holds no other of these headings."""
    own = None
    for box in head.box.ancestors():
        if bisect_left(heads, box.last, key=_place) - bisect_left(heads, box.first, key=_place) > 1:
            break
        own = box
    return own if own is not None and own.last > head.index + 1 else None


def _story(document: Document, head: PageBlock, blocks: list[PageBlock], prose: list[PageBlock]) -> Iterator[Verdict]:
    """The verdicts that make a story an article: its title, its date, its body from first to last prose."""
    yield Verdict(blocks[0].start, blocks[-1].end, "article", "a story of its own", "story")
    yield head.verdict("title", "the title of a further story", rule="title")
    first, last = prose[0].index, prose[-1].index
    dated = False
    for n, block in enumerate(blocks[1:]):
        age = document.ages.get(block.index) if n < _LABELS and not dated else None
        if age is not None and block.index < first:
            dated = True
            value = resolve(age, document.fetched)
            yield block.verdict(
                "date", "when a further story was published", rule="date", start=age.start, end=age.end, value=value
            )
        elif first <= block.index <= last and (is_prose(block.text) or 2 * block.link_chars < len(block.text)):
            yield block.keep("body of a further story", rule="body")
        elif block.text:
            yield block.drop("furniture of a further story", rule="furniture")
