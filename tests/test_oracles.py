"""Hidden checks demand what the text demands and no more: inputs, and ways of writing, that Hypothesis makes up."""

import ast
import functools
import itertools

import course_draws
import gc_utils
import numpy as np
import pytest
import testCases
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.rooms.messages import _constant_words
from tests import bank
from tests.here import LESSONS

HALVES = [
    "{0} / (2 * epsilon)",
    "({0}) * (1 / (2 * epsilon))",
    "0.5 * ({0}) / epsilon",
    "({0}) / epsilon / 2",
]
SLOPES = [
    *(half.format("(J_plus - J_minus)") for half in HALVES),
    *(f"{half.format('J_plus')} - {half.format('J_minus')}" for half in HALVES),
    "np.dot([J_plus, J_minus], [1 / (2 * epsilon), -1 / (2 * epsilon)])",
    "np.diff([J_minus, J_plus])[0] / (2 * epsilon)",
    "(J_minus - J_plus) / (-2 * epsilon)",
    "((J_plus - J) / epsilon + (J - J_minus) / epsilon) / 2",
    "math.fsum([J_plus, -J_minus]) / (2 * epsilon)",
]
READINGS = [
    "abs(g - n) / (abs(g) + abs(n))",
    "np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))",
    "((g - n) ** 2) ** 0.5 / (math.hypot(g) + math.hypot(n))",
    "1 / ((abs(g) + abs(n)) / max(abs(n - g), 1e-300))",
]


@functools.cache
def hidden(function):
    """What the hidden check of a function says to a source, in a notebook of the reference."""
    lesson = next(name for name in LESSONS if function in bank.functions(name))
    cell = next(c for c in bank.cells(lesson) if c.id == f"{function}_hidden")
    code = compile(cell.source, cell.id, "exec")

    def verdict(source):
        answer = bank.build(lesson, function, source)
        np.random.seed(12345)
        with np.errstate(all="ignore"):
            exec(code, {**answer.__globals__, "__name__": "__main__"})

    return verdict


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SLOPES), st.sampled_from(READINGS), st.booleans(), st.booleans())
def test_gradient_check_passes_in_any_order_of_its_operations(slope, reading, J_called, slope_called):
    J = "forward_propagation(x, {})" if J_called else "x * ({})"
    hidden("gradient_check")(f"""
def gradient_check(x, theta, epsilon=1e-7):
    J, J_plus, J_minus = {", ".join(J.format(at) for at in ("theta", "theta + epsilon", "theta - epsilon"))}
    n = {slope}
    g = {"backward_propagation(x, theta)" if slope_called else "x"}
    return {reading}
""")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["round(d, {})", "float(f'{{d:.{}g}}')"]), st.integers(1, 8), st.booleans())
def test_gradient_check_does_not_pass_with_few_digits(how, digits, called):
    J = "forward_propagation(x, {})" if called else "x * ({})"
    with pytest.raises(AssertionError):
        hidden("gradient_check")(f"""
def gradient_check(x, theta, epsilon=1e-7):
    n = ({J.format("theta + epsilon")} - {J.format("theta - epsilon")}) / (2 * epsilon)
    g = backward_propagation(x, theta)
    d = abs(g - n) / (abs(g) + abs(n))
    return {how.format(digits)}
""")


@settings(max_examples=30, deadline=None)
@given(st.floats(1e-12, 0.5), st.booleans())
def test_early_stopping_does_not_pass_if_a_gain_has_to_exceed_something(least, relative):
    size = "* abs(dev_costs[best])" if relative else ""
    with pytest.raises(AssertionError, match="differ by very little|other sizes|ties|very small"):
        hidden("early_stopping")(f"""
def early_stopping(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - {least!r} {size}:
            best = t
        if t - best >= patience:
            return best, t
    return best, len(dev_costs) - 1
""")


MEANS = [
    "np.mean(X, axis=1, keepdims=True)",
    "X.sum(1, keepdims=True) / m",
    "np.array([[sum(row) / m] for row in X])",
]
SPREADS = [
    "np.std(X, axis=1, keepdims=True)",
    "np.sqrt(((X - mu) ** 2).sum(1, keepdims=True) / m)",
    "np.linalg.norm(X - mu, axis=1, keepdims=True) / m ** 0.5",
]
CONSTANT = ["np.ptp(X, axis=1, keepdims=True) == 0", "(X == X[:, :1]).all(1, keepdims=True)"]


@settings(max_examples=24, deadline=None)
@given(st.sampled_from(MEANS), st.sampled_from(SPREADS), st.sampled_from(CONSTANT))
def test_normalize_inputs_passes_by_any_formula(mean, spread, constant):
    hidden("normalize_inputs")(f"""
def normalize_inputs(X_train, X_test):
    X, m = X_train.astype(float), X_train.shape[1]
    mu = {mean}
    sigma = np.where({constant}, 1.0, {spread})
    return (X - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([1.0, 0.01, 3.0]))
def test_small_layers_pass_whatever_the_draws(seed, unit):
    random = np.random.RandomState(seed)
    deviation = lambda n_in, n_out: unit * (2 / n_in) ** 0.5  # noqa: E731

    def network(sizes):
        pairs = enumerate(itertools.pairwise(sizes), start=1)
        return {f"W{layer}": deviation(*pair) * random.randn(*pair[::-1]) for layer, pair in pairs}

    drawn = [network(sizes) for sizes in testCases.small_networks()]
    assert testCases.small_draw_faults(drawn, deviation) == {}
    faults = testCases.small_draw_faults(drawn, lambda n_in, n_out: 2**0.5 * deviation(n_in, n_out))
    assert set(faults) == set(course_draws.PLACES.values())


@settings(max_examples=50, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_products_pass_however_they_are_written(x, theta):
    for product in (theta * x, np.dot(x, theta), float(np.multiply(theta, x)), np.array([[x * theta]])):
        assert gc_utils.off_by(product, x * theta) <= 2.0**-51 * abs(x * theta)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_hidden_assert_says_what_is_wrong_in_words_of_its_own(lesson):
    for cell in bank.cells(lesson):
        if not cell.id.endswith("_hidden"):
            continue
        for statement in ast.walk(ast.parse(cell.source)):
            if isinstance(statement, ast.Assert):
                said = _constant_words(statement, {}, cell.source).get("what", "")
                assert len(said.replace("…", "").split()) >= 4, (
                    f"{cell.id}, line {statement.lineno}: says only '{said}'"
                )
