"""Where a newcomer stalled: what the card of each visible check says of slips that people make, and what leads on."""

import linecache
import types

import course_checks
import course_notebook
import numpy as np
import pytest
from course_cards import Card, capital
from course_verdicts import verdict

from tests import bank
from tests.here import COURSE

GIVEN = "import numpy as np\nfrom reg_utils import relu, sigmoid\nfrom gc_utils import *\n"
PASSES = "def forward_propagation(x, theta):\n    return x * theta\ndef backward_propagation(x, theta):\n    return x\n"
CHECK_N = """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad, num = gradients_to_vector(gradients), np.zeros((47, 1))
    for i in range(47):
        {step}
    return np.linalg.norm(grad - num) / (np.linalg.norm(grad) + np.linalg.norm(num))
"""
KEPT = """theta[i] += epsilon
        a, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta))
        theta[i] -= 2 * epsilon
        b, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta))
        num[i] = (a - b) / (2 * epsilon)"""
DROPOUT = """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    {seed}
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    D1 = np.random.rand(*A1.shape) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    D2 = np.random.rand(*A2.shape) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
"""


def card(function, source, given=GIVEN):
    """What is said of an answer, as text."""
    notebook = vars(types.ModuleType("notebook"))
    exec(given, notebook)
    linecache.cache["<cell>"] = (len(source), None, source.splitlines(True), "<cell>")
    exec(compile(source, "<cell>", "exec"), notebook)
    came = verdict(function, notebook)
    return str(Card(function, came.tone, came.words, came.finding, came.tried, came.note, came.lines))


def test_a_slope_from_costs_fails_the_visible_check():
    slope = PASSES.replace(
        "    return x\n", "    return (forward_propagation(x, theta + 1e-7) - x * theta) / 1e-7\n"
    )
    assert "the slope is estimated from costs" in card("backward_propagation", slope)


def test_steps_that_are_kept_are_not_called_steps_in_what_was_passed_in():
    said = card("gradient_check_n", CHECK_N.format(step=KEPT))
    assert "the steps of earlier entries are kept" in said and "passed in" not in said


def test_an_error_within_a_check_has_its_line():
    step = "num[i] = forward_propagation_n(X, Y, parameters) - 1"
    said = card("gradient_check_n", CHECK_N.format(step=step))
    assert "(line 6: num[i] = forward_propagation_n(X, Y, parameters) - 1)" in said


def test_a_stand_in_bears_the_name_that_the_student_knows():
    source = (
        PASSES
        + "def gradient_check(x, theta, epsilon=1e-7):\n    return forward_propagation(theta + epsilon)\n"
    )
    said = card("gradient_check", source)
    assert "forward_propagation() missing 1 required" in said and "saddle" not in said


def test_a_line_of_another_function_is_told_as_such():
    head = "def wrong_blocks(p, g, X, Y, epsilon=1e-7, threshold=1e-5):"
    source = f"def inner(p):\n    return p['W9']\n{head}\n    return inner(p)\n"
    assert "(line 2 of `inner`: return p['W9']; called from line 4 of `wrong_blocks`)" in card(
        "wrong_blocks", source
    )


@pytest.mark.parametrize("seed", ["pass", "np.random.seed(1)"])
def test_frozen_masks_are_said_on_the_card_that_passes(seed):
    said = card("forward_propagation_with_dropout", DROPOUT.format(seed=seed))
    assert said.startswith("✓")
    assert ("both calls drew the same numbers" in said) == ("seed" in seed)


def test_a_forgotten_return_is_asked_about():
    source = "def compute_cost_with_regularization(A3, Y, parameters, lambd):\n    cost = 1.0\n"
    assert "it returned None: is a line with `return` missing" in card(
        "compute_cost_with_regularization", source
    )


def test_one_mean_of_all_features_is_named_and_arrays_keep_their_names():
    body = "mu, s = np.mean(A), np.std(A)\n    return (A - mu) / s, (B - mu) / s, mu, s\n"
    said = card("normalize_inputs", f"def normalize_inputs(A, B):\n    {body}")
    assert "mu is a float64" in said and "one mean and one deviation are taken of all features" in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("return {'W' + l: 0 for l in (1, 2)}", 'f"W{l}"'),
        ("return np.hstack(np.zeros(3), np.zeros(3))", "np.hstack([A, B])"),
        ("return np.concatenate(np.zeros(3), np.zeros(3), axis=0)", "np.concatenate([A, B])"),
        ("return np.random.rand(np.zeros((2, 3)).shape)", "rand(*A.shape)"),
    ],
)
def test_a_slip_in_a_call_leads_on(line, words):
    said = card("initialize_parameters_zeros", f"def initialize_parameters_zeros(layers_dims):\n    {line}\n")
    assert words in said


