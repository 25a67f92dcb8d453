"""`grader written`: the answers to a lesson's written question side by side in a spreadsheet, and the points back.

grades/autograded ──▶ one row a distinct answer ──▶ points and comments ──▶ the gradebook, for each student
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..course import Cell, Course
from ..errors import CourseError
from ..records.grades import Grades
from ..records.opening import opened
from ..records.penalties import refresh, rule_of
from ..records.record import only_writer
from ..views import byhand
from .answers import distinct, guarded, one_word, question_of, read_answers, rubric, same, unguarded
from .sheets import Sheet, as_number, read_sheet, write_sheet

COLUMNS = ("group", "students", "count", "answer", "points", "comment")
RUBRIC = "rubric"


@dataclass(frozen=True)
class Decision:
    """What one row gives to its students; None leaves what the gradebook has."""

    students: tuple[str, ...]
    points: float | None
    comment: str | None


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
    url = args.db or grades.gradebook
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
    print(f"{question.id}, {question.points:g} points. Rubric:\n\n{rubric(question)}\n")
    print(
        f"{len(rows) - 1} distinct answers, {len(answers)} students: {path}\nFill in points (0 to "
        f"{question.points:g}) and comment, then run 'grader written {lesson} --from {path}'"
    )
    return _say_damaged(lesson, damaged)


def _rows(
    question: Cell, answers: Mapping[str, str], hands: Mapping[str, byhand.ByHand]
) -> Iterator[dict[str, str]]:
    """The rubric, then a row for each distinct answer; what all its students have already is filled in."""
    head = ("", "", guarded(rubric(question)), f"of {question.points:g}", "")
    yield dict(zip(COLUMNS, (RUBRIC, *head), strict=True))
    for number, (answer, students) in enumerate(distinct(answers), 1):
        have = [hands.get(student, byhand.ByHand()) for student in students]
        # Points that wait to be looked at again were given to another answer.
        given = [None if question.id in hand.waiting else hand.points.get(question.id) for hand in have]
        said = [hand.comments.get(question.id, "") for hand in have]
        row = (
            str(number),
            guarded(" ".join(map(one_word, students))),
            str(len(students)),
            guarded(answer),
            _as_text(given[0]) if len(set(given)) == 1 else "",
            guarded(said[0]) if len(set(said)) == 1 else "",
        )
        yield dict(zip(COLUMNS, row, strict=True))


def _as_text(points: float | None) -> str:
    """Points with all their digits: read back they are the same."""
    return "" if points is None else repr(points).removesuffix(".0")


def _take(path: Path, lesson: str, question: Cell, grades: Grades, url: str, root: Path) -> int:
    from nbgrader import api

    sheet = read_sheet(path, ("group", "students", "answer", "points", "comment"))
    with only_writer(grades.root), opened(url) as gradebook:
        answers, damaged = read_answers(grades, lesson, question)
        decisions, wrong = _Rows(sheet, question, answers).decisions()
        changed, before, decided = 0, 0, 0
        for where, decision in decisions:
            places = _places(gradebook, lesson, question.id, decision.students)
            if isinstance(places, str):
                wrong.append(f"{where}: {places} has no row in the gradebook; run 'grader grade {lesson}'")
                continue
            before += sum(_had_others(grade, decision.points) for grade, _ in places)
            decided += len(places) if decision.points is not None else 0
            changed += sum([_put(grade, comment, decision) for grade, comment in places])
        gradebook.db.flush()
        done = refresh(gradebook.db, api, rule_of(root), [lesson])
        gradebook.db.commit()
    for line in wrong:
        print(f"{path}: {line}; nothing of this row was written", file=sys.stderr)
    again = f" ({before} of them had other points before)" if before else ""
    print(f"{lesson}: points or comments of {changed} students written{again}")
    if left := len(answers) - decided:
        print(f"{left} students of the lesson have no points from this file")
    for change in done.changes:
        print(f"{change.student}, {lesson}: late penalty {change.before:g} before, {change.after:g} now")
    return _say_damaged(lesson, damaged) or int(bool(wrong))


class _Rows:
    """The rows of a sheet that was filled in, judged one by one."""

    def __init__(self, sheet: Sheet, question: Cell, answers: Mapping[str, str]) -> None:
        self._sheet, self._question, self._answers = sheet, question, answers
        self._ids = {one_word(student): student for student in answers}
        self._times = Counter(word for row in sheet.rows for word in self._words(row))

    def decisions(self) -> tuple[list[tuple[str, Decision]], list[str]]:
        """What each row decides, with where it stands; and what is wrong with the others."""
        good, wrong = [], []
        for number, row in enumerate(self._sheet.rows, 2):
            where = f"row {number} (group {row['group'].strip() or '?'})"
            filled = row["points"].strip() or row["comment"].strip()
            if row["group"].strip().casefold() == RUBRIC or not filled:
                continue
            try:
                decision = self._decision(row)
            except CourseError as err:
                wrong.append(f"{where}: {err}")
                continue
            good.append((where, decision))
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
        read = same(unguarded(row["answer"]))
        if other := [student for student in students if same(self._answers[student]) != read]:
            raise CourseError(
                f"the answer of {', '.join(other)} is no longer the one in this row; write the sheet again with --to"
            )
        comment = unguarded(row["comment"]).replace("\r\n", "\n").strip()
        return Decision(students, self._points(row["points"]), comment or None)

    def _points(self, text: str) -> float | None:
        if not text.strip():
            return None
        try:
            value = as_number(text, "points")
        except CourseError:
            value = math.nan
        if not 0 <= value <= self._question.points:  # NaN is not
            raise CourseError(f"points {text!r} are no number from 0 to {self._question.points:g}")
        return value

    @staticmethod
    def _words(row: Mapping[str, str]) -> list[str]:
        return unguarded(row["students"].strip()).split()


def _places(gradebook: Any, lesson: str, cell: str, students: Iterable[str]) -> list[tuple[Any, Any]] | str:
    """Each student's grade and comment in the gradebook; or the first student who has none."""
    from nbgrader.api import MissingEntry

    places = []
    for student in students:
        try:
            grade = gradebook.find_grade(cell, lesson, lesson, student)
            places.append((grade, gradebook.find_comment(cell, lesson, lesson, student)))
        except MissingEntry:
            return student
    return places


def _had_others(grade: Any, points: float | None) -> bool:
    return points is not None and grade.manual_score is not None and grade.manual_score != points


def _put(grade: Any, comment: Any, decision: Decision) -> bool:
    """Gives one student what a row decides; whether that changes anything."""
    before = (grade.manual_score, grade.needs_manual_grade, comment.manual_comment)
    if decision.points is not None:
        grade.manual_score, grade.needs_manual_grade = decision.points, False
    if decision.comment is not None:
        comment.manual_comment = decision.comment
    return before != (grade.manual_score, grade.needs_manual_grade, comment.manual_comment)


def _say_damaged(lesson: str, students: Iterable[str]) -> int:
    for student in students:
        print(
            f"{student}, {lesson}: the graded notebook cannot be read; run 'grader grade {lesson} --force'",
            file=sys.stderr,
        )
    return int(bool(students))
