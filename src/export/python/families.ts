import type { Told } from '../../operators/operator.ts';
import type { Helper } from './language.ts';
import { pythonNumber } from './numbers.ts';
import { tuple } from './product.ts';

/** Families of functions that are one function in Python: {told} are the numbers that tell which of them is meant. */
export const families: Readonly<Record<string, string>> = {
  quotient: 'quotient({0}, {told})',
  series: 'near_zero({0}, {1}, {told})',
  'sinc-derived': 'sinc_derived({told}, {0})',
};

export const familyHelpers: Readonly<Record<string, Helper>> = {
  quotient: {
    text: `def quotient(x, *factors):
    """The product of powers of polynomials, (coefficients, power) each; far out in 1 / x, where they overflow."""
    far = np.abs(x) > 1
    z = np.where(far, x, 1.0)
    t = np.where(far, 1 / z, x)
    value, degree = np.ones_like(t), 0
    for coefficients, power in factors:
        total = np.zeros_like(t)
        for first, last in zip(coefficients, reversed(coefficients), strict=True):
            total = np.where(far, total * t + first, total * t + last)
        value, degree = value * total**power, degree + (len(coefficients) - 1) * power
    return value * z**degree`,
  },
  near_zero: {
    text: `def near_zero(x, y, radius, power, step, coefficients):
    """y, but for |x| < radius x**power * (c0 + c1 * x**step + c2 * x**(2 * step) + ...)."""
    near = np.abs(x) < radius
    z = np.where(near, x, radius)
    total = np.zeros_like(z)
    for c in reversed(coefficients):
        total = total * z**step + c
    return np.where(near, z**power * total, y)`,
  },
  sinc_derived: {
    text: `def sinc_derived(n, x):
    """The derivative of order n of sin(x) / x: by its series near 0, by its recurrence far out, and back from there."""
    near, far, odd = np.abs(x) <= 1, np.abs(x) > max(n, 2), n % 2
    z, series = np.where(near, x, 1.0), 0.0
    for p in range(20 + odd, -1, -2):
        series = 1 / (p + n + 1) - series * z * z / ((p + 1) * (p + 2))
    series = (1 - (n + odd) % 4) * series * z**odd
    z = np.where(far & ~np.isinf(x), x, n + 2.0)
    waves = np.sin(z), np.cos(z), -np.sin(z), -np.cos(z)
    above = waves[0] / z
    for k in range(1, n + 1):
        above = (waves[k % 4] - k * above) / z
    z, between = np.where(near | far, 1.0, x), 0.0
    waves = np.sin(z), np.cos(z), -np.sin(z), -np.cos(z)
    for k in range(3 * n + 30, n, -1):
        between = (waves[k % 4] - z * between) / k
    return np.where(near, series, np.where(far, np.where(np.isinf(x), 0.0, above), between))`,
  },
  erfcx_derived: {
    text: `def erfcx_derived(n, x, y):
    """The derivative of order n of y = erfcx(x): right of 1 by a continued fraction, left of it by its recurrence."""
    right = x > 1
    z, ratio, product = np.where(right, x, 1.0), 0.0, 1.1283791670955126
    for k in range(n + 220, -1, -1):
        ratio = 1 / (2 * z + 2 * (k + 1) * ratio)
        if k <= n:
            product = product * ratio * (-2 * k if k > 0 else 1)
    z, before, now = np.where(right, 1.0, x), 0.0, np.where(right, 0.0, y)
    for k in range(n):
        before, now = now, 2 * (z * now + k * before) - (1.1283791670955126 if k == 0 else 0.0)
    return np.where(right, product, now)`,
  },
  dawson_derived: {
    text: `def dawson_derived(n, x, y):
    """The derivative of order n of y = dawson(x): far out by its asymptotic series, else by its recurrence."""
    far = np.abs(x) > 6.2
    z, total = np.where(far, x, 6.2), 0.0
    term = 0.5 / z
    for k in range(1, n + 1):
        term = -term * k / z
    for k in range(38):
        total = total + term
        term = term * ((2 * k + 1 + n) * (2 * k + 2 + n) / (4 * k + 4)) / z / z
    z, before, now = np.where(far, 1.0, x), 0.0, np.where(far, 0.0, y)
    for k in range(n):
        before, now = now, (1.0 if k == 0 else 0.0) - 2 * (z * now + k * before)
    return np.where(far, total, now)`,
  },
};

/** Longer lists stand by themselves. */
const LONGEST = 48;

/**
 * What tells a function, as arguments: `(0, 1), -1`.
 * @param constant the name of a long list of numbers
 */
export function toldText(told: readonly Told[], constant: (numbers: readonly number[]) => string): string {
  const text = (one: Told): string => {
    if (typeof one === 'number') return Number.isInteger(one) && Math.abs(one) < 1e15 ? String(one) : pythonNumber(one);
    const items = tuple(one.map(text));
    return items.length > LONGEST && one.every((x) => typeof x === 'number') ? constant(one) : items;
  };
  return told.map(text).join(', ');
}
