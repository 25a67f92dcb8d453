"""The course as the grader sees it: where it lies, and a lesson as a list of cells with a role each."""

from __future__ import annotations

import contextlib
import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from .errors import CourseError

ROOT = Path(__file__).resolve().parents[1]
LESSONS = ("initialization", "regularization", "gradient_checking")

Role = Literal["text", "given", "free", "experiment", "answer", "check", "written"]
VISIBLE, HIDDEN = "_visible", "_hidden"


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson.

    `source` is ours, with solution or hidden checks; `release` is the text that students got. `id` is the grade
    id where the cell has one, else the notebook's cell id. `function` is the graded function of an answer or
    check. Points are automatic (check) or manual (written).
    """

    id: str
    kind: Literal["code", "markdown"]
    role: Role
    source: str
    release: str
    points: float = 0.0
    function: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A lesson: its cells in order, and the whole solution and release notebooks they were read from."""

    name: str
    root: Path
    cells: tuple[Cell, ...]
    solution: dict[str, Any]
    release: dict[str, Any]

    @property
    def functions(self) -> tuple[str, ...]:
        """The graded functions, in the order of the lesson."""
        return tuple(cell.function for cell in self.cells if cell.role == "answer" and cell.function)

    @property
    def checks(self) -> tuple[Cell, ...]:
        """The check cells, in the order of the lesson."""
        return tuple(cell for cell in self.cells if cell.role == "check")


def role_of(cell: dict[str, Any]) -> Role:
    """What a notebook cell is for, read from its nbgrader metadata and tags."""
    grading = cell["metadata"].get("nbgrader", {})
    tags = cell["metadata"].get("tags", [])
    if grading.get("grade") and grading.get("solution"):
        return "written"
    if grading.get("grade"):
        return "check"
    if grading.get("solution"):
        return "answer"
    if cell["cell_type"] != "code":
        return "text"
    if "experiment" in tags:
        return "experiment"
    return "given" if grading.get("locked") else "free"


def function_of(cell: dict[str, Any]) -> str | None:
    """The graded function of an answer or check cell, read from its grade id."""
    if role_of(cell) not in ("answer", "check"):
        return None
    grade_id = str(cell["metadata"]["nbgrader"]["grade_id"])
    return grade_id.removesuffix(VISIBLE).removesuffix(HIDDEN)


@functools.cache
def load_lesson(name: str, root: Path = ROOT) -> Lesson:
    """The built lesson `name` of the course at `root`.

    Raises
    ------
    CourseError
        If the lesson is unknown, not built, or its solution and release do not have the same cells.
    """
    solution = _read(root / "solutions" / name / f"{name}.ipynb", name)
    release = _read(root / "notebooks" / name / f"{name}.ipynb", name)
    if len(solution["cells"]) != len(release["cells"]):
        raise CourseError(f"{name}: solution and release differ in their cells; run 'grader build {name}'")
    cells = tuple(
        _cell(ours, theirs) for ours, theirs in zip(solution["cells"], release["cells"], strict=True)
    )
    return Lesson(name, root, cells, solution, release)


def released_cells(root: Path, role: Role) -> list[str]:
    """What students get in the cells of one role, in all lessons that are built."""
    sources = []
    for path in sorted((root / "notebooks").glob("*/*.ipynb")):
        with contextlib.suppress(CourseError):
            sources += [cell.release for cell in load_lesson(path.stem, root).cells if cell.role == role]
    return sources


def _read(path: Path, name: str) -> dict[str, Any]:
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as err:
        raise CourseError(f"{name}: {path} is missing; run 'grader build {name}'") from err
    return notebook


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _cell(ours: dict[str, Any], theirs: dict[str, Any]) -> Cell:
    grading = ours["metadata"].get("nbgrader", {})
    return Cell(
        id=str(grading.get("grade_id") or ours["id"]),
        kind="code" if ours["cell_type"] == "code" else "markdown",
        role=role_of(ours),
        source=_text(ours),
        release=_text(theirs),
        points=float(grading.get("points", 0)),
        function=function_of(ours),
        tags=tuple(ours["metadata"].get("tags", [])),
    )
