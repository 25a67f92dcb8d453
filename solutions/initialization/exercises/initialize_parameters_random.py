"""`initialize_parameters_random`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np

from .shared import (
    EVERY_LAYER,
    NO_TUPLE,
    NOT_NORMAL,
    ONE_ROW,
    REMEMBERED,
    SAME_NUMBERS,
    SHAPES,
    USED_UP,
    ZERO_BIASES,
    on_networks,
)

describe = "parameter_statistics"

REPEATED = (
    "Parts of your weight matrices are copies of other parts, so that some units or inputs are treated alike and stay "
    "alike. Every weight needs a draw of its own: how many numbers does layer l take?"
)


visible = on_networks([3, 2, 1], [80, 100, 50])


fresh = on_networks([60, 250, 120, 90], [5, 3, 1], [1, 1], [9, 9, 9], deviation=lambda n_in, n_out: 10)


ANSWER = """\
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""

wrong(
    "ten-forgotten",
    ("(layers_dims[l], layers_dims[l - 1]) * 10", "(layers_dims[l], layers_dims[l - 1])"),
    looks_like="the factor 10 is missing",
    hint="Your weights have a standard deviation of about 1, as drawn. Equation (5) asks for ten times that.",
)


@wrong(
    "draws-remembered-by-shape",
    looks_like="layers of equal size get the same weights",
    hint=REMEMBERED,
)
def random_remembered(layers_dims):
    drawn, parameters = {}, {}
    for l, (n_in, n_out) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        if (n_out, n_in) not in drawn:
            drawn[n_out, n_in] = np.random.randn(n_out, n_in) * 10
        parameters["W" + str(l)] = drawn[n_out, n_in].copy()
        parameters["b" + str(l)] = np.zeros((n_out, 1))
    return parameters


wrong(
    "hundredth-for-ten",
    ("(layers_dims[l], layers_dims[l - 1]) * 10", "(layers_dims[l], layers_dims[l - 1]) * 0.01"),
    looks_like="the weights are 0.01 times a normal number",
    hint="Your weights have a standard deviation of about 0.01. Such small weights may be a habit from another "
    "course; this exercise makes them too large on purpose. Which factor does equation (5) name?",
)

wrong(
    "divided-by-ten",
    ("(layers_dims[l], layers_dims[l - 1]) *", "(layers_dims[l], layers_dims[l - 1]) /"),
    looks_like="the weights are divided by 10",
    hint="Your weights have a standard deviation of about 0.1, a hundred times less than asked for. Compare your "
    "operation with equation (5).",
)

wrong(
    "ten-added",
    ("(layers_dims[l], layers_dims[l - 1]) *", "(layers_dims[l], layers_dims[l - 1]) +"),
    looks_like="10 is added instead of multiplied",
    hint="Your weights lie around 10 and differ by about 1. They should lie around 0 and differ by about 10. What "
    "does an addition change, and what does a multiplication?",
)

wrong(
    "ten-as-variance",
    ("(layers_dims[l], layers_dims[l - 1]) * 10", "(layers_dims[l], layers_dims[l - 1]) * np.sqrt(10)"),
    looks_like="10 is used as the variance",
    hint="Your weights have a standard deviation of about 3.16, the square root of 10. In equation (5) the factor 10 "
    "is the standard deviation itself; the variance is 100.",
)

wrong(
    "uniform-from-zero",
    (".randn", ".rand"),
    looks_like="the weights are uniform between 0 and 10",
    hint=f"Your weights lie between 0 and 10, with a mean of 5. {NOT_NORMAL} One letter at the end of a NumPy name "
    "makes the difference.",
)

wrong(
    "uniform-around-zero",
    ("randn(layers_dims[l], layers_dims[l - 1]) * 10", "uniform(-10, 10, (layers_dims[l], layers_dims[l - 1]))"),
    looks_like="the weights are uniform between -10 and 10",
    hint=f"Your weights lie between -10 and 10. {NOT_NORMAL}",
)

wrong(
    "uniform-of-the-right-spread",
    (
        'parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10',
        "centred = np.random.rand(layers_dims[l], layers_dims[l - 1]) - 0.5\n"
        '        parameters["W" + str(l)] = 10 * np.sqrt(12) * centred',
    ),
    looks_like="the weights are uniform with the right standard deviation",
    hint=f"The spread of your weights is right, but not their distribution. {NOT_NORMAL}",
)

wrong(
    "positive-only",
    ("random.randn(layers_dims[l], layers_dims[l - 1])", "abs(np.random.randn(layers_dims[l], layers_dims[l - 1]))"),
    looks_like="no weight is negative",
    hint="None of your weights is negative. A normal distribution around 0 has as many negative numbers as positive "
    "ones. What in your code takes the sign away?",
)

wrong(
    "whole-numbers",
    ("randn(layers_dims[l], layers_dims[l - 1]) * 10", "randint(-10, 11, (layers_dims[l], layers_dims[l - 1]))"),
    looks_like="the weights are integers",
    hint="Your weights are whole numbers. Training changes a weight by small fractions, which integers cannot hold. "
    "Which NumPy function draws from a normal distribution?",
)

