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
# # Initialize a network so that it learns
#
# **What you'll do.** Write four ways to choose a network's first weights, train with each, and measure which learn and why.
#
# **What you'll learn**
#
# - tell which first weights never learn, and prove why
# - predict from the layer sizes whether a signal survives many layers
# - choose the scale of He for ReLU layers and of Glorot for tanh layers
# - normalize inputs without looking at the test set
# - doubt a claim until you have measured it
#
# **What you'll need.** Python, NumPy arrays, matrix products, mean and variance. No neural networks: the first section explains what you need. About 90 minutes.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math  # for your answers, should you want it

import numpy as np

import init_utils
import testCases

init_utils.use_style()

# %% [markdown]
# **How it works.** You write five functions, where the cells say `raise NotImplementedError()`. A free cell to try each follows, then a check that says what it finds, as often as you like, and one that runs when you hand in, on other sizes. Before each experiment, write down a prediction: what surprises you is what you learn. Open one hint at a time.
#
# ## 1. The task, and the network
#
# You get 300 training **examples**, points $(x_1, x_2)$ with a label, 0 or 1. Each stands in one column: `train_X` is $(2, 300)$, `train_Y` $(1, 300)$. The network is to predict the labels of new points; 100 test examples stand ready.

# %% tags=["experiment"]
train_X, train_Y, test_X, test_Y = init_utils.load_dataset()
print("training examples:", train_X.shape, "with label 1:", train_Y.sum())
print("test examples:    ", test_X.shape, "with label 1:", test_Y.sum())
alt = """300 points on two noisy rings around the origin: circles (label 0) outside,
    triangles (label 1) inside. No straight line separates them."""
init_utils.plot_points(train_X, train_Y, alt=alt)

# %% [markdown]
# No straight line separates the rings; a network can. Its smallest part, a **unit**, weighs its inputs, adds a **bias**, and applies an **activation**, here ReLU, which replaces negative numbers by 0:
#
# $$z=w_1x_1+w_2x_2+b,\qquad a=\max(0,z)\tag{1}$$
#
# *By hand:* inputs $0.5$ and $-1$, weights $2$ and $1$, bias $0.5$: $z=2\cdot0.5-1+0.5=0.5$, so $a=0.5$.
#
# A **layer** $l$ is a column of $n_l$ units that read the same inputs: the outputs of the layer before. For all its units and all examples at once:
#
# $$Z^{[l]}=W^{[l]}A^{[l-1]}+b^{[l]},\qquad A^{[l]}=\max(0,Z^{[l]}),\qquad A^{[0]}=X\tag{2}$$
#
# $W^{[l]}$ (`W1`, …) is $(n_l,n_{l-1})$, with one unit's weights in each row; $b^{[l]}$ is $(n_l,1)$. Our sizes $2,10,5,1$ make $10\cdot2+10+5\cdot10+5+5+1=91$ weights and biases, the **parameters**.

# %% [markdown]
# Going through all layers from $X$ to the output is a **forward pass**. The last layer is one unit with another activation: the sigmoid $a=1/(1+e^{-z})$ turns any number into one between 0 and 1, read as the probability of label 1. Above 0.5 the network predicts 1. The **accuracy** is the share of right predictions.
#
# The **loss** of an example is $-\ln$ of the probability given to its true label. The **cost** $J$ is the mean loss of $m$ examples:
#
# $$J=-\frac1m\sum_{i=1}^m\Big(y^{(i)}\ln a^{(i)}+(1-y^{(i)})\ln(1-a^{(i)})\Big)\tag{3}$$
#
# *By hand:* for label 1, $a=0.99$ costs $-\ln0.99=0.0101$, and $a=0.01$ costs $4.605$. Knowing nothing, $a=0.5$, costs $\ln2=0.6931$ for either label. Remember this number.

# %% [markdown]
# **Gradient descent** lowers the cost step by step. The **gradient** $\partial J/\partial W$ says how fast the cost rises with each weight. A backward pass through the layers computes it, and every iteration moves every parameter the other way, by the learning rate $\alpha$ times its gradient:
#
# $$W\leftarrow W-\alpha\,\frac{\partial J}{\partial W},\qquad b\leftarrow b-\alpha\,\frac{\partial J}{\partial b}\tag{4}$$
#
# *By hand:* weight $0.3$, gradient $2$, $\alpha=0.01$: the new weight is $0.3-0.01\cdot2=0.28$.
#
# `init_utils` does both passes. One thing is left open, and it decides everything: where does the descent start? That choice is the **initialization**. The next cell, `fit`, trains from any start.

# %% nbgrader={"grade": false, "grade_id": "training", "locked": true, "schema_version": 3, "solution": false, "task": false}
def fit(parameters, X, Y, iterations=15_000):
    """Gradient descent from `parameters`: the trained ones, and the cost at every 1000th iteration."""
    passes = init_utils.forward_propagation, init_utils.backward_propagation
    return init_utils.train(X, Y, parameters, *passes, init_utils.compute_loss, 0.01, iterations)


def signal(spread, activation, depth=10, n=100):
    """Mean squares after 0, 1, ..., depth layers of n units (for section 4)."""
    random = np.random.RandomState(1)
    A = random.randn(n, 1000)
    sizes = [np.mean(A**2)]
    for _ in range(depth):
        A = activation(spread * random.randn(n, n) @ A)
        sizes.append(np.mean(A**2))
    return sizes


# %% [markdown]
# ## 2. Start from zero
#
# The plainest start is zero everywhere. It looks fair: no weight is preferred, and gradient descent moves each one to its place. Or does it?
#
# **Exercise 1** (10 points, about 5 lines). Write `initialize_parameters_zeros(layers_dims)`. The list holds the sizes $n_0,n_1,\dots,n_L$, inputs first. Return a dictionary with `W1` of shape $(n_1,n_0)$, `b1` of shape $(n_1,1)$, and so on up to `WL` and `bL`, all zeros. The list may have any length.
#
# *By hand:* the sizes $3,2,1$ make two layers: `W1` $(2,3)$, `b1` $(2,1)$, `W2` $(1,2)$, `b2` $(1,1)$. The free cell below shows them.

