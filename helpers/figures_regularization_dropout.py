"""Figures of the regularization lesson from dropout on (see figures_regularization, which passes them on)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from course_film import film
from course_network import Array, Parameters, accuracy, predict_dec
from course_plots import BLUE, ORANGE, plot_costs, plot_decision_boundary, show, subplots
from course_training import in_turn, quiet
from figures_regularization_borders import FIELD, METHODS, Sets, border, compare, legend_below

Masks = tuple[Array, Array]
GRID = np.stack(np.meshgrid(np.linspace(*FIELD[:2], 160), np.linspace(*FIELD[2:], 100))).reshape(2, -1)


def same_masks(passes: Sequence[Masks]) -> bool:
    """Whether all passes drew the same masks, and say so: then a seed stands inside the forward pass."""
    same = all(
        np.array_equal(one, two) for masks in passes[1:] for one, two in zip(passes[0], masks, strict=True)
    )
    if same:
        print(
            "Every pass drew the same masks. A line of your forward_propagation_with_dropout seeds NumPy: take it out "
            "and run this cell again, or what follows compares frozen masks with frozen masks."
        )
    return same


def show_dropped_units(passes: Sequence[Masks]) -> None:
    """A film of D1 (n_1, 2) and D2 (n_2, 2), the masks of two examples, one pass after the other."""
    same_masks(passes)

    def draw(number: int, axes: Any) -> None:
        for example in (0, 1):
            _draw_network([masks[:, example] for masks in passes[number - 1]], axes, 1.3 * example)
            axes.text(1.3 * example + 0.5, 1.06, f"example {example + 1}", ha="center", fontsize=9)
        axes.set(xlim=(-0.08, 2.38), ylim=(-0.05, 1.14))
        axes.axis("off")

    def alt(number: int) -> str:
        counts = [[int(np.sum(masks[:, e] == 0)) for masks in passes[number - 1]] for e in (0, 1)]
        said = [
            f"example {e + 1} loses {one} units of layer 1 and {two} of layer 2"
            for e, (one, two) in enumerate(counts)
        ]
        return f"Iteration {number}: {said[0]}, {said[1]}."

    film(draw, range(1, len(passes) + 1), alt, strip=(0, 1), figsize=(3.3, 2.6))


def _draw_network(masks: Sequence[Array], axes: Any, left: float) -> None:
    """A network with two inputs and one output, its dropped units crossed out and their connections gone."""
    kept = [np.ones(2), *(np.ravel(mask) != 0 for mask in masks), np.ones(1)]
    places = [
        [(left + at / 3, (i + 0.5) / len(layer)) for i in range(len(layer))] for at, layer in enumerate(kept)
    ]
    for at in range(3):
        for start, alive in zip(places[at], kept[at], strict=True):
            for end, receives in zip(places[at + 1], kept[at + 1], strict=True):
                if alive and receives:
                    axes.plot(*zip(start, end, strict=True), color="#AAAAAA", lw=0.4, ls="-", zorder=1)
    for layer, alive in zip(places, kept, strict=True):
        x, y = np.transpose(layer)
        on = np.asarray(alive, dtype=bool)
        axes.scatter(x[on], y[on], s=26, color=BLUE, zorder=2)
        axes.scatter(x[~on], y[~on], s=30, color=ORANGE, marker="x", zorder=2)


def show_two_ways_to_draw(runs: Mapping[str, Sequence[Mapping[str, Any]]], every: int, guess: Any) -> None:
    """Costs through the masks and clean, for fresh and for frozen masks, a line a mask seed."""
    figure, axes = subplots(2, sharey=True, figsize=(6.6, 3.2))
    lines = []
    for ax, (name, trainings) in zip(axes, runs.items(), strict=True):
        for kind, dash, colour in (("clean", "-", BLUE), ("through masks", "--", ORANGE)):
            for number, training in enumerate(trainings):
                at = np.arange(len(training[kind])) * every / 1000
                ax.plot(at, training[kind], dash, color=colour, lw=1.3, label="" if number else kind)
        ax.set(xlabel="iteration (thousands)", ylim=(0.1, 0.9))
        ax.set_title(f"{name} masks, {len(trainings)} seeds", fontsize="medium")
        ends = [[run[kind][-1] for run in trainings] for kind in ("through masks", "clean")]
        tests = [run["dev"] for run in trainings]
        lines.append(
            f"{name:6} masks: through masks {min(ends[0]):.2f} to {max(ends[0]):.2f}, clean {min(ends[1]):.2f} to "
            f"{max(ends[1]):.2f}, dev accuracy {min(tests):.3f} to {max(tests):.3f}"
        )
    axes[0].set_ylabel("cost")
    axes[0].legend()
    compare(guess, *lines)
    show(
        figure,
        """Costs of the training set for several mask seeds. Left, with fresh masks, the cost through the masks and the
        clean cost fall together. Right, with frozen masks, the cost through the masks falls far lower, and the clean
        one turns and climbs.""",
    )


def show_rising_costs(through: Sequence[float], plain: Sequence[float]) -> None:
    """J of every single iteration, with dropout and without."""
    figure, ax = subplots(figsize=(6, 3))
    ax.plot(
        through,
        "--",
        color=ORANGE,
        lw=1.3,
        label=f"through masks: rises in {np.mean(np.diff(through) > 0):.0%} of steps",
    )
    ax.plot(plain, "-", color=BLUE, label=f"no dropout: rises in {np.mean(np.diff(plain) > 0):.0%}")
    ax.set(xlabel="iteration", ylabel="cost")
    ax.legend()
    show(
        figure,
        f"""The cost of each of the first {len(plain)} iterations. Without dropout it falls in every step. Through the
        masks it falls too, but with a jagged line that
        rises in {np.mean(np.diff(through) > 0):.0%} of them.""",
    )


def show_borders(
    train_with: Callable[[float], Parameters],
    values: Sequence[float],
    name: str,
    sets: Sets,
    strip: Sequence[int],
) -> None:
    """A film of the borders that `train_with(value)` learns, of all `values` where somebody looks, else of the strip's."""
    trained = functools.cache(train_with)
    for value in in_turn([values[at] for at in strip] if quiet() else values, name):
        trained(value)

    def draw(value: float, axes: Any) -> None:
        border(trained(value), *sets["train"], axes, "")
        right = accuracy(*sets["dev"], trained(value))
        axes.set_title(f"{name} {value:g}")
        axes.text(
            0.03,
            0.94,
            f"dev {right:.3f}",
            transform=axes.transAxes,
            va="top",
            bbox={"fc": "white", "ec": "none"},
        )

    def alt(value: float) -> str:
        wrong = np.mean(predict_dec(trained(value), GRID)[0] != (GRID[0] > GRID[1]))
        right = accuracy(*sets["dev"], trained(value))
        return f"{name} {value:g}: dev accuracy {right:.3f}; {wrong:.0%} of the pitch lies on the wrong side of the rule."

    film(draw, values, alt, name, say="{:g}".format, strip=strip, figsize=(2.9, 2.5))


