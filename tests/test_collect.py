"""Zips downloaded from Moodle and Canvas, through nbgrader's own zip_collect into our intake."""

import subprocess
import sys
import zipfile

import pytest
from nbgrader.api import Gradebook

from grader.lms import collect
from tests.here import COURSE

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "course"
c.CourseDirectory.root = {root!r}
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "submissions"
c.CourseDirectory.db_url = "sqlite:///{root}/gradebook.db"
c.ZipCollectApp.collector_plugin = "grader.lms.collect.LmsCollectorPlugin"
c.LmsCollectorPlugin.worksheet = {worksheet!r}
"""
NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def course(tmp_path):
    (tmp_path / "notebooks" / "regularization").mkdir(parents=True)
    (tmp_path / "notebooks" / "regularization" / "regularization.ipynb").write_text(NOTEBOOK)
    (tmp_path / "solutions").mkdir(parents=True)
    (tmp_path / "solutions" / "course.toml").write_text('[[lesson]]\nname = "regularization"\n')
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as book:
        book.add_student("ada", first_name="Ada", last_name="Lovelace", lms_user_id="101")
        book.add_student("zoe", first_name="Zoë", last_name="日本", lms_user_id="103")
    return tmp_path


def zip_collect(course, names, worksheet=""):
    archive = course / "downloaded" / "regularization" / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "download.zip", "w") as file:
        for name in names:
            file.writestr(name, NOTEBOOK)
    (course / "nbgrader_config.py").write_text(
        CONFIG.format(root=str(course), worksheet=worksheet), encoding="utf-8"
    )
    command = [sys.executable, "-m", "nbgrader", "zip_collect", "regularization"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {path.parts[-3] for path in (course / "submissions").rglob("regularization.ipynb")}, done.stderr


def test_moodle_download_goes_to_its_students(course):
    sheet = course / "worksheet.csv"
    sheet.write_text("Identifier,Full name,ID number\nParticipant 5001,Someone Else,101\n", encoding="utf-8")
    names = [
        "Ada L_5001_assignsubmission_file_/regularization.ipynb",
        "Zoë 日本_5003_assignsubmission_file/regularization.ipynb",
        "A Stranger_5009_assignsubmission_file_/regularization.ipynb",
        "Ada L_5001_assignsubmission_file_/notes.txt",
    ]
    students, log = zip_collect(course, names, str(sheet))
    assert students == {"ada", "zoe"}
    assert "no such student in the roster" in log


def test_canvas_download_goes_to_its_students(course):
    students, log = zip_collect(
        course,
        [
            "lovelaceada_LATE_101_9001_regularization-2.ipynb",
            "x_103_9002_regularization.ipynb",
            "x_103_9_essay.ipynb",
        ],
    )
    assert students == {"ada", "zoe"}
    assert "no such lesson" in log


@pytest.mark.parametrize(
    ("name", "lesson"),
    [
        ("regularization.ipynb", "regularization"),
        ("regularization-12.ipynb", "regularization"),
        ("gradient_checking (1).ipynb", "gradient_checking"),
        ("../regularization.ipynb", None),
        ("regularization.ipynb.exe", None),
    ],
)
def test_only_a_lessons_name_is_a_lesson(name, lesson):
    assert collect.lesson_in(name, COURSE) == lesson
