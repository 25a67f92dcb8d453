"""What a student reads about a check: never more than may be said, and the same on every machine."""

from __future__ import annotations

import ast
import dataclasses
import math
import re
import traceback
from collections.abc import Iterator, Sized
from typing import Any

import numpy as np

LONGEST = 2000
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:[eE][+-]?\d+)?|(?<![\w.])-?\d+[eE][+-]?\d+")
AXES, ENTRIES, ITEMS = 3, 1_000_000, 100  # of what is described at all
READABLE = 30  # entries of an array
KNOWN = ("misconception", "looks_like", "hint")  # what a known mistake adds to a finding
FIELDS = ("what", "place", "got", "expected", "also", *KNOWN)  # of a course's record of what a check found
CONSTANT = ("what", "place", "hint")  # those that a hidden check may fill, with constant words


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


def said_by_assert(
    error: AssertionError, source: str, name: str, function: str, hidden: bool
) -> dict[str, str]:
    """What an assertion of a check said, as fields; {} if it said nothing that may be passed on.

    Its argument is a text, or a course's record with the fields FIELDS. Of a hidden check only constant words are
    taken: an f-string may name the check's loop variables; whatever else it would put in is left out, shapes and
    types too, for an answer could spell out in them what it was called with.
    """
    frames = [f for f in traceback.walk_tb(error.__traceback__) if f[0].f_code.co_filename == name]
    frame, line = frames[-1] if frames else (None, 0)
    statement = _assert_at(source, line)
    record = error.args[0] if error.args else None
    if hidden:
        said = _constant_words(statement, frame.f_globals, source) if statement and frame else {}
        if said and (also := str(getattr(record, "also", ""))) in getattr(type(record), "SAYABLE", ()):
            said["also"] = also  # one of few sentences, of the course's own
        return _named(said, function) if any(map(str.isalpha, said.get("what", ""))) else {}
    if dataclasses.is_dataclass(record):
        return _named({field: _text(getattr(record, field, "")) for field in FIELDS}, function)
    condition = ast.unparse(statement.test) if statement else ""
    return _named({"what": str(error) or f"this does not hold: {condition}"}, function)


def _named(said: dict[str, str], function: str) -> dict[str, str]:
    """The same fields without the function's name in front, which a plain text of ours opens with."""
    what = said["what"].removeprefix(f"{function}: ")
    named = len(said) > 1 or what != said["what"]
    return said | {"what": what, "subject": function if named else ""}


def _text(value: Any) -> str:
    """A field as text: of an array its entries, if they are few enough to be read."""
    if isinstance(value, np.ndarray):
        return str(value.tolist()) if value.size <= READABLE else ""
    return str(value)


def worded(said: dict[str, Any]) -> str:
    """All that is said about a check, in one text: what a record's line, a terminal or a notebook's output shows."""
    known = {field: said.get(field) or "" for field in ("subject", *FIELDS, "returned")}
    parts = [
        known["subject"] and f"{known['subject']}:",
        known["place"],
        known["what"],
        known["also"],
        known["returned"],
        known["looks_like"] and f"This looks like: {known['looks_like'].rstrip('.')}.",
        known["hint"] and f"Hint: {known['hint']}",
    ]
    return " ".join(part for part in parts if part)


def _assert_at(source: str, line: int) -> ast.Assert | None:
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return found[-1] if found else None


def _constant_words(statement: ast.Assert, names: dict[str, Any], source: str) -> dict[str, str]:
    """The constant words of a message as written: a text, or a record's first argument and keywords."""
    tree = ast.parse(source)
    own, fixed = _own_names(tree), _fixed_texts(tree)
    match statement.msg:
        case None:
            return {}
        case ast.Call(args=[what], keywords=more):
            parts = {"what": what} | {word.arg: word.value for word in more if word.arg in CONSTANT}
        case message:
            parts = {"what": message}
    return {str(field): "".join(_words(part, names, own, fixed)) for field, part in parts.items()}


def _words(
    message: ast.expr, names: dict[str, Any], own: dict[str, Any], fixed: dict[str, str]
) -> Iterator[str]:
    match message:
        case ast.Constant(value=str(text)):
            yield text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _words(left, names, own, fixed)
            yield from _words(right, names, own, fixed)
        case ast.JoinedStr(values=values):
            for part in values:
                value = part.value if isinstance(part, ast.FormattedValue) else part
                yield from _words(value, names, own, fixed)
        case ast.Name(id=name) if name in fixed:
            yield fixed[name]
        case ast.Name(id=name) if name in own and type(names.get(name)) is own[name]["type"]:
            value = names[name]
            yield str(value) if value in own[name]["values"] else "…"
        case _:
            yield "…"


def _fixed_texts(tree: ast.Module) -> dict[str, str]:
    """Names of a check that are given one text, in one place: `function = "forward_propagation"`."""
    stored = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    fixed = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            sides = node.targets[0], node.value
            alike = all(isinstance(side, ast.Tuple) for side in sides)
            for pair in zip(*(side.elts for side in sides), strict=False) if alike else [sides]:  # type: ignore[attr-defined]
                match pair:
                    case ast.Name(id=name), ast.Constant(value=str(text)) if stored.count(name) == 1:
                        fixed[name] = text
    return fixed


def _own_names(tree: ast.Module) -> dict[str, Any]:
    """Loop variables of a check that say nothing about its inputs or answers: layer numbers, names of arrays."""
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
