import { describe, expect, it } from 'vitest';
import { check, compile, derive, simplify, toLatex } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { printStatements } from '../../src/render/text.ts';
import { refusalOf } from '../support/refusal.ts';
import { expectSound, type Shapes } from '../support/sound.ts';

describe('a function that is declared and not defined', () => {
  it.each([
    ['function f(x); f(x)', 1, "f'(x)"],
    ['function f(x); f(x)', 2, "f''(x)"],
    ['function f(x); f(x^2)*x', 1, "2*x^2*f'(x^2) + f(x^2)"],
    ['function f(x); f(x)^2', 3, "6*f'(x)*f''(x) + 2*f(x)*f'''(x)"],
    ['function f(x), g(x); f(g(x))', 1, "f'(g(x))*g'(x)"],
    ['function g(x, y); g(x, x*y)', 1, 'y*g_2(x, x*y) + g_1(x, x*y)'],
    ['function g(x, y); g(x, x*y)', 2, 'y^2*g_22(x, x*y) + 2*y*g_12(x, x*y) + g_11(x, x*y)'],
    ["function f(x); x*f'(x)^2", 1, "2*x*f'(x)*f''(x) + f'(x)^2"],
    ['function f(x); diff(f(x^2), x)', 1, "4*x^2*f''(x^2) + 2*f'(x^2)"],
    ['function f(x); f(2)*x', 1, 'f(2)'],
  ])('%s, order %d', (source, order, expected) => {
    expect(derive(source, 'x', { order }).partial.toString()).toBe(expected);
  });

  it('is entry by entry', () => {
    expect(derive('function f(x); sum(f(A*x))', 'x', { shapes: { A: ['m', 'n'], x: ['n'] } }).partial.toString()).toBe(
      "A'*f'(A*x)",
    );
  });

  it.each<[string, string, Shapes]>([
    ['function f(x); f(x^2)*x', 'x', {}],
    ["function f(x); f'(x)*f''(x)", 'x', {}],
    ['function g(x, y); g(x, x*y)^2', 'x', {}],
    ['function f(x); sum(f(A*x))', 'x', { A: ['m', 'n'], x: ['n'] }],
    ['function f(x); u = f(x); sum(u.*x)', 'x', { x: ['n'] }],
    ['function f(x)\nparam w : [n]\ndata X : [m, n], y : [m]\nminimize sum((f(X*w) - y).^2)', 'w', {}],
    ['function f(x); where(x > 0, f(x), 0)', 'x', {}],
  ])('%s by %s: steps, texts and differences hold', (source, wrt, shapes) => expectSound(source, wrt, shapes));

  it.each([
    ["2*x^2*f'(x^2) + f(x^2)", true],
    ['f(x^2) + x*diff(f(x^2), x)', true],
    ["2*x*f'(x^2) + f(x^2)", false],
    ["x*f'(x)*2 + f(x^2)", false],
    ['0', false],
  ])('the claim %s is judged: %s', async (claim, ok) => {
    const { claims } = await check('function f(x); f(x^2)*x', { claim: { x: claim } });
    expect(claims.x!.ok).toBe(ok);
    if (ok) expect(claims.x!.verdict).toMatchObject({ by: 'field' });
  });

  it('mixed derivatives are the same in every order', () => {
    expect(simplify('function g(x, y); g_21(x, y) - g_12(x, y)').toString()).toBe('0');
  });

  it('has primes and ∂ in LaTeX', () => {
    expect(derive('function f(x); f(x^2)', 'x').partial.toLatex()).toBe("2 x \\, f'(x^{2})");
    expect(toLatex('function g(x, y); g_12(x, y)')).toBe('\\partial_{1,2} g(x, y)');
  });

  it('has no values', () => {
    for (const run of [
      () => compile('function f(x); f(x) + 1')({ x: 2 }),
      () => derive('function f(x); f(x) + 1', 'x').compile({ backend: 'closure' }).gradient({ x: 2 }),
    ]) {
      const error = refusalOf(run);
      expect(error).toMatchObject({ code: 'data', message: 'f is declared, but not defined: it has no values' });
      expect(error.hint).toBe('define it, f(x) = …, to compute with it');
    }
  });

  it('may have the name of one that is built in', () => {
    expect(derive('function gamma(x); gamma(x)', 'x').partial.toString()).toBe("gamma'(x)");
  });
});

describe('what is not declared', () => {
  it("A'(B*x) is a product", () => {
    expect(derive("A'(B*x)", 'x', { shapes: { A: ['n', 'm'], B: ['n', 'k'], x: ['k'] } }).partial.toString()).toBe("A'*B");
    expect(derive("function f(x); A'(B*x)", 'x', { shapes: { A: ['n', 'm'], B: ['n', 'k'], x: ['k'] } }).partial.toString()).toBe(
      "A'*B",
    );
  });

  it('the declaration prints as it is read', () => {
    expect(printStatements(parse('function f(x), g(u, v); f(g(1, 2))').statements)).toBe(
      'function f(x); function g(u, v); f(g(1, 2))',
    );
  });

  it.each([
    ['function f(x); f(x, y)*x', 'argument', 'f takes 1 argument, not 2', undefined],
    ["function g(x, y); g'(x, y)", 'name', "unknown function g'", 'its derivative by its first argument is g_1(x, y)'],
    ['function g(x, y); g_3(x, y)', 'name', 'unknown function g_3', 'its derivative by its first argument is g_1(x, y)'],
    [
      'function f; f(x)*x',
      'syntax',
      'a function is declared with its parameters, and with nothing else',
      'function f(x); what it is is written f(x) = …',
    ],
    [
      'function f(x) = x; f(x)',
      'syntax',
      'a function is declared with its parameters, and with nothing else',
      'function f(x); what it is is written f(x) = …',
    ],
    ['function f(x+1); f(x)', 'syntax', 'a parameter of a function is a name', 'a function is defined as f(x, y) = …'],
    [
      'data f(x); f(x)',
      'syntax',
      'data declares a name, not a function',
      'a function is defined as f(x) = …; one of which nothing is known is declared as function f(x)',
    ],
    ['function f(x); f*x', 'name', 'f is a function', 'call it: f(…)'],
    ['function f(x); f(x) = x^2; f(x)', 'name', 'f is defined twice', undefined],
    ['function f(a,b,c,d,p,q,r,s,t,u); 1*x', 'unsupported', 'a function is declared with at most 9 parameters', undefined],
  ])('%s', (source, code, message, hint) => {
    const found = refusalOf(() => derive(source, 'x'));
    expect([found.code, found.message, found.hint]).toEqual([code, message, hint]);
  });
});
