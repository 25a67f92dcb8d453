"""`grader report`: one self-contained page that tells an instructor what the class did and what needs a hand first."""

from __future__ import annotations

import argparse
import logging
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from ..course import HIDDEN, Course
from ..errors import CourseError
from ..files import plain_target, write_file
from ..records.grades import Grades
from ..records.opening import named
from ..records.statement import Statements, statements
from ..results import CheckResult, SubmissionResult
from . import byhand, inert, pages
from .stories import OUTCOMES, looks_like, plural

log = logging.getLogger("grader.views.report")

ENOUGH = 30  # below this many answers a correlation says nothing
WEAK = 0.15  # item-rest correlation under which a check does not tell strong from weak
HARD = 0.25  # pass rate under which a check deserves a look
LISTED, NAMED = 500, 30  # longest table of students, longest list of names


@dataclass(frozen=True)
class CheckLine:
    """One check over the class. `best` and `weakest`: pass rates in the third of the class by the other checks."""

    lesson: str
    id: str
    function: str
    hidden: bool
    n: int
    passed: int
    discrimination: float | None
    best: float | None
    weakest: float | None

    @property
    def rate(self) -> float:
        return self.passed / self.n

    @property
    def weak(self) -> bool:
        return self.discrimination is not None and self.discrimination < WEAK


@dataclass
class MisconceptionLine:
    """A misconception over the class: who shares it and what it cost."""

    lesson: str
    function: str
    name: str
    looks_like: str
    students: set[str] = field(default_factory=set)
    points: float = 0.0


@dataclass(frozen=True)
class Scores:
    """The automatic scores of a lesson: `bins` counts tenths of the maximum."""

    lesson: str
    maximum: float
    n: int
    mean: float
    quartiles: tuple[float, float, float]
    bins: tuple[int, ...]


def load(grades: Grades, lessons: Sequence[str]) -> list[SubmissionResult]:
    """Every readable record below grades/results; one that is damaged is named in the log and left out."""
    found = []
    for lesson in lessons:
        for path in sorted(grades.root.glob(f"results/*/{lesson}.json")):
            try:
                found.append(grades.read(path.parent.name, lesson))
            except CourseError as err:
                log.warning("%s; it is left out", err)
    return found


def scores(results: Iterable[SubmissionResult]) -> list[Scores]:
    """How the automatic scores of each lesson are spread, in the order of the results."""
    by_lesson: defaultdict[str, list[SubmissionResult]] = defaultdict(list)
    for result in results:
        by_lesson[result.lesson].append(result)
    return [_scores(lesson, found) for lesson, found in by_lesson.items()]


def _scores(lesson: str, found: list[SubmissionResult]) -> Scores:
    points = sorted(result.score for result in found)
    maximum = max(result.max_score for result in found) or 1.0
    middle = statistics.quantiles(points, n=4, method="inclusive") if len(points) > 1 else [points[0]] * 3
    bins = Counter(min(int(10 * max(score, 0.0) / maximum), 9) for score in points)
    return Scores(
        lesson, maximum, len(points), statistics.fmean(points), (middle[0], middle[1], middle[2]),
        tuple(bins[i] for i in range(10)),
    )  # fmt: skip


def checks(results: Iterable[SubmissionResult]) -> list[CheckLine]:
    """Every check's pass rate, and whether who passes it also does well on the lesson's other checks."""
    answers: defaultdict[tuple[str, str], list[tuple[CheckResult, float]]] = defaultdict(list)
    for result in results:
        for check in result.checks:
            answers[result.lesson, check.id].append((check, result.score - check.points))
    return [_check_line(lesson, found) for (lesson, _), found in answers.items()]


def _check_line(lesson: str, found: list[tuple[CheckResult, float]]) -> CheckLine:
    first = found[0][0]
    passed = [check.outcome == "passed" for check, _ in found]
    rest = [others for _, others in found]
    third = len(found) // 3
    ranked = [ok for _, ok in sorted(zip(rest, passed, strict=True))]
    enough = len(found) >= ENOUGH
    return CheckLine(
        lesson=lesson,
        id=first.id,
        function=first.function,
        hidden=first.id.endswith(HIDDEN),
        n=len(found),
        passed=sum(passed),
        discrimination=correlation(passed, rest) if enough else None,
        best=sum(ranked[-third:]) / third if enough else None,
        weakest=sum(ranked[:third]) / third if enough else None,
    )


def correlation(passed: Sequence[bool], rest: Sequence[float]) -> float | None:
    """The point-biserial correlation of a check with the rest of the score; None where either does not vary."""
    ones = [float(value) for value in passed]
    if len(set(ones)) < 2 or len(set(rest)) < 2:
        return None
    return statistics.correlation(ones, rest)


def misconceptions(results: Iterable[SubmissionResult]) -> list[MisconceptionLine]:
    """The misconceptions that were recognised, the costliest first."""
    lines: dict[tuple[str, str, str], MisconceptionLine] = {}
    for result in results:
        for check in result.checks:
            if check.misconception:
                key = result.lesson, check.function, check.misconception
                if key not in lines:
                    lines[key] = MisconceptionLine(*key, looks_like(check))
                lines[key].students.add(result.student)
                lines[key].points += check.max_points - check.points
    return sorted(lines.values(), key=lambda line: (-line.points, line.lesson, line.function, line.name))


def lost(results: Iterable[SubmissionResult]) -> tuple[float, float]:
    """The points that answers lost, and those of them whose misconception was recognised. Unanswered ones apart."""
    wrong = [c for r in results for c in r.checks if c.outcome not in ("passed", "unanswered", "not_reached")]
    known = sum(check.max_points - check.points for check in wrong if check.misconception)
    return sum(check.max_points - check.points for check in wrong), known


