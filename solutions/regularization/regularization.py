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
# **What you'll need.** The initialization lesson, matrix products and the chain rule; two to three hours. Before each figure you are asked to predict it: do, on paper.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from functools import partial

import numpy as np
import reg_utils
import testCases
from reg_utils import accuracy, backward_propagation, compute_cost, cost_from_logits, explore, forward_propagation
from reg_utils import initialize_parameters, plot_costs, plot_decision_boundary, predict, predict_dec, relu, show
from reg_utils import sigmoid, subplots, train, update_parameters

reg_utils.use_style()
train_X, train_Y, dev_X, dev_Y = reg_utils.load_2D_dataset()
test_X, test_Y = reg_utils.load_2D_further_examples()


def fit(forward=forward_propagation, backward=backward_propagation, cost=compute_cost, seed=3, **options):
    """Train a 2-20-3-1 network on the field with learning rate 0.3; return (parameters, recorded costs)."""
    options = {"X": train_X, "Y": train_Y, "iterations": 30_000} | options
    start = initialize_parameters([2, 20, 3, 1], seed)
    return train(parameters=start, forward=forward, backward=backward, cost=cost, learning_rate=0.3, **options)

# %% [markdown]
# ## 1. A field with noise
#
# Each example is a place on a football pitch, counted in units of 34 m from the centre spot. Its label is 1 if our team won the ball there, else 0. The rule behind the data: our team wins where $x_1 > x_2$. Then 15 % of the labels were turned over at random. So no model of the place can exceed 85 % on new examples in the long run.
#
# You have 211 training examples, 200 **dev** examples to choose with, and 2,000 **test** examples to judge with.
#
# **Predict.** A network with 127 parameters trains for 30,000 iterations. What does its border look like, and on which sets does it beat 85 %?

# %% tags=["experiment"]
sets = {"train": (train_X, train_Y), "dev": (dev_X, dev_Y), "test": (test_X, test_Y)}
plain, _ = fit()
figure, axes = subplots(2, sharey=True, figsize=(8, 3))
for ax, name in zip(axes, ("train", "dev")):
    plot_decision_boundary(lambda points: predict_dec(plain, points.T), *sets[name], ax)
    ax.set_title(f"{name} examples")
for name, (inputs, labels) in sets.items():
    print(f"{name:5} accuracy {accuracy(inputs, labels, plain):.3f}")
show(figure, """The border that the network learned, with training examples on the left and dev examples on the right.
    Beside the diagonal it cuts wedges and slivers around single training examples; dev examples there are misjudged.""")

# %% [markdown]
# The network gets 86.3 % of the training examples right, where the rule behind the data gets 84.8 %. It draws wedges around turned labels and pays: 76.0 % on dev, 78.5 % on test.
#
# ## 2. Name the problem before you treat it
#
# High **bias**: the network cannot even fit what it has seen. High **variance**: it fits that, and the fit does not carry over. Two differences of **errors** (1 minus accuracy) tell them apart:
#
# $$\text{bias} = e_\text{train} - e_\text{human} \qquad \text{variance} = e_\text{dev} - e_\text{train} \tag{1}$$
#
# $e_\text{human}$ is the error nobody can avoid. A difference above a threshold, here 0.05, is **high**. By hand:
#
# | train | dev | human | bias | variance |
# |---|---|---|---|---|
# | 0.15 | 0.16 | 0 | 0.15, high | 0.01 |
# | 0.15 | 0.30 | 0 | 0.15, high | 0.15, high |
# | 0.15 | 0.16 | 0.15 | 0 | 0.01 |

# %% [markdown]
# ### Exercise 1: `diagnose` (5 points, 1 or 2 lines)
#
# Return the pair `(high_bias, high_variance)` of equation (1): each is `True` if its difference is larger than `threshold` (where both are equal, rounding decides, and either is right). Errors are fractions.
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
    human_error -- the error that nobody can avoid
    threshold -- a larger difference counts as high

    Returns:
    (high_bias, high_variance) -- two booleans
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

check_random = np.random.RandomState(21)
# None within rounding of its threshold, 1e-16: an exact tie may count either way.
kinds = {"other errors and thresholds": [-0.12, -0.03, 0.03, 0.2], "a difference near the threshold": [-0.004, -1e-6, 1e-6, 0.004]}
for kind in ("other errors and thresholds", "a difference near the threshold"):
    thresholds = check_random.choice([0.01, 0.05, 0.12], 16)
    gaps = thresholds + check_random.choice(kinds[kind], (2, 16))
    human_errors, train_errors, dev_errors = np.cumsum([check_random.uniform(0.3, 0.35, 16), *gaps], axis=0)
    expected = np.transpose([train_errors - human_errors > thresholds, dev_errors - train_errors > thresholds])
    cases = zip(train_errors, dev_errors, human_errors, thresholds)
    cases = [case[:3] if case[3] == 0.05 else case for case in cases]  # left out, the threshold is 0.05
    pairs = testCases.answers(diagnose, cases)
    assert all(np.shape(pair) == (2,) for pair in pairs), "diagnose: expected two booleans."
    assert testCases.near(pairs, expected), f"diagnose: for {kind}, one of the two is not what (1) and the threshold give."
### END HIDDEN TESTS

