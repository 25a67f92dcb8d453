"""Numbers that tell wrong answers apart: what a graded function returned, as one short list of floats.

    fingerprint(describe, got) -> list[float]
    alike(one, other) -> bool           whether two fingerprints are the same behaviour
    why(function_name, got) -> dict     the fields that a known wrong answer adds to a Finding; {} if it is not one

A fingerprint begins with its absolute tolerance. Behaviour that depends on nothing but the inputs has tolerance 0: the
returned values follow, rounded to 6 significant digits, with markers of type, shape and dictionary keys between them.
Behaviour that depends on random draws is described by statistics instead, and two of them agree within the tolerance.

`describe` names one of DESCRIPTIONS: a function of `got` that returns (tolerance, anything that holds numbers, arrays,
strings, lists and dictionaries). `got` is what the function returned on the visible inputs, or a list of returns when
it is called several times; a text, such as the name of an exception, may stand where a call failed. fingerprints.json
says which description each graded function has.
"""

from __future__ import annotations

import functools
import itertools
import json
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from course_data import course_file
from course_draws import likeness, scale_between
from course_network import Array

RANDOM_TOLERANCE = 0.15
APART = (
    5.0  # standard errors of a difference between two draws, which is the tolerance: more by chance in 6e-7
)
MASK_TOLERANCE = 0.06  # a fraction of 4,000 draws is known to 0.02
_NAN, _POSITIVE, _NEGATIVE = 1e300, 2e300, 3e300  # JSON has no nan and no inf
_NONE, _TEXT, _LIST, _DICT, _NUMBER, _ARRAY, _OTHER = range(-7, 0)  # markers of type
_KINDS = "biufc"  # bool, signed, unsigned, float, complex


def fingerprint(describe: str, got: Any) -> list[float]:
    """`got` as a flat list of finite floats that JSON keeps exactly; the first is the tolerance.

    Raises
    ------
    KeyError
        If `describe` is not the name of a description; `got` may be anything.
    """
    description = DESCRIPTIONS[describe]
    try:
        tolerance, described = description(got)
    except Exception as error:  # a statistic of something that is not what it should be
        tolerance, described = 0.0, [type(error).__name__, got]
    return [float(tolerance), *_flat(described)]


def alike(one: list[float], other: list[float]) -> bool:
    """Whether two fingerprints agree: same length, and every number within the tolerance or 1e-5 of its size."""
    if len(one) != len(other) or one[:1] != other[:1]:
        return False
    a, b = np.array(one), np.array(other)
    return bool(np.all(np.abs(a - b) <= a[0] + 1e-5 * np.maximum(np.abs(a), np.abs(b))))


def why(function_name: str, got: Any) -> dict[str, str]:
    """The known wrong answer that `got` looks like, as fields of a Finding: misconception, looks_like, hint; or {}.

    Reads fingerprints.json, which holds numbers and sentences but no code. Never raises.
    """
    exercise = _table().get(function_name)
    if exercise is None:
        return {}
    found = fingerprint(exercise["describe"], got)
    known = [entry for entry in exercise["known"] if alike(found, entry["vector"])]
    if len({entry.get("family") or entry["name"] for entry in known}) != 1:
        return {}  # none, or several that the visible inputs do not tell apart
    nearest = min(known, key=lambda entry: np.max(np.abs(np.array(entry["vector"]) - found)))
    family = nearest.get("family")  # of mistakes that behave alike the one that it is named after speaks
    speaker = next((entry for entry in known if len(known) > 1 and entry["name"] == family), nearest)
    return {"misconception": speaker["name"], "looks_like": speaker["looks_like"], "hint": speaker["hint"]}


