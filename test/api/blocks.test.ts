import { describe, expect, test } from 'vitest';
import { Blocks, derive, type Expression, hessian, hvp, jacobian, simplify, type Tensor } from '../../src/index.ts';

const arrays = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('by several scalars', () => {
  test('a Jacobian is the usual matrix', () => {
    const J = jacobian('[x*y; x+y]', ['x', 'y']) as Expression;
    expect(J.toString()).toBe('[y, x; 1, 1]');
    expect(J.toLatex()).toContain('\\begin{bmatrix}');
    expect(J.shape).toEqual([2, 2]);
    expect((J.evaluate({ x: 2, y: 3 }) as Tensor).toArray()).toEqual([
      [3, 2],
      [1, 1],
    ]);
    expect((jacobian('[x*y; x+y]', ['y', 'x']) as Expression).toString()).toBe('[x, y; 1, 1]');
  });

  test('of a scalar it is the gradient', () => {
    const g = jacobian('x^2*y', ['x', 'y']) as Expression;
    expect([g.toString(), g.shape]).toEqual(['[2*y*x; x^2]', [2]]);
    expect((g.evaluate({ x: 3, y: 5 }) as Tensor).toArray()).toEqual([30, 9]);
  });

  test('of an array whose length has a name it reads back', () => {
    const options = { shapes: { v: ['n'] } };
    const J = jacobian('a*v + b', ['a', 'b'], options) as Expression;
    expect(J.shape).toEqual(['n', 2]);
    expect((J.evaluate({ v: [5, 7], a: 1, b: 1 }) as Tensor).toArray()).toEqual([
      [5, 1],
      [7, 1],
    ]);
    expect((simplify(J.toString(), options).evaluate({ v: [5, 7] }) as Tensor).toArray()).toEqual([
      [5, 1],
      [7, 1],
    ]);
  });

  test('a Hessian is the usual matrix', () => {
    const H = hessian('x*y*z', ['x', 'y', 'z']) as Expression;
    expect(H.toString()).toBe('[0, z, y; z, 0, x; y, x, 0]');
    expect(H.structure.symmetric).toBe(true);
    expect((H.evaluate({ x: 2, y: 3, z: 5 }) as Tensor).toArray()).toEqual([
      [0, 5, 3],
      [5, 0, 2],
      [3, 2, 0],
    ]);
    expect((hessian('x^2*y^3', ['x', 'y']) as Expression).toString()).toBe('[2*y^3, 6*x*y^2; 6*x*y^2, 6*x^2*y]');
  });

  test('it runs in a stable form', () => {
    const H = hessian('log(1 + exp(x - y))', ['x', 'y']) as Expression;
    expect((H.evaluate({ x: 1000, y: 0 }) as Tensor).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('one name in a list is that name', () => {
    expect((jacobian('x^2', ['x']) as Expression).toString()).toBe('2*x');
    expect((hessian('x^3', ['x']) as Expression).toString()).toBe('6*x');
    expect(() => hessian('x^3', ['x', 'x'])).toThrow('x is given twice');
  });

  test('it can be derived again', () => {
    const J = jacobian('x^2*y', ['x', 'y']);
    expect(jacobian(J as Expression, ['x', 'y'])).toMatchObject({ shape: [2, 2] });
    expect(((jacobian(J as Expression, ['x', 'y']) as Expression).evaluate({ x: 3, y: 5 }) as Tensor).toArray()).toEqual([
      [10, 6],
      [6, 0],
    ]);
  });
});

describe('by arrays', () => {
  const options = { shapes: { W: ['m', 'n'], x: ['n'] } };
  const inputs = { W: [[1, 2]], x: [3, 4], c: 2 };

  test('a Jacobian is a block for each name', () => {
    const J = jacobian('c*W*x', ['W', 'x', 'c'], options) as Blocks;
    expect(J).toBeInstanceOf(Blocks);
    expect(J.names).toEqual(['W', 'x', 'c']);
    expect(J.block('x').toString()).toBe('c*W');
    expect(J.block('W').shape).toEqual(['m', 'm', 'n']);
    expect(J.toString().split('\n').slice(1)).toEqual(['x: c*W', 'c: W*x']);
    expect(arrays(J.evaluate(inputs))).toEqual({ W: [[[6, 8]]], x: [[2, 4]], c: [11] });
    expect(() => J.block('z')).toThrow('there is no block by z');
    expect(() => J.block()).toThrow('no block');
  });

  test('a Hessian is one for each pair', () => {
    const H = hessian('sum((W*x).^2)', ['W', 'x'], options) as Blocks;
    expect(H.block('x', 'x').toString()).toBe("2*W'*W");
    expect(H.block('W', 'x').shape).toEqual(['m', 'n', 'n']);
    expect(H.block('x', 'W').shape).toEqual(['n', 'm', 'n']);
    const found = arrays(H.compile()({ W: [[1, 2]], x: [3, 4] })) as Record<string, Record<string, unknown>>;
    expect(found.x!.x).toEqual([
      [2, 4],
      [4, 8],
    ]);
    expect(found.W!.x).toEqual([
      [
        [28, 12],
        [8, 38],
      ],
    ]);
    expect(Object.keys(arrays(H) as object)).toEqual(['W', 'x']);
    expect(() => H.block('W')).toThrow('there is no block by W');
  });

  test('a model with several parameters has blocks too', () => {
    const model = "param w : [2], b\ndata x : [2, m]\nminimize sum((w'*x + b).^2)";
    expect((jacobian(model) as unknown as Blocks).names).toEqual(['w', 'b']);
  });
});

test('what is about one name does not drop the others', () => {
  expect(() => derive('x*y', ['x', 'y']).partial).toThrow('there are several derivatives');
  expect(() => hvp('param w, b; minimize w*b')).toThrow('there are several names to derive by');
});
