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
# - tell which first weights never learn, and why
# - follow one example through a network, forward and back
# - predict from the layer sizes whether signal and gradient survive many layers
# - choose the scale of He for ReLU layers, and know what Glorot's scale for tanh layers assumes
# - normalize inputs without looking at the test set
# - doubt a claim until you have measured it, with several seeds
#
# **What you'll need.** Python, NumPy arrays, matrix products, mean and variance, and what a derivative is. Section 1 explains networks. About two hours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math  # for your answers, should you want it

import numpy as np

import figures_descent
import figures_initialization as figures
import figures_network
import init_utils
import testCases

init_utils.use_style()

# %% [markdown]
# **How it works.** You write five functions, where the cells say `raise NotImplementedError()`. A free cell to try each follows, then a check that says what it finds, as often as you like, and one that runs when you hand in, on other sizes. Open one hint at a time.
#
# Before each experiment, write a prediction between the empty quotes of `figures.predict` and run that cell. Run the experiment, write one sentence of why below it, and only then open *What came*. What surprises you is what you learn.
#
# Want to write code at once? Go to exercise `initialize_parameters_zeros` in section 2, which needs array shapes only, and choose *Run*, *Run All Above Selected Cell* first.

# %% [markdown]
# ## 1. The task, and the network
#
# You get 300 training **examples**, points $(x_1, x_2)$ with a label, 0 or 1. Each stands in one column: `train_X` is $(2, 300)$, `train_Y` $(1, 300)$. The network is to predict the labels of new points; 100 test examples stand ready.

# %% tags=["experiment"]
sets = train_X, train_Y, test_X, test_Y = init_utils.load_dataset(show_points=False)
print("training examples:", train_X.shape, "with label 1:", train_Y.sum())
print("test examples:    ", test_X.shape, "with label 1:", test_Y.sum())
init_utils.plot_points(train_X, train_Y)

# %% [markdown]
# No straight line separates the rings; a network can. Its smallest part, a **unit**, weighs its inputs, adds a **bias**, and applies an **activation**, here ReLU, which replaces negative numbers by 0:
#
# $$z=w_1x_1+w_2x_2+b,\qquad a=\max(0,z)\tag{1}$$
#
# *By hand:* inputs $0.5$ and $-1$, weights $2$ and $1$, bias $0.5$: $z=2\cdot0.5-1+0.5=0.5$, so $a=0.5$.
#
# A **layer** $l$ is a column of $n_l$ units that read the same inputs: the outputs of the layer before. All layers but the last are **hidden**. For all its units and all $m$ examples at once:
#
# $$Z^{[l]}=W^{[l]}A^{[l-1]}+b^{[l]},\qquad A^{[l]}=\max(0,Z^{[l]}),\qquad A^{[0]}=X\tag{2}$$
#
# $W^{[l]}$ (`W1`, …) is $(n_l,n_{l-1})$, with one unit's weights in each row; $b^{[l]}$ is $(n_l,1)$ and is added to every column. For the first layer, $n_{l-1}$ is $n_x$, the number of inputs.

# %% [markdown]
# *By hand:* an entry of the product $WA$ is a row of $W$ times a column of $A$, entry by entry, added up. The rows $(2,1)$ and $(0,3)$ and the column $(0.5,-1)$ give $2\cdot0.5-1=0$ and $0-3=-3$. NumPy writes `W @ A`, and `W * A` for something else: entry by entry. $W^\top$, in NumPy `W.T`, has rows and columns exchanged.

# %% tags=["experiment"]
figures_network.show_network()

# %% [markdown]
# Our sizes $2,10,5,1$ make $10\cdot2+10+5\cdot10+5+5+1=91$ weights and biases, the **parameters**.
#
# Going through all layers from $X$ to the output is a **forward pass**. The last layer is one unit with another activation: the sigmoid $a=1/(1+e^{-z})$ turns any number into one between 0 and 1, read as the probability of label 1. Above 0.5 the network predicts 1. The **accuracy** is the share of right predictions.
#
# The **loss** of an example is $-\ln$ of the probability given to its true label, $a$ or $1-a$. The **cost** $J$ is the mean loss of the $m$ examples, numbered by $(i)$:
#
# $$J=-\frac1m\sum_{i=1}^m\Big(y^{(i)}\ln a^{(i)}+(1-y^{(i)})\ln(1-a^{(i)})\Big)\tag{3}$$

# %% [markdown]
# *By hand:* for label 1, $a=0.99$ costs $-\ln0.99=0.0101$, and $a=0.01$ costs $4.605$. Knowing nothing, $a=0.5$, costs $\ln2=0.6931$ for either label. Figures mark it. (Losses with $\ln$ have a unit, the *nat*; axes name it, you may ignore it.)
#
# **Gradient descent** lowers the cost step by step. The **gradient** $\partial J/\partial W$, `dW` in code, says how fast the cost rises with each weight ($\partial$: the others held fixed). Every iteration moves every parameter the other way, by the learning rate $\alpha$ times its gradient:
#
# $$W\leftarrow W-\alpha\,\frac{\partial J}{\partial W},\qquad b\leftarrow b-\alpha\,\frac{\partial J}{\partial b}\tag{4}$$
#
# *By hand:* weight $0.3$, gradient $2$, $\alpha=0.01$: the new weight is $0.3-0.01\cdot2=0.28$.

# %% [markdown]
# ### The backward pass: one unit
#
# Where do gradients come from? Ask how the loss $L$ of one unit changes when $z$ moves a little. Take the sigmoid unit, label $y=1$, $z=0$: then $a=0.5$ and $L=-\ln0.5=0.6931$.
#
# Two links make the chain. The loss changes $-1/a=-2$ times as fast as $a$. The sigmoid's slope is $a(1-a)=0.25$, so $a$ changes $0.25$ times as fast as $z$. (Take both slopes, from calculus, as given.) Together, the slope of $L$ over $z$ is $dz=\partial L/\partial z=-2\cdot0.25=-0.5$. That is $a-y$, and for label 0 it is $a-y$ too:
#
# $$dz=a-y\tag{4a}$$
#
# *Try it:* $z=0.1$ gives $L=0.6444$, lower by $0.0488$. Predicted: $0.5\cdot0.1=0.05$.
#
# A weight $w$ changes $z$ as fast as its input, a bias once: $dw=dz\cdot\text{input}$, $db=dz$.

# %% [markdown]
# ### The backward pass: two layers
#
# Put the ReLU unit of (1) in front; subscripts count layers now. $x=(0.5,-1)$, $W_1=(2,1)$, $b_1=0.5$, so $z_1=a_1=0.5$. The sigmoid unit has $W_2=2$, $b_2=-1$: $z_2=2\cdot0.5-1=0$, and $dz_2=-0.5$ as before. Now go back:
#
# - $dW_2=dz_2\,a_1=-0.25$ and $db_2=-0.5$, as above.
# - $a_1$ enters $z_2$ times $W_2$, so $da_1=W_2\,dz_2=-1$.
# - ReLU passes $z_1$ unchanged if it is positive, else not at all: $dz_1=da_1=-1$ here, and $0$ where $z_1<0$.
# - $dW_1=dz_1\,x=(-0.5,1)$ and $db_1=-1$.
#
# The picture shows the numbers. Read the upper row from the left, the lower one from the right; from $L$ to $z_2$ is one step, (4a).

