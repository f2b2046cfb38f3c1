import { describe, expect, it } from 'vitest';
import { compile, derive, type Tensor } from '../../src/index.ts';
import { bitsOfError, PARAMETERS, referenceRows } from '../support/bits.ts';

/** What is summed over an array keeps its digits as it does alone: value and gradient of Σ f(xᵢ) are those of f. */

/** The formula for the entries of an array. */
const entrywise = (source: string): string => source.replace(/[*/^]/g, '.$&');

const shapes = { x: ['N'] };

/** Value and slope of f at some places, as the sum over one of them and alone. */
function both(source: string, places: readonly number[]) {
  const others = Object.fromEntries(Object.entries(PARAMETERS).filter(([name]) => new RegExp(`\\b${name}\\b`).test(source)));
  const alone = derive(source, 'x', { steps: false }).compile();
  const sum = derive(`sum(${entrywise(source)})`, 'x', { steps: false, shapes }).compile();
  return places.map((x) => {
    const one = alone.valueAndGradient({ ...others, x });
    const all = sum.valueAndGradient({ ...others, x: [x] });
    return {
      x,
      value: [all.value as number, one.value as number],
      slope: [(all.gradient.x as Tensor).data[0]!, one.gradient.x as number],
    } as const;
  });
}

/** log₂ of what a rounding more or less comes to, in units of the last place. */
const FEW = 3;

function agrees([found, expected]: readonly [number, number], where: string): void {
  // Where the scalar has none, the sum may have a value.
  if (Number.isNaN(expected)) return;
  expect(bitsOfError(found, expected), `${where}: ${found}, alone ${expected}`).toBeLessThanOrEqual(FEW);
}

describe.each([...referenceRows()].map(([source, rows]) => [source, rows.map(([x]) => x)] as const))(
  'the sum of %s',
  (source, places) => {
    it('has the value and the gradient of one term', () => {
      for (const { x, value, slope } of both(source, places)) {
        agrees(value, `value at ${x}`);
        agrees(slope, `slope at ${x}`);
      }
    });
  },
);

/** What is lost if factors under the sum do not see one another, or names stand between terms that cancel. */
const TRUTHS: readonly (readonly [source: string, x: number, value: number, slope: number])[] = [
  ['(1 - cos(x))/x^2', 1e-155, 0.5, -1e-155 / 12],
  ['(1 - cos(x))/x^2', 1e-300, 0.5, -1e-300 / 12],
  ['x^2/(1 + x^2)', 1e160, 1, 0],
  ['x^2/(1 + x^2)', 1e8, 1, 2e-24],
  ['x^3/(1 + x^3)', 1e6, 1, 3e-24],
  ['(x^2 + x)/(x^2 + 1)', 1e160, 1, -1e-320],
  ['(x^2 + x)/(x^2 + 1)', 1.2345e20, 1, -6.561721769545442e-41],
  ['softsign(x)', 1.2345e20, 1, 6.561721769545443e-41],
  ['exp(x^2)*erfc(x)', 30, 0.018795888861416754, -0.0006258354105074841],
  ['x^2*exp(-x)', 1e200, 0, 0],
  ['x/sinh(x)', 400, 1.5321356773712045e-171, -1.5283053381777765e-171],
  ['x/sinh(x)', 720, 0, -2.92641235548244e-310],
];

it.each(TRUTHS)('sum(%s) at %d', (source, x, value, slope) => {
  const [found] = both(source, [x]);
  agrees([found!.value[0], value], 'value');
  agrees([found!.slope[0], slope], 'slope');
});

it('one exponential beside another, with one number for all entries', () => {
  const f = derive('sum(exp(x)./(exp(x) + exp(y)))', ['x', 'y'], { shapes }).compile();
  const { value, gradient } = f.valueAndGradient({ x: [5, 710, 800], y: 1 });
  expect(value).toBeCloseTo(2.9820137900379082, 14);
  expect(gradient.y).toBeCloseTo(-0.017662706213291114, 14);
  expect((gradient.x as Tensor).data[0]).toBeCloseTo(0.017662706213291114, 14);
});

it('beside a product with a matrix, which stays one', () => {
  const source = 'sum(A*(x.^2./(1 + x.^2)))';
  const f = derive(source, 'x', { shapes: { A: ['m', 'n'], x: ['n'] } }).compile();
  const { value, gradient } = f.valueAndGradient({
    A: [
      [1, 2],
      [3, 4],
    ],
    x: [1e160, 1e8],
  });
  expect(value).toBe(10);
  expect((gradient.x as Tensor).data[1]).toBeCloseTo(12e-24, 36);
  expect(compile(source, { shapes: { A: ['m', 'n'], x: ['n'] } })({ A: [[1, 2]], x: [1e160, 1e8] })).toBe(3);
});
