"""A course of one tiny lesson, and its submissions, for tests of what surrounds the rooms."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from grader.course import SETTINGS, Lesson
from tests.here import load_lesson

NAME = "tiny"
STUB = "    raise NotImplementedError()\n"
DOUBLE = 'def double(x):\n    """Return 2 x."""\n'
TRIPLE = 'def triple(x):\n    """Return 3 x."""\n'


def _grading(
    grade_id: str, grade: bool = False, solution: bool = False, points: float | None = None
) -> dict[str, Any]:
    entry = {"grade": grade, "grade_id": grade_id, "locked": not solution, "schema_version": 3}
    entry |= {"solution": solution, "task": False}
    return {"nbgrader": entry | ({} if points is None else {"points": points})}


def _cell(
    identity: str, source: str, metadata: dict[str, Any] | None = None, kind: str = "code"
) -> dict[str, Any]:
    cell = {"cell_type": kind, "id": identity, "metadata": metadata or {}, "source": source}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _cells(release: bool) -> list[dict[str, Any]]:
    def answer(name: str, head: str, body: str) -> dict[str, Any]:
        return _cell(name, head + (STUB if release else body), _grading(name, solution=True))

    def hidden(name: str, check: str) -> dict[str, Any]:
        source = f"# Hidden checks of {name} run here.\n" + ("" if release else check)
        return _cell(f"{name}_hidden", source, _grading(f"{name}_hidden", True, points=3))

    return [
        _cell("t1", "# Tiny\n\nTwo functions.", kind="markdown"),
        _cell("setup", "import numpy as np\n", _grading("setup")),
        _cell("t2", "Write `double`.", kind="markdown"),
        answer("double", DOUBLE, "    return 2 * x\n"),
        _cell("f1", "print(double(2))\n"),
        _cell(
            "double_visible",
            "assert double(2) == 4, 'twice two is four'\n",
            _grading("double_visible", True, points=2),
        ),
        hidden("double", "assert double(5) == 10, 'twice five is ten'\n"),
        _cell("x1", "for i in range(1000):\n    double(i)\n", {"tags": ["experiment"]}),
        _cell("t3", "Write `triple`.", kind="markdown"),
        answer("triple", TRIPLE, "    return 3 * x\n"),
        _cell("f2", "print(triple(2))\n"),
        _cell(
            "triple_visible",
            "assert triple(2) == 6, 'three times two'\n",
            _grading("triple_visible", True, points=2),
        ),
        hidden("triple", "assert triple(5) == 15, 'three times five'\n"),
        _cell(
            "tiny_question",
            "YOUR ANSWER HERE" if release else "Because.",
            _grading("tiny_question", True, True, points=5),
            "markdown",
        ),
    ]


def course(root: Path) -> Lesson:
    """Writes the tiny course below `root` and loads its lesson."""
    for step, release in (("solutions", False), ("notebooks", True)):
        path = root / step / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(_notebook(_cells(release))))
    (root / SETTINGS).write_text(f'[[lesson]]\nname = "{NAME}"\n')
    return load_lesson(NAME, root)


def release(**answers: str) -> dict[str, Any]:
    """The released notebook with some cells' sources replaced, by cell id."""
    notebook = _notebook(_cells(True))
    for identity, source in answers.items():
        cell_of(notebook, identity)["source"] = source
    return notebook


def perfect() -> dict[str, Any]:
    """The released notebook with right answers."""
    return release(
        double=DOUBLE + "    return x + x\n",
        triple=TRIPLE + "    return x + x + x\n",
        tiny_question="Because two and two are four.",
    )


def cell_of(notebook: dict[str, Any], identity: str) -> dict[str, Any]:
    """The cell with that id."""
    return next(cell for cell in notebook["cells"] if cell["id"] == identity)


def index_of(notebook: dict[str, Any], identity: str) -> int:
    """Where the cell with that id stands."""
    return notebook["cells"].index(cell_of(notebook, identity))


def insert(
    notebook: dict[str, Any], after: str | None, source: str, kind: str = "code", identity: str = "new"
) -> None:
    """Adds a student's cell after the cell with that id, or on top."""
    at = 0 if after is None else index_of(notebook, after) + 1
    notebook["cells"].insert(at, _cell(identity, source, kind=kind))


def copy_cell(
    notebook: dict[str, Any], identity: str, source: str | None = None, at: int | None = None
) -> None:
    """Duplicates a cell with its metadata right after itself, or at `at`."""
    twin = copy.deepcopy(cell_of(notebook, identity))
    where = index_of(notebook, identity) + 1 if at is None else at
    twin["id"] = f"copy-{where}"
    if source is not None:
        twin["source"] = source
    notebook["cells"].insert(where, twin)


def as_bytes(notebook: Any) -> bytes:
    """A notebook as a file holds it."""
    return json.dumps(notebook).encode()
