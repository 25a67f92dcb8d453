"""Downloads from Moodle and Canvas, for `nbgrader zip_collect`: which student a downloaded file belongs to.

nbgrader unpacks and copies; this plugin only reads names. Configure it in nbgrader_config.py:

    c.ZipCollectApp.collector_plugin = "grader.lms.collect.LmsCollectorPlugin"
    c.LmsCollectorPlugin.worksheet = "worksheet.csv"   # Moodle only: the assignment's grading worksheet
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins.zipcollect import FileNameCollectorPlugin
from traitlets import Unicode

from ..course import Course, find_course
from . import formats

# Moodle: "Ada Lovelace_5001_assignsubmission_file_/lesson.ipynb", before 3.1 without the slash.
MOODLE = re.compile(r"(?P<name>[^_/]+)_(?P<number>\d+)_assignsubmission_file_?/?(?P<file>[^/]+)$")
# Canvas: "lovelaceada_LATE_101_9001_lesson-2.ipynb", -2 for the second hand-in.
CANVAS = re.compile(r"[^_/]+_(?:LATE_)?(?P<user>\d+)_\d+_(?P<file>[^/]+)$")


class LmsCollectorPlugin(FileNameCollectorPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """Knows the names that Moodle and Canvas give to submitted files."""

    worksheet = Unicode("", help="Moodle's grading worksheet: participant number to student").tag(config=True)

    @functools.cached_property
    def _course(self) -> Course:
        return find_course(Path(self.parent.coursedir.root))

    @functools.cached_property
    def _roster(self) -> formats.Roster:
        with Gradebook(self.parent.coursedir.db_url) as gradebook:
            return formats.Roster(formats.people(gradebook))

    @functools.cached_property
    def _participants(self) -> dict[str, dict[str, str]]:
        if not self.worksheet:
            return {}
        sheet = formats.read_sheet(Path(self.worksheet), ("Identifier", "Full name"))
        return {formats.participant(row["Identifier"]): row for row in sheet.rows}

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """The student and the lesson of one file, or None (nbgrader then says it skipped it)."""
        path = Path(submitted_file).as_posix()
        if not path.endswith(".ipynb"):
            return None
        if match := MOODLE.search(path):
            row = self._participants.get(match["number"], {"Full name": match["name"]})
            person = self._roster.find(row)
        elif match := CANVAS.search(path):
            person = self._roster.by_lms_id(match["user"])
        else:
            return None
        lesson = lesson_in(match["file"], self._course)
        if person is None or lesson is None:
            self.log.warning(
                "%s: %s", path, "no such student in the roster" if person is None else "no such lesson"
            )
            return None
        return {"student_id": person.id, "file_id": f"{lesson}.ipynb"}


def lesson_in(file_name: str, course: Course) -> str | None:
    """The lesson that a downloaded file's name means: "lesson-2.ipynb" is the second hand-in of the lesson called lesson."""
    stem = re.sub(r"(-\d+| ?\(\d+\))?\.ipynb$", "", file_name)
    return stem if stem in course.lessons else None
