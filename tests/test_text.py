"""Plain text to blocks: lines, hard wraps, and the shapes that Markdown writes."""

from __future__ import annotations

import textwrap

import pytest

import scrapeclean
from scrapeclean import Pipeline, read_page

STORY = (
    "The mill at the upper bend of the river was closed on Monday, after the wheel broke in the night and the miller could "
    "not find anybody who mends one. It is to open again in the spring, he said, when a new shaft of oak has been turned "
    "and the weir is repaired. Until then the bakers of the valley buy their flour from a mill in the plain, which costs them "
    "some forty kilometres a week and a good deal of temper."
)


@pytest.mark.parametrize("width", [50, 64, 72, 80])
def test_lines_that_were_cut_at_a_width_are_joined(width: int) -> None:
    paragraphs = [STORY, STORY.replace("mill", "forge")]
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    blocks = read_page(text, kind="text").blocks
    assert [" ".join(block.text.split()) for block in blocks] == paragraphs
    assert Pipeline().clean(text, kind="text").text.split("\n\n") == paragraphs


def test_a_few_lines_may_be_longer_than_the_width() -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, 64) for paragraph in (STORY, STORY.replace("mill", "forge")))
    notice = "We use cookies, and this line of furniture goes on for longer than the width that the text was cut at, by far."
    blocks = read_page(f"{notice}\n\n{wrapped}\n\n{notice}", kind="text").blocks
    assert [" ".join(block.text.split()) for block in blocks] == [notice, STORY, STORY.replace("mill", "forge"), notice]


def test_lines_that_were_not_cut_are_not_joined() -> None:
    titles = [
        "Sheep found on the roof of the town hall in the morning", "Ski lift opens with a new cable and an old price list",
        "Bus company asks for winter tyres before the first snow", "Salt runs short in the county after a hard December",
        "Choir looks for a tenor who can also play the organ well", "School bakes bread for the whole village on Thursdays",
        "River rises again, and the lower road stays closed to all", "A lighthouse keeper retires after forty-one years of it",
    ]  # fmt: skip
    assert [block.text for block in read_page("\n".join(titles), kind="text").blocks] == titles


def test_lists_stay_lists_in_wrapped_text() -> None:
    text = textwrap.fill(STORY, 60) + "\n\n- the wheel\n- the shaft\n\n" + textwrap.fill(STORY, 60)
    kinds = [block.kind for block in read_page(text, kind="text").blocks]
    assert kinds == ["paragraph", "item", "item", "paragraph"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(ending: str) -> None:
    text = ending.join(["One.", "", "Two.", "Three."])
    assert [(block.text, block.line) for block in read_page(text, kind="text").blocks] == [("One.", 1), ("Two.", 3), ("Three.", 4)]


def test_offsets_are_those_of_the_input() -> None:
    text = "\ufeff  One line, indented.\r\n\r\n\t> quoted\n"
    document = read_page(text, kind="text")
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
    article = scrapeclean.clean(text, kind="text", pipeline=Pipeline())
    assert [block.kind for block in article.blocks] == ["paragraph", "quote"]
