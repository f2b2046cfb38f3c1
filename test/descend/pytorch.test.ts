import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Tensor, type TrainOptions, train } from '../../src/index.ts';

/** What PyTorch's optimizers do, as test/outside/python/optimizers.py tells it. */
interface Reference {
  readonly X: number[][];
  readonly Y: number[];
  readonly start: readonly number[];
  readonly cases: readonly {
    readonly name: string;
    readonly options: TrainOptions;
    readonly after: Readonly<Record<string, { readonly w: readonly number[]; readonly b: number }>>;
  }[];
}

const { X, Y, start, cases }: Reference = JSON.parse(readFileSync(new URL('pytorch.json', import.meta.url), 'utf8'));

const MODEL = `data X : [m, 3], Y : [m]
param w : [3] = [${start}], b = 0
minimize mean((tanh(X*w) + b - Y).^2)`;

describe('updates are those of PyTorch', () => {
  test.each(
    cases.flatMap(({ name, options, after }) =>
      Object.keys(after).map((steps) => [name, Number(steps), options, after] as const),
    ),
  )('%s after %i steps', async (_, steps, options, after) => {
    let reached = 0;
    // A schedule may depend on how many epochs there are: the run is stopped at the step instead.
    const stop = new AbortController();
    const told = (epoch: number): void => {
      reached = epoch;
      if (epoch === steps) stop.abort();
    };
    const run = { epochs: 100, ...options, signal: stop.signal, onEpoch: ({ epoch }: { epoch: number }) => told(epoch) };
    const { params } = await train(MODEL, { X, Y }, run);
    expect(reached).toBe(steps);
    const { w, b } = after[steps]!;
    const found = [...(params.w as Tensor).data, params.b as number];
    for (const [k, x] of [...w, b].entries()) expect(Math.abs(found[k]! - x)).toBeLessThan(1e-12);
  });
});
