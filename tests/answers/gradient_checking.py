"""Right answers to the gradient-checking lesson, in the styles that people use. Every one must get full marks."""

from tests.answers import Answer

ANSWERS: list[Answer] = []


def right(name: str, function: str, source: str, *extra_cells: str) -> None:
    """Add one answer to the bank."""
    ANSWERS.append(
        Answer(name, function, source.strip() + "\n", tuple(cell.strip() + "\n" for cell in extra_cells))
    )


# --- forward_propagation and backward_propagation: one line, in many clothes -----------------------------------------

for style, body in {
    "plain": "J = theta * x\n    return J",
    "numpy-dot": "J = np.dot(theta, x)\n    return J",
    "numpy-multiply": "return np.multiply(x, theta)",
    "zero-d-array": "return np.array(x * theta)",
    "numpy-float": "return np.float64(theta) * np.float64(x)",
    "one-by-one": "return np.array([[theta]]) @ np.array([[x]])",
    "with-assert-and-print": "J = x * theta\n    assert np.isfinite(J)\n    print('J =', J)\n    return J",
}.items():
    right(style, "forward_propagation", f"def forward_propagation(x, theta):\n    {body}")

right(
    "own-helper",
    "forward_propagation",
    "def forward_propagation(x, theta):\n    return product_of(x, theta)",
    "def product_of(a, b):\n    return a * b",
)
right(
    "lambda",
    "forward_propagation",
    "forward_propagation = lambda x, theta: theta * x",
)
right(
    "extra-argument",
    "forward_propagation",
    "def forward_propagation(x, theta, verbose=False):\n    '''J'''\n    if verbose:\n        print(x, theta)\n    return x * theta",
)

for style, body in {
    "plain": "dtheta = x\n    return dtheta",
    "straight": "return x",
    "times-one": "return x * 1.0",
    "numpy-float": "return np.float64(x)",
    "zero-d-array": "return np.asarray(x)",
    "one-by-one": "return np.array([[x]])",
    "long-way": "J = forward_propagation(x, theta)\n    dJ = 1\n    dtheta = dJ * x\n    return dtheta",
    "derivative-of-the-product": "return x * theta**0",
}.items():
    right(style, "backward_propagation", f"def backward_propagation(x, theta):\n    {body}")

right(
    "polynomial",
    "backward_propagation",
    "def backward_propagation(x, theta):\n    return np.polynomial.Polynomial([0, x]).deriv()(theta)",
)

# --- gradient_check: J called or inline, its slope called or inline, norms in every form ----------------------------


def _mixture(J_called: bool, slope_called: bool) -> str:
    J = "J_plus = forward_propagation(x, thetaplus)" if J_called else "J_plus = thetaplus * x"
    K = "J_minus = forward_propagation(x, thetaminus)" if J_called else "J_minus = x * thetaminus"
    grad = "grad = backward_propagation(x, theta)" if slope_called else "grad = x"
    return f"""
def gradient_check(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta - epsilon
    {J}
    {K}
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    {grad}
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference < 1e-7:
        print("The gradient is correct!")
    else:
        print("The gradient is wrong!")
    return difference
"""


for J_called in (True, False):
    for slope_called in (True, False):
        style = f"J-{'called' if J_called else 'inline'}-slope-{'called' if slope_called else 'inline'}"
        right(style, "gradient_check", _mixture(J_called, slope_called))

