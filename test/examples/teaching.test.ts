import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { train } from '../../src/index.ts';
import { gradus } from '../app/harness.ts';
import { commandsOf, folder, proposed, sourceOf } from './folder.ts';

/** What tutorials show step by step. */

describe('hot and cold', () => {
  test('steps are as long whatever the error, and end beside the target', async () => {
    const places = [0.5, 0.47, 0.44, 0.41];
    for (const [epochs, place] of places.entries()) {
      const { params } = await train(sourceOf('hot-cold'), {}, { optimizer: 'hot-cold', lr: 0.03, epochs });
      expect(params.weight).toBeCloseTo(place, 14);
    }
    const { params, definitions, firstCost } = await proposed('hot-cold');
    expect(firstCost).toBeCloseTo(0.04 / 2, 15);
    expect(params.weight).toBeCloseTo(0.41, 14);
    expect(definitions.error).toBeCloseTo(0.0004, 14);
  });

  test('then no step is better, which is said with what helps', async () => {
    const options = { optimizer: 'hot-cold', lr: 0.03, epochs: 20 };
    const { stopped, epochs, warnings } = await train(sourceOf('hot-cold'), {}, options);
    expect([stopped, epochs]).toEqual(['early', 3]);
    expect(warnings[0]!.hint).toBe('its steps are as long as the learning rate: a smaller one comes nearer');
    const finer = await train(sourceOf('hot-cold'), {}, { ...options, lr: 0.001, epochs: 200 });
    expect(finer.params.weight).toBeCloseTo(0.4, 12);
  });

  test('descent takes steps as the error has it, and reaches it', async () => {
    const places = [0.5, 0.46, 0.436, 0.4216];
    for (const [epochs, place] of places.entries()) {
      const { params } = await train(sourceOf('hot-cold'), {}, { epochs });
      expect(params.weight).toBeCloseTo(place, 14);
    }
    expect((await proposed('hot-cold', 1)).params.weight).toBeCloseTo(0.4, 12);
  });

  test('where descent asks for one slope, a trial takes three predictions', async () => {
    const { evaluations } = await train(sourceOf('hot-cold'), {}, { optimizer: 'hot-cold', lr: 0.03, epochs: 3 });
    expect(evaluations).toEqual({ values: 9, slopes: 0 });
  });
});

test('the delta rule: the input scales the step, its sign turns it, 0 stops it', async () => {
  const { params, definitions } = await proposed('delta-rule');
  const steps = [-0.02, -0.04, 0.04, 0];
  (params.weight as number[]).forEach((weight, k) => {
    expect(weight).toBeCloseTo(0.5 + steps[k]!, 15);
  });
  expect((definitions.delta as number[])[3]).toBeCloseTo(0.2, 15);
  const { out } = await gradus(['check', `${folder}delta-rule.grad`, '--claim', 'weight: delta .* input']);
  expect(out).toContain('✓ ∂Cost/∂weight');
});

describe('one training example', () => {
  test('the sign that the tutorial has is refused, with the reason', async () => {
    // Written with x1, which is 1 there.
    const claim = 'w1: x1*e^z/(e^(2*z) + 2*e^z + 1)';
    const { status, out } = await gradus(['check', `${folder}one-example.grad`, '--claim', claim]);
    expect(status).toBe(3);
    expect(out).toContain('The sign is wrong.');
  });

  test('descent goes to the target, ascent away from it', async () => {
    const target = 'minimize Cost = abs(σ(z) − 1)';
    const there = await train(sourceOf('one-example'), {}, { epochs: 50, lr: 1 });
    const away = await train(
      sourceOf('one-example').replace(target, target.replace('minimize', 'maximize')),
      {},
      { epochs: 50, lr: 1 },
    );
    expect(there.cost).toBeLessThan(there.history[0]!);
    expect(away.cost).toBeGreaterThan(away.history[0]!);
  });
});

describe('the error of a line over w, for several b', () => {
  const points = readFileSync(`${folder}line.csv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',').map(Number) as [number, number]);
  const mean = (f: (x: number, y: number) => number) => points.reduce((sum, [x, y]) => sum + f(x, y), 0) / points.length;

  test('the curves are parabolas of one width, lowest at mean(x·(y − b))/mean(x²)', async () => {
    const { status, out } = await gradus(commandsOf('data/error-curves')[0]!);
    expect(status).toBe(0);
    const { E } = JSON.parse(out) as { E: number[][] };
    const [ws, bs] = [E.map((_, i) => -0.5 + 0.2 * i), [0, 0.25, 0.5, 0.75, 1]];
    const lowest: number[] = [];
    for (const [j, b] of bs.entries()) {
      const curve = E.map((row) => row[j]!);
      const best = mean((x, y) => x * (y - b)) / mean((x) => x * x);
      const least = mean((x, y) => (y - best * x - b) ** 2);
      for (const [i, w] of ws.entries()) expect(curve[i]).toBeCloseTo(least + mean((x) => x * x) * (w - best) ** 2, 12);
      lowest.push(least);
    }
    expect(lowest.indexOf(Math.min(...lowest))).toBe(2);
  });

  test('what is learned lies below all of them', async () => {
    const { cost, params } = await proposed('data/error-curves', 1);
    expect(cost).toBeLessThan(mean((x, y) => (y - 0.7 * x - 0.5) ** 2));
    expect(params.w).toBeCloseTo(0.66, 2);
    expect(params.b).toBeCloseTo(0.518, 3);
  });
});

test('a network swings as the pendulum does', async () => {
  const { params, cost } = await proposed('models/pendulum');
  expect(cost).toBeLessThan(1e-6);
  const [a, b, c] = [params.a, params.b, params.c] as number[][];
  const angle = (t: number) => 2 + t * t * c!.reduce((sum, ck, k) => sum + ck * Math.tanh(a![k]! * t + b![k]!), 0);
  // Störmer's method, of order two: 1e-4 seconds leave 1e-8.
  const step = 1e-4;
  let [before, now] = [2 - (Math.sin(2) * step ** 2) / 2, 2];
  for (let k = 0; k * step <= 1.5; k++) {
    if (k % 500 === 0) expect(Math.abs(angle(k * step) - now)).toBeLessThan(1e-4);
    [before, now] = [now, 2 * now - before - step ** 2 * Math.sin(now)];
  }
});
