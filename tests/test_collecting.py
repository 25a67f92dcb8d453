"""`grader collect`: downloads of every platform into submissions/, by content and roster, and nothing stops the rest."""

import csv
import io
import json
import os
import re
import stat
import time
import unicodedata
import zipfile

import pytest

from grader.cli import main

from .downloads import GRADESCOPE, ROSTER, laid_out, mail, packed, work
from .here import COURSE

REG, INIT = work("regularization"), work("initialization")


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def collect(desk, *downloads, options=()):
    where = ["--roster", str(desk / "roster.csv"), "--submissions", str(desk / "submissions")]
    return main(["collect", *map(str, downloads), *where, *options])


def collected(desk):
    """The files in their places: (student, lesson) to bytes."""
    return {
        (path.parts[-3], path.parts[-2]): path.read_bytes()
        for path in (desk / "submissions").glob("*/*/*.ipynb")
        if path.stem == path.parts[-2] and path.is_file()
    }


def stamp(desk, student, lesson="regularization"):
    path = desk / "submissions" / student / lesson / "timestamp.txt"
    return path.read_text() if path.exists() else None


def earlier(desk, student, lesson="regularization"):
    return sorted(p.read_bytes() for p in (desk / "submissions" / student / lesson / ".earlier").glob("*"))


