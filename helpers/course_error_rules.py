"""Rules for what an answer raises: the type of the exception, what Python says, and what to make of it.

    RULES       (types, a pattern of what Python says, a function that gives a sentence and a next step)

The functions get the match, the line that raised, and the local names there, as far as they are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from course_error_names import Names, Said, no_attribute, no_key, outside, undefined, with_shapes


def _sizes_as_tuple(match: re.Match[str], code: str, names: Names) -> Said | None:
    if code and "rand" not in code:
        return None
    return (
        "The sizes came as one tuple, and np.random.randn and np.random.rand take them as separate numbers.",
        "A star before a tuple hands over its numbers one by one: `rand(*A.shape)`. One that is written out, as in "
        "`rand((n, m))`, loses its own pair of brackets. (np.zeros is the other way round: it wants the tuple.)",
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
    return with_shapes(fact, code, names), (
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
    return with_shapes(fact, code, names), step


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


def _joined(match: re.Match[str], code: str, names: Names) -> Said | None:
    called = re.search(r"np\.(hstack|vstack|stack|concatenate|append|block)\(", code)
    if not called:
        return None
    name = called[1]
    if name == "append":
        return "", "`np.append` takes two arrays and an axis: `np.append(A, B, axis=1)`."
    return (
        f"`np.{name}` takes the arrays as one list or tuple.",
        f"Put a pair of square brackets around them: `np.{name}([A, B])`, and an axis after it where it takes one.",
    )


def _text_and_number(match: re.Match[str], code: str, names: Names) -> Said:
    return (
        "A text and a number are added.",
        'Make a text of the number first: `"W" + str(l)`, or in one piece `f"W{l}"`.',
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
    ("NameError", r"name '(\w+)' is not defined", undefined),
    ("AttributeError", r"'([\w.]+)' (?:object )?has no attribute '(\w+)'", no_attribute),
    ("KeyError", r"^['\"]?(\w+)['\"]?$", no_key),
    ("IndexError", r"out of (range|bounds)", outside),
    ("TypeError", r"'tuple' object cannot be interpreted as an integer", _sizes_as_tuple),
    ("TypeError", r"Cannot interpret '.*' as a data type", _shape_as_type),
    ("TypeError " + CAST, r"bitwise_xor|unsupported operand type\(s\) for \^", _power),
    (CAST, r"Cannot cast ufunc", _integers),
    ("TypeError", r"'NoneType'", _none),
    ("TypeError", r"'([\w.]+)' object is not callable", _called_array),
    (
        "TypeError",
        r"positional argument|multiple values|integer scalar",
        _joined,
    ),
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
    ("TypeError", r'can only concatenate str \(not "(?:int|float)"\) to str', _text_and_number),
    ("TypeError", r"unsupported operand type\(s\) for \+: '(?:int|float)' and 'str'", _text_and_number),
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
