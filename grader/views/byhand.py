"""What people added to the grades: names, points given by hand, comments, late penalties; read from the gradebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, or_, select
from sqlalchemy.exc import SQLAlchemyError

from ..errors import MachineError


@dataclass
class ByHand:
    """One student's lesson as people left it; cells go by their grade id.

    `points` replaces a cell's automatic points; `waiting` names cells that a person has still to grade.
    """

    name: str = ""
    points: dict[str, float] = field(default_factory=dict)
    extra: dict[str, float] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    penalty: float = 0.0


def read(db_url: str, lesson: str, student: str | None = None) -> dict[str, ByHand]:
    """What the gradebook says about a lesson, by student; only one student's part if `student` is given.

    A gradebook that does not exist yet says nothing. Raises MachineError if one exists but cannot be read, or if the
    address is none.
    """
    if db_url.startswith("sqlite:///") and not Path(db_url.removeprefix("sqlite:///")).exists():
        return {}
    try:
        engine = create_engine(db_url)
    except (SQLAlchemyError, ImportError, ValueError) as err:
        raise MachineError(
            f"the gradebook's address is none that can be opened here: {err}; see --db"
        ) from err
    found: defaultdict[str, ByHand] = defaultdict(ByHand)
    try:
        with engine.connect() as connection:
            for query, put in _queries(lesson, student):
                for row in connection.execute(query):
                    put(found[row[0]], row)
    except SQLAlchemyError as err:
        cause = str(getattr(err, "orig", None) or type(err).__name__).strip().splitlines()[0]
        raise MachineError(f"the gradebook cannot be read ({cause}); is it nbgrader 0.9's?") from err
    finally:
        engine.dispose()
    return dict(found)


def _queries(lesson: str, student: str | None) -> Iterator[tuple[Any, Any]]:
    """Selects whose first column is the student, each with what to do with a row. Only what a person touched."""
    from nbgrader.api import (
        Assignment,
        BaseCell,
        Comment,
        Grade,
        Notebook,
        Student,
        SubmittedAssignment,
        SubmittedNotebook,
    )

    def of_lesson(*columns: Any) -> Any:
        query = (
            select(SubmittedAssignment.student_id, *columns)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(Assignment, Assignment.id == Notebook.assignment_id)
            .where(Assignment.name == lesson)
        )
        return query.where(SubmittedAssignment.student_id == student) if student else query

    names = of_lesson(Student.first_name, Student.last_name, SubmittedNotebook.late_submission_penalty).join(
        Student, Student.id == SubmittedAssignment.student_id
    )
    yield names, _put_name
    grades = (
        of_lesson(BaseCell.name, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .where(
            or_(Grade.manual_score.is_not(None), Grade.extra_credit.is_not(None), Grade.needs_manual_grade)
        )
    )
    yield grades, _put_grade
    comments = (
        of_lesson(BaseCell.name, Comment.manual_comment)
        .join(Comment, Comment.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Comment.cell_id)
        .where(Comment.manual_comment.is_not(None), Comment.manual_comment != "")
    )
    yield comments, lambda hand, row: hand.comments.__setitem__(row[1], row[2])


def _put_name(hand: ByHand, row: Any) -> None:
    hand.name = " ".join(part for part in (row[1], row[2]) if part)
    hand.penalty = float(row[3] or 0)


def _put_grade(hand: ByHand, row: Any) -> None:
    _, cell, manual, extra, waiting = row
    if manual is not None:
        hand.points[cell] = float(manual)
    if extra:
        hand.extra[cell] = float(extra)
    if waiting:
        hand.waiting.add(cell)
