"""The learned scorer: sound for every page, right for plain ones, small, and the same every time."""

from __future__ import annotations

import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scrapeclean
from scrapeclean import read_page
from scrapeclean.errors import ArgumentError
from scrapeclean.features.html import html_rows
from scrapeclean.features.rows import told_again
from scrapeclean.network import _times, load_weights, poise, run
from scrapeclean.score import page_facts, score_blocks

_BODIES = {
    "english": (
        "The harbour wall gave way at four in the morning, and by six the lower streets stood under a metre of water. "
        "Fishermen brought families out through upper windows, the mayor said, and nobody was hurt.",
        "Engineers had asked for repairs in spring. The council put them off until the autumn budget was settled.",
        "By evening the water had gone down, and volunteers were carrying ruined furniture out into the square.",
    ),
    "chinese": (
        "凌晨四点，港口的堤坝突然决口，到了六点，低处的街道已经被一米深的积水淹没。市长说，渔民们从楼上的窗户救出了许多家庭，没有人员受伤。",
        "工程师们在春天就提出过维修的要求，但是市议会把这件事推迟到了秋季预算确定以后再讨论，居民对此十分不满。",
        "到了傍晚，积水终于退去，志愿者们把损坏的家具一件一件搬到广场上，准备第二天统一运走处理。",
    ),
    "arabic": (
        "انهار جدار الميناء في الرابعة صباحا، وبحلول السادسة كانت الشوارع المنخفضة تحت متر من الماء. وقال رئيس البلدية "
        "إن الصيادين أخرجوا العائلات من النوافذ العليا، ولم يصب أحد بأذى.",
        "كان المهندسون قد طلبوا إصلاحات في الربيع، لكن المجلس أجلها إلى أن تحسم ميزانية الخريف، كما قال أحد السكان.",
        "وبحلول المساء انحسر الماء، وكان المتطوعون يحملون الأثاث التالف إلى الساحة، استعدادا لنقله في اليوم التالي.",
    ),
}  # fmt: skip
_MENU = {"english": "Sports", "chinese": "体育", "arabic": "رياضة"}


def page(language: str) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in _BODIES[language])
    menu = "".join(f'<li><a href="/{n}">{_MENU[language]} {n}</a></li>' for n in range(12))
    return (
        f'<html><title>A</title><body><nav class="menu"><ul>{menu}</ul></nav><main><article class="post-content">'
        f'<h1>A</h1>{paragraphs}</article></main><footer class="footer"><ul>{menu}</ul></footer>'
    )


@pytest.mark.parametrize("language", _BODIES)
def test_body_above_menus(language: str) -> None:
    document = read_page(page(language))
    body = [document.scores[b.index] for b in document.blocks if b.kind == "paragraph" and not b.link_chars]
    menus = [document.scores[b.index] for b in document.blocks if b.kind == "item"]
    assert len(body) == 3
    assert len(menus) == 24
    assert min(body) > 0.5 > max(menus)


@pytest.mark.parametrize("language", _BODIES)
def test_body_above_menus_in_plain_text(language: str) -> None:
    menu = [f"{_MENU[language]} {n}" for n in range(12)]
    source = "\n".join(["A", *menu, "A", *_BODIES[language], *menu])
    document = read_page(source, kind="text")
    scores = {block.text: document.scores[block.index] for block in document.blocks}
    assert min(scores[text] for text in _BODIES[language]) > 0.5
    assert max(scores[line] for line in menu) < 0.5


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400))
def test_every_block_gets_a_probability(source: str) -> None:
    for kind in ("html", "text"):
        document = read_page("<p>" + source if kind == "html" else source, kind=kind)  # type: ignore[arg-type]
        assert len(document.scores) == len(document.blocks)
        assert all(0 <= score <= 1 for score in document.scores)


def test_the_same_in_threads() -> None:
    sources = [page(language) for language in _BODIES] * 8
    expected = [score_blocks(read_page(source)) for source in sources]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda source: score_blocks(read_page(source)), sources)) == expected


def test_favor_moves_only_the_threshold() -> None:
    source = page("english").replace("</main>", "<div><p>Read also: the storm of 1953</p></div></main>")
    kept = {}
    for favor in ("precision", "balanced", "recall"):
        kept[favor] = {block.text for block in scrapeclean.clean(source, favor=favor).blocks}  # type: ignore[arg-type]
    assert kept["precision"] <= kept["balanced"] <= kept["recall"]
    assert len({read_page(source, favor=favor).scores for favor in ("precision", "balanced", "recall")}) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["html", "text"])
