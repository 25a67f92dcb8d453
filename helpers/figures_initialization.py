"""The pictures of the lesson on initialization; each states in its alternative text what was measured.

predicted(words)                          repeats a prediction above what came
show_arrays(arrays, digits=None)          prints names, shapes and numbers
show_training(parameters, costs, sets)    cost curve and regions after one training
show_costs(curves)                        cost curves on the axis that all cost curves of the lesson have
show_depth(passes)                        activations and gradients layer by layer, as distributions
show_scales(through)                      a film: both mean squares as the scale of the weights grows
show_borders(states, sets)                a film: the border over the iterations, for several starts
show_starts(costs)                        the cost that each seed of each start has reached
show_valley(raw, normalized, target)      the cost over two weights, and the descent, for both inputs
show_descents(costs)                      costs against iterations, both logarithmic
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from course_film import film
from course_network import Array, Parameters, accuracy, predict_dec
from course_plots import (
    BLUE,
    MARKERS,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    plot_costs,
    plot_decision_boundary,
    show,
    subplots,
)
from course_training import quiet

Passes = tuple[Sequence[Array], Sequence[Array]]  # activations and gradients of the layers, inputs first
States = Sequence[tuple[int, Parameters]]  # recorded (iteration, parameters)
PLANE = (-1.3, 1.3, -1.3, 1.3)
LOOKS = (
    {"label": "signal", "color": BLUE, "linestyle": "-"},
    {"label": "gradient", "color": ORANGE, "linestyle": "--"},
)
FOUR = ("X_train_n", "X_test_n", "mu", "sigma")  # what normalize_inputs returns
LN2 = float(np.log(2))
_predictions: dict[str, str] = {}


def predict(what: str, words: str) -> None:
    """Keep a prediction.

    It is written into a cell of its own: an experiment that a student has edited is run when grading, and takes long.
    """
    _predictions[what] = words


def predicted(what: str) -> None:
    """Repeat a prediction, so that it stands above what came."""
    words = _predictions.get(what, "").strip()
    print("You predicted:", words or "nothing yet. Write it into the cell above, and run that first.")


def show_arrays(arrays: Mapping[str, Array] | Sequence[Array] | None, digits: int | None = None) -> None:
    """Print the shape and the numbers of each array, with its name if it has one; what to look for, if there is none."""
    if arrays is None:
        print("The function returned None. Is its line with return missing, or not reached?")
        return
    named = arrays.items() if isinstance(arrays, Mapping) else (("", array) for array in arrays)
    for name, array in named:
        numbers = np.asarray(array) if digits is None else np.round(array, digits) + 0.0  # no -0.0
        print(*filter(None, (name, f"{numbers.shape} {numbers.tolist()}")))


def show_four(arrays: Sequence[Array] | None) -> None:
    """Print what `normalize_inputs` returns, to three decimals, with the names of the text."""
    if arrays is None or len(arrays) != len(FOUR):
        show_arrays(arrays, digits=3)
        print(f"It should return {len(FOUR)} arrays: {', '.join(FOUR)}.")
        return
    show_arrays(dict(zip(FOUR, arrays, strict=True)), digits=3)


def show_training(parameters: Parameters, costs: Sequence[float], sets: tuple[Array, ...]) -> None:
    """The cost curve of a training, and the regions of the two labels after it.

    Parameters
    ----------
    sets : (train_X, train_Y, test_X, test_Y)
    """
    train, test = (accuracy(X, Y, parameters) for X, Y in (sets[:2], sets[2:]))
    print(f"accuracy: {train:.4f} on the training set, {test:.4f} on the test set")
    figure, (left, right) = subplots(columns=2, figsize=(6, 3.2))
    _cost_axis(left, {"": costs})

    def model(points: Array) -> Array:
        return predict_dec(parameters, points.T)

    plot_decision_boundary(model, sets[0], sets[1], axes=right, limits=PLANE)
    grid = np.stack(np.meshgrid(np.linspace(*PLANE[:2], 100), np.linspace(*PLANE[2:], 100)), -1).reshape(
        -1, 2
    )
    share = np.mean(model(grid))
    show(
        figure,
        f"Left: the cost goes from {_number(costs[0])} to {costs[-1]:.4g} in {len(costs) - 1},000 iterations."
        f" Right: the region of label 1 takes {share:.0%} of the plane; {train:.1%} of the examples lie in their own.",
    )


def show_costs(curves: Mapping[str, Sequence[float]], high: float = 0.25) -> None:
    """Several cost curves; of more than three, those that end above `high` are named, the others alike."""
    figure, axes = subplots()
    if len(curves) <= 3:
        _cost_axis(axes, curves)
    else:
        _cost_axis(axes, {name: values for name, values in curves.items() if values[-1] > high})
        if axes.get_legend():
            axes.get_legend().set_loc("lower left")
        for values in curves.values():
            if values[-1] <= high:
                axes.plot(values, color="#888888", linestyle="-", linewidth=1)
    ends = "; ".join(f"{name} from {values[0]:.4g} to {values[-1]:.4g}" for name, values in curves.items())
    show(figure, f"Cost against iterations: {ends}.")


def _cost_axis(axes: Any, curves: Mapping[str, Sequence[float]]) -> None:
    """Curves on the axis from 0 to 1 that all of them share; a mark where one starts above it."""
    plot_costs(curves.get("", curves), axes=axes)
    axes.set(xlim=(-0.3, None), ylim=(0, 1))
    last = max(
        (len(values) - 1 for values in curves.values()), default=0
    )  # beyond it stand the curves' names
    axes.plot([0, last], [LN2, LN2], color="#999999", linewidth=0.8, linestyle=":", zorder=0)
    axes.text(last, LN2 + 0.01, "ln 2", color="#555555", ha="right", va="bottom")
    for values in curves.values():
        if not values[0] <= 1:
            axes.annotate(f"starts\n{_number(values[0], 3)}", (0, 1), xytext=(0.12, 0.86), textcoords="axes fraction",
                          arrowprops={"arrowstyle": "->"}, va="center")  # fmt: skip


def _number(value: float, digits: int = 4) -> str:
    return f"{value:.{digits}g}" if np.isfinite(value) else "infinite"


def show_depth(passes: Mapping[str, Passes]) -> None:
    """How large activations and gradients are, layer by layer: the middle half dark, nine tenths pale, the median a line."""
    figure, grid = subplots(2, len(passes), figsize=(6, 1.45 * len(passes) + 0.5), sharex=True, sharey=True)
    grid[0][0].set_ylim(-5, 5)  # what leaves the picture is told by its title
    sentences = []
    for row, (name, pair) in zip(grid, passes.items(), strict=True):
        for axes, layers, colour, dash in zip(row, pair, (BLUE, ORANGE), ("-", "--"), strict=True):
            parts = np.log10([np.percentile(np.abs(A[A != 0]), (5, 25, 50, 75, 95)) for A in layers]).T
            place = range(len(layers))
            axes.fill_between(place, parts[0], parts[4], color=colour, alpha=0.2, linewidth=0)
            axes.fill_between(place, parts[1], parts[3], color=colour, alpha=0.5, linewidth=0)
            axes.plot(place, parts[2], color=colour, linestyle=dash)
        signal, gradient = _kept(pair)
        for axes, word, kept in zip(row, ("signal", "gradient"), (signal, gradient), strict=True):
            axes.set_title(f"scale {name}: {word} × {kept:.2g}", fontsize="medium")
        row[0].set_ylabel("$\\log_{10}|a|$, $\\log_{10}|da|$" if len(passes) < 3 else "$\\log_{10}$ size")
        sentences.append(
            f"Scale {_plain(name)} multiplies the signal by {signal:.2g}, the gradient by {gradient:.2g}."
        )
    for axes, title in zip(
        grid[-1], ("layer (signal goes right)", "layer (gradient goes left)"), strict=True
    ):
        axes.set(xlabel=title, xticks=range(0, len(layers), 2))
    alt = "Distributions of the sizes of activations, left, and of gradients, right, layer by layer, logarithmic."
    show(figure, " ".join([alt, *sentences]))


def _kept(pair: Passes) -> tuple[float, float]:
    """By how much the mean square of the activations and of the gradients is multiplied on their way."""
    activations, gradients = pair
    return (
        float(np.mean(activations[-1] ** 2) / np.mean(activations[0] ** 2)),
        float(np.mean(gradients[0] ** 2) / np.mean(gradients[-1] ** 2)),
    )


def _plain(name: str) -> str:
    return name.replace("$", "").replace("\\sqrt{", "root of ").replace("}", "")


def show_scales(through: Callable[[float], Passes]) -> None:
    """A film over the scale of the weights: mean squares of activations and gradients against the layer."""
    passes: dict[float, Passes] = {}

    def kept(scale: float) -> tuple[float, float]:
        passes.setdefault(scale, through(scale))
        return _kept(passes[scale])

    def draw(scale: float, axes: Any) -> None:
        kept(scale)
        for layers, look in zip(passes[scale], LOOKS, strict=True):
            axes.semilogy([np.mean(A**2) for A in layers], **look)
        axes.axhline(1, color="#999999", linewidth=0.8, linestyle="-", zorder=0)
        axes.set(xlabel="layer", ylim=(1e-8, 1e12), xticks=(0, 5, 10), yticks=(1e-6, 1e-3, 1, 1e3, 1e6))
        axes.set_ylabel("mean square")
        axes.legend(loc="upper left")

    def alt(scale: float) -> str:
        signal, gradient = kept(scale)
        return f"Weights of scale {scale:.2f}: the signal is multiplied by {signal:.2g}, the gradient by {gradient:.2g}."

    values = [round(value, 2) for value in np.arange(0.05, 0.301, 0.01)]
    size = (2.0, 2.4) if quiet() else (4.2, 3.4)  # a strip of three has the width of the other figures
    film(draw, values, alt, "scale", say="{:.2f}".format, strip=(0, 9, 20), figsize=size)


def show_borders(states: Mapping[str, States], sets: tuple[Array, ...]) -> None:
    """A film over the iterations: for each start, the regions of the two labels as they stand then.

    Parameters
    ----------
    states : for each start the recorded (iteration, parameters), at the same iterations
    sets : (train_X, train_Y, test_X, test_Y)
    """
    records = [dict(each) for each in states.values()]

    def draw(iteration: int, axes: Any) -> None:
        for place, (name, record) in enumerate(zip(states, records, strict=True)):
            _panel(axes, record[iteration], sets, -3 * place)
            axes.text(0, -3 * place + 1.35, name, ha="center", va="bottom")
        axes.set(xlim=(-1.35, 1.35), ylim=(-3 * len(records) + 1, 1.75), aspect="equal")
        for label, colour in ((0, BLUE), (1, ORANGE)):
            axes.scatter(
                1.3 * label - 1.1,
                -3 * len(records) + 1.2,
                c=colour,
                marker=MARKERS[label],
                s=14,
                linewidths=0,
            )
            axes.text(
                1.3 * label - 0.95, -3 * len(records) + 1.2, f"label {label}", va="center", fontsize="small"
            )
        axes.set_axis_off()

    def alt(iteration: int) -> str:
        shares = (accuracy(sets[0], sets[1], record[iteration]) for record in records)
        right = (f"{name} {share:.0%}" for name, share in zip(states, shares, strict=True))
        return f"After {iteration:,} iterations the examples in their own region are: {', '.join(right)}."

    size = (1.5, 1.6 * len(records)) if quiet() else (2.0, 2.05 * len(records))
    film(draw, list(records[0]), alt, say="{:,}".format, figsize=size)


def _panel(axes: Any, parameters: Parameters, sets: tuple[Array, ...], up: float) -> None:
    """The two regions and the training examples, moved up by so much."""
    side = np.linspace(PLANE[0], PLANE[1], 100)
    across, along = np.meshgrid(side, side)
    region = (
        predict_dec(parameters, np.stack([across.ravel(), along.ravel()])).reshape(across.shape).astype(float)
    )
    axes.contourf(across, along + up, region, levels=[-0.5, 0.5, 1.5], colors=[PALE_BLUE, PALE_ORANGE])
    if 0 < region.mean() < 1:
        axes.contour(across, along + up, region, levels=[0.5], colors="#333333", linewidths=1)
    for label, colour in ((0, BLUE), (1, ORANGE)):
        x1, x2 = sets[0][:, sets[1][0] == label]
        axes.scatter(x1, x2 + up, c=colour, marker=MARKERS[label], s=5, linewidths=0)


def show_starts(costs: Mapping[str, Sequence[float]], iterations: int = 14_000) -> None:
    """One row for each start, in it one mark for each seed, and a bar at their median."""
    figure, axes = subplots(figsize=(6, 0.5 * len(costs) + 1.4))
    for row, (_, values) in enumerate(costs.items()):
        (dots,) = axes.plot(values, [row] * len(values), "o", color=BLUE, alpha=0.5, markersize=6)
        (bar,) = axes.plot(np.median(values), row, "|", color="black", markersize=18, markeredgewidth=2)
    figure.legend([dots, bar], ["a seed", "median"], loc="outside upper right", ncols=2, markerscale=0.7)
    axes.axvline(LN2, color="#999999", linewidth=0.8, linestyle="-", zorder=0)
    axes.text(LN2, -0.75, " ln 2", color="#555555", va="center")
    axes.set(
        yticks=range(len(costs)),
        yticklabels=list(costs),
        xlabel=f"cost after {iterations:,} iterations",
        ylim=(len(costs) - 0.4, -1),
        xlim=(0, 0.78),
    )
    ends = "; ".join(
        f"{_plain(name)}: {min(values):.2g} to {max(values):.2g}, median {np.median(values):.2g}"
        for name, values in costs.items()
    )
    show(figure, f"The cost that each seed has reached, one row a start, the bar at the median. {ends}.")
