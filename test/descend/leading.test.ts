import { describe, expect, test } from 'vitest';
import { lead } from '../../src/descend/leading.ts';
import { optimizers } from '../../src/descend/optimizers/index.ts';
import type { TrainOptions } from '../../src/descend/options.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { type GradusError, train } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';

const modelOf = (source: string) => elaborate(parse(source));

const MODEL = `data X : [2, m], Y : [1, m]
param W1 : [3, 2] ~ xavier, b1 : [3] = 0
param W2 : [1, 3] ~ xavier, b2 = 0
A1 = tanh(W1*X + b1)
A2 = σ(W2*A1 + b2)
minimize Cost = mean((A2 - Y).^2)`;

const points = Array.from({ length: 40 }, (_, k) => [Math.sin(3 * k), Math.cos(5 * k)] as const);
const DATA = {
  X: [points.map(([x]) => x), points.map(([, y]) => y)],
  Y: [points.map(([x, y]) => (x * y > 0 ? 1 : 0))],
};
const LINE = 'data x : [4] = [1, 2, 3, 4], y : [4] = [2, 4, 6, 8]\nparam w = 0\nminimize C = mean((w*x - y).^2)';

const plain = (params: object): unknown => JSON.parse(JSON.stringify(params));

describe('a run in pieces takes the steps of a run at once', () => {
  const KINDS: readonly [string, TrainOptions][] = [
    ...optimizers.map(({ name }): [string, TrainOptions] => [name, { optimizer: name }]),
    ['auto', { optimizer: 'auto' }],
    ['batches in new orders', { optimizer: 'adam', batch: 7, shuffle: true, seed: 5 }],
    ['options of its own', { optimizer: 'momentum', momentum: 0.5, lr: 0.3, seed: 3 }],
    ['a schedule', { schedule: 'cosine', warmup: 3 }],
    ['a validation and patience', { optimizer: 'adam', lr: 0.5, validation: 0.25, patience: 5 }],
  ];

  test.each(KINDS)('%s', async (_, given) => {
    const options = { ...given, epochs: 30 };
    const whole = await train(MODEL, DATA, options);
    const led = lead(modelOf(MODEL), DATA, options);
    for (const piece of [1, 2, 7, 20]) await led.advance({ epochs: piece });
    const result = await led.result();
    expect(plain(result.params)).toEqual(plain(whole.params));
    expect(Array.from(result.history)).toEqual(Array.from(whole.history));
    expect([result.stopped, result.epochs, result.cost]).toEqual([whole.stopped, whole.epochs, whole.cost]);
    led.release();
  });
});

