"""Written answers side by side: the sheet, and what comes of it in gradebook, formgrader's reader and feedback page."""

import csv
import dataclasses
import io
import json

import pytest
from nbgrader.api import Gradebook

from grader.cli import main
from grader.lms.answers import guarded, shown, unguarded
from grader.records.record import Recorder, Verdict, only_writer
from grader.views import byhand

from . import pagecase, small
from .test_statement import CONFIG, DUE

ANSWERS = {
    "ada": "Because two and two are four.",
    "bo": "  Because two and  two\nare four.\n",
    "cy": '=HYPERLINK("http://beacon.invalid")',
    "di": "YOUR ANSWER HERE",
    "ed": " \n",
    "flo": "because two are doubled: caf\u00e9",
    "007": "because two are doubled: cafe\u0301",
}
QUESTION = "tiny_question"


def hand_in(desk, answers, **cell):
    lesson = small.course(desk)
    with Recorder(desk / "grades", [lesson]) as recorder:
        verdicts = []
        for student, text in answers.items():
            notebook = pagecase.executed(tiny_question=text)
            small.cell_of(notebook, QUESTION).update(cell)
            result = dataclasses.replace(pagecase.result(student=student), notebook=json.dumps(notebook))
            verdicts.append(Verdict(result))
        recorder.write(verdicts)


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    hand_in(tmp_path, ANSWERS)
    return tmp_path


def written(desk, *words):
    return main(["written", small.NAME, *words, "--course", str(desk)])


