"""What a page prints in each of its cards alike: buttons, counts and labels, whatever their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import regex

_FIGURES = regex.compile(r"\p{Nd}++")
_LEAD = regex.compile(r"^\p{L}[\p{L}\p{M}\p{N} ]{1,24}\s?[:：]\s*(?=\S)")
_LONGEST = 60
"""Longer lines are no buttons; a page may print a title twice, too."""


def without_figures(text: str) -> str:
    """A line as all cards print it: "218 shares" and "3 shares" are the same.

    Example:
        >>> without_figures("218 Shares")
        '0 shares'
    """
    return _FIGURES.sub("0", text.casefold())


def lead(text: str) -> str:
    """What stands before a colon at the beginning of a line: "Bron: De Bode".

    Example:
        >>> lead("Bron: De Bode"), lead("De Bode")
        ('Bron: ', '')
    """
    found = _LEAD.match(text)
    return found[0] if found else ""


def alike(lines: Iterable[tuple[int, str]]) -> set[str]:
    """The lines, without figures, and the leads of lines that stand in more than one place.

    Args:
        lines: place and text of each line; what stands twice in one place counts once.

    Example:
        >>> sorted(alike([(0, "3 likes"), (0, "The Courier"), (900, "18 likes"), (900, "Valley News")]))
        ['0 likes']
    """
    places: dict[str, set[int]] = defaultdict(set)
    for place, text in lines:
        if len(text) <= _LONGEST:
            places[without_figures(text)].add(place)
        if before := lead(text):
            places[before].add(place)
    return {text for text, found in places.items() if len(found) > 1}
