"""nbgrader's own pages: what its commands write and formgrader shows is inert too."""

import json

import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from grader.views import byhand, feedback, nbpages
from tests import pagecase, small
from tests.pagecase import executed
from tests.test_feedback import ACTIVE, Text


@pytest.fixture
def lesson(tmp_path):
    return small.course(tmp_path)


def formgrader_page(notebook, folder, config=None, **names):
    """The page of one submission as formgrader's server makes it, with our configuration."""
    config = Config(config or {})
    nbpages.configure(config)
    path = folder / "tiny.ipynb"
    path.write_text(json.dumps(notebook))
    resources = {"base_url": "", "submission_id": "1a", "index": 0, "total": 1, "student": "ada", **names}
    resources |= {"notebook_id": "tiny", "assignment_id": "tiny", "notebook_path": "x/tiny.ipynb"}
    return HTMLExporter(config=config).from_filename(str(path), resources=resources)[0]


def test_formgrader_s_page_of_a_hostile_notebook_holds_its_own_scripts_only(tmp_path):
    evil = "<img src=x onerror=alert(1)>"
    markup = formgrader_page(pagecase.hostile(executed()), tmp_path, first_name=evil, last_name=evil)
    text = Text(markup)
    nonces = {attrs.get("nonce") for tag, attrs in text.tags if tag == "script"}
    assert len(nonces) == 1 and None not in nonces and nonces.pop() in markup
    assert {tag for tag, _ in text.tags} & ACTIVE <= {"script", "link", "input"}
    for tag, attrs in text.tags:
        handlers = {name: value for name, value in attrs.items() if name.startswith("on")}
        assert handlers in ({}, {"onclick": "toggle_name(true);"}, {"onclick": "toggle_name(false);"})
        for name in ("src", "href", "background", "poster", "ping", "srcset"):
            address = attrs.get(name) or "#"
            assert address.startswith(("#", "data:image/", "/formgrader/")), (tag, name, address[:80])
    assert "cdnjs" not in markup and "still here" in str(text)


def test_formgrader_shows_how_a_written_answer_is_graded_and_the_student_s_page_does_not(lesson, tmp_path):
    config_root = {"CourseDirectory": {"root": str(tmp_path)}}
    markup = formgrader_page(executed(), tmp_path, config=config_root)
    rubric = next(cell.source for cell in lesson.cells if cell.role == "written")
    told = str(Text(markup))
    assert told.count("Rubric, from the solution") == 1 and rubric in told.partition("Rubric")[2]
    page = feedback.page(lesson, pagecase.result(student="ada"), byhand.ByHand(), executed())
    assert "Rubric" not in page


def test_two_pages_never_share_the_word_that_lets_scripts_run(tmp_path):
    pages = [formgrader_page(executed(), tmp_path) for _ in range(2)]
    nonces = [{attrs["nonce"] for tag, attrs in Text(page).tags if tag == "script"} for page in pages]
    assert nonces[0] != nonces[1]


def test_a_notebook_that_nbgrader_graded_itself_gets_its_verdict_from_its_outputs(lesson):
    notebook = executed()
    small.cell_of(notebook, "triple_visible")["outputs"] = [pagecase.error("NotImplementedError", "")]
    verdict = nbpages.result_of(lesson, notebook)
    assert [(one.id, one.outcome) for one in verdict.checks] == [
        ("double_visible", "passed"), ("double_hidden", "failed"),
        ("triple_visible", "unanswered"), ("triple_hidden", "failed"),
    ]  # fmt: skip
    assert (verdict.score, verdict.max_score) == (2.0, 10.0)
    assert "twice five is ten" not in json.dumps(verdict.to_json())
