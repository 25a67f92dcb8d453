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
in_turn(what, name)                             for a loop of trainings: their bars say which of them runs
model(X, Y, ..., lambd=0, keep_prob=1)          the classic call: trains with the notebook's own functions
show, subplots, use_style, plot_points, plot_decision_boundary, plot_costs, explore   figures (course_plots)
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from typing import Any

from course_data import load_2D_dataset, load_2D_further_examples, load_dataset
from course_network import (
    Array,
    Cache,
    Parameters,
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
from course_training import in_turn, train

__all__ = [
    "accuracy",
    "backward_propagation",
    "compute_cost",
    "cost_from_logits",
    "explore",
    "forward_propagation",
    "in_turn",
    "initialize_parameters",
    "load_2D_dataset",
    "load_2D_further_examples",
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


def model(
    X: Array,
    Y: Array,
    learning_rate: float = 0.3,
    num_iterations: int = 30_000,
    print_cost: bool = True,
    lambd: float = 0,
    keep_prob: float = 1,
    *,
    functions: Mapping[str, Any] | None = None,
    reseed: int | None = None,
) -> Parameters:
    """Train the network n_x-20-3-1 as the classic course does, and return its parameters.

    Parameters
    ----------
    X, Y : (n_x, m) examples and (1, m) labels
    print_cost : whether every 10,000th cost is printed, and all recorded ones drawn at the end
    lambd : strength of the L2 penalty, >= 0; keep_prob : share of units that dropout keeps, 0 < keep_prob <= 1
    functions : where the four graded functions are found by name; by default the notebook that calls
    reseed : as in `train`; 1 freezes the masks, as a seed inside the forward pass does

    Raises
    ------
    ValueError
        If lambd and keep_prob are both used or out of range, or a function that they need is not there.
    """
    names = sys._getframe(1).f_globals if functions is None else functions
    forward, backward, cost = _functions(names, lambd, keep_prob)
    start = initialize_parameters([X.shape[0], 20, 3, 1])
    trained: Parameters
    trained, costs = train(X, Y, start, forward, backward, cost, learning_rate, num_iterations, reseed=reseed)
    for thousand in range(0, len(costs) if print_cost else 0, 10):
        print(f"Cost after iteration {1000 * thousand}: {costs[thousand]}")
    if print_cost:
        plot_costs(costs)
    return trained


def _functions(names: Mapping[str, Any], lambd: float, keep_prob: float) -> tuple[Any, Any, Any]:
    """(forward, backward, cost) for `train`, from the graded functions that lambd or keep_prob asks for."""
    if lambd < 0 or not 0 < keep_prob <= 1:
        raise ValueError(
            f"model: lambd {lambd} must be >= 0, and keep_prob {keep_prob} above 0 and at most 1"
        )
    if lambd and keep_prob < 1:
        raise ValueError(
            "model: regularize with lambd or with keep_prob, one at a time; "
            "what both do together you cannot tell apart. Set lambd=0 or keep_prob=1."
        )

    def yours(name: str, **fixed: float) -> Any:
        if name not in names:
            raise ValueError(f"model: {name} is not there yet; run its answer cell first")
        return partial(names[name], **fixed)

    if lambd:
        backward = yours("backward_propagation_with_regularization", lambd=lambd)
        return forward_propagation, backward, yours("compute_cost_with_regularization", lambd=lambd)
    if keep_prob < 1:
        forward = yours("forward_propagation_with_dropout", keep_prob=keep_prob)
        return forward, yours("backward_propagation_with_dropout", keep_prob=keep_prob), compute_cost
    return forward_propagation, backward_propagation, compute_cost
