"""In a real Chromium: hostile pages do nothing, ours are accessible, tables sort, and a lesson can be taken."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest

from grader import grade_notebook
from grader.results import CheckResult, SubmissionResult
from grader.views import feedback, report
from grader.views.byhand import ByHand
from tests import pagecase, small
from tests.browser import DESKTOP, PHONE, environment, jupyterlab, served, violations, visit
from tests.here import ROOT, load_lesson
from tests.pagecase import check, executed, result
from tests.submissions import BANK, dump, honest
from tests.submissions import LESSON as BANK_LESSON
from tests.test_report import a_class

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WRONG = (
    check("double_visible", "failed", "double(2) is 2, expected 4"),
    check(
        "double_hidden",
        "raised",
        "ValueError",
        misconception="forgot-the-two",
        hint="Count how often x stands in the sum.",
    ),
    check("triple_visible", "not_reached"),
    check("triple_hidden", "unanswered"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Feedback pages of every kind and a report, as files."""
    root = tmp_path_factory.mktemp("pages")
    lesson = small.course(root)
    hand = ByHand(
        "Ada Lovelace",
        {"tiny_question": 4.0},
        {},
        {"double": "Look **again**.", "tiny_question": "Good."},
        set(),
        1.0,
    )
    formula = r"Write `double`: $$y = \sum_{i=1}^{2} x_i$$" + "\n\n| a | b |\n|---|---|\n| 1 | $x$ |"
    shown = {
        "wrong": feedback.page(
            lesson,
            result(*WRONG, restored=("the check of double had been edited",)),
            hand,
            executed(t2=formula),
        ),
        "full": feedback.page(lesson, result(), ByHand(waiting={"tiny_question"}), executed()),
        "refused": feedback.page(
            lesson, pagecase.without_verdict("refused", "not JSON", "bo"), ByHand(), None
        ),
        "hostile": feedback.page(
            lesson,
            result(),
            ByHand(comments={"double": "\n\n".join(pagecase.MARKUP)}),
            pagecase.hostile(executed()),
        ),
        "report": report.page([*a_class(60), pagecase.without_verdict("refused", "not JSON", "zoe")], {}),
    }
    real = load_lesson(BANK_LESSON)
    failed = [
        CheckResult(one.id, one.function, 0.0, one.points, "failed", "is 6, expected 8")
        for one in real.checks
    ]
    verdict = SubmissionResult(BANK_LESSON, "graded", None, 0.0, 70.0, "", (), tuple(failed), "cy")
    shown["real"] = feedback.page(real, verdict, ByHand(), real.solution)
    for name, markup in shown.items():
        (root / f"{name}.html").write_text(markup)
    return root


@pytest.mark.parametrize("scheme", ["http", "file", "no policy"])
def test_a_hostile_feedback_page_runs_loads_and_moves_nothing(chromium, folder, scheme):
    if scheme == "no policy":  # the policy is the second wall: the first must stand alone
        bare = re.sub(
            r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", (folder / "hostile.html").read_text()
        )
        (folder / "bare.html").write_text(bare)
    name = "bare.html" if scheme == "no policy" else "hostile.html"
    with served(folder) as address:
        url = (folder / name).as_uri() if scheme == "file" else f"{address}/{name}"
        with visit(chromium, url) as seen:
            outside = [
                request
                for request in seen.requests
                if request != url and not request.startswith("data:image/")
            ]
            assert outside == [] or outside == [f"{address}/favicon.ico"]
            assert (seen.dialogs, seen.moves, seen.popups) == ([], [url], [])
            assert "owned" not in seen.page.title()
            assert seen.page.evaluate("document.scripts.length") == 0
            assert seen.page.get_by_text("still here", exact=True).count() == 1
            drawn = "[...document.images].filter(i => i.naturalWidth == 8).length"
            assert seen.page.evaluate(drawn) >= 2


