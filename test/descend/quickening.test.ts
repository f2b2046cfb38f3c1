import { describe, expect, it } from 'vitest';
import { prepare, type Quickening, type TrainOptions, type TrainResult } from '../../src/descend/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
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

  describe('and is stopped', () => {
    const batches = { ...options, batch: 64, shuffle: true, checkpointEvery: 900 };
    const meanwhile = 5e7;
    const kept = async (more: TrainOptions, quickening: Partial<Quickening>) => {
      const states: string[] = [];
      const run = await trained({ ...more, checkpoint: (state) => states.push(state) }, quickening);
      return { run, states };
    };

    it.each([
      ['all examples', { ...options, checkpointEvery: 130 }],
      ['batches', batches],
    ])('ends in the bits of one go, wherever it is resumed: %s', async (_, own) => {
      const whole = await trained(own, { meanwhile });
      const after = Number(/^after (\d+)$/.exec(whole.told.join())![1]);
      const { run, states } = await kept(own, { meanwhile });
      expect([run.told, run.history]).toEqual([whole.told, whole.history]);
      const epochs = states.map((state) => (JSON.parse(state) as { epoch: number }).epoch);
      expect([epochs.some((epoch) => epoch < after), epochs.some((epoch) => epoch > after)]).toEqual([true, true]);
      for (const [k, resume] of states.entries()) {
        // Whatever would be decided now.
        const again = await trained({ ...own, resume }, { wanted: () => false, meanwhile: 1 });
        expect([again.history, again.params, again.warnings]).toEqual([whole.history, whole.params, whole.warnings]);
        expect(again.told).toEqual([epochs[k]! < after ? `after ${after}` : 'after 0']);
      }
      // Also where nothing decides.
      expect((await trained({ ...own, resume: states.at(-2)! })).history).toEqual(whole.history);
    });

    it('stays as it is where it was', async () => {
      const plain = await trained(batches);
      const { states } = await kept(batches, { wanted: () => false });
      const again = await trained({ ...batches, resume: states[1]! }, {});
      expect([again.told, again.history]).toEqual([[], plain.history]);
    });

    it('is warned of where it cannot go on so', async () => {
      const { run, states } = await kept(batches, { meanwhile });
      const without = async () => {
        throw new GradusError('unsupported', 'there is no cc', { hint: 'install one' });
      };
      const again = await trained({ ...batches, resume: states.at(-2)! }, { provide: without });
      expect(again.told).toEqual(['there is no cc']);
      expect(again.cost / run.cost).toBeCloseTo(1, 9);
      expect(again.warnings.slice(run.warnings.length)).toEqual([
        {
          message: 'the run goes on without the native code that it was in: it ends with other last digits than in one go',
          hint: 'install one',
        },
      ]);
    });

    it('has the backend that it began with', async () => {
      const { states } = await kept(batches, { wanted: () => false });
      await expect(trained({ ...batches, resume: states[0]!, backend: 'native' })).rejects.toThrow(
        'a run with backend auto, not native',
      );
      const { states: own } = await kept({ ...batches, backend: 'native' }, {});
      await expect(trained({ ...batches, resume: own[0]! })).rejects.toThrow('a run with backend native, not auto');
    });
  });

  it.each<[string, TrainOptions, Partial<Quickening>]>([
    ['is short', { epochs: 10 }, {}],
    ['has a backend of its own', { ...options, backend: 'js' }, {}],
    ['is not wanted to', options, { wanted: () => false }],
  ])('does not where it %s', async (_, own, quickening) => {
    const { told, history } = await trained(own, quickening);
    expect(told).toEqual([]);
    expect(history).toEqual((await trained(own)).history);
  });
});
