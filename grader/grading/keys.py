"""When a verdict still holds: its key is a digest of the student's work and one of all that judged it.

The two halves tell apart a submission that changed, which is graded again at once, and a course that changed,
where the instructor decides.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import astuple
from pathlib import Path

from ..course import Lesson, load_lesson
from ..submission.rebuild import Rebuilt
from ..version import digest, environment

DECIDING = ("submission", "rooms", "sandbox")
"""Parts of the grader whose change can change a verdict, beside `grading.grade`."""


def _surroundings(lesson: str, root: Path) -> str:
    """What a lesson's verdicts depend on beside its cells: helpers, data, misconceptions, rooms, environment."""
    files = list((root / "helpers").glob("*.py")) + list((root / "helpers").glob("*.json"))
    files += [path for path in (root / "data").glob("*") if path.suffix in (".py", ".npz")]
    files += [root / "grader" / "misconceptions" / name for name in ("__init__.py", f"{lesson}.py")]
    files += [path for part in DECIDING for path in (root / "grader" / part).glob("*.py")]
    files += [root / "grader" / "grading" / name for name in ("grade.py", "executed.py")]
    return digest((path for path in files if path.is_file()), root) + environment()


@functools.cache
def judged_by(name: str, root: Path) -> str:
    """The second half: a lesson's cells, and what they run on."""
    cells = json.dumps([astuple(cell) for cell in load_lesson(name, root).cells])
    content = f"{name}\0{_surroundings(name, root)}\0{cells}"
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def key(lesson: Lesson, rebuilt: Rebuilt) -> str:
    """The key of a verdict on a rebuilt submission."""
    return key_of(lesson, rebuilt.work)


def key_of(lesson: Lesson, work: str) -> str:
    """The key of a verdict on work with that digest (`notebook.digest_of`)."""
    return f"{work[:32]}-{judged_by(lesson.name, lesson.root)}"


def same_work(old: str, new: str) -> bool:
    """Whether two keys are of the same work, whoever judged it."""
    return old.split("-")[0] == new.split("-")[0]
