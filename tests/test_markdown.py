"""Markdown that a CommonMark parser reads back: the same blocks, the same text, whatever stands in it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapeclean.export.markdown import to_markdown
from scrapeclean.model import Article, Block, Cell, Item, Mark

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from structure import Read, read

PIECES = [
    "# ", "#", "1. ", "23) ", "1.", "- ", "+ ", "* ", "> ", ">", "~~~", "~~", "~", "|", "| a | b |", "|-|-|",
    "--- | ---",
    ":-:", "_", "__", "*", "**", "***", "`", "``", "```", "<", "<b>", "</b>", "<!-- x -->", "<?php ?>", "<a@b.example>",
    "&amp;", "&lt;", "&#35;", "&", "\\", "\\\\", "\\n", "    ", "\t", "\n", "\n\n", "\r\n", "---", "===", "= ", "[",
    "]",
    "[x](/y)", "[x]: /y", "[^1]", "[^1]: ", "![", "!", "(", ")", "[ ] ", "[x] ", "$", "$$", "$x$", "www.example.org",
    "https://example.org/a_b_c", "{", "}", "\u00a0", "\u2028", "word", "Wort", "字", "。", "「", "」", "é", "1",
    "0", ".",
    ",",
    "'", '"', "\x00", "\x1f", "\u200b", "🙂", "%",
]  # fmt: skip
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
TEXT = st.lists(st.sampled_from(PIECES) | ANY | st.sampled_from(["a", "b c", " "]), max_size=12).map("".join)
ADDRESS = st.sampled_from(
    ["/a b", "https://example.org/(x)", "https://example.org/)(", "#top", "/a?b=1&amp;c=2", "/ü", "a\\b",
     "/<x>", "/a|b",
     "javascript:alert(1)", "", "/*_x_*", "/a%20b", "/`x`", "mailto:a@b.example", "/[x]", '/"x"', "/a\nb"]
)  # fmt: skip
KINDS = ["link", "strong", "emphasis", "code", "image", "strike", "deleted", "inserted", "subscript", "superscript",
         "underline", "highlight", "keyboard"]  # fmt: skip


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    """A text with marks anywhere over it, crossing too."""
    text = draw(TEXT)
    ends = st.integers(0, len(text))
    marks = draw(st.lists(st.builds(Mark, st.sampled_from(KINDS), ends, ends, ADDRESS), max_size=5))
    return text, tuple(marks)


def lines(text: str) -> list[str]:
    """The text as it can be read back: blanks collapsed, lines without their edges, no NUL."""
    found = (" ".join(line.replace("\x00", "").split()) for line in re.split(r"\r\n?|\n", text))
    return [line for line in found if line]


def paragraphs(text: str) -> list[str]:
    parts = (lines(part) for part in re.split(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*", text))
    return ["\n".join(part) for part in parts if part]


def texts(blocks: list[Read]) -> list[str]:
    return [block.text for block in blocks]


def plain(text: str) -> str:
    """A read text without what stands for pictures."""
    return re.sub(r"!\x01[^\x01]*\x01", "", text)


def markdown(*blocks: Block) -> str:
    return to_markdown(Article(blocks=blocks))


@settings(max_examples=600)
@given(TEXT)
def test_any_text_is_a_paragraph_and_nothing_else(text: str) -> None:
    found = read(markdown(Block("paragraph", text)))
    assert [(block.kind, block.quotes) for block in found] == [("paragraph", 0)] * len(paragraphs(text))
    assert texts(found) == paragraphs(text)
    assert all(not block.inline for block in found)


@settings(max_examples=200)
@given(TEXT, st.integers(-1, 9))
def test_any_text_is_a_heading(text: str, level: int) -> None:
    found = read(markdown(Block("heading", text, level=level)))
    wanted = " ".join(lines(text))
    assert [(block.kind, block.level, block.text) for block in found] == (
        [("heading", min(6, max(1, level)), wanted)] if wanted else []
    )


@settings(max_examples=200)
@given(st.lists(st.tuples(TEXT, st.integers(1, 3)), min_size=1, max_size=4))
def test_any_text_is_a_quote_of_its_depth(quotes: list[tuple[str, int]]) -> None:
    found = read(markdown(*(Block("quote", text, level=level) for text, level in quotes)))
    wanted = [("paragraph", level, part) for text, level in quotes for part in paragraphs(text)]
    assert [(block.kind, block.quotes, block.text) for block in found] == wanted


@settings(max_examples=200)
@given(ANY | TEXT, st.sampled_from(["", "python", "c++", "objective-c", "a`b c\n"]), st.integers(0, 2))
def test_any_text_is_code(text: str, language: str, quoted: int) -> None:
    found = read(markdown(Block("code", text, language=language, quoted=quoted)))
    wanted = re.sub(r"\r\n?", "\n", text).replace("\x00", "").strip("\n")
    if not wanted.strip():
        assert found == []
        return
    assert [(block.kind, block.quotes) for block in found] == [("code", quoted)]
    if not quoted:
        assert found[0].text == wanted
        assert found[0].detail == re.sub(r"[^\w+#.-]", "", language)
    assert found[0].text.split() == wanted.split()


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    """Items as a page has them: depth grows by one at most, numbers count up in one list."""
    found: list[Item] = []
    depth = 0
    ordered: dict[int, int | None] = {}
    for text in draw(st.lists(TEXT.filter(lambda text: bool(lines(text))), min_size=1, max_size=6)):
        new = draw(st.integers(0, min(depth + 1, 4))) if found else 0
        if not found or new > depth:
            ordered[new] = draw(st.sampled_from([None, 0, 1, 7, 98, 123456]))
        depth = new
        number = ordered[depth]
        found.append(Item(text, depth, number))
        if number is not None:
            ordered[depth] = number + 1
    return found


@settings(max_examples=300)
@given(items())
def test_lists_nest_as_they_did(found: list[Item]) -> None:
    back = read(markdown(Block("list", "", items=tuple(found))))
    wanted = []
    for item in found:
        first, *rest = paragraphs(item.text)
        wanted.append(("item" if item.number is None else "number", item.depth + 1, first))
        wanted += [("paragraph", item.depth + 1, part) for part in rest]
    assert [(block.kind, block.level, block.text) for block in back] == wanted


CELL = st.builds(Cell, TEXT, st.booleans(), st.integers(0, 3), st.integers(0, 3))


@settings(max_examples=300)
@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_tables_keep_every_cell(rows: list[list[Cell]]) -> None:
    back = read(markdown(Block("table", "", rows=tuple(map(tuple, rows)))))
    assert {block.kind for block in back} <= {"row", "header"}
    wanted = [[("\n".join(lines(cell.text))) for cell in row if lines(cell.text)] for row in rows]
    got = [[cell for cell in block.text.split("\t") if cell] for block in back]
    assert [row for row in got if row] == [row for row in wanted if row]


@settings(max_examples=600)
@given(marked())
def test_marks_never_change_the_text(pair: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = pair
    back = read(markdown(Block("paragraph", text, marks=marks)))
    assert {block.kind for block in back} <= {"paragraph", "image"}
    pictures = [mark for mark in marks if mark.kind == "image"]
    if not pictures and not any(mark.kind == "code" for mark in marks):
        assert texts(back) == paragraphs(text)
    elif not pictures:
        assert " ".join(texts(back)).split() == " ".join(paragraphs(text)).split()


@settings(max_examples=400)
@given(st.sampled_from(["strong", "em"]), TEXT, TEXT, TEXT)
def test_emphasis_is_read_back_as_such_wherever_it_stands(kind: str, before: str, inside: str, after: str) -> None:
    mark = Mark({"strong": "strong", "em": "emphasis"}[kind], len(before), len(before) + len(inside))
    back = read(markdown(Block("paragraph", before + inside + after, marks=(mark,))))
    wanted = ["\n".join(lines(part)) for part in re.split(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*", inside)]
    if len(paragraphs(before + inside + after)) == 1 and len(wanted) == 1:
        assert [mark for block in back for mark in block.inline] == [(kind, wanted[0], "")] * bool(wanted[0])


@settings(max_examples=300)
@given(TEXT, TEXT, TEXT, ADDRESS)
def test_links_keep_text_and_target(before: str, inside: str, after: str, address: str) -> None:
    text = before + inside + after
    back = read(markdown(Block("paragraph", text, marks=(Mark("link", len(before), len(before + inside), address),))))
    links = [mark for block in back for mark in block.inline]
    if len(paragraphs(text)) == 1 and lines(inside) and "\n" not in inside and "\r" not in inside:
        runs = address.startswith("javascript") or not address
        assert [(kind, said) for kind, said, _ in links] == ([] if runs else [("a", lines(inside)[0])])


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        (Block("paragraph", "snake_case and 2 < 3 & 4 [sic], 5 * 6"), "snake_case and 2 < 3 & 4 [sic], 5 \\* 6"),
        (Block("paragraph", "1986. A great year"), "1986\\. A great year"),
        (Block("paragraph", "Half bold", marks=(Mark("strong", 0, 5),)), "**Half** bold"),
        (Block("paragraph", "unbelievable", marks=(Mark("emphasis", 2, 9),)), "un*believa*ble"),
        (Block("paragraph", "東京「駅」前", marks=(Mark("strong", 2, 5),)), "東京<strong>「駅」</strong>前"),
        (Block("paragraph", "both", marks=(Mark("strong", 0, 4), Mark("emphasis", 0, 4))), "**_both_**"),
        (Block("paragraph", "H2O", marks=(Mark("subscript", 1, 2),)), "H<sub>2</sub>O"),
        (Block("paragraph", "a\nb"), "a\\\nb"),
        (Block("paragraph", "so he said", marks=(Mark("quotation", 0, 2),)), "“so” he said"),
        (Block("paragraph", "see 3", marks=(Mark("footnote", 4, 5, "3"),)), "see [^3]"),
        (Block("footnote", "Ibid.", label="3"), "[^3]: Ibid. &#32;"),
        (Block("footnote", "Ibid., page 4.", label="[*]"), "[^\\*]: Ibid., page 4."),
        (Block("definition", "The lowest water.", label="Ebb"), "**Ebb**\\\nThe lowest water."),
        (Block("image", "", address="/a b.jpg", alt="A [b]"), "![A \\[b\\]](/a%20b.jpg)"),
        (Block("embed", "", address="https://video.example/1", alt="Tides"), "[Tides](https://video.example/1)"),
        (Block("embed", "", address="https://video.example/1"), "<https://video.example/1>"),
        (Block("math", "x squared", marks=(Mark("math", 0, 9, "x^2 \\\\\n % note\n+ 1"),)), "$$x^2 \\\\ + 1$$"),
        (Block("code", "```\nx\n```", language="md"), "````md\n```\nx\n```\n````"),
        (Block("heading", "C#", level=2), "## C#"),
        (Block("heading", "Level #", level=2), "## Level \\#"),
    ],
)
def test_how_it_looks(block: Block, wanted: str) -> None:
    assert markdown(block) == wanted + "\n"


def test_items_hold_blocks() -> None:
    code = Block("code", "pip install x\n\n\tindented", language="sh")
    listed = Block("list", "", items=(Item("Install", 0, 1, blocks=(code,)), Item("Run", 0, 2), Item("fast", 1)))
    assert markdown(listed) == (
        "1. Install\n\n   ```sh\n   pip install x\n\n       indented\n   ```\n\n2. Run\n\n   - fast\n"
    )


def test_two_lists_in_a_row_stay_two() -> None:
    first, second = (Block("list", "", items=(Item(text),)) for text in "ab")
    assert markdown(first, second, first) == "- a\n\n* b\n\n- a\n"


def test_a_table_reads_back_cell_by_cell() -> None:
    rows = (
        (Cell("Port", header=True, rowspan=2), Cell("Tide", header=True, colspan=2)),
        (Cell("high", header=True), Cell("low", header=True)),
        (Cell("Brest"), Cell("7|1"), Cell("a\nb")),
    )
    assert markdown(Block("table", "", rows=rows)) == (
        "| Port | Tide |  |\n| --- | --- | --- |\n|  | high | low |\n| Brest | 7\\|1 | a<br>b |\n"
    )


def test_captions_stand_below_their_picture() -> None:
    picture = Block("image", "", start=5, end=5, address="/a.jpg", alt="Mud")
    caption = Block("caption", "Mud flats.", start=90, end=100, address="/a.jpg", credit="Ann Lee")
    article = Article(title="Low tide", blocks=(picture, Block("paragraph", "Then.", start=6)), captions=(caption,))
    assert article.to_markdown(title=True) == (
        "# Low tide\n\n![Mud](/a.jpg)\n\n*Mud flats. (Ann Lee)*\n\nThen.\n"
    )
    assert "Mud flats" not in article.to_markdown(captions=False)


def test_time_is_linear_in_hostile_text() -> None:
    """Each of these would take minutes if any step rescanned what it had read."""
    for text in ("[", "\\", "* ", "\n ", "  ", "&", "$a", "~`"):
        assert markdown(Block("paragraph", "x" + text * 50_000 + "x"))
    crossing = tuple(Mark(KINDS[i % len(KINDS)], i, i + 500, "/x") for i in range(20_000))
    assert markdown(Block("paragraph", "x" * 30_000, marks=crossing))
