"""helpers/fingerprints.json: how each known wrong answer behaves on the visible inputs, as numbers and no code.

Students' own checks look their results up there (`testCases.why`), so they hear about a misconception while they
work, offline, without receiving a single wrong implementation. The exercises run in a process of their own, which
has the course's helpers and no other's.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import types
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from ..course import Course, function_of, role_of
from ..errors import CourseError
from ..exercises import SHARED, compiled
from ..files import write_file
from ..rooms import exercise
from .cellnames import plain
from .points import gone

SEEDS = (0, 1)  # a fingerprint that depends on them tells nothing
Rows = dict[str, dict[str, Any]]


def write_fingerprints(course: Course, name: str, notebook: NotebookNode) -> None:
    """Bring the part of helpers/fingerprints.json that belongs to lesson `name` up to date; what is gone leaves it.

    To be called before `write_points`, by whose file it tells which functions are gone.

    Raises
    ------
    CourseError
        With a line for each piece of an exercise that is missing or does not do what it is for.
    """
    code = [cell for cell in notebook.cells if role_of(cell) in ("given", "answer")]
    functions = [function_of(cell) or "" for cell in code if role_of(cell) == "answer"]
    bounds = course.settings.get("exercise", {})
    task = {"lesson": name, "functions": functions, "bounds": bounds, "root": str(course.root)}
    task["cells"] = [(cell.id, plain(cell.source)) for cell in code]
    helpers = str(course.root / "helpers")
    run = subprocess.run(
        [sys.executable, "-m", __name__],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([helpers, str(Path(__file__).parents[2])])},
        cwd=helpers,
    )
    if run.returncode:
        raise CourseError(f"{name}: the exercises cannot be run:\n{run.stderr.strip()[-2000:]}")
    found = json.loads(run.stdout)
    if found["faults"]:
        raise CourseError("\n".join(found["faults"]))
    path = course.root / "helpers" / "fingerprints.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    left = gone(course, name, notebook)
    text = layout({f: row for f, row in (known | found["rows"]).items() if f not in left})
    if (found["rows"] or left) and (not path.exists() or path.read_text(encoding="utf-8") != text):
        write_file(path, text.encode())


def layout(known: Rows) -> str:
    """JSON with one wrong answer a line, so that a change to one shows as one."""
    functions = []
    for function, row in sorted(known.items()):
        lines = ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in row["known"])
        functions.append(f' "{function}": {{"describe": "{row["describe"]}", "known": [\n{lines}\n ]}}')
    return "{\n" + ",\n".join(functions) + "\n}\n"


def measured(
    files: Mapping[str, types.CodeType], reference: dict[str, Any], function: str, bounds: Mapping[str, int]
) -> tuple[Rows, list[str]]:
    """One exercise's row {describe, known: [{name, family, looks_like, hint, vector}]} of what shows; and faults.

    Parameters
    ----------
    files
        As `exercises.compiled` gives them.
    reference
        The names that an answer may use: those of the lesson with its solutions.
    bounds
        At least how many `wrong` and `right` answers there are, and how long a `fingerprint` may be.
    """
    if function not in files:
        return {}, ["there is no such file; it holds wrong answers, right answers, visible and fresh"]
    own = exercise.load(function, files[function], files.get(SHARED))
    faults = _missing(own, bounds)
    if faults or own.visible is None:
        return {}, faults
    right, faults = _vector(own, own.visible, reference[function], bounds)
    if not faults and own.fresh is not None:
        _, faults = _vector(own, own.fresh, reference[function], {})
    if faults:
        return {}, [f"on the reference, {fault}" for fault in faults]
    known = []
    for wrong in own.wrong:
        names = dict(reference)
        exec(compile(wrong.source, f"<{wrong.name}>", "exec"), names)  # our own
        try:
            vector, found = _vector(own, own.visible, names[function], bounds)
        except Exception:  # a wrong answer may raise anything, and then that is its message
            continue
        if wrong.random:
            continue
        faults += [f"'{wrong.name}': {fault}" for fault in found]
        if not _alike(vector, right):
            words = {"family": wrong.family, "looks_like": wrong.looks_like, "hint": wrong.hint}
            known.append({"name": wrong.name, **words, "vector": vector})
    return {function: {"describe": own.describe, "known": known}}, faults


def _missing(own: exercise.Exercise, bounds: Mapping[str, int]) -> list[str]:
    faults = [
        f"it defines no {name}(implementation)" for name in ("visible", "fresh") if not getattr(own, name)
    ]
    for kind, there in (("wrong", own.wrong), ("right", own.right)):
        least = bounds.get(kind, 1)
        if len(there) < least:
            faults.append(f"{len(there)} {kind} answers; checks are trusted from {least} on: write more")
        names = [entry.name for entry in there]
        faults += [f"two {kind} answers are called '{n}'" for n in sorted(set(names)) if names.count(n) > 1]
    return faults


def _vector(
    own: exercise.Exercise, probe: Callable[..., Any], answer: Any, bounds: Mapping[str, int]
) -> tuple[list[float], list[str]]:
    """The fingerprint of an answer, and what is wrong with it as one."""
    import testCases  # the course's

    vectors = [testCases.fingerprint(own.describe, _quietly(probe, answer, seed)) for seed in SEEDS]
    faults = []
    if len(vectors[0]) > bounds.get("fingerprint", len(vectors[0])):
        longest = bounds["fingerprint"]
        faults.append(
            f"its fingerprint has {len(vectors[0])} numbers, at most {longest} may be sent to students"
        )
    if bounds and not _alike(*vectors):
        faults.append(
            "two seeds give two fingerprints; set `describe` to statistics that do not depend on draws"
        )
    return vectors[0], faults


def _alike(one: list[float], other: list[float]) -> bool:
    import testCases

    return bool(testCases.alike(one, other))


def _quietly(probe: Callable[..., Any], implementation: Any, seed: int) -> Any:
    import numpy as np

    np.random.seed(seed)
    out = contextlib.redirect_stdout(io.StringIO())
    with out, warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return probe(implementation)


def namespace(cells: list[tuple[str, str]]) -> dict[str, Any]:
    """The names after given and answer cells (id, source) ran, in this process."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for identity, source in cells:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, f"<{identity}>", "exec"), names)  # our own lesson
    return names


def main() -> None:
    """Reads a task, writes rows and faults; both as JSON."""
    task = json.load(sys.stdin)
    course, lesson, functions = Course(Path(task["root"]), ()), task["lesson"], task["functions"]
    files, reference = compiled(course, lesson, functions), namespace(task["cells"])
    rows: Rows = {}
    faults = []
    for function in functions:
        found, wrong = measured(files, reference, function, task["bounds"])
        rows |= found
        faults += [f"solutions/{lesson}/exercises/{function}.py: {fault}" for fault in wrong]
    json.dump({"rows": rows, "faults": faults}, sys.stdout)


if __name__ == "__main__":
    main()
