"""Right answers to the exercises of the regularization lesson, in many styles; all must get full marks."""

from . import Answer

ANSWERS: list[Answer] = []


def right(function: str, name: str, source: str, *extra_cells: str) -> None:
    """Add an answer to the bank."""
    ANSWERS.append(Answer(name, function, source.strip() + "\n", tuple(cell.strip() + "\n" for cell in extra_cells)))


DIAGNOSE, STOP, REFLECT = "diagnose", "early_stopping", "augment_by_reflection"
COST, BACKWARD = "compute_cost_with_regularization", "backward_propagation_with_regularization"
DROPOUT, DROPOUT_BACK = "forward_propagation_with_dropout", "backward_propagation_with_dropout"

right(DIAGNOSE, "two-ifs", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    high_bias = False
    high_variance = False
    if train_error - human_error > threshold:
        high_bias = True
    if dev_error - train_error > threshold:
        high_variance = True
    return high_bias, high_variance
""")
right(DIAGNOSE, "a-list-of-numpy-booleans", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    gaps = np.array([train_error - human_error, dev_error - train_error])
    return list(gaps > threshold)
""")
right(DIAGNOSE, "an-array", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    return np.diff([human_error, train_error, dev_error]) > threshold
""")
right(DIAGNOSE, "zeros-and-ones", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = 1 if train_error > human_error + threshold else 0
    variance = 1 if dev_error > train_error + threshold else 0
    return (bias, variance)
""")
right(DIAGNOSE, "own-helper-in-its-own-cell", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    return exceeds(train_error, human_error, threshold), exceeds(dev_error, train_error, threshold)
""", """
def exceeds(a, b, by):
    return bool((a - b) > by)
""")
right(DIAGNOSE, "map-and-lambda", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    high = lambda pair: pair[0] - pair[1] > threshold
    return tuple(map(high, [(train_error, human_error), (dev_error, train_error)]))
""")
right(DIAGNOSE, "rounded-and-verbose", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05, verbose=False):
    avoidable = round(float(train_error) - float(human_error), 10)
    variance = round(float(dev_error) - float(train_error), 10)
    if verbose:
        print("avoidable bias", avoidable, "variance", variance)
    return not avoidable <= threshold, not variance <= threshold
""")

right(COST, "classic-three-sums", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]

    cross_entropy_cost = compute_cost(A3, Y) # This gives you the cross-entropy part of the cost

    L2_regularization_cost = (1./m)*(lambd/2.)*(np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))

    cost = cross_entropy_cost + L2_regularization_cost
    return cost
""")
right(COST, "norms-squared", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    names = [name for name in parameters if name.startswith("W")]
    penalty = sum(np.linalg.norm(parameters[name], "fro") ** 2 for name in names)
    return compute_cost(A3, Y) + penalty * lambd / 2 / A3.shape[1]
""")
right(COST, "einsum-and-own-cross-entropy", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = A3.size
    losses = np.where(Y == 1, -np.log(A3), -np.log(1 - A3))
    squares = sum(np.einsum("ij,ij->", parameters["W%d" % l], parameters["W%d" % l]) for l in range(1, 4))
    return losses.sum() / m + 0.5 * lambd / m * squares
""")
right(COST, "one-by-one-array", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cost = -(np.dot(Y, np.log(A3).T) + np.dot(1 - Y, np.log(1 - A3).T)) / m
    for l in (1, 2, 3):
        cost = cost + lambd / (2 * m) * np.sum(parameters["W" + str(l)] ** 2)
    return cost
""")
right(COST, "loops-over-every-entry", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    total = 0.0
    for key, value in parameters.items():
        if key[0] == "W":
            for row in value:
                for w in row:
                    total += w * w
    m = len(Y[0])
    return float(compute_cost(A3, Y)) + total * lambd / (m * 2)
""")
right(COST, "all-weights-in-one-vector", """
def compute_cost_with_regularization(A3, Y, parameters, lambd, **unused):
    w = np.concatenate([parameters[f"W{layer + 1}"].ravel() for layer in range(len(parameters) // 2)])
    return np.squeeze(compute_cost(A3, Y) + np.dot(w, w) * lambd / (2 * np.shape(Y)[1]))
""")
right(COST, "reg-utils-imported-inside", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    import reg_utils
    m = float(Y.shape[1])
    cost = np.array([reg_utils.compute_cost(A3, Y)])
    for W in (parameters["W3"], parameters["W1"], parameters["W2"]):
        cost += lambd * np.trace(W @ W.T) / (2.0 * m)
    return cost
""")
right(COST, "single-precision-penalty", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    squares = np.float32(0)
    for l in range(1, 4):
        squares += np.float32(np.sum(np.power(parameters["W" + str(l)], 2)))
    return compute_cost(A3, Y) + lambd * float(squares) / (2 * Y.shape[1])
""")

