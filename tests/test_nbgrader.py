"""A term on nbgrader as it is: its own commands, from the release to the feedback in the student's hands."""

import csv
import html
import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.author import sample
from tests.here import ROOT, load_lesson

LESSON = "gradient_checking"
COURSE = "practical-aspects"
PUPIL = pwd.getpwuid(os.getuid()).pw_name  # the exchange knows a student by the account
STUDENTS = ("amara", "bjorn", "chiara", "maren")
EXTRA_CONFIG = """
c.AssignLatePenalties.plugin_class = "grader.records.late.PercentPerDay"
c.PercentPerDay.percent = 5
"""
STUDENT_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "practical-aspects"
c.Exchange.root = {exchange!r}
c.Exchange.path_includes_course = True
"""


@dataclass
class Term:
    """The folders after the term, and each command's exit status."""

    course: Path
    student: Path
    exchange: Path
    codes: dict

    def rows(self):
        with (self.course / "grades/grades.csv").open(encoding="utf-8", newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}


def environment(home, exchange):
    names = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    python = os.pathsep.join([str(ROOT), str(ROOT / "helpers")])
    return names | {
        "HOME": str(home),
        "COURSE_EXCHANGE": str(exchange),
        "PATH": path,
        "PYTHONPATH": python,
    }


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    """Release, fetch, submit, collect, grade, give back and export: one student through the exchange, four by file."""
    base = tmp_path_factory.mktemp("term")
    term = Term(base / "course", base / "student", base / "exchange", {})
    for folder in (term.course, term.student, term.exchange):
        folder.mkdir()
    term.exchange.chmod(0o1777)  # as the README makes it, with the course's folder in it
    (term.exchange / "practical-aspects").mkdir(mode=0o755)
    shutil.copytree(ROOT / "solutions" / LESSON, term.course / "solutions" / LESSON)
    shutil.copy(ROOT / "solutions" / "course.toml", term.course / "solutions")
    for folder in ("helpers", "data"):
        shutil.copytree(ROOT / folder, term.course / folder)
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8") + EXTRA_CONFIG
    (term.course / "nbgrader_config.py").write_text(config, encoding="utf-8")
    (term.student / "nbgrader_config.py").write_text(
        STUDENT_CONFIG.format(exchange=str(term.exchange)), encoding="utf-8"
    )
    lesson = load_lesson(LESSON)
    for student in sample.CLASS:
        if student.id in STUDENTS:
            folder = term.course / "submissions" / student.id / LESSON
            folder.mkdir(parents=True)
            (folder / f"{LESSON}.ipynb").write_bytes(sample.notebook(student, lesson))
            (folder / "timestamp.txt").write_text(student.stamp, encoding="utf-8")
    (term.course / "roster.csv").write_text(sample.roster(), encoding="utf-8")
    done = base / "done.ipynb"
    done.write_bytes(sample.notebook(sample.CLASS[0], lesson))
    run(term, done)
    return term


