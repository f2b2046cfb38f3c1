import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { dialects } from '../../src/export/index.ts';
import type { DialectName } from '../../src/export/names.ts';
import { exportedOf } from './c-exported.ts';
import { FLAGS } from './c-run.ts';
import { examples } from './examples.ts';
import { ownPython } from './python-run.ts';

const root = mkdtempSync(join(tmpdir(), 'gradus-style-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Every example in one language; the paths of its files. */
async function written(dialect: DialectName, precision: 'f64' | 'f32' = 'f64'): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, text, given } of examples) {
    for (const [file, content] of Object.entries(await dialects[dialect].files(exportedOf(text, { given, precision })))) {
      const path = join(root, dialect, precision, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      paths.push(path);
    }
  }
  return paths;
}

test.each(['numpy', 'jax', 'torch'] as const)('ruff has nothing to say of the examples in %s', async (dialect) => {
  const paths = await written(dialect);
  const asked = [
    'check',
    '--no-cache',
    '--isolated',
    '--select',
    'E,F,W,B',
    '--line-length',
    '100',
    '--output-format',
    'concise',
    ...paths,
  ];
  const { status, stdout, stderr } = spawnSync(ownPython(), ['-m', 'ruff', ...asked], { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([0, 'All checks passed!\n', '']);
});

// Of doubles, without their programs, c.export.test.ts compiles all.
test('a strict compiler has nothing to say of the examples in C, as programs of floats', async () => {
  const paths = (await written('c', 'f32')).filter((path) => path.endsWith('.c'));
  const { status, stderr } = spawnSync('cc', [...FLAGS, '-O0', '-fsyntax-only', '-DGRADUS_MAIN', ...paths], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});
