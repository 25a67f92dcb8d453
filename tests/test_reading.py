"""What the numbers of a wrong result show: every sentence is true, and nothing is said where nothing holds."""

import course_reading as reading
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import bank

RIGHT = np.array([[0.5, -1.25, 2.0], [3.5, 0.75, -0.125]])
SAID = [
    (2 * RIGHT, "Every entry is 2 times what is expected."),
    (5 * RIGHT, "Every entry is 5 times what is expected; 5 is m."),
    (RIGHT / 5, "Every entry is 0.2 times what is expected; 0.2 is 1 / m."),
    (1.25 * RIGHT, "Every entry is 1.25 times what is expected; 1.25 is m / (m - 1)."),
    (0.7 * RIGHT, "Every entry is 0.7 times what is expected; 0.7 is keep_prob."),
    (-RIGHT, "Every entry has the wrong sign."),
    (RIGHT.T, "It is the transpose of what is expected."),
    (RIGHT.ravel(), "The values are those expected, in another shape."),
    (RIGHT.tolist(), "The values are right, in a list."),
    (0 * RIGHT, "Every entry is 0."),
    (RIGHT + 1, "Every entry is 1 too large."),
    (RIGHT[::-1], "The rows are in the opposite order."),
    (np.roll(RIGHT, 1, 1), "The columns are those expected, moved by one place."),
    (np.abs(RIGHT), "Sizes are as expected, some signs are not."),
    (RIGHT + [[0, 0, 1], [0, 0, 0]], "All other entries are right."),
    (RIGHT * [[1, 1, 1], [2, 3, 4]], "Only row 1 is wrong."),
    (RIGHT * [[1, 3, 1], [1, 4, 1]], "Only column 1 is wrong."),
    (RIGHT.sum(axis=1), "It is what is expected, summed over columns."),
    (np.round(RIGHT, 1), "It is what is expected, rounded to 1 decimals."),
    (RIGHT * np.nan, "It is nan or infinite."),
    (RIGHT + 1e-6, "The largest difference is 1e-06."),
    (RIGHT**2, "It is the squares."),
]


@pytest.mark.parametrize(("got", "said"), SAID)
def test_a_relation_is_said_in_one_sentence(got, said):
    factors, others = {"m": 5, "keep_prob": 0.7}, {"the squares": RIGHT**2}
    assert reading.observed(got, RIGHT, factors, others) == said


@given(st.integers(0, 10_000))
def test_nothing_is_said_of_numbers_that_have_nothing_in_common(seed):
    random = np.random.RandomState(seed)
    assert reading.observed(random.randn(3, 4), random.randn(3, 4), {"m": 4}) == ""
    assert reading.kind(random.randn(3, 4), random.randn(3, 4)) == ""


@given(st.floats(-100, 100).filter(lambda f: abs(f) > 1e-3 and abs(f - 1) > 1e-2 and abs(f + 1) > 1e-2))
def test_a_factor_is_told_as_it_is(factor):
    said = reading.observed(factor * RIGHT, RIGHT)
    assert said.startswith(f"Every entry is {factor:.4g} times what is expected")


@pytest.mark.parametrize(
    "got", [None, "text", [], {}, object(), [[1], [2, 3]], np.array(["a"]), (1, "x"), 1 + 2j]
)
def test_reading_never_raises(got):
    for expected in (RIGHT, 1.0):
        assert isinstance(reading.observed(got, expected, {"m": 3}, {"other": RIGHT}), str)
        assert reading.kind(got, expected) == ""
        assert reading.as_sum(got, expected, expected, ("a", "b")) == ""
        assert reading.observed_pair(got, (1, 2), ("a", "b")) == ""


def test_a_single_number_is_a_multiple_only_by_a_number_of_the_exercise():
    assert reading.observed(6.0, 3.0) == "It is 2 times what is expected."
    assert reading.observed(3.51, 3.0) == ""
    assert reading.observed(0.6, 3.0, {"m": 5}) == "It is 0.2 times what is expected; 0.2 is 1 / m."


