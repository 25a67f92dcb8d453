"""`grader extend`: more time for one student and lesson; the penalty follows at once."""

from __future__ import annotations

import argparse
import difflib
from datetime import timedelta
from pathlib import Path
from typing import Any

from ..course import Course
from ..errors import CourseError
from .grades import Grades
from .opening import opened
from .penalties import note_extension, refresh, rule_of

MOST_DAYS = 3660.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("student", metavar="STUDENT")
    parser.add_argument("lesson", metavar="LESSON")
    parser.add_argument(
        "days", metavar="DAYS", type=float, help="after the deadline, in all; 0 takes it back"
    )
    parser.add_argument("--grades", type=Path, metavar="DIR", help="default: grades in the course")
    parser.add_argument("--db", metavar="URL", help="the gradebook, if it is not grades/gradebook.db")


def run(args: argparse.Namespace, course: Course) -> int:
    """Grants the extension and says what it changes."""
    course.choose([args.lesson])
    if not 0 <= args.days <= MOST_DAYS:
        raise CourseError(f"{args.days:g} days is no extension; it is between 0 and {MOST_DAYS:g}")
    from nbgrader import api

    with opened(args.db or Grades(args.grades or course.grades).gradebook) as gradebook:
        db = gradebook.db
        due = _extend(db, api, args.student, args.lesson, timedelta(days=args.days))
        done = refresh(db, api, rule_of(course.root), [args.lesson])
        db.commit()
    print(
        f"{args.student}, {args.lesson}: {args.days:g} days after the deadline"
        + (f", until {due} UTC" if due else "")
    )
    if due is None:
        print("the lesson has no deadline yet; the extension counts from the one it will get")
    for change in done.changes:
        print(
            f"{change.student}, {change.lesson}: late penalty {change.before:g} before, {change.after:g} now"
        )
    return 0


def _extend(db: Any, api: Any, student: str, lesson: str, extension: timedelta) -> Any:
    """Notes the extension, also before anything is handed in; the deadline that it makes, or None."""
    assignment = db.query(api.Assignment).filter_by(name=lesson).one_or_none()
    if assignment is None:
        raise CourseError(f"the gradebook has no lesson {lesson} yet; add its deadline or grade first")
    if db.get(api.Student, student) is None:
        names = [row.id for row in db.query(api.Student)]
        near = difflib.get_close_matches(student, names, 3)
        raise CourseError(
            f"no student is called {student}"
            + (f"; did you mean {' or '.join(near)}?" if near else " in the gradebook")
        )
    note_extension(db, api, student, assignment.id, extension)
    db.flush()
    try:
        return assignment.duedate and assignment.duedate + extension
    except OverflowError as err:
        raise CourseError(
            f"{lesson}: its deadline, {assignment.duedate}, leaves no room for more days"
        ) from err
