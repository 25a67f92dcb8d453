"""The classic `model` of the regularization lesson: its figures, its guard, and whose functions it calls."""

import numpy as np
import pytest
import reg_utils

from tests.course import CLASSIC, NO_CLASSIC


@pytest.fixture
def functions(course):
    return vars(course.regularization)


def small():
    X = np.random.RandomState(1).randn(2, 30)
    return X, (X[:1] > 0).astype(int)


@pytest.mark.classic
@pytest.mark.parametrize(
    ("options", "printed"),
    [
        ({}, "0.65574125234810"),
        ({"lambd": 0.7}, "0.69744844931312"),
        ({"keep_prob": 0.86, "reseed": 1}, "0.65439124051498"),
    ],
)
def test_classic_call_prints_the_classic_first_cost(options, printed, functions, capsys):
    if not CLASSIC.is_file():
        pytest.skip(NO_CLASSIC)
    train_X, train_Y, _, _ = reg_utils.load_2D_dataset(CLASSIC)
    reg_utils.model(train_X, train_Y, num_iterations=2, functions=functions, **options)
    assert f"Cost after iteration 0: {printed}" in capsys.readouterr().out


def test_penalty_and_dropout_are_used_one_at_a_time(functions):
    with pytest.raises(ValueError, match="one at a time.*Set lambd=0 or keep_prob=1"):
        reg_utils.model(*small(), lambd=0.7, keep_prob=0.86, functions=functions)


@pytest.mark.parametrize("options", [{"lambd": -1}, {"keep_prob": 0}, {"keep_prob": 1.5}])
def test_options_out_of_range_are_refused(options, functions):
    with pytest.raises(ValueError, match="must be >= 0, and keep_prob"):
        reg_utils.model(*small(), functions=functions, **options)


def test_functions_are_those_of_the_notebook_that_calls():
    notebook = {"model": reg_utils.model, "X": small()[0], "Y": small()[1]}
    call = "parameters = model(X, Y, num_iterations=3, print_cost=False"
    exec(f"{call})", notebook)
    assert notebook["parameters"]["W1"].shape == (20, 2)
    with pytest.raises(ValueError, match="backward.*run its answer cell first"):
        exec(f"{call}, lambd=1)", notebook)


def test_costs_are_printed_every_ten_thousand_iterations_unless_unwanted(capsys):
    reg_utils.model(*small(), num_iterations=10_001)
    assert [line[:27] for line in capsys.readouterr().out.splitlines()] == [
        "Cost after iteration 0: 0.9",
        "Cost after iteration 10000:",
    ]
    reg_utils.model(*small(), num_iterations=1, print_cost=False)
    assert capsys.readouterr().out == ""
