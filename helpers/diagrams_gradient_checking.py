"""The diagrams of the lesson on gradient checking: ideas drawn, nothing measured.

show_two_witnesses()     how a gradient check goes, from the parameters to one number
show_column()            parameters and column: which block stands where
show_kink()              a step that stays on one side of the bend of ReLU, one that crosses it, one that starts on it
"""

from __future__ import annotations

from typing import Any

import numpy as np
from course_plots import BLUE, ORANGE, PALE_BLUE, PALE_ORANGE, show, subplots
from gc_utils import PLACES, SHAPES

WIDTH = 4.6  # inches: at the 390 pixels of a phone the letters keep 8 points


def _box(axes: Any, at: tuple[float, float], text: str, colour: str = "white", edge: str = "black") -> None:
    frame = {"boxstyle": "round,pad=0.4", "facecolor": colour, "edgecolor": edge}
    axes.text(*at, text, ha="center", va="center", fontsize=9.5, bbox=frame)


def _arrow(axes: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": "black", "linewidth": 1.2})


def show_two_witnesses() -> None:
    """How a gradient check goes: one road through the backward pass, one through two costs an entry."""
    figure, axes = subplots(figsize=(WIDTH, 3.9))
    axes.set(xlim=(0, 10), ylim=(0, 10))
    axes.axis("off")
    for start, end in (
        ((4.2, 8.9), (2.6, 7.75)),
        ((5.8, 8.9), (7.3, 7.75)),
        ((2.5, 6.1), (2.5, 4.75)),
        ((7.4, 5.6), (7.4, 4.75)),
        ((2.9, 3.4), (4.2, 1.85)),
        ((7.0, 3.4), (5.8, 1.85)),
    ):
        _arrow(axes, start, end)
    _box(axes, (5, 9.3), "parameters W1, b1, … as one column θ")
    _box(axes, (2.5, 6.9), "backward pass,\nonce, for all entries", PALE_BLUE, BLUE)
    _box(
        axes, (7.4, 6.7), "for each entry i alone:\n$J(θ_i+ε)$ and $J(θ_i-ε)$,\nthen (1)", PALE_ORANGE, ORANGE
    )
    _box(axes, (2.5, 4.0), "analytic gradient g", PALE_BLUE, BLUE)
    _box(axes, (7.4, 4.0), "numerical gradient ĝ", PALE_ORANGE, ORANGE)
    _box(axes, (5, 1.2), "how far apart? one number d")
    alt = (
        "A diagram. The parameters, as one column theta, go two ways. Left: one backward pass gives the analytic "
        "gradient g. Right: each entry alone is moved up and down by epsilon, two costs give its slope, and together "
        "the numerical gradient. Below, one number d says how far the two are apart."
    )
    show(figure, alt)


def show_column() -> None:
    """The six arrays on the left, the column of 47 entries on the right, and which block stands where."""
    figure, axes = subplots(figsize=(WIDTH, 5))
    axes.set(xlim=(0, 13.5), ylim=(47.5, -2.5))
    axes.axis("off")
    for (name, place), top in zip(PLACES.items(), (5.5, 15.5, 26, 33, 39.5, 43.5), strict=True):
        rows, columns = SHAPES[name]
        colour, edge = (PALE_BLUE, BLUE) if name[0] == "W" else (PALE_ORANGE, ORANGE)
        grid = np.arange(rows * columns).reshape(rows, columns)
        for row in range(rows):
            for column in range(columns):
                _cell(axes, (2.3 + 0.55 * column, top + 1.5 * row), (0.5, 1.35), colour, edge)
        axes.text(2.0, top + 0.75 * rows, f"{name}\n{SHAPES[name]}", ha="right", va="center", fontsize=9)
        for entry in range(place.start, place.stop):
            _cell(axes, (8.6, entry), (1.1, 0.85), colour, edge)
        middle = (place.start + place.stop) / 2
        _arrow(axes, (2.6 + 0.55 * columns, top + 0.75 * rows), (8.4, middle))
        said = str(place.start) if grid.size == 1 else f"{place.start} to {place.stop - 1}"
        axes.text(10.0, middle, f"{said}: {name}", va="center", fontsize=9)
    axes.text(9.15, -0.7, "θ (47, 1)", ha="center", fontsize=9.5)
    alt = (
        "Left the arrays W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1); right one column of 47 "
        "entries. W1 fills entries 0 to 19, row by row, b1 20 to 24, W2 25 to 39, b2 40 to 42, W3 43 to 45, b3 46."
    )
    show(figure, alt)


def _cell(axes: Any, at: tuple[float, float], size: tuple[float, float], colour: str, edge: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle(at, *size, facecolor=colour, edgecolor=edge, linewidth=0.8))


def show_kink() -> None:
    """ReLU with two points of a step: on one side of the bend, across it, and starting on it."""
    figure, row = subplots(3, figsize=(WIDTH, 2.5), sharey=True)
    z = np.array([-1.5, 0, 1.5])
    for axes, (at, epsilon, name) in zip(
        row, ((0.8, 0.5, "step < distance"), (0.3, 0.8, "step > distance"), (0.0, 0.8, "z = 0")), strict=True
    ):
        ends = np.array([at - epsilon, at + epsilon])
        slope = np.diff(np.maximum(0, ends))[0] / (2 * epsilon)
        axes.plot(z, np.maximum(0, z), color="black", linestyle="-", linewidth=1)
        axes.plot(ends, np.maximum(0, ends), marker="^", markersize=8, color=ORANGE, linestyle="--")
        axes.plot(at, max(0, at), "o", color=BLUE, markersize=7)
        axes.set_title(f"{name}:\nslope {slope:.2g}", fontsize=9)
        axes.set(xlabel="z", xticks=(-1, 0, 1), ylim=(-0.3, 1.6))
    row[0].set_ylabel("ReLU(z)")
    alt = (
        "Three copies of ReLU with a point z, a circle, and the two points of a step, triangles. Left the step is "
        "shorter than the distance to the bend: slope 1. In the middle it crosses the bend: slope 0.69 instead of 1. "
        "Right z is 0: slope 0.5 for every step."
    )
    show(figure, alt)
