"""What a stranger handed in: found, read once without following a link, and parsed with limits.

Nothing of a submission is read but `submissions/<student>/<lesson>/<lesson>.ipynb` and the `timestamp.txt` beside
it. Whatever is wrong with either becomes a `SubmissionError` that says what to do; no file can block, crash or
slow the run for others.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import hashlib
import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from .errors import MachineError, SubmissionError

MAX_BYTES = 10 * 2**20
MAX_TOKENS = 1_000_000  # brackets and commas: bounds what parsing can allocate to about 100 MB
MAX_CELLS = 1_000
MAX_SOURCE = 200_000  # characters in one cell
MAX_ALL_SOURCES = 2_000_000
MAX_NAME = 128  # the gradebook's column

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STAMP = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(\.\d{1,6})?\s?(UTC|Z|[+-]\d{2}:?\d{2})?", re.ASCII
)


@dataclass(frozen=True)
class Found:
    """A folder that may hold a submission. `student` is fit for paths and records; `folder` is as on disk."""

    student: str
    lesson: str
    folder: str
    refusal: str | None = None


@dataclass(frozen=True)
class StudentCell:
    """One cell as handed in: only its text and the two names by which we may know it again."""

    kind: Literal["code", "markdown"]
    source: str
    grade_id: str | None = None
    id: str | None = None


def discover(submissions: Path, lessons: Iterable[str], students: Iterable[str] = ()) -> Iterator[Found]:
    """Every `<student>/<lesson>` below `submissions`, students in order of their folders' names.

    A folder whose name cannot be a student's comes with a `refusal` and a name made harmless. `students` limits
    the search to those.
    """
    wanted, lessons = set(students), tuple(lessons)
    with os.scandir(submissions) as entries:
        folders = {entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(".")}
    for folder in sorted(folders):
        refusal = _refusal(folder, folders)
        student = _harmless(folder) if refusal else folder
        if wanted and not wanted & {student, folder}:
            continue
        for lesson in lessons:
            if os.path.lexists(os.path.join(submissions, folder, lesson)):
                yield Found(student, lesson, folder, refusal)


def _refusal(folder: str, everyone: set[str]) -> str | None:
    """Why nobody can be graded under this name, or None."""
    if not folder.isprintable() or any(character in '\\/",' for character in folder):
        return "the folder's name holds a character that a student's name cannot have; rename it"
    if len(folder.encode()) > MAX_NAME:
        return f"the folder's name is longer than {MAX_NAME} bytes; rename it"
    if not (folder[0].isalnum() or folder[0] == "_") or folder != folder.strip():
        return "a student's name begins with a letter or a digit; rename the folder"
    plain = unicodedata.normalize("NFC", folder)
    if plain != folder and plain in everyone:
        return f"another folder has the same name, {plain}, in other bytes; rename one of them"
    return None


def _harmless(folder: str) -> str:
    """A refused folder's name for records and messages; begins with %, which no student's name does."""
    shown = "".join(c if c.isalnum() or c in "._-+@" else f"%{ord(c):02x}" for c in folder)
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]
    return f"%{shown}" if len(shown) < 40 else f"%{shown[:40]}~{digest}"


def read(submissions: Path, found: Found) -> tuple[bytes, datetime | None]:
    """The notebook's bytes, and the time of submission in UTC if one is noted.

    Raises
    ------
    SubmissionError
        If the folder's name is refused, a link or something that is no regular file lies in the way, the
        notebook is missing or too large, or the timestamp is not a date.
    """
    if found.refusal:
        raise SubmissionError(found.refusal)
    with contextlib.ExitStack() as opened:
        place = _open(submissions, None, os.O_DIRECTORY, opened, follow=True)
        for part in (found.folder, found.lesson):
            place = _open(part, place, os.O_DIRECTORY, opened)
        notebook = _content(f"{found.lesson}.ipynb", place, MAX_BYTES, opened)
        try:
            stamp = _content("timestamp.txt", place, 200, opened)
        except FileNotFoundError:
            return notebook, None
    return notebook, parse_timestamp(stamp)


def _open(
    name: str | Path, place: int | None, flags: int, opened: contextlib.ExitStack, follow: bool = False
) -> int:
    """A descriptor for `name` in the folder `place`, closed with `opened`; never waits, never follows a link."""
    flags |= os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    try:
        descriptor = os.open(name, flags, dir_fd=place)
    except FileNotFoundError:
        if str(name) == "timestamp.txt":
            raise
        raise SubmissionError(f"{name} is missing; hand in the notebook under that name") from None
    except OSError as err:
        if err.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO):
            raise MachineError(
                f"{name} could not be opened: {err.strerror}; free resources and run again"
            ) from err
        what = f"{name} is a link, or no plain file or folder ({err.strerror})"
        raise SubmissionError(f"{what}; hand in a copy that can be read") from err
    opened.callback(os.close, descriptor)
    return descriptor


def _content(name: str, place: int, limit: int, opened: contextlib.ExitStack) -> bytes:
    descriptor = _open(name, place, 0, opened)
    info = os.fstat(descriptor)
    if not stat.S_ISREG(info.st_mode):
        raise SubmissionError(f"{name} is not a regular file; hand in the notebook itself")
    data = b""
    if info.st_size <= limit:
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(limit + 1)  # it may have grown since
    if max(info.st_size, len(data)) > limit:
        raise SubmissionError(
            f"{name} has more than {limit:,} bytes; clear its outputs, save and hand it in again"
        )
    return data


def parse_timestamp(content: bytes) -> datetime | None:
    """The time in UTC, without zone as the gradebook keeps it; None if empty. Raises SubmissionError if no date."""
    text = content.decode("ascii", "replace").strip()
    if not text:
        return None
    match = _STAMP.fullmatch(text)
    try:
        if match is None:
            raise ValueError("another form")
        *whole, fraction, zone = match.groups()
        micro = int(float(fraction or 0) * 1_000_000)
        moment = datetime(*map(int, whole), micro, tzinfo=UTC)  # type: ignore[arg-type, misc]
        if zone and zone[0] in "+-":
            hours, minutes = int(zone[1:3]), int(zone[-2:])
            moment -= (1 if zone[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes)
        return moment.replace(tzinfo=None)
    except (ValueError, OverflowError) as err:
        raise SubmissionError(
            "timestamp.txt is not a date like 2030-01-31 23:59:00 UTC; delete or mend it"
        ) from err


def parse(notebook: bytes) -> tuple[StudentCell, ...]:
    """The cells of a notebook of format 3 or 4, in order; empty ones left out.

    Raises
    ------
    SubmissionError
        If the bytes are no notebook, or one beyond the limits.
    """
    document = _json(notebook)
    cells = list(_cells(document))
    if len(cells) > MAX_CELLS:
        raise SubmissionError(f"the notebook has {len(cells)} cells; at most {MAX_CELLS} can be graded")
    if (
        any(len(cell.source) > MAX_SOURCE for cell in cells)
        or sum(len(c.source) for c in cells) > MAX_ALL_SOURCES
    ):
        raise SubmissionError(f"a cell holds more than {MAX_SOURCE:,} characters; take the data out of it")
    if not cells:
        raise SubmissionError("the notebook has no cells; download it again from Jupyter and hand that in")
    return tuple(cells)


def _json(notebook: bytes) -> dict[str, Any]:
    if len(notebook) > MAX_BYTES or sum(notebook.count(token) for token in b"[{,") > MAX_TOKENS:
        raise SubmissionError("the notebook is too large; clear its outputs, save and hand it in again")
    try:
        document = json.loads(_text(notebook), parse_int=_integer, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as err:
        raise SubmissionError(
            "the file is not a notebook: it cannot be read as JSON; save it from Jupyter again"
        ) from err
    if not isinstance(document, dict):
        raise SubmissionError(
            "the file is not a notebook: it is JSON, but no notebook; save it from Jupyter again"
        )
    return document


def _integer(digits: str) -> int:
    return int(digits) if len(digits) < 20 else 0


def _text(content: bytes) -> str:
    """The text of a JSON file, by its mark, else as JSON prescribes, else as old editors write it."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding)
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode(json.detect_encoding(content))
    return content.decode("cp1252", "replace")


