"""A sample class: students who each do one thing that real students do, from a perfect paper to an empty one.

Everything is made from the released notebooks, the reference solutions and the table of misconceptions, so the
class follows the course wherever it goes. The same call writes the same bytes.
"""

from __future__ import annotations

import argparse
import copy
import csv
import importlib
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .course import LESSONS, ROOT, Cell, Lesson, load_lesson
from .misconceptions import Misconception

ON_TIME, LATE = "2026-03-02 10:00:00 UTC", "2026-03-11 09:30:00 UTC"
WRITTEN = "I compared both runs and explain the difference by the size of the weights."
MARKERS = re.compile(r"^\s*### (BEGIN|END) SOLUTION.*\n?", re.MULTILINE)

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

    def mistakes(self) -> list[Misconception]:
        """The known wrong answers of this lesson, another order for each turn of the class."""
        try:
            table = importlib.import_module(f"grader.misconceptions.{self.lesson.name}").MISCONCEPTIONS
        except ModuleNotFoundError:
            return []
        start = (5 * self.turn) % max(len(table), 1)
        return list(table[start:] + table[:start])


def right(cell: Cell) -> str:
    """The reference answer, as a student would leave the cell."""
    return MARKERS.sub("", cell.source)


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
    paper.answer()
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


@dataclass(frozen=True)
class Student:
    """One student: the folder's name, a name for the roster, and what he or she does in every lesson."""

    id: str
    first_name: str
    last_name: str
    story: str
    does: Callable[[Paper], None]
    stamp: str = ON_TIME


CLASS = (
    Student("amara", "Amara", "Obi", "answers everything right", perfect),
    Student("bjorn", "Björn", "Åkesson", "hands the notebook in as he fetched it", untouched),
    Student("chiara", "Chiara", "Fontana", "makes one common slip in each lesson", one_slip),
    Student("dmitri", "Dmitri", "Volkov", "has a misconception about every function", many_slips),
    Student("elif", "Elif", "Demir", "answers the first half and runs out of time", half_done),
    Student("farid", "Farid", "Nazari", "keeps helper functions in cells of his own", own_cells),
    Student("grace", "Grace", "Mutua", "empties one check and deletes another", tampers),
    Student("hiro", "Hiro", "Tanaka", "prints pages and raises warnings, and is right", noisy),
    Student("ines", "Inês", "Lopes", "is right but for a loop that never ends", endless),
    Student("jonas", "Jonas", "Weber", "rounds everything to 32 bits", half_precision),
    Student("kavya", "Kavya", "Rao", "retypes the notebook, so its metadata is lost", retyped),
    Student("liam", "Liam", "Byrne", "forgets a colon in the first answer", typo),
    Student("maren", "Maren", "Holm", "answers everything right, nine days late", perfect, LATE),
    Student("noor", "Noor", "Haddad", "leaves Python before the last answer", gives_up),
    Student("olga", "Ольга", "Петрова", "uploads half a file", cut_off),
    Student("zoë-李", "Zoë", "李", "answers everything right, under a name in two scripts", perfect),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument(
        "--students", type=int, default=len(CLASS), metavar="N", help="class size (default: %(default)s)"
    )
    parser.add_argument(
        "--submissions", type=Path, default=ROOT / "submissions", metavar="DIR", help="where to"
    )
    parser.add_argument(
        "--lesson", action="append", choices=LESSONS, help="only this lesson; may be repeated"
    )


def run(args: argparse.Namespace) -> int:
    """Write the class and say who is in it."""
    lessons = tuple(args.lesson or LESSONS)
    count = write_class(args.submissions, args.students, lessons)
    for student in CLASS[: args.students]:
        print(f"  {student.id:8} {student.story}")
    print(f"{count} submissions of {args.students} students in {args.submissions}")
    return 0


def write_class(
    submissions: Path, students: int = len(CLASS), lessons: tuple[str, ...] = LESSONS, root: Path = ROOT
) -> int:
    """Write a class of any size below `submissions`, with its roster.csv; return how many notebooks that is.

    After the sixteen of CLASS the stories start again under numbered names, with other misconceptions.
    """
    loaded = [load_lesson(name, root) for name in lessons]
    count = 0
    for student, turn in _students(students):
        for lesson in loaded:
            folder = submissions / student.id / lesson.name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{lesson.name}.ipynb").write_bytes(notebook(student, lesson, turn))
            (folder / "timestamp.txt").write_text(student.stamp, encoding="utf-8")
            count += 1
    (submissions / "roster.csv").write_text(roster(students), encoding="utf-8")
    return count


def notebook(student: Student, lesson: Lesson, turn: int = 0) -> bytes:
    """The file that a student hands in for a lesson."""
    paper = Paper(lesson, copy.deepcopy(lesson.release), turn)
    student.does(paper)
    broken = paper.notebook["metadata"].pop("cut_off", False)
    content = json.dumps(paper.notebook, indent=1, ensure_ascii=False).encode()
    return content[: len(content) // 2] if broken else content


def roster(students: int = len(CLASS)) -> str:
    """The class list that `nbgrader db student import` reads."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["id", "first_name", "last_name", "email"])
    for student, turn in _students(students):
        name = student.id.split("-")[0].replace("ë", "e")
        email = f"{name}{turn or ''}@example.org"
        table.writerow([student.id, student.first_name, student.last_name, email])
    return text.getvalue()


def _students(count: int) -> Iterator[tuple[Student, int]]:
    for number in range(count):
        turn, place = divmod(number, len(CLASS))
        student = CLASS[place]
        name = f"{student.id}-{turn:04}" if turn else student.id
        yield (
            Student(name, student.first_name, student.last_name, student.story, student.does, student.stamp),
            turn,
        )
