"""What a user of NumPy or JAX would write for the cases of cases.ts, timed on request.

Reads a line of JSON for each request, {"library", "case", "sizes", "precision", "times"}, and answers with one: the
milliseconds of each call, the first call apart. One thread.
"""

import json
import os
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import numpy as np  # noqa: E402

rng = np.random.default_rng(1)


def numbers(dtype, *shape, scale=1.0):
    return (scale * rng.uniform(-1, 1, shape)).astype(dtype)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# What NumPy is given: the derivatives by hand.


def numpy_mlp(d, s):
    X, Y = numbers(d, s["B"], s["D"]), np.eye(s["C"], dtype=d)[np.arange(s["B"]) % s["C"]]
    W1, W2 = numbers(d, s["D"], s["H"], scale=0.05), numbers(d, s["H"], s["C"], scale=0.05)
    b1, b2 = np.zeros(s["H"], d), np.zeros(s["C"], d)

    def run():
        A = np.maximum(X @ W1 + b1, 0)
        P = softmax(A @ W2 + b2)
        cost = -np.sum(Y * np.log(P)) / s["B"]
        dZ = (P - Y) / d(s["B"])
        dA = (dZ @ W2.T) * (A > 0)
        return cost, X.T @ dA, dA.sum(0), A.T @ dZ, dZ.sum(0)

    return run


def numpy_logistic(d, s):
    X, y, w = numbers(d, s["n"], s["d"]), np.sign(numbers(d, s["n"])), numbers(d, s["d"], scale=0.1)

    def run():
        z = -y * (X @ w)
        return np.logaddexp(0, z).sum(), X.T @ (-y * sigmoid(z))

    return run


def numpy_logistic_hessian(d, s):
    X, y, w = numbers(d, s["n"], s["d"]), np.sign(numbers(d, s["n"])), numbers(d, s["d"], scale=0.1)

    def run():
        p = sigmoid(-y * (X @ w))
        return X.T @ ((p * (1 - p))[:, None] * X)

    return run


def numpy_logistic_hvp(d, s):
    X, y, w = numbers(d, s["n"], s["d"]), np.sign(numbers(d, s["n"])), numbers(d, s["d"], scale=0.1)
    v = numbers(d, s["d"])

    def run():
        p = sigmoid(-y * (X @ w))
        return X.T @ (p * (1 - p) * (X @ v))

    return run


def numpy_attention(d, s):
    shape = (s["b"], s["h"], s["t"], s["k"])
    Q, K, V = (numbers(d, *shape) for _ in range(3))
    c = d(1 / np.sqrt(s["k"]))

    def run():
        P = softmax(c * (Q @ K.swapaxes(-1, -2)))
        out = P @ V
        dO = 2 * out
        dV = P.swapaxes(-1, -2) @ dO
        dP = dO @ V.swapaxes(-1, -2)
        dS = c * P * (dP - (dP * P).sum(-1, keepdims=True))
        return (out**2).sum(), dS @ K, dS.swapaxes(-1, -2) @ Q, dV

    return run


def numpy_product(d, s):
    A, B = numbers(d, s["n"], s["n"]), numbers(d, s["n"], s["n"])
    return lambda: A @ B


def entrywise(f):
    def make(d, s):
        x = np.abs(numbers(d, s["n"])) + d(0.1)
        return lambda: f(x)

    return make


def linear(f):
    def make(d, s):
        M = numbers(d, s["n"], s["n"])
        S, b = M @ M.T + s["n"] * np.eye(s["n"]), numbers(d, s["n"])
        return lambda: f(S, b)

    return make


NUMPY = {
    "mlp": numpy_mlp,
    "logistic": numpy_logistic,
    "logistic-hessian": numpy_logistic_hessian,
    "logistic-hvp": numpy_logistic_hvp,
    "attention": numpy_attention,
    "product": numpy_product,
    "exp": entrywise(np.exp),
    "tanh": entrywise(np.tanh),
    "log": entrywise(np.log),
    "sigmoid": entrywise(sigmoid),
    "sin": entrywise(np.sin),
    "sqrt": entrywise(np.sqrt),
    "sum": entrywise(np.sum),
    "det": linear(lambda S, b: np.linalg.det(S / len(b))),
    "inv": linear(lambda S, b: np.linalg.inv(S)),
    "solve": linear(np.linalg.solve),
    "cholesky": linear(lambda S, b: np.linalg.cholesky(S)),
}


