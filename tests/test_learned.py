"""Sentences that no rule knows, told by what they read like; stories that speak of the same things stay."""

from __future__ import annotations

import pickle
import time

import numpy as np
import pytest

import scrapeclean
from scrapeclean.learned import learned_matches
from scrapeclean.rules.book import default_rules
from scrapeclean.sentence_kinds import KINDS, chances, features, load_weights, normal, packaged_weights, words_of

STORY = (
    "The river rose by two metres in the night, and the old bridge was closed before dawn. Firemen carried sandbags to the "
    "school. Nobody was hurt, the mayor said, but the market hall was under water until noon. "
)
NOTICES = [
    "Whoever wants to print this text elsewhere must ask Harbour Mail for its written consent beforehand.",
    "Nothing on this page may be copied, stored or sold on unless the publishers have agreed.",
    "Newspapers may carry this report free of charge if they name Harbour Mail as its author.",
    "A longer form of this essay could be read first in the spring number of Harbour Review.",
    "Tamsin Webb in Skelby and Omar Haddad in Oslo helped to report this story.",
    "Words by Tamsin Webb, drawings by Omar Haddad.",
    "Parts of this report come from dispatches of Reuters and AFP.",
]
PLEAS = [
    "Subscribers read on; take out a trial subscription for one euro.",
    "This text was read aloud by an automated voice and summed up by artificial intelligence.",
    "Your settings for cookies and other trackers can be changed at any time.",
]
NEAR_MISSES = [
    "The court found that the publisher had breached the copyright of the poet's heirs.",
    "Her first story was published by Harbour Review when she was nineteen.",
    "The council dropped its newsletter after subscribers complained about the postage.",
    "Cookies and milk were handed out to the children while the adults filled in forms.",
    "He reads the comments below his videos every night, and answers some.",
    "The agency said that donations had fallen by a third since the spring.",
    "Police asked witnesses to send pictures of the fire to the station.",
    "The museum licensed the photograph to a maker of postcards in 1987.",
    "She followed the mayor on Instagram until he blocked her.",
    "Readers of the paper gave four million euros for the new roof.",
    "The programme, written by two students, sums up medieval letters with artificial intelligence.",
]


def text_of(*lines: str) -> str:
    return "\n".join(["Floods close the old bridge at Skelby", STORY * 3, STORY, *lines])


def is_ruled(said: str) -> bool:
    return any(match.rule.kind not in ("age", "byline") for match in default_rules().matches(said))


@pytest.mark.parametrize("said", NOTICES)
def test_notices_in_words_that_no_rule_knows(said: str) -> None:
    assert not is_ruled(said)
    for page in (text_of(said), text_of(STORY * 2 + said)):
        article = scrapeclean.clean(page, kind="text")
        assert said in [notice.text for notice in article.notices]
        assert said not in article.text
        assert "market hall was under water" in article.text


@pytest.mark.parametrize("said", PLEAS)
def test_pleas_in_words_that_no_rule_knows(said: str) -> None:
    assert not is_ruled(said)
    article = scrapeclean.clean(text_of(STORY * 2 + said), kind="text")
    assert said not in article.text
    assert "market hall was under water" in article.text
    assert any(gone.rule.startswith("learned/") and "reads like" in gone.reason for gone in article.removed)


def test_a_notice_behind_a_sentence_that_lost_its_stop() -> None:
    said = "Parts of this report come from dispatches of Reuters and AFP."
    article = scrapeclean.clean(
        text_of(
            STORY * 3
            + "The bridge will be open again for walkers at noon on Friday, for lorries not before the spring "
            + said
        ),
        kind="text",
    )
    assert said in [notice.text for notice in article.notices]
    assert article.text.endswith("for lorries not before the spring")


def test_lines_of_cards_are_left_alone() -> None:
    for line in ("Harbour Mail, 40 min ago", "7 hrs ago · 4 min read", "Published: 1 week ago"):
        document = scrapeclean.read_page(text_of(line), kind="text")
        told = [match for matches in document.rule_matches.values() for _, match in matches]
        assert not [match for match in told if match.rule.language == "learned"]