def _cells(document: dict[str, Any]) -> Iterator[StudentCell]:
    version = document.get("nbformat", 4)
    if isinstance(version, (int, float)) and version > 4:
        raise SubmissionError(f"the notebook has format {version}; this course reads 3 and 4")
    cells = document.get("cells")
    if not isinstance(cells, list):
        sheets = document.get("worksheets")
        sheets = [sheet for sheet in sheets if isinstance(sheet, dict)] if isinstance(sheets, list) else []
        found = [sheet.get("cells") for sheet in sheets]
        cells = [cell for part in found if isinstance(part, list) for cell in part]
    for cell in cells:
        if isinstance(cell, dict) and (student := _cell(cell)).source.strip():
            yield student


def _cell(cell: dict[str, Any]) -> StudentCell:
    kind: Literal["code", "markdown"] = "code" if cell.get("cell_type") == "code" else "markdown"
    source = cell.get("source", cell.get("input", ""))  # format 3 says input
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        source = ""
    source = source.replace("\r\n", "\n").replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    metadata = cell.get("metadata")
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = grading.get("grade_id") if isinstance(grading, dict) else None
    identity = cell.get("id")
    return StudentCell(
        kind,
        source,
        grade_id if isinstance(grade_id, str) else None,
        identity if isinstance(identity, str) else None,
    )
