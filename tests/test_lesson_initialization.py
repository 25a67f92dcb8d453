"""The initialization lesson: its checks accept and reject what they should, and every number in its text is true."""

import contextlib
import functools
import inspect
import io
import itertools
import re

import course_draws
import figures_network
import init_utils
import numpy as np
import pytest

from tests import bank, lessonrun

LESSON = "initialization"
ANSWERS = bank.answers(LESSON)
TRAINED = pytest.mark.xdist_group("initialization")  # the tests that share one run of all experiments
TEXT = lessonrun.text_of(LESSON)
says = functools.partial(lessonrun.says, LESSON)
WIDE = [94, 80, 3, 2500, 3]  # the network of the hidden checks


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
    wide = [(0.1, 2e-6, size) for size in sizes if size >= course_draws.WIDE]
    for wrong, most, n in [(0.05, 2e-4, sum(sizes)), *wide]:
        width = course_draws.SIGMAS / (2 * n) ** 0.5
        assert stats.chi2.sf(n * ((1 - width) / (1 - wrong)) ** 2, n - 1) < most
        assert stats.chi2.cdf(n * ((1 + width) / (1 + wrong)) ** 2, n - 1) < most
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
    return lessonrun.run(LESSON)


@TRAINED
def test_claims_about_zeros_and_constants(lesson):
    printed = lesson["printed"]
    assert says("The cost is 0.6931, that is \\ln2, throughout", "both accuracies are 0.5")
    assert "0.693147 0.693147" in printed
    assert printed.count("largest weight after training: 0.0\n") == 2
    assert says(
        "falls to 0.5623", "the accuracy is 0.75", "-1.0986 = \\ln(0.25 / 0.75)", "every output is 0.25"
    )
    assert "b3 = -1.0986, outputs from 0.2500 to 0.2500" in printed
    assert lesson["uneven_costs"][-1] == pytest.approx(-0.25 * np.log(0.25) - 0.75 * np.log(0.75), abs=1e-9)
    assert "kept examples: 0.7500" in printed
    assert says("Accuracies 0.58 and 0.59, and all rows of a weight matrix are still equal")
    assert (
        "differ by less than 1e-12: True\naccuracy: 0.5800 on the training set, 0.5900 on the test set"
        in printed
    )


@TRAINED
def test_claims_about_random_weights(lesson):
    printed = lesson["printed"]
    assert says("300 outputs start at exactly 1, so the first cost is infinite")
    assert "outputs that are exactly 1: 300 of 300; smallest Z3: 62.8" in printed
    assert says("cost 0.38 after 14,000 iterations, accuracies 0.83 and 0.86")
    assert "inf 0.62 0.38\naccuracy: 0.8300 on the training set, 0.8600 on the test set" in printed
    assert 1 / (1 + np.exp(-37.0)) == 1
    assert says("between 60 and 7,000")
    logits = lesson["Z3"]
    assert 60 < logits.min() < logits.max() < 7000
    slopes = lesson["output"] - lesson["train_Y"]
    assert says("the step needs dz=a-y, which is 1 or 0 here") and set(np.unique(slopes)) == {0, 1}
    assert says("What explodes makes outputs exactly 0 or 1: fully sure, and often wrong")
    assert np.mean(slopes) == 0.5


@TRAINED
def test_claims_about_he(lesson):
    printed = lesson["printed"]
    assert says("falls from 0.8831 to 0.0736, and the accuracies are 0.9933 and 0.96")
    assert "0.8831 0.6880 0.0736\naccuracy: 0.9933 on the training set, 0.9600 on the test set" in printed
    seeds = re.findall(r"seed (\d): cost ([\d.]+), accuracy ([\d.]+) ([\d.]+)", printed)
    tests = {int(seed): float(test) for seed, _, _, test in seeds}
    assert sorted(tests) == list(range(10))
    assert says(
        "Eight seeds reach test accuracies from 0.94 to 0.97",
        "Seed 0 stands at 0.73 and seed 7 at 0.66",
        "bring seed 0 to 0.9933 and 0.96, but seed 7 only to 0.7767 and 0.79",
    )
    assert (tests.pop(0), tests.pop(7)) == (0.73, 0.66)
    assert (min(tests.values()), max(tests.values())) == (0.94, 0.97)
    assert "seeds 0 and 7 after 15,000 more: 0.9933 0.9600 0.7767 0.7900" in printed
    costs = [values[-1] for _, values in lesson["he_runs"]]
    assert lesson["he_costs"] == pytest.approx(lesson["he_runs"][3][1], rel=1e-9)
    assert all(costs[seed] > 0.6 for seed in (0, 7))


