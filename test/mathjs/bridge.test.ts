import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { all, create } from 'mathjs';
import { describe, expect, expectTypeOf, it, test } from 'vitest';
import { bridge } from '../../src/mathjs.ts';
import { numbers, withBridge } from './support.ts';

const math = withBridge();

const X = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const scope = { X, w: [0.5, -1], y: [1, 2, 3], a: 2, b: 3 };
const SQUARES = 'sum((X*w - y).^2)';
const GRADIENT = [-97, -124];

describe('what is derived', () => {
  test.each([
    ['a text', SQUARES],
    ['a node', math.parse(SQUARES)],
  ])('is %s', (_, expression) => {
    expect(math.gradient(expression, 'w', scope)).toEqual(GRADIENT);
    expect(math.gradient(expression, math.parse('w'), new Map(Object.entries(scope)))).toEqual(GRADIENT);
    expect(String(math.derive(expression, 'w', scope))).toBe('2 * transpose(X) * (X * w - y)');
  });

  it('is a function that an expression defined', () => {
    const f = math.evaluate('f(u, v) = u^2*v');
    expect(numbers(math.gradient(f, ['u', 'v'], { u: 3, v: 5 }))).toEqual([30, 9]);
    expect(String(math.derive(math.parse('f(t) = t^3')))).toBe('3 * t ^ 2');
    expect(numbers(math.evaluate('g(v) = v*v; h(v) = g(v)^2; gradient(h(w), w)', { w: [1, 2] }).entries[0])).toEqual([20, 40]);
  });
});

describe('within expressions', () => {
  test.each([
    ['the arguments stand as they are', 'gradient(sum((X*w - y).^2), w)', GRADIENT],
    ['or in quotes', 'gradient("sum((X*w - y).^2)", "w")', GRADIENT],
    ['values may be given there', 'gradient(a^2*k, [a, k], {k: 5})', [20, 4]],
    ['they are values of an expression', 'w - 0.01*gradient(sum((X*w - y).^2), w)', [1.47, 0.24]],
    ['a Jacobian', 'jacobian(X*w, w)', X.flat()],
    ['a Hessian', 'hessian(a^2*b^3, [a, b])', [54, 108, 108, 72]],
    ['names may be texts', 'hessian(a^2*b^3, ["a", "b"])', [54, 108, 108, 72]],
    ['an expression that was found', 'gradient(derive(a^3, a), a)', [12]],
    ['parameters of a function', 'q(s) = gradient(s^3, s)', undefined],
  ])('%s', (_, text, wanted) => {
    const value = math.evaluate(text, { ...scope });
    if (wanted) expect(numbers(value)).toNearlyEqual(wanted);
    else expect(value(2)).toBe(12);
  });

  test('an expression in a variable', () => {
    expect(math.evaluate('gradient(f, w)', { ...scope, f: SQUARES }).valueOf()).toEqual(GRADIENT);
    expect(math.evaluate('gradient(f, w)', { ...scope, f: math.parse(SQUARES) }).valueOf()).toEqual(GRADIENT);
  });

  test('derive is a node', () => {
    expect(String(math.evaluate('derive(x^3, x)'))).toBe('3 * x ^ 2');
    expect(math.evaluate('derive(x^3, x)').evaluate({ x: 2 })).toBe(12);
  });
});

describe('the result', () => {
  test('is of the kind that was given', () => {
    expect(math.gradient(SQUARES, 'w', { ...scope, w: math.matrix(scope.w) })).toEqual(math.matrix(GRADIENT));
    const S = math.sparse([
      [1, 0],
      [0, 2],
    ]);
    const sparse = math.gradient('sum(S.^2)', 'S', { S });
    expect([sparse.storage(), sparse.valueOf()]).toEqual([
      'sparse',
      [
        [2, 0],
        [0, 4],
      ],
    ]);
    expect(math.gradient('a^2', 'a', { a: math.bignumber(3) })).toBe(6);
    expect(math.gradient('a^2', 'a', { a: math.fraction(1, 2) })).toBe(1);
    const c = [[1], [2]];
    expect(math.gradient("c'*c", 'c', { c })).toEqual([[2], [4]]);
  });

  test('by several numbers is a vector or a matrix, as mathjs is configured', () => {
    expect(math.gradient('a^2*b', ['a', 'b'], scope)).toEqual(math.matrix([12, 4]));
    expect(math.jacobian('[a*b, a + b]', ['a', 'b'], scope).valueOf()).toEqual([
      [3, 2],
      [1, 1],
    ]);
    const lists = withBridge({ matrix: 'Array', number: 'BigNumber' });
    expect(lists.gradient('a^2*b', ['a', 'b'], scope)).toEqual([12, 4]);
    expect(String(lists.derive('0.1*x^2', 'x'))).toBe('0.2 * x');
  });

  test('by names of which some are arrays is an object', () => {
    expect(math.gradient('a*sum(w)', ['a', 'w'], scope)).toEqual({ a: -0.5, w: [2, 2] });
    expect(math.hessian('a*sum(w.^2)', ['a', 'w'], scope)).toEqual({
      a: { a: 0, w: [1, -2] },
      w: {
        a: [1, -2],
        w: [
          [4, 0],
          [0, 4],
        ],
      },
    });
  });

  test('without names is by all that have values', () => {
    expect(math.gradient('a^2*b', { a: 2, b: 3 })).toEqual(math.matrix([12, 4]));
    expect(math.gradient('a^2', { a: 2 })).toBe(4);
  });

  test('is that of the values of each call', () => {
    for (const a of [1, 2, 3]) expect(math.gradient('a^3', 'a', { a })).toBe(3 * a * a);
    for (const i of [1, 2]) expect(math.gradient('x[i]^2', 'x', { i, x: [3, 4] })).toEqual(i === 1 ? [6, 0] : [0, 8]);
    for (const w of [[1], [1, 2], [1, 2, 3]]) expect(math.gradient('sum(w.^2)', 'w', { w })).toEqual(w.map((x) => 2 * x));
  });

  test('of a name that does not occur is 0', () => {
    expect(math.gradient('5*a', 'b', scope)).toBe(0);
    for (const w of [[1], [1, 2]]) expect(math.gradient('5*a', 'w', { a: 1, w })).toEqual(w.map(() => 0));
    expect(String(math.derive('5*y', 'x'))).toBe('0');
  });
});

