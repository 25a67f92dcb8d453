"""`augment_by_reflection`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np

from .shared import attempted


def _floats(pair):
    """Arrays as arrays of floats, where labels may be booleans or integers; else what came."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        return pair
    parts = [np.asarray(part) for part in pair]
    return [part.astype(float) if part.dtype.kind in "biu" else part for part in parts]


def visible(implementation):
    X, Y = np.array([[0.0, 1.0, 2.0], [3.0, -4.0, 5.0]]), np.array([[1, 0, 0]])
    return [_floats(implementation(X, Y, 1)), X, Y]


def fresh(implementation):
    seen = []
    for X, Y, feature in (
        (np.arange(1.0, 13.0).reshape(3, 4), np.array([[1, 0, 0, 1]]), 1),
        (np.arange(2.0, 11.0).reshape(3, 3), np.array([[0, 1, 1]]), 2),
        (np.arange(-9.0, 1.0).reshape(2, 5), np.array([[0, 1, 1, 0, 0]]), 0),
    ):
        given = X.copy()
        seen += [_floats(attempted(implementation, X, Y, feature)), bool(np.array_equal(X, given))]
    return seen


ANSWER = """\
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), np.hstack([Y, Y])
"""

wrong(
    "labels-turned-over",
    ("[Y, Y]", "[Y, 1 - Y]"),
    looks_like="the copies have the opposite labels",
    hint="Your copies carry the other label. A mirror image is only worth having where the label stays what it "
    "was; that is the whole point. What should the second half of Y_aug be?",
)

wrong(
    "example-for-feature",
    ("feature] = -mirrored[", ":, feature] = -mirrored[:, "),
    looks_like="one example is negated instead of one feature",
    hint="You negate a column, which is one example. Features stand in rows: row feature of X holds that "
    "feature of all examples. Which axis does your index belong to?",
)

wrong(
    "feature-ignored",
    ("feature] = -mirrored[feature", "0] = -mirrored[0"),
    looks_like="always the first feature is negated",
    hint="You negate row 0 whatever feature is passed. Which name says which row to mirror?",
)


@wrong(
    "all-features-negated",
    looks_like="all features are negated",
    hint="You negate every feature. That turns the picture by half a circle instead of mirroring it. Only row "
    "feature changes its sign; what stays?",
)
def reflect_all(X, Y, feature):
    return np.hstack([X, -X]), np.hstack([Y, Y])

wrong(
    "originals-mirrored-too",
    (".copy()", ""),
    looks_like="the originals are mirrored too",
    hint="Both halves of X_aug are mirrored, and so is the caller's X: a second name for an array is not a "
    "second array. What makes a new array with the same numbers?",
)


@wrong(
    "argument-mirrored",
    looks_like="the caller's X is mirrored",
    hint="Your result is right, but afterwards the caller's X holds the mirror images: the sign was changed in "
    "X itself. Whoever trains on X next trains on other places. Which operation writes into X?",
)
def reflect_argument(X, Y, feature):
    originals = X.copy()
    X[feature] *= -1
    return np.hstack([originals, X]), np.hstack([Y, Y])


@wrong(
    "interleaved",
    looks_like="each copy stands right after its original",
    hint="Your examples alternate: original, copy, original, copy. All originals come first, then all copies "
    "in the same order. Along which axis, and in which order, do you put the arrays together?",
)
def reflect_interleaved(X, Y, feature):
    X_aug, Y_aug = np.repeat(X, 2, axis=1), np.repeat(Y, 2, axis=1)
    X_aug[feature, 1::2] *= -1
    return X_aug, Y_aug


wrong(
    "copies-first",
    ("X, mirrored", "mirrored, X"),
    looks_like="the copies stand before the originals",
    hint="Your copies come first. The caller counts on the originals in the first m columns. In which order do "
    "you put the two together?",
)


@wrong(
    "order-reversed",
    looks_like="the examples are put in reverse order instead of being mirrored",
    hint="Your copies are the same places in reverse order: a mirror was held to the array, not to the field. "
    "What changes in a mirror image is the sign of one feature. Which entries of X should differ from "
    "their copies?",
)
def reflect_reversed(X, Y, feature):
    return np.hstack([X, X[:, ::-1]]), np.hstack([Y, Y[:, ::-1]])

wrong(
    "appended-as-rows",
    ("hstack([X, mirrored]), np.hstack", "vstack([X, mirrored]), np.vstack"),
    looks_like="the copies are appended as rows",
    hint="Your X_aug has twice the rows: the copies became features. Examples stand in columns, so the result "
    "is (n, 2m). Along which axis do you join the arrays?",
)

wrong(
    "examples-without-labels",
    (", np.hstack([Y, Y])", ""),
    looks_like="the labels do not come back",
    hint="You give back X_aug alone. Twice the examples need twice the labels, in the same order. What are the "
    "labels of the copies?",
)

