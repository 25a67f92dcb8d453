"""What a stranger wrote is drawn within bounds: a piece made to be slow, large or deadly costs itself and nothing else."""

import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.views import byhand, drawing, feedback, inert, nbpages
from tests import pagecase, small

FORMATS = "".join(f"<p><b id={number}>" for number in range(20_000))
LARGE = "<p>" + "".join(f"<b id={number}>" for number in range(95)) + "<p>x" * 20_000
SLOW = {
    "unclosed formats": FORMATS,
    "formats made anew in each paragraph": LARGE,
    "elements in one another": "<div>" * 100_000,
    "tables in one another": "<table><tr><td>" * 20_000,
    "half tags": "<" * 200_000,
    "attributes": "<a " + "x=1 " * 100_000 + ">",
    "entities": "&amp" * 100_000,
    "comments": "<!--" * 50_000,
    "closing tags": "<b>" * 90 + "</i>" * 100_000,
}
MARKDOWN = {
    "a text of 11,300 characters": FORMATS[:11_300],
    "links": "[a](" * 5_000,
    "stars": "*a_" * 1_900,
    "code": "`a``b" * 999,
    "quotes": "> " * 1_900 + "a",
    "lists": "".join(" " * number + "- a\n" for number in range(190)),
    "tables": "|a" * 6_000 + "\n" + "|-" * 6_000 + "\n" + "|a" * 3_000,
    "references": "[a]: b\n" * 2_500 + "[a]" * 500,
    "formulas": "$\\frac{a}{b}$ " * 990,
    "roots": "$$" + "\\sqrt{" * 330 + "}" * 330 + "$$",
    "environments": "\\begin{aligned}" * 1_300,
    "lines": "a\n=\n" * 5_000,
}
SOURCE = {
    "quotes": "'''" * 6_000,
    "braces": "f'{" * 6_000,
    "names": "a." * 9_999,
    "numbers": "0_" * 9_999,
    "backslashes": "'" + "\\" * 19_000,
    "decorators": "@" * 19_000,
    "spaces": " " * 19_000 + "x",
}


@pytest.fixture(autouse=True)
def a_page():
    drawing.begin_page()


def shown(markup):
    return drawing.output({"output_type": "display_data", "data": {"text/html": markup}})


@pytest.mark.parametrize("name", SLOW)
def test_markup_made_to_be_slow_stays_within_the_bounds_of_a_piece(name):
    assert len(str(shown(SLOW[name]))) <= drawing.most_of(len(SLOW[name])) + 200


@pytest.mark.parametrize("name", MARKDOWN)
def test_text_made_to_be_slow_stays_within_the_bounds_of_a_piece(name):
    assert len(drawing.markdown(MARKDOWN[name])) <= drawing.most_of(len(MARKDOWN[name])) + 200


@pytest.mark.parametrize("name", SOURCE)
def test_source_made_to_be_slow_stays_within_the_bounds_of_a_piece(name):
    assert len(drawing.code(SOURCE[name])) <= drawing.most_of(len(SOURCE[name])) + 200


def test_a_text_of_eleven_thousand_characters_does_not_become_megabytes():
    drawn = drawing.markdown(FORMATS[:11_300])
    assert len(drawn) < 100_000 and "&lt;b id=" in drawn


