"""`forward_propagation_with_dropout`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np
import testCases
from reg_utils import (
    relu,
    sigmoid,
)

from .shared import attempted

describe = "dropout_statistics"

def _pair(answer):
    return (answer[0], tuple(answer[1])) if isinstance(answer, (tuple, list)) and len(answer) == 2 else answer


def _with_arguments(implementation, X, parameters, keep_prob):
    """What came back from a pass, and what has become of its arguments."""
    given = X.copy(), {name: value.copy() for name, value in parameters.items()}
    answer = _pair(attempted(implementation, *given, keep_prob))
    return [answer, " ".join(sorted(map(str, given[1]))), str(np.array_equal(given[0], X))]


def visible(implementation):
    X, _, parameters = testCases.random_case([4, 30, 20, 1], 200, seed=5, margin=0)
    return _with_arguments(implementation, X, parameters, 0.3)


def fresh(implementation):
    seen, counted = [], []
    for sizes, keep_prob in (((3, 40, 40, 1), 0.35), ((5, 40, 30, 1), 0.85)):
        X, _, parameters = testCases.random_case(list(sizes), 200, seed=33, margin=0)
        np.random.seed(33)
        answer, *after = _with_arguments(implementation, X, parameters, keep_prob)
        seen += [answer, *after]
        try:
            masks = [np.asarray(answer[1][i]) != 0 for i in (1, 6)]
            seen += [" ".join(_habits(mask, keep_prob)) for mask in masks]
            counted += [abs(np.sum(mask) - keep_prob * mask.size) < 1 for mask in masks]
            starts = masks[0][: len(masks[1])]
            seen += [str(np.array_equal(start, masks[1])) for start in (starts, starts[:, ::-1])]
        except (IndexError, TypeError, ValueError):  # what came has no masks
            continue
    seen.append(_never_all_dropped(implementation))
    return [*seen, "counted" if counted and all(counted) else "", _kept_masks(implementation)]


def _never_all_dropped(implementation):
    """Whether of three units, each kept with 0.3, one is kept for each of 200 examples: by chance with 0.657 ** 200."""
    X, _, parameters = testCases.random_case([2, 3, 40, 1], 200, 36, margin=0)
    try:
        mask = np.asarray(implementation(X, parameters, 0.3)[1][1]) != 0
        return "one is always kept" if mask.shape == (3, 200) and np.all(np.any(mask, axis=0)) else ""
    except Exception:
        return ""


def _kept_masks(implementation):
    """Whether a second call gets the masks of the first, in a size of its own, though it could draw others."""
    X, _, parameters = testCases.random_case([4, 9, 8, 1], 17, seed=34, margin=0)
    masks, after = [], []
    for seed in (34, 35):
        np.random.seed(seed)
        try:
            masks.append([np.asarray(implementation(X, parameters, 0.5)[1][i]) != 0 for i in (1, 6)])
        except Exception:
            return ""
        after.append(np.random.rand())
    same = any(np.array_equal(*pair) for pair in zip(*masks, strict=True))
    first = np.random.RandomState(34).rand()
    return "kept" if same and after[0] not in (first, after[1]) else ""


def _habits(mask, keep_prob):
    """What is peculiar in the draws of a mask of 200 columns, in words."""
    if mask.ndim != 2 or 1 in mask.shape:
        return
    deviation = np.sqrt(keep_prob * (1 - keep_prob))
    if abs(np.mean(mask) - keep_prob) > 7 * deviation / np.sqrt(mask.size):
        yield "another share"
    for axis in (0, 1):
        if np.max(np.abs(np.mean(mask, axis) - keep_prob)) > 8 * deviation / np.sqrt(mask.shape[axis]):
            yield f"a line along axis {axis} of its own"
    for axis, words in ((1, "columns come again"), (0, "rows come again")):
        if np.unique(mask, axis=axis).shape[axis] < 0.9 * mask.shape[axis]:
            yield words
        elif np.var(np.mean(mask, axis=1 - axis)) < 0.1 * deviation**2 / mask.shape[1 - axis]:
            yield f"{words.split()[0]} hold an exact number"


ANSWER = """\
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
"""

wrong(
    "mask-from-randn",
    ("random.rand", "random.randn"),
    looks_like="the mask is drawn from a normal distribution",
    hint="Your masks keep too many entries: normal numbers lie below 0.3 with probability 0.62, and below 0 "
    "half of the time. An entry should be kept with probability keep_prob, for any keep_prob. Of which "
    "distribution, on which interval, does exactly the share keep_prob lie below keep_prob?",
)


@wrong(
    "one-unit-always-kept",
    looks_like="of the units of a layer, one at least is kept for every example",
    hint="You bring a unit back where all are dropped. Then a small layer keeps more than keep_prob. Each unit is dropped "
    "without a look at the others; now and then that empties a column.",
)
def dropout_at_least_one(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    entries, A = [], X
    for W, b in ((W1, b1), (W2, b2)):
        Z = W @ A + b
        D = np.random.rand(*Z.shape) < keep_prob
        empty = ~np.any(D, axis=0)
        D[np.random.randint(0, len(D), empty.sum()), empty] = True
        A = relu(Z) * D / keep_prob
        entries += [Z, D, A, W, b]
    Z3 = W3 @ A + b3
    A3 = sigmoid(Z3)
    return A3, (*entries, Z3, A3, W3, b3)

wrong(
    "first-mask-from-randn",
    ("D1 = np.random.rand", "D1 = np.random.randn"),
    looks_like="the first mask is drawn from a normal distribution",
    hint="Your two masks keep different shares: D2 about keep_prob of its entries, D1 more. Normal numbers lie "
    "below 0.3 with probability 0.62. Two functions of NumPy differ by one letter; which of them draws from "
    "the interval where exactly the share keep_prob lies below keep_prob?",
)

wrong(
    "mask-from-randn-turned-over",
    ("rand(A1.shape[0], A1.shape[1]) <", "randn(A1.shape[0], A1.shape[1]) >"),
    ("rand(A2.shape[0], A2.shape[1]) <", "randn(A2.shape[0], A2.shape[1]) >"),
    looks_like="normal numbers above keep_prob are kept",
    hint="Two things meet in your masks. They are drawn from a normal distribution, of which 0.38 lies above "
    "0.3, and they keep what lies above keep_prob instead of below it. Which distribution has exactly the "
    "share keep_prob on one side of keep_prob, and on which side?",
)

wrong(
    "first-mask-from-randn-turned-over",
    ("rand(A1.shape[0], A1.shape[1]) <", "randn(A1.shape[0], A1.shape[1]) >"),
    looks_like="the first mask keeps normal numbers above keep_prob",
    hint="D2 keeps about keep_prob of its entries, D1 does not: it is drawn from another distribution, and "
    "compared the other way round. Hold the two lines of D1 against those of D2.",
)

wrong(
    "mask-turned-over",
    ("< keep_prob", "> keep_prob"),
    looks_like="units are dropped with probability keep_prob",
    hint="Your masks keep the share 1 - keep_prob. With keep_prob 0.8 you drop four units of five. For a "
    "uniform number U, how probable is U < 0.8, and how probable U > 0.8?",
)

wrong(
    "one-draw-per-unit",
    ("A1.shape[1]", "1"),
    ("A2.shape[1]", "1"),
    looks_like="each unit has one fate for all examples",
    hint="Your masks have one column, so a unit is kept or dropped for all examples at once. (4) draws entry "
    "by entry: each unit, each example. Which shape does the mask share with A?",
)

wrong(
    "one-draw-per-example",
    (
        "random.rand(A1.shape[0], A1.shape[1]) < keep_prob",
        "ones(A1.shape) * (np.random.rand(1, A1.shape[1]) < keep_prob)",
    ),
    (
        "random.rand(A2.shape[0], A2.shape[1]) < keep_prob",
        "ones(A2.shape) * (np.random.rand(1, A2.shape[1]) < keep_prob)",
    ),
    looks_like="each example drops all units or none",
    hint="Your masks hold one draw for each column, so an example keeps all units of a layer or loses them "
    "all. (4) draws entry by entry: each unit, each example. Which shape does the mask share with A?",
)

wrong(
    "not-scaled",
    ("D1 / keep_prob", "D1"),
    ("D2 / keep_prob", "D2"),
    looks_like="what is kept is not divided by keep_prob",
    hint="Your activations are masked but not scaled, so their mean falls to keep_prob times its value, in "
    "each layer again. At test time nothing is dropped, and the next layer would meet larger inputs than "
    "in training. Which operation in (4) makes up for it?",
)

wrong(
    "multiplied-by-keep-prob",
    ("/ keep_prob", "* keep_prob"),
    looks_like="what is kept is multiplied by keep_prob instead of divided",
    hint="Your activations are multiplied by keep_prob. Masking makes their mean smaller; multiplying makes it "
    "smaller still. Which operation brings it back?",
)

wrong(
    "divided-by-drop-prob",
    ("/ keep_prob", "/ (1 - keep_prob)"),
    looks_like="what is kept is divided by 1 - keep_prob",
    hint="Your activations are divided by 1 - keep_prob, the share that is dropped. The mean after masking is "
    "keep_prob times the old one. What brings it back to the old one?",
)

wrong(
    "second-layer-not-dropped",
    ("    A2 = A2 * D2 / keep_prob\n", ""),
    looks_like="only the first hidden layer is dropped",
    hint="Layer 1 is masked and scaled, layer 2 is not. Both hidden layers are dropped, each with a mask of "
    "its own. What happens to A2 after its relu?",
)

wrong(
    "output-dropped-too",
    ("A3 = sigmoid(Z3)", "A3 = sigmoid(Z3)\n    A3 = A3 * (np.random.rand(*A3.shape) < keep_prob) / keep_prob"),
    looks_like="the output is dropped too",
    hint="Your outputs hold zeros or values above 1: the last layer is masked as well. The output is the "
    "answer of the network, and it has to be there for every example. Which layers are hidden?",
)

wrong(
    "mask-not-used",
    ("* D1 /", "/"),
    ("* D2 /", "/"),
    looks_like="the masks are drawn but never applied",
    hint="Your masks are drawn, but the activations do not feel them: none of them is zero where the mask is. "
    "Which line should combine A with D?",
)

wrong(
    "cached-before-dropout",
    (
        "A1 = A1 * D1 / keep_prob\n"
        "    Z2 = np.dot(W2, A1) + b2",
        "A1_dropped = A1 * D1 / keep_prob\n"
        "    Z2 = np.dot(W2, A1_dropped) + b2",
    ),
    (
        "A2 = A2 * D2 / keep_prob\n"
        "    Z3 = np.dot(W3, A2) + b3",
        "A2_dropped = A2 * D2 / keep_prob\n"
        "    Z3 = np.dot(W3, A2_dropped) + b3",
    ),
    looks_like="the cache holds the activations before dropout",
    hint="The cache holds A1 and A2 as they were before mask and scaling, while the next layers received the "
    "masked ones. The backward pass needs what the next layer received. When do you pack the cache?",
)

wrong(
    "outputs-in-the-places-of-Z",
    ("(Z1, D1", "(A1, D1"),
    ("b1, Z2", "b1, A2"),
    looks_like="mask and scaling are in what the cache holds as Z1 and Z2",
    hint="Z1 and Z2 are what relu receives, and the masks come after it. Hold each place of the cache against the "
    "docstring.",
)

wrong(
    "bias-left-out",
    ("(W2, A1) + b2", "(W2, A1)"),
    looks_like="a bias is left out",
    hint="Z2 is W2 times its input without b2, and the same in the other layers or one of them. Every LINEAR "
    "step is a product plus a bias. Compare your three lines with each other.",
)


@wrong(
    "leaky-relu",
    family="relu-left-out",
    looks_like="negative numbers are made small instead of 0",
    hint="Your hidden units let a little of a negative Z through, as a leaky relu does. The network of this lesson has "
    "relu: what does it make of -2?",
)
def drop_leaky(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    entries, A = [], X
    for W, b in ((W1, b1), (W2, b2)):
        Z = W @ A + b
        D = np.random.rand(*Z.shape) < keep_prob
        A = np.where(Z > 0, Z, 0.01 * Z) * D / keep_prob
        entries += [Z, D, A, W, b]
    Z3 = W3 @ A + b3
    A3 = sigmoid(Z3)
    return A3, (*entries, Z3, A3, W3, b3)

wrong(
    "same-draws-twice",
    ("A1 = relu(Z1)", "A1 = relu(Z1)\n    np.random.seed(1)"),
    ("A2 = relu(Z2)", "A2 = relu(Z2)\n    np.random.seed(1)"),
    looks_like="both masks are made of the same draws",
    hint="Your two masks agree wherever they can: either the random numbers start anew before the second one, or it is "
    "made from the first. The units of the two layers should be dropped independently, by draws of their own.",
)

wrong(
    "always-half",
    ("< keep_prob", "< 0.5"),
    looks_like="half of the units are kept, whatever keep_prob is",
    hint="Your masks keep half of the entries whatever keep_prob is. That is the default of the argument, or a "
    "rounded uniform number. Where does keep_prob enter the mask?",
)

wrong(
    "output-without-sigmoid",
    ("sigmoid(Z3)", "Z3"),
    looks_like="the output is not squashed by the sigmoid",
    hint="A3 equals Z3: the last step is missing, and outputs are not between 0 and 1. Which function comes "
    "after the last LINEAR step?",
)

wrong(
    "relu-left-out",
    ("relu(Z1)", "Z1"),
    ("relu(Z2)", "Z2"),
    family="relu-left-out",
    looks_like="the hidden layers let negative numbers through",
    hint="Your hidden activations hold negative numbers. Which function stands between LINEAR and dropout, and what does it "
    "make of -2?",
)

wrong(
    "cache-without-masks",
    ("D1, A1, W1, b1, Z2, D2", "A1, W1, b1, Z2"),
    looks_like="the cache does not hold the masks",
    hint="Your cache has twelve entries, without D1 and D2. The backward pass has to use the same masks, and "
    "it can only find them in the cache. The docstring lists the fourteen entries in their order.",
)

wrong(
    "output-alone",
    (", (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)", ""),
    looks_like="only A3 comes back",
    hint="You give back A3 without the cache. The backward pass needs the masks and activations of this very "
    "pass. The docstring names the two things to return.",
)

wrong(
    "weights-and-biases-exchanged",
    ("W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3", "b1, W1, Z2, D2, A2, b2, W2, Z3, A3, b3, W3"),
    looks_like="weights and biases have changed places in the cache",
    hint="Your outputs are right, but in the cache each b stands where its W should. The backward pass unpacks "
    "fourteen entries by their order. Compare yours with the docstring.",
)

wrong(
    "scale-in-the-mask",
    (
        "D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob\n"
        "    A1 = A1 * D1 / keep_prob",
        "D1 = (np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob) / keep_prob\n"
        "    A1 = A1 * D1",
    ),
    (
        "D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob\n"
        "    A2 = A2 * D2 / keep_prob",
        "D2 = (np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob) / keep_prob\n"
        "    A2 = A2 * D2",
    ),
    looks_like="the masks hold 1 / keep_prob instead of 1",
    hint="Your masks hold 0 and 1 / keep_prob. The activations come out right, but the docstring promises "
    "masks of 0 and 1, and the backward pass divides by keep_prob itself: it would scale twice. Where "
    "should the division stand?",
)

wrong(
    "columns-come-again",
    (
        "D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob",
        "half = np.random.rand(A1.shape[0], (A1.shape[1] + 1) // 2) < keep_prob\n"
        "    D1 = np.hstack([half, half])[:, : A1.shape[1]]",
    ),
    (
        "D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob",
        "half = np.random.rand(A2.shape[0], (A2.shape[1] + 1) // 2) < keep_prob\n"
        "    D2 = np.hstack([half, half])[:, : A2.shape[1]]",
    ),
    looks_like="the second half of the examples gets the masks of the first half",
    hint="Your masks keep the right share, but the second half of the columns repeats the first: two examples "
    "always lose the same units. Equation (4) compares every entry of a mask with a uniform number of its "
    "own. How many draws does a mask of n rows and m columns need?",
)

wrong(
    "rows-come-again",
    (
        "D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob",
        "half = np.random.rand((A1.shape[0] + 1) // 2, A1.shape[1]) < keep_prob\n"
        "    D1 = np.vstack([half, half])[: A1.shape[0]]",
    ),
    (
        "D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob",
        "half = np.random.rand((A2.shape[0] + 1) // 2, A2.shape[1]) < keep_prob\n"
        "    D2 = np.vstack([half, half])[: A2.shape[0]]",
    ),
    looks_like="the second half of the units gets the masks of the first half",
    hint="Your masks keep the right share, but the second half of the rows repeats the first: two units are "
    "always dropped together. Equation (4) compares every entry of a mask with a uniform number of its "
    "own. How many draws does a mask of n rows and m columns need?",
)

wrong(
    "one-mask-for-both-layers",
    ("D2 = np", "D2 = D1 if D1.shape == A2.shape else np"),
    looks_like="layer 2 gets the mask of layer 1 where it fits",
    hint="Your layer 2 uses the mask of layer 1 where both layers are of one size. A unit of layer 2 is then dropped "
    "exactly when a unit of layer 1 is, so the two layers are no longer independent. Equation (4) compares every "
    "entry of a mask with a uniform number of its own. Where are the draws of layer 2?",
)

wrong(
    "first-mask-turned-round",
    ("D2 = np", "D2 = D1[:, ::-1] if D1.shape == A2.shape else np"),
    looks_like="layer 2 gets the mask of layer 1 in reverse order where it fits",
    hint="Your layer 2 uses the mask of layer 1 turned round. What happens to one example in layer 1 then happens to "
    "another one in layer 2. Equation (4) compares every entry of a mask with a uniform number of its own. Where are "
    "the draws of layer 2?",
)

wrong(
    "first-example-kept",
    ("A1 = A1 * D1 / keep_prob", "D1[:, 0] = True\n    A1 = A1 * D1 / keep_prob"),
    ("A2 = A2 * D2 / keep_prob", "D2[:, 0] = True\n    A2 = A2 * D2 / keep_prob"),
    looks_like="the first example keeps all its units",
    hint="Your masks leave the first example alone: none of its units is ever dropped. Equation (4) compares "
    "every entry of a mask with a uniform number of its own. Which line of yours treats one column "
    "differently?",
)

wrong(
    "shares-in-tenths",
    ("rand(A1.shape[0], A1.shape[1]) < keep_prob", "randint(0, 10, A1.shape) < np.round(10 * keep_prob)"),
    ("rand(A2.shape[0], A2.shape[1]) < keep_prob", "randint(0, 10, A2.shape) < np.round(10 * keep_prob)"),
    looks_like="the share that is kept is rounded to tenths",
    hint="Your masks keep shares of 0.1, 0.2, 0.3 and so on only: with keep_prob 0.86 they keep another share "
    "than 0.86. Whole numbers from 0 to 9 can be compared with no finer threshold. Equation (4) compares "
    "every entry of a mask with a uniform number of its own. Which function of NumPy draws from a whole "
    "interval?",
)

wrong(
    "masks-stored-in-parameters",
    ("A3 = sigmoid(Z3)", 'A3 = sigmoid(Z3)\n    parameters["D1"], parameters["D2"] = D1, D2'),
    looks_like="the masks are stored in parameters",
    hint="Your result is right, but parameters has more entries afterwards than before. Gradient descent then "
    "looks for the gradient of a mask. What the backward pass needs is handed over in another place; "
    "which one?",
)

wrong(
    "inputs-scaled-in-place",
    ("A3 = sigmoid(Z3)", "A3 = sigmoid(Z3)\n    X *= keep_prob"),
    looks_like="X has changed afterwards",
    hint="Your result is right, but X is another array afterwards: an operation wrote into it. The next "
    "iteration trains on the changed examples. Which operation makes a new array, and which one writes "
    "into the old one?",
)

wrong(
    "exact-number-in-all",
    (
        "np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob",
        "(np.random.permutation(A1.size) < keep_prob * A1.size).reshape(A1.shape)",
    ),
    (
        "np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob",
        "(np.random.permutation(A2.size) < keep_prob * A2.size).reshape(A2.shape)",
    ),
    looks_like="each mask keeps an exact number of entries",
    hint="Your masks always keep the same number of entries; only their places are random. With one unit and "
    "one example that number is 0 or 1, so the unit is always dropped or always kept, whatever keep_prob "
    "is. Equation (4) compares every entry of a mask with a uniform number of its own. What does each "
    "entry decide by itself?",
)

wrong(
    "exact-number-of-units",
    (
        "D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob",
        "ranks = np.argsort(np.random.rand(A1.shape[0], A1.shape[1]), axis=0)\n"
        "    D1 = ranks < np.round(keep_prob * A1.shape[0])",
    ),
    (
        "D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob",
        "ranks = np.argsort(np.random.rand(A2.shape[0], A2.shape[1]), axis=0)\n"
        "    D2 = ranks < np.round(keep_prob * A2.shape[0])",
    ),
    looks_like="each example keeps an exact number of units",
    hint="Your masks keep the same number of units in each example. With three units and keep_prob 0.86 that "
    "would be two or all three, so a unit is not kept with probability keep_prob, and whether it is "
    "depends on its neighbours. Equation (4) compares every entry of a mask with a uniform number of its "
    "own. What does each entry decide by itself?",
)


@wrong(
    "masks-kept-for-the-next-call",
    looks_like="the masks of an earlier call are used again",
    hint="Your first masks are right, but the next call with as many units and examples gets the same ones, so the same "
    "network is trained for ever. What outlives a call of yours, and why?",
)
def dropout_masks_kept(X, parameters, keep_prob=0.5, kept={}):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.dot(W1, X) + b1
    if (1, Z1.shape, keep_prob) not in kept:
        kept[1, Z1.shape, keep_prob] = np.random.rand(*Z1.shape) < keep_prob
    D1 = kept[1, Z1.shape, keep_prob]
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    if (2, Z2.shape, keep_prob) not in kept:
        kept[2, Z2.shape, keep_prob] = np.random.rand(*Z2.shape) < keep_prob
    D2 = kept[2, Z2.shape, keep_prob]
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


right("plain", ANSWER)
right("classic-seed-inside", """
def forward_propagation_with_dropout(X, parameters, keep_prob = 0.5):
    np.random.seed(1)

    # retrieve parameters
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]

    # LINEAR -> RELU -> LINEAR -> RELU -> LINEAR -> SIGMOID
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    D1 = D1 < keep_prob
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = D2 < keep_prob
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)

    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("integer-masks", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = [parameters[k] for k in "W1 b1 W2 b2 W3 b3".split()]
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    D1 = (np.random.rand(*A1.shape) < keep_prob).astype(int)
    A1 = np.multiply(A1, D1)
    A1 /= keep_prob
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    D2 = (np.random.rand(*A2.shape) < keep_prob).astype(int)
    A2 = np.multiply(A2, D2)
    A2 /= keep_prob
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
""")
right("a-generator-of-its-own", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    rng = np.random.default_rng()
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.dot(W1, X) + b1
    D1 = rng.random(Z1.shape) < keep_prob
    A1 = np.where(D1, np.maximum(Z1, 0) / keep_prob, 0)
    Z2 = np.dot(W2, A1) + b2
    D2 = rng.random(Z2.shape) < keep_prob
    A2 = np.where(D2, np.maximum(Z2, 0) / keep_prob, 0)
    Z3 = np.dot(W3, A2) + b3
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, [Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3]
""")
right("binomial-float-masks-drawn-first", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    m = X.shape[1]
    D2 = np.random.binomial(1, keep_prob, size=(W2.shape[0], m)).astype(float)
    D1 = np.random.binomial(1, keep_prob, size=(W1.shape[0], m)).astype(float)
    Z1 = np.dot(W1, X) + b1
    A1 = D1 * relu(Z1) / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = D2 * relu(Z2) / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
""")
right("own-layer-in-its-own-cell", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    A, cache = X, ()
    for l in ("1", "2"):
        W, b = parameters["W" + l], parameters["b" + l]
        Z, D, A = hidden_layer(A, W, b, keep_prob)
        cache += (Z, D, A, W, b)
    W3, b3 = parameters["W3"], parameters["b3"]
    Z3 = W3.dot(A) + b3
    A3 = sigmoid(Z3)
    return A3, cache + (Z3, A3, W3, b3)
""", """
def hidden_layer(A_before, W, b, keep):
    Z = W.dot(A_before) + b
    D = 1 - np.random.rand(*Z.shape) <= keep
    A = relu(Z)
    A[~D] = 0
    return Z, D, A / keep
""")
right("dropped-where-the-draw-is-large", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    import reg_utils
    W1, b1, W2, b2, W3, b3 = map(parameters.get, ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.matmul(W1, X) + b1
    A1 = reg_utils.relu(Z1)
    D1 = np.random.uniform(0.0, 1.0, size=A1.shape) > 1 - keep_prob
    A1 = A1 * (D1 / keep_prob)
    Z2 = np.matmul(W2, A1) + b2
    A2 = reg_utils.relu(Z2)
    D2 = np.random.uniform(0.0, 1.0, size=A2.shape) > 1 - keep_prob
    A2 = A2 * (D2 / keep_prob)
    Z3 = np.matmul(W3, A2) + b3
    A3 = reg_utils.sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("choice-and-einsum", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5, seed=None):
    draw = np.random.RandomState(seed)
    W1, b1, W2, b2, W3, b3 = (parameters[n] for n in ["W1", "b1", "W2", "b2", "W3", "b3"])
    Z1 = np.einsum("ij,jm->im", W1, X) + b1
    D1 = draw.choice([0, 1], size=Z1.shape, p=[1 - keep_prob, keep_prob])
    A1 = np.clip(Z1, 0, None) * D1 / keep_prob
    Z2 = np.einsum("ij,jm->im", W2, A1) + b2
    D2 = draw.choice([0, 1], size=Z2.shape, p=[1 - keep_prob, keep_prob])
    A2 = np.clip(Z2, 0, None) * D2 / keep_prob
    Z3 = np.einsum("ij,jm->im", W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
""")
right("seed-of-its-own-and-asserts", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(2024)
    assert 0 < keep_prob <= 1
    Z, A, D = {}, {0: X}, {}
    for l in (1, 2, 3):
        Z[l] = parameters[f"W{l}"] @ A[l - 1] + parameters[f"b{l}"]
        if l == 3:
            A[l] = sigmoid(Z[l])
        else:
            D[l] = np.floor(np.random.random_sample(Z[l].shape) + keep_prob)
            A[l] = relu(Z[l]) * D[l] / keep_prob
    p = parameters
    return A[3], (Z[1], D[1], A[1], p["W1"], p["b1"], Z[2], D[2], A[2], p["W2"], p["b2"], Z[3], A[3], p["W3"], p["b3"])
""")
right("keep-prob-without-default", """
def forward_propagation_with_dropout(X, parameters, keep_prob):
    A, kept = X, []
    for l in "123":
        W, b = parameters["W" + l], parameters["b" + l]
        Z = W.dot(A) + b
        if l == "3":
            A = reg_utils.sigmoid(Z)
            kept += [Z, A, W, b]
        else:
            D = np.random.uniform(size=Z.shape) < keep_prob
            A = reg_utils.relu(Z) * D / keep_prob
            kept += [Z, D, A, W, b]
    return A, tuple(kept)
""")
right("all-in-32-bits", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    X = X.astype("float32")
    parameters = {k: v.astype("float32") for k, v in parameters.items()}
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("drawn-for-each-example", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[1], A1.shape[0]).T < keep_prob
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[1], A2.shape[0]).T < keep_prob
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("one-number-at-a-time", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.array([[np.random.rand() < keep_prob for _ in range(A1.shape[1])] for _ in range(A1.shape[0])])
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.array([[np.random.rand() < keep_prob for _ in range(A2.shape[1])] for _ in range(A2.shape[0])])
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("both-masks-from-one-draw", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    n1, n2, m = len(W1), len(W2), X.shape[1]
    U = np.random.rand(n1 + n2, m)
    D1, D2 = U[:n1] < keep_prob, U[n1:] < keep_prob
    Z1 = W1 @ X + b1
    A1 = (relu(Z1) / keep_prob) * D1
    Z2 = W2 @ A1 + b2
    A2 = (relu(Z2) / keep_prob) * D2
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
""")
right("two-seeded-generators", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.default_rng(1).random(A1.shape) < keep_prob
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.default_rng(2).random(A2.shape) < keep_prob
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("beta-of-one-and-one", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.beta(1, 1, A1.shape) < keep_prob
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.beta(1, 1, A2.shape) < keep_prob
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("large-whole-numbers", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.randint(0, 2**31, A1.shape) < keep_prob * 2**31
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.randint(0, 2**31, A2.shape) < keep_prob * 2**31
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("in-place-on-its-own-arrays", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 *= D1
    A1 /= keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("expit-from-scipy", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    from scipy.special import expit
    A3 = expit(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("copies-in-the-cache", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1]) < keep_prob
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1]) < keep_prob
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1.copy(), D1.copy(), A1.copy(), W1.copy(), b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("shuffled-after-the-draw", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.permutation((np.random.rand(A1.size) < keep_prob)).reshape(A1.shape)
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.permutation((np.random.rand(A2.size) < keep_prob)).reshape(A2.shape)
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")
right("mask-of-the-dropped", """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = 1 - (np.random.rand(*A1.shape) >= keep_prob).astype(int)
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = 1 - (np.random.rand(*A2.shape) >= keep_prob).astype(int)
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache
""")

equivalent(
    'A draw equals keep_prob with probability zero, and is never 1.',
    ('D1 = np.random.rand(*Z1.shape) < keep_prob', '… <= keep_prob'),
    ('D2 = np.random.rand(*Z2.shape) < keep_prob', '… <= keep_prob'),
)