describe('what mathjs alone can compute', () => {
  test('is computed by it where it does not depend on the names', () => {
    const S = [
      [4, 0],
      [0, 9],
    ];
    expect(math.gradient('sum(sqrtm(S)*w)', 'w', { S, w: [1, 1] })).toEqual([2, 3]);
    expect(math.gradient('median(y)*sum(w)', 'w', scope)).toEqual([2, 2]);
    expect(math.gradient('data.k*a', 'a', { data: { k: 7 }, a: 1 })).toBe(7);
    expect(math.gradient('g(3)*a', 'a', { g: (x: number) => x + 1, a: 1 })).toBe(4);
    expect(math.gradient('size(w)[1]*sum(w)', 'w', scope)).toEqual([2, 2]);
  });

  test('functions of gradus that it lacks are there', () => {
    expect(math.gradient('sum(sigmoid(w))', 'w', { w: [0, 0] })).toEqual([0.25, 0.25]);
    expect(numbers(math.jacobian('softmax(w)', 'w', { w: [0, 0] }))).toEqual([0.25, -0.25, -0.25, 0.25]);
  });

  test('names that mean something to gradus are names', () => {
    expect(math.gradient('rows*2 + sum(A, 1)*[1, 1]*cols', 'rows', { rows: 2, cols: 3, A: [[1, 2]] })).toBe(2);
    expect(math.gradient('e^2 + pi*E*0 + inf', 'e', { e: 3, inf: 1 })).toBe(6);
    expect(String(math.derive('e^x', 'x'))).toBe('exp(x)');
    expect(String(math.derive('T*x^T', 'x'))).toBe('T ^ 2 * x ^ (T - 1)');
  });
});

