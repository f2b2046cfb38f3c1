import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import {
  ABOVE_ZERO,
  isNonzero,
  needsCosine,
  needsNonzero,
  needsOutside,
  needsSine,
  slopeNeedsAboveOne,
  slopeNeedsInside,
  slopeNeedsOutside,
  slopeNeedsUnitInterval,
} from './caveat.ts';
import { exactArccosine, exactArcsine, exactArctangent } from './exact-angles.ts';
import * as kernels from './kernels/inverses.ts';
import type { Operator } from './operator.ts';
import { elementary, type Pattern } from './pattern.ts';
import { divide, exp, power, sqrt } from './power.ts';
import { atanh, cos, sin, tan, tanh } from './trigonometric.ts';

/** The inverse, hyperbolic and reciprocal families. */

const square = (g: Graph, x: Node): Node => power(g, x, 2);
const inside = (x: number) => Math.abs(x) < 1;
const outside = (x: number) => Math.abs(x) > 1;
const nonzero = (x: number) => x !== 0;
const arc = (name: string): string[] => [`arc${name}`];
const area = (name: string): string[] => [`arc${name}`, `ar${name}`];

export const asin = elementary({
  name: 'asin',
  spellings: arc('sin'),
  kernel: Math.asin,
  slope: (g, x) => power(g, sqrt(g, g.sub(1, square(g, x))), -1),
  formula: 'arcsin′ u = 1/√(1 − u²)',
  label: 'inverse sine',
  why: 'It undoes the sine, so its slope is one over the cosine of the angle.',
  latex: '\\arcsin',
  domain: inside,
  caveats: [slopeNeedsInside],
  parity: -1,
  atZero: 0,
  exact: exactArcsine,
});

export const acos = elementary({
  name: 'acos',
  spellings: arc('cos'),
  kernel: Math.acos,
  slope: (g, x) => g.neg(power(g, sqrt(g, g.sub(1, square(g, x))), -1)),
  formula: 'arccos′ u = −1/√(1 − u²)',
  label: 'inverse cosine',
  why: 'It undoes the cosine, so its slope is minus one over the sine of the angle.',
  latex: '\\arccos',
  domain: inside,
  caveats: [slopeNeedsInside],
  exact: exactArccosine,
});

export const atan = elementary({
  name: 'atan',
  spellings: arc('tan'),
  kernel: Math.atan,
  slope: (g, x) => power(g, g.sum(1, square(g, x)), -1),
  formula: 'arctan′ u = 1/(1 + u²)',
  label: 'inverse tangent',
  why: 'It undoes the tangent, so its slope is one over one plus the square.',
  latex: '\\arctan',
  parity: -1,
  atZero: 0,
  exact: exactArctangent,
});

export const sinh = elementary({
  name: 'sinh',
  kernel: Math.sinh,
  slope: (g, x) => g.apply(cosh, x),
  formula: 'sinh′ = cosh',
  label: 'hyperbolic sine',
  why: 'Its slope is the hyperbolic cosine.',
  latex: '\\sinh',
  definition: (g, x) => g.mul(HALF, g.sub(g.apply(exp, x), g.apply(exp, g.neg(x)))),
  parity: -1,
  atZero: 0,
});

export const cosh: Operator = elementary({
  name: 'cosh',
  kernel: Math.cosh,
  slope: (g, x) => g.apply(sinh, x),
  range: { least: 1, most: Number.POSITIVE_INFINITY },
  formula: 'cosh′ = sinh',
  label: 'hyperbolic cosine',
  why: 'Its slope is the hyperbolic sine.',
  latex: '\\cosh',
  definition: (g, x) => g.mul(HALF, g.sum(g.apply(exp, x), g.apply(exp, g.neg(x)))),
  parity: 1,
  atZero: 1,
});