# %% [markdown]
# High bias asks for a larger network or a longer training; high variance, as here, for more data or for regularization.
#
# ## 3. L2: let large weights cost something
#
# A border bends sharply only where weights are large. So **L2 regularization** adds their squares to the **cross-entropy**, the cost of the initialization lesson:
#
# $$J = J_\text{cross-entropy} + \frac{\lambda}{2m} \sum_{l=1}^{3} \lVert W^{[l]} \rVert_F^2 \tag{2}$$
#
# $\lVert W \rVert_F^2$ is the sum of all squared entries, and $\lambda$ the strength of the penalty. Biases shift the border without bending it, so they stay free.
#
# By hand, with $m = 2$, $\lambda = 0.5$: the squares of $\begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}$, $\begin{pmatrix} 1 & -1 \end{pmatrix}$, $\begin{pmatrix} 2 \end{pmatrix}$ sum to $30 + 2 + 4 = 36$; the penalty is $\frac{0.5}{4} \cdot 36 = 4.5$. Two outputs of 0.5 cost $\ln 2 = 0.6931$. So $J = 5.1931$.

# %% [markdown]
# ### Exercise 2: `compute_cost_with_regularization` (10 points, about 4 lines)
#
# Return the cost (2) as one number. `compute_cost(A3, Y)`, given, is the cross-entropy. The argument is called `lambd`, because `lambda` is a word of Python. With `lambd` 0 nothing but the cross-entropy is left, a quick test of your own.
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
    parameters -- dictionary with W1 (n_1, n_0), b1 (n_1, 1), W2, b2, W3, b3
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
parameters = {"W1": np.array([[1.0, -2.0], [3.0, 4.0]]), "W2": np.array([[1.0, -1.0]]), "W3": np.array([[2.0]])}
parameters |= {"b1": np.zeros((2, 1)), "b2": np.zeros((1, 1)), "b3": np.zeros((1, 1))}
cost = compute_cost_with_regularization(np.array([[0.5, 0.5]]), np.array([[1, 0]]), parameters, lambd=0.5)
print(f"{np.squeeze(cost):.4f}")

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization_visible", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("compute_cost_with_regularization")

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization_hidden", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of compute_cost_with_regularization run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

function, check_random, cases, expected = "compute_cost_with_regularization", np.random.RandomState(22), [], []
kinds = {
    "another network": ((4, 3, 5, 1), 7, 0.9),
    "lambd 0": ((2, 6, 2, 1), 3, 0),
    "a single example": ((3, 3, 3, 1), 1, 2.5),
    "many examples": ((5, 2, 4, 1), 40, 12.0),
    "a very small cost": ((3, 2, 1, 1), 5, 0),
}
for kind, (sizes, m, lambd) in kinds.items():
    A3, Y = check_random.uniform(0.05, 0.95, (1, m)), (check_random.rand(1, m) < 0.3).astype(int)
    if kind == "a very small cost":
        A3 = np.where(Y, 0.9991, 0.0007)
    parameters = {f"W{l}": 2 * check_random.randn(sizes[l], sizes[l - 1]) for l in (1, 2, 3)}
    parameters |= {f"b{l}": 1 + check_random.rand(sizes[l], 1) for l in (1, 2, 3)}
    right = -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    right += lambd / (2 * m) * sum(np.sum(parameters[f"W{l}"] ** 2) for l in (1, 2, 3))
    expected.append((right, [array.copy() for array in (A3, Y, *parameters.values())]))
    cases.append((A3, Y, parameters, lambd))
answers = testCases.answers(compute_cost_with_regularization, cases)
for kind in ("another network", "lambd 0", "a single example", "many examples", "a very small cost"):
    check_cost, (wanted, before), case = (part[list(kinds).index(kind)] for part in (answers, expected, cases))
    assert np.size(check_cost) == 1, "compute_cost_with_regularization: expected one number."
    # Single precision is allowed: it knows an output to 6e-8, so its logarithm, near 1 too, and a sum of products to
    # some 1e-7, and the sum relative to its size. A little inside the logarithm, 1e-8 of it, is allowed as well.
    right = testCases.near(np.ravel(check_cost)[0], wanted, rtol=1e-5, atol=2e-7)
    assert right, testCases.Finding(
        f"{function}: for {kind}, the cost is not (2).", also=testCases.kind(np.ravel(check_cost)[0], wanted)
    )
    after = [*case[:2], *case[2].values()]
    same = len(after) == len(before) and all(np.array_equal(one, other) for one, other in zip(before, after))
    assert same, "compute_cost_with_regularization: it changes its arguments, with which training goes on."
### END HIDDEN TESTS

# %% [markdown]
# ## 4. The penalty pulls every weight towards zero
#
# Training needs the slope of the new cost. In short, $dW$ is $\partial J/\partial W$, $db$ is $\partial J/\partial b$; the columns of $dZ$ and $dA$ hold the slopes of each example's loss. The penalty's $\frac{\lambda}{2m} w^2$ has the derivative $\frac{\lambda}{m} w$, so each $dW$ gets one more term:
#
# $$\frac{\partial J}{\partial W^{[l]}} = \frac{1}{m} dZ^{[l]} A^{[l-1]T} + \frac{\lambda}{m} W^{[l]} \tag{3}$$
#
# A step with learning rate $\alpha$ now multiplies $W$ by $1 - \alpha\lambda/m$: **weight decay**. With 0.3, 0.7 and 211 that is 0.99900; in 1,000 iterations the penalty alone would leave 0.369 of a weight. What survives is what the cross-entropy keeps rebuilding: weights that serve many examples, not one.
#
# By hand: where outputs equal labels, $dZ^{[3]} = 0$ and only the penalty is left. With $\lambda = 0.5$, $m = 2$: $dW^{[1]} = 0.25 \begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}$.

