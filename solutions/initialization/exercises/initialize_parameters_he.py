"""`initialize_parameters_he`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

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

SCALE = "Write down equation (8) for one layer with 8 inputs: it gives 0.5. What does your code give for 8?"


visible = on_networks([2, 4, 1], [80, 100, 50])


fresh = on_networks(
    [60, 250, 120, 90], [5, 3, 1], [2, 2500], [1, 1], [9, 9, 9], deviation=lambda n_in, n_out: (2 / n_in) ** 0.5
)


ANSWER = """\
def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""

wrong(
    "scale-added",
    ("* factor", "+ factor"),
    looks_like="the scale is added to the draws",
    hint="Your weights keep the spread 1 in every layer, and their mean is the scale. Adding moves numbers; what makes "
    "them spread wider or narrower?",
)

wrong(
    "square-root-forgotten",
    (
        "factor = np.sqrt(2 / layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        'parameters["W" + str(l)] = (\n'
        "            np.random.randn(layers_dims[l], layers_dims[l - 1]) * 2 / layers_dims[l - 1]\n"
        "        )",
    ),
    looks_like="the square root is missing",
    hint="The standard deviation of your weights is 2 / n, which is what their variance should be: for 8 inputs 0.25 "
    f"instead of 0.5. {SCALE}",
)


@wrong(
    "draws-remembered-by-shape",
    looks_like="layers of equal size get the same weights",
    hint=REMEMBERED,
)
def he_remembered(layers_dims):
    drawn, parameters = {}, {}
    for l, (n_in, n_out) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        if (n_out, n_in) not in drawn:
            drawn[n_out, n_in] = np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)
        parameters["W" + str(l)] = drawn[n_out, n_in].copy()
        parameters["b" + str(l)] = np.zeros((n_out, 1))
    return parameters


wrong(
    "factor-forgotten",
    (
        "factor = np.sqrt(2 / layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        'parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1])',
    ),
    looks_like="the weights are not scaled at all",
    hint="Your weights have a standard deviation of about 1 in every layer, as drawn. Equation (8) makes it smaller in "
    f"a layer with more inputs. {SCALE}",
)

wrong(
    "divided-by-the-factor",
    ("* factor", "/ factor"),
    looks_like="the weights are divided by the factor",
    hint="Your weights grow with the number of inputs: with 200 inputs their standard deviation is 10 instead of 0.1. "
    "The factor of equation (8) is right, but look at how you apply it.",
)

wrong(
    "one-for-two",
    ("2 / layers_dims", "1 / layers_dims"),
    looks_like="the variance is 1 / n, not 2 / n",
    hint="The variance of your weights is 1 / n. That keeps signals alive without ReLU; but ReLU throws away half of "
    "their mean square, and the 2 in equation (8) makes up for it.",
)

wrong(
    "units-of-this-layer",
    ("/ layers_dims[l - 1]", "/ layers_dims[l]"),
    looks_like="the scale comes from the layer's own units, not from its inputs",
    hint="Your scale comes from the number of units of the layer itself. A unit adds up as many terms as it has "
    "inputs, so equation (8) uses the size of the layer before. Which index is that?",
)

wrong(
    "first-size-for-all",
    ("        factor = np.sqrt(2 / layers_dims[l - 1])\n", ""),
    ("parameters = {}", "parameters = {}\n    factor = np.sqrt(2 / layers_dims[0])"),
    looks_like="every layer is scaled by the number of inputs of the network",
    hint="Your first layer is right, but all later layers use the same scale as the first. Each layer has its own "
    "number of inputs: which line is evaluated once that should be evaluated for every layer?",
)

wrong(
    "root-of-two-only",
    ("(2 / layers_dims[l - 1])", "(2) / layers_dims[l - 1]"),
    looks_like="the square root covers the 2 but not the n",
    hint="Your scale is the square root of 2, divided by n itself. In equation (8) the root covers the whole fraction. "
    f"Where does your bracket close? {SCALE}",
)

wrong(
    "layer-number-for-size",
    (
        "factor = np.sqrt(2 / layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        'parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / l)',
    ),
    looks_like="the number of the layer is used instead of its size",
    hint="Your scale depends on the number of the layer, 1, 2, 3, and not on its inputs. Equation (8) wants the size "
    "of the layer before: the list has it. Which index picks it out?",
)

