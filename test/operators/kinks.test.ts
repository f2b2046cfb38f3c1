import { describe, expect, it } from 'vitest';
import { derive } from '../../src/index.ts';

const slope = (source: string, wrt: string, at: Record<string, number>) => derive(source, wrt).compile().gradient(at)[wrt];

describe('at a kink the derivative is the subgradient of least norm', () => {
  it.each([
    ["|x|' = 0 at 0", 'abs(x)', 'x', { x: 0 }, 0],
    ["relu' = 0 at 0", 'relu(x)', 'x', { x: 0 }, 0],
    ['a tie in max is shared: first', 'max(x, y)', 'x', { x: 2, y: 2 }, 0.5],
    ['a tie in max is shared: second', 'max(x, y)', 'y', { x: 2, y: 2 }, 0.5],
    ['a tie in min is shared', 'min(x, y)', 'x', { x: -1, y: -1 }, 0.5],
    ['max with itself is itself', 'max(x, x)', 'x', { x: 3 }, 1],
    ["sign' = 0", 'sign(x)', 'x', { x: 0 }, 0],
    ["step' = 0", 'step(x)', 'x', { x: 0 }, 0],
    ['max passes the larger', 'max(x, y)', 'x', { x: 3, y: 2 }, 1],
    ['max stops the smaller', 'max(x, y)', 'y', { x: 3, y: 2 }, 0],
    ['softplus at 0 has slope ½', 'softplus(x)', 'x', { x: 0 }, 0.5],
  ])('%s', (_, source, wrt, at, expected) => {
    expect(slope(source, wrt, at)).toBe(expected);
  });

  it('ties in max over entries are shared entry by entry', () => {
    const gradient = derive('sum(max(x, y))', 'x', { shapes: { x: ['n'], y: ['n'] } }).compile();
    expect(gradient.gradient({ x: [1, 2, 3], y: [2, 2, 2] }).x).toMatchObject({ data: Float64Array.of(0, 0.5, 1) });
  });
});
