"""`grader watch`: grades what arrives in submissions/, or in nbgrader's exchange, and gives the feedback back there.

It looks every few seconds and does what an instructor would type: `nbgrader collect`, `grader grade`,
`grader feedback`, `nbgrader release_feedback`. What was done is done once; killed, it goes on where it was.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..course import Course
from ..errors import MachineError
from ..grading.classroom import interruptible

Stamp = tuple[str, str, int, int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="default: all")
    parser.add_argument(
        "--exchange", action="store_true", help="collect from nbgrader's exchange, and release feedback"
    )
    parser.add_argument("--every", type=float, default=2.0, metavar="SECONDS", help="between two looks")
    parser.add_argument(
        "--times", type=int, metavar="N", help="look N times, then end; default: until stopped"
    )


def run(args: argparse.Namespace, course: Course) -> int:
    """Watch until stopped. 0: stopped; 2: wrong usage. A round that failed is said, and tried again at the next look."""
    names = course.choose(args.lessons)
    if args.every <= 0:
        print("grader watch: --every has to be more than 0 seconds", file=sys.stderr)
        return 2
    seen: dict[str, frozenset[Stamp]] = {}
    pause, rounds = threading.Event(), itertools.count() if args.times is None else range(args.times)
    with interruptible():
        for number in rounds:
            if number:
                pause.wait(args.every)
            for name in names:
                try:
                    look(course, name, seen, exchange=args.exchange)
                except MachineError as err:
                    print(f"grader watch: {err}; tried again", file=sys.stderr, flush=True)
    return 0


def look(course: Course, lesson: str, seen: dict[str, frozenset[Stamp]], *, exchange: bool) -> bool:
    """Does all that is to do for one lesson; whether anything was. Raises MachineError if a step failed."""
    if exchange and newer(course, lesson):
        command(course, "nbgrader", "collect", lesson, "--update")
    here = frozenset(stamps(course.submissions, lesson))
    new = {student for student, *_ in here - seen.get(lesson, frozenset())}
    if not new:
        return False
    command(course, "grader", "grade", lesson, "--student", *sorted(new))
    command(
        course, "grader", "feedback", lesson, *itertools.chain(*(("--student", one) for one in sorted(new)))
    )
    if exchange:
        command(course, "nbgrader", "release_feedback", lesson)
    seen[lesson] = here
    print(f"grader watch: {lesson}: {', '.join(sorted(new))}", flush=True)
    return True


def stamps(submissions: Path, lesson: str) -> Iterable[Stamp]:
    """What there is of a lesson: student, file, when it was changed, its size. Looks, and opens nothing."""
    for folder in sorted(submissions.iterdir()) if submissions.is_dir() else ():
        for name in (f"{lesson}.ipynb", "timestamp.txt"):
            path = folder / lesson / name
            try:
                info = os.lstat(path)
            except OSError:
                continue
            yield folder.name, name, info.st_mtime_ns, info.st_size


def newer(course: Course, lesson: str) -> bool:
    """Whether the exchange holds a hand-in that is not in submissions/ yet."""
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    inbound = Path(config.Exchange.root, config.CourseDirectory.course_id, "inbound")
    latest: dict[str, str] = {}
    for path in inbound.glob(f"*+{lesson}+*/timestamp.txt"):
        student = path.parent.name.partition("+")[0]
        latest[student] = max(
            latest.get(student, ""), path.read_text(encoding="ascii", errors="replace")[:64]
        )
    for student, stamp in latest.items():
        have = course.submissions / student / lesson / "timestamp.txt"
        if not have.is_file() or have.read_text(encoding="ascii", errors="replace").strip() < stamp.strip():
            return True
    return False


def command(course: Course, program: str, *words: str) -> None:
    """Runs one of the commands of a term in the course's folder. Raises MachineError, with its last line, if it fails."""
    line: Sequence[str] = [sys.executable, "-m", program, *words]
    done = subprocess.run(line, cwd=course.root, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().rpartition("\n")[2]
        raise MachineError(f"{program} {words[0]} {words[1]} failed: {last}")
