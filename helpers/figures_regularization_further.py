"""Figures of the part "Go further" of the regularization lesson (see figures_regularization, which passes them on)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from course_network import Array
from course_plots import BLUE, ORANGE, show, subplots
from figures_regularization_borders import GREY, compare


def draw_field(m: int, seed: int) -> tuple[Array, Array]:
    """m new places of the field and their labels, (2, m) and (1, m): the rule, with 15 % of the labels turned over."""
    random = np.random.RandomState(seed)
    X = np.stack([random.uniform(-52.5, 52.5, m), random.uniform(-34.0, 34.0, m)]) / 34.0
    Y = (X[0] > X[1]).astype(int)
    turned = random.permutation(m)[: round(0.15 * m)]
    Y[turned] = 1 - Y[turned]
    return X, Y[None]


def show_more_data(table: Mapping[int, Sequence[tuple[float, float]]], guess: Any) -> None:
    """Accuracy on training and test examples against the number of training examples, a dot a start."""
    figure, ax = subplots(figsize=(6, 3.2))
    sizes = list(table)
    for column, (name, marker, colour) in enumerate((("train", "o", BLUE), ("test", "^", ORANGE))):
        values = np.array([[pair[column] for pair in pairs] for pairs in table.values()])
        ax.semilogx(sizes, values.mean(axis=1), "-" if column == 0 else "--", color=colour, label=name)
        ax.semilogx(sizes, values, marker, color=colour, alpha=0.7, markersize=6)
    ax.axhline(0.85, color=GREY, ls=":", lw=1)
    ax.annotate("85 %: the rule itself", (sizes[-1], 0.853), ha="right", va="bottom")
    ax.set_xticks(sizes, [f"{m:,}" for m in sizes], minor=False)
    ax.minorticks_off()
    ax.set(xlabel="training examples", ylabel="accuracy")
    ax.legend(loc="lower right")
    rows = (
        f"{m:5,} examples: train {np.mean([t for t, _ in pairs]):.3f}, test {np.mean([t for _, t in pairs]):.3f}"
        for m, pairs in table.items()
    )
    compare(guess, *rows)
    show(
        figure,
        """Accuracy against the number of training examples. With 25, training accuracy lies far above test accuracy.
        The two close in on each other and meet at 85 %, the most that the rule allows.""",
    )


def show_tanh() -> None:
    """The tanh beside the line that it is near 0, and how much of a layer with small and with large weights lies there."""
    z = np.linspace(-3, 3, 400)
    random = np.random.RandomState(1)
    figure, axes = subplots(2, figsize=(6.6, 3))
    axes[0].axvspan(-0.5, 0.5, color="#E8E8E8")
    axes[0].plot(z, np.tanh(z), "-", color=BLUE)
    axes[0].plot(z, z, "--", color=ORANGE, lw=1.3)
    axes[0].annotate("tanh z", (1.5, 0.55))
    axes[0].annotate("z", (1.15, 1.2), ha="right")
    axes[0].set(xlabel="$z$", ylim=(-1.5, 1.5))
    signals = random.randn(2000)
    for scale, dash, colour in ((0.15, "-", BLUE), (2.0, "--", ORANGE)):
        drawn, edges = np.histogram(scale * signals, bins=np.linspace(-3, 3, 41))
        share = np.mean(np.abs(scale * signals) < 0.5)
        axes[1].stairs(
            drawn / signals.size,
            edges,
            color=colour,
            ls=dash,
            lw=1.6,
            label=f"scale {scale:g}: {share:.0%} inside",
        )
    axes[1].axvspan(-0.5, 0.5, color="#E8E8E8", zorder=0)
    axes[1].set(xlabel="$z$", ylabel="share of units")
    figure.legend(loc="outside lower center", ncols=2)
    show(
        figure,
        """Left: the tanh curve and the line z; in the grey band, where |z| is below 0.5, they can hardly be told apart.
        Right: with small weights all values of z lie in the band, with large ones most lie outside.""",
    )


def show_signal(curves: Mapping[str, Sequence[float]], guess: Any) -> None:
    """Mean squares of the signal against depth, on a logarithmic axis, with a legend."""
    figure, ax = subplots(figsize=(6, 3.3))
    for name, values in curves.items():
        ax.semilogy(np.arange(1, len(values) + 1), values, label=name)
    ax.set(xlabel="layer", ylabel="mean square of the signal")
    ax.legend(loc="upper left")
    compare(guess, *(f"{name:22} layer {len(v)}: {v[-1]:.3g}" for name, v in curves.items()))
    show(
        figure,
        """The mean square of the signal through thirty layers. With He's 2/n and dropout it grows by a steady factor a
        layer, near a thousandfold in all. With 2 keep_prob / n it stays level in training, and dies out when nothing
        is dropped. With He's 2/n and no dropout it stays level.""",
    )


