"""nbgrader's own autograde with our rebuild and rooms in its lists: the same rows as `grader grade`, or none at all."""

import json
import logging
import shutil
from dataclasses import replace

import pytest

from grader.course import SETTINGS
from grader.errors import MachineError
from grader.grading import nbgrader_hooks
from grader.grading.grade import grade
from grader.records.grades import Grades
from grader.records.record import Recorder, Verdict
from tests.here import ROOT, load_lesson

from .papers import hand_in, notebook_of
from .verdicts import execute, rows

LESSON = "gradient_checking"
pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def lesson():
    return load_lesson(LESSON)


@pytest.fixture
def course(tmp_path, lesson):
    """A course directory with the committed configuration, a gradebook that knows the lesson, and a class."""
    for step in ("solutions", "notebooks"):
        shutil.copytree(ROOT / step / LESSON, tmp_path / step / LESSON)
    for part in ("helpers", "data"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / SETTINGS).write_text(f'[[lesson]]\nname = "{LESSON}"\n')
    config = (ROOT / "nbgrader_config.py").read_text()
    (tmp_path / "nbgrader_config.py").write_text(config)
    with Recorder(tmp_path / "grades", [lesson]):
        pass
    return tmp_path


def autograde(course, force=False):
    """What `nbgrader autograde gradient_checking` does, in this process."""
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.db_url = f"sqlite:///{course}/grades/gradebook.db"
    config.CourseDirectory.assignment_id = LESSON
    app = Autograde(coursedir=CourseDirectory(config=config), config=config, force=force)
    app.start()


def changed(lesson):
    """Right answers, but one is wrong, one check is gone, one edited, and a cell is copied."""
    notebook = notebook_of(lesson)
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    cells["backward_propagation"]["source"] = "def backward_propagation(x, theta):\n    return 2 * x\n"
    cells["gradient_check_visible"]["source"] = "pass"
    notebook["cells"].remove(cells["gradient_check_n_hidden"])
    notebook["cells"].insert(3, {**cells["wrong_blocks"], "id": "a-copy"})
    return notebook


def test_rows_and_results_are_those_of_our_own_command(course, lesson, tmp_path):
    work = {"ada": notebook_of(lesson), "bob": changed(lesson), "cy": lesson.release}
    for student, notebook in work.items():
        hand_in(course, LESSON, student, notebook)
    autograde(course)
    results = {s: grade(lesson, json.dumps(n).encode()).for_student(s) for s, n in work.items()}
    with Recorder(tmp_path / "ours", [lesson]) as recorder:
        recorder.write([Verdict(result) for result in results.values()])
    assert rows(course / "grades") == rows(tmp_path / "ours")
    for student in work:
        assert Grades(course / "grades").standing(student, LESSON).to_json() == results[student].to_json()
    assert (
        results["ada"].score == results["ada"].max_score > results["bob"].score > results["cy"].score == 0.0
    )


def test_grader_grade_finds_nothing_left_to_do_afterwards(course, lesson):
    hand_in(course, LESSON, "ada", notebook_of(lesson))
    autograde(course)
    with Recorder(course / "grades", [lesson]) as recorder:
        standing = recorder.standing(LESSON)("ada")
    assert standing is not None
    assert standing.key == grade(lesson, json.dumps(notebook_of(lesson)).encode()).key


def test_a_fault_raises_and_leaves_no_points(course, lesson, monkeypatch):
    from nbgrader.converters.base import NbGraderException

    def faulty(lesson, notebook):
        return replace(grade(lesson, b"{}"), status="fault", reason="the room is gone")

    monkeypatch.setattr(nbgrader_hooks, "grade", faulty)
    hand_in(course, LESSON, "ada", notebook_of(lesson))
    with pytest.raises(NbGraderException):
        autograde(course)
    assert all(row[2] is None for row in rows(course / "grades")["grades"])
    assert not (course / "grades" / "autograded" / "ada" / LESSON).exists()
    assert Grades(course / "grades").standing("ada", LESSON) is None


def test_a_notebook_of_another_assignment_is_not_run_outside_the_rooms(lesson):
    resources = {"nbgrader": {"assignment": "homework", "notebook": "homework", "student": "ada"}}
    for step in (nbgrader_hooks.Rebuild(), nbgrader_hooks.Rooms()):
        with pytest.raises(Exception, match="homework is no lesson of this course"):
            step.preprocess(lesson.release, resources)


def test_rooms_without_rebuild_refuse(lesson):
    resources = {"nbgrader": {"assignment": LESSON, "notebook": LESSON, "student": "ada"}}
    with pytest.raises(Exception, match="Rebuild has not run"):
        nbgrader_hooks.Rooms().preprocess(json.loads(json.dumps(lesson.release)), resources)


def test_no_step_of_nbgraders_lists_executes_a_notebook():
    from nbgrader.preprocessors import Execute
    from traitlets.config import Config

    config = Config()
    nbgrader_hooks.configure(config)
    steps = config.Autograde.sanitize_preprocessors + config.Autograde.autograde_preprocessors
    assert not any(issubclass(step, Execute) for step in steps)
    assert steps[0] is nbgrader_hooks.Rebuild


def test_manual_points_survive_nbgraders_regrade(course, lesson, caplog):
    caplog.set_level(logging.ERROR)
    hand_in(course, LESSON, "ada", notebook_of(lesson))
    autograde(course)
    execute(course / "grades", "UPDATE grade SET manual_score = 1.5 WHERE auto_score IS NULL")
    before = [row[:4] for row in rows(course / "grades")["grades"]]
    autograde(course, force=True)
    assert [row[:4] for row in rows(course / "grades")["grades"]] == before


def test_the_error_of_a_fault_names_the_lesson_and_what_to_do(lesson, monkeypatch):
    monkeypatch.setattr(
        nbgrader_hooks, "grade", lambda *_: replace(grade(lesson, b"{}"), status="fault", reason="gone")
    )
    resources = {"nbgrader": {"assignment": LESSON, "notebook": LESSON, "student": "ada"}}
    notebook, _ = nbgrader_hooks.Rebuild().preprocess(lesson.release, resources)
    with pytest.raises(MachineError, match="gradient_checking: gone; nothing was graded"):
        nbgrader_hooks.Rooms().preprocess(notebook, resources)