# %% [markdown]
# <details><summary>Hint 1: the idea</summary>
#
# Make an empty dictionary. Go through the layers, and put two arrays into it for each.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# A list of four sizes has the layers 1, 2, 3. Layer $l$ has $n_l$ rows and $n_{l-1}$ columns of weights: entries $l$ and $l-1$ of the list.
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Write layer 1 alone, with `np.zeros` and a tuple of two sizes. Then replace the number 1 by a loop variable, in the keys too: `"W" + str(l)` or `f"W{l}"`.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_zeros", "locked": false, "schema_version": 3, "solution": true, "task": false}
def initialize_parameters_zeros(layers_dims):
    """Parameters that are all zero.

    layers_dims : list of L + 1 ints, the sizes n_0 (inputs), n_1, ..., n_L (outputs)

    Returns a dictionary of float arrays: W1 (n_1, n_0), b1 (n_1, 1), ...,
    WL (n_L, n_{L-1}), bL (n_L, 1).
    """
    ### BEGIN SOLUTION
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters
    ### END SOLUTION


# %%
for name, value in initialize_parameters_zeros([3, 2, 1]).items():
    print(name, value.shape, value.tolist())

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("initialize_parameters_zeros")

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of initialize_parameters_zeros run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, kinds = "initialize_parameters_zeros", ("a network of one layer", "layers of equal size", "a network of twelve layers")
sizes = [4, 1], [3, 3, 3], [2, 3, 1, 1, 4, 5, 2, 6, 3, 1, 2, 4, 3]
check_lists = [(list(layers_dims),) for layers_dims in sizes]
answers = testCases.answers(initialize_parameters_zeros, check_lists)
for kind in ("a network of one layer", "layers of equal size", "a network of twelve layers"):
    layers_dims, (check_sizes,), got = (part[kinds.index(kind)] for part in (sizes, check_lists, answers))
    fault = testCases.parameters_fault(function, got, layers_dims)
    assert not fault, f"{function}: for {kind}, a key, a shape or a type of numbers is not as the text asks."
    for l in range(1, len(layers_dims)):
        zero = np.all(got[f"W{l}"] == 0) and np.all(got[f"b{l}"] == 0)
        assert zero, f"{function}: for {kind}, W{l} and b{l} should hold zeros only."
    assert check_sizes == layers_dims, f"{function}: the list that it was given has changed."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** You train the network with sizes $2, 10, 5, 1$ from zeros, 15,000 iterations. Where does the cost start? Where does it end? Which label do the training points get?

# %% tags=["experiment"]
sets = train_X, train_Y, test_X, test_Y
parameters, costs = fit(initialize_parameters_zeros([2, 10, 5, 1]), train_X, train_Y)
print("cost at the start and at iteration 14000:", f"{costs[0]:.6f} {costs[-1]:.6f}")
print("largest weight after training:", max(np.abs(parameters[f"W{l}"]).max() for l in (1, 2, 3)))
alt = """Left: the cost stays on a flat line at 0.6931 over all iterations.
    Right: the whole plane is one region, that of label 0. Nothing has been learned."""
init_utils.report(parameters, costs, sets, alt)

# %% [markdown]
# *Measured:* the cost is 0.6931, that is $\ln2$, from the first iteration to the last, and both accuracies are 0.5. Every output is exactly 0.5, which counts as label 0.
#
# *Why, by hand:* zero weights make every hidden output 0. The gradient of $W^{[3]}$ is a product with these outputs: zero. Those of $W^{[2]}$ and $W^{[1]}$ go back through $W^{[3]}$: zero. Only $b^{[3]}$ could move. Its gradient is the mean of $a-y$, here $0.5-150/300=0$.
#
# You may read that zeros never learn. But $b^{[3]}$ stood still only because half of the labels are 1.
#
# **Predict.** Keep 150 examples with label 0, but only 50 with label 1. Does the cost fall now? To what? Which parameters change?

# %% tags=["experiment"]
kept = np.concatenate([np.flatnonzero(train_Y[0] == 0), np.flatnonzero(train_Y[0] == 1)[:50]])
uneven_X, uneven_Y = train_X[:, kept], train_Y[:, kept]
uneven, uneven_costs = fit(initialize_parameters_zeros([2, 10, 5, 1]), uneven_X, uneven_Y)
print("largest weight after training:", max(np.abs(uneven[f"W{l}"]).max() for l in (1, 2, 3)))
output = init_utils.forward_propagation(uneven_X, uneven)[0]
print(f"b3 = {uneven['b3'].item():.4f}, outputs from {output.min():.4f} to {output.max():.4f}")
print(f"accuracy on the 200 kept examples: {init_utils.accuracy(uneven_X, uneven_Y, uneven):.4f}")
alt = """Two cost curves. With balanced labels the cost stays at 0.6931.
    With one label 1 in four it falls to 0.5623 within 2,000 iterations and stays there."""
init_utils.plot_costs({"300 balanced": costs, "200 uneven": uneven_costs}, alt=alt)

# %% [markdown]
# *Measured:* the cost falls to 0.5623 and the accuracy is 0.75, yet every weight is still exactly 0. Only $b^{[3]}$ moved, to $-1.0986 = \ln(0.25 / 0.75)$, so that every output is 0.25: the network has learned how frequent label 1 is, and nothing about the points.
#
# **Predict.** Is zero the trouble, or that all weights are equal? Train again with every weight at 0.5. What do you expect of the rows of `W1` after training?

# %% tags=["experiment"]
constant = initialize_parameters_zeros([2, 10, 5, 1])
for l in (1, 2, 3):
    constant[f"W{l}"] = constant[f"W{l}"] + 0.5
