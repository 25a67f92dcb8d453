"""The initialization lesson: its checks accept and reject what they should, and every number in its text is true."""

import contextlib
import io
import itertools
import re

import course_draws
import numpy as np
import pytest

from tests import bank

LESSON = "initialization"
ANSWERS = bank.answers(LESSON)
TRAINED = pytest.mark.xdist_group("initialization")  # the tests that share one run of all experiments
TEXT = "\n".join(cell.source for cell in bank.cells(LESSON) if cell.kind == "markdown")


WIDE = [100, 95, 3, 3300, 3]  # the network of the hidden checks


def drawn(seed, scale=1.0, sizes=WIDE):
    """A wide network whose weights have `scale` times the deviation 10."""
    random = np.random.RandomState(seed)
    network = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), start=1):
        network[f"W{layer}"] = scale * 10 * random.randn(n_out, n_in)
        network[f"b{layer}"] = np.zeros((n_out, 1))
    return network


def test_chance_decides_nothing_about_wide_networks():
    hidden = [cell.source for cell in bank.cells(LESSON) if cell.id.endswith("_hidden")]
    assert sum(str(WIDE) in source for source in hidden) == 3
    for seed in range(100):
        assert course_draws.draw_faults(drawn(seed), [10] * 4) == {}
        assert course_draws.draw_faults(drawn(seed, sizes=[80, 100, 50]), [10, 10]) == {}
        for scale in (0.95, 1.05):
            assert "spread" in course_draws.draw_faults(drawn(seed, scale), [10] * 4)


def test_limits_keep_the_stated_error_rates():
    from scipy import stats

    sizes = [a * b for a, b in zip(WIDE, WIDE[1:], strict=False)]
    parts = [size for size in (*sizes, 8000, 5000) if size >= course_draws.WIDE] + [sum(sizes), 13_000]
    share = 2 * stats.norm.sf(course_draws.FAR)
    assert share == pytest.approx(course_draws.FAR_SHARE, abs=5e-6)
    for n in parts:
        width = course_draws.SIGMAS / (2 * n) ** 0.5
        spread = stats.chi2.sf(n * (1 + width) ** 2, n - 1) + stats.chi2.cdf(n * (1 - width) ** 2, n - 1)
        reach = course_draws.FAR_SIGMAS * (share * n) ** 0.5
        far = stats.binom.sf(n * share + reach, n, share) + stats.binom.cdf(n * share - reach, n, share)
        assert max(2 * stats.norm.sf(course_draws.SIGMAS), spread, far) < 3e-11
        assert stats.binom.cdf(0, n, 2 * stats.norm.sf(course_draws.FARTHEST)) < 2e-11 or n < 13_000
    for wrong, n in [(0.05, sum(sizes)), *((0.1, size) for size in sizes if size >= course_draws.WIDE)]:
        width = course_draws.SIGMAS / (2 * n) ** 0.5
        assert stats.chi2.sf(n * ((1 - width) / (1 - wrong)) ** 2, n - 1) < 1e-6
        assert stats.chi2.cdf(n * ((1 + width) / (1 + wrong)) ** 2, n - 1) < 1e-6
    likenesses = [course_draws.likeness(drawn(seed, sizes=[100, 95])["W1"]) for seed in range(200)]
    assert np.mean(likenesses) == pytest.approx(1, abs=0.02)
    assert 9 * np.std(likenesses) < 0.3
    assert course_draws.likeness(drawn(0, sizes=[80, 100])["W1"]) == pytest.approx(1, abs=0.15)


def test_glorot_that_draws_anew_in_every_call_is_judged_by_many_small_layers():
    fresh = next(a for a in ANSWERS if a.name == "other-draws-in-every-call").source
    counted = fresh.replace("(n_in + n_out)", "(n_in + 1 + n_out)")
    for source, expected in ((fresh, set()), (counted, {"initialize_parameters_glorot_hidden"})):
        for _ in range(3):
            assert bank.failed(bank.run_checks(LESSON, {"initialize_parameters_glorot": source})) == expected
    from scipy import stats

    n, low, high = 997 * 144, (1 - 0.01142) ** 2, (1 + 0.01142) ** 2
    assert stats.chi2.cdf(n * low, n) + stats.chi2.sf(n * high, n) < 1e-9
    assert stats.chi2.sf(n * low * 25 / 24, n) < 1e-6


def test_scales_compare_exactly_where_the_draws_are_the_same():
    draws = np.random.RandomState(5).randn(12)
    one, other = 3 * draws.reshape(12, 1), draws.reshape(3, 4)[:, ::-1]
    assert course_draws.scale_between(one, other) == pytest.approx(3, rel=1e-12)
    assert course_draws.scale_between(one, np.random.RandomState(6).randn(3, 4)) is None
    assert course_draws.scale_between(one, other[:2]) is None
    assert course_draws.scale_between(0 * one, 0 * other) is None


