"""Mojibake mended: UTF-8 that someone read as another encoding, once or twice over ("GrÃ¼ÃŸe").

Only the encoding is repaired, piece by piece, so that one broken paragraph does not touch the others; quotes, ligatures,
widths and normalisation are left as they are. ftfy does the work. It costs three times what parsing a page costs, so
it is asked, and imported, only where the bytes of the page hold a sequence that mojibake leaves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

# What the second byte of a UTF-8 character becomes in the encodings that text is commonly misread as, as UTF-8.
_NEXT = rb"(?:\xc2[\x80-\xbf]|[\xc3-\xc5][\x80-\xbf]|\xc6\x92|\xcb[\x80-\xbf]|\xce[\x80-\x8f]|\xd0[\x80-\x8f]|\xd1[\x90-\x9f]|\xd2[\x90\x91]|\xe2[\x80-\x96][\x80-\xbf])"
_PLAIN_NEXT = rb"(?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x80-\xbf]|\xce[\x80-\x8f]|\xd0[\x80-\x8f]|\xd1[\x90-\x9f]|\xd2[\x90\x91]|\xe2(?:\x80[\x90-\xbf]|[\x81-\x84][\x80-\xbf]))"
_GATES = tuple(
    (bytes([lead]), re.compile(b"\\x%02x" % lead + b"(?:" + rest + b")"))
    for lead, rest in (
        # controls of Latin-1; ¬ + sign (Macintosh); × and the other Latin-1 leads as what they are
        (0xC2, rb"[\x80-\x84\x86-\x9f]|\xac(?:\xc2|\xe2[\x88-\x89])"),
        (0xC3, rb"[\x82-\x9f](?:" + _PLAIN_NEXT + rb"|[\xc4\xc5])|[\xa0-\xaf]" + _NEXT + b"{2}|[\xb0-\xb4]" + _NEXT + b"{3}"),
        (0xC4, rb"[\x80\x82\x84\x86\x8c\x8e\x90\x98\xaa\xb9]" + _PLAIN_NEXT + rb"|[\x81\x83\x87\x8d\x8f\x91\x93\x97\x99]" + _NEXT + b"{2}"),
        (0xC5, rb"[\x81\x83\x87\x92\x93\x98\xa0\xae\xb0\xb2]" + _PLAIN_NEXT),
        (0xCE, rb"[\x92-\xa9]" + _PLAIN_NEXT + rb"|\x93[\xc3\xc2]|[\xb0-\xbf]" + _PLAIN_NEXT + b"{2}"),
        (0xD0, rb"[\x92\x93\xa0\xa1]" + _PLAIN_NEXT + rb"|\xb2\xd0\x82"),
        (0xE2, rb"\x80[\x93\x94\x9a\xa1]\xc3|\x80[\x93\x94](?:\xe2[\x88\x89]|\xc2|\xcf)|\x88\x9a(?:\xc2|\xe2)|\x89\x88(?:\xc2|\xe2)|\x94[\x80\x9c\xac\xbc](?:\xc2|\xc3|\xe2\x95|\xe2\x8c)|\x95[\xa4\xa8](?:\xc2|\xc3|\xe2)"),
    )
)
_SPARSE = 64

# A piece is what stands between tags or on a line; a longer one ends where the next character is ASCII, if it can.
_PIECE = re.compile(r"[^<>\n]{1,2000}(?=[\x00-\x7f]|\Z)|[^<>\n]{1,2000}")


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
    repaired = 0

    def mended(match: re.Match[str]) -> str:
        nonlocal repaired
        piece = match.group()
        if piece.isascii():
            return piece
        better = _repair(piece)
        repaired += better != piece
        return better

    text = _PIECE.sub(mended, text)
    return text, repaired


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


def _repair(piece: str) -> str:
    from ftfy import fix_encoding

    return fix_encoding(piece, _config())


def _config() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(explain=False)
