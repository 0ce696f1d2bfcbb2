"""Rows of numbers: what holds for every page."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapeclean import read_page
from scrapeclean.features.boxes import box_tokens, name_tokens
from scrapeclean.features.html import html_rows
from scrapeclean.features.leading import Leading, words_of
from scrapeclean.features.measure import Measures, Since, having, repeats
from scrapeclean.features.rows import Rows
from scrapeclean.features.text import text_rows

_TAGS = ("p", "div", "li", "ul", "article", "nav", "h1", "h2", "td", "tr", "table", "section", "span", "a", "b")
_WORDS = st.sampled_from(["storm", "the", "Sea", "12", "雨天过后", "ฝนตก", "مطر", "read more", "…", "end.", "", "\n"])


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Markup that need not be closed or nested rightly."""
    pieces = draw(st.lists(st.one_of(
        _WORDS,
        st.sampled_from(_TAGS).map(lambda tag: f'<{tag} class="{tag}-item mainBody">'),
        st.sampled_from(_TAGS).map(lambda tag: f"</{tag}>"),
    ), max_size=60))  # fmt: skip
    return "<html><title>The storm at sea</title><body>" + " ".join(pieces)


def check(rows: Rows) -> None:
    size = len(rows.blocks)
    assert len(rows.dense) == len(rows.sizes) == len(rows.own) == len(rows.heading) == size
    assert len(rows.which) == len(rows.parent) == len(rows.boxes) == len(rows.first) == len(rows.last)
    assert len(rows.words) == len(rows.word_rows)
    if not size:
        return
    assert np.isfinite(rows.dense).all()
    assert np.isfinite(rows.boxes).all()
    index = np.arange(size)
    assert (rows.first < rows.last).all()
    assert (rows.first >= 0).all()
    assert (rows.last <= size).all()
    assert (rows.first[rows.own] <= index).all()
    assert (index < rows.last[rows.own]).all()
    assert (rows.heading <= index).all()
    assert (rows.first[0], rows.last[0]) == (0, size)
    assert ((rows.word_rows >= 0) & (rows.word_rows < size)).all()
    assert (rows.which < len(rows.names)).all()
    assert (rows.first[rows.parent] <= rows.first).all()
    assert (rows.last[rows.parent] >= rows.last).all()


@settings(deadline=None, max_examples=80)
@given(pages())
def test_rows_of_any_markup(source: str) -> None:
    document = read_page(source, kind="html")
    rows = html_rows(document)
    check(rows)
    assert rows.blocks == [block.index for block in document.blocks if block.text and block.kind != "title"]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.lists(_WORDS, max_size=14).map(" ".join), max_size=40).map("\n".join))
def test_rows_of_any_text(source: str) -> None:
    check(text_rows(read_page(source, kind="text")))


@settings(deadline=None, max_examples=40)
@given(pages(), pages())
def test_every_page_has_the_same_columns(one: str, other: str) -> None:
    rows = [html_rows(read_page(source + "<p>text", kind="html")) for source in (one, other)]
    assert rows[0].dense.shape[1] == rows[1].dense.shape[1]
    assert rows[0].boxes.shape[1] == rows[1].boxes.shape[1]


def test_boxes_nest() -> None:
    rows = html_rows(read_page("<div><p>a<p>b</div><ul><li>c<li>d</ul>", kind="html"))
    spans = sorted(zip(rows.first.tolist(), rows.last.tolist(), strict=True), key=lambda span: (span[0], -span[1]))
    stack: list[tuple[int, int]] = []
    for first, last in spans:
        while stack and stack[-1][1] <= first:
            stack.pop()
        assert not stack or last <= stack[-1][1]
        stack.append((first, last))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Six short words stand here now", 6, 6),
        ("连续三天的大雨之后，河水终于漫过了堤岸。", 8, 12),
        ("連日の大雨で川の水があふれた。", 6, 10),
        ("ฝนตกหนักติดต่อกันสามวัน", 6, 14),
        ("بعد ثلاثة أيام من المطر", 5, 5),
    ],
)
def test_words_are_counted_in_every_script(text: str, low: int, high: int) -> None:
    assert low <= float(Measures([text]).words[0]) <= high


def test_words_of_scripts_without_spaces_are_pairs_of_letters() -> None:
    assert words_of("大雨过后 2024") == ["大雨", "雨过", "过后", "0"]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=30) | _WORDS, min_size=1, max_size=12))
def test_words_of_all_blocks_at_once_are_those_of_each(heads: list[str]) -> None:
    heads = [head.lower() for head in heads]
    leading = Leading(heads)
    found = [
        [word for word, row in zip(leading.words, leading.rows, strict=True) if row == n] for n in range(len(heads))
    ]
    assert found == [words_of(head) for head in heads]
    assert leading.counts.tolist() == [len(words) for words in found]


def test_overlap_counts_both_sides() -> None:
    has, share = Leading(["a b b", "c", ""]).overlap({"a", "b", "x", "y"})
    assert has.tolist() == pytest.approx([2 / 3, 0.0, 0.0])
    assert share.tolist() == [0.5, 0.0, 0.0]


def test_tokens_are_words_and_short_phrases() -> None:
    words, rows = Leading(["read more", "one of many words that follow", "home"]).tokens(
        np.array([False, True, False]), 2
    )
    assert list(zip(rows.tolist(), words, strict=True)) == [
        (0, "read"), (0, "more"), (1, "one"), (1, "of"), (2, "home"), (0, "=read more"),
    ]  # fmt: skip


def test_signs_are_found_in_their_blocks() -> None:
    texts = ["a | b", "none", "| |", "", "x·y · z"]
    assert having(("|", " · "), "\n".join(texts), [len(text) for text in texts]).tolist() == [
        True, False, True, False, True,
    ]  # fmt: skip


def test_repeats_and_distances() -> None:
    before, total = repeats(["a", "b", "a", "a"])
    assert before.tolist() == [0, 0, 1, 2]
    assert total.tolist() == [3, 1, 3, 3]
    since = Since(np.array([False, True, False, False, True]))
    assert since.amount(np.array([1.0, 2.0, 3.0, 4.0, 5.0])).tolist() == [-1, 2, 5, 9, 5]
    assert since.blocks().tolist() == [-1, 1, 2, 3, 1]


def test_names_are_split_into_words() -> None:
    assert name_tokens("siteNav__item--top") == [".sitenav__item--top", "site", "nav", "item", "top"]
    assert box_tokens(("div", "a b-c")) == ["<div>", ".a", ".b-c"]
    assert sum(map(len, box_tokens(("p", "x" * 5000 + " article")))) <= 410