def questions(desk):
    with (desk / "submissions" / "decisions.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bare(key):
    """The key of a question about one file, without its digest."""
    return re.sub(" [0-9a-f]{16}$", "", key)


def decide(desk, key, answer):
    rows = questions(desk)
    next(row for row in rows if key in (row["key"], bare(row["key"])))["decision"] = answer
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    (desk / "submissions" / "decisions.csv").write_text(text.getvalue(), encoding="utf-8")


def test_canvas(desk):
    files = {
        "lovelaceada_101_9001_regularization-1.ipynb": REG,
        "lovelaceada_101_9005_Copy of HW.ipynb": work("regularization", "later"),
        "stonebob_LATE_102_9002_regularization.ipynb": REG,
        "twofay_106_9006_regularization-2-1.ipynb": REG,
        "caseeve_105_9005_Regularization.ipynb": REG,
        "日本zoë_103_9007_initialization.ipynb": INIT,
        "plusgus_107_9007_regularization+%281%29.ipynb": REG,
    }
    assert collect(desk, packed(desk / "submissions.zip", files)) == 1
    lessons = {"ada", "bob", "fay", "eve"}
    assert set(collected(desk)) == {(who, "regularization") for who in lessons} | {("zoe", "initialization")}
    assert collected(desk)["ada", "regularization"] == files["lovelaceada_101_9005_Copy of HW.ipynb"]
    assert earlier(desk, "ada") == [REG]
    assert (desk / "submissions/bob/regularization/late.txt").read_text() == "marked late by Canvas\n"
    assert stamp(desk, "bob") is None
    assert [row["key"] for row in questions(desk)] == ["canvas 107"]


@pytest.mark.parametrize("slash", ["_/", "/", "_"])
def test_moodle(desk, slash):
    files = {
        f"Ada Lovelace_5001_assignsubmission_file{slash}x.ipynb": REG,
        f"Fay Two_5006_assignsubmission_file{slash}regularization_final.ipynb": REG,
        f"Zoë 日本_5003_assignsubmission_file{slash}a.ipynb": INIT,
        f"Somebody Else_5009_assignsubmission_file{slash}b.ipynb": REG,
    }
    sheet = desk / "worksheet.csv"
    sheet.write_text(
        "Identifier,Full name,Email address\nParticipant 5009,X Y,eve@example.org\n", encoding="utf-8"
    )
    assert collect(desk, packed(desk / "m.zip", files), sheet) == 0
    found = {
        ("ada", "regularization"),
        ("fay", "regularization"),
        ("zoe", "initialization"),
        ("eve", "regularization"),
    }
    assert set(collected(desk)) == found


def test_moodle_the_newest_of_several_files_by_its_time(desk):
    folder = "Ada Lovelace_5001_assignsubmission_file_/"
    new = work("regularization", "new")
    files, times = (
        {f"{folder}b.ipynb": new, f"{folder}c.ipynb": REG},
        {f"{folder}b.ipynb": (2026, 3, 4, 9, 0, 0)},
    )
    assert collect(desk, packed(desk / "m.zip", files, times)) == 0
    assert collected(desk)["ada", "regularization"] == new


def test_blackboard(desk):
    files = {
        "HW 3_x_ada_attempt_2026-03-03-12-00-00_work.ipynb": REG,
        "HW 3_x_ada_attempt_2026-03-04-12-00-00_attempt_work.ipynb": work("regularization", "second"),
        "HW 3_x_bob_attempt_2026-03-03-13-00-00_z.ipynb": REG,
        "HW 3_x_bob_attempt_2026-03-03-13-00-00.txt": b"Name: Bob",
    }
    assert collect(desk, packed(desk / "b.zip", files), options=["--timezone", "America/New_York"]) == 0
    assert collected(desk)["ada", "regularization"] == work("regularization", "second")
    assert stamp(desk, "ada") == "2026-03-04 17:00:00 UTC"
    assert stamp(desk, "bob") == "2026-03-03 18:00:00 UTC"


def test_gradescope_with_a_group(desk):
    files = {
        "assignment_1_export/submission_metadata.yml": GRADESCOPE,
        "assignment_1_export/submission_9001/regularization.ipynb": REG,
        "assignment_1_export/submission_9002/deep/er.ipynb": INIT,
        "assignment_1_export/submission_9002/helper.py": b"def f(x):\n    return x\n",
    }
    assert collect(desk, packed(desk / "g.zip", files)) == 0
    assert set(collected(desk)) == {
        ("ada", "regularization"),
        ("bob", "initialization"),
        ("eve", "initialization"),
    }
    assert stamp(desk, "ada") == "2026-03-03 11:59:00 UTC"
    assert stamp(desk, "eve", "initialization") == "2026-03-03 11:30:00 UTC"


def test_google_classroom(desk):
    files = {
        "Class/HW/Ada Lovelace - regularization.ipynb": REG,
        "Class/HW/Bob Stone - Copy of a - b.ipynb": INIT,
    }
    assert collect(desk, packed(desk / "c.zip", files)) == 0
    assert set(collected(desk)) == {("ada", "regularization"), ("bob", "initialization")}


def test_github_repositories(desk):
    folder = laid_out(
        desk / "clones",
        {
            "hw3-ada/notebooks/regularization/regularization.ipynb": REG,
            "hw3-ada/helpers/gc_utils.py": b"def cubic(x):\n    return x\n",
            "hw3-ada/.git/config": b"[core]\n",
            "hw3-ada/.git/x.ipynb": INIT,
            "bob/answers.ipynb": INIT,
            "bob/z/initialization.ipynb": json.dumps(COURSE.lesson("initialization").release).encode(),
            "hw3-nobody/x.ipynb": REG,
        },
    )
    assert collect(desk, folder) == 1
    assert set(collected(desk)) == {("ada", "regularization"), ("bob", "initialization")}
    assert collected(desk)["bob", "initialization"] == INIT  # not the untouched one beside it
    assert questions(desk)[0]["why"] == "no folder bears the name of a student on the roster"


def test_teams(desk):
    base = "Student Work/Submitted files"
    files = {
        f"{base}/Ada Lovelace/HW 3/Version 1/a.ipynb": REG,
        f"{base}/Ada Lovelace/HW 3/Version 10/a.ipynb": work("regularization", "ten"),
        f"{base}/Ada Lovelace/HW 3/Version 2/a.ipynb": work("regularization", "two"),
        f"{base}/Bob Stone/HW 3/Versión 1/b.ipynb": INIT,
    }
    assert collect(desk, packed(desk / "t.zip", files)) == 0
    assert collected(desk)["ada", "regularization"] == work("regularization", "ten")
    assert len(earlier(desk, "ada")) == 2
    assert ("bob", "initialization") in collected(desk)


@pytest.mark.parametrize("form", ["eml", "mbox"])
def test_mail_attachments(desk, form):
    mails = [
        mail("Ada <ADA@example.org>", "Tue, 03 Mar 2026 20:00:00 +0800", "regularization.ipynb", REG),
        mail("bob@example.org", "Tue, 03 Mar 2026 12:30:00 -0300", "b.ipynb", INIT),
        mail("else@example.org", "no date", "b.ipynb", INIT),
    ]
    if form == "eml":
        place = laid_out(desk / "mails", {f"{number}.eml": content for number, content in enumerate(mails)})
    else:
        place = desk / "inbox.mbox"
        place.write_bytes(b"".join(b"From x Tue Mar 3 2026\n" + content + b"\n" for content in mails))
    assert collect(desk, place) == 1
    assert set(collected(desk)) == {("ada", "regularization"), ("bob", "initialization")}
    assert stamp(desk, "ada") == "2026-03-03 12:00:00 UTC"
    assert stamp(desk, "bob", "initialization") == "2026-03-03 15:30:00 UTC"
    assert [bare(row["key"]) for row in questions(desk)] == [
        "file 2.eml/b.ipynb" if form == "eml" else "file inbox.mbox/mail 3/b.ipynb"
    ]


def test_the_exchange_of_nbgrader(desk):
    files = {
        "ada+regularization+2026-07-03 20:00:00.000000 +08+0af3/regularization.ipynb": REG,
        "ada+regularization+2026-07-03 13:00:00.000000 UTC/regularization.ipynb": work(
            "regularization", "later"
        ),
        "bob+regularization+2026-03-03 12:00:00 UTC+0af3/regularization.ipynb": INIT,
    }
    assert collect(desk, laid_out(desk / "inbound", files)) == 0
    assert set(collected(desk)) == {("ada", "regularization"), ("bob", "initialization")}
    assert stamp(desk, "ada") == "2026-07-03 13:00:00 UTC"
    assert earlier(desk, "ada") == [REG]


def test_folders_as_they_lie_here_with_their_times(desk):
    files = {
        "ada/any/thing.ipynb": REG,
        "ada/any/timestamp.txt": b"2026-03-03 12:00:00 +0100",
        "bob/x.zip": b"",
    }
    packed(desk / "x.zip", {"deep/er/a.ipynb": INIT, "b.ipynb": REG})
    files["bob/x.zip"] = (desk / "x.zip").read_bytes()
    assert collect(desk, laid_out(desk / "work", files)) == 0
    assert set(collected(desk)) == {
        ("ada", "regularization"),
        ("bob", "initialization"),
        ("bob", "regularization"),
    }
    assert stamp(desk, "ada") == "2026-03-03 11:00:00 UTC"


def test_a_students_own_name_for_a_file_makes_nobody_else_of_him(desk):
    """Each names a file as another platform, or another student's entry, would be named."""
    moodle = {
        "Ada Lovelace_5001_assignsubmission_file_/Bob Stone_5002_assignsubmission_file_/x.ipynb": REG,
        "Eve Case_5003_assignsubmission_file_/stonebob_102_1_x.ipynb": REG,
    }
    canvas = {
        "twofay_106_9002_Bob Stone_5002_assignsubmission_file_x.ipynb": REG,
        "twofay_106_9003_x_bob_attempt_2026-03-03-12-00-00_y.ipynb": INIT,
        "twofay_106_9004_Bob Stone - y.ipynb": work("gradient_checking"),
    }
    assert collect(desk, packed(desk / "m.zip", moodle), packed(desk / "c.zip", canvas)) == 0
    assert {who for who, _ in collected(desk)} == {"ada", "eve", "fay"}


def test_a_lesson_is_told_by_content_whatever_the_file_is_called(desk):
    files = {
        "x_101_1_initialization.ipynb": REG,
        "x_101_2_regularization.ipynb": INIT,
        "x_102_3_essay.ipynb": REG,
    }
    assert collect(desk, packed(desk / "c.zip", files)) == 0
    assert collected(desk)["ada", "regularization"] == REG
    assert collected(desk)["ada", "initialization"] == INIT


def test_what_is_of_no_lesson_or_cannot_be_read_is_named_and_stops_nobody(desk, capsys):
    other = json.dumps({"cells": [{"cell_type": "code", "source": "x = 1"}]}).encode()
    files = {
        "x_101_1_essay.ipynb": other,
        "x_102_2_regularization.ipynb": b"cut off {",
        "x_103_3_broken.ipynb": b"\0\0",
        "x_105_4_a.ipynb": REG,
    }
    assert collect(desk, packed(desk / "c.zip", files)) == 1
    assert set(collected(desk)) == {
        ("bob", "regularization"),
        ("eve", "regularization"),
    }  # intake refuses Bob's
    said = capsys.readouterr().err
    assert "undecided: ada: x_101_1_essay.ipynb: of no lesson of this course" in said
    assert "undecided: zoe: x_103_3_broken.ipynb: the file is not a notebook" in said


def test_what_was_decided_once_is_remembered(desk):
    files = {"plusgus_107_1_a.ipynb": REG, "nobody_108_2_a.ipynb": INIT}
    download = packed(desk / "c.zip", files)
    assert collect(desk, download) == 1
    decide(desk, "canvas 107", "fay")
    decide(desk, "canvas 108", "-")
    assert collect(desk, download) == 0
    assert set(collected(desk)) == {("fay", "regularization")}
    again = packed(desk / "c2.zip", {"plusgus_107_9_b.ipynb": work("regularization", "again")})
    assert collect(desk, again) == 0
    assert earlier(desk, "fay") == [REG]


def test_a_file_that_is_no_notebook_is_given_its_lesson_by_hand(desk):
    download = packed(desk / "c.zip", {"x_103_3_broken.ipynb": b"\0\0"})
    assert collect(desk, download) == 1
    decide(desk, questions(desk)[0]["key"], "regularization")
    assert collect(desk, download) == 0
    assert collected(desk) == {("zoe", "regularization"): b"\0\0"}


@pytest.mark.parametrize(("about", "answer"), [("canvas 107", "gus"), ("canvas 107", "../x")])
def test_a_decision_that_means_nobody_is_refused(desk, capsys, about, answer):
    download = packed(desk / "c.zip", {"plusgus_107_1_a.ipynb": REG})
    collect(desk, download)
    decide(desk, about, answer)
    assert collect(desk, download) == 1
    assert f"decisions.csv: {about}: {answer} is not on the roster" in capsys.readouterr().err


def test_a_dry_run_shows_the_table_and_writes_nothing(desk, capsys):
    files = {"x_101_1_a.ipynb": REG, "x_LATE_102_2_a.ipynb": REG, "x_999_3_a.ipynb": REG}
    assert collect(desk, packed(desk / "c.zip", files), options=["--dry-run"]) == 1
    assert not (desk / "submissions").exists()
    shown = capsys.readouterr()
    assert "would collect" in shown.out
    assert (
        "ada                  regularization       at an unknown time     new: x_101_1_a.ipynb" in shown.out
    )
    assert "late, time unknown" in shown.out
    assert "undecided: x_999_3_a.ipynb: not on the roster" in shown.err


def test_collecting_again_changes_nothing_and_an_older_download_does_not_win(desk, capsys):
    old = laid_out(desk / "old", {"ada+r+2026-03-01 12:00:00 UTC/a.ipynb": work("regularization", "old")})
    new = laid_out(desk / "new", {"ada+r+2026-03-02 12:00:00 UTC/a.ipynb": REG})
    assert collect(desk, new) == 0
    before = {path: path.read_bytes() for path in (desk / "submissions").rglob("*") if path.is_file()}
    assert collect(desk, new) == 0
    assert {path: path.read_bytes() for path in (desk / "submissions").rglob("*") if path.is_file()} == before
    assert "as before" in capsys.readouterr().out
    assert collect(desk, old) == 0
    assert collected(desk)["ada", "regularization"] == REG
    assert stamp(desk, "ada") == "2026-03-02 12:00:00 UTC"
    assert len(earlier(desk, "ada")) == 1


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("lovelaceada_LATE_101_20002_a-2.ipynb", "lovelaceada_101_10001_a-1.ipynb"),
        ("submission_20002/a.ipynb", "submission_10001/a.ipynb"),
        (
            "Submitted files/Ada Lovelace/A/Version 2/a.ipynb",
            "Submitted files/Ada Lovelace/A/Version 1/a.ipynb",
        ),
    ],
)
@pytest.mark.parametrize("same", [False, True])
def test_an_older_download_does_not_win_where_the_platform_gives_no_time(desk, capsys, newer, older, same):
    last, first = REG, REG if same else work("regularization", "first")
    who = "submission_{}:\n  :submitters:\n  - :name: Ada Lovelace\n    :email: ada@example.org\n"
    files = [{newer: last}, {older: first}]
    if "submission_" in newer:
        for number, each in zip((20002, 10001), files, strict=True):
            each["submission_metadata.yml"] = who.format(number).encode()
    for number, each in enumerate(files):
        assert collect(desk, packed(desk / f"{number}.zip", each)) == 0
    assert collected(desk) == {("ada", "regularization"): last}
    assert earlier(desk, "ada") == ([] if same else [first])
    assert ("as before" if same else "earlier than what is there, kept") in capsys.readouterr().out
    if "LATE" in newer:
        assert (desk / "submissions/ada/regularization/late.txt").exists()
    assert collect(desk, desk / "0.zip") == 0  # in the order of the platform it is the other way round
    assert collected(desk) == {("ada", "regularization"): last}


