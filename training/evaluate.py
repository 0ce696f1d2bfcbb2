"""What a choice of blocks is worth: the metric of each corpus, and the quality of single pages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from training import metrics
from training.examples import Example

METRIC = {"wcxb-dev": "word F1", "traf-dev": "snippet F1"}
"""All other corpora are measured in shingle F1."""


def text_of(example: Example, chances: np.ndarray, threshold: float = 0.5) -> str:
    """The body that these probabilities choose."""
    return "\n".join(text for text, chance in zip(example.texts, chances, strict=True) if chance >= threshold)


def corpus_figure(corpus: str, examples: Sequence[Example], texts: Sequence[str]) -> float:
    """The figure of one corpus, by its own metric."""
    pairs = list(zip(examples, texts, strict=True))
    if METRIC.get(corpus) == "snippet F1":
        return metrics.snippet_f1([metrics.snippet_page(e.required, e.forbidden, text) for e, text in pairs])
    pairs = [(e, text) for e, text in pairs if e.body]
    if METRIC.get(corpus) == "word F1":
        return float(np.mean([metrics.word_f1(e.body, text) for e, text in pairs]))
    return metrics.shingle_f1([metrics.shingle_page(e.body, text) for e, text in pairs])


def figures(examples: Sequence[Example], texts: Sequence[str]) -> dict[str, float]:
    """The figure of each corpus; of WCXB also that of each page type."""
    found: dict[str, float] = {}
    for corpus in dict.fromkeys(e.corpus for e in examples):
        chosen = [(e, t) for e, t in zip(examples, texts, strict=True) if e.corpus == corpus]
        found[corpus] = corpus_figure(corpus, [e for e, _ in chosen], [t for _, t in chosen])
        for kind in sorted({e.page_type for e, _ in chosen if e.page_type}):
            part = [(e, t) for e, t in chosen if e.page_type == kind]
            found[f"{corpus} {kind}"] = corpus_figure(corpus, [e for e, _ in part], [t for _, t in part])
    return found
