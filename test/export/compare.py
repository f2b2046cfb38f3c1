"""Runs exported programs and prints, for each, how far its value and gradients are from the ones wanted.

Standard input: a JSON list of {name, file, value, gradient, whole, check, typed}; standard output: a JSON list of {name, worst, shapes, error}.
"""

import importlib.util
import json
import os
import sys
import warnings

import numpy as np

os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true"
warnings.filterwarnings("ignore")
np.seterr(all="ignore")


def numbers(x):
    return [numbers(y) for y in x] if isinstance(x, list) else float(x)


def size(x):
    return np.max(np.abs(np.asarray(numbers(x), dtype=np.float64)), initial=0.0)


def distance(got, want, least=1e-300):
    got, want = np.asarray(got, dtype=np.float64), np.asarray(numbers(want), dtype=np.float64)
    if got.shape != want.shape:
        raise ValueError(f"the shape is {got.shape}, not {want.shape}")
    same = (np.isnan(got) & np.isnan(want)) | (got == want)
    if np.any(~same & ~(np.isfinite(got) & np.isfinite(want))):
        raise ValueError(f"{got} is not finite where {want} is, or is where it is not")
    got, want = np.where(same, 0.0, got), np.where(np.isfinite(want), want, 0.0)
    off = np.max(np.where(same, 0.0, np.abs(got - want)), initial=0.0)
    return float(off / max(np.max(np.abs(want), initial=0.0), least))


def apart(got, want):
    """How far the entries are from those wanted, each by its own size."""
    return max([distance(a, b) for a, b in zip(np.ravel(got), np.ravel(numbers(want)), strict=True)], default=0.0)


def moderate(data):
    """Data of many points, with an ordinary one in place of those of extreme size."""
    sizes = np.abs(np.array([value.tolist() for value in data.values()]))
    plain = np.all((sizes == 0) | ((sizes > 1e-9) & (sizes < 1e9)), axis=0)
    first = int(np.argmax(plain))
    return {name: np.where(plain, value, value[first]) for name, value in data.items()}


def typed(model, found):
    """Refuses numbers of another precision than that of the model."""
    wanted = "float32" if "float32" in str(model.DTYPE) else "float64"
    for name, value in found.items():
        if not str(getattr(value, "dtype", type(value).__name__)).endswith(wanted):
            raise TypeError(f"{name} is {value.dtype if hasattr(value, 'dtype') else type(value)}, not {wanted}")


def judged(job):
    spec = importlib.util.spec_from_file_location("model", job["file"])
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    params, data = model.initial_parameters(), model.example_data()
    if any(job.get(kind) for kind in ("whole", "quiet", "typed")) and hasattr(model, "jax"):
        # As a whole a model is compiled in a fraction of the time that its operations take one by one.
        model.value_and_gradients, model.loss = model.jax.jit(model.value_and_gradients), model.jax.jit(model.loss)
    finite = all(np.all(np.isfinite(numbers(want))) for want in [job["value"], *job["gradient"].values()])
    if (job.get("quiet") or job.get("whole") and finite) and not hasattr(model, "torch"):
        # What is not taken may not warn.
        with np.errstate(all="raise", under="ignore"):
            model.value_and_gradients(params, moderate(data) if job.get("quiet") else data)
    value, gradient = model.value_and_gradients(params, data)
    typed(model, {"the value": value, **gradient})
    if job.get("typed"):
        return 0.0
    if job.get("each"):
        return max(apart(gradient[name], want) for name, want in job["gradient"].items())
    far = [distance(value, job["value"]), distance(model.loss(params, data), job["value"])]
    # A gradient that is 0 but for rounding is held against the others.
    least = max([1e-3 * size(want) for want in job["gradient"].values()] + [1e-300])
    far += [distance(gradient[name], want, least) for name, want in job["gradient"].items()]
    if hasattr(model, "predict"):
        model.predict(params, data)
    if job.get("check") and not model.check():
        raise ValueError("--check does not agree")
    return max(far)


found = []
out = sys.stdout
sys.stdout = sys.stderr
for job in json.load(sys.stdin):
    try:
        found.append({"name": job["name"], "worst": judged(job)})
    except Exception as error:  # each program is judged, whatever another does
        found.append({"name": job["name"], "error": f"{type(error).__name__}: {error}"})
json.dump(found, out)
