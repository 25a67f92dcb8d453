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
# # Regularize a network that has learned its noise
#
# **What you'll do.** You write L2 regularization, dropout, early stopping and data augmentation in NumPy, and measure what each one gains.
#
# **What you'll learn**
#
# - name bias and variance from two errors;
# - add an L2 penalty to a cost and to its gradients;
# - drop units in the forward pass, and send gradients back through the same masks;
# - stop a training at the right time, and mirror examples only where the label allows it;
# - tell a gain from luck.
#
# **What you'll need.** The initialization lesson, with its backward pass; matrix products, derivatives and the chain rule; two to three hours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from functools import partial

import figures_regularization as figures
import numpy as np
import reg_utils
import testCases
from reg_utils import accuracy, backward_propagation, compute_cost, cost_from_logits, forward_propagation
from reg_utils import in_turn, initialize_parameters, predict, predict_dec, relu, sigmoid, train, update_parameters

reg_utils.use_style()
train_X, train_Y, dev_X, dev_Y = reg_utils.load_2D_dataset(show_points=False)
test_X, test_Y = reg_utils.load_2D_further_examples()
sets = {"train": (train_X, train_Y), "dev": (dev_X, dev_Y), "test": (test_X, test_Y)}

# %% nbgrader={"grade": false, "grade_id": "training", "locked": true, "schema_version": 3, "solution": false, "task": false}
def fit(forward=forward_propagation, backward=backward_propagation, cost=compute_cost, seed=3, **options):
    """Train a 2-20-3-1 network on the field with learning rate 0.3; return (parameters, recorded costs)."""
    options = {"X": train_X, "Y": train_Y, "iterations": 30_000, **options}
    start = initialize_parameters([2, 20, 3, 1], seed)
    return train(parameters=start, forward=forward, backward=backward, cost=cost, learning_rate=0.3, **options)

# %% [markdown]
# **How it works.** You write seven functions, each with a check that says what it finds, as often as you like; hidden checks on other inputs run when you hand in. Before an experiment write what you expect, a number or a few words: into the cell with `guess = ""`, whose text is printed above what came, or under *Your guess*. After it, write one sentence of *why* (double-click the cell), then unfold what was measured.

# %% [markdown]
# ## 1. A field with noise
#
# Each example is a place on a football pitch, counted in units of 34 m from the centre spot. Its label is 1 if our team won the ball there, else 0. The rule: our team wins where $x_1 > x_2$. Then 15 % of the labels were turned over at random, so no model of the place can exceed 85 % on new examples in the long run. (The field is this course's own; if you bring the file of the classic course, `reg_utils.load_2D_dataset("data.mat")` reads it, and its published figures come out.)

# %% [markdown]
# **Three sets.** You *fit* to 211 **training** examples, *choose* with 200 **dev** examples, and only *judge* with 2,000 **test** examples: they show gains, and pick no setting. Of a few thousand examples 60/20/20 % is a common split, of a million 98/1/1 %: dev must only tell models apart. A share $p$ of $n$ examples is off by typically $\sqrt{p(1-p)/n}$, its **standard error**: at 80 %, 2.8 points for 200 examples, 0.4 for 10,000.
#
# **From where?** Dev and test must be drawn alike, from what you care about. Training examples from elsewhere may make a gap of their own.
#
# **Predict.** A network with 127 parameters trains for 30,000 iterations. What border does it draw, and on which sets does it beat 85 %?

# %%
guess = ""

# %% tags=["experiment"]
plain, _ = fit()
figures.show_opening(plain, sets, guess)

# %% [markdown]
# **Why?** Some places away from the diagonal get the wrong region. What put them there?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured</summary>
#
# The network gets 86.3 % of the training examples right, where the rule behind the data gets 84.8 %. It draws wedges around turned labels and pays: 76.0 % on dev, 78.5 % on test. Of the 32 turned labels in the training set it has learned 11.
#
# </details>
#
# ## 2. Name the problem before you treat it
#
# A model **underfits** if it cannot even fit what it has seen: high **bias**. It **overfits** if it fits that, and the fit does not carry over: high **variance**. Here you can see the border. With a thousand features you see nothing, and two differences of **errors** (1 minus accuracy) must do:
#
# $$\text{bias} = e_\text{train} - e_\text{human} \qquad \text{variance} = e_\text{dev} - e_\text{train} \tag{1}$$
#
# A difference above a threshold, here 0.05, is **high**.

# %% [markdown]
# The error that nobody can avoid is the **Bayes error**, 0.15 on the field. It is seldom known; the error of careful people, $e_\text{human}$, estimates it and is never lower. So "bias" in (1) is the *avoidable* bias (not the $b$ of a unit: one word, two meanings); statisticians use both words for averages over many training sets.
#
# By hand:
#
# | train | dev | human | bias | variance |
# |---|---|---|---|---|
# | 0.15 | 0.16 | 0 | 0.15, high | 0.01 |
# | 0.15 | 0.30 | 0 | 0.15, high | 0.15, high |
# | 0.15 | 0.16 | 0.15 | 0 | 0.01 |

# %% [markdown]
# ### Exercise: `diagnose`
#
# 5 points, 1 or 2 lines. Return the pair `(high_bias, high_variance)` of equation (1): each is `True` if its difference is larger than `threshold` (if it equals the threshold, either answer is right). A difference below 0, such as the bias of the network above, is not high.
#
# Expected below: `(True, False)`, `(True, True)`, `(False, False)`, and for the network above `(False, True)`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Each answer compares one difference with one number. Which errors enter it?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Bias needs the training error and the human error; variance needs the dev error and the training error.
#
# </details>
#
# <details><summary>Hint 3: a first step</summary>
#
# Work out both differences for the table's first row, then compare.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "diagnose", "locked": false, "schema_version": 3, "solution": true, "task": false}
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    """Say whether a model suffers from high bias, and whether from high variance.

    Arguments:
    train_error, dev_error -- errors on the two sets, fractions between 0 and 1
    human_error -- the error of careful people, an estimate of what nobody can avoid
    threshold -- a larger difference counts as high

    Returns:
    (high_bias, high_variance) -- two booleans (1 and 0 will do)
    """
    ### BEGIN SOLUTION
    return train_error - human_error > threshold, dev_error - train_error > threshold
    ### END SOLUTION

# %%
print(diagnose(0.15, 0.16))
print(diagnose(0.15, 0.30))
print(diagnose(0.15, 0.16, human_error=0.15))
print(diagnose(0.137, 0.240, human_error=0.15))

# %% nbgrader={"grade": true, "grade_id": "diagnose_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("diagnose")

# %% nbgrader={"grade": true, "grade_id": "diagnose_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of diagnose run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

check_random = testCases.random_at(21)
# None within rounding of its threshold, 1e-16: an exact tie may count either way.
kinds = {"other errors and thresholds": [-0.12, -0.03, 0.03, 0.2], "a difference near the threshold": [-0.004, -1e-6, 1e-6, 0.004]}
check_cases, check_expected = [], []
for kind in ("other errors and thresholds", "a difference near the threshold"):
    thresholds = check_random.choice([0.01, 0.05, 0.12], 16)
    gaps = thresholds + check_random.choice(kinds[kind], (2, 16))
    human_errors, train_errors, dev_errors = np.cumsum([check_random.uniform(0.3, 0.35, 16), *gaps], axis=0)
    check_expected += zip(train_errors - human_errors > thresholds, dev_errors - train_errors > thresholds)
    cases = zip(train_errors, dev_errors, human_errors, thresholds)
    check_cases += [case[:3] if case[3] == 0.05 else case for case in cases]  # left out, the threshold is 0.05
check_cases += [(0.12, 0.11, 0.1, 0), (0.1, 0.12, 0.1001, 0.0), (1.0, 1.0, 0.3), (0.2, 1.0, 0.17)]
check_expected += [(True, False), (False, True), (True, False), (False, True)]
places = {"other errors and thresholds": (0, 16), "a difference near the threshold": (16, 32)}
places |= {"a threshold of 0": (32, 34), "an error of 1, which is every example": (34, 36)}
pairs = testCases.answers(diagnose, check_cases)
assert all(np.shape(pair) == (2,) for pair in pairs), "diagnose: expected two booleans."
for kind in ("other errors and thresholds", "a difference near the threshold", "a threshold of 0", "an error of 1, which is every example"):
    start, end = places[kind]
    fits = testCases.near(pairs[start:end], check_expected[start:end])
    assert fits, f"diagnose: for {kind}, one of the two is not what (1) and the threshold give."
### END HIDDEN TESTS

# %% [markdown]
# **Three fits.** Two interlocking arcs, 100 training and 400 dev examples, and three models: A, a straight line; B, a network stopped after 300 iterations; C, the same network after 3,000. Your `diagnose` names them, with 0.09 for the error that cannot be avoided.
#
# **Predict.** Which is high in bias, which in variance, and which has the lowest error on dev?
#
# *Your guess:*

# %% tags=["experiment"]
for fitted, errors in figures.show_three_fits(None).items():
    print(f"{fitted}: (high bias, high variance) = {diagnose(*errors, human_error=0.09)}")

# %% [markdown]
# **Why?** C makes one error on 100 training examples. Why is it not the best?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured, and what to do about it</summary>
#
# A is high in bias: error 0.15 on train, 0.16 on dev. C is high in variance: 0.01 and 0.145. B is neither: 0.06 and 0.10.
#
# </details>
#
# **The recipe**, round and round until both are low. *Bias first:* a larger network, a longer training, other features. *Then variance:* more data, or regularization. Then look at the bias again, because the cure of one may feed the other. That was called the **bias-variance trade-off**; with more data and regularization you can often lower one at little cost of the other. Very large networks can get better again beyond the size at which they fit all noise (**double descent**, see Further reading).

