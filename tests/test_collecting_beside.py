"""`grader collect`: what lies beside the work, several assignments in one folder, teams; all is said, nothing stops."""

import io
import json
import zipfile

import pytest

from .downloads import ROSTER, laid_out, packed, work
from .test_collecting import collect, collected, decide, questions

REG, OTHER, INIT = work("regularization"), work("regularization", "other"), work("initialization")


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return content.getvalue()


FILES = {
    "Canvas": {
        "lovelaceada_101_9001_x.ipynb": REG,
        "lovelaceada_101_9002_answer.jpg": b"\xff\xd8\xff",
        "stonebob_102_9003_y.ipynb": REG,
    },
    "Canvas, in the student's ZIP": {
        "lovelaceada_101_9001_x.zip": zipped(x__ipynb=REG, answer__jpg=b"\xff\xd8\xff"),
        "stonebob_102_9003_y.ipynb": REG,
    },
    "Moodle": {
        "Ada Lovelace_5001_assignsubmission_file_/x.ipynb": REG,
        "Ada Lovelace_5001_assignsubmission_file_/answer.jpg": b"\xff\xd8\xff",
        "Bob Stone_5002_assignsubmission_file_/x.ipynb": REG,
    },
    "folders": {"ada/x.ipynb": REG, "ada/answer.jpg": b"\xff\xd8\xff", "bob/x.ipynb": REG},
}


@pytest.mark.parametrize("files", FILES.values(), ids=FILES)
def test_a_picture_beside_the_work_is_said_and_asks_for_nothing(desk, capsys, files):
    assert collect(desk, packed(desk / "c.zip", files)) == 0
    assert set(collected(desk)) == {("ada", "regularization"), ("bob", "regularization")}
    lines = [line for line in capsys.readouterr().out.splitlines() if "beside" in line]
    assert len(lines) == 1 and lines[0].startswith("  ada ") and lines[0].endswith("answer.jpg")


def test_the_files_of_a_course_in_a_clone_are_not_said(desk, capsys):
    files = {
        f"{who}/{name}": content
        for who in ("ada", "bob")
        for name, content in {
            "x.ipynb": REG,
            "helpers/init_utils.py": b"x = 1\n",
            "README.md": b"#",
            "data.npz": b"",
        }.items()
    }
    assert collect(desk, packed(desk / "c.zip", files)) == 0
    assert "beside" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    ["lovelaceada_101_9001_helpers.py", "lovelaceada_101_9001_x.pdf", "lovelaceada_101_9001_notes.txt"],
)
def test_who_sent_only_what_is_no_work_is_asked_about_once(desk, name):
    files = {name: b"x = 1\n", "stonebob_102_9003_y.ipynb": REG}
    download = packed(desk / "c.zip", files)
    assert collect(desk, download) == 1
    (row,) = questions(desk)
    assert row["seen"] == f"ada: {name}"
    decide(desk, row["key"], "-")
    assert collect(desk, download) == 0


def test_a_folder_with_a_document_alone_is_asked_about(desk):
    download = packed(desk / "c.zip", {"ada/x.pdf": b"%PDF", "ada/y.pdf": b"%PDF", "bob/x.ipynb": REG})
    assert collect(desk, download) == 1
    (row,) = questions(desk)
    assert row["seen"] == "ada: ada/x.pdf" and "nor is y.pdf" in row["why"]
    decide(desk, row["key"], "-")
    assert collect(desk, download) == 0
    assert questions(desk) == [row | {"decision": "-"}]


def test_two_assignments_of_github_in_one_folder(desk):
    files = {
        f"hw{number}-{who}/x.ipynb": content
        for number, content in ((1, INIT), (2, REG))
        for who in ("ada", "bob", "eve")
    }
    assert collect(desk, laid_out(desk / "clones", files)) == 0
    assert set(collected(desk)) == {
        (who, lesson) for who in ("ada", "bob", "eve") for lesson in ("initialization", "regularization")
    }


def test_a_login_that_ends_in_anothers_is_not_taken_for_it_beside_two_assignments(desk):
    (desk / "roster.csv").write_text(ROSTER + "x-ada,Xa,Ada,xa@example.org,109\n", encoding="utf-8")
    files = {f"hw{n}-{who}/x.ipynb": REG for n in (1, 2) for who in ("bob", "eve")}
    files |= {"hw1-x-ada/x.ipynb": OTHER, "hw2-x-ada/x.ipynb": OTHER}
    assert collect(desk, laid_out(desk / "clones", files)) == 0
    assert collected(desk)["x-ada", "regularization"] == OTHER
    assert ("ada", "regularization") not in collected(desk)


def test_two_downloads_of_moodle_unpacked_in_one_folder(desk):
    names = {"ada": "Ada Lovelace", "bob": "Bob Stone"}
    files = {
        f"HW{number}/{name}_{number}{at}_assignsubmission_file_/x.ipynb": content
        for number, content in ((1, INIT), (2, REG))
        for at, name in enumerate(names.values())
    }
    assert collect(desk, laid_out(desk / "unpacked", files)) == 0
    assert set(collected(desk)) == {
        (who, lesson) for who in names for lesson in ("initialization", "regularization")
    }


