"""Our grades against stock nbgrader's, row by row: `python -m tests.fidelity [LESSON…] [--whole]`.

The sample class and the bank of right answers are graded twice, by `grader grade` and by nbgrader's own autograde
with its own Execute, and both gradebooks are compared: scores, flags, comments, times and penalties. Every
difference must have one of the reasons named here; any other is printed and ends with exit 1.
Experiments are emptied in stock's copies, because no check needs them and they take most of its time; `--whole`
runs them.
"""

from __future__ import annotations

import argparse
import ast
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.author import sample
from grader.course import Lesson
from grader.grading.classroom import add_arguments, executor_for, grade_class
from grader.grading.progress import Reporter
from grader.records.grades import Grades
from grader.submission.intake import discover
from grader.submission.notebook import parse
from tests import bank
from tests.here import LESSONS, ROOT, load_lesson
from tests.papers import hand_in, notebook_of
from tests.verdicts import rows

REASONS = {
    "refused": "nobody can read the file; stock leaves rows without points that wait for a person",
    "put right": "cells were put right; stock cannot grade a check or answer that lost its metadata",
    "stderr": "stock takes a warning on stderr in a check for a failure",
    "one namespace": "a name that a check of ours binds replaced a function of the student's in stock's notebook",
}
PATIENCE = 60  # seconds for a cell that trains, on a machine that has other work too
Row = tuple[Any, ...]


@dataclass
class Comparison:
    """How many rows were equal, which differ for a named reason, and which for none."""

    lesson: str
    submissions: int
    equal: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)


def sample_class(lesson: Lesson, students: int = len(sample.CLASS)) -> dict[str, bytes]:
    """What the sample class hands in."""
    return {student.id: sample.notebook(student, lesson) for student in sample.CLASS[:students]}


def variants(lesson: Lesson, most: int | None = None) -> dict[str, bytes]:
    """Notebooks of right answers: the k-th has the k-th style of every function."""
    styles: dict[str, list[Any]] = {name: [] for name in lesson.functions}
    for answer in bank.answers(lesson.name):
        styles[answer.function].append(answer)
    count = max(len(answers) for answers in styles.values())
    made = {}
    for number in range(count if most is None else min(count, most)):
        chosen = {name: answers[number % len(answers)] for name, answers in styles.items() if answers}
        notebook = notebook_of(lesson, {name: answer.source for name, answer in chosen.items()})
        for name, answer in chosen.items():
            at = next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == name)
            for turn, source in enumerate(answer.extra_cells):
                cell = {
                    "cell_type": "code",
                    "id": f"own-{name}-{turn}"[:60],
                    "metadata": {},
                    "source": source,
                }
                notebook["cells"].insert(at + turn, cell | {"execution_count": None, "outputs": []})
        made[f"variant-{number:02}"] = json.dumps(notebook).encode()
    return made


def warner(lesson: Lesson) -> bytes:
    """All right, but the first function writes to stderr whenever it is called."""
    name = lesson.functions[0]
    source = next(cell.source for cell in lesson.cells if cell.id == name)
    wrapped = f"""{source}

quiet = {name}

def {name}(*args, **kwargs):
    import sys

    print("working", file=sys.stderr)
    return quiet(*args, **kwargs)
"""
    others = {cell.id: cell.source for cell in lesson.cells if cell.role == "answer"}
    return json.dumps(notebook_of(lesson, others | {name: wrapped})).encode()


def compare(lesson: Lesson, work: Mapping[str, bytes], folder: Path, whole: bool = False) -> Comparison:
    """Grades `work` by both in `folder` and compares the gradebooks."""
    ours, stock = folder / "ours", folder / "stock"
    for student, notebook in work.items():
        stamp = "2030-01-02 03:04:05 UTC"
        hand_in(ours, lesson.name, student, notebook, stamp)
        hand_in(stock, lesson.name, student, notebook if whole else trimmed(lesson, notebook), stamp)
    grade_ours(lesson, ours)
    grade_stock(lesson, stock, *([PATIENCE] if whole else []))
    result = Comparison(lesson.name, len(work))
    mine, theirs = rows(ours / "grades"), rows(stock / "grades")
    for kind in mine:
        here, there = ({row[:2]: row for row in table[kind]} for table in (mine, theirs))
        for place in sorted({*here, *there}):
            if here.get(place) == there.get(place):
                result.equal += 1
            elif reason := _reason(lesson, place, ours, stock):
                result.reasons[reason] += 1
            else:
                result.unexplained.append(f"{kind}: ours {here.get(place)}, stock {there.get(place)}")
    return result


