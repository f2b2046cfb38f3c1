import { describe, expect, it } from 'vitest';
import { check, compile, derive, GradusError, simplify } from '../../src/index.ts';
import { operatorNamed } from '../../src/operators/index.ts';
import { sincDerived } from '../../src/operators/kernels/sinc.ts';
import { expectSound, type Shapes } from '../support/sound.ts';

const slope = (source: string, by: string, at: Record<string, number>): unknown => derive(source, by).compile().gradient(at)[by];

describe('powers whose exponent is a number', () => {
  const exponents = [
    '1/2',
    '3/2',
    '-1/2',
    '-3/2',
    '1/3',
    '2/3',
    '4/3',
    '-1/3',
    '5/4',
    '7/5',
    '2',
    '3',
    '-2',
    '15',
    '16',
    '17',
    '33/2',
  ];
  it.each(exponents.map((p) => [p, p.split('/').map(Number)] as const))('x^(%s)', (p, [n, d = 1]) => {
    for (const backend of ['js', 'closure'] as const) {
      const f = compile(`x^(${p})`, { backend });
      for (const x of [1e-3, 0.7, 1, 8, 1234.5]) expect(Math.abs((f({ x }) as number) / x ** (n! / d) - 1)).toBeLessThan(1e-14);
    }
  });

  it.each(['x^2*exp(-x)', 'x^3*exp(-x)/y', 'x^2/(1 + x^4)', '2*x/(1 + x^2)^2', 'x*y*exp(-x)', 'exp(-x)*x/(1 + x)'])(
    '%s goes to 0, however large its factors are',
    (source) => {
      for (const backend of ['js', 'closure'] as const) {
        const f = compile(source, { backend });
        for (const x of [1e100, 1e200]) expect(f(source.includes('y') ? { x, y: 3 } : { x }), `at ${x}`).toBeCloseTo(0, 90);
      }
    },
  );
});

describe('clip', () => {
  it.each([
    [-2, -1],
    [-1, -1],
    [0.5, 0.5],
    [3, 3],
    [7, 3],
  ])('clip(%d, -1, 3) is %d', (x, expected) => {
    expect(compile('clip(x, -1, 3)')({ x })).toBe(expected);
    expect(compile('clamp(x, -1, 3)', { backend: 'closure' })({ x })).toBe(expected);
  });

  it.each([
    [-1.001, [0, 1, 0]],
    [-1, [1, 0, 0]],
    [0, [1, 0, 0]],
    [3, [1, 0, 0]],
    [3.001, [0, 0, 1]],
  ])('passes on to one of its arguments, at the bounds to the first: %d', (x, expected) => {
    const gradient = derive('clip(x, a, b)', ['x', 'a', 'b']).compile().gradient({ x, a: -1, b: 3 });
    expect([gradient.x, gradient.a, gradient.b]).toEqual(expected);
  });

  it('is the upper bound where the bounds are the wrong way round', () => {
    const d = derive('clip(x, a, b)', ['x', 'a', 'b']).compile();
    for (const x of [-2, 0, 2]) {
      expect(d.valueAndGradient({ x, a: 1, b: -1 })).toEqual({ value: -1, gradient: { x: 0, a: 0, b: 1 } });
    }
  });

  it('passes nothing on where what is clipped is infinite', () => {
    expect(slope('clip(1/x, 0, 10)', 'x', { x: 0 })).toBe(0);
  });

  it('says where its kinks are', () => {
    // Its square has none at 0.
    expect(derive('clip(x, 0, 1)^2', 'x').domain()).toEqual([
      'clip(x, 0, 1) has a kink at x = 1: its own slope there, before the chain rule, is taken as 1',
    ]);
    expect(derive('clip(x, 0, 1)', 'x').domain()).toEqual([
      'clip(x, 0, 1) has a kink at x = 0: its own slope there, before the chain rule, is taken as 1',
      'clip(x, 0, 1) has a kink at x = 1: its own slope there, before the chain rule, is taken as 1',
    ]);
  });
});

describe('logit', () => {
  it('undoes the sigmoid, and is undone by it', () => {
    expect(simplify('logit(sigmoid(x)) + sigmoid(logit(p))').toString()).toBe('x + p');
  });

  it('keeps its digits next to 1 where its argument is made of exponentials', () => {
    const f = compile('logit(1/(1 + exp(-x)))');
    for (const x of [-800, -40, -1e-9, 3, 40, 800]) expect(f({ x })).toBeCloseTo(x, 12);
    expect(slope('logit(exp(x))', 'x', { x: -1e-12 })).toBeCloseTo(1e12, -3);
  });
});