def test_two_of_one_name_in_one_download_of_moodle_are_still_asked_about(desk):
    files = {f"HW1/Ada Lovelace_{n}_assignsubmission_file_/x.ipynb": REG for n in (5001, 5002)}
    files["HW2/Bob Stone_5003_assignsubmission_file_/x.ipynb"] = REG
    assert collect(desk, laid_out(desk / "unpacked", files)) == 1
    assert set(collected(desk)) == {("bob", "regularization")}


def test_a_teams_work_is_decided_for_all_of_it(desk):
    files = {
        "Team 1_5001_assignsubmission_file_/x.ipynb": REG,
        "Zoë 日本_5003_assignsubmission_file_/x.ipynb": OTHER,
    }
    download = packed(desk / "m.zip", files)
    assert collect(desk, download) == 1
    decide(desk, "moodle 5001", "ada, eve; bob")
    assert collect(desk, download) == 0
    assert {who for (who, _), content in collected(desk).items() if content == REG} == {"ada", "eve", "bob"}


@pytest.mark.parametrize("answer", ["ada, nobody", "gus", ","])
def test_a_decision_that_means_nobody_leaves_only_its_own_question_open(desk, capsys, answer):
    files = {"Team 1_5001_assignsubmission_file_/x.ipynb": REG}
    assert collect(desk, packed(desk / "m.zip", files)) == 1
    decide(desk, "moodle 5001", answer)
    files["Zoë 日本_5003_assignsubmission_file_/x.ipynb"] = OTHER
    capsys.readouterr()
    assert collect(desk, packed(desk / "m.zip", files)) == 1
    assert set(collected(desk)) == {("zoe", "regularization")}
    said = capsys.readouterr().err
    assert "moodle 5001: " in said and "1 to be decided" in said
    assert [row["decision"] for row in questions(desk)] == [answer]


def test_a_question_that_is_answered_elsewhere_is_open_no_more(desk):
    download = packed(desk / "c.zip", {"plusgus_107_1_a.ipynb": REG})
    assert collect(desk, download) == 1
    (desk / "roster.csv").write_text(ROSTER + "gus,Gus,Plus,gus@example.org,107\n", encoding="utf-8")
    assert collect(desk, download) == 0
    assert questions(desk) == []


def test_a_middle_initial_has_its_dot_in_the_roster_alone(desk):
    (desk / "roster.csv").write_text(
        "id,first_name,last_name\nada,Ada M.,O'Lovelace-King\n", encoding="utf-8"
    )
    assert collect(desk, packed(desk / "c.zip", {"olovelacekingadam_101_1_a.ipynb": REG})) == 0
    assert set(collected(desk)) == {("ada", "regularization")}


@pytest.mark.parametrize("form", ["UTF-16", "a JSON string"])
def test_a_newer_notebook_in_another_form_is_no_script(desk, form):
    text = OTHER.decode()
    new = text.encode("utf-16") if form == "UTF-16" else json.dumps(text).encode()
    files = {"lovelaceada_101_9001_x.ipynb": REG, "lovelaceada_101_9002_x.ipynb": new}
    assert collect(desk, packed(desk / "c.zip", files)) == 0
    assert collected(desk)["ada", "regularization"] == new


def test_a_dry_run_says_of_an_empty_file_what_a_run_says(desk, capsys):
    files = {
        "lovelaceada_101_9001_regularization.ipynb": REG,
        "lovelaceada_101_9002_regularization.ipynb": REG[:400],
    }
    assert collect(desk, packed(desk / "c.zip", files), options=["--dry-run"]) == 0
    dry = [line for line in capsys.readouterr().out.splitlines() if "9002" in line]
    assert collect(desk, packed(desk / "c.zip", files)) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if "9002" in line] == dry != []


def test_what_is_nobodys_by_a_decision_is_asked_about_no_more_whatever_it_holds(desk):
    download = packed(desk / "c.zip", {"plusgus_107_1_a.ipynb": b"{}", "stonebob_102_9003_y.ipynb": REG})
    assert collect(desk, download) == 1
    decide(desk, "canvas 107", "-")
    assert collect(desk, download) == 0


def test_sections_hold_their_students_though_the_roster_has_a_third_of_them(desk):
    strangers = {f"Section {s}/stranger {s}{n}/x.ipynb": OTHER for s in "AB" for n in range(4)}
    files = {"Section A/ada/x.ipynb": REG, "Section A/bob/x.ipynb": REG, "Section B/eve/x.ipynb": REG}
    assert collect(desk, laid_out(desk / "sections", files | strangers)) == 1
    assert {who for who, _ in collected(desk)} == {"ada", "bob", "eve"}
    assert len(questions(desk)) == 8


def test_a_folder_that_a_stranger_named_after_another_is_nobodys(desk):
    files = {f"stranger {n}/x.ipynb": REG for n in range(4)} | {"stranger 5/ada/x.ipynb": OTHER}
    assert collect(desk, laid_out(desk / "strangers", files)) == 1
    assert collected(desk) == {}
