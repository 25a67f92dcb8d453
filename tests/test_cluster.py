"""A real Dask scheduler with real workers, each a process of its own, one of them killed in the middle."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import warnings
from types import SimpleNamespace

import dask.config
import pytest

from grader.author.sample import write_class
from grader.errors import MachineError
from grader.grading import classroom, cluster
from tests.here import COURSE, ROOT
from tests.verdicts import files, rows

LESSON = "gradient_checking"


def start(*command, **environment):
    settings = {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "warning",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *command],
        env=os.environ | settings | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def address_in(path, process):
    for _ in range(600):
        if path.exists() and (found := re.search(r'"address": "([^"]+)"', path.read_text())):
            return found[1]
        assert process.poll() is None, "the scheduler ended"
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


@contextlib.contextmanager
def scheduling(folder, host="127.0.0.1", **environment):
    file = folder / "scheduler.json"
    options = ["--host", host, "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    process = start("scheduler", *options, **environment)
    try:
        yield address_in(file, process), process
    finally:
        end(process)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    with scheduling(tmp_path_factory.mktemp("dask")) as (address, _process):
        yield address


@contextlib.contextmanager
def workers(address, count, host="127.0.0.1", **environment):
    command = ["worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", host]
    running = [start(*command, "--name", f"worker-{number}", **environment) for number in range(count)]
    try:
        yield running
    finally:
        for process in running:
            end(process)


def wait_for(address, count):
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def arguments(submissions, grades, **changes):
    settings = {
        "lessons": [LESSON], "submissions": submissions, "grades": grades, "db": None, "student": [], "jobs": 1,
        "scheduler": None, "force": False, "dry_run": False, "unsafe": False, "log": "plain",
    }  # fmt: skip
    return SimpleNamespace(**settings | changes)


def records(grades):
    """All that a class leaves: the gradebook's rows, the results, the executed notebooks and grades.csv."""
    return rows(grades), files(grades)


@pytest.fixture(scope="module")
def submissions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "submissions"
    write_class(COURSE, folder, 16, (LESSON,))
    shutil.rmtree(folder / "ines")  # the student who never ends would cost more time than this test is worth
    return folder


@pytest.fixture(scope="module")
def one_worker(submissions, tmp_path_factory):
    grades = tmp_path_factory.mktemp("one") / "grades"
    assert classroom.run(arguments(submissions, grades), COURSE) == 0
    return records(grades)


@pytest.mark.sandbox
@pytest.mark.parametrize("jobs", [2, 4])
def test_more_local_rooms_give_the_same_bytes(jobs, submissions, one_worker, tmp_path):
    assert classroom.run(arguments(submissions, tmp_path / "grades", jobs=jobs), COURSE) == 0
    assert records(tmp_path / "grades") == one_worker


@pytest.mark.sandbox
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    scheduler, submissions, one_worker, tmp_path
):
    with workers(scheduler, 2) as running:
        wait_for(scheduler, 2)
        with after_the_first_verdict(lambda: end(running[0])) as killed:
            status = classroom.run(arguments(submissions, tmp_path / "grades", scheduler=scheduler), COURSE)
    assert killed
    assert status == 0
    assert records(tmp_path / "grades") == one_worker


@contextlib.contextmanager
def after_the_first_verdict(action):
    """`grader grade` with something that happens in the middle of the class; yields a list, filled when it has."""
    graded, done = classroom.graded, []

    def graded_with_an_event(*args):
        for one in graded(*args):
            if one is not None and not done:
                done.append(action())
            yield one

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classroom, "graded", graded_with_an_event)
        yield done


@pytest.mark.sandbox
def test_a_scheduler_that_is_killed_ends_the_run_in_one_line_and_the_next_run_goes_on(
    submissions, one_worker, tmp_path, monkeypatch
):
    monkeypatch.setattr(cluster, "TIMEOUT_S", 5)  # how long its client hopes
    with scheduling(tmp_path) as (address, process), workers(address, 2):
        wait_for(address, 2)
        with after_the_first_verdict(lambda: end(process)) as killed:
            gone = pytest.raises(MachineError, match=f"the Dask scheduler at {address} is gone")
            with gone, warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Dask's own, about a connection that broke
                classroom.run(arguments(submissions, tmp_path / "grades", scheduler=address), COURSE)
    assert killed
    assert 0 < len(rows(tmp_path / "grades")["submissions"]) < len(one_worker[0]["submissions"])
    assert classroom.run(arguments(submissions, tmp_path / "grades"), COURSE) == 0
    assert records(tmp_path / "grades") == one_worker


