"""What a student reads: what passed, what did not, why, and where to look; and nothing of a hidden check."""

import re
import time
from html.parser import HTMLParser

import pytest

from grader import cli
from grader.results import CheckResult, SubmissionResult
from grader.views import feedback, stories
from grader.views.byhand import ByHand
from tests import pagecase, small
from tests.here import LESSONS, load_lesson
from tests.pagecase import check, executed, result

FAILED = check(
    "double_visible",
    "failed",
    "double: … This looks like: x",
    what="double(2) is 2, expected 4",
    looks_like="x",
)
MISSED = check(
    "double_hidden", "failed", misconception="forgot-the-two", hint="Count how often x stands in the sum."
)


@pytest.fixture
def lesson(tmp_path):
    return small.course(tmp_path)


class Text(HTMLParser):
    """The words of a page, in order, with their elements' names around."""

    def __init__(self, markup):
        super().__init__()
        self.words, self.tags = [], []
        self.feed(re.sub(r"<style>.*?</style>", "", markup, flags=re.S))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def __str__(self):
        return " ".join("".join(self.words).split())


def page(lesson, verdict, hand=None, notebook=None):
    return feedback.page(lesson, verdict, hand or ByHand(), notebook or executed())


def test_a_failed_function_says_what_was_expected_what_it_looks_like_and_where_to_look(lesson):
    text = Text(page(lesson, result(FAILED, MISSED)))
    said = str(text)
    assert "double(2) is 2, expected 4" in said
    assert "This looks like" not in said  # it stands in a place of its own
    assert "Forgot the two." in said and "Count how often x stands in the sum." in said
    links = {attrs["href"] for tag, attrs in text.tags if tag == "a"}
    ids = {attrs["id"] for _, attrs in text.tags if "id" in attrs}
    assert {link[1:] for link in links} <= ids
    assert "#f-double" in links and "#cell-3" in links and "#cell-4" in links


def test_every_outcome_is_told_in_words_with_a_shape_of_its_own(lesson):
    shapes = {}
    for outcome in ("failed", "raised", "timed_out", "out_of_memory", "died", "unanswered", "not_reached"):
        text = Text(page(lesson, result(check("triple_visible", outcome), check("triple_hidden", outcome))))
        article = str(text).split("triple", 2)[2]
        word = feedback.pages.OUTCOMES[outcome][0]
        assert word in article
        shapes[outcome] = [attrs["href"] for tag, attrs in text.tags if tag == "use"]
    assert all(shapes.values())
    assert shapes["failed"] != shapes["raised"] != shapes["unanswered"]


def test_a_hidden_check_shows_neither_its_source_nor_its_inputs_nor_its_error(lesson):
    markup = page(lesson, result(FAILED, MISSED))
    assert "double(5)" not in markup and "twice five is ten" not in markup
    assert "assert double(2) == 4" in str(Text(markup))  # the visible one is the student's to read


def test_points_comments_and_penalty_given_by_a_person_are_shown(lesson):
    hand = ByHand(
        "Ada Lovelace",
        {"tiny_question": 4.0, "double_hidden": 2.0},
        {},
        {"tiny_question": "Well **put**."},
        set(),
        1.5,
    )
    said = str(Text(page(lesson, result(MISSED), hand)))
    assert "Feedback for Ada Lovelace" in said
    assert "11.5 of 15 points" in said  # 2 + 2 + 5 + 4 - 1.5
    assert "2 of 3 (set by your instructor)" in said
    assert "Well put ." in said or "Well put." in said
    assert "Handed in late: −1.5" in said


def test_a_written_answer_that_waits_is_not_counted_as_lost(lesson):
    said = str(Text(page(lesson, result(), ByHand(waiting={"tiny_question"}))))
    assert "10 of 15 points so far" in said and "not graded yet, 5 points" in said
    assert "Every check passed" in said


def test_what_was_put_right_is_listed(lesson):
    said = str(Text(page(lesson, result(restored=("the check of double had been <edited>",)))))
    assert "the check of double had been <edited>" in said and "costs no points" in said


