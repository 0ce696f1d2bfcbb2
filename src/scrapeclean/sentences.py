"""Sentences: where they begin and end in one block of text.

Rules speak of sentences ("this one asks for a donation"), so the span that a rule takes out must be a whole one and
never half of its neighbour. Splitting is one pass over the stops of the text; nothing is split twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Set
from functools import cache
from importlib import resources
from typing import Final

import regex

_CLOSERS: Final = "\"'”’»›)\\]}」』）】〉》"
_GLUED: Final = rf"(?<=\p{{Ll}}{{2}}[.!?]{{1,3}}[{_CLOSERS}]{{0,4}})(?=[\p{{Lu}}\p{{Lt}}©“\"(])"
_OPENER: Final = (
    r"©\s?(?:(?:19|20)\d\d|\p{Lu})|Copyright\s(?:©|\([cC]\)|(?:19|20)\d\d)|Reporting\sby\s\p{Lu}|Additional\sreporting\sby\s"
    r"|This\s(?:story|article|report|piece|post|essay|content|material)\s(?:was|is|has|may|first|originally|appeared)\b"
    r"|All\s[Rr]ights\s[Rr]eserved"
)
"""What begins a notice of rights, also where the text before it lost its stop."""
_STOP: Final = regex.compile(
    rf"""(?P<wide>[。！？｡]++[{_CLOSERS}]{{0,4}}+)
      |  (?<=\S)(?P<stop>[.!?…؟۔।॥։]++[{_CLOSERS}]{{0,4}}+)(?:\s++|\Z|(?<=[؟۔।॥։])|{_GLUED})
      |  (?P<bracket>[)\]）】])\s++(?=[\p{{Lu}}\p{{Lt}}\p{{Lo}}\d©“"(])
      |  (?P<line>\n\s*+)
      |  (?P<opener>(?<=[^\s.!?…]\s)(?=[©CTRA])(?={_OPENER}))
    """,
    regex.VERBOSE,
)
"""Ends of sentences: stops that need no space behind them; stops before a space, the end or a capital; line breaks.
A stop directly before a capital is one only after small letters: there two sentences lost the space between them."""

_BRACKETS: Final = "([（【"
_LAST_WORD: Final = regex.compile(r"[\p{L}\p{M}.&]{1,24}\Z")
_OPENING: Final = regex.compile(r"[\"'“‘„«‹(\[¿¡*•\s]*+")
_FIRST_WORD: Final = regex.compile(r"[\p{L}']{1,20}")

_TITLES: Final = frozenset(
    """mr mrs ms mx dr copr prof rev fr gen lt col maj capt cmdr adm sgt cpl pvt gov sen rep pres hon st ste mt vs v cf
    e.g i.e viz al approx messrs mme mlle hr bzw ggf evtl z.b d.h u.a vgl dipl sr sra srta dra dott avv ud uds av p.ej
    p.ex dhr mevr bv dvs bl.a t.ex f.eks jf ул hab np tzw г гг тел рис стр т.е т.п им проф акад см напр тис млн млрд
    руб""".split()
)
"""Words that are written with a full stop and have more of the sentence behind them."""

_NUMBERED: Final = frozenset(
    """no nos nr núm num art arts fig figs eq vol pp p pág págs ch sec abs str bd jan feb mar apr jun jul aug sep sept
    oct nov dec st""".split()
)
"""Words whose full stop ends nothing before a number."""

_ENDINGS: Final = frozenset(
    "inc ltd co corp llc llp plc jr sr bros cie gmbh etc ca esq ph.d m.d b.a m.a s.a s.p.a a.m p.m am pm u.s u.k u.n "
    "e.u u.s.a d.c l.a n.y a.d b.c b.c.e".split()
)
"""Words written with a full stop that stand at the end of a sentence as often as inside one: what follows decides."""

_COMPANIES: Final = frozenset(("inc", "ltd", "co", "corp", "llc", "s.a", "s.p.a"))
"""Endings of the names of companies; behind them the year of a notice may follow."""

_SHORTENED: Final = max(map(len, _TITLES | _NUMBERED | _ENDINGS))
"""No abbreviation is longer."""

_STARTERS: Final = frozenset(
    """the a an this that these those it its it's he she they we i you his her their our my your there here in on at by
    but and so if when while after before as for from with to what who why how where not no all any some most many
    one two more however meanwhile also then now still yet please sign subscribe follow read click get join support
    copyright contact reporting editing photo photos image is are was were do does did can will would should may
    according since although because despite during last next both each every even only such let just follow
    originally updated published additional related watch see listen download share""".split()
)
"""Words that begin a sentence more often than they carry on a name in capitals."""

_GOES_ON: Final = frozenset(' .!?…,;:–—("“\n')
"""Signs behind which a sentence has ended, or goes on whatever follows."""
_WORD: Final = re.compile(r"\w+")
_CAPITAL: Final = re.compile(r" ([^\W\d_a-z]\w*)")
_PREFIX: Final = 80
"""What stands before the sign of a notice can belong to it ("Photos by Ann Lee ©"), if it is shorter than this."""

_SHORT_LINE: Final = 55
"""A line shorter than this ends a sentence; a longer one may have been wrapped."""


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a block stand, in order, without the white space around them.

    Abbreviations and initials do not end a sentence, closing quotes and brackets belong to the one they close, a rest
    without a stop is a sentence, and scripts with stops of their own are cut at those. Time is linear in the text.

    Args:
        text: The text of one block.

    Returns:
        Pairs of start and end; everything outside of them is white space.

    >>> text = 'Dr. J. Doe of Acme Inc. spoke. "It rained." Sign up here'
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Dr. J. Doe of Acme Inc. spoke.', '"It rained."', 'Sign up here']
    """
    spans: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    for found in _STOP.finditer(text):
        if found.start() < start:
            continue
        kind = found.lastgroup
        if kind == "opener":
            end = _trim(text, start, found.start())
            if end - start < _PREFIX:
                continue
        elif kind == "bracket":
            end = found.end("bracket")
            # Only what stands wholly in brackets ends with them, and "(c)" is no sentence.
            if text[start] not in _BRACKETS or end - start < 12:
                continue
        elif kind == "line":
            end = _trim(text, start, found.start())
            if end == start or not _line_ends(text, start, end, found.end()):
                continue
        else:
            stop, end = found.span(kind or 0)
            if kind == "stop" and not _ends_here(text, start, stop, end):
                continue
        spans.append((start, end))
        start = _skip_space(text, found.end())
    end = len(text.rstrip())
    if end > start:
        spans.append((start, end))
    return tuple(_apart(text, spans))


_BEGINNING: Final = re.compile(r"[.!?…؟۔।॥։。！？｡)\]）】©][\W_]*([^\W_]+)")
_FIRST: Final = re.compile(r"[^\W_]+")


def beginnings(text: str, flat: str, words: Set[str]) -> list[str]:
    """The words that sentences of a text begin with, and perhaps more: what asks less than to split it.

    Args:
        text: The text of one block.
        flat: The same in plain signs and lower case, or the head of it.
        words: Its words in lower case, at least those of `breaks`.

    Returns:
        The first word of the text, then others; "" alone where there are no words.
    """
    first = _FIRST.search(flat)
    found = [first[0] if first else ""]
    found += _BEGINNING.findall(flat)
    if "\n" in text:
        after = (_FIRST.search(flat, line.end()) for line in re.finditer("\n", text[: len(flat)]))
        found += [word[0] for word in after if word]
    for word in breaks().keys() & words:
        if breaks()[word] in text:
            found.append(word)
    return found


@cache
def breaks() -> dict[str, str]:
    """Words, without case and with, that begin a sentence although the one before it has no stop."""
    return {word.lower(): word for word in (*_pleas(), "Copyright", "Reporting", "Additional", "This", "All")}


@cache
def _pleas() -> dict[str, list[str]]:
    """What begins a plea, by its first word."""
    pleas: dict[str, list[str]] = {}
    for line in (resources.files("scrapeclean") / "data" / "pleas.txt").read_text(encoding="utf-8").splitlines():
        if first := _WORD.match(line):
            pleas.setdefault(first[0], []).append(line)
    return pleas


def _apart(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, with the pleas apart that follow a text which lost its stop."""
    begun = [
        found.start()
        for word in _pleas().keys() & set(_CAPITAL.findall(text))
        for plea in _pleas()[word]
        if plea in text
        for found in re.finditer(rf" {plea}\b", text)
    ]
    begun.sort()
    for start, end in spans:
        for at in begun[bisect_right(begun, start) : bisect_right(begun, end)]:
            if text[at - 1] not in _GOES_ON and any(map(str.isalnum, text[start:at])):
                yield start, at
                start = at + 1
        yield start, end


def _skip_space(text: str, at: int) -> int:
    end = len(text)
    while at < end and text[at].isspace():
        at += 1
    return at


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _line_ends(text: str, start: int, end: int, following: int) -> bool:
    """Whether a line break ends a sentence, or only a line that was wrapped."""
    if text.count("\n", end, following) > 1 or following >= len(text):
        return True
    line = end - max(start, text.rfind("\n", max(0, end - _SHORT_LINE), end) + 1)
    return line < _SHORT_LINE and not text[following].islower()


def _ends_here(text: str, start: int, stop: int, end: int) -> bool:
    """Whether a stop ends a sentence: not after an abbreviation or an initial, not before a small letter."""
    rest = end + 1
    if not (text[end:rest] == " " and text[rest : rest + 1].isalnum()):
        opening = _OPENING.match(text, end)
        rest = opening.end() if opening else end
    if rest >= len(text):
        return True
    if text[rest].islower():
        return text.startswith(("http://", "https://"), rest) or (text[rest - 1] == "(" and text.startswith("c)", rest))
    if text[stop] != "." or text[stop + 1] == ".":
        return True
    before = text[max(start, text.rfind(" ", start, stop) + 1) : stop]
    if len(before) > _SHORTENED and before.isalpha():
        return True
    last = _LAST_WORD.search(text, max(start, stop - 24), stop)
    return last is None or _word_ends(last[0].strip("."), text, rest)


def _word_ends(word: str, text: str, rest: int) -> bool:
    """Whether a full stop behind this word ends the sentence, given where the next word begins."""
    lower = word.lower()
    if lower in _TITLES or (lower in _NUMBERED and text[rest].isdigit()):
        return False
    dotted = "." in word and max(map(len, word.split("."))) < 4  # U.S., but not example.com
    if lower in _COMPANIES and text[rest : rest + 2] in ("19", "20"):
        return False
    if (len(word) == 1 and word.isupper()) or dotted or lower in _ENDINGS:
        follows = _FIRST_WORD.match(text, rest)
        return follows is None or follows[0].lower() in _STARTERS
    return True
