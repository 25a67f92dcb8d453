"""Helpers of the initialization lesson.

sigmoid, relu                                   activations
forward_propagation(X, parameters)              (A3, cache)
backward_propagation(X, Y, cache)               gradients dz3, dW3, db3, da2, dz2, dW2, db2, da1, dz1, dW1, db1
compute_loss(A3, Y), cost_from_logits(Z3, Y)    the classic cost, and the stable one
update_parameters(parameters, grads, learning_rate)
predict(X, Y, parameters), predict_dec(parameters, X), accuracy(X, Y, parameters)
load_dataset()                                  the two circles
train(...)                                      the training loop (course_training)
show, subplots, use_style, plot_points, plot_decision_boundary, plot_costs, explore   figures (course_plots)
report(parameters, costs, sets, alt)            accuracies, cost curve and regions after a training
"""

from __future__ import annotations

from typing import Any

from course_data import load_dataset
from course_network import (
    Array,
    Cache,
    accuracy,
    check_backward,
    compute_loss,
    cost_from_logits,
    forward_propagation,
    gradients_from,
    predict,
    predict_dec,
    relu,
    sigmoid,
    update_parameters,
)
from course_plots import explore, plot_costs, plot_decision_boundary, plot_points, show, subplots, use_style
from course_training import train

__all__ = [
    "accuracy",
    "backward_propagation",
    "compute_loss",
    "cost_from_logits",
    "explore",
    "forward_propagation",
    "load_dataset",
    "plot_costs",
    "plot_decision_boundary",
    "plot_points",
    "predict",
    "predict_dec",
    "relu",
    "report",
    "show",
    "sigmoid",
    "subplots",
    "train",
    "update_parameters",
    "use_style",
]


def backward_propagation(X: Any, Y: Any, cache: Cache) -> dict[str, Array]:
    """The gradients of the cost, with 1/m folded into dz3 (so dz and da are m times smaller than reg_utils').

    Parameters
    ----------
    X : (n_x, m) array; Y : (1, m) labels; cache : the 12-tuple of `forward_propagation`

    Raises
    ------
    ValueError
        If an argument has the wrong shape.
    """
    X, Y, A3 = check_backward(X, Y, cache)
    gradients = gradients_from(1.0 / X.shape[1] * (A3 - Y), X, cache, scale=1.0)
    return {name.replace("dZ", "dz").replace("dA", "da"): value for name, value in gradients.items()}


def report(parameters: dict[str, Array], costs: list[float], sets: tuple[Array, ...], alt: str) -> None:
    """Print the accuracies after a training; show its cost curve beside the regions of the two labels.

    Parameters
    ----------
    sets : (train_X, train_Y, test_X, test_Y)
    alt : alternative text of the figure
    """
    right = [accuracy(X, Y, parameters) for X, Y in (sets[:2], sets[2:])]
    print(f"accuracy: {right[0]:.4f} on the training set, {right[1]:.4f} on the test set")
    figure, (left, middle) = subplots(columns=2, layout="constrained")
    plot_costs(costs, axes=left)
    plot_decision_boundary(lambda points: predict_dec(parameters, points.T), sets[0], sets[1], axes=middle)
    show(figure, alt)
