import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, HALF, isZero, ONE, rational, ZERO } from '../graph/rational.ts';
import { pi } from './constants.ts';
import { power } from './power.ts';

/** Sines and tangents of the angles that every table has, and the angles that have them. */

/** √n times a fraction. */
type Surd = readonly [root: 1 | 2 | 3, times: Fraction];

/** By the angle in units of π, from 0 to ½. */
const SINES: Readonly<Record<string, Surd>> = {
  '0': [1, ZERO],
  '1/6': [1, HALF],
  '1/4': [2, HALF],
  '1/3': [3, HALF],
  '1/2': [1, ONE],
};
const TANGENTS: Readonly<Record<string, Surd>> = {
  '0': [1, ZERO],
  '1/6': [3, rational('1/3')],
  '1/4': [1, ONE],
  '1/3': [3, ONE],
};

/** x/π, where that is a fraction. */
function turnsOf(g: Graph, x: Node): Fraction | undefined {
  const c = constantOf(x);
  if (c) return isZero(c) ? ZERO : undefined;
  const { coefficient, core } = g.splitCoefficient(x);
  return core === g.apply(pi) ? coefficient : undefined;
}

const made = (g: Graph, surd: Surd | undefined, sign: 1 | -1): Node | undefined =>
  surd && g.mul(surd[1], sign, power(g, surd[0], HALF));

/** q less whole periods, at least 0. */
function within(q: Fraction, period: number): Fraction {
  const rest = q.mod(period);
  return rest.compare(0) < 0 ? rest.add(period) : rest;
}

function sineAt(g: Graph, q: Fraction): Node | undefined {
  const turn = within(q, 2);
  const sign = turn.compare(1) < 0 ? 1 : -1;
  const half = within(turn, 1);
  const quarter = half.compare(HALF) > 0 ? ONE.sub(half) : half;
  return made(g, SINES[quarter.toFraction()], sign);
}

/** sin x of a multiple of π/6 or π/4. */
export function exactSine(g: Graph, x: Node): Node | undefined {
  const q = turnsOf(g, x);
  return q && sineAt(g, q);
}

/** cos x, which is the sine a quarter later. */
export function exactCosine(g: Graph, x: Node): Node | undefined {
  const q = turnsOf(g, x);
  return q && sineAt(g, q.add(HALF));
}

/** tan x; at its poles there is none. */
export function exactTangent(g: Graph, x: Node): Node | undefined {
  const q = turnsOf(g, x);
  const turn = q && within(q, 1);
  if (!turn) return undefined;
  const left = turn.compare(HALF) > 0;
  return made(g, TANGENTS[(left ? ONE.sub(turn) : turn).toFraction()], left ? -1 : 1);
}

const ARCSINES: Readonly<Record<string, string>> = { '-1': '-1/2', '-1/2': '-1/6', '0': '0', '1/2': '1/6', '1': '1/2' };

const turns = (g: Graph, q: Fraction, x: Node): Node | undefined => (x.shape.length === 0 ? g.mul(q, g.apply(pi)) : undefined);

const arcsineOf = (x: Node): Fraction | undefined => {
  const found = ARCSINES[constantOf(x)?.toFraction() ?? ''];
  return found === undefined ? undefined : rational(found);
};

/** arcsin x of 0, ±½ and ±1. */
export function exactArcsine(g: Graph, x: Node): Node | undefined {
  const q = arcsineOf(x);
  return q && turns(g, q, x);
}

export function exactArccosine(g: Graph, x: Node): Node | undefined {
  const q = arcsineOf(x);
  return q && turns(g, HALF.sub(q), x);
}

/** arctan x of ±1. */
export function exactArctangent(g: Graph, x: Node): Node | undefined {
  const c = constantOf(x);
  return c?.abs().equals(1) ? turns(g, c.div(4), x) : undefined;
}
