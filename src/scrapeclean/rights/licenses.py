"""Which licence a notice names, under the name that SPDX gives it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import regex
from attrs import frozen

_ADDRESS = regex.compile(
    r"creativecommons\.org/(?:licenses/(?P<parts>by(?:-[a-z]{2}){0,2})|publicdomain/(?P<free>zero|mark))"
    r"(?:/(?P<version>\d\.\d))?",
    regex.IGNORECASE,
)
_INITIALS = regex.compile(
    r"\bCC[\s-]{0,3}(?:BY(?P<parts>(?:[\s-]{1,3}(?:NC|ND|SA)\b){0,2})|(?P<free>0|zero|PDM)\b)"
    r"[\s-]{0,3}(?:v(?:ersion)?\.?\s?)?(?P<version>\d\.\d)?",
    regex.IGNORECASE,
)
_NOT_WORD = regex.compile(r"[\W_]+")
_REACH = 200  # how far behind "Creative Commons" the pieces of its name are looked for


@frozen
class _License:
    name: str
    words: tuple[str, ...]
    urls: tuple[str, ...]
    version: str


@frozen
class _Table:
    licenses: tuple[_License, ...]
    commons: tuple[str, ...]
    pieces: dict[str, tuple[str, ...]]


def license_name(text: str) -> str | None:
    """The licence that `text` names, in words, initials or by its address; None where it names none.

    >>> license_name("republished under the Creative Commons Attribution-NonCommercial-NoDerivatives license")
    'CC-BY-NC-ND'
    >>> license_name("Text is available under CC BY-SA 4.0 International")
    'CC-BY-SA-4.0'
    >>> license_name("https://creativecommons.org/publicdomain/zero/1.0/")
    'CC0-1.0'
    >>> license_name("published under the Open Government Licence v3.0")
    'OGL-UK-3.0'
    >>> license_name("He lost his licence.")
    """
    for pattern in (_ADDRESS, _INITIALS):
        if match := pattern.search(text):
            return _from_parts(match["parts"], match["free"], match["version"])
    table = _table()
    return _commons(text, table) or _named(text, table)


def _from_parts(parts: str | None, free: str | None, version: str | None) -> str:
    if free:
        return "-".join(["CC0" if free.lower() in ("0", "zero") else "CC-PDM", *([version] if version else [])])
    found = set(regex.findall(r"nc|nd|sa", (parts or "").lower()))
    return _creative(found, version or "")


def _creative(found: set[str], version: str) -> str:
    pieces = [piece.upper() for piece in ("nc", "nd", "sa") if piece in found]
    return "-".join(["CC", "BY", *pieces, *([version] if version else [])])


def _commons(text: str, table: _Table) -> str | None:
    lowered = text.lower()
    at = next((start for name in table.commons if (start := lowered.find(name)) >= 0), -1)
    if at < 0:
        return None
    region = text[at : at + _REACH]
    squeezed = _squeeze(region)
    found = {piece for piece, words in table.pieces.items() if any(word in squeezed for word in words)}
    if not found:
        return None
    match = regex.search(r"(?<!\d)[1-4]\.[05](?!\d)", region)
    version = match[0] if match else None
    if dedication := found & {"mark", "zero"}:
        return _from_parts(None, "PDM" if "mark" in dedication else "zero", version)
    return _creative(found, version or "")


def _named(text: str, table: _Table) -> str | None:
    lowered, squeezed = text.lower(), _squeeze(text)
    best: tuple[int, _License, str] | None = None
    at: int
    for entry in table.licenses:
        for word in entry.words:
            if (at := squeezed.find(word)) >= 0 and (best is None or len(word) > best[0]):
                best = len(word), entry, squeezed[at + len(word) : at + len(word) + 20]
        for url in entry.urls:
            if (at := lowered.find(url)) >= 0 and (best is None or len(url) > best[0]):
                best = len(url), entry, lowered[at + len(url) : at + len(url) + 20]
    if best is None:
        return None
    _, entry, behind = best
    if "{version}" not in entry.name:
        return entry.name
    # Squeezed text has lost the dot: "v30" is 3.0, "13" is 1.3, "3" is 3.0.
    match = regex.match(r"[^\d]{0,9}(\d)\.?(\d)?(?!\d)", behind)
    version = f"{match[1]}.{match[2] or 0}" if match else entry.version
    return entry.name.format(version=version).rstrip("-")


def _squeeze(text: str) -> str:
    squeezed: str = _NOT_WORD.sub("", text.casefold())
    return squeezed


@cache
def _table() -> _Table:
    data = tomllib.loads((files("scrapeclean") / "data/licenses.toml").read_text("utf-8"))
    licenses = tuple(
        _License(
            name=entry["name"],
            words=tuple(_squeeze(word) for word in entry["words"]),
            urls=tuple(entry["urls"]),
            version=entry.get("version", ""),
        )
        for entry in data["license"]
    )
    commons = data["creative_commons"]
    pieces = {
        piece: tuple(_squeeze(word) for word in commons[piece]) for piece in ("by", "nc", "nd", "sa", "zero", "mark")
    }
    return _Table(licenses, tuple(name.lower() for name in commons["names"]), pieces)
