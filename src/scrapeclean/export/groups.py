"""Flat blocks and items to what nests: quotes around blocks, lists inside items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attrs import evolve

from scrapeclean.model import Block, Item

DEEPEST = 8
"""Quotes and lists nested deeper than this are shown at this depth."""


class Quote(NamedTuple):
    """Blocks that stand in one quote; their own depth is counted from inside it."""

    blocks: list[Block]


class Entry(NamedTuple):
    """An item and the items nested below it."""

    item: Item
    below: list[Entry]


def quote_depth(block: Block) -> int:
    """How many quotes a block stands in, itself included where it is one."""
    depth = max(1, block.level) if block.kind == "quote" else max(0, block.quoted)
    return min(depth, DEEPEST)


def quotes(blocks: Sequence[Block]) -> list[Block | Quote]:
    """Runs of quoted blocks as one `Quote` each, one level taken off.

    Example:
        >>> inner = quotes([Block("quote", "a", level=2), Block("paragraph", "b")])
        >>> inner[0].blocks[0].level, inner[1].text
        (1, 'b')
    """
    found: list[Block | Quote] = []
    for block in blocks:
        if block.quoted <= 0 and block.kind != "quote":
            found.append(block)
            continue
        depth = quote_depth(block)
        if block.kind != "quote":
            inside = evolve(block, quoted=depth - 1)
        elif depth > 1:
            inside = evolve(block, level=depth - 1)
        else:
            inside = evolve(block, kind="paragraph", level=0, quoted=0)
        if found and isinstance(found[-1], Quote):
            found[-1].blocks.append(inside)
        else:
            found.append(Quote([inside]))
    return found


def entries(items: Sequence[Item]) -> list[Entry]:
    """Items by depth to a tree. An item that skips levels stands one level below the item before it.

    Example:
        >>> tree = entries([Item("a"), Item("b", depth=3), Item("c")])
        >>> [(entry.item.text, len(entry.below)) for entry in tree]
        [('a', 1), ('c', 0)]
    """
    root: list[Entry] = []
    levels = [root]
    depths = [0]
    for item in items:
        depth = min(max(0, item.depth), DEEPEST)
        while len(levels) > 1 and (depths[-1] > depth or len(levels) > depth + 1):
            levels.pop()
            depths.pop()
        if depth > depths[-1] and levels[-1] and len(levels) < DEEPEST:
            levels.append(levels[-1][-1].below)
            depths.append(depth)
        levels[-1].append(Entry(item, []))
    return root
