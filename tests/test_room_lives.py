"""How long rooms live, what ends them, and what it costs: nobody's answer is to blame for our own."""

# ruff: noqa: E501 (a submission a line)
from __future__ import annotations

import contextlib
import mmap
import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.grading.grade import grade
from grader.rooms.limits import Limits
from grader.rooms.room import remove, size_of, usage_of
from grader.sandbox.sandbox import SANDBOXES
from tests.roomcase import (
    QUICK,
    answer,
    checkers,
    descendants,
    given,
    graded,
    outcomes,
    outputs_of,
    printed,
    submission,
    until,
    visible,
    write,
)

pytestmark = [pytest.mark.sandbox, pytest.mark.xdist_group("lives")]


def private_memory(pid):
    """What a process holds alone, in KiB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_"))


@pytest.fixture
def fresh():
    """No room of an earlier test is left."""
    SANDBOXES.close()


def test_a_checker_room_serves_one_submission_after_the_other(fresh, pair):
    graded(pair)
    room = checkers(pair)
    wrong = graded(pair, first="def first(x):\n    return x", second="def second(x):\n    return 1 / 0")
    assert outcomes(wrong) == ["failed", "failed", "raised", "raised"]
    assert graded(pair).score == 4
    assert checkers(pair) == room and len(room) == 1


def test_a_checker_room_ends_where_a_submission_may_have_left_something_in_it(fresh, root):
    lesson = write(
        root,
        "kept",
        given("import toolbox"),
        answer("f", "def f(x):\n    return sum(x)"),
        visible("f", "assert f(toolbox.KEPT) == 0"),
    )
    graded(lesson)
    room = checkers(lesson)
    assert graded(lesson, f="def f(x):\n    x[0] = 5.0\n    return 0").score == 1
    assert until(lambda: not checkers(lesson) & room)
    assert graded(lesson).score == 1


def test_a_checker_room_ends_where_its_alarm_went_off_in_the_middle_of_something(fresh, root):
    lesson = write(
        root,
        "alarm",
        answer("f", "def f():\n    return 1"),
        visible("f", "while f() != 1:\n    pass"),
    )
    graded(lesson)
    room = checkers(lesson)
    result = graded(lesson, limits=Limits(judging_s=0.5), f="def f():\n    return 2")
    assert outcomes(result) == ["timed_out"]
    assert until(lambda: not checkers(lesson) & room)


def test_the_room_answers_itself_until_a_failed_check_may_have_spoilt_another_and_forks_from_then_on(
    fresh, root
):
    lesson = write(
        root,
        "answering",
        given("import os"),
        *(
            cell
            for name in ("f", "g", "h")
            for cell in (
                answer(name, f"def {name}():\n    return os.getpid()"),
                visible(name, f"assert {name}() {'!=' if name == 'h' else '=='} 1"),
            )
        ),
    )
    wrong = "made = []\ndef g():\n    made.append(1)\n    return 0"
    after = "def h():\n    return 1 if made else os.getpid()"  # fails where g has been called
    assert outcomes(graded(lesson)) == ["passed", "passed", "failed"]
    assert outcomes(graded(lesson, g=wrong, h=after)) == ["passed", "failed", "passed"]


def test_what_a_call_has_started_does_not_live_beside_the_next_fork(fresh, root):
    alone = "def h():\n    try:\n        os.kill(-1, 0)\n    except ProcessLookupError:\n        return 0\n    return 1"
    start = "def {}():\n    if os.fork() == 0:\n        time.sleep(600)\n    return 1"
    cells = [answer("h", alone), visible("h", "assert h() == 0")]
    for name in ("g", "f"):
        cells[:0] = [answer(name, f"def {name}():\n    return 0"), visible(name, f"assert {name}() == 0")]
    lesson = write(root, "leaving", given("import os, time"), *cells)
    result = graded(lesson, f=start.format("f"), g=start.format("g"))
    assert outcomes(result) == ["failed", "failed", "passed"]


def test_cells_that_take_long_are_not_run_again_for_a_failed_check(fresh, pair):
    """They ran for most of the time there is; run again, an added cell that answers need would be left out."""
    limits = Limits(call_s=20, start_s=60, cells_s=4)
    slow = {"setup": "import time\ntime.sleep(2.5)", "worked": "def doubled(x):\n    return 2 * x"}
    wrong, right = "def first(x):\n    return x", "def second(x):\n    return doubled(x) + 1"
    result = graded(pair, slow, limits, first=wrong, second=right)
    assert outcomes(result) == ["failed", "failed", "passed", "passed"]


def test_when_the_time_for_cells_is_over_only_given_cells_and_answers_run(fresh, pair):
    slow = {"setup": "import time\ntime.sleep(1.5)", "first": "print('too late')"}
    result = graded(pair, slow, Limits(cells_s=1))
    assert result.score == 4
    assert "too late" not in printed(result, "added-2") and "was not run" in printed(result, "added-2")


def test_a_cell_that_speaks_for_the_room_harms_nobody_but_itself(fresh, pair):
    """It finds the room's channel and order in memory, and reports on all cells before they have run."""
    forged = """
import gc
things = gc.get_objects()
channel = next(thing for thing in things if type(thing).__name__ == "Channel")
order = next(thing for thing in things if type(thing) is dict and thing.get("do") == "run")
for _ in order["cells"]:
    channel.send({"to": order["to"], "outputs": [], "error": None})
print("done")
"""
    result = graded(pair, {"setup": forged})
    assert result.score == 4
    assert not outputs_of(result, "added-1")  # what the room itself says comes too late
    assert graded(pair).score == 4


