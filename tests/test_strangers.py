"""The bank in tests/strangers is whole: every graded function, enough answers of each kind, all of them readable."""

import ast
import json
from collections import Counter

import pytest

from tests.here import LESSONS, ROOT, load_lesson
from tests.quality import lesson_of
from tests.strangers import HERE, LABELS, answers, blind, functions, measure, rounds

GRADED = [(lesson, function) for lesson in LESSONS for function in load_lesson(lesson).functions]
graded = pytest.mark.parametrize("lesson, function", GRADED)


def defined(code):
    """The names that the statements of an answer bind at the top."""
    for statement in ast.parse(code).body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            yield statement.name
        elif isinstance(statement, ast.Assign):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))


def test_every_graded_function_has_answers_and_nothing_else_has():
    for number in rounds():
        assert sorted(GRADED) == sorted(
            (lesson, function) for lesson in LESSONS for function in functions(lesson, number)
        )


@graded
def test_there_are_at_least_20_wrong_and_15_right_answers(lesson, function):
    count = Counter(answer.label for answer in answers(lesson, function))
    assert count["wrong"] >= 20 and count["right"] >= 15 and count.keys() <= set(LABELS)


@graded
@pytest.mark.parametrize("number", rounds())
def test_no_two_answers_of_a_round_share_their_name_their_sentence_or_their_code(number, lesson, function):
    found = answers(lesson, function, number)
    assert len({answer.name for answer in found}) == len(found)
    assert len({answer.says for answer in found}) == len(found)
    assert len({answer.code for answer in found}) == len(found)


@graded
def test_every_answer_defines_its_function_unless_it_says_that_it_is_a_syntax_error(lesson, function):
    for answer in answers(lesson, function):
        if "SyntaxError" in answer.says:
            with pytest.raises(SyntaxError):
                ast.parse(answer.code)
        else:
            assert function in defined(answer.code), answer.name


@graded
def test_what_is_wrong_or_unclear_is_said_in_a_sentence(lesson, function):
    for answer in answers(lesson, function):
        assert answer.says and (answer.label == "right" or answer.says.endswith(".")), answer.name


def test_a_label_or_an_entry_that_the_bank_does_not_know_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.strangers.HERE", tmp_path)
    (tmp_path / "1" / "lesson").mkdir(parents=True)
    for text in ("[perhaps.x]\nsays = '.'\ncode = 'f = 1'", "[wrong.x]\nsays = '.'\ncod = 'f = 1'"):
        (tmp_path / "1" / "lesson" / "f.toml").write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match="f.toml"):
            answers("lesson", "f")


@graded
@pytest.mark.parametrize("number", rounds())
def test_the_blind_order_hides_the_labels_and_verdicts_are_compared_by_it(number, lesson, function):
    letters = "".join(answer.label[0] for answer in blind.shuffled(number, lesson, function))
    assert blind.compare(number, lesson, function, letters) == []
    assert letters != "".join(answer.label[0] for answer in answers(lesson, function, number))
    other = {"w": "r", "r": "u", "u": "w"}[letters[0]]
    assert len(blind.compare(number, lesson, function, other + letters[1:])) == 1
    with pytest.raises(ValueError, match=function):
        blind.compare(number, lesson, function, letters[1:])


def test_the_readme_tells_how_many_answers_there_are():
    every = [answer.label for lesson, function in GRADED for answer in answers(lesson, function)]
    count = Counter(every)
    sentence = f"{len(GRADED)} functions, {count['wrong']} wrong answers, {count['right']} right, {count['unclear']} unclear"
    assert sentence in (HERE / "README.md").read_text(encoding="utf-8")


def test_the_figures_in_the_texts_are_those_that_were_measured():
    found = json.loads(measure.RECORD.read_text(encoding="utf-8"))
    assert list(found) == [function for _, function in GRADED]
    for function, entries in found.items():
        every = answers(lesson_of(function), function)
        assert entries.keys() == {f"{answer.round}: {answer.name}" for answer in every}
    page = (HERE / "README.md").read_text(encoding="utf-8")
    for number in (*rounds(), None):
        count = measure.total(found, number)
        lost = count["right"] - count["accepted"], count["wrong"] - count["rejected"]
        name = number or "**all**"
        row = "| {} | {} of {right} | {} of {wrong} | {named} of {rejected} | {told_more} of {rejected} |"
        assert row.format(name, *lost, **count) in page
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "Of its {wrong} wrong answers {1} pass today, each by a decision".format(*lost, **count) in said
    assert "of {right} right ones {0} is rejected; of the {rejected} rejected, {named} get a name".format(
        *lost, **count
    ) in said  # fmt: skip
    assert f"{count['told_more']} are told more than where they differ" in said


def test_an_answer_that_passes_though_it_is_labelled_wrong_stands_in_the_list_of_decisions():
    found = json.loads(measure.RECORD.read_text(encoding="utf-8"))
    page = (HERE / "README.md").read_text(encoding="utf-8")
    for entries in found.values():
        for name, one in entries.items():
            if one["label"] == "wrong" and one["passed"]:
                assert f"`{name.partition(': ')[2]}`" in page
