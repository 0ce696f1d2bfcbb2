"""From what a page gives as its author to the names of people.

    "By Jane Doe, Senior Reporter | The Valley Times" -> Jane Doe

A string is split where names are joined, and each piece is told apart: a person, an outlet, or nothing of use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import Final, Literal, NamedTuple

import regex

from scrapeclean.metadata.vocabulary import Vocabulary, vocabulary

LONGEST: Final = 400
MOST: Final = 40
Sort = Literal["person", "handle", "outlet", "nothing"]

_TAG: Final = regex.compile(r"<[^<>]{0,300}+>")
_MAIL: Final = regex.compile(r"[(\[<]?\b[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,6}+[)\]>]?")
_ADDRESS: Final = regex.compile(r"(?:https?:)?//\S{1,400}|www\.\S{1,200}", regex.IGNORECASE)
_HANDLE: Final = regex.compile(r"(?<!\w)[@＠]\w{1,40}+")
_BARS: Final = regex.compile(
    r"\s{0,5}[|•·⋅∙●►»›→◦\n\t]\s{0,5}|\s{1,5}[-–—/]\s{1,5}|\s{0,5}—\s{0,5}|\s{0,5}[;；、]\s{0,5}|／|\s{3,}+|/(?=\p{Lu})"
)
_BAR: Final = regex.compile(r"\s{0,5}[|•·⋅∙●►»›→◦\n\t]\s{0,5}|\s{1,5}[-–—/]\s{1,5}|\s{3,}+")
_COMMAS: Final = regex.compile(
    r"\s{0,5}[,，]\s{1,5}|,(?=\p{L})|，|\s{0,5}(?:[&＆](?!\s?Co\b)|(?<!\d)\+)\s{0,5}|(?:^|\s{1,3})(?i:and|und)(?:\s{1,3}|$)"
)
_COMMA: Final = regex.compile(r"[^,，&+]{1,60}[,，]\s?[^,，&+]{1,60}$")
_TAIL: Final = regex.compile(
    r"\s{1,3}(?:for|in|at|of the|of|via|aus|en|from|special to|on)\s{1,3}(?=\p{Lu}|\d|the\s|our\s).{1,200}$|\s{1,3}(?:\d{1,2}[./:]\d|\d{4}\b|\d{1,2}\s(?i:min|sec|hour|hr|day|week|month|year)\w{0,4}\s(?i:ago)|\p{L}{3,9}\.? \d{1,2},? \d{4}).{0,200}$"  # noqa: E501
)
_PARENTHESES: Final = regex.compile(r"\s{0,3}[(\[（][^()\[\]（）]{0,120}+[)\]）]")
_ONE_WORD: Final = regex.compile(r"(?:\p{Lu}['’])?\p{Lu}[\p{Ll}\p{M}]{1,30}(?:-\p{Lu}[\p{Ll}\p{M}]{1,30})?$")
_LETTER: Final = regex.compile(r"\p{L}")
_DENSE: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_DOMAIN: Final = regex.compile(
    r"(?:[\w-]{1,40}+\.){1,3}(?:com|net|org|info|co|io|tv|de|at|ch|is|be|fr|it|es|uk|us|eu|nl|no|se|dk|fi|pl|cz|ru|ua|au|ca|in|jp|cn|za|br|news)\b",
    regex.IGNORECASE,
)
STRONG: Final = ("by", "von", "par", "por", "door", "written by", "posted by", "published by", "reported by")
"""What can only stand before an author."""
_STRONG_STARTS: Final = tuple(f"{word} " for word in STRONG)
_NO_NAME: Final = regex.compile(r"[!?§:%#$€]|\d:\d|\d{4}-\d|\p{Lu}\p{Ll}+\s\p{Ll}{1,5}$|\w\.\w+\.\w")
_JOINING: Final = frozenset(("to", "bis", "über", "im", "am", "für", "mit", "for", "with"))
"""Words that, in small letters, join the words of a heading or a phrase and never those of a name."""
_HANDLE_NAME: Final = regex.compile(r"[\w.\-]{2,30}$")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_DENSE_TAIL: Final = regex.compile(r"\s{0,2}(?:(?:선임|인턴|객원)?기자|특파원|記者|记者|報導|报道|報道)$")
_REPORTS: Final = ("報導", "报道", "報道")
_EDGE: Final = " \t\r\n\xa0,;:.|·•-–—/\\\"'“”„«»*_~<>[]{}()=+〓★☆"
_OPEN_EDGE: Final = "".join(sign for sign in _EDGE if sign not in "()[]")
"""Without brackets: those of a text are cut out in pairs."""


class Names(NamedTuple):
    """What a string names."""

    people: tuple[str, ...]
    handles: tuple[str, ...]
    """Single words in lower case or with digits: what people call themselves in forums."""
    outlets: tuple[str, ...]


@lru_cache(maxsize=2048)
def squeeze(text: str) -> str:
    """Letters and digits alone, case folded: for comparing names of outlets.

    >>> squeeze("The Valley-Times")
    'thevalleytimes'
    """
    return _NOT_LETTERS.sub("", text.casefold())


def read_names(
    texts: Iterable[str], outlets: frozenset[str] = frozenset(), *, inverted: bool = False, whole: bool = False
) -> Names:
    """The people and outlets that strings from author fields or by-lines name, each once, in order.

    Args:
        texts: the strings as the page has them.
        outlets: squeezed names of the page's publisher and site.
        inverted: whether "Doe, Jane" is how this source writes names.
        whole: whether each string is one name, as of an organisation: "Center for Rain and Wind".

    Example:
        >>> read_names(["By Jane Doe and RICHARD ROE, Staff Writers"]).people
        ('Jane Doe', 'RICHARD ROE')
        >>> read_names(["Valley Times Staff", "mail@example.org"], frozenset({"valleytimes"}))
        Names(people=(), handles=(), outlets=('Valley Times Staff',))
    """
    words = vocabulary()
    found: dict[Sort, dict[str, str]] = {"person": {}, "handle": {}, "outlet": {}, "nothing": {}}
    for text in texts:
        for name in [" ".join(text[:LONGEST].split())] if whole else _pieces(text, words, inverted):
            sort = sort_name(name, words, outlets)
            if len(found[sort]) < MOST:
                found[sort].setdefault(squeeze(name), name)
    return Names(tuple(found["person"].values()), tuple(found["handle"].values()), tuple(found["outlet"].values()))


def strip_before(text: str, words: Vocabulary) -> tuple[str, bool]:
    """The text without "By", "Von" and the like at its head, and whether there was one."""
    cut = False
    for _ in range(3):
        if not may_begin(text, words):
            break
        match = words.before.match(text)
        if match is None:
            break
        rest = text[match.end() :]
        word = (match["word"] or "").lower()
        if (
            word
            and match[0].rstrip()[-1:] not in ":："
            and word not in STRONG
            and (" " not in rest.strip() or (" " not in word and rest[:1].islower()))
        ):
            break
        text, cut = rest, True
    return text, cut


def may_begin(text: str, words: Vocabulary) -> bool:
    """Whether a text begins as what stands before a name does."""
    return text[:1] >= "\u2e80" or text[:24].lower().partition(" ")[0].rstrip(":.") in words.first


def is_strong(text: str) -> bool:
    """Whether a line begins with a word that can only stand before an author: "By", "Written by"."""
    return text[:16].lower().startswith(_STRONG_STARTS)


def first_part(text: str) -> str:
    """A by-line up to the first bar: what follows is a date, a job, a section."""
    return next((part for part in _BAR.split(text) if part.strip(_EDGE)), "")


def _pieces(text: str, words: Vocabulary, inverted: bool) -> Iterable[str]:
    """The single names in one string, cleaned of all that stands around them."""
    text = text[:LONGEST]
    if _is_plain(text, words):
        yield _trim(text, words)
        return
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _TAG.sub(" | ", text)
    if "@" in text:
        text = _MAIL.sub(" ", text)
    if "/" in text or "www" in text:
        text = _ADDRESS.sub(" ", text)
    text = text.strip(_OPEN_EDGE)
    if text.startswith(("(", "（")) and not {")", "）"} & set(text):
        text = text[1:]
    if text[:1] in "(（[" and text[-1:] in ")）]":
        text = text[1:-1]
    if _first_word(text) in words.pictures:
        return
    for part in _BARS.split(text):
        part = part.strip(_OPEN_EDGE)
        listed = "记者" in part
        part, cut = strip_before(part, words)
        if not cut and part.endswith(_REPORTS):
            continue  # the place from which it was reported
        if _DENSE.search(part):
            part = _DENSE_TAIL.sub("", part)
            if listed and len(part) <= 40:
                part = part.replace(" ", "、")
            if "、" in part:
                yield from part.split("、")
                continue
        part = _PARENTHESES.sub("", part) if "(" in part or "[" in part or "（" in part else part
        part = _TAIL.sub("", part) if len(part.split()) > 2 else part
        pieces = [piece for piece in _COMMAS.split(part) if piece.strip(_EDGE)]
        if not pieces or (first := _first_word(part)) in words.pictures or first in words.others:
            continue
        if len(pieces) == 2 and _COMMA.match(part) and _is_inverted(pieces, words, inverted):
            yield f"{pieces[1].strip(_EDGE)} {pieces[0].strip(_EDGE)}"
            continue
        for piece in _with_suffixes(pieces, words):
            for name in _between(piece, words):
                yield _trim(name, words)


def _is_plain(text: str, words: Vocabulary) -> bool:
    """Whether a text is two or three capitalised words: a name as most pages give it, with nothing around it."""
    tokens = text.split(" ")
    if not 2 <= len(tokens) <= 3 or max(text) >= "\u2e80" or text.lower() in words.after:
        return False
    first = tokens[0].lower()
    if first in words.first or first in words.pictures or first in words.others or not words.between.isdisjoint(tokens):
        return False
    return all(token.isalpha() and token[0].isupper() and token.lower() not in ("and", "und") for token in tokens)


def _first_word(text: str) -> str:
    return text.lower().lstrip("( ").partition(" ")[0].rstrip(":：/.")


def _is_inverted(pieces: list[str], words: Vocabulary, inverted: bool) -> bool:
    """Whether "Doe, Jane" stands for Jane Doe."""
    last, first = (piece.strip(_EDGE) for piece in pieces)
    if first.lower() in words.after or first.lower() in words.kept or _DENSE.search(first):
        return False
    if inverted:
        return len(last.split()) <= 3 and len(first.split()) <= 3 and not _looks_whole(last)
    return (
        _ONE_WORD.match(last) is not None and _ONE_WORD.match(first) is not None
        and not {last.lower(), first.lower()} & (words.outlets | words.jobs | words.agencies | words.never)
    )  # fmt: skip


def _looks_whole(name: str) -> bool:
    return len(name.split()) >= 2 and name.split()[0].lower() not in (
        "van",
        "von",
        "de",
        "la",
        "le",
        "del",
        "da",
        "di",
        "al",
        "el",
        "mc",
    )


def _with_suffixes(pieces: list[str], words: Vocabulary) -> Iterable[str]:
    """Pieces between commas, with "Jr." put back behind its name and degrees left out."""
    names: list[str] = []
    whole = any(len(piece.split()) > 1 or _DOMAIN.search(piece) for piece in pieces)
    for piece in pieces:
        bare = piece.strip().lower()
        if whole and len(pieces) > 1 and " " not in bare and bare not in words.kept and not _DENSE.search(bare):
            continue  # beside whole names a single word is a place or a role
        if bare in words.kept and names:
            names[-1] += " " + piece.strip()
        elif bare.rstrip(".") not in words.after and bare not in words.after:
            names.append(piece)
    return names


def _between(piece: str, words: Vocabulary) -> Iterable[str]:
    """Names joined by "y", "et", "og": split where what stands on both sides is a whole name."""
    tokens = piece.split()
    start = 0
    for i, token in enumerate(tokens):
        if token in words.between and i - start >= 2 and len(tokens) - i > 2 and tokens[i + 1][:1].isupper():
            yield " ".join(tokens[start:i])
            start = i + 1
    yield " ".join(tokens[start:])


def _trim(name: str, words: Vocabulary) -> str:
    """Without handle, job and degree, before or behind."""
    if "@" in name:
        without = _HANDLE.sub(" ", name)
        name = without if _LETTER.search(without) else name.replace("@", " ")
    tokens = name.strip(_EDGE).split()
    lower = [token.lower().strip(",.:") for token in tokens]
    start, end = 0, len(tokens)
    while end - start > 2 and lower[start] in words.jobs:
        start += 1
    while end - start > 2 and (
        lower[end - 1] in words.after or tokens[end - 1].lower() in words.after or lower[end - 1] in words.jobs
    ):
        end -= 1
    for size in (4, 3, 2, 1):
        if (
            end - start > size + 1
            and " ".join(lower[end - size : end]) in words.agencies
            and (size > 1 or tokens[end - 1].isupper())
        ):
            end -= size
    if not words.jobs.intersection(lower[start:end]) and not words.outlets.intersection(lower[start:end]):
        tokens = tokens[start:end]
    abbreviated = bool(tokens) and tokens[-1].lower() + "." in words.kept
    return " ".join(tokens) + "." * abbreviated


def sort_name(name: str, words: Vocabulary, outlets: frozenset[str]) -> Sort:
    """Whether a cleaned string is a person's name, a handle, the name of an outlet, or nothing of the kind.

    Example:
        >>> [sort_name(n, vocabulary(), frozenset()) for n in ("Ann Lee", "annlee77", "Reuters", "4 Hours Ago")]
        ['person', 'handle', 'outlet', 'nothing']
    """
    tokens = [token.strip(_EDGE) for token in name.lower().split()]
    if not tokens or len(name) > 80 or len(tokens) > 8:
        return "nothing"
    plain = name.replace(" ", "").isalpha() and name[name.rfind(" ") + 1].isupper()
    if not plain and (not _LETTER.search(name) or _NO_NAME.search(name)):
        return "nothing"
    if words.never.intersection(tokens):
        return "nothing"
    key = squeeze(name)
    if name.lower() in words.agencies or is_site(key, outlets) or ("." in name and _DOMAIN.search(name)):
        return "outlet"
    if tokens[0] in words.others or (may_begin(name, words) and words.before.fullmatch(name + " ")):
        return "nothing"
    jobs, made = words.jobs.intersection(tokens), words.outlets.intersection(tokens)
    if len(tokens) == 1 and (jobs or made or tokens[0] in words.alone):
        return "outlet" if tokens[0] in words.bodies else "nothing"
    if jobs and not words.bodies.intersection(tokens):
        return "outlet" if tokens[-1].endswith("s") and len(jobs | made) == len(tokens) else "nothing"
    if jobs or made or (len(tokens) > 2 and any(len(token) > 3 and token in words.agencies for token in tokens)):
        return "outlet"
    return _person_or_handle(name, tokens)


def _person_or_handle(name: str, tokens: list[str]) -> Sort:
    if _DENSE.search(name):
        size = len(name.replace(" ", ""))
        return "person" if 2 <= size <= (12 if " " in name or "·" in name else 7) else "nothing"
    if len(tokens) == 1:
        plain = name.isalpha() and name[0].isupper() and not name.isupper() and name[1:].islower()
        return "person" if plain and len(name) > 2 else "handle" if _HANDLE_NAME.match(name) else "nothing"
    if any(ch.isdigit() for ch in name) or len(tokens) > 6:
        return "nothing"
    if not _JOINING.isdisjoint(name.split()[1:-1]):
        return "nothing"
    small = sum(token[:1].islower() for token in name.split())
    return "nothing" if small > 2 or (small == len(tokens) and small > 3) else "person"


def is_site(key: str, outlets: frozenset[str]) -> bool:
    """Whether a squeezed name is the site's or the publisher's own, or is made with it."""
    if len(key) < 2:
        return False
    return any(
        key == outlet or (len(outlet) > 4 and outlet in key) or (len(key) > 5 and key in outlet) for outlet in outlets
    )
