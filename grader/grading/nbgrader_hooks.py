"""The same rebuild and rooms inside nbgrader: for `nbgrader autograde` and formgrader's button.

nbgrader_config.py puts them into nbgrader's own lists by calling `configure`:

    from grader.grading import nbgrader_hooks
    nbgrader_hooks.configure(c)

`Rebuild` comes first when nbgrader sanitizes a submission, `Rooms` stands where it would execute one; the rest of
both lists is nbgrader's. nbgrader itself opens the file and copies what lies beside it before either is asked, so
what only our intake withstands (links, pipes, broken JSON) is withstood by `grader grade` alone.
"""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.coursedir
import nbgrader.exchange.default.collect
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

from ..course import Course, Lesson, find_course, name_of
from ..errors import CourseError, MachineError, SubmissionError
from ..files import write_file
from ..records.grades import Grades
from ..results import SubmissionResult
from ..submission.rebuild import rebuild
from ..submission.times import parse_utc
from .grade import grade
from .keys import key_of

NOTE = "grader"  # where one pass leaves a note for the other, in the notebook's metadata


def configure(c: Any) -> None:
    """Sets nbgrader's two lists of preprocessors in a traitlets configuration; called by nbgrader_config.py."""
    sanitize = [ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]
    rest = [IgnorePattern, ClearMetadataPreprocessor, LimitOutput, SaveAutoGrades, AssignLatePenalties]
    c.Autograde.sanitize_preprocessors = [Rebuild, *sanitize]
    c.Autograde.autograde_preprocessors = [Rooms, *rest, CheckCellMetadata]
    c.Exporter.optimistic_validation = (
        True  # our own notebooks; validating after every step costs most of the time
    )
    for module in (nbgrader.coursedir, nbgrader.exchange.default.collect):
        module.parse_utc = parse_utc  # theirs takes "+08" for eight seconds, and PDT for UTC


class Rebuild(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Our release with the student's work in it; called by `Autograde` as its first sanitizing step."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Raises SubmissionError if the notebook is beyond the limits; nbgrader then reports that submission."""
        lesson = lesson_of(resources, self.config)
        rebuilt = rebuild(lesson, json.dumps(nb).encode())
        for sentence in rebuilt.restored:
            self.log.warning("Restored: %s", sentence)
        ours = {name_of(cell): cell for cell in lesson.solution["cells"]}
        cells = []
        for cell in rebuilt.cells:
            own = ours.get(cell.id, {"id": cell.id, "metadata": {}})
            entry = {
                "cell_type": cell.kind,
                "id": own["id"],
                "metadata": own["metadata"],
                "source": cell.source,
            }
            if cell.pictures:
                entry["attachments"] = {name: {mime: data} for name, mime, data in cell.pictures}
            cells.append(entry | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {}))
        note = {NOTE: {"work": rebuilt.work, "restored": list(rebuilt.restored)}}
        metadata = lesson.solution["metadata"] | note
        return nbformat.from_dict(
            {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        ), resources


class Rooms(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs the rebuilt notebook in the two rooms; called by `Autograde` where it would call `Execute`."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The executed notebook. Raises MachineError for a fault of ours, so nbgrader writes no grade."""
        lesson = lesson_of(resources, self.config)
        note = nb["metadata"].pop(NOTE, None)
        if note is None:
            raise CourseError(f"{lesson.name}: Rebuild has not run; see nbgrader_hooks.configure")
        result = grade(lesson, json.dumps(nb).encode())
        if result.status == "refused":
            raise SubmissionError(result.reason)
        if result.notebook is None:
            raise MachineError(f"{lesson.name}: {result.reason}; nothing was graded, run the command again")
        executed = nbformat.from_dict(json.loads(result.notebook))
        for before, after in zip(nb["cells"], executed["cells"], strict=True):
            after["metadata"] = before[
                "metadata"
            ]  # with the checksums by which nbgrader sees what is unanswered
        restored = tuple(note["restored"]) + result.restored
        result = replace(result, key=key_of(lesson, note["work"]), restored=restored)
        self._keep(result.for_student(resources["nbgrader"]["student"]))
        return executed, resources

    def _keep(self, result: SubmissionResult) -> None:
        """The result that feedback, report and explain read, where `grader grade` leaves it."""
        coursedir = self.parent.parent.coursedir  # preprocessor -> exporter -> converter
        grades = Grades((Path(coursedir.root) / coursedir.autograded_directory).parent)
        write_file(grades.result(result.student, result.lesson), result.to_text().encode())


def lesson_of(resources: Any, config: Any) -> Lesson:
    """The lesson that nbgrader is at, of the course whose configuration it has read.

    Raises
    ------
    CourseError
        If it is none of that course.
    """
    course = _course(config.CourseDirectory.get("root") or None)
    name = resources["nbgrader"]["assignment"]
    if name not in course.lessons or resources["nbgrader"].get("notebook", name) != name:
        raise CourseError(f"{name} is no lesson of this course; nbgrader runs nothing here outside the rooms")
    return course.lesson(name)


@functools.cache
def _course(root: str | None) -> Course:
    return find_course(Path(root) if root else None)
