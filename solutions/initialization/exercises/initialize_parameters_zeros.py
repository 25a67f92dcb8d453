"""`initialize_parameters_zeros`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np

from .shared import ONE_BIAS_PER_UNIT, SHAPES, attempted

describe = "parameter_statistics"

def _networks_and_sizes(*networks):
    """The same, each result followed by the list of sizes as the call left it."""

    def probe(implementation):
        seen = []
        for layers_dims in map(list, networks):
            seen += [attempted(implementation, layers_dims), layers_dims]
        return seen

    return probe


LAYERS = (
    "The list of sizes counts the inputs too: four sizes mean three layers with parameters, numbered 1, 2, 3. "
    "The list may have any length. Where should a loop over the layers start, and which number is its last?"
)


visible = _networks_and_sizes([3, 2, 1])


fresh = _networks_and_sizes([5, 4, 3, 2], [4, 1])


ANSWER = """\
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""


@wrong(
    "digit-one-for-letter-l",
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


wrong(
    "digit-one-for-letter-l-in-the-rows",
    ("layers_dims[l]", "layers_dims[1]"),
    looks_like="every layer has as many units as layer 1",
    hint=f"The columns of your weights are right, but all layers have the rows of layer 1. {SHAPES} Look closely "
    "at your index: is it the letter l or the digit 1?",
)

wrong(
    "digit-one-for-letter-l-in-the-columns",
    ("[l - 1]", "[1 - 1]"),
    looks_like="every layer reads the inputs of the network",
    hint=f"The rows of your weights are right, but all have as many columns as there are inputs. {SHAPES} Look "
    "closely at the index of the size before: is it made of the letter l or of the digit 1?",
)

wrong(
    "weights-transposed",
    ("], layers_dims[l - 1", " - 1], layers_dims[l"),
    looks_like="the weight matrices are transposed",
    hint=f"Your weight matrices have rows and columns the wrong way round. {SHAPES}",
)

wrong(
    "ones-for-zeros",
    ('["W" + str(l)] = np.zeros', '["W" + str(l)] = np.ones'),
    looks_like="the weights are ones",
    hint="Your weights are all 1. This exercise wants all zeros; that any constant fails alike comes right after it. "
    "Which NumPy function fills an array with zeros?",
)

wrong(
    "random-weights",
    ("zeros((layers_dims[l], layers_dims[l - 1]))", "random.randn(layers_dims[l], layers_dims[l - 1]) * 0.01"),
    looks_like="the weights are random numbers",
    hint="Your weights are random numbers. That is a good habit elsewhere, but here you are asked for exact zeros, to "
    "see what goes wrong with them.",
)

wrong(
    "biases-are-ones",
    ('["b" + str(l)] = np.zeros', '["b" + str(l)] = np.ones'),
    looks_like="the biases are ones",
    hint="Your weights are right, but your biases are all 1. Here every parameter starts at zero, the biases too.",
)

wrong(
    "flat-biases",
    ("(layers_dims[l], 1)", "layers_dims[l]"),
    looks_like="the biases are one-dimensional",
    hint="Your biases have one dimension only. Added to a matrix with one column per example, such an array is read "
    f"as a row: it goes to the wrong axis, or fails. {ONE_BIAS_PER_UNIT}",
)

wrong(
    "row-biases",
    ("layers_dims[l], 1", "1, layers_dims[l]"),
    looks_like="the biases are rows",
    hint=f"Your biases are rows instead of columns. {ONE_BIAS_PER_UNIT}",
)

wrong(
    "biases-of-the-layer-before",
    ("[l], 1", "[l - 1], 1"),
    looks_like="each bias has the size of the layer before",
    hint=f"Your biases are columns, but as long as the layer before has units. {ONE_BIAS_PER_UNIT} Which of the two "
    "sizes that you use for the weights counts the units of this layer?",
)

wrong(
    "biases-left-out",
    ('        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))\n', ""),
    looks_like="there are no biases",
    hint="Your dictionary holds weights only. Every layer has biases too: which entry does layer 1 still need?",
)

wrong(
    "last-layer-left-out",
    ("len(layers_dims)", "len(layers_dims) - 1"),
    looks_like="the last layer is missing",
    hint=f"The parameters of the last layer are missing. {LAYERS} If both are right: does the line that gives the result stand inside the loop?",
)

wrong(
    "names-start-at-zero",
    ("str(l)", "str(l - 1)"),
    looks_like="the layers are numbered from 0",
    hint="Your shapes are right, but your names start with W0. The input counts as layer 0 and has no parameters, so "
    "the first weight matrix is called W1.",
)

wrong(
    "a-layer-for-the-inputs-too",
    ("1, len", "len"),
    looks_like="there is a layer 0 too",
    hint="Your dictionary has everything that it needs, and W0 and b0 besides. The inputs have no parameters, and an "
    "index of -1 takes the last size instead of failing. Where should your loop start?",
)


@wrong(
    "two-layers-only",
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
    looks_like="it returns the printed example, whatever the list of sizes",
    hint="Your function returns the arrays of the worked example, whatever sizes it is asked for. Which numbers in it "
    "have to come from the list instead?",
)
def zeros_example(layers_dims):
    return {"W1": np.zeros((2, 3)), "b1": np.zeros((2, 1)), "W2": np.zeros((1, 2)), "b2": np.zeros((1, 1))}


@wrong(
    "integer-zeros",
    looks_like="the zeros are integers",
    hint="Your arrays hold integers. Training adds small fractions to the parameters, and an integer array cannot "
    "hold those. What decides the type of yours? NumPy's own choice for zeros is float64.",
)
def zeros_integers(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]), dtype=int)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1), dtype=int)
    return parameters


