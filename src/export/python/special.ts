import type { Helper } from './language.ts';

/**
 * Special functions that a library has only in part: left of 0, at poles, near 0. `np.` is the prefix, `special.` where the
 * library has them.
 */
export const specialHelpers: Readonly<Record<string, Helper>> = {
  lambertw: {
    text: `def lambertw(x):
    """The w >= -1 with w * exp(w) = x; nan where there is none."""
    return np.where(x < -0.36787944117144233, np.nan, special.lambertw(x).real)`,
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
  digamma: {
    text: `def digamma(x):
    """The derivative of log(gamma(x)); nan at the poles."""
    return np.where(x == 0, np.nan, special.digamma(x))`,
  },
  polygamma: {
    text: `def polygamma(n, x):
    """The derivative of order n of digamma; nan at the poles."""
    return np.where((x <= 0) & (x == np.round(x)), np.nan, special.polygamma(n, x))`,
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
  erfi: {
    text: `def erfi(x):
    """The imaginary error function."""
    return 1.1283791670955126 * jnp.exp(x * x) * special.dawsn(x)`,
  },
};

export const torchSpecial: Readonly<Record<string, Helper>> = {
  ...gamma('torch.', 'torch.lgamma', 'torch.lgamma(a) + torch.lgamma(b) - torch.lgamma(a + b)'),
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
