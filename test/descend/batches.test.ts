import { describe, expect, test } from 'vitest';
import { type TrainOptions, train } from '../../src/api/train.ts';
import { shuffle } from '../../src/descend/batches.ts';
import { gathered, Slices } from '../../src/descend/slices.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { random } from '../../src/numeric/random.ts';
import type { Tensor } from '../../src/numeric/tensor.ts';

const X = [
  [1, 2],
  [0, 1],
  [3, -1],
  [2, 2],
  [-1, 1],
];
const y = [1, 0, 2, 3, -1];

/** Least squares with examples in rows, and the same with examples in columns. */
const ROWS = 'data X : [n, d], y : [n]; param w : [d] = 0; minimize sum((X·w − y).^2)/(2n)';
const COLUMNS = 'data X : [d, n], y : [1, n]; param w : [1, d] = 0; minimize sum((w·X − y).^2)/(2n)';
const transposed = X[0]!.map((_, j) => X.map((row) => row[j]!));

/** Descent over batches in the order of the data. */
function byHand(batch: number, epochs: number, lr: number): number[] {
  const w = [0, 0];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let from = 0; from < X.length; from += batch) {
      const rows = X.slice(from, from + batch);
      const errors = rows.map((row, k) => row[0]! * w[0]! + row[1]! * w[1]! - y[from + k]!);
      const gradient = w.map((_, j) => errors.reduce((sum, e, k) => sum + e * rows[k]![j]!, 0) / rows.length);
      for (const j of [0, 1]) w[j]! -= lr * gradient[j]!;
    }
  }
  return w;
}

