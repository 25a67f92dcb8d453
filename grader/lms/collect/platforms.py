"""What each platform's names say of a file: who handed it in, when, which attempt, whether late.

Only the part that the platform wrote is read, and it is the outermost; what follows it, the student chose.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from ...submission.times import read_stamp
from .files import MAX_NOTICE, File


@dataclass(frozen=True)
class Claim:
    """What a name says: `ids`, `emails` and `names` by which the roster may know somebody; `key` remembers them.

    `order` sorts one student's files, the later the greater. `moment` is in UTC; `local` is in the platform's zone.
    """

    key: str
    ids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    moment: datetime | None = None
    local: datetime | None = None
    late: bool = False
    doubt: str = ""


@dataclass
class Notices:
    """What a download says beside its files: Moodle's worksheet rows by number, Gradescope's list by submission."""

    moodle: dict[str, dict[str, str]] = field(default_factory=dict)
    gradescope: dict[str, Any] = field(default_factory=dict)
    stamps: dict[tuple[str, ...], str] = field(default_factory=dict)  # timestamp.txt by folder


Reader = Callable[[File, Notices], Sequence[Claim]]
_CANVAS = re.compile(
    r"(?P<name>[^/]+?)_(?P<late>LATE_)?(?P<user>\d+)_(?:(?P<attempt>\d+)_.+|(?:text|link)\.html)",
    re.IGNORECASE,
)
_MOODLE = re.compile(r"(?P<name>[^_/]+)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_|$)")
_BLACKBOARD = re.compile(r"(?P<who>.+?)_attempt_(?P<date>\d{4}(?:-\d\d){5})(?:_|\.|$)")
_EXCHANGE = re.compile(
    r"(?P<user>[^+/]+)\+(?P<lesson>[^/]+?)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? (?:[+-]\d[\d:]*|[^+]+))"
    r"(?:\+[0-9a-zA-Z_-]+)?"
)
_GRADESCOPE = re.compile(r"submission_(\d+)")
_CLASSROOM = re.compile(r"(?P<name>[^/]{2,100}?) - .+")
_VERSION = re.compile(r"[^\W\d_]+ (\d{1,4})")
_COPY = re.compile(r"(?:-(\d{1,3})| \((\d{1,3})\))$")


def canvas(file: File, _notices: Notices) -> Sequence[Claim]:
    """`lovelaceada_LATE_101_9001_file-2.ipynb`: the user's number, the upload's, which only grows."""
    if not (match := _CANVAS.fullmatch(file.parts[0])):
        return ()
    order = (int(match["attempt"] or 0), _copy(file.parts[0]))
    key = f"canvas {match['user']}"
    return (Claim(key, ids=(match["user"],), names=(match["name"],), order=order, late=bool(match["late"])),)


def moodle(file: File, notices: Notices) -> Sequence[Claim]:
    """`Ada Lovelace_5001_assignsubmission_file_/file.ipynb`, before 3.1 in one name; the number is the worksheet's."""
    for part in file.parts[:3]:
        if match := _MOODLE.match(part):
            row = notices.moodle.get(match["number"], {})
            group, person = row.get("Group", ""), row.get("Full name", "")
            if group and match["name"] not in (group, person, f"{group}-{person}"):
                row = {}  # a team's folder bears the group's number
            ids = tuple(row[column] for column in ("ID number", "Username") if row.get(column))
            emails = tuple(filter(None, (row.get("Email address", ""),)))
            names = (row.get("Full name") or match["name"], match["name"])
            return (Claim(f"moodle {match['number']}", ids, emails, names, _by_date(file)),)
    return ()


def blackboard(file: File, _notices: Notices) -> Sequence[Claim]:
    """`Assignment_ada_attempt_2026-03-03-12-00-00_file.ipynb`; either may hold underscores, so all readings count."""
    if not (match := _BLACKBOARD.match(file.parts[0])):
        return ()
    pieces = match["who"].split("_")
    ids = tuple("_".join(pieces[at:]) for at in range(min(1, len(pieces) - 1), len(pieces)))
    try:
        when = datetime(*map(int, match["date"].split("-")))  # type: ignore[arg-type]
    except ValueError:
        return ()
    return (Claim(f"blackboard {match['who']}", ids, order=_as_order(when), local=when),)


def exchange(file: File, _notices: Notices) -> Sequence[Claim]:
    """`ada+lesson+2026-03-03 12:00:00.000000 UTC+secret/lesson.ipynb`, as nbgrader's inbound folder has it."""
    for part in file.parts[:3]:
        if match := _EXCHANGE.fullmatch(part):
            try:
                stamp = read_stamp(match["time"])
            except ValueError:
                return ()
            if stamp is not None:
                user, order = match["user"], _as_order(stamp.moment)
                return (Claim(user, (user,), order=order, moment=stamp.moment, doubt=stamp.doubt),)
    return ()


def gradescope(file: File, notices: Notices) -> Sequence[Claim]:
    """`submission_123/file.ipynb`, with who and when in submission_metadata.yml; a group has several submitters."""
    match = next((found for part in file.parts[:-1] if (found := _GRADESCOPE.fullmatch(part))), None)
    if match is None:
        return ()
    about = notices.gradescope.get(match[0], {})
    stamp = _stamp(about.get(":created_at"))
    claims = []
    for one in about.get(":submitters") or [{}]:
        sid, mail, name = (
            tuple(filter(None, (str(one.get(key) or ""),))) for key in (":sid", ":email", ":name")
        )
        key = "".join((mail or sid or (match[0],))[:1])
        claims.append(Claim(f"gradescope {key}", sid, mail, name, (int(match[1]),), stamp))
    return claims


