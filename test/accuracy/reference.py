"""Values and first two derivatives by x, correctly rounded, at doubles of every size.

Reads formulas from `formulas.txt` beside it and writes `reference.csv`; needs mpmath. Derivatives come from second-order
jets, so this is a second implementation that shares nothing with the library.
"""

import random
import struct
from pathlib import Path

import mpmath
from mpmath import mp, mpf

PARAMETERS = {"a": 1.25, "n": 7.0, "d": 1e-8, "y": 0.3}
EVERY_SIZE = 14
EVERYDAY = 14
NEAR = 10


class Jet:
    """f(x + t) up to t²: the value, the slope, the second derivative."""

    def __init__(self, v, d=0, dd=0):
        self.v, self.d, self.dd = mpf(v), mpf(d), mpf(dd)

    def chain(self, f, df, ddf):
        return Jet(f, df * self.d, ddf * self.d**2 + df * self.dd)

    def __add__(self, o):
        o = jet(o)
        return Jet(self.v + o.v, self.d + o.d, self.dd + o.dd)

    def __mul__(self, o):
        o = jet(o)
        return Jet(self.v * o.v, self.d * o.v + self.v * o.d, self.dd * o.v + 2 * self.d * o.d + self.v * o.dd)

    def __neg__(self):
        return Jet(-self.v, -self.d, -self.dd)

    def __pow__(self, p):
        p = jet(p)
        if p.d or p.dd:
            return exp(p * log(self))
        p = p.v
        if p == 0:
            return Jet(1)
        if self.v == 0 and p < 2 and p != 1:
            raise ValueError("a pole or a kink")
        if self.v < 0 and p != int(p):
            raise ValueError("a complex value")
        if p == 1:
            return self
        if p == 2:
            return self * self
        return self.chain(self.v**p, p * self.v ** (p - 1), p * (p - 1) * self.v ** (p - 2))

    def __sub__(self, o):
        return self + -jet(o)

    def __truediv__(self, o):
        return self * jet(o) ** -1

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, o):
        return jet(o) - self

    def __rtruediv__(self, o):
        return jet(o) / self

    def __rpow__(self, o):
        return jet(o) ** self


def jet(x):
    return x if isinstance(x, Jet) else Jet(x)


def function(f, df, ddf):
    def applied(u):
        u = jet(u)
        value = f(u.v)
        if isinstance(value, mpmath.mpc):
            raise ValueError("a complex value")
        return u.chain(value, df(u.v), ddf(u.v))

    return applied


exp = function(mp.exp, mp.exp, mp.exp)


def log(u):
    u = jet(u)
    if u.v <= 0:
        raise ValueError("no logarithm")
    return u.chain(mp.log(u.v), 1 / u.v, -1 / u.v**2)


def sqrt(u):
    return jet(u) ** mpf("0.5")


def cbrt(u):
    u = jet(u)
    r = mp.sign(u.v) * mp.cbrt(abs(u.v))
    return u.chain(r, 1 / (3 * r**2), -2 / (9 * r**5))


def square(x):
    return x * x


