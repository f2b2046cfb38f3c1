import type { BigNumber } from 'mathjs';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { doubles, evaluate, type ProgramSpec } from '../../src/compile/index.ts';
import { differentiate } from '../../src/differentiate/sweep.ts';
import type { Dim } from '../../src/graph/dimension.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node } from '../../src/graph/node.ts';
import { compile } from '../../src/index.ts';
import { type Draw, random } from '../../src/numeric/random.ts';
import type { ArrayOperator } from '../../src/operators/array.ts';
import { maximum, minimum } from '../../src/operators/extreme-entries.ts';
import { arrayOperators, operatorNamed } from '../../src/operators/index.ts';
import { logsumexp, softmax } from '../../src/operators/reductions.ts';
import { type BigNumbers, bigNumbers } from '../../src/verify/big-numbers.ts';
import { centralDifferences, evaluateBig } from '../../src/verify/differences.ts';
import '../../src/vitest.ts';
import { difference, ways } from '../compile/ways.ts';

let numbers: BigNumbers;
beforeAll(async () => {
  numbers = await bigNumbers();
});

/** The records, and those over cells of two axes too. */
const records: readonly ArrayOperator[] = [...arrayOperators, maximum(2), minimum(2), logsumexp(2), softmax(2)];
const named = records.map((operator) => [operator.key, operator] as const);

/** Makes what arrives at a result differ from entry to entry. */
const sine = operatorNamed.get('sin')!;

const MATRICES = new Set(['inv', 'det', 'logdet', 'solve', 'cholesky']);
const LEADS: readonly number[][] = [[], [3], [2, 2]];
const FEW: readonly number[][] = [[], [2]];

/** A well-conditioned matrix, symmetric with positive eigenvalues: it has an inverse, a log det and a Cholesky factor. */
function definite(draw: Draw, n: number): number[] {
  const m = Array.from({ length: n * n }, () => draw.normal());
  return m.map((_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let total = i === j ? 1 : 0;
    for (let k = 0; k < n; k++) total += m[i * n + k]! * m[j * n + k]!;
    return Number(total.toPrecision(6));
  });
}

/** The operator on variables a, b … whose cells have the size n, with axes in front. */
function applied(operator: ArrayOperator, lead: readonly Dim[], n: Dim) {
  const g = new Graph();
  const args = operator.cells.map((rank, k) => {
    const cell = operator.key === 'solve' && k === 1 ? [n, 2] : Array.from({ length: rank }, () => n);
    return g.variable('ab'[k]!, [...lead, ...cell]);
  });
  return { g, args, y: g.array(operator, ...args) };
}

function sample(operator: ArrayOperator, args: readonly Node[], n: number, seed: number): Map<string, number[]> {
  const draw = random(seed);
  return new Map(
    args.map((arg, k) => {
      const count = (arg.shape as number[]).reduce((a, b) => a * b, 1);
      if (MATRICES.has(operator.key) && k === 0) {
        return ['a', Array.from({ length: count / (n * n) }, () => definite(draw, n)).flat()] as const;
      }
      return ['ab'[k]!, Array.from({ length: count }, () => Number(draw.normal(0, 1.5).toPrecision(5)))] as const;
    }),
  );
}

/** What is worked out when it is first asked for. */
function once<T extends object>(work: () => T): () => T {
  let known: T | undefined;
  return () => (known ??= work());
}

const inBig = (values: ReadonlyMap<string, readonly number[]>) =>
  new Map([...values].map(([name, data]) => [name, data.map(numbers.from)] as const));

/** The largest difference, relative to the largest entry. */
function apart(a: readonly BigNumber[], b: readonly BigNumber[]): number {
  expect(a).toHaveLength(b.length);
  const scale = b.reduce((most, x) => Math.max(most, x.abs().toNumber()), 1e-3);
  return a.reduce((most, x, k) => Math.max(most, x.sub(b[k]!).abs().toNumber()), 0) / scale;
}

function run(
  way: (spec: ProgramSpec) => ReturnType<NonNullable<(typeof ways)[string]>>,
  spec: ProgramSpec,
  values: Map<string, number[]>,
) {
  const program = way(spec);
  for (const [name, { data }] of program.inputs) data.set(values.get(name)!);
  program.run();
  return program.outputs.map(({ data }) => data);
}

