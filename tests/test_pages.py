"""Golden pages: an aggregator's page of several articles, as text and as the HTML it would have, comes out alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import scrapeclean
from scrapeclean import Article

PAGES = Path(__file__).parent / "fixtures" / "pages"


@pytest.fixture(scope="module", params=["aggregator.txt", "aggregator.html"])
def page(request: pytest.FixtureRequest) -> tuple[Article, dict[str, Any]]:
    path = PAGES / request.param
    return scrapeclean.clean(path.read_bytes()), json.loads((PAGES / "aggregator.json").read_text())


def test_the_main_article(page: tuple[Article, dict[str, Any]]) -> None:
    article, expected = page
    assert article.title == expected["title"]
    paragraphs = [block.text for block in article.blocks if block.kind == "paragraph"]
    assert len(paragraphs) == len(article.blocks) == expected["paragraphs"]
    assert paragraphs[0].startswith(expected["first"])
    assert paragraphs[-1].endswith(expected["last"])
    assert [[n.kind, n.holder, n.year] for n in article.notices] == expected["notices"]


def test_what_was_left_out_says_why(page: tuple[Article, dict[str, Any]]) -> None:
    article, expected = page
    why = {removed.text: removed.filter for removed in article.removed}
    for text, name in expected["removed"].items():
        if text != "_____" or text in why:  # in HTML the rule is an element
            assert why[text] == name
    assert all(removed.reason for one in article.walk() for removed in one.removed)


def test_the_related_articles(page: tuple[Article, dict[str, Any]]) -> None:
    article, expected = page
    assert len(article.related) == len(expected["related"])
    for got, want in zip(article.related, expected["related"], strict=True):
        assert (got.source, got.published_text, got.title) == (want["source"], want["age"], want["title"])
        assert got.text.startswith(want["first"])
        assert got.text.endswith(want["last"])
        assert sorted(n.kind for n in got.notices) == sorted(kind for kind, _, _ in want["notices"])
        gone = " ".join(removed.text for removed in got.removed)
        for text in want["removed"]:
            assert text in gone
            assert text not in got.text


def test_the_rights_of_the_related_articles(page: tuple[Article, dict[str, Any]]) -> None:
    article, expected = page
    _, seals, lighthouse = article.related
    assert [n.license for n in seals.notices if n.kind == "license"] == [expected["related"][1]["license"]]
    assert [caption.credit for caption in seals.captions] == [expected["related"][1]["credit"]]
    assert [(n.holder, n.year) for n in lighthouse.notices] == [("Gull Media, Inc.", 2026)]


def test_a_notice_that_stands_twice_is_told_once_and_the_other_is_removed() -> None:
    story = "The drawbridge at Quillmere opened again on Monday after a winter of repairs, the harbour board said.\n" * 2
    page = f"Drawbridge opens\n{story}© 2024 Quillmere Post\nHome\n© 2024 Quillmere Post\n"
    article = scrapeclean.clean(page, kind="text")
    assert [notice.text for notice in article.notices] == ["© 2024 Quillmere Post"]
    assert [piece.start for piece in article.removed if piece.text.startswith("©")] == [page.rindex("©")]


def test_placeholders_and_tags_are_no_titles() -> None:
    story = "The drawbridge at Quillmere opened again on Monday after a winter of repairs, the harbour board said. " * 3
    page = f"Menu\n{{{{price}}}} {{{{start_price}}}} {{{{term}}}} {{{{offer}}}}\nQuillmere drawbridge opens again\n{story}\n{story}"
    assert scrapeclean.clean(page + "\nTags:\n# Harbour board\n# Winter repairs\n", kind="text").title == (
        "Quillmere drawbridge opens again"
    )


def test_a_label_without_a_name_is_no_caption() -> None:
    story = "<p>The drawbridge at Quillmere opened again on Monday after a winter of repairs, the harbour board said.</p>" * 2
    page = f"<article><h1>Drawbridge opens</h1><figure><img src=/a.jpg><figcaption>Powered by</figcaption></figure>{story}"
    figure = "<figure><img src=/b.jpg><figcaption>The bridge, seen by boats passing by</figcaption></figure>"
    article = scrapeclean.clean(page + figure + story)
    assert [caption.text for caption in article.captions] == ["The bridge, seen by boats passing by"]
    assert [piece.rule for piece in article.removed if piece.text == "Powered by"] == ["label"]


def test_a_line_of_notices_keeps_the_sentences_that_no_rule_knows() -> None:
    story = "The drawbridge at Quillmere opened again on Monday after a winter of repairs, the harbour board said.\n" * 4
    notice = "© 2024 Quillmere Post. Harbour charts are the work of the pilots."
    plea = "Sign up for our newsletter."
    article = scrapeclean.clean(f"Drawbridge opens\n{story}\nWeather\nSport\n{notice} {plea}\nContact\nPrivacy policy\n")
    assert [found.text for found in article.notices] == [notice]
    assert plea in [piece.text for piece in article.removed]
    told = scrapeclean.clean(f"Drawbridge opens\n{story}{story} © 2024 Quillmere Post. The boats came later, she said.\n")
    assert "The boats came later, she said." in told.text
