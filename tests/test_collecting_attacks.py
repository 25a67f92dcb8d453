"""`grader collect` where somebody wants another's place, or a question is about more than one: nobody's work moves."""

import io
import lzma
import zipfile

import pytest

from .downloads import ROSTER, laid_out, mail, packed, work
from .test_collecting import bare, collect, collected, decide, earlier, questions, stamp

REG, OTHER, INIT = work("regularization"), work("regularization", "other"), work("initialization")
LATER = work("regularization", "later")


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def who(desk):
    return {student: content for (student, _), content in collected(desk).items()}


def clones(desk, files):
    root = laid_out(desk / "clones", files)
    for repository in root.iterdir():
        (repository / ".git").mkdir()
    return root


@pytest.mark.parametrize("prefix", ["", "hw3-"])
def test_clones_named_one_by_one_keep_their_names(desk, prefix):
    files = {
        f"{prefix}{one}/regularization.ipynb": content for one, content in (("ada", REG), ("bob", OTHER))
    }
    files[f"{prefix}mallory/ada/regularization.ipynb"] = LATER
    root = clones(desk, files)
    assert collect(desk, *sorted(root.iterdir())) == 1
    assert who(desk) == {"ada": REG, "bob": OTHER}
    assert [bare(row["key"]) for row in questions(desk)] == [f"file {prefix}mallory/ada/regularization.ipynb"]


def test_a_forwarders_mails_are_a_question_each(desk):
    mails = [mail("ta@uni.edu", "Tue, 03 Mar 2026 20:00:00 +0000", "a.ipynb", one) for one in (REG, OTHER)]
    place = laid_out(desk / "mails", {f"{n}.eml": content for n, content in enumerate(mails)})
    assert collect(desk, place) == 1
    assert len(questions(desk)) == 2
    decide(desk, "file 0.eml/a.ipynb", "ada")
    assert collect(desk, place) == 1
    assert who(desk) == {"ada": REG}


def test_two_of_one_name_in_classroom_are_a_question_each(desk):
    (desk / "roster.csv").write_text(ROSTER + "ad2,Ada,Lovelace,ad2@example.org,120\n", encoding="utf-8")
    files = {
        "Ada Lovelace - regularization.ipynb": REG,
        "Ada Lovelace - regularization (1).ipynb": OTHER,
        "Bob Stone - x.ipynb": REG,
    }
    download = packed(desk / "c.zip", files)
    assert collect(desk, download) == 1
    assert len(questions(desk)) == 2
    decide(desk, "file Ada Lovelace - regularization (1).ipynb", "ad2")
    decide(desk, "file Ada Lovelace - regularization.ipynb", "ada")
    assert collect(desk, download) == 0
    assert who(desk) == {"ada": REG, "ad2": OTHER, "bob": REG}


def nested(desk, files):
    inner = packed(desk / "inner.zip", files)
    return packed(desk / "all.zip", {"submissions.zip": inner.read_bytes()})


def test_a_download_within_a_zip_is_unpacked(desk):
    files = {"lovelaceada_101_9001_x.ipynb": REG, "stonebob_102_9003_y.ipynb": OTHER}
    assert collect(desk, nested(desk, files)) == 0
    assert who(desk) == {"ada": REG, "bob": OTHER}


def test_zips_of_repositories_within_a_zip_are_those_of_their_names(desk):
    files = {}
    for one, content in (("ada", REG), ("bob", OTHER)):
        name = f"hw3-{one}-main"
        files[f"{name}.zip"] = packed(desk / "one.zip", {f"{name}/x.ipynb": content}).read_bytes()
    theirs = {"hw3-mallory-main/ada/x.ipynb": LATER}
    files["hw3-mallory-main.zip"] = packed(desk / "one.zip", theirs).read_bytes()
    assert collect(desk, packed(desk / "all.zip", files)) == 1
    assert who(desk) == {"ada": REG, "bob": OTHER}
    assert len(questions(desk)) == 1


