"""When a verdict still holds: its key is a digest of the student's work and one of all that judged it.

The two halves tell apart a submission that changed, which is graded again at once, and a course that changed,
where the instructor decides.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import astuple

from ..course import Lesson
from ..exercises import READERS
from ..submission.rebuild import Rebuilt
from ..version import ENGINE, digest, environment

DECIDING = ("submission", "rooms", "sandbox")
"""Parts of the grader whose change can change a verdict, beside those that `_engine` names."""


@functools.cache
def judged_by(lesson: Lesson) -> str:
    """The second half: a lesson's cells, and what they run on."""
    cells = json.dumps([astuple(cell) for cell in lesson.cells])
    content = f"{lesson.name}\0{_engine()}\0{_surroundings(lesson)}\0{environment()}\0{cells}"
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _surroundings(lesson: Lesson) -> str:
    """What a lesson's verdicts depend on in its course, beside its cells: helpers, data, known mistakes."""
    helpers, data = lesson.root / "helpers", lesson.root / "data"
    files = [*helpers.glob("*.py"), *helpers.glob("*.json"), *data.glob("*.py"), *data.glob("*.npz")]
    files += lesson.course.text(lesson.name).parent.glob("exercises/*.py")
    return digest((path for path in files if path.is_file()), lesson.root)


@functools.cache
def _engine() -> str:
    """What they depend on in the grader, wherever the course lies."""
    files = [path for part in DECIDING for path in (ENGINE / part).glob("*.py")]
    names = (*READERS, "grading/grade.py", "grading/executed.py")
    return digest([*files, *(ENGINE / name for name in names)], ENGINE)


def key(lesson: Lesson, rebuilt: Rebuilt) -> str:
    """The key of a verdict on a rebuilt submission."""
    return key_of(lesson, rebuilt.work)


def key_of(lesson: Lesson, work: str) -> str:
    """The key of a verdict on work with that digest (`notebook.digest_of`)."""
    return f"{work[:32]}-{judged_by(lesson)}"


def same_work(old: str, new: str) -> bool:
    """Whether two keys are of the same work, whoever judged it."""
    return old.split("-")[0] == new.split("-")[0]
