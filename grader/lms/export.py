"""`grader export canvas|moodle|csv`: grades in the form that instructors paste into what they have.

Each format is an nbgrader export plugin too: `nbgrader export --exporter=grader.lms.export.CanvasExportPlugin`.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Unicode

from ..course import Course
from ..errors import CourseError
from ..records.grades import Grades
from ..records.opening import opened
from ..records.penalties import refresh_at
from . import formats
from .feedback_zip import write_feedback_zip
from .rows import in_canvas, in_moodle

log = logging.getLogger("grader.lms.export")

CSV_COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip
CANVAS_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
LOCKED = ("no", "nein", "non", "não", "nee")
CANVAS_STUDENT = tuple(column for column in CANVAS_COLUMNS if column != "SIS User ID")
NOT_KNOWN = "in the gradebook's roster; one of ID, SIS User ID, SIS Login ID must be an id, lms_user_id or email there"


class _Plugin(ExportPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """What the three exports share: the grades that `--assignment` and `--student` choose."""

    default_to = "grades.csv"
    template = Unicode("", help="the file downloaded from the system, to be filled in").tag(config=True)
    scale = Bool(False, help="convert to the maximum that the template has").tag(config=True)

    def grades(self, gradebook: Gradebook) -> list[formats.Grade]:
        lessons, students = [str(a) for a in self.assignment], [str(s) for s in self.student]
        grades = formats.read_grades(gradebook, lessons, students)
        if waiting := sum(grade.needs_manual_grade for grade in grades):
            log.warning(
                "%d submissions wait for points by hand: grade them in formgrader, then export again", waiting
            )
        return grades

    @property
    def target(self) -> Path:
        return Path(self.to or self.default_to)


class CsvExportPlugin(_Plugin):
    """nbgrader's own columns; names with commas are quoted, and a class of 10,000 takes seconds."""

    def export(self, gradebook: Gradebook) -> None:
        formats.write_sheet(self.target, CSV_COLUMNS, (self.row(grade) for grade in self.grades(gradebook)))

    @staticmethod
    def row(grade: formats.Grade) -> dict[str, str]:
        """Unlike in nbgrader's plugin, a grade that there is not is empty, not zero."""
        person = grade.person
        return {
            "assignment": grade.lesson,
            "duedate": str(grade.duedate or ""),
            "timestamp": str(grade.timestamp or ""),
            "student_id": person.id,
            "last_name": formats.plain(person.last_name),
            "first_name": formats.plain(person.first_name),
            "email": formats.plain(person.email),
            "raw_score": _or_empty(grade.raw),
            "late_submission_penalty": str(grade.penalty),
            "score": _or_empty(grade.score),
            "max_score": str(grade.max_score),
        }


def _or_empty(points: float | None) -> str:
    return "" if points is None else str(points)


