"""Pages as the network wants them: rows of the package's own features, tokens as numbers, targets from the gold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import regex
from attrs import define, frozen

from scrapeclean.features.boxes import box_tokens
from scrapeclean.features.rows import Rows
from scrapeclean.model import HIDDEN, NOSCRIPT, PageBlock
from training.labels import align
from training.network import Sample

NAME_SITES = 15
WORD_SITES = 25
"""A word of a name, or of the text, is learned where at least so many sites have it."""
KEPT = 0.45
"""A block is part of the body where at least so much of it is."""
_SPACE = regex.compile(r"\s+")


@define
class Example:
    """One page with what is known of it."""

    id: str
    corpus: str
    site: str
    fold: int
    page_type: str
    language: str
    rows: Rows
    texts: list[str]
    share: np.ndarray
    """Of each row the share of its words that the gold holds; -1 where the gold says nothing."""
    body: str
    required: tuple[str, ...]
    forbidden: tuple[str, ...]


def label(blocks: Sequence[PageBlock], body: str, required: Sequence[str], forbidden: Sequence[str]) -> np.ndarray:
    """The share of each block that the gold holds; where the gold is a few snippets, -1 for all other blocks."""
    texts = [block.text for block in blocks]
    faint = [bool(block.regions & (HIDDEN | NOSCRIPT)) for block in blocks]
    if body:
        return align(texts, body, faint)
    shares = np.full(len(texts), -1.0)
    squeezed = [_SPACE.sub(" ", text) for text in texts]
    for snippets, share in ((required, 1.0), (forbidden, 0.0)):
        for snippet in snippets:
            wanted = _SPACE.sub(" ", snippet).strip()
            found = [i for i, text in enumerate(squeezed) if wanted and wanted in text]
            seen = [i for i in found if not faint[i]] or found
            if share and len(seen) > 1:
                seen = [max(seen, key=lambda i: (shares[i], len(squeezed[i])))]
            for i in seen:
                shares[i] = share
    return shares


@frozen
class Vocabulary:
    words: dict[str, int]
    names: dict[str, int]


def vocabulary(examples: Sequence[Example], name_sites: int = NAME_SITES, word_sites: int = WORD_SITES) -> Vocabulary:
    """The tokens that enough sites have."""
    words: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    for example in examples:
        for word in set(example.rows.words):
            words.setdefault(word, set()).add(example.site)
        for token in {token for name in set(example.rows.names) for token in box_tokens(name)}:
            names.setdefault(token, set()).add(example.site)

    def chosen(seen: dict[str, set[str]], sites: int) -> dict[str, int]:
        return {token: i for i, token in enumerate(sorted(t for t, s in seen.items() if len(s) >= sites))}

    return Vocabulary(chosen(words, word_sites), chosen(names, name_sites))


def sample(example: Example, known: Vocabulary) -> Sample:
    """A page as arrays."""
    rows = example.rows
    ids = np.array([known.words.get(word, -1) for word in rows.words], np.int64)
    words, word_rows = ids[ids >= 0], rows.word_rows[ids >= 0]
    each = [[known.names[t] for t in box_tokens(name) if t in known.names] for name in rows.names]
    names = [each[name] for name in rows.which.tolist()]
    counts = [len(ids) for ids in names]
    flat = np.array([i for ids in names for i in ids], np.int64)
    size = rows.sizes
    target, weight = _targets(example.share, size)
    return Sample(
        rows.dense, rows.heading, rows.own, rows.boxes, rows.first, rows.last, words, word_rows, flat,
        np.repeat(np.arange(len(names)), counts), target, weight, size,
    )  # fmt: skip


def _targets(share: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    target = (share >= KEPT).astype(np.float32)
    weight = np.where(share < 0, 0, size**0.7).astype(np.float32)
    weight *= np.where((share > 0.25) & (share < 0.65), 0.5, 1.0).astype(np.float32)
    return target, weight
