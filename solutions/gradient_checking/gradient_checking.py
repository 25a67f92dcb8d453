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
# and about two hours. Nothing below section 14 is needed for points.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import copy  # copy and math are for your answers, should you want them
import math

import numpy as np

import diagrams_gradient_checking as diagrams
import figures_gradient_checking as figures
import gc_utils
import testCases
from gc_given import backward_propagation_n_draft, print_msg, show_source
from gc_utils import dictionary_to_vector, forward_propagation_n, gradients_to_vector
from gc_utils import relu, sigmoid, vector_to_dictionary
from reg_utils import initialize_parameters, update_parameters, use_style

use_style()

# %% [markdown]
# ## 1. A second witness
#
# A backward pass with a bug may still train. Nothing crashes, and often the cost falls. Here is a network from the
# lesson on regularization, trained three times from the same start. One backward pass is right, one has two bugs, and
# in one the sign of one term is turned.
#
# **Predict.** What will the three costs A, B and C do, and will you be able to tell which pass is right? Write your
# prediction between the quotes of the next cell, then run both cells. All experiments of this lesson work so.

# %%
my_prediction = ""  # how A, B and C fall, and whether one can tell

# %% tags=["experiment"]
figures.show_three_trainings(my_prediction, start=3)

# %% [markdown]
# **Why?** Which of A, B and C is right, do you think, and why? Double-click here and write one sentence.

# %% [markdown]
# <details><summary>What was measured</summary>
#
# B is right, A has two bugs, C has the turned sign. After 2,000 iterations A is at 0.392, *below* B at 0.409. Over the
# starts 0 to 5, A ends lower than B in three and higher in three. C stays near 0.69 in five of the six: it has learned
# nothing. So a bug may ruin a training, or leave no trace in the cost at all.
#
# </details>

# %% [markdown]
# So ask a second witness, the cost. Move one parameter $\theta$ a little to the right and to the left:
#
# $$\frac{\partial J}{\partial \theta}\approx\frac{J(\theta+\varepsilon)-J(\theta-\varepsilon)}{2\varepsilon}\tag{1}$$
#
# This is the **numerical gradient**, far too slow to train with, but its code is short. What your backward pass returns is the **analytic gradient**. Where the two disagree, something is wrong: the
# gradient, the cost, or the comparison. You will meet all three. The next cell draws the plan.
#
# You start with a model of one parameter, and follow every number by hand.

# %% tags=["experiment"]
diagrams.show_two_witnesses()

