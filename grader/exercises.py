"""The exercise files of a lesson, as code that the rooms run and as texts that the sample class hands in.

Nothing of a course is run here: its helpers may not be importable in this process, or be those of another course.
"""

from __future__ import annotations

import ast
import functools
import textwrap
import types
from dataclasses import dataclass

from .changes import TEXT, is_answer, written_out
from .course import Course
from .errors import CourseError
from .files import read_text

SHARED = "shared"
READERS = ("exercises.py", "changes.py")
"""The modules that make answers of these files: what is named, and as what, depends on them."""


@dataclass(frozen=True)
class Slip:
    """A known wrong answer as a text: the answer cell of a student who makes this mistake."""

    name: str
    function: str
    source: str


def compiled(course: Course, lesson: str, functions: tuple[str, ...]) -> dict[str, types.CodeType]:
    """The code of each exercise file that there is, by function, and of shared.py; tracebacks name the files.

    Raises
    ------
    CourseError
        If one is not Python; the message names file and line.
    """
    found = {}
    for name in (SHARED, *functions):
        path = course.exercise(lesson, name)
        if path.is_file():
            found[name] = compile(_tree(read_text(path), str(path)), str(path), "exec")
    return found


def without_right_answers(code_path: str, text: str) -> types.CodeType:
    """The same for rooms, which recognise wrong answers only, and need not know where a file lies."""
    tree = _tree(text, code_path)
    tree.body = [node for node in tree.body if not _calls(node, "right") and not is_answer(node)]
    return compile(tree, f"<{code_path}>", "exec")


def for_rooms(course: Course, lesson: str, functions: tuple[str, ...]) -> dict[str, types.CodeType]:
    """What `compiled` gives, less the right answers."""
    return {
        name: without_right_answers(name, read_text(course.exercise(lesson, name)))
        for name in (SHARED, *functions)
        if course.exercise(lesson, name).is_file()
    }


@functools.cache
def slips(course: Course, lesson: str) -> tuple[Slip, ...]:
    """The wrong answers of a lesson, in the order of its functions and of their files."""
    found = []
    for function in course.lesson(lesson).functions:
        path = course.exercise(lesson, function)
        if not path.is_file():
            continue
        text = read_text(path)
        lines = text.splitlines()
        for node in _tree(text, str(path)).body:
            named = isinstance(node, ast.FunctionDef) and node.decorator_list[:1]
            if named and isinstance(node, ast.FunctionDef) and (call := _called(named[0], "wrong")):
                told = [word.value for word in call.keywords if word.arg == TEXT]
                body = textwrap.dedent("\n".join(lines[node.lineno - 1 : node.end_lineno]))
                source = body.replace(f"def {node.name}(", f"def {function}(", 1) + "\n"
                source = ast.literal_eval(told[0]) if told else source
                found.append(Slip(ast.literal_eval(call.args[0]), function, source))
    return tuple(found)


def _tree(text: str, name: str) -> ast.Module:
    try:
        tree = ast.parse(text)
    except SyntaxError as err:
        raise CourseError(f"{name}:{err.lineno}: {err.msg}; an exercise file is plain Python") from err
    return written_out(tree, name)


def _calls(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.Expr) and _called(node.value, name) is not None


def _called(node: ast.expr, name: str) -> ast.Call | None:
    """The call, if `node` calls the function `name`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
        return node
    return None
