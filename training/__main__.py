"""python -m training CORPORA --out FOLDER: from a folder of corpora to weights files and a report.

    python -m training ~/corpora --out out            # five folds for the figures, then one fit on everything
    python -m training ~/corpora --out out --no-folds # only the weights that ship

Takes about an hour on two idle cores. The same seed on the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from attrs import evolve

from scrapeclean.network import poise
from training import corpus, evaluate, export
from training.calibrate import calibrate
from training.examples import Example, Vocabulary, sample, vocabulary
from training.fit import Recipe, fit, predict
from training.network import Network, Sample, Shape
from training.prepare import prepare

WIDTHS: Final[dict[str, dict[str, int]]] = {"html": {}, "text": {"word_width": 20, "heading_width": 12}}
"""Words are most of what a text has to go by."""
NOISE: Final[dict[str, dict[str, float]]] = {
    "html": {},
    "text": {"dropout": 0.3, "token_dropout": 0.4, "page_dropout": 0.3, "noise": 0.25},
}


def main() -> None:
    args = _arguments()
    torch.set_num_threads(args.threads)
    gc.disable()  # the examples are millions of small objects that stay: searching them for cycles doubles the time
    recipe = Recipe(epochs=args.epochs, seed=args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    for kind in args.kind:
        forms = prepare(args.corpora, kind, args.out / f"examples-{kind}.pickle")
        report: dict[str, object] = {"kind": kind, "corpora": corpus.digest(args.corpora), "seed": args.seed}
        network, scaling, known = learn(forms, recipe, kind)
        weights = args.out / f"score-{kind}.npz"
        export.write(weights, network, scaling, known)
        report["parameters"] = sum(p.numel() for p in network.parameters())
        if args.folds:
            chances = cross_validate(forms, recipe, args.out, kind)
            report["figures"] = measure(forms, chances)
            curve, report["reliability"] = calibrate([form[0] for form in forms], chances)
            export.write(weights, network, scaling, known, curve)
        (args.out / f"report-{kind}.json").write_text(json.dumps(report, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpora", type=Path, help="the folder with NAME.jsonl.xz")
    parser.add_argument("--out", type=Path, required=True, help="where weights and report go")
    parser.add_argument("--kind", nargs="+", choices=("html", "text"), default=["html", "text"])
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--threads", type=int, default=1, help="threads of torch")
    parser.add_argument("--no-folds", dest="folds", action="store_false", help="leave out cross-validation")
    return parser.parse_args()


def learn(forms: Sequence[Sequence[Example]], recipe: Recipe, kind: str) -> tuple[Network, export.Scaling, Vocabulary]:
    """One fit on these pages."""
    known = vocabulary([form[0] for form in forms])
    samples = [[sample(example, known) for example in form] for form in forms]
    scaling = export.scaling_of([form[0] for form in samples])
    torch.manual_seed(recipe.seed)
    first = samples[0][0]
    sizes = first.dense.shape[1], first.boxes.shape[1], len(known.words), len(known.names)
    network = Network(Shape(*sizes, **WIDTHS[kind]), **NOISE[kind])
    fit([[scaled(form, scaling) for form in page] for page in samples], network, recipe)
    return network, scaling, known


def scaled(page: Sample, scaling: export.Scaling) -> Sample:
    """A page with features of mean 0 and spread 1."""
    return evolve(
        page,
        dense=((page.dense - scaling.dense_mean) / scaling.dense_spread).astype(np.float32),
        boxes=((page.boxes - scaling.box_mean) / scaling.box_spread).astype(np.float32),
    )


def cross_validate(
    forms: Sequence[Sequence[Example]], recipe: Recipe, out: Path, kind: str
) -> dict[tuple[str, str], np.ndarray]:
    """For each page what a network says that has seen no page of its site."""
    chances: dict[tuple[str, str], np.ndarray] = {}
    for fold in range(corpus.FOLDS):
        start = time.monotonic()
        network, scaling, known = learn([form for form in forms if form[0].fold != fold], recipe, kind)
        export.write(out / f"score-{kind}.fold{fold}.npz", network, scaling, known)
        unseen = [form[0] for form in forms if form[0].fold == fold]
        samples = [scaled(sample(example, known), scaling) for example in unseen]
        found = [poise(chance, page.size) for chance, page in zip(predict(network, samples), samples, strict=True)]
        chances |= {(e.corpus, e.id): chance for e, chance in zip(unseen, found, strict=True)}
        np.savez_compressed(out / f"chances-{kind}.npz", **{"/".join(key): chance for key, chance in chances.items()})
        print(f"{kind} fold {fold}: {len(unseen)} pages unseen, {time.monotonic() - start:.0f} s", flush=True)
    return chances


def measure(forms: Sequence[Sequence[Example]], chances: dict[tuple[str, str], np.ndarray]) -> dict[str, float]:
    """The figures of all corpora, cross-validated, and printed."""
    examples = [form[0] for form in forms]
    found = evaluate.figures(examples, [evaluate.text_of(e, chances[e.corpus, e.id]) for e in examples])
    for name, figure in found.items():
        print(f"  {name:<28} {figure:.4f}", flush=True)
    return found


if __name__ == "__main__":
    main()
