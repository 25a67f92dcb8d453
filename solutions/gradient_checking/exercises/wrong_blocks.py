"""`wrong_blocks`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

from collections.abc import Callable
from typing import Any

import gc_utils
import numpy as np
import reg_utils
from checks_gradients import block_cases
from gc_utils import (
    forward_propagation_n,
)

from .shared import attempted, scaled_gradients


def visible(function: Callable[..., Any]) -> Any:
    cases = block_cases()
    got = [function(*case) for case in cases]
    kept = [gc_utils.same_arrays(case[:2], old[:2]) for case, old in zip(cases, block_cases(), strict=True)]
    return [*got, float(not all(kept))]


def fresh(function: Callable[..., Any]) -> Any:
    """Names for blocks that are wrong in many ways, so that every norm and every denominator gives others."""
    one, few, row = np.ones((5, 4)), np.ones((5, 4)), np.array([[1, 1, -1]])
    one[2, 2], few[1, 1], few[3, 0] = -2.0, 3.0, 3.0
    other, some = np.ones((3, 5)), np.ones((3, 5))
    other[1, 0], some[0, 3], some[1, 1], some[2, 4] = 8.0, 3.0, -1.0, 2.0
    norms = {"dW1": one, "dW2": other, "dW3": row, "db1": 0.55, "db2": 1.91, "db3": 1.81}
    again = {"dW1": few, "dW2": some, "dW3": np.array([[3, 1, 1]]), "db1": 1.33, "db2": 1.4, "db3": 1.52}
    less, two = np.ones((5, 4)), np.ones((3, 5))
    less[4, 0], two[1, 3], two[2, 3] = -1.0, 3.0, 2.0
    third = {**again, "dW1": less, "dW2": two, "dW3": np.array([[1, -1, 1]])}
    turned = {"dW1": one, "db1": -1.0, "dW2": lambda dW: dW[::-1, ::-1], "db2": 0.0}
    cases: list[tuple[tuple[int, int], float, dict[str, Any], dict[str, float]]] = [
        ((56, 3), 1, {"dW2": lambda dW: dW + 1e-5, "db3": 1.1}, {"threshold": 1e-3}),
        ((59, 4), 1, turned, {}),
        ((67, 3), 1, {"db1": 1 + 2e-6, "dW2": 1 + 1e-4, "dW3": 1.002, "db3": 2.0}, {}),
        ((479, 4), 1, norms, {"threshold": 0.3}),
        ((368, 3), 1, again, {"threshold": 0.2}),
        ((308, 3), 1, third, {"threshold": 0.2}),
        ((56, 2), 1, {}, {"epsilon": 1e-2, "threshold": 3e-5}),
        ((57, 4), 1, {}, {"epsilon": 0.3, "threshold": 0.01}),
        ((60, 3), 1e3, {}, {"threshold": 0.01}),
        ((57, 3), 1, {"dW1": 1 / 3, "dW2": 3.0}, {"threshold": 0.8}),  # reads 1/2, by one size alone 2 and 2/3
        ((57, 3), 1, {"dW1": 1 / 3, "dW2": 3.0}, {"threshold": 1.5}),
        ((56, 3), 1, {"dW3": 1.1}, {"threshold": 0}),
    ]
    seen = []
    for network, unit, factors, options in cases:
        X, Y, parameters = gc_utils.safe_case(*network, 0.2 if network == (56, 2) else 0.02)
        X, parameters["W1"] = X * unit, parameters["W1"] / unit
        if network == (56, 3):
            Y, parameters["b1"], parameters["b3"] = 0 * Y, parameters["b1"] - 100.0, parameters["b3"] - 14.0
        right = reg_utils.backward_propagation(X, Y, forward_propagation_n(X, Y, parameters)[1])
        gradients = scaled_gradients(right, factors)
        before = gc_utils.copied([parameters, gradients])
        got = attempted(function, parameters, gradients, X, Y, **options)
        changed = float(not gc_utils.same_arrays(before, [parameters, gradients]))
        seen += [list(got) if isinstance(got, tuple) else got, changed]
    return seen


ANSWER = """\
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found
"""


@wrong(
    "one-verdict-for-all-blocks",
    looks_like="all blocks share one relative difference",
    hint="One number over 47 entries cannot point at a block: either no name comes out or all six. Take "
    "(4) for each block alone.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    gaps, sums = [], []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gaps.append(np.linalg.norm(gradient - numeric))
        sums.append(np.linalg.norm(gradient) + np.linalg.norm(numeric))
    all_names = ["W1", "b1", "W2", "b2", "W3", "b3"]
    return all_names if np.linalg.norm(gaps) > threshold * np.linalg.norm(sums) else []


wrong(
    "names-of-gradients-blocks",
    ("(name)", '("d" + name)'),
    looks_like="the names of gradients are returned",
    hint="dW2 is the gradient; the block is called W2. The list wants the names of the parameters.",
)

wrong(
    "good-blocks-named-blocks",
    ("if gap >", "if gap <="),
    looks_like="the right blocks are named",
    hint="The comparison is turned round: a block is wrong if its difference is above the threshold.",
)

wrong(
    "threshold-ignored-blocks",
    ("threshold *", "1e-5 *"),
    looks_like="the argument threshold is not used",
    hint="A caller who passes another threshold gets the same names. Which number stands in your comparison?",
)

wrong(
    "epsilon-ignored-blocks",
    ("found = []", "found = []\n    epsilon = 1e-5"),
    looks_like="the argument epsilon is not used",
    hint="The step is a constant inside the function, so a caller cannot try another. Use the argument "
    "wherever (1) has it.",
)

wrong(
    "one-sided-blocks",
    (
        "J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})\n"
        "            numeric[place] = (J_plus - J_minus) / (2 * epsilon)",
        "J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name]})\n"
        "            numeric[place] = (J_plus - J_minus) / epsilon",
    ),
    looks_like="the slope uses one side only",
    hint="With a step of 0.01 a one-sided slope is off by more than 1e-4, and right blocks are accused. "
    "Which two costs does (1) compare?",
)

wrong(
    "step-not-doubled-blocks",
    ("(2 * epsilon)", "epsilon"),
    looks_like="the difference of the costs is divided by epsilon once",
    hint="The numerical slopes are twice too large, so every right block reads 1/3 and is named. How far "
    "apart are the two points of (1)?",
)

wrong(
    "absolute-gap-blocks",
    ("threshold * sizes", "threshold"),
    looks_like="the gap is not divided by the sizes",
    hint="A block with small gradients can be wrong by half and stay below an absolute limit. (4) divides "
    "by both norms.",
)

wrong(
    "one-size-blocks",
    ("(gradient) + np.linalg.norm(numeric)", "(gradient)"),
    looks_like="the gap is compared with the size of the given gradient only",
    hint="(4) divides by the sum of two norms. With one of them the reading is about twice too large.",
)

wrong(
    "squares-blocks",
    (
        "gap = np.linalg.norm(gradient - numeric)\n"
        "        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)",
        "gap = np.sum((gradient - numeric) ** 2)\n"
        "        sizes = np.sum(gradient**2) + np.sum(numeric**2)",
    ),
    looks_like="squares are compared instead of norms",
    hint="A relative difference of 0.001 has the square 0.000001, so an error hides below the threshold. A "
    "norm has a root.",
)

wrong(
    "alphabetical-order-blocks",
    ("return found", "return sorted(found)"),
    looks_like="the names are sorted by the alphabet",
    hint="The order asked for is W1, b1, W2, b2, W3, b3, layer by layer. Sorting puts all capital letters "
    "first.",
)

wrong(
    "only-the-worst-blocks",
    ("found.append(name)", "return [name]"),
    looks_like="only the first wrong block is returned",
    hint="Several blocks can be wrong at once. Does your loop go on after it found one?",
)

wrong(
    "weights-only-blocks",
    ('b1", "W2", "b2", "W3", "b3', 'W2", "W3'),
    looks_like="only the weights are checked",
    hint="Biases have gradients too: b1 is one of the two wrong blocks of the draft. Which names does your "
    "loop visit?",
)

wrong(
    "layer-3-forgotten-blocks",
    (', "W3", "b3"', ""),
    looks_like="layer 3 is not checked",
    hint="The network has three layers, so there are six blocks. Which names does your loop visit?",
)

wrong(
    "zero-by-zero-named-blocks",
    ("gap > threshold * sizes", "not gap / sizes <= threshold"),
    looks_like="blocks whose two gradients are zero are named",
    hint="Two blocks of zeros agree perfectly. (0 divided by 0 is nan, and nan is not below any threshold.) Can you "
    "ask the question without a division?",
)

wrong(
    "zero-by-zero-stops-blocks",
    ("gap > threshold * sizes", "float(gap) / float(sizes) > threshold"),
    looks_like="a block whose two gradients are zero stops the function",
    hint="A dead layer gives two zero gradients, and a division by 0 is not defined. Two zeros agree "
    "perfectly. Can you ask the question without a division?",
)

wrong(
    "answer-of-the-example-blocks",
    ("return found", 'return ["b1", "W2"]'),
    looks_like="the result of the worked example is returned for every input",
    hint="b1 and W2 are the wrong blocks of one draft. Another gradient has others, and a right one has "
    "none.",
)

wrong(
    "a-row-at-once-blocks",
    ("[place]", "[i]"),
    (
        "sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)\n"
        "        if gap > threshold * sizes:",
        "if gap > threshold * (np.linalg.norm(gradient) + np.linalg.norm(numeric)):",
    ),
    ("place in np.ndindex(numeric.shape)", "i in range(len(numeric))"),
    looks_like="a whole row of a matrix is moved at once",
    hint="Biases come out right and weights do not: a matrix has two indices, and with one of them you move a whole row. "
    "Which indices name one entry?",
)

wrong(
    "first-entry-stands-for-all-blocks",
    (
        'gradient = gradients["d" + name]',
        'gradient = gradients["d" + name]\n'
        "        gradient, numeric = gradient[0, 0], numeric[0, 0]",
    ),
    looks_like="only the first entry of each block is checked",
    hint="A matrix can be right in one corner and wrong elsewhere. (4) of a block goes over all of its "
    "entries.",
)

wrong(
    "sizes-without-sign-blocks",
    ("gradient - numeric", "abs(gradient) - abs(numeric)"),
    looks_like="the absolute values are compared",
    hint="A gradient with the wrong sign has the right size everywhere. Subtract before you take sizes.",
)

wrong(
    "norms-subtracted-blocks",
    ("np.linalg.norm(gradient - numeric)", "abs(np.linalg.norm(gradient) - np.linalg.norm(numeric))"),
    looks_like="the norms are subtracted instead of the gradients",
    hint="Two vectors of the same length can point anywhere. The numerator of (4) is the norm of a "
    "difference, not the difference of two norms.",
)

wrong(
    "a-count-instead-of-names-blocks",
    ("return found", "return len(found)"),
    looks_like="a number is returned instead of names",
    hint="How many blocks are wrong does not say which. Collect their names in a list.",
)

wrong(
    "one-text-blocks",
    ("return found", 'return ", ".join(found)'),
    looks_like="the names come glued together in one text",
    hint="A list of names can be looped over; one text cannot. Collect the names instead of joining them.",
)

wrong(
    "steps-in-the-given-arrays-blocks",
    (
        "step = np.zeros(numeric.shape)\n"
        "            step[place] = epsilon\n"
        "            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})\n"
        "            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})",
        "parameters[name][place] += epsilon\n"
        "            J_plus, _ = forward_propagation_n(X, Y, parameters)\n"
        "            parameters[name][place] -= 2 * epsilon\n"
        "            J_minus, _ = forward_propagation_n(X, Y, parameters)",
    ),
    looks_like="the steps are made in the arrays that were passed in",
    hint="The caller's parameters are moved and not moved back. Step in a copy: a check must leave no trace "
    "in what it checks. If the lesson's own case was moved, run the "
    "locked cells that make it, and the draft's gradients, again.",
)

wrong(
    "largest-entry-blocks",
    (
        "gap = np.linalg.norm(gradient - numeric)\n"
        "        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)\n"
        "        if gap > threshold * sizes:",
        "worst = np.abs(gradient - numeric) / np.maximum(np.abs(gradient) + np.abs(numeric), 1e-4)\n"
        "        if np.max(worst) > threshold:",
    ),
    looks_like="the worst single entry stands for its block",
    hint="One entry that is off by half need not make its block wrong by much: (4) of a block weighs all "
    "of its entries together, through their squares. Take the norms first, then divide.",
)

wrong(
    "gap-in-the-given-arrays-blocks",
    (
        "if gap > threshold * sizes:",
        "gradient -= numeric\n"
        "        gap = np.linalg.norm(gradient)\n"
        "        if gap > threshold * sizes:",
    ),
    ("        gap = np.linalg.norm(gradient - numeric)\n", ""),
    looks_like="the gap is computed in the gradients that were passed in",
    hint="An operator such as minus-equals writes into its left side, and that is the caller's gradient: "
    "afterwards it holds the gap. Subtract into an array of your own.",
)

wrong(
    "norm-of-a-matrix-blocks",
    (
        "gap = np.linalg.norm(gradient - numeric)\n"
        "        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)",
        "gap = np.linalg.norm(gradient - numeric, 2)\n"
        "        sizes = np.linalg.norm(gradient, 2) + np.linalg.norm(numeric, 2)",
    ),
    looks_like="another norm of the matrix is taken than the root of its sum of squares",
    hint="Asked for its 2-norm, NumPy gives a matrix's largest singular value, but a column's root of the "
    "sum of squares. Without that argument it takes the root of the sum of squares for both, as (4) "
    "does.",
)

wrong(
    "sums-of-sizes-blocks",
    (
        "gap = np.linalg.norm(gradient - numeric)\n"
        "        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)",
        "gap = np.sum(np.abs(gradient - numeric))\n"
        "        sizes = np.sum(np.abs(gradient)) + np.sum(np.abs(numeric))",
    ),
    looks_like="absolute values are summed instead of squares",
    hint="Adding up absolute values is another norm. (4) has the 2 at its norms: square, add, take the root. "
    "NumPy has a function for it.",
)

wrong(
    "largest-sizes-blocks",
    (
        "gap = np.linalg.norm(gradient - numeric)\n"
        "        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)",
        "gap = np.max(np.abs(gradient - numeric))\n"
        "        sizes = np.max(np.abs(gradient)) + np.max(np.abs(numeric))",
    ),
    looks_like="only the largest entries of a block are compared",
    hint="The largest absolute value is another norm. (4) lets all entries of a block count: square, add, "
    "take the root.",
)

wrong(
    "signed-sums-blocks",
    (
        "gap = np.linalg.norm(gradient - numeric)\n"
        "        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)",
        "gap = abs(np.sum(gradient - numeric))\n"
        "        sizes = abs(np.sum(gradient)) + abs(np.sum(numeric))",
    ),
    looks_like="the entries of a block are summed with their signs",
    hint="Entries of opposite sign cancel, so a sum can be 0 for a wrong block. A norm never cancels: (4) "
    "has one in three places.",
)

wrong(
    "mean-of-entries-blocks",
    (
        "if gap > threshold * sizes:",
        "each = np.abs(gradient - numeric) / np.maximum(np.abs(gradient) + np.abs(numeric), 1e-12)\n"
        "        if np.mean(each) > threshold:",
    ),
    looks_like="relative differences of single entries are averaged",
    hint="An average over entries gives a tiny slope as much say as a large one. (4) takes the norms of the "
    "whole block first, then divides once.",
)

wrong(
    "norm-of-the-sum-blocks",
    (") + np.linalg.norm(", " + "),
    looks_like="the norm of the sum stands below the line, not the sum of the norms",
    hint="The two differ as soon as the gradients point in different directions. In (4) each of them has its "
    "own norm.",
)

wrong(
    "root-of-both-squares-blocks",
    ("linalg.norm(gradient) + np.linalg.norm(numeric)", "sqrt(np.sum(gradient**2) + np.sum(numeric**2))"),
    looks_like="one root is taken of both squares below the line",
    hint="The root of a sum is not the sum of the roots: 3 and 4 give 5, not 7. In (4) each gradient has its "
    "own norm, and the two norms are added.",
)

wrong(
    "larger-size-blocks",
    (
        "np.linalg.norm(gradient) + np.linalg.norm(numeric)",
        "2 * max(np.linalg.norm(gradient), np.linalg.norm(numeric))",
    ),
    looks_like="twice the larger norm stands below the line",
    hint="Twice the larger norm is more than the sum of both as soon as they differ, so a wrong block reads "
    "too little. (4) adds the two.",
)

wrong(
    "floor-under-the-sizes-blocks",
    ("> threshold * sizes", "/ (sizes + 1e-3) > threshold"),
    looks_like="a number is added below the line that is not small beside the gradients",
    hint="A little something below the line keeps 0 / 0 away, but it must be far smaller than any gradient. "
    "Near the end of a training gradients are 1e-5, and yours hides their errors. Can you ask the "
    "question without a division?",
)

wrong(
    "threshold-reached-blocks",
    (
        "if gap > threshold * sizes:",
        "d = np.linalg.norm(gradient - numeric) / sizes if sizes > 0 else 0.0\n"
        "        if d >= threshold:",
    ),
    ("        gap = np.linalg.norm(gradient - numeric)\n", ""),
    looks_like="a block whose d equals the threshold is named",
    hint="A block is wrong if its d exceeds the threshold. With a threshold of 0, a d of 0 does not. Which comparison does "
    "your code make?",
)

wrong(
    "zero-slopes-skipped-blocks",
    ("if gap", "if np.any(numeric) and gap"),
    looks_like="blocks whose numerical gradient is zero are never named",
    hint="Where a layer is off, all its slopes are 0, and a gradient that says otherwise is wrong: its d is "
    "1. Only if both are zero, d counts as 0.",
)

wrong(
    "zero-gradients-skipped-blocks",
    ("if gap", "if np.any(gradient) and gap"),
    looks_like="blocks whose given gradient is zero are never named",
    hint="A gradient that is 0 by mistake is a common bug: its d is 1. Only if both are zero, d counts as 0.",
)

wrong(
    "epsilon-as-threshold-blocks",
    ("threshold *", "epsilon *"),
    looks_like="epsilon is taken for the threshold",
    hint="The two have the same value when they are left out, but not the same task: epsilon is the step of "
    "(1), the threshold is what a reading is held against. Which one stands in your comparison?",
)

wrong(
    "threshold-as-epsilon-blocks",
    ("= epsilon", "= threshold"),
    ("* epsilon", "* threshold"),
    looks_like="the threshold is taken for the step",
    hint="The two have the same value when they are left out, but not the same task: epsilon is the step of "
    "(1), the threshold is what a reading is held against. Which one moves the parameters?",
)

wrong(
    "names-with-readings-blocks",
    ("(name)", "((name, gap / sizes))"),
    looks_like="each name comes with its reading",
    hint="Pairs tell more, but what is asked for are the names alone, as a list of texts. Print the readings "
    "if you like.",
)

wrong(
    "a-name-for-each-entry-blocks",
    (".append(name)", " += [name] * numeric.size"),
    looks_like="a name comes once for each wrong entry",
    hint="A block is wrong or not: its name belongs into the list once. Is the question inside the loop over "
    "the entries?",
)

wrong(
    "stops-at-a-right-block-blocks",
    (
        "found.append(name)",
        "found.append(name)\n"
        "        else:\n"
        "            break",
    ),
    looks_like="the loop ends at the first right block",
    hint="After a right block there may be wrong ones. Which line ends your loop, and when?",
)

wrong(
    "none-if-all-is-right-blocks",
    ("return found", "return found or None"),
    looks_like="nothing is returned where no block is wrong",
    hint="Whoever loops over the result needs a list, also an empty one: no wrong blocks is an empty one. "
    "What does yours give then?",
)


right("plain", ANSWER)
right(
    "vector-and-names",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros(theta.shape)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        approx[i] = (J_plus - J_minus) / (2 * epsilon)
    wrong = []
    for name in ["W1", "b1", "W2", "b2", "W3", "b3"]:
        rows = [i for i, owner in enumerate(names) if owner == name]
        top = np.linalg.norm(grad[rows] - approx[rows])
        bottom = np.linalg.norm(grad[rows]) + np.linalg.norm(approx[rows])
        difference = top / bottom if bottom > 0 else 0.0
        if difference > threshold:
            wrong.append(name)
    return wrong
""",
)
right(
    "two-functions-of-its-own",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    names = [prefix + layer for layer in "123" for prefix in "Wb"]
    return [n for n in names if gap(gradients["d" + n], slope_of(n, parameters, X, Y, epsilon)) > threshold]
""",
    """
def gap(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return 0 if size == 0 else np.linalg.norm(a - b) / size
""",
    """
def slope_of(name, parameters, X, Y, epsilon):
    value = parameters[name]
    slope = np.zeros_like(value)
    for index in np.ndindex(*value.shape):
        costs = []
        for step in (epsilon, -epsilon):
            moved = value.copy()
            moved[index] += step
            costs.append(forward_propagation_n(X, Y, {**parameters, name: moved})[0])
        slope[index] = (costs[0] - costs[1]) / (2 * epsilon)
    return slope
""",
)
right(
    "nan-to-zero",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    theta, names = dictionary_to_vector(parameters)
    E = np.eye(theta.shape[0])
    J = lambda t: forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
    approx = vector_to_dictionary(
        np.array([[(J(theta + epsilon * e[:, None]) - J(theta - epsilon * e[:, None])) / (2 * epsilon)] for e in E])
    )
    result = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        g, n = gradients["d" + name], approx[name]
        with np.errstate(invalid="ignore"):
            d = np.nan_to_num(np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)))
        if d > threshold:
            result.append(name)
    return result
""",
)
right(
    "nan-is-never-larger",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in sorted(parameters, key=lambda key: (key[1], key[0])):
        g = gradients["d" + name].ravel()
        n = np.zeros(g.size)
        for i in range(g.size):
            for sign in (1, -1):
                moved = {key: np.copy(value) for key, value in parameters.items()}
                moved[name].flat[i] += sign * epsilon
                n[i] += sign * forward_propagation_n(X, Y, moved)[0] / (2 * epsilon)
        if np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)) > threshold:
            found.append(name)
    return found
