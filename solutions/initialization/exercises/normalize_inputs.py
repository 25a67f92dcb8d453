"""`normalize_inputs`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np

from .shared import attempted


def _sets(*pairs, special=()):
    """A probe for normalize_inputs: what it returns for each pair of sets, and the training set it leaves.

    Of an answer that is right so far: also whether it is so for the special pairs, which only tell such ones apart.
    """

    def probe(implementation):
        seen = []
        for train, test in pairs:
            X_train, X_test = np.array(train), np.array(test)
            seen += [attempted(implementation, X_train, X_test), X_train]
        if not all(_is_right(got, *pair) for got, pair in zip(seen[::2], pairs, strict=True)):
            return seen
        for pair in special:
            got = attempted(implementation, *map(np.array, pair))
            rights = (1e-12, 1e-5, np.inf) if np.ptp(pair[0]) else (1e-12,)
            seen.append(str([_is_right(got, *pair, within) for within in rights]))
        return seen

    return probe


def _is_right(got, train, test, within=1e-5):
    """Whether the results are right, and no feature is taken for constant that is not."""
    X_train, X_test = np.array(train), np.array(test)
    mu, sigma = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    sigma[np.ptp(X_train, axis=1) == 0] = 1
    right = (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
    try:
        if np.any((np.asarray(got[3]) == 1) & (sigma != 1)):
            return False
        pairs = zip(got, right, strict=True)
        return all(np.all(np.abs(one - other) <= within * (1 + np.abs(other))) for one, other in pairs)
    except Exception:
        return False


TRAIN_ONLY = (
    "Both sets must go through the same transformation, and at training time only the training set is known. From "
    "which set should the mean and the standard deviation come?"
)


visible = _sets(([[1.0, 2, 3, 4], [100, 300, 200, 400]], [[5.0, 3], [250, 100]]))


fresh = _sets(
        (
            [[2.0, 7.0, 1.0, 9.0, 4.0], [-3.0, 5.0, 8.0, 2.0, 0.5], [6.0, 6.0, 6.0, 6.0, 6.0]],
            [[3.0, 8.0], [1.0, 9.0], [7.0, 5.0]],
        ),
        ([[1, 5, 2, 7], [40, 10, 90, 20]], [[3], [50]]),
        ([[1e-7, 3e-7, -2e-7, 4e-7]], [[2e-7, 4e-7]]),
        ([[3.0, 3.0, 3.0], [1.0, 2.0, 6.0]], [[4.0, 2.0], [5.0, 3.0]]),
        special=(
            ([[0.1, 0.1, 0.1]], [[0.2, 0.1]]),
            (1e6 + 1e-3 * np.random.RandomState(16).randn(1, 40), [[1e6 + 0.002]]),
            ([[0.0, 1.0] * 10 + [500.0]], [[-900.0]]),
            ([[0.3, 1.7, 2.9, 3.1]], [[2.2]]),
        ),
    )


ANSWER = """\
def normalize_inputs(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(np.ptp(X_train, axis=1, keepdims=True) == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
"""

wrong(
    "sample-standard-deviation",
    ("std(X_train, axis=1, keepdims=True)", "std(X_train, axis=1, keepdims=True, ddof=1)"),
    looks_like="the standard deviation divides by m - 1",
    hint="Your sigma is a little too large: it divides by m - 1, which estimates the spread of a population from a "
    "sample. Equation (11) divides by m. NumPy's default does too.",
)


@wrong(
    "mean-of-squares-less-squared-mean",
    looks_like="the variance is the mean of the squares less the square of the mean",
    hint="On paper that is (11). With 16 digits it is not: of a feature far from 0 both squares are huge, and their "
    "difference, which is all that counts, is lost in rounding. Subtract the mean first, then square.",
)
def normalize_mean_of_squares(X_train, X_test):
    X = np.array(X_train, dtype=float)
    mu = np.mean(X, axis=1, keepdims=True)
    variance = np.maximum(np.mean(X * X, axis=1, keepdims=True) - mu**2, 0)
    constant = np.ptp(X, axis=1, keepdims=True) == 0
    sigma = np.where(constant | (variance == 0), 1.0, np.sqrt(variance))
    return (X - mu) / sigma, (X_test - mu) / sigma, mu, sigma


wrong(
    "divided-by-the-variance",
    ("std(X_train, axis=1, keepdims=True)", "mean((X_train - mu) ** 2, axis=1, keepdims=True)"),
    looks_like="sigma is the variance, not its square root",
    hint="Your sigma is the variance. A feature measured in metres has a variance in square metres; dividing by it "
    "leaves 1 / metre, and a spread other than 1. What is missing from equation (11)?",
)


@wrong(
    "test-set-by-itself",
    looks_like="the test set is normalized with its own mean and standard deviation",
    hint=f"Your test set is normalized with statistics of its own, so the same input gives another value there. "
    f"{TRAIN_ONLY}",
)
def normalize_test_by_itself(X_train, X_test):
    mu, mu_test = np.mean(X_train, axis=1, keepdims=True), np.mean(X_test, axis=1, keepdims=True)
    sigma, sigma_test = np.std(X_train, axis=1, keepdims=True), np.std(X_test, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    sigma_test[sigma_test == 0] = 1
    return (X_train - mu) / sigma, (X_test - mu_test) / sigma_test, mu, sigma


OWN_STATISTIC = (
    "One half of the way of the training set is not enough: the same input gives another value in your test set, because "
    f"one of the two statistics is its own there. {TRAIN_ONLY}"
)

wrong(
    "test-set-with-its-own-mean",
    ("(X_test - mu) / sigma", "(X_test - np.mean(X_test, axis=1, keepdims=True)) / sigma"),
    looks_like="the test set is shifted by its own mean",
    hint=OWN_STATISTIC,
)

wrong(
    "test-set-with-its-own-deviation",
    (
        "return (X_train - mu) / sigma, (X_test - mu) / sigma",
        "sigma_test = np.std(X_test, axis=1, keepdims=True)\n"
        "    sigma_test[sigma_test == 0] = 1\n"
        "    return (X_train - mu) / sigma, (X_test - mu) / sigma_test",
    ),
    looks_like="the test set is divided by its own standard deviation",
    hint=OWN_STATISTIC,
)

wrong(
    "divided-by-the-square-of-sigma",
    ("(X_train - mu) / sigma, (X_test - mu) / sigma", "(X_train - mu) / sigma**2, (X_test - mu) / sigma**2"),
    looks_like="the sets are divided by the variance",
    hint="The sigma that comes back is right, but the two sets are divided by its square: a spread other than 1 is left. "
    "What stands below the line of equation (12)?",
)

wrong(
    "mean-and-deviation-exchanged",
    (", mu, sigma", ", sigma, mu"),
    looks_like="mu and sigma are returned in each other's place",
    hint="Your two sets are right, and so are the statistics, but they are exchanged. A caller unpacks them by position: in "
    "which order does the docstring name them?",
)


@wrong(
    "both-sets-together",
    looks_like="mean and standard deviation come from both sets together",
    hint=f"Your mean and standard deviation come from training and test examples together, so the test set leaks into "
    f"what you train on. {TRAIN_ONLY}",
)
def normalize_both_sets(X_train, X_test):
    both = np.concatenate([X_train, X_test], axis=1)
    mu = np.mean(both, axis=1, keepdims=True)
    sigma = np.std(both, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "per-example",
    looks_like="each example is normalized instead of each feature",
    hint="You average over the features of one example, so metres are added to years. Each row of X is a feature: "
    "average along the row, over the examples. Which axis runs over the columns?",
)
def normalize_per_example(X_train, X_test):
    mu, mu_test = np.mean(X_train, axis=0, keepdims=True), np.mean(X_test, axis=0, keepdims=True)
    sigma, sigma_test = np.std(X_train, axis=0, keepdims=True), np.std(X_test, axis=0, keepdims=True)
    return (X_train - mu) / sigma, (X_test - mu_test) / sigma_test, mu, sigma


@wrong(
    "one-mean-for-all",
    looks_like="one mean and one deviation are used for all features",
    hint="You use one mean and one standard deviation for all numbers together, so features keep their different "
    "scales. Each feature needs its own: what shape do mu and sigma need?",
)
def normalize_global(X_train, X_test):
    mu = np.full((len(X_train), 1), np.mean(X_train))
    sigma = np.full((len(X_train), 1), np.std(X_train))
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


wrong(
    "one-number-for-all",
    ("    sigma = np.where(np.ptp(X_train, axis=1, keepdims=True) == 0, 1.0, sigma)\n", ""),
    ("mean(X_train, axis=1, keepdims=True)", "mean(X_train)"),
    ("std(X_train, axis=1, keepdims=True)", "std(X_train)"),
    looks_like="one mean and one deviation are taken of all features together",
    hint="Without an axis NumPy takes all numbers together. Each row is a feature and needs numbers of its own: along "
    "which axis do they lie, and what keeps the result a column?",
)

wrong(
    "constant-feature-divided-by-zero",
    ("    sigma = np.where(np.ptp(X_train, axis=1, keepdims=True) == 0, 1.0, sigma)\n", ""),
    looks_like="a constant feature is divided by zero",
    hint="A feature that is the same in all training examples has a standard deviation of 0, and dividing by it gives "
    "nan or inf. What does the text say that sigma is in that case?",
)


@wrong(
    "small-number-added",
    looks_like="a small number is added to sigma",
    hint="You add a small number to the standard deviation so as not to divide by zero. A constant feature that moves "
    "a little in the test set then becomes huge. What does the text say that sigma is in that case?",
)
def normalize_epsilon(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True) + 1e-8
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


wrong(
    "changed-in-place",
    (
        "return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma",
        "for X in (X_train, X_test):\n"
        "        X -= mu\n"
        "        X /= sigma\n"
        "    return X_train, X_test, mu, sigma",
    ),
    looks_like="the arrays that were passed in are changed",
    hint="Your numbers are right, but the caller's own arrays are normalized too: an assignment with -= or /= writes "
    "into the array it is given. Which operation makes a new array instead?",
)


@wrong(
    "rounded-to-whole-numbers",
    looks_like="the results are cut to whole numbers",
    hint="Your results are whole numbers: an array made in the likeness of integer inputs holds integers, and cuts "
    "off what comes after the point. Which type should the result have?",
)
def normalize_rounded(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    X_train_n, X_test_n = np.zeros_like(X_train), np.zeros_like(X_test)
    X_train_n[:] = (X_train - mu) / sigma
    X_test_n[:] = (X_test - mu) / sigma
    return X_train_n, X_test_n, mu, sigma


wrong(
    "only-the-mean-is-divided",
    ("(X_train - mu) / sigma, (X_test - mu)", "X_train - mu / sigma, X_test - mu"),
    looks_like="the brackets around the difference are missing",
    hint="You subtract mu divided by sigma: a division comes before a subtraction. Equation (12) divides the whole "
    "difference.",
)

wrong(
    "mean-not-subtracted",
    ("(X_train - mu) / sigma, (X_test - mu)", "X_train / sigma, X_test"),
    looks_like="the mean is not subtracted",
    hint="Your features have the right spread, but their mean is not 0: you divide without shifting first. Equation "
    "(12) has two steps.",
)

wrong(
    "mean-only",
    ("(X_train - mu) / sigma, (X_test - mu) / sigma", "X_train - mu, X_test - mu"),
    looks_like="the spread is left as it is",
    hint="Your features have mean 0, but they keep their different spreads: nothing is divided. Equation (12) has two "
    "steps.",
)


@wrong(
    "squeezed-between-zero-and-one",
    looks_like="the features are stretched between their smallest and largest value",
    hint="Your training features run from 0 to 1: that is another way of scaling, in which one outlier decides about "
    "all other values. Equations (10) to (12) use mean and standard deviation.",
)
def normalize_min_max(X_train, X_test):
    mu = np.min(X_train, axis=1, keepdims=True)
    sigma = np.max(X_train, axis=1, keepdims=True) - mu
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


wrong(
    "deviation-from-zero",
    ("np.ptp(X_train, axis=1, keepdims=True) == 0", "sigma == 0"),
    ("std(X_train, axis=1, keepdims=True)", "sqrt(np.mean(X_train**2.0, axis=1, keepdims=True))"),
    looks_like="sigma is computed before the mean is subtracted",
    hint="Your sigma is the root of the mean square of the features themselves, so it measures how far they are from "
    "0, not from their mean. What is squared in equation (11)?",
)


@wrong(
    "flat-mean-and-deviation",
    looks_like="mu and sigma are one-dimensional",
    hint="Your normalized sets are right, but your mu and sigma have one dimension. Whoever applies them to new "
    "examples needs a column, one row per feature. How do you keep the averaged axis?",
)
def normalize_flat(X_train, X_test):
    mu = np.mean(X_train, axis=1)
    sigma = np.std(X_train, axis=1)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return ((X_train.T - mu) / sigma).T, ((X_test.T - mu) / sigma).T, mu, sigma


wrong(
    "test-set-left-alone",
    ("(X_test - mu) / sigma", "X_test * 1.0"),
    looks_like="the test set is returned as it came",
    hint="Your test set comes back unchanged. A network trained on normalized inputs would meet inputs of another "
    "scale there. What has to happen to every input that the network ever sees?",
)

wrong(
    "statistics-not-returned",
    (", mu, sigma", ""),
    looks_like="mu and sigma are not returned",
    hint="Your two sets are right, but mu and sigma stay inside the function. Whoever wants to use the trained "
    "network has to normalize new inputs in the same way. What does the docstring say is returned?",
)

wrong(
    "statistics-first",
    ("(X_train - mu) / sigma, (X_test - mu) / sigma, mu,", "mu, sigma, (X_train - mu) / sigma, (X_test - mu) /"),
    looks_like="the four results come in another order",
    hint="Your four results are right, but mu and sigma come first. A caller unpacks them by position: in which order "
    "does the docstring name them?",
)

wrong(
    "statistics-as-lists",
    ("mu, sigma", "mu.tolist(), sigma.tolist()"),
    looks_like="mu and sigma are lists",
    hint="Your numbers are right, but mu and sigma are lists. Whoever subtracts a list from a list gets an error. What "
    "does the docstring say is given back, and which function makes an array of a list?",
)

wrong(
    "first-feature-only-looked-at",
    (
        "sigma = np.where(np.ptp(X_train, axis=1, keepdims=True) == 0, 1.0, sigma)",
        "if sigma[0] == 0:\n"
        "        sigma[0] = 1",
    ),
    looks_like="only the first feature is looked at for being constant",
    hint="You make sure that the first feature is not divided by zero, but any other one may be constant as well. How "
    "do you look at all entries of sigma at once?",
)

wrong(
    "small-spread-taken-for-constant",
    ("np.ptp(X_train, axis=1, keepdims=True) == 0", "sigma < 1e-3"),
    looks_like="a feature of small spread is treated as constant",
    hint="You treat features of small standard deviation as if they were constant. A length in metres may vary by a "
    "millionth and mean a lot: normalizing is there to make units not matter. Below which size is a deviation "
    "mere rounding?",
)

wrong(
    "smallest-sigma",
    ("where(np.ptp(X_train, axis=1, keepdims=True) == 0, 1.0, sigma)", "maximum(sigma, 1e-8)"),
    looks_like="sigma is at least a tiny number",
    hint="You replace a standard deviation of 0 by a tiny number. A constant feature that moves a little in the test "
    "set then becomes huge. What does the text say that sigma is in that case?",
)


@wrong(
    "small-number-under-the-root",
    looks_like="a small number is added to the variance",
    hint="You add a small number to the variance so as not to divide by zero. Features of small spread are then no "
    "longer brought to deviation 1, and constant ones become huge in the test set. What does the text say sigma "
    "is for those?",
)
def normalize_epsilon_in_root(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.sqrt(np.var(X_train, axis=1, keepdims=True) + 1e-8)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


@wrong(
    "zero-sigma-returned",
    looks_like="sigma is returned as 0 for a constant feature",
    hint="Your two sets are right, but the sigma beside them still holds 0 for a constant feature. Whoever divides "
    "new examples by it gets nan or inf. Which of your two sigmas do they need?",
)
def normalize_returns_zero(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    used = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / used, (X_test - mu) / used, mu, sigma


wrong(
    "one-constant-feature-stops-all",
    (
        "sigma = np.where(np.ptp(X_train, axis=1, keepdims=True) == 0, 1.0, sigma)",
        "if np.any(sigma == 0):\n"
        "        sigma = np.ones_like(sigma)",
    ),
    looks_like="one constant feature leaves all features unscaled",
    hint="As soon as one feature is constant, your sigma is 1 for every feature. The other features still need their "
    "own deviations. Which part of sigma should change?",
)


@wrong(
    "test-set-rounded",
    looks_like="the test set is cut to whole numbers",
    hint="Your training set is right, but the normalized test set holds whole numbers: an array made in the likeness "
    "of integer inputs cuts off what comes after the point. Which type should the result have?",
)
def normalize_test_rounded(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    X_test_n = np.zeros_like(X_test)
    X_test_n[:] = (X_test - mu) / sigma
    return (X_train - mu) / sigma, X_test_n, mu, sigma


wrong(
    "constant-told-by-deviation-zero",
    ("np.ptp(X_train, axis=1, keepdims=True)", "sigma"),
    looks_like="a feature counts as constant only where its deviation is exactly 0",
    hint="Three times 0.1 has a mean of 0.10000000000000002 in floating point, and so a deviation of 1e-17 instead of 0. "
    "Dividing by it makes numbers of a quadrillion. How can you ask whether values are equal without rounding?",
)

wrong(
    "constant-told-relative-to-the-mean",
    ("np.ptp(X_train, axis=1, keepdims=True) == 0", "sigma <= 1e-8 * np.abs(mu)"),
    looks_like="a feature far from 0 that varies little is taken for constant",
    hint="Your limit for a constant feature grows with its mean. A place a thousand kilometres away can vary by "
    "millimetres, and that is a real spread. Below which size is a deviation mere rounding?",
)


@wrong(
    "outliers-cut-off",
    looks_like="numbers beyond three deviations are cut off",
    hint="No result of yours lies further out than 3. Equation (12) shifts and scales, and does nothing else: an outlier "
    "stays one. Which line changes numbers that are far out?",
)
def normalize_clipped(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma < 1e-12, 1.0, sigma)
    return np.clip((X_train - mu) / sigma, -3, 3), np.clip((X_test - mu) / sigma, -3, 3), mu, sigma


@wrong(
    "results-rounded",
    looks_like="the results are rounded",
    hint="Your results have only a few digits. Rounding belongs to what you print, not to what you return: what is "
    "rounded here is wrong in all that follows.",
)
def normalize_rounded(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma < 1e-12, 1.0, sigma)
    return np.round((X_train - mu) / sigma, 6), np.round((X_test - mu) / sigma, 6), mu, sigma


@wrong(
    "single-precision",
    looks_like="the numbers are kept in single precision",
    hint="A 32-bit number keeps about 7 digits, so a million and a million plus a thousandth become the same number. "
    "Which conversion can you leave out?",
)
def normalize_single_precision(X_train, X_test):
    X_train, X_test = np.float32(X_train), np.float32(X_test)
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = X_train.std(axis=1, keepdims=True)
    sigma[sigma < 1e-8] = 1
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


right("plain", ANSWER)
right("mean-and-std",
    """
def normalize_inputs(X_train, X_test):
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    sigma[sigma < 1e-14] = 1
    X_train_n = (X_train - mu) / sigma
    X_test_n = (X_test - mu) / sigma
    return X_train_n, X_test_n, mu, sigma
""",
)
right("formula-by-formula",
    """
def normalize_inputs(X_train, X_test):
    m = X_train.shape[1]
    mu = 1 / m * np.sum(X_train, axis=1, keepdims=True)
    centred = X_train - mu
    sigma2 = 1 / m * np.sum(centred ** 2, axis=1, keepdims=True)
    sigma = np.sqrt(sigma2)
    sigma = np.where(sigma > 1e-10, sigma, 1)
    return centred / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right("reshape",
    """
def normalize_inputs(X_train, X_test):
    mu = X_train.mean(axis=1).reshape(-1, 1)
    sigma = X_train.std(axis=1).reshape(-1, 1)
    sigma[np.ptp(X_train, axis=1) == 0] = 1
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right("feature-by-feature",
    """
def normalize_inputs(X_train, X_test):
    mu, sigma = np.zeros((X_train.shape[0], 1)), np.zeros((X_train.shape[0], 1))
    X_train_n, X_test_n = np.zeros(X_train.shape), np.zeros(X_test.shape)
    for j in range(X_train.shape[0]):
        mu[j, 0] = X_train[j].mean()
        sigma[j, 0] = X_train[j].std()
        if np.all(X_train[j] == X_train[j, 0]):
            sigma[j, 0] = 1
        X_train_n[j] = (X_train[j] - mu[j, 0]) / sigma[j, 0]
        X_test_n[j] = (X_test[j] - mu[j, 0]) / sigma[j, 0]
    return X_train_n, X_test_n, mu, sigma
""",
)
right("pure-python-sums",
    """
def normalize_inputs(X_train, X_test):
    mu, sigma = [], []
    for row in X_train.tolist():
        mean = sum(row) / len(row)
        variance = sum((x - mean) ** 2 for x in row) / len(row)
        mu.append([mean])
        sigma.append([variance ** 0.5 if max(row) > min(row) else 1.0])
    mu, sigma = np.array(mu), np.array(sigma)
    return np.divide(X_train - mu, sigma), np.divide(X_test - mu, sigma), mu, sigma
""",
)
right("in-place-on-copies",
    """
def normalize_inputs(X_train, X_test):
    X_train, X_test = X_train.astype(np.float64), X_test.astype(np.float64)
    mu = X_train.mean(axis=1, keepdims=True)
    X_train -= mu
    X_test -= mu
    sigma = np.sqrt((X_train ** 2).mean(axis=1, keepdims=True))
    sigma = np.where(np.isclose(sigma, 0), 1.0, sigma)
    X_train /= sigma
    X_test /= sigma
    return X_train, X_test, mu, sigma
""",
)
right("einsum-and-inner-function",
    """
def normalize_inputs(X_train, X_test):
    def apply(X):
        return np.einsum("ij,i->ij", X - mu, 1 / sigma[:, 0])

    m = X_train.shape[1]
    mu = np.einsum("ij->i", X_train)[:, None] / m
    spread = X_train - mu
    sigma = np.sqrt(np.einsum("ij,ij->i", spread, spread) / m)[:, np.newaxis]
    sigma[np.isclose(sigma, 0, atol=1e-12)] = 1.0
    return [apply(X_train), apply(X_test), mu, sigma]
""",
)
right("own-helpers-in-own-cell",
    """
def normalize_inputs(X_train, X_test):
    mu, sigma = statistics_of(X_train)
    return scaled(X_train, mu, sigma), scaled(X_test, mu, sigma), mu, sigma
""",
    """
def statistics_of(X):
    sigma = np.sqrt(np.var(X, axis=1, keepdims=True))
    return np.average(X, axis=1)[:, None], np.where(np.ptp(X, axis=1, keepdims=True) == 0, 1.0, sigma)

def scaled(X, mu, sigma):
    return (X - mu) / sigma
""",
)
right("transposed-inside",
    """
def normalize_inputs(X_train, X_test):
    examples = X_train.T
    mean, deviation = examples.mean(0), examples.std(0)
    deviation = np.array([d if d > 1e-15 else 1.0 for d in deviation])
    X_train_n = ((examples - mean) / deviation).T
    X_test_n = ((X_test.T - mean) / deviation).T
    return X_train_n, X_test_n, np.expand_dims(mean, 1), np.expand_dims(deviation, 1)
""",
)
right("threshold-at-rounding-level",
    """
def normalize_inputs(X_train, X_test):
    mu = X_train.mean(axis=1, keepdims=True)
    sigma = X_train.std(axis=1, keepdims=True)
    sigma = np.where(sigma < 1e-12, 1.0, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right("threshold-relative-to-the-mean",
    """
def normalize_inputs(X_train, X_test):
    mu = np.mean(X_train, axis=1)[:, np.newaxis]
    sigma = np.std(X_train, axis=1)[:, np.newaxis]
    constant = sigma <= 10 * np.finfo(float).eps * np.abs(mu)
    sigma[constant] = 1
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma
""",
)
right("scikit-learn",
    """
def normalize_inputs(X_train, X_test):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(X_train.T)
    mu, sigma = scaler.mean_.reshape(-1, 1), scaler.scale_.reshape(-1, 1)
    return scaler.transform(X_train.T).T, scaler.transform(X_test.T).T, mu, sigma
""",
)

equivalent(
    'The arrays have two axes: -1 is 1.',
    ('mu = np.mean(X_train, axis=1, keepdims=True)', '… axis=-1, …'),
    ('sigma = np.std(X_train, axis=1, keepdims=True)', '… axis=-1, …'),
)
equivalent(
    'A range is never negative.',
    ('… == 0] = 1.0', '… <= 0] = 1.0'),
    ('sigma[np.ptp(…', 'sigma[-np.ptp(…'),
)
equivalent(
    'The range of each row is asked for with or without a second axis: sigma has one column.',
    ('sigma[np.ptp(…', '… axis=-1, …'),
    ('sigma[np.ptp(…', 'sigma[np.ptp(X_train, axis=1) == 0] = 1.0'),
    ('sigma[np.ptp(…', '… keepdims=False) …'),
)
equivalent(
    'The integer 1 becomes a float in a float array.',
    ('… == 0] = 1.0', '… == 0] = 1'),
)