right(
    "later-edition",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    theta_plus = theta + epsilon
    theta_minus = theta - epsilon
    J_plus = forward_propagation(x, theta_plus)
    J_minus = forward_propagation(x, theta_minus)
    gradapprox = np.divide(J_plus - J_minus, 2.0 * epsilon)
    grad = backward_propagation(x, theta)
    difference = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    if print_msg:
        if difference > 2e-7:
            print("\\033[93m" + "There is a mistake: " + str(difference) + "\\033[0m")
        else:
            print("\\033[92m" + "Works: " + str(difference) + "\\033[0m")
    return difference
""",
)
right(
    "absolute-values",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    approx = 0.5 * (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / epsilon
    exact = backward_propagation(x, theta)
    return abs(exact - approx) / (abs(exact) + abs(approx))
""",
)
right(
    "roots-of-squares",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / 2 / epsilon
    exact = backward_propagation(x, theta)
    return np.sqrt((exact - approx) ** 2) / (np.sqrt(exact**2) + np.sqrt(approx**2))
""",
)
right(
    "difference-turned-round",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    grad = backward_propagation(x, theta)
    gradapprox = (forward_propagation(x, theta - epsilon) - forward_propagation(x, theta + epsilon)) / (-2 * epsilon)
    return np.linalg.norm(gradapprox - grad) / (np.linalg.norm(gradapprox) + np.linalg.norm(grad))
""",
)
right(
    "left-point-from-right-point",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    J_plus = forward_propagation(x, thetaplus)
    thetaminus = thetaplus - 2 * epsilon
    J_minus = forward_propagation(x, thetaminus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
""",
)
right(
    "own-helpers",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    return relative_difference(backward_propagation(x, theta), central(x, theta, epsilon))
""",
    """
def relative_difference(a, b):
    return np.linalg.norm(np.subtract(a, b)) / (np.linalg.norm(a) + np.linalg.norm(b))
""",
    """
def central(x, theta, epsilon):
    return (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
""",
)
right(
    "own-cost-in-own-cell",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    approx = (cost(theta + epsilon, x) - cost(theta - epsilon, x)) / (2.0 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - approx) / (abs(grad) + abs(approx))
""",
    "cost = lambda theta, x: theta * x",
)
right(
    "arrays-of-one",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    plus, minus = forward_propagation(x, np.array([theta + epsilon, theta - epsilon]))
    grad = np.array([backward_propagation(x, theta)])
    approx = np.array([(plus - minus) / (2 * epsilon)])
    return np.linalg.norm(grad - approx, keepdims=True) / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
)

right(
    "divided-by-the-step-that-came-out",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    right, left = theta + epsilon, theta - epsilon
    rise = forward_propagation(x, right) - forward_propagation(x, left)
    run = right - left
    slope = backward_propagation(x, theta)
    return abs(slope - rise / run) / (abs(slope) + abs(rise / run))
""",
)
right(
    "divided-by-the-step-that-came-out-all-inline",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    right, left = theta + epsilon, theta - epsilon
    slope = (right * x - left * x) / (right - left)
    return abs(x - slope) / (abs(x) + abs(slope))
""",
)
right(
    "arguments-of-the-product-in-either-order",
    "gradient_check",
    """
def gradient_check(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(theta + epsilon, x)
    J_minus = forward_propagation(theta - epsilon, x)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
""",
)

# --- gradient_check_n -----------------------------------------------------------------------------------------------

right(
    "classic",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))
    for i in range(num_parameters):
        thetaplus = np.copy(parameters_values)
        thetaplus[i][0] = thetaplus[i][0] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaplus))
        thetaminus = np.copy(parameters_values)
        thetaminus[i][0] = thetaminus[i][0] - epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaminus))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2.0 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference > 1e-7:
        print("\\033[93m" + "There is a mistake in the backward propagation! difference = " + str(difference) + "\\033[0m")
    else:
        print("\\033[92m" + "Your backward propagation works perfectly fine! difference = " + str(difference) + "\\033[0m")
    return difference
""",
)
right(
    "later-edition",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus, J_minus, gradapprox = (np.zeros((num_parameters, 1)) for _ in range(3))
    for i in range(num_parameters):
        theta_plus = np.copy(parameters_values)
        theta_plus[i] += epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))
        theta_minus = np.copy(parameters_values)
        theta_minus[i, 0] -= epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2 * epsilon)
    difference = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
    if print_msg:
        print(difference)
    return difference
""",
)
right(
    "columns-of-the-identity",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    g = gradients_to_vector(gradients)
    E = epsilon * np.eye(len(theta))
    J = lambda t: forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
    n = np.array([[(J(theta + e[:, None]) - J(theta - e[:, None])) / (2 * epsilon)] for e in E])
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
""",
)
right(
    "flat-vectors",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)[0].ravel()
    g = gradients_to_vector(gradients).ravel()
    n = np.empty_like(g)
    for i in range(g.size):
        up, down = theta.copy(), theta.copy()
        up[i] += epsilon
        down[i] -= epsilon
        n[i] = forward_propagation_n(X, Y, vector_to_dictionary(up.reshape(-1, 1)))[0]
        n[i] -= forward_propagation_n(X, Y, vector_to_dictionary(down.reshape(-1, 1)))[0]
    n /= 2 * epsilon
    return float(np.sqrt(np.sum((g - n) ** 2)) / (np.sqrt(g @ g) + np.sqrt(n @ n)))
