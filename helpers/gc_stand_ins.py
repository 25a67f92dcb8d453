"""Stand-ins for the two passes of one parameter, to be passed to `testCases.given`; none of them is an exercise's answer.

cubic(x, theta) = (x theta)^3                      a curved J, and its right slope:
cubic_slope(x, theta) = 3 x^3 theta^2
cubic_slope_doubled(x, theta)                      a slope that is twice too large
linear_slope_negated(x, theta) = -x
saddle(x, theta) = x theta + p(x) p(theta), where p(u) = (u^2 - 9)(u^2 - 16): theta x where x is 3, 4, -3 or -4
saddle_slope(x, theta)                             its right slope: x + p(x) p'(theta)
LINE_POINTS                                        calls of gradient_check on these two: (x, theta[, epsilon])
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

# Calls of gradient_check on the stand-ins saddle and saddle_slope. No number is rounded in the first three, so a right
# slope reads 0. In the next four rounding moves only the side of theta with the larger size: the two-sided slope is
# half of the right one, a one-sided slope 0 or all of it. The step is a power of 2, so that every order of the
# operations in (1) gives the same number. The last four tell further mistakes apart;
# in the very last the product is rounded too: there even a rise over the step that came out is off, and reads 1/7.
LINE_POINTS: list[tuple[float, ...]] = [
    (4.0, 3.0, 2.0**-20),
    (-4.0, 5.0, 2.0),
    (4.0, 3.0, 2.0**-51),
    (4.0, 2.0**30, 2.0**-23),
    (4.0, -(2.0**30), 2.0**-23),
    (-4.0, 2.0**30, 2.0**-23),
    (-4.0, -(2.0**30), 2.0**-23),
    (4.0, 2.0**30, 7 * 2.0**-23),
    (4.0, 3.0, 3 * 2.0**-53),
    (4.0, 5.0, 3 * 2.0**-51),
    (3.0, 2.0**30, 2.0**-23),
    (4.0, 2.0**30 + 2.0**-22, 2.0**-23),
    (-4.0, 2.0**30 + 2.0**-22, 2.0**-23),
]


def _called(name: str) -> Callable[[Function], Function]:
    """What a stand-in is called where Python says what is wrong with a call of it: the student knows no other name."""

    def named(function: Function) -> Function:
        function.__qualname__ = name
        return function

    return named


@_called("forward_propagation")
def cubic(x: float, theta: float) -> float:
    """J = (x theta)^3."""
    return (x * theta) ** 3


@_called("backward_propagation")
def cubic_slope(x: float, theta: float) -> float:
    """The slope of `cubic` by theta: 3 x^3 theta^2."""
    return 3 * x**3 * theta**2


@_called("backward_propagation")
def cubic_slope_doubled(x: float, theta: float) -> float:
    """Twice the slope of `cubic`: a check must find the relative difference 1/3."""
    return 2 * cubic_slope(x, theta)


@_called("backward_propagation")
def linear_slope_negated(x: float, theta: float) -> float:
    """-x, the slope of J = theta x with its sign turned: a check must find the relative difference 1."""
    return -x


@_called("forward_propagation")
def saddle(x: float, theta: float) -> float:
    """J = x theta + p(x) p(theta), p(u) = (u^2 - 9)(u^2 - 16): where x is 3, 4, -3 or -4 it is exactly J = theta x.

    There an answer that calls J and one that writes the product itself give the same numbers to the last bit.
    """
    return x * theta + (x * x - 9) * (x * x - 16) * (theta * theta - 9) * (theta * theta - 16)


@_called("backward_propagation")
def saddle_slope(x: float, theta: float) -> float:
    """The slope of `saddle` by theta: x + p(x) p'(theta), where p'(u) = 2 u (2 u^2 - 25)."""
    return x + (x * x - 9) * (x * x - 16) * 2 * theta * (2 * theta * theta - 25)
