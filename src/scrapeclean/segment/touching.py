"""Whether two texts that touch across inline elements are two words.

Sites set labels apart by style alone: `<span>Cook time</span><span>20 min</span>`, `<b>Pros:</b> cheap<b>Cons:</b>`. A
browser shows two words there, the source has none of the space between them. Where an element begins or ends inside of
a word ("H<sub>2</sub>O", a large first letter, "micro<b>scope</b>") nothing may be put.
"""

from __future__ import annotations

from typing import Final

import turbohtml

_REACH: Final = 6
"""So many elements around a text are looked at: of more no label is made."""
_STOPS: Final = ".!?:;"
_INDICES: Final = frozenset(("sub", "sup"))
_LABELS: Final = frozenset(("strong", "b", "span"))
_LABEL: Final = 30


def are_two_words(before: turbohtml.Node, said: str, after: turbohtml.Node, data: str) -> bool:
    """Whether a blank is missing between two texts.

    Args:
        before: the text node that was taken last.
        said: its text.
        after: the text node that follows it.
        data: its text, which begins with no blank.

    Two are told apart where a small letter or a full stop is followed by a capital (of elements side by side also by a
    number): after a full stop always, else if each has an element of its own, or a label with a colon begins.
    """
    first = data[0]
    if not (first.isupper() and data[1:2].islower()) and not first.isdigit():
        return False
    stop = said[-1] in _STOPS
    if stop and said[-1] != ":" and " " not in said.strip():
        return False  # no sentence but a name with dots in it: <span>tools.</span><span>Reader</span>
    word = said[-3:-1] if stop else said[-2:]
    if len(word) < 2 or not (word.isalpha() and word[-1].islower()) or before.parent is after.parent:
        return False
    here, there = _around(before), _around(after)
    if not here or not there:
        return False
    tags = {element.tag for element in (*here, *there) if element not in here or element not in there}
    if not _INDICES.isdisjoint(tags):
        return False
    if there[0] in here or here[0] in there:  # one begins or ends inside of the other
        begins = here[0] in there and not _LABELS.isdisjoint(tags) and ":" in data[:_LABEL]
        return first.isupper() and (stop or begins)
    return True


def _around(node: turbohtml.Node) -> list[turbohtml.Element]:
    """The elements around a text, the innermost first; no more of them than a label has, however deep it stands."""
    found: list[turbohtml.Element] = []
    above = node.parent
    while isinstance(above, turbohtml.Element) and len(found) < _REACH:
        found.append(above)
        above = above.parent
    return found
