"""What learning-management systems expect: grades out of nbgrader's gradebook, worksheets of Moodle and Canvas.

Both systems are happiest with their own file handed back filled in, so that is the main road; without one, a file
in their documented import format is written. Sources: Moodle's mod/assign/feedback/offline/importgradeslib.php and
mod/assign/feedback/file/importziplib.php; Canvas's lib/gradebook_importer.rb.
"""

from __future__ import annotations

import re

from ..errors import CourseError
from ..records.roster import Grade, Person, people, read_grades
from .sheets import Sheet, as_number, read_sheet, sheet_in, write_sheet


def plain(name: str) -> str:
    """A name as a spreadsheet shows it: one that begins like a formula gets an apostrophe before it.

    No system knows its students by this text if the file holds an id. PHP takes a backslash before a quote for an
    escape, and would run two columns into one.
    """
    name = name.replace("\\", "/")
    return f"'{name}" if name.lstrip()[:1] in tuple("=+-@") else name


def points(value: float | None) -> str:
    """Points as both systems read them: a decimal point, at most two decimals, empty for none."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


MOODLE_COLUMNS = ("Identifier", "Full name", "Grade", "Last modified (grade)")


def participant(identifier: str) -> str:
    """The number at the end of Moodle's "Participant 123", whatever the language of the word before it."""
    match = re.search(r"(\d+)\s*$", identifier)
    if match is None:
        raise CourseError(
            f"the worksheet's identifier {identifier!r} ends in no number; download the worksheet again"
        )
    return match.group(1)


__all__ = [
    "MOODLE_COLUMNS",
    "Grade",
    "Person",
    "Sheet",
    "as_number",
    "participant",
    "people",
    "plain",
    "points",
    "read_grades",
    "read_sheet",
    "sheet_in",
    "write_sheet",
]
