"""The command `lessons`: JupyterLab on the notebooks, and "am I ready to hand in?".

    lessons [OPTION]          opens JupyterLab on the lessons; options are JupyterLab's own
    lessons ready [LESSON]    runs a notebook afresh, top to bottom, and says what of it is done and what is open

`ready` runs what a grader will see: the saved file, in a fresh kernel. Hidden checks are not here; they run when the
work is handed in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNWRITTEN = "YOUR ANSWER HERE"


@dataclass(frozen=True)
class Found:
    """What is known of one function, written answer or other cell after a run."""

    what: str
    done: bool
    said: str


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit status: 0 if all that was asked about is done, 1 if not, 2 for wrong usage."""
    words = sys.argv[1:] if arguments is None else arguments
    notebooks = _notebooks(Path.cwd())
    if not notebooks:
        print("no notebooks here; start this in the folder that holds the folder notebooks")
        return 2
    if all(word.startswith("-") for word in words):
        return _lab(next(iter(notebooks.values())), words)
    asked = words[1:] or list(notebooks)
    if words[0] != "ready" or not set(asked) <= set(notebooks):
        print(f"usage: lessons [ready [{' | '.join(notebooks)}]]")
        return 2
    return max([_say(name, ready(notebooks[name])) for name in asked])


def _notebooks(folder: Path) -> dict[str, Path]:
    """The lessons' notebooks by name, in the order of a course where it is known."""
    found = {
        path.stem: path
        for path in sorted(folder.glob("notebooks/*/*.ipynb"))
        if path.parent.name == path.stem
    }
    try:
        from course_data import course_file

        order = list(json.loads(course_file("points.json").read_text("utf-8")))
    except (ImportError, FileNotFoundError):
        order = []
    return dict(
        sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))
    )


def _lab(first: Path, options: list[str]) -> int:
    """JupyterLab with the first lesson open, and without its question about news."""
    from jupyterlab.labapp import main as lab

    with tempfile.TemporaryDirectory() as folder:
        overrides = Path(folder) / "labconfig" / "default_setting_overrides.json"
        overrides.parent.mkdir()
        overrides.write_text(
            json.dumps({"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}})
        )
        before = os.environ.get("JUPYTER_CONFIG_PATH")
        os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, (folder, before)))
        root = [f"--ServerApp.root_dir={first.parents[1]}"] if not _set("ServerApp.root_dir", options) else []
        return int(lab([str(first), *root, *options]) or 0)


def _set(name: str, options: list[str]) -> bool:
    return any(option.startswith(f"--{name}") for option in options)


def ready(path: Path) -> list[Found]:
    """Run a notebook in a fresh kernel and tell what is done and what is open; the file stays as it is.

    Raises
    ------
    ValueError
        If the file is no notebook.
    """
    import nbformat
    from nbclient import NotebookClient

    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        raise ValueError(f"{path} is no notebook: {error}; get a fresh copy of the lesson") from error
    os.environ["COURSE_QUIET"] = "1"  # no progress bars, no sliders
    client = NotebookClient(notebook, timeout=600, allow_errors=True, kernel_name="python3")
    client.execute(cwd=str(path.parent), stderr=subprocess.DEVNULL)  # a kernel's own remarks
    return list(_found(notebook.cells))


def _found(cells: list[Any]) -> Iterator[Found]:
    """Functions and the written answer; cells that fail for another reason only where no function explains it."""
    failing, complete = [], True
    for number, cell in enumerate(cells, start=1):
        grading = cell.metadata.get("nbgrader", {})
        name = str(grading.get("grade_id", ""))
        errors = [out for out in cell.get("outputs", ()) if out.output_type == "error"]
        said = _first_line(errors[0].evalue) if errors else ""
        if grading.get("grade") and grading.get("solution"):
            done = UNWRITTEN not in cell.source and bool(cell.source.strip())
            yield Found("your written answer", done, "" if done else "nothing is written yet")
        elif name.endswith("_visible"):
            function = name.removesuffix("_visible")
            complete &= not errors
            yield Found(function, not errors, said.removeprefix(f"{function}: "))
        elif errors:
            failing.append(Found(f"cell {number}", False, f"{errors[0].ename}: {said}"))
    yield from failing if complete else ()


def _first_line(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 140 else line[:139] + "…"


def _say(name: str, found: list[Found]) -> int:
    print(name)
    for one in found:
        print(f"  {'✓' if one.done else '○'} {one.what}" + (f": {one.said}" if one.said else ""))
    ended = all(one.done for one in found)
    print(f"  {'all done' if ended else 'not all is done'}; hidden checks run when you hand in")
    return 0 if ended else 1


if __name__ == "__main__":
    sys.exit(main())
