"""The whole way in one command: a sample class, its grades, the feedback and the class report."""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from .. import cli
from ..course import Course
from ..errors import MachineError
from ..records.grades import Grades
from . import sample

PLACES = {
    "report.html": "the class at a glance",
    "feedback/": "one page a student and lesson",
    "grades.csv": "one row a check",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("--students", type=int, default=len(sample.CLASS), metavar="N", help="class size")


def run(args: argparse.Namespace, course: Course) -> int:
    """Do it, print the grade table, and say where to look."""
    started = time.perf_counter()
    steps = [
        ["sample", "--students", str(args.students)],
        ["grade", *_isolation(course)],
        ["feedback"],
        ["report"],
    ]
    for step in steps:
        print(f"\n$ grader {' '.join(step)}", flush=True)
        status = cli.main([*step, "--course", str(course.root)])
        if status:
            return status
    print(f"\n{grade_table(Grades(course.grades).table, course.lessons)}\n")
    print(f"All that in {time.perf_counter() - started:.0f} s. Now look at:")
    for name, what in PLACES.items():
        print(f"  grades/{name:12} {what}")
    print(
        f"  grader explain chiara {course.lessons[len(course.lessons) // 2]}   one student's question, answered"
    )
    return 0


def grade_table(path: Path, lessons: Sequence[str]) -> str:
    """Points by student and lesson, from grades.csv, each beside what the student did."""
    points: dict[tuple[str, str], float] = defaultdict(float)
    refused = set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            points[row["student"], row["lesson"]] += float(row["points"] or 0)
            if row["outcome"] == "refused":
                refused.add((row["student"], row["lesson"]))
    lines = [f"{'student':10}" + "".join(f"{name:>19}" for name in lessons)]
    for student in sorted({student for student, _ in points}):
        cells = [(student, name) for name in lessons]
        shown = [
            "refused" if cell in refused else f"{points[cell]:g}" if cell in points else "–" for cell in cells
        ]
        story = next((one.story for one in sample.CLASS if one.id == student), "")
        lines.append(f"{student:10}" + "".join(f"{text:>19}" for text in shown) + f"   {story}")
    return "\n".join(lines)


def _isolation(course: Course) -> list[str]:
    """The sample is ours: a machine without full isolation may grade it, and says what it lacks."""
    from ..sandbox.sandbox import SANDBOXES

    try:
        SANDBOXES.of(course.root, unsafe=False)
    except MachineError as err:
        print(
            f"Only for this sample, which is ours, grading goes on without full isolation:\n{err}",
            file=sys.stderr,
        )
        return ["--unsafe"]
    return []
