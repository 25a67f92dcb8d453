"""From a lesson's text to its executed solution notebook, and on to the students' release.

    solutions/<lesson>/<lesson>.py ──▶ solutions/<lesson>/<lesson>.ipynb ──nbgrader──▶ notebooks/<lesson>/<lesson>.ipynb

The same text gives the same bytes: cell ids come from grade ids or from the source, and only metadata that
means something is kept. A lesson that breaks a rule is refused before anything is written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jupytext
import nbclient
import nbformat
from nbformat import NotebookNode

from ..course import Course, lesson_from, role_of
from ..errors import CourseError, GraderError, MachineError
from ..files import write_changed
from . import record, rules
from .cellnames import code_lines, words
from .fingerprints import write_fingerprints
from .parts import Scope
from .points import write_points
from .release import NOTEBOOK_METADATA, make_release

CELL_TIMEOUT_S = 600
QUIET = {"COURSE_QUIET": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": ""}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="default: all that have changed")
    parser.add_argument("--force", action="store_true", help="also those that have not changed")
    parser.add_argument("--check", action="store_true", help="only check the rules: run and write nothing")


def run(args: argparse.Namespace, course: Course) -> int:
    """Build the chosen lessons; all of them are tried, and what is wrong with each is said."""
    failed = 0
    for name in course.choose(args.lessons):
        started = time.perf_counter()
        try:
            if args.check:
                notebook = read_source(course, name)
            elif not args.force and record.unchanged(course, name):
                print(f"{name}: nothing has changed")
                continue
            else:
                notebook = build(course, name)
                record.keep(course, name)
        except GraderError as err:
            failed += 1
            print(err, file=sys.stderr)
        else:
            print(f"{name}: {describe(notebook)}, {time.perf_counter() - started:.0f} s")
    return 1 if failed else 0


def build(course: Course, name: str) -> NotebookNode:
    """Build one lesson: the executed solution notebook, which is also returned, and the release.

    Raises
    ------
    CourseError
        If the lesson breaks a rule, lacks a piece of an exercise, fails when run, needs its experiments for its
        checks, or does not get full marks for its own solution in the rooms.
    """
    root, notebook = course.root, read_source(course, name)
    write_fingerprints(course, name, notebook)
    write_points(course, name, notebook)
    _execute(name, _without_experiments(notebook), root, "when its experiments are skipped, as in grading, ")
    _execute(name, notebook, root, "")
    _check_outputs(name, notebook, root)
    release = make_release(course, name, notebook)
    _check_release(name, notebook, release, root)
    _full_marks(course, name, notebook, release)
    write_changed(course.solution(name), nbformat.writes(notebook) + "\n")
    write_changed(course.release(name), nbformat.writes(release) + "\n")
    return notebook


def read_source(course: Course, name: str) -> NotebookNode:
    """The lesson's text as a notebook without outputs, its cells named for good; refused if it breaks a rule.

    Raises
    ------
    CourseError
        With one line for each broken rule: file, line, cell, rule and what to do.
    """
    path = course.text(name)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as err:
        raise CourseError(f"{name}: its text is missing: {path.relative_to(course.root)}") from err
    except UnicodeDecodeError as err:
        line = path.read_bytes()[: err.start].count(b"\n") + 1
        raise CourseError(
            f"{path.relative_to(course.root)}:{line}: not UTF-8; save the file as UTF-8"
        ) from err
    beside = {f"{name}.py", f"{name}.ipynb", "exercises"}
    for other in sorted(path.name for path in path.parent.iterdir()):
        if other not in beside and not other.startswith((".", "__")):
            place = (path.parent / other).relative_to(course.root)
            raise CourseError(
                f"{place}: nbgrader would copy it into the release; move it out of the lesson's folder"
            )
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _name_cells(notebook)
    found = rules.findings(Scope.of(course, name), notebook.cells)
    _refuse(name, [(f.cell, f.rule, f.remedy) for f in found], notebook, course.root)
    return notebook


def describe(notebook: NotebookNode) -> str:
    """Cells, points and words per code line, in one phrase."""
    text = sum(words(cell.source) for cell in notebook.cells if cell.cell_type == "markdown")
    lines = sum(
        code_lines(cell.source)
        for cell in notebook.cells
        if role_of(cell) not in ("check", "text", "written")
    )
    points = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in notebook.cells)
    return f"{len(notebook.cells)} cells, {points:g} points, {text / max(lines, 1):.1f} words a code line"


def _name_cells(notebook: NotebookNode) -> None:
    """Give each cell an id that the same text always gives: its grade id, else its source's SHA-1."""
    seen: set[str] = set()
    for cell in notebook.cells:
        base = cell.metadata.get("nbgrader", {}).get("grade_id")
        base = str(base) if base else hashlib.sha1(cell.source.encode()).hexdigest()[:8]
        name, count = base, 1
        while name in seen:
            count += 1
            name = f"{base}-{count}"
        seen.add(name)
        cell.id = name
        cell.metadata.pop("lines_to_next_cell", None)  # Jupytext's note on blank lines in the text


