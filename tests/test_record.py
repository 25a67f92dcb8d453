"""The one writer: nbgrader's rows, a human's points untouched, and nothing doubled or lost whenever it is killed."""

import csv
import json
import os
import shutil
import signal
import warnings
from datetime import datetime
from functools import partial

import pytest

from grader import files as writing
from grader.errors import MachineError
from grader.records.grades import Grades
from grader.records.record import Recorder, Verdict
from grader.results import SubmissionResult
from tests.here import load_lesson

from . import small
from .verdicts import execute, files, rows, verdict

HAND = """UPDATE grade SET manual_score = ?, needs_manual_grade = 0
    WHERE cell_id = (SELECT id FROM base_cell WHERE name = ?)"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose gradebook exists already: making one costs most of a short test."""
    lesson = small.course(tmp_path_factory.mktemp("course"))
    with Recorder(lesson.root / "grades", [lesson]):
        pass
    return lesson


@pytest.fixture
def grades(course, tmp_path):
    shutil.copytree(course.root / "grades", tmp_path / "grades")
    return tmp_path / "grades"


def write(grades, lesson, *verdicts):
    with Recorder(grades, [lesson]) as recorder:
        recorder.write(verdicts)
        recorder.write_table()


def flags(grades, cell):
    return {row[0]: row[5] for row in rows(grades)["grades"] if row[1] == cell}


def test_a_verdict_becomes_the_rows_that_nbgrader_would_write(grades, course):
    half = small.release(double=small.DOUBLE + "    return x + x\n", triple=small.TRIPLE + "    return x\n")
    write(grades, course, verdict(course, "ada"), verdict(course, "bob", half))
    book = rows(grades)
    assert [row[:3] + row[5:] for row in book["grades"] if row[0] == "ada"] == [
        ("ada", "double_hidden", 3.0, 0),
        ("ada", "double_visible", 2.0, 0),
        ("ada", "tiny_question", None, 1),
        ("ada", "triple_hidden", 3.0, 0),
        ("ada", "triple_visible", 2.0, 0),
    ]
    assert [row[2] for row in book["grades"] if row[0] == "bob"] == [3.0, 2.0, 0.0, 0.0, 0.0]
    assert [row for row in book["comments"] if row[0] == "bob"] == [
        ("bob", "double", None, None),
        ("bob", "tiny_question", "No response.", None),
        ("bob", "triple", None, None),
    ]


def test_nbgraders_own_api_reads_what_was_written(grades, course):
    from nbgrader.api import Gradebook

    write(grades, course, verdict(course, "ada", at=datetime(2030, 1, 2)))
    with Gradebook(f"sqlite:///{grades}/gradebook.db") as book:
        submission = book.find_submission(small.NAME, "ada")
        assert (submission.score, submission.max_score, submission.needs_manual_grade) == (10.0, 15.0, True)
        assert submission.timestamp == datetime(2030, 1, 2)
        assert book.find_source_cell("double_hidden", small.NAME, small.NAME).locked
        book.add_submission(small.NAME, book.add_student("new").id)
        assert book.find_submission(small.NAME, "new").score == 0.0


def test_the_same_again_changes_nothing(grades, course):
    batch = [verdict(course, "ada"), verdict(course, "bob", small.release())]
    write(grades, course, *batch)
    before = rows(grades), files(grades)
    write(grades, course, *batch)
    assert (rows(grades), files(grades)) == before


def test_manual_points_comments_and_cleared_flags_survive_a_regrade(grades, course):
    write(grades, course, verdict(course, "ada"))
    execute(grades, HAND, 4.0, "tiny_question")
    execute(grades, HAND, 1.0, "double_visible")
    execute(grades, "UPDATE comment SET manual_comment = 'well done'")
    before = rows(grades)
    write(grades, course, verdict(course, "ada"))
    assert rows(grades) == before


