import type { Helper } from './language.ts';

/** What is left where two values nearly cancel, and what does not overflow. */

export const forms: Readonly<Record<string, string>> = {
  'log-difference': 'log_difference',
  'power-difference': 'power_difference',
  'root-of-sum': 'root_of_sum',
  'root-difference': 'root_difference',
  'root-slope': 'root_slope',
  'atan-difference': 'atan_difference',
  compound: 'compound',
};

export const formHelpers: Readonly<Record<string, Helper>> = {
  log_difference: {
    text: `def log_difference(v, d):
    """log(v + d) - log(v), where d may be small."""
    near = np.abs(d) < np.abs(v) / 2
    far = np.log(np.where(near, 1.0, (v + d) * np.sign(v))) - np.log(np.abs(v))
    return np.where(near, np.log1p(np.where(near, d, 0.0) / v), far)`,
  },
  power_difference: {
    text: `def power_difference(v, d, p):
    """(v + d)**p - v**p, where d may be small."""
    w = v + d
    plain = (v <= 0) | (w <= 0)
    e = p * log_difference(np.where(plain, 1.0, v), np.where(plain, 0.0, d))
    larger = np.where(e > 0, w, v)
    step = np.where(e > 0, -1.0, np.ones_like(e)) * larger**p * np.expm1(-np.abs(e))
    return np.where((d == 0) | (p == 0), 0.0, np.where(plain, w**p - v**p, step))`,
    needs: ['log_difference'],
  },
  root_of_sum: {
    text: `def root_of_sum(w, t):
    """sqrt(w**2 + t), though the square overflow."""
    far = (np.abs(w) > 1e18) | (np.abs(t) > 1e36)
    scale = np.where(far, np.maximum(np.abs(w), np.sqrt(np.abs(t))), 1.0)
    return scale * np.sqrt((w / scale) ** 2 + t / scale / scale)`,
  },
  root_difference: {
    text: `def root_difference(w, t):
    """sqrt(w**2 + t) - w, where t may be small."""
    root = root_of_sum(w, t)
    return np.where(w > 0, t / np.where(w > 0, root + w, 1.0), root - w)`,
    needs: ['root_of_sum'],
  },
  root_slope: {
    text: `def root_slope(w, t):
    """w / sqrt(w**2 + t) - 1, where t may be small."""
    return -root_difference(w, t) / root_of_sum(w, t)`,
    needs: ['root_difference'],
  },
  compound: {
    text: `def compound(u, p):
    """(1 + u)**p, where u may be small and p large."""
    near = np.abs(u) < 0.5
    small = np.exp(p * np.log1p(np.where(near, u, 0.0)))
    return np.where(near, small, np.where(near, 1.0, 1 + u) ** p)`,
  },
  atan_difference: {
    text: `def atan_difference(x, d):
    """arctan(x + d) - arctan(x)."""
    return np.arctan2(d, 1 + x * (x + d))`,
  },
};
