"""Times exported JAX programs against the same models by hand, one step after the other.

Arguments: a folder with NAME/PRECISION/model.py, how many steps. Standard output: a line of JSON for each, with medians.
"""

import importlib.util
import json
import os
import statistics
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
from by_hand import CASES

jax.config.update("jax_enable_x64", True)
KINDS = {"f64": (np.float64, 1e-11), "f32": (np.float32, 1e-3)}


def timed(step, params, data):
    start = time.perf_counter()
    jax.block_until_ready(step(params, data))
    return 1e3 * (time.perf_counter() - start)


def loaded(folder, name, precision):
    path = os.path.join(folder, name, precision, "model.py")
    spec = importlib.util.spec_from_file_location("model", path)
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    return model


def far(found, wanted):
    return float(np.max(np.abs(np.asarray(found) - np.asarray(wanted))) / np.max(np.abs(np.asarray(wanted))))


def main(folder, steps):
    for name, (loss, shapes, given) in CASES.items():
        for precision, (kind, bound) in KINDS.items():
            rng = np.random.default_rng(1)
            params = {n: jnp.asarray(0.1 * rng.normal(size=s), dtype=kind) for n, s in shapes.items()}
            data = {n: jnp.asarray(rng.normal(size=s), dtype=kind) for n, s in given.items()}
            own = jax.jit(loaded(folder, name, precision).value_and_gradients)
            other = jax.jit(jax.value_and_grad(loss))
            (value, slopes), (wanted, theirs) = own(params, data), other(params, data)
            worst = max(far(value, wanted), *(far(slopes[n], theirs[n]) for n in params))
            if not worst < bound:
                sys.exit(f"{name} in {precision}: the exported step differs from the one by hand by {worst}")
            times = [(timed(own, params, data), timed(other, params, data)) for _ in range(steps)]
            a, b = (statistics.median(each) for each in zip(*times))
            print(json.dumps({"name": name, "precision": precision, "own": a, "other": b}), flush=True)


main(sys.argv[1], int(sys.argv[2]))
