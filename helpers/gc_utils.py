"""Helpers of the gradient-checking lesson. The network there is fixed: 4 inputs, 5, 3 and 1 units, 47 parameters.

    sigmoid, relu                                      activations
    dictionary_to_vector(parameters)                   ((47, 1) vector, list of the key of every entry)
    vector_to_dictionary(theta)                        the parameters dictionary of a (47, 1) vector
    gradients_to_vector(gradients)                     (47, 1) vector of dW1, db1, ..., db3
    forward_propagation_n(X, Y, parameters)            (cost, cache) with the classic cost
    forward_propagation_n_stable(X, Y, parameters)     (cost, cache) with the cost computed from Z3
    one_number(value)                                  whether a function returned one number, whatever its size-1 shape
    off_by(value, expected)                            how far that number is from the one expected
    tried(function, *arguments)                        what a call returns, or the `Stop` that ended it
    copied(value)                                      a copy of arrays in lists and dictionaries
    same_arrays(one, other)                            whether arrays are what they were, up to the last digits
    kind_of(value), shown(*numbers)                    what a value is, and numbers with 4 digits, for messages
    safe_case(seed, m=3, margin=0.02)                  X (4, m), Y (1, m), parameters whose |Z| stay away from the kink

Stand-ins for checks, from gc_stand_ins:

    cubic, cubic_slope, cubic_slope_doubled, linear_slope_negated, saddle, saddle_slope
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from course_network import (
    Array,
    Cache,
    Parameters,
    cost_from_logits,
    cross_entropy,
    expect_shape,
    relu,
    sigmoid,
)
from course_network import forward_propagation as _forward
from course_notebook import raised_at
from gc_stand_ins import (
    cubic,
    cubic_slope,
    cubic_slope_doubled,
    linear_slope_negated,
    saddle,
    saddle_slope,
)

__all__ = [
    "Stop",
    "copied",
    "cubic",
    "cubic_slope",
    "cubic_slope_doubled",
    "dictionary_to_vector",
    "forward_propagation_n",
    "forward_propagation_n_stable",
    "gradients_to_vector",
    "kind_of",
    "linear_slope_negated",
    "off_by",
    "one_number",
    "relu",
    "saddle",
    "saddle_slope",
    "safe_case",
    "same_arrays",
    "shown",
    "sigmoid",
    "tried",
    "vector_to_dictionary",
]

SHAPES: dict[str, tuple[int, int]] = {
    "W1": (5, 4),
    "b1": (5, 1),
    "W2": (3, 5),
    "b2": (3, 1),
    "W3": (1, 3),
    "b3": (1, 1),
}
PLACES = {  # of each parameter in the column
    "W1": slice(0, 20),
    "b1": slice(20, 25),
    "W2": slice(25, 40),
    "b2": slice(40, 43),
    "W3": slice(43, 46),
    "b3": slice(46, 47),
}


def dictionary_to_vector(parameters: Parameters) -> tuple[Array, list[str]]:
    """All parameters in one column (47, 1), in the order W1, b1, W2, b2, W3, b3, row by row.

    Returns
    -------
    (theta, keys) with keys[i] the name of the parameter that theta[i] belongs to

    Raises
    ------
    ValueError
        If a parameter is missing or has another shape than SHAPES.
    """
    theta = _stack(parameters, "parameters", "")
    return theta, [name for name, shape in SHAPES.items() for _ in range(shape[0] * shape[1])]


def gradients_to_vector(gradients: Parameters) -> Array:
    """The gradients dW1, db1, dW2, db2, dW3, db3 in one column (47, 1); other entries are ignored.

    Raises
    ------
    ValueError
        If a gradient is missing or has another shape than its parameter.
    """
    return _stack(gradients, "gradients", "d")


def _stack(arrays: Parameters, argument: str, prefix: str) -> Array:
    missing = [prefix + name for name in SHAPES if prefix + name not in arrays]
    if missing:
        held = ", ".join(arrays) or "nothing"
        other = "; for gradients there is gradients_to_vector" if "dW1" in arrays else ""
        raise ValueError(f"{argument} has no {', '.join(missing)}; it holds {held}{other}")
    blocks = [expect_shape(prefix + name, arrays[prefix + name], shape) for name, shape in SHAPES.items()]
    return np.concatenate([block.reshape(-1, 1) for block in blocks])


def vector_to_dictionary(theta: Any) -> Parameters:
    """The parameters whose `dictionary_to_vector` is theta (47, 1); every array is a copy.

    Raises
    ------
    ValueError
        If theta does not hold 47 numbers in one column.
    """
    column = expect_shape("theta", theta, (47, 1)).copy()
    return {name: column[place].reshape(SHAPES[name]) for name, place in PLACES.items()}


def _labels(X: Any, Y: Any) -> Array:
    """Y as (1, m); the classic test case passes (m,)."""
    m = np.shape(X)[-1]
    labels = np.asarray(Y, dtype=float)
    if labels.shape == (1, m):
        return labels
    return expect_shape("Y", labels, (m,) if labels.ndim == 1 else (1, m)).reshape(1, m)


def forward_propagation_n(X: Any, Y: Any, parameters: Parameters) -> tuple[float, Cache]:
    """(cost, cache): the classic cost, (1/m) times the sum of -y log a - (1 - y) log(1 - a).

    Parameters
    ----------
    X : (n_x, m) array; Y : (m,) or (1, m) labels; parameters : W1, b1, W2, b2, W3, b3

    Raises
    ------
    ValueError
        If an argument has the wrong shape.
    """
    A3, cache = _forward(X, parameters)
    cost = 1.0 / A3.shape[1] * cross_entropy(A3, _labels(X, Y)).sum()
    return float(cost), cache


def forward_propagation_n_stable(X: Any, Y: Any, parameters: Parameters) -> tuple[float, Cache]:
    """(cost, cache) as `forward_propagation_n`, with the cost computed from Z3, so no digits are lost near 0 and 1."""
    _, cache = _forward(X, parameters)
    return cost_from_logits(cache[8], _labels(X, Y)), cache


def one_number(value: Any) -> bool:
    """Whether `value` is one real number: an int, a float, or an array of any shape with one entry; no bool."""
    if isinstance(value, (str, list, tuple, dict)):
        return False
    array = np.asarray(value)
    return array.size == 1 and array.dtype.kind in "iuf"


def off_by(value: Any, expected: float) -> float:
    """How far the one number in `value` is from what was expected."""
    return abs(float(np.squeeze(value)) - expected)


def copied(value: Any) -> Any:
    """A copy of lists, tuples or dictionaries of arrays that shares none of them."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(copied, value))
    return (
        {name: copied(item) for name, item in value.items()} if isinstance(value, dict) else np.array(value)
    )


