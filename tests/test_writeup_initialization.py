"""Code in the shape of published write-ups of this lesson runs against the helpers, and draws where they put it."""

import course_plots
import numpy as np
import pytest
from matplotlib import pyplot

from tests import bank

CELLS = [
    """
import numpy as np
import matplotlib.pyplot as plt
from init_utils import sigmoid, relu, compute_loss, forward_propagation, backward_propagation
from init_utils import update_parameters, predict, load_dataset, plot_decision_boundary, predict_dec
plt.rcParams['figure.figsize'] = (7.0, 4.0)
train_X, train_Y, test_X, test_Y = load_dataset()
""",
    """
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
""",
    """
np.random.seed(3)
parameters = model(train_X, train_Y, num_iterations=2001, initialization="KIND")
print("On the train set:")
predictions_train = predict(train_X, train_Y, parameters)
predictions_test = predict(test_X, test_Y, parameters)
print("predictions_train = " + str(predictions_train))
""",
    """
plt.title("Model with KIND initialization")
axes = plt.gca()
axes.set_xlim([-1.5, 1.5])
axes.set_ylim([-1.5, 1.5])
plot_decision_boundary(lambda x: predict_dec(parameters, x.T), train_X, train_Y)
""",
]


@pytest.fixture
def notebook(monkeypatch):
    """The names of a notebook with the reference answers; its shown figures are listed under "shown"."""
    pyplot.close("all")
    shown = []

    def show(figure, alt):
        shown.append([(axes.get_title(), axes.get_xlim(), axes.get_ylim()) for axes in figure.axes])
        pyplot.close(figure)

    monkeypatch.setattr(course_plots, "show", show)
    monkeypatch.setattr(pyplot, "show", lambda: pyplot.close())
    names = {"__name__": "__main__", "shown": shown, "np": np}
    for cell in bank.cells("initialization"):
        if cell.role == "answer":
            exec(cell.source, names)
    with pyplot.rc_context():
        yield names
    pyplot.close("all")


@pytest.mark.parametrize(
    ("kind", "first", "third"),
    [("zeros", 0.693147, 0.693147), ("random", np.inf, 0.598), ("he", 0.883054, 0.675129)],
)
def test_writeup_runs_cell_by_cell_and_gives_one_figure_with_its_title_and_limits(
    kind, first, third, notebook, capsys
):
    for source in CELLS:
        exec(compile(source.replace("KIND", kind), "<write-up>", "exec"), notebook)
        assert not pyplot.get_fignums()  # nothing is left for the end of the cell
    assert notebook["shown"] == [[(f"Model with {kind} initialization", (-1.5, 1.5), (-1.5, 1.5))]]
    printed = capsys.readouterr().out
    costs = [float(line.split(": ")[1]) for line in printed.splitlines() if line.startswith("Cost after")]
    assert costs[0] == pytest.approx(first, abs=1e-6) and costs[2] == pytest.approx(third, abs=3e-3)
    assert printed.count("Accuracy: ") == 2 and "predictions_train = [[" in printed
