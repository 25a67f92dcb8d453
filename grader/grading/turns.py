"""In which order a class goes through the rooms, so that nobody waits for the slowest.

Everybody gets a short turn first. Whose cells or calls do not come back in it is held back until the others have their
verdicts, and then graded anew with more time, so a verdict never depends on the order. What was cut off while others
had the processor too is tried once more alone before it costs a point. Local rooms and a cluster are served alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace

from ..errors import CourseError, SubmissionError
from ..records.record import Verdict
from ..results import SubmissionResult
from ..submission.intake import Found, Handed
from .progress import Reporter

Grade = Callable[[str, bytes, float], SubmissionResult]
# Seconds of a room's own time that a submission may take in each turn; 0: all that the limits allow.
TURNS = (0.4, 2.0, 0.0)
# In a source: expected to take long, so tried later.
SLOW = (
    re.compile(rb"while\s+(?:True|1)\s*:"),
    re.compile(rb"sleep\s*\("),
)  # two, for each begins with a word to look for
MOST_HELD = 256 << 20  # bytes of notebooks that are held back; beyond that they are graded at once
RETRIES = 2
QUIET_S = 1.0


@dataclass
class Job:
    """A submission on its way through the rooms, or refused at the door; `old` is its verdict on record."""

    found: Found
    handed: Handed = Handed(b"")
    refusal: str | None = None
    old: SubmissionResult | None = None
    tries: int = 0


class Turns:
    """A class on its way through the rooms, at most `window` submissions at once."""

    def __init__(self, executor: Executor, grade: Grade, window: int, reporter: Reporter) -> None:
        self.executor, self.grade, self.window, self.reporter = executor, grade, window, reporter
        self.held: list[Job] = []  # for the next turn
        self.cut: list[Job] = []  # to be tried again alone
        self._running: dict[Future[SubmissionResult], Job] = {}
        self._size = 0  # of what is held

    def verdicts(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Verdict] | None]:
        """Every job with its verdict, the quick ones first; None after a turn, or where nothing came for QUIET_S."""
        try:
            for turn_s in TURNS:
                yield from self._turn(jobs, turn_s)
                jobs, self.held, self._size = iter(self.held), [], 0
                yield None
            self.window, alone = 1, self.cut
            yield from self._turn(iter(alone), 0.0, alone=True)
        finally:
            for future in self._running:
                future.cancel()

    def _turn(
        self, jobs: Iterator[Job], turn_s: float, alone: bool = False
    ) -> Iterator[tuple[Job, Verdict] | None]:
        more = True
        while more or self._running:
            while more and len(self._running) < self.window:
                job = next(jobs, None)
                if job is None:
                    more = False
                elif job.refusal is not None:
                    yield job, verdict_of(job, refused(job, job.refusal))
                elif not (turn_s == TURNS[0] and looks_slow(job.handed.notebook) and self._hold(job)):
                    self._start(job, turn_s)
            done = wait(self._running, QUIET_S, FIRST_COMPLETED).done if self._running else set()
            if self._running and not done:
                yield None
            for future in done:
                job = self._running.pop(future)
                result = result_of(future, job)
                if result.status == "held":
                    if not self._hold(job):
                        self._start(job, 0.0)
                elif result.status == "fault" and job.tries < RETRIES:
                    job.tries += 1
                    self.reporter.retry(job.found, result)
                    self._start(job, turn_s)
                elif cut_off(result) and not alone:
                    self.cut.append(job)
                else:
                    yield job, verdict_of(job, result)

    def _start(self, job: Job, turn_s: float) -> None:
        future = self.executor.submit(self.grade, job.found.lesson, job.handed.notebook, turn_s)
        self._running[future] = job

    def _hold(self, job: Job) -> bool:
        """Puts a job back for the next turn, if there is room for its bytes."""
        self._size += len(job.handed.notebook)
        if self._size <= MOST_HELD:
            self.held.append(job)
        return self._size <= MOST_HELD


def looks_slow(notebook: bytes) -> bool:
    """Whether a source is expected to take long."""
    return any(slow.search(notebook) for slow in SLOW)


def graded(
    jobs: Iterable[Job], executor: Executor, grade: Grade, window: int, reporter: Reporter
) -> Iterator[tuple[Job, Verdict] | None]:
    """Every job with its verdict, as they come; at most `window` are in the rooms. A fault is tried again.

    None where nothing has come for a while: time to write down what has.
    """
    return Turns(executor, grade, window, reporter).verdicts(iter(jobs))


def cut_off(result: SubmissionResult) -> bool:
    """Whether others may have had a part in points that were lost."""
    return result.crowded and any(check.outcome != "passed" for check in result.checks)


def result_of(future: Future[SubmissionResult], job: Job) -> SubmissionResult:
    """What came of a job; an error of ours is a fault, except that a broken course stops the run."""
    try:
        return future.result()
    except CourseError:
        raise
    except SubmissionError as err:
        return refused(job, str(err))
    except Exception as err:
        reason = f"{type(err).__name__}: {err}"
        return SubmissionResult(job.found.lesson, "fault", reason, 0.0, 0.0, "")


def refused(job: Job, reason: str) -> SubmissionResult:
    """The result of a submission that cannot be read."""
    return SubmissionResult(job.found.lesson, "refused", reason, 0.0, 0.0, "")


def verdict_of(job: Job, result: SubmissionResult) -> Verdict:
    """A result under its student's name, with what is known of when it was handed in."""
    if job.handed.notes and result.status == "graded":
        result = replace(result, restored=(*job.handed.notes, *result.restored))
    return Verdict(result.for_student(job.found.student), job.handed.timestamp, job.handed.secret)
