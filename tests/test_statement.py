"""One statement of a grade: report, page, explain, CSV and every export say the same, whatever has happened."""

import contextlib
import csv
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from grader.cli import main
from grader.grading import classroom
from grader.records.grades import Grades
from grader.records.record import Recorder
from grader.records.statement import statements

from . import small
from .here import load_lesson
from .verdicts import judge

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "course"
c.AssignLatePenalties.plugin_class = "grader.records.late.PercentPerDay"
c.PercentPerDay.percent = 10
"""
DUE = datetime(2026, 3, 3, 12)
ON_TIME, LATE = "2026-03-03 11:00:00 UTC", "2026-03-04 11:00:00 UTC"
HALF = small.release(double=small.DOUBLE + "    return x + x\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("made")
    lesson = small.course(root)
    (root / "nbgrader_config.py").write_text(CONFIG)
    with Recorder(root / "grades", [lesson]):
        pass
    with Gradebook(f"sqlite:///{root}/grades/gradebook.db", "course") as book:
        for student, number in (("ada", "1"), ("bob", "2"), ("gone", "3")):
            book.add_student(student, first_name=student.title(), last_name="X", lms_user_id=number)
    hand_in(root, "bob", small.perfect(), ON_TIME)
    return root


@pytest.fixture
def desk(made, tmp_path, monkeypatch):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    lesson = load_lesson(small.NAME, tmp_path)

    @contextlib.contextmanager
    def by_text(_args, _course):
        with ThreadPoolExecutor(1) as executor:
            yield executor, lambda _name, notebook, _turn_s: judge(lesson, notebook), 2

    monkeypatch.setattr(
        classroom, "executor_for", by_text
    )  # no room is needed to see what is said of a verdict
    return tmp_path


def grader(desk, *words):
    return main([*words, "--course", str(desk)])


def hand_in(desk, student, content, stamp=None):
    folder = desk / "submissions" / student / small.NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiny.ipynb").write_bytes(content if isinstance(content, bytes) else small.as_bytes(content))
    (folder / "timestamp.txt").unlink(missing_ok=True)
    if stamp:
        (folder / "timestamp.txt").write_text(stamp)


def grade(desk, *options):
    assert grader(desk, "grade", "--unsafe", "--jobs", "1", *options) == 0


def in_book(desk, change):
    with Gradebook(f"sqlite:///{desk}/grades/gradebook.db", "course") as book:
        change(book)
        book.db.commit()


def deadline(desk, due=DUE):
    in_book(desk, lambda book: book.update_or_create_assignment(small.NAME, duedate=due))


def by_hand(desk, points, cell="tiny_question"):
    def change(book):
        given = book.find_grade(cell, small.NAME, small.NAME, "ada")
        given.manual_score, given.needs_manual_grade = points, False

    in_book(desk, change)


def handed(desk, content, stamp=ON_TIME):
    hand_in(desk, "ada", content, stamp)
    grade(desk)


def graded_once(desk):
    handed(desk, small.perfect())


def unreadable_resubmission(desk):
    handed(desk, small.perfect())
    handed(desk, b"cut off {")


def blank_resubmission(desk):
    handed(desk, small.perfect())
    handed(desk, small.release())


def only_unreadable(desk):
    handed(desk, b"cut off {")


def nothing(desk):
    grade(desk)


def written_by_hand(desk):
    handed(desk, small.perfect())
    by_hand(desk, 4.5)


def a_check_by_hand(desk):
    handed(desk, HALF)
    by_hand(desk, 1.5, "triple_hidden")


def late(desk):
    deadline(desk)
    handed(desk, small.perfect(), LATE)


def deadline_set_later(desk):
    handed(desk, small.perfect(), LATE)
    deadline(desk)


def deadline_moved(desk):
    late(desk)
    deadline(desk, DUE + timedelta(days=2))


def extended(desk):
    late(desk)
    assert grader(desk, "extend", "ada", small.NAME, "1") == 0


def extended_before_it_came(desk):
    grade(desk)
    deadline(desk)
    assert grader(desk, "extend", "ada", small.NAME, "1") == 0
    handed(desk, small.perfect(), LATE)


def late_then_points_by_hand(desk):
    late(desk)
    by_hand(desk, 5.0)


def same_work_later(desk):
    deadline(desk)
    handed(desk, small.perfect(), ON_TIME)
    handed(desk, small.perfect(), LATE)


def time_unknown(desk):
    deadline(desk)
    handed(desk, small.perfect(), None)


def late_then_unreadable(desk):
    late(desk)
    handed(desk, b"cut off {", LATE)


def deadline_taken_away(desk):
    late(desk)
    deadline(desk, None)


def late_then_other_work_of_no_time(desk):
    late(desk)
    handed(desk, HALF, None)


def in_time_then_other_work_of_no_time(desk):
    deadline(desk)
    handed(desk, HALF, ON_TIME)
    handed(desk, small.perfect(), None)


def late_then_the_same_work_of_no_time(desk):
    late(desk)
    handed(desk, small.perfect(), None)


def by_hand_then_blank(desk):
    written_by_hand(desk)
    handed(desk, small.release())


def extra_credit(desk):
    handed(desk, small.perfect())

    def change(book):
        book.find_grade("double_hidden", small.NAME, small.NAME, "ada").extra_credit = 2.0

    in_book(desk, change)


# a history of ada's: the points that count, the words of it
HISTORIES = {
    graded_once: (10.0, "10 of 15 points so far"),
    unreadable_resubmission: (
        10.0,
        "10 of 15 points so far, of an earlier hand-in; the last could not be graded",
    ),
    blank_resubmission: (0.0, "0 of 15 points"),
    only_unreadable: (None, "no points: it could not be graded"),
    nothing: (None, "nothing handed in"),
    written_by_hand: (14.5, "14.5 of 15 points"),
    a_check_by_hand: (6.5, "6.5 of 15 points"),
    late: (9.0, "9 of 15 points so far, 1 taken for lateness"),
    deadline_set_later: (9.0, "9 of 15 points so far, 1 taken for lateness"),
    deadline_moved: (10.0, "10 of 15 points so far"),
    extended: (10.0, "10 of 15 points so far"),
    extended_before_it_came: (10.0, "10 of 15 points so far"),
    late_then_points_by_hand: (13.5, "13.5 of 15 points, 1.5 taken for lateness"),
    same_work_later: (9.0, "9 of 15 points so far, 1 taken for lateness"),
    time_unknown: (10.0, "10 of 15 points so far, time of hand-in unknown"),
    late_then_unreadable: (
        9.0,
        "9 of 15 points so far, 1 taken for lateness, of an earlier hand-in; the last could not be graded",
    ),
    deadline_taken_away: (10.0, "10 of 15 points so far"),
    late_then_other_work_of_no_time: (5.0, "5 of 15 points, time of hand-in unknown"),
    in_time_then_other_work_of_no_time: (10.0, "10 of 15 points so far, time of hand-in unknown"),
    late_then_the_same_work_of_no_time: (9.0, "9 of 15 points so far, 1 taken for lateness"),
    by_hand_then_blank: (4.5, "4.5 of 15 points so far"),
    extra_credit: (12.0, "12 of 15 points so far"),
}


def number(text):
    return float(text) if text else None


def exported(desk, kind, column):
    target = desk / f"{kind}.csv"
    assert grader(desk, "export", kind, "--to", str(target)) == 0
    with target.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if "1" in row.values() or "ada" in row.values()]
    return number(rows[0][column])


def everywhere(desk, capsys):
    """The points of ada's that each reader shows."""
    said = {
        "csv": exported(desk, "csv", "score"),
        "canvas": exported(desk, "canvas", small.NAME),
        "moodle": exported(desk, "moodle", small.NAME),
    }
    assert grader(desk, "report") == 0
    rows = re.findall(r"<tr><td>ada</td>.*?</tr>", (desk / "grades/report.html").read_text(), re.DOTALL)
    shown = re.findall(r'<td class="n(?: soft)?" data-sort="([^"]*)"', rows[0])
    said["report"] = number(shown[0])
    return said


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.__name__)
def test_all_readers_say_the_same_of_every_history(desk, capsys, history):
    points, words = HISTORIES[history]
    history(desk)
    assert everywhere(desk, capsys) == dict.fromkeys(("csv", "canvas", "moodle", "report"), points)
    stated = statements(Grades(desk / "grades"), None, desk, [small.NAME])["ada", small.NAME]
    assert (stated.points, stated.said) == (points, words)
    if history is nothing:
        return
    capsys.readouterr()
    assert grader(desk, "explain", "ada", small.NAME) == 0
    assert f"what counts: {words}" in capsys.readouterr().out
    assert grader(desk, "feedback", "--student", "ada") == 0
    page = re.sub(r"<[^>]+>|\s+", " ", (desk / "grades/feedback/ada/tiny/tiny.html").read_text())
    page = re.sub(r"\s+", " ", page)
    if stated.status == "graded":
        assert f"{points:g} of 15 points" in page
        assert (f"{points:g} of 15 points so far" in page) == stated.waiting
    elif points is not None:
        assert f"Your grade stays as it was: {words}." in page
    else:
        assert "No points were given or taken." in page
    formgrader = sum_of_nbgrader(desk)
    assert formgrader == (points or 0.0)


