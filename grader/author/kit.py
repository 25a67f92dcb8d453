"""The student's kit: released notebooks, helpers, data and one command to set them up, and nothing else."""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

from ..course import Course
from ..errors import CourseError

README = """\
# Practical aspects of training a network: your notebooks

You need Python 3.11 or newer, nothing else. Open a terminal in this folder and run one command.

Linux and macOS:

    python3 -m venv .venv && .venv/bin/pip install --editable . && .venv/bin/jupyter lab notebooks

Windows, in the Command Prompt:

    py -m venv .venv && .venv\\Scripts\\pip install --editable . && .venv\\Scripts\\jupyter lab notebooks

The next time, the last part of the line is enough. With conda instead: `conda env create -f environment.yml`,
`conda activate practical-aspects`, `jupyter lab notebooks`.

Work through the lessons in this order: {lessons}.

- Write your answers where a cell says `# YOUR CODE HERE`; delete the line that raises `NotImplementedError`.
- The cell named `…_visible` after each answer checks it. Run it as often as you like: it needs no network, and when
  it recognises a common mistake it tells you.
- Cells of your own are welcome. Locked cells and checks are put back when your notebook is graded.
- Before you hand in: *Kernel → Restart Kernel and Run All Cells*, then save. Hand in the `.ipynb` file.
"""

PROJECT = """\
[build-system]
requires = ["setuptools>=80"]
build-backend = "setuptools.build_meta"

[project]
name = "practical-aspects-student"
version = "{version}"
description = "What the lessons import, with the versions they were tested with"
requires-python = ">=3.11"
dependencies = [
{dependencies}
]

[tool.setuptools]
py-modules = [{modules}]
package-dir = {{ "" = "helpers" }}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")


def run(args: argparse.Namespace, course: Course) -> int:
    """Write the kit and say what to do with it."""
    files = write_kit(course, args.folder)
    print(f"{len(files)} files in {args.folder}; give students the folder, its README.md says the rest")
    return 0


def write_kit(course: Course, folder: Path) -> list[Path]:
    """Write the kit into `folder` and return its files, relative to it, in order.

    Raises
    ------
    CourseError
        If the folder is not empty, or a lesson is not built.
    """
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
    (folder / "README.md").write_text(README.format(lessons=", ".join(lessons)), encoding="utf-8")
    (folder / "pyproject.toml").write_text(project_file(root), encoding="utf-8")
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def helper_files(root: Path) -> list[Path]:
    """The modules that lessons import, with the style and the fingerprints that stand beside them."""
    found = (root / "helpers").iterdir()
    return sorted(path for path in found if path.suffix in (".py", ".json", ".mplstyle"))


def project_file(root: Path) -> str:
    """The kit's pyproject.toml: the helpers as modules, and environment.yml's pins as dependencies."""
    environment = (root / "environment.yml").read_text(encoding="utf-8")
    pins = re.findall(r"^\s+- ([\w.-]+==[\w.]+)$", environment, re.MULTILINE)
    modules = [path.stem for path in helper_files(root) if path.suffix == ".py"]
    project = root / "pyproject.toml"
    version = re.search(r'^version = "(.+)"$', project.read_text("utf-8") if project.exists() else "", re.M)
    return PROJECT.format(
        version=version[1] if version else "0",
        dependencies="\n".join(f'    "{pin}",' for pin in pins),
        modules=", ".join(f'"{module}"' for module in modules),
    )
