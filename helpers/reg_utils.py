"""Helpers of the regularization lesson.

sigmoid, relu                                   activations
initialize_parameters(layer_dims, seed=3)       W = randn / sqrt(n_in), which is LeCun's scale and not He's
forward_propagation(X, parameters)              (A3, cache)
backward_propagation(X, Y, cache)               gradients dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1
compute_cost(A3, Y), cost_from_logits(Z3, Y)    the classic cost, and the stable one
update_parameters(parameters, grads, learning_rate)
predict(X, Y, parameters), predict_dec(parameters, X), accuracy(X, Y, parameters)
load_2D_dataset(path=None), load_2D_further_examples(), load_dataset()
train(...)                                      the training loop (course_training)
show, subplots, use_style, plot_points, plot_decision_boundary, plot_costs, explore   figures (course_plots)
"""

from __future__ import annotations

from typing import Any

from course_data import load_2D_dataset, load_2D_further_examples, load_dataset
from course_network import (
    Array,
    Cache,
    accuracy,
    check_backward,
    compute_cost,
    cost_from_logits,
    forward_propagation,
    gradients_from,
    initialize_parameters,
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
    "compute_cost",
    "cost_from_logits",
    "explore",
    "forward_propagation",
    "initialize_parameters",
    "load_2D_dataset",
    "load_2D_further_examples",
    "load_dataset",
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
    "update_parameters",
    "use_style",
]


def backward_propagation(X: Any, Y: Any, cache: Cache) -> dict[str, Array]:
    """The gradients of the cost without regularization; 1/m is applied to each dW and db.

    Parameters
    ----------
    X : (n_x, m) array; Y : (1, m) labels; cache : the 12-tuple of `forward_propagation`

    Raises
    ------
    ValueError
        If an argument has the wrong shape.
    """
    X, Y, A3 = check_backward(X, Y, cache)
    return gradients_from(A3 - Y, X, cache, scale=1.0 / X.shape[1])
