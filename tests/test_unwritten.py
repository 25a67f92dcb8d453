"""An experiment that needs an unfinished answer says which, and what to do, without a traceback."""

import nbformat
import pytest
from course_unwritten import open_answer
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def early_stopping():
    raise NotImplementedError()


def test_sentence_names_the_stub_that_was_reached():
    with pytest.raises(NotImplementedError) as caught:
        early_stopping()
    assert open_answer(caught.tb).startswith("early_stopping is not written yet. Write it where")


def test_notebook_shows_the_sentence_and_no_traceback_and_the_cell_fails():
    cells = [
        "import course_unwritten\ncourse_unwritten.say_what_is_open()",
        "def diagnose():\n    raise NotImplementedError()\n\n\ndef experiment():\n    diagnose()",
        "experiment()",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    with pytest.raises(CellExecutionError):
        NotebookClient(notebook, timeout=60).execute()
    [told] = notebook.cells[2].outputs
    assert told.output_type == "error" and len(told.traceback) == 1
    assert told.traceback[0].startswith("diagnose is not written yet.")
