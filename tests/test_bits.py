"""What hand-ins tell of hidden inputs, measured with an adversary (tests/bits.py)."""

import pytest

from grader.results import CheckResult, SubmissionResult
from grader.sandbox.sandbox import SANDBOXES
from grader.service.policy import Policy
from grader.service.reveal import shown, told_at
from tests import bits


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    root = tmp_path_factory.mktemp("bits")
    bits.prepare(root)
    yield bits.table(root)
    SANDBOXES.close()


@pytest.mark.sandbox
@pytest.mark.parametrize("way", [way.name for way in bits.WAYS])
def test_a_hand_in_tells_by_default_whether_a_hidden_check_passed_and_no_more(table, way):
    assert table[way][Policy().reveal] <= 1.0


@pytest.mark.sandbox
def test_no_form_of_an_answer_tells_more_where_everything_is_told(table):
    assert table["the shape that it returns"]["everything"] == 0.0
    assert table["the error that it raises"]["everything"] == 0.0


def test_the_clock_tells_little_by_default():
    assert bits.clock_bits("outcome") < 3.5 < 11 < bits.clock_bits("everything")


def test_a_verdict_is_told_at_a_power_of_two_and_never_before_it_is_there():
    assert [told_at(0.0, now, "outcome") for now in (0.1, 0.5, 0.51, 3.0)] == [0.5, 0.5, 1.0, 4.0]
    assert told_at(0.0, 5000.0, "outcome") == 5000.0  # left over from a service that was down


def test_a_recognised_mistake_is_not_told_of_either_check():
    checks = tuple(
        CheckResult(f"double_{kind}", "double", 0.0, 1.0, "failed", "it is 3. Hint: think", "squared", "think", "it is 3",
                    looks_like="the number is squared", returned="double returned a list.")
        for kind in ("visible", "hidden")
    )  # fmt: skip
    visible, hidden = shown(
        SubmissionResult("numbers", "graded", None, 0.0, 2.0, "", (), checks), "outcome"
    ).checks
    assert (visible.message, visible.misconception, visible.hint, visible.looks_like) == (
        "it is 3",
        None,
        None,
        "",
    )
    assert (hidden.message, hidden.what, hidden.returned, hidden.misconception) == ("", "", "", None)
