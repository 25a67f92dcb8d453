"""build/lessons.json: what each lesson was built from and what came out, so that only what changed is built again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..course import SETTINGS, Course
from ..exercises import READERS
from ..files import write_changed
from ..version import ENGINE, digest

PARTS = ("author", "rooms")  # of the grader: what makes a lesson, and what tells its exercises


def unchanged(course: Course, lesson: str) -> bool:
    """Whether the lesson's notebooks are there as they were built, from what is there now."""
    return bool(_known(course).get(lesson) == _now(course, lesson))


def keep(course: Course, lesson: str) -> None:
    """Notes that the lesson is built."""
    known = {name: entry for name, entry in _known(course).items() if name in course.lessons}
    text = json.dumps(known | {lesson: _now(course, lesson)}, indent=1, sort_keys=True)
    write_changed(_path(course), text + "\n")


def _path(course: Course) -> Path:
    return course.root / "build" / "lessons.json"


def _known(course: Course) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(_path(course).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known


def _now(course: Course, lesson: str) -> dict[str, str]:
    text, root = course.text(lesson), course.root
    sources = [root / SETTINGS, root / "nbgrader_config.py", text, *text.parent.glob("exercises/*.py")]
    for folder in ("helpers", "data"):
        sources += [path for path in (root / folder).glob("*") if path.suffix in (".py", ".npz", ".mplstyle")]
    made = (course.solution(lesson), course.release(lesson))
    engine = [path for part in PARTS for path in (ENGINE / part).glob("*.py")]
    engine += [ENGINE / name for name in READERS]
    return {
        "sources": digest(filter(Path.is_file, sources), root),
        "made": digest(filter(Path.is_file, made), root),
        "grader": digest(engine, ENGINE),
    }