def run(term, done):
    course = {"cwd": str(term.course), "env": environment(term.course, term.exchange)}
    student = {"cwd": str(term.student), "env": environment(term.student, term.exchange)}
    steps = [
        course | {"argv": ["db", "student", "import", "roster.csv"]},
        course | {"argv": ["generate_assignment", LESSON, "--create", "--force"]},
        course | {"argv": ["db", "assignment", "add", LESSON, "--duedate", "2026-03-03 12:00:00 UTC"]},
        course | {"argv": ["release_assignment", LESSON]},
        student | {"argv": ["fetch_assignment", LESSON]},
        {"copy": [str(done), str(term.student / COURSE / LESSON / f"{LESSON}.ipynb")]},
        student | {"argv": ["submit", LESSON]},
        student | {"argv": ["list"]},
        course | {"argv": ["collect", LESSON]},
        course | {"argv": ["autograde", LESSON]},
        course | {"argv": ["generate_feedback", LESSON]},
        course | {"argv": ["release_feedback", LESSON, "--student", PUPIL]},
        student | {"argv": ["fetch_feedback", LESSON]},
        course | {"argv": ["export", "--to", "grades/grades.csv"]},
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.nbgrader_commands"],
        input=json.dumps(steps),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    (term.course / "log.txt").write_text(ran.stderr, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr[-3000:]
    names = [step["argv"][0] for step in steps if "argv" in step]
    term.codes = dict(zip(names, json.loads(ran.stdout), strict=True))


def test_every_command_of_the_round_trip_ends_well(term):
    log = (term.course / "log.txt").read_text(encoding="utf-8")
    assert set(term.codes.values()) == {0}, log[-3000:]
    assert "| ERROR |" not in log


def test_generated_release_is_the_committed_one(term):
    name = f"{LESSON}/{LESSON}.ipynb"
    fresh = json.loads((term.course / "notebooks" / name).read_text(encoding="utf-8"))
    assert fresh["cells"] == json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    assert [path.name for path in (term.course / "notebooks" / LESSON).iterdir()] == [f"{LESSON}.ipynb"]


def test_student_fetches_and_submits_and_the_instructor_collects(term):
    assert (term.student / COURSE / LESSON / f"{LESSON}.ipynb").exists()
    assert (term.course / "submissions" / PUPIL / LESSON / "timestamp.txt").exists()


def test_reference_gets_full_marks_and_the_untouched_release_none(term):
    rows = term.rows()
    assert float(rows["amara"]["raw_score"]) == 70
    assert float(rows["bjorn"]["raw_score"]) == 0
    assert 0 < float(rows["chiara"]["raw_score"]) < 70


def test_late_work_loses_what_the_plugin_says_and_others_lose_nothing(term):
    """Handed in 7 days and 21.5 hours late: eight days begun, five percent each."""
    rows = term.rows()
    assert float(rows["maren"]["raw_score"]) == 70
    assert float(rows["maren"]["late_submission_penalty"]) == 28
    assert float(rows["maren"]["score"]) == 42
    assert float(rows["amara"]["late_submission_penalty"] or 0) == 0


def test_roster_gives_the_names(term):
    rows = term.rows()
    assert (rows["maren"]["first_name"], rows["maren"]["last_name"]) == ("Maren", "Holm")
    assert (rows["olga"]["first_name"], rows["olga"]["raw_score"]) == (
        "Ольга",
        "",
    )  # nothing of hers was graded
    assert rows["bjorn"]["last_name"] == "Åkesson"


def test_feedback_reaches_the_student_and_shows_no_hidden_check(term):
    pages = list((term.student / COURSE / LESSON / "feedback").rglob("*.html"))
    assert len(pages) == 1
    page = html.unescape(re.sub(r"<[^>]+>", "", pages[0].read_text(encoding="utf-8")))
    assert "gradient_check_n" in page
    hidden = [cell for cell in load_lesson(LESSON).checks if cell.id.endswith("_hidden")]
    asserts = {
        line.strip()
        for cell in hidden
        for line in cell.source.splitlines()
        if line.strip().startswith("assert")
    }
    assert asserts
    assert not [line for line in asserts if line in page]


def test_validate_passes_the_reference_and_fails_the_release(tmp_path):
    """The button in JupyterLab calls this; its exit status is 0 in either case, so its findings are compared."""
    answered = tmp_path / "answered.ipynb"
    answered.write_bytes(sample.notebook(sample.CLASS[0], load_lesson(LESSON)))
    released = ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb"
    code = "import json, sys\nfrom nbgrader.validator import Validator\n"
    code += "print(json.dumps([Validator().validate(path) for path in sys.argv[1:]]))"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(answered), str(released)],
        cwd=tmp_path,
        env=os.environ | environment(tmp_path, tmp_path),
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    right, untouched = json.loads(ran.stdout.splitlines()[-1])
    assert right == {}
    said = json.dumps(untouched)
    assert "write it in its cell, in place of the line with raise" in said and "Traceback" not in said


@pytest.fixture
def server(term):
    """JupyterLab's server in the course folder, as the instructor starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ip=127.0.0.1",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
    ]
    env = os.environ | environment(term.course, term.exchange)
    log = (term.course / "server.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "server", *options],
        cwd=term.course,
        env=env,
        stdout=log,
        stderr=log,
    )
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)
    log.close()


def ask(url, deadline_s=40):
    """The body of a page once the server answers."""
    until = time.monotonic() + deadline_s
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_formgrader_starts_and_lists_the_lesson_with_its_submissions(server):
    assert "formgrader" in ask(f"{server}/formgrader").lower()
    lessons = json.loads(ask(f"{server}/formgrader/api/assignments"))
    lesson = next(row for row in lessons if row["name"] == LESSON)
    assert lesson["num_submissions"] == len(STUDENTS) + 1
    assert lesson["average_score"] > 0
