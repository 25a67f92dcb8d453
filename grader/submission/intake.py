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
from datetime import datetime
from pathlib import Path

from ..errors import MachineError, SubmissionError
from .forms import MAX_BYTES, is_notebook
from .times import parse_timestamp, stamp_in

MAX_STRAYS = 20  # entries of a student's folder that are looked at for a misspelt lesson
MAX_NAME = 128  # the gradebook's column
MAX_BESIDE = 60  # files of one submission that are read
WORK = (".ipynb", ".zip", ".py")
COMPANIONS = (
    ".earlier",
    ".ipynb_checkpoints",
    ".order",
    "late.txt",
    "submission_secret.txt",
    "timestamp.txt",
)


@dataclass(frozen=True)
class Found:
    """A folder that may hold a submission. `student` is fit for paths and records; `folder` is as on disk.

    `place` is the lesson's folder as on disk, where it is called a little otherwise.
    """

    student: str
    lesson: str
    folder: str
    refusal: str | None = None
    place: str | None = None


def discover(submissions: Path, lessons: Iterable[str], students: Iterable[str] = ()) -> Iterator[Found]:
    """Every `<student>/<lesson>` below `submissions`, students in order of their folders' names.

    A folder whose name cannot be a student's comes with a `refusal` and a name made harmless. `students` limits
    the search to those.
    """
    lessons = tuple(lessons)
    for folder, student, refusal in _folders(submissions, set(students)):
        others: dict[str, list[str]] = {}
        for lesson in lessons:
            if os.path.lexists(os.path.join(submissions, folder, lesson)):
                yield Found(student, lesson, folder, refusal)
                continue
            others = others or _alike(submissions, folder)
            for name in others.get(_plain(lesson), ())[:1]:
                yield Found(student, lesson, folder, refusal, name)


def _alike(submissions: Path, folder: str) -> dict[str, list[str]]:
    """A student's folders by their names without case, blanks and dashes."""
    found: dict[str, list[str]] = {"": []}
    place = os.path.join(submissions, folder)
    if not os.path.islink(place):
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            for entry in sorted(itertools.islice(entries, MAX_STRAYS), key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    found.setdefault(_plain(entry.name), []).append(entry.name)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_ ]+", "", unicodedata.normalize("NFC", name)).casefold()