def show_three_borders(networks: Mapping[str, Parameters], sets: Sets, guess: Any) -> None:
    """Three networks and, in the table, a straight line: accuracies on all sets."""
    from sklearn.linear_model import LogisticRegression

    X, Y = sets["train"]
    line = LogisticRegression().fit(X.T, Y[0])
    figure, axes = subplots(3, sharey=True, figsize=(6.6, 2.2))
    rows = []
    for ax, (name, network) in zip(axes, networks.items(), strict=True):
        border(network, X, Y, ax, name)
        ax.set_ylabel("$x_2$" if ax is axes[0] else "")
        rows.append(f"{name:15}" + "".join(f"{accuracy(*pair, network):7.3f}" for pair in sets.values()))
    legend_below(figure, axes[0])
    rows.append(f"{'a line':15}" + "".join(f"{line.score(x.T, y[0]):7.3f}" for x, y in sets.values()))
    compare(guess, " " * 17 + "   ".join(sets), *rows)
    show(
        figure,
        """The borders of three networks over the training examples. Without regularization wedges and slivers surround
        single examples; with L2 the border is one smooth diagonal; with dropout it is nearly the diagonal, with a few
        steps.""",
    )


def show_starts(runs: Mapping[str, Sequence[float]], guess: Any) -> None:
    """Test accuracy of each start as one mark, a row a method, and a bar at the mean."""
    figure, ax = subplots(figsize=(6, 2.6))
    for place, (name, scores) in enumerate(runs.items()):
        marker, colour = METHODS[name]
        ax.plot(
            scores,
            np.full(len(scores), place),
            marker,
            color=colour,
            linestyle="none",
            markersize=8,
            alpha=0.7,
        )
        ax.plot([np.mean(scores)] * 2, [place - 0.25, place + 0.25], "-", color="black", lw=2)
    ax.set_yticks(range(len(runs)), list(runs))
    ax.set(xlabel="test accuracy", ylim=(-0.6, len(runs) - 0.4))
    rows = (f"{n:8} mean {np.mean(s):.3f}, from {min(s):.3f} to {max(s):.3f}" for n, s in runs.items())
    compare(guess, *rows)
    show(
        figure,
        """Test accuracy of several starts for each method, with a bar at each mean. Runs without regularization spread
        widest; runs with L2 lie closer together, the lowest among those without; runs with dropout lie above both.""",
    )


def show_stopping(costs: Mapping[str, Sequence[float]], best: int, stop: int, every: int) -> None:
    """Costs on training and dev examples, with the best iteration and the stop marked."""
    figure, ax = subplots(figsize=(6, 3.2))
    plot_costs(costs, record_every=every, axes=ax)
    ax.set(ylim=(0.38, 0.6), xlim=(0, len(costs["dev"]) * every / 1000 + 0.2))
    for name, t in (("best", best), ("stop", stop)):
        at = t * every / 1000
        ax.annotate(name, (at, costs["dev"][t]), (at, 0.55), ha="center", arrowprops={"arrowstyle": "-"})
    show(
        figure,
        f"""The training cost keeps falling; the dev cost is lowest at {best * every:,} iterations and rises after. The
        stop is at {stop * every:,}.""",
    )


def show_mirrored(
    cases: Mapping[str, tuple[Array, Array, Parameters]], gains: Mapping[str, Sequence[float]], guess: Any
) -> None:
    """Borders learned with mirror images, and how much each of several trainings gained by them."""
    figure, axes = subplots(len(cases), figsize=(6.6, 3.4))
    for ax, (name, (X, Y, network)) in zip(axes, cases.items(), strict=True):
        plot_decision_boundary(lambda points, n=network: predict_dec(n, points.T), X, Y, ax, legend=False)  # type: ignore[misc]
        ax.set_title(f"{name} with mirror images", fontsize="medium")
    legend_below(figure, axes[0])
    rows = (
        f"{n:8} gains {' '.join(f'{g:+.2f}' for g in part)}   mean {np.mean(part):+.2f}"
        for n, part in gains.items()
    )
    compare(guess, *rows)
    show(
        figure,
        """Borders learned with mirror images. On the circles a round region holds the inner ring. On the field the
        diagonal is gone: wedges, the same left and right of the middle, with both labels mixed in each.""",
    )
