"""One exercise as its file tells it: wrong answers, right answers, and what tells them apart.

The file solutions/<lesson>/exercises/<function>.py is plain Python that finds three names without an import:

    @wrong(name, looks_like=…, hint=…, family=None, random=False)   above a wrong implementation
    wrong(name, (before, after), …, looks_like=…, …)  one told by changes of ANSWER (grader.changes writes it out)
    right(name, source, *extra_cells)                 a right answer: the text of its cell, and cells added before it
    equivalent(reason, (before, after), …)            changes of the reference that leave it right; "…" stands for anything

It defines `visible(implementation)` and `fresh(implementation)`: what an implementation returns on the inputs of its
visible check, and on inputs that no student has seen. `describe` names how a result becomes a fingerprint
(course_fingerprints). What several exercises of a lesson share lies in shared.py beside them.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PACKAGE = "exercises"
EXACTLY = "exactly"


@dataclass(frozen=True)
class Wrong:
    """One wrong implementation of a graded function.

    `looks_like` says in a few plain words what the answer does ("the mask is drawn from a normal distribution");
    `hint` gives facts first, then a pointer, never the code (at most 160 plain words). Two wrong answers that
    behave alike on every input share a `family`. One that draws numbers where the right answer draws none is `random`:
    a student's own check cannot know it by its numbers.
    """

    name: str
    function: str
    implementation: Callable[..., Any]
    looks_like: str
    hint: str
    family: str | None = None
    random: bool = False
    text: str | None = None

    @property
    def source(self) -> str:
        """The text of an answer cell that holds this wrong implementation, named as the graded function."""
        if self.text is not None:
            return self.text
        lines = textwrap.dedent(inspect.getsource(self.implementation)).splitlines()
        start = next(i for i, line in enumerate(lines) if line.startswith("def "))
        body = "\n".join(lines[start:])
        return body.replace(f"def {self.implementation.__name__}(", f"def {self.function}(", 1) + "\n"


@dataclass(frozen=True)
class Right:
    """One right answer: the text of its cell, and cells that the student added before it."""

    name: str
    function: str
    source: str
    extra_cells: tuple[str, ...] = ()


@dataclass
class Exercise:
    """All that is known of one graded function beside its lesson."""

    function: str
    wrong: list[Wrong] = field(default_factory=list)
    right: list[Right] = field(default_factory=list)
    equivalent: dict[tuple[str, str], str] = field(default_factory=dict)
    visible: Callable[..., Any] | None = None
    fresh: Callable[..., Any] | None = None
    describe: str = EXACTLY

    def add_wrong(
        self,
        name: str,
        *,
        looks_like: str,
        hint: str,
        family: str | None = None,
        random: bool = False,
        text: str | None = None,
    ) -> Callable[..., Any]:
        """The decorator `wrong`."""

        def register(implementation: Callable[..., Any]) -> Callable[..., Any]:
            self.wrong.append(
                Wrong(name, self.function, implementation, looks_like, hint, family, random, text)
            )
            return implementation

        return register

    def add_right(self, name: str, source: str, *extra_cells: str) -> None:
        """The function `right`."""
        cells = (cell.strip() + "\n" for cell in extra_cells)
        self.right.append(Right(name, self.function, source.strip() + "\n", tuple(cells)))

    def add_equivalent(self, reason: str, *mutants: tuple[str, str]) -> None:
        """The function `equivalent`."""
        self.equivalent |= dict.fromkeys(mutants, reason)


def load(function: str, code: types.CodeType, shared: types.CodeType | None) -> Exercise:
    """Runs the code of an exercise, and first that of its lesson's shared.py; what they have told.

    The course's helpers must be importable. Whatever the code raises comes through.
    """
    package = types.ModuleType(PACKAGE)
    package.__path__ = []
    sys.modules[PACKAGE] = package
    sys.modules.pop(f"{PACKAGE}.shared", None)  # of another lesson
    if shared is not None:
        _run("shared", shared, {})
    exercise = Exercise(function)
    given = {"wrong": exercise.add_wrong, "right": exercise.add_right, "equivalent": exercise.add_equivalent}
    names = vars(_run(function, code, given))
    exercise.visible, exercise.fresh = names.get("visible"), names.get("fresh")
    exercise.describe = names.get("describe", EXACTLY)
    return exercise


def _run(name: str, code: types.CodeType, given: dict[str, Any]) -> types.ModuleType:
    module = types.ModuleType(f"{PACKAGE}.{name}")
    module.__package__ = PACKAGE
    vars(module).update(given)
    sys.modules[module.__name__] = module
    exec(code, vars(module))  # our own
    return module