# %% [markdown]
# The field's network has high variance. More data would cure it ("Go further" measures that), but labels cost. The rest of this lesson regularizes.
#
# ## 3. L2: let large weights cost something
#
# What do large weights do? Take the trained network and make it fifty times smaller: all weights and $b^{[1]}$ times 0.02, $b^{[2]}$ times $0.02^2$, $b^{[3]}$ times $0.02^3$. By hand, one unit with ReLU: a factor on $w$ and $b$ goes straight through $\max(0, wx + b)$. The next layer has inputs *and* weights 0.02 times as large, so its bias needs $0.02^2$; before the sigmoid it is $0.02^3$ in all.
#
# **Predict.** How many of 160,000 places on the pitch change their label? And what becomes of the outputs?

# %%
guess = ""

# %% tags=["experiment"]
powers = {"W1": 1, "W2": 1, "W3": 1, "b1": 1, "b2": 2, "b3": 3}
shrunk = {key: 0.02**power * plain[key] for key, power in powers.items()}
figures.show_confidence(plain, shrunk, guess)

# %% [markdown]
# **Why?** The border is as winding as before. What did the large weights make, then?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured</summary>
#
# No place changes its label, with squared weights of 0.23 instead of 571.7. A border may bend with any weights, and hidden biases place its bends: without them 32 % of the pitch changes sides. Only large weights let the *output* climb steeply, from near 0 to near 1. Shrunk, the network is sure of nothing: its cost is 0.6931, that of a coin.
#
# </details>
#
# A low cost needs outputs near 0 and 1. To be *sure* of a turned label and of its neighbours too, the output has to climb steeply around it. If large weights cost something, that no longer pays; a rule that many examples share still does.

# %% [markdown]
# So **L2 regularization** adds the squared weights to the **cross-entropy** $J$, the cost of the initialization lesson:
#
# $$J_\text{with penalty} = J + \frac{\lambda}{2m} \sum_{l=1}^{3} \lVert W^{[l]} \rVert_F^2 \tag{2}$$
#
# $\lVert W \rVert_F$ is the **Frobenius norm**: its square is the sum of all squared entries. $\lambda$ is the strength of the penalty. In logistic regression, a network of one unit, the sum is $\lVert w \rVert^2$. Biases are few and multiply no input, so they are left out by custom.
#
# By hand, with $m = 2$, $\lambda = 0.5$: the squares of $\begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}$, $\begin{pmatrix} 1 & -1 \end{pmatrix}$, $\begin{pmatrix} 2 \end{pmatrix}$ sum to $30 + 2 + 4 = 36$; the penalty is $\frac{0.5}{4} \cdot 36 = 4.5$. Two outputs of 0.5 cost $\ln 2 = 0.6931$. Together 5.1931.

# %% [markdown]
# ### Exercise: `compute_cost_with_regularization`
#
# 10 points, about 4 lines. Return the cost (2) as one number. `compute_cost(A3, Y)`, given, is the cross-entropy. The argument is called `lambd`, because `lambda` is a word of Python. With `lambd` 0 nothing but the cross-entropy is left, a quick test of your own.
#
# Expected below: `5.1931`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two parts are added: how wrong the outputs are, and how large the weights are.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Square each entry of `W1`, `W2`, `W3`, sum everything, and scale the sum once by $\lambda / (2m)$; $m$ is the number of columns of `Y`.
#
# </details>
#
# <details><summary>Hint 3: a first step</summary>
#
# `np.sum(np.square(parameters["W1"]))` is 30 for the example.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "compute_cost_with_regularization", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """The cost with an L2 penalty, equation (2).

    Arguments:
    A3 -- outputs of the network, shape (1, m)
    Y -- labels 0 and 1, shape (1, m)
    parameters -- dictionary with W1 (n_1, n_x), b1 (n_1, 1), W2, b2, W3, b3
    lambd -- strength of the penalty, a number >= 0

    Returns:
    cost -- a number
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    squares = sum(np.sum(np.square(parameters[name])) for name in ("W1", "W2", "W3"))
    return compute_cost(A3, Y) + lambd / (2 * m) * squares
    ### END SOLUTION

# %%
hand_net = {"W1": np.array([[1.0, -2.0], [3.0, 4.0]]), "b1": np.ones((2, 1)), "W2": np.array([[1.0, -1.0]]),
            "b2": np.ones((1, 1)), "W3": np.array([[2.0]]), "b3": np.ones((1, 1))}
hand_cost = compute_cost_with_regularization(np.array([[0.5, 0.5]]), np.array([[1, 0]]), hand_net, lambd=0.5)
print(f"{np.squeeze(hand_cost):.4f}")

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("compute_cost_with_regularization")

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of compute_cost_with_regularization run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, check_random, cases, expected = "compute_cost_with_regularization", testCases.random_at(22), [], []
kinds = {
    "another network": ((4, 3, 5, 1), 7, 0.9),
    "lambd 0": ((2, 6, 2, 1), 3, 0),
    "a single example": ((3, 3, 3, 1), 1, 2.5),
    "many examples": ((5, 2, 4, 1), 40, 12.0),
    "a very small cost": ((3, 2, 1, 1), 5, 0),
    "weights that are whole numbers, many of them equal": ((4, 3, 5, 1), 7, 0.4),
}
for kind, (sizes, m, lambd) in kinds.items():
    A3, Y = check_random.uniform(0.05, 0.95, (1, m)), (check_random.rand(1, m) < 0.3).astype(int)
    if kind == "a very small cost":
        A3 = np.where(Y, 0.9991, 0.0007)
    parameters = {f"W{l}": 2 * check_random.randn(sizes[l], sizes[l - 1]) for l in (1, 2, 3)}
    parameters |= {f"b{l}": 1 + check_random.rand(sizes[l], 1) for l in (1, 2, 3)}
    if kind.startswith("weights"):
        parameters = {name: np.round(array) for name, array in parameters.items()}
    right = -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    right += lambd / (2 * m) * sum(np.sum(parameters[f"W{l}"] ** 2) for l in (1, 2, 3))
    expected.append((right, testCases.state(A3, Y, *parameters.values())))
    cases.append((A3, Y, parameters, lambd))
answers = testCases.answers(compute_cost_with_regularization, cases)
for kind in ("another network", "lambd 0", "a single example", "many examples", "a very small cost", "weights that are whole numbers, many of them equal"):
    check_cost, (wanted, before), case = (part[list(kinds).index(kind)] for part in (answers, expected, cases))
    assert np.size(check_cost) == 1, "compute_cost_with_regularization: expected one number."
    # Single precision is allowed: it knows an output to 6e-8, so its logarithm, near 1 too, and a sum of products to
    # some 1e-7, and the sum relative to its size. A little inside the logarithm, 1e-8 of it, is allowed as well.
    right = testCases.near(np.ravel(check_cost)[0], wanted, rtol=1e-5, atol=2e-7)
    assert right, testCases.Finding(
        f"{function}: for {kind}, the cost is not (2).", also=testCases.kind(np.ravel(check_cost)[0], wanted)
    )
    same = testCases.state(*case[:2], *case[2].values()) == before
    assert same, "compute_cost_with_regularization: it changes its arguments, with which training goes on."
### END HIDDEN TESTS

# %% [markdown]
# ## 4. The penalty pulls every weight towards zero
#
# Training needs the slope of the new cost. In short, $dW$ is $\partial J/\partial W$, $db$ is $\partial J/\partial b$; the columns of $dZ$ and $dA$ hold the slopes of each example's loss. The first term below is what `backward_propagation` of the initialization lesson returns, with its $1/m$. The penalty adds its own slope: $\frac{\lambda}{2m} w^2$ has the derivative $\frac{\lambda}{m} w$, for each weight alone.
#
# $$\frac{\partial J_\text{with penalty}}{\partial W^{[l]}} = \frac{1}{m} dZ^{[l]} A^{[l-1]T} + \frac{\lambda}{m} W^{[l]} \tag{3}$$
#
# By hand: where outputs equal labels, $dZ^{[3]} = 0$ and only the penalty is left. With $\lambda = 1$, $m = 4$: $dW^{[1]} = 0.25 \begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}$.

# %% [markdown]
# A step with learning rate $\alpha$ now multiplies $W$ by $1 - \alpha\lambda/m$ before it moves it: **weight decay**. With 0.3, 0.7 and 211 that is 0.99900; in 1,000 iterations the penalty alone would leave 0.369 of a weight. What survives is what the cross-entropy keeps rebuilding.
#
# The figure shows the pull on a model with two weights, the output $\sigma(w_1x_1 + w_2x_2)$ ($\sigma$ is the sigmoid) on the field. Lines, the **contours**, join pairs of weights with equal cross-entropy. **Predict:** which way does the best pair walk as $\lambda$ grows? Does it ever arrive at $(0, 0)$? (Dotted circles join pairs of equal penalty; the cross is $(0, 0)$.)
#
# *Your guess:*

# %% tags=["experiment"]
figures.show_pull(train_X, train_Y)

# %% [markdown]
# <details><summary>What to see</summary>
#
# From the bottom of the valley, at lambda 0, the best pair walks towards the origin and never quite arrives: there the cross-entropy still has a slope, and the penalty has none. At each dot the two slopes cancel, so the contour and the circle around the origin touch.
#
# </details>