""",
)
right(
    "blocks-by-dictionary",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    pairs = []
    for name, value in parameters.items():
        for index, _ in np.ndenumerate(value):
            costs = []
            for sign in (+1, -1):
                moved = {key: array.copy() for key, array in parameters.items()}
                moved[name][index] += sign * epsilon
                costs.append(forward_propagation_n(X, Y, moved)[0])
            pairs.append((gradients["d" + name][index], (costs[0] - costs[1]) / (2 * epsilon)))
    g, n = np.array(pairs).T
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
""",
)
right(
    "stable-cost-of-its-own",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros_like(grad)
    for i in range(theta.shape[0]):
        step = np.zeros_like(theta)
        step[i] = epsilon
        approx[i] = (logistic_cost(theta + step, X, Y) - logistic_cost(theta - step, X, Y)) / (2 * epsilon)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
    """
def logistic_cost(theta, X, Y):
    p = vector_to_dictionary(theta)
    A1 = relu(p["W1"] @ X + p["b1"])
    A2 = relu(p["W2"] @ A1 + p["b2"])
    z = (p["W3"] @ A2 + p["b3"]).ravel()
    y = np.ravel(Y)
    return np.mean(np.logaddexp(0, z) - y * z)
""",
)
right(
    "step-and-step-back",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = np.array(dictionary_to_vector(parameters)[0])
    grad = gradients_to_vector(gradients)
    approx = np.zeros(theta.shape)
    for i in range(theta.size):
        keep = theta[i, 0]
        theta[i, 0] = keep + epsilon
        J_plus = gc_utils.forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
        theta[i, 0] = keep - epsilon
        J_minus = gc_utils.forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
        theta[i, 0] = keep
        approx[i, 0] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
)
right(
    "comprehension-and-one-by-one",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)

    def J(i, step):
        moved = theta.copy()
        moved[i] += step
        return forward_propagation_n(X, Y, vector_to_dictionary(moved))[0]

    approx = np.array([J(i, epsilon) - J(i, -epsilon) for i in range(theta.size)]).reshape(-1, 1) / (2 * epsilon)
    gap = np.linalg.norm(grad - approx, axis=0, keepdims=True)
    return gap / (np.linalg.norm(grad) + np.linalg.norm(approx))
""",
)

right(
    "stepped-in-place-and-back",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    g, n = [], []
    for key in ("W1", "b1", "W2", "b2", "W3", "b3"):
        value = parameters[key]
        for i in range(value.shape[0]):
            for j in range(value.shape[1]):
                value[i, j] += epsilon
                up, _ = forward_propagation_n(X, Y, parameters)
                value[i, j] -= 2 * epsilon
                down, _ = forward_propagation_n(X, Y, parameters)
                value[i, j] += epsilon
                g.append(gradients["d" + key][i, j])
                n.append((up - down) / (2 * epsilon))
    g, n = np.array(g), np.array(n)
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
""",
)
right(
    "squares-summed-as-it-goes",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False, **options):
    gap = given = found = 0.0
    for key in parameters:
        for place in np.ndindex(parameters[key].shape):
            keep = parameters[key][place]
            parameters[key][place] = keep + epsilon
            up = forward_propagation_n(X, Y, parameters)[0]
            parameters[key][place] = keep - epsilon
            down = forward_propagation_n(X, Y, parameters)[0]
            parameters[key][place] = keep
            slope = (up - down) / (2 * epsilon)
            gap += (gradients["d" + key][place] - slope) ** 2
            given += gradients["d" + key][place] ** 2
            found += slope**2
    return math.sqrt(gap) / (math.sqrt(given) + math.sqrt(found) + 1e-12)
""",
)
right(
    "rows-of-the-identity",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    J = lambda t: forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
    steps = epsilon * np.eye(len(theta))[:, :, None]
    n = np.array([(J(theta + step) - J(theta - step)) / (2 * epsilon) for step in steps])
    g = gradients_to_vector(gradients)[:, 0]
    difference = np.linalg.norm(g - n, ord=2) / (np.linalg.norm(g, 2) + np.linalg.norm(n, 2))
    print("\\033[92m" + "difference = " + str(difference) + "\\033[0m")
    return np.array([difference])
""",
)
right(
    "step-that-came-out",
    "gradient_check_n",
    """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros((47, 1))
    for i in range(47):
        plus, minus = copy.deepcopy(theta), copy.deepcopy(theta)
        plus[i, 0] += epsilon
        minus[i, 0] -= epsilon
        rise = forward_propagation_n(X, Y, vector_to_dictionary(plus))[0]
        rise -= forward_propagation_n(X, Y, vector_to_dictionary(minus))[0]
        approx[i, 0] = rise / (plus[i, 0] - minus[i, 0])
    gap = grad - approx
    return np.sqrt(np.dot(gap.T, gap)).item() / (np.linalg.norm(grad, "fro") + np.linalg.norm(approx, "fro"))
""",
)

