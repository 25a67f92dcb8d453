"""`compute_cost_with_regularization`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np
import testCases
from reg_utils import (
    compute_cost,
    forward_propagation,
)

from .shared import attempted

describe = "as_number"

def fresh(implementation):
    costs = []
    for sizes, m, lambd in (((3, 4, 2, 1), 6, 0.9), ((2, 3, 3, 1), 3, 2.0)):
        X, Y, parameters = testCases.random_case(list(sizes), m, seed=31)
        A3 = forward_propagation(X, parameters)[0]
        costs.append(attempted(implementation, A3, Y, parameters, lambd))
        costs.append(float(sum(np.sum(value) for value in parameters.values())))
    return costs


def visible(implementation):
    return implementation(*testCases.compute_cost_with_regularization_test_case(), 0.1)


ANSWER = """\
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return compute_cost(A3, Y) + penalty
"""

wrong(
    "half-forgotten",
    ("(2 * m)", "m"),
    looks_like="the penalty is twice too large",
    hint="Your penalty is twice what (2) asks for. Equation (2) sums the squares of all entries of all three "
    "weight matrices and multiplies the sum once by lambda over 2m. The 2 in the denominator cancels when "
    "the square is differentiated. Is it in yours?",
)

wrong(
    "only-first-layer",
    ("(np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))", "np.sum(W1**2)"),
    looks_like="only the squares of W1 are in the penalty",
    hint="Your penalty counts the weights of layer 1 only. Equation (2) sums the squares of all entries of all "
    "three weight matrices and multiplies the sum once by lambda over 2m. How many weight matrices does "
    "the network have?",
)

wrong(
    "first-layer-three-times",
    ("W2**2) + np.sum(W3", "W1**2) + np.sum(W1"),
    looks_like="the squares of W1 are added three times",
    hint="Your penalty adds the squares of W1 three times and never those of W2 and W3: a copied line whose "
    "index stayed the same. Equation (2) sums the squares of all entries of all three weight matrices and "
    "multiplies the sum once by lambda over 2m. Read the three terms one by one.",
)


@wrong(
    "only-last-layer",
    looks_like="only the squares of the last layer are in the penalty",
    hint="Your penalty holds the squares of W3 only. In a loop this happens when each round replaces the sum "
    "instead of adding to it. Equation (2) sums the squares of all entries of all three weight matrices "
    "and multiplies the sum once by lambda over 2m. What should the sum be before the loop, and after one "
    "round?",
)
def cost_only_last(A3, Y, parameters, lambd):
    m = Y.shape[1]
    for name in ("W1", "W2", "W3"):
        squares = np.sum(parameters[name] ** 2)
    return compute_cost(A3, Y) + lambd / (2 * m) * squares


@wrong(
    "biases-penalised",
    looks_like="the biases are in the penalty too",
    hint="Your penalty also holds the squares of the biases. A bias multiplies no input, so "
    "(2) leaves it free. Which entries of the dictionary should your sum visit?",
)
def cost_biases(A3, Y, parameters, lambd):
    squares = sum(np.sum(value**2) for value in parameters.values())
    return compute_cost(A3, Y) + lambd / (2 * Y.shape[1]) * squares


wrong(
    "sum-before-square",
    ("(W1**2) + np.sum(W2**2) + np.sum(W3**2)", "(W1) ** 2 + np.sum(W2) ** 2 + np.sum(W3) ** 2"),
    looks_like="the weights are summed first and squared afterwards",
    hint="Your penalty squares the sum of each matrix, so positive and negative weights cancel. Equation (2) "
    "sums the squares of all entries of all three weight matrices and multiplies the sum once by lambda "
    "over 2m. What comes first, the square or the sum?",
)

wrong(
    "absolute-values",
    ("W1**2) + np.sum(W2**2) + np.sum(W3**2", "np.abs(W1)) + np.sum(np.abs(W2)) + np.sum(np.abs(W3)"),
    looks_like="absolute values are added instead of squares",
    hint="Your penalty adds absolute values. That is L1 regularization, which has its uses; this exercise asks "
    "for squares. Equation (2) sums the squares of all entries of all three weight matrices and "
    "multiplies the sum once by lambda over 2m.",
)

wrong(
    "norm-not-squared",
    ("sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)", "linalg.norm(W1) + np.linalg.norm(W2) + np.linalg.norm(W3)"),
    looks_like="the norms of the matrices are added, not their squares",
    hint="Your penalty adds the norms themselves, square roots included. The small 2 at the top right in (2) "
    "squares each norm, and that removes the root. Equation (2) sums the squares of all entries of all "
    "three weight matrices and multiplies the sum once by lambda over 2m.",
)

wrong(
    "not-divided-by-m",
    ("(2 * m)", "2"),
    looks_like="the penalty is not divided by the number of examples",
    hint="Your penalty is m times what (2) asks for. Equation (2) sums the squares of all entries of all three "
    "weight matrices and multiplies the sum once by lambda over 2m. The cross-entropy is a mean over m "
    "examples; is your penalty on the same footing?",
    family="not-divided-by-m",
)

wrong(
    "times-m-by-precedence",
    ("(2 * m)", "2 * m"),
    looks_like="the penalty is multiplied by the number of examples",
    hint="Your penalty grows with the number of examples. Python reads a / 2 * m from left to right: it "
    "divides by 2 and then multiplies by m. Which part needs brackets?",
)

wrong(
    "brackets-around-the-sum-missing",
    ("(np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))", "np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)"),
    looks_like="only the squares of W1 are multiplied by the factor",
    hint="The squares of W2 and W3 enter your cost in full, so with lambda 0 it is larger than the "
    "cross-entropy. A product binds more strongly than a sum: the factor in front reaches the first term "
    "only. What has to stand in brackets?",
)

wrong(
    "m-from-rows",
    ("shape[1]", "shape[0]"),
    looks_like="the number of examples is taken from the rows",
    hint="Your m is 1, the number of rows of Y. Examples stand in columns: Y is (1, m). Which entry of the "
    "shape counts them?",
    family="not-divided-by-m",
)

wrong(
    "mean-of-squares",
    ("sum(W1**2) + np.sum(W2**2) + np.sum", "mean(W1**2) + np.mean(W2**2) + np.mean"),
    looks_like="the mean of each matrix's squares is taken instead of the sum",
    hint="Your penalty takes means, so each matrix is divided by its own number of entries. Equation (2) sums "
    "the squares of all entries of all three weight matrices and multiplies the sum once by lambda over "
    "2m. Only m divides.",
)

wrong(
    "penalty-subtracted",
    ("+ penalty", "- penalty"),
    looks_like="the penalty is subtracted",
    hint="Your cost falls as the weights grow: the penalty has a minus sign. Training would then reward large "
    "weights. What sign does (2) give it?",
)


@wrong(
    "penalty-left-out",
    looks_like="the cost is the cross-entropy alone",
    hint="Your cost does not change with the weights or with lambda: it is the cross-entropy alone. What is "
    "added to it in (2)?",
)
def cost_no_penalty(A3, Y, parameters, lambd):
    return compute_cost(A3, Y)

wrong(
    "penalty-alone",
    ("compute_cost(A3, Y) + penalty", "penalty"),
    looks_like="the cost is the penalty alone",
    hint="Your cost does not change with the outputs: it is the penalty alone. What does (2) add the penalty "
    "to?",
)


@wrong(
    "matrix-product-for-square",
    looks_like="a matrix is multiplied by itself instead of squaring its entries",
    hint="Your penalty comes from a matrix product of W with itself or its transpose, summed. That mixes "
    "different weights with each other. Equation (2) sums the squares of all entries of all three weight "
    "matrices and multiplies the sum once by lambda over 2m. Which operation squares entry by entry?",
)
def cost_matrix_product(A3, Y, parameters, lambd):
    squares = sum(np.sum(np.dot(parameters[name], parameters[name].T)) for name in ("W1", "W2", "W3"))
    return compute_cost(A3, Y) + lambd / (2 * Y.shape[1]) * squares


@wrong(
    "cost-per-example",
    looks_like="one cost per example comes back instead of their mean",
    hint="Your cost is an array with one entry per example. The cost of a set is one number: the mean of the "
    "losses, plus the penalty. Where do the examples get averaged?",
)
def cost_per_example(A3, Y, parameters, lambd):
    losses = -Y * np.log(A3) - (1 - Y) * np.log(1 - A3)
    squares = sum(np.sum(parameters[name] ** 2) for name in ("W1", "W2", "W3"))
    return losses + lambd / (2 * Y.shape[1]) * squares


wrong(
    "m-of-the-example",
    ("Y.shape[1]", "5"),
    looks_like="the number of examples is always 5",
    hint="Your penalty divides by 10 whatever the data: m is fixed at the 5 examples of the visible check. "
    "Which argument knows how many examples there are?",
)


@wrong(
    "value-of-the-example",
    looks_like="the cost is a fixed number",
    hint="Your function returns the same number whatever it is given. A check with other inputs cannot be "
    "passed that way. Which of the arguments should the cost depend on?",
)
def cost_hard_coded(A3, Y, parameters, lambd):
    return 1.7864859451590758


@wrong(
    "weights-squared-in-place",
    looks_like="the weights that were passed in are replaced by their squares",
    hint="Your cost is right, but after the call the caller's weights are other numbers: you square each array in "
    "place, and the dictionary still holds that same array. Training would go on with the squares. How do you get the "
    "squares as a new array?",
)
def cost_squares_in_place(A3, Y, parameters, lambd):
    m = Y.shape[1]
    total = 0
    for name in ("W1", "W2", "W3"):
        W = parameters[name]
        W *= W
        total += np.sum(W)
    return compute_cost(A3, Y) + lambd / (2 * m) * total


right("plain", ANSWER)
right("classic-three-sums", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]

    cross_entropy_cost = compute_cost(A3, Y) # This gives you the cross-entropy part of the cost

    L2_regularization_cost = (1./m)*(lambd/2.)*(np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))

    cost = cross_entropy_cost + L2_regularization_cost
    return cost
""")
right("norms-squared", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    names = [name for name in parameters if name.startswith("W")]
    penalty = sum(np.linalg.norm(parameters[name], "fro") ** 2 for name in names)
    return compute_cost(A3, Y) + penalty * lambd / 2 / A3.shape[1]
""")
right("einsum-and-own-cross-entropy", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = A3.size
    losses = np.where(Y == 1, -np.log(A3), -np.log(1 - A3))
    squares = sum(np.einsum("ij,ij->", parameters["W%d" % l], parameters["W%d" % l]) for l in range(1, 4))
    return losses.sum() / m + 0.5 * lambd / m * squares
""")
right("one-by-one-array", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cost = -(np.dot(Y, np.log(A3).T) + np.dot(1 - Y, np.log(1 - A3).T)) / m
    for l in (1, 2, 3):
        cost = cost + lambd / (2 * m) * np.sum(parameters["W" + str(l)] ** 2)
    return cost
""")
right("loops-over-every-entry", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    total = 0.0
    for key, value in parameters.items():
        if key[0] == "W":
            for row in value:
                for w in row:
                    total += w * w
    m = len(Y[0])
    return float(compute_cost(A3, Y)) + total * lambd / (m * 2)
""")
right("all-weights-in-one-vector", """
def compute_cost_with_regularization(A3, Y, parameters, lambd, **unused):
    w = np.concatenate([parameters[f"W{layer + 1}"].ravel() for layer in range(len(parameters) // 2)])
    return np.squeeze(compute_cost(A3, Y) + np.dot(w, w) * lambd / (2 * np.shape(Y)[1]))
""")
right("reg-utils-imported-inside", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    import reg_utils
    m = float(Y.shape[1])
    cost = np.array([reg_utils.compute_cost(A3, Y)])
    for W in (parameters["W3"], parameters["W1"], parameters["W2"]):
        cost += lambd * np.trace(W @ W.T) / (2.0 * m)
    return cost
""")
right("single-precision-penalty", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    squares = np.float32(0)
    for l in range(1, 4):
        squares += np.float32(np.sum(np.power(parameters["W" + str(l)], 2)))
    return compute_cost(A3, Y) + lambd * float(squares) / (2 * Y.shape[1])
""")
right("all-in-32-bits", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    A3, Y = A3.astype("float32"), Y.astype("float32")
    parameters = {k: v.astype("float32") for k, v in parameters.items()}
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross = -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    l2 = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    return cross + l2
""")
right("math-and-loops", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    import math
    m = Y.shape[1]
    total = 0
    for i in range(m):
        total += -(Y[0][i] * math.log(A3[0][i]) + (1 - Y[0][i]) * math.log(1 - A3[0][i]))
    reg = 0
    for k in sorted(parameters):
        if "W" in k:
            for w in parameters[k].flatten():
                reg += w ** 2
    return total / m + lambd * reg / (2 * m)
""")
right("a-little-in-the-logarithm", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross = -np.sum(Y * np.log(A3 + 1e-8) + (1 - Y) * np.log(1 - A3 + 1e-8)) / m
    l2 = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    return cross + l2
""")
right("an-array-of-one", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross = compute_cost(A3, Y)
    l2 = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    return np.array([cross + l2])
""")
right("reduce-and-vdot", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    from functools import reduce
    L = len(parameters) // 2
    s = reduce(lambda a, l: a + np.vdot(parameters[f"W{l}"], parameters[f"W{l}"]), range(1, L + 1), 0.)
    return reg_utils.compute_cost(A3, Y) + 0.5 * lambd * s / Y.shape[-1]
""")

equivalent(
    'A3 and Y have the same shape.',
    ('m = Y.shape[1]', 'm = A3.shape[1]'),
)
equivalent(
    'The arrays have two axes: -1 is 1.',
    ('m = Y.shape[1]', 'm = Y.shape[-1]'),
)
equivalent(
    'A sum in another order.',
    ('squares = …', "… in list(('W1', 'W2', 'W3'))[::-1]))"),
    ('squares = …', "… in ('W2', 'W1', 'W3')))"),
    ('squares = …', "… in ('W3', 'W2', 'W1')))"),
    ('squares = …', "… in ('W1', 'W3', 'W2')))"),
)
