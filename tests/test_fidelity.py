"""Honest submissions get from us what stock nbgrader gives them; `python -m tests.fidelity` takes the whole class."""

import pytest

from grader.author import sample
from tests.here import load_lesson

from . import fidelity

pytestmark = pytest.mark.sandbox

STORIES = {
    "initialization": ("hiro",),
    "regularization": ("dmitri",),
    "gradient_checking": ("chiara", "grace"),
}


@pytest.mark.parametrize("name", STORIES)
def test_scores_flags_and_comments_are_those_of_stock_nbgrader(name, tmp_path):
    lesson = load_lesson(name)
    students = [student for student in sample.CLASS if student.id in STORIES[name]]
    work = {student.id: sample.notebook(student, lesson) for student in students}
    work |= fidelity.variants(lesson, 1)
    if name == "gradient_checking":
        work["warner"] = fidelity.warner(lesson)
    done = fidelity.compare(lesson, work, tmp_path)
    assert done.unexplained == []
    graded = sum(cell.role in ("check", "written") for cell in lesson.cells)
    answered = sum(cell.role in ("answer", "written") for cell in lesson.cells)
    assert done.equal + done.reasons.total() == len(work) * (graded + answered + 1)
    # grace's deleted check, which stock leaves waiting for a person; warner's two, which stock fails for a print
    assert done.reasons == ({"put right": 1, "stderr": 2} if name == "gradient_checking" else {})


def test_a_difference_without_a_reason_is_found(tmp_path, monkeypatch):
    """The comparison itself: one flag turned over in stock's gradebook is reported."""
    lesson = load_lesson("gradient_checking")

    def nearly_ours(lesson, course):
        fidelity.grade_ours(lesson, course)
        from .verdicts import execute

        execute(course / "grades", "UPDATE grade SET needs_manual_grade = 0 WHERE auto_score IS NULL")

    monkeypatch.setattr(fidelity, "grade_stock", nearly_ours)
    done = fidelity.compare(lesson, fidelity.sample_class(lesson, 1), tmp_path)
    assert len(done.unexplained) == 1
    assert "gradient_checking_question" in done.unexplained[0]
