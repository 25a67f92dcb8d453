"""The student's kit: nothing secret in it, and it works alone."""

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import textwrap

import pytest

from grader import course
from grader.author import kit, papers
from grader.errors import CourseError
from tests import bank
from tests.here import COURSE, LESSONS, ROOT, load_lesson


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A kit of all three lessons; tests must not change it."""
    folder = tmp_path_factory.mktemp("kit")
    kit.write_kit(COURSE, folder)
    return folder


def statements(source):
    """The statements of a text as Python itself writes them, so that layout does not matter; short ones left out."""
    found = set()
    for node in ast.walk(ast.parse(textwrap.dedent(source))):
        if isinstance(node, ast.stmt) and not isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom):
            found.add(ast.unparse(node))
    return {text for text in found if len(text) > 20 and not text.startswith(("'", '"'))}


def python_texts(folder):
    """Every piece of Python in the kit: modules, and code cells of notebooks."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".py":
            yield path.name, path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    yield path.name, "".join(cell["source"])


def test_kit_holds_these_files_and_no_others(folder):
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    helpers = {f"helpers/{path.name}" for path in kit.helper_files(ROOT)}
    data = {name for name in found if re.fullmatch(r"data/(\w+\.npz|\w+\.py|README\.md)", name)}
    notebooks = {f"notebooks/{name}/{name}.ipynb" for name in LESSONS}
    assert found == helpers | data | notebooks | {"README.md", "LICENSE", "environment.yml", "pyproject.toml"}
    assert {"helpers/fingerprints.json", "helpers/testCases.py", "data/field.npz"} <= found


def secrets(lesson):
    """Each solution, hidden check and wrong answer by name, as statements that students are not given anyway."""
    cells = load_lesson(lesson).cells
    given = {"random = np.random.RandomState(seed)"}
    # the draft whose two bugs a check finds: the lesson prints its code once they are found
    given |= statements((ROOT / "helpers/gc_given.py").read_text("utf-8"))
    for cell in cells:
        if cell.role in ("given", "free", "experiment") or cell.id.endswith(course.VISIBLE):
            given |= statements(cell.source)
    texts = {
        cell.id: cell.source for cell in cells if cell.role == "answer" or cell.id.endswith(course.HIDDEN)
    }
    texts |= {wrong.name: wrong.source for wrong in bank.misconceptions(lesson)}
    return {name: statements(source) - given for name, source in texts.items()}


@pytest.mark.parametrize("lesson", LESSONS)
def test_kit_holds_no_solution_hidden_check_or_wrong_answer(folder, lesson):
    """No text of the kit holds half of one, statement by statement; single common statements are everybody's."""
    hidden = secrets(lesson)
    assert sum(map(len, hidden.values())) > 100
    for name, source in python_texts(folder):
        has = statements(source)
        leaked = {
            secret: has & parts for secret, parts in hidden.items() if len(has & parts) > len(parts) / 2
        }
        assert not leaked, f"{name} holds {leaked}"


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_search_for_secrets_finds_one_in_each_place(lesson):
    for cell in load_lesson(lesson).cells:
        if cell.id.endswith(course.HIDDEN):
            parts = secrets(lesson)[cell.id]
            assert len(statements(cell.source) & parts) > len(parts) / 2


