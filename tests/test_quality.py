"""The published table is up to date and without fault, and what it counts can be seen to fail."""

import ast
import json
import shutil
from collections import Counter

import pytest

from grader.results import CheckResult, SubmissionResult
from grader.rooms import recognise
from grader.rooms.exercise import Exercise, Wrong
from tests import bank, mutation, quality
from tests.here import COURSE, LESSONS
from tests.mutants import mutants_of

FOUND = json.loads(quality.RECORD.read_text("utf-8"))
CLASSIC = {
    "initialize_parameters_zeros",
    "initialize_parameters_random",
    "initialize_parameters_he",
    "compute_cost_with_regularization",
    "backward_propagation_with_regularization",
    "forward_propagation_with_dropout",
    "backward_propagation_with_dropout",
    "forward_propagation",
    "backward_propagation",
    "gradient_check",
    "gradient_check_n",
}
MEAN = '''
def mean(X, scale=2.0):
    """The mean of each row, scaled."""
    total = np.sum(X, axis=1, keepdims=True)
    for i in range(3):
        if i > 0 and scale < 9:
            total = total - i
    return total.T / len(X)
'''


def test_no_wrong_answer_is_accepted_and_no_right_one_rejected():
    assert FOUND["false_accepts"] == []
    assert FOUND["false_rejects"] == []


def test_every_wrong_answer_is_named_and_costs_its_own_function_only():
    assert FOUND["unnamed"] == []
    assert FOUND["spilled"] == []


def test_every_mutant_that_lives_is_listed_with_a_reason_and_every_listed_one_lives():
    assert FOUND["mutants_alive"] == []
    assert FOUND["not_alive_after_all"] == []


def test_every_hidden_assert_is_failed_by_something_wrong():
    assert FOUND["asserts_never_failed"] == []


def test_the_table_is_that_of_these_lessons_tables_and_banks():
    rest = quality.outdated(FOUND)
    assert rest == [], f"something that judges them has changed: make quality FUNCTIONS='{' '.join(rest)}'"


def test_the_readme_shows_the_table():
    written = quality.written(quality.README.read_text("utf-8"))
    assert written is not None
    assert written.strip() == quality.section(FOUND).strip(), "run 'make quality'"


def test_the_banks_are_as_large_as_promised():
    wrong = Counter(entry.function for name in LESSONS for entry in bank.misconceptions(name))
    right = Counter(entry.function for name in LESSONS for entry in bank.answers(name))
    graded = {function for name in LESSONS for function in bank.functions(name)}
    assert graded > CLASSIC
    least = COURSE.settings["exercise"]
    assert {name for name in graded if wrong[name] < least["wrong"] or right[name] < least["right"]} == set()
    counted = {name: (row["wrong"], row["right"]) for name, row in FOUND["counts"].items()}
    assert counted == {name: (wrong[name], right[name]) for name in graded}


def spoilt(lesson, function, body):
    """The fate of the reference solution inside a wrapper with this body."""
    wrapper = f"_kept, _seen = {function}, []\ndef {function}(*args, **kwargs):\n{body}"
    source = f"{mutation.source_of(lesson, function)}\n{wrapper}"
    return mutation.fate(lesson, function, mutation.Mutant("", "", source))


GRADED = [(lesson, function) for lesson in LESSONS for function in bank.functions(lesson)]


@pytest.mark.parametrize(("lesson", "function"), GRADED)
def test_every_check_sees_an_answer_that_remembers_its_first_result(lesson, function):
    assert spoilt(lesson, function, "    return _kept(*args, **kwargs)\n").alive
    body = "    _seen.append(_seen[0] if _seen else _kept(*args, **kwargs))\n    return _seen[0]\n"
    assert not spoilt(lesson, function, body).alive


@pytest.mark.parametrize(("lesson", "function"), GRADED)
def test_every_check_sees_an_answer_that_changes_its_arguments(lesson, function):
    body = """
    result = _kept(*args, **kwargs)
    for item in args:
        for part in item.values() if isinstance(item, dict) else item if isinstance(item, tuple) else [item]:
            if isinstance(part, np.ndarray) and part.dtype.kind == "f":
                part *= 1.5
            elif isinstance(part, list):
                part.append(1)
    return result
"""
    numbers_only = {"diagnose", "forward_propagation", "backward_propagation", "gradient_check"}
    assert spoilt(lesson, function, body).alive == (function in numbers_only)


@pytest.mark.parametrize("lesson", LESSONS)
def test_listed_mutants_pass_every_check(lesson):
    listed = mutation.Equivalents()
    for function in bank.functions(lesson):
        chosen = [m for m in mutation.mutants(lesson, function) if listed.reason(function, m)]
        dead = [m for m in chosen[::5] if not mutation.fate(lesson, function, m).alive]
        assert dead == []


def test_a_mutant_that_a_check_rejects_counts_as_killed_by_its_assert():
    function = "augment_by_reflection"
    mutant = next(m for m in mutation.mutants("regularization", function) if "(np.hstack([Y, Y])" in m.after)
    fate = mutation.fate("regularization", function, mutant)
    assert not fate.alive
    assert fate.failed in mutation.hidden_asserts()


