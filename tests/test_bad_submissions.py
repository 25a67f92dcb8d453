"""The whole bank of bad submissions, graded as one class with a neighbour among them.

Each must get its verdict, cost nobody else anything, and leave nothing behind: the neighbour's grade, the gradebook,
the course's own files and the machine's processes are compared before and after.
"""

import functools
import hashlib
import json
import socket
import threading
from pathlib import Path

import psutil
import pytest
from nbgrader.api import Gradebook

from grader import cli
from grader.grading import grade
from grader.rooms.limits import Limits
from tests import submissions as bank
from tests.here import ROOT, load_lesson
from tests.submissions import BANK, LESSON, Bad, reaching

pytestmark = pytest.mark.sandbox

QUICK = Limits(cell_s=2.0, call_s=2.0, least_s=1.0, cells_s=20.0, submission_s=60.0)
FULL = sum(cell.points for cell in load_lesson(LESSON).checks)
POINTS = {
    function: sum(cell.points for cell in load_lesson(LESSON).checks if cell.function == function)
    for function in load_lesson(LESSON).functions
}


def expected(bad: Bad) -> tuple[str, float]:
    """The status and the score that a bad submission must get."""
    if bad.verdict == "refused":
        return "refused", 0.0
    lost = () if bad.verdict == "full" else bad.verdict
    return "graded", FULL - sum(POINTS[function] for function in lost)


def hand_in(folder: Path, student: str, content: bytes, place=None) -> None:
    path = folder / student / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    if place:
        place(path, content)
    else:
        path.write_bytes(content)


def state_of_the_course() -> str:
    """A digest of every file of the course that a submission could want to change."""
    total = hashlib.sha256()
    for folder in ("solutions", "notebooks", "helpers", "data", "grader"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(path.read_bytes())
    return total.hexdigest()


@pytest.fixture(scope="module")
def listener():
    """A port that a submission must not reach; every connection is remembered."""
    caught = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                caught.append(connection)

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], caught


@pytest.fixture(scope="module")
def graded(tmp_path_factory, listener):
    """The results of the class by student, and the folder they lie in."""
    folder = tmp_path_factory.mktemp("bank")
    for bad in BANK:
        content = bad.content().replace(
            b"(PORT,) if 'PORT' in globals() else", f"({listener[0]},) or".encode()
        )
        hand_in(folder / "submissions", bad.name, content, bad.place)
    hand_in(folder / "submissions", "neighbour", bank.dump(bank.honest()))
    before = state_of_the_course()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(reaching.SECRET_VARIABLE, "the instructor's password")
        patch.setattr(grade, "grading", functools.partial(grade.grading, limits=QUICK))
        grade.SANDBOXES.close()  # a template of an earlier test would not have the secret to lose
        arguments = [
            "grade",
            LESSON,
            "--submissions",
            f"{folder}/submissions",
            "--grades",
            f"{folder}/grades",
        ]
        status = cli.main([*arguments, "--jobs", "3"])
    assert status == 0
    assert state_of_the_course() == before
    results = {
        path.parent.name: json.loads(path.read_text())
        for path in (folder / "grades").glob("results/*/*.json")
    }
    return folder, results


@pytest.mark.parametrize("bad", BANK, ids=lambda bad: f"{bad.group}-{bad.name}")
def test_gets_its_verdict(bad, graded):
    result = graded[1][bad.name]
    outcomes = {
        check["id"]: (check["outcome"], check["message"][:200])
        for check in result["checks"]
        if check["outcome"] != "passed"
    }
    assert (result["status"], result["score"]) == expected(bad), (result["reason"], outcomes)


def test_the_neighbour_keeps_every_point(graded):
    assert graded[1]["neighbour"]["score"] == FULL


def test_the_gradebook_holds_what_was_graded_and_nobody_who_was_refused(graded):
    folder, results = graded
    with Gradebook(f"sqlite:///{folder}/grades/gradebook.db") as gradebook:
        scores = {row["student"]: row["code_score"] for row in gradebook.submission_dicts(LESSON)}
    assert scores == {
        name: result["score"] for name, result in results.items() if result["status"] == "graded"
    }


def test_nobody_reached_the_network(graded, listener):
    assert listener[1] == []


def test_no_process_and_no_file_is_left_over(graded):
    names = " ".join(" ".join(process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"]))
    rooms = [
        child for child in psutil.Process().children(recursive=True) if "room.main" in str(child.cmdline())
    ]
    assert not rooms
    assert "sleep 1000000" not in names
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/", "/etc"):
        assert not list(Path(folder).glob(f"*{reaching.LEFT_BEHIND}*"))


def test_every_refusal_says_why_and_what_to_do(graded):
    for name, result in graded[1].items():
        if result["status"] == "refused":
            assert len(result["reason"]) > 30, name
            assert ";" in result["reason"], f"{name}: {result['reason']}"


def test_the_same_bytes_get_the_same_verdict_again():
    lesson, content = load_lesson(LESSON), bank.dump(bank.honest())
    assert grade.grade(lesson, content) == grade.grade(lesson, content)


def test_the_bank_covers_every_group():
    count = {group: sum(bad.group == group for bad in BANK) for group in {bad.group for bad in BANK}}
    assert count.keys() == {"files", "structure", "runaway", "cheating", "reaching", "pages"}
    assert len({bad.name for bad in BANK}) == len(BANK) >= 80
