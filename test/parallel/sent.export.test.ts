import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { dialects, exported } from '../../src/export/index.ts';
import { dimensionNames, type Sizes, sizeOf } from '../../src/graph/dimension.ts';
import { GradusError } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import type { Input } from '../../src/model/model.ts';
import { type Amount, parallelReport } from '../../src/parallel/index.ts';
import { ownPython as python } from '../export/python-run.ts';
import { allowed, example, forbidden } from './models.ts';
import { randomModel } from './random.ts';

/**
 * What is said to be sent, held against what XLA sends: exported programs, compiled for eight devices that are simulated
 * (`--xla_force_host_platform_device_count=8`).
 */

const DEVICES = 8;
/** Of the random models. */
const FIRST = 9_100_000;
const RANDOM = 80;

interface Job {
  readonly name: string;
  readonly text: string;
  readonly m: string;
  readonly sizes: Readonly<Record<string, number>>;
  readonly precision?: 'f64' | 'f32';
}

const attention = example('models/attention')
  .replace(/h, 3, 2\]/g, 'h, 24, 16]')
  .replace('h, 2, 3]', 'h, 16, 24]')
  .replace(/t, 3\]/g, 't, 24]');
const network = example('data/digits');

/** Of the sizes that they have in use. */
const large: readonly Job[] = [
  { name: 'digits', text: network, m: 'n', sizes: { n: 1024 } },
  { name: 'digits in single precision', text: network, m: 'n', sizes: { n: 1024 }, precision: 'f32' },
  { name: 'XOR', text: example('xor-hidden'), m: 'm', sizes: { m: 64 } },
  {
    name: 'batch norm',
    text: "data X : [m, 16], y : [m]; param W : [16, 32], g : [32], c : [32], v : [32]; Z = X·W; N = (Z − mean(Z, rows)) ./ sqrt(var(Z, rows) + 1e-5); A = relu(N .* g' + c'); minimize Loss = mse(A·v, y)",
    m: 'm',
    sizes: { m: 512 },
  },
  { name: 'attention over the batch', text: attention, m: 'b', sizes: { b: 32, t: 16, h: 8 } },
  { name: 'attention over the heads', text: attention, m: 'h', sizes: { b: 32, t: 16, h: 8 } },
  { name: 'attention over time', text: attention, m: 't', sizes: { b: 4, t: 64, h: 8 } },
  { name: 'k-means', text: example('models/k-means'), m: 'n', sizes: { n: 1024, d: 8, k: 16 } },
  { name: 'a mixture', text: example('models/mixture'), m: 'n', sizes: { n: 512, k: 8, d: 4 } },
].map((job) => ({ ...job, name: `large: ${job.name}` }) as Job);

const jobs: readonly Job[] = [
  ...large,
  ...[...allowed, ...forbidden].map(({ name, text, m, sizes }) => ({ name, text, m, sizes: { ...sizes, [m]: 64 } })),
];

/** What the report says of a compiler, and is not what this one does: which half of a table of pairs it gathers, how often. */
const OTHERWISE = ['Cox partial likelihood'];

/** A target, or data, that the objective does without. */
const UNUSED = ['no term of examples'];

interface Found {
  readonly sent: Readonly<Record<string, number>>;
  readonly arguments: number;
  readonly temporary: number;
}

let found: ReadonlyMap<string, Found>;

function prepared({ name, text, m, sizes: given, precision = 'f64' }: Job) {
  const model = elaborate(parse(text));
  const sizes: Sizes = new Map([...model.sizes, ...Object.entries(given)]);
  const named = new Set([...model.inputs.values()].flatMap((i) => i.shape.flatMap(dimensionNames)));
  const inputs = Object.fromEntries(Object.entries(given).filter(([dim]) => named.has(dim)));
  const shape = (i: Input) => ({
    name: i.name,
    shape: i.shape.map((dim) => sizeOf(dim, sizes)),
    axis: i.shape.indexOf(m),
  });
  const told = exported(model, { precision });
  const { params, data } = told;
  const file = dialects.jax.files(told) as Readonly<Record<string, string>>;
  const report = parallelReport(
    model,
    params.map((p) => p.name),
    m,
    { precision, inputs },
  );
  const share = sizes.get(m)! / DEVICES;
  return {
    name,
    share,
    program: file['model.py']!,
    dtype: precision === 'f64' ? 'float64' : 'float32',
    params: params.map(shape),
    data: data.map(shape),
    report,
  };
}