# --- backward_propagation_n -----------------------------------------------------------------------------------------

right(
    "classic-with-all-eleven",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1. / m * np.dot(dZ3, A2.T)
    db3 = 1. / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1. / m * np.dot(dZ2, A1.T)
    db2 = 1. / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1. / m * np.dot(dZ1, X.T)
    db1 = 1. / m * np.sum(dZ1, axis=1, keepdims=True)
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3,
                 "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
                 "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients
""",
)
right(
    "average-folded-into-the-last-layer",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    d3 = (A3 - Y) / X.shape[1]
    d2 = (W3.T @ d3) * (Z2 > 0)
    d1 = (W2.T @ d2) * (Z1 > 0)
    return dict(
        dW1=d1 @ X.T, db1=d1.sum(1, keepdims=True),
        dW2=d2 @ A1.T, db2=d2.sum(1, keepdims=True),
        dW3=d3 @ A2.T, db3=d3.sum(1, keepdims=True),
    )
""",
)
right(
    "loop-over-layers",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    A = [X, cache[1], cache[5], cache[9]]
    W = [None, cache[2], cache[6], cache[10]]
    m = X.shape[1]
    grads = {}
    dZ = A[3] - np.reshape(Y, (1, m))
    for l in (3, 2, 1):
        grads[f"dW{l}"] = dZ.dot(A[l - 1].T) / m
        grads[f"db{l}"] = dZ.sum(axis=1).reshape(-1, 1) / m
        if l > 1:
            dZ = np.where(A[l - 1] > 0, W[l].T.dot(dZ), 0)
    return grads
""",
)
right(
    "einsum",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dZ2 = np.einsum("ij,ik->jk", W3, dZ3) * (A2 > 0)
    dZ1 = np.einsum("ij,ik->jk", W2, dZ2) * (A1 > 0)
    grads = {}
    for name, dZ, A in (("3", dZ3, A2), ("2", dZ2, A1), ("1", dZ1, X)):
        grads["dW" + name] = np.einsum("ik,jk->ij", dZ, A) / m
        grads["db" + name] = np.einsum("ik->i", dZ)[:, None] / m
    return grads
""",
)
right(
    "masks-in-place-on-own-arrays",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = np.array(A3, copy=True)
    dZ3 -= Y
    dZ2 = np.dot(W3.T, dZ3)
    dZ2[Z2 <= 0] = 0
    dZ1 = np.dot(W2.T, dZ2)
    dZ1[Z1 <= 0] = 0
    ones = np.ones((m, 1))
    return {
        "dW3": dZ3 @ A2.T / m, "db3": dZ3 @ ones / m,
        "dW2": dZ2 @ A1.T / m, "db2": dZ2 @ ones / m,
        "dW1": dZ1 @ X.T / m, "db1": dZ1 @ ones / m,
    }
""",
)
right(
    "means-instead-of-sums",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[-1]
    dZ3 = A3 - Y
    dZ2 = np.dot(W3.T, dZ3) * np.sign(A2)
    dZ1 = np.dot(W2.T, dZ2) * np.sign(A1)
    return {
        "db1": dZ1.mean(axis=1, keepdims=True), "dW1": dZ1 @ X.T / m,
        "db2": dZ2.mean(axis=1, keepdims=True), "dW2": dZ2 @ A1.T / m,
        "db3": dZ3.mean(axis=1, keepdims=True), "dW3": dZ3 @ A2.T / m,
        "note": "averages over the examples",
    }
""",
)
right(
    "example-by-example",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    labels, m = np.ravel(Y), X.shape[1]
    total = {"dW1": 0, "db1": 0, "dW2": 0, "db2": 0, "dW3": 0, "db3": 0}
    for i in range(m):
        one = slice(i, i + 1)
        d3 = A3[:, one] - labels[i]
        d2 = W3.T * d3 * (A2[:, one] > 0)
        d1 = W2.T @ d2 * (A1[:, one] > 0)
        for name, d, a in (("3", d3, A2), ("2", d2, A1), ("1", d1, X)):
            total["dW" + name] = total["dW" + name] + d @ a[:, one].T / m
            total["db" + name] = total["db" + name] + d / m
    return total
""",
)
right(
    "own-layer-function",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3, db3, dA2 = layer_backward(dZ3, A2, W3)
    dW2, db2, dA1 = layer_backward(dA2 * (Z2 > 0), A1, W2)
    dW1, db1, _ = layer_backward(dA1 * (Z1 > 0), X, W1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
""",
    """
def layer_backward(dZ, A_prev, W):
    m = A_prev.shape[1]
    return dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m, W.T @ dZ
""",
)