describe('descent over batches', () => {
  test.each([1, 2, 3, 4, 5, 6, 100])('of %d, examples in rows and in columns, is that by hand', async (batch) => {
    const expected = byHand(batch, 20, 0.05);
    const rows = await train(ROWS, { X, y }, { batch, epochs: 20, lr: 0.05 });
    const columns = await train(COLUMNS, { X: transposed, y: [y] }, { batch, epochs: 20, lr: 0.05 });
    for (const j of [0, 1]) {
      expect((rows.params.w as Tensor).data[j]).toBeCloseTo(expected[j]!, 12);
      expect((columns.params.w as Tensor).data[j]).toBeCloseTo(expected[j]!, 12);
    }
  });

  test('the history is the mean cost of the batches before their steps, and at the end that of all examples', async () => {
    const { history, cost, params } = await train(ROWS, { X, y }, { batch: 2, epochs: 20, lr: 0.05 });
    const again = await train(ROWS, { X, y, w: params.w }, { epochs: 0 });
    expect(history).toHaveLength(21);
    const still = await train(ROWS, { X, y }, { batch: 2, epochs: 1, lr: 1e-300 });
    expect(still.history[0]).toBeCloseTo(y.reduce((sum, value) => sum + value * value, 0) / 10, 14);
    expect(cost).toBe(history[20]);
    expect(again.cost).toBeCloseTo(cost, 14);
  });

  test('is held against the cost of all examples where the run started, not against the mean of the first epoch', async () => {
    // The first epoch comes down from 1000: its mean lies above its end, or below it, by the order of the examples.
    const source = 'data x : [n], y : [n]; param w = 30; minimize mean((w*x - y).^2)';
    const way = ({ warnings }: { warnings: readonly { message: string }[] }) => warnings.map(({ message }) => message);
    for (const [x, at] of [
      [[1, 1, 1, 1], 900],
      [[1, 0.1, 0.1, 2], 1129.5],
      [[0.1, 2, 1, 1], 1352.25],
    ] as const) {
      const { history, warnings, cost } = await train(source, { x: [...x], y: [0, 0, 0, 0] }, { batch: 1, epochs: 1, lr: 0.1 });
      expect(history[0]).toBeCloseTo(at, 9);
      expect([cost < at, way({ warnings })]).toEqual([true, []]);
    }
    // Up by the last of the examples, whose step is too long, though the mean of the batches is what was there.
    const up = await train(source, { x: [0.1, 0.1, 10], y: [0, 0, 0] }, { batch: 1, epochs: 1, lr: 0.02 });
    expect(up.cost).toBeGreaterThan(up.history[0]!);
    expect(way(up)).toEqual([expect.stringMatching(/^the run went the wrong way, from 30006 to /)]);
  });

  test('data without the axis of the examples belong to every batch', async () => {
    const source = 'data x : [n] = [1, 2, 3], s = 2; const c : [2] = [1, 1]; param w = 0; minimize sum((s·w·x − sum(c)).^2)';
    const whole = await train(source, {}, { batch: 3, epochs: 3, lr: 0.01 });
    const full = await train(source, {}, { epochs: 3, lr: 0.01 });
    expect(whole.params).toEqual(full.params);
    expect((await train(source, {}, { batch: 1, epochs: 3, lr: 0.01 })).params).not.toEqual(full.params);
  });

  test('shuffled orders follow the seed, and do not change the start', async () => {
    const run = async (options: TrainOptions) =>
      (await train(ROWS, { X, y }, { batch: 1, epochs: 3, lr: 0.05, ...options })).params;
    expect(await run({ shuffle: true, seed: 3 })).toEqual(await run({ shuffle: true, seed: 3 }));
    expect(await run({ shuffle: true, seed: 3 })).not.toEqual(await run({ shuffle: true, seed: 4 }));
    expect(await run({ shuffle: true })).not.toEqual(await run({}));
    const drawn = 'data x : [n] = [1, 2, 3]; param w ~ normal(0, 1); minimize sum((w·x).^2)';
    const begin = async (shuffled: boolean) =>
      (await train(drawn, {}, { batch: 1, epochs: 1, lr: 1e-300, shuffle: shuffled })).params.w;
    expect(await begin(true)).toBe(await begin(false));
  });

  test('an order is a permutation, and every one comes up', () => {
    const draw = random(1);
    const seen = new Map<string, number>();
    for (let k = 0; k < 6000; k++) {
      const order = Uint32Array.of(0, 1, 2);
      shuffle(order, draw);
      seen.set(order.join(), (seen.get(order.join()) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('which axis counts the examples', () => {
  const refusal = (source: string, options: TrainOptions = {}) =>
    train(source, {}, { batch: 1, ...options }).then(
      () => expect.unreachable('it was trained'),
      (error) => {
        if (error instanceof GradusError) return error;
        throw error;
      },
    );

  test('one that a parameter has does not', async () => {
    const source = 'data X : [n, d] = [[1, 2], [3, 4], [5, 6]]; param w : [d]; minimize mean((X·w).^2)';
    expect((await train(source, {}, { batch: 1, epochs: 1 })).stopped).toBe('epochs');
  });

  test('not the steps of a recurrence, whose order matters', async () => {
    const steps = `data x : [T] = [1, 2, 3, 4], y : [T] = [0, 1, 0, 1]; param w = 0.1; h[0] = 0
      h[t=1:T] = tanh(w*h[t-1] + x[t]); minimize L = mean((h - y).^2)`;
    for (const options of [{ batch: 2 }, { validation: 0.25 }, { test: 0.25 }])
      await expect(train(steps, {}, { epochs: 1, ...options })).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining('T counts the steps'),
      });
    const late = steps.replace('h[t=1:T] = tanh(w*h[t-1] + x[t])', 'h[1] = x[1]; h[t=2:T] = tanh(w*h[t-1] + x[t])');
    await expect(train(late, {}, { epochs: 1, batch: 2 })).rejects.toThrow('T counts the steps');
    expect((await train(steps, {}, { epochs: 1 })).epochs).toBe(1);
  });

  test('there must be one with a name', async () => {
    const error = await refusal('data x : [3] = [1, 2, 3]; param w; minimize sum(w·x)');
    expect(error).toMatchObject({ code: 'usage', message: 'the data cannot be cut into batches: no axis counts examples' });
  });

  test('where several could, a choice is asked for, and taken', async () => {
    const source = 'data X : [a, b] = [[1, 2], [3, 4], [5, 6]]; param w; minimize sum((w·X − 1).^2)';
    expect((await refusal(source)).message).toBe('the data cannot be cut into batches: the examples could be counted by a or b');
    const one = await train(source, {}, { batch: 2, batchAxis: 'a', epochs: 1, lr: 0.001 });
    const other = await train(source, {}, { batch: 1, batchAxis: 'b', epochs: 1, lr: 0.001 });
    expect(one.params.w).not.toBe(other.params.w);
    expect(await refusal(source, { batchAxis: 'c' })).toMatchObject({
      code: 'usage',
      message: 'c does not count examples',
      hint: 'the data have a, b',
    });
  });

  test('a length that is computed from it cannot be cut', async () => {
    const error = await refusal('data x : [n] = [1, 2], z : [2*n] = [1, 2, 3, 4]; param w; minimize w·sum(x) + w·sum(z)');
    expect(error).toMatchObject({ code: 'unsupported', message: 'z : [2*n] cannot be cut into batches along n' });
  });
});

describe('a batch has another cost than all examples', () => {
  const softmax = `data Q : [n, d] = [[1, 2], [0.3, -1], [0.5, 0.2], [1, 0]], y : [n] = [0.1, 0.5, -0.2, 1]; param w : [d] = [0.1, 0.2]
    P = softmax(Q*Q', cols); minimize L = mse(P*Q*w, y)`;
  const norm = `data X : [n, d] = [[1, 2], [0.3, -1], [0.5, 0.2], [1, 0]], y : [n] = [0.1, 0.5, -0.2, 1]; param w : [d] = [0.1, 0.2]
    Z = X*w; N = (Z - mean(Z))/std(Z); minimize L = mse(N, y)`;
  const plain = `data X : [n, d] = [[1, 2], [0.3, -1]], y : [n] = [0.1, 0.5]; param w : [d] = [0.1, 0.2]; minimize L = mse(X*w, y)`;
  const told = async (source: string, options: TrainOptions) =>
    (await train(source, {}, { epochs: 1, lr: 1e-9, ...options })).warnings.map(({ message }) => message);

  test.each([
    [softmax, 'P·Q'],
    [norm, 'N'],
  ])('where they are tied together: %#', async (source, name) => {
    const said = `${name} ties the examples together: a batch has another cost than all of them`;
    expect(await told(source, { batch: 2 })).toContain(said);
    expect(await told(source, {})).not.toContain(said);
  });

  test('and not where they are not', async () => {
    expect(await told(plain, { batch: 1 })).toEqual([]);
  });
});

describe('the examples of a batch', () => {
  const shapes: [number[], number][] = [
    [[9], 0],
    [[9, 3], 0],
    [[5, 9], 1],
    [[2, 9, 3], 1],
    [[2, 3, 9], 2],
  ];
  test.each(shapes)('of %j along axis %i are the entries with their numbers', (shape, axis) => {
    const strides = shape.map((_, k) => shape.slice(k + 1).reduce((n, size) => n * size, 1));
    const data = Float64Array.from({ length: shape.reduce((n, size) => n * size, 1) }, (_, k) => k);
    const slices = new Slices(data, shape, axis);
    const order = Uint32Array.of(4, 8, 0, 2, 6, 7, 1);
    for (const count of [1, 4, 6, 7]) {
      const from = order.length - count;
      const target = new Float64Array((data.length / 9) * count);
      slices.copy(order, from, count, target);
      // By the entry's own places: the one along the axis names the example.
      const cut = shape.with(axis, count);
      const expected = [...target.keys()].map((at) => {
        const places = cut.map((size, k) => Math.floor(at / cut.slice(k + 1).reduce((n, s) => n * s, 1)) % size);
        return places.reduce((sum, place, k) => sum + strides[k]! * (k === axis ? order[from + place]! : place), 0);
      });
      expect([...target]).toEqual(expected);
      expect([...gathered(data, shape, axis, order.slice(from))]).toEqual(expected);
    }
  });
});
