"""Whatever form honest work comes in, it is graded as it stands; what was done to it is said."""

import io
import json
import zipfile

import jupytext
import nbformat
import pytest

from grader.errors import SubmissionError
from grader.grading.grade import grade
from grader.submission import notebook as parsing
from grader.submission.belonging import lessons_of
from grader.submission.intake import Handed
from grader.submission.notebook import opened, parse, slim
from grader.submission.rebuild import rebuild
from grader.submission.settle import settle

from . import small
from .here import COURSE, load_lesson
from .papers import notebook_of

DONE = "    return x + x\n"


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    return small.course(tmp_path_factory.mktemp("course"))


def answer(result, identity="double"):
    return next(cell for cell in result.cells if cell.id == identity)


def zipped(*files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # without the hour
    return buffer.getvalue()


def script(form):
    return jupytext.writes(nbformat.from_dict(small.perfect()), fmt=form).encode()


def jupyter_script():
    """What `File > Save and export as > Executable script` writes."""
    from nbconvert.exporters import PythonExporter

    return PythonExporter().from_notebook_node(nbformat.from_dict(small.perfect()))[0].encode()


def vs_code_script():
    """`Export > Python script` of VS Code: cells marked, text as comments, no metadata."""
    parts = []
    for cell in small.perfect()["cells"]:
        if cell["cell_type"] == "code":
            parts.append("# %%\n" + cell["source"])
        else:
            parts.append("# %% [markdown]\n" + "\n".join(f"# {line}" for line in cell["source"].split("\n")))
    return "\n\n".join(parts).encode()


def plain_script():
    return f"import numpy as np\n\n{small.DOUBLE}{DONE}\n\n{small.TRIPLE}    y = x\n\n    return 3 * y\n".encode()


FORMS = {
    "Jupytext percent": lambda: script("py:percent"),
    "Jupytext light": lambda: script("py:light"),
    "Jupytext hydrogen": lambda: script("py:hydrogen"),
    "Jupyter's export": jupyter_script,
    "VS Code's export": vs_code_script,
    "a plain script": plain_script,
    "in a ZIP": lambda: zipped(("a.ipynb", small.as_bytes(small.perfect()))),
    "a folder deeper in a ZIP": lambda: zipped(
        ("homework/tiny/a.ipynb", small.as_bytes(small.perfect())), ("__MACOSX/homework/._a.ipynb", b"\0")
    ),
    "a script in a ZIP": lambda: zipped(("a.py", plain_script()), ("data.csv", b"1")),
    "a JSON string": lambda: json.dumps(small.as_bytes(small.perfect()).decode()).encode(),
    "with null bytes behind": lambda: small.as_bytes(small.perfect()) + b"\0" * 500,
    "with words behind": lambda: small.as_bytes(small.perfect()) + b"\nsaved by sync 3.2\n",
    "blanks and a mark before": lambda: b"\xef\xbb\xbf\n\n  " + small.as_bytes(small.perfect()),
}


@pytest.mark.parametrize("form", FORMS)
def test_both_answers_are_found_in_any_form(lesson, form):
    result = rebuild(lesson, FORMS[form]())
    assert "return x + x" in answer(result).source
    assert "return" in answer(result, "triple").source
    assert [cell.id for cell in result.cells if cell.role != "added"] == [cell.id for cell in lesson.cells]


@pytest.mark.parametrize("form", ["Jupytext percent", "Jupyter's export", "VS Code's export"])
def test_the_text_of_a_script_is_the_written_answer(lesson, form):
    assert "two and two are four" in answer(rebuild(lesson, FORMS[form]()), "tiny_question").source


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped(("readme.txt", b"x")), "no notebook is in the ZIP"),
        (
            zipped(("a.ipynb", b"{}"), ("b.ipynb", b"{}")),
            r"several notebooks are in the ZIP file \(a.ipynb, b",
        ),
        (zipped(("a.ipynb", b"{}"))[:40], "ZIP file cannot be read"),
        (b"%PDF-1.7 def f(", "a PDF"),
        (b"<html>def f(x): pass</html>", "a web page"),
        (small.as_bytes(small.perfect()) * 2, "cannot be read as JSON"),
        (json.dumps(json.dumps(json.dumps({}))).encode(), "no notebook"),
        (b"I did all of it. It was hard.", "cannot be read as JSON"),
    ],
)
def test_what_is_no_notebook_in_any_form_is_named(content, words):
    with pytest.raises(SubmissionError, match=words):
        parse(content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    many = zipped(*((f"{i}.ipynb", b"0" * 2_000_000) for i in range(80)))
    with pytest.raises(SubmissionError, match="unpacks to too much"):
        parse(many)


@pytest.mark.parametrize(
    "source",
    [
        f"if True:\n    {small.DOUBLE}    {DONE}".replace('\n    """', '\n        """'),
        "    def double(x):\n        return x + x\n",
        ">>> def double(x):\n...     return x + x\n",
        "In [3]: def double(x):\n   ...:     return x + x\n",
        "def mine(x):\n    return x + x\n\ndouble: object = mine\n",
        "print('ok'); double = lambda x: x + x\n",
        "def\u00a0double(x):\n\u00a0\u00a0\u00a0\u00a0return x + x\n",
    ],
)
def test_an_answer_is_found_wherever_it_is_defined(lesson, source):
    notebook = small.release()
    notebook["cells"].remove(small.cell_of(notebook, "double"))
    small.insert(notebook, "t2", source)
    for cell in notebook["cells"]:
        cell.pop("id")
        cell["metadata"] = {}
    result = rebuild(lesson, small.as_bytes(notebook))
    assert answer(result).source.strip() == source.strip()
    assert grade(lesson, small.as_bytes(notebook)).score == 5.0


def test_a_stub_further_down_does_not_beat_the_answer(lesson):
    notebook = small.perfect()
    small.insert(notebook, "t3", "def double(x):\n    # again\n    raise NotImplementedError()\n")
    assert grade(lesson, small.as_bytes(notebook)).score == 10.0


def test_a_stub_never_runs_over_an_answer_that_only_running_shows(lesson):
    notebook = small.release()
    small.insert(notebook, "setup", "exec('def dou' + 'ble(x):\\n    return x + x')")
    result = grade(lesson, small.as_bytes(notebook))
    assert {check.function for check in result.checks if check.outcome == "passed"} == {"double"}


def test_a_helper_of_the_same_name_is_no_answer():
    lesson = load_lesson("gradient_checking")
    notebook = notebook_of(lesson, {cell.function: cell.release for cell in lesson.cells if cell.function})
    notebook["cells"].insert(
        3, {"cell_type": "code", "metadata": {}, "source": "from reg_utils import *\nfrom gc_utils import *"}
    )
    assert grade(lesson, small.as_bytes(notebook)).score == 0.0


def test_a_cell_that_writes_a_file_is_no_answer(lesson):
    notebook = small.release()
    small.insert(notebook, "f1", "%%writefile double.py\ndef double(x):\n    return x + x\n")
    assert answer(rebuild(lesson, small.as_bytes(notebook))).origin == "ours"


def test_a_slip_in_a_name_is_graded_and_named(lesson):
    notebook = small.release(double=small.DOUBLE.replace("double", "duoble") + DONE)
    result = grade(lesson, small.as_bytes(notebook))
    assert result.score == 5.0
    assert "the function is called duoble and was graded as double: the name has a slip" in result.restored


def test_a_slip_that_could_be_two_names_is_asked_about():
    lesson = load_lesson("gradient_checking")
    ours = {cell.function: cell.release for cell in lesson.cells if cell.role == "answer"}
    ours["gradient_check"] = "def gradient_checkn(x, theta, epsilon=1e-7):\n    return 0\n"
    notebook = notebook_of(lesson, ours)
    asked = rebuild(lesson, small.as_bytes(notebook)).restored  # the cell says which one it is
    assert (
        "the function is called gradient_checkn and was graded as gradient_check: the name has a slip"
        in asked
    )
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    told = rebuild(lesson, small.as_bytes(notebook)).restored
    assert (
        "not graded: gradient_checkn is not asked for; did you mean gradient_check or gradient_check_n?"
        in told
    )


@pytest.mark.parametrize("name", ["Gradient_Check", "gradient_check2"])
def test_of_two_names_that_a_slip_is_near_to_the_one_without_an_answer_is_meant(name):
    lesson = load_lesson("gradient_checking")
    source = next(
        cell.source for cell in lesson.cells if cell.function == "gradient_check" and cell.role == "answer"
    )
    notebook = notebook_of(lesson, {"gradient_check": source.replace("gradient_check", name)})
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    told = rebuild(lesson, small.as_bytes(notebook)).restored
    assert f"the function is called {name} and was graded as gradient_check: the name has a slip" in told


def test_a_helper_named_like_a_function_that_is_answered_is_left_alone(lesson):
    notebook = small.perfect()
    small.insert(notebook, "t3", "def doubel(x):\n    return 0\n")
    assert not any("doubel" in note for note in rebuild(lesson, small.as_bytes(notebook)).restored)


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib widget",
        "%matplotlib qt",
        "import matplotlib\nmatplotlib.use('TkAgg')",
        "import nothing_like_this as pd",
        "from google.colab import files\nfiles.upload()",
        "%load_ext nothing_like_this",
        "import os\nos.chdir('/content/drive/MyDrive')",
        "import os; os.chdir('/content')",
        "from google.colab import files\nuploaded = files.upload()\nfor name in uploaded.keys():\n    print(name)",
        "import torch\nif torch.cuda.is_available():\n    print(torch.cuda.device_count())",
        "import tensorflow as tf\nwith tf.device('/cpu:0'):\n    a = tf.constant(1)\nb = a + 1",
        "import torch.nn as nn\nclass Net(nn.Module):\n    pass\nnet = Net()",
        "from torch import *\nt = tensor([1])",
        "import torch\nn = 1\nn += torch.tensor(1)\ndel torch",
        "\n".join(f"import nothing_like_this_{number}" for number in range(9)),
        "import os\nfor name in os.listdir('../input'):\n    print(name)",
        "%%time\nfrom google.colab import files",
        "\n%%capture\nimport nothing_like_this",
        "import numpy as np\ndata = np.load('/content/drive/data.npz')\nX = data['X']",
        "from numba import njit\n@njit",
        "import functools, numba\n@functools.cache\n@numba.njit(\n    cache=True)",
        "name = input('Who are you? ')\nprint(name.upper())",
        "n = int(input())",
    ],
)
def test_a_line_for_another_machine_above_a_right_answer_costs_nothing(lesson, line):
    notebook = small.perfect()
    small.cell_of(notebook, "double")["source"] = f"{line}\n{small.DOUBLE}{DONE}"
    result = grade(lesson, small.as_bytes(notebook))
    assert result.score == 10.0
    cell = next(cell for cell in json.loads(result.notebook)["cells"] if cell["id"] == "double")
    assert any("Left out" in output["text"] for output in cell["outputs"])


