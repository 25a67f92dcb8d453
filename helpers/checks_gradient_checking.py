"""The visible checks of the lesson on gradient checking, for one parameter: what `testCases.check` runs.

One function for each answer. It calls the answer, tells `answer.seen` by what a known mistake is recognised, asserts
with a `Finding`, and returns what it tried, for the line that says that all is well. checks_gradients has those for
the network.
"""

from __future__ import annotations

from typing import Any

import gc_utils
import numpy as np
from course_answers import Answer, given
from course_errors import explained
from course_findings import Finding
from course_reading import observed
from gc_stand_ins import LINE_POINTS

TRIED = "three pairs of numbers, one of them with a fraction and two with a negative number"
PAIRS: list[tuple[float, float]] = [(2, 4), (3, -1.5), (-0.5, 6)]
FAR = [
    (3, 2.0**30),
    (-0.5, 2.0**30),
]  # where a step of 1e-7 is as small as rounding, so a difference has no digits
FORMULA = "a formula has no step in it, so it is right at every point: is a difference of costs in there?"


def forward_propagation(answer: Answer) -> str:
    """Three products."""
    _numbers(answer, PAIRS, [8, -4.5, -3], 1e-9)
    return TRIED


def backward_propagation(answer: Answer) -> str:
    """Five slopes, two of them far out."""
    _numbers(answer, PAIRS + FAR, [2, 3, -0.5, 3, -0.5], 1e-6)
    return f"{TRIED}, and two so far out that a difference of costs loses its digits"


def _numbers(answer: Answer, pairs: list[tuple[float, float]], expected: list[float], within: float) -> None:
    answer.seen = got = [answer(x, theta) for x, theta in pairs]
    for (x, theta), value, right in zip(pairs, got, expected, strict=True):
        call = f"for ({x:.10g}, {theta:.10g}) it returns"
        is_one = gc_utils.one_number(value)
        assert is_one, Finding(f"{call} {gc_utils.kind_of(value)}, expected one number.")
        said = gc_utils.shown(value)
        if said == gc_utils.shown(right):  # it differs in a later digit
            said = repr(float(np.squeeze(value)))
        assert gc_utils.off_by(value, right) < within, Finding(
            f"{call} {said}, expected {right}.",
            got=said,
            expected=right,
            also=_of_pairs(got, pairs, expected),
            hint=FORMULA if pairs[len(PAIRS) :] and _is_near(got, expected) else "",
        )


def _is_near(got: list[Any], expected: list[float]) -> bool:
    """Whether the results are nearly right where nothing rounds."""
    pairs = list(zip(got, expected, strict=True))[: len(PAIRS)]
    return all(gc_utils.one_number(value) and gc_utils.off_by(value, right) < 0.05 for value, right in pairs)


def _of_pairs(got: list[Any], pairs: list[tuple[float, float]], expected: list[float]) -> str:
    """What holds for all results together."""
    xs, thetas = np.array(pairs).T
    others = {"theta": thetas, "x": xs, "x plus theta": xs + thetas, "x times theta": xs * thetas}
    numbers = [float(np.squeeze(value)) for value in got if gc_utils.one_number(value)]
    also = observed(np.array(numbers), np.array(expected), None, others)
    if also == "All other entries are right.":
        return "The other results are right."
    return also.replace("Every entry", "Every result").replace("It is", "Every result is")


