"""The regularization lesson: its checks accept and reject what they should, and every number in its text is true."""

import contextlib
import io
import re

import numpy as np
import pytest
import reg_utils
import testCases

from tests import bank

LESSON = "regularization"
WRONG = bank.misconceptions(LESSON)
CLASSIC = (
    "compute_cost_with_regularization",
    "backward_propagation_with_regularization",
    "forward_propagation_with_dropout",
    "backward_propagation_with_dropout",
)
TRAINED = pytest.mark.xdist_group("regularization")  # the tests that share one run of all experiments
TEXT = "\n".join(cell.source for cell in bank.cells(LESSON) if cell.kind == "markdown")


def test_partly_right_answers_get_part_of_the_points():
    points = {cell.id: cell.points for cell in bank.cells(LESSON) if cell.role == "check"}
    assert sum(points.values()) == 65
    part = {w.name for w in WRONG if len(bank.failed(bank.verdicts_on(LESSON, w))) == 1}
    assert part >= {
        "not-scaled",
        "argument-mirrored",
        "masks-left-out",
        "masks-stored-in-parameters",
        "m-of-the-example",
        "same-draws-twice",
        "list-consumed",
    }


def slopes(cost, parameters, gradients):
    """Pairs of (what the gradients say, what finite differences say) of each parameter along a random direction."""
    random = np.random.RandomState(1)
    for name, value in parameters.items():
        direction = {key: np.zeros_like(array) for key, array in parameters.items()}
        direction[name] = random.randn(*value.shape)
        slope = testCases.slope_along(cost, parameters, direction)
        yield np.sum(gradients[f"d{name}"] * direction[name]), slope


def test_gradients_that_the_checks_compare_with_are_slopes_of_the_penalised_cost():
    X, Y, parameters = testCases.random_case([3, 4, 2, 1], 6, seed=41)

    def cost(p):
        squares = sum(np.sum(p[name] ** 2) for name in ("W1", "W2", "W3"))
        logits = reg_utils.forward_propagation(X, p)[1][8]
        return reg_utils.cost_from_logits(logits, Y) + 0.9 / 12 * squares

    reference = bank.build(LESSON, CLASSIC[1], bank.reference_of(LESSON, CLASSIC[1]))
    gradients = reference(X, Y, reg_utils.forward_propagation(X, parameters)[1], 0.9)
    for said, slope in slopes(cost, parameters, gradients):
        assert said == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_gradients_that_the_checks_compare_with_are_slopes_of_the_cost_under_masks():
    X, Y, parameters = testCases.random_case([3, 5, 4, 1], 8, seed=42)
    D1, D2 = (np.random.RandomState(42).rand(n, 8) < 0.7 for n in (5, 4))

    def masked(p):
        Z1 = p["W1"] @ X + p["b1"]
        A1 = np.maximum(Z1, 0) * D1 / 0.7
        Z2 = p["W2"] @ A1 + p["b2"]
        A2 = np.maximum(Z2, 0) * D2 / 0.7
        Z3 = p["W3"] @ A2 + p["b3"]
        return (
            Z1,
            D1,
            A1,
            p["W1"],
            p["b1"],
            Z2,
            D2,
            A2,
            p["W2"],
            p["b2"],
            Z3,
            reg_utils.sigmoid(Z3),
            p["W3"],
            p["b3"],
        )

    cache = masked(parameters)
    assert min(np.abs(cache[0]).min(), np.abs(cache[5]).min()) > 1e-3  # no kink nearby
    reference = bank.build(LESSON, CLASSIC[3], bank.reference_of(LESSON, CLASSIC[3]))
    gradients = reference(X, Y, cache, 0.7)
    for said, slope in slopes(lambda p: reg_utils.cost_from_logits(masked(p)[10], Y), parameters, gradients):
        assert said == pytest.approx(slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    "got", ["1", "12", None, 1j, [[1.0, 2.0]], [1.0, [2.0]], [1.0, float("nan")], [1.0, 2.001]]
)
def test_what_is_no_number_or_another_one_is_not_near(got):
    assert not testCases.near(got, [1.0, 2.0])


@pytest.mark.parametrize("kind", [float, "float32", int, "uint8", list])
def test_numbers_of_every_kind_are_near(kind):
    assert testCases.near([1, 2] if kind is list else np.array([1, 2], dtype=kind), [1.0, 2.0])
    assert testCases.near(np.float32(1 / 3), 1 / 3)


