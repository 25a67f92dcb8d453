"""nbgrader's gradebook, written in batches: one transaction for many submissions, the same rows as nbgrader's own.

Built on nbgrader's models (`nbgrader.api`), so any database that SQLAlchemy speaks to will do. Only automatic
points and comments are ever written; a human's points, comments and flags stay.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from ..course import Lesson
from ..errors import MachineError
from .entry import Entry, Ids
from .penalties import Refreshed, note_extension, refresh

Done = TypeVar("Done")
PATIENCE_S = 60.0
"""How long a database may be away (a restart, another program's lock) before the run gives up."""
OPENING_S = 5.0
HOPELESS = (
    "disk is full",
    "disk I/O error",
    "readonly database",
    "unable to open",
    "not a database",
    "malformed",
)


class Book:
    """An open gradebook. Use as a context manager; not for more than one thread."""

    def __init__(
        self, url: str, course_id: str, late_penalty: Callable[[str, float, float], float | None]
    ) -> None:
        """Opens the gradebook at `url`, creating it if there is none. Raises MachineError if it cannot."""
        from nbgrader import api

        self._api = api
        self._penalty = late_penalty
        self._course = course_id
        self._ids: dict[str, Ids] = {}
        self._gradebook: Any = None
        self._patiently(lambda: self._open(url), OPENING_S)

    def _open(self, url: str) -> None:
        from sqlalchemy import create_engine
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError

        try:
            engine = create_engine(url)
        except (ArgumentError, NoSuchModuleError, ImportError) as err:
            raise MachineError(f"the gradebook's address is none that can be opened here: {err}") from err
        try:
            self._api.Base.metadata.create_all(engine)
            _mark(engine)
        finally:
            engine.dispose()
        self._gradebook = self._api.Gradebook(url, self._course)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._gradebook.close()

    def add_lesson(self, lesson: Lesson) -> None:
        """Makes the gradebook's assignment the lesson as it is now, also when it already has submissions; once."""
        if lesson.name in self._ids:
            return
        self._ids[lesson.name] = self._patiently(lambda: self._add_lesson(lesson))

    def set_deadline(self, lesson: Lesson, due: datetime) -> None:
        """Makes `due` (UTC, without zone) the deadline of a lesson."""

        def set_it() -> None:
            assignment = self._gradebook.db.query(self._api.Assignment).filter_by(name=lesson.name).one()
            assignment.duedate = due

        self.add_lesson(lesson)
        self._patiently(set_it)
        del self._ids[lesson.name]  # it holds the old one
        self.add_lesson(lesson)

    def extend(self, lesson: Lesson, student: str, by: timedelta) -> Refreshed:
        """Moves the deadline of one student, whether or not anything was handed in; the penalty follows at once."""

        def set_it() -> Refreshed:
            db = self._gradebook.db
            self._add_students({student})
            note_extension(db, self._api, student, self._ids[lesson.name].assignment, by)
            db.flush()
            return refresh(db, self._api, self._penalty, [lesson.name])

        self.add_lesson(lesson)
        return self._patiently(set_it)

    def change(self, work: Callable[[Any], Done]) -> Done:
        """What `work` says when it is handed nbgrader's own gradebook; what it did there is committed."""
        return self._patiently(lambda: work(self._gradebook))

    def scores(self, lesson: str) -> dict[str, float]:
        """Automatic points by student, of all submissions that were recorded. A written answer has none of them."""
        from sqlalchemy import func, select

        api = self._api
        query = (
            select(api.SubmittedAssignment.student_id, func.sum(api.Grade.auto_score))
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
            .join(api.Grade, api.Grade.notebook_id == api.SubmittedNotebook.id)
            .where(api.Assignment.name == lesson, api.Grade.auto_score.is_not(None))
            .group_by(api.SubmittedAssignment.student_id)
        )
        rows = self._patiently(lambda: self._gradebook.db.execute(query).all())
        return {student: float(total) for student, total in rows}

    def write(self, entries: Mapping[str, Sequence[Entry]]) -> None:
        """Records entries, by lesson, in one transaction. The same entries again change nothing."""
        self._patiently(lambda: self._write(entries))

    def restamp(self, student: str, lesson: str, stamp: datetime) -> None:
        """Notes another time of hand-in."""
        from sqlalchemy import select, update

        table, api = self._api.SubmittedAssignment.__table__, self._api
        of_lesson = select(api.Assignment.id).where(api.Assignment.name == lesson).scalar_subquery()
        here = (table.c.student_id == student) & (table.c.assignment_id == of_lesson)
        self._patiently(lambda: self._gradebook.db.execute(update(table).where(here).values(timestamp=stamp)))

    def refresh_penalties(self) -> Refreshed:
        """Recomputes every late penalty."""
        return self._patiently(lambda: refresh(self._gradebook.db, self._api, self._penalty))

    def _patiently(self, work: Callable[[], Done], patience_s: float = PATIENCE_S) -> Done:
        """Does `work` and commits; again if the database was away or another writer was quicker."""
        from sqlalchemy import exc

        passing = (exc.IntegrityError, exc.InterfaceError, exc.InternalError, exc.OperationalError)

        until, wait = time.monotonic() + patience_s, 0.1
        while True:
            try:
                done = work()
                self._gradebook.db.commit()
                return done
            except exc.DBAPIError as err:
                if self._gradebook is not None:
                    self._gradebook.db.remove()
                    self._gradebook.engine.dispose()
                hopeless = not isinstance(err, passing) or any(sign in str(err.orig) for sign in HOPELESS)
                if hopeless or time.monotonic() > until:
                    what = str(err.orig).strip().splitlines()[0]
                    raise MachineError(
                        f"the gradebook cannot be used ({what}); mend that and run again"
                    ) from err
                time.sleep(wait)
                wait = min(2 * wait, 5.0)

    def _add_lesson(self, lesson: Lesson) -> Ids:
        from nbformat import from_dict
        from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution

        api, db = self._api, self._gradebook.db
        assignment = db.query(api.Assignment).filter_by(name=lesson.name).one_or_none()
        if assignment is None:
            assignment = api.Assignment(name=lesson.name, course_id=self._course)
            db.add(assignment)
            db.flush()
        notebook = next((n for n in assignment.notebooks if n.name == lesson.name), None)
        if notebook is None:
            notebook = api.Notebook(name=lesson.name, assignment=assignment, kernelspec=_kernelspec(lesson))
            db.add(notebook)
            db.flush()
        wanted: dict[type, dict[str, dict[str, Any]]] = defaultdict(dict)
        for ours, raw in zip(lesson.cells, lesson.solution["cells"], strict=True):
            if "nbgrader" not in raw["metadata"]:
                continue
            cell = from_dict({**raw, "source": ours.release if is_stub(ours.role) else ours.source})
            if is_grade(cell):
                wanted[api.GradeCell][ours.id] = {"max_score": ours.points, "cell_type": ours.kind}
            if is_solution(cell):
                wanted[api.SolutionCell][ours.id] = {}
            wanted[api.SourceCell][ours.id] = {
                "cell_type": ours.kind,
                "locked": is_locked(cell),
                "source": cell.source,
                "checksum": compute_checksum(cell),
            }
        ids = {model: self._sync(model, notebook, cells) for model, cells in wanted.items()}
        grades, solutions = ids.get(api.GradeCell, {}), ids.get(api.SolutionCell, {})
        deciding = {
            cell.id: cell.id if cell.role == "written" else cell.function or "" for cell in lesson.cells
        }
        return Ids(assignment.id, notebook.id, assignment.duedate, grades, solutions, deciding)

    def _sync(self, model: Any, notebook: Any, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
        """Makes the notebook's rows of one kind of cell those `wanted`; the ids by name."""
        db = self._gradebook.db
        have = {row.name: row for row in db.query(model).filter(model.notebook_id == notebook.id)}
        for name in set(have) - set(wanted):
            for table in (self._api.Grade, self._api.Comment):
                db.query(table).filter(table.cell_id == have[name].id).delete()
            db.delete(have.pop(name))
        for name, values in wanted.items():
            if name not in have:
                have[name] = model(name=name, notebook_id=notebook.id, **values)
                db.add(have[name])
            for attribute, value in values.items():
                if getattr(have[name], attribute) != value:
                    setattr(have[name], attribute, value)
        db.flush()
        return {name: have[name].id for name in wanted}

    def _write(self, entries: Mapping[str, Sequence[Entry]]) -> None:
        from .rows import write_lesson

        self._add_students({entry.student for group in entries.values() for entry in group})
        for lesson, group in entries.items():
            write_lesson(self._gradebook.db, self._api, self._ids[lesson], group, self._penalty)

    def _add_students(self, students: Iterable[str]) -> None:
        from sqlalchemy import insert, select

        table, db = self._api.Student.__table__, self._gradebook.db
        wanted = sorted(students)
        known = set(db.scalars(select(table.c.id).where(table.c.id.in_(wanted))))
        if new := [{"id": student} for student in wanted if student not in known]:
            db.execute(insert(table), new)


def _mark(engine: Any) -> None:
    """Notes the version of nbgrader's schema as `nbgrader db upgrade` expects it; without starting alembic."""
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR
    from sqlalchemy import inspect, text

    with engine.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        if not connection.execute(text("SELECT count(*) FROM alembic_version")).scalar():
            head = ScriptDirectory(ALEMBIC_DIR).get_current_head()
            connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})


def is_stub(role: str) -> bool:
    """Whether the gradebook keeps the released text of a cell, not ours."""
    return role in ("answer", "written")


def _kernelspec(lesson: Lesson) -> str:
    import json

    return json.dumps(lesson.solution["metadata"].get("kernelspec", {}))
