import { describe, expect, it } from 'vitest';
import { check } from '../../src/calculus/check.ts';
import { differentiate } from '../../src/calculus/differentiate.ts';
import { parse } from '../../src/language/parser.ts';
import { compareGradient, judge } from '../../src/verify/index.ts';
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

  it('also by the extrapolated doubles', async () => {
    const rough = { method: 'richardson' } as const;
    await expect("2*X'*(X*w - y)").toBeDerivativeOf('sum((X*w - y).^2)', 'w', { ...regression, ...rough });
    await expect("X'*(X*w - y)").not.toBeDerivativeOf('sum((X*w - y).^2)', 'w', { ...regression, ...rough });
    await expect('A*x').not.toBeDerivativeOf("x'*A*x/2", 'x', { ...square, ...rough });
    await expect('2*A').not.toBeDerivativeOf('tr(A^2)', 'A', { ...square, ...rough });
    await expect('1.00001*cos(x)').not.toBeDerivativeOf('sin(x)', 'x', rough);
  });

  it('a derivative without a value where the function has one is wrong, not skipped', async () => {
    await expect('2*x*sqrt(-x^2)').not.toBeDerivativeOf('x^2', 'x');
  });

  it('another shape is no derivative', async () => {
    await expect("(X*w - y)'*X").not.toBeDerivativeOf('X*w - y', 'w', regression);
  });
});

describe('the report', () => {
  it('names the worst entry, both numbers and the point, from which they can be had again', async () => {
    const model = check(parse("x'*A*x"), square);
    const report = await judge(model, 'A', "x*x' + 0.5*(A - A)", {});
    expect(report.ok).toBe(true);
    const wrong = await judge(model, 'x', "2*A'*x", {});
    expect(wrong.ok).toBe(false);
    const { entry, at, relativeError } = wrong.partials.x!;
    const A = at.A as number[][];
    const x = at.x as number[];
    const [i] = entry!.index.map((k) => k - 1) as [number];
    expect(entry!.symbolic).toBeCloseTo(2 * x.reduce((sum, xk, k) => sum + A[k]![i]! * xk, 0), 12);
    expect(entry!.numeric).toBeCloseTo(
      x.reduce((sum, xk, k) => sum + (A[k]![i]! + A[i]![k]!) * xk, 0),
      12,
    );
    expect(wrong.worst).toBe(relativeError);
  });

  it('judges any node, of the graph at hand too', async () => {
    const model = check(parse('sum((X*w - y).^2)'), regression);
    const { graph, objective, inputs } = model;
    const [gradient] = differentiate(graph, objective!.node, [inputs.get('w')!.node]);
    expect(await compareGradient(model, 'w', { node: gradient! })).toMatchObject({ ok: true, method: 'bignumber' });
    expect(await compareGradient(model, 'w', { node: graph.neg(gradient!) })).toMatchObject({ ok: false, worst: 2 });
  });

  it('is repeatable, and another seed gives other points', async () => {
    const model = check(parse('x^3'), {});
    const first = await judge(model, 'x', '3*x', { seed: 4 });
    expect(await judge(model, 'x', '3*x', { seed: 4 })).toEqual(first);
    expect((await judge(model, 'x', '3*x', { seed: 5 })).partials.x!.at).not.toEqual(first.partials.x!.at);
  });
});
