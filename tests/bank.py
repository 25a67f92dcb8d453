"""Run a lesson's checks on any answer, in this process and from the lesson's text: what the tests of all three share.

`run_checks("initialization", {"normalize_inputs": source})` says which checks that answer passes, with the
reference solution in all other places.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from unittest import mock

import jupytext
import matplotlib
import numpy as np

from grader.author import fingerprints
from grader.course import function_of, role_of
from grader.exercises import SHARED, compiled
from grader.rooms import recognise as recognising
from grader.rooms.checker import SEED
from grader.rooms.exercise import Exercise, Right, Wrong, load
from tests.here import COURSE

matplotlib.use("agg")


@dataclass(frozen=True)
class TextCell:
    """A cell as it stands in solutions/<lesson>/<lesson>.py; `id` is its grade id ("" where it has none)."""

    role: str
    id: str
    function: str | None
    source: str
    points: float
    kind: str


@functools.cache
def cells(lesson: str) -> tuple[TextCell, ...]:
    """The cells of a lesson's source, in order."""
    notebook = jupytext.read(COURSE.text(lesson))
    return tuple(_text_cell(cell) for cell in notebook.cells)


def _text_cell(cell: Any) -> TextCell:
    grading = cell["metadata"].get("nbgrader", {})
    name, points = str(grading.get("grade_id", "")), float(grading.get("points", 0))
    return TextCell(role_of(cell), name, function_of(cell), cell["source"], points, cell["cell_type"])


def functions(lesson: str) -> list[str]:
    """The graded functions of a lesson, in order."""
    return [cell.function for cell in cells(lesson) if cell.role == "answer" and cell.function]


@functools.cache
def exercise(lesson: str, function: str) -> Exercise:
    """What an exercise's file tells."""
    files = compiled(COURSE, lesson, (function,))
    return load(function, files[function], files.get(SHARED))


def answers(lesson: str) -> list[Right]:
    """The bank of right answers of a lesson."""
    return [right for function in functions(lesson) for right in exercise(lesson, function).right]


def misconceptions(lesson: str) -> list[Wrong]:
    """The table of wrong answers of a lesson."""
    return [wrong for function in functions(lesson) for wrong in exercise(lesson, function).wrong]


@functools.cache
def _code(source: str, name: str) -> Any:
    return compile(source, name, "exec")


def run_checks(lesson: str, replacements: Mapping[str, str | Right], *, stub: bool = False) -> dict[str, Any]:
    """What each check says when some answers are replaced: {check id: None or the exception it raised}.

    Parameters
    ----------
    replacements
        Function name to the text of its answer cell, or to a `Right` of the bank.
    stub
        Whether functions that are not replaced are left out, instead of being the reference's.
    """
    notebook: dict[str, Any] = {"__name__": "__main__"}
    verdicts: dict[str, Any] = {}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a warning never costs points
        for cell in cells(lesson):
            if cell.role == "check":
                verdicts[cell.id] = _outcome(cell, dict(notebook))
            elif cell.role == "answer" and cell.function in replacements:
                _answer(replacements[cell.function], notebook)
            elif cell.role == "given" or (cell.role == "answer" and not stub):
                exec(_code(cell.source, cell.id), notebook)
    return verdicts


def _answer(answer: str | Right, notebook: dict[str, Any]) -> None:
    sources = [answer] if isinstance(answer, str) else [*answer.extra_cells, answer.source]
    for source in sources:
        exec(_code(source, "<answer>"), notebook)


def _outcome(cell: TextCell, names: dict[str, Any]) -> Exception | None:
    np.random.seed(SEED)  # as in the checker room
    try:
        exec(_code(cell.source, cell.id), names)
    except Exception as problem:
        return problem
    return None


def failed(verdicts: Mapping[str, Any]) -> set[str]:
    """The ids of the checks that did not pass."""
    return {name for name, problem in verdicts.items() if problem is not None}


def checks_of(lesson: str, function: str) -> set[str]:
    """The ids of one function's checks."""
    return {cell.id for cell in cells(lesson) if cell.role == "check" and cell.function == function}


def build(lesson: str, function: str, answer: str | Right) -> Callable[..., Any]:
    """The function that an answer defines, in a notebook where all else is the reference."""
    notebook: dict[str, Any] = {"__name__": "__main__"}
    for cell in cells(lesson):
        if cell.role == "given" or (cell.role == "answer" and cell.function != function):
            exec(_code(cell.source, cell.id), notebook)
    _answer(answer, notebook)
    made: Callable[..., Any] = notebook[function]
    return made


def recognise(lesson: str, function: str, implementation: Callable[..., Any]) -> str | None:
    """The name that the grader's own code gives to an implementation; None if it resembles no known mistake."""
    own = exercise(lesson, function)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        mine = recognising.fingerprint(own, implementation)
        alike = recognising.alike(own, _known(lesson, function), mine)
    return recognising.named(alike)["misconception"] if alike else None


@functools.cache
def _known(lesson: str, function: str) -> list[list[float] | None]:
    own = exercise(lesson, function)
    return [recognising.fingerprint(own, wrong.implementation) for wrong in own.wrong]


def family_of(lesson: str, wrong: Wrong) -> set[str]:
    """The names of a wrong answer and of those that it cannot be told from."""
    alike = [w for w in misconceptions(lesson) if w.function == wrong.function and w.family == wrong.family]
    return {wrong.name} | {w.name for w in alike if w.family}


def reference_of(lesson: str, function: str) -> str:
    """The text of our own answer."""
    return next(c.source for c in cells(lesson) if c.role == "answer" and c.function == function)


@functools.cache
def verdicts_on(lesson: str, wrong: Wrong) -> dict[str, Any]:
    """What every check says to a wrong answer, in a notebook whose fingerprints are up to date."""
    with mock.patch("course_fingerprints._table", lambda: _visible_rows(lesson)):
        return run_checks(lesson, {wrong.function: wrong.source})


@functools.cache
def _visible_rows(lesson: str) -> dict[str, Any]:
    code = [(cell.id, cell.source) for cell in cells(lesson) if cell.role in ("given", "answer")]
    names, files = fingerprints.namespace(code), compiled(COURSE, lesson, tuple(functions(lesson)))
    rows: dict[str, Any] = {}
    for function in functions(lesson):
        found, faults = fingerprints.measured(files, names, function, COURSE.settings["exercise"])
        assert not faults
        rows |= found
    return rows
