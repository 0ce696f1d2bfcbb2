"""Confidence: from facts of a page's scores to the F1 that a user may expect, learned on pages of unseen sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from scrapeclean.score import page_facts
from training.evaluate import text_of
from training.examples import Example
from training.metrics import word_f1

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
_RIDGE = 1.0


def calibrate(
    examples: Sequence[Example], chances: Mapping[tuple[str, str], np.ndarray]
) -> tuple[np.ndarray, list[dict[str, float]]]:
    """The weights of a logistic curve over `page_facts`, and how well it holds on pages that it was not fitted on.

    Only pages with a gold body count. The table is cross-validated: each page is judged by a curve of the other folds.
    """
    known = [e for e in examples if e.body and e.texts]
    facts = np.array([page_facts(chances[e.corpus, e.id], np.array([len(t) for t in e.texts])) for e in known])
    reached = np.array([word_f1(e.body, text_of(e, chances[e.corpus, e.id])) for e in known])
    folds = np.array([e.fold for e in known])
    expected = np.zeros(len(known))
    for fold in set(folds.tolist()):
        curve = _logistic(facts[folds != fold], reached[folds != fold])
        expected[folds == fold] = _sigmoid(facts[folds == fold] @ curve)
    return _logistic(facts, reached), _table(expected, reached)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def _logistic(facts: np.ndarray, reached: np.ndarray) -> np.ndarray:
    """Logistic regression on shares, by Newton's steps."""
    curve = np.zeros(facts.shape[1])
    for _ in range(30):
        chance = _sigmoid(facts @ curve)
        slope = facts.T @ (chance - reached) + _RIDGE * curve
        bend = (facts * (chance * (1 - chance))[:, None]).T @ facts + _RIDGE * np.eye(len(curve))
        curve = curve - np.linalg.solve(bend, slope)
    return curve


def _table(expected: np.ndarray, reached: np.ndarray) -> list[dict[str, float]]:
    rows = []
    for low, high in pairwise(BINS):
        inside = (expected >= low) & (expected < high)
        if inside.any():
            rows.append({
                "from": low, "to": min(high, 1.0), "pages": int(inside.sum()),
                "confidence": float(expected[inside].mean()), "word F1": float(reached[inside].mean()),
                "F1 below 0.8": float((reached[inside] < 0.8).mean()),
            })  # fmt: skip
    return rows
