"""`grader explain`, and the sentences that answer "why did I lose this?" for pages and terminal alike."""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import byhand
from .course import HIDDEN, LESSONS, ROOT, VISIBLE, Lesson, load_lesson
from .errors import CourseError
from .inert import plain
from .results import CheckResult, SubmissionResult

# outcome: the word, the shape beside it, and what it means to the student
OUTCOMES: dict[str, tuple[str, str, str]] = {
    "passed": ("Passed", "tick", ""),
    "failed": ("Did not pass", "cross", "Your function ran, but what came back is not what was asked for."),
    "raised": ("Raised an error", "bolt", "Your function stopped with an error when the check called it."),
    "timed_out": ("Took too long", "clock", "Your function was stopped because it ran too long. Look for a loop that never ends."),
    "out_of_memory": ("Ran out of memory", "clock", "Your function asked for more memory than it may have. Look at the shapes of the arrays it makes."),
    "died": ("Ended Python", "bolt", "Python itself ended while your function ran. Look for exit(), or for recursion without an end."),
    "unanswered": ("Not answered", "dash", "The cell still holds the starting stub. Write your answer there."),
    "not_reached": ("Not reached", "dash", "This needs another function first, so it could not be tried. Nothing was judged wrong here."),
}  # fmt: skip
_WHY = re.compile(r"\s*This looks like:.*\Z", re.DOTALL)


@dataclass(frozen=True)
class CheckStory:
    """One check as a person reads it. `points` are those that count; `by_hand` if a person set them."""

    id: str
    hidden: bool
    outcome: str
    points: float
    max_points: float
    message: str
    by_hand: bool = False

    @property
    def word(self) -> str:
        return OUTCOMES[self.outcome][0]

    @property
    def shape(self) -> str:
        return OUTCOMES[self.outcome][1]


@dataclass(frozen=True)
class FunctionStory:
    """One graded function: what its checks found, what the answer looks like, and what to do next."""

    name: str
    checks: tuple[CheckStory, ...]
    looks_like: str = ""
    hint: str = ""
    meaning: str = ""
    section: str = ""
    misconception: str = ""

    @property
    def points(self) -> float:
        return sum(check.points for check in self.checks)

    @property
    def max_points(self) -> float:
        return sum(check.max_points for check in self.checks)

    @property
    def verdict(self) -> str:
        """full, part, none, unanswered or not_reached."""
        outcomes = {check.outcome for check in self.checks}
        if self.points >= self.max_points:
            return "full"
        if self.points > 0:
            return "part"
        if outcomes <= {"unanswered", "not_reached"}:
            return "unanswered" if "unanswered" in outcomes else "not_reached"
        return "none"


VERDICTS = {
    "full": ("Full points", "tick"),
    "part": ("Part of the points", "half"),
    "none": ("No points yet", "cross"),
    "unanswered": ("Not answered", "dash"),
    "not_reached": ("Not reached", "dash"),
}


def stories(lesson: Lesson, result: SubmissionResult, hand: byhand.ByHand) -> tuple[FunctionStory, ...]:
    """What there is to say about every graded function, in the lesson's order."""
    return tuple(_story(lesson, name, result, hand) for name in lesson.functions)


def _story(lesson: Lesson, name: str, result: SubmissionResult, hand: byhand.ByHand) -> FunctionStory:
    checks = [check for check in result.checks if check.function == name]
    culprit = next((check for check in checks if check.misconception), None)
    failed = next((check for check in checks if check.outcome != "passed"), None)
    hinted = culprit or next((check for check in checks if check.hint), None)
    return FunctionStory(
        name=name,
        checks=tuple(_check(check, hand) for check in checks),
        looks_like=looks_like(lesson.name, name, culprit.misconception) if culprit else "",
        hint=plain(hinted.hint or "", 2000) if hinted else "",
        meaning=OUTCOMES[failed.outcome][2] if failed else "",
        section=section_of(lesson, name),
        misconception=culprit.misconception or "" if culprit else "",
    )


def _check(check: CheckResult, hand: byhand.ByHand) -> CheckStory:
    message = _WHY.sub("", plain(check.message, 2000)).strip()
    manual = hand.points.get(check.id)
    points = (check.points if manual is None else manual) + hand.extra.get(check.id, 0.0)
    changed = points != check.points
    return CheckStory(check.id, check.id.endswith(HIDDEN), check.outcome, points, check.max_points, message, changed)


def section_of(lesson: Lesson, function: str) -> str:
    """The heading under which a function is asked for; empty if there is none."""
    heading = ""
    for cell in lesson.cells:
        if cell.role == "answer" and cell.function == function:
            break
        if cell.kind == "markdown":
            heading = next(iter(re.findall(r"^#{1,4} +(.+?)\s*$", cell.release, re.M)[::-1]), heading)
    return heading.replace("`", "")


