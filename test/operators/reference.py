"""Writes reference.csv: values of the functions in 60 digits, rounded once to a double.

Run with Python and mpmath. Every line is a name, the arguments and the value.
"""

import pathlib

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 60

TINY = [1e-300, 1e-20, 1e-8, 1e-5, 1e-3, 0.01]
SMALL = [0.05, 0.1, 0.2, 0.3, 0.4375, 0.5, 0.7, 0.84, 0.9, 0.999]
MIDDLE = [1.0, 1.001, 1.1, 1.25, 1.5, 1.9, 2.0, 2.3, 2.9, 3.0, 3.5, 4.2, 5.1, 6.3, 7.7, 9.9]
LARGE = [12.5, 17.3, 20.5, 25.25, 31.7, 44.4, 60.1, 99.5, 150.3]
HUGE = [300.7, 709.0, 1234.5, 1e5, 1e10, 1e16, 1e100, 1e300]

BELOW_ONE = TINY + SMALL + [0.99999, 1 - 2.0**-30]
ALL = TINY + SMALL + MIDDLE + LARGE + HUGE
ORDINARY = TINY + SMALL + MIDDLE + LARGE
both = lambda points: [-x for x in reversed(points)] + points

HALF = mpf(1) / 2
SQRT2 = mp.sqrt(2)
EXP1 = float(mp.exp(-1))


def ei(x):
    return mp.ei(x)


def polylog(n, x):
    return mp.re(mp.polylog(n, x))


def erfcx(x):
    return mp.exp(x * x) * mp.erfc(x)


def dawson(x):
    return mp.sqrt(mp.pi) / 2 * mp.exp(-x * x) * mp.erfi(x)


def gelu(x):
    return x * mp.erfc(-x / SQRT2) / 2


def log_abs_gamma(x):
    return mp.re(mp.loggamma(x))


def elu(x, a):
    return x if x > 0 else a * mp.expm1(x)


def nth_root(x, n):
    return mp.sign(x) * mp.root(abs(x), int(n))


def zero_first(log):
    return lambda x, y: mpf(0) if x == 0 else x * log(y)


ORDERS = [0, 1, 2, 3, 5, 8, 13, 21, 50, 100]
BESSEL = TINY + SMALL + MIDDLE + [1.7, 12.5, 17.3, 19.9, 20.1, 25.25, 31.7, 39.9, 40.1, 44.4, 60.1, 99.5, 150.3, 300.7, 700.5]


def orders(function, points):
    """Where the value is a double, and, where it is a wave, not next to a zero."""
    found = []
    for n, x in [(n, x) for n in ORDERS for x in points]:
        value = abs(function(n, mpf(x)))
        least = 0.3 * min(1, mp.sqrt(2 / (mp.pi * mp.sqrt(mpf(x) ** 2 - n * n)))) if abs(x) > n and function in WAVES else 1e-300
        if least < value < 1e300:
            found.append((n, x))
    return found


WAVES = (mp.besselj, mp.bessely)


def by_order(f):
    return lambda n, x: f(int(n), x)


NEGATIVE = [-0.25, -0.5, -0.9, -1.5, -2.3, -2.75, -3.1, -7.6, -10.5, -20.25, -33.3]

ELLIPTIC = [(p, m) for p in both([1e-8, 0.3, 1.0, 1.57, 2.0, 7.5]) for m in (-50.0, -0.7, 1e-9, 0.25, 0.9, 0.9999)]

