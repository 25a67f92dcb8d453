"""Code in the shape of published write-ups of this lesson runs against the helpers; it draws nothing."""

import pytest

from tests import writeup

SET_UP = """
import numpy as np
from testCases import *
from gc_utils import sigmoid, relu, dictionary_to_vector, vector_to_dictionary, gradients_to_vector
"""
LINE = """
x, theta = 2, 4
print("J = " + str(forward_propagation(x, theta)))
print("dtheta = " + str(backward_propagation(x, theta)))
difference = gradient_check(x, theta)
print("difference = " + str(difference))
"""
FORWARD = """
def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    return 1. / m * np.sum(logprobs), (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
"""
MANY = """
def check_all(parameters, gradients, X, Y, epsilon=1e-7):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus, J_minus = np.zeros((num_parameters, 1)), np.zeros((num_parameters, 1))
    for i in range(num_parameters):
        thetaplus = np.copy(parameters_values)
        thetaplus[i][0] = thetaplus[i][0] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaplus))
        thetaminus = np.copy(parameters_values)
        thetaminus[i][0] = thetaminus[i][0] - epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaminus))
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
"""
CHECK = """
X, Y, parameters = gradient_check_n_test_case()
cost, cache = forward_propagation_n(X, Y, parameters)
gradients = backward_propagation_n(X, Y, cache)
print("right = " + str(check_all(parameters, gradients, X, Y)))
gradients["dW2"], gradients["db1"] = gradients["dW2"] * 2, gradients["db1"] * 4
print("wrong = " + str(check_all(parameters, gradients, X, Y)))
"""


def test_writeup_runs_cell_by_cell_and_both_checks_read_the_published_figures(capsys):
    with writeup.opened("gradient_checking", SET_UP) as notebook:
        assert [figure for cell in (LINE, FORWARD, MANY, CHECK) for figure in notebook.run(cell)] == []
    said = dict(line.split(" = ") for line in capsys.readouterr().out.splitlines())
    assert (float(said["J"]), float(said["dtheta"])) == (8, 2)
    assert float(said["difference"]) == pytest.approx(2.919335883291695e-10, rel=1e-6)
    assert 1.0e-7 < float(said["right"]) < 1.4e-7
    assert float(said["wrong"]) == pytest.approx(0.28509316, abs=1e-8)
