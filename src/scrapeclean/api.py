"""`clean`: a page in, an Article out."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice
from typing import Literal, get_args

from scrapeclean.assemble import assemble
from scrapeclean.collector import CollectorWaits
from scrapeclean.decode import Decoded, decode
from scrapeclean.document import Document, Favor
from scrapeclean.errors import ArgumentError
from scrapeclean.filters import DEFAULT
from scrapeclean.model import Article, Limits
from scrapeclean.pipeline import Pipeline
from scrapeclean.segment.html import segment_html
from scrapeclean.segment.text import segment_text

PageKind = Literal["auto", "html", "text"]

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|a|span|article|section|main|table|ul|ol|li|h[1-6]|br|img|meta|title|script|"
    r"style|link|b|i|em|strong|form|nav|header|footer|blockquote|pre|figure|center|font|td|tr|dl|iframe|svg|"
    r"noscript|template|aside|hr|!--)(?=[\s/>])|<!--|</(?:p|div|a|span|body|html|li|td|h[1-6])>",
    re.IGNORECASE,
)


def clean(
    raw: bytes | str, *, kind: PageKind = "auto", url: str | None = None, encoding: str | None = None,
    fetched: datetime | None = None, pipeline: Pipeline = DEFAULT, favor: Favor = "balanced",
    title: str | None = None, limits: Limits = Limits(),
) -> Article:  # fmt: skip
    """Clean one page.

    Args:
        raw: the page as the crawler stored it, HTML or plain text. No bytes, however broken, raise.
        kind: "html" or "text" to insist; "auto" tells them apart.
        url: where the page came from; relative addresses are made absolute against it.
        encoding: what the HTTP header said.
        fetched: when the page was fetched; relative times ("20 minutes ago") are resolved against it.
        pipeline: the filters.
        favor: "precision" leaves out more, "recall" keeps more.
        title: the title, where the caller knows it and the text may have lost it.
        limits: how much of a page is read.

    Raises:
        ArgumentError: an argument is wrong; also a ValueError.
        FilterError: a filter of the caller's own failed.

    Example:
        >>> article = clean("<h1>Rain</h1><p>It rained all day in the valley, and the river rose by two metres.</p>")
        >>> article.title
        'Rain'
    """
    if not isinstance(pipeline, Pipeline):
        raise ArgumentError(f"pipeline is a Pipeline, such as DEFAULT.add(...), not {type(pipeline).__name__}")
    with CollectorWaits():
        document = read_page(
            raw, kind=kind, url=url, encoding=encoding, fetched=fetched, favor=favor, title=title, limits=limits
        )
        pipeline.run(document)
        article = assemble(document)
        del document  # while the collector waits: it need not look at a page that nobody refers to any more
        return article


def read_page(
    raw: bytes | str, *, kind: PageKind = "auto", url: str | None = None, encoding: str | None = None,
    fetched: datetime | None = None, favor: Favor = "balanced", title: str | None = None, limits: Limits = Limits(),
) -> Document:  # fmt: skip
    """The Document that filters see, for those who write and test filters. Arguments as of `clean`."""
    _check(raw, kind, favor, fetched)
    for name, text in (("url", url), ("encoding", encoding), ("title", title)):
        if text is not None and not isinstance(text, str):
            raise ArgumentError(f"{name} is a str or None, not {type(text).__name__}")
    if not isinstance(limits, Limits):
        raise ArgumentError(f"limits is a Limits, not {type(limits).__name__}")
    decoded = decode(raw, encoding, limit=limits.bytes)
    hit = ("bytes",) if decoded.truncated else ()
    if kind == "html" or (kind == "auto" and looks_like_html(decoded)):
        blocks, boxes, head, counted, walked = segment_html(decoded.text, limits)
        text = "\n".join(block.text for block in blocks if block.text)
        return Document(text, "html", blocks, boxes, head=head, url=url, fetched=fetched, favor=favor, title=title,
                        decoded=decoded, counted=counted, limits_hit=(*hit, *walked))  # fmt: skip
    blocks, boxes, walked = segment_text(decoded.text, limits)
    return Document(decoded.text, "text", blocks, boxes, url=url, fetched=fetched, favor=favor, title=title,
                    decoded=decoded, limits_hit=(*hit, *walked))  # fmt: skip


def looks_like_html(decoded: Decoded) -> bool:
    """Whether a text is HTML rather than plain text that has a "<" in it: it begins with a tag, or has several."""
    start = decoded.text[:2000].lstrip("\ufeff \t\r\n")
    if start.startswith("<") and _MARKUP.match(start):
        return True
    return sum(1 for _ in islice(_MARKUP.finditer(decoded.text, 0, 200_000), 3)) == 3


def _check(raw: object, kind: object, favor: object, fetched: object) -> None:
    if not isinstance(raw, bytes | str | bytearray | memoryview):
        raise ArgumentError(f"raw is bytes or str, not {type(raw).__name__}")
    if kind not in get_args(PageKind):
        raise ArgumentError(f"kind={kind!r}; choose from {', '.join(map(repr, get_args(PageKind)))}")
    if favor not in get_args(Favor):
        raise ArgumentError(f"favor={favor!r}; choose from {', '.join(map(repr, get_args(Favor)))}")
    if fetched is not None and not isinstance(fetched, datetime):
        raise ArgumentError(f"fetched is a datetime, not {type(fetched).__name__}")
