"""What SciPy's curve_fit makes of curves with noise: parameters, standard errors, R².

python3 test/outside/python/curve_fits.py > test/descend/curve-fits.json      (NumPy, SciPy; made with SciPy 1.17.1)
"""

import json

import numpy as np
from scipy.optimize import curve_fit

rng = np.random.default_rng(7)
exp = np.exp
decay = np.linspace(0, 4, 50)

# Name, curve here, curve in the language, names, start, truth, places, noise, and whether that is known: by its size
# relative to one another, or absolutely.
CURVES = [
    ("exponential", lambda x, a, k, c: a * exp(-k * x) + c, "a*exp(-k*x) + c", "a k c", [1, 1, 0], [2.5, 1.3, 0.5], decay, 0.05, None),
    ("two exponentials", lambda x, a, k, b, l: a * exp(-k * x) + b * exp(-l * x), "a*exp(-k*x) + b*exp(-l*x)", "a k b l",
     [1, 2, 1, 0.2], [2, 3, 1, 0.4], np.linspace(0, 8, 80), 0.01, None),
    ("a bell", lambda x, a, m, s, c: a * exp(-((x - m) ** 2) / (2 * s**2)) + c, "a*exp(-(x - m).^2/(2*s^2)) + c", "a m s c",
     [1, 0, 1, 0], [3, 0.7, 0.6, 0.2], np.linspace(-3, 4, 60), 0.1, None),
    ("a rational function", lambda x, a, b, c, d: (a + b * x) / (1 + c * x + d * x**2), "(a + b*x)./(1 + c*x + d*x.^2)", "a b c d",
     [1, 1, 1, 1], [2, 0.5, -0.3, 0.2], np.linspace(0, 6, 40), 0.02, None),
    ("Michaelis-Menten", lambda x, V, K: V * x / (K + x), "V*x./(K + x)", "V K", [1, 1], [212.7, 0.0641],
     np.repeat([0.02, 0.06, 0.11, 0.22, 0.56, 1.1], 2), 8, None),
    ("logistic growth", lambda x, L, k, m: L / (1 + exp(-k * (x - m))), "L./(1 + exp(-k*(x - m)))", "L k m",
     [100, 1, 5], [187, 0.67, 6.2], np.linspace(0, 15, 31), 2, None),
    ("Gompertz", lambda x, a, b, c: a * exp(-b * exp(-c * x)), "a*exp(-b*exp(-c*x))", "a b c",
     [10, 2, 0.5], [12, 4, 0.7], np.linspace(0, 10, 40), 0.2, None),
    ("Hill", lambda x, V, K, h: V * x**h / (K**h + x**h), "V*x.^h./(K^h + x.^h)", "V K h",
     [5, 2, 1], [9, 3.1, 2.4], np.linspace(0.1, 12, 30), 0.2, None),
    ("inhibition by the substrate", lambda x, V, K, I: V * x / (K + x + x**2 / I), "V*x./(K + x + x.^2/I)", "V K I",
     [5, 1, 10], [10, 2, 6], np.linspace(0.1, 20, 40), 0.1, None),
    ("a wave", lambda x, a, w, p, c: a * np.sin(w * x + p) + c, "a*sin(w*x + p) + c", "a w p c",
     [1, 2, 0, 0], [1.7, 2.1, 0.4, 0.3], np.linspace(0, 8, 70), 0.2, None),
    ("a resonance", lambda x, a, m, g: a * g**2 / ((x - m) ** 2 + g**2), "a*g^2./((x - m).^2 + g^2)", "a m g",
     [1, 0, 1], [5, 0.3, 0.4], np.linspace(-4, 4, 81), 0.1, None),
    ("Arrhenius", lambda x, A, B: A * exp(-B / x), "A*exp(-B./x)", "A B", [1e3, 1e3], [5.4e5, 4200], np.linspace(280, 380, 25), 0.02, None),
    ("small numbers", lambda x, a, k: a * exp(-k * x), "a*exp(-k*x)", "a k", [1e-9, 1e5], [3.2e-9, 2.3e5], np.linspace(0, 2e-5, 30), 2e-11, None),
    ("large numbers", lambda x, a, k: a * x / (k + x), "a*x./(k + x)", "a k", [1e9, 1e6], [3.2e9, 4.1e6], np.linspace(1e5, 2e7, 30), 2e6, None),
    ("weights", lambda x, a, k, c: a * exp(-k * x) + c, "a*exp(-k*x) + c", "a k c", [1, 1, 0], [2.5, 1.3, 0.5], decay,
     0.02 + 0.1 * rng.random(50), "relative"),
    ("known errors", lambda x, a, k, c: a * exp(-k * x) + c, "a*exp(-k*x) + c", "a k c", [1, 1, 0], [2.5, 1.3, 0.5], decay,
     0.02 + 0.1 * rng.random(50), "absolute"),
    ("a line with known errors", lambda x, a, b: a * x + b, "a*x + b", "a b", [0, 0], [2.5, 1.3], decay[:20],
     0.02 + 0.1 * rng.random(20), "absolute"),
]


def told(name, f, source, names, start, truth, x, noise, known):
    y = np.array([float(f"{v:.6g}") for v in f(x, *truth) + rng.normal(size=len(x)) * noise])
    x = np.array([float(f"{v:.6g}") for v in x])
    sigma = None if known is None else np.array([float(f"{v:.6g}") for v in noise])
    options = {} if known is None else {"sigma": sigma, "absolute_sigma": known == "absolute"}
    found, covariance = curve_fit(f, x, y, p0=start, xtol=1e-14, ftol=1e-14, gtol=1e-14, maxfev=100000, **options)
    weights = np.ones_like(x) if sigma is None else 1 / sigma**2
    squares = np.sum(weights * (y - f(x, *found)) ** 2)
    scatter = np.sum(weights * (y - np.sum(weights * y) / np.sum(weights)) ** 2)
    return {
        "name": name, "source": source, "names": names.split(), "start": start, "x": x.tolist(), "y": y.tolist(),
        "sigma": None if sigma is None else sigma.tolist(), "known": known,
        "values": found.tolist(), "errors": np.sqrt(np.diag(covariance)).tolist(),
        "squares": float(squares), "rSquared": float(1 - squares / scatter), "degreesOfFreedom": len(x) - len(found),
    }  # fmt: skip


print(json.dumps([told(*curve) for curve in CURVES]))
