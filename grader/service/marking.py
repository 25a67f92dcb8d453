"""Written answers side by side on the instructors' page: equal ones once, with what they have, and points for a group.

The answers are those of the executed notebooks, so of the hand-ins that count. Whatever a student wrote leaves here inert.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ..course import Cell, Lesson
from ..errors import CourseError, SubmissionError
from ..lms.answers import cell_in, question_of, read_answers
from ..lms.points import Decision, Given, Group, as_typed, give, groups, mark_of, others, points_in
from ..views import byhand, drawing, feedback, inert
from ..views.cellviews import attached
from ..views.stories import plural
from .handins import Handins

SHOWN = 25  # groups on one page
MOST_DRAWN = 12_000_000  # characters of them; one more may follow, and all has to fit one message
MOST_COMMENT = 5000  # characters
REUSED = 30  # comments that are offered again
NAMED = 3  # students that a sentence names


def questions(handins: Handins) -> list[dict[str, str]]:
    """Every written question of the course."""
    lessons = [handins.course.lesson(name) for name in handins.course.lessons]
    return [
        {"lesson": lesson.name, "title": feedback.title_of(lesson), "question": cell.id}
        for lesson in lessons
        for cell in lesson.cells
        if cell.role == "written"
    ]


def page(handins: Handins, lesson: str, named: str, start: int) -> dict[str, Any]:
    """One page of the answers to a question, those first that have no points yet. Raises SubmissionError."""
    found, question = _asked(handins, lesson, named)
    answers, damaged = read_answers(handins.grades, lesson, question)
    hands = byhand.read(handins.db, lesson)
    every = sorted(groups(question, answers, hands), key=lambda group: not group.open)
    drawing.begin_page()
    rubric, shown, size = _drawn(question.unmarked), list[dict[str, Any]](), 0
    start = min(max(start, 0), max(len(every) - 1, 0))
    for group in every[start : start + SHOWN]:
        shown.append(_shown(handins, lesson, question, group))
        size += len(shown[-1]["answer"])
        if size > MOST_DRAWN:
            break
    said = Counter(comment for group in every for comment in group.comments if comment)
    return {
        "lesson": lesson,
        "title": feedback.title_of(found),
        "question": question.id,
        "questions": questions(handins),
        "most": question.points,
        "rubric": rubric,
        "groups": shown,
        "start": start,
        "shown": SHOWN,
        "next": start + len(shown) if start + len(shown) < len(every) else None,
        "total": len(every),
        "open": sum(group.open for group in every),
        "students": len(answers),
        "comments": [comment for comment, _ in said.most_common(REUSED)],
        "longest": MOST_COMMENT,
        "damaged": damaged,
    }


def _asked(handins: Handins, lesson: str, named: str) -> tuple[Lesson, Cell]:
    try:
        handins.course.choose([lesson])
        found = handins.course.lesson(lesson)
        return found, question_of(found, named or None)
    except CourseError as err:
        raise SubmissionError(f"There is no such question: {err}.") from err


def _shown(handins: Handins, lesson: str, question: Cell, group: Group) -> dict[str, Any]:
    """A group as its page shows it."""
    answer = ""
    if group.answer:
        try:
            cell = cell_in(handins.grades.executed(group.students[0], lesson), question.id)
            answer = _drawn(attached(cell, inert.joined(cell["source"])))
        except (OSError, ValueError, KeyError, TypeError):  # gone or replaced this moment
            answer = _drawn(group.answer)
    pairs = zip(group.students, group.points, strict=True)
    mixed = len(set(group.points)) > 1
    return {
        "mark": mark_of(group.answer),
        "students": group.students,
        "answer": answer,
        "points": as_typed(group.agreed_points),
        "comment": group.agreed_comment,
        "open": group.open,
        "mixed": [f"{student} {'none' if points is None else f'{points:g}'}" for student, points in pairs]
        if mixed
        else [],
        "told": len(set(group.comments)) > 1,
    }


def _drawn(text: str) -> str:
    """Inert HTML, in which headings are no headings: the page's own would be lost among them."""
    return re.sub(
        r"<(/?)h[3-6]>", lambda tag: f"<{tag[1]}p>" if tag[1] else '<p class="head">', drawing.markdown(text)
    )


def points(handins: Handins, values: dict[str, Any]) -> str:
    """Gives one group points, a comment or both, and says so.

    `values`: lesson, question, students, mark (of the answer that was seen), points and comment as they were typed, and
    `had`, whether the page showed a comment, so that an empty one takes it away. Raises SubmissionError, and MachineError
    if the gradebook cannot be written now; then nothing is.
    """
    lesson = str(values.get("lesson"))
    _, question = _asked(handins, lesson, str(values.get("question") or ""))
    decision = _decision(values, question)

    def write(gradebook: Any) -> Given:
        answers, _ = read_answers(handins.grades, lesson, question, frozenset(decision.students))
        if other := others(decision.students, str(values.get("mark")), answers):
            raise SubmissionError(
                f"The answer of {_names(other)} is another by now. Nothing was written; load the page again."
            )
        given = give(gradebook, lesson, question.id, [decision], handins.recorder.penalty)
        if given.absent:
            raise SubmissionError(
                f"{given.absent[0][1]} has no row in the gradebook. Nothing was written; grade that hand-in again."
            )
        return given

    book = handins.recorder.book
    return _said(decision, question, handins.writer.at_once("points by hand", lambda: book.change(write)))


def _decision(values: dict[str, Any], question: Cell) -> Decision:
    students = tuple(dict.fromkeys(str(student) for student in values.get("students") or ()))
    comment = str(values.get("comment") or "").replace("\r\n", "\n").strip()
    if not students:
        raise SubmissionError("It is not said for whom. Nothing was written; load the page again.")
    if len(comment) > MOST_COMMENT:
        raise SubmissionError(
            f"The comment has {len(comment):,} characters, more than {MOST_COMMENT:,}. Nothing was written."
        )
    try:
        given = points_in(str(values.get("points") or ""), question.points)
    except CourseError as err:
        raise SubmissionError(f"The {err}. Nothing was written.") from err
    told = comment if comment or values.get("had") else None
    if given is None and told is None:
        raise SubmissionError("There are neither points nor a comment, so nothing was written.")
    return Decision(students, given, told)


def _said(decision: Decision, question: Cell, given: Given) -> str:
    """What was written, as a sentence or two."""
    what = [f"{decision.points:g} of {question.points:g} points"] if decision.points is not None else []
    if decision.comment is not None:
        what.append("the comment" if decision.comment else "no comment any more")
    said = f"Written for {_names(decision.students)}: {' and '.join(what)}."
    if given.before:
        said += f" {plural(given.before, 'student')} had other points before."
    for change in given.penalties[:NAMED]:
        said += f" Late penalty of {change.student}: {change.before:g} before, {change.after:g} now."
    return said


def _names(students: list[str] | tuple[str, ...]) -> str:
    """Students in a sentence; of many the first."""
    if len(students) > NAMED + 1:
        return f"{', '.join(students[:NAMED])} and {len(students) - NAMED} more"
    *first, last = students
    return f"{', '.join(first)} and {last}" if first else last
