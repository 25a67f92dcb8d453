"""Right answers to the exercises of the initialization lesson, in many styles; all must get full marks."""

from . import Answer

ANSWERS: list[Answer] = []


def right(function: str, name: str, source: str, *extra_cells: str) -> None:
    """Add an answer to the bank."""
    ANSWERS.append(
        Answer(name, function, source.strip() + "\n", tuple(cell.strip() + "\n" for cell in extra_cells))
    )


ZEROS, RANDOM = "initialize_parameters_zeros", "initialize_parameters_random"
HE, GLOROT, NORMALIZE = "initialize_parameters_he", "initialize_parameters_glorot", "normalize_inputs"

right(
    ZEROS,
    "classic-loop",
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
right(
    ZEROS,
    "dictionary-comprehensions",
    """
def initialize_parameters_zeros(layers_dims):
    n = layers_dims
    weights = {f"W{i}": np.zeros(shape=(n[i], n[i - 1])) for i in range(1, len(n))}
    return weights | {f"b{i}": np.zeros((n[i], 1)) for i in range(1, len(n))}
""",
)
right(
    ZEROS,
    "zip-and-enumerate",
    """
def initialize_parameters_zeros(layers_dims):
    parameters = dict()
    for number, (n_in, n_out) in enumerate(zip(layers_dims[:-1], layers_dims[1:]), start=1):
        parameters.update({'W%d' % number: np.zeros([n_out, n_in]), 'b%d' % number: np.zeros([n_out, 1])})
    return parameters
""",
)
right(
    ZEROS,
    "counted-from-zero",
    """
def initialize_parameters_zeros(layers_dims):
    params = {}
    for i in range(len(layers_dims) - 1):
        params["W" + str(i + 1)] = np.zeros((layers_dims[i + 1], layers_dims[i]))
        params["b" + str(i + 1)] = np.zeros((layers_dims[i + 1], 1))
    return params
""",
)
right(
    ZEROS,
    "backwards-with-while",
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
right(
    ZEROS,
    "random-times-zero",
    """
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0
        parameters["b" + str(l)] = np.full((layers_dims[l], 1), 0.)
    return parameters
""",
)
right(
    ZEROS,
    "from-lists",
    """
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.array([[0.0] * layers_dims[l - 1]] * layers_dims[l])
        parameters["b" + str(l)] = np.array([[0.0]] * layers_dims[l])
    return parameters
""",
)
right(
    ZEROS,
    "ordered-dictionary-with-asserts",
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
right(
    ZEROS,
    "own-helper-in-own-cell",
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
right(
    ZEROS,
    "extra-keys-and-float32",
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
right(
    ZEROS,
    "slices-of-one-array",
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

right(
    RANDOM,
    "classic-seed-inside",
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
right(
    RANDOM,
    "no-seed-factor-first",
    """
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = 10.0 * np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right(
    RANDOM,
    "np-random-normal",
    """
def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.normal(loc=0.0, scale=10.0, size=(layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
""",
)
right(
    RANDOM,
    "default-rng",
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
right(
    RANDOM,
    "unseeded-generator",
    """
def initialize_parameters_random(layers_dims, rng=None):
    rng = rng or np.random.default_rng()
    pairs = list(zip(layers_dims, layers_dims[1:]))
    W = {f"W{i}": rng.normal(0, 10, (n, m)) for i, (m, n) in enumerate(pairs, 1)}
    b = {f"b{i}": np.zeros((n, 1)) for i, (m, n) in enumerate(pairs, 1)}
    return {**b, **W}
""",
)
right(
    RANDOM,
    "standard-normal-last-layer-first",
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
right(
    RANDOM,
    "number-by-number",
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
right(
    RANDOM,
    "random-state-transposed-draw",
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
right(
    RANDOM,
    "one-long-draw",
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
right(
    RANDOM,
    "python-random-module",
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
right(
    RANDOM,
    "recursive",
    """
def initialize_parameters_random(layers_dims, l=1):
    if l == len(layers_dims):
        return {}
    W = 10 * np.random.randn(layers_dims[l], layers_dims[l - 1])
    return {f"W{l}": W, f"b{l}": np.zeros((layers_dims[l], 1)), **initialize_parameters_random(layers_dims, l + 1)}
""",
)
right(
    RANDOM,
    "another-seed-for-every-layer",
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
right(
    RANDOM,
    "normal-from-uniform",
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

right(
    HE,
    "classic-seed-inside",
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
right(
    HE,
    "normal-with-scale",
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
right(
    HE,
    "divided-by-root-of-half",
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
right(
    HE,
    "two-roots",
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
right(
    HE,
    "math-and-power",
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
right(
    HE,
    "generator-comprehension",
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
right(
    HE,
    "built-on-the-random-one",
    """
def initialize_parameters_he(layers_dims):
    parameters = initialize_parameters_random(layers_dims)
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = parameters["W" + str(l)] / 10 * np.sqrt(2 / layers_dims[l - 1])
    return parameters
""",
)
right(
    HE,
    "own-scale-function",
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
right(
    HE,
    "float32-weights",
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
right(
    HE,
    "scipy-norm",
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
right(
    HE,
    "single-precision-generator",
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
right(
    HE,
    "imports-before-the-function",
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

right(
    GLOROT,
    "plain-loop",
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
right(
    GLOROT,
    "one-over-the-mean",
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
right(
    GLOROT,
    "normal-with-deviation",
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
right(
    GLOROT,
    "mean-of-a-slice",
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
right(
    GLOROT,
    "rescaled-he",
    """
def initialize_parameters_glorot(layers_dims):
    parameters = initialize_parameters_he(layers_dims)
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        parameters[f"W{l}"] *= np.sqrt(n_in / (n_in + n_out))
    return parameters
""",
)
right(
    GLOROT,
    "shape-from-the-draw",
    """
def initialize_parameters_glorot(layers_dims):
    rng, parameters = np.random.RandomState(0), {}
    for l, shape in enumerate(zip(layers_dims[1:], layers_dims[:-1]), 1):
        W = rng.randn(*shape)
        parameters.update({f"W{l}": W * np.sqrt(2 / sum(W.shape)), f"b{l}": np.zeros((len(W), 1))})
    return parameters
""",
)
right(
    GLOROT,
    "einsum-and-ones",
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
right(
    GLOROT,
    "half-of-two-draws",
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
right(
    GLOROT,
    "other-draws-in-every-call",
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
right(
    GLOROT,
    "last-layer-first-in-place",
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

right(
    NORMALIZE,
    "mean-and-std",
    """
def normalize_inputs(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    X_train_n = (X_train - mu) / sigma
    X_test_n = (X_test - mu) / sigma
    return X_train_n, X_test_n, mu, sigma
""",
)
right(
    NORMALIZE,
    "formula-by-formula",
    """
def normalize_inputs(X_train, X_test):
    m = X_train.shape[1]
    mu = 1 / m * np.sum(X_train, axis=1, keepdims=True)
    centred = X_train - mu
    sigma2 = 1 / m * np.sum(centred ** 2, axis=1, keepdims=True)
    sigma = np.sqrt(sigma2)
    sigma = np.where(sigma > 0, sigma, 1)
    return centred / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right(
    NORMALIZE,
    "reshape",
    """
def normalize_inputs(X_train, X_test):
    mu = X_train.mean(axis=1).reshape(-1, 1)
    sigma = X_train.std(axis=1).reshape(-1, 1)
    sigma += sigma == 0
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right(
    NORMALIZE,
    "feature-by-feature",
    """
def normalize_inputs(X_train, X_test):
    mu, sigma = np.zeros((X_train.shape[0], 1)), np.zeros((X_train.shape[0], 1))
    X_train_n, X_test_n = np.zeros(X_train.shape), np.zeros(X_test.shape)
    for j in range(X_train.shape[0]):
        mu[j, 0] = X_train[j].mean()
        sigma[j, 0] = X_train[j].std()
        if sigma[j, 0] == 0:
            sigma[j, 0] = 1
        X_train_n[j] = (X_train[j] - mu[j, 0]) / sigma[j, 0]
        X_test_n[j] = (X_test[j] - mu[j, 0]) / sigma[j, 0]
    return X_train_n, X_test_n, mu, sigma
""",
)
right(
    NORMALIZE,
    "pure-python-sums",
    """
def normalize_inputs(X_train, X_test):
    mu, sigma = [], []
    for row in X_train.tolist():
        mean = sum(row) / len(row)
        variance = sum((x - mean) ** 2 for x in row) / len(row)
        mu.append([mean])
        sigma.append([variance ** 0.5 or 1.0])
    mu, sigma = np.array(mu), np.array(sigma)
    return np.divide(X_train - mu, sigma), np.divide(X_test - mu, sigma), mu, sigma
""",
)
right(
    NORMALIZE,
    "mean-square-minus-square-mean",
    """
def normalize_inputs(X_train, X_test):
    X = X_train.astype(float)
    mu = np.mean(X, axis=1, keepdims=True)
    variance = np.mean(X * X, axis=1, keepdims=True) - mu ** 2
    sigma = np.sqrt(np.maximum(variance, 0))
    sigma[sigma < 1e-8] = 1.0
    return (X - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right(
    NORMALIZE,
    "in-place-on-copies",
    """
def normalize_inputs(X_train, X_test):
    X_train, X_test = X_train.astype(np.float64), X_test.astype(np.float64)
    mu = X_train.mean(axis=1, keepdims=True)
    X_train -= mu
    X_test -= mu
    sigma = np.sqrt((X_train ** 2).mean(axis=1, keepdims=True))
    sigma = np.where(np.isclose(sigma, 0), 1.0, sigma)
    X_train /= sigma
    X_test /= sigma
    return X_train, X_test, mu, sigma
""",
)
right(
    NORMALIZE,
    "einsum-and-inner-function",
    """
def normalize_inputs(X_train, X_test):
    def apply(X):
        return np.einsum("ij,i->ij", X - mu, 1 / sigma[:, 0])

    m = X_train.shape[1]
    mu = np.einsum("ij->i", X_train)[:, None] / m
    spread = X_train - mu
    sigma = np.sqrt(np.einsum("ij,ij->i", spread, spread) / m)[:, np.newaxis]
    sigma[sigma == 0.0] = 1.0
    return [apply(X_train), apply(X_test), mu, sigma]
""",
)
right(
    NORMALIZE,
    "own-helpers-in-own-cell",
    """
def normalize_inputs(X_train, X_test):
    mu, sigma = statistics_of(X_train)
    return scaled(X_train, mu, sigma), scaled(X_test, mu, sigma), mu, sigma
""",
    """
def statistics_of(X):
    sigma = np.sqrt(np.var(X, axis=1, keepdims=True))
    return np.average(X, axis=1)[:, None], np.where(np.ptp(X, axis=1, keepdims=True) == 0, 1.0, sigma)

def scaled(X, mu, sigma):
    return (X - mu) / sigma
""",
)
right(
    NORMALIZE,
    "transposed-inside",
    """
def normalize_inputs(X_train, X_test):
    examples = X_train.T
    mean, deviation = examples.mean(0), examples.std(0)
    deviation = np.array([d if d != 0 else 1.0 for d in deviation])
    X_train_n = ((examples - mean) / deviation).T
    X_test_n = ((X_test.T - mean) / deviation).T
    return X_train_n, X_test_n, np.expand_dims(mean, 1), np.expand_dims(deviation, 1)
""",
)
right(
    NORMALIZE,
    "threshold-at-rounding-level",
    """
def normalize_inputs(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = X_train.std(axis=1, keepdims=True)
    sigma = np.where(sigma < 1e-12, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right(
    NORMALIZE,
    "threshold-relative-to-the-mean",
    """
def normalize_inputs(X_train, X_test):
    mu = np.mean(X_train, axis=1)[:, np.newaxis]
    sigma = np.std(X_train, axis=1)[:, np.newaxis]
    constant = sigma <= 10 * np.finfo(float).eps * np.abs(mu)
    sigma[constant] = 1
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right(
    NORMALIZE,
    "single-precision",
    """
def normalize_inputs(X_train, X_test):
    X_train, X_test = np.float32(X_train), np.float32(X_test)
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = X_train.std(axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right(
    NORMALIZE,
    "scikit-learn",
    """
def normalize_inputs(X_train, X_test):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(X_train.T)
    mu, sigma = scaler.mean_.reshape(-1, 1), scaler.scale_.reshape(-1, 1)
    return scaler.transform(X_train.T).T, scaler.transform(X_test.T).T, mu, sigma
""",
)
