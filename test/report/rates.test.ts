import { describe, expect, test } from 'vitest';
import { english } from '../../src/derivation/words/en.ts';
import type { TrainOptions } from '../../src/descend/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { type RateRuns, rateRuns } from '../../src/report/rate-runs.ts';
import { ratesFigure } from '../../src/report/rates.ts';
import { startOf } from '../../src/report/values.ts';

const PARABOLA = 'param b = 1; minimize L = b^2/2';

function runsOf(source: string, { lr, epochs = 100 }: TrainOptions): RateRuns {
  const model = elaborate(parse(source));
  return rateRuns(model, {}, startOf(model, {}, 1)!, { epochs }, lr)!;
}
function figureOf(source: string, options: TrainOptions): string {
  const model = elaborate(parse(source));
  return ratesFigure(model, {}, startOf(model, {}, 1)!, options, 'L', english)!;
}
/** The data of the path that is drawn of a run, without those of the legend. */
const pathsIn = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<path class="(earlier|curve|path)" d="(M(?!-8)[^"]*)"/g)].map(([, style, d]) => [style, d!]),
  );
const endOf = ({ history }: { history: Float64Array }) => history[history.length - 1]!;

describe('too small, right and too large stand side by side, with the chosen one where it belongs', () => {
  test.each([
    ['right', 0.1],
    ['small', 5e-10],
    ['large', 50],
  ] as const)('%s: %d', (place, lr) => {
    const { chosen, small, right, large, fate, share } = runsOf(PARABOLA, { lr });
    expect(chosen).toBe(place);
    expect({ small, right, large }[place]!.lr).toBe(lr);
    expect(endOf(right)).toBeLessThan(0.01);
    expect(endOf(small)).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.2);
    expect(fate).toBe('diverges');
    expect(!(endOf(large!) < 100)).toBe(true);
  });
  test('of what is climbed too', () => {
    const { chosen, right, large, fate } = runsOf('param b = 1; maximize L = 3 - b^2/2', { lr: 0.1 });
    expect(chosen).toBe('right');
    expect(endOf(right)).toBeGreaterThan(2.9);
    expect(fate).toBe('diverges');
    expect(endOf(large!)).toBeLessThan(0);
  });
  test('a rate at which a step leads to the other side and no farther is not too large', () => {
    expect(runsOf(PARABOLA, { lr: 0.1, epochs: 20 }).large!.lr).toBeGreaterThan(2);
  });
  test('there is nothing to be shown where no rate makes it better', () => {
    const model = elaborate(parse('param b = 0; minimize L = b^2/2'));
    expect(rateRuns(model, {}, startOf(model, {}, 1)!, { epochs: 10 }, 0.1)).toBeUndefined();
  });
});

describe('the caption says what the curves show', () => {
  test('of a chosen rate that creeps, and of one that diverges', () => {
    expect(figureOf(PARABOLA, { lr: 5e-10, epochs: 100 })).toMatch(
      /5e−10 \(chosen\) creeps, it comes \S+ % as far as 1 does\. 2\.2 is too large: the cost ends far worse than it began/,
    );
    expect(figureOf(PARABOLA, { lr: 50, epochs: 100 })).toContain('50 (chosen) is too large');
  });
  test('of a cost that has a bound above: it ends worse than it began', () => {
    const source = 'param b = 1; minimize L = tanh(b)^2';
    const { large, fate } = runsOf(source, { lr: 0.3, epochs: 50 });
    expect(fate).toBe('rises');
    for (const cost of large!.history.subarray(-12)) expect(cost).toBeGreaterThan(large!.history[0]!);
    expect(figureOf(source, { lr: 0.3, epochs: 50 })).toContain('the cost ends worse than it began');
  });
});

test.each([0.1, 50])('what is too large is drawn up to the edge that it leaves through, beside %d', (lr) => {
  const html = figureOf(PARABOLA, { lr, epochs: 20 });
  const { path } = pathsIn(html);
  const points = [...path!.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  expect(points.length).toBeGreaterThan(1);
  expect(points.at(-1)![1]).toBe(26);
  for (const [, y] of points) expect(y).toBeGreaterThanOrEqual(25.5);
});

test('the legend stands below the name of the axis', () => {
  const html = figureOf(PARABOLA, { lr: 0.1, epochs: 20 });
  const axis = Number(/class="axis-name" x="[^"]*" y="([^"]*)" text-anchor="middle"/.exec(html)![1]);
  const [, baseline] = /class="legend"><g transform="translate\([^,]*,([^)]*)\)/.exec(html)!;
  expect(Number(baseline)).toBeGreaterThan(axis + 14);
});