def test_the_next_attempt_of_a_later_download_counts(desk):
    files = {"lovelaceada_101_9_a.ipynb": work("regularization", "first")}
    assert collect(desk, packed(desk / "1.zip", files)) == 0
    assert collect(desk, packed(desk / "2.zip", {"lovelaceada_101_10_a-1.ipynb": REG})) == 0
    assert collected(desk)["ada", "regularization"] == REG


def test_the_roster_is_reconciled(desk, capsys):
    (desk / "submissions/u22/regularization").mkdir(parents=True)
    assert collect(desk, packed(desk / "c.zip", {"x_101_1_a.ipynb": REG})) == 0
    said = capsys.readouterr()
    assert "regularization: 1 of 5 on the roster, 4 handed in nothing: bob, eve, fay, zoe" in said.out
    assert "not on the roster, though in" in said.err
    assert "u22" in said.err


def test_hostile_archives_write_nothing_outside_and_stop_nobody(desk, capsys):
    path = desk / "c.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../x_101_1_a.ipynb", REG)
        archive.writestr("/etc/x_102_1_a.ipynb", REG)
        archive.writestr("x_105_1_bomb.ipynb", b"0" * 60_000_000)
        link = zipfile.ZipInfo("x_106_1_link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("__MACOSX/x_103_1_a.ipynb", b"\0")
    started = time.monotonic()
    assert collect(desk, path) == 1
    assert time.monotonic() - started < 60
    assert set(collected(desk)) == {("ada", "regularization")}  # of what follows a folder, nobody is sure
    said = capsys.readouterr().err
    assert "bomb.ipynb: it is too large" in said
    assert "link.ipynb: it is a link" in said
    assert not list(desk.parent.glob("x_*"))


def test_a_damaged_archive_and_an_empty_one_are_named(desk, capsys):
    (desk / "a.zip").write_bytes(b"PK\x03\x04 damaged")
    packed(desk / "b.zip", {})
    assert (
        collect(desk, desk / "a.zip", desk / "b.zip", packed(desk / "c.zip", {"x_101_1_a.ipynb": REG})) == 1
    )
    assert set(collected(desk)) == {("ada", "regularization")}
    assert "a.zip: the ZIP file cannot be read" in capsys.readouterr().err


def test_links_in_a_folder_and_in_the_place_are_not_followed(desk, capsys):
    folder = laid_out(desk / "work", {"ada/a.ipynb": REG, "bob/b.ipynb": REG})
    os.symlink("/etc/passwd", folder / "ada" / "link.ipynb")
    (desk / "submissions").mkdir()
    os.symlink(desk, desk / "submissions" / "bob")
    assert collect(desk, folder) == 1
    assert not (desk / "regularization").exists()
    assert set(collected(desk)) == {("ada", "regularization")}
    assert "not collected" in capsys.readouterr().out


def test_names_in_another_normal_form_or_encoding_are_the_same_person(desk):
    name = unicodedata.normalize("NFD", "Zoë 日本_5003_assignsubmission_file_/a.ipynb")
    download = desk / "m.zip"
    packed(download, {name: REG})
    assert collect(desk, download) == 0
    assert set(collected(desk)) == {("zoe", "regularization")}
    raw = download.read_bytes()  # as some zip programs write: UTF-8 without the flag that says so
    for at in range(len(raw) - 4):
        if raw[at : at + 4] == b"PK\x03\x04":
            raw = raw[: at + 6] + bytes([raw[at + 6], raw[at + 7] & ~8]) + raw[at + 8 :]
        if raw[at : at + 4] == b"PK\x01\x02":
            raw = raw[: at + 8] + bytes([raw[at + 8], raw[at + 9] & ~8]) + raw[at + 10 :]
    download.write_bytes(raw)
    assert collect(desk, download) == 0


@pytest.mark.parametrize(
    ("roster", "words"),
    [
        ("name,mail\nx,y\n", "no column 'id'"),
        ("id\nada\nada\n", "ada is there more than once"),
        ("id\n../x\n", "cannot be a student's id"),
    ],
)
def test_a_roster_that_is_none_is_one_line(desk, capsys, roster, words):
    (desk / "roster.csv").write_text(roster)
    assert collect(desk, packed(desk / "c.zip", {"x_101_1_a.ipynb": REG})) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", ["\ufeff" + ROSTER, ROSTER.replace(",", ";"), ROSTER.replace("first_name", "Vorname")]
)
def test_a_roster_may_be_written_as_spreadsheets_do(desk, content):
    (desk / "roster.csv").write_text(content, encoding="utf-8")
    assert collect(desk, packed(desk / "c.zip", {"x_101_1_a.ipynb": REG})) == 0
    assert set(collected(desk)) == {("ada", "regularization")}