export const asinh = elementary({
  name: 'asinh',
  spellings: area('sinh'),
  kernel: Math.asinh,
  slope: (g, x) => power(g, sqrt(g, g.sum(1, square(g, x))), -1),
  formula: 'arsinh′ u = 1/√(1 + u²)',
  label: 'inverse hyperbolic sine',
  why: 'It undoes sinh, so its slope is one over cosh.',
  parity: -1,
  atZero: 0,
});

export const acosh = elementary({
  name: 'acosh',
  spellings: area('cosh'),
  kernel: Math.acosh,
  // Two roots, not one of the product: left of −1 there is no value, and there must be no slope.
  slope: (g, x) => g.mul(power(g, sqrt(g, g.sub(x, 1)), -1), power(g, sqrt(g, g.sum(x, 1)), -1)),
  formula: 'arcosh′ u = 1/(√(u − 1)·√(u + 1))',
  label: 'inverse hyperbolic cosine',
  why: 'It undoes cosh, so its slope is one over sinh.',
  domain: (x) => x > 1,
  caveats: [slopeNeedsAboveOne],
});

/** 1/f: the slope is −f′·y², told in the terms that people know. */
const reciprocalOf = (p: Omit<Pattern, 'definition'>, of: Operator): Operator =>
  elementary({ ...p, definition: (g, x) => power(g, g.apply(of, x), -1) });

export const sec = reciprocalOf(
  {
    name: 'sec',
    kernel: (x) => 1 / Math.cos(x),
    slope: (g, x, y) => g.mul(y, g.apply(tan, x)),
    formula: 'sec′ = sec·tan',
    label: 'secant',
    why: 'It is one over the cosine; its slope is secant times tangent.',
    latex: '\\sec',
    caveats: [needsCosine],
    parity: 1,
    atZero: 1,
  },
  cos,
);

export const csc = reciprocalOf(
  {
    name: 'csc',
    kernel: (x) => 1 / Math.sin(x),
    slope: (g, x, y) => g.neg(g.mul(y, g.apply(cot, x))),
    formula: 'csc′ = −csc·cot',
    label: 'cosecant',
    why: 'It is one over the sine; its slope is minus cosecant times cotangent.',
    latex: '\\csc',
    caveats: [needsSine],
    domain: nonzero,
    parity: -1,
  },
  sin,
);

export const cot: Operator = reciprocalOf(
  {
    name: 'cot',
    kernel: (x) => 1 / Math.tan(x),
    slope: (g, _x, y) => g.neg(g.sum(1, square(g, y))),
    formula: 'cot′ = −(1 + cot²)',
    label: 'cotangent',
    why: 'It is one over the tangent; its slope is minus one minus its square.',
    latex: '\\cot',
    caveats: [needsSine],
    domain: nonzero,
    parity: -1,
  },
  tan,
);

export const sech = reciprocalOf(
  {
    name: 'sech',
    kernel: kernels.sech,
    slope: (g, x, y) => g.neg(g.mul(y, g.apply(tanh, x))),
    formula: 'sech′ = −sech·tanh',
    label: 'hyperbolic secant',
    range: ABOVE_ZERO,
    why: 'It is one over cosh; its slope is minus sech times tanh.',
    parity: 1,
    atZero: 1,
  },
  cosh,
);

export const csch = reciprocalOf(
  {
    name: 'csch',
    kernel: kernels.csch,
    slope: (g, x, y) => g.neg(g.mul(y, g.apply(coth, x))),
    formula: 'csch′ = −csch·coth',
    label: 'hyperbolic cosecant',
    why: 'It is one over sinh; its slope is minus csch times coth.',
    caveats: [needsNonzero],
    domain: nonzero,
    parity: -1,
  },
  sinh,
);

export const coth: Operator = reciprocalOf(
  {
    name: 'coth',
    kernel: (x) => 1 / Math.tanh(x),
    slope: (g, _x, y) => g.sub(1, square(g, y)),
    formula: 'coth′ = 1 − coth²',
    label: 'hyperbolic cotangent',
    why: 'It is one over tanh; its slope is one minus its square.',
    latex: '\\coth',
    caveats: [needsNonzero],
    domain: nonzero,
    parity: -1,
  },
  tanh,
);