def test_an_answer_that_fits_only_the_visible_inputs_keeps_only_their_points():
    source = (
        "def compute_cost_with_regularization(A3, Y, parameters, lambd):\n    return 1.7864859451590758\n"
    )
    failed = bank.failed(bank.run_checks(LESSON, {"compute_cost_with_regularization": source}))
    assert failed == {"compute_cost_with_regularization_hidden"}


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
    missing = [phrase for phrase in phrases if phrase not in flat]
    assert not missing, missing
    return True


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
    assert says("200 examples are uncertain by 2.8 points", "10,000 by 0.4")
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


def steepest(network, places):
    """The steepest climb of a network's output, over the pitch."""
    h = 1e-4
    here = reg_utils.forward_propagation(places, network)[0]
    moved = (reg_utils.forward_propagation(places + h * step, network)[0] for step in np.eye(2)[:, :, None])
    return max(np.max(np.abs(there - here)) / h for there in moved)


@TRAINED
def test_claims_about_the_penalty(lesson):
    printed = lesson["printed"]
    assert says("ends *higher*, at 0.421 instead of 0.362", "with a penalty of 0.022 on its weights")
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
    assert says("The mean cost on dev is lowest at 0.7", "But 3 costs hardly more")
    assert np.argmin(table["dev cost"]) == at[0.7]
    assert table["dev cost"][at[3]] - table["dev cost"][at[0.7]] < 0.01
    assert says("At 30 the penalty wins from all three starts: every weight is zero")
    assert np.all(lesson["by_lambda"]["squares"][:, at[30]] < 1e-9)
    assert np.all(lesson["by_lambda"]["squares"][:, at[10]] > 1)


def test_a_penalty_of_20_puts_out_two_of_eight_starts():
    assert says("At 20 it happens from two of eight starts only")
    field = reg_utils.load_2D_dataset()[:2]
    end = trained_together(*field, range(8), lambd=20.0, iterations=3000)
    squares = sum(np.sum(end[name] ** 2, axis=(1, 2)) for name in ("W1", "W2", "W3"))
    assert np.sum(squares < 1e-6) == 2 and np.sum(squares > 1) == 6


@TRAINED
def test_claims_about_masks(lesson):
    assert says("to 0.42 to 0.44 and 0.39 to 0.40", "falls to 0.23 to 0.28", "climbs to 0.53 to 0.74")
    assert says("get 82.5 to 83.0 % on dev, the frozen ones 75.5 to 80.5 %")
    fresh, frozen = (lesson["two_ways"][name] for name in ("fresh", "frozen"))

    def ends(trainings, name):
        values = [np.ravel(training[name])[-1] for training in trainings]
        return round(min(values), 3 if name == "dev" else 2), round(max(values), 3 if name == "dev" else 2)

    assert [ends(fresh, name) for name in ("through masks", "clean", "dev")] == [
        (0.42, 0.44), (0.39, 0.40), (0.825, 0.83),
    ]  # fmt: skip
    assert [ends(frozen, name) for name in ("through masks", "clean", "dev")] == [
        (0.23, 0.28), (0.53, 0.74), (0.755, 0.805),
    ]  # fmt: skip


@TRAINED
def test_cost_rises_often_under_dropout_and_never_without(lesson):
    assert says("Through the masks J rises in two steps of five, and later in every second one")
    assert np.mean(np.diff(lesson["jumping"]) > 0) == pytest.approx(0.4, abs=0.05)
    assert np.mean(np.diff(lesson["jumping"][100:]) > 0) == pytest.approx(0.5, abs=0.1)
    assert says("without dropout it falls in each")
    assert np.all(np.diff(lesson["falling"]) < 0)


@TRAINED
def test_claims_about_keep_prob(lesson):
    assert says("From 0.3 to 0.95 dev accuracy lies between 82.0 and 83.5 %")
    values = [
        lesson["accuracy"](*lesson["sets"]["dev"], lesson["with_dropout"](keep))
        for keep in (0.3, 0.5, 0.86, 0.95)
    ]
    assert (min(values), max(values)) == (0.82, 0.835)


@TRAINED
def test_claims_about_the_table_and_the_line(lesson):
    printed = lesson["printed"]
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", TEXT, re.MULTILINE)
    assert [row[0] for row in rows] == ["none", "L2, 0.7", "dropout, 0.86", "a line"]
    for name, *scores in rows:
        assert re.search(rf"^{re.escape(name)} +{' +'.join(scores)}$", printed, re.MULTILINE)
    assert says("gets 81.5 % without any tuning")