def test_a_mutant_that_never_ends_is_killed(monkeypatch):
    monkeypatch.setattr(mutation, "SECONDS", 0.2)
    endless = mutation.Mutant("", "", "def diagnose(*errors):\n    while True:\n        pass\n")
    assert not mutation.fate("regularization", "diagnose", endless).alive


@pytest.mark.parametrize(
    "after",
    [
        "def mean(X, scale=-2.0):",
        "total = np.sum(X, axis=0, keepdims=True)",
        "total = np.sum(X, axis=1, keepdims=False)",
        "total = np.mean(X, axis=1, keepdims=True)",
        "total = np.sum(scale, axis=1, keepdims=True)",
        "total = np.sum(X, keepdims=True)",
        "for i in range(3 - 1):",
        "for i in list(range(3))[1:]:",
        "if i >= 0 and scale < 9:",
        "if i > 0 or scale < 9:",
        "if not (i > 0 and scale < 9):",
        "total = total + i",
        "total = i - total",
        "pass",
        "return total / len(X)",
        "return total.T * len(X)",
        "return -(total.T / len(X))",
        "return i.T / len(X)",
    ],
)
def test_rules_make_the_small_mistakes_that_people_make(after):
    assert after in {mutant.after for mutant in mutants_of(MEAN)}


def test_every_mutant_is_another_function_that_python_can_read():
    mutants = mutants_of(MEAN)
    sources = {mutant.source for mutant in mutants}
    assert len(sources) == len(mutants) > 60
    assert ast.unparse(ast.parse(MEAN)) not in sources
    for source in sources:
        ast.parse(source)


def test_dots_in_a_listed_mutant_stand_for_anything_and_what_fits_nothing_is_reported():
    listed = mutation.Equivalents()
    listed.reasons = {("mean", "total = …", "…axis=-1…"): "so", ("mean", "a", "b"): "so"}
    fits = mutation.Mutant("total = np.sum(X, axis=1)", "total = np.sum(X, axis=-1)", "")
    assert listed.reason("mean", fits) == "so"
    assert listed.reason("other", fits) is None
    assert listed.reason("mean", mutation.Mutant("total = 1", "total = 2", "")) is None
    assert listed.unused(["mean"]) == ["mean: a  =>  b"]
    assert listed.unused(["other"]) == []


def judged(entry, *checks):
    findings = quality.Findings()
    result = SubmissionResult("regularization", "graded", None, 0.0, 1.0, "", checks=checks)
    quality._judge(findings, "regularization", entry, result)
    return findings


def check(function, outcome, misconception=None, said=""):
    return CheckResult(f"{function}_hidden", function, 0.0, 1.0, outcome, said, misconception)


def test_what_the_table_counts_shows_when_it_goes_wrong():
    right = next(a for a in bank.answers("regularization") if a.function == "diagnose")
    wrong = next(m for m in bank.misconceptions("regularization") if m.function == "diagnose")
    label = f"diagnose: {wrong.name}"
    assert judged(right, check("diagnose", "passed")).faults() == {}
    told = f"diagnose: {right.name} is told: diagnose_hidden: another word"
    assert judged(right, check("diagnose", "failed", said="another word")).false_rejects == [told]
    assert judged(wrong, check("diagnose", "failed", wrong.name)).faults() == {}
    assert judged(wrong, check("diagnose", "passed")).false_accepts == [label]
    assert judged(wrong, check("diagnose", "failed", "another")).unnamed == [f"{label} is called another"]
    spilled = judged(
        wrong, check("diagnose", "failed", wrong.name), check("early_stopping", "failed")
    ).spilled
    assert spilled == [f"{label} also costs early_stopping"]


def test_section_tells_the_errors_and_has_a_row_for_every_function():
    section = quality.section({**FOUND, "false_accepts": ["a", "b"]})
    assert "False accepts: **2**" in section
    assert all(f"| `{name}` |" in section for name in FOUND["counts"])


def test_of_mistakes_that_look_alike_the_first_gives_the_name_and_its_words():
    first, last = (
        Wrong(name, "f", lambda: 0, f"it is {name}", f"Look at {name}.") for name in ("one", "two")
    )
    own = Exercise("f", [first, last])
    assert recognise.alike(own, [[0.0, 1.0], [0.0, 1.0]], [0.0, 1.0]) == [first, last]
    assert recognise.named([first, last]) == {
        "misconception": "one",
        "looks_like": "it is one",
        "hint": "Look at one.",
    }


@pytest.mark.parametrize("part", ["rooms/recognise.py", "rooms/checker.py", "views/stories.py", "changes.py"])
def test_the_record_is_outdated_by_a_change_of_rooms_recognition_or_views(part, monkeypatch, tmp_path):
    engine = tmp_path / "engine"
    shutil.copytree(quality.ENGINE, engine, ignore=shutil.ignore_patterns("__pycache__"))
    before = quality.digest("diagnose")
    monkeypatch.setattr(quality, "ENGINE", engine)
    quality._judges.cache_clear()
    assert quality.digest("diagnose") == before
    (engine / part).write_text((engine / part).read_text() + "# changed\n")
    quality._judges.cache_clear()
    assert quality.digest("diagnose") != before
    quality._judges.cache_clear()