describe.each(named)('%s', (_, operator) => {
  describe.each([1, 2, 3, 4, 5])('of size %i', (n) => {
    /** With axes in front: the same whichever way it runs. */
    const wanted = once(() =>
      LEADS.map((lead) => {
        const { g, args, y } = applied(operator, lead, n);
        const values = sample(operator, args, n, 7 * n + lead.length);
        const adjoint = g.contract({
          factors: [y, g.apply(sine, y)],
          indices: [y.shape.map((d, k) => (d === 1 ? -1 : k)), y.shape.map((d, k) => (d === 1 ? -1 : k))],
          result: [],
          sizes: new Map(y.shape.map((d, k) => [k, d])),
        });
        const nodes = [y, ...differentiate(g, adjoint, args)];
        const exact = evaluateBig(nodes, inBig(values), new Map(), numbers).map((data) => data.map(Number));
        return { lead, nodes, values, exact };
      }),
    );

    it.each(Object.entries(ways))('has its value and derivative with axes in front, as %s', (_name, way) => {
      for (const { lead, nodes, values, exact } of wanted()) {
        for (const [precision, tolerance] of [
          ['f64', 1e-11],
          ['f32', 2e-3],
        ] as const) {
          const found = run(way, { outputs: nodes, sizes: new Map(), precision }, values);
          found.forEach((data, k) => {
            expect(difference(exact[k]!, data), `${precision}, axes [${lead}] in front, output ${k}`).toBeLessThan(tolerance);
          });
        }
      }
    });

    it('has in plain doubles the value that it has in 64 digits', () => {
      const { args, y } = applied(operator, [2], n);
      const values = sample(operator, args, n, 3 * n);
      const [plain] = evaluate([y], (v) => ({ shape: [], data: values.get(v.name)! }), new Map(), doubles);
      const [exact] = evaluateBig([y], inBig(values), new Map(), numbers);
      expect(difference(exact!.map(Number), plain!.data)).toBeLessThan(1e-12);
    });
  });

  it.each([1, 2, 3, 4])('has the stated Jacobian, axes in front or not: size %i', (n) => {
    for (const lead of FEW) {
      const { g, args, y } = applied(operator, lead, n);
      const values = inBig(sample(operator, args, n, 11 * n));
      differentiate(g, y, args).forEach((J, k) => {
        const numeric = centralDifferences(y, 'ab'[k]!, values, new Map(), numbers);
        expect(numeric.kink).toBe(false);
        const [symbolic] = evaluateBig([J], values, new Map(), numbers);
        expect(apart(symbolic!, numeric.data), `by argument ${k}, axes [${lead}] in front`).toBeLessThan(1e-25);
      });
    }
  });

  it.each([1, 2, 3])('has the second derivative, the derivative of the Jacobian: size %i', (n) => {
    for (const lead of n < 3 ? FEW : [[]]) {
      const { g, args, y } = applied(operator, lead, n);
      const values = inBig(sample(operator, args, n, 13 * n));
      for (const J of differentiate(g, y, args)) {
        differentiate(g, J, args).forEach((H, k) => {
          const numeric = centralDifferences(J, 'ab'[k]!, values, new Map(), numbers);
          const [symbolic] = evaluateBig([H], values, new Map(), numbers);
          expect(apart(symbolic!, numeric.data), `by argument ${k}, axes [${lead}] in front`).toBeLessThan(1e-22);
        });
      }
    }
  });

  it('is compiled for a size that only data tell, 1 too', () => {
    const { g, args, y } = applied(operator, ['b'], 'n');
    const [J] = differentiate(g, y, args);
    for (const n of [1, 3]) {
      const sizes = new Map([
        ['b', 2],
        ['n', n],
      ]);
      const values = sample(operator, applied(operator, [2], n).args, n, 17);
      const exact = evaluateBig([y, J!], inBig(values), sizes, numbers).map((data) => data.map(Number));
      for (const way of Object.values(ways)) {
        run(way, { outputs: [y, J!], sizes }, values).forEach((data, k) => {
          expect(difference(exact[k]!, data)).toBeLessThan(1e-11);
        });
      }
    }
  });
});

const backends = ['js', 'closure'] as const;
const list = (x: unknown): number[] => (typeof x === 'number' ? [x] : Array.from((x as { data: ArrayLike<number> }).data));
const shapeOf = (x: unknown): number[] => (Array.isArray(x) ? [x.length, ...shapeOf(x[0])] : []);

