"""One installed grader, several courses: each is a folder, and nothing of one reaches another."""

import shutil
import subprocess
import sys
import threading

import pytest

from grader import cli, exercises
from grader.author import build, papers, sample
from grader.course import SETTINGS, Course, find_course
from grader.errors import CourseError
from grader.grading import keys
from grader.grading.grade import grading
from grader.rooms import exercise
from grader.version import ENGINE
from tests import small, tiny
from tests.here import COURSE, ROOT
from tests.roomcase import answer, given, hidden, visible, write

ADD = given("import testCases")


def factory(root, factor):
    """A course whose one lesson asks for a number times `factor`, which its own testCases knows."""
    (root / "helpers").mkdir(parents=True)
    (root / "helpers" / "testCases.py").write_text(f"FACTOR = {factor}\n")
    check = "import testCases\nassert scaled(2) == 2 * testCases.FACTOR, f'the factor is {testCases.FACTOR}'"
    cells = ADD, answer("scaled", f"def scaled(x):\n    return {factor} * x"), visible("scaled", check)
    write(root, "scaling", *cells, hidden("scaled", check))
    (root / SETTINGS).write_text('[[lesson]]\nname = "scaling"\n')
    return Course.load(root)


@pytest.fixture
def two(tmp_path):
    for folder in (tmp_path, *tmp_path.parents):  # a room of root's runs as a stranger
        if folder.stat().st_uid == 0:
            folder.chmod(folder.stat().st_mode | 0o055)
    return factory(tmp_path / "three", 3), factory(tmp_path / "five", 5)


def perfect(course):
    lesson = course.lesson("scaling")
    return sample.notebook(sample.Student("", "", "", "", papers.perfect), lesson)


def points(course, notebook):
    with grading(course) as grade:
        result = grade("scaling", notebook)
    return result.score, [check.message for check in result.checks if not check.id.endswith("_hidden")]


@pytest.mark.sandbox
def test_two_courses_are_graded_one_after_the_other_and_at_once(two):
    wanted = {
        (0, 0): (2.0, [""]),
        (0, 1): (0.0, ["the factor is 3"]),
        (1, 0): (0.0, ["the factor is 5"]),
        (1, 1): (2.0, [""]),
    }
    found = {(i, j): points(two[i], perfect(two[j])) for i, j in wanted}
    assert found == wanted
    at_once = {}
    with grading(two[0]) as first, grading(two[1]) as second:

        def one(i, j):
            result = (first, second)[i]("scaling", perfect(two[j]))
            at_once[i, j] = result.score

        threads = [threading.Thread(target=one, args=place) for place in wanted]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert at_once == {place: score for place, (score, _) in wanted.items()}


def test_keys_cover_the_grader_wherever_the_course_lies(two, monkeypatch, tmp_path):
    before = keys.judged_by(two[0].lesson("scaling"))
    assert before != keys.judged_by(two[1].lesson("scaling"))
    for part in ("rooms/*.py", "submission/*.py", "sandbox/*.py", "changes.py"):
        shutil.rmtree(tmp_path / "engine", ignore_errors=True)
        shutil.copytree(ENGINE, tmp_path / "engine", ignore=shutil.ignore_patterns("__pycache__"))
        changed = sorted((tmp_path / "engine").glob(part))[-1]
        changed.write_text(changed.read_text() + "# changed\n")
        monkeypatch.setattr(keys, "ENGINE", tmp_path / "engine")
        keys._engine.cache_clear()
        assert keys.judged_by(Course.load(two[0].root).lesson("scaling")) != before, part
    keys._engine.cache_clear()


@pytest.mark.parametrize("kept", ["exercises/double.py", "../../helpers/testCases.py"])
def test_keys_cover_the_files_of_the_course(kept, tmp_path):
    made = tiny.write_course(tmp_path)
    small.course(tmp_path)  # a lesson with notebooks, called tiny too
    before = keys.judged_by(made.lesson("tiny"))
    path = made.text("tiny").parent / kept
    path.write_text(path.read_text() + "# changed\n")
    assert keys.judged_by(Course.load(tmp_path).lesson("tiny")) != before


