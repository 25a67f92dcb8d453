"""Which of several files of a student for one lesson counts."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...course import Course
from ...errors import SubmissionError
from ...submission import forms
from ...submission.belonging import belonging_of
from .files import File
from .platforms import Claim


@dataclass(frozen=True)
class Found:
    """One piece of work: `student` and `lesson` where they could be told, and else why not.

    `ask` is the key under which a decision by hand is remembered: of a person, or of a file's content. `fate` is
    `counts`, `earlier`, `empty`, `undecided`, `left out` by a decision, or `beside`, for what is no work, with `why`
    naming it. `by_name` says that nothing but a name told the student of an account.
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
    by_name: bool = False


def settled(found: Sequence[Found], course: Course) -> list[Found]:
    """Every piece of work with its fate: of several of a student for one lesson, the newest by the platform's order counts.

    One that cannot be read, or holds no answer, gives way to one that does: it was handed in by mistake. So does a script
    to a notebook. Where the order says nothing, as in a repository, the one with the most answers counts, then the last
    by name. What has a fate already keeps it.
    """
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for piece in found:
        if not piece.fate:
            groups[piece.student or "", piece.lesson or ""].append(piece)
    rest = sorted((piece for piece in found if piece.fate), key=lambda piece: (piece.ask, piece.file.name))
    return [piece for key in sorted(groups) for piece in _of_one(groups[key], course)] + rest


def _of_one(group: Sequence[Found], course: Course) -> list[Found]:
    """What one student handed in for one lesson, the one that counts at the end; what came twice, once."""

    def newest(piece: Found) -> tuple[tuple[int, ...], str]:
        return _newest(piece, group), piece.file.name

    kept = list({piece.digest: piece for piece in sorted(group, key=newest)}.values())
    if len(kept) == 1:
        return [dataclasses.replace(kept[0], fate="counts")]
    answers = {piece.digest: _answered(piece, course) for piece in kept}

    def rank(piece: Found) -> tuple[bool, bool, tuple[int, ...], int, str]:
        order, name = newest(piece)
        return answers[piece.digest] > 0, _is_notebook(piece), order, answers[piece.digest], name

    *before, last = sorted(kept, key=rank)
    fates = ["earlier" if answers[piece.digest] or not answers[last.digest] else "empty" for piece in before]
    return [
        dataclasses.replace(piece, fate=fate)
        for piece, fate in zip([*before, last], [*fates, "counts"], strict=True)
    ]


def answers_in(course: Course, lesson: str, content: bytes) -> int:
    """How many functions of a lesson have an answer in a file; 0 too if it cannot be read."""
    try:
        return belonging_of(course.lesson(lesson), content).answered
    except SubmissionError:
        return 0


def _is_notebook(piece: Found) -> bool:
    """Whether it is one, and not a script, which is no work where there is one."""
    try:
        return not is_script(piece.load())
    except OSError:
        return False


def is_script(content: bytes) -> bool:
    """Whether a file is neither a notebook nor an archive."""
    return not forms.is_notebook(content) and not content.startswith(forms.ZIP)


def _answered(piece: Found, course: Course) -> int:
    try:
        return answers_in(course, str(piece.lesson), piece.load())
    except OSError:
        return 0


def _newest(piece: Found, group: Sequence[Found]) -> tuple[int, ...]:
    """By the platform's own order; where two do not compare, by time."""
    if len({(other.platform, other.claim.series) for other in group}) == 1:
        return piece.claim.order
    when = piece.moment or piece.file.changed or datetime(1970, 1, 1)
    return (int((when - datetime(1970, 1, 1)).total_seconds() * 1_000_000),)