def test_a_refusal_gives_its_reason_and_what_to_do(lesson):
    verdict = pagecase.without_verdict("refused", "tiny.ipynb is not JSON (line 3)", "bo")
    said = str(Text(feedback.page(lesson, verdict, ByHand(), None)))
    assert "Tiny.ipynb is not JSON (line 3)." in said and "hand it in again" in said and "0 of" not in said


def test_a_fault_of_ours_is_not_the_students(lesson):
    verdict = pagecase.without_verdict("fault", "room 3 died at 0x7f", "bo")
    said = str(Text(feedback.page(lesson, verdict, ByHand(), None)))
    assert "You lose no points" in said and "0x7f" not in said


def test_outputs_and_figures_of_the_notebook_are_shown(lesson):
    text = Text(page(lesson, result()))
    assert "the answer is 4" in str(text)
    assert any(tag == "img" and attrs["src"].startswith("data:image/png") for tag, attrs in text.tags)


ACTIVE = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "base",
    "audio",
    "video",
    "source",
    "link",
    "template",
}


def test_a_hostile_notebook_leaves_no_active_element_attribute_or_address(lesson):
    hostile = pagecase.hostile(executed())
    hand = ByHand("<script>alert(1)</script>", {}, {}, {"double": "\n\n".join(pagecase.MARKUP)})
    verdict = result(
        check("double_visible", "failed", pagecase.MARKUP[0], hint=pagecase.MARKUP[2]),
        restored=pagecase.MARKUP,
    )
    text = Text(page(lesson, verdict, hand, hostile))
    assert not ACTIVE & {tag for tag, _ in text.tags}
    metas = [attrs.get("http-equiv") for tag, attrs in text.tags if tag == "meta"]
    assert "refresh" not in metas and metas.count("Content-Security-Policy") == 1
    for tag, attrs in text.tags:
        assert not [name for name in attrs if name.startswith("on")], (tag, attrs)
        for name in ("src", "href", "background", "poster", "ping", "srcset"):
            address = attrs.get(name) or "#"
            assert address.startswith(("#", "data:image/")), (tag, name, address[:80])
    assert "still here" in str(text)


def test_a_page_costs_milliseconds(lesson):
    notebook = executed()
    page(lesson, result(), None, notebook)
    start = time.perf_counter()
    for _ in range(20):
        page(lesson, result(FAILED, MISSED), None, notebook)
    assert (time.perf_counter() - start) / 20 < 0.05  # measured: 1 ms


def graded(tmp_path):
    """The class as the command finds it: two students, one refused, of the tiny course's one lesson."""
    grades = pagecase.record(tmp_path, result(FAILED, MISSED), executed())
    return pagecase.record(tmp_path, pagecase.without_verdict("refused", "not JSON", "bo"), None) or grades


def command(lesson, grades, folder):
    folders = ["--grades", str(grades), "--submissions", str(folder / "submissions")]
    return ["feedback", "--course", str(lesson.root), *folders]


def test_the_command_writes_a_page_where_nbgrader_releases_it_from(tmp_path, lesson, capsys):
    grades = graded(tmp_path)
    handed = tmp_path / "submissions" / "ada" / small.NAME
    handed.mkdir(parents=True)
    (handed / "timestamp.txt").write_text("2026-01-02 03:04:05.000006 UTC\n")
    (handed / "submission_secret.txt").write_text("0af1" * 32)
    (handed / "evil.html").write_text("<script>")
    assert cli.main(command(lesson, grades, tmp_path)) == 0
    folder = grades / "feedback" / "ada" / small.NAME
    assert sorted(path.name for path in folder.iterdir()) == [
        "submission_secret.txt",
        "timestamp.txt",
        f"{small.NAME}.html",
    ]
    assert "Not JSON." in (grades / "feedback" / "bo" / small.NAME / f"{small.NAME}.html").read_text()
    assert "2 feedback pages" in capsys.readouterr().out


def test_a_companion_file_that_is_a_link_or_no_timestamp_is_left_behind(tmp_path, lesson):
    grades = graded(tmp_path)
    handed = tmp_path / "submissions" / "ada" / small.NAME
    handed.mkdir(parents=True)
    (tmp_path / "secret").write_text("0af1")
    (handed / "submission_secret.txt").symlink_to(tmp_path / "secret")
    (handed / "timestamp.txt").write_text("<script>")
    assert cli.main(command(lesson, grades, tmp_path)) == 0
    assert [path.name for path in (grades / "feedback" / "ada" / small.NAME).iterdir()] == [
        f"{small.NAME}.html"
    ]


