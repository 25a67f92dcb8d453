"""Inputs for the checks, and what a check needs to explain a failure.

The classic test cases; each call returns fresh arrays and leaves the global random state alone:

    compute_cost_with_regularization_test_case()           A3 (1, 5), Y (1, 5), parameters        for lambd 0.1
    backward_propagation_with_regularization_test_case()   X (3, 5), Y (1, 5), cache of 12        for lambd 0.7
    forward_propagation_with_dropout_test_case()           X (3, 5), parameters                   for keep_prob 0.7
    backward_propagation_with_dropout_test_case()          X (3, 5), Y (1, 5), cache of 14        for keep_prob 0.8
    gradient_check_n_test_case()                           X (4, 3), Y (3,), parameters

    check(function_name)                   runs the visible check of a function of the notebook (see course_checks)
    progress(lesson)                       shows what is done in a lesson, what is open, and the points

In a notebook, importing this module lets an experiment whose answer is still open, or that was interrupted, say so in
a sentence (see course_unwritten).

For checks:

    Finding(what, place, hint, ...)        what a check found; the message of an assert
    answers(function, arguments)           what the function returns for each tuple of arguments
    given(function, **stand_ins)           context manager: the function calls the stand-ins instead of the helpers
    cause(error)                           what an answer stumbled over, as one text (see course_errors)
    kind(got, expected)                    the kind of a difference, in words without a value (see course_reading)
    why(function_name, got)                fields of a Finding: the known mistake that `got` looks like; {} if none
    fingerprint(function_name, got), alike(one, other)     see course_fingerprints
    random_case(layer_dims, m, seed)       X, Y, parameters (biases random too) whose |Z| stay away from the kink
    parameters_fault(function_name, got, layers_dims)      "" or what is wrong with the form of a parameters dictionary
    random_at(seed)                        a generator of random numbers, one for all
    state(*arrays)                         what arrays hold, to be compared with what they hold later
    near(got, expected)                                    whether numbers agree as far as 32 bits can tell
    draw_faults(parameters, deviations), scale_between(one, other)     see course_draws
    small_networks(), small_draw_faults(networks, deviation)           see course_draws
    first_difference(got, expected, rtol, atol)            "" or where two arrays of one shape differ first
    slope_along(cost, parameters, direction, epsilon=1e-5) slope of cost(parameters) along a direction, two-sided
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

import numpy as np
from course_answers import answers, given
from course_checks import check, progress
from course_draws import draw_faults, scale_between, small_draw_faults, small_networks
from course_errors import cause
from course_findings import Finding, difference, parameters_finding
from course_fingerprints import alike, fingerprint, why
from course_network import Array, Cache, Parameters, forward_propagation, relu, sigmoid
from course_reading import kind
from course_unwritten import say_what_is_open

__all__ = [
    "Finding",
    "alike",
    "answers",
    "backward_propagation_with_dropout_test_case",
    "backward_propagation_with_regularization_test_case",
    "cause",
    "check",
    "compute_cost_with_regularization_test_case",
    "draw_faults",
    "fingerprint",
    "first_difference",
    "forward_propagation_with_dropout_test_case",
    "given",
    "gradient_check_n_test_case",
    "kind",
    "near",
    "parameters_fault",
    "progress",
    "random_at",
    "random_case",
    "scale_between",
    "slope_along",
    "small_draw_faults",
    "small_networks",
    "state",
    "why",
]

Case = TypeVar("Case", bound=tuple[Any, ...])

_random = np.random.RandomState()

say_what_is_open()  # every lesson imports this module in its first cell, before anything can be open


def _parameters(random: np.random.RandomState, *sizes: int) -> Parameters:
    """Standard normal parameters, biases too, drawn in the order W1, b1, W2, b2, ..."""
    parameters = {}
    for layer in range(1, len(sizes)):
        parameters[f"W{layer}"] = random.randn(sizes[layer], sizes[layer - 1])
        parameters[f"b{layer}"] = random.randn(sizes[layer], 1)
    return parameters


def _copied(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_copied, value))
    return {key: item.copy() for key, item in value.items()} if isinstance(value, dict) else value.copy()


def _drawn_once(make: Callable[..., Case]) -> Callable[..., Case]:
    """The same function, but it draws only once for the same arguments, and hands out copies."""
    cached = functools.cache(make)

    @functools.wraps(make)
    def fresh(*args: Any) -> Case:
        return cast("Case", _copied(cached(*args)))

    return fresh


def _labels() -> Array:
    return np.array([[1, 1, 0, 1, 0]])


def _printed(cache: Cache) -> Cache:
    """The cache as the classic test cases spell it out, with 8 decimals."""
    return tuple(np.round(entry, 8) for entry in cache)


def random_at(seed: int) -> np.random.RandomState:
    """NumPy's generator at a seed. It is one and the same for all: to seed one costs a tenth of making one."""
    _random.seed(seed)
    return _random


@_drawn_once
def compute_cost_with_regularization_test_case() -> tuple[Array, Array, Parameters]:
    """(A3, Y, parameters) for lambd 0.1; the cost is 1.7864859451590758."""
    A3 = np.array([[0.40682402, 0.01629284, 0.16722898, 0.10118111, 0.40682402]])
    return A3, _labels(), _parameters(np.random.RandomState(1), 3, 2, 3, 1)


