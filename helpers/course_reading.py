"""What a wrong result has in common with the right one, read off the numbers: facts, never guesses.

    observed(got, expected, factors, others)    a sentence on an array or a number that is wrong, "" if nothing holds
    as_sum(got, base, term, words, factors)     the same, where what is expected is `base` plus a term
    observed_pair(got, expected, names)         of a wrong pair of numbers or booleans
    kind(got, expected)                         one of KINDS: what a hidden check may say, in words without any value

Every sentence can be checked by hand from the numbers shown beside it. The notebook's card, the feedback page and
`grader explain` show it as it is, in a finding's `also` or `observed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from course_network import Array

CLOSE = 1e-4  # of the largest entry: what single precision leaves of a pass through a network, and room
Named = Mapping[str, float]  # numbers that stand in the exercise: {"m": 5, "keep_prob": 0.8}
ROOTS = {"the root of 2": 2**0.5, "the root of 1/2": 0.5**0.5}
SIMPLE = (2.0, 3.0, 4.0, 10.0, 100.0, 0.5, 1 / 3, 0.25, 0.1, 0.01, *ROOTS.values())

SIGN = "Every entry has the wrong sign."
FACTOR = "Every entry is the same multiple of what is expected."
ALL_OTHER = "All other entries are right."
TRANSPOSED = "It is the transpose of what is expected."
RESHAPED = "The values are those expected, in another shape."
ZEROS = "Every entry is 0."
SIZES = "Sizes are as expected, some signs are not."
SHIFTED = "Every entry differs from what is expected by the same number."
ROUNDED = "It is what is expected, rounded."
SPECIAL = "It is nan or infinite."
KINDS = frozenset(
    (SIGN, FACTOR, TRANSPOSED, RESHAPED, ZEROS, SIZES, SHIFTED, ROUNDED, SPECIAL)
)  # all that a hidden check ever says of a result


def kind(got: Any, expected: Any) -> str:
    """The kind of difference between a wrong result and the right one: one of KINDS, or "". Never raises."""
    try:
        one, other = _numbers(got), _numbers(expected)
    except (TypeError, ValueError):
        return ""
    if not one.size or not other.size:
        return ""
    usable = _KINDS if other.size > 1 else [pair for pair in _KINDS if pair[0] in (SPECIAL, ROUNDED)]
    return next((name for name, holds in usable if holds(one, other)), "")


def observed(
    got: Any, expected: Any, factors: Named | None = None, others: Mapping[str, Any] | None = None
) -> str:
    """What holds for a wrong array, or number, as a whole, as a sentence; "" if nothing does. Never raises.

    Parameters
    ----------
    factors : numbers of the exercise that a factor may be, by their names
    others : what else the result may be equal to, by its name: {"dW2 without its penalty": array}
    """
    try:
        one, other = _numbers(got), _numbers(expected)
    except (TypeError, ValueError):
        return ""
    facts: list[Callable[[], str]] = [
        lambda: SPECIAL if one.size and not np.all(np.isfinite(one)) else "",
        lambda: _type_alone(got, one, other),
        lambda: _form(one, other),
        lambda: (
            ZEROS if _same_form(one, other) and one.size > 1 and not np.any(one) and np.any(other) else ""
        ),
        lambda: _equal_to(one, other, others or {}),
        lambda: _multiple(one, other, factors or {}),
        lambda: _moved(one, other),
        lambda: _elsewhere(one, other),
        lambda: _rounded(one, other),
        lambda: _slight(one, other),
    ]
    with np.errstate(all="ignore"):
        return next((said for said in (fact() for fact in facts) if said), "")


def as_sum(got: Any, base: Any, term: Any, words: tuple[str, str], factors: Named | None = None) -> str:
    """How a wrong result is made of two parts whose sum is expected; "" if it is not, or not in a simple way.

    `words` are what the parts are called: ("the gradient of the cross-entropy", "the penalty's").
    """
    try:
        one, first, second = (np.asarray(part, dtype=float) for part in (got, base, term))
    except (TypeError, ValueError):
        return ""
    if not one.shape == first.shape == second.shape or not np.all(np.isfinite(one)) or not np.any(second):
        return ""
    share = float(np.vdot(second, one - first) / np.vdot(second, second))
    if abs(share - 1) < 1e-3 or not _near(one, first + share * second, first + second):
        return ""
    if abs(share) < 1e-4:
        return f"It is {words[0]} without {words[1]}."
    if abs(share + 1) < 1e-4:
        return f"It is {words[0]} minus {words[1]} instead of plus."
    if one.size < 2 and not _is_simple(share, factors or {}):
        return ""  # of one number some share always fits
    return f"In it, {words[1]} counts {share:.4g} times{_called(share, factors or {})}."


def observed_pair(got: Any, expected: Any, names: tuple[str, str]) -> str:
    """What holds for a wrong pair: exchanged, one of the two alone, both off by the same number; "" if nothing does."""
    try:
        (a, b), (c, d) = map(float, got), map(float, expected)
    except (TypeError, ValueError):
        return ""
    if (a, b) == (d, c):
        return "The two are exchanged."
    if a != c and b != d and {a, b, c, d} <= {0, 1}:
        return "Both are the other way round."
    if a - c == b - d:
        return f"Both are {abs(a - c):g} too {'large' if a > c else 'small'}."
    if (a == c) != (b == d):
        return f"{names[0] if a == c else names[1]} is right, {names[1] if a == c else names[0]} is not."
    return ""


def _numbers(value: Any) -> Array:
    if value is None:
        raise TypeError  # of which NumPy makes nan
    return np.asarray(value, dtype=float)


def _same_form(one: Array, other: Array) -> bool:
    return one.shape == other.shape and one.size > 0 and bool(np.all(np.isfinite(one)))


def _near(one: Array, other: Array, size: Array | None = None) -> bool:
    """Whether two arrays agree to CLOSE of the largest entry of the second, or of a third."""
    scale = np.max(np.abs(other if size is None else size), initial=0.0)
    return one.shape == other.shape and bool(np.all(np.abs(one - other) <= CLOSE * scale))


def _type_alone(got: Any, one: Array, other: Array) -> str:
    """That the values are right, but not in an array."""
    plain = isinstance(got, (list, tuple)) or (isinstance(got, np.ndarray) and got.dtype.kind == "O")
    return f"The values are right, in a {type(got).__name__}." if plain and _near(one, other) else ""


def _form(one: Array, other: Array) -> str:
    """What holds for an array of another shape, or for one that is turned."""
    if one.ndim == 2 and one.T.shape == other.shape and one.size > max(one.shape) and _near(one.T, other):
        return TRANSPOSED if not _near(one, other) else ""
    if one.shape == other.shape or not one.size:
        return ""
    if one.size == other.size and _near(one.ravel(), other.ravel()):
        return RESHAPED
    for axis in range(other.ndim):
        if _near(np.squeeze(one), np.sum(other, axis)):
            return f"It is what is expected, summed over {'rows' if axis == 0 else 'columns'}."
    return ""


def _equal_to(one: Array, other: Array, others: Mapping[str, Any]) -> str:
    """That a result is one of others, which what is expected is not."""
    for name, value in others.items():
        array = np.asarray(value, dtype=float)
        if _same_form(one, array) and _near(one, array) and not _near(other, array):
            return f"It is {name}."
    return ""


def _multiple(one: Array, other: Array, factors: Named) -> str:
    """That each entry is the same multiple of what is expected, and which."""
    if not _same_form(one, other) or not np.any(other):
        return ""
    factor = float(np.vdot(other, one) / np.vdot(other, other))
    if abs(factor - 1) < 1e-3 or abs(factor) < 1e-9 or not _near(one, factor * other):
        return ""
    entry = "Every entry" if one.size > 1 else "It"
    if abs(factor + 1) < 1e-4:
        return f"{entry} has the wrong sign."
    if np.count_nonzero(other) < 3 and not _is_simple(factor, factors):
        return ""  # any number is a multiple of any other, and two are of two more often than one thinks
    return f"{entry} is {factor:.4g} times what is expected{_called(factor, factors)}."


def _is_simple(factor: float, factors: Named) -> bool:
    """Whether a factor is a number of the exercise, or one like 2 or 1/10, so that it is no chance."""
    known = [*SIMPLE, *(value for _, value in _names(factors))]
    return any(abs(abs(factor) / value - 1) < 1e-4 for value in known)


def _called(factor: float, factors: Named) -> str:
    """What a factor is called, to follow it: "; 0.25 is 1 / m"; "" if nothing, or more than one thing, fits."""
    found = [name for name, value in _names(factors) if abs(factor / value - 1) < 1e-4]
    found += [name for name, value in ROOTS.items() if abs(factor / value - 1) < 1e-4]
    return f"; {factor:.4g} is {found[0]}" if len(found) == 1 else ""


def _names(factors: Named) -> Iterator[tuple[str, float]]:
    for name, value in factors.items():
        if value and value != 1:
            yield name, value
            yield f"1 / {name}", 1 / value
            yield f"{name} squared", value**2
            yield f"1 / {name} squared", 1 / value**2
        if value > 0 and value != 1:
            yield f"the root of {name}", value**0.5
            yield f"1 / the root of {name}", value**-0.5
    if (m := factors.get("m", 0)) > 2:
        yield "m / (m - 1)", m / (m - 1)
        yield "(m - 1) / m", (m - 1) / m
        yield "the root of m / (m - 1)", (m / (m - 1)) ** 0.5
        yield "the root of (m - 1) / m", ((m - 1) / m) ** 0.5


def _moved(one: Array, other: Array) -> str:
    """That the right numbers stand at other places, or are off by the same number, or have other signs."""
    if not _same_form(one, other) or one.size < 2 or _near(one, other):
        return ""
    for axis, lines in enumerate(("rows", "columns")[: one.ndim] if one.ndim == 2 else ("entries",)):
        if one.shape[axis] > 1 and _near(np.flip(one, axis), other):
            return f"The {lines} are in the opposite order."
        for step in (1, -1):
            if one.shape[axis] > 2 and _near(np.roll(one, -step, axis), other):
                return f"The {lines} are those expected, moved by one place."
    if one.ndim == 2 and one.shape[0] > 1 and _near(np.sort(one, axis=0), np.sort(other, axis=0)):
        return "Each column holds the right numbers, in other rows."
    shift = float(np.mean(one - other))
    if abs(shift) > CLOSE * np.max(np.abs(other)) and _near(one - other, np.full(one.shape, shift)):
        return f"Every entry is {abs(shift):.4g} too {'large' if shift > 0 else 'small'}."
    return SIZES if _near(np.abs(one), np.abs(other)) else ""


def _elsewhere(one: Array, other: Array) -> str:
    """That all is right but for one entry, row or column, or but for where 0 is expected."""
    if not _same_form(one, other) or one.size < 3:
        return ""
    wrong = np.abs(one - other) > CLOSE * np.max(np.abs(other))
    if 0 < np.count_nonzero(wrong) < wrong.size:
        if np.count_nonzero(wrong) == 1:
            return ALL_OTHER
        for axis, line in enumerate(("column", "row") if one.ndim == 2 else ()):
            lines = np.flatnonzero(np.any(wrong, axis=axis))
            if lines.size == 1 and wrong.shape[1 - axis] > 1:
                return f"Only {line} {lines[0]} is wrong."
        if np.all(other[wrong] == 0) and np.any(other):
            return "It is right wherever it should not be 0."
        if not np.any(one[wrong]):
            return "Where it is wrong it is 0."
    return ""


def _rounded(one: Array, other: Array) -> str:
    """That a result is what is expected with few decimals."""
    if not _same_form(one, other):
        return ""
    for decimals in range(11):
        half = 0.5 * 10.0**-decimals
        if np.all(one == np.round(one, decimals)) and np.all(np.abs(one - other) <= half * (1 + 1e-6)):
            return f"It is what is expected, rounded to {decimals} decimals." if np.any(one != other) else ""
    return ""


def _slight(one: Array, other: Array) -> str:
    """How small a difference is that four digits do not show."""
    if not _same_form(one, other) or not _near(one, other):
        return ""
    return f"The largest difference is {np.max(np.abs(one - other)):.2g}." if np.any(one != other) else ""


def _proportional(one: Array, other: Array, sign: int) -> bool:
    if not _same_form(one, other) or not np.any(other):
        return False
    factor = float(np.vdot(other, one) / np.vdot(other, other))
    right = abs(factor + 1) < 1e-4 if sign < 0 else abs(factor) > 1e-9 and abs(factor - 1) > 1e-3
    return right and _near(one, factor * other)


_KINDS: tuple[tuple[str, Callable[[Array, Array], bool]], ...] = (
    (SPECIAL, lambda one, other: not np.all(np.isfinite(one)) and bool(np.all(np.isfinite(other)))),
    (TRANSPOSED, lambda one, other: _form(one, other) == TRANSPOSED),
    (RESHAPED, lambda one, other: _form(one, other) == RESHAPED),
    (ZEROS, lambda one, other: one.shape == other.shape and not np.any(one) and bool(np.any(other))),
    (SIGN, lambda one, other: _proportional(one, other, -1)),
    (FACTOR, lambda one, other: _proportional(one, other, 1)),
    (SHIFTED, lambda one, other: _moved(one, other).startswith("Every entry is")),
    (SIZES, lambda one, other: _moved(one, other) == SIZES),
    (ROUNDED, lambda one, other: bool(_rounded(one, other))),
)
