"""What a check finds in an answer: facts as fields, and the one wording that is made of them.

    assert W1.shape == (2, 3), Finding("has shape (3, 2), expected (2, 3).", place="W1")

A check raises an ordinary AssertionError whose argument is a `Finding`; its text is what a student reads. Who shows it
in another form (a card, a page, a table) takes the fields, so no text is ever taken apart again.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from course_network import Array


@dataclass(frozen=True)
class Finding:
    """One thing that a check found; a field is empty where there is nothing to say.

    what : the fact as a sentence; it goes on from `place` if there is one
    place : what the fact is about, as it stands in code: "W1", "dW2[0, 1]"
    got, expected : what came and what should have come: a text, a number or an array
    misconception, looks_like : the known mistake that the answer behaves like: its name, and in words
    hint : a question or a pointer, never the code; that of the known mistake if there is one
    function : the graded function
    """

    what: str
    place: str = ""
    got: Any = ""
    expected: Any = ""
    misconception: str = ""
    looks_like: str = ""
    hint: str = ""
    function: str = ""

    def __str__(self) -> str:
        """The one wording: "f: W1 has …, expected …. This looks like: …. Hint: …"."""
        parts = [
            self.function and f"{self.function}:",
            self.place,
            self.what,
            self.looks_like and f"This looks like: {self.looks_like.rstrip('.')}.",
            self.hint and f"Hint: {self.hint}",
        ]
        return " ".join(part for part in parts if part)


def difference(got: Any, expected: Any, *, rtol: float, atol: float) -> tuple[str, str]:
    """Where two arrays of one shape differ first, and how: ("[0, 2]", "is 3, expected 4"); ("", "") if nowhere."""
    one, other = np.asarray(got), np.asarray(expected)
    differ = ~np.isclose(one, other, rtol=rtol, atol=atol, equal_nan=True)
    if not np.any(differ):
        return "", ""
    place = tuple(int(index) for index in np.argwhere(differ)[0])
    at = f"[{', '.join(map(str, place))}]" if place else ""
    return at, f"is {one[place]:.6g}, expected {other[place]:.6g}"


def compared(place: str, got: Any, expected: Array, *, rtol: float, atol: float) -> Finding | None:
    """That an array is not as expected, in its type, its shape or its first other number; None if it is."""
    if not isinstance(got, np.ndarray):
        return Finding(f"is a {type(got).__name__}, expected a NumPy array.", place)
    if got.shape != expected.shape:
        return Finding(f"has shape {got.shape}, expected {expected.shape}.", place, got, expected)
    at, fact = difference(got, expected, rtol=rtol, atol=atol)
    return Finding(f"{fact}.", place + at, got, expected) if fact else None


def first(findings: Any) -> Finding | None:
    """The first finding among some that may be None."""
    return next((finding for finding in findings if finding), None)


def parameters_finding(got: Any, layers_dims: list[int]) -> Finding | None:
    """The first thing wrong with the form of a parameters dictionary; None if nothing is.

    Form is: a dictionary with W1, b1, ..., WL, bL and no further layer (other keys do no harm); each a NumPy array of
    finite floats, `Wl` of shape (n_l, n_{l-1}) and `bl` of shape (n_l, 1). Which values they hold is not looked at.
    """
    if not isinstance(got, dict):
        returned = "None" if got is None else f"a {type(got).__name__}"
        return Finding(f"it returns {returned}, expected a dictionary.")
    expected: dict[str, tuple[int, int]] = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(layers_dims), start=1):
        expected |= {f"W{layer}": (n_out, n_in), f"b{layer}": (n_out, 1)}
    for name, shape in expected.items():
        if name not in got:
            return Finding(f"the key '{name}' is missing; a network of this depth needs it.")
        if fault := _array_fault(got[name], shape):
            return Finding(f"{fault}.", place=name)
    for name in sorted(map(str, got)):
        if re.fullmatch(r"[Wb]\d+", name) and name not in expected:
            layers = f"the layers are 1 to {len(expected) // 2}"
            return Finding(f"there is no layer for the key '{name}'; {layers}.")
    return None


def _array_fault(value: Any, shape: tuple[int, int]) -> str:
    if not isinstance(value, np.ndarray):
        return f"is a {type(value).__name__}, expected a NumPy array"
    if value.shape != shape:
        return f"has shape {value.shape}, expected {shape}"
    if value.dtype.kind != "f":
        return f"holds numbers of type {value.dtype}, expected floats"
    return "" if np.all(np.isfinite(value)) else "holds nan or inf, expected finite numbers"
