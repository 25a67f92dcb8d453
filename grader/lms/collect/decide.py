"""Which student and which lesson each file of a download is, which of several counts, and what stays undecided."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from ...course import Course
from ...errors import SubmissionError
from ...submission import forms
from ...submission.belonging import lessons_of
from .beside import beside
from .files import File
from .notices import Notices, notices_of
from .people import People
from .platforms import (
    CLASSROOM,
    FOLDERS,
    READERS,
    Claim,
    bared,
    is_students,
    platform_of,
    shared_pieces,
    teams,
)
from .settle import Found, settled

WORK = (".ipynb", ".py", ".zip", ".msg")
SEVERAL = "it could be of"
DISGUISES = (".json", ".txt", ".part", "")  # under which a notebook can come


def decide(
    downloads: Iterable[Sequence[File]],
    course: Course,
    people: People,
    lessons: dict[str, str],
    zone: ZoneInfo,
) -> list[Found]:
    """Every piece of work with its fate, in order of student and lesson; then what is undecided or lies beside the work.

    Parameters
    ----------
    lessons : what was decided by hand: a lesson's name by a content's digest, "-" for none of them.
    zone : the zone of times that a platform writes without one.
    """
    everything = [_unwrapped(files) for files in downloads]
    found: list[Found] = []
    notices = _notices(everything)
    for files in everything:
        drafts = _drafts(files, people)
        work, rest = _parted([file for file in files if file.parts not in drafts])
        here = dataclasses.replace(notices, shared=shared_pieces(work))
        platform = platform_of(work or files, here)
        if platform == CLASSROOM and not any(
            people.find(c)[0] for file in work for c in READERS[CLASSROOM](file, here)
        ):
            platform = FOLDERS  # "Week 3 - x.ipynb" is nobody's name
        students = _Students(platform, work, here, people)
        pieces = [
            piece for file in work for piece in _pieces(file, platform, here, course, students, lessons, zone)
        ]
        told = list(beside(rest, pieces, platform, students.of, lessons))
        found += [*(piece for piece in pieces if piece.fate != "left"), *told]
        if not work and not told and (len(rest) == 1 or platform == FOLDERS):
            found += _nothing(rest, platform, lessons)
    return settled(found, course)


def _unwrapped(files: Sequence[File]) -> list[File]:
    """A download without the folders that packing it again has put around it, where a platform's names come out then."""
    bare = list(files)
    for _ in range(3):
        if platform_of(bare, Notices()) != FOLDERS:
            return bare
        bare = bared(bare)
    return list(files)


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
        ask = f"file {file.name}"
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
    file: File,
    platform: str,
    notices: Notices,
    course: Course,
    students: _Students,
    lessons: dict[str, str],
    zone: ZoneInfo,
) -> Iterator[Found]:
    for student, why, claim in students.of(file):
        if student == "-":
            continue
        for load, content, trouble in _contents(file):
            digest = hashlib.sha256(content).hexdigest()[:16]
            lesson, no = (None, trouble) if trouble else _lesson(content, file, digest, course, lessons)
            if lesson is None and no == "":
                continue  # what was decided to be nothing
            moment, doubt = claim.moment, claim.doubt
            if moment is None and claim.local is not None:
                moment = claim.local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
            piece = Found(file, platform, claim, load, digest, student, lesson, moment=moment, doubt=doubt)
            if student is None:
                ask = f"file {file.name}" if platform == FOLDERS else claim.key  # a folder may be everybody's
                yield dataclasses.replace(piece, why=file.trouble or why, ask=ask, fate="undecided")
            elif lesson is None:
                told = "of no lesson of this course" if no == "left" else no
                script = not trouble and file.parts[-1].lower().endswith(".py")
                module = script and not no.startswith(SEVERAL)  # perhaps one beside the work
                fate, ask = "left" if module else "undecided", _key(content, file, digest)
                yield dataclasses.replace(piece, why=told, ask=ask, fate=fate)
            else:
                yield piece


class _Students:
    """Whose the files of one download are."""

    def __init__(self, platform: str, work: Sequence[File], notices: Notices, people: People) -> None:
        self.platform, self.notices, self.people = platform, notices, people
        around = [file.parts[:-1] for file in work]
        self.slugs = people.slugs(part for parts in around for part in parts[:3])
        self.depth = people.depth(around, self.slugs) if platform == FOLDERS else 0
        claims = [claim for file in work for claim in READERS[platform](file, notices)]
        self.telling = people.telling(claims)
        bearers = defaultdict[tuple[str, str], set[str]](set)
        for claim in claims if platform != FOLDERS else ():
            bearers[people.find(claim, self.telling)[0] or "", claim.series].add(claim.key)
        self.shared = {
            who for (who, _), keys in bearers.items() if who and len(keys) > 1
        }  # so several are called

    def of(self, file: File) -> Iterator[tuple[str | None, str, Claim]]:
        """By what was decided of it, else by what its name claims: a student, or None and why, and the claim."""
        claims = READERS[self.platform](file, self.notices)
        itself = Claim(f"file {file.name}")
        if whose := self.people.decided(itself):
            yield from ((who, "", claims[0] if claims else itself) for who in whose)
        elif self.platform == FOLDERS:
            yield self.people.of_folders(claims or [itself], self.slugs, self.depth)
        elif not claims:
            yield None, f"the name has not the form of {self.platform}", itself
        else:
            for claim in claims:
                yield from self._by(claim)

    def _by(self, claim: Claim) -> Iterator[tuple[str | None, str, Claim]]:
        if whose := self.people.decided(claim):
            yield from ((who, "", claim) for who in whose)
            return
        student, why = self.people.find(claim, self.telling)
        unnamed = dataclasses.replace(claim, names=())
        if student in self.shared and self.people.find(unnamed, self.telling)[0] is None:
            student, why = None, f"several in this download bear the name of {student}"
        yield student, why, claim


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


def _key(content: bytes, file: File, digest: str) -> str:
    """Under which a decision on a file is remembered: its content, if it has any."""
    return digest if content.strip() else f"file {file.name}"


def _lesson(
    content: bytes, file: File, digest: str, course: Course, decided: dict[str, str]
) -> tuple[str | None, str]:
    """The lesson of a file by its content; by its name only where its content cannot be read at all."""
    if answer := decided.get(_key(content, file, digest)):
        return (None, "") if answer == "-" else (answer, "")
    try:
        fitting = lessons_of([course.lesson(name) for name in course.lessons], content)
    except SubmissionError as err:
        plain = "".join(filter(str.isalnum, file.parts[-1].casefold()))
        named = [name for name in course.lessons if "".join(filter(str.isalnum, name)).casefold() in plain]
        return (named[0], "") if len(named) == 1 else (None, str(err))
    if len(fitting) == 1:
        return fitting[0], ""
    return None, "left" if not fitting else f"{SEVERAL} {' or '.join(fitting)}"