class CanvasExportPlugin(_Plugin):
    """A file for Canvas's gradebook import.

    With `template` (the gradebook exported from Canvas) its students and its assignment columns "name (id)" are
    filled in, so Canvas recognises both; without, students go by their lms_user_id and login.
    A student without a grade gets an empty cell, which Canvas leaves as it is.
    """

    default_to = "canvas.csv"

    def export(self, gradebook: Gradebook) -> None:
        grades = self.grades(gradebook)
        scores = {(grade.person.id, grade.lesson): grade.score for grade in grades}
        maxima = {grade.lesson: grade.max_score for grade in grades}
        roster = {grade.person.id: grade.person for grade in grades}
        if self.template:
            self._fill(Path(self.template), scores, maxima, list(roster.values()))
            return
        columns = (*CANVAS_COLUMNS, *maxima)
        heading = dict.fromkeys(columns, "") | {"Student": "    Points Possible"}
        heading |= {lesson: formats.points(maximum) for lesson, maximum in maxima.items()}
        rows = [self._new_row(person, scores, maxima) for person in roster.values()]
        formats.write_sheet(self.target, columns, [heading, *rows])

    @staticmethod
    def _new_row(
        person: formats.Person, scores: dict[Any, float | None], maxima: dict[str, float]
    ) -> dict[str, str]:
        name = formats.plain(person.sortable_name)
        who = dict(zip(CANVAS_COLUMNS, (name, person.lms_id, "", person.id, ""), strict=True))
        return who | {lesson: formats.points(scores[person.id, lesson]) for lesson in maxima}

    def _fill(
        self,
        template: Path,
        scores: dict[Any, float | None],
        maxima: dict[str, float],
        roster: list[formats.Person],
    ) -> None:
        sheet = formats.read_sheet(template, CANVAS_STUDENT)
        ours = [column for column in sheet.columns if _title(column) in maxima]
        if not ours:
            raise CourseError(
                f"{template}: no column is named after a lesson ({', '.join(maxima)}); create them in Canvas"
            )
        columns = (*(column for column in sheet.columns if column in CANVAS_COLUMNS), *ours)
        heading = next((row for row in sheet.rows if "Points Possible" in row["Student"]), None)
        factors = {column: self._factor(column, heading, maxima[_title(column)], template) for column in ours}
        rows = [{column: heading[column] for column in columns}] if heading else []
        theirs = [
            row for row in sheet.rows if row is not heading and row["Student"] + row["ID"]
        ]  # "Manual Posting"
        persons = in_canvas(theirs, roster, str(template))
        for row, person in zip(theirs, persons, strict=True):
            filled = {column: row[column] for column in columns} | {"Student": formats.plain(row["Student"])}
            for column in ours:
                score = scores[person.id, _title(column)] if person else None
                if score is not None and row[column].strip().upper() == "EX":
                    log.warning("%s: %s is excused in Canvas; left as it is", template, row["Student"])
                elif score is not None:
                    filled[column] = sheet.number(formats.points(score * factors[column]))
            rows.append(filled)
        if theirs and not any(persons):
            raise CourseError(f"{template}: nobody in it is {NOT_KNOWN}")
        formats.write_sheet(self.target, columns, rows, sheet)

    def _factor(self, column: str, heading: dict[str, str] | None, ours: float, template: Path) -> float:
        """By what points are multiplied for a column: 1, unless its maximum is another and `scale` is set."""
        text = heading[column].strip() if heading else ""
        if not text or text.startswith("(") or not ours:  # "(read only)"; nothing is graded yet
            return 1.0
        maximum = formats.as_number(text, f"{template}: the maximum of {column}")
        if maximum != ours and not (self.scale and maximum > 0):
            raise CourseError(
                f"{template}: Canvas's maximum for {column} is {maximum:g}, the lesson is out of {ours:g}; "
                f"set the assignment's points to {ours:g}, or convert with --scale"
            )
        return maximum / ours if ours else 1.0


def _title(column: str) -> str:
    """Canvas writes "name (id)"; the name is what we know."""
    name, _, rest = column.rpartition(" (")
    return name if name and rest.rstrip(")").isdigit() else column


