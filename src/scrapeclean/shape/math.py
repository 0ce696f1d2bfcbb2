"""Math in the text: formulas that pages leave to a script, as TeX between its own signs."""

from __future__ import annotations

import re
from typing import Final

from scrapeclean.model import Mark

_INLINE: Final = re.compile(
    r"\\\(((?:[^\\]|\\[^()\[\]])++)\\\)|\\\[((?:[^\\]|\\[^()\[\]])++)\\\]|\$\$([^$]++)\$\$", re.DOTALL
)
"""A formula holds no other: so from each beginning the search goes no further than to the next."""
_ALONE: Final = re.compile(
    r"(?:\(\d{1,3}\)\s*)?(?:\\\[(.{1,8000})\\\]|\$\$(.{1,8000})\$\$|"
    r"(\\begin\{(?:equation|align|gather|eqnarray)\*?\}.{1,8000}))\s*[.,;]?",
    re.DOTALL,
)


def displayed(text: str, marks: tuple[Mark, ...]) -> str:
    r"""The TeX of a block that is nothing but a formula, "" of any other.

    Example:
        >>> displayed(r"\[ a^2 \]", ())
        'a^2'
    """
    for mark in marks:
        if mark.kind == "math" and mark.value and not text[: mark.start].strip() and not text[mark.end :].strip(" .,;"):
            return mark.value
    if text[:1] in "\\$(" and (found := _ALONE.fullmatch(text.strip())):
        source = (found[1] or found[2] or found[3] or "").strip()
        if "\\]" not in source and "$$" not in source:
            return " ".join(source.split())
    return ""


def with_math(text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
    r"""The same text, its formulas between `\(` and `\)` marked.

    Example:
        >>> with_math(r"where \(a > 0\).", ())[1]
        (Mark(kind='math', start=6, end=15, value='a > 0'),)
    """
    if "\\(" not in text and "\\[" not in text and "$$" not in text:
        return text, marks
    found = [
        Mark("math", match.start(), match.end(), " ".join((match[1] or match[2] or match[3]).split()))
        for match in _INLINE.finditer(text)
    ]
    return text, (*marks, *found) if found else marks