@pytest.mark.parametrize(
    "report", ["outputs=[], error={'name': []}", "outputs=[], error=deep", "outputs=deep, error=None"]
)
def test_a_report_that_is_none_costs_only_its_own_output(fresh, pair, report):
    forged = f"""
import gc
things = gc.get_objects()
channel = next(thing for thing in things if type(thing).__name__ == "Channel")
order = next(thing for thing in things if type(thing) is dict and thing.get("do") == "run")
deep = []
for _ in range(98):
    deep = [deep]
channel.send(dict(to=order["to"], {report}))
"""
    result = graded(pair, {"setup": forged})
    assert (result.status, result.score) == ("graded", 4)


def test_memory_of_many_processes_counts_together(pair):
    hog = "import os, time\nhoards = []\nfor _ in range(6):\n    if os.fork() == 0:\n        hoard = b'x' * (1 << 29)\n"
    limits = Limits(all_memory=1 << 30, cell_s=15)
    result = graded(pair, {"setup": hog + "        time.sleep(99)\ntime.sleep(99)"}, limits)
    assert result.score == 4 and "more memory" in printed(result, "added-1")


def test_a_template_that_dies_in_the_middle_of_a_class_costs_nobody_a_point(pair):
    with ThreadPoolExecutor(2) as pool:
        verdicts = [pool.submit(graded, pair) for _ in range(12)]
        until(lambda: verdicts[1].done())
        process = SANDBOXES.of(pair.root).process
        for pid in descendants(process.pid) or [process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert [verdict.result().score for verdict in verdicts] == [4] * 12


def test_a_template_without_namespaces_takes_its_rooms_with_it(root, pair, monkeypatch):
    monkeypatch.setattr("grader.sandbox.sandbox.find_bubblewrap", lambda root: ("", None))
    SANDBOXES.close()
    endless = {"setup": "import os\nif os.fork() == 0: pass\nwhile True: pass"}
    try:
        process = SANDBOXES.of(root).process
        with ThreadPoolExecutor(1) as pool:
            verdict = pool.submit(graded, pair, endless, QUICK)
            assert until(lambda: len(descendants(process.pid)) >= 3)
            time.sleep(0.3)
            rooms = descendants(process.pid)
            os.kill(process.pid, signal.SIGKILL)
            assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in rooms))
            assert verdict.result().score == 4
    finally:
        SANDBOXES.close()


