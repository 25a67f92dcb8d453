"""Every number in the text of the gradient-checking lesson is true, and so is every explanation that can be computed."""

import contextlib
import io
from fractions import Fraction

import figures_gradient_checking as figures
import gc_utils
import numpy as np
import pytest
import reg_utils

from tests import bank
from tests.gc_lesson import LESSON, lesson, says, smallest_Z, with_curve  # noqa: F401


def test_numbers_worked_by_hand(lesson):  # noqa: F811
    assert says(
        "x=2 and \\theta=4 give J=8", "from 4 to 4.5. J rises from 8 to 9, and 1/0.5=2", "From 10 to 10.5"
    )
    assert (4 * 2, (4.5 * 2 - 4 * 2) / 0.5, (10.5 * 2 - 10 * 2) / 0.5) == (8, 2, 2)
    assert says(
        "(1.030301-0.970299)/0.02=3.0001",
        "0.030301/0.01=3.0301",
        "it is 3+3\\varepsilon+\\varepsilon^2",
        "divided by 2\\varepsilon it is 3+\\varepsilon^2",
    )
    assert pytest.approx(3 + 0.01**2, abs=1e-12) == (1.01**3 - 0.99**3) / 0.02
    assert pytest.approx(3 + 3 * 0.01 + 0.01**2, abs=1e-12) == (1.01**3 - 1) / 0.01
    assert says("0.0001/(5+5.00008)\\approx 10^{-5}", "\\hat g=2g it is 1/3, if \\hat g=-g it is 1")
    assert np.linalg.norm([3, 4.0001]) == pytest.approx(5.00008, abs=1e-8)
    assert 0.0001 / (5 + np.linalg.norm([3, 4.0001])) == pytest.approx(9.99992e-6, rel=1e-6)
    assert says("J is 9 and 7, the slope 2/1=2, so d=0", "`2.9193e-10`", "prints `8`", "prints `2`", "`1.0`")
    assert lesson["gradient_check"](2, 4, 0.5) == 0
    assert lesson["gradient_check"](2, 4) == pytest.approx(2.919335883291695e-10, rel=1e-12)
    assert "8\n2\n2.9193e-10\n" in lesson["printed"]
    assert says("20+5+15+3+3+1=47", "give dW=1, db=-1", "prints about `1.2e-07`", "gives `['b1', 'W2']`")
    for printed in ("\n1.0\n0.2851\n", "\n['b1', 'W2']\n", "\n1.2e-07\n[]\n", "\n[0. 0.]\n"):
        assert printed in lesson["printed"]
    assert (np.dot([1, -3], [2, 0]) / 2, (1 - 3) / 2) == (1, -1)
    assert says("0.3333 means k=2. Which k gives 0.6", "2\\theta_1\\theta_2=12 and \\theta_1^2=4")
    assert {k: (k - 1) / (k + 1) for k in (2, 4)} == {2: 1 / 3, 4: 0.6}
    assert pytest.approx(1 + 0.3j - 0.03 - 0.001j) == (1 + 0.1j) ** 3
    assert says("(1+ih)^3=1+3ih-3h^2-ih^3", "3-h^2")


def test_the_half_finished_cell_gives_the_slopes_once_its_two_lines_are_finished():
    source = next(cell.source for cell in bank.cells(LESSON) if "def small_cost" in cell.source)
    finished = source.replace("= down[i]  #", "= down[i] - step  #")
    finished = finished.replace(
        "0 * (small_cost(up) - small_cost(down))", "(small_cost(up) - small_cost(down)) / (2 * step)"
    )
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(finished, {"np": np})
    assert printed.getvalue() == "[12.  4.]\n"


def test_a_bug_may_leave_no_trace_in_the_cost():
    assert says("A is at 0.392, below B at 0.409", "A ends lower than B in three and higher in three")
    ends = [{n: costs[-1] for n, costs in figures.three_trainings(start).items()} for start in range(6)]
    assert (f"{ends[3]['A']:.3f}", f"{ends[3]['B']:.3f}") == ("0.392", "0.409")
    assert sum(end["A"] < end["B"] for end in ends) == 3
    assert all(abs(end["A"] - end["B"]) < 0.03 for end in ends)
    assert says("C stays near 0.69 in five of the six")
    assert sum(abs(end["C"] - 0.69) < 0.01 for end in ends) == 5


def gap(epsilon, two_sided):
    below = (1 - epsilon) ** 3 if two_sided else 1.0
    return abs(((1 + epsilon) ** 3 - below) / (epsilon * (2 if two_sided else 1)) - 3)


