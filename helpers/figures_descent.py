"""Pictures of gradient descent on a bowl: what it costs when the bowl is a valley.

show_valley(raw, normalized, target)      the cost over two weights, and the descent, for both inputs
show_descents(costs)                      costs against iterations, both logarithmic
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from course_network import Array
from course_plots import BLUE, ORANGE, show, subplots


def show_valley(raw: Array, normalized: Array, target: Array, steps: int = 20) -> None:
    """The cost over two weights as contours, with steps of the descent; the bias is always at its best.

    Parameters
    ----------
    raw, normalized : (2, m) the same features before and after
    target : (1, m)
    """
    figure, panels = subplots(columns=2, figsize=(6, 3.3), sharey=True)
    left = []
    for axes, X, name in zip(panels, (raw, normalized), ("raw", "normalized"), strict=True):
        centred = X - X.mean(axis=1, keepdims=True)  # what a bias at its best leaves
        bowl = centred @ centred.T / X.shape[1]
        best = np.linalg.solve(bowl, centred @ (target - target.mean()).T / X.shape[1])[:, 0]
        path = [-best]  # all weights start at 0; the axes show the distance to the best
        for _ in range(steps):
            path.append(path[-1] - bowl @ path[-1] / np.linalg.eigvalsh(bowl)[-1])
        side = np.linspace(-4, 4, 120)
        w = np.stack(np.meshgrid(side, side))
        height = np.einsum("iab,ij,jab->ab", w, bowl, w) / 2
        axes.contour(
            *w, height, levels=height[60, 60:][[4, 12, 24, 40]] + 1e-9, colors="#999999", linewidths=1
        )
        axes.plot(*np.transpose(path), "o-", color=ORANGE, markersize=3)
        axes.plot(0, 0, "*", color=BLUE, markersize=12)
        axes.set(title=name, xlabel="$w_1$ from its best", aspect="equal", xlim=(-4, 4), ylim=(-4, 4))
        left.append(float(np.linalg.norm(path[-1]) / np.linalg.norm(path[0])))
    panels[0].set_ylabel("$w_2$ from its best")
    show(
        figure,
        f"Contours of the cost over two weights, with {steps} steps of gradient descent and a star at the lowest point."
        f" Raw: a long valley, {left[0]:.0%} of the way is still to go. Normalized: round, {left[1]:.0%} is left.",
    )


def show_descents(costs: Mapping[str, Sequence[float]]) -> None:
    """Costs against iterations, both logarithmic; each list begins with an entry that is left out."""
    figure, axes = subplots()
    for name, values in costs.items():
        (line,) = axes.loglog(range(1, len(values)), values[1:], marker="o" if len(values) < 20 else None)
        axes.annotate(f"{name}: {values[-1]:.2g}", (len(values) - 1, values[-1]), xytext=(6, 0),
                      textcoords="offset points", color=line.get_color(), va="center")  # fmt: skip
    axes.set(xlabel="iteration + 1", ylabel="cost", xlim=(0.9, 60_000))
    ends = "; ".join(
        f"{name}: {values[-1]:.3g} after {len(values) - 2} iterations" for name, values in costs.items()
    )
    show(figure, f"Cost against iterations, both logarithmic. {ends}.")
