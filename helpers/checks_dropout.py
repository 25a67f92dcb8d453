"""The visible check of the dropout pass: the masks, and how each entry of the cache follows from those before it."""

from __future__ import annotations

from typing import Any

import numpy as np
import testCases
from course_answers import Answer
from course_findings import Finding
from course_reading import observed
from reg_utils import relu, sigmoid
from testCases import near

Expected = dict[str, Any]
FROZEN = (
    "But both calls drew the same numbers. That costs no points, and yet the experiments need fresh masks: take the seed, "
    "or the generator of your own, out before them"
)


def forward_propagation_with_dropout(answer: Answer) -> str:
    """The masks, and how the cache follows from them, for two values of keep_prob."""
    X, _, parameters = testCases.random_case([4, 30, 20, 1], 200, seed=5, margin=0)
    masks = []
    for keep_prob in (0.3, 0.9):
        given_X, given_parameters = X.copy(), {name: value.copy() for name, value in parameters.items()}
        result = answer(given_X, given_parameters, keep_prob)
        is_pair = isinstance(result, (tuple, list)) and len(result) == 2
        if answer.seen is None:
            after = [" ".join(sorted(map(str, given_parameters))), str(np.array_equal(given_X, X))]
            answer.seen = [(result[0], tuple(result[1])) if is_pair else result, *after]
        kind = type(result).__name__
        assert is_pair, Finding(f"returned a {kind}, expected the pair (A3, cache).")
        A3, cache = result
        entries = f"the cache has {len(cache)} entries, expected the 14 in the docstring."
        assert len(cache) == 14, Finding(entries)
        _expect_pass(X, parameters, keep_prob, A3, [np.asarray(entry) for entry in cache])
        masks.append(np.vstack([cache[1], cache[6]]) != 0)
        same = len(given_parameters) == 6 and all(
            np.array_equal(given_parameters.get(name, np.nan), value) for name, value in parameters.items()
        )
        changed = Finding("X or parameters has changed, and training goes on with them.")
        assert same and np.array_equal(given_X, X), changed
    said = "10,000 draws for each of two values of keep_prob, and every entry of the cache"
    # what 0.3 keeps of fresh draws, 0.9 drops a tenth of: 300 entries; of the same draws, none
    return said if (masks[0] & ~masks[1]).any() else f"{said}. {FROZEN}"


def _expect_pass(X: Any, parameters: Expected, keep_prob: float, A3: Any, cache: list[Any]) -> None:
    """That the entries of a cache follow from each other."""
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, cached_A3, W3, b3 = cache
    layers = ((1, Z1, D1, A1, (30, 200)), (2, Z2, D2, A2, (20, 200)))
    for layer, Z, D, A, shape in layers:
        for name, entry in ((f"Z{layer}", Z), (f"D{layer}", D), (f"A{layer}", A)):
            shapes = f"in the cache has shape {entry.shape}, expected {shape}."
            assert entry.shape == shape, Finding(shapes, name, f"shape {entry.shape}", f"shape {shape}")
    for layer, Z, D, A, _ in layers:
        _expect_mask(f"D{layer}", D, A, keep_prob)
        _expect_activation(layer, Z, D, A, keep_prob)
    for layer, Z, before in ((1, Z1, X), (2, Z2, A1), (3, Z3, A2)):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        right = W @ before + b
        if not near(Z, right, atol=1e-5):
            whole = (X, X, relu(Z1), relu(Z2))[layer]
            others = {f"the product without b{layer}": W @ before}
            others[f"what the layer gives for relu(Z{layer - 1}), without mask and scaling"] = W @ whole + b
            said = f"is not W{layer} times what layer {layer} receives, plus b{layer}."
            raise AssertionError(Finding(said, f"Z{layer}", also=observed(Z, right, None, others)))
    right, others = sigmoid(Z3), {"Z3": Z3, "relu(Z3)": relu(Z3)}
    said = "is not sigmoid(Z3); the output has no dropout."
    assert near(A3, right), Finding(said, "A3", also=observed(A3, right, {"keep_prob": keep_prob}, others))
    kept = {"A3": cached_A3, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
    for name, entry in kept.items():
        right = near(entry, A3 if name == "A3" else parameters[name])
        assert right, Finding("does not stand at its place in the cache.", name)


def _expect_activation(layer: int, Z: Any, D: Any, A: Any, keep_prob: float) -> None:
    same = f"holds the same numbers as A{layer}, expected what relu receives, before mask and scaling."
    assert (Z < 0).any() or not near(Z, A), Finding(same, f"Z{layer}")
    whole = relu(Z)
    right = whole * D / keep_prob
    if near(A, right):
        return
    others = {
        f"relu(Z{layer}) scaled, without its mask": whole / keep_prob,
        f"relu(Z{layer}) without mask and scaling": whole,
        f"Z{layer} after mask and scaling, without relu": Z * D / keep_prob,
    }
    factors = {"keep_prob": keep_prob, "1 - keep_prob": 1 - keep_prob}
    said = f"is not relu(Z{layer}) after mask and scaling."
    raise AssertionError(Finding(said, f"A{layer}", also=observed(A, right, factors, others)))


def _expect_mask(name: str, D: Any, A: Any, keep_prob: float) -> None:
    exchanged = f"A{name[1]} does hold only these: are the two exchanged?" if _is_binary(A) else ""
    assert _is_binary(D), Finding("holds other values than 0 and 1.", name, also=exchanged)
    own = np.std(np.mean(D, axis=0)) < 0.25 and np.std(np.mean(D, axis=1)) < 0.25
    assert own, Finding("treats whole rows or columns alike, expected a draw for each entry.", name)
    share = np.mean(D)
    said = f"keeps {share:.3f} of the entries, expected about {keep_prob}."
    turned = abs(1 - share - keep_prob) < 0.05 < abs(2 * keep_prob - 1)
    also = "That is about the share that should be dropped." if turned else ""
    found = Finding(said, name, f"{share:.3f} kept", f"about {keep_prob} kept", also=also)
    assert abs(share - keep_prob) < 0.05, found  # by chance once in 1e11 runs


def _is_binary(entry: Any) -> bool:
    return bool(np.all((entry == 0) | (entry == 1)))