# %% [markdown]
# ### Exercise: `forward_propagation`
#
# *10 points.* The smallest model has one input $x$ and one parameter $\theta$, both plain numbers:
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
    "a theta one epsilon further on": (0.1234567891234, 11.70000001 + 1e-7),
}
found = testCases.answers(forward_propagation, kinds.values())
for kind in ("a fraction", "two negative numbers", "a zero", "a zero of the other", "large numbers", "small numbers", "whole numbers", "a theta one epsilon further on"):
    x, theta = kinds[kind]
    check_J = found[list(kinds).index(kind)]
    assert gc_utils.one_number(check_J), "forward_propagation: expected one number for every pair of numbers."
    # a product is rounded once, so whoever multiplies is off by 2 ** -53 of it at most; whoever adds up or rounds by more
    assert gc_utils.off_by(check_J, x * theta) <= 2.0**-51 * abs(x * theta), testCases.Finding(
        f"for {kind}, not equation (2), to its last digit.",
        hint="try such numbers on paper and in the code, and round nothing.",
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: `backward_propagation`
#
# *10 points.* How fast does $J=\theta x$ grow with $\theta$?
#
# **By hand**: at $x=2$ raise $\theta$ from 4 to 4.5. $J$ rises from 8 to 9, and $1/0.5=2$. From 10 to 10.5 it is 2
# again. So write the analytic gradient $\partial J/\partial\theta$ of (2) as `backward_propagation(x, theta)` (about 1
# line): a formula, not a difference of costs, for it is the other witness. The cell after it prints `2`.
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
found = testCases.answers(backward_propagation, kinds.values())
for kind in ("two negative numbers", "a large theta", "a zero", "a fraction", "a theta of zero", "small numbers", "whole numbers"):
    x, theta = kinds[kind]
    check_found = found[list(kinds).index(kind)]
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
# ## 2. Two sides are better than one
#
# You could also step to the right only:
#
# $$\frac{\partial J}{\partial \theta}\approx\frac{J(\theta+\varepsilon)-J(\theta)}{\varepsilon}\tag{3}$$
#
# **By hand**: $J(\theta)=\theta^3$ has slope 3 at $\theta=1$. With $\varepsilon=0.01$, (1) gives
# $(1.030301-0.970299)/0.02=3.0001$ and (3) gives $0.030301/0.01=3.0301$. Why:
# $(1\pm\varepsilon)^3=1\pm3\varepsilon+3\varepsilon^2\pm\varepsilon^3$. To one side the rise is
# $3\varepsilon+3\varepsilon^2+\varepsilon^3$, and divided by $\varepsilon$ it is $3+3\varepsilon+\varepsilon^2$. Between both sides
# it is $6\varepsilon+2\varepsilon^3$: the bend $3\varepsilon^2$ cancels, and divided by $2\varepsilon$ it is $3+\varepsilon^2$.
#
# A line through two points of a curve is a **secant**; (1) and (3) are slopes of secants. The line that touches the
# curve in one point is the **tangent**; its slope is what you want.

# %% tags=["experiment"]
figures.show_secants()

# %% [markdown]
# Both secants close on the tangent as $\varepsilon$ shrinks. The two-sided one is nearer to its slope all the way.
#
# **Predict.** Halve $\varepsilon$: by what factor does each error shrink? And if you go on, towards
# $\varepsilon=10^{-12}$ and below, what do you expect?
#
# Then comes a film. Move its slider: the window around $\theta=1$ shrinks with
# $\varepsilon$, so you look at the cost (black) through an ever stronger microscope. The triangles are the two points
# of (1), the pale line is the tangent. The last cell draws the errors of both estimates.

# %%
my_prediction = ""  # the factors, and what happens at 1e-12

# %% tags=["experiment"]
figures.tell(my_prediction)
figures.show_microscope()

# %% tags=["experiment"]
figures.show_errors(my_prediction)

# %% [markdown]
# **Why?** One sentence, here: why can a smaller step make the slope worse?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# Halving $\varepsilon$ divides the two-sided error by 4.00 and the one-sided by 2.00, until rounding takes over below
# about $3\cdot10^{-6}$ and $10^{-8}$; from there a smaller step makes the slope mostly *worse*.
#
# Why: Python stores a number with about 16 digits. Two costs that agree in 12 of them leave 4 digits in their
# difference, and dividing by a tiny $\varepsilon$ cannot bring the others back. At $\varepsilon=10^{-15}$ the film
# shows it: the cost is a staircase. The classic choice $\varepsilon=10^{-7}$ already lies where rounding rules:
# keep that in mind for section 7.
#
# </details>

# %% [markdown]
# ## 3. One number for "how far apart"
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

# %% [markdown]
# | $d$ near | read it as |
# |---|---|
# | $10^{-7}$ or less | right |
# | $10^{-5}$ | look again, part by part |
# | $10^{-3}$ or more | a bug, most likely |
#
# (Figures draw the borders at $10^{-6}$ and $10^{-4}$.) It is a scale, not a pass mark: you will meet a right gradient that
# reads $10^{-7}$, and right ones that read $3\cdot10^{-4}$ and 0.03. Many texts use one **threshold**, $10^{-7}$ or `2e-7`;
# `print_msg(d)` prints such a verdict.

# %% [markdown]
# ### Exercise: `gradient_check`
#
# *10 points.* Write `gradient_check(x, theta, epsilon=1e-7)` (about 6 lines): the costs on both sides, their
# slope (1), the analytic slope, and return (4). For one number, $\lVert g\rVert_2=|g|$. The **two-sided** estimate is
# asked, no other. The order of the arithmetic is free. No check uses an input that makes both slopes 0.
#
# **By hand** at $x=2$, $\theta=4$, with $\varepsilon=0.5$: $J$ is 9 and 7, the slope $2/1=2$, so $d=0$. With $10^{-7}$
# rounding remains: the next cell prints about `2.9193e-10`.
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
# Name both points, then call `forward_propagation` on each.
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


def check_readings(points):
    values = testCases.answers(gradient_check, points)
    assert all(map(gc_utils.one_number, values)), "gradient_check: expected one number for every input."
    return [float(np.squeeze(value)) for value in values]


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
    (gc_utils.cubic_slope_doubled, [(0.001, 0.5, 2.0**-7)]),  # small slopes, far apart relative to their size
]
got, ways = [], {(J, slope): [] for J in (gc_utils.cubic, lambda x, theta: theta * x) for slope in (None, lambda x, theta: x)}
for check_slope, points in cases:
    with testCases.given(gradient_check, forward_propagation=gc_utils.cubic, backward_propagation=check_slope):
        got += check_readings(points)
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
check_small = any(abs(got[7] - way[7]) < 1e-6 for way in check_ways)
assert check_small, testCases.Finding(
    "where both slopes are small, another result than (4).", hint="what does (4) divide by, however small it is?"
)
check_default = any(abs(got[6] - way[6]) < 1e-9 * way[6] + 2.0**-48 for way in check_ways)
calls = [(x, side * 2.0**30, 2.0**-23) for x in (4.0, -3.0) for side in (1, -1)]
points = (3.0, 1.3333333, 2.0**-22), (-3.0, 2.6666666, 2.0**-22)  # one cost alone is rounded, for it is beyond 4 or 8
# with 1e-7 these read what rounding leaves, at most 2 roundings of theta / epsilon, and on average a quarter of one
thetas = 1e4 * (1 + testCases.random_at(5).rand(12))
with testCases.given(gradient_check, forward_propagation=gc_utils.saddle, backward_propagation=gc_utils.saddle_slope):
    readings = check_readings([*calls, *points, *((3.0, theta) for theta in thetas)])
