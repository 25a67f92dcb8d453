"""Verdicts on tiny submissions without any room: a check passes where the answer multiplies as it should."""

from __future__ import annotations

import contextlib
import copy
import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from grader.course import Lesson
from grader.grading.keys import key
from grader.records.record import Verdict
from grader.results import CheckResult, SubmissionResult
from grader.submission.rebuild import rebuild

from . import small

RIGHT = {"double": ("x + x", "2 * x"), "triple": ("x + x + x", "3 * x")}


def judge(lesson: Lesson, notebook: bytes) -> SubmissionResult:
    """What rooms would say, from the answers' texts."""
    rebuilt = rebuild(lesson, notebook)
    answers = {cell.id: cell.source for cell in rebuilt.cells if cell.role == "answer"}
    checks = []
    for cell in lesson.checks:
        lines = [line.strip() for line in answers[cell.function].splitlines()]
        passed = any(f"return {right}" in lines for right in RIGHT[cell.function])
        outcome = "passed" if passed else "unanswered" if "raise NotImplementedError()" in lines else "failed"
        checks.append(CheckResult(cell.id, cell.function, cell.points * passed, cell.points, outcome))
    executed = copy.deepcopy(lesson.solution)
    ours = {
        cell["metadata"].get("nbgrader", {}).get("grade_id", cell["id"]): cell for cell in executed["cells"]
    }
    executed["cells"] = []
    for cell in rebuilt.cells:
        extra = {"execution_count": None, "outputs": []} if cell.kind == "code" else {}
        own = {"cell_type": cell.kind, "id": cell.id, "metadata": {}, **extra}
        executed["cells"].append({**ours.get(cell.id, own), "source": cell.source})
    score, most = sum(check.points for check in checks), sum(check.max_points for check in checks)
    return SubmissionResult(
        lesson.name, "graded", None, score, most, key(lesson, rebuilt), rebuilt.restored, tuple(checks),
        notebook=json.dumps(executed),
    )  # fmt: skip


def verdict(lesson: Lesson, student: str, notebook: Any = None, at: datetime | None = None) -> Verdict:
    """A verdict on a notebook (default: all right) under a student's name."""
    work = small.perfect() if notebook is None else notebook
    return Verdict(judge(lesson, small.as_bytes(work)).for_student(student), at)


GRADES = """
    SELECT s.student_id, b.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
    FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id JOIN base_cell b ON b.id = g.cell_id
    JOIN submitted_assignment s ON s.id = n.assignment_id ORDER BY 1, 2"""
COMMENTS = """
    SELECT s.student_id, b.name, c.auto_comment, c.manual_comment
    FROM comment c JOIN submitted_notebook n ON n.id = c.notebook_id JOIN base_cell b ON b.id = c.cell_id
    JOIN submitted_assignment s ON s.id = n.assignment_id ORDER BY 1, 2"""
SUBMISSIONS = """
    SELECT s.student_id, a.name, s.timestamp, n.late_submission_penalty, n.flagged
    FROM submitted_assignment s JOIN submitted_notebook n ON n.assignment_id = s.id
    JOIN assignment a ON a.id = s.assignment_id ORDER BY 1, 2"""


def rows(grades: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything about submissions in a SQLite gradebook, without its random ids."""
    with contextlib.closing(sqlite3.connect(grades / "gradebook.db")) as database:
        return {
            name: database.execute(query).fetchall()
            for name, query in (("grades", GRADES), ("comments", COMMENTS), ("submissions", SUBMISSIONS))
        }


def execute(grades: Path, statement: str, *values: Any) -> None:
    """Changes a gradebook as formgrader would."""
    with contextlib.closing(sqlite3.connect(grades / "gradebook.db")) as database, database:
        assert database.execute(statement, values).rowcount > 0


def files(grades: Path) -> dict[str, bytes]:
    """Every file below `grades` but the database and the lock."""
    found = [path for path in grades.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(grades)): path.read_bytes()
        for path in found
        if path.name not in ("gradebook.db", "gradebook.db-journal", ".lock")
    }
