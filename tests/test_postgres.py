"""The gradebook on a real PostgreSQL server: same rows, same resume, and a server that dies in the middle."""

import subprocess
import sys
import time

import pytest
from nbgrader.api import Gradebook

from grader import cli
from grader.author.sample import write_class
from grader.records.grades import Grades
from tests import postgres
from tests.here import COURSE

pytestmark = [pytest.mark.database, pytest.mark.sandbox]
LESSON = "gradient_checking"


@pytest.fixture(scope="module")
def server():
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL's server is not installed")
    with postgres.server() as running:
        yield running


@pytest.fixture(scope="module")
def submissions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "submissions"
    write_class(COURSE, folder, 8, (LESSON,))
    return folder


def command(submissions, grades, url):
    return [
        "grade",
        LESSON,
        "--submissions",
        str(submissions),
        "--grades",
        str(grades),
        "--db",
        url,
        "--jobs",
        "2",
    ]


def rows(url):
    """What the gradebook says of everybody, without the random ids of its rows."""
    with Gradebook(url) as gradebook:
        submitted = gradebook.submission_dicts(LESSON)
        cells = [
            (
                grade.notebook.student.id,
                grade.name,
                grade.auto_score,
                grade.manual_score,
                grade.needs_manual_grade,
            )
            for submission in gradebook.assignment_submissions(LESSON)
            for grade in submission.notebooks[0].grades
        ]
    return sorted((row["student"], row["score"], row["max_score"]) for row in submitted), sorted(
        cells, key=str
    )


@pytest.fixture(scope="module")
def in_sqlite(submissions, tmp_path_factory):
    grades = tmp_path_factory.mktemp("sqlite")
    url = f"sqlite:///{grades}/gradebook.db"
    assert cli.main(command(submissions, grades, url)) == 0
    return rows(url)


def test_the_same_rows_as_in_sqlite(server, submissions, in_sqlite, tmp_path):
    url = server.new_database()
    assert cli.main(command(submissions, tmp_path, url)) == 0
    assert rows(url) == in_sqlite
    assert cli.main(command(submissions, tmp_path, url)) == 0
    assert rows(url) == in_sqlite


def test_manual_points_survive_a_regrade(server, submissions, tmp_path):
    url = server.new_database()
    assert cli.main(command(submissions, tmp_path, url)) == 0
    with Gradebook(url) as gradebook:
        written = gradebook.find_grade(f"{LESSON}_question", LESSON, LESSON, "amara")
        written.manual_score, written.needs_manual_grade = 4.5, False
        gradebook.find_comment(f"{LESSON}_question", LESSON, LESSON, "amara").manual_comment = "well said"
        gradebook.db.commit()
    before = rows(url)
    for result in tmp_path.glob("results/*/*.json"):
        result.unlink()  # so that all are graded again
    assert cli.main(command(submissions, tmp_path, url)) == 0
    assert rows(url) == before
    with Gradebook(url) as gradebook:
        assert gradebook.find_comment(f"{LESSON}_question", LESSON, LESSON, "amara").comment == "well said"


def grader_process(submissions, grades, url):
    return subprocess.Popen(
        [sys.executable, "-m", "grader", *command(submissions, grades, url)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def first_result(grades, process):
    while process.poll() is None and not list(Grades(grades).results()):
        time.sleep(0.01)


@pytest.mark.parametrize("moment", ["at once", "after the first verdict"])
def test_a_grader_killed_and_run_again_loses_and_doubles_nothing(
    moment, server, submissions, in_sqlite, tmp_path
):
    url = server.new_database()
    process = grader_process(submissions, tmp_path, url)
    if moment == "at once":
        time.sleep(2.5)
    else:
        first_result(tmp_path, process)
    process.kill()
    process.communicate()
    assert cli.main(command(submissions, tmp_path, url)) == 0
    assert rows(url) == in_sqlite


def test_a_server_that_crashes_is_one_clear_line_and_the_next_run_goes_on(
    server, submissions, in_sqlite, tmp_path
):
    url = server.new_database()
    process = grader_process(submissions, tmp_path, url)
    first_result(tmp_path, process)
    server.restart("immediate")
    output, _ = process.communicate(timeout=120)
    assert process.returncode in (0, 1), output  # 0 if the last verdict had been written before the crash
    assert "Traceback" not in output
    assert cli.main(command(submissions, tmp_path, url)) == 0
    assert rows(url) == in_sqlite


def test_exports_read_it_too(server, submissions, tmp_path):
    url = server.new_database()
    assert cli.main(command(submissions, tmp_path, url)) == 0
    assert cli.main(["export", "csv", "--db", url, "--to", str(tmp_path / "out.csv")]) == 0
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1 + 8
