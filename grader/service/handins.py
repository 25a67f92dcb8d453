"""The grader side: takes hand-ins, has them graded, decides which counts, and records that one in the gradebook.

    take ──▶ file and row, flushed ──▶ Rooms ──▶ executed notebook ──▶ gradebook, submissions/ ──▶ row: graded ──▶ told

Killed anywhere in between, the row still says `waiting`: the next start grades the same bytes again, comes to the same
verdict, and writes it over itself.
"""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ..course import Course
from ..errors import MachineError, SubmissionError
from ..files import write_file
from ..records.grades import Grades
from ..records.record import Recorder, Verdict
from ..results import SubmissionResult
from ..views import byhand, feedback, pages
from .policy import Policy, Terms
from .reveal import shown, told_at
from .store import SPENT, Store
from .work import Job, Rooms
from .writer import Writer

log = logging.getLogger("grader.service")
LISTED = 30  # hand-ins of a lesson that its page lists


class Handins:
    """All that becomes of hand-ins. `tell` hears of every change: {"student", "lesson", "id", "state"}."""

    def __init__(
        self,
        course: Course,
        policy: Policy,
        store: Store,
        recorder: Recorder,
        grades: Grades,
        submissions: Path,
        db: str | None,
    ) -> None:
        self.course, self.policy, self.store, self.grades = course, policy, store, grades
        self.tell: Callable[[dict[str, Any]], None] = lambda _: None
        self.rooms: Rooms
        self.recorder, self._submissions, self.db = recorder, submissions, db or grades.gradebook
        self.started = time.time()
        for name in course.lessons:
            if (deadline := policy.of(name).deadline) is not None:
                recorder.book.set_deadline(course.lesson(name), _utc(deadline))
        self.writer = Writer(recorder.write_table, self._lost)

    def resume(self) -> int:
        """Queues what was not graded when the last process ended; how many that are."""
        rows = self.store.waiting()
        for row in rows:
            self._queue(row)
        return len(rows)

    def take(self, student: str, lesson: str, token: str, content: bytes) -> dict[str, Any]:
        """Takes a hand-in, or the same one again; its row. Raises SubmissionError, or MachineError if the disk is full."""
        if lesson not in self.course.lessons:
            raise SubmissionError(f"There is no lesson {lesson[:80]!r}. Load the page again.")
        row, new = self.store.add(student, lesson, token, content, self._allow(lesson))
        if new:
            log.info("taken %s %s %s %d bytes", row["id"], student, lesson, len(content))
            self._announce(row, "waiting")
            self.rooms.put(Job(row, content))
        return row

    def _allow(self, lesson: str) -> Callable[[list[dict[str, Any]], tuple[float | None, int], float], None]:
        def allow(rows: list[dict[str, Any]], grants: tuple[float | None, int], now: float) -> None:
            until, more = grants
            self.policy.check(self.policy.of(lesson).extended(until), spent(rows), more, now)

        return allow

    def again(self, row: dict[str, Any]) -> None:
        """Grades a hand-in once more; what it was before stands until then. Raises SubmissionError if it waits already."""
        if row["state"] == "waiting":
            raise SubmissionError("It is being graded just now.")
        self.store.update(row["id"], state="waiting")
        self._announce(row, "waiting")
        self._queue(row)

    def _queue(self, row: dict[str, Any]) -> None:
        path = self.store.path(row)
        if path.is_file():
            self.rooms.put(Job(row, path.read_bytes()))
        else:
            self.store.update(
                row["id"], state="refused", reason="the file is no longer here; hand it in again"
            )

    def done(self, job: Job, result: SubmissionResult) -> None:
        """Called by the rooms with each verdict."""
        when = told_at(job.row["received"], time.time(), self.policy.reveal)
        self.writer.at(when, job.row["id"], lambda: self._record(job.row, result))

    def _lost(self, handin: str, reason: str) -> None:
        """Called by the writer: what is no hand-in's is of no row."""
        with contextlib.suppress(MachineError):
            self.store.update(handin, state="fault", reason=reason)

    def _record(self, row: dict[str, Any], result: SubmissionResult) -> None:
        student, lesson = row["student"], row["lesson"]
        most = self.course.lesson(lesson).max_score
        result = replace(result, student=student, max_score=most)
        old = self.store.get(row["id"])
        if old is None:
            return  # forgotten meanwhile
        if result.status == "fault" and json.loads(old["verdict"] or "{}").get("status") == "graded":
            log.error("fault %s, graded again: %s; its old verdict stands", row["id"], result.reason)
            self.store.update(row["id"], state="graded")
            self._announce(row, "graded")
            return
        if result.notebook is not None:
            self.store.keep_executed(row, result.notebook)
        new = {"score": result.score, "max_score": most, "reason": result.reason, "verdict": result.to_text()}
        rows = [one for one in self.store.of(student, lesson) if one["id"] != row["id"]]
        candidates = [one for one in rows if _has_points(one)]
        if result.status == "graded":
            candidates.append(row | new)
        chosen = self._best(candidates)
        if chosen is None:
            self.recorder.write([Verdict(result)])
        elif chosen["id"] == row["id"] or not chosen["counts"]:
            self._write(chosen, result if chosen["id"] == row["id"] else None)
        self.store.choose(student, lesson, chosen["id"] if chosen else None)
        self.store.update(row["id"], state=result.status, told=time.time(), **new)
        log.info("%s %s %s %s %.0f/%.0f", result.status, row["id"], student, lesson, result.score, most)
        self._announce(row, result.status)

    def _write(self, row: dict[str, Any], result: SubmissionResult | None) -> None:
        """Puts the hand-in that counts where `grader grade`, formgrader and the exports look for it."""
        if result is None:
            text, notebook = (self.store.get(row["id"]) or {})["verdict"], self.store.executed(row)
            result = replace(
                SubmissionResult.from_json(json.loads(text)), notebook=(notebook or b"").decode()
            )
        moment, folder = _utc(row["received"]), self._submissions / row["student"] / row["lesson"]
        write_file(folder / f"{row['lesson']}.ipynb", self.store.path(row).read_bytes())
        write_file(folder / "timestamp.txt", f"{moment} UTC".encode())
        self.recorder.write([Verdict(result, moment)])

    def _best(self, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The hand-in that counts: the last, or the one with most points after what lateness costs."""

        def worth(row: dict[str, Any]) -> tuple[float, float]:
            return (0.0 if self.policy.counts == "last" else row["score"] - self._late(row), row["received"])

        return max(rows, key=worth, default=None)

    def _late(self, row: dict[str, Any]) -> float:
        deadline = self.terms(row["student"], row["lesson"]).deadline
        if deadline is None or row["received"] <= deadline:
            return 0.0
        return self.recorder.penalty(row["student"], row["score"], row["received"] - deadline) or 0.0

    def _announce(self, row: dict[str, Any], state: str) -> None:
        self.tell({"student": row["student"], "lesson": row["lesson"], "id": row["id"], "state": state})

    def terms(self, student: str, lesson: str) -> Terms:
        """The terms of one student."""
        return self.policy.of(lesson).extended(self.store.grants(student, lesson)[0])

    def extend(self, student: str, lesson: str, until: float) -> None:
        """Moves a student's deadline, here and in the gradebook, where the late penalty follows."""
        self.store.grant(student, lesson, until)
        if (deadline := self.policy.of(lesson).deadline) is not None:
            later = self.terms(student, lesson).deadline or deadline  # than an extension given before, or not
            by = timedelta(seconds=later - deadline)
            self.writer.at(0.0, f"extension of {student}", lambda: self._extended(student, lesson, by))

    def _extended(self, student: str, lesson: str, by: timedelta) -> None:
        self.recorder.book.extend(self.course.lesson(lesson), student, by)
        chosen = self._best([row for row in self.store.of(student, lesson) if _has_points(row)])
        if chosen is not None and not chosen["counts"]:  # lateness alone had kept it from counting
            self._write(chosen, None)
            self.store.choose(student, lesson, chosen["id"])

    def page_of(self, row: dict[str, Any], *, staff: bool = False, now: float | None = None) -> bytes:
        """The feedback page of a hand-in, as the policy lets its student see it."""
        text = (self.store.get(row["id"]) or {}).get("verdict")
        if not text:
            raise MachineError("There is no verdict yet.")
        lesson, result = self.course.lesson(row["lesson"]), SubmissionResult.from_json(json.loads(text))
        told = "everything" if staff or self._over(row["lesson"], now or time.time()) else self.policy.reveal
        hand = byhand.ByHand()
        if row["counts"]:
            hand = byhand.read(self.db, row["lesson"], row["student"]).get(row["student"], hand)
        executed = self.store.executed(row)
        notebook = json.loads(executed) if executed else None
        return pages.encoded(feedback.page(lesson, shown(result, told), hand, notebook))

    def _over(self, lesson: str, now: float) -> bool:
        """Whether the last deadline of a lesson has passed, so that all may be told."""
        terms = self.policy.of(lesson)
        last = [terms.closes or terms.deadline, *self.store.extensions(lesson)]
        return last[0] is not None and all(now > moment for moment in last if moment is not None)

    def lessons_of(self, student: str) -> list[dict[str, Any]]:
        """What a student's page shows of every lesson."""
        now, everything = time.time(), self.store.of(student)
        return [self._lesson(student, name, everything, now) for name in self.course.lessons]

    def _lesson(
        self, student: str, name: str, everything: list[dict[str, Any]], now: float
    ) -> dict[str, Any]:
        lesson, rows = self.course.lesson(name), [row for row in everything if row["lesson"] == name]
        until, more = self.store.grants(student, name)
        terms = self.policy.of(name).extended(until)
        counts = next((row for row in rows if row["counts"]), None)
        why_not = ""
        try:
            self.policy.check(terms, spent(rows), more, now)
        except SubmissionError as err:
            why_not = str(err)
        return {
            "name": name,
            "title": feedback.title_of(lesson),
            "deadline": self.policy.words(terms.deadline),
            "late": terms.deadline is not None and now > terms.deadline,
            "left": self.policy.left(spent(rows), more, now)[0],
            "why_not": why_not,
            "points": counts["score"] if counts else None,
            "most": lesson.max_score,
            "handins": [self._brief(row, terms) for row in rows[::-1][:LISTED]],
            "number": len(rows),
        }

    def _brief(self, row: dict[str, Any], terms: Terms) -> dict[str, Any]:
        late = terms.deadline is not None and row["received"] > terms.deadline
        brief = {key: row[key] for key in ("id", "state", "score", "max_score", "counts", "reason")}
        return brief | {"when": self.policy.words(row["received"]), "late": late}


def spent(rows: list[dict[str, Any]]) -> list[float]:
    """The times of the hand-ins that use an attempt."""
    return [row["received"] for row in rows if row["state"] in SPENT]


def _has_points(row: dict[str, Any]) -> bool:
    """Whether a hand-in can be the one that counts: it is graded, or was and is being graded again."""
    return row["state"] == "graded" or bool(row["counts"])


def _utc(moment: float) -> datetime:
    """A time as the gradebook keeps it: UTC without zone, whole seconds."""
    return datetime.fromtimestamp(int(moment), UTC).replace(tzinfo=None)