constant, constant_costs = fit(constant, train_X, train_Y)
apart = [np.ptp(constant[f"W{l}"], axis=0).max() for l in (1, 2)]
print("two rows of W1 or of W2 differ by less than 1e-12:", max(apart) < 1e-12)
alt = """Left: the cost falls from 1.79 to 0.69 in a thousand iterations, then creeps to 0.65.
    Right: one straight line cuts a corner off both rings, as a single unit would."""
init_utils.report(constant, constant_costs, sets, alt)

# %% [markdown]
# *Measured:* accuracies 0.58 and 0.59, and all rows of a weight matrix are still equal. Units with equal weights compute the same, get the same gradient, and make the same step. Ten units act as one. This **symmetry** is the trouble; zero is its extreme case.
#
# So the weights have to differ. Biases may start at zero: once the weights differ, so do the units.
#
# ## 3. Break the symmetry
#
# Draw each weight from a normal distribution: mean 0, most values near 0, a few far out. How large should it be? Start with far too large, to see what that does:
#
# $$W^{[l]} = 10 \cdot N, \qquad N_{jk} \sim \mathcal{N}(0, 1), \qquad b^{[l]} = 0 \tag{5}$$

# %% [markdown]
# **Exercise 2** (10 points, about 5 lines). Write `initialize_parameters_random(layers_dims)`: shapes and keys as before, weights as in (5), zero biases. Every weight is a draw of its own.
#
# Whether you set a seed, and which generator you use, is up to you: the checks look at how the weights are distributed. To get the numbers below, use `np.random.randn`; the free cell sets the seed.
#
# *By hand:* with seed 3 the first draw is $1.7886$, so the first weight is $17.886$. For the sizes $3, 2, 1$ you get `W1` = $\begin{pmatrix} 17.886 & 4.365 & 0.965 \\ -18.635 & -2.774 & -3.548 \end{pmatrix}$ and `W2` = $(-0.827 \;\; -6.270)$.

# %% [markdown]
# <details><summary>Hint 1: the idea</summary>
#
# Exercise 1 with another way to fill `W`. Only one line changes.
#
# </details>
# <details><summary>Hint 2: the function</summary>
#
# `np.random.randn(rows, columns)` draws an array of normal numbers with mean 0 and standard deviation 1. It takes the sizes as two numbers, not as a tuple. (`np.random.rand` is another distribution.)
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Draw the array for layer 1, and look at its standard deviation with `.std()`. What do you have to do to each number to make that ten times as large? If you set a seed, do it before the loop: why not inside?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_random", "locked": false, "schema_version": 3, "solution": true, "task": false}
def initialize_parameters_random(layers_dims):
    """Weights that are ten times standard normal numbers, zero biases.

    layers_dims : list of L + 1 ints, the sizes n_0 (inputs), n_1, ..., n_L (outputs)

    Returns a dictionary of float arrays: W1 (n_1, n_0), b1 (n_1, 1), ...,
    WL (n_L, n_{L-1}), bL (n_L, 1).
    """
    ### BEGIN SOLUTION
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters
    ### END SOLUTION


# %%
np.random.seed(3)
for name, value in initialize_parameters_random([3, 2, 1]).items():
    print(name, value.round(3).tolist())

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("initialize_parameters_random")

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of initialize_parameters_random run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, kinds = "initialize_parameters_random", ("a network of one layer", "a network of twelve layers", "wide layers")
sizes = [4, 1], [2, 3, 1, 1, 4, 5, 2, 6, 3, 1, 2, 4, 3], [100, 95, 3, 3300, 3]
check_lists = [(list(layers_dims),) for layers_dims in sizes]
answers = testCases.answers(initialize_parameters_random, check_lists)
for kind in ("a network of one layer", "a network of twelve layers", "wide layers"):
    layers_dims, (check_sizes,), got = (part[kinds.index(kind)] for part in (sizes, check_lists, answers))
    fault = testCases.parameters_fault(function, got, layers_dims)
    assert not fault, f"{function}: for {kind}, a key, a shape or a type of numbers is not as the text asks."
    assert check_sizes == layers_dims, f"{function}: the list that it was given has changed."
    faults = testCases.draw_faults(got, [10] * (len(layers_dims) - 1))
    assert "biases" not in faults, f"{function}: for {kind}, the biases are not zero everywhere."
# the last network has 29,000 weights; course_draws says why chance decides nothing, here and in small layers
assert "mean" not in faults, "initialize_parameters_random: in a wide network the weights have a mean that is not near 0."
assert "spread" not in faults, "initialize_parameters_random: in a wide network the weights have a spread that is not 10."
assert "distribution" not in faults, "initialize_parameters_random: in a wide network the weights are not normally distributed."
check_own = "repeated" not in faults and "alike" not in faults
assert check_own, "initialize_parameters_random: in a wide network not every weight is a draw of its own."
check_many = testCases.answers(initialize_parameters_random, [(layers_dims,) for layers_dims in testCases.small_networks()])
check_faults = testCases.small_draw_faults(check_many, lambda n_in, n_out: 10)
for kind in ("a small layer", "a layer behind a single unit", "a layer with a single unit", "an output of a single unit"):
    check_rule = kind not in check_faults
    assert check_rule, f"{function}: for {kind}, the weights are not drawn as in a wide one: normal, with the spread of the text."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** What enters the sigmoid now lies between 60 and 7,000. Since $e^{-37} \approx 10^{-16}$, the sigmoid of 37 rounds to exactly 1. What is the first cost, if some label is 0 where the output is exactly 1? Does the network learn all the same?