def test_a_changed_answer_raises_the_flag_only_where_a_human_graded_it(grades, course):
    write(grades, course, verdict(course, "ada"), verdict(course, "bob"))
    execute(grades, HAND, 1.0, "double_visible")
    execute(grades, HAND, 4.0, "tiny_question")
    other = small.perfect()
    small.cell_of(other, "double")["source"] = small.DOUBLE + "    return 2 * x\n"
    write(grades, course, verdict(course, "ada", other), verdict(course, "bob"))
    assert flags(grades, "double_visible") == {"ada": 1, "bob": 0}
    assert flags(grades, "tiny_question") == {"ada": 0, "bob": 0}
    assert flags(grades, "triple_visible") == {"ada": 0, "bob": 0}


def test_a_changed_written_answer_is_to_be_read_again(grades, course):
    write(grades, course, verdict(course, "ada"))
    execute(grades, HAND, 4.0, "tiny_question")
    other = small.perfect()
    small.cell_of(other, "tiny_question")["source"] = "Something better."
    write(grades, course, verdict(course, "ada", other))
    assert flags(grades, "tiny_question") == {"ada": 1}


def test_a_refusal_and_a_fault_leave_the_gradebook_alone(grades, course):
    write(grades, course, verdict(course, "ada"))
    before = rows(grades)
    refused = SubmissionResult(small.NAME, "refused", "no notebook", 0.0, 10.0, "", student="bob")
    fault = SubmissionResult(small.NAME, "fault", "the room died", 0.0, 10.0, "", student="ada")
    write(grades, course, Verdict(refused), Verdict(fault))
    assert rows(grades) == before
    assert Grades(grades).standing("ada", small.NAME).status == "graded"
    assert Grades(grades).standing("bob", small.NAME).reason == "no notebook"
    with open(grades / "grades.csv", newline="") as file:
        table = list(csv.DictReader(file))
    assert [(row["student"], row["outcome"]) for row in table if row["student"] == "bob"] == [
        ("bob", "refused")
    ]
    assert len(table) == 4 + 1


def test_late_work_is_penalised_by_nbgraders_rule_and_extensions_count(grades, course):
    (course.root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    )
    write(grades, course, verdict(course, "ada"))
    execute(grades, "UPDATE assignment SET duedate = '2030-01-01 12:00:00.000000'")
    late = datetime(2030, 1, 1, 12, 0, 1)
    write(grades, course, verdict(course, "ada", at=late), verdict(course, "bob", at=datetime(2030, 1, 1)))
    assert [row[3] for row in rows(grades)["submissions"]] == [10.0, None]
    execute(grades, HAND, 5.0, "tiny_question")
    write(grades, course, verdict(course, "ada", at=late))
    assert [row[3] for row in rows(grades)["submissions"]] == [15.0, None]
    execute(grades, "UPDATE submitted_assignment SET extension = '1970-01-02 00:00:00.000000'")
    write(grades, course, verdict(course, "ada", at=late))
    assert [row[3] for row in rows(grades)["submissions"]] == [None, None]
    (course.root / "nbgrader_config.py").unlink()


def test_a_lesson_that_changed_keeps_its_submissions_and_gives_the_new_check_a_row(grades, course, tmp_path):
    write(grades, course, verdict(course, "ada"))
    execute(grades, HAND, 4.0, "tiny_question")
    small.course(tmp_path / "course")
    for step in ("solutions", "notebooks"):
        path = tmp_path / "course" / step / small.NAME / f"{small.NAME}.ipynb"
        notebook = json.loads(path.read_text())
        small.cell_of(notebook, "double_visible")["metadata"]["nbgrader"]["points"] = 4
        added = small.cell_of(notebook, "triple_visible")
        added["metadata"]["nbgrader"]["grade_id"] = added["id"] = "double_hidden_visible"
        path.write_text(json.dumps(notebook))
    lesson = reload(tmp_path / "course")
    write(grades, lesson, verdict(lesson, "ada"))
    found = {row[1]: row[2:] for row in rows(grades)["grades"]}
    names = {"double_visible", "double_hidden", "double_hidden_visible", "triple_hidden", "tiny_question"}
    assert set(found) == names
    assert found["double_visible"][0] == 4.0
    assert found["tiny_question"] == (None, 4.0, None, 0)


def reload(root):
    return load_lesson(small.NAME, root)


