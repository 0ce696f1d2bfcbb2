"""The ages of a page: what its short blocks say of how old something is, each looked at when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapeclean.ages.find import LONGEST, Age, find_age
from scrapeclean.model import PageBlock

_FIGURE = re.compile(r"\d")


class Ages:
    """The ages of the blocks of a page, each found when it is asked for.

    Args:
        blocks: all blocks of the page.
        language: the language of the page.
        digits: whether only blocks with a digit are looked at.
    """

    __slots__ = ("_blocks", "_digits", "_found", "_language")

    def __init__(self, blocks: Sequence[PageBlock], language: str | None, *, digits: bool) -> None:
        self._blocks = blocks
        self._language = language
        self._digits = digits
        self._found: dict[int, Age | None] = {}

    def get(self, index: int) -> Age | None:
        """The age in a block, or None."""
        if index in self._found:
            return self._found[index]
        text = self._blocks[index].text if 0 <= index < len(self._blocks) else ""
        short = 0 < len(text) <= LONGEST and (not self._digits or _FIGURE.search(text) is not None)
        age = self._found[index] = find_age(text, self._language) if short else None
        return age

    def __contains__(self, index: int) -> bool:
        return self.get(index) is not None

    def __getitem__(self, index: int) -> Age:
        age = self.get(index)
        if age is None:
            raise KeyError(index)
        return age
