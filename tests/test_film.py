"""A film answers to keys and drags in a browser, says what it shows, and is a strip where nothing can move."""

import course_film
import pytest
from IPython.display import HTML
from matplotlib import pyplot

from tests.browser import PHONE

VALUES = [0, 10, 20, 30]


def draw(value, axes):
    axes.plot([0, 1], [0, value])
    axes.set_ylim(0, 30)


def alt(value):
    return f"A line that rises to {value}."


def test_film_is_a_strip_of_named_states_where_nothing_can_move(monkeypatch):
    shown = []
    monkeypatch.setenv("COURSE_QUIET", "1")
    monkeypatch.setattr(course_film, "show", lambda figure, alt: shown.append((figure, alt)))
    course_film.film(draw, VALUES, alt, strip=(0, 2))
    [(figure, sentences)] = shown
    assert sentences == "A line that rises to 0. A line that rises to 20."
    assert [axes.get_title() for axes in figure.axes] == ["iteration 0", "iteration 20"]
    pyplot.close(figure)


def test_film_shows_html_where_somebody_looks(monkeypatch):
    shown = []
    for name in ("COURSE_QUIET", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("IPython.display.display", shown.append)
    course_film.film(draw, VALUES, alt)
    [page] = shown
    assert isinstance(page, HTML) and page.data.count("<img") == len(VALUES)


@pytest.mark.parametrize("count", [0, 61])
def test_film_refuses_more_states_than_a_page_can_hold(count):
    with pytest.raises(ValueError, match=f"1 to 60 states, not {count}"):
        course_film.film(draw, range(count), alt)


@pytest.mark.browser
def test_film_moves_by_keyboard_in_place_and_says_its_state(chromium):
    page = chromium.new_page(viewport=PHONE)
    page.set_content(
        f"<main>{course_film.film_html(draw, VALUES, alt, 'iteration')}<p id=below>below</p></main>"
    )
    slider, below = page.get_by_role("slider", name="iteration"), page.locator("#below")
    before = below.bounding_box()
    slider.focus()
    for value in VALUES[1:]:
        page.keyboard.press("ArrowRight")
        assert page.locator("img:visible").get_attribute("alt") == alt(value)
        assert slider.get_attribute("aria-valuetext") == str(value)
        assert page.get_by_text(alt(value), exact=True).is_visible()
    assert below.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
