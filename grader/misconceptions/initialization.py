"""Wrong answers to the exercises of the initialization lesson.

`VISIBLE` runs an implementation on the inputs of its visible check, `FRESH` on inputs that no student has seen.
"""

import numpy as np

from . import collector

MISCONCEPTIONS, wrong = collector()


def _networks(*networks, twins=()):
    """A probe: what an implementation returns for each list of layer sizes, or the exception that it raises.

    The calls for `twins` start from one random state, so that their scales compare without chance.
    """

    def probe(implementation):
        seen = [_kept(implementation, layers_dims) for layers_dims in networks]
        seed = np.random.randint(2**31 - 1) if twins else 0
        for layers_dims in twins:
            np.random.seed(seed)
            seen.append(_kept(implementation, layers_dims))
        return seen

    return probe


def _networks_and_sizes(*networks):
    """The same, each result followed by the list of sizes as the call left it."""

    def probe(implementation):
        seen = []
        for layers_dims in map(list, networks):
            seen += [_result(implementation, layers_dims), layers_dims]
        return seen

    return probe


def _sets(*pairs):
    """A probe for normalize_inputs: what it returns for each pair of sets, and the training set it leaves."""

    def probe(implementation):
        seen = []
        for train, test in pairs:
            X_train, X_test = np.array(train), np.array(test)
            seen += [_result(implementation, X_train, X_test), X_train]
        return seen

    return probe


def _kept(implementation, layers_dims):
    """What it returns for a list of layer sizes that it leaves as it is."""
    given = list(layers_dims)
    result = _result(implementation, given)
    return result if given == layers_dims else "the list has changed"


def _result(implementation, *arguments):
    try:
        result = implementation(*arguments)
        return (
            dict(result) if isinstance(result, dict) else result
        )  # a later call may fill the same dictionary
    except Exception as problem:
        about_a_tuple = isinstance(problem, TypeError) and "tuple" in str(problem)
        return "TypeError about a tuple" if about_a_tuple else "it raised"


VISIBLE = {
    "initialize_parameters_zeros": _networks_and_sizes([3, 2, 1]),
    "initialize_parameters_random": _networks([3, 2, 1], [80, 100, 50]),
    "initialize_parameters_he": _networks([2, 4, 1], [80, 100, 50]),
    "initialize_parameters_glorot": _networks([2, 4, 1], [80, 100, 50]),
    "normalize_inputs": _sets(([[1.0, 2, 3, 4], [100, 300, 200, 400]], [[5.0, 3], [250, 100]])),
}
FRESH = {
    "initialize_parameters_zeros": _networks_and_sizes([5, 4, 3, 2], [4, 1]),
    "initialize_parameters_random": _networks([60, 250, 120, 90], [5, 3, 1], [1, 1]),
    "initialize_parameters_he": _networks([60, 250, 120, 90], [5, 3, 1], [2, 2500], [1, 1]),
    "initialize_parameters_glorot": _networks([60, 250, 120, 90], [5, 3, 1], [1, 1], twins=([1, 12], [3, 4])),
    "normalize_inputs": _sets(
        (
            [[2.0, 7.0, 1.0, 9.0, 4.0], [-3.0, 5.0, 8.0, 2.0, 0.5], [6.0, 6.0, 6.0, 6.0, 6.0]],
            [[3.0, 8.0], [1.0, 9.0], [7.0, 5.0]],
        ),
        ([[1, 5, 2, 7], [40, 10, 90, 20]], [[3], [50]]),
        ([[1e-7, 3e-7, -2e-7, 4e-7]], [[2e-7, 4e-7]]),
        ([[3.0, 3.0, 3.0], [1.0, 2.0, 6.0]], [[4.0, 2.0], [5.0, 3.0]]),
    ),
}

# Told to more than one kind of author.
SHAPES = (
    "Layer l has one row of weights for each of its own units, and in each row one weight for each unit of the layer "
    "before. With sizes 3, 2, 1 the first weight matrix is 2 by 3 and the second is 1 by 2."
)
ONE_BIAS_PER_UNIT = (
    "Each unit of layer l has one bias, and the biases stand in a column: as many rows as the layer has units, and "
    "one column."
)
LAYERS = (
    "The list of sizes counts the inputs too: four sizes mean three layers with parameters, numbered 1, 2, 3. "
    "Where should your loop start, and which number is its last?"
)
ZERO_BIASES = "Only the weights have to differ from unit to unit. The biases of every layer start at zero."


@wrong(
    "digit-one-for-letter-l",
    function="initialize_parameters_zeros",
    looks_like="every layer gets the sizes of layer 1",
    hint=f"All your layers have the same shape, that of layer 1. {SHAPES} Look closely at your index: is it the "
    "letter l or the digit 1?",
)
def zeros_digit_one(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[1], layers_dims[1 - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[1], 1))
    return parameters


@wrong(
    "digit-one-for-letter-l-in-the-rows",
    function="initialize_parameters_zeros",
    looks_like="every layer has as many units as layer 1",
    hint=f"The columns of your weights are right, but all layers have the rows of layer 1. {SHAPES} Look closely "
    "at your index: is it the letter l or the digit 1?",
)
def zeros_digit_one_rows(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[1], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[1], 1))
    return parameters


