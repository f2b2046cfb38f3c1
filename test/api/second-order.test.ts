import { describe, expect, it } from 'vitest';
import { derive, GradusError, hessian, hvp, jacobian, jvp, StructuredTensor, type Tensor, vjp } from '../../src/index.ts';

const V = { shapes: { x: ['n'] } };
const array = (value: unknown): unknown => (value as Tensor).toArray();

describe('hessian', () => {
  it('by one name, and mixed by two', () => {
    expect(hessian('x^2*y^3', 'x').toString()).toBe('2*y^3');
    const mixed = derive("a'*W*x", ['W', 'x'], { shapes: { a: ['m'], W: ['m', 'n'], x: ['n'] } }).hessian('W', 'x');
    expect(mixed.shape).toEqual(['m', 'n', 'n']);
    expect(
      array(
        mixed.evaluate({
          a: [2, 3],
          W: [
            [0, 0],
            [0, 0],
          ],
          x: [0, 0],
        }),
      ),
    ).toEqual([
      [
        [2, 0],
        [0, 2],
      ],
      [
        [3, 0],
        [0, 3],
      ],
    ]);
  });

  it('of a derivation, by its name or another', () => {
    const d = derive('x^2*sin(y)', ['x', 'y']);
    expect(d.hessian().toString()).toBe('2*sin(y)');
    expect(d.hessian('x', 'y').toString()).toBe('2*x*cos(y)');
    expect(() => d.hessian('z')).toThrow('there is no z');
  });

  it('runs in a stable form', () => {
    expect(hessian('log(1 + exp(x))').evaluate({ x: 1000 })).toBe(0);
    const sharp = hessian('log(1 + exp(x[1] - x[2])) + x[2]', 'x', { shapes: { x: [2] } }).evaluate({ x: [1000, 1000] });
    expect(array(sharp)).toEqual([
      [0.25, -0.25],
      [-0.25, 0.25],
    ]);
  });

  it('is of a scalar', () => {
    expect(() => hessian('exp(x)', 'x', V)).toThrow(GradusError);
    expect(() => derive('exp(x)', 'x', V).hessian()).toThrow('that of a scalar');
    expect(() => hvp('exp(x)', 'x', V)).toThrow('that of a scalar');
  });
});

describe('products with derivatives', () => {
  const shapes = { A: [2, 3], x: [3] };
  const A = [
    [1, 2, 3],
    [-1, 0, 1],
  ];
  it('hvp: H·v', () => {
    const f = hvp('sum((A*x).^4)', 'x', { shapes }).compile();
    // H = Aᵀ·diag(12(Ax)²)·A
    expect(array(f({ A, x: [1, 0, 0], v: [0, 1, 0] }))).toEqual([24, 48, 72]);
  });
  it('jvp: J·v; vjp: vᵀ·J', () => {
    expect(array(jvp('A*x', 'x', { shapes }).evaluate({ A, v: [1, 1, 1] }))).toEqual([6, 0]);
    expect(array(vjp('A*x', 'x', { shapes }).evaluate({ A, v: [1, 1] }))).toEqual([0, 2, 4]);
    expect(jvp('A*x', 'x', { shapes }).shape).toEqual([2]);
    expect(vjp('A*x', 'x', { shapes }).shape).toEqual([3]);
  });
  it('by a matrix, with the direction of its shape', () => {
    const g = hvp('sum(W.^3)', 'W', { shapes: { W: [2, 2] } });
    expect(g.toString()).toBe('6*v.*W');
    expect(
      array(
        g.evaluate({
          W: [
            [1, 2],
            [3, 4],
          ],
          v: [
            [1, 0],
            [0, 1],
          ],
        }),
      ),
    ).toEqual([
      [6, 0],
      [0, 24],
    ]);
  });
  it('the direction has a name of its own', () => {
    expect(hvp('v*x^3', 'x').toString()).toBe('6*v2*v*x');
    expect(hvp('v*x^3', 'x', { direction: 'p' }).toString()).toBe('6*p*v*x');
    expect(() => hvp('v*x^3', 'x', { direction: 'v' })).toThrow('already');
  });
});

