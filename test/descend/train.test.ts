import { describe, expect, test } from 'vitest';
import { type TrainOptions, train } from '../../src/api/train.ts';
import { optimizers } from '../../src/descend/index.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { Tensor } from '../../src/numeric/tensor.ts';

const LINE = `
  data x : [n] = [1, 2, 3],  y : [n] = [2, 4, 7]
  param w = 0.5,  b = 0
  minimize Cost = mean((w·x + b − y).^2)`;

/** Two epochs of LINE at α = 0.1, worked by hand in the obvious way. */
function byHand(epochs: number, lr: number) {
  const [x, y] = [
    [1, 2, 3],
    [2, 4, 7],
  ];
  let [w, b] = [0.5, 0];
  const history: number[] = [];
  const errors = () => x!.map((value, k) => w * value + b - y![k]!);
  const cost = () => errors().reduce((sum, e) => sum + e * e, 0) / 3;
  for (let epoch = 0; epoch < epochs; epoch++) {
    history.push(cost());
    const e = errors();
    const dw = (2 * e.reduce((sum, value, k) => sum + value * x![k]!, 0)) / 3;
    const db = (2 * e.reduce((sum, value) => sum + value, 0)) / 3;
    w -= lr * dw;
    b -= lr * db;
  }
  return { w, b, history: [...history, cost()] };
}

const refusal = async (source: string, options: TrainOptions = {}, data = {}): Promise<GradusError> => {
  try {
    await train(source, data, options);
  } catch (error) {
    if (error instanceof GradusError) return error;
    throw error;
  }
  throw new Error('it was trained');
};

const NAMES = `${optimizers.flatMap((o) => [o.name, ...(o.spellings ?? [])]).join(', ')}, auto`;

describe('a run of gradient descent', () => {
  test.each([0, 1, 2, 31, 32, 33, 100, 1500])('%d epochs are that many steps against the gradient', async (epochs) => {
    const expected = byHand(epochs, 0.05);
    const result = await train(LINE, {}, { epochs, lr: 0.05 });
    expect(result.params.w).toBeCloseTo(expected.w, 12);
    expect(result.params.b).toBeCloseTo(expected.b, 12);
    expect(result.history).toHaveLength(epochs + 1);
    for (const [k, cost] of expected.history.entries()) expect(result.history[k]).toBeCloseTo(cost, 11);
    expect(result.cost).toBe(result.history[epochs]);
    expect(result).toMatchObject({ epochs, stopped: 'epochs' });
    expect(result.error).toBeUndefined();
  });

  test('the cost is that of the parameters returned, the history begins at the start', async () => {
    const first = await train(LINE, {}, { epochs: 7, lr: 0.05 });
    const again = await train(LINE, { w: first.params.w, b: first.params.b }, { epochs: 0 });
    expect(again.cost).toBe(first.cost);
    expect(again.params).toEqual(first.params);
    expect(again.history).toEqual([first.cost]);
  });

  test('parameters come back in their declared shapes', async () => {
    const source = 'param a, v : [2], c : [2, 1], r : [1, 2] = 1, M : [2, 3], T : [2, 1, 2] = 1\n'.concat(
      'minimize a^2 + sum(v) + sum(c) + sum(r) + sum(M) + sum(T)',
    );
    const { params } = await train(source, {}, { epochs: 1 });
    expect(params.a).toBe(0);
    const shapes = Object.entries(params).map(([name, value]) => [name, value instanceof Tensor ? value.shape : []]);
    expect(Object.fromEntries(shapes)).toEqual({ a: [], v: [2], c: [2, 1], r: [1, 2], M: [2, 3], T: [2, 1, 2] });
  });

  test('maximize climbs the objective as it is written', async () => {
    const { params, cost, history } = await train('param w = 0; maximize 3 − (w − 2)^2', {}, { epochs: 200, lr: 0.1 });
    expect(params.w).toBeCloseTo(2, 10);
    expect(cost).toBeCloseTo(3, 10);
    expect(history[0]).toBe(-1);
  });

  test('a last bare expression is minimized', async () => {
    expect((await train('param w = 0; (w − 2)^2', {}, { epochs: 200 })).params.w).toBeCloseTo(2, 10);
  });

  test('a parameter that does not matter stays where it starts', async () => {
    expect((await train('param w = 5, v = 7; minimize w^2', {}, { epochs: 50 })).params.v).toBe(7);
  });

  test('const and data do not move, and may depend on each other', async () => {
    const source = 'data x : [n] = [1, 3]; const mid = mean(x); param w = 0; minimize (w − mid)^2';
    expect((await train(source, {}, { epochs: 300 })).params.w).toBeCloseTo(2, 10);
  });

  test('data given replace the model’s own, of another length too', async () => {
    const { params } = await train(LINE, { x: [0, 1], y: [1, 3] }, { epochs: 5000, lr: 0.3 });
    expect(params.w).toBeCloseTo(2, 8);
    expect(params.b).toBeCloseTo(1, 8);
  });

  test('closures and 32-bit numbers arrive at the same place', async () => {
    const reference = await train(LINE, {}, { epochs: 100, lr: 0.05 });
    const closures = await train(LINE, {}, { epochs: 100, lr: 0.05, backend: 'closure' });
    expect(closures.cost).toBeCloseTo(reference.cost, 13);
    const single = await train(LINE, {}, { epochs: 100, lr: 0.05, precision: 'f32' });
    expect(single.params.w).toBeCloseTo(reference.params.w as number, 5);
  });

  test('progress is told, at last with all epochs done', async () => {
    const seen: number[] = [];
    await train(LINE, {}, { epochs: 5000, lr: 0.05, onProgress: ({ epoch }) => seen.push(epoch) });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(5000);
  });

  test('a signal stops it with what it has', async () => {
    const stop = new AbortController();
    const result = await train(
      LINE,
      {},
      { epochs: 1e8, lr: 1e-9, signal: stop.signal, onProgress: ({ epoch }) => epoch > 100 && stop.abort() },
    );
    expect(result.stopped).toBe('aborted');
    expect(result.epochs).toBeLessThan(1e8);
    expect(result.history).toHaveLength(result.epochs + 1);
    expect(result.cost).toBe(result.history.at(-1));
  });
});

