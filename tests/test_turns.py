"""Nobody waits for the slowest, nobody loses points to a neighbour, and no verdict depends on the order."""

import functools
import json
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from grader import cli
from grader.grading import grade, turns
from grader.grading.progress import Reporter
from grader.results import CheckResult, SubmissionResult
from grader.rooms.clock import SLOWEST, RoomClock
from grader.rooms.limits import Limits
from grader.submission.intake import Found, Handed
from tests import roomcase, submissions
from tests.bench import fairness

SHORT = Limits(cell_s=1.0, call_s=1.0, least_s=0.5, cells_s=5.0, submission_s=20.0)


def result(outcome="passed", status="graded", crowded=False):
    check = CheckResult("f_visible", "f", 1.0, 1.0, outcome)
    return SubmissionResult("tiny", status, None, 1.0, 1.0, "", checks=(check,), crowded=crowded)


class Papers:
    """Stands in for the rooms: a paper's bytes say how many seconds it needs; notes who was graded when, beside whom."""

    def __init__(self, crowded=()):
        self.crowded, self.calls, self.now, self.beside = set(crowded), [], 0, {}
        self._lock = threading.Lock()

    def __call__(self, lesson, notebook, turn_s):
        with self._lock:
            self.now += 1
            self.calls.append((notebook, turn_s))
        time.sleep(0.01)
        with self._lock:
            self.beside[notebook] = self.now
            self.now -= 1
        if turn_s and float(notebook.split()[0]) > turn_s:
            return result(status="held")
        again = self.calls.count((notebook, turn_s)) > 1
        return result("timed_out", crowded=not again) if notebook in self.crowded else result()


def verdicts(papers, *notebooks, jobs=4):
    work = [
        turns.Job(Found(f"s{number}", "tiny", f"s{number}"), Handed(notebook))
        for number, notebook in enumerate(notebooks)
    ]
    with ThreadPoolExecutor(jobs) as pool:
        done = turns.graded(work, pool, papers, 2 * jobs, Reporter())
        return [(job.handed.notebook, verdict.result) for job, verdict in filter(None, done)]


def test_the_quick_ones_have_their_verdicts_before_the_slow_ones():
    order = [notebook for notebook, _ in verdicts(Papers(), b"100 a", b"1 b", b"0.1 c", b"100 d", b"0.1 e")]
    assert set(order[:2]) == {b"0.1 c", b"0.1 e"} and order[2] == b"1 b"
    assert set(order[3:]) == {b"100 a", b"100 d"}


def test_what_looks_slow_is_tried_after_the_first_turn():
    papers = Papers()
    order = [notebook for notebook, _ in verdicts(papers, b"0.1 while True:", b"0.1 b", b"0.1 sleep(9)")]
    assert order[0] == b"0.1 b" and len(order) == 3
    assert (b"0.1 while True:", turns.TURNS[0]) not in papers.calls


def test_every_paper_has_one_verdict_and_it_is_of_the_time_that_it_needs():
    papers = Papers()
    done = verdicts(papers, *(f"{10 ** (n % 5 - 2)} {n}".encode() for n in range(30)))
    assert len(done) == len(dict(done)) == 30
    assert all(one.status == "graded" for _, one in done)


def test_what_was_cut_off_beside_others_is_tried_again_alone():
    cut = b"0.1 cut off"
    papers = Papers(crowded=[cut])
    done = verdicts(papers, cut, *(f"100 {n}".encode() for n in range(9)))
    assert done[-1][0] == cut and papers.beside[cut] == 1
    assert [notebook for notebook, _ in papers.calls].count(cut) == 2


def test_a_loss_that_others_had_no_part_in_is_not_tried_again():
    assert turns.cut_off(result("timed_out", crowded=True))
    assert not turns.cut_off(result("timed_out")) and not turns.cut_off(result(crowded=True))


def test_a_class_of_slow_papers_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(turns, "MOST_HELD", 20)
    papers = Papers()
    assert len(verdicts(papers, *(f"100 {n}".encode() for n in range(9)))) == 9
    assert sum(turn_s == turns.TURNS[1] for _, turn_s in papers.calls) <= 4


def test_a_fault_in_a_short_turn_is_tried_again_in_it():
    calls = []

    def faulty(lesson, notebook, turn_s):
        calls.append(turn_s)
        return result(status="fault" if len(calls) == 1 else "graded")

    assert [one.status for _, one in verdicts(faulty, b"x")] == ["graded"]
    assert calls == [turns.TURNS[0]] * 2


# the room's own clock


def test_a_room_that_waits_for_the_processor_is_not_charged_for_what_others_have():
    clock = RoomClock()
    clock.seen(3.0, cpu=1.0, runs=True)
    assert clock.spent == 1.0
    assert clock.last(2.0) - time.monotonic() > 0.9 * SLOWEST


def test_a_room_that_sleeps_is_charged_by_the_clock():
    clock = RoomClock()
    clock.seen(3.0, cpu=0.1, runs=False)
    assert clock.spent == pytest.approx(3.0) and not clock.crowded


