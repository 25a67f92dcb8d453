"""Late penalties by the course's own rule, as deadline, extension, time and points are now; no student's code runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ..errors import CourseError
from .opening import opened

Rule = Callable[[str, float, float], float | None]


@dataclass(frozen=True)
class Change:
    """A penalty that is another than it was, in points."""

    student: str
    lesson: str
    before: float
    after: float


@dataclass(frozen=True)
class Refreshed:
    """What recomputing did: the changes, and whose time of hand-in is not known though there is a deadline."""

    changes: tuple[Change, ...] = ()
    untimed: tuple[tuple[str, str], ...] = ()


def rule_of(root: Path) -> Rule:
    """nbgrader's own rule for late work, as the course at `root` configures it."""
    config = config_of(root)

    def late(student: str, score: float, seconds: float) -> float | None:
        from nbgrader.preprocessors import AssignLatePenalties

        preprocessor = AssignLatePenalties(config=config)
        preprocessor.init_plugin()
        penalty: float | None = preprocessor.plugin_inst.late_submission_penalty(student, score, seconds)
        return penalty

    return late


def config_of(root: Path) -> Any:
    """The course's nbgrader_config.py as nbgrader's commands read it; {} if there is none."""
    if not (root / "nbgrader_config.py").is_file():
        return {}
    from traitlets.config import PyFileConfigLoader

    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    except Exception as err:  # it is a program, written by hand
        raise CourseError(f"{root / 'nbgrader_config.py'}: {type(err).__name__}: {err}; mend it") from err


def penalty_of(
    student: str,
    score: float,
    stamp: datetime | None,
    due: datetime | None,
    extension: timedelta | None,
    rule: Rule,
) -> float | None:
    """The penalty in points, between nothing and the whole score, as nbgrader bounds it; None if none is due.

    Without a time there is none either; that does not make it on time, see `Refreshed.untimed`.
    """
    if due is None or stamp is None:
        return None
    seconds = (stamp - due - (extension or timedelta())).total_seconds()
    late = rule(student, score, seconds) if seconds > 0 else None
    return None if late is None else min(max(late, 0.0), score)


def note_extension(db: Any, api: Any, student: str, assignment: str, by: timedelta) -> None:
    """Gives a student more time for an assignment, by its id, whether or not anything was handed in; none takes it back."""
    table, keys = api.SubmittedAssignment, {"student_id": student, "assignment_id": assignment}
    row = db.query(table).filter_by(**keys).one_or_none()
    if row is None:
        row = table(**keys)
        db.add(row)
    row.extension = by or None


def refresh(db: Any, api: Any, rule: Rule, lessons: Sequence[str] = ()) -> Refreshed:
    """Makes every penalty what it should be now, in a session that the caller commits."""
    from sqlalchemy import func, or_, select, update

    scores = (
        select(api.Grade.notebook_id, func.sum(api.Grade.score).label("score"))
        .group_by(api.Grade.notebook_id)
        .subquery()
    )
    query = (
        select(
            api.SubmittedNotebook.id, api.SubmittedNotebook.late_submission_penalty, scores.c.score,
            api.SubmittedAssignment.student_id, api.SubmittedAssignment.timestamp, api.SubmittedAssignment.extension,
            api.Assignment.name, api.Assignment.duedate,
        )
        .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .join(scores, scores.c.notebook_id == api.SubmittedNotebook.id)
        .where(or_(api.Assignment.duedate.is_not(None), api.SubmittedNotebook.late_submission_penalty > 0))
        .order_by(api.Assignment.name, api.SubmittedAssignment.student_id)
    )  # fmt: skip
    changes, untimed = [], []
    for row in db.execute(query).all():
        if lessons and row.name not in lessons:
            continue
        if row.timestamp is None and row.duedate is not None:
            untimed.append((row.student_id, row.name))
        score = float(row.score or 0.0)
        late = penalty_of(row.student_id, score, row.timestamp, row.duedate, row.extension, rule)
        if (late or 0.0) != (row.late_submission_penalty or 0.0):
            table = api.SubmittedNotebook.__table__
            db.execute(update(table).where(table.c.id == row.id).values(late_submission_penalty=late))
            before = float(row.late_submission_penalty or 0.0)
            changes.append(Change(row.student_id, row.name, before, float(late or 0.0)))
    return Refreshed(tuple(changes), tuple(untimed))


def refresh_at(url: str, root: Path) -> Refreshed:
    """The same for the gradebook at `url`, if there is one, with the rule of the course at `root`."""
    from nbgrader import api

    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        return Refreshed()
    with opened(url) as gradebook:
        done = refresh(gradebook.db, api, rule_of(root))
        if done.changes:
            gradebook.db.commit()
        return done