def test_wrong_usage_is_status_2(desk, capsys):
    assert collect(desk, desk / "nothing.zip") == 2
    assert collect(desk, desk / "roster.csv", options=["--timezone", "Mars/Olympus"]) == 2
    assert "Europe/Berlin" in capsys.readouterr().err


def test_what_was_collected_is_graded_as_it_stands(desk):
    from grader.submission.intake import discover, read
    from grader.submission.settle import settle

    collect(desk, packed(desk / "c.zip", {"x_LATE_101_1_a.ipynb": REG}))
    (found,) = discover(desk / "submissions", COURSE.lessons)
    handed = settle(COURSE.lesson("regularization"), read(desk / "submissions", found))
    assert handed.notebook == REG
    assert handed.notes == ("to do: marked late, and nobody knows by how much; no penalty was taken",)


def test_what_is_no_notebook_is_listed_where_nothing_else_came(desk, capsys):
    files = {
        "lovelaceada_101_9001_regularization.ipynb": REG,
        "stonebob_102_9002_regularization.ipynb.txt": REG,
        "unalzoe_103_9003_regularization.html": b"<html>",
        "caseeve_105_text.html": b"<a href='https://colab.research.google.com/drive/1'>",
    }
    assert collect(desk, packed(desk / "s.zip", files)) == 1
    assert set(collected(desk)) == {("ada", "regularization"), ("bob", "regularization")}
    assert {row["seen"].rpartition(" ")[2] for row in questions(desk)} == set(list(files)[2:])
    (desk / "all.tar.gz").write_bytes(b"\x1f\x8b\x08\0")
    assert collect(desk, desk / "all.tar.gz") == 1
    assert "all.tar.gz" in capsys.readouterr().err


