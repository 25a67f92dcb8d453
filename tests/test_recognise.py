"""A mistake is named where the answer makes it, not where both happen to raise something."""

import contextlib
import functools

import numpy as np
import pytest

from grader.grading.grade import grade
from tests import bank

from .here import LESSONS, load_lesson
from .papers import notebook_of
from .small import as_bytes

SLIPS = {
    "compute_cost_with_regularization": """def compute_cost_with_regularization(A3, Y, parameters, lambd):
    penalty = 0
    return penalti
""",
    "forward_propagation_with_dropout": """def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    return np.zeros((2, 3)) @ np.zeros((2, 3))
""",
}
GLOBAL_X = SLIPS["compute_cost_with_regularization"].replace("penalti", "penalty / X.shape[1]")


@pytest.mark.parametrize("function", SLIPS)
def test_a_slip_of_the_pen_is_only_its_own_error(function):
    result = grade(
        load_lesson("regularization"),
        as_bytes(notebook_of(load_lesson("regularization"), {function: SLIPS[function]})),
    )
    lost = [check for check in result.checks if check.outcome != "passed"]
    assert {check.function for check in lost} == {function}
    assert {check.misconception for check in lost} == {None}


def test_an_answer_that_only_raises_has_no_name():
    lesson = load_lesson("regularization")
    result = grade(lesson, as_bytes(notebook_of(lesson, {"compute_cost_with_regularization": GLOBAL_X})))
    lost = [check for check in result.checks if check.outcome == "raised"]
    assert lost and {check.misconception for check in lost} == {None}


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_known_mistake_returns_something(lesson):
    """Many mistakes raise the same error, so one that only raises could not be told from them."""
    for function in bank.functions(lesson):
        own = bank.exercise(lesson, function)
        for wrong in own.wrong:
            heard = []

            def answer(*arguments, wrong=wrong, heard=heard, **options):
                result = wrong.implementation(*arguments, **options)
                heard.append(result)
                return result

            functools.update_wrapper(answer, wrong.implementation)
            with contextlib.suppress(Exception), np.errstate(all="ignore"):
                own.fresh(answer)
            assert heard, wrong.name
