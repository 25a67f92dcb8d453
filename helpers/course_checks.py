"""Running a visible check: `testCases.check("initialize_parameters_he")` in a cell of its own.

The checks of a lesson are the functions of the module `checks_<lesson>`, each named as the answer that it judges.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from course_answers import Answer
from course_findings import Finding
from course_fingerprints import why


class CheckFailed(AssertionError):
    """A check did not pass. Its argument is what was found, a `Finding`."""


def check(name: str) -> None:
    """Run the visible check of the graded function `name`, as the notebook that calls this defines it.

    Raises
    ------
    CheckFailed
        With what was found.
    """
    answer = Answer(name, sys._getframe(1).f_globals[name])
    try:
        check_of(name)(answer)
    except Exception as error:
        found = _found(answer, error)
        if found is None:
            raise
        raise CheckFailed(replace(found, function=name)) from error


def _found(answer: Answer, error: Exception) -> Finding | None:
    """What a check found, with the known mistake that it looks like; None for an error that it says nothing about."""
    known = {} if answer.seen is None else why(answer.name, answer.seen)
    if answer.raised is error:
        return Finding(f"it raises {type(error).__name__}: {error}.", **known) if known else None
    found = error.args[0] if isinstance(error, AssertionError) and error.args else None
    return replace(found, **known) if isinstance(found, Finding) else None


def check_of(name: str) -> Callable[[Answer], str]:
    """The visible check of a graded function: takes the answer and returns what it tried."""
    found: Callable[[Answer], str] = next(vars(module)[name] for module in _lessons() if name in vars(module))
    return found


@functools.cache
def _lessons() -> list[Any]:
    return [importlib.import_module(path.stem) for path in sorted(Path(__file__).parent.glob("checks_*.py"))]
