import { describe, expect, it } from 'vitest';
import { check } from '../../src/api/check.ts';
import '../../src/vitest.ts';

/** Differences hold what is stopped at the point where they are taken, not at the numbers of the source. */

const SCALARS = 'param a = 0.5, b = 2';

const SOURCES: Readonly<Record<string, string>> = {
  'one part': `${SCALARS}; minimize L = (a - stop_gradient(b*a))^2`,
  'several, one of them alone with a name': `${SCALARS}; minimize L = (a - stop_gradient(b*a + 1))^2 + stop_gradient(sin(a))*b`,
  'one within another': `${SCALARS}; minimize L = a*stop_gradient(b + stop_gradient(a*b)*b)*stop_gradient(b)`,
  'named parts': `${SCALARS}\nc = stop_gradient(a*b)\nd = stop_gradient(c + a)*b\nminimize L = c*d*a + d^2`,
  'the largest entry': 'param z : [5]; e = exp(z - stop_gradient(max(z))); minimize L = -log(e[2]/sum(e))',
  'a part of arrays with data': `param w : [3] ~ normal(0, 1)\ndata X : [m, 3]\ny = X*w\nminimize L = mean(exp(y - stop_gradient(max(y))))`,
  'straight through a step': 'param x = 1.3; q = x + stop_gradient(round(x) - x); minimize L = q^2',
  'a fact': 'param A : [2, 2] symmetric; minimize L = sum(A.*stop_gradient(inv(A + 9*eye(2))))',
  'what a recurrence carries': `${SCALARS}\nh[0] = 1\nh[t=1:3] = a*stop_gradient(h[t-1]) + b\nminimize L = sum(h)^2`,
  'all that a step reads': `${SCALARS}\nh[0] = 1\nh[t=1:3] = stop_gradient(sin(h[t-1]))*a\nminimize L = h[3]*stop_gradient(sum(h))`,
  'one within another in a step': `${SCALARS}\nh[0] = 1\nh[t=1:3] = a*h[t-1] + stop_gradient(stop_gradient(b*h[t-1])*h[t-1])*b\nminimize L = sum(h)^2`,
  'one of two states': `${SCALARS}\ns[0] = 1\nv[0] = 0\ns[t=1:4] = a*s[t-1] + stop_gradient(v[t-1])*b\nv[t=1:4] = tanh(b*v[t-1] + stop_gradient(a)*s[t-1])\nminimize L = sum(s.*v)`,
};

describe.each(Object.entries(SOURCES))('a gradient that stops at %s', (_, source) => {
  it.each(['bignumber', 'richardson'] as const)('agrees with differences (%s)', async (method) => {
    for (const seed of [1, 2, 3]) {
      const { ok, worst } = await check(source, { method, seed, points: 4 });
      expect([ok, worst]).toEqual([true, expect.closeTo(0, method === 'bignumber' ? 12 : 5)]);
    }
  });

  it('passes the matcher', () => expect(source).toHaveCorrectGradients({ points: 2 }));
});

describe('a claim about a stopped part', () => {
  const judged = async (x: string) =>
    (await check(`${SCALARS}; minimize L = (a - stop_gradient(b*a))^2`, { claim: { a: x } })).ok;

  it('is right whether it stops or not', async () => {
    expect([await judged('2*(a - b*a)'), await judged('2*(a - stop_gradient(b*a))')]).toEqual([true, true]);
  });

  it('is wrong where it goes on', async () => expect(await judged('2*(a - b*a)*(1 - b)')).toBe(false));

  it('is the sum over the steps of a recurrence that are apart', async () => {
    const { ok } = await check(SOURCES['what a recurrence carries']!, { claim: { b: '6*sum(h)' } });
    expect(ok).toBe(true);
  });
});
