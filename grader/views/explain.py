"""`grader explain`: everything an instructor needs to answer one student's "why did I lose this?"."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from ..course import Course, Lesson
from ..errors import CourseError
from ..records.grades import Grades
from ..records.opening import named
from ..records.statement import Statement, statements
from ..results import SubmissionResult
from . import byhand
from .inert import plain
from .stories import VERDICTS, FunctionStory, answers, number, stories, to_say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command line of `grader explain`."""
    parser.add_argument("student", metavar="STUDENT")
    parser.add_argument("lesson", metavar="LESSON", help="which of the student's lessons")
    parser.add_argument("function", metavar="FUNCTION", nargs="?", help="only this function")
    parser.add_argument("--grades", type=Path, help="folder of the grades (default: grades in the course)")
    parser.add_argument("--db", metavar="URL", help="the gradebook, if it is not grades/gradebook.db")


def run(args: argparse.Namespace, course: Course) -> int:
    """Print the explanation; exit 1 (as CourseError) if there is no result to explain."""
    course.choose([args.lesson])
    lesson, grades = course.lesson(args.lesson), Grades(args.grades or course.grades)
    if args.function and args.function not in lesson.functions:
        raise CourseError(
            f"{args.lesson} has no function {args.function}; it has {', '.join(lesson.functions)}"
        )
    result = grades.read(args.student, args.lesson)
    hand = byhand.read(named(args.db, grades.gradebook), args.lesson, args.student).get(
        args.student, byhand.ByHand()
    )
    sources = answers(grades, args.student, args.lesson)
    stated = statements(grades, args.db, course.root, [args.lesson]).get((args.student, args.lesson))
    print("\n".join(explain(lesson, result, hand, sources, args.function, stated)))
    return 0


def explain(
    lesson: Lesson,
    result: SubmissionResult,
    hand: byhand.ByHand,
    sources: dict[str, str],
    only: str | None = None,
    stated: Statement | None = None,
) -> list[str]:
    """The lines of an explanation for the instructor; hidden checks are shown, for they are the instructor's own."""
    who = f"{hand.name} ({result.student})" if hand.name else result.student
    counts = [f"what counts: {stated.said}"] if stated else []
    lines = [
        f"{who}, {result.lesson}: {number(result.score)} of {number(result.max_score)} automatic points",
        *counts,
    ]
    if result.status != "graded":
        return [
            f"{who}, {result.lesson}: {result.status}",
            *counts,
            *_indented(result.reason or "no reason was recorded"),
        ]
    if result.restored:
        lines += ["", "Put right before grading:", *(f"  - {plain(line, 300)}" for line in result.restored)]
    told = [story for story in stories(lesson, result, hand) if only in (None, story.name)]
    for story in told:
        if story.verdict != "full" or only:
            lines += ["", *_function(lesson, story, sources.get(story.name, ""))]
    full = [story.name for story in told if story.verdict == "full" and not only]
    if full:
        lines += ["", *_indented("Full points: " + ", ".join(full), "")]
    for cell in lesson.cells:
        if cell.role == "written" and not only:
            lines += ["", *_written(cell.id, cell.points, hand)]
    return lines


def _function(lesson: Lesson, story: FunctionStory, source: str) -> list[str]:
    verdict = VERDICTS[story.verdict][0].lower()
    lines = [f"{story.name}: {number(story.points)} of {number(story.max_points)} points, {verdict}"]
    if story.section:
        lines.append(f"  in the section: {story.section}")
    for check in story.checks:
        kind = "hidden" if check.hidden else "visible"
        by_hand = ", set by hand" if check.by_hand else ""
        lines.append(
            f"  {kind} check  {number(check.points)}/{number(check.max_points)}  {check.word.lower()}{by_hand}"
        )
        lines += _indented(check.message, "      ") if check.message else []
    if story.looks_like:
        lines += _indented(f"Misconception ({story.misconception}): {story.looks_like}")
    if story.verdict != "full":
        lines += ["  What to say:", *_indented(to_say(story), "      ")]
    lines += ["  The answer:", *_code(source)] if source else ["  The answer: not in grades/autograded"]
    for check in story.checks:
        if check.hidden and check.outcome not in ("passed", "unanswered", "not_reached"):
            text = next(cell.source for cell in lesson.cells if cell.id == check.id)
            lines += ["  The hidden check (yours alone, do not pass it on):", *_code(_hidden_part(text))]
    return lines


def _hidden_part(source: str) -> str:
    match = re.search(r"### BEGIN HIDDEN TESTS\n(.*?)\n?### END HIDDEN TESTS", source, re.DOTALL)
    return match[1] if match else source


def _written(cell: str, points: float, hand: byhand.ByHand) -> list[str]:
    if cell in hand.points:
        given = f"{number(hand.points[cell])} of {number(points)} points by hand"
    else:
        given = f"waiting for a person, {number(points)} points"
    comment = _indented(f"Comment: {plain(hand.comments[cell], 2000)}") if cell in hand.comments else []
    return [f"{cell} (written): {given}", *comment]


def _indented(text: str, by: str = "  ") -> list[str]:
    lines: Iterable[str] = plain(text).splitlines() or [""]
    return [
        piece
        for line in lines
        for piece in textwrap.wrap(line, 100, initial_indent=by, subsequent_indent=by) or [by]
    ]


def _code(source: str) -> list[str]:
    return [f"      {line}".rstrip() for line in source.strip("\n").splitlines()]
