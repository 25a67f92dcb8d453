"""The published figures of the six classic trainings; see facts.py for the sources and tolerances."""

from __future__ import annotations

import numpy as np

from tests.facts import EXACT, fact

LN2 = 0.6931471805599453

# 1b: initialization, [2,10,5,1], learning rate 0.01, 15,000 iterations ---------------------------------------------
HE = [
    0.8830537463419761, 0.6879825919728063, 0.6751286264523371, 0.6526117768893807, 0.6082958970572938, 0.530494,
    0.413865, 0.311780, 0.236962, 0.185973, 0.150156, 0.123251, 0.099177, 0.084571, 0.073579,
]  # fmt: skip
RANDOM = [  # at 1,000 to 14,000; the first four are the source's, the others ours
    0.62423056, 0.59788355, 0.56362228, 0.55010003, 0.54435, 0.53736, 0.47002, 0.39767, 0.39345, 0.39201, 0.38911,
    0.38614, 0.38498, 0.38275,
]  # fmt: skip
# Ten variants (BLAS kernels, threads, initial weights perturbed by 1e-15 to 1e-6) spread this much around them.
SPREAD = {1: 0.003, 2: 0.003, 3: 0.003, 4: 0.001, 14: 0.001}
for i in range(15):
    fact("1b", f"zeros, cost @{1000 * i}", "001, 003", LN2, lambda c, i=i: c.run("zeros").costs[i], 0.0, 1e-9)
fact("1b", "zeros, cost after 15,000", "ours", LN2, lambda c: c.run("zeros").final_cost, 0.0, 1e-9)
fact("1b", "random, cost @0", "001, 003", np.inf, lambda c: c.run("random").costs[0], **EXACT)
for i, printed in enumerate(RANDOM, start=1):
    source, bound = "001, 003" if i < 5 else "ours", SPREAD.get(i, 0.06)
    fact(
        "1b",
        f"random, cost @{1000 * i}",
        source,
        printed,
        lambda c, i=i: c.run("random").costs[i],
        0.0,
        bound,
    )
fact("1b", "random, cost after 15,000", "ours", 0.38105, lambda c: c.run("random").final_cost, 0.0, 0.001)
for i, printed in enumerate(HE):
    source, bound = ("001, 003", 1e-6) if i < 5 else ("ours", 1e-5)
    fact("1b", f"He, cost @{1000 * i}", source, printed, lambda c, i=i: c.run("he").costs[i], bound, 0.0)
fact("1b", "He, cost after 15,000", "ours", 0.064810, lambda c: c.run("he").final_cost, 1e-5, 0.0)
for run, accuracies, ones in (("zeros", (0.5, 0.5), (0, 0)), ("random", (0.83, 0.86), (189, 60)),
                              ("he", (298 / 300, 0.96), (150, 50))):  # fmt: skip
    fact(
        "1b",
        f"{run}, accuracy train / test",
        "000",
        accuracies,
        lambda c, r=run: c.run(r).accuracies,
        0.0,
        1e-9,
    )
    fact("1b", f"{run}, ones among the predictions", "001", ones, lambda c, r=run: c.run(r).ones, **EXACT)

# 1c: regularization on the classic field, [2,20,3,1], learning rate 0.3, 30,000 iterations -------------------------
CLASSIC_RUNS = {
    "none": ([0.6557412523481002, 0.1632998752572420, 0.138516424232349], 1e-4, (200 / 211, 183 / 200)),
    "l2": ([0.6974484493131264, 0.2684918873282239, 0.26809163371273], 1e-6, (198 / 211, 186 / 200)),
    "dropout": ([0.6543912405149825, 0.0610169865749056, 0.0605824357985131], 1e-6, (196 / 211, 190 / 200)),
}
for run, (costs, bound, accuracies) in CLASSIC_RUNS.items():
    for i, printed in enumerate(costs):
        ours = lambda c, r=run, i=i: c.run(r).costs[10 * i]  # noqa: E731
        fact("1c", f"{run}, cost @{10000 * i}", "notebook", printed, ours, bound, 0.0)
    fact(
        "1c",
        f"{run}, accuracy train / test",
        "000",
        accuracies,
        lambda c, r=run: c.run(r).accuracies,
        0.0,
        1e-9,
    )
fact(
    "1c", "l2, penalty in the cost @0", "ours", 0.04170720,
    lambda c: c.run("l2").costs[0] - c.run("none").costs[0], 0.0, 1e-8,
)  # fmt: skip
