import { describe, expect, it } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { judgeClaim } from '../../src/verify/claims/index.ts';
import '../../src/vitest.ts';

const square = { shapes: { A: ['n', 'n'], x: ['n'] } } as const;
const regression = { shapes: { X: ['n', 'd'], w: ['d'], y: ['n'] } } as const;

describe('a wrong derivative is caught:', () => {
  it.each([
    ['a factor 2 is missing', "X'*(X*w - y)", 'sum((X*w - y).^2)', 'w', regression],
    ['the sign is wrong', "2*X'*(y - X*w)", 'sum((X*w - y).^2)', 'w', regression],
    ['a transpose is missing, where both shapes fit', 'A*x', "x'*A*x/2", 'x', square],
    ['the gradient of tr(A²) is 2Aᵀ, not 2A', '2*A', 'tr(A^2)', 'A', square],
    ['the chain rule is forgotten', 'cos(x^2)', 'sin(x^2)', 'x', {}],
    ['the slope of the sigmoid is σ(1−σ), not σ(1+σ)', 'σ(x)*(1+σ(x))', 'σ(x)', 'x', {}],
    ['a digit is wrong, the thirteenth', '2.000000000001*x', 'x^2', 'x', {}],
    ['a small term is missing beside a large one', '1', 'x + 1e-12*x^2', 'x', {}],
    ['a constant is added to the slope of a constant', '1e-9', 'x - x + 3', 'x', {}],
    ['the slope of |x| has a sign', '1', 'abs(x)', 'x', {}],
  ])('%s', async (_, claimed, source, wrt, options) => {
    await expect(claimed).not.toBeDerivativeOf(source, wrt, options);
  });

  it('a derivative without a value where the function has one is wrong, not skipped', async () => {
    await expect('2*x*sqrt(-x^2)').not.toBeDerivativeOf('x^2', 'x');
  });

  it('the inverse of what is singular has no value, however many digits are computed', async () => {
    const shapes = { V: ['n', 'k'], u: ['n'] } as const;
    const singular = "sum(V, k)' - u*sum(u)";
    await expect(`u.*(inv(${singular})*u)`).not.toBeDerivativeOf('sum(u.^3)/3', 'u', { shapes });
  });

  it.each([
    ['sqrt(x^2*y)', 'y', 'x/(2*sqrt(y))'],
    ['sqrt(x^2/y)', 'y', '-x/(2*y^1.5)'],
    ['(x^2*y)^(3/2)', 'x', '3*x^2*y^1.5'],
    ['(x^4*y)^(1/4)', 'x', 'y^(1/4)'],
    ['sqrt(x^2*gamma(y))', 'x', 'sqrt(gamma(y))'],
    ['exp(log(x^2*y)/2)', 'x', 'sqrt(y)'],
  ])('√u² is |u|: of %s by %s not %s, whatever the seed', async (source, wrt, claimed) => {
    for (const seed of [1, 2, 3, 4]) await expect(claimed).not.toBeDerivativeOf(source, wrt, { seed });
  });

  it.each([
    ['x+exp(-(x-20)^2)', 'x', '1'],
    ['x+1e-3*exp(-1e4*(x-37.3)^2)', 'x', '1'],
    ['x+tanh(1000*(x-9))', 'x', '1'],
    ['x+erf(20*(x-30))', 'x', '1'],
    ['x+softplus(100*(x-40))', 'x', '1'],
    ['log(exp(300)+exp(x))+x', 'x', '1'],
    ['sin(x)+sigmoid(x-500)', 'x', 'cos(x)'],
    ['x*y+exp(-1e4*(y-20)^2)', 'y', 'x'],
    ['sqrt((x-200)^2+1e-140)', 'x', 'sign(x-200)'],
    ['tanh(1e5*x)', 'x', '0'],
  ])('what levels off is looked at on its way: of %s by %s not %s', async (source, wrt, claimed) => {
    await expect(claimed).not.toBeDerivativeOf(source, wrt);
  });

  it.each([
    ['x+exp(-1000)*x', 'x', '1'],
    ['x*(1+exp(-300))', 'x', '1'],
    ['sigmoid(300)*x', 'x', '1'],
    ['x+exp(-500)*sin(x)', 'x', '1'],
    ['sin(x)+2^(-1000)*x', 'x', 'cos(x)'],
  ])('what is far below all digits is there: of %s by %s not %s', async (source, wrt, claimed) => {
    await expect(claimed).not.toBeDerivativeOf(source, wrt);
  });

  it('another shape is no derivative', async () => {
    await expect("(X*w - y)'*X").not.toBeDerivativeOf('X*w - y', 'w', regression);
  });
});

describe('the report', () => {
  it('names the entry that differs, both numbers and the point, from which they can be had again', () => {
    const model = elaborate(parse("x'*A*x"), square);
    expect(judgeClaim(model, 'A', "x*x' + 0.5*(A - A)")).toMatchObject({ ok: true, verdict: { by: 'field' } });
    const wrong = judgeClaim(model, 'x', "2*A'*x");
    expect(wrong).toMatchObject({ ok: false, verdict: { by: 'field' } });
    const A = wrong.at!.A as number[][];
    const x = wrong.at!.x as number[];
    const [i] = wrong.entry!.index.map((k) => k - 1) as [number];
    const sum = (entry: (k: number) => number) => x.reduce((total, xk, k) => total + entry(k) * xk, 0);
    expect(wrong.entry!.claimed).toBeCloseTo(2 * sum((k) => A[k]![i]!), 12);
    expect(wrong.entry!.derived).toBeCloseTo(
      sum((k) => A[k]![i]! + A[i]![k]!),
      12,
    );
  });

  it('is repeatable, and another seed gives other points', () => {
    const model = elaborate(parse('x^3'), {});
    const first = judgeClaim(model, 'x', '3*x', { seed: 4 });
    expect(judgeClaim(model, 'x', '3*x', { seed: 4 })).toEqual(first);
    expect(judgeClaim(model, 'x', '3*x', { seed: 5 }).at).not.toEqual(first.at);
  });
});
