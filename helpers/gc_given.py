"""What the lesson on gradient checking gives ready-made: a draft to be examined, and the classic verdict line.

backward_propagation_n_draft(X, Y, cache)    a backward pass with two planted bugs; the lesson shows it after the search
print_msg(difference, threshold=2e-7)        one line, green or red, as the classic course prints it
show_source(function)                        prints the code of a function
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np
from course_network import Array, Cache

THRESHOLD = 2e-7  # of the classic course's later editions; the first one used 1e-7
GREEN, RED, PLAIN = "\033[32m", "\033[31m", "\033[0m"


def backward_propagation_n_draft(X: Array, Y: Array, cache: Cache) -> dict[str, Array]:
    """Gradients of the three-layer network, as a colleague wrote them.

    X (n_x, m), Y (m,) or (1, m), cache of 12 arrays; returns dW1, db1, dW2, db2, dW3, db3
    """
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3, db3 = dZ3 @ A2.T / m, dZ3.sum(axis=1, keepdims=True) / m
    dZ2 = W3.T @ dZ3 * (A2 > 0)
    dW2, db2 = dZ2 @ A1.T / m * 2, dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (A1 > 0)
    dW1, db1 = dZ1 @ X.T / m, 4.0 / m * dZ1.sum(axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


def print_msg(difference: Any, threshold: float = THRESHOLD) -> None:
    """Print one line of verdict: green up to the threshold, red above it. The words say the same as the colour."""
    reading = float(np.squeeze(difference))
    if reading <= threshold:
        print(f"{GREEN}The backward pass agrees with the cost: difference = {reading:.4e}{PLAIN}")
    else:
        print(
            f"{RED}The backward pass and the cost disagree: difference = {reading:.4e}, above {threshold:g}{PLAIN}"
        )


def show_source(function: Callable[..., Any]) -> None:
    """Print the code of a function, without the types of its arguments, so that it runs where it is pasted."""
    code = textwrap.dedent(inspect.getsource(function)).rstrip()
    print(re.sub(r": (Array|Cache)\b| -> [^:\n]+", "", code))