right(BACKWARD, "classic-eleven-entries", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + (lambd * W3) / m
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims = True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T) + (lambd * W2) / m
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims = True)

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + (lambd * W1) / m
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims = True)

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3,"dA2": dA2,
                 "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
                 "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients
""")
right(BACKWARD, "given-function-and-a-loop", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    grads = backward_propagation(X, Y, cache)
    for l, W in enumerate([cache[2], cache[6], cache[10]], start=1):
        grads["dW" + str(l)] += lambd * W / Y.shape[1]
    return grads
""")
right(BACKWARD, "einsum-over-examples", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = A3.shape[1]
    d3 = (A3 - Y) / m
    d2 = np.einsum("ki,km->im", W3, d3) * (Z2 > 0)
    d1 = np.einsum("ki,km->im", W2, d2) * (Z1 > 0)
    out = {}
    for l, d, A, W in zip("321", (d3, d2, d1), (A2, A1, X), (W3, W2, W1)):
        out["dW" + l] = np.einsum("im,jm->ij", d, A) + lambd / m * W
        out["db" + l] = np.einsum("im->i", d)[:, None]
    return out
""")
right(BACKWARD, "one-example-at-a-time", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    _, A1, W1, b1, _, A2, W2, b2, _, A3, W3, b3 = cache
    m = X.shape[1]
    g = {"dW1": lambd / m * W1, "dW2": lambd / m * W2, "dW3": lambd / m * W3}
    g.update(db1=np.zeros_like(b1), db2=np.zeros_like(b2), db3=np.zeros_like(b3))
    for i in range(m):
        d3 = A3[:, [i]] - Y[:, [i]]
        d2 = (W3.T @ d3) * (A2[:, [i]] > 0)
        d1 = (W2.T @ d2) * (A1[:, [i]] > 0)
        for name, d, before in (("3", d3, A2), ("2", d2, A1), ("1", d1, X)):
            g["dW" + name] = g["dW" + name] + d @ before[:, [i]].T / m
            g["db" + name] = g["db" + name] + d / m
    return g
""")
right(BACKWARD, "own-helper-in-its-own-cell", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3, db3, dA2 = linear_backward(dZ3, A2, W3, lambd)
    dZ2 = np.where(A2 > 0, dA2, 0)
    dW2, db2, dA1 = linear_backward(dZ2, A1, W2, lambd)
    dZ1 = np.where(A1 > 0, dA1, 0)
    dW1, db1, _ = linear_backward(dZ1, X, W1, lambd)
    return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2, dW3=dW3, db3=db3)
""", """
def linear_backward(dZ, A_before, W, lambd):
    m = dZ.shape[1]
    return (dZ @ A_before.T + lambd * W) / m, dZ.mean(axis=1, keepdims=True), W.T @ dZ
""")
right(BACKWARD, "zeroed-in-its-own-copies", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = Y.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = np.subtract(A3, Y)
    dZ2 = np.dot(W3.T, dZ3)
    dZ2[Z2 <= 0] = 0
    dZ1 = np.dot(W2.T, dZ2)
    dZ1[Z1 <= 0] = 0
    gradients = {}
    for l, dZ, A, W in [(3, dZ3, A2, W3), (2, dZ2, A1, W2), (1, dZ1, X, W1)]:
        dW = np.dot(dZ, A.T)
        dW += lambd * W
        dW /= m
        gradients["dW%i" % l], gradients["db%i" % l] = dW, np.sum(dZ, axis=1).reshape(-1, 1) / m
    return gradients
""")
right(BACKWARD, "extra-argument-and-extra-keys", """
def backward_propagation_with_regularization(X, Y, cache, lambd=0.7, scale=None):
    scale = 1.0 / X.shape[1] if scale is None else scale
    gradients = dict(backward_propagation(X, Y, cache))
    weights = {"dW1": cache[2], "dW2": cache[6], "dW3": cache[10]}
    gradients |= {name: gradients[name] + scale * lambd * W for name, W in weights.items()}
    gradients["penalty"] = 0.5 * scale * lambd * sum(np.sum(W * W) for W in weights.values())
    return gradients
""")

