import { describe, expect, test } from 'vitest';
import { check, derive } from '../../src/index.ts';

const softmax = (Y: string): string => `data X : [d, m], Y : ${Y}
param W : [k, d], b : [k]
Z = W*X + b
P = softmax(Z, rows)
minimize L = -sum(Y .* log(P))/m`;

const judged = async (source: string, name: string, claim: string) =>
  (await check(source, { claim: { [name]: claim } })).claims[name]!;

describe('what is declared of the data counts for the judge', () => {
  test.each(['[k, m] distribution rows', '[k, m] onehot rows', '[k, m] distribution k'])('Y : %s', async (Y) => {
    for (const [name, claim] of [
      ['dZ', '(P - Y)/m'],
      ['W', "(P - Y)*X'/m"],
      ['b', 'sum(P - Y, cols)/m'],
      ['dZ', '(P .* sum(Y, rows) - Y)/m'],
    ] as const) {
      const report = await judged(softmax(Y), name, claim);
      expect(report.ok, report.message).toBe(true);
      expect(report.condition).toBeUndefined();
      expect(report.message).toContain('identical (exact');
    }
    for (const claim of ['(Y - P)/m', 'P - Y', '(P - 2*Y)/m', '(P.*Y - Y)/m', '(P - Y)/(m*k)'])
      expect((await judged(softmax(Y), 'dZ', claim)).ok, claim).toBe(false);
  });

  test('one-hot labels are their own squares, shares are not', async () => {
    expect((await judged(softmax('[k, m] onehot rows'), 'dZ', '(P - Y.^2)/m')).ok).toBe(true);
    expect((await judged(softmax('[k, m] distribution rows'), 'dZ', '(P - Y.^2)/m')).ok).toBe(false);
  });

  test('along the other axis it does not', async () => {
    expect((await judged(softmax('[k, m] distribution cols'), 'dZ', '(P - Y)/m')).ok).toBe(false);
  });

  test('every step is certified', async () => {
    const d = derive(softmax('[k, m] distribution rows'));
    expect(d.verifySteps()).toMatchObject({ ok: true });
    expect((await d.check()).ok).toBe(true);
  });
});

describe('a claim that is right only under a fact', () => {
  test('of labels is right, and the fact is said', async () => {
    const report = await judged(softmax('[k, m]'), 'dZ', '(P - Y)/m');
    expect(report.ok).toBe(true);
    expect(report.message).toContain('if each column of Y sums to 1; in general it is');
    expect(
      (await judged('data y : [k]\nparam z : [k]\nminimize -sum(y .* log_softmax(z))', 'z', 'softmax(z) - y')).message,
    ).toContain('if the entries of y sum to 1');
  });

  test('of other data it is wrong, and the fact is said', async () => {
    const report = await judged('data y : [k]\nparam a\nminimize sum(y)*a^2', 'a', '2*a');
    expect(report.ok).toBe(false);
    expect(report.message).toContain('right only if the entries of y sum to 1');
  });
});
