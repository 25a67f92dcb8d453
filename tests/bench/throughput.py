"""How much work a grade costs, beside stock nbgrader in the same run.

    python -m tests.bench.throughput                        # 20 submissions of each lesson
    python -m tests.bench.throughput --students 20 160 --stock 4 20

CPU seconds are those of the command and of all that it started. "marginal" is the cost of one more submission: the
difference between two class sizes, divided by the difference of their sizes, so that imports cancel out.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
import time
from pathlib import Path

from grader.course import LESSONS
from tests import bank

from . import classes
from .cpu import Cost, measured


def ours(lesson: str, students: int, *, training: bool, jobs: int) -> Cost:
    """`grader grade` on a class, into an empty gradebook."""
    with tempfile.TemporaryDirectory() as folder:
        submissions, grades = Path(folder, "submissions"), Path(folder, "grades")
        classes.write_class(submissions, lesson, students, training=training)
        command = [sys.executable, "-m", "grader", "grade", lesson, "--submissions", str(submissions)]
        return measured([*command, "--grades", str(grades), "--jobs", str(jobs)], Path(folder), students)


def stock(lesson: str, students: int, *, training: bool) -> Cost:
    """`nbgrader autograde` on the same class; making its gradebook and release is not counted."""
    nbgrader = [sys.executable, "-m", "nbgrader"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        classes.stock_course(root, lesson, students, training=training)
        measured([*nbgrader, "generate_assignment", lesson, "--create", "--force"], root, 1)
        cost = measured([*nbgrader, "autograde", lesson, "--create"], root, students)
        graded = len(list((root / "autograded").glob(f"*/{lesson}/{lesson}.ipynb")))
        if graded != students:
            raise SystemExit(f"stock nbgrader graded {graded} of {students} submissions of {lesson}")
        return cost


def marginal(costs: list[Cost]) -> float:
    """CPU seconds for one more submission, from the smallest and the largest class."""
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


def row(name: str, cost: Cost, other: Cost | None = None) -> str:
    """One line of the table."""
    per_s = cost.students / cost.wall_s
    text = f"  {name:34}{cost.students:5}{cost.cpu_s:10.2f}{cost.each:10.3f}{cost.wall_s:9.1f}{per_s:9.2f}"
    if other is None:
        return text
    wall = per_s / (other.students / other.wall_s)
    return f"{text}{other.each / cost.each:8.1f}x less CPU each,{wall:7.1f}x the rate"


def compare(lesson: str, args: argparse.Namespace) -> None:
    """Prints one lesson's table."""
    print(f"\n{lesson}: floor (graded cells alone, warm process) {floor(lesson):.4f} CPU s")
    print(f"  {'':34}{'n':>5}{'CPU s':>10}{'each':>10}{'wall s':>9}{'n/s':>9}")
    for training in (False, True) if args.training else (False,):
        what = "as it is" if training else "training skipped"
        theirs = [stock(lesson, count, training=training) for count in args.stock]
        mine = [ours(lesson, count, training=training, jobs=args.jobs) for count in args.students]
        for cost in theirs:
            print(row(f"stock nbgrader, {what}", cost))
        for cost in mine:
            print(
                row(
                    f"grader grade, {what}",
                    cost,
                    min(theirs, key=lambda one: abs(one.students - cost.students)),
                )
            )
        if len(theirs) > 1 and len(mine) > 1:
            ratio = marginal(theirs) / marginal(mine)
            print(
                f"  marginal CPU s, {what}: stock {marginal(theirs):.3f}, ours {marginal(mine):.4f}, {ratio:.1f}x less"
            )
        sys.stdout.flush()


def main() -> None:
    """Reads the class sizes and prints a table a lesson."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lessons", nargs="*", default=LESSONS)
    parser.add_argument("--students", type=int, nargs="+", default=[20], help="class sizes for ours")
    parser.add_argument("--stock", type=int, nargs="+", default=[20], help="class sizes for stock nbgrader")
    parser.add_argument("--training", action="store_true", help="also with the experiments, which stock runs")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    for lesson in args.lessons:
        compare(lesson, args)


if __name__ == "__main__":
    main()
