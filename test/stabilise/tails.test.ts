import { beforeAll, describe, expect, it } from 'vitest';
import { doubles, evaluate } from '../../src/compile/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { derive, hessian } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { random } from '../../src/numeric/random.ts';
import { stabilise, stableForms } from '../../src/stabilise/stabilise.ts';
import { type BigNumbers, bigNumbers } from '../../src/verify/big-numbers.ts';
import { partOf } from '../support/generate.ts';

/** Far out and next to edges, what runs has the digits that the function has. */

const slopeAt = (source: string, x: number): number =>
  derive(source, 'x', { steps: false }).compile().gradient({ x }).x as number;
const valueAt = (source: string, x: number): number => derive(source, 'x', { steps: false }).compile().value({ x }) as number;

describe('slopes in the tails', () => {
  it.each([
    ['x^2/(1+x^2)', 1e9, 2e-27],
    ['x^2/(1+x^2)', 1e200, 0],
    ['x^2*exp(-x^2)', 1e200, 0],
    ['x^2*exp(-x)', 1e200, 0],
    ['x*exp(-x^2/2)', -1e200, 0],
    ['softsign(x)', 1e155, 1e-310],
    ['atanh(sqrt(1+tanh(4*x))/sqrt(2))/(2*sqrt(2))', 3.7, 1.4142135623729963],
    ['atan(exp(x))', 800, 0],
    ['1/(exp(x)-1)', 800, 0],
    ['atan(sinh(x))', 800, 0],
    ['exp(x)/(exp(x)-1)', 800, 0],
    ['log(1-erf(x))', 10, -20.099024116734604],
    ['log(erfc(x))', 30, -60.03329639875621],
    ['uppergamma(1, x)', -1, -Math.E],
    ['coth(x)', 25, -7.714999391855671e-22],
    ['erfcx(x)', 1e5, -5.6418958346312783e-11],
    ['asin(x)', 1 - 2 ** -40, 741455.2001896339],
    ['σ(x)', -1000, 0],
    ['atan(1/sinh(x))', 800, 0],
    ['1/sinh(x)', 800, 0],
    ['x/(exp(x)-1)', 800, 0],
    ['exp(2x)/(exp(2x)-1)', 800, 0],
    ['1/(exp(x)-exp(-x))', 800, 0],
    ['dawson(x)', 1e5, -5.00000000075e-11],
  ])('%s at %f', (source, x, slope) => {
    const found = slopeAt(source, x);
    if (slope === 0) expect(Math.abs(found)).toBe(0);
    else expect(found / slope).toBeCloseTo(1, 14);
  });
});

describe('values in the tails', () => {
  it.each([
    ['exp(x)/(exp(x)-1)', 800, 1],
    ['log(1-erf(x))', 10, -102.87988902484489],
    ['log(erfc(x))', 27, -732.8688865078974],
    ['log(erfc(x))', 30, -903.9741171106439],
    ['uppergamma(1, x)', -1, Math.E],
    ['σ(x)', -1000, 0],
    ['x^2/(1+x^2)', 1e200, 1],
    ['(1 - 2*x^2)*exp(-x^2)', 1e200, 0],
    ['(1 - x^2)*exp(-x)', 1e200, 0],
    ['(x + x^3)*exp(1 - 2*x)', 1e110, 0],
    ['diff(x*exp(-x^2), x)', 1e200, 0],
    ['diff(x^2*exp(-x^2), x, 2)', -1e200, 0],
    ['(1 - 2*x^2)*exp(-x^2)', 2, -7 * Math.exp(-4)],
    ['asinh(exp(x))', 800, 800 + Math.LN2],
    ['log(tanh(x))', 30, -2 * Math.exp(-60)],
    ['exp(-x)*sinh(x)', 800, 0.5],
  ])('%s at %f', (source, x, value) => {
    const found = valueAt(source, x);
    if (value === 0) expect(Math.abs(found)).toBe(0);
    else expect(found / value).toBeCloseTo(1, 14);
  });
});

describe('entries of softmax', () => {
  it.each(['-log((exp(x)/sum(exp(x)))[2])', '-log(softmax(x)[2])', '-log(exp(x[2])/(exp(x[1])+exp(x[2])))'])('%s', (source) => {
    const f = derive(source, 'x', { shapes: { x: [2] } }).compile();
    const { value, gradient } = f.valueAndGradient({ x: [1000, 0] });
    expect(value).toBe(1000);
    expect(Array.from((gradient.x as { data: ArrayLike<number> }).data)).toEqual([1, -1]);
  });

  it('an entry beyond the end is not made one', () => {
    const f = derive('log(where(n > 5, softmax(x)[1], 1)) + x[1]', 'x', { shapes: { x: ['n'] } }).compile();
    expect(f.value({ x: [0.5, 2] })).toBe(0.5);
  });
});

