"""What students get of a lesson, made from its solution notebook by nbgrader's own `generate_assignment`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config, PyFileConfigLoader

from ..course import Course
from ..files import write_changed

NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
NAMES = {"source_directory": "solutions", "release_directory": "notebooks"}  # as every course has them


def make_release(course: Course, name: str, notebook: NotebookNode) -> NotebookNode:
    """What students get, made from the solution notebook by nbgrader's own `generate_assignment`."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    config = nbgrader_config(course.root)
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        config.CourseDirectory.root = folder
        config.CourseDirectory.assignment_id = name
        config.SaveCells.enabled = False
        write_changed(Path(folder, "solutions", name, f"{name}.ipynb"), nbformat.writes(notebook))
        converter = GenerateAssignment(
            coursedir=CourseDirectory(config=config), config=config, no_database=True
        )
        converter.start()
        release = nbformat.read(Path(folder, "notebooks", name, f"{name}.ipynb"), as_version=4)
    release.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    return release


def nbgrader_config(root: Path) -> Any:
    """The course's nbgrader configuration (a traitlets `Config`); a course without a file of its own uses NAMES."""
    if not (root / "nbgrader_config.py").exists():
        return Config({"CourseDirectory": NAMES})
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