@wrong(
    "digit-one-for-letter-l-in-the-columns",
    function="initialize_parameters_zeros",
    looks_like="every layer reads the inputs of the network",
    hint=f"The rows of your weights are right, but all have as many columns as there are inputs. {SHAPES} Look "
    "closely at the index of the size before: is it made of the letter l or of the digit 1?",
)
def zeros_digit_one_columns(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[1 - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "weights-transposed",
    function="initialize_parameters_zeros",
    looks_like="the weight matrices are transposed",
    hint=f"Your weight matrices have rows and columns the wrong way round. {SHAPES}",
)
def zeros_transposed(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l - 1], layers_dims[l]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "ones-for-zeros",
    function="initialize_parameters_zeros",
    looks_like="the weights are ones",
    hint="Your weights are all 1. This exercise wants all zeros; that any constant fails alike comes right after it. "
    "Which NumPy function fills an array with zeros?",
)
def zeros_ones(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.ones((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "random-weights",
    function="initialize_parameters_zeros",
    looks_like="the weights are random numbers",
    hint="Your weights are random numbers. That is a good habit elsewhere, but here you are asked for exact zeros, to "
    "see what goes wrong with them.",
)
def zeros_small_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "biases-are-ones",
    function="initialize_parameters_zeros",
    looks_like="the biases are ones",
    hint="Your weights are right, but your biases are all 1. Here every parameter starts at zero, the biases too.",
)
def zeros_biases_ones(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.ones((layers_dims[l], 1))
    return parameters


@wrong(
    "flat-biases",
    function="initialize_parameters_zeros",
    looks_like="the biases are one-dimensional",
    hint="Your biases have one dimension only. Added to a matrix with one column per example, such an array is read "
    f"as a row: it goes to the wrong axis, or fails. {ONE_BIAS_PER_UNIT}",
)
def zeros_flat_biases(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros(layers_dims[l])
    return parameters


@wrong(
    "row-biases",
    function="initialize_parameters_zeros",
    looks_like="the biases are rows",
    hint=f"Your biases are rows instead of columns. {ONE_BIAS_PER_UNIT}",
)
def zeros_row_biases(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((1, layers_dims[l]))
    return parameters


@wrong(
    "biases-of-the-layer-before",
    function="initialize_parameters_zeros",
    looks_like="each bias has the size of the layer before",
    hint=f"Your biases are columns, but as long as the layer before has units. {ONE_BIAS_PER_UNIT} Which of the two "
    "sizes that you use for the weights counts the units of this layer?",
)
def zeros_biases_of_layer_before(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l - 1], 1))
    return parameters


@wrong(
    "biases-left-out",
    function="initialize_parameters_zeros",
    looks_like="there are no biases",
    hint="Your dictionary holds weights only. Every layer has biases too: which entry does layer 1 still need?",
)
def zeros_without_biases(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
    return parameters


@wrong(
    "last-layer-left-out",
    function="initialize_parameters_zeros",
    looks_like="the last layer is missing",
    hint=f"The parameters of the last layer are missing. {LAYERS}",
)
def zeros_without_last_layer(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims) - 1):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "names-start-at-zero",
    function="initialize_parameters_zeros",
    looks_like="the layers are numbered from 0",
    hint="Your shapes are right, but your names start with W0. The input counts as layer 0 and has no parameters, so "
    "the first weight matrix is called W1.",
)
def zeros_names_from_zero(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l - 1)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l - 1)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "a-layer-for-the-inputs-too",
    function="initialize_parameters_zeros",
    looks_like="there is a layer 0 too",
    hint="Your dictionary has everything that it needs, and W0 and b0 besides. The inputs have no parameters, and an "
    "index of -1 takes the last size instead of failing. Where should your loop start?",
)
def zeros_layer_zero(layers_dims):
    parameters = {}
    for l in range(len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "two-layers-only",
    function="initialize_parameters_zeros",
    looks_like="it is written for two layers, whatever the list of sizes",
    hint="Your function answers for a network with exactly two layers, as in the example. The list may have any "
    "length. What in your code has to depend on its length?",
)
def zeros_two_layers(layers_dims):
    n_x, n_h, n_y = (list(layers_dims) + [1, 1])[:3]
    return {
        "W1": np.zeros((n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": np.zeros((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }


@wrong(
    "dictionary-kept-between-calls",
    function="initialize_parameters_zeros",
    looks_like="all calls fill the same dictionary",
    hint="A second call returns layers of the first one too, because both fill one and the same dictionary. Python "
    "makes a default value, or a variable outside the function, once. Where should the empty dictionary be made?",
)
def zeros_kept_dictionary(layers_dims, parameters={}):
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "answer-of-the-example",
    function="initialize_parameters_zeros",
    looks_like="it returns the printed example, whatever the list of sizes",
    hint="Your function returns the arrays of the worked example, whatever sizes it is asked for. Which numbers in it "
    "have to come from the list instead?",
)
def zeros_example(layers_dims):
    return {"W1": np.zeros((2, 3)), "b1": np.zeros((2, 1)), "W2": np.zeros((1, 2)), "b2": np.zeros((1, 1))}


@wrong(
    "integer-zeros",
    function="initialize_parameters_zeros",
    looks_like="the zeros are integers",
    hint="Your arrays hold integers. Training adds small fractions to the parameters, and an integer array cannot "
    "hold those. Leave the type at NumPy's default, which is float64.",
)
def zeros_integers(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]), dtype=int)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1), dtype=int)
    return parameters