def test_claims_about_one_and_two_sides():
    assert says("two-sided error by 4.00 and the one-sided by 2.00", "below about 3\\cdot10^{-6} and 10^{-8}")
    assert (
        f"{gap(0.01, True) / gap(0.005, True):.2f} {gap(0.01, False) / gap(0.005, False):.2f}" == "4.00 2.00"
    )
    for two_sided, best in ((True, 3e-6), (False, 1e-8)):
        around = 10.0 ** np.arange(-12, -0.9, 0.125)
        middle = {e: np.median([gap(e * f, two_sided) for f in np.linspace(0.7, 1.4, 201)]) for e in around}
        assert best / 4 < min(middle, key=middle.get) < best * 4
        assert middle[min(around)] > 1e3 * min(middle.values())


def test_at_ten_to_the_minus_fifteen_the_cost_is_a_staircase():
    assert says("At \\varepsilon=10^{-15} the film shows it: the cost is a staircase")
    steps = {power: len(set(figures.seen(power)[1])) for power in (-12, -15)}
    assert steps[-15] < 40 < 1000 < steps[-12]


def test_claims_about_the_draft(lesson):  # noqa: F811
    X, Y, parameters, draft = (lesson[f"case_{name}"] for name in ("X", "Y", "parameters", "draft"))
    right = lesson["mended"]

    def read(gradients):
        return float(lesson["gradient_check_n"](parameters, gradients, X, Y))

    assert says("The draft reads 0.2851", "it would be 0.1734 or 0.2544")
    found = [read({**right, n: draft[n]}) for n in ("dW2", "db1")]
    assert [f"{d:.4f}" for d in (read(draft), *found)] == ["0.2851", "0.1734", "0.2544"]
    assert read(draft) == pytest.approx(0.28509316, abs=1e-8)
    for name, drawn in figures.BLOCKS.items():
        found = [
            lesson["wrong_blocks"](parameters, draft, X, Y, epsilon=1e-7, threshold=factor * drawn)
            for factor in (0.85, 1.15)
        ]
        assert [name in names for names in found] == [True, False]


def test_claims_about_lost_digits(lesson):  # noqa: F811
    curves = with_curve(lesson, "from z")["curves"]
    a = float(lesson["case_cache"][9][0, 2])
    assert says("label 0 and output a=0.9989", "1-0.9989 is exact", "of 1-a=0.0011 that leaves 13")
    assert (lesson["case_Y"][2], f"{a:.4f}", f"{1 - a:.4f}") == (0, "0.9989", "0.0011")
    assert Fraction(1 - a) == 1 - Fraction(a)
    assert 12.5 < -np.log10(np.spacing(a) / 2 / (1 - a)) < 13.5
    assert says("from 1.2e-7 to 1.1e-9, a hundred times", "the classic cost reads 9.3e-10", "`log1p` reads")
    classic, log1p, stable = (curves[name] for name in ("log(1 - a)", "log1p(-a)", "from z"))
    assert [classic[1], stable[1], classic[3]] == pytest.approx([1.2e-7, 1.1e-9, 9.3e-10], rel=0.2)
    assert 1.0e-7 < classic[1] < 1.4e-7
    assert 80 < classic[1] / stable[1] < 130
    assert log1p[:4] == pytest.approx(classic[:4], rel=0.1)
    assert np.allclose(classic[5:], stable[5:], rtol=1e-3)


def test_claims_about_the_penalty(lesson):  # noqa: F811
    found = list(lesson["penalty_in"].values())
    assert says("8e-10 with the penalty in both, and 0.1599 both when")
    assert found[0] == pytest.approx(8e-10, rel=0.2)
    assert f"{found[1]:.4f} {found[2]:.4f}" == "0.1599 0.1599"
    case, full = lesson["classic_case"], lesson["full"]
    assert lesson["reading"](case, full, lesson["cost_with_penalty"], 1e-7) == pytest.approx(1.0e-7, rel=0.2)


def test_claims_about_dropout_hold_for_other_seeds(lesson):  # noqa: F811
    found = list(lesson["dropout"].values())
    assert says("9.3e-10 without dropout, 2.1e-9 with one mask, 1.0000 with fresh masks")
    assert says("the first two, mere rounding, may change places; the last stays at 1")
    assert found == pytest.approx([9.3e-10, 2.1e-9, 1], rel=0.2)
    assert f"{found[2]:.4f}" == "1.0000"
    source = next(cell.source for cell in bank.cells(LESSON) if "def with_fresh_masks" in cell.source)
    first = set()
    for seed in (1, 2, 3, 4, 5):
        notebook = dict(lesson)
        exec(source.replace("RandomState(0)", f"RandomState({seed})"), notebook)
        none, one, fresh = notebook["dropout"].values()
        assert 1e-10 < min(none, one) < max(none, one) < 1e-8
        assert f"{fresh:.2f}" == "1.00"
        first.add(none < one)
    assert first == {False, True}