wrong(
    "labels-not-doubled",
    ("np.hstack([Y, Y])", "Y.copy()"),
    looks_like="the labels are not doubled",
    hint="X_aug has twice the examples, Y_aug as many labels as before. Each copy needs its label too. What "
    "are the labels of the copies?",
)

wrong(
    "only-the-copies",
    ("np.hstack([X, mirrored]), np.hstack([Y, Y])", "mirrored, Y"),
    looks_like="only the mirror images come back",
    hint="Your result has as many examples as before: the originals are gone. Augmenting adds. What does X_aug "
    "hold in its first m columns?",
)


@wrong(
    "sign-lost-in-X",
    looks_like="the caller's X loses its signs",
    hint="Your result is right, but the caller's X is not what it was: where the feature was negative, its sign is gone. "
    "A change that is taken back must be taken back exactly. Does X have to change at all?",
)
def reflect_sign_lost(X, Y, feature):
    originals = X.copy()
    X[feature] = -X[feature]
    both = np.hstack([originals, X])
    X[feature] = np.abs(X[feature])
    return both, np.hstack([Y, Y])


@wrong(
    "complex-numbers",
    looks_like="the numbers are complex",
    hint="Your places are complex numbers, though their imaginary parts are zero. A network cannot learn from these. "
    "Where does a square root of -1 come in, and is it needed to change a sign?",
)
def reflect_complex(X, Y, feature):
    mirrored = X.astype(complex)
    mirrored[feature] = mirrored[feature] * 1j**2
    return np.hstack([X, mirrored]), np.hstack([Y, Y])


right("plain", ANSWER)
right("copy-and-concatenate", """
def augment_by_reflection(X, Y, feature):
    X_mirror = np.array(X)
    X_mirror[feature, :] *= -1
    X_aug = np.concatenate((X, X_mirror), axis=1)
    Y_aug = np.concatenate((Y, Y), axis=1)
    return X_aug, Y_aug
""")
right("signs-by-broadcasting", """
def augment_by_reflection(X, Y, feature):
    signs = np.where(np.arange(X.shape[0]) == feature, -1, 1)[:, None]
    return np.append(X, signs * X, axis=1), np.append(Y, Y, axis=1)
""")
right("tile-and-negate-half", """
def augment_by_reflection(X, Y, feature):
    m = X.shape[1]
    X_aug = np.tile(X, 2)
    X_aug[feature, m:] = -X_aug[feature, m:]
    return X_aug, np.tile(Y, (1, 2))
""")
right("loops-into-a-new-array", """
def augment_by_reflection(X, Y, feature):
    n, m = X.shape
    X_aug, Y_aug = np.zeros((n, 2 * m)), np.zeros((1, 2 * m))
    for i in range(m):
        for j in range(n):
            X_aug[j, i] = X[j, i]
            X_aug[j, m + i] = -X[j, i] if j == feature else X[j, i]
        Y_aug[0, i] = Y_aug[0, m + i] = Y[0, i]
    return X_aug, Y_aug
""")
right("reflection-matrix", """
def augment_by_reflection(X, Y, feature):
    mirror = np.eye(len(X))
    mirror[feature, feature] = -1
    return [np.hstack((X, mirror @ X)), np.hstack((Y, Y))]
""")
right("columns-joined-with-c", """
def augment_by_reflection(X, Y, feature):
    rows = [-row if j == feature else row for j, row in enumerate(X)]
    return np.c_[X, np.vstack(rows)], np.c_[Y, Y]
""")
right("stacked-and-reshaped", """
def augment_by_reflection(X, Y, feature):
    both = np.stack([X, X], axis=1)
    both[feature, 1] = -both[feature, 1]
    return both.reshape(X.shape[0], -1), np.repeat(Y[None], 2, axis=0).reshape(1, -1)
""")
right("flips-and-flips-back", """
def augment_by_reflection(X, Y, feature):
    originals = X.copy()
    X[feature] *= -1
    X_aug = np.hstack([originals, X])
    X[feature] *= -1
    return X_aug, np.hstack([Y, Y])
""")
right("rounded-to-32-bits", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]).astype('float32'), np.hstack([Y, Y])
""")
right("kronecker", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), np.kron([[1, 1]], Y)
""")
right("labels-as-booleans", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), np.hstack([Y, Y]).astype(bool)
""")
right("row-taken-out-and-put-back", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored = np.insert(np.delete(mirrored, feature, 0), feature, -X[feature], 0)
    return np.hstack([X, mirrored]), np.hstack([Y, Y])
""")
right("lists", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]).tolist(), np.hstack([Y, Y]).tolist()
""")

equivalent(
    "The copy's row is still that of X.",
    ('mirrored[feature] = -mirrored[feature]', 'mirrored[feature] = -X[feature]'),
)
