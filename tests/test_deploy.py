"""What the deployment pages tell people to type exists, and the container installs what CI installs."""

import re

import pytest

from grader import cli
from tests import faults
from tests.here import ROOT

PAGES = [ROOT / "README.md", ROOT / "deploy" / "README.md"]
COMMANDS = sorted(
    {
        match.strip()
        for page in PAGES
        for match in re.findall(
            r"(?:^|`)(grader [a-z]+[^`\n]*)", page.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_on_the_pages_has_the_options_it_is_shown_with(command, capsys):
    words = command.split()
    with pytest.raises(SystemExit, match="^0$"):
        cli.main([words[1], "--help"])
    shown = capsys.readouterr().out
    for option in (word for word in words if word.startswith("--")):
        assert option in shown, f"{command}: no option {option}"


def test_the_pages_show_commands():
    assert len(COMMANDS) >= 8


def test_the_table_of_faults_is_that_of_the_tests():
    page = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    assert f"<!-- faults:begin -->\n{faults.table()}\n<!-- faults:end -->" in page


@pytest.mark.parametrize("fault", faults.FAULTS, ids=lambda fault: fault.test)
def test_a_row_of_the_table_of_faults_names_a_test_that_there_is(fault):
    text = (ROOT / "tests" / f"test_{fault.file}.py").read_text(encoding="utf-8")
    assert f"\ndef {fault.test}(" in text


def test_the_container_installs_no_other_packages_than_ci():
    container = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    installed = set(re.search(r"--no-install-recommends ([a-z0-9 -]+) ", container)[1].split())
    assert installed - {"python3"} <= set(re.search(r"packages=\(([^)]*)\)", ci)[1].split())
    assert "make setup" in container


def test_the_container_gets_neither_grades_nor_submissions():
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert {"grades", "submissions", ".git", ".venv"} <= set(ignored)
