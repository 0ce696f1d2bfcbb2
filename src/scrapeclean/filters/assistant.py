"""Widgets: AI assistants and summaries, translation, audio players."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from scrapeclean.document import Document
from scrapeclean.filters.named import blocks_named
from scrapeclean.filters.phrases import told
from scrapeclean.model import Verdict

_SUMMARY: Final = re.compile(
    r"(?:^|[\s_-])ai[_-]?(?:article|content|generated|news|story|text)?[_-]?(?:summary|summaries|overview|takeaways)",
    re.IGNORECASE,
)
_STEMS: Final = ("summar", "overview", "takeaways")
"""Every such name has one of these in it; "ai" itself is in "main" and "container"."""


def assistant(document: Document) -> Iterator[Verdict]:
    """Widgets: AI assistants and summaries, translation, audio players.

    They offer to do something with the article, and are no part of it.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Listen to this article", kind="text")
        >>> [verdict.rule.split("/")[1].split(".")[0] for verdict in assistant(page)][:1]
        ['assistant']
    """
    for block in blocks_named(document, _STEMS, _is_summary):
        if block.text:
            yield block.drop("a summary that a machine wrote", rule="ai-summary")
    yield from told(document, "assistant")


@lru_cache(maxsize=4096)
def _is_summary(names: str) -> bool:
    return _SUMMARY.search(names) is not None