@pytest.mark.parametrize("named", ["the folder", "each"])
def test_a_strangers_zip_with_a_folder_of_anothers_name_is_nobodys(desk, named):
    folder = desk / "zips"
    folder.mkdir()
    for one in ("ada", "bob", "mallory"):
        inside = {
            f"hw3-{one}-main/{'ada/' if one == 'mallory' else ''}x.ipynb": LATER if one == "mallory" else REG
        }
        packed(folder / f"hw3-{one}-main.zip", inside)
    assert collect(desk, *([folder] if named == "the folder" else sorted(folder.iterdir()))) == 1
    assert who(desk) == {"ada": REG, "bob": REG}


@pytest.mark.parametrize("after", ["bob", "-", ""])
@pytest.mark.parametrize("had", [False, True])
def test_a_decision_that_is_changed_takes_its_work_back(desk, capsys, after, had):
    if had:
        assert collect(desk, packed(desk / "a.zip", {"lovelaceada_101_7_x.ipynb": OTHER})) == 0
    download = packed(desk / "c.zip", {"plusgus_999_9_x.ipynb": REG})
    assert collect(desk, download) == 1
    decide(desk, "canvas 999", "ada")
    assert collect(desk, download) == 0
    assert who(desk) == {"ada": REG}
    decide(desk, "canvas 999", after)
    capsys.readouterr()
    assert collect(desk, download, options=["--dry-run"]) == (0 if after else 1)
    assert who(desk) == {"ada": REG} and "withdrawn" in capsys.readouterr().out
    assert collect(desk, download) == (0 if after else 1)
    assert who(desk) == ({"ada": OTHER} if had else {}) | ({"bob": REG} if after == "bob" else {})
    assert REG not in earlier(desk, "ada")
    said = capsys.readouterr().out
    assert "ada                  regularization       withdrawn" in said
    assert ("the one before stands again" in said) == had
    assert collect(desk, download) == (0 if after else 1)
    assert "withdrawn" not in capsys.readouterr().out


def test_work_that_came_after_a_decision_stays_when_that_is_taken_back(desk):
    download = packed(desk / "c.zip", {"plusgus_999_9_x.ipynb": REG})
    collect(desk, download)
    decide(desk, "canvas 999", "ada")
    assert collect(desk, download, packed(desk / "a.zip", {"lovelaceada_101_17_x.ipynb": OTHER})) == 0
    decide(desk, "canvas 999", "bob")
    assert collect(desk, download) == 0
    assert who(desk) == {"ada": OTHER, "bob": REG} and earlier(desk, "ada") == []


def test_what_was_left_out_is_said_and_other_work_of_its_name_is_a_new_question(desk, capsys):
    def box(name, content):
        text = b"".join(
            b"From x Tue Mar 3 2026\n"
            + mail(sender, "Tue, 03 Mar 2026 20:00:00 +0000", "a.ipynb", one)
            + b"\n"
            for sender, one in (("ada@example.org", REG), ("else@uni.edu", content))
        )
        (desk / name).mkdir()
        (desk / name / "inbox.mbox").write_bytes(text)
        return desk / name / "inbox.mbox"

    first = box("one", OTHER)
    assert collect(desk, first) == 1
    decide(desk, "file inbox.mbox/mail 2/a.ipynb", "-")
    capsys.readouterr()
    assert collect(desk, first) == 0
    assert "left out, as decisions.csv says: inbox.mbox/mail 2/a.ipynb" in capsys.readouterr().out
    assert collect(desk, box("two", LATER)) == 1


