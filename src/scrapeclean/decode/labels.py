"""What a page, or the header it came with, says of its own encoding.

A label is resolved as the WHATWG Encoding Standard has it: `iso-8859-1` is windows-1252, `gb2312` is gbk, `euc-kr`
is its superset windows-949. Names are given in lower case.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

import turbohtml

SINGLE_BYTE = (
    "windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-1258", "windows-874", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5",
    "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-8-i", "iso-8859-10", "iso-8859-13", "iso-8859-14",
    "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "ibm866", "macintosh", "x-mac-cyrillic", "x-user-defined",
)  # fmt: skip
MULTI_BYTE = ("gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "iso-2022-jp")

# Names that servers send and Python knows, but the standard does not.
_OTHER_NAMES = {
    "latin-1": "windows-1252", "latin-2": "iso-8859-2", "cp874": "windows-874", "cp932": "shift_jis", "cp936": "gbk",
    "cp949": "euc-kr", "uhc": "euc-kr", "cp950": "big5", "cp1255": "windows-1255", "mac-roman": "macintosh",
    "macroman": "macintosh", "mac-cyrillic": "x-mac-cyrillic", "koi8": "koi8-r", "cp51932": "euc-jp",
    "utf8mb4": "utf-8", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be", "euccn": "gbk", "euc-cn": "gbk",
    "win-1251": "windows-1251",
    "win1251": "windows-1251", "windows1251": "windows-1251", "windows1252": "windows-1252",
}  # fmt: skip

_CHARSET = re.compile(r"charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([^\s;\"',]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\s{0,100}<\?xml\s[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']\s{0,20}([A-Za-z0-9._:-]{1,40})", re.I)
_OPENERS = re.compile(
    rb"<!--|<(?:script|style|title|textarea|template|xmp|noembed|noframes|plaintext)(?=[\s/>])|<meta(?=[\s/])",
    re.IGNORECASE,
)
_CLOSERS = {
    name: re.compile(b"</" + name + rb"(?=[\s/>])", re.IGNORECASE)
    for name in (b"script", b"style", b"title", b"textarea", b"template", b"xmp", b"noembed", b"noframes", b"plaintext")
}
_ATTRIBUTE = re.compile(rb"([^\s\"'<>/=]{1,60}+)(?:\s{0,20}+=\s{0,20}+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?+")
_MOST_METAS = 2_000
_LONGEST_META = 2_000

for _name in SINGLE_BYTE + MULTI_BYTE:
    # The first look-up of a codec searches the file system; `clean` itself never does.
    codecs.lookup("whatwg-" + _name)


@lru_cache(maxsize=256)
def resolve(label: str) -> str | None:
    """The encoding a label stands for, in lower case, or None where no encoding has that label.

    Args:
        label: a label, or a whole content type with `charset=` in it.

    >>> resolve("ISO-8859-1"), resolve("text/html; charset=gb2312"), resolve("klingon")
    ('windows-1252', 'gbk', None)
    """
    found = _CHARSET.search(label[:500])
    name = (found.group(1) if found else label[:100]).strip(" \t\r\n\f\"';,").lower()
    for candidate in (name, name.replace("_", "-"), name.replace("_", "-").removeprefix("x-")):
        if candidate in _OTHER_NAMES:
            return _OTHER_NAMES[candidate]
        if not candidate.isascii() or not candidate:
            continue
        try:
            encoding = turbohtml.parse(b"", encoding=candidate).encoding
        except (LookupError, ValueError):
            continue
        if encoding is not None and encoding != "replacement":
            return encoding.lower()
    return None


def declared(raw: bytes) -> Iterator[tuple[str, str]]:
    """What a page in an ASCII superset declares inside itself: ("xml declaration" or "meta", encoding), in order.

    A declaration in a comment, a script, a style sheet or a title does not count. A page that says UTF-16 in bytes
    that can be read one by one means UTF-8.

    >>> list(declared(b'<!-- <meta charset=big5> --><meta charset="koi8-r">'))
    [('meta', 'koi8-r')]
    """
    if (xml := _XML.match(raw)) and (encoding := resolve(xml.group(1).decode("ascii"))):
        yield "xml declaration", _readable(encoding)
    for label in _metas(raw):
        if encoding := resolve(label):
            yield "meta", _readable(encoding)


def _readable(encoding: str) -> str:
    if encoding.startswith("utf-16"):
        return "utf-8"
    return "windows-1252" if encoding == "x-user-defined" else encoding


def _metas(raw: bytes) -> Iterator[str]:
    position = seen = 0
    while seen < _MOST_METAS and (found := _OPENERS.search(raw, position)):
        position = found.end()
        what = found.group().lower()
        if what == b"<!--":
            position = raw.find(b"-->", position - 2) + 3
            if position == 2:
                return
        elif what == b"<meta":
            seen += 1
            if label := _charset(raw[position : position + _LONGEST_META]):
                yield label
        else:
            closer = _CLOSERS[what[1:]].search(raw, position)
            if closer is None:
                return
            position = closer.end()


def _charset(attributes: bytes) -> str | None:
    charset = content = ""
    about_type = False
    position = 0
    while position < len(attributes) and attributes[position] not in b"<>":
        found = _ATTRIBUTE.match(attributes, position)
        if found is None:
            position += 1
            continue
        position = found.end()
        name = found.group(1).lower()
        value = (found.group(2) or found.group(3) or found.group(4) or b"").decode("latin-1")
        if name == b"charset":
            charset = charset or value
        elif name == b"content":
            content = content or value
        elif name == b"http-equiv":
            about_type = value.strip().lower() == "content-type"
    if charset:
        return charset
    inside = _CHARSET.search(content[:500]) if about_type else None
    return inside.group(1) if inside else None
