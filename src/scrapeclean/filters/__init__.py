"""The filters that come with scrapeclean, one a file, and the pipeline made of them."""

from __future__ import annotations

from scrapeclean.filters.hidden import hidden
from scrapeclean.filters.related import related
from scrapeclean.filters.score import score
from scrapeclean.filters.title import title
from scrapeclean.pipeline import Pipeline

DEFAULT = Pipeline((hidden, title, related, score))
"""The filters that `clean` uses, in order. The first verdict on a character stands, so the order says who is asked first."""

__all__ = ["DEFAULT", "hidden", "related", "score", "title"]