describe('beside 0', () => {
  it.each([
    ['(exp(x)-1)/x', 0.5],
    ['log(1+x)/x', -0.5],
    ['x/(exp(x)-1)', -0.5],
    ['sin(x)/x', 0],
    ['1/x-cot(x)', 1 / 3],
    ['tanh(x)/x', 0],
  ])('%s has its slope', (source, slope) => {
    for (const x of [1e-300, -1e-200, 1e-100, 1e-20, 1e-9]) expect(slopeAt(source, x)).toBeCloseTo(slope, 8);
  });

  it('second derivatives too', () => {
    expect(hessian('diff(cosh(x), x)/x', 'x').compile()({ x: 1e-3 })).toBeCloseTo(1 / 3 + 1e-7, 9);
    const second = derive('diff((exp(x)-1)/x, x)', 'x', { steps: false }).compile();
    expect(second.gradient({ x: 1e-30 }).x).toBeCloseTo(1 / 3, 15);
  });
});

/** Formulas that a rule changes; what comes has the same value wherever the formula and all its parts have one. */
const REWRITTEN = [
  ...stableForms.flatMap(({ examples }) => examples.flatMap(([left, , shapes]) => (shapes ? [] : [left]))),
  'sqrt(x+2)-sqrt(x)',
  '1/sqrt(x)-1/sqrt(x+2)',
  '1/(x-1)-2/x+1/(x+1)',
  '1/(x+1)^2-1/x^2',
  '(x+1)^0.3-x^0.3',
  '(x+1)^-0.3-x^-0.3',
  '(x+1)^(2+y)-x^(2+y)',
  'sqrt(x+y)-sqrt(x)',
  '(x+1)*log(x+1)-x*log(x)',
  'log1p(x)-log(x)',
  '1-x^2',
  '-y+sqrt(y^2-4*x)',
  'sqrt(x^2+y^2)-x',
  'x+sqrt(x^2+y)',
  'exp(x)/(exp(2x)-1)',
  'exp(x)/(1+exp(2x))',
  'cosh(x)/(1+sinh(x)^2)',
  '(exp(2x)-1)/(exp(x)-1)',
  'exp(-x^2/2)',
  'log(cosh(x))',
  'x^2/(1+x^2)',
  'x^3*y/(1-x^2)^2',
  '(exp(x)-1)/x^2-1/x',
  'sin(x)^2/x^2',
];

let numbers: BigNumbers;
beforeAll(async () => {
  numbers = await bigNumbers(130);
});

const EDGES = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 1e-9, -1e-9, 1e-3, 8, -8, 30, -30];

/** Edges beside edges: a part of all pairs, another for another seed. */
const beside = partOf(
  EDGES.flatMap((x) => EDGES.map((y) => [x, y] as const)),
  4,
);

describe('stable forms are true wherever the formula is defined', () => {
  it.each(REWRITTEN)('%s', (source) => {
    const { graph, objective, inputs } = elaborate(parse(source), {});
    const before = objective!.node;
    const [after] = stabilise(graph, [before]);
    expect(after).not.toBe(before);
    const draw = random(5);
    const places = [
      ...(inputs.has('y') ? beside : EDGES.map((x) => [x, 0.3] as const)),
      ...Array.from({ length: 40 }, () => [draw.normal(0, 2), draw.uniform()] as const),
    ];
    let compared = 0;
    for (const [x, y] of places) {
      const exactly = (dx: number, dy = 0): number => {
        const given = (name: string) => numbers.from(name === 'x' ? x * (1 + dx) : y * (1 + dy));
        try {
          const [left] = evaluate([before], (v) => ({ shape: [], data: [given(v.name)] }), new Map(), numbers.arithmetic);
          return left!.data[0]!.toNumber();
        } catch {
          return Number.NaN;
        }
      };
      const left = exactly(0);
      if (!Number.isFinite(left)) continue;
      const right = evaluate([after!], (v) => ({ shape: [], data: [v.name === 'x' ? x : y] }), new Map(), doubles)[0]!.data[0]!;
      compared++;
      const least = 1e-12 * Math.abs(left) + 1e-300;
      const off = Math.abs(right - left);
      if (off <= least) continue;
      // Only what is far off needs to know how much the last bits of its inputs matter.
      const noise = Math.max(Math.abs(exactly(4e-16) - left), inputs.has('y') ? Math.abs(exactly(0, 4e-16) - left) : 0);
      const allowed = least + 8 * (Number.isFinite(noise) ? noise : Number.POSITIVE_INFINITY);
      expect(off, `${source} at ${x}, ${y}: truly ${left}, found ${right}`).toBeLessThanOrEqual(allowed);
    }
    expect(compared).toBeGreaterThan(8);
  });
});
