"""Which of the student's cells is which of ours: by grade id or cell id, else by text, else by likeness.

A cell handed in can have lost its metadata, been copied, split, merged, moved or retyped. Nothing here parses
a stranger's code: a parser in our own process would be one more door.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..course import Cell
from .notebook import StudentCell

LIKE = 0.5  # share of common lines above which an edited cell is taken for ours
REMEMBERED = 5000  # characters of a cell whose lines are kept in mind
NEAR = 200  # unmatched cells between two known ones; beyond that nobody edited, somebody flooded


@dataclass
class Matches:
    """`chosen`: our cell's index → the student's. `place`: the student's index → ours, chosen or a mere copy.

    `copies`: our index → how many further cells claimed to be it. `spare`: the student's indices that add
    nothing (copies of ours, stubs, locked cells) and are left out. `found`: answers whose text stood in another cell.
    """

    chosen: dict[int, int] = field(default_factory=dict)
    place: dict[int, int] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    spare: set[int] = field(default_factory=set)
    found: dict[int, int] = field(default_factory=dict)


def match(ours: Sequence[Cell], theirs: Sequence[StudentCell]) -> Matches:
    """Pairs the student's cells with ours; every cell of theirs that stays unpaired was added."""
    matches = Matches()
    _by_name(ours, theirs, matches)
    _by_text(ours, theirs, matches)
    _by_likeness(ours, theirs, matches)
    _by_function(ours, theirs, matches)
    return matches


def lines(text: str) -> tuple[str, ...]:
    """The lines that say something: without trailing blanks, blank lines and whole-line comments."""
    return _remembered_lines(text) if len(text) < REMEMBERED else _lines(text)


def _lines(text: str) -> tuple[str, ...]:
    kept = (line.rstrip() for line in text.split("\n"))
    return tuple(line for line in kept if line and not line.lstrip().startswith("#"))


_remembered_lines = functools.lru_cache(maxsize=2048)(_lines)  # a class hands in the same cells over and over


_ELSEWHERE = re.compile(
    r"\s*%%(?!time|timeit|capture|prun|python|py3\b)"
)  # a cell that is not run as Python here


def defines(text: str, function: str) -> bool:
    """Whether a cell's text binds `function` at its top level, as far as one sees without parsing."""
    if function not in text:
        return False
    name = re.escape(function)
    binds = rf"(?:async[ \t]+)?def[ \t]+{name}\b|class[ \t]+{name}\b|{name}[ \t]*(?::[^=\n]*)?=(?!=)"
    return re.search(rf"(?m)^(?:{binds})", text) is not None and not _ELSEWHERE.match(text)


def may_define(text: str, function: str) -> bool:
    """The same wherever in the cell: under an `if`, indented, behind a prompt or a semicolon."""
    if function not in text:
        return False
    name = re.escape(function)
    start = r"(?:^[\s\u00a0]*(?:>>>|\.\.\.|In ?\[\d*\]:)?|;)[ \t\u00a0]*"
    binds = rf"(?:async[\s\u00a0]+)?def[\s\u00a0]+{name}\b|class[\s\u00a0]+{name}\b|{name}[ \t\u00a0]*(?::[^=\n]*)?=(?!=)"
    return re.search(rf"(?m){start}(?:{binds})", text) is not None and not _ELSEWHERE.match(text)


def unanswered(text: str) -> bool:
    """Whether a cell's text is a stub still: it raises NotImplementedError and returns nothing."""
    return "raise NotImplementedError" in text and not re.search(r"(?m)^[ \t]+return\b", text)


def _only_a_stub(text: str) -> bool:
    """Whether nothing of a cell is lost when it is left out: one function that has no answer."""
    top = [line for line in lines(text) if line[:1].strip()]
    return unanswered(text) and len(top) == 1


def moved(matches: Matches) -> set[int]:
    """Our indices whose cells stand out of our order: the fewest that leave the rest in order."""
    order = [mine for _, mine in sorted((theirs, mine) for mine, theirs in matches.chosen.items())]
    tails: list[int] = []
    lengths = []
    for mine in order:
        at = bisect_left(tails, mine)
        tails[at : at + 1] = [mine]
        lengths.append(at + 1)
    kept: set[int] = set()
    length = len(tails)
    for mine, reached in zip(reversed(order), reversed(lengths), strict=True):
        if reached == length and (not kept or mine < min(kept)):
            kept.add(mine)
            length -= 1
    return set(order) - kept


def _by_name(ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches) -> None:
    names = {cell.id: index for index, cell in enumerate(ours)}
    claims: dict[int, list[int]] = defaultdict(list)
    for index, cell in enumerate(theirs):
        mine = names.get(cell.grade_id or "", names.get(cell.id or ""))
        if mine is not None:
            claims[mine].append(index)
    for mine, claimants in claims.items():
        _settle(ours[mine], mine, claimants, theirs, matches)


