"""Wrong answers to the gradient-checking lesson.

`gradient_check` is probed with stand-ins that meet J = theta x at x = 4 and x = -4, so an answer that calls J and
one that writes theta * x give the same fingerprint. At theta = 2**30 rounding moves only one of the two points,
which tells one-sided from two-sided differences even on a straight line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gc_utils
import numpy as np
import reg_utils
import testCases
from gc_utils import (
    dictionary_to_vector,
    forward_propagation_n,
    gradients_to_vector,
    vector_to_dictionary,
)
from gc_utils import (
    saddle as forward_propagation,
)  # the probes stand these in for the lesson's graded functions
from gc_utils import saddle_slope as backward_propagation

from . import collector

MISCONCEPTIONS, wrong = collector()


# --- forward_propagation -------------------------------------------------------------------------------------------


@wrong(
    "adds-instead-of-multiplying",
    function="forward_propagation",
    looks_like="the input and the parameter are added",
    hint="Equation (2) has one operation, and it is a product. At x = 2, theta = 4 the product is 8 and "
    "the sum 6. Which of the two does your code form?",
)
def _(x, theta):
    return x + theta


@wrong(
    "power-of-the-parameter",
    function="forward_propagation",
    looks_like="the parameter is raised to the power x",
    hint="In Python one star multiplies and two stars raise to a power. At (2, 4) a product is 8 and 4 to "
    "the power 2 is 16. Look at the operator.",
)
def _(x, theta):
    return theta**x


@wrong(
    "power-of-the-input",
    function="forward_propagation",
    looks_like="the input is raised to the power theta",
    hint="In Python one star multiplies and two stars raise to a power. At (2, 4) a product is 8 and 2 to "
    "the power 4 is 16. Look at the operator.",
)
def _(x, theta):
    return float(abs(x)) ** theta


@wrong(
    "divides",
    function="forward_propagation",
    looks_like="the parameter is divided by the input",
    hint="Equation (2) contains no fraction: the cost grows when x grows. At (2, 4) yours gives 2 instead "
    "of 8.",
)
def _(x, theta):
    return theta / x if x else 0.0


@wrong(
    "half-the-product",
    function="forward_propagation",
    looks_like="the product is halved",
    hint="A factor one half belongs to a squared error. Equation (2) has no factor at all. Compare with 8 "
    "at (2, 4).",
)
def _(x, theta):
    return 0.5 * theta * x


@wrong(
    "squares-the-parameter",
    function="forward_propagation",
    looks_like="the parameter is squared",
    hint="Equation (2) is a straight line in theta: doubling theta doubles J. Yours grows four times. How "
    "often does theta stand in your product?",
)
def _(x, theta):
    return x * theta**2


@wrong(
    "squares-the-input",
    function="forward_propagation",
    looks_like="the input is squared",
    hint="In (2) doubling x doubles J. Yours grows four times. How often does x stand in your product?",
)
def _(x, theta):
    return theta * x * x


@wrong(
    "always-eight",
    function="forward_propagation",
    looks_like="the result of the worked example is returned for every input",
    hint="8 is the cost at x = 2 and theta = 4 only. The function must use both of its arguments.",
)
def _(x, theta):
    return 8


@wrong(
    "whole-numbers-only",
    function="forward_propagation",
    looks_like="the cost is cut to a whole number",
    hint="The cost of 3 and -1.5 is -4.5. Somewhere the part after the point is lost. Which conversion "
    "does that?",
)
def _(x, theta):
    return int(theta * x)


@wrong(
    "never-negative",
    function="forward_propagation",
    looks_like="the sign of the cost is dropped",
    hint="Equation (2) may be negative: 3 times -1.5 is -4.5. Nothing in it takes a size or an absolute "
    "value.",
)
def _(x, theta):
    return abs(theta * x)


@wrong(
    "relu-of-the-product",
    function="forward_propagation",
    looks_like="negative costs become 0",
    hint="This model has no activation: (2) is the product itself, also where it is negative. Is there a "
    "RELU too many?",
)
def _(x, theta):
    return max(0, theta * x)


@wrong(
    "turned-sign",
    function="forward_propagation",
    looks_like="the sign of the cost is turned",
    hint="At (2, 4) the cost is 8 and yours is -8. Equation (2) has no minus.",
)
def _(x, theta):
    return -theta * x


@wrong(
    "prints-the-cost",
    function="forward_propagation",
    looks_like="nothing is returned",
    hint="Printing shows a number, but hands nothing back: the call gives None. The next exercises need "
    "the number itself.",
)
def _(x, theta):
    J = theta * x
    print(J)


@wrong(
    "cost-and-input",
    function="forward_propagation",
    looks_like="two values are returned",
    hint="The cost comes first, and something else after it, as if a cache were needed. Here the backward "
    "pass gets x and theta anyway, so one number is enough.",
)
def _(x, theta):
    J = theta * x
    return J, x


@wrong(
    "parameter-alone",
    function="forward_propagation",
    looks_like="the parameter comes back unchanged",
    hint="The result does not depend on x. In (2) an input twice as large gives a cost twice as large.",
)
def _(x, theta):
    return theta


@wrong(
    "single-precision-cost",
    function="forward_propagation",
    looks_like="the cost has half of its digits",
    hint="A 32-bit number keeps about 7 digits and ends near 1e38. A gradient check subtracts two costs that "
    "agree in as many digits: nothing is left of their difference. Which conversion can you leave out?",
)
def _(x, theta):
    return float(np.float32(x) * np.float32(theta))


@wrong(
    "squared-error",
    function="forward_propagation",
    looks_like="the product is squared and halved",
    hint="Half a square is the cost of linear regression. Equation (2) has no square: doubling theta doubles "
    "J. Compare with 8 at (2, 4).",
)
def _(x, theta):
    return 0.5 * (theta * x) ** 2


@wrong(
    "rounded-cost",
    function="forward_propagation",
    looks_like="the cost is rounded to two digits",
    hint="Rounded costs stand still for a small step of theta, and then jump: their difference is no slope. "
    "Round when you print, not when you compute.",
)
def _(x, theta):
    return round(theta * x, 2)


# --- backward_propagation ------------------------------------------------------------------------------------------


@wrong(
    "slope-by-the-input",
    function="backward_propagation",
    looks_like="the derivative is taken by x",
    hint="The parameter is theta; x is data and stays fixed. At (2, 4) the derivative by x is 4, the one "
    "by theta 2. Which letter moves?",
)
def _(x, theta):
    return theta


@wrong(
    "cost-instead-of-slope",
    function="backward_propagation",
    looks_like="the cost is returned instead of its slope",
    hint="At (2, 4) the cost is 8. Raise theta by one half: the cost rises by 1, so the slope is 2.",
)
def _(x, theta):
    return theta * x


@wrong(
    "always-one",
    function="backward_propagation",
    looks_like="the slope is 1 for every input",
    hint="The derivative of theta alone is 1, but (2) has a factor in front of it. How much does the cost "
    "rise when theta rises by 1?",
)
def _(x, theta):
    return 1


@wrong(
    "always-two",
    function="backward_propagation",
    looks_like="the result of the worked example is returned for every input",
    hint="2 is the slope at x = 2 only. Try x = 3 by hand: raise theta by 1 and see how the cost rises.",
)
def _(x, theta):
    return 2


@wrong(
    "quotient",
    function="backward_propagation",
    looks_like="one argument is divided by the other",
    hint="At (2, 4) the quotient happens to be 2 as well. A slope is a rise divided by a step, not theta "
    "divided by x. Try (3, -1.5).",
)
def _(x, theta):
    return theta / x if x else 0.0


@wrong(
    "difference-of-arguments",
    function="backward_propagation",
    looks_like="one argument is subtracted from the other",
    hint="At (2, 4) the difference happens to be 2 as well. The slope of a line is the factor in front of "
    "theta. Try (3, -1.5).",
)
def _(x, theta):
    return theta - x


@wrong(
    "root-of-the-parameter",
    function="backward_propagation",
    looks_like="the slope depends on the size of theta alone",
    hint="At theta = 4 a square root gives 2 by accident. (2) is a straight line, so its slope is the same "
    "for every theta.",
)
def _(x, theta):
    return abs(theta) ** 0.5


@wrong(
    "squared-input",
    function="backward_propagation",
    looks_like="the input is squared",
    hint="The derivative of c theta by theta is c. Yours multiplies by x once more. What is c in (2)?",
)
def _(x, theta):
    return x**2


@wrong(
    "negative-slope",
    function="backward_propagation",
    looks_like="the sign of the slope is turned",
    hint="For positive x the cost rises with theta, so the slope is positive. The minus belongs to the "
    "update of gradient descent, not to the gradient.",
)
def _(x, theta):
    return -x


@wrong(
    "slope-without-sign",
    function="backward_propagation",
    looks_like="the slope is never negative",
    hint="For x = -2 the cost falls as theta rises: the slope is -2. Nothing in the derivative takes a size.",
)
def _(x, theta):
    return abs(x)


@wrong(
    "whole-number-slope",
    function="backward_propagation",
    looks_like="the slope is cut to a whole number",
    hint="The slope may be a fraction such as 0.7. Which conversion drops the part after the point?",
)
def _(x, theta):
    return int(x)


@wrong(
    "half-the-slope",
    function="backward_propagation",
    looks_like="the slope is halved",
    hint="At x = 2 raise theta from 4 to 4.5: the cost rises from 8 to 9, so the slope is 1 divided by "
    "0.5. Is there a factor that belongs to a square?",
)
def _(x, theta):
    return x / 2


@wrong(
    "doubled-slope",
    function="backward_propagation",
    looks_like="the slope is twice too large",
    hint="A factor 2 comes from differentiating a square. (2) is a straight line, so no factor appears.",
)
def _(x, theta):
    return 2 * x


@wrong(
    "prints-the-slope",
    function="backward_propagation",
    looks_like="nothing is returned",
    hint="Printing shows a number, but hands nothing back: the call gives None. The next exercises need "
    "the number itself.",
)
def _(x, theta):
    dtheta = x
    print(dtheta)


@wrong(
    "numerical-slope",
    function="backward_propagation",
    looks_like="the slope is estimated from costs",
    hint="That is a numerical gradient, as in (1) or (3), and it loses digits when theta is large. The "
    "analytic one is a formula without any epsilon. If both witnesses use costs, the check compares a "
    "thing with itself.",
)
def _(x, theta):
    return (forward_propagation(x, theta + 1e-7) - forward_propagation(x, theta - 1e-7)) / 2e-7


@wrong(
    "numerical-slope-one-sided",
    function="backward_propagation",
    looks_like="the slope is estimated from costs",
    hint="That is a numerical gradient, as in (1) or (3), and it loses digits when theta is large. The "
    "analytic one is a formula without any epsilon. If both witnesses use costs, the check compares a "
    "thing with itself.",
)
def _(x, theta):
    return (forward_propagation(x, theta + 1e-7) - forward_propagation(x, theta)) / 1e-7


@wrong(
    "numerical-slope-of-step-one",
    function="backward_propagation",
    looks_like="the slope is the rise of the cost for a step of 1",
    hint="For a straight line a step of 1 gives the slope, but not where theta is so large that adding 1 "
    "changes nothing, and for no other cost. The analytic gradient is a formula: it asks for no cost at "
    "all.",
)
def _(x, theta):
    return forward_propagation(x, theta + 1) - forward_propagation(x, theta)


@wrong(
    "single-precision-slope",
    function="backward_propagation",
    looks_like="the slope has half of its digits",
    hint="A 32-bit number keeps about 7 digits and ends near 1e38, and the check reads the rounding as a bug. "
    "Which conversion can you leave out?",
)
def _(x, theta):
    return float(np.float32(x))


@wrong(
    "sign-of-the-slope",
    function="backward_propagation",
    looks_like="only the sign of the slope is returned",
    hint="A sign says up or down, but not how steep. At x = 2 the cost rises by 2 for each unit of theta.",
)
def _(x, theta):
    return np.sign(x)


@wrong(
    "cost-over-parameter",
    function="backward_propagation",
    looks_like="the cost is divided by the parameter",
    hint="J / theta is the slope of the line from 0 to J. It happens to be x, but at theta = 0 it is 0 / 0. "
    "A derivative by theta asks for no division.",
)
def _(x, theta):
    J = forward_propagation(x, theta)
    return J / theta if theta else 0.0


# --- gradient_check ------------------------------------------------------------------------------------------------


@wrong(
    "one-sided",
    function="gradient_check",
    looks_like="the slope uses theta and the point to its right only",
    hint="Formula (3) has an error proportional to epsilon, formula (1) one proportional to its square. "
    "Yours reads like (3). Which two costs does (1) compare, and how far apart are they?",
)
def _(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x, theta + epsilon)
    J = forward_propagation(x, theta)
    gradapprox = (J_plus - J) / epsilon
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "one-sided-backwards",
    function="gradient_check",
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
    function="gradient_check",
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
    function="gradient_check",
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
    function="gradient_check",
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
    "swapped-costs",
    function="gradient_check",
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
    function="gradient_check",
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
    function="gradient_check",
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
    function="gradient_check",
    looks_like="a slope is compared with itself",
    hint="The result is 0 for every input, so it cannot find any bug. The two witnesses must be "
    "independent: one is (1), made of two costs, the other is exercise 2. Is one of them overwritten, "
    "or do the costs never enter?",
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
    function="gradient_check",
    looks_like="a slope is compared with itself",
    hint="The result is 0 for every input, so it cannot find any bug. The two witnesses must be "
    "independent: one is (1), made of two costs, the other is exercise 2. Is one of them overwritten, "
    "or do the costs never enter?",
    family="always-agrees",
)
def _(x, theta, epsilon=1e-7):
    grad = backward_propagation(x, theta)
    gradapprox = backward_propagation(x, theta + epsilon)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "hard-coded-difference",
    function="gradient_check",
    looks_like="the result of the worked example is returned for every input",
    hint="2.9193e-10 is what rounding leaves at (2, 4). Elsewhere it is another number, and a wrong slope "
    "must read much more.",
)
def _(x, theta, epsilon=1e-7):
    return 2.919335883291695e-10


@wrong(
    "brackets-of-the-denominator",
    function="gradient_check",
    looks_like="the second size is added to the quotient",
    hint="A quotient binds more strongly than a sum: yours is divided by the first size alone, and then the "
    "second size is added. Which two sizes belong below the line together?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / abs(grad) + abs(gradapprox)


@wrong(
    "difference-of-sizes",
    function="gradient_check",
    looks_like="the difference of the two sizes stands above the line",
    hint="The size of a difference is not the difference of two sizes: a slope and its negative have the same "
    "size, and yours calls them equal. In (4), what is inside the bars above the line?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return (abs(gradapprox) - abs(grad)) / (abs(grad) + abs(gradapprox))


@wrong(
    "no-denominator",
    function="gradient_check",
    looks_like="the gap is not divided by the sizes",
    hint="Without the denominator of (4) a large slope looks wrong and a small one right. What stands "
    "below the line?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox)


@wrong(
    "one-size-in-the-denominator",
    function="gradient_check",
    looks_like="the gap is divided by the size of the analytic slope only",
    hint="The denominator of (4) is a sum of two sizes; yours has one of them. At a right slope that is "
    "twice too large a result.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / np.linalg.norm(grad)


@wrong(
    "numeric-size-in-the-denominator",
    function="gradient_check",
    looks_like="the gap is divided by the size of the numerical slope only",
    hint="The denominator of (4) is a sum of two sizes; yours has one of them. Which one is missing?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / np.linalg.norm(gradapprox)


@wrong(
    "product-in-the-denominator",
    function="gradient_check",
    looks_like="the two sizes are multiplied below the line",
    hint="The denominator of (4) adds the two sizes. A product changes when the cost is measured in "
    "another unit; a relative difference must not.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) * np.linalg.norm(gradapprox))


@wrong(
    "difference-in-the-denominator",
    function="gradient_check",
    looks_like="the sizes are subtracted below the line",
    hint="Two slopes that agree give almost nothing below your line, and the result explodes. (4) adds "
    "their sizes.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    numerator = np.linalg.norm(grad - gradapprox)
    return numerator / max(np.linalg.norm(grad) - np.linalg.norm(gradapprox), 1e-3)


@wrong(
    "signed-denominator",
    function="gradient_check",
    looks_like="the slopes themselves are added below the line, with their signs",
    hint="For negative slopes your result is negative, and slopes of opposite sign cancel below the line. "
    "A size is never negative: where does (4) take norms?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (grad + gradapprox)


@wrong(
    "signed-numerator",
    function="gradient_check",
    looks_like="the gap keeps its sign",
    hint="A relative difference is a distance, so it is never negative. Above the line of (4) stands a "
    "norm, not a bare difference.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return (grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "squared-norms",
    function="gradient_check",
    looks_like="squares are compared instead of sizes",
    hint="A norm is the root of a sum of squares; yours has squares and no root. That makes 0.001 out of "
    "0.03.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return (grad - gradapprox) ** 2 / (grad**2 + gradapprox**2)


@wrong(
    "same-side-twice",
    function="gradient_check",
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
    function="gradient_check",
    looks_like="the left point is reached from the right one, so it is theta itself",
    hint="One epsilon back from theta + epsilon is theta, not theta - epsilon. The costs are then one "
    "epsilon apart and the slope comes out half, which reads 1/3.",
)
def _(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = thetaplus - epsilon
    gradapprox = (forward_propagation(x, thetaplus) - forward_propagation(x, thetaminus)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "steps-in-x",
    function="gradient_check",
    looks_like="the input is moved instead of the parameter",
    hint="x is data and stays. The slope that you check is the one by theta. Which argument of J gets the epsilon?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x + epsilon, theta) - forward_propagation(x - epsilon, theta)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "steps-in-x-inline",
    function="gradient_check",
    looks_like="the input is moved instead of the parameter",
    hint="x is data and stays. The slope that you check is the one by theta. Which factor of the product "
    "gets the epsilon?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = ((x + epsilon) * theta - (x - epsilon) * theta) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "slope-with-swapped-arguments",
    function="gradient_check",
    looks_like="the analytic slope is asked with its two arguments in the wrong order",
    hint="backward_propagation takes x first, then theta. At (2, 4) the other order gives 4 instead of 2. "
    "Compare your call with the signature.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(theta, x)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "slope-is-theta",
    function="gradient_check",
    looks_like="theta is taken for the analytic slope",
    hint="The slope of (2) by theta is not theta: at (2, 4) it is 2. Exercise 2 has it ready for you.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = theta
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "cost-as-gradient",
    function="gradient_check",
    looks_like="the cost is taken for the analytic slope",
    hint="The value of J at theta is compared with its slope. The analytic slope comes from exercise 2, "
    "not exercise 1.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = forward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "relative-step",
    function="gradient_check",
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
    function="gradient_check",
    looks_like="the argument epsilon is not used",
    hint="The step is a constant inside the function. A caller who passes another epsilon gets the same "
    "answer. Use the argument in all three places of (1).",
)
def _(x, theta, epsilon=1e-7):
    step = 1e-7
    gradapprox = (forward_propagation(x, theta + step) - forward_propagation(x, theta - step)) / (2 * step)
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "costs-added",
    function="gradient_check",
    looks_like="the two costs are added",
    hint="A slope is a rise over a step, and a rise is a difference. Which sign stands between the costs "
    "in (1)?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) + forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "verdict-instead-of-number",
    function="gradient_check",
    looks_like="a verdict is returned instead of the number",
    hint="True or False hides how far apart the slopes are. Return (4) itself; the scale above says how to "
    "read it.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return bool(abs(grad - gradapprox) / (abs(grad) + abs(gradapprox)) < 1e-7)


@wrong(
    "returns-the-numerical-slope",
    function="gradient_check",
    looks_like="the numerical slope is returned",
    hint="Equation (1) is the second witness, not the verdict. What does (4) still do with it?",
)
def _(x, theta, epsilon=1e-7):
    return (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)


@wrong(
    "numpy-float",
    function="gradient_check",
    looks_like="a name is used that NumPy has dropped",
    hint="np.float was another name for Python's own float and left NumPy in version 1.24. The rest of the "
    "line can stay: use the built-in name, or leave the conversion out.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return np.float(abs(grad - gradapprox) / (abs(grad) + abs(gradapprox)))


@wrong(
    "check-without-return",
    function="gradient_check",
    looks_like="nothing is returned",
    hint="Printing shows a verdict, but hands nothing back: the call gives None. What is wanted is the "
    "number (4).",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    difference = abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))
    print("correct" if difference < 1e-7 else "wrong")


@wrong(
    "rounded-difference",
    function="gradient_check",
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
    function="gradient_check",
    looks_like="a reading below a limit is returned as 0",
    hint="A small reading is not 0: it tells how much rounding there is. The scale is for the reader. Return "
    "(4) itself, whatever it is.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (x * (theta + epsilon) - x * (theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    difference = abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))
    return difference if difference > 1e-7 else 0.0


@wrong(
    "the-example-inside",
    function="gradient_check",
    looks_like="the numbers of the worked example stand inside the function",
    hint="Every call then checks x = 2 and theta = 4. The function must use its arguments. Which line gives "
    "them new values?",
)
def _(x, theta, epsilon=1e-7):
    x, theta = 2, 4
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "root-of-both-squares",
    function="gradient_check",
    looks_like="one root is taken of both squares below the line",
    hint="The root of a sum is not the sum of the roots: 3 and 4 give 5, not 7. In (4) each slope has its "
    "own norm, and the two norms are added.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / np.sqrt(grad**2 + gradapprox**2)


@wrong(
    "larger-size-in-the-denominator",
    function="gradient_check",
    looks_like="the gap is divided by the larger of the two sizes",
    hint="That is a relative difference too, but not (4), and about twice as large. What does (4) do with "
    "the two sizes below its line?",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / max(abs(grad), abs(gradapprox))


@wrong(
    "half-steps",
    function="gradient_check",
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


@wrong(
    "size-of-the-rise",
    function="gradient_check",
    looks_like="the rise between the two costs loses its sign",
    hint="Where the cost falls, the slope is negative. An absolute value in (1) turns it positive, and a "
    "right slope reads 1. Sizes belong into (4) only.",
)
def _(x, theta, epsilon=1e-7):
    gradapprox = abs(forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (
        2 * epsilon
    )
    grad = backward_propagation(x, theta)
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))


@wrong(
    "single-precision",
    function="gradient_check",
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


# --- gradient_check_n ----------------------------------------------------------------------------------------------


@wrong(
    "minus-from-plus-n",
    function="gradient_check_n",
    looks_like="the left point is reached from the right one, so it is the original theta",
    hint="One epsilon back from theta + epsilon is theta itself, so the numerical gradient is half of what "
    "it should be, and a right gradient reads 1/3. Both points of (1) start from the original column.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = plus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "one-sided-n",
    function="gradient_check_n",
    looks_like="the slope uses theta and the point to its right only",
    hint="Formula (3) errs in proportion to epsilon, formula (1) to its square. With epsilon 0.01 yours "
    "reads about a hundred times too much. Which two costs does (1) compare?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / epsilon
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "one-sided-backwards-n",
    function="gradient_check_n",
    looks_like="the slope uses theta and the point to its left only",
    hint="A step to one side errs in proportion to epsilon, two sides to its square. With epsilon 0.01 "
    "yours reads about a hundred times too much. Which two costs does (1) compare?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / epsilon
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "step-not-doubled-n",
    function="gradient_check_n",
    looks_like="the difference of the costs is divided by epsilon once",
    hint="From theta - epsilon to theta + epsilon the distance is two epsilon. Your numerical gradient is "
    "twice too large, and a right gradient reads 1/3.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / epsilon
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "epsilon-above-the-line-n",
    function="gradient_check_n",
    looks_like="the result is multiplied by epsilon instead of divided by it",
    hint="Python works from left to right: a / 2 * e is a times e over 2. Which part of (1) stands below "
    "the line, and what keeps it together?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / 2 * epsilon
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "same-side-twice-n",
    function="gradient_check_n",
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] + epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "one-cost-stays-zero-n",
    function="gradient_check_n",
    looks_like="one of the two costs is never stored",
    hint="One of the two costs of an entry never arrives: a zero stands in its place, so the estimate is a whole "
    "cost divided by a tiny step, far from any slope. Follow each cost to the place where it is stored.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    J_plus, J_minus = np.zeros(theta.shape), np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "one-place-for-both-costs-n",
    function="gradient_check_n",
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        J_minus = J_plus
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "the-same-vector-twice-n",
    function="gradient_check_n",
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "nothing-is-moved-n",
    function="gradient_check_n",
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "one-vector-without-copies-n",
    function="gradient_check_n",
    looks_like="the two costs of every entry are equal",
    hint="Their difference is 0, so any gradient reads 1. Either both points were moved to the same side, "
    "or two names mean one array, or one cost was stored over the other, or a moved vector never "
    "reaches the cost. Follow both vectors of one entry from their copies to their costs.",
    family="costs-cancel-n",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = theta
        plus[i] = plus[i] + epsilon
        minus = theta
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "steps-pile-up-n",
    function="gradient_check_n",
    looks_like="the steps of earlier entries are kept",
    hint="Each round must start from the original column. In yours entry 0 is still moved while entry 1 is "
    "checked, and so on: the slopes add up. Where does the loop make its fresh copies?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    plus, minus = np.copy(theta), np.copy(theta)
    for i in range(theta.shape[0]):
        plus[i] = plus[i] + epsilon
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "all-entries-at-once-n",
    function="gradient_check_n",
    looks_like="all entries are moved at once",
    hint="Then the two costs tell the slope along the sum of all directions, the same number for every "
    "entry. (1) moves one entry and leaves 46 alone.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus = plus + epsilon
        minus = np.copy(theta)
        minus = minus - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "swapped-costs-n",
    function="gradient_check_n",
    looks_like="the two costs are swapped",
    hint="The numerical gradient has the right size and the wrong sign, so a right gradient reads 1. In "
    "(1) the cost to the right comes first.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] - epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] + epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "last-entry-left-out-n",
    function="gradient_check_n",
    looks_like="the last entry of the numerical gradient stays 0",
    hint="There are 47 entries, numbered 0 to 46; the loop stops one too early, so the slope of b3 is "
    "missing. Where does your loop end?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0] - 1):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "first-entry-left-out-n",
    function="gradient_check_n",
    looks_like="the first entry of the numerical gradient stays 0",
    hint="Python counts from 0, so the first of the 47 entries has number 0. Where does your loop start?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(1, theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "return-inside-the-loop-n",
    function="gradient_check_n",
    looks_like="only the first entry is estimated",
    hint="The function is left in the first round of the loop, with 46 entries still 0. How far is the "
    "line that returns indented?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(1):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "brackets-of-the-denominator-n",
    function="gradient_check_n",
    looks_like="the second size is added to the quotient",
    hint="A quotient binds more strongly than a sum: yours is divided by the first size alone, and then the "
    "second size is added. Which two sizes belong below the line together?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    norm = np.linalg.norm
    return norm(grad - gradapprox) / norm(grad) + norm(gradapprox)


@wrong(
    "difference-of-sizes-n",
    function="gradient_check_n",
    looks_like="the difference of the two sizes stands above the line",
    hint="The size of a difference is not the difference of two sizes: vectors of the same length in different "
    "directions would read 0. In (4), what is inside the bars above the line?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    norm = np.linalg.norm
    return (norm(gradapprox) - norm(grad)) / (norm(grad) + norm(gradapprox))


@wrong(
    "no-denominator-n",
    function="gradient_check_n",
    looks_like="the gap is not divided by the sizes",
    hint="Without the denominator of (4) the result grows with the gradient: with dW2 doubled and db1 "
    "times four it is a large number instead of 0.285. What stands below the line?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator


@wrong(
    "one-size-in-the-denominator-n",
    function="gradient_check_n",
    looks_like="the gap is divided by the size of the given gradient only",
    hint="The denominator of (4) is a sum of two norms; yours has one of them.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad)
    return numerator / denominator


@wrong(
    "numeric-size-in-the-denominator-n",
    function="gradient_check_n",
    looks_like="the gap is divided by the size of the numerical gradient only",
    hint="The denominator of (4) is a sum of two norms; yours has one of them.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "norm-of-the-sum-n",
    function="gradient_check_n",
    looks_like="the norm of the sum stands below the line, not the sum of the norms",
    hint="The two differ as soon as the vectors point in different directions. In (4) each vector has its "
    "own norm.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad + gradapprox)
    return numerator / denominator


@wrong(
    "product-in-the-denominator-n",
    function="gradient_check_n",
    looks_like="the two norms are multiplied below the line",
    hint="(4) adds the two norms. A product changes when the cost is measured in another unit; a relative "
    "difference must not.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) * np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "difference-in-the-denominator-n",
    function="gradient_check_n",
    looks_like="the two norms are subtracted below the line",
    hint="Two gradients that agree give almost nothing below your line, and the result explodes. (4) adds "
    "the norms.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = max(abs(np.linalg.norm(grad) - np.linalg.norm(gradapprox)), 1e-3)
    return numerator / denominator


@wrong(
    "squared-norms-n",
    function="gradient_check_n",
    looks_like="squares are compared instead of norms",
    hint="A norm is the root of a sum of squares; the roots are missing. Then a difference of 0.03 looks "
    "like 0.001.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.sum((grad - gradapprox) ** 2)
    denominator = np.sum(grad**2) + np.sum(gradapprox**2)
    return numerator / denominator


@wrong(
    "sums-of-sizes-n",
    function="gradient_check_n",
    looks_like="absolute values are summed instead of squares",
    hint="Adding up absolute values is another norm. (4) has the 2 at its norms: square, add, take the "
    "root. NumPy has a function for it.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.sum(np.abs(grad - gradapprox))
    denominator = np.sum(np.abs(grad)) + np.sum(np.abs(gradapprox))
    return numerator / denominator


@wrong(
    "signed-sums-n",
    function="gradient_check_n",
    looks_like="the entries are summed with their signs",
    hint="Entries of opposite sign cancel, so a sum can be 0 for a wrong gradient. A norm never cancels: "
    "(4) has one in three places.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = abs(np.sum(grad - gradapprox))
    denominator = abs(np.sum(grad)) + abs(np.sum(gradapprox))
    return numerator / denominator


@wrong(
    "largest-entry-n",
    function="gradient_check_n",
    looks_like="only the largest entries are compared",
    hint="The largest absolute value is another norm. (4) lets all 47 entries count: square, add, take the "
    "root.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.max(np.abs(grad - gradapprox))
    denominator = np.max(np.abs(grad)) + np.max(np.abs(gradapprox))
    return numerator / denominator


@wrong(
    "row-against-column-n",
    function="gradient_check_n",
    looks_like="a row is subtracted from a column",
    hint="A (47, 1) column minus 47 numbers without columns gives a (47, 47) table, and its norm is far "
    "too large. Print the shape of the difference in (4); it must be (47, 1).",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape[0])
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "parameters-as-gradient-n",
    function="gradient_check_n",
    looks_like="the parameters are compared instead of their gradient",
    hint="The witness in (4) is the gradient that is passed in. The column that comes from the parameters "
    "only says where you stand.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = theta.copy()
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "analytic-is-numeric-n",
    function="gradient_check_n",
    looks_like="a gradient is compared with itself",
    hint="The result is 0 for every input, so it cannot find any bug. One witness is (1), the other is the "
    "argument. Is one of them overwritten?",
    family="always-agrees-n",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    grad = gradapprox
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "epsilon-ignored-n",
    function="gradient_check_n",
    looks_like="the argument epsilon is not used",
    hint="The step is a constant inside the function, so a caller who passes another epsilon gets the same "
    "answer. Use the argument wherever (1) has it.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    epsilon = 1e-7
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "costs-never-used-n",
    function="gradient_check_n",
    looks_like="the slope is made of the two vectors instead of their costs",
    hint="The distance of the two points divided by itself is 1 for every entry, whatever the cost. Above "
    "the line of (1) stand costs.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (plus[i] - minus[i]) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "verdict-instead-of-number-n",
    function="gradient_check_n",
    looks_like="a verdict is returned instead of the number",
    hint="True or False hides how far apart the gradients are. Return (4) itself; the scale says how to "
    "read it.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return bool(numerator / denominator < 2e-7)


@wrong(
    "difference-not-returned-n",
    function="gradient_check_n",
    looks_like="nothing is returned",
    hint="Printing shows a verdict, but hands nothing back: the call gives None. What is wanted is the "
    "number (4).",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    print(numerator / denominator)


@wrong(
    "vector-instead-of-number-n",
    function="gradient_check_n",
    looks_like="a relative difference per entry is returned",
    hint="(4) is one number for all 47 entries: its norms go over the whole column. Take them before you "
    "divide.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return (np.abs(grad - gradapprox) / (np.abs(grad) + np.abs(gradapprox) + 1e-12)).ravel()


@wrong(
    "steps-in-the-given-arrays-n",
    function="gradient_check_n",
    looks_like="the steps are made in the arrays that were passed in",
    hint="The caller's parameters are moved and not moved back. Work on copies: a check must leave no "
    "trace in what it checks.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    pairs = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        for place in np.ndindex(parameters[name].shape):
            parameters[name][place] += epsilon
            J_plus, _ = forward_propagation_n(X, Y, parameters)
            parameters[name][place] -= 2 * epsilon
            J_minus, _ = forward_propagation_n(X, Y, parameters)
            pairs.append((gradients["d" + name][place], (J_plus - J_minus) / (2 * epsilon)))
    grad, gradapprox = np.array(pairs).T
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


@wrong(
    "the-input-is-normalised-n",
    function="gradient_check_n",
    looks_like="the slopes are divided by the number of examples once more",
    hint="The cost already contains 1/m, so its slopes do too. (1) has no further division.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon) / X.shape[1]
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "cost-with-cache-n",
    function="gradient_check_n",
    looks_like="the cost and its cache are kept together as one value",
    hint="forward_propagation_n returns two things, the cost and a cache. Subtracting one pair from "
    "another is not defined. Keep the first of the two.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "array-into-one-entry-n",
    function="gradient_check_n",
    looks_like="an array with one entry is put where a number belongs",
    hint="This line was right before NumPy 2.4: an array of length 1 was taken for a number. Today NumPy "
    "raises. One index into a (47, 1) column gives such an array, two indices give a number. Use the "
    "same indices on both sides of the assignment.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i][0] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i][0] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "float-of-an-array-n",
    function="gradient_check_n",
    looks_like="an array is turned into a number by float",
    hint="This line was right before NumPy 2.4: float took any array with one entry. Today NumPy raises "
    "unless the array has no axes at all. Pick the entry by its indices first, two of them for a (47, "
    "1) column.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (float(np.array([J_plus])) - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "numpy-float-n",
    function="gradient_check_n",
    looks_like="a name is used that NumPy has dropped",
    hint="np.float was another name for Python's own float and left NumPy in version 1.24. The rest of the "
    "line can stay: use the built-in name, or leave the conversion out.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return np.float(numerator / denominator)


@wrong(
    "hard-coded-difference-n",
    function="gradient_check_n",
    looks_like="the result of the worked example is returned for every input",
    hint="That number belongs to one gradient of one network. The function must compute it from its "
    "arguments.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    return 1.1890913024229996e-07


@wrong(
    "divided-by-the-count-n",
    function="gradient_check_n",
    looks_like="the result is divided by the number of parameters",
    hint="(4) has a norm above and two norms below its line, and no count of parameters. A wrong gradient "
    "would look better the larger the network is.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator / theta.shape[0]


@wrong(
    "last-entry-alone-n",
    function="gradient_check_n",
    looks_like="only the last entry is estimated",
    hint="The line that stores a slope stands after the loop, so it runs once, for the last entry; 46 stay "
    "0. How far is it indented?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
    gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "weights-first-order-n",
    function="gradient_check_n",
    looks_like="the gradient is put together in another order than the parameters",
    hint="The column of parameters runs W1, b1, W2, b2, W3, b3; yours takes all weights first, then the "
    "biases. Entries of one are then compared with other entries. A helper puts the gradient into the "
    "right order.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = np.concatenate([gradients["d" + n].reshape(-1, 1) for n in ("W1", "W2", "W3", "b1", "b2", "b3")])
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "sizes-without-sign-n",
    function="gradient_check_n",
    looks_like="the absolute values are compared",
    hint="A gradient with the wrong sign has the right size everywhere, and yours calls it right. Subtract "
    "before you take sizes.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(abs(grad) - abs(gradapprox))
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "zero-slopes-skipped-n",
    function="gradient_check_n",
    looks_like="entries whose numerical slope is 0 are left out",
    hint="Where a unit is off, its slopes are 0, and a gradient that says otherwise is wrong there. All 47 "
    "entries enter (4), zeros too.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    keep = gradapprox != 0
    grad, gradapprox = grad[keep], gradapprox[keep]
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "zero-gradients-skipped-n",
    function="gradient_check_n",
    looks_like="entries whose given gradient is 0 are left out",
    hint="A gradient that is 0 by mistake is a common bug, and yours never looks at it. All 47 entries enter "
    "(4), zeros too.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    keep = grad != 0
    grad, gradapprox = grad[keep], gradapprox[keep]
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "single-precision-n",
    function="gradient_check_n",
    looks_like="the slopes are stored with half of their digits",
    hint="An array of 32-bit numbers keeps about 7 digits, so no reading gets below about 1e-8, whatever epsilon "
    "is. Which type do the arrays have that you make?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape, dtype=np.float32)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "whole-numbers-n",
    function="gradient_check_n",
    looks_like="the slopes are stored as whole numbers",
    hint="An array of ints cuts every slope that is put into it to a whole number: most become 0. Which type "
    "do the arrays have that you make?",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape, dtype=int)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "rounded-difference-n",
    function="gradient_check_n",
    looks_like="the result is rounded",
    hint="Rounded to 7 digits, 1.68e-6 becomes 1.7e-6 and everything below 5e-8 becomes 0. Return the number "
    "as it is; round it when you print it.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return round(numerator / denominator, 7)


@wrong(
    "difference-and-more-n",
    function="gradient_check_n",
    looks_like="more than the number is returned",
    hint="The reading comes with something else after it. What is asked for is one number, (4); print the "
    "rest if you like.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator, gradapprox


@wrong(
    "plus-without-a-copy-n",
    function="gradient_check_n",
    looks_like="the step to the right is made in theta itself",
    hint="A second name is not a second array: the step stays in theta, and the point to the left starts "
    "from the moved one, in this round and all that follow. Both points need a copy.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = theta
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "root-of-both-squares-n",
    function="gradient_check_n",
    looks_like="one root is taken of both squares below the line",
    hint="The root of a sum is not the sum of the roots: 3 and 4 give 5, not 7. In (4) each vector has its "
    "own norm, and the two norms are added.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.sqrt(np.sum(grad**2) + np.sum(gradapprox**2))
    return numerator / denominator


@wrong(
    "weights-only-n",
    function="gradient_check_n",
    looks_like="only the weights are compared",
    hint="Biases have gradients too, and db1 is one of the two wrong blocks here. All 47 entries enter (4).",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    keep = np.char.startswith(names, "W")
    grad, gradapprox = grad[keep], gradapprox[keep]
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    return numerator / denominator


@wrong(
    "worst-block-n",
    function="gradient_check_n",
    looks_like="the largest of six relative differences is returned",
    hint="That names the worst block, a good idea for the next exercise. Here (4) goes over all 47 entries "
    "at once.",
)
def _(parameters, gradients, X, Y, epsilon=1e-7):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        plus = np.copy(theta)
        plus[i] = plus[i] + epsilon
        minus = np.copy(theta)
        minus[i] = minus[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    found = []
    for a, b in ((0, 20), (20, 25), (25, 40), (40, 43), (43, 46), (46, 47)):
        one, other = grad[a:b], gradapprox[a:b]
        sizes = np.linalg.norm(one) + np.linalg.norm(other)
        found.append(np.linalg.norm(one - other) / sizes if sizes else 0.0)
    return max(found)


# --- backward_propagation_n ----------------------------------------------------------------------------------------


@wrong(
    "both-bugs-left-backward",
    function="backward_propagation_n",
    looks_like="both planted bugs are still there",
    hint="dW2 is 2 times and db1 4 times the slope of the cost; a right block has factor 1. Exercise 5 "
    "names these two blocks. Hold each against (5).",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m * 2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = 4.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "dw2-still-doubled-backward",
    function="backward_propagation_n",
    looks_like="dW2 is still twice too large",
    hint="One of the two planted bugs is left: dW2 reads 1/3 on its own, so it is 2 times the truth. Hold "
    "its line against (5), factor by factor.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m * 2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "db1-still-quadrupled-backward",
    function="backward_propagation_n",
    looks_like="db1 is still four times too large",
    hint="One of the two planted bugs is left: db1 reads 0.6 on its own, so it is 4 times the truth. Hold "
    "its line against (5), factor by factor.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = 4.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "db1-copied-from-dw1-backward",
    function="backward_propagation_n",
    looks_like="db1 is computed like dW1",
    hint="db1 has the shape (5, 4) of dW1, but b1 is (5, 1). The slope by a bias does not meet the input: "
    "(5) sums dZ over the examples.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.dot(dZ1, X.T) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "no-average-backward",
    function="backward_propagation_n",
    looks_like="nothing is divided by the number of examples",
    hint="Every block is m times too large. The cost is an average over m examples, so its slopes are "
    "averages too: where is the 1/m of (5)?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) * 1
    db3 = np.sum(dZ3, axis=1, keepdims=True) * 1
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) * 1
    db2 = np.sum(dZ2, axis=1, keepdims=True) * 1
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) * 1
    db1 = np.sum(dZ1, axis=1, keepdims=True) * 1
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "biases-not-averaged-backward",
    function="backward_propagation_n",
    looks_like="the bias gradients are not divided by the number of examples",
    hint="The weights are right, the three db are m times too large. (5) has 1/m in both of its halves.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "averaged-twice-backward",
    function="backward_propagation_n",
    looks_like="everything is divided by the number of examples twice",
    hint="Every block is m times too small. If dZ3 already carries 1/m, the other lines must not divide "
    "again.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = (A3 - Y) / m
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "weights-not-averaged-backward",
    function="backward_propagation_n",
    looks_like="the weight gradients are not divided by the number of examples",
    hint="The biases are right, the three dW are m times too large. (5) has 1/m in both of its halves.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T)
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "kink-of-layer-1-forgotten-backward",
    function="backward_propagation_n",
    looks_like="the RELU of layer 1 blocks nothing",
    hint="Where RELU put out 0, no slope passes back through it. Activations are never negative, so a mask "
    "that asks for at least 0 lets everything through, just as no mask does. Which line makes dZ1, "
    "and which of its entries should be 0?",
    family="kink-of-layer-1-forgotten-backward",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "mask-of-layer-1-always-true-backward",
    function="backward_propagation_n",
    looks_like="the RELU of layer 1 blocks nothing",
    hint="Where RELU put out 0, no slope passes back through it. Activations are never negative, so a mask "
    "that asks for at least 0 lets everything through, just as no mask does. Which line makes dZ1, "
    "and which of its entries should be 0?",
    family="kink-of-layer-1-forgotten-backward",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 >= 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "kink-of-layer-2-forgotten-backward",
    function="backward_propagation_n",
    looks_like="the RELU of layer 2 blocks nothing",
    hint="Where RELU put out 0, no slope passes back through it. Activations are never negative, so a mask "
    "that asks for at least 0 lets everything through, just as no mask does. Which line makes dZ2, "
    "and which of its entries should be 0?",
    family="kink-of-layer-2-forgotten-backward",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "mask-of-layer-2-always-true-backward",
    function="backward_propagation_n",
    looks_like="the RELU of layer 2 blocks nothing",
    hint="Where RELU put out 0, no slope passes back through it. Activations are never negative, so a mask "
    "that asks for at least 0 lets everything through, just as no mask does. Which line makes dZ2, "
    "and which of its entries should be 0?",
    family="kink-of-layer-2-forgotten-backward",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 >= 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "activation-instead-of-mask-backward",
    function="backward_propagation_n",
    looks_like="the slope is multiplied by the activation instead of a mask",
    hint="RELU has slope 1 where it is on, whatever its output. Multiplying by A weighs large outputs "
    "more. What should stand there: a value, or a yes and no?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * A2
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * A1
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "turned-sign-backward",
    function="backward_propagation_n",
    looks_like="every gradient has the wrong sign",
    hint="dZ3 is the output minus the label. The other way round the cost rises with every step of "
    "gradient descent.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = Y - A3
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "slope-of-the-squared-error-backward",
    function="backward_propagation_n",
    looks_like="the slope of the sigmoid is multiplied in once more",
    hint="A (1 - A) belongs to a squared error. With cross-entropy it cancels, and A3 - Y is left.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = (A3 - Y) * A3 * (1 - A3)
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "derivative-by-the-output-backward",
    function="backward_propagation_n",
    looks_like="the last layer stops at the derivative by A3",
    hint="That is the slope by A3, before the sigmoid. One more factor, A3 (1 - A3), turns it into dZ3; "
    "together they simplify to A3 - Y.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = (A3 - Y) / (A3 * (1 - A3))
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "bias-sum-over-everything-backward",
    function="backward_propagation_n",
    looks_like="all entries of dZ are summed into one bias slope",
    hint="Each unit has a bias of its own, so db has one row per unit. (5) sums over the examples only: "
    "which axis holds them?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.full((dZ2.shape[0], 1), np.sum(dZ2)) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.full((dZ1.shape[0], 1), np.sum(dZ1)) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "one-sum-for-a-layer-backward",
    function="backward_propagation_n",
    looks_like="the bias gradients are summed over the units too",
    hint="db has one number for a whole layer, but b has one for each unit. In an update all units of the layer "
    "would get the same step. Over which axis, and only over that one, do the examples lie?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "flat-biases-backward",
    function="backward_propagation_n",
    looks_like="the bias gradients are rows without columns",
    hint="db has shape (n,), but b is (n, 1). In an update NumPy would spread it into an (n, n) table "
    "without a warning. What keeps the summed axis?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "sum-over-the-units-backward",
    function="backward_propagation_n",
    looks_like="the bias gradients sum over units instead of examples",
    hint="A sum down the columns gives one number per example. (5) sums over the examples, which stand "
    "side by side in a row.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=0, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=0, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "bias-of-the-wrong-layer-backward",
    function="backward_propagation_n",
    looks_like="db1 is computed from dZ2",
    hint="db1 has the shape of b2. Copied lines need all of their numbers changed: (5) uses the same layer "
    "on both sides.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ2, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "averaged-by-units-backward",
    function="backward_propagation_n",
    looks_like="the number of rows of X is taken for the number of examples",
    hint="Examples stand in columns: X is (4, m). The results are right only for batches of four. Which "
    "entry of the shape is m?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[0]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "m-from-the-labels-backward",
    function="backward_propagation_n",
    looks_like="the number of examples is read from a shape of Y that may be missing",
    hint="Y comes as (m,) or as (1, m). One entry of its shape is m for the first and 1 for the second "
    "form. Which array has its examples in columns for sure?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = Y.shape[0]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "layers-stop-at-two-backward",
    function="backward_propagation_n",
    looks_like="the gradients of layer 1 are missing",
    hint="The dictionary lacks dW1 and db1. The check needs all six blocks. Are they in your dictionary?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2}


@wrong(
    "writes-into-the-cache-backward",
    function="backward_propagation_n",
    looks_like="A3 in the cache is overwritten",
    hint="The gradients are right the first time, but A3 now holds dZ3. Who uses the cache next gets "
    "nonsense. Which line works in place?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3
    dZ3 -= Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "inputs-instead-of-activations-backward",
    function="backward_propagation_n",
    looks_like="dW2 sees the wrong layer below",
    hint="(5) multiplies dZ of a layer with the activations that entered it: A1 for layer 2. A2 is what "
    "left it.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, np.vstack((A2, A2))[:5].T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "pairs-as-arrays-backward",
    function="backward_propagation_n",
    looks_like="the gradients come as a tuple instead of a dictionary",
    hint="The check looks the blocks up by name, from dW1 to db3. A tuple has no names.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return (dW1, db1, dW2, db2, dW3, db3)


@wrong(
    "numerical-gradient-backward",
    function="backward_propagation_n",
    looks_like="the gradient is estimated from costs",
    hint="That is the second witness again: if both witnesses use costs, the check compares a thing with "
    "itself. It also needs 94 costs, and loses digits. (5) needs none, only what the cache holds.",
)
def _(X, Y, cache):
    parameters = dict(zip(("W1", "b1", "W2", "b2", "W3", "b3"), (cache[i] for i in (2, 3, 6, 7, 10, 11))))
    gradients = {}
    for name, value in parameters.items():
        slopes = np.zeros(value.shape)
        for place in np.ndindex(value.shape):
            step = np.zeros(value.shape)
            step[place] = 1e-6
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: value + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: value - step})
            slopes[place] = (J_plus - J_minus) / 2e-6
        gradients["d" + name] = slopes
    return gradients


@wrong(
    "single-precision-backward",
    function="backward_propagation_n",
    looks_like="the gradients have half of their digits",
    hint="A 32-bit number keeps about 7 digits, and the check reads the rounding. It also ends near 1e38. Which "
    "conversion can you leave out?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    gradients = {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
    return {name: value.astype(np.float32) for name, value in gradients.items()}


@wrong(
    "clipped-backward",
    function="backward_propagation_n",
    looks_like="large gradients are cut off",
    hint="Clipping is a trick for training; a clipped gradient is not the slope of the cost, and the check "
    "would name it. (5) cuts nothing off.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    gradients = {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
    return {name: np.clip(value, -1, 1) for name, value in gradients.items()}


@wrong(
    "lists-backward",
    function="backward_propagation_n",
    looks_like="the gradients are lists instead of arrays",
    hint="A list of lists has no shape, and a list times a learning rate is no list of products. NumPy made "
    "arrays for you: which conversion can you leave out?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    gradients = {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
    return {name: value.tolist() for name, value in gradients.items()}


@wrong(
    "m-of-the-example-backward",
    function="backward_propagation_n",
    looks_like="the number of examples of the visible example is built in",
    hint="The network above has 3 examples, another batch has more or fewer. Which array, passed in here, "
    "has one column for each example?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = 3
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "mask-of-the-slope-backward",
    function="backward_propagation_n",
    looks_like="the mask asks for the sign of the slope instead of that of the activation",
    hint="RELU is on where its output is positive. Whether the slope that comes back is positive has nothing "
    "to do with it. Of which array does (5) ask whether it exceeds 0?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (dA2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (dA1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "cut-off-too-high-backward",
    function="backward_propagation_n",
    looks_like="small activations count as off",
    hint="RELU is on for every positive number, however small. Yours blocks the slope of small ones too. "
    "What stands on the other side of your comparison?",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0.1)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0.1)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@wrong(
    "penalty-on-top-backward",
    function="backward_propagation_n",
    looks_like="a penalty's gradient is added",
    hint="This cost has no penalty, so its gradient has none: nothing in (5) contains W of the same layer. A "
    "regularized backward pass belongs to a regularized cost.",
)
def _(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m + 0.7 / m * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m + 0.7 / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m + 0.7 / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


# --- wrong_blocks --------------------------------------------------------------------------------------------------


@wrong(
    "one-verdict-for-all-blocks",
    function="wrong_blocks",
    looks_like="all blocks share one relative difference",
    hint="One number over 47 entries cannot point at a block: either no name comes out or all six. Take "
    "(4) for each block alone.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    gaps, sums = [], []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gaps.append(np.linalg.norm(gradient - numeric))
        sums.append(np.linalg.norm(gradient) + np.linalg.norm(numeric))
    all_names = ["W1", "b1", "W2", "b2", "W3", "b3"]
    return all_names if np.linalg.norm(gaps) > threshold * np.linalg.norm(sums) else []


@wrong(
    "names-of-gradients-blocks",
    function="wrong_blocks",
    looks_like="the names of gradients are returned",
    hint="dW2 is the gradient; the block is called W2. The list wants the names of the parameters.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append("d" + name)
    return found


@wrong(
    "good-blocks-named-blocks",
    function="wrong_blocks",
    looks_like="the right blocks are named",
    hint="The comparison is turned round: a block is wrong if its difference is above the threshold.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap <= threshold * sizes:
            found.append(name)
    return found


@wrong(
    "threshold-ignored-blocks",
    function="wrong_blocks",
    looks_like="the argument threshold is not used",
    hint="A caller who passes another threshold gets the same names. Which number stands in your comparison?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > 1e-5 * sizes:
            found.append(name)
    return found


@wrong(
    "epsilon-ignored-blocks",
    function="wrong_blocks",
    looks_like="the argument epsilon is not used",
    hint="The step is a constant inside the function, so a caller cannot try another. Use the argument "
    "wherever (1) has it.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    epsilon = 1e-5
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "one-sided-blocks",
    function="wrong_blocks",
    looks_like="the slope uses one side only",
    hint="With a step of 0.01 a one-sided slope is off by more than 1e-4, and right blocks are accused. "
    "Which two costs does (1) compare?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name]})
            numeric[place] = (J_plus - J_minus) / epsilon
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "step-not-doubled-blocks",
    function="wrong_blocks",
    looks_like="the difference of the costs is divided by epsilon once",
    hint="The numerical slopes are twice too large, so every right block reads 1/3 and is named. How far "
    "apart are the two points of (1)?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / epsilon
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "absolute-gap-blocks",
    function="wrong_blocks",
    looks_like="the gap is not divided by the sizes",
    hint="A block with small gradients can be wrong by half and stay below an absolute limit. (4) divides "
    "by both norms.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold:
            found.append(name)
    return found


@wrong(
    "one-size-blocks",
    function="wrong_blocks",
    looks_like="the gap is compared with the size of the given gradient only",
    hint="(4) divides by the sum of two norms. With one of them the reading is about twice too large.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "squares-blocks",
    function="wrong_blocks",
    looks_like="squares are compared instead of norms",
    hint="A relative difference of 0.001 has the square 0.000001, so an error hides below the threshold. A "
    "norm has a root.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.sum((gradient - numeric) ** 2)
        sizes = np.sum(gradient**2) + np.sum(numeric**2)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "alphabetical-order-blocks",
    function="wrong_blocks",
    looks_like="the names are sorted by the alphabet",
    hint="The order asked for is W1, b1, W2, b2, W3, b3, layer by layer. Sorting puts all capital letters "
    "first.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return sorted(found)


@wrong(
    "only-the-worst-blocks",
    function="wrong_blocks",
    looks_like="only the first wrong block is returned",
    hint="Several blocks can be wrong at once. Does your loop go on after it found one?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            return [name]
    return found


@wrong(
    "weights-only-blocks",
    function="wrong_blocks",
    looks_like="only the weights are checked",
    hint="Biases have gradients too: b1 is one of the two wrong blocks of the draft. Which names does your "
    "loop visit?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "W2", "W3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "layer-3-forgotten-blocks",
    function="wrong_blocks",
    looks_like="layer 3 is not checked",
    hint="The network has three layers, so there are six blocks. Which names does your loop visit?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "zero-by-zero-named-blocks",
    function="wrong_blocks",
    looks_like="blocks whose two gradients are zero are named",
    hint="0 divided by 0 is nan, and nan is not below the threshold. Two zeros agree perfectly. Can you "
    "ask the question without a division?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if not gap / sizes <= threshold:
            found.append(name)
    return found


@wrong(
    "zero-by-zero-stops-blocks",
    function="wrong_blocks",
    looks_like="a block whose two gradients are zero stops the function",
    hint="A dead layer gives two zero gradients, and a division by 0 is not defined. Two zeros agree "
    "perfectly. Can you ask the question without a division?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if float(gap) / float(sizes) > threshold:
            found.append(name)
    return found


@wrong(
    "answer-of-the-example-blocks",
    function="wrong_blocks",
    looks_like="the result of the worked example is returned for every input",
    hint="b1 and W2 are the wrong blocks of one draft. Another gradient has others, and a right one has "
    "none.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return ["b1", "W2"]


@wrong(
    "first-entry-stands-for-all-blocks",
    function="wrong_blocks",
    looks_like="only the first entry of each block is checked",
    hint="A matrix can be right in one corner and wrong elsewhere. (4) of a block goes over all of its "
    "entries.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gradient, numeric = gradient[0, 0], numeric[0, 0]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "sizes-without-sign-blocks",
    function="wrong_blocks",
    looks_like="the absolute values are compared",
    hint="A gradient with the wrong sign has the right size everywhere. Subtract before you take sizes.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(abs(gradient) - abs(numeric))
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "norms-subtracted-blocks",
    function="wrong_blocks",
    looks_like="the norms are subtracted instead of the gradients",
    hint="Two vectors of the same length can point anywhere. The numerator of (4) is the norm of a "
    "difference, not the difference of two norms.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = abs(np.linalg.norm(gradient) - np.linalg.norm(numeric))
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "a-count-instead-of-names-blocks",
    function="wrong_blocks",
    looks_like="a number is returned instead of names",
    hint="How many blocks are wrong does not say which. Collect their names in a list.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return len(found)


@wrong(
    "one-text-blocks",
    function="wrong_blocks",
    looks_like="the names come glued together in one text",
    hint="A list of names can be looped over; one text cannot. Collect the names instead of joining them.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return ", ".join(found)


@wrong(
    "steps-in-the-given-arrays-blocks",
    function="wrong_blocks",
    looks_like="the steps are made in the arrays that were passed in",
    hint="The caller's parameters are moved and not moved back. Step in a copy: a check must leave no trace "
    "in what it checks.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            parameters[name][place] += epsilon
            J_plus, _ = forward_propagation_n(X, Y, parameters)
            parameters[name][place] -= 2 * epsilon
            J_minus, _ = forward_propagation_n(X, Y, parameters)
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "largest-entry-blocks",
    function="wrong_blocks",
    looks_like="the worst single entry stands for its block",
    hint="One entry that is off by half need not make its block wrong by much: (4) of a block weighs all "
    "of its entries together, through their squares. Take the norms first, then divide.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        worst = np.abs(gradient - numeric) / np.maximum(np.abs(gradient) + np.abs(numeric), 1e-4)
        if np.max(worst) > threshold:
            found.append(name)
    return found


@wrong(
    "gap-in-the-given-arrays-blocks",
    function="wrong_blocks",
    looks_like="the gap is computed in the gradients that were passed in",
    hint="An operator such as minus-equals writes into its left side, and that is the caller's gradient: "
    "afterwards it holds the gap. Subtract into an array of your own.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        gradient -= numeric
        gap = np.linalg.norm(gradient)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "norm-of-a-matrix-blocks",
    function="wrong_blocks",
    looks_like="another norm of the matrix is taken than the root of its sum of squares",
    hint="Asked for its 2-norm, NumPy gives a matrix's largest singular value, but a column's root of the "
    "sum of squares. Without that argument it takes the root of the sum of squares for both, as (4) "
    "does.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric, 2)
        sizes = np.linalg.norm(gradient, 2) + np.linalg.norm(numeric, 2)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "sums-of-sizes-blocks",
    function="wrong_blocks",
    looks_like="absolute values are summed instead of squares",
    hint="Adding up absolute values is another norm. (4) has the 2 at its norms: square, add, take the root. "
    "NumPy has a function for it.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.sum(np.abs(gradient - numeric))
        sizes = np.sum(np.abs(gradient)) + np.sum(np.abs(numeric))
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "largest-sizes-blocks",
    function="wrong_blocks",
    looks_like="only the largest entries of a block are compared",
    hint="The largest absolute value is another norm. (4) lets all entries of a block count: square, add, "
    "take the root.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.max(np.abs(gradient - numeric))
        sizes = np.max(np.abs(gradient)) + np.max(np.abs(numeric))
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "signed-sums-blocks",
    function="wrong_blocks",
    looks_like="the entries of a block are summed with their signs",
    hint="Entries of opposite sign cancel, so a sum can be 0 for a wrong block. A norm never cancels: (4) "
    "has one in three places.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = abs(np.sum(gradient - numeric))
        sizes = abs(np.sum(gradient)) + abs(np.sum(numeric))
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "mean-of-entries-blocks",
    function="wrong_blocks",
    looks_like="relative differences of single entries are averaged",
    hint="An average over entries gives a tiny slope as much say as a large one. (4) takes the norms of the "
    "whole block first, then divides once.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        each = np.abs(gradient - numeric) / np.maximum(np.abs(gradient) + np.abs(numeric), 1e-12)
        if np.mean(each) > threshold:
            found.append(name)
    return found


@wrong(
    "norm-of-the-sum-blocks",
    function="wrong_blocks",
    looks_like="the norm of the sum stands below the line, not the sum of the norms",
    hint="The two differ as soon as the gradients point in different directions. In (4) each of them has its "
    "own norm.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient + numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "root-of-both-squares-blocks",
    function="wrong_blocks",
    looks_like="one root is taken of both squares below the line",
    hint="The root of a sum is not the sum of the roots: 3 and 4 give 5, not 7. In (4) each gradient has its "
    "own norm, and the two norms are added.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.sqrt(np.sum(gradient**2) + np.sum(numeric**2))
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "larger-size-blocks",
    function="wrong_blocks",
    looks_like="twice the larger norm stands below the line",
    hint="Twice the larger norm is more than the sum of both as soon as they differ, so a wrong block reads "
    "too little. (4) adds the two.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = 2 * max(np.linalg.norm(gradient), np.linalg.norm(numeric))
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "floor-under-the-sizes-blocks",
    function="wrong_blocks",
    looks_like="a number is added below the line that is not small beside the gradients",
    hint="A little something below the line keeps 0 / 0 away, but it must be far smaller than any gradient. "
    "Near the end of a training gradients are 1e-5, and yours hides their errors. Can you ask the "
    "question without a division?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap / (sizes + 1e-3) > threshold:
            found.append(name)
    return found


@wrong(
    "zero-slopes-skipped-blocks",
    function="wrong_blocks",
    looks_like="blocks whose numerical gradient is zero are never named",
    hint="Where a layer is off, all its slopes are 0, and a gradient that says otherwise is wrong: its d is "
    "1. Only if both are zero, d counts as 0.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if np.any(numeric) and gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "zero-gradients-skipped-blocks",
    function="wrong_blocks",
    looks_like="blocks whose given gradient is zero are never named",
    hint="A gradient that is 0 by mistake is a common bug: its d is 1. Only if both are zero, d counts as 0.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if np.any(gradient) and gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "epsilon-as-threshold-blocks",
    function="wrong_blocks",
    looks_like="epsilon is taken for the threshold",
    hint="The two have the same value when they are left out, but not the same task: epsilon is the step of "
    "(1), the threshold is what a reading is held against. Which one stands in your comparison?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > epsilon * sizes:
            found.append(name)
    return found


@wrong(
    "threshold-as-epsilon-blocks",
    function="wrong_blocks",
    looks_like="the threshold is taken for the step",
    hint="The two have the same value when they are left out, but not the same task: epsilon is the step of "
    "(1), the threshold is what a reading is held against. Which one moves the parameters?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = threshold
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * threshold)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found


@wrong(
    "names-with-readings-blocks",
    function="wrong_blocks",
    looks_like="each name comes with its reading",
    hint="Pairs tell more, but what is asked for are the names alone, as a list of texts. Print the readings "
    "if you like.",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append((name, gap / sizes))
    return found


@wrong(
    "a-name-for-each-entry-blocks",
    function="wrong_blocks",
    looks_like="a name comes once for each wrong entry",
    hint="A block is wrong or not: its name belongs into the list once. Is the question inside the loop over "
    "the entries?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found += [name] * numeric.size
    return found


@wrong(
    "stops-at-a-right-block-blocks",
    function="wrong_blocks",
    looks_like="the loop ends at the first right block",
    hint="After a right block there may be wrong ones. Which line ends your loop, and when?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
        else:
            break
    return found


@wrong(
    "none-if-all-is-right-blocks",
    function="wrong_blocks",
    looks_like="nothing is returned where no block is wrong",
    hint="Whoever loops over the result needs a list, also an empty one: no wrong blocks is an empty one. "
    "What does yours give then?",
)
def _(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            step = np.zeros(numeric.shape)
            step[place] = epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] + step})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: parameters[name] - step})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        gap = np.linalg.norm(gradient - numeric)
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if gap > threshold * sizes:
            found.append(name)
    return found or None


# --- probes --------------------------------------------------------------------------------------------------------

Probe = Callable[[Callable[..., Any]], Any]
FACTORS_N: list[dict[str, Any]] = [
    {},
    {"dW1": lambda dW: dW + 0.1, "dW2": 2.0, "db1": 4.0, "db2": 0.0},
    {"dW1": -1.5, "dW3": 0.5, "db3": 3.0},
]


def _tried(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """What a call gives, with verdicts and exceptions as text, so that they differ from every number."""
    try:
        got = gc_utils.tried(lambda: function(*arguments, **options))
    except Exception as problem:
        return type(problem).__name__
    return f"verdict {bool(got)}" if isinstance(got, (bool, np.bool_)) else got


def _pairs(*pairs: tuple[float, float]) -> Probe:
    def probe(function: Callable[..., Any]) -> Any:
        with testCases.given(function, forward_propagation=gc_utils.saddle):
            return [_tried(function, x, theta) for x, theta in pairs]

    return probe


def _far(easy: list[tuple[float, ...]], far: list[tuple[float, ...]], tried: bool) -> Probe:
    """gradient_check on straight lines of slope 4 and -4; `far` points lie where rounding moves one side only."""

    def probe(function: Callable[..., Any]) -> Any:
        stand_ins = {"forward_propagation": gc_utils.saddle, "backward_propagation": gc_utils.saddle_slope}
        with testCases.given(function, **stand_ins):
            return [(_tried if tried else gc_utils.tried)(function, *case) for case in easy + far]

    return probe


def _network(seed: int, m: int) -> tuple[Any, Any, Any, Any]:
    X, Y, parameters = gc_utils.safe_case(seed, m)
    return X, Y, parameters, reg_utils.backward_propagation(X, Y, forward_propagation_n(X, Y, parameters)[1])


def _scaled(gradients: Any, factors: dict[str, Any]) -> Any:
    """Some gradients multiplied by a factor, or put through a function."""
    changed = {
        name: change(gradients[name]) if callable(change) else gradients[name] * change
        for name, change in factors.items()
    }
    return {**gradients, **changed}


def _check_n_visible(function: Callable[..., Any]) -> Any:
    X, Y, parameters = testCases.gradient_check_n_test_case()
    right = reg_utils.backward_propagation(X, Y.reshape(1, 3), forward_propagation_n(X, Y, parameters)[1])
    wrong_one = _scaled(right, {"dW2": 2, "db1": 4})
    again = {name: value.copy() for name, value in parameters.items()}
    return [
        gc_utils.tried(function, parameters, wrong_one, X, Y),
        gc_utils.tried(function, again, right, X, Y, 1e-2),
    ]


def _check_n_fresh(function: Callable[..., Any]) -> Any:
    seen = []
    for factors, epsilon, network in zip(
        FACTORS_N, (1e-2, 1e-5, 1e-4), ((59, 4), (58, 2), (62, 5)), strict=True
    ):
        X, Y, parameters, right = _network(*network)
        before = parameters["b3"].copy()
        seen.append(_tried(function, parameters, _scaled(right, factors), X, Y, epsilon))
        seen.append(float(not gc_utils.same_arrays(before, parameters["b3"])))
    return seen


def _six(got: Any) -> Any:
    if not isinstance(got, dict):
        return got if isinstance(got, str) else type(got).__name__
    return {name: got.get(name) for name in ("dW3", "db3", "dW2", "db2", "dW1", "db1")}


def _backward_visible(function: Callable[..., Any]) -> Any:
    X, Y, parameters = testCases.gradient_check_n_test_case()
    return _six(function(X, Y, forward_propagation_n(X, Y, parameters)[1]))


def _backward_fresh(function: Callable[..., Any]) -> Any:
    """Four batches; in the last two no step of a cost can give dW1, and single precision cannot hold it."""
    seen = []
    for seed, m, flat, unit in (
        (71, 6, False, 1.0),
        (72, 3, True, 1.0),
        (73, 5, False, 1e-15),
        (74, 4, True, 1e50),
    ):
        X, Y, parameters = gc_utils.safe_case(seed, m)
        X, parameters["W1"] = X * unit, parameters["W1"] / unit
        cache = forward_propagation_n(X, Y, parameters)[1]
        before = [array.copy() for array in cache]
        got = _six(_tried(function, X, np.ravel(Y) if flat else Y, cache))
        if isinstance(got, dict) and isinstance(got["dW1"], np.ndarray):
            got["dW1"] = got["dW1"].astype(float) / unit
        seen += [got, float(not gc_utils.same_arrays(before, list(cache)))]
    return seen


def _blocks_visible(function: Callable[..., Any]) -> Any:
    X, Y, parameters, right = _network(9, 4)
    wrong_one = gc_utils.copied(_scaled(right, {"dW2": 2, "db1": 4, "dW3": 3}))
    return [function(parameters, gradients, X, Y) for gradients in (right, wrong_one)]


def _blocks_fresh(function: Callable[..., Any]) -> Any:
    """Names for blocks that are wrong in many ways, so that every norm and every denominator gives others."""
    one, few, row = np.ones((5, 4)), np.ones((5, 4)), np.array([[1, 1, -1]])
    one[2, 2], few[1, 1], few[3, 0] = -2.0, 3.0, 3.0
    other, some = np.ones((3, 5)), np.ones((3, 5))
    other[1, 0], some[0, 3], some[1, 1], some[2, 4] = 8.0, 3.0, -1.0, 2.0
    norms = {"dW1": one, "dW2": other, "dW3": row, "db1": 0.55, "db2": 1.91, "db3": 1.81}
    again = {"dW1": few, "dW2": some, "dW3": np.array([[3, 1, 1]]), "db1": 1.33, "db2": 1.4, "db3": 1.52}
    less, two = np.ones((5, 4)), np.ones((3, 5))
    less[4, 0], two[1, 3], two[2, 3] = -1.0, 3.0, 2.0
    third = {**again, "dW1": less, "dW2": two, "dW3": np.array([[1, -1, 1]])}
    turned = {"dW1": one, "db1": -1.0, "dW2": lambda dW: dW[::-1, ::-1], "db2": 0.0}
    cases: list[tuple[tuple[int, int], float, dict[str, Any], dict[str, float]]] = [
        ((56, 3), 1, {"dW2": lambda dW: dW + 1e-5, "db3": 1.1}, {"threshold": 1e-3}),
        ((59, 4), 1, turned, {}),
        ((67, 3), 1, {"db1": 1 + 2e-6, "dW2": 1 + 1e-4, "dW3": 1.002, "db3": 2.0}, {}),
        ((479, 4), 1, norms, {"threshold": 0.3}),
        ((368, 3), 1, again, {"threshold": 0.2}),
        ((308, 3), 1, third, {"threshold": 0.2}),
        ((56, 2), 1, {}, {"epsilon": 1e-2, "threshold": 3e-5}),
        ((57, 4), 1, {}, {"epsilon": 0.3, "threshold": 0.01}),
        ((60, 3), 1e3, {}, {"threshold": 0.01}),
    ]
    seen = []
    for network, unit, factors, options in cases:
        X, Y, parameters = gc_utils.safe_case(*network, 0.2 if network == (56, 2) else 0.02)
        X, parameters["W1"] = X * unit, parameters["W1"] / unit
        if network == (56, 3):
            Y, parameters["b1"], parameters["b3"] = 0 * Y, parameters["b1"] - 100.0, parameters["b3"] - 14.0
        right = reg_utils.backward_propagation(X, Y, forward_propagation_n(X, Y, parameters)[1])
        gradients = _scaled(right, factors)
        before = gc_utils.copied([parameters, gradients])
        got = _tried(function, parameters, gradients, X, Y, **options)
        changed = float(not gc_utils.same_arrays(before, [parameters, gradients]))
        seen += [list(got) if isinstance(got, tuple) else got, changed]
    return seen


UP, DOWN = 2.0**30, -(2.0**30)
VISIBLE: dict[str, Probe] = {
    "forward_propagation": lambda f: [f(x, theta) for x, theta in [(2, 4), (3, -1.5), (-0.5, 6)]],
    "backward_propagation": lambda f: [f(x, theta) for x, theta in [(2, 4), (3, -1.5), (-0.5, 6)]],
    "gradient_check": _far(gc_utils.LINE_POINTS, [], False),
    "gradient_check_n": _check_n_visible,
    "backward_propagation_n": _backward_visible,
    "wrong_blocks": _blocks_visible,
}
FRESH: dict[str, Probe] = {
    "forward_propagation": _pairs((0.6, 7.0), (-3.5, -2.5), (5.0, -0.75), (2.0, 4.567), (3.0, 1e39)),
    "backward_propagation": _pairs((4.0, 1e30), (-4.0, 6.5), (4.0, -2.25), (0.6, 7.0), (4e39, 0.0)),
    "gradient_check": _far(
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
    ),
    "gradient_check_n": _check_n_fresh,
    "backward_propagation_n": _backward_fresh,
    "wrong_blocks": _blocks_fresh,
}