def test_an_unknown_lesson_is_wrong_usage(capsys):
    assert cli.main(["feedback", "initialisation"]) == 2
    assert "initialization" in capsys.readouterr().err


def test_a_check_s_own_hint_is_the_hint_and_said_once(lesson):
    failed = check("double_visible", "failed", what="it is 2, expected 4.", hint="count the terms.")
    missed = check(
        "double_hidden",
        "failed",
        what="not twice.",
        returned="double returned a list of 2.",
        hint="try zero.",
    )
    (story, _) = stories.stories(lesson, result(failed, missed), ByHand())
    told = ["It is 2, expected 4.", "Not twice."]  # what came back would tell too much
    assert [one.message for one in story.checks] == told
    assert story.hint == "Count the terms."


def test_a_recognised_misconception_is_said_once_apart_from_its_hint(lesson):
    known = {"misconception": "forgot-two", "looks_like": "the two is forgotten", "hint": "Look closely."}
    failed = check("double_visible", "failed", what="it is 2.", hint="count the terms.")
    missed = check("double_hidden", "failed", what="not twice.", **known)
    (story, _) = stories.stories(lesson, result(failed, missed), ByHand())
    assert (story.looks_like, story.hint) == ("The two is forgotten.", "Look closely.")


def test_a_record_of_before_is_still_shown(lesson):
    old = {"id": "double_visible", "function": "double", "points": 0.0, "max_points": 2.0}
    old |= {"outcome": "failed", "message": "double: 3.", "misconception": "one-off", "hint": "Count."}
    record = result().to_json() | {"checks": [old]}
    (story, _) = stories.stories(lesson, SubmissionResult.from_json(record), ByHand())
    assert (story.checks[0].message, story.looks_like, story.hint) == ("double: 3.", "One off.", "Count.")


@pytest.mark.parametrize("name", LESSONS)
def test_no_line_of_a_real_hidden_check_reaches_a_page(name):
    lesson = load_lesson(name)
    checks = tuple(
        CheckResult(one.id, one.function or "", 0.0, one.points, "failed", "wrong") for one in lesson.checks
    )
    verdict = SubmissionResult(name, "graded", None, 0.0, 1.0, "", (), checks, "ada")
    pairs = zip(lesson.cells, lesson.solution["cells"], lesson.release["cells"], strict=True)
    graded = [ours if cell.role == "check" else theirs for cell, ours, theirs in pairs]
    said = str(Text(feedback.page(lesson, verdict, ByHand(), {"cells": graded})))
    public = " ".join(" ".join(cell.release.split()) for cell in lesson.cells)
    lines = [" ".join(line.split()) for one in lesson.checks for line in one.source.splitlines()]
    secret = [line for line in lines if len(line) > 12 and line not in public]
    assert len(secret) > 20
    assert [line for line in secret if line in said] == []


def test_what_a_student_added_is_marked_so_that_it_cannot_pose_as_ours(lesson):
    notebook = executed()
    small.insert(notebook, "double", "**Score: 10 / 10**", kind="markdown")
    small.insert(notebook, "double", "print('mine')", identity="mine")
    said = str(Text(page(lesson, result(), None, notebook)))
    assert "Your own codeprint('mine') Your own textScore: 10 / 10" in said
    assert said.count("Your own") == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"what": "the sum is 3, expected 4."}, "The sum is 3, expected 4."),
        ({"place": "mu", "what": "has shape (2,)."}, "mu has shape (2,)."),
        ({"what": "dW1 is not the slope."}, "dW1 is not the slope."),
        ({"what": "double is not defined."}, "double is not defined."),
    ],
)
def test_a_fact_begins_with_a_capital_unless_it_begins_with_a_name(lesson, fields, told):
    (story, _) = stories.stories(lesson, result(check("double_visible", "failed", **fields)), ByHand())
    assert story.checks[0].message == told