@wrong(
    "nested-lists",
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


wrong(
    "nothing-returned",
    ("\n    return parameters", ""),
    looks_like="nothing is returned",
    hint="Your function returns None. It may well fill a dictionary, but a caller gets only what you hand back at the "
    "end.",
)


right("plain", ANSWER)
right("classic-loop",
    """
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    L = len(layers_dims)            # number of layers in the network

    for l in range(1, L):
        parameters['W' + str(l)] = np.zeros((layers_dims[l], layers_dims[l-1]))
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right("dictionary-comprehensions",
    """
def initialize_parameters_zeros(layers_dims):
    n = layers_dims
    weights = {f"W{i}": np.zeros(shape=(n[i], n[i - 1])) for i in range(1, len(n))}
    return weights | {f"b{i}": np.zeros((n[i], 1)) for i in range(1, len(n))}
""",
)
right("zip-and-enumerate",
    """
def initialize_parameters_zeros(layers_dims):
    parameters = dict()
    for number, (n_in, n_out) in enumerate(zip(layers_dims[:-1], layers_dims[1:]), start=1):
        parameters.update({'W%d' % number: np.zeros([n_out, n_in]), 'b%d' % number: np.zeros([n_out, 1])})
    return parameters
""",
)
right("counted-from-zero",
    """
def initialize_parameters_zeros(layers_dims):
    params = {}
    for i in range(len(layers_dims) - 1):
        params["W" + str(i + 1)] = np.zeros((layers_dims[i + 1], layers_dims[i]))
        params["b" + str(i + 1)] = np.zeros((layers_dims[i + 1], 1))
    return params
""",
)
right("backwards-with-while",
    """
def initialize_parameters_zeros(layers_dims):
    parameters, l = {}, len(layers_dims) - 1
    while l > 0:
        parameters["b{}".format(l)] = np.zeros((layers_dims[l], 1), dtype=float)
        parameters["W{}".format(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]), dtype=np.float64)
        l -= 1
    return parameters
""",
)
right("random-times-zero",
    """
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0
        parameters["b" + str(l)] = np.full((layers_dims[l], 1), 0.)
    return parameters
""",
)
right("from-lists",
    """
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.array([[0.0] * layers_dims[l - 1]] * layers_dims[l])
        parameters["b" + str(l)] = np.array([[0.0]] * layers_dims[l])
    return parameters
""",
)
right("ordered-dictionary-with-asserts",
    """
def initialize_parameters_zeros(layers_dims):
    from collections import OrderedDict
    parameters = OrderedDict()
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
        assert(parameters['W' + str(l)].shape == (layers_dims[l], layers_dims[l - 1]))
        assert(parameters['b' + str(l)].shape == (layers_dims[l], 1))
    return parameters
""",
)
right("own-helper-in-own-cell",
    """
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)], parameters["b" + str(l)] = one_layer(layers_dims[l - 1], layers_dims[l])
    return parameters
""",
    """
import numpy

def one_layer(inputs, units):
    return numpy.zeros((units, inputs)), numpy.zeros((units, 1))
""",
)
right("extra-keys-and-float32",
    """
def initialize_parameters_zeros(layers_dims, verbose=False):
    sizes = np.array(layers_dims)
    parameters = {"L": len(sizes) - 1, "sizes": list(layers_dims)}
    for l in range(1, len(sizes)):
        parameters["W" + str(l)] = np.zeros((sizes[l], sizes[l - 1]), dtype=np.float32)
        parameters["b" + str(l)] = np.zeros_like(parameters["W" + str(l)][:, :1])
        if verbose:
            print(l, parameters["W" + str(l)].shape)
    return parameters
""",
)
right("slices-of-one-array",
    """
def initialize_parameters_zeros(layers_dims):
    widest = max(layers_dims)
    nothing = np.zeros((widest, widest))
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = nothing[:layers_dims[l], :layers_dims[l - 1]]
        parameters["b" + str(l)] = nothing[:layers_dims[l], :1]
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
    '-0.0 is zero.',
    ("parameters[f'W{l}'] = …", "parameters[f'W{l}'] = -np.zeros…"),
)
