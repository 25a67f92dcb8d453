"""The one training loop: what it records, what it leaves alone, and when it shows a progress bar."""

import io
import sys
from functools import partial

import course_training
import numpy as np
import pytest
import reg_utils
import testCases


def small_training(**options):
    X, Y, parameters = testCases.random_case([2, 4, 3, 1], m=20, seed=1)
    network = reg_utils.forward_propagation, reg_utils.backward_propagation, reg_utils.compute_cost
    return parameters, reg_utils.train(X, Y, parameters, *network, learning_rate=0.1, **options)


def test_training_lowers_the_cost_and_keeps_the_start():
    start, (end, costs) = small_training(iterations=300, record_every=100)
    assert len(costs) == 3 and costs[0] > costs[1] > costs[2] and all(type(cost) is float for cost in costs)
    np.testing.assert_array_equal(start["W1"], testCases.random_case([2, 4, 3, 1], 20, 1)[2]["W1"])
    assert not np.array_equal(start["W1"], end["W1"])


def test_training_reports_the_parameters_that_each_cost_belongs_to():
    seen = {}
    _, (_, costs) = small_training(iterations=201, record_every=100, on_record=seen.__setitem__)
    assert list(seen) == [0, 100, 200]
    X, Y, _ = testCases.random_case([2, 4, 3, 1], m=20, seed=1)
    assert costs == [
        reg_utils.compute_cost(reg_utils.forward_propagation(X, values)[0], Y) for values in seen.values()
    ]


def test_cost_is_computed_only_where_it_is_recorded():
    calls = []

    def cost(A3, Y, parameters):
        calls.append(A3)
        return np.array([[1.0]])

    X, Y, parameters = testCases.random_case([2, 4, 3, 1], m=6, seed=1)
    network = reg_utils.forward_propagation, reg_utils.backward_propagation, cost
    _, costs = reg_utils.train(X, Y, parameters, *network, 0.1, 11, record_every=5)
    assert len(calls) == 3 and costs == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("reseed", "different"), [(0, 1), (1, 1), (None, 5)])
def test_reseeding_freezes_the_masks_and_nothing_else_does(reseed, different):
    draws = set()

    def forward(X, parameters):
        draws.add(np.random.rand())
        return reg_utils.forward_propagation(X, parameters)

    X, Y, parameters = testCases.random_case([2, 4, 3, 1], m=6, seed=1)
    reg_utils.train(
        X, Y, parameters, forward, reg_utils.backward_propagation, reg_utils.compute_cost, 0.1, 5, reseed
    )
    assert len(draws) == different


def test_every_cost_is_called_alike_whether_it_needs_the_parameters_or_not(course):
    cost = partial(course.regularization.compute_cost_with_regularization, lambd=0.7)
    A3, Y, parameters = testCases.compute_cost_with_regularization_test_case()
    assert float(np.squeeze(cost(A3, Y, parameters))) > reg_utils.compute_cost(A3, Y, parameters)


class Terminal(io.StringIO):
    def isatty(self):
        return True


QUIET = ("COURSE_QUIET", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING")


@pytest.mark.parametrize("variable", [*QUIET, None])
def test_progress_bar_shows_on_a_terminal_unless_outputs_must_be_the_same(variable, monkeypatch, capsys):
    for name in QUIET:
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, "1")
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    monkeypatch.setattr(sys, "stderr", Terminal())
    small_training(iterations=1000)
    assert course_training.quiet() is bool(variable)
    assert ("training" in sys.stderr.getvalue()) is not bool(variable)
    assert capsys.readouterr().out == ""


def test_progress_bar_of_a_notebook_is_not_printed_on_red_and_that_of_a_pipe_nowhere(monkeypatch, capsys):
    for name in QUIET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    small_training(iterations=1000)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setitem(sys.modules, "ipykernel", object())
    small_training(iterations=1000)
    shown = capsys.readouterr()
    assert "training" in shown.out and shown.err == ""


def looked_at(monkeypatch):
    """A function of what was shown to somebody who looks at a terminal."""
    for name in QUIET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    monkeypatch.setattr(sys, "stderr", Terminal())
    return sys.stderr.getvalue


def test_bar_of_one_of_several_trainings_says_which_it_is(monkeypatch):
    terminal = looked_at(monkeypatch)
    for name in reg_utils.in_turn(["He", "zeros"]):
        small_training(iterations=1000)
        assert f": {name}: " in terminal()
    assert "1 of 2: He: " in terminal() and "2 of 2: zeros: " in terminal()
    for _ in reg_utils.in_turn((0, 5), "start"):
        for lambd in reg_utils.in_turn({0.1: "", 3: ""}, "lambda"):
            if lambd == 3:
                small_training(iterations=1000)
    assert "1 of 2: start 0, 2 of 2: lambda 3: " in terminal()
    small_training(iterations=1000)
    assert "\rtraining: " in terminal()


def test_a_loop_that_is_interrupted_leaves_no_name_behind(monkeypatch):
    terminal = looked_at(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        for _ in reg_utils.in_turn(["He", "zeros"]):
            raise KeyboardInterrupt
    small_training(iterations=1000)
    assert "training: " in terminal() and "He" not in terminal()