# %% tags=["experiment"]
np.random.seed(3)
large = initialize_parameters_random([2, 10, 5, 1])
A3, cache = init_utils.forward_propagation(train_X, large)
print(f"outputs that are exactly 1: {np.sum(A3 == 1)} of {A3.size}; smallest Z3: {cache[8].min():.1f}")
large, large_costs = fit(large, train_X, train_Y)
print("cost at the start, at 1000 and at 14000:", *(f"{large_costs[i]:.2f}" for i in (0, 1, 14)))
alt = """Left: the cost is off the scale at first, then falls in steps to 0.38.
    Right: a ragged region for label 1 holds the inner ring and leaks out through the left of the outer ring."""
init_utils.report(large, large_costs, sets, alt)

# %% [markdown]
# *Measured:* all 300 outputs start at exactly 1, so the first cost is infinite. The symmetry is broken and the network learns, but slowly: cost 0.38 after 14,000 iterations, accuracies 0.83 and 0.86. (This run amplifies rounding errors; your third digits may differ.)
#
# ## 4. Find the right scale
#
# Too large is bad. How small is right? A unit adds $n$ products $w\cdot a$. If the weights are independent, with mean 0 and variance $v$, the cross terms average out and the squares add. A bar means the average:
#
# $$\overline{z^2}=n\,v\;\overline{a^2}\tag{6}$$
#
# ReLU sets half of the $z$ to 0, so half of the mean square is left. From layer to layer the **signal**, the mean square of the activations, becomes
#
# $$\overline{a_{\text{new}}^2}=\tfrac12\,n\,v\;\overline{a^2}\tag{7}$$

# %% [markdown]
# *By hand:* with $n=100$ and standard deviation $1$ ($v=1$) the factor is $\tfrac12\cdot100\cdot1=50$, and ten layers make $50^{10}\approx10^{17}$. Deviation $0.01$ ($v=0.0001$) makes $0.005$, and ten layers $10^{-23}$.
#
# **Predict.** Ten layers of 100 ReLU units, inputs of mean square 1. Besides these two deviations, try $\sqrt{2/100}=0.141$ and $\sqrt{1/100}=0.1$. Compute their factors (7). Which signals survive?
#
# In JupyterLab a slider, *spread*, sets the deviation of the thick curve. Which value keeps it level?

# %% tags=["experiment"]
four = {"1": 1, "$\\sqrt{2/n}$": np.sqrt(2 / 100), "$\\sqrt{1/n}$": 0.1, "0.01": 0.01}


def survival(spread=0.125, activation=init_utils.relu):
    figure, axes = init_utils.subplots(layout="constrained")
    for label, deviation in four.items():
        values = signal(deviation, activation)
        axes.semilogy(values, label=f"{label}: ends at {values[-1]:.3g}")
    axes.semilogy(signal(spread, activation), "k-", linewidth=3, label=f"thick: {spread:.3g}")
    axes.set(xlabel="layer", ylabel="mean square of activations")
    figure.legend(loc="outside right upper")
    return figure


alt = """Mean square of ReLU activations against the layer, logarithmic: straight lines. 1 explodes to 1e17,
    0.01 vanishes to 1e-23, the root of 2/n stays level. The thick line is the slider's."""
init_utils.explore(survival, alt, spread=(0.05, 0.3, 0.005))

# %% [markdown]
# *Measured:* the lines are straight, as (7) says. After ten layers: $1.16\cdot10^{17}$ for 1, $1.16\cdot10^{-23}$ for 0.01, $0.00116$ for $\sqrt{1/n}$ (predicted: $2^{-10}=0.00098$), and $1.19$ for $\sqrt{2/n}$. What vanishes takes its gradient along; what explodes saturates the sigmoid. He and others (2015) keep (7) at 1: the weights of layer $l$ get the standard deviation
#
# $$\sqrt{2/n_{l-1}}\tag{8}$$
#
# **Exercise 3** (10 points, about 6 lines). Write `initialize_parameters_he(layers_dims)`: normal weights with mean 0 and deviation (8), zero biases, shapes and keys as before.
#
# *By hand:* 2 inputs give the deviation $\sqrt{2/2}=1$, 8 inputs $0.5$, 200 inputs $0.1$. For $2,4,1$ and seed 3, `W1` holds the draws themselves and begins with $1.7886$, $0.4365$; `W2` is $0.7071$ times draws: $(-0.0310,-0.3374,-0.9290,0.6255)$.

# %% [markdown]
# <details><summary>Hint 1: the idea</summary>
#
# Exercise 2 with a factor that depends on the layer.
#
# </details>
# <details><summary>Hint 2: which size</summary>
#
# A number drawn with standard deviation 1 and multiplied by $s$ has standard deviation $s$. Here $s$ is (8), and $n_{l-1}$ is the number of columns of $W^{[l]}$, not of its rows.
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Compute the factor in a line of its own inside the loop, and print it for the sizes 8, 200, 1: you should see 0.5 and 0.1. Mind where the bracket of the root closes.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_he", "locked": false, "schema_version": 3, "solution": true, "task": false}
def initialize_parameters_he(layers_dims):
    """Normal weights with variance 2 / inputs, zero biases (He, Zhang, Ren, Sun, 2015).

    layers_dims : list of L + 1 ints, the sizes n_0 (inputs), n_1, ..., n_L (outputs)

    Returns a dictionary of float arrays: W1 (n_1, n_0), b1 (n_1, 1), ...,
    WL (n_L, n_{L-1}), bL (n_L, 1).
    """
    ### BEGIN SOLUTION
    parameters = {}
    for l in range(1, len(layers_dims)):
        scale = np.sqrt(2 / layers_dims[l - 1])
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters
    ### END SOLUTION


