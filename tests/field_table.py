"""Print what the three trainings reach on the course's own field: python -m tests.field_table [--quick]

Accuracy on the 211 training, 200 test and 2,000 further examples: without regularization, with L2 (lambd 0.7) and with
dropout (keep_prob 0.86, fresh masks), over mask seeds 1 to 10 and over weight seeds 0 to 5. About two minutes; --quick
runs weight seed 3 and mask seed 1 alone.
"""

from __future__ import annotations

import sys

import numpy as np
import reg_utils

from tests.course import solutions, train_field


def accuracies(kind: str, weight_seed: int = 3, mask_seed: int = 1) -> list[float]:
    """[train, test, further] accuracy of one training."""
    field = reg_utils.load_2D_dataset()
    np.random.seed(mask_seed)
    run = train_field(solutions("regularization"), kind, field, weight_seed=weight_seed)
    return [*run.accuracies, reg_utils.accuracy(*reg_utils.load_2D_further_examples(), run.parameters)]


def main(quick: bool) -> None:
    """The table in Markdown, row by row as it is computed."""
    print("| training | weight seed | mask seed | train (211) | test (200) | further (2,000) |")
    print("|---|---|---|---|---|---|")

    def row(kind: str, weights: object, masks: object, values: list[float]) -> None:
        print(
            f"| {kind} | {weights} | {masks} | {' | '.join(f'{value:.4f}' for value in values)} |", flush=True
        )

    for kind in ("none", "l2"):
        row(kind, 3, "", accuracies(kind))
    masks = {seed: accuracies("dropout", mask_seed=seed) for seed in range(1, 2 if quick else 11)}
    for seed, values in masks.items():
        row("dropout", 3, seed, values)
    row("dropout", 3, "mean", list(np.mean(list(masks.values()), axis=0)))
    row("dropout", 3, "lowest", list(np.min(list(masks.values()), axis=0)))
    for weights in () if quick else (0, 1, 2, 4, 5):
        for kind in ("none", "l2", "dropout"):
            row(kind, weights, 1 if kind == "dropout" else "", accuracies(kind, weight_seed=weights))


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
