"""What the exercises of this lesson share: probes, and words told to more than one kind of author."""

from collections.abc import Callable
from typing import Any

import gc_utils
import numpy as np
import reg_utils
import testCases
from gc_utils import (
    forward_propagation_n,
)

Probe = Callable[[Callable[..., Any]], Any]


def attempted(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """What a call gives, with verdicts and exceptions as text, so that they differ from every number."""
    try:
        got = gc_utils.tried(lambda: function(*arguments, **options))
    except Exception as problem:
        return testCases.cause(problem)
    return f"verdict {bool(got)}" if isinstance(got, (bool, np.bool_)) else got


def on_pairs(*pairs: tuple[float, float]) -> Probe:
    def probe(function: Callable[..., Any]) -> Any:
        with testCases.given(function, forward_propagation=gc_utils.saddle):
            return [attempted(function, x, theta) for x, theta in pairs]

    return probe


def network_case(seed: int, m: int) -> tuple[Any, Any, Any, Any]:
    X, Y, parameters = gc_utils.safe_case(seed, m)
    return X, Y, parameters, reg_utils.backward_propagation(X, Y, forward_propagation_n(X, Y, parameters)[1])


def scaled_gradients(gradients: Any, factors: dict[str, Any]) -> Any:
    """Some gradients multiplied by a factor, or put through a function."""
    changed = {
        name: change(gradients[name]) if callable(change) else gradients[name] * change
        for name, change in factors.items()
    }
    return {**gradients, **changed}