@functools.cache
def _table(lesson: str) -> dict[tuple[str, str], str]:
    try:
        module = importlib.import_module(f".misconceptions.{lesson}", __package__)
    except ImportError:
        return {}
    return {(wrong.function, wrong.name): wrong.looks_like for wrong in module.MISCONCEPTIONS} | {
        (wrong.function, wrong.family): wrong.looks_like for wrong in module.MISCONCEPTIONS if wrong.family
    }


def looks_like(lesson: str, function: str, misconception: str | None) -> str:
    """What a recognised misconception looks like, in plain words; its name, spelt out, if the table lacks it."""
    name = misconception or ""
    return _table(lesson).get((function, name)) or name.replace("-", " ")


def number(points: float) -> str:
    """Points without a needless decimal: 5, 2.5, 3.33."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def plural(count: int, noun: str) -> str:
    """`count` and its noun: 1 function, 2 functions."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def read_result(grades: Path, student: str, lesson: str) -> SubmissionResult:
    """The record of one submission; raises CourseError if there is none or it is damaged."""
    path = grades / "results" / student / f"{lesson}.json"
    try:
        return SubmissionResult.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as err:
        raise CourseError(f"{student}, {lesson}: not graded yet ({path} is missing); run 'grader grade {lesson}'") from err
    except (ValueError, KeyError, TypeError) as err:
        raise CourseError(f"{student}, {lesson}: {path} is damaged; run 'grader grade {lesson} --force'") from err


def answers(grades: Path, student: str, lesson: str) -> dict[str, str]:
    """The student's own text of each answer, by function, from the autograded notebook; {} if there is none."""
    path = grades / "autograded" / student / lesson / f"{lesson}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    found = {}
    for cell in cells:
        grading = cell["metadata"].get("nbgrader", {})
        if grading.get("solution"):
            found[str(grading["grade_id"])] = plain(cell["source"])
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command line of `grader explain`."""
    parser.add_argument("student", metavar="STUDENT")
    parser.add_argument("lesson", metavar="LESSON", choices=LESSONS, help=", ".join(LESSONS))
    parser.add_argument("function", metavar="FUNCTION", nargs="?", help="only this function")
    parser.add_argument("--grades", type=Path, default=ROOT / "grades", help="folder of the grades")
    parser.add_argument("--db", metavar="URL", help="the gradebook, if it is not grades/gradebook.db")


def run(args: argparse.Namespace) -> int:
    """Print the explanation; exit 1 (as CourseError) if there is no result to explain."""
    lesson = load_lesson(args.lesson)
    if args.function and args.function not in lesson.functions:
        raise CourseError(f"{args.lesson} has no function {args.function}; it has {', '.join(lesson.functions)}")
    result = read_result(args.grades, args.student, args.lesson)
    db = args.db or f"sqlite:///{args.grades / 'gradebook.db'}"
    hand = byhand.read(db, args.lesson, args.student).get(args.student, byhand.ByHand())
    sources = answers(args.grades, args.student, args.lesson)
    print("\n".join(explain(lesson, result, hand, sources, args.function)))
    return 0


def explain(
    lesson: Lesson, result: SubmissionResult, hand: byhand.ByHand, sources: dict[str, str], only: str | None = None
) -> list[str]:
    """The lines of an explanation for the instructor; hidden checks are shown, for they are the instructor's own."""
    who = f"{hand.name} ({result.student})" if hand.name else result.student
    lines = [f"{who}, {result.lesson}: {number(result.score)} of {number(result.max_score)} automatic points"]
    if result.status != "graded":
        return [f"{who}, {result.lesson}: {result.status}", *_indented(result.reason or "no reason was recorded")]
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
        lines.append(f"  {kind} check  {number(check.points)}/{number(check.max_points)}  {check.word.lower()}{by_hand}")
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


def to_say(story: FunctionStory) -> str:
    """What an instructor can tell the student: no hidden check in it."""
    if story.verdict == "full":
        return "Nothing was lost here."
    said = [f"Your answer behaves like this: {story.looks_like.rstrip('.')}."] if story.looks_like else []
    said += [] if said or not story.meaning else [story.meaning]
    said += [f"Hint: {story.hint}"] if story.hint else []
    failed_hidden = [check for check in story.checks if check.hidden and check.points < check.max_points]
    failed_visible = [check for check in story.checks if not check.hidden and check.points < check.max_points]
    if failed_visible and story.verdict not in ("unanswered", "not_reached"):
        said.append(f"The cell {story.name}{VISIBLE} says the same in your own notebook: run it after each change.")
    elif failed_hidden and not story.hint and story.verdict not in ("unanswered", "not_reached"):
        said.append("The example of the lesson works; try other sizes, other seeds and other values by hand.")
    return " ".join(said)


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
    return [piece for line in lines for piece in textwrap.wrap(line, 100, initial_indent=by, subsequent_indent=by) or [by]]


def _code(source: str) -> list[str]:
    return [f"      {line}".rstrip() for line in source.strip("\n").splitlines()]
