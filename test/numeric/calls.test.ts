import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, derive, Tensor } from '../../src/index.ts';

const model = 'param W : [k, n], b : [k]\ndata X : [n, m]\nminimize C = sum(tanh(W·X + b))/m';

/** A value in each of the forms in which it may come. */
const forms = [
  (rows: number[][]) => rows,
  (rows: number[][]) => Float64Array.from(rows.flat()),
  (rows: number[][]) => Float32Array.from(rows.flat()),
  (rows: number[][]) => new Tensor([rows.length, rows[0]!.length], Float64Array.from(rows.flat())),
];

describe('a call after others gives what it gives alone', () => {
  const matrix = (rows: number, columns: number) =>
    fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    });
  const inputs = fc
    .record({ k: fc.integer({ min: 1, max: 2 }), n: fc.integer({ min: 1, max: 3 }), m: fc.integer({ min: 1, max: 3 }) })
    .chain(({ k, n, m }) =>
      fc.record({
        W: fc.tuple(matrix(k, n), fc.nat(3)),
        b: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: k, maxLength: k }),
        X: fc.tuple(matrix(n, m), fc.nat(3)),
      }),
    )
    .map(({ W: [W, f], b, X: [X, g] }) => ({ W: forms[f]!(W), b, X: forms[g]!(X) }));

  test('whatever the sizes, and in whatever form they come', () => {
    const often = derive(model).compile();
    const end = (f: typeof often, given: object) => {
      try {
        return JSON.stringify(f.valueAndGradient(given as never));
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(fc.array(inputs, { minLength: 2, maxLength: 8 }), (list) => {
        for (const given of list) expect(end(often, given)).toBe(end(derive(model).compile(), given));
      }),
      { numRuns: 8 },
    );
  });

  test.each<[what: string, good: object, bad: object]>([
    [
      'a ragged row',
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      { x: [[1, 2], [3]] },
    ],
    [
      'an entry that is no number',
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      {
        x: [
          [1, 2],
          [3, 'a'],
        ],
      },
    ],
    [
      'an array too deep',
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      {
        x: [
          [1, 2],
          [3, [4]],
        ],
      },
    ],
    [
      'a value that is missing',
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      {},
    ],
    [
      'a name too many',
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      {
        x: [
          [1, 2],
          [3, 4],
        ],
        z: 1,
      },
    ],
    [
      'a flat array whose shape nothing tells',
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      { x: Float64Array.of(1, 2, 3, 4) },
    ],
    [
      'undefined',
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      { x: undefined },
    ],
  ])('%s is as wrong as in the first call', (_, good, bad) => {
    const f = compile('sum(x)', { shapes: { x: ['m', 'n'] } });
    expect(f(good as never)).toBe(10);
    const message = (call: () => unknown) => {
      try {
        return call();
      } catch (error) {
        return String(error);
      }
    };
    const alone = message(() => compile('sum(x)', { shapes: { x: ['m', 'n'] } })(bad as never));
    expect(message(() => f(bad as never))).toBe(alone);
    expect(f(good as never)).toBe(10);
  });

  test('a value that others replace, or that is made of others, is found anew', () => {
    const f = compile('data y = [1, 2]\ndata z = 2*y\nsum(y + z)');
    expect(f()).toBe(9);
    expect(f({ y: [2, 3] })).toBe(15);
    expect(f({ y: [2, 4] })).toBe(18);
    expect(f()).toBe(9);
    expect(f({ z: [0, 0] })).toBe(3);
    expect(f()).toBe(9);
  });

  test('a size that is given as a number counts each time', () => {
    const f = compile('n*sum(x)', { shapes: { x: ['n'] } });
    expect(f({ x: [1, 2] })).toBe(6);
    expect(f({ x: [1, 2, 3] })).toBe(18);
    expect(() => f({ x: [1, 2], n: 3 })).toThrow();
  });

  test('facts are looked at each time', () => {
    const f = compile('param x positive\nminimize log(x)');
    expect(f({ x: 1 })).toBe(0);
    expect(() => f({ x: -1 })).toThrow(expect.objectContaining({ code: 'data' }));
  });

  test('results are arrays of their own', () => {
    const f = compile('2*x', { shapes: { x: [3] } });
    const first = f({ x: [1, 2, 3] });
    f({ x: [4, 5, 6] });
    expect((first as Tensor).toArray()).toEqual([2, 4, 6]);
  });

  test('names that objects know otherwise are names', () => {
    const { gradient } = derive('__proto__^2 + constructor', ['__proto__', 'constructor'])
      .compile()
      .valueAndGradient(
        Object.fromEntries([
          ['__proto__', 3],
          ['constructor', 1],
        ]),
      );
    expect(Object.entries(gradient)).toEqual([
      ['__proto__', 6],
      ['constructor', 1],
    ]);
  });
});

