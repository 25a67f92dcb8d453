"""`diagnose`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np

from .shared import attempted


def _booleans(pair):
    plain = np.shape(pair) == (2,) and all(value in (0, 1) for value in pair)
    return tuple(map(bool, pair)) if plain else pair


def visible(implementation):
    cases = ((0.01, 0.11), (0.09, 0.10), (0.15, 0.30), (0.005, 0.01), (0.15, 0.16, 0.14), (0.20, 0.12, 0.01))
    return [_booleans(implementation(*errors)) for errors in (*cases, (0.10, 0.17, 0.02, 0.09), (0.02, 0.20, 0.15))]


def fresh(implementation):
    cases = ((0.03, 0.2), (0.3, 0.28), (0.3, 0.42), (0.02, 0.03), (0.2, 0.22, 0.19), (0.2, 0.32, 0.18, 0.1))
    cases += ((0.02, 0.09, 0.2, 0.08), (0.3, 0.1, 0.27), (0.1, 0.2, 0.18), (0.12, 0.19, 0.02, 0.08), (0.09, 0.1, 0.02, 0.2))
    cases += ((0.12, 0.11, 0.1, 0), (0.1, 0.12, 0.1001, 0.0))
    return [_booleans(attempted(implementation, *errors)) for errors in cases]


ANSWER = """\
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    return train_error - human_error > threshold, dev_error - train_error > threshold
"""

wrong(
    "variance-against-human",
    ("train_error >", "human_error >"),
    looks_like="variance is the dev error minus the human error",
    hint="Your variance is the dev error minus the human error, so a network that fits badly but equally on "
    "both sets is called high variance too. Bias compares the training error with the error that nobody "
    "can avoid; variance compares the dev error with the training error. Which two errors differ only "
    "because the examples are new?",
)

wrong(
    "bias-from-dev-error",
    ("train_error -", "dev_error -"),
    looks_like="bias is read from the dev error",
    hint="Your bias uses the dev error. That error holds bias and variance together. Bias compares the "
    "training error with the error that nobody can avoid; variance compares the dev error with the "
    "training error. Which set shows what the network can fit at all?",
)


@wrong(
    "threshold-0-is-none",
    looks_like="a threshold of 0 is taken for one that was left out",
    hint="In Python 0 counts as False, so an or puts 0.05 in the place of a threshold of 0. How does a parameter get a "
    "value where it is left out?",
)
def diagnose_threshold_or(train_error, dev_error, human_error=None, threshold=None):
    human_error, threshold = human_error or 0.0, threshold or 0.05
    return train_error - human_error > threshold, dev_error - train_error > threshold


@wrong(
    "words-for-booleans",
    looks_like="a text comes back instead of two booleans",
    hint="You give back a text. A caller wants to ask two questions and get a True or False for each: high "
    "bias, high variance, in this order. What does a comparison with a threshold give you already?",
)
def diagnose_words(train_error, dev_error, human_error=0.0, threshold=0.05):
    if train_error - human_error > threshold:
        return "high bias"
    return "high variance" if dev_error - train_error > threshold else "fine"


wrong(
    "human-error-ignored",
    ("- human_error >", ">"),
    looks_like="the human error is left out",
    hint="Your answer does not change with human_error. A training error of 0.15 is no bias where nobody does "
    "better than 0.15. Bias compares the training error with the error that nobody can avoid; variance "
    "compares the dev error with the training error. Where does human_error enter?",
)

wrong(
    "threshold-fixed",
    ("threshold, dev_error - train_error > threshold", "0.05, dev_error - train_error > 0.05"),
    looks_like="the threshold is always 0.05",
    hint="Your answer compares with 0.05 whatever threshold is passed. The argument is there so that a caller "
    "can be stricter or milder. Which name holds the number to compare with?",
)


@wrong(
    "answers-swapped",
    looks_like="the two answers are swapped",
    hint="Your two booleans come in the other order. The pair is bias first, then variance. Which of the two "
    "is computed from the dev error, and where does it stand?",
)
def diagnose_swapped(train_error, dev_error, human_error=0.0, threshold=0.05):
    return dev_error - train_error > threshold, train_error - human_error > threshold


@wrong(
    "only-one-problem-at-a-time",
    looks_like="high variance is not looked for once bias is high",
    hint="Your answer never reports both problems. A network can fit badly and also do much worse on new "
    "examples: 0.15 and 0.30 is both. Are your two comparisons independent of each other?",
)
def diagnose_exclusive(train_error, dev_error, human_error=0.0, threshold=0.05):
    if train_error - human_error > threshold:
        return True, False
    return False, dev_error - train_error > threshold


@wrong(
    "sign-of-the-gap-dropped",
    looks_like="the absolute value of the differences is used",
    hint="Your answer calls a gap high in either direction. A dev error below the training error is luck, not "
    "variance. What should a negative difference give?",
)
def diagnose_absolute(train_error, dev_error, human_error=0.0, threshold=0.05):
    return abs(train_error - human_error) > threshold, abs(dev_error - train_error) > threshold


@wrong(
    "gaps-for-booleans",
    looks_like="the size of a gap comes back instead of True",
    hint="Where a problem is high you give back how large it is. Two yes-or-no answers are asked for, and a number "
    "such as 0.1 is neither True nor False. What does a comparison with the threshold give you already?",
)
def diagnose_gaps(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias, variance = train_error - human_error, dev_error - train_error
    return bias * (bias > threshold), variance * (variance > threshold)

wrong(
    "variance-from-the-larger-error",
    ("train_error >", "max(train_error, human_error) >"),
    looks_like="variance is counted from the larger of training and human error",
    hint="Where the network beats the human error on its training set, your variance starts from the human error. "
    "Variance is what gets lost between the training set and new examples, whoever else is better or worse. "
    "Which two errors does it compare?",
)


right("plain", ANSWER)
right("two-ifs", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    high_bias = False
    high_variance = False
    if train_error - human_error > threshold:
        high_bias = True
    if dev_error - train_error > threshold:
        high_variance = True
    return high_bias, high_variance
""")
right("a-list-of-numpy-booleans", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    gaps = np.array([train_error - human_error, dev_error - train_error])
    return list(gaps > threshold)
""")
right("an-array", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    return np.diff([human_error, train_error, dev_error]) > threshold
""")
right("zeros-and-ones", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = 1 if train_error > human_error + threshold else 0
    variance = 1 if dev_error > train_error + threshold else 0
    return (bias, variance)
""")
right("own-helper-in-its-own-cell", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    return exceeds(train_error, human_error, threshold), exceeds(dev_error, train_error, threshold)
""", """
def exceeds(a, b, by):
    return bool((a - b) > by)
""")
right("map-and-lambda", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    high = lambda pair: pair[0] - pair[1] > threshold
    return tuple(map(high, [(train_error, human_error), (dev_error, train_error)]))
""")
right("rounded-and-verbose", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05, verbose=False):
    avoidable = round(float(train_error) - float(human_error), 10)
    variance = round(float(dev_error) - float(train_error), 10)
    if verbose:
        print("avoidable bias", avoidable, "variance", variance)
    return not avoidable <= threshold, not variance <= threshold
""")
right("compared-by-numpy", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = train_error - human_error
    variance = dev_error - train_error
    return np.greater(bias, threshold), np.greater(variance, threshold)
""")
right("zeros-and-ones-as-floats", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = train_error - human_error
    variance = dev_error - train_error
    return float(bias > threshold), float(variance > threshold)
""")
right("in-percent", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = train_error - human_error
    variance = dev_error - train_error
    return bias * 100 > threshold * 100, variance * 100 > threshold * 100
""")
right("a-named-tuple", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = train_error - human_error
    variance = dev_error - train_error
    from collections import namedtuple
    return namedtuple('D', 'high_bias high_variance')(bias > threshold, variance > threshold)
""")

equivalent(
    'The number is the same.',
    ('def diagnose(…', '… human_error=0, …'),
    ('def diagnose(…', '… human_error=-0.0, …'),
)
equivalent(
    'Ties are not judged: whether a difference of two fractions is exactly 0.05 is a matter of rounding.',
    ('return (train_error - human_error > threshold, …', '… >= threshold…'),
)
