"""Wrong answers that people give, one module a lesson: what each looks like, and what to tell its author.

The same table recognises the misconception behind a wrong answer, tests the checks, and makes the sample class.
A lesson's module holds wrong implementations as ordinary functions, each under `@wrong(...)`, and `FRESH`:
for every graded function a callable that runs an implementation on inputs no student has seen and returns the
fingerprint of what came back.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Misconception:
    """One wrong implementation of one graded function.

    `looks_like` says in a few plain words what the answer does ("the mask is drawn from a normal distribution");
    `hint` gives facts first, then a pointer, never the code (at most 160 plain words). Two misconceptions that
    behave alike on every input share a `family`.
    """

    name: str
    function: str
    implementation: Callable[..., Any]
    looks_like: str
    hint: str
    family: str | None = None

    @property
    def source(self) -> str:
        """The text of an answer cell that holds this wrong implementation, named as the graded function."""
        lines = textwrap.dedent(inspect.getsource(self.implementation)).splitlines()
        start = next(i for i, line in enumerate(lines) if line.startswith("def "))
        body = "\n".join(lines[start:])
        return body.replace(f"def {self.implementation.__name__}(", f"def {self.function}(", 1) + "\n"


def collector() -> tuple[list[Misconception], Callable[..., Callable[..., Any]]]:
    """A fresh table and the `wrong` decorator that fills it; each lesson's module calls this once."""
    table: list[Misconception] = []

    def wrong(
        name: str, *, function: str, looks_like: str, hint: str, family: str | None = None
    ) -> Callable[..., Any]:
        def register(implementation: Callable[..., Any]) -> Callable[..., Any]:
            table.append(Misconception(name, function, implementation, looks_like, hint, family))
            return implementation

        return register

    return table, wrong
