"""The functions of the language in mpmath. Where a real function has no value, it gives NaN."""

from mpmath import mp, mpc, mpf

from arrays import Array, NoValue, array, blocks, data_of, entrywise, from_matrix, identity, matrix, multiply, size, to_matrix, transpose

NAN = mpf("nan")


def real(f):
    """f where it is real, and NaN elsewhere."""

    def inner(*xs):
        if any(mp.isnan(x) for x in xs):
            return NAN
        try:
            y = f(*xs)
        except (ValueError, ZeroDivisionError, OverflowError):
            return NAN
        if isinstance(y, mpc):
            return y.real if y.imag == 0 else NAN
        return mpf(y)

    return inner


def same(a, b):
    """Equal up to rounding: ties stay ties however they were computed."""
    return a == b or abs(a - b) <= max(abs(a), abs(b)) * mpf(10) ** (10 - mp.dps)


def power(x, y):
    if x == 0 and y < 0:
        return NAN
    if x < 0 and y != mp.floor(y):
        return NAN
    return x**y


def root(x, n):
    if x < 0 and n % 2 == 0:
        return NAN
    return mp.sign(x) * mp.root(abs(x), int(n))


def remainder(x, y):
    return x - y * mp.floor(x / y)


def uneven(x):
    """Rounds halves to the even side."""
    low = mp.floor(x)
    gap = x - low
    return low + (gap > 0.5 or (gap == 0.5 and low % 2 == 1))


def relu(x):
    return x if x > 0 else mpf(0)


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def elu(x, a=1):
    return x if x > 0 else a * mp.expm1(x)


def only(condition):
    return lambda f: lambda x: f(x) if condition(x) else NAN


positive = only(lambda x: x > 0)

