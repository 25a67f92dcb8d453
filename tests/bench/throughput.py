"""How much work a grade costs, beside stock nbgrader in the same run.

    python -m tests.bench.throughput                        # 20 submissions of each lesson
    python -m tests.bench.throughput --students 20 160 --stock 20 160
    python -m tests.bench.throughput --training             # also with the experiments, which stock runs

CPU seconds are those of the command and of all that it started, from cold. "marginal" is the cost of one more
submission: the difference between two class sizes, divided by the difference of their sizes, so that start-up
cancels out. "first" is the time until the first grade is there.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
import time
from pathlib import Path

from tests import bank
from tests.here import LESSONS

from . import classes
from .cpu import Cost, measured, room_memory

HEAD = f"  {'':32}{'n':>5}{'CPU s':>9}{'each':>8}{'wall s':>8}{'n/s':>8}{'first':>7}"


def command_of(lesson: str, folder: Path, jobs: int) -> list[str]:
    """`grader grade` on the class in `folder`, into an empty gradebook there."""
    command = [sys.executable, "-m", "grader", "grade", lesson, "--submissions", str(folder / "submissions")]
    return [*command, "--grades", str(folder / "grades"), "--jobs", str(jobs)]


def ours(lesson: str, students: int, *, training: bool, jobs: int) -> Cost:
    """What `grader grade` takes for a class."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        classes.write_class(root / "submissions", lesson, students, training=training)
        return measured(command_of(lesson, root, jobs), root, students, "grades/results/*/*.json")


def stock(lesson: str, students: int, *, training: bool) -> Cost:
    """What `nbgrader autograde` takes for the same class; making its gradebook and release is not counted."""
    nbgrader = [sys.executable, "-m", "nbgrader"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        classes.stock_course(root, lesson, students, training=training)
        measured([*nbgrader, "generate_assignment", lesson, "--create", "--force"], root, 1)
        found = f"autograded/*/{lesson}/{lesson}.ipynb"
        # nbgrader puts a file there, then grades it; so the second file is the first grade
        cost = measured([*nbgrader, "autograde", lesson, "--create"], root, students, found, 2)
        graded = len(list(root.glob(found)))
        if graded != students:
            raise SystemExit(f"stock nbgrader graded {graded} of {students} submissions of {lesson}")
        return cost


def marginal(costs: list[Cost]) -> float:
    """CPU seconds for one more submission, from the smallest and the largest class; start-up included if only one."""
    small, large = costs[0], costs[-1]
    if small.students == large.students:
        return large.each
    return (large.cpu_s - small.cpu_s) / (large.students - small.students)


def floor(lesson: str) -> float:
    """CPU seconds of the graded cells alone, in a process where everything is imported."""
    with contextlib.redirect_stdout(io.StringIO()):
        bank.run_checks(lesson, {})
        start = time.process_time()
        for _ in range(5):
            bank.run_checks(lesson, {})
        return (time.process_time() - start) / 5


def memory(lesson: str) -> tuple[float, float]:
    """MB that one room holds alone, and the rooms of one submission together, at most."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        classes.write_class(root / "submissions", lesson, 20, training=False)
        return room_memory(command_of(lesson, root, 1), root)


def row(name: str, cost: Cost, other: Cost | None = None) -> str:
    """One line of the table, with the ratios to `other`."""
    per_s = cost.students / cost.wall_s
    text = f"  {name:32}{cost.students:5}{cost.cpu_s:9.2f}{cost.each:8.3f}{cost.wall_s:8.1f}{per_s:8.2f}{cost.first_s:7.1f}"
    if other is None:
        return text
    rate = per_s / (other.students / other.wall_s)
    return f"{text}   CPU {other.each / cost.each:.1f}x less, rate {rate:.1f}x"


def compare(lesson: str, args: argparse.Namespace) -> None:
    """Prints one lesson's table."""
    print(f"\n{lesson}: graded cells alone, warm: {floor(lesson):.4f} CPU s")
    largest, together = memory(lesson)
    print(
        f"  memory of their own: the largest room {largest:.0f} MB, a submission's rooms together {together:.0f} MB"
    )
    print(HEAD)
    skipped = 0.0
    for training in (False, True) if args.training else (False,):
        what = "as it is" if training else "training skipped"
        sizes = args.stock[:1] if training else args.stock  # hours, else
        theirs = [stock(lesson, count, training=training) for count in sizes]
        mine = [ours(lesson, count, training=training, jobs=args.jobs) for count in args.students]
        for cost in theirs:
            spent = f"   of it {cost.each - skipped:.2f} s training" if training else ""
            print(row(f"stock nbgrader, {what}", cost) + spent)
        for cost in mine:
            nearest = min(theirs, key=lambda one: abs(one.students - cost.students))
            print(row(f"grader grade, {what}", cost, nearest))
        if len(theirs) > 1 and len(mine) > 1:
            they, we = marginal(theirs), marginal(mine)
            print(f"  marginal, {what}: stock {they:.3f}, ours {we:.4f} CPU s, {they / we:.1f}x less")
        skipped = theirs[0].each
        sys.stdout.flush()


def main() -> None:
    """Reads the class sizes and prints a table a lesson."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lessons", nargs="*", default=LESSONS)
    parser.add_argument("--students", type=int, nargs="+", default=[20], help="class sizes for ours")
    parser.add_argument("--stock", type=int, nargs="+", default=[20], help="class sizes for stock nbgrader")
    parser.add_argument(
        "--training", action="store_true", help="also as it is; stock gets the first size only"
    )
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    for lesson in args.lessons:
        compare(lesson, args)


if __name__ == "__main__":
    main()
