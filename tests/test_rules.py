"""Phrase rules: every rule's evidence, what a rule file may hold, and how matching behaves."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scrapeclean
from scrapeclean.errors import RuleError, ScrapecleanError
from scrapeclean.rules.book import KINDS, SHORT, Rule, RuleBook, default_rules
from scrapeclean.rules.checks import checked_text, rule_fault
from scrapeclean.rules.files import packaged_files, packaged_rules, scan
from scrapeclean.rules.needs import fingerprint, needs, packaged_needs, packed
from scrapeclean.rules.pattern_checks import pattern_fault
from scrapeclean.rules.patterns import bounded, plain
from scrapeclean.rules.words import Index, Need, first_word, starts_of, words_of

FILES = dict(packaged_files())
CHECKED = {name: checked_text(text, name, name) for name, text in FILES.items()}
RULES = [rule for rules in CHECKED.values() for rule in rules]
BOOK = RuleBook(tuple(RULES))


@pytest.mark.parametrize("name", FILES)
def test_files_of_the_package_pass_every_check(name: str) -> None:
    assert CHECKED[name]
    for rule in CHECKED[name]:
        assert rule_fault(rule) == ""
        assert len(rule.examples) >= 2, rule.id
        assert len(rule.near_misses) >= 2, rule.id


def may_match(pattern: str, text: str, *, to_end: bool = False) -> bool:
    """Whether a text has what a pattern needs."""
    ways = needs(bounded(pattern), at_start=to_end, to_end=to_end)
    index = Index([(0, [Need(firsts, (*clauses, frozenset("?"))) for firsts, clauses in ways])], {0} if to_end else set())
    starts = starts_of([first_word(text)])
    return index.find(starts, starts, {*words_of(text), "?"}) == {0}


@pytest.mark.parametrize(
    ("pattern", "text", "possible"),
    [
        (r"\bsign (?:up|in) for\b", "please sign up for it", True),
        (r"\bsign (?:up|in) for\b", "a sign for it", False),
        ("sign (?:up|in) for", "we design in forests", True),
        ("^sign (?:up|in) for", "please sign up for it", False),
        ("^sign (?:up|in) for", "sign it for her in may", True),
        ("^(?:please )?(?:sign|log) in ", "log her in ", True),
        ("^(?:please )?(?:sign|log) in ", "logs go in ", False),
        (r"^photos?\w* of", "photographs of it", True),
        (r"^\d+ (?:left|more) of", "20 left of them", True),
        (r"^\d+ (?:left|more) of", "twenty left of them", False),
        (r"(?:a|be) (?=never )cd?e{2} ", "be cee ", False),
        (r"(?:a|be) (?!never)cd?e{2} ", "be cee ", True),
        ("(?:x+|never){0,3} again ", "so again ", True),
        ("(?:x+|never){2} again ", "so again ", True),
        (r"(?:\bone|two\b)s? three |four ", "a four ", True),
        (r"\b(?:one|two)s? three |\bfour ", "two trees ", False),
        (r"\be-?mail (?:us|me)(?: now)? at", "our e-mail is me at it", True),
        (r"\be-?mail (?:us|me)(?: now)? at", "now email them at it", False),
        ("版权所有|保留.{0,9}权利", "本文版权所有", True),
        ("版权所有|保留.{0,9}权利", "保留所有权利", True),
        ("版权所有|保留.{0,9}权利", "版本所有", False),
    ],
)
def test_what_a_pattern_needs(pattern: str, text: str, possible: bool) -> None:
    assert may_match(pattern, text) is possible
    assert possible or not re.search(pattern, text)


PIECES = st.sampled_from(["a", "b", " ", "-", "ab", "ba ", "\\b", ".", "[ab]", "\\d", "\\W", "1", "中", "文"])
PATTERNS = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda ways: f"(?:{'|'.join(ways)})"),
        st.tuples(inner, st.sampled_from(["?", "{0,2}", "{1,2}", "{2}"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        inner.map(lambda ahead: f"(?={ahead})"),
        inner.map(lambda behind: f"(?!{behind})"),
    ),
    max_leaves=9,
)


@given(PATTERNS, st.text("ab1 -中文", max_size=9))
def test_no_match_lacks_what_its_pattern_needs(pattern: str, text: str) -> None:
    if re.search(pattern, text):
        assert may_match(pattern, text)
    if re.match(pattern, text):
        assert may_match("^" + pattern, text)
    if re.fullmatch(pattern, text):
        assert may_match(pattern, text, to_end=True)


def test_what_the_rules_of_the_package_need_is_kept(request: pytest.FixtureRequest) -> None:
    fresh = {}
    for rule in RULES:
        whole = rule.scope in ("block", "section")
        ways = needs(bounded(rule.pattern), at_start=rule.scope != "sentence", to_end=whole)
        fresh[fingerprint(rule.pattern, rule.scope)] = packed(ways)
        kept = packaged_needs(rule.pattern, rule.scope)
        assert kept is None or packed(kept) != fresh[fingerprint(rule.pattern, rule.scope)] or kept == ways
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(fresh[key], ensure_ascii=False)}" for key in sorted(fresh))
    path = Path(scrapeclean.__file__).parent / "data" / "needs.json"
    if "needs" in request.config.getoption("--regen"):
        path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == f"{{\n{lines}\n}}\n", "pytest tests/test_rules.py --regen needs"


@pytest.mark.parametrize("name", FILES)
def test_no_other_rule_of_the_language_claims_a_near_miss(name: str) -> None:
    language = RuleBook(tuple(rule for rule in RULES if rule.language in (CHECKED[name][0].language, "any")))
    claims = [
        f"{rule.id}: {miss!r} is claimed by {match.rule.id}"
        for rule in CHECKED[name]
        for miss in rule.near_misses
        for match in language.matches(miss)
        if ".next." not in match.rule.id  # heard only where it goes on with a notice
    ]
    assert claims == [], "\n".join(claims)


@pytest.mark.parametrize("name", FILES)
def test_the_scanner_reads_what_toml_reads(name: str) -> None:
    content = scan(FILES[name])
    assert content is not None, "write it as the other files are written, so that loading stays quick"
    quick = [(rule["id"], rule["kind"], rule["scope"], rule["reason"], rule["anchors"]) for rule in content["rule"]]
    assert quick == [
        (rule.id.split("/")[1], rule.kind, rule.scope, rule.reason, list(rule.anchors)) for rule in CHECKED[name]
    ]


def test_the_package_loads_the_same_rules() -> None:
    assert sorted(packaged_rules(), key=str) == sorted(RULES, key=str)
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.kind for rule in RULES if rule.language in ("en", "any")} == set(KINDS)


# --- matching ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "claimed"),
    [
        ("Back to top", "navigation", "Back to top"),
        ("  » Skip to main content « ", "navigation", "» Skip to main content «"),
        ("The river rose. Sign up for our newsletter.", "newsletter", "Sign up for our newsletter."),
        ("If you can, please support our newsroom today.", "membership", "If you can, please support our newsroom today."),
        ("Don’t miss a story — sign up for our newsletter!", "newsletter", "Don’t miss a story — sign up for our newsletter!"),
        ("READ MORE: Ten bridges that closed", "readmore", "READ MORE: Ten bridges that closed"),
        ("Story continues below advertisement", "advert", "Story continues below advertisement"),
        ("* * *", "separator", "* * *"),
    ],
)
def test_what_a_match_claims(text: str, kind: str, claimed: str) -> None:
    assert claimed in {text[match.start : match.end] for match in BOOK.matches(text, kinds=[kind])}


@pytest.mark.parametrize(
    "text",
    [
        "The newsletter that he wrote for the guild was read by 4,000 people.",
        "\"Sign up for our newsletter,\" the shopkeeper said to everyone who came in.",
        "The court held that cookies on the computer were evidence of the visit.",
        "Readers left 400 comments below the article before it was taken down.",
        "The senator asked donors to give to the shelter and not to her.",
        "The paper will subscribe to the wire service again, its editor told the staff.",
        "Police asked the public to follow the case on the website of the court.",
        "He said that an advertisement for the house had run for years.",
        "The company says its chatbot can summarize a trial in a minute.",
        "She became a member of the board in 1998 and its chair in 2004.",
    ],
)
def test_a_story_that_merely_speaks_of_such_things_stays(text: str) -> None:
    assert [match.rule.id for match in default_rules().speaking("en").matches(text)] == []


@pytest.mark.parametrize(("score", "link", "kinds"), [
    (0.99, "", {"copyright"}), (0.9, "", {"copyright", "newsletter"}), (0.99, "<a href=/join>Now.</a>", {"copyright", "newsletter"}),
])  # fmt: skip
def test_what_is_surely_body_is_only_asked_for_notices(score: float, link: str, kinds: set[str]) -> None:
    text = "The river rose. Sign up for our newsletter. Copyright 2025 Harbour Mail, Inc."
    document = scrapeclean.read_page(f"<p>{text} {link}</p>")
    vars(document)["scores"] = (score,) * len(document.blocks)
    assert set(document.rule_matches) == kinds


def test_long_texts_are_no_labels_and_long_leads_claim_a_sentence() -> None:
    assert BOOK.matches("Back to top " * (SHORT // 10)) == []
    story = "Read more: What we know so far. " + "The river rose by two metres in the night. " * 30
    claims = {story[match.start : match.end] for match in BOOK.matches(story, kinds=["readmore"])}
    assert claims == {"Read more: What we know so far."}


def test_matches_of_one_kind_only_and_in_order() -> None:
    text = "Sign up for our newsletter. The river rose. Please make a donation today."
    assert {match.rule.kind for match in BOOK.matches(text, kinds=["membership"])} == {"membership"}
    starts = [match.start for match in BOOK.matches(text)]
    assert starts == sorted(starts) and len(set(starts)) == 2


@given(st.text(max_size=80))
def test_plain_keeps_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.lists(st.sampled_from("sign up for our newsletter . Read more : © 2025 İ ı ’ “ ” — \n 订阅 Home | 1 2".split(" ")), max_size=30))
def test_claims_lie_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for match in BOOK.matches(text):
        assert 0 <= match.start < match.end <= len(text)
        assert text[match.start : match.end].strip() == text[match.start : match.end]


def test_a_book_is_a_value() -> None:
    book = default_rules().of_kinds("cookie")
    assert {rule.kind for rule in book.rules} == {"cookie"}
    text = "We use cookies to improve your experience."
    again = pickle.loads(pickle.dumps(book))
    assert again.matches(text) == book.matches(text) == copy.copy(book).matches(text) != []
    with pytest.raises(AttributeError):
        book.rules = ()  # type: ignore[misc]


def test_explain_and_listing() -> None:
    (line,) = default_rules().speaking("en").explain("Skip to main content")
    assert line.startswith("en/navigation.skip (navigation, block)")
    assert ("en/navigation.skip", "navigation", "en", "a link that jumps over the head of the page") in default_rules().listing()


# --- what a file may hold ----------------------------------------------------------------------------------------

GOOD = """# one rule
[[rule]]
id = "weather"
kind = "advert"
scope = "sentence"
reason = "sells umbrellas"
anchors = ["umbrella", "umbrellas"]
pattern = 'buy (?:a|our) (?:new )?umbrellas?'
examples = ["Buy a new umbrella today!", "Rain? Buy our umbrellas."]
near_misses = ["She lost her umbrella.", "He would buy bread under an umbrella."]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_file(tmp_path: Path) -> None:
    book = RuleBook.load(written(tmp_path, GOOD))
    assert [(rule.id, rule.language, rule.line) for rule in book.rules] == [("mine/weather", "mine", 2)]
    text = "It rained. Buy our umbrellas now. The river rose."
    assert [text[match.start : match.end] for match in book.matches(text)] == ["Buy our umbrellas now."]
    article = scrapeclean.DEFAULT.add(scrapeclean.phrases(book, name="shop"), before="score").clean(text)
    assert ("shop", "mine/weather") in {(removed.filter, removed.rule) for removed in article.removed}


