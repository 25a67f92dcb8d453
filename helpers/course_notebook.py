"""What can be known of the notebook in which a check runs: cells that ran, the student's own lines, names that are read.

Nothing here fails where there is no notebook: in a script, in a test or in a grader there is simply nothing to know.
"""

from __future__ import annotations

import dis
import inspect
import linecache
import re
import sys
import traceback
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from course_errors import unread

Notebook = dict[str, Any]
DATA = (np.ndarray, np.generic, dict, list, tuple, int, float)


@dataclass(frozen=True)
class Line:
    """A line of the student's that an error went through."""

    number: int
    code: str
    function: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.code}" if self.code else f"line {self.number}"


def shell() -> Any:
    """The IPython shell that this runs in, or None."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def notebook_of(function: Any, calling: Notebook) -> Notebook:
    """The names that a function of the notebook looks up."""
    names: Notebook = getattr(inspect.unwrap(function), "__globals__", calling)
    return names


def own_lines(error: BaseException, notebook: Notebook) -> list[Line]:
    """The lines of the notebook that an error went through, the innermost last."""
    return [
        Line(number, linecache.getline(frame.f_code.co_filename, number).strip(), frame.f_code.co_name)
        for frame, number in _own_frames(error, notebook)
    ]


def raised_at(error: BaseException, function: Any) -> str:
    """The line of a student's function at which an error arose, "" if it is not known here.

    Where it arose in another function, that one's name and the line that called it come too.
    """
    report = getattr(error, "report", None)  # of a grader's proxy
    if isinstance(report, dict):
        number, code = report.get("line"), str(report.get("code", ""))
        return str(Line(number, code, "")) if isinstance(number, int) else ""
    lines = own_lines(error, notebook_of(function, {}))
    return told(lines, getattr(function, "__name__", ""))


def told(lines: list[Line], name: str) -> str:
    """The innermost line; with the name of its function, and the line that called it, if it is not in `name`."""
    if not lines:
        return ""
    inner, own = lines[-1], [line for line in lines if line.function == name]
    if inner.function == name or inner.function.startswith("<") or not own:
        return str(inner)
    return f"line {inner.number} of `{inner.function}`: {inner.code}; called from line {own[-1].number} of `{name}`"


def names_at(error: BaseException, notebook: Notebook) -> Notebook:
    """The names that the line knew at which the notebook raised an error: its own, then functions and modules."""
    known = {name: value for name, value in notebook.items() if callable(value) or inspect.ismodule(value)}
    for frame, _ in list(_own_frames(error, notebook))[-1:]:
        known |= dict.fromkeys(frame.f_code.co_varnames) | frame.f_locals
    return known


def _own_frames(error: BaseException, notebook: Notebook) -> Iterator[tuple[types.FrameType, int]]:
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_globals is notebook:
            yield frame, number


def unread_cell(name: str) -> SyntaxError | None:
    """What kept Python from reading the cell that was to define `name` when it ran last; None if it was read."""
    cell = _last_cell(name)
    return unread(cell) if cell else None


def is_of_before(name: str, function: Any) -> bool:
    """Whether `function` is not the one of the cell that was run last to define it: that cell failed before it did."""
    cell = _last_cell(name)
    if not cell:  # and finding a source takes longer than many a check
        return False
    try:
        source = inspect.getsource(inspect.unwrap(function)).strip()
    except (OSError, TypeError):
        return False
    return source.startswith(f"def {name}(") and source not in cell


def _last_cell(name: str) -> str:
    """The text of the last cell that was run to define `name`; "" if there is none, or it cannot be known."""
    here = shell()
    cells = list(here.user_ns.get("In", [])) if here else []
    defines = re.compile(rf"^[ \t]*def {re.escape(name)}\b", re.MULTILINE)
    return next((str(cell) for cell in reversed(cells) if defines.search(str(cell))), "")


def has_begun(notebook: Notebook) -> bool:
    """Whether the notebook's first cells have run: NumPy is there."""
    return any(value is np for value in notebook.values())


def reads(function: Any, notebook: Notebook) -> list[str]:
    """The names of data that a function takes from the notebook, instead of from its arguments.

    Functions, classes and modules may be used so; constants in capitals too.
    """
    if not isinstance(function, types.FunctionType) or function.__globals__ is not notebook:
        return []
    return list(dict.fromkeys(_globals_of(function.__code__, notebook)))


def _globals_of(code: types.CodeType, notebook: Notebook) -> Iterator[str]:
    """The names of data that are read as globals; an attribute may have such a name too, and is none."""
    names = {name for name in code.co_names if _is_data(name, notebook.get(name))}
    if names:
        for step in dis.get_instructions(code):
            if step.opname == "LOAD_GLOBAL" and step.argval in names:
                yield str(step.argval)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _globals_of(constant, notebook)


def _is_data(name: str, value: Any) -> bool:
    return isinstance(value, DATA) and not (name.isupper() and len(name) > 2)