def test_claims_about_the_kink(lesson):  # noqa: F811
    here = with_curve(lesson, "some Z at 0")
    steps, near, at_zero = here["steps"], *(here["curves"][n] for n in ("one Z at 5e-5", "some Z at 0"))
    by_step = {round(float(np.log10(step)), 2): d for step, d in zip(steps, near, strict=True)}
    assert says("is 5\\cdot10^{-5}", "reads 2.8e-4 at 10^{-4}, and near 10^{-10} at 10^{-5}")
    assert 1e-11 < by_step[-5] < 1e-9
    assert f"{by_step[-4]:.1e}" == "2.8e-04"
    assert smallest_Z(here["near"]) == pytest.approx(5e-5)
    assert says("some inputs exceed 1")
    assert 1 < abs(here["near"][0][:, 0]).max() < 5e-5 / steps[np.flatnonzero(np.array(near) > 1e-6)[0]] + 1
    assert says("The second reads about 0.03 at every \\varepsilon")
    assert at_zero == pytest.approx([0.03] * len(steps), rel=0.08)
    assert smallest_Z(here["at_zero"]) == 0
    stored = gc_utils.forward_propagation_n(*here["at_zero"])[1]
    assert not stored[1][:, (stored[4] == 0).all(axis=0)].any()  # all units of layer 1 are off there


def test_how_often_zero_biases_give_a_kink(lesson):  # noqa: F811
    assert says(
        "98. Each unit is off for half of the inputs", "with 1/32, and one of 40 in 72 % of the networks"
    )
    assert f"{1 - (1 - 0.5**5) ** 40:.0%}" == "72%"
    assert "98 of 200\n" in lesson["printed"]
    found = 0
    for seed in range(200):
        parameters = reg_utils.initialize_parameters([4, 5, 3, 1], seed)
        X = np.random.RandomState(1000 + seed).randn(4, 40)
        stored = gc_utils.forward_propagation_n(X, np.zeros(40), parameters)[1]
        zero, all_off = (stored[4] == 0).any(axis=0), ~stored[1].any(axis=0)
        assert np.array_equal(zero, all_off)  # "one example of 40 switches all five off"
        found += zero.any()
    assert found == 98


def test_claims_about_training(lesson):  # noqa: F811
    here = with_curve(lesson, "biases penalised")
    right, wrong = here["curves"].values()
    assert says(
        "Both start near 10^{-10}. After 20 steps the wrong gradient reads 0.036, the right one still"
    )
    assert right[0] == pytest.approx(wrong[0], rel=0.3)
    assert f"{wrong[1]:.3f}" == "0.036"
    assert 1e-11 < min(right) < max(right) < 1e-9
    assert min(wrong[1:]) > 0.01
    assert says("starts 2, 4 and 5 it reads 0.050, 0.077 and 0.048", "From the start 0 both read 0.013")
    source = next(cell.source for cell in bank.cells(LESSON) if "start = 3  #" in cell.source)
    found = {}
    for start in (2, 4, 5, 0):
        notebook = dict(lesson)
        exec(source.replace("start = 3", f"start = {start}"), notebook)
        found[start] = notebook["curves"]["biases penalised"]
        if start == 5:
            assert says(
                "right gradient from the start 5?",
                "It reads 3.7e-4 at step 160: there a Z lies closer to 0 than the step moves it",
            )
            high = {20 * at: f"{one:.1e}" for at, one in enumerate(notebook["curves"]["right"]) if one > 1e-9}
            assert high == {160: "3.7e-04"}
            exec(
                source.replace("start = 3", "start = 5")
                .replace("range(11)", "range(8)")
                .replace("201", "141"),
                notebook,
            )
            then = notebook["batch_X"], notebook["batch_Y"], notebook["network"]
            assert 0 < smallest_Z(then) < 1e-5 * np.abs(then[0]).max()
        if start == 2:
            assert says(
                "start 2 that happens at the steps 120, 160, 180 and 200", "between 2.6e-4 and 3.8e-3"
            )
            assert says("a unit of layer 2 is off for all examples, so its bias stays 0")
            (unit,) = np.flatnonzero(notebook["network"]["b2"] == 0)
            A2 = gc_utils.forward_propagation_n(
                *(notebook[name] for name in ("batch_X", "batch_Y", "network"))
            )[1][5]
            assert not A2[unit].any()
            high = {
                20 * step: reading
                for step, reading in enumerate(notebook["curves"]["right"])
                if reading > 1e-9
            }
            assert list(high) == [120, 160, 180, 200]
            assert (f"{min(high.values()):.1e}", f"{max(high.values()):.1e}") == ("2.6e-04", "3.8e-03")
            assert (
                smallest_Z((notebook["batch_X"], notebook["batch_Y"], notebook["network"])) == 0
            )  # at step 220 too
        if start == 0:
            assert [f"{curve[0]:.3f}" for curve in notebook["curves"].values()] == ["0.013", "0.013"]
            first = (
                notebook["batch_X"],
                notebook["batch_Y"],
                reg_utils.initialize_parameters([4, 5, 3, 1], 0),
            )
            assert smallest_Z(first) == 0
    assert [f"{found[start][1]:.3f}" for start in (2, 4, 5)] == ["0.050", "0.077", "0.048"]


