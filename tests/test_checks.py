"""What holds for the checks of every lesson: right answers pass, wrong ones fail, are named, and cost only their own."""

import ast
import inspect
import re
import traceback
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from course_verdicts import check_of

from tests import bank
from tests.here import COURSE, LESSONS

ANSWERS = [
    pytest.param(lesson, answer, id=f"{answer.function}-{answer.name}")
    for lesson in LESSONS
    for answer in bank.answers(lesson)
]
WRONG = [
    pytest.param(lesson, wrong, id=f"{wrong.function}-{wrong.name}")
    for lesson in LESSONS
    for wrong in bank.misconceptions(lesson)
]
FUNCTIONS = [(lesson, function) for lesson in LESSONS for function in bank.functions(lesson)]
CHANCE = {
    "fresh-masks"
}  # new masks may agree with the cache's where it matters, so a visible check can miss them
OTHER_WORDS = {  # told by the check's own sentence, which fits them all; the rooms tell them apart
    "rounded-to-whole-numbers",
    "test-set-rounded",
    "mean-of-squares-less-squared-mean",
    "constant-feature-divided-by-zero",
    "small-number-added",
    "first-feature-only-looked-at",
    "small-spread-taken-for-constant",
    "smallest-sigma",
    "small-number-under-the-root",
    "zero-sigma-returned",
    "one-constant-feature-stops-all",
    "constant-told-by-deviation-zero",
    "constant-told-relative-to-the-mean",
    "single-precision",
    "draws-made-exact",
}  # a check of its own says what they do
RAISING = {"next-layers-weights", "masks-exchanged"}


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("seed", range(4))
def test_reference_passes_every_check_from_any_random_state(lesson, seed):
    np.random.seed(seed)
    assert bank.failed(bank.run_checks(lesson, {})) == set()


@pytest.mark.parametrize(("lesson", "answer"), ANSWERS)
def test_right_answer_passes_every_check_and_is_not_called_wrong(lesson, answer):
    problems = {k: v for k, v in bank.run_checks(lesson, {answer.function: answer}).items() if v is not None}
    assert problems == {}
    assert bank.recognise(lesson, answer.function, bank.build(lesson, answer.function, answer)) is None


@pytest.mark.parametrize(("lesson", "wrong"), WRONG)
def test_wrong_answer_fails_its_own_checks_only(lesson, wrong):
    failed = bank.failed(bank.verdicts_on(lesson, wrong))
    assert failed
    assert failed <= bank.checks_of(lesson, wrong.function)


@pytest.mark.parametrize(("lesson", "wrong"), WRONG)
def test_wrong_answer_is_recognised_as_itself_or_its_family_from_any_random_state(lesson, wrong):
    for seed in range(2):
        np.random.seed(seed)
        implementation = bank.build(lesson, wrong.function, wrong.source)
        assert bank.recognise(lesson, wrong.function, implementation) in (wrong.name, wrong.family)


@pytest.mark.parametrize(("lesson", "wrong"), WRONG)
def test_visible_check_names_the_mistake_that_it_finds(lesson, wrong):
    problem = bank.verdicts_on(lesson, wrong)[f"{wrong.function}_visible"]
    if problem is None or wrong.name in CHANCE:
        return
    if wrong.name in RAISING:
        assert problem.args[0].said and not problem.args[0].looks_like
    else:
        assert str(problem).startswith(f"{wrong.function}: ")
        names = bank.family_of(lesson, wrong)
        kin = [w for w in bank.misconceptions(lesson) if w.function == wrong.function and w.name in names]
        said = {w.hint for w in kin if f"This looks like: {w.looks_like}. Hint: {w.hint}" in str(problem)}
        assert len(said) == 1 or wrong.name in OTHER_WORDS  # members of a family may share their words


