"""The bank of right answers, one module a lesson: every one must get full marks, whatever its style."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """One right answer.

    `source` is the text of an answer cell; `extra_cells` are cells that the student added before it.
    """

    name: str
    function: str
    source: str
    extra_cells: tuple[str, ...] = ()
