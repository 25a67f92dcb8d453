"""`grader watch`: what arrives is graded and its feedback given back, in submissions/ and through nbgrader's exchange."""

import json
import os
import shutil

import pytest

from grader import cli
from grader.service import watch
from tests import serving
from tests.here import ROOT
from tests.serving import answered

pytestmark = pytest.mark.sandbox


@pytest.fixture
def made(tmp_path, monkeypatch):
    course = serving.small_course(tmp_path / "course")
    shutil.copy(ROOT / "nbgrader_config.py", course.root)
    monkeypatch.setenv("COURSE_EXCHANGE", str(tmp_path / "exchange"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "exchange").mkdir(mode=0o777)
    (tmp_path / "exchange").chmod(0o777)
    return course


def put(folder, content, stamp="2030-01-02 03:04:05.000000 UTC"):
    folder.mkdir(parents=True)
    (folder / "numbers.ipynb").write_bytes(content)
    (folder / "timestamp.txt").write_text(stamp)


def test_what_arrives_is_graded_once_and_a_new_file_again(made, capfd):
    put(made.submissions / "ada" / "numbers", answered(made))
    seen = {}
    assert watch.look(made, "numbers", seen, exchange=False)
    assert not watch.look(made, "numbers", seen, exchange=False)
    assert made.grades.joinpath("feedback", "ada", "numbers", "numbers.html").is_file()
    (made.submissions / "ada" / "numbers" / "numbers.ipynb").write_bytes(
        answered(made, "def double(x):\n    return 0")
    )
    put(made.submissions / "bo" / "numbers", b"nothing")
    assert watch.look(made, "numbers", seen, exchange=False)
    scores = {
        path.parent.name: json.loads(path.read_text())["score"]
        for path in made.grades.glob("results/*/*.json")
    }
    assert scores == {"ada": 0, "bo": 0} and "numbers: ada, bo" in capfd.readouterr().out


def test_a_hand_in_in_the_exchange_comes_back_as_feedback(made, tmp_path, capfd):
    inbound = tmp_path / "exchange" / "practical-aspects" / "inbound"
    place = inbound / "ada+numbers+2030-01-02 03:04:05.000000 UTC+abc"
    put(place, answered(made))
    (place / "submission_secret.txt").write_text("abcdef0123")
    (tmp_path / "exchange" / "practical-aspects" / "feedback").mkdir(mode=0o777)
    for folder, _, _ in os.walk(tmp_path / "exchange"):
        os.chmod(folder, 0o777)
    assert cli.main(["watch", "--course", str(made.root), "--exchange", "--times", "1"]) == 0
    said = capfd.readouterr()
    assert json.loads((made.grades / "results" / "ada" / "numbers.json").read_text())["score"] == 2, said
    released = list((tmp_path / "exchange" / "practical-aspects" / "feedback").glob("*.html"))
    assert len(released) == 1 and "Every check passed" in released[0].read_text(), said


def test_a_round_that_fails_is_said_and_tried_again(made, capfd):
    put(made.submissions / "ada" / "numbers", answered(made))
    (made.release("numbers")).write_text("{}")
    assert cli.main(["watch", "--course", str(made.root), "--every", "0.1", "--times", "2"]) == 0
    assert capfd.readouterr().err.count("tried again") == 2