FUNCTIONS = {
    "exp": (mp.exp, both(TINY + SMALL + MIDDLE + LARGE + [300.7, 700.5])),
    "log": (mp.log, ALL + [0.9999999, 1.0000001]),
    "log2": (lambda x: mp.log(x) / mp.log(2), ALL + [8.0, 1024.0, 0.9999999, 1.0000001]),
    "log10": (lambda x: mp.log(x) / mp.log(10), ALL + [1000.0, 1e-5, 1e22, 0.9999999, 1.0000001]),
    "log1p": (mp.log1p, ALL + [-x for x in BELOW_ONE]),
    "expm1": (mp.expm1, both(ORDINARY) + [700.5]),
    "cbrt": (nth_root, [(x, 3) for x in both(ALL)]),
    "sin": (mp.sin, both(ALL)),
    "cos": (mp.cos, both(ALL)),
    "tan": (mp.tan, both(ALL)),
    "sec": (mp.sec, both(ALL)),
    "csc": (mp.csc, both(ALL)),
    "cot": (mp.cot, both(ALL)),
    "asin": (mp.asin, both(BELOW_ONE)),
    "acos": (mp.acos, both(BELOW_ONE)),
    "atan": (mp.atan, both(ALL)),
    "acot": (lambda x: mp.atan(1 / x), both(ALL)),
    "asec": (mp.asec, both([x for x in ALL if x > 1] + [1 + 2.0**-30, 1 + 2.0**-50])),
    "acsc": (mp.acsc, both([x for x in ALL if x > 1] + [1 + 2.0**-30, 1 + 2.0**-50])),
    "sinh": (mp.sinh, both(ORDINARY + [300.7, 709.0, 710.2])),
    "cosh": (mp.cosh, both(ORDINARY + [300.7, 709.0, 710.2])),
    "tanh": (mp.tanh, both(ALL)),
    "sech": (mp.sech, both(ORDINARY + [300.7, 709.0, 720.2])),
    "csch": (mp.csch, both(ORDINARY + [300.7, 709.0, 720.2])),
    "coth": (mp.coth, both(ALL)),
    "asinh": (mp.asinh, both(ALL)),
    "acosh": (mp.acosh, [x for x in ALL if x > 1] + [1 + 2.0**-30, 1 + 2.0**-50]),
    "atanh": (mp.atanh, both(BELOW_ONE)),
    "asech": (mp.asech, [x for x in BELOW_ONE]),
    "acsch": (mp.acsch, both(ALL)),
    "acoth": (mp.acoth, both([x for x in ALL if x > 1] + [1 + 2.0**-30, 1 + 2.0**-50])),
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), both(ALL[:-6]) + [-700.5, -740.0]),
    "logsigmoid": (lambda x: -mp.log1p(mp.exp(-x)), both(ALL[:-6]) + [-1e10, 40.0]),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), both(ALL[:-6]) + [1e10, -40.0]),
    "logit": (lambda p: mp.log(p) - mp.log1p(-p), BELOW_ONE + [0.25, 0.26, 0.4999999, 0.5000001, 0.74, 0.75, 0.76, 5e-324]),
    "sinc": (lambda x: mp.sin(x) / x, both(ALL)),
    "erfinv": (mp.erfinv, both(BELOW_ONE + [0.49999, 0.501, 1 - 2.0**-52, 1 - 2.0**-53])),
    "erf": (mp.erf, both(ALL)),
    "erfc": (mp.erfc, both(ORDINARY[:-3]) + [26.0, 26.5]),
    "erfcx": (erfcx, [-x for x in ORDINARY[:-6]] + ORDINARY[:-2] + [25.0, 27.0, 28.5, 50.0]),
    "erfi": (mp.erfi, both([x for x in ORDINARY if x < 26] + [26.0])),
    "dawson": (dawson, both(ORDINARY[:-3])),
    "gamma": (mp.gamma, ORDINARY + NEGATIVE + [-1e-5, -100.5, -140.3, -170.6, -175.2, 33.0, 100.0, 143.2, 165.1, 170.0, 171.0, 171.5]),
    "lgamma": (log_abs_gamma, ALL + NEGATIVE + [1 + 1e-9, 2 - 1e-9, 2 + 1e-9, -100.5, -1000.25]),
    "digamma": (mp.digamma, ALL + NEGATIVE + [1.4616, 1.46163214, 1.4616321449, -100.25, -1000.3]),
    "trigamma": (lambda x: mp.polygamma(1, x), TINY[1:] + SMALL + MIDDLE + LARGE + HUGE + NEGATIVE + [-100.25]),
    "polygamma": (
        lambda n, x: mp.polygamma(int(n), x),
        [(n, x) for n in (2, 3, 5, 10) for x in TINY[3:] + SMALL + MIDDLE + LARGE + [1e5] + [-0.3, -1.6, -2.25, -7.1, -20.4]],
    ),
    "beta": (mp.beta, [(a, b) for a in (1e-8, 0.3, 1.0, 4.2, 30.5, 170.4) for b in (1e-8, 0.7, 2.5, 11.1, 160.7, 1000.5)]
             + [(a, b) for a in (-20.5, -200.5, -2246.7) for b in (1.5, 60.4, 230.1, -0.2, -33.4)]),
    "uppergamma": (
        mp.gammainc,
        [(a, x) for a in (-3.5, -2.0, -0.3, 0.0, 1e-5, 0.4, 1.0, 3.3, 12.5) for x in (1e-8, 0.1, 0.9, 1.6, 3.3, 9.9, 60.1)],
    ),
    "Si": (mp.si, both(ALL[:-2])),
    "Ci": (mp.ci, ALL[:-2]),
    "Shi": (mp.shi, both([x for x in ORDINARY] + [300.7, 700.5])),
    "Chi": (mp.chi, ORDINARY + [300.7, 700.5]),
    "Ei": (ei, both(ORDINARY) + [300.7, 700.5, -300.7, -700.5, 0.37, 0.3725, 0.37250741, 0.375]),
    "li": (mp.li, [x for x in ALL[:-1] if x != 1.0] + [1.451, 1.4514]),
    "lambertw": (
        lambda x: mp.re(mp.lambertw(x)),
        ALL + [-x for x in TINY + SMALL[:4]] + [-0.35, -0.36, -0.367, -0.3678, -0.36787, -0.367879, -0.3678794411],
    ),
    "fresnels": (mp.fresnels, both(TINY[1:] + SMALL + MIDDLE + LARGE + [300.7, 1234.5, 1e5])),
    "fresnelc": (mp.fresnelc, both(ALL[:-6])),
    "polylog": (
        polylog,
        [(n, x) for n in (2, 3, 4, 7, 20) for x in both(TINY + SMALL + [0.6, 0.99999]) + [1.0, -1.0, -1.5, -2.0, -5.5, -30.2, -1e5, -1e10]],
    ),
    "besselj": (by_order(mp.besselj), orders(mp.besselj, both(BESSEL)[::2] + BESSEL + [1e5, 1e10]) + [(-3, 2.5), (-2, 2.5), (300, 310.5)]),
    "bessely": (by_order(mp.bessely), orders(mp.bessely, BESSEL + [1e5, 1e10]) + [(-3, 2.5), (-2, 2.5), (300, 310.5)]),
    "besseli": (by_order(mp.besseli), orders(mp.besseli, both(BESSEL)[::2] + BESSEL) + [(-3, 2.5), (300, 310.5)]),
    "besselk": (by_order(mp.besselk), orders(mp.besselk, BESSEL) + [(-3, 2.5), (300, 310.5)]),
    "xlogy": (zero_first(mp.log), [(x, y) for x in [0.0] + both([1e-300, 0.3, 2.0, 1e10]) for y in [1e-300, 0.1, 0.9999999, 1.5, 1e100]] + [(0.0, 0.0)]),
    "xlog1py": (
        zero_first(mp.log1p),
        [(x, y) for x in [0.0] + both([1e-300, 0.3, 2.0, 1e10]) for y in [-0.999, -1e-20, 1e-5, 1.5, 1e100]] + [(0.0, -1.0)],
    ),
    "entropy": (lambda x: -zero_first(mp.log)(x, x), [0.0] + ALL),
    "elliptic_f": (mp.ellipf, ELLIPTIC),
    "elliptic_e": (mp.ellipe, ELLIPTIC),
    "gelu": (gelu, both(ORDINARY[:-3])),
    "silu": (lambda x: x / (1 + mp.exp(-x)), both(ORDINARY + [300.7, 709.0]) + [-720.5]),
    "elu": (elu, [(x, a) for x in both(ORDINARY) for a in (1.0, 0.3)]),
    "hypot": (mp.hypot, [(a, b) for a in both([1e-300, 3.0, 5e200]) for b in (1e-300, 4.0, 0.1, 7e200)]),
    "atan2": (mp.atan2, [(a, b) for a in both([1e-300, 1e-5, 3.0, 5e200]) for b in both([1e-300, 4.0, 0.1, 7e200])]),
    "mod": (lambda x, y: x - y * mp.floor(x / y), [(a, b) for a in both([0.3, 5.5, 7.0, 1e17, 1e300]) for b in both([0.7, 2.0, 3.1])]),
    "nthRoot": (nth_root, [(x, n) for x in both([1e-300, 0.3, 8.0, 243.0, 1e300]) for n in (3, 5, 7, 21)]),
}


def main():
    mp.mp.dps = 60
    lines = []
    for name, (function, points) in FUNCTIONS.items():
        for point in points:
            args = point if isinstance(point, tuple) else (point,)
            # Large arguments lose their digits before the decimal point.
            mp.mp.dps = 400 if any(abs(a) > 1e20 for a in args) else 60
            value = float(function(*[mpf(a) for a in args]))
            lines.append(",".join([name, *(repr(x) for x in (*args, value))]))
    pathlib.Path(__file__).with_name("reference.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
