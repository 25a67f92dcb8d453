# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Check your gradients
#
# **What you'll do**: write the check that compares a gradient with the cost itself, and find two planted bugs with it.
#
# **What you'll learn**
#
# - estimate a slope from two costs, and say why two sides beat one
# - compare two vectors by their relative difference, and read it on a scale
# - check the 47 parameters of a network at once, then name the blocks that are wrong
# - mend a backward pass
# - recognise when a check misleads: rounding, a forgotten penalty, dropout, kinks, zero biases
#
# **What you'll need**: the lessons on initialization and regularization, the derivative of a function of one variable,
# and about 90 minutes.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import copy  # copy and math are for your answers, should you want them
import math

import numpy as np

import gc_utils
import reg_utils
import testCases
from gc_utils import dictionary_to_vector, forward_propagation_n, gradients_to_vector
from gc_utils import relu, sigmoid, vector_to_dictionary
from reg_utils import compute_cost, explore, initialize_parameters, show, subplots, train, use_style

use_style()

# %% [markdown]
# ## A second witness
#
# A backward pass with a bug still trains, only worse. Nothing crashes, the cost falls, and you look for the fault in
# the data. So ask a second witness: the cost. Move one parameter $\theta$ a little to the right and to the left:
#
# $$\frac{\partial J}{\partial \theta}\approx\frac{J(\theta+\varepsilon)-J(\theta-\varepsilon)}{2\varepsilon}\tag{1}$$
#
# This is the **numerical gradient**. It needs two costs for every parameter, so nobody trains with it. But its code is
# so short that it can hardly be wrong. What your backward pass returns is the **analytic gradient**. Where the two
# disagree, one of them has a bug.
#
# You start with a model of one parameter, where you can follow every number by hand.

# %% [markdown]
# ### Exercise 1: a cost with one parameter (10 points)
#
# The smallest model has one input $x$ and one parameter $\theta$, both plain numbers:
#
# $$J(\theta)=\theta x\tag{2}$$
#
# **By hand**: $x=2$ and $\theta=4$ give $J=8$. Write `forward_propagation(x, theta)`, which returns $J$ (about 1 line).
# The cell after it prints `8`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The cost grows in proportion to the parameter.
#
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# Equation (2) multiplies two numbers; there are no arrays yet.
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Name the product `J`, then return it. Printing it is not enough.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "forward_propagation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward_propagation(x, theta):
    """The cost J of the model with one parameter, equation (2).

    x : the input, a number
    theta : the parameter, a number
    Returns J, a number
    """
    ### BEGIN SOLUTION
    return theta * x
    ### END SOLUTION


# %%
print(forward_propagation(2, 4))

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_visible", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("forward_propagation")

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_hidden", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of forward_propagation run here.
### BEGIN HIDDEN TESTS
import gc_utils
import testCases

