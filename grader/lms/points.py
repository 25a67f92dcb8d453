"""Points for answers in words: what the students of each distinct answer have, and what a person decides, written down.

The spreadsheet (written.py) and the instructors' page (service/marking.py) are two faces of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..course import Cell
from ..errors import CourseError
from ..records.penalties import Change, Rule, refresh
from ..views.byhand import ByHand
from .answers import distinct, same
from .sheets import as_number


@dataclass(frozen=True)
class Group:
    """Students with one answer; for each the points that this answer was given (None: none yet) and the comment."""

    answer: str
    students: tuple[str, ...]
    points: tuple[float | None, ...]
    comments: tuple[str, ...]

    @property
    def agreed_points(self) -> float | None:
        """What all of them have; None if none or not the same."""
        return self.points[0] if len(set(self.points)) == 1 else None

    @property
    def agreed_comment(self) -> str:
        """What all of them were told; "" if nothing or not the same."""
        return self.comments[0] if len(set(self.comments)) == 1 else ""

    @property
    def open(self) -> bool:
        """Whether somebody has no points yet."""
        return None in self.points


@dataclass(frozen=True)
class Decision:
    """What some students get; None leaves what the gradebook has, and a comment of "" takes it away."""

    students: tuple[str, ...]
    points: float | None
    comment: str | None


@dataclass(frozen=True)
class Given:
    """What became of decisions.

    `changed` students have other points or another comment now, `before` of them had other points, `decided` have
    points. `absent` are decisions of which nothing was written, with the student who has no row in the gradebook.
    """

    changed: int
    before: int
    decided: int
    absent: tuple[tuple[Decision, str], ...]
    penalties: tuple[Change, ...]


def groups(question: Cell, answers: Mapping[str, str], hands: Mapping[str, ByHand]) -> Iterator[Group]:
    """Each distinct answer with its students and what they have; near ones are neighbours, and none at all comes last."""
    for answer, students in distinct(answers):
        have = [hands.get(student, ByHand()) for student in students]
        # Points that wait to be looked at again were given to another answer.
        points = (None if question.id in hand.waiting else hand.points.get(question.id) for hand in have)
        comments = (hand.comments.get(question.id, "") for hand in have)
        yield Group(answer, tuple(students), tuple(points), tuple(comments))


def mark_of(answer: str) -> str:
    """By what an answer is known again: equal ones have the same."""
    return hashlib.sha256(same(answer).encode()).hexdigest()[:32]


def others(students: Iterable[str], mark: str, answers: Mapping[str, str]) -> list[str]:
    """Those of the students whose answer is by now another than the one with this mark."""
    return [one for one in students if one not in answers or mark_of(answers[one]) != mark]


def points_in(text: str, most: float) -> float | None:
    """The points that were typed, None if none were. Raises CourseError if they are no number from 0 to `most`."""
    if not text.strip():
        return None
    try:
        value = as_number(text, "points")
    except CourseError:
        value = -1.0
    if not 0 <= value <= most:  # NaN is not
        raise CourseError(f"points {text[:40]!r} are no number from 0 to {most:g}")
    return value


def as_typed(points: float | None) -> str:
    """Points with all their digits: read back they are the same."""
    return "" if points is None else repr(points).removesuffix(".0")


def give(gradebook: Any, lesson: str, cell: str, decisions: Iterable[Decision], rule: Rule) -> Given:
    """Puts decisions into the gradebook, and the late penalties that follow, in a session that the caller commits."""
    from nbgrader import api

    changed, before, decided, absent = 0, 0, 0, list[tuple[Decision, str]]()
    for decision in decisions:
        places = _places(gradebook, lesson, cell, decision.students)
        if isinstance(places, str):
            absent.append((decision, places))
            continue
        before += sum(_had_others(grade, decision.points) for grade, _ in places)
        decided += len(places) if decision.points is not None else 0
        changed += sum([_put(grade, comment, decision) for grade, comment in places])
    gradebook.db.flush()
    done = refresh(gradebook.db, api, rule, [lesson])
    return Given(changed, before, decided, tuple(absent), done.changes)


def _places(gradebook: Any, lesson: str, cell: str, students: Iterable[str]) -> list[tuple[Any, Any]] | str:
    """Each student's grade and comment in the gradebook; or the first student who has none."""
    from nbgrader.api import MissingEntry

    places = []
    for student in students:
        try:
            grade = gradebook.find_grade(cell, lesson, lesson, student)
            places.append((grade, gradebook.find_comment(cell, lesson, lesson, student)))
        except MissingEntry:
            return student
    return places


def _had_others(grade: Any, points: float | None) -> bool:
    return points is not None and grade.manual_score is not None and grade.manual_score != points


def _put(grade: Any, comment: Any, decision: Decision) -> bool:
    """Gives one student what was decided; whether that changes anything."""
    before = (grade.manual_score, grade.needs_manual_grade, comment.manual_comment)
    if decision.points is not None:
        grade.manual_score, grade.needs_manual_grade = decision.points, False
    if decision.comment is not None:
        comment.manual_comment = decision.comment or None
    return before != (grade.manual_score, grade.needs_manual_grade, comment.manual_comment)
