"""What the instructor decides: when a lesson is open, how often it may be handed in, which hand-in counts, what is told.

One file, solutions/policy.toml, and none is needed:

    zone = "Europe/Berlin"      # of the times below; default UTC
    counts = "best"             # or "last"
    reveal = "outcome"          # of a hidden check until the deadline: "outcome", or "everything"
    attempts = 10               # then one in each `hours`; 0: as many as one likes
    hours = 1

    [lesson.NAME]
    opens = 2026-02-02T08:00:00
    deadline = 2026-03-03T23:59:00   # later is late: it is taken, and loses points if the course says so
    closes = 2026-03-10T23:59:00     # later is not taken

Late points are those of nbgrader_config.py. Extensions and further attempts are given to one student at a time
(`grader handins extend`, `grader handins attempt`, or on the instructor's page).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..course import Course
from ..errors import CourseError, SubmissionError

FILE = Path("solutions", "policy.toml")
HOUR_S = 3600.0
CHOICES = {"counts": ("best", "last"), "reveal": ("outcome", "everything")}


@dataclass(frozen=True)
class Terms:
    """When one lesson may be handed in, in seconds since 1970; None where there is no bound."""

    opens: float | None = None
    deadline: float | None = None
    closes: float | None = None

    def extended(self, until: float | None) -> Terms:
        """The terms of a student whose deadline was moved to `until`."""
        if until is None:
            return self
        closes = None if self.closes is None else max(self.closes, until)
        return replace(self, deadline=max(self.deadline or until, until), closes=closes)


@dataclass(frozen=True)
class Policy:
    """The rules of a course; the defaults are those of a course without a file."""

    zone: str = "UTC"
    counts: str = "best"
    reveal: str = "outcome"
    attempts: int = 10
    hours: float = 1.0
    lessons: Mapping[str, Terms] = field(default_factory=dict)

    def of(self, lesson: str) -> Terms:
        """The terms of one lesson."""
        return self.lessons.get(lesson, Terms())

    def words(self, moment: float | None) -> str:
        """A time as a person reads it: "Tue 3 March 2026, 23:59 (Europe/Berlin)"."""
        if moment is None:
            return ""
        local = datetime.fromtimestamp(moment, ZoneInfo(self.zone))
        return f"{local:%a} {local.day} {local:%B %Y, %H:%M} ({self.zone})"

    def left(self, times: Sequence[float], more: int, now: float) -> tuple[int | None, float | None]:
        """Attempts that are left (None: no limit), and if none is, when there will be one.

        `times` are those of the hand-ins so far, refused ones and our own faults not among them; `more` is how many
        the instructor has given beside the policy.
        """
        if not self.attempts:
            return None, None
        free = self.attempts + more - len(times)
        if free > 0 or not self.hours:
            return max(free, 0), None
        again = max(times) + self.hours * HOUR_S
        return (1, None) if now >= again else (0, again)

    def check(self, terms: Terms, times: Sequence[float], more: int, now: float) -> None:
        """Raises SubmissionError, with what to do, if a student may not hand in now."""
        if terms.opens is not None and now < terms.opens:
            raise SubmissionError(f"This lesson opens on {self.words(terms.opens)}. Hand in then.")
        if terms.closes is not None and now > terms.closes:
            raise SubmissionError(
                f"This lesson closed on {self.words(terms.closes)}. Ask your instructor for an extension."
            )
        left, again = self.left(times, more, now)
        if left == 0 and again is not None:
            raise SubmissionError(f"You have used your attempts. The next one is on {self.words(again)}.")
        if left == 0:
            raise SubmissionError("You have used your attempts. Ask your instructor for another one.")


def load(course: Course, path: Path | None = None) -> Policy:
    """The policy of a course. Raises CourseError, naming the key, if its file is not as it must be."""
    if path is None and not (course.root / FILE).exists():
        return Policy()
    path = path or course.root / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        lessons = raw.pop("lesson", {})
        policy = Policy(**{name: _value(name, value) for name, value in raw.items()})
        zone = ZoneInfo(policy.zone)
        course.choose(list(lessons))
        terms = {name: _terms(entry, zone) for name, entry in lessons.items()}
        return replace(policy, lessons=terms)
    except (ZoneInfoNotFoundError, OSError, ValueError, TypeError, AttributeError) as err:
        raise CourseError(f"{path}: {err}; see grader/service/policy.py for what it may say") from err


def _value(name: str, value: Any) -> Any:
    if name in CHOICES and value not in CHOICES[name]:
        raise ValueError(f"{name} is {value!r}, but may be {' or '.join(CHOICES[name])}")
    if name in ("attempts", "hours") and (
        isinstance(value, bool) or not isinstance(value, int | float) or value < 0
    ):
        raise ValueError(f"{name} is {value!r}, but has to be a number from 0 on")
    return value


def _terms(entry: dict[str, Any], zone: ZoneInfo) -> Terms:
    moments = {}
    for name, value in entry.items():
        if not isinstance(value, datetime):
            raise ValueError(f"{name} = {value!r} is no time like 2026-03-03T23:59:00")
        moments[name] = (value if value.tzinfo else value.replace(tzinfo=zone)).timestamp()
    return Terms(**moments)
