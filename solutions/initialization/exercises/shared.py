"""What the exercises of this lesson share: probes, and words told to more than one kind of author."""

import itertools

import numpy as np
import testCases


def on_networks(*networks, twins=(), deviation=None):
    """A probe: what an implementation returns for each list of layer sizes, or the exception that it raises.

    The calls for `twins` start from one random state, so that their scales compare without chance. With `deviation`,
    of inputs and units, small layers are looked at too, if those of the first network are as they should be.
    """

    def probe(implementation):
        seen = [attempted_unchanged(implementation, layers_dims) for layers_dims in networks]
        seed = np.random.randint(2**31 - 1) if twins else 0
        for layers_dims in twins:
            np.random.seed(seed)
            seen.append(attempted_unchanged(implementation, layers_dims))
        return [*seen, _small_layers(implementation, deviation, seen[0], networks[0])] if deviation else seen

    return probe


def _small_layers(implementation, deviation, wide, sizes):
    """What is wrong in small layers alone, in words."""
    try:
        if testCases.draw_faults(wide, [deviation(*pair) for pair in itertools.pairwise(sizes)]):
            return ""
        many = [implementation(list(sizes)) for sizes in testCases.small_networks()]
        return str(testCases.small_draw_faults(many, deviation))
    except Exception:
        return ""


def attempted_unchanged(implementation, layers_dims):
    """What it returns for a list of layer sizes that it leaves as it is."""
    given = list(layers_dims)
    result = attempted(implementation, given)
    return result if given == layers_dims else "the list has changed"


def attempted(implementation, *arguments):
    try:
        result = implementation(*arguments)
        return (
            dict(result) if isinstance(result, dict) else result
        )  # a later call may fill the same dictionary
    except Exception as problem:
        return testCases.cause(problem)


# Told to more than one kind of author.
SHAPES = (
    "Layer l has one row of weights for each of its own units, and in each row one weight for each unit of the layer "
    "before. With sizes 3, 2, 1 the first weight matrix is 2 by 3 and the second is 1 by 2."
)


ONE_BIAS_PER_UNIT = (
    "Each unit of layer l has one bias, and the biases stand in a column: as many rows as the layer has units, and "
    "one column."
)


ZERO_BIASES = "Only the weights have to differ from unit to unit. The biases of every layer start at zero."


NOT_NORMAL = (
    "The numbers that you draw all fall in one interval, as with a uniform distribution. A normal distribution has "
    "most of its numbers near its mean and a few far out."
)


SAME_NUMBERS = (
    "Every layer begins with the same draws, and layers of equal size get exactly the same weights, because the random "
    "generator is set back to its start for every layer. A seed belongs before the loop, or nowhere."
)


REMEMBERED = (
    "Layers of equal size get the very same weights, because a draw is kept for each shape and handed out again. Their "
    "units then start alike. What has to be drawn anew for every layer?"
)


ONE_ROW = (
    "All rows of a weight matrix are equal in your answer, so all units of a layer compute the same and stay the "
    "same. Every unit needs weights of its own: how many numbers have to be drawn for layer l?"
)


NO_TUPLE = (
    "Your function raises a TypeError: randn wants the sizes as separate numbers, where zeros wants them as one "
    "tuple. Compare the two calls."
)


USED_UP = (
    "Your parameters are right, but the list that came in is shorter afterwards: whoever called you has lost the sizes of "
    "the network. Which operation looks at an entry of a list without taking it out?"
)


EVERY_LAYER = "Which line of yours acts on one layer only, and stands outside the loop or behind a condition?"