@_drawn_once
def backward_propagation_with_regularization_test_case() -> tuple[Array, Array, Cache]:
    """(X, Y, cache) for lambd 0.7."""
    random = np.random.RandomState(1)
    X = random.randn(3, 5)
    return X, _labels(), _printed(forward_propagation(X, _parameters(random, 3, 2, 3, 1))[1])


@_drawn_once
def forward_propagation_with_dropout_test_case() -> tuple[Array, Parameters]:
    """(X, parameters) for keep_prob 0.7."""
    random = np.random.RandomState(1)
    return random.randn(3, 5), _parameters(random, 3, 2, 3, 1)


@_drawn_once
def backward_propagation_with_dropout_test_case() -> tuple[Array, Array, Cache]:
    """(X, Y, cache) for keep_prob 0.8. The masks keep about a half, as the classic case has it."""
    X, parameters = forward_propagation_with_dropout_test_case()
    W1, b1, W2, b2, W3, b3 = parameters.values()
    D1 = np.array([[True, False, True, True, True], [True, True, True, True, False]])
    D2 = np.array([[1, 0, 1, 0, 1], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0]]) == 1
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1) * D1 / 0.5
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2) * D2 / 0.5
    Z3 = np.dot(W3, A2) + b3
    Z1, A1, Z2, A2, Z3, A3 = _printed((Z1, A1, Z2, A2, Z3, sigmoid(Z3)))
    W1, b1, W2, b2, W3, b3 = _printed((W1, b1, W2, b2, W3, b3))
    return X, _labels(), (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@_drawn_once
def gradient_check_n_test_case() -> tuple[Array, Array, Parameters]:
    """(X, Y, parameters) of the network with 47 parameters; Y is (3,), as the classic case has it."""
    random = np.random.RandomState(1)
    X = random.randn(4, 3)
    return X, np.array([1, 1, 0]), _parameters(random, 4, 5, 3, 1)


def random_case(
    layer_dims: list[int], m: int, seed: int, margin: float = 0.02
) -> tuple[Array, Array, Parameters]:
    """A random X (n_0, m), Y (1, m) with both labels, and parameters of a network n_0, n_1, n_2, 1.

    Draws until every |Z1| and |Z2| is at least `margin`, so that finite differences cross no kink, and every |Z3| at
    most 6.
    """
    return _drawn_case(tuple(layer_dims), m, seed, margin)


@_drawn_once
def _drawn_case(
    layer_dims: tuple[int, ...], m: int, seed: int, margin: float
) -> tuple[Array, Array, Parameters]:
    random = np.random.RandomState(seed)
    while True:
        X = random.randn(layer_dims[0], m)
        Y = random.permutation(np.arange(m) % 2).reshape(1, m)
        parameters = _parameters(random, *layer_dims)
        for layer in range(1, len(layer_dims)):
            parameters[f"W{layer}"] /= np.sqrt(layer_dims[layer - 1])
        _, cache = forward_propagation(X, parameters)
        if min(np.abs(cache[0]).min(), np.abs(cache[4]).min()) >= margin and np.abs(cache[8]).max() <= 6:
            return X, Y, parameters


def parameters_fault(function_name: str, got: Any, layers_dims: list[int]) -> str:
    """The first thing wrong with the form of a parameters dictionary, as a sentence; "" if nothing is.

    See `course_findings.parameters_finding`.
    """
    found = parameters_finding(got, layers_dims)
    return str(replace(found, function=function_name)) if found else ""


def near(got: Any, expected: Any, *, rtol: float = 1e-4, atol: float = 1e-6) -> bool:
    """Whether `got` holds real numbers in the shape of `expected`, and those numbers. Never raises.

    The tolerance lets 32-bit arithmetic pass: a pass through the course's networks in single precision is off by
    less than 1e-6 of the size of what is summed.
    """
    try:
        one, other = np.asarray(got), np.asarray(expected, dtype=float)
    except (TypeError, ValueError):  # rows of different lengths
        return False
    if one.shape != other.shape or one.dtype.kind not in "biuf":
        return False
    with np.errstate(invalid="ignore"):  # inf minus inf
        return bool((np.abs(one - other) <= atol + rtol * np.abs(other)).all())


def state(*values: Any) -> list[tuple[Any, ...]]:
    """What arrays hold, in their types and shapes, to be compared with what they hold later."""
    return [(array.shape, array.dtype, array.tobytes()) for array in map(np.asarray, values)]


def first_difference(got: Any, expected: Any, *, rtol: float, atol: float) -> str:
    """Where two arrays of one shape differ first, to follow a name: "[0, 2] is 3, expected 4"; "" if nowhere."""
    return " ".join(difference(got, expected, rtol=rtol, atol=atol)).strip()


def slope_along(
    cost: Callable[[Parameters], float], parameters: Parameters, direction: Parameters, epsilon: float = 1e-5
) -> float:
    """The slope of `cost` at `parameters` along `direction` (a dictionary with the same keys and shapes).

    A right gradient g has the slope sum(g * direction), whatever the direction; error about epsilon squared.
    """
    ahead = {name: value + epsilon * direction[name] for name, value in parameters.items()}
    behind = {name: value - epsilon * direction[name] for name, value in parameters.items()}
    return float(np.squeeze(cost(ahead) - cost(behind))) / (2 * epsilon)
