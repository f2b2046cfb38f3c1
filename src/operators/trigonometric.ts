import { BELOW_ONE, needsCosine, needsInside } from './caveat.ts';
import { exactCosine, exactSine, exactTangent } from './exact-angles.ts';
import type { Operator } from './operator.ts';
import { elementary } from './pattern.ts';
import { divide, exp, power } from './power.ts';

/** Sine, cosine and tangent, and the hyperbolic tangent of neurons with its inverse. */

export const sin: Operator = elementary({
  name: 'sin',
  range: { least: -1, most: 1 },
  kernel: Math.sin,
  slope: (g, x) => g.apply(cos, x),
  formula: '(sin u)′ = cos u',
  label: 'sine',
  why: 'The slope of the sine is the cosine.',
  latex: '\\sin',
  parity: -1,
  atZero: 0,
  exact: exactSine,
});

export const cos: Operator = elementary({
  name: 'cos',
  range: { least: -1, most: 1 },
  kernel: Math.cos,
  slope: (g, x) => g.neg(g.apply(sin, x)),
  formula: '(cos u)′ = −sin u',
  label: 'cosine',
  why: 'The slope of the cosine is minus the sine.',
  latex: '\\cos',
  parity: 1,
  atZero: 1,
  exact: exactCosine,
});

export const tan = elementary({
  name: 'tan',
  kernel: Math.tan,
  slope: (g, _x, y) => g.sum(1, power(g, y, 2)),
  formula: '(tan u)′ = 1 + tan² u',
  label: 'tangent',
  why: 'The slope of the tangent is one plus its square.',
  latex: '\\tan',
  caveats: [needsCosine],
  definition: (g, x) => divide(g, g.apply(sin, x), g.apply(cos, x)),
  parity: -1,
  atZero: 0,
  exact: exactTangent,
});

export const tanh = elementary({
  name: 'tanh',
  range: BELOW_ONE,
  kernel: Math.tanh,
  slope: (g, _x, y) => g.sub(1, power(g, y, 2)),
  formula: 'tanh′ = 1 − tanh²',
  label: 'hyperbolic tangent',
  why: 'Its slope is one minus its own square.',
  latex: '\\tanh',
  definition: (g, x) => divide(g, g.sub(g.apply(exp, g.mul(2, x)), 1), g.sum(g.apply(exp, g.mul(2, x)), 1)),
  parity: -1,
  atZero: 0,
});

/** The inverse of tanh, for targets such as `atanh(0.9999)`. */
export const atanh = elementary({
  name: 'atanh',
  spellings: ['arctanh', 'artanh'],
  kernel: Math.atanh,
  slope: (g, x) => power(g, g.sub(1, power(g, x, 2)), -1),
  formula: 'artanh′ u = 1/(1 − u²)',
  label: 'inverse hyperbolic tangent',
  why: 'It undoes tanh, so its slope is the reciprocal of 1 − x².',
  latex: '\\operatorname{artanh}',
  domain: (x) => Math.abs(x) < 1,
  caveats: [needsInside],
  parity: -1,
  atZero: 0,
});