# %% [markdown]
# ### Exercise 3: `backward_propagation_with_regularization` (10 points, about 5 lines)
#
# Return the gradients of cost (2). `backward_propagation(X, Y, cache)`, given, returns those of the cross-entropy; you may build on it or write all layers yourself. Only the six keys in the docstring count; more of them, such as `dZ3`, do no harm.
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
    X -- examples, shape (n_0, m)
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
X = np.array([[1.0, 2.0], [0.0, 1.0]])
W1, W2, W3 = np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([[1.0, -1.0]]), np.array([[2.0]])
one, two = np.zeros((1, 2)), np.zeros((2, 2))
Y = A3 = np.array([[1.0, 0.0]])
cache = (two, two, W1, np.zeros((2, 1)), one, one, W2, np.zeros((1, 1)), one, A3, W3, np.zeros((1, 1)))
gradients = backward_propagation_with_regularization(X, Y, cache, lambd=0.5)
print(gradients["dW1"], gradients["db1"].ravel())

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
}
for sizes, m, lambd, seed, unit in kinds.values():
    X, Y, parameters = testCases.random_case(list(sizes), m, seed, margin=0)
    Y[:, 2:] = 0  # few examples of class 1
    X, parameters["W1"] = X * unit, parameters["W1"] / unit
    cache = reg_utils.forward_propagation(X, parameters)[1]
    slopes = reg_utils.backward_propagation(X, Y, cache)  # a test compares them with finite differences
    slopes |= {f"dW{l}": slopes[f"dW{l}"] + lambd / m * parameters[f"W{l}"] for l in (1, 2, 3)}
    expected.append({name: slopes[name] for name in ("dW1", "db1", "dW2", "db2", "dW3", "db3")})
    cases.append((X, Y, tuple(entry.copy() for entry in cache), lambd))
answers = testCases.answers(backward_propagation_with_regularization, cases)
for kind in ("another network", "layers of equal size", "a single example", "lambd 0 and small inputs", "hidden layers of a single unit"):
    gradients, slopes = (part[list(kinds).index(kind)] for part in (answers, expected))
    for name in ("dW1", "db1", "dW2", "db2", "dW3", "db3"):
        got, right = np.asarray(gradients[name]), slopes[name]
        check_shape = got.shape == right.shape
        assert check_shape, f"{function}: for {kind}, {name} does not have the shape of what it is the gradient of."
        # Single precision is allowed: in three layers of a few products each it is off by some 1e-7 of the largest entry.
        # Relative to each array, so that what is rounded to decimals shows where gradients are small.
        check_room = 1e-5 * np.max(np.abs(right))
        check_value = testCases.near(got, right, rtol=0, atol=check_room)
        assert check_value, testCases.Finding(
            f"{function}: for {kind}, {name} is not the slope of the cost with its penalty.", also=testCases.kind(got, right)
        )
### END HIDDEN TESTS

# %% [markdown]
# **Train with both.** The loop is a helper: it calls a forward pass, a cost and a backward pass, and takes 30,000 steps of gradient descent. Now it gets your two functions, with $\lambda = 0.7$; `partial` fixes an argument of a function. The figure shows $J$ and, below it, the cross-entropy in it.
#
# **Predict.** Without a penalty the cross-entropy of the training set ended at 0.362. Will it end lower or higher now? And what becomes of the accuracy on the test examples, which no cost here has ever seen? Write two numbers down before you run the cell; a guess that is wrong teaches more than none.

# %% tags=["experiment"]
without_penalty = []
l2, with_penalty = fit(
    backward=partial(backward_propagation_with_regularization, lambd=0.7),
    cost=partial(compute_cost_with_regularization, lambd=0.7),
    on_record=lambda _, p: without_penalty.append(compute_cost(forward_propagation(train_X, p)[0], train_Y)),
)
figure, ax = subplots()
ax.set_ylim(0.4, 0.5)
plot_costs({"J": with_penalty, "cross-entropy": without_penalty}, axes=ax)
print(f"J: {with_penalty[0]:.3f} at the start, {with_penalty[-1]:.3f} at the end")
print(f"cross-entropy in it: {without_penalty[0]:.3f} and {without_penalty[-1]:.3f}")
print(f"test accuracy: {accuracy(test_X, test_Y, l2):.3f}, without penalty {accuracy(test_X, test_Y, plain):.3f}")
show(figure, """J and the cross-entropy in it against 30,000 iterations. Both fall within 2,000 iterations and stay level,
    J at 0.442 and the cross-entropy at 0.421; the gap between them is the penalty.""")

# %% [markdown]
# The cross-entropy of the training set ends *higher*, at 0.421 instead of 0.362: with a penalty of 0.022 on its weights, the network fits its training examples less well, on purpose. Test accuracy rises from 78.5 % to 82.3 %. So the lowest training cost is not the aim, and a $J$ with a penalty must never be compared with a $J$ without one: they measure different things.
#
# **Predict.** Now $\lambda$ runs from 0.01 to 20, with 5,000 iterations each. On the left you will see the sum of squared weights, on the right the accuracy on training and test examples. What happens at either end? Can a penalty be so strong that even the training examples suffer?

