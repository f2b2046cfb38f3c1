import type { Helper } from './language.ts';

/**
 * Special functions that a library has only in part: left of 0, at poles, near 0. `np.` is the prefix, `special.` where the
 * library has them.
 */
export const specialHelpers: Readonly<Record<string, Helper>> = {
  mills: {
    text: `def mills(x):
    """2 / sqrt(pi) * exp(-x**2) / erfc(x), far out too."""
    return 1.1283791670955126 / special.erfcx(x)`,
  },
  mills_excess: {
    text: `def mills_excess(x):
    """mills(x) - 2 * x, far out too."""
    right = np.where(x > 0, x, 0.0)
    y = special.erfcx(right)
    return np.where(x > 0, -erfcx_slope(right, y) / y, mills(x) - 2 * x)`,
    needs: ['mills', 'erfcx_slope'],
  },
  mills_slope: {
    text: `def mills_slope(x):
    """The derivative of mills(x)."""
    return mills(x) * mills_excess(x)`,
    needs: ['mills_excess'],
  },
  logerfc: {
    text: `def logerfc(x):
    """log(erfc(x)), far out too."""
    left, right = np.where(x < 0.5, x, 0.5), np.where(x < 0.5, 0.5, x)
    return np.where(x < 0.5, np.log1p(-special.erf(left)), np.log(special.erfcx(right)) - right * right)`,
  },
  logerfcx: {
    text: `def logerfcx(x):
    """log(erfcx(x)), far out too."""
    left, right = np.where(x < 0.5, x, 0.5), np.where(x < 0.5, 0.5, x)
    return np.where(x < 0.5, left * left + np.log1p(-special.erf(left)), np.log(special.erfcx(right)))`,
  },
  lambertw: {
    text: `def lambertw(x):
    """The w >= -1 with w * exp(w) = x; nan where there is none."""
    return np.where(x < -0.36787944117144233, np.nan, np.asarray(special.lambertw(x).real, dtype=DTYPE))`,
  },
  cosine_integral: {
    text: `def cosine_integral(x):
    """Ci(x); nan left of 0."""
    return np.where(x < 0, np.nan, special.sici(np.abs(x))[1])`,
  },
  cosh_integral: {
    text: `def cosh_integral(x):
    """Chi(x); nan left of 0."""
    return np.where(x < 0, np.nan, special.shichi(np.abs(x))[1])`,
  },
  uppergamma: {
    text: `def uppergamma(a, x, share, complete):
    """The upper incomplete gamma function, for a <= 1/2 by its continued fraction, and near 0 from an order near 0."""
    right, far = a > 0.5, x > 1.5
    b, z, tail = np.where(right, 0.5, a), np.where(far, x, 1.5), 0.0
    for k in range(120, 0, -1):
        tail = k * (k - b) / (z + 2 * k + 1 - b - tail)
    beyond = z**b * np.exp(-z) / (z + 1 - b - tail)
    z, order = np.where(far | (x <= 0), 1.0, x), b - np.round(b)
    whole = order == 0
    safe = np.where(whole, 1.0, order)
    series = 0.8224670334241132 - order * (0.40068563438653143 - order * 0.27058080842778454)
    near = np.abs(order) < 1e-3
    first = np.where(near, order * (order * series - 0.5772156649015329), np.log(complete(1 + order)))
    value = (np.expm1(first) - np.expm1(order * np.log(z))) / safe
    value, power, total = np.where(whole, -0.5772156649015329 - np.log(z), value), 1.0, 0.0
    for k in range(1, 25):
        power = -power * z / k
        total = total + power / (order + k)
    value = value - z**order * total
    for _ in range(20):
        below = order > b + 0.5
        order = np.where(below, order - 1, order)
        value = np.where(below, (value - z**order * np.exp(-z)) / np.where(below, order, 1.0), value)
    left = np.where((b > -20.5) & (x > 0), np.where(far, beyond, value), np.nan)
    positive = np.where(right, a, 1.0)
    return np.where(right, share(positive, x) * complete(positive), left)`,
  },
  digamma: {
    text: `def digamma(x):
    """The derivative of log(gamma(x)); nan at the poles."""
    return np.where(x == 0, np.nan, special.digamma(x))`,
  },
  polygamma: {
    text: `def polygamma(n, x):
    """The derivative of order n of digamma; nan at the poles."""
    return np.where((x <= 0) & (x == np.round(x)), np.nan, np.asarray(special.polygamma(n, x), dtype=DTYPE))`,
  },
};

/** Left of 1/2 from values right of it: the poles there, those beyond, and all but those on the way. */
const reflected = (np: string, own: string, factorial: string): string => `def polygamma(n, x):
    """The derivative of order n of digamma, left of 1/2 by those right of it; nan at the poles."""
    left = x < 0.5
    z = ${np}where(left, x - ${np}round(x), 0.25)
    sign = 2.0 * (n % 2) - 1
    around = ${own}(n, 1 + z) + sign * (${own}(n, 1 - z) + ${factorial} / z ** (n + 1))
    far = ${own}(n, ${np}where(left, 1 - x, x))
    return ${np}where(left, ${np}where(z == 0, ${np}nan, around - sign * far), far)`;

