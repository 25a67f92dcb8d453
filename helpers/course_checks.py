"""Running the visible checks: `testCases.check("initialize_parameters_he")` in a cell of its own.

    check(name)     runs the check of one function, draws what it found, and raises if it did not pass
    progress(lesson)    shows all functions of the lesson: what is done, what is open, and the points

The checks of a lesson are the functions of the module `checks_<lesson>`, each named as the answer that it judges.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from course_answers import Answer
from course_cards import Card, Row, Table
from course_data import course_file
from course_errors import names_in
from course_notebook import shell
from course_verdicts import check_of, found, verdict

_passed: dict[
    str, bool
] = {}  # the visible checks that were run since the kernel started, and whether they passed


class CheckFailed(AssertionError):
    """A check did not pass. Its argument is what was found, a `Finding`."""

    card: Card | None = None  # that was drawn
    report: Any = None  # of a grader's proxy, on what the answer raised

    def _render_traceback_(self) -> list[str]:
        """What IPython prints in place of a traceback: nothing of ours, and not twice what a card says."""
        if self.card is None or "NBGRADER_EXECUTION" in os.environ:
            return str(self).splitlines()
        return [f"{self.args[0].function}: see above."]


def check(name: str) -> None:
    """Run the visible check of the graded function `name`, as the notebook that calls this defines it.

    Raises
    ------
    CheckFailed
        With what was found.
    ValueError
        If there is no check of that name.
    """
    calling = sys._getframe(1).f_globals
    if hasattr(calling.get(name), "_answers_"):
        _check_proxy(name, calling[name])
        return
    came = verdict(name, calling)
    _passed[name] = came.tone == "good"
    points = _points(name) if came.tone == "good" else ""
    card = Card(name, came.tone, came.words, came.finding, came.tried, came.note, came.lines, points)
    drawn = _drawn(card)
    if came.finding:
        failed = CheckFailed(came.finding)
        failed.card = card if drawn else None
        raise failed from came.cause


def progress(lesson: str = "") -> None:
    """Show all functions of a lesson: which pass their visible checks, which are open, and the points so far.

    Without its name it is the one of which the notebook defines most functions.
    """
    calling = sys._getframe(1).f_globals
    if lesson not in _lessons():
        lesson = max(_lessons(), key=lambda one: sum(_is_own(name, calling) for name in _lessons()[one]))
    rows = []
    for name, (visible, hidden) in _lessons()[lesson].items():
        came = verdict(name, calling)
        _passed[name] = came.tone == "good"
        rows.append(Row(name, came.tone, came.words, visible, hidden))
    table = Table(lesson.replace("_", " "), rows)
    if not _drawn(table):
        print(table)


def _is_own(name: str, notebook: dict[str, Any]) -> bool:
    """Whether the notebook itself defines a function, not a helper of the same name that it imports."""
    return getattr(notebook.get(name), "__globals__", None) is notebook


def _check_proxy(name: str, function: Callable[..., Any]) -> None:
    """The check of a function that lies elsewhere, in a grader: without a notebook, and without a picture."""
    answer = Answer(name, function)
    try:
        check_of(name)(answer)
    except Exception as error:
        report = getattr(error, "report", None)
        said = report if isinstance(report, dict) else {}
        known = dict(names_in(said))
        finding = found(answer, error, str(said.get("code", "")), str(said.get("text", "")), known)
        if finding is None or (answer.raised is error and report is None):
            raise  # it is the grader's own
        failed = CheckFailed(replace(finding, function=name))
        failed.report = report
        raise failed from error


def _drawn(card: Any) -> bool:
    """Draws a card if there is a notebook, or an IPython, to draw in; whether there is."""
    if shell() is None:
        return False
    from IPython.display import display

    display(card)
    return True


def _points(name: str) -> str:
    """The points that visible checks gave so far, and what is still to come."""
    lesson = next((functions for functions in _lessons().values() if name in functions), {})
    if not lesson:
        return ""
    got = sum(visible for function, (visible, _) in lesson.items() if _passed.get(function))
    most, later = (sum(points[at] for points in lesson.values()) for at in (0, 1))
    return (
        f"{got:g} of {most:g} points of the visible checks so far; "
        f"hidden checks give up to {later:g} more when you hand in."
    )


@functools.cache
def _lessons() -> dict[str, dict[str, tuple[float, float]]]:
    """Points of the visible and the hidden check of every function, by lesson; {} in a course without points.json."""
    try:
        text = course_file("points.json").read_text("utf-8")
    except FileNotFoundError:
        return {}
    lessons: dict[str, dict[str, tuple[float, float]]] = json.loads(text)
    return lessons
