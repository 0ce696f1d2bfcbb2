"""The filters that come with scrapeclean, one a file, and the pipeline made of them."""

from __future__ import annotations

from scrapeclean.filters.advert import advert
from scrapeclean.filters.apparatus import apparatus
from scrapeclean.filters.assistant import assistant
from scrapeclean.filters.author import author
from scrapeclean.filters.byline import byline
from scrapeclean.filters.captions import captions
from scrapeclean.filters.comments import comments
from scrapeclean.filters.continued import continued
from scrapeclean.filters.cookie import cookie
from scrapeclean.filters.crowd import crowd
from scrapeclean.filters.footnotes import footnotes
from scrapeclean.filters.hidden import hidden
from scrapeclean.filters.membership import membership
from scrapeclean.filters.navigation import navigation
from scrapeclean.filters.newsletter import newsletter
from scrapeclean.filters.notices import notices
from scrapeclean.filters.paywall import paywall
from scrapeclean.filters.phrases import Phrases, phrases
from scrapeclean.filters.readmore import readmore
from scrapeclean.filters.related import related
from scrapeclean.filters.score import score
from scrapeclean.filters.separator import separator
from scrapeclean.filters.share import share
from scrapeclean.filters.site_template import SiteTemplate
from scrapeclean.filters.tidy import bare_headings, repeated
from scrapeclean.filters.title import title
from scrapeclean.pipeline import Pipeline

DEFAULT = Pipeline(
    (
        crowd, hidden, apparatus, title, captions, notices,  # what has a place of its own, or none
        separator, cookie, share, newsletter, membership, paywall, advert, assistant, readmore, author, navigation,
        comments, continued, related, byline,  # threads, further articles and their cards
        footnotes, score, repeated, bare_headings,  # what the scorer leaves out, and what makes no sense alone
    )
)  # fmt: skip
"""The filters that `clean` uses, in order. The first verdict on a character stands, so the order says who is asked
first."""

__all__ = [
    "DEFAULT", "Phrases", "SiteTemplate", "advert", "apparatus", "assistant", "author", "bare_headings", "byline",
    "captions", "comments", "continued", "cookie", "crowd", "footnotes", "hidden", "membership", "navigation",
    "newsletter", "notices", "paywall", "phrases", "readmore", "related", "repeated", "score", "separator", "share",
    "title",
]  # fmt: skip