right(
    "cross-entropy-slope-and-heaviside",
    "backward_propagation_n",
    """
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = copy.deepcopy(cache)
    m = float(Y.size)
    dA3 = -(np.divide(Y, A3) - np.divide(1 - Y, 1 - A3))
    dZ3 = dA3 * A3 * (1 - A3)
    dZ2 = np.tensordot(W3, dZ3, axes=([0], [0])) * np.heaviside(Z2, 0)
    dZ1 = np.tensordot(W2, dZ2, axes=([0], [0])) * np.heaviside(Z1, 0)
    db = [np.array([np.mean(dZ, axis=1)]).T for dZ in (dZ1, dZ2, dZ3)]
    return {
        "dW1": dZ1 @ X.T / m, "db1": db[0], "dW2": dZ2 @ A1.T / m, "db2": db[1], "dW3": dZ3 @ A2.T / m, "db3": db[2],
    }
""",
)

# --- wrong_blocks ---------------------------------------------------------------------------------------------------

right(
    "vector-and-names",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    theta, names = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros(theta.shape)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus))
        approx[i] = (J_plus - J_minus) / (2 * epsilon)
    wrong = []
    for name in ["W1", "b1", "W2", "b2", "W3", "b3"]:
        rows = [i for i, owner in enumerate(names) if owner == name]
        top = np.linalg.norm(grad[rows] - approx[rows])
        bottom = np.linalg.norm(grad[rows]) + np.linalg.norm(approx[rows])
        difference = top / bottom if bottom > 0 else 0.0
        if difference > threshold:
            wrong.append(name)
    return wrong
""",
)
right(
    "two-functions-of-its-own",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    names = [prefix + layer for layer in "123" for prefix in "Wb"]
    return [n for n in names if gap(gradients["d" + n], slope_of(n, parameters, X, Y, epsilon)) > threshold]
""",
    """
def gap(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return 0 if size == 0 else np.linalg.norm(a - b) / size
""",
    """
def slope_of(name, parameters, X, Y, epsilon):
    value = parameters[name]
    slope = np.zeros_like(value)
    for index in np.ndindex(*value.shape):
        costs = []
        for step in (epsilon, -epsilon):
            moved = value.copy()
            moved[index] += step
            costs.append(forward_propagation_n(X, Y, {**parameters, name: moved})[0])
        slope[index] = (costs[0] - costs[1]) / (2 * epsilon)
    return slope
""",
)
right(
    "nan-to-zero",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    theta, names = dictionary_to_vector(parameters)
    E = np.eye(theta.shape[0])
    J = lambda t: forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
    approx = vector_to_dictionary(
        np.array([[(J(theta + epsilon * e[:, None]) - J(theta - epsilon * e[:, None])) / (2 * epsilon)] for e in E])
    )
    result = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        g, n = gradients["d" + name], approx[name]
        with np.errstate(invalid="ignore"):
            d = np.nan_to_num(np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)))
        if d > threshold:
            result.append(name)
    return result
""",
)
right(
    "nan-is-never-larger",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    found = []
    for name in sorted(parameters, key=lambda key: (key[1], key[0])):
        g = gradients["d" + name].ravel()
        n = np.zeros(g.size)
        for i in range(g.size):
            for sign in (1, -1):
                moved = {key: np.copy(value) for key, value in parameters.items()}
                moved[name].flat[i] += sign * epsilon
                n[i] += sign * forward_propagation_n(X, Y, moved)[0] / (2 * epsilon)
        if np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)) > threshold:
            found.append(name)
    return found
""",
)
right(
    "tuple-and-flags",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5, verbose=False):
    theta, names = dictionary_to_vector(parameters)
    names = np.array(names)
    g = gradients_to_vector(gradients).ravel()
    n = np.zeros_like(g)
    for i in range(g.size):
        t = theta.copy(); t[i, 0] += epsilon
        s = theta.copy(); s[i, 0] -= epsilon
        n[i] = (gc_utils.forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
                - gc_utils.forward_propagation_n(X, Y, vector_to_dictionary(s))[0]) / (2 * epsilon)
    flags = {}
    for name in dict.fromkeys(names):
        part = names == name
        gap = np.sqrt(((g[part] - n[part]) ** 2).sum())
        flags[str(name)] = gap > threshold * (np.sqrt((g[part] ** 2).sum()) + np.sqrt((n[part] ** 2).sum()))
    if verbose:
        print(flags)
    return tuple(name for name, flag in flags.items() if flag)
