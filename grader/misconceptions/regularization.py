"""Wrong answers to the exercises of the regularization lesson.

`VISIBLE` runs an implementation on the inputs of its visible check, `FRESH` on inputs that no student has seen.
"""

import numpy as np
import testCases
from reg_utils import backward_propagation, compute_cost, forward_propagation, relu, sigmoid

from . import collector

MISCONCEPTIONS, wrong = collector()

GRADIENTS = ("dW3", "db3", "dW2", "db2", "dW1", "db1")


def _result(implementation, *arguments):
    try:
        return implementation(*arguments)
    except Exception as problem:
        return type(problem).__name__


def _judged(gradients, right=None):
    """The six gradients that count, or the name of what came instead; with dA2 and dA1 where the six are `right`."""
    if not isinstance(gradients, dict):
        return gradients if isinstance(gradients, str) else type(gradients).__name__
    judged = [gradients.get(name) for name in GRADIENTS]
    if right and all(testCases.near(got, right[name]) for name, got in zip(GRADIENTS, judged, strict=True)):
        judged += [gradients.get("dA2"), gradients.get("dA1")]
    return judged


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


def _booleans(pair):
    plain = np.shape(pair) == (2,) and all(value in (0, 1) for value in pair)
    return tuple(map(bool, pair)) if plain else pair


def _indices(pair):
    return tuple(map(int, pair)) if np.shape(pair) == (2,) and np.asarray(pair).dtype.kind in "iu" else pair


