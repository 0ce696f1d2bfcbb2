"""The fit of the linear model: softmax regression over words and hashed pairs; its weights as small numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from attrs import frozen
from torch.nn import functional

from scrapeclean.sentence_kinds import (
    BITS,
    CLASSES,
    GROUPS,
    KINDS,
    VERSION,
    Ranks,
    Weights,
    features,
    normal,
    ranks_in,
    stem,
    words_of,
)
from training.sentences.corpus import Sentence


@frozen
class Recipe:
    epochs: int = 4
    batch: int = 512
    rate: float = 0.05
    decay: float = 2e-7
    dropped: float = 0.2
    """So many of the features of a sentence are left out each time, so that no wording is learned by heart."""
    seed: int = 7


def vocabulary(texts: Iterable[str], least: int = 2) -> list[str]:
    """The words, and the stems of words, that stand in several of the sentences written for it."""
    seen: Counter[str] = Counter()
    for text in texts:
        words = {normal(word) for word in words_of(text)}
        seen.update(words | {stem(word) for word in words} - {""})
    return [*CLASSES, *sorted(word for word, count in seen.items() if count >= least and word not in CLASSES)]


@frozen
class Bags:
    """Features of sentences, one after the other."""

    ids: torch.Tensor
    starts: torch.Tensor
    counts: torch.Tensor

    @classmethod
    def of(cls, parts: Sequence[tuple[np.ndarray, np.ndarray, int]]) -> Bags:
        count = torch.from_numpy(np.concatenate([np.bincount(of, minlength=size) for _, of, size in parts]))
        ids = np.concatenate([ids[np.argsort(of, kind="stable")] for ids, of, _ in parts])
        return cls(torch.from_numpy(ids), torch.cumsum(count, 0) - count, count)

    def means(self, some: torch.Tensor, table: torch.Tensor, dropped: float) -> torch.Tensor:
        counts = self.counts[some]
        of = torch.repeat_interleave(torch.arange(len(some)), counts)
        begins = torch.cumsum(counts, 0) - counts
        ids = self.ids[self.starts[some][of] + torch.arange(len(of)) - begins[of]]
        share = (torch.rand(len(ids)) >= dropped).float() / torch.sqrt(counts.clamp(min=1).float())[of] / (1 - dropped)
        return functional.embedding_bag(ids, table, begins, mode="sum", per_sample_weights=share)


@frozen
class Rows:
    words: Bags
    pairs: Bags
    kinds: torch.Tensor


def rows_of(sentences: Sequence[Sentence], ranks: Ranks) -> Rows:
    words, pairs = [], []
    for at in range(0, len(sentences), 4096):
        some = [one.text for one in sentences[at : at + 4096]]
        found = features(some, ranks)
        words.append((found[0], found[1], len(some)))
        pairs.append((found[2], found[3], len(some)))
    return Rows(Bags.of(words), Bags.of(pairs), torch.tensor([KINDS.index(one.kind) for one in sentences]))


def fit(sentences: Sequence[Sentence], known: Sequence[str], recipe: Recipe) -> Weights:
    """Weights that tell these sentences apart."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    ranks = ranks_in({word: n for n, word in enumerate(known)})
    rows = rows_of(sentences, ranks)
    words = torch.zeros(len(known), len(KINDS), requires_grad=True)
    pairs = torch.zeros(1 << BITS, 3, requires_grad=True)
    bias = torch.zeros(len(KINDS), requires_grad=True)
    optimizer = torch.optim.Adam([words, pairs, bias], lr=recipe.rate)
    steps = recipe.epochs * (len(rows.kinds) // recipe.batch + 1)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    groups = torch.tensor(GROUPS)
    for _ in range(recipe.epochs):
        for some in torch.randperm(len(rows.kinds)).split(recipe.batch):
            logits = rows.words.means(some, words, recipe.dropped) + bias
            logits = logits + rows.pairs.means(some, pairs, recipe.dropped)[:, groups]
            loss = functional.cross_entropy(logits, rows.kinds[some], label_smoothing=0.01)
            loss = loss + recipe.decay * ((words**2).sum() + (pairs**2).sum())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return Weights(ranks, words.detach().numpy(), pairs.detach().numpy(), bias.detach().numpy())


def write(path: Path, weights: Weights, known: Sequence[str]) -> None:
    """Write the weights file: whole numbers up to about 15, so that it is small."""
    stored: dict[str, np.ndarray] = {"bias": weights.bias.astype(np.float32)}
    for name, table in (("words", weights.words), ("pairs", weights.pairs)):
        centred = table - table.mean(1, keepdims=True)
        scale = np.quantile(np.abs(centred), 0.999) / 15
        stored[name] = np.clip(np.rint(centred / scale), -127, 127).astype(np.int8)
        stored[name + ".scale"] = np.float32(scale)
    stored["word_list"] = np.frombuffer("\n".join(known).encode(), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        np.savez_compressed(out, version=np.int64(VERSION), **stored)
