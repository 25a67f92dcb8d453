"""`gradient_check`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

from collections.abc import Callable
from typing import Any

import gc_utils
import numpy as np
import testCases
from checks_gradient_checking import opposite_slopes
from gc_stand_ins import LINE_POINTS
from gc_utils import (
    saddle as forward_propagation,
)  # the probes stand these in for the lesson's graded functions
from gc_utils import saddle_slope as backward_propagation

from .shared import Probe, attempted

describe = "as_number"

def _far(easy: list[tuple[float, ...]], far: list[tuple[float, ...]], tried: bool) -> Probe:
    """gradient_check on straight lines of slope 4 and -4; `far` points lie where rounding moves one side only."""

    def probe(function: Callable[..., Any]) -> Any:
        stand_ins = {"forward_propagation": gc_utils.saddle, "backward_propagation": gc_utils.saddle_slope}
        with testCases.given(function, **stand_ins):
            return [(attempted if tried else gc_utils.tried)(function, *case) for case in easy + far]

    return probe


UP, DOWN = 2.0**30, -(2.0**30)


def visible(function: Callable[..., Any]) -> Any:
    return [*_far(LINE_POINTS, [], False)(function), opposite_slopes(function)]


_fresh = _far(
        [
            (4.0, 5.0, 2.0**-18),
            (-4.0, 5.0, 1.0),
            (4.0, 3.0, 2.0**-51),
            (4.0, 3.0, 3 * 2.0**-53),
            (4.0, 5.0, 3 * 2.0**-51),
            (4.0, 0.75, 2.0**-22 + 2.0**-55),
            (4.0, 0.75, 2.0**-34 + 2.0**-55),
        ],
        [(x, side, epsilon) for x in (4.0, -3.0) for side in (UP, DOWN) for epsilon in (1e-7, 7 * 2.0**-23)],
        True,
    )


def fresh(function: Callable[..., Any]) -> Any:
    """The readings, and whether rounding shows as with another step where epsilon is left out."""
    thetas = 1e4 * (1 + np.random.RandomState(5).rand(12))
    readings = _far([], [(3.0, theta) for theta in thetas], True)(function)
    try:
        noise = np.mean([float(np.squeeze(d)) * 1e-7 * 2.0**53 / t for d, t in zip(readings, thetas, strict=True)])
    except (TypeError, ValueError):
        return [*_fresh(function), "", "", ""]
    usual = noise < 1e-6 or 0.08 < noise < 2
    return [*_fresh(function), "" if usual else "another step", _small_slopes(function), opposite_slopes(function)]


def _small_slopes(function: Callable[..., Any]) -> str:
    """Whether a slope that is twice the right one reads nearly 0 where both are 1e-9."""
    with testCases.given(function, forward_propagation=gc_utils.cubic, backward_propagation=gc_utils.cubic_slope_doubled):
        reading = attempted(function, 0.001, 0.5, 2.0**-7)
    return "nearly 0" if gc_utils.one_number(reading) and 1e-12 < abs(gc_utils.off_by(reading, 0)) < 1e-6 else ""


ANSWER = """\
def gradient_check(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))
"""


@wrong(
    "one-sided",
    looks_like="the slope uses theta and the point to its right only",
    hint="On a straight line both formulas agree, but rounding shows which costs you used: those of (3). Its error is "
    "proportional to epsilon, that of (1) to its square. Which two costs does (1) compare, and how far apart are they?",
    family="one-sided",
)
def _(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x, theta + epsilon)
    J = forward_propagation(x, theta)
    gradapprox = (J_plus - J) / epsilon
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "one-sided-inline",
    looks_like="the slope uses theta and the point to its right only",
    hint="On a straight line both formulas agree, but rounding shows which costs you used: those of (3). Its error is "
    "proportional to epsilon, that of (1) to its square. Which two costs does (1) compare, and how far apart are they?",
    family="one-sided",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (x * (theta + epsilon) - x * theta) / epsilon
    return abs(x - gradapprox) / (abs(x) + abs(gradapprox))


@wrong(
    "one-sided-backwards",
    looks_like="the slope uses theta and the point to its left only",
    hint="A step to one side has an error proportional to epsilon, two sides have one proportional to its "
    "square. Which two costs does (1) compare?",
)
def _(x, theta, epsilon=1e-7):
    J_minus = forward_propagation(x, theta - epsilon)
    J = forward_propagation(x, theta)
    gradapprox = (J - J_minus) / epsilon
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "step-not-doubled",
    looks_like="the difference of the costs is divided by epsilon once",
    hint="From theta - epsilon to theta + epsilon the distance is two epsilon. Your slope comes out twice "
    "too large, which reads 1/3.",
)
def _(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / epsilon
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "epsilon-above-the-line",
    looks_like="the result is multiplied by epsilon instead of divided by it",
    hint="Python works from left to right: a / 2 * e is a times e over 2. Which part of (1) stands below "
    "the line, and what keeps it together?",
)
def _(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / 2 * epsilon
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "costs-not-subtracted-first",
    looks_like="only the second cost is divided by the step",
    hint="Division binds stronger than subtraction: in a - b / c only b is divided. In (1) the whole "
    "difference stands above the line.",
)
def _(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = J_plus - J_minus / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "no-brackets-in-the-slope",
    looks_like="the brackets of the slope are missing, above the line and below it",
    hint="Python divides before it subtracts, and takes / and * from left to right: a - b / 2 * c divides only b, and "
    "multiplies by c. What is above the line of (1), and what below it?",
)
def gradient_check_without_brackets(x, theta, epsilon=1e-7):
    J_plus, J_minus = forward_propagation(x, theta + epsilon), forward_propagation(x, theta - epsilon)
    gradapprox = J_plus - J_minus / 2 * epsilon
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


@wrong(
    "swapped-costs",
    looks_like="the numerical slope has the wrong sign or is always 0",
    hint="A right slope then reads exactly 1. In (1) the cost to the right of theta comes first, the cost "
    "to its left is subtracted, and both points differ from theta by epsilon. Check the "
    "two signs, and their order.",
    family="reads-one",
)
def _(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x, theta - epsilon)
    J_minus = forward_propagation(x, theta + epsilon)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "costs-never-used",
    looks_like="the slope is made of the two parameters instead of their costs",
    hint="The distance of the two points divided by itself is 1, whatever the cost. Above the line of (1) "
    "stand costs. Which of your variables hold them?",
)
def _(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta - epsilon
    J_plus = forward_propagation(x, thetaplus)
    J_minus = forward_propagation(x, thetaminus)
    gradapprox = (thetaplus - thetaminus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "epsilon-added-to-the-cost",
    looks_like="epsilon is added to the cost instead of to theta",
    hint="Then the costs differ by two epsilon whatever x is, and every slope is near 1. In (1) epsilon "
    "stands inside the brackets of J.",
)
def _(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x, theta) + epsilon
    J_minus = forward_propagation(x, theta) - epsilon
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "analytic-is-numeric",
    looks_like="the reading is 0 even where rounding spoils the estimate (1)",
    hint="So either one witness is made of the other, and the costs never enter, or they are taken at other "
    "points than theta plus epsilon and theta minus epsilon. Which numbers go into J, and where does each witness come "
    "from?",
    family="always-agrees",
)
def _(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = gradapprox
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "numeric-is-analytic",
    looks_like="the reading is 0 even where rounding spoils the estimate (1)",
    hint="So either one witness is made of the other, and the costs never enter, or they are taken at other "
    "points than theta plus epsilon and theta minus epsilon. Which numbers go into J, and where does each witness come "
    "from?",
    family="always-agrees",
)
def _(x, theta, epsilon=1e-7):
    grad = backward_propagation(x, theta)
    gradapprox = backward_propagation(x, theta + epsilon)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


wrong(
    "theta-left-out",
    ("(x, theta + epsilon)", "(x, epsilon)"),
    ("(x, theta - epsilon)", "(x, -epsilon)"),
    looks_like="the reading is 0 even where rounding spoils the estimate (1)",
    hint="So either one witness is made of the other, and the costs never enter, or they are taken at other "
    "points than theta plus epsilon and theta minus epsilon. Which numbers go into J, and where does each witness come "
    "from?",
    family="always-agrees",
)


@wrong(
    "hard-coded-difference",
    looks_like="the result of the worked example is returned for every input",
    hint="2.9193e-10 is what rounding leaves at (2, 4). Elsewhere it is another number, and a wrong slope "
    "must read much more.",
)
def _(x, theta, epsilon=1e-7):
    return 2.919335883291695e-10


wrong(
    "brackets-of-the-denominator",
    ("(abs(grad) + abs(gradapprox))", "abs(grad) + abs(gradapprox)"),
    looks_like="the second size is added to the quotient",
    hint="A quotient binds more strongly than a sum: yours is divided by the first size alone, and then the "
    "second size is added. Which two sizes belong below the line together?",
)

wrong(
    "difference-of-sizes",
    ("abs(grad - gradapprox)", "(abs(gradapprox) - abs(grad))"),
    looks_like="the difference of the two sizes stands above the line",
    hint="The size of a difference is not the difference of two sizes: a slope and its negative have the same "
    "size, and yours calls them equal. In (4), what is inside the bars above the line?",
)

wrong(
    "no-denominator",
    ("abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))", "np.linalg.norm(grad - gradapprox)"),
    looks_like="the gap is not divided by the sizes",
    hint="Without the denominator of (4) a large slope looks wrong and a small one right. What stands "
    "below the line?",
)


@wrong(
    "no-sizes-at-all",
    looks_like="the gap and the sum keep their signs",
    hint="The bars in (4) are sizes: of one number, its absolute value. Without them the result is negative where the "
    "estimate is the larger one, and two opposite slopes cancel below the line.",
)
def gradient_check_without_sizes(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return (grad - gradapprox) / (grad + gradapprox)


@wrong(
    "size-of-the-sum",
    looks_like="the size of the sum stands below the line, not the sum of the sizes",
    hint="If the two slopes have opposite signs, their sum is nearly 0, and so is what you divide by. In (4) each slope "
    "has bars of its own.",
)
def gradient_check_size_of_sum(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / np.linalg.norm(grad + gradapprox)


@wrong(
    "at-least-one-below-the-line",
    looks_like="the gap is divided by 1 where the sizes are smaller",
    hint="With max(1, …) below the line, small slopes are compared by their gap alone, and a wrong one looks right. (4) "
    "divides by the two sizes, however small they are.",
)
def gradient_check_at_least_one(x, theta, epsilon=1e-7):
    J_plus, J_minus = forward_propagation(x, theta + epsilon), forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / max(1, abs(grad) + abs(gradapprox))

wrong(
    "one-size-in-the-denominator",
    (
        "abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))",
        "np.linalg.norm(grad - gradapprox) / np.linalg.norm(grad)",
    ),
    looks_like="the gap is divided by the size of the analytic slope only",
    hint="The denominator of (4) is a sum of two sizes; yours has one of them. At a right slope that is "
    "twice too large a result.",
)

wrong(
    "numeric-size-in-the-denominator",
    (
        "abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))",
        "np.linalg.norm(grad - gradapprox) / np.linalg.norm(gradapprox)",
    ),
    looks_like="the gap is divided by the size of the numerical slope only",
    hint="The denominator of (4) is a sum of two sizes; yours has one of them. Which one is missing?",
)

wrong(
    "product-in-the-denominator",
    (
        "abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))",
        "np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) * np.linalg.norm(gradapprox))",
    ),
    looks_like="the two sizes are multiplied below the line",
    hint="The denominator of (4) adds the two sizes. A product changes when the cost is measured in "
    "another unit; a relative difference must not.",
)

wrong(
    "difference-in-the-denominator",
    (
        "return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))",
        "numerator = np.linalg.norm(grad - gradapprox)\n"
        "    return numerator / max(np.linalg.norm(grad) - np.linalg.norm(gradapprox), 1e-3)",
    ),
    looks_like="the sizes are subtracted below the line",
    hint="Two slopes that agree give almost nothing below your line, and the result explodes. (4) adds "
    "their sizes.",
)

wrong(
    "signed-denominator",
    ("abs(grad) + abs(gradapprox)", "grad + gradapprox"),
    looks_like="the slopes themselves are added below the line, with their signs",
    hint="For negative slopes your result is negative, and slopes of opposite sign cancel below the line. "
    "A size is never negative: where does (4) take norms?",
)

wrong(
    "signed-numerator",
    ("return abs", "return "),
    looks_like="the gap keeps its sign",
    hint="A relative difference is a distance, so it is never negative. Above the line of (4) stands a "
    "norm, not a bare difference.",
)

wrong(
    "squared-norms",
    (
        "abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))",
        "(grad - gradapprox) ** 2 / (grad**2 + gradapprox**2)",
    ),
    looks_like="squares are compared instead of sizes",
    hint="A norm is the root of a sum of squares; yours has squares and no root. That makes 0.001 out of "
    "0.03.",
)


@wrong(
    "same-side-twice",
    looks_like="the numerical slope has the wrong sign or is always 0",
    hint="A right slope then reads exactly 1. In (1) the cost to the right of theta comes first, the cost "
    "to its left is subtracted, and both points differ from theta by epsilon. Check the "
    "two signs, and their order.",
    family="reads-one",
)
def _(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta + epsilon
    gradapprox = (forward_propagation(x, thetaplus) - forward_propagation(x, thetaminus)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "minus-from-plus",
    looks_like="the left point is theta itself",
    hint="One epsilon back from theta + epsilon is theta, not theta - epsilon. The costs are then one "
    "epsilon apart and the slope comes out half, which reads 1/3.",
)
def _(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = thetaplus - epsilon
    gradapprox = (forward_propagation(x, thetaplus) - forward_propagation(x, thetaminus)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))

wrong(
    "steps-in-x",
    (
        ", theta + epsilon) - forward_propagation(x, theta - epsilon",
        " + epsilon, theta) - forward_propagation(x - epsilon, theta",
    ),
    looks_like="the input is moved instead of the parameter",
    hint="x is data and stays. The slope that you check is the one by theta. Which argument of J gets the epsilon?",
)


@wrong(
    "steps-in-x-inline",
    looks_like="the input is moved instead of the parameter",
    hint="x is data and stays. The slope that you check is the one by theta. Which factor of the product "
    "gets the epsilon?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = ((x + epsilon) * theta - (x - epsilon) * theta) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))

wrong(
    "slope-with-swapped-arguments",
    ("(x, theta)", "(theta, x)"),
    looks_like="the analytic slope is asked with its two arguments in the wrong order",
    hint="backward_propagation takes x first, then theta. At (2, 4) the other order gives 4 instead of 2. "
    "Compare your call with the signature.",
)

wrong(
    "slope-is-theta",
    ("backward_propagation(x, theta)", "theta"),
    looks_like="theta is taken for the analytic slope",
    hint="The slope of (2) by theta is not theta: at (2, 4) it is 2. backward_propagation has it ready for you.",
)

wrong(
    "cost-as-gradient",
    ("backward_propagation", "forward_propagation"),
    looks_like="the cost is taken for the analytic slope",
    hint="The value of J at theta is compared with its slope. The analytic slope comes from backward_propagation, "
    "not forward_propagation.",
)


@wrong(
    "relative-step",
    looks_like="theta is multiplied by 1 plus epsilon",
    hint="Then the step is epsilon times theta, but you divide by epsilon alone. In (1) epsilon is added.",
)
def _(x, theta, epsilon=1e-7):
    plus, minus = theta * (1 + epsilon), theta * (1 - epsilon)
    gradapprox = (forward_propagation(x, plus) - forward_propagation(x, minus)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "epsilon-ignored",
    looks_like="the argument epsilon is not used",
    hint="The step is a constant inside the function. A caller who passes another epsilon gets the same "
    "answer. Use the argument in all three places of (1).",
)
def _(x, theta, epsilon=1e-7):
    step = 1e-7
    gradapprox = (forward_propagation(x, theta + step) - forward_propagation(x, theta - step)) / (2 * step)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))

wrong(
    "costs-added",
    ("- forward_propagation", "+ forward_propagation"),
    looks_like="the two costs are added",
    hint="A slope is a rise over a step, and a rise is a difference. Which sign stands between the costs "
    "in (1)?",
)

wrong(
    "verdict-instead-of-number",
    (
        "abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))",
        "bool(abs(grad - gradapprox) / (abs(grad) + abs(gradapprox)) < 1e-7)",
    ),
    looks_like="a verdict is returned instead of the number",
    hint="True or False hides how far apart the slopes are. Return (4) itself; the scale above says how to "
    "read it.",
)


@wrong(
    "returns-the-numerical-slope",
    looks_like="the numerical slope is returned",
    hint="Equation (1) is the second witness, not the verdict. What does (4) still do with it?",
)
def _(x, theta, epsilon=1e-7):
    return (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)

wrong(
    "check-without-return",
    (
        "return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))",
        "difference = abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))\n"
        '    print("correct" if difference < 1e-7 else "wrong")',
    ),
    looks_like="nothing is returned",
    hint="Printing shows a verdict, but hands nothing back: the call gives None. What is wanted is the "
    "number (4).",
)


@wrong(
    "rounded-difference",
    looks_like="the result is rounded",
    hint="Rounded to 7 digits, everything from 0 to 5e-8 becomes 0, but the scale begins at 1e-7. Return the "
    "number as it is; round it when you print it.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (x * (theta + epsilon) - x * (theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return round(abs(grad - gradapprox) / (abs(grad) + abs(gradapprox)), 7)


@wrong(
    "small-differences-become-zero",
    looks_like="a reading below a limit is returned as 0",
    hint="A small reading is not 0: it tells how much rounding there is. The scale is for the reader. Return "
    "(4) itself, whatever it is.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (x * (theta + epsilon) - x * (theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    difference = abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))
    return difference if difference > 1e-7 else 0.0


wrong(
    "the-example-inside",
    (
        "def gradient_check(x, theta, epsilon=1e-7):",
        "def gradient_check(x, theta, epsilon=1e-7):\n"
        "    x, theta = 2, 4",
    ),
    looks_like="the numbers of the worked example stand inside the function",
    hint="Every call then checks x = 2 and theta = 4. The function must use its arguments. Which line gives "
    "them new values?",
)

wrong(
    "root-of-both-squares",
    ("(abs(grad) + abs(gradapprox))", "np.sqrt(grad**2 + gradapprox**2)"),
    looks_like="one root is taken of both squares below the line",
    hint="The root of a sum is not the sum of the roots: 3 and 4 give 5, not 7. In (4) each slope has its "
    "own norm, and the two norms are added.",
)

wrong(
    "larger-size-in-the-denominator",
    (") / (abs(grad) +", ") / max(abs(grad),"),
    looks_like="the gap is divided by the larger of the two sizes",
    hint="That is a relative difference too, but not (4), and about twice as large. What does (4) do with "
    "the two sizes below its line?",
)


@wrong(
    "half-steps",
    looks_like="the points lie half an epsilon from theta, and the difference is divided by two epsilon",
    hint="The two points are then one epsilon apart, so the slope comes out half and a right one reads 1/3. "
    "Which distance belongs to which division?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (
        forward_propagation(x, theta + epsilon / 2) - forward_propagation(x, theta - epsilon / 2)
    ) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))

wrong(
    "size-of-the-rise",
    (
        "(forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon))",
        "abs(forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon))",
    ),
    looks_like="the rise between the two costs, or a slope, loses its sign",
    hint="Where the cost falls, the slope is negative. An absolute value turns it positive, and a "
    "right slope reads 1. Sizes belong into (4) only.",
)


@wrong(
    "single-precision",
    looks_like="single precision is used for the two points",
    hint="A 32-bit number keeps about 7 digits, so theta + epsilon and theta - epsilon become the same number. "
    "Which conversion can you leave out?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (
        forward_propagation(x, np.float32(theta + epsilon))
        - forward_propagation(x, np.float32(theta - epsilon))
    ) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))

wrong(
    "another-default-epsilon",
    ("epsilon=1e-7", "epsilon=1e-5"),
    looks_like="epsilon is another number than 1e-7 where it is left out",
    hint="The first line of the function gives epsilon its value for calls that leave it out. That line stays as it was "
    "given.",
    family="another-default-epsilon",
)


@wrong(
    "another-default-epsilon-inline",
    looks_like="epsilon is another number than 1e-7 where it is left out",
    hint="The first line of the function gives epsilon its value for calls that leave it out. That line stays as it was "
    "given.",
    family="another-default-epsilon",
)
def _(x, theta, epsilon=1e-5):
    gradapprox = (x * (theta + epsilon) - x * (theta - epsilon)) / (2 * epsilon)
    return abs(x - gradapprox) / (abs(x) + abs(gradapprox))


def _mixture(J_called: bool, slope_called: bool) -> str:
    J = "J_plus = forward_propagation(x, thetaplus)" if J_called else "J_plus = thetaplus * x"
    K = "J_minus = forward_propagation(x, thetaminus)" if J_called else "J_minus = x * thetaminus"
    grad = "grad = backward_propagation(x, theta)" if slope_called else "grad = x"
    return f"""