TAGS = st.sampled_from(
    ["b", "i", "a", "p", "table", "td", "tr", "li", "ul", "div", "svg", "math", "pre", "h3"]
)
SOUP = st.lists(
    st.one_of(
        st.builds("<{} id={}>".format, TAGS, st.integers(0, 99)),
        st.builds("</{}>".format, TAGS),
        st.sampled_from(
            ["<!--", "-->", "$", "**", "_", "[x](", ")", "`", "\n\n", "> ", "|", "&lt", "\\(", "x"]
        ),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SOUP, st.integers(1, 3_000))
def test_any_soup_of_tags_is_drawn_or_left_out_within_the_bounds(soup, times):
    drawing.begin_page()
    text = ("".join(soup) * times)[:19_000]
    most = drawing.most_of(6 * len(text)) + 200
    assert len(str(shown(text))) <= most and len(drawing.markdown(text)) <= most


def test_a_piece_that_never_ends_is_left_out_and_the_next_one_is_drawn(monkeypatch):
    monkeypatch.setattr(drawing, "PIECE_S", 0.2)
    monkeypatch.setattr(drawing, "_started", lambda: started("while True: pass"))
    drawing.WORKER.close()
    assert drawing.LEFT_OUT in drawing.markdown("a piece that never ends")
    monkeypatch.undo()
    assert drawing.markdown("**a piece** that ends").startswith("<p><strong>")


@pytest.mark.parametrize("fate", ["os.abort()", "bytearray(1 << 40)", "os._exit(0)"])
def test_a_piece_that_ends_the_worker_is_left_out_and_the_next_one_is_drawn(monkeypatch, fate):
    monkeypatch.setattr(drawing, "_started", lambda: started(fate))
    drawing.WORKER.close()
    assert drawing.LEFT_OUT in drawing.markdown(f"a piece that meets {fate}")
    assert drawing.code(f"x = {len(fate)}") == f"x = {len(fate)}"
    monkeypatch.undo()
    drawing.WORKER.close()
    assert drawing.markdown("another").strip() == "<p>another</p>"


def started(fate):
    """A worker whose tools meet a fate."""
    code = f"""
import os, sys, json
sys.path[:] = json.loads(sys.argv[1])
from grader.views import drawing, inert, pages
def meet(what):
    {fate}
inert.markdown = inert.output = pages.coloured = meet
drawing.work()
"""
    return subprocess.Popen(
        [sys.executable, "-c", code, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def test_the_parts_of_a_page_share_one_bound_on_time_and_the_next_page_has_its_own(monkeypatch):
    monkeypatch.setattr(drawing, "PAGE_S", 0.0)
    drawing.begin_page()
    assert drawing.LEFT_OUT in drawing.markdown("a part beyond the bound")
    monkeypatch.undo()
    drawing.begin_page()
    assert drawing.LEFT_OUT not in drawing.markdown("a part beyond the bound")


def test_the_parts_of_a_page_share_one_bound_on_size(monkeypatch):
    monkeypatch.setattr(drawing, "PAGE_CHARACTERS", 50)
    drawing.begin_page()
    drawing.markdown("a part of **some** fifty characters, or a few more than that")
    assert drawing.LEFT_OUT in drawing.markdown("the next part")


def test_a_page_with_bombs_shows_everything_but_the_bombs(tmp_path):
    lesson, notebook = small.course(tmp_path), pagecase.executed()
    small.insert(notebook, None, FORMATS[:11_300], kind="markdown", identity="text")
    small.insert(notebook, None, "display(HTML(bomb))", identity="bomb")
    for markup in (LARGE, FORMATS, SLOW["elements in one another"]):
        small.cell_of(notebook, "bomb")["outputs"].append(pagecase.display({"text/html": markup}))
    page = feedback.page(lesson, pagecase.result(), byhand.ByHand(), notebook)
    assert drawing.LEFT_OUT in page and "display" in page and "the answer is 4" in page
    assert len(page) < 1_000_000


def test_formgrader_colours_a_source_through_the_worker():
    assert '<span class="n">x</span>' in nbpages.highlighted("x = 1", metadata={})


def test_nothing_of_a_page_is_lost_by_drawing_it_elsewhere():
    for text in ("# A *b* $x$", "a\ud800b", "| a | b |\n|---|---|\n| 1 | 2 |", ""):
        assert drawing.markdown(text) == inert.markdown(text)
    assert drawing.output({"output_type": "stream", "text": "\x1b[1ma"})["text"] == "a"
