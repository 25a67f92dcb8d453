"""Diagrams of the network: its shapes, and what goes through two units forward and back.

    show_network(sizes=(2, 10, 5, 1))    the layers with their shapes
    show_passes(values)                  one example through two units: values forward, gradients back
    two_units(x, W1, b1, W2, b2, y)      those values and gradients
    compare(backward)                    prints which gradients of a student's backward pass are right

The pictures say what the lesson on initialization says of them; other lessons may show them too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from course_errors import explained
from course_network import Array
from course_notebook import names_at, notebook_of, own_lines
from course_plots import BLUE, ORANGE, show, subplots

GREY = "#555555"


def show_network(sizes: tuple[int, ...] = (2, 10, 5, 1)) -> None:
    """Draw the layers as columns of units, with the shape of what stands in each and between them."""
    figure, axes = subplots(figsize=(6, 3.6))
    columns = [np.linspace(-0.5, 0.5, size) * min(1, 0.13 * size) for size in sizes]
    for layer, (left, right) in enumerate(zip(columns, columns[1:], strict=False), start=1):
        for one in left:
            for other in right:
                axes.plot(
                    [layer - 1, layer], [one, other], color="#BBBBBB", linewidth=0.5, linestyle="-", zorder=1
                )
        _note(axes, layer - 0.5, 0.76, f"$W^{{[{layer}]}}$ ({sizes[layer]}, {sizes[layer - 1]})", ORANGE)
        _note(axes, layer - 0.5, 0.66, f"$b^{{[{layer}]}}$ ({sizes[layer]}, 1)", ORANGE)
    for layer, column in enumerate(columns):
        axes.scatter(
            [layer] * len(column), column, s=90, color="white", edgecolors=BLUE, linewidths=1.5, zorder=2
        )
        name = "$X$" if layer == 0 else f"$A^{{[{layer}]}}$"
        _note(axes, layer, -0.66, f"{name} ({sizes[layer]}, m)", BLUE)
    names = ["inputs", *(f"layer {layer}\nReLU" for layer in range(1, len(sizes) - 1)), "output\nsigmoid"]
    for layer, name in enumerate(names):
        _note(axes, layer, -0.84, name, GREY)
    axes.set(xlim=(-0.5, len(sizes) - 0.5), ylim=(-0.95, 0.85))
    axes.set_axis_off()
    units = ", ".join(map(str, sizes[1:]))
    show(
        figure,
        f"The network as a diagram: {sizes[0]} inputs, then layers of {units} units, each unit joined to all of the"
        " layer before. Between two layers stand the shapes of W and b, below each layer the shape of its outputs.",
    )


def _note(axes: Any, x: float, y: float, text: str, colour: str) -> None:
    axes.text(x, y, text, color=colour, ha="center", va="center")


def two_units(x: Array, W1: Array, b1: float, W2: float, b2: float, y: int) -> dict[str, Any]:
    """One example through a ReLU unit and a sigmoid unit, and the gradients of its loss.

    Parameters
    ----------
    x, W1 : (2,) inputs and weights of the first unit; the second has the one weight W2
    """
    z1 = float(np.dot(W1, x) + b1)
    a1 = max(0.0, z1)
    z2 = W2 * a1 + b2
    a2 = float(1 / (1 + np.exp(-z2)))
    dz2 = a2 - y
    da1 = W2 * dz2
    dz1 = da1 * (z1 > 0)
    return {
        "z1": z1,
        "a1": a1,
        "z2": z2,
        "a2": a2,
        "L": float(-np.log(a2 if y else 1 - a2)),
        "dz2": dz2,
        "dW2": dz2 * a1,
        "db2": dz2,
        "da1": da1,
        "dz1": dz1,
        "dW1": [float(dz1 * each) for each in x],
        "db1": dz1,
    }


def show_passes(x: tuple[float, float], values: dict[str, Any]) -> None:
    """Draw the boxes of two units: what goes forward above the line, the gradients that come back below it."""
    figure, axes = subplots(figsize=(6, 3))
    boxes = [
        ("x", _two(x), ""),
        ("z_1", f"{values['z1']:g}", f"{values['dz1']:g}"),
        ("a_1", f"{values['a1']:g}", f"{values['da1']:g}"),
        ("z_2", f"{values['z2']:g}", f"{values['dz2']:g}"),
        ("a_2", f"{values['a2']:g}", ""),
        ("L", f"{values['L']:.4f}", ""),
    ]
    for place, parameters in ((0.5, "$W_1, b_1$"), (2.5, "$W_2, b_2$")):
        _note(axes, place, 0.27, parameters, BLUE)
    for place, (name, forward, back) in enumerate(boxes):
        edge = {"boxstyle": "round,pad=0.3", "facecolor": "white", "edgecolor": GREY}
        axes.text(place, 0, f"${name}$", ha="center", va="center", bbox=edge)
        axes.text(place, 0.42, forward, ha="center", va="center", color=BLUE)
        axes.text(
            place, -0.42, back and f"$d{name}$ = {back}", ha="center", va="center", color=ORANGE, fontsize=9.5
        )
    for place in range(len(boxes) - 1):
        _arrow(axes, (place + 0.2, 0.12), (place + 0.8, 0.12), BLUE, "-")
    for start, end in ((4.8, 3.2), (2.8, 2.2), (1.8, 1.2)):
        _arrow(axes, (start, -0.12), (end, -0.12), ORANGE, "--")
    _note(axes, 2.5, 0.75, "forward, solid: values", BLUE)
    _note(axes, 2.5, -0.75, "back, dashed: how $L$ changes with each", ORANGE)
    gradients = [
        ("W_1", 0.4, _two(values["dW1"])),
        ("b_1", 1.25, f"{values['db1']:g}"),
        ("W_2", 2.5, f"{values['dW2']:g}"),
        ("b_2", 3.4, f"{values['db2']:g}"),
    ]
    for name, at, gradient in gradients:
        axes.text(at, -1.05, f"$d{name}$\n{gradient}", ha="center", va="center", color=ORANGE)
    axes.set(xlim=(-0.6, 5.5), ylim=(-1.35, 0.9))
    axes.set_axis_off()
    show(
        figure,
        "Six boxes in a row, x, z1, a1, z2, a2 and the loss L. Forward, their values:"
        f" {', '.join(forward for _, forward, _ in boxes)}. Back, from the right, the gradients: {values['dz2']:g} at z2,"
        f" {values['da1']:g} at a1, {values['dz1']:g} at z1; below, those of the weights and biases.",
    )


def compare(backward: Callable[..., dict[str, Any]]) -> None:
    """Print which gradients are right: for the two units of the picture, then for a layer of three units.

    Parameters
    ----------
    backward : called as backward(x (2, 1), y, W1 (n_1, 2), b1 (n_1, 1), W2 (1, n_1), b2); returns dW2, da1, dz1, dW1
    """
    random = np.random.RandomState(1)
    column = np.array([[0.5], [-1.0]])
    cases = {"one unit": (np.array([[2.0, 1.0]]), np.array([[0.5]]), np.array([[2.0]]), -1.0)}
    cases["three units"] = random.randn(3, 2), random.randn(3, 1), random.randn(1, 3), 0.2
    for name, (W1, b1, W2, b2) in cases.items():
        expected = _back(column, 1, W1, b1, W2, b2)
        try:
            got = backward(column, 1, W1, b1, W2, b2)
        except Exception as problem:  # a student's half-finished line may raise anything
            print(f"{name}: {_stopped(problem, notebook_of(backward, {}))}")
            continue
        if not isinstance(got, dict):
            print(f"{name}: it returned {got}, expected the dictionary; is its line with return missing?")
            continue
        print(
            f"{name}:", "; ".join(f"{key} {_judged(got.get(key), value)}" for key, value in expected.items())
        )


def _stopped(problem: Exception, notebook: dict[str, Any]) -> str:
    """At which line a backward pass stopped, why, and what to try."""
    lines = [str(line) for line in own_lines(problem, notebook)]
    code = lines[-1].partition(": ")[2] if lines else ""
    fact, step = explained(type(problem).__name__, str(problem), code, names_at(problem, notebook))
    return f"it stops{f' at `{code}`' if code else ''}. {fact or f'{type(problem).__name__}: {problem}.'} {step}".strip()


def _back(x: Array, y: int, W1: Array, b1: Array, W2: Array, b2: float) -> dict[str, Array]:
    z1 = W1 @ x + b1
    a1 = np.maximum(0, z1)
    dz2 = 1 / (1 + np.exp(-(W2 @ a1 + b2))) - y
    da1 = W2.T @ dz2
    return {"dW2": dz2 @ a1.T, "da1": da1, "dz1": da1 * (z1 > 0), "dW1": (da1 * (z1 > 0)) @ x.T}


def _judged(got: Any, expected: Array) -> str:
    if got is None:
        return "is still None"
    if np.shape(got) != expected.shape:
        return f"has shape {np.shape(got)}, expected {expected.shape}"
    if got.dtype == bool:
        return "holds True and False: `>` came last, so put the comparison in brackets"
    return "is right" if np.allclose(got, expected) else "has the right shape, other numbers"


def _two(pair: Any) -> str:
    return f"({pair[0]:g}, {pair[1]:g})"


def _arrow(axes: Any, start: tuple[float, float], end: tuple[float, float], colour: str, dash: str) -> None:
    shape = {"arrowstyle": "->", "color": colour, "linestyle": dash, "linewidth": 1.5}
    axes.annotate("", xy=end, xytext=start, arrowprops=shape)