@pytest.mark.sandbox
def test_the_bank_s_acting_pages_do_nothing_after_they_were_really_graded(chromium, tmp_path):
    tricks = [one for one in BANK if one.group == "pages"]
    notebook = honest()
    for number, trick in enumerate(tricks):  # all in one notebook: one room, one page
        notebook = trick.mutate(notebook)
        for cell in notebook["cells"]:
            cell["id"] = f"trick{number}" if cell["id"] == "added001" else cell["id"]
    verdict = grade_notebook(BANK_LESSON, dump(notebook)).for_student("eve")
    assert verdict.status == "graded"
    markup = feedback.page(load_lesson(BANK_LESSON), verdict, ByHand(), json.loads(verdict.notebook))
    (tmp_path / "eve.html").write_text(markup)
    with served(tmp_path) as address, visit(chromium, f"{address}/eve.html") as seen:
        outside = [one for one in seen.requests if not one.startswith((f"{address}/eve.html", "data:image/"))]
        assert outside in ([], [f"{address}/favicon.ico"])
        assert (seen.dialogs, seen.moves, seen.popups) == ([], [f"{address}/eve.html"], [])
        assert "owned" not in seen.page.title()
        assert (
            seen.page.evaluate("document.querySelectorAll('script, iframe, form, object, base').length") == 0
        )


def test_the_test_would_see_a_page_that_acts(chromium, tmp_path):
    (tmp_path / "bad.html").write_text("<!DOCTYPE html>" + "".join(pagecase.MARKUP[:3]) + pagecase.MARKUP[8])
    with served(tmp_path) as address, visit(chromium, f"{address}/bad.html") as seen:
        assert seen.dialogs
        assert any(pagecase.HOME in request for request in seen.requests)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["wrong", "full", "refused", "report", "real"])
