"""The visible checks of the lesson on initialization: what `testCases.check` runs, one function for each answer.

Each calls the answer, tells `answer.seen` by what a known mistake is recognised, and asserts with a `Finding`. It
returns what it tried, for the line that says that all is well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from course_answers import Answer
from course_draws import draw_faults
from course_findings import Finding, compared, parameters_finding, together

FOUR = ("mu", "sigma", "X_train_n", "X_test_n")
SUBTRACT = "subtract the mean first, then square, as in (11): the squares of large numbers have no digits left for a spread."
RANGE = "compare the row's largest value with its smallest: equal ones have σ 1, and rounding may leave them a deviation."
SMALL = "what varies by a millimetre is not constant, however far from 0 it is."
DEVIATIONS = {  # training values of a feature that stands beside 1, 2, 3; their σ, and what to try
    "0.1, 0.1 and 0.1": ([0.1, 0.1, 0.1], 1.0, RANGE),
    "0, a ten-millionth and two of them": ([0.0, 1e-7, 2e-7], (2 / 3) ** 0.5 * 1e-7, SMALL),
    "a million, a thousandth more and two more": (  # lost where squares are subtracted
        [1e6, 1e6 + 1e-3, 1e6 + 2e-3],
        (2 / 3) ** 0.5 * 1e-3,
        SMALL,
    ),
}


def initialize_parameters_zeros(answer: Answer) -> str:
    """Form, zeros, and the list that was passed in."""
    layers_dims = [3, 2, 1]
    got = answer(layers_dims)
    answer.seen = [got, layers_dims]
    fault = parameters_finding(got, [3, 2, 1])
    assert not fault, fault
    wrong = together(
        compared(name, got[name], np.zeros(got[name].shape), rtol=0, atol=0)
        for name in ("W1", "b1", "W2", "b2")
    )
    assert not wrong, wrong
    changed = Finding(
        f"the list it was given is now {layers_dims}.", got=str(layers_dims), expected="[3, 2, 1]"
    )
    assert layers_dims == [3, 2, 1], changed
    return "keys, shapes and zeros of a network with sizes 3, 2, 1"


def initialize_parameters_random(answer: Answer) -> str:
    """Form, and how 13,000 weights are distributed."""
    return _drawn(answer, ([3, 2, 1], [10, 10]), ([80, 100, 50], [10, 10]))


def initialize_parameters_he(answer: Answer) -> str:
    """Form, and how 13,000 weights are distributed."""
    by_hand = [0.15811388300841897, 0.1414213562373095]  # the roots of 2/80 and 2/100
    return _drawn(answer, ([2, 4, 1], [1, 0.70711]), ([80, 100, 50], by_hand))


def initialize_parameters_glorot(answer: Answer) -> str:
    """Form, and how 13,000 weights are distributed."""
    by_hand = [0.10540925533894598, 0.11547005383792514]  # the roots of 2/180 and 2/150
    return _drawn(answer, ([2, 4, 1], [0.57735, 0.63246]), ([80, 100, 50], by_hand))


def _drawn(answer: Answer, *networks: tuple[list[int], list[float]]) -> str:
    answer.seen = got = answer.to_each((list(sizes),) for sizes, _ in networks)
    faults: dict[str, Finding] = {}
    for parameters, (sizes, deviations) in zip(got, networks, strict=True):
        form = parameters_finding(parameters, sizes)
        assert not form, form
        # of 13,000 weights: chance decides nothing
        for kind, said in draw_faults(parameters, deviations).items():
            faults.setdefault(
                "biases" if kind == "biases" else "weights",
                Finding(
                    f"for the sizes {sizes} {said}.",
                    also=_same_ratio(parameters, deviations) if kind == "spread" else "",
                ),
            )
    wrong = together(faults.values())
    assert not wrong, wrong
    return "keys and shapes of two networks, zero biases, and the distribution of 13,000 weights"


def _same_ratio(parameters: dict[str, Any], deviations: list[float]) -> str:
    """Which layers are right, or that all are off alike: two deviations of 5,000 weights or more agree to 5 %."""
    ratios = [np.std(parameters[f"W{layer}"]) / right for layer, right in enumerate(deviations, 1)]
    right = [f"W{layer}" for layer, ratio in enumerate(ratios, 1) if abs(ratio - 1) < 0.05]
    if right:
        return f"The spread of {' and '.join(right)} is as expected."
    if max(ratios) > 1.05 * min(ratios):
        return "Beside what is expected, each layer is off by a factor of its own."
    return f"In each layer it is about {np.mean(ratios):.2g} times what is expected."


def normalize_inputs(answer: Answer) -> str:
    """The worked numbers, arguments unchanged, and integers."""
    X_train, X_test = np.array([[1.0, 2, 3, 4], [100, 300, 200, 400]]), np.array([[5.0, 3], [250, 100]])
    before = X_train.copy(), X_test.copy()
    got = answer(X_train, X_test)
    answer.seen = [got, X_train]
    is_four = isinstance(got, (tuple, list)) and len(got) == 4
    assert is_four, Finding("it should return four arrays, X_train_n, X_test_n, mu and sigma.")
    right = {
        "X_train_n": [[-1.341641, -0.447214, 0.447214, 1.341641], [-1.341641, 0.447214, -0.447214, 1.341641]],
        "X_test_n": [[2.236068, 0.447214], [0, -1.341641]],
        "mu": [[2.5], [250]],
        "sigma": [[1.118034], [111.803399]],
    }
    wrong = _six_decimals(dict(zip(right, got, strict=True)), right, FOUR)
    assert not wrong, wrong
    same = np.array_equal(X_train, before[0]) and np.array_equal(X_test, before[1])
    assert same, Finding("the arrays passed in have changed.")
    answer.seen = None
    whole = dict(zip(right, answer(*(X.astype(int) for X in before)), strict=False))
    wrong = _six_decimals(whole, right, FOUR[2:])
    assert not wrong, _of_integers(wrong)
    for what in DEVIATIONS:
        _expect_sigma(answer, what)
    return "two features by hand, as floats and as integers, one of equal values, one that varies little, one far from 0"


def _expect_sigma(answer: Answer, what: str) -> None:
    """The σ of one feature, to five digits of it; the other's is as it was in the worked numbers."""
    values, right, step = DEVIATIONS[what]
    train = np.array([values, [1.0, 2, 3]])
    sigma = float(np.ravel(answer(train, train[:, :1])[3])[0])
    assert abs(sigma - right) < 1e-5 * right, Finding(
        f"for a feature with the training values {what} sigma is {sigma:.4g}, expected {right:.4g}.",
        got=f"{sigma:.4g}",
        expected=f"{right:.4g}",
        hint=step if sigma in (0.0, 1.0) or right == 1 else SUBTRACT,
    )


def _six_decimals(results: dict[str, Any], right: dict[str, Any], names: tuple[str, ...]) -> Finding | None:
    """The first difference from numbers that were worked out by hand."""
    return together(
        compared(name, results[name], np.array(right[name]), rtol=1e-5, atol=1e-5, factors={"m": 4})
        for name in names  # the numbers were worked out to six decimals
    )


def _of_integers(wrong: Finding | None) -> Finding:
    fact = f"{wrong.place} {wrong.what}" if wrong else ""
    return Finding(f"given integers, {fact}", hint="which type of numbers can your result hold?")