const all = jobs.map(prepared);

type Prepared = ReturnType<typeof prepared>;

/** Models that nobody would write, and of which nothing is said to be a guess. */
const random: readonly Prepared[] = Array.from({ length: RANDOM }, (_, k): Job => {
  const seed = FIRST + k;
  return { name: `random ${seed}`, text: randomModel(seed), m: 'm', sizes: { m: 64 } };
}).flatMap((job) => {
  try {
    const made = prepared(job);
    return made.report.sent.untold.length === 0 ? [made] : [];
  } catch (error) {
    // Shapes that do not fit, a function that JAX does not have.
    if (error instanceof GradusError) return [];
    throw error;
  }
});

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-sent-'));
  const input = [...all, ...random].map(({ program, report: _report, share: _share, ...job }, k) => {
    const file = join(folder, `model${k}.py`);
    writeFileSync(file, program);
    return { ...job, file };
  });
  const { stdout, stderr, status } = spawnSync(python(), ['test/parallel/sent.py'], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  found = new Map((JSON.parse(stdout) as (Found & { name: string })[]).map((f) => [f.name, f]));
});

const sorted = (record: Readonly<Record<string, number>>) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

const known = all.filter(({ name, report }) => report.sent.untold.length === 0 && !OTHERWISE.includes(name));

/** Bytes by kind, as they are said. */
const saidOf = ({ report }: Prepared): Record<string, number> =>
  Object.fromEntries(
    Object.entries(report.sent.compiled).flatMap(([kind, { bytes = Number.NaN }]) => (bytes === 0 ? [] : [[kind, bytes]])),
  );

describe('bytes by kind', () => {
  // Nothing else is sent, and it is the same to the byte.
  test.each(known)('$name', (job) => {
    expect(saidOf(job)).toEqual(found.get(job.name)!.sent);
  });

  test('of models that nobody would write, with few exceptions', () => {
    const other = random.filter(
      (job) => JSON.stringify(sorted(saidOf(job))) !== JSON.stringify(sorted(found.get(job.name)!.sent)),
    );
    // Of what is picked by its place it is not told.
    expect(random.length).toBeGreaterThan(RANDOM / 4);
    expect(other.length).toBeLessThanOrEqual(random.length / 20);
  });

  test('where gradients may be averaged or added, no more is sent than they are', () => {
    for (const { name, report } of known.filter(({ name: n }) => n.startsWith('large'))) {
      const { gradients, compiled } = report.sent;
      if (gradients) expect(compiled['all-reduce'].bytes, name).toBeLessThanOrEqual(gradients.bytes!);
    }
  });

  test('of nearly all models it is known, but for what is picked by its place', () => {
    const picked = forbidden.filter(({ reasons }) => reasons?.includes('places')).map(({ name }) => name);
    const others = all.filter(({ name }) => !picked.includes(name));
    expect(known.filter((job) => others.includes(job)).length).toBeGreaterThanOrEqual(others.length - 11);
    expect(known.filter(({ name }) => name.startsWith('large'))).toHaveLength(large.length);
  });
});

describe('memory of a device', () => {
  const on = ({ bytes = Number.NaN, each = 0 }: Amount, share: number): number => bytes + each * share;

  test.each(known)('$name', ({ name, share, report }) => {
    const { parameters, data, values } = report.memory;
    const { arguments: given, temporary } = found.get(name)!;
    // What no formula needs is not handed over.
    if (!UNUSED.includes(name)) expect(on(parameters, share) + on(data, share)).toBe(given);
    // The compiler frees most of what it makes, and makes some places of its own.
    expect(temporary).toBeLessThan(1.1 * on(values, share));
  });
});
