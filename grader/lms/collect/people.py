"""The roster, and who of it a name in a download means."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ...errors import CourseError
from ...submission.intake import refusal_of
from .. import formats
from .platforms import Claim

COLUMNS = {
    "id": ("id", "student_id", "login", "username", "sis login id", "benutzername", "anmeldename"),
    "first_name": ("first_name", "first name", "given name", "vorname", "nombre", "prénom"),
    "last_name": (
        "last_name",
        "last name",
        "surname",
        "family name",
        "nachname",
        "apellido(s)",
        "apellidos",
        "nom",
    ),
    "email": ("email", "email address", "e-mail", "mail", "e-mail-adresse", "dirección de correo"),
    "lms_id": ("lms_user_id", "lms_id", "id number", "sid", "matrikelnummer", "github", "canvas id"),
}


def read_roster(path: Path) -> list[formats.Person]:
    """The students of a CSV file with nbgrader's columns, or those that spreadsheets of several languages have.

    Raises
    ------
    CourseError
        If it has no column of ids, or one id twice.
    """
    sheet = formats.read_sheet(path, ())
    by_title = {column.casefold().strip(): column for column in sheet.columns}
    found = {
        field: next((by_title[t] for t in titles if t in by_title), "") for field, titles in COLUMNS.items()
    }
    if not found["id"]:
        raise CourseError(
            f"{path}: no column 'id'; it has {', '.join(sheet.columns) or 'none'}. A roster's columns are "
            "id, first_name, last_name, email, lms_user_id; all but the first may be missing"
        )
    people = [
        formats.Person(
            *(
                row.get(found[field], "").strip()
                for field in ("id", "first_name", "last_name", "email", "lms_id")
            )
        )
        for row in sheet.rows
    ]
    people = [person for person in people if person.id]
    ids = [person.id for person in people]
    for one in ids:
        if why := refusal_of(one, {one}):
            raise CourseError(f"{path}: {one!r} cannot be a student's id: {why}")
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise CourseError(
            f"{path}: {', '.join(twice)} is there more than once; give each student an id of their own"
        )
    return people


class People:
    """Finds the one student that a claim means; remembers what was decided by hand."""

    def __init__(self, people: Iterable[formats.Person], decided: dict[str, str] | None = None) -> None:
        self.by_id = {person.id: person for person in people}
        self._decided = decided or {}
        self._known: dict[tuple[str, str], set[str]] = {}
        for person in self.by_id.values():
            first, last = person.first_name, person.last_name
            local = person.email.partition("@")[0]
            self._add("id", person.id, person.id, person.lms_id)
            self._add("login", person.id, local)
            self._add("email", person.id, person.email)
            self._add(
                "name",
                person.id,
                f"{first} {last}",
                f"{last} {first}",
                *([] if first + last else [person.id]),
            )

    def _add(self, kind: str, who: str, *words: str) -> None:
        for word in words:
            if plain := squashed(word):
                self._known.setdefault((kind, plain), set()).add(who)

    def find(self, claim: Claim) -> tuple[str | None, str]:
        """The student's id, or None and why nobody can be told. An id goes before an address, that before a name."""
        if claim.key in self._decided:
            return self._decided[claim.key], ""
        kinds = (("id", claim.ids), ("email", claim.emails), ("login", claim.ids), ("name", claim.names))
        several: set[str] = set()
        for kind, words in kinds:
            for word in words:
                found = self._known.get((kind, squashed(word)), set())
                if len(found) == 1:
                    return next(iter(found)), ""
                several |= found
        if several:
            return None, f"several of the roster could be meant: {', '.join(sorted(several))}"
        return None, "not on the roster"

    def slug(self, folders: Iterable[str]) -> str:
        """What stands before `-login` in most folders of a download; a login may hold dashes itself."""
        logins = {word.casefold() for one in self.by_id.values() for word in (one.id, one.lms_id) if word}
        found = Counter(
            folder[: -len(login)]
            for folder in {folder.casefold() for folder in folders}
            for login in logins
            if folder.endswith(f"-{login}")
        )
        return min(found, key=lambda slug: (-found[slug], len(slug)), default="")

    def of_folders(self, claims: Iterable[Claim], slug: str) -> tuple[str | None, str, Claim]:
        """The student of a file in folders: the outermost that names one, also as `assignment-login`."""
        claims = list(claims)
        for claim in claims:
            who, _ = self.find(claim)
            if who is not None:
                return who, "", claim
        for claim in claims:
            folder = claim.key.casefold().removeprefix("folder ")
            if slug and folder.startswith(slug):
                login = folder.removeprefix(slug)
                for field in ("lms_id", "id"):  # the platform's own login goes before ours
                    known = [one.id for one in self.by_id.values() if getattr(one, field).casefold() == login]
                    if len(known) == 1:
                        return known[0], "", claim
        if claims[0].key.startswith("file "):
            return None, "it lies in no student's folder", claims[0]
        return None, "no folder bears the name of a student on the roster", claims[0]


def squashed(word: str) -> str:
    """A name without case, blanks, commas and dashes, in one normal form."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return "".join(c for c in plain if c.isalnum() or c in "@.+_")
