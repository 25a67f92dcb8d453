"""`grader written`: the answers to a lesson's written question side by side in a spreadsheet, and the points back.

grades/autograded ──▶ one row a distinct answer ──▶ points and comments ──▶ the gradebook, for each student
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..course import Cell, Course
from ..errors import CourseError
from ..records.grades import Grades
from ..records.opening import named, opened
from ..records.penalties import rule_of
from ..records.record import only_writer
from ..views import byhand
from .answers import guarded, one_word, question_of, read_answers, unguarded
from .points import Decision, as_typed, give, groups, mark_of, others, points_in
from .sheets import Sheet, read_sheet, write_sheet

COLUMNS = ("group", "students", "count", "answer", "points", "comment")
RUBRIC = "rubric"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("lesson", metavar="LESSON")
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--to", type=Path, metavar="FILE.csv", help="write it; default: grades/written-LESSON.csv"
    )
    way.add_argument("--from", dest="source", type=Path, metavar="FILE.csv", help="read it back, filled in")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument("--question", metavar="ID", help="which written question, if there are several")
    parser.add_argument("--grades", type=Path, metavar="DIR", help="default: grades in the course")
    parser.add_argument("--db", metavar="URL", help="the gradebook, if it is not grades/gradebook.db")


def run(args: argparse.Namespace, course: Course) -> int:
    """Writes the sheet or reads it; 1 if a notebook could not be read or a row was left out."""
    course.choose([args.lesson])
    question = question_of(course.lesson(args.lesson), args.question)
    grades = Grades(args.grades or course.grades)
    url = named(args.db, grades.gradebook)
    if not any((grades.root / "autograded").glob(f"*/{args.lesson}/{args.lesson}.ipynb")):
        raise CourseError(
            f"{args.lesson}: nobody is graded in {grades.root}; run 'grader grade {args.lesson}'"
        )
    if args.source:
        return _take(args.source, args.lesson, question, grades, url, course.root)
    path = args.to or grades.root / f"written-{args.lesson}.csv"
    if path.exists() and not args.force:
        raise CourseError(
            f"{path} is there already, perhaps with points that are not read yet: read it with --from, "
            "name another with --to, or write over it with --force"
        )
    return _give(path, args.lesson, question, grades, url)


def _give(path: Path, lesson: str, question: Cell, grades: Grades, url: str) -> int:
    answers, damaged = read_answers(grades, lesson, question)
    hands = byhand.read(url, lesson)
    rows = list(_rows(question, answers, hands))
    write_sheet(path, COLUMNS, rows, Sheet((), (), mark=True))  # without the mark, Excel takes it for Latin-1
    print(f"{question.id}, {question.points:g} points. Rubric:\n\n{question.unmarked.strip()}\n")
    print(
        f"{len(rows) - 1} distinct answers, {len(answers)} students: {path}\nFill in points (0 to "
        f"{question.points:g}) and comment, then run 'grader written {lesson} --from {path}'"
    )
    return _say_damaged(lesson, damaged)


def _rows(
    question: Cell, answers: Mapping[str, str], hands: Mapping[str, byhand.ByHand]
) -> Iterator[dict[str, str]]:
    """The rubric, then a row for each distinct answer; what all its students have already is filled in."""
    head = ("", "", guarded(question.unmarked.strip()), f"of {question.points:g}", "")
    yield dict(zip(COLUMNS, (RUBRIC, *head), strict=True))
    for number, group in enumerate(groups(question, answers, hands), 1):
        row = (
            str(number),
            guarded(" ".join(map(one_word, group.students))),
            str(len(group.students)),
            guarded(group.answer),
            as_typed(group.agreed_points),
            guarded(group.agreed_comment),
        )
        yield dict(zip(COLUMNS, row, strict=True))


def _take(path: Path, lesson: str, question: Cell, grades: Grades, url: str, root: Path) -> int:
    sheet = read_sheet(path, ("group", "students", "answer", "points", "comment"))
    with only_writer(grades.root), opened(url) as gradebook:
        answers, damaged = read_answers(grades, lesson, question)
        decisions, wrong = _Rows(sheet, question, answers).decisions()
        given = give(gradebook, lesson, question.id, decisions, rule_of(root))
        gradebook.db.commit()
    for decision, student in given.absent:
        wrong.append(
            f"{decisions[decision]}: {student} has no row in the gradebook; run 'grader grade {lesson}'"
        )
    for line in wrong:
        print(f"{path}: {line}; nothing of this row was written", file=sys.stderr)
    again = f" ({given.before} of them had other points before)" if given.before else ""
    print(f"{lesson}: points or comments of {given.changed} students written{again}")
    if left := len(answers) - given.decided:
        print(f"{left} students of the lesson have no points from this file")
    for change in given.penalties:
        print(f"{change.student}, {lesson}: late penalty {change.before:g} before, {change.after:g} now")
    return _say_damaged(lesson, damaged) or int(bool(wrong))


class _Rows:
    """The rows of a sheet that was filled in, judged one by one."""

    def __init__(self, sheet: Sheet, question: Cell, answers: Mapping[str, str]) -> None:
        self._sheet, self._question, self._answers = sheet, question, answers
        self._ids = {one_word(student): student for student in answers}
        self._times = Counter(word for row in sheet.rows for word in self._words(row))

    def decisions(self) -> tuple[dict[Decision, str], list[str]]:
        """What each row decides, with where it stands; and what is wrong with the others."""
        good, wrong = dict[Decision, str](), list[str]()
        for number, row in enumerate(self._sheet.rows, 2):
            where = f"row {number} (group {row['group'].strip() or '?'})"
            filled = row["points"].strip() or row["comment"].strip()
            if row["group"].strip().casefold() == RUBRIC or not filled:
                continue
            try:
                good[self._decision(row)] = where
            except CourseError as err:
                wrong.append(f"{where}: {err}")
        return good, wrong

    def _decision(self, row: Mapping[str, str]) -> Decision:
        words = self._words(row)
        if not words:
            raise CourseError("it names no student")
        if unknown := [word for word in words if word not in self._ids]:
            raise CourseError(f"nobody graded is called {', '.join(unknown)}")
        if twice := [word for word in words if self._times[word] > 1]:
            raise CourseError(f"{', '.join(dict.fromkeys(twice))} stands in the file more than once")
        students = tuple(self._ids[word] for word in words)
        if other := others(students, mark_of(unguarded(row["answer"])), self._answers):
            raise CourseError(
                f"the answer of {', '.join(other)} is no longer the one in this row; write the sheet again with --to"
            )
        comment = unguarded(row["comment"]).replace("\r\n", "\n").strip()
        return Decision(students, points_in(row["points"], self._question.points), comment or None)

    @staticmethod
    def _words(row: Mapping[str, str]) -> list[str]:
        return unguarded(row["students"].strip()).split()


def _say_damaged(lesson: str, students: Iterable[str]) -> int:
    for student in students:
        print(
            f"{student}, {lesson}: the graded notebook cannot be read; run 'grader grade {lesson} --force'",
            file=sys.stderr,
        )
    return int(bool(students))
