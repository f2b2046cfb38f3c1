"""Uses an exported program as one should not; prints what it says, a line each. Argument: the program's folder."""

import sys

import numpy as np

sys.path.insert(0, sys.argv[1])
import model  # noqa: E402

params, data = {"w": [1.0, 2.0], "b": 0.5}, {"X": [[1, 2, 3], [4, 5, 6]], "y": [1, 2, 3]}
for p, d in [
    (params, data),
    ({**params, "w": [1, 2, 3]}, data),
    ({"b": 0}, data),
    (params, {"X": data["X"]}),
    (params, {**data, "y": [1, 2]}),
    (params, {**data, "X": "abc"}),
    ({**params, "b": [0]}, data),
    ({**params, "bias": 0}, data),
    (params, {**data, "Z": [1]}),
    (None, data),
    (params, [1, 2]),
    (params, {**data, "y": np.array([1, 2, 3j])}),
    (params, {**data, "y": [1, 2, 3j]}),
]:
    try:
        print(round(float(model.loss(p, d)), 6))
    except Exception as error:
        print(type(error).__name__, str(error).split(": could")[0])
