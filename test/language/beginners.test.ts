import { describe, expect, test } from 'vitest';
import { judgeClaims } from '../../src/api/check.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { compile } from '../../src/index.ts';
import type { GradusError } from '../../src/language/diagnostics.ts';
import { TRANSLATED } from '../../src/language/elsewhere/functions.ts';
import { parse } from '../../src/language/parser.ts';
import { preludeNames } from '../../src/language/prelude.ts';
import { BRACKETED, ELEMENTARY, INVERSES } from '../../src/language/words.ts';
import { functions } from '../../src/operators/index.ts';
import { refusalOf } from '../support/refusal.ts';
import { stated } from './notation.ts';

/** What people type who know another notation: it is read as they mean it, or turned away with the spelling that works. */

const trees = (text: string): string[] => parse(text).statements.map(stated);

/** An input, and how this language spells it. */
const READ: readonly (readonly [string, string])[] = [
  ['sin^2(x)', '(sin(x))^2'],
  ['sin²(x)', '(sin(x))^2'],
  ['sin^n(x)', '(sin(x))^n'],
  ['2sin^2(3x)', '2*(sin(3*x))^2'],
  ['ln^2|x|', '(ln(abs(x)))^2'],
  ['ln|x|', 'ln(abs(x))'],
  ['sqrt|x|', 'sqrt(abs(x))'],
  ['2|x|', '2*abs(x)'],
  ['2 |x|', '2*abs(x)'],
  ['2‖x‖', '2*norm(x)'],
  ['x|y|', 'x*abs(y)'],
  ['|a||b|', 'abs(a)*abs(b)'],
  ['|a| |b| - |a - |b||', 'abs(a)*abs(b) - abs(a - abs(b))'],
  ['f(x) = x^2; 3f|y|', 'f(x) = x^2; 3*f(abs(y))'],
  ['d/dx x^2', 'diff(x^2, x)'],
  ['d/dx (x^2)', 'diff(x^2, x)'],
  ['d/dx(x^2) + 1', 'diff(x^2, x) + 1'],
  ['d/dx 3x^2·y + 1', 'diff(3*x^2*y, x) + 1'],
  ['2 d/dx x^3', '2*diff(x^3, x)'],
  ['d^2/dx^2 x^3', 'diff(x^3, x, 2)'],
  ['d²/dx² (x^3)', 'diff(x^3, x, 2)'],
  ['∂/∂x x^2*y', 'diff(x^2*y, x)'],
  ['d sin(x)/dx', 'diff(sin(x), x)'],
  ['f = x^2; d/dx f', 'f = x^2; diff(f, x)'],
  ['f = x^2; df/dx', 'f = x^2; diff(f, x)'],
  ['f = x^2; d f / d x', 'f = x^2; diff(f, x)'],
  ['f = x^2; d/d x f', 'f = x^2; diff(f, x)'],
  ['f = x^2; d²f/dx²', 'f = x^2; diff(f, x, 2)'],
  ['f = x^2; d^2 f/dx^2', 'f = x^2; diff(f, x, 2)'],
  ['f = x^2; 1 + 2∂f/∂x', 'f = x^2; 1 + 2*diff(f, x)'],
  ['f = x*y; ∂²f/∂x∂y', 'f = x*y; diff(f, x, y)'],
  ['f(x, y) = x*y; ∂f/∂x', 'f(x, y) = x*y; diff(f, x)'],
  ['f = x*y; ∂²f/(∂x ∂y)', 'f = x*y; diff(f, x, y)'],
  ['f = x*y; ∂^2 f/(∂x ∂y)', 'f = x*y; diff(f, x, y)'],
  ['f = x*y; ∂^2f/∂x^2', 'f = x*y; diff(f, x, 2)'],
  ['f = x*y; ∂³f/(∂x²∂y)', 'f = x*y; diff(f, x, 2, y)'],
  ['f = x*y; d²f/dxdy', 'f = x*y; diff(f, x, y)'],
  ['f = x*y; d²f/dx dy', 'f = x*y; diff(f, x, y)'],
  ['f = x*y; d²f/(dx dy)', 'f = x*y; diff(f, x, y)'],
  ['∂²/∂x∂y (x*y)', 'diff(x*y, x, y)'],
  ['∂^2/(∂x ∂y) (x*y)', 'diff(x*y, x, y)'],
  ['∂/∂x ∂/∂y (x*y)', 'diff(diff(x*y, y), x)'],
  ['f = x*y; ∂/∂x ∂f/∂y', 'f = x*y; diff(diff(f, y), x)'],
  ['f = x*y; ∂f/∂x + ∂f/∂y·2', 'f = x*y; diff(f, x) + diff(f, y)*2'],
  ['f = x; g = y; ∂f/∂x ∂g/∂y(x + 1)', 'f = x; g = y; diff(f, x)*diff(g, y)*(x + 1)'],
  ['f(x) = x^2; 2∂f(x + 1)/∂x - 1', 'f(x) = x^2; 2*diff(f(x + 1), x) - 1'],
  ['f(x) = x^2; [∂f(x)/∂x, d sin(x)/dx]', 'f(x) = x^2; [diff(f(x), x), diff(sin(x), x)]'],
  ['data X : [2, 3]\nX^T*X', "data X : [2, 3]\nX'*X"],
  ['data X : [2, 3]\nX^⊤*X', "data X : [2, 3]\nX'*X"],
  ['data X : [2, 3]\n(X*X^T)^T', "data X : [2, 3]\n(X*X')'"],
  ['x = 3;', 'x = 3'],
  ['2x^2y', '2*x^2*y'],
  ['1/2x', '(1/2)*x'],
  ['1/2(x+1)', '(1/2)*(x+1)'],
];