# %% [markdown]
# ### Exercise: `backward_propagation_with_regularization`
#
# 10 points, about 5 lines. Return the gradients of cost (2). `backward_propagation(X, Y, cache)`, given, returns those of the cross-entropy; you may build on it or write all layers yourself. Only the six keys in the docstring count; more of them, such as `dZ3`, do no harm.
#
# Expected below: `[[ 0.25 -0.5 ] [ 0.75  1.  ]]` and zeros.
#
# <details><summary>Hint 1: the idea</summary>
#
# Which of the six gradients does the penalty change, and by how much?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Each $dW^{[l]}$, of the shape of $W^{[l]}$, gets $\frac{\lambda}{m} W^{[l]}$. The cache holds the weights.
#
# </details>
#
# <details><summary>Hint 3: a first step</summary>
#
# Unpack the cache into its twelve names; they stand in the docstring.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "backward_propagation_with_regularization", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward_propagation_with_regularization(X, Y, cache, lambd):
    """The gradients of the cost with an L2 penalty, equation (3).

    Arguments:
    X -- examples, shape (n_x, m)
    Y -- labels, shape (1, m)
    cache -- (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) of forward_propagation
    lambd -- strength of the penalty, a number >= 0

    Returns:
    gradients -- dictionary with dW1, db1, dW2, db2, dW3, db3, shaped as W1, b1, ...; more keys do no harm
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    gradients = backward_propagation(X, Y, cache)
    for layer, W in ((1, cache[2]), (2, cache[6]), (3, cache[10])):
        gradients[f"dW{layer}"] = gradients[f"dW{layer}"] + lambd / m * W
    return gradients
    ### END SOLUTION

# %%
def gradients_by_hand():
    weights = np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([[1.0, -1.0]]), np.array([[2.0]])
    one_row, two_rows, right = np.zeros((1, 4)), np.zeros((2, 4)), np.array([[1.0, 0.0, 1.0, 0.0]])
    first, second = (two_rows, two_rows, weights[0], np.zeros((2, 1))), (one_row, one_row, weights[1], np.zeros((1, 1)))
    third = (one_row, right, weights[2], np.zeros((1, 1)))
    return backward_propagation_with_regularization(np.ones((2, 4)), right, first + second + third, lambd=1)


print(gradients_by_hand()["dW1"], gradients_by_hand()["db1"].ravel())

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("backward_propagation_with_regularization")

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of backward_propagation_with_regularization run here.
### BEGIN HIDDEN TESTS
import numpy as np
import reg_utils
import testCases

function, cases, expected = "backward_propagation_with_regularization", [], []
kinds = {
    "another network": ((3, 4, 2, 1), 6, 0.9, 1, 1),
    "layers of equal size": ((3, 3, 3, 1), 3, 5.0, 2, 1),
    "a single example": ((4, 2, 5, 1), 1, 0.3, 3, 1),
    "lambd 0 and small inputs": ((2, 5, 3, 1), 12, 0, 4, 1e-6),
    "hidden layers of a single unit": ((2, 1, 1, 1), 5, 0.7, 5, 1),
    "units at exactly 0": ((3, 4, 2, 1), 6, 0.4, 6, 1),
}
for sizes, m, lambd, seed, unit in kinds.values():
    X, Y, parameters = testCases.random_case(list(sizes), m, seed, margin=0)
    Y[:, 2:] = 0  # few examples of class 1
    X, parameters["W1"] = X * unit, parameters["W1"] / unit
    if seed == 6:  # an example of zeros meets no bias: ReLU's slope there is 0, as the text says
        X[:, 1], parameters["b1"], parameters["b2"] = 0, 0 * parameters["b1"], 0 * parameters["b2"]
    cache = reg_utils.forward_propagation(X, parameters)[1]
    slopes = reg_utils.backward_propagation(X, Y, cache)  # a test compares them with finite differences
    slopes |= {f"dW{l}": slopes[f"dW{l}"] + lambd / m * parameters[f"W{l}"] for l in (1, 2, 3)}
    expected.append({name: slopes[name] for name in ("dW1", "db1", "dW2", "db2", "dW3", "db3")})
    cases.append((X, Y, tuple(entry.copy() for entry in cache), lambd))
answers = testCases.answers(backward_propagation_with_regularization, cases)
for kind in ("another network", "layers of equal size", "a single example", "lambd 0 and small inputs", "hidden layers of a single unit", "units at exactly 0"):
    gradients, slopes = (part[list(kinds).index(kind)] for part in (answers, expected))
    for name in ("dW1", "db1", "dW2", "db2", "dW3", "db3"):
        got, right = np.asarray(gradients[name]), slopes[name]
        check_shape = got.shape == right.shape
        assert check_shape, f"{function}: for {kind}, {name} does not have the shape of what it is the gradient of."
        # Single precision is allowed: in three layers of a few products each it is off by some 1e-7 of the largest entry.
        # Relative to each array, so that what is rounded to decimals shows where gradients are small.
        check_room = 1e-5 * np.abs(right).max()
        check_value = testCases.near(got, right, rtol=0, atol=check_room)
        assert check_value, testCases.Finding(
            f"{function}: for {kind}, {name} is not the slope of the cost with its penalty.", also=testCases.kind(got, right)
        )
### END HIDDEN TESTS

# %% [markdown]
# **Train with both.** The loop calls a forward pass, a cost and a backward pass, and takes 30,000 steps of gradient descent. Now it gets your two functions, with $\lambda = 0.7$; `partial` fixes an argument of a function. (`reg_utils.model(train_X, train_Y, lambd=0.7)`, the classic call, does the same.)
#
# **Predict.** Without a penalty the cross-entropy of the training set ended at 0.362. Will it end lower or higher now? And the accuracy on dev, which was 0.760?

# %%
guess = ""

# %% tags=["experiment"]
l2_cross_entropy = []
l2, l2_costs = fit(
    backward=partial(backward_propagation_with_regularization, lambd=0.7),
    cost=partial(compute_cost_with_regularization, lambd=0.7),
    on_record=lambda _, p: l2_cross_entropy.append(compute_cost(forward_propagation(train_X, p)[0], train_Y)),
)
figures.show_costs(l2_costs, l2_cross_entropy, guess, f"dev accuracy: {accuracy(dev_X, dev_Y, l2):.3f}")

# %% [markdown]
# **Why?** One of the two numbers got worse and the other better. Why is that no contradiction?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured</summary>
#
# The cross-entropy of the training set ends *higher*, at 0.421 instead of 0.362: with a penalty of about 0.02 on its weights, the network fits its training examples less well, on purpose. Dev accuracy rises from 76.0 % to 81.5 %. So the lowest training cost is not the aim, and a $J$ with the penalty must never be compared with a $J$ without one: they measure different things.
#
# </details>

# %% [markdown]
# **Choose λ on dev.** Now $\lambda$ runs from 0.01 to 30, with 1,500 iterations each, from three starts: one run could be luck. The table adds the cross-entropy on dev, which tells close models apart better than counting errors.
#
# **Predict.** What happens at either end? Which λ would you choose, and how sure can dev be?
#
# *Your guess:*

# %% tags=["experiment"]
def with_l2(lambd, iterations=3_000, **options):
    backward = partial(backward_propagation_with_regularization, lambd=lambd)
    return fit(backward=backward, iterations=iterations, **options)[0]

def sweep(lambdas, seeds=(3, 0, 1)):
    each = partial(in_turn, lambdas, "lambda")
    return [[with_l2(lambd, 1_500, seed=seed) for lambd in each()] for seed in in_turn(seeds, "start")]

lambdas = (0.01, 0.1, 0.7, 3, 10, 30)
by_lambda = figures.show_sweep(lambdas, sweep(lambdas), sets)

# %% [markdown]
# **Why?** At 30 all weights are 0, and training goes on. Why does none of them come back?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured</summary>
#
# The mean cost on dev is lowest at 0.7, so 0.7 it is. But from 0.01 to 10 the costs lie within 0.02 of each other, and 200 examples hardly tell them apart: dev rules out 30, and only leans to 0.7. At 30 the penalty wins from all three starts: every weight is zero, every place gets one answer. Where all weights are zero, so are their gradients, as with zeros in the initialization lesson. At 20 it happens from two of eight starts only.
#
# </details>

# %% [markdown]
# Below, a film: the border for fifteen values of λ, 3,000 iterations each, start 3. All are trained when you run the cell, with your functions; then move the slider.
#
# **Predict.** Where does the border become straight, and what goes wrong at the far end?
#
# *Your guess:*

# %% tags=["experiment"]
figures.show_borders(with_l2, (0, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 2, 3, 5, 7, 10, 20), "lambda", sets, strip=(0, 7, 13))

# %% [markdown]
# <details><summary>What was measured</summary>
#
# Nearly straight from 2 on. Then it moves off the diagonal: at 10 dev is down to 78.0 %. At 20 every place gets one answer: start 3 is one of the two.
#
# </details>
#
# ## 5. Dropout: no unit may rely on another
#
# In each iteration, each hidden unit is switched off for each example with probability 1 − `keep_prob`. With $U$ uniform on $[0, 1)$ (the bracket is 1 where it is true, else 0; $\circ$ multiplies entry by entry):
#
# $$D = [\,U < \text{keep\_prob}\,] \qquad \tilde A = A \circ D \,/\, \text{keep\_prob} \tag{4}$$
#
# By hand: $a = (1, 2, 3, 4)$, $d = (1, 0, 1, 1)$, keep_prob 0.75 give $(1.333, 0, 4, 5.333)$. Why divide? A unit survives with probability 0.75, so its mean stays $0.75 \cdot a / 0.75 = a$. So **at test time nothing is dropped and nothing is scaled**: predictions must not depend on luck.

# %% [markdown]
# **Why it may help.** Two explanations are usual. A unit cannot count on any single input, so it spreads its weights: after 10,000 iterations from three starts, squared weights are 10 to 41 % lower than without dropout (after 3,000 not from all). And each step trains another thinner network; the whole one stands for their average ("Go further" measures that).
#
# **Per layer.** `keep_prob` may differ: lower where a layer has many weights, near 1 for small layers and inputs, 1 for the output. Dropout became common in computer vision, where data are always short; where a network does not overfit, leave it out.

# %% [markdown]
# **Half-finished.** `drop_once` below is (4) for one layer, with two mistakes left in. Correct them until it prints a share near 0.75 and a mean near 1.00.

# %%
def drop_once(activations, keep_prob):
    mask = np.random.rand(*activations.shape) < 1  # which number keeps the share keep_prob?
    return mask, activations * mask  # and what is missing, so that the mean stays?


half_mask, half_kept = drop_once(np.ones((2, 5000)), keep_prob=0.75)
print(f"share {np.mean(half_mask):.2f}, mean {np.mean(half_kept):.2f}")

# %% [markdown]
# ### Exercise: `forward_propagation_with_dropout`
#
# 20 points, about 12 lines. LINEAR → RELU → (4), twice, then LINEAR → SIGMOID: no dropout on the output. Every call draws new masks, with `np.random.rand` (uniform), and returns them in the cache. A seed inside, or a generator of your own, costs no points, but freezes the masks from section 6 on.
#
# Expected below: `[0. 3.3333]`, a share near 0.3, a mean near 1.
#
# <details><summary>Hint 1: the idea</summary>
#
# Each entry of `A1` has a mask entry of its own.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# `D1` has the shape of `A1`, $(n_1, m)$. Zero where masked, divide the rest by `keep_prob`, pass that on.
#
# </details>
#
# <details><summary>Hint 3: a first step</summary>
#
# Write the pass without dropout; then insert what `drop_once` does after each `relu`.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "forward_propagation_with_dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """A forward pass that drops hidden units, equation (4).

    Arguments:
    X -- examples, shape (n_x, m)
    parameters -- dictionary with W1 (n_1, n_x), b1 (n_1, 1), W2 (n_2, n_1), b2, W3 (1, n_2), b3
    keep_prob -- probability that a hidden unit is kept, 0 < keep_prob <= 1

    Returns:
    A3 -- outputs, shape (1, m)
    cache -- (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3), where D1 (n_1, m) and D2 (n_2, m) are masks
        of 0 and 1 (or False and True), and A1, A2 are what the next layer receives
    """
    ### BEGIN SOLUTION
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.dot(W1, X) + b1
    D1 = np.random.rand(*Z1.shape) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    D2 = np.random.rand(*Z2.shape) < keep_prob
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    ### END SOLUTION

# %%
def one_layer_by_hand():
    net = {"W1": np.eye(2), "b1": np.zeros((2, 1)), "W2": np.ones((1, 2)), "b2": np.zeros((1, 1)),
           "W3": np.ones((1, 1)), "b3": np.zeros((1, 1))}
    np.random.seed(1)
    return forward_propagation_with_dropout(np.ones((2, 1000)), net, keep_prob=0.3)[1][1:3]


hand_mask, hand_kept = one_layer_by_hand()
print(np.unique(np.round(hand_kept, 4)), f"share {np.mean(hand_mask):.3f}, mean {np.mean(hand_kept):.3f}")

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout_visible", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("forward_propagation_with_dropout")

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout_hidden", "locked": true, "points": 12, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of forward_propagation_with_dropout run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases
from reg_utils import relu, sigmoid

# With a draw of its own for each entry, a right answer fails here twice in 1e10 runs. The bounds, all cases together:
# a share off by 7 standard deviations, 7e-11 (binomial; 8 masks and 3 pairs); a row or column off by 10, 1e-13 (binomial,
# 700 of them); a mean square of these below 0.1 or above 4, 2e-15 (Chernoff); an echo of 10 standard deviations, 2e-12
# (Bernstein, 16,000 distances); equal or opposite words of 60 draws or more, 6e-14 (35,000 pairs, 2 ** -59 each); six
# counts as near to keep_prob as they can be, 9e-11 (binomial). What is drawn wrongly passes less than once in 1e6 runs:
# shares rounded to tenths pass with keep_prob 0.85 once in 1e5, and with 0.35 then once in 60; a repeat of a fifth of
# the draws, wherever it stands, echoes with 15 standard deviations or more in each of three cases.
function, counted = "forward_propagation_with_dropout", []
cases = (((3, 81, 73, 1), 50, 0.35, 6), ((2, 79, 53, 1), 53, 0.85, 7), ((6, 90, 80, 1), 1, 0.3, 8), ((4, 3, 5, 1), 9, 1, 9))
cases = (*cases, ((3, 60, 60, 1), 132, 0.5, 10))
nets = [testCases.random_case(list(sizes), m, seed, margin=0) for sizes, m, _, seed in cases]
arguments = [(X.copy(), {k: v.copy() for k, v in net.items()}, case[2]) for (X, _, net), case in zip(nets, cases)]
answers = testCases.answers(forward_propagation_with_dropout, arguments[:4])
try:
    answers.append(forward_propagation_with_dropout(*arguments[4][:2]))
except TypeError:  # left out, keep_prob is 0.5; who has no default is right all the same
    answers.append(forward_propagation_with_dropout(*arguments[4]))
for (sizes, m, keep_prob, _), (X, _, parameters), (A3, cache) in zip(cases, nets, answers):
    Z1, D1, A1, _, _, Z2, D2, A2, _, _, Z3, _, _, _ = (np.asarray(entry) for entry in cache)
    drawn = []
    for number, layer, Z, D, A in ((1, "1", Z1, D1, A1), (2, "2", Z2, D2, A2)):
        right = D.shape == A.shape == (sizes[number], m)
        assert right, f"{function}: D{layer} and A{layer} need one entry for each unit and example."
        # Any one factor will do here: the visible check judges the scaling, so that masks earn their points without it.
        check_kept = D != 0
        check_masked = relu(Z) * check_kept
        factor = 1 if keep_prob == 1 else A.sum() / (check_masked.sum() or 1)
        right = testCases.near(A, factor * check_masked)  # as far as single precision can tell, see near
        assert right, f"{function}: A{layer} is not a masked relu(Z{layer})."
        deviation, beyond = np.sqrt(keep_prob * (1 - keep_prob)), check_kept - keep_prob
        right = abs(beyond.sum()) <= 7 * deviation * np.sqrt(D.size)
        assert right, f"{function}: D{layer} does not keep each entry with probability keep_prob."
        if m > 9:
            spread = [beyond.sum(axis) ** 2 / (deviation**2 * D.shape[axis]) for axis in (0, 1)]
            right = all(0.1 < part.sum() / part.size < 4 and part.max() < 100 for part in spread)
            assert right, f"{function}: D{layer} has rows or columns that are too much alike, or too different."
            counted.append(abs(beyond.sum()) < 1)
            drawn = np.append(drawn, beyond / deviation)
    if m > 9:
        spectrum = np.fft.rfft(drawn, 1 << drawn.size.bit_length())
        echo = np.fft.irfft(spectrum.real**2 + spectrum.imag**2)[1 : drawn.size] / drawn.size
        right = np.abs(echo).max() < 10 / np.sqrt(drawn.size) > abs(drawn.sum()) / drawn.size * 10 / 7
        assert right, f"{function}: the same draws come again at another place, or the share that is kept is off."
    if keep_prob == 0.5:
        for words in (np.hstack([D1, D2]).T != 0, np.vstack([D1, D2]) != 0):
            right = len({word.tobytes() for word in words ^ words[:, :1]}) == len(words)
            assert right, f"{function}: two units or two examples get the same draws, in one mask or in both."
    for layer, Z, before in (("1", Z1, X), ("2", Z2, A1), ("3", Z3, A2)):
        right = testCases.near(Z, parameters[f"W{layer}"] @ before + parameters[f"b{layer}"], atol=1e-5)
        assert right, f"{function}: Z{layer} does not follow from what layer {layer} receives."
    assert testCases.near(A3, sigmoid(Z3)), f"{function}: A3 is not sigmoid(Z3)."
assert not all(counted), f"{function}: each mask keeps an exact number of entries, expected a draw for each entry."
# Of three units, each kept with 0.3, all are dropped for a third of the examples: for none of 200 with 0.657 ** 200.
X, _, parameters = testCases.random_case([2, 3, 40, 1], 200, 12, margin=0)
check_mask = np.asarray(forward_propagation_with_dropout(X, parameters, 0.3)[1][1]) != 0
assert not np.all(np.any(check_mask, axis=0)), f"{function}: in a small layer at least one unit is always kept."
# Twice the same arguments, from two states of NumPy's generator. Masks that are kept come again although other numbers
# were to be had; who seeds in every call leaves the same state behind both times, or does not touch it at all.
check_masks, check_after, check_first = [], [], testCases.random_at(31).rand()
for seed in (31, 32):
    X, _, parameters = testCases.random_case([3, 7, 6, 1], 11, 11, margin=0)
    np.random.seed(seed)
    _, cache = forward_propagation_with_dropout(X, parameters, 0.5)
    check_masks.append([np.asarray(cache[i]) != 0 for i in (1, 6)])
    check_after.append(np.random.rand())
check_kept = any(np.array_equal(one, other) for one, other in zip(*check_masks))
check_kept = check_kept and check_after[0] not in (check_first, check_after[1])
assert not check_kept, f"{function}: a second call uses the masks of an earlier one."
### END HIDDEN TESTS

# %% [markdown]
# **Look at masks.** Twelve iterations with keep_prob 0.75, two examples in each. **Predict:** do both examples lose the same units? Does one example lose the same units in the next iteration?
#
# *Your guess:*

# %% tags=["experiment"]
np.random.seed(1)
start_net = initialize_parameters([2, 20, 3, 1])
passes = [forward_propagation_with_dropout(train_X[:, :2], start_net, keep_prob=0.75)[1] for _ in range(12)]
figures.show_dropped_units([(entries[1], entries[6]) for entries in passes])

# %% [markdown]
# A dropped unit is a cross; its connections are gone for this example and this iteration.
#
# ## 6. Gradients pass through the same masks
#
# Equation (4) multiplies each entry $a$ by $d/\text{keep\_prob}$; so, by the chain rule, the slope on its way back is multiplied by the same number. A dropped unit gets none:
#
# $$dA^{[l]} = \left(W^{[l+1]T} dZ^{[l+1]}\right) \circ D^{[l]} \,/\, \text{keep\_prob} \tag{5}$$
#
# By hand: $(0.2, -0.4, 0.6)$ with $d = (1, 0, 1)$ and keep_prob 0.8 becomes $(0.25, 0, 0.75)$, with mean 0.3333.

# %% [markdown]
# Draw nothing new: a gradient belongs to the network that made the outputs, and the cache holds its masks. The rest is the backward pass of the initialization lesson: the slope of the loss at a sigmoid's $z$, ReLU's slope 1 or 0, and each layer's products. $A^{[l]}$ is what the next layer received, zeros of dropped units included:
#
# $$dZ^{[3]} = A^{[3]} - Y, \quad dZ^{[l]} = dA^{[l]} \circ [A^{[l]} > 0], \quad dW^{[l]} = \tfrac1m dZ^{[l]} A^{[l-1]T}, \quad db^{[l]} = \tfrac1m \sum_i dZ^{[l](i)} \tag{6}$$
#
# ($[Z > 0]$, as in that lesson, gives the same once $dA$ is masked.) The given `backward_propagation` knows no (5), and patching its result comes too late. When a check fails: a forgotten division makes the gradients of layers 1 and 2 too small. A forgotten mask makes them wrong with $[Z > 0]$; with $[A > 0]$ only $dA$ is.

# %% [markdown]
# ### Exercise: `backward_propagation_with_dropout`
#
# 10 points, about 14 lines. Write (5) and (6) for three layers, from last to first; $A^{[0]}$ is $X$, the output has no mask. Six keys are required; $dA$ and $dZ$ are judged if they are there.
#
# Expected below: `db3 0.1333  db2 0.3333  db1 0.8333`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Where the forward pass multiplied `A2` and `A1`, the backward pass multiplies their gradients, by the same numbers.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# `dA2` $(n_2, m)$ is `W3.T` times `dZ3`, then mask and scale by (5); `db` sums over examples and stays a column.
#
# </details>
#
# <details><summary>Hint 3: a first step</summary>
#
# Write layer 3: `dZ3`, `dW3`, `db3`. Check their shapes against `W3` and `b3`. Layer 2 is the same, after (5).
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "backward_propagation_with_dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """The gradients of the cross-entropy through the masks of a forward pass, equations (5) and (6).

    Arguments:
    X -- examples, shape (n_x, m)
    Y -- labels, shape (1, m)
    cache -- (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) of forward_propagation_with_dropout
    keep_prob -- probability that a hidden unit is kept

    Returns:
    gradients -- dictionary with dW1, db1, dW2, db2, dW3, db3, shaped as W1, b1, ...; dZ3, dA2, dZ2, dA1, dZ1 may
        stand in it too, and then are those of (5) and (6), or 1/m times that
    """
    ### BEGIN SOLUTION
    _, D1, A1, _, _, _, D2, A2, W2, _, _, A3, W3, _ = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3) * D2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dA1 = np.dot(W2.T, dZ2) * D1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, before in ((1, dZ1, X), (2, dZ2, A1), (3, dZ3, A2)):
        gradients[f"dW{layer}"] = np.dot(dZ, before.T) / m
        gradients[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients
    ### END SOLUTION

# %%
def masked_gradients_by_hand():
    ones, zero, masked = np.ones((1, 3)), np.zeros((1, 1)), np.array([[1.0, 0.0, 1.0]])
    outputs, labels = np.array([[0.2, 0.6, 0.6]]), np.array([[0, 1, 0]])
    first, second = (ones, ones, 2 * ones, np.array([[1.0]]), zero), (ones, masked, 3 * masked, np.array([[2.0]]), zero)
    third = (ones, outputs, np.array([[1.0]]), zero)
    return backward_propagation_with_dropout(ones, labels, first + second + third, keep_prob=0.8)


print("  ".join(f"{key} {masked_gradients_by_hand()[key].item():.4f}" for key in ("db3", "db2", "db1")))

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("backward_propagation_with_dropout")

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of backward_propagation_with_dropout run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases
from reg_utils import relu, sigmoid

function, cases, expected = "backward_propagation_with_dropout", [], []
kinds = {
    "another network": ((3, 4, 2, 1), 6, 0.7, 1, 1),
    "layers of equal size": ((5, 5, 5, 1), 9, 0.6, 2, 1),
    "a single example": ((4, 5, 4, 1), 1, 0.9, 3, 1),
    "keep_prob 1 and small inputs": ((2, 5, 3, 1), 12, 1, 4, 1e-6),
    "hidden layers of a single unit": ((2, 1, 1, 1), 8, 0.8, 5, 1),
    "outputs that are exactly 0 and 1": ((3, 4, 6, 1), 10, 0.9, 6, 1),
    "units at exactly 0": ((3, 4, 2, 1), 6, 0.9, 7, 1),
}
check_random = testCases.random_at(25)
for sizes, m, keep_prob, seed, unit in kinds.values():
    X, Y, parameters = testCases.random_case(list(sizes), m, seed, margin=0)
    Y[:, 2:] = 0  # few examples of class 1
    X, parameters["W1"] = X * unit, parameters["W1"] / unit
    W1, b1, W2, b2, W3, b3 = parameters.values()
    if seed == 6:
        W3 *= 1e4
    if seed == 7:  # an example of zeros meets no bias
        X[:, 1], b1[:], b2[:] = 0, 0, 0
    D1, D2 = (check_random.rand(n, m) < keep_prob for n in sizes[1:3])
    Z1 = W1 @ X + b1
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3)
    cases.append((X, Y, tuple(entry.copy() for entry in cache), keep_prob))
    dZ3 = cache[11] - Y  # a test compares what follows with finite differences
    dZ2 = W3.T @ dZ3 * D2 / keep_prob * (Z2 > 0)
    dZ1 = W2.T @ dZ2 * D1 / keep_prob * (Z1 > 0)
    expected.append({})
    for layer, dZ, before in ((3, dZ3, A2), (2, dZ2, A1), (1, dZ1, X)):
        expected[-1] |= {f"dW{layer}": dZ @ before.T / m, f"db{layer}": dZ.sum(axis=1, keepdims=True) / m}
answers = testCases.answers(backward_propagation_with_dropout, cases)
for kind in ("another network", "layers of equal size", "a single example", "keep_prob 1 and small inputs", "hidden layers of a single unit", "outputs that are exactly 0 and 1", "units at exactly 0"):
    gradients, slopes = (part[list(kinds).index(kind)] for part in (answers, expected))
    # Other entries are judged by the visible check alone, so that the six earn their points without them.
    for name in ("dW3", "db3", "dW2", "db2", "dW1", "db1"):
        got, right = np.asarray(gradients[name]), slopes[name]
        check_shape = got.shape == right.shape
        assert check_shape, f"{function}: for {kind}, {name} does not have the shape of what it is the gradient of."
        # single precision is allowed, off by some 1e-7 of the largest entry
        check_value = testCases.near(got, right, rtol=0, atol=1e-5 * np.abs(right).max() + 1e-15)
        assert check_value, testCases.Finding(
            f"{function}: for {kind}, {name} is not the slope of the cost under the masks in the cache.", also=testCases.kind(got, right)
        )
### END HIDDEN TESTS

# %% [markdown]
# **Two ways to draw.** With *fresh* masks, NumPy is seeded once, before training, so every iteration draws new ones. With *frozen* masks it is seeded before *every* forward pass, as the classic exercise does to make its numbers reproducible. Then each example loses the same units in all iterations.
#
# Three seeds each, keep_prob 0.86, 2,000 iterations. Two costs of the training set: through the masks, which training lowers, and the **clean** cost of the same network with nothing dropped, as it will be used.
#
# **Predict.** With which masks do the two part, and which of them falls?

# %%
guess = ""

# %% tags=["experiment"]
def train_with_dropout(keep_prob=0.86, draws=1, frozen=False, **options):
    np.random.seed(draws)
    passes = (forward_propagation_with_dropout, backward_propagation_with_dropout)
    return fit(*(partial(one, keep_prob=keep_prob) for one in passes), reseed=draws if frozen else None, **options)

def clean_cost(network):
    return cost_from_logits(forward_propagation(train_X, network)[1][8], train_Y)

def with_seed(draws, frozen):
    seen, options = [], {"iterations": 2_000, "record_every": 100}
    network, costs = train_with_dropout(0.86, draws, frozen, on_record=lambda _, p: seen.append(clean_cost(p)), **options)
    return {"through masks": costs, "clean": seen, "dev": accuracy(dev_X, dev_Y, network)}

def three_seeds(kind):
    return [with_seed(draws, kind == "frozen") for draws in in_turn((1, 2, 3), f"{kind}, seed")]

two_ways = {kind: three_seeds(kind) for kind in ("fresh", "frozen")}
figures.show_two_ways_to_draw(two_ways, 100, guess)

# %% [markdown]
# **Why?** What does a network with frozen masks know about a training example that it cannot know about a new one?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured</summary>
#
# With fresh masks both costs fall together, to 0.43 to 0.44 and 0.40 to 0.41. With frozen masks the cost through them falls to between 0.26 and 0.40 while the clean cost turns and climbs to between 0.47 and 0.62 (rounding decides where): the network memorises each example *through its mask*, which marks it like a name. All three fresh trainings get 82.0 to 83.0 % on dev, the frozen ones 77 to 81 %. So seed once, outside.
#
# </details>
#
# **J need not fall.** With fresh masks each iteration measures another thinned network, so $J$ jumps. **Predict:** in what share of the first 200 steps does it rise? And without dropout?
#
# *Your guess:*

# %% tags=["experiment"]
_, jumping = train_with_dropout(iterations=200, record_every=1)
_, falling = fit(iterations=200, record_every=1)
figures.show_rising_costs(jumping, falling)

# %% [markdown]
# <details><summary>What to see, and a rule</summary>
#
# Through the masks $J$ rises in two steps of five, and later in every second one, though the network learns; without dropout it falls in each. So a rising $J$ is no sign of a bug here. To look for one, set keep_prob to 1, see that $J$ falls in every iteration (with a learning rate that is small enough), and only then switch dropout on.
#
# </details>
#
# The film shows the border for nine values of keep_prob, 1 being no dropout. 2,000 iterations each. **Predict:** how low can it go before dev suffers?
#
# *Your guess:*

# %% tags=["experiment"]
def with_dropout(keep_prob):
    return train_with_dropout(keep_prob, iterations=2_000)[0]
figures.show_borders(with_dropout, (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.86, 0.95, 1), "keep_prob", sets, strip=(0, 6, 8))

# %% [markdown]
# <details><summary>What was measured</summary>
#
# From 0.3 to 0.95 dev accuracy lies between 80.5 and 83.0 %: with an uncertainty of 2.8 points, dev does not care. We keep 0.86.
#
# </details>
#
# **Three networks, and a line.** All choices are made, on dev; now the test examples judge. Each network has trained for 30,000 iterations. Logistic regression, a straight line by construction, joins them.
#
# **Predict** four test accuracies.

# %%
guess = ""

# %% tags=["experiment"]
dropout, _ = train_with_dropout()
figures.show_three_borders({"none": plain, "L2, 0.7": l2, "dropout, 0.86": dropout}, sets, guess)

# %% [markdown]
# **Why?** The line has three parameters, the networks have 127. Why is it not worse?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured</summary>
#
# | | train | dev | test |
# |---|---|---|---|
# | none | 0.863 | 0.760 | 0.785 |
# | L2, 0.7 | 0.839 | 0.815 | 0.823 |
# | dropout, 0.86 | 0.863 | 0.810 | 0.836 |
# | a line | 0.829 | 0.800 | 0.815 |
#
# Rounding decides the last digits of the dropout row: right answers that multiply and divide in another order gave 0.810 to 0.820 on dev and 0.835 to 0.839 on test.
#
# None and dropout get the same on train, in two ways: none learns 11 turned labels and spoils 8 others, dropout learns 3 and spoils none.
#
# The rule is a straight line, and a model that draws nothing else gets 81.5 % without any tuning. Regularization gives the large network back what its size lost. Try the small model first.
#
# </details>

# %% [markdown]
# **Is the gain luck?** Eight starts, 2,000 iterations each, no other difference.
#
# **Predict.** Does the worst run with L2 beat the best run without? And dropout?

# %%
guess = ""

# %% tags=["experiment"]
runs, states_of = {"none": [], "L2": [], "dropout": []}, []  # the states: of "none", every 100 iterations
for start in in_turn(range(8), "start"):
    states_of.append([])
    keep = {"record_every": 100, "on_record": lambda _, p: states_of[-1].append(p)}
    networks = fit(seed=start, iterations=2_000, **keep)[0], with_l2(0.7, 2_000, seed=start)
    networks += (train_with_dropout(seed=start, iterations=2_000)[0],)
    for scores, network in zip(runs.values(), networks):
        scores.append(accuracy(test_X, test_Y, network))
figures.show_starts(runs, guess)

# %% [markdown]
# **Why?** Would you have seen this with one run of each?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured</summary>
#
# On average L2 gains 0.4 points and dropout 2.0. All are judged on the same 2,000 examples: start for start L2 wins all eight, by 1 to 23 of them. But four of the eight runs without anything beat the worst with L2: one run of each could mislead you. All dropout runs lie above all others. By 30,000 iterations the average gain of L2 has grown to three or four points, and it gains in each start.
#
# And other data? On 20 other fields from the same script (10,000 iterations, computed by the course's tests) L2 gained 2.4 points on average and 6.6 at best; on two or three sets it lost a point or less.
#
# </details>

# %% [markdown]
# ## 7. Stop before the noise is learned
#
# The rule, which most examples share, is learned first, the noise later: after 500 iterations, 98 % of the untouched training labels and 9 % of the turned ones were learned, after 30,000 96 and about 36 % (eight starts).
#
# So record the cost on dev, and keep the parameters where it was lowest. From the left, **best** is the index of the smallest cost so far; only a smaller one replaces it. Stop at the first index $t$ with $t - \text{best} \ge \text{patience}$, else at the last.
#
# By hand, with 5, 4, 3, 3.1, 3.2, 1: patience 2 finds best 2 and stops at 4. Patience 3 reads on to the 1: best 5, stop 5.

# %% [markdown]
# ### Exercise: `early_stopping`
#
# 5 points, about 6 lines. Return `(best, stop)` for a list of costs, indices from 0. Read it as a training produces it, one cost after the other: what you have not read yet must not change your answer. A smaller cost is better, however little smaller. Leave the list as it is.
#
# Expected below: `(2, 4)` and `(5, 5)`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Read the costs once, from the left, as a training would produce them. What do you need to remember?
#
# </details>
#
# <details><summary>Hint 2: the rule</summary>
#
# Update `best` first, then compare `t - best` with `patience`.
#
# </details>
#
# <details><summary>Hint 3: a first step</summary>
#
# Loop over `enumerate(dev_costs)` and print `t`, the cost and the best index so far.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "early_stopping", "locked": false, "schema_version": 3, "solution": true, "task": false}
def early_stopping(dev_costs, patience):
    """Where a training stops that watches its cost on dev.

    Arguments:
    dev_costs -- list of numbers, at least one
    patience -- stop once this many costs in a row have not improved on the best, an int >= 1

    Returns:
    (best, stop) -- index of the best cost up to the stop, and index of the last cost that is read, both from 0
    """
    ### BEGIN SOLUTION
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return best, t
    return best, len(dev_costs) - 1
    ### END SOLUTION

# %%
print(early_stopping([5, 4, 3, 3.1, 3.2, 1], patience=2))
print(early_stopping([5, 4, 3, 3.1, 3.2, 1], patience=3))

# %% nbgrader={"grade": true, "grade_id": "early_stopping_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("early_stopping")

# %% nbgrader={"grade": true, "grade_id": "early_stopping_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of early_stopping run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

check_random = testCases.random_at(23)
kinds = {kind: [] for kind in ("costs with ties and below zero", "very small and very large costs", "two costs that differ by very little", "costs beyond the stop that are infinite")}
for number in range(18):
    steps, patience = (1, 2, 5, 9, 25)[number % 5], check_random.randint(1, 8)
    unit, most = (1e-12, 0.25, 1e12)[number % 3], (1, 12)[number % 2]  # no smallest gain, no largest cost, many ties
    costs = [float(value) * unit for value in check_random.randint(-3, most, steps)]
    kinds["costs with ties and below zero" if most == 1 and unit == 0.25 else "very small and very large costs"].append((costs, int(patience)))
for gain in (1e-3, 1e-6, 1e-9, 2.0**-52):  # the last one is the least that a float near 1 can fall by
    steps = [2.0, 1 + gain, 1.0, 1.0, 1 + gain, 1 - gain, 1 - gain, 1.0, 1 - gain, 1 - 2 * gain, 1 - gain]
    kinds["two costs that differ by very little"] += [(steps, patience) for patience in (2, 3, 4)]
kinds["costs beyond the stop that are infinite"] = [([0.5, 0.7, 0.6, float("inf"), 0.1], 2), ([3.0, 4.0, -float("inf")], 1)]
check_cases = [(list(costs), patience) for cases in kinds.values() for costs, patience in cases]
check_pairs = iter(testCases.answers(early_stopping, check_cases))
for kind in ("costs with ties and below zero", "very small and very large costs", "two costs that differ by very little", "costs beyond the stop that are infinite"):
    for costs, patience in kinds[kind]:
        pair = next(check_pairs)
        best, stop = 0, len(costs) - 1
        for t, check_cost in enumerate(costs):
            best = t if check_cost < costs[best] else best
            if t - best >= patience:
                stop = t
                break
        fits = np.shape(pair) == (2,) and np.asarray(pair).dtype.kind in "iu"
        assert fits, "early_stopping: expected two indices."
        assert tuple(pair) == (best, stop), f"early_stopping: for {kind}, not the indices that the rule of the text gives."
### END HIDDEN TESTS

# %% [markdown]
# **Stop the first network.** Train once more without any regularization, and record its cost on training and dev examples every 100 iterations. Dev *chooses* the parameters; the test examples only *judge* the choice. With patience 5, the training stops once 500 iterations have brought nothing better.
#
# (A set that you choose with is a dev set, whatever its name.)
#
# **Predict.** After how many of 3,000 iterations is the dev cost lowest?

# %%
guess = ""

# %% tags=["experiment"]
def costs_on(kind, states):
    return [compute_cost(forward_propagation(sets[kind][0], p)[0], sets[kind][1]) for p in states]

first_states = []
fit(iterations=3_000, record_every=100, on_record=lambda _, p: first_states.append(p))
first_costs = {kind: costs_on(kind, first_states) for kind in ("train", "dev")}
first_best, first_stop = early_stopping(first_costs["dev"], patience=5)
figures.compare(guess, f"best after {100 * first_best} iterations, stop after {100 * first_stop}")
figures.show_stopping(first_costs, first_best, first_stop, every=100)

# %% [markdown]
# **Why?** Which examples does the training cost still gain on after the best moment?
#
# *Your sentence:*
#
# And the other starts? **Predict:** for how many of the eight does the stopped network beat its own later self, after 2,000 iterations? Does it get as far as L2 in 2,000?
#
# *Your guess:*

# %% tags=["experiment"]
stopped, moments = [], []
for states in states_of:  # the eight runs without anything
    moments.append(early_stopping(costs_on("dev", states), patience=5)[0])
    stopped.append(accuracy(test_X, test_Y, states[moments[-1]]))
lines = [f"best after {100 * t:5}: test {s:.3f}, at 2,000 {late:.3f}" for t, s, late in zip(moments, stopped, runs["none"])]
means = f"means: stopped {np.mean(stopped):.3f}, at 2,000 {np.mean(runs['none']):.3f}, L2 {np.mean(runs['L2']):.3f}"
figures.compare(None, *lines, means)

# %% [markdown]
# <details><summary>What was measured</summary>
#
# Our start stops at 1,600; its dev cost was lowest after 1,100 iterations. The eight moments that are kept lie between 100 and 1,500. The stopped network beats its self at 2,000 in six starts of eight, at 10,000 in seven, at 30,000 in all. On average it gets 82.2 %, L2 in 2,000 iterations the same: stopping saves time, and no $\lambda$ has to be chosen.
#
# </details>
#
# The price of stopping: one knob serves two aims, a low cost and little noise. Tools that serve one aim each can be tuned one after the other: **orthogonalization**. L2 comes nearer to it: train to the end, then choose λ for the noise.

# %% [markdown]
# ## 8. More examples for nothing
#
# Transform examples in a way that cannot change their label, and you have more of them. On the two circles of the initialization lesson the label depends on the distance from the centre alone; a mirror image keeps it.
#
# By hand, feature 0 negated and appended: $\begin{pmatrix} 0 & 1 & 2 \\ 3 & 4 & 5 \end{pmatrix}$ becomes $\begin{pmatrix} 0 & 1 & 2 & 0 & -1 & -2 \\ 3 & 4 & 5 & 3 & 4 & 5 \end{pmatrix}$, labels $(1, 0, 1)$ become $(1, 0, 1, 1, 0, 1)$.

# %% [markdown]
# ### Exercise: `augment_by_reflection`
#
# 5 points, about 3 lines. Return `(X_aug, Y_aug)`: the originals, then their copies in the same order, with row `feature` negated. The labels of the copies are those of their originals. Leave `X` and `Y` as they are: whoever called you still needs them.
#
# Expected below: the matrix and the labels above.
#
# <details><summary>Hint 1: the idea</summary>
#
# Which axis counts examples? There the copies are appended.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# `X_aug` is $(n_x, 2m)$ and `Y_aug` is $(1, 2m)$.
#
# </details>
#
# <details><summary>Hint 3: a first step</summary>
#
# Make a copy of `X` and change one row of the copy. Does `X` still hold what it held?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "augment_by_reflection", "locked": false, "schema_version": 3, "solution": true, "task": false}
def augment_by_reflection(X, Y, feature):
    """Append mirror images of all examples.

    Arguments:
    X -- examples, shape (n_x, m)
    Y -- labels, shape (1, m)
    feature -- index of the row whose sign changes in the copies

    Returns:
    X_aug -- the originals, then the copies in the same order, shape (n_x, 2m)
    Y_aug -- their labels, shape (1, 2m)
    """
    ### BEGIN SOLUTION
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), np.hstack([Y, Y])
    ### END SOLUTION

# %%
for shown in augment_by_reflection(np.array([[0, 1, 2], [3, 4, 5]]), np.array([[1, 0, 1]]), feature=0):
    print(shown)

# %% nbgrader={"grade": true, "grade_id": "augment_by_reflection_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("augment_by_reflection")

# %% nbgrader={"grade": true, "grade_id": "augment_by_reflection_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of augment_by_reflection run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

name = "augment_by_reflection"
check_random, cases, expected = testCases.random_at(24), [], []
kinds = {
    "another matrix": (2, 4, 0, 1),
    "the last feature": (3, 3, 2, 1),
    "a middle feature": (5, 7, 1, 1),
    "a single example": (4, 1, 3, 1),
    "a single feature": (1, 6, 0, 1),
    "large numbers": (3, 5, 1, 1e9),
    "small numbers": (3, 5, 0, 1e-9),
    "examples on the mirror, and equal ones": (2, 9, 1, 1),
}
for n_x, m, feature, unit in kinds.values():
    X, Y = unit * check_random.randn(n_x, m), (check_random.rand(1, m) < 0.4).astype(int)
    if m == 9:  # three on the mirror, and the first one three times, with both labels
        X[feature, 3:6], X[:, 6:8], Y[0, 6:8] = 0, X[:, :1], (0, 1)
    signs = np.ones((n_x, 1))
    signs[feature] = -1
    cases.append((X, Y, feature))
    expected.append((np.hstack([X, signs * X]), np.hstack([Y, Y])))
answers = testCases.answers(augment_by_reflection, cases)
for kind in ("another matrix", "the last feature", "a middle feature", "a single example", "a single feature", "large numbers", "small numbers", "examples on the mirror, and equal ones"):
    (X_aug, Y_aug), (right_X, right_Y) = (part[list(kinds).index(kind)] for part in (answers, expected))
    fits = np.shape(X_aug) == right_X.shape and np.shape(Y_aug) == right_Y.shape
    assert fits, f"{name}: for {kind}, the shapes must be (n_x, 2m) and (1, 2m)."
    right = testCases.near(X_aug, right_X, rtol=1e-6, atol=0)  # to single precision, 6e-8
    assert right, testCases.Finding(
        f"{name}: for {kind}, X_aug does not hold the originals and then their mirror images.", also=testCases.kind(X_aug, right_X)
    )
    assert testCases.near(Y_aug, right_Y), f"{name}: for {kind}, Y_aug does not hold the labels twice in their order."
### END HIDDEN TESTS

# %% [markdown]
# **Two sets, one mirror.** Mirror images in $x_1$ cost nothing, so why not always add them? Because a transformation has to keep the label. On the field, a place with $x_1 > x_2$ belongs to our team. Take the place $(1, 0)$: its mirror image is $(-1, 0)$. Whose place is that, and which label would your function give it?
#
# The cell trains for 1,000 iterations with and without mirror images: on eight different handfuls of 15 circle examples, and on the field from three starts. New examples judge: 100 of the circles, 2,000 of the field.
#
# **Predict** the sign of the gain on each set. On how many of the eight handfuls does it help?

# %%
guess = ""

# %% tags=["experiment"]
circles_X, circles_Y, *new_circles = reg_utils.load_dataset(show_points=False)
def mirror_gain(inputs, labels, unseen, seed=3):
    doubled = augment_by_reflection(inputs, labels, feature=0)
    options = {"seed": seed, "iterations": 1_000}
    before, after = (fit(X=one, Y=two, **options)[0] for one, two in ((inputs, labels), doubled))
    return accuracy(*unseen, after) - accuracy(*unseen, before), (*doubled, after)
handfuls = [(circles_X[:, 15 * k : 15 * k + 15], circles_Y[:, 15 * k : 15 * k + 15]) for k in range(8)]
mirrored = {"circles": [mirror_gain(*handfuls[k], new_circles) for k in in_turn(range(8), "handful")]}
mirrored["field"] = [mirror_gain(train_X, train_Y, (test_X, test_Y), seed) for seed in in_turn((3, 0, 1), "field, start")]
gains = {kind: [gain for gain, _ in trained] for kind, trained in mirrored.items()}
figures.show_mirrored({kind: trained[0][1] for kind, trained in mirrored.items()}, gains, guess)

# %% [markdown]
# **Why?** Same function, same mirror. What decides?
#
# *Your sentence:*

# %% [markdown]
# <details><summary>What was measured</summary>
#
# On the circles mirror images gain 11 points on average; of the eight handfuls six gain, by up to 27 points, one stays and one loses 8. On the field they cost 14 to 29 points: where the label depends on $x_1$ itself, a mirror image with its old label teaches the opposite of the rule.
#
# </details>

# %% [markdown]
# ### Question (5 points)
#
# A report says: "Dropout raised test accuracy from 0.915 to 0.95. We tried six values of keep_prob and kept the best on the 200 test examples; `np.random.seed(1)` stands inside the forward pass." Name three reasons to doubt the 0.95, and say for each what you would do instead. Each reason with its remedy counts, in one or two sentences; write into the next cell.

# %% [markdown] nbgrader={"grade": true, "grade_id": "regularization_question", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# **Rubric.** A point a reason, up to 3; a point for fitting remedies of two, two points for all three.
#
# *Full (5):* "The best of six was chosen on test: choose on dev, look at test once. The seed inside repeats the masks, so examples are learned through their own: seed once, before training. One run on 200 examples, where 0.95 is uncertain by 0.015: repeat with other starts and masks, judge on more examples."
#
# *Half (2 or 3):* "They chose on test and should use dev. And it is only one run." Two reasons and one remedy: 2; two remedies: 3.
#
# Also a reason: 0.915 is as uncertain.
# ### END SOLUTION

# %% [markdown]
# ## What you have learned
#
# - You named bias and variance from two errors.
# - You added an L2 penalty to a cost and to its gradients: a higher training cost, a lower error on new examples.
# - You dropped units, sent gradients back through the same masks, and saw a frozen mask memorise.
# - You stopped a training by its dev cost, and mirrored examples only where the label allows it.
# - You told a gain from luck by other starts and other data.
#
# ## Go further
#
# No points from here on: five experiments and a picture, each on its own.

# %% [markdown]
# **More data.** New places are drawn by the same rule; the network, without regularization, trains for 2,000 iterations from two starts.
#
# **Predict.** What becomes of the gap between training and test accuracy from 25 examples to 1,000? Which of the two moves more?
#
# *Your guess:*

# %% tags=["experiment"]
more_data = {}
for many in in_turn((25, 100, 400, 1000), "examples"):
    places, won = figures.draw_field(many, seed=100)
    trained = [fit(X=places, Y=won, seed=seed, iterations=2_000)[0] for seed in (3, 0)]
    more_data[many] = [(accuracy(places, won, p), accuracy(test_X, test_Y, p)) for p in trained]
figures.show_more_data(more_data, None)

# %% [markdown]
# <details><summary>What was measured</summary>
#
# With 25 examples the gap is 19 points, with 1,000 it is gone. A turned label among close neighbours can no longer be fitted alone: training accuracy falls and test accuracy rises, each by 9 or 10 points, to 85 %, the best that any model of the place can do.
#
# </details>
#
# **The linear region of tanh.** With tanh units there is one more argument for small weights. Near 0, $\tanh z \approx z$: within the grey band, $|z| < 0.5$, the two differ by less than 8 % of $z$. A layer that works there is linear, and linear layers in a row make one: a straight border.

# %% tags=["experiment"]
figures.show_tanh()

# %% [markdown]
# **Dropout and He's scale.** He's variance $2/n$ keeps the mean square of a signal from layer to layer. Dropout's $d/\text{keep\_prob}$ keeps the mean, but not the mean square: with $k$ for keep_prob, that of $d/k$ is $k \cdot 1/k^2 = 1/k$.
#
# **Predict,** for thirty layers of 300 units with keep_prob 0.8: by which factor is the mean square off at the end? Which variance instead of $2/n$ would keep it level?
#
# *Your guess:*

# %% tags=["experiment"]
def signal(gain, keep_prob, layers=30, n=300):
    random = np.random.default_rng(1)
    activations, sizes = random.standard_normal((n, 200)), []
    for _ in range(layers):
        weights = random.standard_normal((n, n)) * np.sqrt(gain / n)
        masks = random.random((n, 200)) < keep_prob
        activations = relu(weights @ activations) * masks / keep_prob
        sizes.append(np.mean(activations**2))
    return sizes
figures.show_signal({"2/n, keep 0.8": signal(2, 0.8), "2/n, nothing dropped": signal(2, 1),
    "1.6/n, keep 0.8": signal(1.6, 0.8), "1.6/n, nothing dropped": signal(1.6, 1)}, None)

# %% [markdown]
# <details><summary>What was measured</summary>
#
# Each layer multiplies the mean square by $1/0.8 = 1.25$; after thirty layers $1.25^{30} = 808$ is expected, and a random draw is off by a factor of a few. With the variance $2 \cdot \text{keep\_prob} / n$, here $1.6/n$, training is level. But then the network as it is used, with nothing dropped, fades by $0.8^{30} = 0.0012$. No scale serves both. Deep networks therefore drop few units, or only near the output.
#
# </details>

# %% [markdown]
# **L2 against decoupled decay.** Weight decay can be a term of the gradient (L2) or a shrinking beside the step (**decoupled**). Two weights of 1, whose gradients only shake them, by ±1 and by ±0.01; a decay of 0.1, a learning rate of 0.01, 1,000 steps.
#
# **Predict.** Under plain descent, do the two forms differ? And under Adam, which divides each step by the usual size of its gradient?
#
# *Your guess:*

# %% tags=["experiment"]
figures.show_decay(None)

# %% [markdown]
# <details><summary>What was measured</summary>
#
# Under plain descent both forms leave about 0.37 of both weights: they are the same, as (3) says. Under Adam they are not. L2's pull is divided like any gradient: where gradients are small, it is inflated, and that weight is gone; where they are large, it is 0.37 again. Decoupled decay (**AdamW**) treats both weights alike.
#
# </details>
#
# **Dropout as an ensemble.** Each mask makes another network. Average the outputs of many thinned ones on the test examples, with your forward pass.
#
# **Predict.** Is one thinned network as good as the whole? Are 100 of them better than the whole?
#
# *Your guess:*

# %% tags=["experiment"]
np.random.seed(1)
thinned = partial(forward_propagation_with_dropout, keep_prob=0.86)
counts = (1, 3, 10, 30, 100)
votes = [np.mean((figures.mean_of_thinned(thinned, test_X, dropout, count) > 0.5) == test_Y) for count in counts]
figures.show_ensemble(counts, votes, accuracy(test_X, test_Y, dropout), None)

# %% [markdown]
# <details><summary>What was measured</summary>
#
# One thinned network gets 82.1 %, the mean of a hundred 83.6 %, the whole network 83.6 % (rounding decides the last digit). So the whole network stands in for the average, at the price of one pass. It is no exact average: the outputs differ by 0.02 or 0.03 on average.
#
# </details>
#
# **L1.** The penalty $\frac{\lambda}{m}\sum|w|$ has the slope $\frac{\lambda}{m}\operatorname{sign}(w)$: every weight is pulled equally hard, however small it is.
#
# **Predict.** With λ = 0.7, how many of 103 weights stay larger than 0.01 under L1, and how many under L2?
#
# *Your guess:*

# %% tags=["experiment"]
def backward_with_l1(X, Y, cache, lambd=0.7):
    slopes_l1 = backward_propagation(X, Y, cache)
    for layer, weights in ((1, cache[2]), (2, cache[6]), (3, cache[10])):
        slopes_l1[f"dW{layer}"] = slopes_l1[f"dW{layer}"] + lambd / X.shape[1] * np.sign(weights)
    return slopes_l1
l1, _ = fit(backward=backward_with_l1, iterations=5_000)
figures.show_sizes_of_weights({"none": plain, "L2": l2, "L1": l1}, None)
print(f"dev accuracy: L1 {accuracy(dev_X, dev_Y, l1):.3f}, L2 {accuracy(dev_X, dev_Y, l2):.3f}")

# %% [markdown]
# <details><summary>What was measured</summary>
#
# L1 leaves 6 weights after 5,000 iterations, L2 28 after 30,000: L1 makes a network **sparse**, here with a border of few pieces, and as good on dev. The small ones are not exactly 0: with plain steps each hops to and fro across 0 by $\alpha\lambda/m = 0.001$. Methods that want zeros add a step which sets to 0 whatever would cross it.
#
# </details>

# %% [markdown]
# ## In a framework
#
# | you wrote | PyTorch | JAX |
# |---|---|---|
# | L2, equation (3) | `torch.optim.SGD(…, weight_decay=λ/m)` | `optax.add_decayed_weights(λ/m)`, chained before `optax.sgd` |
# | decoupled decay | `torch.optim.AdamW` | `optax.adamw` |
# | dropout | `torch.nn.Dropout(p)` | `flax.nnx.Dropout(rate, rngs=…)` |
# | not at test time | `model.train()`, `model.eval()` | `model.train()`, `model.eval()`, or `deterministic=True` |
#
# Three traps: `p` and `rate` are the share *dropped*, 1 − keep_prob. Both libraries shrink biases too, unless you give PyTorch parameter groups, or optax a `mask`. And who forgets `eval()` predicts with random masks.

# %% [markdown]
# ## On your own
#
# - Give the two hidden layers different values of keep_prob. Which one should be larger, and does dev agree?
# - Turn the field by half a circle, $(x_1, x_2)$ to $(-x_1, -x_2)$. What must happen to the labels?
# - Stop early *and* use L2. Do the gains add up?
#
# **Further reading.** Large networks and noise: Belkin et al. (2019), doi:10.1073/pnas.1903070116, and Nakkiran et al. (2020), arXiv:1912.02292 (double descent). Decoupled decay: Loshchilov, Hutter (2019), arXiv:1711.05101. Other ways to regularize: label smoothing, Szegedy et al. (2016), doi:10.1109/CVPR.2016.308; mixup, Zhang et al. (2018), arXiv:1710.09412; L1, Tibshirani (1996), doi:10.1111/j.2517-6161.1996.tb02080.x. Splits: Dobbin, Simon (2011), doi:10.1186/1755-8794-4-31. Sets that differ: Ben-David et al. (2010), doi:10.1007/s10994-009-5152-4.

# %% [markdown]
# ## Sources
#
# - Geman, Bienenstock, Doursat (1992). Neural networks and the bias/variance dilemma. doi:10.1162/neco.1992.4.1.1
# - Krogh, Hertz (1991). A simple weight decay can improve generalization. Advances in Neural Information Processing Systems 4, 950-957.
# - Prechelt (1998). Early stopping - but when? doi:10.1007/3-540-49430-8_3
# - Srivastava et al. (2014). Dropout: a simple way to prevent neural networks from overfitting. JMLR 15, 1929-1958. jmlr.org/papers/v15/srivastava14a.html
# - Shorten, Khoshgoftaar (2019). A survey on image data augmentation for deep learning. doi:10.1186/s40537-019-0197-0
# - Bouthillier et al. (2021). Accounting for variance in machine learning benchmarks. arXiv:2103.03098