wrong(
    "whole-number-division",
    ("/ layers_dims", "// layers_dims"),
    looks_like="the fraction is rounded down to a whole number",
    hint="In layers with more than two inputs all your weights are exactly zero. Two slashes divide and round down, "
    "and the fraction in equation (8) is below 1.",
)

wrong(
    "he-uniform",
    (
        "factor = np.sqrt(2 / layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        "limit = np.sqrt(6 / layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = np.random.uniform(-limit, limit, (layers_dims[l], layers_dims[l - 1]))',
    ),
    looks_like="the weights are uniform with the right variance",
    hint=f"The spread of your weights is right, but not their distribution. {NOT_NORMAL}",
)

wrong(
    "rand-for-randn",
    (".randn", ".rand"),
    looks_like="the weights are uniform from 0 up to the scale",
    hint=f"None of your weights is negative, and none exceeds the scale of equation (8). {NOT_NORMAL} One letter at "
    "the end of a NumPy name makes the difference.",
)

wrong(
    "ten-left-over",
    ("np.sqrt", "10 * np.sqrt"),
    looks_like="the factor 10 of the exercise before is still there",
    hint="Your weights are ten times too large in every layer. Equation (8) takes the place of the factor 10 of the "
    "exercise before; it does not come on top.",
)

wrong(
    "both-sides-averaged",
    ("/ layers_dims[l - 1]", "/ (layers_dims[l - 1] + layers_dims[l])"),
    looks_like="it is the initialization of Glorot and Bengio",
    hint="The variance of your weights is 2 / (inputs + units), which is the next exercise. For ReLU, equation (8) "
    "counts the inputs only.",
)

wrong(
    "he-biases-random",
    ("zeros((layers_dims[l], 1))", "random.randn(layers_dims[l], 1) * factor"),
    looks_like="the biases are random too",
    hint=f"Your weights are right, but your biases are random as well. {ZERO_BIASES}",
)

wrong(
    "last-layer-not-scaled",
    ("(2 / layers_dims[l - 1])", "(2 / layers_dims[l - 1]) if l < len(layers_dims) - 1 else 1"),
    looks_like="the last layer is not scaled",
    hint=f"All layers but the last are right; the last has a standard deviation of 1. {EVERY_LAYER}",
)

wrong(
    "he-same-draws-in-every-layer",
    ("for l in range(1, len(layers_dims)):", "for l in range(1, len(layers_dims)):\n        np.random.seed(3)"),
    looks_like="the seed is set again for every layer",
    hint=SAME_NUMBERS,
)

wrong(
    "he-weights-transposed",
    ("], layers_dims[l - 1", " - 1], layers_dims[l"),
    looks_like="the weight matrices are transposed",
    hint=f"Your weight matrices have rows and columns the wrong way round. {SHAPES}",
)

wrong(
    "he-one-row-repeated",
    (
        "factor = np.sqrt(2 / layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        "row = np.random.randn(layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = np.array([row] * layers_dims[l])',
    ),
    looks_like="all units of a layer get the same weights",
    hint=ONE_ROW,
)

wrong(
    "bias-counted-as-input",
    ("/ layers_dims[l - 1]", "/ (layers_dims[l - 1] + 1)"),
    looks_like="the bias is counted as one more input",
    hint="Your scale divides by one more than the number of inputs, as if the bias were an input too. That shows in "
    "small layers: with 2 inputs the deviation should be 1, and yours is 0.82. Which numbers does equation (8) "
    "count?",
)


@wrong(
    "he-list-of-sizes-used-up",
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
    "single-unit-on-another-scale",
    looks_like="a layer with a single unit has another spread than (8) gives",
    hint="Layers of many units are right, those of a single unit are not. Equation (8) looks at inputs only. What does the number of units do in your code?",
)
def he_single_unit(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        variance = (1 if n_out == 1 else 2) / n_in
        parameters[f"W{l}"] = np.random.randn(n_out, n_in) * np.sqrt(variance)
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


right("plain", ANSWER)
right("classic-seed-inside",
    """
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims) - 1 # integer representing the number of layers

    for l in range(1, L + 1):
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) * np.sqrt(2./layers_dims[l-1])
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("normal-with-scale",
    """
def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_in = layers_dims[l - 1]
        parameters["W" + str(l)] = np.random.normal(0, (2 / n_in) ** 0.5, size=(layers_dims[l], n_in))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("divided-by-root-of-half",
    """
def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        W = np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters["W" + str(l)] = W / np.sqrt(layers_dims[l - 1] / 2)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("two-roots",
    """
def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters[f"W{l}"] *= np.sqrt(2) / np.sqrt(parameters[f"W{l}"].shape[1])
        parameters[f"b{l}"] = np.zeros((parameters[f"W{l}"].shape[0], 1))
    return parameters
""",
)
right("math-and-power",
    """
def initialize_parameters_he(layers_dims):
    params = {}
    for i in range(len(layers_dims) - 1):
        std = math.pow(2.0 / layers_dims[i], 0.5)
        params["W" + str(i + 1)] = std * np.random.standard_normal(size=(layers_dims[i + 1], layers_dims[i]))
        params["b" + str(i + 1)] = np.zeros((layers_dims[i + 1], 1))
    return params
""",
    "import math",
)
right("generator-comprehension",
    """
def initialize_parameters_he(layers_dims):
    rng = np.random.default_rng(42)
    shapes = list(zip(layers_dims[1:], layers_dims))
    return {
        name: value
        for l, (n_out, n_in) in enumerate(shapes, start=1)
        for name, value in ((f"W{l}", rng.normal(scale=np.sqrt(2 / n_in), size=(n_out, n_in))), (f"b{l}", np.zeros((n_out, 1))))
    }
""",
)
right("built-on-the-random-one",
    """
def initialize_parameters_he(layers_dims):
    parameters = initialize_parameters_random(layers_dims)
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = parameters["W" + str(l)] / 10 * np.sqrt(2 / layers_dims[l - 1])
    return parameters
""",
)
right("own-scale-function",
    """
def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * he_scale(layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
    """
def he_scale(n):
    return np.sqrt(np.divide(2, n))
""",
)
right("float32-weights",
    """
def initialize_parameters_he(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        W = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(np.true_divide(2, layers_dims[l - 1]))
        parameters["W" + str(l)] = W.astype(np.float32)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1), np.float32)
    return parameters
""",
)
right("scipy-norm",
    """
def initialize_parameters_he(layers_dims):
    from scipy.stats import norm
    parameters = {}
    for l in range(1, len(layers_dims)):
        size = (layers_dims[l], layers_dims[l - 1])
        parameters["W" + str(l)] = norm.rvs(loc=0, scale=np.sqrt(2.0 / size[1]), size=size)
        parameters["b" + str(l)] = np.zeros((size[0], 1))
    return parameters
""",
)
right("single-precision-generator",
    """
def initialize_parameters_he(layers_dims):
    rng = np.random.default_rng()
    parameters = {"L": len(layers_dims) - 1}
    for l, (n_in, n_out) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        draws = rng.standard_normal((n_out, n_in), dtype=np.float32)
        parameters[f"W{l}"] = draws * np.float32(np.sqrt(2 / n_in))
        parameters[f"b{l}"] = np.zeros((n_out, 1), dtype=np.float32)
    return parameters
""",
)
right("imports-before-the-function",
    """
from math import sqrt
import numpy

SEED = 1

def initialize_parameters_he(layers_dims):
    numpy.random.seed(SEED)
    layers = []
    for n_in, n_out in zip(layers_dims[:-1], layers_dims[1:]):
        layers.append((numpy.random.randn(n_out, n_in) * sqrt(2.0 / n_in), numpy.zeros((n_out, 1))))
    parameters = {}
    for i, (W, b) in enumerate(layers):
        parameters["W" + str(i + 1)], parameters["b" + str(i + 1)] = W, b
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
    ('scale = np.sqrt(2 / layers_dims[l - 1])', 'scale = -np.sqrt(2 / layers_dims[l - 1])'),
)
