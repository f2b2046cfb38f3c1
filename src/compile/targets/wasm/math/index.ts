import type { Lanes, Vector } from '../lanes.ts';
import { exp, expm1, sigmoid, tanh } from './exponential.ts';
import { log, log1p, softplus } from './logarithm.ts';
import { cos, sin } from './trigonometric.ts';

/** A function of a vector that is kept; `byLane` asks the function of numbers for each lane. */
export type VectorFunction = (v: Lanes, x: Vector, byLane: Vector) => Vector;

const rounding =
  (name: 'floor' | 'ceil' | 'trunc' | 'nearest' | 'sqrt' | 'abs'): VectorFunction =>
  (v, x) =>
    v.op(name, x);

/** The functions of one number that have vectors of their own, by the names of the operators. */
export const VECTOR_FUNCTIONS: Readonly<Record<string, VectorFunction>> = {
  exp,
  expm1,
  log,
  log1p,
  tanh,
  sigmoid,
  softplus,
  sin,
  cos,
  sqrt: rounding('sqrt'),
  abs: rounding('abs'),
  floor: rounding('floor'),
  ceil: rounding('ceil'),
  trunc: rounding('trunc'),
  round: rounding('nearest'),
  // 0 is not less than −0, so the sum makes the zero positive.
  relu: (v, x) => v.add(v.choose(v.of('lt', x, v.constant(0)), v.constant(0), x), v.constant(0)),
};