/** @param logBeta the logarithm of the size of beta(a, b) */
const gamma = (np: string, lgamma: string, logBeta: string): Readonly<Record<string, Helper>> => ({
  gamma_sign: {
    text: `def gamma_sign(x):
    """The sign of gamma(x)."""
    return 1.0 - 2.0 * ((x < 0) & (${np}floor(x) % 2 != 0))`,
  },
  gamma: {
    text: `def gamma(x):
    """The gamma function, with its sign left of 0; nan at the poles there."""
    return ${np}where((x < 0) & (x == ${np}floor(x)), ${np}nan, gamma_sign(x) * ${np}exp(${lgamma}(x)))`,
    needs: ['gamma_sign'],
  },
  beta: {
    text: `def beta(a, b):
    """gamma(a) * gamma(b) / gamma(a + b), which does not overflow."""
    sign = gamma_sign(a) * gamma_sign(b) * gamma_sign(a + b)
    return sign * ${np}exp(${logBeta})`,
    needs: /log_beta/.test(logBeta) ? ['gamma_sign', 'log_beta'] : ['gamma_sign'],
  },
});

export const jaxSpecial: Readonly<Record<string, Helper>> = {
  ...gamma('jnp.', 'special.gammaln', 'log_beta(a, b)'),
  log_beta: {
    text: `def log_beta(a, b):
    """log|beta(a, b)|: that of jax is off by 1e-6 near 10, its sum by the size of its terms far out."""
    plain = special.gammaln(a) + special.gammaln(b) - special.gammaln(a + b)
    far = (a > 0) & (b > 0) & (jnp.maximum(a, b) > 1000)
    return jnp.where(far, special.betaln(jnp.where(far, a, 1.0), jnp.where(far, b, 1.0)), plain)`,
  },
  polygamma: { text: reflected('jnp.', 'special.polygamma', 'jnp.exp(special.gammaln(n + 1.0))') },
  expi: {
    text: `def expi(x):
    """The exponential integral Ei; near 0 its series, where that of jax takes long."""
    near, series = jnp.abs(x) < 2, 0.0
    z = jnp.where(near, x, 0.0)
    for k in range(30, 0, -1):
        series = 1 / k + z / (k + 1) * series
    ends = jnp.isinf(x)
    far = jnp.where(ends, jnp.maximum(x, 0.0), special.expi(jnp.where(near | ends, 2.0, x)))
    return jnp.where(near, 0.5772156649015329 + jnp.log(jnp.abs(x)) + z * series, far)`,
  },
  cosh_integral: {
    text: `def cosh_integral(x):
    """Chi(x); nan left of 0."""
    return jnp.where(x < 0, jnp.nan, (expi(x) + expi(-x)) / 2)`,
    needs: ['expi'],
  },
  sinh_integral: {
    text: `def sinh_integral(x):
    """Shi(x), near 0 by its series."""
    near, series = jnp.abs(x) < 2, 0.0
    z = jnp.where(near, x, 0.0)
    for p in range(29, 0, -2):
        series = 1 / p + z * z / ((p + 1) * (p + 2)) * series
    far = jnp.where(near, 2.0, x)
    return jnp.where(near, z * series, (expi(far) - expi(-far)) / 2)`,
    needs: ['expi'],
  },
  erfi: {
    text: `def erfi(x):
    """The imaginary error function."""
    return 1.1283791670955126 * jnp.exp(x * x) * special.dawsn(x)`,
  },
};

export const torchSpecial: Readonly<Record<string, Helper>> = {
  ...gamma('torch.', 'torch.lgamma', 'log_beta(a, b)'),
  logaddexp: {
    text: `def logaddexp(a, b):
    """log(exp(a) + exp(b)): that of torch loses what log1p keeps."""
    return torch.where(a == b, a + 0.6931471805599453, torch.maximum(a, b) + torch.log1p(torch.exp(-torch.abs(a - b))))`,
  },
  stirling: {
    text: `def stirling(x):
    """What lgamma(x) is more than (x - 1/2) * log(x) - x + log(2 * pi) / 2, for x >= 13."""
    u = 1 / x / x
    return (1 / 12 - u * (1 / 360 - u * (1 / 1260 - u * (1 / 1680 - u / 1188)))) / x`,
  },
  log_beta: {
    text: `def log_beta(a, b):
    """log|beta(a, b)|; far out the sum would lose the size of its terms."""
    far = (a > 0) & (b > 0) & (torch.maximum(a, b) > 13)
    s, t = torch.where(far, torch.minimum(a, b), 1.0), torch.where(far, torch.maximum(a, b), 13.0)
    beyond = torch.lgamma(s) + s - s * torch.log(s + t) - (t - 0.5) * torch.log1p(s / t) + stirling(t) - stirling(s + t)
    return torch.where(far, beyond, torch.lgamma(a) + torch.lgamma(b) - torch.lgamma(a + b))`,
    needs: ['stirling'],
  },
  digamma: {
    text: `def digamma(x):
    """The derivative of log(gamma(x)); nan at the poles."""
    return torch.where(x == 0, torch.nan, torch.digamma(x))`,
  },
  right_polygamma: {
    text: `def right_polygamma(n, x):
    """polygamma of numbers right of 0, by digamma, or moved far out, and there by its series."""
    n = int(n.flatten()[0])
    if n == 0:
        return torch.digamma(x)
    if n > 1:
        return torch.polygamma(n, x)
    near = torch.zeros_like(x)
    for _ in range(16):
        near = near + 1 / (x * x)
        x = x + 1
    z = 1 / (x * x)
    series = 1 / 6 - z * (1 / 30 - z * (1 / 42 - z * (1 / 30 - z * 5 / 66)))
    return near + 1 / x + z / 2 + z / x * series`,
  },
  polygamma: {
    text: reflected('torch.', 'right_polygamma', 'torch.exp(torch.lgamma(n + 1.0))'),
    needs: ['right_polygamma'],
  },
  trigamma: {
    text: `def trigamma(x):
    """The derivative of digamma."""
    return polygamma(torch.ones_like(x), x)`,
    needs: ['polygamma'],
  },
};
