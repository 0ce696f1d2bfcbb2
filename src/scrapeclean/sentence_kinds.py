"""What kind of sentence it is, learned: a story, a notice of rights, a plea to the reader.

Rules know wordings; no list of them is ever complete. A linear model over words and pairs of words tells the kind of a
sentence that no rule knows. It was learned from sentences written for it and from the stories of a corpus
(`training/sentences`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from scrapeclean.arrays import read_arrays, words_in

VERSION: Final = 1
BITS: Final = 15
"""Pairs of words stand in a table of so many bits, by their hash."""
GAPS: Final = (1, 2, 3)
"""Pairs are words that stand so far apart."""
NOTICES: Final = ("copyright", "license", "origin", "agency", "credit")
PLEAS: Final = (
    "newsletter", "share", "membership", "comments", "related", "advert", "assistant", "cookie", "author", "navigation",
)  # fmt: skip
KINDS: Final = ("story", "correction", *NOTICES, *PLEAS)
"""What a sentence can be. A correction is part of its story; the others but for the first are kinds of rules."""
GROUPS: Final = (0, 0, *[1] * len(NOTICES), *[2] * len(PLEAS))
"""Pairs tell stories, notices and pleas apart, single words every kind."""

LONG: Final = 500
"""No sentence is read further than this."""
_MOST: Final = 80
"""Nor more words of it."""
_PAGE: Final = 256
"""So many sentences are judged at once."""
CLASSES: Final = ("<none>", "<start>", "<end>", "<name>", "<other>", "<year>", "<number>", "<address>", "<handle>")
"""Words that stand for many, the first ones of every vocabulary."""
_NONE, _START, _END, _NAME, _OTHER = range(5)
STEM: Final = 5
_SHIFT: Final = np.uint32(1 << 16)
_ODD: Final = tuple(np.uint32(odd) for odd in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F))
"""Large odd numbers: factors that spread hashes."""
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,:/]*|\([cC]\)|@\w{1,40}|[^\w\s]")
_MARKED: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u093c\u093e-\u094f"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)
"""Marks that stand on letters: words are compared without them."""
_DOTTED: Final = re.compile(r"[A-Za-z0-9][.@][A-Za-z]{2}")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s)\]}>]{1,200}|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{1,60}"
    r"|\b[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\."
    r"(?:com|org|net|info|gov|edu|co|io|de|fr|es|it|uk|eu|nl|pl|ru|se|no|dk|tv|example)\b(?!\.[a-z0-9])",
    re.IGNORECASE,
)
_SIGN: Final = "\ue000"
"""Stands for an address while words are told apart."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_MARKS: Final = frozenset(("(c)", "℗", "ⓒ"))

Ids = NDArray[np.intp]
Floats = NDArray[np.float32]
Ranks = Callable[[str], int]
"""Where a word stands in the vocabulary, and times 65,536 where its stem does (0: nowhere)."""


@frozen
class Weights:
    """What was learned: how much each known word speaks for each kind, and each pair for each group of kinds."""

    ranks: Ranks
    words: Floats
    pairs: Floats
    bias: Floats


def load_weights(path: Path) -> Weights:
    """Read a weights file.

    Raises:
        ArgumentError: the file is not one of this version.
    """
    stored = read_arrays(path, VERSION)
    known = {word: n for n, word in enumerate(words_in(stored["word_list"]))}
    words, pairs = (stored[name].astype(np.float32) * stored[name + ".scale"] for name in ("words", "pairs"))
    return Weights(ranks_in(known), words, pairs, stored["bias"].astype(np.float32))


@lru_cache(maxsize=1)
def packaged_weights() -> Weights:
    """The weights that come with the package."""
    path: Any = files("scrapeclean") / "data" / "sentences.npz"
    return load_weights(path)


def words_of(sentence: str) -> list[str]:
    """The words and signs of a sentence; of scripts without spaces pairs of letters, of an address one sign.

    Example:
        >>> words_of("© 2024 Ann's Mail, see ann@example.org") == ["©", "2024", "Ann's", "Mail", ",", "see", "\ue000"]
        True
    """
    sentence = sentence[:LONG]
    if _DOTTED.search(sentence):
        sentence = _ADDRESS.sub(_SIGN, sentence)
    if sentence.isascii():
        words: list[str] = _TOKEN.findall(sentence)
        return words[:_MOST]
    words = _TOKEN.findall(_MARKED.sub("", sentence))
    if UNSPACED.search(sentence):
        words = [piece for word in words for piece in _pieces(word)]
    return words[:_MOST]


def _pieces(word: str) -> Iterator[str]:
    if UNSPACED.match(word):
        yield from map("".join, pairwise(word))
    else:
        yield word