describe('sinc', () => {
  it('has no π in it', () => {
    expect(compile('sinc(x)')({ x: Math.PI / 2 })).toBeCloseTo(2 / Math.PI, 15);
    expect(simplify('sinc(0) + sinc(-x)').toString()).toBe('1 + sinc(x)');
  });

  // The n-th derivative at 0 is ±1/(n + 1), or 0.
  it.each([1, 2, 3, 4, 5])('has its derivative of order %d at 0 and next to it', (order) => {
    const at = (x: number) => derive('sinc(x)', 'x', { order }).compile().gradient({ x }).x as number;
    const exact = order % 2 === 1 ? 0 : (order % 4 === 0 ? 1 : -1) / (order + 1);
    expect(at(0)).toBeCloseTo(exact, 16);
    // s⁽ⁿ⁾(x) = s⁽ⁿ⁾(0) + x·s⁽ⁿ⁺¹⁾(0) + …
    const next = order % 2 === 1 ? ((order + 1) % 4 === 0 ? 1 : -1) / (order + 2) : 0;
    for (const x of [1e-300, 1e-9, -1e-9]) {
      const expected = exact + x * next;
      expect(Math.abs(at(x) - expected)).toBeLessThanOrEqual(2 * Number.EPSILON * Math.abs(expected));
    }
  });

  // mpmath: quad(lambda t: t**n*cos(x*t + n*pi/2), [0, 1]).
  it.each([
    [1, 1e-3, -0.0003333333000000012],
    [1, 2.5, -0.4162129892754065],
    [2, 1, -0.23913362692838294],
    [3, 3, 0.14658583504520026],
    [4, 12, -0.018576256883118935],
  ])('has every digit of its derivative of order %d at %d', (n, x, expected) => {
    expect(Math.abs(sincDerived(n, x) / expected - 1)).toBeLessThan(2e-15);
  });
});

describe('erfinv', () => {
  it('undoes the error function, and is undone by it', () => {
    expect(simplify('erf(erfinv(x)) + erfinv(erf(y))').toString()).toBe('x + y');
  });

  it('is infinite at ±1, and nothing beyond', () => {
    const f = compile('erfinv(x)');
    expect([1, -1, 1.5, 0].map((x) => f({ x }))).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0]);
  });
});

describe('each is derived, printed and compiled right', () => {
  it.each<[string, string, Shapes]>([
    ['clip(x, 0, 1)^2*x', 'x', {}],
    ['clip(sin(x), a, b)', 'a', {}],
    ['sum(clip(X*w, -1, 1).^2)', 'w', { X: ['m', 'n'], w: ['n'] }],
    ['clip(x, -1, 1)', 'x', { x: ['n'] }],
    ['logit(p)*p', 'p', {}],
    ['sum(logit(x./sum(x)).^2)', 'x', { x: [3] }],
    ['sinc(x)^2', 'x', {}],
    ['sum(sinc(A*x))', 'x', { A: ['m', 'n'], x: ['n'] }],
    ['erfinv(x)*x', 'x', {}],
    ['erfinv(tanh(x))', 'x', { x: ['n'] }],
  ])('%s by %s', (source, wrt, shapes) => expectSound(source, wrt, shapes));

  it.each([
    ['logit(p)', 'p', '1/p + 1/(1-p)', true],
    ['logit(p)', 'p', '1/(p*(1+p))', false],
    ['sinc(x)', 'x', '(x*cos(x) - sin(x))/x^2', true],
    ['sinc(x)', 'x', '(x*cos(x) + sin(x))/x^2', false],
    ['erfinv(x)', 'x', 'sqrt(pi)/2*exp(erfinv(x)^2)', true],
    ['erfinv(x)', 'x', 'sqrt(pi)/2*exp(x^2)', false],
    ['clip(x, 0, 1)', 'x', 'where(x >= 0 and x <= 1, 1, 0)', true],
    ['clip(x, 0, 1)', 'x', 'where(x >= 0, 1, 0)', false],
  ])('∂ %s/∂%s = %s: %s', async (source, name, claim, ok) => {
    expect((await check(source, { claim: { [name]: claim } })).claims[name]!.ok).toBe(ok);
  });
});

it('an argument too few is an error that says how many', () => {
  expect(() => derive('clip(x, 0)', 'x')).toThrow(GradusError);
  expect(operatorNamed.get('clip')!.arity).toBe(3);
});