def test_one_decision_never_gives_everybodys_work_to_one(desk):
    files = {
        f"submissions/{who}_{n}_900{n}_a.ipynb": work("regularization", who) for n, who in enumerate("abc")
    }
    assert collect(desk, packed(desk / "s.zip", files)) == 1
    assert len({row["key"] for row in questions(desk)}) == 3
    two = {
        f"HW_{who}_stone_attempt_2026-03-03-12-00-00_a.ipynb": work("regularization", who)
        for who in ("amy", "rob")
    }
    collect(desk, packed(desk / "b.zip", two))
    assert len({row["key"] for row in questions(desk) if "stone" in row["key"]}) == 2


def test_a_login_with_a_dash_that_the_roster_does_not_know_is_nobody_elses(desk):
    folder = laid_out(
        desk / "hw3", {"hw3-mary-ada/x.ipynb": work("regularization", "mary"), "hw3-bob/x.ipynb": REG}
    )
    assert collect(desk, folder) == 1
    assert set(collected(desk)) == {("bob", "regularization")}


def test_drafts_of_teams_are_not_handed_in(desk):
    turned_in, drafts = "Student Work/Submitted files", "Student Work/Working files"
    files = {
        f"{turned_in}/Ada Lovelace/HW/Version 2/a.ipynb": work("regularization", "2"),
        f"{turned_in}/Ada Lovelace/HW/Version 10/a.ipynb": work("regularization", "10"),
        f"{drafts}/Ada Lovelace/HW/a.ipynb": work("regularization", "a draft"),
        f"{drafts}/Bob Stone/HW/a.ipynb": REG,
    }
    collect(desk, packed(desk / "t.zip", files))
    assert collected(desk) == {("ada", "regularization"): work("regularization", "10")}