# %% tags=["experiment"]
lambdas, squares, by_lambda = (0.01, 0.1, 0.7, 3, 10, 20), [], {"train": [], "test": []}
for lambd in lambdas:
    swept, _ = fit(backward=partial(backward_propagation_with_regularization, lambd=lambd), iterations=5_000)
    squares.append(sum(np.sum(swept[name] ** 2) for name in ("W1", "W2", "W3")))
    for name, values in by_lambda.items():
        values.append(accuracy(*sets[name], swept))
    print(f"lambda {lambd:5}: squares {squares[-1]:5.1f}, train {by_lambda['train'][-1]:.3f}, test {by_lambda['test'][-1]:.3f}")
figure, axes = subplots(2)
axes[0].semilogx(lambdas, squares, "o-")
axes[0].set(xlabel="lambda", ylabel="sum of squared weights")
for name, values in by_lambda.items():
    axes[1].semilogx(lambdas, values, marker="o", label=name)
axes[1].set(xlabel="lambda", ylabel="accuracy")
axes[1].legend()
show(figure, "Left: squared weights fall from 69 to 0 as lambda grows. Right: accuracy is level, then drops to chance at 20.")

# %% [markdown]
# Between 0.1 and 3 the test accuracy stays within half a point, 82.0 to 82.4 %. At 20 the penalty wins: every weight is zero, every place gets one answer, right 50.6 % of the time.
#
# ## 5. Dropout: no unit may rely on another
#
# In each iteration, each hidden unit is switched off for each example with probability 1 − `keep_prob`, so each step trains thinner networks than the one you will use. With $U$ uniform on $[0, 1)$ (the bracket is 1 where it is true, else 0; $\circ$ multiplies entry by entry):
#
# $$D = [\,U < \text{keep\_prob}\,] \qquad \tilde A = A \circ D \,/\, \text{keep\_prob} \tag{4}$$
#
# By hand: $a = (1, 2, 3, 4)$, $d = (1, 0, 1, 1)$, keep_prob 0.75 give $(1.333, 0, 4, 5.333)$. Why divide? A unit survives with probability 0.75, so its mean stays $0.75 \cdot a / 0.75 = a$, and at test time nothing has to change.

# %% [markdown]
# ### Exercise 4: `forward_propagation_with_dropout` (20 points, about 12 lines)
#
# LINEAR → RELU → (4) → LINEAR → RELU → (4) → LINEAR → SIGMOID. No dropout on the output. Each call draws its own masks and keeps none. (A seed inside costs nothing, but freezes them.)
#
# Expected below: `[0. 1.3333]`, a share near 0.75, a mean near 1.
#
# <details><summary>Hint 1: the idea</summary>
#
# Each entry of `A1` has a mask entry of its own. `np.random.rand` draws uniform numbers.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# `D1` has the shape of `A1`, $(n_1, m)$. Zero where masked, divide the rest by `keep_prob`, and pass the result on to layer 2.
#
# </details>
#
# <details><summary>Hint 3: a first step</summary>
#
# Write the pass without dropout; then insert two lines after each `relu`.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "forward_propagation_with_dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """A forward pass that drops hidden units, equation (4).

    Arguments:
    X -- examples, shape (n_0, m)
    parameters -- dictionary with W1 (n_1, n_0), b1 (n_1, 1), W2 (n_2, n_1), b2, W3 (1, n_2), b3
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
X = np.ones((2, 1000))
parameters = {"W1": np.eye(2), "W2": np.ones((1, 2)), "W3": np.ones((1, 1))}
parameters |= {"b1": np.zeros((2, 1)), "b2": np.zeros((1, 1)), "b3": np.zeros((1, 1))}
np.random.seed(1)
A3, cache = forward_propagation_with_dropout(X, parameters, keep_prob=0.75)
D1, A1 = cache[1], cache[2]
print(np.unique(np.round(A1, 4)), f"share {np.mean(D1):.3f}, mean {np.mean(A1):.3f}")

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
        check_masked = relu(Z) * (D != 0)
        factor = 1 if keep_prob == 1 else np.sum(A) / (np.sum(check_masked) or 1)
        right = testCases.near(A, factor * check_masked)  # as far as single precision can tell, see near
        assert right, f"{function}: A{layer} is not a masked relu(Z{layer})."
        deviation, beyond = np.sqrt(keep_prob * (1 - keep_prob)), (D != 0) - keep_prob
        right = abs(np.mean(beyond)) <= 7 * deviation / np.sqrt(D.size)
        assert right, f"{function}: D{layer} does not keep each entry with probability keep_prob."
        if m > 9:
            spread = [np.sum(beyond, axis) ** 2 / (deviation**2 * D.shape[axis]) for axis in (0, 1)]
            right = all(0.1 < np.mean(part) < 4 and np.max(part) < 100 for part in spread)
            assert right, f"{function}: D{layer} has rows or columns that are too much alike, or too different."
            counted.append(abs(np.sum(beyond)) < 1)
            drawn = np.append(drawn, beyond / deviation)
    if m > 9:
        spectrum = np.abs(np.fft.rfft(drawn, 1 << drawn.size.bit_length())) ** 2
        echo = np.fft.irfft(spectrum)[1 : drawn.size] / drawn.size
        right = np.max(np.abs(echo)) < 10 / np.sqrt(drawn.size) > abs(np.mean(drawn)) * 10 / 7
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
# Twice the same arguments, from two states of NumPy's generator. Masks that are kept come again although other numbers
# were to be had; who seeds in every call leaves the same state behind both times, or does not touch it at all.
check_masks, check_after, check_first = [], [], np.random.RandomState(31).rand()
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
# ## 6. Gradients pass through the same masks
#
# A dropped unit did not touch the output, so its gradient is zero; a kept one was divided by `keep_prob`, so its gradient is too. With the masks of the forward pass:
#
# $$dA^{[l]} = \left(W^{[l+1]T} dZ^{[l+1]}\right) \circ D^{[l]} \,/\, \text{keep\_prob} \tag{5}$$
#
# By hand: $(0.2, -0.4, 0.6)$ with $d = (1, 0, 1)$ and keep_prob 0.8 becomes $(0.25, 0, 0.75)$, with mean 0.3333.
#
# Draw nothing new here. A gradient belongs to the network that made the outputs, and the cache holds its masks. The rest is the pass you know, where $A^{[l]}$ is what the next layer received, zeros of dropped units included:
#
# $$dZ^{[3]} = A^{[3]} - Y, \quad dZ^{[l]} = dA^{[l]} \circ [A^{[l]} > 0], \quad dW^{[l]} = \tfrac1m dZ^{[l]} A^{[l-1]T}, \quad db^{[l]} = \tfrac1m \sum_i dZ^{[l](i)} \tag{6}$$
#
# A forgotten mask shows in $dA$ alone: where a unit was dropped, $[A > 0]$ is 0 as well.

