"""`grader collect` where names, numbers and files contradict each other: no work becomes another's, and none is lost."""

import json
import zipfile

import pytest

from grader.lms import formats
from grader.lms.collect.people import People
from grader.lms.collect.platforms import Claim

from .downloads import GRADESCOPE, ROSTER, laid_out, mail, packed, work
from .here import COURSE
from .papers import notebook_of
from .test_collecting import bare, collect, collected, decide, earlier, questions, stamp

REG, OTHER = work("regularization"), work("regularization", "other")
SHEET = "Identifier,Full name,Email address,Status,Last modified (submission)\n"
ADA, BOB = "Ada Lovelace_5001_assignsubmission_file_/", "Bob Stone_5002_assignsubmission_file_/"


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def blank():
    notebook = notebook_of(COURSE.lesson("regularization"), {})
    for cell in notebook["cells"]:
        if "raise NotImplementedError" in (release := _release_of(cell)):
            cell["source"] = release
    return json.dumps(notebook).encode()


def _release_of(cell):
    name = cell["metadata"].get("nbgrader", {}).get("grade_id")
    ours = [c for c in COURSE.lesson("regularization").cells if c.id == name]
    return ours[0].release if ours and ours[0].role == "answer" else ""


def who(desk):
    return {student: content for (student, _), content in collected(desk).items()}


def test_a_worksheet_that_a_student_attached_moves_nobody(desk):
    mine = f"{SHEET}Participant 5001,Bob Stone,bob@example.org,,\n".encode()
    files = {f"{ADA}x.ipynb": REG, f"{ADA}ws.csv": mine, f"{BOB}x.ipynb": OTHER}
    assert collect(desk, packed(desk / "m.zip", files)) == 0
    assert who(desk) == {"ada": REG, "bob": OTHER}


def test_a_list_that_a_student_attached_moves_nobody(desk):
    theirs = b"submission_9002:\n  :submitters:\n  - :name: Fay Two\n    :email: fay@example.org\n"
    files = {
        "e/submission_metadata.yml": GRADESCOPE.encode() if isinstance(GRADESCOPE, str) else GRADESCOPE,
        "e/submission_9001/x.ipynb": REG,
        "e/submission_9001/my_metadata.yml": theirs,
        "e/submission_9001/submission_metadata.yml": theirs,
        "e/submission_9002/x.ipynb": OTHER,
    }
    assert collect(desk, packed(desk / "g.zip", files)) == 0
    assert "fay" not in who(desk) and who(desk)["ada"] == REG and who(desk)["bob"] == OTHER


@pytest.mark.parametrize(
    "files",
    [
        {"lovelaceada_101_1_x.ipynb": REG, "lovelaceada_199_2_x.ipynb": OTHER},
        {f"{ADA}x.ipynb": REG, "Ada Lovelace_5009_assignsubmission_file_/x.ipynb": OTHER},
    ],
)
def test_who_bears_the_name_of_another_is_asked_about_where_the_numbers_are_known(desk, files):
    sheet = desk / "worksheet.csv"
    rows = (
        "Participant 5001,Ada Lovelace,ada@example.org,,\nParticipant 5009,Ada Lovelace,ada2@example.org,,\n"
    )
    sheet.write_text(SHEET + rows, encoding="utf-8")
    assert collect(desk, packed(desk / "d.zip", files), sheet) == 1
    assert who(desk) == {"ada": REG}
    (question,) = questions(desk)
    assert "the name is that of ada" in question["why"]
    decide(desk, question["key"], "-")
    assert collect(desk, desk / "d.zip", sheet) == 0


def test_a_number_of_the_platform_is_no_id_of_ours_where_the_name_is_another_s(desk):
    (desk / "roster.csv").write_text("id,first_name,last_name\n101,Bob,Stone\nada,Ada,Lovelace\n")
    assert collect(desk, packed(desk / "c.zip", {"lovelaceada_101_1_x.ipynb": REG})) == 1
    assert who(desk) == {}
    assert "that of 101, the name that of ada" in questions(desk)[0]["why"]