BAD = [
    ("syntax", "[[rule]\n", "not TOML"),
    ("unknown table", GOOD + "[tricks]\na = 1\n", "unknown table 'tricks'"),
    ("unknown key", GOOD + "run = 'rm'\n", "unknown key 'run'"),
    ("missing key", GOOD.replace('reason = "sells umbrellas"\n', ""), "'reason' is missing"),
    ("unknown kind", GOOD.replace('"advert"', '"nonsense"'), "unknown kind 'nonsense'"),
    ("unknown scope", GOOD.replace('"sentence"', '"page"'), "unknown scope 'page'"),
    ("no anchors", GOOD.replace('["umbrella", "umbrellas"]', "[]"), "'anchors' is empty"),
    ("anchor in capitals", GOOD.replace('["umbrella",', '["Umbrella",'), "not in lower case"),
    ("anchor is no text", GOOD.replace('["umbrella",', "[1,"), "'anchors' must be a list of texts"),
    ("id", GOOD.replace('"weather"', '"Weather!"'), "an id is made of"),
    ("twins", GOOD + GOOD, "the id is taken by"),
    ("broken pattern", GOOD.replace("umbrellas?'", "umbrellas?('"), "opens a group that is not closed"),
    ("example without anchor", GOOD.replace('"Buy a new umbrella today!"', '"Buy a brolly!"'), "contains no anchor"),
    ("example not matched", GOOD.replace('"Buy a new umbrella today!"', '"Sell an umbrella!"'), "is not matched"),
    ("near miss matched", GOOD.replace('"She lost her umbrella."', '"I buy a umbrella."'), "the near miss"),
    ("unknown word class", GOOD.replace("(?:a|our)", "{article}"), "word class 'article'"),
    ("nested quantifier", GOOD.replace("(?:new )?", "(?:n+ ?)+"), "repeats a group without an end"),
    ("dots without end", GOOD.replace("(?:new )?", ".*"), "without an end"),
    ("open bound", GOOD.replace("(?:new )?", "n{2,}"), "without an end"),
    ("many ways", GOOD.replace("(?:new )?", "(?:n{1,9} ?){0,9}"), "in several ways"),
    ("back reference", GOOD.replace("(?:new )?", r"(n)\1"), "no rule may use"),
    ("recursion", GOOD.replace("(?:new )?", "(?R)?"), "no rule may use"),
    ("fuzzy", GOOD.replace("(?:new )?", "(?:new){e<=2}"), "no rule may use"),
    ("wide gaps", GOOD.replace("(?:new )?", ".{0,90}n.{0,90}e.{0,90}"), "wide gaps"),
    ("rules as a table", "rule = 1\n", "write every rule under"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_file_is_refused_with_file_line_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(RuleError) as caught:
        RuleBook.load(path)
    assert reason in str(caught.value)
    assert str(path) in str(caught.value) or "taken by" in reason
    assert isinstance(caught.value, ScrapecleanError) and isinstance(caught.value, ValueError)
    if "[[rule]]" in text and "table" not in reason:
        assert ", line " in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        RuleBook.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9")
    with pytest.raises(RuleError, match="cannot be read"):
        RuleBook.load(tmp_path / "latin.toml")


@pytest.mark.parametrize(
    "pattern",
    [
        r"sign up for (?:\w+ ){0,4}newsletter", r"(?:\w+\W{1,3}){0,5}x", r"(?>(?:home|news) ?){1,30}", r"\s+", r"a{2}",
        r"(?<=a)b(?!c)", r"[\w'-]+(?: [\w'-]+){0,4}", r"(?-i:\p{Lu})\w{0,20}", r"[^.]{0,80}x",
    ],
)  # fmt: skip
def test_patterns_that_are_fine(pattern: str) -> None:
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "(?:a|a){9}", "(?:a|[a]b?){9}", "(?:a?b?){9}", ".+", "[^x]*y", "(?i)a", "(?P=x)", "a)", "(" * 30 + ")" * 30]
)
def test_patterns_that_are_refused(pattern: str) -> None:
    assert pattern_fault(pattern) != ""