@functools.cache
def _table() -> dict[str, dict[str, Any]]:
    try:
        table: dict[str, dict[str, Any]] = json.loads(course_file("fingerprints.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return table


def _flat(value: Any) -> list[float]:
    if value is None:
        return [_NONE]
    if isinstance(value, str):
        return [_TEXT, float(zlib.crc32(value.encode()))]
    if isinstance(value, dict):
        items = sorted(value.items(), key=lambda item: str(item[0]))
        return [_DICT, float(len(items)), *(x for k, v in items for x in (*_flat(str(k)), *_flat(v)))]
    if isinstance(value, (list, tuple)):
        return [_LIST, float(len(value)), *(x for item in value for x in _flat(item))]
    array = np.asarray(value)
    if array.dtype.kind not in _KINDS:
        return [_OTHER, *_flat(type(value).__name__)]
    kind = float(_KINDS.index(array.dtype.kind))
    marks = [_ARRAY, kind, float(array.ndim), *map(float, array.shape)] if array.ndim else [_NUMBER, kind]
    parts = (array.real, array.imag) if array.dtype.kind == "c" else (array,)
    return [*marks, *(_rounded(float(x)) for part in parts for x in np.ravel(part))]


def _rounded(x: float) -> float:
    """x with 6 significant digits; noise below 1e-12 is 0; nan and inf become numbers of their own."""
    if np.isnan(x):
        return _NAN
    if np.isinf(x):
        return _POSITIVE if x > 0 else _NEGATIVE
    return 0.0 if abs(x) < 1e-12 else float(f"{x:.6g}")


def exactly(got: Any) -> tuple[float, Any]:
    """What was returned, value by value."""
    return 0.0, got


def as_number(got: Any) -> tuple[float, Any]:
    """A number, or a list of numbers, whatever size-1 shape each has: a (1, 1) cost counts as a cost."""
    if isinstance(got, list):
        return 0.0, [as_number(item)[1] for item in got]
    is_number = np.size(got) == 1 and not isinstance(got, (str, bool, np.bool_))
    return 0.0, float(np.squeeze(got)) if is_number else got


def parameter_statistics(got: Any) -> tuple[float, Any]:
    """A random parameters dictionary, or a list of them: per array its shape and how its entries are distributed.

    Of two dictionaries that follow each other and hold the same draws, in W1 of two shapes, also the ratio of scales.
    """
    if isinstance(got, list):
        ratios = [_ratio(*pair) for pair in itertools.pairwise(got)]
        return RANDOM_TOLERANCE, [[parameter_statistics(item)[1] for item in got], ratios]
    if not isinstance(got, dict):
        return RANDOM_TOLERANCE, ["not a dictionary", got if isinstance(got, str) else type(got).__name__]
    weights = [np.asarray(value) for name, value in got.items() if str(name).startswith("W")]
    repeated = any(_same_draws(*pair) for pair in itertools.pairwise(weights))
    return RANDOM_TOLERANCE, [repeated, {str(name): _distribution(value) for name, value in got.items()}]


def _ratio(one: Any, other: Any) -> float:
    """Ten times log2 of the ratio of scales of two W1 that hold the same draws in two shapes; 0 if they do not."""
    pair = [item["W1"] for item in (one, other) if isinstance(item, dict) and "W1" in item]
    if not all(isinstance(W, np.ndarray) and W.dtype.kind == "f" for W in pair):
        return 0.0
    if len(pair) != 2 or pair[0].shape == pair[1].shape:
        return 0.0
    return 10.0 * float(np.log2(scale_between(*pair) or 1.0))


def _same_draws(one: Array, other: Array) -> bool:
    """Whether two arrays begin with the same random numbers, up to a common factor."""
    count = min(one.size, other.size, 50)
    if (
        count < 5
        or one.dtype.kind not in "fiu"
        or other.dtype.kind not in "fiu"
        or not np.all(other.flat[:count])
    ):
        return False
    ratios = np.ravel(one)[:count] / np.ravel(other)[:count]
    return bool(np.ptp(ratios) < 1e-6 * np.max(np.abs(ratios)) and np.ptp(np.ravel(one)[:count]) > 0)


def _distribution(value: Any) -> list[Any]:
    """Shape and kind; then, of a large enough array, how its numbers are distributed.

    That is the logarithm of their standard deviation, mean / deviation, the logarithm of the kurtosis, each in units in
    which APART standard errors of a difference are RANDOM_TOLERANCE: two samples of one distribution agree, and two
    distributions that can be told apart do not; whether one lies further than three deviations out; and the share of
    different numbers. Of n normal numbers the standard errors are the roots of 1 / 2n, 1 / n and 24 / 9n.
    """
    array = np.asarray(value)
    shape = "x".join(map(str, array.shape)) + array.dtype.kind
    if not isinstance(value, np.ndarray):
        return [type(value).__name__, shape]
    if array.dtype.kind not in _KINDS or not np.all(np.isfinite(array)):
        return [shape, "not finite numbers"]
    deviation = float(np.std(array)) if array.size else 0.0
    if array.size < 4000 or deviation < 1e-12 * (1 + np.max(np.abs(array))):
        same = array.size > 0 and np.ptp(array) == 0
        constant = float(array.flat[0]) + 0.0 if same else 0.0  # no -0
        drawn = constant % 1 or (array.size == 1 and (array.dtype.kind in "iu" or constant not in (0, 1)))
        return [shape, "varied" if not same else "one random number" if drawn else f"all {constant:g}"]
    if array.shape[0] > 1 and np.all(array == array[:1]):
        return [shape, "all rows equal"]  # of too few independent draws for what follows
    centred = (array - np.mean(array)) / deviation
    kurtosis = min(float(np.mean(centred**4)), 12.0)
    unit = APART * (2 / array.size) ** 0.5 / RANDOM_TOLERANCE
    far = bool(np.max(np.abs(centred)) > 3)
    different = np.unique(np.abs(array / deviation).round(8)).size / array.size
    like = likeness(array) if array.ndim == 2 and min(array.shape) >= 50 else 1.0
    if not 0.7 < like < 1.3:  # of too few independent draws for what follows
        rest = centred - centred.mean(axis=0) - centred.mean(axis=1, keepdims=True)
        alike = "a row and a column added" if np.max(np.abs(rest)) < 1e-6 else "rows alike"
        return [shape, "rows at right angles" if like < 0.7 else alike, different]
    shift = min(max(float(np.mean(array)) / deviation, -3.0), 3.0)
    tail = np.log(kurtosis) / ((24 / 9) ** 0.5 * unit * max(1.0, kurtosis / 3))
    return [shape, 2**0.5 * np.log(deviation) / unit, shift / unit, tail, far, different]


def dropout_statistics(got: Any) -> tuple[float, Any]:
    """(A3, 14-tuple cache) of a forward pass with dropout, or a list of them: what the masks and their use look like.

    Per hidden layer: the shapes of mask and activations, the fraction kept, how much it varies between the units and
    between the examples (0 where whole rows or columns share their fate), and the ratio of A to relu(Z) where
    it is kept. Then how the LINEAR steps and the output follow from the cache, and how often the two masks agree.
    """
    if isinstance(got, list):
        return MASK_TOLERANCE, [dropout_statistics(item)[1] for item in got]
    if not isinstance(got, tuple) or len(got) != 2 or not isinstance(got[1], tuple) or len(got[1]) != 14:
        return MASK_TOLERANCE, ["not (A3, 14-tuple)", got if isinstance(got, str) else type(got).__name__]
    A3, (_, D1, A1, _, _, Z2, D2, A2, W2, b2, Z3, _, W3, b3) = np.asarray(got[0]), map(np.asarray, got[1])
    layers = [_mask_statistics(*(np.asarray(item) for item in got[1][i : i + 3])) for i in (0, 5)]
    return MASK_TOLERANCE, [
        str(A3.shape),
        layers,
        _output(A3, Z3),
        [_linear_step(Z2, W2, A1, b2), _linear_step(Z3, W3, A2, b3)],
        float(np.mean((D1 != 0) == (D2 != 0))) if _entry_by_entry(D1, D2) else -1.0,
    ]


def _output(A3: Array, Z3: Array) -> str:
    """How the output follows from Z3."""
    if A3.shape != Z3.shape:
        return "another shape"
    squashed = 1.0 / (1.0 + np.exp(-np.clip(Z3.astype(float), -700, 700)))
    for name, right in (("sigmoid", squashed), ("Z3", Z3)):
        if np.allclose(A3, right):
            return name
    factors = (A3 / squashed)[A3 != 0]
    same = factors.size > 0 and np.allclose(factors, factors[0])
    return "sigmoid times one factor where not 0" if same else "neither"


def _entry_by_entry(one: Array, other: Array) -> bool:
    """Whether two masks of one shape hold enough draws to say how often they agree."""
    masks = [np.asarray(mask != 0, dtype=float) for mask in (one, other)]
    return one.shape == other.shape and all(_spread(mask, axis) == 1 for mask in masks for axis in (0, 1))


def _linear_step(Z: Any, W: Any, before: Any, b: Any) -> str:
    """How Z follows from what stands before it in the cache."""
    if (
        W.ndim != 2
        or before.ndim != 2
        or (W.shape[0], before.shape[1], W.shape[1]) != (*Z.shape, before.shape[0])
    ):
        return "no product"
    product = np.dot(W, before)
    if b.shape == (len(Z), 1) and np.allclose(Z, product + b):
        return "W A + b"
    return "W A" if np.allclose(Z, product) else "neither"


def _mask_statistics(Z: Any, D: Any, A: Any) -> list[Any]:
    kept = np.asarray(D != 0, dtype=float)
    shapes = f"{Z.shape} {D.shape} {A.shape}"
    if kept.shape != Z.shape or Z.shape != A.shape or not kept.size:
        return [shapes]
    alive = (Z > 0) & (A != 0)
    ratio = float(np.median(A[alive] / Z[alive])) if alive.any() else 0.0
    dead = float(np.mean(A[Z > 0] == 0)) if (Z > 0).any() else 0.0
    below = bool(np.any(A[Z < 0] != 0))  # relu left nothing there
    binary = bool(np.all((D == 0) | (D == 1)))
    spread = [_spread(kept, 1), _spread(kept, 0)]
    shares = [kept.mean(), dead] if min(spread) else []  # a few draws for whole rows or columns say little
    return [shapes, binary, 60 * min(ratio, 100.0), below, *spread, *shares]  # the ratio is exact: to 0.001


def _spread(kept: Any, axis: int) -> float:
    """1 if the mask varies within a row (axis 1) or column (axis 0) of every kind, 0 if it is the same all along."""
    return float(np.mean(np.ptp(kept, axis=axis) > 0) > 0.5) if kept.shape[axis] > 1 else -1.0


DESCRIPTIONS: dict[str, Callable[[Any], tuple[float, Any]]] = {
    "exactly": exactly,
    "as_number": as_number,
    "parameter_statistics": parameter_statistics,
    "dropout_statistics": dropout_statistics,
}
