"""Figures say what they show wherever the notebook is read, and never by colour alone."""

import base64
from unittest.mock import MagicMock

import course_plots
import nbformat
import numpy as np
import pytest
from matplotlib import pyplot
from nbconvert import HTMLExporter

X, Y = np.array([[0.0, 1.0, 2.0, 3.0], [1.0, 0.0, 3.0, 2.0]]), np.array([[0, 0, 1, 1]])


@pytest.fixture
def shown(monkeypatch):
    """The (data, metadata) of every figure that was displayed."""
    bundles = []
    monkeypatch.setattr("IPython.get_ipython", MagicMock())
    monkeypatch.setattr(
        "IPython.display.display", lambda data, metadata, raw: bundles.append((data, metadata))
    )
    return bundles


def test_figure_carries_its_alternative_text_in_html_and_in_the_metadata(shown):
    figure, axes = course_plots.subplots()
    course_plots.show(figure, 'A line.\n    "Up" & <b>on</b>.')
    [(data, metadata)] = shown
    alt = 'A line. "Up" & <b>on</b>.'
    assert metadata["image/png"] == {"alt": alt, "width": 600, "height": 350}
    assert data["text/plain"] == f"Figure: {alt}"
    assert '<img alt="A line. &quot;Up&quot; &amp; &lt;b&gt;on&lt;/b&gt;." ' in data["text/html"]
    assert (
        base64.b64decode(data["image/png"]).startswith(b"\x89PNG") and data["image/png"] in data["text/html"]
    )
    assert not pyplot.get_fignums()


@pytest.mark.parametrize(
    ("template", "kept"), [("lab", "text/html"), ("classic", "text/html"), ("classic", "image/png")]
)
def test_alternative_text_survives_export(template, kept, shown):
    course_plots.show(course_plots.subplots()[0], "A line that rises.")
    data, metadata = {kept: shown[0][0][kept]}, shown[0][1]
    cell = nbformat.v4.new_code_cell(
        "show()", outputs=[nbformat.v4.new_output("display_data", data, metadata=metadata)]
    )
    page, _ = HTMLExporter(template_name=template).from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert "A line that rises." in page and "No description has been provided" not in page


def test_figure_without_alternative_text_is_refused():
    figure, _ = course_plots.subplots()
    with pytest.raises(ValueError, match="show needs alt"):
        course_plots.show(figure, "  ")
    pyplot.close(figure)


def test_figure_outside_a_notebook_is_closed_and_printed_nowhere(capsys):
    course_plots.plot_points(X, Y, alt="Four points.")
    assert capsys.readouterr().out == "" and not pyplot.get_fignums()


def test_same_figure_gives_the_same_bytes(shown):
    for _ in range(2):
        course_plots.plot_decision_boundary(lambda points: points[:, 0] > 1.5, X, Y)
    assert shown[0] == shown[1]


def test_default_alternative_texts_state_what_was_measured(shown):
    course_plots.plot_points(X, Y)
    course_plots.plot_decision_boundary(lambda points: points[:, 0] > 0.5, X, Y)
    course_plots.plot_costs({"He": [0.9, 0.25], "zeros": [np.log(2)] * 2})
    points, boundary, costs = (metadata["image/png"]["alt"] for _, metadata in shown)
    assert points.startswith("4 examples") and "75.0% of them" in boundary
    assert "He from 0.9 to 0.25; zeros from 0.6931 to 0.6931" in costs


def test_classes_differ_by_marker_as_well_as_by_colour():
    figure, axes = course_plots.subplots()
    course_plots.plot_points(X, Y, axes)
    zeros, ones = axes.collections
    assert zeros.get_paths()[0].vertices.shape != ones.get_paths()[0].vertices.shape
    assert not np.array_equal(zeros.get_facecolor(), ones.get_facecolor())
    np.testing.assert_array_equal(ones.get_offsets(), X[:, 2:].T)
    assert axes.get_aspect() == 1
    pyplot.close(figure)


