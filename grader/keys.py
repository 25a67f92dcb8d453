"""When a result still holds: the key of a submission covers its answers, our checks and the environment."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import astuple
from pathlib import Path

from .course import Lesson
from .rebuild import Rebuilt
from .version import digest, environment

DECIDING = ("checker", "grade", "matching", "rebuild", "room", "sandbox", "shell", "values", "worker")
"""Modules of the grader whose change can change a verdict."""


@functools.cache
def lesson_version(lesson: str, root: Path) -> str:
    """Digest of what a lesson's verdicts depend on beside its cells: helpers, data, misconceptions, rooms."""
    files = list((root / "helpers").glob("*.py")) + list((root / "helpers").glob("*.json"))
    files += [path for path in (root / "data").glob("*") if path.suffix in (".py", ".npz")]
    files += [root / "grader" / "misconceptions" / name for name in ("__init__.py", f"{lesson}.py")]
    files += [root / "grader" / f"{name}.py" for name in DECIDING]
    return digest((path for path in files if path.is_file()), root) + environment()


def key(lesson: Lesson, rebuilt: Rebuilt) -> str:
    """SHA-256 over the rebuilt cells (the student's work and our checks) and the lesson's version."""
    cells = json.dumps([astuple(cell) for cell in rebuilt.cells] + [rebuilt.restored], ensure_ascii=True)
    content = f"{lesson.name}\0{lesson_version(lesson.name, lesson.root)}\0{cells}"
    return hashlib.sha256(content.encode()).hexdigest()