def same_arrays(one: Any, other: Any) -> bool:
    """Whether two lists, tuples or dictionaries of arrays hold the same numbers, up to the last digits.

    An answer that steps in an array and steps back may leave its last digit changed: that harms nobody.
    """
    if isinstance(one, dict):
        return one.keys() == other.keys() and same_arrays(list(one.values()), [other[name] for name in one])
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same_arrays, one, other))
    if np.shape(one) != np.shape(other):
        return False
    return bool(np.all(one == other) or np.all(np.abs(one - other) <= 1e-12 * np.abs(one).max()))


class Stop(str):
    """What stopped a call: "ValueError: ..."; `line` is that of the notebook which raised, "" if it is not known."""

    line = ""


def tried(function: Any, *arguments: Any) -> Any:
    """What a call returns, or a `Stop` where it ends with an error that a message can explain."""
    try:
        return function(*arguments)
    except (AttributeError, TypeError, ValueError, ZeroDivisionError) as problem:
        said = str(problem).splitlines()[0].rstrip(".") if str(problem) else "no message"
        stop = Stop(f"{type(problem).__name__}: {said}")
        stop.line = raised_at(problem, getattr(function, "function", function))
        return stop


def kind_of(value: Any) -> str:
    """What a value is, for a message: "None", "a str", "an array of shape (47, 1)"."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def shown(*numbers: Any) -> str:
    """Numbers with 4 significant digits, for a message: "0.2851, 1.68e-06"."""
    return ", ".join(f"{float(np.squeeze(number)):.4g}" for number in numbers)


def safe_case(seed: int, m: int = 3, margin: float = 0.02) -> tuple[Array, Array, Parameters]:
    """A random X (4, m), Y (1, m) and parameters for a gradient check that no ReLU kink disturbs.

    Draws until every |Z1| and |Z2| is at least `margin` and every |Z3| at most 6, so that a step of 1e-4 crosses no
    kink and the classic cost keeps its digits. The biases are random too. The global random state is left alone.
    """
    X, Y, parameters = copied(_safe_case(seed, m, margin))
    return X, Y, parameters


@functools.cache
def _safe_case(seed: int, m: int, margin: float) -> tuple[Array, Array, Parameters]:
    random = np.random.RandomState(seed)
    while True:
        X = random.randn(4, m)
        Y = random.randint(0, 2, (1, m))
        parameters = {name: 0.7 * random.randn(*shape) for name, shape in SHAPES.items()}
        _, cache = _forward(X, parameters)
        if min(np.abs(cache[0]).min(), np.abs(cache[4]).min()) >= margin and np.abs(cache[8]).max() <= 6:
            return X, Y, parameters