describe('read as it is meant', () => {
  test.each(READ)('%s', (text, spelling) => {
    expect(trees(text)).toEqual(trees(spelling));
    elaborate(parse(text));
  });
});

/** What has a meaning of its own in a source keeps it. */
const KEPT: readonly (readonly [string, string])[] = [
  ['T = 3; x^T', 'T = 3; x^(T)'],
  ['f(T) = x^T', 'f(T) = x^(T)'],
  ['e^T', 'e^(T)'],
  ['2^T', '2^(T)'],
  ['sin = 2; sin^2(x)', 'sin = 2; sin^2*(x)'],
  ['d = 2; dx = 3; d*1/dx', 'd = 2; dx = 3; (d*1)/dx'],
  ['df = 2; f = 3; df/dx', 'df = 2; f = 3; df*1/dx'],
  ['dW = 2; W = 3; db = 4; dW/db', 'dW = 2; W = 3; db = 4; dW*1/db'],
  ['df/dx', 'df*1/dx'],
  ['f = x; dy = 2; df/dx dy', 'f = x; dy = 2; diff(f, x)*dy'],
  ["A'(x+1)", "(A')*(x+1)"],
  ['beta x', 'beta*x'],
  ['cosx = 3; 2cosx', 'cosx = 3; 2*cosx'],
  ['lambda*x', 'lambda*(x)'],
];

describe('what the source gives a meaning keeps it', () => {
  test.each(KEPT)('%s', (text, spelling) => {
    const plain = (source: string) => trees(source).map((tree) => tree.replace(/\(\* (\w+) 1\)/g, '$1'));
    expect(plain(text)).toEqual(plain(spelling));
    elaborate(parse(text));
  });
});