# %% [markdown]
# ### Exercise 5: `backward_propagation_with_dropout` (10 points, about 14 lines)
#
# Write (5) and (6) for the three layers, from last to first; $A^{[0]}$ is $X$, and the output has no mask. Six keys count; $dA$ and $dZ$, if they stand beside them, are judged too.
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
# Write layer 3: `dZ3`, `dW3`, `db3`. Check their shapes against `W3` and `b3`.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "backward_propagation_with_dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """The gradients of the cross-entropy through the masks of a forward pass, equations (5) and (6).

    Arguments:
    X -- examples, shape (n_0, m)
    Y -- labels, shape (1, m)
    cache -- (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) of forward_propagation_with_dropout
    keep_prob -- probability that a hidden unit is kept

    Returns:
    gradients -- dictionary with dW1, db1, dW2, db2, dW3, db3, shaped as W1, b1, ...; dZ3, dA2, dZ2, dA1, dZ1 may
        stand in it too, and then are those of (5) and (6)
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
one, zero = np.ones((1, 3)), np.zeros((1, 1))
D2 = A2 = np.array([[1.0, 0.0, 1.0]])
A3, Y = np.array([[0.2, 0.6, 0.6]]), np.array([[0, 1, 0]])
cache = (one, one, one, np.array([[1.0]]), zero, one, D2, A2, np.array([[2.0]]), zero, one, A3, np.array([[1.0]]), zero)
gradients = backward_propagation_with_dropout(one, Y, cache, keep_prob=0.8)
print("  ".join(f"{name} {gradients[name].item():.4f}" for name in ("db3", "db2", "db1")))

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
}
check_random = np.random.RandomState(25)
for sizes, m, keep_prob, seed, unit in kinds.values():
    X, Y, parameters = testCases.random_case(list(sizes), m, seed, margin=0)
    Y[:, 2:] = 0  # few examples of class 1
    X, parameters["W1"] = X * unit, parameters["W1"] / unit
    W1, b1, W2, b2, W3, b3 = parameters.values()
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
        expected[-1] |= {f"dW{layer}": dZ @ before.T / m, f"db{layer}": np.mean(dZ, axis=1, keepdims=True)}
answers = testCases.answers(backward_propagation_with_dropout, cases)
for kind in ("another network", "layers of equal size", "a single example", "keep_prob 1 and small inputs", "hidden layers of a single unit"):
    gradients, slopes = (part[list(kinds).index(kind)] for part in (answers, expected))
    # Other entries are judged by the visible check alone, so that the six earn their points without them.
    for name in ("dW3", "db3", "dW2", "db2", "dW1", "db1"):
        got, right = np.asarray(gradients[name]), slopes[name]
        check_shape = got.shape == right.shape
        assert check_shape, f"{function}: for {kind}, {name} does not have the shape of what it is the gradient of."
        # single precision is allowed, off by some 1e-7 of the largest entry
        check_value = testCases.near(got, right, rtol=0, atol=1e-5 * np.max(np.abs(right)) + 1e-15)
        assert check_value, testCases.Finding(
            f"{function}: for {kind}, {name} is not the slope of the cost under the masks in the cache.", also=testCases.kind(got, right)
        )
### END HIDDEN TESTS

# %% [markdown]
# **Two ways to draw.** Two trainings with keep_prob 0.86. The first seeds NumPy once, before it starts, so every iteration draws fresh masks. The second seeds it with 1 before *every* forward pass, as the classic form of this exercise does, to make its numbers reproducible. Then each example loses the same units in all iterations: the mask is frozen.
#
# Each panel will show two costs of the training set: the one seen through the masks, which training lowers, and the clean cost of the same network with nothing dropped, as it will be used.
#
# **Predict.** In which panel do the two part, and which of them falls? Which network will be better on new examples?

# %% tags=["experiment"]
def train_with_dropout(keep_prob=0.86, seed=1, **options):
    def record(_, p):
        clean.append(cost_from_logits(forward_propagation(train_X, p)[1][8], train_Y))
    clean = []
    np.random.seed(seed)
    forward = partial(forward_propagation_with_dropout, keep_prob=keep_prob)
    backward = partial(backward_propagation_with_dropout, keep_prob=keep_prob)
    parameters, seen = fit(forward, backward, on_record=record, **options)
    return parameters, {"through masks": seen, "clean": clean}
