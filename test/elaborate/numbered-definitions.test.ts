import { describe, expect, it } from 'vitest';
import { compile, derive } from '../../src/index.ts';

const x = [1, 2, 5];
const shapes = { x: [3] };

describe('entries from any number on', () => {
  it.each([
    ['y[t=2:3] = x[t] - x[t-1]\nsum(y)', 4],
    ['y[t=2:3] = x[t] - x[t-1]\ny[3]', 3],
    ['y[t=2:3] = x[t] - x[t-1]\nz[t=3:3] = y[t] - y[t-1]\nz[3]', 2],
    ['y[t=0:2] = x[t+1]\ny[0] + 10*y[2]', 51],
    ['y[t=0:2] = x[t+1]\nsum(y)', 8],
  ])('%j is %d', (source, value) => {
    expect(compile(source, { shapes })({ x })).toBe(value);
  });

  it('have no others', () => {
    expect(() => derive('y[t=2:3] = x[t] - x[t-1]\ny[1]', 'x', { shapes })).toThrow('beyond the entries from 2 to 3');
  });
});

describe('a sum over a letter', () => {
  it.each([
    ['Σ_t x[t]^2/2', 15],
    ['2*Σ_t x[t] + 1', 17],
    ['-Σ_t x[t]', -8],
    ['Σ_t (x[t] - 1)^2', 17],
    ['Σ_s Σ_t x[s]*x[t]', 64],
    ['Σ_t = 3\nΣ_t*x[1]', 3],
  ])('%j is %d', (source, value) => {
    expect(compile(source, { shapes })({ x })).toBe(value);
  });

  it('is written as it is read', () => {
    const { steps } = derive('h[0] = 0; h[t=1:3] = a*h[t-1] + x[t]; sum(h)', 'a', { shapes: { ...shapes, a: [] } });
    expect(steps.map(({ after }) => after.toUnicode())).toContain('Σ_t δh[t]·h[t − 1]');
  });
});
