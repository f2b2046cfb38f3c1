import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialects } from '../../src/export/index.ts';
import type { DialectName } from '../../src/export/names.ts';
import { exportedOf } from './c-exported.ts';
import { FLAGS } from './c-run.ts';
import { ownPython } from './python-run.ts';

/** What programs print is the same in every language, but for how each writes a number. */

const SOURCE = `data x : [4] = [1, 2, 3, 4], y : [4] = [3, 5.5, 7, 9.2]
param w : [2, 1] = [[0.5], [0.25]], θ = 0.1
p = w[1,1]*x + w[2,1]*x.^2/10 + θ
minimize Loss = mean((p - y).^2) + (θ - stop_gradient(2*θ))^2`;

/** A model as a program, started with words: its status and what it prints. */
async function said(dialect: DialectName, source: string, words: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-words-'));
  try {
    for (const [name, text] of Object.entries(await dialects[dialect].files(exportedOf(source)))) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    if (dialect === 'c') execFileSync('cc', [...FLAGS, '-DGRADUS_MAIN', join(folder, 'model.c'), '-lm', '-o', join(folder, 'm')]);
    if (dialect === 'js') writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const [program, ...first] =
      dialect === 'c'
        ? [join(folder, 'm')]
        : dialect === 'js'
          ? [process.execPath, join(folder, 'model.js')]
          : [ownPython(), join(folder, 'model.py')];
    const { status, stdout, stderr } = spawnSync(program!, [...first, ...words], { encoding: 'utf8' });
    return { status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NUMBER = /-?\d+(\.\d+)?(e[+-]\d+)?/g;

/** Errors are of rounding, and differ; other numbers agree to six digits. */
const plain = (text: string): string =>
  text
    .replace(/(?<=differs from \w+ by )\S+/g, '…')
    .replace(/^.*automatic differentiation.*\n/gm, '')
    .replace(NUMBER, (number) => String(Number(Number(number).toPrecision(6))));

const DIALECTS = ['numpy', 'jax', 'c', 'js'] as const;

test.each([['--check', '--train', '--epochs', '30', '--lr', '0.01'], []])(
  'a model says the same in every language: %s %s',
  async (...words) => {
    const all = await Promise.all(DIALECTS.map((dialect) => said(dialect, SOURCE, words)));
    for (const one of all) expect([one.status, one.stderr]).toEqual([0, '']);
    for (const { stdout } of all.slice(1)) expect(plain(stdout)).toBe(plain(all[0]!.stdout));
    expect(all[0]!.stdout).toMatch(
      words.length === 0
        ? /^Loss = \S+\n$/
        : /^w: differs from differences by \S+\nθ: .*\nall agree\nepoch 0: Loss = \S+\nepoch 3: (.*\n)*w = \[\[\S+\], \[\S+\]\]\nθ = \S+\n$/,
    );
  },
);

test('what does not stay finite is said, with a status', async () => {
  const all = await Promise.all(DIALECTS.map((dialect) => said(dialect, SOURCE, ['--train', '--epochs', '4000', '--lr', '9'])));
  for (const { status, stderr } of all) expect([status, stderr]).toEqual([1, 'Loss is not finite\n']);
});

test('words that no program knows are told with what it takes', async () => {
  const all = await Promise.all(DIALECTS.map((dialect) => said(dialect, SOURCE, ['--epochs', '-1'])));
  for (const { status, stderr } of all) expect([status, stderr]).toEqual([2, expect.stringContaining('usage: ')]);
});

test.each([['--check'], ['--train'], []])('what has no value is said, and nothing is computed: %s', async (...words) => {
  const source = 'data x : [3], y : [3] = [1, 2, 3]\nparam w = 0.5\nminimize Loss = mean((w*x - y).^2)';
  for (const dialect of DIALECTS) {
    const { status, stdout, stderr } = await said(dialect, source, words);
    expect({ dialect, status, stdout }).toEqual({ dialect, status: 1, stdout: '' });
    expect(stderr).toMatch(/^the model has no value of x: .*gradus export MODEL --data FILE --to \w+\n$/);
  }
});