def test_axe_has_nothing_against_a_page_and_it_fits_the_screen(chromium, folder, name, scheme, size):
    with visit(chromium, (folder / f"{name}.html").as_uri(), size, wait_ms=0, color_scheme=scheme) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert violations(seen.page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert "No description has been provided" not in seen.page.content()


def test_a_formula_is_drawn_without_a_network(chromium, folder):
    with visit(chromium, (folder / "wrong.html").as_uri(), offline=True) as seen:
        box = seen.page.locator("math[display=block]").first.bounding_box()
        assert box["height"] > 30 and "\\sum" not in seen.page.inner_text("main")


def test_a_table_of_the_report_sorts_by_mouse_and_keyboard(chromium, folder):
    with visit(chromium, (folder / "report.html").as_uri(), wait_ms=0) as seen:
        table = seen.page.get_by_role("region", name="Checks")
        rates = "[...document.querySelectorAll('[aria-label=Checks] tbody tr')].map(r => +r.cells[2].dataset.sort)"
        table.get_by_role("button", name="Passed").click()
        rising = seen.page.evaluate(rates)
        assert rising == sorted(rising) and len(set(rising)) > 2
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate(rates) == rising[::-1]
        assert table.get_by_role("columnheader", name="Passed").get_attribute("aria-sort") == "descending"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A course folder in a running JupyterLab: a hostile notebook that was graded, and a released lesson to take."""
    root = tmp_path_factory.mktemp("course")
    small.course(root)
    (root / "exchange").mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "notebooks" / LESSON, root / "notebooks" / LESSON)
    pagecase.record(root, result(), pagecase.hostile(executed()))
    environment(root)
    with jupyterlab(root) as address:
        yield root, address


@pytest.fixture(scope="module")
def submission(lab):
    """The id under which formgrader shows the hostile notebook."""
    root, _ = lab
    fill = (
        "import sys; from nbgrader.api import Gradebook\n"
        "with Gradebook(sys.argv[1]) as book:\n"
        "    book.add_assignment('tiny'); book.add_notebook('tiny', 'tiny')\n"
        "    book.add_grade_cell('tiny_question', 'tiny', 'tiny', max_score=5, cell_type='markdown')\n"
        "    book.add_solution_cell('tiny_question', 'tiny', 'tiny')\n"
        "    for check in ('double_visible', 'double_hidden', 'triple_visible', 'triple_hidden'):\n"
        "        book.add_grade_cell(check, 'tiny', 'tiny', max_score=2, cell_type='code')\n"
        "    book.add_student('ada', first_name='<img src=x onerror=alert(1)>', last_name='Eve')\n"
        "    print(book.add_submission('tiny', 'ada').notebooks[0].id)\n"
    )
    url = f"sqlite:///{root / 'grades' / 'gradebook.db'}"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", fill, url],
        cwd=root,
        env=environment(root),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()[-1]


def test_formgrader_shows_a_hostile_notebook_inert_and_still_grades(chromium, lab, submission):
    _, address = lab
    url = f"{address}/formgrader/submissions/{submission}/"
    with visit(chromium, url, wait_ms=1500) as seen:
        assert [
            request for request in seen.requests if not request.startswith((address, "data:image/"))
        ] == []
        assert (seen.dialogs, seen.moves, seen.popups) == ([], [url], [])
        assert "owned" not in seen.page.title()
        assert seen.page.get_by_text("still here", exact=True).count() == 1
        theirs = "[...document.scripts].filter(s => !s.nonce).length"
        assert seen.page.evaluate(theirs) == 0
        assert (
            seen.page.evaluate("document.querySelectorAll('iframe, object, embed, form, base').length") == 0
        )
        seen.page.locator(".glyphicon-eye-open").click()  # one of formgrader's own inline scripts
        seen.page.get_by_text("Eve, <img src=x onerror=alert(1)>").wait_for(timeout=5000)
        points = seen.page.locator("input#tiny_question")
        points.fill("4")
        with seen.page.expect_response(lambda response: "/api/grade/" in response.url) as saved:
            points.press("Tab")
        assert saved.value.ok


def test_nbgrader_generate_feedback_writes_our_page(lab, submission):
    root, _ = lab
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "tiny", "--force"]
    done = subprocess.run(command, cwd=root, env=environment(root), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    markup = (root / "grades" / "feedback" / "ada" / "tiny" / "tiny.html").read_text()
    assert "Every check passed" in markup and "default-src" in markup
    assert "<script" not in markup and "twice five is ten" not in markup


LESSON, FUNCTION = "initialization", "initialize_parameters_zeros"
WRONG_ANSWER = """def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros((layers_dims[l - 1], layers_dims[l]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""


def test_a_student_takes_a_lesson_and_the_visible_check_tells_the_misconception(chromium, lab):
    _, address = lab
    with visit(chromium, f"{address}/lab/tree/notebooks/{LESSON}/{LESSON}.ipynb", wait_ms=0) as seen:
        page = seen.page
        page.set_default_timeout(90_000)
        cells = page.locator(".jp-Notebook .jp-Cell")
        answer = cells.filter(has_text=f"def {FUNCTION}").first
        page.get_by_text("| Idle").wait_for()  # the kernel is there
        answer.locator(".cm-content").click()
        answer.locator(".cm-focused").wait_for()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(WRONG_ANSWER)
        answer.get_by_text("layers_dims[l - 1], layers_dims[l]").wait_for()
        for text in ("import init_utils", f"def {FUNCTION}", f'testCases.check("{FUNCTION}"'):
            cells.filter(has_text=text).first.locator(".cm-content").click()
            page.keyboard.press("Shift+Enter")
        shown = cells.filter(has_text=f'testCases.check("{FUNCTION}"').first.locator(".jp-OutputArea")
        shown.get_by_text("It looks like this:").first.wait_for()
        shown.get_by_text("Hint", exact=True).first.click()
        shown.get_by_text("rows and columns the wrong way round").wait_for()
        page.locator(".jp-Toolbar").get_by_text("Validate", exact=True).click()
        dialog = page.locator(".jp-Dialog", has_text="Validation")
        dialog.get_by_text(f'testCases.check("{FUNCTION}"').first.wait_for()
        assert "expected (2, 3)" in dialog.inner_text()
