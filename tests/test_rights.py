"""Notices and captions in text: cases as data, what holds for any text, and that time grows with its length only."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapeclean.rights import credit_in, find_caption, find_credit, find_dateline, find_notices, license_name

CASES = Path(__file__).parent / "fixtures" / "rights.txt"


def read_cases() -> list[tuple[str, list[tuple[str, str, dict[str, str]]]]]:
    """(text, [(kind, text of the notice, fields)]) for each line of the file."""
    cases = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marked, *said = line.split(" => ")
        texts = [part.split("]]")[0] for part in marked.split("[[")[1:]]
        assert len(texts) == len(said), line
        expected = []
        for text, words in zip(texts, said, strict=True):
            kind, _, fields = words.partition(" ")
            expected.append((kind, text, dict(field.split("=", 1) for field in fields.split("; ") if field)))
        cases.append((marked.replace("[[", "").replace("]]", ""), expected))
    return cases


def told(text: str) -> list[tuple[str, str, dict[str, str]]]:
    found = []
    for notice in find_notices(text):
        fields = {name: getattr(notice, name) for name in ("holder", "year", "license", "outlet")}
        found.append((notice.kind, notice.text, {name: str(value) for name, value in fields.items() if value}))
    return found


def test_there_are_many_cases() -> None:
    cases = read_cases()
    assert len(cases) >= 120
    assert sum(not expected for _, expected in cases) >= 40


@pytest.mark.parametrize(("text", "expected"), read_cases())
def test_notices(text: str, expected: list[tuple[str, str, dict[str, str]]]) -> None:
    assert told(text) == expected


CAPTIONS = [
    # (text, what of it is the caption, credit)
    ("The port on Monday. REUTERS/Jane Doe", "The port on Monday. REUTERS/Jane Doe", "REUTERS/Jane Doe"),
    ("A view of the port | Photo Credit: PTI", "A view of the port | Photo Credit: PTI", "PTI"),
    ("Der Hafen am Montag. Foto: Jan Muster/dpa", "Der Hafen am Montag. Foto: Jan Muster/dpa", "Jan Muster/dpa"),
    ("La plage. Crédit photo : Jean Dupont / AFP", "La plage. Crédit photo : Jean Dupont / AFP", "Jean Dupont / AFP"),
    ("The new bridge. Image: Supplied", "The new bridge. Image: Supplied", "Supplied"),
    ("Rain over the harbour. Credit: NASA/JPL-Caltech", "Rain over the harbour. Credit: NASA/JPL-Caltech",
     "NASA/JPL-Caltech"),
    ("The mayor in May. © AFP", "The mayor in May. © AFP", "AFP"),
    ("港の様子（写真：共同通信）", "港の様子（写真：共同通信）", "共同通信"),
    ("市场里的蔬菜很新鲜。图/视觉中国", "市场里的蔬菜很新鲜。图/视觉中国", "视觉中国"),
    ("The treaty was signed (Photo: Ministry of Defence).", "The treaty was signed (Photo: Ministry of Defence).",
     "Ministry of Defence"),
    ("Police at the scene. (Courtesy photo)", "Police at the scene. (Courtesy photo)", "Courtesy photo"),
    ("The barn. Photo courtesy of the Smith family.", "The barn. Photo courtesy of the Smith family.",
     "the Smith family"),
    ('Guards in the hall. The mayor called it "odd." (Photo by F. J. Brand, AFP via Getty Images) It was cut.',
     'Guards in the hall. The mayor called it "odd." (Photo by F. J. Brand, AFP via Getty Images)',
     "F. J. Brand, AFP via Getty Images"),
    ("A rally on Friday, in Oslo. (AP Photo/Ann Lee, File) OSLO (AP) — The king said no.",
     "A rally on Friday, in Oslo. (AP Photo/Ann Lee, File)", "AP Photo/Ann Lee, File"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "caption", "credit"), CAPTIONS)
def test_captions(text: str, caption: str, credit: str) -> None:
    found = find_caption(text)
    assert found is not None
    assert (text[found[0] : found[1]], found[2]) == (caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        "He took a photo of her.",
        "He posted it on the web (photo by his wife) and left.",
        "He posted it on the web (photo by his wife).",
        "The company (Reuters) said on Monday that it would close.",
        "The mayor said no. (AP)",
        "He said: see the map: North Africa",
        "Location: Berlin",
        "Police (file photo) said so.",
        "Foto: dpa",
        "© 2024 Harbour Media. Foto: dpa",
        '"logo": "https://www.example.com/assets/images/logo.png",',
        "The fight (Photo by Ann Lee) went on for hours.",
        "",
    ],
)
def test_not_captions(text: str) -> None:
    assert find_caption(text) is None


def test_notice_behind_caption() -> None:
    origin = "This story was originally published by Harbour Matters."
    text = f"The hall at night (Photo by Ann Lee/Getty Images) {origin} It rained."
    assert [notice.text for notice in find_notices(text)] == [origin]
    assert text[find_notices(text)[0].start :].startswith("This story was")


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Photo: Ann Lee / Reuters", "Ann Lee / Reuters"),
        ("Getty Images", "Getty Images"),
        ("Getty Images/iStockphoto", "Getty Images/iStockphoto"),
        ("图/视觉中国", "视觉中国"),
        ("Image: Supplied", "Supplied"),
        ("Getty Images Announces a Deal", None),
        ("Canva", None),
        ("Credits: 3", None),
        ("Image: a man walks his dog", None),
    ],
)
def test_credits(text: str, credit: str | None) -> None:
    assert find_credit(text) == credit


def test_credit_in_a_marked_caption() -> None:
    assert credit_in("The bridge at dawn | Photo: Ann Lee") == "Ann Lee"
    assert credit_in("© Ann Lee / AFP") == "Ann Lee / AFP"
    assert credit_in("The bridge at dawn") == ""


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("KYIV, Ukraine (AP) — The president said no.", "AP"),
        ("WASHINGTON (Reuters) - The bank said no.", "Reuters"),
        ("Berlin (dpa) - Der Fluss steigt.", "dpa"),
        ("LONDON, May 3 (Reuters) - The bank said no.", "Reuters"),
        ("BOSTON (WHXY) — A road was closed.", "WHXY"),
        ("新华社北京6月8日电 今天下雨。", "新华社"),
        ("The company (formerly Acme) - a small one - closed.", None),
        ("He (Smith) — a baker — left.", None),
        ("Washington said no.", None),
    ],
)
def test_datelines(text: str, agency: str | None) -> None:
    found = find_dateline(text)
    assert (found.outlet if found else None) == agency


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CC BY", "CC-BY"),
        ("CC-BY-SA", "CC-BY-SA"),
        ("cc by-nc-nd 4.0", "CC-BY-NC-ND-4.0"),
        ("CC0", "CC0"),
        ("https://creativecommons.org/licenses/by-nc-sa/3.0/us/", "CC-BY-NC-SA-3.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("Creative Commons Namensnennung - Weitergabe unter gleichen Bedingungen 4.0", "CC-BY-SA-4.0"),
        ("Licencia Creative Commons Atribución-NoComercial-SinDerivadas 4.0", "CC-BY-NC-ND-4.0"),
        ("知识共享署名-非商业性使用-禁止演绎 4.0 国际许可协议", "CC-BY-NC-ND-4.0"),
        ("Creative Commons Attribution-ShareAlike 3.0 Unported License", "CC-BY-SA-3.0"),
        ("GNU Free Documentation License", "GFDL"),
        ("GNU General Public License v2.0", "GPL-2.0"),
        ("GPLv3", "GPL-3.0"),
        ("Apache License", "Apache-2.0"),
        ("3-clause BSD license", "BSD-3-Clause"),
        ("Open Government Licence – Canada", "OGL-Canada-2.0"),
        ("Datenlizenz Deutschland – Namensnennung – Version 2.0", "DL-DE-BY-2.0"),
        ("under a Creative Commons license", None),
        ("his driving licence", None),
    ],
)
def test_licenses(text: str, name: str | None) -> None:
    assert license_name(text) == name


PIECES = st.sampled_from(
    [
        "It rained. ", "© ", "Copyright ", "2024 ", "Harbour Media, Inc. ", "All rights reserved. ", "(AP) ",
        "Source: ", "This story was originally published by ", "Reporting by Ann Lee", "; editing by ",
        "(Photo by Ann Lee, AFP) ",
        "CC BY 4.0 ", "\n", " ", '"', "Licensed under ", "contributed to this story. ", "Foto: dpa", "。", "图/",
        "(", ")", "Used with permission. ", "\u0130", "\u00a0",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_spans_are_in_order_and_apart(text: str) -> None:
    at = 0
    for notice in find_notices(text):
        assert at <= notice.start < notice.end <= len(text)
        assert notice.text == text[notice.start : notice.end]
        at = notice.end
    caption = find_caption(text)
    if caption is not None:
        assert 0 <= caption[0] < caption[1] <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "Copyright ", "© 2024 ", "(Photo by A, ", "Foto: ", "By By ", "Reporting by A; ", "All rights reserved. ",
        "(c) ", "AP/", "A. ", "(", "©", "licensed under ",
    ],
)
def test_time_grows_with_the_length(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        start = time.process_time()
        find_notices(text)
        find_caption(text)
        return time.process_time() - start

    seconds(100)
    small, large = (min(seconds(count) for _ in range(2)) for count in (1_500, 12_000))
    assert large < 16 * small + 0.2


def test_a_hundred_thousand_words() -> None:
    start = time.process_time()
    find_notices("Copyright " * 100_000)
    assert time.process_time() - start < 5