kinds = {
    "a fraction": (0.1234567891234, 11.70000001),
    "two negative numbers": (-5.0, -3.25),
    "a zero": (0.0, 9.0),
    "a zero of the other": (1.5, 0.0),
    "large numbers": (3.3e9, -7.7e9),
    "small numbers": (2.2e-9, 1.1e-6),
    "whole numbers": (-7, 3),
}
for kind in ("a fraction", "two negative numbers", "a zero", "a zero of the other", "large numbers", "small numbers", "whole numbers"):
    x, theta = kinds[kind]
    check_J = forward_propagation(x, theta)
    assert gc_utils.one_number(check_J), "forward_propagation: expected one number for every pair of numbers."
    # a product is rounded once, so whoever multiplies is off by 2 ** -53 of it at most; whoever adds up or rounds by more
    assert gc_utils.off_by(check_J, x * theta) <= 2.0**-51 * abs(x * theta), testCases.Finding(
        f"for {kind}, not equation (2), to its last digit.",
        hint="try such numbers on paper and in the code, and round nothing.",
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2: its slope (10 points)
#
# How fast does $J=\theta x$ grow with $\theta$?
#
# **By hand**: at $x=2$ raise $\theta$ from 4 to 4.5. $J$ rises from 8 to 9, and $1/0.5=2$. From 10 to 10.5 it is 2
# again. So write the analytic gradient $\partial J/\partial\theta$ of (2) as `backward_propagation(x, theta)` (about 1
# line). The cell after it prints `2`.
#
# <details><summary>Hint 1: the idea</summary>
#
# $J$ is a straight line in $\theta$: its slope is the same for every $\theta$.
#
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# The derivative of $c\,\theta$ by $\theta$ is $c$. What is $c$ here?
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# One of the two arguments is not needed.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "backward_propagation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward_propagation(x, theta):
    """The derivative of the cost (2) by theta.

    x : the input, a number
    theta : the parameter, a number
    Returns dtheta, a number
    """
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION


# %%
print(backward_propagation(2, 4))

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_visible", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("backward_propagation")

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_hidden", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of backward_propagation run here.
### BEGIN HIDDEN TESTS
import gc_utils
import testCases

kinds = {
    "two negative numbers": (-5.0, -3.25),
    "a large theta": (1.25, 1e30),
    "a zero": (0.0, 9.0),
    "a fraction": (0.123456789123, 0.457),
    "a theta of zero": (1.5, 0.0),
    "small numbers": (2.2e-9, 1.1e-6),
    "whole numbers": (-7, 3),
}
for kind in ("two negative numbers", "a large theta", "a zero", "a fraction", "a theta of zero", "small numbers", "whole numbers"):
    x, theta = kinds[kind]
    check_found = backward_propagation(x, theta)
    assert gc_utils.one_number(check_found), (
        "backward_propagation: expected one number for every pair of numbers."
    )
    # the slope needs no operation; one or two that undo each other may round in the last digit
    assert gc_utils.off_by(check_found, x) <= 2.0**-51 * abs(x), testCases.Finding(
        f"for {kind}, not the exact derivative of (2) by theta.",
        hint="which of the two arguments may it depend on, and does it need a step epsilon?",
    )
### END HIDDEN TESTS

# %% [markdown]
# ## Two sides are better than one
#
# You could also step to the right only:
#
# $$\frac{\partial J}{\partial \theta}\approx\frac{J(\theta+\varepsilon)-J(\theta)}{\varepsilon}\tag{3}$$
#
# **By hand**: $J(\theta)=\theta^3$ has slope 3 at $\theta=1$. With $\varepsilon=0.01$, (1) gives
# $(1.030301-0.970299)/0.02=3.0001$ and (3) gives $0.030301/0.01=3.0301$. The errors are $\varepsilon^2$ and
# $3\varepsilon+\varepsilon^2$.
#
# **Predict**: halve $\varepsilon$. By what factor does each error shrink? And if you go on for ever, towards
# $\varepsilon=10^{-12}$, what do you expect? Move the slider `exponent` ($\varepsilon=10^{\text{exponent}}$) after you
# decided.


# %% tags=["experiment"] alt="Two curves of error against epsilon, both axes logarithmic. The two-sided error falls twice as steeply as the one-sided and turns up near 1e-6; the one-sided turns up near 1e-8."
def errors(exponent=-2.0):
    epsilon = 10.0 ** np.append(exponent, np.arange(-12, -0.9, 0.25))
    two_sided = abs(((1 + epsilon) ** 3 - (1 - epsilon) ** 3) / (2 * epsilon) - 3)
    one_sided = abs(((1 + epsilon) ** 3 - 1) / epsilon - 3)
    figure, axes = subplots()
    for error, name in [(one_sided, "one-sided"), (two_sided, "two-sided")]:
        (line,) = axes.loglog(epsilon[1:], error[1:], label=f"{name}: {error[0]:.2g} at the dot")
        axes.plot(epsilon[0], error[0], "o", markersize=8, color=line.get_color())
    axes.set(xlabel="step epsilon", ylabel="error of the slope", ylim=(1e-12, 1))
    axes.legend(loc="lower left")
    return figure


alt = "Error against epsilon: the two-sided one falls twice as steeply; both turn up again at the left."
explore(errors, alt, exponent=(-12, -1, 0.25))

# %% [markdown]
# **What you see** (error of the slope against $\varepsilon$, dots at the slider's value): halving $\varepsilon$ divides
# the two-sided error by 4.00 and the one-sided by 2.00, until rounding takes over below about $10^{-6}$ and $10^{-8}$
# and a smaller step makes the slope *worse*.
#
# Why: a cost near 1 carries about 16 digits. Two costs that agree in 12 of them leave 4 digits in their difference, and
# dividing by a tiny $\varepsilon$ cannot bring the others back. The classic choice $\varepsilon=10^{-7}$ is on the edge;
# keep that in mind for the riddle later.

# %% [markdown]
# ## One number for "how far apart"
#
# Is a gap of 0.001 large? Not for a slope of 1000, but for one of 0.001. So divide by the sizes. The
# **relative difference** of an analytic gradient $g$ and a numerical one $\hat g$ is
#
# $$d=\frac{\lVert g-\hat g\rVert_2}{\lVert g\rVert_2+\lVert\hat g\rVert_2}\tag{4}$$
#
# $\lVert g\rVert_2$ (`np.linalg.norm`) is the root of the sum of squares.
#
# **By hand**: $g=(3,4)$ and $\hat g=(3,4.0001)$ give $0.0001/(5+5.00008)\approx 10^{-5}$. If $\hat g=2g$ it is
# $1/3$, if $\hat g=-g$ it is 1, the largest value possible.
#
# | $d$ near | read it as |
# |---|---|
# | $10^{-7}$ or less | right |
# | $10^{-5}$ | look again, part by part |
# | $10^{-3}$ or more | a bug, most likely |
#
# It is a scale, not a pass mark: you will meet a right gradient that reads $10^{-7}$, and one that reads $3\cdot10^{-4}$.

# %% [markdown]
# ### Exercise 3: check one parameter (10 points)
#
# Write `gradient_check(x, theta, epsilon=1e-7)` (about 6 lines): the costs of (2) on both sides, their slope (1), the
# analytic slope, and return (4). For one number, $\lVert g\rVert_2=|g|$. Any order of these operations is right;
# other schemes, with one side, five points or complex steps, are not (1).
#
# **By hand** at $x=2$, $\theta=4$, with $\varepsilon=0.5$: $J$ is 9 and 7, the slope $2/1=2$, so $d=0$. With $10^{-7}$
# rounding remains: the next cell prints `2.9193e-10`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Only $\theta$ moves; $x$ stays.
#
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# (1) divides by the whole distance between the two points.
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Name $\theta+\varepsilon$ and $\theta-\varepsilon$, then call exercise 1 on each.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "gradient_check", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_check(x, theta, epsilon=1e-7):
    """The relative difference (4) of the analytic and the numerical slope of the cost (2).

    x : the input, a number
    theta : the parameter, a number
    epsilon : the step to each side, a number
    Returns difference, a number
    """
    ### BEGIN SOLUTION
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    numeric = (J_plus - J_minus) / (2 * epsilon)
    gradient = backward_propagation(x, theta)
    return np.linalg.norm(gradient - numeric) / (np.linalg.norm(gradient) + np.linalg.norm(numeric))
    ### END SOLUTION


# %%
print(f"{gradient_check(2, 4):.4e}")

# %% nbgrader={"grade": true, "grade_id": "gradient_check_visible", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("gradient_check")

# %% nbgrader={"grade": true, "grade_id": "gradient_check_hidden", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of gradient_check run here.
### BEGIN HIDDEN TESTS
import numpy as np

import gc_utils
import testCases


def check_expected(check_J, check_slope, x, theta, epsilon=1e-7):
    numeric = (check_J(x, theta + epsilon) - check_J(x, theta - epsilon)) / (2 * epsilon)
    return abs(check_slope(x, theta) - numeric) / (abs(check_slope(x, theta)) + abs(numeric))


def check_reading(*point):
    value = gradient_check(*point)
    assert gc_utils.one_number(value), "gradient_check: expected one number for every input."
    return float(np.squeeze(value))


# J called or written inline, its slope called or written inline: all four are right, but one of them throughout.
# Every order of the operations of (1) is right too. So theta and epsilon are powers of 2: theta +- epsilon and each
# division by 2 epsilon are exact, the two costs are close enough to be subtracted exactly, and only the costs are
# rounded, in the same way for everybody. What is left are the few roundings of (4), 1e-15 of it: 1e-9 is room enough.
# Where epsilon is left out, it is no power of 2, and the quotients, ten times the slope, are rounded too.
cases = [
    (gc_utils.cubic_slope, [(1.5, 1.0, 2.0**-6), (-0.7, -2.0, 2.0**-7)]),
    (gc_utils.cubic_slope_doubled, [(2.1, -0.5, 2.0**-7)]),
    (gc_utils.linear_slope_negated, [(-0.7, 1.0, 2.0**-10)]),
    (gc_utils.cubic_slope, [(1.3, 0.5, 2.0**-16), (-1.7, -1.0, 2.0**-20)]),
    (gc_utils.cubic_slope, [(1.5e6, 2.0**-20)]),  # left out, epsilon is a tenth of theta, which shows with a curved J
]
got, ways = [], {(J, slope): [] for J in (gc_utils.cubic, lambda x, theta: theta * x) for slope in (None, lambda x, theta: x)}
for check_slope, points in cases:
    with testCases.given(gradient_check, forward_propagation=gc_utils.cubic, backward_propagation=check_slope):
        got += [check_reading(*point) for point in points]
    for J, slope in ways:
        ways[J, slope] += [check_expected(J, slope or check_slope, *point) for point in points]
check_ways = [way for way in ways.values() if np.allclose(got[:4], way[:4], rtol=1e-6, atol=1e-8)]
assert check_ways, testCases.Finding(
    "not the relative difference (4) of the slope and the two-sided estimate (1), for a curved J, "
    "a wrong slope or another epsilon.",
    hint="do x, theta and epsilon all reach (1), and the slope (4)?",
)
check_ways = [way for way in check_ways if np.allclose(got[:6], way[:6], rtol=1e-9, atol=1e-18)]
assert check_ways, testCases.Finding(
    "a small reading is rounded, cut off or not that of (1) and (4).", hint="what is done with (4) before it is returned?"
)
check_default = any(abs(got[6] - way[6]) < 1e-9 * way[6] + 2.0**-48 for way in check_ways)
with testCases.given(gradient_check, forward_propagation=gc_utils.saddle, backward_propagation=gc_utils.saddle_slope):
    far = [check_reading(x, side * 2.0**30, 2.0**-23) for x in (4.0, -3.0) for side in (1, -1)]
    points = (3.0, 1.3333333, 2.0**-22), (-3.0, 2.6666666, 2.0**-22)  # one cost alone is rounded, for it is beyond 4 or 8
    check_tiny = [check_reading(*point) for point in points]
    # with 1e-7 these read what rounding leaves, at most 2 roundings of theta / epsilon, and on average a quarter of one
    thetas = 1e4 * (1 + np.random.RandomState(5).rand(12))
    check_noise = np.mean([check_reading(3.0, theta) * 1e-7 * 2.0**53 / theta for theta in thetas])
# Out there the outer point rounds back to theta: two sides read 1/3, or 0 if the step is taken that came out, and one
# side alone reads 1. With x = -3 the cost rounds too: 1/5 or 1/7.
wants = [(0, 1 / 3), (0, 1 / 3), (1 / 5, 1 / 7), (1 / 5, 1 / 7)]
assert all(min(abs(reading - want) for want in pair) < 1e-9 for reading, pair in zip(far, wants)), testCases.Finding(
    "where rounding moves only one of the two points, another result than (1) and (4) give.",
    hint="are both sides used, are they two epsilon apart, and does x come from the argument?",
)
check_right = [check_expected(gc_utils.saddle, gc_utils.saddle_slope, *point) for point in points]
assert np.allclose(check_tiny, check_right, rtol=1e-9, atol=1e-18), testCases.Finding(
    "a reading near 0 is rounded or cut off.", hint="what is done with (4) before it is returned?"
)
assert check_default and (check_noise < 1e-6 or 0.08 < check_noise < 2), testCases.Finding(
    "where epsilon is left out, another result than (1) and (4) give.", hint="what does the first line say it is then?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## All parameters of a network in one column
#
# Your network has three layers, LINEAR → RELU → LINEAR → RELU → LINEAR → SIGMOID, with 4 inputs and 5, 3 and 1 units:
#
# $$20+5+15+3+3+1=47\ \text{parameters}$$
#
# The check treats them alike, so it wants one column $\theta$ of shape $(47,1)$. Three helpers convert:
#
# - `dictionary_to_vector(parameters)` gives `theta` and the name that each entry belongs to
# - `vector_to_dictionary(theta)` is the way back, with fresh arrays
# - `gradients_to_vector(gradients)` puts `dW1`, `db1`, … into the same order
#
# `forward_propagation_n(X, Y, parameters)` gives the cost and the cache. $X$ is $(4,m)$; the labels $Y$ come as $(m,)$
# or $(1,m)$. The next cell builds the example with $m=3$.

# %% nbgrader={"grade": false, "grade_id": "network", "locked": true, "schema_version": 3, "solution": false, "task": false}
X, Y, parameters = testCases.gradient_check_n_test_case()
cost, cache = forward_propagation_n(X, Y, parameters)
column, names = dictionary_to_vector(parameters)
print(f"the column has shape {column.shape}; the cost is {cost:.4f}")
print(f"entries 0, 20, 25, 40, 43, 46 belong to {[names[i] for i in (0, 20, 25, 40, 43, 46)]}")

# %% [markdown]
# ### Exercise 4: check 47 parameters (20 points)
#
# Write `gradient_check_n` (about 12 lines). For each $i$, change **only** entry $i$ of a fresh copy of $\theta$ and
# estimate $\hat g_i$ by (1). Then return (4). Leave all arrays passed in as they are.
#
# **By hand**: a gradient of zeros gives $\lVert\hat g\rVert/\lVert\hat g\rVert=1$, whatever the network. The next cell
# prints `1.0`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Exercise 3 in a loop; each round starts again from the original $\theta$.
#
# </details>
# <details><summary>Hint 2: shapes</summary>
#
# $g$ and $\hat g$ are both $(47,1)$, or (4) subtracts a row from a column.
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Copy $\theta$ twice; move one copy up, the other down; turn each into a dictionary.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "gradient_check_n", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    """The relative difference (4) of the gradients and the numerical gradient (1).

    parameters : dictionary of W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1)
    gradients : dictionary with dW1, ..., db3 of the same shapes
    X : (4, m) examples; Y : (m,) or (1, m) labels
    epsilon : the step to each side, a number
    Returns difference, a number
    """
    ### BEGIN SOLUTION
    theta, _ = dictionary_to_vector(parameters)
    gradient = gradients_to_vector(gradients)
    numeric = np.zeros_like(theta)
    for i in range(theta.size):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        numeric[i] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(gradient - numeric) / (np.linalg.norm(gradient) + np.linalg.norm(numeric))
    ### END SOLUTION


# %%
no_gradient = {"d" + name: np.zeros_like(value) for name, value in parameters.items()}
print(round(float(np.squeeze(gradient_check_n(parameters, no_gradient, X, Y))), 6))

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n_visible", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("gradient_check_n")

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n_hidden", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of gradient_check_n run here.
### BEGIN HIDDEN TESTS
import numpy as np

import gc_utils
import testCases
import reg_utils


def check_costs(examples, labels, points):
    """The stable costs at many points at once: each row of `points` is a column theta."""
    A, start = examples, 0
    for rows, columns in ((5, 4), (3, 5), (1, 3)):
        end = start + rows * columns
        Z = points[:, start:end].reshape(-1, rows, columns) @ A + points[:, end : end + rows, None]
        A, start = np.maximum(0, Z), end + rows
    return np.mean(np.logaddexp(0, Z[:, 0]) - labels * Z[:, 0], axis=1)


def check_expected(examples, labels, values, slopes, epsilon):
    """The relative difference, from the stable cost and with all steps at once."""
    theta, steps = gc_utils.dictionary_to_vector(values)[0].T, epsilon * np.eye(47)
    rise = check_costs(examples, labels, theta + steps) - check_costs(examples, labels, theta - steps)
    g, n = gc_utils.gradients_to_vector(slopes).ravel(), rise / (2 * epsilon)
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))


