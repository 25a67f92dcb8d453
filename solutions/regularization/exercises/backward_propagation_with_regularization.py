"""`backward_propagation_with_regularization`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np
import testCases
from reg_utils import (
    backward_propagation,
    forward_propagation,
)

from .shared import attempted, judged_gradients


def visible(implementation):
    X, Y, cache = testCases.backward_propagation_with_regularization_test_case()
    return [judged_gradients(implementation(X, Y, cache, 0.7)), list(cache)]


def fresh(implementation):
    seen = []
    for sizes, m, lambd in (((3, 4, 2, 1), 6, 0.9), ((3, 3, 3, 1), 4, 2.0)):
        X, Y, parameters = testCases.random_case(list(sizes), m, seed=32)
        cache = tuple(np.array(entry) for entry in forward_propagation(X, parameters)[1])
        seen += [judged_gradients(attempted(implementation, X, Y, cache, lambd)), cache[2], cache[9]]
    return seen


ANSWER = """\
def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
"""

wrong(
    "penalty-halved",
    ("lambd / m", "lambd / (2 * m)"),
    looks_like="the penalty's gradient is half of what it should be",
    hint="Your penalty term is half of what it should be: the factor 1/2 of the cost is still there. The "
    "derivative of a square brings a factor 2. What is left of the 1/2 after differentiating?",
)

wrong(
    "penalty-doubled",
    ("lambd /", "2 * lambd /"),
    looks_like="the penalty's gradient is twice what it should be",
    hint="Your penalty term is twice what it should be. The derivative of a square brings a factor 2, and the "
    "cost has a factor 1/2. What do the two make together?",
)

wrong(
    "penalty-not-divided-by-m",
    ("lambd / m *", "lambd *"),
    looks_like="the penalty's gradient is not divided by the number of examples",
    hint="Your penalty term is m times too large. By (3), each of dW1, dW2, dW3 gets lambda over m times its "
    "own weight matrix, and nothing else changes. Which factor is missing?",
)

wrong(
    "middle-layer-forgotten",
    ("(dZ2, A1.T) + lambd / m * W2", "(dZ2, A1.T)"),
    looks_like="dW2 has no penalty term",
    hint="dW1 and dW3 are right, but dW2 lacks its penalty term. By (3), each of dW1, dW2, dW3 gets lambda "
    "over m times its own weight matrix, and nothing else changes.",
)

wrong(
    "first-layer-forgotten",
    ("(dZ1, X.T) + lambd / m * W1", "(dZ1, X.T)"),
    looks_like="dW1 has no penalty term",
    hint="dW2 and dW3 are right, but dW1 lacks its penalty term. By (3), each of dW1, dW2, dW3 gets lambda "
    "over m times its own weight matrix, and nothing else changes.",
)

wrong(
    "penalty-on-biases",
    ("(dZ3, axis=1, keepdims=True)", "(dZ3, axis=1, keepdims=True) + lambd / m * b3"),
    ("(dZ2, axis=1, keepdims=True)", "(dZ2, axis=1, keepdims=True) + lambd / m * b2"),
    ("(dZ1, axis=1, keepdims=True)", "(dZ1, axis=1, keepdims=True) + lambd / m * b1"),
    looks_like="the biases' gradients have a penalty too",
    hint="Your db gradients hold a penalty term. The cost (2) has no biases in its penalty, so its derivative "
    "with respect to them does not change. What remains of db?",
)

wrong(
    "penalty-subtracted",
    ("+ lambd", "- lambd"),
    looks_like="the penalty's gradient is subtracted",
    hint="Your penalty term has a minus sign, so a step of gradient descent makes weights larger. The minus "
    "belongs to the step, not to the gradient. Which sign does (3) have?",
)


@wrong(
    "penalty-left-out",
    looks_like="the gradients are those without a penalty",
    hint="Your gradients do not change with lambda: they are those of the cross-entropy alone. By (3), each of "
    "dW1, dW2, dW3 gets lambda over m times its own weight matrix, and nothing else changes.",
)
def l2_none(X, Y, cache, lambd):
    return backward_propagation(X, Y, cache)

wrong(
    "divided-by-m-twice",
    ("np.dot(dZ1, X.T) + lambd / m * W1", "(np.dot(dZ1, X.T) + lambd / m * W1)"),
    ("np.dot(dZ3, A2.T) + lambd / m * W3", "(np.dot(dZ3, A2.T) + lambd / m * W3)"),
    ("np.dot(dZ2, A1.T) + lambd / m * W2", "(np.dot(dZ2, A1.T) + lambd / m * W2)"),
    looks_like="the penalty's gradient is divided by m twice",
    hint="Your penalty term is divided by m twice: 1/m stands in front of a bracket that already holds lambda "
    "over m. By (3), each of dW1, dW2, dW3 gets lambda over m times its own weight matrix, and nothing "
    "else changes. Where should the bracket end?",
)

wrong(
    "sign-of-the-weights",
    ("m * W3", "m * np.sign(W3)"),
    ("m * W2", "m * np.sign(W2)"),
    ("m * W1", "m * np.sign(W1)"),
    looks_like="the penalty's gradient is the sign of the weights",
    hint="Your penalty term has the same size for every weight. That is the gradient of absolute values. What "
    "is the derivative of a squared weight?",
)

wrong(
    "squares-of-the-weights",
    ("m * W3", "m * W3**2"),
    ("m * W2", "m * W2**2"),
    ("m * W1", "m * W1**2"),
    looks_like="the penalty's gradient holds the squared weights",
    hint="Your penalty term holds squared weights, so it is never negative and pushes negative weights further "
    "down. The cost holds squares; what does differentiating make of them?",
)

wrong(
    "sum-of-the-squares",
    ("m * W3", "m * np.sum(W3**2)"),
    ("m * W2", "m * np.sum(W2**2)"),
    ("m * W1", "m * np.sum(W1**2)"),
    looks_like="the whole penalty is added to every entry",
    hint="Your penalty term is one number, added to all entries of dW. The gradient with respect to one weight "
    "depends on that weight alone. What shape does the penalty term have in (3)?",
)

wrong(
    "half-the-sum-of-the-squares",
    ("m * W3", "m / 2 * np.sum(W3**2)"),
    ("m * W2", "m / 2 * np.sum(W2**2)"),
    ("m * W1", "m / 2 * np.sum(W1**2)"),
    looks_like="the penalty itself, one number, is added to every entry",
    hint="The penalty of the cost is one number; its slope by one weight depends on that weight alone. What shape does "
    "the penalty term have in (3)?",
)

wrong(
    "mean-forgotten",
    ("1 / m * np", "np"),
    looks_like="the gradients of the cross-entropy are sums, not means",
    hint="Without the penalty, your gradients are m times too large. The cost is a mean over m examples, so dW "
    "and db carry a factor 1/m. The penalty term has its own. Where is the other?",
)

wrong(
    "labels-minus-outputs",
    ("A3 - Y", "Y - A3"),
    looks_like="the error is labels minus outputs",
    hint="The cross-entropy part of your gradients has the wrong sign: the error starts as labels minus "
    "outputs. With a cost that falls when the output nears the label, which way round is it in (6)?",
)

wrong(
    "no-relu-slope-at-all",
    ("> 0", ">= 0"),
    looks_like="both hidden layers are treated as if they had no relu",
    hint="Layer 3 is right, but your gradient passes through units of both hidden layers that gave zero. Where "
    "relu is flat its slope is 0. An activation is never below 0, so a comparison that also holds at 0 "
    "holds everywhere, just as no comparison does. What makes dZ from dA?",
)

wrong(
    "relu-slope-forgotten",
    ("dA1 * (A1 > 0)", "dA1"),
    looks_like="layer 1 is treated as if it had no relu",
    hint="Your gradient passes through units of layer 1 that gave zero. Where relu is flat its slope is 0. "
    "Compare the line that makes dZ1 with the one that makes dZ2.",
)

wrong(
    "bias-gradient-flat",
    (", keepdims=True", ""),
    looks_like="the gradients of the biases are flat arrays",
    hint="Your db are right in value but have one axis only. b1 is a column (n_1, 1), and an update with a "
    "flat array would make a square matrix of it. Which argument of the sum keeps the axis?",
)


@wrong(
    "weights-scaled-in-place",
    looks_like="the weights in the cache are changed while they are used",
    hint="Your function changes the weights themselves: after it, the cache holds scaled weights, and the "
    "layers below are computed with them. Training would go on from there. Which operation writes into W "
    "instead of making a new array?",
)
def l2_in_place(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    for W in (W1, W2, W3):
        W *= lambd / m
    dZ3 = A3 - Y
    dZ2 = np.dot(W3.T, dZ3) * (A2 > 0)
    dZ1 = np.dot(W2.T, dZ2) * (A1 > 0)
    gradients = {}
    for l, dZ, before, W in ((1, dZ1, X, W1), (2, dZ2, A1, W2), (3, dZ3, A2, W3)):
        gradients[f"dW{l}"] = np.dot(dZ, before.T) / m + W
        gradients[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients


@wrong(
    "outputs-overwritten",
    looks_like="the cached outputs are overwritten",
    hint="Your gradients are right, but afterwards the cache no longer holds the outputs: the error is written "
    "over them. Whoever computes a cost from that cache gets nonsense. Which operation writes into A3?",
)
def l2_overwrites_outputs(X, Y, cache, lambd):
    A3, m = cache[9], X.shape[1]
    gradients = backward_propagation(X, Y, cache)
    A3 -= Y
    for name, W in (("dW1", cache[2]), ("dW2", cache[6]), ("dW3", cache[10])):
        gradients[name] = gradients[name] + lambd / m * W
    return gradients


wrong(
    "gradients-as-a-tuple",
    ('{"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}', "dW1, db1, dW2, db2, dW3, db3"),
    looks_like="a tuple comes back instead of a dictionary",
    hint="You give back the gradients one after another, without names. The update looks them up by name, such "
    "as dW1. The docstring lists the six keys of the dictionary.",
)

wrong(
    "biases-without-gradients",
    ('db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3', 'dW2": dW2, "dW3": dW3'),
    looks_like="the gradients of the biases are missing",
    hint="Your dictionary holds dW but no db. The penalty leaves the biases alone, yet they are trained all "
    "the same. What is the gradient of the cross-entropy with respect to them?",
)

wrong(
    "m-from-rows",
    ("shape[1]", "shape[0]"),
    looks_like="the number of examples is taken from the rows of X",
    hint="Your m is the number of rows of X, its features. Examples stand in columns: X is (n, m). Which entry "
    "of the shape counts them?",
)

wrong(
    "lambda-of-the-example",
    ("lambd /", "0.7 /"),
    looks_like="lambda is always 0.7",
    hint="Your penalty term uses 0.7 whatever lambd is passed. Which name holds the strength of the penalty?",
)

wrong(
    "next-layers-weights",
    ("m * W2", "m * W3"),
    looks_like="dW2 gets the penalty of W3",
    hint="The term you add to dW2 comes from W3: a copied line whose index stayed the same. The shapes do not "
    "fit, or they fit by accident. By (3), each of dW1, dW2, dW3 gets lambda over m times its own weight "
    "matrix, and nothing else changes.",
)


right("plain", ANSWER)
right("classic-eleven-entries", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + (lambd * W3) / m
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims = True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T) + (lambd * W2) / m
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims = True)

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + (lambd * W1) / m
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims = True)

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3,"dA2": dA2,
                 "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
                 "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients
""")
right("given-function-and-a-loop", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    grads = backward_propagation(X, Y, cache)
    for l, W in enumerate([cache[2], cache[6], cache[10]], start=1):
        grads["dW" + str(l)] += lambd * W / Y.shape[1]
    return grads
""")
right("einsum-over-examples", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = A3.shape[1]
    d3 = (A3 - Y) / m
    d2 = np.einsum("ki,km->im", W3, d3) * (Z2 > 0)
    d1 = np.einsum("ki,km->im", W2, d2) * (Z1 > 0)
    out = {}
    for l, d, A, W in zip("321", (d3, d2, d1), (A2, A1, X), (W3, W2, W1)):
        out["dW" + l] = np.einsum("im,jm->ij", d, A) + lambd / m * W
        out["db" + l] = np.einsum("im->i", d)[:, None]
    return out
""")
right("one-example-at-a-time", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    _, A1, W1, b1, _, A2, W2, b2, _, A3, W3, b3 = cache
    m = X.shape[1]
    g = {"dW1": lambd / m * W1, "dW2": lambd / m * W2, "dW3": lambd / m * W3}
    g.update(db1=np.zeros_like(b1), db2=np.zeros_like(b2), db3=np.zeros_like(b3))
    for i in range(m):
        d3 = A3[:, [i]] - Y[:, [i]]
        d2 = (W3.T @ d3) * (A2[:, [i]] > 0)
        d1 = (W2.T @ d2) * (A1[:, [i]] > 0)
        for name, d, before in (("3", d3, A2), ("2", d2, A1), ("1", d1, X)):
            g["dW" + name] = g["dW" + name] + d @ before[:, [i]].T / m
            g["db" + name] = g["db" + name] + d / m
    return g
""")
right("own-helper-in-its-own-cell", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3, db3, dA2 = linear_backward(dZ3, A2, W3, lambd)
    dZ2 = np.where(A2 > 0, dA2, 0)
    dW2, db2, dA1 = linear_backward(dZ2, A1, W2, lambd)
    dZ1 = np.where(A1 > 0, dA1, 0)
    dW1, db1, _ = linear_backward(dZ1, X, W1, lambd)
    return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2, dW3=dW3, db3=db3)
""", """
def linear_backward(dZ, A_before, W, lambd):
    m = dZ.shape[1]
    return (dZ @ A_before.T + lambd * W) / m, dZ.mean(axis=1, keepdims=True), W.T @ dZ
""")
right("zeroed-in-its-own-copies", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = Y.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = np.subtract(A3, Y)
    dZ2 = np.dot(W3.T, dZ3)
    dZ2[Z2 <= 0] = 0
    dZ1 = np.dot(W2.T, dZ2)
    dZ1[Z1 <= 0] = 0
    gradients = {}
    for l, dZ, A, W in [(3, dZ3, A2, W3), (2, dZ2, A1, W2), (1, dZ1, X, W1)]:
        dW = np.dot(dZ, A.T)
        dW += lambd * W
        dW /= m
        gradients["dW%i" % l], gradients["db%i" % l] = dW, np.sum(dZ, axis=1).reshape(-1, 1) / m
    return gradients
""")
right("extra-argument-and-extra-keys", """
def backward_propagation_with_regularization(X, Y, cache, lambd=0.7, scale=None):
    scale = 1.0 / X.shape[1] if scale is None else scale
    gradients = dict(backward_propagation(X, Y, cache))
    weights = {"dW1": cache[2], "dW2": cache[6], "dW3": cache[10]}
    gradients |= {name: gradients[name] + scale * lambd * W for name, W in weights.items()}
    gradients["penalty"] = 0.5 * scale * lambd * sum(np.sum(W * W) for W in weights.values())
    return gradients
""")
right("all-in-32-bits", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    X, Y = X.astype("float32"), Y.astype("float32")
    cache = [np.asarray(c, dtype="float32") for c in cache]
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right("mean-taken-at-once", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = 1./m * (A3 - Y)
    dW3 = np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = np.dot(dZ1, X.T) + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right("sums-by-matrix-product", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1./m * np.dot(dZ2, np.ones((m, 1)))
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right("added-into-the-given-result", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    g = reg_utils.backward_propagation(X, Y, cache)
    for k, i in zip(("dW1", "dW2", "dW3"), (2, 6, 10)):
        np.add(g[k], (lambd / X.shape[1]) * cache[i], out=g[k])
    return g
""")
right("zeroed-in-a-copy", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.array(dA2, copy=True)
    dZ2[Z2 <= 0] = 0
    dW2 = 1./m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")

equivalent(
    'X, Y and the activations all have one column for each example.',
    ('m = X.shape[1]', 'm = Y.shape[1]'),
)
equivalent(
    'The arrays have two axes: -1 is 1.',
    ('m = X.shape[1]', 'm = X.shape[-1]'),
)
equivalent(
    'The layers are independent of each other: any order.',
    ('for layer, W in …', '… in list(((1, cache[2]), (2, cache[6]), (3, cache[10])))[::-1]:'),
    ('for layer, W in …', '… in ((2, cache[6]), (1, cache[2]), (3, cache[10])):'),
    ('for layer, W in …', '… in ((3, cache[10]), (2, cache[6]), (1, cache[2])):'),
    ('for layer, W in …', '… in ((1, cache[2]), (3, cache[10]), (2, cache[6])):'),
)
equivalent(
    'Entry -6 of the twelve is entry 6.',
    ('for layer, W in …', '… (2, cache[-6]), …'),
)