@pytest.fixture(scope="module")
def lesson():
    """The lesson's names after all its cells but the checks have run, with what was printed under "printed"."""
    notebook = {"__name__": "__main__"}
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.setenv("COURSE_QUIET", "1")
        for cell in bank.cells(LESSON):
            if cell.role in ("given", "answer", "free", "experiment"):
                exec(compile(cell.source, "<lesson>", "exec"), notebook)
    notebook["printed"] = printed.getvalue()
    return notebook


def says(*phrases):
    """Whether the text states each phrase, whatever its line breaks."""
    flat = " ".join(TEXT.replace("$", "").split())
    return all(phrase in flat for phrase in phrases)


@TRAINED
def test_claims_about_zeros_and_constants(lesson):
    printed = lesson["printed"]
    assert says("the cost is 0.6931, that is \\ln2", "both accuracies are 0.5")
    assert "0.693147 0.693147" in printed
    assert printed.count("largest weight after training: 0.0\n") == 2
    assert says(
        "falls to 0.5623", "the accuracy is 0.75", "-1.0986 = \\ln(0.25 / 0.75)", "every output is 0.25"
    )
    assert "b3 = -1.0986, outputs from 0.2500 to 0.2500" in printed
    assert lesson["uneven_costs"][-1] == pytest.approx(-0.25 * np.log(0.25) - 0.75 * np.log(0.75), abs=1e-9)
    assert "kept examples: 0.7500" in printed
    assert says("accuracies 0.58 and 0.59, and all rows of a weight matrix are still equal")
    assert (
        "differ by less than 1e-12: True\naccuracy: 0.5800 on the training set, 0.5900 on the test set"
        in printed
    )
    assert [lesson["constant_costs"][i] for i in (0, 1, 14)] == pytest.approx([1.79, 0.69, 0.65], abs=0.005)


@TRAINED
def test_claims_about_random_weights(lesson):
    printed = lesson["printed"]
    assert says("all 300 outputs start at exactly 1, so the first cost is infinite")
    assert "outputs that are exactly 1: 300 of 300; smallest Z3: 62.8" in printed
    assert says("cost 0.38 after 14,000 iterations, accuracies 0.83 and 0.86")
    assert "inf 0.62 0.38\naccuracy: 0.8300 on the training set, 0.8600 on the test set" in printed
    assert 1 / (1 + np.exp(-37.0)) == 1
    assert says("between 60 and 7,000")
    logits = lesson["cache"][8]
    assert 60 < logits.min() < logits.max() < 7000


@TRAINED
def test_claims_about_he(lesson):
    printed = lesson["printed"]
    assert says("falls from 0.8831 to 0.0736, and the accuracies are 0.9933 and 0.96")
    assert "0.8831 0.6880 0.0736\naccuracy: 0.9933 on the training set, 0.9600 on the test set" in printed
    seeds = re.findall(r"seed (\d), (\d+) iterations: accuracy ([\d.]+) train, ([\d.]+) test", printed)
    tests = {int(seed): float(test) for seed, iterations, _, test in seeds if iterations == "15000"}
    assert says(
        "five seeds reach test accuracies from 0.94 to 0.97", "seed 0 reaches 0.7233", "0.73 on the test set"
    )
    assert sorted(tests) == list(range(6))
    assert (min(tests[seed] for seed in range(1, 6)), max(tests.values()), tests[0]) == (0.94, 0.97, 0.73)
    assert ("0", "15000", "0.7233", "0.7300") in seeds
    assert says("30,000 iterations bring it to 0.9933 and 0.96")
    assert ("0", "30000", "0.9933", "0.9600") in seeds
    assert all(lesson["runs"][f"seed {seed}"][14] < 0.13 for seed in (1, 2, 3, 5))
    assert lesson["runs"]["seed 0"][14] > 0.65 > lesson["runs"]["seed 4"][11]
    assert "He     cost at 14000: 0.0736; accuracy 0.9933 train, 0.9600 test" in printed
    assert "Glorot cost at 14000: 0.1748; accuracy 0.9900 train, 0.9500 test" in printed
    assert says("cost 0.6931, accuracy 0.48 on the test set", "(0.96 on the test set)")
    assert "0.01   cost at 14000: 0.6931; accuracy 0.4633 train, 0.4800 test" in printed
    assert "1      cost at 14000: 0.0637; accuracy 0.9967 train, 0.9600 test" in printed


