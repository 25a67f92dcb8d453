"""The gradient-checking lesson: its checks accept and reject what they should, and every number in its text is true."""

import contextlib
import functools
import io
import re

import numpy as np
import pytest

from tests import bank

LESSON = "gradient_checking"
ANSWERS = bank.answers(LESSON)
WRONG = bank.misconceptions(LESSON)
TEXT = "\n".join(cell.source for cell in bank.cells(LESSON) if cell.kind == "markdown")


MIXTURES = [
    answer for answer in ANSWERS if answer.function == "gradient_check" and answer.name.startswith("J-")
]
EDITS = {  # text edits that make any of the four mixtures wrong
    "one-sided": [("thetaminus = theta - epsilon", "thetaminus = theta"), ("(2 * epsilon)", "epsilon")],
    "one-sided-backwards": [
        ("thetaplus = theta + epsilon", "thetaplus = theta"),
        ("(2 * epsilon)", "epsilon"),
    ],
    "step-not-doubled": [("(2 * epsilon)", "epsilon")],
    "epsilon-above-the-line": [("(2 * epsilon)", "2 * epsilon")],
    "swapped-costs": [("J_plus - J_minus", "J_minus - J_plus")],
    "costs-never-used": [("(J_plus - J_minus)", "(thetaplus - thetaminus)")],
    "minus-from-plus": [("thetaminus = theta - epsilon", "thetaminus = thetaplus - epsilon")],
    "same-side-twice": [("thetaminus = theta - epsilon", "thetaminus = theta + epsilon")],
    "no-denominator": [("numerator / denominator", "numerator")],
    "one-size-in-the-denominator": [(" + np.linalg.norm(gradapprox)", "")],
    "product-in-the-denominator": [("norm(grad) + np", "norm(grad) * np")],
    "numeric-is-analytic": [("grad - gradapprox)", "grad - grad)")],
    "signed-numerator": [("np.linalg.norm(grad - gradapprox)", "grad - gradapprox")],
    "epsilon-ignored": [("    thetaplus", "    epsilon = 1e-7\n    thetaplus")],
    "costs-added": [("J_plus - J_minus", "J_plus + J_minus")],
}


def test_the_bank_holds_all_four_mixtures():
    assert len(MIXTURES) == 4


@pytest.mark.parametrize("mixture", MIXTURES, ids=lambda mixture: mixture.name)
@pytest.mark.parametrize("mistake", EDITS)
def test_a_mistake_is_found_and_named_whatever_is_called_or_written_inline(mixture, mistake):
    source = mixture.source
    for old, new in EDITS[mistake]:
        assert old in source
        source = source.replace(old, new)
    failed = bank.failed(bank.run_checks(LESSON, {"gradient_check": source}))
    assert "gradient_check_hidden" in failed
    assert failed <= bank.checks_of(LESSON, "gradient_check")
    entry = next(wrong for wrong in WRONG if (wrong.function, wrong.name) == ("gradient_check", mistake))
    name = bank.recognise(LESSON, "gradient_check", bank.build(LESSON, "gradient_check", source))
    assert name in (entry.name, entry.family)


@pytest.mark.parametrize(
    "function", ["forward_propagation", "backward_propagation", "backward_propagation_n"]
)
def test_a_broken_function_that_another_one_calls_costs_only_itself(function):
    broken = f"def {function}(*arguments):\n    raise RuntimeError('broken')\n"
    assert bank.failed(bank.run_checks(LESSON, {function: broken})) == bank.checks_of(LESSON, function)


@pytest.mark.parametrize(
    "name", ["array-into-one-entry-n", "float-of-an-array-n", "numpy-float-n", "numpy-float"]
)
def test_what_older_numpy_allowed_is_told_exactly(name):
    wrong = next(w for w in WRONG if w.name == name)
    said = str(bank.verdicts_on(LESSON, wrong)[f"{wrong.function}_visible"])
    assert re.search(r"it stops with (Attribute|Type|Value)Error: ", said)
    assert re.search(r"right before NumPy 2\.4|left NumPy in version 1\.24", said)


@pytest.fixture(scope="module")
def lesson():
    """The lesson's names after all its cells but the checks have run, with what was printed under "printed"."""
    notebook = {"__name__": "__main__"}
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.setenv("COURSE_QUIET", "1")
        for number, cell in enumerate(bank.cells(LESSON)):
            if cell.role in ("given", "answer", "free", "experiment"):
                exec(compile(cell.source, "<lesson>", "exec"), notebook)
                notebook[f"after {number}"] = {
                    k: v for k, v in notebook.items() if not k.startswith("after ")
                }
    notebook["printed"] = printed.getvalue()
    return notebook


