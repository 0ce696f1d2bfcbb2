"""One training run: pages in, weights out. Deterministic given the seed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from attrs import evolve, frozen
from torch import Tensor
from torch.nn import functional

from training.network import Batch, Network, Sample, collate


@frozen
class Recipe:
    epochs: int = 14
    pages: int = 16
    rate: float = 3e-3
    decay: float = 0.02
    table_decay: float = 0.2
    """Of the vectors of words: Adam moves those of rare words as fast as those of common ones."""
    soft_f1: float = 0.5
    average: float = 0.995
    untitled: float = 0.3
    """How often a text is seen without its title line."""
    guess_from: float = 0.5
    """After this share of the epochs the network guesses what the gold of a page leaves open; above 1: never."""
    guess_weight: float = 0.5
    seed: int = 7


def loss_of(logits: Tensor, b: Batch, soft_f1: float) -> Tensor:
    """Cross-entropy, every page alike, plus what is missing of the F1 of the words of each page."""
    inside = b.page >= 0
    page, logits = b.page[inside], logits[inside]
    target, weight, size = b.target[inside], b.weight[inside], b.size[inside] * (b.weight[inside] > 0)
    each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight

    def total(values: Tensor) -> Tensor:
        return torch.zeros(b.pages).index_add(0, page, values)

    entropy = total(each) / (total(weight) + 1e-6)
    chance = torch.sigmoid(logits)
    hit = total(chance * target * size)
    f1 = 2 * hit / (total(chance * size) + total(target * size) + 1e-6)
    known = (total(target * size) > 0).float()
    return (entropy + soft_f1 * known * (1 - f1)).mean()


def fit(
    samples: Sequence[Sequence[Sample]], network: Network, recipe: Recipe,
    report: Callable[[int, Network], None] | None = None,
) -> None:  # fmt: skip
    """Train a network in place; what it ends with is the running average of its weights.

    Args:
        samples: for each page its forms: as it is, and where there is one the form without its title line.
        network: the network.
        recipe: how to train.
        report: called after each epoch.
    """
    torch.manual_seed(recipe.seed)
    order = np.random.default_rng(recipe.seed)
    parts: dict[float, list[Tensor]] = {}
    for name, value in network.named_parameters():
        decay = 0.0 if name.endswith("bias") else recipe.decay if "." in name else recipe.table_decay
        parts.setdefault(decay, []).append(value)
    groups = [{"params": values, "weight_decay": decay} for decay, values in parts.items()]
    optimizer = torch.optim.AdamW(groups, lr=recipe.rate)
    steps = recipe.epochs * math.ceil(len(samples) / recipe.pages)
    mean = {n: p.detach().clone() for n, p in network.named_parameters()}
    step = 0
    for epoch in range(recipe.epochs):
        if epoch == int(recipe.guess_from * recipe.epochs):
            samples = _guessed(network, samples, recipe.guess_weight)
        network.train()
        shuffled = order.permutation(len(samples))
        for at in range(0, len(samples), recipe.pages):
            forms = [samples[i] for i in shuffled[at : at + recipe.pages]]
            batch = collate([form[-1] if order.random() < recipe.untitled else form[0] for form in forms])
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * min(1.0, step / 100 + 0.01) * 0.5 * (1 + math.cos(math.pi * step / steps))
            optimizer.zero_grad(set_to_none=True)
            loss_of(network(batch), batch, recipe.soft_f1).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            keep = min(recipe.average, step / (step + 10))
            with torch.no_grad():
                for name, value in network.named_parameters():
                    mean[name].lerp_(value, 1 - keep)
        if report is not None:
            report(epoch, network)
    with torch.no_grad():
        for name, value in network.named_parameters():
            value.copy_(mean[name])
    network.eval()


def _guessed(network: Network, samples: Sequence[Sequence[Sample]], weight: float) -> list[list[Sample]]:
    """Pages whose gold is a few snippets get the network's own opinion for the rest, where it is sure."""
    forms = [form for page in samples for form in page]
    partial = [form for form in forms if _open_share(form) > 0.5]
    said = dict(zip(map(id, partial), predict(network, partial), strict=True))
    return [
        [_with_guess(form, said[id(form)], weight) if id(form) in said else form for form in page] for page in samples
    ]


def _open_share(sample: Sample) -> float:
    return float((sample.weight == 0).mean()) if len(sample.weight) else 0.0


def _with_guess(sample: Sample, chance: np.ndarray, weight: float) -> Sample:
    blank = sample.weight == 0
    sure = np.abs(chance - 0.5) * 2
    return evolve(
        sample,
        target=np.where(blank, chance > 0.5, sample.target).astype(np.float32),
        weight=np.where(blank, weight * sure * sample.size**0.7, sample.weight).astype(np.float32),
    )


def predict(network: Network, samples: Sequence[Sample], pages: int = 16) -> list[np.ndarray]:
    """The probabilities of each page's rows."""
    network.eval()
    found: list[np.ndarray] = []
    with torch.no_grad():
        for at in range(0, len(samples), pages):
            part = samples[at : at + pages]
            batch = collate(part)
            chance = torch.sigmoid(network(batch)).numpy()
            page = batch.page.numpy()
            found += [chance[page == i] for i in range(len(part))]
    return found
