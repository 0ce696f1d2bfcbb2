"""Sentences to learn from: those written for it with their slots filled, examples of rules, the stories of a corpus."""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from scrapeclean import read_page
from scrapeclean.rules.book import default_rules
from scrapeclean.sentence_kinds import KINDS
from scrapeclean.sentences import sentence_spans
from training import corpus
from training.prepare import flat

FOLDER: Final = Path(__file__).parent
NAMES: Final = {
    "licence": "license", "follow": "share", "donate": "membership", "subscribe": "membership", "comment": "comments",
    "ai": "assistant", "cookies": "cookie", "contact": "navigation", "interface": "navigation",
    "reservation": "copyright", "paywall": "membership", "readmore": "related", "age": "story", "byline": "story",
}  # fmt: skip
"""Kinds of the sentences and of the rules that are called otherwise, or are one kind, where they are learned."""
FURNITURE: Final = (
    "copyright",
    "reservation",
    "license",
    "origin",
    "agency",
    "credit",
    "newsletter",
    "membership",
    "share",
)
"""Kinds of rules whose finds outside of the body are examples too: those that speak in sentences."""
_SIGNS: Final = (("©", "(c)"), ("©", "(C)"), ("© ", "©"), ("Copyright", "©"), ("©", "Copyright ©"), ("©", "Copyright"))
_LEADS: Final = ("– ", "| ", "* ", "— ", "» ", "[", "(", "- ", "• ", "> ")


@frozen
class Sentence:
    text: str
    kind: str
    fold: int
    """Sentences made from one line, and those of one site, are of one fold."""
    language: str
    source: str
    """"line", "rule" or "gold"."""


def lines() -> Iterator[tuple[str, str, str]]:
    """The sentences written for it, slots open: language, kind, text."""
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, _, text = line.partition("\t")
            kind = NAMES.get(kind, kind)
            if kind not in KINDS:
                raise ValueError(f"{path.name}: no kind of sentence: {kind!r}")
            yield path.stem, kind, text


@cache
def _slots() -> dict[str, dict[str, Any]]:
    return tomllib.loads((FOLDER / "slots.toml").read_text(encoding="utf-8"))


def filled(text: str, language: str, rng: random.Random) -> str:
    """A sentence with something in each of its slots."""
    slots = _slots()
    words = {**slots["latin"], **slots.get(language, {})}

    def one(match: re.Match[str]) -> str:
        return _fill(match[1], words, rng, language)

    return re.sub(r"\{(\w+)\}", one, re.sub(r"\{(\w+)\}", one, text))


def _fill(slot: str, words: dict[str, Any], rng: random.Random, language: str) -> str:
    slot = slot.rstrip("0123456789")
    if slot == "year":
        return str(rng.randint(1998, 2026))
    if slot == "day":
        return str(rng.randint(1, 28))
    if slot == "number":
        return str(rng.choice((3, 5, 12, 20, 45, 120, 700, 1500)))
    if slot == "person":
        if language in ("ja", "zh", "ko"):
            return str(rng.choice(words["family"]) + rng.choice(words["given"]))
        name = f"{rng.choice(words['given'])} {rng.choice(words['family'])}"
        return f"{name}-{rng.choice(words['family'])}" if rng.random() < 0.05 else name
    if slot == "company":
        return str(rng.choice(words["company"]) + rng.choice(words["suffix"]))
    return str(rng.choice(words[slot]))


def altered(text: str, rng: random.Random) -> str:
    """The sentence as pages also print it: other signs, other letters, another end, something before it."""
    if rng.random() < 0.25:
        old, new = rng.choice(_SIGNS)
        text = text.replace(old, new, 1)
    roll = rng.random()
    if roll < 0.05:
        text = text.upper()
    elif roll < 0.08 and len(text) < 100:
        text = text.title()
    elif roll < 0.10:
        text = text.lower()
    if rng.random() < 0.15:
        text = text[:-1] if text[-1:] in ".!" else text + "."
    if rng.random() < 0.06:
        text = rng.choice(_LEADS) + text
    return text


