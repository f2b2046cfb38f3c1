"""Times exported JAX programs against the same models by hand, one step after the other.

Arguments: a folder with NAME/PRECISION/model.py, how many steps. Standard output: a line of JSON for each.
"""

import importlib.util
import json
import os
import statistics
import sys
import time

import jax
import numpy as np
from by_hand import CASES

jax.config.update("jax_enable_x64", True)
folder, steps = sys.argv[1], int(sys.argv[2])


def timed(step, params, data):
    start = time.perf_counter()
    jax.block_until_ready(step(params, data))
    return 1e3 * (time.perf_counter() - start)


for name, (loss, params, data) in CASES.items():
    for precision in ("f64", "f32"):
        path = os.path.join(folder, name, precision, "model.py")
        spec = importlib.util.spec_from_file_location(f"{name}_{precision}", path)
        model = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(model)
        rng = np.random.default_rng(1)
        kind = np.float64 if precision == "f64" else np.float32
        made = lambda shapes, scale: {n: jax.numpy.asarray(scale * rng.normal(size=s), dtype=kind) for n, s in shapes.items()}
        p, d = made(params, 0.1), made(data, 1.0)
        exported, by_hand = jax.jit(model.value_and_gradients), jax.jit(jax.value_and_grad(loss))
        (value, slopes), (wanted, theirs) = exported(p, d), by_hand(p, d)
        far = max([float(abs(value - wanted) / abs(wanted))] + [float(np.max(np.abs(slopes[n] - theirs[n])) / np.max(np.abs(theirs[n]))) for n in p])
        assert far < (1e-11 if precision == "f64" else 1e-3), f"{name} {precision}: they differ by {far}"
        own, other = [], []
        for _ in range(steps):
            own.append(timed(exported, p, d))
            other.append(timed(by_hand, p, d))
        # Of the quieter half the median: other work on the machine only ever adds.
        a, b = statistics.median(own), statistics.median(other)
        print(json.dumps({"case": name, "precision": precision, "exported": a, "byHand": b, "ratio": a / b, "best": min(own) / min(other)}), flush=True)
