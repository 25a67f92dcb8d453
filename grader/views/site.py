"""`grader site`: the lessons as pages to read, offline: text, figures, exercises stated, and nothing that is to be found.

What a page shows of a cell is its released form, so answers are stubs and hidden checks are their one line, which is
left out. Outputs are the executed solution's, of cells that students are given: figures, measurements, worked numbers.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from ..course import HIDDEN, Course, Lesson
from ..files import write_changed
from . import pages
from .cellviews import outputs_of
from .feedback import title_of

SHOWN = ("given", "free", "experiment")  # the roles of cells whose outputs a reader sees


@dataclass(frozen=True)
class Part:
    """One cell as the page shows it: prose, code with what it printed and drew, or an exercise to be written."""

    kind: str  # prose, code, exercise, check or written
    anchor: str
    source: str
    function: str = ""
    points: float = 0
    outputs: tuple[Markup, ...] = ()


@dataclass(frozen=True)
class Heading:
    """An entry of a page's table of contents."""

    text: str
    anchor: str
    level: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pages go")


def run(args: argparse.Namespace, course: Course) -> int:
    """Writes the pages and says where to begin."""
    write_site(course, args.folder)
    print(args.folder / "index.html")
    return 0


def write_site(course: Course, folder: Path) -> None:
    """One page a lesson and one that lists them, into `folder`.

    Raises
    ------
    CourseError
        If a lesson is not built.
    """
    lessons = [course.lesson(name) for name in course.lessons]
    for at, lesson in enumerate(lessons):
        near = {"before": lessons[at - 1] if at else None, "after": [*lessons, None][at + 1]}
        write_changed(folder / f"{lesson.name}.html", page(lesson, **near))
    entries = [
        (lesson.name, title_of(lesson), opening(lesson), len(lesson.functions), _points(lesson))
        for lesson in lessons
    ]
    write_changed(folder / "index.html", pages.render("site_index.html.j2", lessons=entries))


def page(lesson: Lesson, before: Lesson | None = None, after: Lesson | None = None) -> str:
    """A lesson as HTML that loads and runs nothing."""
    parts = list(parts_of(lesson))
    return pages.render(
        "site.html.j2",
        title=title_of(lesson),
        lesson=lesson.name,
        parts=parts,
        contents=[heading for part in parts if part.kind == "prose" for heading in _headings(part)],
        points=_points(lesson),
        before=before and (before.name, title_of(before)),
        after=after and (after.name, title_of(after)),
    )


def parts_of(lesson: Lesson) -> Iterator[Part]:
    """The cells of a lesson in order, without hidden checks."""
    for index, (cell, built) in enumerate(zip(lesson.cells, lesson.solution["cells"], strict=True)):
        anchor = f"cell-{index + 1}"
        if cell.role == "text":
            yield Part("prose", anchor, _without_title(cell.release) if not index else cell.release)
        elif cell.role == "answer":
            points = sum(check.points for check in lesson.checks if check.function == cell.function)
            yield Part("exercise", anchor, cell.release, cell.function or "", points)
        elif cell.role == "check" and not cell.id.endswith(HIDDEN):
            yield Part("check", anchor, cell.release, cell.function or "", cell.points)
        elif cell.role == "written":
            yield Part("written", anchor, "", points=cell.points)
        elif cell.role in SHOWN:
            yield Part("code", anchor, cell.release, outputs=outputs_of(built))


def opening(lesson: Lesson) -> str:
    """The first paragraph of a lesson, below its title."""
    text = next(cell.release for cell in lesson.cells if cell.role == "text")
    return next((block for block in _without_title(text).split("\n\n") if block.strip()), "")


def _without_title(text: str) -> str:
    return re.sub(r"\A\s*# .+\n*", "", text)


def _headings(part: Part) -> list[Heading]:
    found = re.findall(
        r"^(##+) +(.+?) *$", re.sub(r"```.*?```", "", part.source, flags=re.DOTALL), re.MULTILINE
    )
    return [Heading(text, part.anchor, len(marks) - 1) for marks, text in found if len(marks) <= 3]


def _points(lesson: Lesson) -> float:
    return sum(cell.points for cell in lesson.cells)