def normal(word: str) -> str:
    """A word as vocabularies have it: in small letters; numbers and addresses are classes.

    >>> [normal(word) for word in ("News", "2024", "7:30", "@mail", "(C)")]
    ['news', '<year>', '<number>', '<handle>', '©']
    """
    lower = word.lower()
    if lower[0].isdigit():
        return "<year>" if _YEAR.fullmatch(lower.strip(".,:/")) else "<number>"
    if lower in _MARKS:
        return "©"
    if lower[0] == "@" and len(lower) > 1:
        return "<handle>"
    return "<address>" if lower == _SIGN else lower.replace("’", "'")


def stem(word: str) -> str:
    """The beginning of a longer word, marked as one; nothing of a short one.

    >>> stem("newsletters"), stem("news")
    ('newsl*', '')
    """
    letters = 2 if _HANGUL.match(word) else STEM
    return word[:letters] + "*" if len(word) > letters and word[0] != "<" else ""


def ranks_in(known: Mapping[str, int]) -> Ranks:
    """Words to their places in a vocabulary. What is not there counts as its stem, as a name or as any other."""

    @lru_cache(maxsize=16_384)
    def ranks(word: str) -> int:
        lower = normal(word)
        begins = known.get(stem(lower), _NONE)
        if (own := known.get(lower)) is not None:
            return own + (begins << 16)
        return begins or (_NAME if word[0].isupper() else _OTHER)

    return ranks


def features(sentences: Sequence[str], ranks: Ranks) -> tuple[Ids, Ids, Ids, Ids]:
    """What is known of sentences: words and stems, for each the sentence it is of; pairs of words, and of which."""
    found: list[int] = []
    sizes: list[int] = []
    for sentence in sentences:
        before = len(found)
        found.append(_START)
        found += map(ranks, words_of(sentence))
        found.append(_END)
        sizes.append(len(found) - before)
    own, of = np.array(found, np.uint32), np.repeat(np.arange(len(sentences)), sizes)
    begins = own // _SHIFT
    begun = np.flatnonzero(begins)
    stems, stems_of = begins[begun], of[begun]
    own %= _SHIFT
    names = own == _NAME
    names[1:] &= names[:-1]  # a name of several words is one name
    names[:1] = False
    own, of = own[~names], of[~names]
    pairs, pairs_of = [], []
    for gap in GAPS:
        inside = of[gap:] == of[:-gap]
        mixed = (own[:-gap][inside] * _ODD[0] + own[gap:][inside] * _ODD[1] + np.uint32(gap)) * _ODD[2]
        mixed ^= mixed >> np.uint32(15)
        pairs.append((mixed * _ODD[3]) >> np.uint32(32 - BITS))
        pairs_of.append(of[gap:][inside])
    words, words_of_ = np.concatenate((own, stems)), np.concatenate((of, stems_of))
    return words.astype(np.intp), words_of_, np.concatenate(pairs).astype(np.intp), np.concatenate(pairs_of)


def chances(sentences: Sequence[str], weights: Weights | None = None) -> Floats:
    """For each sentence the probability of each of `KINDS`.

    Args:
        sentences: sentences, or short lines.
        weights: other weights than those that come with the package.
    """
    weights = weights or packaged_weights()
    out = np.zeros((len(sentences), len(KINDS)), np.float32)
    for at in range(0, len(sentences), _PAGE):
        some = sentences[at : at + _PAGE]
        words, words_of, pairs, pairs_of = features(some, weights.ranks)
        logits = _means(words, words_of, weights.words, len(some)) + weights.bias
        logits += _means(pairs, pairs_of, weights.pairs, len(some))[:, GROUPS]
        logits -= logits.max(1, keepdims=True)
        np.exp(logits, out=logits)
        out[at : at + _PAGE] = logits / logits.sum(1, keepdims=True)
    return out


def _means(ids: Ids, of: Ids, table: Floats, count: int) -> Floats:
    """The sums of the rows of a table for each sentence, over the root of their number."""
    order = np.argsort(of, kind="stable")
    sizes = np.bincount(of, minlength=count)
    sums = np.zeros((count, table.shape[1]), np.float32)
    full = np.flatnonzero(sizes)
    sums[full] = np.add.reduceat(table.take(ids.take(order), 0), (np.cumsum(sizes) - sizes)[full], 0)
    sums /= np.sqrt(np.maximum(sizes, 1), dtype=np.float32)[:, None]
    return sums


def telling_words(sentence: str, kind: str, weights: Weights | None = None) -> list[str]:
    """The three words or signs of a sentence that speak most for a kind and against a story."""
    weights = weights or packaged_weights()
    column = weights.words[:, KINDS.index(kind)] - weights.words[:, 0]
    worth = {word: float(column[list(divmod(weights.ranks(word), 1 << 16))].sum()) for word in words_of(sentence)}
    return [word for word in sorted(worth, key=worth.__getitem__, reverse=True)[:3] if worth[word] > 0]
