"""One training loop for every lesson, and when to keep quiet.

    train(X, Y, parameters, forward, backward, cost, learning_rate, iterations, reseed=None,
          *, record_every=1000, on_record=None) -> (parameters, costs)
    in_turn(what, name="")      the items of `what`, one after the other; bars meanwhile say "3 of 18: He"
    progress(what, said)        the items of `what`, with a bar
    quiet() -> bool     True under nbgrader, in the course's build and tests: no progress bar, no live widgets
    watched() -> bool   True in a notebook that somebody looks at

A stored notebook must not change from run to run, so `grader build` and nbval set COURSE_QUIET=1; nbgrader sets
NBGRADER_EXECUTION (autograde) and NBGRADER_VALIDATING (validate) itself. In a notebook that somebody looks at, `train`
shows a tqdm bar on stdout, because stderr is printed on red; on a terminal, on stderr. The bar is plain text and is
removed when it is done: a widget would be missing when the saved notebook is reopened.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from course_network import Array, Parameters, update_parameters

Item = TypeVar("Item")

_turns: list[str] = []  # what runs now: of an outer loop, then of the loop in it


def quiet() -> bool:
    """Whether outputs must be the same in every run (see the top of this module)."""
    return any(os.environ.get(name) for name in ("COURSE_QUIET", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING"))


def watched() -> bool:
    """Whether this is a notebook that somebody looks at."""
    return "ipykernel" in sys.modules and not quiet()


def in_turn(what: Collection[Item], name: str = "") -> Iterator[Item]:
    """Each item of `what`; until the next one is asked for, the bars of trainings say which it is.

    Parameters
    ----------
    what : values, or names such as the keys of a dictionary; each is written after `name`, as in "3 of 8: start 2"
    """
    for number, item in enumerate(what, start=1):
        said = (
            f"{name} {item}".lstrip().replace("$", "").replace("\\sqrt", "root of ")
        )  # a bar shows no formula
        _turns.append(f"{number} of {len(what)}: {said.replace('{', '').replace('}', '')}")
        try:
            yield item
        finally:  # also where the loop is left early
            _turns.pop()


def steps(iterations: int) -> Iterable[int]:
    """0, 1, ..., iterations - 1, with a progress bar if somebody is there to look at it."""
    return (
        progress(range(iterations), ", ".join(_turns) or "training")
        if iterations >= 1000
        else range(iterations)
    )


def progress(what: Sequence[Item], said: str, unit: str = "step") -> Iterable[Item]:
    """The items of `what`, with a progress bar if somebody is there to look at it."""
    if quiet() or not (watched() or sys.stderr.isatty()):
        return what
    from tqdm import tqdm

    stream = sys.stdout if watched() else sys.stderr
    bar: Iterable[Item] = tqdm(
        what, said, unit=unit, unit_scale=len(what) >= 1000, leave=False, mininterval=0.5, file=stream
    )
    return bar


def train(
    X: Array,
    Y: Array,
    parameters: Parameters,
    forward: Callable[[Array, Parameters], tuple[Array, Any]],
    backward: Callable[[Array, Array, Any], Parameters],
    cost: Callable[[Array, Array, Parameters], float],
    learning_rate: float,
    iterations: int,
    reseed: int | None = None,
    *,
    record_every: int = 1000,
    on_record: Callable[[int, Parameters], object] | None = None,
) -> tuple[Parameters, list[float]]:
    """Full-batch gradient descent from `parameters`, which is not changed.

    Parameters
    ----------
    X, Y : (n_x, m) examples and (1, m) labels
    forward : called as forward(X, parameters); returns (A3, cache)
    backward : called as backward(X, Y, cache); returns a dictionary with dW1, db1, ...
    cost : called as cost(A3, Y, parameters), only in the iterations that are recorded
    reseed : if given, NumPy's global seed before every forward pass. With dropout, 1 freezes one mask for the whole
        training as the classic course does; None lets the random state run on, so every iteration draws fresh masks
    record_every : the cost is recorded at iterations 0, record_every, 2 record_every, ..., before the update
    on_record : called as on_record(iteration, parameters) at the same iterations

    Fix further arguments with functools.partial: `partial(compute_cost_with_regularization, lambd=0.7)`.

    Returns
    -------
    (parameters after the last update, the recorded costs as floats)
    """
    costs = []
    for iteration in steps(iterations):
        if reseed is not None:
            np.random.seed(reseed)
        A3, cache = forward(X, parameters)
        if iteration % record_every == 0:
            costs.append(float(np.squeeze(cost(A3, Y, parameters))))
            if on_record is not None:
                on_record(iteration, parameters)
        parameters = update_parameters(parameters, backward(X, Y, cache), learning_rate)
    return parameters, costs