def test_a_stranger_reads_the_executed_notebook_and_cannot_change_it(grades, course):
    write(grades, course, verdict(course, "ada", at=datetime(2030, 1, 2, 3, 4, 5)))
    path = grades / "autograded" / "ada" / small.NAME / f"{small.NAME}.ipynb"
    assert json.loads(path.read_text())["nbformat"] == 4
    assert path.stat().st_mode & 0o777 == 0o444
    assert path.with_name("timestamp.txt").read_text() == "2030-01-02 03:04:05 UTC"


def test_a_verdict_stands_only_with_its_rows_and_its_notebook(grades, course):
    write(grades, course, verdict(course, "ada"), verdict(course, "bob"))
    (grades / "autograded" / "bob" / small.NAME / f"{small.NAME}.ipynb").unlink()
    with Recorder(grades, [course]) as recorder:
        standing = recorder.standing(small.NAME)
        assert standing("ada").key == verdict(course, "ada").result.key
        assert standing("bob") is None
        assert standing("nobody") is None
    execute(grades, "UPDATE grade SET auto_score = 0")
    with Recorder(grades, [course]) as recorder:
        assert recorder.standing(small.NAME)("ada") is None


def test_a_second_writer_is_kept_out(grades, course):
    with Recorder(grades, [course]), pytest.raises(MachineError, match="another run is writing"):
        Recorder(grades, [course])


def test_an_unwritable_disk_is_a_fault_of_the_machine_and_leaves_no_half_file(grades, course, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", full)
    with Recorder(grades, [course]) as recorder, pytest.raises(MachineError, match="No space left"):
        recorder.write([verdict(course, "ada")])
    assert not [name for name in files(grades) if name.endswith(".part")]


def test_a_gradebook_that_is_none_is_named_at_once(grades, course):
    (grades / "gradebook.db").write_bytes(b"no database" * 1000)
    with pytest.raises(MachineError, match="not a database"):
        Recorder(grades, [course])


@pytest.mark.parametrize("url", ["nonsense", "oracle+none://x", "sqlite:////nowhere/at/all.db"])
def test_a_gradebook_that_cannot_be_opened_is_named_at_once(tmp_path, course, url):
    with pytest.raises(MachineError, match="can be opened here|unable to open"):
        Recorder(tmp_path, [course], url)


def test_a_locked_gradebook_is_waited_for(grades, course):
    import sqlite3
    import threading

    other = sqlite3.connect(grades / "gradebook.db", check_same_thread=False, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(0.5, other.close).start()
    write(grades, course, verdict(course, "ada"))
    assert rows(grades)["grades"]


def die_at(count, work):
    """Runs `work` in a child that kills itself at its `count`-th write or commit; whether it was killed."""
    import sqlalchemy.orm

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # pytest's own threads; the child uses none of theirs
        child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    try:
        left = [count]

        def deadly(original):
            def call(*args, **kwargs):
                for moment in (0, 1):
                    left[0] -= 1
                    if left[0] == 0:
                        os.kill(os.getpid(), signal.SIGKILL)
                    if moment == 0:
                        done = original(*args, **kwargs)
                return done

            return call

        writing.os.replace = deadly(os.replace)
        sqlalchemy.orm.Session.commit = deadly(sqlalchemy.orm.Session.commit)
        work()
    finally:
        os._exit(0)


def test_killed_at_any_moment_and_run_again_it_comes_to_the_same_end(grades, course, tmp_path):
    other = small.perfect()
    small.cell_of(other, "tiny_question")["source"] = "Another reason."
    old = [verdict(course, "ada"), verdict(course, "bob", small.release())]
    new = [verdict(course, "ada", other), verdict(course, "bob"), verdict(course, "cy")]
    write(grades, course, *old)
    execute(grades, HAND, 4.0, "tiny_question")
    whole = shutil.copytree(grades, tmp_path / "whole")
    write(whole, course, *new)
    expected, points = (rows(whole), files(whole)), 0
    while True:
        points += 1
        torn = shutil.copytree(grades, tmp_path / "torn")
        if not die_at(points, partial(write, torn, course, *new)):
            break
        for path in torn.rglob("*.json"):
            json.loads(path.read_text())
        write(torn, course, *new)
        assert (rows(torn), files(torn)) == expected, f"killed at point {points}"
        shutil.rmtree(torn)
    assert points > 20