def test_of_the_readings_of_a_name_of_blackboard_those_count_that_fit_all(desk):
    (desk / "roster.csv").write_text("id,email\n7001,max_1@example.org\n1,y@example.org\nbob,b@example.org\n")
    names = ("HW_max_1_attempt_2026-03-03-12-00-00_a.ipynb", "HW_bob_attempt_2026-03-03-12-00-00_a.ipynb")
    assert collect(desk, packed(desk / "b.zip", dict(zip(names, (REG, OTHER), strict=True)))) == 0
    assert who(desk) == {"7001": REG, "bob": OTHER}
    stranger = "HW_eve_1_attempt_2026-03-03-12-00-00_a.ipynb"
    files = {stranger: REG, "HW_bob_attempt_2026-03-03-12-00-00_a.ipynb": OTHER}
    assert collect(desk, packed(desk / "b2.zip", files)) == 1  # and not the work of student 1
    assert set(who(desk)) == {"7001", "bob"}


def test_of_clones_the_outermost_folder_says_whose_and_none_says_when(desk):
    files = {
        "gc-mallory/bob/x.ipynb": REG,
        "gc-bob/x.ipynb": OTHER,
        "gc-ada/x.ipynb": REG,
        "gc-ada/timestamp.txt": b"2020-01-01 00:00:00 UTC",
        "fay/.git/HEAD": b"ref: refs/heads/main",
        "fay/regularization/x.ipynb": REG,
        "fay/regularization/timestamp.txt": b"2020-01-01 00:00:00 UTC",
    }
    assert collect(desk, laid_out(desk / "clones", files)) == 1
    assert who(desk) == {"bob": OTHER, "ada": REG, "fay": REG}
    assert stamp(desk, "ada") is None and stamp(desk, "fay") is None
    assert [bare(row["key"]) for row in questions(desk)] == ["file gc-mallory/bob/x.ipynb"]


def test_the_branch_that_github_adds_to_a_folder_is_no_part_of_a_login(desk):
    assert (
        collect(desk, laid_out(desk / "z", {"gc-ada-main/x.ipynb": REG, "gc-bob-master/x.ipynb": OTHER})) == 0
    )
    assert who(desk) == {"ada": REG, "bob": OTHER}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("lovelaceada_101_1_regularization.ipynb", "lovelaceada_101_2_regularization (1).ipynb"),
        (f"{ADA}regularization.ipynb", f"{ADA}regularization (1).ipynb"),
        ("gc-ada/regularization.ipynb", "gc-ada/regularization (1).ipynb"),
    ],
)
@pytest.mark.parametrize("later", ["blank", "cut off"])
@pytest.mark.parametrize("together", [True, False])
def test_a_file_without_an_answer_does_not_take_the_place_of_the_work(
    desk, capsys, first, second, later, together
):
    empty = blank() if later == "blank" else REG[:500]
    beside = {"gc-bob/x.ipynb": OTHER} if first.startswith("gc") else {}
    if together:
        assert collect(desk, packed(desk / "d.zip", {first: REG, second: empty, **beside})) == 0
    else:
        assert collect(desk, packed(desk / "1.zip", {first: REG, **beside})) == 0
        assert collect(desk, packed(desk / "2.zip", {second: empty, **beside})) == 0
    assert who(desk)["ada"] == REG and earlier(desk, "ada") == [empty]
    said = capsys.readouterr().out
    assert "without an answer, kept beside the work" in said


def test_a_zip_of_mails_and_a_mail_of_outlook(desk, capsys):
    files = {
        "a.eml": mail("ada@example.org", "Tue, 3 Mar 2026 12:00:00 +0000", "x.ipynb", REG),
        "b.msg": b"\xd0\xcf",
    }
    assert collect(desk, packed(desk / "m.zip", files)) == 1
    assert who(desk) == {"ada": REG} and stamp(desk, "ada") == "2026-03-03 12:00:00 UTC"
    assert "save it as .eml" in capsys.readouterr().err


def test_a_download_that_was_packed_again_and_a_folder_of_downloads(desk):
    again = {f"submissions/{name}": content for name, content in {
        "lovelaceada_101_1_x.ipynb": REG, "stonebob_102_2_x.ipynb": OTHER,
    }.items()}  # fmt: skip
    folder = desk / "downloads"
    folder.mkdir()
    packed(folder / "submissions.zip", again)
    assert collect(desk, folder) == 0
    assert who(desk) == {"ada": REG, "bob": OTHER}
    inner = folder / "Ada Lovelace - work.zip"  # of Google Classroom, and hers
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.ipynb", OTHER)
    (folder / "submissions.zip").unlink()
    assert collect(desk, folder) == 0
    assert who(desk)["ada"] == OTHER