# %%
np.random.seed(3)
for name, value in initialize_parameters_he([2, 4, 1]).items():
    print(name, value.round(4).tolist())

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("initialize_parameters_he")

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of initialize_parameters_he run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, kinds = "initialize_parameters_he", ("a network of one layer", "a network of twelve layers", "wide layers")
sizes = [4, 1], [2, 3, 1, 1, 4, 5, 2, 6, 3, 1, 2, 4, 3], [100, 95, 3, 3300, 3]
check_lists = [(list(layers_dims),) for layers_dims in sizes]
answers = testCases.answers(initialize_parameters_he, check_lists)
for kind in ("a network of one layer", "a network of twelve layers", "wide layers"):
    layers_dims, (check_sizes,), got = (part[kinds.index(kind)] for part in (sizes, check_lists, answers))
    fault = testCases.parameters_fault(function, got, layers_dims)
    assert not fault, f"{function}: for {kind}, a key, a shape or a type of numbers is not as the text asks."
    assert check_sizes == layers_dims, f"{function}: the list that it was given has changed."
    faults = testCases.draw_faults(got, [(2 / n_in) ** 0.5 for n_in in layers_dims[:-1]])
    assert "biases" not in faults, f"{function}: for {kind}, the biases are not zero everywhere."
# the last network has 29,000 weights; course_draws says why chance decides nothing, here and in small layers
assert "mean" not in faults, "initialize_parameters_he: in a wide network the weights have a mean that is not near 0."
assert "spread" not in faults, "initialize_parameters_he: in a wide network the weights have a spread that does not fit their inputs."
assert "distribution" not in faults, "initialize_parameters_he: in a wide network the weights are not normally distributed."
check_own = "repeated" not in faults and "alike" not in faults
assert check_own, "initialize_parameters_he: in a wide network not every weight is a draw of its own."
check_many = testCases.answers(initialize_parameters_he, [(layers_dims,) for layers_dims in testCases.small_networks()])
check_faults = testCases.small_draw_faults(check_many, lambda n_in, n_out: (2 / n_in) ** 0.5)
for kind in ("a small layer", "a layer behind a single unit", "a layer with a single unit", "an output of a single unit"):
    check_rule = kind not in check_faults
    assert check_rule, f"{function}: for {kind}, the weights are not drawn as in a wide one: normal, with the spread of the text."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** From ×10 the network reached cost 0.38 and accuracies 0.83 and 0.86. What will the same 15,000 iterations reach from He's weights?

# %% tags=["experiment"]
np.random.seed(3)
trained, costs = fit(initialize_parameters_he([2, 10, 5, 1]), train_X, train_Y)
print("cost at the start, at 1000 and at 14000:", *(f"{costs[i]:.4f}" for i in (0, 1, 14)))
alt = """Left: the cost falls steadily from 0.88 to 0.07. Right: a closed region for label 1
    holds the inner ring and leaves nearly all of the outer ring outside."""
init_utils.report(trained, costs, sets, alt)

# %% [markdown]
# *Measured:* the cost falls from 0.8831 to 0.0736, and the accuracies are 0.9933 and 0.96. Same network, same data, same steps; only the start differs.
#
# Is that He's doing, or the luck of seed 3? One run proves little.
#
# **Predict.** Train with the seeds 0 to 5. How far will the test accuracies lie apart? (If your function sets a seed itself, take that line out first, or all six runs are one.)

# %% tags=["experiment"]
runs = {}
for seed, iterations in [(seed, 15_000) for seed in range(6)] + [(0, 30_000)]:
    np.random.seed(seed)
    trained, costs = fit(initialize_parameters_he([2, 10, 5, 1]), train_X, train_Y, iterations)
    runs[f"seed {seed}"] = costs
    right = [init_utils.accuracy(X, Y, trained) for X, Y in (sets[:2], sets[2:])]
    print(f"seed {seed}, {iterations} iterations: accuracy {right[0]:.4f} train, {right[1]:.4f} test")
alt = """Six cost curves from He weights. Seeds 1, 2, 3 and 5 fall below 0.13 by iteration 14,000.
    Seed 4 leaves a plateau at 0.69 after 10,000, seed 0 only after 14,000; both then fall alike."""
init_utils.plot_costs(runs, alt=alt)

# %% [markdown]
# *Measured:* after 15,000 iterations five seeds reach test accuracies from 0.94 to 0.97, but seed 0 reaches 0.7233 on the training set and 0.73 on the test set. It is late, not lost: 30,000 iterations bring it to 0.9933 and 0.96. A good scale makes a good start likely, not certain; judge nothing by one seed, or by one training time.
#
# ## 5. Look at both directions
#
# The gradient travels through the same weights backwards. Each output of layer $l-1$ feeds all $n_l$ units of layer $l$, and its gradient adds one term for each. So the factor counts $n_l$ where (6) counts $n_{l-1}$. Without ReLU's halving, keeping the signal wants $v = 1/n_{l-1}$, and keeping the gradient wants $v = 1/n_l$.

# %% [markdown]
# Glorot and Bengio (2010) take one over the mean of both sizes, for activations such as tanh, S-shaped from $-1$ to $1$, that pass small signals unchanged. The *variance* of layer $l$'s weights is
#
# $$\frac{2}{n_{l-1}+n_l}\tag{9}$$
#
# **Exercise 4** (5 points, about 6 lines). `initialize_parameters_glorot(layers_dims)`: normal weights, mean 0, variance (9); zero biases. *By hand:* $2,10,5,1$ gives the deviations $\sqrt{2/12}=0.4082$, $0.3651$, $0.5774$; with seed 3 the first weight is $1.7886\cdot0.4082=0.7302$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Exercise 3, both sizes in the factor.
# </details>
# <details><summary>Hint 2: variance</summary>
#
# Multiplying by $s$ multiplies the variance by $s^2$. Which $s$ do you need?
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Compute $s$ alone for 2 and 10: 0.4082? If not, look at your brackets.
# </details>

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_glorot", "locked": false, "schema_version": 3, "solution": true, "task": false}
def initialize_parameters_glorot(layers_dims):
    """Normal weights with variance 2 / (inputs + units), zero biases (Glorot and Bengio, 2010).

    layers_dims : list of L + 1 ints, the sizes n_0 (inputs), n_1, ..., n_L (outputs)

    Returns a dictionary of float arrays: W1 (n_1, n_0), b1 (n_1, 1), ...,
    WL (n_L, n_{L-1}), bL (n_L, 1).
    """
    ### BEGIN SOLUTION
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_out, n_in) * np.sqrt(2 / (n_in + n_out))
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters
    ### END SOLUTION


