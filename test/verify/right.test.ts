import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/index.ts';
import '../../src/vitest.ts';

describe('right derivatives are found right', () => {
  it.each([
    ['x^2*sin(x)', {}],
    ['exp(exp(x))*1e-16', {}],
    ['x^x', {}],
    ['log(x - 3) + atanh(y)', { wrt: ['x', 'y'] }],
    ['sqrt(x*y)', { wrt: ['x', 'y'] }],
    ['abs(x) + relu(x)*max(x, y)', { wrt: ['x', 'y'] }],
    ['sum(max(x*ones(6), Si(y), cbrt(y)))', { wrt: 'x', shapes: { y: [6] }, inputs: { y: [1.5, 1.7, 1.9, 2.1, 2.3, 2.5] } }],
    ['jacobian(sum(tanh(kron(sinh(u), cosh(G)))), G)', { wrt: 'G', shapes: { u: ['n'], G: [2, 3] } }],
    ["x'*A*x", { wrt: ['x', 'A'], shapes: { A: ['n', 'n'], x: ['n'] } }],
    ['mean(A.*B, rows)', { wrt: 'B', shapes: { A: ['n', 'm'], B: ['n', 'm'] } }],
  ])('%s', async (source, options) => {
    await expect(source).toHaveCorrectGradients(options);
  });

  it('Jacobians too: an array by arrays', async () => {
    await expect('X*W').toHaveCorrectGradients({ wrt: ['X', 'W'], shapes: { X: ['n', 'd'], W: ['d', 'k'] } });
  });

  it('models with their own data', async () => {
    await expect(readFileSync('examples/xor-hidden.grad', 'utf8')).toHaveCorrectGradients();
  });

  it('a derivation', async () => {
    await expect(derive('x^2*y', 'y')).toHaveCorrectGradients();
  });

  it.each([
    ['max(x, 0, 1)', 'where(x > 1, 1, 0)'],
    ['max(max(x, 0), 1)', 'where(x > 1, 1, 0)'],
    ['min(x, 0, 1)', 'where(x < 0, 1, 0)'],
    ['max(x, y, z)', 'where(x > y, where(x > z, 1, 0), 0)'],
    ['max(x, y, 5)', 'where(x < y, 0, where(x > 5, 1, 0))'],
    ['abs(2*x - 2)', 'where(x > 1, 2, -2)'],
    ['max(x, 2 - x)', 'where(x > 1, 1, -1)'],
    ['max(x, x^2)', 'where(x*(x - 1) > 0, 2*x, 1)'],
    ['max(log(x), 0)', 'where(x > 1, 1/x, 0)'],
    ['abs(log(x))', 'where(x > 1, 1, -1)/x'],
    ['max(x, min(2*x, 3))', 'where(x < 0, 1, where(x < 3/2, 2, where(x < 3, 0, 1)))'],
    ['max(min(x, 1), max(x^2, 3) - 2)', 'where(x^2 < 3, 0, 2*x)'],
  ])('away from ties: of %s by x %s', async (source, claimed) => {
    await expect(claimed).toBeDerivativeOf(source, 'x');
  });

  it('a recurrence whose steps may be none', async () => {
    await expect('s[1] = 1\ns[t=2:n] = s[t-1]\ns').toBeDerivativeOf('sum(x)', 'x', { shapes: { x: ['n'] } });
  });

  it('whatever way the derivative is written', async () => {
    await expect('2*x').toBeDerivativeOf('x^2', 'x');
    await expect('x + x').toBeDerivativeOf('x^2', 'x');
    await expect('exp(-x)/(1+exp(-x))^2').toBeDerivativeOf('σ(x)', 'x');
    await expect('[2, 5; 5, 8]*x').toBeDerivativeOf("x'*[1, 2; 3, 4]*x", 'x', { shapes: { x: [2] } });
  });
});