def test_boundary_stands_where_the_model_changes_its_mind_and_limits_are_kept():
    figure, axes = course_plots.subplots()
    course_plots.plot_decision_boundary(lambda points: points[:, 0] > 1.5, X, Y, axes, limits=(0, 3, -1, 4))
    assert (*axes.get_xlim(), *axes.get_ylim()) == (0, 3, -1, 4)
    border = axes.collections[1].get_paths()[0].vertices
    np.testing.assert_allclose(border[:, 0], 1.5, atol=0.02)
    pyplot.close(figure)


def test_plot_lands_in_the_open_figure_with_the_title_and_limits_that_it_has(monkeypatch):
    """What a write-up does: plt.title(...), limits of gca(), then the boundary, which gives one figure."""
    shown = []
    monkeypatch.setattr(course_plots, "show", lambda figure, alt: shown.append(figure))
    pyplot.title("Model with He initialization")
    pyplot.gca().set_xlim([-1.5, 3.5])
    pyplot.gca().set_ylim([-1, 4])
    course_plots.plot_decision_boundary(lambda points: points[:, 0] > 1.5, X, Y)
    [figure] = shown
    assert pyplot.get_fignums() == [figure.number]
    [axes] = figure.axes
    assert axes.get_title() == "Model with He initialization"
    assert (*axes.get_xlim(), *axes.get_ylim()) == (-1.5, 3.5, -1, 4)
    assert axes.collections[0].get_paths()[0].vertices[:, 0].min() == -1.5  # the regions fill the axes
    pyplot.close("all")


def test_figure_of_a_plot_is_its_own_again_once_the_open_one_was_shown(shown):
    pyplot.title("first")
    course_plots.plot_points(X, Y)
    course_plots.plot_points(X, Y)
    assert len(shown) == 2 and not pyplot.get_fignums()
    assert shown[0][0]["image/png"] != shown[1][0]["image/png"]


def test_legend_says_which_marker_is_label_1():
    figure, axes = course_plots.subplots()
    course_plots.plot_points(X, Y, axes)
    legend = axes.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["label 0", "label 1"]
    circle, triangle = (handle.get_paths()[0].vertices for handle in legend.legend_handles)
    assert len(circle) > len(triangle) == 4
    pyplot.close(figure)


def test_curves_differ_by_dash_and_their_names_do_not_overlap():
    figure, axes = course_plots.subplots()
    course_plots.plot_costs({"none": [1.0, 0.5], "L2": [np.inf, 0.5], "dropout": [0.8, 0.501]}, 500, axes)
    assert len({line.get_linestyle() for line in axes.lines}) == 3
    np.testing.assert_array_equal(axes.lines[0].get_xdata(), [0, 0.5])
    heights = sorted(text.xy[1] for text in axes.texts)
    low, high = axes.get_ylim()
    assert sorted(text.get_text() for text in axes.texts) == ["L2", "dropout", "none"]
    assert np.diff(heights).min() > 0.06 * (high - low)
    pyplot.close(figure)


def test_more_than_three_curves_get_a_legend():
    figure, axes = course_plots.subplots()
    course_plots.plot_costs({name: [1.0, 0.5] for name in "abcd"}, axes=axes)
    assert [text.get_text() for text in axes.get_legend().get_texts()] == list("abcd") and not axes.texts
    pyplot.close(figure)


def slope(steepness=2.0):
    figure, axes = course_plots.subplots()
    axes.plot([0, 1], [0, steepness])
    return figure


def test_sliders_become_one_figure_at_the_default_values_where_nobody_can_move_them(shown):
    course_plots.explore(slope, lambda steepness: f"A slope of {steepness}.", steepness=(0, 4, 0.5))
    assert [metadata["image/png"]["alt"] for _, metadata in shown] == ["A slope of 2.0."]


def test_sliders_are_shown_to_somebody_who_can_move_them(monkeypatch):
    seen = []
    monkeypatch.delenv("COURSE_QUIET")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr("IPython.display.display", lambda widget: seen.append(widget))
    course_plots.explore(slope, "A slope.", steepness=(0, 4, 0.5))
    slider, _ = seen[0].children
    assert (slider.value, slider.min, slider.max, slider.step) == (2.0, 0, 4, 0.5)
    assert slider.description == "steepness" and not slider.continuous_update
