import type { Helper } from './language.ts';

/** Elliptic integrals of NumPy: those of SciPy have no values for m > 1, and it has no derivatives by m; in double precision, whatever the model's. */
export const elliptic: Readonly<Record<string, string>> = {
  elliptic_f: 'np.asarray(by_turns(elliptic_f, {0}, {1}), dtype=DTYPE)',
  elliptic_e: 'np.asarray(by_turns(elliptic_e, {0}, {1}), dtype=DTYPE)',
  'elliptic_f-derived-0': 'np.asarray(by_turns(elliptic_f, {0}, {1}), dtype=DTYPE)',
  'elliptic_e-derived-0': 'np.asarray(by_turns(elliptic_e, {0}, {1}), dtype=DTYPE)',
  'elliptic_f-derived': 'np.asarray(by_turns(elliptic_slope, {0}, {1}, {told}, 1), dtype=DTYPE)',
  'elliptic_e-derived': 'np.asarray(by_turns(elliptic_slope, {0}, {1}, {told}, 0), dtype=DTYPE)',
};

export const ellipticHelpers: Readonly<Record<string, Helper>> = {
  by_turns: {
    text: `def by_turns(integral, phi, m, *order):
    """An elliptic integral up to any angle, from those up to a right one, by sine, square of the cosine and m."""
    turns = np.where(np.abs(phi) <= np.pi / 2, 0.0, np.round(phi / np.pi))
    rest = phi - turns * np.pi
    square = np.where(np.abs(rest) == np.pi / 2, 0.0, np.cos(rest) ** 2)
    half = integral(np.ones_like(rest), 0 * rest, np.where(turns == 0, 0.0, m), *order)
    return integral(np.sin(rest), square, m, *order) + 2 * turns * half`,
  },
  elliptic_f: {
    text: `def elliptic_f(s, cc, m):
    """The integral of 1 / sqrt(1 - m * sin(t)**2) up to the angle of that sine."""
    return s * special.elliprf(cc, cc + (1 - m) * s * s, 1)`,
  },
  elliptic_e: {
    text: `def elliptic_e(s, cc, m):
    """The integral of sqrt(1 - m * sin(t)**2) up to the angle of that sine."""
    delta = cc + (1 - m) * s * s
    return s * special.elliprf(cc, delta, 1) - m / 3 * s**3 * special.elliprd(cc, delta, 1)`,
  },
  elliptic_slope: {
    text: `def elliptic_slope(s, cc, m, n, kind):
    """The derivative of order n by m of the integral of the first kind (1) or of the second (0), by equal steps of log v."""
    delta = cc + (1 - m) * s * s
    d, total, factor = np.where(delta > 0, delta, 1.0), 0.0, 0.2
    for k in range(n):
        factor *= kind - 0.5 + k
    for way in (1, -1):
        k, before, rising = (1 - way) // 2, 0.0, True
        while np.any(rising):
            v = np.minimum(d, 1.0) * np.exp(0.4 * way * k)
            term = v / np.sqrt(cc + v) * (1 + v) ** (kind - 1.5) * (d + v) ** (0.5 - n - kind)
            total = total + term
            rising = (term > 1e-17 * total) | (term > before)
            before, k = term, k + 1
    return np.where(delta > 0, factor * s ** (2 * n + 1) * total, np.nan)`,
  },
};
