"""Threads, lists of events and comments: who keeps them, and who takes them away."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import pytest

import scrapeclean
from scrapeclean.model import Article

STORY = (
    "The harbour of Wrenmouth was closed on Monday after a barge ran aground at the mouth of the channel. Pilots said "
    "that the tide had turned an hour earlier than the tables promised, and that nobody aboard was hurt. "
)
TALK = (
    "I tried the older pump as well, and it ran for two winters before the seal gave up. What helped in the end was a "
    "second valve below the tank, which you can buy in any shop for boats. "
)
SAYS = (
    "I had the same trouble with my pump. If you open the lid you will see a small ring, and mine was worn. ",
    "Thanks, I will try that on Sunday. My boat is in the yard, and I can reach the lid without a ladder. ",
    "You could also ask in the yard, they helped me with my old one and did not charge me for it. ",
)


def filters(article: Article) -> set[str]:
    return {removed.filter for removed in article.removed}


def post(name: str, when: str, text: str, kind: str = "comment") -> str:
    return f'<div class="{kind}"><h3>{name}</h3><time>{when}</time><p>{text}</p></div>'


def test_posts_of_a_page_that_calls_itself_a_discussion_stay() -> None:
    schema = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
    posts = "".join(post(name, "3 days ago", TALK * 2 + name) for name in ("Ann", "Ben", "Cleo", "Dan"))
    thread = f'<main id=topic><h1>Which pump for a small boat?</h1><div class="comments">{posts}</div></main>'
    assert "comments" not in filters(scrapeclean.clean(schema + thread))
    assert len(scrapeclean.clean(f"<article><h1>Barge aground</h1><p>{STORY * 8}</p></article>{thread}").comments) == 4


def test_a_chapter_named_like_comments_stays() -> None:
    chapter = f'<section class="review-comments"><h2>Answer the reviewers</h2>{f"<p>{STORY}</p>" * 6}</section>'
    page = f"<article><h1>How to send a patch</h1>{f'<p>{TALK}</p>' * 6}{chapter}</article>"
    assert "reviewers" in scrapeclean.clean(page).text


def test_posts_of_a_thread_as_text_are_no_further_articles() -> None:
    posts = "\n".join(
        f"Skipper {name}\nBoat owner\nMarch {day}, 2024\nReply\nWhich seal of the pump gave up first?\n{TALK * 4}\nQuote"
        for day, name in enumerate(("Ann", "Ben", "Cleo", "Dan"), 3)
    )
    article = scrapeclean.clean(f"Which pump for a small boat?\n{TALK * 4}\n{posts}\n", kind="text")
    assert article.related == ()


def test_headings_that_are_the_entries_of_a_list_stay() -> None:
    names = ("Oak table", "Pine bench", "Birch stool", "Elm shelf", "Ash desk")
    entries = "".join(f'<h3 class="name">{name}</h3>' for name in names)
    page = f"<main><h1>Workshop</h1><p>{STORY}</p><h2>What we make</h2>{entries}<p>{TALK}</p><h2>Share this</h2></main>"
    article = scrapeclean.clean(page)
    assert all(name in article.text for name in names[:-1])
    assert "Share this" not in article.text


def test_what_people_say_to_each_other_is_a_thread() -> None:
    """Dates above, no labels of a forum: the bodies themselves talk of "I" and "you"."""
    posts = "\n".join(f"Ann\nMay {day}, 2024\nPump, part {day}\n{text * 9}" for day, text in enumerate(SAYS, 3))
    news = posts
    for word in ("I ", "my ", "My ", "you ", "You ", "mine "):
        news = news.replace(word, "they ")
    page = f"Which pump for a small boat?\n{STORY * 8}\n"
    assert scrapeclean.clean(page + posts, kind="text").related == ()
    assert len(scrapeclean.clean(page + news, kind="text").related) == 3


def test_a_thread_as_text_is_the_body_and_talk_below_a_story_is_not() -> None:
    names = ("Ann", "Ben", "Cleo")
    things = ("valve below the tank", "hose that the yard sells", "seal of the older kind")
    said = [text + TALK.replace("valve below the tank", thing) for text, thing in zip(SAYS, things, strict=True)]
    posts = "\n".join(f"{name} Lee\nMarch 3, 2024\n{text}{name} would do it again." for name, text in zip(names, said, strict=True))
    thread = scrapeclean.clean(f"Which pump for a small boat?\n3 comments\n{posts}\n", kind="text")
    assert thread.comments == ()
    assert all(f"{name} would do it again" in thread.text for name in names)
    story = scrapeclean.clean(f"Barge runs aground\n{STORY * 9}\n3 comments\n{posts}\n", kind="text")
    assert [comment.author for comment in story.comments] == ["Ann Lee", "Ben Lee", "Cleo Lee"]
    assert "would do it again" not in story.text


def test_a_stand_in_that_the_page_repeats_opens_no_article() -> None:
    """A widget in the middle of the story whose cards were never filled: the same title and date over and over."""
    card = "Top stories of the valley every day\nDec 31, 1969\n"
    page = f"Barge runs aground\n{STORY * 6}\n{card * 2}{' '.join(SAYS) * 4}\n{card * 3}"
    assert scrapeclean.clean(page, kind="text").related == ()


def test_what_all_cards_print_alike_is_no_field_of_theirs() -> None:
    cards = ("Kite season opens early on the dunes", "Old ferry gets a new engine at last", "Bakers strike over night shifts")
    outlets, ages = ("Dune Herald", "Ferry Post", "The Crumb"), ("3 hours ago", "in the year of the hare", "5 hours ago")
    body = "Kites rose over the dunes at dawn. The harbour master counted forty of them before noon. " * 12
    page = f"The harbour stays closed until the barge is afloat\n{STORY * 8}\nMore stories\n" + "\n".join(
        f"{outlet}\n{age}\n{title}\nOpen onward now\n{n}7 nods\n{body}"
        for n, (outlet, age, title) in enumerate(zip(outlets, ages, cards, strict=True))
    )
    found = scrapeclean.clean(page, kind="text").related
    assert [(one.title, one.source, one.published_text) for one in found] == list(zip(cards, outlets, ages, strict=True))
    assert not any("onward" in one.text or "nods" in one.text for one in found)


def test_a_credit_with_an_age_is_the_line_of_a_card() -> None:
    body = "Kites rose over the dunes at dawn. The harbour master counted forty of them before noon. " * 6
    page = f"The harbour stays closed until the barge is afloat\n{STORY * 8}\nMore stories\n" + "\n".join(
        f"Haber: {outlet} | {age}\n{title}\n{body}"
        for outlet, age, title in (
            ("Dune Herald", "3 hours ago", "Kite season opens early on the dunes"),
            ("Ferry Post", "4 hours ago", "Old ferry gets a new engine at last"),
        )
    )
    assert [one.source for one in scrapeclean.clean(page, kind="text").related] == ["Dune Herald", "Ferry Post"]


def test_votes_before_a_name_and_parts_named_after_the_comment_do_not_hide_it() -> None:
    def one(votes: str, name: str, text: str, below: str = "") -> str:
        told = f'<div class="byline"><a href="/u/{name}">{name}</a> 2 hours ago</div>'
        return (
            f'<li class="comment"><div class="voters">{votes}</div>{told}'
            f'<div class="comment_text"><p>{text}</p></div><ol>{below}</ol></li>'
        )

    reply = one("▲ 3", "alba", SAYS[1])
    story = "".join(f"<p>{STORY.replace('Monday', day)}</p>" for day in ("Monday", "Tuesday", "Friday"))
    article = scrapeclean.clean(f'<h1>Barge</h1>{story}<ol class="comments">{one("12", "jo_m", SAYS[0], reply)}</ol>')
    assert [(comment.author, comment.depth, comment.text) for comment in article.comments] == [
        ("jo_m", 0, SAYS[0].strip()),
        ("alba", 1, SAYS[1].strip()),
    ]


def test_posts_of_a_thread_do_not_show_what_cards_look_like(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the other labels of the page become articles, and these vouch for the posts."""
    shown: list[int] = []

    def undated(lines: object, cards: Sequence[object]) -> list[object]:
        shown.append(len(cards))
        return []

    monkeypatch.setattr(importlib.import_module("scrapeclean.filters.related"), "undated", undated)
    names = ("Ann Lee", "Bo Carver", "Cid Moran", "Dora Finn", "Ed Galt", "Fay Holm")
    told = [(SAYS[n % 3] + TALK.replace("two", str(n + 2))) * 2 for n in range(len(names))]
    posts = "".join(
        f"{name}\nBuilder of small boats since {1990 + n}\n{n + 1} years ago\n{told[n]}\n" for n, name in enumerate(names)
    )
    page = f"Which pump lasts?\n{TALK * 3}\n{posts}"
    assert scrapeclean.clean(page, kind="text").related == ()
    assert shown == [0]
