"""`grader grade` around the rooms: what is graded, skipped, refused, tried again, and what is left after a stop."""

import argparse
import contextlib
import functools
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader import cli
from grader.errors import MachineError
from grader.grading import classroom
from grader.grading.classroom import grade_class
from grader.grading.progress import Reporter
from grader.records.grades import Grades
from grader.results import SubmissionResult
from grader.submission.intake import discover
from tests.here import load_lesson

from . import small
from .verdicts import files, judge, rows


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    from grader.records.record import Recorder

    lesson = small.course(tmp_path_factory.mktemp("course"))
    with Recorder(lesson.root / "grades", [lesson]):
        pass
    return lesson


@pytest.fixture
def lesson(made, tmp_path):
    subprocess.run(["cp", "-r", f"{made.root}/.", tmp_path], check=True)
    return load_lesson(small.NAME, tmp_path)


def hand_in(lesson, **notebooks):
    for student, notebook in notebooks.items():
        folder = lesson.root / "submissions" / student / small.NAME
        folder.mkdir(parents=True, exist_ok=True)
        content = notebook if isinstance(notebook, bytes) else small.as_bytes(notebook)
        (folder / f"{small.NAME}.ipynb").write_bytes(content)


class Rooms:
    """Stands in for the rooms: judges by text, counts, and fails as often as a test asks."""

    def __init__(self, lesson, faults=None, wait=0.0):
        self.lesson, self.faults, self.wait = lesson, dict(faults or {}), wait
        self.graded, self.now, self.most, self.opened = [], 0, 0, 0
        self._lock = threading.Lock()

    def __call__(self, name, notebook, turn_s=0.0):
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(self.wait)
        with self._lock:
            self.now -= 1
            self.graded.append(notebook)
        for text, left in self.faults.items():
            if text.encode() in notebook and left:
                self.faults[text] -= 1
                if left % 2:
                    raise OSError("the room is gone")
                return SubmissionResult(name, "fault", "the room is gone", 0.0, 0.0, "")
        return judge(self.lesson, notebook)


def run(lesson, rooms, *options, jobs=2, window=4, form="plain"):
    parser = argparse.ArgumentParser()
    classroom.add_arguments(parser)
    root = lesson.root
    args = parser.parse_args(["--submissions", f"{root}/submissions", "--grades", f"{root}/grades", *options])
    work = list(discover(args.submissions, [small.NAME], args.student))

    @contextlib.contextmanager
    def opened():
        if isinstance(rooms, Rooms):
            rooms.opened += 1
        with ThreadPoolExecutor(jobs) as executor:
            yield executor, rooms, window

    return grade_class(args, Reporter(form), [lesson], work, opened)


def test_a_class_is_graded_and_a_second_run_does_nothing(lesson, capsys):
    hand_in(lesson, ada=small.perfect(), bob=small.release())
    rooms = Rooms(lesson)
    assert run(lesson, rooms) == 0
    before = rows(lesson.root / "grades"), files(lesson.root / "grades")
    assert run(lesson, rooms) == 0
    assert len(rooms.graded) == 2
    assert rooms.opened == 1
    assert (rows(lesson.root / "grades"), files(lesson.root / "grades")) == before
    assert "2 done before" in capsys.readouterr().out


def test_a_changed_submission_is_graded_again_and_one_merely_saved_again_is_not(lesson):
    hand_in(lesson, ada=small.release(), bob=small.perfect())
    rooms = Rooms(lesson)
    run(lesson, rooms)
    saved = small.perfect()
    saved["metadata"]["saved"] = "again"
    hand_in(lesson, ada=small.perfect(), bob=saved)
    run(lesson, rooms)
    assert len(rooms.graded) == 3
    assert Grades(lesson.root / "grades").standing("ada", small.NAME).score == 10.0


def test_the_same_work_handed_in_later_carries_its_new_time(lesson):
    stamp = lesson.root / "submissions" / "ada" / small.NAME / "timestamp.txt"
    hand_in(lesson, ada=small.perfect())
    rooms = Rooms(lesson)
    for text, graded in (
        ("2030-01-01 12:00:00 UTC", 1),
        ("2030-01-01 12:00:00 UTC", 1),
        ("2030-01-09 12:00:00 UTC", 1),  # no verdict can change, the penalty may
    ):
        stamp.write_text(text)
        run(lesson, rooms)
        assert len(rooms.graded) == graded
    assert rows(lesson.root / "grades")["submissions"][0][2].startswith("2030-01-09")