dropout, fresh_costs = train_with_dropout(iterations=10_000, record_every=250)
frozen, frozen_costs = train_with_dropout(iterations=4_000, record_every=250, reseed=1)

# %% tags=["experiment"]
figure, axes = subplots(2, sharey=True, figsize=(8, 3))
axes[0].set(ylim=(0.1, 0.9))
for ax, name, costs in zip(axes, ("fresh", "frozen"), (fresh_costs, frozen_costs)):
    plot_costs({label: values[:16] for label, values in costs.items()}, record_every=250, axes=ax)
    ax.set(title=f"{name} masks", xlim=(0, 6))
    print(f"{name:6} masks, iteration 3,750:", *(f"{label} {values[15]:.2f}" for label, values in costs.items()))
axes[1].set_ylabel("")
print(f"test accuracy: fresh {accuracy(test_X, test_Y, dropout):.3f}, frozen {accuracy(test_X, test_Y, frozen):.3f}")
show(figure, """Costs of the training set over 3,750 iterations. Left, with fresh masks, the cost through the masks and
    the clean cost fall together to 0.4. Right, with frozen masks, the first falls to 0.2 and the clean one climbs to 0.6.""")

# %% [markdown]
# With fresh masks both costs fall together, to 0.42 and 0.39. With frozen masks the cost through them falls to 0.20 while the clean cost climbs to 0.61: the network memorises each example *through its mask*. It gets 79.4 % of the test examples; no dropout at all gets 80.7 % in as many iterations, fresh masks get 83.5 % in 10,000. "Each iteration trains another network" is true of fresh masks only. So seed once, outside.
#
# The two sliders below, `lambd` and `keep_prob`, train for 3,000 iterations each time you move them.
#
# **Predict,** for the figure after them: which of the three networks has the straightest border? How does logistic regression, a straight line by construction, compare?

# %% tags=["experiment"]
def border(forward=forward_propagation, backward=backward_propagation):
    np.random.seed(1)
    parameters, _ = fit(forward, backward, iterations=3_000)
    figure, ax = subplots()
    plot_decision_boundary(lambda points: predict_dec(parameters, points.T), train_X, train_Y, ax)
    ax.set_title(f"dev accuracy {accuracy(dev_X, dev_Y, parameters):.3f}")
    return figure
def with_l2(lambd=0.7):
    return border(backward=partial(backward_propagation_with_regularization, lambd=lambd))
def with_dropout(keep_prob=0.86):
    functions = (forward_propagation_with_dropout, backward_propagation_with_dropout)
    return border(*(partial(function, keep_prob=keep_prob) for function in functions))
explore(with_l2, "The border with L2 of the chosen strength: nearly straight at 0.7.", lambd=(0, 20, 0.1))
explore(with_dropout, "The border with the chosen keep_prob: at 0.86 straight but for one step.", keep_prob=(0.3, 1, 0.02))

# %% tags=["experiment"]
from sklearn.linear_model import LogisticRegression
line = LogisticRegression().fit(train_X.T, train_Y[0])
figure, axes = subplots(3, sharey=True, figsize=(9, 2.6))
for ax, (name, network) in zip(axes, {"none": plain, "L2 0.7": l2, "dropout 0.86": dropout}.items()):
    plot_decision_boundary(lambda points: predict_dec(network, points.T), train_X, train_Y, ax)
    ax.set_title(name)
    print(f"{name:12}", *(f"{accuracy(*examples, network):6.3f}" for examples in sets.values()))
print(f"{'a line':12}", *(f"{line.score(inputs.T, labels[0]):6.3f}" for inputs, labels in sets.values()))
show(figure, """The borders of three networks over the training examples. Without regularization wedges and slivers
    surround single examples; with L2 the border is one smooth diagonal; with dropout a diagonal with one step,
    and a strip cut off at the left edge.""")

# %% [markdown]
# | | iterations | train | dev | test |
# |---|---|---|---|---|
# | none | 30,000 | 0.863 | 0.760 | 0.785 |
# | L2, 0.7 | 30,000 | 0.839 | 0.815 | 0.823 |
# | dropout, 0.86 | 10,000 | 0.858 | 0.815 | 0.835 |
# | a straight line | | 0.829 | 0.800 | 0.815 |
#
# L2 draws the straightest border. The rule is a straight line, and a model that draws nothing else gets 81.5 % without any tuning. Regularization gives the large network back what its size lost, and a little more. Try the small model first.
#
# Is the gain luck? On 20 other data sets from the same script, 10,000 iterations each, L2 gained 2.4 points on average and 6.6 at best; on two or three sets it lost a point or less.
#
# **Predict.** Six starts, 10,000 iterations each: how often will the three change places?

# %% tags=["experiment"]
runs = {"none": [], "L2": [], "dropout": []}
for seed in range(6):
    options = {"seed": seed, "iterations": 10_000}
    bare, _ = fit(**options)
    penalised, _ = fit(backward=partial(backward_propagation_with_regularization, lambd=0.7), **options)
    for scores, network in zip(runs.values(), (bare, penalised, train_with_dropout(**options)[0])):
        scores.append(accuracy(test_X, test_Y, network))
