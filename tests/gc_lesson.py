"""The gradient-checking lesson as it runs, and what its text states, for the tests of its claims."""

import contextlib
import io

import gc_utils
import pytest

from tests import bank

LESSON = "gradient_checking"
TEXT = "\n".join(cell.source for cell in bank.cells(LESSON) if cell.kind == "markdown")


@pytest.fixture(scope="module")
def lesson():
    """The lesson's names after all its cells but the checks have run, with what was printed under "printed"."""
    notebook = {"__name__": "__main__"}
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.setenv("COURSE_QUIET", "1")
        for number, cell in enumerate(bank.cells(LESSON)):
            if cell.role in ("given", "answer", "free", "experiment"):
                exec(compile(cell.source, "<lesson>", "exec"), notebook)
                notebook[f"after {number}"] = {
                    k: v for k, v in notebook.items() if not k.startswith("after ")
                }
    notebook["printed"] = printed.getvalue()
    return notebook


def with_curve(lesson, name):
    """The names just after the first cell that drew a curve of this name."""
    return next(v for k, v in lesson.items() if k.startswith("after ") and name in v.get("curves", ()))


def says(*phrases):
    """Whether the text states each phrase, whatever its line breaks."""
    flat = " ".join(TEXT.replace("$", "").replace("**", "").replace("*", "").split())
    missing = [phrase for phrase in phrases if phrase not in flat]
    assert missing == []
    return True


def smallest_Z(case):
    cache = gc_utils.forward_propagation_n(*case)[1]
    return min(abs(cache[0]).min(), abs(cache[4]).min())
