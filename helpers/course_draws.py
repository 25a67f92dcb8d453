"""Whether weights are what an initialization should draw: normal, of the right spread, each number a draw of its own.

The limits are set so that chance decides nothing. In the sizes that the checks use (layers of 5,000 to 8,000 weights,
13,000 to 23,000 in all) a right answer fails with a probability below 1e-9 over all seeds: below 3e-11 for each of at
most 20 comparisons, from the exact binomial and chi-squared tails. A spread that is wrong by 5 % in all layers passes
22,000 weights with 2e-4, one that is wrong by 10 % passes a layer of 7,500 with 2e-6.

Small layers hold too few weights to be judged one by one, so those of 8 networks are judged together, 640 for each
place in a network. A right answer fails one of the 15 comparisons with a probability below 4e-10. A scale that is
too small by the root of 2 passes a place with 5e-4, too large by it with 3e-5; evenly spread numbers with 1e-4.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from course_network import Array

WIDE = 5000  # weights from which on a layer is judged by itself
SIGMAS = 6.8  # 1e-11 for a mean or a standard deviation
FAR, FAR_SHARE = 2.5, 0.01242  # that share of normal numbers lies more than so many deviations from the mean
FAR_SIGMAS = 7.5  # 2e-11 for the count of those
FARTHEST = 3.1  # 13,000 normal numbers all lie nearer with 1e-11
ENOUGH = 600  # different numbers from small layers; an answer that seeds in every call may draw fewer
NEAREST = (
    2.0  # 600 normal numbers all lie nearer with 8e-13; evenly spread ones all lie within 1.733 deviations
)
PLACES = {  # a layer of small_networks, by its number
    1: "a small layer",
    2: "a small layer",
    3: "a layer with a single unit",
    4: "a layer behind a single unit",
    5: "an output of a single unit",
}


def draw_faults(parameters: dict[str, Array], deviations: list[float]) -> dict[str, str]:
    """What is wrong with the numbers of an initialization, by kind; {} if nothing is.

    Parameters
    ----------
    parameters : dict
        Of right form (`testCases.parameters_fault`).
    deviations : list of L floats
        The standard deviation that the weights of each layer should have.

    Returns
    -------
    dict
        From any of the kinds "biases", "mean", "spread", "distribution", "repeated", "alike" to a sentence with names
        and numbers, the first found first. Biases must be zero in any network; weights are judged if all layers
        together hold 13,000 of them, and layer by layer from 5,000 on.
    """
    faults: dict[str, str] = {}
    numbers = range(1, len(deviations) + 1)
    for layer in numbers:
        if parameters[f"b{layer}"].any():
            faults.setdefault("biases", f"b{layer} is not zero everywhere")
    ends = [0, *np.cumsum([parameters[f"W{layer}"].size for layer in numbers])]
    if ends[-1] < 13_000:
        return faults
    together = np.empty(ends[-1])  # the weights of all layers, each divided by its deviation
    units = [together[start:end] for start, end in itertools.pairwise(ends)]
    for layer, z, deviation in zip(numbers, units, deviations, strict=True):
        np.divide(np.ravel(parameters[f"W{layer}"]), deviation, out=z, dtype=float)
    ordered = np.abs(together, out=np.empty(together.size, np.float32), casting="same_kind")
    ordered.sort()  # half as dear as with all digits
    different = (1 + np.count_nonzero(ordered[1:] != ordered[:-1])) / together.size
    if (
        different < 0.998
    ):  # of 22,000 normal numbers about 7 agree in single precision, and 43 or more with 1e-20
        faults["repeated"] = f"only {different:.1%} of the weights are different numbers, expected all"
    if not 0.7 < likeness(np.asarray(parameters["W1"], float)) < 1.3:
        faults["alike"] = "the rows of W1, its units, depend on each other; expected a draw for every weight"
    # of fewer draws than weights, mean and spread are chance; so they come after
    for layer, z, deviation in zip(numbers, units, deviations, strict=True):
        if z.size >= WIDE:
            _sample_faults(faults, f"the numbers in W{layer}", z, deviation)
    _sample_faults(faults, "all weights, each divided by the deviation it should have,", together, 1.0)
    return faults


def small_networks() -> list[list[int]]:
    """Lists of layer sizes, fresh ones: small layers of every kind, some of one size behind others of different size.

    By 80 draws or more they differ in how many come before each layer behind the first, so a seed in every call shows.
    """
    return [[80, 5, units, 1, 80, 1] for units in range(80, 208, 16)]


def small_draw_faults(
    networks: list[dict[str, Array]], deviation: Callable[[int, int], float]
) -> dict[str, str]:
    """What is wrong with the weights of small layers, by the place of the layer (PLACES); {} if nothing is.

    Parameters
    ----------
    networks : list of dictionaries
        What an initialization returned for each of `small_networks()`, in order.
    deviation : function
        Of a layer's number of inputs and of units: the standard deviation that its weights should have.
    """
    faults = {}
    for layer, place in PLACES.items():
        drawn, scales = [], []
        for parameters, sizes in zip(networks, small_networks(), strict=True):
            W = parameters[f"W{layer}"]
            if np.shape(W) != (sizes[layer], sizes[layer - 1]):
                faults[place] = "a matrix has another shape"
                break
            drawn.append(np.ravel(W)[-80:])
            scales.append(deviation(sizes[layer - 1], sizes[layer]))
        else:
            z = np.array(drawn, dtype=float) / np.array(scales)[:, None]
            # who seeds in every call draws the same numbers again, at another place: each counts once
            different = np.unique(z.round(6))
            if not (z != z[:, :1]).any(axis=1).all():
                faults[place] = "all entries are equal"
            elif different.size >= ENOUGH and (fault := _small_fault(different)):
                faults[place] = fault
    return faults


def _small_fault(z: Array) -> str:
    mean = z.sum() / z.size
    spread = float(np.sqrt(np.vdot(z - mean, z - mean) / z.size))
    if abs(mean) > SIGMAS * spread / z.size**0.5:
        return "their mean is not near 0"
    if not abs(spread - 1) <= SIGMAS / (2 * z.size) ** 0.5:
        return "their spread is another one"
    return "" if np.abs(z).max() > NEAREST * spread else "none lies far out"


def _sample_faults(faults: dict[str, str], what: str, z: Array, deviation: float) -> None:
    """Adds what shows that the numbers z, multiplied by `deviation`, are not normal with mean 0 and deviation 1."""
    n, mean = z.size, z.mean()
    away = z - mean
    spread = float(np.sqrt(away @ away / n))
    if abs(mean) < 1e-9 and abs(spread - 1) < 1e-9:  # by chance once in 1e13 samples
        faults.setdefault(
            "alike", f"{what} have exactly the mean and the deviation of the formula, which draws do not"
        )
    if abs(mean) > SIGMAS * spread / n**0.5:
        faults.setdefault("mean", f"{what} have mean {mean * deviation:.4g}, expected about 0")
    if abs(spread - 1) > SIGMAS / (2 * n) ** 0.5:
        values = f"{spread * deviation:.4g}, expected about {deviation:.4g}"
        faults.setdefault("spread", f"{what} have standard deviation {values}")
    np.abs(away, out=away)
    far = np.count_nonzero(away > FAR * spread)
    clipped = n >= 13_000 and away.max() <= FARTHEST * spread
    if clipped or abs(far - FAR_SHARE * n) > FAR_SIGMAS * (FAR_SHARE * n) ** 0.5:
        share = f"{far / n:.1%} lie more than {FAR} deviations from their mean, expected about 1.2% (normal)"
        farthest = f"; the farthest lies {away.max() / max(spread, 1e-300):.3g} deviations away"
        faults.setdefault("distribution", f"of {what} {share}{farthest}")


def likeness(W: Array) -> float:
    """How much the rows of a matrix have in common: 1 on average if its numbers are independent, 0 at right angles.

    It is the mean square of the products of two different rows, in units of their length. For 80 rows and columns or
    more, independent normal numbers give 1 to 0.03: never below 0.7 or above 1.3, that is 9 sigma.
    """
    rows = W - W.mean()
    products = rows @ rows.T
    squares = np.diagonal(products)  # of the rows' lengths
    different = (np.vdot(products, products) - squares @ squares) / (len(W) * (len(W) - 1))
    return float(different / max(W.shape[1] * (squares.sum() / W.size) ** 2, 1e-300))


def scale_between(one: Any, other: Any) -> float | None:
    """How many times larger the numbers in `one` are, if both hold the same draws up to a factor; else None.

    An initialization that draws its numbers in order draws the same for two layers of equally many weights, if both
    calls start from the same random state. The factor is then that of their scales, with no chance in it: that 12
    independent draws agree so well has a probability below 1e-30.
    """
    ordered = [np.sort(np.abs(np.ravel(array)).astype(float)) for array in (one, other)]
    if ordered[0].shape != ordered[1].shape or not all(array.size and np.ptp(array) > 0 for array in ordered):
        return None
    factor = float(np.sqrt(np.mean(ordered[0] ** 2) / np.mean(ordered[1] ** 2)))
    return factor if np.allclose(ordered[0], factor * ordered[1], rtol=1e-4, atol=0) else None