describe('a run that is led', () => {
  test('goes exactly as far as it is told, and tells where it is', async () => {
    const led = lead(modelOf(LINE), {}, { lr: 0.01 });
    expect([led.epochs, led.history.length, led.params.w]).toEqual([0, 0, 0]);
    expect(await led.cost()).toBe(30);
    await led.advance({ epochs: 1 });
    expect([led.epochs, Array.from(led.history)]).toEqual([1, [30]]);
    expect(led.params.w).toBeCloseTo(0.3, 12);
    await led.advance({ epochs: 99 });
    expect(led.epochs).toBe(100);
    expect(led.params.w).toBeCloseTo(2, 6);
  });

  test('stops when its time is over', async () => {
    const led = lead(modelOf(LINE), {}, { lr: 1e-9 });
    await led.advance({ milliseconds: 5 });
    const begun = performance.now();
    await led.advance({ milliseconds: 20 });
    expect(performance.now() - begun).toBeLessThan(200);
    expect(led.epochs).toBeGreaterThan(1);
    expect(led.history.length).toBe(led.epochs);
  });

  test('cuts an epoch of many batches by the time', async () => {
    const source = 'data x : [n], y : [n]\nparam w = 0\nminimize C = mean((w*x - y).^2)';
    const x = Float64Array.from({ length: 400_000 }, (_, k) => (k % 7) / 7);
    const led = lead(modelOf(source), { x, y: x }, { lr: 0.01, batch: 1 });
    await led.advance({ milliseconds: 1 });
    expect(led.epochs).toBe(0);
    led.setRate(0.02);
    await led.advance({ epochs: 1 });
    expect(led.epochs).toBe(1);
    expect(led.params.w).toBeCloseTo(1, 6);
  });

  test('goes on beyond the epochs that it was begun for', async () => {
    const led = lead(modelOf(LINE), {}, { lr: 0.001, epochs: 10 });
    await led.advance({ epochs: 10 });
    expect((await led.result()).stopped).toBe('epochs');
    await led.advance({ epochs: 90 });
    const whole = await train(LINE, {}, { lr: 0.001, epochs: 100 });
    expect((await led.result()).params.w).toBe(whole.params.w);
  });

  test('takes another rate from the next epoch on', async () => {
    const led = lead(modelOf(LINE), {}, { lr: 0.001 });
    await led.advance({ epochs: 40 });
    led.setRate(0.01);
    expect(led.rate).toBe(0.01);
    await led.advance({ epochs: 60 });
    const schedule = (epoch: number): number => (epoch < 40 ? 0.001 : 0.01);
    const whole = await train(LINE, {}, { lr: 0.001, epochs: 100, schedule });
    expect(Array.from((await led.result()).history)).toEqual(Array.from(whole.history));
  });

  test('tells validation costs and metrics as it goes', async () => {
    const model = modelOf(MODEL.replace('minimize', 'metric right = mean(abs(A2 - Y))\nminimize'));
    const led = lead(model, DATA, { validation: 0.25, epochs: 20 });
    expect(led.validation).toHaveLength(0);
    await led.advance({ epochs: 12 });
    const { validation, metrics } = await led.result();
    expect(Array.from(led.validation!)).toEqual(Array.from(validation!));
    expect(validation).toHaveLength(12);
    expect(led.metrics).toEqual(metrics);
    expect(lead(modelOf(MODEL), DATA).metrics).toEqual({});
    expect(lead(modelOf(MODEL), DATA).validation).toBeUndefined();
  });

  test('says what is no rate', () => {
    const led = lead(modelOf(LINE));
    expect(() => led.setRate(Number.NaN)).toThrow('no learning rate');
  });

  test('starts again where it started, with the same seed', async () => {
    const first = lead(modelOf(MODEL), DATA, { seed: 4 });
    await first.advance({ epochs: 20 });
    const ended = plain(first.params);
    first.release();
    const second = lead(modelOf(MODEL), DATA, { seed: 4 });
    await second.advance({ epochs: 20 });
    expect(plain(second.params)).toEqual(ended);
  });

  test('knows a rate that the curvature at the start speaks for', () => {
    // The second derivative is 15: plain descent is stable below 2/15.
    expect(lead(modelOf(LINE)).suggestion).toBe(0.07);
    expect(lead(modelOf(LINE), {}, { optimizer: 'adam' }).suggestion).toBeUndefined();
  });
});

describe('a run that diverges', () => {
  test('ends with the best parameters, and says at which rate and what to try', async () => {
    const led = lead(modelOf(LINE), {}, { lr: 0.01 });
    await led.advance({ epochs: 50 });
    const best = led.params.w;
    led.setRate(100);
    const result = (await led.advance({ epochs: 1000 }))!;
    expect(result.stopped).toBe('diverged');
    expect((result.error as GradusError).message).toContain('at the learning rate 100');
    expect((result.error as GradusError).hint).toContain('try 0.07');
    expect(result.best).toBe(50);
    expect(result.params.w).toBe(best);
    expect([led.params.w, led.epochs]).toEqual([best, result.epochs]);
    // There is nothing to go on with.
    expect(await led.advance({ epochs: 10 })).toBe(result);
  });

  test('also if what is first asked is the result', async () => {
    const led = lead(modelOf('data x = 0\nparam w = 1\nminimize C = (w/x)^2'));
    const result = await led.result();
    expect([result.stopped, result.epochs]).toEqual(['diverged', 0]);
  });

  test('that grows without end is told so, and may go on', async () => {
    const led = lead(modelOf(LINE), {}, { lr: 0.15, epochs: 100 });
    await led.advance({ epochs: 100 });
    expect((await led.result()).stopped).toBe('diverged');
    await led.advance({ epochs: 1 });
    expect(led.epochs).toBe(101);
  });
});
