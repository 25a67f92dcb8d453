"""The measured figures of the lesson on gradient checking; its diagrams are in diagrams_gradient_checking.

    show_three_trainings(predicted="", start=3)              the cost under three backward passes, of which one is right
    show_secants()                                           one-sided and two-sided secants closing on the tangent
    show_microscope()                                        a film: the cost near theta = 1, seen closer and closer
    show_errors(predicted="")                                the error of both estimates against epsilon
    show_blocks()                                            the reading of each block of the draft
    show_readings(readings, predicted="")                    readings of several checks on the scale right to bug
    show_by_step(steps, curves, predicted="", mark=None)     readings against epsilon
    show_by_iteration(iterations, curves, predicted="")      readings against iterations of training
    show_time(predicted="")                                  how long one check takes, by number of parameters
    show_directions(readings, predicted="")                  readings along random directions, as heaps

`predicted` is what a reader wrote down before; `tell(predicted)` prints it above what came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gc_given
import numpy as np
import reg_utils
from course_data import read_field
from course_film import film
from course_network import Array
from course_plots import BLUE, ORANGE, PALE_BLUE, PALE_ORANGE, show, subplots

PHONE = (4.6, 3.2)  # inches: at the 390 pixels of a phone the letters keep 8 points
READING = (1e-12, 10.0)  # the same range of readings in all figures, so that they can be compared
GREEN, PURPLE = "#009E73", "#CC79A7"  # the next two of the course's colours
MARKERS = "o^sD"
BLOCKS = {"W1": 1.6e-7, "b1": 0.6, "W2": 1 / 3, "b2": 3.4e-8, "W3": 2.5e-8, "b3": 2.5e-7}  # epsilon = 1e-7


def tell(predicted: str) -> None:
    """Print what a reader predicted; nothing if nothing was written."""
    if predicted.strip():
        print(f"You predicted: {predicted.strip()}")


def _scale(axes: Any, along: str) -> None:
    """The scale of readings on one axis of a figure, with its three regions and their names."""
    span = axes.axhspan if along == "y" else axes.axvspan
    span(READING[0], 1e-6, color=PALE_BLUE, zorder=0, linewidth=0)
    span(1e-4, READING[1], color=PALE_ORANGE, zorder=0, linewidth=0)
    if along == "y":
        axes.set(yscale="log", ylim=READING, ylabel="reading d")
    else:
        axes.set(xscale="log", xlim=READING, xlabel="reading d")
    for at, name in ((1e-9, "right"), (1e-5, "look"), (3e-2, "bug?")):
        place = (1.01, at) if along == "y" else (at, 1.01)
        turned = {"rotation": 270, "va": "center"} if along == "y" else {"ha": "center", "va": "bottom"}
        transform = axes.get_yaxis_transform() if along == "y" else axes.get_xaxis_transform()
        axes.text(*place, name, transform=transform, fontsize=9, **turned)


def three_trainings(start: int = 3) -> dict[str, list[float]]:
    """The costs of the field's network every 20 of 2,000 iterations from one start, by name of the backward pass.

    A has the draft's two bugs, B is right, in C the sign of dW2 is turned.
    """
    train_X, train_Y, _, _ = read_field()

    def turned(X: Array, Y: Array, cache: Any) -> dict[str, Array]:
        gradients = reg_utils.backward_propagation(X, Y, cache)
        return {**gradients, "dW2": -gradients["dW2"]}

    passes = {"A": gc_given.backward_propagation_n_draft, "B": reg_utils.backward_propagation, "C": turned}
    parameters = reg_utils.initialize_parameters([2, 20, 3, 1], start)
    steps = (reg_utils.forward_propagation, reg_utils.compute_cost)
    return {
        name: reg_utils.train(
            train_X, train_Y, parameters, steps[0], passes[name], steps[1], 0.3, 1981, record_every=20
        )[1]
        for name in reg_utils.in_turn(passes)
    }


def show_three_trainings(predicted: str = "", start: int = 3) -> None:
    """The cost during training under three backward passes, of which one is right; `start` seeds the weights."""
    tell(predicted)
    figure, axes = subplots(figsize=PHONE)
    costs = three_trainings(start)
    for (name, values), marker, up in zip(costs.items(), MARKERS, (-9, 9, 0), strict=False):
        axes.plot(20 * np.arange(len(values)), values, marker=marker, markevery=20)
        axes.annotate(
            name, (1980, values[-1]), xytext=(5, up), textcoords="offset points", va="center", weight="bold"
        )
    axes.set(xlabel="iteration", ylabel="cost on the training set", ylim=(0.35, 0.72), xlim=(0, 2150))
    ends = ", ".join(f"{name} at {values[-1]:.3f}" for name, values in costs.items())
    show(figure, f"Cost against iterations for three backward passes: after 2,000 iterations {ends}.")


def show_secants() -> None:
    """Secants of J = theta^3 at 1, for three steps, to one side and to both."""
    theta = np.linspace(0, 2, 201)
    figure, both = subplots(2, figsize=(PHONE[0], 3.4), sharey=True)
    for axes, name, two_sided in zip(both, ("one side (3)", "two sides (1)"), (False, True), strict=True):
        axes.plot(theta, theta**3, color="black", linestyle="-", linewidth=1)
        for epsilon, colour, dash, marker in zip(
            (0.8, 0.4, 0.1), (ORANGE, GREEN, PURPLE), ("--", "-.", ":"), "^sD", strict=True
        ):
            ends = np.array([1 - epsilon if two_sided else 1, 1 + epsilon])
            slope = float(np.diff(ends**3)[0] / np.diff(ends)[0])
            middle = float(np.mean(ends**3) + slope * (1 - np.mean(ends)))
            axes.plot(theta, middle + slope * (theta - 1), color=colour, linestyle=dash)
            axes.plot(ends, ends**3, marker, color=colour, label=f"ε = {epsilon}: {slope:.2f}")
        axes.plot(theta, 3 * theta - 2, color=BLUE, linewidth=3, alpha=0.5, label="tangent: 3")
        axes.set(title=name, xlabel="θ", ylim=(-2, 7), xticks=(0, 1, 2))
        axes.legend(loc="upper left", fontsize=8, handlelength=1, borderaxespad=0)
    both[0].set_ylabel("J = θ³")
    alt = (
        "The curve J = theta cubed with its tangent at 1, of slope 3, and three secants. To one side their slopes are "
        "6.04, 4.36 and 3.31; to both sides 3.64, 3.16 and 3.01, nearly parallel to the tangent."
    )
    show(figure, alt)


POWERS = (float(np.log10(0.5)), -1, -2, -4, -6, -8, -10, -12, -13, -14, -14.5, -15, -15.3, -15.6)


def seen(power: float) -> tuple[Array, Array, float]:
    """J = theta^3 near 1 in units of epsilon: positions, (J - 1) / epsilon, and the two-sided slope."""
    epsilon = 10.0**power
    units = np.linspace(-1.6, 1.6, 1281)
    rise = ((1 + units * epsilon) ** 3 - 1) / epsilon
    return units, rise, float(((1 + epsilon) ** 3 - (1 - epsilon) ** 3) / (2 * epsilon))


def _draw_seen(power: float, axes: Any) -> None:
    units, rise, slope = seen(power)
    ends = np.interp([-1, 1], units, rise)
    axes.plot(units, 3 * units, color=BLUE, linewidth=4, alpha=0.35)
    axes.plot(units, rise, color="black", linestyle="-", linewidth=1)
    axes.plot([-1, 1], ends, marker="^", markersize=8, color=ORANGE, linestyle="--")
    axes.text(
        0.04, 0.96, f"slope {slope:.6g}\nerror {abs(slope - 3):.0e}", transform=axes.transAxes, va="top"
    )
    axes.set(
        xlim=(-1.6, 1.6),
        ylim=(-6, 6),
        xticks=(-1, 0, 1),
        xticklabels=("-ε", "0", "+ε"),
        xlabel="step from θ = 1",
    )
    axes.set(ylabel="rise of J, in units of ε")


def say_seen(power: float) -> str:
    slope = seen(power)[2]
    shape = "a curve" if power > -1.5 else "a straight line" if power > -14.7 else "a staircase"
    return f"At epsilon {10.0**power:.2g} the cost looks like {shape}; the two-sided slope is {slope:.6g}, the true one 3."


def show_microscope() -> None:
    """A film: the cost near theta = 1 seen closer and closer, with the two points of (1) and their slope."""
    film(
        _draw_seen, POWERS, say_seen, "epsilon", say=lambda power: f"{10.0**power:.2g}", strip=(0, 4, 13),
        figsize=(3.4, 2.9),
    )  # fmt: skip


def show_errors(predicted: str = "") -> None:
    """The error of the one-sided and the two-sided slope of theta^3 at 1, against epsilon."""
    tell(predicted)
    epsilon = 10.0 ** np.arange(-12, -0.9, 0.25)
    two_sided = abs(((1 + epsilon) ** 3 - (1 - epsilon) ** 3) / (2 * epsilon) - 3)
    one_sided = abs(((1 + epsilon) ** 3 - 1) / epsilon - 3)
    figure, axes = subplots(figsize=PHONE)
    for error, name, marker in ((one_sided, "one side (3)", "o"), (two_sided, "two sides (1)", "^")):
        axes.loglog(epsilon, error, marker=marker, label=name)
    axes.set(xlabel="step ε", ylabel="error of the slope", ylim=(1e-12, 1))
    axes.legend(loc="lower left")
    alt = (
        "Error of the slope against epsilon, both axes logarithmic. From right to left the two-sided error falls twice "
        "as steeply as the one-sided; it turns up again near 1e-6, the one-sided near 1e-8."
    )
    show(figure, alt)


def _short(reading: float) -> str:
    return f"{reading:.4g}" if reading > 1e-3 else f"{reading:.1e}"


def show_blocks() -> None:
    """The reading of each block of the draft, with epsilon = 1e-7."""
    show_readings(BLOCKS, what="Readings of the draft's blocks with epsilon 1e-7")


def show_readings(
    readings: Mapping[str, float], predicted: str = "", what: str = "Readings on the scale from right to bug"
) -> None:
    """Readings by name, on the scale from right to bug."""
    tell(predicted)
    figure, axes = subplots(figsize=(PHONE[0], 0.9 + 0.36 * len(readings)))
    _scale(axes, "x")
    for row, reading in enumerate(readings.values()):
        place = max(reading, 1.3 * READING[0])  # an arrow to the left stands for what is below the scale
        axes.plot([READING[0], place], [row, row], color=BLUE, linestyle="-", linewidth=1)
        axes.plot(place, row, "o" if place == reading else "<", color=BLUE, markersize=8)
        aside = {"xytext": (-8, 3), "ha": "right"} if reading > 1e-4 else {"xytext": (8, 3), "ha": "left"}
        axes.annotate(_short(reading), (place, row), textcoords="offset points", **aside)
    axes.set(yticks=range(len(readings)), yticklabels=list(readings), ylim=(len(readings) - 0.4, -0.6))
    show(
        figure,
        f"{what}: " + ", ".join(f"{name} {_short(reading)}" for name, reading in readings.items()) + ".",
    )


def _curves(axes: Any, places: Sequence[float], curves: Mapping[str, Sequence[float]]) -> None:
    for (name, readings), marker in zip(curves.items(), MARKERS, strict=False):
        axes.plot(places, np.clip(readings, 2 * READING[0], None), marker=marker, markersize=6, label=name)
    _scale(axes, "y")
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=9, borderaxespad=0, columnspacing=1
    )


def show_by_step(
    steps: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    predicted: str = "",
    mark: tuple[float, str] | None = None,
) -> None:
    """Readings against epsilon, a curve a name; `mark` is a place on the axis of epsilon, and what is there."""
    tell(predicted)
    figure, axes = subplots(figsize=PHONE)
    axes.set(xscale="log", xlabel="step ε")
    if mark:
        axes.axvline(mark[0], linestyle=":", color="black", linewidth=1)
        axes.annotate(
            mark[1], (mark[0], 3e-12), xytext=(-4, 0), textcoords="offset points", ha="right", fontsize=9
        )
    _curves(axes, steps, curves)
    said = "; ".join(
        f"{name} " + ", ".join(f"{d:.1e} at {step:.0e}" for step, d in zip(steps, readings, strict=True))
        for name, readings in curves.items()
    )
    show(figure, f"Reading against epsilon, both axes logarithmic: {said}.")


def show_by_iteration(
    iterations: Sequence[int], curves: Mapping[str, Sequence[float]], predicted: str = ""
) -> None:
    """Readings against iterations of gradient descent, a curve a name."""
    tell(predicted)
    figure, axes = subplots(figsize=PHONE)
    axes.set(xlabel="iterations of gradient descent")
    _curves(axes, iterations, curves)
    said = "; ".join(
        f"{name} from {readings[0]:.1e} over {readings[1]:.1e} to {readings[-1]:.1e}"
        for name, readings in curves.items()
    )
    show(figure, f"Reading against iterations, first, second and last value: {said}.")


def show_time(predicted: str = "") -> None:
    """How long one check takes at a millisecond a cost, by number of parameters."""
    tell(predicted)
    figure, axes = subplots(figsize=(PHONE[0], 2.7))
    rows = {"47": 47, "127": 127, "79,510": 79_510, "a million": 1e6, "a thousand\nmillion": 1e9}
    for row, count in enumerate(rows.values()):
        axes.plot([1e-3, 2e-3 * count], [row, row], color=BLUE, linestyle="-", linewidth=1)
        axes.plot(2e-3 * count, row, "o", color=BLUE, markersize=8)
    axes.plot(3e-3 * np.ones(len(rows)), range(len(rows)), "^", color=ORANGE, markersize=7)
    axes.text(3e-3, -0.75, "cost + backward pass", color=ORANGE, fontsize=9)
    axes.text(0.5, -0.1, "check", color=BLUE, fontsize=9, va="center")
    axes.set(xscale="log", xlim=(1e-3, 1e8), ylim=(len(rows) - 0.5, -1), yticks=range(len(rows)))
    axes.set(
        yticklabels=list(rows),
        ylabel="parameters",
        xlabel="time, if a cost takes 1 ms",
        xticks=[1, 60, 3600, 86_400, 2.6e6],
    )
    axes.set_xticklabels(["second", "minute", "hour", "day", "month"], rotation=40, ha="right", fontsize=9)
    axes.minorticks_off()
    alt = (
        "Time of one check at a millisecond a cost: 0.09 seconds for 47 parameters, 0.25 for 127, 2.7 minutes for "
        "79,510, 33 minutes for a million, 23 days for a thousand million. One cost with its backward pass stays at 3 "
        "milliseconds."
    )
    show(figure, alt)


def show_directions(readings: Mapping[str, Sequence[float]], predicted: str = "") -> None:
    """Readings along many random directions, as heaps on the scale from right to bug."""
    tell(predicted)
    figure, axes = subplots(figsize=PHONE)
    _scale(axes, "x")
    for (name, values), colour, hatch in zip(readings.items(), (BLUE, ORANGE), ("", "///"), strict=False):
        axes.hist(values, bins=np.logspace(-12, 1, 53), color=colour, alpha=0.6, hatch=hatch, label=name)
    axes.set(ylabel="directions")
    axes.legend(loc="upper center", bbox_to_anchor=(0.55, 1))
    said = "; ".join(
        f"{name} half of them above {np.median(values):.1e}" for name, values in readings.items()
    )
    show(figure, f"Readings along random directions: {said}.")