/** An input, and what its hint offers: every spelling in it is accepted where the input stood. */
const REFUSED: readonly (readonly [string, ...string[]])[] = [
  ['a/2m', 'a/(2*m)', 'a/2*m'],
  ['x/2(n+1)', 'x/(2*(n+1))', 'x/2*(n+1)'],
  ['sum(x)/2m', 'sum(x)/(2*m)', 'sum(x)/2*m'],
  ['sin^-1(x)', 'asin(x)', '1/sin(x)'],
  ['sin⁻¹(x)', 'asin(x)', '1/sin(x)'],
  ['ln^-1(x)', '1/ln(x)'],
  ['sin x', 'sin(x)'],
  ['ln x', 'ln(x)'],
  ['2sin x', 'sin(x)'],
  ['sin x cos x', 'sin(x)*cos(x)'],
  ['sin^2 x', 'sin(x)^2'],
  ['sin 2x', 'sin(2x)'],
  ['cosx', 'cos(x)'],
  ['sinx + 1', 'sin(x)'],
  ['sum x', 'sum(x)'],
  ["sin'(x)", 'diff(sin(x), x)'],
  ['∂f/∂x', 'f = x^2; ∂f/∂x'],
  ['∂L/∂w', 'L = w^2; ∂L/∂w'],
  ['∂²f/∂x∂y', 'f = x^2*y^2; ∂²f/∂x∂y'],
  ['\\frac{\\partial^2}{\\partial x \\partial y} (x*y)', '∂^2/∂x ∂y (x*y)'],
  ['W.T', "W'"],
  ['W @ x', 'W * x'],
  ['W.T @ x', "W' * x"],
  ['np.dot(W,X)', 'W*X'],
  ['torch.sigmoid(x)', 'sigmoid(x)'],
  ['tf.nn.relu(x)', 'relu(x)'],
  ['math.sin(x)', 'sin(x)'],
  ['np.log(np.exp(x) + 1)', 'log(exp(x) + 1)'],
  ['np.maximum(x, 0)', 'max(x, 0)'],
  ['np.power(x+1, 2)', '(x+1)^2'],
  ['x.sum()', 'sum(x)'],
  ['(a+b).dot(c)', '(a+b)*c'],
  ['x**2', 'x^2'],
  ['x ^^ 2', 'x ^ 2'],
  ['x // 2', 'floor(x/2)'],
  ['x % 2', 'mod(x, 2)'],
  ['if(c, a, b)', 'where(c, a, b)'],
  ['x if c else y', 'where(c, x, y)'],
  ['f = lambda x: x**2', 'f(x) = x^2; f(x)'],
  ['minimise x^2', 'minimize x^2'],
  ['minimize x^2 wrt x', 'minimize x^2'],
  ['ReLU(x)', 'relu(x)'],
  ['log_2(x)', 'log2(x)'],
  ['power(x, 2)', 'x^2'],
  ['1_000', '1000'],
  ['1,000*x', '1000*x'],
  ['[1 2 3]', '[1, 2, 3]'],
  ['x << 2', 'x < 2'],
  ['x && y', 'x and y'],
  ['a > 0 || b > 0', 'a > 0 or b > 0'],
  ['!x', 'not x'],
  ['n! + 1', 'factorial(n) + 1'],
  ['x <> 3', 'x != 3'],
  ['y := x^2', 'y = x^2'],
  ['\\frac{a}{b}', 'a/b'],
  ['y = \\frac{x+1}{\\sqrt{x}}', 'y = (x+1)/(sqrt(x))'],
  ['\\frac{1}{2} x^{2}', '(1/2) x^2'],
  ['\\sigma(x)', 'σ(x)'],
  ['\\sin(x)', 'sin(x)'],
  ['a\\cdot b', 'a*b'],
  ['\\left|x\\right|', '|x|'],
  ['W^{T} x', "W' x"],
  ['x^{n+1}', 'x^(n+1)'],
  ['$x^2$', 'x^2'],
];

const refusal = (text: string): GradusError => refusalOf(() => elaborate(parse(text)));

const offered = ({ hint = '' }: GradusError): string[] => hint.slice(hint.lastIndexOf('write ') + 6).split(/ or (?=\S+$)/);

describe('turned away with the spelling that works', () => {
  test.each(REFUSED.map(([text, ...spellings]) => ({ text, spellings })))('$text', ({ text, spellings }) => {
    const error = refusal(text);
    expect(error.span, 'a place').toBeDefined();
    expect(error.message).not.toContain('\n');
    for (const spelling of spellings) {
      expect(error.hint).toContain(spelling);
      elaborate(parse(spelling));
    }
    expect(error.hint!.endsWith(spellings[spellings.length - 1]!), error.hint).toBe(true);
    for (const spelling of offered(error)) elaborate(parse(spelling));
  });

  test.each([
    ['data x : [3, 4]', 'np.sum(x, axis=0)', 'sum(x, rows)'],
    ['data x : [3, 4]', 'x.mean(axis=1)', 'mean(x, cols)'],
    ['data x : [3]', 'x[0]', 'x[1]'],
    ['data x : [3, 2]', 'x[1, 0]', 'x[2, 1]'],
    ['data x : [n]', '\\sum_{i=1}^{n} x_i', 'sum[i=1:n](x[i])'],
    ['data x : [n]', 'sum_i x_i', 'sum[i](x[i])'],
  ])('in a model, %s: %s', (before, text, spelling) => {
    const { hint } = refusal(`${before}\n${text}`);
    expect(hint).toContain(`write ${spelling}`);
    elaborate(parse(`${before}\n${spelling}`));
  });

  test('the rest of the source stays as it is', () => {
    const text = 'param w = 1\nA = w**2 # a square\nminimize A';
    expect(refusal(text).hint).toMatch(/write A = w\^2$/);
    elaborate(parse(text.replace('**', '^')));
  });
});

