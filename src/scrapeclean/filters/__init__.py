"""The filters that come with scrapeclean, one a file, and the pipeline made of them."""

from __future__ import annotations

from scrapeclean.filters.captions import captions
from scrapeclean.filters.comments import comments
from scrapeclean.filters.continued import continued
from scrapeclean.filters.crowd import crowd
from scrapeclean.filters.hidden import hidden
from scrapeclean.filters.notices import notices
from scrapeclean.filters.related import related
from scrapeclean.filters.score import score
from scrapeclean.filters.tidy import bare_headings, repeated
from scrapeclean.filters.title import title
from scrapeclean.pipeline import Pipeline

DEFAULT = Pipeline((crowd, hidden, title, captions, notices, comments, continued, related, score, repeated, bare_headings))
"""The filters that `clean` uses, in order. The first verdict on a character stands, so the order says who is asked first."""

__all__ = [
    "DEFAULT", "bare_headings", "captions", "comments", "continued", "crowd", "hidden", "notices", "related", "repeated", "score", "title",
]  # fmt: skip
