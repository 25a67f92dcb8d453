"""What each platform's names say of a file: who handed it in, when, which attempt, whether late.

Only the part that the platform wrote is read, and it is the outermost; what follows it, the student chose.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from ...submission.times import read_stamp
from .files import File, squashed
from .notices import GRADESCOPE, Notices, moodle_time


@dataclass(frozen=True)
class Claim:
    """What a name says: `ids`, `emails` and `names` by which the roster may know somebody; `key` remembers them.

    `ours` says that ids are those of our roster first. `numbers` are the platform's own, which the roster has in
    lms_user_id if at all. `account` says that the key is one person's, or a team's, and nobody else's. `order` sorts
    one student's files of a `series`, "" for all of a platform, the later the greater. `moment` is in UTC; `local` is
    in the platform's zone.
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
    numbers: tuple[str, ...] = ()
    ours: bool = False
    series: str = ""
    account: bool = True


Reader = Callable[[File, Notices], Sequence[Claim]]
_UPLOAD = r"_(?:question_\d+_)?(?:(?P<attempt>\d+)_.+|(?:text|link)\.html)"
_CANVAS = re.compile(rf"(?P<name>[^/]+?)_(?P<late>LATE_)?(?P<user>\d+){_UPLOAD}", re.IGNORECASE)
_ANONYMOUS = re.compile(rf"anon_(?P<late>LATE_)?(?P<user>(?!\d{{5}}_)[a-z0-9]{{5}}){_UPLOAD}", re.IGNORECASE)
MOODLE = re.compile(r"(?P<name>[^_/]+)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_|$)")
# "2 days late" among the words of a worksheet's status, in its languages.
_LATE = re.compile(
    r"\b(?:late|overdue)\b|verspätet|zu spät|\bretras|\btarde\b|\bretard|\britard|\batras|te laat", re.I
)
_BLACKBOARD = re.compile(r"(?P<who>.+?)_attempt_(?P<date>\d{4}(?:-\d\d){5})(?:_|\.|$)")
_EXCHANGE = re.compile(
    r"(?P<user>[^+/]+)\+(?P<lesson>[^/]+?)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? (?:[+-]\d[\d:]*|[^+]+))"
    r"(?:\+[0-9a-zA-Z_-]+)?"
)
_CLASSROOM = re.compile(r"(?P<name>[^/]{2,100}?) - .+")
_VERSION = re.compile(r"[^\W\d_]+ (\d{1,4})")
_COPY = re.compile(r"(?:-(\d{1,3})| \((\d{1,3})\))$")


def canvas(file: File, _notices: Notices) -> Sequence[Claim]:
    """`lovelaceada_LATE_101_9001_file-2.ipynb`: the user's number, the upload's, which only grows.

    Graded anonymously it is `anon_LATE_Kd2Pq_9001_file.ipynb`, which tells nobody's name.
    """
    hidden = _ANONYMOUS.fullmatch(file.parts[0])
    if not (match := hidden or _CANVAS.fullmatch(file.parts[0])):
        return ()
    order = (int(match["attempt"] or 0), _copy(file.parts[0]))
    claim = Claim(f"canvas {match['user']}", order=order, late=bool(match["late"]))
    return (claim if hidden else replace(claim, names=(match["name"],), numbers=(match["user"],)),)


def moodle(file: File, notices: Notices) -> Sequence[Claim]:
    """`Ada Lovelace_5001_assignsubmission_file_/file.ipynb`, before 3.1 in one name; the number is the worksheet's."""
    for at, part in enumerate(file.parts[:3]):
        if match := MOODLE.match(part):
            row = notices.moodle.get(match["number"], {})
            group, person = row.get("Group", ""), row.get("Full name", "")
            if group and squashed(match["name"]) not in map(squashed, (group, person, f"{group}-{person}")):
                row = {}  # a team's folder bears the group's number
            ids = tuple(row[column] for column in ("ID number", "Username") if row.get(column))
            emails = tuple(filter(None, (row.get("Email address", ""),)))
            names = (row.get("Full name") or match["name"], match["name"])
            late = bool(_LATE.search(row.get("Status", "")))
            local = moodle_time(row.get("Last modified (submission)", ""))
            key, order, around = f"moodle {match['number']}", _by_date(file), "/".join(file.parts[:at])
            return (Claim(key, ids, emails, names, order, None, local, late, series=around),)
    return ()


def blackboard(file: File, notices: Notices) -> Sequence[Claim]:
    """`Assignment_ada_attempt_2026-03-03-12-00-00_file.ipynb`; either may hold underscores.

    The assignment is the same for all, so of the readings those count that leave no more to it than all have in common.
    """
    if not (match := _BLACKBOARD.match(file.parts[0])):
        return ()
    pieces = match["who"].split("_")
    last = min(len(pieces) - 1, notices.shared or 1)
    ids = tuple("_".join(pieces[at:]) for at in range(min(1, last), last + 1))
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
                stamp = None
            user, when = match["user"], stamp.moment if stamp else None
            doubt = stamp.doubt if stamp else f"{match['time']} is no date; the time is unknown"
            order = _as_order(when) if when else ()
            return (Claim(user, (user,), order=order, moment=when, doubt=doubt, ours=True),)
    return ()