def positives(seed: int, copies: int = 4) -> Iterator[Sentence]:
    """Sentences of every kind, written for it or to show what rules mean, several fillings of each."""
    rng = random.Random(seed)
    notices: list[str] = []
    for number, (language, kind, text) in enumerate(lines()):
        times = copies if "{" in text else 2
        for _ in range(times):
            said = altered(filled(text, language, rng), rng)
            yield Sentence(said, kind, number % corpus.FOLDS, language, "line")
        if kind == "copyright":
            notices.append(said)
            if rng.random() < 0.3:
                before = rng.choice(notices[-20:]).rstrip(".")
                yield Sentence(
                    f"{before}{rng.choice((' | ', ' ', ', ', ' - '))}{said}",
                    kind,
                    number % corpus.FOLDS,
                    language,
                    "line",
                )
    for number, rule in enumerate(default_rules().rules):
        kind = NAMES.get(rule.kind, rule.kind)
        if kind not in KINDS or not rule.examples:
            continue
        for said, meant in [(one, kind) for one in rule.examples] + [(one, "story") for one in rule.near_misses]:
            yield Sentence(altered(said, rng), meant, number % corpus.FOLDS, rule.language, "rule")
    yield from _labels(rng)


def _labels(rng: random.Random) -> Iterator[Sentence]:
    """Lines of the card of an article: none of them is a sentence of any kind."""
    shapes = (
        "{outlet}", "{outlet}", "{person}", "{city}", "By {person}", "{outlet} · {number}h", "{month} {day}, {year}",
        "{day} {month} {year}", "{weekday}, {month} {day}", "{person}, {outlet}", "{topic}", "{agency}, {city}",
    )  # fmt: skip
    for language in ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "sv", "tr", "ja", "zh", "ko", "ar"):
        for n in range(150):
            yield Sentence(filled(rng.choice(shapes), language, rng), "story", n % corpus.FOLDS, language, "label")


def stories(folder: Path) -> Iterator[Sentence]:
    """The titles and the sentences of the gold bodies of articles, but for those that rules take for something else."""
    for name in corpus.CORPORA:
        if not (folder / f"{name}.jsonl.xz").exists():
            continue
        for page in corpus.read(folder, name):
            if page.page_type not in ("", "article"):
                continue
            found = (line.strip()[a:b] for line in page.body.split("\n") for a, b in sentence_spans(line.strip()))
            for said in dict.fromkeys([page.title, *(" ".join(one.split()) for one in found)]):
                if said and not is_ruled(said):
                    yield Sentence(said, "story", page.fold, page.language, "gold")


def furniture(folder: Path, most: int = 12) -> Iterator[Sentence]:
    """Of the pages of a corpus what stands outside of the gold body and is told by a rule, by the kind of the rule."""
    for name in corpus.CORPORA:
        if not (folder / f"{name}.jsonl.xz").exists():
            continue
        counts: Counter[tuple[str, str]] = Counter()
        told: set[str] = set()
        for page in corpus.read(folder, name):
            document = read_page(flat(page.raw), kind="text")
            gold = " ".join(page.body.split())
            for kind in FURNITURE:
                for block, match in document.rule_matches.get(kind, ()):
                    said = " ".join(block.text[match.start : match.end].split())
                    key = page.site, kind
                    if not gold or said in gold or said in told or not 8 <= len(said) <= 400 or counts[key] >= most:
                        continue
                    told.add(said)
                    counts[key] += 1
                    yield Sentence(said, NAMES.get(kind, kind), page.fold, page.language, "page")


def is_ruled(said: str) -> bool:
    """Whether a rule takes this for something else than a by-line or a date."""
    return any(match.rule.kind not in ("age", "byline") for match in default_rules().matches(said))
