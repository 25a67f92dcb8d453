"""helpers/points.json: the points of every function's visible and hidden check, for the cards that students see."""

from __future__ import annotations

import json

from nbformat import NotebookNode

from ..course import HIDDEN, VISIBLE, Course, function_of, role_of
from ..files import write_changed


def write_points(course: Course, name: str, notebook: NotebookNode) -> None:
    """Bring the part of helpers/points.json that belongs to lesson `name` up to date."""
    path = course.root / "helpers" / "points.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    write_changed(path, _layout(known | {name: points(notebook)}))


def _layout(known: dict[str, dict[str, list[float]]]) -> str:
    """JSON with one function a line."""
    lessons = []
    for lesson, functions in sorted(known.items()):
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
