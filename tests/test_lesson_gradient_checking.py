"""The gradient-checking lesson: its checks accept and reject what they should. Its claims: test_claims_gradient_checking."""

import pytest

from tests import bank

LESSON = "gradient_checking"
ANSWERS = bank.answers(LESSON)
WRONG = bank.misconceptions(LESSON)


MIXTURES = [
    answer for answer in ANSWERS if answer.function == "gradient_check" and answer.name.startswith("J-")
]
EDITS = {  # text edits that make any of the four mixtures wrong
    "one-sided": [("thetaminus = theta - epsilon", "thetaminus = theta"), ("(2 * epsilon)", "epsilon")],
    "one-sided-backwards": [
        ("thetaplus = theta + epsilon", "thetaplus = theta"),
        ("(2 * epsilon)", "epsilon"),
    ],
    "step-not-doubled": [("(2 * epsilon)", "epsilon")],
    "epsilon-above-the-line": [("(2 * epsilon)", "2 * epsilon")],
    "swapped-costs": [("J_plus - J_minus", "J_minus - J_plus")],
    "costs-never-used": [("(J_plus - J_minus)", "(thetaplus - thetaminus)")],
    "minus-from-plus": [("thetaminus = theta - epsilon", "thetaminus = thetaplus - epsilon")],
    "same-side-twice": [("thetaminus = theta - epsilon", "thetaminus = theta + epsilon")],
    "no-denominator": [("numerator / denominator", "numerator")],
    "one-size-in-the-denominator": [(" + np.linalg.norm(gradapprox)", "")],
    "product-in-the-denominator": [("norm(grad) + np", "norm(grad) * np")],
    "numeric-is-analytic": [("grad - gradapprox)", "grad - grad)")],
    "signed-numerator": [("np.linalg.norm(grad - gradapprox)", "grad - gradapprox")],
    "epsilon-ignored": [("    thetaplus", "    epsilon = 1e-7\n    thetaplus")],
    "costs-added": [("J_plus - J_minus", "J_plus + J_minus")],
}


def test_the_bank_holds_all_four_mixtures():
    assert len(MIXTURES) == 4


@pytest.mark.parametrize("mixture", MIXTURES, ids=lambda mixture: mixture.name)
@pytest.mark.parametrize("mistake", EDITS)
def test_a_mistake_is_found_and_named_whatever_is_called_or_written_inline(mixture, mistake):
    source = mixture.source
    for old, new in EDITS[mistake]:
        assert old in source
        source = source.replace(old, new)
    failed = bank.failed(bank.run_checks(LESSON, {"gradient_check": source}))
    assert "gradient_check_hidden" in failed
    assert failed <= bank.checks_of(LESSON, "gradient_check")
    entry = next(wrong for wrong in WRONG if (wrong.function, wrong.name) == ("gradient_check", mistake))
    name = bank.recognise(LESSON, "gradient_check", bank.build(LESSON, "gradient_check", source))
    assert name in (entry.name, entry.family)


@pytest.mark.parametrize(
    "function", ["forward_propagation", "backward_propagation", "backward_propagation_n"]
)
def test_a_broken_function_that_another_one_calls_costs_only_itself(function):
    broken = f"def {function}(*arguments):\n    raise RuntimeError('broken')\n"
    assert bank.failed(bank.run_checks(LESSON, {function: broken})) == bank.checks_of(LESSON, function)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("plus[i] += epsilon", "plus[i][0] = plus[i] + epsilon", "before NumPy 2.4"),
        ("(J_plus - J_minus)", "(float(np.array([J_plus])) - J_minus)", "before NumPy 2.4"),
        ("return np.linalg.norm", "return np.float(1) * np.linalg.norm", "left NumPy in version 1.24"),
        ("J_plus, _ =", "J_plus = J_minus =", "Keep the one result that is meant"),
    ],
)
def test_what_raises_in_a_check_of_a_network_is_told_exactly(before, after, told):
    source = bank.reference_of(LESSON, "gradient_check_n")
    assert before in source
    problem = bank.run_checks(LESSON, {"gradient_check_n": source.replace(before, after)})[
        "gradient_check_n_visible"
    ]
    said = str(problem)
    assert told in said and "looks like" not in said
