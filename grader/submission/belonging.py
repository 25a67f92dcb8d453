"""Whether a notebook is of a lesson, told by what stands in it and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..course import Cell, Lesson
from ..errors import SubmissionError
from .matching import Matches, lines, match, unanswered
from .notebook import MAX_CELLS, StudentCell, opened

_PARAMETER = re.compile(r"(\w+)[ \t]*(?::[^,=()]*)?(?:=[^,()]*)?(?:,|$)")


@dataclass(frozen=True)
class Belonging:
    """How much of a lesson is in a notebook.

    `recognised`: our check and answer cells, known by name or text. `found`: functions defined in other cells.
    `fitting`: those of them whose parameters are named as ours. `answered`: functions that are no stub any more.
    """

    recognised: int
    found: int
    fitting: int
    answered: int
    functions: int

    @property
    def is_of(self) -> bool:
        """One function of a common name does not make a notebook of ours; its parameters, or half of all, do."""
        return bool(self.recognised or self.fitting or self.found and 2 * self.found >= self.functions)

    @property
    def weight(self) -> tuple[int, int]:
        """The greater, the more of the lesson is there."""
        return (self.recognised + self.found, self.fitting) if self.is_of else (0, 0)


def belonging(ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches) -> Belonging:
    """How much of the lesson with cells `ours` is in the notebook with cells `theirs`."""
    answers = [index for index, cell in enumerate(ours) if cell.role == "answer" and cell.function]
    checks = [index for index, cell in enumerate(ours) if cell.role == "check"]
    found = [index for index in answers if index in matches.found]
    answered = 0
    for index in answers:
        at = matches.found.get(index, matches.chosen.get(index))
        if at is not None and lines(theirs[at].source) != lines(ours[index].release):
            answered += not unanswered(theirs[at].source)
    return Belonging(
        recognised=sum(index in matches.chosen for index in checks)
        + sum(
            _is_ours(ours[index], theirs[matches.chosen[index]])
            for index in answers
            if index in matches.chosen
        ),
        found=len(found),
        fitting=sum(_fits(ours[index], theirs[matches.found[index]].source) for index in found),
        answered=answered,
        functions=len(answers),
    )


def _is_ours(cell: Cell, student: StudentCell) -> bool:
    """Whether an answer cell that bears our name is ours: another course may use the name too."""
    return lines(student.source) == lines(cell.release) or _fits(cell, student.source)


def belonging_of(lesson: Lesson, notebook: bytes) -> Belonging:
    """How much of a lesson is in a file. Raises SubmissionError if it cannot be read as a notebook."""
    theirs = chosen_cells(lesson.cells, opened(notebook).cells)
    return belonging(lesson.cells, theirs, match(lesson.cells, theirs))


def chosen_cells(ours: Sequence[Cell], theirs: Sequence[StudentCell]) -> tuple[StudentCell, ...]:
    """The cells that are looked at: all, or of too many those that are ours or may hold an answer, and the first."""
    if len(theirs) <= MAX_CELLS:
        return tuple(theirs)
    names = {cell.id for cell in ours}
    words = [cell.function for cell in ours if cell.role == "answer" and cell.function]
    wanted = [
        index
        for index, cell in enumerate(theirs)
        if cell.grade_id in names or cell.id in names or any(word in cell.source for word in words)
    ]
    if len(wanted) > MAX_CELLS:
        raise SubmissionError(f"the notebook has {len(theirs)} cells; at most {MAX_CELLS} can be graded")
    kept = set(wanted)
    for index in range(len(theirs)):
        if len(kept) >= MAX_CELLS:
            break
        kept.add(index)
    return tuple(theirs[index] for index in sorted(kept))


def lessons_of(lessons: Iterable[Lesson], notebook: bytes) -> list[str]:
    """The lessons that a file is of, by its content: one, none, or several that fit alike.

    Raises
    ------
    SubmissionError
        If it cannot be read as a notebook.
    """
    weights = {lesson.name: belonging_of(lesson, notebook).weight for lesson in lessons}
    most = max(weights.values(), default=(0, 0))
    return [name for name, weight in weights.items() if weight == most > (0, 0)]


def _fits(cell: Cell, source: str) -> bool:
    """Whether a student's function takes parameters of the same names as ours, in the same order."""
    wanted = _parameters(cell.release, cell.function or "")
    got = _parameters(source, cell.function or "")
    return bool(wanted) and got[: len(wanted)] == wanted


def _parameters(source: str, function: str) -> list[str]:
    head = re.search(
        rf"\bdef[ \t\u00a0]+{re.escape(function)}[ \t]*\(([^()]{{0,500}}?(?:\([^()]*\)[^()]*)*)\)", source
    )
    return _PARAMETER.findall(head[1].replace("\n", " ")) if head else []
