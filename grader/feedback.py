"""`grader feedback`: one inert HTML page a submission, where nbgrader's release_feedback looks for it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from . import byhand, inert, pages
from .course import HIDDEN, LESSONS, ROOT, Lesson, load_lesson, role_of
from .results import SubmissionResult
from .stories import VERDICTS, FunctionStory, plural, read_result, sentence, stories

# What release_feedback reads beside the page: when it was handed in, and the secret in the page's file name.
COMPANIONS = {
    "timestamp.txt": re.compile(r"[\w .:+\-]{1,64}\s*"),
    "submission_secret.txt": re.compile(r"[0-9a-f]{1,256}\s*"),
}


@dataclass(frozen=True)
class CellView:
    """One cell of the student's notebook as the page shows it."""

    kind: str  # text, code, answer, check or written
    anchor: str
    source: str
    label: str = ""
    function: str = ""
    back: str = ""
    tone: str = ""
    shape: str = ""
    word: str = ""
    comment: str = ""
    outputs: tuple[Markup, ...] = ()


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


@dataclass
class Anchors:
    """Where in the page a function's exercise text and answer stand."""

    text: dict[str, str] = field(default_factory=dict)
    answer: dict[str, str] = field(default_factory=dict)
    cell: dict[str, str] = field(default_factory=dict)


def page(
    lesson: Lesson, result: SubmissionResult, hand: byhand.ByHand, notebook: dict[str, Any] | None
) -> str:
    """The feedback page of one submission.

    Parameters
    ----------
    notebook : the executed notebook from grades/autograded, or None where there is none (refusals).
    """
    told = stories(lesson, result, hand) if result.status == "graded" else ()
    raw = [cell for cell in (notebook or {}).get("cells", []) if isinstance(cell, dict)]
    anchors = _anchors(raw)
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
        total=_total(told, written, hand),
        written=written,
        restored=[inert.plain(line, 300) for line in result.restored],
        comments=hand.comments,
        anchors=anchors,
        cells=list(_cells(raw, anchors, told, hand)),
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


def _total(told: tuple[FunctionStory, ...], written: list[Written], hand: byhand.ByHand) -> Total:
    automatic, maximum = sum(story.points for story in told), sum(story.max_points for story in told)
    points = automatic + sum(part.points for part in written) - hand.penalty
    waiting = any(part.waiting for part in written)
    full = maximum + sum(part.max_points for part in written)
    return Total(automatic, maximum, max(points, 0.0), full, hand.penalty, waiting)


def _written(cell: str, points: float, hand: byhand.ByHand, anchors: Anchors) -> Written:
    given = hand.points.get(cell)
    total = (given or 0.0) + hand.extra.get(cell, 0.0)
    return Written(total, points, given is None, anchors.cell.get(cell, ""), hand.comments.get(cell, ""))


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _anchors(raw: list[dict[str, Any]]) -> Anchors:
    """Cells go by their number, for an id in a notebook may be anything.

    A function's text is the nearest cell before its answer that has a heading or names it; else the cell before.
    """
    anchors, texts = Anchors(), list[tuple[str, str]]()
    for index, cell in enumerate(raw):
        anchor, role, grade_id = f"cell-{index + 1}", role_of(cell), _grade_id(cell)
        anchors.cell[grade_id] = anchor
        if role == "text":
            texts.append((anchor, inert.joined(cell.get("source", ""))))
        elif role == "answer":
            named = re.compile(rf"^#|\b{re.escape(grade_id)}\b|\*\*Exercise", re.MULTILINE)
            near = [where for where, text in texts if named.search(text)] or [where for where, _ in texts]
            anchors.answer[grade_id] = anchor
            anchors.text[grade_id] = near[-1] if near else anchor
            texts = []
    return anchors


