import { describe, expect, test } from 'vitest';
import { derive, GradusError } from '../../src/index.ts';
import { gradus } from '../app/harness.ts';

/** What is said of a split model: in the API, on the command line, in Chinese. */

const BATCH_NORM = `data X : [m, d]
data y : [m]
param W : [d, k],  v : [k]
Z = X·W
N = (Z − mean(Z, rows)) ./ sqrt(var(Z, rows) + 1e-5)
minimize Loss = mse(N·v, y)`;

const RIDGE = `data X : [m, d], y : [m], u : [m], lambda
param w : [d]
minimize Cost = sum(u .* (X·w − y).^2)/sum(u) + lambda·norm(w)^2`;

const HAN = /\p{Script=Han}/u;

describe('derive(…).parallel', () => {
  test('names the line that forbids it', async () => {
    const found = await derive(BATCH_NORM).parallel('m');
    expect(found.verdict).toMatchObject({
      way: 'forbidden',
      examples: true,
      refusals: [{ reason: 'adds', name: 'N', line: 5, source: 'N = (Z − mean(Z, rows)) ./ sqrt(var(Z, rows) + 1e-5)' }],
    });
    const { span } = found.verdict.refusals[0]!;
    expect(BATCH_NORM.slice(span!.start, span!.end)).toMatch(/^N = .*\)$/);
    expect(found.toText()).toContain('N adds a sum over the examples to what belongs to one of them.\n  5 │ N = ');
  });

  test('names what is counted once, and what every device needs', async () => {
    const { verdict } = await derive(RIDGE).parallel('m');
    expect(verdict).toMatchObject({
      way: 'add',
      once: [{ name: 'Cost', line: 3, text: 'lambda*sum(w.^2)', unicode: 'λ·Σ w∘²' }],
      given: [{ name: 'Cost', line: 3, text: 'sum(u)' }],
      counted: false,
      refusals: [],
    });
  });

  test('takes names that no model declares, and other spellings of a dimension', async () => {
    const d = derive('sum((W*X - Y).^2)/(2θ)', 'W', { shapes: { W: [1, 2], X: [2, 'θ'], Y: [1, 'θ'] } });
    expect((await d.parallel('theta')).verdict).toMatchObject({ way: 'average', once: [], given: [] });
  });

  test('a parameter that is not derived by is no data: it changes while the model learns', async () => {
    const source = 'data X : [m, d]; param w : [d], v : [d]; z = X·v; minimize sum((X·w − mean(z)).^2)';
    expect((await derive(source, 'w').parallel('m')).verdict.way).toBe('forbidden');
    expect((await derive(source.replace(', v : [d]', '; data v : [d]'), 'w').parallel('m')).verdict.way).toBe('add');
  });

  test('is plain as JSON', async () => {
    const found = await derive(RIDGE).parallel('m');
    const json = JSON.parse(JSON.stringify(found));
    expect(Object.keys(json)).toEqual(['objective', 'dimension', 'precision', 'verdict', 'sent', 'memory']);
    expect(json).toEqual({ ...found });
  });

  test.each([
    [BATCH_NORM, 'n', 'name', 'n is no dimension of the source', 'its dimensions are m, d, k'],
    [BATCH_NORM, 'examples', 'name', 'examples is no dimension of the source', 'its dimensions are m, d, k'],
    [
      'param w; minimize w^2',
      'm',
      'name',
      'm is no dimension of the source',
      'give the axis that is split a name: data X : [m, 2]',
    ],
    [
      'data x : [m]; param w; w*x',
      'm',
      'shape',
      'an array has no gradient to put together: the objective must be a number',
      'sum its entries, or minimize its squares',
    ],
  ])('refuses what it cannot take: %#', async (source, m, code, message, hint) => {
    const error = await derive(source)
      .parallel(m)
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GradusError);
    expect(error).toMatchObject({ code, message, hint });
  });
});

