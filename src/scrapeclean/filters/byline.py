"""By-lines and dates where they stand in the text: given as `article.authors` and `article.published`."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import SURE
from scrapeclean.model import Verdict

_LONGEST = 120
_CLOCK, _ENTRIES = "any/age.clock", 3
"""So many times of day alone on a line head the entries of a live blog; one is the date of the article."""


def byline(document: Document) -> Iterator[Verdict]:
    """Lines that only name the author or the date.

    They are no part of the body; what they say stands in the fields of the article.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("By Ann Lee", kind="text")
        >>> [verdict.role for verdict in byline(page)]
        ['byline']
    """
    for kind, role in (("byline", "byline"), ("age", "date")):
        matches = document.rule_matches.get(kind, ())
        if kind == "age" and sum(match.rule.id == _CLOCK for _, match in matches) >= _ENTRIES:
            matches = [found for found in matches if found[1].rule.id != _CLOCK]
        for block, match in matches:
            whole = match.end - match.start >= len(block.text.strip()) - 2 and len(block.text) <= _LONGEST
            if whole and document.scores[block.index] < SURE:
                yield block.verdict(role, match.rule.reason, rule=match.rule.id)  # type: ignore[arg-type]
