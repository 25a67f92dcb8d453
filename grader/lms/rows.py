"""Which student each row of a platform's table means."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from . import formats
from .collect.people import People
from .collect.platforms import Claim

log = logging.getLogger("grader.lms.export")
Row = dict[str, str]
NOBODY = "fits nobody on the gradebook's roster"


def in_moodle(
    rows: Sequence[Row], people: Iterable[formats.Person], where: str
) -> list[formats.Person | None]:
    """Those of a Moodle worksheet: by id number or user name, then e-mail, then full name; None for nobody."""
    claims = [
        Claim(
            "",
            ids=_cells(row, "ID number", "Username"),
            emails=_cells(row, "Email address"),
            names=_cells(row, "Full name"),
        )
        for row in rows
    ]
    return _found(claims, people, [row.get("Full name", "") for row in rows], where)


def in_canvas(
    rows: Sequence[Row], people: Iterable[formats.Person], where: str
) -> list[formats.Person | None]:
    """Those of Canvas's gradebook: by its number, by the ids of the institution, which may be e-mail addresses.

    A name is no proof here, but it may speak against the rest.
    """
    ours = ("SIS User ID", "SIS Login ID")
    claims = [
        Claim(
            "",
            _cells(row, *ours),
            _cells(row, *ours, "ID"),
            _cells(row, "Student"),
            numbers=_cells(row, "ID"),
        )
        for row in rows
    ]
    return _found(claims, people, [row["Student"] for row in rows], where, by_name=False)


def _cells(row: Row, *columns: str) -> tuple[str, ...]:
    return tuple(filter(None, (row.get(column, "").strip() for column in columns)))


def _found(
    claims: Sequence[Claim],
    people: Iterable[formats.Person],
    names: Sequence[str],
    where: str,
    by_name: bool = True,
) -> list[formats.Person | None]:
    """The student of each claim; None, and a warning, where nobody or more than one row can be told."""
    known = People(people)
    telling = known.telling(claims)
    found = [known.find(claim, telling) for claim in claims]
    if not by_name:
        nameless = [known.find(replace(claim, names=()))[0] for claim in claims]
        found = [
            (who, why) if other else (None, why or NOBODY)
            for (who, why), other in zip(found, nameless, strict=True)
        ]
    times = Counter(who for who, _ in found if who)
    persons: list[formats.Person | None] = []
    for (who, why), name in zip(found, names, strict=True):
        if who and times[who] > 1:
            why, who = f"{times[who]} rows fit {who}", None
        if who is None:
            log.warning("%s: %s is left as it is: %s", where, name, why.replace("not on the roster", NOBODY))
        persons.append(known.by_id[who] if who else None)
    return persons