describe('what is sent and held', () => {
  const NETWORK = `data X : [m, 64], Y : [m, 10]
param W : [64, 32], b : [1, 32], V : [32, 10]
H = relu(X·W + b)
minimize Loss = −sum(Y .* log_softmax(H·V, cols))/m`;

  test('in numbers where sizes are known', async () => {
    const { sent, memory, precision } = await derive(NETWORK).parallel('m', { m: 1797 });
    const all = 64 * 32 + 32 + 320;
    expect(precision).toBe('f64');
    expect(sent.gradients).toMatchObject({ numbers: all + 1, bytes: 8 * (all + 1) });
    expect(sent.gradients!.parts[0]).toEqual({ of: '∂Loss/∂W', numbers: 2048 });
    expect(sent.compiled).toMatchObject({ 'all-reduce': { bytes: 8 * (all + 1) }, 'all-gather': { numbers: 0, parts: [] } });
    expect(sent.untold).toEqual([]);
    expect(memory).toMatchObject({
      parameters: { numbers: all, bytes: 8 * all },
      data: { numbers: '74*mₖ', bytes: 0, each: 8 * 74 },
      optimizers: { gd: 0, momentum: 1, adam: 2 },
    });
    expect(memory.values.each).toBeGreaterThan(8 * (2 * 32 + 2 * 10));
  });

  test('half of it in single precision', async () => {
    const [whole, half] = await Promise.all(
      (['f64', 'f32'] as const).map((precision) => derive(NETWORK, { precision }).parallel('m')),
    );
    expect(half!.sent.gradients!.bytes).toBe(whole!.sent.gradients!.bytes! / 2);
    expect(half!.toText()).toContain('in numbers of 4 bytes');
  });

  test('by the names of sizes otherwise', async () => {
    const found = await derive(BATCH_NORM).parallel('m');
    expect(found.sent.gradients).toBeUndefined();
    // Mean and variance, and three sums on the way back, besides the gradients and the objective.
    expect(found.sent.compiled['all-reduce'].numbers).toBe('d*k+5*k+1');
    expect(found.memory.parameters).toEqual({ numbers: 'd*k+k' });
    expect(found.toText()).toContain('parameters, and gradients as much: d·k + k numbers\n');
  });

  test('a parameter with an axis of examples stays on its device', async () => {
    const source = 'data X : [m, d]; param z : [m], w : [d]; R[i,j] = z[i]*w[j] − X[i,j]; minimize mean(R.^2)';
    const { verdict, sent, memory } = await derive(source).parallel('m');
    expect(verdict.split).toEqual(['z']);
    expect(sent.gradients!.numbers).toBe('d+1');
    expect(sent.compiled['all-reduce'].numbers).toBe('d+1');
    expect(memory.parameters.numbers).toBe('d+mₖ');
  });

  test('what a compiler does with places of examples is not known', async () => {
    const { sent } = await derive('data x : [m]; param w; d[i=1:m-1] = w*(x[i+1] − x[i]); minimize sum(d.^2)').parallel('m');
    expect(sent.untold).toEqual(['d']);
  });
});

describe('gradus derive --parallel', () => {
  test('prints what the API says', async () => {
    const found = await derive(RIDGE).parallel('m');
    expect((await gradus(['derive', RIDGE, '--parallel', 'm'])).out).toBe(`${found.toText()}\n`);
    const json = await gradus(['derive', RIDGE, '--parallel', 'm', '--json']);
    expect(JSON.parse(json.out)).toEqual(JSON.parse(JSON.stringify(found)));
    expect((await gradus(['derive', RIDGE, '--parallel', 'm', '--format', 'ascii'])).out).toMatch(/^[\n -~]*$/);
  });

  test('in Chinese', async () => {
    for (const source of [RIDGE, BATCH_NORM]) {
      const { out } = await gradus(['derive', source, '--parallel', 'm', '--lang', 'zh']);
      expect(out).toMatch(HAN);
      expect(
        out.replace(/^ {2}\d+ │.*$|all-\w+|\(\w+(, \w+)*\)/gm, '').match(/(?<![\p{L}_])[a-z]{3,}(?![\p{L}_])/gu) ?? [],
      ).toEqual([]);
      expect((await derive(source, { lang: 'zh' }).parallel('m')).toText()).toBe(out.trimEnd());
    }
    expect((await gradus(['derive', RIDGE, '--parallel', 'q', '--lang', 'zh'])).err).toContain('q 不是源中的维度');
  });

  test.each([
    [['--numbers'], '--numbers does not go with --parallel'],
    [['--notation', 'index'], '--notation does not go with --parallel'],
    [['--format', 'html'], '--parallel does not go with html'],
  ])('%j is wrong usage', async (more, message) => {
    const { status, err } = await gradus(['derive', RIDGE, '--parallel', 'm', ...more]);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});