SCALE = lambda: 2 / mp.sqrt(mp.pi)
sin = function(mp.sin, mp.cos, lambda x: -mp.sin(x))
cos = function(mp.cos, lambda x: -mp.sin(x), lambda x: -mp.cos(x))
sinh = function(mp.sinh, mp.cosh, mp.sinh)
cosh = function(mp.cosh, mp.sinh, mp.cosh)
tan = lambda u: sin(u) / cos(u)
cot = lambda u: cos(u) / sin(u)
sec = lambda u: 1 / cos(u)
csc = lambda u: 1 / sin(u)
tanh = lambda u: sinh(u) / cosh(u)
coth = lambda u: cosh(u) / sinh(u)
sech = lambda u: 1 / cosh(u)
csch = lambda u: 1 / sinh(u)
asin = function(mp.asin, lambda x: 1 / mp.sqrt(1 - x**2), lambda x: x / mp.sqrt(1 - x**2) ** 3)
acos = function(mp.acos, lambda x: -1 / mp.sqrt(1 - x**2), lambda x: -x / mp.sqrt(1 - x**2) ** 3)
atan = function(mp.atan, lambda x: 1 / (1 + x**2), lambda x: -2 * x / (1 + x**2) ** 2)
asinh = function(mp.asinh, lambda x: 1 / mp.sqrt(1 + x**2), lambda x: -x / mp.sqrt(1 + x**2) ** 3)
acosh = function(mp.acosh, lambda x: 1 / mp.sqrt(x**2 - 1), lambda x: -x / mp.sqrt(x**2 - 1) ** 3)
atanh = function(mp.atanh, lambda x: 1 / (1 - x**2), lambda x: 2 * x / (1 - x**2) ** 2)
erf = function(mp.erf, lambda x: SCALE() * mp.exp(-(x**2)), lambda x: -2 * x * SCALE() * mp.exp(-(x**2)))
erfc = function(mp.erfc, lambda x: -SCALE() * mp.exp(-(x**2)), lambda x: 2 * x * SCALE() * mp.exp(-(x**2)))
erfcx = lambda u: exp(square(jet(u))) * erfc(u)
erfi = function(mp.erfi, lambda x: SCALE() * mp.exp(x**2), lambda x: 2 * x * SCALE() * mp.exp(x**2))
dawson = lambda u: exp(-square(jet(u))) * erfi(u) * (mp.sqrt(mp.pi) / 2)
sigmoid = lambda u: 1 / (1 + exp(-jet(u)))
softplus = lambda u: log(1 + exp(u))
logsigmoid = lambda u: -log(1 + exp(-jet(u)))
log1p = lambda u: log(1 + jet(u))
expm1 = lambda u: exp(u) - 1
abs_ = lambda u: u if u.v > 0 else -u
hypot = lambda u, v: sqrt(square(jet(u)) + square(jet(v)))
silu = lambda u: u * sigmoid(u)
mish = lambda u: u * tanh(softplus(u))
softsign = lambda u: u / (1 + abs_(u))
gelu = lambda u: u * erfc(-u / mp.sqrt(2)) * mpf("0.5")

NAMES = {k: v for k, v in globals().items() if callable(v) and k[0].islower()} | {"abs": abs_}


def evaluated(code, x, bits):
    with mpmath.workprec(bits):
        names = {k: Jet(v) for k, v in PARAMETERS.items()}
        try:
            r = jet(eval(code, {"__builtins__": {}}, {**NAMES, **names, "x": Jet(x, 1), "pi": +mp.pi}))
        except (ValueError, ZeroDivisionError, OverflowError):
            return None
        return r.v, r.d, r.dd


def agree(a, b):
    return all(mpmath.almosteq(p, q, rel_eps=mpf(2) ** -70, abs_eps=0) or p == q for p, q in zip(a, b))


def truth(code, x):
    """Three doubles, or None where there is no value; more digits until they do not change any more."""
    size = abs(mpmath.log(abs(x), 2)) if x else 0
    bits = 1500 + int(3 * size)
    before = evaluated(code, x, bits)
    for _ in range(4):
        bits = bits * 3 // 2 + 100
        now = evaluated(code, x, bits)
        if before is None or now is None:
            return None if before is now else None
        if agree(before, now):
            return [float(v) for v in now]
        before = now
    return None


def points(draw):
    sign = lambda: draw.choice((-1, 1))
    for _ in range(EVERY_SIZE):
        yield struct.unpack("<d", struct.pack("<Q", (draw.randrange(1, 2047) << 52) | draw.getrandbits(52)))[0] * sign()
    for _ in range(EVERYDAY):
        yield sign() * 10 ** draw.uniform(-20, 3)
    for _ in range(NEAR):
        yield sign() * 10 ** draw.uniform(-1, 2)
    for k in range(6):
        yield sign() * (1 - 2.0 ** -(8 * k + 3))


def main(formulas, out):
    for line in formulas:
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        draw = random.Random(line)
        out.write(f"# {line}\n")
        code = compile(line.replace("^", "**").replace("2x", "2*x"), line, "eval")
        for x in points(draw):
            found = truth(code, x)
            if found is None or not mpmath.isfinite(found[0]):
                continue
            out.write(",".join([repr(x), *map(repr, found)]) + "\n")


if __name__ == "__main__":
    here = Path(__file__).parent
    with open(here / "reference.csv", "w") as out:
        main(open(here / "formulas.txt"), out)
