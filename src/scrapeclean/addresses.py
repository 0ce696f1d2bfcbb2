"""Which addresses may leave: those that open a page, a mail or a telephone, never one that runs something."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What may stand before the colon of an address. Addresses without a scheme are relative and may leave too."""

_RUNS = re.compile(r"(?:javascript|vbscript|livescript|data|blob|file|about|view-source|filesystem)\s*:", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,40}):", re.IGNORECASE)
_IGNORED = re.compile(
    r"[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\uffff]+"
)
_EDGES = "".join(map(chr, range(0x21))) + "\x7f\xa0\ufeff"
_BREAKS = dict.fromkeys(map(ord, "\t\n\r"))
_PLAIN = ("https://", "http://", "/", "#")
_LONGEST = 8192


def safe_address(address: str, *, image: bool = False) -> str:
    """The address as it may stand in a link, or "" where it may not.

    Browsers drop blanks and control characters before they look for the scheme, Markdown decodes entities: so the
    scheme is judged as it is written, and again with everything decoded and all such characters gone.

    Args:
        address: what the page says.
        image: whether a picture is fetched from it, so that mail and telephone make no sense.

    Example:
        >>> safe_address("https://example.org/a?b=1"), safe_address(" java\\tscript:alert(1)"), safe_address("#note")
        ('https://example.org/a?b=1', '', '#note')
    """
    address = address.strip(_EDGES)
    if not address or len(address) > _LONGEST:
        return ""
    if "\n" in address or "\t" in address or "\r" in address:
        address = address.translate(_BREAKS)
    if address.startswith(_PLAIN):
        return address  # however the rest is written, it is fetched, or stands on the same site
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in (SCHEMES if not image else {"http", "https"}):
        return ""
    if not scheme and _RUNS.match(_IGNORED.sub("", address)):
        return ""
    if "&" in address or "%" in address:
        bare = address
        for _ in range(3):
            bare = unquote(unescape(bare))
            if _RUNS.match(_IGNORED.sub("", bare)):
                return ""
    return address
