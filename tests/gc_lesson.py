"""The gradient-checking lesson as it runs, and what its text states, for the tests of its claims."""

import functools

import gc_utils
import pytest

from tests import lessonrun

LESSON = "gradient_checking"
says = functools.partial(lessonrun.says, LESSON)


@pytest.fixture(scope="module")
def lesson():
    """The lesson's names at its end and after each cell."""
    return lessonrun.run(LESSON, after_each=True)  # its functions read these very names, so no copy


def with_curve(lesson, name):
    """The names just after the first cell that drew a curve of this name."""
    return next(v for k, v in lesson.items() if k.startswith("after ") and name in v.get("curves", ()))


def smallest_Z(case):
    cache = gc_utils.forward_propagation_n(*case)[1]
    return min(abs(cache[0]).min(), abs(cache[4]).min())
