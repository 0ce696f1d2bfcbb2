"""`python -m training.sentences CORPORA --out FOLDER`: learn kinds of sentences, and say how well."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from scrapeclean.rules.book import default_rules
from scrapeclean.sentence_kinds import GROUPS, KINDS, Weights, chances, load_weights
from training import corpus
from training.sentences.corpus import Sentence, furniture, lines, positives, stories
from training.sentences.fit import Recipe, fit, vocabulary, write

RATES = (1_000, 3_000, 10_000)


def main() -> None:
    args = _arguments()
    recipe = Recipe(epochs=args.epochs, seed=args.seed)
    written = [*positives(args.seed), *furniture(args.corpora)]
    told = list(stories(args.corpora))
    print(f"{len(written)} examples, {len(told)} sentences of stories", flush=True)
    known = known_words()
    found: list[tuple[Sentence, np.ndarray]] = []
    for fold in range(corpus.FOLDS if args.folds else 0):
        start = time.monotonic()
        weights = learn(
            [one for one in written + told if one.fold != fold],
            known,
            recipe,
            args.out / f"sentences.fold{fold}.npz",
        )
        unseen = [one for one in written + told if one.fold == fold]
        found += zip(unseen, chances([one.text for one in unseen], weights), strict=True)
        print(f"fold {fold}: {len(unseen)} unseen, {time.monotonic() - start:.0f} s", flush=True)
    if found:
        report(found)
    learn(written + told, known, recipe, args.out / "sentences.npz")


def known_words() -> list[str]:
    """The vocabulary: the words of the sentences written for it, slots left out, and of the examples of the rules."""
    texts = [re.sub(r"\{\w+\}", " ", text) for _, _, text in lines()]
    return vocabulary(texts + [one for rule in default_rules().rules for one in rule.examples])


def learn(sentences: Sequence[Sentence], known: Sequence[str], recipe: Recipe, path: Path) -> Weights:
    """One fit, as it is read back from its file."""
    write(path, fit(sentences, known, recipe), known)
    return load_weights(path)


def report(found: Sequence[tuple[Sentence, np.ndarray]]) -> None:
    """For thresholds that so many sentences of unseen stories pass, how many unseen examples of each kind do."""
    table = np.array([chance for _, chance in found])
    source = np.array([one.source for one, _ in found])
    kinds = np.array([one.kind for one, _ in found])
    language = np.array([one.language for one, _ in found])
    for group, name in ((1, "notice"), (2, "plea")):
        inside = [n for n, one in enumerate(GROUPS) if one == group]
        sums = table[:, inside].sum(1)
        of_stories = np.sort(sums[source == "gold"])[::-1]
        meant = np.isin(kinds, [KINDS[n] for n in inside]) & np.isin(source, ("line", "rule"))
        for rate in RATES:
            least = of_stories[len(of_stories) // rate]
            by_kind = {KINDS[n]: _share(sums[meant & (kinds == KINDS[n])] > least) for n in inside}
            by_language = {
                str(one): _share(sums[meant & (language == one)] > least) for one in sorted(set(language[meant]))
            }
            print(
                f"{name}: above {least:.3f} one story sentence in {rate}, {_share(sums[meant] > least)} of the examples"
            )
            spoken = (kinds == "story") & (source != "gold")
            print(f"  stories written for it and near misses: {_share(sums[spoken] > least)}")
            print(f"  {by_kind}\n  {by_language}", flush=True)


def _share(hits: np.ndarray) -> float:
    return round(float(hits.mean()), 3) if len(hits) else 0.0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.sentences", description=(__doc__ or "").split("`: ")[1])
    parser.add_argument("corpora", type=Path, help="the folder of corpora")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--no-folds", dest="folds", action="store_false", help="leave out cross-validation")
    return parser.parse_args()


if __name__ == "__main__":
    main()
