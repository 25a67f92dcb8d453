"""The exchange is set up so that no account can take the course's place in it, and the doctor says where it is not."""

import os
import re

import pytest

from grader import cli
from grader.sandbox import doctor, exchange
from tests.here import ROOT

ANOTHER = 12345  # an account


@pytest.fixture
def shared(tmp_path):
    (tmp_path / "course").mkdir(mode=0o755)
    tmp_path.chmod(0o1777)
    return tmp_path


def test_an_exchange_as_the_readme_makes_it_is_safe(shared):
    assert exchange.faults(shared, "course") == []


def test_the_readme_and_the_configuration_speak_of_the_same_folder():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    place, course = exchange.settings(ROOT)
    assert f"chmod 1777 {place}" in text and f"-m 755 {place}/{course}" in text
    assert not re.search(r"chmod 0?777", text)


def test_a_folder_from_which_anybody_may_rename_is_found(shared):
    shared.chmod(0o777)
    (fault,) = exchange.faults(shared, "course")
    assert "rename" in fault and f"chmod 1777 {shared}" in fault


def test_a_course_s_folder_that_anybody_could_make_first_is_found(shared):
    (shared / "course").rmdir()
    (fault,) = exchange.faults(shared, "course")
    assert f"{shared}/course" in fault and "install -d" in fault


def test_a_course_s_folder_that_anybody_may_write_to_is_found(shared):
    (shared / "course").chmod(0o777)
    (fault,) = exchange.faults(shared, "course")
    assert "chmod 755" in fault


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder to another account")
def test_a_course_s_folder_of_another_account_is_found(shared):
    os.chown(shared / "course", ANOTHER, ANOTHER)
    (fault,) = exchange.faults(shared, "course")
    assert "not of this account" in fault


def test_a_link_in_the_course_s_place_is_found(shared, tmp_path_factory):
    (shared / "course").rmdir()
    (shared / "course").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    assert len(exchange.faults(shared, "course")) == 1


def test_a_machine_without_an_exchange_has_nothing_to_mend(tmp_path):
    assert exchange.faults(tmp_path / "none", "course") == []
    assert exchange.settings(tmp_path) is None


@pytest.mark.sandbox
def test_the_doctor_names_an_exchange_that_is_not_safe(shared, monkeypatch, capsys):
    shared.chmod(0o777)
    monkeypatch.setattr(doctor, "PROBES", ())
    monkeypatch.setenv("COURSE_EXCHANGE", str(shared))
    assert cli.main(["doctor", "--course", str(ROOT)]) == 1
    assert f"chmod 1777 {shared}" in capsys.readouterr().out
