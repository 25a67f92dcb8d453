"""What the regularization lesson says of the field, of bias and variance and of L2 is what comes out."""

import numpy as np
import pytest
import reg_utils
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegression

from tests.reglesson import TRAINED, run, says, steepest, trained_together


@pytest.fixture(scope="module")
def lesson():
    return run()


@TRAINED
def test_claims_about_the_field_and_the_network_without_regularization(lesson):
    printed = lesson["printed"]
    assert says("where the rule behind the data gets 84.8 %")
    X, Y = lesson["sets"]["train"]
    turned = (X[0] > X[1]) != Y[0]
    assert f"{1 - np.mean(turned):.1%}" == "84.8%"
    assert all(np.mean((X[0] > X[1]) == Y[0]) < 0.851 for X, Y in lesson["sets"].values())
    assert [Y.size for _, Y in lesson["sets"].values()] == [211, 200, 2000]
    assert says("211 **training** examples", "200 **dev** examples", "2,000 **test** examples")
    assert says("A network with 127 parameters trains for 30,000 iterations")
    assert sum(value.size for value in lesson["plain"].values()) == 127
    assert says("86.3 % of the training examples right", "76.0 % on dev, 78.5 % on test")
    assert "train accuracy 0.863\ndev   accuracy 0.760\ntest  accuracy 0.785" in printed
    assert says("Of the 32 turned labels in the training set it has learned 11")
    learned = (reg_utils.predict_dec(lesson["plain"], X) == Y)[0]
    assert (turned.sum(), learned[turned].sum()) == (32, 11)
    assert "(False, False)\n(False, True)\n" in printed  # diagnose on this network: no bias, high variance
    assert [
        round(1 - lesson["accuracy"](*lesson["sets"][name], lesson["plain"]), 3) for name in ("train", "dev")
    ] == [0.137, 0.24]


def test_claims_about_the_sizes_of_sets():
    assert says("at 80 %, 2.8 points for 200 examples, 0.4 for 10,000")
    assert [f"{100 * np.sqrt(0.8 * 0.2 / m):.1f}" for m in (200, 10_000)] == ["2.8", "0.4"]
    assert says("where 0.95 is uncertain by 0.015")
    assert f"{np.sqrt(0.95 * 0.05 / 200):.3f}" == "0.015"


@TRAINED
def test_claims_about_three_fits(lesson):
    printed = lesson["printed"]
    assert says("error 0.15 on train, 0.16 on dev", "0.01 and 0.145", "0.06 and 0.10")
    assert "A: error on train 0.150, on dev 0.158\nB: error on train 0.060, on dev 0.102" in printed
    assert "C: error on train 0.010, on dev 0.145" in printed
    for name, said in (("A", (True, False)), ("B", (False, False)), ("C", (False, True))):
        assert f"{name}: (high bias, high variance) = {said}" in printed


def test_error_that_cannot_be_avoided_on_the_arcs():
    assert says("with 0.09 for the error that cannot be avoided")
    places, labels = make_moons(10_000, noise=0.3, random_state=9)
    along = np.linspace(0, np.pi, 200)
    arcs = np.c_[np.cos(along), np.sin(along)], np.c_[1 - np.cos(along), 0.5 - np.sin(along)]

    def likely(arc):
        return np.exp(-((places[:, None] - arc) ** 2).sum(axis=2) / (2 * 0.3**2)).mean(axis=1)

    assert np.mean((likely(arcs[1]) > likely(arcs[0])) != labels) == pytest.approx(0.09, abs=0.01)


