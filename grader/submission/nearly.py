"""Answers under a name that is nearly the one asked for: graded where it can only be that one, else asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..course import Cell
from .matching import Matches, lines, may_define, unanswered
from .notebook import StudentCell

FAR = 2  # letters that may be wrong, missing, doubled or exchanged
_DEFINED = re.compile(r"(?m)^(?:async[ \t]+)?def[ \t]+(\w{4,80})[ \t]*\(")


@dataclass(frozen=True)
class Nearly:
    """A function of the student's under a name like ours: `wanted` has one name if it can only be that one."""

    called: str
    at: int
    wanted: tuple[str, ...]


def nearly(ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches) -> Iterator[Nearly]:
    """The student's functions that resemble graded ones without an answer, each once, in order."""
    graded = [cell.function for cell in ours if cell.role == "answer" and cell.function]
    without = _without_answer(ours, theirs, matches)
    if not without:
        return
    known = set(graded) | set(
        re.findall(r"\w+", "\n".join(cell.source for cell in ours if cell.role == "given"))
    )
    found: dict[str, int] = {}
    for index, student in enumerate(theirs):
        if student.kind == "code" and not unanswered(student.source):
            found |= {name: index for name in _DEFINED.findall(student.source) if name not in known}
    claims = {name: _like(name, graded, _asked_for(at, ours, matches)) for name, at in found.items()}
    for name, wanted in claims.items():
        mine = [function for function in wanted if function in without]
        rivals = [other for other, others in claims.items() if other != name and set(others) & set(mine)]
        if mine:
            yield Nearly(name, found[name], tuple(wanted if len(mine) > 1 or rivals else mine))


def sure(claims: Iterable[Nearly]) -> dict[str, Nearly]:
    """By graded function, the one that it can only be."""
    claims = list(claims)
    names = [claim.wanted for claim in claims]
    return {c.wanted[0]: c for c in claims if len(c.wanted) == 1 and names.count(c.wanted) == 1}


def _without_answer(ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches) -> set[str]:
    without = set()
    for index, cell in enumerate(ours):
        if cell.role == "answer" and cell.function and index not in matches.found:
            at = matches.chosen.get(index)
            text = "" if at is None else theirs[at].source
            stub = lines(text) == lines(cell.release) or unanswered(text)
            if stub or not may_define(text, cell.function):
                without.add(cell.function)
    return without


def _asked_for(at: int, ours: Sequence[Cell], matches: Matches) -> str | None:
    """The function that the cell is for in which a student's stands."""
    mine = matches.place.get(at)
    return ours[mine].function if mine is not None and ours[mine].role == "answer" else None


def _like(name: str, graded: Sequence[str], asked_for: str | None) -> list[str]:
    """The graded names near to a name; of several the one whose cell it is."""
    near = [function for function in graded if distance(name.casefold(), function.casefold(), FAR) <= FAR]
    return [asked_for] if asked_for in near else near


def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or exchanged with their neighbour; `most + 1` if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)
