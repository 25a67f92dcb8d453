"""The one writer: verdicts into the gradebook, the executed notebooks and the results, in an order that survives.

First the gradebook, in one transaction for the batch; then the notebooks that people and feedback read; last the
results, whose key says "done". Killed anywhere in between, the next run does the unfinished ones again and comes
to the same rows and files.
"""

from __future__ import annotations

import contextlib
import csv
import fcntl
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..course import Lesson
from ..errors import MachineError, SubmissionError
from ..files import write_file
from ..results import SubmissionResult
from ..submission.intake import parse_timestamp
from .entry import Entry
from .gradebook import Book
from .grades import Grades
from .penalties import Refreshed, config_of, rule_of

COLUMNS = ("student", "lesson", "function", "check", "points", "max_points", "outcome", "misconception")


@dataclass(frozen=True)
class Verdict:
    """A result under its student's name, with what `intake.Handed` says of when it came, if that is known."""

    result: SubmissionResult
    timestamp: datetime | None = None
    secret: str | None = None


class Recorder:
    """Everything that is written under `grades`; a context manager that keeps other writers out meanwhile."""

    def __init__(
        self, grades: Path, lessons: Iterable[Lesson], url: str | None = None, prepare: bool = True
    ) -> None:
        """Opens the gradebook at `url` (default: SQLite beside the results). Raises MachineError if it cannot.

        With `prepare` its assignments become the lessons as they are now; else each does with its first verdict.
        """
        self._grades = Grades(grades)
        self._lessons = {lesson.name: lesson for lesson in lessons}
        roots = {lesson.root for lesson in self._lessons.values()}
        root = roots.pop() if roots else None
        config = config_of(root) if root else {}
        course = config.get("CourseDirectory", {}).get("course_id", "default_course")
        self.penalty = rule_of(root) if root else _no_penalty
        with contextlib.ExitStack() as opened:
            opened.enter_context(only_writer(grades))
            self.book = Book(url or self._grades.gradebook, course, self.penalty)
            opened.enter_context(self.book)
            for lesson in self._lessons.values() if prepare else ():
                self.book.add_lesson(lesson)
            self._opened = opened.pop_all()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def standing(self, lesson: str) -> Callable[[str], SubmissionResult | None]:
        """Tells for a student the verdict that stands, in results, gradebook and notebook alike; None if none."""
        scores = self.book.scores(lesson)

        def standing(student: str) -> SubmissionResult | None:
            old = self._grades.standing(student, lesson)
            if old is None or old.status != "graded" or abs(scores.get(student, -1.0) - old.score) > 1e-6:
                return None
            return old if self._grades.executed(student, lesson).is_file() else None

        return standing

    def handed_in(self, student: str, lesson: str) -> datetime | None:
        """The time of submission that was recorded with a verdict; None if none was."""
        try:
            return parse_timestamp(
                self._grades.executed(student, lesson).with_name("timestamp.txt").read_bytes()
            )
        except (OSError, SubmissionError):
            return None

    def write(self, verdicts: Sequence[Verdict]) -> None:
        """Records a batch. A fault leaves what was recorded before; a refusal leaves the gradebook alone."""
        entries, untimed = defaultdict(list), []
        for verdict in verdicts:
            if verdict.result.status == "graded":
                entry = self._entry(verdict)
                entries[verdict.result.lesson].append(entry)
                path = self._grades.executed(verdict.result.student, verdict.result.lesson)
                if verdict.timestamp is None and path.with_name("timestamp.txt").exists() and entry.changed():
                    untimed.append(path.with_name("timestamp.txt"))  # of the work that was there before
        for name in entries:
            self.book.add_lesson(self._lessons[name])
        self.book.write(entries)
        for path in untimed:
            path.unlink(missing_ok=True)
        for verdict in verdicts:
            result = verdict.result
            if result.status == "graded":
                path = self._grades.executed(result.student, result.lesson)
                write_file(path, (result.notebook or "").encode(), mode=0o444)
                if verdict.timestamp is not None:
                    write_file(path.with_name("timestamp.txt"), f"{verdict.timestamp} UTC".encode())
                if verdict.secret is not None:
                    write_file(path.with_name("submission_secret.txt"), verdict.secret.encode())
            if result.status != "fault" or self._grades.standing(result.student, result.lesson) is None:
                path = self._grades.result(result.student, result.lesson)
                write_file(path, result.to_text().encode())

    def restamp(self, student: str, lesson: str, stamp: datetime) -> None:
        """The same work handed in at another time: no verdict changes, the penalty may."""
        self.book.restamp(student, lesson, stamp)
        path = self._grades.executed(student, lesson).with_name("timestamp.txt")
        write_file(path, f"{stamp} UTC".encode())

    def refresh_penalties(self) -> Refreshed:
        """Makes every late penalty what it should be by now."""
        return self.book.refresh_penalties()

    def write_table(self) -> None:
        """grades.csv: one row a check of every result there is, of this run or an earlier one."""
        write_file(self._grades.table, (rows.encode() for rows in table(self._grades.results())))

    def _entry(self, verdict: Verdict) -> Entry:
        """What the gradebook is to hold, as nbgrader would have judged the executed notebook."""
        result, lesson = verdict.result, self._lessons[verdict.result.lesson]
        texts = solution_texts(result.notebook or "")
        scores: dict[str, float | None] = {check.id: check.points for check in result.checks}
        unanswered, empty = set(), ("unanswered", "not_reached")
        answered = {check.function for check in result.checks if check.outcome not in empty}
        for cell in lesson.cells:
            untouched = texts.get(cell.id, cell.release) == cell.release
            if cell.role in ("answer", "written") and untouched and cell.function not in answered:
                unanswered.add(cell.id)
            if cell.role == "written":
                scores[cell.id] = 0.0 if cell.id in unanswered else None
        path = self._grades.executed(result.student, result.lesson)

        def changed() -> frozenset[str]:
            old = solution_texts(path.read_bytes()) if path.is_file() else {}
            return frozenset(name for name, text in texts.items() if old.get(name) != text)

        return Entry(result.student, verdict.timestamp, scores, frozenset(unanswered), changed)


