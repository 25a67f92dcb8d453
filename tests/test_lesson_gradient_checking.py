"""The gradient-checking lesson: its checks accept and reject what they should. Its claims: test_claims_gradient_checking."""

import re

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
    "name", ["array-into-one-entry-n", "float-of-an-array-n", "numpy-float-n", "numpy-float"]
)
def test_what_older_numpy_allowed_is_told_exactly(name):
    wrong = next(w for w in WRONG if w.name == name)
    said = str(bank.verdicts_on(LESSON, wrong)[f"{wrong.function}_visible"])
    assert re.search(r"it stops with (Attribute|Type|Value)Error: ", said)
    assert re.search(r"right before NumPy 2\.4|left NumPy in version 1\.24", said)
