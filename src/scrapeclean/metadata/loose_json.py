"""JSON as pages write it: read in spite of its usual mistakes, refused where it is nested to do harm."""

from __future__ import annotations

import json
from html import unescape
from itertools import accumulate
from typing import Any, Final

import regex

DEEPEST: Final = 200
VALUES: Final = 60
_WRAP: Final = regex.compile(
    r"<!--|-->|<!\[CDATA\[|\]\]>|/\*{1,2}+\s{0,9}+<!\[CDATA\[\s{0,9}+\*/|^\s{0,99}+//[^\n\"]{0,80}+$|"
    r"(?:^|(?<=[{}\[\],]))\s{0,9}+/\*[^*]{0,300}+\*/",
    regex.MULTILINE,
)
_TRAILING: Final = regex.compile(r",(?=\s{0,200}+[}\]])")
_DOUBLED: Final = regex.compile(r",(?:\s{0,50}+,){1,9}+")
_BLANK: Final = " \t\r\n;\ufeff\x00,"
_BRACKETS: Final = bytes(ch for ch in range(256) if chr(ch) not in "[]{}")
_DECODER: Final = json.JSONDecoder(strict=False)


def parse_json(source: str) -> list[Any]:
    """The JSON values in a script, its usual mistakes forgiven: comments around it, commas too many, HTML entities,
    line breaks in strings, several values in a row. Nothing comes of what is nested absurdly deep.

    >>> parse_json('<!-- {"a": [1, 2,],} -->')
    [{'a': [1, 2]}]
    >>> parse_json("[" * 100000)
    []
    """
    source = source.strip(_BLANK)
    if not source or _depth(source) > DEEPEST:
        return []
    try:
        return [_DECODER.decode(source)]
    except (ValueError, RecursionError):
        pass
    source = _WRAP.sub("", source)
    if '"' not in source and "&quot;" in source:
        source = unescape(source)
    return _parse_repaired(_TRAILING.sub("", _DOUBLED.sub(",", source)).strip(_BLANK))


def _parse_repaired(source: str) -> list[Any]:
    values: list[Any] = []
    at = 0
    while at < len(source) and len(values) < VALUES:
        try:
            value, at = _DECODER.raw_decode(source, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while at < len(source) and source[at] in _BLANK:
            at += 1
    return values


def _depth(source: str) -> int:
    """How deep brackets are nested at most; counted only where there are enough of them to matter."""
    if source.count("{") + source.count("[") <= DEEPEST:
        return 0
    marks = source.encode("utf-8", "replace").translate(None, _BRACKETS)
    return max(accumulate(1 if mark in b"[{" else -1 for mark in marks), default=0)