def test_a_room_with_many_processes_is_charged_for_all_of_them():
    clock = RoomClock()
    clock.seen(1.0, cpu=2.0, runs=True)
    assert clock.spent == 2.0


def test_nothing_takes_more_than_so_many_times_its_own_time_by_the_clock():
    clock = RoomClock()
    for second in range(1, 41):
        clock.seen(1.0, cpu=second / 100, runs=True)
    assert clock.spent == pytest.approx(40 / SLOWEST) and clock.crowded


def test_a_short_wait_is_counted_by_the_clock_until_somebody_looks():
    clock = RoomClock()
    clock.unseen(0.5)
    assert clock.spent == 0.5
    clock.seen(0.1, cpu=0.4, runs=True)
    assert clock.spent == pytest.approx(0.4)


def test_rooms_that_are_gone_stay_counted():
    clock = RoomClock()
    clock.seen(1.0, cpu=1.0, runs=True)
    clock.ended(1.5)
    clock.seen(1.0, cpu=1.0, runs=True)
    assert clock.spent == 2.5


# real rooms


@pytest.fixture(scope="module")
def lesson(root):
    return roomcase.write(
        root,
        "turns",
        roomcase.answer("f", "def f(x):\n    return 2 * x"),
        roomcase.visible("f", "assert f(2) == 4"),
        roomcase.hidden("f", "assert f(3) == 6"),
    )


@pytest.mark.sandbox
@pytest.mark.parametrize("body", [
    "while True: pass", "import time; time.sleep(60)", "import os; os._exit(0)", "return 2 * x", "return x", "raise OSError",
    "return sum(range(10**7)) * 0 + 2 * x",
])  # fmt: skip
def test_a_verdict_is_the_same_with_a_short_turn_first_and_without(lesson, body):
    notebook = roomcase.submission(lesson, f=f"def f(x):\n    {body}")
    first = grade.grade(lesson, notebook, limits=SHORT, turn_s=turns.TURNS[0])
    whole = grade.grade(lesson, notebook, limits=SHORT)
    assert whole.status == "graded"
    assert first.status == "held" or replace(first, crowded=False) == replace(whole, crowded=False)
    assert (first.status == "held") == ("while" in body or "sleep" in body or "sum" in body)


@pytest.mark.sandbox
def test_a_loop_that_judging_falls_into_uses_up_the_turn_too(root):
    endless = roomcase.visible("g", "while g() != 1:\n    pass")
    lesson = roomcase.write(root, "judged", roomcase.answer("g", "def g():\n    return 1"), endless)
    notebook = roomcase.submission(lesson, g="def g():\n    return 2")
    assert grade.grade(lesson, notebook, limits=SHORT, turn_s=0.3).status == "held"


@pytest.mark.sandbox
def test_busy_neighbours_do_not_time_out_an_answer_that_works(lesson):
    work = "import time\n    end = time.process_time() + 0.6\n    while time.process_time() < end: pass"
    notebook = roomcase.submission(lesson, f=f"def f(x):\n    {work}\n    return 2 * x")
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(10)]
    try:
        assert grade.grade(lesson, notebook, limits=replace(SHORT, call_s=2.0, cell_s=10.0)).score == 2
    finally:
        for process in busy:
            process.kill()
            process.wait()


@pytest.mark.sandbox
def test_forty_five_honest_papers_do_not_wait_for_five_hostile_ones(tmp_path, monkeypatch):
    kinds = ["loop", "hidden loop", "sleep", "busy", "loop"]
    honest = submissions.dump(submissions.honest())
    for number in range(45):
        hand_in(tmp_path, f"student{number:02}", honest)
        if number % 9 == 0:
            hand_in(tmp_path, f"student{number:02}-hostile", fairness.hostile(kinds[number // 9]))
    came = []
    verdict = Reporter.verdict
    monkeypatch.setattr(
        Reporter, "verdict", lambda self, one, old=None: (came.append(one.student), verdict(self, one, old))
    )
    monkeypatch.setattr(grade, "grading", functools.partial(grade.grading, limits=SHORT))
    command = ["grade", submissions.LESSON, "--submissions", f"{tmp_path}/submissions"]
    assert cli.main([*command, "--grades", f"{tmp_path}/grades", "--jobs", "2"]) == 0
    slow = [student for student in came if "hostile" in student]
    assert len(came) == 50 and set(came[-4:]) < set(
        slow
    )  # a paper whose busy processes cost it nothing may come early
    alone = grade.grade(submissions.load_lesson(submissions.LESSON), honest)
    for path in Path(tmp_path).glob("grades/results/*/*.json"):
        if "hostile" not in path.parent.name:
            assert json.loads(path.read_text()) == alone.for_student(path.parent.name).to_json()


def hand_in(folder, student, notebook):
    path = folder / "submissions" / student / submissions.LESSON / f"{submissions.LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(notebook)