@TRAINED
def test_a_border_bends_with_any_weights_and_only_the_output_needs_large_ones(lesson):
    printed = lesson["printed"]
    assert says("No place changes its label, with squared weights of 0.23 instead of 571.7")
    assert (
        "squared weights: 571.7 before, 0.23 after\nplaces that change their label: 0 of 160,000" in printed
    )
    assert says("its cost is 0.6931, that of a coin", "without them 32 % of the pitch changes sides")
    X, Y = lesson["sets"]["train"]
    Z3 = reg_utils.forward_propagation(X, lesson["shrunk"])[1][8]
    assert reg_utils.cost_from_logits(Z3, Y) == pytest.approx(np.log(2), abs=1e-5)
    straight = lesson["plain"] | {"b1": 0 * lesson["plain"]["b1"], "b2": 0 * lesson["plain"]["b2"]}
    places = np.stack(np.meshgrid(np.linspace(-1.54, 1.54, 400), np.linspace(-1, 1, 400))).reshape(2, -1)
    sides = [reg_utils.predict_dec(network, places) for network in (lesson["plain"], straight)]
    assert f"{np.mean(sides[0] != sides[1]):.0%}" == "32%"
    climbs = [steepest(network, places) for network in (lesson["plain"], lesson["l2"])]
    assert climbs[0] > 10 * climbs[1]


@TRAINED
def test_claims_about_the_penalty(lesson):
    printed = lesson["printed"]
    assert says("ends *higher*, at 0.421 instead of 0.362", "with a penalty of about 0.02 on its weights")
    assert "cross-entropy in it: 0.888 and 0.421" in printed
    assert "J with the penalty: 0.929 at the start, 0.442 at the end" in printed
    assert f"{lesson['l2_costs'][-1] - lesson['l2_cross_entropy'][-1]:.3f}" == "0.022"
    X, Y = lesson["sets"]["train"]
    logits = lesson["forward_propagation"](X, lesson["plain"])[1][8]
    assert lesson["cost_from_logits"](logits, Y) == pytest.approx(0.362, abs=0.0005)
    assert says("Dev accuracy rises from 76.0 % to 81.5 %")
    assert "dev accuracy: 0.815" in printed


@TRAINED
def test_claims_about_the_choice_of_lambda(lesson):
    table = {name: values.mean(axis=0) for name, values in lesson["by_lambda"].items()}
    at = dict(zip(lesson["lambdas"], range(6), strict=True))
    assert says(
        "The mean cost on dev is lowest at 0.7", "from 0.01 to 10 the costs lie within 0.02 of each other"
    )
    assert np.argmin(table["dev cost"]) == at[0.7]
    assert np.ptp(table["dev cost"][: at[10] + 1]) < 0.0225
    assert table["dev cost"][at[30]] - table["dev cost"][at[0.7]] > 0.1
    assert says("At 30 the penalty wins from all three starts: every weight is zero")
    assert np.all(lesson["by_lambda"]["squares"][:, at[30]] < 1e-9)
    assert np.all(lesson["by_lambda"]["squares"][:, at[10]] > 1)


@TRAINED
def test_claims_about_the_film_of_lambda(lesson):
    assert says(
        "Nearly straight from 2 on", "at 10 dev is down to 78.0 %", "At 20 every place gets one answer"
    )
    places = np.stack(np.meshgrid(np.linspace(-1.5, 1.5, 80), np.linspace(-1, 1, 60))).reshape(2, -1)
    sides = {lambd: lesson["predict_dec"](lesson["with_l2"](lambd), places)[0] for lambd in (0, 2, 10, 20)}
    bent = {}
    for lambd in (0, 2, 10):
        line = LogisticRegression(C=1e4).fit(places.T, sides[lambd])
        bent[lambd] = np.mean(line.predict(places.T) != sides[lambd])
    assert bent[0] > 0.01 and max(bent[2], bent[10]) < 0.002
    assert lesson["accuracy"](*lesson["sets"]["dev"], lesson["with_l2"](10)) == 0.78
    assert sides[20].all() or not sides[20].any()


def test_a_penalty_of_20_puts_out_two_of_eight_starts():
    assert says("At 20 it happens from two of eight starts only")
    field = reg_utils.load_2D_dataset()[:2]
    end = trained_together(*field, range(8), lambd=20.0, iterations=3000)
    squares = sum(np.sum(end[name] ** 2, axis=(1, 2)) for name in ("W1", "W2", "W3"))
    assert np.sum(squares < 1e-6) == 2 and np.sum(squares > 1) == 6