def _settle(
    cell: Cell, mine: int, claimants: list[int], theirs: Sequence[StudentCell], matches: Matches
) -> None:
    """Chooses among the cells that carry one name; what the others say is kept if it is the student's own."""
    untouched = lines(cell.release)
    own = [index for index in claimants if lines(theirs[index].source) != untouched]
    if cell.role == "answer" and cell.function:
        function = cell.function
        defining = [index for index in own if defines(theirs[index].source, function)]
        answered = [index for index in defining if not unanswered(theirs[index].source)]
        best = (answered or defining or own or claimants)[-1]
    elif cell.role == "written":
        best = (own or claimants)[-1]
    elif cell.role in ("check", "given"):
        best = next((index for index in claimants if index not in own), claimants[0])
    else:
        best = claimants[0]
    matches.chosen[mine] = best
    matches.copies[mine] = len(claimants) - 1
    for index in claimants:
        matches.place[index] = mine
        nothing = index not in own or theirs[index].source == theirs[best].source
        if index != best and (nothing or cell.role == "answer" and unanswered(theirs[index].source)):
            matches.spare.add(index)


def _by_text(ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches) -> None:
    """Cells that lost their names but not their text; a further copy of a locked cell adds nothing."""
    texts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for mine, cell in enumerate(ours):
        if said := lines(cell.release) or tuple(cell.release.strip("\n").split("\n")):
            texts[said].append(mine)
    for index, student in enumerate(theirs):
        if index in matches.place:
            continue
        said = lines(student.source) or tuple(student.source.strip("\n").split("\n"))
        same = texts.get(said, [])
        left = [mine for mine in same if mine not in matches.chosen]
        if left:
            matches.chosen[left[0]] = index
            matches.place[index] = left[0]
        elif same and ours[same[0]].role in ("check", "given", "answer"):
            matches.place[index] = same[0]
            matches.copies[same[0]] = matches.copies.get(same[0], 0) + 1
            matches.spare.add(index)


def _by_likeness(ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches) -> None:
    """Unlocked cells that lost their names and were edited: the most alike after the same neighbour."""
    free = [i for i, cell in enumerate(ours) if i not in matches.chosen and cell.role != "answer"]
    left = [i for i in range(len(theirs)) if i not in matches.place]
    if not free or not left:
        return
    said = {i: set(lines(theirs[i].source)) for i in left}
    chosen = sorted(matches.chosen.items())
    for mine in free:
        before = max((theirs_at for at, theirs_at in chosen if at < mine), default=-1)
        near = [i for i in left if i > before and i not in matches.place][:NEAR]
        wanted = set(lines(ours[mine].release))
        scores = [
            (len(wanted & said[i]) / max(len(wanted), len(said[i]), 1), -i)
            for i in near
            if theirs[i].kind == ours[mine].kind
        ]
        best, index = max(scores, default=(0.0, 0))
        if best >= LIKE:
            matches.chosen[mine], matches.place[-index] = -index, mine


def _by_function(ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches) -> None:
    """Answers that stand in another cell: an added one, else an unlocked, an answer's, a locked one of ours.

    A cell that defines the function at its top level goes before one that may define it, an answer before a stub.
    """
    ranks = {"free": 2, "experiment": 2, "answer": 1}
    rank = {index: ranks.get(ours[mine].role, 0) for index, mine in matches.place.items()}
    for mine, cell in enumerate(ours):
        if cell.role != "answer" or cell.function is None:
            continue
        function, stub = cell.function, lines(cell.release)
        current = matches.chosen.get(mine)

        def worth(
            text: str, function: str = function, stub: tuple[str, ...] = stub
        ) -> tuple[bool, bool] | None:
            if not may_define(text, function) or lines(text) == stub:
                return None
            return not unanswered(text), defines(text, function)

        candidates = [
            (value, rank.get(index, 3), index)
            for index, student in enumerate(theirs)
            if index != current
            and student.kind == "code"
            and index not in matches.spare
            and (value := worth(student.source)) is not None
        ]
        standing = None if current is None else worth(theirs[current].source)
        best = max(candidates, default=None)
        if best is not None and (standing is None or best[0][0] and not standing[0]):
            matches.found[mine] = best[2]
        elif standing is None:
            continue
        at = matches.found.get(mine, current)
        if at is not None and not unanswered(theirs[at].source):
            matches.spare |= {
                index for _, _, index in candidates if index != at and _only_a_stub(theirs[index].source)
            }
