import type { Helper } from './language.ts';

/**
 * Entrywise functions that are spelled alike in NumPy, JAX and PyTorch, but for the prefix `np.`: by the name of our
 * operator a function, or a pattern over its arguments.
 */
export const functions: Readonly<Record<string, string>> = {
  exp: 'np.exp',
  log: 'np.log',
  log2: 'np.log2',
  log10: 'np.log10',
  log1p: 'np.log1p',
  expm1: 'np.expm1',
  sqrt: 'np.sqrt',
  cbrt: 'np.cbrt',
  pseudoinverse: 'pseudoinverse',
  scaled: 'scaled',
  'power-log': 'power_log',
  sin: 'np.sin',
  cos: 'np.cos',
  tan: 'np.tan',
  sec: '(1 / np.cos({0}))',
  csc: '(1 / np.sin({0}))',
  cot: '(1 / np.tan({0}))',
  asin: 'np.arcsin',
  acos: 'np.arccos',
  atan: 'np.arctan',
  asec: 'asec',
  acsc: 'acsc',
  acot: 'np.arctan(1 / {0})',
  sinh: 'np.sinh',
  cosh: 'np.cosh',
  tanh: 'np.tanh',
  sech: 'sech',
  csch: 'csch',
  coth: '(1 / np.tanh({0}))',
  asinh: 'np.arcsinh',
  acosh: 'np.arccosh',
  atanh: 'np.arctanh',
  asech: 'asech',
  acsch: 'np.arcsinh(1 / {0})',
  acoth: 'acoth',
  sinc: 'sinc',
  'sinc-derived-0': 'sinc',
  'sinc-derived-1': 'sinc_slope',
  floor: 'np.floor',
  ceil: 'np.ceil',
  round: 'np.round',
  trunc: 'np.trunc',
  sigmoid: 'sigmoid',
  logit: 'logit',
  softplus: 'softplus',
  logsigmoid: '(-softplus(-{0}))',
  logisticOfExp: '(1 / (1 + {0}))',
  logaddexp: 'np.logaddexp',
  'sigmoid-plus': 'sigmoid_plus',
  versine: '(2 * np.sin({0} / 2) ** 2)',
  coshm1: '(2 * np.sinh({0} / 2) ** 2)',
  sqrt1pm1: '({0} / (np.sqrt(1 + {0}) + 1))',
  log1mexp: 'log1mexp',
  'log-mixture': 'log_mixture',
  'mixture-share': 'mixture_share',
  'log-of-events': 'log_of_events',
  logcosh: 'logcosh',
  'asinh-of-exp': 'asinh_of_exp',
  'acosh-of-exp': 'acosh_of_exp',
  hypotenuse: 'np.hypot',
  direction: 'direction',
  abs: 'np.abs',
  sign: 'np.sign',
  relu: 'np.maximum({0}, 0.0)',
  max: 'np.maximum',
  min: 'np.minimum',
  clip: 'np.minimum(np.maximum({0}, {1}), {2})',
  stop_gradient: '{0}',
  leaky_relu: 'leaky_relu',
  elu: 'elu',
  silu: '({0} * sigmoid({0}))',
  hardtanh: 'np.clip({0}, -1.0, 1.0)',
  relu6: 'np.clip({0}, 0.0, 6.0)',
  hypot: 'np.hypot',
  atan2: 'np.arctan2',
  mod: 'np.mod',
  nthRoot: 'nth_root',
};

/** Comparisons, and what is made of them: conditions, not numbers. */
export const conditions: Readonly<Record<string, string>> = {
  '<': '{0} < {1}',
  '<=': '{0} <= {1}',
  '>': '{0} > {1}',
  '>=': '{0} >= {1}',
  '==': '{0} == {1}',
  '!=': '{0} != {1}',
  step: '{0} > 0',
};

