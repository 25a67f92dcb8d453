"""helpers/points.json: the points of every function's visible and hidden check, for the cards that students see."""

from __future__ import annotations

import json
from pathlib import Path

from nbformat import NotebookNode

from ..course import HIDDEN, VISIBLE, Course, function_of, role_of
from ..files import write_changed

Points = dict[str, dict[str, list[float]]]  # lesson, function, [visible, hidden]


def write_points(course: Course, name: str, notebook: NotebookNode) -> None:
    """Bring the part of helpers/points.json that belongs to lesson `name` up to date; lessons that are gone leave it."""
    known = _kept(course, name, notebook)
    write_changed(
        _path(course), _layout({lesson: known[lesson] for lesson in course.lessons if lesson in known})
    )


def gone(course: Course, name: str, notebook: NotebookNode) -> set[str]:
    """The functions that have points in helpers/points.json so far, and that no lesson asks for any more."""
    before, after = _known(course), _kept(course, name, notebook)
    return {f for lesson in before.values() for f in lesson} - {
        f for lesson in after.values() for f in lesson
    }


def _kept(course: Course, name: str, notebook: NotebookNode) -> Points:
    kept = {lesson: pairs for lesson, pairs in _known(course).items() if lesson in course.lessons}
    return kept | {name: points(notebook)}


def _known(course: Course) -> Points:
    path = _path(course)
    known: Points = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return known


def _path(course: Course) -> Path:
    return course.root / "helpers" / "points.json"


def _layout(known: Points) -> str:
    """JSON with one function a line, the lessons as they come."""
    lessons = []
    for lesson, functions in known.items():
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(pair)}" for name, pair in functions.items())
        lessons.append(f' "{lesson}": {{\n{lines}\n }}')
    return "{\n" + ",\n".join(lessons) + "\n}\n"


def points(notebook: NotebookNode) -> dict[str, list[float]]:
    """Per graded function, in the order of the lesson: the points of its visible and of its hidden check."""
    by_id = {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in notebook.cells
        if role_of(cell) == "check"
    }
    functions = [str(function_of(cell)) for cell in notebook.cells if role_of(cell) == "answer"]
    return {
        name: [by_id.get(f"{name}{VISIBLE}", 0.0), by_id.get(f"{name}{HIDDEN}", 0.0)] for name in functions
    }