@pytest.mark.parametrize("said", NEAR_MISSES)
def test_a_story_that_speaks_of_such_things_stays(said: str) -> None:
    for page in (text_of(STORY + said, STORY), text_of(STORY + said + " " + STORY), text_of(STORY, said, STORY)):
        article = scrapeclean.clean(page, kind="text")
        assert said in article.text
        assert not [gone for gone in article.removed if gone.rule.startswith("learned/")]


def test_what_somebody_says_stays() -> None:
    said = (
        "“If our reporting matters to you, please help to pay for it with a small gift each month,” she told the hall."
    )
    assert said in scrapeclean.clean(text_of(STORY + said, STORY), kind="text").text


def test_a_notice_belongs_to_the_article_that_it_stands_in() -> None:
    said = NOTICES[3]
    card = ["Harbour Mail", "2 hours ago", "- Harbour Mail", "Sheep found on the roof of the town hall"]
    other = "The sheep were seen by a baker at four in the morning. Nobody knows how they climbed up there. " * 8
    main = scrapeclean.clean(text_of(*card, other + said), kind="text")
    assert [one.title for one in main.related] == [card[-1]]
    assert said in [notice.text for notice in main.related[0].notices]
    assert said not in [notice.text for notice in main.notices]


def test_pages_with_markup_are_left_to_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise AssertionError("a page with markup asked what its sentences read like")

    monkeypatch.setattr("scrapeclean.learned.learned_matches", none)
    page = f"<h1>Floods</h1><article><p>{STORY}</p><p>{PLEAS[0]}</p></article>"
    assert "market hall" in scrapeclean.clean(page).text


def test_the_same_sentences_give_the_same_chances_whatever_stands_beside_them() -> None:
    said = [
        *PLEAS,
        *NEAR_MISSES,
        *NOTICES,
        "",
        "©",
        "著作権は港新聞に帰属します",
    ]
    together = chances(said)
    alone = np.concatenate([chances([one]) for one in said])
    assert together.shape == (len(said), len(KINDS))
    assert np.allclose(together, alone, atol=1e-5)
    assert np.allclose(together.sum(1), 1, atol=1e-5)
    assert chances([]).shape == (0, len(KINDS))


def test_the_weights_are_plain_small_arrays() -> None:
    from importlib.resources import files

    path = files("scrapeclean") / "data" / "sentences.npz"
    assert len(path.read_bytes()) <= 150_000
    weights = load_weights(path)  # type: ignore[arg-type]
    assert weights.words.shape[1] == len(weights.bias) == len(KINDS)
    assert weights.words.shape == packaged_weights().words.shape


def test_a_file_of_another_version_is_refused(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path), "other.npz")
    with path.open("wb") as out:
        np.savez(out, version=np.int64(99))
    with pytest.raises(scrapeclean.ScrapecleanError, match="no weights file of version"):
        load_weights(path)


def test_words() -> None:
    assert [normal(word) for word in words_of("(C) 2019 Ann Lee, see www.example.org now!")] == [
        "©", "<year>", "ann", "lee", ",", "see", "<address>", "now", "!",
    ]  # fmt: skip
    assert words_of("転載を禁じます") == ["転載", "載を", "を禁", "禁じ", "じま", "ます"]
    for odd in ("", " ", "\x00", "\ud800", "@", "\ue000", "....", "١٢٣", "²", "Ⅷ"):
        chances([odd])
    assert len(features(["one two"], lambda word: 1)[0]) == 4


@pytest.mark.parametrize("piece", ["a", "a b. ", "Sign up. ", "© ", "x.y@z.", "http://", "'\"", "著作権。", "www."])
def test_time_is_linear(piece: str) -> None:
    from scrapeclean import read_page

    def cost(size: int) -> float:
        document = read_page(piece * (size // len(piece)), kind="text")
        begin = time.process_time()
        list(learned_matches(document.blocks, {}))
        return time.process_time() - begin

    cost(1_000)
    assert cost(280_000) <= 40 * max(cost(28_000), 0.005)


def test_what_was_learned_pickles_with_the_article() -> None:
    article = scrapeclean.clean(text_of(PLEAS[0], NOTICES[3]), kind="text")
    assert pickle.loads(pickle.dumps(article)) == article