/** Written out where they are used; `np.` is the prefix. */
export const helpers: Readonly<Record<string, Helper>> = {
  sigmoid: {
    text: `def sigmoid(x):
    """1 / (1 + exp(-x)), which does not overflow."""
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1.0) / (1 + e)`,
  },
  softplus: {
    text: `def softplus(x):
    """log(1 + exp(x)), which does not overflow."""
    return np.where(x > 0, x, 0.0) + np.log1p(np.exp(-np.abs(x)))`,
  },
  logit: {
    text: `def logit(p):
    """log(p / (1 - p)), exact near 1/2 too."""
    near = (p > 0.25) & (p < 0.75)
    q = np.where(near, p, 0.5)
    return np.where(near, np.log1p((2 * q - 1) / (1 - q)), np.log(p / (1 - p)))`,
  },
  sigmoid_plus: {
    text: `def sigmoid_plus(x, r):
    """sigmoid(x) + r."""
    return np.where(x > 0, 1 + r - sigmoid(-x), sigmoid(x) + r)`,
    needs: ['sigmoid'],
  },
  pseudoinverse: {
    text: `def pseudoinverse(x):
    """1 / x, and 0 where x is 0."""
    return np.where(x == 0, 0.0, 1 / np.where(x == 0, 1.0, x))`,
  },
  scaled: {
    text: `def scaled(a, b):
    """a * b, and 0 where a is 0, though b be infinite."""
    return np.where((a == 0) & ~np.isnan(b), 0.0, a * b)`,
  },
  power_log: {
    text: `def power_log(x, p, k):
    """x**p * log(x)**k, and its limit 0 at 0."""
    vanishing = (x == 0) & (p >= 0)
    z = np.where(vanishing, 0.5, x)
    return np.where(k == 0, x**p, np.where(vanishing, 0.0, z**p * np.log(z) ** k))`,
  },
  asec: {
    text: `def asec(x):
    """The angle whose secant is x."""
    angle = np.arctan(np.sqrt(np.abs(x) - 1) * np.sqrt(np.abs(x) + 1))
    return np.where(x < 0, np.pi - angle, angle)`,
  },
  acsc: {
    text: `def acsc(x):
    """The angle whose cosecant is x."""
    return np.sign(x) * np.arctan(1 / (np.sqrt(np.abs(x) - 1) * np.sqrt(np.abs(x) + 1)))`,
  },
  asech: {
    text: `def asech(x):
    """The number whose hyperbolic secant is x, next to 1 too."""
    t = (1 - x) / x
    return np.log1p(t + np.sqrt(t) * np.sqrt(t + 2))`,
  },
  acoth: {
    text: `def acoth(x):
    """The number whose hyperbolic cotangent is x, next to 1 too."""
    return np.sign(x) * np.log1p(2 / (np.abs(x) - 1)) / 2`,
  },
  sech: {
    text: `def sech(x):
    """1 / cosh(x), which does not overflow."""
    e = np.exp(-np.abs(x))
    return 2 * e / (1 + e * e)`,
  },
  csch: {
    text: `def csch(x):
    """1 / sinh(x), which does not overflow."""
    return np.copysign(2 * np.exp(-np.abs(x)), x) / -np.expm1(-2 * np.abs(x))`,
  },
  sinc: {
    text: `def sinc(x):
    """sin(x) / x, 1 at 0 and 0 far out."""
    z = np.where((x == 0) | np.isinf(x), 1.0, x)
    return np.where(x == 0, 1.0, np.where(np.isinf(x), 0.0, np.sin(z) / z))`,
  },
  sinc_slope: {
    text: `def sinc_slope(x):
    """The derivative of sin(x) / x, which is 0 at 0."""
    near, series = np.abs(x) <= 1, 0.0
    z = np.where(near, x, 1.0)
    for p in range(21, 0, -2):
        series = 1 / (p + 2) - series * z * z / ((p + 1) * (p + 2))
    far = np.where(near | np.isinf(x), 1.0, x)
    slope = np.where(np.isinf(x), 0.0, (np.cos(far) - np.sin(far) / far) / far)
    return np.where(near, -z * series, slope)`,
  },
  tail: {
    text: `def tail(t):
    """1 + 3 t + 3 * 5 t**2 + ..., an asymptotic series."""
    total = 1.0
    for k in range(20, 0, -1):
        total = 1 + (2 * k + 1) * t * total
    return total`,
  },
  erfcx_slope: {
    text: `def erfcx_slope(x, y):
    """The derivative of erfcx(x), with y = erfcx(x), far out too."""
    far = np.where(x > 8, x, 8.0)
    return np.where(x > 8, -tail(-0.5 / far**2) / (1.772453850905516 * far**2), 2 * x * y - 1.1283791670955126)`,
    needs: ['tail'],
  },
  dawson_slope: {
    text: `def dawson_slope(x, y):
    """The derivative of dawson(x), with y = dawson(x), far out too."""
    far = np.where(np.abs(x) > 8, x, 8.0)
    return np.where(np.abs(x) > 8, -tail(0.5 / far**2) / (2 * far**2), 1 - 2 * x * y)`,
    needs: ['tail'],
  },
  log1mexp: {
    text: `def log1mexp(x):
    """log(1 - exp(x)) for x < 0."""
    near = x > -0.6931471805599453
    beside = np.log(-np.expm1(np.where(near, x, -1.0)))
    return np.where(near, beside, np.log1p(-np.exp(np.where(near, -1.0, x))))`,
  },
  log_mixture: {
    text: `def log_mixture(a, u, b, v):
    """log(a*exp(u) + b*exp(v)) for any signs, where the exponentials vanish or overflow."""
    first = (u >= v) & (a != 0) | (b == 0)
    c, m = np.where(first, a, b), np.where(first, u, v)
    d, n = np.where(first, b, a), np.where(first, v, u)
    r = d / np.where(c == 0, 1.0, c) * np.exp(np.where(d == 0, 0.0, n - m))
    near, far = (c > 0) & (np.abs(r) < 0.5), (d > 0) & (np.abs(r) > 2)
    beside = m + np.log(np.where(near, c, 1.0)) + np.log1p(np.where(near, r, 0.0))
    beyond = n + np.log(np.where(far, d, 1.0)) + np.log1p(np.where(far, 1 / np.where(far, r, 1.0), 0.0))
    return np.where(near, beside, np.where(far, beyond, m + np.log(np.where(near | far, 1.0, c + c * r))))`,
  },
  mixture_share: {
    text: `def mixture_share(a, u, b, v):
    """a*exp(u) / (a*exp(u) + b*exp(v)), where the exponentials vanish or overflow."""
    both, first, e = (a != 0) & (b != 0), u >= v, np.exp(-np.abs(v - u))
    c, d = a * np.where(first, 1.0, e), b * np.where(first, e, 1.0)
    return np.where(both, c / np.where(both, c + d, 1.0), np.where(a == 0, 0.0, np.ones_like(c)))`,
  },
  log_of_events: {
    text: `def log_of_events(u):
    """log(1 - exp(-exp(u))), which is u far left."""
    left = u < -37
    rate = np.exp(np.clip(u, -37.0, 7.0))
    few = rate < 0.6931471805599453
    near = np.where(few, np.log(-np.expm1(-np.where(few, rate, 0.5))), np.log1p(-np.exp(-np.where(few, 1.0, rate))))
    return np.where(left, u - np.exp(np.where(left, u, 0.0)) / 2, near)`,
  },
  logcosh: {
    text: `def logcosh(x):
    """log(cosh(x)), which does not overflow."""
    size = np.abs(x)
    far = size - 0.6931471805599453 + np.log1p(np.exp(-2 * size))
    return np.where(size < 1, np.log1p(2 * np.sinh(np.where(size < 1, size, 0.0) / 2) ** 2), far)`,
  },
  asinh_of_exp: {
    text: `def asinh_of_exp(x):
    """arcsinh(exp(x)), which does not overflow."""
    return np.where(x > 30, x + 0.6931471805599453, np.arcsinh(np.exp(np.where(x > 30, 0.0, x))))`,
  },
  acosh_of_exp: {
    text: `def acosh_of_exp(x):
    """arccosh(exp(x)), which does not overflow."""
    t = np.expm1(np.where(x > 30, 0.0, x))
    return np.where(x > 30, x + 0.6931471805599453, np.log1p(t + np.sqrt(t * (t + 2))))`,
  },
  direction: {
    text: `def direction(x, y):
    """x / hypot(x, y), and 0 at the origin."""
    length = np.hypot(x, y)
    return np.where(length == 0, 0.0, x / np.where(length == 0, 1.0, length))`,
  },
  leaky_relu: {
    text: `def leaky_relu(x, a):
    """x, and a * x where x is negative."""
    return np.where(x > 0, x, a * x)`,
  },
  elu: {
    text: `def elu(x, a):
    """x, and a * (exp(x) - 1) where x is negative."""
    return np.where(x > 0, x, a * np.expm1(np.where(x > 0, 0.0, x)))`,
  },
  nth_root: {
    text: `def nth_root(x, n):
    """The n-th root, of negative numbers too where n is odd."""
    return np.where((x < 0) & (n % 2 == 0), np.nan, np.sign(x) * np.abs(x) ** (1 / n))`,
  },
  entries: {
    text: `def entries(x, places, axis):
    """The entries of x at these places of an axis, and 0 where there is no such place."""
    inside = (places >= 0) & (places < x.shape[axis])
    found = x[(slice(None),) * axis + (places.clip(0, x.shape[axis] - 1),)]
    return np.where(inside[(...,) + (None,) * (x.ndim - axis - 1)], found, 0.0)`,
  },
  max_shares: {
    text: `def max_shares(x, axis):
    """The share of each entry in the largest: ties share equally."""
    largest = np.where(x == np.max(x, axis=axis, keepdims=True), np.ones_like(x), 0.0)
    return largest / np.sum(largest, axis=axis, keepdims=True)`,
  },
  min_shares: {
    text: `def min_shares(x, axis):
    """The share of each entry in the smallest: ties share equally."""
    smallest = np.where(x == np.min(x, axis=axis, keepdims=True), np.ones_like(x), 0.0)
    return smallest / np.sum(smallest, axis=axis, keepdims=True)`,
  },
  logsumexp: {
    text: `def logsumexp(x, axis):
    """log(sum(exp(x))), which does not overflow."""
    top = np.max(x, axis=axis, keepdims=True)
    return np.log(np.sum(np.exp(x - top), axis=axis)) + np.sum(top, axis=axis)`,
  },
  softmax: {
    text: `def softmax(x, axis):
    """exp(x) / sum(exp(x)), which does not overflow."""
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)`,
  },
  norm: {
    text: `def norm(x, p, axis):
    """The norm of order p, scaled by the largest entry."""
    top = np.max(np.abs(x), axis=axis, keepdims=True)
    share = np.abs(x) / np.where(top == 0, 1.0, top)
    return np.sum(top, axis=axis) * np.sum(share**p, axis=axis) ** (1 / p)`,
  },
  cofactor: {
    text: `def cofactor(a):
    """det(A) * inv(A).T, for A without an inverse too."""
    u, s, v = np.linalg.svd(a)
    others = np.prod(np.where(np.eye(s.shape[-1], dtype=DTYPE) == 1, 1.0, s[..., None, :]), axis=-1)
    return (np.linalg.det(u) * np.linalg.det(v))[..., None, None] * ((u * others[..., None, :]) @ v)`,
  },
  cofactor_slope: {
    text: `def cofactor_slope(a, g):
    """The gradient of sum(g * cofactor(A)) by A, for A without an inverse too."""
    u, s, v = np.linalg.svd(a)
    eye = np.eye(s.shape[-1], dtype=DTYPE)
    own = eye[:, None, :] + eye[None, :, :]
    others = np.prod(np.where(own > 0, 1.0, s[..., None, None, :]), axis=-1)
    h = np.swapaxes(u, -1, -2) @ g @ np.swapaxes(v, -1, -2)
    straight = others * np.sum(h * eye, axis=-1)[..., None, :] * (1 - eye)
    slope = eye * np.sum(straight, axis=-1)[..., None] - np.swapaxes(h, -1, -2) * others * (1 - eye)
    return (np.linalg.det(u) * np.linalg.det(v))[..., None, None] * (u @ slope @ v)`,
  },
  logdet: {
    text: `def logdet(a):
    """log(det(A)) of matrices with a positive determinant."""
    sign, size = np.linalg.slogdet(a)
    return np.where(sign > 0, size, np.nan)`,
  },
  permutation: {
    text: `def permutation(x):
    """P with P @ x = sort(x)."""
    places = np.argsort(x, axis=-1, stable=True)
    return np.eye(x.shape[-1], dtype=DTYPE)[places]`,
  },
  carried: {
    text: `def carried(x, v):
    """The entries of v, moved as sorting moves those of x."""
    return np.take_along_axis(v, np.argsort(x, axis=-1, stable=True), -1)`,
  },
  carried_back: {
    text: `def carried_back(x, v):
    """The entries of v, moved back as sorting moved those of x."""
    places = np.argsort(np.argsort(x, axis=-1, stable=True), axis=-1)
    return np.take_along_axis(v, places, -1)`,
  },
};

