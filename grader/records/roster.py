"""Who is in the class, and what each has in each lesson, out of nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..errors import CourseError


@dataclass(frozen=True)
class Person:
    """A student of the roster. `lms_id` is what the learning-management system calls the student."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_id: str

    @property
    def name(self) -> str:
        """First and last name, or the id where the roster has no name."""
        return f"{self.first_name} {self.last_name}".strip() or self.id

    @property
    def sortable_name(self) -> str:
        """Last name first, as Canvas writes it."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or self.id


@dataclass(frozen=True)
class Grade:
    """What a student has in one lesson; `raw` is None where nothing was handed in or nothing could be graded."""

    person: Person
    lesson: str
    raw: float | None
    penalty: float
    max_score: float
    timestamp: datetime | None
    duedate: datetime | None
    needs_manual_grade: bool

    @property
    def score(self) -> float | None:
        """Points after the late penalty, never below zero."""
        return None if self.raw is None else max(0.0, self.raw - self.penalty)


def read_grades(gradebook: Any, lessons: Sequence[str] = (), students: Sequence[str] = ()) -> list[Grade]:
    """One grade for every student of the roster and every lesson of an nbgrader `Gradebook`, in two queries a lesson.

    Raises CourseError for a lesson or student that the gradebook does not have.
    """
    roster = {person.id: person for person in people(gradebook)}
    assignments = {assignment.name: assignment for assignment in gradebook.assignments}
    for wanted, known, what in ((lessons, assignments, "lesson"), (students, roster, "student")):
        for name in wanted:
            if name not in known:
                raise CourseError(
                    f"the gradebook has no {what} {name!r}; it has {', '.join(sorted(known)) or 'none'}"
                )
    grades = []
    for lesson, assignment in assignments.items():
        if lessons and lesson not in lessons:
            continue
        rows = _rows(gradebook, assignment)
        for person in roster.values():
            if not students or person.id in students:
                grades.append(_grade(person, assignment, rows.get(person.id)))
    return sorted(grades, key=lambda grade: (grade.lesson, grade.person.id))


def people(gradebook: Any) -> list[Person]:
    """The roster of an nbgrader `Gradebook`."""
    return [_person(student) for student in gradebook.students]


def _person(student: Any) -> Person:
    fields = (student.first_name, student.last_name, student.email, student.lms_user_id)
    return Person(student.id, *(field or "" for field in fields))


def _rows(gradebook: Any, assignment: Any) -> dict[str, Any]:
    """By student: the time, the score and penalty, and whether a grade waits for a hand, of all that is graded.

    nbgrader's own `submission_dicts` takes a time that grows with the square of the class.
    """
    from nbgrader.api import Grade as Graded
    from nbgrader.api import SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import case, func, select

    waits = case((Graded.needs_manual_grade, 1), else_=0)
    graded = (
        select(Graded.notebook_id, func.sum(Graded.score).label("raw"), func.max(waits).label("waits"))
        .group_by(Graded.notebook_id)
        .subquery()
    )
    query = (
        select(
            SubmittedAssignment.student_id,
            func.max(SubmittedAssignment.timestamp).label("timestamp"),
            func.sum(graded.c.raw).label("raw"),
            func.sum(func.coalesce(SubmittedNotebook.late_submission_penalty, 0.0)).label("penalty"),
            func.max(graded.c.waits).label("waits"),
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(graded, graded.c.notebook_id == SubmittedNotebook.id)
        .where(SubmittedAssignment.assignment_id == assignment.id)
        .group_by(SubmittedAssignment.student_id)
    )
    return {row.student_id: row for row in gradebook.db.execute(query)}


def _grade(person: Person, assignment: Any, row: Any) -> Grade:
    return Grade(
        person=person,
        lesson=assignment.name,
        raw=None if row is None else float(row.raw),
        penalty=0.0 if row is None else float(row.penalty),
        max_score=float(assignment.max_score),
        timestamp=row.timestamp if row else None,
        duedate=assignment.duedate,
        needs_manual_grade=bool(row and row.waits),
    )