# %% tags=["experiment"]
example = (0.5, -1)
figures_network.show_passes(example, figures_network.two_units(example, (2, 1), 0.5, 2, -1, y=1))

# %% [markdown]
# For whole layers and $m$ examples, the same four steps are matrix products. From the last layer, $dZ^{[L]}=A^{[L]}-Y$, back to the first:
#
# $$dW^{[l]}=\frac1m\,dZ^{[l]}A^{[l-1]\top},\qquad db^{[l]}=\frac1m\sum_{i=1}^m dZ^{[l](i)}\tag{4b}$$
#
# $$dA^{[l-1]}=W^{[l]\top}dZ^{[l]},\qquad dZ^{[l-1]}=dA^{[l-1]}\text{ where }Z^{[l-1]}>0,\text{ else }0\tag{4c}$$
#
# A unit feeds all units of the next layer, so what comes back to it is a sum: that is the product with $W^\top$. The mean over examples comes from $J$ in (3): the product $dZ\,A^\top$ adds them up; $dZ^{[l](i)}$ is column $i$. Every gradient has the shape of what it belongs to.
#
# The next cell has half of it (no points). Replace each `None`.

# %%
def two_layers_back(x, y, W1, b1, W2, b2):
    """Gradients of one example, x (n_x, 1): a ReLU layer, then a sigmoid unit."""
    z1 = W1 @ x + b1
    a1 = np.maximum(0, z1)
    z2 = W2 @ a1 + b2
    dz2 = 1 / (1 + np.exp(-z2)) - y
    dW2 = dz2 @ a1.T
    da1 = None  # (4c), left
    dz1 = None  # (4c), right; with *, (z1 > 0), in brackets, counts as 1 or 0
    dW1 = None  # (4b) with m = 1
    return {"dW2": dW2, "da1": da1, "dz1": dz1, "dW1": dW1}


figures_network.compare(two_layers_back)

# %% [markdown]
# <details><summary>Stuck? What each line needs</summary>
#
# `da1` is (4c), left: `W2` turned over (`W2.T`) times `dz2`, with `@`. `dz1` keeps an entry of `da1` where the entry of `z1` is positive. `dW1` is made like `dW2`, two lines above it, from what entered this layer: `x`.
# </details>

# %% [markdown]
# ### The training loop
#
# Forward, backward, step, again: all of training, as `init_utils.model` has it. Read it line by line:
#
# ```python
# parameters = start([X.shape[0], 10, 5, 1])                # where the descent starts: your functions
# costs = []
# for i in range(num_iterations):
#     A3, cache = forward_propagation(X, parameters)        # (2); the cache keeps every Z and A for the way back
#     gradients = backward_propagation(X, Y, cache)         # (4b), (4c): dW1, db1, …, dW3, db3
#     if i % 1000 == 0:
#         costs.append(compute_loss(A3, Y))                 # (3)
#         if print_cost:
#             print(f"Cost after iteration {i}: {costs[-1]}")
#     parameters = update_parameters(parameters, gradients, learning_rate)  # (4)
# ```
#
# Once you have written `initialize_parameters_he`, `parameters = init_utils.model(train_X, train_Y, initialization="he")` trains with it, from other numbers each time. The experiments use `fit`, which follows and need not be read: it records the cost every 1000 iterations, last at 14,000.

# %% nbgrader={"grade": false, "grade_id": "training", "locked": true, "schema_version": 3, "solution": false, "task": false}
def fit(parameters, X, Y, iterations=15_000, states=None):
    """The same loop from any start: the trained parameters, and the cost at every 1000th iteration.

    A list passed as `states` receives (iteration, parameters) at these iterations, for a film.
    """
    passes = init_utils.forward_propagation, init_utils.backward_propagation
    keep = None if states is None else lambda *state: states.append(state)
    return init_utils.train(X, Y, parameters, *passes, init_utils.compute_loss, 0.01, iterations, on_record=keep)


# %% [markdown]
# One thing is left open, and it decides everything: where does the descent start? That choice is the **initialization**.
#
# ## 2. Start from zero
#
# The plainest start is zero everywhere: no weight is preferred, and gradient descent moves each one to its place. Or does it?
#
# ### Exercise: `initialize_parameters_zeros`
#
# (10 points, about 5 lines.) The list `layers_dims` holds the sizes $n_x,n_1,\dots,n_L$, inputs first. Return a dictionary with `W1` of shape $(n_1,n_x)$, `b1` of shape $(n_1,1)$, and so on up to `WL` and `bL`, all zeros. The list may have any length.
#
# *By hand:* the sizes $3,2,1$ make two layers: `W1` $(2,3)$, `b1` $(2,1)$, `W2` $(1,2)$, `b2` $(1,1)$.

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

    layers_dims : list of L + 1 ints, the sizes n_x (inputs), n_1, ..., n_L (outputs)

    Returns a dictionary of float arrays: W1 (n_1, n_x), b1 (n_1, 1), ...,
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
figures.show_arrays(initialize_parameters_zeros([3, 2, 1]))

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
        zero = not got[f"W{l}"].any() and not got[f"b{l}"].any()
        assert zero, f"{function}: for {kind}, W{l} and b{l} should hold zeros only."
    assert check_sizes == layers_dims, f"{function}: the list that it was given has changed."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** You train the network with sizes $2, 10, 5, 1$ from zeros, 15,000 iterations. Where does the cost start? Where does it end? Which label do the training points get? (The background of the right panel shows what the network says: pale orange for 1, pale blue for 0.)

# %%
figures.predict("zeros", "")

# %% tags=["experiment"]
figures.predicted("zeros")
zeros_states = []
zeros_run, zeros_costs = fit(initialize_parameters_zeros([2, 10, 5, 1]), train_X, train_Y, states=zeros_states)
print("cost at the start and at iteration 14000:", f"{zeros_costs[0]:.6f} {zeros_costs[-1]:.6f}")
print("largest weight after training:", max(np.abs(zeros_run[name]).max() for name in ("W1", "W2", "W3")))
figures.show_training(zeros_run, zeros_costs, sets)

# %% [markdown]
# *Why, in one sentence (double-click to write):*

# %% [markdown]
# <details><summary>What came</summary>
#
# The cost is 0.6931, that is $\ln2$, throughout, and both accuracies are 0.5. Every output is exactly 0.5, which counts as label 0.
#
# *Why, by hand:* zero weights make every hidden output 0. By (4b) the gradient of $W^{[3]}$ is a product with these outputs: zero. Those of $W^{[2]}$ and $W^{[1]}$ go back through $W^{[3]}$, by (4c): zero. Only $b^{[3]}$ could move. Its gradient is the mean of $a-y$, here $0.5-150/300=0$.
# </details>
#
# "Zeros never learn", you may read. But $b^{[3]}$ stood still only because the labels are **balanced**: half are 1.
#
# **Predict.** Keep 150 examples with label 0, but only 50 with label 1. Does the cost fall now? To what? Which parameters change?

# %%
figures.predict("uneven labels", "")

# %% tags=["experiment"]
figures.predicted("uneven labels")
kept = np.concatenate([np.flatnonzero(train_Y[0] == 0), np.flatnonzero(train_Y[0] == 1)[:50]])
uneven_X, uneven_Y = train_X[:, kept], train_Y[:, kept]
uneven, uneven_costs = fit(initialize_parameters_zeros([2, 10, 5, 1]), uneven_X, uneven_Y, 10_000)
print("largest weight after training:", max(np.abs(uneven[name]).max() for name in ("W1", "W2", "W3")))
output = init_utils.forward_propagation(uneven_X, uneven)[0]
print(f"b3 = {uneven['b3'].item():.4f}, outputs from {output.min():.4f} to {output.max():.4f}")
print(f"accuracy on the 200 kept examples: {init_utils.accuracy(uneven_X, uneven_Y, uneven):.4f}")
figures.show_costs({"300 balanced": zeros_costs, "200 uneven": uneven_costs})

