"""What the regularization lesson says under "Go further" is what comes out, from several draws where one could be luck."""

import figures_regularization as figures
import numpy as np
import pytest
import reg_utils
from figures_regularization_further import decayed

from tests.reglesson import TRAINED, outputs, run, says, trained_together


@pytest.fixture(scope="module")
def lesson():
    return run()


def test_field_is_drawn_by_the_rule_with_fifteen_percent_turned():
    X, Y = figures.draw_field(400, seed=3)
    assert X.shape == (2, 400) and Y.shape == (1, 400)
    assert np.sum((X[0] > X[1]) != Y[0]) == 60
    assert np.abs(X[0]).max() <= 52.5 / 34 and np.abs(X[1]).max() <= 1


@TRAINED
def test_more_data_close_the_gap(lesson):
    assert says("With 25 examples the gap is 19 points, with 1,000 it is gone")
    gaps = {m: 100 * np.mean([one - two for one, two in pairs]) for m, pairs in lesson["more_data"].items()}
    assert gaps[25] == pytest.approx(19, abs=0.5) and abs(gaps[1000]) < 0.5
    assert gaps[25] > gaps[100] > gaps[400]
    assert says("training accuracy falls and test accuracy rises, each by 9 or 10 points")
    fell, rose = (
        100 * (np.mean(lesson["more_data"][1000], 0) - np.mean(lesson["more_data"][25], 0))
    ).tolist()
    assert (fell, rose) == pytest.approx((-9.5, 9.5), abs=0.5)


def test_more_data_close_the_gap_of_other_draws_too():
    unseen = reg_utils.load_2D_further_examples()
    for seed in (101, 102, 103):
        gaps = []
        for m in (25, 1000):
            X, Y = figures.draw_field(m, seed)
            networks = trained_together(X, Y, (3, 0), iterations=3000)
            fitted, new = ((outputs(networks, x) > 0) == y for x, y in ((X, Y), unseen))
            gaps.append(fitted.mean() - new.mean())
        assert gaps[0] > 0.15 and gaps[1] < 0.02


def test_tanh_is_nearly_a_line_in_the_grey_band():
    z = np.linspace(-0.5, 0.5, 101)[[*range(50), *range(51, 101)]]
    assert says("the two differ by less than 8 % of z")
    assert np.max(np.abs(np.tanh(z) - z) / np.abs(z)) < 0.08


@TRAINED
def test_signal_under_dropout_grows_by_one_over_keep_prob_a_layer(lesson):
    assert says("1.25^{30} = 808", "fades by 0.8^{30} = 0.0012")
    assert (round(1.25**30), round(0.8**30, 4)) == (808, 0.0012)
    ends = {case: lesson["signal"](*case)[-1] for case in ((2, 0.8), (2, 1), (1.6, 0.8), (1.6, 1))}
    expected = {(2, 0.8): 808, (2, 1): 1, (1.6, 0.8): 1, (1.6, 1): 0.0012}
    for case, value in expected.items():
        assert value / 4 < ends[case] < 4 * value


def test_l2_and_decoupled_decay_are_one_under_plain_descent_and_two_under_adam():
    assert says("Under plain descent both forms leave about 0.37 of both weights")
    plain = [decayed(adam=False, decoupled=kind) for kind in (False, True)]
    np.testing.assert_allclose(*plain, atol=1e-12)
    assert plain[0][-1] == pytest.approx(np.exp(-1), abs=0.01)
    adam = [decayed(adam=True, decoupled=kind)[-1] for kind in (False, True)]
    assert says("that weight is gone; where they are large, it is 0.37 again")
    assert adam[0] == pytest.approx([0.37, 0], abs=0.01)
    assert says("treats both weights alike")
    assert adam[1] == pytest.approx([0.37, 0.37], abs=0.01)


@TRAINED
def test_mean_of_many_thinned_networks_is_as_good_as_the_whole(lesson):
    assert says("One thinned network gets 82.1 %, the mean of a hundred 83.6 %, the whole network 83.6 %")
    X, Y = lesson["sets"]["test"]
    one, *_, hundred = lesson["votes"]
    whole = lesson["accuracy"](X, Y, lesson["dropout"])
    assert one == pytest.approx(0.821, abs=0.0045)  # rounding decides where
    assert hundred == pytest.approx(0.836, abs=0.0035) and whole == pytest.approx(0.836, abs=0.0035)
    assert abs(whole - hundred) < 0.002 < whole - one
    assert says("the outputs differ by 0.02 or 0.03 on average")
    mean = figures.mean_of_thinned(lesson["thinned"], X, lesson["dropout"], 100)
    outside = np.abs(mean - reg_utils.forward_propagation(X, lesson["dropout"])[0])
    assert 0.015 < outside.mean() < 0.035


@TRAINED
def test_l1_leaves_few_weights(lesson):
    assert says(
        "L1 leaves 6 weights after 5,000 iterations, L2 28 after 30,000", "by \\alpha\\lambda/m = 0.001"
    )
    sizes = {
        name: np.abs(np.concatenate([lesson[name][W].ravel() for W in ("W1", "W2", "W3")]))
        for name in ("l1", "l2")
    }
    assert [np.sum(sizes[name] > 0.01) for name in ("l1", "l2")] == [6, 28]
    small = sizes["l1"][sizes["l1"] <= 0.01]
    assert 0 < small.max() < 1.25 * 0.3 * 0.7 / 211 and np.sum(small == 0) == 0  # a hop, and a little slope
    dev = lesson["sets"]["dev"]
    assert lesson["accuracy"](*dev, lesson["l1"]) >= lesson["accuracy"](*dev, lesson["l2"])