figure, ax = subplots()
for place, (name, scores) in enumerate(runs.items()):
    ax.plot(scores, [place] * 6, "o^s"[place], linestyle="none", markersize=7, alpha=0.7)
    print(f"{name:8} mean {np.mean(scores):.3f}, from {min(scores):.3f} to {max(scores):.3f}")
ax.set_yticks(range(3), runs)
ax.set(xlabel="test accuracy", ylim=(-0.5, 2.5))
show(figure, "Test accuracy of six starts for each method: all dropout runs beat all L2 runs, which beat all runs without.")

# %% [markdown]
# Never: the three ranges do not touch. On average L2 gains 2.1 points and dropout 3.4.
#
# ## 7. Stop before the noise is learned
#
# A network learns the rule first and the noise later. So record the cost on dev and keep the parameters where it was lowest. Reading from the left, **best** is the index of the smallest cost so far; only a strictly smaller one replaces it. Stop at the first index $t$ with $t - \text{best} \ge \text{patience}$, else at the last. Nothing after the stop is ever seen.
#
# By hand, with 5, 4, 3, 3.1, 3.2, 1: patience 2 finds best 2 and stops at 4. Patience 3 lasts until 5, where 1 is a new best.

# %% [markdown]
# ### Exercise 6: `early_stopping` (5 points, about 6 lines)
#
# Return `(best, stop)` for a list of costs, indices from 0. Read it as a training produces it, one cost after the other: what you have not read yet must not change your answer. A smaller cost is better, however little smaller. Leave the list as it is.
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

check_random = np.random.RandomState(23)
kinds = {kind: [] for kind in ("costs with ties and below zero", "very small and very large costs", "two costs that differ by very little")}
for number in range(18):
    steps, patience = (1, 2, 5, 9, 25)[number % 5], check_random.randint(1, 8)
    unit, most = (1e-12, 0.25, 1e12)[number % 3], (1, 12)[number % 2]  # no smallest gain, no largest cost, many ties
    costs = [float(value) * unit for value in check_random.randint(-3, most, steps)]
    kinds["costs with ties and below zero" if most == 1 and unit == 0.25 else "very small and very large costs"].append((costs, int(patience)))
for gain in (1e-3, 1e-6, 1e-9, 2.0**-52):  # the last one is the least that a float near 1 can fall by
    steps = [2.0, 1 + gain, 1.0, 1.0, 1 + gain, 1 - gain, 1 - gain, 1.0, 1 - gain, 1 - 2 * gain, 1 - gain]
    kinds["two costs that differ by very little"] += [(steps, patience) for patience in (2, 3, 4)]
for kind in ("costs with ties and below zero", "very small and very large costs", "two costs that differ by very little"):
    for pair, (costs, patience) in zip(testCases.answers(early_stopping, [(list(c), p) for c, p in kinds[kind]]), kinds[kind]):
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
# **Stop the first network.** When is enough? Train once more without any regularization, and record its cost on training and dev examples every 100 iterations. Dev *chooses* the parameters; the test examples only *judge* the choice. With patience 5, the training stops once 500 iterations have brought nothing better.
#
# The classic form of this exercise looks at its 200 test examples many times and calls the best of those looks "test accuracy". A set that you choose with is a dev set, whatever its name.
#
# **Predict.** After how many of the 30,000 iterations is the dev cost lowest? Will the network of that moment be worse or better than the one with L2, which got 82.3 %?

# %% tags=["experiment"]
networks, costs = [], {"train": [], "dev": []}
def record(_, p):
    networks.append(p)
    for name, values in costs.items():
        inputs, labels = sets[name]
        values.append(compute_cost(forward_propagation(inputs, p)[0], labels))
fit(iterations=3_000, record_every=100, on_record=record)
best, stop = early_stopping(costs["dev"], patience=5)
figure, ax = subplots()
ax.set_ylim(0.38, 0.6)
plot_costs(costs, record_every=100, axes=ax)
for name, t in (("best", best), ("stop", stop)):
    ax.annotate(name, (t / 10, costs["dev"][t]), (t / 10, 0.55), ha="center", arrowprops={"arrowstyle": "-"})
print(f"best after {100 * best} iterations, stop after {100 * stop}: test {accuracy(test_X, test_Y, networks[best]):.3f}")
show(figure, "The training cost keeps falling; the dev cost is lowest at 1,100 iterations and rises. The stop is at 1,600.")

# %% [markdown]
# The dev cost is lowest after 1,100 iterations, and the network of that moment gets 82.3 % of the test examples: as good as L2, which trained for 30,000. But L2 needs its $\lambda$ chosen, and stopping early couples two aims, a low cost and little noise, to one knob.
#
# ## 8. More examples for nothing
#
# Transform examples in a way that cannot change their label, and you have more of them. On the two circles of the initialization lesson the label depends on the distance from the centre alone; a mirror image keeps it.
#
# By hand, feature 0 negated and appended: $\begin{pmatrix} 0 & 1 & 2 \\ 3 & 4 & 5 \end{pmatrix}$ becomes $\begin{pmatrix} 0 & 1 & 2 & 0 & -1 & -2 \\ 3 & 4 & 5 & 3 & 4 & 5 \end{pmatrix}$, labels $(1, 0, 1)$ become $(1, 0, 1, 1, 0, 1)$.

