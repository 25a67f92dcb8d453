"""`gradient_check_n`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

from collections.abc import Callable
from typing import Any

import gc_utils
import numpy as np
import reg_utils
import testCases
from gc_utils import (
    dictionary_to_vector,
    forward_propagation_n,
    gradients_to_vector,
    vector_to_dictionary,
)

from .shared import attempted, network_case, scaled_gradients

describe = "as_number"

FACTORS_N: list[dict[str, Any]] = [
    {},
    {"dW1": lambda dW: dW + 0.1, "dW2": 2.0, "db1": 4.0, "db2": 0.0},
    {"dW1": -1.5, "dW3": 0.5, "db3": 3.0},
]


def visible(function: Callable[..., Any]) -> Any:
    X, Y, parameters = testCases.gradient_check_n_test_case()
    right = reg_utils.backward_propagation(X, Y.reshape(1, 3), forward_propagation_n(X, Y, parameters)[1])
    wrong_one = scaled_gradients(right, {"dW1": 3, "db2": 0.5})
    first, again, passed = gc_utils.copied([parameters, parameters, right])
    return [
        gc_utils.tried(function, first, gc_utils.copied(wrong_one), X, Y),
        gc_utils.tried(function, again, passed, X, Y, 1e-2),
        float(not gc_utils.same_arrays([parameters, parameters, right], [first, again, passed])),
    ]


def fresh(function: Callable[..., Any]) -> Any:
    seen = []
    for factors, epsilon, network in zip(
        FACTORS_N, (1e-2, 1e-5, 1e-4), ((59, 4), (58, 2), (62, 5)), strict=True
    ):
        X, Y, parameters, right = network_case(*network)
        before = parameters["b3"].copy()
        seen.append(attempted(function, parameters, scaled_gradients(right, factors), X, Y, epsilon))
        seen.append(float(not gc_utils.same_arrays(before, parameters["b3"])))
    return seen


ANSWER = """\
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator
"""

wrong(
    "minus-from-plus-n",
    ("= minus", "= plus"),
    looks_like="the left point is the original theta",
    hint="One epsilon back from theta + epsilon is theta itself, so the numerical gradient is half of what "
    "it should be, and a right gradient reads 1/3. Both points of (1) start from the original column.",
)

wrong(
    "one-sided-n",
    ("(2 * epsilon)", "epsilon"),
    ("        minus[i] = minus[i] - epsilon\n", ""),
    looks_like="the slope uses theta and the point to its right only",
    hint="Formula (3) errs in proportion to epsilon, formula (1) to its square. With epsilon 0.01 yours "
    "reads about a hundred times too much. Which two costs does (1) compare?",
)

wrong(
    "one-sided-backwards-n",
    ("(2 * epsilon)", "epsilon"),
    ("        plus[i] = plus[i] + epsilon\n", ""),
    looks_like="the slope uses theta and the point to its left only",
    hint="A step to one side errs in proportion to epsilon, two sides to its square. With epsilon 0.01 "
    "yours reads about a hundred times too much. Which two costs does (1) compare?",
)

wrong(
    "step-not-doubled-n",
    ("(2 * epsilon)", "epsilon"),
    looks_like="the difference of the costs is divided by epsilon once",
    hint="From theta - epsilon to theta + epsilon the distance is two epsilon. Your numerical gradient is "
    "twice too large, and a right gradient reads 1/3.",
)

wrong(
    "epsilon-above-the-line-n",
    ("(2 * epsilon)", "2 * epsilon"),
    looks_like="the result is multiplied by epsilon instead of divided by it",
    hint="Python works from left to right: a / 2 * e is a times e over 2. Which part of (1) stands below "
    "the line, and what keeps it together?",
)

wrong(
    "same-side-twice-n",
    ("- epsilon", "+ epsilon"),
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)

wrong(
    "one-cost-stays-zero-n",
    (
        "J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))\n"
        "        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))\n"
        "        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)",
        "J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))\n"
        "    gradapprox = (J_plus - J_minus) / (2 * epsilon)",
    ),
    ("gradapprox = np", "J_plus, J_minus = np.zeros(theta.shape), np"),
    (
        "minus = np.copy(theta)",
        "J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))\n"
        "        minus = np.copy(theta)",
    ),
    looks_like="one of the two costs is never stored",
    hint="One of the two costs of an entry never arrives: a zero stands in its place, so the estimate is a whole "
    "cost divided by a tiny step, far from any slope. Follow each cost to the place where it is stored.",
)

wrong(
    "one-place-for-both-costs-n",
    (
        "J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))",
        "J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))\n"
        "        J_minus = J_plus",
    ),
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)

wrong(
    "the-same-vector-twice-n",
    ("(minus)", "(plus)"),
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)

wrong(
    "nothing-is-moved-n",
    (
        "J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))\n"
        "        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))",
        "J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta))\n"
        "        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta))",
    ),
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)

wrong(
    "one-vector-without-copies-n",
    ("np.copy(theta)", "theta"),
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)

wrong(
    "steps-pile-up-n",
    ("        plus = np.copy(theta)\n", ""),
    ("        minus = np.copy(theta)\n", ""),
    (
        "for i in range(theta.shape[0]):",
        "plus, minus = np.copy(theta), np.copy(theta)\n"
        "    for i in range(theta.shape[0]):",
    ),
    looks_like="the steps of earlier entries are kept",
    hint="Each round must start from the original column. In yours entry 0 is still moved while entry 1 is "
    "checked, and so on: the slopes add up. Where does the loop make its fresh copies?",
)

wrong(
    "all-entries-at-once-n",
    ("[i] = plus[i]", " = plus"),
    ("[i] = minus[i]", " = minus"),
    looks_like="all entries are moved at once",
    hint="Then the two costs tell the slope along the sum of all directions, the same number for every "
    "entry. (1) moves one entry and leaves 46 alone.",
)

wrong(
    "swapped-costs-n",
    ("+ epsilon", "- epsilon"),
    ("minus[i] -", "minus[i] +"),
    looks_like="the two costs are swapped",
    hint="The numerical gradient has the right size and the wrong sign, so a right gradient reads 1. In "
    "(1) the cost to the right comes first.",
)

wrong(
    "last-entry-left-out-n",
    ("shape[0]", "shape[0] - 1"),
    looks_like="the last entry of the numerical gradient stays 0",
    hint="There are 47 entries, numbered 0 to 46; the loop stops one too early, so the slope of b3 is "
    "missing. Where does your loop end?",
)

wrong(
    "first-entry-left-out-n",
    ("theta.shape[0]", "1, theta.shape[0]"),
    looks_like="the first entry of the numerical gradient stays 0",
    hint="Python counts from 0, so the first of the 47 entries has number 0. Where does your loop start?",
)

wrong(
    "return-inside-the-loop-n",
    ("theta.shape[0]", "1"),
    looks_like="only the first entry is estimated",
    hint="46 entries are still 0. Either the loop is left in its first round: how far is the line that gives the result "
    "indented? Or it has one round only: print what it counts.",
)

wrong(
    "brackets-of-the-denominator-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)\n"
        "    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)\n"
        "    return numerator / denominator",
        "norm = np.linalg.norm\n"
        "    return norm(grad - gradapprox) / norm(grad) + norm(gradapprox)",
    ),
    looks_like="the second size is added to the quotient",
    hint="A quotient binds more strongly than a sum: yours is divided by the first size alone, and then the "
    "second size is added. Which two sizes belong below the line together?",
)

wrong(
    "difference-of-sizes-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)\n"
        "    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)\n"
        "    return numerator / denominator",
        "norm = np.linalg.norm\n"
        "    return (norm(gradapprox) - norm(grad)) / (norm(grad) + norm(gradapprox))",
    ),
    looks_like="the difference of the two sizes stands above the line",
    hint="The size of a difference is not the difference of two sizes: vectors of the same length in different "
    "directions would read 0. In (4), what is inside the bars above the line?",
)

wrong(
    "no-denominator-n",
    ("numerator / denominator", "numerator"),
    looks_like="the gap is not divided by the sizes",
    hint="Without the denominator of (4) the result grows with the gradient: with dW1 tripled and db2 "
    "halved it is another number than 0.4075. What stands below the line?",
)

wrong(
    "one-size-in-the-denominator-n",
    ("(grad) + np.linalg.norm(gradapprox)", "(grad)"),
    looks_like="the gap is divided by the size of the given gradient only",
    hint="The denominator of (4) is a sum of two norms; yours has one of them.",
)

wrong(
    "numeric-size-in-the-denominator-n",
    ("grad) + np.linalg.norm(", ""),
    looks_like="the gap is divided by the size of the numerical gradient only",
    hint="The denominator of (4) is a sum of two norms; yours has one of them.",
)

wrong(
    "norm-of-the-sum-n",
    (") + np.linalg.norm(", " + "),
    looks_like="the norm of the sum stands below the line, not the sum of the norms",
    hint="The two differ as soon as the vectors point in different directions. In (4) each vector has its "
    "own norm.",
)

wrong(
    "product-in-the-denominator-n",
    ("(grad) +", "(grad) *"),
    looks_like="the two norms are multiplied below the line",
    hint="(4) adds the two norms. A product changes when the cost is measured in another unit; a relative "
    "difference must not.",
)

wrong(
    "difference-in-the-denominator-n",
    (
        "np.linalg.norm(grad) + np.linalg.norm(gradapprox)",
        "max(abs(np.linalg.norm(grad) - np.linalg.norm(gradapprox)), 1e-3)",
    ),
    looks_like="the two norms are subtracted below the line",
    hint="Two gradients that agree give almost nothing below your line, and the result explodes. (4) adds "
    "the norms.",
)

wrong(
    "squared-norms-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)\n"
        "    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)",
        "numerator = np.sum((grad - gradapprox) ** 2)\n"
        "    denominator = np.sum(grad**2) + np.sum(gradapprox**2)",
    ),
    looks_like="squares are compared instead of norms",
    hint="A norm is the root of a sum of squares; the roots are missing. Then a difference of 0.03 looks "
    "like 0.001.",
)

wrong(
    "sums-of-sizes-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)\n"
        "    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)",
        "numerator = np.sum(np.abs(grad - gradapprox))\n"
        "    denominator = np.sum(np.abs(grad)) + np.sum(np.abs(gradapprox))",
    ),
    looks_like="absolute values are summed instead of squares",
    hint="Adding up absolute values is another norm. (4) has the 2 at its norms: square, add, take the "
    "root. NumPy has a function for it.",
)

wrong(
    "signed-sums-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)\n"
        "    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)",
        "numerator = abs(np.sum(grad - gradapprox))\n"
        "    denominator = abs(np.sum(grad)) + abs(np.sum(gradapprox))",
    ),
    looks_like="the entries are summed with their signs",
    hint="Entries of opposite sign cancel, so a sum can be 0 for a wrong gradient. A norm never cancels: "
    "(4) has one in three places.",
)

wrong(
    "largest-entry-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)\n"
        "    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)",
        "numerator = np.max(np.abs(grad - gradapprox))\n"
        "    denominator = np.max(np.abs(grad)) + np.max(np.abs(gradapprox))",
    ),
    looks_like="only the largest entries are compared",
    hint="The largest absolute value is another norm. (4) lets all 47 entries count: square, add, take the "
    "root.",
)

wrong(
    "row-against-column-n",
    ("(theta.shape)", "(theta.shape[0])"),
    looks_like="a row is subtracted from a column",
    hint="A (47, 1) column minus 47 numbers without columns gives a (47, 47) table, and its norm is far "
    "too large. Print the shape of the difference in (4); it must be (47, 1).",
)

wrong(
    "parameters-as-gradient-n",
    ("gradients_to_vector(gradients)", "theta.copy()"),
    looks_like="the parameters are compared instead of their gradient",
    hint="The witness in (4) is the gradient that is passed in. The column that comes from the parameters "
    "only says where you stand.",
)

wrong(
    "analytic-is-numeric-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)",
        "grad = gradapprox\n"
        "    numerator = np.linalg.norm(grad - gradapprox)",
    ),
    looks_like="a gradient is compared with itself",
    hint="The result is 0 for every input, so it cannot find any bug. One witness is (1), the other is the "
    "argument. Is one of them overwritten?",
    family="always-agrees-n",
)

wrong(
    "epsilon-ignored-n",
    (
        "theta, _ = dictionary_to_vector(parameters)",
        "epsilon = 1e-7\n"
        "    theta, _ = dictionary_to_vector(parameters)",
    ),
    looks_like="the argument epsilon is not used",
    hint="The step is a constant inside the function, so a caller who passes another epsilon gets the same "
    "answer. Use the argument wherever (1) has it.",
)

wrong(
    "costs-never-used-n",
    ("J_plus - J_minus", "plus[i] - minus[i]"),
    looks_like="the slope is made of the two vectors instead of their costs",
    hint="The distance of the two points divided by itself is 1 for every entry, whatever the cost. Above "
    "the line of (1) stand costs.",
)

wrong(
    "verdict-instead-of-number-n",
    ("numerator / denominator", "bool(numerator / denominator < 2e-7)"),
    looks_like="a verdict is returned instead of the number",
    hint="True or False hides how far apart the gradients are. Return (4) itself; the scale says how to "
    "read it.",
)

wrong(
    "difference-not-returned-n",
    ("return numerator / denominator", "print(numerator / denominator)"),
    looks_like="nothing is returned",
    hint="Printing shows a verdict, but hands nothing back: the call gives None. What is wanted is the "
    "number (4).",
)

wrong(
    "vector-instead-of-number-n",
    ("numerator / denominator", "(np.abs(grad - gradapprox) / (np.abs(grad) + np.abs(gradapprox) + 1e-12)).ravel()"),
    looks_like="a relative difference per entry is returned",
    hint="(4) is one number for all 47 entries: its norms go over the whole column. Take them before you "
    "divide.",
)


@wrong(
    "earlier-steps-kept-n",
    looks_like="the steps of earlier entries are kept",
    hint="After its two costs an entry has to stand where it stood. In yours it stays one epsilon away while the "
    "next one is checked. Put it back, or take a fresh copy in each round.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        theta[i] += epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta))
        theta[i] -= 2 * epsilon
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


@wrong(
    "steps-in-the-given-arrays-n",
    looks_like="the steps are made in the arrays that were passed in",
    hint="The caller's parameters are moved and not moved back. Work on copies: a check must leave no "
    "trace in what it checks. If the lesson's own case was moved, run the "
    "locked cells that make it, and the draft's gradients, again.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    pairs = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        for place in np.ndindex(parameters[name].shape):
            parameters[name][place] += epsilon
            J_plus, _ = forward_propagation_n(X, Y, parameters)
            parameters[name][place] -= 2 * epsilon
            J_minus, _ = forward_propagation_n(X, Y, parameters)
            pairs.append((gradients["d" + name][place], (J_plus - J_minus) / (2 * epsilon)))
    grad, gradapprox = np.array(pairs).T
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


wrong(
    "points-in-the-given-dictionary-n",
    (
        "J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))",
        "parameters.update(vector_to_dictionary(plus))\n"
        "        J_plus, _ = forward_propagation_n(X, Y, parameters)",
    ),
    looks_like="the points are written into the dictionary that was passed in",
    hint="The number is right, but afterwards the caller's parameters are those of the last step. A check must leave no "
    "trace in what it checks: give each point a dictionary of its own. If the lesson's own case was moved, run the "
    "locked cells that make it, and the draft's gradients, again.",
)

wrong(
    "the-input-is-normalised-n",
    ("(2 * epsilon)", "(2 * epsilon) / X.shape[1]"),
    looks_like="the slopes are divided by the number of examples once more",
    hint="The cost already contains 1/m, so its slopes do too. (1) has no further division.",
)


@wrong(
    "hard-coded-difference-n",
    looks_like="the result of the worked example is returned for every input",
    hint="That number belongs to one gradient of one network. The function must compute it from its "
    "arguments.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    return 1.1890913024229996e-07


wrong(
    "divided-by-the-count-n",
    ("theta, _", "theta, names"),
    ("/ denominator", "/ denominator / theta.shape[0]"),
    looks_like="the result is divided by the number of parameters",
    hint="(4) has a norm above and two norms below its line, and no count of parameters. A wrong gradient "
    "would look better the larger the network is.",
)


@wrong(
    "last-entry-alone-n",
    looks_like="only the last entry is estimated",
    hint="The line that stores a slope stands after the loop, so it runs once, for the last entry; 46 stay "
    "0. How far is it indented?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
    gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


wrong(
    "weights-first-order-n",
    (
        "theta, _ = dictionary_to_vector(parameters)\n"
        "    grad = gradients_to_vector(gradients)",
        "theta, names = dictionary_to_vector(parameters)\n"
        '    grad = np.concatenate([gradients["d" + n].reshape(-1, 1) for n in ("W1", "W2", "W3", "b1", "b2", "b3")])',
    ),
    looks_like="the gradient is put together in another order than the parameters",
    hint="The column of parameters runs W1, b1, W2, b2, W3, b3; yours takes all weights first, then the "
    "biases. Entries of one are then compared with other entries. A helper puts the gradient into the "
    "right order.",
)

wrong(
    "sizes-without-sign-n",
    ("theta, _", "theta, names"),
    ("grad - gradapprox", "abs(grad) - abs(gradapprox)"),
    looks_like="the absolute values are compared",
    hint="A gradient with the wrong sign has the right size everywhere, and yours calls it right. Subtract "
    "before you take sizes.",
)

wrong(
    "zero-slopes-skipped-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)",
        "keep = gradapprox != 0\n"
        "    grad, gradapprox = grad[keep], gradapprox[keep]\n"
        "    numerator = np.linalg.norm(grad - gradapprox)",
    ),
    ("theta, _", "theta, names"),
    looks_like="entries whose numerical slope is 0 are left out",
    hint="Where a unit is off, its slopes are 0, and a gradient that says otherwise is wrong there. All 47 "
    "entries enter (4), zeros too.",
)

wrong(
    "zero-gradients-skipped-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)",
        "keep = grad != 0\n"
        "    grad, gradapprox = grad[keep], gradapprox[keep]\n"
        "    numerator = np.linalg.norm(grad - gradapprox)",
    ),
    ("theta, _", "theta, names"),
    looks_like="entries whose given gradient is 0 are left out",
    hint="A gradient that is 0 by mistake is a common bug, and yours never looks at it. All 47 entries enter "
    "(4), zeros too.",
)

wrong(
    "single-precision-n",
    ("theta, _", "theta, names"),
    ("(theta.shape)", "(theta.shape, dtype=np.float32)"),
    looks_like="the slopes are stored with half of their digits",
    hint="An array of 32-bit numbers keeps about 7 digits, so no reading gets below about 1e-8, whatever epsilon "
    "is. Which type do the arrays have that you make?",
)

wrong(
    "whole-numbers-n",
    ("theta, _", "theta, names"),
    ("(theta.shape)", "(theta.shape, dtype=int)"),
    looks_like="the slopes are stored as whole numbers",
    hint="An array of ints cuts every slope that is put into it to a whole number: most become 0. Which type "
    "do the arrays have that you make?",
)

wrong(
    "rounded-difference-n",
    ("theta, _", "theta, names"),
    ("numerator / denominator", "round(numerator / denominator, 7)"),
    looks_like="the result is rounded",
    hint="Rounded to 7 digits, 1.68e-6 becomes 1.7e-6 and everything below 5e-8 becomes 0. Return the number "
    "as it is; round it when you print it.",
)

wrong(
    "difference-and-more-n",
    ("theta, _", "theta, names"),
    ("/ denominator", "/ denominator, gradapprox"),
    looks_like="more than the number is returned",
    hint="The reading comes with something else after it. What is asked for is one number, (4); print the "
    "rest if you like.",
)

wrong(
    "plus-without-a-copy-n",
    ("theta, _", "theta, names"),
    ("plus = np.copy(theta)", "plus = theta"),
    looks_like="the step to the right is made in theta itself",
    hint="A second name is not a second array: the step stays in theta, and the point to the left starts "
    "from the moved one, in this round and all that follow. Both points need a copy.",
)

wrong(
    "root-of-both-squares-n",
    ("theta, _", "theta, names"),
    ("linalg.norm(grad) + np.linalg.norm(gradapprox)", "sqrt(np.sum(grad**2) + np.sum(gradapprox**2))"),
    looks_like="one root is taken of both squares below the line",
    hint="The root of a sum is not the sum of the roots: 3 and 4 give 5, not 7. In (4) each vector has its "
    "own norm, and the two norms are added.",
)

wrong(
    "weights-only-n",
    (
        "numerator = np.linalg.norm(grad - gradapprox)",
        'keep = np.char.startswith(names, "W")\n'
        "    grad, gradapprox = grad[keep], gradapprox[keep]\n"
        "    numerator = np.linalg.norm(grad - gradapprox)",
    ),
    ("theta, _", "theta, names"),
    looks_like="only the weights are compared",
    hint="Biases have gradients too, and db2 is one of the two wrong blocks here. All 47 entries enter (4).",
)


@wrong(
    "worst-block-n",
    looks_like="the largest of six relative differences is returned",
    hint="That names the worst block, a good idea for the next exercise. Here (4) goes over all 47 entries "
    "at once.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    found = []
    for a, b in ((0, 20), (20, 25), (25, 40), (40, 43), (43, 46), (46, 47)):
        one, other = grad[a:b], gradapprox[a:b]
        sizes = np.linalg.norm(one) + np.linalg.norm(other)
        found.append(np.linalg.norm(one - other) / sizes if sizes else 0.0)
    return max(found)


right("plain", ANSWER)
right(
    "classic",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))
    for i in range(num_parameters):
        thetaplus = np.copy(parameters_values)
        thetaplus[i][0] = thetaplus[i][0] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaplus))
        thetaminus = np.copy(parameters_values)
        thetaminus[i][0] = thetaminus[i][0] - epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaminus))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2.0 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference > 1e-7:
        print("\\033[93m" + "There is a mistake in the backward propagation! difference = " + str(difference) + "\\033[0m")
    else:
        print("\\033[92m" + "Your backward propagation works perfectly fine! difference = " + str(difference) + "\\033[0m")
    return difference
""",
)
right(
    "later-edition",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus, J_minus, gradapprox = (np.zeros((num_parameters, 1)) for _ in range(3))
    for i in range(num_parameters):
        theta_plus = np.copy(parameters_values)
        theta_plus[i] += epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))
        theta_minus = np.copy(parameters_values)
        theta_minus[i, 0] -= epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2 * epsilon)
    difference = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    if print_msg:
        print(difference)
    return difference