# --- cost --------------------------------------------------------------------------------------------------------


def hostile() -> Iterator[str]:
    yield "sign up for our " * 20_000
    yield "newsletter " * 30_000
    yield "Read more: " * 30_000
    yield "by by by " * 30_000
    yield "copyright " * 30_000
    yield "©" * 300_000
    yield "订阅" * 150_000
    yield ("If you, if you, if you, if you - " * 30 + "donate. ") * 300


@pytest.mark.parametrize("text", list(hostile()), ids=lambda text: repr(text[:16]))
def test_hostile_texts_take_linear_time(text: str) -> None:
    def seconds(piece: str) -> float:
        start = time.process_time()
        BOOK.matches(piece)
        return time.process_time() - start

    seconds(text[:1000])
    small = max(seconds(text[: len(text) // 8]), 0.02)
    assert seconds(text) < 30 * small


def test_importing_reads_no_rules() -> None:
    code = "import sys, scrapeclean; assert not {'scrapeclean.rules.files', 'scrapeclean.rules.checks'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_rules_are_compared_by_what_they_say() -> None:
    rule = Rule("x/a", "advert", "block", "b", "x", ("c",), "c")
    assert rule == Rule("x/a", "advert", "block", "b", "x", ("c",), "c", file="elsewhere", line=3)