def change_a_check(lesson):
    path = lesson.root / "solutions" / small.NAME / f"{small.NAME}.ipynb"
    path.write_text(path.read_text().replace("twice five is ten", "five doubled is ten"))
    return reloaded(lesson)


def reloaded(lesson):
    return load_lesson(small.NAME, lesson.root)


def test_a_changed_course_moves_no_grade_until_it_is_asked_to(lesson, capsys):
    hand_in(lesson, ada=small.perfect())
    rooms = Rooms(lesson)
    run(lesson, rooms)
    newer = rooms.lesson = change_a_check(lesson)
    assert run(newer, rooms) == 0
    assert len(rooms.graded) == 1
    assert "1 were graded by an earlier version of the course" in capsys.readouterr().out
    run(newer, rooms, "--force")
    assert len(rooms.graded) == 2
    run(newer, rooms, "--force")
    assert len(rooms.graded) == 2


def test_a_check_that_is_gone_moves_no_grade_until_it_is_asked_to(lesson):
    hand_in(lesson, ada=small.perfect())
    rooms = Rooms(lesson)
    run(lesson, rooms)
    before = rows(lesson.root / "grades")
    for step in ("solutions", "notebooks"):
        path = lesson.root / step / small.NAME / f"{small.NAME}.ipynb"
        notebook = json.loads(path.read_text())
        notebook["cells"].remove(small.cell_of(notebook, "double_hidden"))
        path.write_text(json.dumps(notebook))
    rooms.lesson = newer = reloaded(lesson)
    run(newer, rooms)
    assert (len(rooms.graded), rows(lesson.root / "grades")) == (1, before)
    run(newer, rooms, "--force")
    assert "double_hidden" not in {row[1] for row in rows(lesson.root / "grades")["grades"]}
    assert Grades(lesson.root / "grades").standing("ada", small.NAME).score == 7.0


def test_a_dry_run_shows_who_would_move_and_writes_no_grade(lesson, capsys):
    hand_in(lesson, ada=small.perfect(), bob=small.release())
    run(lesson, Rooms(lesson))
    grades = lesson.root / "grades"
    before = (grades / "gradebook.db").read_bytes(), files(grades)
    newer = change_a_check(lesson)
    harder = functools.partial(_without_points, judge, newer)
    assert run(newer, harder, "--force", "--dry-run") == 0
    assert "ada              tiny" in capsys.readouterr().out
    table = (grades / "difference.csv").read_text().splitlines()
    assert table[1] == "ada,tiny,double,double_hidden,3.0,0.0,-3.0,failed"
    assert len(table) == 2
    after = files(grades)
    del after["difference.csv"]
    assert ((grades / "gradebook.db").read_bytes(), after) == before


def _without_points(judge, lesson, _name, notebook, _turn_s):
    from dataclasses import replace

    result = judge(lesson, notebook)
    first = result.checks[1]
    checks = (result.checks[0], replace(first, points=0.0, outcome="failed"), *result.checks[2:])
    return replace(result, checks=checks)


def test_a_dry_run_grades_only_what_the_change_can_move(lesson):
    hand_in(lesson, ada=small.perfect())
    rooms = Rooms(lesson)
    run(lesson, rooms)
    run(lesson, rooms, "--force", "--dry-run")
    assert len(rooms.graded) == 1


def test_a_broken_file_is_refused_by_name_and_stops_nobody(lesson, capsys):
    hand_in(lesson, ada=b"{ no notebook", bob=small.perfect())
    folder = lesson.root / "submissions" / "cy" / small.NAME
    folder.mkdir(parents=True)
    (folder / f"{small.NAME}.ipynb").symlink_to("/etc/passwd")
    assert run(lesson, Rooms(lesson)) == 0
    said = capsys.readouterr().err
    assert "cy, tiny: refused: tiny.ipynb is a link" in said
    refused = Grades(lesson.root / "grades").standing("ada", small.NAME)
    assert (refused.status, refused.max_score) == ("refused", 10.0)
    assert {row[0] for row in rows(lesson.root / "grades")["grades"]} == {"bob"}
    table = (lesson.root / "grades" / "grades.csv").read_text()
    assert "ada,tiny,,,,10.0,refused,\n" in table


def test_a_fault_is_tried_again_and_costs_nothing(lesson, capsys):
    hand_in(lesson, ada=small.perfect())
    assert run(lesson, Rooms(lesson, faults={"two and two": 2})) == 0
    assert capsys.readouterr().err.count("trying again") == 2
    assert Grades(lesson.root / "grades").standing("ada", small.NAME).score == 10.0