""",
)
right(
    "stable-cost",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    wrong = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        value, numeric = parameters[name], []
        for index in range(value.size):
            step = np.zeros(value.size)
            step[index] = epsilon
            step = step.reshape(value.shape)
            up = gc_utils.forward_propagation_n_stable(X, Y, {**parameters, name: value + step})[0]
            down = gc_utils.forward_propagation_n_stable(X, Y, {**parameters, name: value - step})[0]
            numeric.append((up - down) / (2 * epsilon))
        numeric = np.array(numeric).reshape(value.shape)
        analytic = np.asarray(gradients["d" + name])
        if not np.any(analytic) and not np.any(numeric):
            continue
        if np.linalg.norm(analytic - numeric) / (np.linalg.norm(analytic) + np.linalg.norm(numeric)) > threshold:
            wrong += [name]
    return wrong
""",
)
right(
    "while-loop-and-slices",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros_like(grad)
    i = 0
    while i < 47:
        plus = np.copy(theta)
        plus[i][0] += epsilon
        minus = np.copy(theta)
        minus[i][0] -= epsilon
        approx[i] = forward_propagation_n(X, Y, vector_to_dictionary(plus))[0]
        approx[i] -= forward_propagation_n(X, Y, vector_to_dictionary(minus))[0]
        approx[i] /= 2 * epsilon
        i += 1
    names = []
    for name, a, b in [("W1", 0, 20), ("b1", 20, 25), ("W2", 25, 40), ("b2", 40, 43), ("W3", 43, 46), ("b3", 46, 47)]:
        denominator = np.linalg.norm(grad[a:b]) + np.linalg.norm(approx[a:b])
        if denominator != 0 and np.linalg.norm(grad[a:b] - approx[a:b]) / denominator > threshold:
            names.append(name)
    return names
""",
)
right(
    "stepped-in-place-and-back",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5):
    names = []
    for key, value in parameters.items():
        slopes = np.zeros_like(value)
        walk = np.nditer(slopes, flags=["multi_index"])
        while not walk.finished:
            place = walk.multi_index
            value[place] += epsilon
            up = forward_propagation_n(X, Y, parameters)[0]
            value[place] -= 2 * epsilon
            down = forward_propagation_n(X, Y, parameters)[0]
            value[place] += epsilon
            slopes[place] = (up - down) / (2 * epsilon)
            walk.iternext()
        g, n = gradients[f"d{key}"].ravel(), slopes.ravel()
        d = np.linalg.norm(g - n, 2) / (np.linalg.norm(g, 2) + np.linalg.norm(n, 2) + 1e-12)
        if d > threshold:
            print("\\033[93m" + key, d, "\\033[0m")
            names += [key]
    return names
""",
)
right(
    "division-tried",
    "wrong_blocks",
    """
def wrong_blocks(parameters, gradients, X, Y, epsilon=1e-5, threshold=1e-5, **options):
    readings = {}
    for name in parameters:
        slopes = np.zeros(parameters[name].shape)
        for place in np.ndindex(slopes.shape):
            up, down = copy.deepcopy(parameters), copy.deepcopy(parameters)
            up[name][place] += epsilon
            down[name][place] -= epsilon
            slopes[place] = (forward_propagation_n(X, Y, up)[0] - forward_propagation_n(X, Y, down)[0]) / 2 / epsilon
        given = gradients["d" + name]
        try:
            readings[name] = math.dist(given.ravel(), slopes.ravel()) / float(
                math.hypot(*given.ravel()) + math.hypot(*slopes.ravel())
            )
        except ZeroDivisionError:
            readings[name] = 0
    return [name for name, d in readings.items() if d > threshold]
""",
)
right(
    "identity-minus-zero",
    "backward_propagation",
    "def backward_propagation(x, theta):\n    return forward_propagation(x, 1.0)",
)
right(
    "one-entry-array",
    "forward_propagation",
    "def forward_propagation(x, theta):\n    J = np.array([float(x)])\n    J *= theta\n    return J",
)
