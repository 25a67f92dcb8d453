"""What the exercises of this lesson share: probes, and words told to more than one kind of author."""

import testCases

GRADIENTS = ("dW3", "db3", "dW2", "db2", "dW1", "db1")


def attempted(implementation, *arguments):
    try:
        return implementation(*arguments)
    except Exception as problem:
        return testCases.cause(problem)


def judged_gradients(gradients, right=None):
    """The six gradients that count, or the name of what came instead; with dA2 and dA1 where the six are `right`."""
    if not isinstance(gradients, dict):
        return gradients if isinstance(gradients, str) else type(gradients).__name__
    judged = [gradients.get(name) for name in GRADIENTS]
    if right and all(testCases.near(got, right[name]) for name, got in zip(GRADIENTS, judged, strict=True)):
        judged += [gradients.get("dA2"), gradients.get("dA1")]
    return judged
