/** Entries of a parameter that `--check` looks at one by one; of more, all together are looked at too. */
export const MOST = 24;

/**
 * How exported programs find slopes by differences: of lengths from `first` on, each a share of the one before, from which
 * those are taken that agree best; near a kink or a jump the slopes on its two sides, at `beside`, enclose the derivative.
 */
export const DIFFERENCES = {
  f64: { first: '0.02', ratio: 8, levels: 7, beside: '1e-6', bound: '1e-6' },
  f32: { first: '0.3', ratio: 3, levels: 5, beside: '2e-3', bound: '2e-2' },
} as const;

/** What programs of every language say when they check or train; names and numbers stand around it. */
export const SAID = {
  off: 'differs from differences by',
  offOwn: 'differs from automatic differentiation by',
  agree: 'all agree',
  wrong: 'the gradients are wrong',
  endless: 'is not finite',
} as const;
