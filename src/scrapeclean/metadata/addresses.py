"""Addresses for fields: absolute, of the web, harmless."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

_BREAKS: Final = re.compile(r"[\t\r\n]")
_QUOTED: Final = re.compile(r"[<>\"'`\\{}]|[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_UNSAFE: Final = {"<": "%3C", ">": "%3E", '"': "%22", "'": "%27", "`": "%60", "\\": "%5C", "{": "%7B", "}": "%7D"}
_PLAIN: Final = re.compile(
    r"https?://((?:[a-z0-9-]++\.)++[a-z0-9-]++)(?:[/?#][^<>\"'`\\{}\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]*+)?"
)
"""An absolute address in which nothing has to be changed, and its host."""
LONGEST: Final = 4000


@lru_cache(maxsize=512)
def web_address(address: str | None, base: str | None = None) -> str | None:
    """The address made absolute, if it is one of the web; nothing that runs or embeds data passes.

    Args:
        address: what the page says.
        base: what relative addresses refer to.

    Example:
        >>> web_address("/a?b=c#d", "https://example.org/x/y")
        'https://example.org/a?b=c#d'
        >>> web_address("java\\nscript:alert(1)", "https://example.org/") is None
        True
    """
    if not address or len(address) > LONGEST:
        return None
    address = address.strip()
    if _PLAIN.fullmatch(address):
        return address
    if address.lower().startswith(("javascript", "data:", "vbscript", "blob:", "about:")):
        return None
    if "\n" in address or "\t" in address or "\r" in address:
        address = _BREAKS.sub("", address)
    try:
        joined = "https:" + address if address.startswith("//") and not base else address
        if base and not address.startswith(("https://", "http://")):
            joined = urljoin(base, address)
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or ("." not in host and host != "localhost"):
        return None
    return _QUOTED.sub(lambda match: _UNSAFE.get(match[0], "%20"), joined.strip())


@lru_cache(maxsize=512)
def host_words(url: str | None) -> tuple[str, str]:
    """The host without "www." and its main word: ("news.example.co.uk", "example").

    >>> host_words("https://www.valley-times.co.uk/a")
    ('valley-times.co.uk', 'valley-times')
    """
    try:
        plain = _PLAIN.match(url or "")
        host = plain[1] if plain and plain.end() == len(url or "") else urlsplit(url or "").hostname or ""
    except ValueError:
        return "", ""
    host = host.removeprefix("www.").removeprefix("m.")
    labels = host.split(".")
    if (
        len(labels) > 2
        and len(labels[-1]) == 2
        and labels[-2] in ("co", "com", "net", "org", "gov", "ac", "edu", "or", "ne", "gob", "gov")
    ):
        labels.pop()
    return host, labels[-2] if len(labels) > 1 else labels[0]


def bare(url: str) -> str:
    """An address for comparing: without scheme, query and fragment.

    >>> bare("https://example.org/a/?b#c")
    '//example.org/a'
    """
    return url.split("#")[0].split("?")[0].rstrip("/").removeprefix("https:").removeprefix("http:")
