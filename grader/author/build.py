"""From a lesson's text to its executed solution notebook, and on to the students' release.

    solutions/<lesson>.py ──▶ solutions/<lesson>/<lesson>.ipynb ──nbgrader──▶ notebooks/<lesson>/<lesson>.ipynb

The same text gives the same bytes: cell ids come from grade ids or from the source, and only metadata that
means something is kept. A lesson that breaks a rule is refused before anything is written.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jupytext
import nbclient
import nbformat
from nbformat import NotebookNode
from traitlets.config import PyFileConfigLoader

from ..course import LESSONS, ROOT, role_of
from ..errors import CourseError
from . import rules
from .cellnames import code_lines, words

CELL_TIMEOUT_S = 600
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
QUIET = {"COURSE_QUIET": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": ""}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help=f"of {', '.join(LESSONS)}; default: all")
    parser.add_argument("--root", type=Path, default=ROOT, help="the course's folder")
    parser.add_argument("--check", action="store_true", help="only check the rules: run and write nothing")


def run(args: argparse.Namespace) -> int:
    """Build the chosen lessons; all of them are tried, and what is wrong with each is said."""
    failed = 0
    for name in args.lessons or LESSONS:
        started = time.perf_counter()
        try:
            notebook = (read_source if args.check else build)(name, args.root)
        except CourseError as err:
            failed += 1
            print(err, file=sys.stderr)
        else:
            print(f"{name}: {describe(notebook)}, {time.perf_counter() - started:.0f} s")
    return 1 if failed else 0


def build(name: str, root: Path = ROOT) -> NotebookNode:
    """Build one lesson: the executed solution notebook, which is also returned, and the release.

    Raises
    ------
    CourseError
        If the lesson breaks a rule, fails when run, or needs its experiments for its checks.
    """
    from .fingerprints import write_fingerprints
    from .points import write_points

    notebook = read_source(name, root)
    write_fingerprints(name, notebook, root)
    write_points(name, notebook, root)
    _execute(name, _without_experiments(notebook), root, "when its experiments are skipped, as in grading, ")
    _execute(name, notebook, root, "")
    _check_outputs(name, notebook, root)
    release = make_release(name, notebook, root)
    _check_release(name, notebook, release, root)
    _write(root / "solutions" / name / f"{name}.ipynb", nbformat.writes(notebook) + "\n")
    _write(root / "notebooks" / name / f"{name}.ipynb", nbformat.writes(release) + "\n")
    return notebook


def read_source(name: str, root: Path = ROOT) -> NotebookNode:
    """The lesson's text as a notebook without outputs, its cells named for good; refused if it breaks a rule.

    Raises
    ------
    CourseError
        With one line for each broken rule: file, line, cell, rule and what to do.
    """
    path = root / "solutions" / f"{name}.py"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as err:
        known = ", ".join(p.stem for p in sorted(path.parent.glob("*.py")))
        raise CourseError(f"{name}: no lesson source {path.name}; there is: {known or 'none'}") from err
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _name_cells(notebook)
    found = rules.findings(name, notebook.cells)
    _refuse(name, [(f.cell, f.rule, f.remedy) for f in found], notebook, root)
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


def make_release(name: str, notebook: NotebookNode, root: Path = ROOT) -> NotebookNode:
    """What students get, made from the solution notebook by nbgrader's own `generate_assignment`."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    config = nbgrader_config(root)
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        config.CourseDirectory.root = folder
        config.CourseDirectory.assignment_id = name
        config.SaveCells.enabled = False
        _write(Path(folder, "solutions", name, f"{name}.ipynb"), nbformat.writes(notebook))
        converter = GenerateAssignment(
            coursedir=CourseDirectory(config=config), config=config, no_database=True
        )
        converter.start()
        release = nbformat.read(Path(folder, "notebooks", name, f"{name}.ipynb"), as_version=4)
    release.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    return release


def nbgrader_config(root: Path = ROOT) -> Any:
    """The course's nbgrader configuration (a traitlets `Config`); a course without its own file uses ours."""
    folder = root if (root / "nbgrader_config.py").exists() else ROOT
    return PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()


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
    broken = []
    for index, cell in enumerate(notebook.cells):
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if errors and "raises-exception" not in cell.metadata.get("tags", []):
            what = f"{when}the cell raises {errors[0].ename}: {errors[0].evalue}"
            broken.append((index, what, "mend it; the reference must run and pass every check"))
    _refuse(name, broken, notebook, root)


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


def _refuse(name: str, broken: list[tuple[int, str, str]], notebook: NotebookNode, root: Path) -> None:
    """Raise one CourseError that says where each rule is broken, if any is."""
    if not broken:
        return
    path = root / "solutions" / f"{name}.py"
    text = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    starts = [number for number, line in enumerate(text, 1) if line.startswith("# %%")]
    said = []
    for index, rule, remedy in broken:
        line = starts[index] if index < len(starts) else 1
        said.append(
            f"solutions/{name}.py:{line}: cell {index} ({notebook.cells[index].id}): {rule}: {remedy}"
        )
    raise CourseError("\n".join(said))


def _write(path: Path, text: str) -> None:
    """Write a whole file or none, and leave an unchanged one alone."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


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