def _without_experiments(notebook: NotebookNode) -> NotebookNode:
    kept = nbformat.from_dict(notebook)
    kept.cells = [cell for cell in kept.cells if role_of(cell) != "experiment"]
    return kept


def _execute(name: str, notebook: NotebookNode, root: Path, when: str) -> None:
    """Run the notebook in place, as `solutions/<name>/` sees the course, with no trace of the time or machine."""
    folder = root / "solutions" / name
    folder.mkdir(parents=True, exist_ok=True)
    client = nbclient.NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT_S,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        record_timing=False,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    with _environment(QUIET | {"PYTHONPATH": str(root / "helpers")}):
        client.execute()
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    _join_streams(notebook)
    broken = []
    for index, cell in enumerate(notebook.cells):
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if errors and "raises-exception" not in cell.metadata.get("tags", []):
            what = f"{when}the cell raises {errors[0].ename}: {errors[0].evalue}"
            broken.append((index, what, "mend it; the reference must run and pass every check"))
    _refuse(name, broken, notebook, root)


def _join_streams(notebook: NotebookNode) -> None:
    """What a cell prints is one output up to the next figure: in how many pieces it came is the machine's doing."""
    for cell in notebook.cells:
        joined: list[NotebookNode] = []
        for output in cell.get("outputs", []):
            last = joined[-1] if joined else None
            if last and output.output_type == "stream" == last.output_type and output.name == last.name:
                last.text += output.text
            else:
                joined.append(output)
        if joined:
            cell.outputs = joined


def _check_outputs(name: str, notebook: NotebookNode, root: Path) -> None:
    broken = []
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                broken.append(
                    (index, f"writes to stderr: {output.text.strip()[:80]}", "no warnings in a lesson")
                )
            told = cell.metadata.get("alt") or output.get("metadata", {}).get("image/png", {}).get("alt")
            if "image/png" in output.get("data", {}) and not told:
                broken.append(
                    (index, "a figure without alt text", "show it with course_plots.show(figure, alt)")
                )
            if re.search(
                r"\bat 0x[0-9a-f]{6,}|/tmp/|/home/", str(output.get("data", output.get("text", "")))
            ):
                broken.append(
                    (index, "prints an address or a path of this machine", "end plots with plt.show()")
                )
    _refuse(name, broken, notebook, root)


def _check_release(name: str, notebook: NotebookNode, release: NotebookNode, root: Path) -> None:
    """The release has the same cells, no output, no solution; every stub raises."""
    broken = []
    for index, (ours, theirs) in enumerate(zip(notebook.cells, release.cells, strict=True)):
        if theirs.get("outputs") or theirs.get("execution_count"):
            broken.append((index, "an output reaches the release", "this is a fault of the build"))
        if re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)", theirs.source):
            broken.append((index, "a marker reaches the release", "write it on a line of its own"))
        if role_of(ours) == "answer" and not theirs.source.rstrip().endswith("raise NotImplementedError()"):
            broken.append((index, "the stub does not raise", "let the solution region end the function"))
    _refuse(name, broken, notebook, root)


def _full_marks(course: Course, name: str, notebook: NotebookNode, release: NotebookNode) -> None:
    """Our own solution gets full marks where students' work is judged, before a class meets the lesson."""
    from ..grading.grade import grade

    ours, theirs = (json.loads(nbformat.writes(one)) for one in (notebook, release))
    lesson = lesson_from(course, name, ours, theirs)
    try:
        result = grade(lesson, nbformat.writes(notebook).encode(), unsafe=True)  # ours
    except MachineError as err:
        print(f"{name}: its solution was not tried in the rooms: {err}", file=sys.stderr)
        return
    if result.status != "graded":
        raise MachineError(f"{name}: its solution could not be tried in the rooms: {result.reason}")
    at = {cell.id: index for index, cell in enumerate(lesson.cells)}
    broken = [
        (
            at[check.id],
            f"in the rooms our own solution does not pass: {check.message}",
            "mend check or solution",
        )
        for check in result.checks
        if check.outcome != "passed"
    ]
    _refuse(name, broken, notebook, course.root)


def _refuse(name: str, broken: list[tuple[int, str, str]], notebook: NotebookNode, root: Path) -> None:
    """Raise one CourseError that says where each rule is broken, if any is."""
    if not broken:
        return
    path = Course(root, (name,)).text(name)
    text = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    starts = [number for number, line in enumerate(text, 1) if line.startswith("# %%")]
    said = []
    for index, rule, remedy in broken:
        line = starts[index] if index < len(starts) else 1
        said.append(
            f"solutions/{name}/{name}.py:{line}: cell {index} ({notebook.cells[index].id}): {rule}: {remedy}"
        )
    raise CourseError("\n".join(said))


@contextmanager
def _environment(changes: dict[str, str]) -> Iterator[None]:
    """The process's environment with some variables set, an empty value meaning removed."""
    before = dict(os.environ)
    os.environ.update(changes)
    for key in [key for key, value in changes.items() if not value]:
        del os.environ[key]
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
