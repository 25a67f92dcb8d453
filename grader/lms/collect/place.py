"""Collected work in its place in submissions/, the earlier beside it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from datetime import datetime
from pathlib import Path

from ...course import Course
from ...errors import SubmissionError
from ...files import write_file
from ...submission.times import stamp_in
from .platforms import FOLDERS
from .settle import Found, answers_in, is_script

ORDER = ".order"  # the platform's own order of what stands there, for the next download
EARLIER = ".earlier"
BEFORE = "as before"
EMPTY = "without an answer, kept beside the work that has some"


def place(submissions: Path, piece: Found, course: Course, dry: bool = False) -> str:
    """Puts one piece of work into its place, or only says what would become of it: new, as before, replaces, earlier.

    Raises
    ------
    SubmissionError
        If a link or a folder lies in the way.
    """
    folder = submissions / str(piece.student) / str(piece.lesson)
    for path in (submissions / str(piece.student), folder, folder / EARLIER):
        if path.is_symlink():
            raise SubmissionError(f"{path} is a link; remove it")
    target, content = folder / f"{piece.lesson}.ipynb", piece.load()
    before = _standing(target)
    said, kept = _fate(folder, piece, course, before, content)
    if dry or said == BEFORE and _ahead(folder, piece):
        return said
    if kept:
        _keep(folder, content, piece.moment)
        return said
    if before is not None and before != content:
        _keep(folder, before, _time_of(folder))
    if before != content:
        write_file(target, content)
    if (
        before != content or piece.moment is not None or piece.claim.late
    ):  # else nothing more is known than before
        _stamp(folder, piece)
    return said


def _fate(
    folder: Path, piece: Found, course: Course, before: bytes | None, content: bytes
) -> tuple[str, bool]:
    """What becomes of a piece of work beside what stands, and whether it is kept beside that."""
    if piece.fate in ("earlier", "empty"):
        return ("earlier, kept" if piece.fate == "earlier" else EMPTY), True
    if before is None:
        return "new", False
    if before == content:
        return BEFORE, False
    had, has = (answers_in(course, str(piece.lesson), work) for work in (before, content))
    if had and not has:
        return EMPTY, True
    if had and is_script(content) and not is_script(before):
        return "earlier, for a script is no work beside a notebook; kept", True
    if bool(had) == bool(has) and _behind(folder, piece, _time_of(folder)):
        return "earlier than what is there, kept", True
    return "replaces the one before, which is kept", False


def withdraw(submissions: Path, student: str, lesson: str, digest: str, dry: bool = False) -> str:
    """Takes back what a decision put there that says something else now; what stands then, "" if that is as before.

    The newest that was kept beside it stands again.
    """
    folder = submissions / student / lesson
    target = folder / f"{lesson}.ipynb"
    kept = sorted(
        (path for path in (folder / EARLIER).glob("*.ipynb") if not path.is_symlink()), key=_kept_at
    )
    for path in [path for path in kept if digest_of(path.read_bytes()) == digest]:
        kept.remove(path)
        if not dry:
            path.unlink()
    standing = _standing(target)
    if standing is None or digest_of(standing) != digest:
        return ""  # it lay beside, or is gone already
    if dry:
        return "the one before stands again" if kept else "nothing stands there"
    for name in (ORDER, "timestamp.txt", "late.txt"):
        (folder / name).unlink(missing_ok=True)
    if not kept:
        target.unlink()
        return "nothing stands there"
    write_file(target, kept[-1].read_bytes())
    if when := _kept_at(kept[-1])[0]:
        write_file(folder / "timestamp.txt", f"{when} UTC".encode())
    kept[-1].unlink()
    return "the one before stands again"


def digest_of(content: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content).hexdigest()[:16]


def _kept_at(path: Path) -> tuple[str, str]:
    """When earlier work was handed in, by its name, "" if that is not known; and its name."""
    match = re.match(r"(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)_", path.name)
    return (f"{match[1]} {match[2]}:{match[3]}:{match[4]}" if match else ""), path.name


def _standing(target: Path) -> bytes | None:
    try:
        descriptor = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as err:
        raise SubmissionError(f"{target} is a link or no plain file; remove it") from err
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SubmissionError(f"{target} is a link or no plain file; remove it")
    with open(descriptor, "rb") as file:
        return file.read()


def _behind(folder: Path, piece: Found, there: datetime | None) -> bool:
    """Whether what stands is later: a class is collected more than once. Within a platform its order says so, not times."""
    order = _order_of(folder, piece)
    if order is not None:
        return order > piece.claim.order
    return there is not None and piece.moment is not None and there > piece.moment


def _ahead(folder: Path, piece: Found) -> bool:
    """Whether the same content was handed in later than in this download."""
    order = _order_of(folder, piece)
    return order is not None and order > piece.claim.order


def _order_of(folder: Path, piece: Found) -> tuple[int, ...] | None:
    """The order of what stands, if it compares with that of a piece."""
    try:
        platform, *order = json.loads((folder / ORDER).read_bytes()[:1000])
        compares = platform == f"{piece.platform} {piece.claim.series}" and all(type(n) is int for n in order)
        return tuple(order) if compares else None
    except (OSError, ValueError, TypeError):
        return None


def _keep(folder: Path, content: bytes, when: datetime | None) -> None:
    digest = hashlib.sha256(content).hexdigest()[:8]
    name = f"{when:%Y-%m-%d_%H-%M-%S}_{digest}.ipynb" if when else f"{digest}.ipynb"
    path = folder / EARLIER / name
    if not path.exists():
        write_file(path, content)


def _stamp(folder: Path, piece: Found) -> None:
    if piece.claim.order and piece.platform != FOLDERS:  # there, a number only tells copies apart
        write_file(
            folder / ORDER,
            json.dumps([f"{piece.platform} {piece.claim.series}", *piece.claim.order]).encode(),
        )
    else:
        (folder / ORDER).unlink(missing_ok=True)
    stamp, late = folder / "timestamp.txt", folder / "late.txt"
    if piece.moment is not None:
        write_file(stamp, f"{piece.moment} UTC".encode())
        late.unlink(missing_ok=True)
        return
    stamp.unlink(missing_ok=True)  # that of another hand-in
    if piece.claim.late:
        write_file(late, f"marked late by {piece.platform}\n".encode())
    else:
        late.unlink(missing_ok=True)


def _time_of(folder: Path) -> datetime | None:
    try:
        stamp = stamp_in((folder / "timestamp.txt").read_bytes()[:200])
    except (OSError, SubmissionError):
        return None
    return stamp.moment if stamp else None
