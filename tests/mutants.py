"""Mutants: every version of a function that differs from it by one small change, made by rules that know nothing of it.

`mutants_of(source)` changes constants, operators, comparisons, conditions, names, indices, arguments, axes, loops,
returned values and NumPy functions, and drops statements, one at a time.
"""

from __future__ import annotations

import ast
import copy
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One changed version of a function: the line that changed, before and after, and the text of the whole."""

    before: str
    after: str
    source: str


OPERATORS: dict[type, tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add, ast.MatMult),
    ast.Div: (ast.Mult, ast.FloorDiv, ast.Sub),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult, ast.Add),
}
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
SWAPS: dict[str, tuple[str, ...]] = {
    "randn": ("rand",),
    "rand": ("randn",),
    "zeros": ("ones",),
    "zeros_like": ("ones_like",),
    "sum": ("mean", "max"),
    "mean": ("sum", "median", "max"),
    "std": ("var", "ptp"),
    "sqrt": ("square", "abs"),
    "square": ("sqrt", "abs"),
    "hstack": ("vstack", "dstack"),
    "dot": ("multiply", "outer"),
    "relu": ("sigmoid", "abs"),
    "sigmoid": ("relu", "np.tanh"),
    "forward_propagation": ("backward_propagation",),
    "backward_propagation": ("forward_propagation",),
    "dictionary_to_vector": ("gradients_to_vector",),
    "gradients_to_vector": ("dictionary_to_vector",),
}


def mutants_of(source: str) -> list[Mutant]:
    """The mutants of the one function that `source` defines, each once."""
    module = ast.parse(source)
    function = module.body[0]
    assert isinstance(function, ast.FunctionDef)
    if ast.get_docstring(function):
        del function.body[0]
    local = _locals(function)
    original, found = ast.unparse(module), {}
    for statement, node, put in _places(function):
        before = _line(statement)
        for new in _changes(node, local):
            put(new)
            text = ast.unparse(ast.fix_missing_locations(module))
            if text != original:
                shown = new if statement is node and isinstance(new, ast.stmt) else statement
                found.setdefault(text, Mutant(before, _line(shown), text))
            put(node)
    return list(found.values())


def _locals(function: ast.FunctionDef) -> dict[str, int]:
    """The names that are local to a function, with the line from which each has a value."""
    found = {argument.arg: function.lineno for argument in function.args.args}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] = min(node.lineno, found.get(node.id, node.lineno))
    return found


def _line(statement: ast.AST) -> str:
    """A statement's text; of one that holds others, its first line."""
    return ast.unparse(statement).splitlines()[0]


Put = Callable[[ast.AST], None]


def _places(node: ast.AST, statement: ast.AST | None = None) -> Iterator[tuple[ast.AST, ast.AST, Put]]:
    """Everything inside `node` that can be exchanged: the statement it is in, itself, and how to exchange it."""
    statement = node if isinstance(node, ast.stmt) else statement
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST):
                own = child if isinstance(child, ast.stmt) else statement
                yield own, child, _putter(node, field, index if isinstance(value, list) else None)
                yield from _places(child, own)


def _putter(parent: ast.AST, field: str, index: int | None) -> Put:
    def put(new: ast.AST) -> None:
        if index is None:
            setattr(parent, field, new)
        else:
            getattr(parent, field)[index] = new

    return put


