"""The visible checks of the lesson on regularization: what `testCases.check` runs, one function for each answer.

Each calls the answer, tells `answer.seen` by what a known mistake is recognised, and asserts with a `Finding`. It
returns what it tried, for the line that says that all is well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import reg_utils
import testCases
from course_answers import Answer
from course_findings import Finding, difference, together
from course_reading import as_sum, observed, observed_pair
from testCases import near

Expected = dict[str, Any]
GRADIENTS = ("dW3", "db3", "dW2", "db2", "dW1", "db1")


def diagnose(answer: Answer) -> str:
    """Eight cases on both sides of the threshold, with and without the last arguments."""
    cases: list[tuple[tuple[float, ...], tuple[bool, bool]]] = [
        ((0.01, 0.11), (False, True)),
        ((0.09, 0.10), (True, False)),
        ((0.15, 0.30), (True, True)),
        ((0.005, 0.01), (False, False)),
        ((0.15, 0.16, 0.14), (False, False)),
        ((0.20, 0.12, 0.01), (True, False)),
        ((0.10, 0.17, 0.02, 0.09), (False, False)),
        ((0.02, 0.20, 0.15), (False, True)),
    ]
    pairs = answer.to_each(errors for errors, _ in cases)
    fits = [np.shape(pair) == (2,) and all(value in (0, 1) for value in pair) for pair in pairs]
    pairs = [tuple(map(bool, pair)) if whole else pair for pair, whole in zip(pairs, fits, strict=True)]
    answer.seen = pairs
    for (errors, right), pair, whole in zip(cases, pairs, fits, strict=True):
        gave = f"{errors} gave {pair!r}, expected"
        assert whole, Finding(f"{gave} two booleans (high_bias, high_variance).")
        assert pair == right, Finding(
            f"{gave} {right}.",
            got=str(pair),
            expected=str(right),
            also=observed_pair(pair, right, ("high_bias", "high_variance")),
        )
    return "eight pairs of errors, with and without a human error and a threshold"


def compute_cost_with_regularization(answer: Answer) -> str:
    """The classic test case."""
    answer.seen = cost = answer(*testCases.compute_cost_with_regularization_test_case(), 0.1)
    single = np.size(cost) == 1 and np.asarray(cost).dtype.kind == "f"
    kind = f"shape {np.shape(cost)} of type {type(cost).__name__}"
    assert single, Finding(f"returned {kind}, expected one number.")
    number = np.ravel(cost)[0]
    parts = "the sum of cross-entropy 1.60250 and penalty 0.18398"
    assert near(number, 1.7864859451590758, rtol=1e-5, atol=0), Finding(
        f"the cost is {number:.6g}, expected 1.78649, {parts}.",
        got=f"{number:.6g}",
        expected="1.78649",
        also=_cost_parts(float(number), 1.7864859451590758),
    )
    return "a network with sizes 3, 2, 3, 1, five examples and lambd 0.1"


def _cost_parts(number: float, right: float) -> str:
    """How a wrong cost is made of its two parts."""
    _, _, parameters = testCases.compute_cost_with_regularization_test_case()
    squares = {name: float(np.sum(parameters[name] ** 2)) for name in ("W1", "W2", "W3")}
    penalty = 0.1 / 10 * sum(squares.values())
    base, words = right - penalty, ("the cross-entropy", "the penalty")
    layers = {f"the cost with {name} alone in the penalty": base + 0.01 * squares[name] for name in squares}
    layers |= {f"the cost without {name} in the penalty": right - 0.01 * squares[name] for name in squares}
    return (
        as_sum(number, base, penalty, words, {"m": 5, "lambd": 0.1})
        or as_sum(number, penalty, base, words[::-1], {"m": 5})
        or observed(number, right, {"m": 5}, layers)
    )


def backward_propagation_with_regularization(answer: Answer) -> str:
    """The classic test case."""
    make = testCases.backward_propagation_with_regularization_test_case
    (X, Y, cache), fresh = make(), make()
    gradients = answer(X, Y, cache, 0.7)
    plain = reg_utils.backward_propagation(*fresh)
    right = {
        "dW3": np.array([[-1.77691347, -0.11832879, -0.09397446]]),
        "db3": plain["db3"],
        "dW2": np.array([[0.79276486, 0.85133918], [-0.0957219, -0.01720463], [-0.13100772, -0.03750433]]),
        "db2": plain["db2"],
        "dW1": np.array([[-0.25604646, 0.12298827, -0.28297129], [-0.17706303, 0.34536094, -0.4410571]]),
        "db1": plain["db1"],
    }
    answer.seen = [_judged(gradients), list(cache)]
    _expect_dictionary(gradients)
    lambd, weights = {"m": 5, "lambd": 0.7}, {"dW1": fresh[2][2], "dW2": fresh[2][6], "dW3": fresh[2][10]}
    penalty = 0.7 / 10 * sum(np.sum(W**2) for W in weights.values())

    def also(name: str) -> str:
        words = "the gradient of the cross-entropy", "the penalty's term"
        parts = plain[name], 0.7 / 5 * weights[name] if name in weights else 0 * plain[name]
        said = as_sum(gradients[name], *parts, words, lambd)
        said = said or as_sum(gradients[name], *parts[::-1], words[::-1], lambd)
        others = {f"{words[0]} plus the penalty itself, a number": plain[name] + penalty}
        return said or observed(gradients[name], right[name], lambd, others | _other_blocks(name, right))

    wrong = together(_block(name, gradients[name], block, also=also) for name, block in right.items())
    assert not wrong, wrong
    _expect_unchanged((X, Y, *cache), (fresh[0], fresh[1], *fresh[2]))
    return "all six gradients of a network with sizes 3, 2, 3, 1 and lambd 0.7"


def _judged(gradients: Any) -> Any:
    """The six gradients that count, or what came instead."""
    return (
        [gradients.get(name) for name in GRADIENTS]
        if isinstance(gradients, dict)
        else type(gradients).__name__
    )


def _expect_dictionary(gradients: Any) -> None:
    kind = type(gradients).__name__
    assert isinstance(gradients, dict), Finding(f"returned a {kind}, expected a dictionary.")
    missing = ", ".join(name for name in GRADIENTS if name not in gradients)
    assert not missing, Finding(f"the dictionary has no {missing}.")


def _other_blocks(name: str, right: Expected) -> Expected:
    """What the other gradients should be, by words."""
    return {f"what {other} should be": np.asarray(block) for other, block in right.items() if other != name}


def _block(name: str, value: Any, *right: Any, also: Callable[[str], str]) -> Finding | None:
    """What is wrong with a gradient that should be one of `right`, the first of which is shown; None if nothing is."""
    got, block = np.asarray(value), np.asarray(right[0])
    if got.shape != block.shape:
        said = f"has shape {got.shape}, expected {block.shape}."
        return Finding(said, name, got, block, also=also(name))
    if any(near(got, one) for one in right):
        return None
    at, fact = difference(got, block, rtol=1e-4, atol=1e-6)
    return Finding(f"{fact}.", name + at, got, block, also=also(name))


def _expect_unchanged(arrays: tuple[Any, ...], before: tuple[Any, ...]) -> None:
    same = all(np.array_equal(one, other) for one, other in zip(arrays, before, strict=True))
    assert same, Finding(
        "X, Y or the cache has changed, and training goes on with these arrays.",
        hint="`*=`, `+=` and their like write into the caller's own array: `W * …` makes a new one.",
    )


def backward_propagation_with_dropout(answer: Answer) -> str:
    """The classic test case, and the gradients in between if they are there, wherever the 1/m stands."""
    make = testCases.backward_propagation_with_dropout_test_case
    (X, Y, cache), (fresh_X, fresh_Y, fresh) = make(), make()
    gradients = answer(X, Y, cache, 0.8)
    answer.seen = [_judged(gradients), list(cache)]
    _expect_dictionary(gradients)

    def also(name: str) -> str:
        expected = _CLASSIC_DROPOUT[name] if name in _CLASSIC_DROPOUT else between[name]
        others = _without_masks(name, fresh_X, fresh_Y, fresh)
        # where [A > 0] hides a missing mask, a missing division gives the same numbers
        others = {words: value for words, value in others.items() if not _is_undivided(value, expected)}
        others |= _other_blocks(name, _CLASSIC_DROPOUT)
        return observed(gradients[name], expected, {"m": 5, "keep_prob": 0.8}, others)

    wrong = together(
        _block(name, gradients[name], block, also=also) for name, block in _CLASSIC_DROPOUT.items()
    )
    drawn = (
        "gave other gradients for the same cache a second time: its masks are there, D1 and D2; draw nothing."
    )
    # as texts, in which nan is nan; six times, because a few new draws may agree where it matters
    same = not wrong or {repr(_judged(answer(*make(), 0.8))) for _ in range(6)} == {repr(_judged(gradients))}
    assert same, Finding(drawn)
    assert not wrong, wrong
    between = {name: np.array(block) for name, block in _BETWEEN.items()}  # those of (5) and (6)
    between["dZ3"] = fresh[11] - fresh_Y
    between["dZ2"] = between["dA2"] * (fresh[7] > 0)
    between["dZ1"] = between["dA1"] * (fresh[2] > 0)
    answer.seen[0] += [gradients.get(name) for name in ("dA2", "dA1")]
    wrong = together(
        _block(name, gradients.get(name, block), block, block / 5, also=also)
        for name, block in between.items()
    )
    assert not wrong, wrong
    _expect_unchanged((X, Y, *cache), (fresh_X, fresh_Y, *fresh))
    return "all gradients of a network with sizes 3, 2, 3, 1 under given masks and keep_prob 0.8"


def _is_undivided(value: Any, expected: Any) -> bool:
    """Whether a gradient is the expected one without one or two divisions by keep_prob, which is 0.8."""
    return any(near(value, share * np.asarray(expected)) for share in (0.8, 0.64))


def _without_masks(name: str, X: Any, Y: Any, cache: Any) -> Expected:
    """What a gradient is where the masks do not reach it, by words; for keep_prob 0.8."""
    Z1, _, A1, _, _, Z2, _, A2, W2, _, _, A3, W3, _ = cache
    found: Expected = {}
    for divided, factor in ((", divided by keep_prob", 1 / 0.8), ("", 1.0)):
        for slope, on_2, on_1 in (("[A > 0]", A2 > 0, A1 > 0), ("[Z > 0]", Z2 > 0, Z1 > 0)):
            dA2 = factor * W3.T @ (A3 - Y)
            dA1 = factor * W2.T @ (dA2 * on_2)
            found[f"{name} without the masks{divided}, with {slope} for relu"] = {
                "dA2": dA2,
                "dW2": dA2 * on_2 @ A1.T / 5,
                "db2": np.sum(dA2 * on_2, axis=1, keepdims=True) / 5,
                "dA1": dA1,
                "dW1": dA1 * on_1 @ X.T / 5,
                "db1": np.sum(dA1 * on_1, axis=1, keepdims=True) / 5,
            }.get(name, np.nan)
    return found


_CLASSIC_DROPOUT: Expected = {
    "dW3": [[-0.06951191, 0.0, 0.0]],
    "db3": [[-0.2715031]],
    "dW2": [[-0.00256518, -0.0009476], [0.0, 0.0], [0.0, 0.0]],
    "db2": [[0.06033089], [0.0], [0.0]],
    "dW1": [[0.00019884, 0.00028657, 0.00012138], [0.00035647, 0.00051375, 0.00021761]],
    "db1": [[-0.00037647], [-0.00067492]],
}
_BETWEEN: Expected = {
    "dA2": [
        [0.58180856, 0, -0.00299679, 0, -0.27715731],
        [0, 0.53159854, 0, 0.53159854, -0.34089673],
        [0, 0, -0.00292733, 0, 0],
    ],
    "dA1": [[0.36544439, 0, -0.00188233, 0, -0.17408748], [0.65515713, 0, -0.00337459, 0, 0]],
}


def early_stopping(answer: Answer) -> str:
    """Six lists of costs, each left as it was."""
    cases: list[tuple[list[float], int, tuple[int, int]]] = [
        ([5, 4, 3, 3.1, 3.2, 1], 2, (2, 4)),
        ([5, 4, 3, 3.1, 3.2, 1], 3, (5, 5)),
        ([0.9, 0.7, 0.8, 0.75, 0.72, 0.71, 0.73, 0.2], 4, (1, 5)),
        ([0.5, 0.5, 0.5, 0.4], 2, (0, 2)),
        ([5, 4, 4.5, 3, 3.5, 2, 2.5, 2.6], 2, (5, 7)),
        ([3, 2, 1], 1, (2, 2)),
    ]
    lists = [list(costs) for costs, _, _ in cases]
    pairs = answer.to_each((costs, case[1]) for costs, case in zip(lists, cases, strict=True))
    fits = [np.shape(pair) == (2,) and np.asarray(pair).dtype.kind in "iu" for pair in pairs]
    pairs = [tuple(map(int, pair)) if whole else pair for pair, whole in zip(pairs, fits, strict=True)]
    answer.seen = [pairs, lists]
    for (costs, patience, right), pair, whole in zip(cases, pairs, fits, strict=True):
        gave = f"{costs}, patience {patience} gave {pair!r}, expected"
        assert whole, Finding(f"{gave} two indices (best, stop), whole numbers.")
        also = observed_pair(pair, right, ("best", "stop"))
        assert pair == right, Finding(f"{gave} {right}.", got=str(pair), expected=str(right), also=also)
    same = lists == [costs for costs, _, _ in cases]
    assert same, Finding("the list of costs that it was given has changed.")
    return "six lists of costs: ties, late gains, an early stop, and one that never stops"


def augment_by_reflection(answer: Answer) -> str:
    """Three examples, mirrored in their second feature."""
    X, Y = np.array([[0.0, 1.0, 2.0], [3.0, -4.0, 5.0]]), np.array([[1, 0, 0]])
    result = answer(X, Y, 1)
    is_pair = isinstance(result, (tuple, list)) and len(result) == 2
    parts = [np.asarray(part) for part in result] if is_pair else result
    parts = (
        [part.astype(float) if part.dtype.kind in "biu" else part for part in parts] if is_pair else result
    )
    answer.seen = [parts, X, Y]
    kind = type(result).__name__
    assert is_pair, Finding(f"returned a {kind}, expected the pair (X_aug, Y_aug).")
    right = {
        "X_aug": np.array([[0.0, 1, 2, 0, 1, 2], [3, -4, 5, -3, 4, -5]]),
        "Y_aug": np.array([[1, 0, 0, 1, 0, 0]]),
    }
    for (name, block), got in zip(right.items(), parts, strict=True):
        shapes = f"has shape {got.shape}, expected {block.shape}."
        assert got.shape == block.shape, Finding(shapes, name, got, block)
    originals, copies = np.array([[0.0, 1, 2], [3, -4, 5]]), np.array([[0.0, 1, 2], [-3, 4, -5]])
    others = {
        "the copies first, then the originals": np.hstack([copies, originals]),
        "the originals twice": np.hstack([originals, originals]),
        "the copies twice": np.hstack([copies, copies]),
        "the originals, then copies with all features negated": np.hstack([originals, -originals]),
        "the originals, then copies with the other feature negated": np.hstack([originals, -copies]),
        "the originals, then the copies in the opposite order": np.hstack([originals, copies[:, ::-1]]),
        "the labels, then the labels turned over": np.array([[1, 0, 0, 0, 1, 1]]),
    }
    for (name, block), got in zip(right.items(), parts, strict=True):
        said = f"is {got.tolist()}, expected {block.tolist()}."
        assert near(got, block), Finding(said, name, got, block, also=observed(got, block, None, others))
    same = np.array_equal(X, [[0, 1, 2], [3, -4, 5]]) and np.array_equal(Y, [[1, 0, 0]])
    assert same, Finding("X or Y, which belong to the caller, have changed.")
    return "three examples with a negative and a zero feature, mirrored in the second feature"