def gradient_check(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta - epsilon
    {J}
    {K}
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    {grad}
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference < 1e-7:
        print("The gradient is correct!")
    else:
        print("The gradient is wrong!")
    return difference
"""


for J_called in (True, False):
    for slope_called in (True, False):
        style = f"J-{'called' if J_called else 'inline'}-slope-{'called' if slope_called else 'inline'}"
        right(style, _mixture(J_called, slope_called))
right("plain", ANSWER)
right(
    "later-edition",
    """
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    theta_plus = theta + epsilon
    theta_minus = theta - epsilon
    J_plus = forward_propagation(x, theta_plus)
    J_minus = forward_propagation(x, theta_minus)
    gradapprox = np.divide(J_plus - J_minus, 2.0 * epsilon)
    grad = backward_propagation(x, theta)
    difference = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    if print_msg:
        if difference > 2e-7:
            print("\\033[93m" + "There is a mistake: " + str(difference) + "\\033[0m")
        else:
            print("\\033[92m" + "Works: " + str(difference) + "\\033[0m")
    return difference
""",
)
right(
    "absolute-values",
    """
def gradient_check(x, theta, epsilon=1e-7):
    approx = 0.5 * (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / epsilon
    exact = backward_propagation(x, theta)
    return abs(exact - approx) / (abs(exact) + abs(approx))
""",
)
right(
    "costs-divided-first",
    """
def gradient_check(x, theta, epsilon=1e-7):
    approx = forward_propagation(x, theta + epsilon) / (2 * epsilon) - forward_propagation(x, theta - epsilon) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
)
right(
    "costs-in-a-dot-product",
    """
def gradient_check(x, theta, epsilon=1e-7):
    costs = [forward_propagation(x, theta + side * epsilon) for side in (1, -1)]
    approx = np.dot(costs, [1 / (2 * epsilon), -1 / (2 * epsilon)])
    grad = backward_propagation(x, theta)
    return abs(grad - approx) / (abs(grad) + abs(approx))
""",
)
right(
    "mean-of-two-sides",
    """
def gradient_check(x, theta, epsilon=1e-7):
    J = forward_propagation(x, theta)
    right = (forward_propagation(x, theta + epsilon) - J) / epsilon
    left = (J - forward_propagation(x, theta - epsilon)) / epsilon
    approx = (right + left) / 2
    grad = backward_propagation(x, theta)
    return abs(grad - approx) / (abs(grad) + abs(approx))
""",
)
right(
    "nothing-divided-but-the-sizes",
    """
def gradient_check(x, theta, epsilon=1e-7):
    rise = x * (theta + epsilon) - x * (theta - epsilon)
    expected = x * 2 * epsilon
    return abs(expected - rise) / (abs(expected) + abs(rise))
""",
)
right(
    "roots-of-squares",
    """
def gradient_check(x, theta, epsilon=1e-7):
    approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / 2 / epsilon
    exact = backward_propagation(x, theta)
    return np.sqrt((exact - approx) ** 2) / (np.sqrt(exact**2) + np.sqrt(approx**2))
""",
)
right(
    "difference-turned-round",
    """
def gradient_check(x, theta, epsilon=1e-7):
    grad = backward_propagation(x, theta)
    gradapprox = (forward_propagation(x, theta - epsilon) - forward_propagation(x, theta + epsilon)) / (-2 * epsilon)
    return np.linalg.norm(gradapprox - grad) / (np.linalg.norm(gradapprox) + np.linalg.norm(grad))
""",
)
right(
    "left-point-from-right-point",
    """
def gradient_check(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    J_plus = forward_propagation(x, thetaplus)
    thetaminus = thetaplus - 2 * epsilon
    J_minus = forward_propagation(x, thetaminus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
""",
)
right(
    "own-helpers",
    """
def gradient_check(x, theta, epsilon=1e-7):
    return relative_difference(backward_propagation(x, theta), central(x, theta, epsilon))
""",
    """
def relative_difference(a, b):
    return np.linalg.norm(np.subtract(a, b)) / (np.linalg.norm(a) + np.linalg.norm(b))
""",
    """
def central(x, theta, epsilon):
    return (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
""",
)
right(
    "own-cost-in-own-cell",
    """
def gradient_check(x, theta, epsilon=1e-7):
    approx = (cost(theta + epsilon, x) - cost(theta - epsilon, x)) / (2.0 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - approx) / (abs(grad) + abs(approx))
""",
    "cost = lambda theta, x: theta * x",
)
right(
    "arrays-of-one",
    """
def gradient_check(x, theta, epsilon=1e-7):
    plus, minus = forward_propagation(x, np.array([theta + epsilon, theta - epsilon]))
    grad = np.array([backward_propagation(x, theta)])
    approx = np.array([(plus - minus) / (2 * epsilon)])
    return np.linalg.norm(grad - approx, keepdims=True) / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
)
right(
    "divided-by-the-step-that-came-out",
    """
def gradient_check(x, theta, epsilon=1e-7):
    right, left = theta + epsilon, theta - epsilon
    rise = forward_propagation(x, right) - forward_propagation(x, left)
    run = right - left
    slope = backward_propagation(x, theta)
    return abs(slope - rise / run) / (abs(slope) + abs(rise / run))
""",
)
right(
    "divided-by-the-step-that-came-out-all-inline",
    """
def gradient_check(x, theta, epsilon=1e-7):
    right, left = theta + epsilon, theta - epsilon
    slope = (right * x - left * x) / (right - left)
    return abs(x - slope) / (abs(x) + abs(slope))
""",
)
right(
    "arguments-of-the-product-in-either-order",
    """
def gradient_check(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(theta + epsilon, x)
    J_minus = forward_propagation(theta - epsilon, x)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
""",
)

equivalent(
    "With epsilon's sign turned the two sides change places and so does the sign of the divisor.",
    ('def …(…epsilon=1e-0…', '…epsilon=-1e-0…'),
)
equivalent(
    'A norm does not see the sign of a difference.',
    ('return np.linalg.norm(gradient - numeric) / …', 'return np.linalg.norm(numeric - gradient) / …'),
    ('return np.linalg.norm(gradient - numeric) / …', 'return np.linalg.norm(-(gradient - numeric)) / …'),
)
equivalent(
    'The cost theta x is the same with its two factors changed round, and so are the costs that stand in for it.',
    ('J_plus = forward_propagation(x, theta + epsilon)', 'J_plus = forward_propagation(theta + epsilon, x)'),
    ('J_minus = forward_propagation(x, theta - epsilon)', 'J_minus = forward_propagation(theta - epsilon, x)'),
)