@TRAINED
def test_claims_about_eight_starts(lesson):
    assert says("On average L2 gains 0.5 points and dropout 2.2", "All dropout runs lie above all others")
    none, l2, dropout = (np.array(scores) for scores in lesson["runs"].values())
    assert none.size == 8
    assert [f"{100 * (other.mean() - none.mean()):.1f}" for other in (l2, dropout)] == ["0.5", "2.2"]
    assert says("two or three of the eight runs without anything beat every run with L2")
    assert np.sum(none > l2.max()) in (2, 3)
    assert min(dropout) > max(*none, *l2)


@pytest.fixture(scope="module")
def long_runs():
    """Test accuracies of eight starts: "none" after 10,000 and 30,000 iterations, L2 after 30,000; and what was learned."""
    X, Y = reg_utils.load_2D_dataset()[:2]
    unseen = reg_utils.load_2D_further_examples()
    seen = {}

    def record(iteration, networks):
        if iteration in (500, 10_000, 30_000):
            seen[iteration] = (outputs(networks, unseen[0]) > 0) == unseen[1], (outputs(networks, X) > 0) == Y

    trained_together(X, Y, range(8), iterations=30_001, on_record=record)
    penalised = trained_together(X, Y, range(8), lambd=0.7, iterations=30_000)
    means = {iteration: right.mean(axis=(1, 2)) for iteration, (right, _) in seen.items()}
    turned = (X[0] > X[1]) != Y[0]
    learned = {
        t: (100 * right[:, 0, ~turned].mean(), 100 * right[:, 0, turned].mean())
        for t, (_, right) in seen.items()
    }
    return means, np.mean((outputs(penalised, unseen[0]) > 0) == unseen[1], axis=(1, 2)), learned


def test_claims_about_what_comes_later(long_runs, lesson):
    none, l2, learned = long_runs
    assert says("By 30,000 iterations the gain of L2 has grown to 4.0 points and holds in each start")
    assert 100 * np.mean(l2 - none[30_000]) == pytest.approx(4.0, abs=0.4)
    assert np.all(l2 > none[30_000])
    assert says(
        "98 % of the untouched training labels and 9 % of the turned ones", "after 30,000 96 and 37 %"
    )
    assert learned[500] == pytest.approx((98, 9), abs=0.6)
    assert learned[30_000] == pytest.approx((96, 37), abs=2)
    assert says("beats its self at 3,000 in five starts of eight, at 10,000 in seven, at 30,000 in all")
    stopped = np.array(lesson["stopped"])
    assert np.sum(stopped > lesson["runs"]["none"]) == 5
    assert np.sum(stopped > none[10_000]) == 7
    assert np.all(stopped > none[30_000])


@TRAINED
def test_claims_about_early_stopping(lesson):
    assert says("Our start stops at 1,600; its dev cost was lowest after 1,100 iterations")
    assert "best after 1100 iterations, stop after 1600" in lesson["printed"]
    assert says("The eight best moments lie between 100 and 1,500")
    assert (100 * min(lesson["moments"]), 100 * max(lesson["moments"])) == (100, 1500)
    assert says("On average it gets 82.2 %, L2 in 3,000 iterations the same")
    assert [f"{np.mean(scores):.3f}" for scores in (lesson["stopped"], lesson["runs"]["L2"])] == ["0.822"] * 2


@TRAINED
def test_claims_about_mirror_images(lesson):
    circles, field = (np.array(lesson["gains"][name]) for name in ("circles", "field"))
    assert says("gain 11 points on average", "six gain, by up to 24 points, one stays and one loses 6")
    assert 100 * circles.mean() == pytest.approx(11, abs=0.6)
    assert (np.sum(circles > 0.001), np.sum(circles < -0.001)) == (6, 1)
    assert (f"{circles.max():.2f}", f"{circles.min():.2f}") == ("0.24", "-0.06")
    assert says("On the field they cost 15 to 30 points")
    assert np.all((field > -0.305) & (field < -0.145))
    assert lesson["new_circles"][1].size == 100