def test_the_course_is_the_one_named_else_the_one_around_else_the_one_of_the_grader(
    two, monkeypatch, tmp_path
):
    assert find_course(two[0].root).root == two[0].root
    monkeypatch.chdir(two[1].root / "helpers")
    assert find_course().root == two[1].root
    monkeypatch.setenv("GRADER_COURSE", str(two[0].root))
    assert find_course().root == two[0].root
    monkeypatch.delenv("GRADER_COURSE")
    monkeypatch.chdir("/")
    assert find_course().root == ROOT


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (None, "is no course"),
        ("[[lesson]", "TOMLDecodeError"),
        ("title = 1", "KeyError"),
        ("\xe9", "Unicode"),
    ],
)
def test_a_folder_that_is_no_course_is_one_line(settings, said, tmp_path, capsys):
    (tmp_path / "solutions").mkdir()
    if settings is not None:
        (tmp_path / SETTINGS).write_bytes(settings.encode("latin-1"))
    assert cli.main(["report", "--course", str(tmp_path)]) == 1
    assert said in capsys.readouterr().err


def test_no_module_of_the_grader_names_a_lesson_or_imports_a_helper():
    words = [*COURSE.lessons, *(f"import {path.stem}" for path in (ROOT / "helpers").glob("*.py"))]
    for path in ENGINE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        allowed = (
            {"import testCases"} if path.name in ("recognise.py", "fingerprints.py", "rules.py") else set()
        )
        found = [word for word in words if word in text and word not in allowed]
        assert not found, f"{path.name}: {found}"


