"""Code in the shape of published write-ups of this lesson runs against the helpers, and draws where they put it."""

import numpy as np
import pytest

from tests import writeup

SET_UP = """
import numpy as np
import matplotlib.pyplot as plt
from init_utils import sigmoid, relu, compute_loss, forward_propagation, backward_propagation
from init_utils import update_parameters, predict, load_dataset, plot_decision_boundary, predict_dec
plt.rcParams['figure.figsize'] = (7.0, 4.0)
"""
LOAD = "train_X, train_Y, test_X, test_Y = load_dataset()"
MODEL = """
def model(X, Y, learning_rate=0.01, num_iterations=15000, print_cost=True, initialization="he"):
    costs = []
    layers_dims = [X.shape[0], 10, 5, 1]
    if initialization == "zeros":
        parameters = initialize_parameters_zeros(layers_dims)
    elif initialization == "random":
        parameters = initialize_parameters_random(layers_dims)
    elif initialization == "he":
        parameters = initialize_parameters_he(layers_dims)
    for i in range(0, num_iterations):
        a3, cache = forward_propagation(X, parameters)
        cost = compute_loss(a3, Y)
        grads = backward_propagation(X, Y, cache)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and i % 1000 == 0:
            print("Cost after iteration {}: {}".format(i, cost))
            costs.append(cost)
    plt.plot(costs)
    plt.ylabel('cost')
    plt.title("Learning rate =" + str(learning_rate))
    plt.show()
    return parameters
"""
TRAIN = """
np.random.seed(3)
parameters = model(train_X, train_Y, num_iterations=2001, initialization="KIND")
print("On the train set:")
predictions_train = predict(train_X, train_Y, parameters)
predictions_test = predict(test_X, test_Y, parameters)
print("predictions_train = " + str(predictions_train))
"""
BORDER = """
plt.title("Model with KIND initialization")
axes = plt.gca()
axes.set_xlim([-1.5, 1.5])
axes.set_ylim([-1.5, 1.5])
plot_decision_boundary(lambda x: predict_dec(parameters, x.T), train_X, train_Y)
"""


@pytest.fixture
def notebook():
    with writeup.opened("initialization", SET_UP) as running:
        running.run(MODEL)
        yield running


@pytest.mark.parametrize(
    ("kind", "first", "third"),
    [("zeros", 0.693147, 0.693147), ("random", np.inf, 0.598), ("he", 0.883054, 0.675129)],
)
def test_writeup_runs_cell_by_cell_and_gives_each_figure_where_it_puts_it(
    kind, first, third, notebook, capsys
):
    [points] = notebook.run(LOAD)
    assert points.groups == 2 and points.labels == ("$x_1$", "$x_2$")
    [curve] = notebook.run(TRAIN.replace("KIND", kind))
    assert (curve.title, curve.groups, curve.labels) == ("Learning rate =0.01", 0, ("", "cost"))
    [border] = notebook.run(BORDER.replace("KIND", kind))
    assert (border.title, border.groups) == (f"Model with {kind} initialization", 2)
    assert border.x == border.y == (-1.5, 1.5)
    printed = capsys.readouterr().out
    costs = writeup.costs_in(printed)
    assert costs[0] == pytest.approx(first, abs=1e-6) and costs[2] == pytest.approx(third, abs=3e-3)
    assert printed.count("Accuracy: ") == 2 and "predictions_train = [[" in printed


def test_points_land_in_the_figure_that_is_open_and_only_if_wanted(notebook):
    [points] = notebook.run("plt.title('The circles'); load_dataset()")
    assert (points.title, points.groups) == ("The circles", 2)
    assert notebook.run("load_dataset(show_points=False)") == []