@TRAINED
def test_claims_about_signals(lesson):
    relu = {s: lesson["signal"](s, lesson["init_utils"].relu)[-1] for s in (1, 0.02**0.5, 0.1, 0.01)}
    assert says("1.16\\cdot10^{17} for 1, 1.16\\cdot10^{-23} for 0.01, 0.00116 for", "and 1.19 for")
    assert [f"{v:.3g}" for v in relu.values()] == ["1.16e+17", "1.19", "0.00116", "1.16e-23"]
    assert says("2^{-10}=0.00098")
    tanh = {s: lesson["signal"](s, np.tanh)[-1] for s in (1, 0.02**0.5, 0.1, 0.01, 0.05)}
    assert says("mean square 0.916", "leaves 0.0483", "leaves 0.303", "9\\cdot10^{-21}")
    assert [f"{v:.3g}" for v in tanh.values()][:3] == ["0.916", "0.303", "0.0483"]
    assert f"{tanh[0.01]:.0e}" == "9e-21"
    assert -6.5 < np.log10(tanh[0.05]) < -5.5
    np.random.seed(1)  # the question's network, drawn once: 20 layers of 50 units
    A = np.random.randn(50, 1000)
    for _ in range(20):
        A = np.maximum(0, 0.02 * np.random.randn(50, 50) @ A)
    assert -42 < np.log10(np.mean(A**2)) < -38


@TRAINED
def test_claims_about_normalizing(lesson):
    printed = lesson["printed"]
    assert says(
        "normalized inputs need 4 iterations",
        "Raw ones stand at 0.7471 after 5,000 and at 0.52 after 200,000",
    )
    assert "raw: cost 0.7471 after 5000 iterations\n    steepest / flattest curvature: 5.898e+06" in printed
    assert says("5.9 million times the flattest", "normalized 1.147 times")
    assert re.search(
        r"normalized: cost \S+ after 4 iterations\n    steepest / flattest curvature: 1\.147", printed
    )
    inputs = np.vstack([lesson["features"], np.ones((1, 200))])
    size, direction = np.linalg.eigh(inputs @ inputs.T / 200)
    apart = (1 - size / size[-1]) ** 200_000 * (
        direction.T @ [0.01, 3, 0]
    )  # distance to the solution, by direction
    assert 0.5 * np.sum(size * apart**2) == pytest.approx(0.52, abs=0.005)


@TRAINED
def test_numbers_worked_by_hand(lesson):
    assert says("=91", "-\\ln0.99=0.0101", "costs 4.605", "costs \\ln2=0.6931", "0.3-0.01\\cdot2=0.28")
    sizes = [2, 10, 5, 1]
    assert sum(value.size for value in lesson["initialize_parameters_zeros"](sizes).values()) == 91
    assert f"{-np.log(0.99):.4f} {-np.log(0.01):.3f} {np.log(2):.4f}" == "0.0101 4.605 0.6931"
    np.random.seed(3)
    got = lesson["initialize_parameters_random"]([3, 2, 1])
    assert says("17.886 & 4.365 & 0.965 \\\\ -18.635 & -2.774 & -3.548", "(-0.827 \\;\\; -6.270)")
    assert got["W1"].round(3).tolist() == [[17.886, 4.365, 0.965], [-18.635, -2.774, -3.548]]
    assert got["W2"].round(3).tolist() == [[-0.827, -6.27]]
    np.random.seed(3)
    he = lesson["initialize_parameters_he"]([2, 4, 1])
    assert says("begins with 1.7886, 0.4365", "(-0.0310,-0.3374,-0.9290,0.6255)")
    assert he["W1"][0].round(4).tolist() == [1.7886, 0.4365]
    assert he["W2"].round(4).tolist() == [[-0.031, -0.3374, -0.929, 0.6255]]
    assert says("\\sqrt{2/12}=0.4082, 0.3651, 0.5774", "1.7886\\cdot0.4082=0.7302")
    assert [f"{np.sqrt(2 / (a + b)):.4f}" for a, b in zip(sizes, sizes[1:], strict=False)] == [
        "0.4082",
        "0.3651",
        "0.5774",
    ]
    assert f"{1.78862847 * np.sqrt(2 / 12):.4f}" == "0.7302"
    example = np.array([[1, 2, 3, 4], [100, 300, 200, 400]])
    train, test, mu, sigma = lesson["normalize_inputs"](example, np.array([[5], [250]]))
    assert says("-1.342, -0.447, 0.447, 1.342", "\\sigma = 111.8", "becomes (2.236, 0)")
    assert train[0].round(3).tolist() == [-1.342, -0.447, 0.447, 1.342]
    assert (mu.ravel().tolist(), sigma.ravel().round(3).tolist()) == ([2.5, 250.0], [1.118, 111.803])
    assert test.round(3).tolist() == [[2.236], [0.0]]
