"""How the visible check of a function goes: whether it can be judged yet, what was found, and what helps.

verdict(name, calling)            of a function of the notebook with the names `calling`
found(answer, error, ...)         what an exception in a check says, as a Finding
check_of(name)                    the check itself, a function of the module checks_<lesson>
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import course_notebook as notebooks
from course_answers import Answer
from course_errors import explained
from course_findings import Finding
from course_fingerprints import why

RUN = "run the cell that begins with `def {name}`, then this one again."
BEFORE = "run the cells at the top first, for nothing is defined before that or after a restart; then "
UNREAD = "Python could not read its cell when it ran last, so whatever was defined before still stands."
BRACKET = (
    "Look at that line and the one above it: is a bracket, a colon or a quote missing, or does a word of Python's own, such "
    "as `lambda`, stand where a name should? Then run the cell again."
)
INDENTED = (
    "The lines of one block begin in the same column, and after a line that ends with a colon they stand further to the "
    "right; a comment alone is no block. Mend that, then run the cell again."
)
FORGOTTEN = "it returned None: is a line with `return` missing, or is it not reached?"
EARLIER = "its cell stopped with an error when it ran last, so it is what it was before: mend that, then "
LEFT = "its line with raise still stands and is reached: delete it, and run the cell again."
WRITE = (
    "write it in its cell, in place of the line with raise, and run that cell; the text above it has hints."
)
NEXT = "Print what stands in that line, and its shapes, in a cell of your own; then hold it against the exercise's equation."
STUMBLED = "Hold what it returns, part by part, against the docstring: its type, and its shape."


@dataclass(frozen=True)
class Verdict:
    """How a check went. `words` go on from the function's name; `tone` is good, bad, or open: not judged yet."""

    tone: str
    words: str
    finding: Finding | None = None
    tried: str = ""
    note: str = ""
    lines: tuple[notebooks.Line, ...] = ()
    cause: Exception | None = None


def verdict(name: str, calling: notebooks.Notebook) -> Verdict:
    """Run the check of a function of the notebook, if there is something to run it on."""
    check = check_of(name)
    if waiting := _not_ready(name, calling):
        return waiting
    function = calling[name]
    answer, names = Answer(name, function), notebooks.notebook_of(function, calling)
    note = _note(notebooks.reads(function, names))
    try:
        tried = check(answer)
    except Exception as error:
        lines = notebooks.own_lines(error, names) if answer.raised is error else []
        if isinstance(error, NotImplementedError):
            return replace(_not_written(name, lines, function), cause=error)
        code = lines[-1].code if lines else ""
        finding = found(answer, error, code, str(error), notebooks.names_at(error, names))
        if finding is None:
            what, said = "the check cannot use what it returns.", f"{type(error).__name__}: {error}"
            finding = Finding(what, said=said, hint=STUMBLED)
        finding = replace(finding, function=name, line=notebooks.told(lines, name) or finding.line)
        words = "stopped with an error" if answer.raised is error else "does not pass yet"
        return Verdict("bad", words, finding, note=note, lines=tuple(lines), cause=error)
    return Verdict("good", "passes its visible check", tried=tried, note=note)


def found(
    answer: Answer, error: Exception, code: str, text: str, names: dict[str, Any] | None = None
) -> Finding | None:
    """What an exception in a check says, with the known mistake that the answer looks like; None if it says nothing.

    Parameters
    ----------
    code, text : the line of the answer that raised, and what Python said, if it was the answer that raised
    names : the names that this line knew
    """
    known = {} if answer.seen is None else why(answer.name, answer.seen)
    if answer.raised is error:
        kind = type(error).__name__
        fact, step = explained(kind, text, code, names or {})
        help_ = {"hint": step or NEXT} | known
        return Finding(fact or "it stops with an error.", said=f"{kind}: {text}".rstrip(": "), **help_)
    finding = error.args[0] if isinstance(error, AssertionError) and error.args else None
    if not isinstance(finding, Finding):
        return None
    forgotten = {"hint": FORGOTTEN} if answer.nothing and not finding.hint else {}
    return replace(finding, **forgotten | known)


def _not_ready(name: str, calling: notebooks.Notebook) -> Verdict | None:
    """Why there is nothing to judge yet, if there is not."""
    if error := notebooks.unread_cell(name):
        line = f"line {error.lineno}: {(error.text or '').strip()}"
        said = f"{type(error).__name__}: {error.msg}"
        hint = INDENTED if isinstance(error, IndentationError) else BRACKET
        finding = Finding(UNREAD, said=said, line=line, hint=hint, function=name)
        return Verdict("bad", "could not be read", finding)
    if name not in calling:
        first = "" if notebooks.has_begun(calling) else BEFORE
        return _open(name, "has not run yet", first + RUN.format(name=name))
    if not callable(calling[name]):
        kind = type(calling[name]).__name__
        step = f"the name stands for a value of type {kind}, which a cell gave it; {RUN.format(name=name)}"
        return _open(name, "is no function now", step)
    if notebooks.is_of_before(name, calling[name]):
        return _open(name, "is of an earlier run", EARLIER + RUN.format(name=name))
    return None


def _not_written(name: str, lines: list[notebooks.Line], function: Callable[..., Any]) -> Verdict:
    """The verdict on a stub: on the function's own, or on that of another which it calls."""
    code = getattr(function, "__code__", None)
    inner = lines[-1].function if lines else name
    if inner not in (name, "<module>", "<lambda>"):
        step = f"it calls `{inner}`, which is not written yet: write that one first."
        return _open(name, f"waits for {inner}", step)
    if code and len({line for *_, line in code.co_lines() if line} - {code.co_firstlineno}) > 1:
        return _open(name, "still says that it is not written", LEFT)
    return _open(name, "is not written yet", WRITE)


def _open(name: str, words: str, step: str) -> Verdict:
    return Verdict("open", words, Finding(step, function=name))


def _note(read: list[str]) -> str:
    if not read:
        return ""
    names = " and ".join(f"`{name}`" for name in read[:3])
    return f"It reads {names} from the notebook; other data come with other arguments, so use those."


def check_of(name: str) -> Callable[[Answer], str]:
    """The visible check of a graded function: takes the answer and returns what it tried.

    Raises
    ------
    ValueError
        If there is none.
    """
    for module in _modules():
        check: Callable[[Answer], str] | None = vars(module).get(name)
        if check and check.__module__ == module.__name__ and not name.startswith("_"):
            return check
    raise ValueError(f"testCases.check: there is no check of '{name}'; is the name spelt as in its exercise?")


@functools.cache
def _modules() -> list[Any]:
    paths = sorted(Path(__file__).parent.glob("checks_*.py"))
    return [importlib.import_module(path.stem) for path in paths]
