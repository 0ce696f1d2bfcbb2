"""The laws, over any page and any filter."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import filters, pages

import scrapeclean
from scrapeclean import DEFAULT, Article, Document, Limits, Pipeline, Verdict
from scrapeclean.assemble import assemble, segments

laws = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
Filter = Callable[[Document], Iterable[Verdict]]
pipelines = st.one_of(
    st.just(DEFAULT),
    st.lists(filters, max_size=4).map(lambda row: Pipeline(tuple(row))),
    st.builds(lambda f, name: DEFAULT.add(f, before=name), filters, st.sampled_from(DEFAULT.names)),
)


def read(page: Any, pipeline: Pipeline, **options: Any) -> tuple[Document, Article]:
    """What `clean` does, with the document in hand."""
    document = scrapeclean.read_page(page, **options)
    pipeline.run(document)
    return document, assemble(document)


def spans(article: Article) -> list[tuple[int, int]]:
    """Every span of the page that an article accounts for, removed ones too."""
    found: list[tuple[int, int]] = []
    for part in article.walk():
        for block in (*part.blocks, *part.captions):
            found += block.spans or [(block.start, block.end)]
        found += [(x.start, x.end) for x in (*part.notices, *part.comments, *part.removed)]
    return found


@laws
@given(pages, pipelines)
def test_every_character_has_one_place(page: Any, pipeline: Pipeline) -> None:
    document = scrapeclean.read_page(page)
    pipeline.run(document)
    found = segments(document)
    for block in document.blocks:
        own = [segment for segment in found if segment.block is block]
        assert "".join(document.text[s.start : s.end] for s in own) == block.text
    assert "".join(document.text[s.start : s.end] for s in found) == "".join(block.text for block in document.blocks)


@laws
@given(pages)
def test_blocks_are_the_text(page: Any) -> None:
    document = scrapeclean.read_page(page)
    at = 0
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
        if block.text:
            assert block.start >= at
            assert not document.text[at : block.start].strip()
            at = block.end
    assert not document.text[at:].strip()


@laws
@given(pages, pipelines)
def test_nothing_is_lost(page: Any, pipeline: Pipeline) -> None:
    document, article = read(page, pipeline)
    covered = bytearray(len(document.text))
    for start, end in spans(article):
        assert 0 <= start <= end <= len(document.text)
        covered[start:end] = b"\1" * (end - start)
    lost = "".join(c for c, there in zip(document.text, covered, strict=True) if not there)
    if "body" not in article.evidence:  # a body from embedded data stands for what the page shows
        assert not lost.strip()


@laws
@given(pages, pipelines)
def test_removed_spans_are_the_text_of_the_page_and_stand_once(page: Any, pipeline: Pipeline) -> None:
    document, article = read(page, pipeline)
    removed = sorted((r.start, r.end, r) for part in article.walk() for r in part.removed)
    last = 0
    for start, end, one in removed:
        assert document.text[start:end] == one.text
        assert one.text.strip() == one.text != ""
        assert one.filter and one.rule and one.reason
        assert start >= last
        last = end


@laws
@given(pages, pages)
def test_the_same_page_gives_the_same_article_whatever_came_before(page: Any, other: Any) -> None:
    first = scrapeclean.clean(page)
    scrapeclean.clean(other)
    assert scrapeclean.clean(page) == first
    assert scrapeclean.clean(page).to_json() == first.to_json()


@laws
@given(pages, pipelines, filters)
def test_a_filter_at_the_end_restores_nothing(page: Any, pipeline: Pipeline, last: Filter) -> None:
    document = scrapeclean.read_page(page)
    pipeline.run(document)
    before = {place: s.verdict for s in segments(document) if s.verdict is not None for place in range(s.start, s.end)}
    kept_before = {block.index for block in document.kept}
    longer = scrapeclean.read_page(page)
    pipeline.add(last).run(longer)
    after = {place: s.verdict for s in segments(longer) if s.verdict is not None for place in range(s.start, s.end)}
    assert {block.index for block in longer.kept} <= kept_before
    for place, verdict in before.items():
        assert after[place][:4] == verdict[:4]


@laws
@given(pages, pipelines)
def test_json_and_back(page: Any, pipeline: Pipeline) -> None:
    article = scrapeclean.clean(page, pipeline=pipeline)
    text = article.to_json()
    assert Article.from_dict(json.loads(text)) == article
    text.encode()
    assert pickle.loads(pickle.dumps(article)) == article


@laws
@given(pages, st.integers(1, 40), st.integers(1, 6), st.integers(1, 300))
def test_limits_lose_nothing_either(page: Any, blocks: int, nesting: int, size: int) -> None:
    limits = Limits(blocks=blocks, nesting=nesting, bytes=size)
    document = scrapeclean.read_page(page, limits=limits)
    whole = scrapeclean.read_page(page, limits=Limits(bytes=size))
    assert "".join(document.text.split()) == "".join(whole.text.split())
    assert len(document.blocks) <= 4 * blocks + 2
    article = scrapeclean.clean(page, limits=limits)
    assert ("limits" in article.evidence) == bool(document.limits_hit)


@laws
@given(pages)
def test_every_export_takes_every_article(page: Any) -> None:
    article = scrapeclean.clean(page)
    for text in (article.text, article.to_markdown(), article.to_html(), article.to_json(indent=1)):
        text.encode()
    for chunk in article.chunks(200, 20):
        assert chunk.text


@laws
@given(pages)
def test_bytes_and_options_never_raise(page: Any) -> None:
    for kind in ("html", "text"):
        scrapeclean.clean(page, kind=kind, encoding="no-such-encoding", url="http://[", title="\ud800", favor="recall")
