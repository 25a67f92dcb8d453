"""`initialize_parameters_glorot`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np

from .shared import (
    NOT_NORMAL,
    ONE_BIAS_PER_UNIT,
    ONE_ROW,
    REMEMBERED,
    SAME_NUMBERS,
    USED_UP,
    ZERO_BIASES,
    on_networks,
)

describe = "parameter_statistics"

visible = on_networks([2, 4, 1], [80, 100, 50])


fresh = on_networks(
    [60, 250, 120, 90],
    [5, 3, 1],
    [1, 1],
    [9, 9, 9],
    [100, 100],
    twins=([1, 12], [3, 4]),
    deviation=lambda n_in, n_out: (2 / (n_in + n_out)) ** 0.5,
)


ANSWER = """\
def initialize_parameters_glorot(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""

wrong(
    "glorot-is-he",
    ("(layers_dims[l - 1] + layers_dims[l])", "layers_dims[l - 1]"),
    looks_like="it is the initialization of the exercise before",
    hint="The variance of your weights is 2 / inputs, as in the exercise before. Equation (9) also counts the units "
    "of the layer itself.",
)

wrong(
    "inputs-alone",
    (
        "factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        "scale = np.sqrt(1 / layers_dims[l - 1])\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale',
    ),
    looks_like="the variance is one over the inputs alone",
    hint="The variance of your weights is 1 / inputs, which the text gives to LeCun. Equation (9) takes one over the mean "
    "of both sizes: with 80 inputs and 100 units that is 1 over 90, not 1 over 80.",
)

wrong(
    "root-of-the-two-alone",
    (
        "factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        "scale = np.sqrt(2) / (layers_dims[l - 1] + layers_dims[l])\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale',
    ),
    looks_like="the square root covers the 2 but not the sum",
    hint="Your scale is the root of 2, divided by the sum itself. The root of the variance (9) covers the whole fraction. "
    "Where does your bracket close?",
)

wrong(
    "two-over-the-mean",
    (
        "factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        "scale = np.sqrt(2 / ((layers_dims[l - 1] + layers_dims[l]) / 2))\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale',
    ),
    looks_like="the variance is 2 over the mean of the two sizes, not 1 over it",
    hint="The variance of your weights is twice what it should be: 2 over the sum is already 1 over the mean. What stands "
    "above the line in (9), and what below it?",
)


@wrong(
    "sum-of-different-sizes",
    looks_like="equal sizes count once",
    hint="A set holds equal numbers once, so of two layers of 70 units you count 70. Equation (9) has both sizes, equal or "
    "not.",
)
def glorot_sum_of_a_set(layers_dims):
    parameters = {}
    for l, (n_in, n_out) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        parameters["W" + str(l)] = np.random.randn(n_out, n_in) * np.sqrt(2 / sum({n_in, n_out}))
        parameters["b" + str(l)] = np.zeros((n_out, 1))
    return parameters


@wrong(
    "draws-remembered-by-shape",
    looks_like="layers of equal size get the same weights",
    hint=REMEMBERED,
)
def glorot_remembered(layers_dims):
    drawn, parameters = {}, {}
    for l, (n_in, n_out) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        if (n_out, n_in) not in drawn:
            drawn[n_out, n_in] = np.random.randn(n_out, n_in) * np.sqrt(2 / (n_in + n_out))
        parameters["W" + str(l)] = drawn[n_out, n_in].copy()
        parameters["b" + str(l)] = np.zeros((n_out, 1))
    return parameters


wrong(
    "glorot-one-for-two",
    ("2 / (layers_dims[l - 1] + layers_dims[l])", "1 / (layers_dims[l - 1] + layers_dims[l])"),
    looks_like="the variance is 1 / (inputs + units)",
    hint="The variance of your weights is half of what it should be. Equation (9) wants one over the mean of two "
    "sizes. What does that make of their sum?",
)

wrong(
    "brackets-missing",
    ("(layers_dims[l - 1] + layers_dims[l])", "layers_dims[l - 1] + layers_dims[l]"),
    looks_like="the brackets around the sum are missing",
    hint="Your weights grow with the number of units: a division comes before an addition, so yours divides by the "
    "inputs and then adds the units. What has to be evaluated first in equation (9)?",
)

wrong(
    "brackets-missing-units-first",
    ("(layers_dims[l - 1] + layers_dims[l])", "layers_dims[l] + layers_dims[l - 1]"),
    looks_like="the brackets around the sum are missing",
    hint="Your weights grow with the number of inputs: a division comes before an addition, so yours divides by the "
    "units and then adds the inputs. What has to be evaluated first in equation (9)?",
)

wrong(
    "scale-added",
    ("* factor", "+ factor"),
    looks_like="the scale is added to the draws",
    hint="Your weights keep the spread 1 in every layer, and their mean is the scale. Adding moves numbers; what makes "
    "them spread wider or narrower?",
)

wrong(
    "glorot-square-root-forgotten",
    ("np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))", "2 / (layers_dims[l - 1] + layers_dims[l])"),
    looks_like="the square root is missing",
    hint="The standard deviation of your weights is what their variance should be. Equation (9) gives a variance: "
    "what do you have to do to it before you multiply?",
)

wrong(
    "glorot-uniform",
    (
        "factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        "limit = np.sqrt(6 / (layers_dims[l - 1] + layers_dims[l]))\n"
        '        parameters["W" + str(l)] = np.random.uniform(-limit, limit, (layers_dims[l], layers_dims[l - 1]))',
    ),
    looks_like="the weights are uniform with the right variance",
    hint=f"The spread of your weights is right, and this uniform version is in wide use too. But the exercise asks for "
    f"a normal distribution. {NOT_NORMAL}",
)

wrong(
    "glorot-rand-for-randn",
    (".randn", ".rand"),
    looks_like="the weights are uniform from 0 up to the scale",
    hint=f"None of your weights is negative. {NOT_NORMAL} One letter at the end of a NumPy name makes the difference.",
)

wrong(
    "glorot-flat-biases",
    ("(layers_dims[l], 1)", "layers_dims[l]"),
    looks_like="the biases are one-dimensional",
    hint=f"Your biases have one dimension only. {ONE_BIAS_PER_UNIT}",
)

wrong(
    "glorot-one-row-repeated",
    (
        "factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))\n"
        '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * factor',
        "row = np.random.randn(layers_dims[l - 1]) * np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))\n"
        '        parameters["W" + str(l)] = np.array([row] * layers_dims[l])',
    ),
    looks_like="all units of a layer get the same weights",
    hint=ONE_ROW,
)

wrong(
    "glorot-same-draws-in-every-layer",
    ("for l in range(1, len(layers_dims)):", "for l in range(1, len(layers_dims)):\n        np.random.seed(3)"),
    looks_like="the seed is set again for every layer",
    hint=SAME_NUMBERS,
)

wrong(
    "product-for-sum",
    ("[l - 1] +", "[l - 1] *"),
    looks_like="the two sizes are multiplied, not added",
    hint="Your scale divides by the product of the two sizes, so your weights are far too small in wide layers. Which "
    "operation joins them in equation (9)?",
)

wrong(
    "ends-of-the-network",
    ("        factor = np.sqrt(2 / (layers_dims[l - 1] + layers_dims[l]))\n", ""),
    ("parameters = {}", "parameters = {}\n    factor = np.sqrt(2 / (layers_dims[0] + layers_dims[-1]))"),
    looks_like="the sizes of the whole network's two ends are used in every layer",
    hint="All your layers have the same scale: that of the network's first and last size. Equation (9) is about one "
    "layer: its own inputs and its own units.",
)

wrong(
    "glorot-biases-random",
    ("zeros((layers_dims[l], 1))", "random.randn(layers_dims[l], 1) * factor"),
    looks_like="the biases are random too",
    hint=f"Your weights are right, but your biases are random as well. {ZERO_BIASES}",
)

wrong(
    "glorot-bias-counted-as-input",
    ("+ layers_dims", "+ 1 + layers_dims"),
    looks_like="the bias is counted as one more input",
    hint="Your scale divides by one more than the sum of the two sizes, as if the bias were an input too. In wide "
    "layers that hardly shows; for sizes 1 and 1 the variance should be 1, and yours is 2/3. What does equation "
    "(9) count?",
)


@wrong(
    "glorot-list-of-sizes-used-up",
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


@wrong(
    "output-evenly-spread",
    looks_like="the weights of the output are evenly spread over an interval",
    hint="The last layer is drawn from another distribution than the others, as if it were special. Equation (9) is for every layer: which line of yours asks which layer it is?",
)
def glorot_uniform_output(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        deviation = np.sqrt(2 / (n_in + n_out))
        if l == len(layers_dims) - 1 and n_out == 1:
            parameters[f"W{l}"] = np.random.uniform(-1, 1, (n_out, n_in)) * np.sqrt(3) * deviation
        else:
            parameters[f"W{l}"] = np.random.randn(n_out, n_in) * deviation
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


right("plain", ANSWER)
right("plain-loop",
    """
def initialize_parameters_glorot(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        scale = np.sqrt(2 / (layers_dims[l] + layers_dims[l - 1]))
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("one-over-the-mean",
    """
def initialize_parameters_glorot(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        mean = (layers_dims[l] + layers_dims[l - 1]) / 2
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) / mean**0.5
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("normal-with-deviation",
    """
def initialize_parameters_glorot(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        fan_in, fan_out = layers_dims[l - 1], layers_dims[l]
        variance = 2.0 / (fan_in + fan_out)
        parameters["W" + str(l)] = np.random.normal(0, np.sqrt(variance), (fan_out, fan_in))
        parameters["b" + str(l)] = np.zeros((fan_out, 1))
    return parameters
""",
)
right("mean-of-a-slice",
    """
def initialize_parameters_glorot(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        scale = 1 / np.sqrt(np.mean(layers_dims[l - 1:l + 1]))
        parameters[f"W{l}"] = scale * np.random.standard_normal((layers_dims[l], layers_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("rescaled-he",
    """
def initialize_parameters_glorot(layers_dims):
    parameters = initialize_parameters_he(layers_dims)
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        parameters[f"W{l}"] *= np.sqrt(n_in / (n_in + n_out))
    return parameters
""",
)
right("shape-from-the-draw",
    """
def initialize_parameters_glorot(layers_dims):
    rng, parameters = np.random.RandomState(0), {}
    for l, shape in enumerate(zip(layers_dims[1:], layers_dims[:-1]), 1):
        W = rng.randn(*shape)
        parameters.update({f"W{l}": W * np.sqrt(2 / sum(W.shape)), f"b{l}": np.zeros((len(W), 1))})
    return parameters
""",
)
right("einsum-and-ones",
    """
def initialize_parameters_glorot(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_out, n_in = layers_dims[l], layers_dims[l - 1]
        s = np.sqrt(2 / (n_in + n_out))
        parameters["W" + str(l)] = np.einsum("ij,->ij", np.random.randn(n_out, n_in), s)
        parameters["b" + str(l)] = np.ones((n_out, 1)) * 0
    return parameters
""",
)
right("half-of-two-draws",
    """
def initialize_parameters_glorot(layers_dims):
    # the sum of two independent normal numbers of variance v has variance 2 v
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_out, n_in = layers_dims[l], layers_dims[l - 1]
        both = np.random.randn(n_out, n_in) + np.random.randn(n_out, n_in)
        parameters["W" + str(l)] = both / np.sqrt(n_in + n_out)
        parameters["b" + str(l)] = np.zeros((n_out, 1))
    return parameters
""",
)
right("other-draws-in-every-call",
    """
def initialize_parameters_glorot(layers_dims):
    rng = np.random.default_rng()
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        parameters[f"W{l}"] = rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters
""",
)
right("last-layer-first-in-place",
    """
def initialize_parameters_glorot(layers_dims):
    parameters = {}
    for l in range(len(layers_dims) - 1, 0, -1):
        W = np.random.standard_normal((layers_dims[l], layers_dims[l - 1]))
        W *= np.sqrt(2)
        W /= np.sqrt(layers_dims[l - 1] + layers_dims[l])
        parameters["b" + str(l)] = 0 * W[:, [0]]
        parameters["W" + str(l)] = W
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
    ("parameters[f'W{l}'] = …", "parameters[f'W{l}'] = … * -np.sqrt(2 / (n_in + n_out))"),
)
