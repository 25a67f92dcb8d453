"""What the benchmarks grade: a class of honest students, in a copy of the course."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

from grader.author import papers
from tests.here import ROOT, load_lesson

STOCK = """
c = get_config()
c.CourseDirectory.course_id = "course"
c.CourseDirectory.root = {root!r}
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "submissions"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.db_url = "sqlite:///{root}/gradebook.db"
c.ExecutePreprocessor.timeout = 600
"""


def perfect_notebook(lesson: str) -> bytes:
    """A release with every answer right."""
    course = load_lesson(lesson)
    paper = papers.Paper(course, copy.deepcopy(course.release))
    papers.perfect(paper)
    return json.dumps(paper.notebook, ensure_ascii=False).encode()


def without_experiments(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with its training and plots emptied, so that both sides skip them."""
    for cell in notebook["cells"]:
        if "experiment" in cell["metadata"].get("tags", []):
            cell["source"] = "pass"
    return notebook


def write_class(folder: Path, lesson: str, students: int, *, training: bool = True) -> None:
    """`students` perfect submissions of one lesson below `folder`."""
    content = perfect_notebook(lesson)
    if not training:
        content = json.dumps(without_experiments(json.loads(content))).encode()
    for number in range(students):
        path = folder / f"student{number:05}" / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)


def stock_course(root: Path, lesson: str, students: int, *, training: bool = True) -> None:
    """A course for plain nbgrader below `root`, its solution built from ours, with a class to grade."""
    for folder in ("helpers", "data"):
        shutil.copytree(ROOT / folder, root / folder)
    source = root / "solutions" / lesson / f"{lesson}.ipynb"
    source.parent.mkdir(parents=True)
    notebook = json.loads((ROOT / "solutions" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    source.write_text(json.dumps(notebook if training else without_experiments(notebook)), encoding="utf-8")
    (root / "nbgrader_config.py").write_text(STOCK.format(root=str(root)), encoding="utf-8")
    write_class(root / "submissions", lesson, students, training=training)
