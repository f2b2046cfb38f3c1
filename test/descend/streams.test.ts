import { describe, expect, test } from 'vitest';
import { type GivenInputs, type GradusError, type Tensor, type TrainData, type TrainOptions, train } from '../../src/index.ts';

const LINE = `data X : [n, 2], y : [n]
param w : [2] = 0, b = 0
p = X*w + b
minimize mse(p, y)`;

const row = (k: number): [number, number] => [Math.sin(k), 3 + Math.cos(2.7 * k)];
const target = ([u, v]: readonly [number, number]): number => 2 * u - v + 0.5;
const rows = Array.from({ length: 40 }, (_, k) => row(k));
const batch = (from: number, count: number): GivenInputs => {
  const X = rows.slice(from, from + count);
  return { X, y: X.map(target) };
};
const BATCHES = [0, 1, 2, 3].map((k) => batch(10 * k, 10));
const numbers = (value: unknown): number[] => [...(value as Tensor).data];

describe('batches that stream', () => {
  const options: TrainOptions = { epochs: 3, lr: 0.05, optimizer: 'momentum' };

  test('take the steps that the same batches take of data that are all there', async () => {
    const whole = await train(LINE, { X: rows, y: rows.map(target) }, { ...options, batch: 10 });
    const kinds = [
      BATCHES,
      () => BATCHES,
      async function* () {
        yield* BATCHES;
      },
    ];
    for (const data of kinds) {
      const { params, cost, epochs } = await train(LINE, data, options);
      expect(params).toEqual(whole.params);
      expect(cost).toBeCloseTo(whole.cost, 12);
      expect(epochs).toBe(3);
    }
  });

  test('may be of different sizes, and come once for one epoch', async () => {
    async function* once() {
      yield batch(0, 13);
      yield batch(13, 20);
      yield batch(33, 7);
    }
    // The cost at the end is of all examples: another pass. It is said before the first step.
    let steps = 0;
    const run = train(LINE, once(), { ...options, epochs: 1, onStep: () => steps++ });
    await expect(run).rejects.toThrow(
      'the batches can be gone through once only, and each epoch is a pass, the cost at the end another',
    );
    expect(steps).toBe(0);
    expect((await train(LINE, once(), { ...options, epochs: 0 })).history).toHaveLength(1);
    const again = await train(LINE, () => once(), { ...options, epochs: 1 });
    expect(again.history).toHaveLength(2);
  });

  test('metrics of them are said not to be told', async () => {
    const { metrics, warnings } = await train(`${LINE}; metric cnt = n`, BATCHES, options);
    expect(metrics).toBeUndefined();
    expect(warnings.map(({ message }) => message)).toEqual(['metrics are not told of examples that come in batches: cnt']);
    expect((await train(LINE, BATCHES, options)).warnings).toEqual([]);
  });

  test.each<[string, GivenInputs, string]>([
    ['a shape', { X: [[1, 2]], y: [1, 2] }, 'batch 3: y has length 2 along n, X says 1'],
    ['another name', { ...batch(0, 2), z: 1 }, 'batch 3: z is not an input of this source'],
    ['none', { X: [], y: [] }, 'batch 3 has no examples: n is 0'],
  ])('what is wrong with one is told with its number: %s', async (_, wrong, message) => {
    await expect(train(LINE, [...BATCHES.slice(0, 2), wrong], options)).rejects.toThrow(message);
    await expect(train(LINE, [wrong], options)).rejects.toThrow(message.replace('3', '1'));
  });

  test('so is a label that is missing, without an option that a program has not', async () => {
    const source =
      'data x : [n], Y : [n, k] onehot; param w : [k] = 0; P[i,j] = x[i]*w[j]; minimize -sum(Y .* log_softmax(P, cols))/n';
    const gap = { x: [1, 2], Y: ['a', null] } as never;
    const failed = async (data: never) => train(source, data, { epochs: 1 }).catch((e: GradusError) => [e.message, e.hint]);
    const hint = 'fill it in, or leave out the example that it belongs to';
    expect(await failed(gap)).toEqual(['the data, entry 2: Y is missing', hint]);
    const batches = [{ x: [1, 2], Y: ['a', 'b'] }, gap] as never;
    expect(await failed(batches)).toEqual(['the data, entry 2 of batch 2: Y is missing', hint]);
    const unknown = [
      { x: [1, 2], Y: ['a', 'b'] },
      { x: [1], Y: ['c'] },
    ] as never;
    const classes = { Y: ['a', 'b'] };
    await expect(train(source, unknown, { epochs: 1, classes })).rejects.toThrow('the data, entry 1 of batch 2: Y is “c”');
  });

  test('are resumed where they were', async () => {
    const states: string[] = [];
    const whole = await train(LINE, BATCHES, { ...options, checkpoint: (s) => states.push(s), checkpointEvery: '3' });
    expect(states.length).toBeGreaterThan(2);
    for (const resume of states) {
      const { params, history } = await train(LINE, BATCHES, { ...options, resume });
      expect(params).toEqual(whole.params);
      expect([...history]).toEqual([...whole.history]);
    }
  });

  describe('are resumed', () => {
    const rounds = { ...options, epochs: 5 };
    const kept = async (data: TrainData) => {
      const states: string[] = [];
      await train(LINE, data, { ...rounds, checkpoint: (s) => states.push(s), checkpointEvery: '1' });
      // After three of the four batches of the second epoch.
      return states.find((s) => (JSON.parse(s) as { state: { position: { at: number } } }).state.position.at === 3)!;
    };
    const changed = (at: number) => BATCHES.map((given, k) => (k === at ? { ...given, y: Array(10).fill(7) } : given));
    async function* coming(batches: readonly GivenInputs[]) {
      yield* batches;
    }

    test.each([0, 1, 2, 3])('by a list that is not another in batch %i', async (at) => {
      await expect(train(LINE, changed(at), { ...rounds, resume: await kept(BATCHES) })).rejects.toMatchObject({
        code: 'data',
        message: 'the state to resume from is the checkpoint of other data',
      });
    });

    test('by others, as far as they are done', async () => {
      const resume = await kept(() => coming(BATCHES));
      for (const at of [1, 2])
        await expect(train(LINE, () => coming(changed(at)), { ...rounds, resume })).rejects.toMatchObject({
          code: 'data',
          message: 'the batches are not those that the epoch began with',
        });
      await expect(train(LINE, () => coming(BATCHES.slice(0, 1)), { ...rounds, resume })).rejects.toThrow(
        '3 batches of the epoch are done, and now they end after 1',
      );
      // What comes behind cannot be told.
      await train(LINE, () => coming(changed(3)), { ...rounds, resume });
      const whole = await train(LINE, BATCHES, rounds);
      expect((await train(LINE, () => coming(BATCHES), { ...rounds, resume })).history).toEqual(whole.history);
    });
  });

  test.each([
    [{ validation: 0.2 }, 'validation needs all examples at once'],
    [{ shuffle: true }, 'shuffle needs all examples at once'],
    [{ optimizer: 'lbfgs' }, 'lbfgs takes all examples in each step'],
  ])('%o is refused', async (more, message) => {
    await expect(train(LINE, BATCHES, { ...options, ...more })).rejects.toThrow(message);
  });
});