kinds = {
    "a wrong gradient and a single example": (56, 1, 1, 1e-5, {"db2": 0.0, "dW3": 3.0, "dW2": -2.0}),
    "a right gradient and a large epsilon": (64, 6, 1, 1e-2, {}),
    "epsilon left out": (70, 3, 1e4, 1e-7, {}),  # inputs so large that the reading is that of epsilon, not of rounding
}
for kind in ("a wrong gradient and a single example", "a right gradient and a large epsilon", "epsilon left out"):
    seed, m, unit, epsilon, factors = kinds[kind]
    examples, labels, values = gc_utils.safe_case(seed, m)
    examples, values["W1"] = examples * unit, values["W1"] / unit
    given = () if epsilon == 1e-7 else (epsilon,)  # left out, it is 1e-7
    _, stored = gc_utils.forward_propagation_n(examples, labels, values)
    slopes = reg_utils.backward_propagation(examples, labels, stored)
    slopes = {name: value * factors.get(name, 1.0) for name, value in slopes.items()}
    if factors:
        slopes["dW1"] += 0.1  # also where units are off and the numerical slope is 0
    want = check_expected(examples, labels, values, slopes, epsilon)
    before = gc_utils.copied([values, slopes, examples, labels])
    check_difference = gradient_check_n(values, slopes, examples, labels, *given)
    assert gc_utils.one_number(check_difference), "gradient_check_n: expected one number for every input."
    assert gc_utils.same_arrays(before, [values, slopes, examples, labels]), testCases.Finding(
        "it changes the arrays that it was given.", hint="which array do you step in?"
    )
    # |Z3| stays below 6, so the logarithm of 1 - a costs the classic cost e ** 6 = 400 roundings of 2 ** -53, a cost and
    # its quotient some more; that enters each of 47 slopes divided by epsilon, and (4) divided by the two norms.
    check_norms = np.linalg.norm(gc_utils.gradients_to_vector(slopes))
    check_room = 500 * 2.0**-53 * 47**0.5 / epsilon / check_norms + 1e-9 * want
    assert gc_utils.off_by(check_difference, want) < check_room, testCases.Finding(
        f"for {kind}, not the relative difference (4).",
        hint="is every one of the 47 entries moved alone, by epsilon, to both sides?",
    )
