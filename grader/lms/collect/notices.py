"""What a download says beside its files: Moodle's worksheet, Gradescope's list of submissions, times in timestamp.txt.

Whoever hands in may put a file of such a name into the work, so only what lies outside of every student's part is read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import yaml

from .. import formats
from ..sheets import text_of
from .files import MAX_NOTICE, File

GRADESCOPE = re.compile(r"submission_(\d+)")
LIST = "submission_metadata.yml"
_MOODLE_TIMES = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M", "%d %B %Y, %I:%M %p", "%d %B %Y, %H:%M")


@dataclass
class Notices:
    """Moodle's worksheet rows by number, Gradescope's list by submission, the content of timestamp.txt by folder.

    `shared` is how many pieces, between underscores, all names of a download from Blackboard begin with.
    """

    moodle: dict[str, dict[str, str]] = field(default_factory=dict)
    gradescope: dict[str, Any] = field(default_factory=dict)
    stamps: dict[tuple[str, ...], str] = field(default_factory=dict)
    shared: int = 0


def notices_of(files: Sequence[File], is_students: Callable[[File], bool]) -> Notices:
    """What tables and lists in a download say. What cannot be read is as if it were not there."""
    notices = Notices()
    beside = {outside for file in files if (outside := _around_submission(file)) is not None}
    for file in files:
        name = file.parts[-1].casefold()
        if name == "timestamp.txt":
            notices.stamps[file.parts[:-1]] = _text(file)[:200]
        elif name == LIST and file.parts[:-1] in beside and _around_submission(file) is None:
            notices.gradescope |= _list_of(_text(file))
        elif name.endswith(".csv") and (file.named or len(file.parts) == 1 and not is_students(file)):
            notices.moodle |= _worksheet(_text(file))
    return notices


def _around_submission(file: File) -> tuple[str, ...] | None:
    """The folder that holds the outermost `submission_123` around a file; None if none is around it."""
    at = next((at for at, part in enumerate(file.parts[:-1]) if GRADESCOPE.fullmatch(part)), None)
    return None if at is None else file.parts[:at]


def moodle_time(text: str) -> datetime | None:
    """A time in a worksheet in English, in the platform's zone: "Tuesday, 3 March 2026, 12:00 PM"."""
    for form in _MOODLE_TIMES:
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return None


def _text(file: File) -> str:
    try:
        return text_of(file.load()[:MAX_NOTICE]) if not file.trouble else ""
    except OSError:
        return ""


def _list_of(text: str) -> dict[str, Any]:
    """Gradescope's submission_metadata.yml by submission: who handed in what and when. Every value is a text."""
    try:
        whole = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506, for the base loader makes no objects
    except (yaml.YAMLError, RecursionError):
        return {}
    return (
        {str(name): about for name, about in whole.items() if isinstance(about, dict)}
        if isinstance(whole, dict)
        else {}
    )


def _worksheet(text: str) -> dict[str, dict[str, str]]:
    try:
        sheet = formats.sheet_in(text)
    except csv.Error:
        return {}
    rows = [row for row in sheet.rows if re.search(r"\d+\s*$", row.get("Identifier", ""))]
    return {formats.participant(row["Identifier"]): row for row in rows}
