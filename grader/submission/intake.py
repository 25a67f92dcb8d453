"""What a stranger handed in: found, and read once without following a link.

Nothing of a submission is read but `submissions/<student>/<lesson>/<lesson>.ipynb` and the `timestamp.txt` beside
it. Whatever is wrong with either becomes a `SubmissionError` that says what to do; no file can block, crash or
slow the run for others.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import MachineError, SubmissionError
from .notebook import MAX_BYTES

MAX_STRAYS = 20  # entries of a student's folder that are looked at for a misspelt lesson
MAX_NAME = 128  # the gradebook's column

_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(\.\d{1,6})?"
    r" ?([+-]\d\d:?\d\d|[A-Za-z]{1,6}|[A-Z][a-z]+/[A-Za-z_]{1,30})?",
    re.ASCII,
)


@dataclass(frozen=True)
class Found:
    """A folder that may hold a submission. `student` is fit for paths and records; `folder` is as on disk."""

    student: str
    lesson: str
    folder: str
    refusal: str | None = None


def discover(submissions: Path, lessons: Iterable[str], students: Iterable[str] = ()) -> Iterator[Found]:
    """Every `<student>/<lesson>` below `submissions`, students in order of their folders' names.

    A folder whose name cannot be a student's comes with a `refusal` and a name made harmless. `students` limits
    the search to those.
    """
    lessons = tuple(lessons)
    for folder, student, refusal in _folders(submissions, set(students)):
        for lesson in lessons:
            if os.path.lexists(os.path.join(submissions, folder, lesson)):
                yield Found(student, lesson, folder, refusal)


def strays(
    submissions: Path, lessons: Iterable[str], students: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """Students' folders that bear no lesson's name (a misspelt one, say), as (student, name made harmless)."""
    known = set(lessons)
    for folder, student, _ in _folders(submissions, set(students)):
        place = os.path.join(submissions, folder)
        if os.path.islink(place):
            continue
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            for entry in itertools.islice(entries, MAX_STRAYS):
                if entry.name not in known and not entry.name.startswith(".") and entry.is_dir():
                    yield student, _harmless(entry.name).removeprefix("%")


def _folders(submissions: Path, wanted: set[str]) -> Iterator[tuple[str, str, str | None]]:
    """Each student's folder, name and refusal, in the order of the folders' names."""
    with os.scandir(submissions) as entries:
        folders = {entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(".")}
    for folder in sorted(folders):
        refusal = _refusal(folder, folders)
        student = _harmless(folder) if refusal else folder
        if not wanted or wanted & {student, folder}:
            yield folder, student, refusal


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


@dataclass(frozen=True)
class Handed:
    """A submission as read: the notebook's bytes, when it was handed in (UTC), and the exchange's secret.

    nbgrader's exchange puts the secret beside the notebook; it names the page when feedback is released.
    """

    notebook: bytes
    timestamp: datetime | None = None
    secret: str | None = None


def read(submissions: Path, found: Found) -> Handed:
    """What lies in a submission's folder.

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
        stamp = secret = b""
        with contextlib.suppress(FileNotFoundError):
            stamp = _content("timestamp.txt", place, 200, opened)
        with contextlib.suppress(FileNotFoundError, SubmissionError):
            secret = _content("submission_secret.txt", place, 300, opened)
    known = re.fullmatch(rb"[0-9a-f]{1,256}", secret)
    return Handed(notebook, parse_timestamp(stamp), secret.decode() if known else None)


def _open(
    name: str | Path, place: int | None, flags: int, opened: contextlib.ExitStack, follow: bool = False
) -> int:
    """A descriptor for `name` in the folder `place`, closed with `opened`; never waits, never follows a link."""
    flags |= os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    try:
        descriptor = os.open(name, flags, dir_fd=place)
    except FileNotFoundError:
        if str(name).endswith(".txt"):
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
        moment = datetime(*map(int, whole), micro)  # type: ignore[arg-type, call-arg]
        return moment - _offset(zone or "UTC", moment)
    except (ValueError, OverflowError) as err:
        raise SubmissionError(
            "timestamp.txt is not a date like 2030-01-31 23:59:00 UTC; delete or mend it"
        ) from err


def _offset(zone: str, moment: datetime) -> timedelta:
    """How far a zone is ahead of UTC; nothing for a name nobody knows, as nbgrader reads it."""
    if zone[0] in "+-":
        return (1 if zone[0] == "+" else -1) * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        return moment.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    except (ZoneInfoNotFoundError, OSError):
        return timedelta()