describe('features of mean 0 and deviation 1', () => {
  const wide = rows.map(([u, v]) => [1000 * u + 5000, 0.001 * v] as [number, number]);
  const data = { X: wide, y: rows.map(target) };

  test('parameters of a linear layer are told for the data as they came', async () => {
    const { params, scaling, predict } = await train(LINE, data, { epochs: 400, lr: 0.3, scale: true });
    expect(scaling).toBeUndefined();
    const found = numbers(params.w);
    expect(found[0]! * 1000).toBeCloseTo(2, 6);
    expect(found[1]! * 0.001).toBeCloseTo(-1, 6);
    expect(params.b as number).toBeCloseTo(0.5 - found[0]! * 5000, 3);
    for (const [k, p] of numbers(predict({ X: wide })).entries()) expect(p).toBeCloseTo(target(rows[k]!), 5);
  });

  test('also in a network, and examples in columns', async () => {
    const source = `data X : [2, m], Y : [1, m]
param W1 : [4, 2] ~ xavier, b1 : [4] = 0, W2 : [1, 4] ~ xavier, b2 = 0
A = tanh(W1*X + b1)
P = W2*A + b2
minimize mean((P - Y).^2)`;
    const X = [0, 1].map((c) => wide.map((r) => r[c]!));
    const Y = [rows.map(target)];
    const { scaling, predict, cost } = await train(source, { X, Y }, { epochs: 300, optimizer: 'lbfgs', scale: true });
    expect(scaling).toBeUndefined();
    const found = numbers(predict({ X }));
    expect(found.reduce((n, p, k) => n + (p - Y[0]![k]!) ** 2, 0) / found.length).toBeCloseTo(cost, 6);
  });

  test('where that cannot be, they are kept for what is predicted', async () => {
    const source = 'data X : [n, 2], y : [n]; param w : [2] = 0.1; p = sin(X)*w; minimize mse(p, y)';
    const { scaling, predict, cost } = await train(source, data, { epochs: 50, scale: true });
    expect(scaling!.X!.mean[0]).toBeCloseTo(wide.reduce((n, [u]) => n + u, 0) / 40, 8);
    const found = numbers(predict({ X: wide }));
    expect(found.reduce((n, p, k) => n + (p - data.y[k]!) ** 2, 0) / 40).toBeCloseTo(cost, 3);
  });

  test('metrics are those of the data as they came, where parameters are', async () => {
    const x = Array.from({ length: 10 }, (_, k) => 100 + k);
    const source = `data x : [n], y : [n]; param w = 0, b = 0; p = w*x + b; minimize mse(p, y)
metric most = max(x)
metric slope = w`;
    const seen: number[][] = [];
    const onProgress: TrainOptions['onProgress'] = ({ metrics }) => seen.push([metrics!.most!, metrics!.slope!]);
    const given = { x, y: x.map((v) => 2 * v - 199) };
    const options: TrainOptions = { epochs: 100, lr: 0.1, scale: true, onProgress };
    const { metrics, params, cost, history } = await train(source, given, options);
    expect(metrics).toEqual({ most: 109, slope: params.w });
    expect(params.w).toBeCloseTo(2, 6);
    expect(seen.at(-1)).toEqual([109, params.w]);
    // The cost is what is learned by.
    expect([history[0], cost < 1e-9]).toEqual([expect.closeTo(133, 9), true]);
    const { metrics: watched, test } = await train(source, given, { ...options, validation: 0.2, test: 0.2 });
    for (const told of [watched!, test!.metrics]) expect([told.most! > 99, told.slope! > 1.9]).toEqual([true, true]);
  });

  test('metrics of scaled data are said to be', async () => {
    const source = 'data X : [n, 2], y : [n]; param w : [2] = 0.1; p = sin(X)*w; minimize mse(p, y)';
    const said = async (model: string) => (await train(model, data, { epochs: 2, scale: true })).warnings.at(-1)?.message;
    expect(await said(source)).toBe('the parameters are those for X of mean 0 and deviation 1');
    expect(await said(`${source}; metric most = max(X)`)).toBe(
      'the parameters and the metrics are those for X of mean 0 and deviation 1',
    );
  });

  test('a prediction without a name does not tell what to scale', async () => {
    const source = 'data X : [n, 2], y : [n]; param w : [2] = 0; minimize mse(X*w, y)';
    await expect(train(source, data, { scale: true })).rejects.toThrow('the prediction has no name');
  });
});