# %%
np.random.seed(3)
print(initialize_parameters_glorot([2, 10, 5, 1])["W1"][0].round(4).tolist())

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_glorot_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("initialize_parameters_glorot")

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_glorot_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of initialize_parameters_glorot run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, kinds = "initialize_parameters_glorot", ("a network of one layer", "a network of twelve layers", "wide layers")
sizes = [4, 1], [2, 3, 1, 1, 4, 5, 2, 6, 3, 1, 2, 4, 3], [100, 95, 3, 3300, 3]
check_lists = [(list(layers_dims),) for layers_dims in sizes]
answers = testCases.answers(initialize_parameters_glorot, check_lists)
for kind in ("a network of one layer", "a network of twelve layers", "wide layers"):
    layers_dims, (check_sizes,), got = (part[kinds.index(kind)] for part in (sizes, check_lists, answers))
    fault = testCases.parameters_fault(function, got, layers_dims)
    assert not fault, f"{function}: for {kind}, a key, a shape or a type of numbers is not as the text asks."
    assert check_sizes == layers_dims, f"{function}: the list that it was given has changed."
    faults = testCases.draw_faults(got, [(2 / sum(pair)) ** 0.5 for pair in zip(layers_dims, layers_dims[1:])])
    assert "biases" not in faults, f"{function}: for {kind}, the biases are not zero everywhere."
# the last network has 29,000 weights; course_draws says why chance decides nothing, here and in small layers
assert "mean" not in faults, "initialize_parameters_glorot: in a wide network the weights have a mean that is not near 0."
assert "spread" not in faults, "initialize_parameters_glorot: in a wide network the weights have a spread that does not fit their two sizes."
assert "distribution" not in faults, "initialize_parameters_glorot: in a wide network the weights are not normally distributed."
check_own = "repeated" not in faults and "alike" not in faults
assert check_own, "initialize_parameters_glorot: in a wide network not every weight is a draw of its own."
check_same = []  # from the same random state: twelve weights each, whose scales are the roots of 2/13 and of 2/7
for layers_dims in ([1, 12, 1], [3, 4, 3]):
    np.random.seed(8)
    check_same.append(initialize_parameters_glorot(layers_dims)["W1"])
check_scale = testCases.scale_between(*check_same)
if check_scale is not None:
    check_scale /= (7 / 13) ** 0.5
else:  # each call draws anew: 143,568 weights know their variance to 0.37 %; one more input is 4.1 %
    got = initialize_parameters_glorot([12] * 998)
    check_square = np.mean([np.mean(got[f"W{l}"] ** 2) for l in range(1, 998)])
    check_scale = (check_square * 12) ** 0.5
# Limit: 6.1 sigma of the second way, 9e-10 to reject a right answer; 4.8 sigma, 1e-6, to take one more input for right.
check_small = abs(check_scale - 1) < 0.01142
assert check_small, "initialize_parameters_glorot: in small layers the spread does not fit the two sizes. What does (9) count?"
check_many = testCases.answers(initialize_parameters_glorot, [(layers_dims,) for layers_dims in testCases.small_networks()])
check_faults = testCases.small_draw_faults(check_many, lambda n_in, n_out: (2 / (n_in + n_out)) ** 0.5)
for kind in ("a small layer", "a layer behind a single unit", "a layer with a single unit", "an output of a single unit"):
    check_rule = kind not in check_faults
    assert check_rule, f"{function}: for {kind}, the weights are not drawn as in a wide one: normal, with the spread of the text."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** All starts side by side on our three layers, seed 3, with 0.01 and 1 for comparison. "Smaller is safer" says a rule of thumb. Does 0.01 win? Does 1 lose? And in ten *tanh* layers of 100 units, which of the four deviations keeps the signal?

# %% tags=["experiment"]
he, glorot, ten = initialize_parameters_he, initialize_parameters_glorot, initialize_parameters_random
for start, initialize, factor in (("He", he, 1), ("Glorot", glorot, 1), ("0.01", ten, 0.001), ("1", ten, 0.1)):
    np.random.seed(3)
    first = {name: factor * value for name, value in initialize([2, 10, 5, 1]).items()}
    trained, costs = fit(first, train_X, train_Y)
    right = [init_utils.accuracy(X, Y, trained) for X, Y in (sets[:2], sets[2:])]
    print(f"{start:6} cost at 14000: {costs[-1]:.4f}; accuracy {right[0]:.4f} train, {right[1]:.4f} test")

# %% tags=["experiment"]
alt = """Mean square of tanh activations over ten layers, logarithmic. 0.01 vanishes to 1e-20, 1 stays
    near 1, the roots of 2/n and 1/n sink slowly. The thick line, for 0.05, sinks to 1e-6."""
init_utils.show(survival(0.05, np.tanh), alt)

# %% [markdown]
# *Measured:* 0.01 is the loser: cost 0.6931, accuracy 0.48 on the test set. Its signal vanishes within three layers, so it is as stuck as zeros. Factor 1 does as well as He here (0.96 on the test set): three small layers forgive what ten do not.
#
# With tanh, deviation 1 ends at mean square 0.916: nearly every unit is saturated at $\pm1$, where the slope is almost 0. Glorot's scale, $\sqrt{1/n}$ for equal sizes, leaves 0.0483 and $\sqrt{2/n}$ leaves 0.303: tanh squeezes whatever is not small, so nothing stays quite level. 0.01 leaves $9\cdot10^{-21}$.