def _cells(
    raw: list[dict[str, Any]], anchors: Anchors, told: tuple[FunctionStory, ...], hand: byhand.ByHand
) -> Iterator[CellView]:
    by_name = {story.name: story for story in told}
    by_check = {check.id: (story, check) for story in told for check in story.checks}
    for index, cell in enumerate(raw):
        anchor, role, grade_id = f"cell-{index + 1}", role_of(cell), _grade_id(cell)
        source = inert.joined(cell.get("source", ""))
        if role == "check":
            if grade_id in by_check:
                story, check = by_check[grade_id]
                tone = "good" if check.outcome == "passed" else "quiet" if check.shape == "dash" else "bad"
                label = f"{'Hidden' if check.hidden else 'Visible'} check of {story.name}"
                shown = "" if grade_id.endswith(HIDDEN) else source  # a hidden check stays hidden
                yield CellView(
                    "check",
                    anchor,
                    shown,
                    label,
                    story.name,
                    f"f-{story.name}",
                    tone,
                    check.shape,
                    check.word,
                )
        elif role == "answer" and grade_id in by_name:
            verdict = by_name[grade_id].verdict
            comment = hand.comments.get(grade_id, "")
            yield CellView(
                "answer", anchor, source, "Your answer", grade_id, f"f-{grade_id}", verdict, VERDICTS[verdict][1], "",
                comment, _outputs(cell),
            )  # fmt: skip
        elif role == "written":
            comment = hand.comments.get(grade_id, "")
            yield CellView("written", anchor, attached(cell, source), "Your written answer", comment=comment)
        elif role == "text":
            yield CellView("text", anchor, attached(cell, source))
        else:
            skipped = role == "experiment" and not cell.get("outputs")
            label = "An experiment: not graded, so not run again here" if skipped else ""
            yield CellView("code", anchor, source, label, outputs=_outputs(cell))


def _outputs(cell: dict[str, Any]) -> tuple[Markup, ...]:
    alt = cell["metadata"].get("alt")
    name = inert.plain(alt, 500) if isinstance(alt, str) else "A figure that this cell drew"
    return tuple(pages.output(raw, name) for raw in cell.get("outputs", ())[:50] if isinstance(raw, dict))


def attached(cell: dict[str, Any], source: str) -> str:
    """Markdown with the pictures attached to its cell put in as data."""
    for name, bundle in (cell.get("attachments") or {}).items():
        for mime, data in bundle.items() if isinstance(bundle, dict) else ():
            if uri := inert.picture(mime, data):
                source = source.replace(f"attachment:{name}", uri)
    return source


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command line of `grader feedback`."""
    parser.add_argument("lessons", metavar="LESSON", nargs="*", help=f"default: all of {', '.join(LESSONS)}")
    parser.add_argument("--student", metavar="ID", action="append", help="only this student; may be repeated")
    parser.add_argument("--grades", type=Path, default=ROOT / "grades", help="folder of the grades")
    parser.add_argument(
        "--submissions", type=Path, default=ROOT / "submissions", help="folder of the submissions"
    )
    parser.add_argument("--db", metavar="URL", help="the gradebook, if it is not grades/gradebook.db")


def run(args: argparse.Namespace) -> int:
    """Write the pages of every graded or refused submission; exit 2 for a lesson that does not exist."""
    unknown = sorted(set(args.lessons) - set(LESSONS))
    if unknown:
        print(
            f"grader feedback: no lesson {', '.join(unknown)}; there are {', '.join(LESSONS)}",
            file=sys.stderr,
        )
        return 2
    count = sum(
        write_lesson(load_lesson(name), args.grades, args.db, args.submissions, args.student)
        for name in args.lessons or LESSONS
        if next(args.grades.glob(f"results/*/{name}.json"), None)
    )
    print(f"{plural(count, 'feedback page')} in {args.grades / 'feedback'}")
    return 0


def write_lesson(
    lesson: Lesson, grades: Path, db: str | None, submissions: Path, students: list[str] | None = None
) -> int:
    """Write the pages of one lesson, with what release_feedback needs beside them; says how many."""
    hands = byhand.read(db or f"sqlite:///{grades / 'gradebook.db'}", lesson.name)
    found = sorted(path.parent.name for path in grades.glob(f"results/*/{lesson.name}.json"))
    chosen = [student for student in found if not students or student in students]
    for student in chosen:
        text = page_of(lesson, grades, student, hands.get(student, byhand.ByHand()))
        target = grades / "feedback" / student / lesson.name
        pages.write(target / f"{lesson.name}.html", text)
        for folder in (grades / "autograded" / student / lesson.name, submissions / student / lesson.name):
            _copy_companions(folder, target)
    return len(chosen)


def page_of(lesson: Lesson, grades: Path, student: str, hand: byhand.ByHand) -> str:
    """The page of one student's recorded result."""
    path = grades / "autograded" / student / lesson.name / f"{lesson.name}.ipynb"
    result = read_result(grades, student, lesson.name)
    notebook = json.loads(path.read_bytes()) if result.status == "graded" and path.exists() else None
    return page(lesson, result, hand, notebook)


def _copy_companions(folder: Path, target: Path) -> None:
    for name, allowed in COMPANIONS.items():
        path = folder / name
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 1024:
            continue
        text = path.read_text(encoding="ascii", errors="replace")
        if allowed.fullmatch(text):
            pages.write(target / name, text)
