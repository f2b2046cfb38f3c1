import { describe, expect, it } from 'vitest';
import { doubles, evaluate, overDefinitions } from '../../src/compile/index.ts';
import { Graph } from '../../src/graph/graph.ts';
import { type Node, UNIT } from '../../src/graph/node.ts';
import { type Fraction, rational, toNumber } from '../../src/graph/rational.ts';
import { pi } from '../../src/operators/constants.ts';
import { operators } from '../../src/operators/index.ts';
import type { Operator } from '../../src/operators/operator.ts';
import { tanh } from '../../src/operators/trigonometric.ts';
import { product } from './xor.ts';

const g = new Graph();
const A = g.variable('A', [2, 3]);
const S = g.variable('S', [2, 2]);
const x = g.variable('x', ['n']);
const DATA: Record<string, number[]> = { A: [1, 2, 3, 4, 5, 6], S: [1, 2, 3, 4], x: [7, 8, 9] };
const SIZES = new Map([['n', 3]]);

function value(node: Node): number[] {
  const read = ({ name, shape }: { name: string; shape: Node['shape'] }) => ({
    shape: shape.map((d) => (typeof d === 'number' ? d : 3)),
    data: DATA[name]!,
  });
  return [...evaluate([node], read, SIZES, doubles)[0]!.data];
}

const sizes = (...lengths: (number | string)[]) => new Map(lengths.map((length, i) => [i, length]));

describe('a contraction multiplies entries and sums over the indices that its result lacks', () => {
  it.each<[string, Node, number[]]>([
    ['A·Aᵀ', product(g, A, A, { b: true }), [14, 32, 32, 77]],
    ['Aᵀ', g.contract({ factors: [A], indices: [[0, 1]], result: [1, 0], sizes: sizes(2, 3) }), [1, 4, 2, 5, 3, 6]],
    ['A·x', g.contract({ factors: [A, x], indices: [[0, 1], [1]], result: [0], sizes: sizes(2, 'n') }), [50, 122]],
    ['tr S', g.contract({ factors: [S], indices: [[0, 0]], result: [], sizes: sizes(2) }), [5]],
    ['the diagonal of S', g.contract({ factors: [S], indices: [[0, 0]], result: [0], sizes: sizes(2) }), [1, 4]],
    ['diag x', g.contract({ factors: [x], indices: [[0]], result: [0, 0], sizes: sizes(3) }), [7, 0, 0, 0, 8, 0, 0, 0, 9]],
    ['the identity', g.contract({ factors: [], indices: [], result: [0, 0], sizes: sizes(2) }), [1, 0, 0, 1]],
    ['x repeated in columns', g.broadcast(x, ['n', 2], [0]), [7, 7, 8, 8, 9, 9]],
    ['x as a row', g.broadcast(x, [1, 'n'], [1]), [7, 8, 9]],
    [
      'x·xᵀ',
      g.contract({ factors: [x, x], indices: [[0], [1]], result: [0, 1], sizes: sizes(3, 3) }),
      [49, 56, 63, 56, 64, 72, 63, 72, 81],
    ],
    [
      '½·ΣA',
      g.contract({ coefficient: rational('1/2'), factors: [A], indices: [[0, 1]], result: [], sizes: sizes(2, 3) }),
      [10.5],
    ],
    [
      'a unit axis in front',
      g.contract({ factors: [S], indices: [[0, 1]], result: [UNIT, 0, 1], sizes: sizes(2, 2) }),
      [1, 2, 3, 4],
    ],
    ['n', g.size('n'), [3]],
    ['2n + 1', g.size('2*n+1'), [7]],
  ])('%s', (_, node, expected) => {
    expect(value(node)).toEqual(expected);
  });
});

describe('evaluation in another arithmetic', () => {
  it('is exact over fractions', () => {
    const exact = overDefinitions<Fraction>(
      {},
      { fromRational: (q) => q, fromNumber: rational, add: (a, b) => a.add(b), multiply: (a, b) => a.mul(b) },
    );
    const third = g.mul(rational('1/3'), S);
    const read = () => ({ shape: [2, 2], data: [1, 2, 3, 4].map((k) => rational(k)) });
    const sum = g.contract({ factors: [third], indices: [[0, 1]], result: [], sizes: sizes(2, 2) });
    expect(evaluate([sum], read, SIZES, exact)[0]!.data[0]!.toFraction()).toBe('10/3');
    expect(() => evaluate([g.apply(tanh, S)], read, SIZES, exact)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('exp') }),
    );
  });

  /** A definition that the graph's own normal form turns back into the operator: |x| is √(x²), and √(x²) is |x|. */
  const reduces = (operator: Operator): boolean => {
    const args = Array.from({ length: operator.arity }, (_, k) => g.variable(`u${k}`));
    return operator.definition?.(g, ...args) === g.apply(operator, ...args);
  };
  const defined = operators.filter((operator) => operator.definition && !reduces(operator));
  it.each(defined.map((operator) => [operator.name, operator] as const))('applies %s by its definition', (name, operator) => {
    const others = [...operators, pi].filter((o) => o.name !== name);
    const table = Object.fromEntries(others.map((o) => [o.name, (...args: number[]) => o.kernel(...args)]));
    const arithmetic = overDefinitions<number>(table, { ...doubles, fromRational: toNumber });
    for (const u of [0.5, 0.7, 0.9]) {
      const args = Array.from({ length: operator.arity }, (_, k) => u + k / 5);
      if (operator.domain && !operator.domain(...args)) continue;
      expect(arithmetic.apply(operator, args)).toBeCloseTo(operator.kernel(...args), 12);
    }
  });
});

describe('what cannot be evaluated is an error', () => {
  it('names the dimension that has no number', () => {
    const read = () => ({ shape: [], data: [1] });
    expect(() => evaluate([g.size('k')], read, SIZES, doubles)).toThrow(expect.objectContaining({ code: 'data' }));
  });

  it('refuses values of another length', () => {
    const read = () => ({ shape: [2], data: [1, 2] });
    expect(() => evaluate([x], read, SIZES, doubles)).toThrow(expect.objectContaining({ code: 'shape' }));
  });
});
