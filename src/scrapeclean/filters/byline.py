"""By-lines and dates where they stand in the text: given as `article.authors` and `article.published`."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import SURE
from scrapeclean.model import Verdict

_LONGEST = 120


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
        for block, match in document.rule_matches.get(kind, ()):
            whole = match.end - match.start >= len(block.text.strip()) - 2 and len(block.text) <= _LONGEST
            if whole and document.scores[block.index] < SURE:
                yield block.verdict(role, match.rule.reason, rule=match.rule.id)  # type: ignore[arg-type]
