import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { dialects, exported } from '../../src/export/index.ts';
import { type DialectName, dialectNames } from '../../src/export/names.ts';
import { derive, GradusError } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { exampleOf, shapeOf } from '../docs/reference/example.ts';
import { groups } from '../docs/reference/functions.ts';
import { python } from './environment.ts';

/**
 * Exported programs, run by Python: GRADUS_PYTHON, or an environment that is made here, with NumPy, SciPy, JAX and PyTorch.
 * Each must give our own value and gradients to 1e-12.
 */

const MOST = 1e-12;

interface Source {
  readonly name: string;
  readonly text: string;
  readonly check?: boolean;
}

const examples: readonly Source[] = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.grad') && !file.startsWith('error'))
  .map((file) => ({ name: file, text: withData(readFileSync(join('examples', file), 'utf8'), file), check: true }));

/** Data of a table beside the model, written into it. */
function withData(text: string, file: string): string {
  const table = join('examples', file.replace(/\.grad$/, '.csv'));
  if (!existsSync(table)) return text;
  const [head, ...rows] = readFileSync(table, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((s) => s.trim()));
  return head!.reduce(
    (model, name, k) =>
      model.replace(new RegExp(`(data[^\\n]*?\\b${name} : \\[n\\])(?! =)`), `$1 = [${rows.map((row) => row[k]).join(', ')}]`),
    text,
  );
}

const literal = (v: unknown): string => (Array.isArray(v) ? `[${v.map(literal).join(', ')}]` : String(v));

/** One model for every function of the reference. */
const operators: readonly Source[] = groups
  .flatMap((group) => Object.entries(group.entries))
  .flatMap(([name, entry]) => {
    const { objective, at } = exampleOf(entry);
    const names = Object.keys(at);
    if (!names.some((n) => n in entry.at)) return [];
    const declared = names.map((n) => {
      const shape = shapeOf(at[n] as never);
      return `${n in entry.at ? 'param' : 'data'} ${n}${shape.length > 0 ? ` : [${shape.join(', ')}]` : ''} = ${literal(at[n])}`;
    });
    return [{ name, text: `${declared.join('\n')}\nminimize (${objective})` }];
  });

/** Programs in a folder, with our own numbers, and what cannot be written. */
function jobs(sources: readonly Source[], dialect: DialectName) {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-export-'));
  const unsupported: string[] = [];
  const made = sources.flatMap(({ name, text, check }, k) => {
    const told = exported(elaborate(parse(text)));
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
    const numbers = (x: unknown): unknown =>
      Array.isArray(x)
        ? x.map(numbers)
        : typeof x === 'number'
          ? Number.isFinite(x)
            ? x
            : String(x)
          : numbers((x as { toArray(): unknown }).toArray());
    const wanted = Object.fromEntries(Object.entries(gradient).map(([n, g]) => [n, numbers(g)]));
    return [{ name, file, value: numbers(value), gradient: wanted, check }];
  });
  return { made, unsupported };
}

function run(made: readonly object[]): { name: string; worst?: number; error?: string }[] {
  const { stdout, stderr, status } = spawnSync(python(), ['test/export/compare.py'], {
    input: JSON.stringify(made),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What a library does not have; in the documents too. */
const MISSING: Readonly<Partial<Record<DialectName, readonly string[]>>> = {
  numpy: ['polylog'],
  jax: ['besseli', 'besselj', 'besselk', 'bessely', 'elliptic_e', 'elliptic_f', 'elliptic_k', 'lambertw', 'polylog'],
  torch: [
    ...['Chi', 'Ci', 'Ei', 'Shi', 'Si', 'besseli', 'besselj', 'besselk', 'bessely', 'dawson', 'elliptic_e', 'elliptic_f'],
    ...['elliptic_k', 'erfi', 'fresnelc', 'fresnels', 'lambertw', 'li', 'polylog'],
  ],
};

describe.each(dialectNames.filter((name) => name in MISSING))('%s', (dialect) => {
  test('every example', () => {
    const { made, unsupported } = jobs(examples, dialect);
    expect(unsupported).toEqual([]);
    expect(run(made).filter(({ worst = Number.NaN }) => !(worst <= MOST))).toEqual([]);
  });

  test('every function', () => {
    const { made, unsupported } = jobs(operators, dialect);
    expect(unsupported.toSorted()).toEqual(MISSING[dialect]);
    expect(run(made).filter(({ worst = Number.NaN }) => !(worst <= MOST))).toEqual([]);
  });
});
