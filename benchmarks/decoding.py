"""How often `decode` gives back the text that was encoded.

Every language of `decoding_sentences.py` in every encoding it is found in, in these situations: with the right label,
with none, with a wrong one; as UTF-8 whose label is wrong or missing; damaged; as mojibake, once and twice over, in
whole or in one paragraph; and left alone where nothing is wrong. "Right" means equal to the original, to the character.

    python benchmarks/decoding.py [--failures]

The first column counts the sentences that were open while the decoder was made, the second those held back.
"""

from __future__ import annotations

import argparse
import codecs
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from decoding_sentences import ENCODINGS, SENTENCES

from scrapeclean.decode import decode

TARGETS = {
    "right label": 99, "UTF-8, wrong or no label": 100, "no label": 82, "wrong label": 75, "damaged": 95,
    "mojibake": 92, "left alone": 99.5,
}  # fmt: skip
PYTHON_NAMES = {
    "gbk": "gbk", "gb18030": "gb18030", "big5": "big5", "shift_jis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949",
    "iso-2022-jp": "iso2022_jp", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
SIMPLER = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "œ": "oe"})
COMMA_BELOW = str.maketrans("şţŞŢ", "șțȘȚ")
TONES = "\u0300\u0301\u0303\u0309\u0323"


class Case(NamedTuple):
    """Bytes or text to decode, the label they came with, and the text they ought to give."""

    situation: str
    detail: str
    raw: bytes | str
    label: str | None
    expected: str


@cache
def _byte_of(encoding: str) -> dict[str, int]:
    table = codecs.decode(bytes(range(256)), "whatwg-" + encoding)
    return {character: byte for byte, character in enumerate(table) if character != "\ufffd"}


def encode(text: str, encoding: str) -> bytes | None:
    """The bytes, or None where the encoding lacks a character."""
    if encoding in PYTHON_NAMES:
        try:
            return text.encode(PYTHON_NAMES[encoding])
        except UnicodeEncodeError:
            return None
    table = _byte_of(encoding)
    return bytes(table[c] for c in text) if all(c in table for c in text) else None


def fitting(text: str, encoding: str) -> str | None:
    """The text as someone would have typed it in that encoding: plain quotes where it has no curly ones."""
    forms = [text, text.translate(COMMA_BELOW)]
    if encoding == "windows-1258":
        forms = ["".join(_without_tone(c) for c in unicodedata.normalize("NFC", text))]
    for form in (*forms, *(form.translate(SIMPLER) for form in forms)):
        if encode(form, encoding) is not None:
            return form
    return None


def _without_tone(character: str) -> str:
    if character in _byte_of("windows-1258"):
        return character
    parts = unicodedata.normalize("NFD", character)
    tone = "".join(c for c in parts if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES)) + tone


def page(sentences: list[str], head: str = "", title: str = "") -> str:
    """A small page with these sentences as title and paragraphs."""
    body = "\n".join(f'<p class="text">{sentence}</p>' for sentence in sentences)
    return (
        f"<!DOCTYPE html>\n<html><head>{head}<title>{title or sentences[0][:30]}</title></head>\n<body>"
        f'<div id="nav"><a href="/home?x=1">Start</a> | <a href="/all">Archive</a></div>\n{body}\n</body></html>\n'
    )


def texts(language: str, half: int) -> Iterator[tuple[str, list[str]]]:
    """Each sentence of a half alone, and both together."""
    mine = SENTENCES[language][2 * half : 2 * half + 2]
    for sentence in mine:
        yield "sentence", [sentence]
    yield "page", mine


def encoded(half: int) -> Iterator[tuple[str, str, str, list[str]]]:
    """(language, encoding, shape, sentences) in every combination that can be encoded and is not mere ASCII."""
    for language, encodings in ENCODINGS.items():
        for encoding in (*encodings, "utf-16le", "utf-16be"):
            for shape, sentences in texts(language, half):
                fit = [fitting(sentence, encoding) for sentence in sentences]
                if not any(s is None or s.isascii() for s in fit):
                    yield language, encoding, shape, [s for s in fit if s is not None]