@TRAINED
def test_claims_about_the_film_of_borders(lesson):
    assert says(
        "Zeros never get a border", "is there at iteration 1000, jagged, and stays below 0.9",
        "with half of them at 1000, and is right for nine in ten from 5000 on",
    )  # fmt: skip

    def right(states):
        return {i: init_utils.accuracy(lesson["test_X"], lesson["test_Y"], p) for i, p in states}

    zeros, large, he = (right(lesson[f"{name}_states"]) for name in ("zeros", "large", "he"))
    assert set(zeros.values()) == {0.5}
    assert large[1000] > 0.55 and max(large.values()) < 0.9
    assert he[1000] == 0.5 and all(share >= 0.9 for i, share in he.items() if i >= 5000)


@TRAINED
def test_late_start_takes_forty_thousand_iterations(lesson):
    start = lesson["start"](lesson["initialize_parameters_he"], 7)
    sets = lesson["sets"]
    [(trained, costs)] = init_utils.train_together([start], *sets[:2], iterations=40_000)
    assert says("It takes 40,000 in all to reach 0.99 and 0.96")
    assert init_utils.accuracies(trained, sets) == (0.99, 0.96)
    assert costs[30] > 0.4


@TRAINED
def test_he_is_not_the_fastest_on_the_circles_and_small_weights_are_stuck(lesson):
    assert says("the median cost is 0.2337 for He, 0.5150 for Glorot, and 0.1481 for scale 1")
    medians = {name: f"{np.median(costs):.4f}" for name, costs in lesson["reached"].items()}
    assert medians == {"He": "0.2337", "Glorot": "0.5150", "0.01": "0.6931", "1": "0.1481"}
    assert says("with all ten seeds the cost stays at 0.6931")
    assert np.ptp(lesson["reached"]["0.01"]) < 5e-5
    np.random.seed(3)
    small = lesson["start"](lesson["initialize_parameters_random"], 3, 0.001)
    _, cache = init_utils.forward_propagation(lesson["train_X"], small)
    assert says("Its signal vanishes within three layers") and np.mean(cache[8] ** 2) < 1e-10


RELU = (lambda z: np.maximum(0, z), lambda z: z > 0)
TANH = (np.tanh, lambda z: 1 - np.tanh(z) ** 2)
SCALES = (1, 0.02**0.5, 0.1, 0.01)


def kept(lesson, scale, pair, seed=1):
    """What is left of the signal, and of the gradient, after ten layers."""
    forward, back = lesson["through"](scale, *pair, seed)
    square = [np.mean(array**2) for array in (forward[-1], back[0], back[-1])]
    return square[0], square[1] / square[2]


@TRAINED
def test_claims_about_signals_and_gradients_of_relu(lesson):
    ends = [kept(lesson, scale, RELU) for scale in SCALES]
    assert says("by 1.16\\cdot10^{17} for 1, 1.16\\cdot10^{-23} for 0.01, 0.00116 for", "and 1.19 for")
    assert [f"{signal:.3g}" for signal, _ in ends] == ["1.16e+17", "1.19", "0.00116", "1.16e-23"]
    assert says("1.25\\cdot10^{17}, 1.25\\cdot10^{-23}, 0.00125 and 1.28", "2^{-10}=0.00098")
    assert [f"{gradient:.3g}" for _, gradient in ends] == ["1.25e+17", "1.28", "0.00125", "1.25e-23"]
    over = [kept(lesson, SCALES[1], RELU, seed)[0] for seed in range(10)]
    assert says("over the seeds 0 to 9 \\sqrt{2/n} keeps between 0.32 and 1.62 of the signal")
    assert (f"{min(over):.2f}", f"{max(over):.2f}") == ("0.32", "1.62")
    assert says("a line that falls by 1.5 means sizes times 0.03 and a signal times 0.001")
    assert (f"{10**-1.5:.2f}", f"{10**-3:g}") == ("0.03", "0.001")
    middle = [np.log10(np.median(np.abs(A[A != 0]))) for A in lesson["through"](0.1, *RELU)[0]]
    assert middle[0] - middle[-1] == pytest.approx(1.5, abs=0.2)
    assert says("The bands move up or down and hardly change their width")
    for scale in SCALES:
        for layers in lesson["through"](scale, *RELU):
            widths = [np.ptp(np.log10(np.percentile(np.abs(A[A != 0]), (5, 95)))) for A in layers]
            assert max(widths) < 1.5 * min(widths)


