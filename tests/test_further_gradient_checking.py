"""What the closing part of the gradient-checking lesson says of 32 bits, the complex step and one direction is true."""

import gc_utils
import numpy as np
import pytest

from tests.gc_lesson import lesson, says, with_curve  # noqa: F401


def test_claims_about_32_bits_hold_for_several_networks(lesson):  # noqa: F811
    here = with_curve(lesson, "32 bits")
    found = here["curves"]["32 bits"]
    assert says("about 10^{-5}, at \\varepsilon=10^{-2}, and 10^{-7} reads about 0.5", "by about 5e-8")
    assert int(np.argmin(found)) == 6
    assert found[6] == pytest.approx(1e-5, rel=0.9)
    assert found[1] == pytest.approx(0.5, abs=0.2)
    assert lesson["cost_as"](np.float32, *lesson["classic_case"]).dtype == np.float32
    X, Y, parameters = lesson["classic_case"]
    single = {name: value.astype(np.float32) for name, value in parameters.items()}
    slopes = [
        gc_utils.gradients_to_vector(lesson["exact"](case))
        for case in ((X, Y, parameters), (X.astype(np.float32), Y.astype(np.float32), single))
    ]
    assert slopes[1].dtype == np.float32
    sizes = sum(map(np.linalg.norm, slopes))
    assert np.linalg.norm(slopes[0] - slopes[1]) / sizes == pytest.approx(5e-8, rel=0.4)
    for seed in range(5):
        case = gc_utils.safe_case(seed, 3, 0.1)
        gradients = lesson["exact"](case)
        at_7, at_2 = (lesson["reading"](case, gradients, lesson["cost_in_32_bits"], e) for e in (1e-7, 1e-2))
        assert at_2 < 2e-4 < 0.1 < at_7


def test_claims_about_the_complex_step(lesson):  # noqa: F811
    assert says("1.7e-12 at 10^{-5}, then less than 1e-15 as far down as 10^{-200}", "falls with h^2")
    large, *small = lesson["complex_steps"].values()
    assert large == pytest.approx(1.7e-12, rel=0.1)
    assert max(small) < 1e-15
    assert says("A kink nearby does not disturb", "`at_zero` reads 0.059")
    at_zero = with_curve(lesson, "some Z at 0")["at_zero"]
    found = lesson["complex_step_reading"](at_zero, lesson["exact"](at_zero), 1e-20)
    assert f"{found:.3f}" == "0.059"
    case = lesson["classic_case"]
    assert lesson["complex_step_reading"](case, lesson["plain"], 1e-4) == pytest.approx(100 * large, rel=0.1)


def test_claims_about_random_directions(lesson):  # noqa: F811
    draft, right = (np.array(values) for values in lesson["along"].values())
    assert says("Two read below 10^{-3} and 29 below 10^{-2}; half of them read more than 0.28")
    assert (sum(draft < 1e-3), sum(draft < 1e-2), f"{np.median(draft):.2f}") == (2, 29, "0.28")
    assert says("right gradient always stays below 10^{-6}")
    assert max(right) < 1e-6
