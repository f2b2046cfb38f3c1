import { describe, expect, it } from 'vitest';
import { compile, derive } from '../../src/index.ts';
import { preludeNames } from '../../src/language/prelude.ts';
import { refusalOf } from '../support/refusal.ts';
import '../../src/vitest.ts';

type Inputs = Record<string, number | number[] | number[][]>;
type Shapes = Record<string, (number | string)[]>;

const n: Shapes = { a: ['n'], y: ['n'] };
const km: Shapes = { a: ['k', 'm'], y: ['k', 'm'] };
const { log } = Math;

/** Each loss at a point, written out by hand. */
const values: Readonly<Record<string, readonly (readonly [string, Inputs, Shapes, number])[]>> = {
  mse: [
    ['mse(a, y)', { a: [1, 4], y: [2, 1] }, n, (1 + 9) / 2],
    ['mse(a, y)', { a: [[1, 2, 3]], y: [[1, 1, 1]] }, km, (0 + 1 + 4) / 3],
    ['mse(a, y)', { a: 3, y: 1 }, {}, 4],
  ],
  mae: [['mae(a, y)', { a: [1, 4], y: [2, 1] }, n, 2]],
  huber: [
    ['huber(a, y)', { a: [0.5, 4], y: [0, 1] }, n, (0.125 + 2.5) / 2],
    ['huber(a, y, 2)', { a: [0.5, 4], y: [0, 1] }, n, (0.125 + 4) / 2],
    ['huber(a, y)', { a: [1e10, 0], y: [0, 0] }, n, (1e10 - 0.5) / 2],
  ],
  bce: [['bce(a, y)', { a: [0.25, 0.5], y: [1, 0] }, n, -(log(0.25) + log(0.5)) / 2]],
  cross_entropy: [
    ['cross_entropy(a, y)', { a: [0.25, 0.75], y: [0, 1] }, n, -log(0.75)],
    [
      'cross_entropy(a, y)',
      {
        a: [
          [0.25, 0.5],
          [0.75, 0.5],
        ],
        y: [
          [0, 1],
          [1, 0],
        ],
      },
      km,
      -(log(0.75) + log(0.5)) / 2,
    ],
  ],
  hinge: [['hinge(a, y)', { a: [0.5, -2, 3], y: [1, 1, 1] }, n, (0.5 + 3 + 0) / 3]],
  kl: [['kl(a, y)', { a: [0.5, 0.5], y: [0.25, 0.75] }, n, 0.5 * log(2) + 0.5 * log(2 / 3)]],
};

describe.each(preludeNames)('%s', (name) => {
  it.each(values[name] ?? [])('%s of %j', (source, inputs, shapes, expected) => {
    expect(compile(source, { shapes })(inputs)).toBeCloseTo(expected, 14);
  });

  it('has a value written out by hand', () => {
    expect(values[name]).toBeDefined();
  });

  it.each(['a', 'y'])('has the gradient by %s that differences have', async (wrt) => {
    const [[source, , shapes]] = values[name] as [readonly [string, Inputs, Shapes, number]];
    await expect(source).toHaveCorrectGradients({ wrt, shapes });
  });
});

