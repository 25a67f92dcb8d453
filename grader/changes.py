"""Wrong answers that an exercise's file tells as changes of a right one, the text ANSWER.

    wrong("turned-over", ("< keep_prob", "> keep_prob"), looks_like="…", hint="…")

is read as if the changed text stood below `@wrong("turned-over", looks_like="…", hint="…")`. Each change puts its second
text for its first, wherever ANSWER has that, one change after the other. So a reader sees the mistake and nothing else.
"""

from __future__ import annotations

import ast
from typing import TypeGuard

from .errors import CourseError

ANSWER = "ANSWER"
TEXT = "text"  # the keyword of `@wrong` that carries the changed text


def written_out(tree: ast.Module, where: str) -> ast.Module:
    """The same module with a function under `@wrong` for each wrong answer that is told by changes.

    Parameters
    ----------
    tree
        An exercise's file, parsed; it is changed.
    where
        The file's name, for messages.

    Raises
    ------
    CourseError
        If a change is not a pair of texts, its first text does not occur, or what comes of it is no function; with
        file, line and the wrong answer's name.
    """
    answer = next((_text(node.value) for node in tree.body if is_answer(node)), None)
    for position, node in enumerate(tree.body):
        if call := _told(node):
            tree.body[position] = _function(call, answer, where)
    return tree


def is_answer(node: ast.stmt) -> TypeGuard[ast.Assign]:
    """Whether a statement is `ANSWER = …`."""
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [ANSWER]


def _told(node: ast.stmt) -> ast.Call | None:
    """The call, if a statement calls `wrong`."""
    call = node.value if isinstance(node, ast.Expr) else None
    return call if isinstance(call, ast.Call) and ast.unparse(call.func) == "wrong" else None


def _function(call: ast.Call, answer: str | None, where: str) -> ast.FunctionDef:
    name, *changes = call.args or [ast.Constant("")]
    place = f"{where}:{call.lineno}: {ast.unparse(name)}"
    if answer is None:
        raise CourseError(f'{place} has nothing to change; write ANSWER = """…""", a right answer, above it')
    text = _changed(answer, changes, place)
    try:
        made = (ast.parse(text).body or [ast.Pass()])[-1]
    except SyntaxError as err:
        raise CourseError(f"{place} is not Python after its changes: {err.msg} in {err.text!r}") from err
    if not isinstance(made, ast.FunctionDef):
        raise CourseError(f"{place} does not end with a function after its changes")
    made.name = "_"  # a helper of the graded function's name stays what it is
    words = [*call.keywords, ast.keyword(TEXT, ast.Constant(text))]
    made.decorator_list = [ast.Call(call.func, [name], words)]
    for node in ast.walk(made):
        ast.copy_location(node, call)  # a traceback names the entry
    return ast.fix_missing_locations(made)


def _changed(text: str, changes: list[ast.expr], place: str) -> str:
    for change in changes:
        pair = [_text(part) for part in change.elts] if isinstance(change, ast.Tuple) else []
        if len(pair) != 2 or None in pair:
            raise CourseError(
                f'{place}: a change is a pair of texts, ("before", "after"), not {ast.unparse(change)}'
            )
        before, after = map(str, pair)
        if not before or before not in text:
            raise CourseError(f"{place} changes {before!r}, which {ANSWER} does not hold (any more)")
        text = text.replace(before, after)
    return text


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
