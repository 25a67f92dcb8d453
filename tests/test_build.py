"""Build: the same text gives the same bytes, a broken rule is refused with its place, nothing leaks into a release."""

import importlib
import inspect
import json
import re

import nbformat
import pytest

from grader import cli, course
from grader.author import build, fingerprints
from grader.course import LESSONS, ROOT, load_lesson, role_of
from grader.errors import CourseError
from tests import tiny

HIDDEN_LINE = '    assert double(number) == number + number, "double gives another value"'


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The tiny lesson, built once; tests must not change it."""
    root = tiny.write_course(tmp_path_factory.mktemp("course"))
    build.build("tiny", root)
    return root


def files(root):
    return {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*.ipynb"))}


def test_two_builds_are_byte_identical(built, tmp_path):
    build.build("tiny", tiny.write_course(tmp_path))
    assert len(files(built)) == 2
    assert files(tmp_path) == files(built)


def test_solution_is_executed_with_its_figure_and_no_trace_of_time(built):
    notebook = json.loads((built / "solutions/tiny/tiny.ipynb").read_text())
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert [output["output_type"] for output in outputs] == ["stream", "display_data"]
    assert outputs[0]["text"] == ["6\n"]
    assert "image/png" in outputs[1]["data"]
    assert all(set(cell["metadata"]) <= {"nbgrader", "tags", "alt"} for cell in notebook["cells"])


def test_equal_cells_get_different_ids(tmp_path):
    text = tiny.TEXT.replace("# ## Question\n# Why is twice zero zero?", "# ## Twice\n# Twice 3 is 6.")
    notebook = build.read_source("tiny", tiny.write_course(tmp_path, text))
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids) == 10
    assert ids[8] == f"{ids[2]}-2"
    assert ids[3] == "double"


def test_release_is_read_back_as_a_lesson_with_every_role(built):
    lesson = load_lesson("tiny", built)
    roles = ["text", "given", "text", "answer", "free", "check", "check", "experiment", "text", "written"]
    assert [cell.role for cell in lesson.cells] == roles
    assert lesson.functions == ("double",)
    assert [check.points for check in lesson.checks] == [2, 3]


BROKEN = {
    "a check may not end with a bare value": (HIDDEN_LINE, f"{HIDDEN_LINE}\n1", "ends with no bare value"),
    "a check may not use a name of the notebook": (HIDDEN_LINE, "    assert plt, 'a'", "uses the name 'plt'"),
    "a check may import helpers and NumPy only": ("import numpy as np\n\n", "import os\n\n", "imports 'os'"),
    "a check has asserts": (HIDDEN_LINE, "    double(number)", "a check asserts something"),
    "an assert has a message": (', "double(2) is 4"', "", "every assert has a message"),
    "a hidden check says so": (
        "# Hidden checks of double run here.",
        "# Secret.",
        "a hidden check opens with",
    ),
    "hidden parts are marked": ("### BEGIN HIDDEN TESTS\n", "", "a hidden check opens with"),
    "a visible check hides nothing": (
        "assert double(2)",
        "### BEGIN HIDDEN TESTS\nassert double(2)",
        "hides nothing",
    ),
    "an exercise has a free cell": ("# %%\nprint(double(3))\n\n", "", "an exercise is five cells"),
    "check ids follow the function": ('"double_visible"', '"double_test"', "an exercise is five cells"),
    "an answer is one function": (
        "def double(x):",
        "a = 1\ndef double(x):",
        "defines double and nothing else",
    ),
    "the answer is named by its id": ("def double(x):", "def twice(x):", "defines double and nothing else"),
    "an answer has a docstring": ('    """Return twice x, a number."""\n', "", "docstring"),
    "a solution is marked": ("    ### END SOLUTION\n", "", "one solution region"),
    "a solution is short": (
        "    return 2 * x\n",
        "    x = x\n" * 20 + "    return 2 * x\n",
        "at most 15 lines",
    ),
    "no cell rebinds a graded name": ("print(double(3))", "double = 3", "rebinds the graded name 'double'"),
    "ids are not repeated": ('"grade_id": "setup"', '"grade_id": "double"', "is used twice"),
    "metadata is complete": (
        '"grade_id": "setup", "locked": true,',
        '"grade_id": "setup",',
        "must be complete",
    ),
    "unknown metadata is refused": ("# %%\nprint", "# %% colour=1\nprint", "metadata 'colour' is not used"),
    "unknown tags are refused": ('tags=["experiment"]', 'tags=["training"]', "tag 'training' is not known"),
    "an unlocked check is refused": (
        '"double_visible", "locked": true',
        '"double_visible", "locked": false',
        "locked",
    ),
    "text cells are short": ("# Twice 3 is 6.", "# " + "word " * 130, "at most 120"),
    "code cells are short": ("print(double(3))", "print(double(3))\n" * 16, "a code cell has at most 15"),
    "a check gives points": ('"points": 2', '"points": 0', "every check has points"),
    "one written question": ('"grade_id": "tiny_question"', '"grade_id": "why"', "one written question"),
    "code is Python": ("print(double(3))", "print(double(3)", "must be valid Python"),
    "a name of an experiment is not needed later": (
        "# %% [markdown]\n# ## Question",
        "# %%\nprint(ax)\n\n# %% [markdown]\n# ## Question",
        "needs 'ax' from an experiment",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_lesson_that_breaks_a_rule_is_refused_with_file_cell_rule_and_remedy(name, tmp_path):
    old, new, rule = BROKEN[name]
    assert old in tiny.TEXT
    root = tiny.write_course(tmp_path, tiny.TEXT.replace(old, new, 1))
    with pytest.raises(CourseError, match=re.escape(rule)) as caught:
        build.read_source("tiny", root)
    line = next(line for line in str(caught.value).splitlines() if rule in line)
    assert re.match(r"solutions/tiny\.py:\d+: cell \d+ \([\w-]+\): .+: .+", line)


RUNS_BADLY = {
    "an error": ("print(double(3))", "print(double(3) / 0)", "raises ZeroDivisionError"),
    "a failing check": ("return 2 * x", "return x ** 2", "raises AssertionError: double gives another value"),
    "a warning": ("print(double(3))", "import warnings; warnings.warn('look')", "writes to stderr"),
    "an address": ("plt.show()", "ax.plot([0, 1])", "an address or a path"),
}


@pytest.mark.parametrize("name", RUNS_BADLY)
def test_a_lesson_that_runs_badly_is_refused_and_nothing_is_written(name, tmp_path):
    old, new, rule = RUNS_BADLY[name]
    root = tiny.write_course(tmp_path, tiny.TEXT.replace(old, new, 1))
    with pytest.raises(CourseError, match=re.escape(rule)):
        build.build("tiny", root)
    assert not files(tmp_path)


def test_a_figure_needs_alt_text(built, tmp_path):
    notebook = nbformat.read(built / "solutions/tiny/tiny.ipynb", as_version=4)
    del notebook.cells[7].metadata["alt"]
    with pytest.raises(CourseError, match="cell 7 .*without alt text"):
        build._check_outputs("tiny", notebook, built)


def test_points_of_a_lesson_are_those_of_the_course(tmp_path):
    root = tiny.write_course(tmp_path)
    (root / "solutions/tiny.py").rename(root / "solutions/initialization.py")
    with pytest.raises(CourseError, match="checks give 5 points, not 40"):
        build.read_source("initialization", root)


def test_unknown_lesson_is_one_line_and_exit_1(capsys):
    assert cli.main(["build", "no-such-lesson"]) == 1
    assert "no lesson source no-such-lesson.py" in capsys.readouterr().err


# From here on: what is committed.


@pytest.mark.parametrize("name", LESSONS)
def test_committed_solution_is_what_the_text_gives(name):
    """The cells and their metadata; nbval compares the outputs."""
    fresh = build.read_source(name)
    committed = nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    wanted = [(cell.id, cell.source, dict(cell.metadata)) for cell in fresh.cells]
    assert [(cell.id, cell.source, dict(cell.metadata)) for cell in committed.cells] == wanted


@pytest.mark.parametrize("name", LESSONS)
def test_committed_release_is_what_nbgrader_makes_of_the_solution(name):
    committed = nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    release = nbformat.writes(build.make_release(name, committed)) + "\n"
    assert (ROOT / "notebooks" / name / f"{name}.ipynb").read_text(encoding="utf-8") == release


@pytest.mark.parametrize("name", LESSONS)
def test_release_has_no_solution_no_hidden_check_and_no_output(name):
    lesson = load_lesson(name)
    whole = json.dumps(lesson.release, ensure_ascii=False)
    assert "SOLUTION" not in whole
    assert "HIDDEN TESTS" not in whole
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in lesson.release["cells"])
    released = {line.strip() for cell in lesson.cells for line in cell.release.splitlines()}
    for cell in lesson.checks:
        if cell.id.endswith(course.HIDDEN):
            assert cell.release.strip() == f"# Hidden checks of {cell.function} run here."
            secret = {line.strip() for line in cell.source.splitlines() if "assert" in line}
            assert not secret & released


@pytest.mark.parametrize("name", LESSONS)
def test_every_stub_raises_not_implemented(name):
    """Whatever it is called with: a stub that returned something could pass a check by accident."""
    for cell in load_lesson(name).cells:
        if cell.role == "answer":
            names = {}
            exec(cell.release, names)
            count = len(inspect.signature(names[cell.function]).parameters)
            with pytest.raises(NotImplementedError):
                names[cell.function](*range(count))


@pytest.mark.parametrize("name", LESSONS)
def test_committed_fingerprints_are_current_and_hold_no_code(name):
    table = importlib.import_module(f"grader.misconceptions.{name}")
    committed = json.loads((ROOT / "helpers/fingerprints.json").read_text(encoding="utf-8"))
    fresh = fingerprints.fingerprints(table, build.read_source(name))
    assert set(fresh) == set(load_lesson(name).functions)
    text = json.dumps(committed, ensure_ascii=False)
    code = {line.strip() for wrong in table.MISCONCEPTIONS for line in wrong.source.splitlines()[1:]}
    assert not [line for line in code if len(line) > 20 and line in text]
    for function, rows in fresh.items():
        assert json.loads(json.dumps(rows)) == committed[function]
        for row in committed[function]:
            assert set(row) == {"name", "family", "looks_like", "hint", "vector"}


@pytest.mark.parametrize("name", LESSONS)
def test_only_lesson_notebooks_lie_in_the_folders_that_nbgrader_releases(name):
    """`generate_assignment` copies every file beside a notebook: a source there would leak its solution."""
    assert [path.name for path in (ROOT / "solutions" / name).iterdir() if path.name[0] != "."] == [
        f"{name}.ipynb"
    ]
    assert [path.name for path in (ROOT / "notebooks" / name).iterdir() if path.name[0] != "."] == [
        f"{name}.ipynb"
    ]


def test_every_lesson_has_one_role_for_each_cell():
    for name in LESSONS:
        lesson = load_lesson(name)
        assert [cell.role for cell in lesson.cells] == [role_of(cell) for cell in lesson.solution["cells"]]