far, check_tiny = readings[:4], readings[4:6]
check_noise = np.mean(np.array(readings[6:]) * 1e-7 * 2.0**53 / thetas)
# Out there the outer point rounds back to theta: two sides read 1/3, or 0 if the step is taken that came out, and one
# side alone reads 1. With x = -3 the cost rounds too: 1/5 or 1/7.
wants = [(0, 1 / 3), (0, 1 / 3), (1 / 5, 1 / 7), (1 / 5, 1 / 7)]
assert all(min(abs(one - want) for want in pair) < 1e-9 for one, pair in zip(far, wants)), testCases.Finding(
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
# ## 4. All parameters of a network in one column
#
# Your network has three layers, LINEAR → RELU → LINEAR → RELU → LINEAR → SIGMOID, with $n_x=4$ inputs and 5, 3 and 1
# units:
#
# $$20+5+15+3+3+1=47\ \text{parameters}$$
#
# The check treats them alike, so it wants one column $\theta$ of shape $(47,1)$. Three helpers convert:
#
# - `theta, names = dictionary_to_vector(parameters)` gives two things: the column, and for each entry the name of its block, the parameter that it comes from
# - `vector_to_dictionary(theta)` is the way back, with fresh arrays
# - `gradients_to_vector(gradients)` puts `dW1`, `db1`, … into a column in the same order
#
# `forward_propagation_n(X, Y, parameters)` gives the cost and the cache. $X$ is $(4,m)$; the labels $Y$ come as $(m,)$
# or $(1,m)$. The next cell builds the example, $m=3$.

# %% nbgrader={"grade": false, "grade_id": "network", "locked": true, "schema_version": 3, "solution": false, "task": false}
case_X, case_Y, case_parameters = testCases.gradient_check_n_test_case()
case_cost, case_cache = forward_propagation_n(case_X, case_Y, case_parameters)
case_theta, case_names = dictionary_to_vector(case_parameters)
print(f"the column has shape {case_theta.shape}; the cost is {case_cost:.4f}")
print(f"entries 0, 20, 25, 40, 43, 46 belong to {[case_names[i] for i in (0, 20, 25, 40, 43, 46)]}")

# %% tags=["experiment"]
diagrams.show_column()

# %% [markdown]
# **Half finished.** From one parameter to many is one loop. The next cell estimates the slopes of a cost with two
# parameters, $J(\theta)=\theta_1^2\,\theta_2$, at $(2,3)$, but two lines marked ← are not finished. Finish them (no
# points).
#
# **By hand**: the slopes are $2\theta_1\theta_2=12$ and $\theta_1^2=4$. The cell prints `[0. 0.]` now, and `[12. 4.]`
# when it is right.
#
# <details><summary>Hint</summary>
#
# The first line has to move the same entry to the other side. The second wants (1).
#
# </details>


# %%
def small_cost(theta):
    return theta[0] ** 2 * theta[1]


point, step = np.array([2.0, 3.0]), 1e-5
estimate = np.zeros(2)
for i in range(2):
    up, down = point.copy(), point.copy()
    up[i] = up[i] + step
    down[i] = down[i]  # ← move it, too
    estimate[i] = 0 * (small_cost(up) - small_cost(down))  # ← (1) for entry i
print(estimate.round(6))

# %% [markdown]
# ### Exercise: `gradient_check_n`
#
# *20 points.* Write `gradient_check_n` (about 12 lines). For each $i$, change **only** entry $i$ of a fresh copy of
# $\theta$ and estimate $\hat g_i$ by (1), in any order of arithmetic. Then return (4). Leave all arrays passed in as they
# are.
#
# **By hand**: a gradient of zeros gives $\lVert\hat g\rVert/\lVert\hat g\rVert=1$, whatever the network. The next cell
# prints `1.0`, as most wrong loops do too.
#
# <details><summary>Hint 1: the idea</summary>
#
# `gradient_check` in a loop; each round starts again from the original $\theta$.
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
no_gradient = {"d" + name: np.zeros_like(value) for name, value in case_parameters.items()}
print(round(float(np.squeeze(gradient_check_n(case_parameters, no_gradient, case_X, case_Y))), 6))

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
    "a gradient of zeros": (56, 2, 1, 1e-4, dict.fromkeys(("dW1", "db1", "dW2", "db2", "dW3", "db3"), 0.0)),
}
for kind in ("a wrong gradient and a single example", "a right gradient and a large epsilon", "epsilon left out", "a gradient of zeros"):
    seed, m, unit, epsilon, factors = kinds[kind]
    examples, labels, values = gc_utils.safe_case(seed, m)
    examples, values["W1"] = examples * unit, values["W1"] / unit
    given = () if epsilon == 1e-7 else (epsilon,)  # left out, it is 1e-7
    _, stored = gc_utils.forward_propagation_n(examples, labels, values)
    slopes = reg_utils.backward_propagation(examples, labels, stored)
    slopes = {name: value * factors.get(name, 1.0) for name, value in slopes.items()}
    if kind == "a wrong gradient and a single example":
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
    check_norms = np.linalg.norm(gc_utils.gradients_to_vector(slopes)) or 1.0  # of zeros it reads 1 whatever is rounded
    check_room = 500 * 2.0**-53 * 47**0.5 / epsilon / check_norms + 1e-9 * want
    assert gc_utils.off_by(check_difference, want) < check_room, testCases.Finding(
        f"for {kind}, not the relative difference (4).",
        hint="is every one of the 47 entries moved alone, by epsilon, to both sides?",
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 5. A backward pass that nobody doubted
#
# A colleague has drafted the backward pass of this network: `backward_propagation_n_draft(X, Y, cache)`. It was pass A
# in the first figure. It runs, the cost falls, and it is wrong in two places. You do not see its code yet: let the
# check search.
#
# **Predict.** Of its six **blocks**, the gradients of `W1` to `b3`, two are wrong and four perfect. Will the reading be
# near $10^{-7}$, $10^{-3}$ or $10^{-1}$?

# %% nbgrader={"grade": false, "grade_id": "draft", "locked": true, "schema_version": 3, "solution": false, "task": false}
case_draft = backward_propagation_n_draft(case_X, case_Y, case_cache)

# %%
my_prediction = ""
figures.tell(my_prediction)
draft_reading = gradient_check_n(case_parameters, case_draft, case_X, case_Y)
print(f"{np.squeeze(draft_reading):.4f}")
print_msg(draft_reading)

# %% [markdown]
# **Why?** One sentence, here: why do four perfect blocks not bring the reading down?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# The draft reads **0.2851**, far up the scale: a bug, without doubt. With only one of the two it would be 0.1734 or
# 0.2544. In (4) a right block adds nothing to the numerator and its size to the denominator: it dilutes the gap a
# little. For $10^{-7}$ the right blocks would have to be millions of times larger than the gap.
#
# </details>

# %% [markdown]
# But *where*? One number for 47 parameters cannot say. Give each block a relative difference (4) of its own; the next
# cell draws all six.
#
# Two blocks will stand out, and their values tell even more. If a block is $k>1$ times the truth, then $d=(k-1)/(k+1)$.
# So $0.3333$ means $k=2$. Which $k$ gives $0.6$?

# %% tags=["experiment"]
figures.show_blocks()

# %% [markdown]
# ### Exercise: `wrong_blocks`
#
# *10 points.* Write `wrong_blocks` (about 15 lines). For each of `W1`, `b1`, …, `b3`, in this order, compare its
# gradient alone with its estimate (1), by (4). Return the list of the names whose $d$ exceeds `threshold`. If both
# gradients are zero, $d$ counts as 0. Leave all arrays passed in as they are. The order of the arithmetic is free.
#
# **By hand**: the figure gives `['b1', 'W2']`, as the next cell prints.
#
# <details><summary>Hint 1: the idea</summary>
#
# Estimate all 47 slopes, then compare block by block; a call of `gradient_check_n` always compares all.
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
print(wrong_blocks(case_parameters, case_draft, case_X, case_Y))

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


one, two = np.ones((5, 4)), np.ones((3, 5))
one[2, 2] = two[0, 1] = 8.0
six = {"dW1": one, "db1": 0.35, "dW2": two, "db2": 3.17, "dW3": np.array([[1, 1, -1]]), "db3": 2.85}
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
values["b3"] -= 20.0  # slopes of 1e-9, to which rounding (1e-16 of cost by 2e-5) adds a hundredth at most
slopes = reg_utils.backward_propagation(
    examples, 0 * labels, gc_utils.forward_propagation_n(examples, 0 * labels, values)[1]
)
slopes = {name: 1.1 * value for name, value in slopes.items()}
slopes |= {"dW2": slopes["dW2"] + 1e-5, "db2": 0 * slopes["db2"]}
before = gc_utils.copied([values, slopes, examples])
names_found = wrong_blocks(values, slopes, examples, 0 * labels, threshold=0.03)
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
check_equal = wrong_blocks(values, slopes, examples, 0 * labels, threshold=0)
assert "W1" not in check_equal and "b1" not in check_equal, testCases.Finding(
    "a d of 0 is taken to be above a threshold of 0.", hint="what does the text say of a d that the threshold equals?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Mend it
#
# Two blocks are named, and their readings tell a factor: 0.6 says four times too large *or* too small for `b1`, and
# 0.3333 twice for `W2`. Now look at the draft's code. Where in it do you have to look, and where not?

# %%
show_source(backward_propagation_n_draft)

# %% [markdown]
# The equations behind it are those of the backward pass in the lesson on initialization, which derives them step by
# step. In short: $dZ^{[l](i)}$ is the slope of the loss of example $i$ by $z$ in layer $l$. The sigmoid and the
# cross-entropy together give $dZ^{[3]}=A^{[3]}-Y$. One layer back, a slope passes through the weights and then through
# ReLU, whose slope is 1 or 0: $dZ^{[l]}=W^{[l+1]T}dZ^{[l+1]}$ where $A^{[l]}>0$, else 0. The cost is the mean over $m$
# examples, and $Z^{[l]}=W^{[l]}A^{[l-1]}+b^{[l]}$, so
#
# $$dW^{[l]}=\tfrac1m\,dZ^{[l]}A^{[l-1]T},\qquad db^{[l]}=\tfrac1m\textstyle\sum_i dZ^{[l](i)}\tag{5}$$

# %% [markdown]
# ### Exercise: `backward_propagation_n`
#
# *10 points.* Write `backward_propagation_n` right (about 9 lines), by (5) for $l=3,2,1$ with $A^{[0]}=X$, for layers of
# any size; return at least `dW1` … `db3`, and leave `X` and the cache as they are.
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
# Which factors stand in the draft's code and not in (5)?
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "backward_propagation_n", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward_propagation_n(X, Y, cache):
    """The gradients (5) of the cost by all six parameters.

    X : (n_x, m) examples, here n_x = 4; Y : (m,) or (1, m) labels
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
mended = backward_propagation_n(case_X, case_Y, case_cache)
print(f"{np.squeeze(gradient_check_n(case_parameters, mended, case_X, case_Y)):.1e}")
print(wrong_blocks(case_parameters, mended, case_X, case_Y))

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
    "units at exactly 0": ([4, 5, 3, 1], 6, 55, 1),
}
for kind in ("a large batch", "a single example", "layers of other sizes and small inputs", "layers with a single unit", "units at exactly 0"):
    sizes, m, seed, unit = kinds[kind]
    examples, labels, values = testCases.random_case(sizes, m, seed, margin=0)
    examples, values["W1"] = examples * unit, values["W1"] / unit
    if kind == "units at exactly 0":  # an example of zeros meets no bias
        examples[:, 1], values["b1"], values["b2"] = 0, 0 * values["b1"], 0 * values["b2"]
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
# ## 7. The riddle of $10^{-7}$
#
# Your gradient is exact, and still reads `1.2e-07`. With the rule "a bug if $d>10^{-7}$" you would hunt a bug that does
# not exist. Where does it come from?
#
# The third example has label 0 and output $a=0.9989$. Its loss is $-\ln(1-a)$. With $z$ instead of $a$ the same loss is
# $-\ln(1-\sigma(z))=\ln(1+e^{z})$, since $1-\sigma(z)=1/(1+e^{z})$ for the sigmoid $\sigma$.
#
# The next cell builds two tools for all that follows. `exact(case)` gives the gradient of your `backward_propagation_n`.
# `reading(case, gradients, cost_function)` calls your `gradient_check_n` with another cost function in the place of
# `forward_propagation_n`; it steps by $10^{-5}$ unless told otherwise.


# %% nbgrader={"grade": false, "grade_id": "reading", "locked": true, "schema_version": 3, "solution": false, "task": false}
classic_case = (case_X, case_Y, case_parameters)


def exact(case):
    return backward_propagation_n(case[0], case[1], forward_propagation_n(*case)[1])


def reading(case, gradients, cost_function=gc_utils.forward_propagation_n, epsilon=1e-5):
    with testCases.given(gradient_check_n, forward_propagation_n=cost_function):
        return float(np.squeeze(gradient_check_n(case[2], gradients, *case[:2], epsilon)))


# %% [markdown]
# **Predict.** Same gradient, same $\varepsilon$, three ways to compute the loss of an example with label 0: from
# `log(1 - a)`, from `log1p(-a)`, NumPy's $\ln(1+x)$ for small $x$, and by the form in $z$. Which of them solves the
# riddle, and how far does the reading at $10^{-7}$ fall?

# %%
my_prediction = ""  # which form, and how far it falls


# %% tags=["experiment"]
def with_log1p(X, Y, parameters):
    cache = gc_utils.forward_propagation_n(X, Y, parameters)[1]
    a = cache[9]
    return float(np.mean(-Y * np.log(a) - (1 - Y) * np.log1p(-a))), cache


steps = 10.0 ** np.arange(-8, -1)
costs = {"log(1 - a)": gc_utils.forward_propagation_n, "log1p(-a)": with_log1p}
costs["from z"] = gc_utils.forward_propagation_n_stable
right = exact(classic_case)
curves = {n: [reading(classic_case, right, cost, step) for step in steps] for n, cost in costs.items()}
figures.show_by_step(steps, curves, my_prediction)

# %% [markdown]
# **Why?** One sentence, here: where are the digits lost, in the subtraction $1-a$ or before it?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# At $10^{-7}$ the reading falls from 1.2e-7 to 1.1e-9, a hundred times, but only with the form in $z$; `log1p` reads
# 1.2e-7 like the classic one. The subtraction $1-0.9989$ is exact. The digits are lost *before*: $a$ is rounded to 16
# digits, and of $1-a=0.0011$ that leaves 13. With $\varepsilon=10^{-5}$ even the classic cost reads 9.3e-10, because the
# same rounding is divided by a larger step.
#
# So a bad reading has three suspects: the gradient, the cost, and $\varepsilon$. Before you hunt for a bug, try
# $\varepsilon=10^{-5}$.
#
# </details>

# %% [markdown]
# ## 8. Check the cost you train on
#
# With L2 regularization you minimise $J$ with the penalty, so it belongs in **both** witnesses:
#
# $$J+\frac{\lambda}{2m}\sum_l\lVert W^{[l]}\rVert_F^2\qquad\text{and}\qquad dW^{[l]}+\frac{\lambda}{m}W^{[l]}\tag{6}$$
#
# The right term is the slope of the left one: each $W^2$ has slope $2W$, and the 2 cancels. $\lVert W\rVert_F^2$, the
# squared **Frobenius norm**, is the sum of all squares.
#
# **Predict.** Forget the penalty in the gradient only, or in the cost only. Which one reads worse?


# %% tags=["experiment"]
def cost_with_penalty(X, Y, parameters, lambd=0.7):
    cost, cache = gc_utils.forward_propagation_n(X, Y, parameters)
    squares = sum(np.sum(parameters[name] ** 2) for name in ("W1", "W2", "W3"))
    return cost + lambd / (2 * X.shape[1]) * squares, cache


def add_penalty(gradients, case, on="W", lambd=0.7):
    """The gradients with the penalty's slope added: on the weights, or with on="Wb" on the biases too."""
    X, _, parameters = case
    terms = {name: lambd / X.shape[1] * value * (name[0] in on) for name, value in parameters.items()}
    return {"d" + name: gradients["d" + name] + term for name, term in terms.items()}

# %%
my_prediction = ""  # which one reads worse

# %% tags=["experiment"]
plain = exact(classic_case)
full = add_penalty(plain, classic_case)
penalty_in = {
    "in both": reading(classic_case, full, cost_with_penalty),
    "not in the gradient": reading(classic_case, plain, cost_with_penalty),
    "not in the cost": reading(classic_case, full),
}
figures.show_readings(penalty_in, my_prediction)

# %% [markdown]
# **Why?** One sentence, here: why can the check not tell which of the two is right?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# 8e-10 with the penalty in both, and 0.1599 both when it is missing in the gradient and when it is missing in the cost:
# (4) does not change when $g$ and $\hat g$ change places, and the gap is the penalty's slope each time. The check only
# says that the two witnesses speak of different costs.
#
# </details>

# %% [markdown]
# ## 9. Dropout: a cost that changes while you look
#
# Dropout draws a new mask for every forward pass. So $J(\theta+\varepsilon)$ and $J(\theta-\varepsilon)$ belong to two
# different networks, and their difference has little to do with $\varepsilon$. Here dropout acts on the inputs, with
# `keep_prob` 0.8; the analytic gradient uses the very mask of its own forward pass.
#
# **Predict.** Which of three readings are near $10^{-9}$: no dropout, one mask kept for all passes, a fresh mask for each?

# %%
my_prediction = ""  # which of the three

# %% tags=["experiment"]
rng = np.random.RandomState(0)  # try other seeds
mask = rng.binomial(1, 0.8, case_X.shape) / 0.8


def with_one_mask(X, Y, parameters):
    return gc_utils.forward_propagation_n(X * mask, Y, parameters)


def with_fresh_masks(X, Y, parameters):
    return gc_utils.forward_propagation_n(X * rng.binomial(1, 0.8, X.shape) / 0.8, Y, parameters)


masked = exact((case_X * mask, case_Y, case_parameters))
dropout = {"none": reading(classic_case, plain), "one mask": reading(classic_case, masked, with_one_mask)}
dropout["fresh masks"] = reading(classic_case, masked, with_fresh_masks)
figures.show_readings(dropout, my_prediction)

# %% [markdown]
# **Why?** One sentence, here: is the gradient with fresh masks wrong?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# 9.3e-10 without dropout, 2.1e-9 with one mask, 1.0000 with fresh masks: a difference that does not shrink with
# $\varepsilon$, divided by $2\varepsilon$, is huge beside any gradient. Yet the last gradient is as right as the others;
# only the check is worthless there. With other seeds the first two, mere rounding, may change places; the last stays at 1.
#
# So switch dropout off while you check, or freeze its mask.
#
# </details>

# %% [markdown]
# ## 10. A kink within reach
#
# ReLU bends at 0, a **kink**. If some $Z$ lies closer to 0 than a step carries it, the two costs stand on different
# sides of the bend, and (1) averages two slopes. The next cell draws it for one unit: a circle for $z$, triangles for
# the two points of the step.

# %% tags=["experiment"]
diagrams.show_kink()

# %% [markdown]
# **Predict.** Two networks, both with exact gradients. In the first, one entry of $Z^{[1]}$ is $5\cdot10^{-5}$. The
# second has zero biases, and in some examples *all* units of layer 1 are off, so that $Z^{[2]}$ is exactly 0. What does
# each reading do as $\varepsilon$ falls from $10^{-3}$ to $10^{-8}$?

# %%
my_prediction = ""  # what each reading does

# %% tags=["experiment"]
near = gc_utils.safe_case(1)  # no Z is near 0; then a bias moves one of them to 5e-5
near[2]["b1"][0] -= forward_propagation_n(*near)[1][0][0, 0] - 5e-5
inputs = np.random.RandomState(1).randn(4, 40)
at_zero = (inputs, (inputs[:1] * inputs[1:2] > 0).astype(int), initialize_parameters([4, 5, 3, 1]))
for name, case in {"near": near, "at_zero": at_zero}.items():
    stored = forward_propagation_n(*case)[1]
    print(f"{name}: the smallest |Z| is {min(abs(stored[0]).min(), abs(stored[4]).min()):.1e}")
steps = 10.0 ** np.arange(-8, -2.9, 0.5)
curves = {"one Z at 5e-5": [reading(near, exact(near), epsilon=step) for step in steps]}
curves["some Z at 0"] = [reading(at_zero, exact(at_zero), epsilon=step) for step in steps]
figures.show_by_step(steps, curves, my_prediction, mark=(5e-5, "5e-5"))

# %% [markdown]
# **Why?** One sentence, here: which of the two could you take for a bug, and what would tell you better?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# The first reads 2.8e-4 at $10^{-4}$, and near $10^{-10}$ at $10^{-5}$: it collapses once $\varepsilon$ is below the
# distance to the kink. (The jump starts a little before the line, because a step in a weight moves $Z$ by
# $\varepsilon x$, and some inputs exceed 1.) The second reads about 0.03 at *every* $\varepsilon$, like
# a bug: the code takes slope 0 there, (1) finds the mean of 0 and 1.
#
# So a smaller $\varepsilon$ does not clear a kink if $Z=0$. Look at the smallest $|Z|$ too.
#
# </details>

# %% [markdown]
# **Predict.** How rare is that second case? Of 200 random networks with zero biases and 40 examples, how many have a $Z$
# at exactly 0?

# %%
my_prediction = ""  # how many of 200


# %% tags=["experiment"]
def has_a_zero(seed):
    random = np.random.RandomState(1000 + seed)
    parameters = initialize_parameters([4, 5, 3, 1], seed)
    return (forward_propagation_n(random.randn(4, 40), np.zeros(40), parameters)[1][4] == 0).any()


figures.tell(my_prediction)
print(sum(has_a_zero(seed) for seed in range(200)), "of 200")

# %% [markdown]
# **Why?** One sentence, here: what has to happen to all units of layer 1?

# %% [markdown]
# <details><summary>What was measured, and what to do</summary>
#
# 98. Each unit is off for half of the inputs. If the five were independent, one example would switch all off with
# $1/32$, and one of 40 in 72 % of the networks; units with the same inputs are not. Still it is common, so check with
# small random biases.
#
# </details>

# %% [markdown]
# ## 11. Check again after training
#
# Is one check at the start enough? The next cell plants another bug: the penalty's slope is added to the biases too,
# although the cost (6) penalises only weights. At the start all biases are zero. The network trains with it.
#
# **Predict.** The reading of this wrong gradient at step 0, and after 20 steps of gradient descent.

# %%
my_prediction = ""  # at step 0, and after 20 steps

# %% tags=["experiment"]
start = 3  # try 2, 4 and 5, then 0
random = np.random.RandomState(0)
batch_X = random.randn(4, 40)
batch_Y = (batch_X[:1] * batch_X[1:2] > 0).astype(int)
network = initialize_parameters([4, 5, 3, 1], start)
curves = {"right": [], "biases penalised": []}
for _ in range(11):
    now = (batch_X, batch_Y, network)
    for name, on in (("right", "W"), ("biases penalised", "Wb")):
        curves[name].append(reading(now, add_penalty(exact(now), now, on), cost_with_penalty))
    for _ in range(20):
        wrong = add_penalty(exact((batch_X, batch_Y, network)), (batch_X, batch_Y, network), "Wb")
        network = update_parameters(network, wrong, 0.5)
figures.show_by_iteration(range(0, 201, 20), curves, my_prediction)

# %% [markdown]
# **Why?** One sentence, here: why does the same bug read differently at step 0 and step 20?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# Both start near $10^{-10}$. After 20 steps the wrong gradient reads 0.036, the right one still near $10^{-10}$. From
# the starts 2, 4 and 5 it reads 0.050, 0.077 and 0.048. The bug is $\frac{\lambda}{m}b$, and $b$ was zero. From the
# start 0 *both* read 0.013 at step 0: there a $Z$ is exactly 0, as in the last section. From the start 2 that happens at
# the steps 120, 160, 180 and 200: a unit of layer 2 is off for all examples, so its bias stays 0. There the right
# gradient reads between 2.6e-4 and 3.8e-3.
#
# So check with random biases, or check at initialization *and* again after some training.
#
# </details>

# %% [markdown]
# <details><summary>And the right gradient from the start 5?</summary>
#
# It reads 3.7e-4 at step 160: there a $Z$ lies closer to 0 than the step moves it.
#
# </details>

# %% [markdown]
# ## 12. What it costs
#
# **Predict.** How many costs does one check of 47 parameters compute? And how long does a check take for a million
# parameters, if one cost takes a millisecond?

# %%
my_prediction = ""  # how many costs, and how long for a million

# %% tags=["experiment"]
calls = []


def counted(X, Y, parameters):
    calls.append("one cost")
    return gc_utils.forward_propagation_n(X, Y, parameters)


reading(classic_case, plain, counted)
print(f"one check of 47 parameters computed {len(calls)} costs")
figures.show_time(my_prediction)

# %% [markdown]
# **Why?** One sentence, here: why does the backward pass stay so cheap?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# Two costs for each parameter: 94, 182 and 254 for the 47, 91 and 127 parameters of the course's networks. At a million
# parameters and 1 ms a cost that is 33 minutes, for one gradient. A backward pass multiplies at most twice as much as a
# cost does, two products a layer instead of one, and gives *all* slopes at once.
#
# So the check is a tool for debugging: run it on a small network and a small batch, then switch it off.
#
# </details>

# %% [markdown]
# ## 13. Written question
#
# *5 points.* A network with L2 regularization and dropout is checked with $\varepsilon=10^{-5}$. Its biases start at
# zero.
#
# - (a) dropout on, at initialization: $d=1.0$
# - (b) dropout off, at initialization, smallest $|Z|$ 0.004: $d=7\cdot10^{-11}$
# - (c) dropout off, after 500 steps, smallest $|Z|$ 0.0002: $d=0.12$; the same with $\varepsilon=10^{-6}$; only `b2` is
#   named
#
# For each reading: does it show a bug, and why or why not? Then name one bug in the code that explains (c) and agrees
# with (a) and (b): in which line may it be, and why does (b) not show it? Four to eight sentences, in the next cell.

# %% [markdown] nbgrader={"grade": true, "grade_id": "gradient_checking_question", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# **Points.** (a) no evidence, fresh masks: 1. (b) no bug seen, yet zero biases hide one: 1. (c) a bug: 1; not a kink or
# rounding, as neither $\varepsilon$ nor $|Z|$ allows it: 1. A bug that fits: 1.
#
# **Full.** (a) The two costs belong to different networks; a right gradient reads the same. (b) No bug here, but terms
# that multiply a zero bias stay hidden. (c) A bug: dropout is off, no $Z$ is within a step of 0, a smaller step changes
# nothing. The penalty's slope $\frac{\lambda}{m}b^{[2]}$ was added to `db2`.
#
# **Half** (2 or 3). "(a) is dropout, (c) a bug in `db2`", no word on kink or hidden term.
# ### END SOLUTION

# %% [markdown]
# ## 14. What you have learned
#
# - You estimated slopes from two costs, and saw two sides win by a power of $\varepsilon$ until rounding takes over.
# - You compared vectors by their relative difference and read it on a scale, not against one threshold.
# - You checked 47 parameters at once, then named the two wrong blocks of a draft.
# - You mended its backward pass.
# - You met five readings that mislead: lost digits, a forgotten penalty, fresh dropout masks, a kink, zero biases.
#
# The next cell shows which functions are done.

# %% tags=["experiment"]
testCases.progress("gradient_checking")

# %% [markdown]
# ## 15. Go further
#
# **A right gradient in 32 bits.** Frameworks compute with 32 bits by default, about 7 digits, to save time and memory.
# The next cell computes the cost of the network with numbers of any kind.
#
# **Predict.** The gradient stays exact; only the cost is computed in 32 bits. Which $\varepsilon$ is best now, and what
# does $10^{-7}$ read?

# %%
my_prediction = ""  # the best epsilon, and the reading at 1e-7


# %% tags=["experiment"]
def cost_as(kind, X, Y, parameters):
    A = X.astype(kind)
    for layer in "123":
        Z = parameters["W" + layer].astype(kind) @ A + parameters["b" + layer].astype(kind)
        A = np.maximum(0, Z)
    return np.mean(np.log(1 + np.exp(Z)) - Y.astype(kind) * Z)


def cost_in_32_bits(X, Y, parameters):
    return cost_as(np.float32, X, Y, parameters), None


steps = 10.0 ** np.arange(-8, -0.9)
bits = {"32 bits": cost_in_32_bits, "64 bits": gc_utils.forward_propagation_n_stable}
curves = {name: [reading(classic_case, plain, cost, step) for step in steps] for name, cost in bits.items()}
figures.show_by_step(steps, curves, my_prediction)

# %% [markdown]
# **Why?** One sentence, here: why does the best $\varepsilon$ move to the right?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# In 32 bits the best reading is about $10^{-5}$, at $\varepsilon=10^{-2}$, and $10^{-7}$ reads about 0.5: pure
# rounding, with an exact gradient. With 7 digits rounding takes over at a far larger step. The gradient itself does not
# mind: computed in 32 bits it differs from the one in 64 by about 5e-8, since nothing is subtracted and divided by
# $\varepsilon$. So check in 64 bits, then train in 32.
#
# </details>

# %% [markdown]
# **The complex step**, if you know complex numbers. Nothing has to be subtracted if you step into the imaginary
# direction:
#
# $$\frac{\partial J}{\partial\theta}\approx\frac{\mathrm{Im}\,J(\theta+ih)}{h}\tag{7}$$
#
# **By hand**: $(1+ih)^3=1+3ih-3h^2-ih^3$, so (7) gives $3-h^2$ for $\theta^3$ at 1.
#
# **Predict.** How small may $h$ be? Try $10^{-5}$, $10^{-20}$ and $10^{-200}$.

# %%
my_prediction = ""  # how small h may be


# %% tags=["experiment"]
def complex_step_reading(case, gradients, h):
    X, Y, parameters = case
    theta, numeric = dictionary_to_vector(parameters)[0], []
    for i in range(theta.size):
        moved = theta.astype(complex)
        moved[i] += 1j * h
        numeric.append(cost_as(complex, X, Y, vector_to_dictionary(moved)).imag / h)
    numeric, g = np.array(numeric), gradients_to_vector(gradients).ravel()
    return np.linalg.norm(g - numeric) / (np.linalg.norm(g) + np.linalg.norm(numeric))


steps_h = (1e-5, 1e-20, 1e-200)
complex_steps = {f"h = {h:.0e}": complex_step_reading(classic_case, plain, h) for h in steps_h}
complex_steps["near the kink"] = complex_step_reading(near, exact(near), 1e-20)
figures.show_readings(complex_steps, my_prediction)

# %% [markdown]
# **Why?** One sentence, here: what limits $\varepsilon$ in (1), and why does it not limit $h$ in (7)?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# 1.7e-12 at $10^{-5}$, then less than 1e-15 as far down as $10^{-200}$: all digits. The error falls with $h^2$, and no
# rounding grows against it, because nothing is subtracted. A kink nearby does not disturb: the real part decides which
# side of ReLU counts, and it does not move. (Where $Z$ is exactly 0 it still does: `at_zero` reads 0.059.) The price:
# every operation of the cost must accept complex numbers, and `abs`, `max` or a sort may decide otherwise than you
# mean.
#
# </details>

# %% [markdown]
# **One direction.** Two costs instead of 94: move all parameters at once along one random direction $v$, and compare the
# slope of the cost with $g^Tv$.
#
# **Predict.** Of 1000 random directions, how many let the draft with its two bugs pass?

# %%
my_prediction = ""  # how many of 1000 pass


# %% tags=["experiment"]
def stable_cost(parameters):
    return gc_utils.forward_propagation_n_stable(case_X, case_Y, parameters)[0]


random = np.random.RandomState(0)
along = {"draft": [], "right": []}
for _ in range(1000):
    v = random.randn(47, 1)
    rise = testCases.slope_along(stable_cost, case_parameters, vector_to_dictionary(v))
    for name, g in (("draft", case_draft), ("right", plain)):
        expected = float(gradients_to_vector(g).ravel() @ v.ravel())
        along[name].append(float(abs(rise - expected) / (abs(rise) + abs(expected))))
print({name: sum(d < 1e-3 for d in values) for name, values in along.items()}, "of 1000 read below 1e-3")
figures.show_directions(along, my_prediction)

# %% [markdown]
# **Why?** One sentence, here: which directions are blind to a bug?

# %% [markdown]
# <details><summary>What was measured, and why</summary>
#
# Two read below $10^{-3}$ and 29 below $10^{-2}$; half of them read more than 0.28. The right gradient always stays
# below $10^{-6}$. A direction at a right angle to the error $g-\hat g$ does not see it, and few are nearly so. One
# direction takes two costs, whatever the size of the network; but it says nothing of *where*.
#
# </details>

# %% [markdown]
# ## 16. In a framework
#
# | by hand | PyTorch | JAX |
# |---|---|---|
# | `backward_propagation_n` | `loss.backward()` | `jax.grad(cost)` |
# | `gradient_check_n` | `torch.autograd.gradcheck(f, inputs)` | `jax.test_util.check_grads(f, args, order=1)` |
# | 64 bits | `torch.float64` inputs | `jax.config.update("jax_enable_x64", True)` |
#
# `gradcheck` wants inputs with `requires_grad=True`. By default it steps by `eps=1e-6` and compares entry by entry; its
# defaults are made for double precision. `check_grads` tries one random direction. Switch dropout off first:
# `model.eval()` in PyTorch.

# %% [markdown]
# ## 17. On your own
#
# 1. Plant a bug of your own, $dW^{[3]}$ with one column halved. Predict the reading, then measure it.
# 2. Repeat the kink with three entries of $Z^{[1]}$ near 0. Plot the reading against $\varepsilon$ and explain its steps.
# 3. Estimate slopes of $\theta^3$ from four costs, at $\pm\varepsilon$ and $\pm2\varepsilon$, so that the error falls with
#    $\varepsilon^4$.

# %% [markdown]
# ## 18. Sources and further reading
#
# - Y. Bengio (2012), *Practical recommendations for gradient-based training of deep architectures*, on debugging too:
#   [doi:10.1007/978-3-642-35289-8_26](https://doi.org/10.1007/978-3-642-35289-8_26)
# - J. Nocedal, S. J. Wright (2006), *Numerical Optimization*, chapter 8, on finite differences such as (1):
#   [doi:10.1007/978-0-387-40065-5](https://doi.org/10.1007/978-0-387-40065-5)
# - N. J. Higham (2002), *Accuracy and Stability of Numerical Algorithms*, chapter 1, on lost digits:
#   [doi:10.1137/1.9780898718027](https://doi.org/10.1137/1.9780898718027)
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams (1986), *Learning representations by back-propagating errors*, on (5):
#   [doi:10.1038/323533a0](https://doi.org/10.1038/323533a0)
# - N. Srivastava et al. (2014), *Dropout: a simple way to prevent neural networks from overfitting*,
#   [jmlr.org/papers/v15/srivastava14a](https://jmlr.org/papers/v15/srivastava14a.html)

# %% [markdown]
# - W. Squire, G. Trapp (1998), *Using complex variables to estimate derivatives of real functions*, on (7):
#   [doi:10.1137/S003614459631241X](https://doi.org/10.1137/S003614459631241X); J. R. R. A. Martins, P. Sturdza,
#   J. J. Alonso (2003), *The complex-step derivative approximation*:
#   [doi:10.1145/838250.838251](https://doi.org/10.1145/838250.838251)
# - W. Baur, V. Strassen (1983), *The complexity of partial derivatives*, on why all slopes cost little more than one value:
#   [doi:10.1016/0304-3975(83)90110-X](https://doi.org/10.1016/0304-3975%2883%2990110-X)
# - A. G. Baydin et al. (2018), *Automatic differentiation in machine learning: a survey*,
#   [jmlr.org/papers/v18/17-468](https://jmlr.org/papers/v18/17-468.html)