# %% [markdown]
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# The cost falls to 0.5623 and the accuracy is 0.75, yet every weight is still exactly 0. Only $b^{[3]}$ moved, to $-1.0986 = \ln(0.25 / 0.75)$, whose sigmoid is 0.25. So every output is 0.25: the network has learned how frequent label 1 is, and nothing about the points.
# </details>
#
# **Predict.** Is zero the trouble, or that all weights are equal? Train again with every weight at 0.5. What do you expect of the rows of `W1` after training?

# %%
figures.predict("equal weights", "")

# %% tags=["experiment"]
figures.predicted("equal weights")
half = {name: value + 0.5 * (name[0] == "W") for name, value in initialize_parameters_zeros([2, 10, 5, 1]).items()}
half_run, half_costs = fit(half, train_X, train_Y)
apart = max(np.ptp(half_run[name], axis=0).max() for name in ("W1", "W2"))
print("two rows of W1 or of W2 differ by less than 1e-12:", apart < 1e-12)
figures.show_training(half_run, half_costs, sets)

# %% [markdown]
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# Accuracies 0.58 and 0.59, and all rows of a weight matrix are still equal. Units whose weights are equal, those that come in and those that go out, compute the same, get the same gradient by (4b) and (4c), and make the same step. Ten units act as one. This **symmetry** is the trouble.
# </details>
#
# So the weights have to differ. Biases may start at zero: once the weights differ, so do the units.
#
# ## 3. Break the symmetry
#
# Draw each weight from the normal distribution $\mathcal{N}(0, 1)$: mean 0, variance 1, most values near 0, a few far out. How large should it be? Start with far too large, to see what that does:
#
# $$W^{[l]} = 10 \cdot N, \qquad N_{jk} \sim \mathcal{N}(0, 1), \qquad b^{[l]} = 0 \tag{5}$$

# %% [markdown]
# ### Exercise: `initialize_parameters_random`
#
# (10 points, about 5 lines.) Shapes and keys as before, weights as in (5), zero biases. Every weight is a draw of its own.
#
# Seed and generator are up to you: the checks look at how the weights are distributed. To get the numbers below, use `np.random.randn`; the free cell sets the seed.
#
# *Example:* with seed 3 the first draw is $1.7886$, so the first weight is $17.886$. For the sizes $3, 2, 1$ you get `W1` = $\begin{pmatrix} 17.886 & 4.365 & 0.965 \\ -18.635 & -2.774 & -3.548 \end{pmatrix}$ and `W2` = $(-0.827 \;\; -6.270)$.

# %% [markdown]
# <details><summary>Hint 1: the idea</summary>
#
# The first exercise with another way to fill `W`. Only one line changes.
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

    layers_dims : list of L + 1 ints, the sizes n_x (inputs), n_1, ..., n_L (outputs)

    Returns a dictionary of float arrays: W1 (n_1, n_x), b1 (n_1, 1), ...,
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
figures.show_arrays(initialize_parameters_random([3, 2, 1]), digits=3)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("initialize_parameters_random")

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of initialize_parameters_random run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, kinds = "initialize_parameters_random", ("a network of one layer", "a network of twelve layers", "wide layers")
sizes = [4, 1], [2, 3, 1, 1, 4, 5, 2, 6, 3, 1, 2, 4, 3], [94, 80, 3, 2500, 3]
check_lists = [(list(layers_dims),) for layers_dims in sizes]
check_more = [([9, 9, 9, 9],), *((layers_dims,) for layers_dims in testCases.small_networks())]
answers = testCases.answers(initialize_parameters_random, [*check_lists, *check_more])
for kind in ("a network of one layer", "a network of twelve layers", "wide layers"):
    layers_dims, (check_sizes,), got = (part[kinds.index(kind)] for part in (sizes, check_lists, answers))
    fault = testCases.parameters_fault(function, got, layers_dims)
    assert not fault, f"{function}: for {kind}, a key, a shape or a type of numbers is not as the text asks."
    assert check_sizes == layers_dims, f"{function}: the list that it was given has changed."
    faults = testCases.draw_faults(got, [10] * (len(layers_dims) - 1))
    assert "biases" not in faults, f"{function}: for {kind}, the biases are not zero everywhere."
# the last network has 22,000 weights; course_draws says why chance decides nothing, here and in small layers
assert "mean" not in faults, "initialize_parameters_random: in a wide network the weights have a mean that is not near 0."
assert "spread" not in faults, "initialize_parameters_random: in a wide network the weights have a spread that is not 10."
assert "distribution" not in faults, "initialize_parameters_random: in a wide network the weights are not normally distributed."
check_own = "repeated" not in faults and "alike" not in faults
assert check_own, "initialize_parameters_random: in a wide network not every weight is a draw of its own."
check_equal, *check_many = answers[len(check_lists) :]
check_own = not any(np.array_equal(check_equal[f"W{l}"], check_equal[f"W{l + 1}"]) for l in (1, 2))
assert check_own, "initialize_parameters_random: of layers of equal size, two have the same weights."
check_faults = testCases.small_draw_faults(check_many, lambda n_in, n_out: 10)
for kind in ("a small layer", "a layer behind a single unit", "a layer with a single unit", "an output of a single unit"):
    check_rule = kind not in check_faults
    assert check_rule, f"{function}: for {kind}, the weights are not drawn as in a wide one: normal, with the spread of the text."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** What enters the sigmoid now lies between 60 and 7,000. Since $e^{-37} \approx 10^{-16}$, the sigmoid of 37 rounds to exactly 1. What is the first cost, if some label is 0 where the output is exactly 1? Does the network learn all the same?

# %%
figures.predict("times ten", "")

# %% tags=["experiment"]
figures.predicted("times ten")
np.random.seed(3)
large, large_states = initialize_parameters_random([2, 10, 5, 1]), []
output, cache = init_utils.forward_propagation(train_X, large)
Z3 = cache[8]
print(f"outputs that are exactly 1: {np.sum(output == 1)} of {output.size}; smallest Z3: {Z3.min():.1f}")
large_run, large_costs = fit(large, train_X, train_Y, states=large_states)
print("cost at the start, at 1000 and at 14000:", *(f"{large_costs[i]:.2f}" for i in (0, 1, 14)))
figures.show_training(large_run, large_costs, sets)

# %% [markdown]
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# All 300 outputs start at exactly 1, so the first cost is infinite. The symmetry is broken and the network learns, but not well: cost 0.38 after 14,000 iterations, accuracies 0.83 and 0.86. (This run amplifies rounding errors; your third digits may differ.)
#
# An infinite cost stops nothing: the step needs $dz=a-y$, which is 1 or 0 here. (In (3), $0\cdot\ln0$ counts as 0; NumPy alone would say `nan`.)
# </details>

