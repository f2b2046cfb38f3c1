import { describe, expect, test } from 'vitest';
import { train } from '../../src/index.ts';

/** Standard errors, correlations and what else is told of a fit, by their formulas. */

describe('the errors of a fit', () => {
  const x = [0, 1, 2, 3, 4, 5];
  const y = [1.1, 2.9, 5.2, 6.8, 9.1, 10.9];
  const LINE = 'data x : [n], y : [n], s : [n]; param a = 0, b = 0; ';

  /** The straight line by its formulas. */
  const mean = (list: readonly number[]) => list.reduce((n, v) => n + v, 0) / list.length;
  const sxx = x.reduce((n, t) => n + (t - mean(x)) ** 2, 0);
  const slope = x.reduce((n, t, k) => n + (t - mean(x)) * (y[k]! - mean(y)), 0) / sxx;
  const intercept = mean(y) - slope * mean(x);
  const rss = x.reduce((n, t, k) => n + (y[k]! - intercept - slope * t) ** 2, 0);

  test.each(['sum((a*x + b - y).^2)', 'mse(a*x + b, y)', 'mean((y - b - a*x).^2)/2'])('%s', async (cost) => {
    const { fit } = await train(`${LINE}minimize ${cost}`, { x, y, s: x }, { optimizer: 'auto' });
    const { estimates, observations, degreesOfFreedom, squares, deviation, rSquared, correlation } = fit!;
    expect([observations, degreesOfFreedom]).toEqual([6, 4]);
    expect(squares).toBeCloseTo(rss, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(rss / 4), 12);
    expect(rSquared).toBeCloseTo(1 - rss / y.reduce((n, v) => n + (v - mean(y)) ** 2, 0), 12);
    expect(estimates.map((e) => e.name)).toEqual(['a', 'b']);
    expect(estimates[0]!.error).toBeCloseTo(Math.sqrt(rss / 4 / sxx), 10);
    expect(estimates[1]!.error).toBeCloseTo(Math.sqrt((rss / 4) * (1 / 6 + mean(x) ** 2 / sxx)), 10);
    expect(correlation.data[1]).toBeCloseTo(-mean(x) / Math.sqrt(sxx / 6 + mean(x) ** 2), 10);
  });

  test('known errors are not scaled', async () => {
    const s = x.map(() => 0.2);
    const source = `${LINE}minimize sum(((a*x + b - y)./s).^2)`;
    const { fit } = await train(source, { x, y, s }, { optimizer: 'auto', errors: 'known' });
    expect(fit!.estimates[0]!.error).toBeCloseTo(0.2 / Math.sqrt(sxx), 12);
  });

  test('a log-likelihood tells by its curvature', async () => {
    // Poisson: the standard error of the mean of counts is √(mean/n).
    const source = 'data y : [n]; param m positive = 1; minimize sum(m - y*log(m))';
    const { fit, params } = await train(source, { y: [2, 4, 3, 5, 1] }, { optimizer: 'newton', errors: 'likelihood' });
    expect(Number(params.m)).toBeCloseTo(3, 8);
    expect(fit!.estimates[0]!.error).toBeCloseTo(Math.sqrt(3 / 5), 7);
    expect(fit!.observations).toBeUndefined();
  });

  describe('of a likelihood', () => {
    const t = [1, 2, 3, 4, 5, 6, 7, 8];
    const hit = [0, 0, 1, 0, 1, 1, 0, 1];
    const model = (cost: string, n = 'n') => `data t : [${n}], h : [${n}]; param a = 0, b = 0; p = σ(a*t + b); ${cost}`;
    const errorsOf = async (source: string) => {
      const { fit, warnings } = await train(source, { t, h: hit }, { optimizer: 'newton', errors: 'likelihood' });
      return { errors: fit?.estimates.map((e) => e.error), times: fit?.times, told: warnings };
    };

    // The inverse of Σ p(1 − p)·(t, 1)(t, 1)′ at what was learned, by hand.
    const whole = async () => (await errorsOf(model('minimize sum(-h.*log(p) - (1 - h).*log(1 - p))'))).errors!;

    test('Fisher’s information is its curvature', async () => {
      const source = model('minimize sum(-h.*log(p) - (1 - h).*log(1 - p))');
      const { params } = await train(source, { t, h: hit }, { optimizer: 'newton' });
      const [saa, sab, sbb] = t.reduce(
        ([aa, ab, bb], x) => {
          const p = 1 / (1 + Math.exp(-Number(params.a) * x - Number(params.b)));
          const w = p * (1 - p);
          return [aa + w * x * x, ab + w * x, bb + w];
        },
        [0, 0, 0] as [number, number, number],
      );
      const det = saa * sbb - sab * sab;
      const [a, b] = await whole();
      expect(a).toBeCloseTo(Math.sqrt(sbb / det), 8);
      expect(b).toBeCloseTo(Math.sqrt(saa / det), 8);
    });

    test.each([
      ['a mean', 'minimize mean(-h.*log(p) - (1 - h).*log(1 - p))', 'n', 8],
      ['a loss of the prelude', 'minimize bce(p, h)', 'n', 8],
      ['the negative of a mean', 'minimize -mean(h.*log(p) + (1 - h).*log(1 - p))', 'n', 8],
      ['a mean that is maximized', 'maximize mean(h.*log(p) + (1 - h).*log(1 - p))', 'n', 8],
      ['a sum by n', 'minimize -sum(h.*log(p) + (1 - h).*log(1 - p))/n', 'n', 8],
      ['two means, and what nothing moves', 'minimize -mean(h.*log(p)) - mean((1 - h).*log(1 - p)) + 3', 'n', 8],
      ['a mean by a name', 'L = -h.*log(p) - (1 - h).*log(1 - p); minimize Cost = mean(L)', 'n', 8],
      ['a mean of so many', 'minimize mean(-h.*log(p) - (1 - h).*log(1 - p))', '8', 8],
      ['a sum that is maximized', 'maximize sum(h.*log(p) + (1 - h).*log(1 - p))', 'n', undefined],
      ['the log of a product', 'minimize -log(prod(h.*p + (1 - h).*(1 - p)))', 'n', undefined],
    ])('%s has those of the sum', async (_, cost, n, times) => {
      const found = await errorsOf(model(cost, n));
      expect(found.times).toBe(times);
      const expected = await whole();
      for (const [k, error] of found.errors!.entries()) expect(error / expected[k]! - 1).toBeLessThan(1e-6);
      for (const [k, error] of found.errors!.entries()) expect(error / expected[k]! - 1).toBeGreaterThan(-1e-6);
    });

    test('a normal one with its deviation, where n times a logarithm stands beside a sum', async () => {
      const source = 'data y : [n]; param m = 1, s positive = 1; minimize n*log(s) + sum((y - m).^2)/(2*s^2)';
      const { fit, params } = await train(source, { y: [1, 2, 4, 5] }, { optimizer: 'newton', errors: 'likelihood' });
      const s = Math.sqrt(2.5);
      expect(Number(params.s)).toBeCloseTo(s, 6);
      expect(fit!.times).toBeUndefined();
      expect(fit!.estimates.map((e) => e.error)).toEqual([expect.closeTo(s / 2, 6), expect.closeTo(s / Math.sqrt(8), 6)]);
    });

    test.each([
      ['minimize mean(-h.*log(p) - (1 - h).*log(1 - p)) + 0.01*a^2', 'the cost adds a mean and what is none'],
      ['minimize -sum(t.*(h.*log(p) + (1 - h).*log(1 - p)))/sum(t)', 'the cost is divided by a sum of data'],
    ])('what is none is said: %s', async (cost, what) => {
      const { errors, told } = await errorsOf(model(cost));
      expect(errors).toBeUndefined();
      expect(told.at(-1)!.message).toBe(`no standard errors: ${what}, which is no log-likelihood`);
    });
  });

  test.each([
    ['sum(((a + b)*x - y).^2)', 'the data do not tell the entries of a, b apart', '--fix b'],
    ['sum((a*x + exp(-b^2)*1e-300*x - y).^2)', 'nothing in the fit depends on b at this place', '--fix b'],
  ])('where the data do not tell parameters apart there are none: %s', async (cost, message, hint) => {
    const source = `${LINE}minimize ${cost}`.replace('b = 0', 'b = 400');
    const { fit, warnings } = await train(source, { x, y, s: x }, { optimizer: 'lm', errors: 'squares' });
    expect(fit).toBeUndefined();
    expect(warnings.map((w) => w.message)).toContain(`no standard errors: ${message}`);
    expect(warnings.find((w) => w.message.includes('standard errors'))!.hint).toContain(hint);
  });

  test('too few observations are said', async () => {
    const source = 'data x : [n] = [1, 2], y : [n] = [1, 3]; param a = 0, b = 0, c = 0; minimize sum((a + b*x + c*x.^2 - y).^2)';
    const { warnings } = await train(source, {}, { optimizer: 'auto', errors: 'squares' });
    expect(warnings.at(-1)!.message).toBe('no standard errors: 2 observations for 3 numbers to learn');
  });

  test('too few observations are said of a fit that nobody asked the errors of', async () => {
    const source = 'data x : [n] = [1], y : [n] = [2]; param a = 0, b = 0; minimize mse(a*x + b, y)';
    const { warnings } = await train(source, {}, { optimizer: 'auto' });
    expect(warnings.map((w) => w.message)).toEqual(['no standard errors: one observation for 2 numbers to learn']);
  });

  test('a cost that is no sum of squares is said where errors are asked for', async () => {
    const source = 'data y : [n] = [2, 4, 3]; param m positive = 1; minimize sum(m - y*log(m))';
    const { warnings } = await train(source, {}, { optimizer: 'newton', errors: 'squares' });
    expect(warnings.at(-1)!.hint).toContain('--errors likelihood');
  });

  test('an entry of an array says which', async () => {
    const source = 'data X : [n, 2], y : [n]; param w : [2] = 0; minimize sum((X*w - y).^2)';
    const { fit } = await train(source, { X: x.map((t) => [1, t]), y }, { optimizer: 'auto' });
    expect(fit!.estimates.map(({ name, entry }) => [name, entry])).toEqual([
      ['w', [1]],
      ['w', [2]],
    ]);
  });
});