describe('the prelude', () => {
  const shapes = { a: ['n'], y: ['n'], x: ['n'] };

  it('is derived like the text that it stands for', () => {
    expect(derive('mse(a, y)', 'a', { shapes }).partial.toString()).toBe(
      derive('mean((a - y).^2)', 'a', { shapes }).partial.toString(),
    );
  });

  it('opens in the steps', () => {
    expect(derive('Cost = mse(σ(x), y)', 'x', { shapes }).toText()).toContain('dh = 2·(h − y)/n              n×1   power rule');
  });

  it('yields to a function of the source, and does not see it', () => {
    expect(compile('mse(a, y) = a + y; mse(1, 2)')({})).toBe(3);
    expect(compile('mean(x) = 7; mse(a, y)', { shapes: n })({ a: [1, 4], y: [2, 1] })).toBe(5);
  });

  it('leaves its names to variables', () => {
    expect(derive('mse^2', 'mse').partial.toString()).toBe('2*mse');
    expect(derive('beta*gamma(gamma)*σ^2', 'σ').partial.toString()).toBe('2*beta*σ*gamma(gamma)');
  });

  it('at the kinks of its losses the derivative is the least', () => {
    const slope = (source: string, at: Inputs) => derive(source, 'a').compile().gradient(at).a;
    expect(slope('hinge(a, y)', { a: 1, y: 1 })).toBe(-0);
    expect(slope('mae(a, y)', { a: 1, y: 1 })).toBe(0);
    expect(slope('huber(a, y)', { a: 2, y: 1 })).toBe(1);
    expect(slope('huber(a, y)', { a: 1, y: 1 })).toBe(0);
  });

  it.each([
    ['mse(a)', 'mse takes 2 arguments, not 1'],
    ['huber(a, y, 1, 2)', 'huber takes 2 to 3 arguments, not 4'],
    ['hubr(a, y)', 'unknown function hubr'],
    ['mse(a, b)', 'mse pairs entries: a is n×1, b is m×1'],
  ])('%s is wrong: %s', (source, message) => {
    expect(() => derive(source, 'a', { shapes: { ...shapes, b: ['m'] } })).toThrow(message);
  });
});

describe('cross_entropy over classes in columns', () => {
  const rows = {
    P: [
      [0.2, 0.5, 0.3],
      [0.1, 0.1, 0.8],
    ],
    Y: [
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
  const expected = -(log(0.5) + log(0.8)) / 2;
  const logits = rows.P.map((row) => row.map(log));

  it.each([
    ['by the axis', 'data P : [n, 3], Y : [n, 3]; minimize cross_entropy(P, Y, cols)'],
    ['by the name of the axis', 'data P : [n, k], Y : [n, k]; minimize cross_entropy(P, Y, k)'],
    ['as the targets are declared', 'data P : [n, 3], Y : [n, 3] onehot cols; minimize cross_entropy(P, Y)'],
    ['as the shares are made', 'data Z : [n, 3], Y : [n, 3]; P = softmax(Z, cols); minimize cross_entropy(P, Y)'],
    ['within a function', 'data P : [n, 3], Y : [n, 3]; L(p, y, ax) = cross_entropy(p, y, ax); minimize L(P, Y, cols)'],
  ])('%s', (_, source) => {
    const { P, Y } = rows;
    expect(compile(source)(source.includes('Z') ? { Z: logits, Y } : { P, Y })).toBeCloseTo(expected, 14);
  });

  it('is over rows where nothing tells, or they say so', () => {
    const transposed = (m: number[][]) => m[0]!.map((__, j) => m.map((row) => row[j]!));
    const columns = { P: transposed(rows.P), Y: transposed(rows.Y) };
    for (const more of ['', 'onehot rows', 'distribution rows'])
      expect(compile(`data P : [3, n], Y : [3, n] ${more}; minimize cross_entropy(P, Y)`)(columns)).toBeCloseTo(expected, 14);
    expect(
      compile('data P : [n, n], Y : [n, n] onehot cols; minimize cross_entropy(P, Y, rows)')({
        P: [
          [1, 1],
          [1, 1],
        ],
        Y: [
          [1, 0],
          [0, 1],
        ],
      }),
    ).toBeCloseTo(0, 14);
  });

  it('a number is no axis', () => {
    const error = refusalOf(() => derive('data P : [n, 3], Y : [n, 3]; minimize cross_entropy(P, Y, 2)'));
    expect(error.message).toBe('2 is no axis of P, which is n×3');
    expect(error.hint).toBe('cross_entropy(P, Y, n), cross_entropy(P, Y, rows), cross_entropy(P, Y, cols)');
  });
});

it('a function of the user takes an axis', () => {
  expect(
    compile('total(p, axis) = sum(p, axis); data A : [2, 2]; sum(total(A, cols).^2)')({
      A: [
        [1, 2],
        [3, 4],
      ],
    }),
  ).toBe(58);
  expect(
    compile('total(p, axis) = sum(p, axis); data A : [2, 2]; sum(total(A, rows).^2)')({
      A: [
        [1, 2],
        [3, 4],
      ],
    }),
  ).toBe(52);
});
