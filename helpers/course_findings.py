"""What a check finds in an answer: facts as fields, and the one wording that is made of them.

    assert W1.shape == (2, 3), Finding("has shape (3, 2), expected (2, 3).", place="W1")

A check raises an ordinary AssertionError whose argument is a `Finding`; its text is what a student reads. Who shows it
in another form (a card, a page, a table) takes the fields, so no text is ever taken apart again.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from course_network import Array
from course_reading import ALL_OTHER, KINDS, Named, observed


@dataclass(frozen=True)
class Finding:
    """One thing that a check found; a field is empty where there is nothing to say.

    what : the fact as a sentence; it goes on from `place` if there is one
    place : what the fact is about, as it stands in code: "W1", "dW2[0, 1]"
    got, expected : what came and what should have come: a text, a number or an array
    also : what the numbers show, or what else is wrong, as a sentence (course_reading)
    said, line : what Python said when the answer raised, and the line of the answer where it did
    misconception, looks_like : the known mistake that the answer behaves like: its name, and in words
    hint : a question or a pointer, never the code; that of the known mistake if there is one
    function : the graded function

    SAYABLE are the sentences that `also` may hold where a hidden check raises it.
    """

    SAYABLE: ClassVar[frozenset[str]] = KINDS

    what: str
    place: str = ""
    got: Any = ""
    expected: Any = ""
    also: str = ""
    said: str = ""
    line: str = ""
    misconception: str = ""
    looks_like: str = ""
    hint: str = ""
    function: str = ""

    @property
    def fact(self) -> str:
        """The fact as a sentence of its own."""
        return f"{self.place} {self.what}" if self.place else self.what

    def __str__(self) -> str:
        """The one wording: "f: W1 has …, expected …. This looks like: …. Hint: …"."""
        parts = [
            self.function and f"{self.function}:",
            self.fact,
            self.also,
            self.said and f"Python said: {self.said}" + (f" ({self.line})." if self.line else "."),
            self.looks_like and f"This looks like: {self.looks_like.rstrip('.')}.",
            self.hint and f"Hint: {self.hint}",
        ]
        return " ".join(part for part in parts if part)


def together(findings: Iterable[Finding | None]) -> Finding | None:
    """The first of some findings, with the second as what is also wrong; None if there is none."""
    found = [finding for finding in findings if finding]
    if not found:
        return None
    first = found[0].also
    if found[1:] and first == ALL_OTHER and found[0].place:
        first = f"All other entries of {found[0].place.partition('[')[0]} are right."
    more = f" {len(found) - 2} more of this kind follow{'s' * (len(found) == 3)}." if len(found) > 2 else ""
    also = f"{first} Also: {found[1].fact}{more}".strip() if found[1:] else first
    return replace(found[0], also=also)


def difference(got: Any, expected: Any, *, rtol: float, atol: float) -> tuple[str, str]:
    """Where two arrays of one shape differ first, and how: ("[0, 2]", "is 3, expected 4"); ("", "") if nowhere."""
    one, other = np.asarray(got), np.asarray(expected)
    differ = ~np.isclose(one, other, rtol=rtol, atol=atol, equal_nan=True)
    if not np.any(differ):
        return "", ""
    place = tuple(int(index) for index in np.argwhere(differ)[0])
    at = f"[{', '.join(map(str, place))}]" if place else ""
    return at, f"is {one[place]:.6g}, expected {other[place]:.6g}"


def compared(
    place: str, got: Any, expected: Array, *, rtol: float, atol: float, factors: Named | None = None
) -> Finding | None:
    """That an array is not as expected, in its type, its shape or its first other number; None if it is."""
    if not isinstance(got, np.ndarray):
        said, at = f"is a {type(got).__name__}, expected a NumPy array", ""
    elif got.shape != expected.shape:
        said, at = f"has shape {got.shape}, expected {expected.shape}", ""
    else:
        at, said = difference(got, expected, rtol=rtol, atol=atol)
    also = observed(got, expected, factors) if said else ""
    return Finding(f"{said}.", place + at, got, expected, also=also) if said else None


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
    for name in expected:
        if name not in got:
            held = ", ".join(sorted(map(str, got))[:8]) or "nothing"
            return Finding(f"the key '{name}' is missing; a network of this depth needs it. It holds {held}.")
    faults = ((name, shape, _array_fault(got[name], shape)) for name, shape in expected.items())
    if found := together(_misshapen(got[name], shape, fault, name) for name, shape, fault in faults if fault):
        return found
    for name in sorted(map(str, got)):
        if name not in expected and re.fullmatch(r"[Wb]\d+", name):
            layers = f"the layers are 1 to {len(expected) // 2}"
            return Finding(f"there is no layer for the key '{name}'; {layers}.")
    return None


def _misshapen(value: Any, shape: tuple[int, int], fault: str, name: str) -> Finding:
    """What is wrong with an array's form; its shape beside the right one, where that is what is wrong."""
    wrong = isinstance(value, np.ndarray) and value.shape != shape
    shapes = (f"shape {value.shape}", f"shape {shape}") if wrong else ("", "")
    return Finding(f"{fault}.", name, *shapes)


def _array_fault(value: Any, shape: tuple[int, int]) -> str:
    if not isinstance(value, np.ndarray):
        return f"is a {type(value).__name__}, expected a NumPy array"
    if value.shape != shape:
        return f"has shape {value.shape}, expected {shape}"
    if value.dtype.kind != "f":
        return f"holds numbers of type {value.dtype}, expected floats"
    return "" if np.isfinite(value).all() else "holds nan or inf, expected finite numbers"
