"""The grader side without rooms, for tests of its rules: verdicts are made up, the gradebook is real."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.course import Course
from grader.records.grades import Grades
from grader.records.record import Recorder
from grader.results import CheckResult, SubmissionResult
from grader.service.handins import Handins
from grader.service.policy import Policy
from grader.service.store import Store
from tests import serving

MOST = 2.0


class NoRooms:
    """Rooms that keep what they are given."""

    def __init__(self) -> None:
        self.jobs: list[Any] = []
        self.running: dict[str, Any] = {}
        self.seconds = 0.0

    def put(self, job: Any) -> None:
        self.jobs.append(job)

    def length(self, _turn: int) -> int:
        return len(self.jobs)


def verdict(
    course: Course, points: float = MOST, status: str = "graded", misconception: str = ""
) -> SubmissionResult:
    """A verdict on the small course with these points: the visible check's first."""
    if status != "graded":
        return SubmissionResult("numbers", status, "no notebook", 0.0, MOST, "")
    checks = [
        CheckResult(
            f"double_{kind}", "double", float(points > number), 1.0, "passed" if points > number else "failed"
        )
        for number, kind in enumerate(("visible", "hidden"))
    ]
    if misconception:
        checks[1] = CheckResult(
            "double_hidden", "double", 0, 1.0, "failed", misconception=misconception, looks_like="x"
        )
    notebook = json.dumps(course.lesson("numbers").solution)
    return SubmissionResult(
        "numbers", "graded", None, points, MOST, "key", (), tuple(checks), notebook=notebook
    )


@contextlib.contextmanager
def handins(root: Path, policy: Policy | None = None) -> Iterator[Handins]:
    """The grader side of a small course at `root`, opened again if it is there already."""
    course = Course.load(root) if (root / "solutions").exists() else serving.small_course(root)
    grades, store = Grades(root / "grades"), Store(root / "grades" / "handins")
    with Recorder(grades.root, [course.lesson(name) for name in course.lessons]) as recorder:
        made = Handins(course, policy or Policy(), store, recorder, grades, root / "submissions", None)
        made.rooms = NoRooms()  # type: ignore[assignment]
        yield made
    store.close()


def hand_in(
    made: Handins, student: str, token: str, points: float | None = MOST, **more: Any
) -> dict[str, Any]:
    """Takes a hand-in and records its verdict, unless `points` is None."""
    row = made.take(student, "numbers", token, serving.answered(made.course))
    if points is not None:
        made._record(row, verdict(made.course, points, **more))
    return made.store.get(row["id"]) or row
