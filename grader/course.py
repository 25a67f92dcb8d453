"""A course as the grader sees it: a folder with lessons in order, and a lesson as a list of cells with a role each.

    course.toml ──▶ Course ──▶ Lesson ──▶ Cell

Nothing here knows which course it is. Whoever needs one is handed it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from .errors import CourseError

SETTINGS = Path("solutions", "course.toml")
VARIABLE = "GRADER_COURSE"  # names the course's folder where neither an option nor the working folder does

Role = Literal["text", "given", "free", "experiment", "answer", "check", "written"]
VISIBLE, HIDDEN = "_visible", "_hidden"
MARKERS = re.compile(r"^\s*### (BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


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

    @property
    def unmarked(self) -> str:
        """`source` without the lines that mark what students do not get: an answer, or the rubric of a written one."""
        return MARKERS.sub("", self.source)


@dataclass(frozen=True, eq=False)
class Lesson:
    """A lesson: its cells in order, and the whole solution and release notebooks they were read from."""

    name: str
    course: Course
    cells: tuple[Cell, ...]
    solution: dict[str, Any]
    release: dict[str, Any]

    @property
    def root(self) -> Path:
        """The folder of the lesson's course."""
        return self.course.root

    @property
    def functions(self) -> tuple[str, ...]:
        """The graded functions, in the order of the lesson."""
        return tuple(cell.function for cell in self.cells if cell.role == "answer" and cell.function)

    @property
    def checks(self) -> tuple[Cell, ...]:
        """The check cells, in the order of the lesson."""
        return tuple(cell for cell in self.cells if cell.role == "check")

    @property
    def max_score(self) -> float:
        """The automatic points of the lesson."""
        return sum(cell.points for cell in self.checks)


@dataclass(frozen=True, eq=False)
class Course:
    """A course at `root`: its lessons by name, in the order in which they are taken, and its settings."""

    root: Path
    lessons: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    _loaded: dict[str, Lesson] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def load(cls, root: Path) -> Course:
        """The course whose folder is `root`.

        Raises
        ------
        CourseError
            If there is no course.toml, or it cannot be read.
        """
        path = root.resolve() / SETTINGS
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
            lessons = tuple(str(lesson["name"]) for lesson in settings["lesson"])
        except (FileNotFoundError, NotADirectoryError) as err:
            raise CourseError(
                f"{root} is no course: {SETTINGS} is missing; name its folder with --course"
            ) from err
        except (OSError, ValueError, KeyError, TypeError) as err:
            raise CourseError(f"{path}: {type(err).__name__}: {err}; it names each [[lesson]]") from err
        return cls(root.resolve(), lessons, settings)

    @property
    def submissions(self) -> Path:
        """Where students' work lies unless a command is told otherwise."""
        return self.root / "submissions"

    @property
    def grades(self) -> Path:
        """Where verdicts go unless a command is told otherwise."""
        return self.root / "grades"

    @cached_property
    def limits(self) -> Mapping[str, int]:
        """The sizes that lessons keep (course.toml, [limits])."""
        return dict(self.settings.get("limits", {}))

    def text(self, lesson: str) -> Path:
        """The text of a lesson, which people write."""
        return self.root / "solutions" / lesson / f"{lesson}.py"

    def solution(self, lesson: str) -> Path:
        """The executed notebook that is made from the text."""
        return self.root / "solutions" / lesson / f"{lesson}.ipynb"

    def release(self, lesson: str) -> Path:
        """The notebook that students get."""
        return self.root / "notebooks" / lesson / f"{lesson}.ipynb"

    def exercise(self, lesson: str, function: str) -> Path:
        """The file on one graded function: wrong answers, right answers, and what tells them apart."""
        return self.root / "solutions" / lesson / "exercises" / f"{function}.py"

    def lesson(self, name: str) -> Lesson:
        """A built lesson, read once.

        Raises
        ------
        CourseError
            If it is not built, or its solution and release do not have the same cells.
        """
        if name not in self._loaded:
            solution, release = _read(self.solution(name), name), _read(self.release(name), name)
            self._loaded[name] = lesson_from(self, name, solution, release)
        return self._loaded[name]

    def choose(self, names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        """The lessons called `names`, in the course's order; all of them if there are none.

        Raises
        ------
        CourseError
            If one is no lesson of the course.
        """
        unknown = [name for name in dict.fromkeys(names) if name not in self.lessons]
        if unknown:
            raise CourseError(
                f"no lesson is called {', '.join(unknown)}; there are {', '.join(self.lessons)}"
            )
        return tuple(name for name in self.lessons if name in names or not names)


def find_course(folder: Path | None = None) -> Course:
    """The course in `folder`; else the one that GRADER_COURSE names, that encloses the working folder, or ours.

    Ours is the one in whose folder the grader itself lies, as in a clone of this repository.

    Raises
    ------
    CourseError
        If there is none.
    """
    if folder is None and (named := os.environ.get(VARIABLE)):
        folder = Path(named)
    if folder is not None:
        return Course.load(folder)
    here = Path.cwd()
    for place in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (place / SETTINGS).is_file():
            return Course.load(place)
    raise CourseError(f"no course here: no {SETTINGS} in {here} or above; name its folder with --course")


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


def name_of(cell: dict[str, Any]) -> str:
    """By what a notebook's cell is known: its grade id, else its cell id (older notebooks have none: "")."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id") or cell.get("id", ""))


def lesson_from(course: Course, name: str, solution: dict[str, Any], release: dict[str, Any]) -> Lesson:
    """The lesson that two notebooks make. Raises CourseError if they do not have the same cells."""
    if len(solution["cells"]) != len(release["cells"]):
        raise CourseError(f"{name}: solution and release differ in their cells; run 'grader build {name}'")
    cells = tuple(
        _cell(ours, theirs) for ours, theirs in zip(solution["cells"], release["cells"], strict=True)
    )
    return Lesson(name, course, cells, solution, release)


def _read(path: Path, name: str) -> dict[str, Any]:
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as err:
        raise CourseError(f"{name}: {path} is missing; run 'grader build {name}'") from err
    except ValueError as err:
        raise CourseError(f"{name}: {path} is no notebook ({err}); run 'grader build {name}'") from err
    return notebook


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _cell(ours: dict[str, Any], theirs: dict[str, Any]) -> Cell:
    grading = ours["metadata"].get("nbgrader", {})
    return Cell(
        id=name_of(ours),
        kind="code" if ours["cell_type"] == "code" else "markdown",
        role=role_of(ours),
        source=_text(ours),
        release=_text(theirs),
        points=float(grading.get("points", 0)),
        function=function_of(ours),
        tags=tuple(ours["metadata"].get("tags", [])),
    )


def released_cells(root: Path, role: Role) -> list[str]:
    """What students get in the cells of one role, in all lessons that are built at `root`."""
    names = tuple(path.stem for path in sorted((root / "notebooks").glob("*/*.ipynb")))
    course, sources = Course(root, names), []
    for name in names:
        with contextlib.suppress(CourseError):
            sources += [cell.release for cell in course.lesson(name).cells if cell.role == role]
    return sources
