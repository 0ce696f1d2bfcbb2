"""Names of people, outlets and companies, as they stand in notices: where one begins, where it ends."""

from __future__ import annotations

from typing import Final

import regex

_WORD: Final = regex.compile(
    r"(?:[\p{Lu}\p{Lt}\p{Lo}\d]|i(?=[A-Z])|e(?=[A-Z]))[\p{L}\p{M}\p{N}'’.&+@*!/-]{0,60}+"
    r"|[a-z\d-]{1,40}+(?:\.[a-z\d-]{1,30}+){0,3}\.[a-z]{2,12}\b|&"
)
_GAP: Final = regex.compile(r"[^\S\n]{1,3}")
_COMPANY: Final = regex.compile(
    r",?[^\S\n]{0,2}(?:Inc|LLC|L\.L\.C|LLP|L\.P|LP|Ltd|Limited|Corp|Co|PLC|plc|GmbH|AG|SE|KG|S\.A|SA|SAS"
    r"|S\.p\.A|SpA|S\.r\.l|Srl|B\.V|BV|N\.V"
    r"|NV|AB|AS|ASA|A/S|ApS|Oy|Oyj|S\.L|Pty|Pvt|LLC)\b\.?"
)
_SMALL: Final = frozenset(
    """of the and for de la le les el los las del della dei di da do dos das des du der den die das und von van y e et i
    och og en a à al un & + in""".split()
)
_SHORTENED: Final = frozenset("""inc ltd co corp st dr mr mrs ms jr sr bros univ no vol prof gen sen rep gov""".split())
_ODD: Final = regex.compile(r"[A-Z./\d@]")
_QUOTES: Final = {"«": "»", "“": "”", "„": "“", '"': '"', "‘": "’", "'": "'", "《": "》", "『": "』", "「": "」"}
_DATES: Final = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter
    januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag
    sonntag""".split()
)


def name_at(text: str, at: int, end: int, *, company: bool = False) -> tuple[int, int] | None:
    """The name that stands at `at`: words in capitals (or in a script without them), addresses of sites, and the small
    words between these; of a name in quotes, what is quoted.

    Args:
        text: what the name stands in.
        at: where it begins.
        end: where it ends at the latest.
        company: whether ", Inc." and the like belong to it.

    >>> text = "by the Center for Public Integrity and was reprinted"
    >>> text[slice(*name_at(text, 3, len(text)))]
    'the Center for Public Integrity'
    """
    closing = _QUOTES.get(text[at : at + 1])
    if closing:
        stop = text.find(closing, at + 1, min(end, at + 80))
        return (at + 1, stop) if stop > at + 1 else None
    cursor, last, first = at, -1, ""
    small = 0
    for _ in range(24):
        word = _WORD.match(text, cursor, end)
        if word is not None:
            if small and word[0].rstrip(".,").casefold() in _DATES:
                break
            stop, full = _without_stop(text, word.start(), word.end())
            first = first or text[word.start() : stop]
            last, small = stop, 0
            if not full:
                break
            cursor = stop
        else:
            cursor = _small_word(text, cursor, end)
            small += 1
            if cursor < 0 or small > 2:
                break
        gap = _GAP.match(text, cursor, end)
        if gap is None:
            break
        cursor = gap.end()
    if last < 0 or first.strip(".,").casefold() in _DATES or (first.strip(".,").isdigit() and " " not in text[at:last]):
        return None
    if company and (suffix := _COMPANY.match(text, last, end)):
        last = suffix.end()
    return at, last


def _without_stop(text: str, start: int, end: int) -> tuple[int, bool]:
    """The end of a word without a full stop that ends the sentence, and whether the name can go on behind it."""
    word = text[start:end]
    bare = word.rstrip(".'’!/-")
    if bare == word or not bare:
        return end, True
    if word.endswith(".") and (len(bare) == 1 or "." in bare or bare.casefold() in _SHORTENED):
        return start + len(bare) + 1, True
    return start + len(bare), False


def _small_word(text: str, at: int, end: int) -> int:
    stop = at
    while stop < min(end, at + 6) and (text[stop].isalpha() or text[stop] in "&+"):
        stop += 1
    return stop if text[at:stop] in _SMALL else -1


def name_like(text: str, *, spare: int = 0) -> bool:
    """Whether a piece of text could be names only: its words are capitalised, numbers, small words, or in a script
    without capitals; `spare` others are let pass.

    >>> name_like("Frederic J. Brown, AFP via Getty Images"), name_like("his wife during the trip")
    (True, False)
    """
    words = text.split()
    if not words or len(words) > 14:
        return False
    lower = 0
    for word in words:
        bare = word.strip("()[]{}.,;:|/\"'“”‘’«»*–—-")
        if bare and bare[0].islower() and bare not in _SMALL and bare not in _LOWER and not _ODD.search(bare):
            lower += 1
    return lower <= spare and any(c.isalpha() for c in text)


_LOWER: Final = frozenset(
    """via by file courtesy handout supplied dpa epd afp ap reuters photo staff special to through from with zvg privat
    picture alliance news per par por von foto photos pool images on at""".split()
)