class MoodleExportPlugin(_Plugin):
    """A file for Moodle.

    With `template` (the assignment's grading worksheet) the Grade column of one lesson is filled in, to be handed
    back under "Upload grading worksheet"; with `feedback` a zip of the feedback pages for "Upload multiple feedback
    files in a zip" is written beside it. Without a template: a file for Grades > Import > CSV, by id number or e-mail.
    """

    default_to = "moodle.csv"
    feedback = Unicode("", help="the folder of the feedback pages").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        grades = self.grades(gradebook)
        if self.template:
            self._fill(Path(self.template), grades)
        elif self.feedback:
            raise CourseError(
                "feedback for Moodle needs the participants' numbers: pass the worksheet with --template"
            )
        else:
            self._plain(grades)

    def _plain(self, grades: list[formats.Grade]) -> None:
        lessons = sorted({grade.lesson for grade in grades})
        rows: dict[str, dict[str, str]] = {}
        for grade in grades:
            person = grade.person
            row = rows.setdefault(person.id, {
                "ID number": person.lms_id or person.id, "First name": formats.plain(person.first_name),
                "Last name": formats.plain(person.last_name), "Email address": person.email,
            })  # fmt: skip
            row[grade.lesson] = formats.points(grade.score)
        columns = ("ID number", "First name", "Last name", "Email address", *lessons)
        formats.write_sheet(self.target, columns, rows.values())

    def _fill(self, template: Path, grades: list[formats.Grade]) -> None:
        lessons = {grade.lesson for grade in grades}
        if not lessons:
            raise CourseError(f"{template}: nobody is in the gradebook; import the roster or grade first")
        if len(lessons) != 1:
            raise CourseError(
                f"{template}: a worksheet is of one assignment; choose a lesson: {', '.join(sorted(lessons))}"
            )
        sheet = formats.read_sheet(template, formats.MOODLE_COLUMNS)
        by_id = {grade.person.id: grade for grade in grades}
        rows, pages = [], []
        persons = in_moodle(sheet.rows, (grade.person for grade in grades), str(template))
        for row, person in zip(sheet.rows, persons, strict=True):
            if person and row.get("Grade can be changed", "").strip().casefold() in LOCKED:
                log.warning(
                    "%s: the grade of %s is locked in Moodle; left as it is", template, row["Full name"]
                )
            elif person:
                grade = self._points(by_id[person.id], row, template)
                row = row | {"Grade": grade if grade == row["Grade"] else sheet.number(grade)}
                pages.append((row, by_id[person.id]))
            rows.append(row | {"Full name": formats.plain(row["Full name"])})
        formats.write_sheet(self.target, sheet.columns, rows, sheet)
        if self.feedback:
            write_feedback_zip(self.target.with_suffix(".zip"), Path(self.feedback), pages)

    def _points(self, grade: formats.Grade, row: dict[str, str], template: Path) -> str:
        if grade.score is None:
            return row["Grade"]
        text = row.get("Maximum Grade", "").strip() or str(grade.max_score)
        maximum = formats.as_number(text, f"{template}: the maximum grade")
        if maximum != grade.max_score and not (self.scale and maximum > 0):
            raise CourseError(
                f"{template}: Moodle's maximum is {maximum:g}, the lesson {grade.lesson} is out of {grade.max_score:g}; "
                f"set Moodle's maximum grade to {grade.max_score:g}, or convert with --scale"
            )
        return formats.points(grade.score * maximum / grade.max_score)


FORMATS: dict[str, type[_Plugin]] = {
    "canvas": CanvasExportPlugin,
    "moodle": MoodleExportPlugin,
    "csv": CsvExportPlugin,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `grader export`."""
    parser.add_argument("format", choices=sorted(FORMATS))
    parser.add_argument("lesson", nargs="*", help="only these lessons")
    parser.add_argument("--to", metavar="FILE", default="", help="where to write")
    parser.add_argument(
        "--template", metavar="FILE", default="", help="Canvas's gradebook or Moodle's worksheet, to fill in"
    )
    parser.add_argument(
        "--scale", action="store_true", help="convert points to the maximum that the template has"
    )
    parser.add_argument(
        "--feedback", action="store_true", help="Moodle: also zip the feedback pages for upload"
    )
    parser.add_argument(
        "--student", action="append", default=[], metavar="ID", help="only this student; may be repeated"
    )
    parser.add_argument("--grades", type=Path, metavar="DIR", help="default: grades in the course")
    parser.add_argument("--db", metavar="URL", help="the gradebook (default: gradebook.db in --grades)")


def run(args: argparse.Namespace, course: Course) -> int:
    """Writes the file and says where; returns the exit code."""
    grades = Grades(args.grades or course.grades)
    options: dict[str, Any] = {
        "to": args.to,
        "template": args.template,
        "assignment": args.lesson,
        "student": args.student,
    }
    options["scale"] = args.scale
    if args.format == "moodle":
        options |= {"feedback": str(grades.root / "feedback") if args.feedback else ""}
    plugin = FORMATS[args.format](**options)
    db = args.db or grades.gradebook
    refresh_at(db, course.root)
    with opened(db) as gradebook:
        plugin.export(gradebook)
    print(plugin.target)
    return 0
