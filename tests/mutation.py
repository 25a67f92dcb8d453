"""Runs every mutant of every reference solution through its function's checks, and says which live on."""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import multiprocessing
import re
import resource
import signal
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from grader.course import HIDDEN
from tests import bank
from tests.here import LESSONS
from tests.mutants import Mutant, mutants_of

SECONDS = 5.0  # that a mutant may take for one check; the slowest reference takes 0.3
MEMORY = 4 << 30
SEED = 12345  # what a check that does not seed begins with, as in the checker room


class TooLong(BaseException):
    """A mutant does not come to an end."""


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: whether it passes all checks, and which assert of the hidden one it failed."""

    lesson: str
    function: str
    mutant: Mutant
    alive: bool
    failed: str | None = None

    def __str__(self) -> str:
        return f"{self.function}: {self.mutant.before}  =>  {self.mutant.after}"


class Equivalents:
    """The mutants listed as right all the same, each with its reason; "…" stands for anything."""

    def __init__(self) -> None:
        self.reasons = {
            (function, before, after): reason
            for lesson in LESSONS
            for function in bank.functions(lesson)
            for (before, after), reason in bank.exercise(lesson, function).equivalent.items()
        }
        self.used: set[tuple[str, str, str]] = set()

    def reason(self, function: str, mutant: Mutant) -> str | None:
        """Why this mutant is right; None if it is not listed."""
        for name, before, after in self.reasons:
            if name == function and _fits(before, mutant.before) and _fits(after, mutant.after):
                self.used.add((name, before, after))
                return self.reasons[name, before, after]
        return None

    def unused(self, functions: Sequence[str]) -> list[str]:
        """The entries of some functions that no mutant fits."""
        rest = sorted(entry for entry in self.reasons.keys() - self.used if entry[0] in functions)
        return [f"{name}: {before}  =>  {after}" for name, before, after in rest]


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("…"))), text) is not None


def source_of(lesson: str, function: str) -> str:
    """The reference solution."""
    return next(c.source for c in bank.cells(lesson) if c.role == "answer" and c.function == function)


def mutants(lesson: str, function: str) -> list[Mutant]:
    """All mutants of one reference solution."""
    return mutants_of(source_of(lesson, function))


@functools.cache
def _reference(lesson: str) -> dict[str, Any]:
    """The names of a lesson in which everything is answered by the reference."""
    notebook: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in bank.cells(lesson):
            if cell.role in ("given", "answer"):
                exec(compile(cell.source, cell.id, "exec"), notebook)
    return notebook


def fate(lesson: str, function: str, mutant: Mutant) -> Fate:
    """Whether one mutant gets through its function's checks."""
    checks = {c.id: c for c in bank.cells(lesson) if c.role == "check" and c.function == function}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for name in (f"{function}_hidden", f"{function}_visible"):
            problem = _problem(lesson, mutant.source, checks[name].source, name)
            if problem is not None:
                return Fate(
                    lesson, function, mutant, False, failed_assert(problem, name, checks[name].source)
                )
    return Fate(lesson, function, mutant, True)


def _problem(lesson: str, answer: str, check: str, name: str) -> BaseException | None:
    """What a check raises about an answer, in a notebook of its own."""
    np.random.seed(SEED)
    notebook = dict(_reference(lesson))
    signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(answer, "<mutant>", "exec"), notebook)
            exec(compile(check, name, "exec"), notebook)
    except (Exception, TooLong) as problem:
        return problem
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return None


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def failed_assert(problem: BaseException, name: str, check: str) -> str | None:
    """The assert of a hidden check that failed, as in `hidden_asserts`; None if something else ended it."""
    line, trace = 0, problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    found = [text for text, lines in _asserts(name, check) if line in lines]
    return found[0] if isinstance(problem, AssertionError) and name.endswith(HIDDEN) and found else None


def hidden_asserts() -> set[str]:
    """Every assert in every hidden check, as "check, line: its first line"."""
    checks = [cell for lesson in LESSONS for cell in bank.cells(lesson) if cell.id.endswith(HIDDEN)]
    return {text for cell in checks for text, _ in _asserts(cell.id, cell.source)}


@functools.cache
def _asserts(name: str, check: str) -> list[tuple[str, range]]:
    nodes = [node for node in ast.walk(ast.parse(check)) if isinstance(node, ast.Assert)]
    lines = check.splitlines()
    return [
        (f"{name}, line {n.lineno}: {lines[n.lineno - 1].strip()}", range(n.lineno, n.end_lineno + 1))
        for n in nodes
    ]


def run(jobs: int, functions: Sequence[str]) -> tuple[Iterator[Fate], int]:
    """The fate of every mutant of these functions, as it becomes known, and how many mutants that is."""
    work = [
        (name, f, mutant)
        for name in LESSONS
        for f in bank.functions(name)
        if f in functions
        for mutant in mutants(name, f)
    ]
    return _fates(work, jobs), len(work)


def _fates(work: list[tuple[str, str, Mutant]], jobs: int) -> Iterator[Fate]:
    for lesson in dict.fromkeys(lesson for lesson, _, _ in work):
        _reference(lesson)
    with multiprocessing.get_context("fork").Pool(jobs, _limit) as pool:
        yield from pool.imap(_fate, work, chunksize=20)


def _fate(work: tuple[str, str, Mutant]) -> Fate:
    return fate(*work)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
