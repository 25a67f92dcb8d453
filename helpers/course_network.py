"""The three-layer network that every lesson uses: LINEAR -> RELU -> LINEAR -> RELU -> LINEAR -> SIGMOID.

Examples stand in columns: X is (n_x, m), Y is (1, m). A parameters dictionary holds W1, b1, W2, b2, W3, b3 with
`Wl` of shape (n_l, n_{l-1}) and `bl` of shape (n_l, 1). A cache is the tuple
(Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3). init_utils, reg_utils and gc_utils re-export what is here.

    sigmoid(z), relu(z)                                  the activations
    initialize_parameters(layer_dims, seed=3)            W = randn(n_l, n_{l-1}) / sqrt(n_{l-1}), b = 0
    forward_propagation(X, parameters)                   (A3, cache)
    compute_cost(A3, Y) = compute_loss(A3, Y)            the classic cross-entropy; inf where a = 0 or 1 is wrong
    cost_from_logits(Z3, Y)                              the same quantity, finite and exact everywhere
    gradients_from(dZ3, X, cache, scale)                 the shared part of both helpers' backward pass
    update_parameters(parameters, grads, learning_rate)  one step of gradient descent, as a new dictionary
    predict(X, Y, parameters), predict_dec(parameters, X), accuracy(X, Y, parameters)
    expect_shape(name, value, expected)                  ValueError that names argument, shape and expectation
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Parameters = dict[str, Array]
Cache = tuple[Array, ...]

NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")
EXAMPLES = ("n_x", "m")  # the shape of any X
_ALL = frozenset(NAMES)


def expect_shape(name: str, value: Any, expected: tuple[int | str, ...]) -> Array:
    """`value` as an array, if its shape is the expected one; a str in `expected` stands for any size.

    Raises
    ------
    ValueError
        "X has shape (3, 5), expected (2, m)".
    """
    array = np.asarray(value)
    shape = array.shape
    # nearly always, and a gradient check asks a thousand times
    if shape == expected or (expected is EXAMPLES and len(shape) == 2):
        return array
    pairs = zip(shape, expected, strict=False)
    wrong = [have for have, want in pairs if have != want and not isinstance(want, str)]
    if wrong or len(shape) != len(expected):
        wanted = ", ".join(map(str, expected)) + ("," if len(expected) == 1 else "")
        raise ValueError(f"{name} has shape {shape}, expected ({wanted})")
    return array


def sigmoid(z: Any) -> Array:
    """1 / (1 + exp(-z)), element by element; 0 far on the left, without an overflow warning."""
    with np.errstate(over="ignore"):
        activation: Array = 1.0 / (1.0 + np.exp(-np.asarray(z)))
    return activation


def relu(z: Any) -> Array:
    """max(0, z), element by element."""
    activation: Array = np.maximum(0, z)
    return activation


def initialize_parameters(layer_dims: list[int], seed: int = 3) -> Parameters:
    """Random weights with variance 1 / n_{l-1} and zero biases; the global random state is left alone.

    Parameters
    ----------
    layer_dims : the sizes n_0, n_1, ..., n_L
    seed : the classic course uses 3

    Returns
    -------
    dict with W1 (n_1, n_0), b1 (n_1, 1), ..., WL, bL, float64

    Source: LeCun, Bottou, Orr, Müller (1998), Efficient BackProp, eq. 16: standard deviation 1 / sqrt(n_{l-1}).
    """
    random = np.random.RandomState(seed)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        parameters[f"W{layer}"] = random.randn(n_out, n_in) / np.sqrt(n_in)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


def three_layers(X: Array, parameters: Parameters) -> tuple[Array, ...]:
    """(W1, b1, W2, b2, W3, b3) as arrays, if they fit each other and X.

    Raises
    ------
    ValueError
        If an entry is missing or its shape does not follow from the layer before it.
    """
    if not isinstance(parameters, dict):
        raise TypeError(
            f"parameters is of type {type(parameters).__name__}, expected a dictionary of W1 to b3"
        )
    if not parameters.keys() >= _ALL:
        missing = [name for name in NAMES if name not in parameters]
        raise ValueError(
            f"parameters has no {', '.join(missing)}; it holds {', '.join(sorted(parameters)) or 'nothing'}"
        )
    n_in: int = X.shape[0]
    arrays = tuple([np.asarray(parameters[name]) for name in NAMES])
    n_1, n_2 = arrays[1].size, arrays[3].size
    shapes = [(n_1, n_in), (n_1, 1), (n_2, n_1), (n_2, 1), (1, n_2), (1, 1)]
    if [array.shape for array in arrays] != shapes:  # then say which one
        for W, b, rows in (("W1", "b1", "n_1"), ("W2", "b2", "n_2"), ("W3", "b3", 1)):
            n_out = expect_shape(W, parameters[W], (rows, n_in)).shape[0]
            expect_shape(b, parameters[b], (n_out, 1))
            n_in = n_out
    return arrays


def forward_propagation(X: Any, parameters: Parameters) -> tuple[Array, Cache]:
    """The output A3 (1, m) and the 12-tuple cache.

    Parameters
    ----------
    X : (n_0, m) array
    parameters : W1 (n_1, n_0), b1 (n_1, 1), W2 (n_2, n_1), b2 (n_2, 1), W3 (1, n_2), b3 (1, 1)

    Raises
    ------
    ValueError
        If an argument is missing or has the wrong shape.
    """
    X = expect_shape("X", X, EXAMPLES)
    W1, b1, W2, b2, W3, b3 = three_layers(X, parameters)
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def cross_entropy(A3: Any, Y: Any) -> Array:
    """-y log a - (1 - y) log(1 - a) per example, (1, m); inf or nan where the formula gives them, no warning."""
    with np.errstate(divide="ignore", invalid="ignore"):
        losses: Array = np.negative(np.log(A3) * Y + np.log(1 - A3) * (1 - Y))
    return losses


def compute_cost(A3: Any, Y: Any, parameters: Parameters | None = None) -> float:
    """The classic cross-entropy cost, (1/m) times the sum that skips nan.

    Where a rounds to the right label 0 * inf = nan is dropped; where it rounds to the wrong one the cost is inf.

    Parameters
    ----------
    A3 : (1, m) array of probabilities
    Y : (1, m) array of labels 0 and 1
    parameters : ignored; `train` calls every cost with (A3, Y, parameters)

    Raises
    ------
    ValueError
        If A3 is not (1, m) or Y has another shape.
    """
    A3 = expect_shape("A3", A3, (1, "m"))
    Y = expect_shape("Y", Y, A3.shape)
    losses = cross_entropy(A3, Y)
    total = losses.sum()  # a sum of losses is nan if one of them is, for none is below 0
    return float(1.0 / A3.shape[1] * (np.nansum(losses) if np.isnan(total) else total))


compute_loss = compute_cost


def cost_from_logits(Z3: Any, Y: Any) -> float:
    """The cross-entropy cost from Z3 (1, m) and Y (1, m): exact and finite for every finite Z3.

    -log sigmoid(z) = log(1 + exp(-z)), so no probability is ever formed that could round to 0 or 1.

    Raises
    ------
    ValueError
        If Z3 is not (1, m) or Y has another shape.
    """
    Z3 = expect_shape("Z3", Z3, (1, "m"))
    Y = expect_shape("Y", Y, Z3.shape)
    return float(np.mean(np.where(Y == 1, np.logaddexp(0, -Z3), np.logaddexp(0, Z3))))


def gradients_from(dZ3: Array, X: Array, cache: Cache, scale: float) -> dict[str, Array]:
    """All gradients that follow from dZ3; every dW and db is multiplied by `scale`.

    init_utils folds 1/m into dZ3 and uses scale 1; reg_utils keeps it out and uses scale 1/m.

    Returns
    -------
    dict with dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1, each shaped as what it is the gradient of

    Source: Rumelhart, Hinton, Williams (1986); dZ = dA where A > 0, else 0.
    """
    _, A1, _, _, _, A2, W2, _, _, _, W3, _ = cache
    dW3, db3 = scale * np.dot(dZ3, A2.T), scale * dZ3.sum(axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, A2 > 0)
    dW2, db2 = scale * np.dot(dZ2, A1.T), scale * dZ2.sum(axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, A1 > 0)
    dW1, db1 = scale * np.dot(dZ1, X.T), scale * dZ1.sum(axis=1, keepdims=True)
    outer = {"dZ3": dZ3, "dW3": dW3, "db3": db3}
    inner = {"dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return outer | inner


def check_backward(X: Any, Y: Any, cache: Cache) -> tuple[Array, Array, Array]:
    """(X, Y, A3) as arrays, if they and the cache fit each other; raises ValueError otherwise."""
    X = expect_shape("X", X, EXAMPLES)
    if len(cache) != 12:
        raise ValueError(f"cache has {len(cache)} entries, expected the 12 of forward_propagation")
    Y = expect_shape("Y", Y, (1, X.shape[1]))
    return X, Y, expect_shape("A3 in cache", cache[9], Y.shape)


def update_parameters(parameters: Parameters, grads: Parameters, learning_rate: float) -> Parameters:
    """New parameters: each minus learning_rate times its gradient. The dictionary passed in is not changed.

    Raises
    ------
    ValueError
        If a gradient is missing or its shape is not its parameter's.
    """
    updated = {}
    for name, value in parameters.items():
        gradient = grads.get(f"d{name}")
        if gradient is None:
            raise ValueError(f"grads has no d{name}; it holds {', '.join(grads) or 'nothing'}")
        if np.shape(gradient) != np.shape(value):
            expect_shape(f"d{name}", gradient, np.shape(value))
        updated[name] = value - learning_rate * np.asarray(gradient)
    return updated


def predict_dec(parameters: Parameters, X: Any) -> Array:
    """Booleans (1, m): whether the output for each column of X exceeds 0.5."""
    return forward_propagation(X, parameters)[0] > 0.5


def accuracy(X: Any, Y: Any, parameters: Parameters) -> float:
    """The fraction of columns of X whose label in Y (1, m) is predicted."""
    predictions = predict_dec(parameters, X)
    return float(np.mean(predictions == expect_shape("Y", Y, predictions.shape)))


def predict(X: Any, Y: Any, parameters: Parameters) -> Array:
    """The predicted labels (1, m), int; prints the accuracy against Y (1, m). An output of exactly 0.5 gives 0."""
    print(f"Accuracy: {accuracy(X, Y, parameters)}")
    return predict_dec(parameters, X).astype(int)