def test_a_fault_that_stays_is_exit_1_and_no_grade(lesson, capsys):
    hand_in(lesson, ada=small.perfect(), bob=small.release())
    assert run(lesson, Rooms(lesson, faults={"two and two": 9})) == 1
    assert "ada, tiny: fault: " in capsys.readouterr().err
    assert {row[0] for row in rows(lesson.root / "grades")["grades"]} == {"bob"}
    assert run(lesson, Rooms(lesson)) == 0
    assert {row[0] for row in rows(lesson.root / "grades")["grades"]} == {"ada", "bob"}


def test_the_window_bounds_what_is_read_and_waits(lesson, monkeypatch):
    hand_in(lesson, **{f"s{i}": small.perfect() for i in range(12)})
    rooms, waiting = Rooms(lesson, wait=0.01), []
    real = classroom.read

    def counted(*args):
        waiting.append(len(waiting) - len(rooms.graded))
        return real(*args)

    monkeypatch.setattr(classroom, "read", counted)
    run(lesson, rooms, jobs=2, window=4)
    assert rooms.most == 2
    assert len(waiting) == 12 and max(waiting) <= 4


def test_any_number_of_workers_gives_the_same_bytes(lesson, tmp_path):
    hand_in(lesson, **{f"s{i}": small.release() if i % 3 else small.perfect() for i in range(9)})
    seen = []
    for jobs in (1, 4):
        subprocess.run(["cp", "-r", str(lesson.root / "grades"), str(tmp_path / f"g{jobs}")], check=True)
        run(lesson, Rooms(lesson), "--grades", str(tmp_path / f"g{jobs}"), jobs=jobs)
        seen.append((rows(tmp_path / f"g{jobs}"), files(tmp_path / f"g{jobs}")))
    assert seen[0] == seen[1]


def test_a_stop_records_what_is_finished_and_the_next_run_goes_on(lesson):
    hand_in(lesson, **{f"s{i}": small.perfect() for i in range(10)})
    rooms = Rooms(lesson)

    def stopping(name, notebook, turn_s=0.0):
        if len(rooms.graded) >= 5:
            raise KeyboardInterrupt
        return rooms(name, notebook)

    with pytest.raises(KeyboardInterrupt):
        run(lesson, stopping, jobs=1, window=1)
    recorded = {row[0] for row in rows(lesson.root / "grades")["submissions"]}
    assert len(recorded) == 5
    assert run(lesson, rooms) == 0
    assert len(rooms.graded) == 10


def test_a_polite_stop_is_like_ctrl_c():
    with pytest.raises(KeyboardInterrupt), classroom.interruptible():
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_a_full_disk_ends_the_run_at_once_and_names_the_cause(lesson, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    hand_in(lesson, ada=small.perfect())
    monkeypatch.setattr("grader.files.os.replace", full)
    started = time.monotonic()
    with pytest.raises(MachineError, match="No space left on device"):
        run(lesson, Rooms(lesson))
    assert time.monotonic() - started < 5


def test_lines_are_json_on_request(lesson, capsys):
    hand_in(lesson, ada=b"{")
    run(lesson, Rooms(lesson), form="json")
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in said] == ["refused", "finished"]
    assert said[0]["student"] == "ada" and said[0]["todo"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["no_such_lesson"], "no lesson is called no_such_lesson"),
        (["--submissions", "/nowhere"], "there is no folder /nowhere"),
        (["--student", "nobody"], "nothing was handed in by nobody"),
        (["--jobs", "0"], "--jobs must be at least 1"),
    ],
)
def test_wrong_usage_is_exit_2_and_says_why(options, message, tmp_path, capsys):
    start = [] if "--submissions" in options else ["--submissions", str(tmp_path)]
    assert cli.main(["grade", *start, *options]) == 2
    assert message in capsys.readouterr().err


DRIVER = """
import os, signal, sys
from pathlib import Path
from grader.grading import classroom
from tests.here import load_lesson
from tests import small, test_classroom as t
classroom.BATCH, left = 3, [int(sys.argv[2])]
lesson = load_lesson("tiny", Path(sys.argv[1]))
rooms = t.Rooms(lesson, wait=0.01)
def deadly(name, notebook, turn_s=0.0):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return rooms(name, notebook)
t.run(lesson, deadly)
"""


