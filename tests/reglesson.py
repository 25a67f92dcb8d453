"""The regularization lesson as tests of its claims see it: run once, its text searched, many networks trained at once."""

from __future__ import annotations

import functools
import importlib.util

import numpy as np
import pytest
import reg_utils

from tests import lessonrun
from tests.here import ROOT

LESSON = "regularization"
TRAINED = pytest.mark.xdist_group("regularization")  # the tests that share one run of all experiments
TEXT = lessonrun.text_of(LESSON)
run, says = functools.partial(lessonrun.run, LESSON), functools.partial(lessonrun.says, LESSON)


def other_fields():
    """The course's own script, seeds 0 to 19: (20, 2, m) places and (20, 1, m) labels for training and judging."""
    spec = importlib.util.spec_from_file_location("make_field", ROOT / "data" / "make_field.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    fields = []
    for seed in range(20):
        script.SEED = seed
        fields.append(script.make_field())
    return [np.stack([f[name].T.astype(float) for f in fields]) for name in ("X", "y", "Xmore", "ymore")]


def accuracy_on_other_fields(lambd):
    X, Y, unseen_X, unseen_Y = other_fields()
    networks = trained_together(X, Y, [3] * len(X), lambd, iterations=10_000)
    return np.mean((outputs(networks, unseen_X) > 0) == unseen_Y, axis=(1, 2))


def trained_together(X, Y, seeds, lambd=0.0, *, iterations, on_record=None):
    """The lesson's network from several starts at once, stacked along a first axis; X, Y may be stacked too."""
    m, decay = X.shape[-1], 1 - 0.3 * lambd / X.shape[-1]
    starts = [reg_utils.initialize_parameters([2, 20, 3, 1], seed) for seed in seeds]
    W1, b1, W2, b2, W3, b3 = (np.stack([start[name] for start in starts]) for name in starts[0])
    for iteration in range(iterations):
        if on_record is not None and iteration % 500 == 0:
            on_record(iteration, {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3})
        A1 = np.maximum(0, W1 @ X + b1)
        A2 = np.maximum(0, W2 @ A1 + b2)
        d3 = (reg_utils.sigmoid(W3 @ A2 + b3) - Y) * (0.3 / m)
        d2 = (W3.swapaxes(1, 2) @ d3) * (A2 > 0)
        d1 = (W2.swapaxes(1, 2) @ d2) * (A1 > 0)
        W3, b3 = decay * W3 - d3 @ A2.swapaxes(1, 2), b3 - d3.sum(axis=2, keepdims=True)
        W2, b2 = decay * W2 - d2 @ A1.swapaxes(1, 2), b2 - d2.sum(axis=2, keepdims=True)
        W1, b1 = decay * W1 - d1 @ X.swapaxes(-1, -2), b1 - d1.sum(axis=2, keepdims=True)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def outputs(networks, X):
    """Z3 of stacked networks."""
    hidden = np.maximum(
        0, networks["W2"] @ np.maximum(0, networks["W1"] @ X + networks["b1"]) + networks["b2"]
    )
    return networks["W3"] @ hidden + networks["b3"]


def steepest(network, places):
    """The steepest climb of a network's output, over the pitch."""
    h = 1e-4
    here = reg_utils.forward_propagation(places, network)[0]
    moved = (reg_utils.forward_propagation(places + h * step, network)[0] for step in np.eye(2)[:, :, None])
    return max(np.max(np.abs(there - here)) / h for there in moved)
