"""What the short lines of a card say: who brought it, who wrote it, what it is called, how long it takes to read."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import regex
from attrs import frozen

from scrapeclean.lines import is_name, word_count
from scrapeclean.metadata.names import sort_name
from scrapeclean.metadata.vocabulary import vocabulary
from scrapeclean.rights.names import name_like

EDGES = "·•|,–—-/:;()[]●▪‧・∙⋅ \t\u00a0"
_PARTS = regex.compile(
    r"\s+[|·•–—/>»›⁄-]\s+|\s*[|·•●▪‧・∙⋅◦★☆]\s*|[()\[\]【】]|\s{2,}|[,，]\s+(?=\S)|\n|\s*[\p{So}\u200d\ufe0f]++\s*"
)
_OUTER = regex.compile(r"^[^\p{L}\p{N}]++|[^\p{L}\p{M}\p{N}.!)]++$")
_TITLE_MARK = regex.compile(r"^(?:#{1,6}|[>»›•‣⁃*\p{So}\p{Sm}\p{Pd}])\s+")
_NUMBER = regex.compile(r"^#?(\d{1,3})\s?[.):]\s+")
_EMPHASIS = regex.compile(r"^(\*{1,3}|_{1,3})(?!\s)(.+)(?<!\s)\1$")
_SUFFIX = regex.compile(r"^(.{12,}\S)\s(?:[-–—|·•»›]|::)\s([^-–—|·•»›]{2,40})$")
_BRACKETED = regex.compile(r"^[\[【(]([^\[\]【】()]{2,40})[\]】)]\s*(\S.{11,})$")
_PREFIX = regex.compile(r"^([^:|>»›]{2,40}?)\s?(?::|[|>»›]|\s[-–—])\s(\S.{11,})$")


class Credit(NamedTuple):
    """Who a line names."""

    source: str
    author: str


@frozen
class _Words:
    """The word classes of data/cards.toml, as patterns."""

    lead: regex.Pattern[str]
    tail: regex.Pattern[str]
    by: regex.Pattern[str]
    between: regex.Pattern[str]
    reading: regex.Pattern[str]
    dated: regex.Pattern[str]
    counted: regex.Pattern[str]
    titled: regex.Pattern[str]
    talk: regex.Pattern[str]
    buttons: frozenset[str]
    articles: frozenset[str]
    given: frozenset[str]


@lru_cache(maxsize=512)
def read_credit(text: str) -> Credit:
    """Source and author that the line of a card names, without what leads up to them.

    Example:
        >>> read_credit("via Reuters"), read_credit("By Ann Lee | The Courier | 4 min read")
        (Credit(source='Reuters', author=''), Credit(source='The Courier', author='Ann Lee'))
        >>> read_credit("Maria Lopez, Valley News"), read_credit("Valley News · Business")
        (Credit(source='Valley News', author='Maria Lopez'), Credit(source='Valley News', author=''))
    """
    words = _words()
    names: list[str] = []
    author = ""
    for part in parts(text):
        if words.reading.match(part) or words.dated.match(part) or words.counted.match(part):
            continue
        if (by := words.by.match(part)) is not None:
            author = author or _OUTER.sub("", part[by.end() :])
        elif (split := words.between.match(part)) is not None and is_person(split[2]):
            names.append(_OUTER.sub("", words.lead.sub("", split[1], count=1)))
            author = author or split[2]
        elif name := _OUTER.sub("", words.tail.sub("", words.lead.sub("", part, count=1))):
            names.append(name)
    if len(names) > 1:
        names = [name for name in names if not is_section(name)] or names
    if len(names) > 1 and not author and _is_author(names[0], names[1]):
        author = names.pop(0)
    if author and not names and not is_person(author):
        return Credit(author, "")
    return Credit(names[0] if names else "", author)


def parts(text: str) -> list[str]:
    """What separators part in a line, each piece without signs at its edges.

    Example:
        >>> parts("The Courier · 4 min read | - Ann Lee")
        ['The Courier', '4 min read', 'Ann Lee']
    """
    return [bare for part in _PARTS.split(text) if (bare := _OUTER.sub("", part))]


def is_capital(name: str) -> bool:
    """Whether something reads like the name of an outlet: in capitals, without figures, and nobody's own.

    Example:
        >>> is_capital("Valley News"), is_capital("views"), is_capital("Ann Lee")
        (True, False, False)
    """
    return name[:1].isupper() and not any(sign.isdigit() for sign in name) and not is_person(name)


def _is_author(first: str, second: str) -> bool:
    return is_given(first) > is_given(second) or (is_person(first) and not is_person(second))


def is_given(name: str) -> bool:
    """Whether a name reads like a person's and begins with a given name that many bear.

    Example:
        >>> is_given("Maria Lopez"), is_given("Toronto Star")
        (True, False)
    """
    return name.partition(" ")[0].lower() in _words().given and is_person(name)


def is_section(name: str) -> bool:
    """Whether a line names a section of a paper: "Business", "Politik"."""
    return name.lower() in vocabulary().sections


@lru_cache(maxsize=512)
def is_person(name: str) -> bool:
    """Whether a name reads like a person's rather than an outlet's.

    Example:
        >>> is_person("Maria Lopez"), is_person("Le Courrier"), is_person("Valley News"), is_person("Reuters")
        (True, False, False, False)
    """
    tokens = name.split()
    if not 2 <= len(tokens) <= 4 or sort_name(name, vocabulary(), frozenset()) != "person":
        return False
    lower = [token.lower() for token in tokens]
    if lower[0] in _words().articles or vocabulary().sections.intersection(lower):
        return False
    if any(len(token) > 1 and token.isupper() and "." not in token for token in tokens) and not name.isupper():
        return False
    return not {"of", "the", "and", "&"}.intersection(lower)


@lru_cache(maxsize=512)
def is_byline(text: str) -> bool:
    """Whether a short line only names an author, or how long something takes to read.

    Example:
        >>> is_byline("By Hannah Osei"), is_byline("4 min read"), is_byline("By the river, a town forgets its flood")
        (True, True, False)
    """
    words = _words()
    bare = _OUTER.sub("", text)
    if words.reading.match(bare):
        return True
    by = words.by.match(bare)
    return by is not None and is_name(bare[by.end() :]) and word_count(bare) <= 6 and read_credit(text).author != ""


@lru_cache(maxsize=512)
def is_label(text: str) -> bool:
    """Whether a short line is a button, a count, a number or a section: part of a card, and none of its fields.

    Example:
        >>> [is_label(line) for line in ("Follow", "12 comments", "Exclusive", "3.", "The Courier")]
        [True, True, True, True, False]
    """
    bare = _OUTER.sub("", text)
    words = _words()
    return (
        not bare or bare.rstrip(".)").isdigit() or bare.lower() in words.buttons or is_section(bare)
        or words.counted.match(bare) is not None or words.reading.match(bare) is not None
    )  # fmt: skip


def is_led(text: str) -> bool:
    """Whether a line says that an outlet or an author follows: "Published by ...", "Source: ...", "by ..."."""
    words, bare = _words(), _OUTER.sub("", text)
    led = words.lead.match(bare)
    return (led is not None and led["sure"] is not None) or words.by.match(bare) is not None


def bare_title(text: str) -> str:
    """The title in a line, without marks of lists, headings and emphasis, and without "Title:" before it.

    Example:
        >>> bare_title("### **Sheep on the roof**"), bare_title("Headline: Sheep on the roof")
        ('Sheep on the roof', 'Sheep on the roof')
    """
    text = _TITLE_MARK.sub("", text.strip(), count=1)
    if (emphasis := _EMPHASIS.match(text)) is not None:
        text = emphasis[2]
    return _words().titled.sub("", text, count=1).strip()


def numbered(text: str) -> tuple[int, str] | None:
    """The number that a line of a list begins with, and the rest.

    Example:
        >>> numbered("2. Sheep on the roof"), numbered("2 sheep on the roof")
        ((2, 'Sheep on the roof'), None)
    """
    found = _NUMBER.match(text)
    return (int(found[1]), text[found.end() :]) if found else None


def outlet_behind(title: str) -> tuple[str, str] | None:
    """Title and outlet where a title ends with its outlet: "Sheep on the roof - The Courier"."""
    found = _SUFFIX.match(title)
    return (found[1], found[2]) if found and _names_outlet(found[2]) else None


def outlet_before(title: str) -> tuple[str, str] | None:
    """Title and outlet where a title begins with its outlet: "The Courier: Sheep on the roof"."""
    found = _PREFIX.match(title) or _BRACKETED.match(title)
    return (found[2], found[1]) if found and _names_outlet(found[1]) else None


def talk_share(text: str) -> float:
    """The share of the words of a text that one person says to another.

    Example:
        >>> talk_share("I bought my pump, and you should too"), talk_share("The mayor opened the bridge")
        (0.375, 0.0)
    """
    return len(_words().talk.findall(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))) / max(1, word_count(text))


def _names_outlet(name: str) -> bool:
    return is_name(name) and word_count(name) <= 5 and not is_section(name) and name_like(name)


def surely_outlet(name: str) -> bool:
    """Whether a name holds a word that outlets have, or is an address."""
    return sort_name(name, vocabulary(), frozenset()) == "outlet"


def _either(words: list[str]) -> str:
    return "|".join(regex.escape(word, literal_spaces=True) for word in sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    data = tomllib.loads((files("scrapeclean") / "data/cards.toml").read_text("utf-8"))
    lead, by = _either(data["lead"]), _either(data["by"])
    minutes, read = _either(data["minutes"]), _either(data["reading"])
    flags = regex.IGNORECASE
    return _Words(
        lead=regex.compile(
            rf"^(?:(?P<sure>{lead})(?:\s*[:：]\s*|\s+|(?<=\p{{Lo}}))(?=\S)|(?-i:{_either(data['small'])})\s+(?=(?-i:[\p{{Lu}}\p{{Lo}}\d])))",
            flags,
        ),
        tail=regex.compile(rf"\s+(?:{_either(data['behind'])})\s*[:：]?$|\s*[:：]$"),
        by=regex.compile(rf"(?:{by})(?:\s*[:：/]\s*|\s+)(?=\S)", flags),
        between=regex.compile(rf"(.{{2,45}}?)\s(?:{by})\s(.{{3,40}})$"),
        reading=regex.compile(
            rf"(?:(?:{read})[\s:：]{{1,3}})?\d{{1,3}}\s?[-–]?\s?"
            rf"(?:(?:{minutes})\b\.?\s?(?:to |de |di )?(?:{read})|(?-i:{minutes})\b\.?)$", flags,
        ),
        dated=regex.compile(rf"(?:{_either(data['dated'])})\s*[:：]?$", flags),
        counted=regex.compile(rf"[\d.,]{{1,7}}\s?[kKmM]?\+?\s?(?:{_either(data['counted'])})$", flags),
        titled=regex.compile(rf"^(?:{_either(data['titled'])})\s*[:：]\s*", flags),
        talk=regex.compile(rf"\b(?:(?-i:I)|{_either(data['talk'])})\b", flags),
        buttons=frozenset(data["buttons"]),
        articles=frozenset(data["articles"]),
        given=frozenset(data["given"]),
    )  # fmt: skip