def with_label(half: int) -> Iterator[Case]:
    late = "<script>var a = '<meta charset=big5>';</script>" + "<link rel=stylesheet href=/a.css>" * 60
    for language, encoding, shape, sentences in encoded(half):
        detail = f"{language} {encoding} {shape}"
        wide = encoding.startswith("utf-16")
        text = page(sentences) if shape == "page" else sentences[0]
        yield _case("right label", detail + " http", text, encoding, encoding)
        if shape == "page" and not wide:
            heads = {
                "meta": f'<meta charset="{encoding}">',
                "old meta": f"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset={encoding}'>",
                "late meta": f"<!-- <meta charset=koi8-r> -->{late}<meta charset={encoding}>",
            }
            for name, head in heads.items():
                yield _case("right label", f"{detail} {name}", page(sentences, head), encoding, None)
            declaration = f'<?xml version="1.0" encoding="{encoding}"?>\n'
            yield _case("right label", f"{detail} xml", declaration + page(sentences), encoding, None)


def without_label(half: int) -> Iterator[Case]:
    for language, encoding, shape, sentences in encoded(half):
        text = page(sentences) if shape == "page" else sentences[0]
        yield _case("no label", f"{language} {encoding} {shape}", text, encoding, None)


def with_wrong_label(half: int) -> Iterator[Case]:
    random = Random(7)
    for language, encoding, shape, sentences in encoded(half):
        if encoding.startswith("utf-16"):
            continue
        others = [e for e in sorted({e for es in ENCODINGS.values() for e in es}) if e != encoding]
        for wrong in dict.fromkeys(("utf-8", "windows-1252", random.choice(others))):
            head = f'<meta charset="{wrong}">' if shape == "page" else ""
            text = page(sentences, head) if head else sentences[0]
            case = _case(
                "wrong label", f"{language} {encoding} {shape} as {wrong}", text, encoding, wrong if not head else None
            )
            if _reads(case.raw, wrong) != text:
                yield case


def as_utf8(half: int) -> Iterator[Case]:
    random = Random(8)
    every = [*sorted({e for es in ENCODINGS.values() for e in es}), "utf-16le", "iso-2022-jp"]
    for language in SENTENCES:
        for shape, sentences in texts(language, half):
            text = page(sentences) if shape == "page" else sentences[0]
            for wrong in (None, "windows-1252", random.choice(every), random.choice(every)):
                yield Case("UTF-8, wrong or no label", f"{language} {shape} {wrong}", text.encode(), wrong, text)
                if wrong and shape == "page":
                    text = page(sentences, f"<meta charset={wrong}>")
                    yield Case("UTF-8, wrong or no label", f"{language} meta {wrong}", text.encode(), None, text)


def damaged(half: int) -> Iterator[Case]:
    random = Random(9)
    for language in SENTENCES:
        for shape, sentences in texts(language, half):
            text = page(sentences) if shape == "page" else sentences[0]
            for label in (None, "utf-8", "windows-1252"):
                for harm, raw in _harms(text.encode(), random):
                    yield Case(
                        "damaged", f"utf-8 {language} {shape} {label} {harm}", raw, label, raw.decode(errors="replace")
                    )
    for language, encoding, shape, sentences in encoded(half):
        text = page(sentences) if shape == "page" else sentences[0]
        whole = encode(text, encoding)
        if whole is not None and not encoding.startswith("utf-16"):
            for harm, broken in random.sample(harms, 1) if (harms := list(_harms(whole, random))) else ():
                detail = f"{language} {encoding} {shape} {harm}"
                yield Case("damaged", detail, broken, encoding, _reads(broken, encoding))


def _harms(raw: bytes, random: Random) -> Iterator[tuple[str, bytes]]:
    high = [place for place, byte in enumerate(raw) if byte > 127]
    if len(high) < 4:
        return
    place = random.choice(high)
    yield "cut", raw[: place + 1]
    yield "byte lost", raw[:place] + raw[place + 1 :]
    yield "byte added", raw[:place] + b"\xff" + raw[place:]
    yield "byte changed", raw[:place] + bytes([random.randrange(1, 256)]) + raw[place + 1 :]


MISREAD = (
    "windows-1252", "latin-1", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1257",
    "iso-8859-2", "mac-roman", "cp437",
)  # fmt: skip


def mojibake(half: int) -> Iterator[Case]:
    random = Random(10)
    for language in SENTENCES:
        for shape, sentences in texts(language, half):
            for misread in dict.fromkeys(("windows-1252", "latin-1", random.choice(MISREAD))):
                once = [_misread(s, misread) for s in sentences]
                twice = [_misread(s, "windows-1252") for s in once]
                for times, broken in (("once", once), ("twice", twice)):
                    detail = f"{language} {shape} {misread} {times}"
                    if all(b == s for b, s in zip(broken, sentences, strict=True)):
                        continue
                    if shape == "sentence":
                        yield Case("mojibake", detail, broken[0], None, sentences[0])
                        continue
                    yield Case(
                        "mojibake",
                        detail,
                        page(broken, title=broken[1]).encode(),
                        None,
                        page(sentences, title=sentences[1]),
                    )
                    one = [broken[0], sentences[1]]
                    yield Case("mojibake", detail + " one paragraph", "\n\n".join(one), None, "\n\n".join(sentences))


