"""`backward_propagation_n`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

from collections.abc import Callable
from typing import Any

import gc_utils
import numpy as np
from checks_gradients import both_shapes, six_of
from gc_utils import (
    forward_propagation_n,
)

from .shared import attempted


def visible(function: Callable[..., Any]) -> Any:
    flat, changed, others = both_shapes(function)
    return [flat, float(changed), float(others)]


def fresh(function: Callable[..., Any]) -> Any:
    """Four batches; in the last two no step of a cost can give dW1, and single precision cannot hold it."""
    seen = []
    for seed, m, flat, unit in (
        (71, 6, False, 1.0),
        (72, 3, True, 1.0),
        (73, 5, False, 1e-15),
        (74, 4, True, 1e50),
    ):
        X, Y, parameters = gc_utils.safe_case(seed, m)
        X, parameters["W1"] = X * unit, parameters["W1"] / unit
        cache = forward_propagation_n(X, Y, parameters)[1]
        before = [array.copy() for array in cache]
        got = attempted(function, X, np.ravel(Y) if flat else Y, cache)
        got = got if isinstance(got, str) else six_of(got)
        if isinstance(got, dict) and isinstance(got["dW1"], np.ndarray):
            got["dW1"] = got["dW1"].astype(float) / unit
        seen += [got, float(not gc_utils.same_arrays(before, list(cache)))]
    return seen


ANSWER = """\
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
"""

wrong(
    "both-bugs-left-backward",
    ("(dZ2, A1.T) / m", "(dZ2, A1.T) / m * 2"),
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "4.0 / m * np.sum(dZ1, axis=1, keepdims=True)"),
    looks_like="both planted bugs are still there",
    hint="dW2 is 2 times and db1 4 times the slope of the cost; a right block has factor 1. wrong_blocks "
    "names these two blocks. Hold each against (5).",
)

wrong(
    "dw2-still-doubled-backward",
    ("(dZ2, A1.T) / m", "(dZ2, A1.T) / m * 2"),
    looks_like="dW2 is still twice too large",
    hint="One of the two planted bugs is left: dW2 reads 1/3 on its own, so it is 2 times the truth. Hold "
    "its line against (5), factor by factor.",
)

wrong(
    "db1-still-quadrupled-backward",
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "4.0 / m * np.sum(dZ1, axis=1, keepdims=True)"),
    looks_like="db1 is still four times too large",
    hint="One of the two planted bugs is left: db1 reads 0.6 on its own, so it is 4 times the truth. Hold "
    "its line against (5), factor by factor.",
)

wrong(
    "db1-copied-from-dw1-backward",
    ("sum(dZ1, axis=1, keepdims=True)", "dot(dZ1, X.T)"),
    looks_like="db1 is computed like dW1",
    hint="db1 has the shape (5, 4) of dW1, but b1 is (5, 1). The slope by a bias does not meet the input: "
    "(5) sums dZ over the examples.",
)

wrong(
    "no-average-backward",
    ("/ m", "* 1"),
    looks_like="nothing is divided by the number of examples",
    hint="Every block is m times too large. The cost is an average over m examples, so its slopes are "
    "averages too: where is the 1/m of (5)?",
)

wrong(
    "biases-not-averaged-backward",
    ("True) / m", "True)"),
    looks_like="the bias gradients are not divided by the number of examples",
    hint="The weights are right, the three db are m times too large. (5) has 1/m in both of its halves.",
)

wrong(
    "averaged-twice-backward",
    ("A3 - Y", "(A3 - Y) / m"),
    looks_like="everything is divided by the number of examples twice",
    hint="Every block is m times too small. If dZ3 already carries 1/m, the other lines must not divide "
    "again.",
)

wrong(
    "weights-not-averaged-backward",
    ("T) / m", "T)"),
    looks_like="the weight gradients are not divided by the number of examples",
    hint="The biases are right, the three dW are m times too large. (5) has 1/m in both of its halves.",
)

wrong(
    "kink-of-layer-1-forgotten-backward",
    ("dA1 * (A1 > 0)", "dA1"),
    looks_like="the RELU of layer 1 blocks nothing",
    hint="Where RELU put out 0, no slope passes back through it. Activations are never negative, so a mask "
    "that asks for at least 0 lets everything through, just as no mask does. Which line makes dZ1, "
    "and which of its entries should be 0?",
    family="kink-of-layer-1-forgotten-backward",
)

wrong(
    "mask-of-layer-1-always-true-backward",
    ("A1 > 0", "A1 >= 0"),
    looks_like="the RELU of layer 1 blocks nothing",
    hint="Where RELU put out 0, no slope passes back through it. Activations are never negative, so a mask "
    "that asks for at least 0 lets everything through, just as no mask does. Which line makes dZ1, "
    "and which of its entries should be 0?",
    family="kink-of-layer-1-forgotten-backward",
)

wrong(
    "kink-of-layer-2-forgotten-backward",
    ("dA2 * (A2 > 0)", "dA2"),
    looks_like="the RELU of layer 2 blocks nothing",
    hint="Where RELU put out 0, no slope passes back through it. Activations are never negative, so a mask "
    "that asks for at least 0 lets everything through, just as no mask does. Which line makes dZ2, "
    "and which of its entries should be 0?",
    family="kink-of-layer-2-forgotten-backward",
)

wrong(
    "mask-of-layer-2-always-true-backward",
    ("A2 > 0", "A2 >= 0"),
    looks_like="the RELU of layer 2 blocks nothing",
    hint="Where RELU put out 0, no slope passes back through it. Activations are never negative, so a mask "
    "that asks for at least 0 lets everything through, just as no mask does. Which line makes dZ2, "
    "and which of its entries should be 0?",
    family="kink-of-layer-2-forgotten-backward",
)

wrong(
    "activation-instead-of-mask-backward",
    ("(A2 > 0)", "A2"),
    ("(A1 > 0)", "A1"),
    looks_like="the slope is multiplied by the activation instead of a mask",
    hint="RELU has slope 1 where it is on, whatever its output. Multiplying by A weighs large outputs "
    "more. What should stand there: a value, or a yes and no?",
)

wrong(
    "turned-sign-backward",
    ("A3 - Y", "Y - A3"),
    looks_like="every gradient has the wrong sign",
    hint="dZ3 is the output minus the label. The other way round the cost rises with every step of "
    "gradient descent.",
)

wrong(
    "slope-of-the-squared-error-backward",
    ("A3 - Y", "(A3 - Y) * A3 * (1 - A3)"),
    looks_like="the slope of the sigmoid is multiplied in once more",
    hint="A (1 - A) belongs to a squared error. With cross-entropy it cancels, and A3 - Y is left.",
)

wrong(
    "derivative-by-the-output-backward",
    ("A3 - Y", "(A3 - Y) / (A3 * (1 - A3))"),
    looks_like="the last layer stops at the derivative by A3",
    hint="That is the slope by A3, before the sigmoid. One more factor, A3 (1 - A3), turns it into dZ3; "
    "together they simplify to A3 - Y.",
)

wrong(
    "bias-sum-over-everything-backward",
    ("sum(dZ2, axis=1, keepdims=True)", "full((dZ2.shape[0], 1), np.sum(dZ2))"),
    ("sum(dZ1, axis=1, keepdims=True)", "full((dZ1.shape[0], 1), np.sum(dZ1))"),
    looks_like="all entries of dZ are summed into one bias slope",
    hint="Each unit has a bias of its own, so db has one row per unit. (5) sums over the examples only: "
    "which axis holds them?",
)

wrong(
    "one-sum-for-a-layer-backward",
    (", axis=1, keepdims=True", ""),
    looks_like="the bias gradients are summed over the units too",
    hint="db has one number for a whole layer, but b has one for each unit. In an update all units of the layer "
    "would get the same step. Over which axis, and only over that one, do the examples lie?",
)

wrong(
    "flat-biases-backward",
    (", keepdims=True", ""),
    looks_like="the bias gradients are rows without columns",
    hint="db has shape (n,), but b is (n, 1). In an update NumPy would spread it into an (n, n) table "
    "without a warning. What keeps the summed axis?",
)

wrong(
    "sum-over-the-units-backward",
    ("dZ2, axis=1", "dZ2, axis=0"),
    ("dZ1, axis=1", "dZ1, axis=0"),
    looks_like="the bias gradients sum over units instead of examples",
    hint="A sum down the columns gives one number per example. (5) sums over the examples, which stand "
    "side by side in a row.",
)

wrong(
    "bias-of-the-wrong-layer-backward",
    ("dZ1, axis", "dZ2, axis"),
    looks_like="db1 is computed from dZ2",
    hint="db1 has the shape of b2. Copied lines need all of their numbers changed: (5) uses the same layer "
    "on both sides.",
)

wrong(
    "averaged-by-units-backward",
    ("shape[1]", "shape[0]"),
    looks_like="the number of rows of X is taken for the number of examples",
    hint="Examples stand in columns: X is (4, m). The results are right only for batches of four. Which "
    "entry of the shape is m?",
)

wrong(
    "m-from-the-labels-backward",
    ("X.shape[1]", "Y.shape[0]"),
    looks_like="the number of examples is read from Y, which has two forms",
    hint="Y comes as (m,) or as (1, m). One entry of its shape is m for the first and 1 for the second "
    "form. Which array has its examples in columns for sure?",
)

wrong(
    "layers-stop-at-two-backward",
    (', "dW1": dW1, "db1": db1', ""),
    looks_like="the gradients of layer 1 are missing",
    hint="The dictionary lacks dW1 and db1. The check needs all six blocks. Are they in your dictionary?",
)

wrong(
    "writes-into-the-cache-backward",
    ("dZ3 = A3 - Y", "dZ3 = A3\n    dZ3 -= Y"),
    looks_like="arrays of the cache are overwritten",
    hint="The gradients are right the first time, but the cache now holds other numbers. Who uses it next gets "
    "nonsense: run the cell that makes it again. Which line works in place, as -= does on a second name for A3?",
)

wrong(
    "inputs-instead-of-activations-backward",
    (", A1.T", ", np.vstack((A2, A2))[:5].T"),
    looks_like="dW2 sees the wrong layer below",
    hint="(5) multiplies dZ of a layer with the activations that entered it: A1 for layer 2. A2 is what "
    "left it.",
)

wrong(
    "pairs-as-arrays-backward",
    ('{"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}', "(dW1, db1, dW2, db2, dW3, db3)"),
    looks_like="the gradients come as a tuple instead of a dictionary",
    hint="The check looks the blocks up by name, from dW1 to db3. A tuple has no names.",
)


@wrong(
    "numerical-gradient-backward",
    looks_like="the gradient is estimated from costs",
    hint="That is the second witness again: if both witnesses use costs, the check compares a thing with "
    "itself. It also needs 94 costs, and loses digits. (5) needs none, only what the cache holds.",
)
def _(X, Y, cache):
    parameters = dict(zip(("W1", "b1", "W2", "b2", "W3", "b3"), (cache[i] for i in (2, 3, 6, 7, 10, 11))))
    gradients = {}
    for name, value in parameters.items():
        slopes = np.zeros(value.shape)
        for place in np.ndindex(value.shape):
            step = np.zeros(value.shape)
            step[place] = 1e-6
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: value + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: value - step})
            slopes[place] = (J_plus - J_minus) / 2e-6
        gradients["d" + name] = slopes
    return gradients


wrong(
    "single-precision-backward",
    (
        'return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}',
        'gradients = {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}\n'
        "    return {name: value.astype(np.float32) for name, value in gradients.items()}",
    ),
    looks_like="the gradients have half of their digits",
    hint="A 32-bit number keeps about 7 digits, and the check reads the rounding. It also ends near 1e38. Which "
    "conversion can you leave out?",
)

wrong(
    "clipped-backward",
    (
        'return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}',
        'gradients = {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}\n'
        "    return {name: np.clip(value, -1, 1) for name, value in gradients.items()}",
    ),
    looks_like="large gradients are cut off",
    hint="Clipping is a trick for training; a clipped gradient is not the slope of the cost, and the check "
    "would name it. (5) cuts nothing off.",
)

wrong(
    "lists-backward",
    (
        'return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}',
        'gradients = {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}\n'
        "    return {name: value.tolist() for name, value in gradients.items()}",
    ),
    looks_like="the gradients are lists instead of arrays",
    hint="A list of lists has no shape, and a list times a learning rate is no list of products. NumPy made "
    "arrays for you: which conversion can you leave out?",
)

wrong(
    "m-of-the-example-backward",
    ("X.shape[1]", "3"),
    looks_like="the number of examples of the visible example is built in",
    hint="The network above has 3 examples, another batch has more or fewer. Which array, passed in here, "
    "has one column for each example?",
)

wrong(
    "mask-of-the-slope-backward",
    ("A2 > 0", "dA2 > 0"),
    ("A1 > 0", "dA1 > 0"),
    looks_like="the mask asks for the sign of the slope instead of that of the activation",
    hint="RELU is on where its output is positive. Whether the slope that comes back is positive has nothing "
    "to do with it. Of which array does (5) ask whether it exceeds 0?",
)

wrong(
    "cut-off-too-high-backward",
    ("> 0", "> 0.1"),
    looks_like="small activations count as off",
    hint="RELU is on for every positive number, however small. Yours blocks the slope of small ones too. "
    "What stands on the other side of your comparison?",
)

wrong(
    "penalty-on-top-backward",
    ("(dZ1, X.T) / m", "(dZ1, X.T) / m + 0.7 / m * W1"),
    ("(dZ3, A2.T) / m", "(dZ3, A2.T) / m + 0.7 / m * W3"),
    ("(dZ2, A1.T) / m", "(dZ2, A1.T) / m + 0.7 / m * W2"),
    looks_like="a penalty's gradient is added",
    hint="This cost has no penalty, so its gradient has none: nothing in (5) contains W of the same layer. A "
    "regularized backward pass belongs to a regularized cost.",
)


right("plain", ANSWER)
right(
    "classic-with-all-eleven",
    """
