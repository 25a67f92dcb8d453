"""A notebook that is opened away from its kit installs what it imports, and the line that does so costs nothing."""

import json
import os
import subprocess
import sys
import sysconfig

import pytest

from grader import grade_notebook
from grader.author import kit, papers
from tests.browser import served
from tests.here import COURSE, load_lesson

LESSON = "gradient_checking"
RUN = """
import json, sys, nbformat, nbclient
notebook = nbformat.read(sys.argv[1], as_version=4)
client = nbclient.NotebookClient(notebook, kernel_name="python3", timeout=300, allow_errors=True)
client.execute()
errors = [(c.source[:60], o["ename"], o["evalue"]) for c in notebook.cells for o in c.get("outputs", ())
          if o["output_type"] == "error"]
print(json.dumps(errors))
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """An environment with the packages that Colab has, and none of the course's code."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    site = next((folder / "venv").glob("lib/*/site-packages"))
    # appended by a line of code, so that the course's own editable install there stays out of sight
    (site / "packages.pth").write_text(f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})\n")
    return folder


def answered(path):
    """The notebook at `path` with right answers, as a file holds it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    right = {cell.id: papers.right(cell) for cell in load_lesson(LESSON).cells if cell.role == "answer"}
    for cell in notebook["cells"]:
        cell["source"] = right.get(cell["metadata"].get("nbgrader", {}).get("grade_id"), cell["source"])
    return json.dumps(notebook).encode()


def test_a_notebook_alone_installs_the_helpers_from_the_address_and_runs(bare, tmp_path):
    with served(tmp_path) as address:
        kit.write_kit(COURSE, tmp_path / "kit", f"{address}/kit")
        alone = bare / "alone.ipynb"
        alone.write_bytes(answered(tmp_path / "kit" / "notebooks" / LESSON / f"{LESSON}.ipynb"))
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_NO"))}
        python = str(bare / "venv/bin/python")
        known = subprocess.run([python, "-c", "import testCases"], cwd=bare, env=clean, capture_output=True)
        assert known.returncode != 0  # the environment really lacks the helpers
        clean["PATH"] = f"{bare / 'venv/bin'}{os.pathsep}{clean['PATH']}"
        done = subprocess.run(
            [python, "-c", RUN, str(alone)], cwd=bare, env=clean, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_the_line_that_installs_costs_no_point(tmp_path):
    kit.write_kit(COURSE, tmp_path / "kit", "https://example.org/course")
    path = tmp_path / "kit" / "notebooks" / LESSON / f"{LESSON}.ipynb"
    assert "https://example.org/course/practical_aspects_student-" in path.read_text("utf-8")
    result = grade_notebook(LESSON, answered(path))
    assert (result.status, result.score, result.restored) == ("graded", result.max_score, ())
