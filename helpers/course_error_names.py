"""What an error says of a name that is not there: a variable, an attribute, a key, an index; and what was meant.

close_to(name, others)          the name among others that was probably meant
shapes_in(code, names)          the arrays that a line mentions, with their shapes
undefined, no_attribute, no_key, outside     rules of course_error_rules
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

IMPORTED = ("np", "figures")  # in every lesson's first cell
Names = Mapping[str, Any]
Said = tuple[str, str]


def close_to(name: str, others: Any) -> str:
    """The name among others that was probably meant; "" if there is none."""
    known = sorted({str(other) for other in others if isinstance(other, str) and other != name})
    folded = {other.lower().replace("_", ""): other for other in known}
    if same := folded.get(name.lower().replace("_", "")):
        return same
    return next(iter(difflib.get_close_matches(name, known, 1, 0.75)), "")


def shapes_in(code: str, names: Names) -> str:
    """The arrays that a line mentions, with their shapes: "W2 (3, 2), A1 (2, 5)"."""
    mentioned = dict.fromkeys(re.findall(r"(?<![.\w])[A-Za-z_]\w*", code))
    arrays = [(name, names[name]) for name in mentioned if isinstance(names.get(name), np.ndarray)]
    return ", ".join(f"`{name}` {array.shape}" for name, array in arrays)


def with_shapes(fact: str, code: str, names: Names) -> str:
    shapes = shapes_in(code, names)
    return f"{fact} In this line: {shapes}." if shapes else fact


def undefined(match: re.Match[str], code: str, names: Names) -> Said:
    name = match[1]
    if name in IMPORTED:
        return f"`{name}` is not defined.", (
            "The cell at the top of the lesson imports it, and has not run since the kernel started. Run that one, then "
            "yours, then this one."
        )
    meant = close_to(name, names) or (f"np.{name}" if hasattr(np, name) else "")
    fact = f"`{name}` is not defined" + (f"; did you mean `{meant}`?" if meant else ".")
    if meant:
        return fact, "A name is spelt in one way only; capitals and underscores count."
    return fact, (
        "A function knows its arguments, names that it gave a value before this line, and helpers. If it ran before, "
        "another cell had left something under that name."
    )


def no_attribute(match: re.Match[str], code: str, names: Names) -> Said:
    owner, name = match[1], match[2]
    if owner == "numpy" and name in ("float", "int", "bool", "complex", "object", "str"):
        return (
            f"`np.{name}` left NumPy in version 1.24.",
            f"Python's own `{name}` is the same; write it without np.",
        )
    if owner == "list" and hasattr(np.ndarray, name):
        return f"A list has no `{name}`; arrays do.", "np.array makes an array of a list."
    if owner == "tuple" and hasattr(np.ndarray, name):
        return (
            f"A tuple has no `{name}`; the arrays in it do.",
            "A call that returns several things is taken apart: `first, second = …`.",
        )
    if owner == "numpy.ndarray" and callable(getattr(np, name, None)):
        return f"An array has no `{name}`.", f"It is a function of NumPy's: `np.{name}(…)`."
    kinds = {"list": list, "dict": dict, "str": str, "tuple": tuple, "numpy.ndarray": np.ndarray, "numpy": np}
    meant = close_to(name, dir(kinds[owner])) if owner in kinds else ""
    fact = f"`{owner}` has no `{name}`" + (f"; did you mean `{meant}`?" if meant else ".")
    return fact, "Look the name up: capitals and underscores count."


def no_key(match: re.Match[str], code: str, names: Names) -> Said:
    key = match[1]
    dictionaries = {
        name: value for name, value in names.items() if isinstance(value, dict) and key not in value
    }
    here = {name: value for name, value in dictionaries.items() if re.search(rf"\b{re.escape(name)}\[", code)}
    held = {str(k) for value in (here or dictionaries).values() for k in value}
    meant = close_to(key, held)
    fact = f"There is no key '{key}'" + (f"; did you mean '{meant}'?" if meant else ".")
    keys = f"The keys are {', '.join(sorted(held)[:14])}." if held else "Print the dictionary's keys."
    return fact, f"{keys} Capitals count."


def outside(match: re.Match[str], code: str, names: Names) -> Said:
    if ".shape[" in code and match.string.startswith("tuple index"):
        fact = "The array has fewer axes than that: one number in its shape is one axis."
        return with_shapes(fact, code, names), "Which array has a column for each example, whatever came in?"
    return (
        "An index lies outside of what it counts.",
        "Python counts from 0, so the last index is the length minus 1. Where does your loop begin and end, and which "
        "entry does this line need?",
    )