def test_a_teams_folder_of_moodle_bears_the_groups_number(desk):
    sheet = "Identifier,Full name,Email address,Group\nParticipant 17,Bob Stone,bob@example.org,Red\n"
    (desk / "w.csv").write_text(sheet, encoding="utf-8")
    files = {"Blue_17_assignsubmission_file/a.ipynb": REG}
    assert collect(desk, packed(desk / "s.zip", files), desk / "w.csv") == 1
    assert collected(desk) == {}


def test_of_an_unpacked_download_the_newer_file_counts(desk):
    own = "Ada Lovelace_5001_assignsubmission_file"
    later = work("regularization", "later")
    folder = laid_out(desk / "m", {f"{own}/v1.ipynb": REG, f"{own}/final.ipynb": later})
    os.utime(folder / own / "v1.ipynb", (1e9, 1e9))
    assert collect(desk, folder) == 0
    assert collected(desk) == {("ada", "regularization"): later}


def test_a_students_broken_table_stops_nobody(desk):
    table = b'a,"' + b"x" * 140_000
    assert (
        collect(desk, laid_out(desk / "w", {"ada/a.ipynb": REG, "bob/data.csv": table, "bob/a.ipynb": REG}))
        == 0
    )
    assert set(collected(desk)) == {("ada", "regularization"), ("bob", "regularization")}


