"""scrapeclean: a scraped page goes in, Articles come out, nothing is lost."""

from __future__ import annotations

from scrapeclean.api import clean, read_page
from scrapeclean.chunks import Chunk
from scrapeclean.document import Document
from scrapeclean.errors import ArgumentError, FilterError, PageError, RuleError, ScrapecleanError
from scrapeclean.filters import DEFAULT, SiteTemplate, phrases
from scrapeclean.many import PageFailure, clean_many
from scrapeclean.model import (
    Article,
    Block,
    Cell,
    Comment,
    Evidence,
    Item,
    Limits,
    Mark,
    Notice,
    PageBlock,
    Removed,
    Verdict,
)
from scrapeclean.pipeline import Filter, Pipeline

__version__ = "0.1.0"

__all__ = [
    "DEFAULT", "ArgumentError", "Article", "Block", "Cell", "Chunk", "Comment", "Document", "Evidence", "Filter",
    "FilterError", "Item", "Limits", "Mark", "Notice", "PageBlock", "PageError", "PageFailure", "Pipeline", "Removed",
    "RuleError", "ScrapecleanError", "SiteTemplate", "Verdict", "clean", "clean_many", "phrases", "read_page",
]  # fmt: skip