TOLD = """ANSWER = "def double(x):\\n    return x + x"
wrong("halved", ("x + x", "x / 2"), looks_like="the number is halved", hint="Half of 2 is 1. What is twice 2?")
"""
BROKEN_EXERCISES = {
    "no file": ("", "there is no such file"),
    "no visible": (tiny.EXERCISE.replace("def visible", "def shown"), "defines no visible(implementation)"),
    "no fresh": (tiny.EXERCISE.replace("def fresh", "def new"), "defines no fresh(implementation)"),
    "too few wrong": (tiny.EXERCISE.replace("@wrong", "# @wrong", 1), "exercises/double.py:"),
    "one wrong": (tiny.EXERCISE.partition("@wrong(\"tripled\"")[0] + tiny.EXERCISE[tiny.EXERCISE.index("right(") :],
                  "1 wrong answers; checks are trusted from 2 on"),
    "no right": (tiny.EXERCISE.partition("right(")[0], "0 right answers; checks are trusted from 1 on"),
    "not Python": ("def visible(:\n", "double.py:1: "),
    "raw draws": ("import numpy as np\n" + tiny.EXERCISE.replace("return implementation(2)",
                  "return implementation(np.random.rand())"), "two seeds give two fingerprints"),
    "too long": (tiny.EXERCISE.replace("return implementation(2)", "return [implementation(n) for n in range(99)]"),
                 "at most 50 may be sent"),
    "nothing to change": (tiny.EXERCISE + TOLD.partition("\n")[2], "'halved' has nothing to change; write ANSWER"),
    "another text": (tiny.EXERCISE + TOLD.replace("return x + x", "return 2 * x"),
                     "'halved' changes 'x + x', which ANSWER does not hold"),
    "no pair": (tiny.EXERCISE + TOLD.replace('("x + x", "x / 2")', '"x / 2"'), "a change is a pair of texts"),
    "no Python": (tiny.EXERCISE + TOLD.replace(" / 2", " / "), "'halved' is not Python after its changes"),
    "no function": (tiny.EXERCISE + TOLD.replace("x / 2\"", "x\\ny = 1\""), "does not end with a function"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_EXERCISES)
def test_a_forgotten_piece_of_an_exercise_is_an_error_that_says_what_and_where(name, tmp_path):
    text, said = BROKEN_EXERCISES[name]
    made = tiny.write_course(tmp_path, exercise=text)
    if not text:
        made.exercise("tiny", "double").unlink()
    with pytest.raises(CourseError, match="double.py") as caught:
        build.build(made, "tiny")
    assert said in str(caught.value)
    assert not made.release("tiny").exists()


def test_a_wrong_answer_told_by_changes_is_one_like_the_others(tmp_path):
    text = (
        tiny.EXERCISE.replace("def visible", "from testCases import check as double\n\n\ndef visible", 1)
        + TOLD
    )
    made = tiny.write_course(tmp_path, exercise=text)
    (code,) = exercises.for_rooms(made, "tiny", ("double",)).values()
    own = exercise.load("double", code, None)
    known = own.wrong[-1]
    assert (known.name, known.implementation(3), known.looks_like) == ("halved", 1.5, "the number is halved")
    assert known.source == "def double(x):\n    return x / 2" and own.right == []
    assert own.visible(known.implementation) == 1  # what the file imports under the function's name stays
    assert sys.modules[own.visible.__module__].double.__name__ == "check"


@pytest.mark.sandbox
def test_a_lesson_that_does_not_pass_in_the_rooms_is_refused(tmp_path):
    """In a notebook its check finds what the notebook holds; in the checker room no line of a student's runs."""
    here = "assert 'double' in double.__code__.co_name, 'double is a function of this notebook'"
    made = tiny.write_course(
        tmp_path, tiny.TEXT.replace('assert np.isfinite(double(1)), "double(1) is a number"', here)
    )
    with pytest.raises(CourseError, match="in the rooms our own solution does not pass"):
        build.build(made, "tiny")


@pytest.mark.sandbox
def test_a_small_lesson_is_added_and_taken_away_by_its_folder_and_a_line(tmp_path):
    """What CONTRIBUTING.md says of a lesson, done to a copy of this course."""
    for part in ("solutions", "notebooks", "helpers", "data"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "environment.yml", "LICENSE", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    settings = (tmp_path / SETTINGS).read_text()
    added = tiny.write_course(tmp_path / "elsewhere")
    shutil.copytree(added.text("tiny").parent, tmp_path / "solutions" / "tiny")
    (tmp_path / SETTINGS).write_text(
        settings.replace("[limits]", '[[lesson]]\nname = "tiny"\n\n[limits]').replace(
            "wrong = 8\nright = 7", "wrong = 2\nright = 1"
        )
    )
    before = {path: path.read_bytes() for path in (tmp_path / "notebooks").rglob("*.ipynb")}
    command = [sys.executable, "-m", "grader"]
    run = subprocess.run([*command, "build", "tiny"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    course = Course.load(tmp_path)
    assert course.lessons == (*COURSE.lessons, "tiny")
    assert sample.write_class(course, tmp_path / "submissions", 2, ("tiny",)) == 2
    with grading(course) as grade:
        scores = [
            grade("tiny", path.read_bytes()).score
            for path in sorted(tmp_path.glob("submissions/*/*/*.ipynb"))
        ]
    assert scores == [5.0, 0.0]
    assert cli.main(["kit", str(tmp_path / "kit"), "--course", str(tmp_path)]) == 0
    assert (tmp_path / "kit" / "notebooks" / "tiny" / "tiny.ipynb").is_file()
    assert "tiny.ipynb`: 1 function, " in (tmp_path / "kit" / "README.md").read_text()
    again = subprocess.run([*command, "build", "tiny"], cwd=tmp_path, capture_output=True, text=True)
    assert "tiny: nothing has changed" in again.stdout
    shutil.rmtree(tmp_path / "solutions" / "tiny")
    shutil.rmtree(tmp_path / "notebooks" / "tiny")
    (tmp_path / SETTINGS).write_text(settings)
    assert Course.load(tmp_path).lessons == COURSE.lessons
    assert {path: path.read_bytes() for path in (tmp_path / "notebooks").rglob("*.ipynb")} == before