describe('a function with its inputs at hand', () => {
  test('reads what is written into them, and writes where it wrote before', () => {
    const step = derive(model)
      .compile()
      .bind({ W: [[1, 2]], b: [0], X: [[0], [0]] });
    expect(step.run()).toBe(0);
    const { W } = step.gradient;
    step.inputs.X!.set([1, 1]);
    expect(step.run()).toBe(Math.tanh(3));
    expect(step.gradient.W).toBe(W);
    for (const w of W!) expect(w).toBeCloseTo(1 - Math.tanh(3) ** 2, 12);
  });

  test('an array is its value, a scalar is a number', () => {
    const double = compile('2*x', { shapes: { x: ['n'] } }).bind({ x: [1, 2] });
    expect(double.run()).toBe(double.value);
    expect([...double.value]).toEqual([2, 4]);
    expect(compile('x^2').bind({ x: 3 }).run()).toBe(9);
  });

  test('has memory of its own', () => {
    const f = compile('x^2');
    const [one, other] = [f.bind({ x: 3 }), f.bind({ x: 4 })];
    f({ x: 5 });
    expect([one.run(), other.run()]).toEqual([9, 16]);
  });

  test('an input is written into: an array in its place would not be read', () => {
    const one = compile('3*x').bind({ x: 1 });
    const inputs = one.inputs as { x: unknown };
    expect(() => {
      inputs.x = 10;
    }).toThrow(expect.objectContaining({ code: 'argument', hint: 'inputs.x[0] = …' }));
    one.inputs.x![0] = 10;
    expect(one.run()).toBe(30);
    const list = compile('2*x', { shapes: { x: ['n'] }, lang: 'zh' }).bind({ x: [1, 2] });
    expect(() => Object.assign(list.inputs, { x: [3, 4] })).toThrow(/请写入其中/);
    expect(Object.keys(list.inputs)).toEqual(['x']);
  });

  test.each(['js', 'closure'] as const)('memory that was transferred is gone, with the target %s', (backend) => {
    const double = compile('2*x', { shapes: { x: ['n'] }, backend }).bind({ x: [1, 2] });
    structuredClone(0, { transfer: [double.inputs.x!.buffer as ArrayBuffer] });
    expect(() => double.run()).toThrow(expect.objectContaining({ code: 'argument' }));
  });

  test('a diagonal derivative is whole', () => {
    const jacobian = derive('x.^2', 'x', { shapes: { x: [2] } })
      .compile()
      .bind({ x: [1, 2] });
    jacobian.run();
    expect([...jacobian.gradient.x]).toEqual([2, 0, 0, 4]);
  });

  test('the inputs are held against the model', () => {
    expect(() => compile('sum(x)', { shapes: { x: [2] } }).bind({ x: [1, 2, 3] })).toThrow(
      expect.objectContaining({ code: 'data' }),
    );
    expect(() => compile('x').bind(null as never)).toThrow(expect.objectContaining({ code: 'argument' }));
  });
});

test('of hundreds of shapes a few are kept', () => {
  const f = compile('sum(exp(x))', { shapes: { x: ['n'] } });
  for (let n = 1; n <= 60; n++) expect(f({ x: new Float64Array(n) })).toBe(n);
  expect(f({ x: new Float64Array(1) })).toBe(1);
});
