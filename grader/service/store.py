"""The hand-ins: the bytes of each in a file, its fate in a row; both are on the disk before it is acknowledged.

A row goes from `waiting` to `graded`, `refused` or `fault` (ours; graded again when asked or started anew). Only the
grader side opens the store. What a student sends twice under one token is one hand-in.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import DBAPIError

from ..errors import MachineError, SubmissionError
from ..files import write_file

NAME = re.compile(r"[^\W_][\w.@+-]{0,127}|_[\w.@+-]{1,127}")
TOKEN = re.compile(r"[\w-]{8,64}", re.ASCII)
FULL = (
    "The grader could not write your file (its disk is full), so it was not taken and no attempt was used. Keep it, and "
    "tell your instructor."
)
AT_A_TIME = 250  # rows
SPENT = ("waiting", "graded")  # states of hand-ins that use an attempt

TABLES = sql.MetaData()
HANDINS = sql.Table(
    "handin", TABLES,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("student", sql.String(128), nullable=False),
    sql.Column("lesson", sql.String(128), nullable=False),
    sql.Column("token", sql.String(64), nullable=False),
    sql.Column("received", sql.Float, nullable=False, index=True),
    sql.Column("size", sql.Integer, nullable=False),
    sql.Column("state", sql.String(16), nullable=False, index=True),
    sql.Column("score", sql.Float, nullable=False, default=0.0),
    sql.Column("max_score", sql.Float, nullable=False, default=0.0),
    sql.Column("reason", sql.Text),
    sql.Column("told", sql.Float),
    sql.Column("counts", sql.Boolean, nullable=False, default=False),
    sql.Column("verdict", sql.Text),
    sql.UniqueConstraint("student", "token"),
    sql.Index("of_student", "student", "lesson"),
)  # fmt: skip
GRANTS = sql.Table(
    "grant_given", TABLES,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("student", sql.String(128), nullable=False, index=True),
    sql.Column("lesson", sql.String(128), nullable=False),
    sql.Column("until", sql.Float),  # a deadline; else one more attempt
    sql.Column("given", sql.Float, nullable=False),
)  # fmt: skip
PEOPLE = sql.Table(
    "person", TABLES,
    sql.Column("student", sql.String(128), primary_key=True),
    sql.Column("serial", sql.Integer, nullable=False, default=1),  # of the links that hold
    sql.Column("staff", sql.Boolean, nullable=False, default=False),
)  # fmt: skip
BRIEF = [column for column in HANDINS.c if column.name not in ("verdict", "token")]


class Store:
    """The hand-ins below `folder`, with their rows at `url` (default: a SQLite file there). For many threads."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        """Opens the store, creating it if there is none. Raises MachineError if it cannot."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder, self._lock = folder, threading.RLock()
        self._engine = sql.create_engine(
            url or f"sqlite:///{folder.resolve()}/handins.db", pool_pre_ping=True
        )
        if self._engine.dialect.name == "sqlite":
            sql.event.listen(self._engine, "connect", _durably)
        with self.change():
            TABLES.create_all(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    @contextlib.contextmanager
    def change(self) -> Iterator[Any]:
        """One transaction after the other. Raises MachineError if the database will not have it."""
        with self._lock:
            try:
                with self._engine.begin() as connection:
                    yield connection
            except DBAPIError as err:
                what = str(err.orig).strip().partition("\n")[0]
                raise MachineError(
                    FULL if "full" in what else f"the hand-ins cannot be written: {what}"
                ) from err

    def rows(self, query: Any) -> list[dict[str, Any]]:
        """What a query finds."""
        with self.change() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def each(self, query: Any) -> Iterator[dict[str, Any]]:
        """What a query for hand-ins finds, the earliest first; never all of a term in memory, nor nobody else let in.

        It has to ask for `id` and `received`.
        """
        place, last = sql.tuple_(HANDINS.c.received, HANDINS.c.id), (-1.0, "")
        ordered = query.order_by(HANDINS.c.received, HANDINS.c.id).limit(AT_A_TIME)
        while rows := self.rows(ordered.where(place > last)):
            yield from rows
            last = rows[-1]["received"], rows[-1]["id"]

    def path(self, row: dict[str, Any], suffix: str = ".ipynb") -> Path:
        """Where a hand-in's bytes lie, or what came of them."""
        return self.folder.joinpath("files", row["student"], row["lesson"], f"{row['id']}{suffix}")

    def add(
        self, student: str, lesson: str, token: str, content: bytes, allowed: Any, now: float | None = None
    ) -> tuple[dict[str, Any], bool]:
        """A hand-in's row, and whether it is new; flushed to the disk by then.

        `allowed(rows, grants, now)` raises SubmissionError where the student may not hand in; it is asked only for
        what is new, one hand-in after the other, so nobody is quicker than the rules.
        """
        if not NAME.fullmatch(student) or not TOKEN.fullmatch(token):
            raise SubmissionError("The name of the student or the token is none. Load the page again.")
        now = time.time() if now is None else now
        with self._lock:
            for row in self.of(student, token=token):
                return row, False
            allowed(self.of(student, lesson), self.grants(student, lesson), now)
            row = {"id": secrets.token_hex(8), "student": student, "lesson": lesson, "received": now}
            row |= {"size": len(content), "state": "waiting", "token": token}
            try:
                write_file(self.path(row), content, mode=0o600, flushed=True)
            except MachineError as err:
                raise MachineError(FULL) from err
            try:
                with self.change() as connection:
                    connection.execute(sql.insert(HANDINS), row)
            except BaseException:
                self.path(row).unlink(missing_ok=True)
                raise
        return row, True

    def of(self, student: str, lesson: str | None = None, token: str | None = None) -> list[dict[str, Any]]:
        """A student's hand-ins, the earliest first."""
        query = sql.select(*BRIEF).where(HANDINS.c.student == student).order_by(HANDINS.c.received)
        query = query if lesson is None else query.where(HANDINS.c.lesson == lesson)
        return self.rows(query if token is None else query.where(HANDINS.c.token == token))

    def get(self, handin: str) -> dict[str, Any] | None:
        """One hand-in with its verdict."""
        return next(iter(self.rows(sql.select(HANDINS).where(HANDINS.c.id == handin))), None)

    def waiting(self) -> list[dict[str, Any]]:
        """What is still to be graded, and what failed on our side, the earliest first."""
        states = HANDINS.c.state.in_(("waiting", "fault"))
        return self.rows(sql.select(*BRIEF).where(states).order_by(HANDINS.c.received))

    def update(self, handin: str, **values: Any) -> None:
        """Changes a row."""
        with self.change() as connection:
            connection.execute(sql.update(HANDINS).where(HANDINS.c.id == handin).values(**values))

    def choose(self, student: str, lesson: str, handin: str | None) -> None:
        """Notes which hand-in counts."""
        where = (HANDINS.c.student == student) & (HANDINS.c.lesson == lesson)
        with self.change() as connection:
            connection.execute(sql.update(HANDINS).where(where).values(counts=HANDINS.c.id == (handin or "")))

    def grants(self, student: str, lesson: str) -> tuple[float | None, int]:
        """What the instructor gave: a later deadline (None: none), and how many more attempts."""
        rows = self.rows(
            sql.select(GRANTS.c.until).where(GRANTS.c.student == student, GRANTS.c.lesson == lesson)
        )
        until = [row["until"] for row in rows if row["until"] is not None]
        return max(until, default=None), len(rows) - len(until)

    def extensions(self, lesson: str) -> list[float]:
        """The later deadlines that were given for a lesson, to anybody."""
        where = (GRANTS.c.lesson == lesson) & GRANTS.c.until.is_not(None)
        return [row["until"] for row in self.rows(sql.select(GRANTS.c.until).where(where))]

    def grant(self, student: str, lesson: str, until: float | None) -> None:
        """Gives a later deadline, or with None one more attempt."""
        values = {"student": student, "lesson": lesson, "until": until, "given": time.time()}
        with self.change() as connection:
            connection.execute(sql.insert(GRANTS), values)

    def person(self, student: str) -> dict[str, Any] | None:
        """Who that is: the serial number of the links that hold, and whether it is one of the staff."""
        return next(iter(self.rows(sql.select(PEOPLE).where(PEOPLE.c.student == student))), None)

    def admit(self, student: str, staff: bool | None = None, *, anew: bool = False) -> dict[str, Any]:
        """Enters a person, or changes what is known; `anew` ends the links that were given out so far."""
        if not NAME.fullmatch(student):
            raise SubmissionError(
                f"{student!r} cannot be a student's name: letters, digits and . @ + - _ only"
            )
        with self._lock:
            old = self.person(student)
            new: dict[str, Any] = dict(old) if old else {"student": student, "serial": 1, "staff": False}
            new["serial"] += int(bool(anew and old))
            new["staff"] = new["staff"] if staff is None else staff
            with self.change() as connection:
                connection.execute(sql.delete(PEOPLE).where(PEOPLE.c.student == student))
                connection.execute(sql.insert(PEOPLE), new)
        return new

    def forget(self, student: str) -> int:
        """Deletes all that is kept here of a student; how many hand-ins that were."""
        if not NAME.fullmatch(student):
            raise SubmissionError(f"{student!r} cannot be a student's name")
        with self.change() as connection:
            for table in (GRANTS, PEOPLE):
                connection.execute(sql.delete(table).where(table.c.student == student))
            gone = connection.execute(sql.delete(HANDINS).where(HANDINS.c.student == student)).rowcount
        shutil.rmtree(self.folder / "files" / student, ignore_errors=True)
        return int(gone)

    def keep_executed(self, row: dict[str, Any], notebook: str) -> None:
        """Keeps the executed notebook of a hand-in."""
        write_file(self.path(row, ".executed.gz"), gzip.compress(notebook.encode(), 1, mtime=0), mode=0o600)

    def executed(self, row: dict[str, Any]) -> bytes | None:
        """The executed notebook of a hand-in; None if there is none."""
        path = self.path(row, ".executed.gz")
        return gzip.decompress(path.read_bytes()) if path.is_file() else None


def _durably(connection: Any, _record: Any) -> None:
    """What is committed to SQLite is on the disk."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA busy_timeout=10000")
