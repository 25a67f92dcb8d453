"""Build: the same text gives the same bytes, a broken rule is refused with its place, nothing leaks into a release."""

import inspect
import json
import re
import shutil

import nbformat
import pytest
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory

from grader import cli, course
from grader.author import build, release
from grader.course import role_of
from grader.errors import CourseError
from tests import bank, tiny
from tests.here import COURSE, LESSONS, ROOT, load_lesson

HIDDEN_LINE = '    assert double(number) == number + number, "double gives another value"'


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The tiny lesson, built once; tests must not change it."""
    made = tiny.write_course(tmp_path_factory.mktemp("course"))
    build.build(made, "tiny")
    return made


def files(course):
    root = course.root
    return {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*.ipynb"))}


def test_two_builds_are_byte_identical(built, tmp_path):
    again = tiny.write_course(tmp_path)
    build.build(again, "tiny")
    assert len(files(built)) == 2
    assert files(again) == files(built)


def test_solution_is_executed_with_its_figure_and_no_trace_of_time(built):
    notebook = json.loads(built.solution("tiny").read_text())
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert [output["output_type"] for output in outputs] == ["stream", "display_data"]
    assert outputs[0]["text"] == ["6\n"]
    assert "image/png" in outputs[1]["data"]
    assert all(set(cell["metadata"]) <= {"nbgrader", "tags", "alt"} for cell in notebook["cells"])


def test_what_a_cell_prints_is_one_output_up_to_the_next_figure():
    """A busy machine hands the same lines over in other pieces."""
    v4 = nbformat.v4
    pieces = [v4.new_output("stream", name="stdout", text=f"{n}\n") for n in range(4)]
    figure, error = v4.new_output("display_data"), v4.new_output("stream", name="stderr", text="!")
    cell = v4.new_code_cell(outputs=[*pieces[:2], figure, pieces[2], error, pieces[3]])
    build._join_streams(v4.new_notebook(cells=[v4.new_markdown_cell("text"), cell]))
    said = [output.get("text", "figure") for output in cell.outputs]
    assert said == ["0\n1\n", "figure", "2\n", "!", "3\n"]


def test_a_lesson_and_a_function_that_are_gone_leave_the_files_of_the_helpers(tmp_path):
    made = tiny.write_course(tmp_path)
    notebook = build.read_source(made, "tiny")
    files = {name: made.root / "helpers" / f"{name}.json" for name in ("points", "fingerprints")}
    row = {"describe": "as_number", "known": []}
    files["points"].write_text(json.dumps({"gone": {"old": [1, 1]}, "tiny": {"renamed": [1, 1]}}))
    files["fingerprints"].write_text(json.dumps({"old": row, "renamed": row, "not_yet_built": row}))
    build.write_fingerprints(made, "tiny", notebook)
    build.write_points(made, "tiny", notebook)
    told = {name: json.loads(path.read_text()) for name, path in files.items()}
    assert set(told["fingerprints"]) == {"double", "not_yet_built"}
    assert {lesson: set(functions) for lesson, functions in told["points"].items()} == {"tiny": {"double"}}


def test_equal_cells_get_different_ids(tmp_path):
    text = tiny.TEXT.replace("# ## Question\n# Why is twice zero zero?", "# ## Twice\n# Twice 3 is 6.")
    notebook = build.read_source(tiny.write_course(tmp_path, text), "tiny")
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids) == 10
    assert ids[8] == f"{ids[2]}-2"
    assert ids[3] == "double"


def test_release_is_read_back_as_a_lesson_with_every_role(built):
    lesson = built.lesson("tiny")
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
    made = tiny.write_course(tmp_path, tiny.TEXT.replace(old, new, 1))
    with pytest.raises(CourseError, match=re.escape(rule)) as caught:
        build.read_source(made, "tiny")
    line = next(line for line in str(caught.value).splitlines() if rule in line)
    assert re.match(r"solutions/tiny/tiny\.py:\d+: cell \d+ \([\w-]+\): .+: .+", line)


RUNS_BADLY = {
    "an error": ("print(double(3))", "print(double(3) / 0)", "raises ZeroDivisionError"),
    "a failing check": ("return 2 * x", "return x ** 2", "raises AssertionError: double gives another value"),
    "a warning": ("print(double(3))", "import warnings; warnings.warn('look')", "writes to stderr"),
    "an address": ("plt.show()", "ax.plot([0, 1])", "an address or a path"),
}


@pytest.mark.parametrize("name", RUNS_BADLY)
def test_a_lesson_that_runs_badly_is_refused_and_nothing_is_written(name, tmp_path):
    old, new, rule = RUNS_BADLY[name]
    made = tiny.write_course(tmp_path, tiny.TEXT.replace(old, new, 1))
    with pytest.raises(CourseError, match=re.escape(rule)):
        build.build(made, "tiny")
    assert not files(made)


def test_a_figure_needs_alt_text(built, tmp_path):
    notebook = nbformat.read(built.solution("tiny"), as_version=4)
    del notebook.cells[7].metadata["alt"]
    with pytest.raises(CourseError, match="cell 7 .*without alt text"):
        build._check_outputs("tiny", notebook, built.root)


def test_unknown_lesson_is_one_line_and_exit_1(capsys):
    assert cli.main(["build", "no-such-lesson"]) == 1
    assert "no lesson is called no-such-lesson" in capsys.readouterr().err


# From here on: what is committed.


@pytest.mark.parametrize("name", LESSONS)
def test_committed_solution_is_what_the_text_gives(name):
    """The cells and their metadata; nbval compares the outputs."""
    fresh = build.read_source(COURSE, name)
    committed = nbformat.read(COURSE.solution(name), as_version=4)
    wanted = [(cell.id, cell.source, dict(cell.metadata)) for cell in fresh.cells]
    assert [(cell.id, cell.source, dict(cell.metadata)) for cell in committed.cells] == wanted


@pytest.mark.parametrize("name", LESSONS)
def test_committed_release_is_what_nbgrader_makes_of_the_solution(name):
    committed = nbformat.read(COURSE.solution(name), as_version=4)
    made = nbformat.writes(release.make_release(COURSE, name, committed)) + "\n"
    assert COURSE.release(name).read_text(encoding="utf-8") == made


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
    committed = json.loads((ROOT / "helpers/fingerprints.json").read_text(encoding="utf-8"))
    fresh = bank._visible_rows(name)
    assert set(fresh) == set(load_lesson(name).functions)
    text = json.dumps(committed, ensure_ascii=False)
    code = {line.strip() for wrong in bank.misconceptions(name) for line in wrong.source.splitlines()[1:]}
    assert not [line for line in code if len(line) > 20 and line in text]
    for function, row in fresh.items():
        assert json.loads(json.dumps(row)) == committed[function]
        assert set(row) == {"describe", "known"}
        for known in row["known"]:
            assert set(known) == {"name", "family", "looks_like", "hint", "vector"}


def test_nbgrader_itself_releases_nothing_but_the_notebook(tmp_path):
    """`generate_assignment` copies what lies beside a source notebook, unless its configuration says otherwise."""
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    config = release.nbgrader_config(ROOT)
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.assignment_id = LESSONS[0]
    config.SaveCells.enabled = False
    GenerateAssignment(coursedir=CourseDirectory(config=config), config=config, no_database=True).start()
    released = {path.name for path in (tmp_path / "notebooks").rglob("*") if path.is_file()}
    assert released == {f"{LESSONS[0]}.ipynb"}


def test_a_file_beside_a_lesson_is_refused_for_nbgrader_would_release_it(tmp_path):
    made = tiny.write_course(tmp_path)
    (made.text("tiny").parent / "notes.txt").write_text("not for students")
    with pytest.raises(CourseError, match="solutions/tiny/notes.txt: nbgrader would copy it"):
        build.read_source(made, "tiny")


@pytest.mark.parametrize("name", LESSONS)
def test_the_release_folder_holds_the_notebook_only(name):
    assert [path.name for path in COURSE.release(name).parent.iterdir() if path.name[0] != "."] == [
        f"{name}.ipynb"
    ]


def test_every_lesson_has_one_role_for_each_cell():
    for name in LESSONS:
        lesson = load_lesson(name)
        assert [cell.role for cell in lesson.cells] == [role_of(cell) for cell in lesson.solution["cells"]]
