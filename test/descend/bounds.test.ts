import { describe, expect, test } from 'vitest';
import { train } from '../../src/api/train.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { gradus } from '../app/harness.ts';
import { refusalOf } from '../support/refusal.ts';

/** Parameters that end at a bound of what is declared of them: beyond it the cost may be better, so it is said. */

describe('a parameter at its bound', () => {
  test.each([
    ['param p in 0..1 = 0.5; minimize -p', [{ name: 'p', fact: 'in 0..1', bound: 1, entries: 1, of: 1 }]],
    ['param k positive = 1; minimize k', [{ name: 'k', fact: 'positive', bound: 0, entries: 1, of: 1 }]],
    ['param p in 0..1 = 0.5; minimize (p - 0.4)^2', []],
    ['param k positive = 1; minimize (k - 2)^2', []],
    ['param w = 1; minimize w^2', []],
    [
      'data x : [3] = [1, 0, -1]; param w : [3] in -1..1; minimize sum((w - 2*x).^2)',
      [
        { name: 'w', fact: 'in -1..1', bound: -1, entries: 1, of: 3 },
        { name: 'w', fact: 'in -1..1', bound: 1, entries: 1, of: 3 },
      ],
    ],
  ])('%s', async (model, bounded) => {
    expect((await train(model, {}, { epochs: 200, lr: 0.4 })).bounded).toEqual(bounded);
  });

  test('the command line says which', async () => {
    const { out } = await gradus(['train', 'param p in 0..1 = 0.5; minimize -p', '--quiet', '--epochs', '20']);
    expect(out).toContain('\n  p lies at the bound 1 of "in 0..1"\n');
    const { out: json } = await gradus(['train', 'param p in 0..1 = 0.5; minimize -p', '--json', '--quiet', '--epochs', '20']);
    expect(JSON.parse(json).bounded).toEqual([{ name: 'p', fact: 'in 0..1', bound: 1, entries: 1, of: 1 }]);
    const { out: inside } = await gradus(['train', 'param w = 1; minimize w^2', '--quiet', '--epochs', '20', '--lr', '0.1']);
    expect(inside).not.toContain('bound');
  });
});

describe('a bound that the minimum lies beyond', () => {
  const LINE = 'data x : [n] = [1, 2, 3, 4], y : [n] = [5, 3, 2, 0.5]';

  test.each(['lbfgs', 'newton', 'newton-cg', 'levenberg-marquardt', 'auto'])('%s settles there', async (optimizer) => {
    const alone = await train('param a positive = 1; minimize (a + 1)^2', {}, { optimizer, epochs: 100 });
    expect(alone).toMatchObject({ stopped: 'converged', warnings: [], bounded: [{ name: 'a', bound: 0 }] });
    const beside = await train(
      `${LINE}; param a positive = 1, b = 0; minimize sum((y - a*x - b).^2)`,
      {},
      { optimizer, epochs: 200 },
    );
    expect(beside).toMatchObject({ stopped: 'converged', warnings: [], bounded: [{ name: 'a', bound: 0 }] });
    expect(beside.params.b).toBeCloseTo(2.625, 6);
  });

  test('the errors of a fit are those of the others, as if it were fixed', async () => {
    const model = (a: string) => `${LINE}; ${a}; param b = 0; minimize sum((y - a*x - b).^2)`;
    const { fit } = await train(model('param a positive = 1'), {}, { optimizer: 'auto' });
    const { fit: fixed } = await train(model('const a = 0'), {}, { optimizer: 'auto' });
    expect(fit!.estimates.map((e) => e.name)).toEqual(['b']);
    expect(fit!.degreesOfFreedom).toBe(3);
    expect(fit!.estimates[0]!.error).toBeCloseTo(fixed!.estimates[0]!.error, 9);
    const { out } = await gradus(['train', model('param a positive = 1'), '--optimizer', 'auto', '--quiet']);
    expect(out).toContain('a lies at the bound 0 of "positive": the errors take it as given');
  });

  test('entries of an array, of a likelihood too', async () => {
    const source = `${LINE}; param w : [2] in 0..10 = [1, 1]; `;
    const squares = await train(`${source}minimize sum((y - w[1]*x - w[2]).^2)`, {}, { optimizer: 'auto' });
    expect(squares.fit!.estimates.map((e) => e.entry)).toEqual([[2]]);
    const likelihood = await train(
      `${source}minimize sum((y - w[1]*x - w[2]).^2)/2`,
      {},
      { optimizer: 'newton', errors: 'likelihood' },
    );
    expect(likelihood.fit!.estimates).toHaveLength(1);
    expect(likelihood.fit!.estimates[0]!.error).toBeCloseTo(0.5, 9);
  });
});

describe('a start that nothing can be drawn by', () => {
  test.each([
    ['param w ~ normal(0, -1)', '-1', 'normal: a spread is not negative', 'write normal(0, 1)'],
    ['param w ~ normal(2, -0.5)', '-0.5', 'normal: a spread is not negative', 'write normal(2, 0.5)'],
    ['param w ~ uniform(2, 1)', '2', 'uniform: the lower bound 2 lies above the upper 1', 'write uniform(1, 2)'],
    ['const s = 2; param w ~ normal(0, [1, 2])', '[1, 2]', 'normal takes numbers, not an array', undefined],
  ])('%s', (model, marked, message, hint) => {
    const text = `${model}; minimize w^2`;
    const error = refusalOf(() => elaborate(parse(text)));
    expect(error.message).toBe(message);
    expect(error.hint).toBe(hint);
    expect(text.slice(error.span!.start, error.span!.end)).toBe(marked);
  });

  test('by a number that the source gives elsewhere', async () => {
    await expect(train('const s = 2; param w ~ normal(0, -s); minimize w^2', {}, { epochs: 1 })).rejects.toThrow(
      'normal: a spread is not negative',
    );
  });

  test('a spread of 0 and bounds that meet are starts', async () => {
    const { params } = await train(
      'param w ~ normal(3, 0), u ~ uniform(1, 1); minimize (w - 3)^2 + (u - 1)^2',
      {},
      { epochs: 1 },
    );
    expect(params).toEqual({ w: 3, u: 1 });
  });
});

test('what is maximized is climbed, whatever the rate: too large a one says so', async () => {
  const at = (model: string, lr: number) => train(model, {}, { epochs: 300, lr });
  expect((await at('param w = 1; maximize -(w - 3)^2', 0.1)).params.w).toBeCloseTo(3, 9);
  const swinging = await at('param w = 1; maximize -(w - 3)^2', 1);
  expect(swinging.warnings).toMatchObject([{ message: 'w ended where the run started, going to and fro' }]);
  const gone = await at('param w = 5; maximize -3*(w - 2)^2', 1);
  expect(gone.stopped).toBe('diverged');
  expect(gone.error!.hint).toContain('the curvature at the start allows rates below 0.333');
});
