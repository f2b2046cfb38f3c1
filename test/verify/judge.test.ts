import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import '../../src/vitest.ts';
import { transformer } from '../support/transformer.ts';

type Shapes = Record<string, (number | string)[]>;

/** What is said of a claim about a source. */
async function judged(source: string, name: string, claim: string, shapes: Shapes = {}, options = {}) {
  const { claims } = await check(source, { claim: { [name]: claim }, shapes, ...options });
  return claims[name]!;
}

const example = (name: string) => readFileSync(`examples/${name}.grad`, 'utf8');
const ridge: Shapes = { X: ['m', 'n'], w: ['n'], y: ['m'] };
const RIDGE = 'norm(X*w - y)^2 + lambda*norm(w)^2';

describe('a wrong claim is not taken for right', () => {
  test.each<[string, string, string, Shapes]>([
    ['mean(x)', 'x', 'ones(n)/2', { x: ['n'] }],
    ['mean(x)', 'x', 'ones(n)/3', { x: ['n'] }],
    ['mean(X)', 'X', 'ones(m, n)/(3*4)', { X: ['m', 'n'] }],
    [RIDGE, 'w', "m*(X'*(X*w - y) + lambda*w)", ridge],
    [RIDGE, 'w', "n*(X'*(X*w - y) + lambda*w)", ridge],
    ['6.626e-34*f*c/k', 'f', '0', {}],
    ['6.626e-34*f*c/k', 'f', '6.627e-34*c/k', {}],
    ['x^20*y^20', 'x', '40*x^19*y^20', {}],
    ['1e-200*x^2', 'x', '1e-200*x', {}],
    ['sin(x) + 1e-30*x', 'x', 'cos(x)', {}],
    ['sum(softmax(z).^2)', 'z', '2*softmax(z)', { z: [3] }],
    ['-sum(y.*log(softmax(z)))', 'z', 'softmax(z) - y', { z: ['n'], y: ['n'] }],
    ['sqrt(x^2)', 'x', '1', {}],
    ['log(x^2)', 'x', '2/abs(x)', {}],
    ['abs(x)', 'x', '1', {}],
    ['max(x, y)', 'x', 'x >= 0', {}],
    ['sum(A)', 'A', 'eye(n)', { A: ['n', 'n'] }],
    // Values at whole numbers only, and far out, where all powers vanish.
    ['x^(m + n - 1)*(-2*x)^m', 'x', '2^m*x^(m + n)*x^(m - 2)*(2*m + n - 1)', {}],
    // Branches that lie far out.
    ['relu6(x)', 'x', 'x > 0', {}],
    ['where(x > 1000, x^2, x)', 'x', '1', {}],
    ['relu(x - 50)', 'x', '0', {}],
    ['min([x, 10])', 'x', '1', {}],
    ['x', 'x', 'where(x < 100, 1, 0)', {}],
    ['x', 'x', '1 + relu(x - 20)', {}],
    ['x*(y + z)', 'x', '(y + z)*(1 + (x > y)*(y > z)*(z > 1))', {}],
    // Lengths that are long, alike, or even.
    ['sum[i](i <= 20 ? x[i] : 2*x[i])', 'x', 'ones(n)', { x: ['n'] }],
    ['sum(x)', 'x', 'ones(n)*(-1)^n', { x: ['n'] }],
    ['sum(x)', 'x', 'ones(n)*where(n > 100, 2, 1)', { x: ['n'] }],
    ['sum(X)', 'X', 'ones(m, n)*(m == n ? 2 : 1)', { X: ['m', 'n'] }],
    // Terms below the digits of their neighbours.
    ['sin(x) + 1e-80*x', 'x', 'cos(x)', {}],
    ['abs(x) + 1e-70*x', 'x', 'sign(x)', {}],
    // Domains that lie far out.
    ['sqrt(x - 100)', 'x', '1/sqrt(x - 100)', {}],
    ['2^x*3^(-x)', 'x', '(-2)^x*(log(2) - log(3))/3^x', {}],
    [
      'max(x, y, x*y)',
      'x',
      'u = max(x, y, x*y); (1 - sign(u - x) + y*(1 - sign(u - x*y)))/(3 - sign(u - x) - sign(max(x, y) - y) - sign(u - x*y))',
      {},
    ],
    ['tr(A*A)', 'A', '2*A', { A: ['n', 'n'] }],
    ["x'*A*x", 'x', '2*A*x', { A: ['n', 'n'], x: ['n'] }],
  ])('∂(%s)/∂%s = %s', async (source, name, claim, shapes) => {
    expect((await judged(source, name, claim, shapes)).ok).toBe(false);
  });

  test('whatever the seed and the number of points', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      expect((await judged('mean(x)', 'x', 'ones(n)/3', { x: ['n'] }, { seed, points: 1 })).ok).toBe(false);
      expect((await judged('mean(x)', 'x', 'ones(n)/5', { x: ['n'] }, { seed, points: 1 })).ok).toBe(false);
    }
  });

  test('where the source holds data at which any factor would do', async () => {
    const source = 'data x : [2] = [0, 0]\nparam w : [2] = [1, 1]\nminimize L = (sum(w.*x) - 1)^2/2';
    expect((await judged(source, 'w', '7*(sum(w.*x) - 1)*x')).ok).toBe(false);
    expect((await judged(source, 'w', '(sum(w.*x) - 1)*x')).ok).toBe(true);
  });
});

