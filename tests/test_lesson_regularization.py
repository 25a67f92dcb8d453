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
    assert f"{np.mean((X[0] > X[1]) == Y[0]):.1%}" == "84.8%"
    assert all(np.mean((X[0] > X[1]) == Y[0]) < 0.851 for X, Y in lesson["sets"].values())
    assert [Y.size for _, Y in lesson["sets"].values()] == [211, 200, 2000]
    assert says("211 training examples, 200 **dev** examples", "2,000 **test** examples")
    assert says("A network with 127 parameters trains for 30,000 iterations")
    assert sum(value.size for value in lesson["plain"].values()) == 127
    assert says("86.3 % of the training examples right", "76.0 % on dev, 78.5 % on test")
    assert "train accuracy 0.863\ndev   accuracy 0.760\ntest  accuracy 0.785" in printed
    assert "(False, False)\n(False, True)\n" in printed  # Exercise 1 on this network: no bias, high variance
    assert [
        round(1 - lesson["accuracy"](*lesson["sets"][name], lesson["plain"]), 3) for name in ("train", "dev")
    ] == [0.137, 0.24]


@TRAINED
def test_claims_about_the_penalty(lesson):
    printed = lesson["printed"]
    assert says("ends *higher*, at 0.421 instead of 0.362", "with a penalty of 0.022 on its weights")
    assert "cross-entropy in it: 0.888 and 0.421" in printed
    assert "J: 0.929 at the start, 0.442 at the end" in printed
    assert f"{lesson['with_penalty'][-1] - lesson['without_penalty'][-1]:.3f}" == "0.022"
    X, Y = lesson["sets"]["train"]
    logits = lesson["forward_propagation"](X, lesson["plain"])[1][8]
    assert lesson["cost_from_logits"](logits, Y) == pytest.approx(0.362, abs=0.0005)
    assert says("Test accuracy rises from 78.5 % to 82.3 %", "the one with L2, which got 82.3 %")
    assert "test accuracy: 0.823, without penalty 0.785" in printed


@TRAINED
def test_claims_about_the_sweep_of_lambda(lesson):
    tests = dict(zip(lesson["lambdas"], lesson["by_lambda"]["test"], strict=True))
    middle = [value for lambd, value in tests.items() if 0.1 <= lambd <= 3]
    assert says("Between 0.1 and 3 the test accuracy stays within half a point, 82.0 to 82.4 %")
    assert (round(min(middle), 3), round(max(middle), 3)) == (0.82, 0.824)
    assert says("At 20 the penalty wins: every weight is zero", "one answer, right 50.6 % of the time")
    assert lesson["squares"][-1] < 1e-12
    assert "lambda    20: squares   0.0, train 0.531, test 0.506" in lesson["printed"]


@TRAINED
def test_claims_about_masks(lesson):
    printed = lesson["printed"]
    assert says("to 0.42 and 0.39", "falls to 0.20 while the clean cost climbs to 0.61")
    assert "fresh  masks, iteration 3,750: through masks 0.42 clean 0.39" in printed
    assert "frozen masks, iteration 3,750: through masks 0.20 clean 0.61" in printed
    assert says("It gets 79.4 % of the test examples", "fresh masks get 83.5 % in 10,000")
    assert "test accuracy: fresh 0.835, frozen 0.794" in printed
    assert says("no dropout at all gets 80.7 % in as many iterations")
    bare, _ = lesson["fit"](iterations=4_000)
    assert lesson["accuracy"](*lesson["sets"]["test"], bare) == pytest.approx(0.8065, abs=0.0005)


@TRAINED
def test_claims_about_the_table_and_the_line(lesson):
    printed = lesson["printed"]
    rows = re.findall(r"^\| (.+?) \| ([\d,]*) ?\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", TEXT, re.MULTILINE)
    assert [row[0] for row in rows] == ["none", "L2, 0.7", "dropout, 0.86", "a straight line"]
    for name, _, *scores in rows:
        label = "a line" if "line" in name else name.replace(",", "")
        assert re.search(rf"^{label} +{' +'.join(scores)}$", printed, re.MULTILINE)
    assert says("gets 81.5 % without any tuning")


@TRAINED
def test_claims_about_six_starts(lesson):
    assert says("Never: the three ranges do not touch. On average L2 gains 2.1 points and dropout 3.4")
    none, l2, dropout = lesson["runs"].values()
    assert max(none) < min(l2) < max(l2) < min(dropout)
    assert f"{100 * (np.mean(l2) - np.mean(none)):.1f}" == "2.1"
    assert f"{100 * (np.mean(dropout) - np.mean(none)):.1f}" == "3.4"


@TRAINED
def test_claims_about_early_stopping(lesson):
    assert says("The dev cost is lowest after 1,100 iterations", "gets 82.3 % of the test examples")
    assert "best after 1100 iterations, stop after 1600: test 0.823" in lesson["printed"]


@TRAINED
def test_claims_about_mirror_images(lesson):
    assert says("On the circles accuracy rises from 0.72 to 0.87. On the field it falls from 0.81 to 0.65")
    assert "circles: 0.72, with mirror images 0.87\nfield: 0.81, with mirror images 0.65" in lesson["printed"]
    assert lesson["new_circles"][1].size == 100


@TRAINED
def test_numbers_worked_by_hand(lesson):
    printed = lesson["printed"]
    assert says("the penalty is \\frac{0.5}{4} \\cdot 36 = 4.5", "cost \\ln 2 = 0.6931", "So J = 5.1931")
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
    assert says("where 0.95 is uncertain by 0.015")
    assert f"{np.sqrt(0.95 * 0.05 / 200):.3f}" == "0.015"


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
    m, decay = X.shape[2], 1 - 0.3 * lambd / X.shape[2]
    start = reg_utils.initialize_parameters([2, 20, 3, 1])
    W1, b1, W2, b2, W3, b3 = (np.repeat(value[None], len(X), axis=0) for value in start.values())
    for _ in range(10_000):
        A1 = np.maximum(0, W1 @ X + b1)
        A2 = np.maximum(0, W2 @ A1 + b2)
        d3 = (reg_utils.sigmoid(W3 @ A2 + b3) - Y) * (0.3 / m)
        d2 = (W3.swapaxes(1, 2) @ d3) * (A2 > 0)
        d1 = (W2.swapaxes(1, 2) @ d2) * (A1 > 0)
        W3, b3 = decay * W3 - d3 @ A2.swapaxes(1, 2), b3 - d3.sum(axis=2, keepdims=True)
        W2, b2 = decay * W2 - d2 @ A1.swapaxes(1, 2), b2 - d2.sum(axis=2, keepdims=True)
        W1, b1 = decay * W1 - d1 @ X.swapaxes(1, 2), b1 - d1.sum(axis=2, keepdims=True)
    hidden = np.maximum(0, W2 @ np.maximum(0, W1 @ unseen_X + b1) + b2)
    return np.mean((W3 @ hidden + b3 > 0) == unseen_Y, axis=(1, 2))
