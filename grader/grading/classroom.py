"""`grader grade`: every submission of the class through the rooms and into the gradebook, resumed where it stopped.

Work flows through a bounded window (see `turns`): notebooks are read when a place is free, verdicts are recorded in
batches, so that memory stays flat however large the class.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import itertools
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import FrameType

from ..course import Course, Lesson
from ..errors import CourseError, SubmissionError
from ..records.record import Recorder, Verdict
from ..submission.intake import Found, discover, read, strays
from ..submission.notebook import digest_of, parse
from ..submission.settle import settle
from .keys import key_of, same_work
from .progress import Reporter
from .turns import Grade, Job, graded

BATCH, BATCH_S = 100, 1.0  # verdicts and seconds between two transactions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="default: all")
    parser.add_argument("--submissions", type=Path, metavar="DIR", help="default: submissions in the course")
    parser.add_argument("--grades", type=Path, metavar="DIR", help="default: grades in the course")
    parser.add_argument(
        "--db", metavar="URL", help="the gradebook; default: gradebook.db in the grades folder"
    )
    parser.add_argument("--student", nargs="+", action="extend", default=[], metavar="ID", help="only these")
    parser.add_argument(
        "--jobs", type=int, default=len(os.sched_getaffinity(0)), metavar="N", help="rooms at a time"
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask scheduler, instead of rooms on this machine"
    )
    parser.add_argument(
        "--force", action="store_true", help="also what an earlier version of the course graded otherwise"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would change; write no grade")
    parser.add_argument(
        "--unsafe", action="store_true", help="grade without full isolation: only work you trust"
    )
    parser.add_argument(
        "--log", choices=("plain", "json"), default="plain", help="form of progress and warnings"
    )


def run(args: argparse.Namespace, course: Course) -> int:
    """Grade the class. 0: every submission has a verdict; 1: something of ours failed; 2: wrong usage."""
    reporter = Reporter(args.log)
    args.submissions, args.grades = args.submissions or course.submissions, args.grades or course.grades
    try:
        names = course.choose(args.lessons)
    except CourseError as err:
        return reporter.wrong(str(err))
    if not args.submissions.is_dir():
        return reporter.wrong(f"there is no folder {args.submissions}; see --submissions")
    if args.jobs < 1:
        return reporter.wrong("--jobs must be at least 1")
    work = list(discover(args.submissions, names, args.student))
    missing = sorted(set(args.student) - {found.student for found in work} - {found.folder for found in work})
    if missing:
        return reporter.wrong(f"nothing was handed in by {', '.join(missing)}")
    for student, name in strays(args.submissions, course.lessons, args.student):
        reporter.stray(student, name, course.lessons)
    lessons = [course.lesson(name) for name in names if any(found.lesson == name for found in work)]
    with interruptible():
        return grade_class(args, reporter, lessons, work, functools.partial(executor_for, args, course))


@contextlib.contextmanager
def executor_for(args: argparse.Namespace, course: Course) -> Iterator[tuple[Executor, Grade, int]]:
    """Where submissions are graded, how, and how many may be under way: local rooms, or a cluster's."""
    if args.scheduler:
        from .cluster import grading as grading_on

        with grading_on(args.scheduler, course) as place:
            yield place
        return
    from .grade import grading

    with grading(course, args.jobs, unsafe=args.unsafe) as grade:
        executor = ThreadPoolExecutor(args.jobs, thread_name_prefix="room")
        try:
            yield executor, grade, 2 * args.jobs
        finally:  # whoever is still at work ends with the rooms
            executor.shutdown(wait=False, cancel_futures=True)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """A polite stop (SIGTERM) ends a run as Ctrl-C does: what is finished is recorded, nothing is left over."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def grade_class(
    args: argparse.Namespace,
    reporter: Reporter,
    lessons: Sequence[Lesson],
    work: Sequence[Found],
    rooms: Callable[[], contextlib.AbstractContextManager[tuple[Executor, Grade, int]]],
) -> int:
    """Grades `work` in `rooms`, opened if there is anything to grade, and records it; the exit status.

    In a dry run it shows what would change instead.
    """
    by_name = {lesson.name: lesson for lesson in lessons}
    with (
        Recorder(args.grades, lessons, args.db, prepare=False) as recorder,
        contextlib.ExitStack() as opened,
    ):
        reporter.start(len(work))
        jobs = Selection(args, by_name, recorder, reporter).jobs(work)
        verdicts: Iterator[tuple[Job, Verdict] | None] = iter(())
        if first := next(jobs, None):
            executor, grade, window = opened.enter_context(rooms())
            verdicts = graded(itertools.chain([first], jobs), executor, grade, window, reporter)
        if args.dry_run:
            from .difference import show

            return show(((job.old, verdict.result) for job, verdict in filter(None, verdicts)), args.grades)
        _record(recorder, verdicts, by_name, reporter)
        recorder.write_table()
        reporter.late(recorder.refresh_penalties())
    return reporter.finish(args.grades)


class Selection:
    """Which submissions are to be graded: what is new or changed, and on request what an older course graded."""

    def __init__(
        self,
        args: argparse.Namespace,
        lessons: dict[str, Lesson],
        recorder: Recorder,
        reporter: Reporter,
    ) -> None:
        self._args, self._lessons, self._recorder, self._reporter = args, lessons, recorder, reporter
        self._standing = {name: recorder.standing(name) for name in lessons}

    def jobs(self, work: Iterable[Found]) -> Iterator[Job]:
        """The jobs in order; a submission is read when its turn comes."""
        for found in work:
            try:
                handed = read(self._args.submissions, found)
                job = Job(found, settle(self._lessons[found.lesson], handed))
                why_not = self._skipped(job)
            except SubmissionError as err:
                before = self._standing[found.lesson](found.student)
                job, why_not = Job(found, refusal=str(err), old=before), None
            if why_not:
                self._reporter.skip(why_not)
            else:
                yield job

    def _skipped(self, job: Job) -> str | None:
        """Why this submission need not be graded now, or None."""
        student, lesson, stamp = job.found.student, job.found.lesson, job.handed.timestamp
        job.old = self._standing[lesson](student)
        if job.old is None:
            return None
        key = key_of(self._lessons[lesson], digest_of(parse(job.handed.notebook)))
        if job.old.key == key:  # the same work handed in later may be late
            if stamp not in (None, self._recorder.handed_in(student, lesson)) and not self._args.dry_run:
                self._recorder.restamp(student, lesson, stamp)
            return "done"
        return "outdated" if same_work(job.old.key, key) and not self._args.force else None


def _record(
    recorder: Recorder,
    verdicts: Iterator[tuple[Job, Verdict] | None],
    lessons: dict[str, Lesson],
    reporter: Reporter,
) -> None:
    """Writes verdicts in batches; what was finished before an interruption is written too."""
    most = {name: lesson.max_score for name, lesson in lessons.items()}
    batch: list[Verdict] = []
    last = time.monotonic()

    def write() -> None:
        ready = batch.copy()
        batch.clear()  # what cannot be written is not tried twice; the next run grades it again
        with reporter.recording():
            recorder.write(ready)

    try:
        for one in verdicts:
            if one is not None:
                job, verdict = one
                result = replace(verdict.result, max_score=most[verdict.result.lesson])
                batch.append(replace(verdict, result=result))
                reporter.verdict(result, job.old)
            if batch and (one is None or len(batch) >= BATCH or time.monotonic() - last > BATCH_S):
                write()
                last = time.monotonic()
    finally:
        if batch:
            write()
