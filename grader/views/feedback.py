"""`grader feedback`: one inert HTML page a submission, where nbgrader's release_feedback looks for it."""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..course import Course, Lesson
from ..errors import CourseError
from ..files import write_file
from ..records.grades import Grades
from ..records.opening import named
from ..records.statement import Statement, Statements, statements
from ..results import SubmissionResult
from . import byhand, drawing, inert, pages
from .cellviews import Anchors, anchors_of, cells_of, views
from .stories import FunctionStory, plural, sentence, stories

# What release_feedback reads beside the page: when it was handed in, and the secret in the page's file name.
COMPANIONS = {
    "timestamp.txt": re.compile(r"[\w .:+\-]{1,64}\s*"),
    "submission_secret.txt": re.compile(r"[0-9a-f]{1,256}\s*"),
}


@dataclass(frozen=True)
class Written:
    """The written question: points are a person's, so they may be waiting."""

    points: float
    max_points: float
    waiting: bool
    anchor: str
    comment: str


@dataclass(frozen=True)
class Total:
    """The sums at the top of a page."""

    automatic: float
    automatic_max: float
    points: float
    max_points: float
    penalty: float
    waiting: bool


def page(
    lesson: Lesson,
    result: SubmissionResult,
    hand: byhand.ByHand,
    notebook: dict[str, Any] | None,
    stated: Statement | None = None,
) -> str:
    """The feedback page of one submission.

    Parameters
    ----------
    notebook : the executed notebook from grades/autograded, or None where there is none (refusals).
    stated : what counts by now, if the gradebook was asked.
    """
    drawing.begin_page()
    told = stories(lesson, result, hand) if result.status == "graded" else ()
    raw = cells_of(notebook)
    anchors = anchors_of(raw)
    written = [
        _written(cell.id, cell.points, hand, anchors) for cell in lesson.cells if cell.role == "written"
    ]
    return pages.render(
        "feedback.html.j2",
        title=title_of(lesson),
        lesson=lesson.name,
        who=inert.plain(hand.name or result.student, 200),
        status=result.status,
        reason=sentence(inert.plain(result.reason or "", 2000)),
        stories=told,
        open=[story for story in told if story.verdict != "full"],
        full=[story for story in told if story.verdict == "full"],
        total=_total(told, written, hand, stated),
        stands=stated.said if stated and stated.stands else "",
        untimed=bool(stated and stated.untimed),
        written=written,
        restored=[inert.plain(line, 300) for line in result.restored],
        comments=hand.comments,
        anchors=anchors,
        cells=list(views(lesson, raw, told)),
        first_step=_first_step,
    )


def title_of(lesson: Lesson) -> str:
    """The lesson's own title: its first heading."""
    for cell in lesson.cells:
        if cell.kind == "markdown" and (match := re.search(r"^# +(.+)$", cell.release, re.MULTILINE)):
            return match[1].strip()
    return lesson.name.replace("_", " ").capitalize()


def _first_step(story: FunctionStory) -> str:
    if story.verdict == "unanswered":
        return "Write it in its answer cell."
    if story.verdict == "not_reached":
        return "Answer what it builds on first."
    if story.looks_like:
        return story.looks_like
    if any(check.outcome != "passed" for check in story.checks if not check.hidden):
        return "Its visible check shows where it goes wrong."
    return "The lesson's example works; the hidden check tries others. Read the hint, then try other inputs."


def _total(
    told: tuple[FunctionStory, ...], written: list[Written], hand: byhand.ByHand, stated: Statement | None
) -> Total:
    automatic, maximum = sum(story.points for story in told), sum(story.max_points for story in told)
    points = automatic + sum(part.points for part in written) - hand.penalty
    waiting = stated.waiting if stated else any(part.waiting for part in written)
    full = maximum + sum(part.max_points for part in written)
    if stated is not None and stated.points is not None:
        points = stated.points
    penalty = stated.penalty if stated is not None else hand.penalty
    return Total(automatic, maximum, max(points, 0.0), full, penalty, waiting)


