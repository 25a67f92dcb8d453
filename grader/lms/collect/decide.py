"""Which student and which lesson each file of a download is, which of several counts, and what stays undecided."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from ...course import Course
from ...errors import SubmissionError
from ...submission import forms
from ...submission.belonging import belonging_of, lessons_of
from .files import File
from .people import People
from .platforms import READERS, Claim, Notices, notices_of, platform_of, teams

WORK = (".ipynb", ".py", ".zip")
DISGUISES = (".json", ".txt", "")  # under which a notebook can come
FOLDERS = "a folder a student"


@dataclass(frozen=True)
class Found:
    """One piece of work: `student` and `lesson` where they could be told, and else why not.

    `ask` is the key under which a decision by hand is remembered: of a person, or of a file's content.
    """

    file: File
    platform: str
    claim: Claim
    load: Callable[[], bytes]
    digest: str
    student: str | None = None
    lesson: str | None = None
    why: str = ""
    ask: str = ""
    moment: datetime | None = None
    doubt: str = ""
    fate: str = ""


def decide(
    downloads: Iterable[Sequence[File]],
    course: Course,
    people: People,
    lessons: dict[str, str],
    zone: ZoneInfo,
) -> list[Found]:
    """Every piece of work with its fate: `counts`, `earlier`, `undecided` or `left`; in order of student and lesson.

    Parameters
    ----------
    lessons : what was decided by hand: a lesson's name by a content's digest, "-" for none of them.
    zone : the zone of times that a platform writes without one.
    """
    everything = list(downloads)
    found: list[Found] = []
    notices = _notices(everything)
    for files in everything:
        drafts = _drafts(files, people)
        work, rest = _parted([file for file in files if file.parts not in drafts])
        platform = platform_of(work or files, notices)
        slug = people.slug(part for file in work for part in file.parts[:-1][:3])
        pieces = [
            piece
            for file in work
            for piece in _pieces(file, platform, notices, course, people, lessons, zone, slug)
        ]
        found += [*pieces, *_others(rest, work, platform, notices, people, lessons, pieces)]
    return _settled(found, course)


def _drafts(files: Sequence[File], people: People) -> set[tuple[str, ...]]:
    """Of Teams, what nobody has handed in: beside the folder of versions, in any language, a folder of the same people."""
    handed = {file.parts[:-4] for file in files if teams(file, Notices())}
    around = {folder[:-1] for folder in handed if folder}
    return {
        parts
        for parts in (file.parts for file in files)
        if "Working files" in parts
        or len(parts) > 3
        and parts[:-4] in around - handed
        and parts[:-3] not in handed
        and people.find(Claim("", names=(parts[-3],)))[0]
    }


def _parted(files: Sequence[File]) -> tuple[list[File], list[File]]:
    """What can be work, and the rest."""
    work: list[File] = []
    rest: list[File] = []
    for file in files:
        (work if _is_work(file) else rest).append(file)
    return work, rest


def _is_work(file: File) -> bool:
    name = file.parts[-1].lower()
    if name.endswith(WORK) or ".ipynb." in name:
        return True
    return PurePosixPath(name).suffix in DISGUISES and name != "timestamp.txt" and _is_notebook(file)


def _is_notebook(file: File) -> bool:
    """Whether the content looks like one, whatever the file is called."""
    try:
        content = b"" if file.trouble else file.load()
    except OSError:
        return False
    return content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"cell_type"' in content


def _others(
    files: Sequence[File],
    work: Sequence[File],
    platform: str,
    notices: Notices,
    people: People,
    lessons: dict[str, str],
    pieces: Sequence[Found],
) -> Iterator[Found]:
    """Of files that are no work, those of people from whom none came; and a download in which there is none."""
    have = {piece.student for piece in pieces} | {"-"}
    for file in files:
        ask = f"file {file.name}"
        if lessons.get(ask) == "-":
            continue
        for claim in READERS[platform](file, notices) if platform != FOLDERS else ():
            student, _ = people.find(claim)
            if student not in have:
                why = "no notebook, and nothing else came from there"
                yield Found(file, platform, claim, file.load, "", student, None, why, ask, fate="undecided")
    if not work and (len(files) == 1 or platform == FOLDERS):
        for file in files[:1] or [File(("the download",), bytes)]:
            if not file.name.lower().endswith((".csv", ".yml", ".yaml")):
                why, ask = "no notebook is in it", f"file {file.name}"
                yield Found(file, platform, Claim(""), file.load, "", None, None, why, ask, fate="undecided")


def _notices(downloads: Iterable[Sequence[File]]) -> Notices:
    """Of all downloads together: a worksheet may be named beside the ZIP."""
    whole = Notices()
    for files in downloads:
        part = notices_of(files)
        whole.moodle |= part.moodle
        whole.gradescope |= part.gradescope
        whole.stamps |= part.stamps
    return whole


def _pieces(
    file: File,
    platform: str,
    notices: Notices,
    course: Course,
    people: People,
    lessons: dict[str, str],
    zone: ZoneInfo,
    slug: str,
) -> Iterator[Found]:
    claims = READERS[platform](file, notices)
    for student, why, claim in _students(file, claims, platform, people, slug):
        for load, content, trouble in _contents(file):
            digest = hashlib.sha256(content).hexdigest()[:16]
            lesson, no = (None, trouble) if trouble else _lesson(content, file, digest, course, lessons)
            if lesson is None and no == "" or no == "left" and file.parts[-1].lower().endswith(".py"):
                continue  # a module beside the work, or what was decided to be nothing
            moment, doubt = claim.moment, claim.doubt
            if moment is None and claim.local is not None:
                moment = claim.local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
            piece = Found(file, platform, claim, load, digest, student, lesson, moment=moment, doubt=doubt)
            if student is None:
                ask = f"file {file.name}" if platform == FOLDERS else claim.key  # a folder may be everybody's
                yield dataclasses.replace(piece, why=file.trouble or why, ask=ask, fate="undecided")
            elif lesson is None:
                told = "of no lesson of this course" if no == "left" else no
                yield dataclasses.replace(piece, why=told, ask=digest, fate="undecided")
            elif student != "-":
                yield piece


def _students(
    file: File, claims: Sequence[Claim], platform: str, people: People, slug: str
) -> Iterator[tuple[str | None, str, Claim]]:
    """Whose a file is; where its name says nothing, what was decided of that name."""
    itself = Claim(f"file {file.name}")
    decided, _ = people.find(itself)
    if platform == FOLDERS and decided is None:
        yield people.of_folders(claims or [itself], slug)
    elif not claims or decided is not None:
        yield decided, f"the name has not the form of {platform}", itself
    else:
        for claim in claims:
            yield (*people.find(claim), claim)


def _contents(file: File) -> Iterator[tuple[Callable[[], bytes], bytes, str]]:
    """The notebooks in a file: itself, or those of the ZIP that the student made; with what is wrong with one."""
    try:
        content = b"" if file.trouble else file.load()
    except OSError as err:
        yield bytes, file.name.encode(), f"it cannot be read ({err})"
        return
    if file.trouble or len(content) > forms.MAX_BYTES:
        yield bytes, file.name.encode(), file.trouble or "it is too large"
        return
    if not content.startswith(forms.ZIP):
        yield (lambda: file.load()), content, ""
        return
    try:
        names = [name for name, _ in forms.members(content)]
    except SubmissionError as err:
        yield bytes, content, str(err)
        return
    for name in names:

        def load(name: str = name) -> bytes:
            return next(data for inner, data in forms.members(file.load()) if inner == name)

        yield load, load(), ""
    if not names:
        yield bytes, content, "no notebook is in the ZIP file"


def _lesson(
    content: bytes, file: File, digest: str, course: Course, decided: dict[str, str]
) -> tuple[str | None, str]:
    """The lesson of a file by its content; by its name only where its content cannot be read at all."""
    if digest in decided:
        return (None, "") if decided[digest] == "-" else (decided[digest], "")
    try:
        fitting = lessons_of([course.lesson(name) for name in course.lessons], content)
    except SubmissionError as err:
        plain = "".join(filter(str.isalnum, file.parts[-1].casefold()))
        named = [name for name in course.lessons if "".join(filter(str.isalnum, name)).casefold() in plain]
        return (named[0], "") if len(named) == 1 else (None, str(err))
    if len(fitting) == 1:
        return fitting[0], ""
    return None, "left" if not fitting else f"it could be of {' or '.join(fitting)}"


def _settled(found: list[Found], course: Course) -> list[Found]:
    """Of several files of a student for one lesson, the newest by the platform's own order counts.

    Where that says nothing, as in a repository, the one with the most answers does, then the last by name.
    """
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for piece in found:
        if piece.fate != "undecided":
            groups[piece.student or "", piece.lesson or ""].append(piece)
    settled = []
    for key in sorted(groups):
        by_time = sorted(
            groups[key],
            key=lambda piece: (
                _newest(piece, groups[piece.student or "", piece.lesson or ""]),
                piece.file.name,
            ),
        )
        kept = {piece.digest: piece for piece in by_time}
        several = len(kept) > 1
        ranked = [
            (_newest(piece, groups[key]), _answered(piece, course) if several else 0, piece.file.name, piece)
            for piece in kept.values()
        ]
        *earlier, last = [rank[-1] for rank in sorted(ranked, key=lambda rank: rank[:-1])]
        settled += [dataclasses.replace(piece, fate="earlier") for piece in earlier]
        settled.append(dataclasses.replace(last, fate="counts"))
    undecided = sorted((p for p in found if p.fate == "undecided"), key=lambda p: (p.ask, p.file.name))
    return settled + undecided


def _answered(piece: Found, course: Course) -> int:
    """How many functions have an answer."""
    try:
        return belonging_of(course.lesson(str(piece.lesson)), piece.load()).answered
    except (SubmissionError, OSError):
        return 0


def _newest(piece: Found, group: Sequence[Found]) -> tuple[int, ...]:
    """By the platform's own order; across platforms, whose orders do not compare, by time."""
    if len({other.platform for other in group}) == 1:
        return piece.claim.order
    when = piece.moment or datetime(1970, 1, 1)
    return (int((when - datetime(1970, 1, 1)).total_seconds() * 1_000_000),)