""",
)
right(
    "tuple-and-flags",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5, verbose=False):
    theta, names = dictionary_to_vector(parameters)
    names = np.array(names)
    g = gradients_to_vector(gradients).ravel()
    n = np.zeros_like(g)
    for i in range(g.size):
        t = theta.copy(); t[i, 0] += epsilon
        s = theta.copy(); s[i, 0] -= epsilon
        n[i] = (gc_utils.forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
                - gc_utils.forward_propagation_n(X, Y, vector_to_dictionary(s))[0]) / (2 * epsilon)
    flags = {}
    for name in dict.fromkeys(names):
        part = names == name
        gap = np.sqrt(((g[part] - n[part]) ** 2).sum())
        flags[str(name)] = gap > threshold * (np.sqrt((g[part] ** 2).sum()) + np.sqrt((n[part] ** 2).sum()))
    if verbose:
        print(flags)
    return tuple(name for name, flag in flags.items() if flag)
""",
)
right(
    "stable-cost",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    wrong = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        value, numeric = parameters[name], []
        for index in range(value.size):
            step = np.zeros(value.size)
            step[index] = epsilon
            step = step.reshape(value.shape)
            up = gc_utils.forward_propagation_n_stable(X, Y, {**parameters, name: value + step})[0]
            down = gc_utils.forward_propagation_n_stable(X, Y, {**parameters, name: value - step})[0]
            numeric.append((up - down) / (2 * epsilon))
        numeric = np.array(numeric).reshape(value.shape)
        analytic = np.asarray(gradients["d" + name])
        if not np.any(analytic) and not np.any(numeric):
            continue
        if np.linalg.norm(analytic - numeric) / (np.linalg.norm(analytic) + np.linalg.norm(numeric)) > threshold:
            wrong += [name]
    return wrong
""",
)
right(
    "while-loop-and-slices",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros_like(grad)
    i = 0
    while i < 47:
        plus = np.copy(theta)
        plus[i][0] += epsilon
        minus = np.copy(theta)
        minus[i][0] -= epsilon
        approx[i] = forward_propagation_n(X, Y, vector_to_dictionary(plus))[0]
        approx[i] -= forward_propagation_n(X, Y, vector_to_dictionary(minus))[0]
        approx[i] /= 2 * epsilon
        i += 1
    names = []
    for name, a, b in [("W1", 0, 20), ("b1", 20, 25), ("W2", 25, 40), ("b2", 40, 43), ("W3", 43, 46), ("b3", 46, 47)]:
        denominator = np.linalg.norm(grad[a:b]) + np.linalg.norm(approx[a:b])
        if denominator != 0 and np.linalg.norm(grad[a:b] - approx[a:b]) / denominator > threshold:
            names.append(name)
    return names
""",
)
right(
    "stepped-in-place-and-back",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    names = []
    for key, value in parameters.items():
        slopes = np.zeros_like(value)
        walk = np.nditer(slopes, flags=["multi_index"])
        while not walk.finished:
            place = walk.multi_index
            value[place] += epsilon
            up = forward_propagation_n(X, Y, parameters)[0]
            value[place] -= 2 * epsilon
            down = forward_propagation_n(X, Y, parameters)[0]
            value[place] += epsilon
            slopes[place] = (up - down) / (2 * epsilon)
            walk.iternext()
        g, n = gradients[f"d{key}"].ravel(), slopes.ravel()
        d = np.linalg.norm(g - n, 2) / (np.linalg.norm(g, 2) + np.linalg.norm(n, 2) + 1e-12)
        if d > threshold:
            print("\\033[93m" + key, d, "\\033[0m")
            names += [key]
    return names
""",
)
right(
    "division-tried",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5, **options):
    readings = {}
    for name in parameters:
        slopes = np.zeros(parameters[name].shape)
        for place in np.ndindex(slopes.shape):
            up, down = copy.deepcopy(parameters), copy.deepcopy(parameters)
            up[name][place] += epsilon
            down[name][place] -= epsilon
            slopes[place] = (forward_propagation_n(X, Y, up)[0] - forward_propagation_n(X, Y, down)[0]) / 2 / epsilon
        given = gradients["d" + name]
        try:
            readings[name] = math.dist(given.ravel(), slopes.ravel()) / float(
                math.hypot(*given.ravel()) + math.hypot(*slopes.ravel())
            )
        except ZeroDivisionError:
            readings[name] = 0
    return [name for name, d in readings.items() if d > threshold]
""",
)

equivalent(
    "With epsilon's sign turned the two sides change places and so does the sign of the divisor.",
    ('def …(…epsilon=1e-0…', '…epsilon=-1e-0…'),
)
equivalent(
    'A norm does not see the sign of a difference.',
    ('if np.linalg.norm(gradient - numeric) > …', 'if np.linalg.norm(numeric - gradient) > …'),
    ('if np.linalg.norm(gradient - numeric) > …', 'if np.linalg.norm(-(gradient - numeric)) > …'),
)
equivalent(
    'Every entry is written before it is read, whatever the array began with.',
    ('numeric = np.zeros(parameters[name].shape)', 'numeric = …np.…(parameters[name].shape)'),
)
equivalent(
    'The entries may be estimated in any order.',
    ('for place in np.ndindex(numeric.shape):', 'for place in list(np.ndindex(numeric.shape))[::-1]:'),
)
