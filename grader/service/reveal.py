"""What a student is told of a verdict while the deadline has not passed.

An answer sees the inputs of hidden checks, and whatever it does with them must not come out in words: with "outcome",
all that a hand-in tells of a hidden check is whether it passed, one bit. Visible checks run before any hidden one, so
what they say tells nothing of those; but a recognised mistake was confirmed on fresh inputs, so it stays unsaid as well.
Nor may it come out by the clock: a verdict is told 0.5, 1, 2, 4, … seconds after the work was handed in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..course import HIDDEN
from ..results import CheckResult, SubmissionResult

KNOWN: dict[str, Any] = {"misconception": None, "looks_like": "", "hint": None}
SILENT: dict[str, Any] = KNOWN | {
    "message": "",
    "what": "",
    "place": "",
    "got": "",
    "expected": "",
    "also": "",
    "returned": "",
}
FIRST_S, LAST_S = 0.5, 1024.0  # when verdicts are told
SAME = ("unanswered", "not_reached")  # of a visible check: its hidden one is no news then


def shown(result: SubmissionResult, reveal: str) -> SubmissionResult:
    """A verdict as its student may see it: whole, or with one bit a hidden check."""
    if reveal == "everything" or result.status != "graded":
        return result
    visible: dict[str, Any] = {
        check.function: check.outcome for check in result.checks if not check.id.endswith(HIDDEN)
    }
    return replace(result, checks=tuple(_one(check, visible) for check in result.checks), notebook=None)


def _one(check: CheckResult, visible: dict[str, Any]) -> CheckResult:
    if not check.id.endswith(HIDDEN):
        said = check.what or check.message
        return replace(check, **KNOWN, message=said, returned="") if check.outcome != "passed" else check
    if check.outcome == "passed":
        return replace(check, **SILENT)
    of_visible = visible.get(check.function)
    outcome: Any = of_visible if of_visible in SAME else "failed"
    return replace(check, outcome=outcome, **SILENT)


def told_at(received: float, now: float, reveal: str) -> float:
    """When a verdict that is there `now` is told; a slow answer then says little of what it saw."""
    moment = FIRST_S
    while received + moment < now:
        moment *= 2
    return now if reveal == "everything" or moment > LAST_S else received + moment
