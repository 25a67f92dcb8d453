"""The gradebook's rows for a batch of submissions of one lesson: what is new, what changed, what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from .entry import Entry, Ids
from .penalties import Rule, penalty_of


def write_lesson(db: Any, api: Any, ids: Ids, entries: Sequence[Entry], penalty: Rule) -> None:
    """Writes the entries of one lesson; a few statements for the whole batch, none that scans a table."""
    submissions = _submissions(db, api, ids, entries)
    places = [row["notebook"] for row in submissions.values()]
    grades = _existing(db, api.Grade, ids.grades.values(), places)
    comments = _existing(db, api.Comment, ids.solutions.values(), places)
    new_grades, new_comments, changed_grades, changed_comments, penalties = [], [], [], [], []
    for entry in entries:
        row = submissions[entry.student]
        graded = list(_grades(entry, ids, row["notebook"], grades, api.new_uuid))
        new_grades += [grade for grade in graded if grade.pop("new")]
        changed_grades += [grade for grade in graded if grade.pop("changed", False)]
        said = list(_comments(entry, ids, row["notebook"], comments, api.new_uuid))
        new_comments += [comment for comment in said if comment.pop("new")]
        changed_comments += [comment for comment in said if comment.pop("changed", False)]
        late = _penalty(entry.student, row, graded, ids.duedate, penalty)
        if late != row["penalty"]:
            penalties.append({"key": row["notebook"], "late_submission_penalty": late})
    _insert(db, api.Grade, new_grades)
    _insert(db, api.Comment, new_comments)
    _update(db, api.Grade, changed_grades, ("auto_score", "needs_manual_grade"))
    _update(db, api.Comment, changed_comments, ("auto_comment",))
    _update(db, api.SubmittedNotebook, penalties, ("late_submission_penalty",))


def _submissions(db: Any, api: Any, ids: Ids, entries: Sequence[Entry]) -> dict[str, dict[str, Any]]:
    """Each student's submission, added where there was none: the notebook's id, time, extension and penalty."""
    table, notebooks = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
    columns = (table.c.student_id, table.c.id, table.c.timestamp, table.c.extension)
    students = [entry.student for entry in entries]
    query = select(*columns).where(table.c.assignment_id == ids.assignment, table.c.student_id.in_(students))
    rows = {row.student_id: {**row._mapping, "notebook": None, "penalty": None} for row in db.execute(query)}
    query = select(notebooks.c.assignment_id, notebooks.c.id, notebooks.c.late_submission_penalty).where(
        notebooks.c.notebook_id == ids.notebook,
        notebooks.c.assignment_id.in_([row["id"] for row in rows.values()]),
    )
    places = {row.assignment_id: row for row in db.execute(query)}
    new, new_notebooks, stamped = [], [], []
    for entry in entries:
        row = rows.get(entry.student)
        if row is None:
            row = {"student_id": entry.student, "id": api.new_uuid(), "timestamp": entry.timestamp}
            new.append({**row, "assignment_id": ids.assignment})
            rows[entry.student] = row = {**row, "extension": None, "notebook": None, "penalty": None}
        elif entry.timestamp != row["timestamp"] and (entry.timestamp is not None or entry.changed()):
            # of other work whose time is not known, the time of what came before says nothing
            row["timestamp"] = entry.timestamp
            stamped.append({"key": row["id"], "timestamp": entry.timestamp})
        if row["id"] in places:
            row["notebook"] = places[row["id"]].id
            row["penalty"] = places[row["id"]].late_submission_penalty
        else:
            row["notebook"] = api.new_uuid()
            new_notebooks.append(
                {
                    "id": row["notebook"],
                    "assignment_id": row["id"],
                    "notebook_id": ids.notebook,
                    "flagged": False,
                }
            )
    _insert(db, api.SubmittedAssignment, new)
    _insert(db, api.SubmittedNotebook, new_notebooks)
    _update(db, api.SubmittedAssignment, stamped, ("timestamp",))
    return rows


def _existing(
    db: Any, model: Any, cells: Iterable[str], notebooks: Sequence[str]
) -> dict[tuple[str, str], Any]:
    """Rows of grades or comments by notebook and cell; both are asked for, because that pair is indexed."""
    table = model.__table__
    query = select(table).where(table.c.cell_id.in_(list(cells)), table.c.notebook_id.in_(notebooks))
    return {(row.notebook_id, row.cell_id): row for row in db.execute(query)}


def _grades(
    entry: Entry, ids: Ids, notebook: str, have: dict[tuple[str, str], Any], new_uuid: Callable[[], str]
) -> Iterator[dict[str, Any]]:
    """One row a graded cell. A flag that a human cleared is set again only where there is something new to see."""
    changed: frozenset[str] | None = None
    for name, cell in ids.grades.items():
        auto, row = entry.scores.get(name), have.get((notebook, cell))
        if row is None:
            yield {"new": True, "id": new_uuid(), "cell_id": cell, "notebook_id": notebook, "auto_score": auto} | {
                "manual_score": None, "extra_credit": None, "needs_manual_grade": auto is None
            }  # fmt: skip
            continue
        needs = row.needs_manual_grade
        by_hand = row.manual_score is not None or auto is None
        if by_hand and auto == row.auto_score and not needs and changed is None:
            changed = entry.changed()
        if auto != row.auto_score or (changed and ids.deciding[name] in changed) or not by_hand:
            needs = by_hand
        yield {
            "new": False,
            "changed": (auto, needs) != (row.auto_score, row.needs_manual_grade),
            "key": row.id,
            "auto_score": auto,
            "manual_score": row.manual_score,
            "extra_credit": row.extra_credit,
            "needs_manual_grade": needs,
        }


def _comments(
    entry: Entry, ids: Ids, notebook: str, have: dict[tuple[str, str], Any], new_uuid: Callable[[], str]
) -> Iterator[dict[str, Any]]:
    """One row a solution cell, saying "No response." where nothing was written, as nbgrader does."""
    for name, cell in ids.solutions.items():
        auto, row = "No response." if name in entry.unanswered else None, have.get((notebook, cell))
        if row is None:
            yield {
                "new": True,
                "id": new_uuid(),
                "cell_id": cell,
                "notebook_id": notebook,
                "auto_comment": auto,
            }
        else:
            yield {"new": False, "changed": auto != row.auto_comment, "key": row.id, "auto_comment": auto}


def _penalty(
    student: str,
    row: dict[str, Any],
    grades: Sequence[dict[str, Any]],
    due: datetime | None,
    rule: Rule,
) -> float | None:
    """The late penalty of what is about to be written."""
    score = 0.0
    for grade in grades:
        points = grade["auto_score"] if grade["manual_score"] is None else grade["manual_score"]
        score += (points + (grade["extra_credit"] or 0.0)) if points is not None else 0.0
    return penalty_of(student, score, row["timestamp"], due, row["extension"], rule)


def _insert(db: Any, model: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.execute(insert(model.__table__), rows)


def _update(db: Any, model: Any, rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    if rows:
        table = model.__table__
        statement = update(table).where(table.c.id == bindparam("key"))
        db.connection().execute(
            statement.values({name: bindparam(f"new_{name}") for name in columns}),
            [{"key": row["key"], **{f"new_{name}": row[name] for name in columns}} for row in rows],
        )