def _changes(node: ast.AST, local: dict[str, int]) -> Iterator[ast.AST]:
    """What may stand in place of `node`."""
    if isinstance(node, ast.stmt):
        yield from _statements(node)
    elif isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        for rule in RULES:
            yield from rule(node, local)
    elif isinstance(node, ast.comprehension):
        for part in _parts(node.iter):
            yield _with(node, iter=part)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _read(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _parts(iterable: ast.expr) -> Iterator[ast.expr]:
    """A loop over all but the last, all but the first, or the other way round."""
    for end in ("[:-1]", "[1:]", "[::-1]"):
        yield _read(f"list({ast.unparse(iterable)}){end}")


def _statements(node: ast.stmt) -> Iterator[ast.AST]:
    yield ast.Pass()
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
        for other in OPERATORS.get(type(node.op), ()):
            yield _with(node, op=other())
    if isinstance(node, ast.For):
        for part in _parts(node.iter):
            yield _with(node, iter=part)
        yield _with(node, body=[*node.body, ast.Break()])
    if isinstance(node, ast.For | ast.If):
        yield from node.body[:1]
    if isinstance(node, ast.If):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _constants(node: ast.expr, _: dict[str, int]) -> Iterator[ast.expr]:
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        for other in (value + 1, value - 1, 0, 1, 2 * value, value / 2, -value, value * 10, value / 10):
            yield _read(repr(int(other) if isinstance(value, int) and other == int(other) else other))
    elif isinstance(value, str) and (match := re.fullmatch(r"(\D+)([123])", value)):
        for digit in "123".replace(match[2], ""):
            yield ast.Constant(match[1] + digit)


def _operators(node: ast.expr, _: dict[str, int]) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp):
        for other in OPERATORS.get(type(node.op), ()):
            yield _with(node, op=other())
        yield from (node.left, node.right)
        if not isinstance(node.op, ast.Add | ast.Mult):
            yield _with(node, left=node.right, right=node.left)
        if isinstance(inner := node.right, ast.BinOp):  # (a - b) / c for a - b / c
            yield _with(inner, left=_with(node, right=inner.left))
        if isinstance(inner := node.left, ast.BinOp) and not isinstance(inner.op, ast.Mult | ast.MatMult):
            yield _with(inner, right=_with(node, left=inner.right))
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Compare):
        for other in COMPARISONS:
            yield _with(node, ops=[other(), *node.ops[1:]])
        yield from (ast.Constant(True), ast.Constant(False))
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        yield from node.values


def _signs(node: ast.expr, _: dict[str, int]) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp | ast.Call):
        yield ast.UnaryOp(ast.USub(), node)


def _names(node: ast.expr, local: dict[str, int]) -> Iterator[ast.expr]:
    if isinstance(node, ast.Name):
        if node.id in local:
            for other in local:
                if local[other] < node.lineno:
                    yield ast.Name(other, ast.Load())
        for other in SWAPS.get(node.id, ()):
            yield _read(other)


def _sequences(node: ast.expr, _: dict[str, int]) -> Iterator[ast.expr]:
    if isinstance(node, ast.Tuple | ast.List) and len(node.elts) > 1:
        for first, second in itertools.combinations(range(len(node.elts)), 2):
            swapped = list(node.elts)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            yield _with(node, elts=swapped)
        for i in range(len(node.elts)):
            yield _with(node, elts=node.elts[:i] + node.elts[i + 1 :])
    elif isinstance(node, ast.Dict):
        for i in range(len(node.keys)):
            yield _with(
                node, keys=node.keys[:i] + node.keys[i + 1 :], values=node.values[:i] + node.values[i + 1 :]
            )
        for i, j in itertools.combinations(range(len(node.keys)), 2):
            values = list(node.values)
            values[i], values[j] = values[j], values[i]
            yield _with(node, values=values)


def _places_in_arrays(node: ast.expr, _: dict[str, int]) -> Iterator[ast.expr]:
    if isinstance(node, ast.Subscript):
        if not isinstance(node.slice, ast.Constant | ast.Slice | ast.JoinedStr | ast.Tuple):
            for shift in (ast.Add(), ast.Sub()):
                yield _with(node, slice=ast.BinOp(node.slice, shift, ast.Constant(1)))
    elif isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield node.value
        if node.attr == "shape":
            yield ast.Subscript(node, _read("slice(None, None, -1)"), ast.Load())
        for other in SWAPS.get(node.attr, ()):
            yield _read(other) if "." in other else _with(node, attr=other)
    elif isinstance(node, ast.FormattedValue):
        for shift in (ast.Add(), ast.Sub()):
            yield _with(node, value=ast.BinOp(node.value, shift, ast.Constant(1)))


def _calls(node: ast.expr, _: dict[str, int]) -> Iterator[ast.expr]:
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("copy", "sum"):
        yield node.func.value  # x for x.copy()
    elif len(node.args) == 1:
        yield node.args[0]  # x for f(x)
    for first, second in itertools.combinations(range(len(node.args)), 2):
        swapped = list(node.args)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        yield _with(node, args=swapped)
    for i in range(len(node.args)):
        yield _with(node, args=node.args[:i] + node.args[i + 1 :])
        if isinstance(node.func, ast.Name) and node.func.id == "range":
            for shift in (ast.Add(), ast.Sub()):
                moved = ast.BinOp(node.args[i], shift, ast.Constant(1))
                yield _with(node, args=[*node.args[:i], moved, *node.args[i + 1 :]])
    for i in range(len(node.keywords)):
        yield _with(node, keywords=node.keywords[:i] + node.keywords[i + 1 :])


RULES = (_constants, _operators, _signs, _names, _sequences, _places_in_arrays, _calls)
