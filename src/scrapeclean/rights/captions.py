"""Captions of pictures: told by the credit they end with, since without markup nothing else tells them."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import regex
from attrs import frozen

from scrapeclean.rights.agencies import agency_names
from scrapeclean.rights.names import name_like

_STEMS: Final = (
    "caption", "credit", "cutline", "bild", "legend", "pie", "photo", "foto", "didascalia", "copyright", "onderschrift",
)  # fmt: skip
HEAD: Final = 900
"""How far into a line the credit of a caption at its head may stand."""
LINE: Final = 420
"""How long a line of its own may be to be a caption."""
_CREDIT: Final = 130
"""How long a credit may be."""
_SENTENCES: Final = regex.compile(r"[.!?][\"'”’)]?\s")
_BRACKET: Final = regex.compile(r"[(\[（【]([^()\[\]（）【】\n]{2,130}+)[)\]）】]")
_STOPPED: Final = regex.compile(r"\p{Ll}{2}[.!?。！？]\s")
_SIGN: Final = regex.compile(r"(?:©|\(c\)|copyright)\s{0,2}(?:©\s{0,2})?(?:\d{4}\s{1,2})?", regex.IGNORECASE)
_TAIL_SIGN: Final = regex.compile(r"(?:(?<=[\s|,;–—-])|^)[©]\s{0,2}(?:\d{4}\s{1,2})?([^©.\n]{2,70})\.?$")
_BY_SLASH: Final = regex.compile(
    r"(?<![\w/])(?:(?:REUTERS|Reuters|AP Photo|AFP|EPA|EFE|ANSA|dpa|APA|PAP)\s?/\s?\p{Lu}"
    r"|\p{Lu}[\p{L}.'’-]{0,30}+(?: (?:de |van |von |al-)?\p{Lu}[\p{L}.'’-]{0,30}+){0,3}+\s?/\s?"
    r"(?:REUTERS|Reuters|AP|AFP|EPA|EFE|ANSA|dpa|DPA|APA|PAP|TASS|Xinhua|Bloomberg|ANP|TT|NTB|Getty|EPA-EFE"
    r"|Ritzau|Keystone|AAP|PA)\b)"
)
_INSIDE: Final = regex.compile("[。！？(]")
_SHORTENED: Final = regex.compile(r"(?:\b\p{Lu}|\b(?:Inc|Ltd|Co|Corp|Jr|Sr))\.$")
_SLASH: Final = regex.compile(r"\s?/\s?")
_SPACED: Final = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]")
_WORD: Final = regex.compile(r"\p{L}{1,30}+")
_LETTERS: Final = re.compile(r"[^\W\d_]{1,30}")
_OPENED: Final = ("(", "[", "（", "【")
_RESERVED: Final = re.compile(
    r"\brights?\b|r[eé]serv|riserva|vorbehalten|forbehold|prohib|pro[ií]b|interdit|zastrzeż|защищ|захищ|saklıdır|"
    r"re?produ|保留|版权|禁|금지|حقوق|copyright",
    re.IGNORECASE,
)
"""Words of notices: what ends with a copyright sign behind them is no caption."""
_EDGE: Final = "|/·•–—-,;: \t*"


@frozen
class _Words:
    labelled: regex.Pattern[str]
    firsts: frozenset[str]
    """The first words of all labels, without case."""
    source: regex.Pattern[str]
    unspaced: regex.Pattern[str]
    """Labels in scripts that write without spaces."""
    unnamed: frozenset[str]
    classes: frozenset[str]


def find_caption(text: str) -> tuple[int, int, str] | None:
    """The caption at the head of a block, or the whole block where all of it is one.

    A caption ends with a credit: in brackets, behind a label ("Photo: ..."), or as agencies write it ("REUTERS/...").
    A block that is nothing but a credit is no caption; see `find_credit`.

    Returns:
        Start, end and the credit; None where the block begins with something else.

    >>> find_caption("Rain over the harbour on Monday. (Photo by Ann Lee, AFP) The council met at noon.")
    (0, 56, 'Ann Lee, AFP')
    >>> find_caption("Rain over the harbour. Foto: Ann Lee/dpa")
    (0, 40, 'Ann Lee/dpa')
    >>> find_caption("He took a photo of the harbour (and posted it).")
    """
    if not text or text.isspace():
        return None
    return _bracketed(text) or (_unbracketed(text) if len(text) <= LINE else None)


def find_credit(text: str) -> str | None:
    """The maker, where the whole of a short text credits a picture.

    >>> find_credit("Photo: Ann Lee / Reuters"), find_credit("(AP Photo/Ann Lee)"), find_credit("Photo finish")
    ('Ann Lee / Reuters', 'AP Photo/Ann Lee', None)
    """
    stripped = text.strip()
    if not 2 <= len(stripped) <= _CREDIT + 20:
        return None
    bracket = _BRACKET.fullmatch(stripped)
    return _credit(bracket[1] if bracket else stripped, bracketed=bracket is not None)


def credit_in(text: str) -> str:
    """The credit that stands somewhere in a caption which the markup names as such; "" if there is none.

    >>> credit_in("The bridge at dawn | Photo: Ann Lee")
    'Ann Lee'
    """
    stripped = text.strip()
    if len(stripped) <= _CREDIT and (whole := _credit(stripped, bracketed=False, marked=True)):
        return whole
    for bracket in _BRACKET.finditer(text[-400:]):
        credit = _credit(bracket[1], bracketed=True, marked=True)
        if credit:
            return credit
    tail = _unbracketed(text[-400:])
    return tail[2] if tail else ""


@lru_cache(maxsize=4096)
def caption_class(names: str) -> bool:
    """Whether the class and id words of an element mark a caption or a credit.

    >>> caption_class("article__image-caption small"), caption_class("recaption")
    (True, False)
    """
    lowered = names.lower()
    if not any(stem in lowered for stem in _STEMS):
        return False
    classes = _words().classes
    for name in lowered.replace("_", "-").split():
        if name in classes or any(part in classes for part in name.split("--")):
            return True
        tail = "-".join(name.rsplit("-", 2)[-2:])
        if tail in classes or name.rsplit("-", 1)[-1] in classes:
            return True
    return False


def _bracketed(text: str) -> tuple[int, int, str] | None:
    """A caption that ends with a credit in brackets."""
    for bracket in _BRACKET.finditer(text, 0, HEAD + _CREDIT):
        if bracket.start() > HEAD:
            return None
        end = bracket.end()
        whole = not text[end:].strip(" .\n\t")
        credit = _credit(bracket[1], bracketed=True, marked=whole and len(text) <= LINE)
        if not credit:
            continue
        before = text[: bracket.start()]
        if not any(map(str.isalnum, before)):
            return None
        if before.rstrip()[-1:] in ",;" or text[end : end + 1] in (",", ";", ":"):
            continue
        if len(_SENTENCES.findall(before)) > 6:
            continue
        rest = text[end:].lstrip(" \t\n.")
        if rest[:1].islower():
            continue  # the sentence goes on: the bracket is part of it
        if text[end : end + 1] == ".":
            end += 1
        return len(text) - len(text.lstrip()), len(text.rstrip()) if whole else end, credit
    return None


def _unbracketed(text: str) -> tuple[int, int, str] | None:
    """A short line that ends with a credit without brackets."""
    found = _last_credit(text)
    if found is None:
        return None
    at, credit = found
    before = text[:at].strip(_EDGE + "\n")
    if text[at : at + 1] == "©" and (_RESERVED.search(text) or len(_SENTENCES.findall(before)) > 1):
        return None
    if (len(before.split()) < 2 and before.isascii()) or len(_SENTENCES.findall(before)) > 4 or _SIGN.search(before):
        return None
    return len(text) - len(text.lstrip()), len(text.rstrip()), credit


def _last_credit(text: str) -> tuple[int, str] | None:
    """Where the credit at the end of a line begins, and whom it names."""
    begin = max(0, len(text) - _CREDIT - 30)
    words = _words()
    # Trying 150 labels at every word is slow, and most lines hold none of their first words.
    labels = words.labelled.finditer(text, begin) if _has_label(text[begin:], words) else ()
    for match in labels:
        if match.start() and text[match.start() - 1] not in _EDGE + '.\n!?。"”’)» …':
            continue
        rest = text[match.end() :].strip()
        before = text[: match.start()].rstrip(" \t")
        by_colon = match["colon"] is not None
        if before.endswith(("&", "/", " and", "=")):
            continue
        inside = before and by_colon and before[-1] not in _EDGE + '.\n!?。"”’)»…'
        if inside and not match[0][0].isupper() and before.isascii():
            continue
        if 2 <= len(rest) <= _CREDIT and not _STOPPED.search(rest) and (
            name_like(rest, spare=_spare(match)) or rest.rstrip(".").casefold() in words.unnamed
        ):  # fmt: skip
            return match.start(), _trim(rest)
    if text.find("©", begin) >= 0 and (sign := _TAIL_SIGN.search(text, begin)) and name_like(sign[1]):
        return sign.start(), _trim(sign[1])
    slash = _BY_SLASH.search(text, begin) if text.find("/", begin) >= 0 else None
    rest = text[slash.start() :] if slash else ""
    if slash and name_like(rest) and not _agencies_only(rest) and not _STOPPED.search(rest):
        return slash.start(), _trim(rest)
    return None


def _has_label(text: str, words: _Words) -> bool:
    if not text.isascii() and words.unspaced.search(text):
        return True
    return not words.firsts.isdisjoint(_WORD.findall(text.lower()))


def may_credit(text: str) -> bool:
    """Whether `find_credit` is worth a try: a quick look that lets most lines of a page pass.

    >>> may_credit("Photo: Ann Lee"), may_credit("Skip to content")
    (True, False)
    """
    if "/" in text or text.startswith(_OPENED) or "Images" in text or "Getty" in text or "hutterstock" in text:
        return True
    if text.count(" ") < 2 and ":" not in text and "：" not in text:
        return False  # too short for "Photo by Ann"
    first = _LETTERS.match(text)
    words = _words()
    return first is not None and (first[0].lower() in words.firsts or words.unspaced.match(text) is not None)


def _credit(text: str, *, bracketed: bool, marked: bool = False) -> str | None:
    """Whom a piece of text credits, where it is a credit and nothing else."""
    words = _words()
    stripped = text.strip(_EDGE)
    match = words.labelled.match(stripped) if _has_label(stripped[:30], words) else None
    if match is not None:
        rest = _trim(stripped[match.end() :])
        folded = rest.casefold()
        good = name_like(rest, spare=_spare(match)) or folded in words.unnamed
        return rest if rest and good and not _STOPPED.search(rest) else None
    if stripped.casefold() in words.unnamed:
        return stripped if bracketed and marked and (" " in stripped or not stripped.isascii()) else None
    if not name_like(stripped) or _INSIDE.search(stripped):
        return None
    if sign := _SIGN.match(stripped):
        return _trim(stripped[sign.end() :]) or None if marked or words.source.search(stripped) else None
    return _unlabelled(stripped, words, bracketed=bracketed, marked=marked)


def _unlabelled(stripped: str, words: _Words, *, bracketed: bool, marked: bool) -> str | None:
    """A credit without label or sign: by its slash, or by a picture agency in it."""
    if _BY_SLASH.match(stripped) and not _agencies_only(stripped):
        return _trim(stripped)
    if source := words.source.search(stripped):
        leads = not source.start() and stripped[source.end() :].lstrip()[:1] in ("", "/", ",", "|", ";", "-")
        if leads and not bracketed and stripped.isalpha() and not marked:
            return None  # one word alone is as often an entry of a list
        if leads or bracketed or stripped[: source.start()].rstrip().endswith(("/", "via", "|", ",", "on")):
            return _trim(stripped)
    return None


def _spare(match: regex.Match[str]) -> int:
    """How many words without a capital may stand behind a label: "courtesy of the Lee family"."""
    return int("courtesy" in match[0].casefold())


def _agencies_only(text: str) -> bool:
    """Whether agencies alone are named, as behind a story: "(dpa/AFP)"."""
    return agency_names().issuperset(_SLASH.split(text.strip(" ()[].")))


def _trim(text: str) -> str:
    cut = text.strip(_EDGE + "\n")
    if cut.endswith((")", "]")) and cut.count("(") < cut.count(")"):
        cut = cut[:-1].rstrip()
    if cut.endswith(".") and not _SHORTENED.search(cut):
        cut = cut[:-1]
    return cut


@cache
def _words() -> _Words:
    data = tomllib.loads((files("scrapeclean") / "data/credits.toml").read_text("utf-8"))
    labels = _either(data["labels"])
    makers = _either(data["makers"])
    labelled = regex.compile(
        rf"(?<![\w-])(?:{labels})(?:(?:\s(?:{labels}))?\s?(?P<colon>[:：／|]|(?<=\p{{Lo}})/)\s{{0,2}}"
        rf"|\s(?:{makers})\s{{1,2}}(?=(?-i:(?:the )?[\p{{Lu}}\p{{Lo}}\d@]|the author))|\s©\s?)",
        regex.IGNORECASE,
    )
    source = regex.compile(rf"(?<!\w)(?:{_either(data['picture_sources'])})(?!\w)")
    firsts = frozenset(_WORD.findall(label.lower())[0] for label in data["labels"])
    unspaced = regex.compile(_either([label for label in data["labels"] if not _SPACED.search(label)]))
    return _Words(labelled, firsts, source, unspaced, frozenset(data["unnamed"]), frozenset(data["classes"]))


def _either(words: list[str]) -> str:
    return "|".join(regex.escape(word, literal_spaces=True) for word in sorted(set(words), key=len, reverse=True))