def test_times_and_marks_of_moodles_worksheet_are_kept(desk):
    rows = (
        'Participant 5001,Ada Lovelace,ada@example.org,Submitted for grading,"Tuesday, 3 March 2026, 1:30 PM"\n'
        "Participant 5002,Bob Stone,bob@example.org,Submitted for grading - 2 days late,-\n"
    )
    sheet = desk / "worksheet.csv"
    sheet.write_bytes((SHEET + rows).encode("utf-16"))
    files = {f"{ADA}x.ipynb": REG, f"{BOB}x.ipynb": OTHER}
    assert collect(desk, packed(desk / "m.zip", files), sheet, options=["--timezone", "Europe/Berlin"]) == 0
    assert stamp(desk, "ada") == "2026-03-03 12:30:00 UTC" and stamp(desk, "bob") is None
    assert (desk / "submissions/bob/regularization/late.txt").exists()


def test_a_claim_is_held_against_the_roster_step_by_step():
    people = People(
        [
            formats.Person("ana", "Ana", "Silva", "ana@x.org", "101"),
            formats.Person("eva", "Eva", "Roth", "", ""),
        ]
    )
    assert people.find(Claim("", numbers=("101",)))[0] == "ana"
    contradicted = people.find(Claim("", numbers=("101",), names=("Eva Roth",)))
    assert contradicted == (None, "the number or login is that of ana, the name that of eva")
    assert people.find(Claim("", names=("Silva, Ana",)))[0] == "ana"
    one, other = Claim("", emails=("ana@x.org",)), Claim("", emails=("a2@x.org",), names=("Ana Silva",))
    assert people.find(other)[0] == "ana"
    assert people.find(other, people.telling([one, other])) == (
        None,
        "the name is that of ana, the e-mail address is not",
    )
    known = people.telling([Claim("", numbers=("101",))])
    assert (
        people.find(Claim("", numbers=("7",), names=("Eva Roth",)), known)[0] == "eva"
    )  # the roster has none of hers


NO_NUMBERS = "id,first_name,last_name,email\nada,Ada,Lovelace,\nbob,Bob,Stone,\n"


@pytest.mark.parametrize(
    "files",
    [
        {"lovelaceada_101_1_x.ipynb": REG, "lovelaceada_150_2_x.ipynb": OTHER},
        {f"{ADA}x.ipynb": REG, "Ada Lovelace_5009_assignsubmission_file_/x.ipynb": OTHER},
    ],
)
def test_two_of_one_name_in_a_download_are_asked_about(desk, files):
    (desk / "roster.csv").write_text(NO_NUMBERS)
    assert collect(desk, packed(desk / "d.zip", files)) == 1
    assert who(desk) == {} and "several bear the name of ada" in questions(desk)[0]["why"]


@pytest.mark.parametrize("empty", [blank(), REG[:500]], ids=["blank", "cut off"])
def test_work_that_was_collected_after_an_empty_file_counts(desk, empty):
    assert collect(desk, packed(desk / "2.zip", {"lovelaceada_101_5_regularization.ipynb": empty})) == 0
    assert collect(desk, packed(desk / "1.zip", {"lovelaceada_101_1_regularization.ipynb": REG})) == 0
    assert who(desk) == {"ada": REG} and earlier(desk, "ada") == [empty]


def test_a_corrected_zone_keeps_no_resubmission_back(desk):
    first, second = (
        "HW_ada_attempt_2026-03-03-12-00-00_a.ipynb",
        "HW_ada_attempt_2026-03-03-15-00-00_a.ipynb",
    )
    assert (
        collect(desk, packed(desk / "1.zip", {first: REG}), options=["--timezone", "America/New_York"]) == 0
    )
    both = packed(desk / "2.zip", {first: REG, second: OTHER})
    assert collect(desk, both, options=["--timezone", "Europe/Berlin"]) == 0
    assert who(desk) == {"ada": OTHER} and stamp(desk, "ada") == "2026-03-03 14:00:00 UTC"


def test_what_was_known_of_the_same_work_is_kept_where_a_download_says_less(desk):
    test_times_and_marks_of_moodles_worksheet_are_kept(desk)
    assert collect(desk, desk / "m.zip") == 0
    assert stamp(desk, "ada") == "2026-03-03 12:30:00 UTC"
    assert (desk / "submissions/bob/regularization/late.txt").exists()


@pytest.mark.parametrize(
    "form", ["{}+regularization+2026-03-03 12:00:00 UTC/x.ipynb", "{}/regularization/x.ipynb"]
)
def test_where_names_are_ids_of_ours_they_go_before_a_platform_s_numbers(desk, form):
    (desk / "roster.csv").write_text("id,lms_user_id\n101,103\n102,101\n103,102\n")
    files = {form.format(name): work("regularization", name) for name in ("101", "102", "103")}
    assert collect(desk, laid_out(desk / "inbound", files)) == 0
    assert who(desk) == {name: work("regularization", name) for name in ("101", "102", "103")}