/** f(1/x) for the inverse of a reciprocal: arcsec x is the angle whose cosine is 1/x. */
const inverseOf = (p: Omit<Pattern, 'definition'>, of: Operator): Operator =>
  elementary({ ...p, definition: (g, x) => g.apply(of, power(g, x, -1)) });

/** 1/(x²·√(1 − 1/x²)), positive on both sides. */
const secantSlope = (g: Graph, x: Node): Node => divide(g, power(g, x, -2), sqrt(g, g.sub(1, power(g, x, -2))));

export const asec = inverseOf(
  {
    name: 'asec',
    spellings: arc('sec'),
    kernel: kernels.asec,
    slope: secantSlope,
    formula: 'arcsec′ u = 1/(u²·√(1 − 1/u²))',
    label: 'inverse secant',
    why: 'It is the angle whose cosine is 1/u.',
    caveats: [slopeNeedsOutside],
    domain: outside,
  },
  acos,
);

export const acsc = inverseOf(
  {
    name: 'acsc',
    spellings: arc('csc'),
    kernel: kernels.acsc,
    slope: (g, x) => g.neg(secantSlope(g, x)),
    formula: 'arccsc′ u = −1/(u²·√(1 − 1/u²))',
    label: 'inverse cosecant',
    why: 'It is the angle whose sine is 1/u.',
    caveats: [slopeNeedsOutside],
    domain: outside,
    parity: -1,
  },
  asin,
);

export const acot = inverseOf(
  {
    name: 'acot',
    spellings: arc('cot'),
    kernel: (x) => Math.atan(1 / x),
    slope: (g, x) => g.neg(power(g, g.sum(1, square(g, x)), -1)),
    formula: 'arccot′ u = −1/(1 + u²)',
    label: 'inverse cotangent',
    why: 'It is the angle whose tangent is 1/u.',
    caveats: [{ kind: 'jump', condition: (u) => `${u} = 0`, settled: isNonzero }],
    domain: nonzero,
    parity: -1,
  },
  atan,
);

export const asech = inverseOf(
  {
    name: 'asech',
    spellings: area('sech'),
    kernel: kernels.asech,
    slope: (g, x) => g.neg(divide(g, power(g, x, -1), sqrt(g, g.sub(1, square(g, x))))),
    formula: 'arsech′ u = −1/(u·√(1 − u²))',
    label: 'inverse hyperbolic secant',
    why: 'It is what has the hyperbolic cosine 1/u.',
    caveats: [slopeNeedsUnitInterval],
    domain: (x) => x > 0 && x < 1,
  },
  acosh,
);

export const acsch = inverseOf(
  {
    name: 'acsch',
    spellings: area('csch'),
    kernel: (x) => Math.asinh(1 / x),
    slope: (g, x) => g.neg(divide(g, power(g, x, -2), sqrt(g, g.sum(1, power(g, x, -2))))),
    formula: 'arcsch′ u = −1/(u²·√(1 + 1/u²))',
    label: 'inverse hyperbolic cosecant',
    why: 'It is what has the hyperbolic sine 1/u.',
    caveats: [needsNonzero],
    domain: nonzero,
    parity: -1,
  },
  asinh,
);

export const acoth = inverseOf(
  {
    name: 'acoth',
    spellings: area('coth'),
    kernel: kernels.acoth,
    slope: (g, x) => power(g, g.sub(1, square(g, x)), -1),
    formula: 'arcoth′ u = 1/(1 − u²)',
    label: 'inverse hyperbolic cotangent',
    why: 'It is what has the hyperbolic tangent 1/u.',
    caveats: [needsOutside],
    domain: outside,
    parity: -1,
  },
  atanh,
);

/** The families, in the order of the reference page. */
export const elementaryFunctions: readonly Operator[] = [
  ...[asin, acos, atan, sinh, cosh, asinh, acosh],
  ...[sec, csc, cot, sech, csch, coth],
  ...[asec, acsc, acot, asech, acsch, acoth],
];
