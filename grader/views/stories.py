"""What there is to say about one submission, in sentences that pages, terminal and report share."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from ..course import HIDDEN, VISIBLE, Lesson
from ..records.grades import Grades
from ..results import CheckResult, SubmissionResult
from . import byhand
from .inert import plain

# outcome: the word, the shape beside it, and what it means to the student
OUTCOMES: dict[str, tuple[str, str, str]] = {
    "passed": ("Passed", "tick", ""),
    "failed": ("Did not pass", "cross", "Your function ran, but what came back is not what was asked for."),
    "raised": ("Raised an error", "bolt", "Your function stopped with an error when the check called it."),
    "timed_out": (
        "Took too long",
        "clock",
        "It was stopped because it ran too long. Is there a loop that never ends?",
    ),
    "out_of_memory": (
        "Ran out of memory",
        "clock",
        "It asked for too much memory. Which arrays does it make?",
    ),
    "died": (
        "Ended Python",
        "bolt",
        "Python itself ended while it ran. Is there an exit(), or a recursion without end?",
    ),
    "unanswered": (
        "Not answered",
        "dash",
        "The cell still holds the starting stub. Write your answer there.",
    ),
    "not_reached": (
        "Not reached",
        "dash",
        "This needs another function first. Nothing was judged wrong here.",
    ),
}


@dataclass(frozen=True)
class CheckStory:
    """One check as a person reads it. `points` are those that count; `by_hand` if a person set them."""

    id: str
    function: str
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
    return FunctionStory(
        name=name,
        checks=tuple(_check(check, hand) for check in checks),
        looks_like=looks_like(culprit) if culprit else "",
        hint=_hint(checks),
        meaning=OUTCOMES[failed.outcome][2] if failed else "",
        section=section_of(lesson, name),
        misconception=culprit.misconception or "" if culprit else "",
    )


def _check(check: CheckResult, hand: byhand.ByHand) -> CheckStory:
    manual = hand.points.get(check.id)
    points = (check.points if manual is None else manual) + hand.extra.get(check.id, 0.0)
    changed = points != check.points
    return CheckStory(
        check.id,
        check.function,
        check.id.endswith(HIDDEN),
        check.outcome,
        points,
        check.max_points,
        _facts(check),
        changed,
    )


def _facts(check: CheckResult) -> str:
    """What a check found, without the function's name, which stands above, and the hint, which has its own place."""
    what = plain(check.what, 2000) or plain(check.message, 2000)  # a record of before has the message only
    fact = f"{plain(check.place, 200)} {what}" if check.place else what
    fact = fact if check.place or fact.startswith(f"{check.function} ") else capital(fact)
    returned = "" if check.id.endswith(HIDDEN) else plain(check.returned, 200)  # a record of before has it
    return " ".join(part for part in (fact, plain(check.also, 2000), returned) if part)


def _hint(checks: list[CheckResult]) -> str:
    """One hint: that of the misconception, else that of the first check that has one."""
    said = sorted((check for check in checks if check.hint), key=lambda check: not check.misconception)
    return capital(plain(said[0].hint or "", 2000)) if said else ""


def section_of(lesson: Lesson, function: str) -> str:
    """The heading under which a function is asked for; empty if there is none."""
    heading = ""
    for cell in lesson.cells:
        if cell.role == "answer" and cell.function == function:
            break
        if cell.kind == "markdown":
            heading = next(iter(re.findall(r"^#{1,4} +(.+?)\s*$", cell.release, re.M)[::-1]), heading)
    return heading.replace("`", "")


def looks_like(check: CheckResult) -> str:
    """What a recognised misconception looks like, in plain words; its name, spelt out, if the record lacks them."""
    return sentence(plain(check.looks_like, 2000) or (check.misconception or "").replace("-", " "))


def capital(words: str) -> str:
    """Words with a capital first letter, unless they open with a name as it stands in code: dW2."""
    return words[:1].upper() + words[1:] if words.partition(" ")[0].isalpha() else words


def sentence(words: str) -> str:
    """Words with a capital first letter and a full stop."""
    return words[:1].upper() + words[1:].rstrip(". ") + ("." if words else "")


def number(points: float) -> str:
    """Points without a needless decimal: 5, 2.5, 3.33."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def plural(count: int, noun: str) -> str:
    """`count` and its noun: 1 function, 2 functions."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def answers(grades: Grades, student: str, lesson: str) -> dict[str, str]:
    """The student's own text of each answer, by function, from the autograded notebook; {} if there is none."""
    try:
        cells = json.loads(grades.executed(student, lesson).read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    found = {}
    for cell in cells:
        grading = cell["metadata"].get("nbgrader", {})
        if grading.get("solution"):
            found[str(grading["grade_id"])] = plain(cell["source"])
    return found


def to_say(story: FunctionStory) -> str:
    """What an instructor can tell the student: no hidden check in it."""
    if story.verdict == "full":
        return "Nothing was lost here."
    said = [f"Your answer behaves like this: {story.looks_like}"] if story.looks_like else []
    said += [] if said or not story.meaning else [story.meaning]
    said += [f"Hint: {story.hint}"] if story.hint else []
    failed_hidden = [check for check in story.checks if check.hidden and check.points < check.max_points]
    failed_visible = [check for check in story.checks if not check.hidden and check.points < check.max_points]
    if failed_visible and story.verdict not in ("unanswered", "not_reached"):
        said.append(
            f"The cell {story.name}{VISIBLE} says the same in your own notebook: run it after each change."
        )
    elif failed_hidden and not story.hint and story.verdict not in ("unanswered", "not_reached"):
        said.append("The example of the lesson works; try other sizes, other seeds and other values by hand.")
    return " ".join(said)
