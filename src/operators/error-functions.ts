import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import { needsInside } from './caveat.ts';
import { pi } from './constants.ts';
import {
  dawson as dawsonKernel,
  erfc as erfcKernel,
  erfcx as erfcxKernel,
  erfi as erfiKernel,
  erfinv as erfinvKernel,
  erf as erfKernel,
} from './kernels/erf.ts';
import type { Operator } from './operator.ts';
import { elementary } from './pattern.ts';
import { divide, exp, power, sqrt } from './power.ts';

/** The error function, its inverse, and its relatives. */

/** 2/√π */
const scale = (g: Graph): Node => divide(g, 2, sqrt(g, g.apply(pi)));

/** e^(±x²) */
const gauss = (g: Graph, x: Node, sign: 1 | -1): Node => g.apply(exp, g.mul(sign, power(g, x, 2)));

export const erf: Operator = elementary({
  name: 'erf',
  kernel: erfKernel,
  slope: (g, x) => g.mul(scale(g), gauss(g, x, -1)),
  formula: 'erf′ u = 2/√π·e^(−u²)',
  label: 'error function',
  why: 'It is the area under the bell curve 2/√π·e^(−t²) from 0 to u, so its slope is that curve.',
  range: { least: -1, most: 1 },
  parity: -1,
  atZero: 0,
});

export const erfinv: Operator = elementary({
  name: 'erfinv',
  spellings: ['inverf'],
  id: 'inverse-erf',
  kernel: erfinvKernel,
  slope: (g, _x, y) => g.mul(HALF, sqrt(g, g.apply(pi)), gauss(g, y, 1)),
  formula: 'erfinv′ u = √π/2·e^(erfinv² u)',
  label: 'inverse error function',
  why: 'It undoes the error function, so its slope is one over that of erf, √π/2·e^(y²) for y = erfinv u.',
  latex: '\\operatorname{erf}^{-1}',
  domain: (x) => Math.abs(x) < 1,
  caveats: [needsInside],
  parity: -1,
  atZero: 0,
});

export const erfc = elementary({
  name: 'erfc',
  kernel: erfcKernel,
  slope: (g, x) => g.neg(g.mul(scale(g), gauss(g, x, -1))),
  formula: 'erfc′ u = −2/√π·e^(−u²)',
  label: 'complementary error function',
  why: 'It is one minus the error function.',
  definition: (g, x) => g.sub(1, g.apply(erf, x)),
  atZero: 1,
});

export const erfcx = elementary({
  name: 'erfcx',
  kernel: erfcxKernel,
  slope: (g, x, y) => g.sub(g.mul(2, x, y), scale(g)),
  formula: 'erfcx′ u = 2u·erfcx u − 2/√π',
  label: 'scaled complementary error function',
  why: 'It is e^(u²)·erfc u; the product rule gives back the function and a constant.',
  definition: (g, x) => g.mul(gauss(g, x, 1), g.apply(erfc, x)),
  atZero: 1,
});

export const erfi = elementary({
  name: 'erfi',
  kernel: erfiKernel,
  slope: (g, x) => g.mul(scale(g), gauss(g, x, 1)),
  formula: 'erfi′ u = 2/√π·e^(u²)',
  label: 'imaginary error function',
  why: 'It is the area under 2/√π·e^(t²) from 0 to u, so its slope is that curve.',
  parity: -1,
  atZero: 0,
});

export const dawson = elementary({
  name: 'dawson',
  kernel: dawsonKernel,
  slope: (g, x, y) => g.sub(1, g.mul(2, x, y)),
  formula: 'D′ u = 1 − 2u·D u',
  label: 'Dawson integral',
  why: 'It is e^(−u²) times the integral of e^(t²), and solves D′ = 1 − 2u·D.',
  definition: (g, x) => g.mul(HALF, sqrt(g, g.apply(pi)), gauss(g, x, -1), g.apply(erfi, x)),
  parity: -1,
  atZero: 0,
});

export const errorFunctions: readonly Operator[] = [erf, erfinv, erfc, erfcx, erfi, dawson];
