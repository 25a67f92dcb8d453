"""The roster, and who of it a name in a download means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ...errors import CourseError
from ...submission.intake import refusal_of
from .. import formats
from .files import squashed
from .platforms import Claim

DEEPEST = 3  # folders around a file of which one may be a student's
MANY = 4  # folders in each of those around them, on average: more than a student hands in
_BY_ID = (("numbers", "lms"), ("ids", "lms"), ("ids", "id"), ("ids", "login"))
_BY_EMAIL = (("emails", "email"),)
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

    def __init__(
        self, people: Iterable[formats.Person], decided: dict[str, tuple[str, ...]] | None = None
    ) -> None:
        self.by_id = {person.id: person for person in people}
        self._decided = decided or {}
        self._known: dict[tuple[str, str], set[str]] = {}  # by words without case and dashes
        self._exact: dict[tuple[str, str], set[str]] = {}
        for person in self.by_id.values():
            first, last = person.first_name, person.last_name
            self._add("lms", person.id, person.lms_id)
            self._add("id", person.id, person.id)
            self._add("login", person.id, person.email.partition("@")[0])
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
            if plain := _plain(kind, word):
                self._known.setdefault((kind, plain), set()).add(who)
                self._exact.setdefault((kind, word.casefold()), set()).add(who)

    def decided(self, claim: Claim) -> tuple[str, ...]:
        """Whose it is by a decision, several for a team; ("-",) for nobody's, () if none was taken."""
        return self._decided.get(claim.key, ())

    def telling(self, claims: Iterable[Claim]) -> frozenset[str]:
        """Which of "ids" and "emails" a download shares with the roster: somebody in it is known by one.

        Where they are shared, a name is no proof against them: two students may bear it.
        """
        found = set()
        for claim in claims:
            for said, ways in (("ids", _BY_ID), ("emails", _BY_EMAIL)):
                hits = [
                    (kind, self._one(kind, word)) for field, kind in ways for word in getattr(claim, field)
                ]
                if any(who and not self._doubt(claim, kind, who, frozenset()) for kind, who in hits):
                    found.add(said)
        return frozenset(found)

    def find(self, claim: Claim, telling: frozenset[str] = frozenset()) -> tuple[str | None, str]:
        """The student's id, or None and why nobody can be told.

        The platform's own number goes before an id or login, that before an address, that before a name; of several
        readings of one name the first that fits. Who is meant by one and contradicted by another is told by nobody.
        """
        several: set[str] = set()
        for kind, word in _steps(claim):
            if who := self._one(kind, word):
                doubt = self._doubt(claim, kind, who, telling)
                return (None, doubt) if doubt else (who, "")
            several |= self._known.get((kind, _plain(kind, word)), set())
        if several:
            return None, f"several of the roster could be meant: {', '.join(sorted(several))}"
        return None, "not on the roster"

    def _one(self, kind: str, word: str) -> str:
        for found in (
            self._exact.get((kind, word.casefold()), set()),
            self._known.get((kind, _plain(kind, word)), set()),
        ):
            if len(found) == 1:
                return next(iter(found))
        return ""

    def _doubt(self, claim: Claim, kind: str, who: str, telling: frozenset[str]) -> str:
        """What speaks against the student that was found, "" if nothing does."""
        if kind in ("lms", "id", "login"):
            other = next(filter(None, (self._one("name", name) for name in claim.names)), who)
            return f"the number or login is that of {who}, the name that of {other}" if other != who else ""
        if kind == "name" and "ids" in telling and claim.numbers + claim.ids and self.by_id[who].lms_id:
            return f"the name is that of {who}, the number is not"
        if kind == "name" and "emails" in telling and claim.emails and self.by_id[who].email:
            return f"the name is that of {who}, the e-mail address is not"
        return ""

    def slugs(self, paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        """What stands before `-login` in the folders of a download, one for each assignment, the most frequent first.

        A login may hold dashes itself, so of each folder only the most frequent that fits counts, and what stands before
        few logins is no assignment. Students name what lies within theirs, so the outermost folders count that have any.
        """
        known = list(paths)
        for at in range(DEEPEST):
            if slugs := self._slugs({_repository(path[at]) for path in known if len(path) > at}):
                return slugs
        return ()

    def _slugs(self, folders: Iterable[str]) -> tuple[str, ...]:
        logins = {word.casefold() for one in self.by_id.values() for word in (one.id, one.lms_id) if word}
        fitting = {
            folder: [folder[: -len(login)] for login in logins if folder.endswith(f"-{login}")]
            for folder in folders
        }
        times = Counter(slug for slugs in fitting.values() for slug in slugs)

        def rank(slug: str) -> tuple[int, int]:
            return -times[slug], len(slug)

        chosen = Counter(min(slugs, key=rank) for slugs in fitting.values() if slugs)
        most = max(chosen.values(), default=0)
        return tuple(sorted((slug for slug in chosen if 2 * chosen[slug] >= most), key=rank))

    def depth(self, paths: Iterable[tuple[str, ...]], slugs: Sequence[str]) -> int:
        """How many folders lie around those of the students: one number for a whole download.

        What lies deeper was named by a student, so the outermost folders count as soon as one of them is somebody's. The
        next ones count only where most of the outer ones hold somebody's, and more than half of them are somebody's, or
        there are many in each, as in sections of a course.
        """
        folders = list(paths)
        for at in range(DEEPEST):
            here = {path[: at + 1] for path in folders if len(path) > at}
            known = {path for path in here if self.of_folder(path[at], slugs) is not None}
            around = {path[:at] for path in folders if len(path) >= at}
            if not known or at and 2 * len({path[:-1] for path in known}) <= len(around):
                continue
            if at == 0 or 2 * len(known) > len(here) or len(here) >= MANY * len(around):
                return at
        return 0

    def of_folders(
        self, claims: Iterable[Claim], slugs: Sequence[str], depth: int
    ) -> tuple[str | None, str, Claim]:
        """The student of a file in folders: whom the one `depth` folders in names, also as `assignment-login`."""
        claims = list(claims)
        if claims[0].key.startswith("file "):
            return None, "it lies in no student's folder", claims[0]
        for claim in claims[depth : depth + 1]:
            who, _ = self.find(claim)
            if who is not None:
                return who, "", claim
            if who := self.of_folder(claim.names[0], slugs):
                return who, "", replace(claim, order=(), moment=None)  # a repository; it says of no time
        return None, "no folder bears the name of a student on the roster", claims[0]

    def of_folder(self, folder: str, slugs: Sequence[str]) -> str | None:
        """The student whose folder it is by its name, which may begin with one of the slugs; None if nobody's."""
        who, _ = self.find(Claim(f"folder {folder}", (folder,), (folder,), (folder,), ours=True))
        plain = _repository(folder)
        if who is None and (slug := next(filter(plain.startswith, slugs), "")):
            login = plain.removeprefix(slug)
            for field in ("lms_id", "id"):  # the platform's own login goes before ours
                known = [one.id for one in self.by_id.values() if getattr(one, field).casefold() == login]
                if len(known) == 1:
                    return known[0]
        return who


def _steps(claim: Claim) -> Iterator[tuple[str, str]]:
    """In what order the words of a claim are held against the roster, and against what of it."""
    yield from (("lms", number) for number in claim.numbers)
    kinds = ("id", "lms", "login") if claim.ours else ("lms", "id", "login")
    yield from ((kind, word) for word in claim.ids for kind in kinds)
    yield from (("email", word) for word in claim.emails)
    yield from (("id", number) for number in claim.numbers)
    yield from (("name", word) for word in claim.names)


def _plain(kind: str, word: str) -> str:
    """A word as it is compared; of a name, platforms leave out dots and the like ("Ada M." is `adam`)."""
    plain = squashed(word)
    return "".join(filter(str.isalnum, plain)) if kind == "name" else plain


def _repository(folder: str) -> str:
    """The name of a repository; GitHub's "Download ZIP" adds the branch, and a browser the number of a copy."""
    return re.sub(r"(?:-(?:main|master))?(?: \(\d+\))?$", "", folder.casefold())
