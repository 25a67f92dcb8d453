"""A student's evening in a real browser, with the kit: stubs, slips, a right answer, a restart, a film, Validate."""

import re

import pytest

from grader.author import kit
from tests.browser import environment, jupyterlab, visit
from tests.here import COURSE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("evening")]

FUNCTION = "initialize_parameters_zeros"
CHECK = f'testCases.check("{FUNCTION}")'
ANSWER = """def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.zeros(WEIGHTS)
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""
RIGHT = ANSWER.replace("WEIGHTS", "(layers_dims[l], layers_dims[l - 1])")
TRANSPOSED = ANSWER.replace("WEIGHTS", "(layers_dims[l - 1], layers_dims[l])")
SLIPS = {  # what is typed, and what the card must say of it
    TRANSPOSED: "the weight matrices are transposed",
    RIGHT.replace("np.zeros((layers_dims[l], 1))", "np.zeros((layer_dims[l], 1))"): "did you mean",
    ANSWER.replace("WEIGHTS", "layers_dims[l], layers_dims[l - 1]"): "Python said:",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The JupyterLab that the kit's own command starts."""
    root = tmp_path_factory.mktemp("evening") / "kit"
    kit.write_kit(COURSE, root)
    names = environment(root)
    del names["COURSE_QUIET"]  # somebody looks at it
    with jupyterlab(root, "course_lab", names) as address:
        yield address


class Desk:
    """A lesson open in JupyterLab or in Notebook 7, and what a student does with it."""

    def __init__(self, page, address, lesson, road="lab/tree", ready="text=| Idle"):
        self.page = page
        page.set_default_timeout(90_000)
        # ?reset: the notebook of the test before, whose kernel is idle already, does not come back beside this one
        page.goto(f"{address}/{road}/notebooks/{lesson}/{lesson}.ipynb?reset")
        page.locator(ready).first.wait_for()  # the kernel is there
        self.cells = page.locator(".jp-Notebook .jp-Cell")

    def cell(self, text):
        return self.cells.filter(has_text=text).first

    def type(self, where, source):
        cell = self.cell(where)
        cell.locator(".cm-content").click()
        cell.locator(".cm-focused").wait_for()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)

    def run(self, text):
        """Runs the first cell with that text; what it shows."""
        cell = self.cell(text)
        cell.locator(".cm-content").click()
        cell.locator(".cm-focused").wait_for()
        self.page.keyboard.press("Shift+Enter")
        cell.locator(".jp-InputPrompt").filter(
            has_text=re.compile(r"\[[*\d]")
        ).wait_for()  # the kernel has taken it
        return cell.locator(".jp-OutputArea")

    def menu(self, *names):
        self.page.get_by_role("menuitem", name=names[0], exact=True).first.click()
        self.page.locator(".lm-Menu-itemLabel").get_by_text(names[1], exact=True).click()


def test_an_evening_with_a_lesson(chromium, address):
    with visit(chromium, "about:blank", wait_ms=0) as seen:
        desk = Desk(seen.page, address, "initialization")
        assert desk.page.get_by_text("notified about official Jupyter news").count() == 0
        desk.menu("Run", "Run All Cells")
        desk.page.locator(".jp-OutputArea").filter(has_text="is not written yet").first.wait_for()
        desk.run(CHECK).get_by_text("is not written yet").first.wait_for()
        for source, said in SLIPS.items():
            desk.type(f"def {FUNCTION}", source)
            desk.run(f"def {FUNCTION}")
            desk.run(CHECK).get_by_text(said).first.wait_for()
        desk.type(f"def {FUNCTION}", RIGHT)
        desk.run(f"def {FUNCTION}")
        shown = desk.run(CHECK)
        shown.get_by_text("points of the visible checks so far").wait_for()
        assert "Traceback" not in shown.inner_text() and "✓" in shown.inner_text()

        desk.menu("Kernel", "Restart Kernel…")
        desk.page.get_by_role("button", name="Confirm Kernel Restart").click()
        desk.page.get_by_text("| Idle").wait_for()
        desk.run(CHECK).get_by_text("run the cells at the top first").first.wait_for()

        desk.page.locator(".jp-Toolbar").get_by_text("Validate", exact=True).click()
        dialog = desk.page.locator(".jp-Dialog", has_text="Validation")
        dialog.get_by_text('testCases.check("initialize_parameters_random")').first.wait_for()
        assert CHECK not in dialog.inner_text()


def test_a_film_moves_by_keyboard_in_the_lesson(chromium, address):
    with visit(chromium, "about:blank", wait_ms=0) as seen:
        desk = Desk(seen.page, address, "gradient_checking")
        desk.run("import gc_utils")
        desk.run("my_prediction = ")
        shown = desk.run("figures.show_microscope()")
        slider = shown.get_by_role("slider")
        slider.wait_for()
        before = slider.get_attribute("aria-valuetext"), shown.locator("img:visible").get_attribute("alt")
        slider.focus()
        desk.page.keyboard.press("ArrowRight")
        after = slider.get_attribute("aria-valuetext"), shown.locator("img:visible").get_attribute("alt")
        assert before[0] != after[0] and before[1] != after[1]


def test_a_check_in_notebook_7(chromium, address):
    with visit(chromium, "about:blank", wait_ms=0) as seen:
        desk = Desk(seen.page, address, "initialization", "notebooks", ready=".jp-NotebookKernelStatus")
        desk.run(CHECK).get_by_text("run the cells at the top first").first.wait_for()
        desk.run("import init_utils")
        desk.type(f"def {FUNCTION}", TRANSPOSED)
        desk.run(f"def {FUNCTION}")
        shown = desk.run(CHECK)
        shown.get_by_text(SLIPS[TRANSPOSED]).first.wait_for()
        assert "Traceback" not in shown.inner_text()
