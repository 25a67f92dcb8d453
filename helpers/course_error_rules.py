"""Rules for what an answer raises: the type of the exception, what Python says, and what to make of it.

    RULES       (types, a pattern of what Python says, a function that gives a sentence and a next step)

The functions get the match, the line that raised, and the local names there, as far as they are known.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

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


def _with_shapes(fact: str, code: str, names: Names) -> str:
    shapes = shapes_in(code, names)
    return f"{fact} In this line: {shapes}." if shapes else fact


def _undefined(match: re.Match[str], code: str, names: Names) -> Said:
    name = match[1]
    meant = close_to(name, names) or (f"np.{name}" if hasattr(np, name) else "")
    fact = f"`{name}` is not defined" + (f"; did you mean `{meant}`?" if meant else ".")
    if meant:
        return fact, "A name is spelt in one way only; capitals and underscores count."
    return fact, (
        "A function knows its arguments, names that it gave a value before this line, and helpers. If it ran before, "
        "another cell had left something under that name."
    )


def _no_attribute(match: re.Match[str], code: str, names: Names) -> Said:
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


def _no_key(match: re.Match[str], code: str, names: Names) -> Said:
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


def _outside(match: re.Match[str], code: str, names: Names) -> Said:
    if ".shape[" in code and match.string.startswith("tuple index"):
        fact = "The array has fewer axes than that: one number in its shape is one axis."
        return _with_shapes(fact, code, names), "Which array has a column for each example, whatever came in?"
    return (
        "An index lies outside of what it counts.",
        "Python counts from 0, so the last index is the length minus 1. Where does your loop begin and end, and which "
        "entry does this line need?",
    )


def _sizes_as_tuple(match: re.Match[str], code: str, names: Names) -> Said | None:
    if code and "rand" not in code:
        return None
    return (
        "The sizes came as one tuple, and np.random.randn and np.random.rand take them as separate numbers.",
        "Take one pair of brackets away. (np.zeros is the other way round: it wants the tuple.)",
    )


def _shape_as_type(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "The second number was read as a type of numbers: np.zeros and np.ones take the shape as one tuple.",
        "Put both sizes into a pair of brackets of their own.",
    )


def _power(match: re.Match[str], code: str, names: Names) -> Said:
    return "`^` is not a power in Python, it compares bits.", "A power is written `**`, a root `np.sqrt`."


def _broadcast(match: re.Match[str], code: str, names: Names) -> Said:
    fact = f"Two arrays do not fit together entry by entry: {match[1]} and {match[2]}."
    return _with_shapes(fact, code, names), (
        "Sizes must agree, or be 1. Which of the two has another shape than the equation gives it?"
    )


def _product(match: re.Match[str], code: str, names: Names) -> Said:
    left, right = (
        match.groups() if "aligned" in match[0] else match.groups()[::-1]
    )  # matmul tells the right one first
    fact = (
        "A matrix product needs as many columns on the left as rows on the right; "
        f"here the left has {left} and the right has {right}."
    )
    step = "Which factor is transposed in the equation, and in which order? If entries meet one by one, it is `*`."
    return _with_shapes(fact, code, names), step


def _one_entry(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "One entry of an array, or one number, was to be made of something that is itself an array.",
        "Take the number out first, with an index for each axis or `.item()` (an array of one entry did as a number before "
        "NumPy 2.4); on whole arrays use NumPy's functions, not math's.",
    )


def _uneven(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "An array was to be made of parts that have different shapes.",
        "Did a call return several things? They are taken apart: `first, second = …`.",
    )


def _truth(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "A whole array was asked whether it is true; each of its entries has an answer of its own.",
        "Compare numbers, sum up with np.all or np.any, or choose entry by entry with np.where or a mask.",
    )


def _unpacked(match: re.Match[str], code: str, names: Names) -> Said:
    fact = "The names on the left are not as many as the values on the right."
    if isinstance(names.get(code.rpartition("=")[2].strip()), list):
        return (
            fact,
            "A list may have any length, another one each time; a loop takes one item after the other.",
        )
    return (
        fact,
        "Count both sides: the docstring says what a tuple holds, and in which order.",
    )


def _none(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "Something in this line is None: a value that was never filled in, or a function that returns nothing.",
        "Print each name of the line. Does every function that you call end with return?",
    )


def _called_array(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        f"Round brackets call a function, and a {match[1].rpartition('.')[2]} is none.",
        "An index takes square brackets. Or is an operator missing, or a helper's name given to something else?",
    )


def _signature(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        f"`{match[1]}` was called with other arguments than its first line names.",
        "Compare the call with the line that begins with def; the signature of an exercise stays as it was given.",
    )


def _list_arithmetic(match: re.Match[str], code: str, names: Names) -> Said:
    return "Lists and texts do not calculate entry by entry; arrays do.", "np.array makes an array of a list."


def _of_tuples(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "A tuple, such as the pair that a call returns, has no arithmetic.",
        "Keep the one result that is meant: `J, cache = …`, then go on with J.",
    )


def _of_dictionaries(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "A dictionary has no arithmetic; the arrays in it do.",
        "Take them out by their keys, or make one array of all: is there a helper that does?",
    )


def _list_index(match: re.Match[str], code: str, names: Names) -> Said:
    return f"An index of a list is a whole number, not a {match[1]}.", "What does the loop variable hold?"


def _integers(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "`+=`, `-=`, `*=` and `/=` write into the array itself, and this one holds whole numbers only.",
        "Write `X = X * …` instead, which makes a new array and leaves the caller's as it was.",
    )


def _zero(match: re.Match[str], code: str, names: Names) -> Said:
    step = "Which number of the line can be 0, and when?"
    if re.search(r"\[\w+\] *- *1", code):
        step = "In an index such as l - 1 the 1 belongs into the square brackets."
    return "Something is divided by zero.", step


def _constant(fact: str, step: str) -> Callable[[re.Match[str], str, Names], Said | None]:
    return lambda match, code, names: (fact, step)


CAST = "UFuncTypeError _UFuncOutputCastingError"
# The type of the exception, what Python says, and what to make of it. The first rule that has something to say wins.
RULES: list[tuple[str, str, Callable[[re.Match[str], str, Names], Said | None]]] = [
    (
        "UnboundLocalError",
        r"variable '(\w+)'",
        _constant(
            "A name is used before this function gives it a value.",
            "A name that is assigned anywhere in a function is its own. Give it a value before this line.",
        ),
    ),
    ("NameError", r"name '(\w+)' is not defined", _undefined),
    ("AttributeError", r"'([\w.]+)' (?:object )?has no attribute '(\w+)'", _no_attribute),
    ("KeyError", r"^['\"]?(\w+)['\"]?$", _no_key),
    ("IndexError", r"out of (range|bounds)", _outside),
    ("TypeError", r"'tuple' object cannot be interpreted as an integer", _sizes_as_tuple),
    ("TypeError", r"Cannot interpret '.*' as a data type", _shape_as_type),
    ("TypeError " + CAST, r"bitwise_xor|unsupported operand type\(s\) for \^", _power),
    (CAST, r"Cannot cast ufunc", _integers),
    ("TypeError", r"'NoneType'", _none),
    ("TypeError", r"'([\w.]+)' object is not callable", _called_array),
    ("TypeError", r"^(?:\w+\.)?(\w+)\(\) (?:missing|takes|got an unexpected)", _signature),
    ("TypeError", r"only .*arrays can be converted to Python scalars", _one_entry),
    ("TypeError", r"list indices must be integers or slices, not (\w+)", _list_index),
    ("TypeError", r"unsupported operand type\(s\).*'tuple'", _of_tuples),
    ("TypeError", r"unsupported operand type\(s\).*'dict'", _of_dictionaries),
    (
        "TypeError",
        r"'tuple' object does not support item assignment",
        _constant(
            "No entry of a tuple can be changed.",
            "A call that returns several things is taken apart: `first, second = …`; then change the array.",
        ),
    ),
    ("TypeError", r"can't multiply sequence|unsupported operand type\(s\).*'(?:list|str)'", _list_arithmetic),
    ("ValueError", r"broadcast together with shapes (\([\d,]*\)) (\([\d,]*\))", _broadcast),
    ("ValueError", r"shapes \S+ and \S+ not aligned: (\d+) \(dim \d\) != (\d+)", _product),
    ("ValueError", r"matmul: .*size (\d+) is different from (\d+)", _product),
    ("ValueError", r"inhomogeneous shape", _uneven),
    ("ValueError", r"setting an array element with a sequence", _one_entry),
    ("ValueError", r"truth value of an array", _truth),
    ("ValueError", r"values to unpack", _unpacked),
    (
        "RecursionError",
        "",
        _constant("The function calls itself, without an end.", "Did you mean a helper of a similar name?"),
    ),
    ("ZeroDivisionError", "", _zero),
    (
        "AxisError",
        "",
        _constant("The array does not have that many axes.", "axis=0 goes down the rows, axis=1 along them."),
    ),
]
