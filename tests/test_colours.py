"""Colours that nothing else tells apart stay apart for colour-blind eyes, and in grey: in the palette and in each figure.

Distances are CIEDE2000 (tests/colours.py): about 2 is what can just be seen side by side.
"""

import itertools

import course_plots
import numpy as np
import pytest
from matplotlib import rc_params_from_file

from tests import colours, lessonrun
from tests.here import LESSONS, ROOT

LEAST = 10  # between colours, for every kind of eyes; in the palette too, whose curves also differ by dash
LEAST_GREY = 5  # between what only its colour tells apart, where no colour is left: on paper, or to an eye without cones
BLIND = ("protanopia", "deuteranopia", "tritanopia")
CYCLE = list(
    rc_params_from_file(ROOT / "helpers" / "lesson.mplstyle", use_default_template=False)["axes.prop_cycle"]
)


def too_near(palette, least, visions=colours.VISIONS):
    near = {pair: colours.nearest(*pair, visions) for pair in itertools.combinations(palette, 2)}
    return {pair: found for pair, found in near.items() if found[0] < least}


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [  # of the table of Sharma and others: rows 1, 7, 17, 25 and 31
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_distance_is_ciede2000(one, other, distance):
    assert colours.apart(np.array(one), np.array(other)) == pytest.approx(distance, abs=1e-4)


def test_a_bad_palette_is_found():
    red, green = "#D62728", "#2CA02C"  # Matplotlib's
    assert (red, green) in too_near([red, green, "#1F77B4"], LEAST)
    assert too_near(["#FF0000", "#00FF00"], LEAST) == {}  # these differ in lightness
    assert too_near(["#E69F00", "#56B4E9"], LEAST_GREY) and not too_near(["#E69F00", "#56B4E9"], LEAST, BLIND)


def test_palette_stays_apart_for_colour_blind_eyes_and_its_dashes_tell_the_rest():
    palette = [entry["color"] for entry in CYCLE]
    assert len({str(entry["linestyle"]) for entry in CYCLE}) == len(palette)
    assert too_near(palette, LEAST, BLIND) == {}


def test_the_two_labels_and_their_regions_stay_apart_in_grey_too():
    for pair in (
        (course_plots.BLUE, course_plots.ORANGE),
        (course_plots.PALE_BLUE, course_plots.PALE_ORANGE),
    ):
        assert too_near(pair, LEAST, BLIND) == too_near(pair, LEAST_GREY) == {}


@pytest.mark.parametrize(
    "lesson", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in LESSONS]
)
def test_no_figure_of_the_lesson_rests_on_a_colour_that_some_cannot_tell(lesson):
    found = set()
    options = (
        {"after_each": True} if lesson == "gradient_checking" else {}
    )  # so that it runs once for all its tests
    for figure in lessonrun.run(lesson, **options)["drawn figures"]:
        for one, other in itertools.chain.from_iterable(map(colours.rivals, figure)):
            for least, visions in ((LEAST, ("usual", *BLIND)), (LEAST_GREY, ("grey",))):
                distance, vision = colours.nearest(one.colour, other.colour, visions)
                if distance < least:
                    found.add((round(distance, 1), vision, one, other))
    assert sorted(found, key=str) == []