def test_a_name_that_another_machine_has_is_known_in_the_cells_below(lesson):
    notebook = small.perfect()
    small.insert(notebook, "setup", "import torch\n")
    small.cell_of(notebook, "double")["source"] = f"torch.manual_seed(1)\n{small.DOUBLE}{DONE}"
    assert grade(lesson, small.as_bytes(notebook)).score == 10.0


@pytest.mark.parametrize(
    "answer",
    [
        "def double(x: torch.Tensor) -> np.float:\n",
        "def double(x):\n    breakpoint()\n",
        "import pdb\ndef double(x):\n    pdb.set_trace()\n",
    ],
)
def test_what_only_says_or_stops_in_an_answer_costs_nothing(lesson, answer):
    notebook = small.perfect()
    small.cell_of(notebook, "double")["source"] = answer + DONE
    assert grade(lesson, small.as_bytes(notebook)).score == 10.0


def test_a_mistake_above_an_answer_is_still_one(lesson):
    notebook = small.perfect()
    small.cell_of(notebook, "double")["source"] = f"1 / 0\n{small.DOUBLE}{DONE}"
    assert grade(lesson, small.as_bytes(notebook)).score == 5.0


def test_a_newer_python_is_named(lesson):
    notebook = small.perfect()
    small.cell_of(notebook, "double")["source"] = f"type Number = int\n{small.DOUBLE}{DONE}"
    said = [check.message for check in grade(lesson, small.as_bytes(notebook)).checks]
    assert any("Python 3.12 and newer may read this" in message for message in said)