### END HIDDEN TESTS

# %% [markdown]
# ## A backward pass that nobody doubted
#
# Here is a draft from a colleague. It runs, the cost falls, and it is wrong in two places. Do not search for them yet:
# let the check do it.
#
# **Predict**: of its six **blocks**, `W1` to `b3`, two are wrong and four perfect. Will the reading be near
# $10^{-7}$, $10^{-3}$ or $10^{-1}$?


# %% nbgrader={"grade": false, "grade_id": "draft", "locked": true, "schema_version": 3, "solution": false, "task": false}
def backward_propagation_n_draft(X, Y, cache):
    """Gradients of the three-layer network, with two bugs."""
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3, db3 = dZ3 @ A2.T / m, dZ3.sum(axis=1, keepdims=True) / m
    dZ2 = W3.T @ dZ3 * (A2 > 0)
    dW2, db2 = dZ2 @ A1.T / m * 2, dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (A1 > 0)
    dW1, db1 = dZ1 @ X.T / m, 4.0 / m * dZ1.sum(axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


# %%
draft = backward_propagation_n_draft(X, Y, cache)
print(f"{np.squeeze(gradient_check_n(parameters, draft, X, Y)):.4f}")

# %% [markdown]
# The draft reads **0.2851**, far up the scale: a bug, without doubt. (With only one of the two it would be 0.1734 or
# 0.2544.)
#
# But *where*? One number for 47 parameters cannot say. Look at the blocks, each with a relative difference of its own:
#
# | block | W1 | b1 | W2 | b2 | W3 | b3 |
# |---|---|---|---|---|---|---|
# | $d$, with $\varepsilon=10^{-7}$ | 1.6e-7 | **0.6** | **0.3333** | 3.4e-8 | 2.5e-8 | 2.5e-7 |
#
# Two blocks stand out, and their values tell even more. If a block is $k>1$ times the truth, then $d=(k-1)/(k+1)$. So
# $0.3333$ means $k=2$. Which $k$ gives $0.6$?

# %% [markdown]
# ### Exercise 5: name the wrong blocks (10 points)
#
# Write `wrong_blocks` (about 15 lines): for each of `W1`, `b1`, …, `b3` in this order, (4) of its gradient and (1) alone.
# Return the list of the names whose $d$ exceeds `threshold`. If both gradients are zero, $d$ counts as 0.
# Leave all arrays passed in as they are.
#
# **By hand**: the table above gives `['b1', 'W2']`, as the next cell prints.
#
# <details><summary>Hint 1: the idea</summary>
#
# Exercise 4, with six results; its loop may go into a function in a cell of your own.
#
# </details>
# <details><summary>Hint 2: zeros</summary>
#
# Can you ask $d>t$ without dividing?
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Loop over the six names; inside, over the entries of that block.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "wrong_blocks", "locked": false, "schema_version": 3, "solution": true, "task": false}
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    """The names of the parameters whose own relative difference (4) exceeds the threshold.

    parameters : dictionary of W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1)
    gradients : dictionary with dW1, ..., db3 of the same shapes
    X : (4, m) examples; Y : (m,) or (1, m) labels
    Returns a list of names, such as ["W1", "b3"], in the order W1, b1, W2, b2, W3, b3
    """
    ### BEGIN SOLUTION
    wrong = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        numeric = np.zeros(parameters[name].shape)
        for place in np.ndindex(numeric.shape):
            plus, minus = parameters[name].copy(), parameters[name].copy()
            plus[place] += epsilon
            minus[place] -= epsilon
            J_plus, _ = forward_propagation_n(X, Y, {**parameters, name: plus})
            J_minus, _ = forward_propagation_n(X, Y, {**parameters, name: minus})
            numeric[place] = (J_plus - J_minus) / (2 * epsilon)
        gradient = gradients["d" + name]
        sizes = np.linalg.norm(gradient) + np.linalg.norm(numeric)
        if np.linalg.norm(gradient - numeric) > threshold * sizes:
            wrong.append(name)
    return wrong
    ### END SOLUTION