# %% [markdown]
# ## 6. Normalize the inputs
#
# Section 4 fed inputs of mean square 1. Real features come in metres, years and euros. Then the cost is a narrow valley: steep along one weight, flat along another. One learning rate must serve both, so it must be small enough for the steep one. The cure is to shift and scale each feature $j$, with $m$ training examples:
#
# $$\mu_j = \frac{1}{m} \sum_i x_j^{(i)} \tag{10}$$
#
# $$\sigma_j = \sqrt{\frac{1}{m} \sum_i \big(x_j^{(i)} - \mu_j\big)^2} \tag{11}$$
#
# $$x_j \leftarrow \frac{x_j - \mu_j}{\sigma_j} \tag{12}$$

# %% [markdown]
# **Exercise 5** (5 points, about 5 lines). Write `normalize_inputs(X_train, X_test)`. It returns the two normalized sets, `mu` and `sigma`.
#
# - Both sets use the *training* statistics. New inputs arrive one at a time, and the same point must always become the same number.
# - A feature whose training values are all equal gets $\sigma = 1$. Rounding may leave $10^{-17}$ (for 0.1, 0.1, 0.1): compare values, or use a tiny threshold. Metres can vary by micrometres: $\sigma = 10^{-7}$ is real, far from 0 too.
# - The arrays passed in stay as they are. They may hold integers.
#
# *By hand:* a feature with training values $1, 2, 3, 4$ has $\mu = 2.5$, $\sigma = \sqrt{1.25} = 1.118$, and becomes $-1.342, -0.447, 0.447, 1.342$. One with $100, 300, 200, 400$ has $\mu = 250$, $\sigma = 111.8$. The test point $(5, 250)$ becomes $(2.236, 0)$.

# %% [markdown]
# <details><summary>Hint 1: the idea</summary>
#
# One mean and one deviation for each row of `X_train`. Then the same formula for both sets.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `mu` and `sigma` are $(n_x, 1)$, so that (12) applies each to its whole row. `np.mean` and `np.std` take `axis`, the axis that disappears, and `keepdims`, which leaves it with length 1.
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Print the mean of the worked example for `axis=0` and for `axis=1`, with `keepdims=True`. Which has one number for each feature? For the constant feature, look up `np.where`.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "normalize_inputs", "locked": false, "schema_version": 3, "solution": true, "task": false}
def normalize_inputs(X_train, X_test):
    """Both sets shifted and scaled by the mean and standard deviation of the training set.

    X_train : (n_x, m) array of numbers, ints or floats, one example per column
    X_test : (n_x, m_test) array, likewise

    Returns (X_train_n, X_test_n, mu, sigma): float arrays of shapes
    (n_x, m), (n_x, m_test), (n_x, 1), (n_x, 1).
    """
    ### BEGIN SOLUTION
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma[np.ptp(X_train, axis=1, keepdims=True) == 0] = 1.0
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
    ### END SOLUTION


# %%
example = np.array([[1, 2, 3, 4], [100, 300, 200, 400]])
for value in normalize_inputs(example, np.array([[5], [250]])):
    print(value.round(3).tolist())

# %% nbgrader={"grade": true, "grade_id": "normalize_inputs_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("normalize_inputs")

# %% nbgrader={"grade": true, "grade_id": "normalize_inputs_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of normalize_inputs run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, check_random, sets, expected = "normalize_inputs", np.random.RandomState(11), [], []
rows = [
    ("features of other units", [[-300.0], [7], [0]], [[200], [0.9], [30]], 50),
    ("a feature that varies by a ten-millionth", [[1e-7]], [[1.5e-7]], 50),
    ("a feature far from 0", [[1e6]], [[3]], 50),
    ("a feature with an outlier", [[20.0]], [[2]], 40),
    ("seven examples, and a single one to test", [[40.0]], [[9]], 7),
]
for kind, centre, unit, m in rows:
    X_train, X_test = (centre + unit * check_random.randn(len(unit), size) for size in (m, 20 if m > 7 else 1))
    if kind == "a feature with an outlier":  # 6 deviations from the mean, and 60 in the test set
        X_train[0, 3], X_test[0, 5] = 800, -8000
    mu = X_train.sum(axis=1, keepdims=True) / m
    sigma = (((X_train - mu) ** 2).sum(axis=1, keepdims=True) / m) ** 0.5
    expected.append({"X_train_n": (X_train - mu) / sigma, "X_test_n": (X_test - mu) / sigma, "mu": mu, "sigma": sigma})
    sets.append((X_train, X_test))
# A kilometre away, a millimetre of spread; equal values whose deviation rounds to 1e-17; a single example.
far = 1e6 + 1e-3 * np.random.RandomState(16).randn(1, 40)
constant = np.array([[6.0, 6, 6], [0.1, 0.1, 0.1], [1, 2, 9], [0, 0, 0]]), np.array([[7.0, 5], [0.2, 0.1], [4, 4], [2, 0]])
single = np.array([[3.0], [-0.7]]), np.array([[4.0, 3], [0.3, 0.3]])
answers = testCases.answers(normalize_inputs, [*sets, (far, far[:, :2]), constant, single])
assert all(len(got) == 4 for got in answers), "normalize_inputs: it should return four arrays."
for kind, *_ in rows:
    number = [other for other, *_ in rows].index(kind)
    for value, name in zip(answers[number], ("X_train_n", "X_test_n", "mu", "sigma")):
        right = expected[number][name]
        sigma = expected[number]["sigma"]
        scale = 1 if name.startswith("X") else sigma
        # Sums of m numbers are off by m roundings of 2 ** -53 of the largest; the variance, as a mean of squares less a
        # squared mean too, by as many of the largest square. 64 of them are more than any m here.
        check_room = 64 * 2.0**-52 * (1 + np.max(np.abs(sets[number][0]), axis=1, keepdims=True) / sigma) ** 2
        same = isinstance(value, np.ndarray) and value.shape == right.shape
        same = same and np.all(np.abs(value - right) <= check_room * (np.abs(right) + scale))
        assert same, testCases.Finding(
            f"{function}: for {kind}, {name} is not what (10) to (12) give with the training set's values.", also=testCases.kind(value, right)
        )