def strays(
    submissions: Path, lessons: Iterable[str], students: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """What lies in a student's folder and is no lesson's: folders, notebooks; as (student, name made harmless)."""
    known = {_plain(lesson) for lesson in lessons}
    for folder, student, _ in _folders(submissions, set(students)):
        place = os.path.join(submissions, folder)
        if os.path.islink(place):
            continue
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            for entry in itertools.islice(entries, MAX_STRAYS):
                is_work = (
                    entry.name.lower().endswith(WORK)
                    if not entry.is_dir()
                    else _plain(entry.name) not in known
                )
                if is_work and not entry.name.startswith("."):
                    yield student, _harmless(entry.name).removeprefix("%")
    if not set(students):
        yield from _loose(submissions)


def _loose(submissions: Path) -> Iterator[tuple[str, str]]:
    """Work that lies in no student's folder."""
    with os.scandir(submissions) as entries:
        for entry in itertools.islice(entries, 100_000):
            if entry.name.lower().endswith(WORK) and entry.name[0] != "." and not entry.is_dir():
                yield "(nobody)", _harmless(entry.name).removeprefix("%")


def _folders(submissions: Path, wanted: set[str]) -> Iterator[tuple[str, str, str | None]]:
    """Each student's folder, name and refusal, in the order of the folders' names."""
    with os.scandir(submissions) as entries:
        folders = {entry.name for entry in entries if _is_student(entry)}
    for folder in sorted(folders):
        refusal = refusal_of(folder, folders)
        student = _harmless(folder) if refusal else folder
        if not wanted or wanted & {student, folder}:
            yield folder, student, refusal


def _is_student(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir() and entry.name[0] != "." and entry.name != "__MACOSX"


def refusal_of(folder: str, everyone: set[str]) -> str | None:
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

    nbgrader's exchange puts the secret beside the notebook; it names the page when feedback is released. `beside`:
    further files that may be the work, by name; `notebook` is empty if only those are there. `notes`: what is to be
    said of how it was handed in.
    """

    notebook: bytes
    timestamp: datetime | None = None
    secret: str | None = None
    beside: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[str, ...] = ()


def read(submissions: Path, found: Found) -> Handed:
    """What lies in a submission's folder.

    Raises
    ------
    SubmissionError
        If the folder's name is refused, a link or something that is no regular file lies in the way, no file may be
        the work or it is too large, or the timestamp is not a date.
    """
    if found.refusal:
        raise SubmissionError(found.refusal)
    expected = f"{found.lesson}.ipynb"
    with contextlib.ExitStack() as opened:
        place = _open(submissions, None, os.O_DIRECTORY, opened, follow=True)
        for part in (found.folder, found.place or found.lesson):
            place = _open(part, place, os.O_DIRECTORY, opened)
        names = _works(place, opened)
        notebook = stamp = secret = b""
        if expected in os.listdir(place) or not names:
            notebook = _content(expected, place, MAX_BYTES, opened, _there(place))
        beside = tuple(_beside(names, expected, place, opened))
        with contextlib.suppress(FileNotFoundError):
            stamp = _content("timestamp.txt", place, 200, opened)
        with contextlib.suppress(FileNotFoundError, SubmissionError):
            secret = _content("submission_secret.txt", place, 300, opened)
        late = not stamp and "late.txt" in os.listdir(place)
    known = re.fullmatch(rb"[0-9a-f]{1,256}", secret)
    when = stamp_in(stamp)
    notes = (f"to do: the time of hand-in is doubtful, {when.doubt}",) if when and when.doubt else ()
    if late:
        notes = ("to do: marked late, and nobody knows by how much; no penalty was taken",)
    return Handed(notebook, when.moment if when else None, secret.decode() if known else None, beside, notes)


def _works(place: int, opened: contextlib.ExitStack) -> list[tuple[str, int]]:
    """Files that may be the work, in the folder `place` or one deeper, as (name, folder); scripts if nothing else is."""
    found: list[tuple[str, int]] = []
    folders = [place]
    for entry in itertools.islice(sorted(os.scandir(place), key=lambda entry: entry.name), MAX_STRAYS):
        if (
            entry.is_dir(follow_symlinks=False)
            and entry.name[0] not in "._"
            and not entry.name.endswith(".ipynb")
        ):
            folders.append(_open(entry.name, place, os.O_DIRECTORY, opened))
    for folder in folders:
        names = sorted(os.listdir(folder))[: 10 * MAX_STRAYS]
        found += [(name, folder) for name in names if name.lower().endswith(WORK) and name[0] != "."]
    books = [pair for pair in found if not pair[0].lower().endswith(".py")]
    return books or found or [pair for folder in folders for pair in _disguised(folder, opened)]


def _disguised(folder: int, opened: contextlib.ExitStack) -> Iterator[tuple[str, int]]:
    """Notebooks that a browser or a mail program has saved under the name of something else."""
    for name in sorted(os.listdir(folder))[:MAX_STRAYS]:
        if name not in COMPANIONS and name[0] != ".":
            with contextlib.suppress(SubmissionError, FileNotFoundError):
                if is_notebook(_content(name, folder, MAX_BYTES, opened)):
                    yield name, folder


def _beside(
    names: list[tuple[str, int]], expected: str, place: int, opened: contextlib.ExitStack
) -> Iterator[tuple[str, bytes]]:
    """What stands in files that may be the work, a few of them and as much as one may hold."""
    left = MAX_BYTES
    for name, folder in names[:MAX_BESIDE]:
        if (name, folder) != (expected, place):
            content = b""
            with contextlib.suppress(SubmissionError, FileNotFoundError):
                content = _content(name, folder, left, opened)
            left -= len(content)
            yield _shown(name), content


def _there(place: int) -> str:
    """What is in a folder, in words."""
    names = [_shown(name) for name in sorted(os.listdir(place)) if name not in COMPANIONS]
    return f"; there is {', '.join(names[:4])}" + (" and more" if len(names) > 4 else "") if names else ""


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:80]


def _open(
    name: str | Path,
    place: int | None,
    flags: int,
    opened: contextlib.ExitStack,
    follow: bool = False,
    there: str = "",
) -> int:
    """A descriptor for `name` in the folder `place`, closed with `opened`; never waits, never follows a link."""
    flags |= os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    try:
        descriptor = os.open(name, flags, dir_fd=place)
    except FileNotFoundError:
        if str(name).endswith(".txt"):
            raise
        raise SubmissionError(f"{name} is missing{there}; hand in the notebook") from None
    except OSError as err:
        if err.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO):
            raise MachineError(
                f"{name} could not be opened: {err.strerror}; free resources and run again"
            ) from err
        what = f"{name} is a link, or no plain file or folder ({err.strerror})"
        raise SubmissionError(f"{what}; hand in a copy that can be read") from err
    opened.callback(os.close, descriptor)
    return descriptor


def _content(name: str, place: int, limit: int, opened: contextlib.ExitStack, there: str = "") -> bytes:
    descriptor = _open(name, place, 0, opened, there=there)
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


__all__ = ["Found", "Handed", "discover", "parse_timestamp", "read", "refusal_of", "strays"]