# What JAX is given: the model; the derivatives are its own.


def jax_cases():
    import jax
    import jax.numpy as jnp
    from jax.scipy.special import logsumexp

    jax.config.update("jax_enable_x64", True)

    def gradient(loss, arrays):
        f = jax.jit(jax.value_and_grad(loss, tuple(range(len(arrays)))))
        return lambda: jax.block_until_ready(f(*arrays))

    def mlp(d, s):
        X, Y = numbers(d, s["B"], s["D"]), np.eye(s["C"], dtype=d)[np.arange(s["B"]) % s["C"]]
        params = [
            numbers(d, s["D"], s["H"], scale=0.05),
            np.zeros(s["H"], d),
            numbers(d, s["H"], s["C"], scale=0.05),
            np.zeros(s["C"], d),
        ]

        def loss(W1, b1, W2, b2):
            return -jnp.sum(Y * jax.nn.log_softmax(jax.nn.relu(X @ W1 + b1) @ W2 + b2)) / s["B"]

        return gradient(loss, params)

    def logistic(d, s):
        X, y = numbers(d, s["n"], s["d"]), np.sign(numbers(d, s["n"]))
        loss = lambda w: jnp.sum(jnp.logaddexp(0, -y * (X @ w)))  # noqa: E731
        return loss, numbers(d, s["d"], scale=0.1), numbers(d, s["d"])

    def logistic_gradient(d, s):
        loss, w, _ = logistic(d, s)
        return gradient(loss, [w])

    def logistic_hessian(d, s):
        loss, w, _ = logistic(d, s)
        f = jax.jit(jax.hessian(loss))
        return lambda: jax.block_until_ready(f(w))

    def logistic_hvp(d, s):
        loss, w, v = logistic(d, s)
        f = jax.jit(lambda w, v: jax.jvp(jax.grad(loss), (w,), (v,))[1])
        return lambda: jax.block_until_ready(f(w, v))

    def attention(d, s):
        shape = (s["b"], s["h"], s["t"], s["k"])

        def loss(Q, K, V):
            P = jax.nn.softmax(jnp.einsum("bhik,bhjk->bhij", Q, K) / np.sqrt(s["k"]).astype(d))
            return jnp.sum((P @ V) ** 2)

        return gradient(loss, [numbers(d, *shape) for _ in range(3)])

    def gmm(d, s):
        n, D, K = s["n"], s["d"], s["k"]
        X, lower = numbers(d, n, D), np.tril(np.ones((D, D)), -1)

        def loss(alpha, mu, q, L):
            Q = L * lower + jnp.exp(q)[:, :, None] * jnp.eye(D)
            R = jnp.einsum("kij,nkj->nki", Q, X[:, None, :] - mu[None])
            inner = alpha + q.sum(1) - (R**2).sum(-1) / 2
            prior = (Q**2).sum() / 2
            return -(logsumexp(inner, axis=1).sum() - n * logsumexp(alpha) - n * D * np.log(2 * np.pi) / 2) - prior

        return gradient(loss, [numbers(d, K), numbers(d, K, D), numbers(d, K, D, scale=0.3), numbers(d, K, D, D, scale=0.3)])

    def k_means(d, s):
        X = numbers(d, s["n"], s["d"])

        def loss(C):
            return jnp.sum(jnp.min(jnp.sum((X[:, None, :] - C[None]) ** 2, -1), 1))

        return gradient(loss, [numbers(d, s["k"], s["d"])])

    def least_squares(d, s):
        t = numbers(d, s["n"])

        def loss(x):
            return jnp.sum((jnp.sign(t) - (t[:, None] ** jnp.arange(s["m"])) @ x) ** 2) / 2

        return gradient(loss, [numbers(d, s["m"])])

    def bundle(d, s):
        seen = numbers(d, s["n"], 2)

        def loss(r, centre, f, x0, k, P, w):
            angle = jnp.linalg.norm(r)
            u = r / angle
            B = P - centre
            turned = jnp.cross(u, B) * jnp.sin(angle) + u * (B @ u)[:, None] * (1 - jnp.cos(angle))
            G = B * jnp.cos(angle) + turned
            H = G[:, :2] / G[:, 2:]
            q = (H**2).sum(1)
            image = f * H * (1 + k[0] * q + k[1] * q**2)[:, None] + x0
            return ((w[:, None] * (image - seen)) ** 2).sum() + ((1 - w**2) ** 2).sum()

        start = [numbers(d, 3, scale=0.3), np.array([0.2, 0.1, -3], d), d(1.2), numbers(d, 2, scale=0.1)]
        return gradient(loss, start + [numbers(d, 2, scale=0.05), numbers(d, s["n"], 3), numbers(d, s["n"])])

    def lstm(d, s):
        T, H, B, D = s["t"], s["h"], s["b"], s["d"]
        X = numbers(d, T, D, B)
        gates = "fiog"
        start = np.zeros((H, B), d)

        def loss(*params):
            W, U, b = params[:4], params[4:8], params[8:]

            def step(state, x):
                h, c = state
                f, i, o, g = (W[k] @ h + U[k] @ x + b[k][:, None] for k in range(4))
                c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
                h = jax.nn.sigmoid(o) * jnp.tanh(c)
                return (h, c), h

            return jnp.sum(jax.lax.scan(step, (start, start), X)[1] ** 2)

        return gradient(
            loss,
            [numbers(d, H, H, scale=0.1) for _ in gates]
            + [numbers(d, H, D, scale=0.1) for _ in gates]
            + [np.zeros(H, d) for _ in gates],
        )

    def convolution(d, s):
        B, F, K = s["b"], s["f"], s["k"]
        X, Y = numbers(d, B, 1, 28, 28), np.eye(K, dtype=d)[np.arange(B) % K]

        def loss(filters, shift, W, c):
            C = jax.lax.conv(X, filters, (1, 1), "VALID") + shift[:, None, None]
            M = jax.lax.reduce_window(jax.nn.relu(C), -jnp.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
            return -jnp.sum(Y * jax.nn.log_softmax(jnp.einsum("boij,koij->bk", M, W) + c)) / B

        return gradient(
            loss, [numbers(d, F, 1, 3, 3, scale=0.3), np.zeros(F, d), numbers(d, K, F, 13, 13, scale=0.05), np.zeros(K, d)]
        )

    def product(d, s):
        A, B = jnp.asarray(numbers(d, s["n"], s["n"])), jnp.asarray(numbers(d, s["n"], s["n"]))
        f = jax.jit(jnp.matmul)
        return lambda: jax.block_until_ready(f(A, B))

    return {
        "mlp": mlp,
        "logistic": logistic_gradient,
        "logistic-hessian": logistic_hessian,
        "logistic-hvp": logistic_hvp,
        "attention": attention,
        "gmm": gmm,
        "k-means": k_means,
        "least-squares": least_squares,
        "bundle": bundle,
        "lstm": lstm,
        "convolution": convolution,
        "product": product,
    }


def main():
    libraries = {"numpy": NUMPY}
    runs = {}
    for line in sys.stdin:
        ask = json.loads(line)
        try:
            if ask["library"] == "jax" and "jax" not in libraries:
                libraries["jax"] = jax_cases()
            key = json.dumps([ask[k] for k in ("library", "case", "sizes", "precision")])
            first = None
            if key not in runs:
                make = libraries[ask["library"]][ask["case"]]
                run = make(np.float32 if ask["precision"] == "f32" else np.float64, ask["sizes"])
                begun = time.perf_counter()
                run()
                first = 1e3 * (time.perf_counter() - begun)
                runs[key] = run
            times = []
            for _ in range(ask["times"]):
                begun = time.perf_counter()
                runs[key]()
                times.append(1e3 * (time.perf_counter() - begun))
            answer = {"first": first, "times": times}
        except Exception as error:  # noqa: BLE001
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
