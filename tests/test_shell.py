"""The shell of a student room: cells are read, run and shown as in a notebook."""

# ruff: noqa: E501 (a submission a line)
from __future__ import annotations

import pytest
from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell

from grader.rooms.shell import RoomShell
from tests.here import LESSONS, load_lesson
from tests.roomcase import graded, outputs_of, printed

pytestmark = [pytest.mark.sandbox, pytest.mark.xdist_group("rooms")]


def test_cells_run_as_in_a_notebook(pair):
    cells = {
        "setup": "%matplotlib inline\nimport matplotlib.pyplot as plt, asyncio\nawait asyncio.sleep(0)\nplt.plot([1, 2])",
        "worked": "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\n!echo from the shell\n6 * 7",
        "first_visible": "print(Out[max(Out)], _)",
    }
    result = graded(pair, cells)
    assert any("image/png" in output.get("data", {}) for output in outputs_of(result, "added-1"))
    kinds = [output["output_type"] for output in outputs_of(result, "added-2")]
    assert kinds == ["display_data", "stream", "execute_result"]
    assert "from the shell" in printed(result, "added-2") and printed(result, "added-3") == "42 42\n"


CELLS = (
    "%matplotlib inline\nx = 1", "x = !ls\ny = 1", "x = 1\nx?", "x = 1\n!ls", "# c\n%pwd", "%%time\nx", "ls", "x\n\n\n",
    "\n\nx = 1\ny = 2", "  x = 1\n  y = 2", "In [1]: x\nIn [2]: y", ">>> x\n>>> y", "...\nx", "x = (1\n%2)\ny", "/f 1\n2",
    "await f()\nx = 1", "s = '''\n%pwd\n'''\ny", "x = 1\r\ny = 2", "def f(x):\n    return x", "x = 1 \\\n  + 2\n",
    "pass", "ls", "x", "x = 1", "import os", "cd = 3", "ls = 3; ls", "time", "print(1)", "del x", "raise E", "# only", "assert x",
    "if x: pass", "async def f(): pass", "x;", "x = 1;", "lambda: 3", "a = !ls", "x?", "cd .", "who", "alias", "global x", "pass\n\n",
)  # fmt: skip


def test_cells_are_read_as_ipython_reads_them():
    shell = RoomShell()
    cells = [cell.source for name in LESSONS for cell in load_lesson(name).cells if cell.kind == "code"]
    for source in [*CELLS, *cells]:
        assert shell.transform_cell(source) == InteractiveShell.transform_cell(shell, source)


def test_a_cell_that_is_python_already_is_not_searched_for_magics(monkeypatch):
    shell = RoomShell()
    monkeypatch.setattr(InteractiveShell, "transform_cell", lambda self, cell: "searched")
    assert shell.transform_cell("x = 1\ny = 2\n") == "x = 1\ny = 2\n"
    assert shell.transform_cell("import os") == "import os\n"
    assert shell.transform_cell("x = 1\n%pwd") == shell.transform_cell("ls") == "searched"


def test_a_cell_that_is_learnt_is_not_parsed_again(monkeypatch):
    shell, cell = RoomShell(), "x = 1\ny = 2\n"
    shell.compile.learn(cell)
    monkeypatch.setattr(CachingCompiler, "ast_parse", None)
    assert shell.transform_cell(cell) == cell
    assert len(shell.compile.ast_parse(cell).body) == 2


def test_a_cell_of_whose_writing_python_warns_is_not_learnt():
    shell = RoomShell()
    shell.compile.learn("x = 1\ny = '\\d'\n")
    assert not shell.compile.known


def test_what_was_put_in_and_out_is_kept_as_in_a_notebook(pair):
    result = graded(
        pair, {"setup": "1 + 1", "worked": "print(repr(In[2]), Out[2], _, repr(_i), _i2, len(In))"}
    )
    assert printed(result, "added-2") == "'1 + 1' 2 2 'print(first(2))' 1 + 1 6\n"


def test_a_warning_about_how_a_cell_is_written_is_said_once(pair):
    result = graded(
        pair, {"setup": "import warnings\nwarnings.simplefilter('always')", "worked": "x = 1\ny = '\\d'"}
    )
    said = "".join(output.get("text", "") for output in outputs_of(result, "added-2"))
    assert said.count("invalid escape sequence") == 1


def test_output_counts_by_its_characters_whichever_they_are(pair):
    commas = {"first": "def first(x):\n    return 2 * x\nprint(*[1] * 450_000, sep=',')"}
    assert graded(pair, **commas).score == 4
    everywhere = {cell["id"]: "print(',' * 460_000)" for cell in pair.solution["cells"]}
    result = graded(pair, everywhere)
    assert (result.status, result.score) == ("graded", 4)


def test_output_is_bounded(pair):
    result = graded(pair, {"setup": "for _ in range(300_000):\n    print('x' * 100)"})
    assert result.score == 4 and len(printed(result, "added-1")) < 1_100_000
    assert "too long" in printed(result, "added-1")


@pytest.mark.parametrize(
    ("cell", "name", "value"),
    [
        ('guess = ""', "guess", ""),
        ('guess = "two or three"  # how many\n', "guess", "two or three"),
        ("guess = \"a {b} 'c'\"", "guess", "a {b} 'c'"),
        ('guess = "a" "b"', "guess", "ab"),
        ('guess = "a"  # and\nguess = "b"', "guess", "b"),
        ('guess = "\\x41"', "guess", "A"),
    ],
)
def test_a_text_under_a_name_is_bound_as_python_does(cell, name, value):
    shell = RoomShell()
    outputs, error = shell.run(cell, 1000)
    assert (outputs, error, shell.user_ns[name]) == ([], None, value)


def test_a_text_under_a_keyword_is_an_error():
    assert RoomShell().run('class = "a"', 1000)[1]["type"] == "SyntaxError"
