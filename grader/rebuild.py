"""Our release with the student's work put in: what the rooms run.

From the student come only the sources of answer cells, of unlocked cells they edited, and of cells they added.
Metadata, tags, outputs, kernels, locked cells, checks and points come from us.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .course import Lesson, Role


@dataclass(frozen=True)
class RoomCell:
    """One cell as the rooms get it.

    `role` is the role of our cell, or "added" for a cell that the student wrote. `origin` says whose text
    `source` is: "student" for added cells, and for our unlocked cells (answer, free, experiment, written, text)
    that the student changed; else "ours". So an untouched stub is an answer of origin "ours", and an untouched
    experiment an experiment of origin "ours". Checks and given cells are always ours. A check's source is that
    of the solution notebook, hidden part included; an answer's never is.
    """

    id: str
    kind: Literal["code", "markdown"]
    role: Role | Literal["added"]
    source: str
    function: str | None
    points: float
    origin: Literal["ours", "student"]


@dataclass(frozen=True)
class Rebuilt:
    """A submission put right: its cells in the order to run, and what had to be put right, a sentence each."""

    cells: tuple[RoomCell, ...]
    restored: tuple[str, ...] = ()


def rebuild(lesson: Lesson, notebook: bytes) -> Rebuilt:
    """The lesson's cells with the student's answers, edits and added cells in their places.

    Raises
    ------
    SubmissionError
        If `notebook` cannot be read as a notebook at all; the text is for the student.
    """
    raise NotImplementedError
