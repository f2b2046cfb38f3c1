import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DialectName, exportTo } from '../../src/index.ts';
import { ownPython } from './python-run.ts';

const SOURCE = `data M : [2, 2] = [[1, 2], [3, -4]]
param A : [2, 2] symmetric positive = [[1, 2], [2, 1]], s positive = 0.5, p in 0..1 = 0.4
minimize (s + 1)^2 + (p - 3)^2 + sum((A - M).^2)`;

const WORDS = ['--check', '--train', '--epochs', '100', '--lr', '0.1'];

/** What a program prints that is written into a folder. */
const RUN: Readonly<Partial<Record<DialectName, (folder: string) => string>>> = {
  numpy: (folder) => execFileSync(ownPython(), [join(folder, 'model.py'), ...WORDS], { encoding: 'utf8' }),
  jax: (folder) => execFileSync(ownPython(), [join(folder, 'model.py'), ...WORDS], { encoding: 'utf8' }),
  js: (folder) => execFileSync(process.execPath, [join(folder, 'model.js'), ...WORDS], { encoding: 'utf8' }),
  c: (folder) => {
    const program = join(folder, 'model');
    const flags = ['-std=c11', '-Wall', '-Wextra', '-pedantic', '-Werror', '-DGRADUS_MAIN'];
    execFileSync('cc', [...flags, join(folder, 'model.c'), '-lm', '-o', program]);
    return execFileSync(program, WORDS, { encoding: 'utf8' });
  },
};

test.each(Object.entries(RUN))('training keeps what is declared of parameters in %s', async (dialect, run) => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-kept-'));
  try {
    const files = await exportTo(SOURCE, dialect as DialectName);
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const said = run(folder);
    expect(said).toContain('all agree');
    const learned = Object.fromEntries(
      [...said.matchAll(/^(\w+) = (.*)$/gm)].map(([, name, value]) => [name, JSON.parse(value!)]),
    );
    expect(learned.p).toBe(1);
    expect(learned.s).toBeGreaterThan(0);
    expect(learned.s).toBeLessThan(1e-20);
    expect(learned.A[0][1]).toBe(learned.A[1][0]);
    expect(learned.A[0][1]).toBeCloseTo(2.5);
    expect(learned.A[1][1]).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
