"""Whatever a stranger wrote comes out harmless: Markdown, formulas, terminal text, pictures."""

import base64
import random
import re
import time

import pytest

from grader.views import formulas, inert
from tests.here import LESSONS, load_lesson


def test_links_of_a_student_lead_only_to_web_pages_and_tell_them_nothing():
    markup = inert.markdown(
        "[ok](https://example.org/a) [no](javascript:x) [file](file:///etc/passwd) [rel](../x)"
    )
    assert 'href="https://example.org/a"' in markup and 'rel="noopener noreferrer nofollow"' in markup
    assert markup.count("href=") == 1


@pytest.mark.parametrize("tex", [
    r"\frac{\partial J}{\partial W^{[1]}} = \frac{1}{m} dZ^{[1]} A^{[0]T}", r"\sqrt{\frac{2}{n^{[l-1]}}}",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}", r"\lVert g - \hat{g} \rVert_2", r"\underbrace{x}_\text{cost}",
])  # fmt: skip
def test_formulas_become_mathml(tex):
    assert formulas.formula(tex).startswith("<math") and "\\" not in formulas.formula(tex)


@pytest.mark.parametrize("tex", [r"\text{<img src=x onerror=alert(1)>}", r"\notacommand{", "{" * 3000])
def test_a_formula_that_cannot_be_converted_safely_stays_readable_text(tex):
    shown = formulas.formula(tex)
    assert shown.startswith("<code>") and "<img" not in shown


@pytest.mark.parametrize(
    "text", ["[" * 19_000, "<a " * 6000, "$" * 19_000, ">" * 19_000, "a$" * 9000, "* " * 9000, "x" * 10**6]
)
def test_text_made_to_choke_the_renderer_costs_no_time(text):
    start = time.perf_counter()
    inert.markdown(text)
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize("text, shown", [
    ("\x1b[31mred\x1b[0m\x1b]8;;http://x\x07link\x1b]8;;\x07", "redlink"),
    ("10%\r50%\r100%\nnext\r\n", "100%\nnext\n"),
    ("a\x00b\x07\x08c", "abc"),
    ("abc\u202edcba", "abc\\u202edcba"),
    (["two ", "lines"], "two lines"),
])  # fmt: skip
def test_text_shows_as_a_terminal_would_leave_it(text, shown):
    assert inert.plain(text) == shown


@pytest.mark.parametrize("mime, data", [
    ("image/png", "bm90IGEgcG5n"), ("image/png", '"><script>'), ("image/gif", "R0lGODlhAQABAAAAACw="),
    ("image/svg+xml", '<!DOCTYPE x [<!ENTITY a "b">]><svg/>'), ("text/html", "<p>"),
])  # fmt: skip
def test_what_is_no_picture_is_not_shown_as_one(mime, data):
    assert inert.picture(mime, data) is None


@pytest.mark.parametrize("name", LESSONS)
def test_every_formula_of_a_lesson_is_drawn(name):
    for cell in load_lesson(name).cells:
        if cell.kind == "markdown":
            markup = inert.markdown(cell.release)
            assert not re.findall(r"<code>[^<]*\\[^<]*</code>", markup), cell.id
            assert "$" not in re.sub(r"<(code|pre)\b.*?</\1>", "", markup, flags=re.S), cell.id


def test_a_large_picture_in_a_short_text_is_shown():
    noise = random.Random(1).randbytes(120_000)
    data = base64.b64encode(b"\x89PNG\r\n\x1a\n" + noise[:8] + bytes(8) + noise).decode()
    assert len(data) > 5 * inert.MAX_MARKDOWN
    shown = inert.markdown(f"See ![my drawing](data:image/png;base64,{data}).")
    assert shown == f'<p>See <img src="data:image/png;base64,{data}" alt="my drawing">.</p>\n'
    assert inert.markdown("x" * (inert.MAX_MARKDOWN + 1)).startswith("<pre")
