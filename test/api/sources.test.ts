import { bignumber, complex, fraction, parse as mathParse, matrix, sparse, unit } from 'mathjs';
import { describe, expect, test } from 'vitest';
import {
  check,
  collect,
  compile,
  derive,
  expand,
  GradusError,
  hessian,
  jacobian,
  simplify,
  type Tensor,
  toLatex,
} from '../../src/index.ts';

describe('a source is', () => {
  test('a node of mathjs', () => {
    expect(derive(mathParse('x^2 * sin(x)')).partial.evaluate({ x: 1 })).toBeCloseTo(2 * Math.sin(1) + Math.cos(1), 12);
    expect(derive('x^2*y', mathParse('x') as never).partial.toString()).toBe('2*y*x');
    expect(toLatex(mathParse('x / 2'))).toBe(toLatex('x/2'));
  });

  test('an expression that was found', async () => {
    const first = derive('x^4*y', 'x').partial;
    expect(derive(first, 'x').partial.toString()).toBe('12*y*x^2');
    expect(compile(first)({ x: 2, y: 3 })).toBe(96);
    expect(simplify(first).evaluate({ x: 2, y: 3 })).toBe(96);
    expect(hessian(first, 'x').evaluate({ x: 2, y: 3 })).toBe(144);
    expect((await check(first, { wrt: 'x' })).ok).toBe(true);
  });

  test('an expression with its shapes, facts and values', () => {
    const gradient = jacobian("x'*S*x", 'x', { shapes: { x: ['n'], S: ['n', 'n'] } });
    expect(derive(gradient, 'x').partial.shape).toEqual(['n', 'n']);
    expect(derive(gradient, 'x', { shapes: { x: ['n'] } }).partial.toString()).toBe("S + S'");
    expect(() => derive(gradient, 'x', { shapes: { x: [2] } })).toThrow('x is n×1 in the expression, not 2×1');
    const known = derive("data S : [2, 2] symmetric = [[1,2],[2,3]]\nparam x : [2]\nminimize x'*S*x").partial;
    expect(derive(known).partial.toString()).toBe('2*S');
    expect(
      (
        derive(known)
          .compile()
          .gradient({ x: [0, 0] }).x as Tensor
      ).toArray(),
    ).toEqual([
      [2, 4],
      [4, 6],
    ]);
  });

  test('a side of a step', () => {
    const { before } = derive('x^3*y', 'x').steps[0]!;
    expect(derive(before, 'x').partial.toString()).toBe('6*y*x');
    const wide = derive('sum(sigmoid(W*x).^2)', 'x', { shapes: { W: ['m', 'n'], x: ['n'] } }).steps.at(-1)!.after;
    expect(() => simplify(wide)).not.toThrow();
  });

  test('nothing else', () => {
    class Text {
      toString() {
        return 'x^2';
      }
    }
    expect(() => derive(new Text() as never)).toThrow(GradusError);
  });
});

describe('what is found can be evaluated', () => {
  test('a simplified, an expanded, a collected expression', () => {
    expect(simplify('x*x/x').evaluate({ x: 4 })).toBe(4);
    expect(expand('(x + 1)^2').evaluate({ x: 4 })).toBe(25);
    expect(collect('(x + 1)^2 + y*x', 'x').evaluate({ x: 4, y: 1 })).toBe(29);
    expect(collect('y', 'y').evaluate({ y: 3 })).toBe(3);
    expect((simplify('x + x', { shapes: { x: ['n'] } }).evaluate({ x: [4, 5] }) as Tensor).toArray()).toEqual([8, 10]);
    expect(simplify('a = 2*x; a^2').evaluate({ x: 3 })).toBe(36);
  });

  test('in a stable form', () => {
    expect(simplify('log(1 + exp(x))').evaluate({ x: 1000 })).toBe(1000);
    expect(simplify(derive('log(1 + exp(x))').partial).evaluate({ x: 1000 })).toBe(1);
  });
});

describe('a value is', () => {
  const square = compile('x^2');
  const sum = compile('sum(x)', { shapes: { x: ['n'] } });

  test.each([
    ['a big number', bignumber('1.5'), 2.25],
    ['a fraction', fraction(3, 2), 2.25],
    ['a big integer', 3n, 9],
  ])('%s', (_, x, expected) => {
    expect(square({ x: x as never })).toBe(expected);
    expect(sum({ x: [x, x] as never })).toBeCloseTo(2 * Math.sqrt(expected), 12);
  });

  test.each([
    ['a matrix', matrix([1, 2])],
    ['a sparse matrix', sparse([[1], [2]])],
    ['a matrix of big numbers', matrix([bignumber(1), bignumber(2)])],
    ['a list of fractions', [fraction(1), fraction(2)]],
  ])('%s', (_, x) => {
    expect(sum({ x: x as never })).toBe(3);
  });

  test('of a Map', () => {
    expect(square(new Map([['x', 3]]))).toBe(9);
    expect(
      derive('x^2')
        .compile()
        .gradient(new Map([['x₁', 3]].map(() => ['x', 3] as const))),
    ).toEqual({ x: 6 });
    expect(() => square(new Map([[1, 3]]) as never)).toThrow('a name is a text, not number 1');
  });

  test.each([
    ['a complex number', complex(1, 2)],
    ['a quantity', unit('3 cm')],
    ['a date', new Date(0)],
    ['an object', {}],
    ['an object without a prototype', Object.create(null)],
    ['nothing', null],
    ['a function', () => 3],
  ])('not %s', (_, x) => {
    expect(() => square({ x: x as never })).toThrow(expect.objectContaining({ name: 'GradusError', code: 'data' }));
    expect(() => sum({ x: [x] as never })).toThrow(expect.objectContaining({ name: 'GradusError', code: 'data' }));
  });
});