def decayed(adam: bool, decoupled: bool, steps: int = 1000) -> Array:
    """Two weights (steps + 1, 2) whose cost only shakes them, one by ±1 and one by ±0.01, under a decay of 0.1."""
    w, mean, square, path = np.ones(2), np.zeros(2), np.zeros(2), [np.ones(2)]
    for t in range(1, steps + 1):
        gradient = (-1) ** t * np.array([1.0, 0.01])
        shrink = 0.1 * w
        slope = gradient if decoupled else gradient + shrink
        step = slope
        if adam:
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            step = mean / (1 - 0.9**t) / (np.sqrt(square / (1 - 0.999**t)) + 1e-8)
        w = w - 0.01 * (step + shrink if decoupled else step)
        path.append(w)
    return np.array(path)


def show_decay(guess: Any) -> None:
    """Both forms of decay, under plain descent and under Adam: how two weights shrink."""
    figure, axes = subplots(2, sharey=True, figsize=(6.6, 3.4))
    lines = []
    for ax, (name, adam) in zip(axes, (("plain descent", False), ("Adam", True)), strict=True):
        for kind, decoupled, dashes in (("decoupled", True, ("-", "-.")), ("L2", False, ("--", ":"))):
            path, width = decayed(adam, decoupled), 5 if decoupled else 1.8
            for column, (shaken, colour) in enumerate((("±1", BLUE), ("±0.01", ORANGE))):
                # what coincides stays visible: one line around the other, or through its gaps
                look = {"color": colour, "lw": width, "alpha": 0.4 if decoupled else 1}
                ax.plot(path[:, column], dashes[column], label=f"{kind}, shaken by {shaken}", **look)
            lines.append(f"{name:13} {kind:9}: {path[-1][0]:5.2f} and {path[-1][1]:5.2f}")
        ax.set(title=name, xlabel="step")
    axes[0].set(ylabel="weight", ylim=(-0.1, 1.25))
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    compare(guess, "what is left of a weight shaken by ±1 and of one shaken by ±0.01:", *lines)
    show(
        figure,
        """Two weights over a thousand steps. Under plain descent all four curves fall together. Under Adam the decoupled
        decay shrinks both weights as before, but L2 sends the one with small gradients to zero within some hundred
        steps, and the other along with the decoupled ones.""",
    )


def show_ensemble(counts: Sequence[int], scores: Sequence[float], whole: float, guess: Any) -> None:
    """Test accuracy of the mean output of more and more thinned networks, beside the whole network's."""
    figure, ax = subplots(figsize=(6, 2.8))
    ax.semilogx(counts, scores, "o-", color=BLUE)
    ax.axhline(whole, color=ORANGE, ls="--")
    ax.annotate("whole network, nothing dropped", (counts[0], whole), (0, 4), textcoords="offset points")
    ax.set_xticks(counts, [str(count) for count in counts])
    ax.minorticks_off()
    ax.set(xlabel="thinned networks in the mean", ylabel="test accuracy")
    pairs = (f"{count:4} thinned: {score:.3f}" for count, score in zip(counts, scores, strict=True))
    compare(guess, *pairs, f"whole network: {whole:.3f}")
    show(
        figure,
        """Test accuracy of the mean output of 1 to 100 thinned networks. One alone lies two points below the whole
        network; the mean of thirty or more gets where the whole network is.""",
    )


def show_sizes_of_weights(networks: Mapping[str, Mapping[str, Array]], guess: Any) -> None:
    """The weights of networks, sorted by size, on a logarithmic axis."""
    figure, ax = subplots(figsize=(6, 3))
    lines = []
    for name, network in networks.items():
        sizes = np.sort(np.abs(np.concatenate([np.ravel(network[key]) for key in ("W1", "W2", "W3")])))[::-1]
        ax.semilogy(np.arange(1, sizes.size + 1), np.maximum(sizes, 1e-6), label=name)
        lines.append(f"{name:4} {np.sum(sizes > 0.01):3} of {sizes.size} weights are larger than 0.01")
    ax.set(xlabel="weights, the largest first", ylabel="size", ylim=(1e-6, 10))
    ax.legend(loc="lower left")
    compare(guess, *lines)
    show(
        figure,
        """The sizes of all weights, the largest first, on a logarithmic scale. With L1 a handful of weights stay large
        and the rest drop at once to a thousandth; with L2 more stay in use, and those of units that nothing needs decay
        towards zero without end.""",
    )


def mean_of_thinned(forward: Any, X: Array, network: Any, count: int) -> Array:
    """The mean output (1, m) of `count` forward passes, each with masks of its own."""
    mean: Array = np.mean([forward(X, network)[0] for _ in range(count)], axis=0)
    return mean