def _floats(pair):
    """Arrays as arrays of floats, where labels may be booleans or integers; else what came."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        return pair
    parts = [np.asarray(part) for part in pair]
    return [part.astype(float) if part.dtype.kind in "biu" else part for part in parts]


def _pair(answer):
    return (answer[0], tuple(answer[1])) if isinstance(answer, (tuple, list)) and len(answer) == 2 else answer


def _with_arguments(implementation, X, parameters, keep_prob):
    """What came back from a pass, and what has become of its arguments."""
    given = X.copy(), {name: value.copy() for name, value in parameters.items()}
    answer = _pair(_result(implementation, *given, keep_prob))
    return [answer, " ".join(sorted(map(str, given[1]))), str(np.array_equal(given[0], X))]


def _visible_dropout(implementation):
    X, _, parameters = testCases.random_case([4, 30, 20, 1], 200, seed=5, margin=0)
    return _with_arguments(implementation, X, parameters, 0.3)


def _visible_diagnose(implementation):
    cases = ((0.01, 0.11), (0.09, 0.10), (0.15, 0.30), (0.005, 0.01), (0.15, 0.16, 0.14), (0.20, 0.12, 0.01))
    return [_booleans(implementation(*errors)) for errors in (*cases, (0.10, 0.17, 0.02, 0.09))]


def _visible_penalised_gradients(implementation):
    X, Y, cache = testCases.backward_propagation_with_regularization_test_case()
    return [_judged(implementation(X, Y, cache, 0.7)), list(cache)]


def _visible_masked_gradients(implementation):
    X, Y, cache = testCases.backward_propagation_with_dropout_test_case()
    right = _masked(X, Y, cache, 0.8)
    return [_judged(implementation(X, Y, cache, 0.8), right), list(cache)]


def _visible_stops(implementation):
    lists = [[5, 4, 3, 3.1, 3.2, 1], [5, 4, 3, 3.1, 3.2, 1], [0.9, 0.7, 0.8, 0.75, 0.72, 0.71, 0.73, 0.2]]
    lists += [[0.5, 0.5, 0.5, 0.4], [5, 4, 4.5, 3, 3.5, 2, 2.5, 2.6], [3, 2, 1]]
    pairs = [_indices(implementation(costs, p)) for costs, p in zip(lists, (2, 3, 4, 2, 2, 1), strict=True)]
    return [pairs, lists]


def _visible_reflection(implementation):
    X, Y = np.array([[0.0, 1.0, 2.0], [3.0, -4.0, 5.0]]), np.array([[1, 0, 0]])
    return [_floats(implementation(X, Y, 1)), X, Y]


VISIBLE = {
    "diagnose": _visible_diagnose,
    "compute_cost_with_regularization": lambda f: f(
        *testCases.compute_cost_with_regularization_test_case(), 0.1
    ),
    "backward_propagation_with_regularization": _visible_penalised_gradients,
    "forward_propagation_with_dropout": _visible_dropout,
    "backward_propagation_with_dropout": _visible_masked_gradients,
    "early_stopping": _visible_stops,
    "augment_by_reflection": _visible_reflection,
}


def _fresh_diagnose(implementation):
    cases = ((0.03, 0.2), (0.3, 0.28), (0.3, 0.42), (0.02, 0.03), (0.2, 0.22, 0.19), (0.2, 0.32, 0.18, 0.1))
    cases += ((0.02, 0.09, 0.2, 0.08), (0.3, 0.1, 0.27), (0.1, 0.2, 0.18), (0.12, 0.19, 0.02, 0.08), (0.09, 0.1, 0.02, 0.2))
    return [_booleans(_result(implementation, *errors)) for errors in cases]


def _fresh_cost(implementation):
    costs = []
    for sizes, m, lambd in (((3, 4, 2, 1), 6, 0.9), ((2, 3, 3, 1), 3, 2.0)):
        X, Y, parameters = testCases.random_case(list(sizes), m, seed=31)
        A3 = forward_propagation(X, parameters)[0]
        costs.append(_result(implementation, A3, Y, parameters, lambd))
        costs.append(float(sum(np.sum(value) for value in parameters.values())))
    return costs


def _fresh_penalised_gradients(implementation):
    seen = []
    for sizes, m, lambd in (((3, 4, 2, 1), 6, 0.9), ((3, 3, 3, 1), 4, 2.0)):
        X, Y, parameters = testCases.random_case(list(sizes), m, seed=32)
        cache = tuple(np.array(entry) for entry in forward_propagation(X, parameters)[1])
        seen += [_judged(_result(implementation, X, Y, cache, lambd)), cache[2], cache[9]]
    return seen


def _fresh_dropout(implementation):
    seen, counted = [], []
    for sizes, keep_prob in (((3, 40, 40, 1), 0.35), ((5, 40, 30, 1), 0.85)):
        X, _, parameters = testCases.random_case(list(sizes), 200, seed=33, margin=0)
        np.random.seed(33)
        answer, *after = _with_arguments(implementation, X, parameters, keep_prob)
        seen += [answer, *after]
        try:
            masks = [np.asarray(answer[1][i]) != 0 for i in (1, 6)]
            seen += [" ".join(_habits(mask, keep_prob)) for mask in masks]
            counted += [abs(np.sum(mask) - keep_prob * mask.size) < 1 for mask in masks]
            starts = masks[0][: len(masks[1])]
            seen += [str(np.array_equal(start, masks[1])) for start in (starts, starts[:, ::-1])]
        except (IndexError, TypeError, ValueError):  # what came has no masks
            continue
    return [*seen, "counted" if counted and all(counted) else ""]


def _habits(mask, keep_prob):
    """What is peculiar in the draws of a mask of 200 columns, in words."""
    if mask.ndim != 2 or 1 in mask.shape:
        return
    deviation = np.sqrt(keep_prob * (1 - keep_prob))
    if abs(np.mean(mask) - keep_prob) > 7 * deviation / np.sqrt(mask.size):
        yield "another share"
    for axis in (0, 1):
        if np.max(np.abs(np.mean(mask, axis) - keep_prob)) > 8 * deviation / np.sqrt(mask.shape[axis]):
            yield f"a line along axis {axis} of its own"
    for axis, words in ((1, "columns come again"), (0, "rows come again")):
        if np.unique(mask, axis=axis).shape[axis] < 0.9 * mask.shape[axis]:
            yield words
        elif np.var(np.mean(mask, axis=1 - axis)) < 0.1 * deviation**2 / mask.shape[1 - axis]:
            yield f"{words.split()[0]} hold an exact number"


def _fresh_masked_gradients(implementation):
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
        seen += [_judged(_result(implementation, X, Y, cache, keep_prob), right), cache[11]]
    return seen


def _fresh_stops(implementation):
    cases = (
        ([4, 2, 2, 3, 1, 5], 3),
        ([7, 6, 8, 7.5, 7, 6.5, 2], 3),
        ([7, 6, 8, 5, 9, 4, 9, 9, 1], 2),
        ([1, 2, 3, 4], 1),
        ([3, 2, 2, 4], 5),
        ([-1, -2, -2, -2, -5], 3),
        ([9, 8, 8.5, 7, 7.5, 6, 6.5, 6.6, 9], 2),
        ([4e30, 3e30, 3.5e30, 2e30, 1e30], 2),
    )
    seen = []
    for costs, patience in cases:
        seen += [_indices(_result(implementation, costs, patience)), len(costs)]
    return seen


def _fresh_reflections(implementation):
    seen = []
    for X, Y, feature in (
        (np.arange(1.0, 13.0).reshape(3, 4), np.array([[1, 0, 0, 1]]), 1),
        (np.arange(2.0, 11.0).reshape(3, 3), np.array([[0, 1, 1]]), 2),
        (np.arange(-9.0, 1.0).reshape(2, 5), np.array([[0, 1, 1, 0, 0]]), 0),
    ):
        given = X.copy()
        seen += [_floats(_result(implementation, X, Y, feature)), bool(np.array_equal(X, given))]
    return seen


FRESH = {
    "diagnose": _fresh_diagnose,
    "compute_cost_with_regularization": _fresh_cost,
    "backward_propagation_with_regularization": _fresh_penalised_gradients,
    "forward_propagation_with_dropout": _fresh_dropout,
    "backward_propagation_with_dropout": _fresh_masked_gradients,
    "early_stopping": _fresh_stops,
    "augment_by_reflection": _fresh_reflections,
}


@wrong(
    "variance-against-human",
    function="diagnose",
    looks_like="variance is the dev error minus the human error",
    hint="Your variance is the dev error minus the human error, so a network that fits badly but equally on "
    "both sets is called high variance too. Bias compares the training error with the error that nobody "
    "can avoid; variance compares the dev error with the training error. Which two errors differ only "
    "because the examples are new?",
)
def diagnose_variance_human(train_error, dev_error, human_error=0.0, threshold=0.05):
    return train_error - human_error > threshold, dev_error - human_error > threshold


@wrong(
    "bias-from-dev-error",
    function="diagnose",
    looks_like="bias is read from the dev error",
    hint="Your bias uses the dev error. That error holds bias and variance together. Bias compares the "
    "training error with the error that nobody can avoid; variance compares the dev error with the "
    "training error. Which set shows what the network can fit at all?",
)
def diagnose_bias_dev(train_error, dev_error, human_error=0.0, threshold=0.05):
    return dev_error - human_error > threshold, dev_error - train_error > threshold


@wrong(
    "words-for-booleans",
    function="diagnose",
    looks_like="a text comes back instead of two booleans",
    hint="You give back a text. A caller wants to ask two questions and get a True or False for each: high "
    "bias, high variance, in this order. What does a comparison with a threshold give you already?",
)
def diagnose_words(train_error, dev_error, human_error=0.0, threshold=0.05):
    if train_error - human_error > threshold:
        return "high bias"
    return "high variance" if dev_error - train_error > threshold else "fine"


@wrong(
    "human-error-ignored",
    function="diagnose",
    looks_like="the human error is left out",
    hint="Your answer does not change with human_error. A training error of 0.15 is no bias where nobody does "
    "better than 0.15. Bias compares the training error with the error that nobody can avoid; variance "
    "compares the dev error with the training error. Where does human_error enter?",
)
def diagnose_no_human(train_error, dev_error, human_error=0.0, threshold=0.05):
    return train_error > threshold, dev_error - train_error > threshold


@wrong(
    "threshold-fixed",
    function="diagnose",
    looks_like="the threshold is always 0.05",
    hint="Your answer compares with 0.05 whatever threshold is passed. The argument is there so that a caller "
    "can be stricter or milder. Which name holds the number to compare with?",
)
def diagnose_fixed_threshold(train_error, dev_error, human_error=0.0, threshold=0.05):
    return train_error - human_error > 0.05, dev_error - train_error > 0.05


@wrong(
    "answers-swapped",
    function="diagnose",
    looks_like="the two answers are swapped",
    hint="Your two booleans come in the other order. The pair is bias first, then variance. Which of the two "
    "is computed from the dev error, and where does it stand?",
)
def diagnose_swapped(train_error, dev_error, human_error=0.0, threshold=0.05):
    return dev_error - train_error > threshold, train_error - human_error > threshold


@wrong(
    "only-one-problem-at-a-time",
    function="diagnose",
    looks_like="high variance is not looked for once bias is high",
    hint="Your answer never reports both problems. A network can fit badly and also do much worse on new "
    "examples: 0.15 and 0.30 is both. Are your two comparisons independent of each other?",
)
def diagnose_exclusive(train_error, dev_error, human_error=0.0, threshold=0.05):
    if train_error - human_error > threshold:
        return True, False
    return False, dev_error - train_error > threshold


@wrong(
    "sign-of-the-gap-dropped",
    function="diagnose",
    looks_like="the absolute value of the differences is used",
    hint="Your answer calls a gap high in either direction. A dev error below the training error is luck, not "
    "variance. What should a negative difference give?",
)
def diagnose_absolute(train_error, dev_error, human_error=0.0, threshold=0.05):
    return abs(train_error - human_error) > threshold, abs(dev_error - train_error) > threshold


@wrong(
    "gaps-for-booleans",
    function="diagnose",
    looks_like="the size of a gap comes back instead of True",
    hint="Where a problem is high you give back how large it is. Two yes-or-no answers are asked for, and a number "
    "such as 0.1 is neither True nor False. What does a comparison with the threshold give you already?",
)
def diagnose_gaps(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias, variance = train_error - human_error, dev_error - train_error
    return bias * (bias > threshold), variance * (variance > threshold)


@wrong(
    "variance-from-the-larger-error",
    function="diagnose",
    looks_like="variance is counted from the larger of training and human error",
    hint="Where the network beats the human error on its training set, your variance starts from the human error. "
    "Variance is what gets lost between the training set and new examples, whoever else is better or worse. "
    "Which two errors does it compare?",
)
def diagnose_from_larger(train_error, dev_error, human_error=0.0, threshold=0.05):
    return train_error - human_error > threshold, dev_error - max(train_error, human_error) > threshold


@wrong(
    "half-forgotten",
    function="compute_cost_with_regularization",
    looks_like="the penalty is twice too large",
    hint="Your penalty is twice what (2) asks for. Equation (2) sums the squares of all entries of all three "
    "weight matrices and multiplies the sum once by lambda over 2m. The 2 in the denominator cancels when "
    "the square is differentiated. Is it in yours?",
)
def cost_half(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / m * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return compute_cost(A3, Y) + penalty


@wrong(
    "only-first-layer",
    function="compute_cost_with_regularization",
    looks_like="only the squares of W1 are in the penalty",
    hint="Your penalty counts the weights of layer 1 only. Equation (2) sums the squares of all entries of all "
    "three weight matrices and multiplies the sum once by lambda over 2m. How many weight matrices does "
    "the network have?",
)
def cost_only_first(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * np.sum(W1**2)
    return compute_cost(A3, Y) + penalty


@wrong(
    "first-layer-three-times",
    function="compute_cost_with_regularization",
    looks_like="the squares of W1 are added three times",
    hint="Your penalty adds the squares of W1 three times and never those of W2 and W3: a copied line whose "
    "index stayed the same. Equation (2) sums the squares of all entries of all three weight matrices and "
    "multiplies the sum once by lambda over 2m. Read the three terms one by one.",
)
def cost_first_thrice(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(W1**2) + np.sum(W1**2) + np.sum(W1**2))
    return compute_cost(A3, Y) + penalty


@wrong(
    "only-last-layer",
    function="compute_cost_with_regularization",
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
    function="compute_cost_with_regularization",
    looks_like="the biases are in the penalty too",
    hint="Your penalty also holds the squares of the biases. A bias shifts the border without bending it, so "
    "(2) leaves it free. Which entries of the dictionary should your sum visit?",
)
def cost_biases(A3, Y, parameters, lambd):
    squares = sum(np.sum(value**2) for value in parameters.values())
    return compute_cost(A3, Y) + lambd / (2 * Y.shape[1]) * squares


@wrong(
    "sum-before-square",
    function="compute_cost_with_regularization",
    looks_like="the weights are summed first and squared afterwards",
    hint="Your penalty squares the sum of each matrix, so positive and negative weights cancel. Equation (2) "
    "sums the squares of all entries of all three weight matrices and multiplies the sum once by lambda "
    "over 2m. What comes first, the square or the sum?",
)
def cost_sum_first(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(W1) ** 2 + np.sum(W2) ** 2 + np.sum(W3) ** 2)
    return compute_cost(A3, Y) + penalty


@wrong(
    "absolute-values",
    function="compute_cost_with_regularization",
    looks_like="absolute values are added instead of squares",
    hint="Your penalty adds absolute values. That is L1 regularization, which has its uses; this exercise asks "
    "for squares. Equation (2) sums the squares of all entries of all three weight matrices and "
    "multiplies the sum once by lambda over 2m.",
)
def cost_l1(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(np.abs(W1)) + np.sum(np.abs(W2)) + np.sum(np.abs(W3)))
    return compute_cost(A3, Y) + penalty


@wrong(
    "norm-not-squared",
    function="compute_cost_with_regularization",
    looks_like="the norms of the matrices are added, not their squares",
    hint="Your penalty adds the norms themselves, square roots included. The small 2 at the top right in (2) "
    "squares each norm, and that removes the root. Equation (2) sums the squares of all entries of all "
    "three weight matrices and multiplies the sum once by lambda over 2m.",
)
def cost_norm(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.linalg.norm(W1) + np.linalg.norm(W2) + np.linalg.norm(W3))
    return compute_cost(A3, Y) + penalty


@wrong(
    "not-divided-by-m",
    function="compute_cost_with_regularization",
    looks_like="the penalty is not divided by the number of examples",
    hint="Your penalty is m times what (2) asks for. Equation (2) sums the squares of all entries of all three "
    "weight matrices and multiplies the sum once by lambda over 2m. The cross-entropy is a mean over m "
    "examples; is your penalty on the same footing?",
    family="not-divided-by-m",
)
def cost_no_m(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / 2 * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return compute_cost(A3, Y) + penalty


@wrong(
    "times-m-by-precedence",
    function="compute_cost_with_regularization",
    looks_like="the penalty is multiplied by the number of examples",
    hint="Your penalty grows with the number of examples. Python reads a / 2 * m from left to right: it "
    "divides by 2 and then multiplies by m. Which part needs brackets?",
)
def cost_precedence(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / 2 * m * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return compute_cost(A3, Y) + penalty


@wrong(
    "brackets-around-the-sum-missing",
    function="compute_cost_with_regularization",
    looks_like="only the squares of W1 are multiplied by the factor",
    hint="The squares of W2 and W3 enter your cost in full, so with lambda 0 it is larger than the "
    "cross-entropy. A product binds more strongly than a sum: the factor in front reaches the first term "
    "only. What has to stand in brackets?",
)
def cost_no_brackets(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)
    return compute_cost(A3, Y) + penalty


@wrong(
    "m-from-rows",
    function="compute_cost_with_regularization",
    looks_like="the number of examples is taken from the rows",
    hint="Your m is 1, the number of rows of Y. Examples stand in columns: Y is (1, m). Which entry of the "
    "shape counts them?",
    family="not-divided-by-m",
)
def cost_rows(A3, Y, parameters, lambd):
    m = Y.shape[0]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return compute_cost(A3, Y) + penalty


@wrong(
    "mean-of-squares",
    function="compute_cost_with_regularization",
    looks_like="the mean of each matrix's squares is taken instead of the sum",
    hint="Your penalty takes means, so each matrix is divided by its own number of entries. Equation (2) sums "
    "the squares of all entries of all three weight matrices and multiplies the sum once by lambda over "
    "2m. Only m divides.",
)
def cost_mean(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.mean(W1**2) + np.mean(W2**2) + np.mean(W3**2))
    return compute_cost(A3, Y) + penalty


@wrong(
    "penalty-subtracted",
    function="compute_cost_with_regularization",
    looks_like="the penalty is subtracted",
    hint="Your cost falls as the weights grow: the penalty has a minus sign. Training would then reward large "
    "weights. What sign does (2) give it?",
)
def cost_minus(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return compute_cost(A3, Y) - penalty


@wrong(
    "penalty-left-out",
    function="compute_cost_with_regularization",
    looks_like="the cost is the cross-entropy alone",
    hint="Your cost does not change with the weights or with lambda: it is the cross-entropy alone. What is "
    "added to it in (2)?",
)
def cost_no_penalty(A3, Y, parameters, lambd):
    return compute_cost(A3, Y)


@wrong(
    "penalty-alone",
    function="compute_cost_with_regularization",
    looks_like="the cost is the penalty alone",
    hint="Your cost does not change with the outputs: it is the penalty alone. What does (2) add the penalty "
    "to?",
)
def cost_only_penalty(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return penalty


@wrong(
    "matrix-product-for-square",
    function="compute_cost_with_regularization",
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
    function="compute_cost_with_regularization",
    looks_like="one cost per example comes back instead of their mean",
    hint="Your cost is an array with one entry per example. The cost of a set is one number: the mean of the "
    "losses, plus the penalty. Where do the examples get averaged?",
)
def cost_per_example(A3, Y, parameters, lambd):
    losses = -Y * np.log(A3) - (1 - Y) * np.log(1 - A3)
    squares = sum(np.sum(parameters[name] ** 2) for name in ("W1", "W2", "W3"))
    return losses + lambd / (2 * Y.shape[1]) * squares


@wrong(
    "m-of-the-example",
    function="compute_cost_with_regularization",
    looks_like="the number of examples is always 5",
    hint="Your penalty divides by 10 whatever the data: m is fixed at the 5 examples of the visible check. "
    "Which argument knows how many examples there are?",
)
def cost_five(A3, Y, parameters, lambd):
    m = 5
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return compute_cost(A3, Y) + penalty


@wrong(
    "value-of-the-example",
    function="compute_cost_with_regularization",
    looks_like="the cost is a fixed number",
    hint="Your function returns the same number whatever it is given. A check with other inputs cannot be "
    "passed that way. Which of the arguments should the cost depend on?",
)
def cost_hard_coded(A3, Y, parameters, lambd):
    return 1.7864859451590758


@wrong(
    "m-from-a-global-x",
    function="compute_cost_with_regularization",
    looks_like="the function reads a name X that is not its argument",
    hint="Your function uses X, which is none of its arguments: it finds a variable of the notebook, or none "
    "at all. Only A3, Y, parameters and lambd are given. Which of them knows how many examples there are?",
)
def cost_global_x(A3, Y, parameters, lambd):
    m = X.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    penalty = lambd / (2 * m) * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
    return compute_cost(A3, Y) + penalty


@wrong(
    "weights-squared-in-place",
    function="compute_cost_with_regularization",
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


@wrong(
    "best-below-ten",
    function="early_stopping",
    looks_like="the best cost so far starts from a number of your own",
    hint="Your function knows a best cost before it has read one, so costs above that number never count as best. "
    "Costs may be of any size. Which cost is the best when only the first has been read?",
)
def stop_best_below_ten(dev_costs, patience):
    lowest, best = 10, 0
    for t, cost in enumerate(dev_costs):
        if cost < lowest:
            lowest, best = cost, t
        if t - best >= patience:
            return best, t
    return best, len(dev_costs) - 1


@wrong(
    "penalty-halved",
    function="backward_propagation_with_regularization",
    looks_like="the penalty's gradient is half of what it should be",
    hint="Your penalty term is half of what it should be: the factor 1/2 of the cost is still there. The "
    "derivative of a square brings a factor 2. What is left of the 1/2 after differentiating?",
)
def l2_halved(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / (2 * m) * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / (2 * m) * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / (2 * m) * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "penalty-doubled",
    function="backward_propagation_with_regularization",
    looks_like="the penalty's gradient is twice what it should be",
    hint="Your penalty term is twice what it should be. The derivative of a square brings a factor 2, and the "
    "cost has a factor 1/2. What do the two make together?",
)
def l2_doubled(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + 2 * lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + 2 * lambd / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + 2 * lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "penalty-not-divided-by-m",
    function="backward_propagation_with_regularization",
    looks_like="the penalty's gradient is not divided by the number of examples",
    hint="Your penalty term is m times too large. By (3), each of dW1, dW2, dW3 gets lambda over m times its "
    "own weight matrix, and nothing else changes. Which factor is missing?",
)
def l2_no_m(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "middle-layer-forgotten",
    function="backward_propagation_with_regularization",
    looks_like="dW2 has no penalty term",
    hint="dW1 and dW3 are right, but dW2 lacks its penalty term. By (3), each of dW1, dW2, dW3 gets lambda "
    "over m times its own weight matrix, and nothing else changes.",
)
def l2_no_second(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "first-layer-forgotten",
    function="backward_propagation_with_regularization",
    looks_like="dW1 has no penalty term",
    hint="dW2 and dW3 are right, but dW1 lacks its penalty term. By (3), each of dW1, dW2, dW3 gets lambda "
    "over m times its own weight matrix, and nothing else changes.",
)
def l2_no_first(X, Y, cache, lambd):
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
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "penalty-on-biases",
    function="backward_propagation_with_regularization",
    looks_like="the biases' gradients have a penalty too",
    hint="Your db gradients hold a penalty term. The cost (2) has no biases in its penalty, so its derivative "
    "with respect to them does not change. What remains of db?",
)
def l2_biases(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True) + lambd / m * b3
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True) + lambd / m * b2
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True) + lambd / m * b1
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "penalty-subtracted",
    function="backward_propagation_with_regularization",
    looks_like="the penalty's gradient is subtracted",
    hint="Your penalty term has a minus sign, so a step of gradient descent makes weights larger. The minus "
    "belongs to the step, not to the gradient. Which sign does (3) have?",
)
def l2_minus(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) - lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) - lambd / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) - lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "penalty-left-out",
    function="backward_propagation_with_regularization",
    looks_like="the gradients are those without a penalty",
    hint="Your gradients do not change with lambda: they are those of the cross-entropy alone. By (3), each of "
    "dW1, dW2, dW3 gets lambda over m times its own weight matrix, and nothing else changes.",
)
def l2_none(X, Y, cache, lambd):
    return backward_propagation(X, Y, cache)


@wrong(
    "divided-by-m-twice",
    function="backward_propagation_with_regularization",
    looks_like="the penalty's gradient is divided by m twice",
    hint="Your penalty term is divided by m twice: 1/m stands in front of a bracket that already holds lambda "
    "over m. By (3), each of dW1, dW2, dW3 gets lambda over m times its own weight matrix, and nothing "
    "else changes. Where should the bracket end?",
)
def l2_twice(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * (np.dot(dZ3, A2.T) + lambd / m * W3)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * (np.dot(dZ2, A1.T) + lambd / m * W2)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * (np.dot(dZ1, X.T) + lambd / m * W1)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "sign-of-the-weights",
    function="backward_propagation_with_regularization",
    looks_like="the penalty's gradient is the sign of the weights",
    hint="Your penalty term has the same size for every weight. That is the gradient of absolute values. What "
    "is the derivative of a squared weight?",
)
def l2_sign(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * np.sign(W3)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * np.sign(W2)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * np.sign(W1)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "squares-of-the-weights",
    function="backward_propagation_with_regularization",
    looks_like="the penalty's gradient holds the squared weights",
    hint="Your penalty term holds squared weights, so it is never negative and pushes negative weights further "
    "down. The cost holds squares; what does differentiating make of them?",
)
def l2_squares(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3**2
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2**2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1**2
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "sum-of-the-squares",
    function="backward_propagation_with_regularization",
    looks_like="the whole penalty is added to every entry",
    hint="Your penalty term is one number, added to all entries of dW. The gradient with respect to one weight "
    "depends on that weight alone. What shape does the penalty term have in (3)?",
)
def l2_scalar(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * np.sum(W3**2)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * np.sum(W2**2)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * np.sum(W1**2)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "mean-forgotten",
    function="backward_propagation_with_regularization",
    looks_like="the gradients of the cross-entropy are sums, not means",
    hint="Without the penalty, your gradients are m times too large. The cost is a mean over m examples, so dW "
    "and db carry a factor 1/m. The penalty term has its own. Where is the other?",
)
def l2_sums(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "labels-minus-outputs",
    function="backward_propagation_with_regularization",
    looks_like="the error is labels minus outputs",
    hint="The cross-entropy part of your gradients has the wrong sign: the error starts as labels minus "
    "outputs. With a cost that falls when the output nears the label, which way round is it in (6)?",
)
def l2_reversed(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = Y - A3
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


@wrong(
    "no-relu-slope-at-all",
    function="backward_propagation_with_regularization",
    looks_like="both hidden layers are treated as if they had no relu",
    hint="Layer 3 is right, but your gradient passes through units of both hidden layers that gave zero. Where "
    "relu is flat its slope is 0. An activation is never below 0, so a comparison that also holds at 0 "
    "holds everywhere, just as no comparison does. What makes dZ from dA?",
)
def l2_no_relus(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 >= 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 >= 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "relu-slope-forgotten",
    function="backward_propagation_with_regularization",
    looks_like="layer 1 is treated as if it had no relu",
    hint="Your gradient passes through units of layer 1 that gave zero. Where relu is flat its slope is 0. "
    "Compare the line that makes dZ1 with the one that makes dZ2.",
)
def l2_no_relu(X, Y, cache, lambd):
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
    dZ1 = dA1
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "bias-gradient-flat",
    function="backward_propagation_with_regularization",
    looks_like="the gradients of the biases are flat arrays",
    hint="Your db are right in value but have one axis only. b1 is a column (n_1, 1), and an update with a "
    "flat array would make a square matrix of it. Which argument of the sum keeps the axis?",
)
def l2_flat(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "weights-scaled-in-place",
    function="backward_propagation_with_regularization",
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
    function="backward_propagation_with_regularization",
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


@wrong(
    "gradients-as-a-tuple",
    function="backward_propagation_with_regularization",
    looks_like="a tuple comes back instead of a dictionary",
    hint="You give back the gradients one after another, without names. The update looks them up by name, such "
    "as dW1. The docstring lists the six keys of the dictionary.",
)
def l2_tuple(X, Y, cache, lambd):
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
    return dW1, db1, dW2, db2, dW3, db3


@wrong(
    "biases-without-gradients",
    function="backward_propagation_with_regularization",
    looks_like="the gradients of the biases are missing",
    hint="Your dictionary holds dW but no db. The penalty leaves the biases alone, yet they are trained all "
    "the same. What is the gradient of the cross-entropy with respect to them?",
)
def l2_no_db(X, Y, cache, lambd):
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
    return {"dW1": dW1, "dW2": dW2, "dW3": dW3}


@wrong(
    "m-from-rows",
    function="backward_propagation_with_regularization",
    looks_like="the number of examples is taken from the rows of X",
    hint="Your m is the number of rows of X, its features. Examples stand in columns: X is (n, m). Which entry "
    "of the shape counts them?",
)
def l2_rows(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[0]
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


@wrong(
    "lambda-of-the-example",
    function="backward_propagation_with_regularization",
    looks_like="lambda is always 0.7",
    hint="Your penalty term uses 0.7 whatever lambd is passed. Which name holds the strength of the penalty?",
)
def l2_fixed_lambda(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + 0.7 / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + 0.7 / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + 0.7 / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "next-layers-weights",
    function="backward_propagation_with_regularization",
    looks_like="dW2 gets the penalty of W3",
    hint="The term you add to dW2 comes from W3: a copied line whose index stayed the same. The shapes do not "
    "fit, or they fit by accident. By (3), each of dW1, dW2, dW3 gets lambda over m times its own weight "
    "matrix, and nothing else changes.",
)
def l2_copied(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W3
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "mask-from-randn",
    function="forward_propagation_with_dropout",
    looks_like="the mask is drawn from a normal distribution",
    hint="Your masks keep too many entries: normal numbers lie below 0.3 with probability 0.62, and below 0 "
    "half of the time. An entry should be kept with probability keep_prob, for any keep_prob. Of which "
    "distribution, on which interval, does exactly the share keep_prob lie below keep_prob?",
)
def drop_randn(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.randn(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.randn(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "first-mask-from-randn",
    function="forward_propagation_with_dropout",
    looks_like="the first mask is drawn from a normal distribution",
    hint="Your two masks keep different shares: D2 about keep_prob of its entries, D1 more. Normal numbers lie "
    "below 0.3 with probability 0.62. Two functions of NumPy differ by one letter; which of them draws from "
    "the interval where exactly the share keep_prob lies below keep_prob?",
)
def drop_randn_first(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.randn(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "mask-from-randn-turned-over",
    function="forward_propagation_with_dropout",
    looks_like="normal numbers above keep_prob are kept",
    hint="Two things meet in your masks. They are drawn from a normal distribution, of which 0.38 lies above "
    "0.3, and they keep what lies above keep_prob instead of below it. Which distribution has exactly the "
    "share keep_prob on one side of keep_prob, and on which side?",
)
def drop_randn_over(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.randn(A1.shape[0], A1.shape[1]) > keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.randn(A2.shape[0], A2.shape[1]) > keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "first-mask-from-randn-turned-over",
    function="forward_propagation_with_dropout",
    looks_like="the first mask keeps normal numbers above keep_prob",
    hint="D2 keeps about keep_prob of its entries, D1 does not: it is drawn from another distribution, and "
    "compared the other way round. Hold the two lines of D1 against those of D2.",
)
def drop_randn_over_first(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.randn(A1.shape[0], A1.shape[1]) > keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "mask-turned-over",
    function="forward_propagation_with_dropout",
    looks_like="units are dropped with probability keep_prob",
    hint="Your masks keep the share 1 - keep_prob. With keep_prob 0.8 you drop four units of five. For a "
    "uniform number U, how probable is U < 0.8, and how probable U > 0.8?",
)
def drop_inverted(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) > keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) > keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "one-draw-per-unit",
    function="forward_propagation_with_dropout",
    looks_like="each unit has one fate for all examples",
    hint="Your masks have one column, so a unit is kept or dropped for all examples at once. (4) draws entry "
    "by entry: each unit, each example. Which shape does the mask share with A?",
)
def drop_per_unit(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], 1) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], 1) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "one-draw-per-example",
    function="forward_propagation_with_dropout",
    looks_like="each example drops all units or none",
    hint="Your masks hold one draw for each column, so an example keeps all units of a layer or loses them "
    "all. (4) draws entry by entry: each unit, each example. Which shape does the mask share with A?",
)
def drop_per_example(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.ones(A1.shape) * (np.random.rand(1, A1.shape[1]) < keep_prob)
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.ones(A2.shape) * (np.random.rand(1, A2.shape[1]) < keep_prob)
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "mask-of-the-weights",
    function="forward_propagation_with_dropout",
    looks_like="the mask has the shape of the weights",
    hint="Your masks have the shape of W and do not fit the activations. Dropout switches off units, not "
    "weights: a mask belongs to A, which has one row per unit and one column per example.",
)
def drop_weight_shape(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(W1.shape[0], W1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(W2.shape[0], W2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "not-scaled",
    function="forward_propagation_with_dropout",
    looks_like="what is kept is not divided by keep_prob",
    hint="Your activations are masked but not scaled, so their mean falls to keep_prob times its value, in "
    "each layer again. At test time nothing is dropped, and the next layer would meet larger inputs than "
    "in training. Which operation in (4) makes up for it?",
)
def drop_unscaled(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "multiplied-by-keep-prob",
    function="forward_propagation_with_dropout",
    looks_like="what is kept is multiplied by keep_prob instead of divided",
    hint="Your activations are multiplied by keep_prob. Masking makes their mean smaller; multiplying makes it "
    "smaller still. Which operation brings it back?",
)
def drop_multiplied(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 * keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 * keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "divided-by-drop-prob",
    function="forward_propagation_with_dropout",
    looks_like="what is kept is divided by 1 - keep_prob",
    hint="Your activations are divided by 1 - keep_prob, the share that is dropped. The mean after masking is "
    "keep_prob times the old one. What brings it back to the old one?",
)
def drop_wrong_share(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / (1 - keep_prob)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / (1 - keep_prob)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "second-layer-not-dropped",
    function="forward_propagation_with_dropout",
    looks_like="only the first hidden layer is dropped",
    hint="Layer 1 is masked and scaled, layer 2 is not. Both hidden layers are dropped, each with a mask of "
    "its own. What happens to A2 after its relu?",
)
def drop_only_first(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "output-dropped-too",
    function="forward_propagation_with_dropout",
    looks_like="the output is dropped too",
    hint="Your outputs hold zeros or values above 1: the last layer is masked as well. The output is the "
    "answer of the network, and it has to be there for every example. Which layers are hidden?",
)
def drop_output(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    A3 = A3 * (np.random.rand(*A3.shape) < keep_prob) / keep_prob
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "mask-not-used",
    function="forward_propagation_with_dropout",
    looks_like="the masks are drawn but never applied",
    hint="Your masks are drawn, but the activations do not feel them: none of them is zero where the mask is. "
    "Which line should combine A with D?",
)
def drop_unused(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "cached-before-dropout",
    function="forward_propagation_with_dropout",
    looks_like="the cache holds the activations before dropout",
    hint="The cache holds A1 and A2 as they were before mask and scaling, while the next layers received the "
    "masked ones. The backward pass needs what the next layer received. When do you pack the cache?",
)
def drop_stale_cache(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1_dropped = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1_dropped) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2_dropped = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2_dropped) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "bias-left-out",
    function="forward_propagation_with_dropout",
    looks_like="a bias is left out",
    hint="Z2 is W2 times its input without b2, and the same in the other layers or one of them. Every LINEAR "
    "step is a product plus a bias. Compare your three lines with each other.",
)
def drop_no_bias(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1)
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "same-draws-twice",
    function="forward_propagation_with_dropout",
    looks_like="both masks are made of the same draws",
    hint="Your two masks agree wherever they can: the random numbers start anew before the second mask. The "
    "units of the two layers should be dropped independently. What sets the draws back to their start?",
)
def drop_reseeded(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    np.random.seed(1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    np.random.seed(1)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "always-half",
    function="forward_propagation_with_dropout",
    looks_like="half of the units are kept, whatever keep_prob is",
    hint="Your masks keep half of the entries whatever keep_prob is. That is the default of the argument, or a "
    "rounded uniform number. Where does keep_prob enter the mask?",
)
def drop_half(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < 0.5
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < 0.5
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "output-without-sigmoid",
    function="forward_propagation_with_dropout",
    looks_like="the output is not squashed by the sigmoid",
    hint="A3 equals Z3: the last step is missing, and outputs are not between 0 and 1. Which function comes "
    "after the last LINEAR step?",
)
def drop_no_sigmoid(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = Z3
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "relu-left-out",
    function="forward_propagation_with_dropout",
    looks_like="the hidden layers have no relu",
    hint="Your hidden activations hold negative numbers: the masks are applied to Z itself. Which function "
    "stands between LINEAR and dropout?",
)
def drop_no_relu(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = Z1
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = Z2
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "cache-without-masks",
    function="forward_propagation_with_dropout",
    looks_like="the cache does not hold the masks",
    hint="Your cache has twelve entries, without D1 and D2. The backward pass has to use the same masks, and "
    "it can only find them in the cache. The docstring lists the fourteen entries in their order.",
)
def drop_short_cache(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "output-alone",
    function="forward_propagation_with_dropout",
    looks_like="only A3 comes back",
    hint="You give back A3 without the cache. The backward pass needs the masks and activations of this very "
    "pass. The docstring names the two things to return.",
)
def drop_no_cache(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3


@wrong(
    "weights-and-biases-exchanged",
    function="forward_propagation_with_dropout",
    looks_like="weights and biases have changed places in the cache",
    hint="Your outputs are right, but in the cache each b stands where its W should. The backward pass unpacks "
    "fourteen entries by their order. Compare yours with the docstring.",
)
def drop_cache_order(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, b1, W1, Z2, D2, A2, b2, W2, Z3, A3, b3, W3)


@wrong(
    "scale-in-the-mask",
    function="forward_propagation_with_dropout",
    looks_like="the masks hold 1 / keep_prob instead of 1",
    hint="Your masks hold 0 and 1 / keep_prob. The activations come out right, but the docstring promises "
    "masks of 0 and 1, and the backward pass divides by keep_prob itself: it would scale twice. Where "
    "should the division stand?",
)
def drop_scaled_mask(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = (np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob) / keep_prob
    A1 = A1 * D1
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = (np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob) / keep_prob
    A2 = A2 * D2
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "columns-come-again",
    function="forward_propagation_with_dropout",
    looks_like="the second half of the examples gets the masks of the first half",
    hint="Your masks keep the right share, but the second half of the columns repeats the first: two examples "
    "always lose the same units. Equation (4) compares every entry of a mask with a uniform number of its "
    "own. How many draws does a mask of n rows and m columns need?",
)
def drop_half_columns(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    half = np.random.rand(A1.shape[0], (A1.shape[1] + 1) // 2) < keep_prob
    D1 = np.hstack([half, half])[:, : A1.shape[1]]
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    half = np.random.rand(A2.shape[0], (A2.shape[1] + 1) // 2) < keep_prob
    D2 = np.hstack([half, half])[:, : A2.shape[1]]
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "rows-come-again",
    function="forward_propagation_with_dropout",
    looks_like="the second half of the units gets the masks of the first half",
    hint="Your masks keep the right share, but the second half of the rows repeats the first: two units are "
    "always dropped together. Equation (4) compares every entry of a mask with a uniform number of its "
    "own. How many draws does a mask of n rows and m columns need?",
)
def drop_half_rows(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    half = np.random.rand((A1.shape[0] + 1) // 2, A1.shape[1]) < keep_prob
    D1 = np.vstack([half, half])[: A1.shape[0]]
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    half = np.random.rand((A2.shape[0] + 1) // 2, A2.shape[1]) < keep_prob
    D2 = np.vstack([half, half])[: A2.shape[0]]
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "one-mask-for-both-layers",
    function="forward_propagation_with_dropout",
    looks_like="layer 2 gets the mask of layer 1 where it fits",
    hint="Your layer 2 uses the mask of layer 1 where both layers are of one size. A unit of layer 2 is then dropped "
    "exactly when a unit of layer 1 is, so the two layers are no longer independent. Equation (4) compares every "
    "entry of a mask with a uniform number of its own. Where are the draws of layer 2?",
)
def drop_one_mask(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = D1 if D1.shape == A2.shape else np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "first-mask-turned-round",
    function="forward_propagation_with_dropout",
    looks_like="layer 2 gets the mask of layer 1 in reverse order where it fits",
    hint="Your layer 2 uses the mask of layer 1 turned round. What happens to one example in layer 1 then happens to "
    "another one in layer 2. Equation (4) compares every entry of a mask with a uniform number of its own. Where are "
    "the draws of layer 2?",
)
def drop_turned_round(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = D1[:, ::-1] if D1.shape == A2.shape else np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "first-example-kept",
    function="forward_propagation_with_dropout",
    looks_like="the first example keeps all its units",
    hint="Your masks leave the first example alone: none of its units is ever dropped. Equation (4) compares "
    "every entry of a mask with a uniform number of its own. Which line of yours treats one column "
    "differently?",
)
def drop_but_first(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    D1[:, 0] = True
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    D2[:, 0] = True
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "shares-in-tenths",
    function="forward_propagation_with_dropout",
    looks_like="the share that is kept is rounded to tenths",
    hint="Your masks keep shares of 0.1, 0.2, 0.3 and so on only: with keep_prob 0.86 they keep another share "
    "than 0.86. Whole numbers from 0 to 9 can be compared with no finer threshold. Equation (4) compares "
    "every entry of a mask with a uniform number of its own. Which function of NumPy draws from a whole "
    "interval?",
)
def drop_tenths(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.randint(0, 10, A1.shape) < np.round(10 * keep_prob)
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.randint(0, 10, A2.shape) < np.round(10 * keep_prob)
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "masks-stored-in-parameters",
    function="forward_propagation_with_dropout",
    looks_like="the masks are stored in parameters",
    hint="Your result is right, but parameters has more entries afterwards than before. Gradient descent then "
    "looks for the gradient of a mask. What the backward pass needs is handed over in another place; "
    "which one?",
)
def drop_into_parameters(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    parameters["D1"], parameters["D2"] = D1, D2
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "inputs-scaled-in-place",
    function="forward_propagation_with_dropout",
    looks_like="X has changed afterwards",
    hint="Your result is right, but X is another array afterwards: an operation wrote into it. The next "
    "iteration trains on the changed examples. Which operation makes a new array, and which one writes "
    "into the old one?",
)
def drop_scaling_inputs(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    X *= keep_prob
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "exact-number-in-all",
    function="forward_propagation_with_dropout",
    looks_like="each mask keeps an exact number of entries",
    hint="Your masks always keep the same number of entries; only their places are random. With one unit and "
    "one example that number is 0 or 1, so the unit is always dropped or always kept, whatever keep_prob "
    "is. Equation (4) compares every entry of a mask with a uniform number of its own. What does each "
    "entry decide by itself?",
)
def drop_exact(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = (np.random.permutation(A1.size) < keep_prob * A1.size).reshape(A1.shape)
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = (np.random.permutation(A2.size) < keep_prob * A2.size).reshape(A2.shape)
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "exact-number-of-units",
    function="forward_propagation_with_dropout",
    looks_like="each example keeps an exact number of units",
    hint="Your masks keep the same number of units in each example. With three units and keep_prob 0.86 that "
    "would be two or all three, so a unit is not kept with probability keep_prob, and whether it is "
    "depends on its neighbours. Equation (4) compares every entry of a mask with a uniform number of its "
    "own. What does each entry decide by itself?",
)
def drop_exact_units(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    ranks = np.argsort(np.random.rand(A1.shape[0], A1.shape[1]), axis=0)
    D1 = ranks < np.round(keep_prob * A1.shape[0])
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    ranks = np.argsort(np.random.rand(A2.shape[0], A2.shape[1]), axis=0)
    D2 = ranks < np.round(keep_prob * A2.shape[0])
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@wrong(
    "steps-never-added",
    function="backward_propagation_with_dropout",
    looks_like="the division by keep_prob is missing",
    hint="Your gradients are too small by keep_prob for each hidden layer that they passed. The forward pass "
    "divided what it kept by keep_prob, so by (5) the backward pass does too. (A dropped unit has activation "
    "0, where relu has no slope, so a forgotten mask shows in dA2 and dA1 alone.) Which lines should divide?",
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


@wrong(
    "first-layer-skipped",
    function="backward_propagation_with_dropout",
    looks_like="layer 1 is not divided by keep_prob",
    hint="The gradients of layers 3 and 2 are right; those of layer 1 lack a division by keep_prob. By (5), the "
    "gradient of each hidden layer is masked with that layer's D and divided by keep_prob. Compare the lines "
    "for dA2 and dA1: does each change its own layer?",
    family="first-layer-skipped",
)
def back_skips_first(X, Y, cache, keep_prob):
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
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "second-layer-skipped",
    function="backward_propagation_with_dropout",
    looks_like="layer 2 is not divided by keep_prob",
    hint="The gradients of layer 3 are right; those of layer 2 lack a division by keep_prob. By (5), the "
    "gradient of each hidden layer is masked with that layer's D and divided by keep_prob. How many hidden "
    "layers are there?",
)
def back_skips_second(X, Y, cache, keep_prob):
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
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "not-scaled",
    function="backward_propagation_with_dropout",
    looks_like="the division by keep_prob is missing",
    hint="Your gradients are too small by keep_prob for each hidden layer that they passed. The forward pass "
    "divided what it kept by keep_prob, so by (5) the backward pass does too. (A dropped unit has activation "
    "0, where relu has no slope, so a forgotten mask shows in dA2 and dA1 alone.) Which lines should divide?",
    family="not-scaled",
)
def back_unscaled(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "multiplied-by-keep-prob",
    function="backward_propagation_with_dropout",
    looks_like="the gradients are multiplied by keep_prob",
    hint="Your gradients are multiplied by keep_prob where they should be divided. The chain rule repeats what "
    "the forward pass did to the activations. Did that multiply or divide?",
)
def back_multiplied(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 * keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 * keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "masks-turned-over",
    function="backward_propagation_with_dropout",
    looks_like="the dropped units get the gradient, the kept ones none",
    hint="Your gradients of layers 2 and 1 are all zero: what the kept units should receive goes to the "
    "dropped ones, where relu stops it. A unit that was dropped did not touch the output. Where the mask "
    "is 0, what is its gradient?",
)
def back_inverted(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * (1 - D2)
    dA2 = dA2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * (1 - D1)
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "fresh-masks",
    function="backward_propagation_with_dropout",
    looks_like="new masks are drawn instead of those in the cache",
    hint="Your backward pass draws masks of its own, so it differentiates a network that never ran. Its "
    "gradients change from call to call. Where are the masks of the forward pass kept?",
)
def back_fresh(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * (np.random.rand(*dA2.shape) < keep_prob)
    dA2 = dA2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * (np.random.rand(*dA1.shape) < keep_prob)
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "masks-exchanged",
    function="backward_propagation_with_dropout",
    looks_like="D1 and D2 are exchanged",
    hint="Your D1 is used on layer 2 and D2 on layer 1. The shapes do not fit, or they fit by accident where "
    "both layers have the same size. Which mask has the shape of dA2?",
)
def back_exchanged(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D1
    dA2 = dA2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D2
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "relu-slope-forgotten",
    function="backward_propagation_with_dropout",
    looks_like="the slope of relu is left out",
    hint="Your gradients pass through kept units whose relu gave zero. Mask and relu are two different stops: "
    "one is random, the other is where the activation is 0. What makes dZ from dA in (6)?",
)
def back_no_relu(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = dA2
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "mean-forgotten",
    function="backward_propagation_with_dropout",
    looks_like="the gradients are sums, not means",
    hint="All your gradients are m times too large. The cost is a mean over m examples. Which factor do dW and "
    "db carry in (6)?",
)
def back_sums(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T)
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "labels-minus-outputs",
    function="backward_propagation_with_dropout",
    looks_like="the error is labels minus outputs",
    hint="All your gradients have the wrong sign: the error starts as labels minus outputs. A step against the "
    "gradient should bring outputs nearer to labels. Which way round is dZ3 in (6)?",
)
def back_reversed(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = Y - A3
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


@wrong(
    "bias-gradient-flat",
    function="backward_propagation_with_dropout",
    looks_like="the gradients of the biases are flat arrays",
    hint="Your db are right in value but have one axis only. b1 is a column (n_1, 1). Which argument of the "
    "sum keeps the axis?",
)
def back_flat(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "keep-prob-of-the-example",
    function="backward_propagation_with_dropout",
    looks_like="the scale is always 1 / 0.8",
    hint="Your gradients are divided by 0.8 whatever keep_prob is passed: the number of the visible check. "
    "Which name holds the probability?",
)
def back_fixed(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / 0.8
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / 0.8
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "gradients-as-a-tuple",
    function="backward_propagation_with_dropout",
    looks_like="a tuple comes back instead of a dictionary",
    hint="You give back the gradients one after another, without names. The update looks them up by name, such "
    "as dW1. The docstring lists the six keys of the dictionary.",
)
def back_tuple(X, Y, cache, keep_prob):
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
    return dW1, db1, dW2, db2, dW3, db3


@wrong(
    "layer-1-without-gradients",
    function="backward_propagation_with_dropout",
    looks_like="the dictionary ends before layer 1",
    hint="Your dictionary has no gradients for layer 1. The pass goes back through all three layers, down to "
    "the one that sees X. Which steps are left after dZ2?",
)
def back_no_first(X, Y, cache, keep_prob):
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
    return {"dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "scaled-twice",
    function="backward_propagation_with_dropout",
    looks_like="the gradients are divided by keep_prob twice",
    hint="Your gradients are divided by keep_prob twice in each hidden layer, once as dA and once more as dZ. "
    "The forward pass divided once. Which of the two divisions belongs to (5)?",
)
def back_twice(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = dA2 * (A2 > 0) / keep_prob
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0) / keep_prob
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "output-scaled",
    function="backward_propagation_with_dropout",
    looks_like="the error of the output is divided by keep_prob",
    hint="Even the gradients of layer 3 are too large: the error of the output is divided by keep_prob. The "
    "output was not dropped. At which layers does (5) apply?",
)
def back_output(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = (A3 - Y) / keep_prob
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


@wrong(
    "one-bias-for-all",
    function="backward_propagation_with_dropout",
    looks_like="the gradients of the biases are summed over units too",
    hint="Each of your db is one number for a whole layer: the sum runs over units and examples. Each unit has "
    "a bias of its own. Over which axis do examples run?",
)
def back_total(X, Y, cache, keep_prob):
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
    db2 = 1 / m * np.sum(dZ2) * np.ones_like(b2)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1) * np.ones_like(b1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "first-layer-not-scaled",
    function="backward_propagation_with_dropout",
    looks_like="layer 1 is not divided by keep_prob",
    hint="The gradients of layers 3 and 2 are right; those of layer 1 lack a division by keep_prob. By (5), the "
    "gradient of each hidden layer is masked with that layer's D and divided by keep_prob. Compare the lines "
    "for dA2 and dA1: does each change its own layer?",
    family="first-layer-skipped",
)
def back_first_unscaled(X, Y, cache, keep_prob):
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
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


@wrong(
    "cache-overwritten",
    function="backward_propagation_with_dropout",
    looks_like="the cached activations are overwritten",
    hint="Your gradients are right, but afterwards the cache does not hold the outputs of the forward pass any "
    "more. Whoever reads it next gets nonsense. Which operation writes into an array of the cache instead "
    "of making a new one?",
)
def back_overwrites(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    A3 -= Y
    dZ3 = A3
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


@wrong(
    "masks-left-out",
    function="backward_propagation_with_dropout",
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
    "first-mask-left-out",
    function="backward_propagation_with_dropout",
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
    function="backward_propagation_with_dropout",
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
    function="backward_propagation_with_dropout",
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
    function="backward_propagation_with_dropout",
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


@wrong(
    "whole-list-searched",
    function="early_stopping",
    looks_like="the smallest cost of the whole list is taken",
    hint="Your best index is that of the smallest cost in the whole list. A training that has stopped never "
    "sees what would have come later. Which part of the list may the answer depend on?",
)
def stop_global(dev_costs, patience):
    best = int(np.argmin(dev_costs))
    return best, min(best + patience, len(dev_costs) - 1)


@wrong(
    "ties-improve",
    function="early_stopping",
    looks_like="an equal cost counts as an improvement",
    hint="Your best moves on to a later cost that is only equal. The rule says strictly smaller: staying level "
    "is no progress, and patience should run out. Which comparison lets equal costs through?",
)
def stop_ties(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost <= dev_costs[best]:
            best = t
        if t - best >= patience:
            return best, t
    return best, len(dev_costs) - 1


@wrong(
    "one-step-too-patient",
    function="early_stopping",
    looks_like="the stop comes one step too late",
    hint="You stop one index too late. With best 2 and patience 2 the stop is at 4, where t - best is exactly "
    "2. Does your comparison let equality through?",
)
def stop_late(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best > patience:
            return best, t
    return best, len(dev_costs) - 1


@wrong(
    "compared-with-the-previous",
    function="early_stopping",
    looks_like="each cost is compared with the one before it",
    hint="You compare each cost with the one before it. After a jump upwards, a small step down then counts as "
    "progress, though it is far above the best. With which cost should the new one be compared?",
)
def stop_previous(dev_costs, patience):
    best, waited = 0, 0
    for t in range(1, len(dev_costs)):
        if dev_costs[t] < dev_costs[t - 1]:
            best, waited = t, 0
        else:
            waited += 1
        if waited >= patience:
            return best, t
    return best, len(dev_costs) - 1


@wrong(
    "patience-never-reset",
    function="early_stopping",
    looks_like="steps without improvement are counted over the whole training",
    hint="Your count of steps without improvement goes on after an improvement. Patience is about the time "
    "since the best cost. What happens to the count when a new best is found?",
)
def stop_no_reset(dev_costs, patience):
    best, waited = 0, 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        elif t > 0:
            waited += 1
        if waited >= patience:
            return best, t
    return best, len(dev_costs) - 1


@wrong(
    "costs-not-indices",
    function="early_stopping",
    looks_like="the best cost is returned instead of its index",
    hint="Your first value is the best cost. What is asked for is its index, counted from 0: with it, the "
    "caller finds both the cost and the parameters. What does your loop need to remember?",
)
def stop_values(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return dev_costs[best], t
    return dev_costs[best], len(dev_costs) - 1


@wrong(
    "counted-from-one",
    function="early_stopping",
    looks_like="the indices are counted from 1",
    hint="Both of your indices are one too large: you count from 1. The first cost of a Python list has index "
    "0.",
)
def stop_from_one(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return best + 1, t + 1
    return best + 1, len(dev_costs)


@wrong(
    "end-is-the-length",
    function="early_stopping",
    looks_like="without a stop, the length of the list is returned",
    hint="When patience never runs out, your stop is the length of the list, and no cost has that index. Which "
    "index does the last cost have?",
)
def stop_length(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return best, t
    return best, len(dev_costs)


@wrong(
    "stop-and-best-swapped",
    function="early_stopping",
    looks_like="the two answers are swapped",
    hint="Your two indices come in the other order. The pair is best first, then stop. Which of the two is "
    "never larger than the other?",
)
def stop_swapped(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return t, best
    return len(dev_costs) - 1, best


@wrong(
    "best-alone",
    function="early_stopping",
    looks_like="only the best index comes back",
    hint="You give back one number. The caller also wants to know how far the training went: the pair is "
    "(best, stop). Which variable of your loop is the second one?",
)
def stop_best_only(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return best
    return best


@wrong(
    "list-consumed",
    function="early_stopping",
    looks_like="the list of costs is emptied",
    hint="Your answer is right, but the caller's list of costs is shorter afterwards: costs were taken out of "
    "it. The caller wants to plot them. How can you look at a list without changing it?",
)
def stop_consumes(dev_costs, patience):
    best, t, lowest = 0, 0, dev_costs.pop(0)
    while dev_costs and t - best < patience:
        t = t + 1
        cost = dev_costs.pop(0)
        if cost < lowest:
            best, lowest = t, cost
    return best, t


@wrong(
    "indices-as-floats",
    function="early_stopping",
    looks_like="the indices are floats",
    hint="Your numbers are right, but they are floats, and a list cannot be indexed with 2.0. The caller wants to look "
    "up the cost and the parameters of that moment. Which of your variables starts as a float?",
)
def stop_floats(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return float(best), float(t)
    return float(best), float(len(dev_costs) - 1)


@wrong(
    "indices-as-text",
    function="early_stopping",
    looks_like="the indices are texts",
    hint="Your numbers are right, but they are written out as texts, and a list cannot be indexed with those. Formatting "
    "is for printing; what is given back should be numbers. Which step turned them into text?",
)
def stop_texts(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return str(best), str(t)
    return str(best), str(len(dev_costs) - 1)


@wrong(
    "labels-turned-over",
    function="augment_by_reflection",
    looks_like="the copies have the opposite labels",
    hint="Your copies carry the other label. A mirror image is only worth having where the label stays what it "
    "was; that is the whole point. What should the second half of Y_aug be?",
)
def reflect_labels(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), np.hstack([Y, 1 - Y])


@wrong(
    "example-for-feature",
    function="augment_by_reflection",
    looks_like="one example is negated instead of one feature",
    hint="You negate a column, which is one example. Features stand in rows: row feature of X holds that "
    "feature of all examples. Which axis does your index belong to?",
)
def reflect_column(X, Y, feature):
    mirrored = X.copy()
    mirrored[:, feature] = -mirrored[:, feature]
    return np.hstack([X, mirrored]), np.hstack([Y, Y])


@wrong(
    "feature-ignored",
    function="augment_by_reflection",
    looks_like="always the first feature is negated",
    hint="You negate row 0 whatever feature is passed. Which name says which row to mirror?",
)
def reflect_first(X, Y, feature):
    mirrored = X.copy()
    mirrored[0] = -mirrored[0]
    return np.hstack([X, mirrored]), np.hstack([Y, Y])


@wrong(
    "all-features-negated",
    function="augment_by_reflection",
    looks_like="all features are negated",
    hint="You negate every feature. That turns the picture by half a circle instead of mirroring it. Only row "
    "feature changes its sign; what stays?",
)
def reflect_all(X, Y, feature):
    return np.hstack([X, -X]), np.hstack([Y, Y])


@wrong(
    "originals-mirrored-too",
    function="augment_by_reflection",
    looks_like="the originals are mirrored too",
    hint="Both halves of X_aug are mirrored, and so is the caller's X: a second name for an array is not a "
    "second array. What makes a new array with the same numbers?",
)
def reflect_alias(X, Y, feature):
    mirrored = X
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), np.hstack([Y, Y])


@wrong(
    "argument-mirrored",
    function="augment_by_reflection",
    looks_like="the caller's X is mirrored",
    hint="Your result is right, but afterwards the caller's X holds the mirror images: the sign was changed in "
    "X itself. Whoever trains on X next trains on other places. Which operation writes into X?",
)
def reflect_argument(X, Y, feature):
    originals = X.copy()
    X[feature] *= -1
    return np.hstack([originals, X]), np.hstack([Y, Y])


@wrong(
    "interleaved",
    function="augment_by_reflection",
    looks_like="each copy stands right after its original",
    hint="Your examples alternate: original, copy, original, copy. All originals come first, then all copies "
    "in the same order. Along which axis, and in which order, do you put the arrays together?",
)
def reflect_interleaved(X, Y, feature):
    X_aug, Y_aug = np.repeat(X, 2, axis=1), np.repeat(Y, 2, axis=1)
    X_aug[feature, 1::2] *= -1
    return X_aug, Y_aug


@wrong(
    "copies-first",
    function="augment_by_reflection",
    looks_like="the copies stand before the originals",
    hint="Your copies come first. The caller counts on the originals in the first m columns. In which order do "
    "you put the two together?",
)
def reflect_copies_first(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([mirrored, X]), np.hstack([Y, Y])


@wrong(
    "order-reversed",
    function="augment_by_reflection",
    looks_like="the examples are put in reverse order instead of being mirrored",
    hint="Your copies are the same places in reverse order: a mirror was held to the array, not to the field. "
    "What changes in a mirror image is the sign of one feature. Which entries of X should differ from "
    "their copies?",
)
def reflect_reversed(X, Y, feature):
    return np.hstack([X, X[:, ::-1]]), np.hstack([Y, Y[:, ::-1]])


@wrong(
    "appended-as-rows",
    function="augment_by_reflection",
    looks_like="the copies are appended as rows",
    hint="Your X_aug has twice the rows: the copies became features. Examples stand in columns, so the result "
    "is (n, 2m). Along which axis do you join the arrays?",
)
def reflect_rows(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.vstack([X, mirrored]), np.vstack([Y, Y])


@wrong(
    "examples-without-labels",
    function="augment_by_reflection",
    looks_like="the labels do not come back",
    hint="You give back X_aug alone. Twice the examples need twice the labels, in the same order. What are the "
    "labels of the copies?",
)
def reflect_no_labels(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored])


@wrong(
    "labels-not-doubled",
    function="augment_by_reflection",
    looks_like="the labels are not doubled",
    hint="X_aug has twice the examples, Y_aug as many labels as before. Each copy needs its label too. What "
    "are the labels of the copies?",
)
def reflect_same_labels(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), Y.copy()


@wrong(
    "only-the-copies",
    function="augment_by_reflection",
    looks_like="only the mirror images come back",
    hint="Your result has as many examples as before: the originals are gone. Augmenting adds. What does X_aug "
    "hold in its first m columns?",
)
def reflect_only_copies(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return mirrored, Y


@wrong(
    "sign-lost-in-X",
    function="augment_by_reflection",
    looks_like="the caller's X loses its signs",
    hint="Your result is right, but the caller's X is not what it was: where the feature was negative, its sign is gone. "
    "A change that is taken back must be taken back exactly. Does X have to change at all?",
)
def reflect_sign_lost(X, Y, feature):
    originals = X.copy()
    X[feature] = -X[feature]
    both = np.hstack([originals, X])
    X[feature] = np.abs(X[feature])
    return both, np.hstack([Y, Y])


@wrong(
    "complex-numbers",
    function="augment_by_reflection",
    looks_like="the numbers are complex",
    hint="Your places are complex numbers, though their imaginary parts are zero. A network cannot learn from these. "
    "Where does a square root of -1 come in, and is it needed to change a sign?",
)
def reflect_complex(X, Y, feature):
    mirrored = X.astype(complex)
    mirrored[feature] = mirrored[feature] * 1j**2
    return np.hstack([X, mirrored]), np.hstack([Y, Y])
