"""The visible checks of the lesson on gradient checking: what `testCases.check` runs, one function for each answer.

Each calls the answer, tells `answer.seen` by what a known mistake is recognised, and asserts with a `Finding`. It
returns what it tried, for the line that says that all is well.
"""

from __future__ import annotations

from typing import Any

import gc_utils
import numpy as np
import reg_utils
from course_answers import Answer, given
from course_errors import explained
from course_findings import Finding, together
from course_reading import observed
from testCases import gradient_check_n_test_case

PAIRS = [(2, 4), (3, -1.5), (-0.5, 6)]


def forward_propagation(answer: Answer) -> str:
    """Three products."""
    return _numbers(answer, [8, -4.5, -3], 1e-9)


def backward_propagation(answer: Answer) -> str:
    """Three slopes."""
    return _numbers(answer, [2, 3, -0.5], 1e-6)


def _numbers(answer: Answer, expected: list[float], within: float) -> str:
    answer.seen = got = [answer(x, theta) for x, theta in PAIRS]
    for (x, theta), value, right in zip(PAIRS, got, expected, strict=True):
        call = f"for ({x}, {theta}) it returns"
        is_one = gc_utils.one_number(value)
        assert is_one, Finding(f"{call} {gc_utils.kind_of(value)}, expected one number.")
        assert gc_utils.off_by(value, right) < within, Finding(
            f"{call} {gc_utils.shown(value)}, expected {right}.",
            got=gc_utils.shown(value),
            expected=right,
            also=_of_pairs(got, expected),
        )
    return "three pairs of numbers, one of them with a fraction and two with a negative number"


def _of_pairs(got: list[Any], expected: list[float]) -> str:
    """What holds for all results together."""
    xs, thetas = np.array(PAIRS).T
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
        got = [gc_utils.tried(answer, *point) for point in gc_utils.LINE_POINTS]
    opposite = opposite_slopes(answer.function)
    answer.seen = [*got, opposite]
    for difference in got:
        _one_reading(difference)
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
        f"at theta = 2**30 with epsilon = 2**-23, where rounding moves one of the two points, x = 4 and -4 read {sides}, "
        "expected 0.3333 twice.",
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


def _one_reading(difference: Any) -> None:
    if isinstance(difference, gc_utils.Stop):
        kind, _, text = difference.partition(": ")
        fact, step = explained(kind, text, "", {})
        raise AssertionError(Finding(f"it stops with {difference}.", also=fact, hint=step))
    is_one = gc_utils.one_number(difference)
    assert is_one, Finding(f"it returns {gc_utils.kind_of(difference)}, expected one number.")


def gradient_check_n(answer: Answer) -> str:
    """Two planted bugs, other ones than those of the draft, and the right gradient with a large step."""
    X, Y, parameters = gradient_check_n_test_case()
    _, cache = gc_utils.forward_propagation_n(X, Y, parameters)
    right = reg_utils.backward_propagation(X, Y.reshape(1, 3), cache)
    wrong = {**right, "dW1": 3 * right["dW1"], "db2": right["db2"] / 2}
    fresh = [gradient_check_n_test_case()[2] for _ in range(2)]
    answer.seen = got = [
        gc_utils.tried(answer, fresh[0], wrong, X, Y),
        gc_utils.tried(answer, fresh[1], right, X, Y, 1e-2),
    ]
    for difference in got:
        _one_reading(difference)
    said = [gc_utils.shown(difference) for difference in got]
    assert gc_utils.off_by(got[0], 0.4075462) < 1e-6, Finding(
        f"dW1 tripled and db2 halved read {said[0]}, expected 0.4075.",
        got=said[0],
        expected="0.4075",
        hint="print both columns of (4) beside the names. Does each of the 47 entries have an estimate of its own, and is "
        "the other column the gradient?",
    )
    assert gc_utils.off_by(got[1], 1.680e-6) < 5e-9, Finding(
        f"the right gradient with epsilon 0.01 reads {said[1]}, expected 1.68e-06.",
        got=said[1],
        expected="1.68e-06",
        hint="this epsilon is another one than 1e-7: does it reach each place of (1), and is each point a fresh copy?",
    )
    return "a gradient with two planted bugs, and the right one with a large epsilon"


def wrong_blocks(answer: Answer) -> str:
    """Right gradients, three blocks that are too large, and a block of small gradients that is too large."""
    answer.seen = got = [answer(*case) for case in block_cases()]
    for names in got:
        is_list = isinstance(names, (list, tuple))
        assert is_list, Finding(f"it returns {gc_utils.kind_of(names)}, expected a list.")
    assert list(got[0]) == [], Finding(
        f"for right gradients it gives {got[0]}, expected [].",
        got=str(got[0]),
        expected="[]",
        hint="does each comparison hold the entries of one block and no others? And are the two points arrays of their "
        "own? `dict(p)` and `p.copy()` copy a dictionary, not the arrays in it.",
    )
    expected = ["b1", "W2", "W3"]
    nothing = "If your loop goes on to the last block, print the size of what it compares: `list == name` selects nothing."
    assert list(got[1]) == expected, Finding(
        f"it gives {got[1]}, expected {expected}.",
        got=str(got[1]),
        expected=str(expected),
        also=_names(list(got[1]), expected),
        hint="" if any(map(list, got)) else nothing,
    )
    assert list(got[2]) == ["W1"], Finding(
        f"for a block of small gradients (dW1, of norm 1.6e-05), each 1.5 times the right one, it gives {got[2]}, "
        "expected ['W1'].",
        got=str(got[2]),
        expected="['W1']",
        hint="is the gap divided by the sizes of both gradients, as in (4)?",
    )
    return "right gradients, three wrong blocks at once, and a wrong block of small gradients"