# %% [markdown]
# ## 4. Find the right scale
#
# Too large is bad. How small is right? A unit adds $n$ products $w\cdot a$. Let the weights be independent (none tells of another), with mean 0 and variance $v$. With two inputs,
#
# $$(w_1a_1+w_2a_2)^2=w_1^2a_1^2+w_2^2a_2^2+2w_1w_2a_1a_2$$
#
# A bar means the average over units, examples and possible draws of the weights. A weight of mean 0 has $\overline{w^2}=v$: that is what variance means. Weights are independent of the inputs, too, and averages of independent factors multiply: each square gives $v\,\overline{a^2}$, and $w_1w_2$ gives $0\cdot0=0$. So two inputs give $\overline{z^2}=2v\,\overline{a^2}$, and $n$ inputs
#
# $$\overline{z^2}=n\,v\;\overline{a^2}\tag{6}$$

# %% [markdown]
# As many $z$ are negative as positive, and as large; ReLU sets the negative ones to 0: half of the mean square is left. From layer to layer the **signal**, the mean square of the activations, becomes
#
# $$\overline{a_{\text{new}}^2}=\tfrac12\,n\,v\;\overline{a^2}\tag{7}$$
#
# The **scale** is the factor on standard normal numbers, so that $v$ is its square.
#
# *By hand:* with $n=100$ and scale $1$ the factor is $\tfrac12\cdot100\cdot1=50$, and ten layers make $50^{10}\approx10^{17}$. Scale $0.01$ ($v=0.0001$) makes $0.005$, and ten layers $10^{-23}$.
#
# The gradient goes back through the same weights, by (4c): a sum over $n$ units, of which ReLU lets half through. With equal sizes its factor is (7) again. The next cell measures both.

# %% tags=["experiment"]
def through(scale, activation, slope, seed=1, depth=10, n=100):
    """Activations and gradients of `depth` layers of n units: two lists of arrays, inputs first."""
    random = np.random.RandomState(seed)
    A, Z, W = [random.randn(n, 1000)], [], []
    for _ in range(depth):
        W.append(scale * random.randn(n, n))
        Z.append(W[-1] @ A[-1])
        A.append(activation(Z[-1]))
    dA = [random.randn(n, 1000)]  # what comes back to the last layer, drawn at random
    for weights, z in zip(reversed(W), reversed(Z)):
        dA.append(weights.T @ (dA[-1] * slope(z)))
    return A, dA[::-1]


def relu_slope(z):
    return z > 0


# %% [markdown]
# **Predict.** Ten layers of 100 ReLU units, inputs of mean square 1. Besides 1 and 0.01, try the scales $\sqrt{2/100}=0.141$ and $\sqrt{1/100}=0.1$. Compute their factors (7). Which signals survive? Which gradients?

# %%
figures.predict("depth", "")

# %% tags=["experiment"]
figures.predicted("depth")
four = {"1": 1, "$\\sqrt{2/n}$": np.sqrt(2 / 100), "$\\sqrt{1/n}$": 0.1, "0.01": 0.01}
figures.show_depth({name: through(scale, init_utils.relu, relu_slope) for name, scale in four.items()})

# %% [markdown]
# *How to read it:* each panel shows, layer by layer, how large the numbers are that are not 0, as powers of ten: the line is the median, the dark band the middle half, the pale band nine tenths. The titles give mean *squares*: a line that falls by 1.5 means sizes times 0.03 and a signal times 0.001.
#
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# After ten layers the signal is multiplied by $1.16\cdot10^{17}$ for 1, $1.16\cdot10^{-23}$ for 0.01, $0.00116$ for $\sqrt{1/n}$ (predicted: $2^{-10}=0.00098$), and $1.19$ for $\sqrt{2/n}$. The gradient fares alike: $1.25\cdot10^{17}$, $1.25\cdot10^{-23}$, $0.00125$ and $1.28$. The bands move up or down and hardly change their width.
#
# What vanishes leaves the first layers without a gradient. What explodes makes outputs exactly 0 or 1: fully sure, and often wrong.
# </details>
#
# Is 1.19 near enough to 1? Move the scale, and look for the value at which both curves stay level. Then draw the weights again, with ten seeds.

# %% tags=["experiment"]
figures.show_scales(lambda scale: through(scale, init_utils.relu, relu_slope))
ends = [np.mean(through(np.sqrt(2 / 100), init_utils.relu, relu_slope, seed)[0][-1] ** 2) for seed in range(10)]
print("signal after ten layers with the root of 2/n, seeds 0 to 9:", *(f"{end:.2f}" for end in ends))

# %% [markdown]
# <details><summary>What came</summary>
#
# Level is near 0.14. But (7) is about averages: over the seeds 0 to 9 $\sqrt{2/n}$ keeps between 0.32 and 1.62 of the signal.
# </details>
#
# He and others (2015) keep (7) at 1: the weights of layer $l$ get the standard deviation
#
# $$\sqrt{2/n_{l-1}}\tag{8}$$
#
# ### Exercise: `initialize_parameters_he`
#
# (10 points, about 6 lines.) Normal weights with mean 0 and standard deviation (8), zero biases, shapes and keys as before.
#
# *By hand:* 2 inputs give the standard deviation $\sqrt{2/2}=1$, 8 inputs $0.5$, 200 inputs $0.1$. For $2,4,1$ and seed 3, `W1` holds the draws themselves and begins with $1.7886$, $0.4365$; `W2` is $0.7071$ times draws: $(-0.0310,-0.3374,-0.9290,0.6255)$.

# %% [markdown]
# <details><summary>Hint 1: the idea</summary>
#
# The exercise before with a factor that depends on the layer.
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

    layers_dims : list of L + 1 ints, the sizes n_x (inputs), n_1, ..., n_L (outputs)

    Returns a dictionary of float arrays: W1 (n_1, n_x), b1 (n_1, 1), ...,
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
figures.show_arrays(initialize_parameters_he([2, 4, 1]), digits=4)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("initialize_parameters_he")

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of initialize_parameters_he run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, kinds = "initialize_parameters_he", ("a network of one layer", "a network of twelve layers", "wide layers")
sizes = [4, 1], [2, 3, 1, 1, 4, 5, 2, 6, 3, 1, 2, 4, 3], [94, 80, 3, 2500, 3]
check_lists = [(list(layers_dims),) for layers_dims in sizes]
check_more = [([9, 9, 9, 9],), *((layers_dims,) for layers_dims in testCases.small_networks())]
answers = testCases.answers(initialize_parameters_he, [*check_lists, *check_more])
for kind in ("a network of one layer", "a network of twelve layers", "wide layers"):
    layers_dims, (check_sizes,), got = (part[kinds.index(kind)] for part in (sizes, check_lists, answers))
    fault = testCases.parameters_fault(function, got, layers_dims)
    assert not fault, f"{function}: for {kind}, a key, a shape or a type of numbers is not as the text asks."
    assert check_sizes == layers_dims, f"{function}: the list that it was given has changed."
    faults = testCases.draw_faults(got, [(2 / n_in) ** 0.5 for n_in in layers_dims[:-1]])
    assert "biases" not in faults, f"{function}: for {kind}, the biases are not zero everywhere."
