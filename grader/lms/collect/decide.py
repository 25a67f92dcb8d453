"""Which student and which lesson each file of a download is, which of several counts, and what stays undecided."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from ...course import Course
from ...errors import SubmissionError
from ...submission import forms
from ...submission.belonging import lessons_of
from .beside import beside, content_key
from .downloads import unwrapped
from .files import File
from .notices import Notices, notices_of
from .people import People
from .platforms import (
    CLASSROOM,
    FOLDERS,
    READERS,
    Claim,
    is_students,
    platform_of,
    shared_pieces,
    teams,
)
from .settle import Found, settled
from .whose import NOBODY, Bearers, Owners, file_key

WORK = (".ipynb", ".py", ".zip", ".msg")
SEVERAL = "it could be of"
DISGUISES = (".json", ".txt", ".part", "")  # under which a notebook can come


def decide(
    downloads: Iterable[Sequence[File]],
    course: Course,
    people: People,
    lessons: dict[str, str],
    zone: ZoneInfo,
    before: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Found]:
    """Every piece of work with its fate, in order of student and lesson; then what is undecided or lies beside the work.

    Parameters
    ----------
    lessons : what was decided by hand: a lesson's name by the key of a content, "-" for none of them.
    zone : the zone of times that a platform writes without one.
    before : the keys under which earlier downloads had students whom a name alone told, by platform.
    """
    everything = [unwrapped(files) for files in downloads]
    notices, bearers = _notices(everything), Bearers(before or {})
    parts = [_part(files, notices, people, bearers, number) for number, files in enumerate(everything)]
    found: list[Found] = []
    for owners, work, rest in parts:
        pieces = [piece for file in work for piece in _pieces(file, owners, course, lessons, zone)]
        told = list(beside(rest, pieces, owners, lessons))
        found += [*(piece for piece in pieces if piece.fate != "left"), *told]
        if not work and not told and (len(rest) == 1 or owners.platform == FOLDERS):
            found += _nothing(rest, owners.platform, lessons)
    return settled(found, course)


def _part(
    files: Sequence[File], notices: Notices, people: People, bearers: Bearers, number: int
) -> tuple[Owners, list[File], list[File]]:
    """Of one download: whose its files are, what can be work, and the rest."""
    drafts = _drafts(files, people)
    work, rest = _parted([file for file in files if file.parts not in drafts])
    here = dataclasses.replace(notices, shared=shared_pieces(work))
    platform = platform_of(work or files, here)
    if platform == CLASSROOM and not any(
        people.find(claim)[0] for file in work for claim in READERS[CLASSROOM](file, here)
    ):
        platform = FOLDERS  # "Week 3 - x.ipynb" is nobody's name
    return Owners(platform, work, here, people, bearers, number), work, rest


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
    return forms.is_notebook(content)


def _nothing(files: Sequence[File], platform: str, lessons: dict[str, str]) -> Iterator[Found]:
    """A download in which no work is."""
    for file in files[:1] or [File(("the download",), bytes)]:
        ask = file_key(file, "")
        if lessons.get(ask) != "-" and not file.name.lower().endswith((".csv", ".yml", ".yaml")):
            why = "no notebook is in it"
            yield Found(file, platform, Claim(""), file.load, "", None, None, why, ask, fate="undecided")


def _notices(downloads: Iterable[Sequence[File]]) -> Notices:
    """Of all downloads together: a worksheet may be named beside the ZIP."""
    whole = Notices()
    for files in downloads:
        part = notices_of(files, is_students)
        whole.moodle |= part.moodle
        whole.gradescope |= part.gradescope
        whole.stamps |= part.stamps
    return whole


def _pieces(
    file: File, owners: Owners, course: Course, lessons: dict[str, str], zone: ZoneInfo
) -> Iterator[Found]:
    for load, content, trouble in _contents(file):
        digest = hashlib.sha256(content).hexdigest()[:16]
        for student, why, claim in owners.of(file, digest):
            moment, doubt = _moment(claim, zone), claim.doubt
            by_name = claim.account and student is not None and owners.by_name(claim)
            piece = Found(
                file,
                owners.platform,
                claim,
                load,
                digest,
                student,
                moment=moment,
                doubt=doubt,
                by_name=by_name,
            )
            if student == NOBODY:
                yield dataclasses.replace(piece, student=None, fate="left out")
                continue
            if student is None:
                ask = claim.key if claim.account else file_key(file, digest)  # a name may be two people's
                yield dataclasses.replace(piece, why=file.trouble or why, ask=ask, fate="undecided")
                continue
            ask = content_key(student, file, digest if content.strip() else "")
            lesson, no = (None, trouble) if trouble else _lesson(content, file, lessons.get(ask), course)
            if lessons.get(ask) == NOBODY:
                yield dataclasses.replace(piece, fate="left out")
            elif lesson is not None:
                yield dataclasses.replace(piece, lesson=lesson)
            else:
                script = not trouble and file.parts[-1].lower().endswith(".py")
                module = script and not no.startswith(SEVERAL)  # perhaps one beside the work
                yield dataclasses.replace(piece, why=no, ask=ask, fate="left" if module else "undecided")


def _moment(claim: Claim, zone: ZoneInfo) -> datetime | None:
    """When it was handed in, in UTC, if that is known."""
    if claim.moment is not None or claim.local is None:
        return claim.moment
    try:
        return claim.local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    except (OverflowError, ValueError):  # on the first day of all, or the last
        return claim.local


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


def _lesson(content: bytes, file: File, decided: str | None, course: Course) -> tuple[str | None, str]:
    """The lesson of a file, or None and why: by a decision, else by its content; by its name where that cannot be read."""
    if decided:
        return decided, ""
    try:
        fitting = lessons_of([course.lesson(name) for name in course.lessons], content)
    except SubmissionError as err:
        plain = "".join(filter(str.isalnum, file.parts[-1].casefold()))
        named = [name for name in course.lessons if "".join(filter(str.isalnum, name)).casefold() in plain]
        return (named[0], "") if len(named) == 1 else (None, str(err))
    if len(fitting) == 1:
        return fitting[0], ""
    return None, f"{SEVERAL} {' or '.join(fitting)}" if fitting else "of no lesson of this course"