def gradient_check(answer: Answer) -> str:
    """Where nothing rounds, and where rounding moves only one of the two points.

    J is a straight line of slope 4 or -4 here, whether an answer calls forward_propagation or writes theta * x itself.
    At 2**30 a float cannot hold both theta + 2**-23 and theta - 2**-23: the side with the larger numbers rounds back to
    theta. A two-sided slope then comes out at half of the true one, a one-sided slope at 0 or all of it. One step
    further, at 2**30 + 2**-22, both points round away from theta: the slope comes out at twice the true one. Who divides
    by theta_plus - theta_minus instead of 2 epsilon reads 0 there, and 1/7 at x = 3, where J rounds too. Nothing else
    is rounded in these points, whatever the order of operations: 1e-6 is room enough for (4).
    """
    with answer.given(forward_propagation=gc_utils.saddle, backward_propagation=gc_utils.saddle_slope):
        got = [gc_utils.tried(answer, *point) for point in LINE_POINTS]
    opposite = opposite_slopes(answer.function)
    answer.seen = [*got, opposite]
    for difference in got:
        one_reading(difference)
    easy, far, at_three, twice = got[:3], got[3:7], got[10], got[11:]
    assert max(map(abs, easy)) < 1e-7, Finding(
        f"right slopes read {gc_utils.shown(*easy)} where nothing rounds, expected 0.",
        got=gc_utils.shown(*easy),
        expected="0, 0, 0",
        also=_slopes(easy),
        hint="is (1) there as it is printed, with both points, and with the epsilon that is passed in each place?",
    )
    near = [abs(difference - 1 / 3) < 1e-6 for difference in far]
    exact = max(map(abs, far)) < 1e-9 and abs(at_three - 1 / 7) < 1e-6
    sides = gc_utils.shown(far[0], far[2])
    assert exact or (near[0] or near[1]) and (near[2] or near[3]), Finding(
        f"at theta = 2**30 with epsilon = 2**-23, where rounding moves one of the two points and so halves the "
        f"two-sided slope, x = 4 and -4 read {sides}, expected 0.3333 twice.",
        got=sides,
        expected="0.3333, 0.3333",
        hint="compare (1) and (4) line by line.",
    )
    # 0: the left point taken two epsilon from the right one, wherever that came to lie
    assert all(min(abs(difference), abs(difference - 1 / 3)) < 1e-6 for difference in twice), Finding(
        f"where the estimate is twice the slope, x = 4 and -4 read {gc_utils.shown(*twice)}, expected 0.3333 twice.",
        got=gc_utils.shown(*twice),
        expected="0.3333, 0.3333",
        hint="(4) compares sizes, and a size has no sign. Where does that stand in your code?",
    )
    assert not opposite, Finding(
        f"for a slope with its sign turned, x = 4 and -4 read {opposite}, expected 1 twice.",
        got=opposite,
        expected="1 and 1",
        hint="what does (4) divide by: the size of a sum, or the sum of two sizes?",
    )
    return "straight lines whose slope is known, at 15 points, some so far out that rounding moves one side or both"


def opposite_slopes(function: Any) -> str:
    """What `gradient_check` reads for a backward pass with its sign turned, at x = 4 and -4; "" if that is right.

    Right is 1, or 0 for who writes the slope x instead of calling the function.
    """
    with given(
        function, forward_propagation=gc_utils.saddle, backward_propagation=gc_utils.linear_slope_negated
    ):
        got = [gc_utils.tried(function, x, 3.0, 2.0**-20) for x in (4.0, -4.0)]
    numbers = [gc_utils.off_by(one, 0) for one in got if gc_utils.one_number(one)]
    right = len(numbers) == 2 and all(min(one, abs(one - 1)) < 1e-6 for one in numbers)
    return "" if right else " and ".join(map(gc_utils.shown, got) if len(numbers) == 2 else map(str, got))


def _slopes(readings: list[Any]) -> str:
    """What equal readings of right slopes say by (4): how many times larger one of the two slopes is."""
    first = float(np.squeeze(readings[0]))
    if not 0 < first < 1 or np.ptp([float(np.squeeze(reading)) for reading in readings]) > 1e-6:
        return ""
    return f"By (4), one of the two slopes is then {(1 + first) / (1 - first):.4g} times the other."


def one_reading(difference: Any) -> None:
    """That a call gave one number; says what stopped it, and where, if it did not."""
    if isinstance(difference, gc_utils.Stop):
        kind, _, text = difference.partition(": ")
        fact, step = explained(kind, text, "", {})
        stopped = Finding(
            "it stops with an error.", also=fact, said=str(difference), line=difference.line, hint=step
        )
        raise AssertionError(stopped)
    is_one = gc_utils.one_number(difference)
    assert is_one, Finding(f"it returns {gc_utils.kind_of(difference)}, expected one number.")
