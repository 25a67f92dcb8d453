"""The one statement of a grade: what counts now for a student and lesson, and what is to be said of the last hand-in.

Report, feedback pages, `explain` and every export take the points from here, that is, from the gradebook. A hand-in
that could not be graded leaves the points of the one before as they were, and every reader says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..results import Status, SubmissionResult
from .grades import Grades
from .opening import opened
from .penalties import refresh_at
from .roster import Grade, read_grades

ABSENT: Literal["absent"] = "absent"


@dataclass(frozen=True)
class Statement:
    """What counts for one student and lesson.

    `points` are those that count by now, by hand and after the penalty, None if there are none; `maximum` what can
    be had in all. `status` is that of what was handed in last, "absent" if nothing was.
    """

    student: str
    name: str
    lesson: str
    points: float | None
    maximum: float
    penalty: float = 0.0
    waiting: bool = False
    status: Status | Literal["absent"] = "graded"
    reason: str = ""
    untimed: bool = False

    @property
    def stands(self) -> bool:
        """Whether the points are of an earlier hand-in, because the last could not be graded."""
        return self.points is not None and self.status in ("refused", "fault")

    @property
    def said(self) -> str:
        """The points in words, the same wherever they are read."""
        if self.points is None:
            words = {
                "refused": "no points: it could not be graded",
                "fault": "no verdict yet",
                "absent": "nothing handed in",
            }
            return words.get(self.status, "no points yet")
        said = f"{_number(self.points)} of {_number(self.maximum)} points" + (
            " so far" if self.waiting else ""
        )
        if self.penalty:
            said += f", {_number(self.penalty)} taken for lateness"
        if self.untimed:
            said += ", time of hand-in unknown"
        return said + (", of an earlier hand-in; the last could not be graded" if self.stands else "")


Statements = dict[tuple[str, str], Statement]


def statements(grades: Grades, url: str | None, root: Path, lessons: Sequence[str]) -> Statements:
    """The statement on every student of the roster or with a result, for each lesson, by (student, lesson).

    Penalties are recomputed first. Raises MachineError if a gradebook is there but cannot be read.
    """
    db = url or grades.gradebook
    there = not db.startswith("sqlite:///") or Path(db.removeprefix("sqlite:///")).is_file()
    in_book: dict[tuple[str, str], Grade] = {}
    if there:
        refresh_at(db, root)
        with opened(db) as gradebook:
            in_book = {(grade.person.id, grade.lesson): grade for grade in read_grades(gradebook)}
    results = {(result.student, result.lesson): result for result in grades.results()}
    wanted = [key for key in sorted(in_book.keys() | results.keys()) if key[1] in lessons]
    return {key: _statement(key, in_book.get(key), results.get(key)) for key in wanted}


def _statement(key: tuple[str, str], grade: Grade | None, result: SubmissionResult | None) -> Statement:
    student, lesson = key
    status: Status | Literal["absent"] = (
        result.status if result else "graded" if grade and grade.raw is not None else ABSENT
    )
    reason = (result.reason or "") if result else ""
    if grade is None or grade.raw is None:
        name = grade.person.name if grade and grade.person.name != student else ""
        maximum = grade.max_score if grade else result.max_score if result else 0.0
        points = result.score if result and result.status == "graded" and grade is None else None
        return Statement(student, name, lesson, points, maximum, status=status, reason=reason)
    return Statement(
        student, grade.person.name if grade.person.name != student else "", lesson, grade.score, grade.max_score,
        min(grade.penalty, grade.raw), grade.needs_manual_grade, status, reason,
        grade.duedate is not None and grade.timestamp is None,
    )  # fmt: skip


def _number(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")
