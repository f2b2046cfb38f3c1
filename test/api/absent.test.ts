import { describe, expect, test } from 'vitest';
import { compile, derive, hessian, hvp, jacobian, jvp } from '../../src/index.ts';

describe('a name that does not occur', () => {
  const note = 'x does not occur in f, so the derivative by it is 0';

  test('derives to 0, and that is said', () => {
    const d = derive('5*y', 'x');
    expect(d.partial.toString()).toBe('0');
    expect(d.notes()).toEqual([note]);
    expect(d.toText().endsWith(note)).toBe(true);
    expect(d.compile().valueAndGradient({ x: 1, y: 2 })).toEqual({ value: 10, gradient: { x: 0 } });
    expect(d.compile().gradient({ y: 2 })).toEqual({ x: 0 });
    expect(d.partial.notes).toEqual([note]);
  });

  test('is of the declared shape', () => {
    expect(derive('5*y', 'x', { shapes: { x: ['n'] } }).partial.shape).toEqual(['n']);
    expect(jacobian('5*y', 'x', { shapes: { x: [2], y: [3] } }).shape).toEqual([3, 2]);
    expect(jacobian('5*y', 'x', { shapes: { x: [2] } }).notes).toEqual([note]);
  });

  test('beside others that occur', () => {
    const d = derive('alpha^2*y', ['alpha', 'alpa']);
    expect([d.partials.alpha!.toString(), d.partials.alpa!.toString()]).toEqual(['2*y*alpha', '0']);
    expect(d.notes()).toEqual(['alpa does not occur in f, so the derivative by it is 0; did you mean alpha?']);
  });

  test('in second derivatives and products', () => {
    expect(hessian('5*y', 'x').toString()).toBe('0');
    expect(hessian('y^2', ['x', 'y']).toString()).toBe('[0, 0; 0, 2]');
    expect(hvp('y^2', 'x').notes).toEqual([note]);
    expect(jvp('y^2', 'x').toString()).toBe('0');
  });

  test('what cancels does occur', () => {
    expect(derive('x - x + y', 'x').notes()).toEqual([]);
    expect(derive('x₁ - x1 + y', 'x1').notes()).toEqual([]);
  });

  test('a source that declares its names has no others', () => {
    expect(() => derive('param w; minimize w^2', 'v')).toThrow('there is no v to derive by');
    expect(String(derive('y = 2*x; y^2', 'y').partial)).toBe('2*y');
    expect(derive('param w, v; minimize w^2', 'v').notes()).toEqual(['v does not occur in f, so the derivative by it is 0']);
  });

  test('is not what an expression is derived by where nothing is said', () => {
    expect(derive('sum(y)', undefined, { shapes: { y: [2], x: [2] } }).wrt).toEqual(['y']);
  });
});

describe('only a scalar is minimized', () => {
  const model = 'param W : [1, 2]\ndata X : [2, m]\n';

  test.each([
    ['minimize W*X', 'minimize sum(W*X)'],
    ['maximize Gain = W*X', 'maximize Gain = sum(W*X)'],
  ])('%s', (statement, hint) => {
    expect(() => derive(model + statement)).toThrow(expect.objectContaining({ code: 'shape', hint, note: 'this is 1×m' }));
    expect(derive(model + hint).partials.W!.shape).toEqual([1, 2]);
  });

  test('an array as the last expression has a Jacobian', () => {
    expect(derive(`${model}W*X`).partial.shape).toEqual([1, 'm', 1, 2]);
    expect(compile(`${model}W*X`)).toBeTypeOf('function');
  });
});