@TRAINED
def test_claims_about_signals_and_gradients_of_tanh(lesson):
    ends = [kept(lesson, scale, TANH) for scale in SCALES]
    assert says("signal ends at 0.916", "leaves 0.0483 of the signal and 0.0665", "leaves 0.303 and 1.16")
    assert [f"{signal:.3g}" for signal, _ in ends[:3]] == ["0.916", "0.303", "0.0483"]
    assert [f"{gradient:.3g}" for _, gradient in ends[1:3]] == ["1.16", "0.0665"]
    assert says("grows*, thirty million times")
    over = [kept(lesson, 1, TANH, seed) for seed in range(10)]
    assert all(0.91 < signal < 0.925 and 2e7 < gradient < 4e7 for signal, gradient in over)
    assert says("78 % of the outputs lie beyond", "15 % still have a slope above 0.1")
    assert "scale 1, last layer: 78% beyond 0.99; 15% with a slope above 0.1" in lesson["printed"]


@TRAINED
def test_claims_of_the_written_question(lesson):
    forward, _ = lesson["through"](0.02, *RELU, 1, 20, 50)
    assert -42 < np.log10(np.mean(forward[-1] ** 2)) < -38
    sizes = [2, *[50] * 20, 1]
    random, dead = np.random.RandomState(0), {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), start=1):
        dead |= {f"W{layer}": 0.02 * random.randn(n_out, n_in), f"b{layer}": np.zeros((n_out, 1))}
    for rate in (0.01, 0.1):  # ten times the learning rate is no help
        [(after, costs)] = init_utils.train_together([dead], *lesson["sets"][:2], rate, 101)
        assert costs[0] == pytest.approx(np.log(2), abs=1e-12)
        moved = {name: np.abs(after[name] - dead[name]).max() for name in dead}
        assert max(moved[name] for name in moved if name[0] == "W") < 1e-9
        assert (
            max(moved.values()) < 1e-4
        )  # the last biases: they move, and the outputs with them, by next to nothing


@TRAINED
def test_claims_about_normalizing(lesson):
    printed = lesson["printed"]
    assert says(
        "Normalized inputs need 4 iterations",
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
    assert says("they would need 35 million")
    apart = direction.T @ [0.01, 3, 0]
    for steps, enough in ((35e6, False), (36e6, True)):
        assert (0.5 * np.sum(size * ((1 - size / size[-1]) ** steps * apart) ** 2) < 1e-6) == enough


@TRAINED
def test_twice_over_the_steepest_curvature_is_where_descent_stops_shrinking(lesson):
    """The text: at 2 / curvature a rate overshoots for ever."""
    inputs = np.vstack([lesson["features"], np.ones((1, 200))])
    size, direction = np.linalg.eigh(inputs @ inputs.T / 200)
    for factor, shrinks in ((1.99, True), (2.01, False)):
        apart = direction[:, -1]
        after = apart - factor / size[-1] * (inputs @ inputs.T / 200) @ apart
        assert (np.linalg.norm(after) < 1) == shrinks


@TRAINED
def test_claims_of_the_part_that_goes_further(lesson):
    noisy = lesson["noisy_reached"]
    assert says("With noise of 0.01 all three seeds end where equal weights end, at a cost of 0.6485")
    assert noisy["0.01"] == pytest.approx([lesson["half_costs"][-1]] * 3, abs=2e-4)
    assert f"{lesson['half_costs'][-1]:.4f}" == "0.6485"
    spread = [f"{end:.2f}" for name in ("0.1", "0.3") for end in (min(noisy[name]), max(noisy[name]))]
    assert says(
        f"With 0.1 they end between {spread[0]} and {spread[1]}, with 0.3 between {spread[2]} and {spread[3]}"
    )
    assert says("Glorot's median ends between 0.4 and 0.65, the medians of the other two below 0.35")
    assert says(
        "larger by 10^{-15} of themselves", "Five seeds set them apart from Glorot, not from each other"
    )
    settings = lesson["training"]
    for factor in (1, 1 + 1e-15, 1 - 1e-15):  # rounding alone decides between these
        starts = {
            name: [lesson["deep"](scale, seed) for seed in range(5)]
            for name, scale in lesson["gains"].items()
        }
        moved = {name: [{**one, "W1": one["W1"] * factor} for one in ones] for name, ones in starts.items()}
        runs = {name: init_utils.train_together(ones, *settings) for name, ones in moved.items()}
        glorot, *others = (np.median([costs[-1] for _, costs in each]) for each in runs.values())
        assert 0.4 < glorot < 0.65 and max(others) < 0.35


@TRAINED
def test_noise_of_a_hundredth_hardly_moves_units_apart(lesson):
    noise = lesson["start"](lesson["initialize_parameters_random"], 0, 0.001)
    begun = {name: lesson["half"][name] + noise[name] for name in noise}
    [(after, _)] = init_utils.train_together([begun], *lesson["sets"][:2])
    assert says("the largest difference stays below 0.05")
    assert max(np.ptp(after[name], axis=0).max() for name in ("W1", "W2")) < 0.05


@TRAINED
def test_backward_pass_worked_by_hand_is_right(lesson):
    values = figures_network.two_units((0.5, -1), (2, 1), 0.5, 2, -1, 1)
    assert says(
        "dW_2=dz_2\\,a_1=-0.25 and db_2=-0.5", "da_1=W_2\\,dz_2=-1", "dW_1=dz_1\\,x=(-0.5,1) and db_1=-1"
    )
    assert (values["dz2"], values["dW2"], values["db2"], values["da1"]) == (-0.5, -0.25, -0.5, -1)
    assert (values["dz1"], values["dW1"], values["db1"]) == (-1, [-0.5, 1], -1)
    assert says("z=0.1 gives L=0.6444, lower by 0.0488")
    loss = -np.log(1 / (1 + np.exp(-0.1)))
    assert (f"{loss:.4f}", f"{np.log(2) - loss:.4f}") == ("0.6444", "0.0488")
    step = 1e-6
    moved = figures_network.two_units((0.5, -1), (2 + step, 1), 0.5, 2, -1, 1)
    assert (moved["L"] - values["L"]) / step == pytest.approx(-0.5, abs=1e-4)


def test_half_finished_backward_pass_is_judged_line_by_line(capsys):
    stub = next(cell.source for cell in bank.cells(LESSON) if "two_layers_back" in cell.source)
    blanks = (
        ("da1 = None", "da1 = W2.T @ dz2"),
        ("dz1 = None", "dz1 = da1 * (z1 > 0)"),
        ("dW1 = None", "dW1 = dz1 @ x.T"),
    )
    for count in range(len(blanks) + 1):
        exec(stub, {"np": np, "figures_network": figures_network})
        told = capsys.readouterr().out
        assert (told.count("is still None"), told.count("is right")) == (2 * (3 - count), 2 * (1 + count))
        stub = stub.replace(*blanks[count]) if count < len(blanks) else stub
    exec(stub.replace("W2.T @ dz2", "W2 @ dz2"), {"np": np, "figures_network": figures_network})
    assert (
        "three units: it stops. A matrix product needs as many columns on the left" in capsys.readouterr().out
    )


def test_training_loop_of_the_text_is_that_of_the_helper():
    shown = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)[1]
    helper = inspect.getsource(init_utils.model)
    for line in shown.splitlines():
        assert " ".join(line.split("  #")[0].split()).replace("(X.shape", "(X.shape") in " ".join(
            helper.split()
        ).replace("parameters: Parameters", "parameters"), line


