"""What learning-management systems expect: grades out of nbgrader's gradebook, worksheets of Moodle and Canvas.

Both systems are happiest with their own file handed back filled in, so that is the main road; without one, a file
in their documented import format is written. Sources: Moodle's mod/assign/feedback/offline/importgradeslib.php and
mod/assign/feedback/file/importziplib.php; Canvas's lib/gradebook_importer.rb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..errors import CourseError
from .sheets import Sheet, as_number, read_sheet, sheet_in, write_sheet


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


def plain(name: str) -> str:
    """A name as a spreadsheet shows it: one that begins like a formula gets an apostrophe before it.

    No system knows its students by this text if the file holds an id. PHP takes a backslash before a quote for an
    escape, and would run two columns into one.
    """
    name = name.replace("\\", "/")
    return f"'{name}" if name.lstrip()[:1] in tuple("=+-@") else name


def points(value: float | None) -> str:
    """Points as both systems read them: a decimal point, at most two decimals, empty for none."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


MOODLE_COLUMNS = ("Identifier", "Full name", "Grade", "Last modified (grade)")


def participant(identifier: str) -> str:
    """The number at the end of Moodle's "Participant 123", whatever the language of the word before it."""
    match = re.search(r"(\d+)\s*$", identifier)
    if match is None:
        raise CourseError(
            f"the worksheet's identifier {identifier!r} ends in no number; download the worksheet again"
        )
    return match.group(1)


class Roster:
    """Finds the student that a row of a Moodle worksheet means: by id number, user name, e-mail, then full name."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by: dict[str, dict[str, list[Person]]] = {"id": {}, "email": {}, "name": {}}
        for person in people:
            for kind, keys in (
                ("id", {person.id, person.lms_id}),
                ("email", {person.email}),
                ("name", {person.name}),
            ):
                for key in keys - {""}:
                    self._by[kind].setdefault(key.casefold(), []).append(person)

    def find(self, row: dict[str, str]) -> Person | None:
        """The one student that fits, or None if nobody does or several share the name."""
        for column, kind in (
            ("ID number", "id"),
            ("Username", "id"),
            ("Email address", "email"),
            ("Full name", "name"),
        ):
            found = self._by[kind].get(row.get(column, "").strip().casefold(), [])
            if len(found) == 1:
                return found[0]
        return None

    def by_lms_id(self, lms_id: str) -> Person | None:
        """The one student with this id in the learning-management system (or in nbgrader)."""
        found = self._by["id"].get(lms_id.casefold(), [])
        return found[0] if len(found) == 1 else None


__all__ = [
    "MOODLE_COLUMNS",
    "Grade",
    "Person",
    "Roster",
    "Sheet",
    "as_number",
    "participant",
    "people",
    "plain",
    "points",
    "read_grades",
    "read_sheet",
    "sheet_in",
    "write_sheet",
]
