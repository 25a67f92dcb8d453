"""The pages of `grader serve` in a real Chromium: a notebook dropped on the page, from sending to its feedback."""

from __future__ import annotations

import base64
import json

import pytest

from tests import serving
from tests.browser import DESKTOP, PHONE, environment, jupyterlab, violations, visit
from tests.serving import answered

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.xdist_group("service")]
WAIT_MS = 60_000


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return serving.small_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def service(made, tmp_path_factory):
    with serving.serving(tmp_path_factory.mktemp("service"), made.root) as running:
        yield running


def enter(service, who):
    return f"http://127.0.0.1:{service.port}/in/{service.links[who]}"


def choose(page, content, name="my work (2).ipynb"):
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "application/json", "buffer": content}
    )


def show_verdict(page):
    page.wait_for_selector("#verdict:not([hidden])", timeout=WAIT_MS)
    return page.frame_locator("#verdict iframe")


def test_a_notebook_of_any_name_is_handed_in_and_its_feedback_appears_without_reloading(
    chromium, service, made
):
    with visit(chromium, enter(service, "ada")) as seen:
        choose(seen.page, answered(made))
        feedback = show_verdict(seen.page)
        feedback.get_by_text("Every check passed").wait_for(timeout=WAIT_MS)
        assert "Graded" in seen.page.inner_text(".said")
        seen.page.get_by_text("This one counts.").wait_for(timeout=WAIT_MS)
        assert (
            "in/" not in seen.page.url and len([move for move in seen.moves if "/feedback/" not in move]) <= 2
        )


def test_a_dropped_file_is_handed_in_too(chromium, service, made):
    with visit(chromium, enter(service, "bo")) as seen:
        data = base64.b64encode(answered(made)).decode()
        seen.page.evaluate(
            """data => {
                const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0)), carried = new DataTransfer();
                carried.items.add(new File([bytes], "x.ipynb"));
                document.querySelector(".drop").dispatchEvent(
                    new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
            }""",
            data,
        )
        show_verdict(seen.page).get_by_text("Every check passed").wait_for(timeout=WAIT_MS)


def test_a_refused_file_is_told_in_a_sentence_and_no_attempt_is_used(chromium, service):
    with visit(chromium, enter(service, "cy")) as seen:
        left = seen.page.inner_text(".facts")
        choose(seen.page, b"no notebook")
        seen.page.get_by_text("save it from Jupyter again").wait_for(timeout=WAIT_MS)
        assert "No attempt was used" in seen.page.inner_text(".said")
        assert seen.page.inner_text(".facts") == left


def test_a_service_that_is_away_for_a_moment_is_waited_for(chromium, service, made):
    with visit(chromium, enter(service, "ada")) as seen:
        service.child("desk").kill()
        choose(seen.page, answered(made))
        show_verdict(seen.page).get_by_text("Every check passed").wait_for(timeout=WAIT_MS)


def test_it_is_all_reached_by_keyboard(chromium, service):
    with visit(chromium, enter(service, "ada"), PHONE) as seen:
        reached = []
        for _ in range(12):
            seen.page.keyboard.press("Tab")
            reached.append(
                seen.page.evaluate("document.activeElement.tagName + (document.activeElement.type || '')")
            )
        assert {"INPUTfile", "A", "SUMMARY", "BUTTONsubmit"} <= set(reached)
        seen.page.locator("a.show").first.focus()
        seen.page.keyboard.press("Enter")
        show_verdict(seen.page)
        assert seen.page.evaluate("document.activeElement.id") == "verdict-title"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "staff", "staff?student=ada", "hand-in/none"])
def test_the_pages_are_accessible_and_fit(chromium, service, path, scheme, size):
    with visit(chromium, enter(service, "prof" if path else "ada"), size, color_scheme=scheme) as seen:
        seen.page.goto(f"http://127.0.0.1:{service.port}/{path}")
        if not path:
            seen.page.locator("a.show").first.click()
            show_verdict(seen.page)
        seen.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert violations(seen.page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_in_jupyterlab_one_line_hands_in_what_is_saved_and_shows_the_feedback_there(
    chromium, service, made, tmp_path
):
    notebook = json.loads(answered(made))
    cell = {"cell_type": "code", "execution_count": None, "id": "mine", "metadata": {}, "outputs": []}
    notebook["cells"] = [
        cell | {"source": "import course_handin\ncourse_handin.hand_in()"},
        *notebook["cells"],
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    (tmp_path / "numbers.ipynb").write_text(json.dumps(notebook | {"metadata": {"kernelspec": kernel}}))
    (tmp_path / "other.ipynb").write_text("{}")  # it is the open one that is sent
    environment(tmp_path)
    link = f"http://127.0.0.1:{service.port}/in/{service.links['cy']}"
    (tmp_path / "home" / ".course_handin").write_text(link)
    with (
        jupyterlab(tmp_path) as address,
        visit(chromium, f"{address}/lab/tree/numbers.ipynb", wait_ms=0) as seen,
    ):
        seen.page.set_default_timeout(90_000)
        seen.page.get_by_text("| Idle").wait_for()
        first = seen.page.locator(".jp-Notebook .jp-Cell").first
        first.locator(".cm-content").click()
        seen.page.keyboard.press("Shift+Enter")
        first.get_by_text("2 of 2 automatic points").wait_for()
        first.frame_locator("iframe").get_by_text("Every check passed").wait_for()
