import { describe, expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';
import { english } from '../../src/derivation/words/en.ts';
import { type Point, strokesOf, windowOf } from '../../src/report/samples.ts';
import { slopeFigure } from '../../src/report/slope.ts';

const drawn = (source: string, by: string | undefined, data = {}, order = 1): string => {
  const derivation = derive(source, by as string, { order });
  return slopeFigure(derivation, english, data, derivation.document().lower);
};
const always = () => true;
const ends = (strokes: Point[][]) => strokes.map((stroke) => [stroke[0]!, stroke.at(-1)!].map(({ x, y }) => [x, y]));

test('a function of one number is drawn with its slope, without its poles', () => {
  const svg = drawn('1/x', 'x');
  expect(svg.match(/<path class="(curve|path)"/g)).toHaveLength(4);
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(svg).toContain('f′(x)');
});

describe('what is no function of one number', () => {
  test.each([
    ['x*y', {}],
    ['sum(x)', {}],
  ])('%s is not drawn', (source, data) => {
    const derivation = derive(source, 'x', source === 'sum(x)' ? { shapes: { x: ['n'] } } : {});
    expect(slopeFigure(derivation, english, data)).toBe('');
  });
  test('is one where the other names have values', () => {
    const svg = drawn('a*x^2 + b', 'x', { a: 2, b: 1, x: 1 });
    expect(svg).toContain('The points are f(1) = 3, f′(1) = 4.');
    expect(svg.match(/<circle class="mark/g)).toHaveLength(2);
  });
  test('is one of a parameter that a source tells the start of', () => {
    expect(drawn('param b = 1; minimize L = b^2/2', undefined)).toContain('L(1) = 0.5, L′(1) = 1');
  });
});

describe('the window', () => {
  test.each<[string, (x: number) => number, number | undefined, [number, number]]>([
    ['is the usual one', (x) => x * x, undefined, [-4, 4]],
    ['holds the point that is asked for', (x) => (x - 1000) ** 2, 1000, [996, 1004]],
    ['is the usual one where that holds the point', (x) => x * x, 2, [-4, 4]],
    ['is where the function has values', (x) => Math.sqrt(x - 5), undefined, [4, 12]],
    ['also on the other side', (x) => Math.sqrt(-x - 50), undefined, [-57, -49]],
    ['and about all of them where they are few', (x) => Math.sqrt(1e-4 - x * x), undefined, [-0.0125, 0.0125]],
  ])('%s', (_, f, point, [from, to]) => {
    const found = windowOf(f, point)!;
    expect(found[0]).toBeCloseTo(from, 8);
    expect(found[1]).toBeCloseTo(to, 8);
  });
  test('is none where there are none', () => {
    expect(windowOf(() => Number.NaN, undefined)).toBeUndefined();
    expect(drawn('log(-1 - x^2)', 'x')).toBe('');
  });
  test.each([30, 1000, 1e6])('is narrow enough for a wave of %d to be seen', (omega) => {
    const [from, to] = windowOf((x) => Math.sin(omega * x), undefined)!;
    const points = strokesOf((x) => Math.sin(omega * x), always, [from, to]).flat();
    const waves = ((to - from) * omega) / (2 * Math.PI);
    expect(waves).toBeGreaterThan(1);
    expect(points.length / waves).toBeGreaterThan(12);
  });
});

describe('strokes', () => {
  test('end at a jump, on both sides of it', () => {
    const found = ends(strokesOf(Math.floor, always, [-0.9, 1.9]));
    expect(found.map(([a, b]) => [a![1], b![1]])).toEqual([
      [-1, -1],
      [0, 0],
      [1, 1],
    ]);
    expect(found[1]![0]![0]).toBeCloseTo(0, 12);
    expect(found[1]![1]![0]).toBeCloseTo(1, 12);
    expect(strokesOf(Math.sign, (x) => x !== 0, [-1, 1.01])).toHaveLength(2);
  });
  test('do not end where a curve is only steep', () => {
    expect(strokesOf((x) => Math.tanh(1000 * x), always, [-1.003, 1])).toHaveLength(1);
    expect(strokesOf(Math.abs, always, [-1.003, 1])).toHaveLength(1);
  });
  test('end at a pole', () => {
    expect(strokesOf((x) => 1 / (x - 0.123), always, [-1, 1])).toHaveLength(2);
  });
  test('begin at the very border of what has a value', () => {
    const [[first]] = strokesOf((x) => Math.sqrt(x - 0.123), always, [-1, 1]) as [Point[]];
    expect(first!.x).toBeCloseTo(0.123, 12);
  });
  test('of a slope are only where the function has a value', () => {
    const [[first]] = strokesOf(
      (x) => 1 / x,
      (x) => x > 0,
      [-4, 4],
    ) as [Point[]];
    expect(first!.x).toBeGreaterThan(0);
  });
});

test('a higher derivative is drawn with the function and what lies between', () => {
  const svg = drawn('x^4', 'x', {}, 2);
  for (const label of ['f(x)', 'f′(x)', 'f′′(x)']) expect(svg).toContain(`>${label}<`);
  expect(svg).toContain('Where f′(x) is above 0, f(x) rises');
});

test('a slope that is much steeper stands below, in a picture of its own', () => {
  expect(drawn('sin(1000x)', 'x').match(/class="axes"/g)).toHaveLength(2);
  expect(drawn('sin(x)', 'x').match(/class="axes"/g)).toHaveLength(1);
});