def solution_texts(notebook: str | bytes) -> dict[str, str]:
    """The texts of the answer and written cells of a notebook of ours, by grade id; {} if it cannot be read."""
    try:
        cells = json.loads(notebook)["cells"]
        grading = [(cell["metadata"].get("nbgrader", {}), cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError):
        return {}
    return {entry["grade_id"]: "".join(source) for entry, source in grading if entry.get("solution")}


def table(records: Iterable[SubmissionResult]) -> Iterator[str]:
    """The text of grades.csv, a record at a time; one without a verdict on its checks has one row with its status."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        start = (record.student, record.lesson)
        if record.status != "graded":
            writer.writerow((*start, "", "", "", record.max_score, record.status, ""))
        for check in record.checks if record.status == "graded" else ():
            row = (
                check.function,
                check.id,
                check.points,
                check.max_points,
                check.outcome,
                check.misconception,
            )
            writer.writerow(start + tuple("" if value is None else value for value in row))
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def _no_penalty(_student: str, _score: float, _seconds: float) -> float | None:
    return None


def only_writer(grades: Path) -> io.TextIOWrapper:
    """A lock that ends with the process, however it ends."""
    try:
        grades.mkdir(parents=True, exist_ok=True)
        lock = open(grades / ".lock", "w")  # noqa: SIM115 - held as long as the recorder
    except OSError as err:
        raise MachineError(
            f"{grades} cannot be written ({err.strerror}); nothing was graded. Choose another folder with --grades"
        ) from err
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as err:
        lock.close()
        raise MachineError(f"another run is writing into {grades}; wait for it to end") from err
    return lock
