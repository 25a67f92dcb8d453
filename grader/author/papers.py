"""What students of the sample class do with a released notebook: one function a habit, from perfect to empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..course import Cell, Lesson
from ..exercises import Slip, slips

WRITTEN = "I compared both runs and explain the difference by the size of the weights."

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Paper:
    """What one student hands in for one lesson: the notebook being written, and the lesson it answers."""

    lesson: Lesson
    notebook: Notebook
    turn: int = 0

    def cell(self, cell_id: str) -> Notebook:
        """The notebook's cell that has this id in our release."""
        found: Notebook = next(cell for cell in self.notebook["cells"] if cell["id"] == cell_id)
        return found

    def write(self, cell_id: str, source: str) -> None:
        """Type `source` into a cell."""
        self.cell(cell_id)["source"] = source

    def insert(self, before: str, source: str) -> None:
        """Add a code cell of the student's own."""
        place = self.notebook["cells"].index(self.cell(before))
        cell: Notebook = {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        cell["id"] = f"own-{place}"
        self.notebook["cells"].insert(place, cell)

    @property
    def answers(self) -> list[Cell]:
        """The lesson's answer cells, in order."""
        return [cell for cell in self.lesson.cells if cell.role == "answer"]

    def answer(self, cells: list[Cell] | None = None) -> None:
        """Answer these cells (all by default) as the reference does, and the written question."""
        for cell in self.answers if cells is None else cells:
            self.write(cell.id, right(cell))
        for cell in self.lesson.cells:
            if cell.role == "written" and cells is None:
                self.write(cell.id, WRITTEN)

    def mistakes(self) -> list[Slip]:
        """The known wrong answers of this lesson, another order for each turn of the class."""
        table = slips(self.lesson.course, self.lesson.name)
        start = (5 * self.turn) % max(len(table), 1)
        return list(table[start:] + table[:start])


def right(cell: Cell) -> str:
    """The reference answer, as a student would leave the cell."""
    return cell.unmarked


def perfect(paper: Paper) -> None:
    paper.answer()


def untouched(paper: Paper) -> None:
    """Handed in as it was fetched."""


def half_done(paper: Paper) -> None:
    paper.answer(paper.answers[: (len(paper.answers) + 1) // 2])


def one_slip(paper: Paper) -> None:
    paper.answer()
    for mistake in paper.mistakes()[:1]:
        paper.write(mistake.function, mistake.source)


def many_slips(paper: Paper) -> None:
    paper.answer()
    for mistake in reversed(paper.mistakes()):
        paper.write(mistake.function, mistake.source)


def own_cells(paper: Paper) -> None:
    """Splits an answer: the body lives in a helper of a cell the student added."""
    paper.answer()
    for cell in paper.answers[:2]:
        own = right(cell).replace(f"def {cell.function}(", f"def my_{cell.function}(", 1)
        paper.insert(cell.id, own)
        paper.write(
            cell.id,
            f"def {cell.function}(*args, **kwargs):\n    return my_{cell.function}(*args, **kwargs)\n",
        )


def tampers(paper: Paper) -> None:
    """Leaves an answer out, empties its visible check and deletes the hidden one."""
    paper.answer(paper.answers[1:])
    function = paper.answers[0].function
    paper.write(f"{function}_visible", "assert True")
    paper.notebook["cells"].remove(paper.cell(f"{function}_hidden"))


def noisy(paper: Paper) -> None:
    """Right, but each answer prints and warns."""
    paper.answer()
    for cell in paper.answers:
        lines = right(cell).rstrip("\n")
        paper.write(
            cell.id,
            f"import warnings\n\n{lines}\n\nprint('done', '=' * 500)\nwarnings.warn('is this right?')\n",
        )


def endless(paper: Paper) -> None:
    """Right in the first lessons; in the last one an answer waits for something that never comes."""
    paper.answer()
    if paper.lesson.name != paper.lesson.course.lessons[-1]:
        return
    cell = paper.answers[-1]
    paper.write(cell.id, _with_body(cell, "while True:\n        pass"))


def half_precision(paper: Paper) -> None:
    """Rounds every array to 32 bits before it is returned."""
    paper.answer()
    paper.insert(paper.answers[0].id, SINGLE)
    for cell in paper.answers:
        paper.write(cell.id, f"@single\n{right(cell)}")


SINGLE = """def single(function):
    def shrink(value):
        if isinstance(value, dict):
            return {key: shrink(part) for key, part in value.items()}
        if isinstance(value, tuple):
            return tuple(shrink(part) for part in value)
        return value.astype("float32") if getattr(value, "dtype", None) == "float64" else value
    return lambda *args, **kwargs: shrink(function(*args, **kwargs))
"""


def retyped(paper: Paper) -> None:
    """Copied every cell into a new notebook: no metadata is left."""
    paper.answer()
    for number, cell in enumerate(paper.notebook["cells"]):
        cell["metadata"] = {}
        cell["id"] = f"cell-{number}"


def typo(paper: Paper) -> None:
    paper.answer()
    cell = paper.answers[0]
    paper.write(cell.id, right(cell).replace("):\n", ")\n", 1))


def gives_up(paper: Paper) -> None:
    """Writes text instead of code, and ends Python in a cell of its own."""
    paper.answer(paper.answers[:-1])
    paper.insert(paper.answers[-1].id, "raise SystemExit('enough for today')")


def cut_off(paper: Paper) -> None:
    """The upload stopped half way; `_bytes` cuts the file."""
    paper.answer()
    paper.notebook["metadata"]["cut_off"] = True


def _with_body(cell: Cell, body: str) -> str:
    """The answer's signature and docstring with another body."""
    stub = "# YOUR CODE HERE\n    raise NotImplementedError()"
    return cell.release.replace(stub, body)
