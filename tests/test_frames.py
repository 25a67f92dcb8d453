"""Cards and films where each output has a frame of its own, as in Colab and VS Code: nothing of ours around it.

Colab puts each output into a sandboxed frame of another origin, VS Code into a web view with its own variables. Neither
runs here; what they give an output to live on does.
"""

import html

import course_film
import numpy as np
import pytest
from course_cards import Card
from course_findings import Finding

from tests.browser import DESKTOP, PHONE

VALUES = [0, 10, 20]
FINDING = Finding(
    "is 3, expected 4.", "W1[0, 1]", np.array([[1.0, 3.0]]), np.array([[1.0, 4.0]]),
    also="All other entries are right.", looks_like="a guess", hint="count the inputs.", function="he",
)  # fmt: skip
DARK = "--vscode-editor-foreground:#d4d4d4;--vscode-editor-background:#1e1e1e;--vscode-descriptionForeground:#9d9d9d"
FRAMES = {  # what stands around an output, and what it may do
    "Colab": ("", "allow-scripts"),
    "VS Code, dark": (
        f"<style>:root{{{DARK}}} body{{background:#1e1e1e;color:#d4d4d4}}</style>",
        "allow-scripts",
    ),
    "VS Code, not trusted": ("", ""),
}

pytestmark = pytest.mark.browser


def framed(chromium, output, frame, size):
    """A page with an output in a frame; the page, and the frame's content."""
    around, may = FRAMES[frame]
    inside = html.escape(f"<!doctype html>{around}<body>{output}</body>")
    page = chromium.new_page(viewport=size)
    page.set_content(
        f'<iframe sandbox="{may}" srcdoc="{inside}" style="width:100%;height:700px;border:0"></iframe>'
    )
    return page, page.frame_locator("iframe")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("frame", FRAMES)
def test_a_card_is_whole_in_a_frame(chromium, frame, size):
    card = Card("he", "bad", "does not pass yet", FINDING)
    page, inside = framed(chromium, card._repr_html_(), frame, size)
    assert inside.get_by_text("W1[0, 1]").first.is_visible()
    hint = inside.get_by_text("Count the inputs.")
    assert not hint.is_visible()
    inside.get_by_text("Hint", exact=True).click()
    assert hint.is_visible()  # folded by the browser itself, without a script
    box = inside.get_by_role("group").first.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    page.close()


@pytest.mark.parametrize("frame", ["Colab", "VS Code, dark"])
def test_a_film_moves_in_a_frame(chromium, frame):
    film = course_film.film_html(
        lambda value, axes: axes.plot([0, value]), VALUES, lambda value: f"It rises to {value}.", "iteration"
    )
    page, inside = framed(chromium, film, frame, PHONE)
    slider = inside.get_by_role("slider", name="iteration")
    for value in VALUES[1:]:
        slider.press("ArrowRight")
        assert inside.locator("img:visible").get_attribute("alt") == f"It rises to {value}."
        assert slider.get_attribute("aria-valuetext") == str(value)
    page.close()


def test_a_card_takes_the_colours_of_vs_code(chromium):
    card = Card("he", "bad", "does not pass yet", FINDING)
    page, inside = framed(chromium, card._repr_html_(), "VS Code, dark", DESKTOP)
    group = inside.get_by_role("group").first
    colours = group.evaluate("e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]")
    assert colours == ["rgb(212, 212, 212)", "rgb(30, 30, 30)"]
    page.close()
