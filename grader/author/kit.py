"""The student's kit: released notebooks, helpers, data and one command to set them up, and nothing else."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import nbformat

from ..course import Course
from ..errors import CourseError

README = """\
# {title}: your notebooks

You need Python 3.11 or newer, nothing else. Open a terminal in this folder and run one command.

Linux and macOS:

    python3 -m venv .venv && .venv/bin/pip install --editable . && .venv/bin/lessons

Windows, in the Command Prompt:

    py -m venv .venv && .venv\\Scripts\\pip install --editable . && .venv\\Scripts\\lessons

The next time, the last part of the line is enough: it opens JupyterLab on the lessons. With conda instead:
`conda env create -f environment.yml`, `conda activate practical-aspects`, `jupyter lab notebooks`.

Work through the lessons in this order:

{lessons}

## How you are graded

- Write your answers where a cell says `# YOUR CODE HERE`; delete the line that raises `NotImplementedError`.
- Below each answer stands one line, `testCases.check("…")`: the visible check. Run it as often as you like: it needs
  no network, and when it recognises a common mistake it tells you. `testCases.progress()` shows all at once.
- Part of each function's points comes from a hidden check, which runs when you hand in. It asks for nothing that the
  text does not ask for: other sizes, other numbers, other seeds, and the cases that the text names.
- The written answer is read by a person.
- Cells of your own are welcome. Locked cells and checks are put back when your notebook is graded.

## Before you hand in

`.venv/bin/lessons ready` (Windows: `.venv\\Scripts\\lessons ready`) runs your saved notebooks afresh, in a minute or two,
and lists each function and the written answer: done, or what is missing. Then hand in the `.ipynb` file.

| where you hand in | until when | how often | when you hear |
|---|---|---|---|
| _your instructor fills this in_ | | | |
"""

PROJECT = """\
[build-system]
requires = ["setuptools>=80"]
build-backend = "setuptools.build_meta"

[project]
name = "{name}"
version = "{version}"
description = "What the lessons import"
requires-python = ">=3.11"
dependencies = [
{dependencies}
]
{scripts}
[tool.setuptools]
py-modules = [{modules}]
package-dir = {{ "" = "helpers" }}

[tool.setuptools.data-files]
"share/practical-aspects-course" = [{data}]
"""
NAME = "practical-aspects-student"
COMMAND = """
[project.scripts]
lessons = "course_lab:main"
"""

# An added cell like any other: beside the helpers, and where a submission is graded, it does nothing.
INSTALL = """\
# Is this notebook away from its folder (Colab, Kaggle, VS Code)? Then this line installs what the lessons import.
try:
    import {module}
except ModuleNotFoundError:
    %pip install --quiet {wheel}"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    parser.add_argument(
        "--url",
        metavar="URL",
        help="where the kit's files will be found on the web: adds a wheel of the helpers, and lets notebooks that "
        "are opened elsewhere (Colab, Kaggle) install it",
    )


def run(args: argparse.Namespace, course: Course) -> int:
    """Write the kit and say what to do with it."""
    files = write_kit(course, args.folder, args.url)
    print(f"{len(files)} files in {args.folder}; give students the folder, its README.md says the rest")
    return 0