describe('a right claim is not refused', () => {
  test.each<[string, string, string, Shapes]>([
    ['atan(x) - x + x^3/3', 'x', 'x^4/(1 + x^2)', {}],
    ['log(x)', 'x', 'exp(-log(x))', {}],
    ['log(x)', 'x', '1/sqrt(x^2)', {}],
    ['x^x', 'x', 'x^x*(1 + log(x))', {}],
    ['sin(x)^2', 'x', 'sin(2*x)', {}],
    ['asin(x) + acos(x)', 'x', '0', {}],
    ['atan(x)', 'x', 'cos(atan(x))^2', {}],
    ['sin(pi*x)', 'x', 'pi*sin(pi*x + pi/2)', {}],
    ['gamma(x)', 'x', 'gamma(x + 1)/x*digamma(x)', {}],
    ['log(1 + exp(x))', 'x', '1 - 1/(1 + exp(x))', {}],
    ['x^(m + n - 1)*(-2*x)^m', 'x', '(2*m + n - 1)*x^(m + n - 2)*(-2*x)^m', {}],
    [
      'max(x, y, x*y)',
      'x',
      'u = max(x, y, x*y); (1 - sign(u - x) + y*(1 - sign(u - x*y)))/(3 - sign(u - x) - sign(u - y) - sign(u - x*y))',
      {},
    ],
    [RIDGE, 'w', "2*X'*X*w - 2*X'*y + 2*lambda*w", ridge],
    ['-sum(y.*log(softmax(z)))', 'z', 'sum(y)*softmax(z) - y', { z: ['n'], y: ['n'] }],
    ['logdet(A)', 'A', "inv(A')", { A: ['n', 'n'] }],
    ['sqrt(x - 100)', 'x', '1/(2*sqrt(x - 100))', {}],
    ['max([x, y, z])', 'x', '(x > y)*(x > z)', {}],
    ['max([x, y, z])', 'x', 'step(x - max([y, z]))', {}],
    ['min([x, y, z])', 'x', 'x < y and x < z', {}],
  ])('∂(%s)/∂%s = %s', async (source, name, claim, shapes) => {
    expect(await judged(source, name, claim, shapes)).toMatchObject({ ok: true });
  });

  test('with definitions of its own', async () => {
    expect((await judged('sum(softmax(x).^2)', 'x', 'u = softmax(x); 2*u.*(u - sum(u.^2))', { x: ['n'] })).ok).toBe(true);
  });

  test('which has a value in fewer places: right, and it is said', async () => {
    const report = await judged('log(x^2)', 'x', '2*exp(-log(x))');
    expect(report.ok).toBe(true);
    expect(report.message).toMatch(/the derivative has a value and the claim has none/);
  });

  test('which has a value nowhere that the derivative has one: wrong', async () => {
    expect((await judged('x^2', 'x', '2*x*sqrt(-x^2)/sqrt(-x^2)')).ok).toBe(false);
    expect((await judged('log(x)', 'x', 'log(-x)')).ok).toBe(false);
  });

  test('for the number of examples that the source has: right, and it is said', async () => {
    const report = await judged(example('or-gate'), 'b', 'sum((A - Y).*A.*(1 - A))/4');
    expect(report.ok).toBe(true);
    expect(report.message).toContain('for m = 4');
    expect((await judged(example('or-gate'), 'b', 'sum((A - Y).*A.*(1 - A))/2')).ok).toBe(false);
  });
});

