"""Bytes to text: which encoding, why, and what had to be mended.

In this order: a byte-order mark; valid UTF-8, whatever any label says; what the HTTP header says; what the page says
(XML declaration, `<meta>`); detection. A label whose bytes do not decode loses, and so does one that makes the text
far less plausible than another encoding would.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from scrapeclean.decode import sniff
from scrapeclean.decode.choose import choose
from scrapeclean.decode.mojibake import mend

How = Literal[
    "bom", "utf-8 valid", "http", "xml declaration", "meta", "detected", "fallback", "given as str", "not text"
]


@frozen
class Decoded:
    """A page as text, and how it became text."""

    text: str
    encoding: str
    """The WHATWG name in lower case; "str" where text was given; "" where the bytes are no text."""
    how: How
    repaired: int = 0
    """How many lines, or pieces between two tags, were mojibake and have been mended."""
    undecodable: int = 0
    """How many U+FFFD stand for bytes that could not be decoded, or for lone surrogates."""
    content: str | None = None
    """What this is, where it is no page: "gzip", "pdf", "png", "rss", "json", ... A file that holds no text has no
    text here; nothing is unpacked."""
    truncated: bool = False
    """Whether the input was longer than the limit."""


def decode(raw: bytes | str, encoding: str | None = None, *, limit: int = 20_000_000) -> Decoded:
    """Decode a page. No bytes make this raise.

    Args:
        raw: the page; text is taken as it is, but for mojibake and lone surrogates.
        encoding: the label, or the whole content type, that the HTTP header gave.
        limit: so many bytes (of text: characters) are read.

    >>> decode("Grüße".encode("latin-1"), "iso-8859-1")
    Decoded(text='Grüße', encoding='windows-1252', how='http', repaired=0, undecodable=0, content=None, truncated=False)
    >>> decode("GrÃ¼ÃŸe").text
    'Grüße'
    """
    truncated = len(raw) > limit
    if isinstance(raw, str):
        return _given(raw[:limit] if truncated else raw, truncated)
    raw = bytes(raw[:limit] if truncated else raw)
    if content := sniff.binary(raw):
        return Decoded("", "", "not text", content=content, truncated=truncated)
    text, name, how, undecodable = choose(raw, encoding, truncated)
    if how in ("fallback", "detected"):
        broken = undecodable * 20 > len(text) or (not name.startswith("utf-") and sniff.full_of_controls(raw))
        if content := sniff.unnamed(raw, broken):
            return Decoded("", "", "not text", content=content, truncated=truncated)
    text, repaired = mend(text, raw if name == "utf-8" else None)
    return Decoded(text, name, how, repaired, undecodable, sniff.textual(text), truncated)


def _given(text: str, truncated: bool) -> Decoded:
    lone = 0
    raw = None
    if not text.isascii():
        try:
            raw = text.encode()
        except UnicodeEncodeError:
            clean = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            lone = clean.count("\ufffd") - text.count("\ufffd")
            text = clean
    text, repaired = mend(text, raw)
    return Decoded(text, "str", "given as str", repaired, lone, sniff.textual(text), truncated)