@TRAINED
def test_numbers_worked_by_hand(lesson):
    printed = lesson["printed"]
    assert says("the penalty is \\frac{0.5}{4} \\cdot 36 = 4.5", "cost \\ln 2 = 0.6931", "Together 5.1931")
    assert "\n5.1931\n[[ 0.25 -0.5 ]\n [ 0.75  1.  ]] [0. 0.]\n" in printed
    assert f"{np.log(2) + 4.5:.4f}" == "5.1931"
    assert says("0.99900", "leave 0.369 of a weight")
    decay = 1 - 0.3 * 0.7 / 211
    assert (f"{decay:.5f}", f"{decay**1000:.3f}") == ("0.99900", "0.369")
    assert says("keep_prob 0.75 give (1.333, 0, 4, 5.333)")
    assert np.round(np.array([1, 2, 3, 4]) * [1, 0, 1, 1] / 0.75, 3).tolist() == [1.333, 0, 4, 5.333]
    assert re.search(r"\[0\. +1\.3333\] share 0\.7[3-7]\d, mean (0\.9[5-9]|1\.0[0-5])", printed)
    assert says("becomes (0.25, 0, 0.75), with mean 0.3333", "db3 0.1333 db2 0.3333 db1 0.8333")
    assert "db3 0.1333  db2 0.3333  db1 0.8333" in printed
    assert "(2, 4)\n(5, 5)\n" in printed
    assert "[[ 0  1  2  0 -1 -2]\n [ 3  4  5  3  4  5]]\n[[1 0 1 1 0 1]]\n" in printed


@TRAINED
def test_cells_that_run_before_a_check_leave_no_name_that_an_answer_could_read_by_mistake(lesson):
    names = "X Y A0 A1 A2 A3 Z1 Z2 Z3 D1 D2 W1 W2 W3 b1 b2 b3 dW1 dA1 dZ1 cache parameters gradients grads cost costs m"
    names += " keep_prob lambd L2_regularization_cost cross_entropy_cost best stop dev_costs patience X_aug Y_aug X_mirror"
    assert not set(names.split()) & set(lesson)


def test_gain_of_l2_on_twenty_other_data_sets():
    """All twenty networks trained at once, stacked along a first axis; on some sets rounding moves a run by points."""
    assert says(
        "L2 gained 2.4 points on average and 6.6 at best; on two or three sets it lost a point or less"
    )
    gains = 100 * (accuracy_on_other_fields(0.7) - accuracy_on_other_fields(0.0))
    assert np.mean(gains) == pytest.approx(2.4, abs=0.2)
    assert np.max(gains) == pytest.approx(6.6, abs=0.3)
    assert np.sum(gains < 0) in (2, 3)
    assert np.min(gains) == pytest.approx(-1.0, abs=0.1)


def other_fields():
    """The course's own script, seeds 0 to 19: (20, 2, m) places and (20, 1, m) labels for training and judging."""
    import importlib.util

    from tests.here import ROOT

    spec = importlib.util.spec_from_file_location("make_field", ROOT / "data" / "make_field.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    fields = []
    for seed in range(20):
        script.SEED = seed
        fields.append(script.make_field())
    return [np.stack([f[name].T.astype(float) for f in fields]) for name in ("X", "y", "Xmore", "ymore")]


def accuracy_on_other_fields(lambd):
    X, Y, unseen_X, unseen_Y = other_fields()
    networks = trained_together(X, Y, [3] * len(X), lambd, iterations=10_000)
    return np.mean((outputs(networks, unseen_X) > 0) == unseen_Y, axis=(1, 2))


def trained_together(X, Y, seeds, lambd=0.0, *, iterations, on_record=None):
    """The lesson's network from several starts at once, stacked along a first axis; X, Y may be stacked too."""
    m, decay = X.shape[-1], 1 - 0.3 * lambd / X.shape[-1]
    starts = [reg_utils.initialize_parameters([2, 20, 3, 1], seed) for seed in seeds]
    W1, b1, W2, b2, W3, b3 = (np.stack([start[name] for start in starts]) for name in starts[0])
    for iteration in range(iterations):
        if on_record is not None and iteration % 500 == 0:
            on_record(iteration, {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3})
        A1 = np.maximum(0, W1 @ X + b1)
        A2 = np.maximum(0, W2 @ A1 + b2)
        d3 = (reg_utils.sigmoid(W3 @ A2 + b3) - Y) * (0.3 / m)
        d2 = (W3.swapaxes(1, 2) @ d3) * (A2 > 0)
        d1 = (W2.swapaxes(1, 2) @ d2) * (A1 > 0)
        W3, b3 = decay * W3 - d3 @ A2.swapaxes(1, 2), b3 - d3.sum(axis=2, keepdims=True)
        W2, b2 = decay * W2 - d2 @ A1.swapaxes(1, 2), b2 - d2.sum(axis=2, keepdims=True)
        W1, b1 = decay * W1 - d1 @ X.swapaxes(-1, -2), b1 - d1.sum(axis=2, keepdims=True)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def outputs(networks, X):
    """Z3 of stacked networks."""
    hidden = np.maximum(
        0, networks["W2"] @ np.maximum(0, networks["W1"] @ X + networks["b1"]) + networks["b2"]
    )
    return networks["W3"] @ hidden + networks["b3"]
