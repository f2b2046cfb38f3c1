import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gradus, printed } from '../app/harness.ts';
import { digits, folder, proposed, sourceOf } from './folder.ts';

/** Real data, by the commands that the examples propose, and the figures that they say. */

const scratch = mkdtempSync(join(tmpdir(), 'gradus-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const column = (file: string, name: string): number[] => {
  const [header, ...rows] = readFileSync(`${folder}data/${file}.csv`, 'utf8').trim().split('\n');
  const at = header!.split(',').indexOf(name);
  return rows.map((row) => Number(row.split(',')[at]));
};

describe('handwritten digits', () => {
  test('a network reads at least 97 % of those that it has not seen', async () => {
    const { metrics, test: aside, classes } = await proposed('data/digits');
    expect(metrics!.accuracy).toBeGreaterThan(0.99);
    expect(aside!.metrics.accuracy).toBeGreaterThanOrEqual(0.97);
    expect(classes!.Y).toEqual(Array.from({ length: 10 }, (_, k) => String(k)));
  });
});

describe('irises', () => {
  test('the species of at least 43 of 45 that were put aside', async () => {
    const { test: aside, classes, stopped } = await proposed('data/iris');
    expect(stopped).toBe('converged');
    expect(Math.round(45 * aside!.metrics.accuracy!)).toBeGreaterThanOrEqual(43);
    expect(classes!.Y).toEqual(['setosa', 'versicolor', 'virginica']);
  });

  test('of rank 2 nothing comes nearer than the largest singular values', async () => {
    const { cost, stopped } = await proposed('data/factors');
    expect(stopped).toBe('converged');
    // The squares of NumPy's other two singular values of the centred lengths, 11.65321551 and 3.55142885, by 600 entries.
    expect(cost).toBeCloseTo((11.653215508 + 3.5514288517) / 600, 10);
    expect(sourceOf('data/factors')).toContain('0.0253410739');
  });
});

interface CertifiedSet {
  readonly name: string;
  readonly starts: readonly (readonly number[])[];
  readonly certified: readonly number[];
  readonly deviations: readonly number[];
  readonly squares: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const sets: readonly CertifiedSet[] = JSON.parse(readFileSync(new URL('../descend/nist/sets.json', import.meta.url), 'utf8'));

describe('certified fits', () => {
  test.each(['Eckerle4', 'MGH09'])('%s: six digits, and five of the errors', async (set) => {
    const { certified, deviations, squares, x, y, starts } = sets.find(({ name }) => name === set)!;
    const file = set.toLowerCase();
    expect([column(file, 'x'), column(file, 'y')]).toEqual([x, y]);
    const source = sourceOf(`data/${file}`);
    for (const [k, start] of starts[1]!.entries()) expect(source).toContain(`b${k + 1} = ${start}`);
    for (const figure of [...certified, ...deviations]) expect(source).toContain(String(figure));
    const { fit, stopped } = await proposed(`data/${file}`);
    expect(stopped).toBe('converged');
    expect(digits(fit!.squares!, squares)).toBeGreaterThan(5);
    fit!.estimates.forEach(({ value, error }, k) => {
      expect(digits(value, certified[k]!)).toBeGreaterThan(6);
      expect(digits(error, deviations[k]!)).toBeGreaterThan(5);
    });
  });
});

describe('likelihoods', () => {
  /** Values and errors as Fisher's scoring gives them, in NumPy. */
  test.each([
    [
      'o-rings',
      [
        ['level', -1.20849045, 0.59525456],
        ['slope', -2.32162744, 1.08236522],
      ],
    ],
    [
      'aids',
      [
        ['level', 226.35608736, 10.21711169],
        ['growth', 25.65235937, 2.20391133],
      ],
    ],
  ] as const)('%s: what is learned by Newton, with its errors', async (name, figures) => {
    const { fit, stopped, epochs } = await proposed(`data/${name}`);
    expect(stopped).toBe('converged');
    expect(epochs).toBeLessThan(10);
    for (const [k, [parameter, value, error]] of figures.entries()) {
      const found = fit!.estimates[k]!;
      expect(found.name).toBe(parameter);
      expect(digits(found.value, value)).toBeGreaterThan(7);
      expect(digits(found.error, error)).toBeGreaterThan(7);
    }
  });

  test('what was learned of O-rings says what 31 °F meant', async () => {
    const file = join(scratch, 'params.json');
    await proposed('data/o-rings', 0, '--save', file);
    const model = `${folder}data/o-rings.grad`;
    const { status, out } = await gradus(['eval', model, '--set', 'temperature=[31]', '--params', file, '--quantity', 'p']);
    expect(status).toBe(0);
    expect(printed(out, 'p')[0]).toBeCloseTo(1 / (1 + Math.exp(1.20849045 - 2.32162744 * 3.9)), 5);
  });
});

test('robust regression: the line follows the years that were counted rightly', async () => {
  const { params, stopped } = await proposed('data/phones');
  expect(stopped).toBe('converged');
  // By SciPy's least_squares with the loss cauchy and f_scale 2.
  expect(params.level).toBeCloseTo(15.2139781, 5);
  expect(params.slope).toBeCloseTo(11.1300739, 5);
  const squares = sourceOf('data/phones').replace(/minimize .*/, 'minimize mse(line, calls)');
  const least = await gradus(['train', '-', '--data', `${folder}data/phones.csv`, '--optimizer', 'auto', '--json'], {
    input: squares,
  });
  expect(JSON.parse(least.out).params.slope).toBeCloseTo(50.41478261, 6);
});