# %%
print(wrong_blocks(parameters, backward_propagation_n_draft(X, Y, cache), X, Y))

# %% nbgrader={"grade": true, "grade_id": "wrong_blocks_visible", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("wrong_blocks")

# %% nbgrader={"grade": true, "grade_id": "wrong_blocks_hidden", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of wrong_blocks run here.
### BEGIN HIDDEN TESTS
import numpy as np

import gc_utils
import testCases
import reg_utils


def check_found(seed, m, factors, margin=0.02, units=(1, 1), **options):
    """wrong_blocks where some right gradients are multiplied by factors, and inputs and layer 1 have other units."""
    examples, labels, values = gc_utils.safe_case(seed, m, margin)
    examples, values["W1"] = examples * units[0], values["W1"] * units[1] / units[0]
    values["b1"], values["W2"] = values["b1"] * units[1], values["W2"] / units[1]
    _, stored = gc_utils.forward_propagation_n(examples, labels, values)
    slopes = reg_utils.backward_propagation(examples, labels, stored)
    slopes = {name: value * factors.get(name, 1.0) for name, value in slopes.items()}
    names_found = wrong_blocks(values, slopes, examples, labels.ravel() if m == 4 else labels, **options)
    assert isinstance(names_found, (list, tuple)), "wrong_blocks: expected a list for every network."
    return list(names_found)


one_of_W1, one_of_W2 = np.ones((5, 4)), np.ones((3, 5))
one_of_W1[2, 2] = one_of_W2[0, 1] = 8.0
six = {
    "dW1": one_of_W1,
    "db1": 0.35,
    "dW2": one_of_W2,
    "db2": 3.17,
    "dW3": np.array([[1, 1, -1]]),
    "db3": 2.85,
}
assert check_found(115, 4, six, threshold=0.5) == ["W1", "b2", "W3"], testCases.Finding(
    "wrong names for another threshold.",
    hint="which norms does (4) divide by, does every entry of a block enter with its sign, and where is the threshold?",
)
near = check_found(70, 3, {"db2": 1 + 1.6e-5}, margin=0.05, units=(4.8e5, 400))
assert near == ["W1"], testCases.Finding(  # which reads 1.4e-5; W2 reads 0.9e-5 and b2 0.8e-5
    "it is too strict or too lenient near the threshold, or takes another step than epsilon.",
    hint="what is compared with the threshold, and what are the two where they are left out?",
)
assert check_found(44, 4, {}, epsilon=0.3, threshold=0.01) == ["W1", "b1", "W2", "b2"], testCases.Finding(
    "the names do not depend on epsilon as (1) does.",
    hint="in which places of (1) does it stand, and is it (1) or (3)?",
)
examples, labels, values = gc_utils.safe_case(45, 4)
values["b1"] -= 100.0  # layer 1 is off, and layer 3 sure of itself: gradients that are zero, and small ones
values["b3"] -= 12.0
slopes = reg_utils.backward_propagation(
    examples, 0 * labels, gc_utils.forward_propagation_n(examples, 0 * labels, values)[1]
)
slopes = {name: 1.1 * value for name, value in slopes.items()}
slopes |= {"dW2": slopes["dW2"] + 1e-5, "db2": 0 * slopes["db2"]}
before = gc_utils.copied([values, slopes, examples])
names_found = wrong_blocks(values, slopes, examples, 0 * labels, threshold=1e-3)
assert "W1" not in names_found and "b1" not in names_found, testCases.Finding(
    "a block whose two gradients are both zero is named.", hint="what is 0 / 0, and what should count?"
)
assert list(names_found) == ["W2", "b2", "W3", "b3"], testCases.Finding(
    "wrong names where gradients are small, or where only one of the two is zero.",
    hint="(4) is relative to the two sizes, however small, and 0 only if both are zero.",
)
assert gc_utils.same_arrays(before, [values, slopes, examples]), testCases.Finding(
    "it changes the arrays that it was given.", hint="which array do you step in?"
)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6: mend the backward pass (10 points)
#
# Write `backward_propagation_n` right (about 9 lines), for layers of any size; return at least `dW1` … `db3`, and leave
# `X` and the cache as they are. For $l=3,2,1$ with $A^{[0]}=X$:
#
# $$dW^{[l]}=\tfrac1m\,dZ^{[l]}A^{[l-1]T},\qquad db^{[l]}=\tfrac1m\textstyle\sum_i dZ^{[l](i)}\tag{5}$$
#
# and $dZ^{[3]}=A^{[3]}-Y$, $dZ^{[l]}=W^{[l+1]T}dZ^{[l+1]}$ where $A^{[l]}>0$, else 0.
#
# **By hand**: $m=2$, $dZ=(1,-3)$, $A=(2,0)$ give $dW=1$, $db=-1$. The next cell prints about `1.2e-07` and
# no wrong blocks, `[]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Trust the blocks that were not named.
#
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# Hold the two others against (5).
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# What is $k$ in each?
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "backward_propagation_n", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward_propagation_n(X, Y, cache):
    """The gradients (5) of the cost by all six parameters.

    X : (n_0, m) examples, here n_0 = 4; Y : (m,) or (1, m) labels
    cache : (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) of forward_propagation_n
    Returns a dictionary with dW1, db1, dW2, db2, dW3, db3, each shaped as its parameter
    """
    ### BEGIN SOLUTION
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3, db3 = dZ3 @ A2.T / m, dZ3.sum(axis=1, keepdims=True) / m
    dZ2 = W3.T @ dZ3 * (A2 > 0)
    dW2, db2 = dZ2 @ A1.T / m, dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (A1 > 0)
    dW1, db1 = dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
    ### END SOLUTION


