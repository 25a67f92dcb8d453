"""What a run says while it goes on: a bar with the time left on a terminal, plain lines or JSON elsewhere.

Anything out of the ordinary is one line that names the student, the lesson, the cause and what to do.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from ..records.penalties import Refreshed
from ..results import SubmissionResult
from ..submission.intake import Found

EVERY_S = 10.0  # between two plain lines
SHOWN = 5  # notes on one submission; the result has all
MANY = 20  # names in a line


class Reporter:
    """Counts verdicts and tells them; knows nothing of grading."""

    def __init__(self, form: Literal["plain", "json"] = "plain") -> None:
        self._json = form == "json"
        self._bar: Any = None
        self._total = self._seen = 0
        self._started = self._told = time.monotonic()
        self._recording_s = 0.0
        self.counts: Counter[str] = Counter()
        self._points: Counter[str] = Counter()
        self._graded: Counter[str] = Counter()

    def wrong(self, message: str) -> int:
        """Says what is wrong with the command; its exit status."""
        print(f"grader grade: {message}", file=sys.stderr)
        return 2

    def start(self, total: int) -> None:
        """Begins to count towards `total` submissions."""
        self._total, self._started = total, time.monotonic()
        if sys.stderr.isatty() and not self._json and not os.environ.get("COURSE_QUIET"):
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit=" submissions", file=sys.stderr)

    def skip(self, why: str) -> None:
        """A submission that is not graded now: `done` or `outdated`."""
        self.counts[why] += 1
        self._step()

    def retry(self, found: Found, result: SubmissionResult) -> None:
        """A fault that is tried again."""
        self._say("fault", found.student, found.lesson, result.reason or "", "trying again")

    def stray(self, student: str, name: str, lessons: Iterable[str]) -> None:
        """A folder or file beside the lessons' folders that nobody will look at."""
        cause = f"it is in no lesson's folder; there are {', '.join(lessons)}"
        self._say("not graded", student, name, cause, "move it there, or give it to 'grader collect'")

    def verdict(self, result: SubmissionResult, old: SubmissionResult | None = None) -> None:
        """A verdict that stands for this run; `old` is the one before. Only what needs a hand is a line."""
        self.counts[result.status] += 1
        if result.status == "graded":
            self._graded[result.lesson] += 1
            self._points[result.lesson] += result.score / (result.max_score or 1)  # type: ignore[assignment]
            if old is not None and old.status == "graded" and result.score < old.score:
                cause = f"{old.score:g} points before, {result.score:g} for what was handed in last"
                told = "the last one counts; the earlier is in .earlier if it was collected here"
                self._say("points fell", result.student, result.lesson, cause, told)
        elif result.status == "refused":
            told = "tell the student; no grade was written"
            if old is not None and old.status == "graded":
                told = f"tell the student; the {old.score:g} points of the hand-in before stand"
            self._say("refused", result.student, result.lesson, result.reason or "", told)
        else:
            told = "no grade was written; run the command again"
            self._say("fault", result.student, result.lesson, result.reason or "", told)
        for note in result.to_look_at[:SHOWN]:
            kind, _, cause = note.partition(": ")
            self._say(kind, result.student, result.lesson, cause, "look whether that is right")
        self.counts["restored"] += bool(result.restored)
        self._step()

    def late(self, done: Refreshed) -> None:
        """Penalties that have changed, and those that nobody can know."""
        for change in done.changes:
            cause = f"late penalty {change.before:g} before, {change.after:g} now"
            self._say(
                "penalty",
                change.student,
                change.lesson,
                cause,
                "deadline, extension, time or points have changed",
            )
        if done.untimed:
            names = ", ".join(f"{student} ({lesson})" for student, lesson in done.untimed[:MANY])
            more = f" and {len(done.untimed) - MANY} more" if len(done.untimed) > MANY else ""
            cause = f"there is a deadline, but nobody knows when they handed in: {names}{more}"
            told = "no penalty was taken; put a timestamp.txt beside the notebook if it was late"
            self._say("time unknown", "class", f"{len(done.untimed)} submissions", cause, told)

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Counts the seconds of the block as the writer's."""
        started = time.monotonic()
        try:
            yield
        finally:
            self._recording_s += time.monotonic() - started

    def finish(self, grades: Path) -> int:
        """The summary; the exit status."""
        if self._bar is not None:
            self._bar.close()
        seconds = time.monotonic() - self._started
        if self._json:
            writer_s = round(self._recording_s, 2)
            self._json_line("finished", seconds=round(seconds, 1), writer_seconds=writer_s, **self.counts)
        else:
            self._summary(seconds, grades)
        return 1 if self.counts["fault"] else 0

    def _summary(self, seconds: float, grades: Path) -> None:
        counts = self.counts
        said = [f"{counts['graded']} graded in {seconds:.1f} s"]
        said += [f"{counts[what]} {what}" for what in ("refused", "fault") if counts[what]]
        said += [f"{counts['done']} done before"] if counts["done"] else []
        print(", ".join(said))
        for lesson, number in self._graded.items():
            print(
                f"  {lesson:<20} {number:>6} graded, mean {100 * self._points[lesson] / number:.0f} % of the points"
            )
        if counts["restored"]:
            print(
                f"{counts['restored']} were put right before grading, nothing to do; 'grader report' lists them"
            )
        if counts["outdated"]:
            print(
                f"{counts['outdated']} were graded by an earlier version of the course and keep their grades; "
                "'grader grade --force --dry-run' shows what would change, '--force' regrades them"
            )
        print(f"one row a check: {grades / 'grades.csv'}")

    def _say(self, kind: str, student: str, lesson: str, cause: str, todo: str) -> None:
        if self._json:
            self._json_line(kind, student=student, lesson=lesson, cause=cause, todo=todo)
            return
        line = f"{student}, {lesson}: {kind}: {' '.join(cause.split())}; {todo}"
        if self._bar is not None:
            self._bar.write(line, file=sys.stderr)
        else:
            print(line, file=sys.stderr, flush=True)

    def _step(self) -> None:
        self._seen += 1
        if self._bar is not None:
            self._bar.update()
            return
        now = time.monotonic()
        if now - self._told < EVERY_S:
            return
        self._told = now
        left = (now - self._started) / self._seen * (self._total - self._seen)
        if self._json:
            self._json_line("progress", seen=self._seen, total=self._total, seconds_left=round(left))
        else:
            print(
                f"{self._seen} of {self._total} submissions, about {left:.0f} s left",
                file=sys.stderr,
                flush=True,
            )

    def _json_line(self, event: str, **fields: Any) -> None:
        print(json.dumps({"event": event, **fields}, ensure_ascii=False), file=sys.stderr, flush=True)