describe.each(backends)('at the edges, by %s', (backend) => {
  const at = (source: string, inputs: Record<string, unknown>): number[] => {
    const shapes = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, shapeOf(value)]));
    return list(compile(source, { shapes, backend })(inputs as never));
  };
  const gradient = (source: string, inputs: Record<string, unknown>): number[] => at(`grad(${source}, x)`, inputs);

  test.each([
    ['max(x)', [1, 3, 3, 2], [0, 0.5, 0.5, 0]],
    ['max(x)', [3, 3, 3], [1 / 3, 1 / 3, 1 / 3]],
    ['min(x)', [1, 3, 1, 2], [0.5, 0, 0.5, 0]],
    ['min(x)', [-1e300, 1e300], [1, 0]],
    ['max(x)', [-1e300, 1e300], [0, 1]],
    ['prod(x)', [2, 3, 0, 4], [0, 0, 24, 0]],
    ['prod(x)', [2, 0, 0, 4], [0, 0, 0, 0]],
    ['prod(x)', [5, 7], [7, 5]],
    ['logsumexp(x)', [1e300, -1e300], [1, 0]],
    ['logsumexp(x)', [-1e300, -1e300], [0.5, 0.5]],
    ['logsumexp(x)', [1e300, 1e300, 0], [0.5, 0.5, 0]],
    ['logsumexp(x)', [700, 710], [1 / (1 + Math.exp(10)), 1 / (1 + Math.exp(-10))]],
  ])('the gradient of %s at %j is %j: ties share, nothing overflows', (source, x, expected) => {
    gradient(source, { x }).forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k]!, 14);
    });
  });

  test.each([
    ['prod(x)', [2, 3, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 6, 0]],
    ['prod(x)', [0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['prod(x)', [0, 5, 7], [0, 7, 5, 7, 0, 0, 5, 0, 0]],
  ])('the Hessian of %s at %j', (source, x, expected) => {
    expect(at(`hessian(${source}, x)`, { x }).map((v) => v + 0)).toEqual(expected);
  });

  test('softmax keeps its digits where its arguments are huge, or infinite and equal', () => {
    expect(at('softmax(x)', { x: [1e300, 1e300, -1e300] })).toEqual([0.5, 0.5, 0]);
    expect(at('softmax(x)', { x: [-1e300, -1e300] })).toEqual([0.5, 0.5]);
    expect(at('log_softmax(x)', { x: [1e300, 0] })).toEqual([0, -1e300]);
    expect(at('logsumexp(x)', { x: [Number.POSITIVE_INFINITY, 1] })).toEqual([Number.POSITIVE_INFINITY]);
    expect(at('logsumexp(x)', { x: [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY] })).toEqual([Number.NEGATIVE_INFINITY]);
    expect(at('logsumexp(x)', { x: [Number.NEGATIVE_INFINITY, 3] })).toEqual([3]);
    expect(at('softmax(x)', { x: [Number.NEGATIVE_INFINITY, 3] })).toEqual([0, 1]);
    expect(at('softmax(x)', { x: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] })).toEqual([Number.NaN, Number.NaN]);
  });

  test.each(['max(x)', 'min(x)', 'prod(x)', 'logsumexp(x)'])('NaN shows in %s, wherever it stands', (source) => {
    for (let k = 0; k < 3; k++) expect(at(source, { x: [1, 2, 3].with(k, Number.NaN) })).toEqual([Number.NaN]);
  });

  test.each(['softmax(x)', 'log_softmax(x)'])('NaN shows in every entry of %s', (source) => {
    for (let k = 0; k < 3; k++) expect(at(source, { x: [1, 2, 3].with(k, Number.NaN) }).every(Number.isNaN)).toBe(true);
  });

  const spoilt = (k: number) => {
    const flat = [4, 1, 0, 1, 3, 1, 0, 1, 2].with(k, Number.NaN);
    return [flat.slice(0, 3), flat.slice(3, 6), flat.slice(6)];
  };

  test.each(['det(A)', 'logdet(A)'])('NaN anywhere in A shows in %s', (source) => {
    const zeros = (k: number) => [0, 3, 6].map((row) => [1, 0, 0, 0, 1, 0, 0, 0, 0].with(k, Number.NaN).slice(row, row + 3));
    for (let k = 0; k < 9; k++) {
      for (const A of [spoilt(k), zeros(k)]) expect(at(source, { A }), `entry ${k}`).toEqual([Number.NaN]);
    }
  });

  test.each(['inv(A)', 'cholesky(A)', 'solve(A, [1, 2, 3])'])('NaN anywhere in A shows in %s', (source) => {
    for (let k = 0; k < 9; k++) expect(at(source, { A: spoilt(k) }).some(Number.isNaN), `entry ${k}`).toBe(true);
  });

  test('a singular matrix has the determinant 0, no logarithm of it, and no inverse', () => {
    const A = [
      [1, 2, 3],
      [2, 4, 6],
      [1, 0, 1],
    ];
    expect(at('det(A)', { A })[0]! + 0).toBe(0);
    expect(at('logdet(A)', { A })[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(at('inv(A)', { A }).some((x) => !Number.isFinite(x))).toBe(true);
    expect(
      at('det(A)', {
        A: [
          [0, 0],
          [0, 0],
        ],
      })[0],
    ).toBe(0);
  });

  test('a determinant below 0 has no logarithm', () => {
    expect(
      at('logdet(A)', {
        A: [
          [0, 1],
          [1, 0],
        ],
      })[0],
    ).toBeNaN();
    expect(
      at('logdet(A)', {
        A: [
          [-1, 0],
          [0, -1],
        ],
      })[0],
    ).toBeCloseTo(0, 15);
  });

  test('a matrix that is not positive definite has no Cholesky factor', () => {
    expect(
      at('cholesky(A)', {
        A: [
          [1, 2],
          [2, 1],
        ],
      }).some(Number.isNaN),
    ).toBe(true);
  });

  test('a pivot that vanishes is exchanged', () => {
    expect(
      at('inv(A)', {
        A: [
          [0, 1],
          [1, 0],
        ],
      }),
    ).toEqual([0, 1, 1, 0]);
    expect(
      at('A \\ b', {
        A: [
          [0, 2],
          [1, 0],
        ],
        b: [2, 3],
      }),
    ).toEqual([3, 1]);
    expect(
      at('det(A)', {
        A: [
          [0, 1, 0],
          [0, 0, 1],
          [1, 0, 0],
        ],
      }),
    ).toEqual([1]);
  });

  test('log det neither over- nor underflows where det does', () => {
    const A = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (__, j) => (i === j ? 1e-100 : 0)));
    expect(at('det(A)', { A })[0]).toBe(0);
    expect(at('logdet(A)', { A })[0]).toBeCloseTo(-500 * Math.log(10), 10);
  });

  test('the inverse of a nearly singular matrix is as good as its condition allows: the Hilbert matrix', () => {
    const n = 6;
    const H = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => 1 / (i + j + 1)));
    const choose = (a: number, b: number): number => (b === 0 ? 1 : (choose(a - 1, b - 1) * a) / b);
    const exact = (i: number, j: number) =>
      (-1) ** (i + j) * (i + j + 1) * choose(n + i, n - j - 1) * choose(n + j, n - i - 1) * choose(i + j, i) ** 2;
    const condition = 1.5e7;
    at('inv(A)', { A: H }).forEach((x, k) => {
      expect(Math.abs(x - exact(Math.floor(k / n), k % n)) / 4410000).toBeLessThan(condition * 1e-15);
    });
  });
});

test.each(Object.entries(ways))('a kernel reads its cells from memory that others use for more: %s', (_, way) => {
  const g = new Graph();
  const x = g.variable('x', [2, 3]);
  const turned = g.contract({
    factors: [x],
    indices: [[0, 1]],
    result: [1, 0],
    sizes: new Map([
      [0, 2],
      [1, 3],
    ]),
  });
  const [J] = differentiate(g, g.array(softmax(1), turned), [x]);
  const values = new Map([['x', [0.1, 0.2, 0.3, -1, 2, 0.5]]]);
  const [plain] = evaluate([J!], (v) => ({ shape: [], data: values.get(v.name)! }), new Map(), doubles);
  expect(difference(plain!.data, run(way, { outputs: [J!], sizes: new Map() }, values)[0]!)).toBeLessThan(1e-15);
});
