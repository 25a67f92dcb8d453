"""What a student reads about a check: never more than may be said, and the same on every machine."""

from __future__ import annotations

import ast
import math
import re
import traceback
from collections.abc import Iterator, Sized
from typing import Any

import numpy as np

LONGEST = 2000
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:[eE][+-]?\d+)?|(?<![\w.])-?\d+[eE][+-]?\d+")
FACTS = ("shape", "dtype", "ndim")  # of a value: these may be told of a hidden check
AXES, ENTRIES, ITEMS = 3, 1_000_000, 100  # beyond that a shape could spell out what a hidden check passed in


def four_digits(text: str) -> str:
    """`text` with every decimal number rounded to four significant digits; no more than can be read."""
    return NUMBER.sub(lambda found: f"{float(found[0]):.4g}", text[: 2 * LONGEST])


def tidy(text: str) -> str:
    """`text` without control characters, and not too long."""
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in text).strip()
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + " …"


def describe(value: Any) -> str:
    """The shape and type of a value, without any of its contents."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {_shape(value)} and dtype {value.dtype}"
    if value is None:
        return "None (is the return statement missing?)"
    if isinstance(value, dict):
        return f"a dict with {_count(value)} entries"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {_count(value)}"
    return f"a value of type {type(value).__name__}"


def _shape(array: np.ndarray[Any, Any]) -> str:
    """An array's shape, unless it has more to say than a shape that anybody means."""
    usual = array.ndim <= AXES and math.prod(max(n, 1) for n in array.shape) <= ENTRIES
    return str(array.shape) if usual else f"(…) with {array.ndim} axes"


def _count(value: Sized) -> str:
    return str(len(value)) if len(value) <= ITEMS else f"more than {ITEMS}"


def said_by_assert(error: AssertionError, source: str, name: str, hidden: bool) -> str:
    """The message of an assertion; for a hidden check only its constant words, and shapes and types.

    A hidden assertion's f-string may name `x.shape` or `x.dtype` and its loop variables; whatever else it would
    put in is left out.
    """
    frames = [f for f in traceback.walk_tb(error.__traceback__) if f[0].f_code.co_filename == name]
    if not frames:
        return "" if hidden else str(error)
    frame, line = frames[-1]
    statement = _assert_at(source, line)
    if not hidden:
        return str(error) or f"this does not hold: {ast.unparse(statement.test) if statement else ''}"
    if statement is None or statement.msg is None:
        return ""
    said = "".join(_words(statement.msg, frame.f_globals, _own_names(source)))
    return said if any(map(str.isalpha, said)) else ""


def _assert_at(source: str, line: int) -> ast.Assert | None:
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return found[-1] if found else None


def _words(message: ast.expr, names: dict[str, Any], own: dict[str, Any]) -> Iterator[str]:
    match message:
        case ast.Constant(value=str(text)):
            yield text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _words(left, names, own)
            yield from _words(right, names, own)
        case ast.JoinedStr(values=values):
            for part in values:
                yield from _words(part.value if isinstance(part, ast.FormattedValue) else part, names, own)
        case ast.Attribute(value=ast.Name(id=name), attr=fact) if fact in FACTS and isinstance(
            names.get(name), np.ndarray
        ):
            yield _shape(names[name]) if fact == "shape" else str(getattr(names[name], fact))
        case ast.Name(id=name) if name in own and type(names.get(name)) is own[name]["type"]:
            value = names[name]
            yield str(value) if value in own[name]["values"] else "…"
        case _:
            yield "…"


def _own_names(source: str) -> dict[str, Any]:
    """Loop variables of a check that say nothing about its inputs or answers: layer numbers, names of arrays."""
    tree = ast.parse(source)
    texts = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    texts |= {word for text in texts for word in text.split()}
    own: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.For):
            called = node.iter.func if isinstance(node.iter, ast.Call) else None
            counts = isinstance(called, ast.Name) and called.id == "range"
            for name in (part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)):
                own[name] = {"type": int, "values": range(100)} if counts else {"type": str, "values": texts}
    return own