def test_a_page_that_was_left_out_of_one_is_asked_about_of_another(desk):
    page = b"<html>Sign in</html>"
    download = packed(desk / "c.zip", {"lovelaceada_101_9001_x.ipynb": page})
    assert collect(desk, download) == 1
    decide(desk, questions(desk)[0]["key"], "-")
    assert collect(desk, download) == 0
    assert collect(desk, packed(desk / "d.zip", {"stonebob_102_9002_x.ipynb": page})) == 1
    assert [row["seen"] for row in questions(desk) if not row["decision"]] == [
        "bob: stonebob_102_9002_x.ipynb"
    ]


def test_who_was_left_out_and_is_enrolled_later_is_collected(desk):
    download = packed(desk / "c.zip", {"plusgus_999_9_x.ipynb": REG})
    assert collect(desk, download) == 1
    decide(desk, "canvas 999", "-")
    assert collect(desk, download) == 0
    (desk / "roster.csv").write_text(ROSTER + "gus,Gus,Plus,gus@example.org,999\n", encoding="utf-8")
    assert collect(desk, download) == 0
    assert who(desk) == {"gus": REG}


def test_canvas_graded_anonymously_keeps_late_marks_and_the_order(desk):
    files = {
        "anon_aB3x9_9001_r.ipynb": REG,
        "anon_LATE_Kd2Pq_9009_r.ipynb": LATER,
        "anon_Kd2Pq_9002_12_r.ipynb": OTHER,
    }
    download = packed(desk / "c.zip", files)
    assert collect(desk, download) == 1
    assert {row["key"] for row in questions(desk)} == {"canvas aB3x9", "canvas Kd2Pq"}
    decide(desk, "canvas Kd2Pq", "bob")
    assert collect(desk, download) == 1
    assert who(desk) == {"bob": LATER} and earlier(desk, "bob") == [OTHER]
    assert (desk / "submissions/bob/regularization/late.txt").exists()


def damaged_lzma():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.ipynb", REG)
    data = bytearray(content.getvalue())
    data[60:200] = bytes(140)
    return bytes(data)


def test_a_damaged_zip_of_another_kind_stops_nobody(desk):
    with zipfile.ZipFile(io.BytesIO(damaged_lzma())) as archive, pytest.raises(lzma.LZMAError):
        archive.read("x.ipynb")
    files = {"lovelaceada_101_9001_x.zip": damaged_lzma(), "stonebob_102_9002_x.ipynb": REG}
    assert collect(desk, packed(desk / "c.zip", files)) == 1
    assert who(desk) == {"bob": REG}
    (desk / "whole.zip").write_bytes(damaged_lzma())
    assert collect(desk, desk / "whole.zip") == 1


@pytest.mark.parametrize(
    "head",
    [
        b"From: <",
        b'From: "',
        b"From: a@[",
        b"From: =?utf-8?q?a=0D=0AFrom:x?= <a@u>",
        b"From: ada@example.org\nDate: Fri, 31 Dec 9999 23:59:59 -1200",
    ],
)
def test_a_mail_with_an_odd_head_stops_nobody(desk, head):
    odd = mail("x", "x", "a.ipynb", OTHER)
    odd = (
        head
        + b"\n"
        + b"\n".join(line for line in odd.split(b"\n") if not line.startswith((b"From:", b"Date:")))
    )
    good = mail("bob@example.org", "Tue, 03 Mar 2026 12:30:00 -0300", "b.ipynb", REG)
    collect(desk, laid_out(desk / "mails", {"0.eml": odd, "1.eml": good}))
    assert who(desk)["bob"] == REG
    assert stamp(desk, "bob") == "2026-03-03 15:30:00 UTC"


def test_an_attachment_without_a_name_is_work_too(desk):
    letter = mail("ada@example.org", "Tue, 03 Mar 2026 20:00:00 +0000", "a.ipynb", REG)
    letter = letter.replace(b' filename="a.ipynb"', b"").replace(b"attachment;", b"attachment")
    assert b"a.ipynb" not in letter
    assert collect(desk, laid_out(desk / "mails", {"0.eml": letter})) == 0
    assert who(desk) == {"ada": REG}


