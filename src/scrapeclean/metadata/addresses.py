"""Addresses for fields: absolute, of the web, harmless."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

_CONTROL: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_UNSAFE: Final = {"<": "%3C", ">": "%3E", '"': "%22", "'": "%27", "`": "%60", "\\": "%5C", "{": "%7B", "}": "%7D"}
LONGEST: Final = 4000


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
    if address.lower().startswith(("javascript", "data:", "vbscript", "blob:", "about:")):
        return None
    address = re.sub(r"[\t\r\n]", "", address)
    try:
        joined = urljoin(base, address) if base else ("https:" + address if address.startswith("//") else address)
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "." not in host and host != "localhost":
        return None
    safe = _CONTROL.sub("%20", joined.strip())
    return "".join(_UNSAFE.get(ch, ch) for ch in safe) if any(ch in safe for ch in _UNSAFE) else safe


def host_words(url: str | None) -> tuple[str, str]:
    """The host without "www." and its main word: ("news.example.co.uk", "example").

    >>> host_words("https://www.valley-times.co.uk/a")
    ('valley-times.co.uk', 'valley-times')
    """
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return "", ""
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in ("co", "com", "net", "org", "gov", "ac", "edu", "or", "ne", "gob", "gov"):
        labels.pop()
    return host, labels[-2] if len(labels) > 1 else labels[0]


def bare(url: str) -> str:
    """An address for comparing: without scheme, query and fragment.

    >>> bare("https://example.org/a/?b#c")
    '//example.org/a'
    """
    return url.split("#")[0].split("?")[0].rstrip("/").removeprefix("https:").removeprefix("http:")
