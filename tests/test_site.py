"""The lessons as pages: complete for a reader, silent on answers and hidden checks, readable offline by anyone."""

import html
import re

import pytest

from grader.author.kit import helper_files
from grader.course import HIDDEN
from grader.views import site
from tests.browser import DESKTOP, PHONE, served, violations, visit
from tests.here import COURSE, LESSONS, ROOT, load_lesson


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site.write_site(COURSE, folder)
    return folder


def words(text):
    return " ".join(text.split())


def plain(markup):
    """What a page says, without its tags."""
    return words(html.unescape(re.sub(r"<[^>]*>", "", markup)))


@pytest.mark.parametrize("name", LESSONS)
def test_page_holds_no_line_of_a_solution_or_of_a_hidden_check(folder, name):
    lesson, said = load_lesson(name), plain((folder / f"{name}.html").read_text("utf-8"))
    secret = [cell for cell in lesson.cells if cell.role in ("answer", "written") or cell.id.endswith(HIDDEN)]
    texts = [cell.release for cell in lesson.cells] + [path.read_text("utf-8") for path in helper_files(ROOT)]
    public = words("\n".join(texts))  # what the kit holds, a draft with planted mistakes among it
    lines = {words(line) for cell in secret for line in cell.source.splitlines()}
    telling = {line for line in lines if len(line) > 25 and line not in public}
    assert len(telling) > 30
    assert [line for line in telling if line in said] == []


@pytest.mark.parametrize("name", LESSONS)
def test_page_states_every_exercise_and_shows_every_figure(folder, name):
    lesson, markup = load_lesson(name), (folder / f"{name}.html").read_text("utf-8")
    said = plain(markup)
    for function in lesson.functions:
        assert f"Yours to write: {function}" in said and f'testCases.check("{function}")' in said
    figures = [
        output
        for cell in lesson.solution["cells"]
        for output in cell.get("outputs", ())
        if "image/png" in output.get("data", {})
    ]
    assert markup.count('<img class="out"') == len(figures) > 0
    assert "No description has been provided" not in markup and "A figure that this cell drew" not in markup


def test_first_page_leads_to_every_lesson_and_every_lesson_to_its_neighbours(folder):
    first = (folder / "index.html").read_text("utf-8")
    assert re.findall(r'<h2><a href="(\w+)\.html">', first) == list(LESSONS)
    middle = (folder / f"{LESSONS[1]}.html").read_text("utf-8")
    assert (
        f'href="{LESSONS[0]}.html" rel="prev"' in middle and f'href="{LESSONS[2]}.html" rel="next"' in middle
    )


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", *LESSONS])
def test_axe_has_nothing_against_a_page_and_it_loads_nothing(folder, chromium, name, colours, size):
    with (
        served(folder) as address,
        visit(chromium, f"{address}/{name}.html", size, color_scheme=colours) as seen,
    ):
        assert violations(seen.page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert [url for url in seen.requests if not url.startswith(address)] == []