# the last network has 22,000 weights; course_draws says why chance decides nothing, here and in small layers
assert "mean" not in faults, "initialize_parameters_he: in a wide network the weights have a mean that is not near 0."
assert "spread" not in faults, "initialize_parameters_he: in a wide network the weights have a spread that does not fit their inputs."
assert "distribution" not in faults, "initialize_parameters_he: in a wide network the weights are not normally distributed."
check_own = "repeated" not in faults and "alike" not in faults
assert check_own, "initialize_parameters_he: in a wide network not every weight is a draw of its own."
check_equal, *check_many = answers[len(check_lists) :]
check_own = not any(np.array_equal(check_equal[f"W{l}"], check_equal[f"W{l + 1}"]) for l in (1, 2))
assert check_own, "initialize_parameters_he: of layers of equal size, two have the same weights."
check_faults = testCases.small_draw_faults(check_many, lambda n_in, n_out: (2 / n_in) ** 0.5)
for kind in ("a small layer", "a layer behind a single unit", "a layer with a single unit", "an output of a single unit"):
    check_rule = kind not in check_faults
    assert check_rule, f"{function}: for {kind}, the weights are not drawn as in a wide one: normal, with the spread of the text."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** From ×10 the network reached cost 0.38 and accuracies 0.83 and 0.86. What will the same 15,000 iterations reach from He's weights?

# %%
figures.predict("He", "")

# %% tags=["experiment"]
figures.predicted("He")
np.random.seed(3)
he_states = []
he_run, he_costs = fit(initialize_parameters_he([2, 10, 5, 1]), train_X, train_Y, states=he_states)
print("cost at the start, at 1000 and at 14000:", *(f"{he_costs[i]:.4f}" for i in (0, 1, 14)))
figures.show_training(he_run, he_costs, sets)

# %% [markdown]
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# The cost falls from 0.8831 to 0.0736, and the accuracies are 0.9933 and 0.96; only the start differs.
# </details>
#
# **Look.** How does a border form? Move through the iterations and compare the three starts: which start moves its border early, which never gets one?

# %% tags=["experiment"]
figures.show_borders({"zeros": zeros_states, "×10": large_states, "He": he_states}, sets)

# %% [markdown]
# *What you see, in one sentence:*
#
# <details><summary>What came</summary>
#
# Zeros never get a border. The one of ×10 is there at iteration 1000, jagged, and stays below 0.9 of the test examples. He's starts later, with half of them at 1000, and is right for nine in ten from 5000 on.
# </details>
#
# Is that He's doing, or the luck of seed 3? The next cell trains ten networks at once, seeds 0 to 9.
#
# **Predict.** How many of the ten have a test accuracy above 0.9 after 15,000 iterations? Are the others lost, or late? (If one of your functions sets a seed itself, take that line out first, or all ten runs are one.)

# %%
figures.predict("ten seeds", "")

# %% tags=["experiment"]
figures.predicted("ten seeds")


def start(initialize, seed, factor=1):
    """The first parameters of the network 2, 10, 5, 1, from one seed."""
    np.random.seed(seed)
    return {name: factor * value for name, value in initialize([2, 10, 5, 1]).items()}


he_runs = init_utils.train_together([start(initialize_parameters_he, seed) for seed in range(10)], train_X, train_Y)
for seed, (run, run_costs) in enumerate(he_runs):
    print(f"seed {seed}: cost {run_costs[-1]:.4f}, accuracy", *(f"{share:.4f}" for share in init_utils.accuracies(run, sets)))
late = init_utils.train_together([he_runs[seed][0] for seed in (0, 7)], train_X, train_Y)
print("seeds 0 and 7 after 15,000 more:", *(f"{share:.4f}" for run, _ in late for share in init_utils.accuracies(run, sets)))
figures.show_costs({f"seed {seed}": run_costs for seed, (_, run_costs) in enumerate(he_runs)})

# %% [markdown]
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# Eight seeds reach test accuracies from 0.94 to 0.97. Seed 0 stands at 0.73 and seed 7 at 0.66: their costs, 0.66 and 0.62, are hardly below $\ln2$. They are late: another 15,000 iterations bring seed 0 to 0.9933 and 0.96, but seed 7 only to 0.7767 and 0.79. It takes 40,000 in all to reach 0.99 and 0.96.
# </details>
#
# A good scale makes a good start likely, not certain. Judge nothing by one seed or one training time.

# %% [markdown]
# ## 5. Look at both directions
#
# The gradient travels through the same weights backwards. Each output of layer $l-1$ feeds all $n_l$ units of layer $l$, and its gradient adds one term for each (4c). So the factor counts $n_l$ where (6) counts $n_{l-1}$. Without ReLU's halving, keeping the signal wants $v = 1/n_{l-1}$, and keeping the gradient wants $v = 1/n_l$.

# %% [markdown]
# Glorot and Bengio (2010) take one over the mean of both sizes. They think of S-shaped activations such as $\tanh z=(e^z-e^{-z})/(e^z+e^{-z})$, from $-1$ to $1$, and *assume* that all $z$ are small, where tanh passes them nearly unchanged. The *variance* of layer $l$'s weights is
#
# $$\frac{2}{n_{l-1}+n_l}\tag{9}$$
#
# The library PyTorch calls it Xavier, Glorot's first name. $1/n_{l-1}$, which counts the inputs only, goes back to LeCun and others (1998); the lesson on regularization uses it.
#
# ### Exercise: `initialize_parameters_glorot`
#
# (5 points, about 6 lines.) Normal weights, mean 0, variance (9); zero biases. *By hand:* $2,10,5,1$ gives the standard deviations $\sqrt{2/12}=0.4082$, $0.3651$, $0.5774$; with seed 3 the first weight is $1.7886\cdot0.4082=0.7302$.

# %% [markdown]
# <details><summary>Hint 1: the idea</summary>
#
# The exercise before, with both sizes in the factor.
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

    layers_dims : list of L + 1 ints, the sizes n_x (inputs), n_1, ..., n_L (outputs)

    Returns a dictionary of float arrays: W1 (n_1, n_x), b1 (n_1, 1), ...,
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
figures.show_arrays(initialize_parameters_glorot([2, 10, 5, 1]), digits=4)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_glorot_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("initialize_parameters_glorot")

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_glorot_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of initialize_parameters_glorot run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, kinds = "initialize_parameters_glorot", ("a network of one layer", "a network of twelve layers", "wide layers")
sizes = [4, 1], [2, 3, 1, 1, 4, 5, 2, 6, 3, 1, 2, 4, 3], [94, 80, 3, 2500, 3]
check_lists = [(list(layers_dims),) for layers_dims in sizes]
check_more = [([20, 20, 20, 20],), *((layers_dims,) for layers_dims in testCases.small_networks())]
answers = testCases.answers(initialize_parameters_glorot, [*check_lists, *check_more])
for kind in ("a network of one layer", "a network of twelve layers", "wide layers"):
    layers_dims, (check_sizes,), got = (part[kinds.index(kind)] for part in (sizes, check_lists, answers))
    fault = testCases.parameters_fault(function, got, layers_dims)
    assert not fault, f"{function}: for {kind}, a key, a shape or a type of numbers is not as the text asks."
    assert check_sizes == layers_dims, f"{function}: the list that it was given has changed."
    faults = testCases.draw_faults(got, [(2 / sum(pair)) ** 0.5 for pair in zip(layers_dims, layers_dims[1:])])
    assert "biases" not in faults, f"{function}: for {kind}, the biases are not zero everywhere."