describe('what is said of it', () => {
  test('how it is known', async () => {
    const said = async (source: string, claim: string) => (await judged(source, 'x', claim)).message;
    expect(await said('x^3', '3*x^2')).toBe('✓ ∂f/∂x is 3*x^2   identical (exact, error below 2⁻¹²⁰)');
    expect(await said('exp(x)', 'exp(x/2)^2')).toContain('identical (exact, by the laws of exp)');
    expect(await said('x*log(x)', 'log(x) + 1')).toMatch(/identical \(exact\)$/);
    expect(await said('exp(x)*sin(x)^2', 'exp(x/2)^2*(sin(x)^2 + sin(2*x))')).toContain('by the laws of exp and sin)');
    expect(await said('abs(x)', 'x/abs(x)')).toContain('away from the borders of its branches');
    expect(await said('atan(x)', 'cos(atan(x))^2')).toContain('equal to 64 digits at 6 points');
    expect(await said('x^3', '3*x')).toContain('wrong (proved)');
  });

  test('for a number that the source gives: it is right only for that', async () => {
    const report = await judged(example('one-example'), 'w1', '-σ(z)*(1 - σ(z))');
    expect(report.ok).toBe(false);
    expect(report.message).toContain('right only if x1 = 1');
  });

  test('under which condition it would be right', async () => {
    const report = await judged("x'*A*x", 'x', '2*A*x', { A: ['n', 'n'], x: ['n'] });
    expect(report.message).toContain('right only if A is symmetric');
  });

  test.each<[string, string, string, string, string]>([
    ['ridge, half of it', RIDGE, 'w', "X'*(X*w - y) + lambda*w", 'factor'],
    ['three layers, twice of it', example('xor-hidden'), 'W1', "2*dZ1*X'", 'factor'],
    ['the sum over the wrong axis', example('xor-hidden'), 'b1', 'sum(dZ1, rows)', 'axis'],
    ['a factor of σ′ that is missing', example('xor-hidden'), 'dZ2', 'dA2.*(1 - A2)', 'missing-factor'],
    ['a factor too many', example('xor-hidden'), 'dZ2', 'dA2.*A2.*A2.*(1 - A2)', 'extra-factor'],
  ])('the slip: %s', async (_, source, name, claim, slip) => {
    const report = await judged(source, name, claim, source === RIDGE ? ridge : {});
    expect(report.cause).toMatchObject({ slip });
    expect(report.ok).toBe(false);
  });

  test('a difference that one can see', async () => {
    const { message } = await judged(example('xor-hidden'), 'W1', "dZ1*X' + 1e-9*W1");
    const [, claimed, derived] = /gives \S+ \S+ = (\S+), the derivative is (\S+)\./.exec(message)!;
    expect(claimed).not.toBe(derived);
  });

  test('the derivative itself, not only its name', async () => {
    const { message } = await judged('z = x^2; f = sin(z)*z; f', 'x', 'x + 7');
    expect(message).toMatch(/The derivative is .*x/);
  });
});

describe('an error in a claim points into the claim', () => {
  const xor = example('xor-hidden');
  test.each([
    ["dZ1*Q'", "1 │ dZ1*Q'"],
    ['dZ1*', '1 │ dZ1*'],
    ['sum(dZ1, 3)', '1 │ sum(dZ1, 3)'],
  ])('%s', async (claim, line) => {
    const error = await check(xor, { claim: { W1: claim } }).then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(GradusError);
    expect((error as GradusError).format(xor, 'xor-hidden.grad')).toContain(line);
  });
});

