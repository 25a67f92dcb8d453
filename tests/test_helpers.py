"""The helpers keep the classic names and values, say which argument is wrong, and teach no bad habit by a warning."""

import subprocess
import sys

import course_network
import gc_utils
import init_utils
import numpy as np
import pytest
import reg_utils
import testCases

from tests.here import ROOT

CLASSIC_NAMES = {
    init_utils: "sigmoid relu forward_propagation backward_propagation update_parameters compute_loss "
    "load_dataset predict predict_dec plot_decision_boundary",
    reg_utils: "sigmoid relu initialize_parameters forward_propagation backward_propagation update_parameters "
    "compute_cost load_2D_dataset predict predict_dec plot_decision_boundary",
    gc_utils: "sigmoid relu dictionary_to_vector vector_to_dictionary gradients_to_vector",
    testCases: "compute_cost_with_regularization_test_case backward_propagation_with_regularization_test_case "
    "forward_propagation_with_dropout_test_case backward_propagation_with_dropout_test_case gradient_check_n_test_case",
}


@pytest.mark.parametrize("module", CLASSIC_NAMES, ids=lambda module: module.__name__)
def test_classic_names_are_there_and_public_ones_are_listed_on_top(module):
    for name in CLASSIC_NAMES[module].split():
        assert name in module.__all__
    for name in module.__all__:
        assert callable(getattr(module, name))
        assert name in module.__doc__, f"{module.__name__} does not list {name}"


def test_shared_functions_have_one_implementation():
    assert (
        init_utils.forward_propagation is reg_utils.forward_propagation is course_network.forward_propagation
    )
    assert init_utils.train is reg_utils.train
    assert init_utils.compute_loss is reg_utils.compute_cost
    assert init_utils.sigmoid is reg_utils.sigmoid is gc_utils.sigmoid


def test_helpers_import_in_a_fresh_process_without_pyplot_or_scikit_learn():
    code = "import sys, init_utils, reg_utils, gc_utils, testCases"
    code += "; print([name for name in ('matplotlib', 'sklearn', 'scipy', 'IPython') if name in sys.modules])"
    environment = {"PYTHONPATH": str(ROOT / "helpers")}
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, capture_output=True, text=True
    )
    assert told.stdout.strip() == "[]", told.stderr


# Activations and costs


def test_sigmoid_warns_nowhere_and_saturates_where_floats_do():
    np.testing.assert_array_equal(
        reg_utils.sigmoid(np.array([-1e4, -710.0, 0.0, 37.0])), [0.0, 0.0, 0.5, 1.0]
    )
    assert 4e-309 < reg_utils.sigmoid(-709.0) < 2e-308 and reg_utils.sigmoid(36.0) < 1
    np.testing.assert_allclose(reg_utils.sigmoid(2.0), 1 / (1 + np.exp(-2.0)), rtol=0)


def test_relu_is_the_positive_part():
    np.testing.assert_array_equal(reg_utils.relu([-1.5, 0, 2]), [0, 0, 2])


def test_classic_cost_is_infinite_where_a_sure_answer_is_wrong_and_drops_nan():
    Y = np.array([[1, 0]])
    assert reg_utils.compute_cost(np.array([[1.0, 1.0]]), Y) == np.inf
    np.testing.assert_allclose(reg_utils.compute_cost(np.array([[1.0, 0.5]]), Y), np.log(2) / 2)
    assert isinstance(reg_utils.compute_cost(np.array([[0.5, 0.5]]), Y), float)


def test_cost_from_logits_equals_the_classic_cost_and_stays_finite():
    random = np.random.RandomState(0)
    Z, Y = 3 * random.randn(1, 50), random.randint(0, 2, (1, 50))
    np.testing.assert_allclose(
        reg_utils.cost_from_logits(Z, Y), reg_utils.compute_cost(reg_utils.sigmoid(Z), Y), rtol=1e-12
    )
    assert reg_utils.cost_from_logits(np.array([[800.0, -800.0]]), np.array([[0, 1]])) == 800
    np.testing.assert_allclose(
        reg_utils.cost_from_logits(np.array([[60.0]]), np.array([[1]])), np.exp(-60), rtol=1e-12
    )


# Asking


def test_answers_are_what_a_function_returns_for_each_and_an_exception_of_the_first_that_raises():
    assert testCases.answers(lambda a, b=1: a + b, [(1,), (2, 3)]) == [2, 5]
    with pytest.raises(ZeroDivisionError):
        testCases.answers(lambda a: 1 / a, [(1,), (0,), ("x",)])


