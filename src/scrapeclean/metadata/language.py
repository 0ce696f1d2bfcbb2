"""The language: what the page says, checked against its text only where nothing or different things are said."""

from __future__ import annotations

import re
from typing import Final

from turbohtml.detect import detect_language

from scrapeclean.metadata.candidate import Candidate, settle
from scrapeclean.model import Evidence

SAMPLE: Final = 1500
_TAG: Final = re.compile(r"[a-z]{2,3}(?=$|[-_@. ])")
_SHORT: Final = {
    "afr": "af", "amh": "am", "ara": "ar", "aze": "az", "bel": "be", "ben": "bn", "bul": "bg", "cat": "ca", "ces": "cs",
    "cmn": "zh", "zho": "zh", "chi": "zh", "dan": "da", "deu": "de", "ger": "de", "ell": "el", "eng": "en", "epo": "eo", "est": "et",  # noqa: E501
    "fas": "fa", "pes": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "guj": "gu", "heb": "he", "hin": "hi", "hrv": "hr", "hun": "hu",  # noqa: E501
    "hye": "hy", "ind": "id", "isl": "is", "ita": "it", "jav": "jv", "jpn": "ja", "kan": "kn", "kat": "ka", "khm": "km",
    "kor": "ko", "lat": "la", "lav": "lv", "lit": "lt", "mal": "ml", "mar": "mr", "mkd": "mk", "mya": "my", "nep": "ne",
    "nld": "nl", "dut": "nl", "nob": "no", "nno": "no", "nor": "no", "nb": "no", "nn": "no", "ori": "or", "pan": "pa", "pol": "pl", "por": "pt",  # noqa: E501
    "ron": "ro", "rum": "ro", "rus": "ru", "sin": "si", "slk": "sk", "slv": "sl", "sna": "sn", "spa": "es", "srp": "sr", "swe": "sv",  # noqa: E501
    "tam": "ta", "tel": "te", "tgl": "tl", "tha": "th", "tuk": "tk", "tur": "tr", "ukr": "uk", "urd": "ur", "uzb": "uz",
    "vie": "vi", "yid": "yi", "zul": "zu", "iw": "he", "in": "id", "yue": "zh", "msa": "ms", "zsm": "ms", "swa": "sw",
}  # fmt: skip


def language_code(tag: str) -> str | None:
    """The language of a tag such as "en-US", in its shortest code; None if it is no tag.

    >>> language_code("de_AT"), language_code("nb-NO"), language_code("english please")
    ('de', 'no', None)
    """
    match = _TAG.match(tag.strip().lower())
    if match is None or len(tag) > 35 or tag[match.end() :].startswith(" "):
        return None
    return _SHORT.get(match[0], match[0])


def settle_language(said: list[tuple[str, str]], sample: str) -> tuple[str | None, Evidence | None]:
    """The page's language.

    Args:
        said: (source, tag), the most trusted first.
        sample: some of the visible text; looked at only where the page says nothing or contradicts itself.

    Example:
        >>> settle_language([("html lang", "en-US"), ("json-ld", "en")], "")[0]
        'en'
    """
    candidates = [
        Candidate(source, code, 0.85 - 0.05 * i, tag)
        for i, (source, tag) in enumerate(said)
        if (code := language_code(tag))
    ]
    if len({candidate.value for candidate in candidates}) != 1 and len(sample) >= 40:
        match = detect_language(sample[:SAMPLE])
        if match.language is not None:
            code = _SHORT.get(match.language, match.language)
            supported = any(candidate.value == code for candidate in candidates)
            trust = 0.95 if supported else (0.55 if candidates else 0.9) * match.confidence
            candidates.append(Candidate("visible text", code, trust))
    best, evidence = settle(candidates)
    return (best.value if best else None), evidence
