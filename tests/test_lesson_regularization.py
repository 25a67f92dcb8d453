"""The regularization lesson: its checks accept and reject what they should, and what is worked by hand is right."""

import re

import numpy as np
import pytest
import reg_utils
import testCases

from tests import bank
from tests.reglesson import LESSON, TRAINED, run, says

WRONG = bank.misconceptions(LESSON)
CLASSIC = (
    "compute_cost_with_regularization",
    "backward_propagation_with_regularization",
    "forward_propagation_with_dropout",
    "backward_propagation_with_dropout",
)


def test_partly_right_answers_get_part_of_the_points():
    points = {cell.id: cell.points for cell in bank.cells(LESSON) if cell.role == "check"}
    assert sum(points.values()) == 65
    part = {w.name for w in WRONG if len(bank.failed(bank.verdicts_on(LESSON, w))) == 1}
    assert part >= {
        "not-scaled",
        "argument-mirrored",
        "masks-left-out",
        "masks-stored-in-parameters",
        "m-of-the-example",
        "same-draws-twice",
        "list-consumed",
    }


def slopes(cost, parameters, gradients):
    """Pairs of (what the gradients say, what finite differences say) of each parameter along a random direction."""
    random = np.random.RandomState(1)
    for name, value in parameters.items():
        direction = {key: np.zeros_like(array) for key, array in parameters.items()}
        direction[name] = random.randn(*value.shape)
        slope = testCases.slope_along(cost, parameters, direction)
        yield np.sum(gradients[f"d{name}"] * direction[name]), slope


def test_gradients_that_the_checks_compare_with_are_slopes_of_the_penalised_cost():
    X, Y, parameters = testCases.random_case([3, 4, 2, 1], 6, seed=41)

    def cost(p):
        squares = sum(np.sum(p[name] ** 2) for name in ("W1", "W2", "W3"))
        logits = reg_utils.forward_propagation(X, p)[1][8]
        return reg_utils.cost_from_logits(logits, Y) + 0.9 / 12 * squares

    reference = bank.build(LESSON, CLASSIC[1], bank.reference_of(LESSON, CLASSIC[1]))
    gradients = reference(X, Y, reg_utils.forward_propagation(X, parameters)[1], 0.9)
    for said, slope in slopes(cost, parameters, gradients):
        assert said == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_gradients_that_the_checks_compare_with_are_slopes_of_the_cost_under_masks():
    X, Y, parameters = testCases.random_case([3, 5, 4, 1], 8, seed=42)
    D1, D2 = (np.random.RandomState(42).rand(n, 8) < 0.7 for n in (5, 4))

    def masked(p):
        Z1 = p["W1"] @ X + p["b1"]
        A1 = np.maximum(Z1, 0) * D1 / 0.7
        Z2 = p["W2"] @ A1 + p["b2"]
        A2 = np.maximum(Z2, 0) * D2 / 0.7
        Z3 = p["W3"] @ A2 + p["b3"]
        return (
            Z1,
            D1,
            A1,
            p["W1"],
            p["b1"],
            Z2,
            D2,
            A2,
            p["W2"],
            p["b2"],
            Z3,
            reg_utils.sigmoid(Z3),
            p["W3"],
            p["b3"],
        )

    cache = masked(parameters)
    assert min(np.abs(cache[0]).min(), np.abs(cache[5]).min()) > 1e-3  # no kink nearby
    reference = bank.build(LESSON, CLASSIC[3], bank.reference_of(LESSON, CLASSIC[3]))
    gradients = reference(X, Y, cache, 0.7)
    for said, slope in slopes(lambda p: reg_utils.cost_from_logits(masked(p)[10], Y), parameters, gradients):
        assert said == pytest.approx(slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    "got", ["1", "12", None, 1j, [[1.0, 2.0]], [1.0, [2.0]], [1.0, float("nan")], [1.0, 2.001]]
)
def test_what_is_no_number_or_another_one_is_not_near(got):
    assert not testCases.near(got, [1.0, 2.0])


@pytest.mark.parametrize("kind", [float, "float32", int, "uint8", list])
def test_numbers_of_every_kind_are_near(kind):
    assert testCases.near([1, 2] if kind is list else np.array([1, 2], dtype=kind), [1.0, 2.0])
    assert testCases.near(np.float32(1 / 3), 1 / 3)


def test_an_answer_that_fits_only_the_visible_inputs_keeps_only_their_points():
    source = (
        "def compute_cost_with_regularization(A3, Y, parameters, lambd):\n    return 1.7864859451590758\n"
    )
    failed = bank.failed(bank.run_checks(LESSON, {"compute_cost_with_regularization": source}))
    assert failed == {"compute_cost_with_regularization_hidden"}


@pytest.fixture(scope="module")
def lesson():
    return run()


@TRAINED
def test_numbers_worked_by_hand(lesson):
    printed = lesson["printed"]
    assert says("the penalty is \\frac{0.5}{4} \\cdot 36 = 4.5", "cost \\ln 2 = 0.6931", "Together 5.1931")
    assert "\n5.1931\n[[ 0.25 -0.5 ]\n [ 0.75  1.  ]] [0. 0.]\n" in printed
    assert f"{np.log(2) + 4.5:.4f}" == "5.1931"
    assert says("0.99900", "leave 0.369 of a weight")
    decay = 1 - 0.3 * 0.7 / 211
    assert (f"{decay:.5f}", f"{decay**1000:.3f}") == ("0.99900", "0.369")
    assert says("keep_prob 0.75 give (1.333, 0, 4, 5.333)")
    assert np.round(np.array([1, 2, 3, 4]) * [1, 0, 1, 1] / 0.75, 3).tolist() == [1.333, 0, 4, 5.333]
    assert re.search(r"\[0\. +3\.3333\] share 0\.(2[7-9]|3[0-3])\d, mean (0\.9|1\.0)", printed)
    assert says("becomes (0.25, 0, 0.75), with mean 0.3333", "db3 0.1333 db2 0.3333 db1 0.8333")
    assert "db3 0.1333  db2 0.3333  db1 0.8333" in printed
    assert "(2, 4)\n(5, 5)\n" in printed
    assert "[[ 0  1  2  0 -1 -2]\n [ 3  4  5  3  4  5]]\n[[1 0 1 1 0 1]]\n" in printed


@TRAINED
def test_cells_that_run_before_a_check_leave_no_name_that_an_answer_could_read_by_mistake(lesson):
    names = "X Y A0 A1 A2 A3 Z1 Z2 Z3 D1 D2 W1 W2 W3 b1 b2 b3 dW1 dA1 dZ1 cache parameters gradients grads cost costs m"
    names += " keep_prob lambd L2_regularization_cost cross_entropy_cost best stop dev_costs patience X_aug Y_aug X_mirror"
    assert not set(names.split()) & set(lesson)
