"""The bank of bad submissions: one small mutation each, named by what it does, with the verdict it must get.

Reading the list is reading the threat model. `files` are broken files, `structure` changed notebooks, `runaway` code
without end, `cheating` tries for points, `reaching` tries for files, network, secrets and other processes,
`pages` for the browser of whoever reads the result.

Every mutation starts from the same honest notebook of the lesson gradient_checking, which gets full marks. Attacks
that would go unseen are written so that they show: the answer is right only as long as the attack was withstood.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.here import load_lesson

LESSON = "gradient_checking"
Notebook = dict[str, Any]


@dataclass(frozen=True)
class Bad:
    """One bad submission.

    Attributes
    ----------
    name, group
        What it does, and which of the groups it belongs to.
    mutate
        Takes a fresh honest notebook; returns the notebook (or the very bytes) to hand in.
    verdict
        "full" marks, "refused", or the functions whose points are lost.
    place
        Puts the file into its folder where an ordinary write is not the attack; None for an ordinary write.
    only_intake
        Whether nbgrader's own autograde falls over it even with our hooks, so that only `grader grade` withstands it.
    """

    name: str
    group: str
    mutate: Callable[[Notebook], Notebook | bytes]
    verdict: str | tuple[str, ...]
    place: Callable[[Path, bytes], None] | None = None
    only_intake: bool = False

    def content(self) -> bytes:
        """The bytes to hand in."""
        made = self.mutate(honest())
        return made if isinstance(made, bytes) else dump(made)


BANK: list[Bad] = []


def bad(
    verdict: str | tuple[str, ...],
    *,
    place: Callable[[Path, bytes], None] | None = None,
    only_intake: bool = False,
) -> Callable[[Callable[[Notebook], Notebook | bytes]], Callable[[Notebook], Notebook | bytes]]:
    """Puts a mutation into the bank under its function's name and its module's group."""

    def register(mutate: Callable[[Notebook], Notebook | bytes]) -> Callable[[Notebook], Notebook | bytes]:
        group = mutate.__module__.rpartition(".")[2]
        BANK.append(Bad(mutate.__name__, group, mutate, verdict, place, only_intake))
        return mutate

    return register


def dump(notebook: Notebook) -> bytes:
    """A notebook as Jupyter writes it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def honest() -> Notebook:
    """The release with every answer right: what all mutations start from."""
    lesson = load_lesson(LESSON)
    notebook: Notebook = copy.deepcopy(lesson.release)
    for ours, theirs in zip(lesson.cells, notebook["cells"], strict=True):
        if ours.role == "answer":
            theirs["source"] = solution(ours.source)
    return notebook


def solution(source: str) -> str:
    """An answer cell's text without nbgrader's markers."""
    return "\n".join(line for line in source.splitlines() if "### " not in line) + "\n"


def position(notebook: Notebook, grade_id: str) -> int:
    """Where the cell with this grade id stands."""
    for index, cell in enumerate(notebook["cells"]):
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            return index
    raise KeyError(grade_id)


def cell_of(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    """The cell with this grade id."""
    found: dict[str, Any] = notebook["cells"][position(notebook, grade_id)]
    return found


def text_of(cell: dict[str, Any]) -> str:
    """A cell's source as one string."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def answer(notebook: Notebook, function: str, source: str) -> Notebook:
    """The notebook with another text in one answer cell."""
    cell_of(notebook, function)["source"] = source
    return notebook


def after_answer(notebook: Notebook, function: str, code: str) -> Notebook:
    """The notebook with code appended to one answer cell, after the right function."""
    cell = cell_of(notebook, function)
    cell["source"] = text_of(cell) + "\n" + code
    return notebook


def before_answer(notebook: Notebook, function: str, code: str) -> Notebook:
    """The notebook with code put above the right function in its answer cell."""
    cell = cell_of(notebook, function)
    cell["source"] = code + "\n" + text_of(cell)
    return notebook


def add_cell(
    notebook: Notebook, code: str, before: str = "forward_propagation", kind: str = "code"
) -> Notebook:
    """The notebook with a cell that the student added before an answer."""
    cell: dict[str, Any] = {"cell_type": kind, "id": "added001", "metadata": {}, "source": code}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    notebook["cells"].insert(position(notebook, before), cell)
    return notebook


def inside(notebook: Notebook, function: str, code: str) -> Notebook:
    """The notebook with one more line at the start of a function's body, right answer otherwise."""
    cell = cell_of(notebook, function)
    wrapper = f"""
_honest = {function}
def {function}(*args, **kwargs):
    {code}
    return _honest(*args, **kwargs)
"""
    cell["source"] = text_of(cell) + wrapper
    return notebook


def unless(notebook: Notebook, function: str, attack: str) -> Notebook:
    """The notebook whose function is wrong as soon as the expression or block `attack` sets `escaped` to something true.

    `attack` may raise: what it has not set by then was withstood.
    """
    lines = "\n".join("    " + line for line in attack.strip().splitlines())
    code = f"""
escaped = False
try:
{lines}
except BaseException:
    pass
if escaped:
    def {function}(*args, **kwargs):
        return "escaped: " + repr(escaped)[:200]
"""
    return after_answer(notebook, function, code)


from . import cheating, files, pages, reaching, runaway, structure  # noqa: E402, F401  (each fills BANK)