def test_killed_in_the_middle_of_a_class_nothing_is_lost_or_doubled(lesson):
    hand_in(lesson, **{f"s{i}": small.perfect() if i % 2 else small.release() for i in range(40)})
    grades = lesson.root / "grades"
    environment = {**os.environ, "PYTHONPATH": str(Path(small.__file__).parents[1])}
    recorded = []
    for count in (9, 20):
        command = [sys.executable, "-c", DRIVER, str(lesson.root), str(count)]
        assert subprocess.run(command, env=environment).returncode == -signal.SIGKILL
        recorded.append(len(rows(grades)["submissions"]))
    assert 0 < recorded[0] < recorded[1] < 40
    rooms = Rooms(lesson)
    assert run(lesson, rooms) == 0
    assert 40 - recorded[1] <= len(rooms.graded) <= 40 - recorded[1] + 3  # a batch may have been under way
    assert len(rows(grades)["submissions"]) == 40
    assert len(rows(grades)["grades"]) == 40 * 5
    assert len((grades / "grades.csv").read_text().splitlines()) == 1 + 40 * 4
    assert not [name for name in files(grades) if name.endswith(".part")]


def killed_at_event(count, work):
    """Runs `work` in a child that kills itself at its `count`-th audit event; whether it got that far.

    Python raises one for each file it opens, renames or removes; SQLAlchemy causes hundreds in a transaction.
    """
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # pytest's own threads; the child uses none of them
        child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    try:
        left = itertools.count(1)
        sys.addaudithook(lambda *_: os.kill(os.getpid(), signal.SIGKILL) if next(left) == count else None)
        work()
    finally:
        os._exit(0)


def test_killed_at_twenty_random_moments_a_class_comes_to_the_same_end(lesson, tmp_path, monkeypatch):
    monkeypatch.setattr(classroom, "BATCH", 2)
    work = {f"s{i:02}": small.perfect() if i % 3 else small.release() for i in range(29)}
    hand_in(lesson, **work, broken=b"{ no notebook")
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    for grades in (whole, torn):
        shutil.copytree(lesson.root / "grades", grades)
    run(lesson, Rooms(lesson), "--grades", str(whole))
    chance, kills, recorded = random.Random(8), 0, set()
    while kills < 20:
        moment = chance.randint(1, 3500)  # of 15,000 in a whole run, so that it takes many kills
        kills += killed_at_event(moment, lambda: run(lesson, Rooms(lesson), "--grades", str(torn)))
        recorded.add(len(rows(torn)["submissions"]))
    assert len(recorded) > 4, f"too few kills were in the middle of the class: {recorded}"
    run(lesson, Rooms(lesson), "--grades", str(torn))
    assert (rows(torn), files(torn)) == (rows(whole), files(whole))


FULL_DISK = """
import sys
from pathlib import Path
from tests.here import load_lesson
from grader.errors import MachineError
from tests import small, test_classroom as t
lesson = load_lesson("tiny", Path(sys.argv[1]))
try:
    sys.exit(t.run(lesson, t.Rooms(lesson), "--grades", sys.argv[2]))
except MachineError as err:
    sys.exit(f"grader grade: {err}")
"""
SMALL_DISK = """
set -e
mount -t tmpfs -o size=512k none "$3"
cp -r "$2/grades/." "$3"
"$0" -c "$1" "$2" "$3" 2>"$4/said" && exit 3
ls "$3/results" >"$4/first"
mount -o remount,size=100m "$3"
"$0" -c "$1" "$2" "$3"
cp -r "$3" "$4/after"
"""


@pytest.mark.sandbox
def test_a_disk_that_is_really_full_loses_nothing_once_there_is_room(lesson, tmp_path):
    hand_in(lesson, **{f"s{i:03}": small.perfect() if i % 2 else small.release() for i in range(60)})
    whole, disk = tmp_path / "whole", tmp_path / "disk"
    shutil.copytree(lesson.root / "grades", whole)
    run(lesson, Rooms(lesson), "--grades", str(whole))
    disk.mkdir()
    own = ["unshare", "--mount", "--user", "--map-root-user", "sh", "-c", SMALL_DISK]
    command = [*own, sys.executable, FULL_DISK, str(lesson.root), str(disk), str(tmp_path)]
    subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(Path(small.__file__).parents[1])}, check=True
    )
    assert (
        "disk is full" in (tmp_path / "said").read_text()
        or "No space left" in (tmp_path / "said").read_text()
    )
    assert 0 < len((tmp_path / "first").read_text().split()) < 60
    assert (rows(tmp_path / "after"), files(tmp_path / "after")) == (rows(whole), files(whole))