def gradescope(file: File, notices: Notices) -> Sequence[Claim]:
    """`submission_123/file.ipynb`, with who and when in submission_metadata.yml; a group has several submitters."""
    match = next((found for part in file.parts[:-1] if (found := GRADESCOPE.fullmatch(part))), None)
    if match is None:
        return ()
    about = notices.gradescope.get(match[0], {})
    when, listed = about.get(":created_at"), about.get(":submitters")
    stamp = _stamp(when.get("utc") or when.get("time") if isinstance(when, dict) else when)
    claims = []
    for one in (
        [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) and listed else [{}]
    ):
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
    key, order = f"mail {file.sender.casefold()}", _as_order(file.sent) if file.sent else ()
    return (Claim(key, emails=(file.sender,), order=order, moment=file.sent, account=False),)


def classroom(file: File, _notices: Notices) -> Sequence[Claim]:
    """Google Classroom's `Ada Lovelace - file.ipynb`."""
    if not (match := _CLASSROOM.fullmatch(file.parts[-1])):
        return ()
    key, order = f"classroom {match['name']}", _by_date(file)
    return (Claim(key, names=(match["name"],), order=order, account=False),)


def teams(file: File, _notices: Notices) -> Sequence[Claim]:
    """`Submitted files/Ada Lovelace/Assignment/Version 2/file.ipynb`."""
    if len(file.parts) < 4 or not (match := _VERSION.fullmatch(file.parts[-2])):
        return ()
    name = file.parts[-4]
    return (Claim(f"teams {name}", names=(name,), order=(int(match[1]),), series=file.parts[-3]),)


def folders(file: File, notices: Notices) -> Sequence[Claim]:
    """A folder a student: a clone of each one's repository, or submissions as they lie here.

    A clone's files are as old as the clone, and what it says of a time, the student wrote.
    """
    around = range(len(file.parts) - 1, 0, -1) if not file.cloned else ()
    stamp = next((_stamp(notices.stamps.get(file.parts[:at])) for at in around), None)
    order = _as_order(stamp) if stamp else ()
    return tuple(
        Claim(f"folder {part}", (part,), (part,), (part,), order, stamp, ours=True, account=False)
        for part in file.parts[:-1][:3]
    )


FOLDERS, CLASSROOM = "a folder a student", "Google Classroom"
MOODLE_NAME, CANVAS = "Moodle", "Canvas"
READERS: dict[str, Reader] = {
    "nbgrader's exchange": exchange,
    "Gradescope": gradescope,
    MOODLE_NAME: moodle,
    CANVAS: canvas,
    "Blackboard": blackboard,
    "mail": mail,
    "Teams": teams,
    CLASSROOM: classroom,
    FOLDERS: folders,
}


def is_students(file: File) -> bool:
    """Whether a file bears a name by which a platform tells a student: then it is theirs."""
    return any(read(file, Notices()) for name, read in READERS.items() if name != FOLDERS)


def shared_pieces(files: Sequence[File]) -> int:
    """How many pieces, between underscores, all names of Blackboard's begin with; 0 if there are not two to compare."""
    whos = {match["who"] for file in files if (match := _BLACKBOARD.match(file.parts[0]))}
    if len(whos) < 2:
        return 0
    columns = zip(*(who.split("_") for who in whos), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda column: len(set(column)) == 1, columns))


def bared(files: Sequence[File]) -> list[File]:
    """The files without a folder that lies around all of them, as packing a download again makes one."""
    around = {file.parts[0] for file in files if not file.named}
    if len(around) != 1 or any(len(file.parts) < 2 for file in files):
        return list(files)
    return [replace(file, parts=file.parts[1:]) for file in files]


def platform_of(files: Sequence[File], notices: Notices) -> str:
    """The platform whose names most of a download bears; the stricter form where two fit alike.

    One for the whole download: a student who names a file as another platform would is not taken at the word. Each
    outermost folder has one voice, for a folder may be a student's, with as many files in it as they like.
    """
    folders = defaultdict[str, list[File]](list)
    for file in files:
        folders[file.parts[0]].append(file)
    counts = {
        name: sum(
            2 * sum(bool(read(file, notices)) for file in inside) > len(inside) for inside in folders.values()
        )
        for name, read in READERS.items()
    }
    best = max((name for name in READERS if name != FOLDERS), key=lambda name: counts[name])
    return best if counts[best] * 2 > len(folders) or counts[best] >= counts[FOLDERS] > 0 else FOLDERS


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