# the last network has 22,000 weights; course_draws says why chance decides nothing, here and in small layers
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
check_equal, *check_many = answers[len(check_lists) :]
check_own = not any(np.array_equal(check_equal[f"W{l}"], check_equal[f"W{l + 1}"]) for l in (1, 2))
assert check_own, "initialize_parameters_glorot: of layers of equal size, two have the same weights."
# 1,200 weights know their deviation, the root of 1/20, to 2 %: a right answer is off by 6.8 of that with 1e-11
check_root = np.std([check_equal[f"W{l}"] for l in (1, 2, 3)]) * 20**0.5
check_spread = abs(check_root - 1) < 6.8 / 2400**0.5
assert check_spread, "initialize_parameters_glorot: in layers of equal size the weights have a spread that does not fit their two sizes."
check_faults = testCases.small_draw_faults(check_many, lambda n_in, n_out: (2 / (n_in + n_out)) ** 0.5)
for kind in ("a small layer", "a layer behind a single unit", "a layer with a single unit", "an output of a single unit"):
    check_rule = kind not in check_faults
    assert check_rule, f"{function}: for {kind}, the weights are not drawn as in a wide one: normal, with the spread of the text."
### END HIDDEN TESTS

# %% [markdown]
# **Predict.** Ten seeds for each start on our three layers: He, Glorot, and the scales 0.01 and 1 for comparison. "Smaller is safer", says a rule of thumb. Does 0.01 win? Is He the fastest?

# %%
figures.predict("four starts", "")

# %% tags=["experiment"]
figures.predicted("four starts")
choices = {"Glorot": (initialize_parameters_glorot, 1), "0.01": (initialize_parameters_random, 0.001)}  # after its ×10
choices["1"] = initialize_parameters_random, 0.1
reached = {"He": [run_costs[10] for _, run_costs in he_runs]}
for name in init_utils.in_turn(choices):
    initialize, factor = choices[name]
    starts = [start(initialize, seed, factor) for seed in range(10)]
    together = init_utils.train_together(starts, train_X, train_Y, 0.01, 10_001)
    reached[name] = [run_costs[-1] for _, run_costs in together]
for name, ends in reached.items():
    print(f"{name:6} cost at 10000, best, median, worst: {min(ends):.4f} {np.median(ends):.4f} {max(ends):.4f}")
figures.show_starts(reached, 10_000)

# %% [markdown]
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# 0.01 is the loser: with all ten seeds the cost stays at 0.6931. Its signal vanishes within three layers, so it is as stuck as zeros. And He is not the fastest here: after 10,000 iterations the median cost is 0.2337 for He, 0.5150 for Glorot, and 0.1481 for scale 1. Three layers forgive what ten do not. (7) says that signals survive, not that the descent is the shortest.
# </details>
#
# **Predict.** Ten *tanh* layers of 100 units, with the four scales of section 4. The slope of tanh is $1-a^2$: 1 at 0, nearly 0 where $a$ is near $\pm1$. Which scales keep the signal? Which the gradient? At scale 1, does the gradient vanish?

# %%
figures.predict("tanh", "")

# %% tags=["experiment"]
figures.predicted("tanh")


def tanh_slope(z):
    return 1 - np.tanh(z) ** 2


figures.show_depth({name: through(scale, np.tanh, tanh_slope) for name, scale in four.items()})
last = through(1, np.tanh, tanh_slope)[0][-1]
print(f"scale 1, last layer: {np.mean(np.abs(last) > 0.99):.0%} beyond 0.99; {np.mean(1 - last**2 > 0.1):.0%} with a slope above 0.1")

# %% [markdown]
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# At scale 1 the signal ends at 0.916, but the gradient *grows*, thirty million times. 78 % of the outputs lie beyond $\pm0.99$, where tanh is flat; 15 % still have a slope above 0.1, and weights of variance 1 on 100 units multiply what comes through by far more than the flat ones take away.
#
# Glorot's scale, $\sqrt{1/n}$ for equal sizes, leaves 0.0483 of the signal and 0.0665 of the gradient. $\sqrt{2/n}$ leaves 0.303 and 1.16.
# </details>

# %% [markdown]
# So look at both directions; one that looks healthy proves nothing. And a formula holds where its assumption does: tanh shrinks inputs of mean square 1. A **gain**, a further factor on the weights, is to make up for it; PyTorch's for tanh is $5/3$. Section 8 trains with it.

# %% [markdown]
# ## 6. Normalize the inputs
#
# Real features come in metres, years and euros. A weight changes $z$ as fast as its input is large. So if one input runs to 1000 and another to 1, the cost is far steeper along the first one's weight: seen over both, it is a long valley. One learning rate must serve all; where the cost is steepest, a large one overshoots, so it must be small. The cure is to shift and scale each feature $j$, with $m$ training examples:
#
# $$\mu_j = \frac{1}{m} \sum_i x_j^{(i)} \tag{10}$$
#
# $$\sigma_j = \sqrt{\frac{1}{m} \sum_i \big(x_j^{(i)} - \mu_j\big)^2} \tag{11}$$
#
# $$x_j \leftarrow \frac{x_j - \mu_j}{\sigma_j} \tag{12}$$

# %% [markdown]
# ### Exercise: `normalize_inputs`
#
# (5 points, about 5 lines.) `normalize_inputs(X_train, X_test)` returns the two normalized sets, `mu` and `sigma`.
#
# - Both sets use the *training* statistics: the same point must always become the same number.
# - A feature whose training values are all equal gets $\sigma = 1$. Do not ask whether $\sigma$ is 0: rounding may leave $10^{-17}$. Ask, row by row, whether the largest value equals the smallest. A spread of $10^{-7}$ is real, even near a million.
# - Arrays passed in stay unchanged; they may hold integers.
#
# *By hand:* a feature with training values $1, 2, 3, 4$ has $\mu = 2.5$, $\sigma = \sqrt{1.25} = 1.118$, and becomes $-1.342, -0.447, 0.447, 1.342$. $100, 300, 200, 400$ has $\mu = 250$, $\sigma = 111.8$. The test point $(5, 250)$ becomes $(2.236, 0)$. Training values $0.1, 0.1, 0.1$ become $0, 0, 0$; a test value $0.2$ becomes $0.1$.

# %% [markdown]
# <details><summary>Hint 1: the idea</summary>
#
# One mean and one standard deviation for each row of `X_train`. Then the same formula for both sets.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `mu` and `sigma` are $(n_x, 1)$, so that (12) applies each to its whole row. `np.mean` and `np.std` take `axis`, the axis that disappears, and `keepdims`, which leaves it with length 1.
#
# </details>
# <details><summary>Hint 3: the first step</summary>
#
# Print the mean of the worked example for `axis=0` and for `axis=1`, with `keepdims=True`. Which has one number for each feature? For the constant feature, look up `np.ptp` and `np.where`.
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
figures.show_four(normalize_inputs(np.array([[1, 2, 3, 4], [100, 300, 200, 400]]), np.array([[5], [250]])))
figures.show_four(normalize_inputs(np.array([[0.1, 0.1, 0.1]]), np.array([[0.2]])))

# %% nbgrader={"grade": true, "grade_id": "normalize_inputs_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("normalize_inputs")

