import { describe, expect, test } from 'vitest';
import { type Progress, type TrainOptions, train } from '../../src/index.ts';

/** What a run says of itself, on its way and at its end. */

const told = async (source: string, options: TrainOptions) =>
  (await train(source, {}, options)).warnings.map(({ message, hint }) => ({ message, hint }));
const LINE = 'data x : [n] = [1, 2, 3]; data y : [n] = [1, 3, 4]; param a = 0; param b = 0; ';

describe('a solver that has not come to a minimum', () => {
  test.each(['newton', 'newton-cg', 'lbfgs', 'auto'])('%s says so', async (optimizer) => {
    const warnings = await told('param w = 5; minimize w^4', { optimizer, epochs: 3 });
    const name = optimizer === 'auto' ? 'levenberg-marquardt' : optimizer;
    expect(warnings).toEqual([
      {
        message: `${name} had not converged after 3 epochs`,
        hint: optimizer === 'auto' ? 'try more epochs, or another start' : 'try more epochs, another start, or optimizer auto',
      },
    ]);
  });

  test('that is why a fit has no standard errors', async () => {
    const [warning, ...others] = await told(`${LINE.replaceAll('= 0', '= 0.1')}minimize sum((a*exp(b*x) - y).^2)`, {
      optimizer: 'auto',
      epochs: 1,
    });
    expect(warning!.message).toBe('no standard errors: levenberg-marquardt had not converged after 1 epoch');
    expect(others).toEqual([]);
  });

  test('nobody is sent to what was chosen', async () => {
    const source = `${LINE}minimize sum((a*exp(b*x) - y).^2)`;
    for (const options of [{}, { batch: 2 }]) {
      const warnings = await told(source, { optimizer: 'auto', epochs: 2, errors: 'squares', ...options });
      expect(warnings.map((w) => w.message).join()).toContain('where the run stopped');
      expect(warnings.map((w) => w.hint).join()).not.toContain('auto');
    }
    const [warning] = await told(source.replaceAll('= 0;', '= 0.1;'), { epochs: 2, lr: 1e-4, errors: 'squares' });
    expect(warning!.hint).toBe('run it until it converges: optimizer auto');
  });

  test('what steps by a rate, or steps as far as it is told, is not asked to', async () => {
    for (const options of [{ lr: 0.01 }, { optimizer: 'hot-cold' }, { optimizer: 'newton', epochs: 0 }])
      expect(await told('param w = 5; minimize w^2', { epochs: 3, ...options })).toEqual([]);
  });
});

describe('a run that does not move', () => {
  test.each<[string, TrainOptions, string]>([
    ['a schedule of 0', { schedule: () => 0 }, '0'],
    ['a rate that rounding swallows', { lr: 1e-30 }, '1e-30'],
  ])('%s', async (_, options, rate) => {
    for (const optimizer of ['gd', 'adam']) {
      const [warning, ...others] = await told('param w = 3; minimize (w - 1)^2', { epochs: 5, optimizer, ...options });
      expect(warning!.message).toBe(`w stayed at the start: the learning rate, at most ${rate}, is too small to move it`);
      expect(warning!.hint).toBe(
        options.schedule ? 'look at the schedule, or try a larger learning rate' : 'try a larger learning rate',
      );
      expect(others).toEqual([]);
    }
  });

  test('one that goes to and fro does', async () => {
    const [warning] = await told('param w = 3; minimize (w - 1)^2', { epochs: 4, lr: 1 });
    expect(warning!.message).toBe('w ended where the run started, going to and fro');
  });
});

describe('the cost of an epoch that is told', () => {
  const source = 'param w = 3; metric m2 = w^2; minimize (w - 1)^2';
  // A step of 0.1 takes 0.8 of what is left: w is 1 + 2·0.8ᵏ after k epochs.
  const after = (k: number) => 4 * 0.64 ** k;
  const seen = async (text: string, options: TrainOptions) => {
    const all: Progress[] = [];
    const { cost } = await train(text, {}, { epochs: 3, lr: 0.1, onProgress: (p) => all.push(p), ...options });
    return { all, cost };
  };

  test('is of the state that the metrics are of', async () => {
    for (const options of [{}, { onEpoch: () => {} }]) {
      const { all } = await seen(source, options);
      expect(all.map((p) => p.epoch)).toEqual([1, 2, 3]);
      for (const { epoch, cost, metrics } of all) {
        expect(cost).toBeCloseTo(after(epoch), 12);
        expect(metrics!.m2).toBeCloseTo((1 + 2 * 0.8 ** epoch) ** 2, 12);
      }
    }
  });

  test.each(['gd', 'lbfgs'])('is at the end what the run came to: %s', async (optimizer) => {
    const { all, cost } = await seen('param w = 3; minimize cosh(w - 1)', { optimizer, epochs: 200 });
    expect(all.at(-1)!.cost).toBe(cost);
  });

  test('where examples are put aside, too', async () => {
    const data =
      'data x : [n] = [1, 2, 3, 4, 5]; data y : [n] = [1, 2, 4, 4, 6]; param a = 0; metric am = a; minimize mse(a*x, y)';
    const { all, cost } = await seen(data, { validation: 0.4, lr: 0.01 });
    expect(all.at(-1)!.cost).toBe(cost);
  });
});

test('a tolerance that tells nothing is refused', async () => {
  for (const optimizer of ['newton', 'lbfgs', 'lm']) {
    const run = train('param w = 3; minimize (w - 1)^2', {}, { optimizer, tolerance: 1 });
    await expect(run).rejects.toThrow('tolerance');
  }
});
