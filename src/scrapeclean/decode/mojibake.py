"""Mojibake mended: UTF-8 that someone read as another encoding, once or twice over ("GrÃ¼ÃŸe").

Only the encoding is repaired, piece by piece, so that one broken paragraph does not touch the others; quotes,
ligatures, widths and normalisation are left as they are. Nothing is looked at closely unless the bytes of the page
hold a sequence that mojibake leaves. A piece that is wholly mojibake is turned back into the bytes it was; ftfy, which
costs three times what parsing a page costs, is asked and imported only for pieces that are partly so.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache

from scrapeclean.decode.evidence import plausibility

# What the later bytes of a UTF-8 character become in the encodings that text is commonly misread as, as UTF-8: signs
# (also controls and old Cyrillic letters), and signs or letters. A gate lets through whatever has too few signs, as
# correct text has pairs of letters; mojibake of more than a word or two has all kinds of sequences.
_SIGN = rb"(?:\xc2[\x80-\xbf]|\xcb[\x80-\xbf]|\xe2(?:\x80[\x90-\xbf]|[\x81-\x84][\x80-\xbf]|[\x88-\x96][\x80-\xbf]))"
_LETTER = rb"(?:[\xc3-\xc6][\x80-\xbf]|\xce[\x80-\x8f]|\xd0[\x80-\x8f]|\xd1[\x90-\x9f]|\xd2[\x90\x91])"
_NEXT = rb"(?:" + _SIGN + rb"|" + _LETTER + rb")"
_WINDOWS = rb"(?:" + _SIGN + rb"|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xce[\x80-\x8f])"
_TWO = rb"(?:" + _SIGN + _NEXT + rb"|" + _LETTER + _SIGN + rb")"
_OLD_CYRILLIC = rb"(?:" + _SIGN + rb"|\xd0[\x82\x83\x85\x88-\x8f]|\xd1[\x92\x93\x95\x98-\x9f])"
_GATES = tuple(
    (bytes([lead]), re.compile(b"\\x%02x(?:" % lead + rest + b")"))
    for lead, rest in (
        # A control of Latin-1; "¬" for C2, read as Macintosh.
        (0xC2, rb"[\x80-\x84\x86-\x9f]|\xac(?:\xc2|\xe2[\x88-\x89])"),
        # "Â" to "ß" and one more; "à" to "ï" and two; "ð" to "ô" and three.
        (0xC3, rb"[\x82-\x9f]" + _WINDOWS + rb"|[\xa0-\xaf]" + _TWO + rb"|[\xb0-\xb4]" + _NEXT + _TWO),
        # "Ă", "Ć", "Ā" ... for C2 to DF in the encodings of Eastern Europe and the Baltic; "ā€".
        (0xC4, rb"[\x80\x82\x84\x86\x8c\x8e\x90\x98\xaa\xb9]" + _WINDOWS + rb"|\x81\xe2\x82\xac"),
        (0xC5, rb"[\x81\x83\x87\x92\x93\x98\xa0\xae\xb0\xb2]" + _WINDOWS),
        # Greek and Cyrillic capitals; "β€" and "вЂ".
        (0xCE, rb"[\x92-\xa9]" + _WINDOWS + rb"|\x93\xc3|\xb2\xe2\x82\xac"),
        (0xD0, rb"[\x92\x93\xa0\xa1]" + _OLD_CYRILLIC + rb"|[\x94\x95\xa7-\xa9]" + _SIGN + rb"|\xb2\xd0\x82"),
        # Dashes, "‚", "‡", "√", "≈" and box drawing: Macintosh and the DOS of the West.
        (
            0xE2,
            rb"\x80[\x93\x94\x9a\xa1]\xc3|\x80[\x93\x94](?:\xe2[\x88\x89]|\xc2|\xcf)|(?:\x88\x9a|\x89\x88)[\xc2\xe2]"
            rb"|\x94[\x80\x9c\xac\xbc](?:\xc2|\xc3|\xe2\x95|\xe2\x8c)|\x95[\xa4\xa8][\xc2\xc3\xe2]",
        ),
    )
)
_SPARSE = 64

MISREAD_AS = (
    "windows-1252", "latin-1", "windows-1251", "windows-1250", "windows-1254", "windows-1253", "windows-1257",
    "iso-8859-2", "macintosh", "cp437", "iso-8859-15", "koi8-r", "ibm866", "windows-1255", "windows-1256",
    "windows-874", "iso-8859-5", "iso-8859-7",
)  # fmt: skip
_USUAL = 10
_MOST_TIMES = 4
_JUDGED = 500
_MARGIN = 4.0
_FEW = 3

# A piece is what stands between tags or on a line; a longer one ends where the next character is ASCII, if it can.
_PIECE = re.compile(r"[^<>\n]{1,2000}(?=[\x00-\x7f]|\Z)|[^<>\n]{1,2000}")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# ftfy takes up to ten microseconds a character over text that is made to be hard. What is wholly mojibake does not need
# it; only so many characters that are partly so are given to it.
_MOST_FOR_FTFY = 100_000
# So many pieces are each compared in all encodings; after that they were misread as most of those before.
_MOST_COMPARED = 3_000


def mend(text: str, raw: bytes | None = None) -> tuple[str, int]:
    """Mend what is mojibake; gives the text and how many pieces were mended.

    Args:
        text: a page or plain text.
        raw: the same as UTF-8, where it is at hand.

    >>> mend("<p>Déjà vu.</p><p>Ã‰tÃ©</p>")
    ('<p>Déjà vu.</p><p>Été</p>', 1)
    """
    if text.isascii() or not _suspicious(text.encode() if raw is None else raw):
        return text, 0
    repaired = compared = 0
    left = _MOST_FOR_FTFY
    misread: Counter[str] = Counter()

    def mended(match: re.Match[str]) -> str:
        nonlocal repaired, left, compared
        piece = match.group()
        if piece.isascii() or not _suspicious(piece.encode()):
            return piece
        compared += 1
        better = _unread(piece, misread) if compared <= _MOST_COMPARED else _unread_as(piece, misread)
        if left > 0 and _suspicious(better.encode()):
            left -= len(better)
            better = _unread(_by_ftfy(better), misread)
        repaired += better != piece
        return better

    lines = [line if line.isascii() else _PIECE.sub(mended, line) for line in text.split("\n")]
    return "\n".join(lines), repaired


def _suspicious(raw: bytes) -> bool:
    for lead, pattern in _GATES:
        position = raw.find(lead)
        for _ in range(_SPARSE):
            if position < 0:
                break
            if pattern.match(raw, position):
                return True
            position = raw.find(lead, position + 1)
        else:
            if pattern.search(raw, position):
                return True
    return False


def _unread(piece: str, misread: Counter[str]) -> str:
    """The piece as it was before it was misread, once or more often; the piece itself, if it never was. Counts the
    encodings that pieces were misread as."""
    for _ in range(_MOST_TIMES):
        better, name = _unread_once(piece)
        if better is None:
            break
        piece = better
        misread[name] += 1
    return piece


def _unread_as(piece: str, misread: Counter[str]) -> str:
    """The same for one of thousands of pieces, in the encoding that most of those before were misread as."""
    for name, _ in misread.most_common(1):
        for _ in range(_MOST_TIMES):
            try:
                better = codecs.charmap_encode(piece, "strict", _encoder(name))[0].decode()
            except UnicodeError:
                break
            if _foreign(better) < 2:
                break
            piece = better
    return piece


def _unread_once(piece: str) -> tuple[str | None, str]:
    """The piece in the encoding that it was misread as, read as UTF-8: of those that fit, the most plausible text; and
    the name of that encoding."""
    found: dict[str, float] = {}
    names: dict[str, str] = {}
    foreign = " ".join(_FOREIGN.findall(piece))
    for place, name in enumerate(MISREAD_AS):
        try:
            codecs.charmap_encode(foreign, "strict", _encoder(name))[0].decode()  # most fail, and it is much shorter
            text = codecs.charmap_encode(piece, "strict", _encoder(name))[0].decode()
        except UnicodeError:
            continue
        # One sequence may be chance: “B”© is a sequence too. That is for ftfy to judge, which knows the usual ones.
        if text not in found and _foreign(text) >= (2 if place < _USUAL else 3):
            found[text], names[text] = plausibility(text[:_JUDGED]).score, name
    best = max(found, key=found.__getitem__, default=None)
    return (best, names[best]) if best is not None and _believable(best, piece) else (None, "")


def _believable(better: str, piece: str) -> bool:
    """Whether a reading is more plausible than what it was made of; a few letters alone must be those of a language."""
    start = better[:_JUDGED]
    score, language = plausibility(start)
    letters = {character for character in start if character > "\x7f" and character.isalpha()}
    if not language and 0 < len(letters) <= _FEW:
        return False
    return score > plausibility(piece[:_JUDGED]).score + _MARGIN


def _foreign(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _by_ftfy(piece: str) -> str:
    from ftfy import TextFixerConfig, fix_encoding

    better = str(fix_encoding(piece, TextFixerConfig(explain=False)))
    # What was mended beyond the start of a long piece cannot be judged by it.
    return better if len(piece) > _JUDGED or _believable(better, piece) else piece


@cache
def _encoder(name: str) -> dict[int, int]:
    every = bytes(range(256))
    plain = name in ("cp437", "latin-1")
    table = every.decode(name) if plain else codecs.decode(every, "whatwg-" + name)
    return {ord(character): byte for byte, character in enumerate(table) if character != "\ufffd"}
