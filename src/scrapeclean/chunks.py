"""The body in pieces for retrieval, cut along headings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from attrs import frozen

from scrapeclean.errors import ArgumentError
from scrapeclean.model import Article, Block

_CUT = re.compile(r"\n|(?<=[.!?…。！？])[\"'”’»)]?\s|(?<=[。！？])|\s")
_GAP = "\n\n"


@frozen
class Chunk:
    """A piece of an article.

    `start` and `end` are offsets in the text of the page, as those of the blocks: everything in the piece stands
    between them. Of a block that is longer than a piece may be, `blocks` names the whole in each piece.
    """

    text: str
    headings: tuple[str, ...]
    """The headings that the piece stands under, outermost first, the title of the article before them."""
    start: int
    end: int
    blocks: tuple[Block, ...]


class _Part(NamedTuple):
    """A block, or as much of it as fits."""

    text: str
    start: int
    end: int
    block: Block


def chunks(article: Article, size: int = 1500, overlap: int = 0) -> list[Chunk]:
    """Cut the body of an article into pieces.

    A piece never goes on across a heading. Only a block that is longer than `size` is cut, at the end of a sentence if
    there is one in its second half, otherwise between words.

    Args:
        article: the article.
        size: the longest a piece may be, in characters.
        overlap: how many characters of the piece before, at most and in whole blocks or sentences, begin the next one.

    Raises:
        ArgumentError: `size` is not positive, or `overlap` not between 0 and `size`.

    Example:
        >>> body = (Block("heading", "Tides", level=2), Block("paragraph", "High."), Block("paragraph", "Low."))
        >>> [(chunk.headings, chunk.text) for chunk in chunks(Article(title="Sea", blocks=body), size=12)]
        [(('Sea', 'Tides'), 'Tides\\n\\nHigh.'), (('Sea', 'Tides'), 'Low.')]
    """
    if size <= 0 or not 0 <= overlap < size:
        raise ArgumentError(f"size must be positive and overlap between 0 and size, not {size} and {overlap}")
    found: list[Chunk] = []
    for headings, blocks in _sections(article):
        held: list[_Part] = []
        fresh = False
        for part in (part for block in blocks for part in _parts(block, size)):
            if held and _length(held) + len(_GAP) + len(part.text) > size:
                if fresh:
                    found.append(_chunk(headings, held))
                held, fresh = _tail(held, min(overlap, size - len(part.text) - len(_GAP))), False
            held.append(part)
            fresh = True
        if fresh:
            found.append(_chunk(headings, held))
    return found


def _sections(article: Article) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Runs of blocks under one heading, each with the path of its headings."""
    above = (article.title,) if article.title else ()
    path: list[Block] = []
    blocks: list[Block] = []
    for block in article.blocks:
        if not block.text:
            continue
        if block.kind == "heading":
            if any(held.kind != "heading" for held in blocks):
                yield (*above, *(heading.text for heading in path)), blocks
                blocks = []
            while path and path[-1].level >= block.level:
                path.pop()
            path.append(block)
        blocks.append(block)
    if blocks:
        yield (*above, *(heading.text for heading in path)), blocks


def _parts(block: Block, size: int) -> Iterator[_Part]:
    """A block, in as few parts as `size` allows."""
    text, at = block.text, 0
    exact = block.end - block.start == len(text)
    while len(text) - at > size:
        end = _cut(text, at, size)
        piece = text[at:end]
        yield _part(block, piece, at, exact)
        at = end
    yield _part(block, text[at:], at, exact)


def _part(block: Block, piece: str, at: int, exact: bool) -> _Part:
    bare = piece.strip()
    if not exact:
        return _Part(bare, block.start, block.end, block)
    start = block.start + at + len(piece) - len(piece.lstrip())
    return _Part(bare, start, start + len(bare), block)


def _cut(text: str, at: int, size: int) -> int:
    """Where to cut: after the last sentence that fits if it leaves half a piece, otherwise after the last word."""
    sentence = word = 0
    for found in _CUT.finditer(text, at, at + size + 1):
        if found.start() - at > size:
            break
        word = found.end()
        if found[0] != " " or (found.start() and text[found.start() - 1] in ".!?…"):
            sentence = found.end()
    if sentence - at > size // 2:
        return min(sentence, at + size) if sentence > at else at + size
    return word if at < word <= at + size else at + size


def _length(parts: list[_Part]) -> int:
    return sum(len(part.text) for part in parts) + len(_GAP) * (len(parts) - 1)


def _tail(parts: list[_Part], room: int) -> list[_Part]:
    """The last parts that fit into `room`; of the last one alone, if it is too long, its last words."""
    tail: list[_Part] = []
    for part in reversed(parts):
        room -= len(part.text)
        if room < 0:
            break
        tail.insert(0, part)
        room -= len(_GAP)
    return tail


def _chunk(headings: tuple[str, ...], parts: list[_Part]) -> Chunk:
    blocks = tuple(dict.fromkeys(part.block for part in parts))
    return Chunk(
        _GAP.join(part.text for part in parts),
        headings,
        min(part.start for part in parts),
        max(part.end for part in parts),
        blocks,
    )
