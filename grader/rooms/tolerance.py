"""What a cell may hold for another machine than ours: backends, missing modules, odd blanks, a newer Python."""

from __future__ import annotations

import ast
import re
import sys
import traceback

ODD_BLANKS = {
    0xA0: " ",
    0x202F: " ",
    0x2007: " ",
    0x3000: " ",
    0x200B: None,
    0x200C: None,
    0x2060: None,
    0xFEFF: None,
}
_SETTING = (
    "use",
    "switch_backend",
    "chdir",
    "mount",
    "run_line_magic",
    "run_cell_magic",
    "system",
    "getoutput",
)
_NEWER = (
    (r"^\s*type \w+(?:\[.*\])? *=", "3.12"),
    (r"^\s*(?:async +)?(?:def|class) \w+\[", "3.12"),
    (r"f-string", "3.12"),
    (r"^\s*except \w+(?:, *\w+)+ *:", "3.14"),
    (r"\bt(?:\"|')", "3.14"),
)


_WATCHED = re.compile(r"\A(\s*)%%(?:time|capture)[ \t]*$", re.MULTILINE)


def unwatched(source: str) -> str:
    """The source without a magic that only times or hides the whole cell: an error would be the magic's, not a line's."""
    return _WATCHED.sub(r"\1#", source)


def blanks_put_right(source: str) -> str | None:
    """The source with plain spaces for no-break ones, and none without width; None if it has none of them."""
    put_right = source.translate(ODD_BLANKS)
    return put_right if put_right != source else None


def rest_after(cell: str, error: BaseException, prefix: str, missing: set[str]) -> str | None:
    """What is left to run of a cell that stopped at a line for another machine; None if it stopped at anything else.

    Such a line imports a module that is not here, sets a backend or a folder, is a magic, reads a file that is not
    here, asks who sits at the keyboard, or uses what could not be imported or read before, whose names are kept in
    `missing`; of a function it is a decorator. The lines before the rest stay as comments.
    """
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(prefix)
    ]
    if not frames or frames[0].name != "<module>":
        return None
    try:
        tree = ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    line = frames[0].lineno or 0
    here = [node for node in tree.body if _begins(node) <= line <= (node.end_lineno or 0)]
    at = next((node for node in here if _is_of_the_machine(node, error, missing)), None)
    if at is None:
        return None
    if isinstance(at, ast.FunctionDef | ast.AsyncFunctionDef):
        return _without_decorator(cell, at, line)
    end = at.end_lineno or at.lineno
    after = [node for node in tree.body if node.lineno >= end and node is not at and node.lineno != at.lineno]
    if not after:
        return ""
    return "#\n" * end + "\n".join(cell.split("\n")[end:])


def _is_of_the_machine(node: ast.stmt, error: BaseException, missing: set[str]) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        missing |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        return isinstance(error, ImportError)
    unknown = isinstance(error, NameError) and (error.name in missing or "*" in missing)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return unknown
    if unknown or isinstance(error, FileNotFoundError | EOFError):
        missing |= {
            name.id
            for name in ast.walk(node)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
        missing |= {node.name} if isinstance(node, ast.ClassDef) else set()
        return True
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    call = node.value
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in _SETTING


def _begins(node: ast.stmt) -> int:
    """The line of a statement's first decorator, or its own."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(part.lineno for part in decorators)])


def _without_decorator(cell: str, node: ast.FunctionDef | ast.AsyncFunctionDef, line: int) -> str | None:
    """The function and what comes after it, without the decorator on that line; None if there is none."""
    for part in node.decorator_list:
        if part.lineno <= line <= (end := part.end_lineno or line):
            gone = {*range(1, _begins(node)), *range(part.lineno, end + 1)}
            return "\n".join(
                "#" if number in gone else text for number, text in enumerate(cell.split("\n"), 1)
            )
    return None


def newer_python(message: str, line: str) -> str:
    """A remark on an error of syntax that may be none in a newer Python; empty if it does not look like that."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    for pattern, version in _NEWER:
        newer = tuple(map(int, version.split("."))) > sys.version_info[:2]
        if newer and re.search(pattern, message if pattern == "f-string" else line):
            return f" (Python {version} and newer may read this; the course runs Python {here})"
    return ""