# %%
mended = backward_propagation_n(X, Y, cache)
print(f"{np.squeeze(gradient_check_n(parameters, mended, X, Y)):.1e}", wrong_blocks(parameters, mended, X, Y))

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_n_visible", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("backward_propagation_n")

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_n_hidden", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of backward_propagation_n run here.
### BEGIN HIDDEN TESTS
import numpy as np

import gc_utils
import reg_utils
import testCases

kinds = {
    "a large batch": ([4, 5, 3, 1], 30, 11, 1e3),
    "a single example": ([4, 5, 3, 1], 1, 52, 1),
    "layers of other sizes and small inputs": ([3, 4, 4, 1], 4, 53, 1e-15),
    "layers with a single unit": ([2, 1, 1, 1], 5, 54, 1),
}
for kind in ("a large batch", "a single example", "layers of other sizes and small inputs", "layers with a single unit"):
    sizes, m, seed, unit = kinds[kind]
    examples, labels, values = testCases.random_case(sizes, m, seed, margin=0)
    examples, values["W1"] = examples * unit, values["W1"] / unit
    _, stored = gc_utils.forward_propagation_n(examples, labels, values)
    right = reg_utils.backward_propagation(examples, labels, stored)
    given = [examples, labels.ravel() if m == 4 else labels, stored]
    before = gc_utils.copied(given)
    slopes = backward_propagation_n(*given)
    assert isinstance(slopes, dict), "backward_propagation_n: expected a dictionary for every network."
    for name in ("dW1", "db1", "dW2", "db2", "dW3", "db3"):
        check_gradient, want = slopes.get(name), right[name]
        assert isinstance(check_gradient, np.ndarray) and check_gradient.shape == want.shape, (
            f"backward_propagation_n: for {kind}, {name} is not an array of the shape of what it is the gradient of."
        )
        # sums of at most 30 products, three layers deep: some hundred roundings of 2 ** -53, and a thousand times room
        assert np.linalg.norm(check_gradient - want) <= 1e-10 * np.linalg.norm(want), testCases.Finding(
            f"for {kind}, {name} is not the slope of the cost.",
            also=testCases.kind(check_gradient, want),
            hint="hold this block against (5), factor by factor, and round nothing.",
        )
    assert gc_utils.same_arrays(before, given), testCases.Finding(
        "it changes X, Y or the cache.", hint="which array do you write into?"
    )
### END HIDDEN TESTS

# %% [markdown]
# ## The riddle of $10^{-7}$
#
# Your gradient is exact, and still reads `1.2e-07`. With the rule "a bug if $d>10^{-7}$" you would hunt a bug that does
# not exist. Where does it come from?
#
# The third example has label 0 and output $a=0.9989$. Its loss is $-\ln(1-a)$, and $1-0.9989=0.0011$ has lost three
# digits: the **lost digits** that you saw in the first figure. The same loss can be written with $z$ instead of $a$:
# $-\ln(1-\sigma(z))=\ln(1+e^{z})$ with the sigmoid $\sigma$, where nothing is subtracted.
#
# **Predict**: same gradient, same $\varepsilon$, only the loss rewritten. How far does the reading fall?

# %% tags=["experiment"] alt="Reading of the check against epsilon, both axes logarithmic, for two ways to compute the same cost. To the right of 1e-4 they agree; below, the classic cost reads about a hundred times higher."
steps = 10.0 ** np.arange(-8, -1)
gradients = backward_propagation_n(X, Y, cache)
classic = [float(np.squeeze(gradient_check_n(parameters, gradients, X, Y, step))) for step in steps]
with testCases.given(gradient_check_n, forward_propagation_n=gc_utils.forward_propagation_n_stable):
    stable = [float(np.squeeze(gradient_check_n(parameters, gradients, X, Y, step))) for step in steps]
figure, axes = subplots()
for readings, name in [(classic, "cost from a"), (stable, "cost from z")]:
    axes.loglog(steps, readings, marker="o", label=f"{name}: {readings[1]:.2g} at 1e-7")
axes.set(xlabel="step epsilon", ylabel="reading d of a right gradient")
axes.legend()
show(
    figure,
    "Reading against epsilon: right of 1e-4 the costs agree, below the cost from a reads 100 times more.",
)

# %% [markdown]
# **What you see** (reading of the right gradient against $\varepsilon$, for two ways to compute one cost): at $10^{-7}$
# the reading falls from 1.2e-7 to 1.1e-9, a hundred times, and with $\varepsilon=10^{-5}$ even the classic cost reads
# 9.3e-10.
#
# So a bad reading has three suspects: the gradient, the cost, and $\varepsilon$. Before you hunt for a bug, try
# $\varepsilon=10^{-5}$.
#
# The cell used a trick that returns below: inside `with testCases.given(…)`, your `gradient_check_n` finds another
# function under the name `forward_propagation_n`, and so checks the gradient of another cost.

# %% [markdown]
# ## Check the cost you train on
#
# With L2 regularization you minimise another cost, so its penalty belongs in **both** witnesses:
#
# $$J+\frac{\lambda}{2m}\sum_l\lVert W^{[l]}\rVert_F^2\qquad\text{and}\qquad dW^{[l]}+\frac{\lambda}{m}W^{[l]}\tag{6}$$
#
# **Predict**: forget it in the gradient only, or in the cost only. Which one reads worse?


# %% tags=["experiment"] alt="Three bars on a logarithmic axis. With the penalty in cost and gradient the reading is 8e-10; with the penalty missing in either of them it is 0.16."
def penalised(X, Y, parameters, lambd=0.7):
    cost, cache = gc_utils.forward_propagation_n(X, Y, parameters)
    theta, names = dictionary_to_vector(parameters)
    squares = np.sum(theta[np.char.startswith(names, "W")] ** 2)
    return cost + lambd / (2 * X.shape[1]) * squares, cache


