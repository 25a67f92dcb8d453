"""Figures of the regularization lesson up to L2, and what all its figures share (see figures_regularization)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from course_network import (
    Array,
    Parameters,
    accuracy,
    compute_cost,
    cost_from_logits,
    forward_propagation,
    initialize_parameters,
    predict_dec,
)
from course_plots import BLUE, ORANGE, plot_costs, plot_decision_boundary, show, subplots

Sets = Mapping[str, tuple[Array, Array]]
FIELD = (-1.6, 1.6, -1.05, 1.05)  # the pitch with a margin, in every picture of it
GREY = "#555555"
METHODS = {"none": ("o", BLUE), "L2": ("^", ORANGE), "dropout": ("s", "#009E73")}


def compare(guess: Any, *measured: str) -> None:
    """Print what the reader expected above what was measured; no word of a guess if it is None."""
    if guess is not None:
        print("your guess:", guess if guess != "" else "none written down")
    for line in measured:
        print(line)


def border(network: Parameters, X: Array, Y: Array, axes: Any, title: str) -> None:
    """The regions of a network on the whole pitch, with examples."""
    plot_decision_boundary(
        lambda points: predict_dec(network, points.T), X, Y, axes, limits=FIELD, legend=False
    )
    axes.set_title(title, fontsize="medium")


def legend_below(figure: Any, axes: Any) -> None:
    """One legend for all panels, below them: which marker is which label."""
    handles, names = axes.get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=2, markerscale=1.6, handletextpad=0)


def show_opening(network: Parameters, sets: Sets, guess: Any) -> None:
    """The border over training and over dev examples, and the accuracies on all sets."""
    figure, axes = subplots(2, sharey=True, figsize=(6.4, 3))
    for ax, name in zip(axes, ("train", "dev"), strict=True):
        border(network, *sets[name], ax, f"{name} examples")
    axes[1].set_ylabel("")
    legend_below(figure, axes[0])
    compare(guess, *(f"{name:5} accuracy {accuracy(*pair, network):.3f}" for name, pair in sets.items()))
    show(
        figure,
        """The border that the network learned, with training examples on the left and dev examples on the right.
        Beside the diagonal it cuts wedges and slivers around single training examples; dev examples there are
        misjudged.""",
    )


def _three_fits() -> tuple[Array, Array, dict[str, Callable[[Array], Array]]]:
    """Two interlocking arcs, X and Y, and three models of the first 100 examples by name."""
    from course_training import train
    from reg_utils import backward_propagation
    from sklearn.datasets import make_moons
    from sklearn.linear_model import LogisticRegression

    places, labels = make_moons(500, noise=0.3, random_state=1)
    X, Y = places.T, labels[None].astype(int)
    seen: list[Parameters] = []
    functions = forward_propagation, backward_propagation, compute_cost
    options: dict[str, Any] = {"record_every": 300, "on_record": lambda _, p: seen.append(p)}
    end, _ = train(
        X[:, :100], Y[:, :100], initialize_parameters([2, 40, 10, 1]), *functions, 0.3, 3000, **options
    )
    line = LogisticRegression().fit(X[:, :100].T, Y[0, :100])
    models: dict[str, Callable[[Array], Array]] = {
        "A: a line": line.predict,
        "B: 300 iterations": lambda points: predict_dec(seen[1], points.T)[0],
        "C: 3,000 iterations": lambda points: predict_dec(end, points.T)[0],
    }
    return X, Y, models


def show_three_fits(guess: Any) -> dict[str, tuple[float, float]]:
    """A line, a network stopped early and the same network trained on: {name: (train error, dev error)}."""
    X, Y, models = _three_fits()
    figure, axes = subplots(3, sharey=True, figsize=(6.6, 2.7))
    errors = {}
    for ax, (name, model) in zip(axes, models.items(), strict=True):
        wrong = model(X.T) != Y[0]
        errors[name[0]] = (float(wrong[:100].mean()), float(wrong[100:].mean()))
        limits = (-1.8, 2.8, -1.4, 1.9)
        plot_decision_boundary(model, X[:, :100], Y[:, :100], ax, limits=limits, legend=False)
        ax.set_title(name, fontsize="medium")
        ax.set_ylabel("$x_2$" if ax is axes[0] else "")
    legend_below(figure, axes[0])
    compare(guess, *(f"{n}: error on train {t:.3f}, on dev {d:.3f}" for n, (t, d) in errors.items()))
    show(
        figure,
        """Three borders for one hundred examples on two interlocking arcs. A, a straight line, cuts through both arcs.
        B bends once and follows the gap between them. C winds around single examples and leaves one of a hundred
        on the wrong side.""",
    )
    return errors


def show_confidence(network: Parameters, shrunk: Parameters, guess: Any) -> None:
    """The outputs of two networks with one border, in one scale."""
    across, up = np.meshgrid(np.linspace(*FIELD[:2], 400), np.linspace(*FIELD[2:], 400))
    places = np.stack([across.ravel(), up.ravel()])
    outputs = [forward_propagation(places, p)[0].reshape(across.shape) for p in (network, shrunk)]
    figure, axes = subplots(2, sharey=True, figsize=(6.6, 2.7))
    for ax, output, name in zip(axes, outputs, ("trained", "shrunk"), strict=True):
        image = ax.pcolormesh(across, up, output, cmap="PuOr_r", vmin=0, vmax=1, rasterized=True)
        ax.contour(across, up, output, levels=[0.5], colors="black", linewidths=1)
        ax.set(xlabel="$x_1$", aspect="equal")
        ax.set_title(name, fontsize="medium")
    axes[0].set_ylabel("$x_2$")
    figure.colorbar(image, ax=axes, label="output $a$", shrink=0.8)
    squares = [_squares(p) for p in (network, shrunk)]
    changed = np.sum((outputs[0] > 0.5) != (outputs[1] > 0.5))
    compare(
        guess,
        f"sum of squared weights: {squares[0]:.1f} before, {squares[1]:.2f} after",
        f"places that change their label: {changed} of {changed.size * outputs[0].size:,}",
        f"outputs: {outputs[0].min():.4f} to {outputs[0].max():.4f} before, "
        f"{outputs[1].min():.4f} to {outputs[1].max():.4f} after",
    )
    show(
        figure,
        """The output over the pitch, before and after all weights were made fifty times smaller. Both have the same
        winding border. On the left the output leaps from near 0 to near 1 across it; on the right it is 0.5
        everywhere, to three digits.""",
    )


def show_pull(X: Array, Y: Array, strengths: Sequence[float] = (0, 3, 10, 40, 160)) -> None:
    """The cross-entropy of a model with two weights, and where the minimum goes as a penalty grows."""
    from scipy.optimize import minimize

    signs = np.where(Y == 1, -1.0, 1.0)

    def cross_entropy(w: Array) -> Any:
        return np.mean(np.logaddexp(0, signs * (w[..., :1] * X[0] + w[..., 1:] * X[1])), axis=-1)

    def best(lambd: float) -> Array:
        found: Array = minimize(
            lambda w: cross_entropy(w) + lambd / (2 * Y.size) * np.sum(w**2), [1.0, -1.0]
        ).x
        return found

    path = np.array([best(lambd) for lambd in strengths])
    w1, w2 = np.meshgrid(np.linspace(-0.9, 2.6, 120), np.linspace(-2.9, 0.9, 120))
    figure, ax = subplots(figsize=(5, 4.2))
    levels = ax.contour(
        w1, w2, cross_entropy(np.stack([w1, w2], -1)), levels=12, cmap="cividis", linewidths=1
    )
    ax.clabel(levels, levels.levels[2::3], fmt="%.2f", fontsize=9)
    angle = np.linspace(0, 2 * np.pi, 200)
    for radius in np.hypot(*path[1:].T):
        ax.plot(radius * np.cos(angle), radius * np.sin(angle), ls=":", lw=1, color=GREY)
    ax.plot(*path.T, "-o", color=ORANGE, markersize=6)
    for lambd, w in zip(strengths, path, strict=True):
        plate = {"fc": "white", "ec": "none", "pad": 1, "alpha": 0.8}  # no contour crosses the letters
        ax.annotate(
            f"$\\lambda$ = {lambd:g}", w, (10, 0), textcoords="offset points", va="center", bbox=plate
        )
    ax.plot(0, 0, "+", color="black", markersize=10)
    ax.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal", xlim=(-0.9, 2.6), ylim=(-2.9, 0.9))
    ends = f"({path[0][0]:.2f}, {path[0][1]:.2f})", f"({path[-1][0]:.2f}, {path[-1][1]:.2f})"
    show(
        figure,
        f"""Contours of the cross-entropy over two weights, a long valley with its lowest point at {ends[0]}. As the
        penalty grows the best pair of weights walks from there towards the origin, on circles that get smaller, to
        {ends[1]} with lambda {strengths[-1]:g}.""",
    )


def show_costs(with_penalty: Sequence[float], without: Sequence[float], guess: Any, *measured: str) -> None:
    """J with the penalty, and the cross-entropy in it, every 1,000 iterations."""
    figure, ax = subplots()
    ax.set_ylim(0.4, 0.5)
    plot_costs({"J with the penalty": with_penalty, "cross-entropy in it": without}, axes=ax)
    ax.set_xlim(0, 42)
    compare(
        guess,
        f"J with the penalty: {with_penalty[0]:.3f} at the start, {with_penalty[-1]:.3f} at the end",
        f"cross-entropy in it: {without[0]:.3f} and {without[-1]:.3f}",
        *measured,
    )
    show(
        figure,
        f"""J with the penalty and the cross-entropy in it against 30,000 iterations, without their start. Both fall
        within 2,000 iterations and stay level, at {with_penalty[-1]:.3f} and {without[-1]:.3f}; the gap between them
        is the penalty.""",
    )


def show_sweep(
    lambdas: Sequence[float], runs: Sequence[Sequence[Parameters]], sets: Sets
) -> dict[str, Array]:
    """Squares and accuracies, a dot for each start (row of runs) and a line through their means; returns them.

    The arrays "squares", "train", "dev" and "dev cost" are (starts, lambdas).
    """
    table = {
        "squares": np.array([[_squares(network) for network in row] for row in runs]),
        "train": np.array([[accuracy(*sets["train"], network) for network in row] for row in runs]),
        "dev": np.array([[accuracy(*sets["dev"], network) for network in row] for row in runs]),
        "dev cost": np.array([[_cost(network, *sets["dev"]) for network in row] for row in runs]),
    }
    figure, axes = subplots(2, figsize=(6.6, 3.2))
    panels = (("squares",), ("train", "dev"))
    for ax, names in zip(axes, panels, strict=True):
        for name, marker in zip(names, "o^", strict=False):
            mean = ax.semilogx(lambdas, table[name].mean(axis=0), label=name)[0]
            for values in table[name]:
                ax.semilogx(lambdas, values, marker, color=mean.get_color(), alpha=0.6, markersize=5)
        ax.set(xlabel="$\\lambda$")
    axes[0].set_ylabel("sum of squared weights")
    axes[1].set_ylabel("accuracy")
    axes[1].legend()
    print("lambda  squares   train     dev  cost on dev   (means of the starts)")
    for at, lambd in enumerate(lambdas):
        squares, train, dev, cost = (
            table[name][:, at].mean() for name in ("squares", "train", "dev", "dev cost")
        )
        print(f"{lambd:6}  {squares:7.1f}   {train:.3f}   {dev:.3f}   {cost:.3f}")
    show(
        figure,
        f"""Left: squared weights fall as lambda grows, from {table["squares"][:, 0].mean():.0f} to
        {table["squares"][:, -1].mean():.0f}. Right: dev accuracy rises a little, is best between 0.7 and 3, and falls;
        at 30 training and dev accuracy drop to chance. Dots are single starts.""",
    )
    return table


def _squares(network: Parameters) -> float:
    return float(sum(np.sum(network[name] ** 2) for name in ("W1", "W2", "W3")))


def _cost(network: Parameters, X: Array, Y: Array) -> float:
    return cost_from_logits(forward_propagation(X, network)[1][8], Y)
