"""The lesson's pictures: each says what was measured, compares on one axis, and tells its curves apart without colour."""

import re

import course_film
import figures_descent
import figures_initialization as figures
import figures_network
import init_utils
import numpy as np
import pytest
from matplotlib import pyplot

SETS = init_utils.load_dataset()
START = {
    "W1": np.ones((3, 2)), "b1": np.zeros((3, 1)), "W2": np.ones((2, 3)), "b2": np.zeros((2, 1)),
    "W3": np.ones((1, 2)), "b3": np.full((1, 1), -1.0),
}  # fmt: skip


@pytest.fixture
def shown(monkeypatch):
    """The (figure, alternative text) of every figure that was shown."""
    seen = []
    for module in (figures, figures_descent, figures_network, course_film):
        monkeypatch.setattr(module, "show", lambda figure, alt: seen.append((figure, alt)))
    yield seen
    pyplot.close("all")


def passes(scale):
    random = np.random.RandomState(0)
    return [scale**k * random.randn(5, 50) for k in range(4)], [
        scale**k * random.randn(5, 50) for k in (3, 2, 1, 0)
    ]


def draw_all():
    figures_network.show_network()
    figures_network.show_passes((0.5, -1), figures_network.two_units((0.5, -1), (2, 1), 0.5, 2, -1, 1))
    figures.show_training(START, [np.inf, 0.5], SETS)
    figures.show_costs({"one": [0.7, 0.5], "two": [0.7, 0.6]})
    figures.show_costs(
        {name: [1.2, end] for name, end in zip("abcde", (0.1, 0.2, 0.15, 0.6, 0.7), strict=True)}
    )
    figures.show_depth({"1": passes(1), "0.1": passes(0.1)})
    figures.show_scales(passes)
    figures.show_borders(
        {"zeros": [(k, START) for k in (0, 5, 9, 14)], "He": [(k, START) for k in (0, 5, 9, 14)]}, SETS
    )
    figures.show_starts({"He": [0.1, 0.2, 0.6], "$\\sqrt{2/n}$": [0.3]})
    features = np.random.RandomState(1).rand(2, 50) * [[10], [1]]
    figures_descent.show_valley(features, features / [[10], [1]], features[:1])
    figures_descent.show_descents({"raw": [np.inf, 2, 1], "normalized": [np.inf, 2, 0.1]})


def test_every_figure_is_as_wide_as_a_page_and_says_what_it_shows(shown):
    draw_all()
    assert len(shown) == 11
    for figure, alt in shown:
        four = len(figure.axes) == 4  # a strip
        assert 5.9 <= figure.get_size_inches()[0] <= 6.1 or four, alt  # 390 px shrink it to two thirds
        assert len(alt.split()) > 8 and "$" not in alt and not re.search(r"\binf\b", alt), alt


def test_text_of_a_figure_is_legible_on_a_phone(shown):
    draw_all()
    for figure, alt in shown:
        figure.canvas.draw()
        shrunk = 390 / (figure.get_size_inches()[0] * 100)
        sizes = [
            text.get_fontsize()
            for text in figure.findobj(pyplot.Text)
            if text.get_text().strip() and text.get_visible()
        ]
        assert min(sizes) * 100 / 72 * shrunk > 7, alt  # CSS pixels


def test_cost_curves_share_their_axis_and_mark_a_start_above_it(shown):
    figures.show_training(START, [np.inf, 0.5], SETS)
    figures.show_costs({"one": [0.7, 0.5]})
    assert {figure.axes[0].get_ylim() for figure, _ in shown} == {(0, 1)}
    marks = [[text.get_text() for text in figure.axes[0].texts] for figure, _ in shown]
    assert "starts\ninfinite" in marks[0] and not any("starts" in text for text in marks[1])


def test_panels_of_depth_have_one_axis_and_name_what_leaves_it(shown):
    figures.show_depth({"1": passes(1), "0.01": passes(0.01)})
    [(figure, alt)] = shown
    assert {axes.get_ylim() for axes in figure.axes} == {(-5, 5)}
    assert "scale 0.01: signal × " in figure.axes[2].get_title()
    kept = np.mean(passes(0.01)[0][-1] ** 2) / np.mean(passes(0.01)[0][0] ** 2)
    assert f"Scale 0.01 multiplies the signal by {kept:.2g}" in alt


def test_seeds_that_are_late_are_named_and_the_others_grey(shown):
    figures.show_costs(
        {name: [0.9, end] for name, end in zip("abcde", (0.1, 0.2, 0.15, 0.6, 0.7), strict=True)}
    )
    legend = shown[0][0].axes[0].get_legend() or shown[0][0].axes[0]
    named = [text.get_text() for text in legend.texts]
    assert {"d", "e"} <= set(named) and not {"a", "b", "c"} & set(named)


def test_signal_and_gradient_differ_by_dash_in_the_film(shown):
    figures.show_scales(passes)
    lines = shown[0][0].axes[0].lines
    assert [line.get_linestyle() for line in lines[:2]] == ["-", "--"]


def test_valley_is_long_raw_and_round_when_normalized(shown):
    features = np.random.RandomState(1).rand(2, 200) * [[10], [1]]
    normalized = (features - features.mean(1, keepdims=True)) / features.std(1, keepdims=True)
    figures_descent.show_valley(features, normalized, [[0.3, 3]] @ features)
    [(figure, alt)] = shown
    assert figure.axes[0].get_xlim() == figure.axes[1].get_xlim()
    assert "84% of the way is still to go" in alt and "0% is left" in alt


def test_prediction_is_repeated_above_what_came(capsys, monkeypatch):
    monkeypatch.setattr(figures, "_predictions", {})
    figures.predicted("zeros")
    figures.predict("zeros", "it falls")
    figures.predict("He", " ")
    figures.predicted("zeros")
    figures.predicted("He")
    nothing = "You predicted: nothing yet. Write it into the cell above, and run that first."
    assert capsys.readouterr().out.splitlines() == [nothing, "You predicted: it falls", nothing]