describe('what is refused', () => {
  const x = [1, 2];
  const A = [
    [1, 2],
    [3, 4],
  ];
  test.each([
    [
      'a function of numbers, of an array',
      () => math.gradient('sum(exp(x))', 'x', { x }),
      'exp(x): exp is a function of a number in mathjs, not of an array',
      'entry by entry it is map(x, exp)',
    ],
    [
      'one without a derivative here',
      () => math.gradient('sum(expm(A))', 'A', { A }),
      'expm(A): there is no derivative of expm here',
      undefined,
    ],
    ['one that nobody knows', () => math.gradient('foo(x)', 'x', { x }), 'foo(x): there is no function foo', undefined],
    [
      'a norm that is a singular value',
      () => math.gradient('norm(A)', 'A', { A }),
      'norm(A): this norm of a matrix is not supported',
      'norm(A, "fro") is the root of the sum of squares',
    ],
    [
      'the gradient of an array',
      () => math.gradient('A*x', 'x', { A, x }),
      'the gradient is that of a number, and the expression is a vector of 2 numbers',
      'jacobian(…) is for arrays; sum(…) makes a number of one',
    ],
    ['a name without a value', () => math.gradient('sum(x)*k', 'x', { x }), 'k has no value', 'give it in the scope: { k: … }'],
    [
      'a value that is no real number',
      () => math.gradient('z^2', 'z', { z: math.complex(1, 2) }),
      'z is no number, vector or matrix in the scope',
      undefined,
    ],
    [
      'the imaginary unit',
      () => math.gradient('exp(x) + i', 'x', { x: 1.7 }),
      'i is a complex number in mathjs, and gradients are of real numbers here',
      'if it is a number, give it in the scope: { i: … }',
    ],
    [
      'a complex part',
      () => math.gradient('exp(x) + sqrt(2i)', 'x', { x: 1.7 }),
      'sqrt(2 i) is a complex number in mathjs, and gradients are of real numbers here',
      undefined,
    ],
    [
      'a unit',
      () => math.gradient('sin(x deg)', 'x', { x: 1 }),
      'deg is a quantity with a unit in mathjs, and gradients are of real numbers here',
      'if it is a number, give it in the scope: { deg: … }',
    ],
    [
      'a quantity of the scope',
      () => math.hessian('x*f', 'x', { x: 1, f: math.unit('5 cm') }),
      'f is a quantity with a unit in mathjs, and gradients are of real numbers here',
      'if it is a number, give it in the scope: { f: … }',
    ],
    ['an empty text', () => math.gradient('', 'x', { x: 1 }), 'the expression is empty', undefined],
    ['an empty text by no name', () => math.gradient('', { x: 1 }), 'the expression is empty', undefined],
    ['a comment alone', () => math.derive('# x^2', 'x'), 'the expression is empty', undefined],
    [
      'sizes that do not fit',
      () => math.gradient('sum(A*[1, 2, 3]*x)', 'x', { A, x }),
      'A * [1, 2, 3]: a 2×2 matrix times a vector of 3 numbers',
      undefined,
    ],
    [
      'a product that does not fit',
      () => math.gradient('sum(x .* [1, 2, 3])', 'x', { x }),
      'x .* [1, 2, 3]: the sides are a vector of 2 numbers and a vector of 3 numbers',
      undefined,
    ],
    [
      'an index that moves',
      () => math.gradient('y[a]*a', 'a', { a: 1, y: [1, 2] }),
      'y[a]: [a] must not depend on what is derived by',
      undefined,
    ],
    [
      'several names for one derivative',
      () => math.derive('x*y'),
      'derive gives the derivative by one name',
      'say which: derive(expr, "x"); gradient(…) takes several',
    ],
    [
      'a derivative that mathjs has no words for',
      () => math.derive('gamma(x)', 'x'),
      'the derivative cannot be written in mathjs: it has digamma',
      'gradient(…) and jacobian(…) give its numbers',
    ],
    ['a name twice', () => math.gradient('a', ['a', 'a'], { a: 1 }), 'a is given twice to derive by', undefined],
    [
      'an expression for a name',
      () => math.gradient('a^2', 'a + 1', { a: 1 }),
      'a name to derive by is a text such as "x", or a symbol, not "a + 1"',
      undefined,
    ],
    [
      'a function of JavaScript',
      () => math.gradient('g(a)', 'a', { a: 1, g: (v: number) => v }),
      'g is a function of JavaScript, of which no formula is known',
      undefined,
    ],
    [
      'statements that assign entries',
      () => math.gradient('u = [1, 2]; u[1] = a; u*u', 'a', { a: 1 }),
      'entries cannot be assigned',
      undefined,
    ],
  ])('%s', (_, work, message, hint) => {
    let error: unknown;
    try {
      work();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'GradusError', message: expect.stringContaining(message) });
    expect((error as { hint?: string }).hint).toBe(hint);
  });

  test('a text that is no expression, as mathjs says it', () => {
    expect(() => math.derive('x +', 'x')).toThrow('Unexpected end of expression');
  });
});

describe('imported', () => {
  test('into an instance of one’s own, beside what is there', () => {
    const own = create(all!);
    own.import(bridge);
    expectTypeOf(own.gradient).toBeFunction();
    expect(String(own.derivative('x^2', 'x'))).toBe('2 * x');
    expect(String(own.derive('x^2', 'x'))).toBe('2 * x');
    expect((own as typeof math).chain('a^2').gradient('a', { a: 3 }).done()).toBe(6);
  });

  test('it takes the place of nothing', () => {
    const own = create(all!);
    own.import({ gradient: () => 'mine' });
    expect(() => {
      own.import(bridge);
      own.gradient('x', { x: 1 });
    }).toThrow('Cannot import "gradient": already exists');
  });
});

test('nothing of mathjs is loaded by what is imported into it, nor by anything else', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const loading = sources.filter((file) =>
    /(from|import\()\s*'mathjs/.test(withoutTypes(readFileSync(join('src', file), 'utf8'))),
  );
  expect(loading).toEqual([]);
});

const withoutTypes = (text: string): string => text.replace(/import type [^;]*;|: import\('mathjs'\)/g, '');

test('a sum of thousands of terms is read, which is too deep for recursion', () => {
  const terms = Array.from({ length: 3000 }, (_, k) => `x^${k % 7}*${k}`);
  const wanted = terms.reduce((sum, _, k) => sum + k * (k % 7) * 1.01 ** ((k % 7) - 1), 0);
  expect(numbers(math.gradient(terms.join(' + '), 'x', { x: 1.01 }))).toNearlyEqual([wanted]);
});
