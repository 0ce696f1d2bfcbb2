"""Metadata: what each source may say, how it is cleaned, and how conflicts are settled."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapeclean import clean, read_page
from scrapeclean.metadata import Metadata, find_body, read
from scrapeclean.metadata.addresses import web_address
from scrapeclean.metadata.dates import address_stamp, parse_stamp
from scrapeclean.metadata.language import language_code
from scrapeclean.metadata.loose_json import parse_json
from scrapeclean.metadata.names import read_names
from scrapeclean.metadata.structured import digest
from scrapeclean.metadata.titles import Site, cut_tails
from scrapeclean.model import Head
from scrapeclean.segment.head import METAS, read_head

URL = "https://www.valleytimes.example/2025/06/08/river-rises"
PROSE = (
    "<p>"
    + "The river rose by two metres in the night, and the bridge at the mill was closed to all traffic. " * 4
    + "</p>"
)


def page(head: str = "", body: str = "<h1>River rises by two metres</h1>" + PROSE, url: str | None = URL) -> Metadata:
    return read(read_page(f"<html><head>{head}</head><body>{body}</body></html>", kind="html", url=url))


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "River rises by two metres"}


# --- people -------------------------------------------------------------------------------------------------------

PEOPLE = [
    # as found, the people in it
    ("By Jane Doe", ["Jane Doe"]),
    ("by JANE DOE", ["JANE DOE"]),
    ("By: Jane Doe", ["Jane Doe"]),
    ("Written by Jane Doe and Richard Roe", ["Jane Doe", "Richard Roe"]),
    ("Jane Doe & Richard Roe", ["Jane Doe", "Richard Roe"]),
    ("Jane Doe, Richard Roe and Ann Lee", ["Jane Doe", "Richard Roe", "Ann Lee"]),
    ("Jane Doe; Richard Roe", ["Jane Doe", "Richard Roe"]),
    ("Jane Doe, Senior Reporter", ["Jane Doe"]),
    ("Jane Doe, Staff Writer | The Valley Times", ["Jane Doe"]),
    ("Senior Reporter Jane Doe", ["Jane Doe"]),
    ("Jane Doe Associated Press", ["Jane Doe"]),
    ("Jane Doe for the Valley Times", ["Jane Doe"]),
    ("By Jane Doe jane.doe@valleytimes.example", ["Jane Doe"]),
    ("Jane Doe @janedoe", ["Jane Doe"]),
    ("By Jane Doe, Updated 4 Hours Ago", ["Jane Doe"]),
    ("Jane Doe · 4 min read", ["Jane Doe"]),
    ("Doe, Jane", ["Jane Doe"]),
    ("John Roe, Jr.", ["John Roe Jr."]),
    ("Ann Lee, MD, PhD", ["Ann Lee"]),
    ("Von Anna Müller und Jürgen Groß", ["Anna Müller", "Jürgen Groß"]),
    ("Ein Kommentar von Anna Müller, Berlin", ["Anna Müller"]),
    ("Par Hélène Dupont et Luc Martin", ["Hélène Dupont", "Luc Martin"]),
    ("Por María Gómez y José Ruiz", ["María Gómez", "José Ruiz"]),
    ("José Ortega y Gasset", ["José Ortega y Gasset"]),
    ("Av Kari Nordmann og Ola Hansen", ["Kari Nordmann", "Ola Hansen"]),
    ("Автор: Иван Петров", ["Иван Петров"]),
    ("作者：王小明", ["王小明"]),
    ("(责编：王小明、李华)", ["王小明", "李华"]),
    ("Jane Doe <b>Reporter</b>", ["Jane Doe"]),
    ("Jane Doe https://valleytimes.example/jane", ["Jane Doe"]),
    ("Will Read", ["Will Read"]),
    ("Ludwig van Beek", ["Ludwig van Beek"]),
    ("Sean O&#39;Neill", ["Sean O'Neill"]),
    ("Jane Doe (Valley correspondent)", ["Jane Doe"]),
    ("Jane Doe 4 hours ago", ["Jane Doe"]),
    ("Jane Doe and", ["Jane Doe"]),
    ("and Jane Doe", ["Jane Doe"]),
    ("Jane Doe - 10+ Years at the Mill", ["Jane Doe"]),
    ("O'Neil, Shaun", ["Shaun O'Neil"]),
    ("김민수 기자", ["김민수"]),
    ("記者王小明／台北報導", ["王小明"]),
    ("本报记者 王小明 李红", ["王小明", "李红"]),
    ("Photo: Jane Doe / Valley Times", []),
    ("Foto: Anna Müller", []),
    ("4 Hours Ago", []),
    ("June 8, 2025", []),
    ("2025-06-08T10:00", []),
    ("mail@valleytimes.example", []),
    ("Staff Writer", []),
    ("Share", []),
    ("https://www.facebook.com/valleytimes", []),
    ("", []),
]


@pytest.mark.parametrize(("found", "people"), PEOPLE, ids=[row[0] or "nothing" for row in PEOPLE])
def test_people_in_a_string(found: str, people: list[str]) -> None:
    assert list(read_names([found], frozenset({"valleytimes"})).people) == people


OUTLETS = [
    "The Valley Times",
    "Valley Times Staff",
    "Reuters",
    "Deutsche Presse-Agentur",
    "Redaktion",
    "valleytimes.example",
    "AFP",
]


@pytest.mark.parametrize("name", OUTLETS)
def test_outlets_are_no_people(name: str) -> None:
    names = read_names([name], frozenset({"valleytimes"}))
    assert names.people == ()
    assert names.outlets == (name,)


def test_a_company_is_one_name() -> None:
    assert read_names(["Fern & Hill GmbH & Co. KG"]).people == ()
    assert "Hill GmbH & Co. KG" in read_names(["Hill GmbH & Co. KG"]).outlets


@pytest.mark.parametrize("text", ["Von Ausgangssperre bis Zusatzimpfung", "From Norway to Chile", "YouTube"])
def test_phrases_that_begin_like_by_lines_name_nobody(text: str) -> None:
    assert read_names([text]).people == ()


@pytest.mark.parametrize("text", ["Erstellt von Jane Doe", "View all posts by Jane Doe", "Jane Doe 〓"])
def test_what_forms_put_around_a_name_goes(text: str) -> None:
    assert read_names([text]).people == ("Jane Doe",)


def test_an_outlet_is_the_author_only_where_there_is_no_person() -> None:
    outlet = ld(ARTICLE | {"author": {"@type": "Organization", "name": "Valley Times"}})
    assert page(outlet).authors == ("Valley Times",)
    assert page(outlet, "<h1>River rises by two metres</h1><p>By Jane Doe</p>" + PROSE).authors == ("Jane Doe",)


def test_structured_data_is_trusted_over_a_meta_element_and_both_are_shown() -> None:
    found = page(
        ld(ARTICLE | {"author": {"@type": "Person", "name": "Jane Doe"}}) + '<meta name="author" content="Ann Lee">'
    )
    assert found.authors == ("Jane Doe",)
    assert found.evidence["authors"].source == "json-ld"
    assert ("meta author", "Ann Lee") in found.evidence["authors"].others


def test_agreement_makes_surer() -> None:
    jane = ld(ARTICLE | {"author": {"@type": "Person", "name": "Jane Doe"}})
    alone, both = page(jane), page(jane + '<meta name="author" content="Jane Doe">')
    against = page(jane + '<meta name="author" content="Ann Lee">')
    assert (
        both.evidence["authors"].confidence
        > alone.evidence["authors"].confidence
        > against.evidence["authors"].confidence
    )


def test_a_by_line_that_names_more_people_completes_the_structured_data() -> None:
    head = ld(ARTICLE | {"author": {"@type": "Person", "name": "Jane Doe"}})
    assert page(head, "<h1>River rises by two metres</h1><p>By Jane Doe and Richard Roe</p>" + PROSE).authors == (
        "Jane Doe",
        "Richard Roe",
    )


BY_LINES = [
    "<p>By Jane Doe</p>",
    "<div class='article__byline'>Jane Doe</div>",
    "<p><a href='/author/jane-doe/'>Jane Doe</a></p>",
    "<p><a rel='author' href='/jane'>Jane Doe</a></p>",
    "<p><span itemprop='author' itemscope itemtype='https://schema.org/Person'><span itemprop='name'>Jane Doe</span></span></p>",
    "<p>Published June 8, 2025 by Jane Doe</p>",
    "<p>June 8, 2025</p><p>Jane Doe</p>",
    "<p>Jane Doe • June 8, 2025</p>",
    "<p>By Jane Doe ⋅ Editor-in-Chief ⋅ Updated May 6, 2025</p>",
]


@pytest.mark.parametrize("line", BY_LINES)
def test_by_lines(line: str) -> None:
    assert page("", f"<h1>River rises by two metres</h1>{line}{PROSE}").authors == ("Jane Doe",)


def test_authors_of_comments_teasers_and_pictures_are_not_the_articles() -> None:
    body = (
        "<h1>River rises by two metres</h1><figure><img src=a.jpg><figcaption>Photo: Ann Lee / Valley Times</figcaption></figure>"
        + PROSE * 3
        + "<aside><h3>More</h3><p>By Richard Roe</p></aside><div class='comments'><p class='comment-author'>Paula Poe</p></div>"
    )
    assert page("", body).authors == ()


def test_where_the_data_names_an_agency_a_by_line_far_away_is_anothers() -> None:
    body = "<h1>River rises by two metres</h1>" + PROSE * 30 + "<p>Written by Ann Lee</p>"
    assert page(ld(ARTICLE | {"author": {"name": "Valley Times"}}), body).authors == ("Ann Lee",)
    assert page(ld(ARTICLE | {"author": {"name": "Reuters"}}), body).authors == ("Reuters",)


def test_an_agency_in_the_by_line_is_better_than_the_pages_own_name() -> None:
    own = {"@type": "Organization", "name": "Valley Times"}
    body = "<h1>River rises by two metres</h1><p>By Associated Press</p>" + PROSE
    assert page(ld(ARTICLE | {"author": own, "publisher": own}), body).authors == ("Associated Press",)


def test_a_box_named_for_authors_that_holds_the_section_names_nobody() -> None:
    body = "<h1>River rises by two metres</h1><div class='author'>منوعات</div>" + PROSE
    section = "<span itemprop='articleSection'>منوعات</span>"
    assert page("", body).authors == ("منوعات",)
    assert page("", section + body).authors == ()


def test_a_box_named_for_authors_that_repeats_the_topic_names_no_outlet() -> None:
    body = "<h1>Valley college football: River Rovers win</h1><div class=author>College Football</div>" + PROSE
    assert page("", body).authors == ()


def test_a_section_beside_a_date_is_no_author() -> None:
    assert (
        page(
            "",
            "<h1>River rises</h1><p>June 8, 2025</p><p>Valley Weather</p>" + PROSE,
            "https://a.example/valley-weather/x",
        ).authors
        == ()
    )


# --- titles -------------------------------------------------------------------------------------------------------

SITE = Site(frozenset({"valleytimes", "thevalleytimes"}), "valleytimes", frozenset({"weather"}))
TITLES = [
    ("River rises | Valley Times", "River rises"),
    ("River rises - The Valley Times", "River rises"),
    ("River rises — Valley Times", "River rises"),
    ("River rises | Weather | Valley Times", "River rises"),
    ("River rises – Valley Times – 08.06.2025", "River rises"),
    ("Valley Times | River rises again", "River rises again"),
    ("River rises :: valleytimes", "River rises"),
    ("River rises - again", "River rises - again"),
    ("Rain: what to expect", "Rain: what to expect"),
    ("Cats | Dogs | Birds", "Cats | Dogs | Birds"),
    ("Valley Times", "Valley Times"),
    ("Spider-Man", "Spider-Man"),
]


@pytest.mark.parametrize(("found", "title"), TITLES)
def test_tails_of_titles(found: str, title: str) -> None:
    assert cut_tails(found, SITE) == title


def test_a_tail_that_no_name_explains_goes_where_the_page_shows_the_title_without_it() -> None:
    found = page("<title>River rises by two metres - Weather desk</title>")
    assert found.title == "River rises by two metres"


def test_a_real_dash_stays() -> None:
    body = "<h1>Rain - a history of the valley</h1>" + PROSE
    assert (
        page("<title>Rain - a history of the valley - Valley Times</title>", body).title
        == "Rain - a history of the valley"
    )


def test_a_heading_that_names_the_site_is_not_the_title() -> None:
    body = "<header><h1>The Valley Times</h1></header><h1>River rises by two metres</h1>" + PROSE
    assert (
        page(
            "<meta property='og:site_name' content='The Valley Times'><title>River rises by two metres</title>", body
        ).title
        == "River rises by two metres"
    )


def test_the_heading_that_another_title_repeats_is_the_pages_own() -> None:
    body = "<h1>Our blog</h1><h1>River rises by two metres</h1>" + PROSE
    assert (
        page("<meta property='og:title' content='River rises by two metres | Valley'>", body).title
        == "River rises by two metres"
    )


def test_the_header_of_an_article_is_no_frame() -> None:
    body = (
        "<article><header><h1>River rises by two metres</h1><p>By Jane Doe</p></header>"
        + PROSE
        + "<h1>Next in your guide</h1></article>"
    )
    found = page("", body)
    assert (found.title, found.authors) == ("River rises by two metres", ("Jane Doe",))


def test_a_heading_that_names_a_book_is_no_title_of_its_chapter() -> None:
    head = "<title>What rises - The valley book</title>"
    found = page(
        head, "<h1>The valley book</h1><h2>What rises</h2>" + PROSE, url="https://a.example/book/ch04-what-rises.html"
    )
    assert found.title == "What rises"


def test_the_only_heading_is_no_title_where_it_names_the_site() -> None:
    found = page("<title>Where to row in June - valleyrowers.example</title>", "<h1>valleyrowers.example</h1>" + PROSE,
                 url="https://forum.valleyrowers.example/t/17")  # fmt: skip
    assert found.title == "Where to row in June"


@pytest.mark.parametrize("title", ["山谷河水涨了 山谷晚报", "山谷河水涨了_山谷新闻_山谷晚报", "山谷河水涨了--时政--山谷网"])
def test_names_of_sites_in_a_script_without_blanks_go(title: str) -> None:
    head = "" if " " not in title else "<h1>山谷晚报</h1>"
    assert page(f"<title>{title}</title>", head + "<p>" + "昨夜山谷里的河水涨了两米，磨坊边的桥已经封闭。" * 8).title == "山谷河水涨了"


def test_a_word_that_ends_like_a_site_is_no_name_of_one() -> None:
    assert cut_tails("雨后的山谷 - 物联网", Site()) == "雨后的山谷 - 物联网"


@pytest.mark.parametrize("heading", ["", "<h1>山谷人的博客</h1>", "<title>山谷生活</title>"])
def test_where_nothing_gives_a_title_the_text_does(heading: str) -> None:
    body = "<p>首页 > 山谷 > 河水</p><div>山谷河水涨了两米</div>" + "<p>昨夜山谷里的河水涨了两米，磨坊边的桥已经封闭，没有人受伤。</p>" * 8
    found = page("", heading + body)
    assert found.title == "山谷河水涨了两米"
    assert found.evidence["title"].source == "visible text"


def test_headings_of_chapters_are_not_the_title() -> None:
    chapters = "".join(f"<h1>{word}</h1>{PROSE}" for word in ("Overview", "Sources", "Mouth", "Floods", "Mills", "Fish"))
    head = "<title>All about the valley and its water</title>"
    assert page(head, chapters).title == "All about the valley and its water"
    assert page(head, "<h1>Overview</h1>" + PROSE).title == "Overview"


def test_a_kicker_goes_where_two_sources_give_the_headline_alone() -> None:
    body = "<h1>High water River rises by two metres</h1>" + PROSE
    title, shared = "<title>River rises by two metres | Valley</title>", "<meta property='og:title' content='{}'>"
    assert page(title + shared.format("River rises by two metres"), body).title == "River rises by two metres"
    assert page(title, body).title == "High water River rises by two metres"
    both = shared.format("High water: River rises by two metres")
    assert page(both + ld(ARTICLE), body).title == "High water River rises by two metres"


def test_a_kicker_in_a_line_of_its_own_goes_where_the_data_has_the_headline_alone() -> None:
    assert page(ld(ARTICLE), "<h1>High water<br>River rises by two metres</h1>" + PROSE).title == ARTICLE["headline"]
    assert page("", "<h1>High water<br>River rises by two metres</h1>" + PROSE).title == (
        "High water River rises by two metres"
    )


def test_the_label_before_the_title_of_a_thread_goes() -> None:
    thread = {"@type": "DiscussionForumPosting", "headline": "Which boat for the valley?"}
    head = "<title>Boats - Which boat for the valley? | Rowers</title>" + ld(thread)
    assert page(head, "<h1>Boats Which boat for the valley?</h1>" + PROSE).title == "Which boat for the valley?"


def test_a_heading_behind_the_sites_name_is_the_pages_own() -> None:
    head = "<meta property='og:site_name' content='Valley Times'><title>Valley Times | River rises again</title>"
    body = "<header><h1>River rises again</h1></header>" + PROSE + "<h1>Mill closed for a week</h1><p>It is shut.</p>"
    assert page(head, body).title == "River rises again"


def test_a_tail_of_several_parts_is_a_banner_where_the_address_is_made_from_what_stands_before() -> None:
    head = "<title>Turning boats - Rowing lessons - Clubs of the valley</title>"
    body = "<h1>Rowing lessons - Clubs of the valley</h1><div>Turning boats</div>" + PROSE
    assert page(head, body, url="https://a.example/turning").title == "Turning boats"


def test_a_kicker_and_its_headline_are_two() -> None:
    found = page(ld(ARTICLE), "<h1><span>High water</span>River rises by two metres</h1>" + PROSE)
    assert found.title == "High water River rises by two metres"


def test_soft_hyphens_and_entities_escaped_twice_are_read() -> None:
    assert (
        page("", "<h1>River rises &amp;amp; falls by two met&shy;res</h1>" + PROSE).title
        == "River rises & falls by two metres"
    )


def test_the_title_most_sources_mean() -> None:
    head = "<title>SEO words about rivers</title><meta property='og:title' content='River rises by two metres'>" + ld(
        ARTICLE
    )
    found = page(head, "<h1>River rises by two metres</h1>" + PROSE)
    assert found.title == "River rises by two metres"
    assert ("title", "SEO words about rivers") in found.evidence["title"].others
    assert found.evidence["title"].confidence > 0.8


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("BlogPosting", "Seven plants that grow in our shade"),
        ("Product", "Seven plants that grow in our shade"),
        ("NewsArticle", "Best shade plants 2025: top 7 picks"),
    ],
)
def test_a_blogs_plug_in_does_not_outvote_the_heading(kind: str, title: str) -> None:
    wording = "Best shade plants 2025: top 7 picks"
    head = (
        f'<title>{wording} | Fernhill</title><meta property="og:title" content="{wording}"><meta name="twitter:title" '
        f'content="{wording}">' + ld({"@type": kind, "headline": wording})
    )
    found = page(head, "<h1>Seven plants that grow in our shade</h1>" + PROSE)
    assert found.title == title
    assert ("json-ld", wording) in found.evidence["title"].others or title == wording


def test_a_given_title_wins() -> None:
    assert read(read_page("<h1>Other</h1>" + PROSE, title="Mine")).title == "Mine"


# --- dates --------------------------------------------------------------------------------------------------------

STAMPS = [
    ("2025-06-08", datetime(2025, 6, 8)),
    ("2025-06-08T22:10:05Z", datetime(2025, 6, 8, 22, 10, 5, tzinfo=UTC)),
    ("2025-06-08T22:10:05.123+0200", datetime(2025, 6, 8, 22, 10, 5, tzinfo=timezone(timedelta(hours=2)))),
    ("2025-06-08 22:10:05 -05:30", datetime(2025, 6, 8, 22, 10, 5, tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
    ("2025/06/08 22:10", datetime(2025, 6, 8, 22, 10)),
    ("20250608", datetime(2025, 6, 8)),
    ("20250608T221005Z", datetime(2025, 6, 8, 22, 10, 5, tzinfo=UTC)),
    ("1749420605", datetime(2025, 6, 8, 22, 10, 5, tzinfo=UTC)),
    ("1749420605000", datetime(2025, 6, 8, 22, 10, 5, tzinfo=UTC)),
    ("Sun, 08 Jun 2025 22:10:05 +0200", datetime(2025, 6, 8, 22, 10, 5, tzinfo=timezone(timedelta(hours=2)))),
    ("Sun Jun 08 2025 22:10:05 GMT+0200 (CEST)", datetime(2025, 6, 8, 22, 10, 5, tzinfo=timezone(timedelta(hours=2)))),
    ("June 8, 2025", datetime(2025, 6, 8)),
    ("8. Juni 2025", datetime(2025, 6, 8)),
    ("8 de junio de 2025", datetime(2025, 6, 8)),
    ("2025年6月8日", datetime(2025, 6, 8)),
    ("0000-00-00", None),
    ("2025-13-40", None),
    ("yesterday's news", None),
    ("9" * 200, None),
    ("", None),
]


@pytest.mark.parametrize(("text", "when"), STAMPS, ids=[row[0][:40] or "nothing" for row in STAMPS])
def test_stamps(text: str, when: datetime | None) -> None:
    stamp = parse_stamp(text)
    assert (stamp.when if stamp else None) == when
    if when is not None and stamp is not None:
        assert stamp.when.utcoffset() == when.utcoffset()


ADDRESSES = [
    ("https://a.example/2025/06/08/river", "2025-06-08"),
    ("https://a.example/news/2025-06-08-river.html", "2025-06-08"),
    ("https://a.example/20250608/river", "2025-06-08"),
    ("https://a.example/2025/jun/08/river", "2025-06-08"),
    ("https://a.example/2025/12/3-ways-to-rise", None),
    ("https://a.example/2025/12/river", None),
    ("https://a.example/article/20250608123", None),
    ("https://a.example/", None),
    (None, None),
]


@pytest.mark.parametrize(("url", "day"), ADDRESSES)
def test_days_in_addresses(url: str | None, day: str | None) -> None:
    stamp = address_stamp(url)
    assert (stamp.when.date().isoformat() if stamp else None) == day


def test_a_date_keeps_its_zone_and_its_text() -> None:
    found = page(
        ld(ARTICLE | {"datePublished": "2025-06-08T09:00:00+02:00", "dateModified": "2025-06-09T10:00:00+02:00"})
    )
    assert found.published == datetime(2025, 6, 8, 9, tzinfo=timezone(timedelta(hours=2)))
    assert found.modified == datetime(2025, 6, 9, 10, tzinfo=timezone(timedelta(hours=2)))
    assert found.published_text == "2025-06-08T09:00:00+02:00"


def test_the_day_that_most_sources_give() -> None:
    head = (
        ld(ARTICLE | {"datePublished": "2025-06-01T09:00:00Z"}) + '<meta name="pubdate" content="2025-06-08T09:30:00Z">'
    )
    found = page(head, "<h1>River rises by two metres</h1><time datetime='2025-06-08'>June 8, 2025</time>" + PROSE)
    assert found.published == datetime(2025, 6, 8, 9, 30, tzinfo=UTC)
    assert ("json-ld", "2025-06-01T09:00:00Z") in found.evidence["published"].others
    assert found.evidence["published"].confidence < 0.9


def test_a_moment_in_utc_is_given_in_the_zone_in_which_the_page_shows_it() -> None:
    head = ld(ARTICLE | {"datePublished": "2025-06-07T18:30:00Z"})
    found = page(
        head,
        "<h1>River rises by two metres</h1><time datetime='2025-06-07T18:30:00Z'>June 8, 2025, 5:30 am</time>" + PROSE,
    )
    assert found.published is not None
    assert found.published.isoformat() == "2025-06-08T05:30:00+11:00"


def test_an_update_is_no_publication() -> None:
    found = page(
        "", "<h1>River rises by two metres</h1><p>Updated: June 9, 2025</p>" + PROSE, url="https://a.example/x"
    )
    assert found.published is None
    assert found.modified == datetime(2025, 6, 9)


def test_a_time_that_shows_its_zone_gives_it_to_the_moment() -> None:
    moment = "2025-06-09T02:15:40+00:00"
    shown = f"<p>By Jane Doe<time datetime='{moment}'>June 8, 2025 10:15 pm EDT</time></p>"
    found = page(ld(ARTICLE | {"datePublished": moment}), "<h1>River rises by two metres</h1>" + shown + PROSE, url=None)
    assert found.published is not None
    assert found.published.isoformat() == "2025-06-08T22:15:40-04:00"


def test_of_two_days_that_the_data_names_the_one_that_the_page_shows() -> None:
    head = ld(ARTICLE | {"datePublished": "2022-04-28T12:00:00Z"}) + "<meta name='date' content='June 8, 2025'>"
    found = page(head, "<h1>River rises by two metres</h1><p>The Valley Times JUN 8, 2025</p>" + PROSE, url=None)
    assert found.published is not None
    assert found.published.date().isoformat() == "2025-06-08"


def test_the_day_that_the_page_shows_is_the_publication() -> None:
    head = ld(ARTICLE | {"datePublished": "2019-11-25T08:00:00Z", "dateModified": "2025-06-08T08:00:00Z"})
    found = page(head, "<h1>River rises by two metres</h1><p>June 8, 2025</p>" + PROSE, url="https://a.example/x")
    assert found.published == datetime(2025, 6, 8, 8, tzinfo=UTC) or found.published == datetime(2025, 6, 8)
    assert ("json-ld", "2019-11-25T08:00:00Z") in found.evidence["published"].others


@pytest.mark.parametrize(
    "shown",
    [
        "Updated June 8, 2025",
        "June 8, 2025 and June 9, 2025",
        "11/25/2019",
        "25/11/2019",
        "On June 8, 2025, the river rose by two metres.",
    ],
)
def test_a_day_that_is_shown_for_something_else_does_not_decide(shown: str) -> None:
    found = page(
        ld(ARTICLE | {"datePublished": "2019-11-25"}),
        f"<h1>River rises by two metres</h1><p>{shown}</p>" + PROSE,
        url="https://a.example/x",
    )
    assert found.published == datetime(2019, 11, 25)


def test_the_day_in_a_caption_is_not_the_publication() -> None:
    body = (
        "<h1>River rises by two metres</h1><p>The bridge at the old mill on the morning of the flood, June 3, 2025</p>"
        + PROSE
    )
    assert page("", body, url="https://a.example/x").published is None


def test_ages_are_resolved_only_against_the_fetch() -> None:
    html = "<h1>River rises by two metres</h1><p>20 minutes ago</p>" + PROSE
    without = read(read_page(html, kind="html"))
    assert (without.published, without.published_text) == (None, "20 minutes ago")
    fetched = datetime(2025, 6, 8, 12, 0, tzinfo=UTC)
    assert read(read_page(html, kind="html", fetched=fetched)).published == datetime(2025, 6, 8, 11, 40, tzinfo=UTC)


def test_a_date_after_the_fetch_is_not_believed() -> None:
    html = ld(ARTICLE | {"datePublished": "2031-01-01"}) + "<h1>River rises by two metres</h1>" + PROSE
    assert read(read_page(html, kind="html", fetched=datetime(2025, 6, 8))).published is None


# --- other fields -------------------------------------------------------------------------------------------------


def test_microdata_alone_gives_all_fields() -> None:
    body = """<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">River rises by two metres</h1>
        <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Jane Doe</span></span>
        <time itemprop="datePublished" datetime="2025-06-08T08:15:00+01:00">June 8</time>
        <span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="The Mill Post"></span>
        <meta itemprop="articleSection" content="Valley"><meta itemprop="keywords" content="river, mill">
        <meta itemprop="description" content="The bridge is closed."><img itemprop="image" src="/river.jpg"></article>"""
    found = page("", body + PROSE)
    assert (found.title, found.authors, found.source) == ("River rises by two metres", ("Jane Doe",), "The Mill Post")
    assert (found.section, found.tags, found.description) == ("Valley", ("river", "mill"), "The bridge is closed.")
    assert found.image == "https://www.valleytimes.example/river.jpg"
    assert {"title", "authors", "published", "source", "section", "tags", "description", "image"} <= set(found.evidence)


def test_dublin_core_with_a_colon() -> None:
    head = '<meta property="dcterms:title" content="River rises by two metres"><meta property="dcterms:creator" content="Doe, Jane">'
    found = page(head, PROSE)
    assert (found.title, found.authors) == ("River rises by two metres", ("Jane Doe",))


def test_the_owner_of_a_site_is_a_person() -> None:
    person = {"@type": "Person", "name": "Jane Doe"}
    head = ld(ARTICLE | {"author": person, "publisher": {"@type": ["Person", "Organization"], "name": "Jane Doe"}})
    found = page(head, "<h1>River rises by two metres</h1><p>By Jane Doe in Valley Guides, River Notes</p>" + PROSE)
    assert found.authors == ("Jane Doe",)
    assert found.evidence["authors"].confidence > 0.8


def test_a_by_line_is_better_than_the_name_of_an_account() -> None:
    head = ld(ARTICLE | {"author": "jdoe77"}) + '<meta name="author" content="jdoe77">'
    assert page(head, "<h1>River rises by two metres</h1><p>By Jane Doe</p>" + PROSE).authors == ("Jane Doe",)
    forum = ld(ARTICLE | {"@type": "DiscussionForumPosting", "author": "jdoe77"})
    assert page(forum, "<h1>River rises by two metres</h1><p>By Ann Lee</p>" + PROSE).authors == ("jdoe77",)


def test_all_other_fields() -> None:
    article = ARTICLE | {
        "publisher": {"@type": "Organization", "name": "The Valley Times"}, "articleSection": "Weather",
        "keywords": ["river", "flood, rain"], "isAccessibleForFree": "False", "image": {"url": "/flood.jpg"},
        "description": "It rose.", "inLanguage": "en-GB",
    }  # fmt: skip
    found = page('<html lang="en"><link rel="canonical" href="/2025/06/08/river-rises?x=1">' + ld(article))
    assert found.source == "The Valley Times"
    assert found.section == "Weather"
    assert found.tags == ("river", "flood", "rain")
    assert found.paywalled is True
    assert found.image == "https://www.valleytimes.example/flood.jpg"
    assert found.description == "It rose."
    assert found.language == "en"
    assert found.url == "https://www.valleytimes.example/2025/06/08/river-rises?x=1"
    assert {"source", "section", "tags", "paywalled", "image", "description", "language", "url", "title"} <= set(
        found.evidence
    )


@pytest.mark.parametrize(
    ("word", "paywalled"),
    [(True, False), ("true", False), ("http://schema.org/False", True), (False, True), ("perhaps", None), (7, None)],
)
def test_free_or_not(word: object, paywalled: bool | None) -> None:
    assert page(ld(ARTICLE | {"isAccessibleForFree": word})).paywalled is paywalled


def test_a_canonical_address_that_is_the_front_page_is_a_mistake() -> None:
    assert page('<link rel="canonical" href="https://www.valleytimes.example/">').url == URL


def test_nothing_that_runs_gets_into_a_field() -> None:
    bad = "javascript:alert(1)"
    head = (
        f'<base href="{bad}"><link rel=canonical href="{bad}"><meta property="og:url" content="data:text/html,x">'
        f'<meta property="og:image" content=" JaVaScRiPt:alert(1)"><link rel=license href="{bad}">'
        + ld(ARTICLE | {"image": "java\nscript:alert(1)", "url": bad, "license": bad, "author": {"name": bad}})
    )
    found = page(head, url=None)
    assert found.url is None
    assert found.image is None
    assert found.notices == ()
    assert found.authors == ()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("//cdn.a.example/x.jpg", "https://cdn.a.example/x.jpg"),
        ("/x y.jpg", "https://a.example/x%20y.jpg"),
        ('/x"><script>', "https://a.example/x%22%3E%3Cscript%3E"),
        ("ftp://a.example/x", None),
        ("vbscript:x", None),
        ("http://[broken", None),
        ("mailto:a@b.example", None),
    ],
)
def test_web_addresses(address: str, safe: str | None) -> None:
    assert web_address(address, "https://a.example/b/") == safe


LANGUAGES = [
    ("en-US", "en"),
    ("de_AT", "de"),
    ("zh-Hans-CN", "zh"),
    ("PT", "pt"),
    ("deu", "de"),
    ("nb", "no"),
    ("", None),
    ("english", None),
    ("x" * 50, None),
]


@pytest.mark.parametrize(("tag", "code"), LANGUAGES)
def test_language_tags(tag: str, code: str | None) -> None:
    assert language_code(tag) == code


def test_the_text_decides_where_the_page_contradicts_itself() -> None:
    german = (
        "<p>"
        + "Der Fluss stieg in der Nacht um zwei Meter, und die Brücke an der Mühle wurde für den Verkehr gesperrt. " * 5
        + "</p>"
    )
    html = '<html lang="en"><meta property="og:locale" content="de_DE"><body><h1>Fluss steigt</h1>' + german
    found = read(read_page(html, kind="html"))
    assert found.language == "de"
    assert found.evidence["language"].others == (("html lang", "en"),)
    assert read(read_page("<body>" + german, kind="html")).language == "de"


# --- notices ------------------------------------------------------------------------------------------------------


def test_notices_of_the_head() -> None:
    head = (
        '<link rel="license" href="https://creativecommons.org/licenses/by-nc-nd/4.0/">'
        '<meta name="tdm-reservation" content="1"><meta name="robots" content="index, noai, noimageai">'
        '<link rel="canonical" href="https://www.other-wire.example/story/river-rises">'
        + ld(ARTICLE | {"copyrightHolder": {"name": "Valley Press Ltd"}, "copyrightYear": 2025})
    )
    found = {(notice.kind, notice.text): notice for notice in page(head).notices}
    assert found[("license", "https://creativecommons.org/licenses/by-nc-nd/4.0/")].license == "CC-BY-NC-ND-4.0"
    assert ("reservation", "tdm-reservation: 1") in found
    assert ("reservation", "robots: noai, noimageai") in found
    copyright_notice = found[("copyright", "© 2025 Valley Press Ltd")]
    assert (copyright_notice.holder, copyright_notice.year) == ("Valley Press Ltd", 2025)
    assert found[("origin", "https://www.other-wire.example/story/river-rises")].outlet == "other-wire.example"


def test_no_reservation_without_one() -> None:
    assert page('<meta name="robots" content="index, follow"><meta name="tdm-reservation" content="0">').notices == ()


# --- structured data, however broken ------------------------------------------------------------------------------

BROKEN = [
    ('{"@type":"Article","headline":"A tale",}', ("A tale",)),
    ('<!-- {"@type":"Article","headline":"A tale"} -->', ("A tale",)),
    ('//<![CDATA[\n{"@type":"Article","headline":"A tale"}\n//]]>', ("A tale",)),
    ('{"@type":"Article","headline":"A\ntale"}', ("A tale",)),
    ('{"@type":"Article","headline":"A tale"}; ', ("A tale",)),
    ('{"@type":"WebSite","name":"Site"}{"@type":"Article","headline":"A tale"}', ("A tale",)),
    ("{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;A tale&quot;}", ("A tale",)),
    (
        '{"@graph":[{"@type":"WebPage","name":"Page"},{"@type":["Article","NewsArticle"],"headline":["A tale"]}]}',
        ("A tale",),
    ),
    ('[[[{"@type":"https://schema.org/Article","headline":{"@value":"A <b>tale</b>"}}]]]', ("A tale",)),
    ('{"@type":"Article","headline":7}', ("7",)),
    ('{"@type":"Article","headline":null,"name":"A tale"}', ("A tale",)),
    ('{"@type":7,"headline":"A tale"}', ()),
    ('{"@type":"Article","headline":"A tale"', ()),
    ("null", ()),
    ("[]", ()),
    ("", ()),
]


@pytest.mark.parametrize(("source", "headlines"), BROKEN)
def test_broken_structured_data(source: str, headlines: tuple[str, ...]) -> None:
    assert digest((source,)).headlines == headlines


AUTHORS: list[tuple[object, list[str]]] = [
    ("Jane Doe", ["Jane Doe"]),
    (["Jane Doe", "Ann Lee"], ["Jane Doe", "Ann Lee"]),
    ({"name": "Jane Doe"}, ["Jane Doe"]),
    ({"name": ["Jane Doe", "Ann Lee"]}, ["Jane Doe", "Ann Lee"]),
    ({"givenName": "Jane", "familyName": "Doe"}, ["Jane Doe"]),
    ([[{"name": "Jane Doe"}], None, 7, {"name": {"@value": "Ann Lee"}}], ["Jane Doe", "Ann Lee"]),
    ({"@id": "#jane"}, ["Jane Doe"]),
    ({"@id": "#nobody"}, []),
    ({"@id": "#loop"}, []),
    ({"@list": [{"name": "Jane Doe"}]}, ["Jane Doe"]),
    (None, []),
    (True, []),
    ({}, []),
]


@pytest.mark.parametrize(("author", "names"), AUTHORS)
def test_authors_of_any_type(author: object, names: list[str]) -> None:
    graph = [
        ARTICLE | {"author": author},
        {"@id": "#jane", "@type": "Person", "name": "Jane Doe"},
        {"@id": "#loop", "author": {"@id": "#loop"}},
    ]
    assert [agent.name for agent in digest((json.dumps({"@graph": graph}),)).authors] == names


def test_of_several_articles_the_one_that_the_page_is_about() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Quite another story",
        "author": "Richard Roe",
        "datePublished": "2020-01-01",
    }
    teasers = {"@type": "ItemList", "itemListElement": [other]}
    mine = ARTICLE | {"author": {"@type": "Person", "name": "Jane Doe"}}
    assert page(ld(teasers) + ld(other) + ld(mine)).authors == ("Jane Doe",)
    assert page(ld({"@graph": [other, mine | {"headline": "Other words", "url": URL}]})).authors == ("Jane Doe",)


def test_reviews_and_comments_inside_are_not_the_article() -> None:
    product = {
        "@type": "Product",
        "name": "River rises by two metres",
        "review": [{"@type": "Review", "author": "Paula Poe", "name": "Great"}],
    }
    assert page(ld(product)).authors == ()


@pytest.mark.parametrize(
    "source",
    [
        "[" * 60_000,
        '{"a":' * 60_000 + "1" + "}" * 60_000,
        '{"@type":"Article","headline":"x","a":[' + "{}," * 300_000 + "]}",
        '{"@type":"Article","headline":"' + "x" * 3_000_000 + '"}',
        "9" * 100_000,
        ",".join(["{}"] * 200_000),
        '{"@graph":[' + ",".join('{"@type":"Article","@id":"#a","author":{"@id":"#a"}}' for _ in range(30_000)) + "]}",
        ", " * 500_000,
        "<!--" * 500_000,
    ],
    ids=["brackets", "objects", "flat", "headline", "number", "row", "references", "commas", "comments"],
)
def test_hostile_structured_data_is_cheap(source: str) -> None:
    start = time.process_time()
    digest((source,))
    assert time.process_time() - start < 2.5


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["@type", "@id", "@graph", "headline", "name", "author", "publisher", "datePublished", "image", "url", "keywords",
                         "isAccessibleForFree", "license", "copyrightYear", "articleBody", "mainEntityOfPage"]),
        inner | st.sampled_from(["Article", "WebPage", "#a", "Person"]), max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(_json, st.text(max_size=30))
def test_no_structured_data_raises(value: object, noise: str) -> None:
    digest((json.dumps(value),))
    digest((json.dumps(value)[:-1] + noise,))
    parse_json(noise)
    read(
        read_page(
            f"<script type='application/ld+json'>{json.dumps(value)}</script><h1>{noise}</h1>",
            kind="html",
            url="https://a.example/x",
        )
    )


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    read_names([text])
    parse_stamp(text, "en", datetime(2025, 6, 8))
    cut_tails(text, SITE)
    web_address(text, "https://a.example/")
    language_code(text)


# --- the head -----------------------------------------------------------------------------------------------------


def test_the_head_is_read_as_it_is() -> None:
    head = read_head(
        turbohtml.parse(
            "<html lang=' de-AT '><head><title> A\n tale </title><base href=/x/><meta name=Author content=' Ann '><meta property=og:title content=T>"
            "<meta http-equiv=Content-Language content=de><link rel='Canonical' href=/c><link rel=stylesheet href=s.css>"
            '<script type=application/ld+json>{}</script><script id=__NEXT_DATA__ type=application/json>{"a":1}</script></head>'
            "<body><svg><title>icon</title></svg><time datetime=2025-06-08 class=Published>8 June</time><a rel='nofollow author' href=/ann>Ann</a></body>"
        )
    )
    assert (head.title, head.language, head.base) == ("A tale", "de-AT", "/x/")
    assert head.metas == (("author", "Ann"), ("og:title", "T"), ("content-language", "de"))
    assert head.links == (("canonical", "/c"),)
    assert head.json_ld == ("{}",)
    assert head.states == (("__NEXT_DATA__", '{"a":1}'),)
    assert [row[:3] for row in head.marked] == [
        ("time published", "2025-06-08", "8 June"),
        ("rel author", "/ann", "Ann"),
    ]


def test_the_head_is_bounded() -> None:
    html = (
        "<meta name=a content=b>" * 5_000
        + "<script type=application/ld+json>{}</script>" * 500
        + "<div itemprop=author>" * 2_000
        + "x" * 100_000
    )
    start = time.process_time()
    head = read_head(turbohtml.parse(html))
    assert len(head.metas) == METAS
    assert len(head.json_ld) <= 50
    assert sum(len(row[2]) for row in head.marked) < 200_000
    assert time.process_time() - start < 2


# --- bodies in data -----------------------------------------------------------------------------------------------


def test_a_body_in_json_ld_is_kept_for_others() -> None:
    body = "The river rose by two metres in the night. " * 10
    assert page(ld(ARTICLE | {"articleBody": body})).body == body
    assert page(ld(ARTICLE | {"articleBody": "Short."})).body is None


def test_a_body_in_embedded_state() -> None:
    prose = "The river rose by two metres in the night. Nobody was hurt. " * 8
    paragraphs = {
        "props": {
            "story": {
                "elements": [{"type": "text", "content": prose}, {"type": "ad"}, {"type": "text", "content": prose}]
            }
        }
    }
    assert find_body(Head(states=(("__NEXT_DATA__", json.dumps(paragraphs)),))) == (
        "__NEXT_DATA__",
        f"{prose}\n\n{prose}",
    )
    called = "JSON.parse(" + json.dumps(json.dumps({"article": {"body": prose}})) + ");"
    assert find_body(Head(states=(("__STATE__", called),))) == ("__STATE__", prose)
    assert find_body(Head(states=(("x", '{"css": ".a{color:red}' + "x" * 900 + '"}'), ("y", "["), ("z", "")))) is None


# --- plain text ---------------------------------------------------------------------------------------------------


def test_plain_text_gives_its_title_by_line_and_date() -> None:
    text = "River rises by two metres in the night\n\nBy Jane Doe\nJune 8, 2025\n\n" + "\n\n".join(
        "The river rose by two metres in the night, and the bridge at the mill was closed to all traffic until further notice."
        for _ in range(4)
    )
    article = clean(text, kind="text")
    assert article.title == "River rises by two metres in the night"
    assert article.authors == ("Jane Doe",)
    assert article.published == datetime(2025, 6, 8)


def test_an_empty_page_says_nothing() -> None:
    for raw in ("", "<html></html>", "<h1></h1>"):
        found = read(read_page(raw))
        assert (found.title or None, found.authors, found.published, found.url) == (None, (), None, None)


_STORY = """The river rose by two metres in the night, and the old bridge was closed before dawn, the town said.
Buses to Upper Marsh turn around at the mill, and the school stays shut until the water has gone down again.
Nobody was hurt, but forty people in the lower valley had to leave their houses, some of them by boat.
"""
_MENU = "Home\nNews\nSport\nCulture\nSign in\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("River closes old bridge at dawn | Marsh Herald\n" + _MENU + "River closes old bridge at dawn\n", "River closes old bridge at dawn"),
        ("River closes old bridge - and a school - Marsh Herald\n" + _MENU + "River closes old bridge - and a school\n", "River closes old bridge - and a school"),
        ("Marsh Herald | Weather | River closes old bridge at dawn\n" + _MENU + "River closes old bridge at dawn\n", "River closes old bridge at dawn"),
        ("River closes old bridge at dawn | Marsh Herald\n" + _MENU + "Home > News > River closes old bridge\n", "River closes old bridge at dawn"),
        ("River closes old bridge at dawn, 12 May | Marsh Herald\n" + _MENU + "River closes old bridge at dawn\n", "River closes old bridge at dawn"),
        ("Floods | Marsh Herald\n" + _MENU + "Floods\n", "Floods"),
        ("River closes old bridge - a school shuts\n" + _MENU, "River closes old bridge - a school shuts"),
        ("Marsh Herald\n" + _MENU + "River closes old bridge at dawn\nBy Ann Lee\n", "River closes old bridge at dawn"),
        ("We use cookies to improve this site. By going on you agree to that.\n" + _MENU + "River closes old bridge at dawn\n", "River closes old bridge at dawn"),
        (_MENU + "River closes old bridge at dawn\nBy Ann Lee\n", "River closes old bridge at dawn"),
    ],
)  # fmt: skip
def test_title_of_plain_text(head: str, title: str) -> None:
    """Crawlers of text write the title of the window first; the headline may stand below, or only there."""
    article = clean(head + _STORY, kind="text")
    assert article.title == title
    assert title not in article.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # said in other words, and followed by its by-line
        ("Bridge shut by high water - Marsh Herald\n" + _MENU + "High water shuts the old bridge of the valley\nBy Ann Lee\nMay 4, 2025\n" + _STORY, "High water shuts the old bridge of the valley"),
        # a caption below the beginning of the body says the first words of the window's title again
        ("The Old Bridge: water closes a road at dawn - Marsh Herald\n" + _MENU + "Water closes the road over the old bridge at dawn\nBy Ann Lee\nMay 4, 2025\n" + _STORY + "\nThe Old Bridge\n" + _STORY, "Water closes the road over the old bridge at dawn"),
        # a comment of a program in the body is no heading
        ("River closes old bridge at dawn | Marsh Herald\n" + _MENU + "River closes old bridge at dawn\n" + _STORY + "\n# Read the level of the river\n" + _STORY, "River closes old bridge at dawn"),
        # a title that ends with a full stop is one if a line says it again
        ("River closes old bridge at dawn – Marsh Herald Co.\n" + _MENU + "River closes old bridge at dawn\n" + _STORY, "River closes old bridge at dawn"),
    ],
)  # fmt: skip
def test_heading_against_the_title_of_the_window(text: str, title: str) -> None:
    """Of two lines that say the same the one above the body is the headline; what stands in the body is none."""
    assert clean(text, kind="text").title == title


def test_headline_in_other_words_than_the_title_of_the_window() -> None:
    page = "Old bridge closed: river rises two metres | Marsh Herald\n" + _MENU + "River closes old bridge at dawn\nBy Ann Lee\n"
    article = clean(page + _STORY, kind="text")
    assert article.title == "River closes old bridge at dawn"


def test_title_has_no_invisible_character_at_its_end() -> None:
    page = "Old bridge closed at dawn | Marsh Herald\n" + _MENU + "Old bridge closed at dawn\u200b\n" + _STORY
    assert clean(page, kind="text").title == "Old bridge closed at dawn"


def test_one_comment_of_code_is_no_heading_of_a_text() -> None:
    page = "A short guide to ferries | Marsh Herald\n" + _MENU + "A short guide to ferries\n" + _STORY
    article = clean(page + "# " + "row --left --slow now and then " * 12, kind="text")
    assert article.title == "A short guide to ferries"


def test_title_keeps_its_dash_where_no_address_is_known() -> None:
    page = f"<title>River closes bridge - a school shuts</title><p>{_STORY}</p>"
    assert clean(page).title == "River closes bridge - a school shuts"