def mail(file: File, _notices: Notices) -> Sequence[Claim]:
    """An attachment: the sender's address, and when it was sent."""
    if not file.sender:
        return ()
    order = _as_order(file.sent) if file.sent else ()
    return (Claim(f"mail {file.sender.casefold()}", emails=(file.sender,), order=order, moment=file.sent),)


def classroom(file: File, _notices: Notices) -> Sequence[Claim]:
    """Google Classroom's `Ada Lovelace - file.ipynb`."""
    match = _CLASSROOM.fullmatch(file.parts[-1])
    return (
        (Claim(f"classroom {match['name']}", names=(match["name"],), order=_by_date(file)),) if match else ()
    )


def teams(file: File, _notices: Notices) -> Sequence[Claim]:
    """`Submitted files/Ada Lovelace/Assignment/Version 2/file.ipynb`."""
    if len(file.parts) < 4 or not (match := _VERSION.fullmatch(file.parts[-2])):
        return ()
    name = file.parts[-4]
    return (Claim(f"teams {name}", names=(name,), order=(int(match[1]),)),)


def folders(file: File, notices: Notices) -> Sequence[Claim]:
    """A folder a student: a clone of each one's repository, or submissions as they lie here."""
    stamp = next(
        (_stamp(notices.stamps.get(file.parts[:at])) for at in range(len(file.parts) - 1, 0, -1)), None
    )
    order = (
        _as_order(stamp) if stamp else (0, _copy(file.parts[-1]))
    )  # a clone's files are as old as the clone
    return tuple(
        Claim(f"folder {part}", (part,), (part,), (part,), order, stamp) for part in file.parts[:-1][:3]
    )


READERS: dict[str, Reader] = {
    "nbgrader's exchange": exchange,
    "Gradescope": gradescope,
    "Moodle": moodle,
    "Canvas": canvas,
    "Blackboard": blackboard,
    "mail": mail,
    "Teams": teams,
    "Google Classroom": classroom,
    "a folder a student": folders,
}


def platform_of(files: Sequence[File], notices: Notices) -> str:
    """The platform whose names most files of a download bear; the stricter form where two fit alike.

    One for the whole download: a student who names a file as another platform would is not taken at the word.
    """
    counts = {name: sum(bool(read(file, notices)) for file in files) for name, read in READERS.items()}
    strict = [name for name in READERS if name != "a folder a student"]
    best = max(strict, key=lambda name: counts[name])
    return (
        best
        if counts[best] * 2 > len(files) or counts[best] >= counts["a folder a student"] > 0
        else "a folder a student"
    )


def notices_of(files: Sequence[File]) -> Notices:
    """What tables and lists in a download say. What cannot be read is as if it were not there."""
    notices = Notices()
    for file in files:
        name = file.parts[-1].casefold()
        if name == "timestamp.txt":
            notices.stamps[file.parts[:-1]] = _text(file)[:200]
        elif name.endswith((".yml", ".yaml")) and "metadata" in name:
            notices.gradescope |= _list_of(_text(file))
        elif name.endswith(".csv"):
            notices.moodle |= _worksheet(_text(file))
    return notices


def _text(file: File) -> str:
    try:
        return file.load()[:MAX_NOTICE].decode("utf-8-sig", "replace") if not file.trouble else ""
    except OSError:
        return ""


def _list_of(text: str) -> dict[str, Any]:
    """Gradescope's submission_metadata.yml, as far as it says who handed in what and when; it nests no deeper."""
    found: dict[str, Any] = {}
    about: dict[str, Any] = {}
    depth = 0
    for line in text.split("\n"):
        if match := re.match(r"(submission_\d+):\s*$", line):
            about = found.setdefault(match[1], {":submitters": []})
        elif match := re.match(r"( *)(- )?(:[a-z_]+):[ \t]*(.*?)\s*$", line):
            indent, item, name, value = len(match[1]), match[2], match[3], match[4].strip("'\"")
            if name == ":submitters":
                depth = indent + 1
            elif name == ":created_at" and not item and ":created_at" not in about:
                about[name], depth = value, 0
            elif depth and name in (":name", ":sid", ":email"):
                if item or not about[":submitters"]:
                    about[":submitters"].append({})
                about[":submitters"][-1][name] = value
            elif indent < depth:
                depth = 0
    return found


def _worksheet(text: str) -> dict[str, dict[str, str]]:
    from .. import formats

    try:
        sheet = formats.sheet_in(text)
    except csv.Error:  # a student's own table
        return {}
    rows = [row for row in sheet.rows if re.search(r"\d+\s*$", row.get("Identifier", ""))]
    return {formats.participant(row["Identifier"]): row for row in rows}


def _stamp(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return (
            value
            if value.tzinfo is None
            else (value - (value.utcoffset() or value - value)).replace(tzinfo=None)
        )
    try:
        stamp = read_stamp(str(value)) if value else None
    except ValueError:
        return None
    return stamp.moment if stamp else None


def _as_order(when: datetime) -> tuple[int, ...]:
    return (int((when - datetime(1970, 1, 1)).total_seconds() * 1_000_000),)


def _by_date(file: File) -> tuple[int, ...]:
    return (*(_as_order(file.changed) if file.changed else (0,)), _copy(file.parts[-1]))


def _copy(name: str) -> int:
    """The number of a copy: file-2.ipynb, file (1).ipynb."""
    match = _COPY.search(PurePosixPath(name).stem)
    return int(match[1] or match[2]) if match else 0