# here only who takes it for constant, or keeps fewer digits than a float has, is told from who does not
check_far = np.size(answers[5][3]) == 1 and float(np.squeeze(answers[5][3])) != 1
assert check_far, f"{function}: a feature far from 0 that varies little is taken for constant, or loses its digits."
check_train = [[0.0] * 3, [0.0] * 3, [-0.842927, -0.561951, 1.404879], [0.0] * 3]
check_four = {
    "a feature that is constant in the training set": (6, (check_train, [[1, -1], [0.1, 0], [0, 0], [2, 0]], [[6], [0.1], [4], [0]], [[1], [1], [3.559026], [1]])),
    "a single training example, whose features are constant": (7, ([[0], [0]], [[1, 0], [1, 1]], [[3], [-0.7]], [[1], [1]])),
}
for kind in ("a feature that is constant in the training set", "a single training example, whose features are constant"):
    number, rights = check_four[kind]
    for value, right in zip(answers[number], rights):
        same = np.shape(value) == np.shape(right) and np.allclose(value, right, rtol=1e-6, atol=1e-6)  # six decimals by hand
        assert same, f"{function}: {kind}, is not treated as the text says."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** The smallest network there is: one unit without activation, two features, 200 examples. One feature runs from 0 to 1000, the other from 0 to 1, and the target is exactly $0.01 x_1 + 3 x_2$. Both times the learning rate is half of that at which the steps would cease to shrink the error. How many iterations until the cost is below $10^{-6}$, raw and normalized?

# %% tags=["experiment"]
features = np.random.RandomState(1).rand(2, 200) * [[1000], [1]]
figure, axes = init_utils.subplots(subplot_kw={"xlabel": "iteration + 1", "ylabel": "cost"})
for label, X in (("raw", features), ("normalized", normalize_inputs(features, features)[0])):
    inputs = np.vstack([X, np.ones((1, 200))])  # the row of ones is the input of the bias
    curvature = np.linalg.eigvalsh(inputs @ inputs.T / 200)
    weights, costs = np.zeros((1, 3)), [np.inf]
    while len(costs) <= 5001 and costs[-1] > 1e-6:
        error = weights @ inputs - [[0.01, 3]] @ features
        costs.append(np.mean(error**2) / 2)
        weights = weights - error @ inputs.T / 200 / curvature[-1]
    print(f"{label}: cost {costs[-1]:.4g} after {len(costs) - 2} iterations")
    print(f"    steepest / flattest curvature: {curvature[-1] / curvature[0]:.4g}")
    axes.loglog(range(1, len(costs)), costs[1:], label=label)
axes.legend()
init_utils.show(figure, "Cost against iterations, both logarithmic. Raw: flat near 0.75. Normalized: 1e-6 after four.")

# %% [markdown]
# *Measured:* normalized inputs need 4 iterations. Raw ones stand at 0.7471 after 5,000 and at 0.52 after 200,000: the steepest curvature is 5.9 million times the flattest, normalized 1.147 times.
#
# ## 7. Explain it
#
# **Question** (5 points). A colleague trains 20 ReLU layers of 50 units: balanced labels, inputs normalized, normal weights of deviation 0.02, biases zero. The cost stands still at 0.6931.
#
# 1. Estimate the mean square of the last layer's activations with (7), and say why the cost does not move.
# 2. She proposes ten times the learning rate, or weights of 1 everywhere, or normalizing again. Judge each in one sentence.
# 3. Which standard deviation do you recommend, and how would you make sure that it helps?

# %% [markdown] nbgrader={"grade": true, "grade_id": "initialization_question", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# 1. (2 points) The factor per layer is $\tfrac12 \cdot 50 \cdot 0.02^2 = 0.01$, so after 20 layers the mean square is about $10^{-40}$. The outputs are all the sigmoid of 0, 0.5, cost $\ln 2$; the gradients contain these vanishing activations and weights as factors, so no weight moves.
# 2. (1.5 points) Ten times a gradient of about zero is still about zero. Equal weights make all units of a layer equal, and they stay so. The inputs are not the problem: each layer shrinks the signal again.
# 3. (1.5 points) $\sqrt{2/50} = 0.2$. Measure the mean square layer by layer before training (it should stay near 1), then train with several seeds and compare.

# %% [markdown]
# ## What you have learned
#
# - You proved that equal weights stay equal: zeros on balanced labels do not move at all, and 0.5 everywhere acts as a single unit.
# - You predicted from $\tfrac12 n v$ whether a signal survives ten layers, and measured it: $10^{17}$, $10^{-23}$, or 1.19.
# - You chose $2/n_{l-1}$ for ReLU and $2/(n_{l-1}+n_l)$ for tanh.
# - You normalized inputs with the training set's statistics only, and needed 4 iterations instead of more than 200,000.
# - You doubted claims and measured: zeros that learn, small weights that lose, a He start that is late.

# %% [markdown]
# ## On your own
#
# - Change the depth in `signal` to 50 and move the slider. How exactly do you have to meet the right spread? Explain it with (7).
# - Plot He's test accuracy over the seeds 0 to 19 for hidden sizes 10, 5 and for 40, 20. What does width do to bad luck? Why?
# - Multiply $x_1$ of the circles by 100, train from He's weights, and plot the cost. Then normalize first.
#
# ## Sources
#
# - Y. LeCun, L. Bottou, G. Orr, K.-R. Müller (1998). Efficient BackProp. doi:10.1007/3-540-49430-8_2
# - X. Glorot, Y. Bengio (2010). Understanding the difficulty of training deep feedforward neural networks. AISTATS, PMLR 9, 249-256.
# - K. He, X. Zhang, S. Ren, J. Sun (2015). Delving deep into rectifiers. doi:10.1109/ICCV.2015.123
