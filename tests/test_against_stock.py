"""The table of what stock nbgrader and we make of bad submissions is whole, and its instruments see what happens."""

import sys
from pathlib import Path

import pytest

from tests import against_stock, fates, stockroom, traces
from tests.here import ROOT
from tests.submissions import BANK, Bad

WRONG = Bad("wrong", "cheating", lambda notebook: notebook, ("gradient_check",))
RIGHT = {
    "codes": [0],
    "reached": [],
    "processes": [],
    "files": [],
    "changed": [],
    "beside": [],
    "secret": False,
    "scores": {"neighbour": 70.0, "student": 60.0, "the-other-neighbour": 70.0},
}


def test_the_table_has_every_submission_and_we_withstand_each():
    text = against_stock.TABLE.read_text()
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.count(" | ") == 4]
    table = {name: columns for name, *columns in rows}
    due = {name: columns[0] for name, columns in table.items()}
    assert due.items() >= {fates.described(bad): fates.must(bad) for bad in BANK}.items(), (
        "run tests.against_stock"
    )
    assert [bad.name for bad in BANK if table[fates.described(bad)][3] != "withstands"] == []
    assert "every neighbour kept every point" in text
    assert [
        bad.name for bad in BANK if table[fates.described(bad)][2] != "withstands" and not bad.only_intake
    ] == []


def test_nothing_is_said_where_nothing_went_wrong():
    assert fates.stock(WRONG, RIGHT) == []


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"scores": RIGHT["scores"] | {"student": 70.0}}, "70 points"),
        ({"scores": RIGHT["scores"] | {"student": None}}, "no grade"),
        ({"scores": RIGHT["scores"] | {"neighbour": 0.0}}, "a neighbour got 0"),
        ({"scores": {"neighbour": 70.0, "student": 60.0}}, "ended the whole class"),
        ({"scores": None}, "gradebook cannot be read"),
        ({"codes": [None]}, "hung until the time was over"),
        ({"changed": ["./helpers/gc_utils.py"]}, "changed helpers/gc_utils.py"),
        ({"changed": ["./a|b`c"]}, "changed a?b?c"),
        ({"reached": [22]}, "was connected to"),
        ({"processes": ["sleep 100"]}, "left a process"),
        ({"files": ["/tmp/x"], "beside": ["y"]}, "left 2 files"),
        ({"secret": True}, "repeats a secret"),
    ],
)
def test_each_harm_is_said(seen, said):
    assert fates.stock(WRONG, RIGHT | seen) == [said]


def test_a_grade_for_what_must_be_refused_is_no_success():
    unreadable = Bad("unreadable", "files", lambda notebook: b"", "refused")
    assert fates.stock(unreadable, RIGHT) == ["60 points instead of a refusal"]
    assert fates.stock(unreadable, RIGHT | {"scores": RIGHT["scores"] | {"student": None}}) == []


def test_what_is_read_and_graded_well_without_our_limits_is_no_harm():
    large = Bad("large", "files", lambda notebook: b"", "refused")
    elsewhere = Bad("elsewhere", "files", lambda notebook: b"", "refused", place=lambda path, content: None)
    full = RIGHT | {"scores": RIGHT["scores"] | {"student": 70.0}}
    assert fates.stock(large, full) == []
    assert fates.stock(elsewhere, full) == ["70 points instead of a refusal"]


def test_with_our_hooks_the_grade_and_the_others_are_looked_at():
    assert fates.hooked(WRONG, {"wrong": [60.0, True]}) == []
    assert fates.hooked(WRONG, {"wrong": [None, True]}) == ["no grade"]
    assert fates.hooked(WRONG, {"wrong": [60.0, False]}) == ["others lost their grades"]


def test_a_page_is_compared_with_an_honest_one():
    page = Bad("page", "pages", lambda notebook: notebook, "full")
    pages = {"stock-honest": ["loaded a"], "stock-page": ["loaded a", "ran a script", "loaded b", "loaded c"]}
    assert fates.page("stock", page, pages) == ["its page ran a script and loaded from elsewhere"]
    assert fates.page("ours", page, pages) == ["no page"]
    assert fates.page("ours", WRONG, pages) == []


def test_our_own_verdict_and_what_became_of_others_are_compared_too():
    mine = {"verdicts": {"wrong": ["graded", 60.0]}, "scores": {"wrong": 60.0, "neighbour": 70.0}, "code": 0}
    mine["verdicts"]["neighbour"] = ["graded", 70.0]
    mine |= {"changed": False, "reached": 0, "processes": [], "files": [], "secret": False}
    assert fates.ours(WRONG, mine) == []
    assert "every neighbour kept every point" in fates.side_effects(mine)
    assert fates.ours(WRONG, mine | {"verdicts": {"wrong": ["graded", 70.0]}}) == ["70 points"]
    assert fates.ours(WRONG, mine | {"verdicts": {"wrong": ["refused", 0.0]}}) == ["refused"]
    assert fates.ours(WRONG, mine | {"verdicts": {}}) == ["no result"]
    assert "a connection was made" in fates.side_effects(mine | {"reached": 1})
    assert "neighbours got" in fates.side_effects(mine | {"scores": {"wrong": 60.0, "neighbour": 0.0}})


HARM = """
import os, socket, subprocess
socket.create_connection(('127.0.0.1', 8888))
open('/tmp/left', 'w').close()
open('helper.py', 'a').write('#')
subprocess.Popen(['sleep', '100'], start_new_session=True)
print(os.path.exists({outside!r}), open(os.path.expanduser('~/.ssh/id_ed25519')).read())
open(os.path.join({system!r}, 'x'), 'w')
"""


@pytest.mark.sandbox
def test_what_a_command_does_in_its_sandbox_is_seen_and_stays_there(tmp_path):
    copy, outside = tmp_path / "course", tmp_path / "outside"
    copy.mkdir()
    outside.touch()
    (copy / "helper.py").touch()
    before = traces.digests(copy)
    code = HARM.format(outside=str(outside), system=sys.prefix)
    seen = stockroom.run(ROOT, copy, [[sys.executable, "-c", code], [sys.executable, "-c", ""]], timeout_s=60)
    log = Path(f"{copy}.log").read_text()
    assert (seen["reached"], seen["processes"], seen["files"]) == ([8888], ["sleep 100"], ["/tmp/left"])
    assert seen["codes"] == [1, 0] and "Read-only file system" in log
    assert f"False {stockroom.KEY}" in log
    assert traces.digests(copy).keys() == before.keys() and traces.digests(copy) != before
    assert not Path("/tmp/left").exists()


@pytest.mark.sandbox
def test_a_command_without_end_is_ended(tmp_path):
    (tmp_path / "course").mkdir()
    seen = stockroom.run(
        ROOT, tmp_path / "course", [[sys.executable, "-c", "while True: pass"], ["true"]], timeout_s=1
    )
    assert (seen["codes"], seen["processes"]) == ([None], [])