def test_no_source_of_an_experiment_tells_its_result():
    for cell in bank.cells(LESSON):
        if cell.role == "experiment":
            assert "alt" not in cell.source.split() and "Measured" not in cell.source
    text = re.sub(r"<details>.*?</details>", "", TEXT, flags=re.DOTALL)
    for number in ("0.5623", "0.0736", "1.19e", "0.916", "0.7471", "5.9 million", "0.2337"):
        assert number not in text, number


def test_each_prediction_is_asked_for_and_written_before_its_experiment_and_not_in_it():
    """An edited experiment is run when grading: a prediction has a cell of its own, which costs nothing."""
    cells, places = bank.cells(LESSON), {}
    for index, cell in enumerate(cells):
        if written := re.search(r'figures\.predict\("([^"]+)", ""\)', cell.source):
            assert cell.role == "free" and cell.source.count("\n") == 0
            assert "redict" in cells[index - 1].source or "redict" in cells[index - 2].source
            places[written[1]] = index
        if repeated := re.search(r'figures\.predicted\("([^"]+)"\)', cell.source):
            assert cell.role == "experiment" and 0 < index - places.pop(repeated[1]) <= 2
    assert not places


def test_what_runs_when_grading_leaves_no_name_that_students_use():
    names = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in bank.cells(LESSON):
            if cell.role in ("given", "answer", "free"):
                exec(compile(cell.source, "<lesson>", "exec"), names)
    data = {name for name, value in names.items() if not callable(value) and not inspect.ismodule(value)}
    assert data <= {"__name__", "__builtins__"}


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
    equal = lesson["normalize_inputs"](np.array([[0.1, 0.1, 0.1]]), np.array([[0.2]]))
    assert says("0.1, 0.1, 0.1 become 0, 0, 0; a test value 0.2 becomes 0.1", "rounding may leave 10^{-17}")
    assert [abs(part.round(3)).tolist() for part in equal] == [[[0, 0, 0]], [[0.1]], [[0.1]], [[1]]]
    assert 0 < np.std([0.1] * 3) < 2e-17
    assert train[0].round(3).tolist() == [-1.342, -0.447, 0.447, 1.342]
    assert (mu.ravel().tolist(), sigma.ravel().round(3).tolist()) == ([2.5, 250.0], [1.118, 111.803])
    assert test.round(3).tolist() == [[2.236], [0.0]]