test('words are classes', async () => {
  const source = `data x : [n], Y : [n, k] onehot
param w : [k] ~ normal(0, 1), b : [k] = 0
P[i,j] = x[i]*w[j] + b[j]
minimize -sum(Y .* log_softmax(P, cols))/n`;
  const { classes, predict } = await train(
    source,
    { x: [1, 2, 3, 4], Y: ['low', 'low', 'high', 'high'] },
    { epochs: 200, lr: 1 },
  );
  expect(classes).toEqual({ Y: ['high', 'low'] });
  const [high, low] = numbers(predict({ x: [4] }, 'P')) as [number, number];
  expect(high).toBeGreaterThan(low);
});

test('a batch that lacks a name is refused, and does not take that of the one before', async () => {
  const source = 'data x : [n], y : [n]; param a = 0; minimize mse(a*x, y)';
  const batches = [{ x: [1], y: [1] }, { x: [2], y: [2] }, { y: [3] }];
  await expect(train(source, batches, { epochs: 5 })).rejects.toThrow('batch 3 has no value of x');
  // One that nothing reads may be missing.
  const more = 'data x : [n], y : [n], z : [n]; param a = 0; q = sum(z); minimize mse(a*x, y)';
  const { epochs } = await train(
    more,
    [
      { x: [1], y: [1], z: [1] },
      { x: [2], y: [2] },
    ],
    { epochs: 5 },
  );
  expect(epochs).toBe(5);
});

