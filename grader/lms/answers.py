"""The written answers of a class as text in a cell of a spreadsheet: which are equal, and nothing runs as a formula."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..course import Cell, Lesson, name_of
from ..errors import CourseError
from ..records.grades import Grades

MOST_CHARACTERS = 30_000  # Excel cuts a cell at 32,767


def question_of(lesson: Lesson, named: str | None = None) -> Cell:
    """The written question of a lesson; `named` says which where there are several. Raises CourseError."""
    found = {cell.id: cell for cell in lesson.cells if cell.role == "written"}
    if not found:
        raise CourseError(f"{lesson.name} has no written question; its checks give all points")
    if named is None and len(found) == 1:
        return next(iter(found.values()))
    if named not in found:
        wrong = f"has no written question {named}" if named else "has several written questions"
        raise CourseError(f"{lesson.name} {wrong}; name one with --question: {', '.join(found)}")
    return found[named]


def read_answers(
    grades: Grades, lesson: str, question: Cell, students: Container[str] | None = None
) -> tuple[dict[str, str], list[str]]:
    """Each student's answer as the sheet shows it ("": none), and whose notebooks cannot be read; of all, or of some.

    It is the executed notebook's: that of the submission which the gradebook holds, whatever was refused later.
    """
    answers, damaged = {}, []
    untouched = same(shown({"source": question.release}))
    for path in sorted((grades.root / "autograded").glob(f"*/{lesson}/{lesson}.ipynb")):
        student = path.parent.parent.name
        if students is not None and student not in students:
            continue
        try:
            text = shown(cell_in(path, question.id))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            damaged.append(student)
            continue
        answers[student] = "" if same(text) == untouched else text
    return answers, damaged


def shown(cell: Mapping[str, Any]) -> str:
    """A cell's text with each attached picture named by its file and content; of another content, another text."""
    text = "".join(cell["source"]).replace("\r\n", "\n").replace("\r", "\n")
    for name, bundle in (cell.get("attachments") or {}).items():
        digest = hashlib.sha256(json.dumps(bundle, sort_keys=True).encode()).hexdigest()[:8]
        text += f"\n[picture: {name} {digest}]"
    text = "".join(mark if mark in "\n\t" or _can_stand(mark) else "\ufffd" for mark in text).strip()
    if len(text) > MOST_CHARACTERS:
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        text = f"{text[:MOST_CHARACTERS]}\n[cut here; the rest is in the notebook, {digest}]"
    return text


def same(text: str) -> str:
    """What two equal answers have in common: Unicode's normal form, and any white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def distinct(answers: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each distinct answer with its students; near ones are neighbours, and none at all comes last."""
    groups = defaultdict(list)
    for student in sorted(answers):
        groups[same(answers[student])].append(student)
    for key in sorted(groups, key=lambda key: (not key, key.casefold(), key)):
        yield answers[groups[key][0]], groups[key]


def guarded(text: str) -> str:
    """A cell that a spreadsheet shows as it stands: what it would compute, or take for a number, gets an apostrophe."""
    return f"'{text}" if _taken_for_more(text) else text


def unguarded(text: str) -> str:
    """The text that was `guarded`."""
    return text[1:] if text.startswith("'") and _taken_for_more(text) else text


def one_word(student: str) -> str:
    """A student's id as it stands between spaces."""
    return "%20".join(student.split())


def _taken_for_more(text: str) -> bool:
    bare = text.lstrip(" \t\n'")
    return bare[:1] in tuple("=+-@") or bare.isdigit()


def _can_stand(mark: str) -> bool:
    """Not so control characters, and halves of a character, which no file can hold."""
    return unicodedata.category(mark) not in ("Cc", "Cs")


def cell_in(path: Path, identity: str) -> dict[str, Any]:
    """The notebook's cell with that grade id. Raises as its reading does, KeyError if it is missing."""
    for cell in json.loads(path.read_bytes())["cells"]:
        if name_of(cell) == identity:
            return dict(cell)
    raise KeyError(identity)
