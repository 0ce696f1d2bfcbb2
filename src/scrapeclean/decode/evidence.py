"""How plausible a decoding is: the likelihood of its letters under the language that suits them best.

Bytes that were decoded with the wrong encoding give letters that no one language has together, capitals inside
words, signs between letters, controls. Each of these has its price, in nats; the encoding with the best sum wins.
The sums of two encodings can be compared because both account for every byte of the same sample.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import lru_cache
from itertools import chain, pairwise
from math import exp, log
from typing import NamedTuple

from scrapeclean.decode.letters import IDEOGRAPHS, LATIN, OTHER

SAMPLE = 2_000
"""So many bytes outside ASCII are enough to tell."""

# Separators end a sample's words in every encoding here: no byte below "0" is the second byte of a character.
_WORDS = re.compile(rb"[^\x00-\x2f:-?]+")
_LINES = re.compile(rb"[^<>\r\n]+")
_HIGH = re.compile(rb"[\x80-\xff]")
_WINDOW = 65_536

ASCII = -3.0
"""The price of a character of ASCII: what one costs that an encoding wrongly takes for half of another."""
_CONTROL = -14.0
_RARE = -11.0
_AMID_ASCII = -0.1
_SIGNS = dict.fromkeys("\xa0–—’“”«»…„‘ ‚•·°§©®™€£‹›、。・「」，：；？！（）¿¡،؟", -6.0)

PRIORS = {
    "windows-1252": 0.0, "windows-1251": -0.5, "windows-1250": -1.0, "gbk": -0.5, "shift_jis": -0.5, "euc-kr": -0.5,
    "big5": -0.5, "euc-jp": -1.0, "windows-1256": -1.0, "windows-1254": -1.0, "windows-1253": -1.0,
    "windows-1255": -1.0, "windows-874": -1.0, "windows-1257": -1.0, "windows-1258": -1.5, "iso-8859-2": -1.0,
    "iso-8859-7": -1.2, "iso-8859-15": -1.5, "koi8-r": -1.5, "koi8-u": -2.0, "iso-8859-8": -2.0, "iso-8859-6": -2.0,
    "iso-8859-5": -2.5, "ibm866": -2.5, "iso-8859-4": -3.0, "iso-8859-13": -3.0, "iso-8859-3": -3.0,
    "iso-8859-16": -3.5, "iso-8859-14": -4.0, "iso-8859-10": -4.0, "macintosh": -3.0, "x-mac-cyrillic": -3.0,
}  # fmt: skip
"""How common an encoding is among pages that do not say which they use, in nats."""
NATIVE = {
    "gbk": ("zh", "zt"), "gb18030": ("zh", "zt"), "big5": ("zt",), "shift_jis": ("ja",), "euc-jp": ("ja",),
    "euc-kr": ("ko",), "windows-1258": ("vi",), "iso-8859-14": ("cy", "ga", "gd"), "iso-8859-3": ("mt", "eo", "tr"),
}  # fmt: skip
"""The languages that some encodings are used for."""


class Sample(NamedTuple):
    """Words with bytes outside ASCII, separated by spaces, and how many letters of plain ASCII stand beside them."""

    words: bytes
    plain: int


class Plausibility(NamedTuple):
    """The logarithm of how likely a text is to have been written, and the language that suits it best."""

    score: float
    language: str


def sample(raw: bytes) -> Sample:
    """A few thousand bytes of words, out of the lines and tags that have bytes outside ASCII."""
    words: list[bytes] = []
    size = plain = 0
    found = _HIGH.search(raw)
    position = max(0, raw.rfind(b"\n", 0, found.start()) + 1, found.start() - 1000) if found else len(raw)
    while position < len(raw) and size < SAMPLE:
        for line in _LINES.findall(raw[position : position + _WINDOW]):
            if line.isascii():
                continue
            for word in _WORDS.findall(line):
                if word.isascii():
                    plain += word.isalpha() and len(word)
                else:
                    words.append(word)
                    size += len(word)
            if size >= SAMPLE:
                break
        position += _WINDOW
    return Sample(b" ".join(words)[: 2 * SAMPLE], plain)


def decodings(raw: bytes, encodings: tuple[str, ...]) -> dict[str, str]:
    """The texts that these encodings make of a sample."""
    return {
        name: raw.decode(errors="replace") if name == "utf-8" else codecs.decode(raw, "whatwg-" + name)
        for name in encodings
    }


def plausibility(text: str, plain: int = 0, language: str = "") -> Plausibility:
    """The logarithm of how likely this text is to have been written, under the language that suits it best.

    Args:
        text: a decoded sample.
        plain: how many letters of ASCII stood beside it: many, where a language should have few, speak against it.
        language: what the page says its language is, if it does; a light push.
    """
    signs, letters = _price(text)
    plain += len(text.encode("ascii", "ignore")) - text.count(" ")
    best, suits = 0.0 if not letters else float("-inf"), ""
    counted = [(letter, count, _unlisted(letter)) for letter, count in letters.items()]
    for name, table in _tables(frozenset(map(_script, letters))) if letters else ():
        total = sum([count * table.get(letter, unlisted) for letter, count, unlisted in counted])
        total += plain * _PLAIN.get(name, _AMID_ASCII) + (3.0 if name == language else 0.0)
        if total > best:
            best, suits = total, name
    return Plausibility(signs + best, suits)


def _price(text: str) -> tuple[float, dict[str, int]]:
    """The price of signs, controls, capitals and misplaced letters; the letters, in lower case, with their counts."""
    letters: dict[str, int] = {}
    total = 0.0
    for character, count in Counter(text).items():
        if character < "\x80":
            total += count * ASCII
            continue
        price, letter = _character(character)
        total += count * price
        if letter:
            letters[letter] = letters.get(letter, 0) + count
    kinds = list(map(_kind, text))
    for (before, kind), count in Counter(pairwise(kinds)).items():
        total += count * _pair(before, kind)
    return total + (_pair(_SPACE, kinds[0]) if kinds else 0.0), letters


@lru_cache(maxsize=4096)
def _character(character: str) -> tuple[float, str]:
    """The price of a character that does not depend on the language, and the letter it is, if it is one."""
    if character in _SIGNS:
        return _SIGNS[character], ""
    if character == "\ufffd" or "\x80" <= character <= "\x9f" or "\ue000" <= character <= "\uf8ff":
        return _CONTROL, ""
    lower = character.lower() if character != "İ" else "i"
    if len(lower) > 1 or lower < "\x80":
        return -7.0, ""
    if _script(lower) == "":
        return -9.0, ""
    return 0.0, lower


_SPACE = "  free"


@lru_cache(maxsize=16_384)
def _kind(character: str) -> str:
    """What a character is, as far as it matters what stands beside it: script, case, and whether it is a sign that
    may well stand between letters."""
    script = _script(character) or ("digit" if "0" <= character <= "9" else "")
    case = "upper" if character.isupper() else "lower" if character.islower() else ""
    free = character < "\x80" or character in "’–—-·\xa0\xad”»…“«„‘¿¡"
    return f"{script} {case if script else ''} {'free' if free else ''}"


@lru_cache(maxsize=2_048)
def _pair(before: str, kind: str) -> float:
    """The price of a character after another one."""
    other, other_case, other_free = before.split(" ")
    script, case, free = kind.split(" ")
    if not script:
        return -2.0 if other in ("latin", "ascii") and not free else 0.0
    if not other or "digit" in (script, other):
        price = -2.0 if script == "ascii" and not other_free else 0.0
    elif script == other or {script, other} == {"latin", "ascii"}:
        price = 0.0
    else:
        price = -2.0 if "cjk" in (script, other) else -4.0
    if script == "ascii":
        return price - (6.0 if case == "upper" and other_case == "lower" and other == "latin" else 0.0)
    if case == "upper":
        return price - (6.0 if other_case == "lower" else 2.0 if other_case == "upper" else 2.5)
    return price - (0.5 if case == "lower" and other_case == "upper" and other != "ascii" else 0.0)


@lru_cache(maxsize=8192)
def _script(character: str) -> str:
    """The script of a letter or of a mark on one; "" for what is neither."""
    if character < "\x80":
        return "ascii" if character.isalpha() else ""
    if character in "ªº" or not (character.isalpha() or "\u0300" <= character < "\u0370" or character in _MARKS):
        return ""
    code = ord(character)
    for end, script in _RANGES:
        if code < end:
            return script
    return "other"


_MARKS = frozenset(chain.from_iterable(OTHER.values()))
_RANGES = (
    (0x370, "latin"), (0x400, "greek"), (0x530, "cyrillic"), (0x590, "other"), (0x600, "hebrew"), (0x700, "arabic"),
    (0xE00, "other"), (0xE80, "thai"), (0x1E00, "other"), (0x1F00, "latin"), (0x2E80, "other"), (0xAC00, "cjk"),
    (0xD7B0, "cjk"), (0xF900, "other"), (0xFB00, "cjk"), (0xFF61, "other"), (0xFFA0, "halfwidth"),
)  # fmt: skip
_PLAIN = {name: log(1 - sum(map(exp, table.values()))) for name, table in LATIN.items()}
_LANGUAGES = {
    "latin": tuple(LATIN.items()),
    "cyrillic": tuple((name, OTHER[name]) for name in ("ru", "uk", "bg", "sr", "mk", "be")),
    "greek": (("el", OTHER["el"]),),
    "hebrew": (("he", OTHER["he"]),),
    "arabic": (("ar", OTHER["ar"]), ("fa", OTHER["fa"])),
    "thai": (("th", OTHER["th"]),),
    "cjk": tuple(IDEOGRAPHS.items()),
}


def _tables(scripts: frozenset[str]) -> list[tuple[str, dict[str, float]]]:
    found = [entry for script, tables in _LANGUAGES.items() if script in scripts for entry in tables]
    return [*found, ("", {})]


@lru_cache(maxsize=8192)
def _unlisted(letter: str) -> float:
    """The price of a letter that the language does not list."""
    script = _script(letter)
    if script == "cjk":
        return -9.0 if "\uac00" <= letter < "\ud7b0" else -10.0
    if script == "halfwidth":
        return -6.5
    if script in ("other", "latin"):
        return -9.5 if letter in "áàâäéèêëíîïóôöúùûüçñãõåøæß" else _RARE
    return -8.0