describe('the n-th derivative', () => {
  it('by a scalar: the steps are those of the last', () => {
    const d = derive('x^5', 'x', { order: 3 });
    expect(d.partial.toString()).toBe('60*x^2');
    expect(d.toText()).toContain('60x²');
    expect(d.steps.length).toBeGreaterThan(0);
    expect(d.compile().gradient({ x: 2 })).toEqual({ x: 240 });
  });
  it('by an array: an axis for each time', async () => {
    const d = derive('sum(x.^4)', 'x', { shapes: { x: [2] }, order: 3 });
    expect(d.partial.shape).toEqual([2, 2, 2]);
    expect(array(d.partial.evaluate({ x: [1, 2] }))).toEqual([
      [
        [24, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 48],
      ],
    ]);
    expect((await d.check({ points: 1 })).ok).toBe(true);
    expect(d.verifySteps().ok).toBe(true);
  });
  it('of a model', () => {
    const d = derive('param w = 2\ndata x = 3\nZ = w*x\nminimize Cost = Z^3', 'w', { order: 2 });
    expect(d.partial.toString()).toBe('6*x^3*w');
    expect(d.name).toBe('Cost′');
  });
  it.each([0, -1, 1.5])('order %s is none', (order) => {
    expect(() => derive('x^2', 'x', { order })).toThrow('order');
  });
  it('by several names is a question without an answer', () => {
    expect(() => derive('x*y', ['x', 'y'], { order: 2 })).toThrow('by one name');
  });
  it.each([
    ['x^2*y^3', ['x', 'y'], 'derive by x alone; a mixed derivative is that of diff(x^2*y^3, x) by y'],
    [
      'param a = 1, b = 2; minimize L = (a*b - 1)^2',
      ['b', 'a'],
      'derive by b alone; a mixed derivative is that of diff(L, b) by a',
    ],
  ])('%s by several names: the hint says how it is taken', (source, names, hint) => {
    expect(() => derive(source, names, { order: 2 })).toThrow(expect.objectContaining({ hint }));
  });
  it('what the hint says gives the mixed derivative', () => {
    const mixed = derive('diff(x^2*y^3, x)', 'y').partial;
    expect(mixed.evaluate({ x: 2, y: 3 })).toBe(2 * 2 * 3 * 9);
    expect(mixed.evaluate({ x: 2, y: 3 })).toBe(derive('x^2*y^3', ['x', 'y']).hessian('x', 'y').evaluate({ x: 2, y: 3 }));
  });
  it.each([
    [
      'hessian(x^2*y^3 + sin(x*y), [x, y])',
      'the steps of an entry are those of diff(x^2*y^3 + sin(x*y), x), y; to derive once more say which: x, y',
    ],
    ['grad(x^2*y^3, [x, y])', 'its steps are those of x^2*y^3; to derive once more say which: x, y'],
  ])('%s is a derivative already', (source, hint) => {
    expect(() => derive(source)).toThrow(expect.objectContaining({ hint: `it is derived already: ${hint}` }));
  });
});

describe('an expression can be evaluated', () => {
  it('a derivative, with the options of its source', () => {
    const d = derive('x^2*y', ['x', 'y']);
    expect(d.partials.x!.evaluate({ x: 3, y: 5 })).toBe(30);
    expect(jacobian('exp(x)', 'x', V).evaluate({ x: [0] }, { precision: 'f32' })).toBeInstanceOf(StructuredTensor);
  });
  it('a side of a step belongs to no source', () => {
    expect(() => derive('x^2', 'x').steps[0]!.before.evaluate({ x: 1 })).toThrow('belongs to no source');
  });
});

describe('a structured tensor', () => {
  const blocks = jacobian('tanh(W*x)', 'W', { shapes: { W: [2, 3], x: [3] } });
  const value = blocks.evaluate({
    W: [
      [0, 0, 0],
      [0, 0, 0],
    ],
    x: [1, 2, 3],
  }) as StructuredTensor;
  it('stores blocks, and is the whole array when asked', () => {
    expect(value.shape).toEqual([2, 2, 3]);
    expect(value.places).toEqual([0, 0, 1]);
    expect(value.blocks.toArray()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(value.toArray()).toEqual([
      [
        [1, 2, 3],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [1, 2, 3],
      ],
    ]);
    expect([...value.data]).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
    expect(JSON.parse(JSON.stringify(value))).toEqual(value.toArray());
  });
  it('can be given as an input', () => {
    const diagonal = jacobian('x.^2', 'x', V).evaluate({ x: [1, 2] });
    expect(array(vjp('A*y', 'y', { shapes: { A: [2, 2], y: [2] } }).evaluate({ A: diagonal, v: [1, 1] }))).toEqual([2, 4]);
  });
  it('keeps axes of length 1 that its name was declared with', () => {
    const found = derive('data b : [3, 1] = [[1],[2],[3]]\nparam x : [3, 1] = 1\nx.*b.*x', 'x').compile().gradient()
      .x as StructuredTensor;
    expect(found).toBeInstanceOf(StructuredTensor);
    expect(found.shape).toEqual([3, 3, 1]);
    expect([...found.data]).toEqual([2, 0, 0, 0, 4, 0, 0, 0, 6]);
  });
});
