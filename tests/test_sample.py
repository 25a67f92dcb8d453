"""The sample class: each student's story can be seen in the grades, and the class is the same each time."""

import csv
import hashlib
import io

import pytest

from grader import cli, grade_notebook
from grader.author import demo, sample
from grader.errors import CourseError
from grader.grading.grade import grading
from grader.rooms.limits import Limits
from tests.here import COURSE, LESSONS, load_lesson

LESSON = "gradient_checking"
# What each story costs in this lesson, out of 70 points: 10, 10, 10, 20, 10 and 10 for its six functions.
SCORES = {
    "amara": 70,
    "bjorn": 0,
    "chiara": 60,
    "dmitri": 0,
    "elif": 30,
    "farid": 70,
    "grace": 60,
    "hiro": 70,
    "ines": 60,
    "jonas": 65,  # gradients of 32 bits, which no gradient check takes for right
    "kavya": 70,
    "liam": 60,
    "maren": 70,
    "noor": 60,
    "zoë-李": 70,
}


def digest(folder):
    files = [
        (str(path.relative_to(folder)), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return hashlib.sha256(repr(files).encode()).hexdigest(), len(files)


def test_the_same_call_writes_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        assert sample.write_class(COURSE, tmp_path / name, 20, (LESSON,)) == 20
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert digest(tmp_path / "one")[1] == 20 * 2 + 1


def test_a_larger_class_repeats_the_stories_with_other_misconceptions(tmp_path):
    sample.write_class(COURSE, tmp_path, 2 * len(sample.CLASS), (LESSON,))
    first, second = (
        (tmp_path / name / LESSON / f"{LESSON}.ipynb").read_bytes() for name in ("chiara", "chiara-0001")
    )
    assert first != second
    assert len({path.name for path in tmp_path.iterdir() if path.is_dir()}) == 2 * len(sample.CLASS)


def test_the_class_is_a_class():
    assert len(sample.CLASS) >= 12
    assert len({student.story for student in sample.CLASS}) == len(sample.CLASS)
    rows = list(csv.DictReader(io.StringIO(sample.roster(40))))
    assert len({row["id"] for row in rows}) == len({row["email"] for row in rows}) == 40


def test_a_sample_never_mixes_with_a_real_class(tmp_path):
    (tmp_path / "real-student").mkdir()
    with pytest.raises(CourseError, match="holds the work of real-student"):
        sample.write_class(COURSE, tmp_path, 2, (LESSON,))
    assert [path.name for path in tmp_path.iterdir()] == ["real-student"]


def test_command_says_who_is_in_the_class(tmp_path, capsys):
    assert cli.main(["sample", "--submissions", str(tmp_path), "--lesson", LESSON]) == 0
    said = capsys.readouterr().out
    assert "bjorn    hands the notebook in as he fetched it" in said
    assert f"16 submissions of 16 students in {tmp_path}" in said


@pytest.fixture(scope="module")
def results():
    """Everyone's verdict, graded in the rooms: with short patience for the loop that never ends, else as ever."""
    lesson = load_lesson(LESSON)
    with grading(COURSE) as patient, grading(COURSE, limits=Limits(cell_s=2, call_s=1, least_s=0.5)) as short:
        return {
            student.id: (short if student.id == "ines" else patient)(LESSON, sample.notebook(student, lesson))
            for student in sample.CLASS
        }


@pytest.mark.sandbox
def test_each_story_can_be_seen_in_the_score(results):
    assert {name: result.score for name, result in results.items() if result.status == "graded"} == SCORES


@pytest.mark.sandbox
@pytest.mark.parametrize("name", LESSONS)
def test_reference_gets_full_marks_and_the_untouched_release_none(name):
    """With every experiment skipped, in the rooms that grade a class."""
    lesson, (right, untouched) = load_lesson(name), sample.CLASS[:2]
    best = grade_notebook(name, sample.notebook(right, lesson))
    assert (best.status, best.score, best.restored) == ("graded", sum(c.points for c in lesson.checks), ())
    none = grade_notebook(name, sample.notebook(untouched, lesson))
    assert (none.status, none.score) == ("graded", 0)
    assert {check.outcome for check in none.checks} == {"unanswered"}


@pytest.mark.sandbox
def test_each_story_can_be_seen_in_what_is_said(results):
    def outcomes(name):
        return {check.outcome for check in results[name].checks}

    assert results["olga"].status == "refused"
    assert results["olga"].reason
    assert "timed_out" in outcomes("ines")
    assert outcomes("bjorn") == {"unanswered"}
    assert "unanswered" in outcomes("elif")
    assert results["grace"].restored
    assert results["kavya"].restored
    assert not results["amara"].restored
    assert all(check.misconception for check in results["dmitri"].checks)


def test_the_demo_prints_points_by_student_and_lesson(tmp_path):
    table = tmp_path / "grades.csv"
    head = "student,lesson,function,check,points,max_points,outcome,misconception\n"
    rows = ["amara,initialization,f,f_visible,3,3,passed,", "amara,initialization,f,f_hidden,4,4,passed,"]
    rows += ["olga,initialization,,,,,refused,"]
    table.write_text(head + "\n".join(rows), encoding="utf-8")
    shown = [line.split() for line in demo.grade_table(table, LESSONS).splitlines()]
    assert shown[1][:4] == ["amara", "7", "–", "–"]
    assert shown[2][:2] == ["olga", "refused"]