def block_cases() -> list[tuple[Any, ...]]:
    """The arguments of the three calls: parameters, gradients, X, Y; fresh ones."""
    cases = []
    for factors, unit in (({}, 1.0), ({"dW2": 2, "db1": 4, "dW3": 3}, 1.0), ({"dW1": 1.5}, 3e-5)):
        X, Y, parameters = gc_utils.safe_case(9, 4)
        X, parameters["W1"] = (
            X * unit,
            parameters["W1"] / unit,
        )  # the same outputs, and dW1 `unit` times as large
        right = reg_utils.backward_propagation(X, Y, gc_utils.forward_propagation_n(X, Y, parameters)[1])
        cases.append(
            (parameters, {name: value * factors.get(name, 1) for name, value in right.items()}, X, Y)
        )
    return cases


def _names(got: list[Any], expected: list[str]) -> str:
    """How two lists of names differ, as a sentence."""
    if sorted(map(str, got)) == sorted(expected):
        return "The names are right, in another order."
    if got and not set(got) & set(expected) and set(got) <= {"W1", "b2", "b3"}:
        return "These are the blocks that are right."
    missing = [name for name in expected if name not in got]
    more = [str(name) for name in got if name not in expected]
    if bool(missing) == bool(more):
        return ""
    *first, last = missing or more
    those = f"{', '.join(first)} and {last} are" if first else f"{last} is"
    return f"{those} {'missing' if missing else 'too many'}."


def backward_propagation_n(answer: Answer) -> str:
    """The six gradients of the classic test case, with labels in both shapes, and the cache left as it was."""
    flat, changed, others = both_shapes(answer)
    answer.seen = [flat, float(changed), float(others)]
    X, Y, parameters = gradient_check_n_test_case()
    cache = gc_utils.forward_propagation_n(X, Y, parameters)[1]
    right = reg_utils.backward_propagation(X, Y.reshape(1, 3), cache)
    assert isinstance(flat, dict), Finding(f"it returns {flat}, expected a dictionary.")
    missing = ", ".join(name for name, value in flat.items() if value is None)
    assert not missing, Finding(f"{missing} is missing.")
    wrong = together(_block(name, value, right) for name, value in flat.items())
    assert not wrong, wrong
    assert not changed, Finding(
        "your function has changed the cache that it was given.",
        hint="`dZ = A` is another name for the same array, and `-=` or an index writes into it: make a new one. Then run "
        "the cell that makes `case_cache` again.",
    )
    assert not others, Finding(
        "with Y of shape (1, 3) instead of (3,) the gradients are others.",
        hint="which of the arguments has a column for each example, whatever shape Y has?",
    )
    return "all six gradients of the network with 47 parameters, and the cache left as it was"


def both_shapes(function: Any) -> tuple[Any, bool, bool]:
    """The gradients of the classic test case; whether the cache has changed; whether Y in one row gives others."""
    X, Y, parameters = gradient_check_n_test_case()
    cache = gc_utils.forward_propagation_n(X, Y, parameters)[1]
    before = gc_utils.copied(cache)
    flat, row = six_of(function(X, Y, cache)), six_of(function(X, Y.reshape(1, 3), gc_utils.copied(before)))
    return flat, not gc_utils.same_arrays(before, cache), _differ(flat, row)


def _differ(one: Any, other: Any) -> bool:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return bool(one != other)
    try:
        return not all(np.allclose(one[name], other[name], rtol=1e-6, atol=1e-9) for name in one)
    except (TypeError, ValueError):  # entries that are no numbers, or do not fit
        return True


def six_of(got: Any) -> Any:
    """The six gradients by name, None for one that is missing; in words what came if that is no dictionary."""
    if not isinstance(got, dict):
        return gc_utils.kind_of(got)
    return {name: got.get(name) for name in ("dW3", "db3", "dW2", "db2", "dW1", "db1")}


def _block(name: str, value: Any, all_right: dict[str, Any]) -> Finding | None:
    """What is wrong with one gradient; None if nothing is."""
    right = all_right[name]
    others = {f"what {other} should be": all_right[other] for other in all_right if other != name}
    if not isinstance(value, np.ndarray) or value.shape != right.shape:
        said = f"is {gc_utils.kind_of(value)}, expected an array of shape {right.shape}."
        hint = (
            "sum over the examples alone, and keep the column: axis=1, keepdims=True."
            if name[1] == "b"
            else ""
        )
        return Finding(said, name, value, right, also=observed(value, right, {"m": 3}, others), hint=hint)
    if np.allclose(value, right, rtol=1e-6, atol=1e-9):
        return None
    place = np.unravel_index(np.argmax(abs(value - right)), right.shape)
    fact = f"is {value[place]:.4g}, expected {right[place]:.4g}."
    return Finding(
        fact, f"{name}{[int(i) for i in place]}", value, right, also=observed(value, right, {"m": 3}, others)
    )