CLIENT = """
import os, signal, sys
from grader import cli
from grader.grading import classroom
classroom.BATCH, graded = 2, classroom.graded
def deadly(*args):
    for number, one in enumerate(graded(*args)):
        if number == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        yield one
classroom.graded = deadly
cli.main(sys.argv[1:])
"""


@pytest.mark.sandbox
def test_a_client_that_is_killed_goes_on_with_the_same_scheduler(
    scheduler, submissions, one_worker, tmp_path
):
    grades = tmp_path / "grades"
    options = ["--submissions", str(submissions), "--grades", str(grades), "--scheduler", scheduler]
    with workers(scheduler, 2):
        wait_for(scheduler, 2)
        command = [sys.executable, "-c", CLIENT, "grade", LESSON, *options]
        assert subprocess.run(command, capture_output=True).returncode == -signal.SIGKILL
        assert 0 < len(rows(grades)["submissions"]) < len(one_worker[0]["submissions"])
        assert classroom.run(arguments(submissions, grades, scheduler=scheduler), COURSE) == 0
    assert records(grades) == one_worker


@pytest.mark.sandbox
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_cluster_with_dasks_tls_settings_grades_and_turns_away_who_has_no_certificate(
    submissions, one_worker, tmp_path, monkeypatch
):
    certificate, key = str(tmp_path / "certificate.pem"), str(tmp_path / "key.pem")
    making = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=course", "-days", "1"]
    subprocess.run(["openssl", *making, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    settings = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": certificate}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings |= {f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT": certificate}
        settings |= {f"DASK_DISTRIBUTED__COMM__TLS__{role}__KEY": key}
    tls = "tls://127.0.0.1"
    with scheduling(tmp_path, tls, **settings) as (address, _), workers(address, 2, tls, **settings):
        with monkeypatch.context() as patch:
            patch.setattr(cluster, "TIMEOUT_S", 2)
            refused = pytest.raises(MachineError, match="no Dask scheduler answers at tls://.*TLS")
            with refused, cluster.grading(address, COURSE):
                pass
        mine = {"ca-file": certificate, "client.cert": certificate, "client.key": key}
        with dask.config.set({f"distributed.comm.tls.{name}": value for name, value in mine.items()}):
            wait_for(address, 2)
            assert classroom.run(arguments(submissions, tmp_path / "grades", scheduler=address), COURSE) == 0
    assert records(tmp_path / "grades") == one_worker


def test_a_cluster_without_workers_says_how_to_start_one(scheduler):
    with (
        pytest.raises(MachineError, match="has no worker; start one: dask worker"),
        cluster.grading(scheduler, COURSE),
    ):
        pass


def test_a_wrong_address_is_named(monkeypatch):
    monkeypatch.setattr(cluster, "TIMEOUT_S", 1)
    with (
        pytest.raises(MachineError, match="no Dask scheduler answers at tcp://127.0.0.1:9"),
        cluster.grading("tcp://127.0.0.1:9", COURSE),
    ):
        pass


@pytest.mark.sandbox
def test_a_worker_with_another_course_is_refused_by_name(scheduler, tmp_path):
    for folder in ("grader", "helpers", "data", "solutions", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "grader" / "results.py").open("a") as file:
        file.write("# another version\n")
    theirs = f"{tmp_path}{os.pathsep}{tmp_path / 'helpers'}"
    with workers(scheduler, 1, PYTHONPATH=theirs, PYTHONSAFEPATH="1"):
        wait_for(scheduler, 1)
        refused = pytest.raises(MachineError, match="another version of the course is installed on tcp://127")
        with refused, cluster.grading(scheduler, COURSE):
            pass


def test_a_worker_that_joins_late_with_another_course_grades_nothing():
    with pytest.raises(MachineError, match="another version of the course is installed on"):
        cluster.grade_on_worker("some other version", LESSON, b"")