BLANKS = '"id", "first_name", "last_name", "email", "lms_user_id"\n"ada", "Ada", "Lovelace", "", "101"\n'


@pytest.mark.parametrize("roster", ["\n" + ROSTER, "sep=,\n" + ROSTER, BLANKS])
def test_a_roster_with_what_spreadsheets_put_first(desk, roster):
    (desk / "roster.csv").write_text(roster, encoding="utf-8")
    assert collect(desk, packed(desk / "s.zip", {"lovelaceada_101_9001_a.ipynb": REG})) == 0
    assert set(collected(desk)) == {("ada", "regularization")}


def test_a_doubtful_time_of_what_was_collected_is_said(desk, capsys):
    name = "ada+regularization+2026-03-03 12:00:00.000000 CST+a1/regularization.ipynb"
    assert collect(desk, laid_out(desk / "in", {name: REG})) == 0
    assert "doubtful: CST" in capsys.readouterr().err


def test_drafts_of_teams_in_another_language_are_not_handed_in(desk):
    files = {
        "Werk/Ingediende bestanden/Ada Lovelace/HW/Version 2/a.ipynb": REG,
        "Werk/Werkbestanden/Ada Lovelace/HW/z.ipynb": work("regularization", "draft"),
        "Werk/Werkbestanden/Bob Stone/HW/b.ipynb": INIT,
        "Werk/Werkbestanden/Eve Case/HW/c.ipynb": REG,
    }
    assert collect(desk, packed(desk / "t.zip", files)) == 0
    assert collected(desk) == {("ada", "regularization"): REG}


