"""The visible checks of the lesson on gradient checking, for the network: what `testCases.check` runs.

See checks_gradient_checking, which has those for one parameter.
"""

from __future__ import annotations

from typing import Any

import gc_utils
import numpy as np
import reg_utils
from checks_gradient_checking import one_reading
from course_answers import Answer
from course_findings import Finding, together
from course_reading import observed
from testCases import gradient_check_n_test_case

CHANGED = "the result is right, but arrays that were passed in have changed."
COPIES = (
    "step in copies, and calculate into arrays of your own: `+=` and `-=` write into the array on their left. Then run the "
    "cell that begins with `case_X, case_Y`, and the draft's, again."
)


def gradient_check_n(answer: Answer) -> str:
    """Two planted bugs, other ones than those of the draft, and the right gradient with a large step."""
    X, Y, parameters = gradient_check_n_test_case()
    _, cache = gc_utils.forward_propagation_n(X, Y, parameters)
    right = reg_utils.backward_propagation(X, Y.reshape(1, 3), cache)
    wrong = {**right, "dW1": 3 * right["dW1"], "db2": right["db2"] / 2}
    fresh, passed = [gradient_check_n_test_case()[2] for _ in range(2)], gc_utils.copied(right)
    got = [
        gc_utils.tried(answer, fresh[0], gc_utils.copied(wrong), X, Y),
        gc_utils.tried(answer, fresh[1], passed, X, Y, 1e-2),
    ]
    changed = not gc_utils.same_arrays([parameters, parameters, right], [*fresh, passed])
    answer.seen = [*got, float(changed)]
    for difference in got:
        one_reading(difference)
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
    assert not changed, Finding(CHANGED, hint=COPIES)
    return "a gradient with two planted bugs, the right one with a large epsilon, and the arrays left as they were"


def wrong_blocks(answer: Answer) -> str:
    """Right gradients, and four blocks that are too large, one of them a block of small gradients."""
    cases, before = block_cases(), block_cases()
    got = [answer(*case) for case in cases]
    changed = not all(
        gc_utils.same_arrays(case[:2], old[:2]) for case, old in zip(cases, before, strict=True)
    )
    answer.seen = [*got, float(changed)]
    for names in got:
        is_list = isinstance(names, (list, tuple))
        assert is_list, Finding(f"it returns {gc_utils.kind_of(names)}, expected a list.")
    assert list(got[0]) == [], Finding(
        f"for right gradients it gives {got[0]}, expected [].",
        got=str(got[0]),
        expected="[]",
        hint="does each comparison hold the entries of one block and no others, and is each of the 47 slopes (1) as it is "
        "printed? Have the two parts of a block one shape? And are the two points arrays of their own? `dict(p)` and "
        "`p.copy()` copy a dictionary, not the arrays in it.",
    )
    expected = ["W1", "b1", "b2", "W3"]
    assert list(got[1]) == expected, Finding(
        f"it gives {got[1]}, expected {expected}.",
        got=str(got[1]),
        expected=str(expected),
        also=_names(list(got[1]), expected),
        hint=_next_step(list(got[1]), expected),
    )
    assert not changed, Finding(CHANGED, hint=COPIES)
    return (
        "right gradients, four wrong blocks at once, one of them small, and the arrays left as they were; "
        "no other threshold or epsilon"
    )


def block_cases() -> list[tuple[Any, ...]]:
    """The arguments of the two calls: parameters, gradients, X, Y; fresh ones."""
    cases = []
    for factors, unit in (({}, 1.0), ({"dW1": 1.5, "db1": 4, "db2": 2, "dW3": 3}, 3e-5)):
        X, Y, parameters = gc_utils.safe_case(9, 4)
        # the same outputs, and dW1 `unit` times as large
        X, parameters["W1"] = X * unit, parameters["W1"] / unit
        right = reg_utils.backward_propagation(X, Y, gc_utils.forward_propagation_n(X, Y, parameters)[1])
        wrong = {name: value * factors.get(name, 1) for name, value in right.items()}
        cases.append((parameters, wrong, X, Y))
    return cases


def _next_step(got: list[Any], expected: list[str]) -> str:
    if not got:
        return (
            "if your loop goes on to the last block, print the list in each round, and the size of what is compared: is "
            "the list made anew each time, or does a comparison such as `list == name` select nothing?"
        )
    if got == expected[1:]:
        return "dW1 is 1.5 times what it should be, and small, of norm 2.3e-05. Is the gap divided by both sizes, as in (4)?"
    return ""


def _names(got: list[Any], expected: list[str]) -> str:
    """How two lists of names differ, as a sentence."""
    if sorted(map(str, got)) == sorted(expected):
        return "The names are right, in another order."
    if got and not set(got) & set(expected) and set(got) <= {"W2", "b3"}:
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
        "the cell that begins with `case_X, case_Y` again, which makes the lesson's own cache.",
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