def test_another_courses_notebook_with_one_common_name_is_refused(lesson):
    cells = [{"cell_type": "code", "source": "def double(image, factor):\n    return image"}]
    real = load_lesson("gradient_checking")
    other = {
        "cells": [
            {"cell_type": "code", "source": "def forward_propagation(X, parameters):\n    return X"},
            *cells,
        ]
    }
    with pytest.raises(
        SubmissionError, match="but 1 of 6 function names, with other parameters; hand in the right one"
    ):
        rebuild(real, json.dumps(other).encode())


@pytest.mark.parametrize("name", COURSE.lessons)
def test_a_notebook_tells_its_lesson_by_its_content(name):
    lessons = [COURSE.lesson(other) for other in COURSE.lessons]
    blank = COURSE.lesson(name).release
    bare = notebook_of(COURSE.lesson(name))
    for cell in bare["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    assert lessons_of(lessons, json.dumps(blank).encode()) == [name]
    assert lessons_of(lessons, json.dumps(bare).encode()) == [name]
    assert (
        lessons_of(lessons, json.dumps({"cells": [{"cell_type": "code", "source": "x = 1"}]}).encode()) == []
    )


def test_more_cells_than_are_graded_cost_nothing_if_the_answers_are_among_them(lesson):
    notebook = small.perfect()
    filler = [{"cell_type": "code", "source": f"x{i} = {i}", "metadata": {}} for i in range(1265)]
    notebook["cells"] = [*filler, *notebook["cells"]]
    result = rebuild(lesson, small.as_bytes(notebook))
    assert "return x + x" in answer(result).source
    assert any("of 1,279 cells, 1,000 were graded" in note for note in result.restored)


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=="


def colab_script():
    body = f'# -*- coding: utf-8 -*-\n"""hw.ipynb\n\nAutomatically generated by Colab.\n"""\n\n{small.DOUBLE}{DONE}\n'
    return (body + '"""two and two are four"""\n').encode()


def pycharm_script():
    return f"#%%\n{small.DOUBLE}{DONE}\n#%% md\ntwo and two are four\n".encode()


@pytest.mark.parametrize("form", [colab_script, pycharm_script])
def test_the_text_of_other_editors_scripts_is_text(form):
    kinds = [cell.kind for cell in parse(form()) if "two and two are four" in cell.source]
    assert kinds == ["markdown"]


@pytest.mark.parametrize("mime", ["image/jpg", "image/webp", "image/heic"])
def test_a_picture_of_another_type_is_shown_or_told(lesson, mime):
    notebook = small.perfect()
    cell = small.cell_of(notebook, "tiny_question")
    cell |= {"source": "See ![s](attachment:s)", "attachments": {"s": {mime: PNG}}}
    result = grade(lesson, small.as_bytes(notebook))
    written = next(c for c in json.loads(result.notebook)["cells"] if c["id"] == "tiny_question")
    if mime == "image/jpg":
        assert written["attachments"] == {"s": {"image/jpeg": PNG}}
    else:
        assert any(mime in note for note in result.restored)


def test_blanks_in_place_of_a_picture_are_read_once():
    notebook = small.perfect()
    blanks = " " * 2_000_000  # read again from each of them, they would take a day
    small.cell_of(notebook, "tiny_question")["source"] = f"![s](data:image/png;base64,{blanks}!"
    assert parse(small.as_bytes(notebook))


def test_a_picture_with_a_title_is_no_text(lesson):
    notebook = small.perfect()
    small.cell_of(notebook, "tiny_question")["source"] = f'See ![s](data:image/png;base64,{PNG} "mine")'
    result = grade(lesson, small.as_bytes(notebook))
    written = next(c for c in json.loads(result.notebook)["cells"] if c["id"] == "tiny_question")
    assert PNG not in written["source"] and '(attachment:picture-1 "mine")' in written["source"]


@pytest.mark.parametrize("how", ["attached", "as text", "as HTML"])
def test_a_picture_of_a_written_answer_reaches_the_executed_notebook(lesson, how):
    notebook = small.perfect()
    cell = small.cell_of(notebook, "tiny_question")
    if how == "attached":
        cell |= {"source": "See ![s](attachment:s.png)", "attachments": {"s.png": {"image/png": PNG}}}
    else:
        cell["source"] = (
            f"See ![s](data:image/png;base64,{PNG})"
            if how == "as text"
            else f'<img src="data:image/png;base64,{PNG}">'
        )
    result = grade(lesson, small.as_bytes(notebook))
    written = next(c for c in json.loads(result.notebook)["cells"] if c["id"] == "tiny_question")
    assert [list(bundle.values()) for bundle in written["attachments"].values()] == [[PNG]]
    assert next(iter(written["attachments"])) in written["source"]
    assert PNG not in written["source"]


def test_a_large_picture_as_text_does_not_cost_the_notebook(lesson):
    notebook = small.perfect()
    small.cell_of(notebook, "tiny_question")["source"] = f"![s](data:image/png;base64,{'A' * 400_000})"
    assert len(opened(small.as_bytes(notebook)).cells) == len(notebook["cells"])


def test_a_picture_that_is_none_is_left_out_and_said(lesson):
    notebook = small.perfect()
    cell = small.cell_of(notebook, "tiny_question")
    cell |= {"source": "![s](attachment:s.png)", "attachments": {"s.png": {"image/png": "not base64!"}}}
    assert any(
        "a picture in a text cell" in note for note in rebuild(lesson, small.as_bytes(notebook)).restored
    )


def test_a_cell_that_is_too_long_costs_only_itself(lesson):
    notebook = small.perfect()
    small.insert(notebook, "f1", "data = '" + "x" * (parsing.MAX_SOURCE + 1) + "'")
    small.insert(notebook, "f1", "y" * (parsing.MAX_SOURCE + 1), kind="markdown", identity="long")
    result = rebuild(lesson, small.as_bytes(notebook))
    assert "return x + x" in answer(result).source
    assert any(note.startswith("not graded: a code cell of 200,0") for note in result.restored)
    assert any("a text cell of 200,001 characters was cut" in note for note in result.restored)


def test_a_slim_notebook_is_the_same_work():
    notebook = small.perfect()
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 3_000_000}]
    whole = small.as_bytes(notebook)
    less, _ = slim(whole)
    assert len(less) < 10_000
    assert parsing.digest_of(parse(less)) == parsing.digest_of(parse(whole))


