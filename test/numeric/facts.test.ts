import { describe, expect, it } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { derive, GradusError, train } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { bind, type Inputs } from '../../src/numeric/binding.ts';
import { resolveValues } from '../../src/numeric/start.ts';

const bound = (source: string, inputs: Inputs) => bind(elaborate(parse(source)), inputs);

const refused = (work: () => unknown): GradusError => {
  try {
    work();
  } catch (error) {
    if (error instanceof GradusError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

/** The declaration, values that it admits, values that it does not, and what is said of those. */
const cases: readonly (readonly [string, Inputs[string], Inputs[string], string])[] = [
  ['data k positive', 1e-300, -2, 'k is -2, which is not positive'],
  ['data k positive', 1, 0, 'k is 0, which is not positive'],
  ['data p : [3] positive', [1, 2, 3], [1, -1, 2], 'p[2] is -1, which is not positive'],
  [
    'data P : [2, 2] positive',
    [
      [1, 2],
      [3, 4],
    ],
    [
      [1, 2],
      [Number.NaN, 1],
    ],
    'P[2, 1] is NaN, which is not positive',
  ],
  ['data n int', -3, 1.5, 'n is 1.5, which is no integer'],
  [
    'data S : [n, n] symmetric',
    [
      [1, 2],
      [2, 3],
    ],
    [
      [1, 2],
      [4, 3],
    ],
    'S[1, 2] is 2, the entry across the diagonal 4',
  ],
  ['data y : [k] distribution', [0.25, 0.75], [0.25, 0.7], 'y sums to 0.95, not to 1'],
  ['data y : [k] distribution', [1, 0], [1.5, -0.5], 'y[1] is 1.5, and the entries of a distribution are from 0 to 1'],
  ['data y : [1, m] distribution', [[0.25, 0.75]], [[0.5, 0.25]], 'y sums to 0.75, not to 1'],
  [
    'data Y : [k, m] distribution rows',
    [
      [1, 0.5],
      [0, 0.5],
    ],
    [
      [1, 0.5],
      [0, 0.6],
    ],
    'column 2 of Y sums to 1.1, not to 1',
  ],
  [
    'data Y : [k, m] distribution cols',
    [
      [1, 0],
      [0.5, 0.5],
    ],
    [
      [1, 0],
      [0.5, 0.4],
    ],
    'row 2 of Y sums to 0.9, not to 1',
  ],
  [
    'data Y : [k, m] distribution m',
    [
      [1, 0],
      [0.5, 0.5],
    ],
    [
      [0.9, 0],
      [0.5, 0.5],
    ],
    'row 1 of Y sums to 0.9, not to 1',
  ],
  [
    'data Y : [k, m] distribution all',
    [
      [0.5, 0.25],
      [0.25, 0],
    ],
    [
      [1, 0],
      [0.5, 0.5],
    ],
    'Y sums to 2, not to 1',
  ],
  [
    'data Y : [a, b, c] distribution b',
    [
      [[0.5], [0.5]],
      [[1], [0]],
    ],
    [
      [[0.5], [0.5]],
      [[1], [1]],
    ],
    'Y[2, :, 1] sums to 2, not to 1',
  ],
  [
    'data Y : [k, m] onehot rows',
    [
      [1, 0],
      [0, 1],
    ],
    [
      [1, 0],
      [0, 0],
    ],
    'column 2 of Y has no 1',
  ],
  [
    'data Y : [k, m] onehot rows',
    [
      [0, 1],
      [1, 0],
    ],
    [
      [1, 0],
      [1, 1],
    ],
    'column 1 of Y has 2 ones, not a single 1',
  ],
  ['data y : [k] onehot', [0, 1, 0], [0.5, 0.5, 0], 'y[1] is 0.5, and the entries of a one-hot array are 0 and 1'],
];

describe('values that contradict a fact are refused, with the place', () => {
  it.each(cases)('%s', (declaration, good, bad, message) => {
    const name = /data (\w+)/.exec(declaration)![1]!;
    expect(bound(`${declaration}\n${name}`, { [name]: good }).values.has(name)).toBe(true);
    const error = refused(() => bound(`${declaration}\n${name}`, { [name]: bad }));
    expect(error).toMatchObject({ code: 'data', message });
    expect(error.span).toEqual({ start: 5, end: 5 + name.length });
  });

  it.each(cases.filter(([, , bad]) => Array.isArray(bad) && !JSON.stringify(bad).includes('null')))(
    '%s, in the source',
    (declaration, _, bad, message) => {
      expect(refused(() => elaborate(parse(`${declaration} = ${JSON.stringify(bad)}`)))).toMatchObject({ code: 'data', message });
    },
  );

  it('rounded values are admitted, to six digits', () => {
    const source = 'data y : [3] distribution\ny';
    const third = 0.333333;
    expect(bound(source, { y: [third, third, 0.333334] }).values.has('y')).toBe(true);
    expect(bound(source, { y: Float32Array.from([1 / 3, 1 / 3, 1 / 3]) }).values.has('y')).toBe(true);
    expect(bound(source, { y: [0.3333333, 0.3333333, 0.3333333] }).values.has('y')).toBe(true);
    expect(refused(() => bound(source, { y: [0.3333, 0.3333, 0.3333] }))).toMatchObject({
      message: 'y sums to 0.9999, not to 1',
    });
  });

  it('to the rounding of the largest entries', () => {
    const symmetric = (size: number, off: number) =>
      bound('data S : [2, 2] symmetric\nminimize sum(S)', { S: [[size, 2 * size], [2 * size + off, size]] }); // biome-ignore format: a matrix
    for (const size of [1e-9, 1, 1e9]) {
      expect(symmetric(size, 1e-7 * size).values.has('S')).toBe(true);
      expect(refused(() => symmetric(size, 1e-5 * size)).message).toContain('the entry across the diagonal');
    }
  });

  it('an expression that starts a name is held against its facts, where it stands', () => {
    const start = (source: string) => {
      const model = elaborate(parse(source));
      return resolveValues(model, bind(model, {}), [], { defaults: true });
    };
    expect(Array.from(start('data y : [2, 2] onehot rows = eye(2)\ny').get('y')!)).toEqual([1, 0, 0, 1]);
    const error = refused(() => start('param k positive = 1 - 3\nminimize k^2'));
    expect(error).toMatchObject({ code: 'data', message: 'k is -2, which is not positive', span: { start: 19, end: 24 } });
    expect(refused(() => start('param k positive ~ zeros\nminimize k^2'))).toMatchObject({ code: 'data' });
  });

  it('so are values given to a program, to a run, to a check', async () => {
    const source = 'data y : [2] distribution\nparam k positive = 1\nminimize k*sum(y.*y)';
    expect(() =>
      derive(source)
        .compile()
        .value({ y: [0.5, 0.6], k: 1 }),
    ).toThrow('y sums to 1.1, not to 1');
    expect(() =>
      derive(source)
        .compile()
        .value({ y: [0.5, 0.5], k: -1 }),
    ).toThrow('k is -1, which is not positive');
    await expect(train(source, { y: [1, 1] }, { epochs: 1 })).rejects.toThrow('y sums to 2, not to 1');
    await expect(derive(source).check({ inputs: { y: [1, 1] } })).rejects.toThrow('y sums to 2, not to 1');
  });
});

describe('starts that are drawn have the facts of their name', () => {
  it('whatever the seed', () => {
    const source =
      'param a positive, v : [4] positive ~ normal(0, 1), S : [3, 3] symmetric, n : [2] int ~ normal(0, 9)\nminimize a*sum(v)*sum(S)*sum(n)';
    const model = elaborate(parse(source));
    for (let seed = 1; seed < 6; seed++) {
      const values = resolveValues(model, bind(model, {}), [], { seed, defaults: true });
      for (const input of model.inputs.values())
        for (const { record, axis } of input.facts)
          expect(record.broken(values.get(input.name)!, input.shape as number[], axis), input.name).toBeUndefined();
    }
    expect(Array.from(resolveValues(model, bind(model, {}), [], { defaults: true }).get('a')!)).toEqual([1]);
  });
});
