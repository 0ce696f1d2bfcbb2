"""What becomes of a filter of the user's own that misbehaves: a FilterError that names the filter and the page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

import scrapeclean
from scrapeclean import Document, FilterError, Pipeline, Verdict

PAGE = "<h1>Rain</h1><p>It rained all day in the valley, and the river rose by two metres.</p><p>Then it stopped.</p>"


def refused(function: Any, match: str) -> None:
    with pytest.raises(FilterError, match=match) as caught:
        scrapeclean.clean(PAGE, pipeline=Pipeline((function,)), url="https://example.org/rain")
    assert "naughty" in str(caught.value)
    assert "https://example.org/rain" in str(caught.value)


@pytest.mark.parametrize("error", [ValueError("no"), RecursionError(), MemoryError(), SystemExit(3), StopIteration(), KeyError("x")])
def test_one_that_raises(error: BaseException) -> None:
    def naughty(document: Document) -> Iterator[Verdict]:
        yield document.blocks[0].drop("first")
        raise error

    def naughty_at_once(document: Document) -> Iterator[Verdict]:
        raise error

    refused(naughty, "failed")
    refused(naughty_at_once, "failed")


def test_the_cause_is_chained() -> None:
    def naughty(document: Document) -> list[Verdict]:
        raise ZeroDivisionError("there")

    with pytest.raises(FilterError) as caught:
        scrapeclean.clean(PAGE, pipeline=Pipeline((naughty,)))
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


@pytest.mark.parametrize("given", [None, 7, object(), True])
def test_one_that_returns_what_is_no_list(given: Any) -> None:
    def naughty(document: Document) -> Any:
        return given

    refused(naughty, "gave None|not iterable")


@pytest.mark.parametrize("given", [None, "drop", 3, ("drop",), (0, 3, "drop", "x"), object(), [], {}])
def test_one_that_yields_what_is_no_verdict(given: Any) -> None:
    def naughty(document: Document) -> Any:
        yield given

    refused(naughty, "not a Verdict")


def test_one_whose_verdicts_cannot_even_be_shown() -> None:
    class Rude:
        def __repr__(self) -> str:
            raise RuntimeError("no")

    def naughty(document: Document) -> Any:
        yield Rude()

    refused(naughty, "Rude")


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 3), (0, 10**9), (5, 2), (None, 3), ("0", 3), (0.5, 3), (0, float("nan")), (10**30, 10**31)]
)
def test_one_that_speaks_of_what_is_not_there(start: Any, end: Any) -> None:
    def naughty(document: Document) -> Any:
        yield Verdict(start, end, "drop", "why not")

    refused(naughty, "spoke of")


@pytest.mark.parametrize("role", ["remove", "", None, 3, ["drop"], "Keep"])
def test_one_with_a_role_that_does_not_exist(role: Any) -> None:
    def naughty(document: Document) -> Any:
        yield document.blocks[0].verdict(role, "why not")

    refused(naughty, "role")


@pytest.mark.parametrize(("reason", "rule"), [(None, "x"), (3, ""), ("x", None), ("x", b"x")])
def test_one_whose_reason_is_no_text(reason: Any, rule: Any) -> None:
    def naughty(document: Document) -> Any:
        yield document.blocks[0].drop(reason, rule=rule)

    refused(naughty, "reason")


@pytest.mark.parametrize(
    ("role", "value"),
    [("byline", 3), ("byline", "Ann"), ("byline", (1, 2)), ("date", "2020"), ("title", 3), ("source", b"x"), ("notice", "x"), ("comment", {})],
)
def test_one_whose_value_does_not_fit_its_role(role: Any, value: Any) -> None:
    def naughty(document: Document) -> Any:
        yield document.blocks[0].verdict(role, "x", value=value)

    refused(naughty, "value")


def test_one_that_speaks_of_another_document() -> None:
    other = scrapeclean.read_page("<p>Another page.</p>")

    def naughty(document: Document) -> Any:
        yield other.blocks[0].drop("not mine")

    refused(naughty, "another document")


def test_one_that_remembers_the_page_before() -> None:
    seen: list[Document] = []

    def naughty(document: Document) -> Any:
        seen.append(document)
        return [block.drop("again") for block in seen[0].blocks]

    pipeline = Pipeline((naughty,))
    scrapeclean.clean(PAGE, pipeline=pipeline)
    with pytest.raises(FilterError, match=r"naughty.*another document"):
        scrapeclean.clean(PAGE, pipeline=pipeline)


def test_one_that_never_ends_its_verdicts() -> None:
    def naughty(document: Document) -> Any:
        return (document.blocks[0].drop("again") for _ in itertools.count())

    refused(naughty, "more than")


def test_one_that_returns_itself_over_and_over() -> None:
    def naughty(document: Document) -> Any:
        return naughty

    refused(naughty, "not iterable")


def test_a_filter_without_a_name_is_called_by_its_class() -> None:
    class Naughty:
        def __call__(self, document: Document) -> Any:
            raise ValueError("no")

    with pytest.raises(FilterError, match="Naughty"):
        scrapeclean.clean(PAGE, pipeline=Pipeline((Naughty(),)))


def test_a_page_is_not_changed_by_a_filter_that_fails_half_way() -> None:
    def naughty(document: Document) -> Iterator[Verdict]:
        yield document.blocks[0].drop("first")
        raise ValueError("no")

    document = scrapeclean.read_page(PAGE)
    with pytest.raises(FilterError):
        Pipeline((naughty,)).run(document)
    assert len(document.kept) == len(document.blocks)


def test_filters_cannot_change_a_page() -> None:
    document = scrapeclean.read_page(PAGE)
    with pytest.raises(AttributeError):
        document.blocks[0].text = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        document.blocks[0] = document.blocks[1]  # type: ignore[index]
