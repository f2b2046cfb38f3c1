import { describe, expect, test } from 'vitest';
import { gradus } from './harness.ts';

const MODEL = `
data X : [2, m],  Y : [1, m]
param W : [1, 2],  b
minimize Cost = sum((σ(W·X + b) − Y).^2)/(2m)`;

describe('gradus check', () => {
  test('says for each partial how near differences come', async () => {
    const { status, out, err } = await gradus(['check', MODEL]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const [first, second, method] = out.split('\n') as [string, string, string];
    expect(first).toMatch(/^✓ ∂Cost\/∂W {3}relative error \S+e-\d\d, compiled \S+; as printed identical \(exact/);
    expect(second).toMatch(/^✓ ∂Cost\/∂b {3}relative error /);
    expect(method).toBe('against differences of 64-digit numbers at 3 random points');
  });

  test('takes names, points, a seed and shapes', async () => {
    const { out } = await gradus([
      'check',
      "x'*A*x",
      '--shape',
      'A=3,3',
      '--shape',
      'x=3',
      '--wrt',
      'x',
      '--points',
      '1',
      '--seed',
      '4',
      '--json',
    ]);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ ok: true, points: 1, method: 'bignumber' });
    expect(Object.keys(report.partials)).toEqual(['x']);
  });

  test('asks for a name where there are several', async () => {
    const { status, err } = await gradus(['check', 'x*y']);
    expect(status).toBe(2);
    expect(err).toContain('say which: --wrt x, --wrt y');
  });
});
