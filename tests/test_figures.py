"""Every published figure of the classic course comes out of ours; tests/facts.py names source and tolerance of each."""

import os
import subprocess
import sys

import gc_utils
import init_utils
import numpy as np
import pytest
import reg_utils
import testCases

from tests import facts_runs  # noqa: F401  (fills FACTS)
from tests.course import CLASSIC, NO_CLASSIC
from tests.facts import FACTS
from tests.here import ROOT

pytestmark = pytest.mark.xdist_group("figures")


@pytest.mark.parametrize(
    "fact",
    [pytest.param(fact, marks=pytest.mark.classic) if fact.classic else fact for fact in FACTS],
    ids=str,
)
def test_published_figure_comes_out(fact, course):
    if fact.classic and not CLASSIC.is_file():
        pytest.skip(NO_CLASSIC)
    np.testing.assert_allclose(
        np.asarray(fact.ours(course), dtype=float),
        fact.value,
        rtol=fact.rtol,
        atol=fact.atol,
        err_msg=fact.source,
    )


@pytest.mark.classic
def test_classic_field_is_read_with_integer_labels():
    if not CLASSIC.is_file():
        pytest.skip(NO_CLASSIC)
    train_X, train_Y, test_X, test_Y = reg_utils.load_2D_dataset(CLASSIC)
    assert (train_X.shape, train_Y.shape, test_X.shape, test_Y.shape) == (
        (2, 211),
        (1, 211),
        (2, 200),
        (1, 200),
    )
    assert (train_Y.dtype, train_Y.sum(), test_Y.sum()) == (np.int64, 106, 87)
    assert (train_Y - 1).min() == -1
    np.testing.assert_allclose(train_X.mean(axis=1), [-0.13024551, -0.05974335], atol=1e-8)
    np.testing.assert_allclose(train_X.std(axis=1), [0.20004073, 0.31400379], atol=1e-8)


def test_circles_are_the_classic_ones():
    train_X, train_Y, test_X, test_Y = init_utils.load_dataset()
    assert (train_X.shape, train_Y.shape, test_X.shape, test_Y.shape) == (
        (2, 300),
        (1, 300),
        (2, 100),
        (1, 100),
    )
    assert (train_Y.dtype, train_Y.sum(), test_Y.sum()) == (np.int64, 150, 50)
    assert train_Y[0, :10].tolist() == [1, 0, 1, 1, 0, 0, 1, 0, 1, 1]
    firsts = [[-0.0774135, 0.4318696, 0.0791650], [0.8526023, -0.8721450, 0.8406611]]
    np.testing.assert_allclose(train_X[:, :3], firsts, atol=1e-7)
    np.testing.assert_allclose(test_X[:, 0], [-0.5242374, -0.6091036], atol=1e-7)
    np.testing.assert_allclose(
        [train_X.sum(), test_X.sum()], [0.10318058999808777, -0.418253070660783], rtol=1e-9
    )


def test_dropout_cases_have_the_classic_masks_and_gradients(course):
    X, parameters = testCases.forward_propagation_with_dropout_test_case()
    np.random.seed(1)
    _, cache = course.regularization.forward_propagation_with_dropout(X, parameters, 0.7)
    np.testing.assert_array_equal(np.asarray(cache[1]), [[1, 0, 1, 1, 1], [1, 1, 1, 1, 1]])
    np.testing.assert_array_equal(np.asarray(cache[6]), [[1, 1, 1, 0, 1], [1, 1, 1, 1, 1], [0, 0, 1, 1, 0]])
    X, Y, cache = testCases.backward_propagation_with_dropout_test_case()
    gradients = course.regularization.backward_propagation_with_dropout(X, Y, cache, 0.8)
    np.testing.assert_allclose(gradients["dW3"], [[-0.06951191, 0, 0]], atol=1e-8)
    dW1 = [[0.00019884, 0.00028657, 0.00012138], [0.00035647, 0.00051375, 0.00021761]]
    np.testing.assert_allclose(gradients["dW1"], dW1, atol=1e-8)


def test_cache_of_the_dropout_case_is_a_pass_that_keeps_half(course):
    X, parameters = testCases.forward_propagation_with_dropout_test_case()
    np.random.seed(1)
    _, ours = course.regularization.forward_propagation_with_dropout(X, parameters, 0.5)
    _, _, cache = testCases.backward_propagation_with_dropout_test_case()
    for mine, printed in zip(ours, cache, strict=True):
        np.testing.assert_allclose(np.asarray(mine, dtype=float), np.asarray(printed, dtype=float), atol=1e-8)


def test_gradient_case_has_the_classic_cost_and_outputs():
    X, Y, parameters = testCases.gradient_check_n_test_case()
    cost, cache = gc_utils.forward_propagation_n(X, Y, parameters)
    assert Y.shape == (3,)
    np.testing.assert_allclose(cost, 2.407833389834357, rtol=1e-12)
    np.testing.assert_allclose(cache[8], [[3.5496, 0.6894, 6.7873]], atol=5e-5)


@pytest.mark.parametrize("ci", ["true", ""])
def test_missing_classic_field_is_a_sentence_here_and_a_failure_on_ci(ci, tmp_path):
    environment = {**os.environ, "CI": ci, "COURSE_CLASSIC_FIELD": str(tmp_path / "absent.mat")}
    chosen = f"{__file__}::test_classic_field_is_read_with_integer_labels"
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", chosen],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert told.returncode == (1 if ci else 0), told.stdout
    assert "the classic field is not here: put data.mat at" in told.stdout