def _written(cell: str, points: float, hand: byhand.ByHand, anchors: Anchors) -> Written:
    given = hand.points.get(cell)
    total = (given or 0.0) + hand.extra.get(cell, 0.0)
    return Written(total, points, given is None, anchors.cell.get(cell, ""), hand.comments.get(cell, ""))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command line of `grader feedback`."""
    parser.add_argument("lessons", metavar="LESSON", nargs="*", help="default: all")
    parser.add_argument("--student", metavar="ID", action="append", help="only this student; may be repeated")
    parser.add_argument("--grades", type=Path, help="folder of the grades (default: grades in the course)")
    parser.add_argument("--submissions", type=Path, help="folder of the submissions (default: in the course)")
    parser.add_argument("--db", metavar="URL", help="the gradebook, if it is not grades/gradebook.db")


def run(args: argparse.Namespace, course: Course) -> int:
    """Write the pages of every graded or refused submission; exit 2 for a lesson that does not exist."""
    try:
        names = course.choose(args.lessons)
    except CourseError as err:
        print(f"grader feedback: {err}", file=sys.stderr)
        return 2
    grades, submissions = Grades(args.grades or course.grades).there(), args.submissions or course.submissions
    named(args.db, grades.gradebook)
    stated = statements(grades, args.db, course.root, names)
    known = {student for student, _ in stated}
    if unknown := [student for student in args.student or () if student not in known]:
        near = difflib.get_close_matches(unknown[0], sorted(known), 3)
        raise CourseError(
            f"nobody is called {unknown[0]} in {grades.root}"
            + (f"; did you mean {' or '.join(near)}?" if near else "")
        )
    count = sum(
        write_lesson(course.lesson(name), grades, args.db, submissions, args.student, stated)
        for name in names
        if next(grades.root.glob(f"results/*/{name}.json"), None)
    )
    print(f"{plural(count, 'feedback page')} in {grades.root / 'feedback'}")
    return 0


def write_lesson(
    lesson: Lesson,
    grades: Grades,
    db: str | None,
    submissions: Path,
    students: list[str] | None = None,
    stated: Statements | None = None,
) -> int:
    """Write the pages of one lesson, with what release_feedback needs beside them; says how many."""
    hands = byhand.read(db or grades.gradebook, lesson.name)
    found = sorted(path.parent.name for path in grades.root.glob(f"results/*/{lesson.name}.json"))
    chosen = [student for student in found if not students or student in students]
    for student in chosen:
        line = (stated or {}).get((student, lesson.name))
        text = page_of(lesson, grades, student, hands.get(student, byhand.ByHand()), line)
        target = grades.page(student, lesson.name)
        write_file(target, pages.encoded(text))
        for folder in (grades.executed(student, lesson.name).parent, submissions / student / lesson.name):
            _copy_companions(folder, target.parent)
    return len(chosen)


def page_of(
    lesson: Lesson, grades: Grades, student: str, hand: byhand.ByHand, stated: Statement | None = None
) -> str:
    """The page of one student's recorded result."""
    path = grades.executed(student, lesson.name)
    result = grades.read(student, lesson.name)
    notebook = None
    if result.status == "graded" and path.exists():
        try:
            notebook = json.loads(path.read_bytes())
        except (OSError, ValueError) as err:
            told = f"{path} cannot be read ({err}); the page is without the notebook"
            print(
                f"{student}, {lesson.name}: {told}; run 'grader grade {lesson.name} --force'", file=sys.stderr
            )
    return page(lesson, result, hand, notebook, stated)


def _copy_companions(folder: Path, target: Path) -> None:
    for name, allowed in COMPANIONS.items():
        path = folder / name
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 1024:
            continue
        text = path.read_text(encoding="ascii", errors="replace")
        if allowed.fullmatch(text):
            write_file(target / name, text.encode())