def test_large_pages_in_linear_time(kind: str) -> None:
    line = "<div class=item><p>{}: a line of some words.</p></div>" if kind == "html" else "{}: a line"

    def seconds(count: int) -> float:
        document = read_page("\n".join(line.format(n) for n in range(count)), kind=kind)  # type: ignore[arg-type]
        start = time.process_time()
        assert len(score_blocks(document)) >= count
        return time.process_time() - start

    seconds(100)
    assert seconds(14_000) < 12 * seconds(2_800) + 0.5


def test_weights_are_small_and_plain() -> None:
    folder = Path(str(files("scrapeclean"))) / "data"
    paths = sorted(folder.glob("score-*.npz"))
    assert [path.name for path in paths] == ["score-html.npz", "score-text.npz"]
    assert sum(path.stat().st_size for path in paths) <= 1_000_000
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                assert np.lib.format.read_magic(archive.open(name)) == (1, 0)
        load_weights(path)


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "score-html.npz"
    np.savez(path, version=np.int64(0))
    with pytest.raises(ArgumentError, match="no weights file of version"):
        load_weights(path)


def test_products_in_pieces_are_products() -> None:
    random = np.random.default_rng(0)
    x, matrix = random.random((1000, 90), np.float32), random.random((90, 48), np.float32)
    assert np.allclose(_times(x, matrix), x @ matrix, atol=1e-3)


def test_confidence_falls_with_doubt() -> None:
    assert scrapeclean.clean("").confidence == 0
    sure = scrapeclean.clean(page("english")).confidence
    assert 0 < sure <= 1
    sizes = np.full(10, 300)
    facts = page_facts(np.array([0.99] * 5 + [0.01] * 5), sizes), page_facts(np.full(10, 0.55), sizes)
    assert facts[0][1] > facts[1][1]
    assert np.isfinite(page_facts(np.zeros(0), np.zeros(0))).all()


def test_numpy_and_torch_agree(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    export, examples, networks = (import_module(f"training.{name}") for name in ("export", "examples", "network"))
    document = read_page(page("english"))
    rows = html_rows(document)
    share = np.zeros(len(rows.blocks))
    example = examples.Example("1", "c", "s", 0, "", "", rows, ["t"] * len(share), share, "b", (), ())
    known = examples.vocabulary([example], name_sites=1, word_sites=1)
    one = examples.sample(example, known)
    torch.manual_seed(0)
    sizes = one.dense.shape[1], one.boxes.shape[1], len(known.words), len(known.names)
    network = networks.Network(networks.Shape(*sizes))
    network.eval()
    flat = export.Scaling(np.zeros(one.dense.shape[1]), np.ones(one.dense.shape[1]), np.zeros(one.boxes.shape[1]),
                          np.ones(one.boxes.shape[1]))  # fmt: skip
    export.write(tmp_path / "w.npz", network, flat, known)
    batch = networks.collate([one])
    with torch.no_grad():
        expected = poise(torch.sigmoid(network(batch)).numpy()[batch.page.numpy() == 0], rows.sizes)
    assert np.allclose(run(rows, load_weights(tmp_path / "w.npz")), expected, atol=0.01)


def test_the_by_line_of_the_main_article_opens_no_other_one() -> None:
    body = [_BODIES["english"][n % 3] + f" So it went on day {n}." for n in range(9)]
    lead = (
        "The sea broke through in the night, and the lower town woke up under water. What the council knew of the wall, "
        "and when, nobody wants to say now. The mayor was asked twice in the council chamber, and twice he spoke about "
        "the weather of that week instead. Now the engineers have put their letters on the table, all four of them."
    )
    byline = ["Ann Lee 12.05.2024, 19:35", "Ann Lee", "Coast & Harbour Desk"]
    source = "\n\n".join(["Harbour wall gives way", lead, *byline, *body])
    article = scrapeclean.clean(source)
    assert not article.related
    assert body[0] in article.text
    assert body[-1] in article.text


def test_what_a_page_says_over_and_over_is_seen_once() -> None:
    """Hundreds of lines that differ in a number only are no reason to doubt the story above them."""
    story = list(_BODIES["english"])
    lines = [f"Harbour wall picture {n} of 400" for n in range(400)]
    document = read_page("\n\n".join([*story, *lines]), kind="text")
    scores = {block.text: document.scores[block.index] for block in document.blocks}
    assert all(scores[text] > 0.5 for text in story)
    assert len({scores[line] for line in lines}) == 1
    assert told_again(document.blocks)[document.blocks[-1].index] == len(story)


def test_numbers_alone_are_facts_of_their_own() -> None:
    rows = "".join(f"<tr><td>{n}<td>{n * n}" for n in range(200))
    assert told_again(read_page(f"<table>{rows}</table>").blocks) == {}