/** Functions of whole arrays that are spelled alike; {axis} are the axes of a cell. */
export const arrays: Readonly<Record<string, string>> = {
  max: 'np.max({0}, axis={axis})',
  min: 'np.min({0}, axis={axis})',
  'running-max': 'np.max({0}, axis={axis})',
  'running-min': 'np.min({0}, axis={axis})',
  'max-shares': 'max_shares({0}, {axis})',
  'min-shares': 'min_shares({0}, {axis})',
  prod: 'np.prod({0}, axis=-1)',
  logsumexp: 'logsumexp({0}, {axis})',
  softmax: 'softmax({0}, {axis})',
  euclidean: 'np.sqrt(np.sum({0} ** 2, axis={axis}))',
  norm: 'norm({0}, {p}, {axis})',
  inv: 'inverse({0})',
  det: 'np.linalg.det({0})',
  determinant: 'np.linalg.det({0})',
  cofactor: 'cofactor({0})',
  'running-cofactor': 'cofactor({0})',
  'cofactor-slope': 'cofactor_slope({0}, {1})',
  logdet: 'logdet({0})',
  solve: 'solved({0}, {1})',
  cholesky: 'cholesky({0})',
  cumsum: 'np.cumsum({0}, axis=-1)',
  reverse_cumsum: 'np.flip(np.cumsum(np.flip({0}, (-1,)), axis=-1), (-1,))',
  sort: 'np.sort({0}, axis=-1)',
  'running-sort': 'np.sort({0}, axis=-1)',
  permutation: 'permutation({0})',
  carried: 'carried({0}, {1})',
  'carried-back': 'carried_back({0}, {1})',
  triu: 'np.triu({0}, {p})',
  tril: 'np.tril({0}, {p})',
};
