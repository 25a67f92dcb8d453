"""The instructor's report: its figures recomputed by hand, its page self-contained and usable for 10,000."""

import random
import re
import time

import pytest

from grader import cli
from grader.views import pages, report
from grader.views.byhand import ByHand
from tests import pagecase, small
from tests.pagecase import check, result


def a_class(n, seed=0):
    """n students of growing ability; whether triple_hidden passes is a coin's doing."""
    coin = random.Random(seed)
    verdicts = []
    for number in range(n):
        ability = number / n
        wrong = [
            check(identity, "failed", misconception="forgot-the-two" if identity == "double_hidden" else None)
            for identity in ("double_visible", "double_hidden", "triple_visible")
            if coin.random() > ability
        ]
        wrong += [check("triple_hidden", "failed")] if coin.random() < 0.5 else []
        verdicts.append(result(*wrong, student=f"s{number:05d}"))
    return verdicts


def test_scores_are_counted_in_tenths_with_their_median():
    none = [check(identity, "failed") for identity in pagecase.MAXIMA]
    verdicts = [
        result(student="a"),
        result(check("double_hidden", "failed"), student="b"),
        result(*none, student="c"),
    ]
    (line,) = report.scores(verdicts)
    assert line.bins == (1, 0, 0, 0, 0, 0, 0, 1, 0, 1)
    assert line.quartiles[1] == 7.0 and line.n == 3 and line.mean == pytest.approx(17 / 3)


def test_a_pass_rate_is_that_of_its_check():
    verdicts = [result(student="a"), result(check("double_hidden", "raised"), student="b")]
    rates = {line.id: line.rate for line in report.checks(verdicts)}
    assert rates == {"double_visible": 1.0, "double_hidden": 0.5, "triple_visible": 1.0, "triple_hidden": 1.0}


def test_a_check_that_a_coin_decides_is_called_weak_and_one_that_ability_decides_is_not():
    weak = {line.id: line.weak for line in report.checks(a_class(300))}
    assert weak == {
        "double_visible": False,
        "double_hidden": False,
        "triple_visible": False,
        "triple_hidden": True,
    }


def test_a_small_class_says_nothing_about_a_check():
    assert {line.discrimination for line in report.checks(a_class(report.ENOUGH - 1))} == {None}


def test_the_correlation_is_the_textbooks():
    # scores 1, 2, 3, 4, failed, failed, passed, passed: (3.5 - 1.5) / sd * sqrt(.5 * .5), sd = sqrt(1.25)
    assert report.correlation([False, False, True, True], [1, 2, 3, 4]) == pytest.approx(2 / 1.25**0.5 * 0.5)
    assert report.correlation([True, True], [1, 2]) is None


def test_a_misconception_counts_a_student_once_and_all_points_it_cost():
    twice = [
        check(identity, "failed", misconception="forgot-the-two")
        for identity in ("double_visible", "double_hidden")
    ]
    other = check("triple_hidden", "failed", misconception="other")
    lines = report.misconceptions([result(*twice, student="a"), result(twice[0], other, student="b")])
    assert [(line.name, len(line.students), line.points) for line in lines] == [
        ("forgot-the-two", 2, 7.0),
        ("other", 1, 3.0),
    ]


def test_unanswered_functions_are_not_counted_as_misunderstood():
    verdict = result(
        check("double_hidden", "unanswered"), check("triple_hidden", "failed", misconception="other")
    )
    assert report.lost([verdict]) == (3.0, 3.0)


def test_a_student_s_points_are_those_that_count_by_now():
    hands = {small.NAME: {"ada": ByHand("Ada", {"tiny_question": 4.0, "double_hidden": 1.0}, penalty=2.0)}}
    (person,) = report.people([result(check("double_hidden", "failed"))], hands)
    assert person.points == {small.NAME: 7.0 + 4.0 + 1.0 - 2.0} and person.name == "Ada"


def test_what_needs_a_hand_is_named_first(tmp_path):
    verdicts = [
        pagecase.without_verdict("refused", "tiny.ipynb is not JSON", "bo"),
        pagecase.without_verdict("fault", "the room died", "cy"),
        result(
            check("double_hidden", "timed_out"),
            student="dee",
            restored=("the check of double had been edited",),
        ),
    ]
    text = re.sub(
        "<[^>]+>", " ", report.page(verdicts, {small.NAME: {"dee": ByHand(waiting={"tiny_question"})}})
    )
    first = text[text.index("What needs your hand first") : text.index("Scores")]
    order = [
        first.index(words)
        for words in ("without a verdict", "refused", "written answer", "stopped by a limit")
    ]
    assert order == sorted(order)
    assert "Tiny.ipynb is not JSON." in first and "the check of double had been edited" in text


def test_a_class_with_nothing_to_do_says_so():
    assert "Nothing" in report.page([result()], {})


def test_the_page_carries_one_script_whose_hash_the_policy_names_and_loads_nothing():
    markup = report.page(a_class(40), {})
    (script,) = re.findall(r"<script>(.*?)</script>", markup, re.S)
    assert pages.policy(script).replace("'", "&#39;") in markup
    assert not re.findall(r'(?:src|href)="(?!#|feedback/)', markup)
    assert "unsafe-inline" not in pages.policy(script).split("script-src")[1]


def test_names_and_reasons_of_strangers_are_text():
    evil = "<script>alert(1)</script>"
    verdicts = [pagecase.without_verdict("refused", evil, "bo"), result(restored=(evil,))]
    assert evil not in report.page(verdicts, {small.NAME: {"ada": ByHand(evil)}})


def test_ten_thousand_submissions_make_a_page_that_a_browser_opens():
    verdicts = a_class(10_000)
    start = time.perf_counter()
    markup = report.page(verdicts, {})
    assert time.perf_counter() - start < 10  # measured: 0.6 s
    assert len(markup) < 400_000


def test_the_command_writes_the_report_and_leaves_out_a_damaged_record(tmp_path, capsys, caplog):
    made = small.course(tmp_path / "course").root
    grades = pagecase.record(tmp_path, result())
    pagecase.record(tmp_path, result(student="bo"))
    (grades / "results" / "bo" / f"{small.NAME}.json").write_text("{")
    assert cli.main(["report", "--course", str(made), "--grades", str(grades)]) == 0
    assert "report on 1 submission" in capsys.readouterr().out
    assert "bo" in caplog.text and "damaged" in caplog.text
    assert "Class report" in (grades / "report.html").read_text()
