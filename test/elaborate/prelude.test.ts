import { describe, expect, it } from 'vitest';
import { compile, derive } from '../../src/index.ts';
import { preludeNames } from '../../src/language/prelude.ts';
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