describe('runs of the same source', () => {
  /** Each result predicts by a function of its own. */
  const numbers = ({ predict: _, ...rest }: Awaited<ReturnType<typeof train>>) => rest;
  const LONGER = { epochs: 200_000, lr: 0.01 };

  test('do not disturb one another, one after the other or at once', async () => {
    const alone = await train(LINE, {}, LONGER);
    const [first, second, other] = await Promise.all([
      train(LINE, {}, LONGER),
      train(LINE, { w: 3 }, LONGER),
      train(LINE, { x: [0, 1], y: [1, 3] }, LONGER),
    ]);
    expect(numbers(first)).toEqual(numbers(alone));
    expect(second.history[0]).not.toBe(alone.history[0]);
    expect(second.params.w).toBeCloseTo(alone.params.w as number, 9);
    expect(other.params.w).toBeCloseTo(2, 6);
    expect(numbers(await train(LINE, {}, LONGER))).toEqual(numbers(alone));
  });

  test('take their own learning rate, precision and data', async () => {
    const one = await train(LINE, {}, { epochs: 5, lr: 0.05 });
    expect((await train(LINE, {}, { epochs: 5, lr: 0.01 })).cost).toBeGreaterThan(one.cost);
    expect((await train(LINE, {}, { epochs: 5, lr: 0.05, precision: 'f32' })).cost).not.toBe(one.cost);
    expect((await train(LINE, { y: [0, 0, 0] }, { epochs: 5, lr: 0.05 })).cost).not.toBe(one.cost);
    expect(numbers(await train(LINE, {}, { epochs: 5, lr: 0.05 }))).toEqual(numbers(one));
  });
});

describe('the seed', () => {
  const source = 'param W : [3, 3] ~ normal(0, 1), v : [3] ~ uniform(0, 1); minimize sum(W.^2) + sum(v)';
  const start = async (seed?: number) => (await train(source, {}, { epochs: 0, ...(seed !== undefined && { seed }) })).params;

  test('the same seed gives the same run, another seed another', async () => {
    expect(await start(5)).toEqual(await start(5));
    expect(await start()).toEqual(await start(1));
    expect(await start(5)).not.toEqual(await start(6));
  });

  test('neighbouring seeds have nothing in common from the first number on', async () => {
    const first = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(async (seed) => ((await start(seed)).W as Tensor).data[0]!));
    expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(0.5);
    expect(Math.max(...first.map(Math.abs))).toBeLessThan(3.5);
  });
});

describe('what cannot be trained is said', () => {
  test.each([
    ['data x = 1\nparam w\ny = w·x', 'argument', 'there is nothing to train: the source has no objective'],
    ['data x : [n] = [1, 2]\nminimize sum(x)', 'argument', 'there is nothing to train: the source declares no parameter'],
    ['(x − 1)^2', 'argument', 'there is nothing to train: the source declares no parameter'],
    ['param w = 1\nminimize 3', 'argument', 'there is nothing to train: the objective does not depend on any parameter'],
    ['param w : [2]\nminimize w.^2', 'shape', 'only a scalar can be minimized'],
    ['param w : [2]\nmaximize w.^2', 'shape', 'only a scalar can be maximized'],
    ['data x : [n]\nparam w\nminimize sum(w·x)', 'data', 'x has no value'],
    ['param w : [k]\nminimize sum(w)', 'data', 'the size k is not known: no data with this axis are given'],
  ])('%s', async (source, code, message) => {
    expect(await refusal(source)).toMatchObject({ code, message });
  });

  test.each<[TrainOptions, string]>([
    [{ epochs: -1 }, 'epochs is a whole number from 0 to 100000000, not -1'],
    [{ epochs: 1.5 }, 'epochs is a whole number from 0 to 100000000, not 1.5'],
    [{ lr: 0 }, 'lr is a number above 0, not 0'],
    [{ lr: Number.NaN }, 'lr is a number above 0, not NaN'],
    [{ seed: 0.5 }, 'seed is a whole number, not 0.5'],
    [{ batch: 0 }, 'batch is a whole number from 1 on, not 0'],
    [{ optimizer: 'sdg' }, `optimizer is one of ${NAMES}, not the text "sdg"`],
  ])('%o', async (options, message) => {
    expect(await refusal(LINE, options)).toMatchObject({ code: 'argument', message });
  });

  test('a name near an optimizer’s is proposed', async () => {
    expect((await refusal(LINE, { optimizer: 'sdg' })).hint).toMatch(/^did you mean s?gd\?$/);
  });

  test('data that contradict the shapes', async () => {
    expect((await refusal(LINE, {}, { x: [1, 2] })).code).toBe('data');
    expect((await refusal(LINE, {}, { z: 1 })).message).toBe('z is not an input of this source');
  });
});