def _reason(lesson: Lesson, place: Row, ours: Path, stock: Path) -> str | None:
    """Why a row may differ, or None."""
    result = Grades(ours / "grades").standing(place[0], lesson.name)
    if result is None or result.status == "refused":
        return "refused"
    if result.restored:
        return "put right"
    executed = stock / "grades" / "autograded" / place[0] / lesson.name / f"{lesson.name}.ipynb"
    for cell in json.loads(executed.read_bytes())["cells"] if executed.is_file() else []:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == place[1]:
            kinds = {output.get("name", output["output_type"]) for output in cell.get("outputs", [])}
            if "stderr" in kinds and "error" not in kinds:
                return "stderr"
    submitted = (ours / "submissions" / place[0] / lesson.name / f"{lesson.name}.ipynb").read_bytes()
    texts = [cell.source for cell in parse(submitted)]
    if any(re.search(rf"(?m)^def {name}\b", text) for name in _bound(lesson) for text in texts):
        return "one namespace"
    return None


@functools.cache
def _names(source: str) -> frozenset[str]:
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
    return frozenset(node.id for node in nodes if isinstance(node.ctx, ast.Store))


def _bound(lesson: Lesson) -> frozenset[str]:
    """The names that our checks bind."""
    return frozenset().union(*(_names(cell.source) for cell in lesson.checks))


def trimmed(lesson: Lesson, notebook: bytes) -> bytes:
    """The notebook with our untouched experiments emptied; as it is if it cannot be read."""
    experiments = {cell.release.rstrip() for cell in lesson.cells if cell.role == "experiment"}
    try:
        document = json.loads(notebook)
    except ValueError:
        return notebook
    for cell in document["cells"]:
        if "".join(cell["source"]).rstrip() in experiments:
            cell["source"] = "pass"
    return json.dumps(document).encode()


def grade_ours(lesson: Lesson, course: Path) -> None:
    """`grader grade` on the submissions of a folder."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    folders = ["--submissions", f"{course}/submissions", "--grades", f"{course}/grades"]
    args = parser.parse_args([lesson.name, *folders, "--unsafe"])
    found = list(discover(args.submissions, [lesson.name]))
    if grade_class(args, Reporter(), [lesson], found, functools.partial(executor_for, args, lesson.course)):
        raise RuntimeError("grader grade failed")


def grade_stock(lesson: Lesson, course: Path, cell_s: int = 30) -> None:
    """`nbgrader autograde` as it comes: its own lists of preprocessors, its own Execute with its time for a cell."""
    for step in ("solutions", "notebooks"):
        shutil.copytree(ROOT / step / lesson.name, course / step / lesson.name)
    config = (ROOT / "nbgrader_config.py").read_text()
    kept = [line for line in config.splitlines() if "from grader" not in line and ".configure(c)" not in line]
    kept.append(f"c.Execute.timeout = {cell_s}")
    (course / "nbgrader_config.py").write_text("\n".join(kept) + "\n")
    (course / "grades").mkdir()
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"], str(ROOT / "helpers")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "helpers"), "MPLBACKEND": "agg"}
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with open(course / "log.txt", "w") as log:
        for command in (["generate_assignment", "--create", "--force"], ["autograde", "--create"]):
            subprocess.run(
                [sys.executable, "-m", "nbgrader", *command, lesson.name],
                cwd=course, env=environment, stdout=log, stderr=log, check=False,
            )  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Prints the table; 1 if a row differs for no reason that is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity", description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", metavar="LESSON")
    parser.add_argument("--whole", action="store_true", help="stock runs the experiments too")
    args = parser.parse_args(argv)
    print("| lesson | submissions | rows equal | " + " | ".join(REASONS) + " | unexplained | minutes |")
    print("|---|" + "---|" * (len(REASONS) + 4))
    status = 0
    for name in args.lessons or LESSONS:
        lesson, started = load_lesson(name), time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            done = compare(
                lesson,
                {**sample_class(lesson), **variants(lesson), "warner": warner(lesson)},
                Path(folder),
                args.whole,
            )
        counts = [done.submissions, done.equal, *(done.reasons[reason] for reason in REASONS)]
        minutes = f"{(time.monotonic() - started) / 60:.1f}"
        print(
            "| " + " | ".join([name, *map(str, counts), str(len(done.unexplained)), minutes]) + " |",
            flush=True,
        )
        for line in done.unexplained:
            print(f"    {line}", flush=True)
        status |= bool(done.unexplained)
    for reason, text in REASONS.items():
        print(f"{reason}: {text}")
    return status


if __name__ == "__main__":
    sys.exit(main())