def reading(gradients, cost_function=gc_utils.forward_propagation_n, epsilon=1e-5):
    with testCases.given(gradient_check_n, forward_propagation_n=cost_function):
        return float(np.squeeze(gradient_check_n(parameters, gradients, X, Y, epsilon)))


plain = backward_propagation_n(X, Y, cache)
full = {"d" + n: plain["d" + n] + (0.7 / 3 * parameters[n] if n[0] == "W" else 0) for n in parameters}
found = [reading(full, penalised), reading(plain, penalised), reading(full)]
figure, axes = subplots(figsize=(6, 2))
axes.barh(["in both", "in the cost only", "in the gradient only"], found)
axes.set(xscale="log", xlabel="reading d, epsilon = 1e-5", xlim=(1e-10, 1))
show(figure, "Readings: 8e-10 with the penalty in cost and gradient, 0.16 with it missing in either.")

# %% [markdown]
# **What you see** (the reading as a bar, by where the penalty is): 8e-10 with the penalty in both, and 0.1599 both when
# it is missing in the gradient and when it is missing in the cost.
#
# The check cannot tell who is right. It only says that two witnesses speak of different costs.

# %% [markdown]
# ## Dropout: a cost that changes while you look
#
# Dropout draws a new mask for every forward pass. So $J(\theta+\varepsilon)$ and $J(\theta-\varepsilon)$ belong to two
# different networks, and their difference has little to do with $\varepsilon$. Here dropout acts on the inputs, with
# `keep_prob` 0.8; the analytic gradient uses the very mask of its own forward pass.
#
# **Predict**: order three readings: no dropout, one mask kept for all passes, a fresh mask for each pass.

# %% tags=["experiment"] alt="Three bars on a logarithmic axis. Without dropout 9e-10, with one fixed mask 2e-9, with fresh masks almost exactly 1."
rng = np.random.RandomState(0)
mask = rng.binomial(1, 0.8, X.shape) / 0.8


def with_one_mask(X, Y, parameters):
    return gc_utils.forward_propagation_n(X * mask, Y, parameters)


def with_fresh_masks(X, Y, parameters):
    return gc_utils.forward_propagation_n(X * rng.binomial(1, 0.8, X.shape) / 0.8, Y, parameters)


masked = backward_propagation_n(X * mask, Y, with_one_mask(X, Y, parameters)[1])
dropped = [reading(plain), reading(masked, with_one_mask), reading(masked, with_fresh_masks)]
figure, axes = subplots(figsize=(6, 2))
axes.barh(["no dropout", "one mask", "fresh masks"], dropped)
axes.set(xscale="log", xlabel="reading d, epsilon = 1e-5", xlim=(1e-10, 1))
show(figure, "Readings: 9e-10 without dropout, 2e-9 with one fixed mask, almost 1 with fresh masks.")

# %% [markdown]
# **What you see** (the reading as a bar, by kind of dropout): 9.3e-10 without dropout, 2.1e-9 with one mask, 1.0000 with
# fresh masks. The last gradient is as right as the others; only the check is worthless there.
#
# So switch dropout off while you check, or freeze its mask.
#
# ## A kink within reach
#
# ReLU bends at 0. If some $Z$ lies closer to 0 than a step carries it, the two costs stand on different sides of the bend
# and (1) averages two slopes.
#
# **Predict**: the next cell puts one entry of $Z^{[1]}$ at $5\cdot10^{-5}$. The gradient is exact. What does the reading
# do as $\varepsilon$ grows from $10^{-6}$ to $10^{-3}$?

# %% tags=["experiment"] alt="Reading against epsilon, both axes logarithmic, with a vertical line at 5e-5. Left of the line the reading stays near 1e-10, right of it it jumps to 3e-4."
inputs, targets, near = gc_utils.safe_case(1)
near["b1"][0] -= forward_propagation_n(inputs, targets, near)[1][0][0, 0] - 5e-5
exact = backward_propagation_n(inputs, targets, forward_propagation_n(inputs, targets, near)[1])
steps = 10.0 ** np.arange(-6, -2.9, 0.25)
readings = [float(np.squeeze(gradient_check_n(near, exact, inputs, targets, step))) for step in steps]
figure, axes = subplots()
axes.loglog(steps, readings, marker="o")
axes.axvline(5e-5, linestyle="--", color="black")
axes.annotate("distance of Z to 0", (5e-5, 1e-8), xytext=(6, 0), textcoords="offset points")
axes.set(xlabel="step epsilon", ylabel="reading d of a right gradient")
show(figure, "Reading against epsilon: near 1e-10 left of the dashed line at 5e-5, 3e-4 right of it.")

# %% [markdown]
# **What you see** (the reading against $\varepsilon$; the dashed line is the distance to the bend): near $10^{-10}$ at
# $\varepsilon=10^{-5}$, but 2.8e-4 at $10^{-4}$: on its way to "a bug, most likely", and there is none.
#
# The jump starts a little before the line, because a step in a weight moves $Z$ by $\varepsilon x$, and some inputs exceed 1.
# A bug does not care about $\varepsilon$. A kink does: make $\varepsilon$ ten times smaller, and its reading collapses.

# %% [markdown]
# ## Check again after training
#
# At initialization the biases are zero, so a wrong term that multiplies a bias is invisible. The next cell plants one: the
# penalty's gradient is added to the biases too, although the cost (6) penalises only weights.
#
# **Predict**: the reading at step 0, and after 20 steps of gradient descent.

# %% tags=["experiment"]
random = np.random.RandomState(0)
inputs = random.randn(4, 40)
targets = (inputs[:1] * inputs[1:2] > 0).astype(int)
readings = {"right": [], "biases penalised": []}


def with_penalty(X, Y, cache, on="Wb"):
    gradients = backward_propagation_n(X, Y, cache)
    for n, i in (("W1", 2), ("b1", 3), ("W2", 6), ("b2", 7), ("W3", 10), ("b3", 11)):
        gradients["d" + n] = gradients["d" + n] + 0.7 / X.shape[1] * cache[i] * (n[0] in on)
    return gradients


def record(step, now):
    cache = forward_propagation_n(inputs, targets, now)[1]
    with testCases.given(gradient_check_n, forward_propagation_n=penalised):
        for name, on in [("right", "W"), ("biases penalised", "Wb")]:
            gradients = with_penalty(inputs, targets, cache, on)
            readings[name] += [float(np.squeeze(gradient_check_n(now, gradients, inputs, targets, 1e-5)))]