def test_a_number_that_is_another_one_s_is_asked_about_and_tells_nothing_of_the_rest(desk):
    rows = "ada,Ada,Lovelace,1001\nbob,Bob,Stone,1002\neve,Eve,Case,1003\n"
    (desk / "roster.csv").write_text(f"id,first_name,last_name,lms_user_id\n{rows}")
    files = {"lovelaceada_1002_1_x.ipynb": REG, "stonebob_77_2_x.ipynb": OTHER, "caseeve_78_3_x.ipynb": REG}
    assert collect(desk, packed(desk / "c.zip", files)) == 1
    assert who(desk) == {"bob": OTHER, "eve": REG}


def test_versions_of_teams_count_within_an_assignment_only(desk):
    files = {
        "Submitted files/Ada Lovelace/HW3/Version 2/x.ipynb": REG,
        "Submitted files/Ada Lovelace/HW3 again/Version 1/x.ipynb": OTHER,
    }
    dates = dict(zip(files, ((2026, 3, 3, 12, 0, 0), (2026, 3, 9, 12, 0, 0)), strict=True))
    assert collect(desk, packed(desk / "t.zip", files, dates)) == 0
    assert who(desk) == {"ada": OTHER}


def test_a_name_of_a_file_with_a_dash_makes_no_classroom_of_clones(desk):
    name = "Week 3 - Regularization.ipynb"
    files = {f"gc-ada/{name}": REG, f"gc-bob/{name}": OTHER}
    assert collect(desk, laid_out(desk / "clones", files)) == 0
    assert who(desk) == {"ada": REG, "bob": OTHER}


def test_of_a_single_name_of_blackboard_no_part_is_guessed(desk):
    files = {"HW_mary_bob_attempt_2026-03-03-12-00-00_a.ipynb": REG}
    assert collect(desk, packed(desk / "b.zip", files)) == 1
    assert who(desk) == {}


def test_ids_that_differ_by_a_dash_are_two(desk):
    (desk / "roster.csv").write_text("id\nli-na\nlina\n")
    form = "{}+regularization+2026-03-03 12:00:00 UTC/x.ipynb"
    assert collect(desk, laid_out(desk / "in", {form.format("li-na"): REG, form.format("lina"): OTHER})) == 0
    assert who(desk) == {"li-na": REG, "lina": OTHER}


def test_a_decision_on_an_empty_file_is_on_that_file_alone(desk):
    files = {"lovelaceada_101_1_x.ipynb": b"", "stonebob_102_2_x.ipynb": b""}
    assert collect(desk, packed(desk / "c.zip", files)) == 1
    assert len(questions(desk)) == 2
    decide(desk, questions(desk)[0]["key"], "-")
    assert collect(desk, desk / "c.zip") == 1


@pytest.mark.parametrize("together", [True, False])
def test_a_script_beside_a_notebook_does_not_take_its_place(desk, together):
    own = next(
        c.source
        for c in COURSE.lesson("regularization").cells
        if c.function == "diagnose" and c.role == "answer"
    )
    script = f"import numpy as np\n\n{own}\n".encode()
    files = {"lovelaceada_101_1_regularization.ipynb": REG, "lovelaceada_101_2_regularization.py": script}
    for number, each in enumerate(
        [files] if together else [{name: content} for name, content in files.items()]
    ):
        assert collect(desk, packed(desk / f"{number}.zip", each)) == 0
    assert who(desk) == {"ada": REG}


def test_a_folder_of_archives_that_bear_the_names_of_students(desk):
    folder = desk / "all"
    folder.mkdir()
    for name, content in (("ada", REG), ("bob", OTHER), ("stranger", REG)):
        packed(folder / f"{name}.zip", {"regularization.ipynb": content})
    assert collect(desk, folder) == 1
    assert who(desk) == {"ada": REG, "bob": OTHER}
    assert [bare(row["key"]) for row in questions(desk)] == ["file stranger/regularization.ipynb"]


def test_a_file_of_a_canvas_quiz_is_of_the_student_before_the_question(desk):
    files = {"lovelaceada_101_question_44_9001_x.ipynb": REG, "stonebob_102_question_44_9003_x.ipynb": OTHER}
    assert collect(desk, packed(desk / "q.zip", files)) == 0
    assert who(desk) == {"ada": REG, "bob": OTHER}