def sum_of_nbgrader(desk):
    """What nbgrader's own pages count."""
    with Gradebook(f"sqlite:///{desk}/grades/gradebook.db", "course") as book:
        rows = [row for row in book.submission_dicts(small.NAME) if row["student"] == "ada"]
        if not rows:
            return 0.0
        penalty = book.find_submission_notebook(small.NAME, small.NAME, "ada").late_submission_penalty
        return max(rows[0]["score"] - (penalty or 0.0), 0.0)


def test_a_run_says_what_needs_a_hand_and_only_that(desk, capsys):
    deadline(desk)
    moved = small.perfect()
    moved["cells"].reverse()
    hand_in(desk, "bob", moved)
    handed(desk, small.perfect(), LATE)
    first = capsys.readouterr()
    assert "restored" not in first.err
    assert "1 were put right before grading, nothing to do" in first.out
    assert "nobody knows when they handed in: bob (tiny)" in first.err
    handed(desk, HALF, LATE)
    assert (
        "ada, tiny: points fell: 10 points before, 5 for what was handed in last" in capsys.readouterr().err
    )
    handed(desk, b"cut off {", LATE)
    assert "the 5 points of the hand-in before stand" in capsys.readouterr().err


def test_a_penalty_that_changes_is_said_and_no_student_code_runs(desk, capsys, monkeypatch):
    late(desk)
    monkeypatch.setattr(classroom, "executor_for", lambda *_: pytest.fail("somebody was graded again"))
    deadline(desk, DUE + timedelta(days=2))
    capsys.readouterr()
    grade(desk)
    assert "ada, tiny: penalty: late penalty 1 before, 0 now" in capsys.readouterr().err


