"""What was decided by hand in decisions.csv, and what was collected by it, so that a decision can be taken back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...files import write_file
from ..formats import read_sheet
from .settle import Found
from .whose import NOBODY

DECISIONS = "decisions.csv"
COLUMNS = ("about", "key", "seen", "why", "decision")
HOW = "write a student's id (of a team, several with commas) or a lesson's name under decision, or - to leave it out"
MEMORY = ".collected.json"


@dataclass(frozen=True)
class Decisions:
    """Students by the key of a name or a file, lessons by the key of a content.

    `wrong` are the keys of those that name nobody, or no lesson, with what is wrong: their questions are open still.
    """

    people: dict[str, tuple[str, ...]]
    lessons: dict[str, str]
    wrong: dict[str, str]


def decisions(path: Path, ids: Collection[str], lessons: Collection[str]) -> Decisions:
    """Those in a file, if there is one; a team's hand-in may have several students, with commas between them."""
    taken, by_case = Decisions({}, {}, {}), {one.casefold(): one for one in sorted(ids)}
    for row in read_sheet(path, COLUMNS).rows if path.is_file() else ():
        key, answer = row["key"], row["decision"].strip()
        if not answer:
            continue
        if row["about"] != "student":
            if answer in (*lessons, NOBODY):
                taken.lessons[key] = answer
            else:
                taken.wrong[key] = f"{answer!r} is no lesson; there are {', '.join(lessons)}"
            continue
        named = (
            [answer] if answer in ids else [one.strip() for one in re.split("[,;]", answer) if one.strip()]
        )
        found = [one if one in ids else by_case.get(one.casefold(), "") for one in named]
        if answer == NOBODY:
            taken.people[key] = (NOBODY,)
        elif not found or "" in found:
            strangers = [one for one, who in zip(named, found, strict=True) if not who] or [answer]
            taken.wrong[key] = f"{', '.join(strangers)} is not on the roster; mend it there or here"
        else:
            taken.people[key] = tuple(dict.fromkeys(found))
    return taken


def write_decisions(
    path: Path, undecided: Iterable[Found], lessons: Iterable[str], wrong: Collection[str]
) -> int:
    """The questions that are open, beside the answers that were given; says how many are open."""
    rows: dict[str, dict[str, str]] = {}
    if there := path.is_file():
        rows = {row["key"]: {name: row[name] for name in COLUMNS} for row in read_sheet(path, COLUMNS).rows}
        rows = {key: row for key, row in rows.items() if row["decision"].strip()}
    choices = f"; one of {', '.join(lessons)}"
    for piece in undecided:
        about = "lesson" if piece.student is not None else "student"
        choice = choices if piece.digest else "; - if it is nothing"
        why = piece.why + (choice if about == "lesson" else "")
        seen = piece.file.name if about == "student" else f"{piece.student}: {piece.file.name}"
        rows.setdefault(piece.ask, dict(zip(COLUMNS, (about, piece.ask, _inert(seen), why, ""), strict=True)))
    if rows or there:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows.values())
        write_file(path, text.getvalue().encode())
    return sum(not row["decision"].strip() or key in wrong for key, row in rows.items())


def _inert(text: str) -> str:
    return f"'{text}" if text[:1] in tuple("=+-@") else text


@dataclass
class Memory:
    """What earlier runs did: `names` are the keys by platform and student where a name alone told the student;
    `placed`, by the key of a decision, what it put where: (student, lesson, digest).
    """

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    placed: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, submissions: Path) -> Memory:
        """The one beside the submissions; an empty one if there is none, or it cannot be read."""
        try:
            known: Any = json.loads((submissions / MEMORY).read_text("utf-8"))
            names = {str(p): {str(s): str(k) for s, k in each.items()} for p, each in known["names"].items()}
            placed = {
                str(k): [(str(s), str(n), str(d)) for s, n, d in each] for k, each in known["placed"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()
        return cls(names, placed)

    def write(self, submissions: Path) -> None:
        """Keeps it for the next run, if there is anything to keep or to forget."""
        if self.names or self.placed or (submissions / MEMORY).exists():
            write_file(
                submissions / MEMORY, json.dumps({"names": self.names, "placed": self.placed}).encode()
            )

    def taken_back(self, decided: Decisions) -> list[tuple[str, str, str]]:
        """What lies where a decision put it that says something else now; it is forgotten here."""
        gone = []
        for key, places in self.placed.items():
            whose = decided.people.get(key, ())
            gone += [place for place in places if place[0] not in whose]
            places[:] = [place for place in places if place[0] in whose]
        kept = {place for places in self.placed.values() for place in places}
        self.placed = {key: places for key, places in self.placed.items() if places}
        return [place for place in dict.fromkeys(gone) if place not in kept]
