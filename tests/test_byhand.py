"""What people added to the grades is read from nbgrader's gradebook, and only that."""

import os
import sys
from pathlib import Path

import pytest

from grader.errors import MachineError
from grader.views import byhand
from grader.views.byhand import ByHand
from tests import small


def test_names_and_points_by_hand_come_from_the_gradebook(tmp_path, monkeypatch):
    from nbgrader.api import Gradebook

    monkeypatch.setenv(
        "PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )  # it runs alembic by name

    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    assert byhand.read(url, small.NAME) == {}
    with Gradebook(url) as book:
        book.add_assignment(small.NAME)
        book.add_notebook(small.NAME, small.NAME)
        book.add_grade_cell("tiny_question", small.NAME, small.NAME, max_score=5.0, cell_type="markdown")
        book.add_solution_cell("tiny_question", small.NAME, small.NAME)
        for student, first in (("ada", "Ada"), ("bo", None)):
            book.add_student(student, first_name=first, last_name="L" if first else None)
            handed = book.add_submission(small.NAME, student).notebooks[0]
            handed.grades[0].needs_manual_grade = student == "bo"
            handed.grades[0].manual_score = 4.0 if student == "ada" else None
            handed.comments[0].manual_comment = "Good." if student == "ada" else None
        book.db.commit()
    hands = byhand.read(url, small.NAME)
    assert hands["ada"] == ByHand("Ada L", {"tiny_question": 4.0}, {}, {"tiny_question": "Good."}, set(), 0.0)
    assert hands["bo"] == ByHand("", waiting={"tiny_question"})
    assert list(byhand.read(url, small.NAME, "bo")) == ["bo"]


def test_a_gradebook_that_cannot_be_read_is_the_machine_s_fault(tmp_path):
    (tmp_path / "gradebook.db").write_text("not a database at all, but long enough to be taken for one")
    with pytest.raises(MachineError, match="cannot be read"):
        byhand.read(f"sqlite:///{tmp_path / 'gradebook.db'}", small.NAME)