def test_one_case_changed_does_not_change_the_next():
    for part in testCases.random_case([4, 6, 3, 1], m=7, seed=2)[:2]:
        part[:] = 9
    testCases.random_case([4, 6, 3, 1], m=7, seed=2)[2]["W1"][:] = 9
    X, Y, parameters = testCases.random_case([4, 6, 3, 1], m=7, seed=2)
    assert X.max() < 9 and Y.max() == 1 and parameters["W1"].max() < 9


# The network


def test_both_backward_passes_are_the_slopes_of_the_stable_cost():
    X, Y, parameters = testCases.random_case([4, 6, 3, 1], m=7, seed=2)
    _, cache = reg_utils.forward_propagation(X, parameters)
    direction = testCases.random_case([4, 6, 3, 1], m=7, seed=3)[2]

    def cost(values):
        return reg_utils.cost_from_logits(reg_utils.forward_propagation(X, values)[1][8], Y)

    slope = testCases.slope_along(cost, parameters, direction)
    for module in (init_utils, reg_utils):
        gradients = module.backward_propagation(X, Y, cache)
        along = sum(np.sum(gradients[f"d{name}"] * direction[name]) for name in parameters)
        np.testing.assert_allclose(along, slope, rtol=1e-8)


def test_backward_passes_differ_by_m_between_the_layers_and_in_the_case_of_their_names():
    X, Y, cache = testCases.backward_propagation_with_regularization_test_case()
    ours, theirs = init_utils.backward_propagation(X, Y, cache), reg_utils.backward_propagation(X, Y, cache)
    assert list(ours) == ["dz3", "dW3", "db3", "da2", "dz2", "dW2", "db2", "da1", "dz1", "dW1", "db1"]
    assert list(theirs) == ["dZ3", "dW3", "db3", "dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1"]
    for a, b in zip(ours.items(), theirs.items(), strict=True):
        factor = 1 if a[0][1] in "Wb" else X.shape[1]
        np.testing.assert_allclose(factor * a[1], b[1], rtol=1e-12)


def test_initialization_leaves_the_global_random_state_alone():
    np.random.seed(7)
    expected = np.random.rand()
    np.random.seed(7)
    reg_utils.initialize_parameters([3, 2, 1])
    init_utils.load_dataset()
    testCases.gradient_check_n_test_case()
    testCases.random_case([2, 3, 2, 1], 4, seed=0)
    assert np.random.rand() == expected


def test_update_makes_new_parameters_and_keeps_the_old():
    parameters = {"W1": np.array([[1.0]]), "b1": np.array([[2.0]])}
    grads = {"dW1": np.array([[10.0]]), "db1": np.array([[20.0]]), "dA0": None}
    updated = reg_utils.update_parameters(parameters, grads, 0.1)
    assert (updated["W1"], updated["b1"]) == (0.0, 0.0) and parameters["W1"] == 1.0


def test_prediction_is_strict_at_one_half_and_prints_its_accuracy(capsys):
    X, Y = np.zeros((2, 4)), np.array([[1, 0, 0, 0]])
    zeros = {name: 0 * value for name, value in reg_utils.initialize_parameters([2, 3, 2, 1]).items()}
    labels = reg_utils.predict(X, Y, zeros)
    assert labels.tolist() == [[0, 0, 0, 0]] and labels.dtype.kind == "i"
    assert capsys.readouterr().out == "Accuracy: 0.75\n"
    assert reg_utils.predict_dec(zeros, X).dtype == bool and capsys.readouterr().out == ""


