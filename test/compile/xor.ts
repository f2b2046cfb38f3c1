import type { ProgramSpec } from '../../src/compile/index.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { rational } from '../../src/graph/rational.ts';
import { sigmoid } from '../../src/operators/activation.ts';
import { power } from '../../src/operators/power.ts';

/** The matrix product, with either factor transposed. */
export function product(g: Graph, a: Node, b: Node, transpose: { a?: boolean; b?: boolean } = {}): Node {
  const [rows, inner] = transpose.a ? [1, 0] : [0, 1];
  const columns = transpose.b ? 0 : 1;
  return g.contract({
    factors: [a, b],
    indices: [transpose.a ? [2, 0] : [0, 2], transpose.b ? [1, 2] : [2, 1]],
    result: [0, 1],
    sizes: new Map([
      [0, a.shape[rows!]!],
      [1, b.shape[columns]!],
      [2, a.shape[inner!]!],
    ]),
  });
}

/** One value for each row. */
export const rowSums = (g: Graph, a: Node): Node =>
  g.contract({
    factors: [a],
    indices: [[0, 1]],
    result: [0],
    sizes: new Map([
      [0, a.shape[0]!],
      [1, a.shape[1]!],
    ]),
  });

/** The sum of all entries. */
export const total = (g: Graph, a: Node): Node =>
  g.contract({ factors: [a], indices: [a.shape.map((_, k) => k)], result: [], sizes: new Map(a.shape.map((d, k) => [k, d])) });

/** A training step of the 2-3-1 sigmoid network on XOR by gradient descent, its gradient written out by hand. */
export function xorStep(rate = 1, hidden = 3): ProgramSpec {
  const g = new Graph();
  const X = g.variable('X', [2, 'm'], 'data');
  const Y = g.variable('Y', [1, 'm'], 'data');
  const W1 = g.variable('W1', [hidden, 2], 'param');
  const b1 = g.variable('b1', [hidden], 'param');
  const W2 = g.variable('W2', [1, hidden], 'param');
  const b2 = g.variable('b2', [], 'param');
  const m = g.size('m');
  const Z1 = g.define('Z1', g.sum(product(g, W1, X), g.broadcast(b1, [hidden, 'm'], [0])));
  const A1 = g.define('A1', g.apply(sigmoid, Z1));
  const Z2 = g.define('Z2', g.sum(product(g, W2, A1), g.broadcast(b2, [1, 'm'])));
  const A2 = g.define('A2', g.apply(sigmoid, Z2));
  const E = g.sub(A2, Y);
  const cost = g.mul(power(g, g.mul(2, m), -1), total(g, power(g, E, 2)));
  const dZ2 = g.define('dZ2', g.mul(power(g, m, -1), E, A2, g.sub(1, A2)));
  const dZ1 = g.define('dZ1', g.mul(product(g, W2, dZ2, { a: true }), A1, g.sub(1, A1)));
  const step = (variable: Node, gradient: Node): { variable: Variable; value: Node } => ({
    variable: variable as Variable,
    value: g.sub(variable, g.scale(rational(rate), gradient)),
  });
  return {
    outputs: [cost],
    updates: [
      step(W1, product(g, dZ1, X, { b: true })),
      step(b1, rowSums(g, dZ1)),
      step(W2, product(g, dZ2, A1, { b: true })),
      step(b2, total(g, dZ2)),
    ],
    sizes: new Map([['m', 4]]),
  };
}

/** The numbers that the benchmark starts from, and where 5000 epochs from there lead. */
export function xorStart(): Record<string, number[]> {
  let seed = 7;
  const next = () => {
    seed = (seed * 16807) % 2147483647;
    return (seed / 2147483647) * 4 - 2;
  };
  const W1 = Array.from({ length: 6 }, next);
  const W2 = Array.from({ length: 3 }, next);
  return { X: [0, 0, 1, 1, 0, 1, 0, 1], Y: [0, 1, 1, 0], W1, W2, b1: [0, 0, 0], b2: [0] };
}

/** The cost after 5000 epochs at rate 1. */
export const XOR_COST = 0.0006651079749842193;