def test_a_mail_without_a_file_from_nobody_is_no_question(desk):
    text = b"From: professor@uni.edu\nSubject: well done\n\nYes.\n"
    good = mail("bob@example.org", "Tue, 03 Mar 2026 12:30:00 -0300", "b.ipynb", REG)
    assert collect(desk, laid_out(desk / "mails", {"0.eml": text, "1.eml": good})) == 0


SUBMITTED = """submission_9001:
  :submitters:
  - :name: Ada Lovelace
    :sid: '101'
    :email: ada@example.org
  :created_at: 2026-03-03 11:59:00.000000000 Z
  :results:
    output: |-
      hello
      :submitters:
      - :name: Bob Stone
        :email: bob@example.org
  :history:
  - :id: 1
    :created_at: 2026-03-01 11:59:00.000000000 Z
    :submitters:
    - :name: Bob Stone
      :email: bob@example.org
submission_9002:
  :submitters:
  - :name: Bob Stone
    :sid: '102'
    :email: bob@example.org
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-03-03 12:30:00.000000000 Z
    zone: !ruby/object:ActiveSupport::TimeZone
      name: Etc/UTC
    time: 2026-03-03 12:30:00.000000000 Z
"""


def test_what_a_program_printed_submits_for_nobody_in_gradescope(desk):
    files = {
        "e/submission_metadata.yml": SUBMITTED.encode(),
        "e/submission_9001/x.ipynb": LATER,
        "e/submission_9002/x.ipynb": OTHER,
    }
    assert collect(desk, packed(desk / "g.zip", files)) == 0
    assert who(desk) == {"ada": LATER, "bob": OTHER} and earlier(desk, "bob") == []
    assert stamp(desk, "ada") == "2026-03-03 11:59:00 UTC" and stamp(desk, "bob") == "2026-03-03 12:30:00 UTC"


def test_a_submission_within_a_submission_brings_no_list(desk):
    theirs = SUBMITTED.replace("9001", "x").replace("9002", "9001").replace("submission_x", "submission_9002")
    files = {
        "e/submission_metadata.yml": SUBMITTED.encode(),
        "e/submission_9001/x.ipynb": LATER,
        "e/submission_9001/submission_1/x.txt": b"",
        "e/submission_9001/submission_metadata.yml": theirs.encode(),
        "e/submission_9002/x.ipynb": OTHER,
    }
    assert collect(desk, packed(desk / "g.zip", files)) == 0
    assert who(desk) == {"ada": LATER, "bob": OTHER}


FOREIGN = {
    "Classroom": {f"Ada Lovelace - {n}.ipynb": LATER for n in range(8)},
    "mails": {
        f"{n}.eml": mail("ada@example.org", "Tue, 03 Mar 2026 20:00:00 +0000", "a.ipynb", LATER)
        for n in range(8)
    },
    "exchange": {"ada+regularization+2030-01-01 00:00:00 UTC/regularization.ipynb": LATER},
    "Gradescope": {f"submission_1/{n}.py": b"x = 1\n" for n in range(9)},
}


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN)
def test_one_repository_does_not_decide_what_the_download_is(desk, files):
    all_files = {f"hw3-{one}/x.ipynb": REG for one in ("ada", "bob", "eve", "fay")}
    all_files |= {f"hw3-zoe/{name}": content for name, content in files.items()}
    collect(desk, clones(desk, all_files))
    assert {one: who(desk)[one] for one in ("ada", "bob", "eve", "fay")} == dict.fromkeys(
        ("ada", "bob", "eve", "fay"), REG
    )


def test_folders_within_a_repository_name_no_assignment(desk):
    everybody = ("ada", "bob", "zoe", "eve", "fay")
    files = {f"hw3-{one}/x.ipynb": REG for one in ("ada", "bob")}
    files |= {f"hw3-bob/zz-{one}/x.ipynb": LATER for one in everybody}
    assert collect(desk, clones(desk, files)) == 0
    assert set(who(desk)) == {"ada", "bob"} and who(desk)["ada"] == REG