def at(lesson, *wanted):
    """The names of the lesson just after the first cell that had bound all of `wanted`."""
    return next(v for k, v in lesson.items() if k.startswith("after ") and all(name in v for name in wanted))


def says(*phrases):
    """Whether the text states each phrase, whatever its line breaks."""
    flat = " ".join(TEXT.replace("$", "").replace("**", "").split())
    missing = [phrase for phrase in phrases if phrase not in flat]
    assert missing == []
    return True


def test_numbers_worked_by_hand(lesson):
    assert says(
        "x=2 and \\theta=4 give J=8", "from 4 to 4.5. J rises from 8 to 9, and 1/0.5=2", "From 10 to 10.5"
    )
    assert (4 * 2, (4.5 * 2 - 4 * 2) / 0.5, (10.5 * 2 - 10 * 2) / 0.5) == (8, 2, 2)
    assert says(
        "(1.030301-0.970299)/0.02=3.0001",
        "0.030301/0.01=3.0301",
        "\\varepsilon^2 and 3\\varepsilon+\\varepsilon^2",
    )
    assert pytest.approx(3 + 0.01**2, abs=1e-12) == (1.01**3 - 0.99**3) / 0.02
    assert pytest.approx(3 + 3 * 0.01 + 0.01**2, abs=1e-12) == (1.01**3 - 1) / 0.01
    assert says("0.0001/(5+5.00008)\\approx 10^{-5}", "\\hat g=2g it is 1/3, if \\hat g=-g it is 1")
    assert np.linalg.norm([3, 4.0001]) == pytest.approx(5.00008, abs=1e-8)
    assert 0.0001 / (5 + np.linalg.norm([3, 4.0001])) == pytest.approx(9.99992e-6, rel=1e-6)
    assert says(
        "J is 9 and 7, the slope 2/1=2, so d=0", "prints `2.9193e-10`", "prints `8`", "prints `2`", "`1.0`"
    )
    assert lesson["gradient_check"](2, 4, 0.5) == 0
    assert lesson["gradient_check"](2, 4) == pytest.approx(2.919335883291695e-10, rel=1e-12)
    assert lesson["printed"].startswith("8\n2\n2.9193e-10\n")
    assert says("20+5+15+3+3+1=47", "give dW=1, db=-1", "prints about `1.2e-07`", "gives `['b1', 'W2']`")
    assert "1.0\n0.2851\n['b1', 'W2']\n1.2e-07 []\n" in lesson["printed"]
    assert (np.dot([1, -3], [2, 0]) / 2, (1 - 3) / 2) == (1, -1)
    assert says("0.3333 means k=2. Which k gives 0.6")
    k_and_d = {k: (k - 1) / (k + 1) for k in (2, 4)}
    assert k_and_d == {2: 1 / 3, 4: 0.6}


def test_claims_about_one_and_two_sides():
    def gap(epsilon, two_sided):
        below = (1 - epsilon) ** 3 if two_sided else 1.0
        return abs(((1 + epsilon) ** 3 - below) / (epsilon * (2 if two_sided else 1)) - 3)

    assert says("two-sided error by 4.00 and the one-sided by 2.00", "below about 10^{-6} and 10^{-8}")
    assert (
        f"{gap(0.01, True) / gap(0.005, True):.2f} {gap(0.01, False) / gap(0.005, False):.2f}" == "4.00 2.00"
    )
    for two_sided, best in ((True, 1e-6), (False, 1e-8)):
        around = 10.0 ** np.arange(-12, -0.9, 0.125)
        middle = {e: np.median([gap(e * f, two_sided) for f in np.linspace(0.7, 1.4, 201)]) for e in around}
        assert best / 12 < min(middle, key=middle.get) < best * 12
        assert middle[min(around)] > 1e3 * min(middle.values())


