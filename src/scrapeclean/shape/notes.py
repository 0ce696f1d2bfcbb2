"""Footnotes: which links refer to one, and where it stands.

A reference is a link inside the page whose text is a mere sign (1, [2], a, *) and whose target stands further down, in
an element of its own; or the text further down begins with a link back under the same sign. No class names are asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scrapeclean.model import Box, Mark
from scrapeclean.shape.leaves import Leaf

if TYPE_CHECKING:
    from scrapeclean.document import Document

_SIGN: Final = re.compile(
    r"[\[(]?\s?(\d{1,3}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶]{1,3}|(?:note|nb|fn) ?\d{1,3})\s?[\])]?[.:]?", re.IGNORECASE
)
_BACK: Final = re.compile(r"[\s^↑↩⏎⤴︎\ufe0e\ufe0f,;]*")
_MOST_BLOCKS: Final = 6
"""An element with more blocks than this is a section, not a note."""
_MOST_BACK: Final = 12
"""How many links back a note has at most at its beginning, and at its end."""
_BACK_SIGNS: Final = frozenset("↩↑^⏎⤴⮐")


def sign_of(text: str) -> str:
    """The sign of a reference, or "" where a text is none.

    Example:
        >>> sign_of("[12]"), sign_of("a"), sign_of("see below")
        ('12', 'a', '')
    """
    found = _SIGN.fullmatch(text.strip())
    return found[1] if found else ""


def resolve(document: Document, parts: Sequence[Leaf]) -> tuple[list[Leaf], dict[int, str]]:
    """References marked as such, notes without their signs, no other link inside the page left.

    Returns:
        the leaves, and the label of each note by the index of its box.
    """
    inner = [(i, mark) for i, part in enumerate(parts) for mark in part.marks if mark.value.startswith("#")]
    if not inner:
        return list(parts), {}
    signs = [(i, mark, sign) for i, mark in inner if (sign := sign_of(parts[i].text[mark.start : mark.end]))]
    notes, answered = _notes(document, parts, signs)
    result = list(parts)
    for i in {i for i, mark in inner if mark.kind == "link"}:
        marks = []
        for mark in parts[i].marks:
            if (i, mark) in answered:
                marks.append(Mark("footnote", mark.start, mark.end, answered[i, mark]))
            elif not mark.value.startswith("#") or mark.kind != "link":
                marks.append(mark)
        result[i] = parts[i]._replace(marks=tuple(marks))
    first: set[int] = set()
    for i, part in enumerate(parts):
        box = next((box for box in part.block.box.ancestors() if box.index in notes), None)
        if box is not None:
            result[i] = _bare(result[i], part, notes[box.index], lead=box.index not in first)
            first.add(box.index)
    return result, notes


def _notes(
    document: Document, parts: Sequence[Leaf], signs: Sequence[tuple[int, Mark, str]]
) -> tuple[dict[int, str], dict[tuple[int, Mark], str]]:
    """The label of each note by its box, and of each reference."""
    targets = _targets(document, {mark.value[1:] for _, mark, _ in signs})
    kept = {part.block.index for part in parts if part.text}
    openers = {sign: parts[i].block.box for i, mark, sign in reversed(signs) if not parts[i].text[: mark.start].strip()}
    notes: dict[int, str] = {}
    answered: dict[tuple[int, Mark], str] = {}
    for i, mark, sign in signs:
        index = parts[i].block.index
        box = targets.get(mark.value[1:])
        if box is None and not any(other.names.endswith(mark.value[1:]) for other in parts[i].block.box.ancestors()):
            box = openers.get(sign)
        if box is None or not box.first > index or box.last - box.first > _MOST_BLOCKS:
            continue
        if any(block in kept for block in range(box.first, box.last)):
            answered[i, mark] = notes.setdefault(box.index, sign)
    return notes, answered


def _targets(document: Document, wanted: set[str]) -> dict[str, Box]:
    """The elements that have these ids; a definition list's term stands for what follows it."""
    found: dict[str, Box] = {}
    for box in document.boxes:
        name = box.names.rpartition(" ")[2] if box.names else ""
        if name in wanted:
            found.setdefault(name, box)
    return found


def _bare(leaf: Leaf, before: Leaf, label: str, *, lead: bool) -> Leaf:
    """The text of a note without its own sign and without links back to the text."""
    back = [mark for mark in before.marks if mark.kind == "link" and mark.value.startswith("#")]
    back = back[:_MOST_BACK] + back[_MOST_BACK:][-_MOST_BACK:]
    text, start, end = leaf.text, 0, len(leaf.text)
    if lead:
        for _ in range(_MOST_BACK):
            at = _end(_BACK, text, start)
            link = next((mark for mark in back if mark.start <= at < mark.end), None)
            if link is None:
                break
            start = link.end
        start = _end(_BACK, text, start)
        own = re.compile(rf"[\[(]?{re.escape(label)}[\])]?[.):]?\s+")
        start = _end(own, text, start)
    for mark in sorted(back, key=lambda mark: -mark.end):
        if not text[mark.end : end].strip(" \u00a0\ufe0e") and _BACK_SIGNS & set(text[mark.start : mark.end]):
            end = mark.start
    cut = text[start:end]
    start += len(cut) - len(cut.lstrip())
    marks = (Mark(m.kind, max(0, m.start - start), min(m.end, end) - start, m.value) for m in leaf.marks)
    return leaf._replace(text=cut.strip(), marks=tuple(mark for mark in marks if mark.end > mark.start))


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start
