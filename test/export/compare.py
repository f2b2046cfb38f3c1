"""Runs exported programs and prints, for each, how far its value and gradients are from the ones wanted.

Standard input: a JSON list of {name, file, value, gradient}; standard output: a JSON list of {name, worst, shapes, error}.
"""

import importlib.util
import json
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")
np.seterr(all="ignore")


def numbers(x):
    return [numbers(y) for y in x] if isinstance(x, list) else float(x)


def distance(got, want):
    got, want = np.asarray(got, dtype=np.float64), np.asarray(numbers(want), dtype=np.float64)
    if got.shape != want.shape:
        raise ValueError(f"the shape is {got.shape}, not {want.shape}")
    same = (np.isnan(got) & np.isnan(want)) | (got == want)
    off = np.max(np.where(same, 0.0, np.abs(got - want)), initial=0.0)
    return float(off / max(np.max(np.abs(want), initial=0.0), 1e-300))


def judged(job):
    spec = importlib.util.spec_from_file_location("model", job["file"])
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    params, data = model.initial_parameters(), model.example_data()
    value, gradient = model.value_and_gradients(params, data)
    far = [distance(value, job["value"]), distance(model.loss(params, data), job["value"])]
    far += [distance(gradient[name], want) for name, want in job["gradient"].items()]
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
