"""Lines of signs that only separate."""

from __future__ import annotations

from collections.abc import Iterator

from scrapeclean.document import Document
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict

_LONGEST = 200


def separator(document: Document) -> Iterator[Verdict]:
    """Lines of signs that only separate.

    A row of dashes or stars is a line drawn, not a line written.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("* * *", kind="text")
        >>> next(iter(separator(page))).reason
        'a line of signs'
    """
    for block in document.kept:
        text = block.text
        if text and not text[0].isalnum() and len(text) <= _LONGEST and block.kind not in ("code", "math", "row"):
            if not any(map(str.isalnum, text)):
                yield block.drop("a line of signs", rule="signs")
    yield from told(document, "separator")
