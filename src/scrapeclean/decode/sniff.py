"""Input that is no page: pictures, archives, compressed bodies, feeds, JSON. Recognised and named, never unpacked."""

from __future__ import annotations

import re

from scrapeclean.decode.brotli import looks_like_brotli

_MAGIC = (
    (b"\x1f\x8b\x08", "gzip"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"OggS\x00", "ogg"), (b"ID3", "mp3"), (b"wOFF", "woff"),
    (b"wOF2", "woff2"), (b"\x00asm", "wasm"), (b"\x7fELF", "elf"), (b"MZ\x90\x00", "exe"), (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"), (b"\x00\x00\x01\x00", "ico"), (b"fLaC\x00", "flac"), (b"SQLite format 3\x00", "sqlite"),
    (b"\x1aE\xdf\xa3", "matroska"), (b"FLV\x01", "flv"), (b"\x00\x01\x00\x00\x00", "ttf"), (b"OTTO\x00", "otf"),
    (b"\x04\x22\x4d\x18", "lz4"), (b"\xca\xfe\xba\xbe", "class"), (b"BM", "bmp"),
)  # fmt: skip
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_FTYP = {b"avif": "avif", b"avis": "avif", b"heic": "heic", b"heix": "heic", b"mif1": "heic"}
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,20}%PDF-\d|\{\\rtf\d")
# Characters no text has: controls other than tab, line feeds, form feed and escape. ISO-2022-JP needs escape.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"

_PROLOG = re.compile(
    r"(?:\s++|<\?[^>]{0,2000}+>|<!--(?:[^-]|-(?!->)){0,20000}+-->|<!DOCTYPE\b[^>\[]{0,1000}+(?:\[[^\]]{0,5000}+\]\s{0,20}+)?>)"
    r"{0,50}+",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]{0,40}+)(?::([A-Za-z_][\w.-]{0,40}+))?(?=[\s/>])([^>]{0,2000})")
_HTML = ("html", "head", "body", "title", "meta", "div", "p", "article", "section", "main", "table", "script", "link")
_JSON_OBJECT = re.compile(r"\{\s{0,200}+(?:\}|\"(?:[^\"\\\n]|\\.){0,300}+\"\s{0,200}+:)")
_JSON_ARRAY = re.compile(
    r"\[\s{0,200}+(?:\]|\{\s{0,200}+[}\"]|\[|\"(?:[^\"\\\n]|\\.){0,10000}+\"\s{0,200}+[,\]]"
    r"|(?:-?\d{1,30}(?:\.\d{1,30})?|true|false|null)\s{0,200}+,)"
)


def binary(raw: bytes) -> str | None:
    """What kind of file these bytes are, if they are none that holds text.

    >>> binary(b"%PDF-1.7 ..."), binary(b"<p>GIF89a is a format</p>")
    ('pdf', None)
    """
    head = raw[:1024]
    if raw[:4] == b"RIFF" and raw[8:12] in _RIFF:
        return _RIFF[raw[8:12]]
    if raw[4:8] == b"ftyp" and raw[:1] == b"\0":
        return _FTYP.get(raw[8:12], "mp4")
    if raw[257:262] == b"ustar" and b"\0" in head[:257]:
        return "tar"
    if opening := _OPENING.match(head):
        return "rtf" if opening.group().startswith(b"{") else "pdf"
    for magic, name in _MAGIC:
        # "BM" and "GIF89a" can begin a text as well.
        if raw.startswith(magic) and (not (magic.isascii() and magic.isalnum()) or _not_text(head)):
            return name
    return None


def unnamed(raw: bytes, broken: bool) -> str | None:
    """What bytes are that do not begin as text does, nor with a mark: "zlib", "brotli" or, if broken, "binary".

    Args:
        raw: the bytes.
        broken: whether many of them could not be decoded in any way.
    """
    if not _not_text(raw[:1024]):
        return None
    if raw[:1] == b"\x78" and len(raw) > 2 and int.from_bytes(raw[:2], "big") % 31 == 0:
        return "zlib"
    return "brotli" if looks_like_brotli(raw) else "binary" if broken else None


def full_of_controls(raw: bytes) -> bool:
    """Whether more of these bytes are control characters than any text has; random ones are 11 %."""
    sample = raw[:65_536]
    return len(sample) >= 256 and len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * 0.08


def _not_text(head: bytes) -> bool:
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) * 0.02


def textual(text: str) -> str | None:
    """What kind of data a text is, if it is no page: JSON, a feed, a picture, other XML.

    >>> textual('{"a": 1}'), textual("<rss version='2.0'><channel/></rss>"), textual("{curly} beginnings")
    ('json', 'rss', None)
    """
    start = text[:40_000].lstrip("\ufeff \t\r\n\f")
    if start[:1] == "{":
        return "json" if _JSON_OBJECT.match(start) and text[-2000:].rstrip()[-1:] == "}" else None
    if start[:1] == "[":
        return "json" if _JSON_ARRAY.match(start) and text[-2000:].rstrip()[-1:] == "]" else None
    if start[:1] != "<":
        return None
    prolog = _PROLOG.match(start)
    root = _ROOT.match(start, prolog.end() if prolog else 0)
    return _root(root, start.startswith("<?xml")) if root else None


def _root(root: re.Match[str], is_xml: bool) -> str | None:
    name = (root.group(2) or root.group(1)).lower()
    if name == "rss" or (name == "rdf" and "purl.org/rss" in root.group(3)):
        return "rss"
    if name == "feed" and (is_xml or "Atom" in root.group(3)):
        return "atom"
    if name == "svg":
        return "svg"
    if name in ("urlset", "sitemapindex", "opml") or (is_xml and name not in _HTML and "xhtml" not in root.group(3)):
        return "xml"
    return None