def test_a_checker_room_that_is_killed_is_made_again(fresh, pair):
    before = set(descendants(SANDBOXES.of(pair.root).process.pid))
    slow = {"setup": "import time\ntime.sleep(1)"}
    with ThreadPoolExecutor(1) as pool:
        verdict = pool.submit(graded, pair, slow)
        new = set()
        assert until(
            lambda: new.update(set(descendants(SANDBOXES.of(pair.root).process.pid)) - before) or len(new) > 1
        )
        os.kill(min(new), signal.SIGKILL)  # the checker is older than its student room
        assert verdict.result().score == 4


def test_a_machine_that_makes_no_rooms_is_a_fault_and_costs_no_points(pair, monkeypatch):
    monkeypatch.setattr(
        "grader.sandbox.sandbox.Sandbox.check",
        lambda *_: (_ for _ in ()).throw(__import__("grader.errors").errors.MachineError("no room")),
    )
    result = grade(pair, submission(pair))
    assert (result.status, result.reason, result.checks) == ("fault", "no room", ())


def test_nothing_of_a_room_outlives_its_submission(pair):
    stay = "import os, time\nif os.fork() == 0:\n    if os.fork() == 0:\n        time.sleep(600)\n    os._exit(0)"
    graded(pair)
    before = set(descendants(SANDBOXES.of(pair.root).process.pid))
    graded(pair, {"setup": stay})
    assert until(lambda: set(descendants(SANDBOXES.of(pair.root).process.pid)) <= before)


def test_a_killed_grader_leaves_no_process_behind(pair, tmp_path):
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom grader.sandbox.sandbox import SANDBOXES\n"
        f"print(SANDBOXES.of(Path({str(pair.root)!r})).process.pid, flush=True)\ntime.sleep(600)"
    )
    grader = subprocess.Popen(["python", "-c", code], stdout=subprocess.PIPE, text=True)
    assert grader.stdout
    template = int(grader.stdout.readline())
    rooms = [template, *descendants(template)]
    grader.kill()
    grader.communicate()
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in rooms))


def test_a_room_holds_less_than_32_megabytes_of_its_own(fresh, pair):
    before = set(descendants(SANDBOXES.of(pair.root).process.pid))
    with ThreadPoolExecutor(1) as pool:
        verdict = pool.submit(graded, pair, {"setup": "import time\ntime.sleep(1.5)"})
        new = set()
        assert until(
            lambda: new.update(set(descendants(SANDBOXES.of(pair.root).process.pid)) - before) or len(new) > 1
        )
        time.sleep(0.5)
        private = sum(map(private_memory, new))
        assert verdict.result().score == 4
    assert 0 < private < 32_000


def test_rooms_are_forked_from_one_template(pair):
    process = SANDBOXES.of(pair.root).process
    for _ in range(3):
        graded(pair)
    assert SANDBOXES.of(pair.root).process is process


def test_memory_shared_without_a_file_counts():
    with mmap.mmap(-1, 64 << 20) as shared:
        before = usage_of(os.getpid())["memory"]
        shared.write(b"x" * (64 << 20))
        assert usage_of(os.getpid())["memory"] - before > 48 << 20


def test_a_folder_too_deep_or_too_full_is_told_without_falling_over_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        os.mkdir("d")
        os.chdir("d")
    assert size_of(str(tmp_path)) < 1 << 30
    for number in range(3000):
        os.close(os.open(str(number), os.O_CREAT))
    assert size_of(str(tmp_path)) > 1 << 60
    os.chdir("/")
    remove(str(tmp_path))


def test_a_checker_room_lets_go_of_what_students_returned(fresh, root):
    lesson = write(
        root,
        "hoarding",
        given("import numpy as np"),
        answer("f", "def f(x):\n    return x"),
        visible("f", "got = f(1)\ndef again(): return got\nassert again()[0] == 0"),
    )
    large = "import numpy as np\ndef f(x):\n    return np.zeros(1_500_000)"
    held = []
    for _ in range(8):
        assert outcomes(graded(lesson, f=large)) == ["passed"]
        (room,) = checkers(lesson)
        held.append(private_memory(room))
    # Six more arrays of 12,000 KiB were returned. The allocator may keep the room of one or two that are gone.
    assert held[-1] - held[1] < 30_000, held
