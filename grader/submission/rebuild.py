"""Our release with the student's work put in: what the rooms run.

From the student come only the sources of answer cells, of unlocked cells they edited, and of cells they
added. Metadata, tags, outputs, kernels, locked cells, checks and points come from us.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..course import HIDDEN, Cell, Lesson, Role
from ..errors import SubmissionError
from .belonging import Belonging, belonging, chosen_cells
from .matching import Matches, lines, match, moved
from .nearly import Nearly, nearly, sure
from .notebook import StudentCell, digest_of, opened

NAMED = 12  # sentences about cells one by one; a notebook in pieces is summed up


@dataclass(frozen=True)
class RoomCell:
    """One cell as the rooms get it.

    `role` is the role of our cell, or "added" for a cell that the student wrote. `origin` says whose text
    `source` is: "student" for added cells, and for our unlocked cells (answer, free, experiment, written,
    text) that the student changed; else "ours". So an untouched stub is an answer of origin "ours", and an
    untouched experiment an experiment of origin "ours". Checks and given cells are always ours. A check's
    source is that of the solution notebook, hidden part included; an answer's never is.
    """

    id: str
    kind: Literal["code", "markdown"]
    role: Role | Literal["added"]
    source: str
    function: str | None
    points: float
    origin: Literal["ours", "student"]
    pictures: tuple[tuple[str, str, str], ...] = ()  # attached to a text: name, type, base64


@dataclass(frozen=True)
class Rebuilt:
    """A submission put right: its cells in order, and what had to be put right, a sentence each.

    `work` is a digest of the texts that were handed in; see `keys`.
    """

    cells: tuple[RoomCell, ...]
    restored: tuple[str, ...] = ()
    work: str = ""


def rebuild(lesson: Lesson, notebook: bytes) -> Rebuilt:
    """The lesson's cells with the student's answers, edits and added cells in their places.

    Raises
    ------
    SubmissionError
        If `notebook` cannot be read as a notebook at all, or is not of this lesson; the text is for the student.
    """
    read = opened(notebook)
    theirs = chosen_cells(lesson.cells, read.cells)
    matches = match(lesson.cells, theirs)
    if not (here := belonging(lesson.cells, theirs, matches)).is_of:
        raise SubmissionError(_not_ours(lesson, here))
    claims = list(nearly(lesson.cells, theirs, matches))
    _take_nearly(lesson.cells, theirs, matches, sure(claims))
    astray = moved(matches)
    added = _added(lesson.cells, theirs, matches, astray)
    cells = list(added.pop(-1, []))
    notes: list[str] = []
    for index, cell in enumerate(lesson.cells):
        mine = _ours(cell, index, theirs, matches)
        if (claim := sure(claims).get(cell.function or "")) and cell.role == "answer":
            mine = replace(mine, source=f"{mine.source.rstrip()}\n\n{cell.function} = {claim.called}\n")
        after = added.get(index, [])
        if cell.role == "written":
            texts = _texts(after, 0)
            if not texts and mine.origin == "ours":
                texts = _texts(cells, -1)[::-1]
            if not texts and mine.origin == "ours" and (typed := _typed_into(lesson.cells[index - 1], cells)):
                notes.append("the written answer stood in the question's own text and was put into its place")
                mine = _joined(mine, [typed])
            if texts:
                what = "the written answer" if mine.origin == "ours" else "more of the written answer"
                notes.append(f"{what} stood in a cell of its own and was put into the question's")
                mine = _joined(mine, texts)
        cells += [mine, *after]
    notes += _notes(lesson.cells, theirs, matches, astray)
    told = [*read.notes, *_about_names(claims)]
    if len(theirs) < len(read.cells):
        told.append(
            f"of {len(read.cells):,} cells, {len(theirs):,} were graded: yours that hold answers, and the first"
        )
    return Rebuilt(tuple(cells), (*told, *notes), digest_of(read.cells))


def _not_ours(lesson: Lesson, here: Belonging) -> str:
    said = f"nothing in this notebook belongs to the lesson {lesson.name}"
    if here.found:
        said += f" but {here.found} of {here.functions} function names, with other parameters"
    return f"{said}; hand in the right one"


def _take_nearly(
    ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches, claims: dict[str, Nearly]
) -> None:
    """Puts answers under a name that can only be meant for ours in their places."""
    for index, cell in enumerate(ours):
        claim = claims.get(cell.function or "") if cell.role == "answer" else None
        if claim is not None and matches.chosen.get(index) != claim.at:
            matches.found[index] = claim.at


def _about_names(claims: Sequence[Nearly]) -> Iterator[str]:
    known = sure(claims)
    for claim in claims:
        if known.get(claim.wanted[0]) is claim:
            yield f"the function is called {claim.called} and was graded as {claim.wanted[0]}: the name has a slip"
        else:
            yield f"not graded: {claim.called} is not asked for; did you mean {' or '.join(claim.wanted)}?"


def _typed_into(question: Cell, cells: list[RoomCell]) -> RoomCell | None:
    """Takes what a student wrote into the text of a question; None if it is as it was."""
    at = next((i for i, cell in enumerate(cells) if cell.id == question.id), None)
    if at is None or question.role != "text" or cells[at].origin == "ours":
        return None
    known = {line.strip() for line in question.release.splitlines()}
    typed = "\n".join(
        line for line in cells[at].source.splitlines() if not line.strip() or line.strip() not in known
    )
    answer = replace(cells[at], source=typed.strip())
    if not answer.source and not answer.pictures:
        return None
    cells[at] = replace(cells[at], source=question.release, origin="ours", pictures=())
    return answer


def _joined(mine: RoomCell, texts: list[RoomCell]) -> RoomCell:
    """The written question's cell with the texts that stood beside it, and their pictures."""
    source = "\n\n".join([mine.source, *(text.source for text in texts)])
    return replace(
        mine, source=source, origin="student", pictures=sum((t.pictures for t in texts), mine.pictures)
    )


