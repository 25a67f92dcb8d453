"""What stops an experiment is told in a sentence, without a traceback: an answer still to be written, an interruption."""

import nbformat
import pytest
from course_unwritten import INTERRUPTED, open_answer
from nbclient import NotebookClient

from tests import bank
from tests.here import LESSONS


def early_stopping():
    raise NotImplementedError()


def test_sentence_names_the_stub_that_was_reached():
    with pytest.raises(NotImplementedError) as caught:
        early_stopping()
    assert open_answer(caught.tb).startswith("early_stopping is not written yet. Write it where")


def test_notebook_shows_a_sentence_and_no_traceback_and_the_cell_fails():
    """Interrupted as by the button: a signal, in the middle of a training."""
    cells = [
        "import testCases",
        "def diagnose():\n    raise NotImplementedError()\n\n\ndef experiment():\n    diagnose()",
        "experiment()",
        "import os, signal, reg_utils\n\n\ndef backward(X, Y, cache):\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return reg_utils.backward_propagation(X, Y, cache)",
        "X, Y, start = testCases.random_case([2, 4, 3, 1], 20, 1)\n"
        "reg_utils.train(X, Y, start, reg_utils.forward_propagation, backward, reg_utils.compute_cost, 0.1, 5000)",
        "print('goes on')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    NotebookClient(notebook, timeout=60, allow_errors=True).execute()
    [open_one], [interrupted] = (
        [out for out in notebook.cells[at].outputs if out.output_type == "error"] for at in (2, 4)
    )
    assert len(open_one.traceback) == 1 and open_one.ename == "NotImplementedError"
    assert open_one.traceback[0].startswith("diagnose is not written yet.")
    assert interrupted.traceback == [INTERRUPTED] and interrupted.ename == "KeyboardInterrupt"
    assert notebook.cells[5].outputs[0].text == "goes on\n"


@pytest.mark.parametrize("lesson", LESSONS)
def test_first_cell_of_each_lesson_makes_the_sentences_ready(lesson):
    first = next(cell for cell in bank.cells(lesson) if cell.kind == "code")
    assert "import testCases" in first.source
