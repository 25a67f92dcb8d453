"""What the rules of a lesson's source look at: its cells with what they bind and need, and how large they may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..course import SETTINGS, Course, function_of, role_of
from ..errors import CourseError
from .cellnames import code_lines, names


@dataclass(frozen=True)
class Finding:
    """One broken rule: where it is, what it says, what to do."""

    cell: int
    rule: str
    remedy: str


@dataclass(frozen=True)
class Part:
    """One cell of a lesson's source, with what the rules ask about it."""

    index: int
    role: str
    source: str
    metadata: dict[str, Any]
    function: str | None
    binds: frozenset[str]
    needs: frozenset[str]

    @property
    def grading(self) -> dict[str, Any]:
        """The nbgrader part of the metadata, empty where there is none."""
        found: dict[str, Any] = self.metadata.get("nbgrader", {})
        return found

    @property
    def lines(self) -> int:
        """Lines that are neither blank nor comment."""
        return code_lines(self.source)


@dataclass(frozen=True)
class Scope:
    """What a lesson may use and how large it may be; the sizes are those of course.toml, [limits]."""

    lesson: str
    modules: frozenset[str] = frozenset({"numpy"})
    cells: int = 100
    answers: int = 10
    text_words: int = 120
    code_lines: int = 15
    check_lines: int = 60
    written_points: int = 5

    @classmethod
    def of(cls, course: Course, lesson: str) -> Scope:
        """The scope of a lesson: NumPy, its course's helpers and limits. Raises CourseError for an unknown limit."""
        helpers = {path.stem for path in (course.root / "helpers").glob("*.py")}
        try:
            return cls(lesson, frozenset({"numpy"} | helpers), **course.limits)
        except TypeError as err:
            raise CourseError(f"{SETTINGS}: [limits]: {err}") from err


def part_of(index: int, cell: dict[str, Any]) -> Part:
    """A cell as the rules see it. Raises SyntaxError if it is code but not Python."""
    binds, needs = names(cell["source"]) if cell["cell_type"] == "code" else (frozenset(), frozenset())
    return Part(index, role_of(cell), cell["source"], cell["metadata"], function_of(cell), binds, needs)