def _ours(cell: Cell, index: int, theirs: Sequence[StudentCell], matches: Matches) -> RoomCell:
    """One of our cells, with the student's text where that counts."""
    at = matches.found.get(index, matches.chosen.get(index))
    locked = cell.role in ("check", "given")
    source = cell.source if locked else cell.release
    edited = not locked and at is not None and theirs[at].source.rstrip() != source.rstrip()
    return RoomCell(
        cell.id,
        cell.kind,
        cell.role,
        theirs[at].source if edited and at is not None else source,
        cell.function,
        cell.points,
        "student" if edited else "ours",
        theirs[at].pictures if edited and at is not None else (),
    )


def _added(
    ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches, astray: set[int]
) -> defaultdict[int, list[RoomCell]]:
    """The student's own cells, by the index of our cell they follow (-1: before all)."""
    added: defaultdict[int, list[RoomCell]] = defaultdict(list)
    taken = {index for mine, index in matches.chosen.items() if mine not in matches.found}
    taken |= {matches.chosen[mine] for mine in matches.found if _stub(mine, ours, theirs, matches)}
    taken |= set(matches.found.values()) | matches.spare
    names, after, number = {cell.id for cell in ours}, -1, 0
    for index, cell in enumerate(theirs):
        mine = matches.place.get(index)
        if index not in taken:
            number += 1
            while f"added-{number}" in names:
                number += 1
            where = after
            if mine is not None:  # split off one of our cells: before or after what was chosen for it
                where = mine - 1 if mine in matches.found or index < matches.chosen[mine] else mine
            added[where].append(
                RoomCell(
                    f"added-{number}", cell.kind, "added", cell.source, None, 0.0, "student", cell.pictures
                )
            )
        elif mine is not None and mine not in astray and matches.chosen.get(mine) == index:
            after = mine
    return added


def _stub(mine: int, ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches) -> bool:
    at = matches.chosen.get(mine)
    return at is not None and lines(theirs[at].source) == lines(ours[mine].release)


def _texts(cells: list[RoomCell], end: Literal[0, -1]) -> list[RoomCell]:
    """Takes the text cells that a student added at one end of a list of cells."""
    texts = []
    while cells and (cells[end].role, cells[end].kind) == ("added", "markdown"):
        texts.append(cells.pop(end))
    return texts


def describe(cell: Cell) -> str:
    """One of our cells in a student's words."""
    if cell.role == "check":
        which = "hidden" if cell.id.endswith(HIDDEN) else "visible"
        return f"the {which} check of {cell.function}"
    if cell.role == "answer":
        return f"the answer cell of {cell.function}"
    names = {"given": f"the given cell {cell.id}", "written": "the written question", "text": "a text cell"}
    return names.get(cell.role, "an experiment" if cell.role == "experiment" else "an example cell")


def _notes(
    ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches, astray: set[int]
) -> Iterator[str]:
    """What was put right, in the order of the lesson."""
    told = [note for index in range(len(ours)) for note in _about(index, ours, theirs, matches, astray)]
    if len(told) > NAMED:
        yield from told[:NAMED]
        yield f"and {len(told) - NAMED} more cells like these"
    else:
        yield from told
    gone = Counter(
        cell.role
        for index, cell in enumerate(ours)
        if index not in matches.chosen and cell.role in ("text", "free", "experiment")
    )
    names = {"text": "text", "free": "example", "experiment": "experiment"}
    if gone:
        counts = ", ".join(f"{count} {names[role]}" for role, count in gone.items())
        cells = "cells" if gone.total() > 1 else "cell"
        yield f"{counts} {cells} had been deleted and {'were' if gone.total() > 1 else 'was'} put back"


def _about(
    index: int, ours: Sequence[Cell], theirs: Sequence[StudentCell], matches: Matches, astray: set[int]
) -> Iterator[str]:
    cell, at = ours[index], matches.chosen.get(index)
    if index in matches.found:
        yield f"the answer of {cell.function} stood in another cell and was taken from there"
    elif at is None and cell.role not in ("text", "free", "experiment"):
        yield f"{describe(cell)} had been deleted and was put back"
    if at is None:
        return
    known = (cell.release.rstrip(), cell.source.rstrip())  # nbgrader's pages hold the hidden part already
    if cell.role in ("check", "given") and theirs[at].source.rstrip() not in known:
        yield f"{describe(cell)} had been edited, or is of an older release, and was put back"
    if theirs[at].kind != cell.kind and index not in matches.found:
        kind = "code" if cell.kind == "markdown" else "text"
        yield f"{describe(cell)} had been turned into {kind} and was turned back"
    if matches.copies.get(index):
        yield f"{describe(cell)} was there {matches.copies[index] + 1} times; one was graded"
    if index in astray and index not in matches.found:
        yield f"{describe(cell)} had been moved and was put back in its place"
