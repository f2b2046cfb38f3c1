import { describe, expect, it } from 'vitest';
import { GradusError } from '../src/index.ts';
import { matchers } from '../src/matchers.ts';

describe('the matchers for any expect.extend', () => {
  it('say whether, and why not', async () => {
    const { pass, message } = await matchers.toBeDerivativeOf('-2*x', 'x^2', 'x');
    expect(pass).toBe(false);
    expect(message()).toContain('it is not so that -2*x is the derivative of x^2 by x');
    expect(message()).toMatch(/sign/i);
    expect(message()).toContain('2*x');
  });

  it('pass what is right', async () => {
    expect((await matchers.toBeDerivativeOf('2*x', 'x^2', 'x')).pass).toBe(true);
    expect((await matchers.toHaveCorrectGradients('x^2*sin(x)')).pass).toBe(true);
  });

  it('throw where there is nothing to judge', async () => {
    await expect(matchers.toHaveCorrectGradients(3)).rejects.toThrow(GradusError);
  });
});
