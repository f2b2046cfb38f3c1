import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { dialects, exported } from '../../src/export/index.ts';
import type { DialectName } from '../../src/export/names.ts';
import { derive, GradusError } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import type { Inputs } from '../../src/numeric/binding.ts';
import { Tensor } from '../../src/numeric/tensor.ts';
import { everyOperator } from './alone.ts';
import { convolutions } from './convolutions.ts';
import { edges, singular } from './edges.ts';
import { examples } from './examples.ts';
import { recurrences } from './recurrences.ts';
import { referenced } from './referenced.ts';
import { unusual } from './unusual.ts';

/** Exported programs, run by Python: each must give our own value and gradients to 1e-12. */
const MOST = 1e-12;

/** Beside poles, and far out, the last digits are those of the argument. */
const AT_EDGES = 1e-11;

/** Differences of more entries than these take minutes. */
const MOST_CHECKED = 1000;

interface Source {
  readonly name: string;
  readonly text: string;
  readonly given?: Inputs;
  /** A model, whose program is called and run as a whole. */
  readonly whole?: true;
  /** Whether each entry is held against ours by its own size. */
  readonly each?: true;
  /** In single precision, of which only the types are looked at. */
  readonly typed?: true;
}

const numbers = (x: unknown): unknown =>
  Array.isArray(x)
    ? x.map(numbers)
    : typeof x === 'number'
      ? Number.isFinite(x)
        ? x
        : String(x)
      : numbers((x as { toArray(): unknown }).toArray());

/** Functions of the libraries themselves, which are off there: next to a zero or a pole, far out, of negative numbers. */
const OWN = 'lgamma digamma trigamma polygamma beta uppergamma erfinv mod besselj bessely besseli'.split(' ');

/** Operators one by one, each at many arguments. */
function operatorJobs(dialect: DialectName) {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-export-'));
  return everyOperator().flatMap(({ name, told, values }, k) => {
    if (OWN.includes(name)) return [];
    let program: string;
    try {
      program = (dialects[dialect].files(told) as Record<string, string>)['model.py']!;
    } catch (error) {
      if (!(error instanceof GradusError) || error.code !== 'unsupported') throw error;
      return [];
    }
    const file = join(folder, `model${k}.py`);
    writeFileSync(file, program);
    return [{ name, file, gradient: { s: values.map(numbers) }, value: 0, each: true, quiet: true }];
  });
}

/** Programs in a folder, with our own numbers, and what cannot be written. */
function jobs(sources: readonly Source[], dialect: DialectName) {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-export-'));
  const unsupported: string[] = [];
  const made = sources.flatMap(({ name, text, given = {}, whole = false, each = false, typed = false }, k) => {
    const told = exported(elaborate(parse(text)), { inputs: given, precision: typed ? 'f32' : 'f64' });
    let program: string;
    try {
      program = (dialects[dialect].files(told) as Record<string, string>)['model.py']!;
    } catch (error) {
      if (!(error instanceof GradusError) || error.code !== 'unsupported') throw error;
      unsupported.push(name);
      return [];
    }
    const file = join(folder, `model${k}.py`);
    writeFileSync(file, program);
    const at = Object.fromEntries([...told.values].filter(([n]) => told.model.inputs.has(n)));
    const names = told.params.map((p) => p.name);
    const { value, gradient } = derive(text, names, { steps: false }).compile().valueAndGradient(at);
    const wanted = Object.fromEntries(Object.entries(gradient).map(([n, g]) => [n, numbers(g)]));
    const entries = names.reduce((sum, n) => sum + [numbers(gradient[n])].flat(9).length, 0);
    return [{ name, file, value: numbers(value), gradient: wanted, whole, each, typed, check: whole && entries <= MOST_CHECKED }];
  });
  return { made, unsupported };
}

interface Judged {
  readonly name: string;
  readonly worst?: number;
  readonly error?: string;
}

function run(python: string, made: readonly object[]): Judged[] {
  const { stdout, stderr, status } = spawnSync(python, ['test/export/compare.py'], {
    input: JSON.stringify(made),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The Python of the tests: that of GRADUS_PYTHON, which `setup.ts` sees to. */
export const ownPython = (): string => process.env.GRADUS_PYTHON!;

/** Every example and every function in a dialect; `missing` is what the library does not have, in the documents too. */
export function everyModel(dialect: DialectName, python: () => string, missing: readonly string[]): void {
  test('every example', () => {
    const { made, unsupported } = jobs(
      examples.map((example) => ({ ...example, whole: true })),
      dialect,
    );
    expect(unsupported).toEqual([]);
    expect(run(python(), made).filter(({ worst = Number.NaN }) => !(worst <= MOST))).toEqual([]);
  });

  test('every kind of recurrence and of convolution, and what is unusual', () => {
    const { made, unsupported } = jobs(
      Object.entries({ ...recurrences, ...convolutions, ...unusual }).map(([name, text]) => ({
        name,
        text,
        // The libraries' own gradients of determinants and of singular values lose their digits where there is no inverse,
        // and those of a branch that is not taken are NaN.
        ...(/det\(|cofactor\(/.test(text) || (dialect !== 'numpy' && /sqrt\(x\)\*w\)/.test(text))
          ? {}
          : { whole: true as const }),
      })),
      dialect,
    );
    expect(unsupported).toEqual([]);
    expect(run(python(), made).filter(({ worst = Number.NaN }) => !(worst <= MOST))).toEqual([]);
  });

  test('functions at their edges, and beyond', () => {
    const { made } = jobs(
      edges.map(([name, text, at]) => ({
        name,
        text,
        given: { x: new Tensor([at.length], Float64Array.from(at)) },
        each: true as const,
      })),
      dialect,
    );
    expect(run(python(), made).filter(({ worst = Number.NaN }) => !(worst <= AT_EDGES))).toEqual([]);
  });

  test('every operator, at numbers of every size', () => {
    const made = operatorJobs(dialect);
    expect(made.length).toBeGreaterThan(100);
    expect(run(python(), made).filter(({ worst = Number.NaN }) => !(worst <= MOST))).toEqual([]);
  });

  test('matrices without an inverse', () => {
    const { made } = jobs(
      Object.entries(singular).map(([name, text]) => ({ name, text, each: true as const })),
      dialect,
    );
    expect(run(python(), made).filter(({ worst = Number.NaN }) => !(worst <= MOST))).toEqual([]);
  });

  test('every function', () => {
    const { made, unsupported } = jobs(
      referenced.map(([name, text]) => ({ name, text })),
      dialect,
    );
    expect(unsupported.toSorted()).toEqual(missing);
    expect(run(python(), made).filter(({ worst = Number.NaN }) => !(worst <= MOST))).toEqual([]);
  });
  test('every function, in single precision', () => {
    const sources = [...referenced, ...Object.entries(unusual)];
    const { made } = jobs(
      sources.map(([name, text]) => ({ name, text, typed: true as const })),
      dialect,
    );
    expect(run(python(), made).filter(({ worst = Number.NaN }) => !(worst <= MOST))).toEqual([]);
  });
}