def outcomes(results: Iterable[SubmissionResult]) -> list[tuple[str, str, int]]:
    """How often each outcome of a check occurred: word, shape, count."""
    counts: Counter[str] = Counter(check.outcome for result in results for check in result.checks)
    return [
        (word, shape, counts[outcome]) for outcome, (word, shape, _) in OUTCOMES.items() if counts[outcome]
    ]


@dataclass(frozen=True)
class Person:
    """One line of the table of students: points by lesson (None: not handed in or no verdict), and their sum."""

    id: str
    name: str
    points: dict[str, float | None]
    pages: dict[str, str]

    @property
    def total(self) -> float:
        return sum(points or 0.0 for points in self.points.values())


def people(
    results: Iterable[SubmissionResult],
    hands: dict[str, dict[str, byhand.ByHand]],
    stated: Statements | None = None,
) -> list[Person]:
    """Every student with the points that count by now: automatic, by hand, less the late penalty.

    They are those of `stated`, where there is a gradebook; who is only there, handed nothing in.
    """
    points: defaultdict[str, dict[str, float | None]] = defaultdict(dict)
    names: dict[str, str] = {}
    for result in results:
        hand = hands.get(result.lesson, {}).get(result.student, byhand.ByHand())
        names[result.student] = names.get(result.student) or hand.name
        points[result.student][result.lesson] = _points(result, hand) if result.status == "graded" else None
    for (student, lesson), statement in (stated or {}).items():
        names[student] = names.get(student) or statement.name
        if statement.status != "absent" or student not in points:
            points[student] |= {} if statement.status == "absent" else {lesson: statement.points}
    return [
        Person(student, inert.plain(names[student], 200), points[student],
               {lesson: quote(f"feedback/{student}/{lesson}/{lesson}.html") for lesson in points[student]})
        for student in sorted(points)
    ]  # fmt: skip


def _points(result: SubmissionResult, hand: byhand.ByHand) -> float:
    replaced = {check.id: check.points for check in result.checks} | hand.points
    return max(sum(replaced.values()) + sum(hand.extra.values()) - hand.penalty, 0.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command line of `grader report`."""
    parser.add_argument("--grades", type=Path, help="folder of the grades (default: grades in the course)")
    parser.add_argument(
        "--output", type=Path, help="the page to write; default: report.html in the grades' folder"
    )
    parser.add_argument("--db", metavar="URL", help="the gradebook, if it is not grades/gradebook.db")


def run(args: argparse.Namespace, course: Course) -> int:
    """Write the report."""
    grades = Grades(args.grades or course.grades).there()
    results, db = load(grades, course.lessons), named(args.db, grades.gradebook)
    stated = statements(grades, args.db, course.root, course.lessons)
    hands = {lesson: byhand.read(db, lesson) for lesson in dict.fromkeys(result.lesson for result in results)}
    target = plain_target(args.output) if args.output is not None else grades.root / "report.html"
    write_file(target, pages.encoded(page(results, hands, stated)))
    print(f"report on {plural(len(results), 'submission')} in {target}")
    return 0


def page(
    results: Sequence[SubmissionResult],
    hands: dict[str, dict[str, byhand.ByHand]],
    stated: Statements | None = None,
) -> str:
    """The report as HTML; its one script sorts tables and is allowed by its hash."""
    stated = stated or {}
    graded = [result for result in results if result.status == "graded"]
    students = people(results, hands, stated)
    names = {person.id: person.name or person.id for person in students}
    lines, wrong = checks(graded), misconceptions(graded)
    return pages.render(
        "report.html.j2",
        scripted=True,
        results=results,
        graded=graded,
        students=students,
        lessons=list(dict.fromkeys(result.lesson for result in results)),
        name=lambda student: inert.plain(names[student], 200),
        titles={name: name.replace("_", " ") for name in (*(r.lesson for r in results), *(lesson for _, lesson in stated))},
        scores=scores(graded),
        checks=lines,
        weak=[line for line in lines if line.weak],
        hard=[line for line in lines if line.n >= 10 and line.rate < HARD and not line.weak],
        misconceptions=wrong,
        lost=lost(graded),
        outcomes=outcomes(graded),
        refused=[result for result in results if result.status == "refused"],
        faults=[result for result in results if result.status == "fault"],
        restored=[result for result in graded if result.restored],
        stopped=[
            (result, check) for result in graded for check in result.checks
            if check.outcome in ("timed_out", "out_of_memory", "died")
        ],
        looks=[result for result in graded if result.to_look_at],
        standing=[line for line in stated.values() if line.stands],
        untimed=[line for line in stated.values() if line.untimed],
        absent=_absent(stated),
        waiting={lesson: sum(bool(hand.waiting) for hand in found.values()) for lesson, found in hands.items()},
        listed=LISTED,
        named=NAMED,
        named_people=any(person.name for person in students),
        enough=ENOUGH,
        plain=inert.plain,
    )  # fmt: skip


def _absent(stated: Statements) -> dict[str, list[str]]:
    """Who of the roster handed nothing in, by lesson, where somebody did."""
    missing: dict[str, list[str]] = {}
    for (student, lesson), line in stated.items():
        missing.setdefault(lesson, []).extend([student] if line.status == "absent" else [])
    everybody = {student for student, _ in stated}
    return {lesson: names for lesson, names in missing.items() if names and len(names) < len(everybody)}
