"""A sample class: students who each do one thing that real students do, from a perfect paper to an empty one.

Everything is made from the released notebooks, the reference solutions and the table of misconceptions, so the
class follows the course wherever it goes. The same call writes the same bytes.
"""

from __future__ import annotations

import argparse
import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..course import Course, Lesson
from ..errors import CourseError
from . import papers
from .papers import Paper

ON_TIME, LATE = "2026-03-02 10:00:00 UTC", "2026-03-11 09:30:00 UTC"


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
    Student("amara", "Amara", "Obi", "answers everything right", papers.perfect),
    Student("bjorn", "Björn", "Åkesson", "hands the notebook in as he fetched it", papers.untouched),
    Student("chiara", "Chiara", "Fontana", "makes one common slip in each lesson", papers.one_slip),
    Student("dmitri", "Dmitri", "Volkov", "has a misconception about every function", papers.many_slips),
    Student("elif", "Elif", "Demir", "answers the first half and runs out of time", papers.half_done),
    Student("farid", "Farid", "Nazari", "keeps helper functions in cells of his own", papers.own_cells),
    Student("grace", "Grace", "Mutua", "empties one check and deletes another", papers.tampers),
    Student("hiro", "Hiro", "Tanaka", "prints pages and raises warnings, and is right", papers.noisy),
    Student("ines", "Inês", "Lopes", "is right until a loop in the last lesson never ends", papers.endless),
    Student("jonas", "Jonas", "Weber", "rounds everything to 32 bits", papers.half_precision),
    Student("kavya", "Kavya", "Rao", "retypes the notebook, so its metadata is lost", papers.retyped),
    Student("liam", "Liam", "Byrne", "forgets a colon in the first answer", papers.typo),
    Student("maren", "Maren", "Holm", "answers everything right, nine days late", papers.perfect, LATE),
    Student("noor", "Noor", "Haddad", "leaves Python before the last answer", papers.gives_up),
    Student("olga", "Ольга", "Петрова", "uploads half a file", papers.cut_off),
    Student("zoë-李", "Zoë", "李", "answers everything right, under a name in two scripts", papers.perfect),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument(
        "--students", type=int, default=len(CLASS), metavar="N", help="class size (default: %(default)s)"
    )
    parser.add_argument("--submissions", type=Path, metavar="DIR", help="where to")
    parser.add_argument("--lesson", action="append", default=[], help="only this lesson; may be repeated")


def run(args: argparse.Namespace, course: Course) -> int:
    """Write the class and say who is in it."""
    if args.students < 1:
        raise CourseError(f"--students is {args.students}, expected a class of at least 1")
    folder = args.submissions or course.submissions
    count = write_class(course, folder, args.students, course.choose(args.lesson))
    for student in CLASS[: args.students]:
        print(f"  {student.id:8} {student.story}")
    print(f"{count} submissions of {args.students} students in {folder}")
    return 0


def write_class(
    course: Course, submissions: Path, students: int = len(CLASS), lessons: tuple[str, ...] = ()
) -> int:
    """Write a class of any size below `submissions`, with its roster.csv; return how many notebooks that is.

    After the sixteen of CLASS the stories start again under numbered names, with other misconceptions.

    Raises
    ------
    CourseError
        If the folder holds anyone else's work: a sample must not mix with a class.
    """
    _refuse_strangers(submissions)
    loaded = [course.lesson(name) for name in lessons or course.lessons]
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


def _refuse_strangers(submissions: Path) -> None:
    ours = {student.id for student in CLASS}
    folders = [path.name for path in submissions.glob("*") if path.is_dir()]
    strangers = sorted(name for name in folders if re.sub(r"-\d{4,}$", "", name) not in ours)
    if strangers:
        raise CourseError(
            f"{submissions} holds the work of {strangers[0]}; name another folder with --submissions"
        )


def _students(count: int) -> Iterator[tuple[Student, int]]:
    for number in range(count):
        turn, place = divmod(number, len(CLASS))
        student = CLASS[place]
        name = f"{student.id}-{turn:04}" if turn else student.id
        yield (
            Student(name, student.first_name, student.last_name, student.story, student.does, student.stamp),
            turn,
        )