right(DROPOUT, "classic-seed-inside", """
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
right(DROPOUT, "integer-masks", """
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
right(DROPOUT, "a-generator-of-its-own", """
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
right(DROPOUT, "binomial-float-masks-drawn-first", """
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
right(DROPOUT, "own-layer-in-its-own-cell", """
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
right(DROPOUT, "dropped-where-the-draw-is-large", """
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
right(DROPOUT, "choice-and-einsum", """
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
right(DROPOUT, "seed-of-its-own-and-asserts", """
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

right(DROPOUT, "keep-prob-without-default", """
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
right(DROPOUT_BACK, "classic-eleven-entries", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims = True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2              # Step 1: Apply mask D2
    dA2 = dA2 / keep_prob       # Step 2: Scale
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims = True)

    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims = True)

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3,"dA2": dA2,
                 "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
                 "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients
""")
right(DROPOUT_BACK, "in-place-on-its-own-arrays", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = Y.shape[1]
    g = {}
    delta = A3 - Y
    g["dW3"], g["db3"] = delta @ A2.T / m, delta.mean(axis=1, keepdims=True)
    delta = W3.T @ delta
    delta *= D2
    delta /= keep_prob
    delta[A2 == 0] = 0
    g["dW2"], g["db2"] = delta @ A1.T / m, delta.mean(axis=1, keepdims=True)
    delta = W2.T @ delta
    delta *= D1
    delta /= keep_prob
    delta[A1 == 0] = 0
    g["dW1"], g["db1"] = delta @ X.T / m, delta.mean(axis=1, keepdims=True)
    return g
""")
right(DROPOUT_BACK, "masked-with-an-index", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3)
    dA2[~D2] = 0
    dZ2 = dA2 / keep_prob * (Z2 > 0)
    dA1 = np.dot(W2.T, dZ2)
    dA1[D1 == False] = 0
    dZ1 = dA1 / keep_prob * (Z1 > 0)
    return {
        "dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(dZ2, A1.T) / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
        "dW3": np.dot(dZ3, A2.T) / m, "db3": np.sum(dZ3, axis=1, keepdims=True) / m,
    }
""")
right(DROPOUT_BACK, "own-step-in-its-own-cell", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    (Z1, D1, A1, W1, b1), (Z2, D2, A2, W2, b2), (Z3, A3, W3, b3) = cache[:5], cache[5:10], cache[10:]
    dZ3 = A3 - Y
    dZ2 = through_dropout(W3, dZ3, D2, A2, keep_prob)
    dZ1 = through_dropout(W2, dZ2, D1, A1, keep_prob)
    grads = {}
    for l, dZ, A in ((3, dZ3, A2), (2, dZ2, A1), (1, dZ1, X)):
        grads.update({f"dW{l}": dZ.dot(A.T) / len(Y.T), f"db{l}": dZ.sum(axis=1, keepdims=True) / len(Y.T)})
    return grads
""", """
def through_dropout(W, dZ, D, A, keep):
    return np.where(D, W.T.dot(dZ) / keep, 0.0) * np.sign(A)
""")
right(DROPOUT_BACK, "einsum-over-examples", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    d3 = (A3 - Y) / m
    d2 = np.einsum("ki,km,im,im->im", W3, d3, D2 / keep_prob, (A2 > 0).astype(float))
    d1 = np.einsum("ki,km,im,im->im", W2, d2, D1 / keep_prob, (A1 > 0).astype(float))
    gradients = {"dW1": d1 @ X.T, "dW2": d2 @ A1.T, "dW3": d3 @ A2.T}
    for l, d in ((1, d1), (2, d2), (3, d3)):
        gradients["db" + str(l)] = d.sum(axis=1)[:, np.newaxis]
    return gradients
""")
right(DROPOUT_BACK, "one-example-at-a-time", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    _, D1, A1, W1, b1, _, D2, A2, W2, b2, _, A3, W3, b3 = cache
    m = X.shape[1]
    shapes = {"dW1": W1, "db1": b1, "dW2": W2, "db2": b2, "dW3": W3, "db3": b3}
    total = {name: np.zeros(array.shape) for name, array in shapes.items()}
    for i in range(m):
        x, a1, a2 = X[:, i], A1[:, i], A2[:, i]
        e3 = A3[:, i] - Y[:, i]
        e2 = W3.T.dot(e3) * D2[:, i] / keep_prob * (a2 > 0)
        e1 = W2.T.dot(e2) * D1[:, i] / keep_prob * (a1 > 0)
        for name, e, a in (("3", e3, a2), ("2", e2, a1), ("1", e1, x)):
            total["dW" + name] += np.outer(e, a) / m
            total["db" + name] += e.reshape(-1, 1) / m
    return total
""")
right(DROPOUT_BACK, "loop-from-the-last-layer", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob, lambd=0.0):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    A, W, D, m = [X, A1, A2], [None, W1, W2, W3], [None, D1, D2], X.shape[1]
    gradients, dZ = {}, A3 - Y
    for l in (3, 2, 1):
        gradients["dZ" + str(l)] = dZ
        gradients["dW" + str(l)] = (dZ @ A[l - 1].T + lambd * W[l]) / m
        gradients["db" + str(l)] = np.average(dZ, axis=1).reshape((-1, 1))
        if l > 1:
            dA = W[l].T @ dZ * D[l - 1].astype(int) / keep_prob
            dZ = dA * (A[l - 1] > 0)
    return gradients
""")

right(STOP, "while-loop", """
def early_stopping(dev_costs, patience):
    best_cost = float("inf")
    best, t = 0, 0
    while t < len(dev_costs):
        if dev_costs[t] < best_cost:
            best_cost, best = dev_costs[t], t
        if t - best >= patience:
            break
        t += 1
    return best, min(t, len(dev_costs) - 1)
""")
right(STOP, "counts-the-steps-without-improvement", """
def early_stopping(dev_costs, patience):
    best, best_cost, waited, stop = 0, dev_costs[0], 0, len(dev_costs) - 1
    for i in range(1, len(dev_costs)):
        if dev_costs[i] < best_cost:
            best, best_cost, waited = i, dev_costs[i], 0
        else:
            waited += 1
            if waited == patience:
                stop = i
                break
    return (best, stop)
""")
right(STOP, "argmin-of-what-was-read", """
def early_stopping(dev_costs, patience):
    for t in range(len(dev_costs)):
        best = np.argmin(dev_costs[: t + 1])
        if t - best >= patience:
            return best, t
    return best, t
""")
right(STOP, "running-minimum", """
def early_stopping(dev_costs, patience):
    costs = np.asarray(dev_costs, dtype=float)
    lowest = np.minimum.accumulate(costs)
    fresh = np.concatenate([[True], lowest[1:] < lowest[:-1]])
    best_at = np.maximum.accumulate(np.where(fresh, np.arange(costs.size), 0))
    late = np.flatnonzero(np.arange(costs.size) - best_at >= patience)
    stop = late[0] if late.size else costs.size - 1
    return best_at[stop], stop
""")
right(STOP, "a-list-comes-back", """
def early_stopping(dev_costs, patience):
    best = 0
    for t in range(len(dev_costs)):
        best = t if dev_costs[t] < dev_costs[best] else best
        if t == best + patience:
            return [best, t]
    return [best, len(dev_costs) - 1]
""")
right(STOP, "recursive", """
def early_stopping(dev_costs, patience, best=0, t=0):
    if dev_costs[t] < dev_costs[best]:
        best = t
    if t - best >= patience or t + 1 == len(dev_costs):
        return best, t
    return early_stopping(dev_costs, patience, best, t + 1)
""")
right(STOP, "works-on-its-own-copy", """
def early_stopping(dev_costs, patience):
    remaining = list(dev_costs)
    best, best_cost, t = 0, remaining.pop(0), 0
    while remaining and t - best < patience:
        t += 1
        cost = remaining.pop(0)
        if cost < best_cost:
            best, best_cost = t, cost
    return best, t
""")
right(STOP, "an-iterator-of-windows", """
def early_stopping(dev_costs, patience):
    n = len(dev_costs)
    stops = (t for t in range(patience, n) if min(dev_costs[: t - patience + 1]) <= min(dev_costs[t - patience + 1 : t + 1]))
    stop = next(stops, n - 1)
    best = dev_costs.index(min(dev_costs[: stop + 1]))
    return best, stop
""")

right(REFLECT, "copy-and-concatenate", """
def augment_by_reflection(X, Y, feature):
    X_mirror = np.array(X)
    X_mirror[feature, :] *= -1
    X_aug = np.concatenate((X, X_mirror), axis=1)
    Y_aug = np.concatenate((Y, Y), axis=1)
    return X_aug, Y_aug
""")
right(REFLECT, "signs-by-broadcasting", """
def augment_by_reflection(X, Y, feature):
    signs = np.where(np.arange(X.shape[0]) == feature, -1, 1)[:, None]
    return np.append(X, signs * X, axis=1), np.append(Y, Y, axis=1)
""")
right(REFLECT, "tile-and-negate-half", """
def augment_by_reflection(X, Y, feature):
    m = X.shape[1]
    X_aug = np.tile(X, 2)
    X_aug[feature, m:] = -X_aug[feature, m:]
    return X_aug, np.tile(Y, (1, 2))
""")
right(REFLECT, "loops-into-a-new-array", """
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
right(REFLECT, "reflection-matrix", """
def augment_by_reflection(X, Y, feature):
    mirror = np.eye(len(X))
    mirror[feature, feature] = -1
    return [np.hstack((X, mirror @ X)), np.hstack((Y, Y))]
""")
right(REFLECT, "columns-joined-with-c", """
def augment_by_reflection(X, Y, feature):
    rows = [-row if j == feature else row for j, row in enumerate(X)]
    return np.c_[X, np.vstack(rows)], np.c_[Y, Y]
""")
right(REFLECT, "stacked-and-reshaped", """
def augment_by_reflection(X, Y, feature):
    both = np.stack([X, X], axis=1)
    both[feature, 1] = -both[feature, 1]
    return both.reshape(X.shape[0], -1), np.repeat(Y[None], 2, axis=0).reshape(1, -1)
""")
right(REFLECT, "flips-and-flips-back", """
def augment_by_reflection(X, Y, feature):
    originals = X.copy()
    X[feature] *= -1
    X_aug = np.hstack([originals, X])
    X[feature] *= -1
    return X_aug, np.hstack([Y, Y])
""")

right(DIAGNOSE, "compared-by-numpy", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = train_error - human_error
    variance = dev_error - train_error
    return np.greater(bias, threshold), np.greater(variance, threshold)
""")
right(DIAGNOSE, "zeros-and-ones-as-floats", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = train_error - human_error
    variance = dev_error - train_error
    return float(bias > threshold), float(variance > threshold)
""")
right(DIAGNOSE, "in-percent", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = train_error - human_error
    variance = dev_error - train_error
    return bias * 100 > threshold * 100, variance * 100 > threshold * 100
""")
right(DIAGNOSE, "a-named-tuple", """
def diagnose(train_error, dev_error, human_error=0.0, threshold=0.05):
    bias = train_error - human_error
    variance = dev_error - train_error
    from collections import namedtuple
    return namedtuple('D', 'high_bias high_variance')(bias > threshold, variance > threshold)
""")
right(COST, "all-in-32-bits", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    A3, Y = A3.astype("float32"), Y.astype("float32")
    parameters = {k: v.astype("float32") for k, v in parameters.items()}
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross = -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    l2 = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    return cross + l2
""")
right(COST, "math-and-loops", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    import math
    m = Y.shape[1]
    total = 0
    for i in range(m):
        total += -(Y[0][i] * math.log(A3[0][i]) + (1 - Y[0][i]) * math.log(1 - A3[0][i]))
    reg = 0
    for k in sorted(parameters):
        if "W" in k:
            for w in parameters[k].flatten():
                reg += w ** 2
    return total / m + lambd * reg / (2 * m)
""")
right(COST, "a-little-in-the-logarithm", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross = -np.sum(Y * np.log(A3 + 1e-8) + (1 - Y) * np.log(1 - A3 + 1e-8)) / m
    l2 = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    return cross + l2
""")
right(COST, "an-array-of-one", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross = compute_cost(A3, Y)
    l2 = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    return np.array([cross + l2])
""")
right(COST, "reduce-and-vdot", """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    from functools import reduce
    L = len(parameters) // 2
    s = reduce(lambda a, l: a + np.vdot(parameters[f"W{l}"], parameters[f"W{l}"]), range(1, L + 1), 0.)
    return reg_utils.compute_cost(A3, Y) + 0.5 * lambd * s / Y.shape[-1]
""")
right(BACKWARD, "all-in-32-bits", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    X, Y = X.astype("float32"), Y.astype("float32")
    cache = [np.asarray(c, dtype="float32") for c in cache]
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(BACKWARD, "mean-taken-at-once", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = 1./m * (A3 - Y)
    dW3 = np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = np.dot(dZ1, X.T) + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(BACKWARD, "sums-by-matrix-product", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1./m * np.dot(dZ2, np.ones((m, 1)))
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(BACKWARD, "added-into-the-given-result", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    g = reg_utils.backward_propagation(X, Y, cache)
    for k, i in zip(("dW1", "dW2", "dW3"), (2, 6, 10)):
        np.add(g[k], (lambd / X.shape[1]) * cache[i], out=g[k])
    return g
""")
right(BACKWARD, "zeroed-in-a-copy", """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.array(dA2, copy=True)
    dZ2[Z2 <= 0] = 0
    dW2 = 1./m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(DROPOUT, "all-in-32-bits", """
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
right(DROPOUT, "drawn-for-each-example", """
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
right(DROPOUT, "one-number-at-a-time", """
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
right(DROPOUT, "both-masks-from-one-draw", """
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
right(DROPOUT, "two-seeded-generators", """
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
right(DROPOUT, "beta-of-one-and-one", """
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
right(DROPOUT, "large-whole-numbers", """
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
right(DROPOUT, "in-place-on-its-own-arrays", """
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
right(DROPOUT, "expit-from-scipy", """
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
right(DROPOUT, "copies-in-the-cache", """
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
right(DROPOUT, "shuffled-after-the-draw", """
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
right(DROPOUT, "mask-of-the-dropped", """
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
right(DROPOUT_BACK, "all-in-32-bits", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    X, Y = X.astype("float32"), Y.astype("float32")
    cache = tuple(np.asarray(c, dtype="float32") for c in cache)
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(DROPOUT_BACK, "mean-taken-at-once-and-all-entries", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = 1./m * (A3 - Y)
    dW3 = np.dot(dZ3, A2.T)
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(DROPOUT_BACK, "zeros-of-the-cache-for-masks", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
""")
right(DROPOUT_BACK, "dropped-part-taken-off", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 - dA1 * (1 - D1)
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(DROPOUT_BACK, "down-to-the-inputs", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    dA0 = np.dot(W1.T, dZ1)
    return {"dA0": dA0, "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(DROPOUT_BACK, "zeroed-in-a-copy", """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1.copy()
    dZ1[A1 <= 0] = 0
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
""")
right(STOP, "costs-in-32-bits", """
def early_stopping(dev_costs, patience):
    best = 0
    dev_costs = np.asarray(dev_costs, dtype='float32')
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return best, t
    return best, len(dev_costs) - 1
""")
right(STOP, "break-and-loop-variable", """
def early_stopping(dev_costs, patience):
    best_cost, best = np.inf, 0
    for stop, c in enumerate(dev_costs):
        if c < best_cost:
            best_cost, best = c, stop
        elif stop - best == patience:
            break
    return best, stop
""")
right(STOP, "accumulated-minima", """
def early_stopping(dev_costs, patience):
    from itertools import accumulate
    lows = list(accumulate(dev_costs, min))
    best_at = [lows.index(low) for low in lows]
    for t, b in enumerate(best_at):
        if t - b >= patience:
            return b, t
    return best_at[-1], len(lows) - 1
""")
right(STOP, "an-iterator", """
def early_stopping(dev_costs, patience):
    costs = iter(dev_costs)
    low, best, t = next(costs), 0, 0
    for c in costs:
        t += 1
        if c < low:
            low, best = c, t
        if t - best >= patience:
            break
    return best, t
""")
right(STOP, "an-array-of-two", """
def early_stopping(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return np.array([best, t])
    return best, len(dev_costs) - 1
""")
right(REFLECT, "rounded-to-32-bits", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]).astype('float32'), np.hstack([Y, Y])
""")
right(REFLECT, "kronecker", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), np.kron([[1, 1]], Y)
""")
right(REFLECT, "labels-as-booleans", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]), np.hstack([Y, Y]).astype(bool)
""")
right(REFLECT, "row-taken-out-and-put-back", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored = np.insert(np.delete(mirrored, feature, 0), feature, -X[feature], 0)
    return np.hstack([X, mirrored]), np.hstack([Y, Y])
""")
right(REFLECT, "lists", """
def augment_by_reflection(X, Y, feature):
    mirrored = X.copy()
    mirrored[feature] = -mirrored[feature]
    return np.hstack([X, mirrored]).tolist(), np.hstack([Y, Y]).tolist()
""")