def settled(lesson, expected, **beside):
    files = tuple((name, small.as_bytes(book)) for name, book in beside.items())
    return settle(lesson, Handed(small.as_bytes(expected) if expected else b"", beside=files))


def test_the_notebook_under_the_expected_name_counts_and_the_other_is_named(lesson):
    handed = settled(lesson, small.perfect(), other=small.release())
    assert json.loads(handed.notebook) == small.perfect()
    assert handed.notes == ("not graded: other, which lies beside it",)


def test_an_untouched_one_gives_way_to_the_one_beside_it_that_holds_answers(lesson):
    handed = settled(lesson, small.release(), other=small.perfect())
    assert json.loads(handed.notebook) == small.perfect()
    assert handed.notes == ("the file is called other", "not graded: tiny.ipynb, which lies beside it")


def test_the_one_of_the_lesson_is_taken_of_several_without_the_expected_name(lesson):
    handed = settled(
        lesson, None, essay={"cells": [{"cell_type": "code", "source": "x"}]}, mine=small.perfect()
    )
    assert json.loads(handed.notebook) == small.perfect()
    with pytest.raises(SubmissionError, match=r"several notebooks could be meant \(a, b\)"):
        settled(lesson, None, a=small.perfect(), b=small.perfect() | {"metadata": {"x": 1}})
    with pytest.raises(SubmissionError, match="nothing in a, b belongs to the lesson tiny"):
        settled(lesson, None, a={"cells": []}, b={"cells": []})


def test_a_zip_of_all_lessons_gives_each_its_own(lesson):
    real = load_lesson("initialization")
    archive = zipped(
        ("all/initialization.ipynb", json.dumps(notebook_of(real)).encode()),
        ("all/tiny.ipynb", small.as_bytes(small.perfect())),
    )
    assert json.loads(settle(lesson, Handed(archive)).notebook) == small.perfect()
    assert json.loads(settle(real, Handed(archive)).notebook) == notebook_of(real)


def test_outputs_that_are_too_large_are_left_out_and_said(lesson):
    notebook = small.perfect()
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 11_000_000}]
    handed = settle(lesson, Handed(small.as_bytes(notebook)))
    assert len(handed.notebook) < 10_000
    assert handed.notes == ("outputs and other ballast of 10 MiB were left out",)
