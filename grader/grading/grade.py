"""`grade`: a notebook's bytes in, a verdict out. The same bytes give the same verdict, on any machine like this one."""

from __future__ import annotations

import ast
import contextlib
import functools
import marshal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..course import HIDDEN, Course, Lesson, find_course
from ..errors import MachineError, SubmissionError
from ..exercises import for_rooms
from ..results import SAID, CheckResult, SubmissionResult
from ..rooms.limits import Limits
from ..sandbox.sandbox import SANDBOXES, Sandbox
from ..submission.rebuild import Rebuilt, rebuild
from .executed import executed_notebook
from .keys import key

TRIES, PAUSE = 3, 0.2
PACKING = threading.Lock()  # Python 3.11 parses in one thread at a time, or raises SystemError
ROOM_ROLES = ("given", "free", "answer", "added", "experiment")
Vectors = dict[str, Any]


def grade_notebook(lesson: str, notebook: bytes, course: Course | None = None) -> SubmissionResult:
    """The verdict on one submitted notebook of a course (default: `find_course()`); see `SubmissionResult`.

    Raises
    ------
    CourseError
        If there is no such lesson, or ours is not as it must be.
    MachineError
        If this machine cannot isolate a room.
    """
    return grade((course or _course()).lesson(lesson), notebook)


@functools.cache
def _course() -> Course:
    return find_course()


@contextlib.contextmanager
def grading(
    course: Course, jobs: int = 1, *, unsafe: bool = False, limits: Limits | None = None
) -> Iterator[Callable[..., SubmissionResult]]:
    """A `grade_notebook` for the block, safe in as many threads as `jobs`; its rooms end with it.

    Its third argument is the seconds of a short turn, see `grade`.
    `unsafe` grades where a capability is missing too, and marks the results.
    """
    SANDBOXES.of(course.root, unsafe=unsafe)
    try:
        yield lambda lesson, notebook, turn_s=0.0: grade(
            course.lesson(lesson), notebook, limits=limits, unsafe=unsafe, turn_s=turn_s
        )
    finally:
        SANDBOXES.close()


def grade(
    lesson: Lesson,
    notebook: bytes,
    *,
    limits: Limits | None = None,
    unsafe: bool = False,
    turn_s: float = 0.0,
    nice: int = 0,
) -> SubmissionResult:
    """The verdict on a submission to a lesson: graded, refused, or a fault of the machine (nobody loses points).

    With `turn_s` a submission that needs more seconds than that is held back, and has no verdict yet. With `nice` others
    get the processor first.
    """
    limits = replace(limits or Limits(), turn_s=turn_s, nice=nice)
    most = lesson.max_score
    try:
        rebuilt = rebuild(lesson, notebook)
    except SubmissionError as err:
        return SubmissionResult(lesson.name, "refused", str(err), 0.0, most, "")
    payload = payload_of(lesson, rebuilt, limits)
    reason = ""
    for _ in range(TRIES):
        sandbox = SANDBOXES.of(lesson.root, unsafe=unsafe)
        try:
            with PACKING:
                packed = _packed(lesson, len(_vectors(lesson)))
            verdict = sandbox.check(payload, limits, packed)
        except MachineError as err:
            reason = str(err)
            time.sleep(PAUSE)  # a template that is dying is soon seen to be dead
            continue
        if verdict.get("held"):
            return SubmissionResult(lesson.name, "held", None, 0.0, most, key(lesson, rebuilt))
        _vectors(lesson).update(verdict["learned"])
        return _result(lesson, rebuilt, verdict, sandbox)
    return SubmissionResult(lesson.name, "fault", reason, 0.0, most, key(lesson, rebuilt))


def payload_of(lesson: Lesson, rebuilt: Rebuilt, limits: Limits) -> dict[str, Any]:
    """What a checker room gets of a submission: the cells for the student room, and where our checks stand."""
    cells = [
        {
            "id": cell.id,
            "role": cell.role,
            "source": cell.source,
            "position": position,
            "skip": cell.role == "experiment" and cell.origin == "ours",
            "stub": cell.function or "" if cell.role == "answer" and cell.origin == "ours" else "",
        }
        for position, cell in enumerate(rebuilt.cells)
        if cell.kind == "code" and cell.role in ROOM_ROLES
    ]
    positions = {cell.id: at for at, cell in enumerate(rebuilt.cells) if cell.role == "check"}
    return {"cells": cells, "positions": positions, "limits": limits.to_json()}


def _result(lesson: Lesson, rebuilt: Rebuilt, verdict: dict[str, Any], sandbox: Sandbox) -> SubmissionResult:
    points = {cell.id: cell.points for cell in lesson.checks}
    checks = tuple(
        CheckResult(
            id=check["id"],
            function=check["function"],
            points=points[check["id"]] if check["outcome"] == "passed" else 0.0,
            max_points=points[check["id"]],
            outcome=check["outcome"],
            message=check["message"],
            misconception=check.get("misconception") or None,
            hint=check.get("hint") or None,
            **{field: check.get(field, "") for field in SAID},
        )
        for check in verdict["checks"]
    )
    marks = [f"graded without full isolation ({gap.name}): {gap.otherwise}" for gap in sandbox.missing]
    return SubmissionResult(
        lesson=lesson.name,
        status="graded",
        reason=None,
        score=sum(check.points for check in checks),
        max_score=sum(points.values()),
        key=key(lesson, rebuilt),
        restored=(*rebuilt.restored, *marks),
        checks=checks,
        crowded=bool(verdict["crowded"]),
        notebook=executed_notebook(lesson, rebuilt.cells, verdict["cells"], checks),
    )


@functools.cache
def _packed(lesson: Lesson, _known: int) -> bytes:
    """What a checker room gets of a lesson, for the same Python: checks, names of our cells, mistakes known so far."""
    checks = [
        {
            "id": cell.id,
            "function": cell.function,
            "source": cell.source,
            "code": compile(cell.source, cell.id, "exec"),
            "hidden": cell.id.endswith(HIDDEN),
        }
        for cell in lesson.checks
    ]
    known = {"functions": list(lesson.functions), "checks": checks, **_surroundings(lesson)}
    return marshal.dumps(known | {"exercises": _exercises(lesson)})


def _surroundings(lesson: Lesson) -> dict[str, Any]:
    """What the checks of a lesson need beside themselves: imports, and names that cells of ours bind."""
    cells = lesson.cells
    imports = [ast.unparse(_imports(cell.source)) for cell in cells if cell.role == "given"]
    return {
        "imports": imports,
        "given_names": sorted({name for text in imports for name in _bound(ast.parse(text))}),
        "experiment_names": sorted(
            {n for c in cells if c.role == "experiment" for n in _bound(_parse(c.source))}
        ),
    }


def _exercises(lesson: Lesson) -> bytes:
    """A lesson's exercises and their fingerprints so far, packed: most rooms never look into them."""
    return marshal.dumps((for_rooms(lesson.course, lesson.name, lesson.functions), dict(_vectors(lesson))))


def _parse(source: str) -> ast.Module:
    """The syntax tree of one of our cells, without its magics."""
    return ast.parse(
        "\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))
    )


def _imports(source: str) -> ast.Module:
    """The import statements of one of our cells: what its checks may use beside graded names."""
    return ast.Module(
        [node for node in _parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)], []
    )


def _bound(tree: ast.Module) -> set[str]:
    """The names that a cell binds."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return names


@functools.cache
def _vectors(lesson: Lesson) -> Vectors:
    """Fingerprints of the lesson's known mistakes, filled as rooms compute them."""
    return {}
