import { describe, expect, it, test } from 'vitest';
import { check, compile } from '../../src/index.ts';

type Shapes = Record<string, (number | string)[]>;

describe('a subscript that lies outside of its axis', () => {
  const error =
    (source: string, shapes: Shapes, inputs: Record<string, unknown> = {}) =>
    () =>
      compile(source, { shapes })(inputs as never);

  test.each([
    ['x[4]', { x: [3] }, 'reaches 4, outside of an axis of length 3'],
    ['x[0]', { x: [3] }, 'reaches 0'],
    ['X[:, 4]', { X: [2, 3] }, 'reaches 4'],
    ['x[1:5]', { x: [3] }, 'reaches 5'],
    ['sum[i=1:3](x[i+1])', { x: [3] }, 'reaches 4'],
    ['sum[i=1:n](x[i+1])', { x: ['n'] }, 'reaches n+1, outside of an axis of length n'],
    ['sum[i=1:n](x[i-1])', { x: ['n'] }, 'reaches 0'],
    ['sum[i](x[i]*y[i])', { x: [3], y: [4] }, 'the index i ranges over 3 elsewhere and over 4 here'],
  ])('%s is refused', (source, shapes, message) => {
    expect(error(source, shapes)).toThrow(message);
  });

  it('is refused when the data tell the lengths', () => {
    const shapes: Shapes = { x: ['n'] };
    expect(error('sum(x[2:4])', shapes, { x: [1, 2, 3] })).toThrow('reaches 4, outside of an axis of length n');
    expect(compile('sum(x[2:4])', { shapes })({ x: [1, 2, 3, 4] })).toBe(9);
    expect(error('sum[i=1:n-3](x[i])', shapes, { x: [1, 2, 3] })).toThrow('the range 1:n-3 is empty');
    expect(error('sum[i=1:n/2](x[2*i-1])', shapes, { x: [1, 2, 3] })).toThrow('n/2 is no whole number with n = 3');
    expect(error('x[(n+1)/2]', shapes, { x: [1, 2, 3, 4] })).toThrow('(n+1)/2 is no whole number with n = 4');
    expect(compile('x[(n+1)/2]', { shapes })({ x: [1, 2, 3] })).toBe(2);
    expect(error('sum(x[1:n/2])', shapes, { x: [1, 2, 3] })).toThrow('n/2 is no whole number with n = 3');
    expect(error('sum[i=1:m](x[i])', { x: ['n'], y: ['m'] }, { x: [1, 2], y: [1, 2, 3] })).toThrow('reaches m');
  });

  it('is refused when the data in the source tell the lengths, above or below', () => {
    const use = 'minimize C = p*x[3]';
    const message = 'reaches 3, outside of an axis of length';
    expect(error(`data x : [n] = [1, 2]\nparam p\n${use}`, {})).toThrow(message);
    expect(error(`param p\ndata y : [n]\nz = y[3]\ndata x : [n] = [1, 2]\nminimize C = p*z`, {})).toThrow(message);
  });

  it('is not what a check draws sizes for', async () => {
    expect(await check('x[7]^2 + sum(x[1:m])', { wrt: 'x', shapes: { x: ['n'], y: ['m'] } })).toMatchObject({ ok: true });
  });

  it('counts as 0 where a condition keeps it out', () => {
    expect(compile('sum[i=1:3](where(i <= 2, x[i], 0))', { shapes: { x: [2] } })({ x: [1, 2] })).toBe(3);
  });
});

describe('misuse has a message', () => {
  test.each([
    ['X[1,2,3]', { X: [2, 3] }, 'X has 2 axes, not 3'],
    ['y[1]', { y: [] }, 'y has 0 axes, not 1'],
    ['x[1.5]', { x: [3] }, 'a subscript is a sum of indices, integers and sizes'],
    ['sum[i](x[i^2])', { x: [3] }, 'a subscript is a sum of indices, integers and sizes'],
    ['x[i]', { x: [3] }, 'i is not an index here'],
    ['sum[i](i)*x[1]', { x: [3] }, 'nothing tells what i ranges over'],
    ['sum[i](x[i+1])', { x: [3] }, 'nothing tells what i ranges over'],
    ['C[i,j] = x[i]\nsum(C)', { x: [3] }, 'nothing tells what j ranges over'],
    ['sum[i=3:1](x[i])', { x: [3] }, 'the range 3:1 is empty'],
    ['x[2:1]', { x: [3] }, 'the range 2:1 is empty'],
    ['sum[i=1:y](x[i])', { x: [3], y: [] }, 'a range is between integers and sizes'],
    ['sum[i, i](x[i])', { x: [3] }, 'the index i stands twice'],
    ['C[i,i] = x[i]\nsum(C)', { x: [3] }, 'the index i stands twice'],
    ['C[j=1:2, i=2:3] = x[i]*j\nsum(C)', { x: [3] }, 'entries are defined from the first on'],
    ['exp[i](x[i])', { x: [3] }, 'exp does not reduce over named indices'],
    ['sum[i](x[i], x[i])', { x: [3] }, 'takes one argument, not 2'],
    ['x[i=1:2]', { x: [3] }, 'an index gets its range where it is introduced'],
    ['softmax(X)', { X: [2, 3] }, 'softmax of a matrix needs its axis'],
    ['inv(X)', { X: [2, 3] }, 'inv needs a square matrix'],
    ['X \\ y', { X: [2, 2], y: [3] }, 'the two sides of these equations do not fit'],
    ['reshape(x, 2, 2)', { x: [3] }, 'x has 3 entries, 2×2 has 4'],
    ['[x, y; x]', { x: [], y: [] }, 'the rows of this array differ in length'],
    ['[A, B]', { A: [2, 2], B: [3, 2] }, 'these cannot be joined: 2×2 and 3×2'],
    ['concat(A, B)', { A: [2, 2], B: [3, 3] }, 'these cannot be joined'],
    ['vector(x, 1)', { x: [2] }, 'vector takes scalars'],
    ['kron(K, x)', { K: [2, 3, 4], x: [2] }, 'kron needs matrices or vectors'],
  ] as [string, Shapes, string][])('%s', (source, shapes, message) => {
    expect(() => compile(source, { shapes })).toThrow(message);
  });
});