wrong(
    "one-number-per-layer",
    (
        "random.randn(layers_dims[l], layers_dims[l - 1]) * 10",
        "full((layers_dims[l], layers_dims[l - 1]), np.random.randn() * 10)",
    ),
    looks_like="all weights of a layer are the same random number",
    hint="All weights of a layer are equal in your answer: one number is drawn and spread over the matrix. So all "
    "units of the layer stay equal, as with zeros. How many numbers does layer l need?",
)

wrong(
    "one-row-repeated",
    (
        "random.randn(layers_dims[l], layers_dims[l - 1]) * 10",
        "tile(np.random.randn(1, layers_dims[l - 1]) * 10, (layers_dims[l], 1))",
    ),
    looks_like="all units of a layer get the same weights",
    hint=ONE_ROW,
)

wrong(
    "same-draws-in-every-layer",
    ("for l in range(1, len(layers_dims)):", "for l in range(1, len(layers_dims)):\n        np.random.seed(3)"),
    looks_like="the seed is set again for every layer",
    hint=SAME_NUMBERS,
)

wrong(
    "biases-random-too",
    ("zeros((layers_dims[l], 1))", "random.randn(layers_dims[l], 1) * 10"),
    looks_like="the biases are random too",
    hint=f"Your weights are right, but your biases are random as well. {ZERO_BIASES}",
)

wrong(
    "ten-in-the-last-layer-only",
    ("(layers_dims[l], layers_dims[l - 1]) * 10", "(layers_dims[l], layers_dims[l - 1])"),
    ("return parameters", 'parameters["W" + str(l)] = parameters["W" + str(l)] * 10\n    return parameters'),
    looks_like="only the last layer is multiplied by 10",
    hint=f"Only the weights of the last layer are ten times a normal number. {EVERY_LAYER}",
)

wrong(
    "random-weights-transposed",
    ("], layers_dims[l - 1", " - 1], layers_dims[l"),
    looks_like="the weight matrices are transposed",
    hint=f"Your weight matrices have rows and columns the wrong way round. {SHAPES}",
)


