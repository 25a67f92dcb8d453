"""What others may build on: the names of the package, and the commands."""

import importlib
import subprocess
import sys

import pytest

import grader
from grader import cli
from grader.errors import CourseError


def test_public_names_are_these():
    assert sorted(grader.__all__) == ["SubmissionResult", "grade_notebook"]
    assert all(hasattr(grader, name) for name in grader.__all__)


def test_commands_are_these():
    wanted = {
        "build",
        "collect",
        "demo",
        "doctor",
        "explain",
        "export",
        "extend",
        "feedback",
        "grade",
        "kit",
        "report",
    }
    wanted |= {"sample", "serve", "site", "handins", "watch", "written"}
    assert set(cli.COMMANDS) == wanted


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_has_help_and_its_module_the_two_functions(name, capsys):
    module = importlib.import_module(f"grader.{cli.COMMANDS[name][0]}")
    assert callable(module.run)
    with pytest.raises(SystemExit) as stop:
        cli.main([name, "--help"])
    assert stop.value.code == 0
    said = capsys.readouterr().out
    assert f"usage: grader {name}" in said
    assert "?." not in said


@pytest.mark.parametrize("argv", [[], ["no-such-command"], ["kit"], ["build", "--no-such-option"]])
def test_wrong_usage_is_exit_2(argv, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(argv)
    assert stop.value.code == 2
    assert "usage: grader" in capsys.readouterr().err


def test_an_error_of_ours_is_one_line_and_exit_1(monkeypatch, capsys):
    monkeypatch.setattr(
        "grader.author.build.run", lambda args, course: (_ for _ in ()).throw(CourseError("no such lesson"))
    )
    assert cli.main(["build"]) == 1
    assert capsys.readouterr().err == "grader build: no such lesson\n"


def test_help_of_the_program_imports_no_step():
    """`grader --help` answers at once: it imports neither NumPy nor nbgrader."""
    code = "import sys; from grader import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\n"
    code += "sys.exit(bool({'numpy', 'nbgrader'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL).returncode == 0
