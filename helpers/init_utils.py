"""Helpers of the initialization lesson.

sigmoid, relu                                   activations
forward_propagation(X, parameters)              (A3, cache)
backward_propagation(X, Y, cache)               gradients dz3, dW3, db3, da2, dz2, dW2, db2, da1, dz1, dW1, db1
compute_loss(A3, Y), cost_from_logits(Z3, Y)    the classic cost, and the stable one
update_parameters(parameters, grads, learning_rate)
predict(X, Y, parameters), predict_dec(parameters, X), accuracy(X, Y, parameters), accuracies(parameters, sets)
load_dataset()                                  the two circles
model(X, Y, learning_rate=0.01, num_iterations=15000, print_cost=True, initialization="he")   a training in full
train_together(starts, X, Y, ...)               one training from each of several starts (course_together)
train(...)                                      the same loop for any start, with a progress bar (course_training)
in_turn(what, name)                             for a loop of trainings: their bars say which of them runs
show, subplots, use_style, plot_points, plot_decision_boundary, plot_costs, explore   figures (course_plots)
"""

from __future__ import annotations

import sys
from typing import Any

from course_data import load_dataset
from course_network import (
    Array,
    Cache,
    Parameters,
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
from course_together import train_together
from course_training import in_turn, train

__all__ = [
    "accuracies",
    "accuracy",
    "backward_propagation",
    "compute_loss",
    "cost_from_logits",
    "explore",
    "forward_propagation",
    "in_turn",
    "load_dataset",
    "model",
    "plot_costs",
    "plot_decision_boundary",
    "plot_points",
    "predict",
    "predict_dec",
    "relu",
    "show",
    "sigmoid",
    "subplots",
    "train",
    "train_together",
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


def model(
    X: Any,
    Y: Any,
    learning_rate: float = 0.01,
    num_iterations: int = 15_000,
    print_cost: bool = True,
    initialization: Any = "he",
) -> Parameters:
    """Train the network n_x, 10, 5, 1 by gradient descent on all examples at once; print every 1000th cost.

    Parameters
    ----------
    X, Y : (n_x, m) examples and (1, m) labels
    learning_rate : how far a step goes, in units of the gradient
    print_cost : whether costs are printed, and drawn at the end
    initialization : "zeros", "random", "he" or another name of which the notebook that calls this defines
        `initialize_parameters_<name>`, or such a function; it is called with the list of sizes

    Returns
    -------
    the trained parameters

    Raises
    ------
    ValueError
        If the notebook defines no such function.
    """
    start = _initialization(initialization, sys._getframe(1).f_globals)
    parameters: Parameters = start([X.shape[0], 10, 5, 1])
    costs = []
    for i in range(num_iterations):
        A3, cache = forward_propagation(X, parameters)
        gradients = backward_propagation(X, Y, cache)
        if i % 1000 == 0:
            costs.append(compute_loss(A3, Y))
            if print_cost:
                print(f"Cost after iteration {i}: {costs[-1]}")
        parameters = update_parameters(parameters, gradients, learning_rate)
    if print_cost:
        plot_costs(costs)
    return parameters


def _initialization(chosen: Any, notebook: dict[str, Any]) -> Any:
    """The function that makes the first parameters: `chosen` itself, or the one of that name in the notebook."""
    if callable(chosen):
        return chosen
    name = f"initialize_parameters_{chosen}"
    if not callable(notebook.get(name)):
        raise ValueError(
            f"model: initialization={chosen!r} needs {name} in this notebook; run its cell first"
        )
    return notebook[name]


def accuracies(parameters: Parameters, sets: tuple[Array, ...]) -> tuple[float, float]:
    """The shares of right predictions on the training set and on the test set; sets as in `report`."""
    train_X, train_Y, test_X, test_Y = sets
    return accuracy(train_X, train_Y, parameters), accuracy(test_X, test_Y, parameters)