def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1. / m * np.dot(dZ3, A2.T)
    db3 = 1. / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1. / m * np.dot(dZ2, A1.T)
    db2 = 1. / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1. / m * np.dot(dZ1, X.T)
    db1 = 1. / m * np.sum(dZ1, axis=1, keepdims=True)
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3,
                 "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
                 "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients
""",
)
right(
    "average-folded-into-the-last-layer",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    d3 = (A3 - Y) / X.shape[1]
    d2 = (W3.T @ d3) * (Z2 > 0)
    d1 = (W2.T @ d2) * (Z1 > 0)
    return dict(
        dW1=d1 @ X.T, db1=d1.sum(1, keepdims=True),
        dW2=d2 @ A1.T, db2=d2.sum(1, keepdims=True),
        dW3=d3 @ A2.T, db3=d3.sum(1, keepdims=True),
    )
""",
)
right(
    "loop-over-layers",
    """
def backward_propagation_n(X, Y, cache):
    A = [X, cache[1], cache[5], cache[9]]
    W = [None, cache[2], cache[6], cache[10]]
    m = X.shape[1]
    grads = {}
    dZ = A[3] - np.reshape(Y, (1, m))
    for l in (3, 2, 1):
        grads[f"dW{l}"] = dZ.dot(A[l - 1].T) / m
        grads[f"db{l}"] = dZ.sum(axis=1).reshape(-1, 1) / m
        if l > 1:
            dZ = np.where(A[l - 1] > 0, W[l].T.dot(dZ), 0)
    return grads
""",
)
right(
    "einsum",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dZ2 = np.einsum("ij,ik->jk", W3, dZ3) * (A2 > 0)
    dZ1 = np.einsum("ij,ik->jk", W2, dZ2) * (A1 > 0)
    grads = {}
    for name, dZ, A in (("3", dZ3, A2), ("2", dZ2, A1), ("1", dZ1, X)):
        grads["dW" + name] = np.einsum("ik,jk->ij", dZ, A) / m
        grads["db" + name] = np.einsum("ik->i", dZ)[:, None] / m
    return grads
""",
)
right(
    "masks-in-place-on-own-arrays",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = np.array(A3, copy=True)
    dZ3 -= Y
    dZ2 = np.dot(W3.T, dZ3)
    dZ2[Z2 <= 0] = 0
    dZ1 = np.dot(W2.T, dZ2)
    dZ1[Z1 <= 0] = 0
    ones = np.ones((m, 1))
    return {
        "dW3": dZ3 @ A2.T / m, "db3": dZ3 @ ones / m,
        "dW2": dZ2 @ A1.T / m, "db2": dZ2 @ ones / m,
        "dW1": dZ1 @ X.T / m, "db1": dZ1 @ ones / m,
    }
""",
)
right(
    "means-instead-of-sums",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[-1]
    dZ3 = A3 - Y
    dZ2 = np.dot(W3.T, dZ3) * np.sign(A2)
    dZ1 = np.dot(W2.T, dZ2) * np.sign(A1)
    return {
        "db1": dZ1.mean(axis=1, keepdims=True), "dW1": dZ1 @ X.T / m,
        "db2": dZ2.mean(axis=1, keepdims=True), "dW2": dZ2 @ A1.T / m,
        "db3": dZ3.mean(axis=1, keepdims=True), "dW3": dZ3 @ A2.T / m,
        "note": "averages over the examples",
    }
""",
)
right(
    "example-by-example",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    labels, m = np.ravel(Y), X.shape[1]
    total = {"dW1": 0, "db1": 0, "dW2": 0, "db2": 0, "dW3": 0, "db3": 0}
    for i in range(m):
        one = slice(i, i + 1)
        d3 = A3[:, one] - labels[i]
        d2 = W3.T * d3 * (A2[:, one] > 0)
        d1 = W2.T @ d2 * (A1[:, one] > 0)
        for name, d, a in (("3", d3, A2), ("2", d2, A1), ("1", d1, X)):
            total["dW" + name] = total["dW" + name] + d @ a[:, one].T / m
            total["db" + name] = total["db" + name] + d / m
    return total
""",
)
right(
    "own-layer-function",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3, db3, dA2 = layer_backward(dZ3, A2, W3)
    dW2, db2, dA1 = layer_backward(dA2 * (Z2 > 0), A1, W2)
    dW1, db1, _ = layer_backward(dA1 * (Z1 > 0), X, W1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
""",
    """
def layer_backward(dZ, A_prev, W):
    m = A_prev.shape[1]
    return dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m, W.T @ dZ
""",
)
right(
    "cross-entropy-slope-and-heaviside",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = copy.deepcopy(cache)
    m = float(Y.size)
    dA3 = -(np.divide(Y, A3) - np.divide(1 - Y, 1 - A3))
    dZ3 = dA3 * A3 * (1 - A3)
    dZ2 = np.tensordot(W3, dZ3, axes=([0], [0])) * np.heaviside(Z2, 0)
    dZ1 = np.tensordot(W2, dZ2, axes=([0], [0])) * np.heaviside(Z1, 0)
    db = [np.array([np.mean(dZ, axis=1)]).T for dZ in (dZ1, dZ2, dZ3)]
    return {
        "dW1": dZ1 @ X.T / m, "db1": db[0], "dW2": dZ2 @ A1.T / m, "db2": db[1], "dW3": dZ3 @ A2.T / m, "db3": db[2],
    }
""",
)

equivalent(
    'X and the activations all have one column for each example.',
    ('m = X.shape[1]', 'm = A1.shape[1]'),
    ('m = X.shape[1]', 'm = A2.shape[1]'),
    ('m = X.shape[1]', 'm = A3.shape[1]'),
)
equivalent(
    'Z has one column for each example.',
    ('m = X.shape[1]', 'm = Z1.shape[1]'),
    ('m = X.shape[1]', 'm = Z2.shape[1]'),
    ('m = X.shape[1]', 'm = Z3.shape[1]'),
)
equivalent(
    'The arrays have two axes: -1 is 1.',
    ('m = X.shape[1]', 'm = X.shape[-1]'),
)
equivalent(
    'The output layer has one unit: the matrix product of (n, 1) and (1, m) is what broadcasting gives.',
    ('dZ2 = W3.T @ dZ3 * (A2 > 0)', 'dZ2 = W3.T * dZ3 * (A2 > 0)'),
)
equivalent(
    'dZ3 has one row: the sum over everything is the sum over the examples.',
    ('dW3, db3 = …', '… dZ3.sum(keepdims=True) / m)'),
)
equivalent(
    'The activations of ReLU are never negative.',
    ('dZ… = …(A… > 0)', '…(A… != 0)'),
)
equivalent(
    'ReLU(Z) is positive exactly where Z is.',
    ('dZ2 = …', '…(Z2 > 0)'),
    ('dZ1 = …', '…(Z1 > 0)'),
)
equivalent(
    'The arrays have two axes: -1 is 1.',
    ('dW…, db… = …', '…sum(axis=-1, keepdims=True) / m)'),
)
