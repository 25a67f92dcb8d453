"""The pictures of the gradient-checking lesson say what they show, fit a phone, and come after the question."""

import diagrams_gradient_checking as diagrams
import figures_gradient_checking as figures
import gc_given
import numpy as np
import pytest
from matplotlib import pyplot

from tests import bank

CELLS = bank.cells("gradient_checking")
STEPS = 10.0 ** np.arange(-8, -2)
CURVES = {"one": STEPS, "other": 1e-9 / STEPS}
DRAWN = {
    "three trainings": lambda: figures.show_three_trainings("B"),
    "secants": figures.show_secants,
    "errors": lambda: figures.show_errors("2 and 4"),
    "blocks": figures.show_blocks,
    "readings": lambda: figures.show_readings({"left": 3e-17, "middle": 1e-9, "right": 1.0}, "all"),
    "by step": lambda: figures.show_by_step(STEPS, CURVES, "up", mark=(1e-4, "here")),
    "by iteration": lambda: figures.show_by_iteration(range(6), CURVES, "up"),
    "time": lambda: figures.show_time("a day"),
    "directions": lambda: figures.show_directions({"draft": [0.1, 0.2, 0.3], "right": [1e-9, 1e-10]}, "few"),
    "two witnesses": diagrams.show_two_witnesses,
    "column": diagrams.show_column,
    "kink": diagrams.show_kink,
}


@pytest.fixture
def drawn(monkeypatch):
    """The (figure, alternative text) of every figure that was shown."""
    seen = []
    for module in (figures, diagrams):
        monkeypatch.setattr(module, "show", lambda figure, alt: seen.append((figure, alt)))
    yield seen
    pyplot.close("all")


@pytest.mark.parametrize("name", DRAWN)
def test_figure_fits_a_phone_and_its_letters_stay_legible_there(name, drawn):
    DRAWN[name]()
    [(figure, alt)] = drawn
    assert len(alt.split()) >= 10
    width = figure.get_size_inches()[0] * figure.dpi
    figure.canvas.draw()
    letters = [
        text
        for axes in figure.axes
        for text in axes.findobj(lambda artist: hasattr(artist, "get_fontsize"))
        if text.get_text()
    ]
    assert min(text.get_fontsize() for text in letters) * 390 / width >= 6.5


@pytest.mark.parametrize("name", ["three trainings", "errors", "by step", "by iteration"])
def test_curves_differ_by_dash_and_marker_as_well_as_by_colour(name, drawn):
    DRAWN[name]()
    curves = [line for line in drawn[0][0].axes[0].lines if line.get_marker() not in ("None", "", None)]
    looks = [(line.get_linestyle(), line.get_marker(), line.get_color()) for line in curves]
    assert len(looks) > 1
    for each in zip(*looks, strict=True):
        assert len(set(each)) == len(looks)


def test_all_readings_share_one_range(drawn):
    for name in ("blocks", "readings", "by step", "by iteration", "directions"):
        DRAWN[name]()
    limits = [
        axes.get_ylim() if axes.get_yscale() == "log" else axes.get_xlim()
        for (figure, _) in drawn
        for axes in figure.axes
    ]
    assert set(limits) == {figures.READING}


def test_what_is_below_the_scale_is_an_arrow_and_its_number_is_told(drawn):
    DRAWN["readings"]()
    [(figure, alt)] = drawn
    markers = [line.get_marker() for line in figure.axes[0].lines if line.get_marker() != "None"]
    assert markers == ["<", "o", "o"]
    assert "left 3.0e-17, middle 1.0e-09, right 1" in alt


def test_prediction_is_set_beside_what_came_and_silence_beside_none(drawn, capsys):
    figures.show_errors("  by 2 and by 4 ")
    figures.show_errors("")
    assert capsys.readouterr().out == "You predicted: by 2 and by 4\n"


def test_secants_have_the_slopes_that_the_alternative_text_tells(drawn):
    figures.show_secants()
    slopes = [
        text.get_text().split(": ")[1] for axes in drawn[0][0].axes for text in axes.get_legend().get_texts()
    ]
    assert slopes == ["6.04", "4.36", "3.31", "3", "3.64", "3.16", "3.01", "3"]
    assert all(slope in drawn[0][1] for slope in slopes)


def test_column_stands_as_dictionary_to_vector_fills_it(drawn):
    diagrams.show_column()
    said = [text.get_text() for text in drawn[0][0].axes[0].texts]
    for place in ("0 to 19: W1", "20 to 24: b1", "25 to 39: W2", "40 to 42: b2", "43 to 45: W3", "46: b3"):
        assert place in said


@pytest.mark.parametrize("power", figures.POWERS)
def test_every_state_of_the_film_is_told_in_its_own_words(power):
    assert f"epsilon {10.0**power:.2g} " in figures.say_seen(power)


def test_no_cell_shows_the_result_of_its_experiment_and_measurements_are_folded():
    for index, cell in enumerate(CELLS):
        assert "alt" not in (cell.metadata if hasattr(cell, "metadata") else {})
        if cell.kind == "code":
            assert "show(figure" not in cell.source
        if cell.kind == "markdown" and "What was measured" in cell.source:
            assert cell.source.index("<details>") < cell.source.index("What was measured")
            why = CELLS[
                index - 1
            ]  # a cell of its own: one who opens it to write does not see what was measured
            if "**Why?**" in cell.source or why.source.startswith("**Why?**"):
                assert "**Why?**" not in cell.source and "What was measured" not in why.source
            assert CELLS[index - 1 - why.source.startswith("**Why?**")].role in ("experiment", "free")


def test_draft_is_not_shown_before_the_search():
    search = next(index for index, cell in enumerate(CELLS) if cell.id == "wrong_blocks")
    shown = next(index for index, cell in enumerate(CELLS) if cell.source.startswith("show_source("))
    assert shown > search
    for cell in CELLS[:search]:
        assert "A1.T / m * 2" not in cell.source
        assert "4.0 / m" not in cell.source


def test_draft_is_printed_as_it_runs(capsys):
    gc_given.show_source(gc_given.backward_propagation_n_draft)
    code = capsys.readouterr().out
    assert "@ A1.T / m * 2," in code
    assert "4.0 / m * dZ1" in code
    exec(code, {"Array": None, "Cache": None})


@pytest.mark.parametrize(
    ("difference", "colour", "word"), [(2e-7, "32", "agrees"), ([[2.1e-7]], "31", "disagree")]
)
def test_verdict_line_says_in_words_what_its_colour_says(difference, colour, word, capsys):
    gc_given.print_msg(np.array(difference))
    line = capsys.readouterr().out
    assert line.startswith(f"\033[{colour}m") and word in line
    assert f"{float(np.squeeze(difference)):.4e}" in line


def test_predictions_stand_outside_experiments_which_so_stay_untouched_and_are_not_run_when_grading():
    for cell in CELLS:
        assert cell.role != "experiment" or "my_prediction =" not in cell.source
    assert sum("my_prediction =" in cell.source for cell in CELLS) >= 12
