"""What the gradebook is to hold of one submission, and where its rows stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """What goes into the gradebook for one submission.

    `scores` maps each graded cell to its automatic points, None where a human has to grade. `unanswered` are
    the solution cells left as released. `changed` is asked only if a human has graded before: which solution
    cells' texts differ from those that were recorded last.
    """

    student: str
    timestamp: datetime | None
    scores: Mapping[str, float | None]
    unanswered: frozenset[str]
    changed: Callable[[], frozenset[str]] = field(compare=False)


@dataclass(frozen=True)
class Ids:
    """A lesson's rows in the gradebook: its assignment, its notebook, and its cells by name."""

    assignment: str
    notebook: str
    duedate: datetime | None
    grades: dict[str, str]
    solutions: dict[str, str]
    deciding: dict[str, str]  # graded cell -> the solution cell it judges
