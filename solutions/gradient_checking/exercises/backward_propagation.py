"""`backward_propagation`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np
from checks_gradient_checking import FAR, PAIRS
from gc_utils import (
    saddle as forward_propagation,
)  # the probes stand these in for the lesson's graded functions

from .shared import on_pairs

describe = "as_number"

def visible(implementation):
    return [implementation(x, theta) for x, theta in PAIRS + FAR]


fresh = on_pairs((4.0, 1e30), (-4.0, 6.5), (4.0, -2.25), (0.6, 7.0), (4e39, 0.0))


ANSWER = """\
def backward_propagation(x, theta):
    return x
"""

wrong(
    "slope-by-the-input",
    ("return x", "return theta"),
    looks_like="the derivative is taken by x",
    hint="The parameter is theta; x is data and stays fixed. At (2, 4) the derivative by x is 4, the one "
    "by theta 2. Which letter moves?",
)

wrong(
    "cost-instead-of-slope",
    ("return x", "return theta * x"),
    looks_like="the cost is returned instead of its slope",
    hint="At (2, 4) the cost is 8. Raise theta by one half: the cost rises by 1, so the slope is 2.",
)

wrong(
    "always-one",
    ("return x", "return 1"),
    looks_like="the slope is 1 for every input",
    hint="The derivative of theta alone is 1, but (2) has a factor in front of it. How much does the cost "
    "rise when theta rises by 1?",
)

wrong(
    "always-two",
    ("return x", "return 2"),
    looks_like="the result of the worked example is returned for every input",
    hint="2 is the slope at x = 2 only. Try x = 3 by hand: raise theta by 1 and see how the cost rises.",
)

wrong(
    "quotient",
    ("return x", "return theta / x if x else 0.0"),
    looks_like="one argument is divided by the other",
    hint="At (2, 4) the quotient happens to be 2 as well. A slope is a rise divided by a step, not theta "
    "divided by x. Try (3, -1.5).",
)

wrong(
    "difference-of-arguments",
    ("return x", "return theta - x"),
    looks_like="one argument is subtracted from the other",
    hint="At (2, 4) the difference happens to be 2 as well. The slope of a line is the factor in front of "
    "theta. Try (3, -1.5).",
)

wrong(
    "root-of-the-parameter",
    ("return x", "return abs(theta) ** 0.5"),
    looks_like="the slope depends on the size of theta alone",
    hint="At theta = 4 a square root gives 2 by accident. (2) is a straight line, so its slope is the same "
    "for every theta.",
)

wrong(
    "squared-input",
    ("return x", "return x**2"),
    looks_like="the input is squared",
    hint="The derivative of c theta by theta is c. Yours multiplies by x once more. What is c in (2)?",
)

wrong(
    "negative-slope",
    ("return x", "return -x"),
    looks_like="the sign of the slope is turned",
    hint="For positive x the cost rises with theta, so the slope is positive. The minus belongs to the "
    "update of gradient descent, not to the gradient.",
)

wrong(
    "slope-without-sign",
    ("return x", "return abs(x)"),
    looks_like="the slope is never negative",
    hint="For x = -2 the cost falls as theta rises: the slope is -2. Nothing in the derivative takes a size.",
)

wrong(
    "whole-number-slope",
    ("return x", "return int(x)"),
    looks_like="the slope is cut to a whole number",
    hint="The slope may be a fraction such as 0.7. Which conversion drops the part after the point?",
)

wrong(
    "half-the-slope",
    ("return x", "return x / 2"),
    looks_like="the slope is halved",
    hint="At x = 2 raise theta from 4 to 4.5: the cost rises from 8 to 9, so the slope is 1 divided by "
    "0.5. Is there a factor that belongs to a square?",
)

wrong(
    "doubled-slope",
    ("return x", "return 2 * x"),
    looks_like="the slope is twice too large",
    hint="A factor 2 comes from differentiating a square. (2) is a straight line, so no factor appears.",
)

wrong(
    "prints-the-slope",
    ("return x", "dtheta = x\n    print(dtheta)"),
    looks_like="nothing is returned",
    hint="Printing shows a number, but hands nothing back: the call gives None. The next exercises need "
    "the number itself.",
)

wrong(
    "numerical-slope",
    ("return x", "return (forward_propagation(x, theta + 1e-7) - forward_propagation(x, theta - 1e-7)) / 2e-7"),
    looks_like="the slope is estimated from costs",
    hint="That is a numerical gradient, as in (1) or (3), and it loses digits when theta is large. The "
    "analytic one is a formula without any epsilon. If both witnesses use costs, the check compares a "
    "thing with itself.",
)

wrong(
    "numerical-slope-one-sided",
    ("return x", "return (forward_propagation(x, theta + 1e-7) - forward_propagation(x, theta)) / 1e-7"),
    looks_like="the slope is estimated from costs",
    hint="That is a numerical gradient, as in (1) or (3), and it loses digits when theta is large. The "
    "analytic one is a formula without any epsilon. If both witnesses use costs, the check compares a "
    "thing with itself.",
)

wrong(
    "numerical-slope-of-step-one",
    ("return x", "return forward_propagation(x, theta + 1) - forward_propagation(x, theta)"),
    looks_like="the slope is the rise of the cost for a step of 1",
    hint="For a straight line a step of 1 gives the slope, but not where theta is so large that adding 1 "
    "changes nothing, and for no other cost. The analytic gradient is a formula: it asks for no cost at "
    "all.",
)

wrong(
    "single-precision-slope",
    ("return x", "return float(np.float32(x))"),
    looks_like="the slope has half of its digits",
    hint="A 32-bit number keeps about 7 digits and ends near 1e38, and the check reads the rounding as a bug. "
    "Which conversion can you leave out?",
)

wrong(
    "sign-of-the-slope",
    ("return x", "return np.sign(x)"),
    looks_like="only the sign of the slope is returned",
    hint="A sign says up or down, but not how steep. At x = 2 the cost rises by 2 for each unit of theta.",
)

wrong(
    "cost-over-parameter",
    ("return x", "J = forward_propagation(x, theta)\n    return J / theta if theta else 0.0"),
    looks_like="the cost is divided by the parameter",
    hint="J / theta is the slope of the line from 0 to J. It happens to be x, but at theta = 0 it is 0 / 0. "
    "A derivative by theta asks for no division.",
)


for style, body in {
    "plain": "dtheta = x\n    return dtheta",
    "straight": "return x",
    "times-one": "return x * 1.0",
    "numpy-float": "return np.float64(x)",
    "zero-d-array": "return np.asarray(x)",
    "one-by-one": "return np.array([[x]])",
    "long-way": "J = forward_propagation(x, theta)\n    dJ = 1\n    dtheta = dJ * x\n    return dtheta",
    "derivative-of-the-product": "return x * theta**0",
}.items():
    right(style, f"def backward_propagation(x, theta):\n    {body}")
right(
    "polynomial",
    "def backward_propagation(x, theta):\n    return np.polynomial.Polynomial([0, x]).deriv()(theta)",
)
right(
    "identity-minus-zero",
    "def backward_propagation(x, theta):\n    return forward_propagation(x, 1.0)",
)

