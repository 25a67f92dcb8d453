"""Figures of the regularization lesson: they hold what came, in pictures and in words, and the cells hold nothing of it."""

import course_film
import figures_regularization as figures
import figures_regularization_borders as borders
import figures_regularization_dropout as after
import numpy as np
import pytest
import reg_utils
from matplotlib import pyplot

from tests import bank

SETS = dict(zip(("train", "dev"), (lambda f: (f[:2], f[2:]))(reg_utils.load_2D_dataset()), strict=True))


@pytest.fixture
def shown(monkeypatch):
    """(figure, alternative text) of every figure; the figures stay open until the test ends."""
    pictures = []
    for module in (borders, after, course_film):
        monkeypatch.setattr(
            module, "show", lambda figure, alt: pictures.append((figure, " ".join(alt.split())))
        )
    monkeypatch.setenv("COURSE_QUIET", "1")
    yield pictures
    pyplot.close("all")


def network(seed):
    return reg_utils.initialize_parameters([2, 20, 3, 1], seed)


def test_no_cell_of_an_experiment_tells_what_it_will_show():
    for cell in bank.cells("regularization"):
        if cell.role == "experiment":
            assert '"""' not in cell.source and "alt" not in cell.source.replace("alternat", "")


def test_a_guess_stands_above_what_came(capsys):
    figures.compare("about 0.8", "dev 0.76")
    assert capsys.readouterr().out == "your guess: about 0.8\ndev 0.76\n"
    figures.compare("", "dev 0.76")
    assert capsys.readouterr().out.startswith("your guess: none written down\n")
    figures.compare(None, "dev 0.76")
    assert capsys.readouterr().out == "dev 0.76\n"


def test_masks_that_are_the_same_in_every_pass_are_noticed_where_it_happens(shown, capsys):
    random = np.random.RandomState(1)
    fresh = [(random.rand(20, 2) < 0.75, random.rand(3, 2) < 0.75) for _ in range(3)]
    figures.show_dropped_units(fresh)
    assert capsys.readouterr().out == ""
    figures.show_dropped_units([fresh[0]] * 3)
    assert "seeds NumPy: take it out and run this cell again" in capsys.readouterr().out


def test_a_dropped_unit_is_a_cross_and_has_no_connection(shown):
    masks = np.ones((20, 2)), np.ones((3, 2))
    masks[0][:19, 0] = 0  # example 1 keeps one unit of layer 1
    figures.show_dropped_units([masks, masks])
    [(figure, alt)] = shown
    assert "example 1 loses 19 units of layer 1 and 0 of layer 2" in alt
    left = [line for line in figure.axes[0].lines if max(line.get_xdata()) <= 1]
    assert len(left) == 2 + 3 + 3  # two inputs to one unit, it to three, they to the output
    crosses = [drawn for drawn in figure.axes[0].collections if len(drawn.get_offsets()) == 19]
    assert len(crosses) == 1


def test_film_of_borders_trains_each_value_once_and_only_what_is_seen(shown):
    trained = []

    def train_with(value):
        trained.append(value)
        return network(int(value))

    figures.show_borders(train_with, (0, 1, 2, 3, 4), "lambda", SETS, strip=(0, 3))
    [(figure, alt)] = shown
    assert sorted(trained) == [0, 3]
    assert [axes.get_title() for axes in figure.axes] == ["lambda 0", "lambda 3"]
    assert "lambda 3: dev accuracy" in alt and "on the wrong side of the rule" in alt


def test_compared_panels_have_the_same_axes_and_one_legend(shown, capsys):
    figures.show_opening(network(3), SETS, "")
    figures.show_three_borders({"none": network(1), "L2": network(2), "dropout": network(3)}, SETS, "")
    for figure, _ in shown:
        limits = {(*axes.get_xlim(), *axes.get_ylim()) for axes in figure.axes}
        assert len(limits) == 1
        assert [text.get_text() for text in figure.legends[0].get_texts()] == ["label 0", "label 1"]


def test_pictures_of_one_network_are_small_enough_for_a_phone(shown, capsys):
    figures.show_opening(network(3), SETS, "")
    figures.show_pull(*SETS["train"])
    figures.show_confidence(network(3), network(3), "")
    for figure, _ in shown:
        assert figure.get_size_inches()[0] <= 6.6  # 10 points are 6 on a screen of 390 pixels


def test_methods_differ_by_marker_as_well_as_by_colour():
    assert len({marker for marker, _ in borders.METHODS.values()}) == 3
    assert len({colour for _, colour in borders.METHODS.values()}) == 3


def test_pull_of_the_penalty_ends_nearer_to_the_origin_the_stronger_it_is(shown):
    figures.show_pull(*SETS["train"])
    [(figure, alt)] = shown
    path = next(line for line in figure.axes[0].lines if len(line.get_xdata()) == 5).get_xydata()
    assert np.all(np.diff(np.hypot(*path.T)) < 0)
    assert "walks from there towards the origin" in alt