""",
)
right(
    "columns-of-the-identity",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    g = gradients_to_vector(gradients)
    E = epsilon * np.eye(len(theta))
    J = lambda t: forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
    n = np.array([[(J(theta + e[:, None]) - J(theta - e[:, None])) / (2 * epsilon)] for e in E])
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
""",
)
right(
    "flat-vectors",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)[0].ravel()
    g = gradients_to_vector(gradients).ravel()
    n = np.empty_like(g)
    for i in range(g.size):
        up, down = theta.copy(), theta.copy()
        up[i] += epsilon
        down[i] -= epsilon
        n[i] = forward_propagation_n(X, Y, vector_to_dictionary(up.reshape(-1, 1)))[0]
        n[i] -= forward_propagation_n(X, Y, vector_to_dictionary(down.reshape(-1, 1)))[0]
    n /= 2 * epsilon
    return float(np.sqrt(np.sum((g - n) ** 2)) / (np.sqrt(g @ g) + np.sqrt(n @ n)))
""",
)
right(
    "blocks-by-dictionary",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    pairs = []
    for name, value in parameters.items():
        for index, _ in np.ndenumerate(value):
            costs = []
            for sign in (+1, -1):
                moved = {key: array.copy() for key, array in parameters.items()}
                moved[name][index] += sign * epsilon
                costs.append(forward_propagation_n(X, Y, moved)[0])
            pairs.append((gradients["d" + name][index], (costs[0] - costs[1]) / (2 * epsilon)))
    g, n = np.array(pairs).T
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
""",
)
right(
    "stable-cost-of-its-own",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros_like(grad)
    for i in range(theta.shape[0]):
        step = np.zeros_like(theta)
        step[i] = epsilon
        approx[i] = (logistic_cost(theta + step, X, Y) - logistic_cost(theta - step, X, Y)) / (2 * epsilon)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
    """
def logistic_cost(theta, X, Y):
    p = vector_to_dictionary(theta)
    A1 = relu(p["W1"] @ X + p["b1"])
    A2 = relu(p["W2"] @ A1 + p["b2"])
    z = (p["W3"] @ A2 + p["b3"]).ravel()
    y = np.ravel(Y)
    return np.mean(np.logaddexp(0, z) - y * z)
""",
)
right(
    "step-and-step-back",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = np.array(dictionary_to_vector(parameters)[0])
    grad = gradients_to_vector(gradients)
    approx = np.zeros(theta.shape)
    for i in range(theta.size):
        keep = theta[i, 0]
        theta[i, 0] = keep + epsilon
        J_plus = gc_utils.forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
        theta[i, 0] = keep - epsilon
        J_minus = gc_utils.forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
        theta[i, 0] = keep
        approx[i, 0] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
)
right(
    "comprehension-and-one-by-one",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)

    def J(i, step):
        moved = theta.copy()
        moved[i] += step
        return forward_propagation_n(X, Y, vector_to_dictionary(moved))[0]

    approx = np.array([J(i, epsilon) - J(i, -epsilon) for i in range(theta.size)]).reshape(-1, 1) / (2 * epsilon)
    gap = np.linalg.norm(grad - approx, axis=0, keepdims=True)
    return gap / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
)
right(
    "stepped-in-place-and-back",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    g, n = [], []
    for key in ("W1", "b1", "W2", "b2", "W3", "b3"):
        value = parameters[key]
        for i in range(value.shape[0]):
            for j in range(value.shape[1]):
                value[i, j] += epsilon
                up, _ = forward_propagation_n(X, Y, parameters)
                value[i, j] -= 2 * epsilon
                down, _ = forward_propagation_n(X, Y, parameters)
                value[i, j] += epsilon
                g.append(gradients["d" + key][i, j])
                n.append((up - down) / (2 * epsilon))
    g, n = np.array(g), np.array(n)
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
""",
)
right(
    "squares-summed-as-it-goes",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False, **options):
    gap = given = found = 0.0
    for key in parameters:
        for place in np.ndindex(parameters[key].shape):
            keep = parameters[key][place]
            parameters[key][place] = keep + epsilon
            up = forward_propagation_n(X, Y, parameters)[0]
            parameters[key][place] = keep - epsilon
            down = forward_propagation_n(X, Y, parameters)[0]
            parameters[key][place] = keep
            slope = (up - down) / (2 * epsilon)
            gap += (gradients["d" + key][place] - slope) ** 2
            given += gradients["d" + key][place] ** 2
            found += slope**2
    return math.sqrt(gap) / (math.sqrt(given) + math.sqrt(found) + 1e-12)
""",
)
right(
    "rows-of-the-identity",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    J = lambda t: forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
    steps = epsilon * np.eye(len(theta))[:, :, None]
    n = np.array([(J(theta + step) - J(theta - step)) / (2 * epsilon) for step in steps])
    g = gradients_to_vector(gradients)[:, 0]
    difference = np.linalg.norm(g - n, ord=2) / (np.linalg.norm(g, 2) + np.linalg.norm(n, 2))
    print("\\033[92m" + "difference = " + str(difference) + "\\033[0m")
    return np.array([difference])
""",
)
right(
    "step-that-came-out",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros((47, 1))
    for i in range(47):
        plus, minus = copy.deepcopy(theta), copy.deepcopy(theta)
        plus[i, 0] += epsilon
        minus[i, 0] -= epsilon
        rise = forward_propagation_n(X, Y, vector_to_dictionary(plus))[0]
        rise -= forward_propagation_n(X, Y, vector_to_dictionary(minus))[0]
        approx[i, 0] = rise / (plus[i, 0] - minus[i, 0])
    gap = grad - approx
    return np.sqrt(np.dot(gap.T, gap)).item() / (np.linalg.norm(grad, "fro") + np.linalg.norm(approx, "fro"))
""",
)

equivalent(
    "With epsilon's sign turned the two sides change places and so does the sign of the divisor.",
    ('def …(…epsilon=1e-0…', '…epsilon=-1e-0…'),
)
equivalent(
    'A norm does not see the sign of a difference.',
    ('return np.linalg.norm(gradient - numeric) / …', 'return np.linalg.norm(numeric - gradient) / …'),
    ('return np.linalg.norm(gradient - numeric) / …', 'return np.linalg.norm(-(gradient - numeric)) / …'),
)
equivalent(
    'Every entry is written before it is read, whatever the array began with, and all three have 47 entries.',
    ('numeric = np.zeros_like(theta)', 'numeric = -np.zeros_like(theta)'),
    ('numeric = np.zeros_like(theta)', 'numeric = np.ones_like(theta)'),
    ('numeric = np.zeros_like(theta)', 'numeric = np.zeros_like(gradient)'),
    ('for i in range(theta.size):', 'for i in range(gradient.size):'),
    ('for i in range(theta.size):', 'for i in range(numeric.size):'),
)
equivalent(
    'The entries may be estimated in any order.',
    ('for i in range(theta.size):', 'for i in list(range(theta.size))[::-1]:'),
)