describe('functions that nobody knows', () => {
  test.each([
    ['sigmiod(x)', 'sigmoid'],
    ['softmx(x)', 'softmax'],
    ['Sigmoid(x)', 'sigmoid'],
    ['sinn(x)', 'sin'],
    ['epx(x)', 'exp'],
    ['leakyrelu(x)', 'leaky_relu'],
  ])('%s is a slip for %s', (text, near) => {
    expect(refusal(text).note).toBe(`did you mean ${near}?`);
  });

  test.each(['zeta(x)', 'svd(x)', 'foo(x)', 'argmax(x)', 'struve(x)', 'eig(x)'])('%s is no slip', (text) => {
    const { note, hint } = refusal(text);
    expect(note).toBeUndefined();
    expect(hint).toBe('gradus help functions lists what there is');
  });

  test.each(['x = 1;y = foo(x)', 'x = 1 ;  y = foo(x)'])('%s: its spaces are no other language', (text) => {
    expect(refusal(text).hint).toBe('gradus help functions lists what there is');
  });

  test('a length is the name of a dimension', () => {
    expect(refusal('len(x)').hint).toBe('a length is the name of a dimension: data x : [n]');
  });
});

test('what is called a function before brackets are seen is one', () => {
  for (const name of [...BRACKETED, ...ELEMENTARY, ...INVERSES.values(), ...TRANSLATED])
    expect(functions.has(name) || preludeNames.includes(name), name).toBe(true);
});

test('beside a name T an array says how it is transposed', () => {
  for (const [before, text, hint] of [
    ['data X : [n, T]', 'X^T*X', "the transpose is written X', the power entry by entry X.^T"],
    ['data X : [n, T]', '(X + 1)^T', "the transpose is written (X + 1)', the power entry by entry (X + 1).^T"],
  ] as const)
    expect(refusal(`${before}\n${text}`).hint).toBe(hint);
});

test('a claim may transpose whatever sizes the model has', () => {
  const model = 'data X : [n, T], M : [k, T]\nparam W : [k, n] ~ he\nminimize C = sum(M.*(W*X))';
  expect(judgeClaims(elaborate(parse(model)), { W: 'M*X^T' }).ok).toBe(true);
});

describe('a transpose of a scalar is none', () => {
  test('T is then a name', () => {
    expect([...elaborate(parse('(1 + r)^T')).inputs.keys()].sort()).toEqual(['T', 'r']);
  });

  test('and a shape given from outside says which', () => {
    expect([...elaborate(parse('x^T'), { shapes: { x: [2, 2] } }).inputs.keys()]).toEqual(['x']);
    expect([...elaborate(parse('x^T'), { shapes: { T: [] } }).inputs.keys()].sort()).toEqual(['T', 'x']);
  });
});

describe('primes are derivatives of a function of the source', () => {
  test.each([
    ["f(x) = x^3; f'(2y + 1)", 27],
    ["f(x) = x^3; f''(y + 2)", 18],
    ["f(x) = x^3; g(x) = f'(x)^2; g'(y)", 36],
    ["f(x) = sin(x); f'(y) + f''''(y)", Math.cos(1) + Math.sin(1)],
  ])('%s', (text, value) => {
    expect(compile(text)({ y: 1 })).toBeCloseTo(value, 12);
  });

  test('one of several parameters has to be said', () => {
    const error = refusal("f(x, y) = x*y; f'(x, y)");
    expect(error.hint).toBe('write diff(f(x, y), x)');
    elaborate(parse('f(x, y) = x*y; diff(f(x, y), x)'));
  });
});

test('a call without arguments has no power between', () => {
  expect(() => parse('sin()^-x')).not.toThrow(TypeError);
});

test.each(['||x||_2', '|x|_1', '‖x‖_p'])('%s: a norm takes no subscript', (text) => {
  expect(() => parse(text)).toThrow('a norm takes no subscript');
});
