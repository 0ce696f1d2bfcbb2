"""Sentences: where they begin and end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapeclean.sentences import sentence_spans

CASES = [
    ("two", "It rained. The river rose.", ["It rained.", "The river rose."]),
    ("rest without a stop", "It rained. Sign up here", ["It rained.", "Sign up here"]),
    ("title and initial", "Dr. A. B. Cole of Acme spoke.", ["Dr. A. B. Cole of Acme spoke."]),
    ("company inside", "Acme Inc. Chief Cole spoke.", ["Acme Inc. Chief Cole spoke."]),
    ("company at the end", "Copyright 2025 Acme Inc. All rights reserved.", ["Copyright 2025 Acme Inc.", "All rights reserved."]),
    ("country inside", "The U.S. Army came. It left.", ["The U.S. Army came.", "It left."]),
    ("country at the end", "He lives in the U.S. The court ruled.", ["He lives in the U.S.", "The court ruled."]),
    ("number", "See No. 5 of Fig. 3. Then go.", ["See No. 5 of Fig. 3.", "Then go."]),
    ("the word no", "She said no. Then she left.", ["She said no.", "Then she left."]),
    ("decimal", "It rose by 3.5 percent. Good.", ["It rose by 3.5 percent.", "Good."]),
    ("quote", '"Stop!" he said. "Why?" She left.', ['"Stop!" he said.', '"Why?"', "She left."]),
    ("bracket", "(He left.) She stayed.", ["(He left.)", "She stayed."]),
    ("curly", "“It rained.” Then it snowed.", ["“It rained.”", "Then it snowed."]),
    ("lost space", "It ended on Monday.Sign up here.", ["It ended on Monday.", "Sign up here."]),
    ("ellipsis", "And then... Nothing.", ["And then...", "Nothing."]),
    ("small letter follows", "Apple vs. pears, e.g. quinces.", ["Apple vs. pears, e.g. quinces."]),
    ("Chinese", "下雨了。河水涨了！走吧", ["下雨了。", "河水涨了！", "走吧"]),
    ("Urdu", "بارش ہوئی۔ دریا چڑھا۔", ["بارش ہوئی۔", "دریا چڑھا۔"]),
    ("Arabic question", "هل جاء؟ نعم.", ["هل جاء؟", "نعم."]),
    ("Hindi", "बारिश हुई। नदी बढ़ी।", ["बारिश हुई।", "नदी बढ़ी।"]),
    ("short lines", "Read more\nThe long road\n\nShare", ["Read more", "The long road", "Share"]),
    ("wrapped line", "A line that was wrapped after some seventy characters goes on in New\nYork.", None),
    ("spaces around", "  One.   Two.  ", ["One.", "Two."]),
    ("nothing", " \n ", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_sentences(text: str, expected: list[str] | None) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == (expected if expected is not None else [text])


@given(st.text(alphabet=st.sampled_from("aB1 .!?\n\"'”)。؟…J"), max_size=60))
def test_spans_hold_everything_but_space(text: str) -> None:
    last, outside = 0, ""
    for start, end in sentence_spans(text):
        assert last <= start < end
        assert not text[start].isspace() and not text[end - 1].isspace()
        outside += text[last:start]
        last = end
    assert not (outside + text[last:]).strip()


@pytest.mark.parametrize("unit", [". ", "A. ", "A.", "\n ", '."', " ", "word ", "aa.A", "a\n"])
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        sentence_spans(text)
        return time.process_time() - start

    small = max(min(seconds(50_000) for _ in range(2)), 0.004)
    assert seconds(400_000) < 30 * small  # 8 times the size; a quadratic one takes 64 times as long