def write_kit(course: Course, folder: Path, url: str | None = None) -> list[Path]:
    """Write the kit into `folder` and return its files, relative to it, in order.

    Parameters
    ----------
    url : where the folder will be found on the web; then notebooks install the helpers from there where they are alone

    Raises
    ------
    CourseError
        If the folder is not empty or cannot be written, a lesson is not built, or the wheel cannot be made.
    """
    if folder.exists() and not folder.is_dir():
        raise CourseError(f"{folder} is a file; name a new folder")
    if folder.exists() and any(folder.iterdir()):
        raise CourseError(f"{folder} is not empty; name a new folder, so that nothing else reaches a student")
    root, lessons = course.root, course.lessons
    missing = [name for name in lessons if not course.release(name).exists()]
    if missing:
        raise CourseError(f"{missing[0]} has no release; run 'grader build {missing[0]}'")
    wanted = [course.release(name) for name in lessons] + helper_files(root)
    wanted += [path for path in sorted((root / "data").iterdir()) if path.suffix in (".npz", ".py", ".md")]
    wanted += [root / name for name in ("environment.yml", "LICENSE")]
    for path in wanted:
        target = folder / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (folder / "README.md").write_text(_readme(course), encoding="utf-8")
    (folder / "pyproject.toml").write_text(project_file(root, _pins(root)), encoding="utf-8")
    if url:
        wheel = _wheel(root, folder)
        for name in lessons:
            _put_first(folder / course.release(name).relative_to(root), f"{url.rstrip('/')}/{wheel}")
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def helper_files(root: Path) -> list[Path]:
    """The modules that lessons import, with the style and the fingerprints that stand beside them."""
    found = (root / "helpers").iterdir()
    return sorted(path for path in found if path.suffix in (".py", ".json", ".mplstyle"))


def project_file(root: Path, dependencies: list[str]) -> str:
    """The kit's pyproject.toml: the helpers as modules, their data, and what they need."""
    files = helper_files(root)
    modules = [path.stem for path in files if path.suffix == ".py"]
    data = [f"helpers/{path.name}" for path in files if path.suffix != ".py"]
    data += [f"data/{path.name}" for path in sorted((root / "data").glob("*.npz"))]
    return PROJECT.format(
        name=NAME,
        version=_project(root).get("version", "0"),
        dependencies="\n".join(f'    "{one}",' for one in dependencies),
        scripts=COMMAND if "course_lab" in modules else "",
        modules=", ".join(f'"{module}"' for module in modules),
        data=", ".join(f'"{path}"' for path in data),
    )


def _project(root: Path) -> dict[str, Any]:
    path = root / "pyproject.toml"
    found: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))["project"] if path.exists() else {}
    return found


def _pins(root: Path) -> list[str]:
    """The versions that the lessons were tested with: environment.yml's."""
    environment = (root / "environment.yml").read_text(encoding="utf-8")
    return re.findall(r"^\s+- ([\w.-]+==[\w.]+)$", environment, re.MULTILINE)


def _ranges(root: Path) -> list[str]:
    """What the helpers need on a machine that has an environment of its own, whose versions are left alone."""
    wanted = _project(root).get("dependencies") or [pin.partition("==")[0] for pin in _pins(root)]
    return [str(one) for one in wanted if not str(one).startswith(("jupyterlab", "ipython"))]


def _readme(course: Course) -> str:
    lessons = [course.lesson(name) for name in course.lessons]
    entries = [
        f"{number}. `notebooks/{lesson.name}/{lesson.name}.ipynb`: "
        f"{len(lesson.functions)} function{'s'[: len(lesson.functions) != 1]}, "
        f"{sum(cell.points for cell in lesson.cells):g} points"
        for number, lesson in enumerate(lessons, start=1)
    ]
    return README.format(title=course.settings.get("title", "The lessons"), lessons="\n".join(entries))


def _wheel(root: Path, folder: Path) -> str:
    """Makes a wheel of the helpers and their data in the kit; returns its file name."""
    with tempfile.TemporaryDirectory() as scratch:
        for part in ("helpers", "data"):
            shutil.copytree(folder / part, Path(scratch) / part)
        (Path(scratch) / "pyproject.toml").write_text(project_file(root, _ranges(root)), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ]
        done = subprocess.run(
            [*command, "--wheel-dir", str(folder.resolve()), "."], cwd=scratch, capture_output=True, text=True
        )
    if done.returncode:
        raise CourseError(
            f"the wheel of the helpers could not be made; pip said: {done.stderr.strip()[-500:]}"
        )
    return next(folder.glob("*.whl")).name


def _put_first(path: Path, wheel: str) -> None:
    """Puts the cell that installs the helpers on top of a released notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = nbformat.v4.new_code_cell(INSTALL.format(wheel=wheel, module="testCases"), id="install")
    notebook["cells"].insert(0, cell)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
