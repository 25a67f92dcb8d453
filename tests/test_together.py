"""Trainings from several starts at once, and the classic `model`: the same numbers as the one training loop."""

import init_utils
import numpy as np
import pytest

X, Y = init_utils.load_dataset()[:2]


def start(seed, sizes=(2, 10, 5, 1), factor=2):
    random = np.random.RandomState(seed)
    parameters = {}
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
        parameters[f"W{layer}"] = random.randn(n_out, n_in) * np.sqrt(factor / n_in)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


def passes():
    return init_utils.forward_propagation, init_utils.backward_propagation, init_utils.compute_loss


def test_training_together_gives_the_numbers_of_training_one_by_one():
    starts = [start(seed) for seed in range(3)]
    for first, (trained, costs) in zip(
        starts, init_utils.train_together(starts, X, Y, 0.05, 1500), strict=True
    ):
        alone, alone_costs = init_utils.train(X, Y, first, *passes(), 0.05, 1500)
        assert list(trained) == list(alone)
        assert costs == pytest.approx(alone_costs, rel=1e-10)
        for name in alone:
            np.testing.assert_allclose(trained[name], alone[name], rtol=1e-7, atol=1e-10)


def test_training_together_leaves_starts_and_inputs_alone():
    first, x = start(0), X.copy()
    kept = {name: value.copy() for name, value in first.items()}
    init_utils.train_together([first], x, Y, 0.1, 5)
    assert all(np.array_equal(first[name], kept[name]) for name in kept) and np.array_equal(x, X)


def test_gradients_of_deep_tanh_networks_are_the_slopes_of_their_cost():
    first = start(1, (2, 4, 3, 3, 1), 1)

    def cost(parameters):
        A = X
        for layer in range(1, 5):
            Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
            A = np.tanh(Z)
        return init_utils.cost_from_logits(Z, Y)

    [(after, costs)] = init_utils.train_together([first], X, Y, 1.0, 1, "tanh")
    assert costs == [pytest.approx(cost(first), rel=1e-12)]
    for name, value in first.items():
        ahead, behind = value.copy(), value.copy()
        ahead.flat[0] += 1e-6
        behind.flat[0] -= 1e-6
        slope = (cost({**first, name: ahead}) - cost({**first, name: behind})) / 2e-6
        assert value.flat[0] - after[name].flat[0] == pytest.approx(slope, abs=1e-8)


def test_starts_of_other_shapes_are_refused():
    with pytest.raises(ValueError, match="all starts need the same names and shapes"):
        init_utils.train_together([start(0), start(0, (2, 4, 1))], X, Y)


def initialize_parameters_he(layers_dims):
    return start(3, layers_dims)


def test_model_is_the_classic_loop_with_its_costs(capsys):
    trained = init_utils.model(X, Y, num_iterations=1001)  # finds the function above by its name
    told = capsys.readouterr().out.splitlines()
    alone, costs = init_utils.train(X, Y, start(3), *passes(), 0.01, 1001)
    assert told == [f"Cost after iteration {i * 1000}: {cost}" for i, cost in enumerate(costs)]
    for name in alone:
        np.testing.assert_array_equal(trained[name], alone[name])


def test_model_takes_a_function_and_can_be_silent(capsys):
    init_utils.model(X, Y, 0.01, 2, False, initialize_parameters_he)
    assert capsys.readouterr().out == ""


def test_model_says_which_function_it_misses():
    with pytest.raises(
        ValueError, match="'zeros' needs initialize_parameters_zeros in this notebook; run its cell"
    ):
        init_utils.model(X, Y, initialization="zeros")
