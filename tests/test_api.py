"""What callers may rely on: arguments, errors, pipelines, values that nobody can change."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

import scrapeclean
from scrapeclean import (
    DEFAULT,
    ArgumentError,
    Document,
    FilterError,
    Limits,
    Pipeline,
    RuleError,
    ScrapecleanError,
    Verdict,
    phrases,
    read_page,
)

PAGE = "<h1>Rain</h1><p>It rained all day in the valley, and the river rose by two metres.</p><p>Then it stopped.</p>"
AGGREGATOR = Path(__file__).parent / "fixtures" / "pages" / "aggregator.txt"


def shouting(document: Document) -> Iterator[Verdict]:
    """Lines in capitals."""
    for block in document.kept:
        if block.text.isupper():
            yield block.drop("written in capitals")


def everything(document: Document) -> Iterator[Verdict]:
    """All that is left."""
    for block in document.kept:
        yield block.drop("not wanted")


# --- arguments ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kind": "pdf"}, ["kind='pdf'", "'auto'", "'html'", "'text'"]),
        ({"favor": "speed"}, ["favor='speed'", "'balanced'", "'precision'", "'recall'"]),
        ({"fetched": "2026-01-01"}, ["fetched is a datetime", "str"]),
        ({"limits": 3}, ["limits is a Limits", "int"]),
        ({"pipeline": [shouting]}, ["pipeline is a Pipeline", "list"]),
        ({"url": b"https://example.org"}, ["url is a str or None", "bytes"]),
        ({"encoding": 8}, ["encoding is a str or None", "int"]),
        ({"title": ["Rain"]}, ["title is a str or None", "list"]),
    ],
)
def test_wrong_arguments_are_told_with_the_choices(options: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(ArgumentError) as caught:
        scrapeclean.clean(PAGE, **options)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, ScrapecleanError)
    assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize("raw", [None, 3, ["<p>x"], Path("page.html")])
def test_a_page_is_bytes_or_str(raw: Any) -> None:
    with pytest.raises(ArgumentError, match=f"raw is bytes or str, not {type(raw).__name__}"):
        scrapeclean.clean(raw)


def test_errors_have_one_root_and_subclass_what_people_catch() -> None:
    for name in scrapeclean.__all__:
        value = getattr(scrapeclean, name)
        if isinstance(value, type) and issubclass(value, Exception):
            assert issubclass(value, ScrapecleanError)
    assert issubclass(RuleError, ValueError)


def test_str_bytes_bytearray_and_memoryview_are_one_page() -> None:
    raw = PAGE.encode()
    wanted = scrapeclean.clean(raw)
    odd: list[Any] = [bytearray(raw), memoryview(raw)]
    assert [scrapeclean.clean(one) for one in odd] == [wanted, wanted]
    text = scrapeclean.clean(PAGE)
    assert (text.blocks, text.title, text.removed) == (wanted.blocks, wanted.title, wanted.removed)


def test_kind_insists() -> None:
    assert read_page(PAGE).kind == "html"
    assert read_page(PAGE, kind="text").text == PAGE
    assert read_page("No tag at all, 1 < 2.").kind == "text"
    assert read_page("No tag at all, 1 < 2.", kind="html").kind == "html"


def test_the_http_label_is_used_where_the_bytes_decode() -> None:
    raw = "<p>Der Bürgermeister sagte, die Brücke bleibe geschlossen, bis das Wasser fällt.</p>".encode("cp1252")
    assert "Bürgermeister" in read_page(raw, encoding="windows-1252").text
    assert "Bürgermeister" in read_page(raw, encoding="utf-8").text


def test_relative_ages_are_resolved_against_fetched_only() -> None:
    raw = AGGREGATOR.read_bytes()
    fetched = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    without, resolved = scrapeclean.clean(raw), scrapeclean.clean(raw, fetched=fetched)
    assert [one.published for one in without.related] == [None] * 3
    assert [one.published_text for one in without.related] == ["35 minutes ago"] * 3
    assert [one.published for one in resolved.related] == [fetched - timedelta(minutes=35)] * 3


def test_a_title_that_the_caller_knows_wins() -> None:
    article = scrapeclean.clean(PAGE, title="What the rain did")
    assert article.title == "What the rain did"
    line = "Of rain and rivers"
    text = f"{line}\n\nIt rained all day in the valley, and the river rose by two metres in the night.\n"
    article = scrapeclean.clean(text, title=line)
    assert [removed.filter for removed in article.removed if removed.text == line] == ["title"]


def test_favor_moves_the_threshold_and_nothing_else() -> None:
    from scrapeclean.filters.score import THRESHOLDS

    assert THRESHOLDS["recall"] < THRESHOLDS["balanced"] < THRESHOLDS["precision"]
    raw = AGGREGATOR.read_bytes()
    documents = {favor: read_page(raw, favor=favor) for favor in ("recall", "balanced", "precision")}  # type: ignore[arg-type]
    scores = [document.scores for document in documents.values()]
    assert scores[0] == scores[1] == scores[2]
    for document in documents.values():
        DEFAULT.without("score", "repeated", "bare_headings").run(document)
    kept = [[block.index for block in document.kept] for document in documents.values()]
    assert kept[0] == kept[1] == kept[2]


# --- pipelines ------------------------------------------------------------------------------------------------------


def test_add_puts_a_filter_where_it_is_told_to() -> None:
    names = DEFAULT.names
    at = names.index("score")
    assert DEFAULT.add(shouting).names == (*names, "shouting")
    assert DEFAULT.add(shouting, before="score").names == (*names[:at], "shouting", *names[at:])
    assert DEFAULT.add(shouting, after="score").names == (*names[: at + 1], "shouting", *names[at + 1 :])
    assert DEFAULT.names == names


def test_without_and_replace() -> None:
    names = DEFAULT.names
    assert DEFAULT.without("comments", "share").names == tuple(n for n in names if n not in ("comments", "share"))
    assert DEFAULT.replace("share", shouting).names == tuple("shouting" if n == "share" else n for n in names)
    assert DEFAULT.without() == DEFAULT


@pytest.mark.parametrize(
    "change",
    [
        lambda: DEFAULT.without("coments"),
        lambda: DEFAULT.replace("coments", shouting),
        lambda: DEFAULT.add(shouting, before="coments"),
        lambda: DEFAULT.add(shouting, after="coments"),
    ],
)
def test_a_filter_that_is_not_there_is_told_with_those_that_are(change: Any) -> None:
    with pytest.raises(ArgumentError, match=r"no filter 'coments'.*\bcomments\b"):
        change()


def test_other_wrong_changes() -> None:
    wrong: Any = "comments"
    with pytest.raises(ArgumentError, match="callable"):
        DEFAULT.add(wrong)
    with pytest.raises(ArgumentError, match="callable"):
        DEFAULT.replace("comments", wrong)
    with pytest.raises(ArgumentError, match="callable"):
        Pipeline((wrong,))
    with pytest.raises(ArgumentError, match="not both"):
        DEFAULT.add(shouting, before="score", after="score")


def test_an_empty_pipeline_keeps_everything() -> None:
    article = Pipeline().clean(PAGE)
    assert article.removed == ()
    assert article.text.split() == read_page(PAGE).text.split()


def test_a_pipeline_prints_itself() -> None:
    assert str(Pipeline((shouting, everything))) == "1. shouting: Lines in capitals.\n2. everything: All that is left."
    assert all(line.split(": ", 1)[1] for line in str(DEFAULT).splitlines())


def test_keep_protects_and_the_first_verdict_stands() -> None:
    def rain(document: Document) -> list[Verdict]:
        return [block.keep("about rain") for block in document.kept if "rained" in block.text]

    before = Pipeline((rain, everything)).clean(PAGE)
    assert [block.text for block in before.blocks] == ["It rained all day in the valley, and the river rose by two metres."]
    assert {removed.filter for removed in before.removed} == {"everything"}
    after = Pipeline((everything, rain)).clean(PAGE)
    assert after.blocks == ()


def test_pieces_of_a_block_go_to_different_places() -> None:
    def first_word(document: Document) -> list[Verdict]:
        return [block.drop("first word", end=block.text.index(" ")) for block in document.kept if " " in block.text]

    article = Pipeline((first_word,)).clean("One two three.")
    assert [block.text for block in article.blocks] == ["two three."]
    assert [(gone.text, gone.start, gone.end, gone.filter, gone.rule) for gone in article.removed] == [
        ("One", 0, 3, "first_word", "first_word")
    ]


def test_a_filter_sees_the_page_as_it_was_when_it_began() -> None:
    def twice(document: Document) -> Iterator[Verdict]:
        first = document.blocks[0]
        yield first.drop("first time")
        assert first in document.kept

    assert Pipeline((twice,)).clean("One line.").blocks == ()


def test_phrases_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "en-mine.toml"
    path.write_text(
        '[[rule]]\nid = "quiz"\nkind = "advert"\nscope = "block"\nreason = "advertises a quiz"\nanchors = ["quiz"]\n'
        "pattern = 'take (?:the|our) (?:\\w+ )?quiz'\n"
        'examples = ["Take our weekly quiz", "Take the quiz"]\nnear_misses = ["She lost the quiz.", "Quiz show ends"]\n'
    )
    mine = phrases(path, name="quiz")
    article = DEFAULT.add(mine, before="score").clean(PAGE + "<p>Take the news quiz</p>")
    assert [(gone.rule, gone.reason) for gone in article.removed if gone.filter == "quiz"] == [
        ("en/quiz", "advertises a quiz")
    ]
    path.write_text(path.read_text().replace("She lost the quiz.", "Take our quiz"))
    with pytest.raises(RuleError, match=r"en-mine\.toml, line 1: rule 'en/quiz': the near miss"):
        phrases(path)
    with pytest.raises(RuleError, match="cannot be read"):
        phrases(tmp_path / "missing.toml")


def test_clean_many_checks_its_arguments_at_once() -> None:
    for options in ({"errors": "ignore"}, {"workers": 0}, {"timeout": -1}, {"colour": "red"}, {"kind": "pdf"}):
        with pytest.raises(ArgumentError):
            scrapeclean.clean_many([PAGE], **options)  # type: ignore[arg-type]


def test_a_failing_filter_is_named() -> None:
    def broken(document: Document) -> list[Verdict]:
        raise KeyError("no")

    with pytest.raises(FilterError, match=r"'broken' failed on https://example\.org/a: KeyError"):
        Pipeline((broken,)).clean(PAGE, url="https://example.org/a")


# --- values ---------------------------------------------------------------------------------------------------------


def test_nothing_can_be_changed() -> None:
    article = scrapeclean.clean(AGGREGATOR.read_bytes())
    frozen: list[tuple[Any, str]] = [
        (article, "title"), (article.blocks[0], "text"), (article.removed[0], "reason"), (article.notices[0], "year"),
        (DEFAULT, "filters"), (Limits(), "bytes"),
    ]  # fmt: skip
    for value, name in frozen:
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)
    block: Any = read_page(PAGE).blocks[0]
    with pytest.raises(AttributeError):
        block.text = "y"
    verdict: Any = block.drop("x")
    with pytest.raises(AttributeError):
        verdict.reason = "y"


def test_values_pickle() -> None:
    block = read_page(PAGE).blocks[1]
    again = pickle.loads(pickle.dumps(block))
    assert (type(again), again.text, again.info, again.box.tag) == (type(block), block.text, block.info, block.box.tag)
    article = scrapeclean.clean(AGGREGATOR.read_bytes())
    assert pickle.loads(pickle.dumps(article)) == article
    assert pickle.loads(pickle.dumps(DEFAULT)) == DEFAULT
    assert pickle.loads(pickle.dumps(DEFAULT.add(shouting))).names[-1] == "shouting"


def test_walk_text_and_confidence() -> None:
    article = scrapeclean.clean(AGGREGATOR.read_bytes())
    assert list(article.walk()) == [article, *article.related]
    assert article.text == "\n\n".join(block.text for block in article.blocks)
    assert 0.0 <= article.confidence <= 1.0
    assert scrapeclean.clean("").confidence == 0.0


def test_what_is_no_page_is_named() -> None:
    article = scrapeclean.clean(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert (article.blocks, article.removed) == ((), ())
    assert article.evidence["content"].source == "pdf"