def test_a_mailbox_is_read_mail_by_mail_however_large_it_is(desk, monkeypatch):
    one = mail("ada@example.org", "Tue, 03 Mar 2026 12:00:00 -0000", "a.ipynb", REG)
    text = one.replace(b"\n\n", b"\n\nFrom my laptop, in 2026,\nI send you this: work.\n\n", 1)
    other = mail("bob@example.org", "Tue, 03 Mar 2026 12:00:00 +0000", "b.ipynb.txt", INIT)
    large = mail("eve@example.org", "Tue, 03 Mar 2026 12:00:00 +0000", "b.ipynb", b" " * 90_000 + INIT)
    without = mail("zoe@example.org", "Tue, 03 Mar 2026 12:00:00 +0000", "answers.pdf", b"%PDF")
    place = desk / "inbox.mbox"
    place.write_bytes(
        b"".join(b"From x Tue Mar 3 2026\n" + each + b"\n" for each in (text, other, large, without))
    )
    monkeypatch.setattr("grader.lms.collect.files.MAX_MAIL", max(map(len, (text, other))) + 100)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert collect(desk, place) == 1
    finally:
        monkeypatch.undo()
        time.tzset()
    assert collected(desk) == {("ada", "regularization"): REG, ("bob", "initialization"): INIT}
    assert stamp(desk, "ada") == "2026-03-03 12:00:00 UTC"
    said = {row["seen"].partition(":")[0]: row["why"] for row in questions(desk)}
    assert "too large" in said["eve"] and "no notebook" in said["zoe"]


def test_a_login_of_github_goes_before_an_id_of_ours(desk):
    roster = "id,first_name,last_name,email,github\nalex,Alex,Smith,,asmith99\nalexj,Alex,Jones,,alex\n"
    (desk / "roster.csv").write_text(roster)
    files = {"hw3-alex/regularization.ipynb": REG, "hw3-asmith99/regularization.ipynb": INIT}
    assert collect(desk, packed(desk / "g.zip", files)) == 0
    assert set(collected(desk)) == {("alexj", "regularization"), ("alex", "initialization")}


def test_folders_of_a_moodle_team_bear_its_name_and_a_member_s(desk):
    sheet = desk / "worksheet.csv"
    sheet.write_text(
        "Identifier,Full name,Email address,Group\nParticipant 5001,Ada Lovelace,ada@example.org,Group A\n"
    )
    files = {"Group A-Ada Lovelace_5001_assignsubmission_file/x.ipynb": REG}
    assert collect(desk, packed(desk / "m.zip", files), sheet) == 0
    assert collected(desk) == {("ada", "regularization"): REG}


@pytest.mark.parametrize("name", ["answers.json", "answers.txt", "answers"])
def test_a_notebook_under_another_name_is_work_and_a_picture_is_asked_about_once(desk, name):
    files = {f"lovelaceada_101_9001_{name}": REG, "stonebob_102_9002_photo.jpg": b"\xff\xd8"}
    assert collect(desk, packed(desk / "c.zip", files)) == 1
    assert collected(desk) == {("ada", "regularization"): REG}
    (asked,) = questions(desk)
    assert asked["why"].endswith("nothing else came from there; - if it is nothing")
    decide(desk, asked["key"], "-")
    assert collect(desk, desk / "c.zip") == 0
