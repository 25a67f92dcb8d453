"""What a user can cause is one line that says what to do, with status 1 or 2; never a traceback."""

import os
import shutil
import subprocess
import sys

import pytest

from . import small
from .here import ROOT

BOOK = "sqlite:///{book}"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A small course with a gradebook, a file and a folder of no use."""
    from grader.records.record import Recorder

    root = tmp_path_factory.mktemp("place")
    lesson = small.course(root / "course")
    with Recorder(lesson.root / "grades", [lesson]):
        pass
    (root / "FILE").write_bytes(b"caf\xe9, no course\n")
    (root / "FOLDER").mkdir()
    (root / "short.csv").write_text("first_name;id\nAda\n")
    shutil.copytree(root / "course", root / "broken")
    (root / "broken" / "nbgrader_config.py").write_text('c.Grader.late = "no end\n')
    (root / "latin").mkdir()
    shutil.copytree(root / "course", root / "latin", dirs_exist_ok=True)
    (root / "latin" / "solutions" / "tiny" / "tiny.py").write_bytes(b"# %%\n# caf\xe9\n")
    return root


def run(place, command):
    words = [word.format(place=place, book=place / "course/grades/gradebook.db") for word in command.split()]
    return subprocess.run(
        [sys.executable, "-m", "grader", *words],
        cwd=place,
        env=os.environ | {"GRADER_COURSE": str(place / "course"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )


COMMANDS = {
    "kit FILE": "FILE is a file; name a new folder",
    "grade tiny --grades FILE --submissions FOLDER": "FILE is no folder",
    "grade --submissions FILE": "no folder FILE",
    "grade --db sqlite:////no/such/g.db --submissions FOLDER": "gradebook",
    "grade --course FILE": "is no course",
    "export csv --to FOLDER": "FOLDER is a folder",
    "export csv --db sqlite:///no/such/g.db": "no gradebook at no/such/g.db",
    "export csv --db nonsense": "the gradebook's address is none",
    "export csv --db sqlite:///FILE": "not a database",
    "export canvas --template FOLDER": "Is a directory",
    "export canvas --template FILE": "no column 'Student'",
    "export moodle tiny --template nothing.csv": "nobody is in the gradebook",
    "export canvas --template nothing.csv": "cannot be read",
    "export csv --grades FILE": "FILE is no folder",
    "export csv nothing": "no lesson 'nothing'",
    "report --grades FILE": "FILE is no folder",
    "report --grades nowhere": "there is no folder nowhere; grade first",
    "feedback --grades nowhere": "there is no folder nowhere; grade first",
    "sample --students -1 --submissions nowhere": "--students is -1",
    "report --output FOLDER": "is a folder; name the file to write",
    "report --db nonsense": "the gradebook's address is none",
    "feedback --grades FILE": "FILE is no folder",
    "explain ada tiny --grades FILE": "FILE is no folder",
    "explain ada tiny": "not graded yet",
    "report --course broken": "nbgrader_config.py: SyntaxError",
    "export csv --course broken --to out.csv": "nbgrader_config.py: SyntaxError",
    "serve --policy nothing.toml --cold": "nothing.toml",
    "serve --certificate FILE --private-key FILE --cold": "no certificate with its key",
    "serve --links short.csv": "no link was written for that row",
    "serve --links short.csv --days -1": "more than 0",
    "serve --host no.such.host.invalid --cold": "cannot listen there",
    "serve --port 99999 --cold": "between 1 and 65535",
    "serve --db sqlite:////no/such/folder/book.db --cold": "does not answer",
    "extend ada nothing 2": "no lesson is called nothing",
    "extend nobody tiny 2": "no student is called nobody",
    "extend ada tiny much": "invalid float value",
    "extend ada tiny -- -3": "no extension",
    "written nothing": "no lesson is called nothing",
    "written tiny": "nobody is graded",
    "written tiny --grades FILE": "FILE is no folder",
    "written tiny --to a.csv --from b.csv": "not allowed with argument",
    "collect nothing.zip": "there is no nothing.zip",
    "collect FOLDER --roster FILE": "no column 'id'",
    "collect FOLDER --roster FOLDER": "Is a directory",
    "build --check tiny --course {place}/latin": "tiny.py:2: not UTF-8",
    "frobnicate": "invalid choice",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_mistake_of_the_user_is_one_line_that_names_it(place, command):
    done = run(place, command)
    assert done.returncode in (1, 2), done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert COMMANDS[command] in done.stderr, done.stderr


@pytest.mark.parametrize(
    "command", ["export csv --to F.csv tiny", "export --to F.csv csv tiny", "export csv tiny --to F.csv"]
)
def test_options_may_stand_before_between_and_after_the_lessons(place, command):
    done = run(place, command)
    assert (done.returncode, done.stdout.strip()) == (0, "F.csv"), done.stderr


def test_a_password_is_not_repeated(place):
    done = run(place, "export csv --db postgresql://me:secret@localhost:1/x")
    assert done.returncode == 1
    assert "secret" not in done.stderr
    assert "localhost:1/x" in done.stderr