# %% nbgrader={"grade": true, "grade_id": "normalize_inputs_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of normalize_inputs run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, check_random, sets, expected = "normalize_inputs", testCases.random_at(11), [], []
rows = [
    ("features of other units", [[-300.0], [7], [0]], [[200], [0.9], [30]], 50),
    ("a feature that varies by a ten-millionth", [[1e-7]], [[1.5e-7]], 50),
    ("a feature far from 0", [[1e6]], [[3]], 50),
    ("a feature with an outlier", [[20.0]], [[2]], 40),
    ("seven examples, and a single one to test", [[40.0]], [[9]], 7),
    ("a feature whose first and last values are equal", [[-2.0], [8]], [[3], [0.1]], 12),
    ("a feature far from 0 that varies very little", [[1e6]], [[1e-3]], 40),
]
for kind, centre, unit, m in rows:
    X_train, X_test = (centre + unit * check_random.randn(len(unit), size) for size in (m, 20 if m > 7 else 1))
    if kind == "a feature with an outlier":  # 6 deviations from the mean, and 60 in the test set
        X_train[0, 3], X_test[0, 5] = 800, -8000
    if kind == "a feature whose first and last values are equal":
        X_train[0, -1], X_train[1, :2] = X_train[0, 0], X_train[1, -1]
    mu = X_train.sum(axis=1, keepdims=True) / m
    centred = X_train - mu
    sigma = ((centred**2).sum(axis=1, keepdims=True) / m) ** 0.5
    expected.append({"X_train_n": centred / sigma, "X_test_n": (X_test - mu) / sigma, "mu": mu, "sigma": sigma})
    sets.append((X_train, X_test))
# Equal values whose deviation rounds to 1e-17; a single example.
constant = np.array([[6.0, 6, 6], [0.1, 0.1, 0.1], [1, 2, 9], [0, 0, 0]]), np.array([[7.0, 5], [0.2, 0.1], [4, 4], [2, 0]])
single = np.array([[3.0], [-0.7]]), np.array([[4.0, 3], [0.3, 0.3]])
answers = testCases.answers(normalize_inputs, [*sets, constant, single])
assert all(len(got) == 4 for got in answers), "normalize_inputs: it should return four arrays."
for kind, *_ in rows:
    number = [other for other, *_ in rows].index(kind)
    sigma = expected[number]["sigma"]
    # Sums of m numbers, and the mean, are off by m roundings of 2 ** -53 of the largest; 64 are more than any m here.
    # A mean of squares less a squared mean is off by as many of the largest square: a small spread is lost in it.
    check_room = 64 * 2.0**-52 * (1 + np.abs(sets[number][0]).max(axis=1, keepdims=True) / sigma)
    for value, name in zip(answers[number], ("X_train_n", "X_test_n", "mu", "sigma")):
        right = expected[number][name]
        scale = 1 if name.startswith("X") else sigma
        same = isinstance(value, np.ndarray) and value.shape == right.shape
        same = same and (np.abs(value - right) <= check_room * (np.abs(right) + scale)).all()
        assert same, testCases.Finding(
            f"{function}: for {kind}, {name} is not what (10) to (12) give with the training set's values.", also=testCases.kind(value, right)
        )
check_train = [[0.0] * 3, [0.0] * 3, [-0.842927, -0.561951, 1.404879], [0.0] * 3]
check_four = {
    "a feature that is constant in the training set": (7, (check_train, [[1, -1], [0.1, 0], [0, 0], [2, 0]], [[6], [0.1], [4], [0]], [[1], [1], [3.559026], [1]])),
    "a single training example, whose features are constant": (8, ([[0], [0]], [[1, 0], [1, 1]], [[3], [-0.7]], [[1], [1]])),
}
for kind in ("a feature that is constant in the training set", "a single training example, whose features are constant"):
    number, rights = check_four[kind]
    for value, right in zip(answers[number], rights):
        same = testCases.near(value, np.array(right), rtol=1e-6, atol=1e-6)  # six decimals by hand
        assert same, f"{function}: {kind}, is not treated as the text says."
### END HIDDEN TESTS

# %% [markdown]
# **Look first at the valley.** One unit without activation is to hit a number, the target, in place of a label. Its cost is half the mean squared error, $\frac1{2m}\sum_i(z^{(i)}-y^{(i)})^2$. Features run from 0 to 10 and from 0 to 1. Each point of the plane is a pair of weights, the bias at its best; lines join pairs of equal cost, dots are steps of the descent.
#
# **Predict.** How will normalizing change the lines? And the path?

# %%
figures.predict("the valley", "")

# %% tags=["experiment"]
figures.predicted("the valley")
features = np.random.RandomState(1).rand(2, 200) * [[10], [1]]
figures_descent.show_valley(features, normalize_inputs(features, features)[0], [[0.3, 3]] @ features)

# %% [markdown]
# *Why, in one sentence:*
#
# <details><summary>What came</summary>
#
# Both paths start at weights 0; the axes count from the best. Raw, the first step reaches the floor of the valley and the others crawl along it: after 20 steps 84 % of the way is left. Normalized, the lines are nearly round, and the path goes straight to the star.
# </details>

# %% [markdown]
# Now one feature runs from 0 to 1000, the other from 0 to 1, and the target is exactly $0.01 x_1 + 3 x_2$. The learning rate is chosen alike for both. The **curvature** says how fast the slope changes: along an axis of the valley, the slope is the curvature times the distance from the lowest point. A learning rate of 1 over the curvature lands on that point, one of 2 over it as far on its other side, for ever. Both runs take 1 over the steepest curvature.
#
# **Predict.** How many iterations until the cost is below $10^{-6}$, raw and normalized: ten, a thousand, a million?

# %%
figures.predict("iterations", "")

# %% tags=["experiment"]
figures.predicted("iterations")
features = np.random.RandomState(1).rand(2, 200) * [[1000], [1]]
valleys = {}
for name, inputs in (("raw", features), ("normalized", normalize_inputs(features, features)[0])):
    inputs = np.vstack([inputs, np.ones((1, 200))])  # the row of ones is the input of the bias
    curvature = np.linalg.eigvalsh(inputs @ inputs.T / 200)  # of all axes of the valley, the steepest last
    weights, valleys[name] = np.zeros((1, 3)), [np.inf]
    while len(valleys[name]) <= 5001 and valleys[name][-1] > 1e-6:
        error = weights @ inputs - [[0.01, 3]] @ features
        valleys[name].append(np.mean(error**2) / 2)
        weights = weights - error @ inputs.T / 200 / curvature[-1]
    print(f"{name}: cost {valleys[name][-1]:.4g} after {len(valleys[name]) - 2} iterations")
    print(f"    steepest / flattest curvature: {curvature[-1] / curvature[0]:.4g}")
figures_descent.show_descents(valleys)

# %% [markdown]
# *Why, in one sentence:*

# %% [markdown]
# <details><summary>What came</summary>
#
# Normalized inputs need 4 iterations. Raw ones stand at 0.7471 after 5,000 and at 0.52 after 200,000; they would need 35 million. The steepest curvature is 5.9 million times the flattest, normalized 1.147 times.
# </details>

# %% [markdown]
# ## 7. Explain it
#
# **Question** (5 points). A colleague trains 20 ReLU layers of 50 units on 50 inputs: balanced labels, inputs normalized (mean square 1), normal weights of standard deviation 0.02, biases zero. The cost stands still at 0.6931.
#
# 1. Estimate the mean square of the last ReLU layer's activations with (7), and say why the cost does not move.
# 2. She proposes ten times the learning rate, or weights of 1 everywhere, or normalizing again. Judge each in one sentence.
# 3. Which standard deviation do you recommend, and how would you make sure that it helps?
#
# Write your answer in the next cell.

