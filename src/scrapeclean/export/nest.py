"""Marks over a text, which may cross, to a tree, in which they nest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from scrapeclean.model import Mark

ATOMS = frozenset({"image", "math", "footnote"})
"""Marks that stand for their text as a whole: nothing inside them is marked up again."""

_VALUED = frozenset({"atom", "link"})
_EMPTY_ALLOWED = frozenset({"image", "math"})
_ORDER = {
    kind: place
    for place, kind in enumerate(
        ("link", "quotation", "strong", "emphasis", "underline", "highlight", "strike", "deleted", "inserted",
         "superscript", "subscript", "keyboard", "code", "math", "footnote", "image")
    )
}  # fmt: skip


class Marked(NamedTuple):
    """A mark with what stands inside it."""

    mark: Mark
    inside: list[Node]


Node: TypeAlias = str | Marked


def nest(text: str, marks: Iterable[Mark]) -> list[Node]:
    """The text as strings and marked parts, each mark cut where it would cross another.

    Of one kind no two marks overlap in the result, so the tree is no deeper than there are kinds, and the time is
    linear in the text and its marks.

    Example:
        >>> nest("a bold link", [Mark("strong", 2, 6), Mark("link", 0, 11, "/x")])
        [Marked(mark=Mark(kind='link', start=0, end=11, value='/x'), inside=['a ', \
Marked(mark=Mark(kind='strong', start=2, end=6, value=''), inside=['bold']), ' link'])]
    """
    marks = tuple(marks)
    if not marks:
        return [text] if text else []
    if (simple := _apart_already(text, marks)) is not None:
        return simple
    settled = _settled(text, marks)
    root: list[Node] = []
    if not settled:
        return [text] if text else root
    opening: dict[int, list[Mark]] = {}
    for mark in settled:
        opening.setdefault(mark.start, []).append(mark)
    edges = sorted({0, len(text), *(mark.start for mark in settled), *(mark.end for mark in settled)})
    stack: list[tuple[Mark, list[Node]]] = []
    active: list[Mark] = []
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        found = opening.get(start, [])
        active = [mark for mark in active if mark.end > start] + [mark for mark in found if mark.end > start]
        wanted = sorted(active, key=_depth)
        level = 0
        while level < len(stack) and level < len(wanted) and stack[level][0] is wanted[level]:
            level += 1
        del stack[level:]
        for mark in wanted[level:]:
            inside: list[Node] = []
            (stack[-1][1] if stack else root).append(Marked(mark, inside))
            stack.append((mark, inside))
        target = stack[-1][1] if stack else root
        target += [Marked(mark, []) for mark in found if mark.end == start]
        if end > start:
            target.append(text[start:end])
    return root


def _apart_already(text: str, marks: tuple[Mark, ...]) -> list[Node] | None:
    """The nodes where the marks stand in order and do not touch, as most do; None if they have to be settled first."""
    nodes: list[Node] = []
    at = 0
    for mark in marks:
        start, end = mark.start, mark.end
        if start < at or start >= end or mark.kind not in _ORDER or (start == at and nodes):
            return None
        if start > at:
            nodes.append(text[at:start])
        nodes.append(Marked(mark, [text[start:end]]))
        at = end
    if at > len(text):
        return None
    if at < len(text):
        nodes.append(text[at:])
    return nodes


def _depth(mark: Mark) -> tuple[bool, int, int, int]:
    """What stands outside comes first: longer marks, but code and atoms always innermost."""
    return (mark.kind == "code" or mark.kind in ATOMS, mark.start, -mark.end, _ORDER.get(mark.kind, 99))


def _settled(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """The marks inside the text, those of one kind apart from each other, none but links around code or atoms."""
    kinds: dict[str, list[Mark]] = {}
    for mark in marks:
        start, end = max(0, mark.start), min(len(text), mark.end)
        if mark.kind in _ORDER and (start < end or (start == end and mark.kind in _EMPTY_ALLOWED)):
            group = "atom" if mark.kind in ATOMS else mark.kind
            kinds.setdefault(group, []).append(Mark(mark.kind, start, end, mark.value))
    for kind, found in kinds.items():
        found.sort(key=lambda mark: (mark.start, -mark.end))
        kinds[kind] = _apart(found) if kind in _VALUED else _joined(found)
    atoms, codes = kinds.pop("atom", []), kinds.get("code", [])
    settled = list(atoms)
    for kind, found in kinds.items():
        whole = _clear_of(found, atoms)
        settled += whole if kind in ("link", "code") else [mark for mark in whole if not _within(mark, codes)]
    return settled


def _clear_of(marks: list[Mark], atoms: list[Mark]) -> list[Mark]:
    """Marks that begin and end outside of atoms; only links may stand around nothing but one."""
    if not atoms:
        return marks
    starts = [atom.start for atom in atoms]
    clear = []
    for mark in marks:
        start, end = mark.start, mark.end
        before = atoms[max(0, bisect_right(starts, start) - 1)]
        if before.start < start < before.end or (before.start == start and end < before.end):
            start = before.end
        before = atoms[max(0, bisect_right(starts, end) - 1)]
        if before.start < end < before.end:
            end = before.start
        before = atoms[max(0, bisect_right(starts, start) - 1)]
        only = before.start == start and before.end == end
        if start < end and (mark.kind == "link" or not only):
            clear.append(mark if (start, end) == (mark.start, mark.end) else Mark(mark.kind, start, end, mark.value))
    return clear


def _within(mark: Mark, codes: list[Mark]) -> bool:
    """Whether a mark stands inside code and is less than all of it."""
    place = bisect_right(codes, mark.start, key=lambda code: code.start) - 1
    if place < 0:
        return False
    code = codes[place]
    return mark.end <= code.end and (mark.start, mark.end) != (code.start, code.end)


def _apart(marks: list[Mark]) -> list[Mark]:
    """Marks with a value of their own: the first one has the text, what is left of the next ones follows."""
    apart: list[Mark] = []
    at = 0
    for mark in marks:
        start = max(mark.start, at)
        if start < mark.end:
            apart.append(mark if start == mark.start else Mark(mark.kind, start, mark.end, mark.value))
            at = mark.end
        elif mark.start == mark.end and mark.start >= at:
            apart.append(mark)
    return apart


def _joined(marks: list[Mark]) -> list[Mark]:
    """Marks without a value: those that touch are one."""
    joined: list[Mark] = []
    for mark in marks:
        if joined and mark.start <= joined[-1].end:
            if mark.end > joined[-1].end:
                joined[-1] = Mark(mark.kind, joined[-1].start, mark.end)
        else:
            joined.append(mark)
    return joined
