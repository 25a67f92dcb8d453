"""helpers/fingerprints.json: how each known wrong answer behaves on the visible inputs, as numbers and no code.

Students' own checks look their results up there (`testCases.why`), so they hear about a misconception while they
work, offline, without receiving a single wrong implementation.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import warnings
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from ..course import ROOT, role_of
from ..errors import CourseError
from ..misconceptions import Misconception
from .cellnames import plain


def write_fingerprints(name: str, notebook: NotebookNode, root: Path = ROOT) -> None:
    """Bring the part of helpers/fingerprints.json that belongs to lesson `name` up to date."""
    try:
        table = importlib.import_module(f"grader.misconceptions.{name}")
    except ModuleNotFoundError as err:
        if err.name != f"grader.misconceptions.{name}":
            raise
        return
    path = root / "helpers" / "fingerprints.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for function, rows in fingerprints(table, notebook, root).items():
        known[function] = rows
    text = _layout(known)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _layout(known: dict[str, list[dict[str, Any]]]) -> str:
    """JSON with one wrong answer a line, so that a change to one shows as one."""
    functions = []
    for function, rows in sorted(known.items()):
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
        functions.append(f' "{function}": [\n{lines}\n ]')
    return "{\n" + ",\n".join(functions) + "\n}\n"


def fingerprints(table: Any, notebook: NotebookNode, root: Path = ROOT) -> dict[str, list[dict[str, Any]]]:
    """Per graded function the rows {name, family, looks_like, hint, vector} of those wrong answers that show here.

    Parameters
    ----------
    table : module
        A lesson's misconceptions: MISCONCEPTIONS and VISIBLE.
    notebook : NotebookNode
        The lesson, with its solutions: the names that an answer may use come from there.

    Raises
    ------
    CourseError
        If a misconception names a function without a visible probe, or a probe fails on the reference.
    """
    sys.path.insert(0, str(root / "helpers"))
    try:
        import testCases
    finally:
        sys.path.pop(0)
    reference = namespace(notebook)
    right = {}
    for function, probe in table.VISIBLE.items():
        right[function] = testCases.fingerprint(function, _quietly(probe, reference[function]))
    rows: dict[str, list[dict[str, Any]]] = {function: [] for function in table.VISIBLE}
    for wrong in table.MISCONCEPTIONS:
        if wrong.function not in rows:
            raise CourseError(
                f"misconception '{wrong.name}': {wrong.function} has no visible probe; add it to VISIBLE"
            )
        try:
            got = _quietly(table.VISIBLE[wrong.function], _implementation(wrong, reference))
        except Exception:  # noqa: BLE001, S112 - a wrong answer may raise anything, and then that is its message
            continue
        vector = testCases.fingerprint(wrong.function, got)
        if not testCases.alike(vector, right[wrong.function]):
            words = {"family": wrong.family, "looks_like": wrong.looks_like, "hint": wrong.hint}
            rows[wrong.function].append({"name": wrong.name, **words, "vector": vector})
    return rows


def namespace(notebook: NotebookNode) -> dict[str, Any]:
    """The names after the lesson's given and answer cells ran, in this process."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in notebook.cells:
        if cell.cell_type == "code" and role_of(cell) in ("given", "answer"):
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(plain(cell.source), f"<{cell.id}>", "exec"), names)  # noqa: S102 - our own lesson
    return names


def _implementation(wrong: Misconception, reference: dict[str, Any]) -> Any:
    """The wrong answer as it would stand in the notebook: its text, run among the lesson's names."""
    names = dict(reference)
    exec(compile(wrong.source, f"<{wrong.name}>", "exec"), names)  # noqa: S102 - our own table
    return names[wrong.function]


def _quietly(probe: Any, implementation: Any) -> Any:
    import numpy as np

    np.random.seed(0)
    out = contextlib.redirect_stdout(io.StringIO())
    with out, warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return probe(implementation)
