"""`forward_propagation`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np

from .shared import on_pairs

describe = "as_number"

def visible(implementation):
    return [implementation(x, theta) for x, theta in [(2, 4), (3, -1.5), (-0.5, 6)]]


fresh = on_pairs((0.6, 7.0), (-3.5, -2.5), (5.0, -0.75), (2.0, 4.567), (3.0, 1e39))


ANSWER = """\
def forward_propagation(x, theta):
    return x * theta
"""

wrong(
    "adds-instead-of-multiplying",
    ("return x * theta", "return x + theta"),
    looks_like="the input and the parameter are added",
    hint="Equation (2) has one operation, and it is a product. At x = 2, theta = 4 the product is 8 and "
    "the sum 6. Which of the two does your code form?",
)

wrong(
    "power-of-the-parameter",
    ("x * theta", "theta**x"),
    looks_like="the parameter is raised to the power x",
    hint="In Python one star multiplies and two stars raise to a power. At (2, 4) a product is 8 and 4 to "
    "the power 2 is 16. Look at the operator.",
)

wrong(
    "power-of-the-input",
    ("x * theta", "float(abs(x)) ** theta"),
    looks_like="the input is raised to the power theta",
    hint="In Python one star multiplies and two stars raise to a power. At (2, 4) a product is 8 and 2 to "
    "the power 4 is 16. Look at the operator.",
)

wrong(
    "divides",
    ("x * theta", "theta / x if x else 0.0"),
    looks_like="the parameter is divided by the input",
    hint="Equation (2) contains no fraction: the cost grows when x grows. At (2, 4) yours gives 2 instead "
    "of 8.",
)

wrong(
    "half-the-product",
    ("x * theta", "0.5 * theta * x"),
    looks_like="the product is halved",
    hint="A factor one half belongs to a squared error. Equation (2) has no factor at all. Compare with 8 "
    "at (2, 4).",
)

wrong(
    "squares-the-parameter",
    ("x * theta", "x * theta**2"),
    looks_like="the parameter is squared",
    hint="Equation (2) is a straight line in theta: doubling theta doubles J. Yours grows four times. How "
    "often does theta stand in your product?",
)

wrong(
    "squares-the-input",
    ("x * theta", "theta * x * x"),
    looks_like="the input is squared",
    hint="In (2) doubling x doubles J. Yours grows four times. How often does x stand in your product?",
)

wrong(
    "always-eight",
    ("x * theta", "8"),
    looks_like="the result of the worked example is returned for every input",
    hint="8 is the cost at x = 2 and theta = 4 only. The function must use both of its arguments.",
)

wrong(
    "whole-numbers-only",
    ("x * theta", "int(theta * x)"),
    looks_like="the cost is cut to a whole number",
    hint="The cost of 3 and -1.5 is -4.5. Somewhere the part after the point is lost. Which conversion "
    "does that?",
)

wrong(
    "never-negative",
    ("x * theta", "abs(theta * x)"),
    looks_like="the sign of the cost is dropped",
    hint="Equation (2) may be negative: 3 times -1.5 is -4.5. Nothing in it takes a size or an absolute "
    "value.",
)

wrong(
    "relu-of-the-product",
    ("x * theta", "max(0, theta * x)"),
    looks_like="negative costs become 0",
    hint="This model has no activation: (2) is the product itself, also where it is negative. Is there a "
    "RELU too many?",
)

wrong(
    "turned-sign",
    ("x * theta", "-theta * x"),
    looks_like="the sign of the cost is turned",
    hint="At (2, 4) the cost is 8 and yours is -8. Equation (2) has no minus.",
)

wrong(
    "prints-the-cost",
    ("return x * theta", "J = theta * x\n    print(J)"),
    looks_like="nothing is returned",
    hint="Printing shows a number, but hands nothing back: the call gives None. The next exercises need "
    "the number itself.",
)

wrong(
    "cost-and-input",
    ("return x * theta", "J = theta * x\n    return J, x"),
    looks_like="two values are returned",
    hint="The cost comes first, and something else after it, as if a cache were needed. Here the backward "
    "pass gets x and theta anyway, so one number is enough.",
)

wrong(
    "parameter-alone",
    ("x * theta", "theta"),
    looks_like="the parameter comes back unchanged",
    hint="The result does not depend on x. In (2) an input twice as large gives a cost twice as large.",
)

wrong(
    "single-precision-cost",
    ("x * theta", "float(np.float32(x) * np.float32(theta))"),
    looks_like="the cost has half of its digits",
    hint="A 32-bit number keeps about 7 digits and ends near 1e38. A gradient check subtracts two costs that "
    "agree in as many digits: nothing is left of their difference. Which conversion can you leave out?",
)

wrong(
    "squared-error",
    ("x * theta", "0.5 * (theta * x) ** 2"),
    looks_like="the product is squared and halved",
    hint="Half a square is the cost of linear regression. Equation (2) has no square: doubling theta doubles "
    "J. Compare with 8 at (2, 4).",
)

wrong(
    "rounded-cost",
    ("x * theta", "round(theta * x, 2)"),
    looks_like="the cost is rounded to two digits",
    hint="Rounded costs stand still for a small step of theta, and then jump: their difference is no slope. "
    "Round when you print, not when you compute.",
)


for style, body in {
    "plain": "J = theta * x\n    return J",
    "numpy-dot": "J = np.dot(theta, x)\n    return J",
    "numpy-multiply": "return np.multiply(x, theta)",
    "zero-d-array": "return np.array(x * theta)",
    "numpy-float": "return np.float64(theta) * np.float64(x)",
    "one-by-one": "return np.array([[theta]]) @ np.array([[x]])",
    "with-assert-and-print": "J = x * theta\n    assert np.isfinite(J)\n    print('J =', J)\n    return J",
}.items():
    right(style, f"def forward_propagation(x, theta):\n    {body}")
right(
    "own-helper",
    "def forward_propagation(x, theta):\n    return product_of(x, theta)",
    "def product_of(a, b):\n    return a * b",
)
right(
    "lambda",
    "forward_propagation = lambda x, theta: theta * x",
)
right(
    "extra-argument",
    "def forward_propagation(x, theta, verbose=False):\n    '''J'''\n    if verbose:\n        print(x, theta)\n    return x * theta",
)
right(
    "one-entry-array",
    "def forward_propagation(x, theta):\n    J = np.array([float(x)])\n    J *= theta\n    return J",
)