# %% tags=["experiment"] alt="Reading against training steps on a logarithmic axis: the right gradient stays near 1e-10; the wrong one starts there and is at 0.04 after 20 steps."
network = initialize_parameters([4, 5, 3, 1])
steps = (reg_utils.forward_propagation, with_penalty, compute_cost)
train(inputs, targets, network, *steps, 0.5, 201, record_every=20, on_record=record)
figure, axes = subplots()
for (name, values), marker in zip(readings.items(), "o^"):
    axes.semilogy(20 * np.arange(len(values)), values, marker=marker)
    axes.annotate(name, (100, values[5]), xytext=(0, -20), textcoords="offset points")
axes.set(xlabel="steps of gradient descent", ylabel="reading d, epsilon = 1e-5")
show(figure, "Reading against steps: the right gradient stays near 1e-10, the wrong one jumps to 0.04.")

# %% [markdown]
# **What you see** (the reading against training steps): both start near $10^{-10}$. After 20 steps the wrong gradient
# reads 0.036, the right one still near $10^{-10}$.
#
# So check with random biases, or check at initialization *and* again after some training.
#
# ## What it costs
#
# **Predict**: how many costs does one check of 47 parameters compute? And of a million?

# %% tags=["experiment"] alt="Costs computed against number of parameters, both axes logarithmic: a straight line from 94 for 47 parameters to 159,020 for 79,510, far above the single backward pass."
calls = []


def counted(X, Y, parameters):
    calls.append("one cost")
    return gc_utils.forward_propagation_n(X, Y, parameters)


reading(plain, counted)
networks = [(4, 5, 3, 1), (2, 10, 5, 1), (2, 20, 3, 1), (784, 100, 10)]
counts = [sum((a + 1) * b for a, b in zip(layers, layers[1:])) for layers in networks]
print(f"one check of 47 parameters computes {len(calls)} costs; the four networks: {[2 * n for n in counts]}")
figure, axes = subplots()
axes.loglog(counts, [2 * count for count in counts], marker="o", linestyle="")
for count, layers, right_by, up_by in zip(counts, networks, (8, -80, 8, 8), (-10, 2, 0, -4)):
    axes.annotate(layers, (count, 2 * count), xytext=(right_by, up_by), textcoords="offset points")
axes.axhline(1, linestyle="--", color="black")
axes.set(xlabel="parameters", ylabel="costs for one check", xlim=(4, 1e6), ylim=(0.5, 1e6))
show(figure, "Costs against parameters: 94 for 47, 159,020 for 79,510; the dashed line is one backward pass.")

# %% [markdown]
# **What you see** (costs per check against parameters, networks by their layer sizes; dashed: the one backward pass that
# gives all slopes at once): two costs for each parameter, 94, 182 and 254 for the course's networks. At a million
# parameters and 1 ms a cost that is 33 minutes, for one gradient.
#
# So the check is a tool for debugging: run it on a small network and a small batch, then switch it off.

# %% [markdown]
# ## Written question (5 points)
#
# A network with L2 regularization and dropout is checked with $\varepsilon=10^{-5}$. Its biases start at zero.
#
# - (a) dropout on, at initialization: $d=0.98$
# - (b) dropout off, at initialization: $d=2\cdot10^{-9}$
# - (c) dropout off, after 500 steps: $d=0.04$; the same with $\varepsilon=10^{-6}$; only `b2` is named
#
# For each reading: does it show a bug, and why or why not? Then name one bug that would explain all three. Four to eight
# sentences.

# %% [markdown] nbgrader={"grade": true, "grade_id": "gradient_checking_question", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# (a) shows nothing: with fresh masks the two costs belong to different networks, so a right gradient would read the same
# (1 point). (b) shows no bug at this point, but biases of zero hide every term that multiplies one (1 point). (c) shows a
# bug: dropout is off, and the reading does not change with $\varepsilon$, so it is neither a kink nor rounding (2 points).
# One that fits: the gradient of the second layer's biases contains $\frac{\lambda}{m}b^{[2]}$, though the cost penalises
# weights only. It is 0 at initialization and grows with `b2` (1 point).

# %% [markdown]
# ## What you have learned
#
# - You estimated slopes from two costs, and saw two sides win by a power of $\varepsilon$ until rounding takes over.
# - You compared vectors by their relative difference and read it on a scale, not against one threshold.
# - You checked 47 parameters at once, then named the two wrong blocks of a draft.
# - You mended its backward pass.
# - You met five readings that mislead: lost digits, a forgotten penalty, fresh dropout masks, a kink, zero biases.

# %% [markdown]
# ## On your own
#
# 1. Plant a bug of your own, $dW^{[3]}$ with one column halved. Predict the reading, then measure it.
# 2. Repeat the kink with three entries of $Z^{[1]}$ near 0. Plot the reading against $\varepsilon$ and explain its steps.
# 3. Check along one random direction instead of 47 entries (`testCases.slope_along`). What does it save, and what does it
#    no longer tell you?

# %% [markdown]
# ## Sources
#
# - Y. Bengio (2012), *Practical recommendations for gradient-based training of deep architectures*, on checking gradients:
#   [doi:10.1007/978-3-642-35289-8_26](https://doi.org/10.1007/978-3-642-35289-8_26)
# - J. Nocedal, S. J. Wright (2006), *Numerical Optimization*, chapter 8, on (1), (3) and the best $\varepsilon$:
#   [doi:10.1007/978-0-387-40065-5](https://doi.org/10.1007/978-0-387-40065-5)
# - N. J. Higham (2002), *Accuracy and Stability of Numerical Algorithms*, chapter 1, on lost digits:
#   [doi:10.1137/1.9780898718027](https://doi.org/10.1137/1.9780898718027)
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams (1986), *Learning representations by back-propagating errors*, on (5):
#   [doi:10.1038/323533a0](https://doi.org/10.1038/323533a0)
# - N. Srivastava et al. (2014), *Dropout*, [jmlr.org/papers/v15/srivastava14a](https://jmlr.org/papers/v15/srivastava14a.html);
#   W. Squire, G. Trapp (1998), *Using complex variables to estimate derivatives of real functions*, for slopes without
#   subtraction: [doi:10.1137/S003614459631241X](https://doi.org/10.1137/S003614459631241X)
