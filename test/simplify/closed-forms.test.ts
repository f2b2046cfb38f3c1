import { describe, expect, it } from 'vitest';
import { derive, simplify } from '../../src/index.ts';
import '../../src/vitest.ts';

type Shapes = Record<string, (number | string)[]>;

const compact = (text: string): string => text.replaceAll(' ', '');
const derivative = (source: string, wrt: string, shapes: Shapes = {}): string =>
  compact(derive(source, wrt, { shapes, steps: false }).partial.toString());

describe('derivatives print as a mathematician writes them', () => {
  it.each<[string, string, Shapes, string[]]>([
    ['sum((X*w-y).^2)', 'w', { X: ['n', 'd'], w: ['d'], y: ['n'] }, ["2*X'*(X*w-y)"]],
    ["x'*A*x", 'x', { A: ['n', 'n'], x: ['n'] }, ["(A+A')*x", "A*x+A'*x"]],
    ['x^3', 'x', {}, ['3*x^2']],
    ['x^2*sin(x)', 'x', {}, ['2*x*sin(x)+x^2*cos(x)', 'x^2*cos(x)+2*x*sin(x)']],
    ['tr(A*B)', 'A', { A: ['n', 'n'], B: ['n', 'n'] }, ["B'"]],
    ['log(sum(exp(x)))', 'x', { x: ['n'] }, ['softmax(x)']],
    ['sum(where(x > 1, x - 1/2, where(x < -1, -x - 1/2, x.^2/2)))', 'x', { x: ['n'] }, ['x>1?1:x<-1?-1:x']],
    ['softplus(x)', 'x', {}, ['sigmoid(x)']],
    ['norm(x)^2', 'x', { x: ['n'] }, ['2*x']],
  ])('of %s by %s', (source, wrt, shapes, accepted) => {
    expect(accepted).toContain(derivative(source, wrt, shapes));
  });

  it.each([
    ['1/(1+exp(-x))', 'exp(-x)/(1+exp(-x))^2'.length],
    ['sin(x)/x', 30],
  ])('that of %s takes at most %i characters', async (source, most) => {
    const text = derivative(source, 'x');
    expect(text.length).toBeLessThanOrEqual(most);
    await expect(text).toBeDerivativeOf(source, 'x');
  });

  it('that of a sigmoid layer names σ at most twice and shows no ones', () => {
    const shapes = { W: [1, 2], X: [2, 'm'], Y: [1, 'm'] };
    const text = derivative('sum((σ(W*X+b)-Y).^2)', 'b', shapes);
    expect(text.match(/sigmoid/g)!.length).toBeLessThanOrEqual(2);
    expect(text).not.toContain('ones');
  });

  it.each([
    ["2*X'*(X*w - y)", { X: ['n', 'd'], w: ['d'], y: ['n'] }],
    ["A*x + A'*x", { A: ['n', 'n'], x: ['n'] }],
    ['exp(-x)/(1 + exp(-x))^2', {}],
    ['2*x*sin(x) + x^2*cos(x)', {}],
    ["2*(W*v - y)*v' + 2*W", { W: [3, 2], v: [2], y: [3] }],
  ])('%s is already in normal form', (text, shapes) => {
    expect(simplify(text, { shapes: shapes as Shapes }).toString()).toBe(text);
  });
});

/** What other systems are known to have got wrong, and what is right. */
const matrices = { W: [3, 2], v: [2], y: [3] };
const known: readonly [id: string, source: string, wrt: string, right: string, shapes?: Shapes][] = [
  ['ridge', "tr((W*v-y)'*(W*v-y)) + tr(W'*W)", 'W', "2*(W*v-y)*v' + 2*W", matrices],
  ['trace plus one', 'tr(A)+1', 'A', 'eye(3)', { A: [3, 3] }],
  ['trace of a square', 'tr(A)+tr(A^2)', 'A', "eye(3)+2*A'", { A: [3, 3] }],
  ['factorisation', 'norm(A-U*V)^2/2 + norm(U)^2/2', 'U', "-(A-U*V)*V' + U", { A: [3, 4], U: [3, 2], V: [2, 4] }],
  ['exponential of a trace', 'exp(tr(A))', 'A', 'exp(tr(A))*eye(3)', { A: [3, 3] }],
  ['one over a trace', '1/tr(A)', 'A', '-eye(3)/tr(A)^2', { A: [3, 3] }],
  ['tanh layer', 'norm(tanh(W*v)-y)^2', 'W', "2*((tanh(W*v)-y).*(1-tanh(W*v).^2))*v'", matrices],
  ['tiny coefficient', '1e-16*x^2', 'x', '2e-16*x'],
  ['minus minus', '1 - -2*x', 'x', '2'],
  ['root of a square', 'sqrt(x^2)', 'x', 'sign(x)'],
  ['power of a surd', '(sqrt(x)+x)^3', 'x', '3*(sqrt(x)+x)^2*(1/(2*sqrt(x))+1)'],
  ['by the factor', 'y*sqrt(x)', 'y', 'sqrt(x)'],
  ['entropy', 'sum(q.*log(q))', 'q', '1+log(q)', { q: [3] }],
];

describe('what others got wrong is right', () => {
  it.each(known)('%s', async (_, source, wrt, right, shapes = {}) => {
    const text = derivative(source, wrt, shapes);
    await expect(source).toHaveCorrectGradients({ wrt, shapes });
    await expect(right).toBeDerivativeOf(source, wrt, { shapes });
    await expect(text).toBeDerivativeOf(source, wrt, { shapes });
    expect(text.length).toBeLessThanOrEqual(compact(right).length);
  });

  it('|x| by way of its logarithm: 1/x on both sides of zero', async () => {
    await expect('1/x').toBeDerivativeOf('log(abs(x))', 'x');
  });

  const slope = (source: string, wrt: string, at: Record<string, number | number[]>, shapes: Shapes = {}) =>
    derive(source, wrt, { shapes }).compile().gradient(at)[wrt];

  it('at points where others give nothing', () => {
    expect(slope('softplus(x)', 'x', { x: 0 })).toBe(0.5);
    expect(slope('norm(x)^2', 'x', { x: [0, 0, 0] }, { x: [3] })).toMatchObject({ data: Float64Array.of(0, 0, 0) });
    expect(slope('-log(1-σ(x))', 'x', { x: 200 })).toBe(1);
    expect(slope('sqrt(x^2)', 'x', { x: 0 })).toBe(0);
    expect(slope('(sqrt(x)+x)^3', 'x', { x: 4 })).toBeCloseTo(135, 12);
  });
});
