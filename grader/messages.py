"""What a student reads about a check: never more than may be said, and the same on every machine."""

from __future__ import annotations

import ast
import re
import traceback
from typing import Any

import numpy as np

LONGEST = 2000
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:[eE][+-]?\d+)?|(?<![\w.])-?\d+[eE][+-]?\d+")
FACTS = ("shape", "dtype", "ndim", "__name__")  # of a value: these may be told of a hidden check


def four_digits(text: str) -> str:
    """`text` with every decimal number rounded to four significant digits."""
    return NUMBER.sub(lambda found: f"{float(found[0]):.4g}", text)


def tidy(text: str) -> str:
    """`text` without control characters, and not too long."""
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in text).strip()
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + " …"


def describe(value: Any) -> str:
    """The shape and type of a value, without any of its contents."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    if value is None:
        return "None (is the return statement missing?)"
    if isinstance(value, dict):
        return f"a dict with {len(value)} entries"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a value of type {type(value).__name__}"


def said_by_assert(error: AssertionError, source: str, name: str, hidden: bool) -> str:
    """The message of an assertion; for a hidden check only its constant words, and shapes and types.

    A hidden assertion's f-string may name `x.shape`, `x.dtype` or `type(x).__name__`; whatever else it would put
    in is left out.
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
    return _constant_words(statement.msg, frame.f_locals | {})


def _assert_at(source: str, line: int) -> ast.Assert | None:
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return found[-1] if found else None


def _constant_words(message: ast.expr, names: dict[str, Any]) -> str:
    if isinstance(message, ast.Constant):
        return str(message.value)
    if isinstance(message, ast.BinOp) and isinstance(message.op, ast.Add):
        return _constant_words(message.left, names) + _constant_words(message.right, names)
    if isinstance(message, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.FormattedValue) else part for part in message.values]
        return "".join(_constant_words(part, names) for part in parts)
    if isinstance(message, ast.Attribute) and message.attr in FACTS and isinstance(message.value, ast.Name):
        value = names.get(message.value.id)
        if isinstance(value, np.ndarray | np.generic):
            return str(getattr(value, message.attr))
    return "…"
