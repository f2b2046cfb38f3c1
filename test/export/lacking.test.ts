import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dialects } from '../../src/export/index.ts';
import { type DialectName, dialectNames } from '../../src/export/names.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { exportedOf } from './c-exported.ts';
import { referenced } from './referenced.ts';

/** What the README calls the languages in its table of functions that they lack. */
const ROWS: Readonly<Record<DialectName, string>> = {
  numpy: 'NumPy (with SciPy)',
  jax: 'JAX',
  torch: 'PyTorch',
  c: 'C',
  js: 'JavaScript',
};

/** Functions of the reference that a language cannot be told, alone or with their derivative. */
async function lackedBy(dialect: DialectName): Promise<string[]> {
  const found: string[] = [];
  for (const [name, text] of referenced) {
    try {
      await dialects[dialect].files(exportedOf(text));
    } catch (error) {
      if (!(error instanceof GradusError) || error.code !== 'unsupported') throw error;
      found.push(name);
    }
  }
  return found.sort();
}

it.each(dialectNames)('what the README says that %s lacks is what it lacks', async (dialect) => {
  const rows = readFileSync('README.md', 'utf8').split('\n');
  const row = rows.find((line) => line.startsWith(`| ${ROWS[dialect]} |`)) ?? '';
  const told = [...(row.split('|')[2] ?? '').split('; ')[0]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  expect(told.toSorted()).toEqual(await lackedBy(dialect));
});