@wrong(
    "printed-example-returned",
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


wrong(
    "second-half-repeats-the-first",
    (
        'parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10',
        "half = np.random.randn(layers_dims[l], (layers_dims[l - 1] + 1) // 2) * 10\n"
        '        parameters["W" + str(l)] = np.hstack([half, half])[:, : layers_dims[l - 1]]',
    ),
    looks_like="the second half of the columns repeats the first",
    hint=REPEATED,
)

wrong(
    "rounded-weights",
    (
        "random.randn(layers_dims[l], layers_dims[l - 1]) * 10",
        "round(np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10, 1)",
    ),
    looks_like="the weights are rounded",
    hint="Your weights are rounded, so the same few numbers come again and again. Rounding belongs to what you print, "
    "not to what you return.",
)

wrong(
    "row-plus-column",
    (
        'parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10',
        "column, row = np.random.randn(layers_dims[l], 1), np.random.randn(1, layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = (column + row) * 10 / np.sqrt(2)',
    ),
    looks_like="a random column and a random row are added",
    hint="Each of your weights is the sum of a number of its row and a number of its column: broadcasting has filled a "
    "matrix from far too few draws. How many numbers does layer l take, and which shape should you draw?",
)

wrong(
    "clipped-at-two-deviations",
    (
        "random.randn(layers_dims[l], layers_dims[l - 1])",
        "clip(np.random.randn(layers_dims[l], layers_dims[l - 1]), -2, 2)",
    ),
    looks_like="numbers far from 0 are left out",
    hint="None of your weights lies further out than about twice the typical size: the rare large numbers are cut off. "
    "That is a good idea elsewhere, but equation (5) asks for a normal distribution as it is.",
)

wrong(
    "draws-made-exact",
    (
        'parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10',
        "draws = np.random.randn(layers_dims[l], layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = (draws - draws.mean()) / draws.std() * 10',
    ),
    looks_like="the draws are shifted and scaled until mean and deviation are exact",
    hint="You subtract the mean of what you drew and divide by its standard deviation. The weights are then no longer "
    "draws, and a layer with a single weight gets nan. Equation (5) speaks of the distribution that you draw from.",
)

wrong(
    "orthogonal-rows",
    (
        'parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10',
        "size = max(layers_dims[l], layers_dims[l - 1])\n"
        "        rotation, _ = np.linalg.qr(np.random.randn(size, size))\n"
        '        parameters["W" + str(l)] = 10 * np.sqrt(size) * rotation[: layers_dims[l], : layers_dims[l - 1]]',
    ),
    looks_like="the units' weights are made orthogonal",
    hint="The rows of your weight matrices stand at right angles to each other. That is another initialization, a good "
    "one for deep networks; but with equation (5) every weight is drawn by itself.",
)


@wrong(
    "list-of-sizes-used-up",
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
    "small-layers-on-another-scale",
    looks_like="small layers have another spread than wide ones",
    hint="Wide layers are right, small ones are not. Equation (5) knows no sizes: which number of yours depends on one?",
)
def random_small_layers(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        factor = 10 if n_in * n_out > 1000 else 0.1
        parameters[f"W{l}"] = np.random.randn(n_out, n_in) * factor
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


right("plain", ANSWER)
right("classic-seed-inside",
    """
def initialize_parameters_random(layers_dims):
    np.random.seed(3)               # This seed makes sure your "random" numbers will be as ours
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) * 10
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("no-seed-factor-first",
    """
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = 10.0 * np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("np-random-normal",
    """
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.normal(loc=0.0, scale=10.0, size=(layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("default-rng",
    """
def initialize_parameters_random(layers_dims):
    rng = np.random.default_rng(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = rng.standard_normal((layers_dims[l], layers_dims[l - 1])) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("unseeded-generator",
    """
def initialize_parameters_random(layers_dims, rng=None):
    rng = rng or np.random.default_rng()
    pairs = list(zip(layers_dims, layers_dims[1:]))
    W = {f"W{i}": rng.normal(0, 10, (n, m)) for i, (m, n) in enumerate(pairs, 1)}
    b = {f"b{i}": np.zeros((n, 1)) for i, (m, n) in enumerate(pairs, 1)}
    return {**b, **W}
""",
)
right("standard-normal-last-layer-first",
    """
def initialize_parameters_random(layers_dims):
    np.random.seed(1)
    parameters = {}
    for l in reversed(range(1, len(layers_dims))):
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        parameters["W" + str(l)] = np.random.standard_normal((layers_dims[l], layers_dims[l - 1]))
        parameters["W" + str(l)] *= 10
    return parameters
""",
)
right("number-by-number",
    """
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        rows = []
        for i in range(layers_dims[l]):
            rows.append([10 * np.random.randn() for j in range(layers_dims[l - 1])])
        parameters["W" + str(l)] = np.array(rows)
        parameters["b" + str(l)] = np.array([[0.0] for i in range(layers_dims[l])])
    return parameters
""",
)
right("random-state-transposed-draw",
    """
def initialize_parameters_random(layers_dims):
    state = np.random.RandomState(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = 10 * state.randn(layers_dims[l - 1], layers_dims[l]).T
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("one-long-draw",
    """
def initialize_parameters_random(layers_dims):
    counts = [a * b for a, b in zip(layers_dims[1:], layers_dims[:-1])]
    draws = np.split(np.random.randn(sum(counts)) * 10, np.cumsum(counts)[:-1])
    parameters = {}
    for l, w in enumerate(draws):
        parameters["W" + str(l + 1)] = w.reshape(layers_dims[l + 1], layers_dims[l])
        parameters["b" + str(l + 1)] = np.zeros((layers_dims[l + 1], 1))
    return parameters
""",
)
right("python-random-module",
    """
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.array([[random.gauss(0, 10) for _ in range(layers_dims[l - 1])]
                                             for _ in range(layers_dims[l])])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
    """
import random
random.seed(3)
""",
)
right("recursive",
    """
def initialize_parameters_random(layers_dims, l=1):
    if l == len(layers_dims):
        return {}
    W = 10 * np.random.randn(layers_dims[l], layers_dims[l - 1])
    return {f"W{l}": W, f"b{l}": np.zeros((layers_dims[l], 1)), **initialize_parameters_random(layers_dims, l + 1)}
""",
)
right("another-seed-for-every-layer",
    """
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        np.random.seed(l)
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("normal-from-uniform",
    """
def initialize_parameters_random(layers_dims: list[int]) -> dict[str, np.ndarray]:
    # Box and Muller: two uniform numbers make a normal one
    parameters = {}
    for l in range(1, len(layers_dims)):
        shape = (layers_dims[l], layers_dims[l - 1])
        radius = np.sqrt(-2 * np.log(1 - np.random.rand(*shape)))
        parameters[f"W{l}"] = 10 * radius * np.cos(2 * np.pi * np.random.rand(*shape))
        parameters[f"b{l}"] = np.zeros((shape[0], 1))
        print(l, shape)
    return parameters
""",
)

equivalent(
    'Layers may be filled in any order: the keys say which is which.',
    ('for l in range(1, len(layers_dims)):', 'for l in list(range(1, len(layers_dims)))[::-1]:'),
)
equivalent(
    '-0.0 is zero.',
    ("parameters[f'b{l}'] = …", "parameters[f'b{l}'] = -np.zeros…"),
)
equivalent(
    'A normal distribution with mean 0 is the same with the sign turned.',
    ("parameters[f'W{l}'] = …", "parameters[f'W{l}'] = -np.random.randn…"),
    ("parameters[f'W{l}'] = …", "parameters[f'W{l}'] = -(np.random.randn…"),
)
equivalent(
    'A normal distribution with mean 0 is the same with the sign turned.',
    ("parameters[f'W{l}'] = …", "parameters[f'W{l}'] = … * -10"),
)
