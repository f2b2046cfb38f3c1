import { describe, expect, test } from 'vitest';
import { train } from '../../src/api/train.ts';

/** What is said of parameters that a run cannot move, and of starts that it cannot leave. */

const DATA = 'data x : [n] = [1, 2, 3], y : [n] = [2, 4, 7]\n';

describe('a parameter that the cost does not depend on', () => {
  test.each([
    ['param a = 0, c = 1\nminimize mse(a*x, y)', 'c stayed at the start: the cost does not depend on it'],
    ['param a = 0, c = 1, d = 2\nminimize Cost = mse(a*x, y)', 'c, d stayed at the start: Cost does not depend on them'],
    ['param a = 0, c = 1\nz = c*x\nminimize mse(a*x, y)', 'c stayed at the start: the cost does not depend on it'],
  ])('%s', async (model, message) => {
    const source = DATA + model;
    for (const optimizer of ['gd', 'auto', 'newton']) {
      const { warnings } = await train(source, {}, { optimizer, epochs: 20, lr: 0.01 });
      const found = warnings.find((w) => w.message.includes('does not depend'))!;
      expect(found.message).toBe(message);
      expect(found.hint).toBe('use c in what is minimized, or leave it out');
      expect(source.slice(found.span!.start, found.span!.end)).toMatch(/^c\b/);
    }
  });

  test('one that is fixed is meant to stay', async () => {
    const { warnings } = await train(`${DATA}param a = 0, b = 1; minimize mse(a*x + b, y)`, {}, { fix: 'b', epochs: 5 });
    expect(warnings).toEqual([]);
  });
});

test('a start without a finite slope is told as that, not as a rate that is too large', async () => {
  const { error } = await train(`${DATA}param a = 0, b = 0; minimize mse(sqrt(a)*x + b, y)`, {}, { epochs: 5 });
  expect(error!.message).toContain('1/√a is ∞: a is 0');
  expect(error!.hint).toBe('start a where the cost has a slope: param a = …');
});

test('the logarithm of what is negative is no product with 0', async () => {
  const source = 'data x : [n] = [0, 1]; param a = -1; minimize sum(log(a)*x)';
  const { error } = await train(source, {}, { epochs: 5 });
  expect(error!.message).toMatch(/log\(a\) is NaN: a is −1$/);
});