def rows_of(desk):
    with (desk / "grades" / "written-tiny.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fill(desk, name="filled.csv", delimiter=",", start="", **given):
    """Writes the sheet again with points and comments by group, as a spreadsheet would save it."""
    rows, text = rows_of(desk), io.StringIO(newline="")
    for row in rows:
        row.update(given.get(f"g{row['group']}", {}))
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path = desk / name
    path.write_bytes((start + text.getvalue()).encode())
    return str(path)


def hands(desk):
    return byhand.read(f"sqlite:///{desk}/grades/gradebook.db", small.NAME)


def by_student(desk):
    return {student: row for row in rows_of(desk) for student in unguarded(row["students"]).split()}


def test_equal_answers_are_one_row_near_ones_neighbours_and_empty_ones_the_last(desk, capsys):
    assert written(desk) == 0
    rows = rows_of(desk)
    assert [row["students"] for row in rows] == ["", "cy", "ada bo", "007 flo", "di ed"]
    assert [row["count"] for row in rows] == ["", "1", "2", "2", "2"]
    assert [row["group"] for row in rows] == ["rubric", "1", "2", "3", "4"]
    assert (rows[0]["answer"], rows[0]["points"], rows[-1]["answer"]) == ("Because.", "of 5", "")
    assert {row["points"] + row["comment"] for row in rows[1:]} == {""}
    said = capsys.readouterr().out
    assert "Because." in said and "4 distinct answers, 7 students" in said


def test_points_and_comments_reach_every_student_of_a_row_formgrader_s_reader_and_the_page(desk, capsys):
    written(desk)
    path = fill(
        desk, delimiter=";", start="\ufeff", g2={"points": "4,5", "comment": "Good; why?"}, g4={"points": "0"}
    )
    assert written(desk, "--from", path) == 0
    said = capsys.readouterr().out
    assert "of 4 students written" in said and "3 students of the lesson have no points" in said
    found = hands(desk)
    for student in ("ada", "bo"):
        assert found[student].points == {QUESTION: 4.5}
        assert found[student].comments == {QUESTION: "Good; why?"}
        assert not found[student].waiting
    assert (found["di"].points, found["di"].comments) == ({QUESTION: 0.0}, {})
    assert found["cy"].waiting == {QUESTION} and not found["cy"].points
    assert main(["feedback", small.NAME, "--course", str(desk)]) == 0
    page = (desk / "grades" / "feedback" / "bo" / small.NAME / "tiny.html").read_text()
    assert "Good; why?" in page and "14.5" in page
    assert written(desk, "--from", path) == 0
    assert "of 0 students written" in capsys.readouterr().out
    assert written(desk, "--force") == 0
    assert by_student(desk)["bo"]["points"] == "4.5"
    assert by_student(desk)["ada"]["comment"] == "Good; why?"


def test_an_empty_cell_leaves_what_the_gradebook_has(desk):
    written(desk)
    written(desk, "--from", fill(desk, g2={"points": "3", "comment": "So so."}))
    assert written(desk, "--from", fill(desk, g2={"points": "2", "comment": ""})) == 0
    assert (hands(desk)["ada"].points, hands(desk)["ada"].comments) == (
        {QUESTION: 2.0},
        {QUESTION: "So so."},
    )
    assert written(desk, "--from", fill(desk, g2={"points": "", "comment": "Better."})) == 0
    assert (hands(desk)["ada"].points, hands(desk)["ada"].comments) == (
        {QUESTION: 2.0},
        {QUESTION: "Better."},
    )


def test_where_students_of_a_row_have_different_points_it_shows_none_and_takes_none(desk):
    with Gradebook(f"sqlite:///{desk}/grades/gradebook.db", "course") as book:
        for student, points in (("ada", 1 / 3), ("cy", 1 / 3)):
            grade = book.find_grade(QUESTION, small.NAME, small.NAME, student)
            grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()
    written(desk)
    assert by_student(desk)["ada"]["points"] == ""
    assert float(by_student(desk)["cy"]["points"]) == 1 / 3
    before = hands(desk)
    assert written(desk, "--from", fill(desk)) == 0
    assert hands(desk) == before


def test_points_of_an_answer_that_changed_since_are_not_offered_for_the_new_one(desk):
    written(desk)
    written(desk, "--from", fill(desk, g1={"points": "5"}))
    hand_in(desk, {"cy": "Something else."})
    assert hands(desk)["cy"].waiting == {QUESTION}
    written(desk, "--force")
    assert by_student(desk)["cy"]["points"] == ""


def test_a_changed_answer_is_named_and_its_row_left_out_but_no_other(desk, capsys):
    written(desk)
    hand_in(desk, {"bo": "Two and two are five."})
    path = fill(desk, g1={"points": "1"}, g2={"points": "5"})
    assert written(desk, "--from", path) == 1
    said = capsys.readouterr().err
    assert "row 4 (group 2): the answer of bo is no longer" in said
    assert said.count("\n") == 1
    found = hands(desk)
    assert not found["ada"].points and not found["bo"].points
    assert found["cy"].points == {QUESTION: 1.0}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points": "6"}, "no number from 0 to 5"),
        ({"points": "-1"}, "no number from 0 to 5"),
        ({"points": "nan"}, "no number from 0 to 5"),
        ({"points": "inf"}, "no number from 0 to 5"),
        ({"points": "good"}, "no number from 0 to 5"),
        ({"points": "5", "students": "ada bo eve"}, "nobody graded is called eve"),
        ({"points": "5", "students": "ada flo"}, "flo stands in the file more than once"),
        ({"points": "5", "students": ""}, "names no student"),
        ({"points": "5", "answer": "Because."}, "no longer the one in this row"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_writes_nothing(desk, capsys, change, said):
    written(desk)
    before = hands(desk)
    assert written(desk, "--from", fill(desk, g2=change)) == 1
    err = capsys.readouterr().err
    assert "row 4 (group 2)" in err and said in err and "Traceback" not in err
    assert hands(desk) == before


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''-", "\n=1", "42", "it's", "'x'"])
def test_no_cell_is_a_formula_and_each_text_comes_back(text):
    assert guarded(text).lstrip()[:1] not in tuple("=+-@")
    assert unguarded(guarded(text)) == text


def test_a_formula_in_answer_or_comment_is_shown_as_text_and_graded_as_written(desk):
    written(desk)
    assert by_student(desk)["cy"]["answer"] == '\'=HYPERLINK("http://beacon.invalid")'
    assert written(desk, "--from", fill(desk, g1={"points": "1", "comment": "'-1 for a link"})) == 0
    assert hands(desk)["cy"].comments == {QUESTION: "-1 for a link"}
    written(desk, "--force")
    assert by_student(desk)["cy"]["comment"] == "'-1 for a link"


def test_a_picture_is_named_and_another_one_makes_another_answer(desk, capsys):
    first, second = ({"plot.png": {"image/png": pagecase.png(side)}} for side in (8, 9))
    hand_in(desk, {"ada": "See ![](attachment:plot.png)"}, attachments=first)
    hand_in(desk, {"bo": "See ![](attachment:plot.png)"}, attachments=second)
    written(desk)
    rows = by_student(desk)
    assert "[picture: plot.png " in rows["ada"]["answer"]
    assert rows["ada"]["group"] != rows["bo"]["group"]
    path = fill(desk, **{f"g{rows['ada']['group']}": {"points": "5"}})
    hand_in(desk, {"ada": "See ![](attachment:plot.png)"}, attachments=second)
    assert written(desk, "--from", path) == 1
    assert "the answer of ada is no longer" in capsys.readouterr().err


def test_no_text_is_too_long_or_too_odd_for_a_spreadsheet():
    long = shown({"source": "x" * 100_000})
    assert len(long) < 32_767
    assert long != shown({"source": "x" * 100_001})
    assert shown({"source": ["a\r\n", "\x00\ud800b"]}) == "a\n\ufffd\ufffdb"


def test_a_sheet_with_points_that_are_not_read_is_not_written_over(desk, capsys):
    written(desk)
    (desk / "grades" / "written-tiny.csv").write_text("an hour's work")
    assert written(desk) == 1
    assert "--force" in capsys.readouterr().err
    assert (desk / "grades" / "written-tiny.csv").read_text() == "an hour's work"
    assert written(desk, "--to", str(desk / "other.csv")) == 0


def test_late_penalties_follow_the_points(desk, capsys):
    with Gradebook(f"sqlite:///{desk}/grades/gradebook.db", "course") as book:
        book.update_or_create_assignment(small.NAME, duedate=DUE)
        book.find_submission(small.NAME, "cy").timestamp = DUE.replace(day=4, hour=11)
        book.db.commit()
    written(desk)
    assert written(desk, "--from", fill(desk, g1={"points": "5"})) == 0
    assert "cy, tiny: late penalty 0 before, 1.5 now" in capsys.readouterr().out
    assert hands(desk)["cy"].penalty == 1.5


def test_nothing_is_written_beside_another_writer(desk, capsys):
    written(desk)
    path = fill(desk, g1={"points": "5"})
    lock = only_writer(desk / "grades")
    assert written(desk, "--from", path) == 1
    lock.close()
    assert "another run is writing" in capsys.readouterr().err
    assert not hands(desk)["cy"].points


def test_a_damaged_notebook_is_named_and_the_others_stand_in_the_sheet(desk, capsys):
    path = desk / "grades" / "autograded" / "bo" / small.NAME / "tiny.ipynb"
    path.chmod(0o644)
    path.write_text("{")
    assert written(desk) == 1
    assert "bo, tiny: the graded notebook cannot be read" in capsys.readouterr().err
    assert by_student(desk)["ada"]["count"] == "1"


def test_what_cannot_be_is_one_line(desk, capsys, tmp_path):
    for words, said in (
        (["--question", "other"], "no written question other"),
        (["--from", str(tmp_path / "none.csv")], "cannot be read"),
        (["--from", str(desk / "grades" / "grades.csv")], "cannot be read"),
        (["--grades", str(tmp_path / "empty")], "nobody is graded"),
    ):
        assert written(desk, *words) == 1
        err = capsys.readouterr().err
        assert said in err and err.count("\n") == 1
