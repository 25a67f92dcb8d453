"""Many small trainings at once: the networks differ in their start only, so one array holds the weights of all.

    train_together(starts, X, Y, learning_rate=0.01, iterations=15_000, activation="relu") -> [(parameters, costs), ...]

NumPy's own work a step costs more than the arithmetic of ten units, so ten trainings take three times as long as one.
The numbers are those of `course_training.train`, up to the last digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from course_network import Array, Parameters, sigmoid
from course_training import steps

Elementwise = Callable[[Array], Array]
ACTIVATIONS: dict[str, Elementwise] = {
    "relu": lambda Z: np.maximum(Z, 0, out=Z),
    "tanh": lambda Z: np.tanh(Z, out=Z),
}
SLOPES: dict[str, Elementwise] = {"relu": lambda A: A > 0, "tanh": lambda A: 1 - A**2}  # from the value of A


def train_together(
    starts: Sequence[Parameters],
    X: Array,
    Y: Array,
    learning_rate: float = 0.01,
    iterations: int = 15_000,
    activation: str = "relu",
) -> list[tuple[Parameters, list[float]]]:
    """Gradient descent on all examples from each of several starts, which are not changed.

    Parameters
    ----------
    starts : parameters dictionaries W1 (n_1, n_x), b1 (n_1, 1), ..., WL (1, n_{L-1}), bL (1, 1), all of the same shapes
    X, Y : (n_x, m) examples and (1, m) labels
    activation : "relu" or "tanh", of all layers but the last, which is a sigmoid

    Returns
    -------
    for each start (parameters after the last update, costs at iterations 0, 1000, ..., before the update)

    Raises
    ------
    ValueError
        If the starts have not all the same shapes.
    """
    shapes = [{name: np.shape(value) for name, value in start.items()} for start in starts]
    if any(shape != shapes[0] for shape in shapes):
        raise ValueError("train_together: all starts need the same names and shapes")
    depth = len(starts[0]) // 2
    W, b = (
        [np.stack([s[f"{name}{k + 1}"] for s in starts]).astype(float) for k in range(depth)] for name in "Wb"
    )
    costs = []
    for iteration in steps(iterations):
        A, Z = _forward(np.asarray(X, dtype=float), W, b, ACTIVATIONS[activation])
        if iteration % 1000 == 0:
            costs.append(np.where(Y == 1, np.logaddexp(0, -Z), np.logaddexp(0, Z)).mean(axis=(1, 2)))
        dZ = (sigmoid(Z) - Y) / X.shape[1]
        for layer in reversed(range(depth)):
            before = dZ
            if layer:  # with the weights as they were in the forward pass
                dZ = W[layer].swapaxes(1, 2) @ before
                dZ *= SLOPES[activation](A[layer])
            W[layer] = W[layer] - learning_rate * before @ A[layer].swapaxes(-1, -2)
            b[layer] = b[layer] - learning_rate * before.sum(axis=2, keepdims=True)
    return [(_one(W, b, k), [float(each[k]) for each in costs]) for k in range(len(starts))]


def _forward(X: Array, W: list[Array], b: list[Array], activate: Elementwise) -> tuple[list[Array], Array]:
    """The inputs of each layer, each (starts, n, m), and what enters the sigmoid."""
    A = [X]
    for weights, bias in zip(W[:-1], b[:-1], strict=True):
        Z = weights @ A[-1]
        Z += bias
        A.append(activate(Z))  # in place: what these arrays cost is their memory
    return A, W[-1] @ A[-1] + b[-1]


def _one(W: list[Array], b: list[Array], k: int) -> Parameters:
    """The parameters of the network number k."""
    layers = enumerate(zip(W, b, strict=True), start=1)
    return {
        name: value[k] for n, pair in layers for name, value in zip((f"W{n}", f"b{n}"), pair, strict=True)
    }
