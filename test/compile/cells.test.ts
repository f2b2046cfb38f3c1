import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/graph/graph.ts';
import type { ArrayApply } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { type ArrayOperator, Pullback } from '../../src/operators/array.ts';
import { maximum, minimum } from '../../src/operators/extreme-entries.ts';
import { product } from '../../src/operators/product.ts';
import { euclidean, logsumexp, softmax } from '../../src/operators/reductions.ts';
import { stream } from './random.ts';
import { ways } from './ways.ts';

/** As it is written, as it runs, and the shares of its derivative. */
function extremes(record: typeof maximum, rank: number): ArrayOperator[] {
  const g = new Graph();
  const x = g.variable(
    'x',
    Array.from({ length: rank }, () => 3),
  );
  const runs = record(rank).runs!(g, x) as ArrayApply;
  const slope = runs.operator.pullback(new Pullback(g, runs, runs, g.constant(1), []), 0);
  const shares = topological([slope]).find((node) => node.kind === 'array' && node.operator !== runs.operator) as ArrayApply;
  return [record(rank), runs.operator, shares.operator];
}

const routines: readonly (readonly [string, ArrayOperator])[] = [1, 2].flatMap((rank) =>
  [
    ...extremes(maximum, rank),
    ...extremes(minimum, rank),
    logsumexp(rank),
    softmax(rank),
    euclidean(rank),
    ...(rank === 1 ? [product] : []),
  ].map((operator) => [`${operator.name} of ${rank} axes`, operator] as const),
);

/** Numbers, some of them equal, some of them none. */
function cellsOf(count: number, size: number): Float64Array {
  const next = stream(count * size);
  const data = Float64Array.from({ length: count * size }, () => Math.round(20 * next()) / 4 - 2);
  const special = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, 800, -800];
  special.forEach((value, k) => {
    if (k + 2 < count) data[(k + 2) * size + (k % size)] = value;
  });
  data.fill(Number.NEGATIVE_INFINITY, size, 2 * size);
  return data;
}

describe.each(Object.entries(ways))('%s', (_, compile) => {
  it.each(routines)('does what the kernel does with cells, small and large: %s', (_name, operator) => {
    for (const cell of operator.cells[0] === 1
      ? [[1], [4], [23]]
      : [
          [2, 2],
          [5, 9],
          [1, 3],
        ]) {
      const g = new Graph();
      const shape = [3, 4, ...cell];
      const x = g.variable('x', shape);
      const program = compile({ outputs: [g.array(operator, x)], sizes: new Map() });
      const size = cell.reduce((n, extent) => n * extent, 1);
      const data = cellsOf(12, size);
      program.input('x')!.data.set(data);
      program.run();
      const exact = new Float64Array(program.outputs[0]!.data.length);
      operator.kernel!([data], exact, 12, [cell]);
      exact.forEach((y, k) => {
        expect(program.outputs[0]!.data[k], `${cell} at ${k}`).toSatisfy(
          (z: number) => Object.is(z, y) || z === y || Math.abs(z - y) <= 4e-15 * Math.abs(y),
        );
      });
    }
  });

  it('squares nothing that leaves the numbers', () => {
    for (const size of [1e-300, 1e-200, 1e-20, 1e20, 1e200, 1e300]) {
      for (const precision of ['f64', 'f32'] as const) {
        const length = precision === 'f32' ? size ** 0.1 : size;
        const g = new Graph();
        const program = compile({ outputs: [g.array(euclidean(1), g.variable('x', [2, 20]))], sizes: new Map(), precision });
        program.input('x')!.data.fill(length, 3, 23);
        program.input('x')!.data.fill(0, 23);
        program.run();
        const found = program.outputs[0]!.data;
        expect(found[0]! / length).toBeCloseTo(Math.sqrt(17), 5);
        expect(found[1]! / length).toBeCloseTo(Math.sqrt(3), 5);
      }
    }
  });
});