# %% [markdown]
# ### Exercise 7: `augment_by_reflection` (5 points, about 3 lines)
#
# Return `(X_aug, Y_aug)`: the originals, then their copies in the same order, with row `feature` negated. The labels of the copies are those of their originals. Leave `X` and `Y` as they are: whoever called you still needs them.
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
X_aug, Y_aug = augment_by_reflection(np.array([[0, 1, 2], [3, 4, 5]]), np.array([[1, 0, 1]]), feature=0)
print(X_aug)
print(Y_aug)

# %% nbgrader={"grade": true, "grade_id": "augment_by_reflection_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import testCases; testCases.check("augment_by_reflection")

# %% nbgrader={"grade": true, "grade_id": "augment_by_reflection_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of augment_by_reflection run here.
### BEGIN HIDDEN TESTS
import numpy as np
import testCases

name = "augment_by_reflection"
check_random, cases, expected = np.random.RandomState(24), [], []
kinds = {
    "another matrix": (2, 4, 0, 1),
    "the last feature": (3, 3, 2, 1),
    "a middle feature": (5, 7, 1, 1),
    "a single example": (4, 1, 3, 1),
    "a single feature": (1, 6, 0, 1),
    "large numbers": (3, 5, 1, 1e9),
    "small numbers": (3, 5, 0, 1e-9),
}
for n_x, m, feature, unit in kinds.values():
    X, Y = unit * check_random.randn(n_x, m), (check_random.rand(1, m) < 0.4).astype(int)
    signs = np.ones((n_x, 1))
    signs[feature] = -1
    cases.append((X, Y, feature))
    expected.append((np.hstack([X, signs * X]), np.hstack([Y, Y])))
answers = testCases.answers(augment_by_reflection, cases)
for kind in ("another matrix", "the last feature", "a middle feature", "a single example", "a single feature", "large numbers", "small numbers"):
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
# The cell trains on 15 examples of the circles and on the 211 of the field, with and without mirror images, for 3,000 iterations, and judges on examples not seen before: 100 of the circles, 2,000 of the field.
#
# **Predict.** Two changes of accuracy, one for each set.

# %% tags=["experiment"]
circles_X, circles_Y, *new_circles = reg_utils.load_dataset()
figure, axes = subplots(2, figsize=(8, 3))
cases = (("circles", circles_X[:, :15], circles_Y[:, :15], new_circles), ("field", train_X, train_Y, (test_X, test_Y)))
for ax, (name, inputs, labels, unseen) in zip(axes, cases):
    X_aug, Y_aug = augment_by_reflection(inputs, labels, feature=0)
    before, _ = fit(X=inputs, Y=labels, iterations=3_000)
    after, _ = fit(X=X_aug, Y=Y_aug, iterations=3_000)
    plot_decision_boundary(lambda points: predict_dec(after, points.T), X_aug, Y_aug, ax)
    ax.set_title(f"{name} with mirror images")
    print(f"{name}: {accuracy(*unseen, before):.2f}, with mirror images {accuracy(*unseen, after):.2f}")
show(figure, """Borders learned with mirror images. On the circles, one round region holds the inner ring. On the field the
    diagonal is gone: wedges, the same left and right of the middle, with both labels mixed in each.""")

# %% [markdown]
# On the circles accuracy rises from 0.72 to 0.87. On the field it falls from 0.81 to 0.65: where the signs of $x_1$ decide, a mirror image with its old label teaches the opposite of the rule.
#
# ## What you have learned
#
# - You named bias and variance from two errors.
# - You added an L2 penalty to a cost and to its gradients; it raised the training cost and lowered the error on new examples.
# - You dropped units, sent gradients back through the same masks, and saw a frozen mask memorise.
# - You stopped a training by its dev cost, and mirrored examples only where the label allows it.
# - You told a gain from luck by other starts and other data.

# %% [markdown] nbgrader={"grade": true, "grade_id": "regularization_question", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# ### Question (5 points)
#
# A report says: "Dropout raised test accuracy from 0.915 to 0.95. We tried six values of keep_prob and kept the best on the 200 test examples; `np.random.seed(1)` stands inside the forward pass." Name three reasons to doubt the 0.95, and say for each what you would do instead.
#
# ### BEGIN SOLUTION
# Chosen on the test set: choose on dev, and judge once on test. A seed inside the pass freezes one mask per example: seed once, before training. One run and 200 examples, where 0.95 is uncertain by 0.015: repeat with other starts and masks, and judge on more examples.
# ### END SOLUTION

# %% [markdown]
# ## On your own
#
# - Give the two hidden layers different values of keep_prob. Which one should be larger, and does dev agree?
# - Turn the field by half a circle, $(x_1, x_2)$ to $(-x_1, -x_2)$. What must happen to the labels?
# - Stop early *and* use L2. Do the gains add up?
#
# ## Sources
#
# - Geman, Bienenstock, Doursat (1992). Neural networks and the bias/variance dilemma. doi:10.1162/neco.1992.4.1.1
# - Krogh, Hertz (1991). A simple weight decay can improve generalization. NeurIPS 4, 950-957.
# - Prechelt (1998). Early stopping, but when? doi:10.1007/3-540-49430-8_3
# - Srivastava et al. (2014). Dropout. JMLR 15, 1929-1958. jmlr.org/papers/v15/srivastava14a.html
# - Shorten, Khoshgoftaar (2019). Image data augmentation for deep learning. doi:10.1186/s40537-019-0197-0
# - Bouthillier et al. (2021). Accounting for variance in machine learning benchmarks. doi:10.48550/arXiv.2103.03098