def _misread(text: str, encoding: str) -> str:
    if encoding.startswith(("windows", "iso")):
        read = codecs.decode(text.encode(), "whatwg-" + encoding)
        return read if "\ufffd" not in read else text
    return text.encode().decode(encoding)


CORRECT = (
    "NÃO É POSSÍVEL — A INFORMAÇÃO ESTÁ NO PORTÃO “B”", "LES ÉLÈVES À L’ÉCOLE : « ÇA VA »",
    "Ça coûte 30 € ou £25, ±5 %", "ÅÄÖ åäö ÅÅÅ", "Škoda Superb® 2×4, naïve façade™ ¿Qué?", "¡Olé! ¿Él? «Sí»",
    "À “bientôt”… à ‘demain’", "×2 ÷3 ≤5 ≈7 √2 ∞", "Ÿ ÿ Œ œ Ð ð Þ þ ß", "Ñandú, Ünal, Øre, Æsop",
    "São Paulo, Ã, Â, â", "“À la carte”, «é», ‘ö’", "3½ µm² at 20 °C §5 ¶2", "(╯°□°)╯︵ ┻━┻", "¯\\_(ツ)_/¯",
    "ñ•ò, Ü–Ö, é…", "Î.H. ÎN ROMÂNIA", "Ô Canada, Ë, Ä°", "RÉSUMÉ®, CAFÉ™, CAFÉ’S", "PIÑATA’S “AÑO”", "Â Paris",
    "Ê, Ì, Ò", "\u2502 a \u2502 b \u2502\n\u251c\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u2524",
    "Привет — «мир» №5 ±2 °C", "Σ… «Ω» ΑΒΓ’", "É£É", "ıİğĞ şŞ", "a\xa0b\xa0\xbbc", "co\xadoperate",
)  # fmt: skip


def correct(half: int) -> Iterator[Case]:
    for language in SENTENCES:
        for shape, sentences in texts(language, half):
            text = page(sentences) if shape == "page" else sentences[0]
            for form in dict.fromkeys(
                (text, text.upper(), unicodedata.normalize("NFD", text), f"« {text} »", f"“{text}”©")
            ):
                yield Case("left alone", f"{language} {shape}", form, None, form)
                yield Case("left alone", f"{language} {shape} bytes", form.encode(), "utf-8", form)
    for text in CORRECT[half::2]:
        yield Case("left alone", "odd but right", text, None, text)


SITUATIONS: tuple[Callable[[int], Iterator[Case]], ...] = (
    with_label, as_utf8, without_label, with_wrong_label, damaged, mojibake, correct,
)  # fmt: skip


def _case(situation: str, detail: str, text: str, encoding: str, label: str | None) -> Case:
    raw = encode(text, encoding)
    if raw is None:
        raise ValueError(f"{encoding} cannot hold {text!r}")
    return Case(situation, detail, raw, label, text)


def _reads(raw: bytes | str, encoding: str) -> str:
    if isinstance(raw, str):
        return raw
    name = PYTHON_NAMES[encoding] if encoding.startswith("utf-16") else encoding
    return raw.decode(name, "replace") if name.startswith("utf-") else codecs.decode(raw, "whatwg-" + name)


def measure(show: bool) -> None:
    """Print the table; with `show`, what failed in the open half, counted by detail."""
    print(f"{'situation':28}{'target':>8}{'open':>16}{'held back':>16}{'ms a case':>12}")
    for situation in SITUATIONS:
        columns = []
        failed: Counter[str] = Counter()
        started, number = time.process_time(), 0
        for half in (0, 1):
            right = total = 0
            for case in situation(half):
                result = decode(case.raw, case.label)
                good = result.text == case.expected
                right += good
                total += 1
                if not good and (half == 0 or case.situation == "left alone"):
                    failed[f"{case.detail} -> {result.encoding} {result.how} {result.text[-60:]!r}"] += 1
            columns.append(f"{100 * right / total:6.2f} ({total:5})")
            number += total
            name = case.situation
        spent = 1000 * (time.process_time() - started) / number
        print(f"{name:28}{TARGETS[name]:8}{columns[0]:>16}{columns[1]:>16}{spent:12.2f}")
        if show:
            for line, _ in failed.most_common(60):
                print("    ", line)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="list what failed in the open half")
    measure(parser.parse_args().failures)