def test_kit_is_written_into_an_empty_folder_only(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CourseError, match="is not empty"):
        kit.write_kit(COURSE, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_kit_is_not_written_over_a_file(tmp_path):
    (tmp_path / "kit").write_text("mine")
    with pytest.raises(CourseError, match="is a file; name a new folder"):
        kit.write_kit(COURSE, tmp_path / "kit")


def test_kit_needs_built_lessons(tmp_path):
    with pytest.raises(CourseError, match="run 'grader build initialization'"):
        kit.write_kit(course.Course(tmp_path, LESSONS), tmp_path / "kit")


RUN = """
import json, sys, nbformat, nbclient, testCases
assert testCases.__file__.startswith(sys.argv[1]), testCases.__file__
notebook = nbformat.read(f"{sys.argv[1]}/notebooks/gradient_checking/gradient_checking.ipynb", as_version=4)
answers = json.load(sys.stdin)
for cell in notebook.cells:
    cell.source = answers.get(cell.id, cell.source)
client = nbclient.NotebookClient(notebook, kernel_name="python3", timeout=120, allow_errors=True)
client.execute(cwd=f"{sys.argv[1]}/notebooks/gradient_checking")
said = {}
for cell in notebook.cells:
    errors = [o["ename"] + ": " + o["evalue"] for o in cell.get("outputs", []) if o["output_type"] == "error"]
    said[cell.id] = errors[0] if errors else None
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def alone(folder):
    """The kit set up by its README's command in a fresh environment that sees our packages but none of our code.

    On the CI machine the packages come from the index, as they do for a student.
    """
    command = re.search(r"^    (python3 -m venv .*) && \S+lessons$", kit.README, re.MULTILINE)[1]
    create, install = command.split(" && ")
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_NO"))
    }
    subprocess.run(create.replace("python3", sys.executable).split(), cwd=folder, env=environment, check=True)
    if os.environ.get("CI") != "true":
        site = next((folder / ".venv").glob("lib/*/site-packages"))
        ours = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})\n"
        (site / "packages.pth").write_text(ours)
    subprocess.run(
        [*install.split(), "--quiet", "--disable-pip-version-check"], cwd=folder, env=environment, check=True
    )
    return folder


def said_by(alone, answers):
    environment = {
        "HOME": str(alone),
        "PATH": os.environ["PATH"],
        "COURSE_QUIET": "1",
        "OMP_NUM_THREADS": "1",
    }
    python = str(alone / ".venv/bin/python")
    done = subprocess.run(
        [python, "-c", RUN, str(alone)],
        input=json.dumps(answers),
        capture_output=True,
        text=True,
        cwd=alone,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_kit_alone_runs_a_lesson_and_its_visible_checks_pass_with_right_answers(alone):
    lesson = load_lesson("gradient_checking")
    said = said_by(alone, {cell.id: papers.right(cell) for cell in lesson.cells if cell.role == "answer"})
    assert {key: value for key, value in said.items() if value} == {}
    assert {f"{function}_visible" for function in lesson.functions} <= set(said)


def test_kit_alone_names_a_misconception_and_says_that_a_stub_is_a_stub(alone):
    wrong = next(
        wrong
        for wrong in bank.misconceptions("gradient_checking")
        if wrong.function == "backward_propagation"
    )
    said = said_by(alone, {"backward_propagation": wrong.source})
    assert wrong.looks_like in said["backward_propagation_visible"]
    assert "write it in its cell" in said["forward_propagation_visible"]


def test_ready_says_what_is_done_and_what_is_missing_and_leaves_the_file_as_it_is(alone):
    path = alone / "notebooks/gradient_checking/gradient_checking.ipynb"
    answered = json.loads(path.read_text(encoding="utf-8"))
    lesson = load_lesson("gradient_checking")
    right = {cell.id: papers.right(cell) for cell in lesson.cells if cell.role == "answer"}
    del right["wrong_blocks"]
    for cell in answered["cells"]:
        cell["source"] = right.get(cell["metadata"].get("nbgrader", {}).get("grade_id"), cell["source"])
    before = path.read_bytes()
    path.write_text(json.dumps(answered), encoding="utf-8")
    saved = path.read_bytes()
    try:
        done = subprocess.run(
            [str(alone / ".venv/bin/lessons"), "ready", "gradient_checking"],
            cwd=alone,
            capture_output=True,
            text=True,
        )
        assert path.read_bytes() == saved
    finally:
        path.write_bytes(before)
    assert done.returncode == 1, done.stderr
    said = {line.split()[1].rstrip(":"): line for line in done.stdout.splitlines()[1:-1]}
    assert {name for name, line in said.items() if "✓" in line} == set(right)
    assert "write it in its cell" in said["wrong_blocks"] and "nothing is written yet" in said["your"]
    assert done.stdout.splitlines()[-1].strip() == "not all is done; hidden checks run when you hand in"
