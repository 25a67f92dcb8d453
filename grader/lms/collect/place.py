"""Collected work in its place in submissions/, the earlier beside it; what was decided by hand, remembered."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...course import Course
from ...errors import SubmissionError
from ...files import write_file
from ...submission.times import stamp_in
from ..formats import read_sheet
from .platforms import FOLDERS
from .settle import Found, answers_in, is_script

ORDER = ".order"  # the platform's own order of what stands there, for the next download
EARLIER = ".earlier"
EMPTY = "without an answer, kept beside the work that has some"
DECISIONS = "decisions.csv"
COLUMNS = ("about", "key", "seen", "why", "decision")
HOW = "write a student's id (of a team, several with commas) or a lesson's name under decision, or - to leave it out"


def place(submissions: Path, piece: Found, course: Course) -> str:
    """Writes one piece of work; what became of it: new, as before, replaces, earlier, or without an answer.

    Raises
    ------
    SubmissionError
        If a link lies in the way.
    """
    folder = submissions / str(piece.student) / str(piece.lesson)
    for path in (submissions / str(piece.student), folder, folder / EARLIER):
        if path.is_symlink():
            raise SubmissionError(f"{path} is a link; remove it")
    target, content = folder / f"{piece.lesson}.ipynb", piece.load()
    if piece.fate in ("earlier", "empty"):
        _keep(folder, content, piece.moment)
        return "earlier, kept" if piece.fate == "earlier" else EMPTY
    before = _standing(target)
    if before is not None and before != content:
        there = _time_of(folder)
        had, has = (answers_in(course, str(piece.lesson), work) for work in (before, content))
        if had and not has:
            _keep(folder, content, piece.moment)
            return EMPTY
        if had and is_script(content) and not is_script(before):
            _keep(folder, content, piece.moment)
            return "earlier, for a script is no work beside a notebook; kept"
        if bool(had) == bool(has) and _behind(folder, piece, there):
            _keep(folder, content, piece.moment)
            return "earlier than what is there, kept"
        _keep(folder, before, there)
    elif before == content and _ahead(folder, piece):
        return "as before"
    if before != content:
        write_file(target, content)
    if (
        before != content or piece.moment is not None or piece.claim.late
    ):  # else nothing more is known than before
        _stamp(folder, piece)
    return (
        "as before"
        if before == content
        else "new"
        if before is None
        else "replaces the one before, which is kept"
    )


def _standing(target: Path) -> bytes | None:
    try:
        descriptor = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as err:
        raise SubmissionError(f"{target} is a link or no plain file; remove it") from err
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


@dataclass(frozen=True)
class Decisions:
    """What was decided by hand: students by the key of a name, lessons by the digest of a content.

    `wrong` are the keys of those that name nobody, or no lesson, with what is wrong: their questions are open still.
    """

    people: dict[str, tuple[str, ...]]
    lessons: dict[str, str]
    wrong: dict[str, str]


def decisions(path: Path, ids: Collection[str], lessons: Collection[str]) -> Decisions:
    """Those in a file, if there is one; a team's hand-in may have several students, with commas between them."""
    taken = Decisions({}, {}, {})
    for row in read_sheet(path, COLUMNS).rows if path.is_file() else ():
        key, answer = row["key"], row["decision"].strip()
        if not answer:
            continue
        if row["about"] != "student":
            if answer in (*lessons, "-"):
                taken.lessons[key] = answer
            else:
                taken.wrong[key] = f"{answer!r} is no lesson; there are {', '.join(lessons)}"
        elif answer in (*ids, "-"):
            taken.people[key] = (answer,)
        elif strangers := [who for who in _listed(answer) if who not in ids]:
            taken.wrong[key] = f"{', '.join(strangers)} is not on the roster; mend it there or here"
        else:
            taken.people[key] = tuple(_listed(answer))
    return taken


def _listed(answer: str) -> list[str]:
    return list(dict.fromkeys(who.strip() for who in re.split("[,;]", answer) if who.strip())) or [answer]


def write_decisions(
    path: Path, undecided: Iterable[Found], lessons: Iterable[str], wrong: Collection[str]
) -> int:
    """The questions that are open, beside the answers that were given; says how many are open."""
    rows: dict[str, dict[str, str]] = {}
    if there := path.is_file():
        rows = {row["key"]: {name: row[name] for name in COLUMNS} for row in read_sheet(path, COLUMNS).rows}
        rows = {key: row for key, row in rows.items() if row["decision"].strip()}
    choices = f"; one of {', '.join(lessons)}"
    for piece in undecided:
        about = "lesson" if piece.student is not None else "student"
        choice = choices if piece.digest else "; - if it is nothing"
        why = piece.why + (choice if about == "lesson" else "")
        seen = piece.file.name if about == "student" else f"{piece.student}: {piece.file.name}"
        rows.setdefault(piece.ask, dict(zip(COLUMNS, (about, piece.ask, _inert(seen), why, ""), strict=True)))
    if rows or there:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows.values())
        write_file(path, text.getvalue().encode())
    return sum(not row["decision"].strip() or key in wrong for key, row in rows.items())


def _inert(text: str) -> str:
    return f"'{text}" if text[:1] in tuple("=+-@") else text
