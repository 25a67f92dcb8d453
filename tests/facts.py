"""The published figures of the classic course, each with its source, its tolerance and how the course recomputes it.

Sources 000 to 004 are five write-ups of the classic notebooks; "2021" is the edition with graded cells; "notebook" the
outputs in public copies of the original notebook; "ours" a figure first measured with this course. Tolerances: small
arrays to the printed digits, costs of stable runs 1e-6, of the run without regularization 1e-4, of the chaotic x10 run
as absolute bounds (its rounding errors grow by themselves), accuracies exact. The trainings are in facts_runs.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gc_utils
import numpy as np
import reg_utils
import testCases

from tests.course import Course

ARRAY = {"rtol": 1e-6, "atol": 1e-8}  # printed with 8 decimals
EXACT = {"rtol": 0.0, "atol": 0.0}


@dataclass(frozen=True)
class Fact:
    """One published figure: |ours(course) - value| must be at most atol + rtol |value|."""

    group: str
    name: str
    source: str
    value: Any
    ours: Callable[[Course], Any]
    rtol: float
    atol: float
    classic: bool = False  # needs the classic field

    def __str__(self) -> str:
        return f"{self.group} {self.name}"


FACTS: list[Fact] = []


def fact(
    group: str, name: str, source: str, value: Any, ours: Callable[[Course], Any], rtol: float, atol: float
) -> None:
    """Add one figure to FACTS; those of group 1c need the classic field."""
    FACTS.append(Fact(group, name, source, value, ours, rtol, atol, classic=group == "1c"))


# 1a: small arrays --------------------------------------------------------------------------------------------------
def _l2_gradients(course: Course) -> Any:
    X, Y, cache = testCases.backward_propagation_with_regularization_test_case()
    return course.regularization.backward_propagation_with_regularization(X, Y, cache, 0.7)


def _l2_cost(course: Course) -> float:
    A3, Y, parameters = testCases.compute_cost_with_regularization_test_case()
    return course.regularization.compute_cost_with_regularization(A3, Y, parameters, 0.1)


def _dropout_A3(course: Course, draws_before: int) -> Any:
    X, parameters = testCases.forward_propagation_with_dropout_test_case()
    np.random.seed(1)
    np.random.randn(draws_before)
    return course.regularization.forward_propagation_with_dropout(X, parameters, 0.7)[0]


def _dropout_gradients(course: Course) -> Any:
    X, Y, cache = testCases.backward_propagation_with_dropout_test_case()
    return course.regularization.backward_propagation_with_dropout(X, Y, cache, 0.8)


def _difference_n(course: Course, planted_bugs: bool) -> float:
    X, Y, parameters = testCases.gradient_check_n_test_case()
    _, cache = gc_utils.forward_propagation_n(X, Y, parameters)
    gradients = course.gradient_checking.backward_propagation_n(X, Y, cache)
    if planted_bugs:
        gradients = {**gradients, "dW2": 2 * gradients["dW2"], "db1": 4 * gradients["db1"]}
    return course.gradient_checking.gradient_check_n(parameters, gradients, X, Y, 1e-7)


fact(
    "1a",
    "zeros [3,2,1] W1",
    "001, 003",
    np.zeros((2, 3)),
    lambda c: c.seeded("zeros", [3, 2, 1])["W1"],
    **EXACT,
)
fact(
    "1a",
    "zeros [3,2,1] W2",
    "001, 003",
    np.zeros((1, 2)),
    lambda c: c.seeded("zeros", [3, 2, 1])["W2"],
    **EXACT,
)
fact(
    "1a",
    "zeros [3,2,1] b1",
    "001, 003",
    np.zeros((2, 1)),
    lambda c: c.seeded("zeros", [3, 2, 1])["b1"],
    **EXACT,
)
fact(
    "1a",
    "zeros [3,2,1] b2",
    "001, 003",
    np.zeros((1, 1)),
    lambda c: c.seeded("zeros", [3, 2, 1])["b2"],
    **EXACT,
)
fact(
    "1a", "random x10 [3,2,1] W1", "001, 003",
    [[17.88628473, 4.36509851, 0.96497468], [-18.63492703, -2.77388203, -3.54758979]],
    lambda c: c.seeded("random", [3, 2, 1])["W1"], **ARRAY,
)  # fmt: skip
fact(
    "1a", "random x10 [3,2,1] W2", "001, 003", [[-0.82741481, -6.27000677]],
    lambda c: c.seeded("random", [3, 2, 1])["W2"], **ARRAY,
)  # fmt: skip
fact(
    "1a", "random x10 [3,2,1] b1", "001, 003", np.zeros((2, 1)),
    lambda c: c.seeded("random", [3, 2, 1])["b1"], **EXACT,
)  # fmt: skip
fact(
    "1a", "He [2,4,1] W1", "001, 003",
    [[1.78862847, 0.43650985], [0.09649747, -1.8634927], [-0.2773882, -0.35475898], [-0.08274148, -0.62700068]],
    lambda c: c.seeded("he", [2, 4, 1])["W1"], **ARRAY,
)  # fmt: skip
fact(
    "1a", "He [2,4,1] W2", "001, 003", [[-0.03098412, -0.33744411, -0.92904268, 0.62552248]],
    lambda c: c.seeded("he", [2, 4, 1])["W2"], **ARRAY,
)  # fmt: skip
fact("1a", "He [2,4,1] b1", "001, 003", np.zeros((4, 1)), lambda c: c.seeded("he", [2, 4, 1])["b1"], **EXACT)
fact("1a", "cost with L2, lambd 0.1", "001", 1.7864859451590758, _l2_cost, rtol=1e-12, atol=0.0)
for key, printed in {
    "dW1": [[-0.25604646, 0.12298827, -0.28297129], [-0.17706303, 0.34536094, -0.4410571]],
    "dW2": [[0.79276486, 0.85133918], [-0.0957219, -0.01720463], [-0.13100772, -0.03750433]],
    "dW3": [[-1.77691347, -0.11832879, -0.09397446]],
}.items():
    fact(
        "1a",
        f"backward with L2, lambd 0.7, {key}",
        "001",
        printed,
        lambda c, k=key: _l2_gradients(c)[k],
        **ARRAY,
    )
fact(
    "1a", "forward with dropout 0.7, A3, seed 1 before the masks", "001",
    [[0.36974721, 0.00305176, 0.04565099, 0.49683389, 0.36974721]], lambda c: _dropout_A3(c, 0), **ARRAY,
)  # fmt: skip
fact(
    "1a", "forward with dropout 0.7, A3, masks after the 36 draws", "ours",
    [[0.36974721, 0.00029382, 0.49683389, 0.01446893, 0.49683389]], lambda c: _dropout_A3(c, 36), **ARRAY,
)  # fmt: skip
for key, printed in {
    "dA1": [[0.36544439, 0, -0.00188233, 0, -0.17408748], [0.65515713, 0, -0.00337459, 0, 0]],
    "dA2": [
        [0.58180856, 0, -0.00299679, 0, -0.27715731],
        [0, 0.53159854, 0, 0.53159854, -0.34089673],
        [0, 0, -0.00292733, 0, 0],
    ],
}.items():
    fact(
        "1a",
        f"backward with dropout 0.8, {key}",
        "001",
        printed,
        lambda c, k=key: _dropout_gradients(c)[k],
        **ARRAY,
    )
fact(
    "1a", "J(x=2, theta=4)", "001, 004", 8.0, lambda c: c.gradient_checking.forward_propagation(2, 4), **EXACT
)
fact(
    "1a",
    "slope of J by theta",
    "001, 004",
    2.0,
    lambda c: c.gradient_checking.backward_propagation(2, 4),
    **EXACT,
)
fact(
    "1a", "difference at (2, 4), epsilon 1e-7", "001, 004", 2.919335883291695e-10,
    lambda c: c.gradient_checking.gradient_check(2, 4, 1e-7), rtol=1e-6, atol=0.0,
)  # fmt: skip
fact(
    "1a",
    "difference of 47 with planted bugs",
    "001",
    0.285093156780699,
    lambda c: _difference_n(c, True),
    0.0,
    1e-8,
)
fact(
    "1a", "difference of 47, right gradient", "000, 004", 1.18904178788e-07, lambda c: _difference_n(c, False),
    rtol=0.0, atol=2e-8,
)  # fmt: skip

# 1d: stated constants ----------------------------------------------------------------------------------------------
fact("1d", "epsilon of the one-dimensional check", "000 to 004", 1e-7,
     lambda c: c.gradient_checking.gradient_check.__defaults__[0], **EXACT)  # fmt: skip
fact("1d", "epsilon of the check of 47", "000 to 004", 1e-7,
     lambda c: c.gradient_checking.gradient_check_n.__defaults__[0], **EXACT)  # fmt: skip
fact("1d", "relative difference of g and 2 g", "002", 1 / 3,
     lambda c: _difference_of(c, gc_utils.cubic_slope_doubled), 1e-6, 0.0)  # fmt: skip


def _difference_of(course: Course, slope: Callable[..., float]) -> float:
    check = course.gradient_checking.gradient_check
    with testCases.given(check, forward_propagation=gc_utils.cubic, backward_propagation=slope):
        return check(2.0, 0.5)


# 2: the helpers ----------------------------------------------------------------------------------------------------
fact("2a", "He [2,10,5,1], sums of W1, W2, W3", "ours", (-1.8083149492577621, -3.1559670680129175, 1.2480348548031308),
     lambda c: _sums(c.seeded("he", [2, 10, 5, 1])), 1e-12, 0.0)  # fmt: skip
fact("2a", "reg_utils [2,20,3,1], sums of W1, W2, W3", "ours",
     (-5.002700628847603, -0.8472059885750687, -0.2880930774757268),
     lambda c: _sums(reg_utils.initialize_parameters([2, 20, 3, 1])), 1e-12, 0.0)  # fmt: skip


def _sums(parameters: dict[str, Any]) -> tuple[float, ...]:
    return tuple(parameters[name].sum() for name in ("W1", "W2", "W3"))


# 5: what the 2021 edition's tests expect, as far as it differs from 1a ---------------------------------------------
fact("5", "He [3,1,2] W1", "2021", [[1.46040903, 0.3564088, 0.07878985]],
     lambda c: c.seeded("he", [3, 1, 2])["W1"], **ARRAY)  # fmt: skip
fact("5", "He [3,1,2] W2", "2021", [[-2.63537665], [-0.39228616]],
     lambda c: c.seeded("he", [3, 1, 2])["W2"], **ARRAY)  # fmt: skip
fact("5", "slope at (3, 4)", "2021", 3.0, lambda c: c.gradient_checking.backward_propagation(3, 4), **EXACT)
fact("5", "difference at (3, 4)", "2021", 7.814075313343006e-11,
     lambda c: c.gradient_checking.gradient_check(3, 4), 1e-6, 0.0)  # fmt: skip
fact("5", "difference of 47, planted bugs, recomputed", "2021", 0.2850931567761623,
     lambda c: _difference_n(c, True), 0.0, 1e-8)  # fmt: skip
fact("5", "difference of 47, right gradient, recomputed", "2021", 1.1890913024229996e-07,
     lambda c: _difference_n(c, False), 0.0, 2e-8)  # fmt: skip