# %% [markdown] nbgrader={"grade": true, "grade_id": "initialization_question", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# 1. **1 point:** factor $\tfrac12\cdot50\cdot0.02^2=0.01$, so about $10^{-40}$ after 20 layers. **1 point:** outputs are the sigmoid of 0, cost $\ln2$; gradients have these activations and weights as factors, so no weight moves; on balanced labels the last bias gets no gradient either. *Half:* "the signal vanishes", no number.
# 2. **½ point each:** ten times almost zero is almost zero. Equal weights make units equal, for ever. The inputs are not the problem: each layer shrinks the signal. *Half:* verdicts without reasons.
# 3. **½ point:** $\sqrt{2/50}=0.2$. **1 point:** measure signal and gradient layer by layer before training; then several seeds, equal iterations. *Half:* "train and see", one seed.

# %% [markdown]
# ## What you have learned
#
# - You showed that equal weights stay equal: zeros on balanced labels do not move at all, and 0.5 everywhere acts as a single unit.
# - You followed one example forward and back.
# - You predicted from $\tfrac12 n v$ whether a signal survives ten layers, and measured signal and gradient: $10^{17}$, $10^{-23}$, or near 1.
# - You chose $2/n_{l-1}$ for ReLU, and saw where the assumption behind $2/(n_{l-1}+n_l)$ ends.
# - You normalized inputs with the training set's statistics only, and needed 4 iterations instead of 35 million.
# - You doubted claims, and measured with several seeds.

# %% tags=["experiment"]
testCases.progress("initialization")

# %% [markdown]
# ## 8. Go further
#
# ### How little breaks the symmetry?
#
# Every weight starts at 0.5 again, plus normal noise of a tiny scale. **Predict:** is noise of $0.01$ enough for 15,000 iterations? Of $0.1$? Does the seed matter?

# %%
figures.predict("noise", "")

# %% tags=["experiment"]
figures.predicted("noise")
noises, nudged = (0.01, 0.1, 0.3), []
for noise in noises:
    for seed in range(3):
        draws = start(initialize_parameters_random, seed, noise / 10)
        nudged.append({name: half[name] + draws[name] for name in half})
ends = [run_costs[-1] for _, run_costs in init_utils.train_together(nudged, train_X, train_Y)]
noisy_reached = {f"{noise:g}": ends[3 * at : 3 * at + 3] for at, noise in enumerate(noises)}
figures.show_starts(noisy_reached)

# %% [markdown]
# <details><summary>What came</summary>
#
# With noise of 0.01 all three seeds end where equal weights end, at a cost of 0.6485: in 15,000 steps the largest difference stays below 0.05. With 0.1 they end between 0.44 and 0.60, with 0.3 between 0.13 and 0.39. Not equal is not enough: the weights must differ by about as much as they are large.
# </details>
#
# ### A gain for tanh
#
# Ten tanh layers of 10 units on the circles, learning rate 0.05, 1,000 iterations, seeds 0 to 4. **Predict:** order Glorot, $\sqrt{2/n}$, and $5/3$ times Glorot.

# %%
figures.predict("gain", "")

# %% tags=["experiment"]
figures.predicted("gain")


def deep(scale, seed, sizes=(2, *[10] * 10, 1)):
    """First parameters of eleven layers; `scale` is a function of a layer's two sizes."""
    np.random.seed(seed)
    pairs = list(enumerate(zip(sizes, sizes[1:]), start=1))
    drawn = {f"W{l}": np.random.randn(n_out, n_in) * scale(n_in, n_out) for l, (n_in, n_out) in pairs}
    return drawn | {f"b{l}": np.zeros((n_out, 1)) for l, (_, n_out) in pairs}


gains = {"Glorot": lambda a, b: np.sqrt(2 / (a + b)), "$\\sqrt{2/n}$": lambda a, b: np.sqrt(2 / a)}
gains["5/3 Glorot"] = lambda a, b: 5 / 3 * np.sqrt(2 / (a + b))
tanh_runs = {name: [deep(scale, seed) for seed in range(5)] for name, scale in gains.items()}
training = train_X, train_Y, 0.05, 1001, "tanh"
tanh_runs = {name: init_utils.train_together(tanh_runs[name], *training) for name in init_utils.in_turn(tanh_runs)}
figures.show_starts({name: [run_costs[-1] for _, run_costs in runs] for name, runs in tanh_runs.items()}, 1000)

# %% [markdown]
# <details><summary>What came</summary>
#
# Glorot's median ends between 0.4 and 0.65, the medians of the other two below 0.35. These runs amplify rounding errors: first weights that are larger by $10^{-15}$ of themselves move the medians within these limits, and may exchange the last two. Five seeds set them apart from Glorot, not from each other.
# </details>

# %% [markdown]
# ## In a framework
#
# | here | PyTorch, `torch.nn.init` | JAX, `jax.nn.initializers` |
# |---|---|---|
# | (8) | `kaiming_normal_(w, nonlinearity="relu")` | `he_normal()` |
# | (9) | `xavier_normal_(w)` | `glorot_normal()` |
# | $1/n_{l-1}$ | `kaiming_normal_(w, nonlinearity="linear")` | `lecun_normal()` |
# | gain $5/3$ | `calculate_gain("tanh")` | |
# | orthogonal | `orthogonal_(w)` | `orthogonal()` |
#
# The names ending in `_` fill a tensor in place. JAX's return a function of key and shape, with shapes as (inputs, units); the three with `normal` in their names draw from a *truncated* normal distribution of that variance. PyTorch's `Linear` starts from a uniform distribution between $\pm1/\sqrt{n_{l-1}}$ if you say nothing: variance $1/(3n_{l-1})$.

# %% [markdown]
# ## On your own
#
# - Call `through` with `depth=50`. How exactly do you have to meet the right scale? Explain it with (7).
# - Repeat the ten seeds with hidden sizes 40 and 20. What does width do to bad luck? Why?
# - Multiply $x_1$ of the circles by 100, train from He's weights, and plot the cost. Then normalize first.

# %% [markdown]
# ## Further reading
#
# Orthogonal weights turn all inputs and stretch none (Saxe and others, 2014); LSUV (Mishkin and Matas, 2016) divides each layer's weights by what a batch measures there. Batch normalization (Ioffe and Szegedy, 2015, arXiv:1502.03167) normalizes each unit over the batch *during* training. Layer normalization (Ba and others, 2016, arXiv:1607.06450) normalizes over the units of a layer, one example at a time. With residual connections (He and others, 2016, doi:10.1109/CVPR.2016.90) layers learn what to add to their inputs, which eases the training of very deep networks. μP (Yang and others, 2022, arXiv:2203.03466) scales start and learning rate with the width, so that many settings found on a small network serve a large one.

# %% [markdown]
# ## Sources
#
# - Y. LeCun, L. Bottou, G. Orr, K.-R. Müller (1998). Efficient BackProp. doi:10.1007/3-540-49430-8_2
# - D. Rumelhart, G. Hinton, R. Williams (1986). Learning representations by back-propagating errors. doi:10.1038/323533a0
# - X. Glorot, Y. Bengio (2010). Understanding the difficulty of training deep feedforward neural networks. AISTATS, PMLR 9, 249-256.
# - A. Saxe, J. McClelland, S. Ganguli (2014). Exact solutions to the nonlinear dynamics of learning in deep linear neural networks. arXiv:1312.6120
# - K. He, X. Zhang, S. Ren, J. Sun (2015). Delving deep into rectifiers: surpassing human-level performance on ImageNet classification. doi:10.1109/ICCV.2015.123
# - D. Mishkin, J. Matas (2016). All you need is a good init. arXiv:1511.06422
