"""A known mistake is named only when it is sure, and what stops an answer is told by its cause."""

import course_errors
import numpy as np
import pytest
import testCases

from grader.rooms import recognise, scene
from grader.rooms.exercise import Wrong
from tests import bank


def wrong(name, family=None):
    return Wrong(name, "f", abs, "it looks like this", "What is it?", family)


def test_of_two_mistakes_that_fit_neither_is_named_unless_they_are_of_one_family():
    assert recognise.sure([wrong("a")])
    assert recognise.sure([wrong("a", "kin"), wrong("b", "kin")])
    assert not recognise.sure([wrong("a"), wrong("b")])
    assert not recognise.sure([])


NEIGHBOURS = {  # wrong answers that are near a known mistake, or stumble with an error of the same type
    ("initialization", "initialize_parameters_he"): [
        ("np.sqrt(2 /", "0.9 * np.sqrt(2 /"),
        ("np.sqrt(2 /", "1.08 * np.sqrt(2 /"),
        ("scale\n", "scale if l > 1 else np.random.randn(3, 3)\n"),
    ],
    ("regularization", "compute_cost_with_regularization"): [
        ("lambd / (2", "lamda / (2"),
        ("(A3, Y)", "(A3, y)"),
    ],
    ("regularization", "forward_propagation_with_dropout"): [
        ("np.dot(W2, A1)", "np.dot(A1, W2)"),
        ("D1 / keep_prob", "D1 / 0.7"),
        ("np.dot(W2, A1)", "np.dot(W2.T, A1)"),
    ],
    ("gradient_checking", "wrong_blocks"): [("> threshold * sizes", "> 0.5 * threshold * sizes")],
}


@pytest.mark.parametrize(
    ("lesson", "function", "change"),
    [(*place, change) for place, changes in NEIGHBOURS.items() for change in changes],
)
def test_a_neighbour_of_a_known_mistake_is_not_called_by_its_name(lesson, function, change):
    source = bank.reference_of(lesson, function)
    assert change[0] in source
    implementation = bank.build(lesson, function, source.replace(*change))
    assert bank.recognise(lesson, function, implementation) is None


def test_errors_have_a_cause_in_common_whatever_the_order_of_factors():
    def caused(compute):
        with pytest.raises(Exception) as caught:
            compute()
        return testCases.cause(caught.value)

    A, D = np.ones((3, 5)), np.ones((3, 2))
    assert caused(lambda: A * D) == caused(lambda: np.multiply(D, A)) != caused(lambda: A * D.T)
    assert caused(lambda: A @ D) != caused(lambda: A * D)
    assert caused(lambda: missing) != caused(lambda: absent)  # noqa: F821


def raised(code, **names):
    try:
        exec(compile(code, "<cell 1>", "exec"), names)
    except Exception as error:
        return error


TYPO = "def f(keep_prob, W2, cache):\n    scale = {'W1': 1}\n    return W2 * keepprob\n\nf(0.5, W, {})"


def test_a_typo_is_told_with_the_name_that_was_probably_meant():
    error = raised(TYPO, W=np.ones((3, 2)))
    report = {"scene": scene.scene(error, "<cell ", "return W2 * keepprob")}
    names = course_errors.names_in(report)
    fact, _ = course_errors.explained("NameError", str(error), "return W2 * keepprob", names)
    assert fact == "`keepprob` is not defined; did you mean `keep_prob`?"
    assert names["W2"].shape == (3, 2)


def test_a_shape_error_tells_the_shapes_of_the_line():
    error = raised("def f(W1, A1):\n    return W1 * A1\n\nf(W, A)", W=np.ones((3, 2)), A=np.ones((4, 5)))
    names = course_errors.names_in({"scene": scene.scene(error, "<cell ", "return W1 * A1")})
    fact, _ = course_errors.explained("ValueError", str(error), "return W1 * A1", names)
    assert "(3,2) and (4,5). In this line: `W1` (3, 2), `A1` (4, 5)." in fact


@pytest.mark.parametrize(
    "told",
    [
        None,
        "text",
        [],
        {"names": [1, None, "x"], "shapes": [], "keys": 3},
        {"names": ["x"], "shapes": {"W": "abc", "V": [-1], "U": [1] * 40, "T": [True]}, "keys": {"d": 5}},
    ],
)
def test_a_scene_that_is_not_one_is_left_out(told):
    names = course_errors.names_in({"scene": told})
    assert not any(isinstance(value, np.ndarray) for value in names.values())


def test_a_misspelt_method_and_a_function_of_numpy_without_its_module_are_told():
    def fact(kind, text):
        return course_errors.explained(kind, text, "", {})[0]

    said = fact("AttributeError", "'list' object has no attribute 'apend'")
    assert said == "`list` has no `apend`; did you mean `append`?"
    assert fact("NameError", "name 'sqrt' is not defined") == "`sqrt` is not defined; did you mean `np.sqrt`?"
