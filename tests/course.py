"""The course as tests see it: the lessons' own solutions as functions, and the six classic trainings, run once."""

from __future__ import annotations

import contextlib
import functools
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import init_utils
import jupytext
import numpy as np
import reg_utils

from grader.course import role_of
from tests.here import COURSE, LESSONS, ROOT

CLASSIC = Path(os.environ.get("COURSE_CLASSIC_FIELD", ROOT / "tests" / "classic" / "data.mat"))
NO_CLASSIC = f"the classic field is not here: put data.mat at {CLASSIC} or name it in COURSE_CLASSIC_FIELD"


@functools.cache
def solutions(lesson: str) -> SimpleNamespace:
    """The names that the given and answer cells of solutions/<lesson>/<lesson>.py define, run in order."""
    names: dict[str, Any] = {"__name__": f"solutions.{lesson}"}
    for cell in jupytext.read(COURSE.text(lesson))["cells"]:
        if role_of(cell) in ("given", "answer"):
            source = "\n".join(line for line in cell["source"].splitlines() if not line.startswith("%"))
            with contextlib.redirect_stdout(None):
                exec(compile(source, f"{lesson}.py", "exec"), names)
    return SimpleNamespace(**names)


@dataclass(frozen=True)
class Run:
    """One training: its recorded costs, its parameters, and (examples, labels) it was trained and tested on."""

    costs: list[float]
    parameters: dict[str, np.ndarray]
    train: tuple[np.ndarray, np.ndarray]
    test: tuple[np.ndarray, np.ndarray]

    @property
    def accuracies(self) -> tuple[float, float]:
        """On the training and on the test set."""
        return tuple(reg_utils.accuracy(*pair, self.parameters) for pair in (self.train, self.test))

    @property
    def ones(self) -> tuple[int, int]:
        """How many examples of each set are predicted to be 1."""
        return tuple(int(reg_utils.predict_dec(self.parameters, X).sum()) for X, _ in (self.train, self.test))

    @property
    def final_cost(self) -> float:
        """The cost after the last update."""
        A3, _ = reg_utils.forward_propagation(self.train[0], self.parameters)
        return reg_utils.compute_cost(A3, self.train[1])


class Course:
    """Solutions by lesson (`initialization`, `regularization`, `gradient_checking`) and the classic runs."""

    initialization, regularization, gradient_checking = (
        functools.cached_property(lambda self, lesson=lesson: solutions(lesson)) for lesson in LESSONS
    )

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}

    def run(self, name: str) -> Run:
        """zeros, random, he on the circles; none, l2, dropout on the classic field. Trained when first asked for."""
        if name not in self._runs:
            self._runs[name] = self._circles(name) if name in ("zeros", "random", "he") else self._field(name)
        return self._runs[name]

    def seeded(self, kind: str, layers_dims: list[int]) -> dict[str, np.ndarray]:
        """The parameters of initialize_parameters_<kind> as the classic course draws them: after seed 3."""
        np.random.seed(3)
        return getattr(self.initialization, f"initialize_parameters_{kind}")(layers_dims)

    def _circles(self, kind: str) -> Run:
        train_X, train_Y, test_X, test_Y = init_utils.load_dataset()
        network = init_utils.forward_propagation, init_utils.backward_propagation, init_utils.compute_loss
        parameters, costs = init_utils.train(
            train_X, train_Y, self.seeded(kind, [2, 10, 5, 1]), *network, learning_rate=0.01, iterations=15000
        )
        return Run(costs, parameters, (train_X, train_Y), (test_X, test_Y))

    def _field(self, kind: str) -> Run:
        return train_field(self.regularization, kind, reg_utils.load_2D_dataset(CLASSIC), reseed=1)


def train_field(
    functions: Any, kind: str, field: tuple[np.ndarray, ...], reseed: int | None = None, weight_seed: int = 3
) -> Run:
    """The regularization lesson's network after 30,000 iterations on a field: none, l2 (0.7) or dropout (0.86)."""
    forward, backward, cost = (
        reg_utils.forward_propagation,
        reg_utils.backward_propagation,
        reg_utils.compute_cost,
    )
    if kind == "l2":
        backward = partial(functions.backward_propagation_with_regularization, lambd=0.7)
        cost = partial(functions.compute_cost_with_regularization, lambd=0.7)
    if kind == "dropout":
        forward = partial(functions.forward_propagation_with_dropout, keep_prob=0.86)
        backward = partial(functions.backward_propagation_with_dropout, keep_prob=0.86)
    train_X, train_Y, test_X, test_Y = field
    start = reg_utils.initialize_parameters([2, 20, 3, 1], seed=weight_seed)
    parameters, costs = reg_utils.train(
        train_X, train_Y, start, forward, backward, cost, learning_rate=0.3, iterations=30000, reseed=reseed
    )
    return Run(costs, parameters, (train_X, train_Y), (test_X, test_Y))
