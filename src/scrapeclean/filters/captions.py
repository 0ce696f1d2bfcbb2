"""Captions of pictures, with who made the picture: given as `article.captions`, so they are no part of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex

from scrapeclean.document import Document
from scrapeclean.lines import word_count
from scrapeclean.model import FIGURE, FOOTER, FORM, HIDDEN, NAV, PageBlock, Verdict
from scrapeclean.rights.captions import LINE, caption_class, credit_in, find_caption

_ELSEWHERE: Final = NAV | FOOTER | FORM | HIDDEN
_HINT: Final = regex.compile(r"[(\[（【/©]|[:：] ?\S|(?<=\p{L}) by (?=\p{Lu})|courtesy|图|写真")
_BRACKETS: Final = re.compile(r"[(\[（【]")
_SIGNS: Final = re.compile(r"[(\[（【/©:：图写]")
_HEAD: Final = 1000
_LABEL: Final = re.compile(r"\W{0,9}(?:\w{1,20}\W{1,3}){0,3}(?:by|von|par|por|di|da|door|av|af)\W{0,9}", re.IGNORECASE)
"""Words that want a name behind them: "Powered by"."""


def captions(document: Document) -> Iterator[Verdict]:
    """Captions of pictures and what they say of who made them.

    Markup names most captions. In text that lost its markup a caption is told by the credit at its end, on a line of
    its own or at the head of a line that goes on with the story.

    Example:
        >>> import scrapeclean
        >>> text = "The bridge at dawn. (Photo by Ann Lee, AFP) The bridge was closed on Monday, the council said."
        >>> document = scrapeclean.read_page(text)
        >>> [(document.text[v.start : v.end], v.value) for v in captions(document)]
        [('The bridge at dawn. (Photo by Ann Lee, AFP)', 'Ann Lee, AFP')]
    """
    known: dict[str, bool] = {}
    for block in document.kept:
        if block.regions & _ELSEWHERE or not block.text:
            continue
        if block.kind == "caption" and _LABEL.fullmatch(block.text):
            yield block.drop("a label whose name stands elsewhere", rule="label")
        elif block.kind == "caption" and block.box.tag != "caption":
            yield block.verdict("caption", "the caption of a picture", rule="figcaption", value=credit_in(block.text))
        elif block.kind == "paragraph":
            if len(block.text) <= LINE and _named(block, known) and _pictured(document, block):
                value = credit_in(block.text)
                yield block.verdict("caption", "its class names it a caption", rule="class", value=value)
            elif _hinted(block.text) and (found := find_caption(block.text)):
                start, end, credit = found
                yield block.verdict(
                    "caption", "ends with the credit of a picture", rule="credit", start=start, end=end, value=credit
                )


def _named(block: PageBlock, known: dict[str, bool]) -> bool:
    """Whether the element of a block, or the one around it that holds nothing else, has a caption's class."""
    box = block.box
    for _ in range(3):
        if box.names:
            if box.names not in known:
                known[box.names] = caption_class(box.names)
            if known[box.names]:
                return True
        if box.parent is None or box.parent.last - box.parent.first > 2:
            return False
        box = box.parent
    return False


def _pictured(document: Document, block: PageBlock) -> bool:
    """Whether a picture stands beside a block: pages call titles of slides and cards captions too."""
    if word_count(block.text) < 4 and not credit_in(block.text):
        return False
    around = document.blocks[max(0, block.index - 2) : block.index + 3]
    return bool(block.regions & FIGURE) or any(other.kind == "image" for other in around)


def _hinted(text: str) -> bool:
    """Whether a text has any of the signs that credits are written with; most have none."""
    if len(text) > LINE:
        return _BRACKETS.search(text, 0, _HEAD) is not None
    signed = _SIGNS.search(text) is not None or " by " in text or "courtesy" in text
    return signed and _HINT.search(text) is not None
