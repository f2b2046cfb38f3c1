import { describe, expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** What is said of the steps of recurrences: by the names that they have, or have got, and once. */

const said = (source: string): string[] => derive(source).toText().split('\n');

describe('the conditions of steps', () => {
  test('are of several states, one step before', () => {
    const source = `data y : [T]
param a0 = 1, b0 = 0.5
a[0] = a0
b[0] = b0
a[t=1:T] = (a[t-1] + b[t-1])/2
b[t=1:T] = sqrt(a[t-1]*b[t-1])
minimize L = sum((a - y).^2)`;
    const lines = said(source).filter((line) => line.includes(' needs '));
    expect(lines).toEqual(['1/√(a[t − 1]·b[t − 1]) needs a[t − 1]·b[t − 1] > 0']);
  });

  test('are of what a function is applied to', () => {
    const lines = said(
      'data x : [T, 2]; param W : [3, 3], V : [3, 2]; h[0] = zeros(3); h[t=1:T] = relu(W*h[t-1] + V*x[t]); minimize L = sum(h)',
    );
    expect(lines.filter((line) => line.includes('kink'))).toEqual([
      'relu(s) has a kink where an entry of s is 0: its own slope there, before the chain rule, is taken as 0',
    ]);
  });

  test('are of the step before, where they are', () => {
    const lines = said('param a; h[0] = 1; h[t=1:5] = sqrt(a*h[t-1]); minimize L = h[5]').filter((line) =>
      line.includes('needs'),
    );
    // What the slope needs says more than what the root needs, as of √x alone.
    expect(lines).toEqual(['1/√(a·h[t − 1]) needs a·h[t − 1] > 0']);
  });
});
