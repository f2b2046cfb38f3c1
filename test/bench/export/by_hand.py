"""The models of this folder as a person writes them in JAX, with value_and_grad, and the shapes that they are timed with."""

import jax
import jax.numpy as jnp


def mlp(params, data):
    hidden = jnp.tanh(params["W1"] @ data["X"] + params["b1"][:, None])
    z = params["W2"] @ hidden + params["b2"][:, None]
    return -jnp.sum(data["Y"] * jax.nn.log_softmax(z, axis=0)) / z.shape[1]


def attention(params, data):
    q = jnp.einsum("bic,hck->bhik", data["X"], params["Wq"])
    k = jnp.einsum("bic,hck->bhik", data["X"], params["Wk"])
    v = jnp.einsum("bic,hck->bhik", data["X"], params["Wv"])
    p = jax.nn.softmax(jnp.einsum("bhik,bhjk->bhij", q, k) / 4, axis=-1)
    z = jnp.einsum("bhik,hkc->bic", jnp.einsum("bhij,bhjk->bhik", p, v), params["Wo"])
    return jnp.mean((z - data["Y"]) ** 2)


def batch_norm(params, data):
    a = data["X"] @ params["W"]
    mean, variance = jnp.mean(a, axis=0), jnp.var(a, axis=0)
    n = (a - mean) / jnp.sqrt(variance + 1e-5)
    h = jax.nn.relu(n * params["g"] + params["s"])
    return jnp.mean((h @ params["V"] - data["Y"]) ** 2)


def convolution(params, data):
    c = jax.lax.conv(data["X"], params["F"], (1, 1), "VALID") + params["s"][:, None, None]
    z = jnp.einsum("boij,ij->bo", jax.nn.relu(c), params["w"])
    return jnp.mean((z - data["Y"]) ** 2)


def lstm(params, data):
    def step(carry, x):
        h, c = carry
        f = jax.nn.sigmoid(params["Wf"] @ h + params["Uf"] @ x)
        i = jax.nn.sigmoid(params["Wi"] @ h + params["Ui"] @ x)
        o = jax.nn.sigmoid(params["Wo"] @ h + params["Uo"] @ x)
        g = jnp.tanh(params["Wg"] @ h + params["Ug"] @ x)
        c = f * c + i * g
        h = o * jnp.tanh(c)
        return (h, c), h

    x = data["X"]
    zeros = jnp.zeros((params["v"].shape[0], x.shape[2]), x.dtype)
    _, h = jax.lax.scan(step, (zeros, zeros), x)
    return jnp.mean((jnp.einsum("n,tnb->tb", params["v"], h) - data["Y"]) ** 2)


CASES = {
    "mlp": (mlp, {"W1": (128, 784), "b1": (128,), "W2": (10, 128), "b2": (10,)}, {"X": (784, 512), "Y": (10, 512)}),
    "attention": (
        attention,
        {"Wq": (4, 32, 16), "Wk": (4, 32, 16), "Wv": (4, 32, 16), "Wo": (4, 16, 32)},
        {"X": (8, 64, 32), "Y": (8, 64, 32)},
    ),
    "batch-norm": (
        batch_norm,
        {"W": (256, 256), "g": (1, 256), "s": (1, 256), "V": (256, 16)},
        {"X": (1024, 256), "Y": (1024, 16)},
    ),
    "convolution": (
        convolution,
        {"F": (16, 8, 3, 3), "s": (16,), "w": (16, 16)},
        {"X": (32, 8, 18, 18), "Y": (32, 16)},
    ),
    "lstm": (
        lstm,
        {
            **{f"W{gate}": (64, 64) for gate in "fiog"},
            **{f"U{gate}": (64, 16) for gate in "fiog"},
            "v": (64,),
        },
        {"X": (100, 16, 16), "Y": (100, 16)},
    ),
}
