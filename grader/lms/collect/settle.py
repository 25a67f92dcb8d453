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


def settled(found: Sequence[Found], course: Course) -> list[Found]:
    """Every piece of work with its fate: of several of a student for one lesson, the newest by the platform's order counts.

    One that cannot be read, or holds no answer, gives way to one that does: it was handed in by mistake. Where the order
    says nothing, as in a repository, the one with the most answers counts, then the last by name.
    """
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for piece in found:
        if piece.fate != "undecided":
            groups[piece.student or "", piece.lesson or ""].append(piece)
    decided = []
    for key in sorted(groups):
        group = groups[key]
        by_time = sorted(group, key=lambda piece: (_newest(piece, group), piece.file.name))  # noqa: B023
        kept = {piece.digest: piece for piece in by_time}
        several = len(kept) > 1
        counts = {digest: _answered(piece, course) if several else 0 for digest, piece in kept.items()}
        *earlier, last = sorted(
            kept.values(),
            key=lambda piece: (
                counts[piece.digest] > 0,  # noqa: B023
                several and _is_notebook(piece),  # noqa: B023
                _newest(piece, group),  # noqa: B023
                counts[piece.digest],  # noqa: B023
                piece.file.name,
            ),
        )
        decided += [
            dataclasses.replace(
                piece, fate="earlier" if counts[piece.digest] or not counts[last.digest] else "empty"
            )
            for piece in earlier
        ]
        decided.append(dataclasses.replace(last, fate="counts"))
    undecided = sorted((p for p in found if p.fate == "undecided"), key=lambda p: (p.ask, p.file.name))
    return decided + undecided


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
