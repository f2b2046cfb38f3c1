import { describe, expect, it } from 'vitest';
import { prepare, type Quickening, type TrainOptions, type TrainResult } from '../../src/descend/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { hasCompiler, provide } from '../compile/natively.ts';

const MODEL = elaborate(
  parse('data X : [n, 4], y : [n, 1]\nparam W : [4, 8], v : [8, 1]\nminimize C = mean((tanh(X*W)*v - y).^2)'),
);
const N = 400;
const number = (k: number): number => Math.sin(1 + 7.3 * k);
const DATA = {
  X: Array.from({ length: N }, (_, i) => [0, 1, 2, 3].map((j) => number(4 * i + j))),
  y: Array.from({ length: N }, (_, i) => [number(i + 0.5)]),
};

async function trained(options: TrainOptions, quickening?: Partial<Quickening>): Promise<TrainResult & { told: string[] }> {
  provide();
  const told: string[] = [];
  const whole: Quickening = {
    wanted: () => true,
    provide: async () => provide(),
    meanwhile: 1e7,
    begun: (epochs) => told.push(`after ${epochs}`),
    failed: ({ message }) => told.push(message),
    ...quickening,
  };
  const result = await prepare(MODEL, DATA, options, quickening ? { quickening: whole } : {})();
  return Object.assign(result, { told });
}

describe.skipIf(!hasCompiler)('a run that goes over to native code', () => {
  const options = { epochs: 600, lr: 0.05 };

  it('does so after a known epoch, with the same numbers each time', async () => {
    const [first, second, plain] = [await trained(options, {}), await trained(options, {}), await trained(options)];
    const [, after] = /^after (\d+)$/.exec(first.told.join())!;
    expect(Number(after)).toBeGreaterThan(0);
    expect(Number(after)).toBeLessThan(options.epochs);
    expect(second.told).toEqual(first.told);
    expect(second.history).toEqual(first.history);
    expect(first.history.slice(0, Number(after))).toEqual(plain.history.slice(0, Number(after)));
    expect(first.cost / plain.cost).toBeCloseTo(1, 9);
  });

  it('takes the examples of each batch in the same order', async () => {
    const batches = { ...options, batch: 64, shuffle: true };
    const [mixed, plain] = [await trained(batches, {}), await trained(batches)];
    expect(mixed.told).toHaveLength(1);
    expect(mixed.cost / plain.cost).toBeCloseTo(1, 9);
  });

  it.each<[string, TrainOptions, Partial<Quickening>]>([
    ['is short', { epochs: 10 }, {}],
    ['has a checkpoint', { ...options, checkpoint: () => {} }, {}],
    ['has a backend of its own', { ...options, backend: 'js' }, {}],
    ['is not wanted to', options, { wanted: () => false }],
  ])('does not where it %s', async (_, own, quickening) => {
    const { told, history } = await trained(own, quickening);
    expect(told).toEqual([]);
    expect(history).toEqual((await trained(own)).history);
  });
});