test('the matcher is the same judge', async () => {
  await expect('ones(n)/2').not.toBeDerivativeOf('mean(x)', 'x', { shapes: { x: ['n'] } });
  await expect('ones(n)/n').toBeDerivativeOf('mean(x)', 'x', { shapes: { x: ['n'] } });
  await expect(expect('2*x^2').toBeDerivativeOf('x^2', 'x')).rejects.toThrow('wrong (proved)');
});

describe('a block of a transformer', () => {
  const { source, shapes } = transformer(1);
  const claim = (factor: string) => `T[z,x] = sum[b,t](G1[b,t,z]*${factor}(X1[b,t,x] - Y[b,t,x]))/(m*n*d); T`;

  test('has more signs than a draw can be had for: what is right is exact', async () => {
    const { ok, verdict } = await judged(source, 'U1', claim('2*'), shapes as Shapes);
    expect([ok, verdict?.by]).toEqual([true, 'laws']);
  });

  test('and half of it is wrong, by its factor', async () => {
    const { ok, cause, condition } = await judged(source, 'U1', claim(''), shapes as Shapes);
    expect([ok, cause?.slip, condition]).toEqual([false, 'factor', undefined]);
  });
});

test('what a chosen entry belongs to is decided on every branch', async () => {
  const source = 'D[i,j] = sum[a]((X[i,a] - C[j,a])^2)\nminimize sum[i](min[j](D[i,j]))';
  const nearest = 'M = D == min(D, cols); T[j,a] = sum[i](M[i,j]*(C[j,a] - X[i,a]))';
  const shapes: Shapes = { X: ['n', 'd'], C: ['k', 'd'] };
  expect((await judged(source, 'C', `${nearest}; 2*T`, shapes)).ok).toBe(true);
  const wrong = await judged(source, 'C', `${nearest}; 3*T`, shapes);
  expect([wrong.ok, wrong.cause?.slip]).toEqual([false, 'factor']);
});

describe('what has cancelled beyond all digits decides nothing', () => {
  test.each<[string, string, string]>([
    ['abs(sigmoid(x) - 1)', 'x', 'sign(sigmoid(x^2) - 1)*sigmoid(x)*(1 - sigmoid(x))'],
    ['abs(tanh(x) - 1)', 'x', 'sign(tanh(x^2) - 1)*(1 - tanh(x)^2)'],
  ])('%s by %s is %s: σ < 1 everywhere', async (source, name, claim) => {
    expect((await judged(source, name, claim)).ok).toBe(true);
  });

  test('but a jump at a number that is known does', async () => {
    expect((await judged('abs(sigmoid(x) - 1/2)', 'x', 'sigmoid(x)*(1 - sigmoid(x))')).ok).toBe(false);
  });
});

test('a power of a negative number has values at whole numbers only', async () => {
  expect((await judged('(1/2)^(x^2)', 'x', '2*x*((-1)/2)^x^2*log(1/2)')).ok).toBe(false);
});

test('the shortest lengths count', async () => {
  const entry = (least: number) =>
    `T[i=1:n, j=1:m, k=1:3] = i == 1 and j == 2 and k == 3 and 0 <= n - 2 ? K[2, 1, 1] : 0; T2[i=1:n, j=1:m, k=1:3] = i == 2 and j == 1 and k == 1 and ${least} <= m - 2 ? K[1, 2, 3] : 0; T + T2`;
  const shapes: Shapes = { K: ['n', 'm', 3] };
  expect((await judged('K[1, 2, 3]*K[2, 1, 1]', 'K', entry(0), shapes)).ok).toBe(true);
  expect((await judged('K[1, 2, 3]*K[2, 1, 1]', 'K', entry(1), shapes)).ok).toBe(false);
});

test('a function without a derivative by each of its arguments does not stop the search for a slip', async () => {
  expect((await judged('polygamma(2, x)*x', 'x', 'x*polygamma(3, x)')).ok).toBe(false);
});
