"""Killed at any moment, a full disk, a front that is away: nothing acknowledged is lost, nothing is graded twice."""

import contextlib
import sqlite3
import threading

import psutil
import pytest

from grader.service.life import folder_of
from tests import serving
from tests.serving import answered, until

pytestmark = [pytest.mark.sandbox, pytest.mark.xdist_group("service")]
SLOW = "import time\n\ndef double(x):\n    time.sleep(0.3)\n    return 2 * x"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return serving.small_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def service(made, tmp_path):
    with serving.serving(tmp_path / "service", made.root) as running:
        yield running


def rows(service):
    with contextlib.closing(sqlite3.connect(folder_of(service.grades) / "handins.db", timeout=30)) as store:
        return store.execute("SELECT id, student, state, counts FROM handin ORDER BY received").fetchall()


def descend(process):
    """All processes below one, the rooms' among them."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.children(recursive=True)
    return []


def gradebook(service):
    with contextlib.closing(sqlite3.connect(service.grades / "gradebook.db")) as book:
        count = book.execute("SELECT count(*) FROM submitted_assignment").fetchone()[0]
        points = book.execute("SELECT sum(auto_score) FROM grade WHERE auto_score IS NOT NULL").fetchone()[0]
        return count, points


@pytest.mark.parametrize("victim", ["desk", "door", "template", "all"])
def test_killed_while_a_class_hands_in_nothing_is_lost_or_doubled(service, made, victim):
    taken, killed, stop = {}, [], threading.Event()

    def student(name):
        for number in range(3):
            source = SLOW if number == 1 else "def double(x):\n    return x + x"
            taken[name, number] = service.taken(name, answered(made, source))

    def killer():
        for number in (2, 5):  # in the middle of a class, twice
            until(
                lambda number=number: len(taken) >= number or stop.is_set(),
                f"{number} are taken",
                150,
                service.tail,
            )
            chosen = [service.child("door" if victim == "door" else "desk")]
            if victim == "template":
                chosen = until(
                    lambda: descend(service.child("desk"))[:1], "a template of rooms", 60, service.tail
                )
            chosen += [service.child("door")] if victim == "all" else []
            for one in chosen:
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
                    killed.append(one.pid)

    threads = [threading.Thread(target=student, args=(name,)) for name in serving.STUDENTS]
    killing = threading.Thread(target=killer)
    for thread in (*threads, killing):
        thread.start()
    for thread in threads:
        thread.join(150)
        assert not thread.is_alive(), f"{len(taken)} of 9 were taken; {service.tail()}"
    stop.set()
    killing.join(90)
    assert len(set(taken.values())) == 9
    for (name, _), handin in taken.items():
        assert service.verdict(name, handin, 90)["score"] == 2
    assert len(killed) >= 2
    kept = rows(service)
    assert sorted(row[0] for row in kept) == sorted(taken.values())
    assert [row[2] for row in kept] == ["graded"] * 9
    assert sum(row[3] for row in kept) == 3, "one hand-in of each student counts"
    assert gradebook(service) == (3, 6.0)


def test_killed_with_its_children_and_started_again_it_goes_on(made, tmp_path):
    with serving.serving(tmp_path / "service", made.root) as service:
        children = [service.child("desk"), service.child("door")]
        rooms = descend(children[0])
        taken = [service.taken("ada", answered(made, SLOW)) for _ in range(4)]
        service.process.kill()
        _, alive = psutil.wait_procs([*children, *rooms], timeout=20)
        assert not alive, f"these outlive the service: {alive}"
    with serving.serving(tmp_path / "service", made.root) as service:
        assert [service.verdict("ada", handin, 90)["score"] for handin in taken] == [2] * 4
        assert gradebook(service) == (1, 2.0)