def test_numpy_that_is_not_there_yet_is_the_first_cell_s_business():
    source = "def initialize_parameters_zeros(layers_dims):\n    return {'W1': np.zeros((2, 3))}\n"
    said = card("initialize_parameters_zeros", source, given="import math, numpy\nthere = numpy\n")
    assert "The cell at the top of the lesson imports it" in said


def test_progress_is_that_of_the_lesson_whose_functions_the_notebook_defines(monkeypatch):
    shown = []
    monkeypatch.setattr(course_checks, "_drawn", lambda table: shown.append(table) or True)
    notebook = {"np": np, "progress": course_checks.progress}
    exec("from reg_utils import forward_propagation, backward_propagation", notebook)
    exec("def diagnose(*errors):\n    return False, False\nprogress()", notebook)
    assert shown[0].lesson == "regularization"


def test_progress_of_a_named_lesson_is_its_own_before_anything_has_run(monkeypatch):
    shown = []
    monkeypatch.setattr(course_checks, "_drawn", lambda table: shown.append(table) or True)
    exec("progress('initialization')", {"progress": course_checks.progress})
    assert shown[0].lesson == "initialization"


def test_lessons_stand_in_the_order_of_the_course():
    assert list(course_checks._lessons()) == list(COURSE.lessons)


@pytest.mark.parametrize(
    "body", ["    x = 1\n        y = 2\n    return x\n", "    for l in range(2):\n    x = l\n    return x\n"]
)
def test_a_slip_in_the_indentation_is_called_so(monkeypatch, body):
    cell = f"def initialize_parameters_zeros(layers_dims):\n{body}"
    monkeypatch.setattr(course_notebook, "_last_cell", lambda name: cell)
    came = verdict("initialize_parameters_zeros", {"np": np})
    assert came.finding.said.startswith("IndentationError: ") and "same column" in came.finding.hint


def test_an_answer_above_a_line_that_still_raises_is_not_called_unwritten():
    head = "def initialize_parameters_zeros(layers_dims):\n"
    left = f"{head}    parameters = {{}}\n    for l in (1, 2):\n        parameters[l] = 0\n    raise NotImplementedError()\n"
    assert "delete it" in card("initialize_parameters_zeros", left)
    assert "is not written yet" in card(
        "initialize_parameters_zeros", f"{head}    raise NotImplementedError()\n"
    )


@pytest.mark.parametrize("hint", ["dW2 is the gradient", "x is data", "A3 less Y"])
def test_a_name_at_the_beginning_of_a_hint_stays_as_it_is_spelt(hint):
    assert capital(hint) == hint
    assert capital("which of the two") == "Which of the two"
    assert capital("a check") == "A check"


@pytest.mark.parametrize("step", [1e-2, 1e-4])
@pytest.mark.parametrize("two_sided", [False, True])
def test_a_slope_from_costs_with_any_step_leads_to_the_formula(step, two_sided):
    left, width = (f"theta - {step}", 2 * step) if two_sided else ("theta", step)
    said = card(
        "backward_propagation",
        PASSES.replace(
            "    return x\n",
            f"    J = forward_propagation\n    return (J(x, theta + {step}) - J(x, {left})) / {width}\n",
        ),
    )
    assert "a formula has no step in it" in said and "returns 3, expected 3" not in said


def test_points_without_theta_are_not_called_a_check_that_never_asks_for_costs():
    source = (
        PASSES
        + "def gradient_check(x, theta, epsilon=1e-7):\n"
        + "    slope = (forward_propagation(x, epsilon) - forward_propagation(x, -epsilon)) / (2 * epsilon)\n"
        + "    grad = backward_propagation(x, theta)\n    return abs(grad - slope) / (abs(grad) + abs(slope))\n"
    )
    said = card("gradient_check", source)
    assert "theta plus epsilon" in said and "cannot find any bug" not in said


@pytest.mark.parametrize("line", ["parameters['W1'] += 0.1", "gradients['dW1'] *= 2"])
@pytest.mark.parametrize("function", ["gradient_check_n", "wrong_blocks"])
def test_arrays_that_are_changed_fail_the_visible_check(function, line):
    right = bank.reference_of("gradient_checking", function)
    assert card(function, right, GIVEN + "import gc_utils\n").startswith("✓")
    source = f"{right}\n\nbefore = {function}\n\n\ndef {function}(parameters, gradients, *rest, **more):\n"
    source += f"    came = before(parameters, gradients, *rest, **more)\n    {line}\n    return came\n"
    said = card(function, source, GIVEN + "import gc_utils\n")
    assert "arrays that were passed in have changed" in said


def test_a_list_made_anew_in_each_round_is_asked_about():
    source = (
        "def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):\n    wrong = []\n"
        "    return wrong\n"
    )
    assert "made anew each time" in card("wrong_blocks", source)
