"""scrapeclean behind the interfaces of the scorers: bytes in, and what each of them asks for out."""

from __future__ import annotations

from typing import Any

import scrapeclean


def text(raw: bytes) -> str:
    """The main text, for the accuracy scorer."""
    return scrapeclean.clean(raw).text


def metadata(raw: bytes, url: str | None) -> dict[str, Any]:
    """Title, authors and day of publication (of the last change where no other is named), for the metadata scorer."""
    return _fields(scrapeclean.clean(raw, url=url))


def text_metadata(raw: bytes, url: str | None) -> dict[str, Any]:
    """The same of the page's visible text alone, as a crawl of texts holds it."""
    from training.prepare import flat  # html_text, which pages with markup do not need

    return _fields(scrapeclean.clean(flat(raw), kind="text", url=url))


def _fields(article: scrapeclean.Article) -> dict[str, Any]:
    when = article.published or article.modified
    return {"title": article.title, "authors": list(article.authors), "date": when.isoformat() if when else None}


def articles(raw: bytes) -> dict[str, Any]:
    """All articles of a page and their notices, for the scorer of pages with several articles."""
    main = scrapeclean.clean(raw, kind="text")
    return {
        "title": main.title,
        "body": main.text,
        "rights": [notice.text for article in main.walk() for notice in article.notices],
        "related": [
            {"title": one.title, "body": one.text, "source": one.source, "age": one.published_text} for one in main.related
        ],
    }
