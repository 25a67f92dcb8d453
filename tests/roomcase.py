"""Small lessons made on the spot, to see what happens in the rooms."""

from __future__ import annotations

import copy
import json
import time
from pathlib import Path
from typing import Any

from grader.course import Lesson
from grader.grading.grade import grade
from grader.results import CheckResult, SubmissionResult
from grader.rooms.limits import Limits
from grader.sandbox.sandbox import SANDBOXES
from tests.here import load_lesson

PATIENT = Limits(cell_s=40.0, call_s=40.0, start_s=60.0)  # for busy machines
QUICK = Limits(cell_s=2.0, call_s=2.0, least_s=1.0, start_s=60.0)  # for what has no end
HELPERS = """
import contextlib

KEPT = [0.0, 0.0]

def helped(x):
    return 10 * x

def other(x):
    return -x

@contextlib.contextmanager
def given(function, **stand_ins):
    with function._given_({name: f"{f.__module__}.{f.__qualname__}" for name, f in stand_ins.items()}):
        yield
"""


def _grading(identity: str, *, grade: bool, solution: bool, points: float | None = None) -> dict[str, Any]:
    entry = {"grade": grade, "grade_id": identity, "locked": not solution, "schema_version": 3}
    entry |= {"solution": solution, "task": False} | ({} if points is None else {"points": points})
    return {"nbgrader": entry}


def given(source: str, identity: str = "setup") -> dict[str, Any]:
    """A locked cell of ours."""
    return _cell(identity, source, _grading(identity, grade=False, solution=False))


def answer(function: str, source: str) -> dict[str, Any]:
    """An answer cell with our solution."""
    return _cell(function, source, _grading(function, grade=False, solution=True))


def visible(function: str, source: str) -> dict[str, Any]:
    """A visible check."""
    name = f"{function}_visible"
    return _cell(name, source, _grading(name, grade=True, solution=False, points=1))


def hidden(function: str, source: str) -> dict[str, Any]:
    """A hidden check."""
    name = f"{function}_hidden"
    return _cell(name, source, _grading(name, grade=True, solution=False, points=1))


def free(identity: str, source: str) -> dict[str, Any]:
    """An open cell of ours."""
    return _cell(identity, source, {})


def experiment(identity: str, source: str) -> dict[str, Any]:
    """A cell that is not run when grading."""
    return _cell(identity, source, {"tags": ["experiment"]})


def _cell(identity: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    cell = {"cell_type": "code", "id": identity, "metadata": metadata, "source": source}
    return cell | {"execution_count": None, "outputs": []}


def write(root: Path, name: str, *cells: dict[str, Any]) -> Lesson:
    """A lesson of these cells, in the course at `root`."""
    released = copy.deepcopy(list(cells))
    for cell in released:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            head = cell["source"].partition("\n")[0]
            cell["source"] = f"{head}\n    raise NotImplementedError()\n"
        if cell["id"].endswith("_hidden"):
            cell["source"] = f"# Hidden checks of {cell['id'].removesuffix('_hidden')} run here.\n"
    for step, parts in (("solutions", list(cells)), ("notebooks", released)):
        path = root / step / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook = {"cells": parts, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return load_lesson(name, root)


SECRET = "walrus-4711"


def write_pair(root: Path) -> Lesson:
    """A lesson of two functions, the second of which calls the first."""
    return write(
        root,
        "pair",
        given("import numpy as np\nimport toolbox"),
        answer("first", "def first(x):\n    return 2 * x"),
        free("worked", "print(first(2))"),
        visible("first", "assert first(2) == 4, 'twice 2 is 4'"),
        hidden("first", f"assert first(1000.5) == 2001, '{SECRET}'"),
        experiment("training", "history = [first(n) for n in range(3)]"),
        answer("second", "def second(x):\n    return first(x) + 1"),
        visible("second", "assert second(2) == 5"),
        hidden("second", "assert second(7) == 15"),
    )


def submission(lesson: Lesson, added: dict[str, str] | None = None, **sources: str) -> bytes:
    """The solution with some cells' sources replaced, and cells added after others, by the others' ids."""
    cells = copy.deepcopy(lesson.solution["cells"])
    for cell in cells:
        cell["source"] = sources.get(cell["id"], cell["source"])
    for number, (after, source) in enumerate((added or {}).items()):
        at = 1 + next(index for index, cell in enumerate(cells) if cell["id"] == after)
        cells.insert(at, _cell(f"mine-{number}", source, {}))
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def graded(
    lesson: Lesson, added: dict[str, str] | None = None, limits: Limits = PATIENT, **sources: str
) -> SubmissionResult:
    """The verdict on such a submission."""
    result = grade(lesson, submission(lesson, added, **sources), limits=limits)
    assert result.status == "graded", result.reason
    return result


def check_of(result: SubmissionResult, identity: str) -> CheckResult:
    """The verdict on one check."""
    return next(check for check in result.checks if check.id == identity)


def outcomes(result: SubmissionResult) -> list[str]:
    """The outcomes of all checks, in the order of the lesson."""
    return [check.outcome for check in result.checks]


def outputs_of(result: SubmissionResult, identity: str) -> list[dict[str, Any]]:
    """The outputs of one cell in the executed notebook."""
    cells = json.loads(result.notebook or "")["cells"]
    found: list[dict[str, Any]] = next(cell for cell in cells if cell["id"] == identity)["outputs"]
    return found


def printed(result: SubmissionResult, identity: str) -> str:
    """What one cell printed."""
    return "".join(output.get("text", "") for output in outputs_of(result, identity))


def checkers(lesson: Lesson) -> set[int]:
    """The checker rooms that wait for work: the only processes without children while no submission is under way."""
    template = SANDBOXES.of(lesson.root).process.pid
    return {pid for pid in descendants(template) if not descendants(pid)}


def until(condition: Any, seconds: float = 20.0) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def descendants(pid: int) -> list[int]:
    """The processes below one, as /proc knows them."""
    below: list[int] = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                below += [int(path.parent.name), *descendants(int(path.parent.name))]
        except OSError:
            continue
    return below
