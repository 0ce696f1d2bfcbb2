"""Which encoding a page is in, and why."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from turbohtml.detect import detect_all

from scrapeclean.decode.evidence import ASCII, NATIVE, PRIORS, Plausibility, decodings, plausibility, sample
from scrapeclean.decode.labels import declared, resolve

if TYPE_CHECKING:
    from scrapeclean.decode import How

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_PYTHON_NAMES = {"utf-8": "utf-8", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}
_LANGUAGE = re.compile(rb"<html\b[^>]{0,500}?\slang\s{0,5}=\s{0,5}[\"']?([A-Za-z]{2})\b", re.IGNORECASE)
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\([IJ]")
# The more significant bytes of UTF-16 in Chinese, Japanese and Korean.
_IDEOGRAPH_PAGES = bytes((*range(0x4E, 0xA0), *range(0xAC, 0xD8), 0x30, 0xFF, 0x00))
_CONTROLS = "".join(map(chr, sorted(set(range(32)) - set(b"\t\n\v\f\r\x1b"))))
_UNLABELLED = tuple(PRIORS)

_LABEL_BONUS = 8.0
_LABEL_SHARE = 0.10
_DETECTED_BONUS = 2.5
_IMPLAUSIBLE = -9.0
_FOREIGN = 4.0
# UTF-8 is worth this much more for each broken sequence, as it is so often seen broken.
_DAMAGE = 6.0
# And this much more for each whole one: other encodings hardly ever give one by chance.
_WHOLE = 4.0
# So many bytes show which encodings need not be looked at any more: those so many nats behind the best.
_FIRST_LOOK = 500
_HOPELESS = 80.0


class Choice(NamedTuple):
    """A page as text: in which encoding, why, and how many U+FFFD were put for undecodable bytes."""

    text: str
    encoding: str
    how: How
    undecodable: int


_START = 1_000
"""A page with a mark that begins well is what its mark says, whatever comes after so many characters."""


class _Label(NamedTuple):
    how: How
    encoding: str


def choose(raw: bytes, header: str | None, cut: bool = False) -> Choice:
    """Decode a page in the encoding that its marks, its labels and its bytes speak for.

    Args:
        raw: the bytes.
        header: the label that came with the page.
        cut: whether the bytes were cut at a limit: half a character at the end is then left out, not marked.
    """
    for mark, name in _BOMS:
        if raw.startswith(mark):
            choice = _decoded(raw[len(mark) :], name, "bom")
            start = choice.text[:_START]
            if choice.undecodable * 4 <= len(choice.text) or start.count("\ufffd") * 4 <= len(start):
                return choice
    if (b"\0" in raw or b"\x1b" in raw or b"\x0e" in raw) and (unlike := _unlike_ascii(raw, header)):
        return unlike
    try:
        return Choice(raw.decode(), "utf-8", "utf-8 valid", 0)
    except UnicodeDecodeError as error:
        first = error.start
        if cut and error.reason == "unexpected end of data":
            return Choice(raw[: error.start].decode(), "utf-8", "utf-8 valid", 0)
    labels = _labels(raw, header)
    return _almost_utf8(raw, labels, first) or _weighed(raw, labels)


def _decoded(raw: bytes, name: str, how: How) -> Choice:
    codec = _PYTHON_NAMES.get(name)
    text = raw.decode(codec, "replace") if codec else codecs.decode(raw, "whatwg-" + name)
    undecodable = text.count("\ufffd")
    if undecodable and codec:
        undecodable -= raw.count("\ufffd".encode(codec))
    return Choice(text, name, how, max(0, undecodable))


def _labels(raw: bytes, header: str | None) -> list[_Label]:
    labels = [_Label("http", name)] if header and (name := resolve(header)) else []
    for how, name in islice(declared(raw), 20):
        if all(name != label.encoding for label in labels):
            labels.append(_Label("meta" if how == "meta" else "xml declaration", name))
    return labels


def _reason(labels: list[_Label], *names: str) -> How:
    return next((label.how for label in labels if label.encoding in names), "detected")


def _unlike_ascii(raw: bytes, header: str | None) -> Choice | None:
    """UTF-16 without a mark, and ISO-2022-JP: text whose bytes may well be valid UTF-8, but mean something else."""
    if raw.isascii() and _JAPANESE_ESCAPE.search(raw):
        choice = _decoded(raw, "iso-2022-jp", "detected")
        foreign = len(choice.text) - len(choice.text.encode("ascii", "ignore"))
        if foreign > choice.undecodable * 5:
            return choice._replace(how=_reason(_labels(raw, header), "iso-2022-jp"))
    name = _utf16_by_nul(raw[:8192])
    if name is None:
        return None
    choice = _decoded(raw, name, "detected")
    start = choice.text[:8192]
    controls = sum(map(start.count, _CONTROLS)) + start.count("\ufffd")
    if controls * 20 > len(start):
        return None
    return choice._replace(how=_reason(_labels(b"", header), name, "utf-16le"))


def _utf16_by_nul(head: bytes) -> str | None:
    if len(head) > 512 and head[:512].isascii() and b"\0" not in head[:512]:
        return None  # so many letters in a row are no text as pairs
    # Thai writes hardly any spaces; its letters are U+0E00 to U+0E7F.
    even, odd = (part.count(0) + part.count(0x0E) for part in (head[::2], head[1::2]))
    if odd > 4 * even and odd * 40 > len(head):
        return "utf-16le"
    return "utf-16be" if even > 4 * odd and even * 40 > len(head) else None


def _almost_utf8(raw: bytes, labels: list[_Label], first: int) -> Choice | None:
    """UTF-8 with a few broken bytes, or cut in the middle of a character."""
    choice = _decoded(raw, "utf-8", _reason(labels, "utf-8"))
    broken = choice.undecodable
    whole = len(choice.text) - len(choice.text.encode("ascii", "ignore")) - broken
    labelled = choice.how != "detected"
    if broken == 1 and first >= len(raw) - 3 and (whole or labelled):
        return choice
    return choice if whole >= (1 if labelled else 2) * broken else None


def _weighed(raw: bytes, labels: list[_Label]) -> Choice:
    """The encoding under which the text is most plausible, labels and what is common counted in."""
    scores, foreign, plain = _scores(raw, labels)
    undecodable = None
    for name in sorted(scores, key=lambda name: -scores[name])[:4]:
        choice = _decoded(raw, name, _reason(labels, name))
        if choice.undecodable * 3 <= max(foreign, len(choice.text) // 20):
            break
        undecodable = undecodable or choice
    else:
        choice = undecodable or choice
    if choice.how == "detected" and scores[choice.encoding] < _IMPLAUSIBLE * foreign + ASCII * plain:
        return _decoded(raw, "windows-1252", "fallback")
    return choice


class _Evidence(NamedTuple):
    words: bytes
    plain: int
    language: str
    cut: bool = False
    """Whether the sample may end in the middle of a character."""


def _scores(raw: bytes, labels: list[_Label]) -> tuple[dict[str, float], int, int]:
    """By encoding, how much speaks for it, in nats; how many bytes outside ASCII that rests on, and how many inside."""
    wide = _ideographs_in_utf16(raw, labels)
    if wide:
        narrow = max(map(plausibility, decodings(raw[:1000], _UNLABELLED).values()))
        if plausibility(raw[:1000].decode(_PYTHON_NAMES[wide], "replace")) > narrow:
            return {wide: 0.0}, len(raw), 0
    words, plain = sample(raw)
    found = _LANGUAGE.search(raw, 0, 20_000)
    evidence = _Evidence(words, plain, found.group(1).decode().lower() if found else "")
    named = [label.encoding for label in labels if not label.encoding.startswith("utf-")]
    names = tuple(dict.fromkeys((*named, *_UNLABELLED, "utf-8")))
    if len(words) > 2 * _FIRST_LOOK:
        first = _plausible(evidence._replace(words=words[:_FIRST_LOOK], cut=True), names)
        enough = max(first.values()) - _HOPELESS
        names = tuple(name for name in names if first[name] > enough or name in named)
    scores = _plausible(evidence, names)
    for match in detect_all(words):
        name = (match.encoding or "").lower()
        if name in scores:
            scores[name] += _DETECTED_BONUS * match.confidence
    foreign = len(words) - len(words.decode("ascii", "ignore"))
    for place, label in enumerate(labels):
        if label.encoding in scores and label.encoding != "utf-8":
            scores[label.encoding] += (_LABEL_BONUS + _LABEL_SHARE * foreign) / (1 + 0.5 * place)
    return scores, foreign, len(words) - foreign


def _plausible(evidence: _Evidence, names: tuple[str, ...]) -> dict[str, float]:
    """By encoding, how plausible the sample is in it, and how common it is."""
    known: dict[str, Plausibility] = {}
    scores = {}
    for name, text in decodings(evidence.words, names).items():
        if text not in known:
            whole_text = text.removesuffix("\ufffd") if evidence.cut else text
            known[text] = plausibility(whole_text, evidence.plain, evidence.language)
        score, language = known[text]
        scores[name] = score + PRIORS.get(name, -4.0) - (language not in NATIVE.get(name, (language,))) * _FOREIGN
        if name == "utf-8":
            broken = text.count("\ufffd")
            whole = len(text) - len(text.encode("ascii", "ignore")) - broken
            scores[name] += _DAMAGE * broken + _WHOLE * whole
    return scores


def _ideographs_in_utf16(raw: bytes, labels: list[_Label]) -> str | None:
    """UTF-16 of a text with hardly a character below U+0100, so without NUL bytes to show it."""
    head = raw[:2000]
    for name, high, low in (("utf-16le", head[1::2], head[::2]), ("utf-16be", head[::2], head[1::2])):
        outside = len(high.translate(None, _IDEOGRAPH_PAGES))
        if len(high) >= 4 and outside * 30 <= len(high) and len(low.translate(None, _IDEOGRAPH_PAGES)) * 8 > len(low):
            return name
    return next((label.encoding for label in labels if label.encoding.startswith("utf-16")), None)
