"""The executed notebook of a graded submission: our cells and metadata, the student's sources, what came out of them.

A failed check carries our message as an error output, so nbgrader's own `determine_grade` reads the same score.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any

from ..course import Lesson, name_of
from ..results import CheckResult
from ..submission.rebuild import RoomCell

NOT_RUN = {
    "timed_out": "This cell did not finish in time and was stopped.",
    "died": "This cell ended the Python process, so the notebook was run without it.",
    "out_of_memory": "This cell used more memory than there is for it, so the notebook was run without it.",
    "not_run": "This cell was not run: the time for this notebook was used up.",
}
LEFT_OUT = "The output of this cell is left out: the notebook has too much of it."
# What a room puts out by itself; a cell can have it say more.
SHOWN = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml")
EXPERIMENT = "This experiment is not run when grading."
_to_json = json.JSONEncoder(sort_keys=True).encode


def executed_notebook(
    lesson: Lesson, cells: Sequence[RoomCell], reports: dict[str, Any], checks: Sequence[CheckResult]
) -> str:
    """The notebook as JSON text (nbformat 4.5)."""
    own = _own(lesson)
    verdicts = {check.id: check for check in checks}
    written, count = [], 0
    for cell in cells:
        identity, metadata = own.get(cell.id, (cell.id, {}))
        entry: dict[str, Any] = {
            "cell_type": cell.kind,
            "id": identity,
            "metadata": metadata,
            "source": cell.source,
        }
        if cell.kind == "code":
            count += 1
            outputs = (
                _check_outputs(verdicts[cell.id]) if cell.id in verdicts else _outputs(reports.get(cell.id))
            )
            for output in outputs:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = count
            entry |= {"execution_count": count, "outputs": outputs}
        elif cell.pictures:
            entry["attachments"] = {name: {mime: data} for name, mime, data in cell.pictures}
        written.append(entry)
    frame = {"metadata": lesson.solution["metadata"], "nbformat": 4, "nbformat_minor": 5}
    lines = ",\n".join(map(_to_json, written))  # a cell a line: indenting takes its time
    return f'{{"cells": [\n{lines}\n], {_to_json(frame)[1:]}\n'


@functools.cache
def _own(lesson: Lesson) -> dict[str, tuple[str, dict[str, Any]]]:
    """Cell id and metadata of our cells, by name."""
    return {name_of(cell): (cell["id"], cell["metadata"]) for cell in lesson.solution["cells"]}


def _check_outputs(check: CheckResult) -> list[dict[str, Any]]:
    if check.outcome == "passed":
        return []
    return [_error(check.outcome, check.message, [check.message])]


def _outputs(report: Any) -> list[dict[str, Any]]:
    """A student cell's outputs, as far as they have the form of outputs."""
    if report is None:
        return [_stream(EXPERIMENT)]
    if lost := report.get("lost"):
        return [_stream(NOT_RUN.get(lost, NOT_RUN["not_run"]))]
    if report.get("left_out"):
        return [_stream(LEFT_OUT)]
    outputs = [plain for item in _list(report.get("outputs")) if (plain := _output(item))]
    error = report.get("error")
    if isinstance(error, dict):
        trace = [str(line)[:2000] for line in _list(error.get("trace"))[:30]]
        outputs.append(_error(str(error.get("type"))[:100], str(error.get("text"))[:2000], trace))
    return outputs


def _output(item: Any) -> dict[str, Any] | None:
    """One output of a student's, rebuilt from its parts; None if it is not one."""
    match item:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return {"output_type": "stream", "name": name, "text": text}
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data)}:
            texts = {mime: data[mime] for mime in SHOWN if isinstance(data.get(mime), str)}
            alt = {
                str(mime): {"alt": str(about["alt"])}
                for mime, about in _dict(item.get("metadata")).items()
                if mime in texts and isinstance(about, dict) and "alt" in about
            }
            output = {"output_type": kind, "data": texts, "metadata": alt}
            return output | ({"execution_count": None} if kind == "execute_result" else {})
    return None


def _error(name: str, text: str, trace: list[str]) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": trace}


def _stream(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text + "\n"}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