test('whole numbers are classes in batches too, all of which are gone through', async () => {
  const source = 'data x : [n], Y : [n, k] onehot; param b : [1, k] = 0; minimize -sum(Y .* log_softmax(x*b, cols))/n';
  const batches = [
    { x: [1, 2], Y: [0, 1] },
    { x: [3, 4], Y: [1, 2] },
  ];
  expect((await train(source, batches, { epochs: 1 })).classes).toEqual({ Y: ['0', '1', '2'] });
});

describe('classes of batches in words', () => {
  const source = 'data x : [n], Y : [n, k] onehot; param b : [1, k] = 0; minimize -sum(Y .* log_softmax(x*b, cols))/n';
  const batches = [
    { x: [1, 2], Y: ['low', 'low'] },
    { x: [3, 4], Y: ['high', 'middle'] },
  ];

  test('are found in a pass before', async () => {
    const { classes, params } = await train(source, batches, { epochs: 2 });
    expect(classes).toEqual({ Y: ['high', 'low', 'middle'] });
    expect((params.b as Tensor).shape).toEqual([1, 3]);
  });

  test('keep the order that is declared', async () => {
    const order = { Y: ['low', 'middle', 'high', 'highest'] };
    for (const data of [batches, () => batches.values(), { x: [1, 2], Y: ['low', 'high'] }]) {
      const { classes } = await train(source, data, { epochs: 1, classes: order });
      expect(classes).toEqual(order);
    }
  });

  test.each([
    [{ Y: ['low', 'high'] }, 'the data, entry 2 of batch 2: Y is “middle”, an unknown class'],
    [{ Y: ['low', 'low'] }, 'the class low of Y is named twice'],
    [{ y: ['low'] }, 'classes are given of y, which is not an input of this source'],
    [{ x: ['low'] }, 'classes are given of x, which is no one-hot array'],
    [{ Y: [1, 2] }, 'classes.Y is a list of words, not a list'],
  ])('%j is refused', async (classes, message) => {
    await expect(train(source, batches, { epochs: 1, classes: classes as never })).rejects.toThrow(message);
  });
});

test('a prediction takes columns and words as training did', async () => {
  const source = `data X : [n, 2] from a, b, Y : [n, k] onehot
param W : [2, k] ~ normal(0, 1)
Z = X*W
P = softmax(Z, cols)
metric accuracy = sum(Y .* (Z == max(Z, cols)))/n
minimize -sum(Y .* log_softmax(Z, cols))/n`;
  const data = { a: [1, 2, 3, 4], b: [1, 0, 1, 0], Y: ['low', 'low', 'high', 'high'] };
  const { predict } = await train(source, data as never, { epochs: 50, lr: 0.5 });
  const shares = predict({ a: [4], b: [0] }) as Tensor;
  expect(shares.shape).toEqual([1, 2]);
  expect(shares.data[0]! + shares.data[1]!).toBeCloseTo(1, 12);
  expect(predict(data as never, 'accuracy')).toBeGreaterThan(0.4);
});

test('a prediction passes over columns that training took for its targets', async () => {
  const source =
    'data x : [n], Y : [n, 2] onehot cols from c; param w : [2] = 0; P[i,j] = x[i]*w[j]; minimize -sum(Y .* log_softmax(P, cols))/n';
  const data = { x: [1, -1, 2], c: ['a', 'b', 'a'] };
  const { predict } = await train(source, data as never, { epochs: 20, lr: 1 });
  expect(predict(data as never, 'P')).toEqual(predict({ x: data.x }, 'P'));
  expect(() => predict({ ...data, z: 1 } as never, 'P')).toThrow('z is not an input of this source');
});

test('data without an example are told as such', async () => {
  await expect(train(LINE, { X: [], y: [] })).rejects.toThrow('there are no examples to learn from: n is 0');
});
