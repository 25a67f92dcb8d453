"""`backward_propagation_with_dropout`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np
import testCases
from reg_utils import (
    relu,
    sigmoid,
)

from .shared import attempted, judged_gradients


def _masked(X, Y, cache, keep_prob):
    """The right gradients under the masks in a cache."""
    _, D1, A1, _, _, _, D2, A2, W2, _, _, A3, W3, _ = cache
    dZ3 = A3 - Y
    dZ2 = W3.T @ dZ3 * D2 / keep_prob * (A2 > 0)
    dZ1 = W2.T @ dZ2 * D1 / keep_prob * (A1 > 0)
    right = {}
    for layer, dZ, before in (("1", dZ1, X), ("2", dZ2, A1), ("3", dZ3, A2)):
        right |= {f"dW{layer}": dZ @ before.T / Y.size, f"db{layer}": np.mean(dZ, axis=1, keepdims=True)}
    return right


def visible(implementation):
    X, Y, cache = testCases.backward_propagation_with_dropout_test_case()
    right = _masked(X, Y, cache, 0.8)
    return [judged_gradients(implementation(X, Y, cache, 0.8), right), list(cache)]


def fresh(implementation):
    seen = []
    for sizes, m, keep_prob in (((3, 4, 2, 1), 6, 0.7), ((5, 5, 5, 1), 9, 0.4)):
        X, Y, parameters = testCases.random_case(list(sizes), m, seed=34)
        W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
        random = np.random.RandomState(34)
        D1, D2 = (random.rand(n, m) < 0.6 for n in sizes[1:3])
        Z1 = W1 @ X + b1
        A1 = relu(Z1) * D1 / keep_prob
        Z2 = W2 @ A1 + b2
        A2 = relu(Z2) * D2 / keep_prob
        Z3 = W3 @ A2 + b3
        cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3)
        np.random.seed(35)
        right = _masked(X, Y, cache, keep_prob)
        seen += [judged_gradients(attempted(implementation, X, Y, cache, keep_prob), right), cache[11]]
    return seen


ANSWER = """\
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
"""


@wrong(
    "steps-never-added",
    looks_like="the division by keep_prob is missing",
    hint="Your gradients are too small by keep_prob for each hidden layer that they passed. The forward pass "
    "divided what it kept by keep_prob, so by (5) the backward pass does too. (A dropped unit has activation "
    "0, where relu has no slope, so a forgotten mask shows in dA2 and dA1 alone.) Which lines should divide? After the "
    "given pass has returned it is too late: dW2 is made of dA2.",
    family="not-scaled",
)
def back_plain(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


wrong(
    "first-layer-skipped",
    (
        "    dA1 = dA1 * D1\n"
        "    dA1 = dA1 / keep_prob\n",
        "",
    ),
    looks_like="layer 1 is not divided by keep_prob",
    hint="The gradients of layers 3 and 2 are right; those of layer 1 lack a division by keep_prob. By (5), the "
    "gradient of each hidden layer is masked with that layer's D and divided by keep_prob. Compare the lines "
    "for dA2 and dA1: does each change its own layer?",
    family="first-layer-skipped",
)

wrong(
    "second-layer-skipped",
    (
        "    dA2 = dA2 * D2\n"
        "    dA2 = dA2 / keep_prob\n",
        "",
    ),
    looks_like="layer 2 is not divided by keep_prob",
    hint="The gradients of layer 3 are right; those of layer 2 lack a division by keep_prob. By (5), the "
    "gradient of each hidden layer is masked with that layer's D and divided by keep_prob. How many hidden "
    "layers are there?",
)

wrong(
    "not-scaled",
    ("    dA2 = dA2 / keep_prob\n", ""),
    ("    dA1 = dA1 / keep_prob\n", ""),
    looks_like="the division by keep_prob is missing",
    hint="Your gradients are too small by keep_prob for each hidden layer that they passed. The forward pass "
    "divided what it kept by keep_prob, so by (5) the backward pass does too. (A dropped unit has activation "
    "0, where relu has no slope, so a forgotten mask shows in dA2 and dA1 alone.) Which lines should divide? After the "
    "given pass has returned it is too late: dW2 is made of dA2.",
    family="not-scaled",
)

wrong(
    "multiplied-by-keep-prob",
    ("/ keep_prob", "* keep_prob"),
    looks_like="the gradients are multiplied by keep_prob",
    hint="Your gradients are multiplied by keep_prob where they should be divided. The chain rule repeats what "
    "the forward pass did to the activations. Did that multiply or divide?",
)

wrong(
    "masks-turned-over",
    ("dA2 * D2", "dA2 * (1 - D2)"),
    ("dA1 * D1", "dA1 * (1 - D1)"),
    looks_like="the dropped units get the gradient, the kept ones none",
    hint="Your gradients of layers 2 and 1 are all zero: what the kept units should receive goes to the "
    "dropped ones, where relu stops it. A unit that was dropped did not touch the output. Where the mask "
    "is 0, what is its gradient?",
)

wrong(
    "fresh-masks",
    ("dA2 * D2", "dA2 * (np.random.rand(*dA2.shape) < keep_prob)"),
    ("dA1 * D1", "dA1 * (np.random.rand(*dA1.shape) < keep_prob)"),
    random=True,
    looks_like="new masks are drawn instead of those in the cache",
    hint="Your backward pass draws masks of its own, so it differentiates a network that never ran. Its "
    "gradients change from call to call. Where are the masks of the forward pass kept?",
)

wrong(
    "masks-exchanged",
    ("dA2 * D2", "dA2 * D1"),
    ("dA1 * D1", "dA1 * D2"),
    looks_like="D1 and D2 are exchanged",
    hint="Your D1 is used on layer 2 and D2 on layer 1. The shapes do not fit, or they fit by accident where "
    "both layers have the same size. Which mask has the shape of dA2?",
)

wrong(
    "relu-slope-forgotten",
    ("dA2 * (A2 > 0)", "dA2"),
    ("dA1 * (A1 > 0)", "dA1"),
    looks_like="the slope of relu is left out",
    hint="Your gradients pass through kept units whose relu gave zero. Mask and relu are two different stops: "
    "one is random, the other is where the activation is 0. What makes dZ from dA in (6)?",
)

wrong(
    "mean-forgotten",
    ("1 / m * np", "np"),
    looks_like="the gradients are sums, not means",
    hint="All your gradients are m times too large. The cost is a mean over m examples. Which factor do dW and "
    "db carry in (6)?",
)

wrong(
    "labels-minus-outputs",
    ("A3 - Y", "Y - A3"),
    looks_like="the error is labels minus outputs",
    hint="All your gradients have the wrong sign: the error starts as labels minus outputs. A step against the "
    "gradient should bring outputs nearer to labels. Which way round is dZ3 in (6)?",
)

wrong(
    "bias-gradient-flat",
    (", keepdims=True", ""),
    looks_like="the gradients of the biases are flat arrays",
    hint="Your db are right in value but have one axis only. b1 is a column (n_1, 1). Which argument of the "
    "sum keeps the axis?",
)

wrong(
    "keep-prob-of-the-example",
    ("/ keep_prob", "/ 0.8"),
    looks_like="the scale is always 1 / 0.8",
    hint="Your gradients are divided by 0.8 whatever keep_prob is passed: the number of the visible check. "
    "Which name holds the probability?",
)

wrong(
    "gradients-as-a-tuple",
    ('{"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}', "dW1, db1, dW2, db2, dW3, db3"),
    looks_like="a tuple comes back instead of a dictionary",
    hint="You give back the gradients one after another, without names. The update looks them up by name, such "
    "as dW1. The docstring lists the six keys of the dictionary.",
)

wrong(
    "layer-1-without-gradients",
    ('dW1": dW1, "db1": db1, "', ""),
    looks_like="the dictionary ends before layer 1",
    hint="Your dictionary has no gradients for layer 1. The pass goes back through all three layers, down to "
    "the one that sees X. Which steps are left after dZ2?",
)

wrong(
    "scaled-twice",
    ("> 0)", "> 0) / keep_prob"),
    looks_like="the gradients are divided by keep_prob twice",
    hint="Your gradients are divided by keep_prob twice in each hidden layer, once as dA and once more as dZ. "
    "The forward pass divided once. Which of the two divisions belongs to (5)?",
)

wrong(
    "output-scaled",
    ("A3 - Y", "(A3 - Y) / keep_prob"),
    looks_like="the error of the output is divided by keep_prob",
    hint="Even the gradients of layer 3 are too large: the error of the output is divided by keep_prob. The "
    "output was not dropped. At which layers does (5) apply?",
)

wrong(
    "one-bias-for-all",
    ("dZ2, axis=1, keepdims=True", "dZ2) * np.ones_like(b2"),
    ("dZ1, axis=1, keepdims=True", "dZ1) * np.ones_like(b1"),
    looks_like="the gradients of the biases are summed over units too",
    hint="Each of your db is one number for a whole layer: the sum runs over units and examples. Each unit has "
    "a bias of its own. Over which axis do examples run?",
)

wrong(
    "first-layer-not-scaled",
    ("    dA1 = dA1 / keep_prob\n", ""),
    looks_like="layer 1 is not divided by keep_prob",
    hint="The gradients of layers 3 and 2 are right; those of layer 1 lack a division by keep_prob. By (5), the "
    "gradient of each hidden layer is masked with that layer's D and divided by keep_prob. Compare the lines "
    "for dA2 and dA1: does each change its own layer?",
    family="first-layer-skipped",
)

wrong(
    "cache-overwritten",
    ("dZ3 = A3 - Y", "A3 -= Y\n    dZ3 = A3"),
    looks_like="the cached activations are overwritten",
    hint="Your gradients are right, but afterwards the cache does not hold the outputs of the forward pass any "
    "more. Whoever reads it next gets nonsense. Which operation writes into an array of the cache instead "
    "of making a new one?",
)


@wrong(
    "masks-left-out",
    looks_like="the masks are left out of dA2 and dA1",
    hint="Your dW and db are right, because a dropped unit has activation 0, where relu has no slope. But your "
    "dA2 and dA1 are not zero there. A unit that was dropped did not touch the output. By (5), what "
    "stands between the matrix product and the division by keep_prob?",
)
def back_no_masks(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3) / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dA1 = np.dot(W2.T, dZ2) / keep_prob
    dZ1 = dA1 * (A1 > 0)
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, before in (("1", dZ1, X), ("2", dZ2, A1), ("3", dZ3, A2)):
        gradients["dW" + layer] = np.dot(dZ, before.T) / m
        gradients["db" + layer] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients


@wrong(
    "activation-for-its-slope",
    looks_like="the gradient is multiplied by the activation itself",
    hint="In (6) the bracket [A > 0] is 1 or 0: relu lets a gradient through or stops it. You multiply by A, however large "
    "it is.",
)
def back_times_activation(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3) * D2 / keep_prob
    dZ2 = dA2 * A2
    dA1 = np.dot(W2.T, dZ2) * D1 / keep_prob
    dZ1 = dA1 * A1
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, before in (("1", dZ1, X), ("2", dZ2, A1), ("3", dZ3, A2)):
        gradients["dW" + layer] = np.dot(dZ, before.T) / m
        gradients["db" + layer] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients


@wrong(
    "first-mask-left-out",
    looks_like="the mask is left out of dA1",
    hint="Your dW, db and dA2 are right, but your dA1 is not zero where D1 is. That it harms no dW is the "
    "merit of relu, which stops the gradient of an activation of 0 once more. By (5), each hidden layer "
    "has its mask. Compare your lines for dA2 and dA1.",
)
def back_no_first_mask(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3) * D2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dA1 = np.dot(W2.T, dZ2) / keep_prob
    dZ1 = dA1 * (A1 > 0)
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, before in (("1", dZ1, X), ("2", dZ2, A1), ("3", dZ3, A2)):
        gradients["dW" + layer] = np.dot(dZ, before.T) / m
        gradients["db" + layer] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients


@wrong(
    "second-mask-left-out",
    looks_like="the mask is left out of dA2",
    hint="Your dW, db and dA1 are right, but your dA2 is not zero where D2 is. That it harms no dW is the "
    "merit of relu, which stops the gradient of an activation of 0 once more. By (5), each hidden layer "
    "has its mask. Compare your lines for dA2 and dA1.",
)
def back_no_second_mask(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3) / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dA1 = np.dot(W2.T, dZ2) * D1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, before in (("1", dZ1, X), ("2", dZ2, A1), ("3", dZ3, A2)):
        gradients["dW" + layer] = np.dot(dZ, before.T) / m
        gradients["db" + layer] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients


@wrong(
    "first-mask-on-layer-2",
    looks_like="layer 2 gets the mask D1 where it fits",
    hint="Where both hidden layers have the same size, your layer 2 uses D1. That stops the gradients of units which "
    "took part in the forward pass. By (5), each layer has the mask with its own number. Compare the numbers in your "
    "lines for dA2 and dA1.",
)
def back_first_mask_twice(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3) * (D1 if D1.shape == A2.shape else D2) / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dA1 = np.dot(W2.T, dZ2) * D1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, before in (("1", dZ1, X), ("2", dZ2, A1), ("3", dZ3, A2)):
        gradients["dW" + layer] = np.dot(dZ, before.T) / m
        gradients["db" + layer] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients


@wrong(
    "second-mask-on-layer-1",
    looks_like="layer 1 gets the mask D2 where it fits",
    hint="Where both hidden layers have the same size, your layer 1 uses D2. That stops the gradients of units which "
    "took part in the forward pass. By (5), each layer has the mask with its own number. Compare the numbers in your "
    "lines for dA2 and dA1.",
)
def back_second_mask_twice(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3) * D2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dA1 = np.dot(W2.T, dZ2) * (D2 if D2.shape == A1.shape else D1) / keep_prob
    dZ1 = dA1 * (A1 > 0)
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, before in (("1", dZ1, X), ("2", dZ2, A1), ("3", dZ3, A2)):
        gradients["dW" + layer] = np.dot(dZ, before.T) / m
        gradients["db" + layer] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients


right("plain", ANSWER)
right("classic-eleven-entries", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims = True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2              # Step 1: Apply mask D2
    dA2 = dA2 / keep_prob       # Step 2: Scale
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims = True)

    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims = True)

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3,"dA2": dA2,
                 "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
                 "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients
""")
right("in-place-on-its-own-arrays", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = Y.shape[1]
    g = {}
    delta = A3 - Y
    g["dW3"], g["db3"] = delta @ A2.T / m, delta.mean(axis=1, keepdims=True)
    delta = W3.T @ delta
    delta *= D2
    delta /= keep_prob
    delta[A2 == 0] = 0
    g["dW2"], g["db2"] = delta @ A1.T / m, delta.mean(axis=1, keepdims=True)
    delta = W2.T @ delta
    delta *= D1
    delta /= keep_prob
    delta[A1 == 0] = 0
    g["dW1"], g["db1"] = delta @ X.T / m, delta.mean(axis=1, keepdims=True)
    return g
""")
right("masked-with-an-index", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3)
    dA2[~D2] = 0
    dZ2 = dA2 / keep_prob * (Z2 > 0)
    dA1 = np.dot(W2.T, dZ2)
    dA1[D1 == False] = 0
    dZ1 = dA1 / keep_prob * (Z1 > 0)
    return {
        "dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(dZ2, A1.T) / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
        "dW3": np.dot(dZ3, A2.T) / m, "db3": np.sum(dZ3, axis=1, keepdims=True) / m,
    }
""")
right("own-step-in-its-own-cell", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    (Z1, D1, A1, W1, b1), (Z2, D2, A2, W2, b2), (Z3, A3, W3, b3) = cache[:5], cache[5:10], cache[10:]
    dZ3 = A3 - Y
    dZ2 = through_dropout(W3, dZ3, D2, A2, keep_prob)
    dZ1 = through_dropout(W2, dZ2, D1, A1, keep_prob)
    grads = {}
    for l, dZ, A in ((3, dZ3, A2), (2, dZ2, A1), (1, dZ1, X)):
        grads.update({f"dW{l}": dZ.dot(A.T) / len(Y.T), f"db{l}": dZ.sum(axis=1, keepdims=True) / len(Y.T)})
    return grads
""", """
def through_dropout(W, dZ, D, A, keep):
    return np.where(D, W.T.dot(dZ) / keep, 0.0) * np.sign(A)
""")
right("einsum-over-examples", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    d3 = (A3 - Y) / m
    d2 = np.einsum("ki,km,im,im->im", W3, d3, D2 / keep_prob, (A2 > 0).astype(float))
    d1 = np.einsum("ki,km,im,im->im", W2, d2, D1 / keep_prob, (A1 > 0).astype(float))
    gradients = {"dW1": d1 @ X.T, "dW2": d2 @ A1.T, "dW3": d3 @ A2.T}
    for l, d in ((1, d1), (2, d2), (3, d3)):
        gradients["db" + str(l)] = d.sum(axis=1)[:, np.newaxis]
    return gradients
""")
right("one-example-at-a-time", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    _, D1, A1, W1, b1, _, D2, A2, W2, b2, _, A3, W3, b3 = cache
    m = X.shape[1]
    shapes = {"dW1": W1, "db1": b1, "dW2": W2, "db2": b2, "dW3": W3, "db3": b3}
    total = {name: np.zeros(array.shape) for name, array in shapes.items()}
    for i in range(m):
        x, a1, a2 = X[:, i], A1[:, i], A2[:, i]
        e3 = A3[:, i] - Y[:, i]
        e2 = W3.T.dot(e3) * D2[:, i] / keep_prob * (a2 > 0)
        e1 = W2.T.dot(e2) * D1[:, i] / keep_prob * (a1 > 0)
        for name, e, a in (("3", e3, a2), ("2", e2, a1), ("1", e1, x)):
            total["dW" + name] += np.outer(e, a) / m
            total["db" + name] += e.reshape(-1, 1) / m
    return total
""")
right("loop-from-the-last-layer", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob, lambd=0.0):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    A, W, D, m = [X, A1, A2], [None, W1, W2, W3], [None, D1, D2], X.shape[1]
    gradients, dZ = {}, A3 - Y
    for l in (3, 2, 1):
        gradients["dZ" + str(l)] = dZ
        gradients["dW" + str(l)] = (dZ @ A[l - 1].T + lambd * W[l]) / m
        gradients["db" + str(l)] = np.average(dZ, axis=1).reshape((-1, 1))
        if l > 1:
            dA = W[l].T @ dZ * D[l - 1].astype(int) / keep_prob
            dZ = dA * (A[l - 1] > 0)
    return gradients
""")
right("all-in-32-bits", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    X, Y = X.astype("float32"), Y.astype("float32")
    cache = tuple(np.asarray(c, dtype="float32") for c in cache)
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right("mean-taken-at-once-and-all-entries", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = 1./m * (A3 - Y)
    dW3 = np.dot(dZ3, A2.T)
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right("zeros-of-the-cache-for-masks", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
""")
right("dropped-part-taken-off", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 - dA1 * (1 - D1)
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right("down-to-the-inputs", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    dA0 = np.dot(W1.T, dZ1)
    return {"dA0": dA0, "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right("zeroed-in-a-copy", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1.copy()
    dZ1[A1 <= 0] = 0
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")

equivalent(
    'X, Y and the activations all have one column for each example.',
    ('m = X.shape[1]', 'm = Y.shape[1]'),
)
equivalent(
    'X and the activations all have one column for each example.',
    ('m = X.shape[1]', 'm = A1.shape[1]'),
    ('m = X.shape[1]', 'm = A2.shape[1]'),
    ('m = X.shape[1]', 'm = A3.shape[1]'),
)
equivalent(
    'The masks have one column for each example.',
    ('m = X.shape[1]', 'm = D1.shape[1]'),
    ('m = X.shape[1]', 'm = D2.shape[1]'),
)
equivalent(
    'The arrays have two axes: -1 is 1.',
    ('m = X.shape[1]', 'm = X.shape[-1]'),
)
equivalent(
    'The output layer has one unit: the matrix product of (n, 1) and (1, m) is their outer product, and what broadcasting gives.',
    ('dA2 = np.dot(W3.T, dZ3) * D2 / keep_prob', 'dA2 = np.multiply(W3.T, dZ3) * D2 / keep_prob'),
    ('dA2 = np.dot(W3.T, dZ3) * D2 / keep_prob', 'dA2 = np.outer(W3.T, dZ3) * D2 / keep_prob'),
)
equivalent(
    'The activations of ReLU are never negative.',
    ('dZ… = …(A… > 0)', '…(A… != 0)'),
)
equivalent(
    'dZ and dA may be missing, also because a later entry has the same key, and nothing is asked about a dA3.',
    ('gradients = …', "gradients = {'dA2': dA2, 'dZ2': dZ2, 'dA1': dA1, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ3': dZ3, 'dZ2': dZ2, 'dA1': dA1, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ3': dZ3, 'dA2': dA2, 'dA1': dA1, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ3': dZ3, 'dA2': dA2, 'dZ2': dZ2, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ3': dZ3, 'dA2': dA2, 'dZ2': dZ2, 'dA1': dA1}"),
    ('gradients = …', "gradients = {'dZ1': dZ3, 'dA2': dA2, 'dZ2': dZ2, 'dA1': dA1, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ2': dZ3, 'dA2': dA2, 'dZ2': dZ2, 'dA1': dA1, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ3': dZ3, 'dA1': dA2, 'dZ2': dZ2, 'dA1': dA1, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ3': dZ3, 'dA2': dA2, 'dZ1': dZ2, 'dA1': dA1, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ3': dZ3, 'dA3': dA2, 'dZ2': dZ2, 'dA1': dA1, 'dZ1': dZ1}"),
    ('gradients = …', "gradients = {'dZ3': dZ3, 'dA2': dA2, 'dZ2': dZ2, 'dA3': dA1, 'dZ1': dZ1}"),
)
equivalent(
    'The gradients of the layers are put down in any order.',
    ('for layer, dZ, before in …', '… in list(((1, dZ1, X), (2, dZ2, A1), (3, dZ3, A2)))[::-1]:'),
    ('for layer, dZ, before in …', '… in ((2, dZ2, A1), (1, dZ1, X), (3, dZ3, A2)):'),
    ('for layer, dZ, before in …', '… in ((3, dZ3, A2), (2, dZ2, A1), (1, dZ1, X)):'),
    ('for layer, dZ, before in …', '… in ((1, dZ1, X), (3, dZ3, A2), (2, dZ2, A1)):'),
)
equivalent(
    'The arrays have two axes: -1 is 1.',
    ("gradients[f'db{layer}'] = np.sum(dZ, axis=1, keepdims=True) / m", '… axis=-1, …'),
)