@pytest.mark.parametrize(("lesson", "wrong"), WRONG)
def test_hint_is_short_and_holds_no_code(lesson, wrong):
    said = f"{wrong.looks_like} {wrong.hint}"
    assert 10 <= len(said.split()) <= 160
    assert not re.search(r"`|np\.(?!float was)|\w\[|\w\((?!n_|1,|n,)|return |def |\bfor \w+ in ", said)
    assert wrong.hint.endswith((".", "?"))
    assert not wrong.looks_like.endswith(".")


@pytest.mark.parametrize("lesson", LESSONS)
def test_tables_are_large_and_their_names_unique(lesson):
    wrong, right = bank.misconceptions(lesson), bank.answers(lesson)
    counts, styles = Counter(w.function for w in wrong), Counter(answer.function for answer in right)
    assert set(counts) == set(styles) == set(bank.functions(lesson))
    least = COURSE.settings["exercise"]
    assert min(counts.values()) >= least["wrong"] and min(styles.values()) >= least["right"]
    assert len({(w.function, w.name) for w in wrong}) == len(wrong)


@pytest.mark.parametrize(("lesson", "function"), FUNCTIONS)
def test_stub_raises_in_both_its_checks_and_nowhere_else(lesson, function):
    solution, nothing = r"### BEGIN SOLUTION.*### END SOLUTION", "raise NotImplementedError()"
    stub = re.sub(solution, nothing, bank.reference_of(lesson, function), flags=re.DOTALL)
    verdicts = bank.run_checks(lesson, {function: stub})
    assert bank.failed(verdicts) == bank.checks_of(lesson, function)
    for name in bank.checks_of(lesson, function):
        problem = verdicts[name]
        assert isinstance(problem, NotImplementedError) or isinstance(problem.__cause__, NotImplementedError)


def asserts_of(name, source):
    """Where the asserts of a check stand: pairs of file name and line."""
    tree = ast.walk(ast.parse(source))
    return {(name, node.lineno) for node in tree if isinstance(node, ast.Assert) or is_failure(node)}


def is_failure(node):
    """Whether a node is `raise AssertionError(...)`."""
    raised = node.exc if isinstance(node, ast.Raise) else None
    return isinstance(raised, ast.Call) and getattr(raised.func, "id", "") == "AssertionError"


def lines_of(problem):
    """All places that an exception, and those behind it, went through."""
    while problem is not None:
        for frame, line in traceback.walk_tb(problem.__traceback__):
            yield frame.f_code.co_filename, line
        problem = problem.__cause__


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_assert_of_every_check_is_failed_by_a_wrong_answer(lesson):
    visible = {Path(inspect.getfile(check_of(function))) for function in bank.functions(lesson)}
    asserts = set[tuple[str, int]]().union(*(asserts_of(str(file), file.read_text()) for file in visible))
    for cell in bank.cells(lesson):
        if cell.role == "check":
            asserts |= asserts_of(cell.id, cell.source)
    for wrong in bank.misconceptions(lesson):
        for problem in bank.verdicts_on(lesson, wrong).values():
            asserts -= set(lines_of(problem))
    for function in bank.functions(lesson):  # the bank has none that only raises
        raising = f"def {function}(*arguments, **options):\n    return () - 1\n"
        for problem in bank.run_checks(lesson, {function: raising}).values():
            asserts -= set(lines_of(problem))
    assert asserts == set()


@pytest.mark.parametrize("lesson", LESSONS)
def test_hidden_messages_show_no_value_of_a_call(lesson):
    for wrong in bank.misconceptions(lesson):
        problem = bank.verdicts_on(lesson, wrong)[f"{wrong.function}_hidden"]
        if isinstance(problem, AssertionError):
            assert re.search(r"\d\.\d|\[\d", str(problem)) is None


@pytest.mark.parametrize(("lesson", "points"), list(zip(LESSONS, (40, 65, 70), strict=True)))
def test_partly_right_answers_get_part_of_the_points(lesson, points):
    assert sum(cell.points for cell in bank.cells(lesson) if cell.role == "check") == points
    wrong = bank.misconceptions(lesson)
    assert sum(len(bank.failed(bank.verdicts_on(lesson, one))) == 1 for one in wrong) >= 12