@wrong(
    "nested-lists",
    function="initialize_parameters_zeros",
    looks_like="the parameters are lists, not arrays",
    hint="Your parameters are Python lists. Matrix products need NumPy arrays: which function makes one of zeros?",
)
def zeros_lists(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = [[0.0] * layers_dims[l - 1] for _ in range(layers_dims[l])]
        parameters["b" + str(l)] = [[0.0] for _ in range(layers_dims[l])]
    return parameters


@wrong(
    "eats-the-sizes",
    function="initialize_parameters_zeros",
    looks_like="the list of sizes is shorter after the call",
    hint="Your dictionary is right, but your function removes entries from the list that it was given. The caller "
    "still needs that list. Read the sizes by their index, and leave them in place.",
)
def zeros_eats_sizes(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_in = layers_dims.pop(0)
        parameters["W" + str(l)] = np.zeros((layers_dims[0], n_in))
        parameters["b" + str(l)] = np.zeros((layers_dims[0], 1))
    return parameters


@wrong(
    "nothing-returned",
    function="initialize_parameters_zeros",
    looks_like="nothing is returned",
    hint="Your function returns None. It may well fill a dictionary, but a caller gets only what you hand back at the "
    "end.",
)
def zeros_nothing_returned(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))


NOT_NORMAL = (
    "The numbers that you draw all fall in one interval, as with a uniform distribution. A normal distribution has "
    "most of its numbers near its mean and a few far out."
)
SAME_NUMBERS = (
    "Layers of equal size get exactly the same weights, because the random generator is set back to its start for "
    "every layer. A seed belongs before the loop, or nowhere."
)
ONE_ROW = (
    "All rows of a weight matrix are equal in your answer, so all units of a layer compute the same and stay the "
    "same. Every unit needs weights of its own: how many numbers have to be drawn for layer l?"
)
NO_TUPLE = (
    "Your function raises a TypeError: randn wants the sizes as separate numbers, where zeros wants them as one "
    "tuple. Compare the two calls."
)
USED_UP = (
    "Your parameters are right, but the list that came in is shorter afterwards: whoever called you has lost the sizes of "
    "the network. Which operation looks at an entry of a list without taking it out?"
)
REPEATED = (
    "Parts of your weight matrices are copies of other parts, so that some units or inputs are treated alike and stay "
    "alike. Every weight needs a draw of its own: how many numbers does layer l take?"
)
EVERY_LAYER = "Which line of yours acts on one layer only, and stands outside the loop or behind a condition?"


@wrong(
    "ten-forgotten",
    function="initialize_parameters_random",
    looks_like="the factor 10 is missing",
    hint="Your weights have a standard deviation of about 1, as drawn. Equation (5) asks for ten times that.",
)
def random_without_ten(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "hundredth-for-ten",
    function="initialize_parameters_random",
    looks_like="the weights are 0.01 times a normal number",
    hint="Your weights have a standard deviation of about 0.01. Such small weights may be a habit from another "
    "course; this exercise makes them too large on purpose. Which factor does equation (5) name?",
)
def random_hundredth(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "divided-by-ten",
    function="initialize_parameters_random",
    looks_like="the weights are divided by 10",
    hint="Your weights have a standard deviation of about 0.1, a hundred times less than asked for. Compare your "
    "operation with equation (5).",
)
def random_divided(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) / 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "ten-added",
    function="initialize_parameters_random",
    looks_like="10 is added instead of multiplied",
    hint="Your weights lie around 10 and differ by about 1. They should lie around 0 and differ by about 10. What "
    "does an addition change, and what does a multiplication?",
)
def random_plus_ten(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) + 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "ten-as-variance",
    function="initialize_parameters_random",
    looks_like="10 is used as the variance",
    hint="Your weights have a standard deviation of about 3.16, the square root of 10. In equation (5) the factor 10 "
    "is the standard deviation itself; the variance is 100.",
)
def random_variance_ten(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(10)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "uniform-from-zero",
    function="initialize_parameters_random",
    looks_like="the weights are uniform between 0 and 10",
    hint=f"Your weights lie between 0 and 10, with a mean of 5. {NOT_NORMAL} One letter at the end of a NumPy name "
    "makes the difference.",
)
def random_uniform(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.rand(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "uniform-around-zero",
    function="initialize_parameters_random",
    looks_like="the weights are uniform between -10 and 10",
    hint=f"Your weights lie between -10 and 10. {NOT_NORMAL}",
)
def random_uniform_centred(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.uniform(-10, 10, (layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "uniform-of-the-right-spread",
    function="initialize_parameters_random",
    looks_like="the weights are uniform with the right standard deviation",
    hint=f"The spread of your weights is right, but not their distribution. {NOT_NORMAL}",
)
def random_uniform_right_spread(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        centred = np.random.rand(layers_dims[l], layers_dims[l - 1]) - 0.5
        parameters["W" + str(l)] = 10 * np.sqrt(12) * centred
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "positive-only",
    function="initialize_parameters_random",
    looks_like="no weight is negative",
    hint="None of your weights is negative. A normal distribution around 0 has as many negative numbers as positive "
    "ones. What in your code takes the sign away?",
)
def random_positive(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.abs(np.random.randn(layers_dims[l], layers_dims[l - 1])) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "whole-numbers",
    function="initialize_parameters_random",
    looks_like="the weights are integers",
    hint="Your weights are whole numbers. Training changes a weight by small fractions, which integers cannot hold. "
    "Which NumPy function draws from a normal distribution?",
)
def random_integers(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randint(-10, 11, (layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "one-number-per-layer",
    function="initialize_parameters_random",
    looks_like="all weights of a layer are the same random number",
    hint="All weights of a layer are equal in your answer: one number is drawn and spread over the matrix. So all "
    "units of the layer stay equal, as with zeros. How many numbers does layer l need?",
)
def random_one_number(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.full((layers_dims[l], layers_dims[l - 1]), np.random.randn() * 10)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "one-row-repeated",
    function="initialize_parameters_random",
    looks_like="all units of a layer get the same weights",
    hint=ONE_ROW,
)
def random_one_row(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.tile(np.random.randn(1, layers_dims[l - 1]) * 10, (layers_dims[l], 1))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "same-draws-in-every-layer",
    function="initialize_parameters_random",
    looks_like="the seed is set again for every layer",
    hint=SAME_NUMBERS,
)
def random_seed_in_loop(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        np.random.seed(3)
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "biases-random-too",
    function="initialize_parameters_random",
    looks_like="the biases are random too",
    hint=f"Your weights are right, but your biases are random as well. {ZERO_BIASES}",
)
def random_biases(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.random.randn(layers_dims[l], 1) * 10
    return parameters


@wrong(
    "ten-in-the-last-layer-only",
    function="initialize_parameters_random",
    looks_like="only the last layer is multiplied by 10",
    hint=f"Only the weights of the last layer are ten times a normal number. {EVERY_LAYER}",
)
def random_ten_last_only(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    parameters["W" + str(l)] = parameters["W" + str(l)] * 10
    return parameters


@wrong(
    "random-weights-transposed",
    function="initialize_parameters_random",
    looks_like="the weight matrices are transposed",
    hint=f"Your weight matrices have rows and columns the wrong way round. {SHAPES}",
)
def random_transposed(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l - 1], layers_dims[l]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "tuple-for-randn",
    function="initialize_parameters_random",
    looks_like="randn is called with a tuple",
    hint=NO_TUPLE,
)
def random_tuple(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn((layers_dims[l], layers_dims[l - 1])) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "printed-example-returned",
    function="initialize_parameters_random",
    looks_like="it returns the arrays of the example, whatever the list of sizes",
    hint="Your function returns the arrays of the worked example, whatever sizes it is asked for. Which numbers have "
    "to come from the list, and which from the random generator?",
)
def random_example(layers_dims):
    return {
        "W1": np.array([[17.88628473, 4.36509851, 0.96497468], [-18.63492703, -2.77388203, -3.54758979]]),
        "b1": np.zeros((2, 1)),
        "W2": np.array([[-0.82741481, -6.27000677]]),
        "b2": np.zeros((1, 1)),
    }


@wrong(
    "second-half-repeats-the-first",
    function="initialize_parameters_random",
    looks_like="the second half of the columns repeats the first",
    hint=REPEATED,
)
def random_repeated_half(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        half = np.random.randn(layers_dims[l], (layers_dims[l - 1] + 1) // 2) * 10
        parameters["W" + str(l)] = np.hstack([half, half])[:, : layers_dims[l - 1]]
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "rounded-weights",
    function="initialize_parameters_random",
    looks_like="the weights are rounded",
    hint="Your weights are rounded, so the same few numbers come again and again. Rounding belongs to what you print, "
    "not to what you return.",
)
def random_rounded(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.round(np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10, 1)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "row-plus-column",
    function="initialize_parameters_random",
    looks_like="a random column and a random row are added",
    hint="Each of your weights is the sum of a number of its row and a number of its column: broadcasting has filled a "
    "matrix from far too few draws. How many numbers does layer l take, and which shape should you draw?",
)
def random_row_plus_column(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        column, row = np.random.randn(layers_dims[l], 1), np.random.randn(1, layers_dims[l - 1])
        parameters["W" + str(l)] = (column + row) * 10 / np.sqrt(2)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "clipped-at-two-deviations",
    function="initialize_parameters_random",
    looks_like="numbers far from 0 are left out",
    hint="None of your weights lies further out than about twice the typical size: the rare large numbers are cut off. "
    "That is a good idea elsewhere, but equation (5) asks for a normal distribution as it is.",
)
def random_clipped(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.clip(np.random.randn(layers_dims[l], layers_dims[l - 1]), -2, 2) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "draws-made-exact",
    function="initialize_parameters_random",
    looks_like="the draws are shifted and scaled until mean and deviation are exact",
    hint="You subtract the mean of what you drew and divide by its standard deviation. The weights are then no longer "
    "draws, and a layer with a single weight gets nan. Equation (5) speaks of the distribution that you draw from.",
)
def random_standardized(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        draws = np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters["W" + str(l)] = (draws - draws.mean()) / draws.std() * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "orthogonal-rows",
    function="initialize_parameters_random",
    looks_like="the units' weights are made orthogonal",
    hint="The rows of your weight matrices stand at right angles to each other. That is another initialization, a good "
    "one for deep networks; but with equation (5) every weight is drawn by itself.",
)
def random_orthogonal(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        size = max(layers_dims[l], layers_dims[l - 1])
        rotation, _ = np.linalg.qr(np.random.randn(size, size))
        parameters["W" + str(l)] = 10 * np.sqrt(size) * rotation[: layers_dims[l], : layers_dims[l - 1]]
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


SCALE = "Write down equation (8) for one layer with 8 inputs: it gives 0.5. What does your code give for 8?"


@wrong(
    "square-root-forgotten",
    function="initialize_parameters_he",
    looks_like="the square root is missing",
    hint="The standard deviation of your weights is 2 / n, which is what their variance should be: for 8 inputs 0.25 "
    f"instead of 0.5. {SCALE}",
)
def he_without_root(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = (
            np.random.randn(layers_dims[l], layers_dims[l - 1]) * 2 / layers_dims[l - 1]
        )
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "factor-forgotten",
    function="initialize_parameters_he",
    looks_like="the weights are not scaled at all",
    hint="Your weights have a standard deviation of about 1 in every layer, as drawn. Equation (8) makes it smaller in "
    f"a layer with more inputs. {SCALE}",
)
def he_without_factor(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "divided-by-the-factor",
    function="initialize_parameters_he",
    looks_like="the weights are divided by the factor",
    hint="Your weights grow with the number of inputs: with 200 inputs their standard deviation is 10 instead of 0.1. "
    "The factor of equation (8) is right, but look at how you apply it.",
)
def he_divided(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) / factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "one-for-two",
    function="initialize_parameters_he",
    looks_like="the variance is 1 / n, not 2 / n",
    hint="The variance of your weights is 1 / n. That keeps signals alive without ReLU; but ReLU throws away half of "
    "their mean square, and the 2 in equation (8) makes up for it.",
)
def he_xavier(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(1 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "units-of-this-layer",
    function="initialize_parameters_he",
    looks_like="the scale comes from the layer's own units, not from its inputs",
    hint="Your scale comes from the number of units of the layer itself. A unit adds up as many terms as it has "
    "inputs, so equation (8) uses the size of the layer before. Which index is that?",
)
def he_fan_out(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "first-size-for-all",
    function="initialize_parameters_he",
    looks_like="every layer is scaled by the number of inputs of the network",
    hint="Your first layer is right, but all later layers use the same scale as the first. Each layer has its own "
    "number of inputs: which line is evaluated once that should be evaluated for every layer?",
)
def he_first_size(layers_dims):
    parameters = {}
    factor = np.sqrt(2 / layers_dims[0])
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "root-of-two-only",
    function="initialize_parameters_he",
    looks_like="the square root covers the 2 but not the n",
    hint="Your scale is the square root of 2, divided by n itself. In equation (8) the root covers the whole fraction. "
    f"Where does your bracket close? {SCALE}",
)
def he_root_of_two(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2) / layers_dims[l - 1]
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "layer-number-for-size",
    function="initialize_parameters_he",
    looks_like="the number of the layer is used instead of its size",
    hint="Your scale depends on the number of the layer, 1, 2, 3, and not on its inputs. Equation (8) wants the size "
    "of the layer before: the list has it. Which index picks it out?",
)
def he_layer_number(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / l)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "whole-number-division",
    function="initialize_parameters_he",
    looks_like="the fraction is rounded down to a whole number",
    hint="In layers with more than two inputs all your weights are exactly zero. Two slashes divide and round down, "
    "and the fraction in equation (8) is below 1.",
)
def he_floor_division(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 // layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "he-uniform",
    function="initialize_parameters_he",
    looks_like="the weights are uniform with the right variance",
    hint=f"The spread of your weights is right, but not their distribution. {NOT_NORMAL}",
)
def he_uniform(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        limit = np.sqrt(6 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.uniform(-limit, limit, (layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "rand-for-randn",
    function="initialize_parameters_he",
    looks_like="the weights are uniform from 0 up to the scale",
    hint=f"None of your weights is negative, and none exceeds the scale of equation (8). {NOT_NORMAL} One letter at "
    "the end of a NumPy name makes the difference.",
)
def he_rand(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.rand(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "ten-left-over",
    function="initialize_parameters_he",
    looks_like="the factor 10 of the exercise before is still there",
    hint="Your weights are ten times too large in every layer. Equation (8) takes the place of the factor 10 of the "
    "exercise before; it does not come on top.",
)
def he_ten(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = 10 * np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "both-sides-averaged",
    function="initialize_parameters_he",
    looks_like="it is the initialization of Glorot and Bengio",
    hint="The variance of your weights is 2 / (inputs + units), which is the next exercise. For ReLU, equation (8) "
    "counts the inputs only.",
)
def he_glorot(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "he-biases-random",
    function="initialize_parameters_he",
    looks_like="the biases are random too",
    hint=f"Your weights are right, but your biases are random as well. {ZERO_BIASES}",
)
def he_biases(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.random.randn(layers_dims[l], 1) * factor
    return parameters


@wrong(
    "last-layer-not-scaled",
    function="initialize_parameters_he",
    looks_like="the last layer is not scaled",
    hint=f"All layers but the last are right; the last has a standard deviation of 1. {EVERY_LAYER}",
)
def he_last_not_scaled(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1]) if l < len(layers_dims) - 1 else 1
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "he-same-draws-in-every-layer",
    function="initialize_parameters_he",
    looks_like="the seed is set again for every layer",
    hint=SAME_NUMBERS,
)
def he_seed_in_loop(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        np.random.seed(3)
        factor = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "he-weights-transposed",
    function="initialize_parameters_he",
    looks_like="the weight matrices are transposed",
    hint=f"Your weight matrices have rows and columns the wrong way round. {SHAPES}",
)
def he_transposed(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l - 1], layers_dims[l]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "he-one-row-repeated",
    function="initialize_parameters_he",
    looks_like="all units of a layer get the same weights",
    hint=ONE_ROW,
)
def he_one_row(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        row = np.random.randn(layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.array([row] * layers_dims[l])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "he-tuple-for-randn",
    function="initialize_parameters_he",
    looks_like="randn is called with a tuple",
    hint=NO_TUPLE,
)
def he_tuple(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn((layers_dims[l], layers_dims[l - 1])) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "bias-counted-as-input",
    function="initialize_parameters_he",
    looks_like="the bias is counted as one more input",
    hint="Your scale divides by one more than the number of inputs, as if the bias were an input too. That shows in "
    "small layers: with 2 inputs the deviation should be 1, and yours is 0.82. Which numbers does equation (8) "
    "count?",
)
def he_bias_counted(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / (layers_dims[l - 1] + 1))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "glorot-is-he",
    function="initialize_parameters_glorot",
    looks_like="it is the initialization of the exercise before",
    hint="The variance of your weights is 2 / inputs, as in the exercise before. Equation (9) also counts the units "
    "of the layer itself.",
)
def glorot_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "glorot-one-for-two",
    function="initialize_parameters_glorot",
    looks_like="the variance is 1 / (inputs + units)",
    hint="The variance of your weights is half of what it should be. Equation (9) wants one over the mean of two "
    "sizes. What does that make of their sum?",
)
def glorot_one(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(1 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "brackets-missing",
    function="initialize_parameters_glorot",
    looks_like="the brackets around the sum are missing",
    hint="Your weights grow with the number of units: a division comes before an addition, so yours divides by the "
    "inputs and then adds the units. What has to be evaluated first in equation (9)?",
)
def glorot_precedence(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1] + layers_dims[l])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "glorot-square-root-forgotten",
    function="initialize_parameters_glorot",
    looks_like="the square root is missing",
    hint="The standard deviation of your weights is what their variance should be. Equation (9) gives a variance: "
    "what do you have to do to it before you multiply?",
)
def glorot_without_root(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = 2 / (layers_dims[l - 1] + layers_dims[l])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "glorot-uniform",
    function="initialize_parameters_glorot",
    looks_like="the weights are uniform with the right variance",
    hint=f"The spread of your weights is right, and this uniform version is in wide use too. But the exercise asks for "
    f"a normal distribution. {NOT_NORMAL}",
)
def glorot_uniform(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        limit = np.sqrt(6 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.random.uniform(-limit, limit, (layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "glorot-rand-for-randn",
    function="initialize_parameters_glorot",
    looks_like="the weights are uniform from 0 up to the scale",
    hint=f"None of your weights is negative. {NOT_NORMAL} One letter at the end of a NumPy name makes the difference.",
)
def glorot_rand(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.random.rand(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "glorot-flat-biases",
    function="initialize_parameters_glorot",
    looks_like="the biases are one-dimensional",
    hint=f"Your biases have one dimension only. {ONE_BIAS_PER_UNIT}",
)
def glorot_flat_biases(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros(layers_dims[l])
    return parameters


@wrong(
    "glorot-one-row-repeated",
    function="initialize_parameters_glorot",
    looks_like="all units of a layer get the same weights",
    hint=ONE_ROW,
)
def glorot_one_row(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        row = np.random.randn(layers_dims[l - 1]) * np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.array([row] * layers_dims[l])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "glorot-same-draws-in-every-layer",
    function="initialize_parameters_glorot",
    looks_like="the seed is set again for every layer",
    hint=SAME_NUMBERS,
)
def glorot_seed_in_loop(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        np.random.seed(3)
        factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "product-for-sum",
    function="initialize_parameters_glorot",
    looks_like="the two sizes are multiplied, not added",
    hint="Your scale divides by the product of the two sizes, so your weights are far too small in wide layers. Which "
    "operation joins them in equation (9)?",
)
def glorot_product(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / (layers_dims[l - 1] * layers_dims[l]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "ends-of-the-network",
    function="initialize_parameters_glorot",
    looks_like="the sizes of the whole network's two ends are used in every layer",
    hint="All your layers have the same scale: that of the network's first and last size. Equation (9) is about one "
    "layer: its own inputs and its own units.",
)
def glorot_ends(layers_dims):
    parameters = {}
    factor = np.sqrt(2 / (layers_dims[0] + layers_dims[-1]))
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "glorot-biases-random",
    function="initialize_parameters_glorot",
    looks_like="the biases are random too",
    hint=f"Your weights are right, but your biases are random as well. {ZERO_BIASES}",
)
def glorot_biases(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.random.randn(layers_dims[l], 1) * factor
    return parameters


@wrong(
    "glorot-bias-counted-as-input",
    function="initialize_parameters_glorot",
    looks_like="the bias is counted as one more input",
    hint="Your scale divides by one more than the sum of the two sizes, as if the bias were an input too. In wide "
    "layers that hardly shows; for sizes 1 and 1 the variance should be 1, and yours is 2/3. What does equation "
    "(9) count?",
)
def glorot_bias_counted(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / (layers_dims[l - 1] + 1 + layers_dims[l]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


@wrong(
    "list-of-sizes-used-up",
    function="initialize_parameters_random",
    looks_like="the list of sizes is used up",
    hint=USED_UP,
)
def random_uses_up(layers_dims):
    parameters = {}
    l = 1
    while len(layers_dims) > 1:
        n_in = layers_dims.pop(0)
        parameters["W" + str(l)] = np.random.randn(layers_dims[0], n_in) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[0], 1))
        l += 1
    return parameters


@wrong(
    "he-list-of-sizes-used-up",
    function="initialize_parameters_he",
    looks_like="the list of sizes is used up",
    hint=USED_UP,
)
def he_uses_up(layers_dims):
    parameters = {}
    l = 1
    while len(layers_dims) > 1:
        n_in = layers_dims.pop(0)
        parameters["W" + str(l)] = np.random.randn(layers_dims[0], n_in) * np.sqrt(2 / n_in)
        parameters["b" + str(l)] = np.zeros((layers_dims[0], 1))
        l += 1
    return parameters


@wrong(
    "glorot-list-of-sizes-used-up",
    function="initialize_parameters_glorot",
    looks_like="the list of sizes is used up",
    hint=USED_UP,
)
def glorot_uses_up(layers_dims):
    parameters = {}
    l = 1
    while len(layers_dims) > 1:
        n_in = layers_dims.pop(0)
        parameters["W" + str(l)] = np.random.randn(layers_dims[0], n_in) * np.sqrt(
            2 / (n_in + layers_dims[0])
        )
        parameters["b" + str(l)] = np.zeros((layers_dims[0], 1))
        l += 1
    return parameters


TRAIN_ONLY = (
    "Both sets must go through the same transformation, and at training time only the training set is known. From "
    "which set should the mean and the standard deviation come?"
)


@wrong(
    "sample-standard-deviation",
    function="normalize_inputs",
    looks_like="the standard deviation divides by m - 1",
    hint="Your sigma is a little too large: it divides by m - 1, which estimates the spread of a population from a "
    "sample. Equation (11) divides by m. NumPy's default does too.",
)
def normalize_sample_deviation(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True, ddof=1)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "divided-by-the-variance",
    function="normalize_inputs",
    looks_like="sigma is the variance, not its square root",
    hint="Your sigma is the variance. A feature measured in metres has a variance in square metres; dividing by it "
    "leaves 1 / metre, and a spread other than 1. What is missing from equation (11)?",
)
def normalize_variance(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.mean((X_train - mu) ** 2, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "test-set-by-itself",
    function="normalize_inputs",
    looks_like="the test set is normalized with its own mean and standard deviation",
    hint=f"Your test set is normalized with statistics of its own, so the same input gives another value there. "
    f"{TRAIN_ONLY}",
)
def normalize_test_by_itself(X_train, X_test):
    mu, mu_test = np.mean(X_train, axis=1, keepdims=True), np.mean(X_test, axis=1, keepdims=True)
    sigma, sigma_test = np.std(X_train, axis=1, keepdims=True), np.std(X_test, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    sigma_test[sigma_test == 0] = 1
    return (X_train - mu) / sigma, (X_test - mu_test) / sigma_test, mu, sigma


@wrong(
    "both-sets-together",
    function="normalize_inputs",
    looks_like="mean and standard deviation come from both sets together",
    hint=f"Your mean and standard deviation come from training and test examples together, so the test set leaks into "
    f"what you train on. {TRAIN_ONLY}",
)
def normalize_both_sets(X_train, X_test):
    both = np.concatenate([X_train, X_test], axis=1)
    mu = np.mean(both, axis=1, keepdims=True)
    sigma = np.std(both, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "per-example",
    function="normalize_inputs",
    looks_like="each example is normalized instead of each feature",
    hint="You average over the features of one example, so metres are added to years. Each row of X is a feature: "
    "average along the row, over the examples. Which axis runs over the columns?",
)
def normalize_per_example(X_train, X_test):
    mu, mu_test = np.mean(X_train, axis=0, keepdims=True), np.mean(X_test, axis=0, keepdims=True)
    sigma, sigma_test = np.std(X_train, axis=0, keepdims=True), np.std(X_test, axis=0, keepdims=True)
    return (X_train - mu) / sigma, (X_test - mu_test) / sigma_test, mu, sigma


@wrong(
    "one-mean-for-all",
    function="normalize_inputs",
    looks_like="one mean and one deviation are used for all features",
    hint="You use one mean and one standard deviation for all numbers together, so features keep their different "
    "scales. Each feature needs its own: what shape do mu and sigma need?",
)
def normalize_global(X_train, X_test):
    mu = np.full((len(X_train), 1), np.mean(X_train))
    sigma = np.full((len(X_train), 1), np.std(X_train))
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "constant-feature-divided-by-zero",
    function="normalize_inputs",
    looks_like="a constant feature is divided by zero",
    hint="A feature that is the same in all training examples has a standard deviation of 0, and dividing by it gives "
    "nan or inf. What does the text say that sigma is in that case?",
)
def normalize_constant_by_zero(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "small-number-added",
    function="normalize_inputs",
    looks_like="a small number is added to sigma",
    hint="You add a small number to the standard deviation so as not to divide by zero. A constant feature that moves "
    "a little in the test set then becomes huge. What does the text say that sigma is in that case?",
)
def normalize_epsilon(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True) + 1e-8
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "changed-in-place",
    function="normalize_inputs",
    looks_like="the arrays that were passed in are changed",
    hint="Your numbers are right, but the caller's own arrays are normalized too: an assignment with -= or /= writes "
    "into the array it is given. Which operation makes a new array instead?",
)
def normalize_in_place(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    for X in (X_train, X_test):
        X -= mu
        X /= sigma
    return X_train, X_test, mu, sigma


@wrong(
    "rounded-to-whole-numbers",
    function="normalize_inputs",
    looks_like="the results are cut to whole numbers",
    hint="Your results are whole numbers: an array made in the likeness of integer inputs holds integers, and cuts "
    "off what comes after the point. Which type should the result have?",
)
def normalize_rounded(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    X_train_n, X_test_n = np.zeros_like(X_train), np.zeros_like(X_test)
    X_train_n[:] = (X_train - mu) / sigma
    X_test_n[:] = (X_test - mu) / sigma
    return X_train_n, X_test_n, mu, sigma


@wrong(
    "only-the-mean-is-divided",
    function="normalize_inputs",
    looks_like="the brackets around the difference are missing",
    hint="You subtract mu divided by sigma: a division comes before a subtraction. Equation (12) divides the whole "
    "difference.",
)
def normalize_precedence(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return X_train - mu / sigma, X_test - mu / sigma, mu, sigma


@wrong(
    "mean-not-subtracted",
    function="normalize_inputs",
    looks_like="the mean is not subtracted",
    hint="Your features have the right spread, but their mean is not 0: you divide without shifting first. Equation "
    "(12) has two steps.",
)
def normalize_without_mean(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return X_train / sigma, X_test / sigma, mu, sigma


@wrong(
    "mean-only",
    function="normalize_inputs",
    looks_like="the spread is left as it is",
    hint="Your features have mean 0, but they keep their different spreads: nothing is divided. Equation (12) has two "
    "steps.",
)
def normalize_mean_only(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return X_train - mu, X_test - mu, mu, sigma


@wrong(
    "squeezed-between-zero-and-one",
    function="normalize_inputs",
    looks_like="the features are stretched between their smallest and largest value",
    hint="Your training features run from 0 to 1: that is another way of scaling, in which one outlier decides about "
    "all other values. Equations (10) to (12) use mean and standard deviation.",
)
def normalize_min_max(X_train, X_test):
    mu = np.min(X_train, axis=1, keepdims=True)
    sigma = np.max(X_train, axis=1, keepdims=True) - mu
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "deviation-from-zero",
    function="normalize_inputs",
    looks_like="sigma is computed before the mean is subtracted",
    hint="Your sigma is the root of the mean square of the features themselves, so it measures how far they are from "
    "0, not from their mean. What is squared in equation (11)?",
)
def normalize_root_mean_square(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.sqrt(np.mean(X_train**2.0, axis=1, keepdims=True))
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "flat-mean-and-deviation",
    function="normalize_inputs",
    looks_like="mu and sigma are one-dimensional",
    hint="Your normalized sets are right, but your mu and sigma have one dimension. Whoever applies them to new "
    "examples needs a column, one row per feature. How do you keep the averaged axis?",
)
def normalize_flat(X_train, X_test):
    mu = np.mean(X_train, axis=1)
    sigma = np.std(X_train, axis=1)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return ((X_train.T - mu) / sigma).T, ((X_test.T - mu) / sigma).T, mu, sigma


@wrong(
    "test-set-left-alone",
    function="normalize_inputs",
    looks_like="the test set is returned as it came",
    hint="Your test set comes back unchanged. A network trained on normalized inputs would meet inputs of another "
    "scale there. What has to happen to every input that the network ever sees?",
)
def normalize_test_untouched(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, X_test * 1.0, mu, sigma


@wrong(
    "statistics-not-returned",
    function="normalize_inputs",
    looks_like="mu and sigma are not returned",
    hint="Your two sets are right, but mu and sigma stay inside the function. Whoever wants to use the trained "
    "network has to normalize new inputs in the same way. What does the docstring say is returned?",
)
def normalize_two_results(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma


@wrong(
    "statistics-first",
    function="normalize_inputs",
    looks_like="the four results come in another order",
    hint="Your four results are right, but mu and sigma come first. A caller unpacks them by position: in which order "
    "does the docstring name them?",
)
def normalize_order(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return mu, sigma, (X_train - mu) / sigma, (X_test - mu) / sigma


@wrong(
    "statistics-as-lists",
    function="normalize_inputs",
    looks_like="mu and sigma are lists",
    hint="Your numbers are right, but mu and sigma are lists. Whoever subtracts a list from a list gets an error. What "
    "does the docstring say is given back, and which function makes an array of a list?",
)
def normalize_lists(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu.tolist(), sigma.tolist()


@wrong(
    "first-feature-only-looked-at",
    function="normalize_inputs",
    looks_like="only the first feature is looked at for being constant",
    hint="You make sure that the first feature is not divided by zero, but any other one may be constant as well. How "
    "do you look at all entries of sigma at once?",
)
def normalize_first_only(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    if sigma[0] == 0:
        sigma[0] = 1
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "small-spread-taken-for-constant",
    function="normalize_inputs",
    looks_like="a feature of small spread is treated as constant",
    hint="You treat features of small standard deviation as if they were constant. A length in metres may vary by a "
    "millionth and mean a lot: normalizing is there to make units not matter. Below which size is a deviation "
    "mere rounding?",
)
def normalize_threshold(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma < 1e-3, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "smallest-sigma",
    function="normalize_inputs",
    looks_like="sigma is at least a tiny number",
    hint="You replace a standard deviation of 0 by a tiny number. A constant feature that moves a little in the test "
    "set then becomes huge. What does the text say that sigma is in that case?",
)
def normalize_floor(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.maximum(sigma, 1e-8)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "small-number-under-the-root",
    function="normalize_inputs",
    looks_like="a small number is added to the variance",
    hint="You add a small number to the variance so as not to divide by zero. Features of small spread are then no "
    "longer brought to deviation 1, and constant ones become huge in the test set. What does the text say sigma "
    "is for those?",
)
def normalize_epsilon_in_root(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.sqrt(np.var(X_train, axis=1, keepdims=True) + 1e-8)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "zero-sigma-returned",
    function="normalize_inputs",
    looks_like="sigma is returned as 0 for a constant feature",
    hint="Your two sets are right, but the sigma beside them still holds 0 for a constant feature. Whoever divides "
    "new examples by it gets nan or inf. Which of your two sigmas do they need?",
)
def normalize_returns_zero(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    used = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / used, (X_test - mu) / used, mu, sigma


@wrong(
    "one-constant-feature-stops-all",
    function="normalize_inputs",
    looks_like="one constant feature leaves all features unscaled",
    hint="As soon as one feature is constant, your sigma is 1 for every feature. The other features still need their "
    "own deviations. Which part of sigma should change?",
)
def normalize_all_or_none(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    if np.any(sigma == 0):
        sigma = np.ones_like(sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "test-set-rounded",
    function="normalize_inputs",
    looks_like="the test set is cut to whole numbers",
    hint="Your training set is right, but the normalized test set holds whole numbers: an array made in the likeness "
    "of integer inputs cuts off what comes after the point. Which type should the result have?",
)
def normalize_test_rounded(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    X_test_n = np.zeros_like(X_test)
    X_test_n[:] = (X_test - mu) / sigma
    return (X_train - mu) / sigma, X_test_n, mu, sigma
