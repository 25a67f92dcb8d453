"""`grader grade --dry-run`: who would gain or lose how many points at which check, before anything is written."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..files import write_file
from ..results import CheckResult, SubmissionResult

COLUMNS = ("student", "lesson", "function", "check", "points_before", "points_after", "change", "outcome")
Row = tuple[str, str, str, str, float, float, float, str]


def show(pairs: Iterable[tuple[SubmissionResult | None, SubmissionResult]], grades: Path) -> int:
    """Prints the changes and writes them to difference.csv; 1 if something of ours failed.

    `pairs` are verdicts on record (None if there is none) with what they would become.
    """
    rows: list[Row] = []
    counts: Counter[str] = Counter()
    for old, result in pairs:
        counts["new" if old is None and result.status == "graded" else result.status] += 1
        if old is not None and result.status == "graded":
            rows += changes(old, result)
    rows.sort()
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    write_file(grades / "difference.csv", text.getvalue().encode())
    print(_table(rows))
    said = [f"{counts['graded']} submissions graded again"]
    said += [f"{counts['new']} for the first time"] if counts["new"] else []
    said += [f"{counts[what]} {what}" for what in ("refused", "fault") if counts[what]]
    print(f"{', '.join(said)}; nothing was recorded. The table: {grades / 'difference.csv'}")
    return 1 if counts["fault"] else 0


def changes(old: SubmissionResult, new: SubmissionResult) -> Iterator[Row]:
    """The checks whose points differ; a check that is new or gone counts as nothing on the other side."""
    before = {check.id: check for check in old.checks}
    after = {check.id: check for check in new.checks}
    for name in {**before, **after}:
        was, is_now = _points(before.get(name)), _points(after.get(name))
        if was != is_now:
            check = after.get(name) or before[name]
            outcome = after[name].outcome if name in after else "removed"
            yield new.student, new.lesson, check.function, name, was, is_now, is_now - was, outcome


def _points(check: CheckResult | None) -> float:
    return 0.0 if check is None else check.points


def _table(rows: list[Row]) -> str:
    if not rows:
        return "no submission would change its points"
    lines = [f"{'student':<16} {'lesson':<20} {'check':<44} {'before':>6} {'after':>6} {'change':>6}"]
    for student, lesson, _function, check, before, after, change, _outcome in rows:
        lines.append(f"{student:<16} {lesson:<20} {check:<44} {before:>6g} {after:>6g} {change:>+6g}")
    gain = sum(row[6] for row in rows if row[6] > 0)
    loss = -sum(row[6] for row in rows if row[6] < 0)
    students = len({row[0] for row in rows})
    who = "1 student" if students == 1 else f"{students} students"
    lines.append(f"{who}: {gain:g} points gained, {loss:g} lost")
    return "\n".join(lines)
