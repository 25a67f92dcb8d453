"""What a user can cause is answered by a sentence and an exit status, never by a traceback, and nothing is lost."""

import errno
import json
import os
from pathlib import Path

import pytest

from grader import cli, files
from tests import pagecase, small

DATABASES = {
    "no address": "nonsense",
    "an address without a driver": "nosuchdatabase://host/name",
    "a port that is no number": "postgresql+psycopg://host:port/name",
    "a server that is not there": "postgresql+psycopg://127.0.0.1:9/name",
    "a file that is no database": "sqlite:///{folder}/text.db",
    "a database without a gradebook": "sqlite:///{folder}/empty.db",
    "a folder": "sqlite:///{folder}",
}
COMMANDS = {
    "feedback": ["feedback"],
    "report": ["report"],
    "explain": ["explain", "ada", small.NAME],
    "export": ["export", "csv", "--to", "{folder}/out.csv"],
}


@pytest.fixture
def term(tmp_path):
    """A course with one graded submission."""
    small.course(tmp_path)
    pagecase.record(tmp_path, pagecase.result(student="ada"), pagecase.executed())
    (tmp_path / "text.db").write_text("this is no database, though it is a file of some length " * 20)
    (tmp_path / "empty.db").touch()
    return tmp_path


def run(term, *command, **more):
    return cli.main([part.format(folder=term) for part in command] + ["--course", str(term)])


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_gradebook_that_cannot_be_used_is_said_in_a_sentence(term, capsys, command, database):
    if command == "export" and database == "a database without a gradebook":
        pytest.skip("nbgrader makes a gradebook there")
    before = state(term / "grades")
    status = run(term, *COMMANDS[command], "--db", DATABASES[database])
    said = capsys.readouterr().err
    assert status in (1, 2) and said.startswith(f"grader {command}: ") and "gradebook" in said
    assert said.count("\n") == 1
    assert state(term / "grades") == before


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page.html")


@pytest.mark.parametrize("command", ["feedback", "report"])
def test_a_full_disk_is_said_in_a_sentence(term, capsys, monkeypatch, command):
    before = state(term / "grades")
    monkeypatch.setattr(files.os, "replace", full)
    assert run(term, command) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert state(term / "grades") == before


def test_a_folder_that_cannot_be_listed_is_said_in_a_sentence(term, capsys, monkeypatch):
    monkeypatch.setattr(Path, "glob", full)
    assert run(term, "feedback") == 1
    assert capsys.readouterr().err.startswith("grader feedback: page.html: No space left on device")


@pytest.mark.parametrize("command", ["grade", "feedback", "report"])
def test_a_folder_of_grades_that_cannot_be_written_is_said_in_a_sentence(term, capsys, command):
    (term / "submissions").mkdir(exist_ok=True)
    for name in (
        "feedback",
        "report.html",
        ".lock",
    ):  # as root may write anywhere, something else is in the way
        path = term / "grades" / name
        path.unlink(missing_ok=True)
        path.mkdir() if name != "feedback" else path.write_text("")
    before = state(term / "grades")
    assert run(term, command) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"grader {command}: ") and "cannot be written" in said and said.count("\n") == 1
    assert state(term / "grades") == before


def test_a_notebook_that_was_damaged_on_the_disk_costs_only_its_own_place(term, capsys):
    pagecase.record(term, pagecase.result(student="bo"), pagecase.executed())
    damaged = term / "grades" / "autograded" / "ada" / small.NAME / f"{small.NAME}.ipynb"
    damaged.write_text(json.dumps(pagecase.executed())[:200])
    assert run(term, "feedback") == 0
    assert "ada, tiny: " in capsys.readouterr().err
    pages = {path.parent.parent.name: path.read_text() for path in term.glob("grades/feedback/*/*/*.html")}
    assert pages.keys() == {"ada", "bo"} and "the answer is 4" in pages["bo"]