@pytest.mark.parametrize("runs", [1, 2])
def test_two_of_one_name_in_two_sections_are_asked_about(desk, runs):
    (desk / "roster.csv").write_text(ROSTER.replace(",101", ",").replace(",102", ","), encoding="utf-8")
    one = packed(desk / "a.zip", {"lovelaceada_704_1_x.ipynb": REG})
    two = packed(desk / "b.zip", {"lovelaceada_705_2_x.ipynb": OTHER})
    if runs == 1:
        assert collect(desk, one, two) == 1 and who(desk) == {}
    else:
        assert collect(desk, one) == 0 and collect(desk, two) == 1
        assert who(desk) == {"ada": REG}
        assert collect(desk, one) == 0


def test_a_dry_run_knows_what_is_there_already(desk, capsys):
    assert collect(desk, packed(desk / "a.zip", {"lovelaceada_101_17_x.ipynb": REG})) == 0
    older = packed(desk / "b.zip", {"lovelaceada_101_7_x.ipynb": OTHER})
    capsys.readouterr()
    assert collect(desk, older, options=["--dry-run"]) == 0
    dry = capsys.readouterr().out.replace("would collect", "collected")
    assert "earlier than what is there" in dry and earlier(desk, "ada") == []
    assert collect(desk, older) == 0
    assert capsys.readouterr().out == dry


def test_the_name_of_a_team_beside_a_members_number_is_said(desk, capsys):
    download = packed(desk / "c.zip", {"projectteam1_101_9001_r.ipynb": REG})
    assert collect(desk, download) == 0
    assert "projectteam1: the number is that of ada" in capsys.readouterr().err
    row = "about,key,seen,why,decision\nstudent,canvas 101,,,ADA; bob\n"
    (desk / "submissions" / "decisions.csv").write_text(row, encoding="utf-8")
    assert collect(desk, download) == 0
    assert who(desk) == {"ada": REG, "bob": REG}


def test_the_platforms_own_notes_are_not_listed_beside_the_work(desk, capsys):
    files = {
        "HW_ada_attempt_2026-03-03-12-00-00_x.ipynb": REG,
        "HW_ada_attempt_2026-03-03-12-00-00.txt": b"Name: Ada",
    }
    assert collect(desk, packed(desk / "b.zip", files)) == 0
    assert "beside" not in capsys.readouterr().out


def test_a_time_that_is_no_date_costs_nobody_their_place(desk):
    files = {
        "ada+regularization+9999-12-31 23:59:59 -1200/regularization.ipynb": REG,
        "bob+regularization+2026-03-03 12:00:00 UTC/regularization.ipynb": OTHER,
    }
    assert collect(desk, laid_out(desk / "inbound", files)) == 0
    assert who(desk) == {"ada": REG, "bob": OTHER} and stamp(desk, "ada") is None


def test_the_first_day_of_all_is_a_time_too(desk):
    files = {
        "HW_ada_attempt_0001-01-01-00-00-00_x.ipynb": REG,
        "HW_bob_attempt_2026-03-03-12-00-00_x.ipynb": REG,
    }
    assert collect(desk, packed(desk / "b.zip", files), options=["--timezone", "Asia/Tokyo"]) == 0


def test_a_folder_in_the_place_of_a_notebook_is_named(desk, capsys):
    (desk / "submissions/ada/regularization/regularization.ipynb").mkdir(parents=True)
    files = {"lovelaceada_101_9001_x.ipynb": REG, "stonebob_102_9002_x.ipynb": REG}
    assert collect(desk, packed(desk / "c.zip", files)) == 1
    assert (
        who(desk)["bob"] == REG
        and "regularization.ipynb is a link or no plain file; remove it" in capsys.readouterr().out
    )
