"""`grader explain` answers "why did I lose this?" for the instructor, hidden checks included."""

import json

import pytest

from grader import cli
from grader.errors import CourseError
from grader.records.grades import Grades
from grader.views import explain, stories
from grader.views.byhand import ByHand
from tests import pagecase, small
from tests.pagecase import check, executed, result

MISSED = check(
    "double_hidden",
    "failed",
    "a value is wrong; float64, shape ()",
    misconception="forgot-the-two",
    hint="Count.",
)


@pytest.fixture
def lesson(tmp_path):
    return small.course(tmp_path)


@pytest.fixture
def command(tmp_path, lesson):
    """Runs `grader explain` on the tiny lesson with these arguments."""
    folders = ["--course", str(lesson.root), "--grades", str(tmp_path / "grades")]
    return lambda *args: cli.main(["explain", *args, *folders])


def told(lesson, verdict, hand=None, only=None):
    sources = {"double": "def double(x):\n    return x\n"}
    return "\n".join(explain.explain(lesson, verdict, hand or ByHand(), sources, only))


def test_it_tells_points_outcome_misconception_answer_and_what_to_say(lesson):
    text = told(lesson, result(MISSED))
    assert "ada, tiny: 7 of 10 automatic points" in text
    assert "double: 2 of 5 points, part of the points" in text
    assert "hidden check  0/3  did not pass" in text and "A value is wrong" in text
    assert "Misconception (forgot-the-two): Forgot the two." in text
    assert "      def double(x):\n          return x" in text
    assert "Your answer behaves like this: Forgot the two. Hint: Count." in text
    assert "Full points: triple" in text


def test_the_instructor_sees_the_hidden_check_that_failed_and_what_to_say_does_not_hold_it(lesson):
    text = told(lesson, result(MISSED))
    assert "yours alone" in text and "assert double(5) == 10" in text
    story = stories.stories(lesson, result(MISSED), ByHand())[0]
    assert "double(5)" not in stories.to_say(story)


def test_one_function_can_be_asked_for_even_if_nothing_was_lost(lesson):
    text = told(lesson, result(MISSED), only="triple")
    assert "triple: 5 of 5 points, full points" in text and "double:" not in text


def test_what_a_person_gave_is_told(lesson):
    text = told(lesson, result(), ByHand("Ada L", {"tiny_question": 3.5}, {}, {"tiny_question": "Almost."}))
    assert "Ada L (ada)" in text and "3.5 of 5 points by hand" in text and "Comment: Almost." in text


def test_a_refusal_is_explained_by_its_reason(lesson):
    text = told(lesson, pagecase.without_verdict("refused", "not a notebook", "bo"))
    assert "refused" in text and "not a notebook" in text


def test_a_terminal_is_not_steered_by_what_a_student_wrote(lesson):
    evil = check("double_visible", "raised", "\x1b[2J\x1b]0;owned\x07boom")
    text = told(lesson, result(evil, restored=("\x1b[31mred",)))
    assert "\x1b" not in text and "Boom" in text


def test_the_command_reads_result_and_answer_from_the_grades(command, tmp_path, capsys):
    pagecase.record(tmp_path, result(MISSED), executed(double="def double(x):\n    return 41\n"))
    assert command("ada", "tiny", "double") == 0
    assert "return 41" in capsys.readouterr().out


def test_what_was_not_graded_is_named_with_the_next_step(command, capsys):
    assert command("eve", "tiny") == 1
    assert "run 'grader grade tiny'" in capsys.readouterr().err


def test_an_unknown_function_is_named_beside_those_that_exist(command, tmp_path, capsys):
    pagecase.record(tmp_path, result())
    assert command("ada", "tiny", "quadruple") == 1
    assert "double, triple" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["{", '{"student": "ada"}', json.dumps([1])])
def test_a_damaged_record_is_named_with_the_next_step(tmp_path, damage):
    folder = tmp_path / "results" / "ada"
    folder.mkdir(parents=True)
    (folder / "tiny.json").write_text(damage)
    with pytest.raises(CourseError, match="damaged.*--force"):
        Grades(tmp_path).read("ada", "tiny")


@pytest.mark.parametrize(
    "points, shown", [(5.0, "5"), (2.5, "2.5"), (10 / 3, "3.33"), (0.0, "0"), (100.0, "100")]
)
def test_points_are_written_without_needless_decimals(points, shown):
    assert stories.number(points) == shown