def test_a_factor_that_has_two_names_is_told_without_one():
    assert reading.observed(0.5 * RIGHT, RIGHT, {"m": 2, "keep_prob": 0.5}).endswith(
        "times what is expected."
    )


def test_a_sum_tells_which_part_is_missing_or_counts_otherwise():
    base, words = RIGHT[::-1] ** 3, ("the gradient", "the penalty")
    for share, said in (
        (0, "It is the gradient without the penalty."),
        (-1, "It is the gradient minus the penalty instead of plus."),
        (0.5, "In it, the penalty counts 0.5 times."),
        (5, "In it, the penalty counts 5 times; 5 is m."),
    ):
        assert reading.as_sum(base + share * RIGHT, base, RIGHT, words, {"m": 5}) == said
    assert reading.as_sum(base + RIGHT, base, RIGHT, words) == ""
    assert reading.as_sum(base + RIGHT**2, base, RIGHT, words) == ""


def test_pairs():
    names = "best", "stop"
    assert reading.observed_pair((4, 2), (2, 4), names) == "The two are exchanged."
    assert reading.observed_pair((3, 5), (2, 4), names) == "Both are 1 too large."
    assert reading.observed_pair((2, 5), (2, 4), names) == "best is right, stop is not."
    assert reading.observed_pair((7, 9.5), (2, 4), names) == ""


def test_what_a_hidden_check_may_say_holds_no_number_and_is_one_of_a_few_sentences():
    kinds = {reading.kind(got, RIGHT) for got, _ in SAID}
    assert kinds - {""} <= reading.KINDS
    assert len(kinds) >= 8
    assert not any(character.isdigit() for said in reading.KINDS - {reading.ZEROS} for character in said)


FORWARD, BACKWARD = "forward_propagation_with_dropout", "backward_propagation_with_dropout"
DROPOUT = [
    (FORWARD, [("(Z1, D1, A1,", "(Z1, A1, D1,")], "A1 does hold only these: are the two exchanged?"),
    (
        FORWARD,
        [("np.dot(W2, A1)", "np.dot(W2, relu(Z1))")],
        "It is what the layer gives for relu(Z1), without mask and scaling.",
    ),
    (
        BACKWARD,
        [(" * D2 / keep_prob", " * D2"), (" * D1 / keep_prob", " * D1")],
        "Every entry is 0.8 times what is expected.",
    ),
    (
        BACKWARD,
        [
            ("    m = X", "    D1, D2 = (np.random.rand(*D.shape) < keep_prob for D in (D1, D2))\n    m = X"),
            ("(A2 > 0)", "(cache[5] > 0)"),
            ("(A1 > 0)", "(cache[0] > 0)"),
        ],
        "its masks are there, D1 and D2; draw nothing.",
    ),
]


@pytest.mark.parametrize(("function", "slips", "told"), DROPOUT, ids=lambda part: str(part)[:40])
def test_a_slip_in_dropout_is_told_as_what_it_is(function, slips, told):
    source = next(cell.source for cell in bank.cells("regularization") if cell.id == function)
    for right, wrong in slips:
        assert right in source
        source = source.replace(right, wrong)
    names = bank.build("regularization", function, source).__globals__
    with pytest.raises(AssertionError) as said:
        exec(f"import testCases; testCases.check({function!r})", names)
    assert told in str(said.value) and "without the masks" not in str(said.value)


def test_gradients_that_are_nan_are_no_sign_of_masks_drawn_anew():
    source = next(cell.source for cell in bank.cells("regularization") if cell.id == BACKWARD)
    names = bank.build("regularization", BACKWARD, source.replace(" * D1 / keep_prob", " / D1")).__globals__
    with pytest.raises(AssertionError) as said, np.errstate(all="ignore"):
        exec(f"import testCases; testCases.check({BACKWARD!r})", names)
    assert "nan or inf" in str(said.value) and "second time" not in str(said.value)
