"""Code in the shape of published write-ups of this lesson runs against the helpers, and draws where they put it."""

import pytest

from tests import writeup

SET_UP = """
import numpy as np
import matplotlib.pyplot as plt
from reg_utils import sigmoid, relu, initialize_parameters, load_2D_dataset, plot_decision_boundary, predict_dec
from reg_utils import compute_cost, predict, forward_propagation, backward_propagation, update_parameters
plt.rcParams['figure.figsize'] = (7.0, 4.0)
"""
LOAD = "train_X, train_Y, test_X, test_Y = load_2D_dataset()"
MODEL = """
def model(X, Y, learning_rate=0.3, num_iterations=30000, print_cost=True, lambd=0, keep_prob=1):
    costs = []
    parameters = initialize_parameters([X.shape[0], 20, 3, 1])
    assert lambd == 0 or keep_prob == 1
    for i in range(0, num_iterations):
        if keep_prob == 1:
            a3, cache = forward_propagation(X, parameters)
        else:
            a3, cache = forward_propagation_with_dropout(X, parameters, keep_prob)
        if lambd == 0:
            cost = compute_cost(a3, Y)
        else:
            cost = compute_cost_with_regularization(a3, Y, parameters, lambd)
        if lambd == 0 and keep_prob == 1:
            grads = backward_propagation(X, Y, cache)
        elif lambd != 0:
            grads = backward_propagation_with_regularization(X, Y, cache, lambd)
        else:
            grads = backward_propagation_with_dropout(X, Y, cache, keep_prob)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and i % 500 == 0:
            print("Cost after iteration {}: {}".format(i, cost))
            costs.append(cost)
    plt.plot(costs)
    plt.ylabel('cost')
    plt.xlabel('iterations (x500)')
    plt.title("Learning rate =" + str(learning_rate))
    plt.show()
    return parameters
"""
TRAIN = """
np.random.seed(1)
parameters = model(train_X, train_Y, num_iterations=1001, OPTIONS)
print("On the training set:")
predictions_train = predict(train_X, train_Y, parameters)
print("On the test set:")
predictions_test = predict(test_X, test_Y, parameters)
"""
BORDER = """
plt.title("Model, OPTIONS")
axes = plt.gca()
axes.set_xlim([-0.75, 0.40])
axes.set_ylim([-0.75, 0.65])
plot_decision_boundary(lambda x: predict_dec(parameters, x.T), train_X, train_Y)
"""


@pytest.fixture
def notebook():
    with writeup.opened("regularization", SET_UP) as running:
        running.run(MODEL)
        yield running


def test_loader_shows_the_training_examples_in_the_figure_that_is_open_if_they_are_wanted(notebook):
    [points] = notebook.run(LOAD)
    assert points.groups == 2 and points.labels == ("$x_1$", "$x_2$")
    [named] = notebook.run("plt.title('The field'); load_2D_dataset()")
    assert (named.title, named.groups) == ("The field", 2)
    assert notebook.run("load_2D_dataset(show_points=False)") == []


@pytest.mark.parametrize(
    ("options", "first", "within"),
    [("lambd=0", 0.887554, 1e-6), ("lambd=0.7", 0.887554 + 0.041707, 2e-6), ("keep_prob=0.86", 0.88, 0.05)],
)
def test_writeup_runs_cell_by_cell_and_gives_each_figure_where_it_puts_it(
    options, first, within, notebook, capsys
):
    [points] = notebook.run(LOAD)
    assert points.groups == 2
    [curve] = notebook.run(TRAIN.replace("OPTIONS", options))
    assert (curve.title, curve.groups) == ("Learning rate =0.3", 0)
    assert curve.labels == ("iterations (x500)", "cost")
    [border] = notebook.run(BORDER.replace("OPTIONS", options))
    assert (border.title, border.groups) == (f"Model, {options}", 2)
    assert (border.x, border.y) == ((-0.75, 0.40), (-0.75, 0.65))
    printed = capsys.readouterr().out
    costs = writeup.costs_in(printed)
    assert len(costs) == 3 and costs[0] == pytest.approx(first, abs=within) and costs[2] < 0.6
    assert printed.count("Accuracy: ") == 2