SELU = (mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717"))

ENTRYWISE = {
    "exp": mp.exp,
    "log": lambda x, b=None: mp.log(x) if b is None else mp.log(x) / mp.log(b),
    "log2": lambda x: mp.log(x) / mp.log(2),
    "log10": lambda x: mp.log(x) / mp.log(10),
    "log1p": lambda x: mp.log(1 + x),
    "expm1": mp.expm1,
    "sqrt": mp.sqrt,
    "cbrt": lambda x: root(x, 3),
    "nthRoot": root,
    "abs": abs,
    "sign": mp.sign,
    "floor": mp.floor,
    "ceil": mp.ceil,
    "round": uneven,
    "trunc": lambda x: mp.sign(x) * mp.floor(abs(x)),
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "sec": mp.sec, "csc": mp.csc, "cot": mp.cot,
    "asin": mp.asin, "acos": mp.acos, "atan": mp.atan,
    "acot": lambda x: mp.atan(1 / x), "asec": lambda x: mp.acos(1 / x), "acsc": lambda x: mp.asin(1 / x),
    "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "sech": mp.sech, "csch": mp.csch, "coth": mp.coth,
    "asinh": mp.asinh, "acosh": mp.acosh, "atanh": mp.atanh,
    "asech": lambda x: mp.acosh(1 / x), "acsch": lambda x: mp.asinh(1 / x), "acoth": lambda x: mp.atanh(1 / x),
    "erf": mp.erf, "erfc": mp.erfc, "erfi": mp.erfi,
    "erfcx": lambda x: mp.exp(x * x) * mp.erfc(x),
    "dawson": lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(-x * x) * mp.erfi(x),
    "gamma": mp.gamma,
    "lgamma": lambda x: mp.re(mp.loggamma(x)),
    "digamma": mp.digamma,
    "trigamma": lambda x: mp.polygamma(1, x),
    "polygamma": lambda n, x: mp.polygamma(int(n), x),
    "beta": mp.beta,
    "uppergamma": lambda a, x: mp.gammainc(a, x),
    "Si": mp.si, "Ci": positive(mp.ci), "Shi": mp.shi, "Chi": positive(mp.chi), "Ei": mp.ei, "li": positive(mp.li),
    "fresnels": mp.fresnels, "fresnelc": mp.fresnelc,
    "lambertw": mp.lambertw,
    "polylog": lambda n, x: mp.polylog(n, x) if x <= 1 else NAN,
    "elliptic_f": mp.ellipf, "elliptic_e": mp.ellipe,
    "sigmoid": sigmoid,
    "logsigmoid": lambda x: -mp.log(1 + mp.exp(-x)),
    "softplus": lambda x: mp.log(1 + mp.exp(x)),
    "relu": relu,
    "step": lambda x: mpf(x > 0),
    "leaky_relu": lambda x, a=mpf(1) / 100: x if x > 0 else a * x,
    "elu": elu,
    "selu": lambda x: SELU[0] * elu(x, SELU[1]),
    "gelu": lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
    "silu": lambda x: x * sigmoid(x),
    "mish": lambda x: x * mp.tanh(mp.log(1 + mp.exp(x))),
    "softsign": lambda x: x / (1 + abs(x)),
    "hardtanh": lambda x: max(mpf(-1), min(mpf(1), x)),
    "atan2": mp.atan2,
    "hypot": mp.hypot,
    "mod": remainder,
    "pow": power,
    "besselj": lambda n, x: mp.besselj(int(n), x),
    "bessely": lambda n, x: mp.bessely(int(n), x) if x > 0 else NAN,
    "besseli": lambda n, x: mp.besseli(int(n), x),
    "besselk": lambda n, x: mp.besselk(int(n), x) if x > 0 else NAN,
    "stop_gradient": lambda x: x,
    "sinc": lambda x: mpf(1) if x == 0 else mp.sin(x) / x,
    "clip": lambda x, lo, hi: min(max(x, lo), hi),
    "logit": lambda p: mp.log(p) - mp.log(1 - p) if 0 < p < 1 else NAN,
    "erfinv": lambda x: mp.erfinv(x) if abs(x) < 1 else NAN,
    "xlogy": lambda x, y: mpf(0) if x == 0 else x * mp.log(y),
    "xlog1py": lambda x, y: mpf(0) if x == 0 else x * mp.log(1 + y),
    "entropy": lambda x: mpf(0) if x == 0 else -x * mp.log(x),
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    ".*": lambda a, b: a * b,
    "./": lambda a, b: a / b,
    ".^": power,
    "neg": lambda a: -a,
    "<": lambda a, b: a < b and not same(a, b),
    ">": lambda a, b: a > b and not same(a, b),
    "<=": lambda a, b: a < b or same(a, b),
    ">=": lambda a, b: a > b or same(a, b),
    "==": same,
    "!=": lambda a, b: not same(a, b),
    "and": lambda a, b: a != 0 and b != 0,
    "or": lambda a, b: a != 0 or b != 0,
    "not": lambda a: a == 0,
}
ENTRYWISE = {name: real(f) for name, f in ENTRYWISE.items()}


def nan_aware(f):
    return lambda xs: NAN if any(mp.isnan(x) for x in xs) else f(xs)


def product_of(xs):
    result = mpf(1)
    for x in xs:
        result *= x
    return result


def variance(xs):
    mean = mp.fsum(xs) / len(xs)
    return mp.fsum((x - mean) ** 2 for x in xs) / len(xs)


def logsumexp(xs):
    return mp.log(mp.fsum(mp.exp(x) for x in xs))


REDUCTIONS = {
    "sum": mp.fsum,
    "mean": lambda xs: mp.fsum(xs) / len(xs),
    "prod": product_of,
    "max": max,
    "min": min,
    "logsumexp": logsumexp,
    "var": variance,
    "std": lambda xs: mp.sqrt(variance(xs)),
    "norm": lambda xs: mp.sqrt(mp.fsum(x * x for x in xs)),
    "norm1": lambda xs: mp.fsum(abs(x) for x in xs),
}
REDUCTIONS["norm2"] = REDUCTIONS["norm"]
REDUCTIONS = {name: nan_aware(f) for name, f in REDUCTIONS.items()}


def softmax(xs):
    top = max(xs)
    parts = [mp.exp(x - top) for x in xs]
    whole = mp.fsum(parts)
    return [p / whole for p in parts]


ALONG = {
    "softmax": softmax,
    "log_softmax": lambda xs: [x - logsumexp(xs) for x in xs],
}


def inverse(x):
    if det(x) == 0:
        return entrywise(lambda _: NAN, x)
    return from_matrix(to_matrix(x) ** -1)


def solve(a, b):
    return multiply(inverse(a), b)


def det(x):
    """The determinant; 0 where rounding alone keeps it from 0: it is at most the product of the lengths of the rows."""
    M = to_matrix(x)
    if M.rows != M.cols:
        raise NoValue("the determinant of a rectangle")
    most = product_of([mp.norm(M[i, :]) for i in range(M.rows)])
    found = mpf(mp.det(M))
    return found if abs(found) > most * mpf(10) ** (12 - mp.dps) else mpf(0)


def diag(x):
    if not isinstance(x, Array):
        return x
    if len(x.shape) == 1:
        n = size(x.shape)
        return array((n, n), [x.data[i] if i == j else mpf(0) for i in range(n) for j in range(n)])
    m, n = matrix(x)
    if m != n:
        raise NoValue("the diagonal of a rectangle")
    return array((n,), [x.data[i * n + i] for i in range(n)])


def trace(x):
    m, n = matrix(x)
    if m != n:
        raise NoValue("the trace of a rectangle")
    return mp.fsum(data_of(x)[i * n + i] for i in range(n))


def vec(x):
    m, n = matrix(x)
    return array((m * n,), [data_of(x)[i * n + j] for j in range(n) for i in range(m)])


def kron(a, b):
    (m, n), (p, q) = matrix(a), matrix(b)
    x, y = data_of(a), data_of(b)
    rows, columns = m * p, n * q
    data = [x[i // p * n + j // q] * y[i % p * q + j % q] for i in range(rows) for j in range(columns)]
    return array((rows, columns), data)


def cholesky(x):
    both = entrywise(lambda a, b: (a + b) / 2, x, transpose(x))
    try:
        return from_matrix(mp.cholesky(to_matrix(both)))
    except (ValueError, ZeroDivisionError):
        raise NoValue("not positive definite")


def whole(x):
    if isinstance(x, Array) or x != mp.floor(x):
        raise NoValue("a whole number is expected")
    return int(x)


def filled(entry):
    def inner(*sizes):
        shape = [whole(s) for s in sizes]
        return array(shape, [mpf(entry)] * size(shape)) if shape else mpf(entry)

    return inner


def reshape(x, *sizes):
    shape = [whole(s) for s in sizes]
    if size(shape) != len(data_of(x)):
        raise NoValue("a reshape to another number of entries")
    return array(shape, data_of(x))


def matrix_power(x, n):
    n = whole(n)
    result = identity(matrix(x)[0])
    for _ in range(abs(n)):
        result = multiply(result, x)
    return inverse(result) if n < 0 else result


def dot(a, b):
    return mp.fsum(data_of(entrywise(lambda x, y: x * y, a, b)))


ARRAYS = {
    "inv": inverse,
    "det": det,
    "logdet": lambda x: mp.log(abs(det(x))),
    "tr": trace,
    "diag": diag,
    "transpose": transpose,
    "vec": vec,
    "kron": kron,
    "outer": lambda a, b: multiply(vec(a), transpose(vec(b))),
    "eye": lambda n: identity(whole(n)),
    "ones": filled(1),
    "zeros": filled(0),
    "solve": solve,
    "cholesky": cholesky,
    "reshape": reshape,
    "dot": dot,
    "vector": lambda *xs: blocks([[x] for x in xs]),
}