PARAMETERS = reg_utils.initialize_parameters([2, 4, 3, 1])
X_RIGHT, Y_RIGHT = np.ones((2, 5)), np.ones((1, 5), dtype=int)
CACHE = reg_utils.forward_propagation(X_RIGHT, PARAMETERS)[1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: reg_utils.forward_propagation(np.ones((3, 5)), PARAMETERS),
            r"W1 has shape (4, 2), expected (n_1, 3)",
        ),
        (
            lambda: reg_utils.forward_propagation(np.ones(2), PARAMETERS),
            r"X has shape (2,), expected (n_x, m)",
        ),
        (
            lambda: reg_utils.forward_propagation(X_RIGHT, {**PARAMETERS, "b2": np.zeros(3)}),
            r"b2 has shape (3,), expected (3, 1)",
        ),
        (
            lambda: reg_utils.forward_propagation(X_RIGHT, {"W1": 1}),
            "parameters has no b1, W2, b2, W3, b3; it holds W1",
        ),
        (lambda: reg_utils.compute_cost(np.ones((1, 5)), np.ones(5)), r"Y has shape (5,), expected (1, 5)"),
        (lambda: reg_utils.compute_cost(np.ones((5, 1)), Y_RIGHT), r"A3 has shape (5, 1), expected (1, m)"),
        (
            lambda: reg_utils.cost_from_logits(np.ones((1, 4)), Y_RIGHT),
            r"Y has shape (1, 5), expected (1, 4)",
        ),
        (
            lambda: reg_utils.backward_propagation(X_RIGHT, np.ones((1, 4)), CACHE),
            r"Y has shape (1, 4), expected (1, 5)",
        ),
        (
            lambda: init_utils.backward_propagation(X_RIGHT, Y_RIGHT, CACHE[:-1]),
            "cache has 11 entries, expected the 12",
        ),
        (lambda: reg_utils.update_parameters(PARAMETERS, {"dW2": 0}, 0.1), "grads has no dW1; it holds dW2"),
        (
            lambda: reg_utils.update_parameters({"W1": np.ones((2, 3))}, {"dW1": np.ones((3, 2))}, 0.1),
            r"dW1 has shape (3, 2), expected (2, 3)",
        ),
        (lambda: reg_utils.predict(X_RIGHT, np.ones(5), PARAMETERS), r"Y has shape (5,), expected (1, 5)"),
        (lambda: gc_utils.vector_to_dictionary(np.ones(47)), r"theta has shape (47,), expected (47, 1)"),
        (
            lambda: gc_utils.gradients_to_vector({"dW1": np.ones((5, 4))}),
            "gradients has no db1, dW2, db2, dW3, db3",
        ),
        (lambda: gc_utils.dictionary_to_vector(PARAMETERS), r"W1 has shape (4, 2), expected (5, 4)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_errors_name_the_argument_its_shape_and_what_was_expected(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert message in str(caught.value)


# Gradient checking


def test_vectors_and_dictionaries_hold_the_same_numbers_in_the_classic_order():
    _, _, parameters = testCases.gradient_check_n_test_case()
    theta, keys = gc_utils.dictionary_to_vector(parameters)
    assert theta.shape == (47, 1) and [keys.count(name) for name in gc_utils.SHAPES] == [20, 5, 15, 3, 3, 1]
    for name, (start, stop) in {
        "W1": (0, 20),
        "b1": (20, 25),
        "W2": (25, 40),
        "b2": (40, 43),
        "W3": (43, 46),
    }.items():
        np.testing.assert_array_equal(theta[start:stop, 0], parameters[name].ravel())
        assert set(keys[start:stop]) == {name}
    back = gc_utils.vector_to_dictionary(theta)
    for name, value in parameters.items():
        np.testing.assert_array_equal(back[name], value)
    back["W1"][0, 0] = 99.0
    assert theta[0, 0] != 99.0
    gradients = {f"d{name}": value for name, value in parameters.items()}
    np.testing.assert_array_equal(gc_utils.gradients_to_vector({"dA1": None, **gradients}), theta)


def test_both_costs_of_the_checked_network_agree_for_either_shape_of_labels():
    X, Y, parameters = testCases.gradient_check_n_test_case()
    classic, stable = gc_utils.forward_propagation_n, gc_utils.forward_propagation_n_stable
    costs = [
        function(X, labels, parameters)[0]
        for function in (classic, stable)
        for labels in (Y, Y.reshape(1, 3))
    ]
    np.testing.assert_allclose(costs, costs[0], rtol=1e-12)


def test_safe_cases_keep_away_from_the_kink_and_from_saturation():
    for seed in range(20):
        X, Y, parameters = gc_utils.safe_case(seed, m=5)
        _, cache = gc_utils.forward_propagation_n(X, Y, parameters)
        assert min(np.abs(cache[0]).min(), np.abs(cache[4]).min()) >= 0.02 and np.abs(cache[8]).max() <= 6


@pytest.mark.parametrize(("value", "slope"), [(gc_utils.cubic, gc_utils.cubic_slope)])
def test_stand_in_has_its_own_slope_and_the_wrong_ones_are_wrong(value, slope):
    x, theta, step = 1.3, 0.7, 1e-5
    estimate = (value(x, theta + step) - value(x, theta - step)) / (2 * step)
    np.testing.assert_allclose(slope(x, theta), estimate, rtol=1e-8)
    np.testing.assert_allclose(gc_utils.cubic_slope_doubled(x, theta), 2 * estimate, rtol=1e-8)
    assert gc_utils.linear_slope_negated(x, theta) == -x
