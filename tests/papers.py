"""Notebooks of the real lessons as students hand them in, for tests of the whole way."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.course import Lesson

WRITTEN = "Because the parts of the sum change by different amounts."


def notebook_of(lesson: Lesson, answers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The release with our solutions in its answer cells, or `answers` by function, and a written answer."""
    notebook = copy.deepcopy(lesson.release)
    for ours, cell in zip(lesson.cells, notebook["cells"], strict=True):
        if ours.role == "answer":
            cell["source"] = (answers or {}).get(ours.function or "", ours.source)
        elif ours.role == "written":
            cell["source"] = WRITTEN
    return notebook


def hand_in(course: Path, lesson: str, student: str, notebook: Any, stamp: str | None = None) -> Path:
    """Puts a notebook where the exchange would; its path."""
    folder = course / "submissions" / student / lesson
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{lesson}.ipynb"
    path.write_bytes(notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode())
    if stamp is not None:
        (folder / "timestamp.txt").write_text(stamp)
    return path