def test_an_extension_says_until_when_and_names_who_may_be_meant(desk, capsys):
    late(desk)
    capsys.readouterr()
    assert grader(desk, "extend", "ada", small.NAME, "1.5") == 0
    said = capsys.readouterr().out
    assert "1.5 days after the deadline, until 2026-03-05 00:00:00 UTC" in said
    assert "late penalty 1 before, 0 now" in said
    assert grader(desk, "extend", "ada", small.NAME, "0") == 0
    assert "late penalty 0 before, 1 now" in capsys.readouterr().out
    assert grader(desk, "extend", "adda", small.NAME, "1") == 1
    assert "no student is called adda; did you mean ada" in capsys.readouterr().err


def test_an_extension_of_a_deadline_at_the_end_of_time_is_one_line(desk, capsys):
    deadline(desk, datetime(9999, 12, 31))
    assert grader(desk, "extend", "ada", small.NAME, "1") == 1
    assert "leaves no room for more days" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["report"], ["feedback"], ["explain", "ada", small.NAME], ["written", small.NAME]],
    ids=lambda w: w[0],
)
def test_a_gradebook_that_is_named_and_not_there_is_an_error(desk, capsys, words):
    written_by_hand(desk)
    assert grader(desk, *words, "--db", f"sqlite:///{desk}/typo.db") == 1
    assert "there is no gradebook at" in capsys.readouterr().err


def test_pages_for_somebody_whom_nobody_knows_are_an_error(desk, capsys):
    graded_once(desk)
    assert grader(desk, "feedback", "--student", "adda") == 1
    assert "nobody is called adda" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", ".", "/dev/full"])
def test_what_is_no_file_is_not_written_over(desk, capsys, name):
    graded_once(desk)
    assert grader(desk, "report", "--output", name) == 1
    assert grader(desk, "export", "csv", "--to", name or ".") == 1
    assert re.search("is a folder|is no plain file", capsys.readouterr().err)
    link = desk / "link.csv"
    link.symlink_to(desk / "target.csv")
    assert grader(desk, "export", "csv", "--to", str(link)) == 0
    assert link.is_symlink() and (desk / "target.csv").read_text().startswith("assignment")


def test_the_report_names_who_of_the_roster_handed_in_nothing(desk):
    handed(desk, small.perfect())
    assert grader(desk, "report") == 0
    text = re.sub(r"<[^>]+>", " ", (desk / "grades/report.html").read_text())
    assert re.search(r"1 student handed in nothing for tiny\s+Gone X", text)