def test_claims_about_the_draft(lesson):
    here = at(lesson, "draft")
    read = functools.partial(here["gradient_check_n"], here["parameters"])
    X, Y, draft = here["X"], here["Y"], here["draft"]
    right = at(lesson, "mended")["mended"]
    assert says("The draft reads 0.2851", "it would be 0.1734 or 0.2544")
    found = [read({**right, n: draft[n]}, X, Y) for n in ("dW2", "db1")]
    assert [f"{d:.4f}" for d in (read(draft, X, Y), *found)] == ["0.2851", "0.1734", "0.2544"]
    assert read(draft, X, Y) == pytest.approx(0.28509316, abs=1e-8)
    assert says("| 1.6e-7 | 0.6 | 0.3333 | 3.4e-8 | 2.5e-8 | 2.5e-7 |")
    for name, said in zip(here["parameters"], (1.6e-7, 0.6, 0.3333, 3.4e-8, 2.5e-8, 2.5e-7), strict=True):
        options = {"epsilon": 1e-7}
        blocks = lesson["wrong_blocks"]
        assert name in blocks(here["parameters"], draft, X, Y, threshold=0.85 * said, **options)
        assert name not in blocks(here["parameters"], draft, X, Y, threshold=1.15 * said, **options)


def test_claims_about_lost_digits(lesson):
    here = at(lesson, "classic", "stable")
    assert says("label 0 and output a=0.9989", "1-0.9989=0.0011", "still reads `1.2e-07`")
    assert here["Y"][2] == 0
    assert f"{here['cache'][9][0, 2]:.4f}" == "0.9989"
    assert says("from 1.2e-7 to 1.1e-9, a hundred times", "even the classic cost reads 9.3e-10")
    assert [here["classic"][1], here["stable"][1], here["classic"][3]] == pytest.approx(
        [1.2e-7, 1.1e-9, 9.3e-10], rel=0.2
    )
    assert 1.0e-7 < here["classic"][1] < 1.4e-7
    assert 80 < here["classic"][1] / here["stable"][1] < 130
    assert np.allclose(here["classic"][5:], here["stable"][5:], rtol=1e-3)


def test_claims_about_the_penalty_and_dropout(lesson):
    here = at(lesson, "full", "dropped")
    reading, plain = here["reading"], here["plain"]
    found = [
        reading(here["full"], here["penalised"]),
        reading(plain, here["penalised"]),
        reading(here["full"]),
    ]
    assert says("8e-10 with the penalty in both, and 0.1599 both when")
    assert found[0] == pytest.approx(8e-10, rel=0.2)
    assert f"{found[1]:.4f} {found[2]:.4f}" == "0.1599 0.1599"
    assert reading(here["full"], here["penalised"], epsilon=1e-7) == pytest.approx(1.0e-7, rel=0.2)
    found = here["dropped"]
    assert says("9.3e-10 without dropout, 2.1e-9 with one mask, 1.0000 with fresh masks")
    assert found == pytest.approx([9.3e-10, 2.1e-9, 1], rel=0.2)
    assert f"{found[2]:.4f}" == "1.0000"
    assert 0 < np.mean(here["mask"] == 0) < 0.5


def test_claims_about_the_kink(lesson):
    here = at(lesson, "near", "readings")
    by_step = {
        round(float(np.log10(step)), 2): d for step, d in zip(here["steps"], here["readings"], strict=True)
    }
    assert says(
        "puts one entry of Z^{[1]} at 5\\cdot10^{-5}", "near 10^{-10} at \\varepsilon=10^{-5}, but 2.8e-4 at"
    )
    assert 1e-11 < by_step[-5] < 1e-9
    assert f"{by_step[-4]:.1e}" == "2.8e-04"
    assert max(d for power, d in by_step.items() if power < -4.7) < 3e-9
    Z1 = here["forward_propagation_n"](here["inputs"], here["targets"], here["near"])[1][0]
    assert np.sort(np.abs(Z1).ravel())[0] == pytest.approx(5e-5)


def test_claims_about_training(lesson):
    readings = lesson["readings"]
    assert says("both start near 10^{-10}", "gradient reads 0.036, the right one still near 10^{-10}")
    assert readings["right"][0] == pytest.approx(readings["biases penalised"][0], rel=0.3)
    assert f"{readings['biases penalised'][1]:.3f}" == "0.036"
    assert min(readings["right"]) > 1e-11
    assert max(readings["right"]) < 1e-9
    assert min(readings["biases penalised"][1:]) > 0.01


def test_claims_about_the_number_of_costs(lesson):
    assert says(
        "94, 182 and 254 for the course's networks",
        "At a million parameters and 1 ms a cost that is 33 minutes",
    )
    assert len(lesson["calls"]) == 94
    assert [2 * count for count in lesson["counts"]] == [94, 182, 254, 159020]
    assert round(2 * 1_000_000 * 1e-3 / 60) == 33