def test_claims_about_the_number_of_costs(lesson):  # noqa: F811
    assert says(
        "94, 182 and 254 for the 47, 91 and 127 parameters",
        "At a million parameters and 1 ms a cost that is 33 minutes",
    )
    assert len(lesson["calls"]) == 94
    counts = [
        sum((a + 1) * b for a, b in zip(sizes, sizes[1:], strict=False))
        for sizes in ([4, 5, 3, 1], [2, 10, 5, 1], [2, 20, 3, 1], [784, 100, 10])
    ]
    assert counts == [47, 91, 127, 79510]
    assert says("multiplies at most twice as much as a cost does")
    weights = [case.size for name, case in lesson["case_parameters"].items() if name[0] == "W"]
    assert (
        1.4 < (sum(weights) + sum(weights[1:])) / sum(weights) < 2
    )  # products for dW, and for dA but the first
    assert round(2 * 1_000_000 * 1e-3 / 60) == 33
    assert (round(2e9 * 1e-3 / 86_400), f"{2 * 79510 * 1e-3 / 60:.1f}") == (23, "2.7")  # as the figure has it


def test_the_readings_of_the_written_question_are_those_of_the_bug_that_the_full_answer_names(lesson):  # noqa: F811
    assert says(
        "smallest |Z| 0.004: d=7\\cdot10^{-11}", "smallest |Z| 0.0002: d=0.12", "initialization: d=1.0"
    )
    random = np.random.RandomState(4)
    X = random.randn(4, 40)
    Y = (X[:1] * X[1:2] > 0).astype(int)

    def wrong(parameters):
        case = (X, Y, parameters)
        gradients = lesson["add_penalty"](lesson["exact"](case), case)
        return {**gradients, "db2": gradients["db2"] + 0.7 / 40 * parameters["b2"]}

    def read(parameters, cost=lesson["cost_with_penalty"], epsilon=1e-5):
        return lesson["reading"]((X, Y, parameters), wrong(parameters), cost, epsilon)

    parameters = reg_utils.initialize_parameters([4, 5, 3, 1], 4)
    assert f"{read(parameters):.0e} {smallest_Z((X, Y, parameters)):.3f}" == "7e-11 0.004"

    def dropped(X, Y, parameters):
        mask = random.binomial(1, 0.8, X.shape) / 0.8
        return lesson["cost_with_penalty"](X * mask, Y, parameters)

    assert f"{read(parameters, dropped):.1f}" == "1.0"
    for _ in range(501):
        parameters = reg_utils.update_parameters(parameters, wrong(parameters), 0.5)
    assert f"{smallest_Z((X, Y, parameters)):.4f}" == "0.0002"
    assert [f"{read(parameters, epsilon=epsilon):.2f}" for epsilon in (1e-5, 1e-6)] == ["0.12", "0.12"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(lesson, "forward_propagation_n", lesson["cost_with_penalty"])
        assert lesson["wrong_blocks"](parameters, wrong(parameters), X, Y) == ["b2"]


def test_lesson_leaves_no_name_behind_that_an_answer_may_read_by_mistake(lesson):  # noqa: F811
    """A function that forgets to unpack its arguments must fail in the notebook as it does in the rooms."""
    kinds = ("W", "b", "Z", "A", "dW", "db", "dZ", "dA")
    arrays = {f"{kind}{layer}" for kind in kinds for layer in "123"}
    arguments = {"x", "theta", "epsilon", "parameters", "gradients", "X", "Y", "cache", "threshold"}
    others = {"m", "J", "J_plus", "J_minus", "plus", "minus", "grad", "gradient", "gradapprox", "numeric"}
    assert not (arrays | arguments | others) & set(lesson)
